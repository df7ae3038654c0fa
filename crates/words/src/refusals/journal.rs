//! Why an entry is not reversed, and how checks are said.

use domain::invariants::Status;
use domain::money::Currency;
use domain::reversals::ReversalRefusal;

use crate::Words;

impl Words {
    /// Why an entry is not reversed.
    #[must_use]
    pub fn reversal_refusal(&self, refusal: &ReversalRefusal, currency: Currency) -> String {
        match *refusal {
            ReversalRefusal::NotReversible(_) => self.reversal_other_way().to_owned(),
            ReversalRefusal::AlreadyReversed => self.reversal_already().to_owned(),
            ReversalRefusal::SharesUsed => self.reversal_shares_used().to_owned(),
            ReversalRefusal::MovedOn { left, asked } => {
                self.reversal_moved_on(self.money(asked, currency), self.money(left, currency))
            }
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
