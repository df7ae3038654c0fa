//! Every part on one page, to check what only shows when they stand together. To look at it:
//! `POPOTE_GALLERY=/tmp/gallery cargo test -p popote-web gallery` writes the page and its stylesheet there.

use std::collections::HashSet;
use std::path::Path;

use app::sessions::Session;
use askama::Template;
use domain::ids::{OrganisationId, PersonId};
use domain::{Currency, Money};
use jiff::Timestamp;
use store::sessions::SessionRow;
use words::{Locale, Words};

use super::{
    CollectiveNav, Crumbs, Form, Frame, Gauge, Legend, Pager, PotPicture, Problems, Section, Story,
    StoryLine, Way,
};
use crate::extract::{FormData, SignedIn, Visitor};
use crate::flash::Flash;
use crate::paths::Paths;

#[derive(Template)]
#[template(path = "layout/gallery.html")]
struct GalleryPage {
    frame: Frame,
    crumbs: Crumbs,
    way: Way,
    gauges: Vec<Gauge>,
    pots: Vec<PotPicture<'static>>,
    legend: Legend,
    form: Form,
    story: Story,
    pager: Pager,
}

fn money(euros: i64) -> Money {
    Money::new(euros * 100)
}

fn page(locale: Locale, paths: &Paths) -> GalleryPage {
    let t = Words::new(locale);
    let row = SessionRow {
        token_hash: [0; 32],
        person: PersonId(uuid::Uuid::nil()),
        person_name: "Camille".to_owned(),
        locale: locale.to_string(),
        organisation: Some(OrganisationId(uuid::Uuid::nil())),
        organisation_name: Some("Yaal Coop".to_owned()),
        created_at: Timestamp::UNIX_EPOCH,
        fresh_at: Timestamp::UNIX_EPOCH,
        seen_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::UNIX_EPOCH,
        agent: String::new(),
    };
    let person = SignedIn { session: Session { row } };
    let frame = Frame {
        t,
        paths: paths.clone(),
        here: "/gallery".to_owned(),
        visitor: Some(Visitor(Some(person))),
        acts_as: None,
        acts_name: None,
        mandate_over: None,
        kept: None,
        trouble: None,
        collective: Some(CollectiveNav {
            slug: "chatons".to_owned(),
            name: "CHATONS".to_owned(),
            round: Some(3),
            head: Some("7f3a…c91e".to_owned()),
            day: jiff::civil::date(2026, 11, 29),
            section: Section::Features,
        }),
        flash: Some(Flash::good("Votre répartition est enregistrée.")),
        request_id: "0-0".to_owned(),
        demo: true,
    };
    let gauge = |received, firm, hoped, floor, top| Gauge {
        t,
        currency: Currency::EUR,
        received: money(received),
        firm: money(firm),
        hoped: money(hoped),
        floor: money(floor),
        top: money(top),
    };
    let pot = |id| PotPicture {
        t,
        id,
        held: true,
        currency: Currency::EUR,
        received: money(7480),
        firm: money(2150),
        hoped: money(3900),
        brim: money(14_000),
    };
    let mut problems = Problems::default();
    problems.add("title", "Indiquez un titre.");
    problems.add("amount", "Ce n’est pas un montant. Écrivez par exemple 1 234,56.");
    problems.add("kind", "Choisissez l’une des deux.");
    let typed =
        FormData::of([("amount", "quelques sous"), ("why", "Pour inviter\ndes voisins."), ("software", "b")]);
    let steps = [
        "idée",
        "besoins réunis",
        "cadrage",
        "avis upstream",
        "chiffrage",
        "choix",
        "financement",
        "appel à candidatures",
        "choix de la proposition",
        "contrat",
        "réalisation",
        "revue upstream",
        "vérification",
        "garantie",
        "livrée",
    ];
    let line = |what: &str, when: &str, href: Option<&str>| StoryLine {
        what: what.to_owned(),
        when: when.to_owned(),
        href: href.map(str::to_owned),
    };
    GalleryPage {
        crumbs: Crumbs {
            t,
            above: vec![(paths.of("chatons", "features"), "Fonctionnalités".to_owned())],
            here: "Inviter dans un salon".to_owned(),
        },
        way: Way::new(t, &steps, 6),
        gauges: vec![
            gauge(2640, 900, 1200, 4000, 5000),
            gauge(6100, 0, 0, 6000, 7000),
            gauge(350, 200, 2100, 2500, 3000),
        ],
        pots: vec![pot("main"), pot("other")],
        legend: Legend { t, promised: true },
        form: Form::refused(t, typed, problems),
        story: Story {
            lines: vec![
                line("Yaal Coop a affecté 600 €", "hier, 18 h 02", None),
                line(
                    "Financement ouvert, plancher 4 000 €",
                    "3 novembre, décision par consentement",
                    Some("/x"),
                ),
            ],
        },
        pager: Pager { t, first: Some(paths.home()), next: Some(paths.about()) },
        frame,
    }
}

fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let opening = format!(" {name}=\"");
    html.match_indices(&opening).filter_map(|(at, _)| html[at + opening.len()..].split('"').next()).collect()
}

#[test]
fn gallery_parts_stand_together() {
    for locale in Locale::ALL {
        let html = page(locale, &Paths::new("")).render().unwrap();
        let ids = attributes(&html, "id");
        let known: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "an id stands twice in {ids:?}");
        for name in ["for", "aria-describedby", "aria-labelledby"] {
            for list in attributes(&html, name) {
                assert!(list.split(' ').all(|id| known.contains(id)), "{name}={list:?} leads nowhere");
            }
        }
        for target in attributes(&html, "href").iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(known.contains(target), "#{target} leads nowhere");
        }
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(!html.contains(" style=") && !html.contains("<style"));
        let controls = html.matches("<input").count() - html.matches("type=\"hidden\"").count();
        let labels = attributes(&html, "for").len();
        assert_eq!(controls + html.matches("<textarea").count() + html.matches("<select").count(), labels);
    }
}

#[test]
fn gallery_is_written_where_asked() {
    let Some(folder) = std::env::var_os("POPOTE_GALLERY") else { return };
    let (folder, paths) = (Path::new(&folder), Paths::new("."));
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    for locale in Locale::ALL {
        let html = page(locale, &paths).render().unwrap();
        std::fs::write(folder.join(format!("gallery-{locale}.html")), html).unwrap();
    }
    let css = include_bytes!(concat!(env!("OUT_DIR"), "/popote.css"));
    std::fs::write(folder.join(paths.asset("popote.css")), css).unwrap();
    let mark = include_bytes!(concat!(env!("OUT_DIR"), "/mark.svg"));
    std::fs::write(folder.join(paths.asset("mark.svg")), mark).unwrap();
}
