//! What whoever posted an ad keeps: its state, its text, who answered, who shares its need. By an account or by the personal
//! link of a mail, on the same page.

use app::Failure;
use app::ads::{By, Sheet, appeal, ask_founding, edit, renew, sheet, withdraw};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ads::{AdRefusal, AdText, FEWEST_TOGETHER, Side};
use serde_json::Value;
use words::Words;

use super::card::said as facts_of;
use super::form::{Fields, filled, read};
use super::{Visit, ZONE, day, refuse, said};
use crate::error::WebError;
use crate::extract::{Client, FormData};
use crate::flash::{Flash, see_other_saying};
use crate::layout::both::Both;
use crate::layout::changes::Changes;
use crate::layout::{Form, Frame, Problems, html_with};
use crate::limits::Attempt;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "ads/manage.html")]
struct ManagePage {
    frame: Frame,
    form: Form,
    fields: Fields,
    both: Both,
    here: String,
    heading: String,
    title: String,
    state: String,
    by_link: bool,
    version: i64,
    see_href: Option<String>,
    may_withdraw: bool,
    may_renew: bool,
    appeals: bool,
    appeal: Option<String>,
    is_request: bool,
    needers: Vec<String>,
    together: usize,
    asks_founding: bool,
    founding_waits: bool,
    collective_href: Option<String>,
    talks: Vec<(String, String)>,
    events: Vec<(String, String)>,
    changes: Option<Changes>,
}

/// The ad of a page, and who asks for it.
struct Kept {
    by: By,
    here: String,
    visit: Visit,
    sheet: Sheet,
}

/// By the account of whoever is signed in: the ad of a number.
async fn by_number(state: &AppState, frame: &Frame, number: i64) -> Result<Kept, WebError> {
    let mut tx = state.context.db.read().await?;
    let visit = Visit::open(&mut tx, state, frame).await?;
    drop(tx);
    let by = By::Acting(visit.acting(frame)?, number);
    let sheet = sheet(&state.context, &by).await?;
    Ok(Kept { by, here: state.paths.ad_part(number, "manage"), visit, sheet })
}

/// By the link of a mail. A link that opens nothing is counted, so that nobody guesses one.
async fn by_link(state: &AppState, frame: &Frame, client: Client, token: &str) -> Result<Kept, WebError> {
    let by = By::Link(token.to_owned());
    let sheet = match sheet(&state.context, &by).await {
        Ok(sheet) => sheet,
        Err(failure) => {
            state.limits.check_network(Attempt::Write, client.0)?;
            return Err(failure.into());
        }
    };
    let mut tx = state.context.db.read().await?;
    let visit = Visit::open(&mut tx, state, frame).await?;
    Ok(Kept { by, here: state.paths.ad_kept(token), visit, sheet })
}

/// Where an ad stands, in words.
fn stand(t: Words, sheet: &Sheet, now: jiff::Timestamp) -> String {
    let row = &sheet.row;
    match row.standing() {
        standing if standing.hidden => t.ads_manage_hidden(t.typography(&row.hidden_reason)),
        standing if standing.withdrawn => t.ads_manage_withdrawn().to_owned(),
        standing if standing.is_shown(now) => t.ads_manage_shown(day(t, row.expires_at)),
        _ => t.ads_manage_over(day(t, row.expires_at)),
    }
}

/// What is stored and differs from what was typed.
fn differences(t: Words, stored: &AdText, data: &FormData) -> Vec<(String, String)> {
    let typed = read(data, t, Some(stored.side)).ok();
    let mut found = Vec::new();
    for (name, label, now) in [
        ("title", t.ads_form_name_title(), &stored.title),
        ("body", t.ads_form_body(), &stored.body),
        ("references", t.ads_form_references(), &stored.references),
    ] {
        if data.field(name) != now.as_str() {
            found.push((label.to_owned(), now.clone()));
        }
    }
    let (now, then) = (facts_of(t, stored), typed.map(|typed| facts_of(t, &typed)).unwrap_or_default());
    found.extend(now.into_iter().filter(|fact| !then.contains(fact)));
    found
}

