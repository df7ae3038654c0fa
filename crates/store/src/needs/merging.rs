//! Two needs that are the same: what is proposed, and everything of one moving to the other and back.

use std::collections::BTreeMap;

use domain::{
    Money,
    ids::{ApproachId, CollectiveId, CommentId, FeatureId, MergeId, NeedId, OrganisationId, PersonId},
    merging::{MOST_HOPS, MergeState, Said, strongest},
    needs::NeedState,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::supports::recount;
use crate::{
    Tx, args, execute, fetch_all, fetch_all_locked, fetch_optional, fetch_value, fetch_values, row, search,
};

crate::text_columns! { MergeState }

row! {
    /// A merge.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MergeRow {
        /// Its id.
        pub id: MergeId,
        /// Where.
        pub collective: CollectiveId,
        /// The need that goes.
        pub source: NeedId,
        /// The need that stays.
        pub target: NeedId,
        /// Where it stands.
        pub state: MergeState,
        /// Why; may be empty.
        pub reason: String,
        /// Who proposed it.
        pub proposed_by: PersonId,
        /// Their name.
        pub proposed_by_name: String,
        /// When.
        pub proposed_at: Timestamp,
        /// When it was answered, done or undone.
        pub decided_at: Option<Timestamp>,
        /// What moved, as JSON; empty before it is done.
        pub moved: String,
    }
}

/// The statement that reads merges, with the rest of it.
macro_rules! merges {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.collective, m.source, m.target, m.state, m.reason, m.proposed_by, \
             p.name AS proposed_by_name, m.proposed_at, m.decided_at, m.moved FROM need_merge m \
             JOIN person p ON p.id = m.proposed_by ",
            $rest
        )
    };
}

/// A merge to propose.
#[derive(Clone, Debug)]
pub struct NewMerge {
    /// Its id.
    pub id: MergeId,
    /// Where.
    pub collective: CollectiveId,
    /// The need that goes.
    pub source: NeedId,
    /// The need that stays.
    pub target: NeedId,
    /// Why; may be empty.
    pub reason: String,
    /// Who proposes it.
    pub by: PersonId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Now.
    pub at: Timestamp,
}

/// Writes a proposal. Errors: the constraint `need_merge_proposed` where there is one of that need.
pub async fn propose(tx: &mut Tx, new: &NewMerge) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO need_merge (id, collective, source, target, state, reason, proposed_by, \
        organisation, proposed_at) VALUES ($1, $2, $3, $4, 'proposed', $5, $6, $7, $8)";
    let args =
        args![new.id, new.collective, new.source, new.target, new.reason, new.by, new.organisation, new.at];
    execute(tx, SQL, args).await.map(drop)
}

/// A merge by its id.
pub async fn get(tx: &mut Tx, id: MergeId) -> sqlx::Result<Option<MergeRow>> {
    fetch_optional(tx, merges!("WHERE m.id = $1"), args![id]).await
}

/// The merge that is proposed of a need.
pub async fn proposed(tx: &mut Tx, source: NeedId) -> sqlx::Result<Option<MergeRow>> {
    fetch_optional(tx, merges!("WHERE m.source = $1 AND m.state = 'proposed'"), args![source]).await
}

/// The merge by which a need went.
pub async fn done(tx: &mut Tx, source: NeedId) -> sqlx::Result<Option<MergeRow>> {
    const SQL: &str =
        merges!("WHERE m.source = $1 AND m.state = 'done' ORDER BY m.decided_at DESC, m.id DESC LIMIT 1");
    fetch_optional(tx, SQL, args![source]).await
}

/// Whether whoever wrote a need refused that it be merged into another.
pub async fn was_refused(tx: &mut Tx, source: NeedId, target: NeedId) -> sqlx::Result<bool> {
    const SQL: &str =
        "SELECT COUNT(*) FROM need_merge WHERE source = $1 AND target = $2 AND state = 'refused'";
    Ok(fetch_value::<i64>(tx, SQL, args![source, target]).await? > 0)
}

/// Writes where a merge stands, who answered, and what moved.
pub async fn decide(
    tx: &mut Tx,
    id: MergeId,
    state: MergeState,
    by: Option<PersonId>,
    at: Timestamp,
    moved: &str,
) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE need_merge SET state = $2, decided_by = $3, decided_at = $4, moved = $5 WHERE id = $1";
    execute(tx, SQL, args![id, state, by, at, moved]).await.map(drop)
}

