//! Every kind of entry of the journal has a name of its own, in both languages.

use std::collections::BTreeSet;

use domain::PostingKind;
use popote_words::{Locale, Words};

#[test]
fn every_kind_of_posting_has_its_own_words() {
    for locale in [Locale::Fr, Locale::En] {
        let t = Words::new(locale);
        let unknown = t.accounts_kind("what is no kind");
        let names: BTreeSet<String> =
            PostingKind::ALL.iter().map(|kind| t.accounts_kind(kind.as_str())).collect();
        assert!(!names.contains(&unknown), "{unknown}");
        assert_eq!(names.len(), PostingKind::ALL.len(), "{names:?}");
    }
}
