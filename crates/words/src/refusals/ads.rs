//! Why nothing was done with a classified ad.

use domain::ads::AdRefusal;

use crate::Words;

impl Words {
    /// Why nothing was done with a classified ad.
    #[must_use]
    pub fn ad_refusal(&self, refusal: AdRefusal) -> String {
        let said = match refusal {
            AdRefusal::Twice { number } => return self.refusal_ad_twice(number),
            AdRefusal::TooMany => self.refusal_ad_too_many(),
            AdRefusal::Over => self.refusal_ad_over(),
            AdRefusal::Hidden => self.refusal_ad_hidden(),
            AdRefusal::NotHidden => self.refusal_ad_not_hidden(),
            AdRefusal::NotARequest => self.refusal_ad_not_a_request(),
            AdRefusal::OwnAd => self.refusal_ad_own(),
            AdRefusal::OtherSide => self.refusal_ad_other_side(),
            AdRefusal::Full => self.refusal_ad_full(),
            AdRefusal::TooFew => self.refusal_ad_too_few(),
            AdRefusal::Founded => self.refusal_ad_founded(),
            AdRefusal::Asked => self.refusal_ad_asked(),
        };
        said.to_owned()
    }
}
