//! Why an entry is not reversed, and how checks are said.

use domain::invariants::Status;
use domain::journal::{Moved, ProofRefusal, ReversalRefusal};
use domain::money::Currency;

use crate::Words;

impl Words {
    /// Why an entry is not reversed.
    #[must_use]
    pub fn reversal_refusal(&self, refusal: &ReversalRefusal, currency: Currency) -> String {
        match *refusal {
            ReversalRefusal::OtherWay(_) => self.reversal_other_way().to_owned(),
            ReversalRefusal::IsReversal => self.reversal_is_reversal().to_owned(),
            ReversalRefusal::Already(seq) => self.reversal_already(seq.to_string()),
            ReversalRefusal::Allocated => self.reversal_allocated().to_owned(),
            ReversalRefusal::Gone { missing, kind, moved } => {
                let missing = self.money(missing, currency);
                let kind = kind.as_str();
                match moved {
                    Moved::Shared { round, undo: true, .. } => {
                        self.reversal_gone_shared(missing, round.to_string())
                    }
                    Moved::Shared { round, undo: false, .. } => {
                        self.reversal_gone_shared_for_good(missing, round.to_string())
                    }
                    Moved::Put => self.reversal_gone_put(missing),
                    Moved::Departed => self.reversal_gone_departed(kind, missing),
                    Moved::RoundEnded => self.reversal_gone_round_ended(missing),
                    Moved::Elsewhere => self.reversal_gone_elsewhere(kind, missing),
                }
            }
        }
    }

    /// Why a proof is not added.
    #[must_use]
    pub fn proof_refusal(&self, refusal: ProofRefusal) -> String {
        match refusal {
            ProofRefusal::There => self.contributions_proof_there().to_owned(),
            ProofRefusal::TooMany(most) => self.contributions_proof_too_many(most.to_string()),
        }
    }

    /// How a check came out.
    #[must_use]
    pub fn check_status(&self, status: Status) -> String {
        self.invariant_status(match status {
            Status::Holds => "holds",
            Status::NothingYet => "nothing_yet",
            Status::Warning => "warning",
            Status::Breached => "breached",
        })
    }
}
