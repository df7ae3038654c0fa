//! What the page of the work on a feature shows, and what somebody may do there.

use domain::{
    Money,
    actor::{Action, Standing, permit},
    features::State,
    ids::OrganisationId,
    invoices::InvoiceState,
    pot::FundMode,
    reports::{Outcome, ReportState},
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    collectives::CollectiveRow,
    features::Feature,
    fund_calls::{CalledSums, Listed, Which},
    invoices::Invoice,
    pots::Pot,
    work::{Objection, Report, Work},
};

use super::{
    Worker, deciding,
    ending::keeps_order_lines,
    objections::{asked, own_side, was_member},
    worker_of,
};
use crate::{
    invoices::At,
    returning::{Returning, if_ended},
};

/// Invoices and reports that a page shows.
const SHOWN: u16 = 100;

/// The work on a feature.
#[derive(Clone, Debug)]
pub struct WorkPage {
    /// The feature.
    pub feature: Feature,
    /// Who does the work.
    pub worker: Worker,
    /// The name of the organisation that leads.
    pub lead: String,
    /// The day when that organisation left the collective.
    pub lead_left: Option<Date>,
    /// When it is to be done.
    pub work: Option<Work>,
    /// Its invoices, the oldest first.
    pub invoices: Vec<Invoice>,
    /// What was called for it.
    pub called: CalledSums,
    /// Whom to invoice directly, in a direct pot.
    pub bills: Vec<Listed>,
    /// What was received for it and isn't invoiced; nothing in a direct pot.
    pub room: Option<Money>,
    /// Its reports, the newest first.
    pub reports: Vec<Report>,
    /// The objections to the newest.
    pub objections: Vec<Objection>,
    /// How many objections hold a report up.
    pub asked: usize,
}

impl WorkPage {
    /// The report from which something still follows.
    #[must_use]
    pub fn standing(&self) -> Option<&Report> {
        self.reports.first().filter(|report| report.state.stands())
    }

    /// The objections that stand.
    pub fn objecting(&self) -> impl Iterator<Item = &Objection> {
        self.objections.iter().filter(|one| one.withdrawn_at.is_none())
    }

    /// Whether invoices belong on the page: they come while the work is done, and stay afterwards.
    #[must_use]
    pub fn takes_invoices(&self) -> bool {
        let state = self.feature.state;
        state == State::Building || state.is_end() || !self.invoices.is_empty() || self.room.is_none()
    }

    /// What was invoiced and stands.
    #[must_use]
    pub fn invoiced(&self) -> Money {
        let standing = self.invoices.iter().filter(|invoice| invoice.state.stands());
        Money::sum(standing.map(|invoice| invoice.amount)).unwrap_or_default()
    }

    /// What of it two persons agreed to: it was drawn from those who put money there, as their years say.
    #[must_use]
    pub fn accepted(&self) -> Money {
        let due = self.invoices.iter().filter(|invoice| invoice.due_posting.is_some());
        Money::sum(due.map(|invoice| invoice.amount)).unwrap_or_default()
    }

    /// What of it left by a transfer.
    #[must_use]
    pub fn paid(&self) -> Money {
        let paid = |invoice: &&Invoice| matches!(invoice.state, InvoiceState::Paid | InvoiceState::Settled);
        Money::sum(self.invoices.iter().filter(paid).map(|invoice| invoice.amount)).unwrap_or_default()
    }
}

/// The page of the work on a feature.
pub async fn page(
    tx: &mut Tx,
    pot: &Pot,
    collective: &CollectiveRow,
    feature: Feature,
    today: Date,
) -> store::sqlx::Result<WorkPage> {
    let invoices = store::invoices::of_feature(tx, feature.id, SHOWN).await?;
    let reports = store::work::reports(tx, feature.id, SHOWN).await?;
    let objections = match reports.first() {
        Some(report) => store::work::objections(tx, report.id).await?,
        None => Vec::new(),
    };
    let (room, bills) = match pot.fund_mode {
        FundMode::Direct => (None, bills(tx, &feature).await?),
        FundMode::Own | FundMode::Pledge => (Some(room(tx, &feature).await?), Vec::new()),
    };
    let worker = worker_of(tx, &feature).await?;
    let standing = reports.first().filter(|report| report.state.stands());
    Ok(WorkPage {
        asked: asked(tx, collective, today, standing, &own_side(&feature, &worker)).await?,
        worker,
        lead: store::organisations::get(tx, feature.lead).await?.map(|lead| lead.name).unwrap_or_default(),
        lead_left: store::organisations::member(tx, feature.collective, feature.lead)
            .await?
            .and_then(|row| row.left_on),
        work: store::work::of_feature(tx, feature.id).await?,
        called: store::fund_calls::sums_of_feature(tx, feature.id).await?,
        bills,
        invoices,
        room,
        reports,
        objections,
        feature,
    })
}

