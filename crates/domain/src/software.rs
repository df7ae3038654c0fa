//! The register of software: what a collective knows of each, and whether its maintainers want requests that come with money.

use thiserror::Error;

use crate::{
    input::{FieldError, FieldRule},
    needs::{clean, optional_address},
    posting::named,
    text,
};

/// Lengths in characters beyond which an entry is refused.
pub mod limits {
    /// A name.
    pub const NAME: usize = 80;
    /// A licence.
    pub const LICENCE: usize = 120;
    /// A description in Markdown.
    pub const DESCRIPTION: usize = 20_000;
    /// Who maintains it.
    pub const MAINTAINERS: usize = 400;
}

named! {
    /// How it is known that an organisation runs a software.
    Source {
        /// Somebody of it said so.
        Said = "said",
        /// It was read in a file that the organisation publishes elsewhere.
        Imported = "imported",
    }
}

/// What is said of a software.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its web site; may be empty.
    pub website: String,
    /// Where its source is; may be empty.
    pub repository: String,
    /// Its licence as an SPDX expression; may be empty.
    pub licence: String,
    /// What it is, in Markdown; may be empty.
    pub description: String,
    /// Where its team says what comes next; may be empty.
    pub roadmap: String,
    /// Where one gives to it; may be empty.
    pub funding: String,
    /// Who maintains it; may be empty.
    pub maintainers: String,
    /// Whether its team wants no funded requests.
    pub opted_out: bool,
    /// Where its team says so; may be empty.
    pub opted_out_url: String,
}

impl Entry {
    /// The entry with its texts cleaned. Errors: all that is wrong, field by field.
    pub fn cleaned(mut self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        clean(&mut self.name, "name", &mut errors, |t| {
            let name = text::line(t, limits::NAME)?;
            // Two names without a letter would be one in addresses.
            if text::slug(&name).is_empty() && text::fold(&name).is_empty() {
                return Err(FieldRule::Missing);
            }
            Ok(name)
        });
        clean(&mut self.website, "website", &mut errors, optional_address);
        clean(&mut self.repository, "repository", &mut errors, optional_address);
        clean(&mut self.licence, "licence", &mut errors, |t| text::optional_line(t, limits::LICENCE));
        clean(&mut self.description, "description", &mut errors, |t| {
            text::paragraphs(t, limits::DESCRIPTION)
        });
        clean(&mut self.roadmap, "roadmap", &mut errors, optional_address);
        clean(&mut self.funding, "funding", &mut errors, optional_address);
        clean(&mut self.maintainers, "maintainers", &mut errors, |t| {
            text::optional_line(t, limits::MAINTAINERS)
        });
        clean(&mut self.opted_out_url, "opted_out_url", &mut errors, optional_address);
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// Why something about a software is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SoftwareRefusal {
    /// Who once said that its team wants no funded requests is not who says that it does: a steward.
    #[error("only a steward takes back that the team wants no funded requests")]
    StewardLifts,
    /// It stands so already.
    #[error("it stands so already")]
    AlreadySo,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_is_named() {
        let entry = Entry {
            name: "\u{200b}".to_owned(),
            website: "javascript:alert(1)".to_owned(),
            licence: "x".repeat(200),
            ..Entry::default()
        };
        let errors = entry.cleaned().unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "website", "licence"]);
        let entry =
            Entry { name: " Nextcloud  ".into(), repository: "github.com/x/y".into(), ..Entry::default() };
        let kept = entry.cleaned().unwrap();
        assert_eq!((kept.name.as_str(), kept.repository.as_str()), ("Nextcloud", "https://github.com/x/y"));
    }
}
