//! The public journal file: what it shows, what it hides, and that nothing in it can be changed unnoticed.

use popote_domain::{
    Account, Book, Currency, PostingKind as P,
    chain::Head,
    ids::OrganisationId,
    pot::FundMode,
    public_journal::{Header, Limits, Named, Proves, Unreadable, Verdict, Writer, verify},
};
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    invariants::{promised, story},
    sim::{Sim, bank, moves, organisation, pool},
};

fn file(sim: &Sim, shown: &[OrganisationId]) -> String {
    let pot = sim.facts.pot;
    let accounts = sim.accounts.iter().map(|((_, account), row)| (row.id, *account));
    let mut writer = Writer::new(shown.iter().copied(), accounts);
    let header = Header {
        proves: Proves { fr: "Ce fichier prouve…".into(), en: "This file proves…".into() },
        collective: "chatons".into(),
        slug: "main".into(),
        pot,
        currency: Currency::EUR,
        organisations: shown.iter().map(|id| Named { id: *id, name: format!("Org \"{id}\"") }).collect(),
    };
    let mut text = writer.begin(&header);
    for book in Book::ALL {
        text += &writer.book(pot, book);
        for posting in sim.postings.iter().filter(|posting| posting.book == book) {
            text += &writer.posting(posting);
        }
        text += &writer.end_book(pot, book);
    }
    text + writer.end()
}

fn everybody() -> Vec<OrganisationId> {
    (1..=4).map(organisation).collect()
}

fn read(text: &str) -> Result<Verdict, Unreadable> {
    verify(text.as_bytes(), &[], Limits::default())
}

#[test]
fn an_honest_file_holds_whoever_is_shown() {
    for sim in [story(), promised(), Sim::new(FundMode::Own)] {
        for shown in [vec![], vec![organisation(1)], everybody()] {
            let verdict = read(&file(&sim, &shown)).expect("a file");
            assert!(verdict.holds(), "{:#?}", verdict.findings);
            let heads: Vec<Head> = verdict.books.iter().map(|book| book.head.clone()).collect();
            assert_eq!(heads, sim.facts.heads);
            assert_eq!((verdict.pot, verdict.currency), (sim.facts.pot, Currency::EUR));
        }
    }
}

#[test]
fn everything_is_opened_when_everybody_is_shown() {
    let sim = story();
    let verdict = read(&file(&sim, &everybody())).expect("a file");
    let cash = &verdict.books[0];
    assert_eq!(
        cash.transfers,
        sim.postings.iter().map(|posting| posting.transfers.len() as u64).sum::<u64>()
    );
    assert_eq!(cash.opened, 2 * cash.transfers);
}

#[test]
fn who_hides_appears_in_commitments_and_sums_alone() {
    let text = file(&story(), &[organisation(1)]);
    for hidden in [2, 3] {
        assert!(!text.contains(&organisation(hidden).to_string()), "organisation {hidden}");
    }
    assert!(text.contains(&organisation(1).to_string()));
    assert!(!text.contains("person:"), "no person is ever named");
    let json: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["books"][0]["postings"][0]["transfers"][0]["amount"], "60000");
}

#[test]
fn an_amount_is_a_text_and_the_currency_has_its_exponent() {
    let json: Value = serde_json::from_str(&file(&story(), &everybody())).expect("JSON");
    assert_eq!(json["currency"]["exponent"], 2);
    for posting in json["books"][0]["postings"].as_array().expect("postings") {
        for transfer in posting["transfers"].as_array().expect("transfers") {
            assert!(transfer["amount"].as_str().expect("a text").parse::<u64>().expect("digits") > 0);
        }
    }
    assert!(json["proves"]["fr"].is_string() && json["proves"]["en"].is_string());
}

