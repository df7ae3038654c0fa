//! Features in lists: pages of a collective's, and the pot at a glance.

use domain::{
    AccountKind, Book, Money, PostingKind,
    features::State,
    ids::{CollectiveId, PotId},
};
use jiff::civil::Date;
use store::{
    Tx,
    cash::BankFlow,
    features::lists::{self, Card, InState, Which},
    views::KindSum,
};

use crate::past::Past;

/// Features on one page of a list.
pub const PAGE: i64 = 50;
/// Features of the pot at a glance, of each sort.
pub const GLANCE: i64 = 12;

/// A page of a collective's features, newest first.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The features.
    pub cards: Vec<Card>,
    /// The number below which the next page begins, if there is one.
    pub next: Option<i64>,
}

/// A page of a collective's features with numbers below `below`.
pub async fn listed(
    tx: &mut Tx,
    collective: CollectiveId,
    state: Option<State>,
    below: Option<i64>,
    past: &Past,
) -> store::sqlx::Result<Listed> {
    let which = state.map_or(Which::All, Which::In);
    let below = below.unwrap_or(i64::MAX);
    let mut cards = lists::of_collective(tx, collective, which, below, PAGE + 1).await?;
    if let Some(state) = state {
        // Those that stood there until a while ago are still seen there, and nowhere else.
        for (feature, _) in past.stood().iter().filter(|(_, stood)| **stood == state) {
            cards.extend(lists::one(tx, *feature, below).await?);
        }
        cards.sort_by_key(|card| std::cmp::Reverse(card.number));
        cards.dedup_by_key(|card| card.number);
    }
    past.cards(&mut cards);
    cards.retain(|card| state.is_none_or(|state| card.state == state));
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = cards.len() > most;
    cards.truncate(most);
    let next = if more { cards.last().map(|card| card.number) } else { None };
    Ok(Listed { cards, next })
}

/// Where the money of a pot is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// What waits for the next distribution: pools and gift funds.
    pub to_share: Money,
    /// What of it are gifts.
    pub gifts: Money,
    /// What of these may reach one feature alone: shared out once money may be put there.
    pub earmarked: Money,
    /// What organisations have left to put on features.
    pub in_shares: Money,
    /// What lies on features that are not covered yet.
    pub on_features: Money,
    /// What is bound to triggered features.
    pub bound: Money,
    /// The pot's own reserve.
    pub reserve: Money,
    /// What is accepted and not paid yet.
    pub due: Money,
    /// What is to be paid back to organisations that left.
    pub to_refund: Money,
    /// What was transferred and not seen on a statement yet.
    pub in_transit: Money,
    /// What lies at the bank: all of it.
    pub cash: Money,
}

impl Places {
    /// By what the accounts of each kind hold.
    #[must_use]
    pub fn of(sums: &[KindSum]) -> Self {
        let of = |kinds: &[AccountKind]| {
            let amounts = sums.iter().filter(|sum| kinds.contains(&sum.kind)).map(|sum| sum.amount);
            Money::sum(amounts).unwrap_or_default()
        };
        Self {
            to_share: of(&[AccountKind::Pool, AccountKind::PoolCommon, AccountKind::Gift]),
            gifts: of(&[AccountKind::Gift]),
            earmarked: Money::ZERO,
            in_shares: of(&[AccountKind::Share]),
            on_features: of(&[AccountKind::Allocated]),
            bound: of(&[AccountKind::Reserved]),
            reserve: of(&[AccountKind::ReserveFund]),
            due: of(&[AccountKind::Payable, AccountKind::HostFeeDue]),
            to_refund: of(&[AccountKind::RefundDue]),
            in_transit: of(&[AccountKind::InTransit]),
            cash: of(&[AccountKind::Bank]).negated().unwrap_or_default(),
        }
    }

    /// What is to be paid and what is to be paid back, each with the name by which words are chosen. What one organisation
    /// is owed isn't told apart where amounts are hidden: it is in the sum of all that is to be paid.
    #[must_use]
    pub fn to_pay(&self, hides: bool) -> [(&'static str, Money); 2] {
        if hides && self.to_refund.is_positive() {
            let all = self.due.plus(self.to_refund).unwrap_or(self.due);
            return [("owed", all), ("refund", Money::ZERO)];
        }
        [("due", self.due), ("refund", self.to_refund)]
    }
}

/// A pot at a glance. Every amount counts money that was received.
#[derive(Clone, Debug)]
pub struct Glance {
    /// All that members and givers paid in, less what was reversed.
    pub received: Money,
    /// All that left the pot.
    pub spent: Money,
    /// What moved at the bank, by what moved it: its sum is what lies there.
    pub flows: Vec<BankFlow>,
    /// Where what is left is.
    pub places: Places,
    /// Whether the money of the round that isn't closed is shared out.
    pub distributed: bool,
    /// Features on which money may be put today, the one that closes first first.
    pub open: Vec<Card>,
    /// How many features stand in each state, and what lies on them.
    pub states: Vec<InState>,
}

/// A pot at a glance, as it was.
pub async fn glance(tx: &mut Tx, pot: PotId, today: Date, past: &Past) -> store::sqlx::Result<Glance> {
    let mut sums = store::views::sums(tx, pot, Book::Cash).await?;
    past.sums(&mut sums, Book::Cash);
    let flows = merged(store::cash::bank_flows(tx, pot, past.last(Book::Cash)).await?);
    let total = |amounts: Vec<Money>| Money::sum(amounts).unwrap_or_default();
    let mut open = lists::open_for_money(tx, pot, today, GLANCE).await?;
    past.cards(&mut open);
    Ok(Glance {
        received: total(flows.iter().map(|flow| flow.amount.max(Money::ZERO)).collect()),
        spent: total(flows.iter().map(gone).collect()),
        flows,
        places: Places {
            earmarked: store::gifts::reserved_in(tx, pot, past.last(Book::Cash)).await?,
            ..Places::of(&sums)
        },
        distributed: store::views::open_is_distributed(tx, pot).await?,
        open,
        states: lists::by_state(tx, pot).await?,
    })
}

/// What came back from the bank was never paid.
pub(super) fn merged(flows: Vec<BankFlow>) -> Vec<BankFlow> {
    let mut all: Vec<BankFlow> = Vec::with_capacity(flows.len());
    for mut flow in flows {
        if flow.kind == PostingKind::Bounce {
            flow.kind = PostingKind::Settle;
        }
        match all.iter_mut().find(|known| (known.kind, known.nature) == (flow.kind, flow.nature)) {
            Some(known) => known.amount = known.amount.plus(flow.amount).unwrap_or(known.amount),
            None => all.push(flow),
        }
    }
    all
}

/// How much went out.
fn gone(flow: &BankFlow) -> Money {
    flow.amount.negated().unwrap_or_default().max(Money::ZERO)
}
