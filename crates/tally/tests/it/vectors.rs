//! Outcomes of exact reference implementations, recomputed.

use num_bigint::BigUint;
use popote_tally::budget::{Ballot, Profile, Utility};
use popote_tally::draw::{Draw, commitment};
use popote_tally::equal_shares::{Completion, Rules, count};
use popote_tally::lot::Lot;
use popote_tally::majority_judgment::Sign;
use popote_tally::ranking::{RankedBallot, Rankings};
use popote_tally::schulze::Strength;
use popote_tally::score::Scores;
use popote_tally::{majority_judgment, phragmen, quadratic, ranked_pairs, runoff, schulze};
use serde_json::Value;

use crate::published;

fn vectors(file: &str) -> Option<Value> {
    let folder = published::folder(file)?;
    let text = std::fs::read_to_string(folder.join("../../vectors").join(file)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn keys(value: &Value) -> Vec<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

fn names(value: &Value) -> Vec<String> {
    list(value).iter().map(|name| text(name).to_owned()).collect()
}

fn index(names: &[String], name: &str) -> u32 {
    u32::try_from(names.iter().position(|other| other == name).unwrap()).unwrap()
}

fn named(names: &[String], indices: &[u32]) -> Vec<String> {
    indices.iter().map(|index| names[*index as usize].clone()).collect()
}

fn named_levels(names: &[String], levels: &[Vec<u32>]) -> Vec<Vec<String>> {
    levels.iter().map(|level| named(names, level)).collect()
}

fn sorted_levels(value: &Value) -> Vec<Vec<String>> {
    let sorted = |level: &Value| {
        let mut level = names(level);
        level.sort();
        level
    };
    list(value).iter().map(sorted).collect()
}

fn lot(options: &[String], order: &Value) -> Lot {
    let order: Vec<u32> = names(order).iter().map(|name| index(options, name)).collect();
    Lot::drawn(&order, options.len()).unwrap()
}

#[test]
fn equal_shares_with_endowments() {
    let Some(file) = vectors("mes_endowments.json") else { return };
    for election in list(&file["elections"]) {
        let id = text(&election["id"]);
        let projects = keys(&election["cost"]);
        let costs: Vec<u64> =
            projects.iter().map(|project| election["cost"][project].as_u64().unwrap()).collect();
        let utility = match text(&election["mode"]) {
            "approval-cost" => Utility::Cost,
            "approval-card" => Utility::Cardinality,
            _ => Utility::Points,
        };
        let endowments = list(&election["endowments"]);
        let ballots: Vec<Ballot> = list(&election["utilities"])
            .iter()
            .zip(endowments)
            .map(|(utilities, endowment)| Ballot {
                weight: endowment.as_u64().unwrap(),
                support: keys(utilities)
                    .iter()
                    .map(|project| {
                        let points = text(&utilities[project]).parse().unwrap();
                        (index(&projects, project), if utility == Utility::Points { points } else { 1 })
                    })
                    .collect(),
            })
            .collect();
        let profile = Profile::new(&costs, utility, ballots, None).unwrap();
        let budget = election["budget"].as_u64().unwrap();
        let count = |completion| count(&profile, budget, Rules::new(completion)).unwrap();
        let plain = count(Completion::None);
        assert_eq!(named(&projects, &plain.winners), names(&election["mes"]["selected"]), "{id}");
        for (round, expected) in plain.rounds.iter().zip(list(&election["mes"]["trace"])) {
            assert_eq!(round.rate.to_string(), text(&expected["rho"]), "{id}");
            let mut tied = named(&projects, &round.tied);
            tied.sort();
            let expected = names(&expected["tied"]);
            assert_eq!(tied, if expected.len() > 1 { expected } else { vec![] }, "{id}");
        }
        let left: Vec<String> = plain.left.iter().map(ToString::to_string).collect();
        assert_eq!(left, names(&election["mes"]["left"]), "{id}");
        assert_eq!(u128::from(plain.paid.iter().sum::<u64>()), plain.cost, "{id}");
        for (paid, endowment) in plain.paid.iter().zip(endowments) {
            assert!(*paid <= endowment.as_u64().unwrap(), "{id}");
        }
        let raised = count(Completion::Add1);
        assert_eq!(named(&projects, &raised.winners), names(&election["add1_prop100"]["selected"]), "{id}");
        assert_eq!(raised.raises, election["add1_prop100"]["rounds"].as_u64().unwrap(), "{id}");
        assert_eq!(named(&projects, &count(Completion::Add1U).winners), names(&election["add1u"]), "{id}");
        assert_eq!(
            named(&projects, &count(Completion::Greedy).winners),
            names(&election["mes_greedy"]),
            "{id}"
        );
        let phragmen = phragmen::count(&profile, budget);
        assert_eq!(named(&projects, &phragmen.winners), names(&election["phragmen"]), "{id}");
    }
}

#[test]
fn judgments() {
    let Some(file) = vectors("majority_judgment.json") else { return };
    for election in list(&file["elections"]) {
        let options = keys(&election["tallies"]);
        let tally = |option: &String| {
            list(&election["tallies"][option]).iter().map(|votes| votes.as_u64().unwrap()).collect()
        };
        let tallies: Vec<Vec<u64>> = options.iter().map(tally).collect();
        let outcome = majority_judgment::count(&tallies, &Lot::by_index(options.len())).unwrap();
        assert_eq!(
            named_levels(&options, &outcome.levels),
            sorted_levels(&election["levels"]),
            "{}",
            election["id"]
        );
        for (option, judged) in options.iter().zip(&outcome.options) {
            let gauge = &election["gauges"][option];
            assert_eq!(judged.median as u64, gauge["median"].as_u64().unwrap());
            assert_eq!(text(&gauge["sign"]) == "+", judged.sign == Sign::Plus, "{} {option}", election["id"]);
            assert_eq!(
                (judged.above, judged.below),
                (gauge["above"].as_u64().unwrap(), gauge["below"].as_u64().unwrap())
            );
            let key = |step: &Value| {
                (usize::try_from(step[0].as_u64().unwrap()).unwrap(), step[1].as_i64().unwrap())
            };
            assert_eq!(judged.key, list(&election["keys"][option]).iter().map(key).collect::<Vec<_>>());
        }
        let Some(ballots) = election["ballots"].as_array() else { continue };
        let grade = |ballot: &Value, option: &String| {
            ballot[option].as_u64().map(|grade| usize::try_from(grade).unwrap())
        };
        let ballots =
            ballots.iter().map(|ballot| options.iter().map(|option| grade(ballot, option)).collect());
        assert_eq!(majority_judgment::tallies(options.len(), tallies[0].len(), ballots), tallies);
    }
}

#[test]
fn judgments_of_another_implementation() {
    let Some(file) = vectors("mieuxvoter_assertions.json") else { return };
    let mut compared = 0;
    for case in list(&file) {
        // Other ways to fill in missing grades are other methods.
        if !matches!(case["mode"].as_str(), None | Some("StaticDefault")) {
            continue;
        }
        let participants = case["participants"].as_u64().unwrap();
        let default = usize::try_from(case["default"].as_u64().unwrap_or(0)).unwrap();
        let filled = |tally: &Value| {
            let mut tally: Vec<u64> = list(tally).iter().map(|votes| votes.as_u64().unwrap()).collect();
            tally[default] += participants - tally.iter().sum::<u64>();
            tally
        };
        let tallies: Vec<Vec<u64>> = list(&case["tallies"]).iter().map(filled).collect();
        let outcome = majority_judgment::count(&tallies, &Lot::by_index(tallies.len())).unwrap();
        for (option, rank) in list(&case["ranks"]).iter().enumerate() {
            let option = u32::try_from(option).unwrap();
            let better: usize =
                outcome.levels.iter().take_while(|level| !level.contains(&option)).map(Vec::len).sum();
            assert_eq!(better as u64 + 1, rank.as_u64().unwrap(), "{} {option}", case["title"]);
        }
        compared += 1;
    }
    assert_eq!(compared, 6);
}

fn rankings(options: &[String], ballots: &Value) -> Rankings {
    let ballot = |ballot: &Value| RankedBallot {
        count: ballot["count"].as_u64().unwrap(),
        levels: list(&ballot["ranking"])
            .iter()
            .map(|level| names(level).iter().map(|name| index(options, name)).collect())
            .collect(),
    };
    Rankings::new(options.len(), list(ballots).iter().map(ballot).collect()).unwrap()
}

#[test]
fn rankings_by_pairs() {
    let Some(file) = vectors("ranked.json") else { return };
    for election in list(&file["elections"]) {
        let id = text(&election["id"]);
        let options = names(&election["candidates"]);
        let rankings = rankings(&options, &election["ballots"]);
        let pairwise = rankings.pairwise();
        let lot = lot(&options, &election["lot_order"]);
        let winner = pairwise.condorcet_winner().map(|winner| options[winner as usize].as_str());
        assert_eq!(winner, election["condorcet_winner"].as_str(), "{id}");
        let outcome = schulze::count(&pairwise, &lot).unwrap();
        assert_eq!(
            named_levels(&options, &outcome.levels),
            sorted_levels(&election["schulze_winning_votes"]),
            "{id}"
        );
        for (a, row) in options.iter().zip(&outcome.paths) {
            for (b, strength) in options.iter().zip(row).filter(|(b, _)| *b != a) {
                assert_eq!(
                    pairwise.votes(index(&options, a), index(&options, b)),
                    election["pairwise"][a][b].as_u64().unwrap()
                );
                let expected = &election["schulze_paths_wv"][a][b];
                match strength {
                    Strength::Lost => assert_eq!(expected, -1, "{id} {a} {b}"),
                    Strength::Even => assert_eq!(expected, 0, "{id} {a} {b}"),
                    Strength::Won { votes, against } => {
                        assert_eq!(expected, &serde_json::json!([votes, against.0]), "{id} {a} {b}");
                    }
                }
            }
        }
        let ranked = ranked_pairs::count(&pairwise, &lot).unwrap();
        assert_eq!(named(&options, &ranked.order), names(&election["ranked_pairs_wv"]), "{id}");
        if election["irv"].is_object() {
            instant_runoff(&options, &rankings, &lot, &election["irv"]);
        }
    }
}

fn instant_runoff(options: &[String], rankings: &Rankings, lot: &Lot, expected: &Value) {
    let outcome = runoff::count(rankings, lot).unwrap();
    assert_eq!(options[outcome.winner.unwrap() as usize], text(&expected["winner"]));
    assert_eq!(outcome.rounds.len(), list(&expected["rounds"]).len());
    for (round, expected) in outcome.rounds.iter().zip(list(&expected["rounds"])) {
        for (option, votes) in options.iter().zip(&round.votes) {
            assert_eq!(*votes, expected["tally"][option].as_u64());
        }
        assert_eq!(round.exhausted, expected["exhausted"].as_u64().unwrap());
        let eliminated = round.eliminated.map(|option| options[option as usize].as_str());
        assert_eq!(eliminated, expected["eliminated"].as_str());
    }
}

#[test]
fn scores_and_stars() {
    let Some(file) = vectors("star_score_approval.json") else { return };
    for election in list(&file["elections"]) {
        let id = text(&election["id"]);
        let options = names(&election["candidates"]);
        let lot = lot(&options, &election["lot_order"]);
        let score =
            |ballot: &Value, option: &String| u32::try_from(ballot[option].as_u64().unwrap()).unwrap();
        let ballot = |ballot: &Value| {
            keys(ballot).iter().map(|option| (index(&options, option), score(ballot, option))).collect()
        };
        let scores =
            Scores::new(options.len(), 5, list(&election["ballots"]).iter().map(ballot).collect()).unwrap();
        let outcome = scores.count(&lot).unwrap();
        assert_eq!(named_levels(&options, &outcome.levels), sorted_levels(&election["score_levels"]), "{id}");
        let approvals = scores.approvals(4, &lot).unwrap();
        for (option, total) in options.iter().zip(&approvals.totals) {
            assert_eq!(*total, election["approval_at_4"][option].as_u64().unwrap(), "{id}");
        }
        let star = scores.star(&lot).unwrap();
        for (option, total) in options.iter().zip(&star.totals) {
            assert_eq!(*total, election["star"]["totals"][option].as_u64().unwrap(), "{id}");
        }
        let (mut finalists, mut expected) =
            (named(&options, &star.finalists), names(&election["star"]["finalists"]));
        finalists.sort();
        expected.sort();
        assert_eq!(finalists, expected, "{id}");
        assert_eq!(options[star.winner.unwrap() as usize], text(&election["star"]["winner"]), "{id}");
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn draws() {
    let Some(file) = vectors("sortition.json") else { return };
    for vector in list(&file["draws"]) {
        let secret = bytes(text(&vector["secret_hex"]));
        let draw = Draw {
            id: text(&vector["draw_id"]).into(),
            pool: names(&vector["pool"]),
            public: names(&vector["public"]),
            secrets: vec![secret.clone()],
        };
        assert_eq!(commitment(&secret).to_vec(), bytes(text(&vector["commitment"])));
        let drawn = draw.verify(&[commitment(&secret)]).unwrap();
        assert_eq!(drawn.pool_hash.to_vec(), bytes(text(&vector["pool_sha256"])));
        assert_eq!(drawn.seed.to_vec(), bytes(text(&vector["seed"])));
        assert_eq!(drawn.order, names(&vector["order"]));
    }
}

#[test]
fn matching() {
    let Some(file) = vectors("quadratic_funding.json") else { return };
    for round in list(&file["rounds"]) {
        let projects = keys(&round["contributions"]);
        let donors: Vec<String> = (0..1_000).map(|donor| format!("d{donor:03}")).collect();
        let mut gifts = Vec::new();
        for (project, name) in (0..).zip(&projects) {
            for donor in keys(&round["contributions"][name]) {
                let amount = round["contributions"][name][&donor].as_u64().unwrap();
                gifts.push(quadratic::Gift { project, donor: index(&donors, &donor), amount });
            }
        }
        let pool = round["pool_cents"].as_u64().unwrap();
        let base = quadratic::Rules { pairwise: None, ..quadratic::Rules::new(pool) };
        let cases = [
            ("clr", base.clone()),
            ("pairwise_M10000", quadratic::Rules::new(pool)),
            ("clr_cap_30pct", quadratic::Rules { cap: Some(pool * 3 / 10), ..base }),
        ];
        for (name, rules) in cases {
            let expected = &round[name];
            let outcome = quadratic::count(projects.len(), &gifts, &rules).unwrap();
            assert_eq!(outcome.saturated, expected["saturated"].as_bool().unwrap(), "{} {name}", round["id"]);
            assert_eq!(outcome.left, expected["left_in_pool"].as_u64().unwrap(), "{} {name}", round["id"]);
            for (project, matched) in projects.iter().zip(&outcome.projects) {
                let claim: BigUint = text(&expected["raw_q64"][project]).parse().unwrap();
                assert_eq!(matched.claim, claim, "{} {name} {project}", round["id"]);
                assert_eq!(
                    matched.matched,
                    expected["match"][project].as_u64().unwrap(),
                    "{} {name} {project}",
                    round["id"]
                );
            }
        }
    }
}
