//! Rows changed behind the program's back, with the triggers taken away: `verify` notices each.

use domain::{
    Account, Book, Money, PostingKind, Transfer,
    features::{Line, Place, Proposal, Wish},
    ids::FeatureId,
    posting::Reason,
    rounds::RoundPlan,
    shares::ShareRule,
};
use jiff::civil::date;
use popote_app::{
    allocations::save_allocations,
    contributions::{NewContribution, record_contribution},
    distributions::{Asked, confirm_distribution, preview_distribution},
    doctor::{self, Gravity},
    features::{NewFeature, propose_feature},
    journal::{NewReversal, reverse_entry},
    rounds::open_round,
    verify,
};
use testkit::{Grown, Kind, World, on_both};

use super::{bank, broken, draft, organisation, pay, post, raw, town};

/// A pot in use: paid in, distributed, put on a feature, one entry reversed.
pub(super) async fn in_use(world: &World) -> (Grown, FeatureId) {
    let town = town(world).await;
    let (context, admin) = (&world.context, || town.admin());
    let mut twice = None;
    for place in [0, 1, 1] {
        let new = NewContribution {
            organisation: organisation(&town, place),
            amount: Money::new(10_000),
            nature: domain::posting::Nature::Subscription,
            received_on: date(2025, 3, 1),
            reference: String::new(),
            proof: None,
        };
        twice = Some(record_contribution(context, admin(), town.pot, new).await.unwrap().posting);
    }
    let new = NewReversal { posting: twice.unwrap(), reason: Reason::EnteredTwice, note: String::new() };
    reverse_entry(context, admin(), town.pot, new).await.unwrap();
    let plan = RoundPlan {
        name: "Printemps".to_owned(),
        opens_on: date(2025, 3, 3),
        closes_on: date(2025, 4, 30),
        rule: ShareRule::EQUAL,
        cap: None,
        lapse: false,
        promises: domain::promises::PromiseRule::AsPutIn,
    };
    let round = open_round(context, admin(), town.pot, plan).await.unwrap().round;
    let preview = preview_distribution(context, &admin(), round, &Asked::default()).await.unwrap();
    confirm_distribution(context, admin(), round, Asked::default(), &preview.digest()).await.unwrap();
    let line = Line { label: "Travail".to_owned(), minimum: Money::new(90_000), maximum: Money::new(90_000) };
    let proposal = Proposal {
        title: "Inviter sans compte".to_owned(),
        summary: "Discuter avec des personnes qui n'ont pas de compte.".to_owned(),
        description: String::new(),
        done_when: "c'est fait".to_owned(),
        worker: "Yaal Coop".to_owned(),
        software: "Element".to_owned(),
        discussion_url: String::new(),
        lines: vec![line],
        incomes: Vec::new(),
        closing_on: date(2025, 4, 30),
        place: Place::Round,
    };
    let new = NewFeature { proposal, track: None, needs: Vec::new() };
    let feature = propose_feature(context, town.member(1).acting(), town.pot, new).await.unwrap().feature;
    let wish = Wish { feature, seen: Money::ZERO, wanted: Money::new(2_000) };
    save_allocations(context, town.member(0).acting(), town.pot, vec![wish]).await.unwrap();
    (town, feature)
}

pub(super) async fn without_triggers(world: &World) {
    let statements: &[&str] = match world.kind {
        Kind::Sqlite => &[
            "DROP TRIGGER posting_no_update",
            "DROP TRIGGER posting_no_delete",
            "DROP TRIGGER transfer_no_update",
            "DROP TRIGGER transfer_no_delete",
        ],
        Kind::Postgres => &[
            "ALTER TABLE posting DISABLE TRIGGER ALL",
            "ALTER TABLE transfer DISABLE TRIGGER ALL",
            "ALTER TABLE transfer_detail DISABLE TRIGGER ALL",
        ],
    };
    for sql in statements {
        raw(world, sql).await.unwrap();
    }
}

