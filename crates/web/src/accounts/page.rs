//! The accounts that everybody may read: what came in, where it is, entry by entry.

use app::features::lists::{Glance, Places, glance};
use app::features::years::{YearOfPot, year_of, years};
use app::gift_puts::sharing;
use app::visibility::know;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::actor::Action;
use domain::posting::PostingKind;
use domain::pot::FundMode;
use domain::visibility::Veil;
use domain::{Book, Money};
use jiff::civil::date;
use serde::Deserialize;
use store::Tx;
use store::cash::BankFlow;
use store::views::{Check, Entry};
use words::Words;

use super::flow::{Flow, shade};
use super::heads;
use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Frame, Pager, Section};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Entries of one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "accounts/page.html")]
struct AccountsPage {
    frame: Frame,
    treasurer: Option<[String; 3]>,
    /// What stands there while nothing has come in.
    flows_empty: String,
    journal_empty: &'static str,
    how_href: String,
    flow: Option<Flow>,
    /// One year in place of all.
    year: Option<YearTable>,
    /// The other choices: from the beginning, and years that have entries.
    others: Vec<(String, String)>,
    incomes: Vec<(String, String)>,
    /// Each with the shade by which the picture shows it.
    places: Vec<((String, String), &'static str)>,
    /// What is to be paid back to whom, with the page where that is done.
    refunds: Vec<(String, Option<String>)>,
    /// What came in: the sum of both sides.
    total: String,
    /// What is left of it, once something was paid.
    in_hand: Option<String>,
    lines: Vec<Line>,
    pager: Pager,
    heads: Vec<String>,
    checked: String,
    json_href: String,
    csv_href: String,
    hledger_href: String,
    beancount_href: String,
    feed_href: String,
}

/// The year of a pot, worded.
struct YearTable {
    caption: String,
    opening: (String, String),
    came: Vec<(String, String)>,
    came_total: String,
    left: Vec<(String, String)>,
    left_total: String,
    closing: (String, String),
    places: Vec<(String, String)>,
}

/// One entry, worded.
struct Line {
    seq: i64,
    day: String,
    what: String,
    href: Option<String>,
    detail: String,
    amount: String,
}

/// Where the journal goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    before: Option<i64>,
    /// One civil year of flows, in place of all of them.
    year: Option<i16>,
}

/// `GET /c/{collective}/accounts`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
    Query(query): Query<Before>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| make(&state, place, frame, &query).await).await
}

