//! Invitations and roles, as those who send, get, confirm and refuse them meet them.

use axum::http::StatusCode;
use domain::rules::Template;
use jiff::SignedDuration;
use testkit::{Grown, Kind, World, check};

use crate::tests::browser::{Browser, mail_to, make_treasurer, path_in, site_of};

const NEW: [(&str, &str); 5] = [
    ("organisation", "new"),
    ("name", "Cloud Girofle"),
    ("email", "jo@girofle.example"),
    ("kind", "representative"),
    ("locale", "fr"),
];

async fn town(world: &World) -> (Grown, Browser) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let admin = Browser::of(&site_of(world), world, town.member(0).person).await;
    (town, admin)
}

async fn invited(world: &World, admin: &mut Browser) -> String {
    let sent = admin.post("/c/chatons/invitations", &NEW).await;
    admin.follow(&sent).await.says("L’invitation est partie à jo@girofle.example");
    path_in(&mail_to(world, "jo@girofle.example").await.unwrap())
}

#[test]
fn an_invitation_makes_a_person_and_a_member_once() {
    check(Kind::Sqlite, |world| async move {
        let (_, mut admin) = town(&world).await;
        let link = invited(&world, &mut admin).await;
        let mut jo = Browser::new(&site_of(&world));
        for _ in 0..3 {
            let page = jo.get(&link).await;
            assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "no-referrer"));
            page.says("Cloud Girofle deviendra membre");
        }
        let refused = jo.post(&link, &[("name", " ")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("href=\"#f-name\"");
        let entered = jo.post(&link, &[("name", "Jo <Girofle>")]).await;
        assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/c/chatons"));
        let about = jo.get("/about").await;
        about.says("Jo &#60;Girofle&#62;");
        about.says("pour Cloud Girofle");
        let mut late = Browser::new(&site_of(&world));
        for again in [late.get(&link).await, late.post(&link, &[("name", "Mallory")]).await] {
            assert_eq!(again.status, StatusCode::GONE);
            again.says("Cette invitation ne sert plus");
        }
        assert!(late.cookies().is_empty());
    });
}

#[test]
fn an_old_or_withdrawn_invitation_is_worth_nothing() {
    check(Kind::Sqlite, |world| async move {
        let (_, mut admin) = town(&world).await;
        let link = invited(&world, &mut admin).await;
        let twice = admin.post("/c/chatons/invitations", &NEW).await;
        assert_eq!(twice.status, StatusCode::SEE_OTHER, "a double click is answered like the first");
        let anew: Vec<(&str, &str)> = NEW.into_iter().chain([("again", "later")]).collect();
        let twice = admin.post("/c/chatons/invitations", &anew).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        twice.says("Une invitation est déjà en route");
        twice.says("value=\"Cloud Girofle\"");
        let text = admin.get("/c/chatons/invitations").await.text();
        let at = text.find("/c/chatons/invitations/").unwrap();
        let withdraw = &text[at..at + text[at..].find('"').unwrap()];
        let mut arn = Browser::of(&site_of(&world), &world, town_person(&world).await).await;
        assert_eq!(arn.post(withdraw, &[]).await.status, StatusCode::FORBIDDEN);
        let done = admin.post(withdraw, &[]).await;
        admin.follow(&done).await.says("L’invitation est retirée");
        let mut jo = Browser::new(&site_of(&world));
        assert_eq!(jo.post(&link, &[("name", "Jo")]).await.status, StatusCode::GONE);

        let second = invited(&world, &mut admin).await;
        world.wait(SignedDuration::from_hours(14 * 24 + 1));
        assert_eq!(jo.get(&second).await.status, StatusCode::GONE);
        assert_eq!(jo.post(&second, &[("name", "Jo")]).await.status, StatusCode::GONE);
    });
}

/// The person of the second member.
async fn town_person(world: &World) -> domain::ids::PersonId {
    let mut tx = world.read().await;
    let found = store::people::by_email(&mut tx, "personne@arn.example").await.unwrap();
    found.unwrap().id
}

#[test]
fn whoever_has_an_account_accepts_without_a_name_and_signs_in_as_usual() {
    check(Kind::Sqlite, |world| async move {
        let (town, _) = town(&world).await;
        let mut arn = Browser::of(&site_of(&world), &world, town.member(1).person).await;
        let page = arn.get("/c/chatons/invitations").await;
        assert!(!page.text().contains("Nom de la nouvelle structure"), "a member invites for itself alone");
        let own = town.member(1).organisation.to_string();
        let email = &town.member(2).email;
        let fields =
            [("organisation", own.as_str()), ("email", email), ("kind", "finance"), ("locale", "fr")];
        arn.post("/c/chatons/invitations", &fields).await;
        let link = path_in(&mail_to(&world, email).await.unwrap());
        let mut stranger = Browser::new(&site_of(&world));
        assert!(!stranger.get(&link).await.text().contains("name=\"name\""));
        let accepted = stranger.post(&link, &[]).await;
        assert_eq!(accepted.header("location"), "/sign-in?next=%2Fc%2Fchatons");
        assert!(!stranger.get("/about").await.text().contains("Personne de"), "the link signs nobody in");
        arn.get("/c/chatons/members/arn").await.says("Personne de IndieHosters");
    });
}

