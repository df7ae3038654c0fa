//! Amounts with at most two decimals, as integers of hundredths.

use std::fmt;

/// Most digits before the decimal point.
const MAX_DIGITS: usize = 15;

/// Why a text is not an amount.
///
/// ```
/// use popote_tally::pabulib::{AmountError, parse_amount};
/// assert_eq!(parse_amount("ten"), Err(AmountError::NotANumber));
/// assert_eq!(AmountError::TooFine.to_string(), "has more than two decimals");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Not digits with at most one decimal point or comma.
    NotANumber,
    /// A minus sign before a figure other than nought.
    Negative,
    /// A third decimal other than nought: hundredths can't say it.
    TooFine,
    /// More than fifteen digits before the point.
    TooLarge,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "is not a number",
            Self::Negative => "is negative",
            Self::TooFine => "has more than two decimals",
            Self::TooLarge => "is too large",
        })
    }
}

/// Hundredths from a decimal text; a comma may stand for the point.
///
/// # Errors
/// [`AmountError`] for anything that hundredths can't say exactly.
///
/// ```
/// use popote_tally::pabulib::{AmountError, parse_amount};
/// assert_eq!(parse_amount("400000.0"), Ok(40_000_000));
/// assert_eq!(parse_amount("12,5"), Ok(1_250));
/// assert_eq!(parse_amount("-3"), Err(AmountError::Negative));
/// assert_eq!(parse_amount("0.125"), Err(AmountError::TooFine));
/// assert_eq!(parse_amount("1e6"), Err(AmountError::NotANumber));
/// ```
pub fn parse_amount(text: &str) -> Result<u64, AmountError> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(AmountError::NotANumber);
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if negative && !(whole.is_empty() && fraction.is_empty()) {
        return Err(AmountError::Negative);
    }
    if whole.len() > MAX_DIGITS {
        return Err(AmountError::TooLarge);
    }
    if fraction.len() > 2 {
        return Err(AmountError::TooFine);
    }
    let figures = whole.bytes().chain(fraction.bytes()).chain(std::iter::repeat_n(b'0', 2 - fraction.len()));
    Ok(figures.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')))
}

/// The shortest text of so many hundredths, with a decimal point.
///
/// ```
/// use popote_tally::pabulib::amount_text;
/// assert_eq!(amount_text(40_000_000), "400000");
/// assert_eq!(amount_text(1_250), "12.5");
/// assert_eq!(amount_text(7), "0.07");
/// ```
#[must_use]
pub fn amount_text(hundredths: u64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        _ if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    }
}
