//! Those who said « nous en avons besoin aussi » of a need.

use domain::{
    Money,
    ids::{CollectiveId, NeedId, OrganisationId, PersonId},
    needs::{Helps, SupportText},
};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_values, row};

row! {
    /// An organisation that needs something.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SupportRow {
        /// Who.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// Its name in addresses.
        pub slug: String,
        /// From 1 to 5.
        pub strength: i64,
        /// How many of its users it concerns.
        pub users: Option<i64>,
        /// In its words; may be empty.
        pub words: String,
        /// What it would put, an intention: told as the organisation's amounts are.
        pub amount: Option<Money>,
        /// What it could do instead of paying.
        pub help: Helps,
        /// Who said so.
        pub person: Option<PersonId>,
        /// Since when.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub changed_at: Timestamp,
    }
}

/// The statement that reads supports, with the rest of it.
macro_rules! supports {
    ($rest:literal) => {
        concat!(
            "SELECT n.organisation, o.name, o.slug, n.strength, n.users, n.words, n.amount, n.help, n.person, \
             n.created_at, n.changed_at FROM need_support n JOIN organisation o ON o.id = n.organisation ",
            $rest
        )
    };
}

/// Those who need it, first come first, at most `limit`.
pub async fn of_need(tx: &mut Tx, need: NeedId, limit: i64) -> sqlx::Result<Vec<SupportRow>> {
    fetch_all(
        tx,
        supports!(
            "WHERE n.need = $1 AND n.withdrawn_at IS NULL ORDER BY n.created_at, n.organisation LIMIT $2"
        ),
        args![need, limit],
    )
    .await
}

/// What one organisation said, if it needs it.
pub async fn one(
    tx: &mut Tx,
    need: NeedId,
    organisation: OrganisationId,
) -> sqlx::Result<Option<SupportRow>> {
    fetch_optional(
        tx,
        supports!("WHERE n.need = $1 AND n.organisation = $2 AND n.withdrawn_at IS NULL"),
        args![need, organisation],
    )
    .await
}

/// Writes what an organisation says, anew if it said so before, and counts the need's sums anew.
pub async fn put(
    tx: &mut Tx,
    need: NeedId,
    organisation: OrganisationId,
    text: &SupportText,
    person: Option<PersonId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO need_support (need, organisation, strength, users, words, amount, help, person, created_at, \
         changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) \
         ON CONFLICT (need, organisation) DO UPDATE SET strength = excluded.strength, users = excluded.users, \
         words = excluded.words, amount = excluded.amount, help = excluded.help, person = excluded.person, \
         changed_at = excluded.changed_at, withdrawn_at = NULL, \
         created_at = CASE WHEN need_support.withdrawn_at IS NULL THEN need_support.created_at \
           ELSE excluded.created_at END",
        args![
            need,
            organisation,
            text.strength,
            text.users,
            text.words,
            text.amount,
            text.help.to_string(),
            person,
            now
        ],
    )
    .await?;
    recount(tx, need).await
}

/// An organisation needs it no more. Returns false where it didn't.
pub async fn withdraw(
    tx: &mut Tx,
    need: NeedId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let changed = execute(
        tx,
        "UPDATE need_support SET withdrawn_at = $3 WHERE need = $1 AND organisation = $2 AND withdrawn_at IS NULL",
        args![need, organisation, now],
    )
    .await?;
    recount(tx, need).await?;
    Ok(changed > 0)
}

/// An organisation that leaves a collective needs nothing there any more.
pub async fn withdraw_all(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<()> {
    const SQL: &str = "SELECT x.need FROM need_support x JOIN need n ON n.id = x.need \
        WHERE x.organisation = $2 AND n.collective = $1 AND x.withdrawn_at IS NULL ORDER BY x.need";
    let needs: Vec<NeedId> = fetch_values(tx, SQL, args![collective, organisation]).await?;
    for need in needs {
        withdraw(tx, need, organisation, now).await?;
    }
    Ok(())
}

/// Counts the sums of a need anew, over those who need it now.
pub async fn recount(tx: &mut Tx, need: NeedId) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE need SET \
         supporters = (SELECT COUNT(*) FROM need_support x WHERE x.need = $1 AND x.withdrawn_at IS NULL), \
         strength = (SELECT CAST(COALESCE(SUM(x.strength), 0) AS BIGINT) FROM need_support x \
           WHERE x.need = $1 AND x.withdrawn_at IS NULL), \
         users = (SELECT CAST(COALESCE(SUM(x.users), 0) AS BIGINT) FROM need_support x \
           WHERE x.need = $1 AND x.withdrawn_at IS NULL) WHERE id = $1",
        args![need],
    )
    .await
    .map(drop)
}
