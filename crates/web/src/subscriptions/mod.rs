//! Subscriptions: the table of all, the page of an organisation's own, the call of a period.

mod call;
mod organisation;
mod table;

pub(crate) use call::{give_up, show as call};
pub(crate) use organisation::{act, declare, show};
pub(crate) use table::show as table;

use app::subscriptions::{has_subscriptions, page::may_see};
use domain::Currency;
use domain::fund_calls::CallState;
use domain::ids::OrganisationId;
use domain::subscriptions::{Period, Terms};
use store::subscriptions::Subscription;
use words::Words;

use crate::place::Desk;
use crate::state::AppState;

/// The page of an organisation's subscription, for whoever sees it, where one subscribes.
pub(crate) fn href(
    state: &AppState,
    desk: &Desk,
    organisation: OrganisationId,
    slug: &str,
) -> Option<String> {
    let seen = desk.standing.as_ref().is_some_and(|standing| may_see(standing, organisation));
    let path = || state.paths.part(desk.slug(), "members", slug, "subscription");
    (seen && has_subscriptions(desk.pot.fund_mode)).then(path)
}

/// How much, and how often: of a part of the turnover, only what it comes to.
fn agreed(t: Words, currency: Currency, one: &Subscription) -> String {
    asked(t, currency, one.period, one.terms())
}

/// The same of terms.
fn asked(t: Words, currency: Currency, period: Period, terms: Terms) -> String {
    let (amount, period) = (t.money(terms.amount, currency), period.as_str());
    match terms.rate {
        Some(_) => t.subscriptions_of_turnover(amount, period),
        None => t.subscriptions_every(amount, period),
    }
}

/// The colour of a state.
const fn tag(state: CallState) -> &'static str {
    match state {
        CallState::Paid | CallState::Covered => "tag good",
        CallState::Open | CallState::PartlyPaid => "tag on",
        CallState::Unpaid => "tag bad",
        CallState::Cancelled => "tag",
    }
}
