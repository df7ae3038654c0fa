//! Persons in a collective: invitations, and roles.

mod accept;
mod invitations;
mod roles;
#[cfg(test)]
mod tests;

pub(crate) use accept::{accept, decline, show as invitation};
pub(crate) use invitations::{
    confirm as confirm_invitation, create as invite, show as invitations, withdraw,
};
pub(crate) use roles::{confirm as confirm_role, end as end_role, propose as propose_role, show as roles};

use domain::actor::MandateKind;
use store::Tx;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;

/// Most persons that a form lists.
const MOST_PERSONS: u16 = 1_000;

/// The kinds of mandate: value, label, explanation.
pub(crate) fn mandate_kinds(t: Words) -> Vec<(&'static str, String, String)> {
    let choice = |kind: &MandateKind| {
        let name = kind.as_str();
        (name, t.people_mandate_kind(name), t.people_mandate_kind_hint(name))
    };
    MandateKind::ALL.iter().map(choice).collect()
}

/// The persons of a collective by name, to choose one from.
pub(crate) async fn persons(tx: &mut Tx, desk: &Desk) -> Result<Vec<(String, String)>, WebError> {
    let collective = desk.place.collective.id;
    let ids = store::mandates::persons(tx, collective, desk.place.today, MOST_PERSONS).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut names = store::people::names(tx, &ids).await?;
    names.sort_by_cached_key(|person| (domain::text::fold(&person.name), person.id));
    Ok(names.into_iter().map(|person| (person.id.to_string(), person.name)).collect())
}