/// A change of an ad, worded.
fn worded(t: Words, field: &str, value: &Value) -> Option<(String, String)> {
    let label = match field {
        "works" => t.ads_form_works().to_owned(),
        "remote" => t.ads_form_remote().to_owned(),
        "seen" => t.ads_form_seen().to_owned(),
        "unit" => t.ads_form_unit().to_owned(),
        field => t.layout_field(field),
    };
    let told = match (field, value) {
        ("least" | "most", value) => crate::layout::changes::amount(t, super::CURRENCY, value),
        ("works", Value::Array(list)) => {
            let names = list.iter().filter_map(Value::as_str).map(|work| t.ads_work(work));
            names.collect::<Vec<_>>().join(", ")
        }
        ("unit", Value::String(unit)) => t.ads_form_unit_of(unit.as_str()),
        ("seen", Value::String(seen)) if seen == "members" => t.ads_form_members().to_owned(),
        ("seen", _) => t.ads_form_public().to_owned(),
        ("deadline_on", value) => crate::layout::changes::day(t, value),
        (_, Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        (_, Value::Bool(true)) => "✓".to_owned(),
        (_, value) => crate::layout::changes::text(value),
    };
    Some((label, told))
}

fn page(
    state: &AppState,
    kept: Kept,
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let Kept { by, here, visit, sheet } = kept;
    let (t, now) = (frame.t, state.context.now());
    let row = &sheet.row;
    let stored = row.text();
    let conflict = status == StatusCode::CONFLICT;
    let data = form.data();
    let both = if conflict { Both::of(t, differences(t, &stored, data)) } else { Both::none(t) };
    // Whoever saves after having seen both means the newest.
    let seen = data.filled("version").filter(|_| !conflict).and_then(|version| version.parse().ok());
    let is_shown = row.standing().is_shown(now);
    let is_request = row.side == Side::Request;
    let talk = |talk: &store::ads::AdTalk| {
        let href = match &by {
            By::Acting(..) => state.paths.ad_talk(row.number, talk.number),
            By::Link(_) => format!("{here}/talks/{}", talk.number),
        };
        (href, t.ads_manage_talk(talk.messages, t.typography(&talk.organisation_name)))
    };
    let needer = |needer: &store::ads::AdNeeder| {
        t.ads_manage_needer(&needer.name, t.typography(&needer.organisation_name))
    };
    html_with(
        status,
        &ManagePage {
            fields: Fields::of(t, &form, Some(row.side)),
            both,
            heading: t.ads_manage_title(row.number),
            title: t.typography(&row.title).into_owned(),
            state: stand(t, &sheet, now),
            by_link: matches!(by, By::Link(_)),
            version: seen.unwrap_or(row.version),
            see_href: is_shown.then(|| state.paths.ad(row.number)),
            may_withdraw: row.withdrawn_at.is_none(),
            may_renew: row.hidden_at.is_none(),
            appeals: row.hidden_at.is_some(),
            appeal: (!row.appeal.is_empty()).then(|| t.ads_manage_appeal_said(t.typography(&row.appeal))),
            is_request,
            needers: sheet.needers.iter().map(needer).collect(),
            together: sheet.together,
            asks_founding: is_shown
                && row.founding_at.is_none()
                && row.collective.is_none()
                && sheet.together >= FEWEST_TOGETHER,
            founding_waits: row.founding_at.is_some() && row.collective.is_none(),
            collective_href: sheet.collective.as_ref().map(|slug| state.paths.collective(slug)),
            talks: sheet.talks.iter().map(talk).collect(),
            events: sheet
                .events
                .iter()
                .map(|(at, kind)| (t.ads_event(kind.as_str()), t.instant(*at, &ZONE)))
                .collect(),
            changes: Changes::plain(t, &ZONE, &sheet.changes, |field, value| worded(t, field, value)),
            here: here.clone(),
            form,
            frame: visit.frame(frame),
        },
    )
}

/// `GET /ads/{number}/manage`
pub(crate) async fn manage(
    State(state): State<AppState>,
    frame: Frame,
    Path(number): Path<i64>,
) -> Result<Response, WebError> {
    let kept = by_number(&state, &frame, number).await?;
    let form = frame.form(filled(frame.t, &kept.sheet.row.text()));
    page(&state, kept, frame, (StatusCode::OK, form))
}

/// `GET /ad/{token}`
pub(crate) async fn manage_by_link(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let kept = by_link(&state, &frame, client, &token).await?;
    let form = frame.form(filled(frame.t, &kept.sheet.row.text()));
    page(&state, kept, frame, (StatusCode::OK, form))
}

/// `POST /ads/{number}/manage`: changes what it says.
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    Path(number): Path<i64>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let kept = by_number(&state, &frame, number).await?;
    saved(&state, kept, frame, data).await
}

