//! Whose amounts are hidden in a collective, and in which order money came: what `domain::visibility` judges.

use domain::{
    ids::{CollectiveId, FeatureId, OrganisationId, PotId},
    rules::AmountsSeen,
    visibility::{Holder, wishes_hidden},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    ToColumn as _, Tx, args, execute_in, fetch_all, fetch_all_in, fetch_optional_value, fetch_values, row,
    seals::{self, Written},
};

/// How many organisations one statement asks about.
const ASKED_ABOUT: usize = 1_000;

/// Whether any organisation is hidden: stored, or by a wish that the rules hear.
pub async fn is_anyone_hidden(
    tx: &mut Tx,
    collective: CollectiveId,
    amounts: AmountsSeen,
) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT organisation FROM membership \
        WHERE collective = $1 AND (hidden_since IS NOT NULL OR (shows_amounts = 0 AND $2 = 1)) LIMIT 1";
    const STORED: &str = "SELECT organisation FROM membership \
        WHERE collective = $1 AND hidden_since IS NOT NULL LIMIT 1";
    let found: Option<OrganisationId> = match amounts {
        AmountsSeen::Public => fetch_optional_value(tx, STORED, args![collective]).await?,
        _ => fetch_optional_value(tx, SQL, args![collective, true]).await?,
    };
    Ok(found.is_some())
}

row! {
    /// An organisation, and whether its amounts are hidden.
    #[derive(Clone, Copy, Debug)]
    pub struct Flag {
        /// Who.
        pub organisation: OrganisationId,
        /// Whether.
        pub hidden: bool,
    }
}

/// Which of these organisations are hidden. One that never was a member is left out.
pub async fn flags(
    tx: &mut Tx,
    collective: CollectiveId,
    amounts: AmountsSeen,
    organisations: &[OrganisationId],
) -> sqlx::Result<Vec<Flag>> {
    const SQL: &str = "SELECT m.organisation, CAST(CASE WHEN m.hidden_since IS NOT NULL \
        OR (m.shows_amounts = 0 AND ($2 = 1 OR o.one_person = 1 OR m.veiled = 1)) THEN 1 ELSE 0 END AS BIGINT) AS hidden \
        FROM membership m JOIN organisation o ON o.id = m.organisation \
        WHERE m.collective = $1 AND m.organisation IN (@list)";
    let asked = amounts != AmountsSeen::Public;
    let mut flags = Vec::with_capacity(organisations.len());
    for organisations in organisations.chunks(ASKED_ABOUT) {
        let list = organisations.iter().map(OrganisationId::to_arg).collect();
        flags.extend(fetch_all_in::<Flag>(tx, SQL, args![collective, asked], list).await?);
    }
    Ok(flags)
}

row! {
    /// An organisation that ever had money on a feature.
    #[derive(Clone, Copy, Debug)]
    pub struct Funder {
        /// Which feature.
        pub feature: FeatureId,
        /// Who.
        pub organisation: OrganisationId,
        /// Whether its amounts are hidden.
        pub hidden: bool,
    }
}

/// All who ever had money on these features, feature by feature, the first first; an organisation once for each of
/// its accounts there.
pub async fn funders(tx: &mut Tx, amounts: AmountsSeen, features: &[FeatureId]) -> sqlx::Result<Vec<Funder>> {
    const SQL: &str = "SELECT a.feature, a.organisation, CAST(CASE WHEN m.hidden_since IS NULL \
        AND (m.shows_amounts = 1 OR ($1 = 0 AND o.one_person = 0 AND m.veiled = 0)) THEN 0 ELSE 1 END AS BIGINT) AS hidden \
        FROM account a JOIN feature f ON f.id = a.feature JOIN organisation o ON o.id = a.organisation \
        LEFT JOIN membership m ON m.organisation = a.organisation AND m.collective = f.collective \
        WHERE a.organisation IS NOT NULL AND a.feature IN (@list) ORDER BY a.feature, a.id";
    let asked = amounts != AmountsSeen::Public;
    if features.is_empty() {
        return Ok(Vec::new());
    }
    let list = features.iter().map(FeatureId::to_arg).collect();
    fetch_all_in(tx, SQL, args![asked], list).await
}

row! {
    struct OnFeature {
        feature: FeatureId,
    }
}

/// The features on which an organisation ever had money in a pot.
pub async fn funded_by(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
) -> sqlx::Result<Vec<FeatureId>> {
    const SQL: &str = "SELECT DISTINCT feature FROM account \
        WHERE organisation = $1 AND pot = $2 AND feature IS NOT NULL";
    let rows: Vec<OnFeature> = fetch_all(tx, SQL, args![organisation, pot]).await?;
    Ok(rows.into_iter().map(|row| row.feature).collect())
}

