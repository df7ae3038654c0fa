//! The working in words: somebody who was not there follows each step.

use popote_tally::budget::Utility;
use popote_tally::equal_shares::{Completion, Rules};
use popote_tally::pabulib::{Election, read};
use popote_tally::report::{Language, budget};

const ELECTION: &str = "META\nkey;value\ndescription;d\ncountry;France\nunit;Rennes\ninstance;2026\nnum_projects;4\n\
    num_votes;3\nbudget;60\nvote_type;approval\nrule;equalshares\ndate_begin;2026\ndate_end;2026\ncurrency;EUR\n\
    PROJECTS\nproject_id;cost;name\nboard;33;Notice board\nbench;30;Benches\ntrees;20;\nhedge;20;Hedge\n\
    VOTES\nvoter_id;vote\nada;board,bench\nbob;board,bench\ncleo;board,trees,hedge\n";

fn election() -> Election {
    read(ELECTION.as_bytes()).unwrap()
}

fn request(election: &Election, language: Language) -> budget::Request<'_> {
    budget::Request { election, utility: Utility::Cost, lot: None, budget: None, language }
}

fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

#[test]
fn equal_shares_in_french() {
    let election = election();
    let report =
        budget::equal_shares(&request(&election, Language::French), Rules::new(Completion::Greedy)).unwrap();
    assert_eq!(report.winners, ["board", "hedge"]);
    let sentences: Vec<String> = report.sentences.iter().map(|sentence| plain(sentence)).collect();
    assert!(sentences[0].starts_with("3 personnes se partagent 60 € : chacune a 20 €."));
    assert_eq!(
        sentences[1],
        "Tour 1 : « Notice board » (board) coûte 33 € et a le soutien de 3 personnes. 3 personnes paient 11 €, \
         soit 3 voix effectives."
    );
    assert_eq!(sentences[2], "Aucun autre projet ne peut être payé par ce qui reste à ses soutiens.");
    assert_eq!(sentences[4], "« Benches » (bench) (2 voix, 30 €) ne tient pas : il restait 27 €.");
    assert_eq!(sentences[5], "« Hedge » (hedge) (1 voix, 20 €) est retenu : il restait 27 €.");
    assert_eq!(sentences[6], "« trees » (1 voix, 20 €) ne tient pas : il restait 7 €.");
    assert_eq!(sentences[7], "En tout : 2 projets retenus pour 53 € ; il reste 7 €.");
}

#[test]
fn those_who_give_their_last_and_ties_are_told() {
    let election = read(ELECTION.replace("bob;board,bench", "bob;bench,trees,hedge").as_bytes()).unwrap();
    let report =
        budget::equal_shares(&request(&election, Language::English), Rules::new(Completion::Add1)).unwrap();
    let told: Vec<String> = report.sentences.iter().map(|sentence| plain(sentence)).collect();
    assert_eq!(
        told[1..3],
        [
            "Round 1: “Hedge” (hedge) costs 20 € and is supported by 2 people. 2 people pay 10 €, which makes 2 effective \
             votes. It was tied with “Notice board” (board), “Benches” (bench) and “trees”: the lot puts it first.",
            "Round 2: “trees” costs 20 € and is supported by 2 people. 2 people pay 10 €, which makes 2 effective votes.",
        ]
    );
    assert!(told.iter().any(|sentence| sentence.starts_with("The raises stop there")));
}

#[test]
fn json_has_what_a_stranger_needs() {
    let election = election();
    let report =
        budget::equal_shares(&request(&election, Language::French), Rules::new(Completion::None)).unwrap();
    let json = report.to_json();
    assert_eq!(json["method"], "equal-shares");
    assert_eq!(json["winners"], serde_json::json!(["board"]));
    assert_eq!(json["cost"], 33);
    let round = &json["working"]["rounds"][0];
    assert_eq!((round["price"].as_str(), round["rate"].as_str()), (Some("11"), Some("1/3")));
    assert_eq!(round["effective_votes"], "3.00");
    assert_eq!(json["working"]["payments"][0], serde_json::json!({"voter": "ada", "paid": 11, "left": "9"}));
    let half = budget::Request { budget: Some(3_350), ..request(&election, Language::French) };
    let report = budget::greedy(&half).unwrap();
    assert_eq!(report.to_json()["working"]["budget"], "33.50");
    assert_eq!(report.to_json()["cost"], 33);
}

#[test]
fn endowments_in_the_file_make_shares_unequal() {
    let text = ELECTION.replace(
        "voter_id;vote\nada;board,bench\nbob;board,bench\ncleo;board,trees,hedge\n",
        "voter_id;vote;endowment\nada;board,bench;20\nbob;board,bench;39\ncleo;board,trees,hedge;1\n",
    );
    let election = read(text.as_bytes()).unwrap();
    let report =
        budget::equal_shares(&request(&election, Language::French), Rules::new(Completion::None)).unwrap();
    assert!(report.sentences[0].contains("chacune selon sa mise"));
    assert!(
        plain(&report.sentences[1]).contains("1 personne n’avait pas assez et donne tout ce qui lui reste"),
        "{:#?}",
        report.sentences
    );
    let paid: Vec<&serde_json::Value> =
        report.working["payments"].as_array().unwrap().iter().map(|row| &row["paid"]).collect();
    assert_eq!(paid, [16, 16, 1]);
}
