//! The events that moved features: what their states follow from.

use domain::{
    features::{Moved, Track},
    ids::{FeatureId, PotId},
};

use crate::{Tx, args, fetch_all, row};

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
