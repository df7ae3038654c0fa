//! What the page of a feature shows.

use domain::{
    Book, Money,
    features::{Funding, FundingRefusal, Income, Line, State},
    ids::{CollectiveId, OrganisationId},
    pot::FundMode,
    rules::Rules,
    shares::purse::{Held, usable},
    visibility::FEWEST,
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    events::EventRow,
    features::{Feature, lists},
    gifts::Decided,
    needers::Needer,
    pictures::PictureRow,
    rounds::Round,
};

use super::gathered::returned_of;
use crate::{
    promises::page::{Levels, levels},
    rounds::page::my_share,
    triggers::CONFIRM,
    visibility::{self, Sight},
    work::worker_shown,
};

/// Organisations and events that a page shows.
const SHOWN: i64 = 100;

/// The page of a feature, the same for every visitor of one sort.
#[derive(Clone, Debug)]
pub struct FeaturePage {
    /// The feature.
    pub feature: Feature,
    /// The name of the organisation that leads it.
    pub lead: String,
    /// The day when that organisation left the collective.
    pub lead_left: Option<Date>,
    /// Its website, where others reach it.
    pub lead_website: String,
    /// Who does the work; empty: not chosen yet, and on the trust track the organisation that leads.
    pub worker: String,
    /// The software's name.
    pub software: Option<String>,
    /// What it costs.
    pub lines: Vec<Line>,
    /// What comes from elsewhere.
    pub incomes: Vec<Income>,
    /// What it looks like, oldest first.
    pub pictures: Vec<PictureRow>,
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
    /// What of it is received, promised, intended; of one that ended after it was funded, what was.
    pub levels: Levels,
    /// What of that came back at its end, where it had been funded.
    pub returned: Money,
    /// What of gifts that may reach this feature alone is not shared out, and so doesn't count here yet.
    pub reserved: Money,
    /// Where it stood before it left its way.
    pub came_from: Option<State>,
    /// When silence confirms its trigger, while it awaits a steward.
    pub confirmed_at: Option<Timestamp>,
    /// Since which day the terms hold, while money may be taken back because they changed.
    pub terms_on: Option<Date>,
    /// How many organisations had put something there that has returned, where nobody hides.
    pub had_put: Option<i64>,
}

/// Who put money on a feature, as far as the visitor may see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funders {
    /// How many they are, unless one or two of them are hidden.
    pub count: Option<i64>,
    /// Those who are named, the largest amount first.
    pub named: Vec<Funder>,
    /// Those who are not, where they are three at least.
    pub others: Option<Others>,
    /// Gifts that decisions put there: nobody's.
    pub decided: Decided,
}

/// Those whose amounts are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Others {
    /// How many.
    pub count: i64,
    /// What they have there together.
    pub amount: Money,
}

/// An organisation that put money on a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funder {
    /// Who.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// What of it was put there by decisions once the feature was triggered, each with its number.
    pub topped_up: Vec<(i64, Money)>,
}

