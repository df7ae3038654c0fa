//! Signing in, as people and the robots that read their mail do.

use axum::http::StatusCode;
use domain::rules::Template;
use jiff::SignedDuration;
use testkit::{Grown, Kind, World, check};

use crate::tests::Answer;
use crate::tests::browser::{Browser, mail_to, path_in, site_of};

async fn town(world: &World) -> (Grown, Browser) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    (town, Browser::new(&site_of(world)))
}

fn code_in(mail: &str) -> String {
    let at = mail.find("ce code").unwrap();
    mail[at..].chars().filter(char::is_ascii_digit).take(6).collect()
}

/// Whether somebody is signed in there.
async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/about").await.text().contains("Personne de ")
}

/// What differs between two pages by chance: nothing but the address typed.
fn without(answer: &Answer, address: &str) -> String {
    answer.text().replace(address, "")
}

#[test]
fn the_link_of_the_mail_signs_in_by_a_button_and_once() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let email = &town.member(1).email;
        let sent = browser
            .post("/sign-in", &[("email", &email.to_uppercase()), ("next", "/c/chatons/members?q=a")])
            .await;
        sent.says("Un courriel est parti");
        let link = path_in(&mail_to(&world, email).await.unwrap());
        // A robot that reads the mail opens everything, many times, without cookies.
        let mut robot = Browser::new(&site_of(&world));
        for _ in 0..3 {
            let page = robot.get(&link).await;
            assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "no-referrer"));
        }
        browser.get(&link).await.says("Me connecter");
        let entered = browser.post(&link, &[]).await;
        assert_eq!(entered.header("location"), "/c/chatons/members?q=a");
        assert!(is_in(&mut browser).await);
        let mut late = browser.clone();
        let again = late.post(&link, &[]).await;
        assert_eq!(again.status, StatusCode::GONE);
        again.says("Ce lien ne sert plus");
    });
}

#[test]
fn another_browser_is_told_to_type_the_code_where_it_was_asked_for() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let email = &town.member(0).email;
        browser.post("/sign-in", &[("email", email)]).await;
        let mail = mail_to(&world, email).await.unwrap();
        let mut phone = Browser::new(&site_of(&world));
        let refused = phone.post(&path_in(&mail), &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.says("dans un autre navigateur");
        let stolen = phone.post("/sign-in/code", &[("code", &code_in(&mail))]).await;
        assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY, "the code alone is worth nothing");
        assert!(!is_in(&mut phone).await);

        let entered = browser.post("/sign-in/code", &[("code", &code_in(&mail))]).await;
        assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/me"));
        assert!(is_in(&mut browser).await);
    });
}

#[test]
fn wrong_codes_are_counted_and_typed_text_stays() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let email = &town.member(0).email;
        browser.post("/sign-in", &[("email", email)]).await;
        let right = code_in(&mail_to(&world, email).await.unwrap());
        let wrong = if right == "000000" { "000001" } else { "000000" };
        let unreadable = browser.post("/sign-in/code", &[("code", "12345")]).await;
        assert_eq!(unreadable.status, StatusCode::UNPROCESSABLE_ENTITY);
        unreadable.says("value=\"12345\"");
        for left in ["4 essais", "3 essais", "2 essais", "1 essai"] {
            browser.post("/sign-in/code", &[("code", wrong)]).await.says(left);
        }
        browser.post("/sign-in/code", &[("code", wrong)]).await.says("dernier essai");
        browser.post("/sign-in/code", &[("code", &right)]).await.says("Trop de codes faux");
        assert!(!is_in(&mut browser).await);
    });
}

#[test]
fn an_unknown_address_gets_the_same_answer_and_no_mail() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let email = &town.member(0).email;
        let known = browser.post("/sign-in", &[("email", email)]).await;
        let mut other = Browser::new(&site_of(&world));
        let unknown = other.post("/sign-in", &[("email", "nobody@nowhere.example")]).await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(without(&known, email), without(&unknown, "nobody@nowhere.example"));
        assert_eq!(browser.cookies(), other.cookies());
        assert!(mail_to(&world, "nobody@nowhere.example").await.is_none());

        let refused = other.post("/sign-in", &[("email", "n'importe quoi")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("value=\"n&#39;importe quoi\"");
    });
}

