//! The work on a funded feature: its page, invoices with their two persons, payments, reports, objections.

mod acts;
mod decide;
mod invoice;
mod new_invoice;
mod owed;
mod page;
mod payments;
mod refund;
#[cfg(test)]
mod restored_tests;
mod transfer;

pub(crate) use acts::{decide, object, report, withdraw_objection};
pub(crate) use invoice::{act as act_on_invoice, show as invoice};
pub(crate) use new_invoice::{create as create_invoice, show as new_invoice};
pub(crate) use owed::owed;
pub(crate) use page::show;
pub(crate) use payments::{compare, show as payments};
pub(crate) use refund::{
    act as act_on_refund, prepare as prepare_refund, show as refund, to_prepare as refunds,
};
