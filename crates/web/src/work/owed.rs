//! What is to be paid back to organisations that left, in one line on other pages.

use app::refunds::page::sees;
use app::visibility::know_all;
use domain::ids::OrganisationId;
use domain::visibility::Veil;
use store::Tx;
use store::refunds::Owed;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;
use crate::state::AppState;

/// What is owed to one organisation that left, or to each, for those who may see it; with the page for those who answer.
pub(crate) async fn owed(
    state: &AppState,
    tx: &mut Tx,
    desk: &Desk,
    t: Words,
    to: Option<OrganisationId>,
) -> Result<Vec<(String, Option<String>)>, WebError> {
    let all = match to {
        Some(to) => store::refunds::owed_to(tx, desk.pot.id, to).await?.into_iter().collect(),
        None => store::refunds::owed(tx, desk.pot.id).await?,
    };
    let whose = all.iter().map(|owed| owed.organisation);
    let veil = know_all(tx, desk.place.collective.id, &desk.sight.veil, desk.pot.id, whose).await?;
    Ok(all.iter().filter_map(|owed| line(state, desk, t, &veil, owed)).collect())
}

fn line(
    state: &AppState,
    desk: &Desk,
    t: Words,
    veil: &Veil,
    owed: &Owed,
) -> Option<(String, Option<String>)> {
    if !veil.tells_sums(owed.organisation) {
        return None;
    }
    let answers = desk.standing.as_ref().is_some_and(|standing| sees(standing, None));
    let href = answers.then(|| state.paths.part(desk.slug(), "members", &owed.slug, "refund"));
    Some((t.refunds_link(t.money(owed.owed, desk.currency()), &owed.name), href))
}
