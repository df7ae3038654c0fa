//! The refusals of promises, calls for funds, comments, needs and software as problems.

use domain::Currency;
use domain::ads::AdRefusal;
use domain::comments::CommentRefusal;
use domain::fund_calls::CallRefusal;
use domain::merging::MergeRefusal;
use domain::needs::NeedRefusal;
use domain::posting::Twin;
use domain::promises::PromiseRefusal;
use domain::software::SoftwareRefusal;
use domain::standing_choices::ChoiceRefusal;
use domain::subscriptions::SubscriptionRefusal;
use serde_json::{Map, Value, json};
use words::Words;

use super::refusals::{Refusal, figures, funding_code, funding_figures, minor};

impl Refusal for PromiseRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::PaidInAdvance => "paid-in-advance",
            Self::FundedByRound => "funded-by-round",
            Self::RoundClosed => "round-closed",
            Self::Stale { .. } => "stale",
            Self::Used { .. } => "promise-used",
            Self::SharedOut => "shared-out",
            Self::Funding(why) => funding_code(why),
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match *self {
            Self::Stale { seen, now } => json!({ "seen": minor(seen), "now": minor(now) }),
            Self::Used { used } => json!({ "used": minor(used) }),
            Self::Funding(ref why) => funding_figures(why),
            Self::PaidInAdvance | Self::FundedByRound | Self::RoundClosed | Self::SharedOut => json!({}),
        })
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.promise_refusal(self, currency)
    }
}

impl Refusal for AdRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Twice { .. } => "ad-twice",
            Self::TooMany => "too-many-ads",
            Self::Over => "ad-over",
            Self::Hidden | Self::NotHidden => "ad-hidden",
            Self::NotARequest => "not-a-request",
            Self::OwnAd => "own-ad",
            Self::OtherSide => "other-side",
            Self::Full => "ads-full",
            Self::TooFew => "too-few-together",
            Self::Founded | Self::Asked => "collective-made",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match *self {
            Self::Twice { number } => json!({ "number": number }),
            _ => json!({}),
        })
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.ad_refusal(*self)
    }
}

impl Refusal for CommentRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Elsewhere => "elsewhere",
            Self::NotAuthor => "not-author",
            Self::Hidden | Self::KeptHidden => "comment-hidden",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        Map::new()
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.comment_refusal(*self).to_owned()
    }
}

impl Refusal for NeedRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotLive(_) => "not-live",
            Self::AlreadySo => "already-so",
            Self::TooManyApproaches => "too-many-approaches",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::NotLive(state) => json!({ "state": state.as_str() }),
            Self::AlreadySo | Self::TooManyApproaches => json!({}),
        })
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.need_refusal(self)
    }
}

impl Refusal for SoftwareRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::StewardLifts => "steward-lifts",
            Self::AlreadySo => "already-so",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        Map::new()
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.software_refusal(self).to_owned()
    }
}

impl Refusal for MergeRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Itself => "same-need",
            Self::NotOpen => "need-not-open",
            Self::Proposed => "merge-proposed",
            Self::RefusedBefore => "merge-refused",
            Self::NothingThere => "no-merge",
            Self::NotYours => "not-the-author",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        Map::new()
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.merge_refusal(*self).to_owned()
    }
}

impl Refusal for CallRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAwaited(_) => "not-awaited",
            Self::OverRest { .. } => "over-rest",
            Self::NotOverdue(_) => "not-overdue",
            Self::OwnCall => "own-call",
            Self::OtherMode => "other-mode",
            Self::AlreadyUndone => "already-undone",
            Self::TooLate => "too-late",
            Self::Gone { .. } => "gone",
            Self::PaidBack => "paid-back",
            Self::FromPool => "from-pool",
            Self::OwnPayment => "own-payment",
            Self::Twin(twin) => twin.code(),
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match *self {
            Self::NotAwaited(state) => json!({ "state": state.as_str() }),
            Self::OverRest { rest } => json!({ "rest": minor(rest) }),
            Self::NotOverdue(day) => json!({ "due_on": day }),
            Self::Gone { missing } => json!({ "missing": minor(missing) }),
            Self::Twin(twin) => return twin.figures(),
            Self::OwnCall
            | Self::OtherMode
            | Self::AlreadyUndone
            | Self::TooLate
            | Self::PaidBack
            | Self::FromPool
            | Self::OwnPayment => json!({}),
        })
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.call_refusal(self, currency)
    }
}

impl Refusal for Twin {
    fn code(&self) -> &'static str {
        "twin"
    }

    fn figures(&self) -> Map<String, Value> {
        figures(json!({ "entry": self.seq }))
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.twin_refusal(self, currency)
    }
}

impl Refusal for ChoiceRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoShares => "no-shares",
            Self::Hidden => "amounts-hidden",
            Self::Circle => "follows-back",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(json!({}))
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.choice_refusal(self)
    }
}

impl Refusal for SubscriptionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherMode => "other-mode",
            Self::Already(_) => "subscribed",
            Self::Over => "subscription-over",
            Self::NotStopped => "not-stopped",
            Self::NotAwaited(_) => "not-awaited",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match *self {
            Self::Already(free_from) => json!({ "free_from": free_from.map(|day| day.to_string()) }),
            Self::NotAwaited(state) => json!({ "state": state.as_str() }),
            Self::OtherMode | Self::Over | Self::NotStopped => json!({}),
        })
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.subscription_refusal(self)
    }
}
