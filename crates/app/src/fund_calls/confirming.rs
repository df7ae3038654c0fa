//! Who confirms in a direct pot that a call was received: whoever does the work, if it is a member, else the organisation
//! that leads the feature, or a steward. Nobody confirms a payment of an organisation to which they are tied: where
//! everybody who speaks for whoever is paid is tied to whoever pays, that is for a steward who isn't, else for another
//! member that is called, else for any other member: for whoever has moved its money for 48 hours. A steward whose role
//! another person ended lately still counts, so that nobody stands in for them.

use std::collections::BTreeSet;

use domain::{
    actor::{Action, Holder, NotAllowed, RoleKind, Standing, permit},
    fund_calls::CallRefusal,
    ids::{OrganisationId, PersonId},
    people::WAITING,
};
use store::{
    Tx,
    features::Feature,
    fund_calls::{FundCall, Which},
};

use crate::{
    error::Failure,
    invoices::{At, tied_to},
    second_word,
    work::worker_of,
};

/// Most calls of one feature that are looked at.
const MOST: i64 = 1_000;

/// Most persons who move money that are looked at.
const MOST_PERSONS: u16 = 500;

/// Who confirms the payments of one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmer {
    /// The organisation, for whoever is paid; none: that is the one that pays, or has nobody to speak for it who isn't of
    /// the one that pays.
    pub organisation: Option<OrganisationId>,
    /// Those who are asked.
    asked: BTreeSet<PersonId>,
    /// Those who are of whoever pays, or were in the last months.
    tied: BTreeSet<PersonId>,
    /// The stewards who could.
    stewards: BTreeSet<PersonId>,
    /// Whether there is nobody who isn't of whoever pays.
    alone: bool,
}

/// Those who could confirm, in the order in which they are asked: the first of these in which somebody is.
struct Circles<'a> {
    at: At<'a>,
    /// Those who were of whoever pays when it was called. Whoever became so since still counts as able: whoever pays
    /// would choose who confirms by the ties that it makes.
    tied_then: BTreeSet<PersonId>,
}

impl Circles<'_> {
    fn able(&self, persons: &BTreeSet<PersonId>) -> bool {
        persons.iter().any(|person| !self.tied_then.contains(person))
    }

    /// Those who move the money of some organisations.
    async fn of(
        &self,
        tx: &mut Tx,
        organisations: &BTreeSet<OrganisationId>,
    ) -> store::sqlx::Result<BTreeSet<PersonId>> {
        let organisations: Vec<OrganisationId> = organisations.iter().copied().collect();
        let readers = store::mandates::money_readers(tx, &organisations, self.at.today).await?;
        Ok(readers.into_iter().map(|reader| reader.person).collect())
    }

    /// Those who stand in where no steward is able: who moves the money of another member that is called, else of any member,
    /// each since 48 hours. Whether there is nobody but those of whoever pays: whoever is too new now isn't nobody.
    async fn stand_ins(
        &self,
        tx: &mut Tx,
        feature: &Feature,
        payer: OrganisationId,
    ) -> store::sqlx::Result<(BTreeSet<PersonId>, bool)> {
        let (collective, today) = (self.at.collective.id, self.at.today);
        let given = self.at.now.saturating_sub(WAITING).unwrap_or(self.at.now);
        let known = store::mandates::money_movers(tx, collective, today, given, MOST_PERSONS).await?;
        let known: BTreeSet<PersonId> = known.into_iter().collect();
        let called = store::fund_calls::list(tx, Which::Feature(feature.id), i64::MAX, MOST).await?;
        let called = called.iter().map(|call| call.organisation).filter(|one| *one != payer).collect();
        let called: BTreeSet<PersonId> = self.of(tx, &called).await?.intersection(&known).copied().collect();
        if self.able(&called) {
            return Ok((called, false));
        }
        let now = self.at.now;
        let all = store::mandates::money_movers(tx, collective, today, now, MOST_PERSONS).await?;
        let all: BTreeSet<PersonId> = all.into_iter().collect();
        if self.able(&all) { Ok((known, false)) } else { Ok((all, true)) }
    }
}

