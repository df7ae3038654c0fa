//! Prices as exact fractions over one growing denominator.
//!
//! The price of the `t`-th pick is `N_t / D_t`, where `D_0` is the total weight of the voters and `D_t` is `D_{t-1}`
//! times a small factor. What a voter has left, and so the price of any project, is a sum of earlier prices with
//! integer coefficients: it comes out over the last denominator by Horner's rule, with products of a large and a small
//! number only and without a single greatest common divisor of large numbers.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;

use crate::fraction::Fraction;

/// The prices of the picks so far.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    steps: Vec<(u64, BigUint)>,
    /// `D` before the first step.
    base: BigUint,
    /// `D` of the last step.
    denominator: BigUint,
}

/// A price: `num / (D × den)`, `D` being the chain's denominator when it was made.
#[derive(Clone, Debug)]
pub(super) struct Price {
    pub(super) num: BigUint,
    pub(super) den: u64,
}

impl Chain {
    pub(super) fn new(total_weight: u128) -> Self {
        let base = BigUint::from(total_weight);
        Self { steps: Vec::new(), denominator: base.clone(), base }
    }

    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    pub(super) fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// `start / D_0` plus, for each step, its coefficient times its price; as a numerator over the last denominator.
    pub(super) fn sum(&self, start: BigInt, coefficients: &[u128]) -> BigInt {
        let mut sum = start;
        for ((factor, num), coefficient) in self.steps.iter().zip(coefficients) {
            sum *= *factor;
            if *coefficient != 0 {
                sum += BigInt::from(num * *coefficient);
            }
        }
        sum
    }

    /// A share of `weight × pot / D_0` less the prices of what was bought (steps in ascending order, and units); as a
    /// numerator over the last denominator.
    pub(super) fn left(&self, share: BigInt, bought: &[(usize, u32)]) -> BigInt {
        let mut left = share;
        let mut bought = bought.iter().peekable();
        for (step, (factor, num)) in self.steps.iter().enumerate() {
            left *= *factor;
            if let Some((_, units)) = bought.next_if(|(at, _)| *at == step) {
                left -= BigInt::from(num * *units);
            }
        }
        left
    }

    /// Appends the price of the next pick.
    pub(super) fn push(&mut self, price: &Price) {
        let common = gcd((&price.num % price.den).iter_u64_digits().next().unwrap_or(0), price.den);
        let factor = price.den / common;
        self.denominator *= factor;
        self.steps.push((factor, &price.num / common));
    }

    /// The price of a step in lowest terms.
    pub(super) fn price(&self, step: usize) -> Option<Fraction> {
        let (_, num) = self.steps.get(step)?;
        Some(self.lowest(num.clone(), step + 1))
    }

    /// A numerator over the denominator of so many steps, in lowest terms. The denominator is a product of small factors,
    /// so that the common divisor is found factor by factor, without one of two large numbers.
    pub(super) fn lowest(&self, num: BigUint, steps: usize) -> Fraction {
        let common = num.gcd(&self.base);
        let (mut num, mut denominator) = (num / &common, &self.base / common);
        for (factor, _) in self.steps.iter().take(steps).filter(|(factor, _)| *factor > 1) {
            let common = gcd(*factor, (&num % *factor).iter_u64_digits().next().unwrap_or(0));
            if common > 1 {
                num /= common;
            }
            denominator *= factor / common;
        }
        Fraction::of_coprime(num, denominator)
    }
}

impl Price {
    /// Compares two prices of one chain, each in relation to what a unit is worth.
    pub(super) fn cmp_per_utility(&self, scale: u64, other: &Self, other_scale: u64) -> Ordering {
        let left = &self.num * other.den * other_scale;
        let right = &other.num * self.den * scale;
        left.cmp(&right)
    }

    /// Compares what is left (over the same chain) with the price of some units.
    pub(super) fn cmp_left(&self, left: &BigInt, units: u32) -> Ordering {
        (left * self.den).cmp(&BigInt::from(&self.num * units))
    }

    /// The whole part of the price times `2^bits / divisor`, given the chain's denominator.
    pub(super) fn fixed(&self, denominator: &BigUint, bits: u32, divisor: u64) -> u64 {
        let value = (&self.num << bits) / (denominator * self.den * divisor);
        u64::try_from(value).unwrap_or(u64::MAX)
    }
}

/// The magnitude of a number known not to be negative; nought for one that is.
pub(super) fn magnitude(value: BigInt) -> BigUint {
    match value.into_parts() {
        (Sign::Minus, _) => BigUint::ZERO,
        (_, magnitude) => magnitude,
    }
}

pub(super) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
