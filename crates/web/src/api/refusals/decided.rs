//! Why an act can't rest on a decision, and what is done by one.

use domain::Currency;
use domain::decisions::{DecisionRefusal, Used};
use domain::features::TopUpRefusal;
use domain::shares::GiftPutRefusal;
use serde_json::{Map, Value, json};
use words::Words;

use super::{Refusal, figures, funding_code, funding_figures, minor};

pub(super) const fn decision_code(why: DecisionRefusal) -> &'static str {
    match why {
        DecisionRefusal::ByOnePerson => "by-one-person",
        DecisionRefusal::Used(_) => "decision-used",
    }
}

pub(super) fn decision_figures(why: DecisionRefusal) -> Value {
    match why {
        DecisionRefusal::ByOnePerson => json!({}),
        DecisionRefusal::Used(Used { act, number, on }) => {
            json!({ "act": act.as_str(), "number": number, "on": on })
        }
    }
}

impl Refusal for TopUpRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Promised => "other-mode",
            Self::NotTriggered(_) => "not-triggered",
            Self::NothingMissing { .. } => "nothing-missing",
            Self::NotEnoughShare { .. } => "not-enough-share",
            Self::Decision(why) => decision_code(*why),
            Self::TooLarge => "not-an-amount",
            Self::AboveCeiling { .. } => "above-ceiling",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::NotTriggered(state) => json!({ "state": state.as_str() }),
            Self::NothingMissing { room, until } => json!({ "room": minor(*room), "until": until }),
            Self::NotEnoughShare { left, wanted } => {
                json!({ "left": minor(*left), "wanted": minor(*wanted) })
            }
            Self::Decision(why) => decision_figures(*why),
            Self::AboveCeiling { track, ceiling } => {
                json!({ "track": track.as_str(), "ceiling": minor(*ceiling) })
            }
            Self::Promised | Self::TooLarge | Self::Unconfirmed => json!({}),
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
            Self::Decision(why) => decision_code(*why),
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
            Self::Decision(why) => decision_figures(*why),
            Self::Funding(why) => funding_figures(why),
            _ => json!({}),
        })
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.gift_put_refusal(self, currency)
    }
}
