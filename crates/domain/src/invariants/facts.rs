//! What the checks need to know of a pot beside its journal.

use std::collections::{HashMap, HashSet};

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{
    account::{Account, Book, Creditor},
    chain::Head,
    features::{Moved, State, Track},
    fund_calls::{CallAmounts, CallState},
    ids::{
        ContractId, DecisionId, FeatureId, FundCallId, GiftFundId, MilestoneId, OrganisationId, PersonId,
        PostingId, PotId, RefundId,
    },
    invoices::InvoiceState,
    money::{Currency, Money},
    posting::Nature,
    pot::FundMode,
};

/// A pot and what belongs to it.
#[derive(Clone, Debug)]
pub struct PotFacts {
    /// The pot.
    pub pot: PotId,
    /// Its currency.
    pub currency: Currency,
    /// How it holds money.
    pub mode: FundMode,
    /// The civil day of the check in the collective's zone.
    pub today: Date,
    /// The heads as the pot keeps them.
    pub heads: Vec<Head>,
    /// The number of the first posting of each book whose commitment to the actor covers its basis too.
    pub bound_from: HashMap<Book, i64>,
    /// Postings whose openings were erased, as events say.
    pub erased: HashSet<PostingId>,
    /// Heads seen before: in an earlier report, or handed over by a reader.
    pub published: Vec<Head>,
    /// Its features.
    pub features: Vec<FeatureFacts>,
    /// Members of its collective, present and past.
    pub members: Vec<MemberFacts>,
    /// Departed organisations with the features on which they chose to leave their money.
    pub stays: HashSet<(OrganisationId, FeatureId)>,
    /// The decisions by which organisations left, as they are written down.
    pub departures: HashSet<(OrganisationId, DecisionId)>,
    /// Its gift funds.
    pub gift_funds: Vec<GiftFundFacts>,
    /// Acts that happen once until reversed.
    pub once: Vec<OnceFacts>,
    /// Postings whose money rests on a receipt, with the day that the receipt names.
    pub receipts: HashMap<PostingId, Date>,
    /// What each organisation got in a distribution, as its pages tell it.
    pub told_shares: HashMap<PostingId, HashMap<OrganisationId, i128>>,
    /// How many answers are kept for replays.
    pub answers: u64,
    /// Calls for funds.
    pub calls: Vec<CallFacts>,
    /// What of each organisation's promises is posted, over all of its promises.
    pub promises: Vec<(OrganisationId, Money)>,
    /// The part of them made for the open round, if its promises are shared out: it stands until the round's close.
    pub shared_out: HashMap<OrganisationId, Money>,
    /// What was received for calls by each posting that brought money.
    pub call_payments: HashMap<PostingId, Money>,
    /// Invoices: what two persons agree to pay.
    pub orders: Vec<OrderFacts>,
}

/// A feature.
#[derive(Clone, Debug)]
pub struct FeatureFacts {
    /// Its id.
    pub id: FeatureId,
    /// Its state; `None` if the name stored is none.
    pub state: Option<State>,
    /// The events that moved it, oldest first, each with the track that held then; `None` for one that can't be read.
    pub moves: Vec<Option<(Track, Moved)>>,
    /// Whether it is marked as funded.
    pub funded: bool,
    /// The sum stored on it.
    pub allocated_total: Money,
    /// The least that triggers it.
    pub floor: Money,
    /// The most it may receive.
    pub maximum: Money,
    /// Floor and maximum of the terms under which it is funded; `None` before.
    pub frozen: Option<(Money, Money)>,
}

/// A member.
#[derive(Clone, Copy, Debug)]
pub struct MemberFacts {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The day on which it left.
    pub left_on: Option<Date>,
}

/// A gift fund.
#[derive(Clone, Copy, Debug)]
pub struct GiftFundFacts {
    /// Its id.
    pub id: GiftFundId,
    /// The only feature that it may reach, if it is earmarked.
    pub earmark: Option<FeatureId>,
    /// Its legal nature; `None` if the name stored is none.
    pub nature: Option<Nature>,
}

/// A call for funds.
#[derive(Clone, Copy, Debug)]
pub struct CallFacts {
    /// Its id.
    pub id: FundCallId,
    /// Its number in the pot.
    pub number: i64,
    /// For which feature.
    pub feature: FeatureId,
    /// The call whose rest it covers, if it does.
    pub covers: Option<FundCallId>,
    /// Where it is said to stand; `None` if the name stored is none.
    pub state: Option<CallState>,
    /// Who is called.
    pub organisation: OrganisationId,
    /// Its amounts as they are stored.
    pub amounts: CallAmounts,
    /// The sum of what was received for it and not found wrong.
    pub receipts: Money,
}

