//! More of one's share for a triggered feature, by a decision.

use app::Failure;
use app::decisions::Usable;
use app::features::top_up::{NewTopUp, standing, top_up, top_up_unconfirmed};
use app::rounds::page::my_share;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::features::{TopUp, TopUpRefusal};
use domain::ids::DecisionId;
use domain::{Currency, Money};
use store::Tx;
use store::features::Feature;
use words::Words;

use crate::decisions::{choices, usable};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Reading, Refused, refused};
use crate::rounds::confirm::{CONFIRMED, ask_saying};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "features/top_up.html")]
struct TopUpPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    has: String,
    left: String,
    unit: String,
    key: String,
    decisions: Vec<(String, String)>,
    /// Who must have written the decision down, where that is somebody else.
    writers: Option<String>,
    decision_href: String,
    /// Why nothing is added by decision now, if so.
    closed: Option<String>,
    /// What may still be added under the ceiling of its track.
    room: Option<String>,
    /// That the cap of what one organisation puts doesn't hold.
    cap: Option<String>,
    back_href: String,
}

/// The feature that somebody tops up, for an organisation whose money is theirs to put.
async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<(Desk, Feature), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let feature = feature.filter(|feature| feature.terms_version > 0).ok_or(WebError::NotFound)?;
    if desk.may(Action::Allocate, None) { Ok((desk, feature)) } else { Err(WebError::Forbidden) }
}

/// Where a feature is topped up by decision, for whoever may now.
pub(super) async fn href(
    tx: &mut Tx,
    state: &AppState,
    desk: &Desk,
    feature: &Feature,
) -> Result<Option<String>, WebError> {
    if !desk.may(Action::Allocate, None) {
        return Ok(None);
    }
    let opens = stands(tx, desk, feature).await?.open(desk.place.today, Money::MAX_ENTRY).is_ok();
    Ok(opens.then(|| state.paths.part(desk.slug(), "features", feature.number, "top-up")))
}

/// The feature as a complement would meet it now.
async fn stands(tx: &mut Tx, desk: &Desk, feature: &Feature) -> Result<TopUp, WebError> {
    let round = desk.round.as_ref().map(|round| round.id);
    let over = feature.round.is_some() && round != feature.round;
    Ok(standing(tx, feature, desk.pot.fund_mode, over).await?)
}

/// The most that one organisation puts on the feature without a decision.
async fn cap(tx: &mut Tx, desk: &Desk, feature: &Feature) -> Result<Option<Money>, WebError> {
    let round = match feature.round {
        Some(round) => store::rounds::by_id(tx, round).await?,
        None => None,
    };
    Ok(round.map_or(desk.rules.cap, |round| round.cap))
}

/// `GET /c/{collective}/features/{number}/top-up`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number).await?;
    let form = frame.form(FormData::default());
    page(&state, desk, frame, &feature, StatusCode::OK, form).await
}

/// `POST /c/{collective}/features/{number}/top-up`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let (desk, feature) = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, desk.currency());
    let refusal = match read(&data, t, currency) {
        Err(unreadable) => unreadable,
        Ok(new) => {
            let amount = t.money(new.amount, currency);
            let acting = app::Acting { key: data.key(), ..desk.acting(&frame)? };
            let decision = new.decision;
            let done = match data.has(CONFIRMED, "yes") {
                true => top_up(&state.context, acting, feature.id, new).await,
                false => top_up_unconfirmed(&state.context, acting, feature.id, new).await,
            };
            match done {
                Err(Failure::Refused(TopUpRefusal::Unconfirmed)) => {
                    return ask(&state, &desk, frame, (&feature, decision), amount, &data).await;
                }
                Ok(done) => {
                    let path = state.paths.one(&slug, "features", number);
                    let said = Flash::good(t.top_up_done(amount, t.money(done.maximum, currency)));
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |why: &TopUpRefusal| {
                    let field = if matches!(why, TopUpRefusal::Decision(_)) { "decision" } else { "amount" };
                    (field.to_owned(), t.top_up_refusal(why, currency))
                })?,
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, desk, frame, &feature, status, form).await
}

/// Asks whether it is meant: it can't be taken back.
async fn ask(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    (feature, decision): (&Feature, DecisionId),
    amount: String,
    data: &FormData,
) -> Result<Response, WebError> {
    let (t, organisation) = (frame.t, desk.acting_for.ok_or(WebError::Forbidden)?);
    let mut tx = state.context.db.read().await?;
    let name = store::organisations::get(&mut tx, organisation).await?.ok_or(WebError::NotFound)?.name;
    let decision = store::decisions::get(&mut tx, desk.place.collective.id, decision).await?;
    let decision = decision.ok_or(WebError::NotFound)?;
    drop(tx);
    let (title, decided) = (t.typography(&feature.title), t.typography(&decision.title));
    let sentences = vec![
        t.top_up_confirm(amount, decided, decision.number, t.typography(&name), title),
        t.top_up_effect().to_owned(),
    ];
    let back = state.paths.one(desk.slug(), "features", feature.number);
    let action = state.paths.part(desk.slug(), "features", feature.number, "top-up");
    ask_saying(desk.frame(frame, Section::Features), sentences, data, action, back)
}

fn read(data: &FormData, t: Words, currency: Currency) -> Result<NewTopUp, Refused> {
    let mut reading = Reading::new(data, t, currency);
    let amount = reading.money("amount");
    let decision = reading.parsed("decision");
    match (amount, decision) {
        (Some(amount), Some(decision)) if reading.problems.is_empty() => {
            Ok(NewTopUp { amount, decision, reason: data.field("reason").to_owned() })
        }
        _ => Err(Refused::unreadable(reading.problems)),
    }
}

async fn page(
    state: &AppState,
    desk: Desk,
    frame: Frame,
    feature: &Feature,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let (t, currency) = (frame.t, desk.currency());
    let organisation = desk.acting_for.ok_or(WebError::Forbidden)?;
    let mut tx = state.context.db.read().await?;
    let Usable { decisions, writers } = usable(&mut tx, &desk, &frame).await?;
    let (stands, cap) = (stands(&mut tx, &desk, feature).await?, cap(&mut tx, &desk, feature).await?);
    let share = my_share(&mut tx, (desk.pot.id, desk.pot.fund_mode), None, organisation).await?;
    drop(tx);
    let back_href = state.paths.one(desk.slug(), "features", feature.number);
    let title = t.typography(&feature.title).into_owned();
    let money = |amount| t.money(amount, currency);
    html_with(
        status,
        &TopUpPage {
            crumbs: Crumbs {
                t,
                above: vec![(back_href.clone(), title.clone())],
                here: t.top_up_title().to_owned(),
            },
            heading: t.top_up_heading(title),
            has: t.top_up_has(money(feature.maximum), money(feature.allocated_total)),
            left: t.top_up_left(money(share.holdings.left()), t.typography(&share.name)),
            unit: t.currency_sign(currency),
            key: key_of(state, &form),
            form,
            decisions: choices(&decisions, t),
            writers: (!writers.is_empty()).then(|| t.top_up_two(writers.join(", "))),
            decision_href: state.paths.one(desk.slug(), "decisions", "new"),
            closed: stands
                .open(desk.place.today, Money::MAX_ENTRY)
                .err()
                .map(|why| t.top_up_refusal(&why, currency)),
            room: stands.room().zip(stands.track.1).map(|(room, ceiling)| {
                t.top_up_room(money(ceiling), money(room), t.track_name(stands.track.0))
            }),
            cap: cap.map(|cap| t.top_up_cap(money(cap))),
            back_href,
            frame: desk.frame(frame, Section::Features),
        },
    )
}
