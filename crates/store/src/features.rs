//! Features: what goes from idea to delivery, its lines, its terms.

pub mod leads;
pub mod lists;
pub mod moves;
pub mod software;
pub mod terms;

use std::collections::BTreeMap;

use domain::{
    Money,
    features::{Income, Line, State, Track},
    ids::{
        CollectiveId, FeatureId, FeatureLineId, HostId, OrganisationId, PersonId, PotId, RoundId, SoftwareId,
    },
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Arg, Tx, args, execute, fetch_all, fetch_all_in_locked, fetch_all_locked, fetch_optional,
    fetch_optional_value, fetch_value, insert_many, row,
    seals::{self, Kind, Written},
    search,
};

crate::text_columns! { State, Track }

row! {
    /// A feature.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Feature {
        /// Its id.
        pub id: FeatureId,
        /// Its collective.
        pub collective: CollectiveId,
        /// The pot that funds it.
        pub pot: PotId,
        /// Its number in the collective, from 1.
        pub number: i64,
        /// One line.
        pub title: String,
        /// A few lines.
        pub summary: String,
        /// Everything else, in Markdown.
        pub description: String,
        /// « C'est fini quand… ».
        pub done_when: String,
        /// Where it is discussed elsewhere; empty: here.
        pub discussion_url: String,
        /// The software.
        pub software: Option<SoftwareId>,
        /// The organisation that leads it.
        pub lead: OrganisationId,
        /// The person who leads it there.
        pub lead_person: Option<PersonId>,
        /// Who does the work; empty: not chosen yet.
        pub worker: String,
        /// How much it is accompanied.
        pub track: Track,
        /// Where it stands; written by events alone.
        pub state: State,
        /// The round in which it is funded.
        pub round: Option<RoundId>,
        /// Whether it is funded outside rounds.
        pub outside_rounds: bool,
        /// The version of the collective's rules that holds for it.
        pub rules_version: i64,
        /// The version of its terms; 0 before it is funded.
        pub terms_version: i64,
        /// Below this nothing is spent.
        pub floor: Money,
        /// What is aimed at.
        pub target: Money,
        /// More than this can't be put there.
        pub maximum: Money,
        /// The last day.
        pub closing_on: Date,
        /// What was put there and not taken back, of everybody and all sources.
        pub allocated_total: Money,
        /// When it was triggered.
        pub funded_at: Option<Timestamp>,
        /// Since when it awaits a steward's confirmation.
        pub confirming_since: Option<Timestamp>,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
        /// Counts the changes of its text.
        pub version: i64,
        /// When it was proposed.
        pub created_at: Timestamp,
        /// Who calls and pays for it, where it isn't the pot's host.
        pub host: Option<HostId>,
        /// The member that does the work, if `worker` was the name of one when it was written.
        pub worker_organisation: Option<OrganisationId>,
        /// The last day on which money may be taken back since the terms changed: nothing triggers until its end.
        pub suspended_until: Option<Date>,
    }
}

/// The number of the next feature of a collective.
pub async fn next_number(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        "SELECT COALESCE(MAX(number), 0) + 1 FROM feature WHERE collective = $1",
        args![collective],
    )
    .await
}

/// Writes new features. Errors: the constraint `feature_number_unique` where a number is taken.
pub async fn insert(tx: &mut Tx, features: &[Feature]) -> sqlx::Result<()> {
    let mut rows = Vec::with_capacity(features.len() * 32);
    for f in features {
        rows.extend(args![
            f.id,
            f.collective,
            f.pot,
            f.number,
            f.title,
            f.summary,
            f.description,
            f.done_when,
            f.discussion_url,
            f.software,
            f.lead,
            f.lead_person,
            f.worker,
            f.track,
            f.state,
            f.round,
            f.outside_rounds,
            f.rules_version,
            f.terms_version,
            f.floor,
            f.target,
            f.maximum,
            f.closing_on,
            f.allocated_total,
            f.funded_at,
            f.confirming_since,
            f.ended_at,
            f.version,
            f.created_at,
            f.host,
            f.worker_organisation,
            f.suspended_until
        ]);
    }
    let table = "feature (id, collective, pot, number, title, summary, description, done_when, discussion_url,
        software, lead, lead_person, worker, track, state, round, outside_rounds, rules_version, terms_version,
        floor, target, maximum, closing_on, allocated_total, funded_at, confirming_since, ended_at, version,
        created_at, host, worker_organisation, suspended_until)";
    insert_many(tx, table, 32, rows, "").await?;
    seals::renew(tx, Kind::Feature, features.iter().map(|feature| (feature.id.0, 0)), Written::All).await?;
    search::sources::features(tx, &features.iter().map(|feature| feature.id).collect::<Vec<_>>()).await
}

/// The features of these ids, locked in the order of their ids.
pub async fn lock(tx: &mut Tx, features: &[FeatureId]) -> sqlx::Result<Vec<Feature>> {
    let ids: Vec<Arg> = features.iter().flat_map(|id| args![id]).collect();
    fetch_all_in_locked(tx, "SELECT * FROM feature WHERE id IN (@list) ORDER BY id", args![], ids).await
}

