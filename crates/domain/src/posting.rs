//! Postings: transfers between two accounts of one book that succeed or fail together.

mod legs;

use jiff::{Timestamp, civil::Date};
use thiserror::Error;

use crate::{
    account::{Account, Book},
    ids::{DecisionId, FeatureId, MilestoneId, OrganisationId, PersonId, PostingId, RoundId},
    money::{Money, Overflow},
};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in the order in which they are written.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the database, the chain and the exports.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The one of that name.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use named;

named! {
    /// What a posting does.
    PostingKind {
        /// An organisation pays in.
        Contribution = "contribution",
        /// Somebody gives.
        Gift = "gift",
        /// Money received without a name finds its owner.
        Attribute = "attribute",
        /// An organisation promises firmly.
        Promise = "promise",
        /// A promise is taken back.
        Unpromise = "unpromise",
        /// What is in the pools becomes shares.
        Distribution = "distribution",
        /// A share is put on a feature.
        Allocate = "allocate",
        /// An allocation is taken back.
        Unallocate = "unallocate",
        /// The floor is covered: everything allocated is bound.
        Trigger = "trigger",
        /// An addition after the trigger.
        Add = "add",
        /// A call for funds is paid.
        CallPayment = "call_payment",
        /// Draws are brought back into proportion.
        Rebalance = "rebalance",
        /// More money for a triggered feature, by decision.
        TopUp = "top_up",
        /// An advance falls due.
        AdvanceDue = "advance_due",
        /// A milestone falls due.
        MilestoneDue = "milestone_due",
        /// An invoice of the trust track falls due.
        InvoiceDue = "invoice_due",
        /// An invoice that was due and isn't paid is taken back.
        InvoiceUndone = "invoice_undone",
        /// The host's fee falls due.
        HostFee = "host_fee",
        /// A payment is ordered at the bank.
        Payment = "payment",
        /// The payment is on the statement.
        Settle = "settle",
        /// The payment came back.
        Bounce = "bounce",
        /// A contractor returned money.
        Recovery = "recovery",
        /// Money set aside is used or expires.
        SetAsideUse = "set_aside_use",
        /// The reserve pays the scoping.
        ScopingGrant = "scoping_grant",
        /// What is not needed returns.
        Release = "release",
        /// A share nobody used returns to the pools.
        Lapse = "lapse",
        /// An organisation leaves.
        Departure = "departure",
        /// An organisation is paid back.
        Refund = "refund",
        /// A gift is given back.
        GiftReturn = "gift_return",
        /// The bank took a payment back.
        Chargeback = "chargeback",
        /// The bank's fee.
        BankFee = "bank_fee",
        /// A correction by two treasurers.
        Adjustment = "adjustment",
        /// The mirror of an earlier posting.
        Reversal = "reversal",
    }
}

impl PostingKind {
    /// Whether a person may reverse it by hand. Every other kind has its own opposite, which also moves the state.
    #[must_use]
    pub const fn is_reversible(self) -> bool {
        matches!(
            self,
            Self::Contribution
                | Self::Gift
                | Self::Attribute
                | Self::Distribution
                | Self::BankFee
                | Self::Adjustment
        )
    }

    /// Whether its mirror may follow it: by hand, or by the act that undoes it with the state that it moved.
    #[must_use]
    pub const fn has_mirror(self) -> bool {
        self.is_reversible() || matches!(self, Self::CallPayment)
    }

    /// Whether a decision of the collective has to stand behind it.
    #[must_use]
    pub const fn asks_decision(self) -> bool {
        matches!(
            self,
            Self::TopUp
                | Self::Departure
                | Self::Refund
                | Self::GiftReturn
                | Self::SetAsideUse
                | Self::Adjustment
        )
    }
}

named! {
    /// Why somebody corrected or moved money, as a listed code: free text never enters the chain.
    Reason {
        /// Entered twice.
        EnteredTwice = "entered_twice",
        /// The amount was wrong.
        WrongAmount = "wrong_amount",
        /// Another organisation paid.
        WrongOrganisation = "wrong_organisation",
        /// The date or the legal nature was wrong.
        WrongEntry = "wrong_entry",
        /// The figures of a distribution were wrong.
        WrongDistribution = "wrong_distribution",
        /// The sum was not covered on the closing date.
        NotFunded = "not_funded",
        /// The feature was cancelled.
        Cancelled = "cancelled",
        /// More was there than needed.
        Surplus = "surplus",
        /// The organisation left.
        Departure = "departure",
        /// The round closed.
        RoundClosed = "round_closed",
        /// Decided by the collective.
        Decided = "decided",
    }
}

named! {
    /// The legal nature of money that comes in.
    Nature {
        /// Cotisation.
        Subscription = "subscription",
        /// Versement affecté.
        Earmarked = "earmarked",
        /// Don.
        Gift = "gift",
        /// Mécénat.
        Patronage = "patronage",
        /// Subvention.
        Subsidy = "subsidy",
        /// Apport avec droit de reprise.
        ReturnableContribution = "returnable",
    }
}

