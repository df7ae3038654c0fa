//! What people read: one typed method a message, in French and in English, and amounts, dates and numbers as
//! each language writes them.
//!
//! The messages are Fluent files, `fr/*.ftl` and `en/*.ftl`; `build.rs` compiles them into methods of [`Words`]
//! and fails where the languages disagree. The conventions are in `README.md`.

mod dates;
mod html;
mod locale;
mod money;
mod refusals;
mod typography;
mod writing;

pub use html::Html;
pub use locale::Locale;
pub use money::MoneyError;
pub use typography::{NARROW, typography_en, typography_fr};
pub use writing::Count;

use std::borrow::Cow;

/// The sentences of one language. Cheap to copy: templates hold it as `t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    locale: Locale,
}

impl Words {
    /// The sentences in `locale`.
    #[must_use]
    pub const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// The language.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The language for the `lang` attribute.
    #[must_use]
    pub const fn lang(&self) -> &'static str {
        self.locale.as_str()
    }

    /// Plain text of the language with its typography: a title or a name that someone typed.
    #[must_use]
    pub fn typography<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.locale {
            Locale::Fr => typography_fr(text),
            Locale::En => typography_en(text),
        }
    }
}

/// The methods that `build.rs` writes.
#[allow(clippy::all, clippy::pedantic, unused_imports, reason = "what it needs depends on the messages")]
mod messages {
    use std::fmt::Display;

    use crate::writing::{is_one, put, put_address, put_count, put_escaped};
    use crate::{Count, Html, Locale, Words};

    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}
