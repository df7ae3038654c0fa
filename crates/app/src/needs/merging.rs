//! Two needs that are the same become one: proposed by any member, with the consent of whoever wrote the one that goes, or
//! once they have kept silent for a week; and a steward parts them again.

use domain::{
    actor::{Action, NotAllowed},
    ids::{CollectiveId, MergeId, NeedId, PersonId},
    merging::{LONGEST_REASON, MergeRefusal, MergeState, silent_at},
    needs::NeedState,
    text,
};
use serde_json::json;
use store::{
    Command, Tx,
    deadlines::Deadline,
    needs::{
        self, NeedRow,
        merging::{self, MergeRow, Moved, NewMerge},
    },
};

use super::{MOST_FOLLOWERS, story};
use crate::{
    Acting, Context, Failure,
    mails::Letter,
    people::Hall,
    till::{Drawn, Story, Till},
};

/// The deadline at which silence counts as consent.
pub const SILENT: &str = "need_merge";

/// What somebody answers to a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Whoever wrote the need that goes agrees.
    Accept,
    /// They don't.
    Refuse,
    /// Whoever proposed it, or a steward, takes it back.
    Withdraw,
    /// A steward parts both again.
    Part,
}

impl Answer {
    /// The one of that name in addresses.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "accept" => Some(Self::Accept),
            "refuse" => Some(Self::Refuse),
            "withdraw" => Some(Self::Withdraw),
            "part" => Some(Self::Part),
            _ => None,
        }
    }
}

/// Two needs, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Where.
    pub collective: CollectiveId,
    /// The one that goes.
    pub source: i64,
    /// The one that stays.
    pub target: i64,
}

/// Proposes that a need be merged into another; whether it was done at once, since whoever proposes wrote it. Asks for a
/// mandate. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`], [`Failure::Invalid`] on `reason`; [`MergeRefusal`].
pub async fn propose(
    ctx: &Context,
    acting: Acting,
    pair: Pair,
    reason: &str,
) -> Result<bool, Failure<MergeRefusal>> {
    let reason =
        text::optional_line(reason, LONGEST_REASON).map_err(|rule| Failure::field("reason", rule))?;
    ctx.db.write(Propose { acting, pair, reason, drawn: Drawn::of(ctx) }).await
}

struct Propose {
    acting: Acting,
    pair: Pair,
    reason: String,
    drawn: Drawn,
}

/// A need that everybody sees. Errors: [`Failure::NotFound`].
async fn shown(tx: &mut Tx, collective: CollectiveId, number: i64) -> Result<NeedRow, Failure<MergeRefusal>> {
    let need = needs::by_number(tx, collective, number).await?;
    need.filter(|need| need.state.is_shown()).ok_or(Failure::NotFound)
}

/// Both needs, locked and read after that.
async fn locked(
    tx: &mut Tx,
    source: NeedId,
    target: NeedId,
) -> Result<(NeedRow, NeedRow), Failure<MergeRefusal>> {
    merging::lock(tx, source, target).await?;
    let source = needs::get(tx, source).await?.ok_or(Failure::NotFound)?;
    let target = needs::get(tx, target).await?.ok_or(Failure::NotFound)?;
    Ok((source, target))
}

/// Whether somebody speaks for whoever wrote a need: themselves, a mandate of the organisation that did; for what a guest
/// wrote, a steward.
fn speaks(hall: &Hall, acting: &Acting, need: &NeedRow) -> bool {
    if need.author.is_none() && need.organisation.is_none() {
        return hall.permit(Action::PartNeeds, acting.organisation).is_ok();
    }
    let may = hall.permit_led(Action::AnswerMerge, acting.organisation, need.organisation).is_ok();
    may && (need.organisation.is_some() || need.author == Some(hall.person()))
}

