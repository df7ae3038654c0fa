//! The stages before the money: gathering those who need a feature, costing it, sleeping and waking.

use domain::{
    actor::Action,
    features::{FeatureRefusal, Needers, State, Track, passage, proposal::FIRST_NEEDERS},
    ids::FeatureId,
};
use serde_json::json;
use store::{Command, Tx, deadlines::Deadline, features::Feature, rounds::Round};
use uuid::Uuid;

use super::{find, lock_one, propose, step, track};
use crate::{
    acting::Acting,
    closings::given_reason,
    context::Context,
    error::Failure,
    funding_mails,
    till::{Drawn, Till},
};

/// The deadline at which a feature that nobody moves on falls asleep.
pub const STAGE: &str = "feature_stage";
/// Needers that are counted: more than any gate asks for.
const COUNTED: i64 = 500;

/// Sets the deadline of the stage in which a feature stands, if it has one.
pub(super) async fn wait<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
) -> Result<(), Failure<R>> {
    stop_waiting(tx, feature).await?;
    let days = match feature.state {
        State::Idea => till.rules.delays.idea,
        State::Gathering => till.rules.delays.gathering,
        State::Costing => till.rules.delays.costing,
        _ => return Ok(()),
    };
    let last = till.rules.calendar.last_day(till.today, days);
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: feature.id.0,
        kind: STAGE,
        occurrence: format!("{} {}", feature.state.as_str(), till.now.as_microsecond()),
        due_at: till.collective.end_of(last),
    };
    Ok(store::deadlines::set(tx, &deadline).await?)
}

/// Takes the deadline of a stage away.
pub(super) async fn stop_waiting(tx: &mut Tx, feature: &Feature) -> store::sqlx::Result<()> {
    store::deadlines::cancel(tx, feature.id.0, STAGE).await.map(drop)
}

/// Those who need a feature.
pub(super) async fn needers(tx: &mut Tx, feature: FeatureId) -> store::sqlx::Result<Needers> {
    let mut needers = Needers::default();
    for needer in store::needers::of_feature(tx, feature, COUNTED).await? {
        needers.add(needer.organisation, needer.person);
    }
    Ok(needers)
}

/// Moves a feature on as far as it can go by itself: enough organisations need it, its lines make a price, its
/// date holds. What keeps it where it is is no error: its page says it. Errors: faults only.
pub(super) async fn advance(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    round: Option<&Round>,
) -> Result<(), Failure<FeatureRefusal>> {
    loop {
        let asked = match feature.state {
            State::Idea if feature.track != Track::Trust => FIRST_NEEDERS,
            State::Gathering => usize::from(till.rules.needers),
            State::Idea | State::Costing => {
                return match propose::enter_funding(tx, till, feature, round).await {
                    Err(Failure::Refused(_) | Failure::Invalid(_)) => Ok(()),
                    other => other,
                };
            }
            _ => return Ok(()),
        };
        let members = store::organisations::count(tx, till.collective.id, till.today).await?;
        let needers = needers(tx, feature.id).await?;
        if !needers.are(asked, usize::try_from(members).unwrap_or(usize::MAX)) {
            return Ok(());
        }
        let data = json!({ "needers": needers.count() });
        if !move_on(tx, till, feature, data).await? {
            return Ok(());
        }
    }
}

/// Takes the next passage of the track; false where that stage isn't built yet.
async fn move_on(
    tx: &mut Tx,
    till: &mut Till,
    feature: &mut Feature,
    data: serde_json::Value,
) -> Result<bool, Failure<FeatureRefusal>> {
    let Some(to) = feature.track.next(feature.state) else { return Ok(false) };
    if passage(feature.track, feature.state, to).is_err() {
        return Ok(false);
    }
    step(tx, till, feature, to, data).await?;
    wait(tx, till, feature).await?;
    Ok(true)
}

/// What a steward, or the lead, does to the stage of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Push {
    /// On to the stage after this one, for a recorded reason.
    On(State),
    /// Out of its sleep.
    Wake,
    /// To another track.
    Track(Track),
}

/// A steward moves a feature on to the stage after `from`, the one that was seen, for a reason that everybody reads.
/// Errors: no reason, no right, [`FeatureRefusal::MovedMeanwhile`] where it stands elsewhere, a stage that isn't built yet,
/// no price, a date that has passed.
pub async fn steward_moves(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    from: State,
    reason: &str,
) -> Result<(), Failure<FeatureRefusal>> {
    push(context, acting, feature, Push::On(from), given_reason(reason)?).await
}

