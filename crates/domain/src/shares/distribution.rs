//! A distribution: what lies in the pools becomes shares, once a round.
//!
//! Each pool gives in proportion to what it holds. Each share takes first from its own pool (source `own`); what
//! is left of the pools and of the shares is paired by two pointers in id order (source `pooled`), which makes
//! at most n + m − 1 transfers. A preview carries the digest of everything that it was computed from.

use std::collections::BTreeMap;

use thiserror::Error;

use super::rule::{GiftSharing, ShareRule, Sharing};
use crate::{
    account::{Account, Source},
    chain::{Hash, digest},
    ids::{GiftFundId, OrganisationId, PotId, RoundId},
    money::{Money, Overflow, SplitError, basis_points, split},
    posting::Transfer,
};

/// A member that gets a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub organisation: OrganisationId,
    /// What it paid in during the period of the rule.
    pub paid: Money,
    /// What it gets by hand, under [`Sharing::Manual`].
    pub manual: Money,
}

/// A gift fund that becomes shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GiftPart {
    /// Which.
    pub fund: GiftFundId,
    /// All that it holds.
    pub amount: Money,
    /// For a gift earmarked to a feature: the organisation that leads it, which alone gets it, to put it there.
    pub only: Option<OrganisationId>,
}

/// Everything that a distribution is computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The pot.
    pub pot: PotId,
    /// The round.
    pub round: RoundId,
    /// The number of the round, whose turn decides ties of a minor unit.
    pub turn: u64,
    /// The rule of the round.
    pub rule: ShareRule,
    /// Per mille of what leaves the pools that goes to the reserve; never of gifts.
    pub reserve: u32,
    /// How much leaves the pools; `None`: everything present (with manual amounts, what they ask for).
    pub amount: Option<Money>,
    /// What each pool holds, those above zero.
    pub pools: BTreeMap<OrganisationId, Money>,
    /// What the common pool holds.
    pub common: Money,
    /// The gift funds, by id.
    pub gifts: Vec<GiftPart>,
    /// The members, by id.
    pub members: Vec<Member>,
}

/// What one organisation gets and why. The parts by rule add up to `own + pooled`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Who.
    pub organisation: OrganisationId,
    /// Its part of what is shared equally.
    pub equal: Money,
    /// Its part of what is shared in proportion to payments.
    pub paid: Money,
    /// What was given by hand.
    pub manual: Money,
    /// Its part of the gifts.
    pub gift: Money,
    /// Of the first three, what comes from its own pool.
    pub own: Money,
    /// Of the first three, what comes from others'.
    pub pooled: Money,
}

impl Explained {
    /// The whole share.
    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum([self.own, self.pooled, self.gift]).unwrap_or_default()
    }
}

/// A distribution as it will be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What moves.
    pub transfers: Vec<Transfer>,
    /// Each member's share with its reasons, by id.
    pub shares: Vec<Explained>,
    /// What leaves the pools, the reserve's part included.
    pub from_pools: Money,
    /// Of that, what goes to the reserve.
    pub reserve: Money,
    /// What leaves the gift funds.
    pub from_gifts: Money,
    /// SHA-256 of the inputs.
    pub digest: Hash,
}

