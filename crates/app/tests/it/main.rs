//! Use cases, as people do them, on both databases.

mod backup;
mod money_in;
mod people;
