//! Standing choices: made, changed, taken back by an organisation; carried out in a round for those who don't answer.

use std::collections::BTreeMap;

use domain::{
    Money,
    actor::{Action, Standing, permit},
    features::{AllocationRefusal, State},
    ids::{OrganisationId, PotId, RoundId},
    input::{FieldError, FieldRule},
    pot::FundMode,
    rounds::RoundState,
    standing_choices::{
        ChoiceKind, ChoiceRefusal, LONGEST_SOFTWARE, Open, carried_out_on, leads_back, spread,
    },
    text,
};
use jiff::civil::Date;
use serde_json::json;
use store::{
    Command, Tx, collectives::CollectiveRow, deadlines::Deadline, features, rounds::Round,
    standing_choices::StandingChoice,
};
use uuid::Uuid;

use crate::{
    acting::Acting,
    allocations,
    context::Context,
    error::Failure,
    funding_mails,
    mails::Letter,
    till::{Drawn, Story, Till},
    visibility,
};

/// The deadline of a round at which the choices are carried out.
pub const CHOICES: &str = "standing_choices";
/// Most times that the choices of a round are gone through: so long may one organisation follow another.
const MOST_STEPS: usize = 8;

/// What an organisation chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Its share stays in the pot.
    Leave,
    /// It goes where that organisation puts its own.
    Follow(OrganisationId),
    /// It goes to the features of that software.
    Software(String),
}

/// A choice, and the most that is put by it in a civil year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What becomes of the share.
    pub choice: Choice,
    /// The most in a year; without one, the whole share.
    pub yearly: Option<Money>,
}

/// Whether a pot of that mode has shares for which one can choose.
#[must_use]
pub const fn has_choices(mode: FundMode) -> bool {
    !matches!(mode, FundMode::Direct)
}

/// Whether somebody may see and make the choice of an organisation: who holds a mandate for its money.
#[must_use]
pub fn may_choose(standing: &Standing, organisation: OrganisationId) -> bool {
    permit(Action::Allocate, standing, Some(organisation), None).is_ok()
}

/// Makes a choice, in the place of the one that holds, or takes that back with `None`. Asks for a mandate for the money of
/// the organisation. The same said twice changes nothing. Errors: [`ChoiceRefusal`]; fields `follows`, `software`, `yearly`;
/// no right.
pub async fn choose(
    context: &Context,
    acting: Acting,
    pot: PotId,
    organisation: OrganisationId,
    chosen: Option<Chosen>,
) -> Result<(), Failure<ChoiceRefusal>> {
    context.db.write(Choose { pot, acting, organisation, chosen, drawn: Drawn::of(context) }).await
}

struct Choose {
    pot: PotId,
    acting: Acting,
    organisation: OrganisationId,
    chosen: Option<Chosen>,
    drawn: Drawn,
}

impl Command for Choose {
    type Done = ();
    type Error = Failure<ChoiceRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ChoiceRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        let acting = Acting { organisation: Some(self.organisation), ..self.acting.clone() };
        till.permit(Action::Allocate, &acting, None)?;
        if !has_choices(till.locked.pot.fund_mode) {
            return Err(Failure::Refused(ChoiceRefusal::NoShares));
        }
        let held = store::standing_choices::of(tx, self.pot, self.organisation).await?;
        let new = match &self.chosen {
            Some(chosen) => Some(self.checked(tx, &mut till, chosen).await?),
            None => None,
        };
        let said = |one: &StandingChoice| (one.kind, one.follows, one.software, one.yearly);
        if held.as_ref().map(said) == new.as_ref().map(said) {
            return Ok(());
        }
        store::standing_choices::end(tx, self.pot, self.organisation, till.now).await?;
        if let Some(new) = &new {
            store::standing_choices::insert(tx, new).await?;
        }
        let kind = new.as_ref().map(|new| new.kind.as_str());
        let mut story =
            Story::new("standing_choice", ("organisation", self.organisation.0), json!({ "kind": kind }));
        story.organisation = Some(self.organisation);
        story.public = false;
        till.record(tx, story).await
    }
}

