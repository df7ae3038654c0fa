//! What awaits a person, over all their collectives or in one of them: one list, whichever page shows it.

mod said;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Currency,
    actor::{MandateKind, Standing},
    ids::{CollectiveId, OrganisationId, PersonId},
    invoices::InvoiceState,
    names,
    pot::FundMode,
    tasks::TaskKind,
};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use store::{
    Tx,
    collectives::CollectiveRow,
    hosts::Target,
    mandates::{self, MandateOf},
    organisations, people,
    tasks::{self, Asked, Task},
};

use crate::{
    Context, Failure, Never,
    fund_calls::confirming,
    host_targets,
    invitations::{self, Shown},
    invoices::{self, page::Waiting},
    mandates::{Over, ToAnswer, over_besides, proposed_to},
    newcomers,
    refunds::{self, page::Asks},
    roles,
    work::deciding,
};

pub use said::{Said, say};

/// Most lines of one sort.
const MOST: u16 = 30;
/// Most tasks.
const MOST_TASKS: u16 = 200;
/// How many days ahead what ends is told.
const SOON: i32 = 14;
/// How many days a payment may be without a proof before treasurers are told.
const UNPROVEN_FOR: i32 = 15;
/// How many days ahead the end of a mandate is told.
const MANDATE_SOON: i32 = 30;

/// What a refund asks for where a second person is missing.
const SECOND: &str = "second";

/// An invoice that awaits a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceWaiting {
    /// The collective.
    pub id: CollectiveId,
    /// The collective's name in addresses.
    pub slug: String,
    /// Its name.
    pub collective: String,
    /// The currency of its pot.
    pub currency: Currency,
    /// The name of its time zone.
    pub zone: String,
    /// The invoice, and what is asked.
    pub waiting: Waiting,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToDo {
    /// About anything but an invoice.
    Task(Box<Task>),
    /// About an invoice.
    Invoice(Box<InvoiceWaiting>),
}

impl ToDo {
    /// Where it waits.
    #[must_use]
    pub const fn collective(&self) -> CollectiveId {
        match self {
            Self::Task(task) => task.collective,
            Self::Invoice(one) => one.id,
        }
    }

    /// Its sort.
    #[must_use]
    pub const fn kind(&self) -> TaskKind {
        match self {
            Self::Task(task) => task.kind,
            Self::Invoice(_) => TaskKind::Invoice,
        }
    }
}

/// What awaits a person.
#[derive(Clone, Debug)]
pub struct Awaiting {
    /// The latest day that it is in their collectives.
    pub today: Date,
    /// What to do in their collectives, most pressing first.
    pub todo: Vec<ToDo>,
    /// Invitations sent to their address.
    pub invitations: Vec<Shown>,
    /// Mandates that are proposed to them.
    pub proposed: Vec<ToAnswer>,
    /// Mandates of theirs that end within a month.
    pub ending: Vec<MandateOf>,
    /// All their mandates, those to come included.
    pub mandates: Vec<MandateOf>,
    /// Mandates of theirs that are over and that nothing has replaced.
    pub over: Vec<Over>,
    /// The collectives that they are part of.
    pub collectives: Vec<CollectiveRow>,
}

impl Awaiting {
    /// How many things ask for something.
    #[must_use]
    pub fn count(&self) -> usize {
        let waiting = self.todo.iter().filter(|one| one.kind().waits()).count();
        waiting + self.invitations.len() + self.proposed.len() + self.ending.len()
    }
}

/// Reads what awaits a person: half a dozen queries, however many collectives, and some for each that has invoices or
/// objections. A day is that of each collective. Errors: [`Failure::NotFound`] for nobody.
pub async fn of_person(ctx: &Context, person: PersonId) -> Result<Awaiting, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    read(&mut tx, person, ctx.now()).await
}

