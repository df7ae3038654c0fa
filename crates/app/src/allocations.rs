//! Putting a share on features, taking it back, adding after the trigger: one save of a set, all or nothing.

mod by_choice;
mod purse;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Source, Transfer,
    actor::Action,
    features::{AllocationRefusal, Change, Funding, FundingRefusal, Wish},
    ids::{FeatureId, OrganisationId, PotId},
    input::{FieldError, FieldRule},
    shares::purse::{Held, Part, draw, take_back, usable},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, features::Feature, journal::Of, rounds::Round};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    fund_calls,
    idempotency::{Keyed, remember, replayed},
    rights, story_of_money,
    till::{Drawn, Story, Till},
    triggers::{self, Outcome},
};

pub(crate) use by_choice::put_for;
use purse::{Purse, shift};

/// The most lines of one save.
pub const MOST_LINES: usize = 200;

/// What a save led to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// What is left of the share, of all sources.
    pub left: Money,
    /// The features that it triggered.
    pub triggered: Vec<FeatureId>,
    /// The features for which it asked a steward's confirmation.
    pub confirming: Vec<FeatureId>,
}

/// Saves what the organisation acted for wishes to have on features. Asks for a mandate for its money.
/// Errors: the first line that is refused, with the figure that helps; nothing is written then.
pub async fn save_allocations(
    context: &Context,
    acting: Acting,
    pot: PotId,
    wishes: Vec<Wish>,
) -> Result<Saved, Failure<AllocationRefusal>> {
    save(context, acting, pot, wishes, true).await
}

/// The same for somebody who hasn't confirmed yet what can't be taken back.
/// Errors: [`FundingRefusal::Unconfirmed`] where something of it can't: [`crate::irreversible`] says what.
pub async fn save_unless_irreversible(
    context: &Context,
    acting: Acting,
    pot: PotId,
    wishes: Vec<Wish>,
) -> Result<Saved, Failure<AllocationRefusal>> {
    save(context, acting, pot, wishes, false).await
}

async fn save(
    context: &Context,
    acting: Acting,
    pot: PotId,
    wishes: Vec<Wish>,
    confirmed: bool,
) -> Result<Saved, Failure<AllocationRefusal>> {
    check_lines(&wishes)?;
    let keyed = Keyed::of(context, &acting, &("allocate", pot, acting.organisation, &wishes)).await?;
    context.db.write(Save { pot, acting, wishes, confirmed, keyed, drawn: Drawn::of(context) }).await
}

fn check_lines(wishes: &[Wish]) -> Result<(), Failure<AllocationRefusal>> {
    let mut known = BTreeSet::new();
    let mut errors = Vec::new();
    if wishes.len() > MOST_LINES {
        errors.push(FieldError::new("lines", FieldRule::TooLong(MOST_LINES)));
    }
    for (at, wish) in wishes.iter().enumerate() {
        if !known.insert(wish.feature) {
            errors.push(FieldError::new(format!("lines.{at}.feature"), FieldRule::Taken));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Failure::Invalid(errors)) }
}

struct Save {
    pot: PotId,
    acting: Acting,
    wishes: Vec<Wish>,
    /// Whether somebody means also what can't be taken back.
    confirmed: bool,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Save {
    type Done = Saved;
    type Error = Failure<AllocationRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Saved, Failure<AllocationRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        let permit = till.permit(Action::Allocate, &self.acting, None)?;
        let organisation = permit.organisation().ok_or(Failure::NotFound)?;
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let round = store::rounds::lock_open(tx, self.pot).await?;
        let mut desk = Desk::open(tx, &till, organisation, round.as_ref(), &self.wishes).await?;
        desk.put(tx, &mut till, &self.wishes).await?;
        // What a share caused is told after it.
        tell_story(tx, &mut till, &desk).await?;
        let saved = desk.settle(tx, &mut till).await?;
        if !self.confirmed
            && let Some(feature) = desk.binds(&saved)
        {
            let why = FundingRefusal::Unconfirmed;
            return Err(Failure::Refused(AllocationRefusal { feature, why }));
        }
        remember(tx, self.pot, self.keyed.as_ref(), self.drawn.now, &saved).await?;
        Ok(saved)
    }
}

/// What one organisation wishes to have on features.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// Who.
    pub organisation: OrganisationId,
    /// What.
    pub wishes: Vec<Wish>,
}

