//! The distribution of a round: previewed, confirmed with the digest of what the preview was made of, posted once.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Source, Transfer,
    actor::{Action, permit},
    features::State,
    ids::{FeatureId, GiftFundId, OrganisationId, PotId, RoundId},
    posting::Posted,
    promises::PromiseRule,
    rounds::RoundState,
    shares::{
        DistributionRefusal, GiftPart, Inputs, Member, Period, Plan, ShareRule,
        distribution::{plan, reserve_of},
    },
};
use jiff::{ToSpan as _, civil::Date};
use serde::Serialize;
use serde_json::json;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    journal::Of,
    rounds::{Counted, Round},
};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    contributions::Recorded,
    error::Failure,
    funding_mails::{self, Shared},
    idempotency::{Keyed, remember, replayed},
    journal, people,
    till::{Drawn, Story, Till},
};

/// The act that happens once a round, until it is reversed.
const ACT: &str = "distribution";
/// The same for the gifts of a round whose promises were shared out by a posting of their own.
const GIFTS_ACT: &str = "gift_distribution";

/// What a treasurer asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// How much leaves the pools; none: everything that is there.
    pub amount: Option<Money>,
    /// Amounts by hand, where the round's rule says so.
    pub manual: BTreeMap<OrganisationId, Money>,
}

/// A distribution as it would be posted now.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The round.
    pub round: Round,
    /// What would move, and why each gets what it gets.
    pub plan: Plan,
    /// What of the pools is not shared out.
    pub stays: Money,
    /// Payments that count here and have counted in the distribution of another round: its number, and which.
    pub counted: Vec<(i64, Counted)>,
}

impl Preview {
    /// The digest to confirm with.
    #[must_use]
    pub fn digest(&self) -> String {
        hex::encode(self.plan.digest)
    }
}

/// The answer to a confirmation.
#[derive(Clone, Debug)]
pub enum Confirmed {
    /// It is posted.
    Posted(Recorded),
    /// Something had changed since the preview: nothing is posted, this is how it would be now.
    Changed(Box<Preview>),
}

/// What the distribution of a round would be now. Asks for the treasurer's role.
/// Errors: nothing to share, distributed already, a round that isn't open, a deficit.
pub async fn preview_distribution(
    context: &Context,
    acting: &Acting,
    round: RoundId,
    asked: &Asked,
) -> Result<Preview, Failure<DistributionRefusal>> {
    let now = context.now();
    let mut tx = context.db.read().await?;
    let round = store::rounds::by_id(&mut tx, round).await?.ok_or(Failure::NotFound)?;
    let pot = store::pots::by_id(&mut tx, round.pot).await?.ok_or(Failure::NotFound)?;
    let collective = store::collectives::get(&mut tx, pot.collective).await?.ok_or(Failure::NotFound)?;
    let standing = people::standing_of(&mut tx, acting, &collective, now).await?;
    permit(Action::Distribute, &standing, acting.organisation, None)?;
    preview_now(&mut tx, &collective, round, collective.day(now), asked).await
}

/// Posts the distribution of a round as it was previewed. With inputs that have changed since, nothing is written
/// and the answer is a fresh preview. Errors: as [`preview_distribution`].
pub async fn confirm_distribution(
    context: &Context,
    acting: Acting,
    round: RoundId,
    asked: Asked,
    digest: &str,
) -> Result<Confirmed, Failure<DistributionRefusal>> {
    let mut tx = context.db.read().await?;
    let pot = store::rounds::by_id(&mut tx, round).await?.ok_or(Failure::NotFound)?.pot;
    drop(tx);
    let manual: Vec<(&OrganisationId, &Money)> = asked.manual.iter().collect();
    let keyed = Keyed::of(context, &acting, &("distribute", round, asked.amount, manual, digest)).await?;
    let digest = digest.to_owned();
    context.db.write(Confirm { pot, acting, round, asked, digest, keyed, drawn: Drawn::of(context) }).await
}

struct Confirm {
    pot: PotId,
    acting: Acting,
    round: RoundId,
    asked: Asked,
    digest: String,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Confirm {
    type Done = Confirmed;
    type Error = Failure<DistributionRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Confirmed, Failure<DistributionRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::Distribute, &self.acting, None)?;
        if let Some(answer) = replayed::<Recorded, _>(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(Confirmed::Posted(answer.again(tx).await?));
        }
        let round = store::rounds::lock(tx, self.round).await?.ok_or(Failure::NotFound)?;
        let preview = preview_now(tx, &till.collective, round, till.today, &self.asked).await?;
        if preview.digest() != self.digest {
            return Ok(Confirmed::Changed(Box::new(preview)));
        }
        let posted = post_in(tx, &mut till, &preview).await?;
        let answer = Recorded::of(&posted);
        remember(tx, self.pot, self.keyed.as_ref(), self.drawn.now, &answer).await?;
        Ok(Confirmed::Posted(answer))
    }
}

