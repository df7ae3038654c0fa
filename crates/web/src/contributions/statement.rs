//! What an organisation paid, was given to share out, put on features, and got back: by round, and move by move.

use std::collections::BTreeMap;

use app::visibility::know_all;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::ids::OrganisationId;
use domain::visibility::{Veil, wishes_hidden};
use domain::{AccountKind, Book, Currency, Money, PostingKind};
use serde::Deserialize;
use store::Tx;
use store::organisations::MemberRow;
use store::views::Leg;
use words::Words;

use crate::error::WebError;
use crate::layout::{Crumbs, Frame, Pager, Section, html};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Moves of one page.
const PAGE: usize = 100;
/// Most transfers that a statement reads.
const MOST_LEGS: i64 = 20_000;

#[derive(Template)]
#[template(path = "contributions/statement.html")]
pub(super) struct StatementPage {
    pub(super) frame: Frame,
    pub(super) crumbs: Crumbs,
    pub(super) name: String,
    /// What it has left, and on features; nothing where that would tell what it put on a feature.
    pub(super) now: Option<(String, String)>,
    pub(super) rounds: Vec<RoundLine>,
    pub(super) total: RoundLine,
    pub(super) moves: Vec<MoveLine>,
    pub(super) pager: Pager,
    pub(super) csv_href: String,
}

/// One round, worded.
pub(super) struct RoundLine {
    pub(super) name: String,
    pub(super) paid: String,
    pub(super) shared: String,
    pub(super) put: String,
    pub(super) returned: String,
}

/// One move, worded.
pub(super) struct MoveLine {
    pub(super) day: String,
    pub(super) what: String,
    pub(super) href: Option<String>,
    pub(super) amount: String,
}

/// What a transfer means to an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It paid in; below zero, that was undone.
    Paid,
    /// It got something to share out.
    Shared,
    /// It put something on a feature.
    Put,
    /// Something came back from a feature.
    Returned,
    /// What it hadn't used went back to the pot.
    Lapsed,
}

/// What a transfer means to `me`, with the amount as it counts there; nothing for what only passes by.
fn effect(leg: &Leg, me: OrganisationId) -> Option<(Effect, i64)> {
    use AccountKind::{Allocated, Bank, Pool, Reserved, Share, Unattributed};
    let (mine_from, mine_to) = (leg.from_organisation == Some(me), leg.to_organisation == Some(me));
    let amount = leg.amount.minor();
    match (leg.from_kind, leg.to_kind) {
        (Bank | Unattributed, Pool) if mine_to => Some((Effect::Paid, amount)),
        (Pool, Bank | Unattributed) if mine_from => Some((Effect::Paid, -amount)),
        (Share, Allocated | Reserved) if mine_from => Some((Effect::Put, amount)),
        (Allocated, Share) if mine_to && leg.kind == PostingKind::Unallocate => Some((Effect::Put, -amount)),
        (Allocated | Reserved, _) if mine_from && leg.to_kind != Reserved => Some((Effect::Returned, amount)),
        (Share, _) if mine_from && leg.kind == PostingKind::Reversal => Some((Effect::Shared, -amount)),
        (Share, _) if mine_from => Some((Effect::Lapsed, amount)),
        (_, Share) if mine_to => Some((Effect::Shared, amount)),
        _ => None,
    }
}

/// The sums of one round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sums {
    paid: i64,
    shared: i64,
    put: i64,
    returned: i64,
}

/// Which sums: of a round by its number, of what lies outside rounds, of payments that no round has shared yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Period {
    Round(i64),
    Outside,
    Waiting,
}

/// Sums by period. What was paid belongs to the round that shared it.
fn by_period(legs: &[Leg], me: OrganisationId) -> BTreeMap<Period, Sums> {
    let mut periods: BTreeMap<Period, Sums> = BTreeMap::new();
    let mut waiting = 0_i64;
    for leg in legs {
        let Some((effect, amount)) = effect(leg, me) else { continue };
        if effect == Effect::Paid {
            waiting += amount;
            continue;
        }
        let sums = periods.entry(leg.round.map_or(Period::Outside, Period::Round)).or_default();
        match effect {
            Effect::Shared => {
                sums.shared += amount;
                sums.paid += std::mem::take(&mut waiting);
            }
            Effect::Put => sums.put += amount,
            Effect::Returned => sums.returned += amount,
            Effect::Paid | Effect::Lapsed => {}
        }
    }
    if waiting != 0 {
        periods.entry(Period::Waiting).or_default().paid = waiting;
    }
    periods
}

