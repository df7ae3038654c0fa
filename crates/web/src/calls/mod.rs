//! Calls for funds, which are order lines in a direct pot: the lists, the page of one, and the acts on it.

mod acts;
mod list;
mod page;
mod qr;

pub(crate) use acts::{cover, received, record, say_paid, undo, unsay_paid};
pub(crate) use list::show as list;
pub(crate) use page::{in_fours, read, show};
pub(crate) use qr::QrPicture;

use domain::fund_calls::CallState;

/// The colour of a state.
const fn tag(state: CallState) -> &'static str {
    match state {
        CallState::Paid | CallState::Covered => "tag good",
        CallState::Open | CallState::PartlyPaid => "tag on",
        CallState::Unpaid => "tag bad",
        CallState::Cancelled => "tag",
    }
}
