//! What an organisation paid, was given to share out, put on features, and got back: by round, and move by move.

use std::collections::BTreeMap;

use app::visibility::{Sight, know_all};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::actor::Action;
use domain::ids::{FileId, OrganisationId, PersonId};
use domain::pot::FundMode;
use domain::references::{Iban, reference};
use domain::visibility::{Veil, wishes_hidden};
use domain::{AccountKind, Book, Currency, Money, PostingKind};
use serde::Deserialize;
use store::Tx;
use store::organisations::MemberRow;
use store::views::Leg;
use words::Words;

use super::effect::{Effect, Move, Period, Sums, by_period, effect, moves};
use super::promised::{Promised, PromisedPart, promised};
use super::year::{self, YearLink};
use crate::error::WebError;
use crate::extract::SignedIn;
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
    /// Whether something was to be paid back, or was: three more columns.
    pub(super) repays: bool,
    pub(super) moves: Vec<MoveLine>,
    pub(super) pager: Pager,
    pub(super) promised: Option<PromisedPart>,
    /// Where and with which reference its people pay in: the IBAN in fours, if it is written.
    pub(super) paying: Option<(String, String)>,
    pub(super) csv_href: String,
    /// The years, for general assemblies.
    pub(super) years: Vec<YearLink>,
    /// The subscription: its page, what is to be paid of it; for its people and the treasurers.
    pub(super) subscription: Option<(String, String)>,
    /// What is to be paid back to it.
    pub(super) refund: Option<String>,
}

/// One round, worded.
pub(super) struct RoundLine {
    pub(super) name: String,
    pub(super) paid: String,
    pub(super) shared: String,
    pub(super) put: String,
    pub(super) returned: String,
    pub(super) lapsed: String,
    pub(super) owed: String,
    pub(super) due: String,
    pub(super) repaid: String,
}

/// One move, worded.
pub(super) struct MoveLine {
    pub(super) day: String,
    pub(super) what: String,
    pub(super) href: Option<String>,
    pub(super) detail: Option<String>,
    /// The proofs of what was paid, for the payer and the treasurers.
    pub(super) proofs: Vec<String>,
    /// What was paid, and what that did to the share: two sums that are never mixed.
    pub(super) paid: String,
    pub(super) share: String,
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
    let found = open(&state, &frame, &slug, &member).await?;
    let years = year::links(&state, frame.t, &found);
    let Statement { desk, member, legs, promised, whole } = found;
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
    let proofs = proofs(&state, &desk, member.id).await?;
    let here = state.paths.part(&slug, "members", &member.slug, "statement");
    let paying = paying(&state, &desk, &member).await?;
    let subscription = subscription(&state, &desk, &member, t).await?;
    let owed = sum(&[AccountKind::RefundDue]);
    let refund = owed.is_positive().then(|| t.refunds_statement(t.money(owed, currency)));
    let periods = by_period(&legs, member.id);
    let repays = periods.values().any(|sums| [sums.owed, sums.due, sums.repaid] != [0; 3]);
    let found = moves(&legs, member.id);
    let (shown, next) = page_of(&found, query.before);
    let now = whole.then(|| {
        let on_features = sum(&[AccountKind::Allocated, AccountKind::Reserved]);
        (t.money(sum(&[AccountKind::Share]), currency), t.money(on_features, currency))
    });
    html(&StatementPage {
        now: now.filter(|_| promised.is_none()),
        paying,
        promised: promised.map(|promised| promised.worded(&state, t, &desk)),
        crumbs: Crumbs {
            t,
            above: vec![
                (state.paths.of(&slug, "members"), t.nav_members().to_owned()),
                (state.paths.one(&slug, "members", &member.slug), member.name.clone()),
            ],
            here: t.contributions_statement_title(member.name.as_str()),
        },
        rounds: periods.iter().map(|(period, sums)| round_line(t, currency, whole, *period, *sums)).collect(),
        total: total_line(t, currency, whole, &periods),
        repays,
        moves: shown
            .iter()
            .map(|one| MoveLine {
                proofs: proofs
                    .get(&one.leg.seq)
                    .filter(|_| one.effect == Effect::Paid)
                    .map(|ids| ids.iter().map(|id| state.paths.file(id)).collect())
                    .unwrap_or_default(),
                ..move_line(&state, t, &desk, one)
            })
            .collect(),
        pager: Pager {
            t,
            first: query.before.map(|_| here.clone()),
            next: next.map(|seq| format!("{here}?before={seq}")),
        },
        subscription,
        years,
        refund,
        csv_href: state.paths.part(&slug, "members", &member.slug, "statement.csv"),
        name: member.name,
        frame: desk.frame(frame, Section::Members),
    })
}