async fn make(
    state: &AppState,
    place: Place,
    frame: Frame,
    query: &Before,
) -> Result<AccountsPage, WebError> {
    let (t, before) = (frame.t, query.before);
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let pot = desk.pot.id;
    let past = &desk.sight.past;
    let found = glance(&mut tx, pot, desk.place.today, past).await?;
    // Where nobody holds money, the book of promises is the journal.
    let mode = desk.pot.fund_mode;
    let book = if mode == FundMode::Direct { Book::Promises } else { Book::Cash };
    let last = past.last(book);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let below = before.unwrap_or(i64::MAX).min(last.saturating_add(1));
    let mut entries = store::views::entries(&mut tx, pot, book, below, limit).await?;
    let check = store::views::newest_check(&mut tx, pot).await?;
    let choices = years(&mut tx, pot, past).await?;
    let year = year_asked(&mut tx, &desk, query.year).await?;
    let about = entries.iter().filter_map(|entry| Some((entry.organisation?, entry.feature_id)));
    let veil = know(&mut tx, desk.place.collective.id, &desk.sight.veil, about).await?;
    let refunds = crate::work::owed(state, &mut tx, &desk, t, None).await?;
    drop(tx);
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let slug = desk.slug();
    let of = |page: &str| state.paths.of(slug, page);
    let part = |file: &str| state.paths.one(slug, "accounts", file);
    let accounts = of("accounts");
    let here = query.year.map_or_else(|| accounts.clone(), |year| format!("{accounts}?year={year}"));
    let joint = if query.year.is_some() { '&' } else { '?' };
    let next = entries.last().filter(|_| more).map(|entry| format!("{here}{joint}before={}", entry.seq));
    let (came, there) = (came_in(t, &found.flows), gone_and_there(t, &found, &desk, veil.hides()));
    let worded = |amounts: &[(String, Money)]| {
        let money = |(name, amount): &(String, Money)| (name.clone(), t.money(*amount, desk.currency()));
        amounts.iter().map(money).collect::<Vec<_>>()
    };
    let labelled = |amounts: &[(String, Money)]| {
        let label = |(name, amount): &(String, Money)| {
            (format!("{name} {}", t.money_short(*amount, desk.currency())), *amount)
        };
        amounts.iter().map(label).collect::<Vec<_>>()
    };
    let teller = Journal { state, t, desk: &desk, veil: &veil, last };
    Ok(AccountsPage {
        treasurer: desk
            .may(Action::RecordMoney, None)
            .then_some(())
            .filter(|()| mode != FundMode::Direct)
            .map(|()| [state.paths.one(slug, "contributions", "new"), of("contributions"), of("payments")]),
        how_href: part("how"),
        flows_empty: t.accounts_flows_empty(match mode {
            FundMode::Own if desk.sees_late() => "late",
            _ => mode.as_str(),
        }),
        journal_empty: if desk.sees_late() {
            t.accounts_journal_empty_late()
        } else {
            t.accounts_journal_empty()
        },
        others: others(t, &accounts, query.year, &choices),
        year: year.map(|year| year_table(t, &desk, &year, veil.hides())),
        flow: (!came.is_empty()).then(|| Flow::new(t, &labelled(&came), &labelled(&there))),
        incomes: worded(&came),
        places: worded(&there).into_iter().enumerate().map(|(at, place)| (place, shade(at))).collect(),
        refunds,
        total: t.money(found.received, desk.currency()),
        in_hand: found.spent.is_positive().then(|| t.money(found.places.cash, desk.currency())),
        lines: entries.iter().map(|entry| teller.line(entry)).collect(),
        pager: Pager { t, first: before.map(|_| here.clone()), next },
        heads: heads(t, desk.sight.past.heads()),
        checked: checked(t, &desk, check.as_ref()),
        json_href: part("journal.json"),
        csv_href: part("journal.csv"),
        hledger_href: part("journal.hledger"),
        beancount_href: part("journal.beancount"),
        feed_href: of("feed.atom"),
        frame: desk.frame(frame, Section::Accounts),
    })
}

/// The year that is asked for, if one is. Errors: no entry counts for it.
async fn year_asked(tx: &mut Tx, desk: &Desk, year: Option<i16>) -> Result<Option<YearOfPot>, WebError> {
    let Some(year) = year else { return Ok(None) };
    let found = year_of(tx, desk.pot.id, year, desk.place.today, &desk.sight.past).await?;
    found.ok_or(WebError::NotFound).map(Some)
}

/// What the newest check found.
fn checked(t: Words, desk: &Desk, check: Option<&Check>) -> String {
    let Some(check) = check else { return t.accounts_not_checked().to_owned() };
    let when = t.date(desk.place.collective.day(check.at));
    match check.breaches {
        0 => t.accounts_checked(when),
        breaches => t.accounts_checked_bad(breaches, when),
    }
}

/// The ways to the other years that have entries, the newest first, and to all of them together.
fn others(t: Words, accounts: &str, year: Option<i16>, choices: &[i16]) -> Vec<(String, String)> {
    let whole = year.map(|_| (accounts.to_owned(), t.accounts_since_beginning().to_owned()));
    let years = choices.iter().filter(|other| Some(**other) != year);
    let years = years.map(|other| (format!("{accounts}?year={other}"), t.year_one(*other)));
    whole.into_iter().chain(years).collect()
}

