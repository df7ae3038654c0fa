//! What is true about pots, shared needs and decisions: no I/O, no async, no clock, no randomness.

pub mod account;
pub mod actor;
pub mod chain;
pub mod departures;
pub mod features;
pub mod fund_calls;
pub mod ids;
pub mod imports;
pub mod input;
pub mod invariants;
pub mod invoices;
pub mod journal;
pub mod money;
pub mod names;
pub mod people;
pub mod pictures;
pub mod posting;
pub mod pot;
pub mod promises;
pub mod public_journal;
pub mod references;
pub mod reports;
pub mod rounds;
pub mod rules;
pub mod seed;
pub mod shares;
pub mod subscriptions;
pub mod tasks;
pub mod text;
pub mod tokens;
pub mod visibility;
pub mod webhooks;

pub use account::{Account, AccountKind, Book, Creditor, Source};
pub use money::{Currency, Money};
pub use posting::{Draft, PostingKind, Transfer};
pub use seed::Seed;
