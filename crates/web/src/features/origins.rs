//! The needs of which a feature is made: in its form before it is there, on its page afterwards.

use domain::features::proposal::limits;
use domain::ids::FeatureId;
use store::Tx;
use store::needs::NeedRow;
use words::Words;

use crate::error::WebError;
use crate::place::Desk;
use crate::state::AppState;

/// The numbers of needs in an address or a form, each once, no more than one feature is made of.
pub(super) fn numbers<'n>(typed: impl Iterator<Item = &'n str>) -> Vec<i64> {
    let mut numbers: Vec<i64> = typed.filter_map(|number| number.trim().parse().ok()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.truncate(domain::needs::limits::TOGETHER);
    numbers
}

/// The needs of these numbers; unknown ones, and those that are closed, are left out.
pub(super) async fn read(tx: &mut Tx, desk: &Desk, numbers: Vec<i64>) -> Result<Vec<NeedRow>, WebError> {
    let mut needs = Vec::new();
    for number in numbers {
        let need = store::needs::by_number(tx, desk.place.collective.id, number).await?;
        needs.extend(need.filter(|need| need.state.is_live()));
    }
    Ok(needs)
}

/// Their numbers.
pub(super) fn numbers_of(needs: &[NeedRow]) -> Vec<i64> {
    needs.iter().map(|need| need.number).collect()
}

/// Their numbers and titles.
pub(super) fn titles(t: Words, needs: &[NeedRow]) -> Vec<(i64, String)> {
    needs.iter().map(|need| (need.number, t.typography(&need.title).into_owned())).collect()
}

/// What the form of a feature that is made of needs first shows: the words of the first, why each is needed.
pub(super) fn begun_by(needs: &[NeedRow]) -> Vec<(&'static str, String)> {
    let Some(first) = needs.first() else { return Vec::new() };
    let why: Vec<String> = match needs {
        [one] => vec![one.why.clone()],
        all => all.iter().map(|need| format!("## {}\n\n{}", need.title, need.why)).collect(),
    };
    let description = why.join("\n\n").chars().take(limits::DESCRIPTION).collect();
    vec![
        ("title", first.title.clone()),
        ("software", first.software_name.clone().unwrap_or_default()),
        ("description", description),
        ("discussion_url", first.discussion_url.clone()),
    ]
}

/// The needs of which a feature came: address, title, how many organisations.
pub(super) async fn lines(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    (slug, feature): (&str, FeatureId),
) -> Result<Vec<(String, String, String)>, WebError> {
    let found = store::needs::features::of_feature(tx, feature).await?;
    let line = |one: &store::needs::features::Origin| {
        let href = state.paths.one(slug, "needs", one.number);
        (href, t.typography(&one.title).into_owned(), t.needs_supporters(one.supporters))
    };
    Ok(found.iter().map(line).collect())
}
