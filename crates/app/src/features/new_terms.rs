//! New terms for a feature on which money lies: what it costs, until when it gathers. Whoever put money there is told, and
//! may take it back for the days that the rules give; nothing triggers meanwhile, and silence keeps.

use std::collections::BTreeMap;

use domain::{
    Money,
    actor::Action,
    features::{
        Covered, FeatureRefusal, FundingTerms, Line, NewTermsRefusal, Proposal, is_suspended, new_terms,
        terms,
    },
    ids::{FeatureId, OrganisationId},
    promises::PromiseOn,
    rules::Rules,
};
use jiff::civil::Date;
use serde_json::json;
use store::{Command, Tx, deadlines::Deadline, features::Feature, features::terms::Announced, rounds::Round};
use uuid::Uuid;

use super::{edit, find, lock_one, propose};
use crate::{
    acting::Acting,
    closings::given_reason,
    context::Context,
    error::Failure,
    funding_mails,
    idempotency::{Keyed, remember, replayed},
    till::{Drawn, Story, Till},
    triggers::{self, CONFIRM, held_on},
};

/// The deadline at which what wasn't taken back stays.
pub const TERMS: &str = "feature_terms";
/// Promises that are told: more than a feature has.
const MOST_PROMISES: i64 = 1_000;

/// What the terms become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTerms {
    /// What it costs.
    pub lines: Vec<Line>,
    /// Its last day.
    pub closing_on: Date,
    /// Why, for everybody.
    pub reason: String,
}

/// What new terms would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The terms, with their texts cleaned.
    pub new: NewTerms,
    /// What it is called from then on: below this nothing is spent.
    pub floor: Money,
    /// More than this can't be put there.
    pub maximum: Money,
    /// The last day on which money may be taken back.
    pub until: Date,
    /// What lies on it now leads to under them, once money can no longer be taken back.
    pub covered: Covered,
}

impl Preview {
    /// What is missing to the new floor, as things are now.
    #[must_use]
    pub const fn missing(&self) -> Money {
        match self.covered {
            Covered::NotYet { missing } => missing,
            Covered::Triggers | Covered::AsksConfirmation { .. } => Money::ZERO,
        }
    }
}

/// A feature as new terms meet it; `rules` are those under which it is funded.
pub(crate) async fn standing(
    tx: &mut Tx,
    feature: &Feature,
    round: Option<&Round>,
    rules: &Rules,
) -> store::sqlx::Result<new_terms::Standing> {
    Ok(new_terms::Standing {
        state: feature.state,
        allocated: feature.allocated_total,
        lines: store::features::lines(tx, feature.id).await?,
        closing_on: feature.closing_on,
        suspended_until: feature.suspended_until,
        round_closes_on: round.map(|round| round.closes_on),
        days: rules.delays.terms,
    })
}

/// Whether the terms of a feature may change today, money being inside. Errors: [`NewTermsRefusal`]; faults.
pub async fn may_change(
    tx: &mut Tx,
    feature: &Feature,
    today: Date,
) -> Result<new_terms::Standing, Failure<FeatureRefusal>> {
    let rules = store::collectives::rules_at(tx, feature.collective, feature.rules_version).await?;
    let round = match feature.round {
        Some(round) => store::rounds::by_id(tx, round).await?,
        None => None,
    };
    let standing = standing(tx, feature, round.as_ref(), &rules).await?;
    standing.open(today).map_err(refused)?;
    Ok(standing)
}

fn refused(why: NewTermsRefusal) -> Failure<FeatureRefusal> {
    Failure::Refused(why.into())
}

/// What new terms would do, if they were announced now; nothing is written. Errors: as [`change_terms`], permissions apart.
pub async fn preview_terms(
    context: &Context,
    feature: FeatureId,
    new: NewTerms,
) -> Result<Preview, Failure<FeatureRefusal>> {
    let mut tx = context.db.read().await?;
    let feature = store::features::by_id(&mut tx, feature).await?.ok_or(Failure::NotFound)?;
    let collective = store::collectives::get(&mut tx, feature.collective).await?.ok_or(Failure::NotFound)?;
    let (_, rules) = store::collectives::rules(&mut tx, feature.collective).await?;
    judge(&mut tx, &feature, &rules, collective.day(context.now()), &new).await
}