/// Why nothing is distributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DistributionRefusal {
    /// The pools and the gift funds are empty.
    #[error("nothing to share")]
    NothingToShare,
    /// No organisation is a member.
    #[error("no member")]
    NoMember,
    /// The rule counts payments and nobody paid in during its period.
    #[error("nobody paid in during the period")]
    NobodyPaid,
    /// More than what lies in the pools.
    #[error("{wanted} wanted, {present} present")]
    MoreThanPresent {
        /// What lies there.
        present: Money,
        /// What was asked, the reserve's part included.
        wanted: Money,
    },
    /// Amounts by hand that are more than what is left of the pools after the reserve's part.
    #[error("{asked} asked, {to_share} to share after {reserve} for the reserve")]
    MoreThanToShare {
        /// What was typed, all together.
        asked: Money,
        /// What can be shared out.
        to_share: Money,
        /// The reserve's part of what lies in the pools.
        reserve: Money,
    },
    /// An amount by hand for an organisation that is not a member.
    #[error("{0} is not a member")]
    NotAMember(OrganisationId),
    /// The round has its distribution.
    #[error("already distributed")]
    AlreadyDistributed,
    /// The round is closing or closed.
    #[error("the round is not open")]
    RoundNotOpen,
    /// The round has no distribution to take back.
    #[error("not distributed yet")]
    NotDistributed,
    /// Somebody put money on a feature since: the distribution stands.
    #[error("something is allocated already")]
    AllocatedAlready,
    /// The pot owes more than it holds; a decision must cover that first.
    #[error("a deficit of {0} must be covered first")]
    Deficit(Money),
    /// A sum is too large.
    #[error("the amounts are too large")]
    TooLarge,
}

impl From<Overflow> for DistributionRefusal {
    fn from(_: Overflow) -> Self {
        Self::TooLarge
    }
}

impl From<SplitError> for DistributionRefusal {
    fn from(error: SplitError) -> Self {
        match error {
            SplitError::NoWeight => Self::NobodyPaid,
            SplitError::Negative | SplitError::Overflow => Self::TooLarge,
        }
    }
}

/// Plans a distribution. Errors: [`DistributionRefusal`] where there is no money, no member, no payment that
/// counts, or not enough for the amounts asked.
pub fn plan(inputs: &Inputs) -> Result<Plan, DistributionRefusal> {
    if inputs.members.is_empty() {
        return Err(DistributionRefusal::NoMember);
    }
    let present = Money::sum(inputs.pools.values().copied().chain([inputs.common]))?;
    let from_gifts = Money::sum(inputs.gifts.iter().map(|gift| gift.amount))?;
    let (from_pools, reserve) = leaving(inputs, present)?;
    if from_pools.is_zero() && from_gifts.is_zero() {
        return Err(DistributionRefusal::NothingToShare);
    }
    let mut shares = by_rule(inputs, from_pools.minus(reserve)?)?;
    let mut transfers = Vec::with_capacity(inputs.pools.len() + inputs.members.len());
    let mut left = give(inputs, from_pools, reserve, &mut transfers)?;
    pair(inputs, &mut left, &mut shares, &mut transfers)?;
    share_gifts(inputs, &mut shares, &mut transfers)?;
    Ok(Plan { transfers, shares, from_pools, reserve, from_gifts, digest: digest_of(inputs) })
}

/// The reserve's part of what leaves the pools: ⌊amount × per mille⌋, never all.
#[must_use]
pub fn reserve_of(amount: Money, per_mille: u32) -> Money {
    let part = i128::from(amount.minor()) * i128::from(per_mille.min(999)) / 1_000;
    // A part of an amount is no larger.
    Money::new(i64::try_from(part).unwrap_or_default())
}

/// What leaves the pools, and its part for the reserve. Under manual amounts, the least that leaves them whole after the
/// reserve's part; everything where they are all that can be shared out.
fn leaving(inputs: &Inputs, present: Money) -> Result<(Money, Money), DistributionRefusal> {
    let kept = i128::from(1_000_u32.saturating_sub(inputs.reserve).max(1));
    let wanted = match inputs.rule.sharing {
        Sharing::Manual => {
            let asked = Money::sum(inputs.members.iter().map(|member| member.manual))?;
            let reserve = reserve_of(present, inputs.reserve);
            let to_share = present.minus(reserve)?;
            // Where the reserve's part of what is there is less than a cent, what was typed is all that is too much: a
            // part of it for the reserve would be a figure that nobody typed.
            if asked > to_share {
                return Err(match reserve.is_positive() {
                    true => DistributionRefusal::MoreThanToShare { asked, to_share, reserve },
                    false => DistributionRefusal::MoreThanPresent { present, wanted: asked },
                });
            }
            let minor = i128::from(asked.minor());
            let least = if minor == 0 { 0 } else { (minor - 1) * 1_000 / kept + 1 };
            match asked == to_share {
                true => present,
                false => Money::new(i64::try_from(least).map_err(|_| DistributionRefusal::TooLarge)?),
            }
        }
        _ => inputs.amount.unwrap_or(present),
    };
    if wanted > present || wanted < Money::ZERO {
        return Err(DistributionRefusal::MoreThanPresent { present, wanted });
    }
    Ok((wanted, reserve_of(wanted, inputs.reserve)))
}

