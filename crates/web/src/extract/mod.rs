//! What handlers take from a request, read once and checked.

mod client;
mod form;
mod glance;
mod visitor;

pub use client::{Client, Proxies, ProxiesError, accepts_gzip};
pub use form::{FormData, Upload};
pub use glance::Glance;
pub use visitor::{SignedIn, Visitor};
pub(crate) use visitor::{VisitorSlot, cookie};
