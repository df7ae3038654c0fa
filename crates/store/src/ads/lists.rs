//! Lists of ads: those that others read, by a filter; those of a poster; those that wait for the administration.

use domain::{
    ads::{Side, Work, key},
    ids::{CollectiveId, OrganisationId, PersonId},
};
use jiff::Timestamp;

use super::{AdRow, ads};
use crate::{Tx, args, fetch_all};

/// Which ads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Requests or offers alone.
    pub side: Option<Side>,
    /// Those of a kind of work.
    pub work: Option<Work>,
    /// Those for a software, as typed; empty for all.
    pub software: String,
    /// Those of a region, as typed; empty for all.
    pub region: String,
    /// Those from afar alone.
    pub remote: bool,
    /// Those of members of a collective.
    pub collective: Option<CollectiveId>,
    /// Those that hold each of these words, folded; the first four count.
    pub words: Vec<String>,
    /// Whether also those for members.
    pub members: bool,
}

/// A pattern for `LIKE` that finds a text anywhere.
fn anywhere(text: &str) -> String {
    let mut pattern = "%".to_owned();
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Ads that are shown, newest first, below number `before`; at most `limit`.
pub async fn list(
    tx: &mut Tx,
    filter: &Filter,
    now: Timestamp,
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<AdRow>> {
    let pattern = |sign: char, name: String| match name.is_empty() {
        true => "%".to_owned(),
        false => anywhere(&format!("{sign}{name}{sign}")),
    };
    let work = pattern(' ', filter.work.map(|work| work.as_str().to_owned()).unwrap_or_default());
    let software = pattern('|', key(&filter.software));
    let region = key(&filter.region);
    let region = if region.is_empty() { "%".to_owned() } else { anywhere(&region) };
    let word = |place: usize| filter.words.get(place).map_or_else(|| "%".to_owned(), |word| anywhere(word));
    fetch_all(
        tx,
        ads!(
            "WHERE a.withdrawn_at IS NULL AND a.hidden_at IS NULL AND a.expires_at > $1 \
             AND (a.seen = 'public' OR $2 = 1) AND a.number < $3 AND ($4 = '' OR a.side = $4) \
             AND a.works LIKE $5 ESCAPE '\\' AND a.software_keys LIKE $6 ESCAPE '\\' \
             AND a.region_key LIKE $7 ESCAPE '\\' AND a.remote >= $8 \
             AND ($9 = 0 OR EXISTS (SELECT 1 FROM membership m WHERE m.organisation = a.organisation \
              AND m.collective = $10 AND m.left_on IS NULL)) \
             AND a.folded LIKE $11 ESCAPE '\\' AND a.folded LIKE $12 ESCAPE '\\' AND a.folded LIKE $13 ESCAPE '\\' \
             AND a.folded LIKE $14 ESCAPE '\\' ORDER BY a.number DESC LIMIT $15"
        ),
        args![
            now,
            filter.members,
            before.unwrap_or(i64::MAX),
            filter.side.map_or("", Side::as_str),
            work,
            software,
            region,
            filter.remote,
            filter.collective.is_some(),
            filter.collective,
            word(0),
            word(1),
            word(2),
            word(3),
            limit
        ],
    )
    .await
}

/// The ads that a person or their organisation posted, ended ones too, newest first; at most `limit`.
pub async fn of_poster(
    tx: &mut Tx,
    person: PersonId,
    organisation: Option<OrganisationId>,
    limit: i64,
) -> sqlx::Result<Vec<AdRow>> {
    let sql = ads!("WHERE a.person = $1 OR a.organisation = $2 ORDER BY a.number DESC LIMIT $3");
    fetch_all(tx, sql, args![person, organisation, limit]).await
}

/// The ads that the administration hid, those appealed against first; at most `limit`.
pub async fn hidden(tx: &mut Tx, limit: i64) -> sqlx::Result<Vec<AdRow>> {
    let sql = ads!(
        "WHERE a.hidden_at IS NOT NULL AND a.withdrawn_at IS NULL \
         ORDER BY CASE WHEN a.appealed_at IS NULL THEN 1 ELSE 0 END, a.number DESC LIMIT $1"
    );
    fetch_all(tx, sql, args![limit]).await
}

/// The ads whose poster waits for a collective, the oldest first; at most `limit`.
pub async fn awaiting_collective(tx: &mut Tx, limit: i64) -> sqlx::Result<Vec<AdRow>> {
    let sql = ads!(
        "WHERE a.founding_at IS NOT NULL AND a.collective IS NULL AND a.withdrawn_at IS NULL \
         AND a.hidden_at IS NULL ORDER BY a.founding_at, a.number LIMIT $1"
    );
    fetch_all(tx, sql, args![limit]).await
}
