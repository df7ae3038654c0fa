//! What the pages of calls for funds show.

use domain::{
    actor::{Action, Standing, permit},
    fund_calls::CallState,
    ids::{FeatureId, OrganisationId, PostingId},
    pot::FundMode,
};
use store::{
    Tx,
    features::Feature,
    fund_calls::{CallReceipt, FundCall, Listed, Which},
    pots::Pot,
};

use super::{
    Payee,
    confirming::{confirmer, pays_after_leaving},
    payee,
};
use crate::{
    invoices::At,
    people::check_member,
    visibility::{self, Sight},
    work::ending::keeps_order_lines,
};

/// Calls on one page of a list.
pub const PAGE: i64 = 50;
/// Receipts that the page of a call shows.
const RECEIPTS: i64 = 200;

/// A call with what belongs to it.
#[derive(Clone, Debug)]
pub struct CallPage {
    /// The call.
    pub call: FundCall,
    /// For which feature.
    pub feature: Feature,
    /// Who is called.
    pub organisation: String,
    /// Who is paid.
    pub payee: Payee,
    /// What was received, the oldest first.
    pub receipts: Vec<CallReceipt>,
    /// The postings of those that a treasurer recorded.
    pub recorded: Vec<PostingId>,
    /// Who covers its rest: the number of the call, the name.
    pub covers: Vec<(FundCall, String)>,
    /// The call whose rest it covers, and of whom.
    pub covered: Option<(i64, String)>,
}

/// The call of that number in a pot.
pub async fn call_page(tx: &mut Tx, pot: &Pot, number: i64) -> store::sqlx::Result<Option<CallPage>> {
    let Some(call) = store::fund_calls::by_number(tx, pot.id, number).await? else { return Ok(None) };
    let Some(feature) = store::features::by_id(tx, call.feature).await? else { return Ok(None) };
    let mut covers = Vec::new();
    for cover in store::fund_calls::covering(tx, call.id).await? {
        let name = name_of(tx, cover.organisation).await?;
        covers.push((cover, name));
    }
    let covered = match call.covers {
        Some(covered) => store::fund_calls::by_id(tx, covered).await?,
        None => None,
    };
    let covered = match covered {
        Some(covered) => Some((covered.number, name_of(tx, covered.organisation).await?)),
        None => None,
    };
    Ok(Some(CallPage {
        organisation: name_of(tx, call.organisation).await?,
        payee: payee(tx, &feature, pot).await?,
        receipts: store::fund_calls::receipts(tx, call.id, RECEIPTS).await?,
        recorded: store::fund_calls::recorded(tx, call.id).await?,
        covers,
        covered,
        call,
        feature,
    }))
}

async fn name_of(tx: &mut Tx, organisation: OrganisationId) -> store::sqlx::Result<String> {
    Ok(store::organisations::get(tx, organisation).await?.map(|row| row.name).unwrap_or_default())
}

/// A page of a list of calls, as a member sees it.
#[derive(Clone, Debug, Default)]
pub struct CallList {
    /// Those that may be told, newest first.
    pub told: Vec<Listed>,
    /// How many others there are on the page, whose amounts aren't told.
    pub untold: usize,
    /// The number below which the next page begins.
    pub next: Option<i64>,
}

/// Calls with numbers below `below`: of a pot, a feature, an organisation.
pub async fn call_list(
    tx: &mut Tx,
    pot: &Pot,
    which: Which,
    below: i64,
    sight: &Sight,
) -> store::sqlx::Result<CallList> {
    let mut all = store::fund_calls::list(tx, which, below, PAGE + 1).await?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = all.len() > most;
    all.truncate(most);
    let next = if more { all.last().map(|call| call.number) } else { None };
    let about: Vec<(OrganisationId, Option<FeatureId>)> =
        all.iter().map(|call| (call.organisation, Some(call.feature_id))).collect();
    let veil = visibility::know(tx, pot.collective, &sight.veil, about).await?;
    let count = all.len();
    all.retain(|call| veil.tells_on(call.organisation, call.feature_id));
    Ok(CallList { untold: count - all.len(), told: all, next })
}

/// What somebody may do with a call now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// See it.
    pub see: bool,
    /// Say that it is paid, or that it isn't.
    pub say: bool,
    /// Confirm that it is received, in a direct pot.
    pub confirm: bool,
    /// Nobody can confirm it: those who could became tied to whoever pays since it was called.
    pub stuck: bool,
    /// Record a payment of it, in a pledge pot.
    pub record: bool,
    /// Take back what was confirmed or recorded by mistake.
    pub undo: bool,
    /// Cover a part of it.
    pub cover: bool,
}

/// What somebody may do with a call now. It is seen by its own organisation, by those who keep the accounts, by whoever
/// confirms it, and by members where its amounts are told, or where they are invited to cover it.
pub async fn may(
    tx: &mut Tx,
    at: &At<'_>,
    who: (&Standing, Option<OrganisationId>),
    (pot, page): (&Pot, &CallPage),
    sight: &Sight,
) -> store::sqlx::Result<May> {
    let ((standing, acting_for), call, feature) = (who, &page.call, &page.feature);
    let holds = |action, lead| permit(action, standing, acting_for, lead).is_ok();
    let direct = pot.fund_mode == FundMode::Direct;
    let confirmer = confirmer(tx, at, feature, call).await?;
    let confirms = direct && confirmer.permit(standing, acting_for).is_ok();
    let asked = direct && confirmer.asks(standing, acting_for);
    let keeps = holds(Action::RecordMoney, None);
    let left = pays_after_leaving(tx, at, standing.person, call).await?;
    let own = left || standing.mandates.iter().any(|one| one.organisation == call.organisation);
    let told = check_member(standing).is_ok()
        && (call.state == CallState::Unpaid || is_told(tx, pot, call, sight).await?);
    let kept = !feature.state.is_end() || keeps_order_lines(pot.fund_mode, feature.state);
    let another = acting_for.is_some_and(|one| one != call.organisation);
    Ok(May {
        see: own || keeps || asked || told,
        say: call.state.is_awaited()
            && (left || acting_for == Some(call.organisation) && holds(Action::SayPaid, None)),
        confirm: confirms && call.state.is_awaited(),
        record: pot.fund_mode == FundMode::Pledge && keeps,
        stuck: direct && call.state.is_awaited() && confirmer.is_stuck(),
        undo: match direct {
            true => confirms && kept,
            false => holds(Action::ReverseEntry, None),
        },
        cover: another
            && call.state == CallState::Unpaid
            && !feature.state.is_end()
            && holds(Action::Promise, None),
    })
}

/// Whether a member may see a call of another organisation: where its amounts are told.
async fn is_told(tx: &mut Tx, pot: &Pot, call: &FundCall, sight: &Sight) -> store::sqlx::Result<bool> {
    let about = [(call.organisation, Some(call.feature))];
    let veil = visibility::know(tx, pot.collective, &sight.veil, about).await?;
    Ok(veil.tells_on(call.organisation, call.feature))
}