fn year_table(t: Words, desk: &Desk, of: &YearOfPot, hides: bool) -> YearTable {
    let money = |amount: Money| t.money(amount, desk.currency());
    let worded = |amounts: Vec<(String, Money)>| {
        amounts.into_iter().map(|(name, amount)| (name, money(amount))).collect::<Vec<_>>()
    };
    let (came, left) = of.in_and_out();
    YearTable {
        caption: t.accounts_year_caption(of.year),
        opening: (t.accounts_year_opening(t.date(date(of.year, 1, 1))), money(of.opening)),
        came: worded(came_in(t, &of.flows)),
        came_total: money(came),
        left: worded(went_out(t, &of.flows)),
        left_total: money(left),
        closing: (t.accounts_year_closing(t.date(of.last)), money(of.places.cash)),
        places: worded(there(t, &of.places, desk, hides)),
    }
}

/// What left the bank in a year; what was undone of what came in before it too.
fn went_out(t: Words, flows: &[BankFlow]) -> Vec<(String, Money)> {
    let out = flows.iter().filter(|flow| flow.amount < Money::ZERO);
    let name = |flow: &BankFlow| match flow.nature {
        Some(nature) => t.accounts_year_undone(t.contributions_nature_name(nature.as_str())),
        None => t.accounts_gone(flow.kind.as_str()),
    };
    out.map(|flow| (name(flow), flow.amount.negated().unwrap_or_default())).collect()
}

fn came_in(t: Words, flows: &[BankFlow]) -> Vec<(String, Money)> {
    let name = |flow: &BankFlow| match flow.nature {
        Some(nature) => t.contributions_nature_name(nature.as_str()),
        None => t.accounts_came(flow.kind.as_str()),
    };
    let present = flows.iter().filter(|flow| flow.amount.is_positive());
    let mut came: Vec<_> = present.map(|flow| (name(flow), flow.amount)).collect();
    came.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    came
}

/// What nobody has a share of yet: what was paid beyond a call waits for the next one.
const fn waits_as(mode: FundMode) -> &'static str {
    match mode {
        FundMode::Pledge => "waiting",
        FundMode::Direct | FundMode::Own => "to_share",
    }
}

/// What nobody has a share of yet, gifts that await a decision of the collective apart.
pub(crate) fn waiting(found: &Places, desk: &Desk) -> [(&'static str, Money); 2] {
    let free = found.gifts.less(found.earmarked);
    let decided = if sharing(&desk.rules, desk.round.as_ref()).is_decided() { free } else { Money::ZERO };
    let others = found.to_share.less(found.earmarked).less(decided);
    [(waits_as(desk.pot.fund_mode), others), ("gifts", decided)]
}

/// What lies at the bank by what it is for.
fn there(t: Words, found: &Places, desk: &Desk, hides: bool) -> Vec<(String, Money)> {
    let [waiting, gifts] = waiting(found, desk);
    let [due, refund] = found.to_pay(hides);
    let named = [
        ("bound", found.bound),
        ("on_features", found.on_features),
        ("shares", found.in_shares),
        waiting,
        gifts,
        ("earmarked", found.earmarked),
        ("reserve", found.reserve),
        due,
        refund,
        ("in_transit", found.in_transit),
    ];
    let sum = Money::sum(named.iter().map(|(_, amount)| *amount)).unwrap_or_default();
    let rest = ("other", found.cash.less(sum));
    let present = named.into_iter().chain([rest]).filter(|(_, amount)| amount.is_positive());
    present.map(|(name, amount)| (t.accounts_now(name), amount)).collect()
}

/// Where what came in is: what lies at the bank by what it is for, and what was paid. The parts add up to what came in.
fn gone_and_there(t: Words, found: &Glance, desk: &Desk, hides: bool) -> Vec<(String, Money)> {
    let there = there(t, &found.places, desk, hides).into_iter();
    let out = found.flows.iter().map(|flow| (flow.kind, flow.amount.negated().unwrap_or_default()));
    let gone = out.filter(|(_, amount)| amount.is_positive());
    there.chain(gone.map(|(kind, amount)| (t.accounts_gone(kind.as_str()), amount))).collect()
}

/// Whether the amount may be told. Sums over many are public; one organisation's follow the rules.
pub(crate) fn tells(veil: &Veil, entry: &Entry) -> bool {
    match (entry.organisation, entry.feature_id) {
        (Some(organisation), Some(feature)) => veil.tells_on(organisation, feature),
        (Some(organisation), None) => veil.tells(organisation),
        (None, _) => !veil.hides() || entry.kind != PostingKind::Reversal,
    }
}

/// Whether a decision put gifts on a feature by it: they are nobody's share.
fn is_gift_put(entry: &Entry) -> bool {
    let puts = matches!(entry.kind, PostingKind::Allocate | PostingKind::Add);
    puts && entry.organisation.is_none() && entry.decision.is_some()
}

/// Words entries for one visitor.
struct Journal<'a> {
    state: &'a AppState,
    t: Words,
    desk: &'a Desk,
    veil: &'a Veil,
    last: i64,
}

