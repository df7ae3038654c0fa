//! The first run, as whoever started the server meets it.

use axum::http::StatusCode;
use testkit::{Kind, World, check};

use crate::tests::browser::{Browser, mail_to, path_in, site_of};

const ANSWERS: [(&str, &str); 4] = [
    ("collective", "Les Chatons <& amis>"),
    ("organisation", "Yaal Coop"),
    ("name", "Camille"),
    ("email", "camille@yaal.example"),
];

async fn link(world: &World) -> String {
    path_in(&app::setup::link(&world.context).await.unwrap().unwrap())
}

#[test]
fn four_answers_make_a_collective_and_sign_in() {
    check(Kind::Sqlite, |world| async move {
        let link = link(&world).await;
        let mut browser = Browser::new(&site_of(&world));
        let page = browser.get(&link).await;
        assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "no-referrer"));
        assert_eq!(page.header("cache-control"), "no-store");

        let done = browser.post(&link, &ANSWERS).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/c/les-chatons-amis"));
        let about = browser.get("/about").await;
        about.says("Camille");
        about.says("Les Chatons &#60;&#38; amis&#62;\u{202f}» est en place");
        assert!(mail_to(&world, "camille@yaal.example").await.is_some());

        let mut other = Browser::new(&site_of(&world));
        for again in [other.get(&link).await, other.post(&link, &ANSWERS).await] {
            assert_eq!(again.status, StatusCode::GONE);
            again.says("C’est déjà en place");
        }
        assert!(other.cookies().is_empty());
    });
}

#[test]
fn nobody_holds_money_unless_it_is_chosen() {
    for (chosen, stored, says) in [
        (None, "direct", "chaque structure paie directement"),
        (Some("direct"), "direct", "chaque structure paie directement"),
        (Some("pledge"), "pledge", "La structure porteuse, Yaal Coop, détient"),
        (Some("own"), "own", "La structure porteuse, Yaal Coop, détient"),
    ] {
        check(Kind::Sqlite, move |world| async move {
            let link = link(&world).await;
            let mut browser = Browser::new(&site_of(&world));
            let page = browser.get(&link).await;
            page.says("Personne n’encaisse");
            page.says("value=\"direct\" checked");
            let mut fields = ANSWERS.to_vec();
            let odd = browser.post(&link, &[&ANSWERS[..], &[("fund_mode", "cash")]].concat()).await;
            assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
            odd.says("value=\"Camille\"");
            fields.extend(chosen.map(|mode| ("fund_mode", mode)));
            let done = browser.post(&link, &fields).await;
            assert_eq!(done.header("location"), "/c/les-chatons-amis");
            let about = browser.get("/c/les-chatons-amis/about").await;
            about.says(says);
            about.says(&format!("value=\"{stored}\" checked"));
        });
    }
}

#[test]
fn what_is_missing_is_said_and_nothing_is_lost() {
    check(Kind::Sqlite, |world| async move {
        let link = link(&world).await;
        let mut browser = Browser::new(&site_of(&world));
        let refused = browser
            .post(&link, &[("collective", "Chatons"), ("organisation", "  "), ("email", "camille@")])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in
            ["value=\"Chatons\"", "value=\"camille@\"", "href=\"#f-organisation\"", "href=\"#f-name\""]
        {
            refused.says(part);
        }
        refused.says("Ce n’est pas une adresse de courriel.");
        assert_eq!(browser.get(&link).await.status, StatusCode::OK, "the link is still good");
    });
}

#[test]
fn only_the_link_printed_last_sets_up_and_looking_changes_nothing() {
    check(Kind::Sqlite, |world| async move {
        let old = link(&world).await;
        let new = link(&world).await;
        let mut browser = Browser::new(&site_of(&world));
        for wrong in [&old, "/setup/nonsense", &format!("/setup/{}", "A".repeat(43))] {
            for answer in [browser.get(wrong).await, browser.post(wrong, &ANSWERS).await] {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
                answer.says("Ce lien n’est pas le bon");
            }
        }
        for _ in 0..3 {
            assert_eq!(browser.get(&new).await.status, StatusCode::OK);
        }
        assert_eq!(browser.post(&new, &ANSWERS).await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn the_rules_to_begin_from_are_chosen() {
    check(Kind::Sqlite, |world| async move {
        let link = link(&world).await;
        let mut browser = Browser::new(&site_of(&world));
        let page = browser.get(&link).await;
        page.says("L’argent d’autres personnes");
        page.says("value=\"informal\" checked");
        let mut answers = ANSWERS.to_vec();
        answers.push(("template", "soup"));
        let refused = browser.post(&link, &answers).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Choisissez l’une des réponses");
        answers.pop();
        answers.push(("template", "framed"));
        assert_eq!(browser.post(&link, &answers).await.status, StatusCode::SEE_OTHER);
        let rules = browser.get("/c/les-chatons-amis/rules").await;
        rules.says("une personne référente confirme");
        // Another one fills the form, and is there once it is saved.
        let edit = "/c/les-chatons-amis/rules/edit";
        let stored = browser.get(edit).await.text();
        assert!(stored.contains("value=\"confirmed\" checked"), "{stored}");
        let filled = browser.get(&format!("{edit}?template=informal")).await;
        filled.says("value=\"at_once\" checked");
        filled.says("name=\"template\" value=\"informal\"");
        assert_eq!(browser.get(&format!("{edit}?template=soup")).await.status, StatusCode::NOT_FOUND);
        browser.get("/c/les-chatons-amis/rules").await.says("une personne référente confirme");
    });
}
