//! Decisions: what a collective decided elsewhere is written down here, so that postings can point at it.

use domain::{
    actor::{NotAllowed, Standing},
    departures::announced_until,
    ids::{CollectiveId, DecisionId, OrganisationId, PersonId},
    input::{FieldError, FieldRule},
    text,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    decisions::{self, DecisionRow},
};

use crate::{
    Acting, Context, Failure, Never,
    idempotency::{Keyed, remember, replayed},
    invoices::{At, tied_to},
    mails::Letter,
    people::Hall,
    second_word,
    till::{Drawn, Story, Till},
};

/// Longest title, in characters.
const LONGEST_TITLE: usize = 160;
/// Longest outcome, in characters.
const LONGEST_OUTCOME: usize = 20_000;
/// The method of a decision that was taken elsewhere.
pub(crate) const INFORMAL: &str = "informal";

/// What was decided.
#[derive(Clone, Debug, Serialize)]
pub struct NewDecision {
    /// In one line.
    pub title: String,
    /// What, who was there, how: Markdown.
    pub outcome: String,
    /// On which day.
    pub decided_on: Date,
    /// The organisation whose departure it decides, if it does.
    pub departs: Option<OrganisationId>,
}

/// The decision on which an act rests.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum By {
    /// One that is written down.
    Recorded(DecisionId),
    /// One that is written down with the act: nothing is, where the act is refused or only looked at.
    New(NewDecision),
}

impl From<DecisionId> for By {
    fn from(decision: DecisionId) -> Self {
        Self::Recorded(decision)
    }
}

