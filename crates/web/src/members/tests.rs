//! Members: seen by everybody, invited and imported by those who may.

use axum::http::StatusCode;
use domain::rules::{AmountsSeen, Rules, Template};
use testkit::{Grown, Kind, World, check};

use crate::tests::browser::{Browser, mail_to, site_of};

const NAMES: [&str; 4] = ["Yaal Coop", "ARN", "IndieHosters", "=Formule"];

pub(super) struct Town {
    pub(super) grown: Grown,
    /// The admin, a plain member, somebody of nowhere.
    pub(super) admin: Browser,
    pub(super) member: Browser,
    stranger: Browser,
}

pub(super) async fn town(world: &World) -> Town {
    let grown = world.collective(Template::Informal, &NAMES).await;
    let site = site_of(world);
    Town {
        admin: Browser::of(&site, world, grown.member(0).person).await,
        member: Browser::of(&site, world, grown.member(1).person).await,
        stranger: Browser::new(&site),
        grown,
    }
}

#[test]
fn everybody_sees_organisations_and_only_members_see_people() {
    check(Kind::Sqlite, |world| async move {
        let Town { mut admin, mut member, mut stranger, .. } = town(&world).await;
        let list = stranger.get("/c/chatons/members").await;
        for name in ["Yaal Coop", "ARN", "IndieHosters"] {
            list.says(name);
        }
        list.says("4 structures mettent en commun ici");
        assert!(!list.text().contains("/c/chatons/invitations"));
        let page = stranger.get("/c/chatons/members/arn").await;
        page.says("<h1>ARN</h1>");
        assert!(!page.text().contains("Personne de ARN"), "names of people are for members");
        let own = member.get("/c/chatons/members/arn").await;
        own.says("Personne de ARN");
        own.says("Proposer ce mandat");
        let other = member.get("/c/chatons/members/indiehosters").await;
        other.says("Personne de IndieHosters");
        assert!(!other.text().contains("Proposer ce mandat"), "only who represents it gives its mandates");
        admin.get("/c/chatons/members").await.says("/c/chatons/invitations");
        assert_eq!(stranger.get("/c/chatons/members/nobody").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn people_of_another_collective_are_strangers() {
    check(Kind::Sqlite, |world| async move {
        town(&world).await;
        let elsewhere = world.collective(Template::Informal, &["Ailleurs"]).await;
        // The admin of the second collective administers the instance too in this world; a plain person doesn't.
        let person = world.collective(Template::Informal, &["Loin", "Très loin"]).await.member(1).person;
        let mut browser = Browser::of(&site_of(&world), &world, person).await;
        let page = browser.get("/c/chatons/members/arn").await;
        assert!(!page.text().contains("Personne de ARN"));
        for path in ["roles", "invitations", "import"] {
            let refused = browser.get(&format!("/c/chatons/{path}")).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        }
        let fields = [
            ("organisation", "new"),
            ("name", "X"),
            ("email", "x@x.example"),
            ("kind", "finance"),
            ("locale", "fr"),
        ];
        assert_eq!(browser.post("/c/chatons/invitations", &fields).await.status, StatusCode::FORBIDDEN);
        assert!(mail_to(&world, "x@x.example").await.is_none());
        assert_eq!(elsewhere.slug, "chatons-2");
    });
}

#[test]
fn a_search_finds_names_whatever_their_accents_and_keeps_its_words() {
    check(Kind::Sqlite, |world| async move {
        let Town { mut stranger, .. } = town(&world).await;
        let found = stranger.get("/c/chatons/members?q=ind%C3%ADE").await;
        found.says("IndieHosters");
        found.says("value=\"indíE\"");
        assert!(!found.text().contains(">ARN<"));
        let none = stranger.get("/c/chatons/members?q=%3Cb%3E").await;
        none.says("Aucune structure ne correspond");
        assert!(!none.text().contains("<b>"));
    });
}

#[test]
fn the_list_is_read_in_pages_by_key() {
    check(Kind::Sqlite, |world| async move {
        let names: Vec<String> = (0..120).map(|number| format!("Structure {number:03}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        world.collective(Template::Informal, &names).await;
        let mut browser = Browser::new(&site_of(&world));
        let (mut path, mut seen) = ("/c/chatons/members".to_owned(), 0);
        for _ in 0..3 {
            let page = browser.get(&path).await;
            seen += page.text().matches("<th scope=\"row\">").count();
            let Some(at) = page.text().find("?after=") else { break };
            let text = page.text();
            path = format!("/c/chatons/members{}", &text[at..at + text[at..].find('"').unwrap()]);
        }
        assert_eq!(seen, 120);
    });
}

#[test]
fn the_file_holds_no_formula_and_reads_back() {
    check(Kind::Sqlite, |world| async move {
        let Town { mut stranger, mut admin, .. } = town(&world).await;
        let file = stranger.get("/c/chatons/members.csv").await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert!(file.header("content-disposition").starts_with("attachment"));
        let text = file.text();
        let head = "\u{feff}Structure;Site;SIREN;Membre depuis;Partie le\nARN;;;2025-03-03;\n";
        assert!(text.starts_with(head), "{text}");
        assert!(text.contains("\n'=Formule;"), "{text}");
        let english = stranger.get("/c/chatons/members.csv?lang=en").await;
        assert!(
            english.text().starts_with("\u{feff}Organisation,Website,SIREN,Member since,Left on\nARN,,,")
        );
        let again =
            admin.upload("/c/chatons/import", "file", "m.csv", text.replace("'=", "=").as_bytes()).await;
        again.says("Aucune nouvelle structure · 4 lignes sans effet");
    });
}

#[test]
fn a_mandate_is_given_with_its_dates_and_ended() {
    check(Kind::Sqlite, |world| async move {
        let Town { grown, mut member, mut admin, .. } = town(&world).await;
        let other = grown.member(2).person.to_string();
        let path = "/c/chatons/members/arn/mandates";
        let backwards = [
            ("person", other.as_str()),
            ("kind", "finance"),
            ("starts_on", "2025-04-01"),
            ("ends_on", "2025-03-31"),
        ];
        let refused = member.post(path, &backwards).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Au plus tôt le 1er avril 2025");
        refused.says("value=\"2025-03-31\"");
        let fields = [
            ("person", other.as_str()),
            ("kind", "finance"),
            ("starts_on", "2025-03-03"),
            ("ends_on", "2025-12-31"),
        ];
        assert_eq!(admin.post(path, &fields).await.status, StatusCode::FORBIDDEN, "not even the admin");
        let given = member.post(path, &fields).await;
        let page = member.follow(&given).await;
        page.says("Le mandat est proposé");
        page.says("jusqu’au 31 décembre 2025 inclus");
        page.says("proposé, attend sa réponse");
        page.says("<summary>Ne plus proposer</summary>");
        assert!(mail_to(&world, &grown.member(2).email).await.unwrap().contains("ARN"));
        let twice = member.post(path, &fields).await;
        assert_eq!(twice.status, StatusCode::SEE_OTHER, "a double click is answered like the first");
        let in_words = [fields[0], fields[1], fields[2], ("ends_on", "31/12/2025")];
        member.post(path, &in_words).await.says("déjà proposé");
        let mut holder = Browser::of(&site_of(&world), &world, grown.member(2).person).await;
        let mine = holder.get("/me").await;
        mine.says("Un mandat pour ARN vous est proposé");
        let text = mine.text();
        let accept = text.find("/me/mandates/").unwrap();
        let accept = text[accept..accept + text[accept..].find('"').unwrap()].to_owned();
        assert_eq!(member.post(&accept, &[]).await.status, StatusCode::NOT_FOUND, "somebody else's");
        let nothing = accept.replace("/accept", "/ignore");
        assert_eq!(holder.post(&nothing, &[]).await.status, StatusCode::NOT_FOUND);
        let done = holder.post(&accept, &[]).await;
        holder.follow(&done).await.says("vous avez un mandat pour ARN");
        let late = holder.post(&accept.replace("/accept", "/decline"), &[]).await;
        holder.follow(&late).await.says("n’est plus proposé");
        member.post(path, &in_words).await.says("a déjà ce mandat");
        let page = member.get("/c/chatons/members/arn").await;
        assert!(!page.text().contains("attend sa réponse"));

        let text = page.text();
        let ends: Vec<String> = text
            .match_indices("action=\"/c/chatons/mandates/")
            .map(|(at, _)| text[at + 8..at + 8 + text[at + 8..].find('"').unwrap()].to_owned())
            .collect();
        assert_eq!(ends.len(), 2);
        let mut answers = Vec::new();
        for end in &ends {
            let answer = member.post(end, &[]).await;
            answers.push(member.follow(&answer).await.text());
        }
        assert!(answers.iter().any(|page| page.contains("dernière personne qui représente")), "one stays");
        assert!(answers.iter().any(|page| page.contains("n’a plus ce mandat")), "the other ends");
    });
}

#[test]
fn a_table_is_shown_before_anything_happens_then_imported_once() {
    check(Kind::Sqlite, |world| async move {
        let Town { mut admin, mut member, .. } = town(&world).await;
        let table = "Nom;Site;Courriel;Couleur\nCloud Girofle;girofle.cloud;g@girofle.example;rose\nARN;arn-fai.net;;\n";
        let shown = admin.post("/c/chatons/import", &[("text", table)]).await;
        assert_eq!(shown.status, StatusCode::OK);
        for part in [
            "Une nouvelle structure",
            "une invitation part",
            "une mise à jour",
            "Couleur",
            "g@girofle.example",
        ] {
            shown.says(part);
        }
        assert!(
            !admin.get("/c/chatons/members").await.text().contains("Girofle"),
            "a preview writes nothing"
        );
        let (digest, part) = (shown.hidden("digest"), shown.hidden("part-1"));
        let fields = [("digest", digest.as_str()), ("part-1", part.as_str())];
        assert_eq!(member.post("/c/chatons/import/confirm", &fields).await.status, StatusCode::FORBIDDEN);
        let done = admin.post("/c/chatons/import/confirm", &fields).await;
        let list = admin.follow(&done).await;
        list.says("2 lignes sont importées");
        list.says("Cloud Girofle");
        assert!(mail_to(&world, "g@girofle.example").await.is_some());
        let twice = admin.post("/c/chatons/import/confirm", &fields).await;
        assert_eq!(twice.status, StatusCode::SEE_OTHER, "a double click is answered like the first");
        let later = [fields[0], fields[1], ("again", "later")];
        let stale = admin.post("/c/chatons/import/confirm", &later).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.says("a changé depuis cet aperçu");
        stale.says("2 lignes sans effet");
        let mend = admin.post("/c/chatons/import", &[("mend", "yes"), ("part-1", &part)]).await;
        mend.says("Cloud Girofle;girofle.cloud");
    });
}

#[test]
fn half_valid_lines_refuse_all_and_lose_nothing() {
    check(Kind::Sqlite, |world| async move {
        let Town { mut admin, .. } = town(&world).await;
        let table = "nom;courriel;SIREN\nBon;b@b.example;\nMauvais;pas une adresse;123\nBon;;\nTrop;t@t.example;;a;b\n";
        let refused = admin.post("/c/chatons/import", &[("text", table)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [
            "3 lignes sont à revoir",
            "Ce n’est pas une adresse de courriel",
            "Ce n’est pas un SIREN",
            "la même structure qu’à la ligne 2",
            "Plus de cellules que de colonnes",
            "Mauvais;pas une adresse;123",
        ] {
            refused.says(part);
        }
        assert!(!admin.get("/c/chatons/members").await.text().contains("Bon"));
        admin
            .post("/c/chatons/import", &[("text", "  ")])
            .await
            .says("Collez un tableau ou choisissez un fichier");
    });
}

#[test]
fn files_are_read_whatever_wrote_them_and_kept_as_text() {
    check(Kind::Sqlite, |world| async move {
        let Town { mut admin, .. } = town(&world).await;
        let with_bom = b"\xef\xbb\xbfnom,site\r\n\xc3\x89t\xc3\xa9,ete.fr\r\n".as_slice();
        admin.upload("/c/chatons/import", "file", "a.csv", with_bom).await.says("Été");
        let windows = b"nom;site\r\n\xc9t\xe9 \x96 C\x9cur;ete.fr\r\n".as_slice();
        admin.upload("/c/chatons/import", "file", "a.csv", windows).await.says("Été – Cœur");
        let other_separator = b"nom|site\nA|b.fr\n".as_slice();
        let refused = admin.upload("/c/chatons/import", "file", "a.csv", other_separator).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("ne nomme pas la colonne");
        refused.says("A|b.fr");
        let broken = b"nom;site\r\n\xc9t\xe9;pas d'adresse\r\n".as_slice();
        admin.upload("/c/chatons/import", "file", "a.csv", broken).await.says("Été;pas d");
        let sheet = b"PK\x03\x04\x00\x00nom".as_slice();
        let refused = admin.upload("/c/chatons/import", "file", "a.ods", sheet).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("enregistrez au format CSV");
        let heavy = vec![b'a'; 3 << 20];
        let refused = admin.upload("/c/chatons/import", "file", "heavy.csv", &heavy).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("2 Mo et 5\u{202f}000 lignes au plus");
        refused.says("id=\"f-file-error\"");
        let swallowing = b"nom;site\nX;\n\"Y;\nZ;\nW;\n".as_slice();
        let refused = admin.upload("/c/chatons/import", "file", "a.csv", swallowing).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Un guillemet s’ouvre ici");
        refused.says("data-label=\"Ligne\">3</td>");
        let mixed = b"nom;site\nChat,https://a.example\n".as_slice();
        let refused = admin.upload("/c/chatons/import", "file", "a.csv", mixed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("sont-elles séparées par le même signe");
    });
}

#[test]
fn a_long_table_travels_in_parts() {
    check(Kind::Sqlite, |world| async move {
        let Town { mut admin, .. } = town(&world).await;
        let mut table = "nom;site\n".to_owned();
        for number in 0..4_900 {
            table.push_str(&format!("Structure numéro {number:05} du pays;structure-{number:05}.example\n"));
        }
        let shown = admin.upload("/c/chatons/import", "file", "long.csv", table.as_bytes()).await;
        let parts = [shown.hidden("part-1"), shown.hidden("part-2")];
        assert!(parts.concat() == table, "nothing is lost between two parts");
        let digest = shown.hidden("digest");
        let fields = [("digest", digest.as_str()), ("part-1", &parts[0]), ("part-2", &parts[1])];
        let done = admin.post("/c/chatons/import/confirm", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        admin.get("/c/chatons/members").await.says("4\u{202f}904 structures");
    });
}

#[test]
fn a_representative_chooses_who_sees_its_amounts() {
    check(Kind::Sqlite, |world| async move {
        let rules = Rules { amounts: AmountsSeen::OwnChoice, ..Template::Informal.rules() };
        let town = world.collective(rules, &["Yaal Coop", "ARN", "Zaclys"]).await;
        let site = site_of(&world);
        let path = "/c/chatons/members/arn";
        let mut theirs = Browser::of(&site, &world, town.member(1).person).await;
        theirs.get(path).await.says("Vos montants ne sont pas publics");
        let sent = theirs.post("/c/chatons/members/arn/amounts", &[("shows", "yes")]).await;
        let page = theirs.follow(&sent).await;
        page.says("Vos montants sont publics");
        page.says("value=\"yes\" checked");
        assert!(shows(&world, &town, 1).await);
        let sent = theirs.post("/c/chatons/members/arn/amounts", &[("shows", "perhaps")]).await;
        assert_eq!(sent.status, StatusCode::BAD_REQUEST);
        let mut other = Browser::of(&site, &world, town.member(2).person).await;
        assert!(!other.get(path).await.text().contains("id=\"amounts\""), "it is none of theirs");
        let sent = other.post("/c/chatons/members/arn/amounts", &[("shows", "no")]).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
        let sent = Browser::new(&site).post("/c/chatons/members/arn/amounts", &[("shows", "no")]).await;
        assert_eq!(sent.status, StatusCode::UNAUTHORIZED);
        assert!(shows(&world, &town, 1).await);
    });
}

#[test]
fn where_the_rules_say_who_sees_amounts_nothing_is_asked() {
    for (amounts, said) in [
        (AmountsSeen::Public, "Vos montants sont publics"),
        (AmountsSeen::Members, "Les membres du collectif voient vos montants"),
    ] {
        check(Kind::Sqlite, move |world| async move {
            let rules = Rules { amounts, ..Template::Informal.rules() };
            let town = world.collective(rules, &["Yaal Coop", "ARN"]).await;
            let mut theirs = Browser::of(&site_of(&world), &world, town.member(1).person).await;
            let page = theirs.get("/c/chatons/members/arn").await;
            page.says(said);
            page.says("il n’y a rien à choisir ici");
            assert!(!page.text().contains("name=\"shows\""), "a choice that changes nothing contradicts it");
        });
    }
}

async fn shows(world: &World, town: &Grown, place: usize) -> bool {
    let mut tx = world.read().await;
    let organisation = town.member(place).organisation;
    store::organisations::member(&mut tx, town.id, organisation).await.unwrap().unwrap().shows_amounts
}

#[test]
fn an_organisation_says_its_new_name_and_keeps_the_old_one() {
    check(Kind::Sqlite, |world| async move {
        let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle", "ARN"]).await;
        let site = site_of(&world);
        let mut own = Browser::of(&site, &world, town.member(1).person).await;
        let path = "/c/chatons/members/girofle";
        own.get(path).await.says("value=\"Girofle\"");
        let fields = [("name", "yaal coop"), ("website", "girofle.cloud")];
        let refused = own.post(path, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("value=\"yaal coop\"");
        let fields = [("name", "Cloud Girofle"), ("website", "https://girofle.cloud")];
        let saved = own.post(path, &fields).await;
        let page = own.follow(&saved).await;
        page.says("<h1>Cloud Girofle</h1>");
        page.says("https://girofle.cloud");
        own.get("/c/chatons/activity").await.says("Girofle s’appelle désormais Cloud Girofle");
        let mut other = Browser::of(&site, &world, town.member(2).person).await;
        assert!(!other.get(path).await.text().contains("name=\"website\""));
        assert_eq!(other.post(path, &fields).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_mandate_that_is_over_says_so_where_one_wants_to_act() {
    check(Kind::Sqlite, |world| async move {
        let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle"]).await;
        let mut browser = Browser::of(&site_of(&world), &world, town.member(1).person).await;
        let person = town.member(1).person;
        world
            .sql(move |tx| {
                Box::pin(async move {
                    let sql = "UPDATE mandate SET ends_on = $2 WHERE person = $1";
                    store::execute(tx, sql, store::args![person, jiff::civil::date(2025, 3, 5)]).await
                })
            })
            .await;
        world.wait(jiff::SignedDuration::from_hours(72));
        let said = "Votre mandat pour Girofle s’est terminé le 5\u{202f}mars 2025";
        let said = [said, "Votre mandat pour Girofle s’est terminé le 5 mars 2025"];
        let page = browser.get("/me").await.text();
        assert!(said.iter().any(|said| page.contains(said)), "{page}");
        let refused = browser.post("/c/chatons/members/girofle", &[("name", "Girofle")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let page = refused.text();
        assert!(said.iter().any(|said| page.contains(said)), "{page}");
        refused.says("demandez un nouveau mandat");
    });
}

#[test]
fn the_header_names_the_organisation_that_forms_act_for() {
    check(Kind::Sqlite, |world| async move {
        let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle", "ARN"]).await;
        let (person, girofle) = (town.member(0).person, town.member(1).organisation);
        let mandate = app::mandates::NewMandate {
            organisation: girofle,
            person,
            kind: domain::actor::MandateKind::Finance,
            starts_on: jiff::civil::date(2025, 3, 1),
            ends_on: Some(jiff::civil::date(2025, 3, 5)),
        };
        let theirs = app::Acting::by_form(town.member(1).person, Some(girofle));
        world.mandate(&town, theirs, mandate).await;
        let mut browser = Browser::of(&site_of(&world), &world, person).await;
        let page = browser.get("/c/chatons").await.text();
        assert!(!page.contains("class=\"tag on\">pour "), "of two, none is chosen");
        browser.post("/me/organisation", &[("organisation", &girofle.to_string())]).await;
        browser.get("/c/chatons").await.says("pour Girofle</span>");
        world.wait(jiff::SignedDuration::from_hours(72));
        for path in ["/c/chatons", "/c/chatons/features/new"] {
            let page = browser.get(path).await;
            page.says("Votre mandat pour Girofle s’est terminé le 5");
            page.says("Ici, vous agissez pour Yaal Coop.");
            page.says("pour Yaal Coop</span>");
            assert!(!page.text().contains("pour Girofle</span>"));
        }
        let own = town.member(0).organisation;
        browser.get("/c/chatons/features/new").await.says(&format!("name=\"for\" value=\"{own}\""));
        let mine = browser.get("/me").await;
        mine.says("pour Yaal Coop</span>");
        mine.says("Vous agissez pour Yaal Coop.");
    });
}
