//! Accounts of a pot: what each holds, in which book, within which bounds.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{BankAccountId, ContractId, FeatureId, GiftFundId, MilestoneId, OrganisationId, SoftwareId};

/// The two books of a pot; no transfer crosses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Book {
    /// Money received, shared out, reserved, paid.
    Cash,
    /// Firm promises and the rights they give.
    Promises,
}

impl Book {
    /// Both books.
    pub const ALL: [Self; 2] = [Self::Cash, Self::Promises];

    /// The name in files and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Promises => "promises",
        }
    }

    /// The book of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|book| book.as_str() == text)
    }
}

/// Where money came from, followed to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// From that organisation's own contributions.
    Own,
    /// From others' contributions, by a distribution.
    Pooled,
    /// From gifts, which keep their fund (nature, earmark, conditions).
    Gift(GiftFundId),
}

/// To whom money is owed back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Creditor {
    /// An organisation, from its own money only.
    Organisation(OrganisationId),
    /// The giver of a gift fund.
    GiftFund(GiftFundId),
}

/// An account, as its natural key. Its [`Display`](fmt::Display) is the key stored and committed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// Money at the bank; its balance is minus what lies there.
    Bank(BankAccountId),
    /// Money received that nobody has been named for yet.
    Unattributed,
    /// What an organisation paid in and was not shared out yet (in the book of promises: promised, not yet a right).
    Pool(OrganisationId),
    /// What lapsed or was left by those who departed.
    PoolCommon,
    /// Gifts not yet shared out.
    Gift(GiftFundId),
    /// The share of an organisation, by source.
    Share(OrganisationId, Source),
    /// What an organisation put on a feature before the trigger.
    Allocated(OrganisationId, FeatureId, Source),
    /// What is bound to a triggered feature.
    Reserved(OrganisationId, FeatureId, Source),
    /// Gifts that a decision put on a feature before the trigger: in nobody's share.
    GiftAllocated(FeatureId, GiftFundId),
    /// Gifts that a decision put there, bound to a triggered feature.
    GiftReserved(FeatureId, GiftFundId),
    /// Owed to a contractor for a milestone.
    Payable(ContractId, MilestoneId),
    /// The host's fee that fell due on a feature.
    HostFeeDue(FeatureId),
    /// Owed back.
    RefundDue(Creditor),
    /// Ordered at the bank, not yet seen on a statement.
    InTransit,
    /// Kept for the warranty or maintenance of a software.
    SetAside(SoftwareId, OrganisationId, Source),
    /// The pot's own reserve for fees and charge-backs.
    ReserveFund,
    /// What was lost and nobody's money covers.
    Loss,
    /// The counterpart of corrections by two treasurers.
    Adjustment,
    /// Promises: the counterpart of what an organisation promised firmly.
    Promised(OrganisationId),
    /// Promises: the right to allocate that a promise gives.
    Right(OrganisationId),
    /// Promises: a right put on a feature.
    RightAllocated(OrganisationId, FeatureId),
    /// Promises: rights bound to a triggered feature.
    Triggered(FeatureId),
}

/// The kind of an account, public in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountKind {
    /// See [`Account::Bank`].
    Bank,
    /// See [`Account::Unattributed`].
    Unattributed,
    /// See [`Account::Pool`].
    Pool,
    /// See [`Account::PoolCommon`].
    PoolCommon,
    /// See [`Account::Gift`].
    Gift,
    /// See [`Account::Share`].
    Share,
    /// See [`Account::Allocated`] and [`Account::GiftAllocated`].
    Allocated,
    /// See [`Account::Reserved`] and [`Account::GiftReserved`].
    Reserved,
    /// See [`Account::Payable`].
    Payable,
    /// See [`Account::HostFeeDue`].
    HostFeeDue,
    /// See [`Account::RefundDue`].
    RefundDue,
    /// See [`Account::InTransit`].
    InTransit,
    /// See [`Account::SetAside`].
    SetAside,
    /// See [`Account::ReserveFund`].
    ReserveFund,
    /// See [`Account::Loss`].
    Loss,
    /// See [`Account::Adjustment`].
    Adjustment,
    /// See [`Account::Promised`].
    Promised,
    /// See [`Account::Right`].
    Right,
    /// See [`Account::RightAllocated`].
    RightAllocated,
    /// See [`Account::Triggered`].
    Triggered,
}

