//! Roles of persons in collectives: proposed, confirmed, in force from an instant on, ended.

use domain::{
    actor::RoleKind,
    ids::{CollectiveId, PersonId, RoleId},
};
use jiff::Timestamp;

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_value, fetch_values, row,
    seals::{self, Kind, Written},
};

row! {
    /// A role, with the name of its holder.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RoleRow {
        /// Its id.
        pub id: RoleId,
        /// Where.
        pub collective: CollectiveId,
        /// Whose.
        pub person: PersonId,
        /// Their name.
        pub person_name: String,
        /// Which.
        pub kind: RoleKind,
        /// Who proposed it.
        pub proposed_by: Option<PersonId>,
        /// When.
        pub proposed_at: Timestamp,
        /// Who confirmed it.
        pub confirmed_by: Option<PersonId>,
        /// From when on it counts; none while it waits for a second person.
        pub effective_at: Option<Timestamp>,
        /// When it was ended, or its proposal refused.
        pub ended_at: Option<Timestamp>,
    }
}

/// A role to write.
#[derive(Clone, Copy, Debug)]
pub struct NewRole {
    /// Its id.
    pub id: RoleId,
    /// Where.
    pub collective: CollectiveId,
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub kind: RoleKind,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
    /// When.
    pub proposed_at: Timestamp,
    /// From when on it counts; none while it waits for a second person.
    pub effective_at: Option<Timestamp>,
}

/// Writes a role or its proposal; `false` if the person has it or it is proposed, and nothing is written.
pub async fn insert(tx: &mut Tx, new: &NewRole) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "INSERT INTO role (id, collective, person, kind, proposed_by, proposed_at, confirmed_by, effective_at, \
         ended_at) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, NULL) \
         ON CONFLICT (collective, person, kind) WHERE ended_at IS NULL DO NOTHING",
        args![new.id, new.collective, new.person, new.kind, new.proposed_by, new.proposed_at, new.effective_at],
    )
    .await?;
    if written == 1 {
        seals::renew_one(tx, Kind::Role, new.id, Written::All).await?;
    }
    Ok(written == 1)
}

/// A role.
pub async fn get(tx: &mut Tx, id: RoleId) -> sqlx::Result<Option<RoleRow>> {
    fetch_optional(
        tx,
        "SELECT r.id, r.collective, r.person, p.name AS person_name, r.kind, r.proposed_by, r.proposed_at, \
         r.confirmed_by, r.effective_at, r.ended_at FROM role r JOIN person p ON p.id = r.person WHERE r.id = $1",
        args![id],
    )
    .await
}

/// Confirms a proposal; it counts from `effective_at` on. `false` if there is nothing to confirm.
pub async fn confirm(
    tx: &mut Tx,
    id: RoleId,
    confirmed_by: PersonId,
    effective_at: Timestamp,
) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE role SET confirmed_by = $2, effective_at = $3 \
         WHERE id = $1 AND effective_at IS NULL AND ended_at IS NULL",
        args![id, confirmed_by, effective_at],
    )
    .await?;
    if written == 1 {
        seals::renew_one(tx, Kind::Role, id, Written::Only(&["confirmed_by", "effective_at"])).await?;
    }
    Ok(written == 1)
}

/// Ends a role, or refuses its proposal. `false` if it had ended.
pub async fn end(tx: &mut Tx, id: RoleId, by: PersonId, at: Timestamp) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE role SET ended_at = $3, ended_by = $2 WHERE id = $1 AND ended_at IS NULL",
        args![id, by, at],
    )
    .await?;
    if written == 1 {
        seals::renew_one(tx, Kind::Role, id, Written::Only(&["ended_at", "ended_by"])).await?;
    }
    Ok(written == 1)
}

/// Roles and proposals of a collective that weren't ended; at most `limit`.
pub async fn of_collective(tx: &mut Tx, collective: CollectiveId, limit: u16) -> sqlx::Result<Vec<RoleRow>> {
    fetch_all(
        tx,
        "SELECT r.id, r.collective, r.person, p.name AS person_name, r.kind, r.proposed_by, r.proposed_at, \
         r.confirmed_by, r.effective_at, r.ended_at FROM role r JOIN person p ON p.id = r.person \
         WHERE r.collective = $1 AND r.ended_at IS NULL ORDER BY r.kind, p.name, r.id LIMIT $2",
        args![collective, limit],
    )
    .await
}

