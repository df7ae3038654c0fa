//! Money: integers of minor units (cents), exact division, no float anywhere near.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An amount in minor units of the currency of its pot (cents for the euro). May be negative where a balance may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// The result is larger than an `i64` of minor units holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the amount is too large")]
pub struct Overflow;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount that a person may enter, in minor units: ten thousand million euros. Sums of a
    /// pot stay far inside `i64`.
    pub const MAX_ENTRY: Self = Self(1_000_000_000_000);

    /// An amount of `minor` units (cents).
    #[must_use]
    pub const fn new(minor: i64) -> Self {
        Self(minor)
    }

    /// The amount in minor units (cents).
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// Whether the amount is above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether the amount is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum. Errors: [`Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_add(other.0).map(Self).ok_or(Overflow)
    }

    /// The difference. Errors: [`Overflow`].
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_sub(other.0).map(Self).ok_or(Overflow)
    }

    /// The same amount with the other sign. Errors: [`Overflow`].
    pub fn negated(self) -> Result<Self, Overflow> {
        self.0.checked_neg().map(Self).ok_or(Overflow)
    }

    /// What is left of `self` after `other`, never below zero.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// The sum of amounts. Errors: [`Overflow`].
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, Overflow> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for Money {
    /// The bare minor units, for logs and machine formats; people read `words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A currency as ISO 4217 knows it, with the number of decimals of its minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

/// Why a text is not a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CurrencyError {
    /// Not three capital letters of ASCII.
    #[error("a currency is three capital letters")]
    Code,
    /// More than four decimals.
    #[error("a currency has at most four decimals")]
    Exponent,
}

impl Currency {
    /// The euro, two decimals.
    pub const EUR: Self = Self { code: *b"EUR", exponent: 2 };

    /// A currency from its code and exponent. Errors: a code that is not three capitals, an exponent above 4.
    pub fn new(code: &str, exponent: u8) -> Result<Self, CurrencyError> {
        let code: [u8; 3] = code.as_bytes().try_into().map_err(|_| CurrencyError::Code)?;
        if !code.iter().all(u8::is_ascii_uppercase) {
            return Err(CurrencyError::Code);
        }
        if exponent > 4 {
            return Err(CurrencyError::Exponent);
        }
        Ok(Self { code, exponent })
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// How many decimals the minor unit has (2 for the euro, 0 for the yen).
    #[must_use]
    pub const fn exponent(&self) -> u8 {
        self.exponent
    }

    /// Minor units in one unit (100 for the euro).
    #[must_use]
    pub const fn scale(&self) -> i64 {
        10_i64.pow(self.exponent as u32)
    }
}

/// Why an amount can't be divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SplitError {
    /// A weight or the total is below zero.
    #[error("a weight or the total is negative")]
    Negative,
    /// There is something to divide, and all weights are zero.
    #[error("all weights are zero")]
    NoWeight,
    /// The sum of the weights is too large.
    #[error("the weights are too large")]
    Overflow,
}

/// Divides `total` in proportion to `weights` so that the parts add up to it exactly: each gets the whole
/// minor units of its quota, the rest goes one by one to the largest remainders (Hamilton's method).
/// Equal remainders take turns: the first served is number `turn` modulo the count, where `turn` is the number
/// of the round, call or milestone, so that a preview equals the result.
///
/// ```
/// # use popote_domain::money::{split, Money};
/// let thirds = split(Money::new(100), &[1, 1, 1], 1)?;
/// assert_eq!(thirds, [Money::new(33), Money::new(34), Money::new(33)]);
/// # Ok::<(), popote_domain::money::SplitError>(())
/// ```
pub fn split(total: Money, weights: &[i64], turn: u64) -> Result<Vec<Money>, SplitError> {
    if total.minor() < 0 || weights.iter().any(|weight| *weight < 0) {
        return Err(SplitError::Negative);
    }
    if total.is_zero() {
        return Ok(vec![Money::ZERO; weights.len()]);
    }
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum == 0 {
        return Err(SplitError::NoWeight);
    }
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = total.minor();
    let count = weights.len() as u64;
    for (index, weight) in weights.iter().enumerate() {
        let product = i128::from(total.minor()) * i128::from(*weight);
        let whole = i64::try_from(product / sum).map_err(|_| SplitError::Overflow)?;
        left -= whole;
        parts.push(whole);
        let place = (index as u64 + count - turn % count) % count;
        remainders.push((std::cmp::Reverse(product % sum), place, index));
    }
    remainders.sort_unstable();
    for (_, _, index) in remainders.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[index] += 1;
    }
    Ok(parts.into_iter().map(Money::new).collect())
}

/// ⌊`amount` × `rate` ⁄ 10 000⌋, a share of an amount in basis points (500 = 5 %), rounded down to the minor unit.
#[must_use]
pub fn basis_points(amount: Money, rate: u32) -> Money {
    let exact = i128::from(amount.minor()) * i128::from(rate) / 10_000;
    Money::new(i64::try_from(exact).unwrap_or(i64::MAX))
}
