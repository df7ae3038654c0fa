//! Rows that both drivers can fill.

use sqlx::{FromRow, postgres::PgRow, sqlite::SqliteRow};

use super::column::{FromColumn, column};

/// A type that a row of either database can be read as: made by [`row!`](crate::row).
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// The first column of a row.
pub(super) struct First<T>(pub(super) T);

impl<T: FromColumn> FromRow<'_, SqliteRow> for First<T> {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        column(row, 0).map(Self)
    }
}

impl<T: FromColumn> FromRow<'_, PgRow> for First<T> {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        column(row, 0).map(Self)
    }
}

/// Declares a struct that a row of either database can be read as, each field from the column of its name;
/// the types of the fields are [`FromColumn`](crate::FromColumn).
///
/// ```
/// popote_store::row! {
///     /// An organisation.
///     #[derive(Debug, Clone)]
///     pub struct OrganisationRow {
///         /// Its id.
///         pub id: domain::ids::OrganisationId,
///         /// Its name.
///         pub name: String,
///         /// Whether it is one person.
///         pub one_person: bool,
///     }
/// }
/// ```
#[macro_export]
macro_rules! row {
    (@from $row:ty, $name:ident { $($field:ident: $type:ty),* }) => {
        impl $crate::sqlx::FromRow<'_, $row> for $name {
            fn from_row(row: &$row) -> $crate::sqlx::Result<Self> {
                Ok(Self { $($field: $crate::column::<$type, _, _>(row, stringify!($field))?),* })
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),* }
        $crate::row!(@from $crate::sqlx::sqlite::SqliteRow, $name { $($field: $type),* });
        $crate::row!(@from $crate::sqlx::postgres::PgRow, $name { $($field: $type),* });
    };
}
