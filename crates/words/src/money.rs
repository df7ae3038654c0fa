//! Amounts as each language writes them, and as people type them.

use domain::money::{Currency, Money};
use thiserror::Error;

use crate::writing::put_grouped;
use crate::{Locale, NARROW, Words};

/// The longest amount that is read, in bytes.
const LONGEST_INPUT: usize = 60;

/// Why a text is not an amount. [`Words::money_refusal`] says it to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Nothing was typed.
    #[error("empty amount")]
    Empty,
    /// Something else than digits, one decimal separator and thousands by threes.
    #[error("not an amount")]
    NotAnAmount,
    /// A sign before the digits.
    #[error("negative amount")]
    Negative,
    /// A single point or comma before three digits: thousands for some, decimals for others.
    #[error("amount that can be read in two ways")]
    Ambiguous,
    /// More decimals than the currency has.
    #[error("too many decimals")]
    TooManyDecimals,
    /// The sign or the code of another currency.
    #[error("another currency")]
    OtherCurrency,
    /// More than [`Money::MAX_ENTRY`].
    #[error("amount too large")]
    TooLarge,
}

/// Signs that people type, and the currencies each may stand for; the first is the one that is shown so.
const SIGNS: [(&str, &[&str]); 4] = [
    ("€", &["EUR"]),
    ("£", &["GBP", "EGP", "GIP", "FKP", "SHP"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP"]),
    ("¥", &["JPY", "CNY"]),
];

/// Names that people type after an amount.
const NAMES: [(&str, &str); 4] = [("euro", "EUR"), ("euros", "EUR"), ("franc", "CHF"), ("francs", "CHF")];

impl Words {
    /// What stands beside a field for an amount: « € », or the code of a currency without a sign of its own.
    #[must_use]
    pub fn currency_sign(&self, currency: Currency) -> String {
        sign_of(currency).map_or_else(|| currency.code().to_owned(), str::to_owned)
    }

    /// An amount with its currency and all its decimals: « 1 234,50 € », `€1,234.50`, « −3,00 € ».
    #[must_use]
    pub fn money(&self, amount: Money, currency: Currency) -> String {
        self.write_money(amount, currency, false, false)
    }

    /// An amount without its decimals where they are zero: « 1 234 € », « 1 234,50 € ».
    #[must_use]
    pub fn money_short(&self, amount: Money, currency: Currency) -> String {
        self.write_money(amount, currency, true, false)
    }

    /// An amount with its sign, also above zero: « +12,50 € », « −3,00 € », « 0,00 € ».
    #[must_use]
    pub fn money_signed(&self, amount: Money, currency: Currency) -> String {
        self.write_money(amount, currency, false, true)
    }

    /// An amount as the value of a form field: « 1234,50 », `1234.50`, without decimals where they are zero.
    /// [`Words::parse_money`] reads it back, below zero apart.
    #[must_use]
    pub fn money_field(&self, amount: Money, currency: Currency) -> String {
        let (whole, decimals) = parts(amount, currency, true);
        let sign = if amount.minor() < 0 { "-" } else { "" };
        match decimals {
            Some(decimals) => format!("{sign}{whole}{}{decimals}", self.decimal_mark()),
            None => format!("{sign}{whole}"),
        }
    }

    fn write_money(&self, amount: Money, currency: Currency, short: bool, signed: bool) -> String {
        let (whole, decimals) = parts(amount, currency, short);
        let mut out = String::with_capacity(whole.len() + 16);
        if amount.minor() < 0 {
            out.push('−');
        } else if signed && amount.is_positive() {
            out.push('+');
        }
        let sign = sign_of(currency);
        if self.locale() == Locale::En {
            out.push_str(sign.unwrap_or(currency.code()));
            if sign.is_none() {
                out.push('\u{a0}');
            }
        }
        put_grouped(&mut out, self.locale(), &whole);
        if let Some(decimals) = decimals {
            out.push(self.decimal_mark());
            out.push_str(&decimals);
        }
        if self.locale() == Locale::Fr {
            out.push(NARROW);
            out.push_str(sign.unwrap_or(currency.code()));
        }
        out
    }

    const fn decimal_mark(&self) -> char {
        match self.locale() {
            Locale::Fr => ',',
            Locale::En => '.',
        }
    }

    /// Reads an amount that someone typed: `1 234,56`, `1234.56`, `1.234,56`, `1,234.56`, `1 234 €`, `€12`,
    /// `12 EUR`. Zero is an amount.
    ///
    /// Errors: see [`MoneyError`]. A single point or comma before exactly three digits is refused, since
    /// `1.234` is a thousand for some and one for others. Where the currency has no decimals it is read as
    /// thousands; where it has three, as decimals if the mark is that of the language. `0.250` and `1234.500`
    /// can't be thousands.
    pub fn parse_money(&self, text: &str, currency: Currency) -> Result<Money, MoneyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        if text.len() > LONGEST_INPUT {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if digits { MoneyError::TooLarge } else { MoneyError::NotAnAmount });
        }
        let (negative, text) = strip_minus(text);
        let text = strip_currency(text, currency)?;
        let (also_negative, text) = strip_minus(text);
        let (whole, decimals) = self.cut(text, currency)?;
        if negative || also_negative {
            return Err(MoneyError::Negative);
        }
        if decimals.len() > usize::from(currency.exponent()) {
            return Err(MoneyError::TooManyDecimals);
        }
        let minor = format!("{whole}{decimals:0<width$}", width = usize::from(currency.exponent()));
        let minor: i64 = minor.parse().map_err(|_| MoneyError::TooLarge)?;
        let amount = Money::new(minor);
        if amount > Money::MAX_ENTRY { Err(MoneyError::TooLarge) } else { Ok(amount) }
    }

    /// Cuts a number into its whole digits, thousands joined, and its decimals.
    fn cut(&self, text: &str, currency: Currency) -> Result<(String, String), MoneyError> {
        let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        if marks.iter().any(|mark| !is_thousands_space(*mark) && !matches!(mark, '.' | ',')) {
            return Err(MoneyError::NotAnAmount);
        }
        let points: Vec<(usize, char)> =
            text.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
        let Some((last_at, last)) = points.last().copied() else {
            return Ok((join_thousands(text, is_thousands_space)?, String::new()));
        };
        let (before, after) = (&text[..last_at], &text[last_at + 1..]);
        let spaced = marks.iter().any(|mark| is_thousands_space(*mark));
        let same = points.iter().filter(|(_, mark)| *mark == last).count();
        if same > 1 {
            // `1.234.567`: thousands, with nothing else beside them.
            if same != marks.len() {
                return Err(MoneyError::NotAnAmount);
            }
            return Ok((join_thousands(text, |c| c == last)?, String::new()));
        }
        if after.is_empty() || !after.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MoneyError::NotAnAmount);
        }
        if points.len() > 1 {
            // `1.234,56`: the last mark is the decimal one, the other joins thousands.
            if spaced {
                return Err(MoneyError::NotAnAmount);
            }
            return Ok((join_thousands(before, |c| matches!(c, '.' | ','))?, after.to_owned()));
        }
        let whole = join_thousands(before, is_thousands_space)?;
        if after.len() == 3 && !spaced && could_be_thousands(before) {
            match currency.exponent() {
                0 => return Ok((format!("{whole}{after}"), String::new())),
                3.. if last == self.decimal_mark() => {}
                _ => return Err(MoneyError::Ambiguous),
            }
        }
        Ok((whole, after.to_owned()))
    }

    /// What to tell someone whose amount was refused.
    #[must_use]
    pub fn money_refusal(&self, error: MoneyError, currency: Currency) -> String {
        match error {
            MoneyError::Empty => self.money_empty().to_owned(),
            MoneyError::NotAnAmount => self.money_not_an_amount(self.example(currency)),
            MoneyError::Negative => self.money_negative().to_owned(),
            MoneyError::Ambiguous => self.money_ambiguous(self.example(currency)),
            MoneyError::TooManyDecimals => self.money_too_many_decimals(currency.exponent()),
            MoneyError::OtherCurrency => self.money_other_currency(currency.code()),
            MoneyError::TooLarge => self.money_too_large(self.money_short(Money::MAX_ENTRY, currency)),
        }
    }

    /// An amount of a thousand and some, with decimals if the currency has any.
    fn example(&self, currency: Currency) -> String {
        let decimals = "5600".get(..usize::from(currency.exponent())).unwrap_or_default();
        if decimals.is_empty() { "1234".to_owned() } else { format!("1234{}{decimals}", self.decimal_mark()) }
    }
}