/// Who confirms what an organisation pays for a feature when it is called so.
pub async fn confirmer(
    tx: &mut Tx,
    at: &At<'_>,
    feature: &Feature,
    call: &FundCall,
) -> store::sqlx::Result<Confirmer> {
    let (collective, payer) = (at.collective.id, call.organisation);
    let tied = tied_to(tx, at, payer, at.now).await?;
    let circles = Circles { at: *at, tied_then: tied_to(tx, at, payer, call.created_at).await? };
    let payee = payee(tx, at, feature).await?;
    let stewards = store::roles::holders(tx, collective, RoleKind::Steward, at.now).await?;
    let stewards: BTreeSet<PersonId> = stewards.into_iter().collect();
    let mut confirmer = Confirmer {
        organisation: Some(payee).filter(|payee| *payee != payer),
        asked: circles.of(tx, &BTreeSet::from([payee])).await?,
        stewards: stewards.difference(&tied).copied().collect(),
        tied,
        alone: false,
    };
    if confirmer.organisation.is_none() || !circles.able(&confirmer.asked) {
        confirmer.organisation = None;
        confirmer.asked.clone_from(&stewards);
        let counted = second_word::counted_holders(tx, collective, at.now, &[RoleKind::Steward]).await?;
        if !circles.able(&counted) {
            (confirmer.asked, confirmer.alone) = circles.stand_ins(tx, feature, payer).await?;
        }
    }
    if !confirmer.alone {
        confirmer.asked.retain(|person| !confirmer.tied.contains(person));
    } else if !stewards.is_empty() {
        confirmer.asked = stewards;
    }
    Ok(confirmer)
}

/// Who is paid: whoever does the work, if it is a member, else the lead.
async fn payee(tx: &mut Tx, at: &At<'_>, feature: &Feature) -> store::sqlx::Result<OrganisationId> {
    if let Some(worker) = worker_of(tx, feature).await?.organisation.filter(|one| *one != feature.lead) {
        let member = store::organisations::member(tx, at.collective.id, worker).await?;
        if member.is_some_and(|member| member.is_member(at.today)) {
            return Ok(worker);
        }
    }
    Ok(feature.lead)
}

impl Confirmer {
    /// Whether somebody may confirm. Errors: no right; others are asked; a payment of an organisation to which they are
    /// tied.
    pub fn permit(
        &self,
        standing: &Standing,
        acting_for: Option<OrganisationId>,
    ) -> Result<(), Failure<CallRefusal>> {
        let permit = permit(Action::ConfirmReceived, standing, acting_for, self.organisation)?;
        let (person, by_mandate) = (standing.person, matches!(permit.held_as(), Holder::Mandate(_)));
        // Another member stands in where nobody speaks for whoever is paid.
        if by_mandate && self.organisation.is_some() {
            return Err(NotAllowed::Missing(Action::ConfirmReceived).into());
        }
        if self.alone {
            return Ok(());
        }
        if self.tied.contains(&person) {
            return Err(Failure::Refused(CallRefusal::OwnPayment));
        }
        if by_mandate && !self.asked.contains(&person) {
            return Err(NotAllowed::Missing(Action::ConfirmReceived).into());
        }
        Ok(())
    }

    /// Whether it is for them to confirm, rather than that they may: a steward may always.
    #[must_use]
    pub fn asks(&self, standing: &Standing, acting_for: Option<OrganisationId>) -> bool {
        self.asked.contains(&standing.person) && self.permit(standing, acting_for).is_ok()
    }

    /// Whether nobody can confirm now: those who could became tied to whoever pays since it was called, or represent a
    /// member since too short a time, or had their role ended lately. Another becomes steward.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.asked.is_empty() && self.stewards.is_empty()
    }

    /// Who is asked to confirm.
    pub(crate) fn readers(&self) -> Vec<PersonId> {
        self.asked.iter().copied().collect()
    }
}

/// Whether somebody moves the money of the organisation called, which is no member any more and owes it all the same.
pub(crate) async fn pays_after_leaving(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    call: &FundCall,
) -> store::sqlx::Result<bool> {
    let member = store::organisations::member(tx, at.collective.id, call.organisation).await?;
    if member.is_none_or(|member| member.is_member(at.today)) {
        return Ok(false);
    }
    let readers = store::mandates::money_readers(tx, &[call.organisation], at.today).await?;
    Ok(readers.iter().any(|reader| reader.person == person))
}
