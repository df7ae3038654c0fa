//! The refusals of the slices as problems: each with a code that never changes, its figures and its sentence.
//! Amounts are decimal strings of minor units, as everywhere.

mod codes;
mod proofs;
mod puts;

use std::fmt::Debug;

use app::Never;
use domain::features::terms::TermsError;
use domain::features::{AllocationRefusal, FeatureRefusal, FundingRefusal, MoveRefusal, NewTermsRefusal};
use domain::imports::ImportRefusal;
use domain::input::FieldRule;
use domain::journal::ReversalRefusal;
use domain::people::{InvitationRefusal, MandateRefusal, OrganisationRefusal};
use domain::rounds::RoundRefusal;
use domain::shares::DistributionRefusal;
use domain::{Currency, Money};
use serde_json::{Map, Value, json};
use words::Words;

pub(super) use codes::CODES;

/// A refusal of a slice.
pub(super) trait Refusal: Debug + Send + Sync + 'static {
    /// Its code, one of [`CODES`].
    fn code(&self) -> &'static str;
    /// The figures that help.
    fn figures(&self) -> Map<String, Value>;
    /// What it says to people.
    fn sentence(&self, t: Words, currency: Currency) -> String;
}

pub(super) fn figures(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

pub(super) fn minor(amount: Money) -> String {
    amount.minor().to_string()
}

impl Refusal for Never {
    fn code(&self) -> &'static str {
        match *self {}
    }

    fn figures(&self) -> Map<String, Value> {
        match *self {}
    }

    fn sentence(&self, _: Words, _: Currency) -> String {
        match *self {}
    }
}

/// The code of what money on a feature meets.
pub(super) const fn funding_code(why: &FundingRefusal) -> &'static str {
    match why {
        FundingRefusal::Stale { .. } => "stale",
        FundingRefusal::NotFunding(_) => "not-funding",
        FundingRefusal::NotYetOpen(_) => "not-yet-open",
        FundingRefusal::Closed(_) => "closed",
        FundingRefusal::AwaitsConfirmation => "awaits-confirmation",
        FundingRefusal::Bound { .. } => "bound",
        FundingRefusal::NotEnoughShare { .. } => "not-enough-share",
        FundingRefusal::OverMaximum { .. } => "over-maximum",
        FundingRefusal::OverCap { .. } => "over-cap",
        FundingRefusal::Amount => "not-an-amount",
        FundingRefusal::RoundOver => "round-closed",
        FundingRefusal::Unconfirmed => "unconfirmed",
    }
}

/// The figures that help.
pub(super) fn funding_figures(why: &FundingRefusal) -> Value {
    match *why {
        FundingRefusal::Stale { seen, now } => json!({ "seen": minor(seen), "now": minor(now) }),
        FundingRefusal::NotFunding(state) => json!({ "state": state.as_str() }),
        FundingRefusal::NotYetOpen(day) => json!({ "opens_on": day }),
        FundingRefusal::Closed(day) => json!({ "closed_on": day }),
        FundingRefusal::Bound { bound } => json!({ "bound": minor(bound) }),
        FundingRefusal::NotEnoughShare { left, wanted } => {
            json!({ "left": minor(left), "wanted": minor(wanted) })
        }
        FundingRefusal::OverMaximum { room, wanted } => {
            json!({ "room": minor(room), "wanted": minor(wanted) })
        }
        FundingRefusal::OverCap { cap, wanted } => json!({ "cap": minor(cap), "wanted": minor(wanted) }),
        FundingRefusal::AwaitsConfirmation
        | FundingRefusal::Amount
        | FundingRefusal::RoundOver
        | FundingRefusal::Unconfirmed => json!({}),
    }
}

impl Refusal for AllocationRefusal {
    fn code(&self) -> &'static str {
        funding_code(&self.why)
    }

    fn figures(&self) -> Map<String, Value> {
        let mut told = figures(funding_figures(&self.why));
        told.insert("feature".to_owned(), json!(self.feature));
        told
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.funding_refusal(&self.why, currency)
    }
}

