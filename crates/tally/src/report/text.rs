//! Numbers, amounts and lists as people write them.

use serde_json::{Value, json};

use crate::fraction::Fraction;

/// The language of the sentences.
///
/// ```
/// use popote_tally::files::VoteFile;
/// use popote_tally::report::{Language, decision};
/// let file = VoteFile::parse(br#"{"yes": 7, "no": 3, "electorate": 20}"#)?;
/// assert_eq!(decision::threshold(&file, Language::French)?.sentences[2], "Le texte est adopté.");
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

/// Narrow no-break space.
const THIN: char = '\u{202f}';
/// No-break space.
const FIXED: char = '\u{a0}';

impl Language {
    /// One of two texts.
    pub(super) fn pick<'t>(self, french: &'t str, english: &'t str) -> &'t str {
        if self == Self::French { french } else { english }
    }

    /// A whole number with its thousands apart.
    pub(super) fn number(self, number: impl Into<u128>) -> String {
        self.grouped(&number.into().to_string())
    }

    /// Digits with their thousands apart.
    fn grouped(self, digits: &str) -> String {
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(if self == Self::French { THIN } else { ',' });
            }
            text.push(digit);
        }
        text
    }

    /// A decimal text such as `1234.50` as people write it.
    pub(super) fn decimal(self, text: &str) -> String {
        match text.split_once('.') {
            Some((whole, rest)) if rest.bytes().any(|digit| digit != b'0') => {
                format!("{}{}{rest}", self.grouped(whole), self.pick(",", "."))
            }
            Some((whole, _)) => self.grouped(whole),
            None => self.grouped(text),
        }
    }

    /// A text in this language's quotation marks.
    pub(super) fn quoted(self, text: &str) -> String {
        match self {
            Self::French => format!("«{FIXED}{text}{FIXED}»"),
            Self::English => format!("“{text}”"),
        }
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(super) fn list(self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.pick("et", "and")),
        }
    }

    /// A counted noun.
    pub(super) fn counted(
        self,
        number: u64,
        french: [&'static str; 2],
        english: [&'static str; 2],
    ) -> String {
        format!("{}{FIXED}{}", self.number(number), self.form(number, french, english))
    }

    /// One of two forms for a number: French takes 0 and 1 as singular, English only 1.
    pub(super) fn form(
        self,
        number: u64,
        french: [&'static str; 2],
        english: [&'static str; 2],
    ) -> &'static str {
        match self {
            Self::French => french[usize::from(number > 1)],
            Self::English => english[usize::from(number != 1)],
        }
    }

    /// So many voters.
    pub(super) fn people(self, number: u64) -> String {
        self.counted(number, ["personne", "personnes"], ["person", "people"])
    }

    /// So many votes.
    pub(super) fn votes(self, number: u64) -> String {
        self.counted(number, ["voix", "voix"], ["vote", "votes"])
    }

    /// The colon of the language, with its space before.
    pub(super) fn colon(self) -> &'static str {
        self.pick("\u{a0}:", ":")
    }
}

/// Hundredths of a currency unit, exactly or cut after the second decimal.
pub(super) fn money(language: Language, hundredths: &Fraction, currency: &str) -> String {
    let units = hundredths.divided_by(100);
    let sign = if currency == "EUR" { "€" } else { currency };
    let number = language.decimal(&units.decimal(2));
    if sign.is_empty() {
        number
    } else {
        format!("{number}{}{sign}", if language == Language::French { THIN } else { FIXED })
    }
}

/// [`money`] of a whole number of hundredths.
pub(super) fn whole_money(language: Language, hundredths: u128, currency: &str) -> String {
    money(language, &Fraction::new(hundredths, 1_u8), currency)
}

/// Hundredths as JSON in currency units: a number if it is whole, else a decimal text.
pub(super) fn amount_json(hundredths: u128) -> Value {
    match u64::try_from(hundredths / 100) {
        Ok(whole) if hundredths.is_multiple_of(100) => json!(whole),
        _ => json!(Fraction::new(hundredths, 100_u8).decimal(2)),
    }
}
