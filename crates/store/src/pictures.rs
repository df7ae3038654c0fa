//! Pictures on features: two files each, and the text that stands for them.

use domain::ids::{FeatureId, FileId};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, row};

row! {
    /// A picture of a feature.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PictureRow {
        /// The file, which is its id.
        pub file: FileId,
        /// The smaller one; the same file where there is none.
        pub small: FileId,
        /// What it shows.
        pub feature: FeatureId,
        /// The text that stands for it.
        pub alternative: String,
        /// Points from left to right.
        pub width: i64,
        /// Points from top to bottom.
        pub height: i64,
        /// SHA-256 of the file.
        pub hash: [u8; 32],
        /// When it was erased.
        pub erased_at: Option<Timestamp>,
    }
}

/// Writes a picture whose files are written. `hash` and `erased_at` are those of the file.
pub async fn insert(tx: &mut Tx, new: &PictureRow) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO picture (file, small, feature, alternative, width, height) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let args = args![new.file, new.small, new.feature, new.alternative, new.width, new.height];
    execute(tx, SQL, args).await.map(drop)
}

/// The pictures of a feature that weren't erased, oldest first; at most `limit`.
pub async fn of_feature(tx: &mut Tx, feature: FeatureId, limit: i64) -> sqlx::Result<Vec<PictureRow>> {
    const SQL: &str = "SELECT p.file, p.small, p.feature, p.alternative, p.width, p.height, f.hash, f.erased_at \
        FROM picture p JOIN file f ON f.id = p.file WHERE p.feature = $1 AND f.erased_at IS NULL \
        ORDER BY p.file LIMIT $2";
    fetch_all(tx, SQL, args![feature, limit]).await
}

/// A picture of a feature, erased or not.
pub async fn get(tx: &mut Tx, feature: FeatureId, file: FileId) -> sqlx::Result<Option<PictureRow>> {
    const SQL: &str = "SELECT p.file, p.small, p.feature, p.alternative, p.width, p.height, f.hash, f.erased_at \
        FROM picture p JOIN file f ON f.id = p.file WHERE p.feature = $1 AND p.file = $2";
    fetch_optional(tx, SQL, args![feature, file]).await
}

/// Erases the text of a picture whose files are erased.
pub async fn clear(tx: &mut Tx, file: FileId) -> sqlx::Result<()> {
    execute(tx, "UPDATE picture SET alternative = '' WHERE file = $1", args![file]).await.map(drop)
}