/// The feature of that id.
pub async fn by_id(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Option<Feature>> {
    fetch_optional(tx, "SELECT * FROM feature WHERE id = $1", args![feature]).await
}

/// The feature of that number in a collective.
pub async fn by_number(tx: &mut Tx, collective: CollectiveId, number: i64) -> sqlx::Result<Option<Feature>> {
    fetch_optional(
        tx,
        "SELECT * FROM feature WHERE collective = $1 AND number = $2",
        args![collective, number],
    )
    .await
}

/// The features of a round that have not ended, locked in the order of their ids.
pub async fn lock_round(tx: &mut Tx, round: RoundId) -> sqlx::Result<Vec<Feature>> {
    fetch_all_locked(
        tx,
        "SELECT * FROM feature WHERE round = $1 AND ended_at IS NULL ORDER BY id",
        args![round],
    )
    .await
}

/// What an organisation has on each feature of a round, of all sources.
pub async fn put_by(
    tx: &mut Tx,
    round: RoundId,
    organisation: OrganisationId,
) -> sqlx::Result<BTreeMap<FeatureId, Money>> {
    const SQL: &str = "SELECT f.id, CAST(SUM(a.balance) AS BIGINT) AS amount FROM account a \
        JOIN feature f ON f.id = a.feature WHERE f.round = $1 AND a.organisation = $2 AND a.balance > 0 \
        AND a.kind IN ('allocated', 'right_allocated') GROUP BY f.id";
    let rows: Vec<PutBy> = fetch_all(tx, SQL, args![round, organisation]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.amount)).collect())
}

row! {
    struct PutBy {
        id: FeatureId,
        amount: Money,
    }
}

/// The features on which an organisation has money that is not bound yet, locked in the order of their ids.
pub async fn lock_allocated_by(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
) -> sqlx::Result<Vec<Feature>> {
    fetch_all_locked(
        tx,
        "SELECT * FROM feature WHERE id IN
           (SELECT feature FROM account WHERE pot = $1 AND organisation = $2 AND balance > 0
              AND kind IN ('allocated', 'right_allocated'))
         ORDER BY id",
        args![pot, organisation],
    )
    .await
}

/// Writes who leads a feature and who does the work, and counts the change.
pub async fn set_lead(tx: &mut Tx, f: &Feature) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE feature SET lead = $2, lead_person = $3, worker = $4, worker_organisation = $5, \
        version = version + 1 WHERE id = $1";
    execute(tx, SQL, args![f.id, f.lead, f.lead_person, f.worker, f.worker_organisation]).await?;
    let written = Written::Only(&["lead", "lead_person", "worker", "worker_organisation"]);
    seals::renew_one(tx, Kind::Feature, f.id, written).await
}

/// Writes the text, the price and the dates of a feature anew, and counts the change.
pub async fn update_text(tx: &mut Tx, f: &Feature) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE feature SET title = $2, summary = $3, description = $4, done_when = $5, discussion_url = $6,
                software = $7, worker = $8, track = $9, round = $10, outside_rounds = $11, floor = $12,
                target = $13, maximum = $14, closing_on = $15, worker_organisation = $16, version = version + 1
         WHERE id = $1",
        args![
            f.id,
            f.title,
            f.summary,
            f.description,
            f.done_when,
            f.discussion_url,
            f.software,
            f.worker,
            f.track,
            f.round,
            f.outside_rounds,
            f.floor,
            f.target,
            f.maximum,
            f.closing_on,
            f.worker_organisation
        ],
    )
    .await?;
    seals::renew_one(tx, Kind::Feature, f.id, Written::Only(TEXT)).await?;
    search::sources::features(tx, &[f.id]).await
}

/// What of a feature's text, price and dates is sealed.
const TEXT: &[&str] = &[
    "title",
    "done_when",
    "software",
    "worker",
    "track",
    "round",
    "outside_rounds",
    "floor",
    "target",
    "maximum",
    "closing_on",
    "worker_organisation",
];

/// Writes the state that an event led to, with the instants that go with it.
pub async fn set_state(
    tx: &mut Tx,
    feature: FeatureId,
    state: State,
    funded_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE feature SET state = $2, funded_at = $3, ended_at = $4, confirming_since = NULL,
                suspended_until = NULL WHERE id = $1",
        args![feature, state, funded_at, ended_at],
    )
    .await?;
    seals::renew_one(tx, Kind::Feature, feature, Written::Only(&["suspended_until"])).await
}

/// Since when a feature awaits a steward's confirmation.
pub async fn set_confirming(tx: &mut Tx, feature: FeatureId, since: Option<Timestamp>) -> sqlx::Result<()> {
    execute(tx, "UPDATE feature SET confirming_since = $2 WHERE id = $1", args![feature, since])
        .await
        .map(drop)
}

