//! Use cases, as people do them, on both databases.

mod people;