impl Choose {
    async fn checked(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        chosen: &Chosen,
    ) -> Result<StandingChoice, Failure<ChoiceRefusal>> {
        let mut errors = Vec::new();
        if chosen.yearly.is_some_and(|most| !most.is_positive()) {
            errors.push(FieldError::new("yearly", FieldRule::NotPositive));
        }
        let (mut software, mut follows) = (None, None);
        let kind = match &chosen.choice {
            Choice::Leave => ChoiceKind::Leave,
            Choice::Software(typed) => {
                match text::line(typed, LONGEST_SOFTWARE) {
                    Ok(name) if name.is_empty() => {
                        errors.push(FieldError::new("software", FieldRule::Missing));
                    }
                    Ok(name) => {
                        software = features::software::find(tx, till.collective.id, &name).await?;
                        if software.is_none() {
                            errors.push(FieldError::new("software", FieldRule::Unknown));
                        }
                    }
                    Err(rule) => errors.push(FieldError::new("software", rule)),
                }
                ChoiceKind::Software
            }
            Choice::Follow(other) => {
                let member = store::organisations::member(tx, till.collective.id, *other).await?;
                let known = member.is_some_and(|member| member.is_member(till.today));
                if !known || *other == self.organisation {
                    errors.push(FieldError::new("follows", FieldRule::NotAChoice));
                } else if !is_seen(tx, till, *other).await? {
                    return Err(Failure::Refused(ChoiceRefusal::Hidden));
                }
                follows = Some(*other);
                ChoiceKind::Follow
            }
        };
        if !errors.is_empty() {
            return Err(Failure::Invalid(errors));
        }
        if let Some(other) = follows {
            let held = store::standing_choices::of_pot(tx, self.pot).await?;
            let whom: BTreeMap<_, _> =
                held.iter().filter_map(|one| Some((one.organisation, one.follows?))).collect();
            if leads_back(self.organisation, other, |one| whom.get(&one).copied(), whom.len() + 1) {
                return Err(Failure::Refused(ChoiceRefusal::Circle));
            }
        }
        Ok(StandingChoice {
            id: till.id(),
            pot: self.pot,
            organisation: self.organisation,
            kind,
            follows,
            software,
            yearly: chosen.yearly,
            chosen_by: self.acting.person,
            created_at: till.now,
            ended_at: None,
        })
    }
}

/// The deadline at which the choices of a round are carried out.
pub(crate) fn deadline(till: &mut Till, round: &Round) -> Deadline {
    deadline_on(till, round, carried_out_on(round.opens_on, round.closes_on))
}

fn deadline_on(till: &mut Till, round: &Round, day: Date) -> Deadline {
    Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: round.id.0,
        kind: CHOICES,
        occurrence: day.to_string(),
        due_at: beginning(&till.collective, day),
    }
}

/// What standing choices of an organisation put in the pot in the civil year.
pub async fn put_this_year(
    tx: &mut Tx,
    collective: &CollectiveRow,
    choice: &StandingChoice,
    today: Date,
) -> store::sqlx::Result<Money> {
    let since = beginning(collective, today.first_of_year());
    store::standing_choices::put_since(tx, choice.pot, choice.organisation, since).await
}

/// Whether everybody sees the amounts of an organisation: who follows one that hides them would show them.
async fn is_seen(tx: &mut Tx, till: &Till, organisation: OrganisationId) -> store::sqlx::Result<bool> {
    let chosen = visibility::chosen(tx, till.collective.id, till.rules.amounts, organisation).await?;
    Ok(chosen == visibility::Chosen::Shown)
}

/// When a civil day begins there.
fn beginning(collective: &CollectiveRow, day: Date) -> jiff::Timestamp {
    collective.end_of(day.yesterday().unwrap_or(day))
}

/// Carries out the choices of a round, one organisation after the other: for those of which nobody has moved anything of the
/// round by hand. Whom others follow comes first. Begun twice it does each once. How many put something.
/// Errors: faults.
pub async fn carry_out_if_due(
    context: &Context,
    round: RoundId,
) -> Result<usize, Failure<AllocationRefusal>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::rounds::by_id(&mut tx, round).await? else { return Ok(0) };
    let choices = store::standing_choices::of_pot(&mut tx, row.pot).await?;
    drop(tx);
    let mut waiting: Vec<StandingChoice> =
        choices.into_iter().filter(|one| one.kind != ChoiceKind::Leave).collect();
    let mut carried = 0;
    for _ in 0..MOST_STEPS {
        let later: Vec<OrganisationId> = waiting.iter().map(|one| one.organisation).collect();
        let waits = |one: &StandingChoice| one.follows.is_some_and(|other| later.contains(&other));
        let (follow, now): (Vec<_>, Vec<_>) = waiting.into_iter().partition(waits);
        for choice in now {
            let command = CarryOut { pot: row.pot, round, choice, drawn: Drawn::of(context) };
            carried += usize::from(context.db.write(command).await?.is_positive());
        }
        waiting = follow;
        if waiting.is_empty() {
            break;
        }
    }
    context.db.write(Again { pot: row.pot, round, drawn: Drawn::of(context) }).await?;
    context.wake_worker();
    Ok(carried)
}

/// Sets the next day of a round that goes on: a choice that had nothing to follow yet, or no feature, has another chance.
struct Again {
    pot: PotId,
    round: RoundId,
    drawn: Drawn,
}

impl Command for Again {
    type Done = ();
    type Error = Failure<AllocationRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AllocationRefusal>> {
        let mut till = Till::by_job(tx, self.pot, CHOICES, &self.drawn).await?;
        let round = store::rounds::lock_open(tx, self.pot).await?.filter(|round| round.id == self.round);
        let begun = |round: &Round| till.today >= carried_out_on(round.opens_on, round.closes_on);
        if let Some(round) = round.filter(|round| begun(round) && till.today < round.closes_on)
            && let Ok(next) = till.today.tomorrow()
        {
            let deadline = deadline_on(&mut till, &round, next);
            store::deadlines::set(tx, &deadline).await?;
        }
        Ok(())
    }
}