/// The order lines of a feature, in the order of their numbers.
async fn bills(tx: &mut Tx, feature: &Feature) -> store::sqlx::Result<Vec<Listed>> {
    let which = Which::Feature(feature.id);
    let mut bills = store::fund_calls::list(tx, which, i64::MAX, SHOWN.into()).await?;
    bills.reverse();
    Ok(bills)
}

async fn room(tx: &mut Tx, feature: &Feature) -> store::sqlx::Result<Money> {
    let of = store::journal::Of::Feature(feature.id);
    let held = store::journal::balances(tx, feature.pot, domain::Book::Cash, of).await?;
    let reserved = held.iter().filter(|(account, _)| account.kind() == domain::AccountKind::Reserved);
    let reserved = Money::sum(reserved.map(|(_, amount)| *amount)).unwrap_or_default();
    Ok(reserved.less(store::invoices::pending(tx, feature.id).await?.amount))
}

/// What somebody may do with the work on a feature now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// Enter an invoice.
    pub invoice: bool,
    /// Invoice each organisation directly.
    pub bill: bool,
    /// Report that it is done.
    pub report: bool,
    /// Object to the report.
    pub object: bool,
    /// Take the objection back.
    pub withdraw: bool,
    /// Answer the objections.
    pub decide: bool,
    /// Give more time.
    pub give_time: bool,
    /// A steward who leads the feature or does the work: others answer the objections.
    pub others_decide: bool,
    /// Nobody can: the ties of every steward began since the report.
    pub stuck: bool,
    /// They decide as the representative of another member: no steward is free to.
    pub stands_in: bool,
}

/// What somebody may do with the work on a feature now; the acts ask again.
pub async fn may(
    tx: &mut Tx,
    page: &WorkPage,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
    now: Timestamp,
) -> store::sqlx::Result<May> {
    let feature = &page.feature;
    let holds = |action, lead| permit(action, standing, acting_for, lead).is_ok();
    let at_work = |action| holds(action, Some(feature.lead)) || holds(action, page.worker.organisation);
    let bill = !page.bills.is_empty() && at_work(Action::EnterInvoice);
    if feature.state != State::Building {
        return Ok(May { bill, ..May::default() });
    }
    let at = At::new(collective, now);
    let report = page.standing();
    let own = acting_for.is_some_and(|acting| own_side(feature, &page.worker).contains(&acting));
    let objects = acting_for.is_some_and(|acting| page.objecting().any(|one| one.organisation == acting));
    let open = report.is_some_and(|row| row.state == ReportState::Open && at.today <= row.objections_until);
    let contested = report.is_some_and(|row| row.state == ReportState::Contested);
    let was_member = match (report, acting_for) {
        (Some(report), Some(acting)) => {
            was_member(tx, collective.id, acting, collective.day(report.created_at)).await?
        }
        _ => false,
    };
    let votes = holds(Action::ObjectToReport, None) && acting_for.is_some();
    let person = standing.person;
    let known = deciding::deciders(tx, &at, feature, report, &[person]).await?;
    let decides = holds(Action::DecideReport, None) && known.may_decide(person).is_ok();
    let tied = known.stewards.contains(&person) && known.tied.contains(&person);
    Ok(May {
        bill,
        invoice: page.room.is_some_and(Money::is_positive) && at_work(Action::EnterInvoice),
        report: report.is_none() && at_work(Action::ReportWork),
        object: open && votes && !own && !objects && was_member,
        withdraw: votes && objects && (open || contested),
        decide: contested && decides,
        give_time: (contested || report.is_none()) && decides,
        others_decide: contested && tied && !known.are_stuck(),
        stuck: contested && known.are_stuck(),
        stands_in: decides && !known.stewards.contains(&person),
    })
}

/// What would return if the feature ended so now: nothing of delivered work in a direct pot.
pub async fn returning(
    tx: &mut Tx,
    pot: &Pot,
    feature: &Feature,
    outcome: Outcome,
) -> store::sqlx::Result<Option<Returning>> {
    match outcome.state() {
        None => Ok(None),
        Some(to) if keeps_order_lines(pot.fund_mode, to) => Ok(Some(Returning::default())),
        Some(_) => if_ended(tx, pot, feature).await.map(Some),
    }
}
