//! Persons, mandates, roles, sign-in.

mod standing;
