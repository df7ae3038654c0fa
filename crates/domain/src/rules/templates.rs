//! Three documents to begin from.

use serde::{Deserialize, Serialize};

use super::{
    AmountsSeen, Calendar, DefaultSharing, Delays, RefundPolicy, Rules, SCHEMA_VERSION, SurplusUse, Track,
    TrackRule, TriggerMode, Unspent,
};
use crate::{eligibility::Grid, money::Money, shares::GiftSharing};

/// A document of rules to begin from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// People who know each other: trust, one day a month.
    Informal,
    /// A small association: trust for small sums, light and full above, shares carried over.
    Association,
    /// Money of others, accounts to render: every gate, a steward's confirmation, a reserve.
    Framed,
}

impl Template {
    /// All of them, from the lightest.
    pub const ALL: &'static [Self] = &[Self::Informal, Self::Association, Self::Framed];

    /// The name in the document and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Informal => "informal",
            Self::Association => "association",
            Self::Framed => "framed",
        }
    }

    /// The template of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|template| template.as_str() == text)
    }

    /// The document.
    #[must_use]
    pub fn rules(self) -> Rules {
        let rules = Rules {
            schema_version: SCHEMA_VERSION,
            template: self,
            tracks: vec![],
            needers: 3,
            sharing: DefaultSharing::Equal,
            gifts: GiftSharing::Equal,
            trigger: TriggerMode::AtOnce,
            unspent: Unspent::Carry,
            reserve_per_mille: 0,
            cap: None,
            amounts: AmountsSeen::Public,
            refunds: RefundPolicy::Never,
            surplus: vec![SurplusUse::Back],
            delays: Delays::USUAL,
            calendar: Calendar::ANY_DAY,
            grid: Grid::default(),
        };
        match self {
            Self::Informal => Rules {
                tracks: vec![
                    track(Track::Trust, Some(1_000_000)),
                    track(Track::Light, Some(1_500_000)),
                    track(Track::Full, None),
                ],
                needers: 2,
                calendar: Calendar::FIRST_TUESDAY,
                ..rules
            },
            Self::Association => Rules {
                tracks: vec![
                    track(Track::Trust, Some(100_000)),
                    track(Track::Light, Some(500_000)),
                    track(Track::Full, Some(1_500_000)),
                    track(Track::Heavy, None),
                ],
                sharing: DefaultSharing::Mixed { equal: 5_000 },
                gifts: GiftSharing::Wished,
                refunds: RefundPolicy::ByDecision,
                surplus: vec![SurplusUse::Warranty, SurplusUse::Maintenance, SurplusUse::Back],
                ..rules
            },
            Self::Framed => Rules {
                tracks: vec![
                    track(Track::Light, Some(500_000)),
                    track(Track::Full, Some(1_500_000)),
                    track(Track::Heavy, None),
                ],
                trigger: TriggerMode::Confirmed { days: 7 },
                gifts: GiftSharing::Decided,
                unspent: Unspent::Lapse,
                reserve_per_mille: 20,
                amounts: AmountsSeen::Members,
                refunds: RefundPolicy::ByDecision,
                surplus: vec![SurplusUse::Warranty, SurplusUse::Maintenance, SurplusUse::Back],
                ..rules
            },
        }
    }
}

impl From<Template> for Rules {
    fn from(template: Template) -> Self {
        template.rules()
    }
}

const fn track(track: Track, ceiling: Option<i64>) -> TrackRule {
    let estimates = match track {
        Track::Trust | Track::Light => 1,
        Track::Full => 2,
        Track::Heavy => 3,
    };
    let ceiling = match ceiling {
        Some(minor) => Some(Money::new(minor)),
        None => None,
    };
    TrackRule { track, ceiling, estimates }
}

impl Delays {
    /// The delays of all three templates.
    pub const USUAL: Self = Self {
        idea: 90,
        gathering: 60,
        scoping: 45,
        upstream: 30,
        costing: 30,
        choosing: 14,
        contracting: 30,
        accepting: 14,
        steward_answer: 30,
        terms: 7,
        payment: 30,
        building: 180,
    };
}
