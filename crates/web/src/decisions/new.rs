//! Writing a decision down.

use app::decisions::{NewDecision, record};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::input::FieldRule;
use serde::Deserialize;
use store::organisations::MemberRow;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "decisions/new.html")]
struct NewPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    key: String,
    /// Whose departure it may decide: the members.
    members: Vec<(String, String)>,
}

/// Whose departure it decides, from a link.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    departs: String,
}

/// Most members that the form lists.
const MOST_CHOICES: u16 = 1_000;

/// `GET /c/{collective}/decisions/new`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (desk, members) = open(&state, &frame, &slug, &asked.departs).await?;
    let today = desk.place.today.to_string();
    let form =
        frame.form(FormData::of([("decided_on", today.as_str()), ("departs", asked.departs.as_str())]));
    page(&state, &desk, frame, &members, (StatusCode::OK, form))
}

/// `POST /c/{collective}/decisions/new`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, members) = open(&state, &frame, &slug, data.field("departs")).await?;
    let (t, currency) = (frame.t, desk.currency());
    let key = data.filled("key").map(str::to_owned);
    let mut reading = Reading::new(&data, t, currency);
    let decided_on = reading.date("decided_on");
    let departs = data.filled("departs").map(|slug| members.iter().find(|member| member.slug == slug));
    if departs == Some(None) {
        reading.breaks("departs", &FieldRule::Unknown);
    }
    let departs = departs.flatten();
    let refusal = match decided_on.filter(|_| reading.problems.is_empty()) {
        None => Refused::unreadable(reading.problems),
        Some(decided_on) => {
            let new = NewDecision {
                title: data.field("title").to_owned(),
                outcome: data.field("outcome").to_owned(),
                decided_on,
                departs: departs.map(|member| member.id),
            };
            let acting = app::Acting { key: key.clone(), ..desk.acting(&frame)? };
            match record(&state.context, acting, desk.place.collective.id, new).await {
                Ok((_, number)) => {
                    let path = state.paths.one(&slug, "decisions", number);
                    let said = Flash::good(t.decisions_saved(t.number(number)));
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |never| match *never {})?,
            }
        }
    };
    let earlier = refusal.earlier(&state, &desk, &frame, key, "decisions").await?;
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, &members, (status, form.recorded_at(earlier)))
}

/// Whoever holds no role may write down some decisions only: `departs` is the name in addresses of whose departure it is.
async fn open(
    state: &AppState,
    frame: &Frame,
    slug: &str,
    departs: &str,
) -> Result<(Desk, Vec<MemberRow>), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let mut members =
        store::organisations::members(&mut tx, desk.place.collective.id, "", MOST_CHOICES).await?;
    members.retain(|member| member.is_member(desk.place.today));
    let departs = members.iter().find(|member| member.slug == departs).map(|member| member.id);
    if !super::records(&mut tx, &desk, departs).await? {
        return Err(WebError::Forbidden);
    }
    Ok((desk, members))
}

fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    members: &[MemberRow],
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let t = frame.t;
    let list = (state.paths.of(desk.slug(), "decisions"), t.decisions_title().to_owned());
    let crumbs = Crumbs { t, above: vec![list], here: t.decisions_new().to_owned() };
    html_with(
        status,
        &NewPage {
            crumbs,
            key: key_of(state, &form),
            form,
            members: members.iter().map(|member| (member.slug.clone(), member.name.clone())).collect(),
            frame: desk.frame(frame, Section::Other),
        },
    )
}