/// Saves the wishes of many organisations in their order inside a transaction, without a story of each in the feed: for
/// imports into a pot that is paid in advance. Everything is locked and read once; each wish is judged as it would be
/// alone. `round` is the open round, locked. Gives the features that were triggered. Errors: as [`save_allocations`].
pub async fn allocate_all(
    tx: &mut Tx,
    till: &mut Till,
    round: Option<&Round>,
    all: &[Wishes],
) -> Result<Vec<FeatureId>, Failure<AllocationRefusal>> {
    const KINDS: [AccountKind; 3] = [AccountKind::Share, AccountKind::Allocated, AccountKind::Reserved];
    if till.locked.pot.fund_mode.is_promised() {
        return Err(Failure::Fault("shares of promises are not imported".to_owned()));
    }
    let ids: BTreeSet<FeatureId> =
        all.iter().flat_map(|one| one.wishes.iter().map(|wish| wish.feature)).collect();
    let mut features = lock_features(tx, till, ids).await?;
    let mut held: BTreeMap<OrganisationId, Vec<(Account, Money)>> = BTreeMap::new();
    for (account, amount) in store::journal::balances(tx, till.pot(), Book::Cash, Of::Kinds(&KINDS)).await? {
        if let Some(organisation) = account.organisation() {
            held.entry(organisation).or_default().push((account, amount));
        }
    }
    let earmarks = store::gifts::earmarks(tx, till.pot()).await?;
    let mut purses: BTreeMap<OrganisationId, Purse> =
        held.into_iter().map(|(organisation, held)| (organisation, Purse::of(held, &earmarks))).collect();
    let mut triggered = Vec::new();
    till.gather(tx).await?;
    for Wishes { organisation, wishes } in all {
        let purse = purses.remove(organisation).unwrap_or_default();
        let (organisation, promised) = (*organisation, false);
        let mut desk = Desk { organisation, promised, round, features, purse, moved: Vec::new() };
        desk.put(tx, till, wishes).await?;
        triggered.extend(desk.settle(tx, till).await?.triggered);
        features = desk.features;
        purses.insert(organisation, desk.purse);
    }
    till.end_gathering(tx).await?;
    Ok(triggered)
}

/// Locks features in the order of their ids. Errors: [`Failure::NotFound`] where one isn't of the pot.
async fn lock_features(
    tx: &mut Tx,
    till: &Till,
    ids: impl IntoIterator<Item = FeatureId>,
) -> Result<BTreeMap<FeatureId, Feature>, Failure<AllocationRefusal>> {
    let ids: Vec<FeatureId> = ids.into_iter().collect();
    let rows = store::features::lock(tx, &ids).await?;
    let features: BTreeMap<FeatureId, Feature> =
        rows.into_iter().filter(|row| row.pot == till.pot()).map(|row| (row.id, row)).collect();
    if ids.iter().any(|id| !features.contains_key(id)) {
        return Err(Failure::NotFound);
    }
    Ok(features)
}

/// One organisation's share and what it has on the features of a set, kept up to date while lines are saved.
struct Desk<'a> {
    organisation: OrganisationId,
    /// Whether its own source is a right that a promise gives.
    promised: bool,
    round: Option<&'a Round>,
    features: BTreeMap<FeatureId, Feature>,
    purse: Purse,
    /// What moved: plus what was put, minus what was taken back.
    moved: Vec<(FeatureId, Change)>,
}

impl<'a> Desk<'a> {
    /// Locks the features in the order of their ids, then reads every sum.
    async fn open(
        tx: &mut Tx,
        till: &Till,
        organisation: OrganisationId,
        round: Option<&'a Round>,
        wishes: &[Wish],
    ) -> Result<Self, Failure<AllocationRefusal>> {
        let features = lock_features(tx, till, wishes.iter().map(|wish| wish.feature)).await?;
        let held =
            store::journal::balances(tx, till.pot(), Book::Cash, Of::Organisation(organisation)).await?;
        let has_gifts = held.iter().any(|(account, _)| account.gift_fund().is_some());
        let earmarks =
            if has_gifts { store::gifts::earmarks(tx, till.pot()).await? } else { BTreeMap::new() };
        let promised = till.locked.pot.fund_mode.is_promised();
        let purse = Purse::of(held, &earmarks);
        let mut desk = Self { organisation, promised, round, features, purse, moved: Vec::new() };
        if promised {
            desk.read_rights(tx, till).await?;
        }
        Ok(desk)
    }

