//! Gifts that a decision of the collective puts on a feature, where its rules don't share them out. They are in nobody's share:
//! nobody takes them back, and if the feature isn't funded they return to their fund.

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Transfer,
    actor::Action,
    features::{Funding, FundingRefusal},
    ids::{DecisionId, FeatureId, GiftFundId, PotId},
    input::FieldRule,
    pot::FundMode,
    rules::Rules,
    shares::{GiftPutRefusal, GiftSharing},
};
use serde::Serialize;
use serde_json::json;
use store::{
    Command, Tx, decisions::DecisionRow, features::Feature, gifts::GiftFund, journal::Of, rounds::Round,
};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    contributions::Recorded,
    error::Failure,
    idempotency::{Keyed, remember, replayed},
    invoices::At,
    second_word,
    till::{Drawn, Story, Till},
    triggers,
};

/// Gifts to be put on a feature.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct GiftPut {
    /// From which fund.
    pub fund: GiftFundId,
    /// On which feature.
    pub feature: FeatureId,
    /// How much, in minor units of the pot.
    pub amount: Money,
    /// By which decision.
    pub decision: DecisionId,
}

/// How gifts become what lies on features today: as the open round says, else as the rules do.
#[must_use]
pub fn sharing(rules: &Rules, round: Option<&Round>) -> GiftSharing {
    round.map_or(rules.gifts, |round| round.share_rule.gifts)
}

/// What each gift fund holds that nobody was given yet, by id.
pub async fn waiting(tx: &mut Tx, pot: PotId) -> store::sqlx::Result<Vec<(GiftFundId, Money)>> {
    let held = store::journal::balances(tx, pot, Book::Cash, Of::Kinds(&[AccountKind::Gift])).await?;
    Ok(held.into_iter().filter_map(|(account, amount)| Some((account.gift_fund()?, amount))).collect())
}

/// Puts gifts on a feature by a decision that somebody else wrote down, as long as anybody else could. Asks for the role of
/// treasurer or steward. Errors: fields `amount`, `fund`, `decision`; no right; a key reused; [`GiftPutRefusal`].
pub async fn put_gift(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: GiftPut,
) -> Result<Recorded, Failure<GiftPutRefusal>> {
    put(context, acting, pot, new, true).await
}

/// The same for somebody who hasn't confirmed yet what can't be taken back. Errors: [`FundingRefusal::Unconfirmed`] where
/// nothing else refuses it.
pub async fn put_gift_unconfirmed(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: GiftPut,
) -> Result<Recorded, Failure<GiftPutRefusal>> {
    put(context, acting, pot, new, false).await
}

async fn put(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: GiftPut,
    confirmed: bool,
) -> Result<Recorded, Failure<GiftPutRefusal>> {
    let keyed = Keyed::of(context, &acting, &("put_gift", pot, &new)).await?;
    context.db.write(Put { pot, acting, new, confirmed, keyed, drawn: Drawn::of(context) }).await
}

struct Put {
    pot: PotId,
    acting: Acting,
    new: GiftPut,
    /// Whether somebody means what can't be taken back.
    confirmed: bool,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Put {
    type Done = Recorded;
    type Error = Failure<GiftPutRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Recorded, Failure<GiftPutRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        if till.permit(Action::Distribute, &self.acting, None).is_err() {
            till.permit(Action::StewardFeature, &self.acting, None)?;
        }
        if let Some(answer) = replayed::<Recorded, _>(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer.again(tx).await?);
        }
        // Nobody holds money in a direct pot.
        if till.locked.pot.fund_mode == FundMode::Direct {
            return Err(Failure::NotFound);
        }
        let round = store::rounds::lock_open(tx, self.pot).await?;
        let features = store::features::lock(tx, &[self.new.feature]).await?;
        let mut feature = features.into_iter().find(|row| row.pot == self.pot).ok_or(Failure::NotFound)?;
        if !sharing(&till.rules, round.as_ref()).is_decided() {
            return Err(Failure::Refused(GiftPutRefusal::SharedOut));
        }
        let (at, person) = (At::of(&till), self.acting.person);
        let decision = second_word::decision_for(tx, &at, person, self.new.decision).await?;
        let fund = self.fund(tx, &till).await?;
        self.takes(tx, &till, &feature, round.as_ref()).await?;
        let answer = self.post(tx, &mut till, &mut feature, &decision).await?;
        let data = json!({
            "amount": self.new.amount.minor(),
            "title": feature.title,
            "number": feature.number,
            "fund": fund.name,
            "decision": decision.id.to_string(),
            "decision_number": decision.number,
        });
        till.record(tx, Story::new("gift_put", ("feature", feature.id.0), data)).await?;
        triggers::after_change(tx, &mut till, &mut feature).await?;
        if !self.confirmed {
            return Err(Failure::Refused(FundingRefusal::Unconfirmed.into()));
        }
        remember(tx, self.pot, self.keyed.as_ref(), till.now, &answer).await?;
        Ok(answer)
    }
}