/// The proofs that the visitor may see: of what their own organisation paid, or of all as a treasurer.
async fn proofs(
    state: &AppState,
    desk: &Desk,
    organisation: OrganisationId,
) -> Result<BTreeMap<i64, Vec<FileId>>, WebError> {
    let held = desk.standing.as_ref().map(|standing| standing.mandates.as_slice()).unwrap_or_default();
    let own = held.iter().any(|mandate| mandate.organisation == organisation);
    if !own && !desk.may(Action::SeeProofs, None) {
        return Ok(BTreeMap::new());
    }
    let mut tx = state.context.db.read().await?;
    Ok(store::receipts::proofs_of(&mut tx, desk.pot.id, organisation, MOST_LEGS).await?)
}

/// To which account, and with which reference, the people of an organisation pay into a pot that is paid in advance.
async fn paying(
    state: &AppState,
    desk: &Desk,
    member: &MemberRow,
) -> Result<Option<(String, String)>, WebError> {
    let own = desk
        .standing
        .as_ref()
        .is_some_and(|standing| standing.mandates.iter().any(|mandate| mandate.organisation == member.id));
    let Some(host) = desk.pot.host.filter(|_| own && desk.pot.fund_mode == FundMode::Own) else {
        return Ok(None);
    };
    let mut tx = state.context.db.read().await?;
    let host = store::hosts::get(&mut tx, host).await?;
    let iban = host.and_then(|host| Iban::parse(&host.iban).ok()).map(|iban| iban.in_fours());
    Ok(Some((iban.unwrap_or_default(), reference(&member.slug))))
}

/// The page of its subscription with what is to be paid of it, for whoever sees that.
async fn subscription(
    state: &AppState,
    desk: &Desk,
    member: &MemberRow,
    t: Words,
) -> Result<Option<(String, String)>, WebError> {
    let Some(href) = crate::subscriptions::href(state, desk, member.id, &member.slug) else {
        return Ok(None);
    };
    let mut tx = state.context.db.read().await?;
    let dues = app::subscriptions::page::dues(&mut tx, &desk.pot, member.id).await?;
    let rest = dues.rest();
    Ok(Some((
        href,
        match () {
            () if rest.is_positive() => t.subscriptions_rest(t.money(rest, desk.currency())),
            () if dues.calls.is_empty() => String::new(),
            () => t.subscriptions_nothing_due().to_owned(),
        },
    )))
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

/// The moves of a page, newest first, and the entry before which the next page begins. The moves of one entry are
/// never parted.
fn page_of<'m, 'l>(found: &'m [Move<'l>], before: Option<i64>) -> (Vec<&'m Move<'l>>, Option<i64>) {
    let mut shown: Vec<&Move<'_>> = Vec::new();
    for one in found.iter().rev().filter(|one| before.is_none_or(|before| one.leg.seq < before)) {
        if let Some(last) = shown.last()
            && shown.len() >= PAGE
            && last.leg.seq != one.leg.seq
        {
            let next = last.leg.seq;
            return (shown, Some(next));
        }
        shown.push(one);
    }
    (shown, None)
}

