//! Markup of messages: safe to print as it is.

use std::borrow::Cow;
use std::fmt;

/// Markup whose tags come from a message and whose arguments were escaped. Only messages make it, so a template
/// may print it with `|safe`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html(Cow<'static, str>);

impl Html {
    /// Markup of a message whose arguments, if any, were escaped.
    pub(crate) fn of_message(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
