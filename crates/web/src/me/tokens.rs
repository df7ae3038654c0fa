//! The tokens by which programs act for a person. One is shown once, when it is made.

use app::Failure;
use app::tokens::{self, Made, Place, Wanted};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::NotAllowed;
use domain::ids::{OrganisationId, TokenId};
use domain::tokens::{LIFETIMES, Scope, Scopes, TokenRefusal};
use words::Words;

use super::{Tab, tabs, zone_of};
use crate::error::WebError;
use crate::extract::{FormData, SignedIn, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Form, Frame, NavLink, Problems, html, html_with};
use crate::reading::refused;
use crate::state::AppState;

/// The lifetime that a new form offers, in days.
const USUAL_DAYS: u16 = 90;

#[derive(Template)]
#[template(path = "me/tokens.html")]
struct TokensPage {
    frame: Frame,
    tabs: Vec<NavLink>,
    guide_href: String,
    lines: Vec<Line>,
    form: Form,
    places: Vec<(String, String)>,
    scopes: Vec<(&'static str, String)>,
    days: Vec<(String, String)>,
    again_href: Option<String>,
}

/// A token, worded.
struct Line {
    id: String,
    name: String,
    place: String,
    scopes: Vec<&'static str>,
    until: String,
    used: String,
}

#[derive(Template)]
#[template(path = "me/token_made.html")]
struct MadePage {
    frame: Frame,
    tabs: Vec<NavLink>,
    secret: String,
    until: String,
}

/// `GET /me/tokens`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let data = FormData::of([("days", USUAL_DAYS.to_string()), ("scopes", Scope::Read.as_str().to_owned())]);
    let form = frame.form(data);
    page(&state, frame, person, StatusCode::OK, form).await
}

/// `POST /me/tokens`: makes one and shows it.
pub(crate) async fn make(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let t = frame.t;
    let places = tokens::places(&state.context, person.person()).await?;
    let Some(place) = places.iter().find(|place| key_of(place) == data.field("place")) else {
        let mut problems = Problems::default();
        problems.add("place", t.field_rule(&domain::input::FieldRule::NotAChoice, Currency::EUR));
        let form = Form::refused(t, data, problems);
        return page(&state, frame, person, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    };
    let wanted = Wanted {
        collective: place.collective.id,
        organisation: place.organisation,
        name: data.field("name").to_owned(),
        scopes: data.all("scopes").filter_map(Scope::parse).collect::<Scopes>(),
        days: data.field("days").parse().unwrap_or_default(),
    };
    match tokens::make(&state.context, &person.session, wanted).await {
        Ok(Made { secret, expires_at, .. }) => {
            let until = t.date(place.collective.day(expires_at));
            html(&MadePage { tabs: tabs(t, &state.paths, Tab::Tokens), secret, until, frame })
        }
        Err(failure) => {
            let (status, problems) = said(failure, t)?;
            page(&state, frame, person, status, Form::refused(t, data, problems)).await
        }
    }
}

fn said(failure: Failure<TokenRefusal>, t: Words) -> Result<(StatusCode, Problems), WebError> {
    let mut problems = Problems::default();
    match failure {
        Failure::NotAllowed(NotAllowed::NotFresh) => problems.add("name", t.refusal_not_fresh()),
        Failure::NotAllowed(NotAllowed::NoMandate) => problems.add("place", t.tokens_no_mandate()),
        other => {
            let refused = refused(other, t, Currency::EUR, |refusal| match refusal {
                TokenRefusal::TooMany => ("name".to_owned(), t.tokens_too_many().to_owned()),
            })?;
            return Ok((refused.status, refused.problems));
        }
    }
    Ok((StatusCode::FORBIDDEN, problems))
}

/// `POST /me/tokens/revoke`
pub(crate) async fn revoke(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let token: TokenId = data.field("token").parse().map_err(|_| WebError::NotFound)?;
    tokens::revoke(&state.context, person.person(), token).await?;
    let flash = Flash::good(frame.t.tokens_revoked());
    see_other_saying(&state.paths.mine("tokens"), &flash, &state.public_url)
}

/// A place as the form names it.
fn key_of(place: &Place) -> String {
    let organisation: OrganisationId = place.organisation;
    format!("{} {organisation}", place.collective.slug)
}

async fn page(
    state: &AppState,
    frame: Frame,
    person: &SignedIn,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let (t, now) = (frame.t, state.context.now());
    let rows = tokens::list(&state.context, person.person()).await?;
    let places = tokens::places(&state.context, person.person()).await?;
    let name_of = |organisation: &str, collective: &str| {
        t.tokens_place_of(t.typography(collective), t.typography(organisation))
    };
    let zone = zone_of(&mut state.context.db.read().await?, person.person()).await?;
    let line = |row: store::tokens::TokenRow| Line {
        id: row.id.to_string(),
        place: name_of(&row.organisation_name, &row.collective_name),
        scopes: row.limits().scopes.iter().map(Scope::as_str).collect(),
        until: t.date(row.expires_at.to_zoned_datetime(zone.clone()).date()),
        used: row.used_at.map_or_else(|| t.tokens_never_used().to_owned(), |used| t.since(used, now)),
        name: row.name,
    };
    let path = state.paths.mine("tokens");
    html_with(
        status,
        &TokensPage {
            tabs: tabs(t, &state.paths, Tab::Tokens),
            guide_href: state.paths.api_guide(),
            lines: rows.into_iter().map(line).collect(),
            form,
            places: places
                .iter()
                .map(|place| (key_of(place), name_of(&place.name, &place.collective.name)))
                .collect(),
            scopes: Scope::ALL.iter().map(|scope| (scope.as_str(), t.tokens_scope(scope.as_str()))).collect(),
            days: LIFETIMES.iter().map(|days| (days.to_string(), t.tokens_days(*days))).collect(),
            again_href: (!person.session.is_fresh(now)).then(|| state.paths.sign_in_then(&path)),
            frame,
        },
    )
}
