//! Webhooks out: what may be heard, how often it is tried, when an endpoint has failed for too long.

use jiff::SignedDuration;
use thiserror::Error;

/// Endpoints that one collective has at most.
pub const MOST: u16 = 10;
/// After failing for so long an endpoint is disabled.
pub const LONGEST_FAILING: SignedDuration = SignedDuration::from_hours(5 * 24);
/// The public events that an endpoint can ask for.
pub const KINDS: [&str; 27] = [
    "feature_moved",
    "feature_edited",
    "track_changed",
    "lead_changed",
    "confirmation_asked",
    "terms_changed",
    "terms_kept",
    "need_written",
    "need_joined",
    "need_became_feature",
    "need_said",
    "need_withdrawn",
    "commented",
    "round_opened",
    "round_closed",
    "distribution_posted",
    "share_allocated",
    "share_taken_back",
    "share_added",
    "share_topped_up",
    "contribution_recorded",
    "gift_recorded",
    "gift_put",
    "entry_reversed",
    "member_joined",
    "rules_changed",
    "decision_recorded",
];

/// Why no endpoint is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WebhookRefusal {
    /// The collective has as many as it may.
    #[error("at most {MOST} endpoints")]
    TooMany,
}

/// Whether an endpoint that asked for these kinds, with spaces between them, wants an event; none: all.
#[must_use]
pub fn wants(kinds: &str, kind: &str) -> bool {
    kinds.is_empty() || kinds.split(' ').any(|wanted| wanted == kind)
}

/// How long to wait after so many attempts; none once it is given up.
#[must_use]
pub fn again_after(attempts: i64) -> Option<SignedDuration> {
    const MINUTES: [i64; 8] = [1, 5, 30, 120, 300, 480, 600, 720];
    let place = usize::try_from(attempts).ok()?.checked_sub(1)?;
    MINUTES.get(place).copied().map(SignedDuration::from_mins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_tried_nine_times_over_a_day_and_a_half() {
        let waits: Vec<i64> = (1..20).map_while(again_after).map(|wait| wait.as_mins()).collect();
        assert_eq!(waits.len(), 8);
        assert!(waits.windows(2).all(|pair| pair[0] < pair[1]));
        assert!((30..48).contains(&(waits.iter().sum::<i64>() / 60)));
        assert_eq!((again_after(0), again_after(-1), again_after(9)), (None, None, None));
    }

    #[test]
    fn an_endpoint_hears_what_it_asked_for() {
        assert!(wants("", "anything"));
        assert!(wants("round_opened feature_moved", "feature_moved"));
        assert!(!wants("round_opened", "round"));
    }
}
