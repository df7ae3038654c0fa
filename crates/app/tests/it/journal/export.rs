//! Files of the journal: hledger and Beancount read them and find the database's balances, nobody who hides is found in them.

use std::{collections::BTreeMap, io::Write as _, path::PathBuf, process::Command};

use domain::{
    Account, Book, Money, PostingKind, Source, Transfer,
    public_journal::{Limits, verify},
    rules::{AmountsSeen, Rules, Template},
};
use popote_app::{
    Failure,
    export::{Asked, Audience, ExportRefusal, Format, export},
    visibility::Chosen,
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use store::journal::stored;
use testkit::{Grown, World, on_both};

use super::{bank, draft, organisation, pay, post};

/// Names that would add entries, accounts, comments or formulas if they were written as they are.
const HOSTILE: [&str; 7] = [
    "Yaal  Coop\n2026-01-01 * faux\n    cash:bank  5 EUR\n    cash:pool",
    "include /etc/passwd",
    "=HYPERLINK(\"http://mal.example\")",
    "a:b;c  d | e",
    "Été à l'Œuvre ✿ 会",
    "会会 1",
    "Y\u{e0}al Coop 2026",
];

fn rules(amounts: AmountsSeen) -> Rules {
    Rules { amounts, ..Template::Informal.rules() }
}

async fn file(
    world: &World,
    town: &Grown,
    format: Format,
    audience: Audience,
) -> Result<String, ExportRefusal> {
    file_of(world, &town.slug, format, audience).await
}

/// The file of the main pot of a collective.
pub(crate) async fn file_of(
    world: &World,
    collective: &str,
    format: Format,
    audience: Audience,
) -> Result<String, ExportRefusal> {
    let (pieces, mut taken) = tokio::sync::mpsc::channel(1);
    let db = world.context.db.clone();
    let (collective, pot) = (collective.to_owned(), "main".to_owned());
    let asked = Asked { collective, pot, format, audience, at: None };
    let writing = tokio::spawn(async move { export(&db, asked, pieces).await });
    let mut bytes = Vec::new();
    while let Some(piece) = taken.recv().await {
        bytes.extend(piece);
    }
    match writing.await.unwrap() {
        Ok(()) => Ok(String::from_utf8(bytes).unwrap()),
        Err(Failure::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other:?}"),
    }
}

/// Money of everybody in both books.
async fn busy(world: &World, amounts: AmountsSeen, names: &[&str]) -> Grown {
    let town = world.collective(rules(amounts), names).await;
    for place in 0..town.members.len() {
        pay(world, &town, place, 1_000 + i64::try_from(place).unwrap()).await;
        let who = organisation(&town, place);
        let shared =
            vec![Transfer::new(Account::Pool(who), Account::Share(who, Source::Own), Money::new(333))];
        post(world, &town, draft(&town, Book::Cash, PostingKind::Distribution, shared)).await.unwrap();
        let promised = vec![Transfer::new(Account::Promised(who), Account::Pool(who), Money::new(7))];
        post(world, &town, draft(&town, Book::Promises, PostingKind::Promise, promised)).await.unwrap();
    }
    let given = vec![Transfer::new(
        bank(world, &town).await,
        Account::Gift(uuid::Uuid::from_u128(5).into()),
        Money::new(1),
    )];
    post(world, &town, draft(&town, Book::Cash, PostingKind::Gift, given)).await.unwrap();
    town
}

/// Runs hledger on a journal.
pub(crate) fn hledger(journal: &str, arguments: &[&str]) -> Result<String, String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(journal.as_bytes()).unwrap();
    let ran = Command::new("hledger")
        .arg("-f")
        .arg(file.path())
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .expect("hledger runs: apt install hledger");
    if ran.status.success() {
        Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&ran.stderr).into_owned())
    }
}

/// Runs bean-check on a journal.
fn bean_check(journal: &str) -> Result<(), String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(journal.as_bytes()).unwrap();
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache"));
    let ran = Command::new(cache.join("popote/beancount/bin/bean-check"))
        .arg("--no-cache")
        .arg(file.path())
        .output()
        .expect("bean-check runs: scripts/install-tools beancount");
    if ran.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&ran.stderr).into_owned()) }
}

/// The balances that hledger comes to, in minor units.
fn hledger_balances(journal: &str) -> BTreeMap<String, i64> {
    let csv = hledger(journal, &["balance", "--flat", "--empty", "-O", "csv"]).unwrap();
    csv.lines()
        .skip(1)
        .map(|line| line.trim_matches('"').split_once("\",\"").unwrap())
        .filter(|(account, _)| *account != "total")
        .map(|(account, amount)| {
            let digits: String = amount.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
            (account.to_owned(), digits.parse().unwrap())
        })
        .collect()
}

