//! A page that held one connection and asked for a second would, with enough of its kind at once, wait for itself
//! and keep everybody else waiting. Here the database gives a single connection for reading.

use std::collections::BTreeSet;
use std::time::Duration;

use app::contributions::{NewContribution, record_contribution};
use domain::Money;
use domain::actor::RoleKind;
use domain::posting::Nature;
use domain::public_journal::{Limits, verify};
use domain::rules::Template;
use http_body_util::BodyExt as _;
use jiff::civil::date;
use store::{Db, Options};
use testkit::{World, on_both};
use tower::ServiceExt as _;

use super::browser::{Browser, site_of};
use super::with;

/// The same world through a door that one passes at a time.
async fn narrow(mut world: World) -> World {
    let options = Options {
        readers: 1,
        connections: 2,
        acquire_timeout: Duration::from_millis(500),
        busy_timeout: Duration::from_millis(500),
        ..Options::default()
    };
    world.context.db = Db::open(&world.url, &options).await.unwrap();
    world
}

async fn no_page_asks_for_two_connections_at_once(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let world = narrow(world).await;
    let mut admin = Browser::of(&site_of(&world), &world, town.member(0).person).await;
    let mut waiting: Vec<String> = ["/", "/me", "/admin", "/c/chatons"].map(str::to_owned).into();
    let mut seen = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = admin.get(&path).await;
        assert!(!page.status.is_server_error(), "{path}: {}", page.status);
        if !page.header("content-type").starts_with("text/html") {
            continue;
        }
        let text = page.text();
        let links = text.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
        let inside = |link: &&str| link.starts_with('/') && !link.starts_with("/assets/");
        waiting.extend(links.filter(inside).map(|link| link.replace("&amp;", "&")));
    }
    for page in ["roles", "invitations", "import", "contributions/new", "gifts/new", "decisions/new"] {
        assert!(seen.contains(&format!("/c/chatons/{page}")), "{page} is not among {seen:?}");
    }

    let (organisation, person) = (town.member(1).organisation.to_string(), town.member(1).person.to_string());
    let role = RoleKind::Steward.as_str();
    let paid = [("organisation", organisation.as_str()), ("amount", "5"), ("received_on", "2025-03-01")];
    let known = [&paid[..], &[("nature", "subscription")]].concat();
    let invited = [("organisation", "new"), ("name", "Ici"), ("email", "a@b.example"), ("locale", "fr")];
    let invited = [&invited[..], &[("kind", "finance")]].concat();
    for (path, fields) in [
        ("roles", vec![("person", person.as_str()), ("kind", role)]),
        ("roles", vec![("person", "x")]),
        ("invitations", invited),
        ("invitations", vec![("email", "")]),
        ("contributions/new", known),
        ("contributions/new", paid.to_vec()),
        ("gifts/new", vec![("amount", "5")]),
        ("members/yaal-coop/mandates", vec![("person", person.as_str())]),
    ] {
        let answer = admin.post(&format!("/c/chatons/{path}"), &fields).await;
        assert!(!answer.status.is_server_error(), "{path} {fields:?}: {}", answer.status);
    }
    world.context.db.close().await;
}

/// So many that no channel and no buffer on the way holds the whole journal.
const MANY: usize = 600;

async fn a_reader_who_takes_nothing_keeps_nobody_waiting(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    for number in 0..MANY {
        let new = NewContribution {
            organisation: town.member(0).organisation,
            amount: Money::new(100),
            nature: Nature::Subscription,
            received_on: date(2025, 3, 1),
            reference: format!("{number}"),
            proof: None,
        };
        record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
    }
    let world = narrow(world).await;
    let site = site_of(&world);
    let ask = || with("GET", "/c/chatons/accounts/journal.json", &[], "");
    let mut slow = Vec::new();
    for _ in 0..3 {
        let mut body = site.clone().oneshot(ask()).await.unwrap().into_body();
        let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
        slow.push((first, body));
    }
    let mut passer = Browser::new(&site);
    assert_eq!(passer.get("/c/chatons/features?new=1").await.status, 200);

    let whole = passer.get("/c/chatons/accounts/journal.json").await;
    let verdict = verify(whole.bytes.as_slice(), &[], Limits::default()).unwrap();
    assert!(verdict.holds());
    assert_eq!(verdict.books[0].head.seq, i64::try_from(MANY).unwrap());
    for (first, body) in slow {
        let rest = body.collect().await.unwrap().to_bytes();
        assert_eq!([first, rest].concat(), whole.bytes, "who comes back to it gets the same file");
    }

    let new = NewContribution {
        organisation: town.member(1).organisation,
        amount: Money::new(5),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    };
    record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
    let longer = passer.get("/c/chatons/accounts/journal.json").await;
    let verdict = verify(longer.bytes.as_slice(), &[], Limits::default()).unwrap();
    assert_eq!(verdict.books[0].head.seq, i64::try_from(MANY).unwrap() + 1, "a new version is a new file");
    world.context.db.close().await;
}

on_both![a_reader_who_takes_nothing_keeps_nobody_waiting, no_page_asks_for_two_connections_at_once,];
