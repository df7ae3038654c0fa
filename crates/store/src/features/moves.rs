//! The events that moved features: what their states follow from.

use std::collections::BTreeMap;

use domain::{
    Money,
    features::{Moved, State, Track},
    ids::{FeatureId, PotId},
};

use crate::{Tx, args, fetch_all, fetch_all_in, fetch_optional_value, row};

row! {
    struct MoveRow { feature: FeatureId, data: String }
}

/// A move of a feature, with the track that held then; `None` for an event that can't be read.
pub type Move = (FeatureId, Option<(Track, Moved)>);

/// The events that moved the features of a pot, those of one feature oldest first.
pub async fn of_pot(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<Move>> {
    let rows: Vec<MoveRow> = fetch_all(
        tx,
        "SELECT f.id AS feature, e.data FROM feature f JOIN event e ON e.subject = f.id
         WHERE f.pot = $1 AND e.kind = 'feature_moved' ORDER BY f.id, e.version, e.id",
        args![pot],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (row.feature, serde_json::from_str(&row.data).ok().and_then(|data| Moved::from_data(&data)))
        })
        .collect())
}

/// Where a feature stood before it went to where it stands; none for one that was proposed and hasn't moved.
pub async fn came_from(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Option<State>> {
    const SQL: &str =
        "SELECT data FROM event WHERE subject = $1 AND kind = 'feature_moved' ORDER BY id DESC LIMIT 1";
    let data: Option<String> = fetch_optional_value(tx, SQL, args![feature]).await?;
    let moved = data.and_then(|data| Moved::from_data(&serde_json::from_str(&data).ok()?));
    Ok(moved.and_then(|(_, moved)| moved.from))
}

/// What came back at the end of these features, of those that had been triggered.
pub async fn returned_at_end(tx: &mut Tx, ids: &[FeatureId]) -> sqlx::Result<BTreeMap<FeatureId, Money>> {
    const SQL: &str = "SELECT subject AS feature, data FROM event \
        WHERE kind = 'feature_moved' AND subject IN (@list) ORDER BY id";
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let list = ids.iter().flat_map(|id| args![id]).collect();
    let rows: Vec<MoveRow> = fetch_all_in(tx, SQL, args![], list).await?;
    let returned = |row: MoveRow| {
        let data: serde_json::Value = serde_json::from_str(&row.data).ok()?;
        let (_, moved) = Moved::from_data(&data)?;
        let ends = moved.to.is_end() && moved.from.is_some_and(State::is_triggered);
        let amount = data.get("returned").and_then(serde_json::Value::as_i64).filter(|_| ends)?;
        Some((row.feature, Money::new(amount)))
    };
    Ok(rows.into_iter().filter_map(returned).collect())
}