/// The same in a transaction that is under way.
pub(crate) async fn read(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<Awaiting, Failure<Never>> {
    let row = people::get(tx, person).await?.ok_or(Failure::NotFound)?;
    let collectives = organisations::collectives_of(tx, person, MOST).await?;
    let days = Days::of(&collectives, now);
    // Who is part of no collective any more lives on the day of those that their organisations left: mandates go on there.
    let today = match collectives.is_empty() {
        true => latest_day(&organisations::zones_left(tx, person, MOST).await?, now),
        false => days.latest(now),
    };
    let held = mandates::of_person(tx, person, today, 500).await?;
    let soon = today.saturating_add(MANDATE_SOON.days());
    Ok(Awaiting {
        today,
        todo: everywhere(tx, person, &days, now).await?,
        invitations: invitations::of_address(tx, &row.email_key, now, MOST)
            .await
            .map_err(|failure| Failure::Fault(failure.to_string()))?,
        proposed: proposed_to(tx, person, now, today).await?,
        ending: held.iter().filter(|one| ends_by(one, soon)).cloned().collect(),
        over: over_besides(tx, person, today, &held).await?,
        mandates: held,
        collectives,
    })
}

/// The latest civil day that it is now in these zones; in none, that of UTC.
fn latest_day(zones: &[String], now: Timestamp) -> Date {
    let there = |zone| now.to_zoned_datetime(zone).date();
    let days = zones.iter().map(|zone| there(TimeZone::get(zone).unwrap_or(TimeZone::UTC)));
    days.max().unwrap_or_else(|| there(TimeZone::UTC))
}

/// The civil days that it is now in a person's collectives, with their names in addresses: two at most around midnight.
struct Days(BTreeMap<Date, BTreeSet<String>>);

impl Days {
    fn of(collectives: &[CollectiveRow], now: Timestamp) -> Self {
        let mut days: BTreeMap<Date, BTreeSet<String>> = BTreeMap::new();
        for one in collectives {
            days.entry(one.day(now)).or_default().insert(one.slug.clone());
        }
        Self(days)
    }

    /// The latest of them: a mandate that begins today is one.
    fn latest(&self, now: Timestamp) -> Date {
        let utc = || now.to_zoned_datetime(TimeZone::UTC).date();
        self.0.keys().next_back().copied().unwrap_or_else(utc)
    }

    /// All of them.
    fn each(&self, now: Timestamp) -> BTreeSet<Date> {
        self.0.keys().copied().chain([self.latest(now)]).collect()
    }

    /// Whether it is that day in a collective; of one that isn't known, it is the latest.
    fn is(&self, day: Date, slug: &str, now: Timestamp) -> bool {
        let of = self.0.iter().find(|(_, there)| there.contains(slug));
        of.map_or_else(|| self.latest(now), |(of, _)| *of) == day
    }
}

/// What awaits somebody in one collective: of the same list, one query and some more where there are invoices or
/// objections.
pub async fn in_collective(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
) -> store::sqlx::Result<Vec<ToDo>> {
    let asked = asked(standing.person, Some(collective), standing.today, standing.now);
    let mut todo = Vec::new();
    for task in tasks::of_person(tx, &asked, newcomers::CONFIRMED).await? {
        todo.extend(with_standing(tx, task, collective, standing, acting_for).await?);
    }
    Ok(todo)
}

async fn everywhere(
    tx: &mut Tx,
    person: PersonId,
    days: &Days,
    now: Timestamp,
) -> store::sqlx::Result<Vec<ToDo>> {
    let mut todo = Vec::new();
    for day in days.each(now) {
        for task in tasks::of_person(tx, &asked(person, None, day, now), newcomers::CONFIRMED).await? {
            if !days.is(day, &task.slug, now) {
                continue;
            }
            if !matches!(
                task.kind,
                TaskKind::Role
                    | TaskKind::NewIban
                    | TaskKind::NewLink
                    | TaskKind::Invoice
                    | TaskKind::Answerers
                    | TaskKind::Refund
                    | TaskKind::Report
                    | TaskKind::Receive
            ) {
                todo.extend(Some(task).filter(is_theirs).map(|task| ToDo::Task(Box::new(task))));
                continue;
            }
            let Some(collective) = store::collectives::get(tx, task.collective).await? else { continue };
            // What the person holds is read anew, on the collective's own day.
            let standing = crate::people::standing_in(tx, person, &collective, now).await?;
            todo.extend(with_standing(tx, task, &collective, &standing, None).await?);
        }
    }
    Ok(todo)
}

/// What a line of the list comes to for somebody: all invoices of the pot that they may answer, a report if it is for
/// them to answer it.
async fn with_standing(
    tx: &mut Tx,
    task: Task,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
) -> store::sqlx::Result<Vec<ToDo>> {
    let is_asked = match task.kind {
        TaskKind::Role => {
            let open = roles::confirmable(tx, collective, standing.person, standing.now).await?;
            let is_it = |one: &roles::Confirmable| {
                (&one.whom, one.kind.as_str(), Some(one.proposed_at))
                    == (&task.whom, &*task.about, task.since)
            };
            let Some(found) = open.into_iter().find(is_it) else { return Ok(Vec::new()) };
            return Ok(vec![ToDo::Task(Box::new(Task { since: found.from, ..task }))]);
        }
        TaskKind::Invoice => {
            let acting = acting_for.or_else(|| represented(standing));
            return invoices_of(tx, &task, collective, standing, acting).await;
        }
        TaskKind::Answerers => return unanswerable(tx, task, collective, standing.now).await,
        TaskKind::Refund => {
            let acting = acting_for.or_else(|| represented(standing));
            let of = (task.pot, task.organisation, task.number);
            return Ok(match refunds::page::asks(tx, collective, standing, acting, of).await? {
                Asks::Nothing => Vec::new(),
                Asks::Them => vec![ToDo::Task(Box::new(task))],
                Asks::Another(names) => {
                    let (by_whom, whom) = (SECOND.to_owned(), names.join(", "));
                    vec![ToDo::Task(Box::new(Task { by_whom, whom, ..task }))]
                }
            });
        }
        TaskKind::NewIban => settles(tx, &task, collective, standing, Target::Iban).await?,
        TaskKind::NewLink => settles(tx, &task, collective, standing, Target::Link).await?,
        TaskKind::Report => decides(tx, collective, standing, task.number).await?,
        TaskKind::Receive if task.mode == FundMode::Direct => {
            let acting = acting_for.or_else(|| represented(standing));
            confirms(tx, &task, collective, (standing, acting)).await?
        }
        _ => is_theirs(&task),
    };
    Ok(if is_asked { vec![ToDo::Task(Box::new(task))] } else { Vec::new() })
}

/// Whether somebody may confirm or stop what waits to be shown of the host.
async fn settles(
    tx: &mut Tx,
    task: &Task,
    collective: &CollectiveRow,
    standing: &Standing,
    target: Target,
) -> store::sqlx::Result<bool> {
    let host = store::pots::by_id(tx, task.pot).await?.and_then(|pot| pot.host);
    let Some(host) = host else { return Ok(false) };
    let Some(host) = store::hosts::get(tx, host).await? else { return Ok(false) };
    host_targets::may_answer(tx, collective, (&host, target), standing.person, standing.now).await
}

/// Whether it is for somebody to confirm that a call was received.
async fn confirms(
    tx: &mut Tx,
    task: &Task,
    collective: &CollectiveRow,
    (standing, acting): (&Standing, Option<OrganisationId>),
) -> store::sqlx::Result<bool> {
    let Some(call) = store::fund_calls::by_number(tx, task.pot, task.number).await? else { return Ok(false) };
    let Some(feature) = store::features::by_id(tx, call.feature).await? else { return Ok(false) };
    let at = invoices::At::new(collective, standing.now);
    Ok(confirming::confirmer(tx, &at, &feature, &call).await?.asks(standing, acting))
}

/// Whether it is for somebody to answer the report on a feature.
async fn decides(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    number: i64,
) -> store::sqlx::Result<bool> {
    let Some(feature) = store::features::by_number(tx, collective.id, number).await? else {
        return Ok(false);
    };
    let report = store::work::reports(tx, feature.id, 1).await?.pop();
    let at = invoices::At::new(collective, standing.now);
    let known = deciding::deciders(tx, &at, &feature, report.as_ref(), &[standing.person]).await?;
    Ok(known.may_decide(standing.person).is_ok())
}

fn asked(person: PersonId, collective: Option<&CollectiveRow>, today: Date, now: Timestamp) -> Asked {
    let collective = collective.map(|collective| collective.id);
    Asked {
        person,
        collective,
        now,
        today,
        soon: today.saturating_add(SOON.days()),
        proven_from: today.saturating_sub(UNPROVEN_FOR.days()),
        limit: MOST_TASKS,
    }
}

/// Whoever does the work bills: the organisation that the feature names, else the one that leads it.
fn is_theirs(task: &Task) -> bool {
    if task.kind != TaskKind::Bill {
        return true;
    }
    // A name that isn't of a member shows the way to the lead at most.
    let named = task.about.trim();
    let by_lead = named.is_empty() || names::same_name(named, &task.whom);
    task.organisation == task.worker.or(task.lead.filter(|_| by_lead)) && task.organisation.is_some()
}

/// The organisation for which somebody may stand in for a steward.
fn represented(standing: &Standing) -> Option<OrganisationId> {
    let found = standing.mandates.iter().find(|mandate| mandate.kind == MandateKind::Representative);
    found.map(|mandate| mandate.organisation)
}

async fn invoices_of(
    tx: &mut Tx,
    task: &Task,
    collective: &CollectiveRow,
    standing: &Standing,
    acting: Option<OrganisationId>,
) -> store::sqlx::Result<Vec<ToDo>> {
    let found =
        invoices::page::awaiting(tx, collective, standing, acting, task.pot, standing.now, MOST).await?;
    let of = |waiting| InvoiceWaiting {
        id: task.collective,
        slug: task.slug.clone(),
        collective: task.collective_name.clone(),
        currency: task.currency(),
        zone: task.zone.clone(),
        waiting,
    };
    Ok(found.into_iter().map(|waiting| ToDo::Invoice(Box::new(of(waiting)))).collect())
}

/// A line for each invoice of a pot that nobody may answer.
async fn unanswerable(
    tx: &mut Tx,
    task: Task,
    collective: &CollectiveRow,
    now: Timestamp,
) -> store::sqlx::Result<Vec<ToDo>> {
    let mut todo = Vec::new();
    for state in [InvoiceState::Entered, InvoiceState::Approved] {
        for invoice in store::invoices::in_state(tx, task.pot, state, MOST).await? {
            if !invoices::nobody_answers(tx, collective, &invoice, now).await? {
                continue;
            }
            let Some(feature) = store::features::by_id(tx, invoice.feature).await? else { continue };
            let (title, amount) = (feature.title, invoice.amount);
            let line = Task { number: invoice.number, title, amount, many: 1, ..task.clone() };
            todo.push(ToDo::Task(Box::new(line)));
        }
    }
    Ok(todo)
}

/// Whoever only writes misses little when a mandate ends; the others are told.
fn ends_by(mandate: &MandateOf, day: Date) -> bool {
    mandate.kind != MandateKind::Contributor && mandate.ends_on.is_some_and(|end| end <= day)
}
