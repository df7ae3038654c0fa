//! Counting methods that an assembly can trust and a stranger can recompute.

pub mod budget;
pub mod equal_shares;
pub mod fraction;
pub mod greedy;
pub mod pabulib;
pub mod phragmen;
