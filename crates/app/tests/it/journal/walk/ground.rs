//! The pot in which the walk takes place, and what the use cases keep beside a posting.

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind as A, Draft, Money, PostingKind as P,
    features::{MOVED, Moved, State, Track},
    ids::{
        CollectiveId, DeadlineId, DecisionId, EventId, FeatureId, GiftFundId, OrganisationId, PostingId,
        PotId, RoundId,
    },
    posting::Actor,
};
use jiff::{Timestamp, civil::date};
use popote_app::{closings::ROUND_CLOSE, triggers::CLOSE};
use store::{Tx, deadlines::Deadline, decisions::DecisionRow, events::Event, features::Feature, sqlx};
use testkit::World;

use super::{
    super::{bank, organisation, person, town},
    Walk,
    dice::Dice,
};

/// What the use cases keep beside a posting: sums on features, states, acts done once.
pub(super) async fn beside(world: &World, walk: &Walk, draft: &Draft, posting: PostingId) {
    let on = |account: &Account| {
        let lies = matches!(account.kind(), A::Allocated | A::Reserved | A::RightAllocated | A::Triggered);
        account.feature().filter(|_| lies)
    };
    let counts = matches!(draft.kind, P::Allocate | P::Unallocate | P::Add | P::TopUp | P::Release);
    let mut sums: Vec<(FeatureId, i64)> = Vec::new();
    for transfer in draft.transfers.iter().filter(|_| counts) {
        sums.extend(on(&transfer.to).map(|feature| (feature, transfer.amount.minor())));
        sums.extend(on(&transfer.from).map(|feature| (feature, -transfer.amount.minor())));
    }
    let funded = (draft.kind == P::Trigger).then(|| draft.transfers[0].to.feature()).flatten();
    let round = (draft.kind == P::Distribution).then_some(walk.round);
    let (pot, collective, actor, now) = (walk.town.pot, walk.town.id, draft.actor.clone(), world.now());
    let (event, reverses) = (world.context.seed().id(now), draft.reverses);
    world
        .sql(move |tx| {
            let (sums, actor) = (sums.clone(), actor.clone());
            Box::pin(async move {
                for (feature, by) in sums {
                    store::features::add_to_total(tx, feature, by).await?;
                }
                if let Some(round) = round {
                    store::journal::claim_once(tx, pot, "distribution", round.0, posting).await?;
                }
                if let Some(reversed) = reverses {
                    store::journal::free_once(tx, reversed).await?;
                }
                let Some(feature) = funded else { return Ok(()) };
                store::features::set_state(tx, feature, State::Building, Some(now), None).await?;
                let moved = Moved { from: Some(State::Funding), to: State::Building };
                moved_event(tx, event, collective, feature, actor, now, moved).await
            })
        })
        .await;
}

async fn moved_event(
    tx: &mut Tx,
    id: EventId,
    collective: CollectiveId,
    feature: FeatureId,
    actor: Actor,
    at: Timestamp,
    moved: Moved,
) -> sqlx::Result<()> {
    let event = Event {
        id,
        collective: Some(collective),
        at,
        kind: MOVED,
        actor,
        organisation: None,
        subject_kind: "feature",
        subject: Some(feature.0),
        public: true,
        data: moved.to_data(Track::Trust),
    };
    store::events::record(tx, &event).await
}

