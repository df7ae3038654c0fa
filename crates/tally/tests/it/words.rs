//! The working in words: somebody who was not there follows each step.

use popote_tally::budget::Utility;
use popote_tally::equal_shares::{Completion, Rules};
use popote_tally::files::{BallotFile, DrawFile, GiftFile};
use popote_tally::pabulib::{Election, read};
use popote_tally::report::{Language, Report, budget, choice, decision};

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
    assert!(sentences[0].contains("divisé par la plus grosse somme qu’une personne y met"));
    assert_eq!(sentences[2], "Aucun autre projet ne peut être payé par ce qui reste à ses soutiens.");
    assert_eq!(
        sentences[3],
        "« Benches » (bench) coûte 30 € ; il reste en tout 18 € à ses soutiens (2 personnes)."
    );
    assert_eq!(
        sentences[6],
        "Pour ces tours, chaque personne paie, au centième près : ada (11 €), bob (11 €) et cleo (11 €)."
    );
    let sentences = &sentences[4..];
    assert_eq!(sentences[4], "« Benches » (bench) (2 voix, 30 €) ne tient pas : il restait 27 €.");
    assert_eq!(
        sentences[5],
        "« Hedge » (hedge) (1 voix, 20 €) est retenu : il restait 27 €. Il était à égalité avec « trees » : à coût et \
         soutiens égaux, l’ordre des identifiants le place avant."
    );
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
             votes. It was tied with “Notice board” (board), “Benches” (bench) and “trees”: at the same cost and with as many supporters, the order of the identifiers \
             puts it first.",
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
    assert_eq!(
        json["working"]["payments"][0],
        serde_json::json!({"voter": "ada", "share": "20", "paid": 11, "left": "9"})
    );
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
    tells(&report, "Les parts : ada (20 €), bob (39 €) et cleo (1 €).");
    tells(
        &report,
        "Tour 1 : « Notice board » (board) coûte 33 € et a le soutien de 3 personnes. 2 personnes paient 16 €, soit 2,06 voix \
         effectives ; 1 personne n’avait pas assez et donne tout ce qui lui reste, 1 €.",
    );
    let paid: Vec<&serde_json::Value> =
        report.working["payments"].as_array().unwrap().iter().map(|row| &row["paid"]).collect();
    assert_eq!(paid, [16, 16, 1]);
}

#[test]
fn a_price_is_that_of_a_point_whatever_divides_the_points() {
    for (points, told) in [("10;5", "15 points"), ("1;0.5", "1.50 points"), ("2;1", "3 points")] {
        let (one, other) = points.split_once(';').unwrap();
        let text = ELECTION
            .replace("approval", "cumulative")
            .replace("voter_id;vote\nada;board,bench\nbob;board,bench\ncleo;board,trees,hedge\n", "")
            + &format!("voter_id;vote;points\nada;hedge;{one}\nbob;hedge;{other}\ncleo;;\n");
        let election = read(text.as_bytes()).unwrap();
        let request = budget::Request { utility: Utility::Points, ..request(&election, Language::English) };
        let report = budget::equal_shares(&request, Rules::new(Completion::None)).unwrap();
        let pays = |beginning: String| tells(&report, &beginning);
        let price = match told {
            "15 points" => "1.33 € a point",
            "1.50 points" => "13.33 € a point",
            _ => "6.66 € a point",
        };
        pays(format!(
            "Round 1: “Hedge” (hedge) costs 20 € and is supported by 2 people ({told}). 2 people pay {price}, for {told}."
        ));
        let greedy = budget::greedy(&request).unwrap();
        tells(&greedy, &format!("“Hedge” (hedge) ({told}, 20 €) is chosen"));
        let units = greedy.working["steps"][0]["units"].as_str().unwrap();
        assert_eq!(units, if told.starts_with("1.5") { "3/2" } else { told.trim_end_matches(" points") });
    }
}

#[test]
fn purchases_say_what_was_spent_before() {
    let election = election();
    let report = budget::phragmen(&request(&election, Language::French)).unwrap();
    // Ada and Bob pay 11 € for the board; the benches need 22 € + 30 € from the two.
    tells(
        &report,
        "Achat 1 : « Notice board » (board), 33 €, soutenu par 3 personnes, qui avaient déjà dépensé 0 € en tout, quand chacune a reçu 11 €.",
    );
}

fn ballots(text: &str) -> BallotFile {
    BallotFile::parse(text.as_bytes()).unwrap()
}

/// Whether a sentence of the report begins so.
fn tells(report: &Report, beginning: &str) {
    let told = report.sentences.iter().any(|sentence| plain(sentence).starts_with(beginning));
    assert!(told, "{beginning:?} isn't in {:#?}", report.sentences);
}

const CIRCLE: &str = r#"{"options":["Ada","Bob","Cléo"],"lot":["Cléo","Bob","Ada"],"ballots":[
    {"count":3,"ranking":["Ada","Bob","Cléo"]},{"count":3,"ranking":["Bob","Cléo","Ada"]},
    {"count":4,"ranking":["Cléo","Ada","Bob"]}]}"#;

#[test]
fn chains_and_circles_are_told() {
    let report = choice::schulze(&ballots(CIRCLE), Language::French).unwrap();
    tells(
        &report,
        "Cléo passe avant Ada : à l’aller, Cléo → Ada par 7 voix contre 3 ; au retour, Ada → Bob → Cléo, dont la victoire la plus faible est de 6 voix contre 4.",
    );
    assert_eq!(report.working["lot"], serde_json::json!(["Cléo", "Bob", "Ada"]));
    let report = choice::ranked_pairs(&ballots(CIRCLE), Language::English).unwrap();
    tells(&report, "Bob over Cléo, 6–4: left out, since Cléo → Ada → Bob is kept already.");
}

