//! Where somebody hides its amounts, what strangers see of the money moves by quarters of an hour; members see it at
//! once.

use app::allocations::save_allocations;
use app::contributions::{NewContribution, record_contribution};
use app::distributions::{Asked, confirm_distribution, preview_distribution};
use app::features::{NewFeature, propose_feature};
use app::rounds::open_round;
use domain::features::{Line, Place, Proposal, Track, Wish};
use domain::ids::FeatureId;
use domain::posting::Nature;
use domain::promises::PromiseRule;
use domain::public_journal::{Limits, verify};
use domain::rounds::RoundPlan;
use domain::rules::{AmountsSeen, Rules, Template};
use domain::shares::ShareRule;
use domain::{Book, Money};
use jiff::SignedDuration;
use jiff::civil::date;
use testkit::{Grown, World, on_both};

use super::browser::{Browser, site_of};

const NAMES: [&str; 4] = ["Alpaga", "Belette", "Castor", "Daim"];

async fn pay(world: &World, town: &Grown, place: usize, cents: i64) {
    let new = NewContribution {
        organisation: town.member(place).organisation,
        amount: Money::new(cents),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    };
    record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
}

/// A round in which each member has 100 €, and a feature that 50 € trigger.
async fn shared(world: &World, amounts: AmountsSeen) -> (Grown, FeatureId) {
    let rules = Rules { amounts, ..Template::Informal.rules() };
    let town = world.collective(rules, &NAMES).await;
    for place in 0..NAMES.len() {
        pay(world, &town, place, 10_000).await;
    }
    let plan = RoundPlan {
        name: "Printemps".to_owned(),
        opens_on: date(2025, 3, 3),
        closes_on: date(2025, 4, 30),
        rule: ShareRule::EQUAL,
        cap: None,
        lapse: false,
        promises: PromiseRule::AsPutIn,
    };
    let (context, admin, asked) = (&world.context, town.admin(), Asked::default());
    let round = open_round(context, town.admin(), town.pot, plan).await.unwrap().round;
    let preview = preview_distribution(context, &admin, round, &asked).await.unwrap();
    confirm_distribution(context, admin, round, asked, &preview.digest()).await.unwrap();
    let line = Line { label: "Travail".to_owned(), minimum: Money::new(5_000), maximum: Money::new(9_000) };
    let proposal = Proposal {
        title: "Azur".to_owned(),
        summary: "Ce que cela change.".to_owned(),
        description: String::new(),
        done_when: "cela marche".to_owned(),
        worker: "Quelqu'un".to_owned(),
        software: "Element".to_owned(),
        discussion_url: String::new(),
        lines: vec![line],
        incomes: Vec::new(),
        closing_on: date(2025, 4, 30),
        place: Place::Round,
    };
    let new = NewFeature { proposal, track: Some(Track::Trust), needs: Vec::new() };
    let feature = propose_feature(context, town.member(1).acting(), town.pot, new).await.unwrap().feature;
    (town, feature)
}

async fn puts(world: &World, town: &Grown, place: usize, feature: FeatureId, cents: i64) {
    let wish = Wish { feature, seen: Money::ZERO, wanted: Money::new(cents) };
    save_allocations(&world.context, town.member(place).acting(), town.pot, vec![wish]).await.unwrap();
}

/// The pages on which money moves.
const PAGES: [&str; 10] = [
    "/c/chatons",
    "/c/chatons/accounts",
    "/c/chatons/accounts/how",
    "/c/chatons/activity",
    "/c/chatons/feed.atom",
    "/c/chatons/features",
    "/c/chatons/features/1",
    "/c/chatons/rounds/1",
    "/c/chatons/accounts/journal.csv",
    "/c/chatons/accounts/journal.json",
];

async fn texts(browser: &mut Browser) -> Vec<String> {
    let mut texts = Vec::new();
    for page in PAGES {
        texts.push(browser.get(page).await.text());
    }
    texts
}

