//! The first pages: the collectives of the instance, and the pot of one at a glance.

mod awaiting;
mod glance;
mod home;

pub(crate) use glance::show as glance;
pub(crate) use home::show as home;