row! {
    struct HolderRow {
        organisation: OrganisationId,
        shows_amounts: bool,
        one_person: bool,
        veiled: bool,
        hidden_since: Option<Timestamp>,
        first_account: Option<Uuid>,
    }
}

/// Every organisation of a collective, past ones included. Call it under the pot's lock.
pub async fn holders(
    tx: &mut Tx,
    collective: CollectiveId,
    amounts: AmountsSeen,
) -> sqlx::Result<Vec<Holder>> {
    const SQL: &str = "SELECT m.organisation, m.shows_amounts, o.one_person, m.veiled, m.hidden_since, \
        (SELECT a.id FROM account a JOIN pot p ON p.id = a.pot \
         WHERE a.organisation = m.organisation AND p.collective = m.collective ORDER BY a.id LIMIT 1) \
          AS first_account \
        FROM membership m JOIN organisation o ON o.id = m.organisation \
        WHERE m.collective = $1 ORDER BY m.organisation";
    let rows: Vec<HolderRow> = fetch_all(tx, SQL, args![collective]).await?;
    let holder = |row: HolderRow| Holder {
        organisation: row.organisation,
        wishes: wishes_hidden(amounts, row.one_person || row.veiled, row.shows_amounts),
        hidden_since: row.hidden_since,
        first_account: row.first_account,
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// Those who had money in a collective and don't show their amounts keep them to themselves where all are made public.
/// Call it under the locks of the pots. Says who they are.
pub async fn veil_those_with_money(
    tx: &mut Tx,
    collective: CollectiveId,
) -> sqlx::Result<Vec<OrganisationId>> {
    const MEANT: &str = "SELECT organisation FROM membership WHERE collective = $1 AND shows_amounts = 0 \
        AND EXISTS (SELECT 1 FROM account a JOIN pot p ON p.id = a.pot \
          WHERE a.organisation = membership.organisation AND p.collective = $1) ORDER BY organisation";
    const WRITE: &str = "UPDATE membership SET veiled = 1 WHERE collective = $1 AND organisation IN (@list)";
    const READ: &str = "SELECT organisation FROM membership \
        WHERE collective = $1 AND veiled = 1 AND shows_amounts = 0 ORDER BY organisation";
    let meant: Vec<OrganisationId> = fetch_values(tx, MEANT, args![collective]).await?;
    for organisations in meant.chunks(ASKED_ABOUT) {
        let list = organisations.iter().map(OrganisationId::to_arg).collect();
        execute_in(tx, WRITE, args![collective], list).await?;
    }
    seals::renew_members(tx, collective, &meant, Written::Only(&["veiled"])).await?;
    fetch_values(tx, READ, args![collective]).await
}

/// How many of those with money are hidden, counted up to three.
pub async fn hidden_with_money(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<usize> {
    const SQL: &str = "SELECT m.organisation FROM membership m WHERE m.collective = $1 \
        AND m.hidden_since IS NOT NULL AND EXISTS (SELECT 1 FROM account a JOIN pot p ON p.id = a.pot \
            WHERE a.organisation = m.organisation AND p.collective = m.collective) LIMIT 3";
    let found: Vec<OrganisationId> = fetch_values(tx, SQL, args![collective]).await?;
    Ok(found.len())
}

/// Writes since when organisations are hidden, or that they aren't.
pub async fn put_hidden(
    tx: &mut Tx,
    collective: CollectiveId,
    organisations: &[OrganisationId],
    since: Option<Timestamp>,
) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE membership SET hidden_since = $2 WHERE collective = $1 AND organisation IN (@list)";
    // An update of many takes its locks in no order: two pots of one collective could wait for each other.
    const IN_ORDER: &str = "UPDATE membership SET hidden_since = $2 WHERE collective = $1 AND organisation IN \
        (SELECT organisation FROM membership WHERE collective = $1 AND organisation IN (@list) \
         ORDER BY organisation FOR UPDATE)";
    let sql = if tx.is_postgres() { IN_ORDER } else { SQL };
    for organisations in organisations.chunks(ASKED_ABOUT) {
        let list = organisations.iter().map(OrganisationId::to_arg).collect();
        execute_in(tx, sql, args![collective, since], list).await?;
    }
    seals::renew_members(tx, collective, organisations, Written::Only(&["hidden_since"])).await
}