/// The trigger that is changed, what makes it anew, and what may stand in its place.
fn changed(kind: Kind) -> (&'static str, String, Vec<(&'static str, String)>) {
    let made = |head: &str, rest: &str| format!("CREATE TRIGGER {head} {rest}");
    if kind == Kind::Sqlite {
        let refuses = "BEGIN\n    SELECT RAISE(ABORT, 'posting is append-only');\nEND";
        let one = |table, rest: &str| (table, made("posting_no_delete BEFORE", rest));
        let false_ones = vec![
            one("posting", &format!("DELETE ON posting WHEN 0 {refuses}")),
            one("account", &format!("DELETE ON account {refuses}")),
            one("posting", &format!("UPDATE ON posting {refuses}")),
            one("posting", "DELETE ON posting BEGIN SELECT 'RAISE(ABORT, '; END"),
        ];
        let genuine = made("posting_no_delete BEFORE", &format!("DELETE ON posting {refuses}"));
        return ("posting_no_delete", genuine, false_ones);
    }
    let calls = "EXECUTE FUNCTION refuse_change()";
    let one = |table, what: &str, rest: &str| {
        (table, made("posting_no_change BEFORE", &format!("{what} ON {table} FOR EACH ROW {rest}")))
    };
    let both = "UPDATE OR DELETE";
    let false_ones = vec![
        one("posting", both, &format!("WHEN (false) {calls}")),
        one("account", both, calls),
        one("posting", "DELETE", calls),
        one("posting", both, "EXECUTE FUNCTION lets_pass()"),
    ];
    ("posting_no_change", one("posting", both, calls).1, false_ones)
}

/// A trigger under its own name that never fires, fires elsewhere, or lets pass: each is told, and told no more once the
/// genuine one is back.
async fn a_trigger_that_was_changed_is_told(world: World) {
    let guard = async || verify::guard(&world.context.db).await.unwrap();
    let (name, genuine, false_ones) = changed(world.kind);
    let dropped = |table: &str| match world.kind {
        Kind::Sqlite => format!("DROP TRIGGER {name}"),
        Kind::Postgres => format!("DROP TRIGGER {name} ON {table}"),
    };
    let lets_pass =
        "CREATE FUNCTION lets_pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'";
    if world.kind == Kind::Postgres {
        raw(&world, lets_pass).await.unwrap();
    }
    for (table, false_one) in false_ones {
        raw(&world, dropped("posting").leak()).await.unwrap();
        raw(&world, false_one.leak()).await.unwrap();
        let told = guard().await;
        assert_eq!((told.missing.join(" ").as_str(), told.foreign.join(" ").as_str()), (name, name));
        raw(&world, dropped(table).leak()).await.unwrap();
        raw(&world, genuine.clone().leak()).await.unwrap();
        assert!(guard().await.holds(), "{:?}", guard().await);
    }
    if world.kind == Kind::Postgres {
        a_function_or_a_rule_that_was_changed_is_told(&world).await;
    }
}

/// What the triggers of PostgreSQL call, and rules, which go before triggers.
async fn a_function_or_a_rule_that_was_changed_is_told(world: &World) {
    let guard = async || verify::guard(&world.context.db).await.unwrap();
    let body = |says: &str| {
        let head = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql";
        format!("{head} AS $$\nBEGIN\n    {says}\nEND\n$$")
    };
    raw(world, body("RETURN NULL;").leak()).await.unwrap();
    assert_eq!(guard().await.missing.len(), 4, "all four call it");
    let refuses = "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';";
    raw(world, body(refuses).leak()).await.unwrap();
    assert!(guard().await.holds(), "{:?}", guard().await);
    raw(world, "CREATE RULE quiet AS ON DELETE TO posting DO INSTEAD NOTHING").await.unwrap();
    assert_eq!(guard().await.foreign, ["quiet"]);
}

async fn doctor_notices_that_the_journal_lost_its_guard(world: World) {
    let is_wrong = async || {
        let findings = doctor::examine(&world.context).await.unwrap();
        findings.iter().any(|finding| finding.about == "journal" && finding.gravity == Gravity::Wrong)
    };
    assert!(!is_wrong().await);
    assert!(verify::guard(&world.context.db).await.unwrap().holds());
    // A trigger of somebody else's would change what is written.
    let foreign: &[&str] = match world.kind {
        Kind::Sqlite => &["CREATE TRIGGER more AFTER INSERT ON transfer BEGIN SELECT 1; END"],
        Kind::Postgres => &[
            "CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER more AFTER INSERT ON transfer FOR EACH ROW EXECUTE FUNCTION more()",
        ],
    };
    for sql in foreign {
        raw(&world, sql).await.unwrap();
    }
    assert_eq!(verify::guard(&world.context.db).await.unwrap().foreign, ["more"]);
    assert!(is_wrong().await);
    let drop = if world.kind == Kind::Sqlite { "DROP TRIGGER more" } else { "DROP TRIGGER more ON transfer" };
    raw(&world, drop).await.unwrap();
    assert!(!is_wrong().await);
    without_triggers(&world).await;
    assert!(is_wrong().await);
    assert!(!verify::guard(&world.context.db).await.unwrap().missing.is_empty());
}

