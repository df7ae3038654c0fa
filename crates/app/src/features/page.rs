//! What the page of a feature shows.

use domain::{
    Book, Money,
    features::{Funding, FundingRefusal, Income, Line, State},
    ids::{CollectiveId, OrganisationId},
    rules::{AmountsSeen, Rules},
    shares::purse::{Held, usable},
};
use jiff::civil::Date;
use store::{
    Tx,
    events::EventRow,
    features::{Feature, lists},
    journal::Of,
    needers::Needer,
    rounds::Round,
};

use crate::rounds::page::held_by;

/// Organisations and events that a page shows.
const SHOWN: i64 = 100;
/// Below so many hidden organisations a figure would tell theirs.
const FEWEST_HIDDEN: usize = 3;

/// The page of a feature, the same for every visitor of one sort.
#[derive(Clone, Debug)]
pub struct FeaturePage {
    /// The feature.
    pub feature: Feature,
    /// The name of the organisation that leads it.
    pub lead: String,
    /// The software's name.
    pub software: Option<String>,
    /// What it costs.
    pub lines: Vec<Line>,
    /// What comes from elsewhere.
    pub incomes: Vec<Income>,
    /// Who needs it.
    pub needers: Vec<Needer>,
    /// Who put money on it.
    pub funders: Funders,
    /// What happened, newest first.
    pub story: Vec<EventRow>,
    /// The round in which it is funded.
    pub round: Option<Round>,
    /// What is missing to its floor; zero when it is covered.
    pub missing: Money,
    /// What may still be put there.
    pub room: Money,
}

/// Who put money on a feature, as far as the visitor may see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funders {
    /// How many they are.
    pub count: i64,
    /// Those who are named, the largest amount first where amounts are shown.
    pub named: Vec<Funder>,
    /// What all those have there who are not named; only where it tells nobody's amount.
    pub others: Option<Money>,
}

/// An organisation that put money on a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funder {
    /// Who.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// How much, where it is shown.
    pub amount: Option<Money>,
}

/// The page of the feature of that number; `member`: the visitor belongs to the collective.
pub async fn page(
    tx: &mut Tx,
    collective: CollectiveId,
    rules: &Rules,
    number: i64,
    member: bool,
) -> store::sqlx::Result<Option<FeaturePage>> {
    let Some(feature) = store::features::by_number(tx, collective, number).await? else { return Ok(None) };
    let id = feature.id;
    let lead = store::organisations::get(tx, feature.lead).await?.map(|lead| lead.name).unwrap_or_default();
    let software = match feature.software {
        Some(software) => store::features::software::name(tx, software).await?,
        None => None,
    };
    let round = match feature.round {
        Some(round) => store::rounds::by_id(tx, round).await?,
        None => None,
    };
    Ok(Some(FeaturePage {
        lead,
        software,
        round,
        lines: store::features::lines(tx, id).await?,
        incomes: store::features::incomes(tx, id).await?,
        needers: store::needers::of_feature(tx, id, SHOWN).await?,
        funders: funders(tx, &feature, rules, member).await?,
        story: store::events::of_subject(tx, id.0, !member, None, 100).await?,
        missing: feature.floor.less(feature.allocated_total),
        room: feature.maximum.less(feature.allocated_total),
        feature,
    }))
}

/// Who put money on a feature. Totals are public, so an amount is shown only where it, subtracted from the total,
/// tells nobody's who hides it: nobody hides, or at least three do.
pub async fn funders(
    tx: &mut Tx,
    feature: &Feature,
    rules: &Rules,
    member: bool,
) -> store::sqlx::Result<Funders> {
    let count = lists::funders(tx, feature.id).await?;
    let all = lists::on_feature(tx, feature.id, SHOWN).await?;
    Ok(match rules.amounts {
        AmountsSeen::Members if !member => Funders { count, ..Funders::default() },
        AmountsSeen::Public | AmountsSeen::Members => {
            let named = all.into_iter().map(|on| Funder {
                organisation: on.organisation,
                name: on.name,
                amount: Some(on.amount),
            });
            Funders { count, named: named.collect(), others: None }
        }
        AmountsSeen::OwnChoice => by_choice(count, all, feature.allocated_total),
    })
}