row! {
    /// A need that went into another.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Came {
        /// Its number.
        pub number: i64,
        /// Its title.
        pub title: String,
    }
}

/// The needs that went into one, by number, at most 50.
pub async fn into(tx: &mut Tx, target: NeedId) -> sqlx::Result<Vec<Came>> {
    const SQL: &str = "SELECT number, title FROM need WHERE merged_into = $1 ORDER BY number LIMIT 50";
    fetch_all(tx, SQL, args![target]).await
}

row! {
    struct Hop { merged_into: Option<NeedId> }
}

/// The need that has everything of one that was merged, and of those it was merged into; itself where it wasn't.
pub async fn end_of(tx: &mut Tx, need: NeedId) -> sqlx::Result<NeedId> {
    const SQL: &str = "SELECT merged_into FROM need WHERE id = $1";
    let mut at = need;
    for _ in 0..MOST_HOPS {
        match fetch_optional::<Hop>(tx, SQL, args![at]).await?.and_then(|hop| hop.merged_into) {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(at)
}

/// Locks two needs, in the order of their ids.
pub async fn lock(tx: &mut Tx, one: NeedId, other: NeedId) -> sqlx::Result<()> {
    const SQL: &str = "SELECT merged_into FROM need WHERE id IN ($1, $2) ORDER BY id";
    fetch_all_locked::<Hop>(tx, SQL, args![one, other]).await.map(drop)
}

/// What moved from one need to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Organisations that need it, each with what it had said of the need that stays.
    supports: Vec<(OrganisationId, Option<Before>)>,
    /// Approaches, each with the number that it had.
    approaches: Vec<(ApproachId, i64)>,
    /// Issues elsewhere.
    links: Vec<String>,
    /// Persons who hear of it.
    follows: Vec<PersonId>,
    /// Comments, each with the number that it had.
    comments: Vec<(CommentId, i64)>,
    /// Features that came of it.
    features: Vec<FeatureId>,
}

/// What an organisation had said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Before {
    strength: i64,
    users: Option<i64>,
    words: String,
    amount: Option<i64>,
    changed_at: i64,
    withdrawn_at: Option<i64>,
}

row! {
    struct SupportRow {
        organisation: OrganisationId,
        strength: i64,
        users: Option<i64>,
        words: String,
        amount: Option<Money>,
        help: String,
        person: Option<PersonId>,
        created_at: Timestamp,
        changed_at: Timestamp,
        withdrawn_at: Option<Timestamp>,
    }
}

impl SupportRow {
    fn said(&self) -> Said {
        Said { strength: self.strength, users: self.users, words: self.words.clone(), amount: self.amount }
    }

    fn before(&self) -> Before {
        Before {
            strength: self.strength,
            users: self.users,
            words: self.words.clone(),
            amount: self.amount.map(Money::minor),
            changed_at: self.changed_at.as_microsecond(),
            withdrawn_at: self.withdrawn_at.map(Timestamp::as_microsecond),
        }
    }
}

const SUPPORTS: &str = "SELECT organisation, strength, users, words, amount, help, person, created_at, changed_at, \
    withdrawn_at FROM need_support WHERE need = $1 ORDER BY organisation";

