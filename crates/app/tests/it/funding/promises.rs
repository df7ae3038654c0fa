//! Direct and pledge pots: promises, triggers, calls for funds, what is paid, unpaid, covered, repaid.

mod calls;
mod chains;
mod confirming;
mod features;
mod leaving;
mod rounds;
mod walk;

use domain::{
    fund_calls::{CallRefusal, CallState},
    ids::FundCallId,
    pot::FundMode,
    promises::{PromiseKind, PromiseOn, PromiseRefusal, PromiseRule, PromiseWish},
};
use popote_app::{
    fund_calls::{
        NewCallPayment, PaidIn, confirm_received, cover_call, record_call_payment, say_paid, undo_received,
    },
    promises::{Promised, save_promise},
};
use store::fund_calls::{FundCall, Which};

use super::*;

pub(super) async fn promised_town(world: &World, mode: FundMode) -> Grown {
    world.collective_with(mode, plain(), &["Yaal Coop", "ARN", "Girofle"]).await
}

/// A feature outside rounds, led by the second member.
pub(super) async fn outside(world: &World, town: &Grown, floor: i64, maximum: i64) -> FeatureId {
    let proposal = Proposal { place: Place::Outside, ..proposal(floor, maximum) };
    propose_so(world, town, proposal, None).await
}

pub(super) fn firm(on: PromiseOn, seen: i64, amount: i64) -> PromiseWish {
    PromiseWish {
        on,
        kind: PromiseKind::Firm,
        seen: Money::new(seen),
        amount: Money::new(amount),
        subject_to: None,
    }
}

pub(super) async fn promise(
    world: &World,
    town: &Grown,
    place: usize,
    wish: PromiseWish,
) -> Result<Promised, Failure<PromiseRefusal>> {
    save_promise(&world.context, town.member(place).acting(), town.pot, wish).await
}

/// The calls for a feature, the first made first.
pub(super) async fn calls(world: &World, feature: FeatureId) -> Vec<FundCall> {
    let mut tx = world.read().await;
    let listed = store::fund_calls::list(&mut tx, Which::Feature(feature), i64::MAX, 100).await.unwrap();
    let mut calls = Vec::new();
    for one in listed.into_iter().rev() {
        calls.push(store::fund_calls::by_id(&mut tx, one.id).await.unwrap().unwrap());
    }
    calls
}

async fn call(world: &World, id: FundCallId) -> FundCall {
    store::fund_calls::by_id(&mut world.read().await, id).await.unwrap().unwrap()
}

/// The call for a feature of the member of that place.
async fn call_of(world: &World, town: &Grown, feature: FeatureId, place: usize) -> FundCall {
    let organisation = town.member(place).organisation;
    let all = calls(world, feature).await;
    all.into_iter().find(|call| call.organisation == organisation).unwrap()
}

async fn pay_call(
    world: &World,
    town: &Grown,
    call: FundCallId,
    cents: i64,
) -> Result<PaidIn, Failure<CallRefusal>> {
    let new = NewCallPayment {
        amount: Money::new(cents),
        received_on: world.context.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
        reference: String::new(),
        proof: None,
        another: true,
    };
    record_call_payment(&world.context, town.admin(), call, new).await
}

/// What an account of the book of promises holds.
async fn right(world: &World, town: &Grown, account: Account) -> i64 {
    let kinds: Vec<AccountKind> = AccountKind::ALL.iter().map(|(kind, _)| *kind).collect();
    let of = journal::Of::Kinds(&kinds);
    let all = journal::balances(&mut world.read().await, town.pot, Book::Promises, of).await.unwrap();
    all.into_iter().find(|(one, _)| *one == account).map_or(0, |(_, amount)| amount.minor())
}