/// Who posted: a person, or a job under a version of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person.
    Person(PersonId),
    /// A job of Popote, with the version of the rules that it applied.
    System {
        /// The job's name, e.g. `round_close`.
        job: &'static str,
        /// The version of the collective's rules.
        rules_version: i64,
    },
}

impl std::fmt::Display for Actor {
    /// The text that is committed to in the chain.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Person(person) => write!(f, "person:{person}"),
            Self::System { job, rules_version } => write!(f, "system:{job}:rules-{rules_version}"),
        }
    }
}

/// An entry of the same organisation, of the same amount, that reached the bank on the same day: often the same payment
/// recorded twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twin {
    /// Its number in the book of cash.
    pub seq: i64,
    /// Its amount.
    pub amount: Money,
    /// The day on which it was recorded.
    pub recorded_on: Date,
}

/// An amount that goes from one account to another of the same book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The account that gives.
    pub from: Account,
    /// The account that gets.
    pub to: Account,
    /// Above zero.
    pub amount: Money,
}

impl Transfer {
    /// A transfer; [`Draft::check`] judges it.
    #[must_use]
    pub const fn new(from: Account, to: Account, amount: Money) -> Self {
        Self { from, to, amount }
    }
}

/// A posting before it has a place in the chain.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The book.
    pub book: Book,
    /// What it does.
    pub kind: PostingKind,
    /// The civil day on which it counts, in the collective's zone.
    pub effective_on: Date,
    /// Who.
    pub actor: Actor,
    /// For which organisation the actor acted, if for one.
    pub organisation: Option<OrganisationId>,
    /// The legal nature, for money that comes in.
    pub nature: Option<Nature>,
    /// Why, where that is asked.
    pub reason: Option<Reason>,
    /// The decision that it rests on, where the kind asks for one.
    pub decision: Option<DecisionId>,
    /// The round it belongs to.
    pub round: Option<RoundId>,
    /// The feature it belongs to.
    pub feature: Option<FeatureId>,
    /// The milestone it belongs to.
    pub milestone: Option<MilestoneId>,
    /// The posting that it mirrors.
    pub reverses: Option<PostingId>,
    /// What moves; at least one.
    pub transfers: Vec<Transfer>,
}

/// Why a draft is no posting. A person never meets these: they say that a use case is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DraftError {
    /// No transfer at all.
    #[error("a posting moves something")]
    Empty,
    /// An amount of zero or below.
    #[error("transfer {0} moves nothing")]
    Amount(usize),
    /// From and to are one account.
    #[error("transfer {0} goes to where it comes from")]
    SameAccount(usize),
    /// An account of the other book.
    #[error("transfer {0} crosses books")]
    CrossesBooks(usize),
    /// The kind has no such leg.
    #[error("transfer {at}: {kind} does not go from {from} to {to}")]
    Leg {
        /// Position of the transfer.
        at: usize,
        /// Kind of the posting.
        kind: &'static str,
        /// Kind of the giving account.
        from: &'static str,
        /// Kind of the getting account.
        to: &'static str,
    },
    /// The sum doesn't fit.
    #[error("the amounts are too large")]
    Overflow,
}

impl From<Overflow> for DraftError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl Draft {
    /// A draft without references; set the fields that the kind asks for.
    #[must_use]
    pub const fn new(
        kind: PostingKind,
        book: Book,
        effective_on: Date,
        actor: Actor,
        transfers: Vec<Transfer>,
    ) -> Self {
        Self {
            book,
            kind,
            effective_on,
            actor,
            organisation: None,
            nature: None,
            reason: None,
            decision: None,
            round: None,
            feature: None,
            milestone: None,
            reverses: None,
            transfers,
        }
    }

    /// Checks what holds for any posting, whatever the balances. Errors: [`DraftError`].
    pub fn check(&self) -> Result<(), DraftError> {
        if self.transfers.is_empty() {
            return Err(DraftError::Empty);
        }
        for (at, transfer) in self.transfers.iter().enumerate() {
            let (from, to) = (transfer.from.kind(), transfer.to.kind());
            if !transfer.amount.is_positive() {
                return Err(DraftError::Amount(at));
            }
            if transfer.from == transfer.to {
                return Err(DraftError::SameAccount(at));
            }
            if !from.in_book(self.book) || !to.in_book(self.book) {
                return Err(DraftError::CrossesBooks(at));
            }
            if !self.kind.allows(&transfer.from, &transfer.to) {
                return Err(DraftError::Leg {
                    at,
                    kind: self.kind.as_str(),
                    from: from.as_str(),
                    to: to.as_str(),
                });
            }
        }
        self.total()?;
        Ok(())
    }

    /// The sum of the amounts. Errors: [`Overflow`].
    pub fn total(&self) -> Result<Money, Overflow> {
        Money::sum(self.transfers.iter().map(|transfer| transfer.amount))
    }
}

/// A posting in its place.
#[derive(Clone, Debug)]
pub struct Posted {
    /// Its id.
    pub id: PostingId,
    /// Its number in the chain of its book, from 1, without gap.
    pub seq: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// SHA-256 of its hashed text.
    pub hash: [u8; 32],
    /// What it says.
    pub draft: Draft,
}
