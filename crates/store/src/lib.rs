//! SQL and nothing else: one file a slice, over [`Db`], which hides whether the database is SQLite or PostgreSQL.
//!
//! # How a slice writes SQL
//! A slice's file holds plain async functions that take `&mut Tx`, and rows declared by [`row!`]:
//!
//! ```
//! use domain::ids::{CollectiveId, OrganisationId};
//! use popote_store::{Tx, args, execute, fetch_all, fetch_value, row};
//!
//! row! {
//!     /// An organisation of a collective.
//!     #[derive(Debug, Clone)]
//!     pub struct OrganisationRow {
//!         /// Its id.
//!         pub id: OrganisationId,
//!         /// Its name.
//!         pub name: String,
//!         /// Its web site, if any.
//!         pub website: Option<String>,
//!     }
//! }
//!
//! /// The organisations of a collective, by name.
//! pub async fn organisations(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Vec<OrganisationRow>> {
//!     const SQL: &str = "SELECT o.id, o.name, o.website FROM organisation o
//!         JOIN membership m ON m.organisation = o.id WHERE m.collective = $1 ORDER BY o.name LIMIT 500";
//!     fetch_all(tx, SQL, args![collective]).await
//! }
//!
//! /// How many there are.
//! pub async fn count(tx: &mut Tx) -> sqlx::Result<i64> {
//!     fetch_value(tx, "SELECT COUNT(*) FROM organisation", args![]).await
//! }
//!
//! /// Gives one another name.
//! pub async fn rename(tx: &mut Tx, id: OrganisationId, name: &str) -> sqlx::Result<()> {
//!     execute(tx, "UPDATE organisation SET name = $2 WHERE id = $1", args![id, name]).await.map(drop)
//! }
//! ```
//!
//! - Reads: [`fetch_all`], [`fetch_optional`], [`fetch_one`] give rows; [`fetch_value`], [`fetch_optional_value`],
//!   [`fetch_values`] the first column. [`fetch_all_locked`] and [`fetch_optional_locked`] lock rows: the text ends in
//!   `ORDER BY id` and leaves `FOR UPDATE` out. [`fetch_all_in`] fills `IN (@list)`.
//! - Writes: [`execute`]; [`insert_many`] for many rows.
//! - `SUM` of integers is NUMERIC on PostgreSQL: `CAST(COALESCE(SUM(amount), 0) AS BIGINT)`.
//! - Booleans are 0 and 1, instants microseconds UTC, dates text: see [`FromColumn`]. A new id of `domain::ids` is
//!   added to the list in `db/column.rs`; an enum with `as_str` and `parse` becomes a column by a line of
//!   `text_columns!` in its slice's file.
//! - After a failed statement the transaction takes no other one. Where a conflict is expected, write
//!   `ON CONFLICT … DO NOTHING` and look at the number of rows; or end, and let [`violates`] name the constraint.
//!
//! # How a use case writes
//! ```
//! use popote_store::{Command, Db, Options, Tx, WriteError, args, execute};
//! use uuid::Uuid;
//!
//! struct Rename { id: Uuid, name: String }
//!
//! #[derive(Debug, PartialEq)]
//! enum RenameError { NoSuchThing, Fault(String) }
//! # impl From<sqlx::Error> for RenameError { fn from(e: sqlx::Error) -> Self { Self::Fault(e.to_string()) } }
//! # impl From<WriteError> for RenameError { fn from(e: WriteError) -> Self { Self::Fault(e.to_string()) } }
//!
//! impl Command for Rename {
//!     type Done = ();
//!     type Error = RenameError;
//!     async fn run(&self, tx: &mut Tx) -> Result<(), RenameError> {
//!         const SQL: &str = "UPDATE organisation SET name = $2 WHERE id = $1";
//!         match execute(tx, SQL, args![self.id, self.name]).await? {
//!             0 => Err(RenameError::NoSuchThing),
//!             _ => Ok(()),
//!         }
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let db = Db::open("sqlite::memory:", &Options::default()).await?;
//! let refused = db.write(Rename { id: Uuid::nil(), name: "Mairie".into() }).await;
//! assert_eq!(refused, Err(RenameError::NoSuchThing));
//! db.close().await;
//! # Ok(())
//! # }
//! ```
//!
//! A command that gives its [`pot`](Command::pot) is grouped with others of that pot; it locks the pot's head first.
//! Reads that belong together are made in one transaction of [`Db::read`].

pub mod ads;
pub mod cash;
pub mod collectives;
pub mod comments;
pub mod db;
pub mod deadlines;
pub mod decisions;
pub mod departures;
pub mod drafts;
pub mod eligibility;
pub mod erasing;
pub mod events;
pub mod export;
pub mod features;
pub mod files;
pub mod fund_calls;
pub mod gifts;
pub mod guard;
pub mod hosts;
pub mod idempotency;
pub mod instance;
pub mod invoices;
pub mod journal;
pub mod links;
pub mod listed;
pub mod mails;
pub mod mandate_proposals;
pub mod mandates;
pub mod needers;
pub mod needs;
pub mod organisations;
pub mod past;
pub mod payments;
pub mod people;
pub mod personal;
pub mod pictures;
pub mod pots;
pub mod promised;
pub mod promises;
pub mod purses;
pub mod receipts;
pub mod refunds;
pub mod revisions;
pub mod roles;
pub mod rounds;
pub mod seals;
pub mod search;
pub mod sessions;
pub mod software;
pub mod standing;
pub mod standing_choices;
pub mod subscriptions;
pub mod tasks;
pub mod tokens;
pub mod verify;
pub mod views;
pub mod visibility;
pub mod webhooks;
pub mod work;

#[doc(hidden)]
pub use sqlx;

pub(crate) use db::text_columns;
pub use db::{
    Arg, BackupError, BoxError, Cells, Command, Db, FromColumn, Guarded, MAX_ARGUMENTS, Moment, Moved,
    OpenError, Options, Raw, Row, ToColumn, Tx, WriteError, backup, column, execute, execute_in, fetch_all,
    fetch_all_in, fetch_all_in_locked, fetch_all_locked, fetch_all_pairs, fetch_one, fetch_optional,
    fetch_optional_locked, fetch_optional_value, fetch_value, fetch_values, heard, insert_many, is_full,
    listen, mentions, move_over, plan, restore, violates,
};