impl Journal<'_> {
    fn line(&self, entry: &Entry) -> Line {
        let t = self.t;
        let kind = t.accounts_kind(if is_gift_put(entry) { "gift_put" } else { entry.kind.as_str() });
        let what = match &entry.title {
            Some(title) => t.accounts_about(t.typography(title), kind),
            None => kind,
        };
        // What an organisation does with its share is told beside its name only where amounts are.
        let told = tells(self.veil, entry);
        let what = match entry.organisation_name.as_ref().filter(|_| told) {
            Some(name) => t.accounts_by(name, what),
            None => what,
        };
        Line {
            seq: entry.seq,
            day: t.date_near(entry.effective_on, self.desk.place.today),
            href: self.href(entry),
            what,
            detail: self.detail(entry),
            amount: if told { self.amount(entry) } else { t.accounts_hidden().to_owned() },
        }
    }

    fn amount(&self, entry: &Entry) -> String {
        let back = matches!(entry.kind, PostingKind::Reversal | PostingKind::Unallocate);
        let amount = if back { entry.amount.negated().unwrap_or_default() } else { entry.amount };
        self.t.money(amount, self.desk.currency())
    }

    fn href(&self, entry: &Entry) -> Option<String> {
        let slug = self.desk.slug();
        match (entry.feature, entry.round) {
            (Some(number), _) => Some(self.state.paths.one(slug, "features", number)),
            (None, Some(number)) => Some(self.state.paths.one(slug, "rounds", number)),
            (None, None) => None,
        }
    }

    fn detail(&self, entry: &Entry) -> String {
        let t = self.t;
        let nature = entry.nature.map(|nature| t.contributions_nature_name(nature.as_str()));
        let reason = entry.reason.as_deref().map(|reason| t.contributions_reason_name(reason));
        let funds = entry.to_funds.map(|funds| t.accounts_to_funds(t.money(funds, self.desk.currency())));
        let parts = [
            Some(t.accounts_number(entry.seq)),
            nature,
            entry.fund.as_ref().map(|fund| t.accounts_fund(t.typography(fund))),
            entry.giver.as_ref().map(|giver| t.accounts_giver(t.typography(giver))),
            entry.earmark.as_ref().map(|title| t.contributions_earmarked(t.typography(title))),
            funds,
            entry.invoice.map(|number| t.accounts_invoice(number)),
            entry.round.map(|number| t.accounts_round(number)),
            entry.decision.map(|number| t.accounts_decision(number)),
            entry.reverses.map(|number| t.accounts_reverses(number, reason.clone().unwrap_or_default())),
            reason.clone().filter(|_| entry.reverses.is_none()),
            entry
                .reversed_by
                .filter(|number| *number <= self.last)
                .map(|number| t.accounts_reversed_by(number)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
