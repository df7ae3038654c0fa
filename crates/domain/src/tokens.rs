//! Tokens of the API: what a program may do for somebody, and for how long.

use std::{collections::BTreeSet, fmt};

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::{
    actor::{Action, MandateKind, NotAllowed, Standing},
    ids::OrganisationId,
    posting::named,
};

/// What every token begins with: a token that leaked is found by this.
pub const PREFIX: &str = "popote_";
/// For how many days a token can be made.
pub const LIFETIMES: [u16; 4] = [7, 30, 90, 365];
/// Most tokens in use that one person has.
pub const MOST_TOKENS: i64 = 20;
/// How often the instant of its last use is written.
pub const USED_EVERY: SignedDuration = SignedDuration::from_hours(1);

named! {
    /// Something that a token lets a program do, if its holder may at that moment.
    Scope {
        /// Read what members of the collective alone see.
        Read = "read",
        /// Propose and change features, say what is needed, comment, post classified ads.
        Features = "features",
        /// Accompany features: steps, tracks, new terms, confirmations, ends.
        Steward = "steward",
        /// Put the organisation's share on features and take it back, promise, say and confirm what is paid.
        Allocate = "allocate",
        /// Record money that came in, reverse entries, share out a round.
        Money = "money",
        /// Open and close rounds.
        Rounds = "rounds",
        /// Invite, import, give and end mandates, end memberships.
        Members = "members",
        /// Change the rules of the collective.
        Rules = "rules",
        /// Record decisions.
        Decisions = "decisions",
    }
}

impl Scope {
    /// The scope that an action asks of a token; none where no token ever does it.
    #[must_use]
    pub const fn of(action: Action) -> Option<Self> {
        match action {
            Action::SeeProofs => Some(Self::Read),
            Action::ProposeFeature
            | Action::EditFeature
            | Action::SayNeeded
            | Action::DescribeSoftware
            | Action::SayHosted
            | Action::WriteNeed
            | Action::EditNeed
            | Action::IntendAmount
            | Action::ProposeMerge
            | Action::AnswerMerge
            | Action::ReportWork
            | Action::ObjectToReport
            | Action::Comment
            | Action::PostAd
            | Action::AssessSoftware => Some(Self::Features),
            Action::StewardFeature
            | Action::PartNeeds
            | Action::ChangeTerms
            | Action::ConfirmTrigger
            | Action::CancelFeature
            | Action::DecideReport
            | Action::SettleAssessment => Some(Self::Steward),
            Action::Allocate
            | Action::Promise
            | Action::Subscribe
            | Action::SayPaid
            | Action::ConfirmReceived => Some(Self::Allocate),
            Action::RecordMoney | Action::ReverseEntry | Action::Distribute => Some(Self::Money),
            Action::OpenRound | Action::CloseRound => Some(Self::Rounds),
            Action::InviteMembers
            | Action::GiveMandate
            | Action::EditOrganisation
            | Action::EndMembership => Some(Self::Members),
            Action::EditCollective => Some(Self::Rules),
            Action::RecordDecision => Some(Self::Decisions),
            // An IBAN, who lets money out, and what asks for a fresh sign-in are never for a program.
            Action::EnterInvoice
            | Action::HandOverLead
            | Action::AcceptLead
            | Action::ApprovePayment
            | Action::AuthorisePayment
            | Action::GrantRole
            | Action::ShowAmounts
            | Action::ModerateAds
            | Action::RunInstance => None,
        }
    }
}

