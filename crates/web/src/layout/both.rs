//! What somebody else saved while a form was open: it stands beside what was typed, which never takes its place unseen.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::chain::digest;
use words::Words;

/// What is stored and differs from what was typed: the name of each field, and what is in it. Nothing is shown where
/// nothing is.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/both.html")]
pub(crate) struct Both {
    t: Words,
    stored: Vec<(String, String)>,
}

impl HtmlSafe for Both {}

impl Both {
    /// Nobody saved anything meanwhile.
    pub(crate) const fn none(t: Words) -> Self {
        Self { t, stored: Vec::new() }
    }

    /// What is stored, field by field, as people read it.
    pub(crate) fn of(t: Words, stored: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { t, stored: stored.into_iter().collect() }
    }
}

/// What tells the content that a form shows from any other: a hidden field brings it back.
pub(crate) fn digest_of<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let values: Vec<[u8; 32]> = values.into_iter().map(|value| digest(&[value.as_bytes()])).collect();
    let values: Vec<&[u8]> = values.iter().map(<[u8; 32]>::as_slice).collect();
    digest(&values).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    #[test]
    fn a_digest_tells_each_value_and_its_place() {
        assert_eq!(digest_of(["a", "b"]), digest_of(["a", "b"]));
        assert_ne!(digest_of(["a", "b"]), digest_of(["ab", ""]));
        assert_ne!(digest_of(["a", "b"]), digest_of(["b", "a"]));
    }

    #[test]
    fn both_are_shown_where_they_differ() {
        let t = Words::new(Locale::En);
        assert_eq!(Both::none(t).to_string().trim(), "");
        let shown = Both::of(t, [("Name".to_owned(), "<b>".to_owned()), ("Site".to_owned(), String::new())]);
        let shown = shown.to_string();
        assert!(shown.contains("<dt>Name</dt><dd>&#60;b&#62;</dd>"), "{shown}");
        assert!(shown.contains("<dt>Site</dt><dd>—</dd>"), "{shown}");
    }
}
