//! The rules of a collective: one typed, versioned document. It is kept as JSON, in which an unknown key is an
//! error; each change is a new version, and whatever began under a version keeps it.

mod calendar;
mod templates;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use calendar::{Calendar, MonthDay, WeekdayName};
pub use templates::Template;

use crate::{
    eligibility::Grid,
    input::{FieldError, FieldRule},
    money::Money,
    shares::{GiftSharing, Sharing},
};

/// The version of the document's form that this program writes and reads.
pub const SCHEMA_VERSION: u16 = 1;

/// Longest delay that rules may set, in days.
const LONGEST_DELAY: u16 = 730;
/// Largest part of a distribution that may go to the reserve fund, in thousandths.
const LARGEST_RESERVE: u16 = 500;
/// Most organisations that a gate may ask for.
const MOST_NEEDERS: u16 = 100;
/// Basis points in a whole.
const WHOLE: u32 = 10_000;

/// How full the way of a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// « Confiance »: one price, the proposer leads.
    Trust,
    /// Up to a modest sum: needed by several, costed by lines.
    Light,
    /// Every stage.
    Full,
    /// Every stage, with more estimates and a mediator.
    Heavy,
}

impl Track {
    /// From the lightest to the fullest.
    pub const ALL: &'static [Self] = &[Self::Trust, Self::Light, Self::Full, Self::Heavy];

    /// The name in the database and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trust => "trust",
            Self::Light => "light",
            Self::Full => "full",
            Self::Heavy => "heavy",
        }
    }

    /// The track of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|track| track.as_str() == text)
    }
}

/// Up to where a track may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrackRule {
    /// Which track.
    pub track: Track,
    /// The largest maximum of a feature on this track, in minor units of its pot; `null`: any amount.
    pub ceiling: Option<Money>,
    /// How many estimates it asks for.
    pub estimates: u16,
}

/// How a round makes shares when nothing else is said; the dates of a period are asked when the round opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DefaultSharing {
    /// The same for each member.
    Equal,
    /// In proportion to what each paid in during a period.
    Paid,
    /// A part equally, the rest in proportion to what each paid in.
    Mixed {
        /// The part shared equally, in basis points (5 000 = half).
        equal: u32,
    },
    /// Amounts given one by one.
    Manual,
}

impl DefaultSharing {
    /// Whether a round shares so, whatever period it counts.
    #[must_use]
    pub const fn is(self, sharing: Sharing) -> bool {
        match (self, sharing) {
            (Self::Equal, Sharing::Equal)
            | (Self::Paid, Sharing::Paid(_))
            | (Self::Manual, Sharing::Manual) => true,
            (Self::Mixed { equal: usual }, Sharing::Mixed { equal, .. }) => usual == equal,
            _ => false,
        }
    }
}

/// What happens when the floor is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TriggerMode {
    /// It is triggered by the allocation that covers it.
    AtOnce,
    /// A steward confirms; silence confirms too.
    Confirmed {
        /// After so many days without an answer it is triggered.
        days: u16,
    },
}

/// What becomes of shares that nobody allocated when the round closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unspent {
    /// They stay for the next round.
    Carry,
    /// They go back to the pot.
    Lapse,
}

/// Who sees amounts by organisation. Totals are always public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountsSeen {
    /// Everybody.
    Public,
    /// Members of the collective.
    Members,
    /// Each organisation chooses for itself.
    OwnChoice,
}

/// Whether money paid in may go back to a member. Gifts never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundPolicy {
    /// It stays in the pot.
    Never,
    /// By a decision, case by case.
    ByDecision,
}

/// Where money that is left of a feature goes; the rules put them in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurplusUse {
    /// Set aside for the warranty.
    Warranty,
    /// Maintenance of the same software, if voted.
    Maintenance,
    /// Back to where it came from, by source.
    Back,
}

