//! What a collective is, who holds its money, and where its administration changes both.

use app::collectives::{CollectiveCard, HIGHEST_FEE, HostCard, describe, describe_host};
use app::pots::{change_mode, is_unposted};
use app::{Failure, host_ibans};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::{Action, NotAllowed};
use domain::input::FieldRule;
use domain::pot::{FundMode, ModeRefusal};
use domain::references::Iban;
use store::Tx;
use store::hosts::HostRow;

use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Form, Frame, Section, html_with};
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, basis_points, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "collective/page.html")]
struct CollectivePage {
    frame: Frame,
    name: String,
    purpose: String,
    /// Who holds the money, in a sentence.
    held: String,
    /// What is written down of the host: label and value.
    host: Vec<(String, String)>,
    /// Whether the visitor may change this.
    edits: bool,
    /// Whether the pot has a host at all.
    has_host: bool,
    /// Whether it may still be changed who holds the money, and when.
    changes_mode: bool,
    again_href: Option<String>,
    /// Where its forms go, each with a name of its own behind it.
    about_href: String,
    /// The IBAN that waits, for members.
    waits: Option<Waits>,
    form: Form,
}

/// An IBAN that waits, worded.
struct Waits {
    lead: String,
    /// The IBAN, for those who may confirm or stop it.
    iban: Option<String>,
}

/// `GET /c/{collective}/about`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let desk = open(&state, &frame, &slug).await?;
    page(&state, desk, frame, None).await
}

/// `POST /c/{collective}/about`: name, purpose, time zone.
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    visitor.signed_in()?;
    let desk = open(&state, &frame, &slug).await?;
    let t = frame.t;
    let card = CollectiveCard {
        name: data.field("name").to_owned(),
        purpose: data.field("purpose").to_owned(),
        zone: data.field("zone").to_owned(),
    };
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    match describe(&state.context, acting, collective, card).await {
        Ok(()) => see_other_saying(
            &state.paths.of(&slug, "about"),
            &Flash::good(t.common_saved()),
            &state.public_url,
        ),
        Err(failure) => {
            let refused = refused(failure, t, desk.currency(), |never| match *never {})?;
            page(&state, desk, frame, Some((refused, data))).await
        }
    }
}

/// `POST /c/{collective}/about/host`. The sign-in must be fresh: it says where money goes.
pub(crate) async fn save_host(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let session = &visitor.signed_in()?.session;
    let desk = open(&state, &frame, &slug).await?;
    let path = state.paths.of(&slug, "about");
    if session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &path);
    }
    let t = frame.t;
    let mut reading = Reading::new(&data, t, desk.currency());
    let fee_rate = fee(&data, &mut reading);
    let refusal = match fee_rate {
        None => Refused::unreadable(reading.problems),
        Some(fee_rate) => {
            let card = HostCard {
                name: data.field("host_name").to_owned(),
                address: data.field("address").to_owned(),
                iban: data.field("iban").to_owned(),
                signatory: data.field("signatory").to_owned(),
                fee_rate,
                gifts_open: data.has("gifts_open", "yes"),
                give_link: data.field("give_link").to_owned(),
                tax_receipts: data.has("tax_receipts", "yes"),
            };
            let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
            match describe_host(&state.context, acting, collective, desk.pot.id, card).await {
                Ok(()) => {
                    return see_other_saying(
                        &path,
                        &Flash::good(t.collective_host_saved()),
                        &state.public_url,
                    );
                }
                Err(failure) => refused(failure, t, desk.currency(), |never| match *never {})?,
            }
        }
    };
    page(&state, desk, frame, Some((refusal, data))).await
}

/// `POST /c/{collective}/about/iban`: a second person confirms the IBAN that waits, or stops it. The sign-in must be fresh.
pub(crate) async fn answer_iban(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let session = &visitor.signed_in()?.session;
    let desk = open(&state, &frame, &slug).await?;
    let path = state.paths.of(&slug, "about");
    if session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &path);
    }
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    let answer = (data.field("seen").to_owned(), data.has("answer", "confirm"));
    let confirms = answer.1;
    let flash = match host_ibans::answer(&state.context, acting, collective, desk.pot.id, answer).await {
        Ok(()) if confirms => Flash::good(frame.t.collective_iban_confirmed()),
        Ok(()) => Flash::good(frame.t.collective_iban_stopped()),
        Err(Failure::Invalid(_)) => Flash::bad(frame.t.collective_iban_gone()),
        Err(failure) => return Err(failure.into()),
    };
    see_other_saying(&path, &flash, &state.public_url)
}

/// `POST /c/{collective}/about/mode`: who holds the money of the pot, and when.
pub(crate) async fn save_mode(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    visitor.signed_in()?;
    let frame = frame.acting_as_said_in(&data)?;
    let desk = open(&state, &frame, &slug).await?;
    let t = frame.t;
    let mut reading = Reading::new(&data, t, desk.currency());
    let refusal = match reading.choice("fund_mode", FundMode::parse) {
        None => Refused::unreadable(reading.problems),
        Some(mode) => match change_mode(&state.context, desk.acting(&frame)?, desk.pot.id, mode).await {
            Ok(()) => {
                let path = state.paths.of(&slug, "about");
                return see_other_saying(&path, &Flash::good(t.collective_mode_saved()), &state.public_url);
            }
            Err(failure) => {
                let say = |why: &ModeRefusal| ("fund_mode".to_owned(), t.mode_refusal(*why).to_owned());
                refused(failure, t, desk.currency(), say)?
            }
        },
    };
    page(&state, desk, frame, Some((refusal, data))).await
}

