//! The page of a round: what each feature lacks, and, for whoever holds a share, one field a feature.

pub(super) use changes::worded;

mod changes;
mod lines;
mod purse;

use std::collections::BTreeMap;

use app::promises::page::{Levels, MyRoundPromise, mine_for_round};
use app::promises::takes_round_promises;
use app::rounds::page::{MyShare, RoundPage, my_share, page};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::actor::Action;
use domain::chain::digest;
use domain::features::State as Stage;
use domain::ids::FeatureId;
use domain::promises::PromiseRule;
use domain::{Currency, Money};
use serde::Deserialize;
use store::Tx;
use store::features::lists::Card;
use store::views::Unused;
use words::Words;

use super::explained;
use super::new::{Differs, differences};
use super::promise::{promising, stored};
use super::report::{Report, report};
use super::wishes::{Wishes, wishes};
use crate::cache::cached;
use crate::error::WebError;
use crate::extract::FormData;
use crate::features::levels_of;
use crate::features::promise::Promising;
use crate::layout::changes::Changes;
use crate::layout::{Form, Frame, Gauge, Legend, Section, html_with};
use crate::place::{Desk, Place};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "rounds/page.html")]
struct Page {
    frame: Frame,
    form: Form,
    heading: String,
    until: String,
    explained: Option<String>,
    distribute: Option<String>,
    close: Option<String>,
    edit: Option<String>,
    /// Where one reads who got what, and where a treasurer undoes it.
    shares: Option<String>,
    undo: Option<String>,
    /// Why it isn't undone, and what can be done.
    undo_note: Option<&'static str>,
    promising: Option<Promising>,
    report: Report,
    changes: Option<Changes>,
    wishes: Option<Wishes>,
    /// What holds until the end: the cap, what becomes of shares that nobody used.
    rules: Vec<String>,
    list_href: String,
    progress: Option<String>,
    live: Option<String>,
    purse: Option<Purse>,
    invitation: Option<(String, String)>,
    propose_href: Option<String>,
    /// Whether nothing may be put anywhere, for want of features that seek money.
    nothing_to_fund: bool,
    legend: Legend,
    unit: String,
    lines: Vec<Line>,
    /// Whether anything may still be put on one of them.
    asks: bool,
}

/// What is left to put, which stays in sight.
struct Purse {
    action: String,
    key: String,
    organisation: String,
    left: String,
    left_minor: i64,
    currency: String,
    exponent: u8,
    explained: String,
    /// What of it may reach one feature alone.
    earmarked: Vec<String>,
    shuffled: bool,
}

/// One feature of the round.
struct Line {
    href: String,
    title: String,
    /// The name of its field, and what the field is called; both also where nothing is asked.
    field: String,
    label: String,
    meta: String,
    /// None for what ended without its money: all of it went back.
    gauge: Option<Gauge>,
    ask: Option<Ask>,
    mine: Option<String>,
    note: Option<String>,
    /// Where its track ends in this version.
    stops: Option<&'static str>,
}

/// The field of one feature.
struct Ask {
    id: String,
    seen: i64,
    hint: String,
}

/// In which order features stand.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    order: Option<String>,
}

/// `GET /c/{collective}/rounds/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    let by_name = asked.order.as_deref() == Some("name");
    cached(&state, &headers, frame, edition, async |frame| {
        make(&state, place, frame, number, by_name, None).await
    })
    .await
}

/// The page again, with what was refused of an allocation.
pub(super) async fn again(
    state: &AppState,
    place: Place,
    frame: Frame,
    number: i64,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    html_with(status, &make(state, place, frame, number, false, Some(form)).await?)
}

