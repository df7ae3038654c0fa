//! Files by which software describes itself: `publiccode.yml`, `funding.json` (v1) and `.github/FUNDING.yml`. They fill in a
//! form that a person then saves: what can't be read of them is said, and the rest is kept.

mod funding_json;
mod funding_yml;
mod publiccode;
mod tree;

#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::{
    input::{FieldError, FieldRule},
    posting::named,
    text,
};
use tree::Tree;

/// Most bytes of a file.
pub const LARGEST: usize = 256 * 1024;

/// Most addresses where one gives.
const MOST_FUNDING: usize = 10;
/// Most maintainers that are named.
const MOST_MAINTAINERS: usize = 10;
/// Most remarks.
const MOST_REMARKS: usize = 20;

/// Lengths in characters.
mod lengths {
    /// A name.
    pub(super) const NAME: usize = 80;
    /// A licence.
    pub(super) const LICENCE: usize = 120;
    /// A short description, and one in full.
    pub(super) const SHORT: usize = 500;
    pub(super) const LONG: usize = 10_000;
}

named! {
    /// Which file it is; what is in it says so, not its name.
    Kind {
        /// `publiccode.yml`.
        Publiccode = "publiccode.yml",
        /// `funding.json`.
        FundingJson = "funding.json",
        /// `.github/FUNDING.yml`.
        FundingYml = "FUNDING.yml",
    }
}

named! {
    /// Why a file elsewhere can't be had. Nobody learns from it whether a port is open.
    Unfetched {
        /// Nothing answers there, or the address leads within.
        Unreachable = "unreachable",
        /// It answers that there is no such file.
        NotThere = "not_there",
        /// More bytes than are read.
        TooLarge = "too_large",
        /// Not an address of the web.
        NotAllowed = "not_allowed",
    }
}

/// Why nothing is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DescriptorRefusal {
    /// There is no such file, or it may not be asked for.
    #[error("the file can't be had: {0:?}")]
    Unfetched(Unfetched),
    /// It is none of the files that are read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// Why nothing of a file can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// It has more bytes than [`LARGEST`].
    #[error("larger than {LARGEST} bytes")]
    TooLarge,
    /// It isn't text.
    #[error("not a text in UTF-8")]
    NotText,
    /// It is neither YAML nor JSON.
    #[error("neither YAML nor JSON at line {line}")]
    Syntax {
        /// Where the reading stops, from 1.
        line: u64,
    },
    /// It is nested too deep, or has too many parts once its aliases are followed.
    #[error("nested too deep, or too many parts")]
    TooIntricate,
    /// It is none of the three files.
    #[error("none of the files known here")]
    Unknown,
    /// It is a `funding.json` of another version than v1; which.
    #[error("funding.json of version {0}")]
    OtherVersion(String),
}

impl Unreadable {
    /// Its name, for programs.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::NotText => "not_text",
            Self::Syntax { .. } => "syntax",
            Self::TooIntricate => "too_intricate",
            Self::Unknown => "unknown",
            Self::OtherVersion(_) => "other_version",
        }
    }
}

/// What a file says of a software. Everything is cleaned; what wasn't said is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// Which file it was.
    pub kind: Kind,
    /// The software's name.
    pub name: String,
    /// Its web site.
    pub website: String,
    /// Where its source is.
    pub repository: String,
    /// Its licence, as it is written.
    pub licence: String,
    /// What it is, in French.
    pub description_fr: String,
    /// What it is, in English, or in the one language there is.
    pub description_en: String,
    /// Where its team says what comes next.
    pub roadmap: String,
    /// Where one gives to it.
    pub funding: Vec<String>,
    /// Who maintains it: names.
    pub maintainers: Vec<String>,
    /// Other software that the same file describes: names.
    pub others: Vec<String>,
    /// What of it was left out: the field as the file names it, and the rule that it breaks.
    pub remarks: Vec<FieldError>,
}

impl Prefill {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            name: String::new(),
            website: String::new(),
            repository: String::new(),
            licence: String::new(),
            description_fr: String::new(),
            description_en: String::new(),
            roadmap: String::new(),
            funding: Vec::new(),
            maintainers: Vec::new(),
            others: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Reads a file of any of the three kinds. Errors: nothing of it can be taken.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::NotText)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root = Tree::read(text)?;
        if publiccode::is(&root) {
            Ok(publiccode::read(&root))
        } else if funding_json::is(&root) {
            funding_json::read(&root)
        } else if funding_yml::is(&root) {
            Ok(funding_yml::read(&root))
        } else {
            Err(Unreadable::Unknown)
        }
    }

    /// What the software is, in a language, or in the other where the file doesn't speak it.
    #[must_use]
    pub fn description(&self, french: bool) -> &str {
        let (first, second) = if french {
            (&self.description_fr, &self.description_en)
        } else {
            (&self.description_en, &self.description_fr)
        };
        if first.is_empty() { second } else { first }
    }

    fn remark(&mut self, field: &str, rule: FieldRule) {
        let error = FieldError::new(field, rule);
        if self.remarks.len() < MOST_REMARKS && !self.remarks.contains(&error) {
            self.remarks.push(error);
        }
    }

    /// What a rule makes of a text; empty with a remark where it breaks the rule, empty without where there is none.
    fn take(
        &mut self,
        field: &str,
        found: Option<&Tree>,
        rule: impl Fn(&str) -> Result<String, FieldRule>,
    ) -> String {
        let Some(found) = found.filter(|found| !found.is_nothing()) else { return String::new() };
        let read = found
            .text()
            .ok_or(FieldRule::NotText)
            .and_then(|text| if text.trim().is_empty() { Ok(String::new()) } else { rule(text) });
        read.unwrap_or_else(|rule| {
            self.remark(field, rule);
            String::new()
        })
    }

    fn take_line(&mut self, field: &str, found: Option<&Tree>, longest: usize) -> String {
        self.take(field, found, |text| text::optional_line(text, longest))
    }

    fn take_address(&mut self, field: &str, found: Option<&Tree>) -> String {
        self.take(field, found, address)
    }

    fn take_text(&mut self, field: &str, found: Option<&Tree>, longest: usize) -> String {
        self.take(field, found, |text| text::paragraphs(text, longest))
    }

    fn fund_at(&mut self, field: &str, found: &Tree) {
        let address = self.take_address(field, Some(found));
        self.add_funding(field, address);
    }

    fn add_funding(&mut self, field: &str, address: String) {
        if address.is_empty() || self.funding.contains(&address) {
            return;
        }
        if self.funding.len() < MOST_FUNDING {
            self.funding.push(address);
        } else {
            self.remark(field, FieldRule::NotBetween(0, 10));
        }
    }

    fn maintained_by(&mut self, field: &str, found: Option<&Tree>) {
        let name = self.take_line(field, found, lengths::NAME);
        if name.is_empty() || self.maintainers.contains(&name) {
            return;
        }
        if self.maintainers.len() < MOST_MAINTAINERS {
            self.maintainers.push(name);
        } else {
            self.remark(field, FieldRule::NotBetween(0, 10));
        }
    }
}

/// A whole web address; nothing is guessed before one that has no scheme, but `git@host:path` and `git://`, `ssh://` of a
/// repository are no address of the web.
fn address(text: &str) -> Result<String, FieldRule> {
    let lower = text.trim().to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        text::web_address(text)
    } else {
        Err(FieldRule::NotAUrl)
    }
}
