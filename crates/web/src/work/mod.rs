//! The work on a funded feature: its page, invoices with their two persons, payments, reports, objections.

mod acts;
mod invoice;
mod new_invoice;
mod page;
mod payments;
#[cfg(test)]
mod restored_tests;

pub(crate) use acts::{decide, object, report, withdraw_objection};
pub(crate) use invoice::{act as act_on_invoice, show as invoice};
pub(crate) use new_invoice::{create as create_invoice, show as new_invoice};
pub(crate) use page::show;
pub(crate) use payments::{compare, show as payments};
