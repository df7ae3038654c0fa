//! What is sealed: the tables, and the columns that are watched of each.

/// What is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whoever holds money, with its IBAN.
    Host,
    /// A pot: its currency, its mode, its host.
    Pot,
    /// A version of a collective's rules.
    Rules,
    /// A decision.
    Decision,
    /// What money that came in rests on.
    Receipt,
    /// A gift fund.
    GiftFund,
    /// A round: its days and its rules.
    Round,
    /// A feature: who leads it and does the work, its price and its dates.
    Feature,
    /// The terms under which a feature is funded.
    FundingTerms,
    /// A promise.
    Promise,
    /// A call for funds.
    FundCall,
    /// A subscription.
    Subscription,
    /// What was agreed of it.
    SubscriptionTerms,
    /// What was called for it.
    SubscriptionCall,
    /// An invoice: whom it pays, where, how much, and who agreed.
    Invoice,
    /// What is paid back to an organisation that left, likewise.
    Refund,
    /// A mandate.
    Mandate,
    /// A role.
    Role,
    /// A departure.
    Departure,
    /// A membership: its days, and what it shows.
    Membership,
    /// A file of a collective: which bytes it holds, and what for.
    File,
    /// A transfer ordered at the bank: what it carries, who ordered it, and what became of it.
    Payment,
    /// What was received for a call.
    CallReceipt,
    /// A mandate that was proposed, and the answer.
    MandateProposal,
    /// Somebody who administers the instance.
    InstanceAdmin,
    /// A person: from when on they may authorise, and whether their account is closed.
    Person,
}