/// Writes a decision down; its id and number. A program writes down none by which an organisation departs, and its holder is
/// told of each; of one by which an organisation departs, its people are. Errors: [`Failure::NotAllowed`]; [`Failure::Invalid`] on `title`, `outcome`, `decided_on`, or `departs` (no
/// member); a key reused.
pub async fn record(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    new: NewDecision,
) -> Result<(DecisionId, i64), Failure<Never>> {
    let new = cleaned(&new).map_err(Failure::Invalid)?;
    let keyed = Keyed::of(ctx, &acting, &("decision", &new)).await?;
    let recorded = ctx.db.write(Record { acting, collective, new, keyed, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(recorded)
}

/// Whether somebody may write a decision down: who holds a role; where one person holds them all, who represents another
/// member. `departs` is the organisation whose departure it decides. Errors: faults.
pub async fn may_record(
    tx: &mut Tx,
    collective: &CollectiveRow,
    standing: &Standing,
    acting_for: Option<OrganisationId>,
    departs: Option<OrganisationId>,
) -> Result<bool, Failure<Never>> {
    match second_word::may_record(tx, collective, standing, acting_for, departs).await {
        Ok(_) => Ok(true),
        Err(Failure::NotAllowed(_)) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// A decision as it would be written down. Errors: on `title`, `outcome`.
pub fn cleaned(new: &NewDecision) -> Result<NewDecision, Vec<FieldError>> {
    let mut errors = Vec::new();
    let title =
        text::line(&new.title, LONGEST_TITLE).map_err(|rule| errors.push(FieldError::new("title", rule)));
    let outcome = match text::paragraphs(&new.outcome, LONGEST_OUTCOME) {
        Ok(outcome) if outcome.trim().is_empty() => Err(FieldRule::Missing),
        other => other,
    };
    let outcome = outcome.map_err(|rule| errors.push(FieldError::new("outcome", rule)));
    let (Ok(title), Ok(outcome)) = (title, outcome) else { return Err(errors) };
    Ok(NewDecision { title, outcome, decided_on: new.decided_on, departs: new.departs })
}

/// What is answered again under the same key.
#[derive(Debug, Serialize, Deserialize)]
struct Written {
    decision: DecisionId,
    number: i64,
}

struct Record {
    acting: Acting,
    collective: CollectiveId,
    new: NewDecision,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Record {
    type Done = (DecisionId, i64);
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(DecisionId, i64), Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let (acts_for, about) = (self.acting.organisation, self.new.departs);
        // On such a one money is moved: it is the word of a person who signed in.
        if about.is_some() && self.acting.token.is_some() {
            return Err(NotAllowed::NoDepartureByToken.into());
        }
        second_word::may_record(tx, &hall.collective, &hall.standing, acts_for, about).await?;
        // Keys belong to a pot; a decision belongs to a collective, so to its first.
        let pot = store::pots::of_collective(tx, self.collective).await?.first().map(|pot| pot.id);
        if let Some(pot) = pot
            && let Some(answer) = replayed::<Written, _>(tx, pot, self.keyed.as_ref()).await?
        {
            return Ok((answer.decision, answer.number));
        }
        let (id, by) = (hall.id(), (&self.acting, self.drawn.now));
        let decision = insert(tx, &hall.collective, id, &self.new, by).await?;
        hall.record(tx, told(&decision)).await?;
        tell_author(tx, &mut hall, &decision).await?;
        tell_departing(tx, &mut hall, &decision).await?;
        if let Some(pot) = pot {
            let answer = Written { decision: decision.id, number: decision.number };
            remember(tx, pot, self.keyed.as_ref(), self.drawn.now, &answer).await?;
        }
        Ok((decision.id, decision.number))
    }
}

/// Writes down the decision on which an act of the same transaction rests. The pots are locked. Errors: no right to write it; on `title`, `outcome`, `decided_on`, `departs`.
pub(crate) async fn record_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    acting: &Acting,
    new: &NewDecision,
) -> Result<DecisionRow, Failure<R>> {
    let new = cleaned(new).map_err(Failure::Invalid)?;
    store::collectives::lock(tx, till.collective.id).await?;
    let standing = till.standing().ok_or(NotAllowed::SignedOut)?;
    second_word::may_record(tx, &till.collective, standing, acting.organisation, new.departs)
        .await
        .map_err(|failure| failure.map(|never| match never {}))?;
    let (id, by) = (till.id(), (acting, till.now));
    let decision = insert(tx, &till.collective, id, &new, by).await?;
    till.record(tx, told(&decision)).await?;
    Ok(decision)
}

/// Inserts a decision that `by` writes down at that instant. Errors: on `decided_on`, `departs`.
async fn insert<R: std::fmt::Debug>(
    tx: &mut Tx,
    collective: &CollectiveRow,
    id: DecisionId,
    new: &NewDecision,
    (acting, now): (&Acting, Timestamp),
) -> Result<DecisionRow, Failure<R>> {
    let today = collective.day(now);
    if new.decided_on > today {
        return Err(Failure::field("decided_on", FieldRule::InTheFuture));
    }
    if let Some(departs) = new.departs {
        let member = store::organisations::member(tx, collective.id, departs).await?;
        if !member.is_some_and(|member| member.is_member(today)) {
            return Err(Failure::field("departs", FieldRule::Unknown));
        }
    }
    let decision = DecisionRow {
        id,
        collective: collective.id,
        number: decisions::next_number(tx, collective.id).await?,
        title: new.title.clone(),
        outcome: new.outcome.clone(),
        decided_on: new.decided_on,
        method: INFORMAL.to_owned(),
        recorded_by: Some(acting.person),
        departs: new.departs,
        by_token: acting.token.is_some(),
        created_at: now,
    };
    decisions::insert(tx, &decision).await?;
    Ok(decision)
}

/// Whoever has a program write down decisions for them learns of each: it stands under their name.
async fn tell_author(tx: &mut Tx, hall: &mut Hall, decision: &DecisionRow) -> store::sqlx::Result<()> {
    let (true, Some(author)) = (decision.by_token, decision.recorded_by) else { return Ok(()) };
    let (name, settings) = (hall.collective.name.clone(), hall.drawn.settings.clone());
    let path = format!("/c/{}/decisions/{}", hall.collective.slug, decision.number);
    hall.tell(tx, &[author], |t| {
        Letter::about(t.mail_decision_by_token_subject(&name))
            .say(t.mail_decision_by_token(&decision.title))
            .at(&settings, &path)
            .say(t.mail_decision_by_token_else())
            .at(&settings, "/me/tokens")
    })
    .await
}

/// The people of an organisation learn that a decision has it leave before it does, those of the last months too; and from
/// when on it may, where whoever wrote it down is alone. It is no news to whoever did.
async fn tell_departing(tx: &mut Tx, hall: &mut Hall, decision: &DecisionRow) -> store::sqlx::Result<()> {
    let (Some(organisation), Some(author)) = (decision.departs, decision.recorded_by) else { return Ok(()) };
    let Some(row) = store::organisations::get(tx, organisation).await? else { return Ok(()) };
    let at = At::new(&hall.collective, hall.drawn.now);
    let mut told = tied_to(tx, &at, organisation, at.now).await?;
    told.remove(&author);
    let is_alone = !second_word::another_could_decide(tx, &at, author, Some(organisation)).await?;
    let from = is_alone.then(|| announced_until(decision.created_at));
    let (settings, zone) = (hall.drawn.settings.clone(), hall.collective.time_zone());
    let here = hall.collective.name.clone();
    let actor = hall.name_of(tx, author).await?;
    let path = format!("/c/{}/decisions/{}", hall.collective.slug, decision.number);
    let told: Vec<PersonId> = told.into_iter().collect();
    hall.tell(tx, &told, |t| {
        Letter::about(t.mail_departs_subject(&here, &row.name))
            .say(t.mail_departs(&actor, &here, &row.name, &decision.title))
            .say_if(from.map(|from| t.mail_departs_from(&actor, t.instant(from, &zone))))
            .say(t.mail_departs_else())
            .at(&settings, &path)
    })
    .await
}

/// What is told of a decision.
fn told(decision: &DecisionRow) -> Story {
    let data = json!({ "number": decision.number, "title": decision.title });
    Story::new("decision_recorded", ("decision", decision.id.into()), data)
}
