//! A person's own place.

use axum::http::StatusCode;
use domain::actor::RoleKind;
use domain::rules::Template;
use jiff::SignedDuration;
use testkit::{Grown, Kind, World, check};

use crate::tests::browser::{Browser, mail_to, make_treasurer, path_in, site_of};

async fn town(world: &World) -> (Grown, Browser) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let browser = Browser::of(&site_of(world), world, town.member(0).person).await;
    (town, browser)
}

#[test]
fn what_awaits_is_listed_and_leads_there() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut admin) = town(&world).await;
        let page = admin.get("/me").await;
        page.says("Rien n’est en attente. Voici ce que vous pouvez faire.");
        page.says("<li class=\"sheet\">");
        assert!(!page.text().contains("Rien ne vous attend"), "not above what can be done");
        let mut stranger = Browser::new(&site_of(&world));
        assert_eq!(stranger.get("/me").await.status, StatusCode::UNAUTHORIZED);
        stranger.get("/me").await.says("/sign-in?next=%2Fme");

        make_treasurer(&world, &town, town.member(2).person).await;
        let (context, acting) = (&world.context, town.admin());
        let beneficiary = town.member(1).person;
        app::roles::propose(context, acting, town.id, beneficiary, RoleKind::Steward).await.unwrap();
        let mut third = Browser::of(&site_of(&world), &world, town.member(2).person).await;
        let page = third.get("/me").await;
        page.says("Une chose vous attend");
        page.says("Confirmer un rôle\u{202f}: Personne de ARN, référent·e");
        page.says("href=\"/c/chatons/roles\"");
        admin.get("/me").await.says("Rien n’est en attente");
    });
}

#[test]
fn one_acts_only_for_organisations_of_ones_mandates() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let page = browser.get("/me").await;
        page.says("Vous agissez pour Yaal Coop");
        assert!(!page.text().contains("Agir pour Yaal Coop</button>"), "there is no other");
        let (own, other) = (town.member(0).organisation.to_string(), town.member(1).organisation.to_string());
        let refused = browser.post("/me/organisation", &[("organisation", &other)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let chosen = browser.post("/me/organisation", &[("organisation", &own)]).await;
        let page = browser.follow(&chosen).await;
        page.says("Vous agissez maintenant pour Yaal Coop");
        page.says("pour Yaal Coop</span>");
        assert_eq!(
            browser.post("/me/organisation", &[("organisation", "x")]).await.status,
            StatusCode::NOT_FOUND
        );
    });
}

#[test]
fn sessions_are_ended_one_by_one_and_only_ones_own() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut here) = town(&world).await;
        let site = site_of(&world);
        let mut phone = Browser::of(&site, &world, town.member(0).person).await;
        let mut other = Browser::of(&site, &world, town.member(1).person).await;
        let page = here.get("/me/sessions").await;
        page.says("celui-ci");
        let text = page.text();
        let at = text.find("name=\"session\" value=\"").unwrap() + "name=\"session\" value=\"".len();
        let key = text[at..at + 64].to_owned();
        other.post("/me/sessions/end", &[("session", &key)]).await;
        assert_eq!(phone.get("/me").await.status, StatusCode::OK, "somebody else's key ends nothing");
        let ended = here.post("/me/sessions/end", &[("session", &key)]).await;
        here.follow(&ended).await.says("La session est fermée");
        assert_eq!(phone.get("/me").await.status, StatusCode::UNAUTHORIZED);
        let mut third = Browser::of(&site, &world, town.member(0).person).await;
        here.post("/me/sessions/end-others", &[]).await;
        assert_eq!(third.get("/me").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(here.get("/me").await.status, StatusCode::OK);
    });
}

#[test]
fn a_new_address_is_confirmed_by_its_own_link_and_the_old_one_is_told() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut browser) = town(&world).await;
        let asked = browser.post("/me/profile/email", &[("email", "neuve@yaal.example")]).await;
        browser.follow(&asked).await.says("un lien vient d’y partir");
        let link = path_in(&mail_to(&world, "neuve@yaal.example").await.unwrap());
        let mut robot = Browser::new(&site_of(&world));
        assert_eq!(robot.get(&link).await.status, StatusCode::UNAUTHORIZED);
        let mut other = Browser::of(&site_of(&world), &world, town.member(1).person).await;
        assert_eq!(other.post(&link, &[]).await.status, StatusCode::GONE, "it is bound to who asked");
        assert_eq!(browser.get(&link).await.header("referrer-policy"), "no-referrer");
        browser.get("/me/profile").await.says("personne@yaal-coop.example");
        let done = browser.post(&link, &[]).await;
        let page = browser.follow(&done).await;
        page.says("Votre adresse est changée");
        page.says("neuve@yaal.example");
        page.says("vous ne pouvez pas autoriser de paiement");
        assert!(mail_to(&world, "personne@yaal-coop.example").await.unwrap().contains("48 heures"));
        assert_eq!(browser.post(&link, &[]).await.status, StatusCode::GONE);
    });
}