#[test]
fn an_elimination_says_what_decided() {
    let report = choice::instant_runoff(&ballots(CIRCLE), Language::French).unwrap();
    tells(
        &report,
        "Tour 1 : Ada 3, Bob 3 et Cléo 4. Ada et Bob sont en dernier à égalité ; sort Ada, que l’ordre du tirage place en dernier.",
    );
    assert_eq!(report.working["rounds"][0]["by_lot"], true);
    let text = r#"{"options":["a","b","c","d"],"ballots":[{"count":5,"ranking":["a"]},{"count":3,"ranking":["b"]},
        {"count":2,"ranking":["c"]},{"count":1,"ranking":["d","c"]}]}"#;
    let report = choice::instant_runoff(&ballots(text), Language::English).unwrap();
    tells(
        &report,
        "Round 2: a 5, b 3 and c 3. b and c are last together; out goes c, which had the fewest votes before (round 1).",
    );
    assert_eq!(report.working["rounds"][1]["told_apart_by_rounds"], serde_json::json!([1]));
    let nobody = ballots(r#"{"options":["a","b"],"ballots":[]}"#);
    tells(&choice::instant_runoff(&nobody, Language::French).unwrap(), "a reste seule en course.");
}

#[test]
fn a_grade_is_what_more_than_half_give_or_exceed() {
    let text = r#"{"options":["Bob","Cléo"],"ballots":[{"grades":{"Bob":"Bien","Cléo":"Bien"}},{"grades":{"Bob":"Passable"}}]}"#;
    let report = choice::majority_judgment(&ballots(text), Language::French).unwrap();
    tells(
        &report,
        "La mention d’une option est la meilleure que plus de la moitié des personnes lui donnent, ou dépassent.",
    );
    // Half of them say « Bien », which is not more than half.
    tells(&report, "Bob : Passable+ (50 % au-dessus, 0 % au-dessous) ; 1 × Bien et 1 × Passable.");
    tells(&report, "Cléo : À rejeter+ (50 % au-dessus, 0 % au-dessous) ; 1 × Bien et 1 × À rejeter.");
}

#[test]
fn equal_grades_say_why_one_comes_first() {
    let text = r#"{"options":["Bob","Cléo","Dan"],"ballots":[
        {"count":3,"grades":{"Bob":"Bien","Cléo":"Excellent","Dan":"Bien"}},
        {"count":3,"grades":{"Bob":"Passable","Cléo":"Passable","Dan":"Passable"}},{"grades":{"Dan":1}}]}"#;
    let report = choice::majority_judgment(&ballots(text), Language::French).unwrap();
    assert_eq!(report.winners, ["Cléo", "Dan", "Bob"]);
    tells(
        &report,
        "Cléo passe avant Dan, à mention égale : mêmes camps aussi ; on ajoute les bulletins de la mention à la plus proche du plus grand camp, et on compare de nouveau : Cléo a « Excellent » et 1 personne au-dessous, Dan a « Bien » et 1 personne au-dessous.",
    );
    tells(&report, "Dan passe avant Bob, à mention égale : mêmes camps aussi ; on ajoute plusieurs fois");
}

#[test]
fn ties_of_scores_and_approvals_are_told() {
    let text = r#"{"options":["a","b"],"ballots":[{"scores":{"a":5,"b":4}},{"scores":{"a":3,"b":4}}]}"#;
    let report = choice::score(&ballots(text), Language::English).unwrap();
    tells(&report, "Ballots with scores: 2 people. The total of an option is the sum of its scores");
    tells(&report, "a: 8 points, the highest score once.");
    tells(&report, "a and b are tied: a has the highest score more often.");
    let report = choice::approval(&ballots(text), 1, Language::English).unwrap();
    tells(&report, "Ballots: 2 people. Each counts for all options that it scores 1 or more.");
    tells(&report, "a and b are tied: the order of the options in the file puts a first.");
    let report = choice::star(&ballots(text), Language::French).unwrap();
    tells(&report, "a et b sont à égalité pour une place au second tour");
    tells(
        &report,
        "Second tour entre a et b : 1 personne préfère a, 1 personne préfère b. À égalité, on regarde le total",
    );
}

#[test]
fn matching_and_draws_can_be_computed_again() {
    let text = r#"{"pool":4000,"cap":2000,"pairwise":null,"floors":{"arbres":40000},"contributions":{
        "arbres":{"ada":1000,"bob":100},"vélos":{"ada":1000,"eve":2500},"banc":{"ada":400,"eve":900}}}"#;
    let report =
        decision::quadratic_funding(&GiftFile::parse(text.as_bytes()).unwrap(), Language::French).unwrap();
    tells(
        &report,
        "arbres est le plus loin de son plancher de 400, avec 11 de dons et 6,90 de la cagnotte :",
    );
    assert_eq!(
        report.working["drops"],
        serde_json::json!([{"project": "arbres", "given": 1100, "match": 690}])
    );
    tells(&report, "Les droits dépassent la cagnotte de 40");
    tells(&report, "vélos : 35 de dons, un droit de 31,62, 20 de la cagnotte (plafond de 20).");
    tells(&report, "banc : 13 de dons, un droit de 12, 20 de la cagnotte.");
    let text = r#"{"id":"jury","pool":["ada","bob"],"secrets":["00ff"]}"#;
    let report = decision::draw(&DrawFile::parse(text.as_bytes()).unwrap(), Language::English).unwrap();
    tells(
        &report,
        "The secrets revealed have the hashes 06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8. The file doesn’t tell which ones had been published",
    );
}