/// The whole digits and the decimals of an amount, without its sign.
fn parts(amount: Money, currency: Currency, short: bool) -> (String, Option<String>) {
    let scale = currency.scale().unsigned_abs();
    let minor = amount.minor().unsigned_abs();
    let (whole, rest) = (minor / scale, minor % scale);
    let hidden = currency.exponent() == 0 || (short && rest == 0);
    let decimals = (!hidden).then(|| format!("{rest:0width$}", width = usize::from(currency.exponent())));
    (whole.to_string(), decimals)
}

/// The sign by which a currency is shown, if it has one of its own.
fn sign_of(currency: Currency) -> Option<&'static str> {
    SIGNS.iter().find(|(_, codes)| codes.first() == Some(&currency.code())).map(|(sign, _)| *sign)
}

fn strip_minus(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '−', '–', '‑']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

/// The text without the sign, the code or the name of the currency on either side.
fn strip_currency(text: &str, currency: Currency) -> Result<&str, MoneyError> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else {
        return Err(MoneyError::NotAnAmount);
    };
    let before = text[..first].trim();
    let after = text[last + 1..].trim();
    let (before, minus) = match before.strip_suffix(['-', '−', '–', '‑']) {
        Some(label) => (label.trim_end(), true),
        None => (before, false),
    };
    for label in [before, after] {
        check_label(label, currency)?;
    }
    if !before.is_empty() && !after.is_empty() {
        return Err(MoneyError::NotAnAmount);
    }
    let start = if minus { text[..first].rfind(['-', '−', '–', '‑']).unwrap_or(first) } else { first };
    Ok(&text[start..=last])
}

