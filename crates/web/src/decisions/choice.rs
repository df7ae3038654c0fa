//! The decision on which an act rests, as its form asks for it: one that is written down, or a new one.

use app::decisions::NewDecision;
use app::{Failure, Never};
use domain::ids::{DecisionId, OrganisationId};
use domain::input::FieldRule;
use store::Tx;
use store::decisions::DecisionRow;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::Frame;
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Most decisions that a form lists.
const MOST: u16 = 200;

/// The decisions to choose from, newest first, without those about a departure.
pub(crate) async fn choices(tx: &mut Tx, desk: &Desk, t: Words) -> Result<Vec<(String, String)>, WebError> {
    let rows = store::decisions::list(tx, desk.place.collective.id, i64::MAX, MOST).await?;
    Ok(rows.iter().filter(|row| row.departs.is_none()).map(|row| choice(row, t)).collect())
}

/// A decision as forms list it.
pub(crate) fn choice(row: &DecisionRow, t: Words) -> (String, String) {
    (row.id.to_string(), t.rounds_close_decision_name(row.number, row.title.as_str()))
}

/// The title of the decision that was chosen, or that would be written down. Errors: what keeps it from being either.
pub(crate) async fn would_decide(
    tx: &mut Tx,
    desk: &Desk,
    t: Words,
    data: &FormData,
) -> Result<Result<String, Refused>, WebError> {
    let currency = desk.currency();
    if data.filled("decision").is_some() {
        let mut reading = Reading::new(data, t, currency);
        let found = match reading.parsed("decision") {
            Some(id) => store::decisions::get(tx, desk.place.collective.id, id).await?,
            None => return Ok(Err(Refused::unreadable(reading.problems))),
        };
        return Ok(found.map(|row| row.title).ok_or_else(|| {
            reading.breaks("decision", &FieldRule::Unknown);
            Refused::unreadable(reading.problems)
        }));
    }
    match app::decisions::cleaned(&new(desk, data, None)) {
        Ok(new) => Ok(Ok(new.title)),
        Err(errors) => {
            refused(Failure::<Never>::Invalid(errors), t, currency, |never| match *never {}).map(Err)
        }
    }
}

fn new(desk: &Desk, data: &FormData, departs: Option<OrganisationId>) -> NewDecision {
    NewDecision {
        title: data.field("title").to_owned(),
        outcome: data.field("outcome").to_owned(),
        decided_on: desk.place.today,
        departs,
    }
}

/// The decision that was chosen, or a new one, recorded first: should the act be refused, its form comes back with that
/// one chosen, so that trying again writes no second one down.
pub(crate) async fn decided(
    state: &AppState,
    desk: &Desk,
    frame: &Frame,
    data: &mut FormData,
) -> Result<Result<DecisionId, Refused>, WebError> {
    decided_about(state, desk, frame, data, None).await
}

/// As [`decided`]; a new one is about the departure of an organisation.
pub(crate) async fn decided_about(
    state: &AppState,
    desk: &Desk,
    frame: &Frame,
    data: &mut FormData,
    departs: Option<OrganisationId>,
) -> Result<Result<DecisionId, Refused>, WebError> {
    let (t, currency) = (frame.t, desk.currency());
    if data.filled("decision").is_some() {
        let mut reading = Reading::new(data, t, currency);
        let chosen = reading.parsed("decision");
        return Ok(chosen.ok_or_else(|| Refused::unreadable(reading.problems)));
    }
    let new = new(desk, data, departs);
    let (acting, collective) = (desk.acting(frame)?, desk.place.collective.id);
    match app::decisions::record(&state.context, acting, collective, new).await {
        Ok((decision, _)) => {
            data.set("decision", decision.to_string());
            data.set("title", "");
            data.set("outcome", "");
            Ok(Ok(decision))
        }
        Err(failure @ Failure::Invalid(_)) => refused(failure, t, currency, |never| match *never {}).map(Err),
        Err(failure) => Err(failure.into()),
    }
}
