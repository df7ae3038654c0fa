//! What the page of an invoice shows, and what somebody may answer.

use domain::{
    actor::{Action, Standing, permit},
    ids::{OrganisationId, PersonId},
    invoices::{InvoiceRefusal, InvoiceState, Judges, Suspension},
    references::end_to_end,
};
use jiff::Timestamp;
use store::{Tx, collectives::CollectiveRow, features::Feature, invoices::Invoice, payments::Payment};

use super::{At, judges, suspended};
use crate::{
    work::{Worker, worker_of},
    work_mails::MOST_ASKED,
};

/// Invoices that are looked at for what awaits somebody: many wait for others.
const LOOKED_AT: u16 = 200;

/// An invoice with what it belongs to.
#[derive(Clone, Debug)]
pub struct InvoicePage {
    /// The invoice.
    pub invoice: Invoice,
    /// Its feature.
    pub feature: Feature,
    /// Who does the work, as the feature says.
    pub worker: Worker,
    /// Its transfers, the oldest first.
    pub payments: Vec<Payment>,
    /// The names of its persons: who entered, approved, authorised, ended it.
    pub names: Names,
}

/// The names of the persons of an invoice, for those who may see it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Who entered it.
    pub entered: String,
    /// Who approved it.
    pub approved: Option<String>,
    /// Who authorised it.
    pub authorised: Option<String>,
    /// Who refused or withdrew it.
    pub ended: Option<String>,
}

/// What somebody may do with an invoice now, and why not where they might expect it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// Approve it.
    pub approve: bool,
    /// Authorise its payment.
    pub authorise: bool,
    /// Refuse it.
    pub refuse: bool,
    /// Withdraw it.
    pub withdraw: bool,
    /// Correct to whom and where it is paid.
    pub correct: bool,
    /// Record its payment, that it was seen on a statement, that it came back.
    pub pay: bool,
    /// Why they don't answer it, though they hold a role that could.
    pub why_not: Option<InvoiceRefusal>,
    /// Whether its approval fell and is to be given again.
    pub fell: bool,
    /// Whether nobody can answer: ties began since it was presented.
    pub stuck: bool,
}

impl May {
    /// Whether anything is asked of them.
    #[must_use]
    pub const fn answers(&self) -> bool {
        self.approve || self.authorise
    }
}

/// The page of an invoice.
pub async fn page(tx: &mut Tx, invoice: Invoice) -> store::sqlx::Result<Option<InvoicePage>> {
    let Some(feature) = store::features::by_id(tx, invoice.feature).await? else { return Ok(None) };
    let names = Names {
        entered: name(tx, Some(invoice.entered_by)).await?.unwrap_or_default(),
        approved: name(tx, invoice.approved_by).await?,
        authorised: name(tx, invoice.authorised_by).await?,
        ended: name(tx, invoice.ended_by).await?,
    };
    Ok(Some(InvoicePage {
        worker: worker_of(tx, &feature).await?,
        payments: store::payments::of(tx, invoice.id.0).await?,
        names,
        feature,
        invoice,
    }))
}

impl InvoicePage {
    /// What the next transfer carries from end to end; none where no transfer is to be made.
    #[must_use]
    pub fn next_transfer(&self) -> Option<String> {
        let invoice = &self.invoice;
        (invoice.state == InvoiceState::Authorised)
            .then(|| end_to_end(&invoice.reference, invoice.id, self.payments.len()))
    }
}

/// The names of those who can give the answer that an invoice waits for.
pub async fn awaited(
    tx: &mut Tx,
    collective: &CollectiveRow,
    invoice: &Invoice,
    now: Timestamp,
) -> store::sqlx::Result<Vec<String>> {
    let at = At::new(collective, now);
    let known = judges(tx, &at, invoice, &[]).await?;
    let persons = match (invoice.state, invoice.approved_by) {
        (InvoiceState::Approved, Some(by)) if known.approval_holds(by) => {
            let may = |person: &PersonId| known.may_authorise(*person, by).is_ok();
            known.treasurers.iter().copied().filter(may).collect()
        }
        (InvoiceState::Entered | InvoiceState::Approved, _) => approvers(tx, &at, invoice, known).await?,
        _ => Vec::new(),
    };
    let mut names = Vec::with_capacity(persons.len());
    for person in persons {
        names.extend(name(tx, Some(person)).await?);
    }
    Ok(names)
}

