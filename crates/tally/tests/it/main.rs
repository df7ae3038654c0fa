//! Counts seen from outside: small elections of this crate's own, published ones where `POPOTE_PABULIB` names them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod budget_properties;
mod choice_properties;
mod expected;
mod files;
mod fuzz;
mod pabulib;
mod published;
mod reference;
mod vectors;
mod words;
