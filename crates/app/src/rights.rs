//! The book of promises beside the cash of a feature and a round: what rights lie on a feature, how they are bound at the
//! trigger, how they return, how a shared round lowers them when somebody doesn't pay.

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Transfer,
    ids::{FeatureId, OrganisationId},
    money::split,
    posting::Reason,
    promises::{PromiseOn, PromiseRule, Remaining, in_proportion},
};
use store::{Tx, features::Feature, fund_calls::FundCall, journal::Of, rounds::Round};

use crate::{error::Failure, fund_calls, returning::departed, till::Till};

/// Amounts by organisation, in the order of accounts.
pub(crate) type Parts = Vec<(OrganisationId, Money)>;

fn fault<R: std::fmt::Debug>(error: impl std::fmt::Display) -> Failure<R> {
    Failure::Fault(error.to_string())
}

/// The rights that lie on a feature, free.
pub(crate) async fn on_feature(tx: &mut Tx, till: &Till, feature: FeatureId) -> store::sqlx::Result<Parts> {
    let held = store::journal::balances(tx, till.pot(), Book::Promises, Of::Feature(feature)).await?;
    Ok(held
        .into_iter()
        .filter_map(|(account, amount)| match account {
            Account::RightAllocated(organisation, _) => Some((organisation, amount)),
            _ => None,
        })
        .collect())
}

/// The rights that lie in accounts of that kind, whosesoever.
async fn of_kind(tx: &mut Tx, till: &Till, kind: AccountKind) -> store::sqlx::Result<Parts> {
    let held = store::journal::balances(tx, till.pot(), Book::Promises, Of::Kinds(&[kind])).await?;
    Ok(held.into_iter().filter_map(|(account, amount)| Some((account.organisation()?, amount))).collect())
}

/// Binds the rights on a feature that is triggered, and says who is to be called for how much: each for what it put, or,
/// in a shared round, the promisers in proportion to what remains of their promises. Errors: faults only.
pub(crate) async fn bind_all<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
) -> Result<Parts, Failure<R>> {
    let rights = on_feature(tx, till, feature.id).await?;
    if rights.is_empty() {
        return Ok(Parts::new());
    }
    let transfers = rights.iter().map(|(organisation, amount)| {
        Transfer::new(
            Account::RightAllocated(*organisation, feature.id),
            Account::Triggered(feature.id),
            *amount,
        )
    });
    let mut draft =
        Draft::new(PostingKind::Trigger, Book::Promises, till.today, till.actor.clone(), transfers.collect());
    draft.feature = Some(feature.id);
    draft.round = feature.round;
    let total = draft.total().map_err(fault)?;
    till.post(tx, draft).await?;
    called_for(tx, feature, total, rights).await
}

/// Who is called for an amount that was just bound to a feature, `put` being what each bound.
pub(crate) async fn called_for<R: std::fmt::Debug>(
    tx: &mut Tx,
    feature: &Feature,
    total: Money,
    put: Parts,
) -> Result<Parts, Failure<R>> {
    match shared_round(tx, feature).await? {
        None => Ok(put),
        Some(round) => {
            store::promises::lock_all(tx, PromiseOn::Round(round.id)).await?;
            let remaining = store::promises::remaining(tx, round.id).await?;
            in_proportion(total, &remaining, feature.number.unsigned_abs()).map_err(fault)
        }
    }
}

/// The round of a feature, if its promises are shared out.
async fn shared_round(tx: &mut Tx, feature: &Feature) -> store::sqlx::Result<Option<Round>> {
    let Some(round) = feature.round.filter(|_| !feature.outside_rounds) else { return Ok(None) };
    let round = store::rounds::by_id(tx, round).await?;
    Ok(round.filter(|round| round.promises == PromiseRule::Shared))
}

