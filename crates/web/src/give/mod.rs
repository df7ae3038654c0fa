//! The page of whoever wants to give: to whom, how, and what becomes of a gift.

use app::gifts::open_host;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::Money;
use domain::features::State as Stage;
use domain::input::FieldRule;
use domain::references::{Iban, Remittance, epc_qr};
use serde::Deserialize;
use store::features::lists::{self, Which};
use store::hosts::HostRow;

use crate::calls::QrPicture;
use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::{Form, Frame, Section, html};
use crate::place::{Desk, Place};
use crate::reading::Reading;
use crate::state::AppState;

/// Most features that one may wish for.
const MOST_FEATURES: i64 = 200;

#[derive(Template)]
#[template(path = "give/page.html")]
struct GivePage {
    frame: Frame,
    title: String,
    lead: String,
    form: Form,
    unit: String,
    /// The features that one may wish for: number, title; none where the rules show no wishes.
    features: Vec<(String, String)>,
    /// What a transfer needs: label and value.
    transfer: Vec<(&'static str, String)>,
    qr: Option<QrPicture>,
    /// A page of another service, and its host's name.
    link: Option<(String, String)>,
    /// That another IBAN, or another page, is announced.
    announced: Vec<String>,
    receipts: String,
    accounts_href: String,
}

/// How much somebody means to give, as typed, and for what.
#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    amount: Option<String>,
    /// The number of the feature that they wish for.
    feature: Option<String>,
}

/// `GET /c/{collective}/give?amount=20&feature=3`: there while the host takes gifts.
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(wish): Query<Wish>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let host = open_host(&mut tx, &desk.pot).await?.ok_or(WebError::NotFound)?;
    let features = match desk.rules.gifts.asks_wishes() {
        true => {
            let (collective, funding) = (desk.place.collective.id, Which::In(Stage::Funding));
            lists::of_collective(&mut tx, collective, funding, i64::MAX, MOST_FEATURES).await?
        }
        false => Vec::new(),
    };
    drop(tx);
    let t = frame.t;
    let features: Vec<(String, String)> = features
        .into_iter()
        .map(|card| (card.number.to_string(), t.typography(&card.title).into_owned()))
        .collect();
    let wished = wish.feature.filter(|number| features.iter().any(|(known, _)| known == number));
    let label = label(&desk, &frame, wished.as_deref());
    let fields = [("amount", wish.amount.unwrap_or_default()), ("feature", wished.unwrap_or_default())];
    let form = frame.form(FormData::of(fields));
    let mut reading = Reading::new(form.data(), t, desk.currency());
    let mut amount = reading.optional_money("amount");
    if amount.is_some_and(|amount| !amount.is_positive()) {
        reading.breaks("amount", &FieldRule::NotPositive);
        amount = None;
    }
    let problems = reading.problems;
    let form = if problems.is_empty() { form } else { Form::refused(t, form.data().clone(), problems) };
    let name = t.typography(&desk.place.collective.name).into_owned();
    let zone = desk.place.collective.time_zone();
    html(&GivePage {
        title: t.give_title(&name),
        lead: t.give_lead(t.typography(&host.name)),
        form,
        unit: t.currency_sign(desk.currency()),
        features,
        transfer: transfer(&desk, &frame, &host, amount, &label),
        qr: qr(&desk, &frame, &host, amount, &label),
        link: link(&host),
        announced: [
            host.next_iban_from.map(|from| t.give_iban_waits(t.instant(from, &zone))),
            host.next_link_from.map(|from| t.give_link_waits(t.instant(from, &zone))),
        ]
        .into_iter()
        .flatten()
        .collect(),
        receipts: if host.tax_receipts {
            t.give_receipts_yes(t.typography(&host.name))
        } else {
            t.give_receipts_no().to_owned()
        },
        accounts_href: state.paths.of(&slug, "accounts"),
        frame: desk.frame(frame, Section::Pot),
    })
}

/// What somebody writes as the label of a transfer, so that a treasurer knows it for a gift, and for what.
fn label(desk: &Desk, frame: &Frame, wished: Option<&str>) -> String {
    match wished {
        Some(number) => frame.t.give_label_wish(number, desk.slug()),
        None => frame.t.give_label(desk.slug()),
    }
}

fn transfer(
    desk: &Desk,
    frame: &Frame,
    host: &HostRow,
    amount: Option<Money>,
    label: &str,
) -> Vec<(&'static str, String)> {
    let t = frame.t;
    let Ok(iban) = Iban::parse(&host.iban) else { return Vec::new() };
    let mut lines = vec![
        (t.give_to(), t.typography(&host.name).into_owned()),
        (t.collective_host_iban(), iban.in_fours()),
        (t.give_says(), label.to_owned()),
    ];
    lines.extend(amount.map(|amount| (t.give_amount(), t.money(amount, desk.currency()))));
    lines
}

fn qr(desk: &Desk, frame: &Frame, host: &HostRow, amount: Option<Money>, label: &str) -> Option<QrPicture> {
    let iban = Iban::parse(&host.iban).ok()?;
    let text = epc_qr(&host.name, &iban, amount, desk.currency(), Remittance::Words(label))?;
    QrPicture::of(&text, frame.t.give_qr().to_owned())
}

fn link(host: &HostRow) -> Option<(String, String)> {
    let name = host.give_link.strip_prefix("https://").or_else(|| host.give_link.strip_prefix("http://"))?;
    Some((host.give_link.clone(), name.split('/').next().unwrap_or(name).to_owned()))
}
