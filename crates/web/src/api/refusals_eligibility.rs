//! The refusals of the grid of software, and of files that describe it, as problems.

use domain::Currency;
use domain::descriptors::DescriptorRefusal;
use domain::eligibility::{Criteria, EligibilityRefusal};
use serde_json::{Map, Value, json};
use words::Words;

use super::refusals::{Refusal, figures};

fn told(which: Criteria) -> Value {
    let usual: Vec<&str> = which.usual().map(domain::eligibility::Usual::as_str).collect();
    json!({ "criteria": usual, "own": which.has_own() })
}

impl Refusal for EligibilityRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Blocked(_) => "software-blocked",
            Self::NeedsReason(_) => "software-needs-decision",
            Self::NothingToSettle => "nothing-to-settle",
            Self::NothingToWaive => "nothing-to-waive",
            Self::ByOnePerson => "by-one-person",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::Blocked(which) | Self::NeedsReason(which) => told(*which),
            Self::NothingToSettle | Self::NothingToWaive | Self::ByOnePerson => json!({}),
        })
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.eligibility_refusal(*self)
    }
}

impl Refusal for DescriptorRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unfetched(_) => "file-not-there",
            Self::Unreadable(_) => "file-unreadable",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::Unfetched(why) => json!({ "why": why.as_str() }),
            Self::Unreadable(why) => json!({ "why": why.as_str() }),
        })
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.descriptor_refusal(self)
    }
}