/// The persons who hold a role at an instant, by id.
pub async fn holders(
    tx: &mut Tx,
    collective: CollectiveId,
    kind: RoleKind,
    now: Timestamp,
) -> sqlx::Result<Vec<PersonId>> {
    fetch_values(
        tx,
        "SELECT r.person FROM role r JOIN person p ON p.id = r.person WHERE r.collective = $1 AND r.kind = $2 \
         AND r.ended_at IS NULL AND r.effective_at <= $3 AND p.closed_at IS NULL ORDER BY r.person LIMIT 500",
        args![collective, kind, now],
    )
    .await
}

row! {
    /// A role that counts: in force, or ended by another person than its holder.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Counted {
        /// Whose.
        pub person: PersonId,
        /// Which.
        pub kind: RoleKind,
        /// When another ended it.
        pub ended_at: Option<Timestamp>,
    }
}

/// The roles in force at an instant, and those that another person than their holder ended since a moment, by holder:
/// nobody becomes the only one by ending the others' roles. Whoever gives up their own is gone, and so is a role that was
/// ended before it took effect.
pub async fn counted(
    tx: &mut Tx,
    collective: CollectiveId,
    since: Timestamp,
    now: Timestamp,
) -> sqlx::Result<Vec<Counted>> {
    fetch_all(
        tx,
        "SELECT r.person, r.kind, r.ended_at FROM role r JOIN person p ON p.id = r.person WHERE r.collective = $1 \
         AND (r.ended_at IS NULL OR r.ended_at > $2 AND r.ended_at >= r.effective_at AND r.ended_by <> r.person) \
         AND r.effective_at <= $3 AND p.closed_at IS NULL ORDER BY r.person, r.kind, r.id LIMIT 1500",
        args![collective, since, now],
    )
    .await
}

/// Those who may grant roles at an instant: admins, treasurers, the administration of the instance; by id.
pub async fn granters(tx: &mut Tx, collective: CollectiveId, now: Timestamp) -> sqlx::Result<Vec<PersonId>> {
    fetch_values(
        tx,
        "SELECT p.id FROM person p WHERE p.closed_at IS NULL AND (EXISTS (SELECT 1 FROM role r \
           WHERE r.person = p.id AND r.collective = $1 AND r.kind IN ('admin', 'treasurer') \
           AND r.ended_at IS NULL AND r.effective_at <= $2) \
         OR EXISTS (SELECT 1 FROM instance_admin a WHERE a.person = p.id)) ORDER BY p.id LIMIT 500",
        args![collective, now],
    )
    .await
}

/// The names of the collectives in which a person alone holds a role at an instant.
pub async fn alone_in(
    tx: &mut Tx,
    person: PersonId,
    kind: RoleKind,
    now: Timestamp,
) -> sqlx::Result<Vec<String>> {
    fetch_values(
        tx,
        "SELECT c.name FROM role r JOIN collective c ON c.id = r.collective WHERE r.person = $1 AND r.kind = $2 \
         AND r.ended_at IS NULL AND r.effective_at <= $3 AND NOT EXISTS (SELECT 1 FROM role o \
         JOIN person p ON p.id = o.person WHERE o.collective = r.collective AND o.kind = $2 AND o.person <> $1 \
         AND o.ended_at IS NULL AND o.effective_at <= $3 AND p.closed_at IS NULL) ORDER BY c.name LIMIT 100",
        args![person, kind, now],
    )
    .await
}

/// How many persons hold a role at an instant.
pub async fn count(
    tx: &mut Tx,
    collective: CollectiveId,
    kind: RoleKind,
    now: Timestamp,
) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        "SELECT COUNT(*) FROM role r JOIN person p ON p.id = r.person WHERE r.collective = $1 AND r.kind = $2 \
         AND r.ended_at IS NULL AND r.effective_at <= $3 AND p.closed_at IS NULL",
        args![collective, kind, now],
    )
    .await
}
