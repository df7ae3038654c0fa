//! The eligibility grid of a software: what members found, and what follows before money goes there.

mod acts;
mod page;
#[cfg(test)]
mod tests;

pub(crate) use acts::{assess, decide, end};
pub(crate) use page::{show, warning};
