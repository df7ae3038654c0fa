//! Counting methods that an assembly can trust and a stranger can recompute.

pub mod budget;
pub mod draw;
pub mod equal_shares;
pub mod files;
pub mod fraction;
pub mod greedy;
pub mod lot;
pub mod majority_judgment;
pub mod pabulib;
pub mod phragmen;
pub mod quadratic;
pub mod ranked_pairs;
pub mod ranking;
pub mod report;
pub mod runoff;
pub mod schulze;
pub mod score;
pub mod threshold;
