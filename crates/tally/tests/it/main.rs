//! Counts seen from outside: small elections of this crate's own, published ones where `POPOTE_PABULIB` names them.

#![allow(clippy::unwrap_used, clippy::expect_used)]
mod expected;
mod pabulib;
mod published;
mod vectors;