/// A member with those of its transfers that the visitor may see.
pub(super) struct Statement {
    pub(super) desk: Desk,
    pub(super) member: MemberRow,
    pub(super) legs: Vec<Leg>,
    /// What it promised and paid, where one promises.
    pub(super) promised: Option<Promised>,
    /// Whether these are all: else what it put on some feature would tell what others have there.
    pub(super) whole: bool,
}

/// The statement of a member, for whoever may see some of it.
pub(super) async fn open(
    state: &AppState,
    frame: &Frame,
    slug: &str,
    member: &str,
) -> Result<Statement, WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, frame).await?;
    let person = frame.person().map(SignedIn::person);
    match seen(&mut tx, &desk, person, member).await? {
        Some(Seen { member, legs, whole, sight }) => {
            let promised = promised(&mut tx, &desk, &sight, &member).await?;
            Ok(Statement { desk, member, legs, promised, whole })
        }
        None if person.is_none() => Err(WebError::SignIn),
        None => Err(WebError::Forbidden),
    }
}

/// A member as somebody sees it.
pub(crate) struct Seen {
    /// Who.
    pub(crate) member: MemberRow,
    /// Those of its transfers that may be seen.
    pub(crate) legs: Vec<Leg>,
    /// Whether these are all.
    whole: bool,
    /// How its papers are seen.
    sight: Sight,
}

/// What `person` may see of a member; none where nothing is to be seen.
pub(crate) async fn seen(
    tx: &mut Tx,
    desk: &Desk,
    person: Option<PersonId>,
    member: &str,
) -> Result<Option<Seen>, WebError> {
    let (collective, pot) = (desk.place.collective.id, desk.pot.id);
    let member = store::organisations::member_by_slug(tx, collective, member).await?;
    let member = member.ok_or(WebError::NotFound)?;
    let sight = desk.sight.of_papers(tx, person, &member, desk.place.today).await?;
    let veil = know_all(tx, collective, &sight.veil, pot, [member.id]).await?;
    if !may_see(&veil, &member) {
        return Ok(None);
    }
    let whole = veil.tells_sums(member.id);
    let mut legs = store::views::legs_of(tx, pot, member.id, 0, MOST_LEGS).await?;
    let last = sight.past.last(Book::Cash);
    legs.retain(|leg| leg.seq <= last && (whole || told(leg, member.id, &veil)));
    for leg in &mut legs {
        leg.reversed_by = leg.reversed_by.filter(|by| *by <= last);
    }
    Ok(Some(Seen { member, legs, whole, sight }))
}

/// Its own people and treasurers always; the others as the rules and its choice say. One that wishes to be hidden and
/// has no money yet is hidden too.
fn may_see(veil: &Veil, member: &MemberRow) -> bool {
    let eyes = veil.eyes();
    let wishes = wishes_hidden(eyes.amounts, member.keeps_amounts(), member.shows_amounts);
    veil.tells(member.id) && (!wishes || eyes.see_all() || eyes.own.contains(&member.id))
}

/// What is told of a statement that isn't told whole: what was paid and given, and features on which nobody hides
/// behind it. What lapses would tell what was left, and so what was put.
fn told(leg: &Leg, me: OrganisationId, veil: &Veil) -> bool {
    match effect(leg, me) {
        Some((Effect::Paid | Effect::Shared | Effect::Repaid, _)) => true,
        Some((Effect::Put | Effect::Returned | Effect::Due | Effect::Elsewhere(_), _)) => {
            leg.feature_id.is_some_and(|feature| veil.tells_on(me, feature))
        }
        Some((Effect::Lapsed | Effect::Owed, _)) | None => false,
    }
}

fn round_line(t: Words, currency: Currency, whole: bool, period: Period, sums: Sums) -> RoundLine {
    let name = match period {
        Period::Round(number) => t.contributions_statement_round(number),
        Period::Outside => t.contributions_statement_outside().to_owned(),
        Period::Departure => t.contributions_statement_departure().to_owned(),
        Period::Waiting => t.contributions_statement_waiting().to_owned(),
    };
    worded(t, currency, whole, name, sums)
}

