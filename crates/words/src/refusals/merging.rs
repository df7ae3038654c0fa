//! Why two needs weren't merged, or parted.

use domain::merging::MergeRefusal;

use crate::Words;

impl Words {
    /// Why two needs weren't merged, or parted.
    #[must_use]
    pub fn merge_refusal(&self, refusal: MergeRefusal) -> &'static str {
        match refusal {
            MergeRefusal::Itself => self.merging_refusal_itself(),
            MergeRefusal::NotOpen => self.merging_refusal_not_open(),
            MergeRefusal::Proposed => self.merging_refusal_proposed(),
            MergeRefusal::RefusedBefore => self.merging_refusal_refused(),
            MergeRefusal::NothingThere => self.merging_refusal_nothing(),
            MergeRefusal::NotYours => self.merging_refusal_not_yours(),
        }
    }
}
