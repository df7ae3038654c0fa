//! The organisations of a collective: their list, each one's page, and their import from a table.

mod departure;
#[cfg(test)]
mod departure_tests;
mod import;
mod list;
mod page;
mod runs;
#[cfg(test)]
mod tests;

pub(crate) use departure::{create as depart, goes_on_by, show as departure};
pub(crate) use import::{confirm, preview, show as import};
pub(crate) use list::{csv, show as list};
pub(crate) use page::{choose_amounts, describe, end_mandate, give_mandate, needs_fresh, show};

use crate::layout::Crumbs;
use crate::state::AppState;
use words::Words;

/// The way back to the list.
fn crumbs(state: &AppState, t: Words, slug: &str, here: impl Into<String>) -> Crumbs {
    Crumbs {
        t,
        above: vec![(state.paths.of(slug, "members"), t.members_title().to_owned())],
        here: here.into(),
    }
}