/// The rights on a feature that wasn't triggered return: to the organisations' rights where it was in a round, else what
/// was promised to it isn't promised any more. Those of an organisation that has left return to whoever promised.
/// What returned, by organisation. Errors: faults only.
pub(crate) async fn release_free<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    reason: Reason,
) -> Result<Parts, Failure<R>> {
    let rights = on_feature(tx, till, feature.id).await?;
    let left = departed(tx, &till.locked.pot).await?;
    let mut back = Back::default();
    for (organisation, amount) in &rights {
        let from = Account::RightAllocated(*organisation, feature.id);
        if feature.outside_rounds || left.contains_key(organisation) {
            back.give(tx, till, *organisation, (from, *amount)).await?;
        } else {
            back.transfers.push(Transfer::new(from, Account::Right(*organisation), *amount));
        }
    }
    back.share_out(tx, till).await?;
    if !back.transfers.is_empty() {
        let transfers = std::mem::take(&mut back.transfers);
        let mut draft =
            Draft::new(PostingKind::Release, Book::Promises, till.today, till.actor.clone(), transfers);
        draft.feature = Some(feature.id);
        draft.round = feature.round;
        draft.reason = Some(reason);
        till.post(tx, draft).await?;
    }
    back.lower(tx, till).await?;
    if feature.outside_rounds {
        store::promises::end_all(tx, PromiseOn::Feature(feature.id), till.now).await?;
    }
    Ok(rights)
}

/// The calls of a triggered feature that ends are cancelled, and what isn't paid of them returns to the promises.
/// What was cancelled, by organisation. Errors: faults only.
pub(crate) async fn release_bound<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    reason: Reason,
) -> Result<Parts, Failure<R>> {
    let cancelled = fund_calls::cancel_in(tx, till, feature).await?;
    fund_calls::release_triggered(tx, till, feature, &cancelled, reason).await?;
    Ok(cancelled)
}

/// At the close of a round, rights that nobody used and promises that weren't shared out return to whoever promised:
/// where the round was shared, to the promisers in proportion to what remains of their promises. Errors: faults only.
pub(crate) async fn close_round<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    round: &Round,
) -> Result<(), Failure<R>> {
    let on = PromiseOn::Round(round.id);
    let rights = of_kind(tx, till, AccountKind::Right).await?;
    let pools = of_kind(tx, till, AccountKind::Pool).await?;
    let total = Money::sum(rights.iter().map(|(_, amount)| *amount)).map_err(fault)?;
    let pools_to: BTreeMap<OrganisationId, Money> = pools.iter().copied().collect();
    let back: Parts = match round.promises {
        PromiseRule::AsPutIn => rights.clone(),
        PromiseRule::Shared => {
            store::promises::lock_all(tx, on).await?;
            let remaining =
                store::promises::remaining(tx, round.id).await?.into_iter().map(|one| Remaining {
                    left: one.left.less(pools_to.get(&one.organisation).copied().unwrap_or_default()),
                    ..one
                });
            in_proportion(total, &remaining.collect::<Vec<_>>(), round.number.unsigned_abs())
                .map_err(fault)?
        }
    };
    let mut lapse = Vec::new();
    pair(&rights, &back, |from, to, amount| {
        lapse.push(Transfer::new(Account::Right(from), Account::Promised(to), amount));
    });
    let of_pools = pools.iter().map(|(organisation, amount)| {
        Transfer::new(Account::Pool(*organisation), Account::Promised(*organisation), *amount)
    });
    let of_pools: Vec<Transfer> = of_pools.collect();
    for (kind, transfers) in [(PostingKind::Lapse, lapse), (PostingKind::Release, of_pools)] {
        if transfers.is_empty() {
            continue;
        }
        let mut draft = Draft::new(kind, Book::Promises, till.today, till.actor.clone(), transfers);
        draft.round = Some(round.id);
        draft.reason = Some(Reason::RoundClosed);
        till.post(tx, draft).await?;
    }
    for (organisation, amount) in back.iter().chain(&pools) {
        store::promises::add_firm(tx, on, *organisation, -amount.minor(), till.now).await?;
    }
    Ok(store::promises::end_all(tx, on, till.now).await?)
}

/// Gives what the ones have to the others, in order, by two pointers.
fn pair<A: Copy, B: Copy>(from: &[(A, Money)], to: &[(B, Money)], mut give: impl FnMut(A, B, Money)) {
    let (mut givers, mut takers) = (from.iter().copied(), to.iter().copied());
    let (mut giver, mut taker) = (givers.next(), takers.next());
    while let (Some((a, has)), Some((b, lacks))) = (giver, taker) {
        let amount = has.min(lacks);
        if amount.is_positive() {
            give(a, b, amount);
        }
        giver = if has > amount { Some((a, has.less(amount))) } else { givers.next() };
        taker = if lacks > amount { Some((b, lacks.less(amount))) } else { takers.next() };
    }
}

