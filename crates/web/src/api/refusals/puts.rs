//! The refusals of what somebody with a role puts on a feature: a top-up from the pot, gifts.

use domain::Currency;
use domain::features::TopUpRefusal;
use domain::shares::GiftPutRefusal;
use serde_json::{Map, Value, json};
use words::Words;

use super::{Refusal, figures, funding_code, funding_figures, minor};

impl Refusal for TopUpRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Promised => "other-mode",
            Self::NotTriggered(_) => "not-triggered",
            Self::NothingMissing { .. } => "nothing-missing",
            Self::NotEnoughShare { .. } => "not-enough-share",
            Self::ByOnePerson => "by-one-person",
            Self::TooLarge => "not-an-amount",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::NotTriggered(state) => json!({ "state": state.as_str() }),
            Self::NothingMissing { room, until } => json!({ "room": minor(*room), "until": until }),
            Self::NotEnoughShare { left, wanted } => {
                json!({ "left": minor(*left), "wanted": minor(*wanted) })
            }
            Self::Promised | Self::ByOnePerson | Self::TooLarge => json!({}),
        })
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.top_up_refusal(self, currency)
    }
}

impl Refusal for GiftPutRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::SharedOut => "gifts-shared-out",
            Self::ByOnePerson => "by-one-person",
            Self::Earmarked => "earmarked",
            Self::NotEnough { .. } => "not-enough-gifts",
            Self::NobodyLeads => "nobody-leads",
            Self::Deficit(_) => "deficit",
            Self::Funding(why) => funding_code(why),
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::NotEnough { left, wanted } => json!({ "left": minor(*left), "wanted": minor(*wanted) }),
            Self::Deficit(deficit) => json!({ "deficit": minor(*deficit) }),
            Self::Funding(why) => funding_figures(why),
            _ => json!({}),
        })
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.gift_put_refusal(self, currency)
    }
}
