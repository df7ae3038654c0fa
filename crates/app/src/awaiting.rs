//! What awaits a person, over all their collectives: what they can do now, then what ends soon.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Currency, actor::MandateKind, ids::PersonId};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use store::{
    Tx,
    awaiting::{self, ClosingSoon, FeatureToConfirm, ReportToDecide, RoleToConfirm, RoundToShare, ShareLeft},
    collectives::CollectiveRow,
    mandates::{self, MandateOf},
    organisations, people,
};

use crate::{
    Context, Failure, Never,
    invitations::{self, Shown},
    invoices::{self, page::Waiting},
    mandates::{Over, over_besides},
    work::deciding,
};

/// Most lines of one sort.
const MOST: u16 = 30;
/// How many days ahead what ends is told.
const SOON: i32 = 14;
/// How many days ahead the end of a mandate is told.
const MANDATE_SOON: i32 = 30;

/// An invoice that awaits a person.
#[derive(Clone, Debug)]
pub struct InvoiceWaiting {
    /// The collective.
    pub collective: CollectiveRow,
    /// The currency of its pot.
    pub currency: Currency,
    /// The invoice, and what is asked.
    pub waiting: Waiting,
}

/// What awaits a person.
#[derive(Clone, Debug)]
pub struct Awaiting {
    /// The latest day that it is in their collectives.
    pub today: Date,
    /// Roles that another proposed and that they may confirm.
    pub roles: Vec<RoleToConfirm>,
    /// Features that reached their floor and that they may confirm.
    pub features: Vec<FeatureToConfirm>,
    /// Invoices that they may answer, pay, or find on a statement.
    pub invoices: Vec<InvoiceWaiting>,
    /// Reports to which organisations object and that they may answer.
    pub reports: Vec<ReportToDecide>,
    /// Rounds whose money they may share out.
    pub rounds: Vec<RoundToShare>,
    /// Shares left of organisations whose money they move.
    pub shares: Vec<ShareLeft>,
    /// Invitations sent to their address.
    pub invitations: Vec<Shown>,
    /// Features of their collectives that close within two weeks.
    pub closing: Vec<ClosingSoon>,
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
        self.roles.len()
            + self.features.len()
            + self.invoices.len()
            + self.reports.len()
            + self.rounds.len()
            + self.shares.len()
            + self.invitations.len()
            + self.closing.len()
            + self.ending.len()
    }
}

/// Reads what awaits a person: a dozen queries, however many collectives, and some for each that has invoices or
/// objections. A day is that of each collective. Errors: [`Failure::NotFound`] for nobody.
pub async fn of_person(ctx: &Context, person: PersonId) -> Result<Awaiting, Failure<Never>> {
    let now = ctx.now();
    let mut tx = ctx.db.read().await?;
    let row = people::get(&mut tx, person).await?.ok_or(Failure::NotFound)?;
    let collectives = organisations::collectives_of(&mut tx, person, MOST).await?;
    let days = Days::of(&collectives, now);
    let today = days.latest(now);
    let held = mandates::of_person(&mut tx, person, today, 500).await?;
    let soon = today.saturating_add(MANDATE_SOON.days());
    Ok(Awaiting {
        today,
        roles: awaiting::roles_to_confirm(&mut tx, person, now, MOST).await?,
        features: awaiting::features_to_confirm(&mut tx, person, now, MOST).await?,
        invoices: invoices_of(&mut tx, person, &days, now).await?,
        reports: reports_of(&mut tx, person, &days, now).await?,
        rounds: awaiting::rounds_to_share(&mut tx, person, now, MOST).await?,
        shares: shares_of(&mut tx, person, &days).await?,
        invitations: invitations::of_address(&mut tx, &row.email_key, now, MOST)
            .await
            .map_err(|failure| Failure::Fault(failure.to_string()))?,
        closing: closing(&mut tx, person, &days).await?,
        ending: held.iter().filter(|one| ends_by(one, soon)).cloned().collect(),
        over: over_besides(&mut tx, person, today, &held).await?,
        mandates: held,
        collectives,
    })
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
}

async fn shares_of(tx: &mut Tx, person: PersonId, days: &Days) -> store::sqlx::Result<Vec<ShareLeft>> {
    let mut all = Vec::new();
    for (day, there) in &days.0 {
        let found = awaiting::shares_left(tx, person, *day, MOST).await?;
        all.extend(found.into_iter().filter(|share| there.contains(&share.slug)));
    }
    Ok(all)
}

async fn reports_of(
    tx: &mut Tx,
    person: PersonId,
    days: &Days,
    now: Timestamp,
) -> store::sqlx::Result<Vec<ReportToDecide>> {
    let mut all = Vec::new();
    for (day, there) in &days.0 {
        for one in awaiting::reports_to_decide(tx, person, *day, now, MOST).await? {
            if there.contains(&one.slug) && decides(tx, person, &one, now).await? {
                all.push(one);
            }
        }
    }
    Ok(all)
}

/// Whether it is for this person to answer a report.
async fn decides(
    tx: &mut Tx,
    person: PersonId,
    one: &ReportToDecide,
    now: Timestamp,
) -> store::sqlx::Result<bool> {
    let Some(collective) = store::collectives::get(tx, one.collective_id).await? else { return Ok(false) };
    let Some(feature) = store::features::by_id(tx, one.feature).await? else { return Ok(false) };
    let report = store::work::reports(tx, feature.id, 1).await?.pop();
    let at = invoices::At { collective: &collective, today: collective.day(now), now };
    let known = deciding::deciders(tx, &at, &feature, report.as_ref(), &[person]).await?;
    Ok(known.may_decide(person).is_ok())
}

async fn invoices_of(
    tx: &mut Tx,
    person: PersonId,
    days: &Days,
    now: Timestamp,
) -> store::sqlx::Result<Vec<InvoiceWaiting>> {
    let mut all = Vec::new();
    let mut pots = Vec::new();
    for day in days.0.keys() {
        pots.extend(awaiting::pots_with_invoices(tx, person, *day, MOST).await?);
    }
    pots.sort_unstable_by_key(|one| one.pot);
    pots.dedup();
    for one in pots {
        let Some(collective) = store::collectives::get(tx, one.collective).await? else { continue };
        let Some(pot) = store::pots::by_id(tx, one.pot).await? else { continue };
        // What the person holds is read anew, on the collective's own day.
        let standing = crate::people::standing_in(tx, person, &collective, now).await?;
        let represents = standing.mandates.iter().find(|mandate| mandate.kind == MandateKind::Representative);
        let acting = represents.map(|mandate| mandate.organisation);
        let found = invoices::page::awaiting(tx, &collective, &standing, acting, one.pot, now, MOST).await?;
        all.extend(found.into_iter().map(|waiting| InvoiceWaiting {
            collective: collective.clone(),
            currency: pot.currency(),
            waiting,
        }));
    }
    Ok(all)
}

async fn closing(tx: &mut Tx, person: PersonId, days: &Days) -> store::sqlx::Result<Vec<ClosingSoon>> {
    let mut all = Vec::new();
    for (day, there) in &days.0 {
        let until = day.saturating_add(SOON.days());
        let found = awaiting::closing_soon(tx, person, *day, until, MOST).await?;
        all.extend(found.into_iter().filter(|feature| there.contains(&feature.slug)));
    }
    Ok(all)
}

/// Whoever only writes misses little when a mandate ends; the others are told.
fn ends_by(mandate: &MandateOf, day: Date) -> bool {
    mandate.kind != MandateKind::Contributor && mandate.ends_on.is_some_and(|end| end <= day)
}
