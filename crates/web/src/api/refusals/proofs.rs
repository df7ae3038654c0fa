//! The refusals of a proof that is added to an entry.

use domain::Currency;
use domain::journal::ProofRefusal;
use serde_json::{Map, Value, json};
use words::Words;

use super::{Refusal, figures};

impl Refusal for ProofRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::There => "proof-there",
            Self::TooMany(_) => "too-many-proofs",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        let Self::TooMany(most) = self else { return Map::new() };
        figures(json!({ "most": most }))
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.proof_refusal(*self)
    }
}
