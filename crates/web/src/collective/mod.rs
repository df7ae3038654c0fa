//! What a collective is, who holds its money, and where its administration changes both.

mod waiting;

use app::collectives::{CollectiveCard, HIGHEST_FEE, HostCard, describe, describe_host};
use app::pots::{change_mode, is_unposted};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::{Action, NotAllowed};
use domain::input::FieldRule;
use domain::pot::{FundMode, ModeRefusal};
use domain::references::Iban;
use store::hosts::{HostRow, Target};
use words::Words;

use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::both::{Both, digest_of};
use crate::layout::{Form, Frame, Section, html_with};
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, basis_points, refused};
use crate::state::AppState;

use waiting::Waits;
pub(crate) use waiting::{answer_iban, answer_link};

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
    /// Where its form goes.
    about_href: String,
    /// What somebody else saved meanwhile.
    both: Both,
    /// What waits to be shown, for members.
    waiting: Vec<Waits>,
    form: Form,
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

/// `POST /c/{collective}/about`: all that the page holds in one form, so that nothing typed is lost; of each of its parts
/// only what was changed is written, unless somebody else changed it too. What says where money goes asks for a fresh
/// sign-in, before anything is.
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let session = &visitor.signed_in()?.session;
    let frame = frame.acting_as_said_in(&data)?;
    let desk = open(&state, &frame, &slug).await?;
    if !desk.may(Action::EditCollective, None) {
        return Err(WebError::Forbidden);
    }
    let path = state.paths.of(&slug, "about");
    let now = host_of(&state, &desk).await?;
    let stored = with_seen(stored(&desk, now.as_ref()));
    let changed = Part::ALL.map(|part| part.is_changed(&data, &stored));
    let [card, host, mode] = changed;
    if host && session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &path);
    }
    let t = frame.t;
    if Part::ALL.into_iter().any(|part| part.is_stale(&data, &stored)) {
        return page(&state, desk, frame, Some((Refused::stale(t), data))).await;
    }
    for (part, changed) in Part::ALL.into_iter().zip(changed) {
        if !changed {
            continue;
        }
        if let Err(refused) = part.write(&state, (&desk, now.as_ref()), &frame, &data).await? {
            return page(&state, desk, frame, Some((refused, data))).await;
        }
    }
    let said = match (host, mode, card) {
        (true, _, _) => t.collective_host_saved(),
        (_, true, false) => t.collective_mode_saved(),
        _ => t.common_saved(),
    };
    see_other_saying(&path, &Flash::good(said), &state.public_url)
}

/// A part of what the page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// What the collective says of itself.
    Card,
    /// What is written down of the host.
    Host,
    /// Who holds the money, and when.
    Mode,
}

impl Part {
    const ALL: [Self; 3] = [Self::Card, Self::Host, Self::Mode];

    /// Its fields; a form that sends none of the first ones doesn't hold it.
    const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Card => &["name", "purpose", "zone"],
            Self::Host => &[
                "host_name",
                "address",
                "iban",
                "signatory",
                "fee_rate",
                "give_link",
                "gifts_open",
                "tax_receipts",
            ],
            Self::Mode => &["fund_mode"],
        }
    }

    /// The field that holds what the page showed of it.
    const fn seen(self) -> &'static str {
        match self {
            Self::Card => "seen_card",
            Self::Host => "seen_host",
            Self::Mode => "seen_mode",
        }
    }

    /// What tells its content from any other.
    fn digest(self, data: &FormData) -> String {
        digest_of(self.fields().iter().map(|name| data.field(name).trim()))
    }

    /// Whether somebody sent it otherwise than they saw it: what another changed meanwhile stays.
    fn is_changed(self, sent: &FormData, stored: &FormData) -> bool {
        let there = self.fields().first().is_some_and(|first| sent.sends(first));
        let seen = sent.filled(self.seen()).unwrap_or_else(|| stored.field(self.seen()));
        there && self.digest(sent) != seen
    }

    /// Whether somebody else changed it since it was shown, and to something else than is sent.
    fn is_stale(self, sent: &FormData, stored: &FormData) -> bool {
        let seen = sent.filled(self.seen()).is_none_or(|seen| seen == stored.field(self.seen()));
        !seen && self.is_changed(sent, stored) && self.digest(sent) != stored.field(self.seen())
    }

    async fn write(
        self,
        state: &AppState,
        (desk, host): (&Desk, Option<&HostRow>),
        frame: &Frame,
        data: &FormData,
    ) -> Result<Result<(), Refused>, WebError> {
        match self {
            Self::Card => save_card(state, desk, frame, data).await,
            Self::Host => save_host(state, (desk, host), frame, data).await,
            Self::Mode => save_mode(state, desk, frame, data).await,
        }
    }
}

