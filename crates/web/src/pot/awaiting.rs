//! What awaits the visitor in one collective, most pressing first.

use app::features::lists::Glance;
use app::fund_calls::confirming::At;
use app::fund_calls::page::Ask;
use app::invoices::page::{Waiting, awaiting};
use app::rounds::page::my_share;
use domain::actor::Action;
use domain::features::State as Stage;
use domain::pot::FundMode;
use domain::rounds::RoundState;
use store::Tx;
use store::fund_calls::Listed;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;
use crate::state::AppState;

/// Invoices that are looked at.
const MOST_INVOICES: u16 = 20;

/// Something to do, or that comes on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) href: String,
    pub(super) what: String,
    pub(super) when: String,
}

/// Everything that awaits a person who signed in: one query beyond what the page reads.
pub(super) async fn items(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    desk: &Desk,
    glance: &Glance,
) -> Result<Vec<Item>, WebError> {
    let mut items = Vec::new();
    let (slug, today) = (desk.slug(), desk.place.today);
    let open =
        desk.round.as_ref().filter(|round| round.state == RoundState::Open && today <= round.closes_on);
    if let (Some(round), Some(organisation)) =
        (open, desk.acting_for.filter(|_| desk.may(Action::Allocate, None)))
    {
        let share = my_share(tx, (desk.pot.id, desk.pot.fund_mode), None, organisation).await?;
        let left = share.holdings.left();
        if left.is_positive() {
            items.push(Item {
                href: state.paths.one(slug, "rounds", round.number),
                what: t.pot_await_put(t.money_short(left, desk.currency()), share.name),
                when: t.until(round.closes_on, today),
            });
        }
    }
    items.extend(calls(tx, state, t, desk).await?);
    if desk.pot.fund_mode.is_promised() && desk.may(Action::StewardFeature, None) {
        let count = app::newcomers::count(tx, desk.place.collective.id, desk.place.now).await?;
        if count > 0 {
            let what = t.pot_await_newcomers(count);
            items.push(Item { href: state.paths.of(slug, "newcomers"), what, when: String::new() });
        }
    }
    for card in glance.open.iter().filter(|card| card.confirming_since.is_some()) {
        if desk.may(Action::ConfirmTrigger, Some(card.lead)) {
            items.push(Item {
                href: format!("{}#steward", state.paths.one(slug, "features", card.number)),
                what: t.pot_await_confirm(t.typography(&card.title)),
                when: String::new(),
            });
        }
    }
    // What is invoiced belongs to work that goes on, or has just ended.
    if glance.states.iter().any(|one| matches!(one.state, Stage::Building | Stage::Delivered)) {
        items.extend(invoices(tx, state, t, desk).await?);
    }
    let waits = !glance.distributed && glance.to_share.is_positive();
    if let Some(round) = open.filter(|_| waits && desk.may(Action::Distribute, None)) {
        items.push(Item {
            href: state.paths.part(slug, "rounds", round.number, "distribution"),
            what: t.pot_await_distribute(round.number),
            when: t.until(round.closes_on, today),
        });
    }
    items.extend(roles(state, t, desk, glance));
    Ok(items)
}

/// What one's organisation has to pay, and what others say that they paid to whoever one confirms it for.
async fn calls(tx: &mut Tx, state: &AppState, t: Words, desk: &Desk) -> Result<Vec<Item>, WebError> {
    let Some(standing) = &desk.standing else { return Ok(Vec::new()) };
    let (slug, today) = (desk.slug(), desk.place.today);
    let at = At { collective: &desk.place.collective, now: desk.place.now };
    let item = |(call, ask): (Listed, Ask)| {
        let href = state.paths.one(slug, "calls", call.number);
        let title = t.typography(&call.title);
        match ask {
            Ask::Receive => {
                let what = t.pot_await_receive(t.typography(&call.name), title);
                Item { href, what, when: String::new() }
            }
            Ask::Pay => {
                let rest = t.money_short(call.amounts().rest(), desk.currency());
                Item { href, what: t.pot_await_pay(rest, title), when: t.until(call.due_on, today) }
            }
        }
    };
    let found = app::fund_calls::page::awaiting(tx, &at, (standing, desk.acting_for), &desk.pot).await?;
    Ok(found.into_iter().map(item).collect())
}

/// What a role or a mandate asks for, without another query.
fn roles(state: &AppState, t: Words, desk: &Desk, glance: &Glance) -> Vec<Item> {
    let slug = desk.slug();
    let item = |href, what| Item { href, what, when: String::new() };
    let mut items = Vec::new();
    if desk.round.is_none() && glance.to_share.is_positive() && desk.may(Action::OpenRound, None) {
        let amount = t.money_short(glance.to_share, desk.currency());
        items.push(item(state.paths.one(slug, "rounds", "new"), t.pot_await_open_round(amount)));
    }
    // Each leads to the list in which it is.
    for stage in [Stage::Gathering, Stage::Idea] {
        let there: i64 = glance.states.iter().filter(|row| row.state == stage).map(|row| row.count).sum();
        if there > 0 && desk.may(Action::SayNeeded, None) {
            let list = format!("{}?state={}", state.paths.of(slug, "features"), stage.as_str());
            let what = match stage {
                Stage::Idea => t.pot_await_idea(there),
                _ => t.pot_await_need(there),
            };
            items.push(item(list, what));
        }
    }
    if desk.pot.fund_mode == FundMode::Own && desk.may(Action::RecordMoney, None) {
        let new = state.paths.one(slug, "contributions", "new");
        items.push(item(new, t.pot_await_record().to_owned()));
    }
    let mandates = desk.standing.as_ref().map_or(0, |standing| standing.mandates.len());
    if mandates > 1 && desk.acting_for.is_none() {
        items.push(item(state.paths.me(), t.pot_await_choose_organisation().to_owned()));
    }
    items
}
/// Invoices that the visitor may answer or pay here.
async fn invoices(tx: &mut Tx, state: &AppState, t: Words, desk: &Desk) -> Result<Vec<Item>, WebError> {
    let Some(standing) = &desk.standing else { return Ok(Vec::new()) };
    let (place, pot, acting) = (&desk.place, desk.pot.id, desk.acting_for);
    let waiting = awaiting(tx, &place.collective, standing, acting, pot, place.now, MOST_INVOICES).await?;
    let item = |one: Waiting| Item {
        href: state.paths.one(desk.slug(), "invoices", one.invoice.number),
        what: t.me_invoice(t.money(one.invoice.amount, desk.currency()), one.ask.as_str()),
        when: String::new(),
    };
    Ok(waiting.into_iter().map(item).collect())
}