/// The page of the feature of that number, as somebody sees it.
pub async fn page(
    tx: &mut Tx,
    collective: CollectiveId,
    number: i64,
    mode: FundMode,
    sight: &Sight,
) -> store::sqlx::Result<Option<FeaturePage>> {
    let Some(mut feature) = store::features::by_number(tx, collective, number).await? else {
        return Ok(None);
    };
    sight.past.feature(&mut feature);
    let id = feature.id;
    let lead = store::organisations::get(tx, feature.lead).await?;
    let (lead, lead_website) = lead.map(|lead| (lead.name, lead.website)).unwrap_or_default();
    let software = match feature.software {
        Some(software) => store::features::software::name(tx, software).await?,
        None => None,
    };
    let round = match feature.round {
        Some(round) => store::rounds::by_id(tx, round).await?,
        None => None,
    };
    let (levels, returned) = gathered(tx, mode, &feature, sight).await?;
    let (public_only, before) = (!sight.veil.eyes().member, sight.past.events_before(None));
    Ok(Some(FeaturePage {
        lead,
        lead_left: store::organisations::member(tx, collective, feature.lead)
            .await?
            .and_then(|row| row.left_on),
        lead_website,
        worker: worker_shown(tx, &feature).await?,
        software,
        round,
        lines: store::features::lines(tx, id).await?,
        incomes: store::features::incomes(tx, id).await?,
        pictures: store::pictures::of_feature(tx, id, SHOWN).await?,
        needers: store::needers::of_feature(tx, id, SHOWN).await?,
        funders: funders(tx, &feature, mode, sight).await?,
        story: store::events::of_subject(tx, id.0, public_only, before, 100).await?,
        missing: feature.floor.less(feature.allocated_total),
        room: feature.maximum.less(feature.allocated_total),
        levels,
        returned,
        reserved: store::gifts::reserved_for(tx, feature.pot, id, sight.past.last(Book::Cash)).await?,
        came_from: match feature.track.stages().contains(&feature.state) {
            true => None,
            false => store::features::moves::came_from(tx, id).await?,
        },
        confirmed_at: match feature.confirming_since {
            Some(_) => store::deadlines::waiting(tx, id.0, CONFIRM).await?,
            None => None,
        },
        terms_on: match feature.suspended_until {
            Some(_) => changed_on(tx, &feature).await?,
            None => None,
        },
        had_put: match feature.state.is_end() && !sight.veil.hides() {
            true => Some(lists::returned_to(tx, id).await?),
            false => None,
        },
        feature,
    }))
}

/// What a feature has of each sort, with what came back at its end; and that sum alone.
async fn gathered(
    tx: &mut Tx,
    mode: FundMode,
    feature: &Feature,
    sight: &Sight,
) -> store::sqlx::Result<(Levels, Money)> {
    let mut all = levels(tx, mode, &[(feature.id, feature.allocated_total)], sight).await?;
    let mut levels = all.remove(&feature.id).unwrap_or_default();
    let returned = returned_of(tx, mode, feature, &sight.past).await?;
    levels.received = levels.received.plus(returned).unwrap_or(levels.received);
    Ok((levels, returned))
}

/// The day on which the terms that hold for a feature were announced.
async fn changed_on(tx: &mut Tx, feature: &Feature) -> store::sqlx::Result<Option<Date>> {
    let newest = store::features::terms::versions(tx, feature.id, 1).await?.pop();
    let collective = store::collectives::get(tx, feature.collective).await?;
    Ok(newest.zip(collective).map(|(newest, collective)| collective.day(newest.created_at)))
}

/// Who put money on a feature, as far as `domain::visibility` lets them be told. The feature is as it is seen.
pub async fn funders(
    tx: &mut Tx,
    feature: &Feature,
    mode: FundMode,
    sight: &Sight,
) -> store::sqlx::Result<Funders> {
    let moved = sight.past.moved_on(feature.id);
    if mode.is_promised() && moved {
        // Calls take the place of promises: who stood behind it a quarter of an hour ago isn't told.
        return Ok(Funders::default());
    }
    let mut all = match mode.is_promised() {
        true => store::promised::on_feature(tx, feature.id, SHOWN).await?,
        false => lists::on_feature(tx, feature.id, SHOWN).await?,
    };
    let count = match moved {
        _ if mode.is_promised() => i64::try_from(all.len()).unwrap_or(SHOWN),
        true => {
            sight.past.funders(feature.id, &mut all);
            i64::try_from(all.len()).unwrap_or(SHOWN)
        }
        false => lists::funders(tx, feature.id).await?,
    };
    let about = all.iter().map(|on| (on.organisation, Some(feature.id)));
    let veil = visibility::know(tx, feature.collective, &sight.veil, about).await?;
    all.retain(|on| veil.tells_on(on.organisation, feature.id));
    let last = sight.past.last(Book::Cash);
    let decided = store::gifts::decided_on(tx, feature.id, last).await?;
    let by_organisations = feature.allocated_total.less(decided.amount);
    let mut funders = told(count, all, by_organisations, veil.hides());
    funders.decided = decided;
    // Only a new version of the terms makes room for more by decision.
    if feature.terms_version > 1 {
        for one in lists::topped_up(tx, feature.id, last).await? {
            if let Some(funder) =
                funders.named.iter_mut().find(|named| named.organisation == one.organisation)
            {
                funder.topped_up.push((one.decision, one.amount));
            }
        }
    }
    Ok(funders)
}

