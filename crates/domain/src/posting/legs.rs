//! Which account may give to which, for each kind of posting.

use super::PostingKind;
use crate::account::{Account, AccountKind as A, Source};

impl PostingKind {
    /// Whether a transfer of this kind may go from one account to another: the table of the money rules, checked
    /// at each posting and again by `verify`. A reversal is judged by what it mirrors.
    #[must_use]
    pub fn allows(self, from: &Account, to: &Account) -> bool {
        let (f, t) = (from.kind(), to.kind());
        let same_feature = from.feature() == to.feature();
        let same_organisation = from.organisation() == to.organisation();
        let same_source = from.source() == to.source();
        match self {
            Self::Contribution => f == A::Bank && matches!(t, A::Pool | A::Unattributed),
            Self::Gift => f == A::Bank && matches!(t, A::Gift | A::Unattributed),
            Self::Attribute => {
                f == A::Unattributed && (matches!(t, A::Pool | A::Gift) || t == A::Reserved && is_own(to))
            }
            Self::Promise => {
                same_organisation && matches!((f, t), (A::Promised, A::Pool) | (A::Pool, A::Right))
            }
            Self::Unpromise => {
                same_organisation && matches!((f, t), (A::Pool, A::Promised) | (A::Right, A::Pool))
            }
            Self::Distribution => match (f, t) {
                (A::Pool, A::Share) => match to.source() {
                    Some(Source::Own) => same_organisation,
                    Some(Source::Pooled) => !same_organisation,
                    _ => false,
                },
                (A::PoolCommon, A::Share) => to.source() == Some(Source::Pooled),
                (A::Gift, A::Share) => from.gift_fund() == to.gift_fund(),
                (A::Pool | A::PoolCommon, A::ReserveFund) | (A::Pool, A::Right) => true,
                _ => false,
            },
            Self::Allocate => match (f, t) {
                (A::Share, A::Allocated) => same_organisation && same_source,
                (A::Gift, A::Allocated) => decided(from, to),
                (A::Right, A::RightAllocated) => same_organisation,
                _ => false,
            },
            Self::Unallocate => match (f, t) {
                (A::Allocated, A::Share) => same_organisation && same_source,
                (A::RightAllocated, A::Right) => same_organisation,
                _ => false,
            },
            Self::Trigger => match (f, t) {
                (A::Allocated, A::Reserved) => same_organisation && same_feature && same_source,
                (A::RightAllocated, A::Triggered) => same_feature,
                _ => false,
            },
            Self::Add => match (f, t) {
                (A::Share, A::Reserved) => same_organisation && same_source,
                (A::Gift, A::Reserved) => decided(from, to),
                (A::Right, A::Triggered) => true,
                _ => false,
            },
            Self::TopUp => matches!((f, t), (A::Share, A::Reserved)) && same_organisation && same_source,
            Self::CallPayment => match (f, t) {
                (A::Bank, A::Reserved) => is_own(to),
                (A::Pool, A::Reserved) => is_own(to) && same_organisation,
                // More than was called waits in the pool of whoever paid; of one that left, where its departure says.
                (A::Bank, A::Pool | A::PoolCommon) => true,
                (A::Bank, A::RefundDue) => to.organisation().is_some(),
                _ => false,
            },
            Self::Rebalance => matches!((f, t), (A::Reserved, A::Reserved)) && same_feature,
            Self::AdvanceDue | Self::MilestoneDue | Self::InvoiceDue => match (f, t) {
                (A::Reserved, A::HostFeeDue) => same_feature,
                (A::Reserved, A::Payable | A::ReserveFund) => true,
                _ => false,
            },
            Self::InvoiceUndone => {
                let order = from.contract().map(|contract| contract.0);
                (f, t) == (A::Payable, A::Reserved) && order == to.feature().map(|feature| feature.0)
            }
            Self::HostFee => matches!((f, t), (A::Reserved, A::HostFeeDue)) && same_feature,
            Self::Payment => {
                matches!((f, t), (A::Payable | A::HostFeeDue | A::RefundDue, A::InTransit))
            }
            Self::Settle => matches!((f, t), (A::InTransit, A::Bank)),
            Self::Bounce => {
                matches!((f, t), (A::InTransit | A::Bank, A::Payable | A::HostFeeDue | A::RefundDue))
            }
            Self::Recovery => matches!((f, t), (A::Bank, A::Reserved | A::Share | A::Pool | A::Gift)),
            Self::SetAsideUse => match (f, t) {
                (A::SetAside, A::Payable) => true,
                (A::SetAside, A::Share) => same_organisation && same_source,
                (A::SetAside, A::Pool) => same_organisation && is_own(from),
                (A::SetAside, A::PoolCommon) => from.gift_fund().is_none(),
                (A::SetAside, A::Gift) => from.gift_fund() == to.gift_fund(),
                _ => false,
            },
            Self::ScopingGrant => {
                matches!((f, t), (A::ReserveFund, A::Payable) | (A::Reserved, A::ReserveFund))
            }
            Self::Release => release(from, to),
            Self::Lapse => match (f, t) {
                (A::Share, A::Pool) => same_organisation && is_own(from),
                (A::Share, A::PoolCommon) => from.source() == Some(Source::Pooled),
                (A::Share, A::Gift) => from.gift_fund() == to.gift_fund(),
                (A::Right, A::Promised) => true,
                _ => false,
            },
            Self::Departure => departure(from, to),
            Self::Refund => {
                same_organisation && t == A::RefundDue && (f == A::Pool || f == A::Share && is_own(from))
            }
            Self::GiftReturn => {
                matches!((f, t), (A::Gift, A::RefundDue)) && from.gift_fund() == to.gift_fund()
            }
            Self::Chargeback => {
                t == A::Bank
                    && matches!(f, A::Pool | A::Share | A::Allocated | A::Reserved | A::ReserveFund | A::Loss)
            }
            Self::BankFee => matches!((f, t), (A::ReserveFund | A::Loss, A::Bank)),
            Self::Adjustment => f == A::Adjustment || t == A::Adjustment,
            Self::Reversal => true,
        }
    }
}

