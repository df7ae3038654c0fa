//! What awaits a person, over all their collectives. Each list is short and read by a query of its own.

use domain::{
    Money,
    actor::RoleKind,
    ids::{CollectiveId, FeatureId, OrganisationId, PersonId, PotId},
};
use jiff::{Timestamp, civil::Date};

use crate::{Tx, args, fetch_all, row};

row! {
    /// A share that is left to put on features, of an organisation whose money the person moves.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ShareLeft {
        /// The collective's name in addresses.
        pub slug: String,
        /// Its name.
        pub collective: String,
        /// The pot.
        pub pot: PotId,
        /// Its currency.
        pub currency: String,
        /// How many decimals that has.
        pub exponent: u8,
        /// The organisation.
        pub organisation: OrganisationId,
        /// Its name.
        pub organisation_name: String,
        /// How much is left, of all sources.
        pub remaining: Money,
        /// The number of the round that isn't closed, if there is one.
        pub round: Option<i64>,
        /// Its last day.
        pub closes_on: Option<Date>,
    }
}

/// The shares that are left, those whose round closes first first.
pub async fn shares_left(
    tx: &mut Tx,
    person: PersonId,
    today: Date,
    limit: u16,
) -> sqlx::Result<Vec<ShareLeft>> {
    fetch_all(
        tx,
        "SELECT c.slug, c.name AS collective, p.id AS pot, p.currency, p.exponent, a.organisation, \
         o.name AS organisation_name, CAST(SUM(a.balance) AS BIGINT) AS remaining, r.number AS round, r.closes_on \
         FROM account a JOIN pot p ON p.id = a.pot JOIN collective c ON c.id = p.collective \
         JOIN organisation o ON o.id = a.organisation \
         JOIN membership s ON s.collective = c.id AND s.organisation = a.organisation \
         LEFT JOIN round r ON r.pot = p.id AND r.state <> 'closed' \
         WHERE a.book = 'cash' AND a.kind = 'share' AND a.balance > 0 AND s.joined_on <= $2 \
         AND (s.left_on IS NULL OR s.left_on > $2) AND a.organisation IN \
         (SELECT m.organisation FROM mandate m WHERE m.person = $1 AND m.kind IN ('representative', 'finance') \
          AND m.ended_at IS NULL AND m.starts_on <= $2 AND (m.ends_on IS NULL OR m.ends_on >= $2)) \
         GROUP BY c.slug, c.name, p.id, p.currency, p.exponent, a.organisation, o.name, r.number, r.closes_on \
         ORDER BY COALESCE(r.closes_on, '9999'), c.slug, o.name LIMIT $3",
        args![person, today, limit],
    )
    .await
}

row! {
    /// A role that waits for a second person.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RoleToConfirm {
        /// The collective's name in addresses.
        pub slug: String,
        /// Its name.
        pub collective: String,
        /// Who gets the role.
        pub person_name: String,
        /// Which.
        pub kind: RoleKind,
        /// Who proposed it.
        pub proposer_name: String,
    }
}

/// The roles that a person may confirm: proposed by another, for another, where they are admin or treasurer.
pub async fn roles_to_confirm(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<RoleToConfirm>> {
    fetch_all(
        tx,
        "SELECT c.slug, c.name AS collective, p.name AS person_name, r.kind, q.name AS proposer_name \
         FROM role h JOIN role r ON r.collective = h.collective JOIN collective c ON c.id = r.collective \
         JOIN person p ON p.id = r.person JOIN person q ON q.id = r.proposed_by \
         WHERE h.person = $1 AND h.kind IN ('admin', 'treasurer') AND h.ended_at IS NULL AND h.effective_at <= $2 \
         AND r.effective_at IS NULL AND r.ended_at IS NULL AND r.person <> $1 AND r.proposed_by <> $1 \
         GROUP BY c.slug, c.name, p.name, r.kind, q.name, r.id ORDER BY r.id LIMIT $3",
        args![person, now, limit],
    )
    .await
}

row! {
    /// A feature whose floor is reached and that awaits a steward.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct FeatureToConfirm {
        /// The collective's name in addresses.
        pub slug: String,
        /// Its name.
        pub collective: String,
        /// The name of its time zone.
        pub zone: String,
        /// The feature's number.
        pub number: i64,
        /// Its title.
        pub title: String,
        /// Since when.
        pub since: Timestamp,
    }
}

/// The features that a person may confirm as a steward, the longest waiting first.
pub async fn features_to_confirm(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<FeatureToConfirm>> {
    fetch_all(
        tx,
        "SELECT c.slug, c.name AS collective, c.zone, f.number, f.title, f.confirming_since AS since \
         FROM role h JOIN feature f ON f.collective = h.collective JOIN collective c ON c.id = f.collective \
         WHERE h.person = $1 AND h.kind = 'steward' AND h.ended_at IS NULL AND h.effective_at <= $2 \
         AND f.confirming_since IS NOT NULL AND f.ended_at IS NULL ORDER BY f.confirming_since, f.id LIMIT $3",
        args![person, now, limit],
    )
    .await
}

row! {
    /// A round whose money isn't shared out.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RoundToShare {
        /// The collective's name in addresses.
        pub slug: String,
        /// Its name.
        pub collective: String,
        /// The round's number.
        pub number: i64,
    }
}