/// Plans and posts the distribution of an open round inside a transaction, without a preview: for imports. The
/// round is locked. Errors: as [`preview_distribution`].
pub async fn distribute_in(
    tx: &mut Tx,
    till: &mut Till,
    round: &Round,
    asked: &Asked,
) -> Result<Posted, Failure<DistributionRefusal>> {
    let preview = preview_now(tx, &till.collective, round.clone(), till.today, asked).await?;
    post_in(tx, till, &preview).await
}

/// Posts a plan made in this transaction, writes down why each got what it got, and tells each.
async fn post_in(
    tx: &mut Tx,
    till: &mut Till,
    preview: &Preview,
) -> Result<Posted, Failure<DistributionRefusal>> {
    let Preview { round, plan, .. } = preview;
    let promised = till.locked.pot.fund_mode.is_promised();
    let mut done: Option<Posted> = None;
    for (book, transfers) in by_book(&plan.transfers, promised) {
        let mut draft =
            Draft::new(PostingKind::Distribution, book, till.today, till.actor.clone(), transfers);
        draft.round = Some(round.id);
        let posted = till.post(tx, draft).await?;
        let act = if done.is_none() { ACT } else { GIFTS_ACT };
        let taken = DistributionRefusal::AlreadyDistributed;
        journal::once(tx, till.pot(), act, round.id.0, posted.id, taken).await?;
        done.get_or_insert(posted);
    }
    let posted = done.ok_or(Failure::Refused(DistributionRefusal::NothingToShare))?;
    store::rounds::insert_shares(tx, round.id, posted.id, &plan.shares).await?;
    let data = json!({
        "round": round.number,
        "from_pools": plan.from_pools.minor(),
        "from_gifts": plan.from_gifts.minor(),
        "reserve": plan.reserve.minor(),
        "shares": plan.shares.iter().filter(|share| share.total().is_positive()).count(),
        "seq": posted.seq,
    });
    till.record(tx, Story::new("distribution_posted", ("round", round.id.0), data)).await?;
    let mut shares: BTreeMap<OrganisationId, Shared> = BTreeMap::new();
    for share in plan.shares.iter().filter(|share| share.total().is_positive()) {
        shares.insert(share.organisation, Shared { amount: share.total(), earmarked: Vec::new() });
    }
    for (organisation, title, amount) in earmarked(tx, till.pot(), &plan.transfers).await? {
        shares.entry(organisation).or_default().earmarked.push((title, amount));
    }
    funding_mails::tell_shares(tx, till, round, &shares).await?;
    Ok(posted)
}

/// What of a plan are gifts that may reach one feature alone: whose share, the title of the feature, how much.
async fn earmarked(
    tx: &mut Tx,
    pot: PotId,
    transfers: &[Transfer],
) -> store::sqlx::Result<Vec<(OrganisationId, String, Money)>> {
    let earmarks = store::gifts::earmarks(tx, pot).await?;
    let mut sums: BTreeMap<(OrganisationId, FeatureId), Money> = BTreeMap::new();
    for Transfer { to, amount, .. } in transfers {
        let Account::Share(organisation, Source::Gift(fund)) = to else { continue };
        let Some(feature) = earmarks.get(fund) else { continue };
        let sum = sums.entry((*organisation, *feature)).or_default();
        *sum = sum.plus(*amount).unwrap_or(*sum);
    }
    let mut features: Vec<FeatureId> = sums.keys().map(|(_, feature)| *feature).collect();
    features.sort_unstable();
    features.dedup();
    let names = store::views::feature_names(tx, &features).await?;
    let title = |id| names.iter().find(|row| row.id == id).map(|row| row.title.clone()).unwrap_or_default();
    Ok(sums
        .into_iter()
        .map(|((organisation, feature), amount)| (organisation, title(feature), amount))
        .collect())
}

/// The transfers of a plan by the book in which they are posted, the promises first: in a pot that isn't paid in advance,
/// pools hold what was promised, and what comes out of them is a right. What those who left leave to the others is money,
/// like a gift.
fn by_book(transfers: &[Transfer], promised: bool) -> Vec<(Book, Vec<Transfer>)> {
    let is_money = |transfer: &Transfer| {
        transfer.from.gift_fund().is_some() || matches!(transfer.from, Account::PoolCommon)
    };
    if !promised {
        return vec![(Book::Cash, transfers.to_vec())];
    }
    let rights = transfers.iter().filter(|transfer| !is_money(transfer)).filter_map(|transfer| {
        let to = Account::Right(transfer.to.organisation()?);
        Some(Transfer::new(transfer.from, to, transfer.amount))
    });
    let money = transfers.iter().filter(|transfer| is_money(transfer)).copied();
    let both = [(Book::Promises, rights.collect::<Vec<_>>()), (Book::Cash, money.collect())];
    both.into_iter().filter(|(_, transfers)| !transfers.is_empty()).collect()
}