fn by_rule(inputs: &Inputs, net: Money) -> Result<Vec<Explained>, DistributionRefusal> {
    let members = &inputs.members;
    let none = || vec![Money::ZERO; members.len()];
    let equally = |total| split(total, &vec![1; members.len()], inputs.turn);
    let payments: Vec<i64> = members.iter().map(|member| member.paid.minor()).collect();
    let (equal, paid, manual) = match inputs.rule.sharing {
        Sharing::Equal => (equally(net)?, none(), none()),
        Sharing::Paid(_) => (none(), split(net, &payments, inputs.turn)?, none()),
        Sharing::Mixed { equal, .. } => {
            let part = basis_points(net, equal);
            (equally(part)?, split(net.minus(part)?, &payments, inputs.turn)?, none())
        }
        Sharing::Manual => (none(), none(), members.iter().map(|member| member.manual).collect()),
    };
    Ok(members
        .iter()
        .enumerate()
        .map(|(at, member)| Explained {
            organisation: member.organisation,
            equal: equal[at],
            paid: paid[at],
            manual: manual[at],
            gift: Money::ZERO,
            own: Money::ZERO,
            pooled: Money::ZERO,
        })
        .collect())
}

/// What each pool gives to shares, by id, the common one (`None`) last.
type Giving = Vec<(Option<OrganisationId>, Money)>;

/// Each pool gives in proportion to what it holds; the reserve's part goes at once.
fn give(
    inputs: &Inputs,
    from_pools: Money,
    reserve: Money,
    transfers: &mut Vec<Transfer>,
) -> Result<Giving, DistributionRefusal> {
    let mut pools: Giving =
        inputs.pools.iter().map(|(organisation, amount)| (Some(*organisation), *amount)).collect();
    pools.push((None, inputs.common));
    let held: Vec<i64> = pools.iter().map(|(_, amount)| amount.minor()).collect();
    let gives = split(from_pools, &held, inputs.turn)?;
    let weights: Vec<i64> = gives.iter().map(|amount| amount.minor()).collect();
    let reserved = split(reserve, &weights, inputs.turn)?;
    for (at, (pool, amount)) in pools.iter_mut().enumerate() {
        *amount = gives[at].minus(reserved[at])?;
        if reserved[at].is_positive() {
            transfers.push(Transfer::new(pool_account(*pool), Account::ReserveFund, reserved[at]));
        }
    }
    Ok(pools)
}

const fn pool_account(pool: Option<OrganisationId>) -> Account {
    match pool {
        Some(organisation) => Account::Pool(organisation),
        None => Account::PoolCommon,
    }
}