/// A rate as people write it, « 5 » or « 2,5 » per cent, in basis points.
fn fee(data: &FormData, reading: &mut Reading<'_>) -> Option<u32> {
    let Some(typed) = data.filled("fee_rate") else { return Some(0) };
    let rate = basis_points(typed).filter(|rate| *rate <= HIGHEST_FEE);
    if rate.is_none() {
        reading.breaks("fee_rate", &FieldRule::TooLarge);
    }
    rate
}

async fn open(state: &AppState, frame: &Frame, slug: &str) -> Result<Desk, WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    Desk::open(&mut tx, place, frame).await
}

async fn page(
    state: &AppState,
    desk: Desk,
    frame: Frame,
    refused: Option<(Refused, FormData)>,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let host = match desk.pot.host {
        Some(host) => store::hosts::get(&mut tx, host).await?,
        None => None,
    };
    let waits = match &host {
        Some(host) => waits(&mut tx, &desk, &frame, host).await?,
        None => None,
    };
    let unposted = is_unposted(&mut tx, desk.pot.id).await?;
    drop(tx);
    let (t, collective) = (frame.t, desk.place.collective.clone());
    let edits = desk.may(Action::EditCollective, None);
    let stored = stored(&desk, host.as_ref());
    let (status, form) = match refused {
        Some((refused, data)) => {
            let status = refused.status;
            (status, Form::refused(t, data.or(stored), refused.problems))
        }
        None => (StatusCode::OK, frame.form(stored)),
    };
    let fresh = frame.person().is_some_and(|person| person.session.is_fresh(desk.place.now));
    let path = state.paths.of(desk.slug(), "about");
    let mode = desk.pot.fund_mode;
    let page = CollectivePage {
        name: collective.name.clone(),
        purpose: collective.purpose.clone(),
        held: match &host {
            Some(host) if mode != FundMode::Direct => t.collective_held_by(t.typography(&host.name)),
            None if mode != FundMode::Direct => t.collective_held_by_none_yet().to_owned(),
            _ => t.collective_held_by_nobody().to_owned(),
        },
        host: host
            .as_ref()
            .filter(|_| mode != FundMode::Direct)
            .map(|host| told(&desk, &frame, host))
            .unwrap_or_default(),
        edits,
        has_host: mode != FundMode::Direct,
        changes_mode: edits && unposted,
        about_href: path.clone(),
        waits,
        again_href: (edits && !fresh).then(|| state.paths.sign_in_then(&path)),
        form,
        frame: desk.frame(frame, Section::Other),
    };
    html_with(status, &page)
}

/// The IBAN that waits, for members alone; those who may answer get its buttons.
async fn waits(tx: &mut Tx, desk: &Desk, frame: &Frame, host: &HostRow) -> Result<Option<Waits>, WebError> {
    let (Some(from), true) = (host.next_iban_from, desk.is_member()) else { return Ok(None) };
    let by = match host.next_iban_by {
        Some(person) => store::people::get(tx, person).await?.map(|row| row.name).unwrap_or_default(),
        None => String::new(),
    };
    let collective = &desk.place.collective;
    let answers = match desk.standing.as_ref() {
        Some(standing) => {
            let (person, now) = (standing.person, desk.place.now);
            host_ibans::may_answer(tx, collective, host, person, now).await?
        }
        None => false,
    };
    let iban = Iban::parse(&host.next_iban).map(|iban| iban.in_fours()).unwrap_or_default();
    let from = frame.t.instant(from, &collective.time_zone());
    let lead = frame.t.collective_iban_waits_lead(from, iban, by);
    Ok(Some(Waits { lead, iban: answers.then(|| host.next_iban.clone()) }))
}

/// What a visitor reads of the host: its account only as a member.
fn told(desk: &Desk, frame: &Frame, host: &HostRow) -> Vec<(String, String)> {
    let t = frame.t;
    let iban = Iban::parse(&host.iban).map(|iban| iban.in_fours()).unwrap_or_default();
    let lines = [
        (t.collective_host_address(), host.address.replace('\n', ", ")),
        (t.collective_host_signatory(), host.signatory.clone()),
        (t.collective_host_fee(), format!("{}\u{202f}%", percent(host.fee_rate))),
        (t.collective_host_iban(), if desk.is_member() { iban } else { String::new() }),
    ];
    lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| (label.to_owned(), value))
        .collect()
}

/// Basis points as a percentage, « 5 » or « 2,5 ».
fn percent(rate: u32) -> String {
    match (rate / 100, rate % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole},{part:02}").trim_end_matches('0').to_owned(),
    }
}

/// The IBAN that was written down last: the one that waits, if any.
fn typed_last(host: &HostRow) -> &str {
    if host.next_iban.is_empty() { &host.iban } else { &host.next_iban }
}

fn stored(desk: &Desk, host: Option<&HostRow>) -> FormData {
    let collective = &desk.place.collective;
    let mut fields = vec![
        ("name", collective.name.clone()),
        ("purpose", collective.purpose.clone()),
        ("zone", collective.zone.clone()),
        ("fund_mode", desk.pot.fund_mode.as_str().to_owned()),
    ];
    if let Some(host) = host {
        fields.extend([
            ("host_name", host.name.clone()),
            ("address", host.address.clone()),
            ("iban", Iban::parse(typed_last(host)).map(|iban| iban.in_fours()).unwrap_or_default()),
            ("signatory", host.signatory.clone()),
            ("fee_rate", percent(host.fee_rate)),
            ("give_link", host.give_link.clone()),
        ]);
        fields.extend(host.gifts_open.then(|| ("gifts_open", "yes".to_owned())));
        fields.extend(host.tax_receipts.then(|| ("tax_receipts", "yes".to_owned())));
    }
    FormData::of(fields)
}
