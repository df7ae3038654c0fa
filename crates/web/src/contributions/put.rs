//! A treasurer or a steward puts gifts on a feature, by a decision of the collective.

use app::Failure;
use app::decisions::Usable;
use app::gift_puts::{GiftPut, put_gift, put_gift_unconfirmed, sharing, waiting};
use app::gifts::MOST_FUNDS;
use app::irreversible::Binds;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::features::{FundingRefusal, State as Stage, Wish};
use domain::pot::FundMode;
use domain::shares::GiftPutRefusal;
use domain::{Currency, Money};
use serde::Deserialize;
use store::features::lists::{self, Card, Which};
use words::Words;

use super::crumbs;
use crate::decisions::{choices, usable};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Reading, Refused, refused};
use crate::rounds::confirm::{CONFIRMED, ask_saying};
use crate::rounds::wishes::{Wishes, latest};
use crate::state::AppState;

/// Most features that the form lists.
const MOST_FEATURES: i64 = 500;

#[derive(Template)]
#[template(path = "contributions/put.html")]
struct PutPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    key: String,
    unit: String,
    funds: Vec<(String, String)>,
    features: Vec<(String, String)>,
    decisions: Vec<(String, String)>,
    /// Who must have written the decision down, where that is somebody else.
    writers: Option<String>,
    decision_href: String,
    wishes: Option<Wishes>,
}

/// Whether somebody puts gifts on features here.
pub(crate) fn puts_gifts(desk: &Desk) -> bool {
    let decided = sharing(&desk.rules, desk.round.as_ref()).is_decided();
    let may = desk.may(Action::Distribute, None) || desk.may(Action::StewardFeature, None);
    decided && may && desk.pot.fund_mode != FundMode::Direct
}

async fn open(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let (_, desk) = Desk::inside(state, frame, slug).await?;
    if !desk.may(Action::Distribute, None) && !desk.may(Action::StewardFeature, None) {
        return Err(WebError::Forbidden);
    }
    if puts_gifts(&desk) { Ok(desk) } else { Err(WebError::NotFound) }
}

/// By which decision, where its page leads here.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    decision: String,
}

/// `GET /c/{collective}/gifts/put`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    let form = frame.form(FormData::of([("decision", asked.decision)]));
    page(&state, desk, frame, StatusCode::OK, form).await
}

/// `POST /c/{collective}/gifts/put`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    let (t, currency) = (frame.t, desk.currency());
    let refusal = match read(&data, t, currency) {
        Err(unreadable) => unreadable,
        Ok(new) => {
            let acting = app::Acting { key: data.key(), ..desk.acting(&frame)? };
            let done = match data.has(CONFIRMED, "yes") {
                true => put_gift(&state.context, acting, desk.pot.id, new).await,
                false => put_gift_unconfirmed(&state.context, acting, desk.pot.id, new).await,
            };
            match done {
                Err(Failure::Refused(GiftPutRefusal::Funding(FundingRefusal::Unconfirmed))) => {
                    return ask(&state, &desk, frame, new, &data).await;
                }
                Ok(_) => {
                    let mut tx = state.context.db.read().await?;
                    let feature = store::features::by_id(&mut tx, new.feature).await?;
                    let feature = feature.ok_or(WebError::NotFound)?;
                    let path = state.paths.one(&slug, "features", feature.number);
                    let title = t.typography(&feature.title).into_owned();
                    let said = Flash::good(t.gifts_put_done(t.money(new.amount, currency), title));
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |why: &GiftPutRefusal| {
                    (field_of(why).to_owned(), t.gift_put_refusal(why, currency))
                })?,
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, desk, frame, status, form).await
}

/// Asks whether it is meant: it can't be taken back.
async fn ask(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    new: GiftPut,
    data: &FormData,
) -> Result<Response, WebError> {
    let t = frame.t;
    let wish = Wish { feature: new.feature, seen: Money::ZERO, wanted: new.amount };
    let binds = app::irreversible::of(&state.context, &[wish]).await?.into_iter().next();
    let mut tx = state.context.db.read().await?;
    let fund = store::gifts::by_id(&mut tx, desk.pot.id, new.fund).await?.ok_or(WebError::NotFound)?;
    let feature = store::features::by_id(&mut tx, new.feature).await?.ok_or(WebError::NotFound)?;
    let decision = store::decisions::get(&mut tx, desk.place.collective.id, new.decision).await?;
    let decision = decision.ok_or(WebError::NotFound)?;
    drop(tx);
    let then = match binds.map(|one| one.binds) {
        Some(Binds::Adds) => "adds",
        Some(Binds::Triggers) => "triggers",
        Some(Binds::Asks) => "asks",
        None => "waits",
    };
    let sentences = vec![
        t.gifts_put_confirm(
            t.money(new.amount, desk.currency()),
            t.typography(&decision.title),
            t.typography(&fund.name),
            decision.number,
            t.typography(&feature.title),
        ),
        t.gifts_put_confirm_then(then),
    ];
    let here = state.paths.one(desk.slug(), "gifts", "put");
    ask_saying(desk.frame(frame, Section::Accounts), sentences, data, here.clone(), here)
}

/// The field at which a refusal is said.
const fn field_of(why: &GiftPutRefusal) -> &'static str {
    match why {
        GiftPutRefusal::Decision(_) => "decision",
        GiftPutRefusal::Earmarked => "fund",
        GiftPutRefusal::NobodyLeads | GiftPutRefusal::Funding(_) => "feature",
        GiftPutRefusal::SharedOut | GiftPutRefusal::NotEnough { .. } | GiftPutRefusal::Deficit(_) => "amount",
    }
}

