//! What strangers see where somebody hides its amounts: the collective as it stood at the beginning of the quarter of
//! an hour. Whoever watched a total by the minute would see single payments move it. What belongs to the money waits:
//! entries, heads, totals, events, states of features. What doesn't (a text that is edited) is shown at once.

use std::collections::BTreeMap;

use domain::{
    AccountKind, Book, Money, PostingKind,
    features::{State, changes_total, lies_on_feature},
    ids::{CollectiveId, EventId, FeatureId, PotId},
    visibility::{Veil, batch_begin},
};
use jiff::Timestamp;
use store::{
    Tx,
    features::{Feature, lists::Card, lists::OnFeature},
    past::{self, Later},
    views::{HeadRow, KindSum},
};
use uuid::Uuid;

/// The instant up to which somebody sees, and what has happened since.
#[derive(Clone, Debug)]
pub struct Past {
    until: Option<Timestamp>,
    heads: Vec<HeadRow>,
    later: Vec<Later>,
    stood: BTreeMap<FeatureId, State>,
}

impl Past {
    /// For whom: members see everything as it is, strangers too where nobody hides.
    pub async fn of(
        tx: &mut Tx,
        collective: CollectiveId,
        pot: PotId,
        veil: &Veil,
        now: Timestamp,
    ) -> store::sqlx::Result<Self> {
        let present = store::views::heads(tx, pot).await?;
        if veil.eyes().member || !veil.hides() {
            return Ok(Self { until: None, heads: present, later: Vec::new(), stood: BTreeMap::new() });
        }
        let until = batch_begin(now);
        let heads = past::heads(tx, pot, until).await?;
        let mut later = Vec::new();
        for head in heads.iter().filter(|head| present.iter().all(|now| now != *head)) {
            later.extend(past::later(tx, pot, head.book, head.seq).await?);
        }
        let stood = past::moved_since(tx, collective, until).await?;
        Ok(Self { until: Some(until), heads, later, stood })
    }

    /// The instant, if it isn't now.
    #[must_use]
    pub const fn until(&self) -> Option<Timestamp> {
        self.until
    }

    /// The ends of the books, cash first.
    #[must_use]
    pub fn heads(&self) -> &[HeadRow] {
        &self.heads
    }

    /// The number of the last entry of a book that is seen.
    #[must_use]
    pub fn last(&self, book: Book) -> i64 {
        let head = self.heads.iter().find(|head| head.book == book);
        head.filter(|_| self.until.is_some()).map_or(i64::MAX, |head| head.seq)
    }

    /// Where a list of events begins, newest first, that goes on before one of them.
    #[must_use]
    pub fn events_before(&self, before: Option<EventId>) -> Option<EventId> {
        let first = self.until.map(store::events::first_at);
        [before, first].into_iter().flatten().min()
    }

    /// Whether something with an id of its time was there.
    #[must_use]
    pub fn has_begun(&self, id: Uuid) -> bool {
        self.until.is_none_or(|until| id < store::events::first_at(until).0)
    }

    /// What the accounts of each kind held.
    pub fn sums(&self, sums: &mut [KindSum], book: Book) {
        for sum in sums {
            let of_book = || self.later.iter().filter(|later| later.book == book);
            let gave =
                of_book().filter(|later| later.from_kind == sum.kind).map(|later| later.amount.minor());
            let got = of_book().filter(|later| later.to_kind == sum.kind).map(|later| later.amount.minor());
            sum.amount = Money::new(sum.amount.minor() + gave.sum::<i64>() - got.sum::<i64>());
        }
    }

    /// A feature as it stood.
    pub fn feature(&self, feature: &mut Feature) {
        feature.allocated_total = self.total(feature.id, feature.allocated_total);
        feature.state = self.stood.get(&feature.id).copied().unwrap_or(feature.state);
        feature.funded_at = self.happened(feature.funded_at);
        feature.confirming_since = self.happened(feature.confirming_since);
    }

    /// Features of a list as they stood.
    pub fn cards(&self, cards: &mut [Card]) {
        for card in cards {
            card.allocated_total = self.total(card.id, card.allocated_total);
            card.state = self.stood.get(&card.id).copied().unwrap_or(card.state);
            card.funded_at = self.happened(card.funded_at);
            card.confirming_since = self.happened(card.confirming_since);
        }
    }

    /// The features that have moved since, with where they stood.
    #[must_use]
    pub const fn stood(&self) -> &BTreeMap<FeatureId, State> {
        &self.stood
    }

    /// What organisations had on a feature.
    pub fn funders(&self, feature: FeatureId, funders: &mut Vec<OnFeature>) {
        for funder in funders.iter_mut() {
            let mut amount = funder.amount.minor();
            // What is drawn for the work was put there all the same.
            for later in self.later.iter().filter(|later| !draws(later.kind)) {
                let on = |kind, organisation, of| {
                    lies(kind, of) == Some(feature) && organisation == Some(funder.organisation)
                };
                if on(later.from_kind, later.from_organisation, later.from_feature) {
                    amount += later.amount.minor();
                }
                if on(later.to_kind, later.to_organisation, later.to_feature) {
                    amount -= later.amount.minor();
                }
            }
            funder.amount = Money::new(amount);
        }
        funders.retain(|funder| funder.amount.is_positive());
    }

    /// Whether money has moved on a feature since.
    #[must_use]
    pub fn moved_on(&self, feature: FeatureId) -> bool {
        self.later.iter().any(|later| {
            lies(later.from_kind, later.from_feature) == Some(feature)
                || lies(later.to_kind, later.to_feature) == Some(feature)
        })
    }

    fn total(&self, feature: FeatureId, total: Money) -> Money {
        let counted = self.later.iter().filter(|later| changes_total(later.kind));
        let mut minor = total.minor();
        for later in counted {
            let left = lies(later.from_kind, later.from_feature);
            let entered = lies(later.to_kind, later.to_feature);
            if left != entered {
                minor += i64::from(left == Some(feature)) * later.amount.minor();
                minor -= i64::from(entered == Some(feature)) * later.amount.minor();
            }
        }
        Money::new(minor)
    }

    fn happened(&self, at: Option<Timestamp>) -> Option<Timestamp> {
        at.filter(|at| self.until.is_none_or(|until| *at < until))
    }
}

/// Whether a posting leaves what each organisation put on a feature as it was.
const fn draws(kind: PostingKind) -> bool {
    use PostingKind::{HostFee, InvoiceDue, InvoiceUndone, Rebalance};
    matches!(kind, InvoiceDue | InvoiceUndone | HostFee | Rebalance)
}

fn lies(kind: AccountKind, feature: Option<FeatureId>) -> Option<FeatureId> {
    feature.filter(|_| lies_on_feature(kind))
}