/// The rights of the open round by organisation, first what isn't put on a feature. What is promised to a feature outside
/// rounds is nobody else's.
async fn of_round(
    tx: &mut Tx,
    till: &Till,
) -> store::sqlx::Result<BTreeMap<OrganisationId, Vec<(Account, Money)>>> {
    const KINDS: [AccountKind; 2] = [AccountKind::Right, AccountKind::RightAllocated];
    let mut outside: BTreeMap<FeatureId, bool> = BTreeMap::new();
    let mut rights: BTreeMap<OrganisationId, Vec<(Account, Money)>> = BTreeMap::new();
    // `right/…` comes before `right_allocated/…`, which come by feature.
    for (account, amount) in
        store::journal::balances(tx, till.pot(), Book::Promises, Of::Kinds(&KINDS)).await?
    {
        if let Some(feature) = account.feature() {
            let is_outside = match outside.get(&feature) {
                Some(known) => *known,
                None => store::features::by_id(tx, feature).await?.is_none_or(|row| row.outside_rounds),
            };
            outside.insert(feature, is_outside);
            if is_outside {
                continue;
            }
        }
        if let Some(organisation) = account.organisation() {
            rights.entry(organisation).or_default().push((account, amount));
        }
    }
    Ok(rights)
}

/// In a shared round that is still open, what somebody doesn't pay lowers everybody's rights that aren't triggered, in
/// proportion: first what isn't put on a feature, then what is, feature by feature. Each is told by the round's page and
/// the story. Errors: faults only.
pub(crate) async fn lower_after_default<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    round: &Round,
    call: &FundCall,
) -> Result<(), Failure<R>> {
    if round.promises != PromiseRule::Shared {
        return Ok(());
    }
    let rights = of_round(tx, till).await?;
    let held: Vec<(OrganisationId, i64)> = rights
        .iter()
        .map(|(organisation, accounts)| {
            (*organisation, accounts.iter().map(|(_, amount)| amount.minor()).sum())
        })
        .collect();
    let all: i64 = held.iter().map(|(_, amount)| amount).sum();
    let on = PromiseOn::Round(round.id);
    store::promises::lock_all(tx, on).await?;
    let remaining = store::promises::remaining(tx, round.id).await?;
    let late = remaining.iter().find(|one| one.organisation == call.organisation);
    // What was called from it already stays called: only the rest of its promise gives less.
    let late = late.map(|one| one.left).unwrap_or_default();
    let lowered = call.rest().min(Money::new(all)).min(late);
    if !lowered.is_positive() {
        return Ok(());
    }
    let weights: Vec<i64> = held.iter().map(|(_, amount)| *amount).collect();
    let parts = split(lowered, &weights, call.number.unsigned_abs()).map_err(fault)?;
    let mut transfers = Vec::new();
    let mut off: BTreeMap<FeatureId, i64> = BTreeMap::new();
    for ((organisation, _), part) in held.iter().zip(parts) {
        let mut lacks = part;
        for (account, amount) in rights.get(organisation).into_iter().flatten() {
            let taken = lacks.min(*amount);
            if taken.is_positive() {
                transfers.push(Transfer::new(*account, Account::Promised(call.organisation), taken));
                lacks = lacks.less(taken);
                if let Some(feature) = account.feature() {
                    *off.entry(feature).or_default() += taken.minor();
                }
            }
        }
    }
    let ids: Vec<FeatureId> = off.keys().copied().collect();
    store::features::lock(tx, &ids).await?;
    let mut draft =
        Draft::new(PostingKind::Release, Book::Promises, till.today, till.actor.clone(), transfers);
    draft.round = Some(round.id);
    draft.reason = Some(Reason::Surplus);
    till.post(tx, draft).await?;
    for (feature, amount) in off {
        store::features::add_to_total(tx, feature, -amount).await?;
    }
    Ok(store::promises::add_firm(tx, on, call.organisation, -lowered.minor(), till.now).await?)
}

