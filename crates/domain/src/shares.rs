//! How money becomes shares, how a share is put on features, and how everything returns. Pure planning: sums in,
//! transfers out, exact to the minor unit; nothing here knows a database.

pub mod decided;
pub mod distribution;
pub mod purse;
pub mod returns;
pub mod rule;

pub use decided::GiftPutRefusal;
pub use distribution::{DistributionRefusal, Explained, GiftPart, Inputs, Member, Plan};
pub use purse::{Held, NotEnough, Part};
pub use returns::{Bound, OwnGoesTo, Unused, Whose};
pub use rule::{GiftSharing, Period, ShareRule, Sharing};
