//! What the grid of a software refuses, and what a licence says.

use domain::{
    eligibility::{Criteria, EligibilityRefusal},
    licences::{Licence, Problem},
};

use crate::Words;

impl Words {
    /// Criteria in words, one after the other.
    fn criteria_said(&self, criteria: Criteria) -> String {
        let mut names: Vec<String> =
            criteria.usual().map(|usual| self.eligibility_criterion(usual.as_str())).collect();
        if criteria.has_own() {
            names.push(self.eligibility_own_criterion().to_owned());
        }
        names.join(" · ")
    }

    /// Why nothing was done about the grid of a software, or because of it.
    #[must_use]
    pub fn eligibility_refusal(&self, refusal: EligibilityRefusal) -> String {
        match refusal {
            EligibilityRefusal::Blocked(which) => self.eligibility_refusal_blocked(self.criteria_said(which)),
            EligibilityRefusal::NeedsReason(which) => {
                self.eligibility_refusal_needs_reason(self.criteria_said(which))
            }
            EligibilityRefusal::NothingToSettle => self.eligibility_refusal_nothing_to_settle().to_owned(),
            EligibilityRefusal::NothingToWaive => self.eligibility_refusal_nothing_to_waive().to_owned(),
            EligibilityRefusal::ByOnePerson => self.eligibility_refusal_by_one_person().to_owned(),
        }
    }

    /// What a licence says of freedom.
    #[must_use]
    pub fn licence_said(&self, licence: &Licence) -> String {
        match licence {
            Licence::Free => self.eligibility_licence("free"),
            Licence::None => self.eligibility_licence("none"),
            Licence::NotFree(names) => self.eligibility_licence_not_free(names.join(", ")),
            Licence::Unlisted(names) => self.eligibility_licence_unlisted(names.join(", ")),
            Licence::Unread(why) => {
                let problem = match why.problem {
                    Problem::UnknownLicence => "licence",
                    Problem::UnknownException => "exception",
                    Problem::Brackets => "brackets",
                    Problem::Order => "order",
                    Problem::TooLong => "long",
                };
                let said = self.eligibility_licence_unread(&why.part, problem);
                if why.meant.is_empty() {
                    said
                } else {
                    format!("{said} {}", self.eligibility_licence_meant(why.meant.join(", ")))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn a_licence_that_cannot_be_read_says_what_may_be_meant() {
        for (locale, not_assessed) in [(Locale::Fr, "Non évaluée"), (Locale::En, "Not assessed")] {
            let t = Words::new(locale);
            let said = t.licence_said(&Licence::read("AGPLv3"));
            assert!(said.contains(not_assessed) && said.contains("AGPL-3.0-or-later"), "{said}");
            assert!(t.licence_said(&Licence::read("SSPL-1.0")).contains("SSPL-1.0"));
        }
    }

    #[test]
    fn a_refusal_names_the_criteria() {
        let t = Words::new(Locale::Fr);
        let which = Criteria::of(&["privacy".to_owned(), "own_one".to_owned()]);
        let said = t.eligibility_refusal(EligibilityRefusal::NeedsReason(which));
        assert!(said.contains("vie privée") && said.contains("vos règles"), "{said}");
    }
}