fn is_own(account: &Account) -> bool {
    account.source() == Some(Source::Own)
}

/// A decision of the collective puts gifts on a feature: in nobody's share.
fn decided(from: &Account, to: &Account) -> bool {
    from.gift_fund() == to.gift_fund() && to.organisation().is_none()
}

fn release(from: &Account, to: &Account) -> bool {
    let same_organisation = from.organisation() == to.organisation();
    match (from.kind(), to.kind()) {
        (A::Allocated | A::Reserved, A::Share) | (A::Reserved, A::SetAside) => {
            same_organisation && from.source() == to.source()
        }
        (A::Allocated | A::Reserved, A::Gift) => from.gift_fund() == to.gift_fund(),
        (A::Allocated | A::Reserved, A::PoolCommon) => from.gift_fund().is_none(),
        (A::Allocated | A::Reserved, A::Pool | A::RefundDue) => same_organisation && is_own(from),
        (A::RightAllocated, A::Right) | (A::Pool, A::Promised) => same_organisation,
        // In a shared round what isn't paid lowers everybody's rights, for the promise of whoever doesn't pay.
        (A::Right | A::RightAllocated | A::Triggered, A::Promised) => true,
        _ => false,
    }
}

fn departure(from: &Account, to: &Account) -> bool {
    let same_organisation = from.organisation() == to.organisation();
    match (from.kind(), to.kind()) {
        (A::Allocated, A::Share) => same_organisation && from.source() == to.source(),
        (A::Share, A::RefundDue) => same_organisation && is_own(from),
        (A::Pool, A::RefundDue | A::Promised) | (A::RightAllocated, A::Right) => same_organisation,
        (A::Share, A::PoolCommon) => from.gift_fund().is_none(),
        // The rights of a shared round come from others' promises.
        (A::Pool, A::PoolCommon) | (A::Right | A::RightAllocated, A::Promised) => true,
        (A::Share, A::Gift) => from.gift_fund() == to.gift_fund(),
        _ => false,
    }
}
