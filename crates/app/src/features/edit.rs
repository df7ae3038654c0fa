//! Changing a feature: freely while no money lies on it; then only its words.

use domain::{
    actor::Action,
    features::{FeatureRefusal, Line, Place, Proposal, State, terms},
    ids::FeatureId,
};
use jiff::civil::Date;
use serde_json::json;
use store::{Command, Tx, features::Feature, rounds::Round};
use uuid::Uuid;

use super::{find, lock_one, new_terms, propose, stages};
use crate::{
    acting::Acting,
    context::Context,
    error::{Failure, Never},
    revisions::Change,
    till::{Drawn, Story, Till},
    triggers,
    work::{name_worker, worker_shown},
};

/// Changes the text, the price and the dates of a feature. `seen` is the version that the form showed. With money
/// on it only title, summary, description and the address of its discussion change.
/// Errors: fields that break a rule, no right, changed meanwhile, money inside, triggered or ended.
pub async fn edit_feature(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    seen: i64,
    proposal: Proposal,
) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = find(context, feature).await? else { return Err(Failure::NotFound) };
    let drawn = Drawn::of(context);
    context.db.write(Edit { pot: row.pot.0, acting, feature, seen, proposal, drawn }).await
}

struct Edit {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    seen: i64,
    proposal: Proposal,
    drawn: Drawn,
}

impl Command for Edit {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let round = store::rounds::lock_open(tx, self.pot.into()).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        till.permit(Action::EditFeature, &self.acting, Some(feature.lead))?;
        if feature.version != self.seen {
            return Err(Failure::Refused(FeatureRefusal::ChangedMeanwhile));
        }
        if !feature.state.is_before_funding() && feature.state != State::Funding {
            return Err(Failure::Refused(FeatureRefusal::NotEditable(feature.state)));
        }
        let before = shown(tx, &feature).await?;
        let open = round.as_ref();
        let round = if self.proposal.place == Place::Round && feature.state.is_before_funding() {
            // An idea may wait for a round: only money needs one that is open.
            open
        } else {
            propose::round_for(self.proposal.place, open)?
        };
        let closes_on = round.map(|round| round.closes_on);
        let mut track = feature.track;
        if feature.state.is_before_funding() {
            let least = till.rules.default_track(self.proposal.maximum());
            track = least.map_or(track, |least| least.max(track));
        }
        let inside = feature.allocated_total.is_positive();
        let first = if inside { feature.closing_on.min(till.today) } else { till.today };
        let proposal = self.proposal.clone().cleaned(track, first, closes_on).map_err(Failure::Invalid)?;
        if inside && changes_terms(&before, &proposal) {
            return Err(Failure::Refused(FeatureRefusal::MoneyInside { allocated: feature.allocated_total }));
        }
        let track = propose::track_for(&till.rules, proposal.maximum(), Some(track))?;
        let body = kept(&before, &feature);
        write(tx, &mut till, &mut feature, &proposal, round).await?;
        if track != feature.track {
            feature.track = track;
            store::features::set_track(tx, feature.id, track).await?;
        }
        let person = till.person();
        let revision = till.id();
        let text = body.to_string();
        store::revisions::add(tx, revision, "feature", feature.id.0, &text, person, till.now).await?;
        let data = json!({ "title": feature.title, "number": feature.number });
        let mut story = Story::new("feature_edited", ("feature", feature.id.0), data);
        story.organisation = Some(feature.lead);
        till.record(tx, story).await?;
        if feature.state == State::Funding {
            if changes_terms(&before, &proposal) {
                // Nothing lies there: nobody has anything to take back.
                new_terms::lift(tx, &mut feature).await?;
                propose::freeze_terms(tx, &till, &mut feature).await?;
                propose::set_closing(tx, &mut till, &feature).await?;
            }
            return Ok(());
        }
        stages::advance(tx, &mut till, &mut feature, open).await
    }
}

/// What a revision keeps of a feature; who does the work as it was typed, and who leads by its id, which no change of a
/// member's name alters.
fn kept(shown: &Proposal, feature: &Feature) -> serde_json::Value {
    let incomes: Vec<_> =
        shown.incomes.iter().map(|income| json!([income.label, income.amount.minor()])).collect();
    json!({
        "title": shown.title,
        "summary": shown.summary,
        "description": shown.description,
        "done_when": shown.done_when,
        "worker": feature.worker,
        "lead": feature.lead.to_string(),
        "software": shown.software,
        "discussion_url": shown.discussion_url,
        "lines": lines(&shown.lines),
        "incomes": incomes,
        "closing_on": shown.closing_on.to_string(),
        "outside": shown.place == Place::Outside,
    })
}