/// A column that is watched.
#[derive(Clone, Copy)]
pub(super) enum Column {
    Id(&'static str),
    Bytes(&'static str),
    Text(&'static str),
    Number(&'static str),
}

use Column::{Bytes, Id, Number, Text};

impl Column {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Id(name) | Bytes(name) | Text(name) | Number(name) => name,
        }
    }

    /// The column as a text that says its own length; `-` for NULL.
    pub(super) fn said(self, is_postgres: bool) -> String {
        let text = match self {
            Id(name) if is_postgres => format!("REPLACE(CAST(t.{name} AS TEXT), '-', '')"),
            Bytes(name) if is_postgres => format!("ENCODE(t.{name}, 'hex')"),
            Id(name) | Bytes(name) => format!("LOWER(HEX(t.{name}))"),
            Text(name) => format!("t.{name}"),
            Number(name) => format!("CAST(t.{name} AS TEXT)"),
        };
        // SQLite's HEX of NULL is the empty text.
        let name = self.name();
        format!("CASE WHEN t.{name} IS NULL THEN '-' ELSE LENGTH({text}) || ':' || {text} END")
    }
}

/// Where the check of a pot finds the rows of a kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// They belong to the pot.
    Pot,
    /// They belong to its collective.
    Collective,
    /// They belong to the organisations that are members of its collective, or were.
    Members,
    /// They belong to the instance: to each of its pots.
    Instance,
}

/// How a kind lies in its table.
pub(super) struct Shape {
    pub(super) table: &'static str,
    /// The column of its id, or of what it belongs to.
    pub(super) subject: &'static str,
    /// The column that tells rows of one subject apart, if there are several.
    pub(super) part: Option<&'static str>,
    /// What it belongs to.
    pub(super) of: Scope,
    /// The column of that.
    pub(super) scope: &'static str,
    /// What the scope is read from, beside the table.
    pub(super) join: &'static str,
    /// Whether a subject has a row in each of several scopes.
    pub(super) in_each: bool,
    pub(super) columns: &'static [Column],
}

impl Shape {
    const fn of(
        table: &'static str,
        subject: &'static str,
        (of, scope): (Scope, &'static str),
        columns: &'static [Column],
    ) -> Self {
        Self { table, subject, part: None, of, scope, join: "", in_each: false, columns }
    }

    const fn versions(mut self, join: &'static str) -> Self {
        (self.part, self.join) = (Some("version"), join);
        self
    }

    const fn beside(mut self, join: &'static str) -> Self {
        self.join = join;
        self
    }

    const fn in_each(mut self) -> Self {
        self.in_each = true;
        self
    }
}

pub(super) const KINDS: [Kind; 26] = [
    Kind::Host,
    Kind::Pot,
    Kind::Rules,
    Kind::Decision,
    Kind::Receipt,
    Kind::GiftFund,
    Kind::Round,
    Kind::Feature,
    Kind::FundingTerms,
    Kind::Promise,
    Kind::FundCall,
    Kind::Subscription,
    Kind::SubscriptionTerms,
    Kind::SubscriptionCall,
    Kind::Invoice,
    Kind::Refund,
    Kind::Mandate,
    Kind::Role,
    Kind::Departure,
    Kind::Membership,
    Kind::File,
    Kind::Payment,
    Kind::CallReceipt,
    Kind::MandateProposal,
    Kind::InstanceAdmin,
    Kind::Person,
];

const HOST: &[Column] = &[
    Id("organisation"),
    Text("name"),
    Text("address"),
    Text("iban"),
    Text("signatory"),
    Number("fee_rate"),
    Number("gifts_open"),
    Text("give_link"),
    Number("tax_receipts"),
    Number("ended_at"),
    Text("next_iban"),
    Number("next_iban_from"),
    Id("next_iban_by"),
    Number("iban_given"),
    Text("next_link"),
    Number("next_link_from"),
    Id("next_link_by"),
    Number("link_given"),
];
const POT: &[Column] = &[
    Id("collective"),
    Text("currency"),
    Number("exponent"),
    Text("fund_mode"),
    Id("host"),
    Id("bank_account"),
];
const RULES: &[Column] = &[Number("schema_version"), Text("body")];
const DECISION: &[Column] = &[
    Number("number"),
    Text("title"),
    Text("outcome"),
    Text("decided_on"),
    Text("method"),
    Id("departs"),
    Id("recorded_by"),
    Number("by_token"),
];
const RECEIPT: &[Column] = &[Text("received_on"), Id("proof"), Text("reference")];
const GIFT_FUND: &[Column] =
    &[Text("name"), Text("nature"), Id("earmark"), Text("conditions"), Text("giver"), Number("giver_public")];
const ROUND: &[Column] = &[
    Number("number"),
    Text("opens_on"),
    Text("closes_on"),
    Text("share_rule"),
    Number("cap"),
    Number("lapse"),
    Text("promises"),
    Number("rules_version"),
];
const FEATURE: &[Column] = &[
    Number("number"),
    Text("title"),
    Text("done_when"),
    Id("software"),
    Id("lead"),
    Id("lead_person"),
    Text("worker"),
    Id("worker_organisation"),
    Text("track"),
    Id("round"),
    Number("outside_rounds"),
    Number("rules_version"),
    Number("terms_version"),
    Number("floor"),
    Number("target"),
    Number("maximum"),
    Text("closing_on"),
    Id("host"),
    Text("suspended_until"),
];
const FUNDING_TERMS: &[Column] = &[
    Number("floor"),
    Number("target"),
    Number("maximum"),
    Text("closing_on"),
    Text("surplus_rule"),
    Number("rules_version"),
    Text("reason"),
    Text("suspended_until"),
    Id("decision"),
];
const PROMISE: &[Column] = &[
    Id("organisation"),
    Id("feature"),
    Id("round"),
    Text("kind"),
    Number("amount"),
    Number("firm"),
    Text("subject_to"),
    Number("ended_at"),
];
const FUND_CALL: &[Column] = &[
    Id("feature"),
    Id("organisation"),
    Number("number"),
    Text("reference"),
    Number("amount"),
    Text("due_on"),
    Id("covers"),
    Number("said_paid_at"),
    Id("said_paid_by"),
];
const SUBSCRIPTION: &[Column] = &[
    Id("organisation"),
    Text("period"),
    Text("starts_on"),
    Text("ends_on"),
    Text("stops_on"),
    Number("called"),
];
const SUBSCRIPTION_TERMS: &[Column] = &[Number("amount"), Number("rate"), Id("agreed_by"), Text("reason")];
const SUBSCRIPTION_CALL: &[Column] = &[
    Id("subscription"),
    Id("organisation"),
    Number("number"),
    Text("reference"),
    Text("from_day"),
    Text("until_day"),
    Number("amount"),
    Number("cancelled"),
    Text("due_on"),
];

const INVOICE: &[Column] = &[
    Id("feature"),
    Number("number"),
    Text("reference"),
    Text("dated_on"),
    Number("amount"),
    Text("payee"),
    Id("payee_organisation"),
    Text("iban"),
    Id("file"),
    Bytes("file_hash"),
    Text("state"),
    Id("entered_by"),
    Id("entered_for"),
    Id("approved_by"),
    Number("approved_at"),
    Bytes("approved_hash"),
    Id("authorised_by"),
    Number("authorised_at"),
    Id("due_posting"),
];
const REFUND: &[Column] = &[
    Number("number"),
    Id("organisation"),
    Number("amount"),
    Text("payee"),
    Text("iban"),
    Text("state"),
    Id("approved_by"),
    Number("approved_at"),
    Bytes("approved_hash"),
    Id("authorised_by"),
    Number("authorised_at"),
];
const MANDATE: &[Column] = &[
    Id("person"),
    Id("organisation"),
    Text("kind"),
    Text("starts_on"),
    Text("ends_on"),
    Number("ended_at"),
    Id("granted_by"),
    Number("created_at"),
];
const ROLE: &[Column] = &[
    Id("collective"),
    Id("person"),
    Text("kind"),
    Id("proposed_by"),
    Number("proposed_at"),
    Id("confirmed_by"),
    Number("effective_at"),
    Number("ended_at"),
    Id("ended_by"),
];
const DEPARTURE: &[Column] = &[Id("organisation"), Text("left_on"), Text("own_to"), Id("decision")];
const MEMBERSHIP: &[Column] =
    &[Text("joined_on"), Text("left_on"), Number("shows_amounts"), Number("veiled"), Number("hidden_since")];
const FILE: &[Column] = &[Bytes("hash"), Id("subject"), Text("purpose"), Id("payer"), Number("erased_at")];
const PAYMENT: &[Column] = &[
    Id("invoice"),
    Id("refund"),
    Text("end_to_end"),
    Text("paid_on"),
    Text("reference"),
    Id("posting"),
    Id("ordered_by"),
    Text("settled_on"),
    Id("settled_posting"),
    Text("bounced_on"),
    Id("bounced_posting"),
    Text("bounced_reason"),
];
const CALL_RECEIPT: &[Column] = &[
    Id("fund_call"),
    Number("amount"),
    Number("late"),
    Number("excess"),
    Text("received_on"),
    Id("posting"),
    Id("recorded_by"),
    Number("undone_at"),
    Id("undone_by"),
];
const MANDATE_PROPOSAL: &[Column] = &[
    Id("person"),
    Id("organisation"),
    Text("kind"),
    Text("starts_on"),
    Text("ends_on"),
    Id("proposed_by"),
    Number("proposed_at"),
    Text("answer"),
    Id("answered_by"),
    Number("answered_at"),
];
const INSTANCE_ADMIN: &[Column] = &[Number("granted_at")];
const PERSON: &[Column] = &[Number("authorising_from"), Number("closed_at")];

impl Kind {
    pub(super) const fn shape(self) -> Shape {
        const FEATURES: &str = " JOIN feature f ON f.id = t.feature";
        const SUBSCRIPTIONS: &str = " JOIN subscription s ON s.id = t.subscription";
        const OF_POT: (Scope, &str) = (Scope::Pot, "t.pot");
        const OF_COLLECTIVE: (Scope, &str) = (Scope::Collective, "t.collective");
        // No column says it: see `Kind::written`.
        const OF_INSTANCE: (Scope, &str) = (Scope::Instance, "");
        match self {
            Self::Host => Shape::of("host", "id", OF_COLLECTIVE, HOST),
            Self::Pot => Shape::of("pot", "id", (Scope::Pot, "t.id"), POT),
            Self::Rules => Shape::of("rules", "collective", OF_COLLECTIVE, RULES).versions(""),
            Self::Decision => Shape::of("decision", "id", OF_COLLECTIVE, DECISION),
            Self::Receipt => Shape::of("receipt", "posting", OF_POT, RECEIPT),
            Self::GiftFund => Shape::of("gift_fund", "id", OF_POT, GIFT_FUND),
            Self::Round => Shape::of("round", "id", OF_POT, ROUND),
            Self::Feature => Shape::of("feature", "id", OF_POT, FEATURE),
            Self::FundingTerms => {
                let scope = (Scope::Pot, "f.pot");
                Shape::of("funding_terms", "feature", scope, FUNDING_TERMS).versions(FEATURES)
            }
            Self::Promise => Shape::of("promise", "id", OF_POT, PROMISE),
            Self::FundCall => Shape::of("fund_call", "id", OF_POT, FUND_CALL),
            Self::Subscription => Shape::of("subscription", "id", OF_POT, SUBSCRIPTION),
            Self::SubscriptionTerms => {
                let scope = (Scope::Pot, "s.pot");
                Shape::of("subscription_terms", "subscription", scope, SUBSCRIPTION_TERMS)
                    .versions(SUBSCRIPTIONS)
            }
            Self::SubscriptionCall => Shape::of("subscription_call", "id", OF_POT, SUBSCRIPTION_CALL),
            Self::Invoice => Shape::of("invoice", "id", OF_POT, INVOICE),
            Self::Refund => Shape::of("refund", "id", OF_POT, REFUND),
            Self::Mandate => Shape::of("mandate", "id", (Scope::Members, "t.organisation"), MANDATE),
            Self::Role => Shape::of("role", "id", OF_COLLECTIVE, ROLE),
            Self::Departure => Shape::of("departure", "id", OF_COLLECTIVE, DEPARTURE),
            Self::Membership => Shape::of("membership", "organisation", OF_COLLECTIVE, MEMBERSHIP).in_each(),
            Self::File => Shape::of("file", "id", OF_COLLECTIVE, FILE),
            Self::Payment => Shape::of("payment", "id", (Scope::Pot, "j.pot"), PAYMENT)
                .beside(" JOIN posting j ON j.id = t.posting"),
            Self::CallReceipt => {
                let calls = " JOIN fund_call f ON f.id = t.fund_call";
                Shape::of("call_receipt", "id", (Scope::Pot, "f.pot"), CALL_RECEIPT).beside(calls)
            }
            Self::MandateProposal => Shape::of("mandate_proposal", "id", OF_COLLECTIVE, MANDATE_PROPOSAL),
            Self::InstanceAdmin => Shape::of("instance_admin", "person", OF_INSTANCE, INSTANCE_ADMIN),
            Self::Person => Shape::of("person", "id", OF_INSTANCE, PERSON),
        }
    }
}
