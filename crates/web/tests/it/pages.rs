//! What holds of every page: ids that are there once, fields with labels, nothing inline, French spaces. To look at
//! them: `POPOTE_PAGES=/tmp/pages cargo test -p popote-web --test it pages`.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use domain::rules::Template;
use testkit::World;

use crate::browser::{Site, Visitor};
use crate::money::{everybody_pays, payment};
use crate::rounds::{feature, open_and_share};

/// The addresses of a collective on which something has happened.
const PAGES: [&str; 27] = [
    "/",
    "/c/chatons",
    "/c/chatons/features",
    "/c/chatons/features/1",
    "/c/chatons/features/2",
    "/c/chatons/features/3",
    "/c/chatons/features/new",
    "/c/chatons/features/1/edit",
    "/c/chatons/features/1/cancellation",
    "/c/chatons/features/2/terms",
    "/c/chatons/rounds",
    "/c/chatons/rounds/1",
    "/c/chatons/rounds/1/close",
    "/c/chatons/accounts",
    "/c/chatons/accounts/how",
    "/c/chatons/activity",
    "/c/chatons/calendar",
    "/c/chatons/rules",
    "/c/chatons/rules/edit",
    "/c/chatons/contributions",
    "/c/chatons/contributions/new",
    "/c/chatons/gifts/new",
    "/c/chatons/entries/1/reverse",
    "/c/chatons/members/yaal-coop/statement",
    "/c/chatons/rounds/1?order=name",
    "/c/chatons/features?state=funding",
    "/admin",
];

/// Seven members, a round, a funded feature, one that lacks something, an idea.
async fn lively(world: &World, site: &Site) -> testkit::Grown {
    let names = ["Yaal Coop", "ARN", "IndieHosters", "Cloud Girofle", "Framasoft", "Picasoft", "Zaclys"];
    let town = world.collective(Template::Informal, &names).await;
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "640,50").await;
    let organisation = town.member(2).organisation.to_string();
    let more = payment(&organisation, "1 200", "more");
    treasurer.submit("/c/chatons/contributions/new", &more).await.is(303);
    open_and_share(&treasurer).await;
    let one = site.member(&town, 1).await;
    for (at, title) in ["Inviter dans un salon Matrix une personne sans compte", "Partage fédéré plus simple"]
        .iter()
        .enumerate()
    {
        let key = format!("f{at}");
        let mut fields = feature(title, if at == 0 { "4000" } else { "1200" }, &key);
        fields.extend([
            ("price_to", if at == 0 { "5000" } else { "1500" }),
            (
                "description",
                "## Pourquoi\n\nPar lien, par **courriel** ou par SMS.\n\n- une étape\n- une autre",
            ),
            ("incomes.0.label", "Subvention de la ville"),
            ("incomes.0.amount", "800"),
        ]);
        one.submit("/c/chatons/features/new", &fields).await.is(303);
    }
    one.submit("/c/chatons/features/new", &feature("Documents hors ligne", "900", "f9")).await.is(303);
    for place in 2..6 {
        let member = site.member(&town, place).await;
        let need = [("words", "Nos ateliers en ont besoin !")];
        member.submit("/c/chatons/features/1/needs", &need).await.is(303);
        for (number, amount) in [("1", "420"), ("2", "300")] {
            let path = format!("/c/chatons/features/{number}/allocation");
            let put = [("amount", amount), ("seen", "0"), ("key", number), ("confirmed", "yes")];
            member.submit(&path, &put).await.is(303);
        }
    }
    treasurer.submit("/admin/check", &[]).await.is(303);
    town
}

async fn every_page_is_well_made(world: World) {
    let site = Site::of(&world);
    let town = lively(&world, &site).await;
    let admin = site.member(&town, 0).await;
    let mut closed = 0;
    for path in PAGES {
        let seen = admin.see(path).await.is(200);
        check(path, &seen.text, true);
        keep("admin", path, &seen.text);
        let open = site.anybody().see(path).await;
        if open.status == 200 {
            check(path, &open.text, true);
            keep("all", path, &open.text);
        } else {
            closed += 1;
        }
        let english = admin_in_english(&site, &town).await.see(path).await.is(200);
        check(path, &english.text, false);
    }
    assert!((5..20).contains(&closed), "{closed} pages are closed to strangers");
    let style = site.anybody().see("/").await;
    let (_, style) = style.text.split_once("rel=\"stylesheet\" href=\"").unwrap();
    let style = style.split('"').next().unwrap();
    keep("", "popote.css", &site.anybody().see(style).await.text);
}

async fn admin_in_english<'s>(site: &'s Site, town: &testkit::Grown) -> Visitor<'s> {
    site.member(town, 0).await.in_english()
}

#[track_caller]
fn check(path: &str, html: &str, french: bool) {
    assert!(!html.contains(" style=") && !html.contains("<style"), "{path} has a style of its own");
    assert!(!html.contains("<script>") && !html.contains(" onclick="), "{path} has a script of its own");
    let ids: Vec<&str> = values(html, " id=\"");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "{path} has an id twice: {ids:?}");
    let labelled: HashSet<&str> = values(html, " for=\"").into_iter().collect();
    for mark in ["<input ", "<select ", "<textarea "] {
        for tag in html.split(mark).skip(1).filter_map(|rest| rest.split('>').next()) {
            if tag.contains("type=\"hidden\"") || tag.ends_with(" hidden") {
                continue;
            }
            let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next());
            assert!(id.is_some_and(|id| labelled.contains(id)), "{path}: no label for {tag}");
        }
    }
    for described in values(html, " aria-describedby=\"").iter().flat_map(|ids| ids.split(' ')) {
        assert!(known.contains(described), "{path}: nothing has the id {described}");
    }
    assert_eq!(html.matches("<h1").count(), 1, "{path}");
    let text = words(html);
    for (at, _) in text.match_indices('€') {
        let before = text[..at].chars().next_back();
        assert!(
            !french || before != Some(' '),
            "{path}: an ordinary space before € in {}",
            around(&text, at)
        );
    }
    for mark in ['«', '»'] {
        for (at, _) in text.match_indices(mark) {
            let beside =
                if mark == '«' { text[at + 2..].chars().next() } else { text[..at].chars().next_back() };
            assert_ne!(beside, Some(' '), "{path}: an ordinary space beside {mark} in {}", around(&text, at));
        }
    }
}

fn around(text: &str, at: usize) -> &str {
    let start = text[..at].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    let end = text[at..].char_indices().nth(20).map_or(text.len(), |(more, _)| at + more);
    &text[start..end]
}

fn values<'h>(html: &'h str, mark: &str) -> Vec<&'h str> {
    html.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What is between the tags.
fn words(html: &str) -> String {
    html.split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Writes a page for whoever wants to look at it.
fn keep(who: &str, path: &str, text: &str) {
    let Some(folder) = std::env::var_os("POPOTE_PAGES") else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let name = format!("{who}{}", path.replace(['/', '?', '='], "-"));
    let mut text = text.to_owned();
    if path != "popote.css" {
        let link = values(&text, "rel=\"stylesheet\" href=\"").first().map(|href| (*href).to_owned());
        text = text.replace(&link.unwrap_or_default(), "popote.css");
    }
    let name = if path == "popote.css" { name } else { format!("{name}.html") };
    std::fs::write(Path::new(&folder).join(name), text).unwrap();
}

testkit::on_both![every_page_is_well_made];
