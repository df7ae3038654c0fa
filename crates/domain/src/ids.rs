//! Identifiers: UUIDs of version 7, one newtype a table, so that they can't be confused.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

id! {
    /// A group that shares a pot; one instance hosts several.
    CollectiveId;
    /// A member of collectives, which holds shares and votes.
    OrganisationId;
    /// Somebody who signs in and acts for an organisation.
    PersonId;
    /// A dated mandate of a person for an organisation.
    MandateId;
    /// A role (admin, steward, treasurer) of a person in a collective.
    RoleId;
    /// The legal entity that holds the money, signs and pays.
    HostId;
    /// A pot: one currency, one fund mode.
    PotId;
    /// A bank account whose money a pot's journal follows.
    BankAccountId;
    /// An account of a book of a pot.
    AccountId;
    /// A posting: transfers that succeed or fail together.
    PostingId;
    /// Gifts of one nature, earmark and conditions.
    GiftFundId;
    /// A dated period of distribution, allocation and closing.
    RoundId;
    /// What goes from idea to delivery.
    FeatureId;
    /// A priced line of a feature.
    FeatureLineId;
    /// An upstream free software project.
    SoftwareId;
    /// What members lack, in their words.
    NeedId;
    /// A way by which a need could be answered.
    ApproachId;
    /// A merge of two needs.
    MergeId;
    /// What a reviewer found of a criterion of a software.
    AssessmentId;
    /// A decision to fund a software's features despite an essential « non ».
    WaiverId;
    /// An organisation that a file elsewhere lists.
    ListedId;
    /// A contract on a feature.
    ContractId;
    /// A milestone of a contract.
    MilestoneId;
    /// A promise of an organisation, to a feature or for a round.
    PromiseId;
    /// A call for funds: what a promise owes after a trigger.
    FundCallId;
    /// What was received for a call for funds.
    CallReceiptId;
    /// What becomes of a share that nobody allocates.
    StandingChoiceId;
    /// What an organisation pays into a pot at each period.
    SubscriptionId;
    /// A call for one period of a subscription.
    SubscriptionCallId;
    /// An invoice on a feature: a milestone of its order.
    InvoiceId;
    /// What is paid back to an organisation that left.
    RefundId;
    /// A payment ordered at the bank.
    PaymentId;
    /// A report that work is done.
    ReportId;
    /// An objection of an organisation to a report.
    ObjectionId;
    /// A decision of a collective.
    DecisionId;
    /// An entry of the story of everything.
    EventId;
    /// An uploaded file.
    FileId;
    /// A comment.
    CommentId;
    /// A previous text of a subject.
    RevisionId;
    /// A text that somebody is still writing.
    DraftId;
    /// A link sent by mail or printed: sign-in, invitation, guest.
    LinkId;
    /// A message to be sent.
    MailId;
    /// A token of the API.
    TokenId;
    /// An endpoint that hears of what happens.
    WebhookId;
    /// Something that falls due.
    DeadlineId;
    /// A classified ad.
    AdId;
    /// An organisation that shares the need of an ad.
    AdNeederId;
    /// A conversation about an ad.
    AdTalkId;
    /// A report of an ad.
    AdReportId;
}
