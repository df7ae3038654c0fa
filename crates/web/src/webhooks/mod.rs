//! Webhooks of a collective, for its administration: where messages go, which, and what was given up.

mod page;
#[cfg(test)]
mod tests;

pub(crate) use page::{create, enable, end, show};
