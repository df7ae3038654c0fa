//! Who may do what: one table of every action, read again inside the transaction that writes.
//!
//! [`permit`] returns a [`Permit`], which the act asks for: what was not checked can't be done.

use jiff::{Timestamp, civil::Date};
use thiserror::Error;

use crate::{
    ids::{CollectiveId, OrganisationId, PersonId},
    posting::named,
    tokens::{Scope, TokenLimits},
};

named! {
    /// What a mandate lets a person do for an organisation.
    MandateKind {
        /// Everything: money, votes, mandates of others.
        Representative = "representative",
        /// Promise, pay, allocate.
        Finance = "finance",
        /// Write; never money or votes.
        Contributor = "contributor",
    }
}

named! {
    /// What a person does for a collective.
    RoleKind {
        /// Runs the collective's settings, members and roles.
        Admin = "admin",
        /// Référent·e: accompanies features, approves payments.
        Steward = "steward",
        /// Trésorier·ère: records money, authorises payments.
        Treasurer = "treasurer",
    }
}

named! {
    /// Everything that asks for a permission.
    Action {
        /// Change the collective's rules, hosts, pots.
        EditCollective = "edit_collective",
        /// Invite an organisation or a person, import organisations.
        InviteMembers = "invite_members",
        /// Give or end a mandate of one's own organisation.
        GiveMandate = "give_mandate",
        /// Change the name and the site of one's own organisation.
        EditOrganisation = "edit_organisation",
        /// Choose whether everybody sees the amounts of one's own organisation.
        ShowAmounts = "show_amounts",
        /// Propose or confirm a role.
        GrantRole = "grant_role",
        /// End a membership (departure).
        EndMembership = "end_membership",
        /// Record a contribution or a gift, attribute money, enter bank fees.
        RecordMoney = "record_money",
        /// Reverse an entry.
        ReverseEntry = "reverse_entry",
        /// See proofs of money received.
        SeeProofs = "see_proofs",
        /// Open a round.
        OpenRound = "open_round",
        /// Post the distribution of a round.
        Distribute = "distribute",
        /// Close a round before its date, by decision.
        CloseRound = "close_round",
        /// Propose a feature.
        ProposeFeature = "propose_feature",
        /// Change a feature that one's organisation leads (a steward: any).
        EditFeature = "edit_feature",
        /// Announce new terms while money lies on a feature that one's organisation leads (a steward: any).
        ChangeTerms = "change_terms",
        /// Say « nous en avons besoin aussi ».
        SayNeeded = "say_needed",
        /// Enter a software in the register, change what is said of it.
        DescribeSoftware = "describe_software",
        /// Say that one's organisation runs a software, for how many users; that it stopped.
        SayHosted = "say_hosted",
        /// Write a need or an approach, wake a need that is parked.
        WriteNeed = "write_need",
        /// Change or park a need that one's organisation wrote (a steward: any).
        EditNeed = "edit_need",
        /// Say what one's organisation would put for a need: an intention.
        IntendAmount = "intend_amount",
        /// Propose that a need be merged into another, which is the same; take that back.
        ProposeMerge = "propose_merge",
        /// Agree that a need that one's organisation wrote be merged into another, or refuse.
        AnswerMerge = "answer_merge",
        /// Part needs that were merged; answer for what a guest wrote.
        PartNeeds = "part_needs",
        /// Move a feature on with a recorded reason, change its track.
        StewardFeature = "steward_feature",
        /// Put a share on a feature, take it back, add after the trigger.
        Allocate = "allocate",
        /// Promise for one's organisation, take a promise back, cover what another does not pay.
        Promise = "promise",
        /// Declare, change or stop the subscription of one's organisation; a treasurer writes it down for another.
        Subscribe = "subscribe",
        /// Say that a call for funds is paid.
        SayPaid = "say_paid",
        /// Confirm, for whoever does the work, that an order line was received.
        ConfirmReceived = "confirm_received",
        /// Confirm a trigger that the rules leave to a steward.
        ConfirmTrigger = "confirm_trigger",
        /// Propose to another organisation that it leads a feature; a steward, where nobody is left to.
        HandOverLead = "hand_over_lead",
        /// Accept for one's organisation that it leads a feature, or decline.
        AcceptLead = "accept_lead",
        /// Cancel a feature.
        CancelFeature = "cancel_feature",
        /// Enter an invoice of whoever does the work, or withdraw it.
        EnterInvoice = "enter_invoice",
        /// Approve an invoice, or refuse it.
        ApprovePayment = "approve_payment",
        /// Authorise the payment of an approved invoice.
        AuthorisePayment = "authorise_payment",
        /// Report that the work is done.
        ReportWork = "report_work",
        /// Object to a report, or withdraw the objection.
        ObjectToReport = "object_to_report",
        /// Decide on a report to which others object, give more time.
        DecideReport = "decide_report",
        /// Record a decision.
        RecordDecision = "record_decision",
        /// Comment.
        Comment = "comment",
        /// Post a classified ad for one's own organisation, change it, answer one, share its need.
        PostAd = "post_ad",
        /// Hide a classified ad, answer reports and appeals, make the collective that an ad asks for.
        ModerateAds = "moderate_ads",
        /// Say what one found of a criterion of a software's grid.
        AssessSoftware = "assess_software",
        /// Settle what reviewers found differently, name the decision to fund despite an essential « non ».
        SettleAssessment = "settle_assessment",
        /// See and steer jobs, checks and mails of the instance.
        RunInstance = "run_instance",
    }
}