/// A pot with four members, three features in funding, a gift fund, a decision and an open round.
pub(super) async fn begin(world: &World, seed: u64) -> Walk {
    let town = town(world).await;
    let mut chance = world.context.seed();
    let now = world.now();
    let features: Vec<FeatureId> = (0..3).map(|_| chance.id(now)).collect();
    let (fund, round, decision): (GiftFundId, _, DecisionId) =
        (chance.id(now), chance.id(now), chance.id(now));
    let events: Vec<_> = (0..6).map(|_| chance.id(now)).collect();
    let deadlines: Vec<DeadlineId> = (0..4).map(|_| chance.id(now)).collect();
    let (pot, collective, lead, actor) =
        (town.pot, town.id, organisation(&town, 0), Actor::Person(person(&town)));
    let made = features.clone();
    world
        .sql(move |tx| {
            let (made, events, actor) = (made.clone(), events.clone(), actor.clone());
            let deadlines = deadlines.clone();
            Box::pin(async move {
                let decided = DecisionRow {
                    id: decision,
                    collective,
                    number: 1,
                    title: "Oui".to_owned(),
                    outcome: "oui".to_owned(),
                    decided_on: date(2025, 3, 3),
                    method: "consent".to_owned(),
                    recorded_by: None,
                    departs: None,
                    by_token: false,
                    created_at: now,
                };
                store::decisions::insert(tx, &decided).await?;
                store::rounds::insert(tx, &open_round(round, pot, now)).await?;
                let rows: Vec<Feature> = (1..)
                    .zip(&made)
                    .map(|(number, id)| in_funding(*id, number, collective, pot, lead, now))
                    .collect();
                store::features::insert(tx, &rows).await?;
                let town = store::collectives::get(tx, collective).await?.expect("a collective");
                let closes = rows.iter().map(|row| (row.id.0, CLOSE, row.closing_on));
                let closes = closes.chain([(round.0, ROUND_CLOSE, open_round(round, pot, now).closes_on)]);
                for (id, (subject, kind, last)) in deadlines.iter().copied().zip(closes) {
                    let (occurrence, due_at) = (last.to_string(), town.end_of(last));
                    let collective = Some(collective);
                    let deadline = Deadline { id, collective, subject, kind, occurrence, due_at };
                    store::deadlines::set(tx, &deadline).await?;
                }
                let mut events = events.into_iter();
                for feature in made {
                    for (from, to) in [(None, State::Idea), (Some(State::Idea), State::Funding)] {
                        let id = events.next().expect("two a feature");
                        moved_event(tx, id, collective, feature, actor.clone(), now, Moved { from, to })
                            .await?;
                    }
                }
                Ok(())
            })
        })
        .await;
    let Account::Bank(bank) = bank(world, &town).await else { unreachable!() };
    Walk {
        dice: Dice(seed),
        town,
        bank,
        features,
        fund,
        round,
        decision,
        held: BTreeMap::new(),
        standing: Vec::new(),
        triggered: Vec::new(),
        distributed: [false; 2],
        allocated: false,
        refused: 0,
        posted: BTreeMap::new(),
    }
}

fn open_round(id: RoundId, pot: PotId, now: Timestamp) -> store::rounds::Round {
    store::rounds::Round {
        id,
        pot,
        number: 1,
        name: "Printemps".to_owned(),
        opens_on: date(2025, 3, 3),
        closes_on: date(2025, 4, 30),
        state: domain::rounds::RoundState::Open,
        share_rule: domain::shares::ShareRule::EQUAL,
        cap: None,
        promises: domain::promises::PromiseRule::AsPutIn,
        lapse: true,
        rules_version: 1,
        created_at: now,
        closed_at: None,
    }
}

fn in_funding(
    id: FeatureId,
    number: i64,
    collective: CollectiveId,
    pot: PotId,
    lead: OrganisationId,
    now: Timestamp,
) -> Feature {
    let maximum = Money::new(1_000_000_000);
    Feature {
        id,
        collective,
        pot,
        number,
        title: format!("Besoin {number}"),
        summary: String::new(),
        description: String::new(),
        done_when: String::new(),
        discussion_url: String::new(),
        software: None,
        lead,
        lead_person: None,
        worker: String::new(),
        track: Track::Trust,
        state: State::Funding,
        round: None,
        outside_rounds: true,
        rules_version: 1,
        terms_version: 1,
        floor: maximum,
        target: maximum,
        maximum,
        closing_on: date(2025, 4, 30),
        allocated_total: Money::ZERO,
        funded_at: None,
        confirming_since: None,
        ended_at: None,
        version: 1,
        created_at: now,
        host: None,
        worker_organisation: None,
        suspended_until: None,
    }
}
