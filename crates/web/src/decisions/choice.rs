//! The decision on which an act rests, as its form asks for it: one that is written down, or a new one.

use app::decisions::{By, NewDecision, Usable};
use app::{Failure, Never};
use domain::ids::OrganisationId;
use domain::input::FieldRule;
use jiff::civil::Date;
use store::Tx;
use store::decisions::DecisionRow;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::Frame;
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};

/// The decisions on which an act of a person may rest, and who must have written one down, where that is somebody else.
pub(crate) async fn usable(tx: &mut Tx, desk: &Desk, frame: &Frame) -> Result<Usable, WebError> {
    let person = frame.person().ok_or(WebError::SignIn)?.session.row.person;
    Ok(app::decisions::usable(tx, &desk.place.collective, person, desk.place.now).await?)
}

/// Decisions as forms list them.
pub(crate) fn choices(decisions: &[DecisionRow], t: Words) -> Vec<(String, String)> {
    decisions.iter().map(|row| choice(row, t)).collect()
}

/// A decision as forms list it.
pub(crate) fn choice(row: &DecisionRow, t: Words) -> (String, String) {
    (row.id.to_string(), t.rounds_close_decision_name(row.number, row.title.as_str()))
}

/// The title of the decision that was chosen, or that would be written down. `fits` says whether one of that day
/// will do. Errors: what keeps it from being either.
pub(crate) async fn would_decide(
    tx: &mut Tx,
    desk: &Desk,
    t: Words,
    data: &FormData,
    fits: impl Fn(Date) -> Result<(), FieldRule>,
) -> Result<Result<String, Refused>, WebError> {
    let currency = desk.currency();
    if data.filled("decision").is_some() {
        let mut reading = Reading::new(data, t, currency);
        let found = match reading.parsed("decision") {
            Some(id) => store::decisions::get(tx, desk.place.collective.id, id).await?,
            None => return Ok(Err(Refused::unreadable(reading.problems))),
        };
        let checked =
            found.ok_or(FieldRule::Unknown).and_then(|row| fits(row.decided_on).map(|()| row.title));
        return Ok(checked.map_err(|rule| {
            reading.breaks("decision", &rule);
            Refused::unreadable(reading.problems)
        }));
    }
    let new = match new(desk, data, t, None) {
        Ok(new) => new,
        Err(refusal) => return Ok(Err(refusal)),
    };
    match app::decisions::cleaned(&new) {
        Ok(new) => Ok(fits(new.decided_on).map(|()| new.title).map_err(|rule| {
            let mut reading = Reading::new(data, t, currency);
            reading.breaks("decided_on", &rule);
            Refused::unreadable(reading.problems)
        })),
        Err(errors) => {
            refused(Failure::<Never>::Invalid(errors), t, currency, |never| match *never {}).map(Err)
        }
    }
}

/// A decision as it is told; of today where its form asks for no day. Errors: a day that can't be read.
fn new(
    desk: &Desk,
    data: &FormData,
    t: Words,
    departs: Option<OrganisationId>,
) -> Result<NewDecision, Refused> {
    let mut reading = Reading::new(data, t, desk.currency());
    let told = data.filled("decided_on").map(|_| reading.date("decided_on"));
    let new = NewDecision {
        title: data.field("title").to_owned(),
        outcome: data.field("outcome").to_owned(),
        decided_on: told.flatten().unwrap_or(desk.place.today),
        departs,
    };
    if new.decided_on > desk.place.today {
        reading.breaks("decided_on", &FieldRule::InTheFuture);
    }
    if reading.problems.is_empty() {
        return Ok(new);
    }
    if let Err(errors) = app::decisions::cleaned(&new) {
        reading.also(errors);
    }
    Err(Refused::unreadable(reading.problems))
}

/// The decision that was chosen, or a new one, for the act to write down: nothing is by looking at what it would do, nor
/// where it is refused. Errors: what can't be read.
pub(crate) fn decided(desk: &Desk, t: Words, data: &FormData) -> Result<By, Refused> {
    decided_about(desk, t, data, None)
}

/// As [`decided`]; a new one is about the departure of an organisation.
pub(crate) fn decided_about(
    desk: &Desk,
    t: Words,
    data: &FormData,
    departs: Option<OrganisationId>,
) -> Result<By, Refused> {
    if data.filled("decision").is_some() {
        let mut reading = Reading::new(data, t, desk.currency());
        let chosen = reading.parsed("decision").map(By::Recorded);
        return chosen.ok_or_else(|| Refused::unreadable(reading.problems));
    }
    new(desk, data, t, departs).map(By::New)
}