/// Moves everything of a need to another: both are locked by the caller. What organisations said stays where it was said
/// too, so that it can be read again.
pub async fn merge(
    tx: &mut Tx,
    source: NeedId,
    target: NeedId,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<Moved> {
    let moved = Moved {
        supports: move_supports(tx, source, target, now).await?,
        approaches: move_approaches(tx, source, target).await?,
        links: move_links(tx, source, target).await?,
        follows: move_follows(tx, source, target, now).await?,
        comments: move_comments(tx, source, target).await?,
        features: move_features(tx, source, target, now).await?,
    };
    super::set_state(tx, source, NeedState::Merged, reason, Some(target), now).await?;
    recount(tx, target).await?;
    search::sources::needs(tx, &[target]).await?;
    reindex_comments(tx, &moved).await?;
    Ok(moved)
}

async fn reindex_comments(tx: &mut Tx, moved: &Moved) -> sqlx::Result<()> {
    let ids: Vec<CommentId> = moved.comments.iter().map(|(id, _)| *id).collect();
    search::sources::comments(tx, &ids).await
}

async fn move_supports(
    tx: &mut Tx,
    source: NeedId,
    target: NeedId,
    now: Timestamp,
) -> sqlx::Result<Vec<(OrganisationId, Option<Before>)>> {
    const NEW: &str = "INSERT INTO need_support (need, organisation, strength, users, words, amount, help, person, \
        created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    const BOTH: &str = "UPDATE need_support SET strength = $3, users = $4, words = $5, amount = $6, \
        changed_at = $7, withdrawn_at = NULL WHERE need = $1 AND organisation = $2";
    let there: BTreeMap<OrganisationId, SupportRow> = fetch_all::<SupportRow>(tx, SUPPORTS, args![target])
        .await?
        .into_iter()
        .map(|row| (row.organisation, row))
        .collect();
    let going: Vec<SupportRow> = fetch_all(tx, SUPPORTS, args![source]).await?;
    let mut moved = Vec::new();
    for row in going.into_iter().filter(|row| row.withdrawn_at.is_none()) {
        let held = there.get(&row.organisation);
        match held {
            None => {
                let args = args![
                    target,
                    row.organisation,
                    row.strength,
                    row.users,
                    row.words,
                    row.amount,
                    row.help,
                    row.person,
                    row.created_at,
                    now
                ];
                execute(tx, NEW, args).await?;
            }
            Some(held) => {
                let live = held.withdrawn_at.is_none();
                let said = if live { strongest(&held.said(), &row.said()) } else { row.said() };
                let args =
                    args![target, row.organisation, said.strength, said.users, said.words, said.amount, now];
                execute(tx, BOTH, args).await?;
            }
        }
        moved.push((row.organisation, held.map(SupportRow::before)));
    }
    Ok(moved)
}

row! {
    struct Numbered { id: uuid::Uuid, number: i64 }
}

async fn move_approaches(
    tx: &mut Tx,
    source: NeedId,
    target: NeedId,
) -> sqlx::Result<Vec<(ApproachId, i64)>> {
    const THERE: &str = "SELECT id, number FROM approach WHERE need = $1 ORDER BY number";
    let mut next = super::approaches::count(tx, target).await?;
    let mut moved = Vec::new();
    for row in fetch_all::<Numbered>(tx, THERE, args![source]).await? {
        next += 1;
        put_approach(tx, ApproachId(row.id), target, next).await?;
        moved.push((ApproachId(row.id), row.number));
    }
    Ok(moved)
}

async fn put_approach(tx: &mut Tx, id: ApproachId, need: NeedId, number: i64) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE approach SET need = $2, number = $3 WHERE id = $1";
    execute(tx, SQL, args![id, need, number]).await.map(drop)
}

async fn move_comments(tx: &mut Tx, source: NeedId, target: NeedId) -> sqlx::Result<Vec<(CommentId, i64)>> {
    const THERE: &str = "SELECT id, number FROM comment WHERE subject = $1 ORDER BY number";
    let mut next = crate::comments::count(tx, target.0).await?;
    let mut moved = Vec::new();
    for row in fetch_all::<Numbered>(tx, THERE, args![source]).await? {
        next += 1;
        put_comment(tx, CommentId(row.id), target, next).await?;
        moved.push((CommentId(row.id), row.number));
    }
    Ok(moved)
}

async fn put_comment(tx: &mut Tx, id: CommentId, need: NeedId, number: i64) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE comment SET subject = $2, number = $3 WHERE id = $1";
    execute(tx, SQL, args![id, need, number]).await.map(drop)
}

row! {
    struct LinkRow { url: String, key: String }
}

async fn move_links(tx: &mut Tx, source: NeedId, target: NeedId) -> sqlx::Result<Vec<String>> {
    const THERE: &str = "SELECT url, key FROM need_link WHERE need = $1 ORDER BY position";
    const NEW: &str = "INSERT INTO need_link (need, position, url, key) VALUES ($1, $2, $3, $4)";
    const LAST: &str = "SELECT MAX(position) FROM need_link WHERE need = $1";
    let held: Vec<LinkRow> = fetch_all(tx, THERE, args![target]).await?;
    let mut last = fetch_value::<Option<i64>>(tx, LAST, args![target]).await?.unwrap_or(0);
    let mut moved = Vec::new();
    for link in fetch_all::<LinkRow>(tx, THERE, args![source]).await? {
        if held.iter().all(|one| one.key != link.key) {
            last += 1;
            execute(tx, NEW, args![target, last, link.url, link.key]).await?;
            moved.push(link.key);
        }
    }
    Ok(moved)
}