#[test]
fn an_admin_invites_for_a_member_only_while_nobody_represents_it() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut admin) = town(&world).await;
        let other = town.member(1).organisation.to_string();
        let fields = [
            ("organisation", other.as_str()),
            ("email", "x@x.example"),
            ("kind", "finance"),
            ("locale", "fr"),
        ];
        let refused = admin.post("/c/chatons/invitations", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Quelqu’un représente déjà cette structure");
        refused.says("value=\"x@x.example\"");
        assert!(mail_to(&world, "x@x.example").await.is_none());
        assert!(!admin.get("/c/chatons/members/arn").await.text().contains("Inviter quelqu’un"));
    });
}

#[test]
fn an_invitation_can_be_declined() {
    check(Kind::Sqlite, |world| async move {
        let (_, mut admin) = town(&world).await;
        let link = invited(&world, &mut admin).await;
        let mut jo = Browser::new(&site_of(&world));
        let declined = jo.post(&format!("{link}/decline"), &[]).await;
        assert_eq!(declined.status, StatusCode::SEE_OTHER);
        assert_eq!(jo.post(&link, &[("name", "Jo")]).await.status, StatusCode::GONE);
    });
}

fn acts(page: &str, act: &str) -> Vec<String> {
    let found = page.match_indices("action=\"/c/chatons/roles/").map(|(at, _)| {
        let start = at + "action=\"".len();
        page[start..start + page[start..].find('"').unwrap()].to_owned()
    });
    found.filter(|path| path.ends_with(act)).collect()
}

#[test]
fn a_role_takes_two_others_and_48_hours() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut admin) = town(&world).await;
        let site = site_of(&world);
        // A second person who may confirm.
        let second = town.member(1).person.to_string();
        let proposed = admin.post("/c/chatons/roles", &[("person", &second), ("kind", "treasurer")]).await;
        admin.follow(&proposed).await.says("Les personnes qui peuvent confirmer");
        let page = admin.get("/c/chatons/roles").await.text();
        assert!(acts(&page, "/confirm").is_empty(), "who proposed doesn't confirm");
        let refuse = acts(&page, "/end");
        let own = refuse[0].replace("/end", "/confirm");
        let all: Vec<String> = refuse.iter().map(|path| path.replace("/end", "/confirm")).collect();
        for path in &all {
            let answer = admin.post(path, &[]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{own}");
        }
        let mut beneficiary = Browser::of(&site, &world, town.member(1).person).await;
        for path in &all {
            assert_eq!(beneficiary.post(path, &[]).await.status, StatusCode::FORBIDDEN);
        }
        assert!(!admin.get("/c/chatons/roles").await.text().contains("prend effet le"), "nobody confirmed");

        // The third becomes treasurer by the database, then confirms.
        make_treasurer(&world, &town, town.member(2).person).await;
        let mut third = Browser::of(&site, &world, town.member(2).person).await;
        let page = third.get("/c/chatons/roles").await.text();
        let confirm = acts(&page, "/confirm");
        assert_eq!(confirm.len(), 1);
        let done = third.post(&confirm[0], &[]).await;
        let page = third.follow(&done).await;
        page.says("le rôle prend effet dans 48 heures");
        page.says("prend effet le 5 mars 2025 à 10");
        let again = third.post(&confirm[0], &[]).await;
        third.follow(&again).await.says("plus rien à confirmer");
    });
}

#[test]
fn nobody_grants_a_role_to_themselves_and_an_old_sign_in_is_not_enough() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut admin) = town(&world).await;
        let own = town.member(0).person.to_string();
        end_stewardship(&world, &town).await;
        let refused = admin.post("/c/chatons/roles", &[("person", &own), ("kind", "steward")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("On ne se donne pas un rôle");
        world.wait(SignedDuration::from_mins(11));
        let again = admin.post("/c/chatons/roles", &[("person", &own), ("kind", "steward")]).await;
        let asked = admin.follow(&again).await;
        asked.says("Une connexion récente est demandée");
        asked.says("kind%3Dsteward");
    });
}

#[test]
fn an_old_sign_in_gives_no_mandate_that_moves_money() {
    check(Kind::Sqlite, |world| async move {
        let (town, mut admin) = town(&world).await;
        let (path, own) = ("/c/chatons/members/yaal-coop/mandates", town.member(1).person.to_string());
        world.wait(SignedDuration::from_mins(11));
        for (path, data) in [
            ("/c/chatons/invitations", NEW.to_vec()),
            (path, vec![("person", own.as_str()), ("kind", "finance"), ("starts_on", "2025-03-03")]),
        ] {
            let again = admin.post(path, &data).await;
            admin.follow(&again).await.says("Une connexion récente est demandée");
        }
        assert!(mail_to(&world, "jo@girofle.example").await.is_none());
        let contributor = [("person", own.as_str()), ("kind", "contributor"), ("starts_on", "2025-03-03")];
        let given = admin.post(path, &contributor).await;
        admin.follow(&given).await.says("Le mandat est proposé");
    });
}

/// Takes the first member's role of steward away.
async fn end_stewardship(world: &World, town: &Grown) {
    let mut tx = world.read().await;
    let roles = store::roles::of_collective(&mut tx, town.id, 10).await.unwrap();
    drop(tx);
    let role = roles.into_iter().find(|role| role.kind == domain::actor::RoleKind::Steward).unwrap();
    let (id, by, now) = (role.id, role.person, world.now());
    world.sql(move |tx| Box::pin(async move { store::roles::end(tx, id, by, now).await.map(drop) })).await;
}
