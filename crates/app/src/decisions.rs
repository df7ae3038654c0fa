//! Decisions: what a collective decided elsewhere is written down here, so that postings can point at it.

use domain::{
    actor::Standing,
    ids::{CollectiveId, DecisionId, OrganisationId},
    input::{FieldError, FieldRule},
    text,
};
use jiff::civil::Date;
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
    people::Hall,
    second_word,
    till::{Drawn, Story},
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

/// Writes a decision down; its id and number. Errors: [`Failure::NotAllowed`]; [`Failure::Invalid`] on `title`,
/// `outcome`, `decided_on`, or `departs` (no member); a key reused.
pub async fn record(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    new: NewDecision,
) -> Result<(DecisionId, i64), Failure<Never>> {
    let new = cleaned(&new).map_err(Failure::Invalid)?;
    let keyed = Keyed::of(ctx, &acting, &("decision", &new)).await?;
    ctx.db.write(Record { acting, collective, new, keyed, drawn: Drawn::of(ctx) }).await
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
        second_word::may_record(tx, &hall.collective, &hall.standing, acts_for, about).await?;
        // Keys belong to a pot; a decision belongs to a collective, so to its first.
        let pot = store::pots::of_collective(tx, self.collective).await?.first().map(|pot| pot.id);
        if let Some(pot) = pot
            && let Some(answer) = replayed::<Written, _>(tx, pot, self.keyed.as_ref()).await?
        {
            return Ok((answer.decision, answer.number));
        }
        if self.new.decided_on > hall.today {
            return Err(Failure::field("decided_on", FieldRule::InTheFuture));
        }
        if let Some(departs) = self.new.departs {
            let member = store::organisations::member(tx, self.collective, departs).await?;
            if !member.is_some_and(|member| member.is_member(hall.today)) {
                return Err(Failure::field("departs", FieldRule::Unknown));
            }
        }
        let decision = DecisionRow {
            id: hall.id(),
            collective: self.collective,
            number: decisions::next_number(tx, self.collective).await?,
            title: self.new.title.clone(),
            outcome: self.new.outcome.clone(),
            decided_on: self.new.decided_on,
            method: INFORMAL.to_owned(),
            recorded_by: Some(self.acting.person),
            departs: self.new.departs,
            created_at: self.drawn.now,
        };
        decisions::insert(tx, &decision).await?;
        let data = json!({ "number": decision.number, "title": decision.title });
        hall.record(tx, Story::new("decision_recorded", ("decision", decision.id.into()), data)).await?;
        if let Some(pot) = pot {
            let answer = Written { decision: decision.id, number: decision.number };
            remember(tx, pot, self.keyed.as_ref(), self.drawn.now, &answer).await?;
        }
        Ok((decision.id, decision.number))
    }
}