async fn move_follows(
    tx: &mut Tx,
    source: NeedId,
    target: NeedId,
    now: Timestamp,
) -> sqlx::Result<Vec<PersonId>> {
    const THERE: &str = "SELECT person FROM need_follow WHERE need = $1 ORDER BY person";
    let mut moved = Vec::new();
    for person in fetch_values::<PersonId>(tx, THERE, args![source]).await? {
        if super::follow(tx, target, person, now).await? {
            moved.push(person);
        }
    }
    Ok(moved)
}

async fn move_features(
    tx: &mut Tx,
    source: NeedId,
    target: NeedId,
    now: Timestamp,
) -> sqlx::Result<Vec<FeatureId>> {
    const NEW: &str = "INSERT INTO feature_need (feature, need, approach, created_at) \
        SELECT x.feature, $2, x.approach, $3 FROM feature_need x WHERE x.need = $1 AND x.feature = $4 \
        ON CONFLICT (feature, need) DO NOTHING";
    const THERE: &str = "SELECT feature FROM feature_need WHERE need = $1 ORDER BY feature";
    let mut moved = Vec::new();
    for feature in fetch_values::<FeatureId>(tx, THERE, args![source]).await? {
        if execute(tx, NEW, args![source, target, now, feature]).await? > 0 {
            moved.push(feature);
        }
    }
    Ok(moved)
}

/// Moves back what came, and opens the need again. What was said of the other since stays there: who changed their word
/// since keeps it, who took it back has taken both back. `merged`: when it came.
pub async fn part(
    tx: &mut Tx,
    source: NeedId,
    target: NeedId,
    moved: &Moved,
    (merged, now): (Timestamp, Timestamp),
) -> sqlx::Result<()> {
    part_supports(tx, source, target, moved, (merged, now)).await?;
    for (id, number) in &moved.approaches {
        put_approach(tx, *id, source, *number).await?;
    }
    for (id, number) in &moved.comments {
        put_comment(tx, *id, source, *number).await?;
    }
    for key in &moved.links {
        execute(tx, "DELETE FROM need_link WHERE need = $1 AND key = $2", args![target, key]).await?;
    }
    for person in &moved.follows {
        super::unfollow(tx, target, *person).await?;
    }
    for feature in &moved.features {
        const SQL: &str = "DELETE FROM feature_need WHERE need = $1 AND feature = $2";
        execute(tx, SQL, args![target, feature]).await?;
    }
    super::set_state(tx, source, NeedState::Open, "", None, now).await?;
    recount(tx, source).await?;
    recount(tx, target).await?;
    search::sources::needs(tx, &[target]).await?;
    reindex_comments(tx, moved).await
}

async fn part_supports(
    tx: &mut Tx,
    source: NeedId,
    target: NeedId,
    moved: &Moved,
    (merged, now): (Timestamp, Timestamp),
) -> sqlx::Result<()> {
    const END: &str = "UPDATE need_support SET withdrawn_at = $3 WHERE need = $1 AND organisation = $2";
    const RESTORE: &str = "UPDATE need_support SET strength = $3, users = $4, words = $5, amount = $6, \
        changed_at = $7, withdrawn_at = $8 WHERE need = $1 AND organisation = $2";
    let there: BTreeMap<OrganisationId, SupportRow> = fetch_all::<SupportRow>(tx, SUPPORTS, args![target])
        .await?
        .into_iter()
        .map(|row| (row.organisation, row))
        .collect();
    for (organisation, before) in &moved.supports {
        let Some(row) = there.get(organisation) else { continue };
        if row.withdrawn_at.is_some() {
            execute(tx, END, args![source, organisation, now]).await?;
        } else if row.changed_at != merged {
            continue;
        } else if let Some(before) = before {
            let args = args![
                target,
                organisation,
                before.strength,
                before.users,
                before.words,
                before.amount,
                before.changed_at,
                before.withdrawn_at
            ];
            execute(tx, RESTORE, args).await?;
        } else {
            execute(tx, END, args![target, organisation, now]).await?;
        }
    }
    Ok(())
}