/// First each one's own, then the rest, paired in order.
fn pair(
    inputs: &Inputs,
    giving: &mut [(Option<OrganisationId>, Money)],
    shares: &mut [Explained],
    transfers: &mut Vec<Transfer>,
) -> Result<(), DistributionRefusal> {
    let place: BTreeMap<OrganisationId, usize> =
        inputs.members.iter().enumerate().map(|(at, member)| (member.organisation, at)).collect();
    let mut lacking = Vec::with_capacity(shares.len());
    for share in shares.iter() {
        lacking.push(Money::sum([share.equal, share.paid, share.manual])?);
    }
    for (pool, amount) in giving.iter_mut() {
        let Some((organisation, at)) = pool.and_then(|o| place.get(&o).map(|at| (o, *at))) else { continue };
        let own = (*amount).min(lacking[at]);
        if own.is_positive() {
            transfers.push(Transfer::new(
                Account::Pool(organisation),
                Account::Share(organisation, Source::Own),
                own,
            ));
        }
        *amount = amount.minus(own)?;
        lacking[at] = lacking[at].minus(own)?;
        shares[at].own = own;
    }
    let mut pools = giving.iter_mut().filter(|(_, amount)| amount.is_positive());
    let mut giver = pools.next();
    for (share, lacks) in shares.iter_mut().zip(&mut lacking) {
        while lacks.is_positive() {
            let Some((pool, amount)) = giver.as_deref_mut() else {
                return Err(DistributionRefusal::TooLarge);
            };
            let part = (*amount).min(*lacks);
            let to = Account::Share(share.organisation, Source::Pooled);
            transfers.push(Transfer::new(pool_account(*pool), to, part));
            share.pooled = share.pooled.plus(part)?;
            *lacks = lacks.minus(part)?;
            *amount = amount.minus(part)?;
            if amount.is_zero() {
                giver = pools.next();
            }
        }
    }
    Ok(())
}

fn share_gifts(
    inputs: &Inputs,
    shares: &mut [Explained],
    transfers: &mut Vec<Transfer>,
) -> Result<(), DistributionRefusal> {
    let mut weights: Vec<i64> = match inputs.rule.gifts {
        GiftSharing::Equal | GiftSharing::Decided => vec![1; shares.len()],
        GiftSharing::ByRule | GiftSharing::Wished => shares
            .iter()
            .map(|share| share.own.plus(share.pooled).map(Money::minor))
            .collect::<Result<_, _>>()?,
    };
    if weights.iter().all(|weight| *weight == 0) {
        weights.fill(1);
    }
    for gift in &inputs.gifts {
        let parts = match gift.only {
            None => split(gift.amount, &weights, inputs.turn)?,
            Some(only) => {
                let at = shares
                    .iter()
                    .position(|share| share.organisation == only)
                    .ok_or(DistributionRefusal::NotAMember(only))?;
                let mut parts = vec![Money::ZERO; shares.len()];
                parts[at] = gift.amount;
                parts
            }
        };
        for (share, part) in shares.iter_mut().zip(parts) {
            if part.is_positive() {
                let to = Account::Share(share.organisation, Source::Gift(gift.fund));
                transfers.push(Transfer::new(Account::Gift(gift.fund), to, part));
                share.gift = share.gift.plus(part)?;
            }
        }
    }
    Ok(())
}

/// SHA-256 of everything that the plan depends on, one line an input.
fn digest_of(inputs: &Inputs) -> Hash {
    use std::fmt::Write as _;
    let mut text = format!(
        "distribution\npot {}\nround {} {}\nrule {}\nreserve {}\namount {}\ncommon {}\n",
        inputs.pot,
        inputs.round,
        inputs.turn,
        inputs.rule,
        inputs.reserve,
        inputs.amount.map_or_else(|| "all".to_owned(), |amount| amount.to_string()),
        inputs.common,
    );
    for (organisation, amount) in &inputs.pools {
        let _ = writeln!(text, "pool {organisation} {amount}");
    }
    for gift in &inputs.gifts {
        let only = gift.only.map_or_else(|| "all".to_owned(), |only| only.to_string());
        let _ = writeln!(text, "gift {} {} {only}", gift.fund, gift.amount);
    }
    for member in &inputs.members {
        let _ = writeln!(text, "member {} {} {}", member.organisation, member.paid, member.manual);
    }
    digest(&[text.as_bytes()])
}

#[cfg(test)]
#[path = "distribution_tests.rs"]
mod tests;