impl Refusal for FeatureRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Move(MoveRefusal::NoPassage { .. }) => "no-passage",
            Self::Move(MoveRefusal::NotYetHere { .. }) => "not-yet-here",
            Self::AboveCeiling { .. } => "above-ceiling",
            Self::TrackNotUsed(_) => "track-not-used",
            Self::TrackStops { .. } => "track-stops",
            Self::TooFewNeed { .. } => "too-few-need",
            Self::NoDoneWhen => "no-done-when",
            Self::MoneyInside { .. } => "money-inside",
            Self::NotEditable(_) => "not-editable",
            Self::Terms(TermsError::NoFloor) => "no-price",
            Self::Terms(TermsError::TooLarge) => "price-too-large",
            Self::NewTerms(why) => new_terms_code(*why),
            Self::ClosingPassed(_) => "closing-passed",
            Self::NoRound => "no-round",
            Self::ChangedMeanwhile | Self::MovedMeanwhile { .. } => "changed-meanwhile",
            Self::NothingToConfirm => "nothing-to-confirm",
            Self::AlreadySo => "already-so",
            Self::LeadNeedsIt => "lead-needs-it",
            Self::InvoicesWait(_) => "invoices-wait",
            Self::LeadIsThere => "lead-is-there",
            Self::NotProposed => "not-proposed",
            Self::ReportStands => "report-stands",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::Move(MoveRefusal::NoPassage { from, to }) => {
                json!({ "from": from.as_str(), "to": to.as_str() })
            }
            Self::Move(MoveRefusal::NotYetHere { to }) => json!({ "to": to.as_str() }),
            Self::AboveCeiling { track, ceiling } => {
                json!({ "track": track.as_str(), "ceiling": minor(*ceiling) })
            }
            Self::TrackStops { track, inside } => {
                json!({ "track": track.as_str(), "inside": minor(*inside) })
            }
            Self::TooFewNeed { needers, asked } => json!({ "needers": needers, "asked": asked }),
            Self::TrackNotUsed(track) => json!({ "track": track.as_str() }),
            Self::MoneyInside { allocated } => json!({ "allocated": minor(*allocated) }),
            Self::NotEditable(state) => json!({ "state": state.as_str() }),
            Self::NewTerms(why) => new_terms_figures(*why),
            Self::ClosingPassed(day) => json!({ "closing_on": day }),
            Self::MovedMeanwhile { from, now } => json!({ "from": from.as_str(), "state": now.as_str() }),
            Self::InvoicesWait(count) => json!({ "invoices": count }),
            _ => json!({}),
        })
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.feature_refusal(self, currency)
    }
}

const fn new_terms_code(why: NewTermsRefusal) -> &'static str {
    match why {
        NewTermsRefusal::NotFunding(_) => "not-funding",
        NewTermsRefusal::NothingInside => "nothing-inside",
        NewTermsRefusal::OneIsOpen { .. } => "terms-open",
        NewTermsRefusal::Closed(_) => "closed",
        NewTermsRefusal::Unchanged => "already-so",
        NewTermsRefusal::TooSoon { .. } | NewTermsRefusal::RoundTooSoon { .. } => "too-soon",
        NewTermsRefusal::BelowAllocated { .. } => "below-allocated",
    }
}

fn new_terms_figures(why: NewTermsRefusal) -> Value {
    match why {
        NewTermsRefusal::NotFunding(state) => json!({ "state": state.as_str() }),
        NewTermsRefusal::OneIsOpen { until } => json!({ "until": until }),
        NewTermsRefusal::Closed(day) => json!({ "closed_on": day }),
        NewTermsRefusal::TooSoon { earliest } => json!({ "earliest": earliest }),
        NewTermsRefusal::RoundTooSoon { closes_on, earliest } => {
            json!({ "earliest": earliest, "closes_on": closes_on })
        }
        NewTermsRefusal::BelowAllocated { allocated, maximum } => {
            json!({ "allocated": minor(allocated), "maximum": minor(maximum) })
        }
        NewTermsRefusal::NothingInside | NewTermsRefusal::Unchanged => json!({}),
    }
}

