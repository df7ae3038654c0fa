//! Needs: their texts, where they stand, their lists.

pub mod approaches;
pub mod features;
pub mod merging;
pub mod supports;
pub mod together;

use domain::{
    ids::{CollectiveId, NeedId, OrganisationId, PersonId, SoftwareId},
    needs::{ApproachKind, ApproachState, NeedState, link_key},
};
use jiff::Timestamp;

use crate::{
    BoxError, FromColumn, Tx, args, execute, fetch_all, fetch_optional, fetch_value, fetch_values, row,
    search,
};

crate::text_columns! { NeedState, ApproachKind, ApproachState }

row! {
    /// A need as its page shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct NeedRow {
        /// Its id.
        pub id: NeedId,
        /// Whose.
        pub collective: CollectiveId,
        /// From 1, without gap.
        pub number: i64,
        /// One line.
        pub title: String,
        /// Markdown.
        pub why: String,
        /// The software.
        pub software: Option<SoftwareId>,
        /// Its name.
        pub software_name: Option<String>,
        /// Its name in addresses.
        pub software_slug: Option<String>,
        /// Whether the team of that software wants no funded requests.
        pub opted_out: Option<bool>,
        /// Where it is discussed elsewhere; empty: here.
        pub discussion_url: String,
        /// Who wrote it; nobody where a guest did.
        pub author: Option<PersonId>,
        /// Their name, or the guest's.
        pub author_name: String,
        /// For which organisation.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub organisation_name: Option<String>,
        /// Where it stands.
        pub state: NeedState,
        /// Since when.
        pub state_at: Timestamp,
        /// Why; may be empty.
        pub state_reason: String,
        /// The need that has everything of it, where they are the same.
        pub merged_into: Option<NeedId>,
        /// How many organisations need it.
        pub supporters: i64,
        /// The sum of their strengths.
        pub strength: i64,
        /// The sum of the users that they say it concerns.
        pub users: i64,
        /// How many texts it had, this one included.
        pub version: i64,
        /// When it was written.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub edited_at: Option<Timestamp>,
    }
}

/// The statement that reads needs, with the rest of it.
macro_rules! needs {
    ($rest:literal) => {
        concat!(
            "SELECT n.id, n.collective, n.number, n.title, n.why, n.software, s.name AS software_name, \
             s.slug AS software_slug, s.opted_out, n.discussion_url, n.author, \
             COALESCE(p.name, n.guest_name) AS author_name, n.organisation, o.name AS organisation_name, n.state, \
             n.state_at, n.state_reason, n.merged_into, n.supporters, n.strength, n.users, n.version, \
             n.created_at, n.edited_at FROM need n LEFT JOIN software s ON s.id = n.software \
             LEFT JOIN person p ON p.id = n.author LEFT JOIN organisation o ON o.id = n.organisation ",
            $rest
        )
    };
}

/// A need by its number.
pub async fn by_number(tx: &mut Tx, collective: CollectiveId, number: i64) -> sqlx::Result<Option<NeedRow>> {
    fetch_optional(tx, needs!("WHERE n.collective = $1 AND n.number = $2"), args![collective, number]).await
}

/// A need by its id.
pub async fn get(tx: &mut Tx, id: NeedId) -> sqlx::Result<Option<NeedRow>> {
    fetch_optional(tx, needs!("WHERE n.id = $1"), args![id]).await
}

/// The number that the next need gets. The collective's row is locked by the caller.
pub async fn next_number(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<i64> {
    let last: Option<i64> =
        fetch_value(tx, "SELECT MAX(number) FROM need WHERE collective = $1", args![collective]).await?;
    Ok(last.unwrap_or(0) + 1)
}

/// A need to write.
#[derive(Clone, Debug)]
pub struct NewNeed {
    /// Its id.
    pub id: NeedId,
    /// Whose.
    pub collective: CollectiveId,
    /// Its number.
    pub number: i64,
    /// One line.
    pub title: String,
    /// Markdown.
    pub why: String,
    /// The software.
    pub software: Option<SoftwareId>,
    /// Where it is discussed elsewhere; empty: here.
    pub discussion_url: String,
    /// Who writes; nobody: a guest.
    pub author: Option<PersonId>,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// The name of a guest; empty else.
    pub guest_name: String,
    /// The address of a guest; empty else.
    pub guest_email: String,
    /// Where it stands.
    pub state: NeedState,
    /// Now.
    pub created_at: Timestamp,
}

/// Writes a need.
pub async fn insert(tx: &mut Tx, new: &NewNeed) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO need (id, collective, number, title, why, software, discussion_url, author, organisation, \
         guest_name, guest_email, state, state_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
        args![
            new.id,
            new.collective,
            new.number,
            new.title,
            new.why,
            new.software,
            new.discussion_url,
            new.author,
            new.organisation,
            new.guest_name,
            new.guest_email,
            new.state,
            new.created_at
        ],
    )
    .await?;
    search::sources::needs(tx, &[new.id]).await
}

