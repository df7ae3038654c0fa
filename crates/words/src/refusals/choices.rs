//! Why a standing choice is refused.

use domain::standing_choices::ChoiceRefusal;

use crate::Words;

impl Words {
    /// Why a standing choice is refused.
    #[must_use]
    pub fn choice_refusal(&self, refusal: &ChoiceRefusal) -> String {
        match refusal {
            ChoiceRefusal::NoShares => self.refusal_choice_no_shares().to_owned(),
            ChoiceRefusal::Hidden => self.refusal_choice_hidden().to_owned(),
            ChoiceRefusal::Circle => self.refusal_choice_circle().to_owned(),
        }
    }
}
