//! Those who said « nous en avons besoin aussi » of a feature.

use domain::ids::{CollectiveId, FeatureId, OrganisationId, PersonId};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, row};

row! {
    /// An organisation that needs a feature.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Needer {
        /// Who.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: String,
        /// In its words; may be empty.
        pub words: String,
        /// The person who said so.
        pub person: Option<PersonId>,
        /// When.
        pub created_at: Timestamp,
    }
}

/// Writes down that an organisation needs a feature, anew if it had withdrawn. Returns false where it stands so.
pub async fn add(
    tx: &mut Tx,
    feature: FeatureId,
    organisation: OrganisationId,
    words: &str,
    person: Option<PersonId>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let changed = execute(
        tx,
        "INSERT INTO feature_needer (feature, organisation, words, person, created_at, withdrawn_at)
         VALUES ($1, $2, $3, $4, $5, NULL)
         ON CONFLICT (feature, organisation) DO UPDATE
         SET words = excluded.words, person = excluded.person, created_at = excluded.created_at, withdrawn_at = NULL
         WHERE feature_needer.withdrawn_at IS NOT NULL",
        args![feature, organisation, words, person, now],
    )
    .await?;
    Ok(changed > 0)
}

/// An organisation needs it no more. Returns false where it didn't.
pub async fn withdraw(
    tx: &mut Tx,
    feature: FeatureId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let changed = execute(
        tx,
        "UPDATE feature_needer SET withdrawn_at = $3
         WHERE feature = $1 AND organisation = $2 AND withdrawn_at IS NULL",
        args![feature, organisation, now],
    )
    .await?;
    Ok(changed > 0)
}

/// Those who need a feature, first come first, at most `limit`.
pub async fn of_feature(tx: &mut Tx, feature: FeatureId, limit: i64) -> sqlx::Result<Vec<Needer>> {
    fetch_all(
        tx,
        "SELECT n.organisation, o.name, n.words, n.person, n.created_at
         FROM feature_needer n JOIN organisation o ON o.id = n.organisation
         WHERE n.feature = $1 AND n.withdrawn_at IS NULL ORDER BY n.created_at, n.organisation LIMIT $2",
        args![feature, limit],
    )
    .await
}

/// An organisation that leaves a collective needs its features no more, those apart that it leads.
pub async fn withdraw_all(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE feature_needer SET withdrawn_at = $3 WHERE organisation = $2 AND withdrawn_at IS NULL
         AND feature IN (SELECT id FROM feature WHERE collective = $1 AND lead <> $2)",
        args![collective, organisation, now],
    )
    .await
    .map(drop)
}