/// `POST /ad/{token}`: the same by the link of a mail.
pub(crate) async fn save_by_link(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let kept = by_link(&state, &frame, client, &token).await?;
    saved(&state, kept, frame, data).await
}

async fn saved(state: &AppState, kept: Kept, frame: Frame, data: FormData) -> Result<Response, WebError> {
    let t = frame.t;
    let refusal = match read(&data, t, Some(kept.sheet.row.side)) {
        Err(unreadable) => unreadable,
        Ok(text) => {
            let seen = data.field("version").parse().unwrap_or(0);
            match edit(&state.context, kept.by.clone(), seen, text).await {
                Ok(()) => {
                    return see_other_saying(&kept.here, &Flash::good(t.common_saved()), &state.public_url);
                }
                Err(failure) => refuse(failure, t)?,
            }
        }
    };
    let answer = refusal.form(t, data);
    page(state, kept, frame, answer)
}

/// `POST /ads/{number}/manage/{act}`
pub(crate) async fn act(
    State(state): State<AppState>,
    frame: Frame,
    Path((number, what)): Path<(i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let kept = by_number(&state, &frame, number).await?;
    acted(&state, kept, frame, &what, data).await
}

/// `POST /ad/{token}/{act}`
pub(crate) async fn act_by_link(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path((token, what)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let kept = by_link(&state, &frame, client, &token).await?;
    acted(&state, kept, frame, &what, data).await
}

async fn acted(
    state: &AppState,
    kept: Kept,
    frame: Frame,
    what: &str,
    data: FormData,
) -> Result<Response, WebError> {
    let (t, context, by) = (frame.t, &state.context, kept.by.clone());
    let (done, told): (Result<(), Failure<AdRefusal>>, _) = match what {
        "renew" => (renew(context, by).await, t.ads_manage_renewed()),
        "withdraw" => (withdraw(context, by).await, t.ads_manage_withdrawn_done()),
        "found" => (ask_founding(context, by).await, t.ads_manage_found_asked()),
        "appeal" => match appeal(context, by, data.field("appeal")).await {
            Err(Failure::Invalid(errors)) => {
                let mut problems = Problems::default();
                for error in &errors {
                    problems.add("appeal", t.field_rule(&error.rule, super::CURRENCY));
                }
                let stored = filled(t, &kept.sheet.row.text());
                let form = Form::refused(t, data.or(stored), problems);
                return page(state, kept, frame, (StatusCode::UNPROCESSABLE_ENTITY, form));
            }
            done => (done, t.ads_manage_appealed()),
        },
        _ => return Err(WebError::NotFound),
    };
    let flash = match done {
        Ok(()) => Flash::good(told),
        Err(failure) => Flash::bad(said(failure, t)?),
    };
    see_other_saying(&kept.here, &flash, &state.public_url)
}