/// Where a list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    before: Option<i64>,
}

/// `GET /c/{collective}/members/{organisation}/statement`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
    Query(query): Query<Before>,
) -> Result<Response, WebError> {
    let Statement { desk, member, legs, whole } = open(&state, &frame, &slug, &member).await?;
    let mut held = BTreeMap::new();
    if whole {
        held = match desk.sight.past.until() {
            Some(_) => held_by_legs(&legs, member.id),
            None => held_now(&state, &desk, member.id).await?,
        };
    }
    let sum = |kinds: &[AccountKind]| {
        let of = held.iter().filter(|(kind, _)| kinds.contains(kind));
        Money::new(of.map(|(_, minor)| *minor).sum())
    };
    let (t, currency) = (frame.t, desk.currency());
    let here = state.paths.part(&slug, "members", &member.slug, "statement");
    let periods = by_period(&legs, member.id);
    let mut shown: Vec<&Leg> =
        legs.iter().rev().filter(|leg| query.before.is_none_or(|before| leg.seq < before)).collect();
    shown.retain(|leg| effect(leg, member.id).is_some());
    let next = shown.get(PAGE).and_then(|_| shown.get(PAGE - 1));
    let next = next.map(|leg| format!("{here}?before={}", leg.seq));
    shown.truncate(PAGE);
    let moves = shown.iter().filter_map(|leg| move_line(&state, t, &desk, leg, member.id));
    let now = whole.then(|| {
        let on_features = sum(&[AccountKind::Allocated, AccountKind::Reserved]);
        (t.money(sum(&[AccountKind::Share]), currency), t.money(on_features, currency))
    });
    html(&StatementPage {
        now,
        crumbs: Crumbs {
            t,
            above: vec![(state.paths.of(&slug, "members"), t.nav_members().to_owned())],
            here: t.contributions_statement_title(member.name.as_str()),
        },
        rounds: periods.iter().map(|(period, sums)| round_line(t, currency, whole, *period, *sums)).collect(),
        total: total_line(t, currency, whole, &periods),
        moves: moves.collect(),
        pager: Pager { t, first: query.before.map(|_| here.clone()), next },
        csv_href: state.paths.part(&slug, "members", &member.slug, "statement.csv"),
        name: member.name,
        frame: desk.frame(frame, Section::Members),
    })
}

/// What an organisation holds in accounts of each kind.
type HeldByKind = BTreeMap<AccountKind, i64>;

async fn held_now(state: &AppState, desk: &Desk, me: OrganisationId) -> Result<HeldByKind, WebError> {
    let mut tx = state.context.db.read().await?;
    let of = store::journal::Of::Organisation(me);
    let mut held = HeldByKind::new();
    for (account, amount) in store::journal::balances(&mut tx, desk.pot.id, Book::Cash, of).await? {
        *held.entry(account.kind()).or_default() += amount.minor();
    }
    Ok(held)
}

/// What it held after these transfers.
fn held_by_legs(legs: &[Leg], me: OrganisationId) -> HeldByKind {
    let mut held = HeldByKind::new();
    for leg in legs {
        if leg.from_organisation == Some(me) {
            *held.entry(leg.from_kind).or_default() -= leg.amount.minor();
        }
        if leg.to_organisation == Some(me) {
            *held.entry(leg.to_kind).or_default() += leg.amount.minor();
        }
    }
    held
}