/// `named` are those of `count` who may be told; the others are told together, three at least. `total`: of all of them.
fn told(count: i64, named: Vec<lists::OnFeature>, total: Money, hides: bool) -> Funders {
    let untold = count - i64::try_from(named.len()).unwrap_or(count);
    let shown = Money::sum(named.iter().map(|on| on.amount)).unwrap_or_default();
    let named = named.into_iter().map(|on| Funder {
        organisation: on.organisation,
        name: on.name,
        amount: on.amount,
        topped_up: Vec::new(),
    });
    let enough = usize::try_from(untold).is_ok_and(|untold| untold >= FEWEST);
    Funders {
        count: (untold == 0 || !hides || enough).then_some(count),
        named: named.collect(),
        others: (hides && enough).then(|| Others { count: untold, amount: total.less(shown) }),
        decided: Decided::default(),
    }
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
    let held = my_share(tx, (feature.pot, FundMode::Own), None, organisation).await?.holdings;
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
    let round_over = round.is_some_and(|round| round.closed_at.is_some());
    let round = round.filter(|round| round.closed_at.is_none());
    Funding {
        state: feature.state,
        opens_on: round.map(|round| round.opens_on),
        closing_on: feature.closing_on,
        maximum: feature.maximum,
        total: feature.allocated_total,
        confirming: feature.confirming_since.is_some(),
        cap: round.map_or(rules.cap, |round| round.cap),
        round_over,
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

/// The stages of a feature's way, and the place of the one where it stands. Of a feature that left the way, those
/// behind it up to the last that it reached, then how it ended or that it sleeps. Of one that was given up, the last stage
/// that it reached was begun and not ended: [`broke_off`].
#[must_use]
pub fn way(feature: &Feature, came_from: Option<State>) -> (Vec<State>, usize) {
    let stages = feature.track.stages();
    if let Some(at) = stages.iter().position(|stage| *stage == feature.state) {
        return (stages.to_vec(), at);
    }
    let reached = stages.iter().position(|stage| Some(*stage) == came_from).unwrap_or(0);
    let mut behind: Vec<State> = stages.iter().take(reached + 1).copied().collect();
    behind.push(feature.state);
    let last = behind.len() - 1;
    (behind, last)
}

/// Whether a feature was given up in the midst of the last stage that it reached.
#[must_use]
pub const fn broke_off(state: State) -> bool {
    matches!(state, State::Abandoned | State::Overtaken)
}

#[cfg(test)]
mod tests {
    use domain::ids::FeatureId;
    use uuid::Uuid;

    use super::*;

    fn on(number: u128, amount: i64) -> lists::OnFeature {
        lists::OnFeature {
            feature: FeatureId(Uuid::nil()),
            organisation: OrganisationId(Uuid::from_u128(number)),
            name: format!("Structure {number}"),
            amount: Money::new(amount),
        }
    }

    #[test]
    fn those_who_are_hidden_are_told_together_or_not_at_all() {
        for (hidden, tells) in [(0, true), (1, false), (2, false), (3, true)] {
            let named = vec![on(1, 400), on(2, 300)];
            let funders = told(2 + hidden, named, Money::new(1_000), hidden > 0);
            assert_eq!(funders.named.len(), 2);
            assert_eq!(funders.count, tells.then_some(2 + hidden), "{hidden} hide");
            let others = Others { count: 3, amount: Money::new(300) };
            assert_eq!(funders.others, (hidden == 3).then_some(others), "{hidden} hide");
        }
        let long = told(101, vec![on(1, 1)], Money::new(500), false);
        assert_eq!((long.count, long.others), (Some(101), None), "a list that is cut hides nobody");
    }
}
