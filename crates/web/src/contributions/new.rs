//! A treasurer records what a member paid.

use app::contributions::{NATURES, NewContribution, record_contribution, record_contribution_once};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::ids::OrganisationId;
use domain::{Currency, PostingKind};
use jiff::civil::Date;
use store::Tx;

use super::like::Like;
use super::nowhere::{holds_nothing, nowhere};
use super::{MOST_CHOICES, also_receipt, crumbs, nature, natures, proof};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contributions/new.html")]
pub(super) struct NewPage {
    pub(super) frame: Frame,
    pub(super) crumbs: Crumbs,
    pub(super) form: Form,
    pub(super) key: String,
    pub(super) unit: String,
    pub(super) organisations: Vec<(String, String)>,
    pub(super) natures: Vec<(&'static str, String, String)>,
    /// Whether the same seems to be recorded already: it is asked whether this is another one.
    pub(super) twin: bool,
}

/// `GET /c/{collective}/contributions/new`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(like): Query<Like>,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    if holds_nothing(&desk) {
        return nowhere(&state, &desk, frame, StatusCode::OK);
    }
    let fields = match like.entry(&mut tx, &desk, PostingKind::Contribution).await? {
        Some(like) => like.fields(frame.t, desk.currency()),
        None => like.known(desk.place.today.to_string()),
    };
    let form = frame.form(FormData::of(fields));
    page(&state, &mut tx, desk, frame, StatusCode::OK, form).await
}

/// `POST /c/{collective}/contributions/new`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let (_, desk) = Desk::inside(&state, &frame, &slug).await?;
    if holds_nothing(&desk) {
        return nowhere(&state, &desk, frame, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (t, currency) = (frame.t, desk.currency());
    let key = data.key();
    let refusal = match read(&data, t, currency, desk.place.today) {
        Err(unreadable) => unreadable,
        Ok(new) => {
            let (amount, organisation) = (new.amount, new.organisation);
            let acting = app::Acting { key: key.clone(), ..desk.acting(&frame)? };
            let (context, pot) = (&state.context, desk.pot.id);
            let done = match data.has("again", "yes") {
                true => record_contribution(context, acting, pot, new).await,
                false => record_contribution_once(context, acting, pot, new).await,
            };
            match done {
                Ok(recorded) => {
                    let mut tx = state.context.db.read().await?;
                    let name = store::organisations::get(&mut tx, organisation).await?;
                    let name = name.map(|row| row.name).unwrap_or_default();
                    let said = t.contributions_recorded(t.money(amount, currency), recorded.seq, name);
                    let path = match data.has("then", "next") {
                        true => state.paths.one(&slug, "contributions", "new"),
                        false => state.paths.of(&slug, "contributions"),
                    };
                    return see_other_saying(&path, &Flash::good(said), &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |twin| {
                    ("again".to_owned(), t.twin_refusal(twin, currency))
                })?,
            }
        }
    };
    let earlier = refusal.earlier(&state, &desk, &frame, key, "contributions").await?;
    let (status, form) = refusal.form(t, data);
    let mut tx = state.context.db.read().await?;
    page(&state, &mut tx, desk, frame, status, form.recorded_at(earlier)).await
}

fn read(
    data: &FormData,
    t: words::Words,
    currency: Currency,
    today: Date,
) -> Result<NewContribution, Refused> {
    let mut reading = Reading::new(data, t, currency);
    let organisation: Option<OrganisationId> = reading.parsed("organisation");
    let amount = reading.money("amount");
    let nature = nature(&mut reading, NATURES);
    let received_on = reading.date("received_on");
    let proof = proof(data, &mut reading);
    match (organisation, amount, nature, received_on) {
        (Some(organisation), Some(amount), Some(nature), Some(received_on))
            if reading.problems.is_empty() =>
        {
            let reference = data.field("reference").trim().to_owned();
            Ok(NewContribution { organisation, amount, nature, received_on, reference, proof })
        }
        _ => {
            also_receipt(&mut reading, amount, received_on, today);
            Err(Refused::unreadable(reading.problems))
        }
    }
}

async fn page(
    state: &AppState,
    tx: &mut Tx,
    desk: Desk,
    frame: Frame,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    if !desk.may(Action::RecordMoney, None) {
        return Err(WebError::Forbidden);
    }
    let members = store::organisations::members(tx, desk.place.collective.id, "", MOST_CHOICES).await?;
    let members = members.into_iter().filter(|member| member.is_member(desk.place.today));
    let t = frame.t;
    html_with(
        status,
        &NewPage {
            crumbs: crumbs(state, t, &desk, t.contributions_new_title().to_owned()),
            twin: form.problem("again").is_some() || form.data().has("again", "yes"),
            key: key_of(state, &form),
            form,
            unit: t.currency_sign(desk.currency()),
            organisations: members.map(|member| (member.id.to_string(), member.name)).collect(),
            natures: natures(t, NATURES),
            frame: desk.frame(frame, Section::Accounts),
        },
    )
}
