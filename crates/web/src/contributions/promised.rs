//! The statement of an organisation where one promises: what it promised, what was asked of it, what it paid.

use app::fund_calls::page::call_list;
use app::visibility::Sight;
use domain::Money;
use domain::promises::PromiseKind;
use store::Tx;
use store::fund_calls::{Listed, Which};
use store::organisations::MemberRow;
use store::promised::{PaidLine, PromiseLine};
use words::Words;

use crate::error::WebError;
use crate::place::Desk;
use crate::state::AppState;

/// Promises and payments that a statement shows.
const MOST: i64 = 500;

/// What an organisation promised, was asked, and paid.
#[derive(Debug, Clone, Default)]
pub(super) struct Promised {
    pub(super) promises: Vec<PromiseLine>,
    /// The oldest first.
    pub(super) calls: Vec<Listed>,
    pub(super) paid: Vec<PaidLine>,
}

/// The same, worded.
pub(super) struct PromisedPart {
    pub(super) lead: String,
    pub(super) promises: Vec<[String; 3]>,
    pub(super) calls: Vec<CallLine>,
    pub(super) total: [String; 3],
    pub(super) paid: Vec<[String; 4]>,
}

/// A call, worded.
pub(super) struct CallLine {
    /// Its page, for those of the collective.
    pub(super) href: Option<String>,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) reference: String,
    pub(super) amounts: [String; 3],
    pub(super) state: String,
}

/// What members, and its own people where it has left, are told of a member; nothing in a pot that is paid in advance.
pub(super) async fn promised(
    tx: &mut Tx,
    desk: &Desk,
    sight: &Sight,
    member: &MemberRow,
) -> Result<Option<Promised>, WebError> {
    let own = sight.veil.eyes().see_all() || sight.owns(member.id);
    if !desk.pot.fund_mode.is_promised() || !(own || desk.is_member()) {
        return Ok(None);
    }
    let (pot, organisation) = (desk.pot.id, member.id);
    let which = Which::Organisation(pot, organisation);
    let mut calls = call_list(tx, &desk.pot, which, i64::MAX, sight).await?.told;
    calls.reverse();
    let told = |feature| calls.iter().any(|call| call.feature_id == feature);
    let mut promises = store::promised::promises_of(tx, pot, organisation, MOST).await?;
    promises.retain(|promise| own || promise.feature_id.is_some_and(told));
    let mut paid = store::promised::paid_by(tx, pot, organisation, MOST).await?;
    paid.retain(|paid| told(paid.feature_id));
    Ok(Some(Promised { promises, calls, paid }))
}

impl Promised {
    /// Asked, paid, left to pay.
    pub(super) fn sums(&self) -> [Money; 3] {
        let sum = |of: fn(&Listed) -> Money| Money::sum(self.calls.iter().map(of)).unwrap_or_default();
        [sum(asked), sum(|call| call.received), sum(|call| call.amounts().rest())]
    }

    pub(super) fn worded(&self, state: &AppState, t: Words, desk: &Desk) -> PromisedPart {
        let money = |amount| t.money(amount, desk.currency());
        let [called, paid, rest] = self.sums().map(money);
        PromisedPart {
            lead: t.contributions_promised_lead(&called, &paid, &rest),
            promises: self
                .promises
                .iter()
                .map(|one| [about(t, one), engagement(t, one), money(one.amount)])
                .collect(),
            calls: self
                .calls
                .iter()
                .map(|call| CallLine {
                    href: desk.is_member().then(|| state.paths.one(desk.slug(), "calls", call.number)),
                    name: t.calls_one(desk.pot.fund_mode.as_str(), call.number),
                    title: t.typography(&call.title).into_owned(),
                    reference: call.reference.clone(),
                    amounts: [asked(call), call.received, call.amounts().rest()].map(money),
                    state: t.call_state_name(call.state),
                })
                .collect(),
            total: [called, paid, rest],
            paid: self
                .paid
                .iter()
                .map(|one| {
                    let title = t.typography(&one.title).into_owned();
                    [t.date(one.received_on), title, one.reference.clone(), money(one.amount)]
                })
                .collect(),
        }
    }
}

/// What is asked: what others took over or nobody asks any more isn't.
pub(super) fn asked(call: &Listed) -> Money {
    call.amount.less(call.covered).less(call.cancelled)
}

pub(super) fn about(t: Words, promise: &PromiseLine) -> String {
    let title = t.typography(&promise.title).into_owned();
    promise.round.map_or(title.clone(), |number| t.rounds_name_of(title, number))
}

pub(super) fn engagement(t: Words, promise: &PromiseLine) -> String {
    if promise.ended_at.is_some() {
        return t.contributions_promised_ended().to_owned();
    }
    match promise.kind {
        PromiseKind::Firm => t.promise_kind_firm(),
        PromiseKind::Conditional => t.contributions_promised_conditional(),
        PromiseKind::Intention => t.promise_kind_intention(),
    }
    .to_owned()
}