impl Refusal for RoundRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::OneIsOpen { .. } => "round-open",
            Self::AlreadyClosed => "round-closed",
            Self::Changed => "changed-meanwhile",
            Self::TermsOpen(_) => "terms-open",
            Self::NotOver(_) => "round-not-over",
            Self::ByOnePerson => "by-one-person",
            Self::DecisionUsed => "decision-used",
            Self::Begun => "round-begun",
            Self::HasFeatures => "round-has-features",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::OneIsOpen { number } => json!({ "number": number }),
            Self::AlreadyClosed
            | Self::Changed
            | Self::Begun
            | Self::HasFeatures
            | Self::ByOnePerson
            | Self::DecisionUsed => json!({}),
            Self::NotOver(day) => json!({ "closes_on": day }),
            Self::TermsOpen(day) => json!({ "until": day }),
        })
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.round_refusal(self)
    }
}

impl Refusal for DistributionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingToShare | Self::NoMember | Self::NobodyPaid => "nothing-to-share",
            Self::MoreThanPresent { .. } | Self::MoreThanToShare { .. } => "more-than-present",
            Self::NotAMember(_) => "not-a-member",
            Self::AlreadyDistributed | Self::NotDistributed => "distributed",
            Self::RoundNotOpen => "round-not-open",
            Self::AllocatedAlready => "allocated",
            Self::Deficit(_) => "deficit",
            Self::TooLarge => "not-an-amount",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::MoreThanPresent { present, wanted } => {
                json!({ "present": minor(*present), "wanted": minor(*wanted) })
            }
            Self::MoreThanToShare { asked, to_share, reserve } => {
                json!({ "present": minor(*to_share), "wanted": minor(*asked), "reserve": minor(*reserve) })
            }
            Self::NotAMember(organisation) => json!({ "organisation": organisation }),
            Self::Deficit(deficit) => json!({ "deficit": minor(*deficit) }),
            _ => json!({}),
        })
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.distribution_refusal(self, currency)
    }
}

impl Refusal for ReversalRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherWay(_) | Self::IsReversal => "not-reversible",
            Self::Already(_) => "reversed",
            Self::Allocated => "allocated",
            Self::Gone { .. } => "money-gone",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        figures(match self {
            Self::OtherWay(kind) => json!({ "kind": kind.as_str() }),
            Self::IsReversal => json!({ "kind": "reversal" }),
            Self::Already(seq) => json!({ "by": seq }),
            Self::Allocated => json!({}),
            Self::Gone { missing, .. } => json!({ "missing": minor(*missing) }),
        })
    }

    fn sentence(&self, t: Words, currency: Currency) -> String {
        t.reversal_refusal(self, currency)
    }
}

impl Refusal for MandateRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyHeld | Self::AlreadyProposed => "already-held",
            Self::Ended | Self::NotProposed => "gone",
            Self::LastRepresentative => "last-representative",
            Self::YoungMandate => "young-mandate",
            Self::NotAMember => "not-a-member",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        Map::new()
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.mandate_refusal(*self).to_owned()
    }
}

impl Refusal for InvitationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::AlreadyHeld | Self::AlreadyInvited | Self::NameTaken | Self::NameOfPast | Self::TooMany => {
                "already-held"
            }
            Self::NotAMember => "not-a-member",
            Self::Shared => "shared",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        Map::new()
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.invitation_refusal(*self).to_owned()
    }
}

impl Refusal for OrganisationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Left => "not-a-member",
        }
    }

    fn figures(&self) -> Map<String, Value> {
        Map::new()
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        t.organisation_refusal(*self).to_owned()
    }
}

