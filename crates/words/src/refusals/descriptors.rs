//! Why a file by which a software describes itself fills in nothing.

use domain::descriptors::{DescriptorRefusal, Unreadable};

use crate::Words;

impl Words {
    /// Why nothing is filled in.
    #[must_use]
    pub fn descriptor_refusal(&self, refusal: &DescriptorRefusal) -> String {
        match refusal {
            DescriptorRefusal::Unfetched(why) => self.descriptor_unfetched(why.as_str()),
            DescriptorRefusal::Unreadable(Unreadable::Syntax { line }) => {
                self.descriptor_syntax(i64::try_from(*line).unwrap_or(i64::MAX))
            }
            DescriptorRefusal::Unreadable(Unreadable::OtherVersion(version)) => {
                self.descriptor_other_version(version)
            }
            DescriptorRefusal::Unreadable(why) => self.descriptor_unreadable(why.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::descriptors::Unfetched;

    use super::*;
    use crate::Locale;

    #[test]
    fn what_is_too_large_or_within_says_so() {
        for locale in Locale::ALL {
            let t = Words::new(locale);
            let said: std::collections::BTreeSet<String> = Unfetched::ALL
                .iter()
                .map(|why| t.descriptor_refusal(&DescriptorRefusal::Unfetched(*why)))
                .chain([
                    t.descriptor_refusal(&Unreadable::Syntax { line: 3 }.into()),
                    t.descriptor_refusal(&Unreadable::Unknown.into()),
                    t.descriptor_refusal(&Unreadable::NotText.into()),
                ])
                .collect();
            assert_eq!(said.len(), 7, "{said:?}");
        }
    }
}