async fn hledger_finds_the_balances_of_the_database(world: World) {
    let town = busy(&world, AmountsSeen::Public, &HOSTILE).await;
    let journal = file(&world, &town, Format::Hledger, Audience::Keeper).await.unwrap();
    assert!(journal.is_ascii(), "hledger reads it in any locale");
    hledger(&journal, &["check", "--strict"]).unwrap();
    hledger(&journal, &["check", "payees", "ordereddates"]).unwrap();
    let accounts = stored::accounts(&mut world.read().await, town.pot).await.unwrap();
    let mut found: Vec<i64> = hledger_balances(&journal).into_values().collect();
    let mut kept: Vec<i64> = accounts.iter().map(|row| row.balance).collect();
    found.sort_unstable();
    kept.sort_unstable();
    assert_eq!(found, kept, "one account of hledger for each of the database");
    let entries = journal.lines().filter(|line| line.starts_with("20")).count();
    assert_eq!(entries, 3 * HOSTILE.len() + 1 + 1, "an entry each, and the assertion of the balances");
    assert!(!journal.contains("include") || !journal.contains("\ninclude"), "no directive from a name");
    assert!(journal.contains("cash:share:Ete a l Oeuvre:own"));
}

/// Names that nobody would choose, drawn the same way in each run.
fn drawn_names(count: usize) -> Vec<String> {
    let sign = prop_oneof![
        5 => prop::sample::select(vec![
            ';', '|', '[', ']', '(', ')', '{', '}', '<', '>', '\n', '\r', '\t', '\u{1b}', '\u{85}', '\u{2028}', '\u{202e}',
            '\u{a0}', ' ', ' ', ':', '=', '@', '#', '*', '!', '%', '"', '\'', '~', '/', '\\', '-', '.', '_', ',', '+', '1', '€',
        ]),
        3 => prop::char::range('A', 'z'),
        1 => any::<char>(),
    ];
    // PostgreSQL keeps no NUL, and no field lets one through.
    let name = prop::collection::vec(sign, 1..30)
        .prop_map(|signs| signs.into_iter().filter(|c| *c != '\0').collect::<String>());
    let mut runner = TestRunner::deterministic();
    // The end keeps their short names apart; what would be read wrongly stands before it.
    let one = |number| format!("{} z{number}", name.new_tree(&mut runner).unwrap().current());
    (0..count).map(one).collect()
}

/// What a journal comes to, read by the rules of the format and nothing else: an account ends at two spaces.
fn own_balances(journal: &str) -> BTreeMap<String, i64> {
    let mut balances: BTreeMap<String, i64> = BTreeMap::new();
    let mut declared = std::collections::BTreeSet::new();
    for line in journal.split('\n') {
        if let Some(account) = line.strip_prefix("account ") {
            assert!(declared.insert(account.to_owned()), "declared twice: {account}");
        } else if let Some(posting) = line.strip_prefix("    ") {
            let (account, rest) = posting.split_once("  ").unwrap();
            let amount = rest.trim().split(' ').next().unwrap();
            let cents: i64 = amount.replace('.', "").parse().unwrap_or_else(|_| panic!("{line}"));
            *balances.entry(account.to_owned()).or_default() += cents;
            assert!(declared.contains(account), "{account} is declared before");
        } else {
            let known = ["", ";", "decimal-mark", "commodity", "payee"];
            let word = line.split(' ').next().unwrap();
            assert!(known.contains(&word) || word.starts_with("2025-"), "no line comes from a name: {line}");
        }
    }
    balances
}