/// What is done, what undoes it, and what must break between the two.
type Falsified = (&'static str, &'static str, &'static [&'static str]);

const CASES: &[Falsified] = &[
    (
        "UPDATE transfer SET amount = amount + 1 WHERE amount = 10000",
        "UPDATE transfer SET amount = amount - 1 WHERE amount = 10001",
        &["I2", "I5"],
    ),
    (
        "UPDATE account SET balance = balance + 1 WHERE kind = 'share'",
        "UPDATE account SET balance = balance - 1 WHERE kind = 'share'",
        &["I1", "I2"],
    ),
    (
        "UPDATE account SET min_balance = -5 WHERE kind = 'pool'",
        "UPDATE account SET min_balance = 0 WHERE kind = 'pool'",
        &["I3"],
    ),
    (
        "UPDATE account SET kind = 'gift' WHERE kind = 'pool'",
        "UPDATE account SET kind = 'pool' WHERE kind = 'gift'",
        &["I3"],
    ),
    (
        "UPDATE account SET key = key || 'x' WHERE kind = 'pool'",
        "UPDATE account SET key = substr(key, 1, length(key) - 1) WHERE kind = 'pool'",
        &["I3", "I5"],
    ),
    (
        "UPDATE posting SET kind = 'gift' WHERE kind = 'contribution'",
        "UPDATE posting SET kind = 'contribution' WHERE kind = 'gift'",
        &["I3", "I5"],
    ),
    (
        "UPDATE posting SET effective_on = '2025-03-02' WHERE effective_on = '2025-03-01'",
        "UPDATE posting SET effective_on = '2025-03-01' WHERE effective_on = '2025-03-02'",
        &["I5"],
    ),
    (
        "UPDATE posting SET recorded_at = recorded_at + 1",
        "UPDATE posting SET recorded_at = recorded_at - 1",
        &["I5"],
    ),
    (
        "UPDATE posting SET seq = seq + 100 WHERE seq = 3",
        "UPDATE posting SET seq = 3 WHERE seq = 103",
        &["I5"],
    ),
    (
        "UPDATE posting_detail SET actor = actor || 'x'",
        "UPDATE posting_detail SET actor = substr(actor, 1, length(actor) - 1)",
        &["I5", "I12"],
    ),
    (
        "UPDATE transfer_detail SET to_key = to_key || 'x'",
        "UPDATE transfer_detail SET to_key = substr(to_key, 1, length(to_key) - 1)",
        &["I5"],
    ),
    ("UPDATE pot_head SET seq = seq + 1", "UPDATE pot_head SET seq = seq - 1", &["I5"]),
    (
        "UPDATE feature SET allocated_total = allocated_total + 1",
        "UPDATE feature SET allocated_total = allocated_total - 1",
        &["I23"],
    ),
    ("UPDATE feature SET state = 'parked'", "UPDATE feature SET state = 'funding'", &["I19", "I20"]),
    ("UPDATE feature SET state = 'bogus'", "UPDATE feature SET state = 'funding'", &["I19", "I20"]),
    (
        "UPDATE feature SET funded_at = 1, state = 'building'",
        "UPDATE feature SET funded_at = NULL, state = 'funding'",
        &["I20"],
    ),
    (
        "UPDATE event SET data = '-' || data WHERE kind = 'feature_moved'",
        "UPDATE event SET data = substr(data, 2) WHERE kind = 'feature_moved'",
        &["I20"],
    ),
    ("UPDATE membership SET left_on = '2025-01-01'", "UPDATE membership SET left_on = NULL", &["I18"]),
    (
        "UPDATE receipt SET received_on = '2025-02-01'",
        "UPDATE receipt SET received_on = '2025-03-01'",
        &["I12"],
    ),
    (
        "UPDATE posting SET organisation = NULL WHERE kind = 'allocate'",
        "UPDATE posting SET organisation = (SELECT f.organisation FROM transfer t JOIN account f \
         ON f.id = t.from_account WHERE t.posting = posting.id AND t.position = 0) WHERE kind = 'allocate'",
        &["I12"],
    ),
    (
        "UPDATE posting SET nature = 'gift' WHERE kind = 'contribution'",
        "UPDATE posting SET nature = 'subscription' WHERE kind = 'contribution'",
        &["I12"],
    ),
    (
        "UPDATE posting_once SET subject = posting",
        "UPDATE posting_once SET subject = (SELECT round FROM posting p WHERE p.id = posting_once.posting)",
        &["I4"],
    ),
    (
        "UPDATE round_share SET gift_part = gift_part + 1",
        "UPDATE round_share SET gift_part = gift_part - 1",
        &["I17"],
    ),
    ("UPDATE feature SET floor = floor - 1", "UPDATE feature SET floor = floor + 1", &["I19"]),
    ("UPDATE pot SET fund_mode = 'direct'", "UPDATE pot SET fund_mode = 'own'", &["I16"]),
    (
        "UPDATE posting_once SET act = act || 'x', pot = pot",
        "UPDATE posting_once SET act = substr(act, 1, length(act) - 1)",
        &["I4"],
    ),
];

