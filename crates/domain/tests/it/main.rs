//! The rules of money, accounts, postings and the chain, seen from outside.

mod account;
mod chain;
mod money;
mod posting;
mod seed;