/// Writes the next text of a need.
pub async fn edit(
    tx: &mut Tx,
    id: NeedId,
    (title, why, discussion_url): (&str, &str, &str),
    software: Option<SoftwareId>,
    at: Timestamp,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE need SET title = $2, why = $3, discussion_url = $4, software = $5, edited_at = $6, \
         version = version + 1 WHERE id = $1",
        args![id, title, why, discussion_url, software, at],
    )
    .await?;
    search::sources::needs(tx, &[id]).await
}

/// Writes where a need stands; `into` with [`NeedState::Merged`] alone.
pub async fn set_state(
    tx: &mut Tx,
    id: NeedId,
    state: NeedState,
    reason: &str,
    into: Option<NeedId>,
    at: Timestamp,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE need SET state = $2, state_reason = $3, merged_into = $4, state_at = $5 WHERE id = $1",
        args![id, state, reason, into, at],
    )
    .await?;
    search::sources::needs(tx, &[id]).await
}

/// Writes the issues elsewhere that speak of a need, in their order.
pub async fn replace_links(tx: &mut Tx, need: NeedId, urls: &[String]) -> sqlx::Result<()> {
    execute(tx, "DELETE FROM need_link WHERE need = $1", args![need]).await?;
    for (position, url) in (1_i64..).zip(urls) {
        execute(
            tx,
            "INSERT INTO need_link (need, position, url, key) VALUES ($1, $2, $3, $4)",
            args![need, position, url, link_key(url)],
        )
        .await?;
    }
    search::sources::needs(tx, &[need]).await
}

/// The issues elsewhere that speak of a need.
pub async fn links(tx: &mut Tx, need: NeedId) -> sqlx::Result<Vec<String>> {
    fetch_values(tx, "SELECT url FROM need_link WHERE need = $1 ORDER BY position", args![need]).await
}

row! {
    /// A need in a list.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Card {
        /// Its id.
        pub id: NeedId,
        /// Its number.
        pub number: i64,
        /// One line.
        pub title: String,
        /// The beginning of its text.
        pub why: String,
        /// The name of the software.
        pub software: Option<String>,
        /// Its name in addresses.
        pub software_slug: Option<String>,
        /// The organisation that wrote it.
        pub organisation: Option<String>,
        /// Where it stands.
        pub state: NeedState,
        /// How many organisations need it.
        pub supporters: i64,
        /// The sum of their strengths.
        pub strength: i64,
        /// The sum of the users that they say it concerns.
        pub users: i64,
        /// How many approaches are open.
        pub approaches: i64,
        /// How many features came of it.
        pub features: i64,
        /// When it was written.
        pub created_at: Timestamp,
    }
}

/// The statement that reads cards, with the rest of it.
macro_rules! cards {
    ($rest:literal) => {
        concat!(
            "SELECT n.id, n.number, n.title, SUBSTR(n.why, 1, 400) AS why, s.name AS software, \
             s.slug AS software_slug, o.name AS organisation, n.state, n.supporters, n.strength, n.users, \
             (SELECT COUNT(*) FROM approach a WHERE a.need = n.id AND a.state = 'open') AS approaches, \
             (SELECT COUNT(*) FROM feature_need f WHERE f.need = n.id) AS features, n.created_at \
             FROM need n LEFT JOIN software s ON s.id = n.software \
             LEFT JOIN organisation o ON o.id = n.organisation ",
            $rest
        )
    };
}

/// Which needs a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// Those in that state.
    pub state: NeedState,
    /// Those about that software.
    pub software: Option<SoftwareId>,
}