/// Those who may approve an invoice: stewards, or where no two persons hold the roles those who stand in.
async fn approvers(
    tx: &mut Tx,
    at: &At<'_>,
    invoice: &Invoice,
    mut known: Judges,
) -> store::sqlx::Result<Vec<PersonId>> {
    let mut all: Vec<PersonId> = known.stewards.iter().copied().collect();
    if !known.are_two() {
        let (collective, today) = (at.collective.id, at.today);
        let others = store::mandates::representatives_in(tx, collective, today, at.now, MOST_ASKED).await?;
        known = judges(tx, at, invoice, &others).await?;
        all.extend(others.into_iter().filter(|person| !known.stewards.contains(person)));
    }
    Ok(all.into_iter().filter(|person| known.may_approve(*person).is_ok()).collect())
}

pub(crate) async fn name(tx: &mut Tx, person: Option<PersonId>) -> store::sqlx::Result<Option<String>> {
    match person {
        Some(person) => Ok(store::people::get(tx, person).await?.map(|row| row.name)),
        None => Ok(None),
    }
}

/// Whether somebody sees an invoice with its IBAN: stewards, treasurers, those who lead or do the work, and whoever
/// stands in for a steward.
pub async fn sees(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    invoice: &Invoice,
    now: Timestamp,
) -> store::sqlx::Result<bool> {
    let role = |action| permit(action, standing, None, None).is_ok();
    if role(Action::SeeProofs) || role(Action::ApprovePayment) || standing.person == invoice.entered_by {
        return Ok(true);
    }
    let own =
        |organisation| standing.mandates.iter().any(|mandate| Some(mandate.organisation) == organisation);
    if own(invoice.entered_for) {
        return Ok(true);
    }
    for mandate in &standing.mandates {
        if permit(Action::ApprovePayment, standing, Some(mandate.organisation), None).is_ok() {
            let may = may(tx, collective, standing, Some(mandate.organisation), invoice, now).await?;
            // Whoever stood in sees what they answered, and whoever is asked what they will.
            let soon = matches!(may.why_not, Some(InvoiceRefusal::YoungMandate(_)));
            return Ok(may.approve || soon || invoice.approved_by == Some(standing.person));
        }
    }
    Ok(false)
}

