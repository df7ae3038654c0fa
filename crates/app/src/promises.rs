//! Promising: to a feature that is funded outside rounds, or for a round. What is firm is posted in the book of
//! promises; intentions are only written down.

pub mod page;

use domain::{
    Account, Book, Draft, Money, PostingKind, Transfer,
    actor::Action,
    features::{Change, FundingRefusal, State, Wish},
    ids::{FeatureId, OrganisationId, PotId, RoundId},
    promises::{PromiseKind, PromiseOn, PromiseRefusal, PromiseRule, PromiseWish},
    rounds::RoundState,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, features::Feature, promises::Promise, rounds::Round};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    features::{lock_one, page::funding_of},
    fund_calls,
    idempotency::{Keyed, remember, replayed},
    story_of_money,
    till::{Drawn, Story, Till},
    triggers::{self, Outcome},
};

/// What a promise led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// What is firm now.
    pub firm: Money,
    /// Whether it triggered the feature.
    pub triggered: bool,
    /// Whether a steward is asked to confirm the trigger.
    pub confirming: bool,
    /// Whether it was added to a feature that is triggered already.
    #[serde(default)]
    pub added: bool,
}

impl Promised {
    /// Whether something of it can't be taken back.
    const fn binds(&self) -> bool {
        self.triggered || self.confirming || self.added
    }
}

/// Saves what the organisation acted for promises. Asks for a mandate for its money.
/// Errors: [`PromiseRefusal`]; fields `amount` and `subject_to`; no right; a key reused.
pub async fn save_promise(
    context: &Context,
    acting: Acting,
    pot: PotId,
    wish: PromiseWish,
) -> Result<Promised, Failure<PromiseRefusal>> {
    save(context, acting, pot, wish, true).await
}

/// The same for somebody who hasn't confirmed yet what can't be taken back.
/// Errors: [`FundingRefusal::Unconfirmed`] where something of it can't: [`crate::irreversible`] says what.
pub async fn promise_unless_irreversible(
    context: &Context,
    acting: Acting,
    pot: PotId,
    wish: PromiseWish,
) -> Result<Promised, Failure<PromiseRefusal>> {
    save(context, acting, pot, wish, false).await
}

async fn save(
    context: &Context,
    acting: Acting,
    pot: PotId,
    wish: PromiseWish,
    confirmed: bool,
) -> Result<Promised, Failure<PromiseRefusal>> {
    let said =
        (wish.on, wish.kind.as_str(), wish.seen, wish.amount, wish.subject_to.map(|day| day.to_string()));
    let keyed = Keyed::of(context, &acting, &("promise", pot, acting.organisation, said)).await?;
    context.db.write(Save { pot, acting, wish, confirmed, keyed, drawn: Drawn::of(context) }).await
}

struct Save {
    pot: PotId,
    acting: Acting,
    wish: PromiseWish,
    /// Whether somebody means also what can't be taken back.
    confirmed: bool,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Save {
    type Done = Promised;
    type Error = Failure<PromiseRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Promised, Failure<PromiseRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        let permit = till.permit(Action::Promise, &self.acting, None)?;
        let organisation = permit.organisation().ok_or(Failure::NotFound)?;
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let promised = promise_in(tx, &mut till, organisation, &self.wish).await?;
        if promised.binds() && !self.confirmed {
            return Err(Failure::Refused(FundingRefusal::Unconfirmed.into()));
        }
        remember(tx, self.pot, self.keyed.as_ref(), till.now, &promised).await?;
        Ok(promised)
    }
}

/// Saves a promise of an organisation under the pot's lock. The caller has asked for the permission.
/// Errors: as [`save_promise`].
pub async fn promise_in(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    wish: &PromiseWish,
) -> Result<Promised, Failure<PromiseRefusal>> {
    if !till.locked.pot.fund_mode.is_promised() {
        return Err(Failure::Refused(PromiseRefusal::PaidInAdvance));
    }
    wish.check(till.today).map_err(Failure::Invalid)?;
    match wish.on {
        PromiseOn::Feature(feature) => to_feature(tx, till, organisation, feature, wish).await,
        PromiseOn::Round(round) => for_round(tx, till, organisation, round, wish).await,
    }
}

/// The promise that stands, locked, or one of nothing.
async fn standing(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    wish: &PromiseWish,
) -> Result<Promise, Failure<PromiseRefusal>> {
    let (feature, round) = match wish.on {
        PromiseOn::Feature(feature) => (Some(feature), None),
        PromiseOn::Round(round) => (None, Some(round)),
    };
    let promise = match store::promises::lock(tx, wish.on, organisation).await? {
        Some(promise) => promise,
        None => Promise {
            id: till.id(),
            pot: till.pot(),
            organisation,
            feature,
            round,
            kind: PromiseKind::Intention,
            amount: Money::ZERO,
            firm: Money::ZERO,
            subject_to: None,
            person: None,
            created_at: till.now,
            changed_at: till.now,
            ended_at: None,
        },
    };
    if wish.seen != promise.firm {
        return Err(Failure::Refused(PromiseRefusal::Stale { seen: wish.seen, now: promise.firm }));
    }
    Ok(promise)
}

