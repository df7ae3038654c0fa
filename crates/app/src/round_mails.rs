//! What each organisation is told when a round closes: one mail, with what came back, what stays, what lapsed.

use std::collections::BTreeMap;

use domain::{Money, ids::OrganisationId};
use store::{Tx, decisions::DecisionRow, rounds::Round};
use words::Words;

use crate::{error::Failure, funding_mails::send, mails::Letter, till::Till};

/// What became of an organisation's share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// What came back from features that weren't covered.
    pub(crate) returned: Money,
    /// The titles of those features.
    pub(crate) features: Vec<String>,
    /// What it hadn't put and went back to the pot.
    pub(crate) lapsed: Money,
    /// What it hadn't put and keeps.
    pub(crate) carried: Money,
}

/// Titles that one mail names; of more it says how many.
const MOST_TITLES: usize = 10;

/// Tells each organisation that had a share in the round what became of it. Errors: faults only.
pub(crate) async fn tell_closed<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    round: &Round,
    decision: Option<&DecisionRow>,
    mut outcomes: BTreeMap<OrganisationId, Outcome>,
) -> Result<(), Failure<R>> {
    for (organisation, outcome) in with_share(tx, round).await? {
        outcomes.entry(organisation).or_insert(outcome);
    }
    let currency = till.locked.pot.currency();
    let path = format!("/c/{}/rounds/{}", till.collective.slug, round.number);
    let settings = till.settings.clone();
    let write = |t: Words, organisation: &str, outcome: Outcome| {
        let money = |amount: Money| amount.is_positive().then(|| t.money(amount, currency));
        let (returned, lapsed) = (money(outcome.returned), money(outcome.lapsed));
        let carried = money(outcome.carried);
        let all_put = lapsed.is_none() && carried.is_none();
        Letter::about(t.round_mail_closed_subject(round.number, organisation))
            .say(match decision {
                Some(decision) => t.round_mail_closed_early(decision.number, &round.name, &decision.title),
                None => t.round_mail_closed(&round.name),
            })
            .say_if(returned.map(|returned| {
                let features = titles(t, &outcome.features);
                match lapsed {
                    Some(_) => t.round_mail_returned_lapsed(returned, features, organisation),
                    None => t.round_mail_returned(returned, features, organisation),
                }
            }))
            .say_if(lapsed.map(|lapsed| t.round_mail_lapsed(lapsed, organisation)))
            .say_if(carried.map(|carried| t.round_mail_carried(carried, organisation)))
            .say_if(all_put.then(|| t.round_mail_all_put(organisation)))
            .say(t.round_mail_see())
            .at(&settings, &path)
    };
    send(tx, till, &outcomes, write).await
}

/// Tells each organisation that has a share in the round that it ends later, and which features follow. Errors: faults
/// only.
pub(crate) async fn tell_extended<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    before: &Round,
    after: &Round,
    moved: &[String],
) -> Result<(), Failure<R>> {
    let told = with_share(tx, before).await?;
    let path = format!("/c/{}/rounds/{}", till.collective.slug, after.number);
    let (settings, today) = (till.settings.clone(), till.today);
    let write = |t: Words, _: &str, (): ()| {
        Letter::about(t.round_mail_extended_subject(after.number))
            .say(t.round_mail_extended(
                t.date(before.closes_on),
                &after.name,
                t.until(after.closes_on, today),
            ))
            .say_if((!moved.is_empty()).then(|| t.round_mail_extended_moved(titles(t, moved))))
            .say(t.round_mail_see())
            .at(&settings, &path)
    };
    send(tx, till, &told, write).await
}

/// The organisations that have a share in a round.
async fn with_share<T: Default>(
    tx: &mut Tx,
    round: &Round,
) -> store::sqlx::Result<BTreeMap<OrganisationId, T>> {
    let (mut all, mut after) = (BTreeMap::new(), None);
    loop {
        let shares = store::rounds::shares(tx, round.id, after, 1_000).await?;
        let Some(last) = shares.last() else { return Ok(all) };
        after = Some(last.organisation);
        all.extend(shares.iter().map(|share| (share.organisation, T::default())));
    }
}

/// The titles of features, between quotes.
fn titles(t: Words, titles: &[String]) -> String {
    let shown = titles.iter().take(MOST_TITLES).map(|title| t.round_mail_title(title));
    let more = titles.len().saturating_sub(MOST_TITLES);
    let more = (more > 0).then(|| t.round_mail_titles_more(more));
    shown.chain(more).collect::<Vec<_>>().join(", ")
}