async fn drawn_names_bend_no_journal(world: World) {
    let names = drawn_names(80);
    let town = busy(&world, AmountsSeen::Public, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let journal = file(&world, &town, Format::Hledger, Audience::Keeper).await.unwrap();
    hledger(&journal, &["check", "--strict"]).unwrap();
    let found = hledger_balances(&journal);
    let own: BTreeMap<String, i64> =
        own_balances(&journal).into_iter().filter(|(account, _)| found.contains_key(account)).collect();
    assert_eq!(own, found, "both readers come to the same");
    let accounts = stored::accounts(&mut world.read().await, town.pot).await.unwrap();
    let (mut found, mut kept): (Vec<i64>, Vec<i64>) =
        (found.into_values().collect(), accounts.iter().map(|row| row.balance).collect());
    found.sort_unstable();
    kept.sort_unstable();
    assert_eq!(found, kept, "one account of the file for each of the database");
    bean_check(&file(&world, &town, Format::Beancount, Audience::Keeper).await.unwrap()).unwrap();
    let sheet = file(&world, &town, Format::Csv, Audience::Keeper).await.unwrap();
    let mut lines = csv::Reader::from_reader(sheet.as_bytes());
    let lines: Vec<csv::StringRecord> = lines.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(lines.len(), 3 * names.len() + 1);
    assert!(lines.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
}

async fn beancount_finds_the_balances_of_the_database(world: World) {
    let town = busy(&world, AmountsSeen::Public, &HOSTILE).await;
    let journal = file(&world, &town, Format::Beancount, Audience::Keeper).await.unwrap();
    bean_check(&journal).unwrap();
    let accounts = stored::accounts(&mut world.read().await, town.pot).await.unwrap();
    let asserted = journal.lines().filter(|line| line.contains(" balance ")).count();
    assert_eq!(asserted, accounts.len(), "one account of Beancount for each of the database");
    let at_bank: i64 =
        accounts.iter().filter(|row| row.key.starts_with("bank")).map(|row| -row.balance).sum();
    let bank = journal.lines().find(|line| line.contains(" balance Assets:Bank:")).unwrap();
    let euros = format!(" {}.{:02} ~ 0 EUR", at_bank / 100, at_bank % 100);
    assert!(bank.ends_with(&euros), "what the bank holds is positive: {bank}");
    let empty = world.collective(Template::Informal, &["Yaal Coop"]).await;
    bean_check(&file(&world, &empty, Format::Beancount, Audience::Everybody).await.unwrap()).unwrap();
    super::raw(&world, "UPDATE account SET balance = balance + 1 WHERE kind = 'share'").await.unwrap();
    let journal = file(&world, &town, Format::Beancount, Audience::Keeper).await.unwrap();
    assert!(bean_check(&journal).unwrap_err().contains("Balance failed"));
}

async fn hledger_notices_a_balance_that_is_not_the_journals(world: World) {
    let town = busy(&world, AmountsSeen::Public, &["Yaal Coop", "ARN"]).await;
    super::raw(&world, "UPDATE account SET balance = balance + 1 WHERE kind = 'share'").await.unwrap();
    let journal = file(&world, &town, Format::Hledger, Audience::Keeper).await.unwrap();
    assert!(hledger(&journal, &["check", "--strict"]).unwrap_err().contains("balance assertion"));
}

async fn no_cell_of_the_sheet_is_a_formula(world: World) {
    let town = busy(&world, AmountsSeen::Public, &HOSTILE).await;
    let sheet = file(&world, &town, Format::Csv, Audience::Keeper).await.unwrap();
    let mut lines = sheet.split("\r\n");
    assert!(lines.next().unwrap().starts_with("book,seq,"));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 3 * HOSTILE.len() + 1, "one line a transfer");
    for cell in lines.iter().flat_map(|line| line.split(',')) {
        let cell = cell.trim_matches('"');
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    assert!(lines[0].starts_with("cash,1,2025-03-03,"), "{}", lines[0]);
    assert!(lines[0].contains(",contribution,10.00,EUR,bank,"), "{}", lines[0]);
}

async fn the_public_file_verifies_alone_and_says_what_it_proves(world: World) {
    let town = busy(&world, AmountsSeen::Public, &HOSTILE).await;
    let text = file(&world, &town, Format::Json, Audience::Everybody).await.unwrap();
    let verdict = verify(text.as_bytes(), &[], Limits::default()).unwrap();
    assert!(verdict.holds(), "{:#?}", verdict.findings);
    let heads = store::verify::heads(&mut world.read().await, town.pot).await.unwrap();
    assert_eq!(verdict.books.iter().map(|book| book.head.clone()).collect::<Vec<_>>(), heads);
    assert_eq!(verdict.books[0].opened, 2 * verdict.books[0].transfers, "everything is public here");
    assert!(!text.contains("person:") && !text.contains("a note"), "no person and no free text");
    let changed = text.replacen("\"amount\":\"1000\"", "\"amount\":\"1001\"", 1);
    assert_ne!(changed, text);
    assert!(!verify(changed.as_bytes(), &[], Limits::default()).unwrap().holds());
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(json["proves"]["fr"].as_str().unwrap().contains("prouve"));
    assert_eq!(json["organisations"][0]["name"], town.member(0).name);
}

async fn who_hides_is_in_no_file_for_everybody(world: World) {
    let town = busy(&world, AmountsSeen::OwnChoice, &["Ouverte", "Alpha", "Beta", "Gamma"]).await;
    world.chooses(&town, 0, true).await;
    for format in [Format::Json, Format::Csv, Format::Hledger, Format::Beancount] {
        let text = file(&world, &town, format, Audience::Everybody).await.unwrap();
        for (place, word) in [(1, "Alpha"), (2, "Beta"), (3, "Gamma")] {
            assert!(
                !text.contains(word) && !text.contains(&organisation(&town, place).to_string()),
                "{format:?}"
            );
        }
        assert!(text.contains("Ouverte"));
        let all = file(&world, &town, format, Audience::Keeper).await.unwrap();
        assert!(all.contains("Alpha") && all.contains("Gamma"), "{format:?} for treasurers");
        let own = Audience::Member(vec![organisation(&town, 1)]);
        let own = file(&world, &town, format, own).await.unwrap();
        assert!(own.contains("Alpha") && !own.contains("Gamma"), "{format:?} for a member");
    }
    let text = file(&world, &town, Format::Json, Audience::Everybody).await.unwrap();
    assert!(verify(text.as_bytes(), &[], Limits::default()).unwrap().holds());
    let journal = file(&world, &town, Format::Hledger, Audience::Everybody).await.unwrap();
    hledger(&journal, &["check", "--strict"]).unwrap();
    assert_eq!(hledger_balances(&journal)["cash:share:others:own"], 3 * 333);
}

async fn one_or_two_who_hide_take_others_with_them(world: World) {
    let names = ["Ouverte", "Alpha", "Beta", "Dernière"];
    let town = busy(&world, AmountsSeen::OwnChoice, &names).await;
    assert_eq!(world.chooses(&town, 0, true).await, Chosen::Shown);
    assert_eq!(
        world.chooses(&town, 3, true).await,
        Chosen::HiddenForOthers,
        "two stay, who were hidden with it"
    );
    for format in [Format::Json, Format::Csv, Format::Hledger, Format::Beancount] {
        let text = file(&world, &town, format, Audience::Everybody).await.unwrap();
        let told: Vec<_> = names.iter().filter(|name| text.contains(&domain::text::plain(name))).collect();
        assert_eq!(told, [&"Ouverte"], "{format:?}");
    }
    for place in [1, 2] {
        world.chooses(&town, place, true).await;
    }
    let text = file(&world, &town, Format::Csv, Audience::Everybody).await.unwrap();
    assert!(names.iter().all(|name| text.contains(&domain::text::plain(name))), "nobody wishes it any more");
}

async fn members_only_means_that_the_public_file_names_nobody(world: World) {
    let town = busy(&world, AmountsSeen::Members, &["Alpha", "Beta"]).await;
    let text = file(&world, &town, Format::Json, Audience::Everybody).await.unwrap();
    assert!(!text.contains("Alpha") && !text.contains(&organisation(&town, 0).to_string()));
    assert!(verify(text.as_bytes(), &[], Limits::default()).unwrap().holds());
}

async fn an_empty_pot_gives_valid_files(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    hledger(
        &file(&world, &town, Format::Hledger, Audience::Everybody).await.unwrap(),
        &["check", "--strict"],
    )
    .unwrap();
    let text = file(&world, &town, Format::Json, Audience::Everybody).await.unwrap();
    assert!(verify(text.as_bytes(), &[], Limits::default()).unwrap().holds());
    let (pieces, _taken) = tokio::sync::mpsc::channel(1);
    let asked = Asked {
        collective: town.slug.clone(),
        pot: "other".to_owned(),
        format: Format::Csv,
        audience: Audience::Everybody,
        at: None,
    };
    let missing = export(&world.context.db, asked, pieces).await;
    assert!(matches!(missing, Err(Failure::NotFound)));
}

on_both![
    hledger_finds_the_balances_of_the_database,
    drawn_names_bend_no_journal,
    hledger_notices_a_balance_that_is_not_the_journals,
    beancount_finds_the_balances_of_the_database,
    no_cell_of_the_sheet_is_a_formula,
    the_public_file_verifies_alone_and_says_what_it_proves,
    who_hides_is_in_no_file_for_everybody,
    one_or_two_who_hide_take_others_with_them,
    members_only_means_that_the_public_file_names_nobody,
    an_empty_pot_gives_valid_files,
];