/// What an order pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderOf {
    /// An invoice: a milestone of the order of a feature.
    Invoice {
        /// The order that it belongs to.
        contract: ContractId,
        /// Its milestone there.
        milestone: MilestoneId,
        /// The feature.
        feature: FeatureId,
    },
    /// What is owed to an organisation that left.
    Refund {
        /// Its id.
        id: RefundId,
        /// Who is paid back.
        organisation: OrganisationId,
    },
}

impl OrderOf {
    /// Where what it pays is owed.
    #[must_use]
    pub const fn due(&self) -> Account {
        match *self {
            Self::Invoice { contract, milestone, .. } => Account::Payable(contract, milestone),
            Self::Refund { organisation, .. } => Account::RefundDue(Creditor::Organisation(organisation)),
        }
    }

    /// The place of what is found.
    #[must_use]
    pub fn place(&self) -> String {
        match self {
            Self::Invoice { milestone, .. } => milestone.to_string(),
            Self::Refund { id, .. } => id.to_string(),
        }
    }
}

/// An invoice, or what is paid back.
#[derive(Clone, Debug)]
pub struct OrderFacts {
    /// What it pays.
    pub of: OrderOf,
    /// Its amount.
    pub amount: Money,
    /// Where it stands; `None` if the name stored is none.
    pub state: Option<InvoiceState>,
    /// Whether it fell due.
    pub is_due: bool,
    /// The posting by which it fell due, where one of its own says so.
    pub due_posting: Option<PostingId>,
    /// Whether what is written of it, and the file that came with it, is what was approved.
    pub is_as_approved: bool,
    /// Who entered it; nobody where whoever prepares it is the first of the two persons.
    pub entered_by: Option<PersonId>,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
    /// Who authorised it.
    pub authorised_by: Option<PersonId>,
    /// When.
    pub authorised_at: Option<Timestamp>,
    /// Its transfers, those that came back included.
    pub payments: Vec<PaymentFacts>,
}

impl OrderFacts {
    /// Whether that posting tells that the refund of an organisation was seen on a statement.
    #[must_use]
    pub fn settles_for(&self, posting: PostingId, whose: OrganisationId) -> bool {
        matches!(self.of, OrderOf::Refund { organisation, .. } if organisation == whose)
            && self.payments.iter().any(|payment| payment.settled == Some(posting))
    }
}

/// A transfer that pays an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentFacts {
    /// The posting that ordered it, and its day.
    pub ordered: (PostingId, Date),
    /// The posting by which it was seen on a statement.
    pub settled: Option<PostingId>,
    /// The day of that.
    pub settled_on: Option<Date>,
    /// The posting by which it came back.
    pub bounced: Option<PostingId>,
    /// The day of that.
    pub bounced_on: Option<Date>,
}

impl PaymentFacts {
    /// A transfer ordered by a posting on a day.
    #[must_use]
    pub const fn ordered(posting: PostingId, on: Date) -> Self {
        Self { ordered: (posting, on), settled: None, settled_on: None, bounced: None, bounced_on: None }
    }

    /// Whether it didn't come back.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.bounced.is_none() && self.bounced_on.is_none()
    }
}

/// An act that happened once.
#[derive(Clone, Debug)]
pub struct OnceFacts {
    /// Which act.
    pub act: String,
    /// What it was done to: a round.
    pub subject: Uuid,
    /// The posting.
    pub posting: PostingId,
}

impl PotFacts {
    /// A pot in which nothing exists.
    #[must_use]
    pub fn new(pot: PotId, currency: Currency, mode: FundMode, today: Date) -> Self {
        Self {
            pot,
            currency,
            mode,
            today,
            heads: Vec::new(),
            bound_from: HashMap::new(),
            erased: HashSet::new(),
            published: Vec::new(),
            features: Vec::new(),
            members: Vec::new(),
            stays: HashSet::new(),
            departures: HashSet::new(),
            gift_funds: Vec::new(),
            once: Vec::new(),
            receipts: HashMap::new(),
            told_shares: HashMap::new(),
            answers: 0,
            calls: Vec::new(),
            promises: Vec::new(),
            shared_out: HashMap::new(),
            call_payments: HashMap::new(),
            orders: Vec::new(),
        }
    }
}
