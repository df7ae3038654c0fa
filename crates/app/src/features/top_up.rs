//! More money for a triggered feature, by a decision of the collective: an organisation puts its share there beyond the maximum,
//! or after the last day, and the terms get a new version that says why and by which decision.

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Transfer,
    actor::Action,
    features::{TopUp, TopUpRefusal},
    ids::{DecisionId, FeatureId, OrganisationId},
    input::FieldRule,
    pot::FundMode,
    shares::purse::{Part, draw, usable},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx, decisions::DecisionRow, features::Feature, features::terms::Announced, journal::Of,
};
use uuid::Uuid;

use super::{edit, find, lock_one, new_terms};
use crate::{
    acting::Acting,
    closings::given_reason,
    context::Context,
    contributions::Recorded,
    error::Failure,
    funding_mails::{self, News},
    idempotency::{Keyed, remember, replayed},
    invoices::At,
    rounds::page::held_by,
    second_word, story_of_money,
    till::{Drawn, Story, Till},
    triggers::held_on,
};

/// A complement.
#[derive(Clone, Debug, Serialize)]
pub struct NewTopUp {
    /// How much of the share of the organisation acted for, in minor units of the pot.
    pub amount: Money,
    /// By which decision.
    pub decision: DecisionId,
    /// Why, for everybody.
    pub reason: String,
}

/// What it led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToppedUp {
    /// The posting.
    pub recorded: Recorded,
    /// The version of the terms that made room for it.
    pub terms: i64,
    /// The most that can be put there now.
    pub maximum: Money,
}

/// The feature as a complement meets it, under the rules under which it is funded.
pub async fn standing(
    tx: &mut Tx,
    feature: &Feature,
    mode: FundMode,
    round_over: bool,
) -> store::sqlx::Result<TopUp> {
    let rules = store::collectives::rules_at(tx, feature.collective, feature.rules_version).await?;
    Ok(TopUp {
        track: (feature.track, rules.track(feature.track).and_then(|rule| rule.ceiling)),
        mode,
        state: feature.state,
        total: feature.allocated_total,
        maximum: feature.maximum,
        closing_on: feature.closing_on,
        round_over,
    })
}

/// Puts the share of the organisation acted for on a triggered feature, by a decision that somebody else wrote down, as
/// long as anybody else could. Asks for a mandate for its money. It can't be taken back. The ceiling of the feature's track
/// bounds its price with what is added; the cap of what one organisation puts doesn't: the decision lifts it.
/// Errors: fields `amount`, `decision`, `reason`; no right; a key reused; [`TopUpRefusal`].
pub async fn top_up(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    new: NewTopUp,
) -> Result<ToppedUp, Failure<TopUpRefusal>> {
    put(context, acting, feature, new, true).await
}

/// The same for somebody who hasn't confirmed yet what can't be taken back. Errors: [`TopUpRefusal::Unconfirmed`] where
/// nothing else refuses it.
pub async fn top_up_unconfirmed(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    new: NewTopUp,
) -> Result<ToppedUp, Failure<TopUpRefusal>> {
    put(context, acting, feature, new, false).await
}

async fn put(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    new: NewTopUp,
    confirmed: bool,
) -> Result<ToppedUp, Failure<TopUpRefusal>> {
    let Some(row) = find(context, feature).await? else { return Err(Failure::NotFound) };
    let new = NewTopUp { reason: given_reason(&new.reason)?, ..new };
    if !new.amount.is_positive() {
        return Err(Failure::field("amount", FieldRule::NotPositive));
    }
    let keyed = Keyed::of(context, &acting, &("top_up", feature, acting.organisation, &new)).await?;
    let (pot, drawn) = (row.pot.0, Drawn::of(context));
    context.db.write(Put { pot, acting, feature, new, confirmed, keyed, drawn }).await
}

