//! What awaits the visitor in one collective, most pressing first: of the list of their own page.

use store::Tx;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;
use crate::state::AppState;

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
) -> Result<Vec<Item>, WebError> {
    let Some(standing) = &desk.standing else { return Ok(Vec::new()) };
    let found = app::awaiting::in_collective(tx, &desk.place.collective, standing, desk.acting_for).await?;
    let mut items: Vec<Item> = found
        .iter()
        .map(|todo| app::awaiting::say(t, todo, desk.place.today))
        .map(|line| Item { href: state.paths.under(&line.path), what: line.what, when: line.when })
        .collect();
    if standing.mandates.len() > 1 && desk.acting_for.is_none() {
        let what = t.pot_await_choose_organisation().to_owned();
        items.push(Item { href: state.paths.me(), what, when: String::new() });
    }
    Ok(items)
}