async fn preview_now(
    tx: &mut Tx,
    collective: &CollectiveRow,
    round: Round,
    today: Date,
    asked: &Asked,
) -> Result<Preview, Failure<DistributionRefusal>> {
    let refuse = Failure::Refused;
    if round.state != RoundState::Open || today > round.closes_on {
        return Err(refuse(DistributionRefusal::RoundNotOpen));
    }
    if store::views::distribution_of(tx, round.pot, round.id).await?.is_some() {
        return Err(refuse(DistributionRefusal::AlreadyDistributed));
    }
    let inputs = inputs(tx, collective, &round, today, asked).await?;
    let plan = plan(&inputs).map_err(refuse)?;
    let counted = counted_elsewhere(tx, &round).await?;
    Ok(Preview { stays: present(&inputs)?.less(plan.from_pools), counted, round, plan })
}

/// What all pools hold together.
fn present(inputs: &Inputs) -> Result<Money, Failure<DistributionRefusal>> {
    let fault = |_| Failure::Refused(DistributionRefusal::TooLarge);
    Money::sum(inputs.pools.values().copied().chain([inputs.common])).map_err(fault)
}

/// Most earlier distributions that are looked at for payments counted twice.
const MOST_EARLIER: u16 = 50;

/// The payments of a round's period that the distribution of another round has counted.
async fn counted_elsewhere(tx: &mut Tx, round: &Round) -> store::sqlx::Result<Vec<(i64, Counted)>> {
    let Some(period) = round.share_rule.period() else { return Ok(Vec::new()) };
    let mut counted = Vec::new();
    for earlier in store::rounds::shared_out(tx, round.pot, Some(round.id), MOST_EARLIER).await? {
        let Some(theirs) = earlier.share_rule.period() else { continue };
        let (from, to) = (period.from.max(theirs.from), period.to.min(theirs.to));
        if from <= to {
            let found = store::rounds::counted_before(tx, round.pot, from, to, earlier.seq).await?;
            counted.extend((found.entries > 0).then_some((earlier.number, found)));
        }
    }
    Ok(counted)
}

/// The period whose payments a round that begins on a day is proposed to count: since those that an earlier round counted,
/// else of a year.
pub async fn proposed_period(tx: &mut Tx, pot: PotId, begins: Date) -> store::sqlx::Result<Period> {
    let from = first_uncounted(tx, pot).await?.unwrap_or_else(|| begins.saturating_sub(1.year()));
    Ok(Period { from, to: begins.max(from) })
}

/// From when on payments count in a new round that asks for a period: the day after the last one that was shared out.
async fn first_uncounted(tx: &mut Tx, pot: PotId) -> store::sqlx::Result<Option<Date>> {
    let earlier = store::rounds::shared_out(tx, pot, None, MOST_EARLIER).await?;
    let last = earlier.iter().filter_map(|earlier| earlier.share_rule.period()).map(|period| period.to).max();
    Ok(last.and_then(|last| last.tomorrow().ok()))
}

/// What there is to share out in a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToShare {
    /// Of payments, without what goes to the reserve: what amounts by hand give.
    pub payments: Money,
    /// Of gifts for all, which come on top by their own rule.
    pub gifts: Money,
    /// Of gifts for one feature, which go to whoever leads it.
    pub earmarked: Money,
}

/// What there is to share out in a round now. Errors: a deficit.
pub async fn to_share(
    tx: &mut Tx,
    collective: &CollectiveRow,
    round: &Round,
    today: Date,
) -> Result<ToShare, Failure<DistributionRefusal>> {
    let inputs = inputs(tx, collective, round, today, &Asked::default()).await?;
    let present = present(&inputs)?;
    let sum = |earmarked: bool| {
        let parts = inputs.gifts.iter().filter(|part| part.only.is_some() == earmarked);
        Money::sum(parts.map(|part| part.amount)).map_err(|_| Failure::Refused(DistributionRefusal::TooLarge))
    };
    Ok(ToShare {
        payments: present.less(reserve_of(present, inputs.reserve)),
        gifts: sum(false)?,
        earmarked: sum(true)?,
    })
}