/// Whether what stands beside the digits names this currency.
fn check_label(label: &str, currency: Currency) -> Result<(), MoneyError> {
    if label.is_empty() || label.eq_ignore_ascii_case(currency.code()) {
        return Ok(());
    }
    let lower = label.to_lowercase();
    if let Some((_, codes)) = SIGNS.iter().find(|(sign, _)| *sign == label) {
        return if codes.contains(&currency.code()) { Ok(()) } else { Err(MoneyError::OtherCurrency) };
    }
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return if *code == currency.code() { Ok(()) } else { Err(MoneyError::OtherCurrency) };
    }
    let looks_like_code = label.len() == 3 && label.bytes().all(|byte| byte.is_ascii_alphabetic());
    let looks_like_sign = label.chars().count() == 1 && !label.is_ascii();
    if looks_like_code || looks_like_sign || label == "$" {
        return Err(MoneyError::OtherCurrency);
    }
    Err(MoneyError::NotAnAmount)
}

/// The spaces that people and programs put between thousands.
const fn is_thousands_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Whether digits before a mark may be the first group of a number by thousands: one to three, no leading zero.
fn could_be_thousands(before: &str) -> bool {
    (1..=3).contains(&before.len()) && !before.starts_with('0')
}

/// The digits of a number whose thousands, if parted at all, are parted by threes and by one mark.
fn join_thousands(text: &str, is_mark: impl Fn(char) -> bool) -> Result<String, MoneyError> {
    let mut groups = text.split(&is_mark);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let parted = rest.is_empty() || first.len() <= 3;
    if first.is_empty()
        || !digits(first)
        || !parted
        || !rest.iter().all(|group| group.len() == 3 && digits(group))
    {
        return Err(MoneyError::NotAnAmount);
    }
    Ok(format!("{first}{}", rest.concat()))
}
