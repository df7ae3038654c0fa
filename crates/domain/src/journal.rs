//! How a posting enters the journal, and the journal as it is stored: what `verify` checks and the exports write.
//! Of what is stored nothing is trusted; names of kinds are kept as text, so that a falsified row is reported and
//! not a failure to read.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use thiserror::Error;

use crate::{
    account::Book,
    chain::{Hash, Head, Leg, LegSalts, Link, Side, commit, digest},
    ids::{
        AccountId, ContractId, DecisionId, FeatureId, GiftFundId, MilestoneId, OrganisationId, PostingId,
        PotId, RoundId,
    },
    money::{Currency, Money},
    posting::{Draft, DraftError, Nature, PostingKind, Reason, Transfer},
    seed::Seed,
};

/// An account of a book of a pot, with the columns that repeat its key for the indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccount {
    /// Its id, known to this database alone.
    pub id: AccountId,
    /// The book.
    pub book: String,
    /// Its natural key, see [`Account`](crate::Account).
    pub key: String,
    /// Name of its kind.
    pub kind: String,
    /// The organisation it belongs to.
    pub organisation: Option<OrganisationId>,
    /// The feature it belongs to.
    pub feature: Option<FeatureId>,
    /// The contract it belongs to.
    pub contract: Option<ContractId>,
    /// `own`, `pooled` or `gift`.
    pub source: Option<String>,
    /// The gift fund it belongs to.
    pub gift_fund: Option<GiftFundId>,
    /// The least balance allowed, in minor units.
    pub least: i64,
    /// The greatest balance allowed, in minor units.
    pub greatest: i64,
    /// The balance, in minor units.
    pub balance: i64,
}

/// A posting with its transfers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPosting {
    /// Its id.
    pub id: PostingId,
    /// The book.
    pub book: Book,
    /// Its number in the chain of its book.
    pub seq: i64,
    /// Name of its kind.
    pub kind: String,
    /// The civil day on which it counts.
    pub effective_on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Name of the legal nature of money that came in.
    pub nature: Option<String>,
    /// The round it belongs to.
    pub round: Option<RoundId>,
    /// The feature it belongs to.
    pub feature: Option<FeatureId>,
    /// The milestone it belongs to.
    pub milestone: Option<MilestoneId>,
    /// The decision it rests on.
    pub decision: Option<DecisionId>,
    /// The organisation that its actor acted for.
    pub organisation: Option<OrganisationId>,
    /// The posting that it mirrors.
    pub reverses: Option<PostingId>,
    /// Commitment to the actor.
    pub actor_commitment: Hash,
    /// Commitment to the reason code.
    pub reason_commitment: Option<Hash>,
    /// Hash of the posting before.
    pub previous: Hash,
    /// Its own hash.
    pub hash: Hash,
    /// What the commitments hide; `None` once erased.
    pub detail: Option<PostingDetail>,
    /// Its transfers in order of position.
    pub transfers: Vec<StoredTransfer>,
}

/// Salts and values of a posting's commitments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingDetail {
    /// What the salt of the actor was made of, with [`Basis::salt`]; `None` of a posting older than that.
    pub basis_salt: Option<Hash>,
    /// Salt of the actor.
    pub actor_salt: Hash,
    /// The actor.
    pub actor: String,
    /// Salt of the reason code.
    pub reason_salt: Option<Hash>,
    /// The reason code.
    pub reason: Option<String>,
}

/// What a posting rests on and belongs to, which the text of its link doesn't hold. The salt of its actor is made of it,
/// so that the chain, through the commitment to the actor, covers it all the same.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Basis<'a> {
    decision: Option<DecisionId>,
    feature: Option<FeatureId>,
    milestone: Option<MilestoneId>,
    nature: Option<&'a str>,
    organisation: Option<OrganisationId>,
    reverses: Option<PostingId>,
    round: Option<RoundId>,
}

impl<'a> Basis<'a> {
    /// What a draft rests on.
    #[must_use]
    pub fn of(draft: &Draft) -> Self {
        Self {
            decision: draft.decision,
            feature: draft.feature,
            milestone: draft.milestone,
            nature: draft.nature.map(Nature::as_str),
            organisation: draft.organisation,
            reverses: draft.reverses,
            round: draft.round,
        }
    }