/// What somebody may do with an invoice now.
pub async fn may(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
    invoice: &Invoice,
    now: Timestamp,
) -> store::sqlx::Result<May> {
    let at = At::new(collective, now);
    let holds = |action, lead| permit(action, standing, acting_for, lead).is_ok();
    let (approves, authorises) = (holds(Action::ApprovePayment, None), holds(Action::AuthorisePayment, None));
    let mut may = May { pay: holds(Action::RecordMoney, None), ..May::default() };
    if !invoice.state.is_pending() && invoice.state != InvoiceState::Authorised {
        return Ok(may);
    }
    if let Some(feature) = store::features::by_id(tx, invoice.feature).await? {
        let worker = worker_of(tx, &feature).await?;
        may.correct = holds(Action::EnterInvoice, Some(feature.lead))
            || holds(Action::EnterInvoice, worker.organisation);
    }
    let due = invoice.due_posting.is_some();
    may.withdraw = may.correct && !due;
    if invoice.state == InvoiceState::Authorised {
        may.refuse = may.pay;
        return Ok(may);
    }
    let judges = judges(tx, &at, invoice, &[standing.person]).await?;
    may.fell = match (invoice.state, invoice.approved_by) {
        (InvoiceState::Approved, Some(by)) => !judges.approval_holds(by),
        _ => false,
    };
    let person = standing.person;
    may.stuck = (invoice.state == InvoiceState::Entered || may.fell) && judges.are_stuck();
    // A steward may, also one whom a tie keeps from approving.
    let answers = || {
        authorises || approves && (judges.stewards.contains(&person) || judges.may_approve(person).is_ok())
    };
    may.refuse = if due { may.pay } else { answers() };
    if invoice.state == InvoiceState::Entered || may.fell {
        match judges.may_approve(person) {
            Ok(()) => may.approve = approves,
            // A representative isn't told why others answer.
            Err(InvoiceRefusal::RolesFirst) => {}
            Err(why) if approves => may.why_not = Some(why),
            Err(_) => {}
        }
    } else if let Some(by) = invoice.approved_by {
        match (judges.may_authorise(person, by), suspended(tx, person, now).await?) {
            (Ok(()), Some((from, why))) if authorises => {
                may.why_not = Some(InvoiceRefusal::Suspended(from, why));
            }
            (Ok(()), _) => may.authorise = authorises,
            (Err(why), _) if authorises => may.why_not = Some(why),
            (Err(_), _) => {}
        }
    }
    Ok(may)
}

/// What awaits somebody among the invoices of a collective: to be answered, or to be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The invoice.
    pub invoice: Invoice,
    /// The feature's title.
    pub title: String,
    /// What is asked.
    pub ask: Ask,
    /// From when on they may approve, where their mandate is too young.
    pub young_until: Option<Timestamp>,
    /// From when on they may, and what suspends it, where that is later.
    pub from: Option<(Timestamp, Suspension)>,
}

/// What is asked about an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To approve it.
    Approve,
    /// To authorise its payment.
    Authorise,
    /// To transfer.
    Pay,
    /// To look at the statement.
    Settle,
}

impl Ask {
    /// Its name, by which words are chosen.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Authorise => "authorise",
            Self::Pay => "pay",
            Self::Settle => "settle",
        }
    }
}

/// What awaits somebody among the invoices of a pot, at most `limit`: answers first, then transfers. What they hold no
/// right for isn't looked at, so that it never hides the rest.
pub async fn awaiting(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
    pot: domain::ids::PotId,
    now: Timestamp,
    limit: u16,
) -> store::sqlx::Result<Vec<Waiting>> {
    let holds = |action| permit(action, standing, acting_for, None).is_ok();
    let mut states = Vec::new();
    if holds(Action::ApprovePayment) || holds(Action::AuthorisePayment) {
        states.extend([InvoiceState::Entered, InvoiceState::Approved]);
    }
    if holds(Action::RecordMoney) {
        states.extend([InvoiceState::Authorised, InvoiceState::Paid]);
    }
    let mut waiting = Vec::new();
    for state in states {
        for invoice in store::invoices::in_state(tx, pot, state, LOOKED_AT).await? {
            if waiting.len() >= usize::from(limit) {
                return Ok(waiting);
            }
            let may = may(tx, collective, standing, acting_for, &invoice, now).await?;
            let (young_until, from) = match may.why_not {
                Some(InvoiceRefusal::YoungMandate(from)) => (Some(from), None),
                Some(InvoiceRefusal::Suspended(from, why)) => (None, Some((from, why))),
                _ => (None, None),
            };
            let ask = match invoice.state {
                _ if may.approve || young_until.is_some() => Ask::Approve,
                _ if may.authorise || from.is_some() => Ask::Authorise,
                InvoiceState::Authorised if may.pay => Ask::Pay,
                InvoiceState::Paid if may.pay => Ask::Settle,
                _ => continue,
            };
            let title =
                store::features::by_id(tx, invoice.feature).await?.map(|row| row.title).unwrap_or_default();
            waiting.push(Waiting { invoice, title, ask, young_until, from });
        }
    }
    Ok(waiting)
}
