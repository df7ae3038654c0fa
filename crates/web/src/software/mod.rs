//! The register of software: the list, the page of one, entering and changing one, saying who runs it.

mod form;
mod list;
mod page;
#[cfg(test)]
mod tests;

pub(crate) use form::{create, edit, save, show as new};
pub(crate) use list::show as list;
pub(crate) use page::{say_hosted, show, stop_hosting};
