//! The rules of a collective, read as sentences and changed as a form.

mod edit;
mod grid;
mod page;

pub(crate) use edit::{save, show as edit};
pub(crate) use grid::name_of as criterion_name;
pub(crate) use page::show;