/// Writes what a promise has become, with its story.
async fn keep(
    tx: &mut Tx,
    till: &mut Till,
    mut promise: Promise,
    wish: &PromiseWish,
    about: (&str, i64),
) -> Result<(), Failure<PromiseRefusal>> {
    let taken_back = wish.amount.is_zero();
    let before = promise.amount;
    promise.kind = wish.kind;
    promise.amount = wish.amount;
    promise.firm = wish.firm();
    promise.subject_to = wish.subject_to.filter(|_| wish.kind == PromiseKind::Conditional);
    promise.person = till.person();
    promise.changed_at = till.now;
    // Whoever left and came back promises anew.
    promise.ended_at = None;
    store::promises::save(tx, &promise).await?;
    let kind = match (taken_back, before.is_zero()) {
        (true, true) => return Ok(()),
        (true, false) => "promise_taken_back",
        (false, _) => "promise_made",
    };
    let data = json!({
        "amount": promise.amount.minor(), "promise": promise.kind.as_str(), "title": about.0, "number": about.1,
    });
    let subject = match (promise.feature, promise.round) {
        (Some(feature), _) => ("feature", feature.0),
        (None, Some(round)) => ("round", round.0),
        (None, None) => ("organisation", promise.organisation.0),
    };
    let mut story = Story::new(kind, subject, data);
    story.organisation = Some(promise.organisation);
    story_of_money::tell(tx, till, vec![story]).await
}

async fn to_feature(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    feature: FeatureId,
    wish: &PromiseWish,
) -> Result<Promised, Failure<PromiseRefusal>> {
    let mut feature = lock_one(tx, till, feature).await?;
    if !feature.outside_rounds {
        return Err(Failure::Refused(PromiseRefusal::FundedByRound));
    }
    let promise = standing(tx, till, organisation, wish).await?;
    let firm = wish.firm();
    if feature.state.is_end() {
        return Err(Failure::Refused(FundingRefusal::NotFunding(feature.state).into()));
    }
    let mut promised = Promised { firm, ..Promised::default() };
    if firm != promise.firm || feature.state.is_triggered() {
        let change = funding_of(&feature, None, &till.rules)
            .change(till.today, promise.firm, &Wish { feature: feature.id, seen: promise.firm, wanted: firm })
            .map_err(|why| Failure::Refused(why.into()))?;
        promised.added = matches!(change, Change::Add(_));
        keep(tx, till, promise, wish, (&feature.title, feature.number)).await?;
        carry_out(tx, till, &mut feature, organisation, change).await?;
        match triggers::after_change(tx, till, &mut feature).await? {
            Outcome::Triggered => promised.triggered = true,
            Outcome::AsksConfirmation => promised.confirming = true,
            Outcome::Waits => {}
        }
    } else {
        keep(tx, till, promise, wish, (&feature.title, feature.number)).await?;
    }
    Ok(promised)
}

/// Posts the difference: promised → pool → right → on the feature, or the way back.
async fn carry_out(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    organisation: OrganisationId,
    change: Change,
) -> Result<(), Failure<PromiseRefusal>> {
    let by = match change {
        Change::Nothing => return Ok(()),
        Change::Allocate(more) => {
            promise_firmly(tx, till, organisation, more, None, true).await?;
            let transfer = Transfer::new(
                Account::Right(organisation),
                Account::RightAllocated(organisation, feature.id),
                more,
            );
            post(tx, till, PostingKind::Allocate, organisation, Some(feature), vec![transfer]).await?;
            more.minor()
        }
        Change::Add(more) => {
            promise_firmly(tx, till, organisation, more, None, true).await?;
            bind(tx, till, feature, organisation, more).await?;
            fund_calls::issue_in(tx, till, feature, &[(organisation, more)], None).await?;
            more.minor()
        }
        Change::Unallocate(less) => {
            let transfer = Transfer::new(
                Account::RightAllocated(organisation, feature.id),
                Account::Right(organisation),
                less,
            );
            post(tx, till, PostingKind::Unallocate, organisation, Some(feature), vec![transfer]).await?;
            unpromise(tx, till, organisation, less, None, true).await?;
            -less.minor()
        }
    };
    store::features::add_to_total(tx, feature.id, by).await?;
    feature.allocated_total = Money::new(feature.allocated_total.minor().saturating_add(by));
    Ok(())
}