impl Put {
    /// The fund, if it holds that much and may reach the feature, in a pot without deficit.
    async fn fund(&self, tx: &mut Tx, till: &Till) -> Result<GiftFund, Failure<GiftPutRefusal>> {
        const KINDS: [AccountKind; 3] = [AccountKind::Gift, AccountKind::Loss, AccountKind::Adjustment];
        let refuse = Failure::Refused;
        let wanted = self.new.amount;
        if !wanted.is_positive() {
            return Err(Failure::field("amount", FieldRule::NotPositive));
        }
        if wanted > Money::MAX_ENTRY {
            return Err(Failure::field("amount", FieldRule::TooLarge));
        }
        let fund = store::gifts::by_id(tx, till.pot(), self.new.fund).await?;
        let fund = fund.ok_or_else(|| Failure::field("fund", FieldRule::Unknown))?;
        if fund.earmark.is_some_and(|feature| feature != self.new.feature) {
            return Err(refuse(GiftPutRefusal::Earmarked));
        }
        let (mut left, mut deficit) = (Money::ZERO, 0_i64);
        for (account, amount) in
            store::journal::balances(tx, till.pot(), Book::Cash, Of::Kinds(&KINDS)).await?
        {
            match account {
                Account::Gift(id) if id == fund.id => left = amount,
                Account::Gift(_) => {}
                _ => deficit = deficit.saturating_sub(amount.minor()),
            }
        }
        if deficit > 0 {
            return Err(refuse(GiftPutRefusal::Deficit(Money::new(deficit))));
        }
        if wanted > left {
            return Err(refuse(GiftPutRefusal::NotEnough { left, wanted }));
        }
        Ok(fund)
    }

    /// Whether the feature takes that much today, and a member leads it.
    async fn takes(
        &self,
        tx: &mut Tx,
        till: &Till,
        feature: &Feature,
        round: Option<&Round>,
    ) -> Result<(), Failure<GiftPutRefusal>> {
        let refuse = |why: FundingRefusal| Failure::Refused(GiftPutRefusal::Funding(why));
        let round = round.filter(|round| feature.round == Some(round.id));
        let funding = Funding {
            state: feature.state,
            opens_on: round.map(|round| round.opens_on),
            closing_on: feature.closing_on,
            maximum: feature.maximum,
            total: feature.allocated_total,
            confirming: feature.confirming_since.is_some(),
            // A cap is of what an organisation puts; this is nobody's share.
            cap: None,
            round_over: feature.round.is_some() && round.is_none(),
        };
        funding.open(till.today).map_err(refuse)?;
        let (room, wanted) = (funding.room(), self.new.amount);
        if wanted > room {
            return Err(refuse(FundingRefusal::OverMaximum { room, wanted }));
        }
        let lead = store::organisations::member(tx, till.collective.id, feature.lead).await?;
        match lead.is_some_and(|lead| lead.is_member(till.today)) {
            true => Ok(()),
            false => Err(Failure::Refused(GiftPutRefusal::NobodyLeads)),
        }
    }

    async fn post(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        feature: &mut Feature,
        decision: &DecisionRow,
    ) -> Result<Recorded, Failure<GiftPutRefusal>> {
        let GiftPut { fund, amount, .. } = self.new;
        let (kind, to) = match feature.state.is_triggered() {
            true => (PostingKind::Add, Account::GiftReserved(feature.id, fund)),
            false => (PostingKind::Allocate, Account::GiftAllocated(feature.id, fund)),
        };
        let transfers = vec![Transfer::new(Account::Gift(fund), to, amount)];
        let mut draft = Draft::new(kind, Book::Cash, till.today, till.actor.clone(), transfers);
        draft.feature = Some(feature.id);
        draft.round = feature.round;
        draft.decision = Some(decision.id);
        let posted = till.post(tx, draft).await?;
        till.add_to_total(tx, feature.id, amount.minor()).await?;
        feature.allocated_total = Money::new(feature.allocated_total.minor().saturating_add(amount.minor()));
        Ok(Recorded::of(&posted))
    }
}
