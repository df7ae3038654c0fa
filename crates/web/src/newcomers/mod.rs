//! Promising without an account: the public form, the page of the mail's link, the list in which a steward welcomes.

#[cfg(test)]
mod tests;

use app::Failure;
use app::newcomers::{self, Newcomer, Saying};
use app::promises::takes_promises;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::Action;
use domain::ids::LinkId;
use domain::promises::{PromiseKind, PromiseRefusal};
use store::features::Feature;
use words::Words;

use crate::error::WebError;
use crate::extract::{Client, FormData};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html, html_with};
use crate::limits::Attempt;
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "newcomers/join.html")]
struct JoinPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    title: String,
    unit: String,
}

async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<(Desk, Feature), WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, frame).await?;
    let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let feature = feature.filter(|feature| takes_promises(feature, desk.pot.fund_mode));
    Ok((desk, feature.ok_or(WebError::NotFound)?))
}

/// `GET /c/{collective}/features/{number}/join`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number).await?;
    let form = frame.form(FormData::of([("kind", PromiseKind::Firm.as_str())]));
    page(&state, &desk, frame, &feature, StatusCode::OK, form)
}

fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    feature: &Feature,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let t = frame.t;
    let title = t.typography(&feature.title).into_owned();
    let href = state.paths.one(desk.slug(), "features", feature.number);
    let page = JoinPage {
        crumbs: Crumbs { t, above: vec![(href, title.clone())], here: t.newcomer_title().to_owned() },
        form,
        title,
        unit: t.currency_sign(desk.currency()),
        frame: desk.frame(frame, Section::Features),
    };
    html_with(status, &page)
}

/// `POST /c/{collective}/features/{number}/join`: a mail goes out, nothing else is made.
pub(crate) async fn ask(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    state.limits.check(Attempt::Mail, data.field("email"), client.0)?;
    let (desk, feature) = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, desk.currency());
    let mut reading = Reading::new(&data, t, currency);
    let (amount, kind) = (reading.money("amount"), reading.choice("kind", PromiseKind::parse));
    let refusal = match (amount, kind) {
        (Some(amount), Some(kind)) => {
            let typed = |name| data.field(name).to_owned();
            let saying = Saying {
                organisation: typed("organisation"),
                name: typed("name"),
                email: typed("email"),
                amount,
                kind,
                locale: t.locale(),
            };
            match newcomers::ask(&state.context, feature.id, &saying).await {
                Ok(()) => {
                    let path = state.paths.one(&slug, "features", number);
                    let said = t.newcomer_asked(data.field("email").trim());
                    return see_other_saying(&path, &Flash::good(said), &state.public_url);
                }
                Err(failure) => refuse(failure, t, currency)?,
            }
        }
        _ => Refused::unreadable(reading.problems),
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, &feature, status, form)
}

fn refuse(failure: Failure<PromiseRefusal>, t: Words, currency: Currency) -> Result<Refused, WebError> {
    refused(failure, t, currency, |why| ("amount".to_owned(), t.promise_refusal(why, currency)))
}

#[derive(Template)]
#[template(path = "newcomers/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    lead: String,
}

/// `GET /join/{token}`: a scanner of mails that looks changes nothing.
pub(crate) async fn confirming(
    State(state): State<AppState>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let newcomer = newcomers::find(&state.context, &token).await?;
    let t = frame.t;
    let currency = currency(&state, &newcomer).await?;
    let kind = if newcomer.firm { "firm" } else { "intention" };
    let lead = t.newcomer_confirm_lead(
        t.money(newcomer.amount, currency),
        kind,
        t.typography(&newcomer.organisation),
        t.typography(&newcomer.feature.title),
    );
    html(&ConfirmPage { frame, lead })
}

async fn currency(state: &AppState, newcomer: &Newcomer) -> Result<Currency, WebError> {
    let mut tx = state.context.db.read().await?;
    let pot = store::pots::by_id(&mut tx, newcomer.feature.pot).await?.ok_or(WebError::NotFound)?;
    Ok(pot.currency())
}

/// `POST /join/{token}`
pub(crate) async fn confirm(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    let newcomer = newcomers::confirm(&state.context, &token).await?;
    let mut tx = state.context.db.read().await?;
    let collective = store::collectives::get(&mut tx, newcomer.feature.collective).await?;
    drop(tx);
    let slug = collective.ok_or(WebError::NotFound)?.slug;
    let path = state.paths.one(&slug, "features", newcomer.feature.number);
    see_other_saying(&path, &Flash::good(frame.t.newcomer_confirmed()), &state.public_url)
}

#[derive(Template)]
#[template(path = "newcomers/list.html")]
struct ListPage {
    frame: Frame,
    newcomers: Vec<Line>,
}

struct Line {
    organisation: String,
    who: String,
    what: String,
    when: String,
    welcome: String,
    decline: String,
}

async fn steward(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let (_, desk) = Desk::inside(state, frame, slug).await?;
    if desk.may(Action::StewardFeature, None) { Ok(desk) } else { Err(WebError::Forbidden) }
}

/// `GET /c/{collective}/newcomers`: for stewards.
pub(crate) async fn list(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let desk = steward(&state, &frame, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let waiting = newcomers::waiting(&mut tx, desk.place.collective.id, desk.place.now).await?;
    drop(tx);
    let (t, currency) = (frame.t, desk.currency());
    let line = |one: Newcomer| Line {
        organisation: t.typography(&one.organisation).into_owned(),
        who: t.newcomer_who(&one.email, t.typography(&one.name)),
        what: t.newcomer_what(
            t.money_short(one.amount, currency),
            if one.firm { "firm" } else { "intention" },
            t.typography(&one.feature.title),
        ),
        when: t.date_near(desk.place.collective.day(one.at), desk.place.today),
        welcome: state.paths.part(&slug, "newcomers", one.id, "welcome"),
        decline: state.paths.part(&slug, "newcomers", one.id, "decline"),
    };
    html(&ListPage {
        newcomers: waiting.into_iter().map(line).collect(),
        frame: desk.frame(frame, Section::Other),
    })
}

/// `POST /c/{collective}/newcomers/{newcomer}/welcome`
pub(crate) async fn welcome(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, newcomer)): Path<(String, LinkId)>,
) -> Result<Response, WebError> {
    let desk = steward(&state, &frame, &slug).await?;
    let said = match newcomers::welcome(&state.context, desk.acting(&frame)?, desk.pot.id, newcomer).await {
        Ok(_) => Flash::good(frame.t.newcomer_welcomed()),
        // Its name was free when it was asked for: another took it meanwhile.
        Err(Failure::Invalid(errors)) => {
            let rule = errors.first().map(|error| frame.t.field_rule(&error.rule, desk.currency()));
            Flash::bad(rule.unwrap_or_default())
        }
        Err(failure) => return Err(failure.into()),
    };
    see_other_saying(&state.paths.of(&slug, "newcomers"), &said, &state.public_url)
}

/// `POST /c/{collective}/newcomers/{newcomer}/decline`
pub(crate) async fn decline(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, newcomer)): Path<(String, LinkId)>,
) -> Result<Response, WebError> {
    let desk = steward(&state, &frame, &slug).await?;
    newcomers::decline(&state.context, desk.acting(&frame)?, desk.pot.id, newcomer).await?;
    let said = Flash::plain(frame.t.newcomer_declined());
    see_other_saying(&state.paths.of(&slug, "newcomers"), &said, &state.public_url)
}