/// An organisation's right is bound to a triggered feature at once. The caller counts it in the feature's total.
pub(crate) async fn bind<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    organisation: OrganisationId,
    amount: Money,
) -> Result<(), Failure<R>> {
    let transfer = Transfer::new(Account::Right(organisation), Account::Triggered(feature.id), amount);
    post(tx, till, PostingKind::Add, organisation, Some(feature), vec![transfer]).await
}

/// Posts a firm promise: promised → pool, and on to the organisation's right where it allocates its own promise.
pub(crate) async fn promise_firmly<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    amount: Money,
    round: Option<RoundId>,
    to_right: bool,
) -> Result<(), Failure<R>> {
    let pool = Account::Pool(organisation);
    let mut transfers = vec![Transfer::new(Account::Promised(organisation), pool, amount)];
    if to_right {
        transfers.push(Transfer::new(pool, Account::Right(organisation), amount));
    }
    let mut draft =
        Draft::new(PostingKind::Promise, Book::Promises, till.today, till.actor.clone(), transfers);
    draft.organisation = Some(organisation);
    draft.round = round;
    till.post(tx, draft).await.map(drop)
}

async fn unpromise<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    amount: Money,
    round: Option<RoundId>,
    from_right: bool,
) -> Result<(), Failure<R>> {
    let pool = Account::Pool(organisation);
    let mut transfers = Vec::new();
    if from_right {
        transfers.push(Transfer::new(Account::Right(organisation), pool, amount));
    }
    transfers.push(Transfer::new(pool, Account::Promised(organisation), amount));
    let mut draft =
        Draft::new(PostingKind::Unpromise, Book::Promises, till.today, till.actor.clone(), transfers);
    draft.organisation = Some(organisation);
    draft.round = round;
    till.post(tx, draft).await.map(drop)
}

/// Posts transfers of the book of promises that belong to an organisation.
async fn post<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    kind: PostingKind,
    organisation: OrganisationId,
    feature: Option<&Feature>,
    transfers: Vec<Transfer>,
) -> Result<(), Failure<R>> {
    let mut draft = Draft::new(kind, Book::Promises, till.today, till.actor.clone(), transfers);
    draft.organisation = Some(organisation);
    draft.feature = feature.map(|feature| feature.id);
    draft.round = feature.and_then(|feature| feature.round);
    till.post(tx, draft).await.map(drop)
}

async fn for_round(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    round: RoundId,
    wish: &PromiseWish,
) -> Result<Promised, Failure<PromiseRefusal>> {
    let round = store::rounds::lock(tx, round).await?.filter(|round| round.pot == till.pot());
    let round = round.ok_or(Failure::NotFound)?;
    if !takes_round_promises(&round, till.today) {
        return Err(Failure::Refused(PromiseRefusal::RoundClosed));
    }
    let promise = standing(tx, till, organisation, wish).await?;
    let (before, firm) = (promise.firm, wish.firm());
    let shared = round.promises == PromiseRule::Shared;
    if before != firm && shared && is_shared_out(tx, &round).await? {
        return Err(Failure::Refused(PromiseRefusal::SharedOut));
    }
    if firm > before {
        let more = firm.less(before);
        promise_firmly(tx, till, organisation, more, Some(round.id), !shared).await?;
    } else if firm < before {
        let less = before.less(firm);
        if !shared {
            let free = right_of(tx, till, organisation).await?;
            if less > free {
                return Err(Failure::Refused(PromiseRefusal::Used { used: before.less(free) }));
            }
        }
        unpromise(tx, till, organisation, less, Some(round.id), !shared).await?;
    }
    keep(tx, till, promise, wish, (&round.name, round.number)).await?;
    Ok(Promised { firm, ..Promised::default() })
}

async fn is_shared_out(tx: &mut Tx, round: &Round) -> store::sqlx::Result<bool> {
    Ok(store::views::distribution_of(tx, round.pot, round.id).await?.is_some())
}

/// What of an organisation's right isn't put on a feature.
async fn right_of(tx: &mut Tx, till: &Till, organisation: OrganisationId) -> store::sqlx::Result<Money> {
    let of = store::journal::Of::Organisation(organisation);
    let held = store::journal::balances(tx, till.pot(), Book::Promises, of).await?;
    let right = held.into_iter().find(|(account, _)| *account == Account::Right(organisation));
    Ok(right.map(|(_, amount)| amount).unwrap_or_default())
}

/// Whether a round takes promises on a day, in a pot that isn't paid in advance.
#[must_use]
pub fn takes_round_promises(round: &Round, today: Date) -> bool {
    round.state == RoundState::Open && today <= round.closes_on
}

/// Whether a feature takes promises of its own: in a pot that isn't paid in advance, outside rounds, not ended.
#[must_use]
pub fn takes_promises(feature: &Feature, mode: domain::pot::FundMode) -> bool {
    mode.is_promised() && feature.outside_rounds && !feature.state.is_end() && feature.state != State::Parked
}
