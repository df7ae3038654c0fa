//! The main job: rounds, shares, features, allocations, triggers, returns, departures.

mod allocations;
mod awaiting;
mod bulk;
mod closings;
mod concurrent;
mod departures;
mod edited;
mod eligibility;
mod erasing;
mod features;
mod gift_puts;
mod new_terms;
mod promises;
mod refunds;
mod rounds;
mod standing_choices;
mod top_up;
mod triggers;
mod walk;
mod work;

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind, Book, Money,
    departures::DepartureRefusal,
    features::{AllocationRefusal, FundingRefusal, Line, Place, Proposal, State, Track, Wish},
    ids::{CollectiveId, DecisionId, FeatureId, GiftFundId, OrganisationId, RoundId},
    posting::Nature,
    rounds::RoundPlan,
    rules::{Rules, Template},
    shares::ShareRule,
};
use jiff::civil::{Date, date};
use popote_app::{
    Acting, Context, Failure,
    allocations::{Saved, save_allocations},
    contributions::{NewContribution, record_contribution},
    departures::{HowToLeave, leave_collective},
    distributions::{Asked, Confirmed, confirm_distribution, preview_distribution},
    features::{NewFeature, propose_feature},
    gifts::{GiftWish, Into as GiftInto, NewFund, NewGift, record_gift},
    rounds::open_round,
    sessions::Session,
    verify,
};
use store::{decisions::DecisionRow, features::Feature, journal};
use testkit::{Grown, World};

/// The last day of the rounds and features of these stories, unless they say otherwise.
const LAST: Date = date(2025, 4, 30);

/// Rules that trigger at once and cap nothing.
fn plain() -> Rules {
    Template::Informal.rules()
}

async fn town(world: &World) -> Grown {
    world.collective(plain(), &["Yaal Coop", "ARN", "Girofle"]).await
}

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

async fn give(world: &World, town: &Grown, cents: i64, earmark: Option<FeatureId>) -> GiftFundId {
    let fund = NewFund {
        name: "Dons".to_owned(),
        nature: Nature::Gift,
        earmark,
        conditions: String::new(),
        giver: String::new(),
        giver_public: false,
    };
    let new = NewGift {
        into: GiftInto::New(fund),
        amount: Money::new(cents),
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
        wish: GiftWish::default(),
    };
    record_gift(&world.context, town.admin(), town.pot, new).await.unwrap().fund
}

fn plan() -> RoundPlan {
    RoundPlan {
        name: "Printemps".to_owned(),
        opens_on: date(2025, 3, 3),
        closes_on: LAST,
        rule: ShareRule::EQUAL,
        cap: None,
        lapse: false,
        promises: domain::promises::PromiseRule::AsPutIn,
    }
}

async fn open(world: &World, town: &Grown, plan: RoundPlan) -> RoundId {
    open_round(&world.context, town.admin(), town.pot, plan).await.unwrap().round
}

async fn distribute(world: &World, town: &Grown, round: RoundId) {
    let asked = Asked::default();
    let preview = preview_distribution(&world.context, &town.admin(), round, &asked).await.unwrap();
    let done =
        confirm_distribution(&world.context, town.admin(), round, asked, &preview.digest()).await.unwrap();
    assert!(matches!(done, Confirmed::Posted(_)));
}

/// A round in which each of the members paid, and got, so much.
async fn shared(world: &World, town: &Grown, cents: i64) -> RoundId {
    for place in 0..town.members.len() {
        pay(world, town, place, cents).await;
    }
    let round = open(world, town, plan()).await;
    distribute(world, town, round).await;
    round
}

fn proposal(floor: i64, maximum: i64) -> Proposal {
    Proposal {
        title: "Inviter sans compte".to_owned(),
        summary: "Discuter avec des personnes qui n'ont pas de compte.".to_owned(),
        description: String::new(),
        done_when: "une personne sans compte écrit dans un salon".to_owned(),
        worker: "Yaal Coop".to_owned(),
        software: "Element".to_owned(),
        discussion_url: String::new(),
        lines: vec![Line {
            label: "Développement".to_owned(),
            minimum: Money::new(floor),
            maximum: Money::new(maximum),
        }],
        incomes: Vec::new(),
        closing_on: LAST,
        place: Place::Round,
    }
}

async fn propose_so(world: &World, town: &Grown, proposal: Proposal, track: Option<Track>) -> FeatureId {
    let new = NewFeature { proposal, track, needs: Vec::new() };
    propose_feature(&world.context, town.member(1).acting(), town.pot, new).await.unwrap().feature
}

/// A feature of the trust track in the open round, led by the second member.
async fn propose(world: &World, town: &Grown, floor: i64, maximum: i64) -> FeatureId {
    propose_so(world, town, proposal(floor, maximum), None).await
}

fn wish(feature: FeatureId, seen: i64, wanted: i64) -> Wish {
    Wish { feature, seen: Money::new(seen), wanted: Money::new(wanted) }
}

async fn put(
    world: &World,
    town: &Grown,
    place: usize,
    wishes: &[Wish],
) -> Result<Saved, Failure<AllocationRefusal>> {
    save_allocations(&world.context, town.member(place).acting(), town.pot, wishes.to_vec()).await
}

async fn feature(world: &World, id: FeatureId) -> Feature {
    store::features::by_id(&mut world.read().await, id).await.unwrap().unwrap()
}

async fn state(world: &World, id: FeatureId) -> State {
    feature(world, id).await.state
}

/// Every account of the book of cash that isn't at zero.
async fn accounts(world: &World, town: &Grown) -> BTreeMap<Account, i64> {
    let kinds: Vec<AccountKind> = AccountKind::ALL.iter().map(|(kind, _)| *kind).collect();
    let of = journal::Of::Kinds(&kinds);
    let all = journal::balances(&mut world.read().await, town.pot, Book::Cash, of).await.unwrap();
    all.into_iter().map(|(account, balance)| (account, balance.minor())).collect()
}

async fn held(world: &World, town: &Grown, account: Account) -> i64 {
    accounts(world, town).await.get(&account).copied().unwrap_or(0)
}

/// Every invariant holds.
async fn sound(world: &World, town: &Grown) {
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    assert!(
        report.holds(),
        "{:#?}",
        report.findings.iter().filter(|f| !f.breaches.is_empty()).collect::<Vec<_>>()
    );
}

/// A decision, about the departure of a member or not, written down by another one that doesn't act here.
async fn decide(world: &World, town: &Grown, departs: Option<usize>) -> DecisionId {
    let now = world.now();
    let row = DecisionRow {
        id: world.context.seed().id(now),
        collective: town.id,
        // Each at an instant has its own.
        number: now.as_microsecond() + departs.map_or(0, |place| i64::try_from(place).unwrap_or(0) + 1),
        title: "Nous avons décidé".to_owned(),
        outcome: "oui".to_owned(),
        decided_on: date(2025, 3, 3),
        method: "consent".to_owned(),
        recorded_by: Some(town.member(if departs == Some(2) { 1 } else { 2 }).person),
        departs: departs.map(|place| town.member(place).organisation),
        by_token: false,
        created_at: now,
    };
    let id = row.id;
    world
        .sql(move |tx| {
            let row = row.clone();
            Box::pin(async move { store::decisions::insert(tx, &row).await })
        })
        .await;
    id
}

/// An organisation leaves, by a fresh sign-in.
async fn depart(
    context: &Context,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    how: HowToLeave,
) -> Result<(), Failure<DepartureRefusal>> {
    let session = Session::begun(acting.person, context.now());
    leave_collective(context, &session, acting, collective, organisation, how).await
}