impl AccountKind {
    /// Every kind with the name it has in the chain, the exports and the database.
    pub const ALL: [(Self, &'static str); 20] = [
        (Self::Bank, "bank"),
        (Self::Unattributed, "unattributed"),
        (Self::Pool, "pool"),
        (Self::PoolCommon, "pool_common"),
        (Self::Gift, "gift"),
        (Self::Share, "share"),
        (Self::Allocated, "allocated"),
        (Self::Reserved, "reserved"),
        (Self::Payable, "payable"),
        (Self::HostFeeDue, "host_fee_due"),
        (Self::RefundDue, "refund_due"),
        (Self::InTransit, "in_transit"),
        (Self::SetAside, "set_aside"),
        (Self::ReserveFund, "reserve_fund"),
        (Self::Loss, "loss"),
        (Self::Adjustment, "adjustment"),
        (Self::Promised, "promised"),
        (Self::Right, "right"),
        (Self::RightAllocated, "right_allocated"),
        (Self::Triggered, "triggered"),
    ];

    /// The name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.into_iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(kind, _)| kind)
    }

    /// Whether the kind may stand in that book. Only the pool of an organisation stands in both.
    #[must_use]
    pub const fn in_book(self, book: Book) -> bool {
        match self {
            Self::Pool => true,
            Self::Promised | Self::Right | Self::RightAllocated | Self::Triggered => {
                matches!(book, Book::Promises)
            }
            _ => matches!(book, Book::Cash),
        }
    }

    /// The least and the greatest balance allowed, in minor units. Only bank, loss, adjustment and the
    /// counterpart of promises may be negative; bank, loss and promised never rise above zero.
    #[must_use]
    pub const fn bounds(self) -> (i64, i64) {
        match self {
            Self::Bank | Self::Loss | Self::Promised => (i64::MIN, 0),
            Self::Adjustment => (i64::MIN, i64::MAX),
            _ => (0, i64::MAX),
        }
    }

    /// Whether the balance is something that somebody is entitled to (the right side of I1).
    #[must_use]
    pub const fn is_entitlement(self) -> bool {
        !matches!(self, Self::Bank | Self::Loss | Self::Adjustment | Self::Promised)
    }
}

impl Account {
    /// The kind of the account.
    #[must_use]
    pub const fn kind(&self) -> AccountKind {
        match self {
            Self::Bank(_) => AccountKind::Bank,
            Self::Unattributed => AccountKind::Unattributed,
            Self::Pool(_) => AccountKind::Pool,
            Self::PoolCommon => AccountKind::PoolCommon,
            Self::Gift(_) => AccountKind::Gift,
            Self::Share(..) => AccountKind::Share,
            Self::Allocated(..) | Self::GiftAllocated(..) => AccountKind::Allocated,
            Self::Reserved(..) | Self::GiftReserved(..) => AccountKind::Reserved,
            Self::Payable(..) => AccountKind::Payable,
            Self::HostFeeDue(_) => AccountKind::HostFeeDue,
            Self::RefundDue(_) => AccountKind::RefundDue,
            Self::InTransit => AccountKind::InTransit,
            Self::SetAside(..) => AccountKind::SetAside,
            Self::ReserveFund => AccountKind::ReserveFund,
            Self::Loss => AccountKind::Loss,
            Self::Adjustment => AccountKind::Adjustment,
            Self::Promised(_) => AccountKind::Promised,
            Self::Right(_) => AccountKind::Right,
            Self::RightAllocated(..) => AccountKind::RightAllocated,
            Self::Triggered(_) => AccountKind::Triggered,
        }
    }

