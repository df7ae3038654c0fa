//! Features in lists, with what a gauge needs, and what organisations have on them.

use domain::{
    Money,
    features::{State, Track},
    ids::{CollectiveId, FeatureId, OrganisationId, PotId, RoundId},
};
use jiff::{Timestamp, civil::Date};

use crate::{Tx, args, fetch_all, fetch_value, row};

/// The statement that reads cards, with the rest of it.
macro_rules! cards {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, f.number, f.title, f.summary, f.track, f.state, f.lead, o.name AS lead_name, \
             (SELECT s.left_on FROM membership s WHERE s.collective = f.collective AND s.organisation = f.lead) \
             AS lead_left, \
             s.name AS software, f.round, f.floor, f.target, f.maximum, f.closing_on, f.allocated_total, \
             f.funded_at, f.confirming_since, f.suspended_until \
             FROM feature f JOIN organisation o ON o.id = f.lead LEFT JOIN software s ON s.id = f.software ",
            $rest
        )
    };
}

row! {
    /// A feature as a list shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Card {
        /// Its id.
        pub id: FeatureId,
        /// Its number in the collective.
        pub number: i64,
        /// One line.
        pub title: String,
        /// A few lines.
        pub summary: String,
        /// How much it is accompanied.
        pub track: Track,
        /// Where it stands.
        pub state: State,
        /// The organisation that leads it.
        pub lead: OrganisationId,
        /// That organisation's name.
        pub lead_name: String,
        /// The day when that organisation left the collective.
        pub lead_left: Option<Date>,
        /// The software's name, if it has one.
        pub software: Option<String>,
        /// The round in which it is funded.
        pub round: Option<RoundId>,
        /// Below this nothing is spent.
        pub floor: Money,
        /// What is aimed at.
        pub target: Money,
        /// More than this can't be put there.
        pub maximum: Money,
        /// The last day.
        pub closing_on: Date,
        /// What lies there.
        pub allocated_total: Money,
        /// When it was triggered.
        pub funded_at: Option<Timestamp>,
        /// Since when it awaits a steward's confirmation.
        pub confirming_since: Option<Timestamp>,
        /// The last day on which money may be taken back since the terms changed.
        pub suspended_until: Option<Date>,
    }
}

/// Which features a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those in that state.
    In(State),
}

/// The features of a collective, newest first, with numbers below `below`, at most `limit`.
pub async fn of_collective(
    tx: &mut Tx,
    collective: CollectiveId,
    which: Which,
    below: i64,
    limit: i64,
) -> sqlx::Result<Vec<Card>> {
    match which {
        Which::All => {
            fetch_all(
                tx,
                cards!("WHERE f.collective = $1 AND f.number < $2 ORDER BY f.number DESC LIMIT $3"),
                args![collective, below, limit],
            )
            .await
        }
        Which::In(state) => fetch_all(
            tx,
            cards!(
                "WHERE f.collective = $1 AND f.state = $2 AND f.number < $3 ORDER BY f.number DESC LIMIT $4"
            ),
            args![collective, state, below, limit],
        )
        .await,
    }
}

/// These features as lists show them, by number.
pub async fn of_ids(tx: &mut Tx, ids: &[FeatureId]) -> sqlx::Result<Vec<Card>> {
    let ids = ids.iter().flat_map(|id| args![id]).collect();
    crate::fetch_all_in(tx, cards!("WHERE f.id IN (@list) ORDER BY f.number"), args![], ids).await
}

/// One feature as lists show it, if its number is below `below`.
pub async fn one(tx: &mut Tx, feature: FeatureId, below: i64) -> sqlx::Result<Option<Card>> {
    crate::fetch_optional(tx, cards!("WHERE f.id = $1 AND f.number < $2"), args![feature, below]).await
}

/// The features of a pot on which money may be put on that day, those of rounds and those outside, the one that
/// closes first first: in funding, or triggered and open for additions.
pub async fn open_for_money(tx: &mut Tx, pot: PotId, today: Date, limit: i64) -> sqlx::Result<Vec<Card>> {
    fetch_all(
        tx,
        cards!(
            "WHERE f.pot = $1 AND f.terms_version > 0 AND f.ended_at IS NULL AND f.closing_on >= $2
           AND NOT EXISTS (SELECT 1 FROM round r WHERE r.id = f.round AND r.closed_at IS NOT NULL)
         ORDER BY f.closing_on, f.number LIMIT $3"
        ),
        args![pot, today, limit],
    )
    .await
}

/// The features of a collective that an organisation leads and that have not ended, by number; at most `limit`.
pub async fn led_by(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    limit: i64,
) -> sqlx::Result<Vec<Card>> {
    fetch_all(
        tx,
        cards!("WHERE f.collective = $1 AND f.lead = $2 AND f.ended_at IS NULL ORDER BY f.number LIMIT $3"),
        args![collective, organisation, limit],
    )
    .await
}

/// What the page of an open round holds on that day: each feature of the round that was ever open for money, however it
/// stands, and those outside rounds on which money may be put; the one that closes first first.
pub async fn of_open_round(
    tx: &mut Tx,
    pot: PotId,
    round: RoundId,
    today: Date,
    limit: i64,
) -> sqlx::Result<Vec<Card>> {
    fetch_all(
        tx,
        cards!(
            "WHERE f.pot = $1 AND f.terms_version > 0
           AND (f.round = $2 OR f.ended_at IS NULL AND f.closing_on >= $3
                AND NOT EXISTS (SELECT 1 FROM round r WHERE r.id = f.round AND r.closed_at IS NOT NULL))
         ORDER BY f.closing_on, f.number LIMIT $4"
        ),
        args![pot, round, today, limit],
    )
    .await
}

