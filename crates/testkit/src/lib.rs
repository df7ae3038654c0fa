//! What tests stand on: a throw-away database of either kind, a clock that stands still, chance that repeats itself,
//! mail that stays in memory, and a small collective to begin with.
//!
//! A story is an `async fn` of a [`World`]; [`on_both!`] makes a test of it on SQLite and one on PostgreSQL:
//!
//! ```text
//! async fn a_share_is_never_overspent(world: World) {
//!     let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
//!     …
//! }
//! testkit::on_both![a_share_is_never_overspent];
//! ```
//!
//! PostgreSQL is found by `POPOTE_TEST_POSTGRES` (a role that may create databases). Without it tests fail, unless
//! `POPOTE_TEST_SQLITE_ONLY=1` says that this is meant.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

mod collective;
mod database;
mod sql;
mod world;

pub use collective::{Grown, Member};
pub use database::{Empty, Kind};
pub use sql::Sql;
pub use world::{World, check};

/// Makes a test of each story for each kind of database: modules `sqlite` and `postgres`.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { $crate::check($crate::Kind::Sqlite, super::$name); })*
        }
        mod postgres {
            $(#[test] fn $name() { $crate::check($crate::Kind::Postgres, super::$name); })*
        }
    };
}