    /// What a posting rests on, as it is stored.
    #[must_use]
    pub fn stored(posting: &'a StoredPosting) -> Self {
        Self {
            decision: posting.decision,
            feature: posting.feature,
            milestone: posting.milestone,
            nature: posting.nature.as_deref(),
            organisation: posting.organisation,
            reverses: posting.reverses,
            round: posting.round,
        }
    }

    /// The salt of the actor: as unforeseeable as the random bytes that go into it.
    #[must_use]
    pub fn salt(&self, basis_salt: &Hash) -> Hash {
        // Serialising ids and names can't fail.
        let text = serde_json::to_string(self).unwrap_or_default();
        digest(&[basis_salt, b"popote:basis:", text.as_bytes()])
    }
}

/// A transfer of a posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTransfer {
    /// Its place in the posting, from 0.
    pub position: i64,
    /// The account that gives.
    pub from: AccountId,
    /// The account that gets.
    pub to: AccountId,
    /// The amount.
    pub amount: Money,
    /// The commitments on the giving side.
    pub from_side: SideCommitments,
    /// The commitments on the getting side.
    pub to_side: SideCommitments,
    /// What the commitments hide; `None` once erased.
    pub detail: Option<TransferDetail>,
}

/// The commitments of one side of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SideCommitments {
    /// To the account's key.
    pub account: Hash,
    /// To its organisation, if it has one.
    pub organisation: Option<Hash>,
}

/// Salts and values of a transfer's commitments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferDetail {
    /// The four salts.
    pub salts: LegSalts,
    /// Key of the giving account.
    pub from_key: String,
    /// Key of the getting account.
    pub to_key: String,
}

impl SideCommitments {
    /// The commitments of a side.
    #[must_use]
    pub const fn of(side: &Side) -> Self {
        Self { account: side.account, organisation: side.organisation }
    }

    /// The side of an account of that kind and feature.
    #[must_use]
    pub fn side(&self, kind: &str, feature: Option<FeatureId>) -> Side {
        Side {
            kind: kind.to_owned(),
            account: self.account,
            organisation: self.organisation,
            feature: feature.map(|id| id.to_string()),
        }
    }
}

impl StoredPosting {
    /// The link of the chain that this posting makes with those legs.
    #[must_use]
    pub fn link(&self, pot: PotId, currency: Currency, legs: Vec<Leg>) -> Link {
        Link {
            pot,
            book: self.book,
            seq: self.seq,
            previous: self.previous,
            kind: self.kind.clone(),
            effective_on: self.effective_on,
            recorded_at: self.recorded_at,
            currency,
            actor: self.actor_commitment,
            reason: self.reason_commitment,
            legs,
        }
    }
}

/// A posting that got its place in the chain, with the salts of what it commits to.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// Its id.
    pub id: PostingId,
    /// What it says.
    pub draft: Draft,
    /// Its link, with one leg for each transfer.
    pub link: Link,
    /// Hash of the link.
    pub hash: Hash,
    /// What the salt of the actor was made of.
    pub basis_salt: Hash,
    /// Salt of the actor.
    pub actor_salt: Hash,
    /// Salt of the reason code, if there is one.
    pub reason_salt: Option<Hash>,
    /// Salts of the transfers.
    pub salts: Vec<LegSalts>,
}

/// Puts a draft after `head` in the chain of its book. Errors: [`DraftError`].
///
/// Where several organisations are concerned, the transfers get an order by chance: plans are made in the order of
/// ids, which are as old as their organisations, and the public file would tell by it which of those that hide is which.
/// A reversal keeps the order of what it mirrors.
pub fn seal(
    pot: PotId,
    currency: Currency,
    head: &Head,
    mut draft: Draft,
    seed: &mut Seed,
    now: Timestamp,
) -> Result<Sealed, DraftError> {
    draft.check()?;
    let salts: Vec<LegSalts> = draft.transfers.iter().map(|_| LegSalts::draw(seed)).collect();
    if draft.kind != PostingKind::Reversal && concerns_several(&draft) {
        let mut order: Vec<(Hash, Transfer)> =
            draft.transfers.iter().map(|transfer| (seed.bytes(), *transfer)).collect();
        order.sort_by_key(|(chance, _)| *chance);
        draft.transfers = order.into_iter().map(|(_, transfer)| transfer).collect();
    }
    let basis_salt = seed.bytes();
    let actor_salt = Basis::of(&draft).salt(&basis_salt);
    let reason = draft.reason.map(|reason| (seed.bytes(), reason));
    let link = Link {
        pot,
        book: draft.book,
        seq: head.seq + 1,
        previous: head.hash,
        kind: draft.kind.as_str().to_owned(),
        effective_on: draft.effective_on,
        recorded_at: now,
        currency,
        actor: commit(&actor_salt, &draft.actor.to_string()),
        reason: reason.map(|(salt, reason)| commit(&salt, reason.as_str())),
        legs: draft.transfers.iter().zip(&salts).map(|(transfer, salts)| Leg::of(transfer, salts)).collect(),
    };
    let hash = link.hash();
    let reason_salt = reason.map(|(salt, _)| salt);
    Ok(Sealed { id: seed.id(now), draft, link, hash, basis_salt, actor_salt, reason_salt, salts })
}