impl Command for Propose {
    type Done = bool;
    type Error = Failure<MergeRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<bool, Failure<MergeRefusal>> {
        let mut hall = Hall::open(tx, self.pair.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::ProposeMerge, self.acting.organisation)?;
        let source = shown(tx, self.pair.collective, self.pair.source).await?;
        let target = shown(tx, self.pair.collective, self.pair.target).await?;
        if source.id == target.id {
            return Err(Failure::Refused(MergeRefusal::Itself));
        }
        let (source, target) = locked(tx, source.id, target.id).await?;
        if !source.state.is_live() || !target.state.is_live() {
            return Err(Failure::Refused(MergeRefusal::NotOpen));
        }
        if merging::proposed(tx, source.id).await?.is_some() {
            return Err(Failure::Refused(MergeRefusal::Proposed));
        }
        let agrees = speaks(&hall, &self.acting, &source);
        if !agrees && merging::was_refused(tx, source.id, target.id).await? {
            return Err(Failure::Refused(MergeRefusal::RefusedBefore));
        }
        let new = NewMerge {
            id: hall.id(),
            collective: self.pair.collective,
            source: source.id,
            target: target.id,
            reason: self.reason.clone(),
            by: hall.person(),
            organisation: permit.organisation(),
            at: self.drawn.now,
        };
        merging::propose(tx, &new).await?;
        let told =
            Story { organisation: permit.organisation(), ..of("need_merge_proposed", &source, &target) };
        hall.record(tx, told).await?;
        if agrees {
            let merge = merging::get(tx, new.id).await?.ok_or(Failure::NotFound)?;
            let by = Some(hall.person());
            finish(tx, (&merge, &source, &target), by, self.drawn.now).await?;
            tell_merged(tx, &mut hall, &source, &target).await?;
            hall.record(tx, of("need_merged", &source, &target)).await?;
            return Ok(true);
        }
        let deadline = Deadline {
            id: hall.id(),
            collective: Some(hall.collective.id),
            subject: new.id.into(),
            kind: SILENT,
            occurrence: String::new(),
            due_at: silent_at(self.drawn.now),
        };
        store::deadlines::set(tx, &deadline).await?;
        ask(tx, &mut hall, &source, &target).await?;
        Ok(false)
    }
}

/// An event of two needs, told of the one that goes.
fn of(kind: &'static str, source: &NeedRow, target: &NeedRow) -> Story {
    story(kind, source, json!({ "into": target.number, "into_title": target.title }))
}

/// Asks whoever wrote a need.
async fn ask(tx: &mut Tx, hall: &mut Hall, source: &NeedRow, target: &NeedRow) -> store::sqlx::Result<()> {
    let readers: Vec<PersonId> =
        source.author.into_iter().filter(|author| *author != hall.person()).collect();
    let (by, until) = (hall.name_of(tx, hall.person()).await?, silent_at(hall.drawn.now));
    let day = hall.collective.day(until);
    let settings = hall.drawn.settings.clone();
    let path = format!("/c/{}/needs/{}", hall.collective.slug, source.number);
    hall.tell(tx, &readers, |t| {
        Letter::about(t.merging_mail_asked_subject(&source.title))
            .say(t.merging_mail_asked(&by, &target.title, &source.title))
            .say(t.merging_mail_until(t.date(day)))
            .at(&settings, &path)
    })
    .await
}

/// Tells those who follow the need that went where it is now.
async fn tell_merged(
    tx: &mut Tx,
    hall: &mut Hall,
    source: &NeedRow,
    target: &NeedRow,
) -> store::sqlx::Result<()> {
    let mut readers = needs::followers(tx, source.id, MOST_FOLLOWERS).await?;
    readers.retain(|reader| *reader != hall.person());
    let settings = hall.drawn.settings.clone();
    let path = format!("/c/{}/needs/{}", hall.collective.slug, target.number);
    hall.tell(tx, &readers, |t| {
        Letter::about(t.merging_mail_done_subject(&source.title))
            .say(t.merging_mail_done(&target.title, &source.title))
            .at(&settings, &path)
    })
    .await
}

/// Moves everything, and notes what moved.
async fn finish(
    tx: &mut Tx,
    (merge, source, target): (&MergeRow, &NeedRow, &NeedRow),
    by: Option<PersonId>,
    now: jiff::Timestamp,
) -> Result<(), Failure<MergeRefusal>> {
    let moved = merging::merge(tx, source.id, target.id, &merge.reason, now).await?;
    let moved = serde_json::to_string(&moved).map_err(|error| store::sqlx::Error::Encode(error.into()))?;
    merging::decide(tx, merge.id, MergeState::Done, by, now, &moved).await?;
    store::deadlines::cancel(tx, merge.id.into(), SILENT).await?;
    store::deadlines::cancel(tx, source.id.into(), super::ALONE).await?;
    let after = needs::get(tx, target.id).await?.ok_or(Failure::NotFound)?;
    if !domain::needs::is_alone(after.supporters) {
        store::deadlines::cancel(tx, target.id.into(), super::ALONE).await?;
        if after.state == NeedState::Parked {
            needs::set_state(tx, target.id, NeedState::Open, "", None, now).await?;
        }
    }
    Ok(())
}

/// Answers, takes back or undoes a merge of the need of that number. Errors: [`Failure::NotAllowed`],
/// [`Failure::NotFound`]; [`MergeRefusal`].
pub async fn answer(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    number: i64,
    answer: Answer,
) -> Result<(), Failure<MergeRefusal>> {
    ctx.db.write(Reply { acting, collective, number, answer, drawn: Drawn::of(ctx) }).await
}

struct Reply {
    acting: Acting,
    collective: CollectiveId,
    number: i64,
    answer: Answer,
    drawn: Drawn,
}