#[test]
fn one_cent_anywhere_is_noticed() {
    let text = file(&story(), &everybody());
    let mut tried = 0;
    for field in ["\"amount\":\"", "\"balance\":\"", "\"postings\":\"", "\"seq\":\"", "\"recorded_at\":\""] {
        for (at, _) in text.match_indices(field) {
            let start = at + field.len();
            let end = start + text[start..].find('"').expect("an end");
            let number: i64 = text[start..end].parse().expect("a number");
            for changed in [number + 1, number - 1] {
                let falsified = format!("{}{changed}{}", &text[..start], &text[end..]);
                let noticed = read(&falsified).map_or(true, |verdict| !verdict.holds());
                assert!(noticed, "{field}{number} became {changed}");
                tried += 1;
            }
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn a_file_with_a_posting_less_more_or_moved_is_noticed() {
    let text = file(&story(), &everybody());
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let changes: [fn(&mut Vec<Value>); 4] = [
        |postings| drop(postings.pop()),
        |postings| drop(postings.remove(2)),
        |postings| postings.swap(1, 2),
        |postings| postings.push(postings[0].clone()),
    ];
    for change in changes {
        let mut changed = json.clone();
        change(changed["books"][0]["postings"].as_array_mut().expect("postings"));
        assert!(!read(&rewritten(&changed)).expect("a file").holds());
    }
}

/// The file with its parts in the order that a reader asks for: `serde_json` sorts them.
fn rewritten(json: &Value) -> String {
    let part = |value: &Value, names: &[&str]| {
        let parts: Vec<String> = names.iter().map(|name| format!("{name:?}:{}", value[*name])).collect();
        parts.join(",")
    };
    let books: Vec<String> = json["books"]
        .as_array()
        .expect("books")
        .iter()
        .map(|book| {
            let names = ["book", "genesis", "postings", "head", "totals", "kinds", "balances"];
            format!("{{{}}}", part(book, &names))
        })
        .collect();
    format!("{{{},\"books\":[{}]}}", part(json, &["format", "pot", "currency"]), books.join(","))
}

#[test]
fn the_file_rewritten_without_a_change_still_holds() {
    let json: Value = serde_json::from_str(&file(&story(), &everybody())).expect("JSON");
    assert!(read(&rewritten(&json)).expect("a file").holds());
}

#[test]
fn a_file_continues_the_heads_that_were_kept_and_no_other() {
    let mut sim = story();
    let early = sim.facts.heads.clone();
    let genesis = Head::empty(sim.facts.pot, Book::Promises);
    sim.cash(P::Contribution, vec![moves(bank(), pool(4), 5)]);
    let text = file(&sim, &[]);
    let check = |heads: &[Head]| verify(text.as_bytes(), heads, Limits::default()).expect("a file").broken();
    assert!(check(&early).is_empty());
    assert!(check(&sim.facts.heads).is_empty());
    assert!(check(std::slice::from_ref(&genesis)).is_empty());
    let mut other = early[0].clone();
    other.hash[0] ^= 1;
    assert_eq!(check(&[early[0].clone(), other]), ["heads"]);
    let later = Head { seq: sim.facts.heads[0].seq + 1, ..sim.facts.heads[0].clone() };
    assert_eq!(check(&[later]), ["heads"]);
    assert_eq!(check(&[Head { hash: [0; 32], ..genesis }]), ["heads"]);
}

#[test]
fn a_history_rewritten_with_all_its_hashes_is_caught_by_a_kept_head_alone() {
    let mut other = Sim::new(FundMode::Own);
    other.cash(P::Contribution, vec![moves(bank(), pool(1), 1)]);
    let kept = other.facts.heads.clone();
    let mut rewritten = Sim::new(FundMode::Own);
    rewritten.cash(P::Contribution, vec![moves(bank(), pool(1), 2)]);
    let text = file(&rewritten, &everybody());
    assert!(read(&text).expect("a file").holds());
    assert_eq!(verify(text.as_bytes(), &kept, Limits::default()).expect("a file").broken(), ["heads"]);
}

#[test]
fn what_was_erased_stays_closed_and_the_rest_holds() {
    let mut sim = story();
    sim.postings[0].detail = None;
    sim.postings[0].transfers[0].detail = None;
    let text = file(&sim, &everybody());
    assert!(read(&text).expect("a file").holds());
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let balances = json["books"][0]["balances"].to_string();
    for closed in [pool(1), pool(2), bank()] {
        assert!(!balances.contains(&closed.to_string()), "what isn't opened may belong to {closed}");
    }
    assert!(balances.contains("share/"), "{balances}");
}

/// The file with the first opened transfer into an account closed again, and that account's balance as what is left
/// open makes it.
fn closed_again(sim: &Sim, account: &Account) -> Value {
    let mut json: Value = serde_json::from_str(&file(sim, &everybody())).expect("JSON");
    let book = &mut json["books"][0];
    let mut transfers = book["postings"]
        .as_array_mut()
        .expect("postings")
        .iter_mut()
        .flat_map(|posting| posting["transfers"].as_array_mut().expect("transfers"));
    let key = account.to_string();
    let transfer = transfers.rfind(|transfer| transfer["to"]["account"]["value"] == *key).expect("one");
    let amount: i64 = transfer["amount"].as_str().expect("a text").parse().expect("a number");
    for side in ["account", "organisation"] {
        let committed = transfer["to"][side].as_object_mut().expect("a commitment");
        committed.remove("salt").and(committed.remove("value")).expect("it was opened");
    }
    let listed = book["balances"].as_array_mut().expect("balances");
    let balance = listed.iter_mut().find(|balance| balance["account"] == *key).expect("listed");
    let stated: i64 = balance["balance"].as_str().expect("a text").parse().expect("a number");
    balance["balance"] = (stated - amount).to_string().into();
    json
}

#[test]
fn a_balance_beside_what_is_not_opened_is_no_proof() {
    let mut sim = story();
    for cents in [900, 700] {
        sim.cash(P::Contribution, vec![moves(bank(), pool(4), cents)]);
    }
    let mut json = closed_again(&sim, &pool(4));
    let text = rewritten(&json);
    assert_eq!(
        verify(text.as_bytes(), &sim.facts.heads, Limits::default()).expect("a file").broken(),
        ["balances"],
        "the chain continues the kept heads, and 7 euros of organisation 4 are gone"
    );
    let listed = json["books"][0]["balances"].as_array_mut().expect("balances");
    listed.retain(|balance| !balance["account"].as_str().expect("a text").starts_with("pool/"));
    assert!(read(&rewritten(&json)).expect("a file").holds(), "a file that claims less is no lie");
    assert!(!file(&sim, &[organisation(4)]).contains("\"account\":\"pool/"), "an honest file claims less");
}

#[test]
fn false_openings_are_noticed() {
    let sim = story();
    let text = file(&sim, &everybody());
    let (key, other) = (pool(1).to_string(), pool(4).to_string());
    assert!(read(&text.replace(&key, &other)).expect("a file").broken().contains(&"commitments"));
    let unsalted = text.replacen("\"salt\":", "\"sel\":", 1);
    assert!(read(&unsalted).is_err(), "unknown keys are refused");
    let closed = file(&sim, &[organisation(1)]);
    assert!(
        read(&closed.replacen("\"kind\":\"share\"", "\"kind\":\"pool\"", 1))
            .expect("a file")
            .broken()
            .contains(&"chain")
    );
}

#[test]
fn an_account_that_was_overdrawn_is_noticed_even_if_it_recovered() {
    let mut sim = Sim::new(FundMode::Own);
    let share = Account::Share(organisation(1), popote_domain::Source::Own);
    sim.cash(P::Contribution, vec![moves(bank(), pool(1), 10)]);
    sim.cash(P::Distribution, vec![moves(pool(1), share, 20)]);
    sim.cash(P::Contribution, vec![moves(bank(), pool(1), 10)]);
    let verdict = read(&file(&sim, &everybody())).expect("a file");
    assert_eq!(verdict.broken(), ["balances"]);
}

#[test]
fn hostile_files_end_early() {
    let deep = format!("{{\"format\":{}", "[".repeat(1_000_000));
    let long = format!("{{\"format\":\"{}", "x".repeat(10_000_000));
    let escaped = format!("{{\"proves\":\"{}\"", "\\\"".repeat(1_000_000));
    for (text, why) in [(&deep, "nested"), (&long, "too long"), (&escaped, "too long")] {
        let error = read(text).expect_err("refused").to_string();
        assert!(error.contains(why), "{error}");
    }
    let text = file(&story(), &everybody());
    for limits in [
        Limits { bytes: 1_000, ..Limits::default() },
        Limits { postings: 3, ..Limits::default() },
        Limits { transfers: 3, ..Limits::default() },
    ] {
        assert!(verify(text.as_bytes(), &[], limits).is_err(), "{limits:?}");
    }
    for end in [0, 1, 50, text.len() / 2, text.len() - 3] {
        assert!(read(&text[..end]).is_err(), "cut at {end}");
    }
    assert!(read(&format!("{text}{text}")).is_err());
    assert!(read(&text.replacen("popote-journal/1", "popote-journal/2", 1)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_byte_of_the_books_changes_unnoticed(at: prop::sample::Index, byte in 0x20_u8..0x7f) {
        let text = file(&promised(), &everybody());
        let books = text.find("\"books\"").expect("books");
        let place = books + at.index(text.len() - books);
        let mut bytes = text.clone().into_bytes();
        bytes[place] = byte;
        let changed = String::from_utf8(bytes).expect("ASCII");
        let same = serde_json::from_str::<Value>(&changed).ok() == serde_json::from_str::<Value>(&text).ok();
        let noticed = read(&changed).map_or(true, |verdict| !verdict.holds());
        prop_assert!(same || noticed, "{} became {}", &text[place..=place], byte as char);
    }

    #[test]
    fn nothing_makes_the_reader_stumble(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(verify(&bytes[..], &[], Limits::default()).is_err());
    }

    #[test]
    fn no_heap_of_tokens_makes_the_reader_stumble(tokens in prop::collection::vec(0..24_usize, 0..120)) {
        const TOKENS: [&str; 24] = [
            "{", "}", "[", "]", ",", ":", "\"", "\"books\":", "\"postings\":", "\"format\":\"popote-journal/1\"",
            "\"pot\":\"0190a000-0000-7000-8000-000000000001\"", "\"currency\":{\"code\":\"EUR\",\"exponent\":2}",
            "\"book\":\"cash\"", "\"book\":\"promises\"", "\"head\":", "\"totals\":[]", "\"kinds\":[]", "\"balances\":[]",
            "null", "-1", "1e999", "\\u0000", "\"seq\":\"0\"", "\"genesis\":",
        ];
        let text: String = tokens.into_iter().map(|token| TOKENS[token]).collect();
        prop_assert!(read(&text).is_err());
    }
}

#[test]
fn an_organisation_is_named_once() {
    let text = file(&story(), &everybody());
    let also = format!("\"organisations\":[{{\"id\":\"{}\",\"name\":\"Une autre\"}},", organisation(1));
    let twice = text.replacen("\"organisations\":[", &also, 1);
    assert_ne!(twice, text);
    let why = read(&twice).expect_err("two names for one").to_string();
    assert!(why.contains("named twice"), "{why}");
    assert!(!script(&twice, &[]).1);
}

/// Runs the script of `docs/`: its output, and whether it found nothing false.
fn script(text: &str, heads: &[String]) -> (String, bool) {
    use std::{io::Write as _, process::Command};
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(text.as_bytes()).expect("written");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/verify_journal.py");
    let ran =
        Command::new("python3").arg(script).arg(file.path()).args(heads).output().expect("python3 runs");
    (String::from_utf8_lossy(&ran.stdout).into_owned(), ran.status.success())
}

/// What is no whole journal is said in a sentence, with another exit code than what is false.
#[test]
fn the_script_says_what_it_can_not_read() {
    use std::{io::Write as _, process::Command};
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/verify_journal.py");
    let ran = |arguments: &[&str]| {
        let ran = Command::new("python3").arg(script).args(arguments).output().expect("python3 runs");
        (ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned())
    };
    let whole = file(&story(), &everybody());
    let cut = &whole[..whole.len() / 2];
    for text in [cut, "", "nom;site\nA;b\n", "[]", "{}", "{\"books\": 3}", "\u{0}"] {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(text.as_bytes()).expect("written");
        let (code, said) = ran(&[&file.path().display().to_string()]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.starts_with("UNREADABLE: ") && !said.contains("Traceback"), "{said}");
    }
    let (code, said) = ran(&["/nowhere/journal.json"]);
    assert!(code == Some(2) && !said.contains("Traceback"), "{said}");
    let (code, said) = ran(&[]);
    assert!(code == Some(2) && said.contains("verify_journal.py FILE"), "{said}");
    let mut changed = tempfile::NamedTempFile::new().expect("a file");
    let text = whole.replacen("\"amount\":\"60000\"", "\"amount\":\"60001\"", 1);
    changed.write_all(text.as_bytes()).expect("written");
    assert_eq!(ran(&[&changed.path().display().to_string()]).0, Some(1), "what is false is another matter");
}

#[test]
fn thirty_lines_of_another_language_come_to_the_same_heads() {
    for sim in [story(), promised()] {
        let text = file(&sim, &[organisation(1)]);
        let heads: Vec<String> = sim.facts.heads.iter().map(ToString::to_string).collect();
        let (printed, holds) = script(&text, &heads);
        assert!(holds, "{printed}");
        assert_eq!(printed.lines().collect::<Vec<_>>(), heads);
    }
    let text = file(&story(), &everybody());
    let (_, holds) = script(&text.replacen("\"amount\":\"60000\"", "\"amount\":\"60001\"", 1), &[]);
    assert!(!holds, "one cent more");
    let (_, holds) = script(&text, &[format!("cash:1:{}", "0".repeat(64))]);
    assert!(!holds, "another head");
    let twice = text.replacen("\"amount\":", "\"amount\":\"999\",\"amount\":", 1);
    assert!(!script(&twice, &[]).1, "one amount to read and another to check");
    let mut sim = story();
    for cents in [900, 700] {
        sim.cash(P::Contribution, vec![moves(bank(), pool(4), cents)]);
    }
    assert!(!script(&rewritten(&closed_again(&sim, &pool(4))), &[]).1, "a balance beside what is closed");
    let mut json: Value = serde_json::from_str(&text).expect("JSON");
    json["books"][0]["kinds"].as_array_mut().expect("kinds").pop();
    assert!(!script(&rewritten(&json), &[]).1, "a kind is left out");
}
