//! Why an entry is not reversed, and how checks are said.

use domain::invariants::Status;
use domain::journal::ReversalRefusal;
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
            ReversalRefusal::Gone { missing } => self.reversal_gone(self.money(missing, currency)),
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
