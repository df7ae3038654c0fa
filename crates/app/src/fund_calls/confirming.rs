//! Who confirms in a direct pot that a call was received: whoever does the work, if it is a member, else the organisation
//! that leads the feature, or a steward. Nobody confirms a payment of their own organisation: where whoever is paid is
//! whoever pays, or has nobody to speak for it, that is for a steward of another one, or for another member.

use domain::{
    actor::{Action, Holder, NotAllowed, RoleKind, Standing, permit},
    fund_calls::CallRefusal,
    ids::{FeatureId, OrganisationId, PersonId},
};
use jiff::Timestamp;
use store::{
    Tx,
    collectives::CollectiveRow,
    features::Feature,
    fund_calls::{FundCall, Which},
};

use crate::{error::Failure, work::worker_of};

/// Calls whose organisations are told of one payment at most.
const MOST: i64 = 20;

/// Where and when it is asked.
pub struct At<'a> {
    /// The collective.
    pub collective: &'a CollectiveRow,
    /// Now.
    pub now: Timestamp,
}

/// Who confirms the payments of one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmer {
    /// The organisation, for whoever is paid; none: that is the one that pays, or has nobody to speak for it.
    pub organisation: Option<OrganisationId>,
    payer: OrganisationId,
    /// Whether there is no other member who could.
    alone: bool,
}

/// Who confirms what an organisation pays for a feature.
pub async fn confirmer(
    tx: &mut Tx,
    at: &At<'_>,
    feature: &Feature,
    payer: OrganisationId,
) -> store::sqlx::Result<Confirmer> {
    let today = at.collective.day(at.now);
    let mut payee = feature.lead;
    if let Some(worker) = worker_of(tx, feature).await?.organisation.filter(|worker| *worker != payee) {
        let member = store::organisations::member(tx, at.collective.id, worker).await?;
        if member.is_some_and(|member| member.is_member(today)) {
            payee = worker;
        }
    }
    let speaks = payee != payer && !store::mandates::money_readers(tx, &[payee], today).await?.is_empty();
    let organisation = speaks.then_some(payee);
    let alone =
        organisation.is_none() && store::organisations::count(tx, at.collective.id, today).await? <= 1;
    Ok(Confirmer { organisation, payer, alone })
}

impl Confirmer {
    /// Whether somebody may confirm. Errors: no right; a payment of their own organisation.
    pub fn permit(
        &self,
        standing: &Standing,
        acting_for: Option<OrganisationId>,
    ) -> Result<(), Failure<CallRefusal>> {
        let permit = permit(Action::ConfirmReceived, standing, acting_for, self.organisation)?;
        let tied = standing.mandates.iter().any(|mandate| mandate.organisation == self.payer) && !self.alone;
        match permit.held_as() {
            Holder::Lead(_) => Ok(()),
            // Another member stands in where nobody speaks for whoever is paid.
            Holder::Mandate(_) if self.organisation.is_some() => {
                Err(NotAllowed::Missing(Action::ConfirmReceived).into())
            }
            _ if tied => Err(Failure::Refused(CallRefusal::OwnPayment)),
            _ => Ok(()),
        }
    }

    /// Whether it is for them to confirm, rather than that they may: a steward stands in.
    #[must_use]
    pub fn asks(&self, standing: &Standing, acting_for: Option<OrganisationId>) -> bool {
        let speaks = |one| standing.mandates.iter().any(|mandate| mandate.organisation == one);
        self.permit(standing, acting_for).is_ok() && self.organisation.is_none_or(speaks)
    }

    /// Who is asked to confirm: those who move the money of whoever is paid; where there is nobody, the stewards who
    /// don't belong to whoever pays; where there is none, the others who are called for the same feature.
    pub(crate) async fn readers(
        &self,
        tx: &mut Tx,
        at: &At<'_>,
        feature: FeatureId,
    ) -> store::sqlx::Result<Vec<PersonId>> {
        let today = at.collective.day(at.now);
        if let Some(organisation) = self.organisation {
            let readers = store::mandates::money_readers(tx, &[organisation], today).await?;
            return Ok(readers.into_iter().map(|reader| reader.person).collect());
        }
        let collective = at.collective.id;
        let stewards = store::roles::holders(tx, collective, RoleKind::Steward, at.now).await?;
        let untied = self.untied(tx, stewards, at).await?;
        if !untied.is_empty() {
            return Ok(untied);
        }
        let called = store::fund_calls::list(tx, Which::Feature(feature), i64::MAX, MOST).await?;
        let mut others: Vec<OrganisationId> =
            called.iter().map(|call| call.organisation).filter(|one| *one != self.payer).collect();
        others.sort_unstable();
        others.dedup();
        let others = store::mandates::money_readers(tx, &others, today).await?;
        let mut others: Vec<PersonId> = others.into_iter().map(|reader| reader.person).collect();
        others.sort_unstable();
        others.dedup();
        self.untied(tx, others, at).await
    }

    async fn untied(
        &self,
        tx: &mut Tx,
        mut persons: Vec<PersonId>,
        at: &At<'_>,
    ) -> store::sqlx::Result<Vec<PersonId>> {
        const HELD: u16 = 500;
        let of = store::mandates::of_organisation(tx, self.payer, at.collective.day(at.now), HELD).await?;
        persons.retain(|person| self.alone || of.iter().all(|mandate| mandate.person != *person));
        Ok(persons)
    }
}

/// Whether somebody moves the money of the organisation called, which is no member any more and owes it all the same.
pub(crate) async fn pays_after_leaving(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    call: &FundCall,
) -> store::sqlx::Result<bool> {
    let today = at.collective.day(at.now);
    let member = store::organisations::member(tx, at.collective.id, call.organisation).await?;
    if member.is_none_or(|member| member.is_member(today)) {
        return Ok(false);
    }
    let readers = store::mandates::money_readers(tx, &[call.organisation], today).await?;
    Ok(readers.iter().any(|reader| reader.person == person))
}