/// One way of holding an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A mandate of one of these kinds for the member organisation acted for.
    Mandate(&'static [MandateKind]),
    /// A mandate of one of these kinds for the organisation that leads the feature.
    Lead(&'static [MandateKind]),
    /// A role in the collective, in force.
    Role(RoleKind),
    /// The administration of the instance.
    InstanceAdmin,
}

const ANY: &[MandateKind] = &[MandateKind::Representative, MandateKind::Finance, MandateKind::Contributor];
const MONEY: &[MandateKind] = &[MandateKind::Representative, MandateKind::Finance];
const REPRESENTATIVE: &[MandateKind] = &[MandateKind::Representative];

/// The table: each action with those who hold it. Any one of the holders is enough.
#[must_use]
pub const fn holders(action: Action) -> &'static [Holder] {
    use Holder::{InstanceAdmin, Lead, Mandate, Role};
    use RoleKind::{Admin, Steward, Treasurer};
    match action {
        Action::EditCollective | Action::InviteMembers => &[Role(Admin)],
        Action::GrantRole => &[Role(Admin), Role(Treasurer), InstanceAdmin],
        Action::GiveMandate | Action::ShowAmounts | Action::AcceptLead => &[Mandate(REPRESENTATIVE)],
        Action::EndMembership => &[Role(Admin), Mandate(REPRESENTATIVE)],
        Action::EditOrganisation => &[Role(Admin), Mandate(REPRESENTATIVE), InstanceAdmin],
        Action::RecordMoney | Action::ReverseEntry | Action::SeeProofs | Action::Distribute => {
            &[Role(Treasurer)]
        }
        Action::OpenRound | Action::CloseRound => &[Role(Admin), Role(Treasurer), Role(Steward)],
        Action::ProposeFeature
        | Action::SayNeeded
        | Action::Comment
        | Action::DescribeSoftware
        | Action::SayHosted
        | Action::WriteNeed
        | Action::ProposeMerge
        | Action::PostAd
        | Action::AssessSoftware => &[Mandate(ANY)],
        // The lead of a need is whoever wrote it.
        Action::EditFeature | Action::EditNeed => &[Lead(ANY), Role(Steward)],
        // A lower floor binds what others put there.
        Action::ChangeTerms => &[Lead(MONEY), Role(Steward)],
        Action::StewardFeature | Action::ConfirmTrigger | Action::PartNeeds | Action::SettleAssessment => {
            &[Role(Steward)]
        }
        Action::Allocate
        | Action::Promise
        | Action::SayPaid
        | Action::ObjectToReport
        | Action::IntendAmount => &[Mandate(MONEY)],
        Action::Subscribe => &[Mandate(MONEY), Role(Treasurer)],
        // The lead here is whoever is paid. Another member stands in where that is whoever pays.
        Action::ConfirmReceived => &[Lead(MONEY), Role(Steward), Mandate(MONEY)],
        Action::CancelFeature | Action::HandOverLead => &[Lead(REPRESENTATIVE), Role(Steward)],
        Action::EnterInvoice => &[Lead(MONEY), Role(Treasurer)],
        // A representative of another member stands in where nobody who holds the role is free to.
        Action::ApprovePayment | Action::DecideReport => &[Role(Steward), Mandate(REPRESENTATIVE)],
        Action::AuthorisePayment => &[Role(Treasurer)],
        Action::AnswerMerge | Action::ReportWork => &[Lead(ANY)],
        // A representative writes down what the only person who holds a role can't decide alone.
        Action::RecordDecision => &[Role(Admin), Role(Steward), Role(Treasurer), Mandate(REPRESENTATIVE)],
        Action::RunInstance | Action::ModerateAds => &[InstanceAdmin],
    }
}