/// The rounds whose money a person may share out as a treasurer.
pub async fn rounds_to_share(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<RoundToShare>> {
    fetch_all(
        tx,
        "SELECT c.slug, c.name AS collective, r.number FROM role h JOIN collective c ON c.id = h.collective \
         JOIN pot p ON p.collective = c.id JOIN round r ON r.pot = p.id \
         WHERE h.person = $1 AND h.kind = 'treasurer' AND h.ended_at IS NULL AND h.effective_at <= $2 \
         AND r.state = 'open' AND NOT EXISTS \
         (SELECT 1 FROM posting_once d WHERE d.pot = p.id AND d.act = 'distribution' AND d.subject = r.id) \
         ORDER BY r.opens_on, c.slug LIMIT $3",
        args![person, now, limit],
    )
    .await
}

row! {
    /// A feature in funding whose last day is near.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ClosingSoon {
        /// The collective's name in addresses.
        pub slug: String,
        /// Its name.
        pub collective: String,
        /// The feature's number.
        pub number: i64,
        /// Its title.
        pub title: String,
        /// The last day.
        pub closing_on: Date,
        /// The pot's currency.
        pub currency: String,
        /// How many decimals that has.
        pub exponent: u8,
        /// Below this nothing is spent.
        pub floor: Money,
        /// What lies there.
        pub allocated_total: Money,
    }
}

/// The features of a person's collectives that can be funded until a day near, the one that closes first first.
pub async fn closing_soon(
    tx: &mut Tx,
    person: PersonId,
    today: Date,
    until: Date,
    limit: u16,
) -> sqlx::Result<Vec<ClosingSoon>> {
    fetch_all(
        tx,
        "SELECT c.slug, c.name AS collective, f.number, f.title, f.closing_on, p.currency, p.exponent, f.floor, \
         f.allocated_total FROM feature f JOIN pot p ON p.id = f.pot JOIN collective c ON c.id = f.collective \
         WHERE f.state = 'funding' AND f.ended_at IS NULL AND f.closing_on >= $2 AND f.closing_on <= $3 \
         AND f.collective IN (SELECT s.collective FROM mandate m JOIN membership s ON s.organisation = m.organisation \
          WHERE m.person = $1 AND m.ended_at IS NULL AND m.starts_on <= $2 \
          AND (m.ends_on IS NULL OR m.ends_on >= $2) AND s.left_on IS NULL) \
         ORDER BY f.closing_on, f.id LIMIT $4",
        args![person, today, until, limit],
    )
    .await
}

row! {
    /// A collective with a pot in which invoices wait for somebody.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct PotWithInvoices {
        /// The collective.
        pub collective: CollectiveId,
        /// The pot.
        pub pot: PotId,
    }
}

/// The pots of a person's collectives in which invoices aren't refused, withdrawn or settled.
pub async fn pots_with_invoices(
    tx: &mut Tx,
    person: PersonId,
    today: Date,
    limit: u16,
) -> sqlx::Result<Vec<PotWithInvoices>> {
    fetch_all(
        tx,
        "SELECT DISTINCT p.collective, p.id AS pot FROM pot p JOIN invoice i ON i.pot = p.id \
         WHERE i.state IN ('entered', 'approved', 'authorised', 'paid') AND (p.collective IN \
         (SELECT s.collective FROM mandate m JOIN membership s ON s.organisation = m.organisation \
          WHERE m.person = $1 AND m.ended_at IS NULL AND m.starts_on <= $2 \
          AND (m.ends_on IS NULL OR m.ends_on >= $2) AND s.left_on IS NULL) \
         OR p.collective IN (SELECT r.collective FROM role r WHERE r.person = $1 AND r.ended_at IS NULL)) \
         ORDER BY p.collective, p.id LIMIT $3",
        args![person, today, limit],
    )
    .await
}

row! {
    /// A report to which organisations object.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ReportToDecide {
        /// The collective.
        pub collective_id: CollectiveId,
        /// The collective's name in addresses.
        pub slug: String,
        /// Its name.
        pub collective: String,
        /// The feature.
        pub feature: FeatureId,
        /// The feature's number.
        pub number: i64,
        /// Its title.
        pub title: String,
        /// The last day of the answer.
        pub answer_until: Option<Date>,
    }
}

/// The reports that a person may have to answer, as a steward or standing in for one, those whose silence comes first
/// first.
pub async fn reports_to_decide(
    tx: &mut Tx,
    person: PersonId,
    today: Date,
    now: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<ReportToDecide>> {
    fetch_all(
        tx,
        "SELECT c.id AS collective_id, c.slug, c.name AS collective, f.id AS feature, f.number, f.title, \
         w.answer_until FROM report w JOIN feature f ON f.id = w.feature JOIN collective c ON c.id = f.collective \
         WHERE w.state = 'contested' AND (f.collective IN (SELECT r.collective FROM role r WHERE r.person = $1 \
          AND r.kind = 'steward' AND r.ended_at IS NULL AND r.effective_at <= $3) OR f.collective IN \
         (SELECT s.collective FROM mandate m JOIN membership s ON s.organisation = m.organisation \
          WHERE m.person = $1 AND m.kind = 'representative' AND m.ended_at IS NULL AND m.starts_on <= $2 \
          AND (m.ends_on IS NULL OR m.ends_on >= $2) AND s.left_on IS NULL)) \
         ORDER BY w.answer_until, f.id LIMIT $4",
        args![person, today, now, limit],
    )
    .await
}
