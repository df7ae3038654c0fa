//! A treasurer records a gift.

use app::gifts::{GiftWish, Into, MOST_FUNDS, NATURES, NewFund, NewGift, record_gift};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::features::State as FeatureState;
use domain::{Currency, PostingKind};
use jiff::civil::Date;
use store::Tx;
use store::features::lists::{self, Which};

use super::like::Like;
use super::nowhere::{holds_nothing, nowhere};
use super::{also_receipt, crumbs, nature, natures, proof};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Most features to which a gift may be earmarked in one list.
const MOST_FEATURES: i64 = 500;

#[derive(Template)]
#[template(path = "contributions/gift.html")]
pub(super) struct GiftPage {
    pub(super) frame: Frame,
    pub(super) crumbs: Crumbs,
    pub(super) form: Form,
    pub(super) key: String,
    pub(super) unit: String,
    pub(super) funds: Vec<(String, String)>,
    pub(super) features: Vec<(String, String)>,
    pub(super) natures: Vec<(&'static str, String, String)>,
}

/// `GET /c/{collective}/gifts/new`
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
    let fields = match like.entry(&mut tx, &desk, PostingKind::Gift).await? {
        Some(like) => like.fields(frame.t, desk.currency()),
        None => vec![("received_on", desk.place.today.to_string()), ("nature", "gift".to_owned())],
    };
    let form = frame.form(FormData::of(fields));
    page(&state, &mut tx, desk, frame, StatusCode::OK, form).await
}

/// `POST /c/{collective}/gifts/new`
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
            let amount = t.money(new.amount, currency);
            let acting = app::Acting { key: key.clone(), ..desk.acting(&frame)? };
            match record_gift(&state.context, acting, desk.pot.id, new).await {
                Ok(gift) => {
                    let said = t.contributions_gift_recorded(amount, gift.recorded.seq);
                    let path = state.paths.of(&slug, "contributions");
                    return see_other_saying(&path, &Flash::good(said), &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |never| match *never {})?,
            }
        }
    };
    let earlier = refusal.earlier(&state, &desk, &frame, key, "contributions").await?;
    let (status, form) = refusal.form(t, data);
    let mut tx = state.context.db.read().await?;
    page(&state, &mut tx, desk, frame, status, form.recorded_at(earlier)).await
}

fn read(data: &FormData, t: words::Words, currency: Currency, today: Date) -> Result<NewGift, Refused> {
    let mut reading = Reading::new(data, t, currency);
    let amount = reading.money("amount");
    let received_on = reading.date("received_on");
    let into = match data.filled("fund") {
        Some(_) => reading.parsed("fund").map(Into::Fund),
        None => new_fund(data, &mut reading).map(Into::New),
    };
    let proof = proof(data, &mut reading);
    let wish = GiftWish {
        feature: match data.filled("wish_feature") {
            None => None,
            Some(_) => reading.parsed("wish_feature"),
        },
        words: data.field("wish").to_owned(),
    };
    match (amount, received_on, into) {
        (Some(amount), Some(received_on), Some(into)) if reading.problems.is_empty() => {
            let reference = data.field("reference").trim().to_owned();
            Ok(NewGift { into, amount, received_on, reference, proof, wish })
        }
        _ => {
            also_receipt(&mut reading, amount, received_on, today);
            Err(Refused::unreadable(reading.problems))
        }
    }
}

fn new_fund(data: &FormData, reading: &mut Reading<'_>) -> Option<NewFund> {
    if data.filled("name").is_none() {
        reading.breaks("name", &domain::input::FieldRule::Missing);
    }
    let earmark = match data.filled("earmark") {
        None => None,
        Some(_) => reading.parsed("earmark"),
    };
    let nature = nature(reading, NATURES)?;
    Some(NewFund {
        name: data.field("name").to_owned(),
        nature,
        earmark,
        conditions: data.field("conditions").to_owned(),
        giver: data.field("giver").to_owned(),
        giver_public: data.has("giver_public", "yes"),
    })
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
    let t = frame.t;
    let funds = store::gifts::of_pot(tx, desk.pot.id, MOST_FUNDS).await?;
    let collective = desk.place.collective.id;
    let mut features = lists::of_collective(tx, collective, Which::All, i64::MAX, MOST_FEATURES).await?;
    features.retain(|card| card.state == FeatureState::Funding || card.state.is_before_funding());
    html_with(
        status,
        &GiftPage {
            crumbs: crumbs(state, t, &desk, t.contributions_gift_title().to_owned()),
            key: key_of(state, &form),
            form,
            unit: t.currency_sign(desk.currency()),
            funds: funds.into_iter().map(|fund| (fund.id.to_string(), fund.name)).collect(),
            features: features
                .into_iter()
                .map(|card| (card.id.to_string(), t.typography(&card.title).into_owned()))
                .collect(),
            natures: natures(t, NATURES),
            frame: desk.frame(frame, Section::Accounts),
        },
    )
}
