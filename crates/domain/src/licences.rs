//! Licences of software as SPDX expressions: whether all that an expression allows to choose is free. A licence is free that
//! the OSI approves or that the FSF lists as free.

use spdx::{Expression, ParseMode, error::Reason, expression::ExprNode, identifiers::LICENSES};

/// Longest expression that is read, in bytes.
const LONGEST: usize = 500;

/// How people write a licence, and the names of the list that they may mean. Compared without blanks, dots and dashes, in
/// small letters.
const MEANT: &[(&str, &[&str])] = &[
    ("agpl", &["AGPL-3.0-only", "AGPL-3.0-or-later"]),
    ("agplv3", &["AGPL-3.0-only", "AGPL-3.0-or-later"]),
    ("agpl3", &["AGPL-3.0-only", "AGPL-3.0-or-later"]),
    ("agplv3+", &["AGPL-3.0-or-later"]),
    ("gnuagplv3", &["AGPL-3.0-only", "AGPL-3.0-or-later"]),
    ("gnuaffero", &["AGPL-3.0-only", "AGPL-3.0-or-later"]),
    ("apache", &["Apache-2.0"]),
    ("apache2", &["Apache-2.0"]),
    ("apachelicense", &["Apache-2.0"]),
    ("bsd", &["BSD-2-Clause", "BSD-3-Clause"]),
    ("cecill", &["CECILL-2.1"]),
    ("gpl", &["GPL-3.0-only", "GPL-3.0-or-later"]),
    ("gplv2", &["GPL-2.0-only", "GPL-2.0-or-later"]),
    ("gpl2", &["GPL-2.0-only", "GPL-2.0-or-later"]),
    ("gplv2+", &["GPL-2.0-or-later"]),
    ("gplv3", &["GPL-3.0-only", "GPL-3.0-or-later"]),
    ("gpl3", &["GPL-3.0-only", "GPL-3.0-or-later"]),
    ("gplv3+", &["GPL-3.0-or-later"]),
    ("gnugpl", &["GPL-3.0-only", "GPL-3.0-or-later"]),
    ("lgpl", &["LGPL-2.1-or-later", "LGPL-3.0-or-later"]),
    ("lgplv3", &["LGPL-3.0-only", "LGPL-3.0-or-later"]),
    ("mitlicense", &["MIT"]),
    ("mpl", &["MPL-2.0"]),
    ("mpl2", &["MPL-2.0"]),
    ("eupl", &["EUPL-1.2"]),
];

/// What an expression says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Licence {
    /// Nothing is written.
    None,
    /// Every branch of it is free.
    Free,
    /// These licences of it are not, each once.
    NotFree(Vec<String>),
    /// It names licences that are in no list, so that nobody but people can tell: these, each once.
    Unlisted(Vec<String>),
    /// It can't be read.
    Unread(Unread),
}

/// Why an expression can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The part that stops the reading.
    pub part: String,
    /// What is wrong with it.
    pub problem: Problem,
    /// Names of the list that may be meant.
    pub meant: Vec<&'static str>,
}

/// What is wrong with a part of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No licence of the list has this name.
    UnknownLicence,
    /// No exception of the list has this name.
    UnknownException,
    /// A bracket is open or closed too much.
    Brackets,
    /// Signs or words stand where none may.
    Order,
    /// It is longer than what is read.
    TooLong,
}

impl Licence {
    /// Reads an expression. Capitals don't count, and names that the list has since given up are read.
    ///
    /// ```
    /// # use popote_domain::licences::Licence;
    /// assert_eq!(Licence::read("agpl-3.0-OR-LATER or (MIT and Apache-2.0)"), Licence::Free);
    /// assert_eq!(Licence::read("MIT OR BUSL-1.1"), Licence::NotFree(vec!["BUSL-1.1".to_owned()]));
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::None;
        }
        if text.len() > LONGEST {
            return Self::Unread(Unread {
                part: text.chars().take(40).collect(),
                problem: Problem::TooLong,
                meant: Vec::new(),
            });
        }
        let spelled = spelled(text);
        let mode = ParseMode { allow_deprecated: true, allow_postfix_plus_on_gpl: true, ..ParseMode::STRICT };
        match Expression::parse_mode(&spelled, mode) {
            Ok(read) => judge(&read),
            Err(error) => Self::Unread(unread(&spelled, &error)),
        }
    }

    /// Whether it says for sure that the software is free, or that it isn't.
    #[must_use]
    pub const fn is_free(&self) -> Option<bool> {
        match self {
            Self::Free => Some(true),
            Self::NotFree(_) => Some(false),
            Self::None | Self::Unlisted(_) | Self::Unread(_) => None,
        }
    }
}