/// The needs of a collective, those of most organisations first, then the strongest; at most `limit` after `offset`.
pub async fn ranked(
    tx: &mut Tx,
    collective: CollectiveId,
    which: Which,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<Card>> {
    let Some(software) = which.software else {
        return fetch_all(
            tx,
            cards!(
                "WHERE n.collective = $1 AND n.state = $2 \
                 ORDER BY n.supporters DESC, n.strength DESC, n.number DESC LIMIT $3 OFFSET $4"
            ),
            args![collective, which.state, limit, offset],
        )
        .await;
    };
    fetch_all(
        tx,
        cards!(
            "WHERE n.collective = $1 AND n.state = $2 AND n.software = $3 \
             ORDER BY n.supporters DESC, n.strength DESC, n.number DESC LIMIT $4 OFFSET $5"
        ),
        args![collective, which.state, software, limit, offset],
    )
    .await
}

/// The needs that everybody sees, newest first, below a number; those in one state, if one is named, and about one software.
/// At most `limit`.
pub async fn listed(
    tx: &mut Tx,
    collective: CollectiveId,
    (state, software): (Option<NeedState>, Option<SoftwareId>),
    below: i64,
    limit: i64,
) -> sqlx::Result<Vec<Card>> {
    let state = state.map_or("", NeedState::as_str);
    fetch_all(
        tx,
        cards!(
            "WHERE n.collective = $1 AND n.state NOT IN ('pending', 'declined') AND ($2 = '' OR n.state = $2) \
             AND ($3 = 0 OR n.software = $4) AND n.number < $5 ORDER BY n.number DESC LIMIT $6"
        ),
        args![collective, state, software.is_some(), software, below, limit],
    )
    .await
}

/// The needs that everybody sees, newest first, at most `limit`.
pub async fn newest(tx: &mut Tx, collective: CollectiveId, limit: i64) -> sqlx::Result<Vec<Card>> {
    fetch_all(
        tx,
        cards!(
            "WHERE n.collective = $1 AND n.state IN ('open', 'parked', 'answered') ORDER BY n.number DESC LIMIT $2"
        ),
        args![collective, limit],
    )
    .await
}

/// The open needs of an organisation that others share, those of most organisations first, at most `limit`.
pub async fn shared_by(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    limit: i64,
) -> sqlx::Result<Vec<Card>> {
    fetch_all(
        tx,
        cards!(
            "JOIN need_support x ON x.need = n.id AND x.organisation = $2 AND x.withdrawn_at IS NULL \
             WHERE n.collective = $1 AND n.state = 'open' AND n.supporters > 1 \
             ORDER BY n.supporters DESC, n.strength DESC, n.number DESC LIMIT $3"
        ),
        args![collective, organisation, limit],
    )
    .await
}

row! {
    /// How many needs stand in a state.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct InState {
        /// The state.
        pub state: NeedState,
        /// How many.
        pub count: i64,
    }
}

/// How many needs of a collective stand in each state.
pub async fn by_state(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Vec<InState>> {
    fetch_all(
        tx,
        "SELECT state, COUNT(*) AS count FROM need WHERE collective = $1 GROUP BY state ORDER BY state",
        args![collective],
    )
    .await
}

/// Makes a person hear of a need. Returns false where they do already.
pub async fn follow(tx: &mut Tx, need: NeedId, person: PersonId, now: Timestamp) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "INSERT INTO need_follow (need, person, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (need, person) DO NOTHING",
        args![need, person, now],
    )
    .await?;
    Ok(written > 0)
}

/// A person hears of it no more. Returns false where they didn't.
pub async fn unfollow(tx: &mut Tx, need: NeedId, person: PersonId) -> sqlx::Result<bool> {
    const SQL: &str = "DELETE FROM need_follow WHERE need = $1 AND person = $2";
    Ok(execute(tx, SQL, args![need, person]).await? > 0)
}

/// Those who hear of a need, at most `limit`.
pub async fn followers(tx: &mut Tx, need: NeedId, limit: i64) -> sqlx::Result<Vec<PersonId>> {
    const SQL: &str = "SELECT person FROM need_follow WHERE need = $1 ORDER BY created_at, person LIMIT $2";
    fetch_values(tx, SQL, args![need, limit]).await
}

/// Whether a person hears of a need.
pub async fn follows(tx: &mut Tx, need: NeedId, person: PersonId) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM need_follow WHERE need = $1 AND person = $2";
    let found: i64 = fetch_value(tx, SQL, args![need, person]).await?;
    Ok(found > 0)
}

/// Names of what an organisation could do, as a column.
impl FromColumn for domain::needs::Helps {
    type Raw = String;
    fn from_raw(raw: String) -> Result<Self, BoxError> {
        Ok(Self::parse(&raw))
    }
}
