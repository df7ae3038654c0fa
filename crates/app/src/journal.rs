//! Posting from use cases, and reversing an entry by hand. A draft that can't be posted is a fault of the use case, not
//! of the person.

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Seed, Transfer,
    actor::Action,
    ids::{OrganisationId, PostingId, PotId},
    input::FieldRule,
    journal::{Moved, ReversalRefusal, Reversible},
    posting::{Posted, Reason},
    text,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use store::{
    Command, Tx,
    journal::{LockedPot, PostError, moved::Taken, pages::Entry},
};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    contributions::Recorded,
    error::Failure,
    idempotency::{Keyed, remember, replayed},
    money_mails,
    till::{Drawn, Story, Till},
};

impl<R: std::fmt::Debug> From<PostError> for Failure<R> {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Sql(error) => error.into(),
            other => Self::Fault(other.to_string()),
        }
    }
}

/// Posts a draft under the pot's lock. Errors: faults only; what a person may not do was refused before.
pub async fn post<R: std::fmt::Debug>(
    tx: &mut Tx,
    pot: &mut LockedPot,
    seed: &mut Seed,
    now: Timestamp,
    draft: Draft,
    note: &str,
) -> Result<Posted, Failure<R>> {
    Ok(store::journal::post(tx, pot, seed, now, draft, note).await?)
}

/// Claims an act that happens once until its posting is reversed. Errors: `taken`, if it has happened.
pub async fn once<R: std::fmt::Debug>(
    tx: &mut Tx,
    pot: PotId,
    act: &'static str,
    subject: Uuid,
    posting: PostingId,
    taken: R,
) -> Result<(), Failure<R>> {
    if store::journal::claim_once(tx, pot, act, subject, posting).await? {
        Ok(())
    } else {
        Err(Failure::Refused(taken))
    }
}

/// A wish to reverse an entry.
#[derive(Clone, Debug, Serialize)]
pub struct NewReversal {
    /// The entry.
    pub posting: PostingId,
    /// Why, as a listed code: it enters the chain as a commitment.
    #[serde(serialize_with = "reason_name")]
    pub reason: Reason,
    /// More about it, in words; never enters the chain.
    pub note: String,
}

/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn reason_name<S: serde::Serializer>(reason: &Reason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(reason.as_str())
}

/// Reverses an entry, whole, by its mirror. Asks for the treasurer's role.
/// Errors: [`ReversalRefusal`], no right, a key reused, no such entry in this pot.
pub async fn reverse_entry(
    context: &Context,
    acting: Acting,
    pot: PotId,
    mut new: NewReversal,
) -> Result<Recorded, Failure<ReversalRefusal>> {
    new.note = text::paragraphs(&new.note, LONGEST_NOTE).map_err(|rule| Failure::field("note", rule))?;
    let keyed = Keyed::of(context, &acting, &("reverse", pot, &new)).await?;
    context.db.write(Reverse { pot, acting, new, keyed, drawn: Drawn::of(context) }).await
}

struct Reverse {
    pot: PotId,
    acting: Acting,
    new: NewReversal,
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
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::ReverseEntry, &self.acting, None)?;
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let target = store::journal::pages::entry(tx, self.pot, self.new.posting).await?;
        let (book, target) = target.ok_or(Failure::NotFound)?;
        let posted = reverse_in(tx, &mut till, book, &target, self.new.reason, &self.new.note).await?;
        let data = json!({ "kind": target.kind.as_str(), "seq": posted.seq, "reversed": target.seq });
        till.record(tx, Story::new("entry_reversed", ("posting", posted.id.0), data)).await?;
        let answer = Recorded::of(&posted);
        remember(tx, self.pot, self.keyed.as_ref(), self.drawn.now, &answer).await?;
        tell(tx, &mut till, &target, self.new.reason).await?;
        Ok(answer)
    }
}

/// Why an entry can't be reversed as things are: what its page says instead of offering it. It is judged again when it
/// is posted.
pub async fn why_not_reversed(
    tx: &mut Tx,
    pot: PotId,
    posting: PostingId,
) -> store::sqlx::Result<Option<ReversalRefusal>> {
    let Some((_, target)) = store::journal::pages::entry(tx, pot, posting).await? else {
        return Ok(None);
    };
    if let Err(refusal) = reversible(tx, &target).await?.check() {
        return Ok(Some(refusal));
    }
    gone(tx, &target).await
}

/// What of an entry's money isn't where the entry put it any more, and where the most of it went. What came in since
/// then is other money: a reversal never takes it.
async fn gone(tx: &mut Tx, target: &Entry) -> store::sqlx::Result<Option<ReversalRefusal>> {
    let brought = store::journal::moved::brought(tx, target.id, target.seq).await?;
    // What is owed to nobody may go below zero; what somebody holds may not.
    let lacking = brought.into_iter().filter(|brought| HELD.contains(&brought.account.kind()));
    let lacking = lacking.map(|brought| (brought.amount.less(brought.left), brought.taken));
    let lacking: Vec<_> = lacking.filter(|(missing, _)| missing.is_positive()).collect();
    let Some((_, taken)) = lacking.iter().max_by_key(|(missing, _)| *missing) else { return Ok(None) };
    let missing = Money::sum(lacking.iter().map(|(missing, _)| *missing)).unwrap_or_default();
    let moved = match taken {
        Some(taken) => moved(tx, taken).await?,
        None => Moved::Elsewhere,
    };
    Ok(Some(ReversalRefusal::Gone { missing, kind: target.kind, moved }))
}