async fn make(
    state: &AppState,
    place: Place,
    frame: Frame,
    number: i64,
    by_name: bool,
    form: Option<Form>,
) -> Result<Page, WebError> {
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let found = page(&mut tx, desk.pot.id, number, desk.place.today, &desk.sight.past)
        .await?
        .ok_or(WebError::NotFound)?;
    let allocates = desk.may(Action::Allocate, None) && found.is_open();
    let share = match desk.acting_for.filter(|_| allocates) {
        Some(organisation) => {
            let pot = (desk.pot.id, desk.pot.fund_mode);
            Some(my_share(&mut tx, pot, Some(found.round.id), organisation).await?)
        }
        None => None,
    };
    let earmarked = match &share {
        Some(share) => share.holdings.earmarked(&mut tx).await?,
        None => Vec::new(),
    };
    let promised = desk.pot.fund_mode.is_promised();
    let takes = promised && found.is_open() && takes_round_promises(&found.round, desk.place.today);
    let promise = match desk.acting_for.filter(|_| takes && desk.may(Action::Promise, None)) {
        Some(organisation) => {
            Some(mine_for_round(&mut tx, &found.round, found.distributed, organisation).await?)
        }
        None => None,
    };
    let levels = levels_of(&mut tx, &desk, &found.features).await?;
    let report = match found.round.closed_at {
        Some(at) => report(&mut tx, state, &desk, &found, at, frame.t).await?,
        None => Report::default(),
    };
    let wishes = wishes(&mut tx, state, frame.t, &desk, &found.round).await?;
    let changes = changes::changes(&mut tx, frame.t, &desk, &found.round).await?;
    let undoes = found.distributed && found.is_open() && desk.may(Action::ReverseEntry, None);
    let (undo, undo_note) = match undoes {
        true => undo(&mut tx, state, frame.t, &desk, &found).await?,
        false => (None, None),
    };
    drop(tx);
    // Members who see exact totals while others hide don't see them move by themselves.
    let steady = desk.sight.past.until().is_some() || !desk.sight.veil.hides();
    let is_live = steady && found.is_open();
    let (t, share) = (frame.t, share.as_ref());
    let maker = Maker { state, t, desk: &desk, found: &found, share, earmarked: &earmarked, levels: &levels };
    let shuffle = frame.person().filter(|_| !by_name).map(|person| person.person().0);
    let mut cards: Vec<&Card> = found.features.iter().collect();
    match shuffle {
        Some(person) => cards.sort_by_key(|card| digest(&[person.as_bytes(), card.id.0.as_bytes()])),
        None => cards.sort_by_key(|card| domain::text::fold(&card.title)),
    }
    let form = form.unwrap_or_else(|| frame.form(maker.first(promise.as_ref())));
    let number = found.round.number;
    let promising = promise.as_ref().map(|mine| promising(state, frame.t, &desk, number, &form, mine));
    let page = maker.page(frame, form, &cards, shuffle.is_some(), is_live);
    Ok(Page {
        undo,
        undo_note,
        promising,
        changes,
        wishes,
        until: if report.ended.is_empty() { page.until } else { report.ended.clone() },
        report,
        ..page
    })
}

/// Where a distribution is undone while nobody has put anything of it, else why it isn't.
async fn undo(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    desk: &Desk,
    found: &RoundPage,
) -> Result<(Option<String>, Option<&'static str>), WebError> {
    let unused = store::views::unused_distribution(tx, desk.pot.id, found.round.id).await?;
    Ok(match unused {
        None => (None, Some(t.rounds_undo_used())),
        Some(Unused { departed: true, .. }) => (None, Some(t.rounds_undo_departed())),
        Some(_) if found.outside.is_positive() => (None, Some(t.rounds_undo_outside())),
        Some(Unused { seq, .. }) => (Some(state.paths.part(desk.slug(), "entries", seq, "reverse")), None),
    })
}

/// Whether a feature has reached its floor, whatever was spent of it or became of it since.
pub(super) fn has_reached(card: &Card) -> bool {
    card.funded_at.is_some() || card.floor.is_positive() && card.allocated_total >= card.floor
}

/// The figures of a round that everybody may see: what its shares are put on, outside of it too.
pub(super) fn progress(t: Words, currency: Currency, found: &RoundPage) -> String {
    // Features of earlier rounds that still take additions have their money from those.
    let of_round = || found.features.iter().filter(|card| card.round == Some(found.round.id));
    let amounts = of_round().map(|card| card.allocated_total).chain([found.outside, found.returned]);
    let sum = Money::sum(amounts).unwrap_or_default();
    if sum.is_zero() {
        return t.rounds_progress_none().to_owned();
    }
    let reached = of_round().filter(|card| has_reached(card));
    let line = t.rounds_progress(t.money_short(sum, currency), reached.count());
    if found.outside.is_zero() {
        return line;
    }
    format!("{line} {}", t.rounds_progress_outside(t.money_short(found.outside, currency)))
}

struct Maker<'a> {
    state: &'a AppState,
    t: Words,
    desk: &'a Desk,
    found: &'a RoundPage,
    share: Option<&'a MyShare>,
    earmarked: &'a [(String, Money)],
    levels: &'a BTreeMap<FeatureId, Levels>,
}

