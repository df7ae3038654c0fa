//! Use cases, as people do them, on both databases.

mod backup;
mod funding;
mod journal;
mod money_in;
mod people;