fn total_line(t: Words, currency: Currency, whole: bool, periods: &BTreeMap<Period, Sums>) -> RoundLine {
    let total = periods.values().copied().fold(Sums::default(), Sums::and);
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
        lapsed: of_features(sums.lapsed),
        owed: of_features(sums.owed),
        due: of_features(sums.due),
        repaid: money(sums.repaid),
    }
}

fn move_line(state: &AppState, t: Words, desk: &Desk, one: &Move<'_>) -> MoveLine {
    let currency = desk.currency();
    let kind = kind_of(t, one.leg);
    let signed = |minor| t.money_signed(Money::new(minor), currency);
    MoveLine {
        day: t.date(one.leg.effective_on),
        what: match &one.leg.title {
            Some(title) => t.accounts_about(t.typography(title), kind),
            None => kind,
        },
        href: one.leg.feature.map(|number| state.paths.one(desk.slug(), "features", number)),
        detail: detail(t, currency, one),
        proofs: Vec::new(),
        paid: match one.effect {
            Effect::Paid => signed(one.amount),
            Effect::Repaid => signed(-one.amount),
            _ => String::new(),
        },
        share: match one.effect {
            Effect::Shared | Effect::Returned => signed(one.amount),
            Effect::Put | Effect::Lapsed | Effect::Owed => signed(-one.amount),
            // It is not the organisation's to dispose of, before or after.
            Effect::Paid | Effect::Repaid | Effect::Due | Effect::Elsewhere(_) => String::new(),
        },
    }
}

/// What an entry does, in words that name what it pays back or undoes.
pub(super) fn kind_of(t: Words, leg: &Leg) -> String {
    match (leg.refund, leg.reverses, leg.kind) {
        (None, None, PostingKind::TopUp) => top_up(t, leg),
        (Some(number), _, PostingKind::Bounce) => t.contributions_statement_bounced(number),
        (Some(number), ..) => t.refunds_number(number),
        (None, Some(number), _) => t.contributions_statement_undoes(number),
        (None, None, kind) => t.accounts_kind(kind.as_str()),
    }
}

/// A complement, with the decision that it rests on.
fn top_up(t: Words, leg: &Leg) -> String {
    match leg.decision {
        Some(number) => t.contributions_statement_top_up(number),
        None => t.accounts_kind(leg.kind.as_str()),
    }
}

/// Where it went, if not to the share; where it comes from, if not from the organisation's own payments alone.
fn detail(t: Words, currency: Currency, one: &Move<'_>) -> Option<String> {
    if let Effect::Elsewhere(to) = one.effect {
        let amount = t.money(Money::new(one.amount), currency);
        return Some(t.contributions_statement_elsewhere(amount, to.as_str()));
    }
    if matches!(one.effect, Effect::Owed | Effect::Due) {
        let amount = t.money(Money::new(one.amount), currency);
        return Some(t.contributions_statement_elsewhere(amount, AccountKind::RefundDue.as_str()));
    }
    if matches!(one.effect, Effect::Paid | Effect::Repaid) {
        let nature = one.leg.nature.map(|nature| t.contributions_nature_name(nature.as_str()));
        let undone = one.leg.reversed_by.map(|number| t.contributions_reversed_by(number));
        let parts = [Some(t.accounts_number(one.leg.seq)), nature, undone];
        return Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    }
    if one.sources.keys().all(|source| *source == "own") {
        return None;
    }
    let parts = ["own", "pooled", "gift"].into_iter().filter_map(|source| {
        let amount = one.sources.get(source)?;
        let amount = t.money(Money::new(amount.abs()), currency);
        Some(t.contributions_statement_source(amount, source))
    });
    Some(parts.collect::<Vec<_>>().join(" + "))
}
