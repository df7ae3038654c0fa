//! Methods that spend a budget, on random elections: equal to their definitions, and fair where they promise to be.

use popote_tally::budget::{Ballot, Profile, Utility};
use popote_tally::equal_shares::{Completion, Outcome, Rules, count};
use popote_tally::fraction::Fraction;
use popote_tally::{greedy, phragmen};
use proptest::prelude::*;

use crate::reference::Plain;

/// Costs of the order of cents, of euros, and near the limits of fixed width, where only exact fractions can tell.
fn cost() -> impl Strategy<Value = u64> {
    const LARGE: u64 = 9_999_999_999_937;
    prop_oneof![0_u64..4, 1_u64..40, Just(100_u64), 90_u64..110, Just(LARGE), LARGE - 900..LARGE]
}

prop_compose! {
    fn election()(projects in 1_usize..7, voters in 1_usize..9)(
        costs in prop::collection::vec(cost(), projects),
        weights in prop_oneof![
            Just(vec![1; voters]),
            prop::collection::vec(0_u64..5, voters),
            prop::collection::vec(1_u64..1_000, voters),
        ],
        units in prop::collection::vec(prop::collection::vec(prop_oneof![3 => Just(0_u32), 3 => Just(1), 1 => 2_u32..6], projects), voters),
        by_cost in any::<bool>(),
        approvals in any::<bool>(),
        part in 0_u64..=120,
    ) -> Plain {
        let total: u64 = costs.iter().sum();
        let units = if by_cost || approvals {
            units.into_iter().map(|row| row.into_iter().map(|units| units.min(1)).collect()).collect()
        } else {
            units
        };
        Plain { budget: u64::try_from(u128::from(total) * u128::from(part) / 100).unwrap(), costs, weights, units, by_cost }
    }
}

fn profile(plain: &Plain) -> Profile {
    let ballots = plain.weights.iter().zip(&plain.units).map(|(weight, units)| Ballot {
        weight: *weight,
        support: (0..).zip(units).map(|(project, units)| (project, *units)).collect(),
    });
    let utility = if plain.by_cost { Utility::Cost } else { Utility::Points };
    Profile::new(&plain.costs, utility, ballots, None).unwrap()
}

fn indices(winners: &[u32]) -> Vec<usize> {
    winners.iter().map(|winner| *winner as usize).collect()
}

fn counted(plain: &Plain, completion: Completion, step: u64) -> Outcome {
    count(&profile(plain), plain.budget, Rules { step, ..Rules::new(completion) }).unwrap()
}