impl Refusal for ImportRefusal {
    fn code(&self) -> &'static str {
        "table-refused"
    }

    fn figures(&self) -> Map<String, Value> {
        let Self::Lines(errors) = self else { return Map::new() };
        let line = |error: &domain::imports::LineError| json!({ "line": error.line });
        figures(json!({ "lines": errors.iter().map(line).collect::<Vec<_>>() }))
    }

    fn sentence(&self, t: Words, _: Currency) -> String {
        let Self::Lines(errors) = self else { return t.import_refusal(self) };
        let line = |error: &domain::imports::LineError| {
            format!("{}: {}", error.line, t.import_problem(&error.problem))
        };
        let lines: Vec<String> = errors.iter().take(20).map(line).collect();
        format!("{} {}", t.import_refusal(self), lines.join(" "))
    }
}

/// The stable name of a rule that a field breaks.
pub(super) const fn rule_code(rule: &FieldRule) -> &'static str {
    match rule {
        FieldRule::Missing => "missing",
        FieldRule::TooLong(_) => "too_long",
        FieldRule::TooShort(_) => "too_short",
        FieldRule::NotAnAmount | FieldRule::AmbiguousAmount => "not_an_amount",
        FieldRule::TooManyDecimals(_) => "too_many_decimals",
        FieldRule::NotPositive => "not_positive",
        FieldRule::TooLarge => "too_large",
        FieldRule::OtherCurrency(_) => "other_currency",
        FieldRule::BelowMinimum => "below_minimum",
        FieldRule::NotADate => "not_a_date",
        FieldRule::InThePast => "in_the_past",
        FieldRule::InTheFuture => "in_the_future",
        FieldRule::After(_) => "after",
        FieldRule::Before(_) => "before",
        FieldRule::NotAnEmail => "not_an_email",
        FieldRule::NotAUrl => "not_a_url",
        FieldRule::NotAChoice => "not_a_choice",
        FieldRule::Taken | FieldRule::NameOfMember | FieldRule::NameElsewhere => "taken",
        FieldRule::NameOfPast => "name_of_past_member",
        FieldRule::NamesAnAddress => "names_an_address",
        FieldRule::NotAnIban => "not_an_iban",
        FieldRule::NotAHead => "not_a_head",
        FieldRule::HeadUnknown => "head_unknown",
        FieldRule::NotASiren => "not_a_siren",
        FieldRule::Unknown => "unknown",
        FieldRule::FileType => "file_type",
        FieldRule::FileTooLarge(_) => "file_too_large",
        FieldRule::SumDiffers(..) => "sum_differs",
        FieldRule::NotBetween(..) => "not_between",
        FieldRule::MovesDeadlines => "moves_deadlines",
        FieldRule::NotOutside => "not_outside",
        FieldRule::Picture(_) => "picture",
    }
}

#[cfg(test)]
mod tests {
    use domain::journal::ProofRefusal;

    use super::*;

    #[test]
    fn a_refusal_tells_its_code_and_the_figure_that_helps() {
        let refusal = AllocationRefusal {
            feature: domain::ids::FeatureId(uuid::Uuid::nil()),
            why: FundingRefusal::NotEnoughShare { left: Money::new(31_000), wanted: Money::new(46_000) },
        };
        assert_eq!(refusal.code(), "not-enough-share");
        assert_eq!(refusal.figures()["left"], "31000");
        assert_eq!(refusal.figures()["wanted"], "46000");
        let known = |code: &str| CODES.iter().any(|(known, _)| *known == code);
        for code in [
            RoundRefusal::AlreadyClosed.code(),
            DistributionRefusal::NoMember.code(),
            DistributionRefusal::TooLarge.code(),
            ReversalRefusal::Allocated.code(),
            ReversalRefusal::IsReversal.code(),
            ProofRefusal::TooMany(10).code(),
            MandateRefusal::Ended.code(),
            InvitationRefusal::TooMany.code(),
            ImportRefusal::Empty.code(),
            FeatureRefusal::LeadNeedsIt.code(),
            FeatureRefusal::Terms(TermsError::TooLarge).code(),
        ] {
            assert!(known(code), "{code}");
        }
    }
}