    /// In a pot that isn't paid in advance, the organisation's own source is its right, in the book of promises.
    async fn read_rights(&mut self, tx: &mut Tx, till: &Till) -> store::sqlx::Result<()> {
        let of = Of::Organisation(self.organisation);
        let own = |amount| Held { source: Source::Own, earmark: None, amount };
        // What was paid for a call is counted by the call.
        self.purse.on.values_mut().for_each(|held| held.retain(|held| held.source != Source::Own));
        for (account, amount) in store::journal::balances(tx, till.pot(), Book::Promises, of).await? {
            match account {
                Account::Right(_) => self.purse.share.push(own(amount)),
                Account::RightAllocated(_, feature) if !self.takes_promises(feature) => {
                    self.purse.on.entry(feature).or_default().push(own(amount));
                }
                _ => {}
            }
        }
        let triggered: Vec<FeatureId> = self
            .features
            .values()
            .filter(|row| row.state.is_triggered() && !row.outside_rounds)
            .map(|row| row.id)
            .collect();
        for feature in triggered {
            let bound = store::promises::bound(tx, feature, self.organisation).await?;
            self.purse.on.entry(feature).or_default().push(own(bound));
        }
        Ok(())
    }

    /// Whether a feature takes promises of its own, which are no right of a round.
    fn takes_promises(&self, feature: FeatureId) -> bool {
        self.promised && self.features.get(&feature).is_some_and(|row| row.outside_rounds)
    }

    /// What of the share may be put on a feature.
    fn share_for(&self, feature: FeatureId) -> Vec<Held> {
        let own = !self.takes_promises(feature);
        self.purse.share.iter().filter(|held| own || held.source != Source::Own).copied().collect()
    }

    /// Moves what the wishes ask for, decreases first.
    async fn put(
        &mut self,
        tx: &mut Tx,
        till: &mut Till,
        wishes: &[Wish],
    ) -> Result<(), Failure<AllocationRefusal>> {
        let (less, more): (Vec<&Wish>, Vec<&Wish>) =
            wishes.iter().partition(|wish| wish.wanted < self.mine(wish.feature));
        for wish in less.into_iter().chain(more) {
            let change = self.change(till, wish)?;
            if change != Change::Nothing {
                self.carry_out(tx, till, wish.feature, change).await?;
            }
        }
        Ok(())
    }

    /// What the moves led to: what is covered now is triggered, or a steward is asked.
    async fn settle(&mut self, tx: &mut Tx, till: &mut Till) -> Result<Saved, Failure<AllocationRefusal>> {
        let mut saved = Saved::default();
        let put: Vec<FeatureId> = self.moved.iter().map(|(feature, _)| *feature).collect();
        for id in put {
            let Some(feature) = self.features.get_mut(&id) else { continue };
            match triggers::after_change(tx, till, feature).await? {
                Outcome::Triggered => saved.triggered.push(id),
                Outcome::AsksConfirmation => saved.confirming.push(id),
                Outcome::Waits => {}
            }
        }
        saved.left = Money::sum(self.purse.share.iter().map(|held| held.amount)).unwrap_or_default();
        Ok(saved)
    }

    /// A feature on which something of what was saved can't be taken back.
    fn binds(&self, saved: &Saved) -> Option<FeatureId> {
        let added = self.moved.iter().find(|(_, change)| matches!(change, Change::Add(_)));
        let led_to = saved.triggered.iter().chain(&saved.confirming);
        added.map(|(feature, _)| *feature).or_else(|| led_to.copied().next())
    }

    /// What it has on a feature, over all sources.
    fn mine(&self, feature: FeatureId) -> Money {
        let held = self.purse.on.get(&feature).map(Vec::as_slice).unwrap_or_default();
        Money::sum(held.iter().map(|held| held.amount)).unwrap_or_default()
    }

    fn change(&self, till: &Till, wish: &Wish) -> Result<Change, Failure<AllocationRefusal>> {
        let refuse = |why| Failure::Refused(AllocationRefusal { feature: wish.feature, why });
        let Some(feature) = self.features.get(&wish.feature) else { return Err(Failure::NotFound) };
        let round = self.round.filter(|round| feature.round == Some(round.id));
        let funding = Funding {
            state: feature.state,
            opens_on: round.map(|round| round.opens_on),
            closing_on: feature.closing_on,
            maximum: feature.maximum,
            total: feature.allocated_total,
            confirming: feature.confirming_since.is_some(),
            cap: round.map_or(till.rules.cap, |round| round.cap),
            // One round is open at a time: any other of a feature is closed.
            round_over: feature.round.is_some() && round.is_none(),
        };
        let change = funding.change(till.today, self.mine(wish.feature), wish).map_err(refuse)?;
        if let Change::Allocate(more) | Change::Add(more) = change {
            let left = usable(&self.share_for(wish.feature), wish.feature)
                .map_err(|_| refuse(FundingRefusal::Amount))?;
            if more > left {
                return Err(refuse(FundingRefusal::NotEnoughShare { left, wanted: more }));
            }
        }
        Ok(change)
    }