fn judge(read: &Expression) -> Licence {
    let (mut closed, mut unlisted) = (Vec::new(), Vec::new());
    let note = |list: &mut Vec<String>, name: String| {
        if !list.contains(&name) {
            list.push(name);
        }
    };
    for node in read.iter() {
        let ExprNode::Req(one) = node else { continue };
        match one.req.license.id() {
            Some(id) if id.is_osi_approved() || id.is_fsf_free_libre() => {
                // An exception of the list only allows more; what one's own says, nobody knows.
                if let Some(own) = one.req.addition.as_ref().filter(|addition| addition.id().is_none()) {
                    note(&mut unlisted, own.to_string());
                }
            }
            Some(_) => note(&mut closed, one.req.license.to_string()),
            None => note(&mut unlisted, one.req.license.to_string()),
        }
    }
    match (closed.is_empty(), unlisted.is_empty()) {
        (false, _) => Licence::NotFree(closed),
        (true, false) => Licence::Unlisted(unlisted),
        (true, true) => Licence::Free,
    }
}

/// The expression with the names of licences as the list writes them.
fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '+' | ',' | '/' | ';');
    for part in text.split_inclusive(ends) {
        let word = part.trim_end_matches(ends);
        let rest = part.get(word.len()..).unwrap_or_default();
        let known = LICENSES.iter().map(|licence| licence.name).find(|name| name.eq_ignore_ascii_case(word));
        spelled.push_str(known.unwrap_or(word));
        spelled.push_str(rest);
    }
    spelled
}

fn unread(text: &str, error: &spdx::ParseError) -> Unread {
    let before = text.get(..error.span.start).unwrap_or_default().trim_end().to_ascii_uppercase();
    let problem = match error.reason {
        Reason::UnknownLicense | Reason::UnknownTerm if before.ends_with(" WITH") => {
            Problem::UnknownException
        }
        Reason::UnknownLicense | Reason::UnknownTerm => Problem::UnknownLicence,
        Reason::UnknownException => Problem::UnknownException,
        Reason::UnclosedParens | Reason::UnopenedParens => Problem::Brackets,
        _ => Problem::Order,
    };
    let part = text.get(error.span.clone()).unwrap_or_default().trim();
    let part = if part.is_empty() { text } else { part };
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '_'))
            .collect::<String>()
            .to_lowercase()
    };
    let (whole, word) = (bare(text), bare(part));
    let found = MEANT.iter().find(|(said, _)| *said == whole || *said == word).or_else(|| {
        // « GNU Affero General Public License v3 »: the longest beginning.
        MEANT.iter().filter(|(said, _)| whole.starts_with(said)).max_by_key(|(said, _)| said.len())
    });
    Unread {
        part: part.to_owned(),
        problem,
        meant: found.map(|(_, meant)| meant.to_vec()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn free_is_what_is_free_by_every_branch() {
        for text in [
            "AGPL-3.0-or-later",
            "agpl-3.0-only",
            "GPL-2.0",
            "GPL-2.0+",
            "MIT OR Apache-2.0",
            "(MIT AND CC0-1.0) OR EUPL-1.2",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "CECILL-2.1",
        ] {
            assert_eq!(Licence::read(text), Licence::Free, "{text}");
        }
        let closed = |names: &[&str]| Licence::NotFree(names.iter().map(|&name| name.to_owned()).collect());
        assert_eq!(Licence::read("MIT OR SSPL-1.0"), closed(&["SSPL-1.0"]));
        assert_eq!(Licence::read("BUSL-1.1 AND BUSL-1.1"), closed(&["BUSL-1.1"]));
        assert_eq!(Licence::read("CC-BY-NC-4.0 OR LicenseRef-house"), closed(&["CC-BY-NC-4.0"]));
        assert_eq!(
            Licence::read("MIT OR LicenseRef-house"),
            Licence::Unlisted(vec!["LicenseRef-house".to_owned()])
        );
        assert_eq!(Licence::read("  "), Licence::None);
    }

    #[test]
    fn what_cannot_be_read_says_where_and_what_may_be_meant() {
        let unread = |text: &str| match Licence::read(text) {
            Licence::Unread(unread) => unread,
            other => panic!("{text}: {other:?}"),
        };
        let said = unread("AGPLv3");
        assert_eq!((said.part.as_str(), said.problem), ("AGPLv3", Problem::UnknownLicence));
        assert_eq!(said.meant, ["AGPL-3.0-only", "AGPL-3.0-or-later"]);
        assert_eq!(unread("GNU Affero General Public License v3.0").meant.len(), 2);
        assert_eq!(unread("(MIT").problem, Problem::Brackets);
        assert_eq!(unread("MIT OR").problem, Problem::Order);
        assert_eq!(unread("GPL-2.0-only WITH my-exception").problem, Problem::UnknownException);
        assert_eq!(unread(&"(".repeat(100_000)).problem, Problem::TooLong);
        assert!(!unread("« libre »").part.is_empty());
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_the_reading(text in "[A-Za-z0-9 ().+é/-]{0,80}") {
            let _ = Licence::read(&text);
        }

        #[test]
        fn capitals_do_not_count(text in "(MIT|Apache-2\\.0|GPL-3\\.0-only)( OR (MIT|SSPL-1\\.0|0BSD)){0,3}") {
            prop_assert_eq!(Licence::read(&text), Licence::read(&text.to_lowercase()));
        }
    }
}
