//! What the text of the chain doesn't hold, edited by somebody with SQL: `verify` names each thing.

mod cases;

use domain::{
    Money,
    features::{Line, Place, Proposal},
    ids::FeatureId,
    invariants::Breach,
    pot::FundMode,
    promises::{PromiseKind, PromiseOn, PromiseWish},
    rules::Template,
    subscriptions::{Declared, Period},
};
use jiff::civil::date;
use popote_app::{
    decisions::{self, NewDecision},
    features::{NewFeature, propose_feature},
    promises::save_promise,
    subscriptions::{NewSubscription, calling, subscribe},
    verify,
};
use store::events::{self, Event};
use testkit::{Grown, Kind, World, on_both};

use self::cases::{OFFERED, PAID_IN, PROMISED};
use super::{
    falsified::{in_use, without_triggers},
    raw,
};

/// What is done, what undoes it, and the finding that names it: its code, where, and what.
pub(crate) type Edited = (&'static str, &'static str, &'static str, &'static str, &'static str);

pub(crate) async fn found(world: &World, town: &Grown) -> Vec<(&'static str, Breach)> {
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    let findings = report.findings.into_iter();
    findings
        .flat_map(|finding| finding.breaches.into_iter().map(move |breach| (finding.code, breach)))
        .collect()
}

pub(crate) async fn each_is_named(world: &World, town: &Grown, cases: &[Edited]) {
    assert!(found(world, town).await.is_empty(), "{:?}", found(world, town).await);
    for (edit, mend, code, place, what) in cases {
        assert!(raw(world, edit).await.expect(edit) > 0, "{edit} changes something");
        let all = found(world, town).await;
        let named = |(found, breach): &(&str, Breach)| {
            found == code && breach.place.starts_with(place) && breach.what == *what
        };
        assert!(all.iter().any(named), "{edit}: no {code} names {place}{what}: {all:#?}");
        raw(world, mend).await.expect(mend);
        let all = found(world, town).await;
        assert!(all.is_empty(), "after {mend}: {all:#?}");
    }
}

async fn what_was_edited_where_money_was_paid_in_is_named(world: World) {
    let (town, _) = in_use(&world).await;
    let new = NewSubscription {
        organisation: town.member(1).organisation,
        period: Period::Month,
        declared: Declared::Amount(Money::new(5_000)),
        starts_on: date(2025, 3, 3),
        ends_on: None,
        reason: String::new(),
    };
    let subscription = subscribe(&world.context, town.member(1).acting(), town.pot, new).await.unwrap();
    calling::call_if_due(&world.context, subscription).await.unwrap();
    let new = NewDecision {
        title: "Assemblée".to_owned(),
        outcome: "Oui".to_owned(),
        decided_on: date(2025, 3, 1),
        departs: None,
    };
    decisions::record(&world.context, town.admin(), town.id, new).await.unwrap();
    let proposed = popote_app::mandates::NewMandate {
        organisation: town.member(1).organisation,
        person: town.member(0).person,
        kind: domain::actor::MandateKind::Contributor,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    };
    popote_app::mandates::give(&world.context, town.member(1).acting(), town.id, proposed).await.unwrap();
    without_triggers(&world).await;
    each_is_named(&world, &town, PAID_IN).await;
    each_is_named(&world, &town, OFFERED).await;
    // Whoever makes themselves a granter of roles everywhere.
    raw(&world, "INSERT INTO instance_admin SELECT id, 7 FROM person WHERE name = 'Personne de ARN'")
        .await
        .unwrap();
    let all = found(&world, &town).await;
    assert!(
        all.iter().any(|(_, one)| one.place.starts_with("instance_admin ") && one.what == "row"),
        "{all:#?}"
    );
    raw(&world, "DELETE FROM instance_admin WHERE granted_at = 7").await.unwrap();
    assert!(found(&world, &town).await.is_empty());
    // A row that nothing but SQL wrote, and one that it removed.
    raw(&world, "INSERT INTO subscription_terms SELECT subscription, 9, 1, NULL, agreed_by, reason, created_at FROM subscription_terms")
        .await
        .unwrap();
    assert!(found(&world, &town).await.iter().any(|(_, breach)| breach.found == "one without seal"));
    raw(&world, "DELETE FROM subscription_terms").await.unwrap();
    let all = found(&world, &town).await;
    assert!(
        all.iter()
            .any(|(_, breach)| breach.place.starts_with("subscription_terms ") && breach.found == "none")
    );
}

/// A feature that waits for promises.
async fn proposed(world: &World) -> (Grown, FeatureId) {
    let town =
        world.collective_with(FundMode::Pledge, Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let line = Line { label: "Travail".to_owned(), minimum: Money::new(90_000), maximum: Money::new(90_000) };
    let proposal = Proposal {
        title: "Inviter sans compte".to_owned(),
        summary: "Discuter avec des personnes qui n'ont pas de compte.".to_owned(),
        description: String::new(),
        done_when: "c'est fait".to_owned(),
        worker: "Atelier".to_owned(),
        software: "Element".to_owned(),
        discussion_url: String::new(),
        lines: vec![line],
        incomes: Vec::new(),
        closing_on: date(2025, 4, 30),
        place: Place::Outside,
    };
    let new = NewFeature { proposal, track: None, needs: Vec::new() };
    let feature =
        propose_feature(&world.context, town.member(1).acting(), town.pot, new).await.unwrap().feature;
    (town, feature)
}

fn wish(feature: FeatureId, kind: PromiseKind, amount: i64) -> PromiseWish {
    let on = PromiseOn::Feature(feature);
    PromiseWish { on, kind, seen: Money::ZERO, amount: Money::new(amount), subject_to: None }
}

async fn what_was_edited_where_it_was_promised_is_named(world: World) {
    let (town, feature) = proposed(&world).await;
    for place in [0, 2] {
        let wish = wish(feature, PromiseKind::Firm, 45_000);
        save_promise(&world.context, town.member(place).acting(), town.pot, wish).await.unwrap();
    }
    each_is_named(&world, &town, PROMISED).await;
}

/// Writing something else of a row confirms nothing of what was edited in it.
async fn what_was_edited_is_named_after_the_row_is_written(world: World) {
    let (town, feature) = proposed(&world).await;
    let promises = async |place: usize, amount: i64| {
        let wish = wish(feature, PromiseKind::Intention, amount);
        save_promise(&world.context, town.member(place).acting(), town.pot, wish).await.unwrap();
    };
    promises(0, 45_000).await;
    for sql in [
        "UPDATE promise SET organisation = (SELECT id FROM organisation WHERE name = 'Girofle')",
        "UPDATE feature SET worker = worker || 's'",
    ] {
        assert_eq!(raw(&world, sql).await.unwrap(), 1, "{sql}");
    }
    promises(2, 40_000).await;
    let later = date(2025, 5, 31);
    world
        .sql(move |tx| Box::pin(async move { store::features::set_closing_on(tx, feature, later).await }))
        .await;
    let all = found(&world, &town).await;
    let mut named: Vec<&str> = all.iter().map(|(_, breach)| breach.what).collect();
    named.sort_unstable();
    assert_eq!(named, ["organisation", "worker"], "{all:#?}");
}

/// Each unique index, and a CHECK, taken away and put back.
async fn an_index_or_a_constraint_that_was_dropped_is_named(world: World) {
    let town = super::town(&world).await;
    let drop = |name: &str| format!("DROP INDEX {name}");
    let mut cases = vec![
        (
            "posting_reversed_once",
            drop("posting_reversed_once"),
            "CREATE UNIQUE INDEX posting_reversed_once ON posting (reverses) WHERE reverses IS NOT NULL",
        ),
        (
            "payment_once",
            drop("payment_once"),
            "CREATE UNIQUE INDEX payment_once ON payment (invoice) WHERE bounced_on IS NULL",
        ),
        (
            "promise_round_once",
            drop("promise_round_once"),
            "CREATE UNIQUE INDEX promise_round_once ON promise (round, organisation) WHERE round IS NOT NULL",
        ),
    ];
    if world.kind == Kind::Postgres {
        cases.push((
            "account_not_below",
            "ALTER TABLE account DROP CONSTRAINT account_not_below".to_owned(),
            "ALTER TABLE account ADD CONSTRAINT account_not_below CHECK (balance >= min_balance)",
        ));
        cases.push((
            "posting_seq_unique",
            "ALTER TABLE posting DROP CONSTRAINT posting_seq_unique".to_owned(),
            "ALTER TABLE posting ADD CONSTRAINT posting_seq_unique UNIQUE (pot, book, seq)",
        ));
        cases.push((
            "transfer.amount",
            "ALTER TABLE transfer ALTER COLUMN amount DROP NOT NULL".to_owned(),
            "ALTER TABLE transfer ALTER COLUMN amount SET NOT NULL",
        ));
    } else {
        raw(&world, "PRAGMA writable_schema = ON").await.unwrap();
        let change = "UPDATE sqlite_schema SET sql = replace(sql, 'balance >= min_balance', 'balance > -9e18') WHERE name = 'account'";
        let back = "UPDATE sqlite_schema SET sql = replace(sql, 'balance > -9e18', 'balance >= min_balance') WHERE name = 'account'";
        cases.push(("account_not_below", change.to_owned(), back));
    }
    let named = async || {
        let told = verify::guard(&world.context.db).await.unwrap().unguarded;
        let all = found(&world, &town).await;
        assert_eq!(told.len(), all.len(), "{all:#?}");
        assert!(all.iter().all(|(code, breach)| *code == "I24" && breach.what == "index or constraint"));
        told
    };
    for (name, taken, back) in cases {
        raw(&world, taken.leak()).await.unwrap();
        assert_eq!(named().await, [name]);
        raw(&world, back).await.unwrap();
        assert!(named().await.is_empty(), "{name}");
    }
    // An index of the same name that holds less.
    raw(&world, "DROP INDEX posting_reversed_once").await.unwrap();
    raw(&world, "CREATE UNIQUE INDEX posting_reversed_once ON posting (reverses) WHERE reverses IS NOT NULL AND seq < 0").await.unwrap();
    assert_eq!(named().await, ["posting_reversed_once"]);
}

/// Salts and values go, and the event that says so comes with them, or not.
async fn openings_are_erased_by_an_event_or_it_is_told(world: World) {
    let (town, _) = in_use(&world).await;
    let erased = ["DELETE FROM transfer_detail WHERE position = 0", "DELETE FROM posting_detail"];
    for sql in erased {
        raw(&world, sql).await.unwrap();
    }
    let all = found(&world, &town).await;
    assert!(all.iter().all(|(code, _)| ["I5", "I12"].contains(code)), "{all:#?}");
    for what in ["opening of the actor", "opening of a transfer"] {
        assert!(
            all.iter().any(|(_, breach)| breach.place == "cash:1" && breach.what == what),
            "{what}: {all:#?}"
        );
    }
    let (mut seed, now, collective) = (world.context.seed(), world.now(), town.id);
    let mut tx = world.read().await;
    let postings = store::journal::stored::postings(&mut tx, town.pot, domain::Book::Cash, 0).await.unwrap();
    drop(tx);
    let told: Vec<Event> = postings
        .iter()
        .map(|posting| Event {
            id: seed.id(now),
            collective: Some(collective),
            at: now,
            kind: store::verify::OPENINGS_ERASED,
            actor: domain::posting::Actor::Person(town.member(0).person),
            organisation: None,
            subject_kind: "posting",
            subject: Some(posting.id.0),
            public: true,
            data: events::no_data(),
        })
        .collect();
    world
        .sql(move |tx| {
            let told = told.clone();
            Box::pin(async move {
                for event in &told {
                    events::record(tx, event).await?;
                }
                Ok(())
            })
        })
        .await;
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    let chain = report.findings.iter().find(|finding| finding.code == "I5").unwrap();
    assert_eq!(chain.status, domain::invariants::Status::Warning, "the chain needs commitments alone");
    assert!(chain.figures.iter().any(|figure| figure.name == "erased" && figure.value > 5));
    raw(&world, "DELETE FROM transfer_detail").await.unwrap();
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    assert!(report.holds(), "all is erased, and told: {:#?}", report.findings);
}

/// What was written before there were seals is said to be not covered, and is counted.
async fn what_is_older_than_its_seal_is_counted(world: World) {
    let (town, feature) = in_use(&world).await;
    for sql in [
        "UPDATE seal SET seal = substr(seal, 1, 0) WHERE kind = 'feature'",
        "UPDATE posting_detail SET basis_salt = NULL WHERE posting IN (SELECT id FROM posting WHERE seq < 3)",
        "UPDATE pot_head SET bound_from = 3 WHERE book = 'cash'",
    ] {
        raw(&world, sql).await.unwrap();
    }
    let finding = async || {
        let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
        assert!(report.holds(), "{:#?}", report.findings);
        report.findings.into_iter().find(|finding| finding.code == "I24").unwrap()
    };
    let before = finding().await;
    assert_eq!(before.status, domain::invariants::Status::Warning);
    let not_covered = |finding: &domain::invariants::Finding| {
        finding.figures.iter().find(|figure| figure.name == "not_covered").unwrap().value
    };
    assert_eq!(not_covered(&before), 3, "two entries and a feature");
    // Writing its round covers that, and nothing else of it.
    let round = world
        .sql(move |tx| {
            Box::pin(async move {
                let round = store::features::by_id(tx, feature).await?.unwrap().round;
                store::features::set_round(tx, feature, round).await?;
                Ok(round)
            })
        })
        .await;
    assert!(round.is_some());
    assert_eq!(not_covered(&finding().await), 3);
    raw(&world, "UPDATE feature SET round = NULL").await.unwrap();
    assert!(found(&world, &town).await.iter().any(|(_, breach)| breach.what == "round"));
}

on_both![
    what_was_edited_where_money_was_paid_in_is_named,
    what_was_edited_where_it_was_promised_is_named,
    what_was_edited_is_named_after_the_row_is_written,
    an_index_or_a_constraint_that_was_dropped_is_named,
    openings_are_erased_by_an_event_or_it_is_told,
    what_is_older_than_its_seal_is_counted,
];