    /// The organisation that the account belongs to, if any.
    #[must_use]
    pub const fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Self::Pool(o)
            | Self::Share(o, _)
            | Self::Allocated(o, ..)
            | Self::Reserved(o, ..)
            | Self::SetAside(_, o, _)
            | Self::RefundDue(Creditor::Organisation(o))
            | Self::Promised(o)
            | Self::Right(o)
            | Self::RightAllocated(o, _) => Some(*o),
            _ => None,
        }
    }

    /// The feature that the account belongs to, if any.
    #[must_use]
    pub const fn feature(&self) -> Option<FeatureId> {
        match self {
            Self::Allocated(_, f, _)
            | Self::Reserved(_, f, _)
            | Self::GiftAllocated(f, _)
            | Self::GiftReserved(f, _)
            | Self::HostFeeDue(f)
            | Self::RightAllocated(_, f)
            | Self::Triggered(f) => Some(*f),
            _ => None,
        }
    }

    /// The contract that the account belongs to, if any.
    #[must_use]
    pub const fn contract(&self) -> Option<ContractId> {
        match self {
            Self::Payable(contract, _) => Some(*contract),
            _ => None,
        }
    }

    /// The source that the account keeps, if any.
    #[must_use]
    pub const fn source(&self) -> Option<Source> {
        match self {
            Self::Share(_, s)
            | Self::Allocated(_, _, s)
            | Self::Reserved(_, _, s)
            | Self::SetAside(_, _, s) => Some(*s),
            Self::GiftAllocated(_, g) | Self::GiftReserved(_, g) => Some(Source::Gift(*g)),
            _ => None,
        }
    }

    /// The gift fund that the account's money belongs to, if any.
    #[must_use]
    pub const fn gift_fund(&self) -> Option<GiftFundId> {
        match self {
            Self::Gift(g) | Self::RefundDue(Creditor::GiftFund(g)) => Some(*g),
            _ => match self.source() {
                Some(Source::Gift(g)) => Some(g),
                _ => None,
            },
        }
    }

    /// The account of that key, as [`Display`](fmt::Display) writes it.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let mut parts = key.split('/');
        let kind = AccountKind::parse(parts.next()?)?;
        let rest: Vec<&str> = parts.collect();
        let id = |at: usize| rest.get(at).and_then(|text: &&str| text.parse::<uuid::Uuid>().ok());
        let source = |at: usize| match *rest.get(at)? {
            "own" => Some(Source::Own),
            "pooled" => Some(Source::Pooled),
            "gift" => id(at + 1).map(|fund| Source::Gift(fund.into())),
            _ => None,
        };
        let account = match kind {
            AccountKind::Bank => Self::Bank(id(0)?.into()),
            AccountKind::Unattributed => Self::Unattributed,
            AccountKind::Pool => Self::Pool(id(0)?.into()),
            AccountKind::PoolCommon => Self::PoolCommon,
            AccountKind::Gift => Self::Gift(id(0)?.into()),
            AccountKind::Share => Self::Share(id(0)?.into(), source(1)?),
            AccountKind::Allocated => match source(1) {
                Some(Source::Gift(fund)) => Self::GiftAllocated(id(0)?.into(), fund),
                _ => Self::Allocated(id(0)?.into(), id(1)?.into(), source(2)?),
            },
            AccountKind::Reserved => match source(1) {
                Some(Source::Gift(fund)) => Self::GiftReserved(id(0)?.into(), fund),
                _ => Self::Reserved(id(0)?.into(), id(1)?.into(), source(2)?),
            },
            AccountKind::Payable => Self::Payable(id(0)?.into(), id(1)?.into()),
            AccountKind::HostFeeDue => Self::HostFeeDue(id(0)?.into()),
            AccountKind::RefundDue => match *rest.first()? {
                "organisation" => Self::RefundDue(Creditor::Organisation(id(1)?.into())),
                _ => Self::RefundDue(Creditor::GiftFund(id(1)?.into())),
            },
            AccountKind::InTransit => Self::InTransit,
            AccountKind::SetAside => Self::SetAside(id(0)?.into(), id(1)?.into(), source(2)?),
            AccountKind::ReserveFund => Self::ReserveFund,
            AccountKind::Loss => Self::Loss,
            AccountKind::Adjustment => Self::Adjustment,
            AccountKind::Promised => Self::Promised(id(0)?.into()),
            AccountKind::Right => Self::Right(id(0)?.into()),
            AccountKind::RightAllocated => Self::RightAllocated(id(0)?.into(), id(1)?.into()),
            AccountKind::Triggered => Self::Triggered(id(0)?.into()),
        };
        (account.to_string() == key).then_some(account)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("own"),
            Self::Pooled => f.write_str("pooled"),
            Self::Gift(fund) => write!(f, "gift/{fund}"),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind().as_str();
        match self {
            Self::Bank(id) => write!(f, "{kind}/{id}"),
            Self::Pool(o) | Self::Promised(o) | Self::Right(o) => write!(f, "{kind}/{o}"),
            Self::Gift(g) => write!(f, "{kind}/{g}"),
            Self::Share(o, s) => write!(f, "{kind}/{o}/{s}"),
            Self::Allocated(o, x, s) | Self::Reserved(o, x, s) => write!(f, "{kind}/{o}/{x}/{s}"),
            Self::GiftAllocated(x, g) | Self::GiftReserved(x, g) => write!(f, "{kind}/{x}/gift/{g}"),
            Self::Payable(c, m) => write!(f, "{kind}/{c}/{m}"),
            Self::HostFeeDue(x) | Self::Triggered(x) => write!(f, "{kind}/{x}"),
            Self::RefundDue(Creditor::Organisation(o)) => write!(f, "{kind}/organisation/{o}"),
            Self::RefundDue(Creditor::GiftFund(g)) => write!(f, "{kind}/gift/{g}"),
            Self::SetAside(w, o, s) => write!(f, "{kind}/{w}/{o}/{s}"),
            Self::RightAllocated(o, x) => write!(f, "{kind}/{o}/{x}"),
            _ => f.write_str(kind),
        }
    }
}