/// What is stored, with what is shown of each part.
fn with_seen(mut stored: FormData) -> FormData {
    for part in Part::ALL {
        let seen = part.digest(&stored);
        stored.set(part.seen(), seen);
    }
    stored
}

async fn save_card(
    state: &AppState,
    desk: &Desk,
    frame: &Frame,
    data: &FormData,
) -> Result<Result<(), Refused>, WebError> {
    let card = CollectiveCard {
        name: data.field("name").to_owned(),
        purpose: data.field("purpose").to_owned(),
        zone: data.field("zone").to_owned(),
    };
    let (acting, collective) = (desk.acting(frame)?, desk.place.collective.id);
    let now = &desk.place.collective;
    let seen =
        CollectiveCard { name: now.name.clone(), purpose: now.purpose.clone(), zone: now.zone.clone() };
    match describe(&state.context, acting, collective, Some(seen), card).await {
        Ok(()) => Ok(Ok(())),
        Err(failure) => Ok(Err(refused(failure, frame.t, desk.currency(), |never| match *never {})?)),
    }
}

async fn save_host(
    state: &AppState,
    (desk, host): (&Desk, Option<&HostRow>),
    frame: &Frame,
    data: &FormData,
) -> Result<Result<(), Refused>, WebError> {
    let t = frame.t;
    let mut reading = Reading::new(data, t, desk.currency());
    let Some(fee_rate) = fee(data, &mut reading) else {
        return Ok(Err(Refused::unreadable(reading.problems)));
    };
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
    let (acting, collective) = (desk.acting(frame)?, desk.place.collective.id);
    let (pot, seen) = (desk.pot.id, Some(HostCard::of(host)));
    match describe_host(&state.context, acting, collective, pot, seen, card).await {
        Ok(()) => Ok(Ok(())),
        Err(failure) => Ok(Err(refused(failure, t, desk.currency(), |never| match *never {})?)),
    }
}

