//! What a person may do, read in the transaction that writes; and who is told of what.

use domain::{
    actor::{Action, NotAllowed, Permit, Standing, permit},
    ids::{CollectiveId, OrganisationId, PersonId},
};
use jiff::Timestamp;
use store::{Tx, collectives, collectives::CollectiveRow, mandates, people, roles};

use crate::{Acting, Failure};

/// What a person holds in a collective at an instant: mandates in force that day for organisations that are
/// members that day, roles whose 48 hours are over, administration of the instance. Somebody who left holds
/// nothing. Errors: of the database; `RowNotFound` without such a collective.
pub async fn standing(
    tx: &mut Tx,
    person: PersonId,
    collective: CollectiveId,
    now: Timestamp,
) -> store::sqlx::Result<Standing> {
    let row = collectives::get(tx, collective).await?.ok_or(store::sqlx::Error::RowNotFound)?;
    standing_in(tx, person, &row, now).await
}

/// The same where the collective's row is at hand.
pub async fn standing_in(
    tx: &mut Tx,
    person: PersonId,
    collective: &CollectiveRow,
    now: Timestamp,
) -> store::sqlx::Result<Standing> {
    let today = collective.day(now);
    Ok(Standing {
        person,
        collective: collective.id,
        now,
        today,
        mandates: mandates::held(tx, person, collective.id, today).await?,
        roles: roles::held(tx, person, collective.id, now).await?,
        instance_admin: people::is_instance_admin(tx, person).await?,
    })
}

/// Reads what the person holds and checks one action against the table. `lead` is the organisation that leads the
/// feature concerned. Errors: [`Failure::NotAllowed`], faults.
pub async fn allowed<R: std::fmt::Debug>(
    tx: &mut Tx,
    acting: &Acting,
    collective: &CollectiveRow,
    action: Action,
    lead: Option<OrganisationId>,
    now: Timestamp,
) -> Result<Permit, Failure<R>> {
    let standing = standing_in(tx, acting.person, collective, now).await?;
    Ok(permit(action, &standing, acting.organisation, lead)?)
}

/// Checks that the person is part of the collective: holds a mandate or a role in it, or administers the
/// instance. What members alone may see asks for this. Errors: [`NotAllowed::NoMandate`].
pub fn check_member(standing: &Standing) -> Result<(), NotAllowed> {
    if standing.mandates.is_empty() && standing.roles.is_empty() && !standing.instance_admin {
        Err(NotAllowed::NoMandate)
    } else {
        Ok(())
    }
}
