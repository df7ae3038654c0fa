//! Who is asked to approve an invoice: when it is entered, and when somebody becomes able to. Where that is nobody, those
//! who give the roles are told.

use std::collections::BTreeSet;

use domain::{
    actor::RoleKind,
    ids::{PersonId, RoleId},
    invoices::{InvoiceRefusal, InvoiceState, Judges},
};
use jiff::Timestamp;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    deadlines::{self, Deadline},
    features::Feature,
    invoices::Invoice,
    roles::RoleRow,
};
use uuid::Uuid;

use super::{At, judges};
use crate::{
    context::Context,
    error::{Failure, Never},
    people::Hall,
    pots,
    till::{Drawn, Till},
    work_mails,
};

/// The kind of the deadline when a role of a payment begins to count.
pub(crate) const ROLE_BEGAN: &str = "role_began";
/// Invoices that are looked at when a role begins.
const LOOKED_AT: u16 = 200;

/// Those who may be asked to approve an invoice, and what is known of them: those who hold the roles, or where they are
/// no two the representatives too.
async fn known(
    tx: &mut Tx,
    at: &At<'_>,
    invoice: &Invoice,
) -> store::sqlx::Result<(Judges, BTreeSet<PersonId>)> {
    let mut known = judges(tx, at, invoice, &[]).await?;
    let mut all = known.stewards.clone();
    if !known.are_two() {
        let (collective, most) = (at.collective.id, work_mails::MOST_ASKED);
        let others = store::mandates::representatives_in(tx, collective, at.today, at.now, most).await?;
        known = judges(tx, at, invoice, &others).await?;
        all.extend(others);
    }
    Ok((known, all))
}

/// Asks those who may approve a new invoice. Where nobody may, those who give the roles are told. Errors: faults only.
pub(super) async fn ask(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
) -> Result<(), Failure<InvoiceRefusal>> {
    let (known, all) = known(tx, &At::of(till), invoice).await?;
    let asked: Vec<PersonId> = all.into_iter().filter(|person| known.is_asked(*person)).collect();
    if asked.is_empty() {
        return work_mails::tell_nobody_answers(tx, till, feature, invoice).await;
    }
    work_mails::ask_approval(tx, till, feature, invoice, &known, &asked).await
}

/// Whether an invoice waits for an approval that nobody may give, now or once their mandate is old enough.
pub async fn nobody_answers(
    tx: &mut Tx,
    collective: &CollectiveRow,
    invoice: &Invoice,
    now: Timestamp,
) -> store::sqlx::Result<bool> {
    if !invoice.state.is_pending() {
        return Ok(false);
    }
    let (known, all) = known(tx, &At::new(collective, now), invoice).await?;
    let approved = invoice.state == InvoiceState::Approved;
    if approved && invoice.approved_by.is_some_and(|by| known.approval_holds(by)) {
        return Ok(false);
    }
    Ok(!all.into_iter().any(|person| known.is_asked(person)))
}

/// Sets the instant at which a role of a payment begins to count: whoever becomes able to approve is asked then.
pub(crate) async fn begins(
    tx: &mut Tx,
    hall: &mut Hall,
    role: RoleId,
    from: Timestamp,
) -> store::sqlx::Result<()> {
    let deadline = Deadline {
        id: hall.id(),
        collective: Some(hall.collective.id),
        subject: role.into(),
        kind: ROLE_BEGAN,
        occurrence: String::new(),
        due_at: from,
    };
    deadlines::set(tx, &deadline).await
}

/// Asks those whom a role that began makes able to approve what waits. Nothing where it has ended. Errors: faults.
pub(crate) async fn ask_newly_able_if_due(context: &Context, role: RoleId) -> Result<(), Failure<Never>> {
    let mut tx = context.db.read().await?;
    let Some(role) = store::roles::get(&mut tx, role).await? else { return Ok(()) };
    let Some(pot) = store::pots::by_slug(&mut tx, role.collective, pots::MAIN).await? else { return Ok(()) };
    drop(tx);
    context.db.write(RoleBegan { pot: pot.id.0, role: role.id, drawn: Drawn::of(context) }).await
}

struct RoleBegan {
    pot: Uuid,
    role: RoleId,
    drawn: Drawn,
}

impl Command for RoleBegan {
    type Done = ();
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut till = Till::by_job(tx, self.pot.into(), ROLE_BEGAN, &self.drawn).await?;
        let Some(role) = store::roles::get(tx, self.role).await? else { return Ok(()) };
        let counts = role.ended_at.is_none() && role.effective_at.is_some_and(|from| from <= till.now);
        if !counts {
            return Ok(());
        }
        for invoice in store::invoices::in_state(tx, till.pot(), InvoiceState::Entered, LOOKED_AT).await? {
            let (with, all) = known(tx, &At::of(&till), &invoice).await?;
            let without = before(&with, &role);
            let newly = |person: &PersonId| with.is_asked(*person) && !without.is_asked(*person);
            let asked: Vec<PersonId> = all.into_iter().filter(newly).collect();
            if asked.is_empty() {
                continue;
            }
            let Some(feature) = store::features::by_id(tx, invoice.feature).await? else { continue };
            work_mails::ask_approval(tx, &mut till, &feature, &invoice, &with, &asked).await?;
        }
        Ok(())
    }
}

/// What was known before a role counted.
fn before(with: &Judges, role: &RoleRow) -> Judges {
    let mut without = with.clone();
    match role.kind {
        RoleKind::Steward => without.stewards.remove(&role.person),
        RoleKind::Treasurer => without.treasurers.remove(&role.person),
        RoleKind::Admin => false,
    };
    without
}
