//! Features: the states from idea to delivery, the terms under which they are funded, and what guards an
//! allocation.

pub mod funding;
pub mod new_terms;
pub mod proposal;
pub mod state;
pub mod terms;
pub mod top_up;
pub mod track;

pub use funding::{AllocationRefusal, Change, Funding, FundingRefusal, Wish, changes_total, lies_on_feature};
pub use new_terms::{NewTermsRefusal, is_suspended};
pub use proposal::{FeatureRefusal, Income, LeadAnswer, Needers, Place, Proposal};
pub use state::{Ending, MOVED, MoveRefusal, Moved, State, apply, passage, recompute};
pub use terms::{Covered, FundingTerms, Line, TermsError};
pub use top_up::{TopUp, TopUpRefusal};
pub use track::TrackChange;

pub use crate::rules::{Track, TriggerMode};

use jiff::civil::Date;

/// Whether whoever led a feature has left the collective by `today`, and it goes on without a lead. `left`: the first
/// day on which they were no member, if they left.
#[must_use]
pub fn is_led_no_more(state: State, left: Option<Date>, today: Date) -> bool {
    left.is_some_and(|left| left <= today) && !state.is_end()
}