/// Everything that a distribution depends on. Errors: a deficit, an amount by hand for a stranger.
async fn inputs(
    tx: &mut Tx,
    collective: &CollectiveRow,
    round: &Round,
    today: Date,
    asked: &Asked,
) -> Result<Inputs, Failure<DistributionRefusal>> {
    const KINDS: [AccountKind; 5] = [
        AccountKind::Pool,
        AccountKind::PoolCommon,
        AccountKind::Gift,
        AccountKind::Loss,
        AccountKind::Adjustment,
    ];
    let members = store::rounds::members(tx, collective.id, today).await?;
    let known: BTreeSet<OrganisationId> = members.iter().copied().collect();
    if let Some(stranger) = asked.manual.keys().find(|organisation| !known.contains(organisation)) {
        return Err(Failure::Refused(DistributionRefusal::NotAMember(*stranger)));
    }
    let mut pools = BTreeMap::new();
    let (mut common, mut deficit) = (Money::ZERO, 0_i64);
    let mut funds: Vec<(GiftFundId, Money)> = Vec::new();
    for (account, amount) in store::journal::balances(tx, round.pot, Book::Cash, Of::Kinds(&KINDS)).await? {
        match account {
            Account::Pool(organisation) => drop(pools.insert(organisation, amount)),
            Account::PoolCommon => common = amount,
            Account::Gift(fund) => funds.push((fund, amount)),
            _ => deficit = deficit.saturating_sub(amount.minor()),
        }
    }
    if deficit > 0 {
        return Err(Failure::Refused(DistributionRefusal::Deficit(Money::new(deficit))));
    }
    let pot = store::pots::by_id(tx, round.pot).await?.ok_or(Failure::NotFound)?;
    let promised = pot.fund_mode.is_promised();
    if promised {
        pools = match round.promises {
            PromiseRule::AsPutIn => BTreeMap::new(),
            PromiseRule::Shared => promised_pools(tx, round.pot).await?,
        };
    }
    let paid: BTreeMap<OrganisationId, Money> = match round.share_rule.period() {
        // Among promises, what was promised counts rather than what was paid before.
        Some(_) if promised => pools.clone(),
        Some(period) => store::rounds::paid_between(tx, round.pot, period.from, period.to)
            .await?
            .into_iter()
            .map(|paid| (paid.organisation, paid.amount))
            .collect(),
        None => BTreeMap::new(),
    };
    let of =
        |amounts: &BTreeMap<OrganisationId, Money>, member| amounts.get(member).copied().unwrap_or_default();
    let rules = store::collectives::rules_at(tx, collective.id, round.rules_version).await?;
    Ok(Inputs {
        pot: round.pot,
        round: round.id,
        turn: round.number.unsigned_abs(),
        // Where each allocates its own promise, only what is left to all is shared out: there is nothing to weigh by.
        rule: match promised && pools.is_empty() {
            true => ShareRule { gifts: round.share_rule.gifts, ..ShareRule::EQUAL },
            false => round.share_rule,
        },
        reserve: if promised { 0 } else { u32::from(rules.reserve_per_mille) },
        amount: asked.amount,
        pools,
        common,
        gifts: gifts(tx, round, today, &funds, &known).await?,
        members: members
            .iter()
            .map(|organisation| Member {
                organisation: *organisation,
                paid: of(&paid, organisation),
                manual: of(&asked.manual, organisation),
            })
            .collect(),
    })
}

/// What each organisation promised for the open round and isn't a right yet.
async fn promised_pools(tx: &mut Tx, pot: PotId) -> store::sqlx::Result<BTreeMap<OrganisationId, Money>> {
    let of = Of::Kinds(&[AccountKind::Pool]);
    let held = store::journal::balances(tx, pot, Book::Promises, of).await?;
    Ok(held.into_iter().filter_map(|(account, amount)| Some((account.organisation()?, amount))).collect())
}

/// The gift funds that are shared out: those without earmark, and those earmarked to a feature that can be funded
/// today, for the organisation that leads it. Others wait.
async fn gifts(
    tx: &mut Tx,
    round: &Round,
    today: Date,
    funds: &[(GiftFundId, Money)],
    members: &BTreeSet<OrganisationId>,
) -> Result<Vec<GiftPart>, Failure<DistributionRefusal>> {
    if funds.is_empty() {
        return Ok(Vec::new());
    }
    let earmarks = store::gifts::earmarks(tx, round.pot).await?;
    let mut parts = Vec::with_capacity(funds.len());
    for (fund, amount) in funds {
        let only = match earmarks.get(fund) {
            // A decision puts them on features.
            None if round.share_rule.gifts.is_decided() => continue,
            None => None,
            Some(feature) => {
                let feature = store::features::by_id(tx, *feature).await?;
                let open = feature.filter(|feature| {
                    let takes = feature.state == State::Funding || feature.state.is_triggered();
                    takes && feature.closing_on >= today && members.contains(&feature.lead)
                });
                match open {
                    Some(feature) => Some(feature.lead),
                    None => continue,
                }
            }
        };
        parts.push(GiftPart { fund: *fund, amount: *amount, only });
    }
    parts.sort_by_key(|part| part.fund);
    Ok(parts)
}
