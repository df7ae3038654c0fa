//! Methods that choose or rank, match or draw, on random ballots.

use popote_tally::draw::{Draw, commitment};
use popote_tally::lot::Lot;
use popote_tally::quadratic::{self, Gift};
use popote_tally::ranking::{RankedBallot, Rankings};
use popote_tally::score::Scores;
use popote_tally::threshold::{Base, Rule, Share, Verdict, Votes};
use popote_tally::{majority_judgment, ranked_pairs, runoff, schulze};
use proptest::prelude::*;

/// Ballots over `options`, some with equal ranks or left out.
fn ballots(options: u32) -> impl Strategy<Value = Vec<RankedBallot>> {
    let marks = prop::collection::vec(prop::option::weighted(0.8, 0_u32..options), options as usize);
    let ballot = (1_u64..5, marks).prop_map(|(count, marks)| {
        let level = |rank: u32| {
            let options =
                (0..).zip(&marks).filter(|(_, mark)| **mark == Some(rank)).map(|(option, _)| option);
            options.collect::<Vec<u32>>()
        };
        let levels =
            (0..u32::try_from(marks.len()).unwrap()).map(level).filter(|level| !level.is_empty()).collect();
        RankedBallot { count, levels }
    });
    prop::collection::vec(ballot, 1..8)
}

fn election() -> impl Strategy<Value = Rankings> {
    (2_u32..6).prop_flat_map(|options| {
        ballots(options).prop_map(move |ballots| Rankings::new(options as usize, ballots).unwrap())
    })
}

fn schulze_levels(rankings: &Rankings) -> Vec<Vec<u32>> {
    schulze::count(&rankings.pairwise(), &Lot::by_index(rankings.options())).unwrap().levels
}

/// The indices below a number in some order.
fn shuffled(options: u32, seed: u64) -> Vec<u32> {
    let mut order: Vec<u32> = (0..options).collect();
    order.sort_by_key(|option| {
        (seed ^ u64::from(*option)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17)
    });
    order
}

/// The order by each method that chooses or ranks, from the same ballots: first choices for the run-off, and grades or
/// scores by the level from the last.
fn orders(ballots: Vec<RankedBallot>, lot: &Lot) -> Vec<Vec<u32>> {
    let options = lot.len();
    let graded = |ballot: &RankedBallot| {
        let marks = (0..6).rev().zip(&ballot.levels);
        marks.flat_map(|(mark, level)| level.iter().map(move |option| (*option, mark))).collect::<Vec<_>>()
    };
    let mut tallies = vec![vec![0; 6]; options];
    for ballot in &ballots {
        let marks = graded(ballot);
        for (option, tally) in (0..).zip(&mut tallies) {
            let mark = marks.iter().find(|(other, _)| *other == option).map_or(0, |(_, mark)| *mark);
            tally[mark as usize] += ballot.count;
        }
    }
    let scored: Vec<_> = ballots.iter().map(|ballot| (ballot.count, graded(ballot))).collect();
    let scores = Scores::counted(options, 5, scored).unwrap();
    // Strict ballots only for the run-off: those with a tie name nobody.
    let strict = ballots.iter().filter(|ballot| ballot.levels.iter().all(|level| level.len() == 1)).cloned();
    let strict = Rankings::new(options, strict.collect()).unwrap();
    let pairwise = Rankings::new(options, ballots).unwrap().pairwise();
    vec![
        schulze::count(&pairwise, lot).unwrap().order,
        ranked_pairs::count(&pairwise, lot).unwrap().order,
        runoff::count(&strict, lot).unwrap().winner.into_iter().collect(),
        majority_judgment::count(&tallies, lot).unwrap().order,
        scores.count(lot).unwrap().order,
        scores.approvals(3, lot).unwrap().order,
        scores.star(lot).unwrap().winner.into_iter().collect(),
    ]
}