/// The rights of an organisation that leaves return to whoever promised: its own promise, or in a shared round the
/// promisers in proportion. What it takes off features, unless it stays there. Errors: faults only.
pub(crate) async fn depart<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    decision: domain::ids::DecisionId,
    stays: bool,
) -> Result<Vec<(FeatureId, domain::shares::Held)>, Failure<R>> {
    let mut off = Vec::new();
    let mut back = Back::default();
    let of = Of::Organisation(organisation);
    for (account, amount) in store::journal::balances(tx, till.pot(), Book::Promises, of).await? {
        match account {
            Account::Right(_) | Account::Pool(_) => {}
            Account::RightAllocated(_, feature) if !stays => {
                let held = domain::shares::Held { source: domain::Source::Own, earmark: None, amount };
                off.push((feature, held));
            }
            _ => continue,
        }
        back.give(tx, till, organisation, (account, amount)).await?;
    }
    back.share_out(tx, till).await?;
    if !back.transfers.is_empty() {
        let transfers = std::mem::take(&mut back.transfers);
        let mut draft =
            Draft::new(PostingKind::Departure, Book::Promises, till.today, till.actor.clone(), transfers);
        draft.organisation = Some(organisation);
        draft.decision = Some(decision);
        draft.reason = Some(Reason::Departure);
        till.post(tx, draft).await?;
    }
    back.lower(tx, till).await?;
    store::promises::end_of(tx, till.pot(), organisation, till.now).await?;
    Ok(off)
}

/// Rights on their way back to whoever promised: the organisation itself, or in a shared round the promisers in
/// proportion to what remains of their promises.
#[derive(Default)]
struct Back {
    transfers: Vec<Transfer>,
    less: Vec<(PromiseOn, OrganisationId, Money)>,
    /// Rights of a shared round, which come from everybody's promises.
    common: Vec<(Account, Money)>,
}

impl Back {
    async fn give<R: std::fmt::Debug>(
        &mut self,
        tx: &mut Tx,
        till: &Till,
        organisation: OrganisationId,
        (account, amount): (Account, Money),
    ) -> Result<(), Failure<R>> {
        let feature = match account.feature() {
            Some(feature) => store::features::by_id(tx, feature).await?,
            None => None,
        };
        let round = store::rounds::open(tx, till.pot()).await?;
        let on = match (feature.filter(|feature| feature.outside_rounds), &round) {
            (Some(feature), _) => PromiseOn::Feature(feature.id),
            (None, Some(round)) => PromiseOn::Round(round.id),
            (None, None) => return Ok(()),
        };
        let shared = round.is_some_and(|round| round.promises == PromiseRule::Shared);
        if shared && matches!(on, PromiseOn::Round(_)) && account.kind() != AccountKind::Pool {
            self.common.push((account, amount));
            return Ok(());
        }
        self.transfers.push(Transfer::new(account, Account::Promised(organisation), amount));
        self.less.push((on, organisation, amount));
        Ok(())
    }

    /// What is everybody's goes back to everybody.
    async fn share_out<R: std::fmt::Debug>(&mut self, tx: &mut Tx, till: &Till) -> Result<(), Failure<R>> {
        let Some(round) = store::rounds::open(tx, till.pot()).await?.filter(|_| !self.common.is_empty())
        else {
            return Ok(());
        };
        let on = PromiseOn::Round(round.id);
        store::promises::lock_all(tx, on).await?;
        let remaining = store::promises::remaining(tx, round.id).await?;
        let total = Money::sum(self.common.iter().map(|(_, amount)| *amount)).map_err(fault)?;
        let back = in_proportion(total, &remaining, round.number.unsigned_abs()).map_err(fault)?;
        pair(&self.common, &back, |account, promiser, part| {
            self.transfers.push(Transfer::new(account, Account::Promised(promiser), part));
            self.less.push((on, promiser, part));
        });
        Ok(())
    }

    /// What went back isn't promised any more.
    async fn lower(&self, tx: &mut Tx, till: &Till) -> store::sqlx::Result<()> {
        for (on, promiser, part) in &self.less {
            store::promises::add_firm(tx, *on, *promiser, -part.minor(), till.now).await?;
        }
        Ok(())
    }
}
