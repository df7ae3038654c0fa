//! A form filled like an entry that was reversed: the right one is recorded in its place.

use domain::posting::Reason;
use domain::{Account, Currency, PostingKind};
use serde::Deserialize;
use store::Tx;
use store::receipts::Receipt;
use store::views::Entry;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;

/// Which entry a form begins from.
#[derive(Debug, Deserialize)]
pub(crate) struct Like {
    like: Option<i64>,
    /// Of whom, how much, under which reference: what a page that leads here knows already.
    organisation: Option<String>,
    amount: Option<String>,
    reference: Option<String>,
}

/// An entry with what it rests on.
pub(super) struct Liked {
    entry: Entry,
    receipt: Receipt,
    /// The account that got the money.
    to: Option<Account>,
    /// What was wrong about it, if it was reversed.
    wrong: Option<Reason>,
}

impl Like {
    /// The fields of a form for a payment that another page knows.
    pub(super) fn known(self, today: String) -> Vec<(&'static str, String)> {
        vec![
            ("received_on", today),
            ("nature", "subscription".to_owned()),
            ("organisation", self.organisation.unwrap_or_default()),
            ("amount", self.amount.unwrap_or_default()),
            ("reference", self.reference.unwrap_or_default()),
        ]
    }

    /// The entry, if it is one of that kind.
    pub(super) async fn entry(
        &self,
        tx: &mut Tx,
        desk: &Desk,
        kind: PostingKind,
    ) -> Result<Option<Liked>, WebError> {
        let Some(seq) = self.like else { return Ok(None) };
        let entry = store::views::entry(tx, desk.pot.id, seq).await?.filter(|entry| entry.kind == kind);
        let Some(entry) = entry else { return Ok(None) };
        let Some(receipt) = store::receipts::of_posting(tx, entry.id).await? else { return Ok(None) };
        let transfers = store::journal::transfers(tx, entry.id).await?;
        let reversal = match entry.reversed_by {
            Some(by) => store::views::entry(tx, desk.pot.id, by).await?,
            None => None,
        };
        let wrong = reversal.and_then(|reversal| Reason::parse(reversal.reason.as_deref()?));
        Ok(Some(Liked { entry, receipt, to: transfers.first().map(|transfer| transfer.to), wrong }))
    }
}

impl Liked {
    /// The fields of a form that records the same; what was wrong is left to be chosen.
    pub(super) fn fields(&self, t: Words, currency: Currency) -> Vec<(&'static str, String)> {
        let entry = &self.entry;
        let right = |wrong: Reason| self.wrong != Some(wrong);
        let organisation = entry.organisation.filter(|_| right(Reason::WrongOrganisation));
        let organisation = organisation.map(|organisation| organisation.to_string());
        let amount = right(Reason::WrongAmount).then(|| t.money_field(entry.amount, currency));
        let fund = self.to.and_then(|to| to.gift_fund()).map(|fund| fund.to_string());
        vec![
            ("organisation", organisation.unwrap_or_default()),
            ("fund", fund.unwrap_or_default()),
            ("amount", amount.unwrap_or_default()),
            ("nature", entry.nature.map(|nature| nature.as_str().to_owned()).unwrap_or_default()),
            ("received_on", self.receipt.received_on.to_string()),
            ("reference", self.receipt.reference.clone()),
            ("wish", self.receipt.wish.clone()),
            ("wish_feature", self.receipt.wish_feature.map(|id| id.to_string()).unwrap_or_default()),
        ]
    }
}
