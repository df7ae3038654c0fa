//! Exact fractions to show and to publish.

use std::fmt;

use num_bigint::BigUint;
use num_integer::Integer;

/// A non-negative fraction in lowest terms.
///
/// ```
/// use popote_tally::fraction::Fraction;
/// let price = Fraction::new(4_400_u32, 6_u32);
/// assert_eq!(price.to_string(), "2200/3");
/// assert_eq!(price.decimal(2), "733.33");
/// assert_eq!(Fraction::new(9_u32, 3_u32).to_string(), "3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: BigUint,
    denominator: BigUint,
}

impl Fraction {
    /// The fraction of two integers; a denominator of 0 is taken for 1.
    ///
    /// ```
    /// use popote_tally::fraction::Fraction;
    /// assert_eq!(Fraction::new(10_u8, 4_u8).to_string(), "5/2");
    /// assert_eq!(Fraction::new(10_u8, 0_u8).to_string(), "10");
    /// ```
    pub fn new(numerator: impl Into<BigUint>, denominator: impl Into<BigUint>) -> Self {
        let (numerator, denominator) = (numerator.into(), denominator.into().max(BigUint::from(1_u8)));
        let common = numerator.gcd(&denominator);
        Self { numerator: numerator / &common, denominator: denominator / common }
    }

    /// Two integers without a common divisor.
    pub(crate) fn of_coprime(numerator: BigUint, denominator: BigUint) -> Self {
        Self { numerator, denominator }
    }

    /// The fraction divided by an integer; by 1 if that is 0.
    ///
    /// ```
    /// use popote_tally::fraction::Fraction;
    /// assert_eq!(Fraction::new(40_u32, 3_u32).divided_by(100).to_string(), "2/15");
    /// ```
    #[must_use]
    pub fn divided_by(&self, divisor: u64) -> Self {
        let divisor = divisor.max(1);
        let rest = (&self.numerator % divisor).iter_u64_digits().next().unwrap_or(0);
        let common = rest.gcd(&divisor);
        Self { numerator: &self.numerator / common, denominator: &self.denominator * (divisor / common) }
    }

    /// The number above the line.
    ///
    /// ```
    /// use popote_tally::fraction::Fraction;
    /// assert_eq!(*Fraction::new(10_u8, 4_u8).numerator(), 5_u8.into());
    /// ```
    #[must_use]
    pub fn numerator(&self) -> &BigUint {
        &self.numerator
    }

    /// The number below the line, never 0.
    ///
    /// ```
    /// use popote_tally::fraction::Fraction;
    /// assert_eq!(*Fraction::new(10_u8, 4_u8).denominator(), 2_u8.into());
    /// ```
    #[must_use]
    pub fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// The decimal value cut, not rounded, after so many decimals.
    ///
    /// ```
    /// use popote_tally::fraction::Fraction;
    /// assert_eq!(Fraction::new(2_u8, 3_u8).decimal(3), "0.666");
    /// assert_eq!(Fraction::new(7_u8, 2_u8).decimal(0), "3");
    /// ```
    #[must_use]
    pub fn decimal(&self, decimals: u32) -> String {
        let power = BigUint::from(10_u8).pow(decimals);
        let (whole, rest) = (&self.numerator * &power / &self.denominator).div_rem(&power);
        let width = decimals as usize;
        if decimals == 0 {
            whole.to_string()
        } else {
            format!("{whole}.{rest:0>width$}", rest = rest.to_string())
        }
    }

    pub(crate) fn is_one(&self) -> bool {
        self.numerator == self.denominator
    }

    /// The whole part.
    ///
    /// ```
    /// use popote_tally::fraction::Fraction;
    /// assert_eq!(Fraction::new(7_u8, 2_u8).floor(), 3_u8.into());
    /// ```
    #[must_use]
    pub fn floor(&self) -> BigUint {
        &self.numerator / &self.denominator
    }
}

impl fmt::Display for Fraction {
    /// `num/den`, or `num` alone for a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == BigUint::from(1_u8) {
            write!(f, "{}", self.numerator)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}
