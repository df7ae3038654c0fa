//! Proposing a feature.

use domain::{
    Money,
    actor::Action,
    features::{FeatureRefusal, Moved, Place, Proposal, State, Track, terms},
    ids::{FeatureId, FeatureLineId, OrganisationId, PersonId, PotId},
    input::{FieldError, FieldRule},
    rules::Rules,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, deadlines::Deadline, features::Feature, rounds::Round};
use uuid::Uuid;

use super::{record_move, stages, step};
use crate::{
    acting::Acting,
    context::Context,
    eligibility,
    error::Failure,
    idempotency::{Keyed, remember, replayed},
    till::{Drawn, Till},
    triggers::{self, CLOSE},
    work::name_worker,
};

/// A feature to be proposed.
#[derive(Clone, Debug)]
pub struct NewFeature {
    /// Text, price and dates.
    pub proposal: Proposal,
    /// A fuller track than the one that the rules give to its price.
    pub track: Option<Track>,
    /// The numbers of the needs of which it is made.
    pub needs: Vec<i64>,
}

/// The answer to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its id.
    pub feature: FeatureId,
    /// Its number in the collective.
    pub number: i64,
}

/// Proposes a feature for the organisation acted for, which leads it. In the trust track it is funded at once; in
/// the others it first gathers those who need it. Errors: fields that break a rule, a track that isn't used or too
/// light, no open round.
pub async fn propose_feature(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: NewFeature,
) -> Result<Proposed, Failure<FeatureRefusal>> {
    let request = ("propose", pot, acting.organisation, format!("{new:?}"));
    let keyed = Keyed::of(context, &acting, &request).await?;
    context.db.write(Propose { pot, acting, new, keyed, drawn: Drawn::of(context) }).await
}

struct Propose {
    pot: PotId,
    acting: Acting,
    new: NewFeature,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Propose {
    type Done = Proposed;
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Proposed, Failure<FeatureRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        let permit = till.permit(Action::ProposeFeature, &self.acting, None)?;
        let lead = permit.organisation().ok_or(Failure::NotFound)?;
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let round = store::rounds::lock_open(tx, self.pot).await?;
        let person = Some(self.acting.person);
        let feature = propose_in(tx, &mut till, lead, person, round.as_ref(), &self.new).await?;
        let answer = Proposed { feature: feature.id, number: feature.number };
        remember(tx, self.pot, self.keyed.as_ref(), self.drawn.now, &answer).await?;
        Ok(answer)
    }
}

/// Proposes a feature inside a transaction; `round` is the open round, locked. Errors: as [`propose_feature`].
pub async fn propose_in(
    tx: &mut Tx,
    till: &mut Till,
    lead: OrganisationId,
    person: Option<PersonId>,
    round: Option<&Round>,
    new: &NewFeature,
) -> Result<Feature, Failure<FeatureRefusal>> {
    let track = track_for(&till.rules, new.proposal.maximum(), new.track)?;
    let round = round_for(new.proposal.place, round)?;
    let closes_on = round.map(|round| round.closes_on);
    let proposal = new.proposal.clone().cleaned(track, till.today, closes_on).map_err(Failure::Invalid)?;
    store::collectives::lock(tx, till.collective.id).await?;
    let number = store::features::next_number(tx, till.collective.id).await?;
    let mut feature = row(till, &proposal, track, round, number, lead);
    feature.lead_person = person;
    feature.software = software(tx, till, &proposal.software, None).await?;
    name_worker(tx, &mut feature, &proposal.worker, till.today).await?;
    store::features::insert(tx, std::slice::from_ref(&feature)).await?;
    price(tx, till, feature.id, &proposal).await?;
    store::needers::add(tx, feature.id, lead, "", person, till.now).await?;
    crate::needs::origins::adopt(tx, till, &feature, &new.needs).await?;
    let moved = Moved { from: None, to: State::Idea };
    record_move(tx, till, &feature, moved, json!({})).await?;
    stages::wait(tx, till, &feature).await?;
    if track == Track::Trust {
        enter_funding(tx, till, &mut feature, round).await?;
    } else {
        stages::advance(tx, till, &mut feature, round).await?;
    }
    Ok(feature)
}

/// A proposal as it would be published, with the track that it would take.
#[derive(Clone, Debug)]
pub struct Checked {
    /// With its texts cleaned.
    pub proposal: Proposal,
    /// The track.
    pub track: Track,
}

/// What a proposal would be if it were published now; nothing is written. Errors: as [`propose_feature`], permissions
/// apart.
pub async fn check_proposal(
    context: &Context,
    pot: PotId,
    new: &NewFeature,
) -> Result<Checked, Failure<FeatureRefusal>> {
    let mut tx = context.db.read().await?;
    let pot = store::pots::by_id(&mut tx, pot).await?.ok_or(Failure::NotFound)?;
    let collective = store::collectives::get(&mut tx, pot.collective).await?.ok_or(Failure::NotFound)?;
    let (_, rules) = store::collectives::rules(&mut tx, pot.collective).await?;
    let open = store::rounds::open(&mut tx, pot.id).await?;
    let track = track_for(&rules, new.proposal.maximum(), new.track)?;
    let closes_on = round_for(new.proposal.place, open.as_ref())?.map(|round| round.closes_on);
    let today = collective.day(context.now());
    let proposal = new.proposal.clone().cleaned(track, today, closes_on).map_err(Failure::Invalid)?;
    Ok(Checked { proposal, track })
}