/// `GET /c/{collective}/members/{organisation}/statement.csv`: every move, oldest first.
pub(crate) async fn csv(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let Statement { desk, member, legs, .. } = open(&state, &frame, &slug, &member).await?;
    let (t, currency) = (frame.t, desk.currency());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: [String; 6]| writer.write_record(cells).map_err(WebError::internal);
    let head = ["date", "entry", "round", "what", "feature", "amount"];
    write(head.map(str::to_owned))?;
    for leg in &legs {
        let Some((effect, amount)) = effect(leg, member.id) else { continue };
        write([
            leg.effective_on.to_string(),
            leg.seq.to_string(),
            leg.round.map(|number| number.to_string()).unwrap_or_default(),
            t.accounts_kind(leg.kind.as_str()),
            harmless(leg.title.as_deref().unwrap_or_default()),
            t.money_field(Money::new(signed(effect, amount)), currency),
        ])?;
    }
    let bytes = writer.into_inner().map_err(WebError::internal)?;
    let name = format!("attachment; filename=\"{}-{}.csv\"", slug_only(&slug), slug_only(&member.slug));
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// What a file name may hold of an address.
fn slug_only(slug: &str) -> String {
    slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// The amount as it changes what the organisation can dispose of.
const fn signed(effect: Effect, amount: i64) -> i64 {
    match effect {
        Effect::Put | Effect::Lapsed => -amount,
        Effect::Paid | Effect::Shared | Effect::Returned => amount,
    }
}

/// A member with those of its transfers that the visitor may see.
struct Statement {
    desk: Desk,
    member: MemberRow,
    legs: Vec<Leg>,
    /// Whether these are all: else what it put on some feature would tell what others have there.
    whole: bool,
}

/// The statement of a member, for whoever may see some of it.
async fn open(state: &AppState, frame: &Frame, slug: &str, member: &str) -> Result<Statement, WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, frame).await?;
    match seen(&mut tx, &desk, member).await? {
        Some((member, legs, whole)) => Ok(Statement { desk, member, legs, whole }),
        None if frame.person().is_none() => Err(WebError::SignIn),
        None => Err(WebError::Forbidden),
    }
}

/// A member with those of its transfers that whoever looks may see, and whether these are all; none where nothing is to
/// be seen.
pub(crate) async fn seen(
    tx: &mut Tx,
    desk: &Desk,
    member: &str,
) -> Result<Option<(MemberRow, Vec<Leg>, bool)>, WebError> {
    let (collective, pot) = (desk.place.collective.id, desk.pot.id);
    let member = store::organisations::member_by_slug(tx, collective, member).await?;
    let member = member.ok_or(WebError::NotFound)?;
    let veil = know_all(tx, collective, &desk.sight.veil, pot, [member.id]).await?;
    if !may_see(&veil, &member) {
        return Ok(None);
    }
    let whole = veil.tells_sums(member.id);
    let mut legs = store::views::legs_of(tx, pot, member.id, 0, MOST_LEGS).await?;
    let last = desk.sight.past.last(Book::Cash);
    legs.retain(|leg| leg.seq <= last && (whole || told(leg, member.id, &veil)));
    Ok(Some((member, legs, whole)))
}

/// Its own people and treasurers always; the others as the rules and its choice say. One that wishes to be hidden and
/// has no money yet is hidden too.
fn may_see(veil: &Veil, member: &MemberRow) -> bool {
    let eyes = veil.eyes();
    let wishes = wishes_hidden(eyes.amounts, member.one_person, member.shows_amounts);
    veil.tells(member.id) && (!wishes || eyes.see_all() || eyes.own.contains(&member.id))
}

/// What is told of a statement that isn't told whole: what was paid and given, and features on which nobody hides
/// behind it. What lapses would tell what was left, and so what was put.
fn told(leg: &Leg, me: OrganisationId, veil: &Veil) -> bool {
    match effect(leg, me) {
        Some((Effect::Paid | Effect::Shared, _)) => true,
        Some((Effect::Put | Effect::Returned, _)) => {
            leg.feature_id.is_some_and(|feature| veil.tells_on(me, feature))
        }
        Some((Effect::Lapsed, _)) | None => false,
    }
}

