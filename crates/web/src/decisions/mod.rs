//! The decisions of a collective, as they are written down: listed, read, recorded, chosen by other forms.

mod choice;
mod new;
mod page;
#[cfg(test)]
mod tests;

use domain::ids::OrganisationId;
use store::Tx;

use crate::error::WebError;
use crate::place::Desk;

pub(crate) use choice::{choice, choices, decided, decided_about, usable, would_decide};
pub(crate) use new::{create, show as new};
pub(crate) use page::{list, show};

/// Whether the visitor may write a decision down, about the departure of an organisation where it is one.
pub(crate) async fn records(
    tx: &mut Tx,
    desk: &Desk,
    departs: Option<OrganisationId>,
) -> Result<bool, WebError> {
    let Some(standing) = &desk.standing else { return Ok(false) };
    let collective = &desk.place.collective;
    Ok(app::decisions::may_record(tx, collective, standing, desk.acting_for, departs).await?)
}