struct Put {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    new: NewTopUp,
    /// Whether somebody means what can't be taken back.
    confirmed: bool,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Put {
    type Done = ToppedUp;
    type Error = Failure<TopUpRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<ToppedUp, Failure<TopUpRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let permit = till.permit(Action::Allocate, &self.acting, None)?;
        let organisation = permit.organisation().ok_or(Failure::NotFound)?;
        if let Some(answer) = replayed::<ToppedUp, _>(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(ToppedUp { recorded: answer.recorded.again(tx).await?, ..answer });
        }
        let round = store::rounds::lock_open(tx, till.pot()).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        let mode = till.locked.pot.fund_mode;
        let round_over = feature.round.is_some() && round.map(|round| round.id) != feature.round;
        let maximum = standing(tx, &feature, mode, round_over)
            .await?
            .maximum_for(till.today, self.new.amount)
            .map_err(Failure::Refused)?;
        let (at, person) = (At::of(&till), self.acting.person);
        let decision = second_word::decision_for(tx, &at, person, self.new.decision).await?;
        let parts = self.parts(tx, &till, organisation).await?;
        self.write_terms(tx, &mut till, &mut feature, maximum, &decision).await?;
        let recorded = self.post(tx, &mut till, &mut feature, (organisation, &decision), &parts).await?;
        let data = json!({
            "amount": self.new.amount.minor(),
            "title": feature.title,
            "decision": decision.id.to_string(),
            "decision_number": decision.number,
        });
        let mut story = Story::new("share_topped_up", ("feature", feature.id.0), data);
        story.organisation = Some(organisation);
        story_of_money::tell(tx, &mut till, vec![story]).await?;
        let held = held_on(tx, &till, feature.id, AccountKind::Reserved).await?;
        let told: Vec<_> =
            held.iter().filter_map(|bound| Some((bound.whose.organisation()?, bound.amount))).collect();
        let news = News::ToppedUp { reason: &self.new.reason, decision: &decision.title };
        funding_mails::tell(tx, &mut till, &feature, &told, news).await?;
        if !self.confirmed {
            return Err(Failure::Refused(TopUpRefusal::Unconfirmed));
        }
        let answer = ToppedUp { recorded, terms: feature.terms_version, maximum: feature.maximum };
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &answer).await?;
        Ok(answer)
    }
}

impl Put {
    /// Which sources of the share give it.
    async fn parts(
        &self,
        tx: &mut Tx,
        till: &Till,
        organisation: OrganisationId,
    ) -> Result<Vec<Part>, Failure<TopUpRefusal>> {
        let held =
            store::journal::balances(tx, till.pot(), Book::Cash, Of::Organisation(organisation)).await?;
        let earmarks = store::gifts::earmarks(tx, till.pot()).await?;
        let share = held_by(&held, &earmarks).share;
        let wanted = self.new.amount;
        let left = usable(&share, self.feature).map_err(|_| Failure::Refused(TopUpRefusal::TooLarge))?;
        draw(&share, self.feature, wanted)
            .map_err(|_| Failure::Refused(TopUpRefusal::NotEnoughShare { left, wanted }))
    }

    /// The next version of the terms, whose last line makes room for what is added.
    async fn write_terms(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        feature: &mut Feature,
        maximum: Money,
        decision: &DecisionRow,
    ) -> Result<(), Failure<TopUpRefusal>> {
        edit::keep(tx, till, feature).await?;
        let mut lines = store::features::lines(tx, feature.id).await?;
        let more = maximum.less(feature.maximum);
        if let Some(last) = lines.last_mut() {
            last.maximum = last.maximum.plus(more).map_err(|_| Failure::Refused(TopUpRefusal::TooLarge))?;
        }
        let said =
            Announced { reason: self.new.reason.clone(), suspended_until: None, decision: Some(decision.id) };
        let closing_on = feature.closing_on;
        new_terms::write(tx, till, feature, (&lines, closing_on), &said)
            .await
            .map_err(|failure| failure.map(|_| TopUpRefusal::TooLarge))
    }

    async fn post(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        feature: &mut Feature,
        (organisation, decision): (OrganisationId, &DecisionRow),
        parts: &[Part],
    ) -> Result<Recorded, Failure<TopUpRefusal>> {
        let transfers = parts.iter().map(|part| {
            let from = Account::Share(organisation, part.source);
            Transfer::new(from, Account::Reserved(organisation, feature.id, part.source), part.amount)
        });
        let transfers = transfers.collect();
        let mut draft = Draft::new(PostingKind::TopUp, Book::Cash, till.today, till.actor.clone(), transfers);
        draft.organisation = Some(organisation);
        draft.feature = Some(feature.id);
        draft.round = feature.round;
        draft.decision = Some(decision.id);
        let posted = till.post(tx, draft).await?;
        till.add_to_total(tx, feature.id, self.new.amount.minor()).await?;
        let total = feature.allocated_total.minor().saturating_add(self.new.amount.minor());
        feature.allocated_total = Money::new(total);
        Ok(Recorded::of(&posted))
    }
}
