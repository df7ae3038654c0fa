//! Stories through the real router: what people see, send and are refused, on both databases.

mod accounts;
mod admin;
mod browser;
mod features;
mod money;
mod pages;
mod rounds;