async fn each_falsified_row_is_noticed_and_mended_again(world: World) {
    let (town, _) = in_use(&world).await;
    assert_eq!(broken(&world, &town).await, Vec::<&str>::new());
    without_triggers(&world).await;
    for (falsify, mend, codes) in CASES {
        assert!(raw(&world, falsify).await.expect(falsify) > 0, "{falsify} changes something");
        let found = broken(&world, &town).await;
        for code in *codes {
            assert!(found.contains(code), "{falsify}: {code} is not among {found:?}");
        }
        raw(&world, mend).await.expect(mend);
        assert_eq!(broken(&world, &town).await, Vec::<&str>::new(), "after {mend}");
    }
}

async fn what_can_not_be_mended_is_noticed_as_well(world: World) {
    let (town, _) = in_use(&world).await;
    without_triggers(&world).await;
    for (falsify, code) in [
        ("DELETE FROM receipt", "I12"),
        ("DELETE FROM posting_once", "I4"),
        ("UPDATE posting SET reverses = NULL", "I6"),
        ("DELETE FROM pot_head", "I5"),
        ("UPDATE posting SET hash = previous", "I5"),
    ] {
        raw(&world, falsify).await.expect(falsify);
        let found = broken(&world, &town).await;
        assert!(found.contains(&code), "{falsify}: {code} is not among {found:?}");
    }
}

async fn a_history_cut_short_contradicts_the_last_report(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 100).await;
    let kept = verify::verify_and_keep(&world.context).await.unwrap();
    assert!(kept.iter().all(|(_, report)| report.as_ref().is_some_and(verify::PotReport::holds)));
    pay(&world, &town, 0, 50).await;
    assert!(broken(&world, &town).await.is_empty(), "what was added continues the head kept");
    let another = world.collective(domain::rules::Template::Informal, &["Ailleurs"]).await;
    // The head kept is of entry 1. A rewritten entry 1 with all its sums in order is a history of another pot.
    without_triggers(&world).await;
    pay(&world, &another, 0, 100).await;
    let body = format!("{{\"heads\":[\"cash:1:{}\"]}}", "0".repeat(64));
    let (id, pot, now) = (world.context.seed().id(world.now()), another.pot, world.now());
    world
        .sql(move |tx| {
            let body = body.clone();
            Box::pin(async move { store::verify::insert_report(tx, id, pot, now, 0, &body).await })
        })
        .await;
    assert_eq!(broken(&world, &another).await, ["I5"]);
    let reports = store::verify::reports(&mut world.read().await, 10).await.unwrap();
    assert_eq!(reports.len(), 2);
}

async fn pots_are_checked_apart(world: World) {
    let sound = town(&world).await;
    let other = world.collective(domain::rules::Template::Informal, &["Ailleurs"]).await;
    pay(&world, &sound, 0, 100).await;
    let from = bank(&world, &other).await;
    let unnamed = vec![Transfer::new(from, Account::Unattributed, Money::new(30))];
    post(&world, &other, draft(&other, Book::Cash, PostingKind::Contribution, unnamed)).await.unwrap();
    raw(&world, "UPDATE account SET balance = balance + 1 WHERE kind = 'unattributed'").await.unwrap();
    assert!(broken(&world, &sound).await.is_empty());
    assert!(broken(&world, &other).await.contains(&"I1"));
    let kept = verify::verify_and_keep(&world.context).await.unwrap();
    let held: Vec<bool> =
        kept.iter().filter_map(|(_, report)| report.as_ref()).map(verify::PotReport::holds).collect();
    assert_eq!((held.len(), held.iter().filter(|holds| **holds).count()), (2, 1));
}

on_both![
    a_trigger_that_was_changed_is_told,
    doctor_notices_that_the_journal_lost_its_guard,
    each_falsified_row_is_noticed_and_mended_again,
    what_can_not_be_mended_is_noticed_as_well,
    a_history_cut_short_contradicts_the_last_report,
    pots_are_checked_apart,
];
