//! Why nothing was done with a need, or with a software of the register.

use domain::{needs::NeedRefusal, software::SoftwareRefusal};

use crate::Words;

impl Words {
    /// Why nothing was done with a need.
    #[must_use]
    pub fn need_refusal(&self, refusal: &NeedRefusal) -> String {
        match refusal {
            NeedRefusal::NotLive(state) => self.refusal_need_not_live(state.as_str()),
            NeedRefusal::AlreadySo => self.refusal_need_already_so().to_owned(),
            NeedRefusal::TooManyApproaches => self.refusal_need_too_many_approaches().to_owned(),
        }
    }

    /// Why nothing was done with a software.
    #[must_use]
    pub fn software_refusal(&self, refusal: &SoftwareRefusal) -> &'static str {
        match refusal {
            SoftwareRefusal::StewardLifts => self.refusal_software_steward_lifts(),
            SoftwareRefusal::AlreadySo => self.refusal_software_already_so(),
        }
    }
}
