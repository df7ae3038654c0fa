//! Subscriptions: what was agreed, what was called, what was paid.

use std::collections::BTreeMap;

use domain::{
    Money,
    ids::{OrganisationId, PersonId, PostingId, PotId, SubscriptionCallId, SubscriptionId},
    subscriptions::{Course, Period, Terms},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_optional_locked, fetch_value, row,
    seals::{self, Kind, Written},
};

crate::text_columns! { Period }

/// Subscriptions of one organisation that a statement reads, and those of a pot.
const MOST: i64 = 500;
/// Calls of one organisation that a statement reads: fifty years of months.
const MOST_CALLS: i64 = 600;

row! {
    /// A subscription with the last terms that were agreed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Subscription {
        /// Its id.
        pub id: SubscriptionId,
        /// Into which pot.
        pub pot: PotId,
        /// Whose.
        pub organisation: OrganisationId,
        /// How often it is called.
        pub period: Period,
        /// The first day of its first period.
        pub starts_on: Date,
        /// No period that begins after this day is called.
        pub ends_on: Option<Date>,
        /// The first day of the first period that is called no more, where it was stopped.
        pub stops_on: Option<Date>,
        /// How many periods were called.
        pub called: i64,
        /// When nothing more was left to be called.
        pub over_at: Option<Timestamp>,
        /// When it was declared.
        pub created_at: Timestamp,
        /// How many times terms were agreed.
        pub version: i64,
        /// For each period; of a part of the turnover: for a year.
        pub amount: Money,
        /// The part of the turnover, in basis points.
        pub rate: Option<i64>,
    }
}

impl Subscription {
    /// Its days, and where it stands.
    #[must_use]
    pub const fn course(&self) -> Course {
        Course {
            period: self.period,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            stops_on: self.stops_on,
            called: self.called,
        }
    }

    /// What is asked from the next call on.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms { amount: self.amount, rate: self.rate.and_then(|rate| u32::try_from(rate).ok()) }
    }
}

/// Writes a new subscription. Its terms are agreed apart.
/// Errors: the constraint `subscription_one` where the organisation has one without end.
pub async fn insert(tx: &mut Tx, new: &Subscription) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO subscription (id, pot, organisation, period, starts_on, ends_on, stops_on, called, \
        over_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = args![
        new.id,
        new.pot,
        new.organisation,
        new.period,
        new.starts_on,
        new.ends_on,
        new.stops_on,
        new.called,
        new.over_at,
        new.created_at
    ];
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::Subscription, new.id, Written::All).await
}

/// What somebody agreed.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    /// What is asked.
    pub terms: Terms,
    /// By whom.
    pub by: PersonId,
    /// Why somebody else than the organisation wrote it down; else empty.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Writes the terms of that version.
pub async fn agree(
    tx: &mut Tx,
    subscription: SubscriptionId,
    version: i64,
    agreed: Agreed<'_>,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO subscription_terms (subscription, version, amount, rate, agreed_by, reason, \
        created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Agreed { terms, by, reason, at } = agreed;
    let rate = terms.rate.map(i64::from);
    execute(tx, SQL, args![subscription, version, terms.amount, rate, by, reason, at]).await?;
    seals::renew(tx, Kind::SubscriptionTerms, [(subscription.0, version)], Written::All).await
}

row! {
    /// Who agreed on terms.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AgreedBy {
        /// Their name.
        pub name: String,
        /// Why they wrote it down for the organisation; empty where they acted for it.
        pub reason: String,
        /// When.
        pub created_at: Timestamp,
    }
}

/// Who agreed on the last terms of a subscription.
pub async fn agreed_by(tx: &mut Tx, subscription: SubscriptionId) -> sqlx::Result<Option<AgreedBy>> {
    const SQL: &str = "SELECT p.name, t.reason, t.created_at FROM subscription_terms t \
        JOIN person p ON p.id = t.agreed_by WHERE t.subscription = $1 ORDER BY t.version DESC LIMIT 1";
    fetch_optional(tx, SQL, args![subscription]).await
}

/// Writes what a subscription has become: its stop, how many periods were called, whether it is over.
pub async fn update(tx: &mut Tx, subscription: &Subscription) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE subscription SET stops_on = $2, called = $3, over_at = $4 WHERE id = $1";
    let values = args![subscription.id, subscription.stops_on, subscription.called, subscription.over_at];
    execute(tx, SQL, values).await?;
    let written = Written::Only(&["stops_on", "called"]);
    seals::renew_one(tx, Kind::Subscription, subscription.id, written).await
}