async fn save_mode(
    state: &AppState,
    desk: &Desk,
    frame: &Frame,
    data: &FormData,
) -> Result<Result<(), Refused>, WebError> {
    let t = frame.t;
    let mut reading = Reading::new(data, t, desk.currency());
    let Some(mode) = reading.choice("fund_mode", FundMode::parse) else {
        return Ok(Err(Refused::unreadable(reading.problems)));
    };
    let (acting, seen) = (desk.acting(frame)?, Some(desk.pot.fund_mode));
    match change_mode(&state.context, acting, desk.pot.id, seen, mode).await {
        Ok(()) => Ok(Ok(())),
        Err(failure) => {
            let say = |why: &ModeRefusal| ("fund_mode".to_owned(), t.mode_refusal(*why).to_owned());
            Ok(Err(refused(failure, t, desk.currency(), say)?))
        }
    }
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

async fn host_of(state: &AppState, desk: &Desk) -> Result<Option<HostRow>, WebError> {
    let Some(host) = desk.pot.host else { return Ok(None) };
    let mut tx = state.context.db.read().await?;
    Ok(store::hosts::get(&mut tx, host).await?)
}

async fn page(
    state: &AppState,
    desk: Desk,
    frame: Frame,
    refused: Option<(Refused, FormData)>,
) -> Result<Response, WebError> {
    let host = host_of(state, &desk).await?;
    let mut tx = state.context.db.read().await?;
    let waiting = waiting::of(&mut tx, &desk, &frame, host.as_ref()).await?;
    let unposted = is_unposted(&mut tx, desk.pot.id).await?;
    drop(tx);
    let (t, collective) = (frame.t, desk.place.collective.clone());
    let edits = desk.may(Action::EditCollective, None);
    let stored = with_seen(stored(&desk, host.as_ref()));
    let mut both = Both::none(t);
    let (status, form) = match refused {
        Some((refused, data)) => {
            let status = refused.status;
            let stale: Vec<Part> =
                Part::ALL.into_iter().filter(|part| part.is_stale(&data, &stored)).collect();
            both = Both::of(t, differences(t, &stale, &data, &stored));
            // Whoever saves after having seen both means it.
            let seen: Vec<&str> = stale.iter().map(|part| part.seen()).collect();
            let data = data.without(&seen);
            // A box that was unticked isn't sent.
            let stored = match data.sends("host_name") {
                true => stored.without(&["gifts_open", "tax_receipts"]),
                false => stored,
            };
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
        both,
        waiting,
        again_href: (edits && !fresh).then(|| state.paths.sign_in_then(&path)),
        form,
        frame: desk.frame(frame, Section::Other),
    };
    html_with(status, &page)
}

/// What is stored of these parts where something else was typed, as people read it.
fn differences(t: Words, parts: &[Part], data: &FormData, stored: &FormData) -> Vec<(String, String)> {
    let fields = parts.iter().flat_map(|part| part.fields());
    let differ = fields.filter(|name| data.field(name).trim() != stored.field(name).trim());
    differ
        .map(|name| {
            let value = stored.field(name);
            let told = match (*name, value) {
                ("gifts_open" | "tax_receipts", "yes") => t.collective_box_ticked().to_owned(),
                ("gifts_open" | "tax_receipts", _) => t.collective_box_unticked().to_owned(),
                ("fund_mode", "direct") => t.setup_mode_direct().to_owned(),
                ("fund_mode", "pledge") => t.setup_mode_pledge().to_owned(),
                ("fund_mode", _) => t.setup_mode_own().to_owned(),
                _ => value.to_owned(),
            };
            (label(t, name).to_owned(), told)
        })
        .collect()
}

/// What the form calls a field.
fn label(t: Words, name: &str) -> &'static str {
    match name {
        "name" => t.collective_name(),
        "purpose" => t.collective_purpose(),
        "zone" => t.collective_zone(),
        "host_name" => t.collective_host_name(),
        "address" => t.collective_host_address(),
        "iban" => t.collective_host_iban(),
        "signatory" => t.collective_host_signatory(),
        "fee_rate" => t.collective_host_fee(),
        "give_link" => t.give_link(),
        "gifts_open" => t.give_open(),
        "tax_receipts" => t.give_receipts(),
        _ => t.collective_mode_title(),
    }
}

/// What a visitor reads of the host: its account only as a member.
fn told(desk: &Desk, frame: &Frame, host: &HostRow) -> Vec<(String, String)> {
    let t = frame.t;
    let iban = Iban::parse(&host.iban).map(|iban| iban.in_fours()).unwrap_or_default();
    let lines = [
        (t.collective_host_address(), host.address.replace('\n', ", ")),
        (t.collective_host_signatory(), host.signatory.clone()),
        (t.collective_host_fee(), fee_told(t, host.fee_rate)),
        (t.collective_host_iban(), if desk.is_member() { iban } else { String::new() }),
    ];
    lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| (label.to_owned(), value))
        .collect()
}

/// The fee as everybody reads it: one that is not zero is stated, and taken by nobody yet.
fn fee_told(t: Words, rate: u32) -> String {
    let told = format!("{}\u{202f}%", percent(rate));
    if rate == 0 { told } else { t.collective_host_fee_told(told) }
}

/// Basis points as a percentage, « 5 » or « 2,5 ».
fn percent(rate: u32) -> String {
    match (rate / 100, rate % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole},{part:02}").trim_end_matches('0').to_owned(),
    }
}

/// Each part as it is stored; of what waits, what was written down last.
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
            ("iban", Iban::parse(host.written(Target::Iban)).map(|iban| iban.in_fours()).unwrap_or_default()),
            ("signatory", host.signatory.clone()),
            ("fee_rate", percent(host.fee_rate)),
            ("give_link", host.written(Target::Link).to_owned()),
        ]);
        fields.extend(host.gifts_open.then(|| ("gifts_open", "yes".to_owned())));
        fields.extend(host.tax_receipts.then(|| ("tax_receipts", "yes".to_owned())));
    }
    FormData::of(fields)
}
