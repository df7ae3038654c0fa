//! What hosters publish elsewhere of what they run (« chatonsinfos »): read for a collective by its administration, confirmed
//! by each organisation for itself.

mod own;
mod page;
#[cfg(test)]
mod tests;

pub(crate) use own::{answer, show as own};
pub(crate) use page::{begin, show};