/// Where the entry that took money put it.
async fn moved(tx: &mut Tx, taken: &Taken) -> store::sqlx::Result<Moved> {
    Ok(match (taken.kind, taken.round) {
        (PostingKind::Distribution, Some(id)) => match store::rounds::by_id(tx, id).await? {
            Some(round) => Moved::Shared {
                round: round.number,
                seq: taken.seq,
                undo: !store::journal::is_allocated_in(tx, id).await?,
            },
            None => Moved::Elsewhere,
        },
        (PostingKind::Allocate | PostingKind::Add | PostingKind::TopUp, _) => Moved::Put,
        (PostingKind::Departure, _) => Moved::Departed,
        (PostingKind::Lapse, _) => Moved::RoundEnded,
        _ => Moved::Elsewhere,
    })
}

/// The accounts from which a reversal takes back what an entry brought there.
const HELD: [AccountKind; 6] = [
    AccountKind::Pool,
    AccountKind::PoolCommon,
    AccountKind::Share,
    AccountKind::Gift,
    AccountKind::Right,
    AccountKind::ReserveFund,
];

async fn reversible(tx: &mut Tx, target: &Entry) -> store::sqlx::Result<Reversible> {
    let allocated_in_round = match target.round {
        Some(round) => store::journal::is_allocated_in(tx, round).await?,
        None => false,
    };
    Ok(Reversible { kind: target.kind, reversed_by: target.reversed_by, allocated_in_round })
}

/// Tells those whose money the reversed entry was about.
async fn tell(
    tx: &mut Tx,
    till: &mut Till,
    target: &Entry,
    reason: Reason,
) -> Result<(), Failure<ReversalRefusal>> {
    let transfers = store::journal::transfers(tx, target.id).await?;
    match (target.kind, target.organisation, target.round) {
        (PostingKind::Contribution, Some(organisation), _) => {
            let amount = Money::sum(transfers.iter().map(|transfer| transfer.amount)).unwrap_or_default();
            money_mails::tell_unpaid(tx, till, organisation, amount, reason).await
        }
        (PostingKind::Distribution, _, Some(round)) => {
            let Some(round) = store::rounds::by_id(tx, round).await? else { return Ok(()) };
            let mut amounts: BTreeMap<OrganisationId, Money> = BTreeMap::new();
            for transfer in transfers {
                let (Account::Share(organisation, _) | Account::Right(organisation)) = transfer.to else {
                    continue;
                };
                let amount = amounts.entry(organisation).or_default();
                *amount = Money::new(amount.minor().saturating_add(transfer.amount.minor()));
            }
            money_mails::tell_unshared(tx, till, round.number, &amounts).await
        }
        _ => Ok(()),
    }
}

/// Reverses an entry under the pot's lock: posts its mirror, dated today, and frees the acts that it had claimed.
/// Errors: [`ReversalRefusal`], a reason that isn't one for that kind.
async fn reverse_in(
    tx: &mut Tx,
    till: &mut Till,
    book: Book,
    target: &Entry,
    reason: Reason,
    note: &str,
) -> Result<Posted, Failure<ReversalRefusal>> {
    reversible(tx, target).await?.check().map_err(Failure::Refused)?;
    if !Reason::for_reversing(target.kind).contains(&reason) {
        return Err(Failure::field("reason", FieldRule::NotAChoice));
    }
    if let Some(refusal) = gone(tx, target).await? {
        return Err(Failure::Refused(refusal));
    }
    let mirrored = store::journal::transfers(tx, target.id).await?;
    let mirrored = mirrored.into_iter().map(|t| Transfer::new(t.to, t.from, t.amount)).collect();
    let mut draft = Draft::new(PostingKind::Reversal, book, till.today, till.actor.clone(), mirrored);
    draft.reverses = Some(target.id);
    draft.reason = Some(reason);
    draft.round = target.round;
    draft.feature = target.feature;
    draft.organisation = target.organisation;
    let posted = store::journal::post(tx, &mut till.locked, &mut till.seed, till.now, draft, note).await;
    let posted = posted.map_err(|error| match error {
        PostError::Bound { balance, .. } if balance < 0 => Failure::Refused(ReversalRefusal::Gone {
            missing: Money::new(balance.saturating_neg()),
            kind: target.kind,
            moved: Moved::Elsewhere,
        }),
        other => other.into(),
    })?;
    store::journal::free_once(tx, target.id).await?;
    Ok(posted)
}