/// Writes the round in which a feature is funded.
pub async fn set_round(tx: &mut Tx, feature: FeatureId, round: Option<RoundId>) -> sqlx::Result<()> {
    execute(tx, "UPDATE feature SET round = $2 WHERE id = $1", args![feature, round]).await?;
    seals::renew_one(tx, Kind::Feature, feature, Written::Only(&["round"])).await
}

/// Writes the last day of a feature, and counts the change.
pub async fn set_closing_on(tx: &mut Tx, feature: FeatureId, day: Date) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE feature SET closing_on = $2, version = version + 1 WHERE id = $1";
    execute(tx, SQL, args![feature, day]).await?;
    seals::renew_one(tx, Kind::Feature, feature, Written::Only(&["closing_on"])).await
}

/// Moves a feature to another track.
pub async fn set_track(tx: &mut Tx, feature: FeatureId, track: Track) -> sqlx::Result<()> {
    execute(tx, "UPDATE feature SET track = $2 WHERE id = $1", args![feature, track]).await?;
    seals::renew_one(tx, Kind::Feature, feature, Written::Only(&["track"])).await
}

/// Adds to (or takes from) what lies on a feature. Errors: the constraint `feature_allocated_total` above the
/// maximum or below zero.
pub async fn add_to_total(tx: &mut Tx, feature: FeatureId, by: i64) -> sqlx::Result<()> {
    execute(tx, "UPDATE feature SET allocated_total = allocated_total + $2 WHERE id = $1", args![feature, by])
        .await
        .map(drop)
}

/// Writes the priced lines and the other incomes of a feature, in place of those that were there.
pub async fn replace_price(
    tx: &mut Tx,
    feature: FeatureId,
    lines: &[(FeatureLineId, Line)],
    incomes: &[Income],
) -> sqlx::Result<()> {
    execute(tx, "DELETE FROM feature_line WHERE feature = $1", args![feature]).await?;
    execute(tx, "DELETE FROM feature_income WHERE feature = $1", args![feature]).await?;
    insert_lines(tx, &lines.iter().map(|(id, line)| (*id, feature, line.clone())).collect::<Vec<_>>())
        .await?;
    let mut rows = Vec::new();
    for (position, income) in (1_i64..).zip(incomes) {
        rows.extend(args![feature, position, income.label, income.amount]);
    }
    insert_many(tx, "feature_income (feature, position, label, amount)", 4, rows, "").await.map(drop)
}

/// Writes priced lines, those of one feature one after the other.
pub async fn insert_lines(tx: &mut Tx, lines: &[(FeatureLineId, FeatureId, Line)]) -> sqlx::Result<()> {
    let mut rows = Vec::with_capacity(lines.len() * 6);
    let mut position = 0_i64;
    let mut of = None;
    for (id, feature, line) in lines {
        position = if of == Some(*feature) { position + 1 } else { 1 };
        of = Some(*feature);
        rows.extend(args![id, feature, position, line.label, line.minimum, line.maximum]);
    }
    insert_many(tx, "feature_line (id, feature, position, label, minimum, maximum)", 6, rows, "")
        .await
        .map(drop)
}

row! {
    struct LineRow { label: String, minimum: Money, maximum: Money }
}

/// The priced lines of a feature, in order.
pub async fn lines(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Vec<Line>> {
    let rows: Vec<LineRow> = fetch_all(
        tx,
        "SELECT label, minimum, maximum FROM feature_line WHERE feature = $1 ORDER BY position LIMIT 100",
        args![feature],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line { label: row.label, minimum: row.minimum, maximum: row.maximum })
        .collect())
}

row! {
    struct IncomeRow { label: String, amount: Money }
}

/// The other incomes of a feature, in order.
pub async fn incomes(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Vec<Income>> {
    let rows: Vec<IncomeRow> = fetch_all(
        tx,
        "SELECT label, amount FROM feature_income WHERE feature = $1 ORDER BY position LIMIT 100",
        args![feature],
    )
    .await?;
    Ok(rows.into_iter().map(|row| Income { label: row.label, amount: row.amount }).collect())
}

row! {
    /// A feature that seeks money.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Seeking {
        /// Its id.
        pub id: FeatureId,
        /// Its title.
        pub title: String,
    }
}

/// The features of a round that seek money until that day, by id; those that await a confirmation don't any more.
pub async fn seeking_until(tx: &mut Tx, round: RoundId, day: Date) -> sqlx::Result<Vec<Seeking>> {
    const SQL: &str = "SELECT id, title FROM feature WHERE round = $1 AND closing_on = $2 AND state = 'funding' \
        AND terms_version > 0 AND ended_at IS NULL AND confirming_since IS NULL ORDER BY id LIMIT 1000";
    fetch_all(tx, SQL, args![round, day]).await
}

/// The latest last day of the features that are funded in a round.
pub async fn last_closing_in(tx: &mut Tx, round: RoundId) -> sqlx::Result<Option<Date>> {
    const SQL: &str = "SELECT closing_on FROM feature WHERE round = $1 AND terms_version > 0 AND ended_at IS NULL \
        ORDER BY closing_on DESC LIMIT 1";
    fetch_optional_value(tx, SQL, args![round]).await
}
