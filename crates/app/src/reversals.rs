//! Correcting an entry: another one mirrors it, whole and at most once.

use std::collections::BTreeMap;

use domain::{
    Account, Book, Draft, Money, PostingKind, Transfer,
    actor::Action,
    ids::{PostingId, PotId},
    input::FieldRule,
    posting::Reason,
    reversals::ReversalRefusal,
    text,
};
use serde_json::json;
use store::{Command, Tx, journal::Of, reversals::Target};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    contributions::Recorded,
    error::Failure,
    idempotency::{Keyed, remember, replayed},
    journal,
    till::{Drawn, Story, Till},
};

/// Longest note beside a reversal, in characters.
pub const LONGEST_NOTE: usize = 500;

/// An entry to be reversed, and why.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The entry.
    pub posting: PostingId,
    /// Why, as a code: it enters the chain as a commitment.
    pub reason: Reason,
    /// More about it, in words; never enters the chain.
    pub note: String,
}

/// Reverses a contribution, a gift or a distribution. Asks for the treasurer's role.
/// Errors: a kind that has its own opposite, reversed before, money that has moved on, shares used since.
pub async fn reverse_entry(
    context: &Context,
    acting: Acting,
    pot: PotId,
    mut correction: Correction,
) -> Result<Recorded, Failure<ReversalRefusal>> {
    correction.note =
        text::paragraphs(&correction.note, LONGEST_NOTE).map_err(|rule| Failure::field("note", rule))?;
    let request = ("reverse", pot, correction.posting, correction.reason.as_str(), &correction.note);
    let keyed = Keyed::of(context, &acting, &request).await?;
    context.db.write(Reverse { pot, acting, correction, keyed, drawn: Drawn::of(context) }).await
}

struct Reverse {
    pot: PotId,
    acting: Acting,
    correction: Correction,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Reverse {
    type Done = Recorded;
    type Error = Failure<ReversalRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Recorded, Failure<ReversalRefusal>> {
        let mut till = Till::by_person(tx, self.pot, self.acting.person, &self.drawn).await?;
        till.permit(Action::ReverseEntry, &self.acting, None)?;
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let found = store::reversals::target(tx, self.pot, self.correction.posting).await?;
        let target = found.ok_or(Failure::NotFound)?;
        check(&target, self.correction.reason)?;
        if target.kind == PostingKind::Distribution
            && store::reversals::shares_used_since(tx, self.pot, target.seq).await?
        {
            return Err(Failure::Refused(ReversalRefusal::SharesUsed));
        }
        let transfers = mirror(tx, &till, &target).await?;
        let mut draft =
            Draft::new(PostingKind::Reversal, target.book, till.today, till.actor.clone(), transfers);
        draft.reverses = Some(target.id);
        draft.reason = Some(self.correction.reason);
        draft.round = target.round;
        draft.organisation = target.organisation;
        let note = &self.correction.note;
        let posted = journal::post(tx, &mut till.locked, &mut till.seed, till.now, draft, note).await?;
        store::journal::free_once(tx, target.id).await?;
        let data = json!({
            "kind": target.kind.as_str(),
            "reverses": target.seq,
            "seq": posted.seq,
            "reason": self.correction.reason.as_str(),
        });
        let story = Story::new("entry_reversed", ("posting", target.id.0), data);
        till.record(tx, story).await?;
        let answer = Recorded::of(&posted);
        remember(tx, self.pot, self.keyed.as_ref(), self.drawn.now, &answer).await?;
        Ok(answer)
    }
}

fn check(target: &Target, reason: Reason) -> Result<(), Failure<ReversalRefusal>> {
    if !target.kind.is_reversible() {
        return Err(Failure::Refused(ReversalRefusal::NotReversible(target.kind)));
    }
    if target.reversed_by.is_some() {
        return Err(Failure::Refused(ReversalRefusal::AlreadyReversed));
    }
    if !Reason::for_reversing(target.kind).contains(&reason) {
        return Err(Failure::field("reason", FieldRule::NotAChoice));
    }
    Ok(())
}

/// The transfers the other way. Errors: what the entry put somewhere isn't there any more.
async fn mirror(
    tx: &mut Tx,
    till: &Till,
    target: &Target,
) -> Result<Vec<Transfer>, Failure<ReversalRefusal>> {
    let legs = store::reversals::legs(tx, target.id).await?;
    let mut asked: BTreeMap<Account, Money> = BTreeMap::new();
    for (_, to, amount) in &legs {
        let sum = asked.entry(*to).or_default();
        *sum = sum.plus(*amount).map_err(|error| Failure::Fault(error.to_string()))?;
    }
    let mut kinds: Vec<_> = asked.keys().map(Account::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let held: BTreeMap<Account, Money> =
        store::journal::balances(tx, till.pot(), target.book, Of::Kinds(&kinds)).await?.into_iter().collect();
    for (account, asked) in asked {
        let left = held.get(&account).copied().unwrap_or_default();
        if target.book == Book::Cash && left < asked {
            return Err(Failure::Refused(ReversalRefusal::MovedOn { left, asked }));
        }
    }
    Ok(legs.into_iter().map(|(from, to, amount)| Transfer::new(to, from, amount)).collect())
}