/// Keeps a feature as it is in a revision, before somebody changes it.
pub(super) async fn keep<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
) -> Result<(), Failure<R>> {
    let body = kept(&shown(tx, feature).await?, feature).to_string();
    let (revision, person) = (till.id(), till.person());
    store::revisions::add(tx, revision, "feature", feature.id.0, &body, person, till.now).await?;
    Ok(())
}

/// Moves the closing date of a feature that seeks money to a later day, with its round, under the rules that hold for it;
/// its title. What was put there may still be taken back. Errors: faults only.
pub(crate) async fn close_later<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: FeatureId,
    closing_on: Date,
) -> Result<String, Failure<R>> {
    let mut feature = lock_one(tx, till, feature).await?;
    keep(tx, till, &feature).await?;
    let rules = triggers::rules_of(tx, till, &feature).await?;
    feature.closing_on = closing_on;
    feature.terms_version += 1;
    let next = triggers::terms_of(&feature, &rules);
    store::features::terms::insert(tx, feature.id, &next, None, till.now).await?;
    store::features::set_closing_on(tx, feature.id, closing_on).await?;
    propose::set_closing(tx, till, &feature).await?;
    let data = json!({ "title": feature.title, "number": feature.number });
    let mut story = Story::new("feature_edited", ("feature", feature.id.0), data);
    story.organisation = Some(feature.lead);
    till.record(tx, story).await?;
    Ok(feature.title)
}

/// What was changed of a feature, newest first.
pub async fn changes(tx: &mut Tx, feature: &Feature) -> Result<Vec<Change>, Failure<Never>> {
    let now = kept(&shown(tx, feature).await?, feature);
    Ok(crate::revisions::of(tx, feature.id.0, &now).await?)
}

/// What the form shows of a feature. Errors: faults only.
pub async fn shown<R: std::fmt::Debug>(tx: &mut Tx, feature: &Feature) -> Result<Proposal, Failure<R>> {
    let software = match feature.software {
        Some(software) => store::features::software::name(tx, software).await?.unwrap_or_default(),
        None => String::new(),
    };
    Ok(Proposal {
        title: feature.title.clone(),
        summary: feature.summary.clone(),
        description: feature.description.clone(),
        done_when: feature.done_when.clone(),
        worker: worker_shown(tx, feature).await?,
        software,
        discussion_url: feature.discussion_url.clone(),
        lines: store::features::lines(tx, feature.id).await?,
        incomes: store::features::incomes(tx, feature.id).await?,
        closing_on: feature.closing_on,
        place: if feature.outside_rounds { Place::Outside } else { Place::Round },
    })
}

/// Whether what people put money for would change.
fn changes_terms(before: &Proposal, after: &Proposal) -> bool {
    before.lines != after.lines
        || before.closing_on != after.closing_on
        || before.place != after.place
        || before.done_when != after.done_when
        || before.worker != after.worker
        || before.software != after.software
}

fn lines(lines: &[Line]) -> Vec<serde_json::Value> {
    let line = |line: &Line| json!([line.label, line.minimum.minor(), line.maximum.minor()]);
    lines.iter().map(line).collect()
}

async fn write(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    proposal: &Proposal,
    round: Option<&Round>,
) -> Result<(), Failure<FeatureRefusal>> {
    feature.title.clone_from(&proposal.title);
    feature.summary.clone_from(&proposal.summary);
    feature.description.clone_from(&proposal.description);
    feature.done_when.clone_from(&proposal.done_when);
    name_worker(tx, feature, &proposal.worker, till.today).await?;
    feature.discussion_url.clone_from(&proposal.discussion_url);
    feature.software = propose::software(tx, till, &proposal.software, feature.software).await?;
    (feature.floor, feature.maximum) = terms::from_lines(&proposal.lines).unwrap_or_default();
    feature.target = feature.maximum;
    feature.closing_on = proposal.closing_on;
    feature.outside_rounds = proposal.place == Place::Outside;
    feature.round = round.map(|round| round.id);
    store::features::update_text(tx, feature).await?;
    propose::price(tx, till, feature.id, proposal).await
}
