//! Who is tied to whom: those of whoever is paid, does the work or leads a feature don't answer for it.

use std::collections::BTreeSet;

use domain::{
    actor::RoleKind,
    ids::{OrganisationId, PersonId},
    invoices::{Judges, TIED_MONTHS},
    text,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use store::{Tx, collectives::CollectiveRow, invoices::Invoice};

use crate::{
    till::Till,
    work::{Worker, worker_of},
};

/// Where and when somebody's ties are asked about.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    /// The collective.
    pub(crate) collective: &'a CollectiveRow,
    /// The civil day there.
    pub(crate) today: Date,
    /// Now.
    pub(crate) now: Timestamp,
}

impl<'a> At<'a> {
    pub(crate) const fn of(till: &'a Till) -> Self {
        Self { collective: &till.collective, today: till.today, now: till.now }
    }
}

/// The organisations for which a person holds, or held in the last months, a mandate.
async fn ties(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
) -> store::sqlx::Result<Vec<(OrganisationId, String)>> {
    let since = at.today.saturating_sub(TIED_MONTHS.months());
    store::invoices::ties(tx, person, since, at.today, at.collective.end_of(since)).await
}

/// Whether a person of these ties is somebody, or one of the ties is to them. Names are compared leniently: a tie that
/// a spelling hides is still one.
async fn is_somebody(
    tx: &mut Tx,
    person: PersonId,
    ties: &[(OrganisationId, String)],
    whose: &str,
    organisation: Option<OrganisationId>,
) -> store::sqlx::Result<bool> {
    let own = store::people::get(tx, person).await?;
    Ok(own.is_some_and(|row| text::same_name(&row.name, whose))
        || ties.iter().any(|(tied, name)| Some(*tied) == organisation || text::same_name(name, whose)))
}

/// Whether a person does the work on a feature or leads it, or holds, or held in the last months, a mandate for whoever
/// does.
pub(crate) async fn is_at_work(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    lead: OrganisationId,
    worker: &Worker,
) -> store::sqlx::Result<bool> {
    let ties = ties(tx, at, person).await?;
    Ok(ties.iter().any(|(tied, _)| *tied == lead)
        || is_somebody(tx, person, &ties, &worker.name, worker.organisation).await?)
}

/// Those who hold the roles of a payment, and those of them, of `also` and of whoever approved who are tied to whoever
/// is paid, does the work as the feature says, or presents it. Whatever name an invoice is to be paid to, those of whoever
/// does the work don't answer it.
pub(crate) async fn judges(
    tx: &mut Tx,
    at: &At<'_>,
    invoice: &Invoice,
    also: &[PersonId],
) -> store::sqlx::Result<Judges> {
    let collective = at.collective.id;
    let stewards = store::roles::holders(tx, collective, RoleKind::Steward, at.now).await?;
    let treasurers = store::roles::holders(tx, collective, RoleKind::Treasurer, at.now).await?;
    let mut judges = Judges {
        entered_by: Some(invoice.entered_by),
        stewards: stewards.into_iter().collect(),
        treasurers: treasurers.into_iter().collect(),
        tied: BTreeSet::new(),
        of_sender: BTreeSet::new(),
    };
    let feature = store::features::by_id(tx, invoice.feature).await?;
    let worker = match &feature {
        Some(feature) => Some(worker_of(tx, feature).await?),
        None => None,
    };
    let senders = [invoice.entered_for, feature.map(|feature| feature.lead)];
    let roles = judges.stewards.iter().chain(&judges.treasurers);
    let all: BTreeSet<PersonId> = roles.chain(also).chain(&invoice.approved_by).copied().collect();
    for person in all {
        let ties = ties(tx, at, person).await?;
        if ties.iter().any(|(tied, _)| senders.contains(&Some(*tied))) {
            judges.of_sender.insert(person);
        }
        let mut tied = is_somebody(tx, person, &ties, &invoice.payee, invoice.payee_organisation).await?;
        if let Some(worker) = &worker {
            tied = tied || is_somebody(tx, person, &ties, &worker.name, worker.organisation).await?;
        }
        if tied {
            judges.tied.insert(person);
        }
    }
    Ok(judges)
}