/// Judges new terms as they are typed; `rules` are those of today. Errors: fields that break a rule, [`NewTermsRefusal`],
/// more than the track takes.
async fn judge(
    tx: &mut Tx,
    feature: &Feature,
    rules: &Rules,
    today: Date,
    new: &NewTerms,
) -> Result<Preview, Failure<FeatureRefusal>> {
    let standing = may_change(tx, feature, today).await?;
    let stored = edit::shown(tx, feature).await?;
    let typed = Proposal { lines: new.lines.clone(), closing_on: new.closing_on, ..stored };
    let typed = typed.cleaned(feature.track, today, standing.round_closes_on).map_err(Failure::Invalid)?;
    let reason = given_reason(&new.reason)?;
    let (floor, maximum) =
        terms::from_lines(&typed.lines).map_err(|why| Failure::Refused(FeatureRefusal::Terms(why)))?;
    let until = standing.change(today, &typed.lines, typed.closing_on).map_err(refused)?;
    propose::track_for(rules, maximum, Some(feature.track))?;
    // It triggers by the rules under which it is funded.
    let own = store::collectives::rules_at(tx, feature.collective, feature.rules_version).await?;
    let next = FundingTerms { floor, maximum, target: maximum, ..triggers::terms_of(feature, &own) };
    Ok(Preview {
        new: NewTerms { lines: typed.lines, closing_on: typed.closing_on, reason },
        covered: next.covered(feature.allocated_total, own.trigger),
        floor,
        maximum,
        until,
    })
}

/// Announces new terms for a feature on which money lies. `seen` is the version that the form showed. The last day on which
/// money may be taken back. A contributor of the lead doesn't: what others put there may become bound.
/// Errors: fields that break a rule, no right, changed meanwhile, [`NewTermsRefusal`], more than the track takes.
pub async fn change_terms(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    seen: i64,
    new: NewTerms,
) -> Result<Date, Failure<FeatureRefusal>> {
    let Some(row) = find(context, feature).await? else { return Err(Failure::NotFound) };
    let keyed = Keyed::of(context, &acting, &("terms", feature, seen, format!("{new:?}"))).await?;
    let drawn = Drawn::of(context);
    context.db.write(Announce { pot: row.pot.0, acting, feature, seen, new, keyed, drawn }).await
}

struct Announce {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    seen: i64,
    new: NewTerms,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Announce {
    type Done = Date;
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Date, Failure<FeatureRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        store::rounds::lock_open(tx, self.pot.into()).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        till.permit(Action::ChangeTerms, &self.acting, Some(feature.lead))?;
        if let Some(until) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(until);
        }
        if feature.version != self.seen {
            return Err(Failure::Refused(FeatureRefusal::ChangedMeanwhile));
        }
        let before = (feature.floor, feature.maximum, feature.closing_on);
        let preview = judge(tx, &feature, &till.rules, till.today, &self.new).await?;
        edit::keep(tx, &mut till, &feature).await?;
        feature.suspended_until = Some(preview.until);
        feature.confirming_since = None;
        let said = Announced {
            reason: preview.new.reason.clone(),
            suspended_until: feature.suspended_until,
            decision: None,
        };
        write(tx, &mut till, &mut feature, (&preview.new.lines, preview.new.closing_on), &said).await?;
        store::deadlines::cancel(tx, feature.id.0, CONFIRM).await?;
        propose::set_closing(tx, &mut till, &feature).await?;
        set_end(tx, &mut till, &feature, preview.until).await?;
        let data = json!({
            "title": feature.title,
            "number": feature.number,
            "version": feature.terms_version,
            "floor": feature.floor.minor(),
            "maximum": feature.maximum.minor(),
            "closing_on": feature.closing_on.to_string(),
            "until": preview.until.to_string(),
            "reason": said.reason,
        });
        let mut story = Story::new("terms_changed", ("feature", feature.id.0), data);
        story.organisation = Some(feature.lead);
        till.record(tx, story).await?;
        let held = held_by(tx, &till, &feature).await?;
        funding_mails::tell_terms(tx, &mut till, &feature, before, &held, &said).await?;
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &preview.until).await?;
        Ok(preview.until)
    }
}