struct CarryOut {
    pot: PotId,
    round: RoundId,
    choice: StandingChoice,
    drawn: Drawn,
}

impl Command for CarryOut {
    type Done = Money;
    type Error = Failure<AllocationRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Money, Failure<AllocationRefusal>> {
        let mut till = Till::by_job(tx, self.pot, CHOICES, &self.drawn).await?;
        let round = store::rounds::lock_open(tx, self.pot).await?;
        let Some(round) = round.filter(|round| round.id == self.round && round.state == RoundState::Open)
        else {
            return Ok(Money::ZERO);
        };
        let organisation = self.choice.organisation;
        let held = store::standing_choices::of(tx, self.pot, organisation).await?;
        let Some(choice) = held.filter(|held| held.id == self.choice.id) else { return Ok(Money::ZERO) };
        let member = store::organisations::member(tx, till.collective.id, organisation).await?;
        let here = member.is_some_and(|member| member.is_member(till.today));
        if till.today < carried_out_on(round.opens_on, round.closes_on)
            || !here
            || store::standing_choices::answered(tx, round.id, organisation).await?
            || store::standing_choices::used(tx, round.id, organisation).await?.is_some()
        {
            return Ok(Money::ZERO);
        }
        let most = self.most(tx, &till, &choice).await?;
        let open = self.open(tx, &till, &round, &choice).await?;
        let turn = u64::try_from(round.number).unwrap_or_default();
        let put = allocations::put_for(tx, &mut till, (organisation, &round), |free| {
            spread(free.min(most.unwrap_or(free)), &open, turn)
                .map_err(|error| Failure::Fault(error.to_string()))
        })
        .await?;
        let sum = Money::sum(put.iter().map(|(_, amount)| *amount)).unwrap_or_default();
        // With nothing put it is tried again each day, and on the last one its people are told that nothing was.
        if sum.is_positive() || till.today >= round.closes_on {
            store::standing_choices::use_once(tx, &choice, round.id, (sum, till.now)).await?;
            tell(tx, &mut till, &round, organisation, put).await?;
        }
        Ok(sum)
    }
}

impl CarryOut {
    /// What the choice may still put this year.
    async fn most(
        &self,
        tx: &mut Tx,
        till: &Till,
        choice: &StandingChoice,
    ) -> store::sqlx::Result<Option<Money>> {
        let Some(yearly) = choice.yearly else { return Ok(None) };
        let put = put_this_year(tx, &till.collective, choice, till.today).await?;
        Ok(Some(yearly.less(put).max(Money::ZERO)))
    }

    /// The features of the round that the choice is for, with what each can take.
    async fn open(
        &self,
        tx: &mut Tx,
        till: &Till,
        round: &Round,
        choice: &StandingChoice,
    ) -> store::sqlx::Result<Vec<Open>> {
        let others = match choice.follows {
            Some(other) if is_seen(tx, till, other).await? => features::put_by(tx, round.id, other).await?,
            _ => BTreeMap::new(),
        };
        let features = features::lock_round(tx, round.id).await?;
        let open = features.iter().filter(|row| {
            row.state == State::Funding && row.confirming_since.is_none() && till.today <= row.closing_on
        });
        let with_room = open.map(|row| {
            let missing = row.floor.less(row.allocated_total).max(Money::ZERO);
            let room = round.cap.map_or(missing, |cap| cap.min(missing));
            let weight = match choice.kind {
                ChoiceKind::Leave => 0,
                ChoiceKind::Software => {
                    i64::from(choice.software.is_some() && row.software == choice.software)
                }
                ChoiceKind::Follow => others.get(&row.id).map_or(0, |put| put.minor()),
            };
            Open { feature: row.id, room, weight }
        });
        Ok(with_room.collect())
    }
}

/// Tells an organisation what its choice did, feature by feature, and until when it can be changed. Errors: faults only.
async fn tell(
    tx: &mut Tx,
    till: &mut Till,
    round: &Round,
    organisation: OrganisationId,
    put: Vec<(String, Money)>,
) -> Result<(), Failure<AllocationRefusal>> {
    let (currency, settings) = (till.locked.pot.currency(), till.settings.clone());
    let collective = till.collective.name.clone();
    let address = format!("/c/{}/rounds/{}", till.collective.slug, round.number);
    let (last, today) = (round.closes_on, till.today);
    let write = |t: words::Words, organisation: &str, put: Vec<(String, Money)>| {
        let lines: Vec<String> = put
            .iter()
            .map(|(title, amount)| t.choices_mail_line(t.money(*amount, currency), title))
            .collect();
        Letter::about(t.choices_mail_subject(&collective, organisation))
            .say(if lines.is_empty() {
                t.choices_mail_nothing(organisation)
            } else {
                t.choices_mail_lead(organisation)
            })
            .say_if((!lines.is_empty()).then(|| lines.join("\n")))
            .say(t.choices_mail_change(t.until(last, today)))
            .at(&settings, &address)
    };
    funding_mails::send(tx, till, &BTreeMap::from([(organisation, put)]), write).await
}