/// The scopes of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads names with spaces between them; what isn't known any more allows nothing.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(text.split_whitespace().filter_map(Scope::parse).collect())
    }

    /// Whether a scope is among them.
    #[must_use]
    pub fn has(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them, in the order of [`Scope::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, scope) in self.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{}", scope.as_str())?;
        }
        Ok(())
    }
}

/// What a token leaves of what its holder may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenLimits {
    /// The only organisation that it acts for.
    pub organisation: OrganisationId,
    /// What it lets a program do.
    pub scopes: Scopes,
}

impl TokenLimits {
    /// Checks that a scope is there. Errors: [`NotAllowed::OutOfScope`].
    pub fn needs(&self, scope: Scope) -> Result<(), NotAllowed> {
        if self.scopes.has(scope) { Ok(()) } else { Err(NotAllowed::OutOfScope(scope)) }
    }

    /// Checks that a program may offer a mandate for a member, or end it: one that moves its money or gives its mandates takes it over,
    /// and a person gives and ends it on the pages. Errors: [`NotAllowed::OnlyContributorByToken`].
    pub fn offers(&self, kind: MandateKind) -> Result<(), NotAllowed> {
        if kind == MandateKind::Contributor { Ok(()) } else { Err(NotAllowed::OnlyContributorByToken) }
    }

    /// What the holder has, cut down to what the token lets through: it ends with the mandate for its organisation,
    /// and administers no instance. Errors: [`NotAllowed::NoMandate`].
    pub fn limit(self, mut standing: Standing) -> Result<Standing, NotAllowed> {
        standing.mandates.retain(|mandate| mandate.organisation == self.organisation);
        if standing.mandates.is_empty() {
            return Err(NotAllowed::NoMandate);
        }
        standing.instance_admin = false;
        standing.token = Some(self);
        Ok(standing)
    }
}

/// Why no token is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenRefusal {
    /// The person has as many as they may.
    #[error("at most {MOST_TOKENS} tokens a person")]
    TooMany,
}

/// When a token made now for so many days ends.
#[must_use]
pub fn ends_at(now: Timestamp, days: u16) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        actor::{HeldMandate, RoleKind, permit},
        ids::{CollectiveId, PersonId},
    };

    fn standing(organisation: OrganisationId) -> Standing {
        Standing {
            person: PersonId(Uuid::nil()),
            collective: CollectiveId(Uuid::nil()),
            now: Timestamp::UNIX_EPOCH,
            today: date(2026, 11, 23),
            mandates: vec![HeldMandate { organisation, kind: MandateKind::Representative }],
            roles: RoleKind::ALL.to_vec(),
            instance_admin: true,
            token: None,
        }
    }

    #[test]
    fn scopes_are_written_and_read_back() {
        let scopes: Scopes = [Scope::Allocate, Scope::Read].into_iter().collect();
        assert_eq!(scopes.to_string(), "read allocate");
        assert_eq!(Scopes::parse("allocate  read gone"), scopes);
        assert!(Scopes::parse("").is_empty());
    }

    #[test]
    fn a_token_with_every_scope_still_does_nothing_that_asks_for_the_person() {
        let organisation = OrganisationId(Uuid::from_u128(1));
        let limits = TokenLimits { organisation, scopes: Scope::ALL.iter().copied().collect() };
        let standing = limits.limit(standing(organisation)).unwrap();
        for action in Action::ALL {
            let may = permit(*action, &standing, Some(organisation), Some(organisation)).is_ok();
            let money =
                matches!(action, Action::EnterInvoice | Action::ApprovePayment | Action::AuthorisePayment);
            let person = matches!(
                action,
                Action::GrantRole | Action::RunInstance | Action::ModerateAds | Action::ShowAmounts
            );
            let lead = matches!(action, Action::HandOverLead | Action::AcceptLead);
            let kept_out = money || person || lead;
            assert_eq!(may, !kept_out, "{action:?}");
        }
    }

    #[test]
    fn a_token_does_what_its_scopes_say_and_nothing_else() {
        let organisation = OrganisationId(Uuid::from_u128(1));
        let limits = TokenLimits { organisation, scopes: Scopes::parse("allocate") };
        let standing = limits.limit(standing(organisation)).unwrap();
        for action in Action::ALL {
            let may = permit(*action, &standing, Some(organisation), Some(organisation));
            match Scope::of(*action) {
                Some(Scope::Allocate) => assert!(may.is_ok(), "{action:?}"),
                Some(scope) => assert_eq!(may, Err(NotAllowed::OutOfScope(scope)), "{action:?}"),
                None => assert_eq!(may, Err(NotAllowed::NeverByToken), "{action:?}"),
            }
        }
    }

    #[test]
    fn a_token_ends_with_the_mandate_whatever_the_roles() {
        let limits = TokenLimits {
            organisation: OrganisationId(Uuid::from_u128(2)),
            scopes: Scope::ALL.iter().copied().collect(),
        };
        let other = standing(OrganisationId(Uuid::from_u128(1)));
        assert_eq!(limits.limit(other).err(), Some(NotAllowed::NoMandate));
    }
}