/// A steward moves a feature to another track before its trigger; those whose money lies on it are told.
/// Errors: no reason, no right, and those of [`domain::features::TrackChange::judge`].
pub async fn change_track(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    track: Track,
    reason: &str,
) -> Result<(), Failure<FeatureRefusal>> {
    push(context, acting, feature, Push::Track(track), given_reason(reason)?).await
}

/// The organisation that leads a sleeping feature, or a steward, wakes it up. Errors: no right, it doesn't sleep.
pub async fn wake(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
) -> Result<(), Failure<FeatureRefusal>> {
    push(context, acting, feature, Push::Wake, String::new()).await
}

async fn push(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    push: Push,
    reason: String,
) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = find(context, feature).await? else { return Err(Failure::NotFound) };
    let drawn = Drawn::of(context);
    context.db.write(PushStage { pot: row.pot.0, acting, feature, push, reason, drawn }).await
}

struct PushStage {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    push: Push,
    reason: String,
    drawn: Drawn,
}

impl Command for PushStage {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let round = store::rounds::lock_open(tx, self.pot.into()).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        let lead = Some(feature.lead);
        let data = json!({ "reason": self.reason });
        match self.push {
            Push::Wake => {
                till.permit(Action::EditFeature, &self.acting, lead)?;
                refuse_unless_passage(&feature, State::Idea)?;
                step(tx, &mut till, &mut feature, State::Idea, data).await?;
                wait(tx, &mut till, &feature).await?;
            }
            Push::On(from) => {
                till.permit(Action::StewardFeature, &self.acting, lead)?;
                // Sent twice it moves one stage, not two.
                if feature.state != from {
                    let moved = FeatureRefusal::MovedMeanwhile { from, now: feature.state };
                    return Err(Failure::Refused(moved));
                }
                let Some(to) = feature.track.next(feature.state) else {
                    return Err(Failure::Refused(FeatureRefusal::NotEditable(feature.state)));
                };
                refuse_unless_passage(&feature, to)?;
                if to == State::Funding {
                    return propose::enter_funding(tx, &mut till, &mut feature, round.as_ref()).await;
                }
                if !feature.state.is_before_funding() {
                    return Err(Failure::Refused(FeatureRefusal::NotEditable(feature.state)));
                }
                move_on(tx, &mut till, &mut feature, data).await?;
            }
            Push::Track(track) => {
                till.permit(Action::StewardFeature, &self.acting, lead)?;
                track::set_track(tx, &mut till, &mut feature, track, &self.reason).await?;
            }
        }
        advance(tx, &mut till, &mut feature, round.as_ref()).await
    }
}

fn refuse_unless_passage(feature: &Feature, to: State) -> Result<(), Failure<FeatureRefusal>> {
    passage(feature.track, feature.state, to).map_err(|why| Failure::Refused(why.into()))
}

/// What the deadline of a stage calls: a feature that nobody moved on falls asleep. Does nothing if it has moved.
pub async fn park_if_due(context: &Context, feature: FeatureId) -> Result<(), Failure<FeatureRefusal>> {
    let Some(row) = find(context, feature).await? else { return Ok(()) };
    if passage(row.track, row.state, State::Parked).is_err() {
        return Ok(());
    }
    let entered = row.state;
    context.db.write(Park { pot: row.pot.0, feature, entered, drawn: Drawn::of(context) }).await
}

struct Park {
    pot: Uuid,
    feature: FeatureId,
    entered: State,
    drawn: Drawn,
}

impl Command for Park {
    type Done = ();
    type Error = Failure<FeatureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<FeatureRefusal>> {
        let mut till = Till::by_job(tx, self.pot.into(), STAGE, &self.drawn).await?;
        let mut feature = lock_one(tx, &till, self.feature).await?;
        if feature.state != self.entered {
            return Ok(());
        }
        let waits = store::deadlines::waiting(tx, feature.id.0, STAGE).await?;
        if waits.is_some_and(|due_at| due_at > till.now) {
            return Ok(());
        }
        step(tx, &mut till, &mut feature, State::Parked, json!({})).await?;
        funding_mails::tell_parked(tx, &mut till, &feature).await
    }
}