/// A mandate held on the day asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldMandate {
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Of which kind.
    pub kind: MandateKind,
}

/// What a person holds in a collective at an instant, read in the transaction that writes.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub collective: CollectiveId,
    /// When.
    pub now: Timestamp,
    /// The civil day in the collective's zone.
    pub today: Date,
    /// Mandates in force today for organisations that are members today.
    pub mandates: Vec<HeldMandate>,
    /// Roles in force now.
    pub roles: Vec<RoleKind>,
    /// Whether the person administers the instance.
    pub instance_admin: bool,
    /// What a token leaves of all this, where a program acts by one.
    pub token: Option<TokenLimits>,
}

impl Standing {
    /// Whether the person represents an organisation, whichever they act for.
    #[must_use]
    pub fn represents(&self, organisation: OrganisationId) -> bool {
        let held =
            |one: &HeldMandate| one.organisation == organisation && one.kind == MandateKind::Representative;
        self.mandates.iter().any(held)
    }
}

/// Why an action is refused to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAllowed {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignedOut,
    /// The person holds nothing that allows it.
    #[error("{0:?} is not among what this person may do")]
    Missing(Action),
    /// The mandate for that organisation has ended or never was, or the organisation is not a member.
    #[error("no mandate in force for this organisation")]
    NoMandate,
    /// The sign-in is older than ten minutes.
    #[error("a fresh sign-in is needed")]
    NotFresh,
    /// The token doesn't reach so far.
    #[error("the token has no scope {0:?}")]
    OutOfScope(Scope),
    /// No token does this, whoever holds it.
    #[error("no token does this")]
    NeverByToken,
    /// A mandate for a member, by a token: it offers and ends that of a contributor, no other.
    #[error("a token offers and ends only the mandate of a contributor")]
    OnlyContributorByToken,
    /// A decision by which an organisation departs, by a token: money moves on such a word.
    #[error("no token writes down a decision about a departure")]
    NoDepartureByToken,
    /// The token was revoked, has expired, or is of another collective.
    #[error("the token holds no more, or not here")]
    TokenGone,
}

/// Proof that a person may do something, for the organisation named. Only [`permit`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    action: Action,
    person: PersonId,
    organisation: Option<OrganisationId>,
    held_as: Holder,
}

impl Permit {
    /// The action allowed.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// Who may.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// For which organisation, where a mandate is what allows it.
    #[must_use]
    pub const fn organisation(&self) -> Option<OrganisationId> {
        self.organisation
    }

    /// What allows it.
    #[must_use]
    pub const fn held_as(&self) -> Holder {
        self.held_as
    }
}

/// Checks an action against the table. `acting_for` is the organisation that the person acts for, `lead` the one
/// that leads the feature concerned. Errors: [`NotAllowed::NoMandate`] where a mandate for `acting_for` would
/// be needed and is not in force, those of tokens, [`NotAllowed::Missing`] otherwise.
pub fn permit(
    action: Action,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
    lead: Option<OrganisationId>,
) -> Result<Permit, NotAllowed> {
    if let Some(token) = &standing.token {
        token.needs(Scope::of(action).ok_or(NotAllowed::NeverByToken)?)?;
    }
    let holds = |organisation: Option<OrganisationId>, kinds: &[MandateKind]| {
        organisation.is_some_and(|organisation| {
            standing.mandates.iter().any(|m| m.organisation == organisation && kinds.contains(&m.kind))
        })
    };
    for holder in holders(action) {
        let (held, organisation) = match *holder {
            Holder::Mandate(kinds) => (holds(acting_for, kinds), acting_for),
            Holder::Lead(kinds) => (holds(lead, kinds), lead),
            Holder::Role(role) => (standing.roles.contains(&role), None),
            Holder::InstanceAdmin => (standing.instance_admin, None),
        };
        if held {
            return Ok(Permit { action, person: standing.person, organisation, held_as: *holder });
        }
    }
    let by_mandate = holders(action).iter().any(|holder| matches!(holder, Holder::Mandate(_)));
    let has_any = acting_for.is_some_and(|o| standing.mandates.iter().any(|m| m.organisation == o));
    Err(if by_mandate && !has_any { NotAllowed::NoMandate } else { NotAllowed::Missing(action) })
}
