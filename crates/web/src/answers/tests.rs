//! The mail of the month, answered: by a click without a sign-in, twice, too late, by a scanner.

use axum::http::StatusCode;
use domain::pot::FundMode;
use domain::rules::Template;
use testkit::{Grown, World};

use crate::tests::browser::{Browser, mail_to, site_of};

/// A direct pot of two, with a feature of 100 € that both promised: ARN owes Yaal Coop 60 €.
async fn town(world: &World) -> Grown {
    let town = world.collective_with(FundMode::Direct, Template::Informal, &["Yaal Coop", "ARN"]).await;
    world.post().await;
    let site = site_of(world);
    let mut yaal = Browser::of(&site, world, town.member(0).person).await;
    let mut arn = Browser::of(&site, world, town.member(1).person).await;
    let fields = [
        ("title", "Salon"),
        ("software", "Matrix"),
        ("summary", "Inviter par un lien."),
        ("price", "100"),
        ("price_to", "100"),
        ("closing_on", "2025-03-31"),
        ("place", "outside"),
        ("done_when", "Cela marche."),
        ("key", "f"),
    ];
    let made = yaal.post("/c/chatons/features/new", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let promise = [("amount", "40"), ("kind", "firm"), ("key", "a"), ("seen", "0"), ("confirmed", "yes")];
    let made = yaal.post("/c/chatons/features/1/promise", &promise).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let mut tx = world.read().await;
    let feature = store::features::by_number(&mut tx, town.id, 1).await.unwrap().unwrap().id;
    drop(tx);
    let wish = domain::promises::PromiseWish {
        on: domain::promises::PromiseOn::Feature(feature),
        kind: domain::promises::PromiseKind::Firm,
        seen: domain::Money::ZERO,
        amount: domain::Money::new(6_000),
        subject_to: None,
    };
    app::promises::save_promise(&world.context, town.member(1).acting(), town.pot, wish).await.unwrap();
    arn.get("/c/chatons/features/1").await.says("financée");
    world.post().await;
    town
}

/// The addresses of the links in a mail, in their order.
fn links(mail: &str) -> Vec<String> {
    let of = |line: &str| line.strip_prefix("https://popote.example").map(str::to_owned);
    mail.lines().filter_map(of).filter(|path| path.starts_with("/answer/")).collect()
}

async fn month(world: &World, at: &str, address: &str) -> String {
    world.wait_until(at);
    mail_to(world, address).await.unwrap()
}

async fn a_call_is_said_paid_and_received_by_two_links(world: World) {
    let town = town(&world).await;
    let site = site_of(&world);
    world.wait(jiff::SignedDuration::from_hours(24));
    world.post().await;
    let mail = month(&world, "2025-04-01T07:00:00+02:00", &town.member(1).email).await;
    assert!(mail.contains("Voici ce qui vous attend") && mail.contains("60"), "{mail}");
    let links = links(&mail);
    assert!(!links.is_empty() && links.len() <= 5, "{mail}");
    let pay = &links[0];
    // A scanner of mails follows every link, and presses nothing.
    for link in links.iter().chain(&links) {
        let page = Browser::new(&site).get(link).await;
        assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "no-referrer"));
    }
    let call = async || {
        let mut tx = world.read().await;
        let calls = store::fund_calls::list(&mut tx, store::fund_calls::Which::Pot(town.pot), i64::MAX, 9);
        let calls = calls.await.unwrap();
        calls.into_iter().find(|call| call.organisation == town.member(1).organisation).unwrap()
    };
    assert_eq!(call().await.said_paid_at, None, "looking changes nothing");
    let mut stranger = Browser::new(&site);
    stranger.get(pay).await.says("Oui, c’est payé");
    let wrong = stranger.post(pay, &[("act", "authorise")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let other = stranger.post(pay, &[("act", "confirm_received")]).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "another act than the link's");
    assert_eq!(call().await.said_paid_at, None);
    let done = stranger.post(pay, &[("act", "say_paid")]).await;
    stranger.follow(&done).await.says("Vous avez dit que c’est payé");
    assert!(call().await.said_paid_at.is_some());
    let again = stranger.post(pay, &[("act", "say_paid")]).await;
    stranger.follow(&again).await.says("Rien n’a changé");
    assert_eq!(stranger.get("/me").await.status, StatusCode::UNAUTHORIZED, "a link signs nobody in");

    // The next month, whoever is paid confirms it by a link of its own.
    world.wait_until("2025-04-02T12:00:00+02:00");
    world.post().await;
    let mail = month(&world, "2025-05-01T07:00:00+02:00", &town.member(0).email).await;
    let mut receive = None;
    for link in self::links(&mail) {
        if stranger.get(&link).await.text().contains("Oui, c’est reçu en entier") {
            receive = Some(link);
        }
    }
    let receive = receive.unwrap_or_else(|| panic!("nothing to confirm in {mail}"));
    let done = stranger.post(&receive, &[("act", "confirm_received")]).await;
    stranger.follow(&done).await.says("C’est payé et reçu");
    assert_eq!(call().await.received.minor(), 6_000);
    let again = stranger.post(&receive, &[("act", "confirm_received")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(call().await.received.minor(), 6_000, "once");
    stranger.get(pay).await.says("C’est payé et reçu");
    assert_eq!(stranger.get("/answer/nonsense").await.status, StatusCode::NOT_FOUND);
}

async fn a_link_that_comes_too_late_leads_to_the_page(world: World) {
    let town = town(&world).await;
    world.wait(jiff::SignedDuration::from_hours(24));
    world.post().await;
    let mail = month(&world, "2025-04-01T07:00:00+02:00", &town.member(1).email).await;
    let pay = links(&mail).remove(0);
    world.wait(jiff::SignedDuration::from_hours(24 * 46));
    let mut late = Browser::new(&site_of(&world));
    let page = late.get(&pay).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.text().contains("Salon"), "what is too old tells nothing");
    assert_eq!(late.post(&pay, &[("act", "say_paid")]).await.status, StatusCode::NOT_FOUND);
}

async fn the_mail_of_the_month_is_stopped_by_one_click(world: World) {
    let town = town(&world).await;
    world.wait(jiff::SignedDuration::from_hours(24));
    world.post().await;
    world.wait_until("2025-04-01T07:00:00+02:00");
    let address = &town.member(1).email;
    let mails = world.post().await;
    let mail = mails.iter().find(|mail| mail.to.address() == address).unwrap();
    let header = |name: &str| &mail.headers.iter().find(|(known, _)| known == name).unwrap().1;
    assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let url = header("List-Unsubscribe").trim_matches(['<', '>']);
    let footer = mail.text.rsplit("-- ").next().unwrap();
    let line = |start: &str| footer.lines().find(|line| line.contains(start)).unwrap();
    assert!(line("Ne plus le recevoir").ends_with(url), "{footer}");
    assert!(line("Vos préférences").ends_with("/me/profile"), "{footer}");
    let stop = url.strip_prefix("https://popote.example").unwrap();
    let mut reader = Browser::new(&site_of(&world));
    for _ in 0..2 {
        reader.get(stop).await.says("Arrêter le courriel du mois");
    }
    let answer = reader.post(stop, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "ok"));
    reader.get(stop).await.says("Le courriel du mois est arrêté");
    // What awaits them stays on their page; others are told as before.
    world.wait_until("2025-04-02T12:00:00+02:00");
    world.post().await;
    world.wait_until("2025-05-01T07:00:00+02:00");
    let mails = world.post().await;
    let monthly = |address: &str| {
        mails.iter().any(|mail| mail.to.address() == address && mail.text.contains("/unsubscribe/"))
    };
    assert!(monthly(&town.member(0).email) && !monthly(address));
    let again = reader.post(stop, &[("again", "yes")]).await;
    reader.follow(&again).await.says("Arrêter le courriel du mois");
    assert_eq!(reader.get("/unsubscribe/nonsense").await.status, StatusCode::NOT_FOUND);
    assert_eq!(reader.post("/unsubscribe/nonsense", &[]).await.status, StatusCode::NOT_FOUND);
}

testkit::on_both![
    the_mail_of_the_month_is_stopped_by_one_click,
    a_call_is_said_paid_and_received_by_two_links,
    a_link_that_comes_too_late_leads_to_the_page,
];