fn concerns_several(draft: &Draft) -> bool {
    let accounts = draft.transfers.iter().flat_map(|transfer| [transfer.from, transfer.to]);
    let mut of = accounts.filter_map(|account| account.organisation());
    of.next().is_some_and(|first| of.any(|other| other != first))
}

/// Why an entry isn't reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReversalRefusal {
    /// Its kind has an opposite of its own, which also moves the state.
    #[error("{} is not reversed by hand", .0.as_str())]
    OtherWay(PostingKind),
    /// It is a reversal.
    #[error("a reversal is never reversed")]
    IsReversal,
    /// It was reversed, by the entry of that number.
    #[error("reversed already by entry {0}")]
    Already(i64),
    /// The distribution of a round in which somebody has allocated.
    #[error("somebody has allocated in this round")]
    Allocated,
    /// The money isn't there any more.
    #[error("{missing} minor units are not there any more")]
    Gone {
        /// How much is missing.
        missing: Money,
        /// What brought it.
        kind: PostingKind,
        /// Where it went.
        moved: Moved,
    },
}

/// Where the money of an entry went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Into the shares of a round.
    Shared {
        /// The number of the round.
        round: i64,
        /// The entry that shared it out.
        seq: i64,
        /// Whether nobody has allocated in that round, so that the distribution may still be reversed.
        undo: bool,
    },
    /// Onto features.
    Put,
    /// Its organisation left the collective.
    Departed,
    /// Its round ended, and what was not used returned.
    RoundEnded,
    /// Elsewhere, e.g. on what was asked of its organisation.
    Elsewhere,
}

/// Why a proof isn't added to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProofRefusal {
    /// The same file is there.
    #[error("the same file is there")]
    There,
    /// It has as many as it may.
    #[error("at most {0} proofs")]
    TooMany(u16),
}

/// What a reversal asks of an entry.
#[derive(Clone, Copy, Debug)]
pub struct Reversible {
    /// Its kind.
    pub kind: PostingKind,
    /// Number of the entry that reversed it.
    pub reversed_by: Option<i64>,
    /// Whether somebody has allocated in its round.
    pub allocated_in_round: bool,
}

impl Reversible {
    /// Whether it may be reversed by hand, whole; whether the money is there is judged when it is posted.
    /// Errors: [`ReversalRefusal`].
    pub fn check(&self) -> Result<(), ReversalRefusal> {
        match self.kind {
            PostingKind::Reversal => Err(ReversalRefusal::IsReversal),
            kind if !kind.is_reversible() => Err(ReversalRefusal::OtherWay(kind)),
            kind => match self.reversed_by {
                Some(seq) => Err(ReversalRefusal::Already(seq)),
                None if kind == PostingKind::Distribution && self.allocated_in_round => {
                    Err(ReversalRefusal::Allocated)
                }
                None => Ok(()),
            },
        }
    }
}

impl Reason {
    /// The reasons that may be given for reversing an entry of that kind; none for a kind that isn't reversed.
    #[must_use]
    pub const fn for_reversing(kind: PostingKind) -> &'static [Self] {
        match kind {
            PostingKind::Distribution => &[Self::WrongDistribution],
            PostingKind::Contribution | PostingKind::Attribute => {
                &[Self::EnteredTwice, Self::WrongAmount, Self::WrongOrganisation, Self::WrongEntry]
            }
            PostingKind::Gift | PostingKind::BankFee | PostingKind::Adjustment => {
                &[Self::EnteredTwice, Self::WrongAmount, Self::WrongEntry]
            }
            _ => &[],
        }
    }
}