fn by_choice(count: i64, all: Vec<lists::OnFeature>, total: Money) -> Funders {
    let (open, hidden): (Vec<_>, Vec<_>) = all.into_iter().partition(|on| on.shows_amounts);
    let safe = hidden.is_empty() || hidden.len() >= FEWEST_HIDDEN;
    let shown = Money::sum(open.iter().map(|on| on.amount)).unwrap_or_default();
    let mut named: Vec<Funder> = open
        .into_iter()
        .map(|on| Funder { organisation: on.organisation, name: on.name, amount: safe.then_some(on.amount) })
        .collect();
    if !safe {
        named.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let others = (safe && !hidden.is_empty()).then(|| total.less(shown));
    Funders { count, named, others }
}

/// What the organisation that a person acts for has to do with a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mine {
    /// What it has there.
    pub on: Money,
    /// What of its share it may put there.
    pub usable: Money,
    /// The most that it could have there today: share, maximum and cap counted.
    pub most: Money,
    /// Why nothing moves today, if nothing does.
    pub closed: Option<FundingRefusal>,
}

/// What an organisation may do with a feature today.
pub async fn mine(
    tx: &mut Tx,
    page: &FeaturePage,
    rules: &Rules,
    organisation: OrganisationId,
    today: Date,
) -> store::sqlx::Result<Mine> {
    let feature = &page.feature;
    let balances =
        store::journal::balances(tx, feature.pot, Book::Cash, Of::Organisation(organisation)).await?;
    let earmarks = store::gifts::earmarks(tx, feature.pot).await?;
    let held = held_by(&balances, &earmarks);
    Ok(mine_of(
        &funding_of(feature, page.round.as_ref(), rules),
        &held.share,
        held.on(feature.id),
        feature,
        today,
    ))
}

/// A feature as an allocation would meet it.
#[must_use]
pub fn funding_of(feature: &Feature, round: Option<&Round>, rules: &Rules) -> Funding {
    let round = round.filter(|round| round.closed_at.is_none());
    Funding {
        state: feature.state,
        opens_on: round.map(|round| round.opens_on),
        closing_on: feature.closing_on,
        maximum: feature.maximum,
        total: feature.allocated_total,
        confirming: feature.confirming_since.is_some(),
        cap: round.map_or(rules.cap, |round| round.cap),
    }
}

fn mine_of(funding: &Funding, share: &[Held], on: Money, feature: &Feature, today: Date) -> Mine {
    let usable = usable(share, feature.id).unwrap_or_default();
    let more = usable.min(funding.room());
    let mut most = on.plus(more).unwrap_or(on);
    if let Some(cap) = funding.cap {
        most = most.min(cap.max(on));
    }
    Mine { on, usable, most, closed: funding.open(today).err() }
}

/// The stages of a feature's way with where it stands, for the line on its page; a feature beside the way has none
/// current.
#[must_use]
pub fn way(feature: &Feature) -> Vec<(State, bool)> {
    feature.track.stages().iter().map(|stage| (*stage, *stage == feature.state)).collect()
}

#[cfg(test)]
mod tests {
    use domain::ids::FeatureId;
    use uuid::Uuid;

    use super::*;

    fn on(number: u128, amount: i64, shows_amounts: bool) -> lists::OnFeature {
        lists::OnFeature {
            feature: FeatureId(Uuid::nil()),
            organisation: OrganisationId(Uuid::from_u128(number)),
            name: format!("Structure {number}"),
            amount: Money::new(amount),
            shows_amounts,
        }
    }

    #[test]
    fn no_subtraction_finds_an_amount_that_is_hidden() {
        let total = Money::new(1_000);
        for (hidden, tells) in [(0, true), (1, false), (2, false), (3, true)] {
            let mut all = vec![on(1, 400, true), on(2, 300, true)];
            all.extend((0..hidden).map(|n| on(10 + n, 100, false)));
            let count = i64::try_from(all.len()).unwrap();
            let funders = by_choice(count, all, total);
            assert_eq!(funders.named.len(), 2);
            assert!(funders.named.iter().all(|funder| funder.amount.is_some() == tells), "{hidden} hide");
            assert_eq!(funders.others, (hidden == 3).then_some(Money::new(300)), "{hidden} hide");
        }
    }
}
