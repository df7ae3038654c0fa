//! Counting methods that an assembly can trust and a stranger can recompute.

pub mod pabulib;
