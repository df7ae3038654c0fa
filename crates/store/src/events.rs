//! Events: what happened, written in the transaction that did it; the only source of history, feeds and notices.

use domain::{
    ids::{CollectiveId, DecisionId, EventId, OrganisationId},
    posting::Actor,
};
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::{Tx, args, execute, fetch_all, fetch_optional_value, row};

/// Something that happens now.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id, drawn before the command: ids of one command sort in the order in which they were drawn.
    pub id: EventId,
    /// The collective concerned; none for what concerns a person or the instance alone.
    pub collective: Option<CollectiveId>,
    /// When.
    pub at: Timestamp,
    /// What, a stable name in the past tense: `member_joined`, `share_allocated`.
    pub kind: &'static str,
    /// By whom.
    pub actor: Actor,
    /// For which organisation the actor acted, or the one that it happened to.
    pub organisation: Option<OrganisationId>,
    /// What kind of thing it happened to: `feature`, `organisation`, `role`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: Option<Uuid>,
    /// Whether everybody may read it; others are for members.
    pub public: bool,
    /// Figures and words that the sentence needs; never a secret, and never money by organisation where the rules
    /// hide it from those who may read the event.
    pub data: Value,
}

row! {
    /// An event as it was written.
    #[derive(Clone, Debug)]
    pub struct EventRow {
        /// Its id; sorts by time.
        pub id: EventId,
        /// The collective concerned.
        pub collective: Option<CollectiveId>,
        /// When.
        pub at: Timestamp,
        /// What.
        pub kind: String,
        /// By whom: `person:ID` or `system:JOB:rules-VERSION`.
        pub actor: String,
        /// For or to which organisation.
        pub organisation: Option<OrganisationId>,
        /// What kind of thing it happened to.
        pub subject_kind: String,
        /// Which one.
        pub subject: Option<Uuid>,
        /// Whether everybody may read it.
        pub public: bool,
        /// JSON.
        pub data: String,
    }
}

impl EventRow {
    /// What the sentence needs; `null` where it can't be read.
    #[must_use]
    pub fn data(&self) -> Value {
        serde_json::from_str(&self.data).unwrap_or(Value::Null)
    }

    /// The person who did it, if one did.
    #[must_use]
    pub fn person(&self) -> Option<domain::ids::PersonId> {
        self.actor.strip_prefix("person:")?.parse().ok()
    }
}

/// The data of an event whose sentence needs none.
#[must_use]
pub fn no_data() -> Value {
    Value::Object(serde_json::Map::new())
}

/// Writes an event, and makes the collective one version newer, so that its pages are made again. The event keeps that
/// version, which tells in which order the events of a collective were committed: the clock is read before commands
/// wait for each other. Call it last: on PostgreSQL it locks the collective's row.
pub async fn record(tx: &mut Tx, event: &Event) -> sqlx::Result<()> {
    let version = match event.collective {
        Some(collective) => touch(tx, collective).await?,
        None => 0,
    };
    execute(
        tx,
        "INSERT INTO event (id, collective, version, at, kind, actor, organisation, subject_kind, subject, public, \
         data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args![
            event.id,
            event.collective,
            version,
            event.at,
            event.kind,
            event.actor.to_string(),
            event.organisation,
            event.subject_kind,
            event.subject,
            event.public,
            event.data.to_string()
        ],
    )
    .await?;
    Ok(())
}

/// Makes the collective one version newer without an event: for what changes a page and is no story. The new version; 0
/// without such a collective.
pub async fn touch(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<i64> {
    const SQL: &str = "UPDATE collective SET version = version + 1 WHERE id = $1 RETURNING version";
    Ok(fetch_optional_value(tx, SQL, args![collective]).await?.unwrap_or(0))
}

/// Where the events of an instant begin: their ids sort by time, and this one sorts before all of its millisecond.
#[must_use]
pub fn first_at(instant: Timestamp) -> EventId {
    let millis = u64::try_from(instant.as_millisecond()).unwrap_or(0);
    EventId(Uuid::from_u128(u128::from(millis & 0xffff_ffff_ffff) << 80))
}

/// The newest events of a collective, older than `before`; at most `limit`.
pub async fn of_collective(
    tx: &mut Tx,
    collective: CollectiveId,
    public_only: bool,
    before: Option<EventId>,
    limit: u16,
) -> sqlx::Result<Vec<EventRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, at, kind, actor, organisation, subject_kind, subject, public, data FROM event \
         WHERE collective = $1 AND id < $2 AND (public = 1 OR $3 = 0) ORDER BY id DESC LIMIT $4",
        args![collective, before.unwrap_or(EventId(Uuid::max())), public_only, limit],
    )
    .await
}

/// The public events of a collective that rest on a decision, older than `before`, the first first; at most `limit`.
pub async fn resting_on(
    tx: &mut Tx,
    collective: CollectiveId,
    decision: DecisionId,
    since: Timestamp,
    before: Option<EventId>,
    limit: u16,
) -> sqlx::Result<Vec<EventRow>> {
    let named = format!("%\"decision\":\"{decision}\"%");
    fetch_all(
        tx,
        "SELECT id, collective, at, kind, actor, organisation, subject_kind, subject, public, data FROM event \
         WHERE collective = $1 AND id >= $2 AND id < $3 AND public = 1 AND data LIKE $4 ORDER BY id LIMIT $5",
        args![collective, first_at(since), before.unwrap_or(EventId(Uuid::max())), named, limit],
    )
    .await
}

/// The newest events of one thing, older than `before`, comments on it apart; at most `limit`.
pub async fn of_subject(
    tx: &mut Tx,
    subject: Uuid,
    public_only: bool,
    before: Option<EventId>,
    limit: u16,
) -> sqlx::Result<Vec<EventRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, at, kind, actor, organisation, subject_kind, subject, public, data FROM event \
         WHERE subject = $1 AND id < $2 AND (public = 1 OR $3 = 0) \
         AND kind NOT IN ('commented', 'comment_edited', 'comment_hidden', 'comment_shown') \
         ORDER BY id DESC LIMIT $4",
        args![subject, before.unwrap_or(EventId(Uuid::max())), public_only, limit],
    )
    .await
}

/// The newest event that a visitor may read, for a feed's date; none in an empty collective.
pub async fn newest(
    tx: &mut Tx,
    collective: CollectiveId,
    public_only: bool,
) -> sqlx::Result<Option<EventId>> {
    fetch_optional_value(
        tx,
        "SELECT id FROM event WHERE collective = $1 AND (public = 1 OR $2 = 0) ORDER BY id DESC LIMIT 1",
        args![collective, public_only],
    )
    .await
}