/// How long each stage may last before its result on time-out, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delays {
    /// An idea that only one organisation has, then it sleeps.
    pub idea: u16,
    /// Gathering organisations that need it, then it sleeps.
    pub gathering: u16,
    /// Writing down what is asked, then it sleeps.
    pub scoping: u16,
    /// Waiting for the software's team, then its silence is written down.
    pub upstream: u16,
    /// Costing, then it sleeps.
    pub costing: u16,
    /// Choosing by a decision.
    pub choosing: u16,
    /// Agreeing on a contract.
    pub contracting: u16,
    /// Objecting to a report (trust) or checking what was delivered.
    pub accepting: u16,
    /// The stewards' answer to objections, then what was reported holds.
    pub steward_answer: u16,
    /// Withdrawing money after the terms changed.
    pub terms: u16,
    /// Paying what was promised after the trigger.
    #[serde(default = "thirty_days")]
    pub payment: u16,
    /// Doing the work after the trigger, on the trust track.
    #[serde(default = "half_a_year")]
    pub building: u16,
}

/// The delay of payment of rules that were written before there was one.
const fn thirty_days() -> u16 {
    30
}

/// The delay of the work of rules that were written before there was one.
const fn half_a_year() -> u16 {
    180
}

/// The rules of a collective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Version of the document's form: [`SCHEMA_VERSION`].
    pub schema_version: u16,
    /// The template it began from.
    pub template: Template,
    /// The tracks in use, from the lightest to the fullest; the last has no ceiling.
    pub tracks: Vec<TrackRule>,
    /// How many organisations must need a light feature before it is costed (or all there are).
    pub needers: u16,
    /// How a round makes shares when nothing else is said.
    pub sharing: DefaultSharing,
    /// How a round makes shares of gifts when nothing else is said.
    #[serde(default)]
    pub gifts: GiftSharing,
    /// What happens when the floor is covered.
    pub trigger: TriggerMode,
    /// What becomes of unspent shares at a round's close.
    pub unspent: Unspent,
    /// The part of each distribution that goes to the reserve fund, in thousandths of it.
    pub reserve_per_mille: u16,
    /// The most that one organisation puts on one feature over all sources, in minor units; `null`: no cap.
    pub cap: Option<Money>,
    /// Who sees amounts by organisation.
    pub amounts: AmountsSeen,
    /// Whether money paid in may go back to a member.
    pub refunds: RefundPolicy,
    /// Where what is left of a feature goes, in this order; ends with [`SurplusUse::Back`].
    pub surplus: Vec<SurplusUse>,
    /// How long each stage may last.
    pub delays: Delays,
    /// On which days deadlines fall.
    pub calendar: Calendar,
    /// By which criteria software is looked at before money goes to it.
    #[serde(default)]
    pub grid: Grid,
}

/// Why a text is not a document of rules.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RulesError {
    /// Not JSON of this form: an unknown or a missing key, a wrong type.
    #[error("not a document of rules: {0}")]
    Form(String),
    /// Written by a newer program.
    #[error("rules of form {0}, this program reads up to {SCHEMA_VERSION}")]
    Newer(u16),
    /// Values that can't hold.
    #[error("rules with values that can't hold: {0:?}")]
    Values(Vec<FieldError>),
}

impl Rules {
    /// Reads the document. Errors: see [`RulesError`].
    pub fn from_json(text: &str) -> Result<Self, RulesError> {
        /// Only the number, so that a newer document is named as such and not as an unknown key.
        #[derive(Deserialize)]
        struct Form {
            schema_version: u16,
        }
        let form: Form = serde_json::from_str(text).map_err(|error| RulesError::Form(error.to_string()))?;
        if form.schema_version > SCHEMA_VERSION {
            return Err(RulesError::Newer(form.schema_version));
        }
        let rules: Self = serde_json::from_str(text).map_err(|error| RulesError::Form(error.to_string()))?;
        rules.check().map_err(RulesError::Values)?;
        Ok(rules)
    }

    /// The document as it is kept. Errors: [`RulesError::Values`], so that what can't hold is never kept.
    pub fn to_json(&self) -> Result<String, RulesError> {
        self.check().map_err(RulesError::Values)?;
        serde_json::to_string(self).map_err(|error| RulesError::Form(error.to_string()))
    }

    /// The rule of a track, if the collective uses it.
    #[must_use]
    pub fn track(&self, track: Track) -> Option<&TrackRule> {
        self.tracks.iter().find(|rule| rule.track == track)
    }