/// A raise large enough to end within a few hundred runs.
fn step(plain: &Plain) -> u64 {
    plain.budget / plain.weights.len() as u64 / 40 + 1
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn equal_shares_is_its_definition(plain in election()) {
        let expected = plain.equal_shares(plain.budget);
        let outcome = counted(&plain, Completion::None, 1);
        prop_assert_eq!(indices(&outcome.winners), expected.winners);
        for (round, in_full) in outcome.rounds.iter().zip(&expected.in_full) {
            prop_assert!(round.in_full == *in_full || plain.costs[round.project as usize] == 0);
        }
        let rates: Vec<String> = outcome.rounds.iter().map(|round| round.rate.to_string()).collect();
        for round in &outcome.rounds {
            // What a stranger adds up: the price times the units of those who pay in full, and what the others give.
            let full = Fraction::new(round.price.numerator() * round.units_in_full, round.price.denominator().clone());
            let cost = plain.costs[round.project as usize];
            prop_assert_eq!(full.numerator() * round.given.denominator() + round.given.numerator() * full.denominator(),
                full.denominator() * round.given.denominator() * cost);
            prop_assert_eq!(round.all_they_had == 0, round.given.to_string() == "0");
        }
        prop_assert_eq!(rates, expected.rates.iter().map(ToString::to_string).collect::<Vec<_>>());
        let left: Vec<String> = outcome.left.iter().map(ToString::to_string).collect();
        prop_assert_eq!(left, expected.left.iter().map(ToString::to_string).collect::<Vec<_>>());
    }

    #[test]
    fn raises_end_where_the_definition_says(mut plain in election()) {
        // Someone who holds almost nothing makes the raises endless for the slow definition.
        if plain.weights.iter().any(|weight| *weight != 1) {
            plain.weights.iter_mut().for_each(|weight| *weight = *weight % 4 + 1);
        }
        let step = step(&plain);
        let (winners, raises) = plain.add1(step);
        let outcome = counted(&plain, Completion::Add1, step);
        prop_assert_eq!((indices(&outcome.winners), outcome.raises), (winners, raises));
    }

    #[test]
    fn jumps_change_nothing(plain in election(), divisor in 1_u64..2_000) {
        let mut plain = plain;
        plain.weights.iter_mut().for_each(|weight| *weight = *weight % 4 + 1);
        let step = plain.budget / plain.weights.len() as u64 / divisor + 1;
        let jumping = counted(&plain, Completion::Add1U, step);
        let rules = Rules { step, jump: false, ..Rules::new(Completion::Add1U) };
        prop_assert_eq!(jumping, count(&profile(&plain), plain.budget, rules).unwrap());
    }

    #[test]
    fn phragmen_is_its_definition(plain in election()) {
        let (winners, loads) = plain.phragmen();
        let outcome = phragmen::count(&profile(&plain), plain.budget);
        prop_assert_eq!(indices(&outcome.winners), winners);
        let found: Vec<String> = outcome.rounds.iter().map(|round| round.load.to_string()).collect();
        prop_assert_eq!(found, loads.iter().map(ToString::to_string).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_spent_that_is_not_there(plain in election()) {
        let profile = profile(&plain);
        let budget = u128::from(plain.budget);
        prop_assert!(greedy::count(&profile, plain.budget).cost <= budget);
        prop_assert!(phragmen::count(&profile, plain.budget).cost <= budget);
        for completion in [Completion::None, Completion::Greedy, Completion::Add1U] {
            let outcome = counted(&plain, completion, step(&plain));
            prop_assert!(outcome.cost <= budget);
            let rounds: Vec<u32> = outcome.rounds.iter().map(|round| round.project).collect();
            let paid: u128 = outcome.paid.iter().map(|paid| u128::from(*paid)).sum();
            prop_assert_eq!(paid, profile.cost_of(&rounds));
        }
        // Without raises nobody pays more than the share, rounded up.
        let outcome = counted(&plain, Completion::None, 1);
        let total: u128 = plain.weights.iter().map(|weight| u128::from(*weight)).sum();
        for (paid, weight) in outcome.paid.iter().zip(&plain.weights) {
            let share = (u128::from(*weight) * budget).div_ceil(total.max(1));
            prop_assert!(u128::from(*paid) <= share);
        }
    }

    #[test]
    fn voters_are_anonymous(plain in election(), seed in any::<u64>()) {
        let mut shuffled = plain.clone();
        let length = shuffled.units.len();
        for place in 1..length {
            let other = usize::try_from(seed.rotate_left(u32::try_from(place).unwrap() * 7) % (place as u64 + 1)).unwrap();
            shuffled.units.swap(place, other);
            shuffled.weights.swap(place, other);
        }
        let step = step(&plain);
        prop_assert_eq!(
            counted(&plain, Completion::Add1U, step).winners,
            counted(&shuffled, Completion::Add1U, step).winners
        );
        prop_assert_eq!(
            phragmen::count(&profile(&plain), plain.budget).winners,
            phragmen::count(&profile(&shuffled), plain.budget).winners
        );
        prop_assert_eq!(
            greedy::count(&profile(&plain), plain.budget).winners,
            greedy::count(&profile(&shuffled), plain.budget).winners
        );
    }

    #[test]
    fn projects_are_neutral(plain in election()) {
        // The projects the other way round, with the lot that keeps the ties as they were.
        let last = plain.costs.len() - 1;
        let mut turned = plain.clone();
        turned.costs.reverse();
        turned.units.iter_mut().for_each(|row| row.reverse());
        let lot: Vec<u32> = (0..).take(plain.costs.len()).collect::<Vec<u32>>().into_iter().rev().collect();
        let ballots = turned.weights.iter().zip(&turned.units).map(|(weight, units)| Ballot {
            weight: *weight,
            support: (0..).zip(units).map(|(project, units)| (project, *units)).collect(),
        });
        let utility = if plain.by_cost { Utility::Cost } else { Utility::Points };
        let turned = Profile::new(&turned.costs, utility, ballots, Some(&lot)).unwrap();
        let back = |winners: &[u32]| winners.iter().map(|winner| last - *winner as usize).collect::<Vec<_>>();
        let rules = Rules { step: step(&plain), ..Rules::new(Completion::Add1U) };
        let outcome = count(&turned, plain.budget, rules).unwrap();
        prop_assert_eq!(back(&outcome.winners), indices(&counted(&plain, Completion::Add1U, rules.step).winners));
        let outcome = greedy::count(&turned, plain.budget);
        prop_assert_eq!(back(&outcome.winners), indices(&greedy::count(&profile(&plain), plain.budget).winners));
        let outcome = phragmen::count(&turned, plain.budget);
        prop_assert_eq!(back(&outcome.winners), indices(&phragmen::count(&profile(&plain), plain.budget).winners));
    }

    #[test]
    fn parties_get_their_share(sizes in prop::collection::vec(1_usize..9, 1..5), seats in 1_u64..12) {
        // Each party has projects of its own, of one cost; a party of a share s of the voters can buy ⌊s × seats⌋.
        let voters: usize = sizes.iter().sum();
        let each = usize::try_from(seats).unwrap();
        let costs = vec![100; each * sizes.len()];
        let party = |(party, size): (usize, &usize)| {
            let own = (party * each..(party + 1) * each).map(|project| u32::try_from(project).unwrap());
            vec![Ballot::approval(own); *size]
        };
        let ballots = sizes.iter().enumerate().flat_map(party);
        let profile = Profile::new(&costs, Utility::Cost, ballots, None).unwrap();
        let shares = count(&profile, seats * 100, Rules::new(Completion::None)).unwrap().winners;
        let loads = phragmen::count(&profile, seats * 100).winners;
        for (party, size) in sizes.iter().enumerate() {
            let due = size * each / voters;
            let bought = |winners: &[u32]| winners.iter().filter(|winner| **winner as usize / each == party).count();
            prop_assert_eq!(bought(&shares), due);
            prop_assert!(bought(&loads) >= due);
        }
    }

    #[test]
    fn laminar_profiles_get_their_share(common in 0_u32..3, parties in prop::collection::vec((1_u32..4, 0_u32..3, any::<bool>()), 2..5)) {
        // Everyone wants some projects; the rest of each party's ballots are its own, and a party may have projects
        // in common and then two wings of its own. Each part has one project more than its seats.
        let mut wings: Vec<Wing> = Vec::new();
        let (mut next, mut expected) = (common, vec![(0..common, common)]);
        let mut take = |seats: u32, offered: u32, expected: &mut Vec<(std::ops::Range<u32>, u32)>| {
            let projects = next..next + offered;
            next += offered;
            expected.push((projects.clone(), seats));
            projects
        };
        for (seats, shared, split) in &parties {
            let shared = (*shared).min(seats - 1);
            let own = seats - shared;
            if *split && own > 1 {
                let both = take(shared, shared, &mut expected);
                for part in [1, own - 1] {
                    let projects = take(part, part + 1, &mut expected);
                    // Six voters a seat, in the proportion of the seats of the wings.
                    wings.push(Wing { voters: 6 * seats * part / own, projects: both.clone().chain(projects).collect() });
                }
            } else {
                let projects = take(*seats, seats + 1, &mut expected);
                wings.push(Wing { voters: 6 * seats, projects: projects.collect() });
            }
        }
        let seats = u64::from(common + parties.iter().map(|(seats, ..)| seats).sum::<u32>());
        let ballot = |wing: &Wing| {
            let ballot = Ballot::approval((0..common).chain(wing.projects.iter().copied()));
            vec![ballot; wing.voters as usize]
        };
        let ballots: Vec<Ballot> = wings.iter().flat_map(ballot).collect();
        let costs = vec![60; next as usize];
        for utility in [Utility::Cost, Utility::Cardinality] {
            let profile = Profile::new(&costs, utility, ballots.clone(), None).unwrap();
            let shares = count(&profile, seats * 60, Rules::new(Completion::None)).unwrap().winners;
            let loads = phragmen::count(&profile, seats * 60).winners;
            for (projects, seats) in &expected {
                let bought = |winners: &[u32]| winners.iter().filter(|winner| projects.contains(winner)).count();
                prop_assert_eq!((bought(&shares), bought(&loads)), (*seats as usize, *seats as usize));
            }
        }
    }
}

/// Voters of a laminar profile who vote alike.
struct Wing {
    voters: u32,
    /// The projects on their ballots beside those that everyone wants.
    projects: Vec<u32>,
}

#[test]
fn a_tiny_share_does_not_keep_what_fits_from_being_chosen() {
    // One voter holds a part in 10¹⁷ of the pot and alone wants the dear project: raised until it can pay, the pot would
    // leave fixed width.
    let ballots = [Ballot::approval([0, 2]), Ballot::approval([1]).weighing(100_000_000_000_000_000)];
    let counted = |costs: &[u64], budget| {
        let ballots = ballots.iter().map(|ballot| {
            let there = |(project, _): &(u32, u32)| (*project as usize) < costs.len();
            Ballot { support: ballot.support.iter().copied().filter(there).collect(), ..ballot.clone() }
        });
        let profile = Profile::new(costs, Utility::Cost, ballots, None).unwrap();
        count(&profile, budget, Rules::new(Completion::Add1))
    };
    let outcome = counted(&[40_000_000, 300], 40_000_300).unwrap();
    assert_eq!((outcome.winners.as_slice(), outcome.all_fit, outcome.raises), (&[1, 0][..], true, 0));
    assert!(outcome.completed.is_some_and(|completed| completed.steps[0].fits));
    // What can't all be paid is refused rather than decided by a guess.
    assert!(counted(&[40_000_000, 300, 60_000_000], 70_000_000).is_err());
}