/// Writes the next version of the terms: lines and dates as they are from now on, under the rules that hold for the feature.
pub(super) async fn write(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    (lines, closing_on): (&[Line], Date),
    said: &Announced,
) -> Result<(), Failure<FeatureRefusal>> {
    let rules = triggers::rules_of(tx, till, feature).await?;
    (feature.floor, feature.maximum) =
        terms::from_lines(lines).map_err(|why| Failure::Refused(FeatureRefusal::Terms(why)))?;
    feature.target = feature.maximum;
    feature.closing_on = closing_on;
    feature.terms_version += 1;
    feature.version += 1;
    let next: FundingTerms = triggers::terms_of(feature, &rules);
    store::features::terms::replace(tx, feature, &next, said, till.now).await?;
    let priced = lines.iter().map(|line| (till.id(), line.clone())).collect::<Vec<_>>();
    let incomes = store::features::incomes(tx, feature.id).await?;
    Ok(store::features::replace_price(tx, feature.id, &priced, &incomes).await?)
}

async fn set_end(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    until: Date,
) -> Result<(), Failure<FeatureRefusal>> {
    store::deadlines::cancel(tx, feature.id.0, TERMS).await?;
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: feature.id.0,
        kind: TERMS,
        occurrence: feature.terms_version.to_string(),
        due_at: till.collective.end_of(until),
    };
    Ok(store::deadlines::set(tx, &deadline).await?)
}

/// What each organisation has on a feature in funding, in money and in rights; with nothing those who only intend to
/// promise something to it.
pub(super) async fn held_by(
    tx: &mut Tx,
    till: &Till,
    feature: &Feature,
) -> Result<BTreeMap<OrganisationId, Money>, Failure<FeatureRefusal>> {
    let mut held: BTreeMap<OrganisationId, Money> = BTreeMap::new();
    let mut add = |organisation, amount: Money| {
        let sum = held.entry(organisation).or_default();
        *sum = sum.plus(amount).unwrap_or(*sum);
    };
    for bound in held_on(tx, till, feature.id, domain::AccountKind::Allocated).await? {
        if let Some(organisation) = bound.whose.organisation() {
            add(organisation, bound.amount);
        }
    }
    if till.locked.pot.fund_mode.is_promised() {
        for (organisation, amount) in crate::rights::on_feature(tx, till, feature.id).await? {
            add(organisation, amount);
        }
        for promise in store::promises::list(tx, PromiseOn::Feature(feature.id), MOST_PROMISES).await? {
            add(promise.organisation, Money::ZERO);
        }
    }
    Ok(held)
}

/// Nobody can take money back any more because the terms have changed, or nothing lies there: the feature is as any other.
pub(super) async fn lift(tx: &mut Tx, feature: &mut Feature) -> store::sqlx::Result<()> {
    feature.suspended_until = None;
    store::features::terms::end_suspension(tx, feature.id).await?;
    store::deadlines::cancel(tx, feature.id.0, TERMS).await.map(drop)
}

/// What the deadline of new terms calls: what wasn't taken back stays, and what is covered is triggered, or a steward is
/// asked. Does nothing before that day has ended, and nothing a second time.
pub async fn keep_if_due(context: &Context, feature: FeatureId) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = find(context, feature).await? else { return Ok(()) };
    if row.suspended_until.is_none() {
        return Ok(());
    }
    context.db.write(Keep { pot: row.pot.0, feature, drawn: Drawn::of(context) }).await
}

struct Keep {
    pot: Uuid,
    feature: FeatureId,
    drawn: Drawn,
}

impl Command for Keep {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = Till::by_job(tx, self.pot.into(), TERMS, &self.drawn).await?;
        store::rounds::lock_open(tx, self.pot.into()).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        if feature.suspended_until.is_none() || is_suspended(feature.suspended_until, till.today) {
            return Ok(());
        }
        lift(tx, &mut feature).await?;
        let data = json!({
            "title": feature.title, "number": feature.number, "version": feature.terms_version,
        });
        till.record(tx, Story::new("terms_kept", ("feature", feature.id.0), data)).await?;
        triggers::after_change(tx, &mut till, &mut feature).await.map(drop)
    }
}