#[test]
fn what_protects_the_account_asks_for_a_fresh_sign_in() {
    check(Kind::Sqlite, |world| async move {
        let (_, mut browser) = town(&world).await;
        let short = browser.post("/me/profile/password", &[("password", "court")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        short.says("12 caractères au moins");
        assert!(!short.text().contains("\"court\""), "a password isn't sent back");
        let set = browser.post("/me/profile/password", &[("password", "une marmite bien chaude")]).await;
        browser.follow(&set).await.says("Le mot de passe est changé");
        let mut other = Browser::new(&site_of(&world));
        let fields = [("address", "personne@yaal-coop.example"), ("password", "une marmite bien chaude")];
        assert_eq!(other.post("/sign-in/password", &fields).await.header("location"), "/me");

        world.wait(SignedDuration::from_mins(11));
        browser.get("/me/profile").await.says("/sign-in?next=%2Fme%2Fprofile");
        for (path, field, value) in [
            ("/me/profile/password", "password", "une autre marmite"),
            ("/me/profile/no-password", "password", ""),
            ("/me/profile/email", "email", "neuve@yaal.example"),
        ] {
            let refused = browser.post(path, &[(field, value)]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
            refused.says("connexion de moins de dix minutes");
        }
        let kept = browser.post("/me/profile/email", &[("email", "neuve@yaal.example")]).await;
        kept.says("value=\"neuve@yaal.example\"");
        kept.says("value=\"Personne de Yaal Coop\"");
    });
}

#[test]
fn name_language_and_notices_are_kept() {
    check(Kind::Sqlite, |world| async move {
        let (_, mut browser) = town(&world).await;
        let refused = browser.post("/me/profile", &[("name", ""), ("locale", "xx")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("href=\"#f-locale\"");
        let saved = browser.post("/me/profile", &[("name", "Camille"), ("locale", "en")]).await;
        let page = browser.follow(&saved).await;
        page.says("<html lang=\"en\">");
        page.says("Saved.");
        let fields = [
            ("chatons-features", "monthly"),
            ("chatons-money", "never"),
            ("chatons-members", "monthly"),
            ("chatons-quiet", "monthly"),
            ("chatons-month", "monthly"),
        ];
        let saved = browser.post("/me/notices/chatons", &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        let page = browser.get("/me/profile").await.text();
        assert_eq!(page.matches("value=\"never\" selected").count(), 1);
        assert_eq!(page.matches("value=\"monthly\" selected").count(), 4);
        let page = browser.post("/me/notices/chatons", &[("chatons-features", "at_once")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.post("/me/notices/elsewhere", &fields).await.status, StatusCode::NOT_FOUND);
        let wrong =
            [("chatons-features", "hourly"), ("chatons-money", "never"), ("chatons-members", "never")];
        assert_eq!(
            browser.post("/me/notices/chatons", &wrong).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    });
}

#[test]
fn ones_data_is_downloaded_by_a_fresh_sign_in() {
    check(Kind::Sqlite, |world| async move {
        let (_, mut browser) = town(&world).await;
        browser.get("/me/profile").await.says("Télécharger mes données");
        let file = browser.post("/me/profile/data", &[]).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"popote.json\"");
        assert_eq!(file.header("cache-control"), "no-store");
        file.says("personne@yaal-coop.example");
        assert!(!file.text().contains("personne@arn.example"), "nothing of others");
        world.wait(SignedDuration::from_mins(11));
        let refused = browser.post("/me/profile/data", &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.says("connexion de moins de dix minutes");
        let mut stranger = Browser::new(&site_of(&world));
        assert_eq!(stranger.post("/me/profile/data", &[]).await.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn one_erases_oneself_from_a_page_that_says_what_stays() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut admin) = town(&world).await;
        let page = admin.get("/me/profile/erase").await;
        page.says("Ce n’est pas encore possible");
        page.says("Vous êtes seul·e à administrer cette instance");
        assert!(!page.text().contains("Effacer mon compte</button>"));
        let refused = admin.post("/me/profile/erase", &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

        let mut browser = Browser::of(&site_of(&world), &world, town.member(1).person).await;
        browser.get("/me/profile").await.says("href=\"/me/profile/erase\"");
        let page = browser.get("/me/profile/erase").await;
        page.says("Votre mandat pour ARN.");
        page.says("Plus personne ne représentera ARN");
        page.says("dix ans");
        page.says("Effacer mon compte</button>");
        world.wait(SignedDuration::from_mins(11));
        browser.get("/me/profile/erase").await.says("/sign-in?next=%2Fme%2Fprofile%2Ferase");
        let refused = browser.post("/me/profile/erase", &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.says("connexion de moins de dix minutes");
        let mut browser = Browser::of(&site_of(&world), &world, town.member(1).person).await;
        let done = browser.post("/me/profile/erase", &[("texts", "yes")]).await;
        assert_eq!(done.header("location"), "/");
        browser.follow(&done).await.says("Votre compte est effacé.");
        assert_eq!(browser.get("/me").await.status, StatusCode::UNAUTHORIZED);
        let mut admin = Browser::of(&site_of(&world), &world, town.member(0).person).await;
        let members = admin.get("/c/chatons/members/arn").await.text();
        assert!(!members.contains("Personne de ARN"), "{members}");
    });
}
