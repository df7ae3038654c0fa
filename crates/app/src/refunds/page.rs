//! What the page of a refund shows, and what somebody may do about it.

use domain::{
    actor::{Action, Standing, permit},
    ids::{OrganisationId, PersonId},
    invoices::{InvoiceRefusal, InvoiceState},
    references::end_to_end,
};
use jiff::Timestamp;
use store::{Tx, collectives::CollectiveRow, payments::Payment, refunds::Refund};

use crate::{
    invoices::{At, judges_of_refund, page::name, suspended},
    work_mails::MOST_ASKED,
};

/// A refund with what belongs to it.
#[derive(Clone, Debug)]
pub struct RefundPage {
    /// The refund.
    pub refund: Refund,
    /// Its transfers, the oldest first.
    pub payments: Vec<Payment>,
    /// Who prepared it.
    pub prepared: String,
    /// Who authorised it.
    pub authorised: Option<String>,
    /// Who withdrew it.
    pub ended: Option<String>,
    /// What the next transfer carries from end to end; none where no transfer is to be made.
    pub next_transfer: Option<String>,
}

/// The page of a refund.
pub async fn page(tx: &mut Tx, locale: &str, refund: Refund) -> store::sqlx::Result<RefundPage> {
    let payments = store::payments::of(tx, refund.id.0).await?;
    let next_transfer = (refund.state == InvoiceState::Authorised)
        .then(|| transfer(locale, &refund.id, refund.number, payments.len()));
    Ok(RefundPage {
        prepared: name(tx, Some(refund.approved_by)).await?.unwrap_or_default(),
        authorised: name(tx, refund.authorised_by).await?,
        ended: name(tx, refund.ended_by).await?,
        payments,
        next_transfer,
        refund,
    })
}

/// What a transfer of a refund carries from end to end, after so many that came back.
#[must_use]
pub fn transfer(locale: &str, refund: &domain::ids::RefundId, number: i64, before: usize) -> String {
    end_to_end(&super::reference(locale, number), refund.0, before)
}

/// What somebody may do now, and why not where they might expect it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// Prepare what nobody prepared.
    pub prepare: bool,
    /// Authorise what another prepared.
    pub authorise: bool,
    /// Take it back.
    pub withdraw: bool,
    /// Record its transfer, that it was seen on a statement, that it came back.
    pub pay: bool,
    /// Why they don't answer, though they hold a role that could.
    pub why_not: Option<InvoiceRefusal>,
}

/// Whether somebody sees what is owed with its IBAN: stewards, treasurers, and whoever prepared it.
#[must_use]
pub fn sees(standing: &Standing, refund: Option<&Refund>) -> bool {
    let role = |action| permit(action, standing, None, None).is_ok();
    role(Action::SeeProofs)
        || role(Action::ApprovePayment)
        || refund.is_some_and(|refund| refund.approved_by == standing.person)
}

/// Whether somebody may prepare what is owed to an organisation.
pub async fn may_prepare(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
    organisation: OrganisationId,
    now: Timestamp,
) -> store::sqlx::Result<May> {
    let holds = |action| permit(action, standing, acting_for, None).is_ok();
    let by_role = holds(Action::RecordMoney) || permit(Action::ApprovePayment, standing, None, None).is_ok();
    if !by_role && !holds(Action::ApprovePayment) {
        return Ok(May::default());
    }
    let at = At::new(collective, now);
    let known = judges_of_refund(tx, &at, (organisation, ""), &[standing.person], now).await?;
    Ok(match known.may_approve(standing.person) {
        Ok(()) => May { prepare: true, ..May::default() },
        // A representative isn't told why others answer.
        Err(why) => May { why_not: by_role.then_some(why), ..May::default() },
    })
}

