//! The languages of the interface.

use std::fmt;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// French, the language of the first users.
    #[default]
    Fr,
    /// English.
    En,
}

/// How much of an `Accept-Language` header is read, in bytes: real ones have some forty.
const LONGEST_HEADER: usize = 1_000;
/// How many languages of a header are weighed.
const MOST_RANGES: usize = 32;

impl Locale {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The language tag, for the `lang` attribute and for storage.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language in its own words.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    /// The language of a tag such as `fr`, `fr-CA` or `EN`; `None` for one that is not spoken here.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|locale| primary.eq_ignore_ascii_case(locale.as_str()))
    }

    /// The language that an `Accept-Language` header prefers among ours: the highest weight, then the first
    /// named. `*` stands for French unless French is refused. `None` if the header names none of them.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        let mut refused = Vec::new();
        let mut any = None;
        if header.len() > LONGEST_HEADER {
            return None;
        }
        for range in header.split(',').take(MOST_RANGES) {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let Some(weight) = thousandths(weight) else { continue };
            if tag.trim() == "*" {
                any = Some(weight);
                continue;
            }
            let Some(locale) = Self::from_tag(tag) else { continue };
            if weight == 0 {
                refused.push(locale);
            } else if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, locale));
            }
        }
        let named = best.map(|(_, locale)| locale);
        let wild = any.filter(|weight| *weight > 0);
        named.or_else(|| wild.and_then(|_| Self::ALL.into_iter().find(|locale| !refused.contains(locale))))
    }
}

/// A weight such as `q=0.8` in thousandths.
fn thousandths(weight: &str) -> Option<u16> {
    let weight = weight.trim();
    let value = weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="))?;
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "1" if decimals == 0 => Some(1_000),
        "0" => Some(decimals),
        _ => None,
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expected: Option<Locale>) {
        assert_eq!(Locale::from_accept_language(header), expected, "{header:?}");
    }

    #[test]
    fn the_highest_weight_wins_then_the_first_named() {
        check("fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7", Some(Locale::Fr));
        check("en-GB,en;q=0.9,fr;q=0.8", Some(Locale::En));
        check("de, en;q=0.5, fr;q=0.501", Some(Locale::Fr));
        check("en;q=0.5, fr;q=0.5", Some(Locale::En));
        check("EN_us ; q=1.000", Some(Locale::En));
    }

    #[test]
    fn what_is_refused_or_unknown_is_not_chosen() {
        check("", None);
        check("de,it;q=0.5", None);
        check("fr;q=0", None);
        check("fr;q=0,en;q=0.1", Some(Locale::En));
        check("french", None);
        check("*", Some(Locale::Fr));
        check("fr;q=0,*", Some(Locale::En));
        check("*;q=0", None);
        check("de,*;q=0.1,en;q=0.01", Some(Locale::En));
    }

    #[test]
    fn nonsense_is_skipped_and_long_headers_are_not_read() {
        check("fr;q=2", None);
        check("fr;q=0.5000", None);
        check("fr;q=-1,en", Some(Locale::En));
        check("fr;level=1", None);
        check(&"en,".repeat(500), None);
        check(&format!("{}fr", "de,".repeat(32)), None);
    }

    #[test]
    fn tags_read_back() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.as_str()), Some(locale));
        }
    }
}
