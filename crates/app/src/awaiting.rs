//! What awaits a person, over all their collectives: what they can do now, then what ends soon.

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
    /// The day by which it was read, in UTC.
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

/// Reads what awaits a person: a dozen queries, however many collectives, and some for each that has invoices.
/// Errors: [`Failure::NotFound`] for nobody.
pub async fn of_person(ctx: &Context, person: PersonId) -> Result<Awaiting, Failure<Never>> {
    let now = ctx.now();
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    let mut tx = ctx.db.read().await?;
    let row = people::get(&mut tx, person).await?.ok_or(Failure::NotFound)?;
    let held = mandates::of_person(&mut tx, person, today, 500).await?;
    let soon = today.saturating_add(MANDATE_SOON.days());
    Ok(Awaiting {
        today,
        roles: awaiting::roles_to_confirm(&mut tx, person, now, MOST).await?,
        features: awaiting::features_to_confirm(&mut tx, person, now, MOST).await?,
        invoices: invoices_of(&mut tx, person, today, now).await?,
        reports: awaiting::reports_to_decide(&mut tx, person, now, MOST).await?,
        rounds: awaiting::rounds_to_share(&mut tx, person, now, MOST).await?,
        shares: awaiting::shares_left(&mut tx, person, today, MOST).await?,
        invitations: invitations::of_address(&mut tx, &row.email_key, now, MOST)
            .await
            .map_err(|failure| Failure::Fault(failure.to_string()))?,
        closing: closing(&mut tx, person, today).await?,
        ending: held.iter().filter(|one| ends_by(one, soon)).cloned().collect(),
        over: over_besides(&mut tx, person, today, &held).await?,
        mandates: held,
        collectives: organisations::collectives_of(&mut tx, person, MOST).await?,
    })
}

async fn invoices_of(
    tx: &mut Tx,
    person: PersonId,
    today: Date,
    now: Timestamp,
) -> store::sqlx::Result<Vec<InvoiceWaiting>> {
    let mut all = Vec::new();
    for one in awaiting::pots_with_invoices(tx, person, today, MOST).await? {
        let Some(collective) = store::collectives::get(tx, one.collective).await? else { continue };
        let Some(pot) = store::pots::by_id(tx, one.pot).await? else { continue };
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

async fn closing(tx: &mut Tx, person: PersonId, today: Date) -> store::sqlx::Result<Vec<ClosingSoon>> {
    awaiting::closing_soon(tx, person, today, today.saturating_add(SOON.days()), MOST).await
}

/// Whoever only writes misses little when a mandate ends; the others are told.
fn ends_by(mandate: &MandateOf, day: Date) -> bool {
    mandate.kind != MandateKind::Contributor && mandate.ends_on.is_some_and(|end| end <= day)
}