#[test]
fn a_mail_that_is_too_old_signs_nobody_in() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let email = &town.member(0).email;
        browser.post("/sign-in", &[("email", email)]).await;
        let mail = mail_to(&world, email).await.unwrap();
        world.wait(SignedDuration::from_mins(16));
        assert_eq!(browser.post(&path_in(&mail), &[]).await.status, StatusCode::GONE);
        browser.post("/sign-in/code", &[("code", &code_in(&mail))]).await.says("demandez-en un nouveau");
    });
}

#[test]
fn addresses_elsewhere_are_never_gone_to() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let email = &town.member(0).email;
        for next in ["https://evil.example", "//evil.example", "/\\evil.example", "/sign-in", "/setup/x", ""]
        {
            browser
                .get(&format!("/sign-in?next={}", crate::paths::encoded(next)))
                .await
                .says("name=\"next\" value=\"\"");
        }
        browser.post("/sign-in", &[("email", email), ("next", "//evil.example")]).await;
        let mail = mail_to(&world, email).await.unwrap();
        assert_eq!(browser.post(&path_in(&mail), &[]).await.header("location"), "/me");
    });
}

#[test]
fn mails_and_passwords_are_limited_by_account() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let email = &town.member(0).email;
        let mut signed_in = Browser::of(&site_of(&world), &world, town.member(0).person).await;
        for _ in 0..5 {
            assert_eq!(browser.post("/sign-in", &[("email", email)]).await.status, StatusCode::OK);
        }
        let refused = browser.post("/sign-in", &[("email", email)]).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        refused.says("Trop de demandes");
        // Who is signed in still proves anew who they are; the address of somebody else is counted as ever.
        for _ in 0..4 {
            assert_eq!(signed_in.post("/sign-in", &[("email", email)]).await.status, StatusCode::OK);
        }
        let other = &town.member(1).email;
        for n in 0..6 {
            let status = signed_in.post("/sign-in", &[("email", other)]).await.status;
            assert_eq!(status == StatusCode::OK, n < 5, "{n}");
        }
        let fields = [("address", email.as_str()), ("password", "une autre marmite")];
        for _ in 0..8 {
            let wrong = browser.post("/sign-in/password", &fields).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.text().contains("<details open>") && !wrong.text().contains("marmite"));
        }
        let refused = browser.post("/sign-in/password", &fields).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    });
}

#[test]
fn a_fresh_sign_in_keeps_the_organisation_and_ends_the_old_session() {
    check(Kind::Sqlite, |world| async move {
        let (town, _) = town(&world).await;
        let member = town.member(0);
        let mut browser = Browser::of(&site_of(&world), &world, member.person).await;
        let old = browser.clone();
        let asked = browser.get("/sign-in?next=%2Fabout").await;
        asked.says("Une connexion récente est demandée");
        asked.says(&format!("value=\"{}\"", member.email));
        browser.post("/sign-in", &[("email", &member.email), ("next", "/about")]).await;
        let mail = mail_to(&world, &member.email).await.unwrap();
        let entered = browser.post(&path_in(&mail), &[]).await;
        browser.follow(&entered).await.says("Personne de Yaal Coop");
        assert!(!is_in(&mut old.clone()).await, "the session from before has ended");
    });
}

#[test]
fn signing_out_ends_the_session_here_and_on_the_server() {
    check(Kind::Sqlite, |world| async move {
        let (town, _) = town(&world).await;
        let mut browser = Browser::of(&site_of(&world), &world, town.member(0).person).await;
        let kept = browser.clone();
        assert!(is_in(&mut browser).await);
        let out = browser.post("/sign-out", &[]).await;
        assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/"));
        assert!(!is_in(&mut browser).await);
        assert!(!is_in(&mut kept.clone()).await, "a copy of the cookie is worth nothing");
        assert_eq!(browser.get("/sign-out").await.status, StatusCode::METHOD_NOT_ALLOWED);
    });
}