impl Command for Reply {
    type Done = ();
    type Error = Failure<MergeRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<MergeRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let need = shown(tx, self.collective, self.number).await?;
        let merge = match self.answer {
            Answer::Part => {
                merging::done(tx, need.id).await?.filter(|merge| need.merged_into == Some(merge.target))
            }
            _ => merging::proposed(tx, need.id).await?,
        };
        let merge = merge.ok_or(Failure::Refused(MergeRefusal::NothingThere))?;
        let (source, target) = locked(tx, merge.source, merge.target).await?;
        let (by, now) = (Some(hall.person()), self.drawn.now);
        match self.answer {
            Answer::Accept | Answer::Refuse if !speaks(&hall, &self.acting, &source) => {
                // Whoever holds nothing here is refused as everywhere.
                hall.permit(Action::ProposeMerge, self.acting.organisation)?;
                return Err(Failure::Refused(MergeRefusal::NotYours));
            }
            Answer::Accept if !source.state.is_live() || !target.state.is_live() => {
                return Err(Failure::Refused(MergeRefusal::NotOpen));
            }
            Answer::Accept => {
                finish(tx, (&merge, &source, &target), by, now).await?;
                tell_merged(tx, &mut hall, &source, &target).await?;
            }
            Answer::Refuse => close(tx, &merge, MergeState::Refused, by, now).await?,
            Answer::Withdraw => {
                if merge.proposed_by != hall.person() {
                    hall.permit(Action::PartNeeds, self.acting.organisation)?;
                }
                close(tx, &merge, MergeState::Withdrawn, by, now).await?;
            }
            Answer::Part => {
                hall.permit(Action::PartNeeds, self.acting.organisation)?;
                let moved: Moved = serde_json::from_str(&merge.moved)
                    .map_err(|error| store::sqlx::Error::Decode(error.into()))?;
                let merged = merge.decided_at.unwrap_or(merge.proposed_at);
                merging::part(tx, source.id, target.id, &moved, (merged, now)).await?;
                merging::decide(tx, merge.id, MergeState::Undone, by, now, &merge.moved).await?;
            }
        }
        let kind = match self.answer {
            Answer::Accept => "need_merged",
            Answer::Refuse => "need_merge_refused",
            Answer::Withdraw => "need_merge_withdrawn",
            Answer::Part => "need_parted",
        };
        let told = Story { organisation: self.acting.organisation, ..of(kind, &source, &target) };
        Ok(hall.record(tx, told).await?)
    }
}

async fn close(
    tx: &mut Tx,
    merge: &MergeRow,
    state: MergeState,
    by: Option<PersonId>,
    now: jiff::Timestamp,
) -> store::sqlx::Result<()> {
    merging::decide(tx, merge.id, state, by, now, "").await?;
    store::deadlines::cancel(tx, merge.id.into(), SILENT).await.map(drop)
}

/// Merges what whoever was asked kept silent about, if its time has come; one of which either need isn't open any more is
/// closed. Errors: faults.
pub async fn merge_if_due(ctx: &Context, merge: MergeId) -> Result<(), Failure<MergeRefusal>> {
    let mut tx = ctx.db.read().await?;
    let Some(row) = merging::get(&mut tx, merge).await? else { return Ok(()) };
    let pot = store::pots::of_collective(&mut tx, row.collective).await?.first().map(|pot| pot.id);
    drop(tx);
    let Some(pot) = pot.filter(|_| row.state == MergeState::Proposed) else { return Ok(()) };
    ctx.db.write(Due { pot: pot.0, merge, drawn: Drawn::of(ctx) }).await
}

struct Due {
    pot: uuid::Uuid,
    merge: MergeId,
    drawn: Drawn,
}

impl Command for Due {
    type Done = ();
    type Error = Failure<MergeRefusal>;

    fn pot(&self) -> Option<uuid::Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<MergeRefusal>> {
        let mut till = Till::by_job(tx, self.pot.into(), SILENT, &self.drawn).await?;
        store::collectives::lock(tx, till.collective.id).await?;
        let merge = merging::get(tx, self.merge).await?.ok_or(Failure::NotFound)?;
        if merge.state != MergeState::Proposed || till.now < silent_at(merge.proposed_at) {
            return Ok(());
        }
        let (source, target) = locked(tx, merge.source, merge.target).await?;
        if !source.state.is_live() || !target.state.is_live() {
            return Ok(close(tx, &merge, MergeState::Withdrawn, None, till.now).await?);
        }
        finish(tx, (&merge, &source, &target), None, till.now).await?;
        let readers = needs::followers(tx, source.id, MOST_FOLLOWERS).await?;
        let (settings, path) =
            (till.settings.clone(), format!("/c/{}/needs/{}", till.collective.slug, target.number));
        till.tell(tx, &readers, |t| {
            Letter::about(t.merging_mail_done_subject(&source.title))
                .say(t.merging_mail_done(&target.title, &source.title))
                .at(&settings, &path)
        })
        .await?;
        Ok(till.record(tx, of("need_merged", &source, &target)).await?)
    }
}