/// The features of a round that were ever open for money, however they stand, by number.
pub async fn funded_in(tx: &mut Tx, round: RoundId, limit: i64) -> sqlx::Result<Vec<Card>> {
    fetch_all(
        tx,
        cards!("WHERE f.round = $1 AND f.terms_version > 0 ORDER BY f.number LIMIT $2"),
        args![round, limit],
    )
    .await
}

/// The features of a round, by number after `after`.
pub async fn of_round(tx: &mut Tx, round: RoundId, after: i64, limit: i64) -> sqlx::Result<Vec<Card>> {
    fetch_all(
        tx,
        cards!("WHERE f.round = $1 AND f.number > $2 ORDER BY f.number LIMIT $3"),
        args![round, after, limit],
    )
    .await
}

row! {
    /// How many features stand in a state, and what lies on them.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct InState {
        /// The state.
        pub state: State,
        /// How many.
        pub count: i64,
        /// What lies on them.
        pub amount: Money,
    }
}

/// How many features of a pot stand in each state.
pub async fn by_state(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<InState>> {
    fetch_all(
        tx,
        "SELECT state, COUNT(*) AS count, CAST(SUM(allocated_total) AS BIGINT) AS amount
         FROM feature WHERE pot = $1 GROUP BY state ORDER BY state",
        args![pot],
    )
    .await
}

/// What lies on an account `a` of a feature, with what was drawn from it for the work and not given back since, and
/// without what came to it from others of the feature to bring draws into proportion.
macro_rules! put {
    () => {
        "a.balance + COALESCE((SELECT CAST(SUM(t.amount) AS BIGINT) FROM transfer t
            JOIN account b ON b.id = t.to_account WHERE t.from_account = a.id
            AND (b.kind IN ('payable', 'host_fee_due', 'reserve_fund')
              OR b.kind = 'reserved' AND a.kind = 'reserved')), 0)
         - COALESCE((SELECT CAST(SUM(t.amount) AS BIGINT) FROM transfer t
            JOIN account b ON b.id = t.from_account WHERE t.to_account = a.id
            AND b.kind IN ('reserved', 'payable')), 0)"
    };
}

row! {
    /// What an organisation has on a feature, over all sources.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OnFeature {
        /// Which feature.
        pub feature: FeatureId,
        /// The organisation.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// How much.
        pub amount: Money,
    }
}

/// What each organisation put on a feature and didn't get back, the largest first, at most `limit`: what was drawn
/// from it for the work counts.
pub async fn on_feature(tx: &mut Tx, feature: FeatureId, limit: i64) -> sqlx::Result<Vec<OnFeature>> {
    fetch_all(
        tx,
        concat!(
            "SELECT a.feature, a.organisation, o.name, CAST(SUM(",
            put!(),
            ") AS BIGINT) AS amount
         FROM account a JOIN organisation o ON o.id = a.organisation
         WHERE a.feature = $1 AND a.kind IN ('allocated', 'reserved')
         GROUP BY a.feature, a.organisation, o.name HAVING SUM(",
            put!(),
            ") > 0 ORDER BY amount DESC, o.name LIMIT $2"
        ),
        args![feature, limit],
    )
    .await
}

row! {
    /// What an organisation put on a triggered feature by a decision.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ToppedUp {
        /// The organisation.
        pub organisation: OrganisationId,
        /// The number of the decision.
        pub decision: i64,
        /// How much.
        pub amount: Money,
    }
}

/// What organisations put on a feature by decisions once it was triggered, up to the entry of a number, the first first.
pub async fn topped_up(tx: &mut Tx, feature: FeatureId, last: i64) -> sqlx::Result<Vec<ToppedUp>> {
    const SQL: &str = "SELECT p.organisation, n.number AS decision, \
        (SELECT CAST(SUM(t.amount) AS BIGINT) FROM transfer t WHERE t.posting = p.id) AS amount \
        FROM posting p JOIN decision n ON n.id = p.decision WHERE p.feature = $1 AND p.kind = 'top_up' \
        AND p.organisation IS NOT NULL AND p.seq <= $2 ORDER BY p.seq";
    fetch_all(tx, SQL, args![feature, last]).await
}

/// How many organisations put money on a feature and didn't get all of it back.
pub async fn funders(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        concat!(
            "SELECT COUNT(*) FROM (SELECT a.organisation FROM account a
         WHERE a.feature = $1 AND a.kind IN ('allocated', 'reserved') AND a.organisation IS NOT NULL
         GROUP BY a.organisation HAVING SUM(",
            put!(),
            ") > 0) AS put"
        ),
        args![feature],
    )
    .await
}

/// How many organisations had something on a feature that has returned.
pub async fn returned_to(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        "SELECT COUNT(DISTINCT a.organisation) FROM posting p JOIN transfer t ON t.posting = p.id
         JOIN account a ON a.id = t.from_account WHERE p.feature = $1 AND p.kind = 'release'",
        args![feature],
    )
    .await
}

row! {
    /// What one organisation has on a feature.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Mine {
        /// Which feature.
        pub feature: FeatureId,
        /// How much, over all sources.
        pub amount: Money,
    }
}

/// What an organisation has on the features of a pot.
pub async fn of_organisation(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
) -> sqlx::Result<Vec<Mine>> {
    fetch_all(
        tx,
        "SELECT feature, CAST(SUM(balance) AS BIGINT) AS amount FROM account
         WHERE organisation = $1 AND pot = $2 AND kind IN ('allocated', 'reserved') AND balance > 0
         GROUP BY feature ORDER BY feature LIMIT 1000",
        args![organisation, pot],
    )
    .await
}