impl Maker<'_> {
    fn currency(&self) -> Currency {
        self.desk.currency()
    }

    fn short(&self, amount: Money) -> String {
        self.t.money_short(amount, self.currency())
    }

    fn part(&self, part: &str) -> String {
        self.state.paths.part(self.desk.slug(), "rounds", self.found.round.number, part)
    }

    fn mine(&self, card: &Card) -> Money {
        self.share.map(|share| share.holdings.on(card.id)).unwrap_or_default()
    }

    /// What the form first shows: what the organisation has on each feature, and what it promised.
    fn first(&self, promise: Option<&MyRoundPromise>) -> FormData {
        let filled = self.found.features.iter().filter(|card| self.mine(card).is_positive());
        let filled =
            filled.map(|card| (field_of(card), self.t.money_field(self.mine(card), self.currency())));
        let filled = FormData::of(filled);
        match promise {
            Some(mine) => filled.or(stored(self.t, self.desk, mine.promise.as_ref())),
            None => filled,
        }
    }

    fn page(&self, frame: Frame, form: Form, cards: &[&Card], shuffled: bool, is_live: bool) -> Page {
        let (t, round) = (self.t, &self.found.round);
        let slug = self.desk.slug();
        let lines: Vec<Line> = cards.iter().map(|card| self.line(card)).collect();
        Page {
            edit: (self.found.is_open() && self.desk.may(Action::OpenRound, None)).then(|| self.part("edit")),
            shares: self.found.distributed.then(|| self.part("distribution")),
            undo: None,
            undo_note: None,
            promising: None,
            changes: None,
            wishes: None,
            report: Report::default(),
            rules: self.rules(),
            list_href: self.state.paths.of(slug, "rounds"),
            asks: lines.iter().any(|line| line.ask.is_some()),
            heading: match self.share.filter(|share| self.gives() && share.holdings.left().is_positive()) {
                Some(_) => t.rounds_heading(round.number),
                None => t.rounds_heading_plain(t.typography(&round.name), round.number),
            },
            until: self.until(),
            explained: self.found.is_open().then(|| self.explained()),
            distribute: self.distribute(),
            close: self.close(),
            // Of a round that is over, its report says what it led to.
            progress: self.found.is_open().then(|| progress(t, self.currency(), self.found)),
            live: is_live.then(|| self.part("live")),
            purse: self.purse(shuffled),
            invitation: (self.desk.standing.is_none() && self.found.is_open() && !self.is_over())
                .then(|| (frame.sign_in_href(), t.rounds_sign_in().to_owned())),
            propose_href: self.desk.propose_href(self.state),
            nothing_to_fund: self.found.is_open()
                && !self.is_over()
                && !cards.iter().any(|card| self.takes(card)),
            legend: Legend { t, promised: self.desk.pot.fund_mode.is_promised() },
            unit: t.currency_sign(self.currency()),
            lines,
            form,
            frame: self.desk.frame(frame, Section::Round),
        }
    }

    /// How shares are made, or that they aren't yet.
    fn explained(&self) -> String {
        let (t, round) = (self.t, &self.found.round);
        match (self.desk.pot.fund_mode.is_promised(), round.promises) {
            (true, PromiseRule::AsPutIn) => t.promise_round_as_put_in().to_owned(),
            (true, PromiseRule::Shared) if !self.found.distributed => {
                format!("{} {}", t.promise_round_shared(), t.rounds_will_be(explained(t, &round.share_rule)))
            }
            _ if self.found.distributed => explained(t, &round.share_rule),
            _ => format!(
                "{} {}",
                t.rounds_not_distributed(),
                t.rounds_will_be(explained(t, &round.share_rule))
            ),
        }
    }

    /// Until when it lasts. Of a round that is closed, its report says how it ended.
    fn until(&self) -> String {
        let (t, round, today) = (self.t, &self.found.round, self.desk.place.today);
        if self.is_over() {
            t.rounds_closing_now().to_owned()
        } else if today < round.opens_on {
            t.rounds_opens_later(t.date(round.opens_on))
        } else {
            t.rounds_until(t.until(round.closes_on, today))
        }
    }

    /// What holds in the round, as long as it is open.
    fn rules(&self) -> Vec<String> {
        let (t, round) = (self.t, &self.found.round);
        if !self.found.is_open() {
            return Vec::new();
        }
        let unspent = match (self.desk.pot.fund_mode.is_promised(), round.lapse) {
            (true, _) => t.promise_round_unspent().to_owned(),
            (false, lapse) => t.rounds_rule_unspent(if lapse { "lapse" } else { "carry" }),
        };
        let cap = round.cap.map(|cap| t.rounds_rule_cap(self.short(cap)));
        let differs = Differs {
            opens_on: round.opens_on,
            closes_on: round.closes_on,
            sharing: round.share_rule.sharing,
            lapse: round.lapse,
        };
        let in_shares = !self.desk.pot.fund_mode.is_promised();
        let mut said: Vec<String> = [Some(unspent), cap].into_iter().flatten().collect();
        said.extend(differences(t, &self.desk.rules, differs, in_shares));
        said
    }

    /// Whether a feature seeks money, or takes more.
    fn takes(&self, card: &Card) -> bool {
        let seeks = card.state == Stage::Funding || card.funded_at.is_some() && !card.state.is_end();
        seeks && card.closing_on >= self.desk.place.today && card.allocated_total < card.maximum
    }

    /// Where a treasurer shares the money, while it isn't.
    fn distribute(&self) -> Option<String> {
        let shares =
            !self.desk.pot.fund_mode.is_promised() || self.found.round.promises == PromiseRule::Shared;
        let waits = shares && self.found.is_open() && !self.found.distributed && !self.is_over();
        (waits && self.desk.may(Action::Distribute, None)).then(|| self.part("distribution"))
    }

    /// Whether its last day has passed: it is being closed.
    fn is_over(&self) -> bool {
        self.desk.place.today > self.found.round.closes_on
    }

    /// Where somebody with a role closes it before its day.
    fn close(&self) -> Option<String> {
        (self.found.is_open() && !self.is_over() && self.desk.may(Action::CloseRound, None))
            .then(|| self.part("close"))
    }

    /// Whether shares are given: those of promises are from the beginning.
    fn gives(&self) -> bool {
        self.found.distributed || self.desk.pot.fund_mode.is_promised()
    }
}

fn field_of(card: &Card) -> String {
    format!("amount-{}", card.id)
}
