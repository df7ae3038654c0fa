//! Where money is sent, while another IBAN or another page for gifts waits to be shown: a second person confirms or stops it.

use app::Failure;
use app::host_targets::{self, Answer};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::actor::NotAllowed;
use domain::references::Iban;
use store::Tx;
use store::hosts::{HostRow, Target};

use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::Frame;
use crate::place::Desk;
use crate::state::AppState;

/// What waits, worded.
pub(super) struct Waits {
    /// The last part of the address to which its form goes.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) lead: String,
    pub(super) confirm: &'static str,
    pub(super) stop: &'static str,
    /// What waits, for those who may confirm or stop it.
    pub(super) seen: Option<String>,
}

/// All that waits of a host.
pub(super) async fn of(
    tx: &mut Tx,
    desk: &Desk,
    frame: &Frame,
    host: Option<&HostRow>,
) -> Result<Vec<Waits>, WebError> {
    let mut waiting = Vec::new();
    for target in Target::ALL {
        if let Some(host) = host {
            waiting.extend(waits(tx, desk, frame, (host, target)).await?);
        }
    }
    Ok(waiting)
}

/// What waits to be shown, for members alone; those who may answer get its buttons.
async fn waits(
    tx: &mut Tx,
    desk: &Desk,
    frame: &Frame,
    (host, target): (&HostRow, Target),
) -> Result<Option<Waits>, WebError> {
    let next = host.next(target);
    let (Some(from), true) = (next.from, desk.is_member()) else { return Ok(None) };
    let by = match next.by {
        Some(person) => store::people::get(tx, person).await?.map(|row| row.name).unwrap_or_default(),
        None => String::new(),
    };
    let (t, collective) = (frame.t, &desk.place.collective);
    let answers = match desk.standing.as_ref() {
        Some(standing) => {
            let (person, now) = (standing.person, desk.place.now);
            host_targets::may_answer(tx, collective, (host, target), person, now).await?
        }
        None => false,
    };
    let from = t.instant(from, &collective.time_zone());
    let seen = answers.then(|| next.value.clone());
    Ok(Some(match target {
        Target::Iban => {
            let iban = Iban::parse(&next.value).map(|iban| iban.in_fours()).unwrap_or_default();
            Waits {
                id: "iban",
                title: t.collective_iban_waits(),
                lead: t.collective_iban_waits_lead(from, iban, by),
                confirm: t.collective_iban_confirm(),
                stop: t.collective_iban_stop(),
                seen,
            }
        }
        Target::Link => Waits {
            id: "link",
            title: t.collective_link_waits(),
            lead: t.collective_link_waits_lead(from, next.value, by),
            confirm: t.collective_link_confirm(),
            stop: t.collective_link_stop(),
            seen,
        },
    }))
}

/// `POST /c/{collective}/about/iban`: a second person confirms the IBAN that waits, or stops it. The sign-in must be fresh.
pub(crate) async fn answer_iban(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    answer(&state, frame, visitor, &slug, (Target::Iban, data)).await
}

/// `POST /c/{collective}/about/link`: the same of the page for gifts that waits.
pub(crate) async fn answer_link(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    answer(&state, frame, visitor, &slug, (Target::Link, data)).await
}

async fn answer(
    state: &AppState,
    frame: Frame,
    visitor: Visitor,
    slug: &str,
    (target, data): (Target, FormData),
) -> Result<Response, WebError> {
    let session = &visitor.signed_in()?.session;
    let desk = super::open(state, &frame, slug).await?;
    let path = state.paths.of(slug, "about");
    if session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(state, &path);
    }
    let (t, acting, collective) = (frame.t, desk.acting(&frame)?, desk.place.collective.id);
    let confirms = data.has("answer", "confirm");
    let answer = Answer { target, seen: data.field("seen").to_owned(), confirms };
    let flash =
        match (host_targets::answer(&state.context, acting, collective, desk.pot.id, answer).await, target) {
            (Ok(()), Target::Iban) if confirms => Flash::good(t.collective_iban_confirmed()),
            (Ok(()), Target::Iban) => Flash::good(t.collective_iban_stopped()),
            (Ok(()), Target::Link) if confirms => Flash::good(t.collective_link_confirmed()),
            (Ok(()), Target::Link) => Flash::good(t.collective_link_stopped()),
            (Err(Failure::Invalid(_)), Target::Iban) => Flash::bad(t.collective_iban_gone()),
            (Err(Failure::Invalid(_)), Target::Link) => Flash::bad(t.collective_link_gone()),
            (Err(failure), _) => return Err(failure.into()),
        };
    see_other_saying(&path, &flash, &state.public_url)
}