async fn a_stranger_sees_a_quarter_of_an_hour_at_once(world: World) {
    let (town, feature) = shared(&world, AmountsSeen::OwnChoice).await;
    let site = site_of(&world);
    let mut stranger = Browser::new(&site);
    let mut member = Browser::of(&site, &world, town.member(1).person).await;
    world.wait(SignedDuration::from_mins(15));
    let before = texts(&mut stranger).await;
    assert!(before[6].contains("il manque") || before[6].contains("Il manque"), "{}", before[6]);
    for (place, cents) in [(1, 2_000), (2, 2_500), (3, 1_500)] {
        world.wait(SignedDuration::from_mins(4));
        puts(&world, &town, place, feature, cents).await;
        pay(&world, &town, place, 700).await;
        let now = texts(&mut stranger).await;
        for ((page, before), now) in PAGES.iter().zip(&before).zip(&now) {
            let moved: Vec<_> =
                before.lines().zip(now.lines()).find(|(then, now)| then != now).into_iter().collect();
            assert!(before.as_str() == now.as_str(), "{page} moved at once: {moved:?}");
        }
    }
    member.get("/c/chatons/features/1").await.says("60 €".replace(' ', "\u{202f}").as_str());
    stranger.get("/c/chatons/features?state=funding").await.says("Azur");
    assert!(!stranger.get("/c/chatons/features?state=building").await.text().contains("/features/1\""));

    world.wait(SignedDuration::from_mins(3));
    let after = texts(&mut stranger).await;
    for ((page, before), after) in PAGES.iter().zip(&before).zip(&after) {
        assert!(before != after, "{page} has not moved after a quarter of an hour");
    }
    assert!(after[6].contains("60\u{202f}€"), "the feature is funded: {}", after[6]);
    let head = {
        let mut tx = world.read().await;
        let heads = store::views::heads(&mut tx, town.pot).await.unwrap();
        heads.into_iter().find(|head| head.book == Book::Cash).unwrap()
    };
    assert!(after[1].contains(&hex::encode(head.hash)), "the page gives the head of what it shows");
}

async fn the_file_ends_where_the_page_does(world: World) {
    let (town, feature) = shared(&world, AmountsSeen::OwnChoice).await;
    let mut stranger = Browser::new(&site_of(&world));
    world.wait(SignedDuration::from_mins(15));
    let head = store::views::heads(&mut world.read().await, town.pot).await.unwrap();
    let head = head.into_iter().find(|head| head.book == Book::Cash).unwrap();
    puts(&world, &town, 2, feature, 2_500).await;
    let file = stranger.get("/c/chatons/accounts/journal.json").await.text();
    let heads = [domain::chain::Head { book: Book::Cash, seq: head.seq, hash: head.hash }];
    let report = verify(file.as_bytes(), &heads, Limits::default()).unwrap();
    assert!(report.holds(), "{report:?}");
    let page = stranger.get("/c/chatons/accounts").await.text();
    assert!(page.contains(&hex::encode(head.hash)));
    let ledger = stranger.get("/c/chatons/accounts/journal.hledger").await.text();
    assert!(!ledger.contains("25.00"), "{ledger}");
}

async fn where_nobody_hides_everybody_sees_at_once(world: World) {
    let (town, feature) = shared(&world, AmountsSeen::Public).await;
    let mut stranger = Browser::new(&site_of(&world));
    let before = texts(&mut stranger).await;
    puts(&world, &town, 1, feature, 2_000).await;
    let after = texts(&mut stranger).await;
    for ((page, before), after) in PAGES.iter().zip(&before).zip(&after) {
        assert!(before != after, "{page} waits");
    }
    stranger.get("/c/chatons/activity").await.says("Belette a mis 20\u{202f}€");
}

/// A member of a collective in which others hide sees totals as they are, and nobody's name beside the minute.
async fn a_member_is_not_told_who_moved_a_total(world: World) {
    let (town, feature) = shared(&world, AmountsSeen::OwnChoice).await;
    let site = site_of(&world);
    let mut member = Browser::of(&site, &world, town.member(1).person).await;
    let mut own = Browser::of(&site, &world, town.member(2).person).await;
    puts(&world, &town, 2, feature, 2_500).await;
    let page = member.get("/c/chatons/activity").await;
    page.says("Une structure a réparti sa part");
    assert!(!page.text().contains("Castor a"), "{}", page.text());
    own.get("/c/chatons/activity").await.says("Castor a réparti sa part");
    for (browser, told) in [(&mut member, false), (&mut own, true)] {
        let ledger = browser.get("/c/chatons/accounts/journal.csv").await.text();
        assert_eq!(ledger.contains("Castor"), told);
        let status = browser.get("/c/chatons/members/castor/statement").await.status;
        assert_eq!(status.is_success(), told);
        assert!(!browser.get("/c/chatons/rounds/1").await.text().contains("data-live"));
    }
}

on_both![
    a_stranger_sees_a_quarter_of_an_hour_at_once,
    the_file_ends_where_the_page_does,
    where_nobody_hides_everybody_sees_at_once,
    a_member_is_not_told_who_moved_a_total,
];