/// What somebody may do with a refund now.
pub async fn may(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    refund: &Refund,
    now: Timestamp,
) -> store::sqlx::Result<May> {
    let holds = |action| permit(action, standing, None, None).is_ok();
    let mut may = May { pay: holds(Action::RecordMoney), ..May::default() };
    let waits = refund.state == InvoiceState::Approved;
    may.withdraw = waits && refund.approved_by == standing.person
        || may.pay && (waits || refund.state == InvoiceState::Authorised);
    if !waits || !holds(Action::AuthorisePayment) {
        return Ok(may);
    }
    let at = At::new(collective, now);
    let asked = [standing.person];
    let known =
        judges_of_refund(tx, &at, (refund.organisation, &refund.payee), &asked, refund.approved_at).await?;
    let suspended = suspended(tx, standing.person, now).await?;
    match (known.may_authorise(standing.person, refund.approved_by), suspended) {
        (Ok(()), Some((from, why))) => may.why_not = Some(InvoiceRefusal::Suspended(from, why)),
        (Ok(()), None) => may.authorise = true,
        (Err(why), _) => may.why_not = Some(why),
    }
    Ok(may)
}

/// What a refund asks of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// To prepare what is owed, or to answer, pay or settle what was prepared.
    Them,
    /// They hold a role for it, and a second person is missing: the names of those who may prepare it in place of one; none
    /// where a role is to be given to somebody.
    Another(Vec<String>),
}

/// What awaits somebody about what is owed to an organisation, or about a refund by its number.
pub async fn asks(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
    of: (domain::ids::PotId, Option<OrganisationId>, i64),
) -> store::sqlx::Result<Asks> {
    let (pot, organisation, number) = of;
    let at = At::new(collective, standing.now);
    if number == 0 {
        let Some(organisation) = organisation else { return Ok(Asks::Nothing) };
        let may = may_prepare(tx, collective, standing, acting_for, organisation, standing.now).await?;
        return match may.why_not {
            _ if may.prepare => Ok(Asks::Them),
            Some(InvoiceRefusal::NobodyLeft) => without_another(tx, &at, organisation).await,
            _ => Ok(Asks::Nothing),
        };
    }
    let Some(refund) = store::refunds::by_number(tx, pot, number).await? else { return Ok(Asks::Nothing) };
    let may = may(tx, collective, standing, &refund, standing.now).await?;
    let theirs = match refund.state {
        InvoiceState::Approved => may.authorise,
        InvoiceState::Authorised | InvoiceState::Paid => may.pay,
        _ => false,
    };
    // Whoever prepared it authorises nothing: where no other treasurer is left, nobody does.
    let is_alone = refund.state == InvoiceState::Approved
        && may.why_not == Some(InvoiceRefusal::ApprovedByYou)
        && !authorised_by_any(tx, &at, &refund).await?;
    Ok(match (theirs, is_alone) {
        (true, _) => Asks::Them,
        (_, true) => Asks::Another(Vec::new()),
        _ => Asks::Nothing,
    })
}

/// What is asked of whoever can't prepare it, as nobody could authorise it then: to wait for who can, or to name somebody.
async fn without_another(
    tx: &mut Tx,
    at: &At<'_>,
    organisation: OrganisationId,
) -> store::sqlx::Result<Asks> {
    let (collective, today) = (at.collective.id, at.today);
    let others = store::mandates::representatives_in(tx, collective, today, at.now, MOST_ASKED).await?;
    let known = judges_of_refund(tx, at, (organisation, ""), &others, at.now).await?;
    let may = |person: &PersonId| known.may_approve(*person).is_ok();
    // Another of the roles will do it.
    if known.stewards.iter().any(may) {
        return Ok(Asks::Nothing);
    }
    let mut names = Vec::new();
    for person in others.iter().copied().filter(|person| may(person)) {
        names.extend(name(tx, Some(person)).await?);
    }
    Ok(Asks::Another(names))
}

/// Whether any treasurer may authorise what was prepared.
async fn authorised_by_any(tx: &mut Tx, at: &At<'_>, refund: &Refund) -> store::sqlx::Result<bool> {
    let (by, of) = (refund.approved_by, (refund.organisation, refund.payee.as_str()));
    let known = judges_of_refund(tx, at, of, &[by], refund.approved_at).await?;
    Ok(known.treasurers.iter().any(|person| known.may_authorise(*person, by).is_ok()))
}
