//! Needs that nobody joins fall asleep; anyone wakes them. And what whoever wrote one says of it: it waits, it has an answer.

use domain::{
    actor::Action,
    ids::NeedId,
    input::FieldRule,
    needs::{NeedRefusal, NeedState, is_alone, limits, parked_at},
    text,
};
use serde_json::json;
use store::{
    Command, Tx,
    deadlines::Deadline,
    needs::{self, NeedRow},
};

use super::{Which, story, tell_followers};
use crate::{
    Acting, Context, Failure,
    mails::Letter,
    people::Hall,
    till::{Drawn, Story, Till},
};

/// The deadline at which a need that is alone is parked.
pub const ALONE: &str = "need_alone";

/// Sets the deadline of a need that is alone.
pub(super) async fn wait(tx: &mut Tx, hall: &mut Hall, need: &NeedRow) -> store::sqlx::Result<()> {
    stop(tx, need).await?;
    if !is_alone(need.supporters) {
        return Ok(());
    }
    let deadline = Deadline {
        id: hall.id(),
        collective: Some(hall.collective.id),
        subject: need.id.into(),
        kind: ALONE,
        occurrence: hall.drawn.now.as_microsecond().to_string(),
        due_at: parked_at(hall.drawn.now),
    };
    store::deadlines::set(tx, &deadline).await
}

/// Takes the deadline away.
pub(super) async fn stop(tx: &mut Tx, need: &NeedRow) -> store::sqlx::Result<()> {
    store::deadlines::cancel(tx, need.id.into(), ALONE).await.map(drop)
}

/// What somebody makes of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It waits, for a reason.
    Park,
    /// It has an answer, which the reason says.
    Answer,
    /// It is open again.
    Wake,
}

impl Turn {
    /// The one of that name in addresses.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "park" => Some(Self::Park),
            "answer" => Some(Self::Answer),
            "wake" => Some(Self::Wake),
            _ => None,
        }
    }
}

/// Parks a need, says that it has an answer, or wakes it. The first two ask for a mandate of the organisation that wrote it,
/// or a steward, and a reason; any member wakes. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`];
/// [`Failure::Invalid`] on `reason`; [`NeedRefusal::NotLive`], [`NeedRefusal::AlreadySo`].
pub async fn turn(
    ctx: &Context,
    acting: Acting,
    which: Which,
    turn: Turn,
    reason: &str,
) -> Result<(), Failure<NeedRefusal>> {
    let reason =
        text::optional_line(reason, limits::REASON).map_err(|rule| Failure::field("reason", rule))?;
    if turn != Turn::Wake && reason.is_empty() {
        return Err(Failure::field("reason", FieldRule::Missing));
    }
    ctx.db.write(Make { acting, which, turn, reason, drawn: Drawn::of(ctx) }).await
}

struct Make {
    acting: Acting,
    which: Which,
    turn: Turn,
    reason: String,
    drawn: Drawn,
}

impl Command for Make {
    type Done = ();
    type Error = Failure<NeedRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<NeedRefusal>> {
        let mut hall = Hall::open(tx, self.which.collective, &self.acting, &self.drawn).await?;
        let need = self.which.find(tx).await?;
        let organisation = self.acting.organisation;
        match self.turn {
            Turn::Wake => hall.permit(Action::WriteNeed, organisation)?,
            _ => hall.permit_led(Action::EditNeed, organisation, need.organisation)?,
        };
        let (to, kind) = match self.turn {
            Turn::Park => (NeedState::Parked, "need_parked"),
            Turn::Answer => (NeedState::Answered, "need_answered"),
            Turn::Wake => (NeedState::Open, "need_woken"),
        };
        if need.state == to {
            return Err(Failure::Refused(NeedRefusal::AlreadySo));
        }
        if !need.state.is_live() && need.state != NeedState::Answered {
            return Err(match need.state {
                NeedState::Pending | NeedState::Declined => Failure::NotFound,
                state => Failure::Refused(NeedRefusal::NotLive(state)),
            });
        }
        needs::set_state(tx, need.id, to, &self.reason, None, self.drawn.now).await?;
        match to {
            NeedState::Open => wait(tx, &mut hall, &need).await?,
            _ => stop(tx, &need).await?,
        }
        tell_followers(tx, &mut hall, &need, |t| {
            let state = to.as_str();
            (
                t.needs_mail_turned_subject(state, &need.title),
                t.needs_mail_turned(&self.reason, state, &need.title),
            )
        })
        .await?;
        let told = story(kind, &need, json!({ "reason": self.reason }));
        Ok(hall.record(tx, Story { organisation, ..told }).await?)
    }
}

/// What the deadline calls: a need that nobody joined falls asleep, and those who follow it are told how to wake it. Does
/// nothing if somebody joined. Errors: faults.
pub async fn park_if_due(ctx: &Context, need: NeedId) -> Result<(), Failure<NeedRefusal>> {
    let mut tx = ctx.db.read().await?;
    let Some(row) = needs::get(&mut tx, need).await? else { return Ok(()) };
    let pot = store::pots::of_collective(&mut tx, row.collective).await?.first().map(|pot| pot.id);
    drop(tx);
    let Some(pot) = pot.filter(|_| row.state == NeedState::Open) else { return Ok(()) };
    ctx.db.write(Park { pot: pot.0, need, drawn: Drawn::of(ctx) }).await
}

struct Park {
    pot: uuid::Uuid,
    need: NeedId,
    drawn: Drawn,
}

impl Command for Park {
    type Done = ();
    type Error = Failure<NeedRefusal>;

    fn pot(&self) -> Option<uuid::Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<NeedRefusal>> {
        let mut till = Till::by_job(tx, self.pot.into(), ALONE, &self.drawn).await?;
        store::collectives::lock(tx, till.collective.id).await?;
        let need = needs::get(tx, self.need).await?.ok_or(Failure::NotFound)?;
        let waits = store::deadlines::waiting(tx, need.id.into(), ALONE).await?;
        let is_due = waits.is_some_and(|due_at| due_at <= till.now);
        if need.state != NeedState::Open || !is_alone(need.supporters) || !is_due {
            return Ok(());
        }
        needs::set_state(tx, need.id, NeedState::Parked, "", None, till.now).await?;
        let readers = needs::followers(tx, need.id, super::MOST_FOLLOWERS).await?;
        let (settings, path) =
            (till.settings.clone(), format!("/c/{}/needs/{}", till.collective.slug, need.number));
        till.tell(tx, &readers, |t| {
            let state = NeedState::Parked.as_str();
            Letter::about(t.needs_mail_turned_subject(state, &need.title))
                .say(t.needs_mail_alone(&need.title))
                .at(&settings, &path)
        })
        .await?;
        till.record(tx, story("need_parked", &need, json!({}))).await
    }
}