/// The track of a feature of that price: the one that the rules give it, or the fuller one that is asked for. An idea
/// without a price takes the first in which others may say that they need it: on trust there is a price at once.
pub(super) fn track_for(
    rules: &Rules,
    maximum: Money,
    asked: Option<Track>,
) -> Result<Track, Failure<FeatureRefusal>> {
    let gathers = rules.tracks.iter().find(|rule| maximum.is_zero() && rule.track != Track::Trust);
    let least = gathers.map(|rule| rule.track).or_else(|| rules.default_track(maximum));
    let track = asked.or(least).ok_or(Failure::Fault("rules without a track".to_owned()))?;
    let Some(rule) = rules.track(track) else {
        return Err(Failure::Refused(FeatureRefusal::TrackNotUsed(track)));
    };
    match rule.ceiling {
        Some(ceiling) if maximum > ceiling => {
            Err(Failure::Refused(FeatureRefusal::AboveCeiling { track, ceiling }))
        }
        _ => Ok(track),
    }
}

/// The open round, if the feature is to be funded in one. Errors: none is open.
pub(super) fn round_for(
    place: Place,
    round: Option<&Round>,
) -> Result<Option<&Round>, Failure<FeatureRefusal>> {
    match place {
        Place::Outside => Ok(None),
        Place::Round => round.map(Some).ok_or(Failure::Refused(FeatureRefusal::NoRound)),
    }
}

fn row(
    till: &mut Till,
    proposal: &Proposal,
    track: Track,
    round: Option<&Round>,
    number: i64,
    lead: OrganisationId,
) -> Feature {
    let (floor, maximum) = terms::from_lines(&proposal.lines).unwrap_or_default();
    Feature {
        id: till.id(),
        collective: till.collective.id,
        pot: till.pot(),
        number,
        title: proposal.title.clone(),
        summary: proposal.summary.clone(),
        description: proposal.description.clone(),
        done_when: proposal.done_when.clone(),
        discussion_url: proposal.discussion_url.clone(),
        software: None,
        lead,
        lead_person: None,
        worker: String::new(),
        track,
        state: State::Idea,
        round: round.map(|round| round.id),
        outside_rounds: proposal.place == Place::Outside,
        rules_version: till.rules_version,
        terms_version: 0,
        floor,
        target: maximum,
        maximum,
        closing_on: proposal.closing_on,
        allocated_total: Money::ZERO,
        funded_at: None,
        confirming_since: None,
        ended_at: None,
        version: 1,
        created_at: till.now,
        host: None,
        worker_organisation: None,
        suspended_until: None,
    }
}

/// The software of that name, found or made; none for an empty name. Errors: on `software`, unless the feature has it
/// already (`held`), where its team wants no funded requests.
pub(super) async fn software<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    name: &str,
    held: Option<domain::ids::SoftwareId>,
) -> Result<Option<domain::ids::SoftwareId>, Failure<R>> {
    if name.is_empty() {
        return Ok(None);
    }
    let new = till.id();
    let found = store::features::software::find_or_make(tx, till.collective.id, name, new, till.now).await?;
    if held != Some(found) {
        crate::software::open_to_features(tx, found).await?;
    }
    Ok(Some(found))
}

/// Writes the lines and the other incomes.
pub(super) async fn price<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: FeatureId,
    proposal: &Proposal,
) -> Result<(), Failure<R>> {
    let lines: Vec<(FeatureLineId, _)> =
        proposal.lines.iter().map(|line| (till.id(), line.clone())).collect();
    Ok(store::features::replace_price(tx, feature, &lines, &proposal.incomes).await?)
}

/// Opens a feature for money: its terms are frozen as version 1, under the rules of today, and its closing date gets
/// its deadline. Errors: no price, a date that has passed or lies after the round's, a software that the grid holds back.
pub(super) async fn enter_funding(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    round: Option<&Round>,
) -> Result<(), Failure<FeatureRefusal>> {
    if !feature.floor.is_positive() {
        return Err(Failure::Refused(FeatureRefusal::Terms(terms::TermsError::NoFloor)));
    }
    if feature.closing_on < till.today {
        return Err(Failure::Refused(FeatureRefusal::ClosingPassed(feature.closing_on)));
    }
    eligibility::judge(tx, &till.rules, feature.software, feature.track).await?;
    if !feature.outside_rounds {
        let round = round.ok_or(Failure::Refused(FeatureRefusal::NoRound))?;
        if feature.closing_on > round.closes_on {
            let error = FieldError::new("closing_on", FieldRule::After(round.closes_on));
            return Err(Failure::Invalid(vec![error]));
        }
        feature.round = Some(round.id);
        store::features::set_round(tx, feature.id, feature.round).await?;
    }
    freeze_terms(tx, till, feature).await?;
    step(
        tx,
        till,
        feature,
        State::Funding,
        json!({ "floor": feature.floor.minor(), "closing_on": feature.closing_on.to_string() }),
    )
    .await?;
    stages::stop_waiting(tx, feature).await?;
    set_closing(tx, till, feature).await
}

/// Freezes the next version of the terms of a feature, under the rules of today. Errors: faults only.
pub(super) async fn freeze_terms<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &Till,
    feature: &mut Feature,
) -> Result<(), Failure<R>> {
    feature.terms_version += 1;
    feature.rules_version = till.rules_version;
    let terms = triggers::terms_of(feature, &till.rules);
    Ok(store::features::terms::insert(tx, feature.id, &terms, None, till.now).await?)
}

/// Sets, or moves, the deadline at which a feature in funding closes.
pub(super) async fn set_closing<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
) -> Result<(), Failure<R>> {
    store::deadlines::cancel(tx, feature.id.0, CLOSE).await?;
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: feature.id.0,
        kind: CLOSE,
        occurrence: feature.closing_on.to_string(),
        due_at: till.collective.end_of(feature.closing_on),
    };
    Ok(store::deadlines::set(tx, &deadline).await?)
}