macro_rules! selected {
    ($end:literal) => {
        concat!(
            "SELECT s.id, s.pot, s.organisation, s.period, s.starts_on, s.ends_on, s.stops_on, s.called, s.over_at, ",
            "s.created_at, t.version, t.amount, t.rate FROM subscription s ",
            "JOIN subscription_terms t ON t.subscription = s.id AND t.version = ",
            "(SELECT MAX(version) FROM subscription_terms WHERE subscription = s.id) WHERE ",
            $end
        )
    };
}

/// A subscription.
pub async fn by_id(tx: &mut Tx, id: SubscriptionId) -> sqlx::Result<Option<Subscription>> {
    const SQL: &str = selected!("s.id = $1");
    fetch_optional(tx, SQL, args![id]).await
}

/// The subscriptions of an organisation into a pot, the oldest first.
pub async fn of_organisation(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
) -> sqlx::Result<Vec<Subscription>> {
    const SQL: &str = selected!("s.organisation = $1 AND s.pot = $2 ORDER BY s.starts_on, s.id LIMIT $3");
    fetch_all(tx, SQL, args![organisation, pot, MOST]).await
}

/// The subscriptions into a pot after that id, at most `limit`.
pub async fn of_pot(
    tx: &mut Tx,
    pot: PotId,
    after: Option<SubscriptionId>,
    limit: i64,
) -> sqlx::Result<Vec<Subscription>> {
    const SQL: &str = selected!("s.pot = $1 AND s.id > $2 ORDER BY s.id LIMIT $3");
    let after = after.unwrap_or(SubscriptionId(uuid::Uuid::nil()));
    fetch_all(tx, SQL, args![pot, after, limit]).await
}

row! {
    /// What was called for a period.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SubscriptionCall {
        /// Its id.
        pub id: SubscriptionCallId,
        /// Into which pot.
        pub pot: PotId,
        /// Of which subscription.
        pub subscription: SubscriptionId,
        /// Who is called.
        pub organisation: OrganisationId,
        /// Its number in the pot, from 1.
        pub number: i64,
        /// What the transfer carries (ISO 11649).
        pub reference: String,
        /// The first day of the period.
        pub from_day: Date,
        /// Its last day.
        pub until_day: Date,
        /// What was called.
        pub amount: Money,
        /// What isn't asked any more.
        pub cancelled: Money,
        /// Who said so.
        pub cancelled_by: Option<PersonId>,
        /// Why.
        pub reason: String,
        /// The last day on which it is paid in time.
        pub due_on: Date,
        /// When the organisation was reminded of it.
        pub reminded_at: Option<Timestamp>,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

/// The number of the next call of a pot.
pub async fn next_number(tx: &mut Tx, pot: PotId) -> sqlx::Result<i64> {
    fetch_value(tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM subscription_call WHERE pot = $1", args![pot])
        .await
}

/// Writes a new call; `false` if the period was called already, and nothing is written.
pub async fn insert_call(tx: &mut Tx, call: &SubscriptionCall) -> sqlx::Result<bool> {
    const SQL: &str = "INSERT INTO subscription_call (id, pot, subscription, organisation, number, reference, from_day, \
        until_day, amount, cancelled, cancelled_by, reason, due_on, reminded_at, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
        ON CONFLICT (subscription, from_day) DO NOTHING";
    let values = args![
        call.id,
        call.pot,
        call.subscription,
        call.organisation,
        call.number,
        call.reference,
        call.from_day,
        call.until_day,
        call.amount,
        call.cancelled,
        call.cancelled_by,
        call.reason,
        call.due_on,
        call.reminded_at,
        call.created_at
    ];
    let is_new = execute(tx, SQL, values).await? == 1;
    if is_new {
        seals::renew_one(tx, Kind::SubscriptionCall, call.id, Written::All).await?;
    }
    Ok(is_new)
}

/// Writes what a call has become: what isn't asked any more, whether somebody was reminded.
pub async fn update_call(tx: &mut Tx, call: &SubscriptionCall) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE subscription_call SET cancelled = $2, cancelled_by = $3, reason = $4, reminded_at = $5 \
        WHERE id = $1";
    let values = args![call.id, call.cancelled, call.cancelled_by, call.reason, call.reminded_at];
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::SubscriptionCall, call.id, Written::Only(&["cancelled"])).await
}

