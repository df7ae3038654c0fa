//! What handlers take from a request, read once and checked.

mod client;
mod form;
mod glance;
mod retold;
mod sent;
mod visitor;

pub use client::{Client, Proxies, ProxiesError, accepts_gzip};
pub use form::{FormData, Upload};
pub use glance::Glance;
pub(crate) use retold::{Retold, Site};
pub(crate) use sent::{AsksAgain, Rescued, Sent, come_back, kept_page};
pub use visitor::{SignedIn, Visitor};
pub(crate) use visitor::{VisitorSlot, cookie};