fn round_line(t: Words, currency: Currency, whole: bool, period: Period, sums: Sums) -> RoundLine {
    let name = match period {
        Period::Round(number) => t.contributions_statement_round(number),
        Period::Outside => t.contributions_statement_outside().to_owned(),
        Period::Waiting => t.contributions_statement_waiting().to_owned(),
    };
    worded(t, currency, whole, name, sums)
}

fn total_line(t: Words, currency: Currency, whole: bool, periods: &BTreeMap<Period, Sums>) -> RoundLine {
    let total = periods.values().fold(Sums::default(), |total, sums| Sums {
        paid: total.paid + sums.paid,
        shared: total.shared + sums.shared,
        put: total.put + sums.put,
        returned: total.returned + sums.returned,
    });
    worded(t, currency, whole, t.contributions_statement_total().to_owned(), total)
}

fn worded(t: Words, currency: Currency, whole: bool, name: String, sums: Sums) -> RoundLine {
    let money = |minor| t.money(Money::new(minor), currency);
    let of_features = |minor| if whole { money(minor) } else { t.accounts_hidden().to_owned() };
    RoundLine {
        name,
        paid: money(sums.paid),
        shared: money(sums.shared),
        put: of_features(sums.put),
        returned: of_features(sums.returned),
    }
}

fn move_line(state: &AppState, t: Words, desk: &Desk, leg: &Leg, me: OrganisationId) -> Option<MoveLine> {
    let (effect, amount) = effect(leg, me)?;
    let kind = t.accounts_kind(leg.kind.as_str());
    Some(MoveLine {
        day: t.date(leg.effective_on),
        what: match &leg.title {
            Some(title) => t.accounts_about(title, kind),
            None => kind,
        },
        href: leg.feature.map(|number| state.paths.one(desk.slug(), "features", number)),
        amount: t.money_signed(Money::new(signed(effect, amount)), desk.currency()),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    const ME: OrganisationId = OrganisationId(Uuid::from_u128(1));
    const OTHER: OrganisationId = OrganisationId(Uuid::from_u128(2));

    fn leg(
        kind: PostingKind,
        round: Option<i64>,
        from: (AccountKind, Option<OrganisationId>),
        to: (AccountKind, Option<OrganisationId>),
        amount: i64,
    ) -> Leg {
        Leg {
            seq: 1,
            position: 0,
            kind,
            effective_on: date(2026, 11, 3),
            round,
            feature_id: None,
            feature: None,
            title: None,
            from_kind: from.0,
            from_organisation: from.1,
            to_kind: to.0,
            to_organisation: to.1,
            amount: Money::new(amount),
        }
    }

    #[test]
    fn what_was_paid_belongs_to_the_round_that_shared_it() {
        use AccountKind::{Allocated, Bank, Pool, Reserved, Share};
        let bank = (Bank, None);
        let pool = (Pool, Some(ME));
        let share = (Share, Some(ME));
        let allocated = (Allocated, Some(ME));
        let legs = [
            leg(PostingKind::Contribution, None, bank, pool, 500),
            leg(PostingKind::Distribution, Some(1), pool, share, 300),
            leg(PostingKind::Distribution, Some(1), pool, (Share, Some(OTHER)), 200),
            leg(PostingKind::Allocate, Some(1), share, allocated, 250),
            leg(PostingKind::Unallocate, Some(1), allocated, share, 50),
            leg(PostingKind::Trigger, Some(1), allocated, (Reserved, Some(ME)), 100),
            leg(PostingKind::Release, Some(1), allocated, share, 100),
            leg(PostingKind::Contribution, None, bank, pool, 70),
            leg(PostingKind::Reversal, None, pool, bank, 20),
        ];
        let periods = by_period(&legs, ME);
        let first = Sums { paid: 500, shared: 300, put: 200, returned: 100 };
        assert_eq!(periods.get(&Period::Round(1)), Some(&first));
        assert_eq!(periods.get(&Period::Waiting), Some(&Sums { paid: 50, ..Sums::default() }));
        assert_eq!(periods.len(), 2);
    }

    #[test]
    fn no_title_becomes_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("Salon"), "Salon");
        assert_eq!(slug_only("a\"b/../c"), "abc");
    }
}