    async fn carry_out(
        &mut self,
        tx: &mut Tx,
        till: &mut Till,
        feature: FeatureId,
        change: Change,
    ) -> Result<(), Failure<AllocationRefusal>> {
        let (organisation, share) = (self.organisation, self.share_for(feature));
        let on = self.purse.on.entry(feature).or_default();
        let fault = |what: domain::shares::NotEnough| Failure::Fault(what.to_string());
        let (kind, parts, by) = match change {
            Change::Nothing => return Ok(()),
            Change::Allocate(more) => {
                (PostingKind::Allocate, draw(&share, feature, more).map_err(fault)?, more.minor())
            }
            Change::Add(more) => {
                (PostingKind::Add, draw(&share, feature, more).map_err(fault)?, more.minor())
            }
            Change::Unallocate(less) => {
                (PostingKind::Unallocate, take_back(on, less).map_err(fault)?, -less.minor())
            }
        };
        for book in Book::ALL {
            let of_book = parts.iter().filter(|part| book_of(self.promised, part.source) == book);
            let transfers: Vec<Transfer> =
                of_book.map(|part| transfer(book, kind, organisation, feature, part)).collect();
            if transfers.is_empty() {
                continue;
            }
            let mut draft = Draft::new(kind, book, till.today, till.actor.clone(), transfers);
            draft.organisation = Some(organisation);
            draft.feature = Some(feature);
            draft.round = self.features.get(&feature).and_then(|row| row.round);
            till.post(tx, draft).await?;
        }
        till.add_to_total(tx, feature, by).await?;
        if let Some(row) = self.features.get_mut(&feature) {
            row.allocated_total = Money::new(row.allocated_total.minor().saturating_add(by));
        }
        for part in &parts {
            if kind == PostingKind::Unallocate {
                shift(on, &mut self.purse.share, part);
            } else {
                shift(&mut self.purse.share, on, part);
            }
        }
        self.moved.push((feature, change));
        if let (true, Change::Add(_), Some(row)) = (self.promised, change, self.features.get(&feature)) {
            let bound = parts.iter().filter(|part| part.source == Source::Own).map(|part| part.amount);
            let bound = Money::sum(bound).unwrap_or_default();
            let called = rights::called_for(tx, row, bound, vec![(organisation, bound)]).await?;
            fund_calls::issue_in(tx, till, row, &called, None).await?;
        }
        Ok(())
    }
}

/// The book in which a source lies: in a pot that isn't paid in advance, one's own is a right.
const fn book_of(promised: bool, source: Source) -> Book {
    if promised && matches!(source, Source::Own) { Book::Promises } else { Book::Cash }
}

const fn transfer(
    book: Book,
    kind: PostingKind,
    organisation: OrganisationId,
    feature: FeatureId,
    part: &Part,
) -> Transfer {
    let (share, free, bound) = match book {
        Book::Cash => (
            Account::Share(organisation, part.source),
            Account::Allocated(organisation, feature, part.source),
            Account::Reserved(organisation, feature, part.source),
        ),
        Book::Promises => (
            Account::Right(organisation),
            Account::RightAllocated(organisation, feature),
            Account::Triggered(feature),
        ),
    };
    match kind {
        PostingKind::Add => Transfer::new(share, bound, part.amount),
        PostingKind::Unallocate => Transfer::new(free, share, part.amount),
        _ => Transfer::new(share, free, part.amount),
    }
}

/// The story of a save.
async fn tell_story(tx: &mut Tx, till: &mut Till, desk: &Desk<'_>) -> Result<(), Failure<AllocationRefusal>> {
    let stories = desk.moved.iter().filter_map(|(feature, change)| {
        let (kind, amount) = match change {
            Change::Nothing => return None,
            Change::Allocate(amount) => ("share_allocated", amount),
            Change::Unallocate(amount) => ("share_taken_back", amount),
            Change::Add(amount) => ("share_added", amount),
        };
        let title = desk.features.get(feature).map(|row| row.title.as_str());
        let data = json!({ "amount": amount.minor(), "title": title });
        let mut story = Story::new(kind, ("feature", feature.0), data);
        story.organisation = Some(desk.organisation);
        Some(story)
    });
    story_of_money::tell(tx, till, stories.collect()).await
}
