//! The rule by which a round makes shares.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Civil days from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// How the money of the pools becomes shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// The same for each member.
    Equal,
    /// In proportion to what each paid in during a period.
    Paid(Period),
    /// A part equally, the rest in proportion to what each paid in.
    Mixed {
        /// The part shared equally, in basis points (5 000 = half).
        equal: u32,
        /// The period that counts for the rest.
        period: Period,
    },
    /// Amounts given one by one, by the treasurer or a file.
    Manual,
}

/// How gifts without earmark become shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiftSharing {
    /// The same for each member.
    #[default]
    Equal,
    /// In proportion to each one's part of the pools; equally where there is none.
    ByRule,
    /// As [`ByRule`](Self::ByRule), with what those who gave wish for shown to whoever shares and allocates. It binds nobody.
    Wished,
    /// They are not shared out: a decision of the collective puts them on features. What is earmarked to a feature becomes
    /// the share of whoever leads it all the same.
    Decided,
}

impl GiftSharing {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Equal, Self::ByRule, Self::Wished, Self::Decided];

    /// The name in forms and in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::ByRule => "rule",
            Self::Wished => "wish",
            Self::Decided => "decision",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == text)
    }

    /// Whether what those who gave wish for is asked and shown.
    #[must_use]
    pub const fn shows_wishes(self) -> bool {
        matches!(self, Self::Wished)
    }

    /// Whether whoever gives is asked what they wish for.
    #[must_use]
    pub const fn asks_wishes(self) -> bool {
        matches!(self, Self::Wished | Self::Decided)
    }

    /// Whether a decision alone puts gifts on features.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Decided)
    }

    /// What the text of a rule ends with.
    const fn suffix(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::ByRule => " gifts-by-rule",
            Self::Wished => " gifts-wished",
            Self::Decided => " gifts-decided",
        }
    }
}

/// The rule by which a round makes shares, written down when the round opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareRule {
    /// For what members paid in.
    pub sharing: Sharing,
    /// For gifts.
    pub gifts: GiftSharing,
}

impl ShareRule {
    /// Equal shares of everything.
    pub const EQUAL: Self = Self { sharing: Sharing::Equal, gifts: GiftSharing::Equal };

    /// The period in which what was paid in counts, if the rule has one.
    #[must_use]
    pub const fn period(&self) -> Option<Period> {
        match self.sharing {
            Sharing::Paid(period) | Sharing::Mixed { period, .. } => Some(period),
            Sharing::Equal | Sharing::Manual => None,
        }
    }

    /// Whether it can be followed: a period that doesn't end before it begins, at most 10 000 basis points.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let part = !matches!(self.sharing, Sharing::Mixed { equal, .. } if equal > 10_000);
        part && self.period().is_none_or(|period| period.from <= period.to)
    }

    /// The rule that [`Display`](fmt::Display) wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let ends = GiftSharing::ALL.iter().filter(|one| **one != GiftSharing::Equal);
        let (text, gifts) = ends
            .copied()
            .find_map(|one| Some((text.strip_suffix(one.suffix())?, one)))
            .unwrap_or((text, GiftSharing::Equal));
        let words: Vec<&str> = text.split(' ').collect();
        let period = |from: &str, to: &str| Some(Period { from: from.parse().ok()?, to: to.parse().ok()? });
        let sharing = match words.as_slice() {
            ["equal"] => Sharing::Equal,
            ["manual"] => Sharing::Manual,
            ["paid", from, to] => Sharing::Paid(period(from, to)?),
            ["mixed", equal, from, to] => {
                Sharing::Mixed { equal: equal.parse().ok()?, period: period(from, to)? }
            }
            _ => return None,
        };
        let rule = Self { sharing, gifts };
        rule.is_sound().then_some(rule)
    }
}

impl fmt::Display for ShareRule {
    /// The text that the database keeps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sharing {
            Sharing::Equal => f.write_str("equal")?,
            Sharing::Manual => f.write_str("manual")?,
            Sharing::Paid(p) => write!(f, "paid {} {}", p.from, p.to)?,
            Sharing::Mixed { equal, period: p } => write!(f, "mixed {equal} {} {}", p.from, p.to)?,
        }
        f.write_str(self.gifts.suffix())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn rules_are_read_back_as_written() {
        let period = Period { from: date(2025, 1, 1), to: date(2025, 12, 31) };
        let sharings =
            [Sharing::Equal, Sharing::Manual, Sharing::Paid(period), Sharing::Mixed { equal: 5_000, period }];
        for sharing in sharings {
            for gifts in GiftSharing::ALL.iter().copied() {
                let rule = ShareRule { sharing, gifts };
                assert_eq!(ShareRule::parse(&rule.to_string()), Some(rule), "{rule}");
            }
        }
    }

    #[test]
    fn a_rule_that_nobody_can_follow_is_no_rule() {
        for text in
            ["", "equally", "mixed 10001 2025-01-01 2025-12-31", "paid 2025-12-31 2025-01-01", "paid x y"]
        {
            assert_eq!(ShareRule::parse(text), None, "{text}");
        }
    }
}
