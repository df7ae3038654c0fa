//! Why something about an invoice or a report is refused.

use domain::invoices::{InvoiceRefusal, InvoiceState};
use domain::money::Currency;
use domain::reports::ReportRefusal;
use jiff::tz::TimeZone;

use crate::Words;

impl Words {
    /// Where an invoice stands.
    #[must_use]
    pub fn invoice_state_name(&self, state: InvoiceState) -> String {
        self.invoice_state(state.as_str())
    }

    /// Why something about an invoice is refused.
    #[must_use]
    pub fn invoice_refusal(&self, refusal: &InvoiceRefusal, currency: Currency, zone: &TimeZone) -> String {
        match *refusal {
            InvoiceRefusal::NotBuilding(state) => self.refusal_invoice_not_building(self.state_name(state)),
            InvoiceRefusal::NoMoneyHeld => self.refusal_invoice_no_money().to_owned(),
            InvoiceRefusal::AboveRoom { room } => self.refusal_invoice_above(self.money(room, currency)),
            InvoiceRefusal::SameFile => self.refusal_invoice_same_file().to_owned(),
            InvoiceRefusal::NotAwaited(state) => self.refusal_invoice_state(self.invoice_state_name(state)),
            InvoiceRefusal::Tied => self.refusal_invoice_tied().to_owned(),
            InvoiceRefusal::OwnSide => self.refusal_invoice_own_side().to_owned(),
            InvoiceRefusal::EnteredByYou => self.refusal_invoice_own().to_owned(),
            InvoiceRefusal::ApprovedByYou => self.refusal_invoice_approved_by_you().to_owned(),
            InvoiceRefusal::RolesFirst => self.refusal_invoice_roles_first().to_owned(),
            InvoiceRefusal::YoungMandate(from) => self.refusal_invoice_young(self.instant(from, zone)),
            InvoiceRefusal::NobodyLeft => self.refusal_invoice_nobody_left().to_owned(),
            InvoiceRefusal::ApprovalFell => self.refusal_invoice_approval_fell().to_owned(),
            InvoiceRefusal::OrderChanged => self.refusal_invoice_changed().to_owned(),
            InvoiceRefusal::NothingOwed => self.refusal_refund_nothing().to_owned(),
            InvoiceRefusal::AskTreasury => self.refusal_invoice_ask_treasury().to_owned(),
            InvoiceRefusal::Restored(at) => self.refusal_invoice_restored(self.instant(at, zone)),
            InvoiceRefusal::Suspended(from, why) => {
                self.refusal_invoice_suspended(self.instant(from, zone), why.as_str())
            }
        }
    }

    /// Why something about a report is refused.
    #[must_use]
    pub fn report_refusal(&self, refusal: &ReportRefusal) -> String {
        match *refusal {
            ReportRefusal::NotBuilding(state) => self.refusal_report_not_building(self.state_name(state)),
            ReportRefusal::Standing => self.refusal_report_standing().to_owned(),
            ReportRefusal::NoReport => self.refusal_report_none().to_owned(),
            ReportRefusal::WindowOver => self.refusal_report_window().to_owned(),
            ReportRefusal::OwnWork => self.refusal_report_own().to_owned(),
            ReportRefusal::JoinedSince => self.refusal_report_joined_since().to_owned(),
            ReportRefusal::AlreadyObjected => self.refusal_report_already().to_owned(),
            ReportRefusal::NotObjected => self.refusal_report_not_objected().to_owned(),
            ReportRefusal::NotContested => self.refusal_report_not_contested().to_owned(),
            ReportRefusal::StewardsFirst => self.refusal_report_stewards_first().to_owned(),
            ReportRefusal::YoungMandate => self.refusal_report_young().to_owned(),
            ReportRefusal::Tied => self.refusal_report_tied().to_owned(),
        }
    }
}