fn read(data: &FormData, t: Words, currency: Currency) -> Result<GiftPut, Refused> {
    let mut reading = Reading::new(data, t, currency);
    let fund = reading.parsed("fund");
    let feature = reading.parsed("feature");
    let amount = reading.money("amount");
    let decision = reading.parsed("decision");
    match (fund, feature, amount, decision) {
        (Some(fund), Some(feature), Some(amount), Some(decision)) if reading.problems.is_empty() => {
            Ok(GiftPut { fund, feature, amount, decision })
        }
        _ => Err(Refused::unreadable(reading.problems)),
    }
}

async fn page(
    state: &AppState,
    desk: Desk,
    frame: Frame,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let (t, today) = (frame.t, desk.place.today);
    let mut tx = state.context.db.read().await?;
    let Usable { decisions, writers } = usable(&mut tx, &desk, &frame).await?;
    let waiting = waiting(&mut tx, desk.pot.id).await?;
    let known = store::gifts::of_pot(&mut tx, desk.pot.id, MOST_FUNDS).await?;
    let collective = desk.place.collective.id;
    let mut features = lists::of_collective(&mut tx, collective, Which::All, i64::MAX, MOST_FEATURES).await?;
    features.retain(|card: &Card| {
        let takes = card.state == Stage::Funding || card.state.is_triggered();
        takes && card.closing_on >= today
    });
    let wishes = latest(&mut tx, state, t, &desk).await?;
    drop(tx);
    let held = |fund| waiting.iter().find(|(id, _)| *id == fund).map(|(_, amount)| *amount);
    let funds = known.into_iter().filter_map(|fund| {
        let held = held(fund.id).filter(|amount: &Money| amount.is_positive())?;
        let said = t.gifts_put_fund_of(t.money(held, desk.currency()), t.typography(&fund.name));
        Some((fund.id.to_string(), said))
    });
    html_with(
        status,
        &PutPage {
            crumbs: crumbs(state, t, &desk, t.gifts_put_title().to_owned()),
            key: key_of(state, &form),
            form,
            unit: t.currency_sign(desk.currency()),
            funds: funds.collect(),
            features: features
                .into_iter()
                .map(|card| (card.id.to_string(), t.typography(&card.title).into_owned()))
                .collect(),
            decisions: choices(&decisions, t),
            writers: (!writers.is_empty()).then(|| t.gifts_put_two(writers.join(", "))),
            decision_href: state.paths.one(desk.slug(), "decisions", "new"),
            wishes,
            frame: desk.frame(frame, Section::Accounts),
        },
    )
}
