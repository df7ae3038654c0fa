//! Why something about a refund is refused, in words that speak of no invoice.

use domain::invoices::{InvoiceRefusal, InvoiceState};
use domain::money::Currency;
use jiff::tz::TimeZone;

use crate::Words;

impl Words {
    /// Where a refund stands.
    #[must_use]
    pub fn refund_state_name(&self, state: InvoiceState) -> String {
        self.refunds_state(state.as_str())
    }

    /// Why something about a refund is refused.
    #[must_use]
    pub fn refund_refusal(&self, refusal: &InvoiceRefusal, currency: Currency, zone: &TimeZone) -> String {
        match *refusal {
            InvoiceRefusal::NothingOwed => self.refusal_refund_nothing().to_owned(),
            InvoiceRefusal::NotAwaited(state) => self.refusal_refund_state(self.refund_state_name(state)),
            InvoiceRefusal::Tied => self.refusal_refund_tied().to_owned(),
            InvoiceRefusal::ApprovedByYou => self.refusal_refund_by_you().to_owned(),
            InvoiceRefusal::RolesFirst => self.refusal_refund_roles_first().to_owned(),
            InvoiceRefusal::NobodyLeft => self.refusal_refund_nobody_left().to_owned(),
            InvoiceRefusal::ApprovalFell => self.refusal_refund_fell().to_owned(),
            InvoiceRefusal::OrderChanged => self.refusal_refund_changed().to_owned(),
            _ => self.invoice_refusal(refusal, currency, zone),
        }
    }
}
