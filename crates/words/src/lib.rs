//! Popote.
