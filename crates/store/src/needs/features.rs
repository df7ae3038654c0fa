//! Which features came of which needs.

use domain::{
    features::State,
    ids::{ApproachId, FeatureId, NeedId},
    needs::NeedState,
};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, row};

/// Writes that a feature came of a need, by an approach where one was chosen. Once is enough.
pub async fn link(
    tx: &mut Tx,
    feature: FeatureId,
    need: NeedId,
    approach: Option<ApproachId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO feature_need (feature, need, approach, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (feature, need) DO NOTHING",
        args![feature, need, approach, now],
    )
    .await
    .map(drop)
}

row! {
    /// A need of which a feature came.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Origin {
        /// Which.
        pub need: NeedId,
        /// Its number.
        pub number: i64,
        /// Its title.
        pub title: String,
        /// Where it stands.
        pub state: NeedState,
        /// How many organisations need it.
        pub supporters: i64,
    }
}

/// The needs of which a feature came, by number, at most 50.
pub async fn of_feature(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Vec<Origin>> {
    fetch_all(
        tx,
        "SELECT n.id AS need, n.number, n.title, n.state, n.supporters FROM feature_need f \
         JOIN need n ON n.id = f.need WHERE f.feature = $1 ORDER BY n.number LIMIT 50",
        args![feature],
    )
    .await
}

row! {
    /// A feature that came of a need.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Came {
        /// Which.
        pub feature: FeatureId,
        /// Its number.
        pub number: i64,
        /// Its title.
        pub title: String,
        /// Where it stands.
        pub state: State,
    }
}

/// The features that came of a need, newest first, at most 50.
pub async fn of_need(tx: &mut Tx, need: NeedId) -> sqlx::Result<Vec<Came>> {
    fetch_all(
        tx,
        "SELECT f.id AS feature, f.number, f.title, f.state FROM feature_need x \
         JOIN feature f ON f.id = x.feature WHERE x.need = $1 ORDER BY f.number DESC LIMIT 50",
        args![need],
    )
    .await
}