    /// The lightest track in use for a feature of that maximum.
    #[must_use]
    pub fn default_track(&self, maximum: Money) -> Option<Track> {
        self.tracks
            .iter()
            .find(|rule| rule.ceiling.is_none_or(|ceiling| maximum <= ceiling))
            .map(|rule| rule.track)
    }

    /// Checks the values; all that is wrong at once, field by field.
    pub fn check(&self) -> Result<(), Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut refuse = |holds: bool, field: &str, rule: FieldRule| {
            if !holds {
                errors.push(FieldError::new(field, rule));
            }
        };
        refuse(self.schema_version == SCHEMA_VERSION, "schema_version", FieldRule::NotAChoice);
        refuse((1..=MOST_NEEDERS).contains(&self.needers), "needers", FieldRule::NotPositive);
        refuse(self.reserve_per_mille <= LARGEST_RESERVE, "reserve_per_mille", FieldRule::TooLarge);
        let cap = self.cap.is_none_or(Money::is_positive);
        refuse(cap, "cap", FieldRule::NotPositive);
        refuse(self.cap.is_none_or(|cap| cap <= Money::MAX_ENTRY), "cap", FieldRule::TooLarge);
        if let DefaultSharing::Mixed { equal } = self.sharing {
            refuse(equal <= WHOLE, "sharing.equal", FieldRule::TooLarge);
        }
        if let TriggerMode::Confirmed { days } = self.trigger {
            refuse(days > 0, "trigger.days", FieldRule::NotPositive);
            refuse(days <= LONGEST_DELAY, "trigger.days", FieldRule::TooLarge);
        }
        for (name, days) in self.delays.named() {
            refuse(days > 0, &format!("delays.{name}"), FieldRule::NotPositive);
            refuse(days <= LONGEST_DELAY, &format!("delays.{name}"), FieldRule::TooLarge);
        }
        let mut uses = self.surplus.clone();
        uses.sort_unstable();
        uses.dedup();
        let ordered = uses.len() == self.surplus.len() && self.surplus.last() == Some(&SurplusUse::Back);
        refuse(ordered, "surplus", FieldRule::NotAChoice);
        self.check_tracks(&mut errors);
        self.calendar.check(&mut errors);
        self.grid.check(&mut errors);
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    fn check_tracks(&self, errors: &mut Vec<FieldError>) {
        if self.tracks.is_empty() {
            errors.push(FieldError::new("tracks", FieldRule::Missing));
        }
        let last = self.tracks.len().saturating_sub(1);
        for (index, rule) in self.tracks.iter().enumerate() {
            let mut refuse =
                |field: &str, rule| errors.push(FieldError::new(format!("tracks.{index}.{field}"), rule));
            if index > 0 && self.tracks[index - 1].track >= rule.track {
                refuse("track", FieldRule::NotAChoice);
            }
            match rule.ceiling {
                None if index < last => refuse("ceiling", FieldRule::Missing),
                Some(ceiling) if !ceiling.is_positive() => refuse("ceiling", FieldRule::NotPositive),
                Some(ceiling) if ceiling > Money::MAX_ENTRY => refuse("ceiling", FieldRule::TooLarge),
                Some(ceiling)
                    if index > 0 && self.tracks[index - 1].ceiling.is_some_and(|c| c >= ceiling) =>
                {
                    refuse("ceiling", FieldRule::BelowMinimum);
                }
                _ => {}
            }
        }
    }
}

impl Delays {
    /// Each delay with the name of its field.
    #[must_use]
    pub const fn named(&self) -> [(&'static str, u16); 12] {
        [
            ("idea", self.idea),
            ("gathering", self.gathering),
            ("scoping", self.scoping),
            ("upstream", self.upstream),
            ("costing", self.costing),
            ("choosing", self.choosing),
            ("contracting", self.contracting),
            ("accepting", self.accepting),
            ("steward_answer", self.steward_answer),
            ("terms", self.terms),
            ("payment", self.payment),
            ("building", self.building),
        ]
    }
}

#[cfg(test)]
mod tests;