/// A call.
pub async fn call(tx: &mut Tx, id: SubscriptionCallId) -> sqlx::Result<Option<SubscriptionCall>> {
    fetch_optional(tx, "SELECT * FROM subscription_call WHERE id = $1", args![id]).await
}

/// A call, locked.
pub async fn lock_call(tx: &mut Tx, id: SubscriptionCallId) -> sqlx::Result<Option<SubscriptionCall>> {
    fetch_optional_locked(tx, "SELECT * FROM subscription_call WHERE id = $1", args![id]).await
}

/// The call of that number in a pot.
pub async fn call_by_number(tx: &mut Tx, pot: PotId, number: i64) -> sqlx::Result<Option<SubscriptionCall>> {
    const SQL: &str = "SELECT * FROM subscription_call WHERE pot = $1 AND number = $2";
    fetch_optional(tx, SQL, args![pot, number]).await
}

/// The calls of an organisation in a pot, the oldest first.
pub async fn calls_of(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
) -> sqlx::Result<Vec<SubscriptionCall>> {
    const SQL: &str =
        "SELECT * FROM subscription_call WHERE organisation = $1 AND pot = $2 ORDER BY number LIMIT $3";
    fetch_all(tx, SQL, args![organisation, pot, MOST_CALLS]).await
}

/// Writes that an entry was paid for subscriptions.
pub async fn insert_payment(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    posting: PostingId,
    amount: Money,
) -> sqlx::Result<()> {
    const SQL: &str =
        "INSERT INTO subscription_payment (posting, pot, organisation, amount) VALUES ($1, $2, $3, $4)";
    execute(tx, SQL, args![posting, pot, organisation, amount]).await.map(drop)
}

/// All that an organisation paid for its subscriptions into a pot, reversed entries left out.
pub async fn paid_by(tx: &mut Tx, pot: PotId, organisation: OrganisationId) -> sqlx::Result<Money> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) FROM subscription_payment p \
        WHERE p.organisation = $1 AND p.pot = $2 \
        AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.posting)";
    fetch_value(tx, SQL, args![organisation, pot]).await.map(Money::new)
}

row! {
    /// What an organisation was called for and paid, as a table of all shows it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Owed {
        /// Called and still asked.
        pub called: Money,
        /// Of that, what should have been paid by yesterday.
        pub fallen_due: Money,
        /// All that was paid.
        pub paid: Money,
    }
}

impl Owed {
    /// What is still to be paid.
    #[must_use]
    pub fn rest(&self) -> Money {
        self.called.less(self.paid)
    }

    /// What is late.
    #[must_use]
    pub fn late(&self) -> Money {
        self.fallen_due.less(self.paid)
    }
}

row! {
    struct OwedRow { organisation: OrganisationId, called: Money, fallen_due: Money, paid: Money }
}

/// What each organisation with calls in a pot owes on a day.
pub async fn owed_in(tx: &mut Tx, pot: PotId, today: Date) -> sqlx::Result<BTreeMap<OrganisationId, Owed>> {
    const SQL: &str = "SELECT a.organisation, CAST(SUM(a.amount - a.cancelled) AS BIGINT) AS called, \
        CAST(SUM(CASE WHEN a.due_on < $2 THEN a.amount - a.cancelled ELSE 0 END) AS BIGINT) AS fallen_due, \
        CAST(COALESCE((SELECT SUM(p.amount) FROM subscription_payment p \
            WHERE p.organisation = a.organisation AND p.pot = $1 \
            AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.posting)), 0) AS BIGINT) AS paid \
        FROM subscription_call a WHERE a.pot = $1 GROUP BY a.organisation ORDER BY a.organisation LIMIT 100000";
    let rows: Vec<OwedRow> = fetch_all(tx, SQL, args![pot, today]).await?;
    let owed = |row: OwedRow| {
        let OwedRow { organisation, called, fallen_due, paid } = row;
        (organisation, Owed { called, fallen_due, paid })
    };
    Ok(rows.into_iter().map(owed).collect())
}
