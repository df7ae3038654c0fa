//! What happened in a collective, and what comes on a fixed date.

use domain::ids::{EventId, OrganisationId};
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use store::Tx;
use store::events::EventRow;
use utoipa::ToSchema;
use uuid::Uuid;

use super::call::{Asked, At, Call};
use super::parts::{Listed, Paging, all_of, listed};
use super::problem::ApiError;
use crate::place::Desk;
use crate::story::Teller;

/// Deadlines that are told.
const MOST_DEADLINES: u16 = 200;

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventOut {
    #[schema(value_type = Uuid)]
    id: EventId,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What, a stable name in the past tense: `feature_moved`, `round_opened`.
    kind: String,
    /// For or to which organisation.
    #[schema(value_type = Option<Uuid>)]
    organisation: Option<OrganisationId>,
    /// What kind of thing it happened to: `feature`, `round`.
    subject_kind: String,
    /// Which one.
    subject: Option<Uuid>,
    /// The sentence for people, in the language asked for, with what the caller may see.
    text: String,
    /// The page that it leads to.
    #[schema(value_type = Option<String>, format = "uri")]
    page: Option<String>,
}

/// Events as one caller may read them: in the sentences of the pages, which hide what the pages hide.
pub(super) async fn tell(
    call: &Call,
    tx: &mut Tx,
    desk: &Desk,
    events: Vec<EventRow>,
) -> Result<Vec<EventOut>, ApiError> {
    let teller = Teller::gather(tx, &call.state, call.t, desk, &events).await?;
    let told = events.into_iter().map(|event| {
        let data: Value = event.data();
        let page = teller.line(&event).href.map(|path| call.state.public_url.absolute(&path));
        let names_it = page.is_some() || event.subject_kind != "feature";
        EventOut {
            text: teller.sentence(&event, &data),
            // A feature that isn't told is not named by its id either.
            subject: event.subject.filter(|_| names_it),
            page,
            id: event.id,
            at: event.at,
            kind: event.kind,
            organisation: event.organisation,
            subject_kind: event.subject_kind,
        }
    });
    Ok(told.collect())
}

/// `GET /collectives/{collective}/events`
pub(super) async fn events(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<EventOut>, ApiError> {
    let before: Option<EventId> = paging.after()?;
    let (mut tx, desk) = call.desk(&slug).await?;
    let (collective, public_only) = (desk.place.collective.id, !desk.is_member());
    let limit = paging.limit()? + 1;
    let before = desk.sight.past.events_before(before);
    let rows = store::events::of_collective(&mut tx, collective, public_only, before, limit).await?;
    let page = listed(rows, &paging, |row| row.id.to_string(), |row| row)?;
    let (rows, next) = page.apart();
    Ok(super::parts::page_of(tell(&call, &mut tx, &desk, rows).await?, next))
}

/// Something that comes on a fixed date.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeadlineOut {
    id: Uuid,
    /// What happens then: `feature_close`, `round_close`…
    kind: String,
    /// The feature or the round.
    subject: Uuid,
    /// The last day, included, in the collective's time zone.
    #[schema(value_type = String, format = Date)]
    last_day: Date,
    /// The instant at which that day has ended.
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
}

/// `GET /collectives/{collective}/calendar`
pub(super) async fn calendar(call: Call, At(slug): At<String>) -> Result<Listed<DeadlineOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let place = &desk.place;
    let rows = store::deadlines::upcoming(&mut tx, place.collective.id, place.now, MOST_DEADLINES).await?;
    let of_people =
        rows.into_iter().filter(|row| row.kind.starts_with("feature") || row.kind.starts_with("round"));
    let told = of_people.map(|row| DeadlineOut {
        last_day: place.collective.day(row.due_at.checked_sub(1.microsecond()).unwrap_or(row.due_at)),
        id: row.id.into(),
        kind: row.kind,
        subject: row.subject,
        due_at: row.due_at,
    });
    Ok(all_of(told.collect()))
}