/// The order of removing the lower median again and again, the definition of majority judgment.
fn median_sequence(tally: &[u64]) -> Vec<usize> {
    let mut grades: Vec<usize> = tally
        .iter()
        .enumerate()
        .flat_map(|(grade, votes)| vec![grade; usize::try_from(*votes).unwrap()])
        .collect();
    let mut sequence = Vec::new();
    while !grades.is_empty() {
        sequence.push(grades.remove((grades.len() - 1) / 2));
    }
    sequence
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn a_condorcet_winner_comes_first(rankings in election()) {
        let pairwise = rankings.pairwise();
        if let Some(winner) = pairwise.condorcet_winner() {
            let lot = Lot::by_index(rankings.options());
            prop_assert_eq!(&schulze::count(&pairwise, &lot).unwrap().levels[0], &vec![winner]);
            prop_assert_eq!(ranked_pairs::count(&pairwise, &lot).unwrap().order[0], winner);
        }
    }

    #[test]
    fn turning_all_ballots_round_unseats_a_single_winner(rankings in election()) {
        // What a ballot leaves out is last: spelled out, so that it comes first the other way round.
        let full = |ballot: &RankedBallot| {
            let mut levels = ballot.levels.clone();
            let ranked: Vec<u32> = levels.concat();
            let rest: Vec<u32> = (0..u32::try_from(rankings.options()).unwrap()).filter(|option| !ranked.contains(option)).collect();
            if !rest.is_empty() {
                levels.push(rest);
            }
            levels.reverse();
            RankedBallot { count: ballot.count, levels }
        };
        let turned = Rankings::new(rankings.options(), rankings.ballots().iter().map(full).collect()).unwrap();
        if let [winner] = schulze_levels(&rankings)[0][..] {
            prop_assert_ne!(&schulze_levels(&turned)[0], &vec![winner]);
        }
    }

    #[test]
    fn a_clone_changes_no_other_place(rankings in election(), which in 0_u32..6) {
        let original = which % u32::try_from(rankings.options()).unwrap();
        let copy = u32::try_from(rankings.options()).unwrap();
        let cloned = rankings.ballots().iter().map(|ballot| {
            let mut levels = Vec::new();
            for level in &ballot.levels {
                levels.push(level.clone());
                if level.contains(&original) {
                    // The copy is just below its original.
                    levels.push(vec![copy]);
                    let rest: Vec<u32> = level.iter().copied().filter(|option| *option != original).collect();
                    if !rest.is_empty() {
                        levels.truncate(levels.len() - 2);
                        let mut together = level.clone();
                        together.push(copy);
                        levels.push(together);
                    }
                }
            }
            RankedBallot { count: ballot.count, levels }
        });
        let cloned = Rankings::new(rankings.options() + 1, cloned.collect()).unwrap();
        let mut before = schulze_levels(&rankings)[0].clone();
        let mut after: Vec<u32> = schulze_levels(&cloned)[0].iter().map(|option| if *option == copy { original } else { *option }).collect();
        before.sort_unstable();
        after.sort_unstable();
        after.dedup();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn no_voter_and_no_option_is_favoured(rankings in election(), seed in any::<u64>()) {
        let options = u32::try_from(rankings.options()).unwrap();
        let new = shuffled(options, seed);
        // The same ballots the other way round, each option under a new index, and the lot that keeps the ties as they were.
        let moved: Vec<RankedBallot> = rankings.ballots().iter().rev().map(|ballot| {
            let levels = ballot.levels.iter().map(|level| level.iter().map(|option| new[*option as usize]).collect());
            RankedBallot { count: ballot.count, levels: levels.collect() }
        }).collect();
        let lot = Lot::drawn(&new, new.len()).unwrap();
        let moved_order = orders(moved, &lot);
        let order = orders(rankings.ballots().to_vec(), &Lot::by_index(new.len()));
        for (order, moved) in order.into_iter().zip(moved_order) {
            prop_assert_eq!(order.iter().map(|option| new[*option as usize]).collect::<Vec<_>>(), moved);
        }
    }

    #[test]
    fn ranked_pairs_order_all_and_end(rankings in election()) {
        let pairwise = rankings.pairwise();
        let outcome = ranked_pairs::count(&pairwise, &Lot::by_index(rankings.options())).unwrap();
        let place = |option: u32| outcome.order.iter().position(|other| *other == option).unwrap();
        for pair in outcome.pairs.iter().filter(|pair| pair.kept) {
            prop_assert!(place(pair.winner) < place(pair.loser));
        }
        prop_assert_eq!(outcome.pairs.len(), rankings.options() * (rankings.options() - 1) / 2);
    }

    #[test]
    fn a_majority_of_first_choices_wins_the_runoff(rankings in election()) {
        let strict = rankings.ballots().iter().map(|ballot| RankedBallot::strict(ballot.count, ballot.levels.concat()));
        let strict = Rankings::new(rankings.options(), strict.collect()).unwrap();
        let outcome = runoff::count(&strict, &Lot::by_index(strict.options())).unwrap();
        let first = &outcome.rounds[0];
        let active: u64 = first.votes.iter().flatten().sum();
        for (option, votes) in (0_u32..).zip(&first.votes) {
            if votes.unwrap() * 2 > active {
                prop_assert_eq!(outcome.winner, Some(option));
            }
        }
        prop_assert!(outcome.rounds.len() <= strict.options());
        for round in &outcome.rounds {
            prop_assert_eq!(round.votes.iter().flatten().sum::<u64>() + round.exhausted, strict.voters());
        }
    }

    #[test]
    fn judgments_are_those_of_removing_medians(
        tallies in (1_usize..6, 1_u64..10).prop_flat_map(|(grades, voters)| {
            let ballots = prop::collection::vec(0..grades, usize::try_from(voters).unwrap());
            prop::collection::vec(ballots, 1..6).prop_map(move |options| {
                let tally = |ballots: Vec<usize>| {
                    let mut tally = vec![0; grades];
                    ballots.into_iter().for_each(|grade| tally[grade] += 1);
                    tally
                };
                options.into_iter().map(tally).collect::<Vec<Vec<u64>>>()
            })
        })
    ) {
        let outcome = majority_judgment::count(&tallies, &Lot::by_index(tallies.len())).unwrap();
        for (a, first) in tallies.iter().enumerate() {
            for (b, second) in tallies.iter().enumerate() {
                let keys = outcome.options[a].key.cmp(&outcome.options[b].key);
                prop_assert_eq!(keys, median_sequence(first).cmp(&median_sequence(second)));
            }
        }
    }

    #[test]
    fn a_pool_is_shared_out_whole(
        gifts in prop::collection::vec((0_u32..5, 0_u32..12, 0_u64..1_000_000), 0..60),
        pool in 0_u64..10_000_000,
        bound in prop::option::of(1_u64..100_000),
        cap in prop::option::of(0_u64..5_000_000),
        floors in prop::option::of(prop::collection::vec(0_u64..3_000_000, 5)),
    ) {
        let gifts: Vec<Gift> = gifts.into_iter().map(|(project, donor, amount)| Gift { project, donor, amount }).collect();
        let rules = quadratic::Rules { pool, pairwise: bound, cap, floors: floors.clone().unwrap_or_default(), lot: None };
        let outcome = quadratic::count(5, &gifts, &rules).unwrap();
        prop_assert_eq!(outcome.projects.iter().map(|project| project.matched).sum::<u64>() + outcome.left, pool);
        for (index, project) in outcome.projects.iter().enumerate() {
            prop_assert!(project.matched <= cap.unwrap_or(u64::MAX));
            if let Some(floors) = &floors {
                let reached = project.given + project.matched >= floors[index];
                prop_assert!(reached || project.dropped.is_some() && project.matched == 0);
            }
        }
        let mut turned = gifts.clone();
        turned.reverse();
        prop_assert_eq!(quadratic::count(5, &turned, &rules).unwrap(), outcome);
    }

    #[test]
    fn thresholds_are_exact(yes in 0_u64..50, no in 0_u64..50, abstain in 0_u64..50, absent in 0_u64..50, num in 0_u64..8, more in 0_u64..8, strict in any::<bool>()) {
        let votes = Votes { yes, no, abstain, electorate: yes + no + abstain + absent };
        let threshold = Share { num, den: num + more.max(1) };
        for (base, of) in [(Base::Expressed, yes + no), (Base::Present, yes + no + abstain), (Base::Electorate, votes.electorate)] {
            let outcome = Rule { threshold, strict, base, quorum: None }.decide(votes).unwrap();
            let (reached, needed) = (yes * threshold.den, threshold.num * of);
            let adopted = yes > 0 && (reached > needed || !strict && reached == needed);
            prop_assert_eq!(outcome.verdict == Verdict::Adopted, adopted);
            let quorum = Rule { threshold, strict, base, quorum: Some(threshold) }.decide(votes).unwrap();
            let present = (yes + no + abstain) * threshold.den >= threshold.num * votes.electorate;
            prop_assert_eq!(quorum.verdict == Verdict::NoQuorum, !present);
        }
    }

    #[test]
    fn a_draw_depends_on_the_set_alone(ids in prop::collection::btree_set("[a-z]{1,6}", 1..20), secret in prop::collection::vec(any::<u8>(), 0..40)) {
        let pool: Vec<String> = ids.into_iter().collect();
        let mut turned = pool.clone();
        turned.reverse();
        let draw = |pool: Vec<String>| Draw { id: "d".into(), pool, secrets: vec![secret.clone()], public: vec![] };
        let drawn = draw(pool.clone()).verify(&[commitment(&secret)]).unwrap();
        prop_assert_eq!(&drawn, &draw(turned).order().unwrap());
        let mut sorted = drawn.order.clone();
        sorted.sort();
        prop_assert_eq!(sorted, pool.clone());
        prop_assert!(draw(pool).verify(&[commitment(b"another secret")]).is_err());
    }
}
