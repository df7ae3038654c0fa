//! `popote import pabulib`, as it is typed.

use testkit::{World, on_both};

use crate::{journal::out, running::popote};

const HEAD: &str = "META\nkey;value\ndescription;Petit budget\ncountry;France\nunit;Exemple\ninstance;2026\n\
    num_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\n\
    currency;EUR\n";
const PROJECTS: &str = "PROJECTS\nproject_id;cost;name\nB;60;Bibliothèque\nS;20;Balançoire\n";
const VOTES: &str = "VOTES\nvoter_id;vote\nv1;S\nv2;B\n";

async fn a_budget_is_imported_once_and_what_a_file_lacks_is_named(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("petit.pb");
    let path = path.to_str().unwrap();
    let import = |text: &str, more: &[&str]| {
        std::fs::write(path, text).unwrap();
        let arguments = ["import", "pabulib", path, "--database-url", &world.url];
        popote(&[&arguments[..], more].concat())
    };
    let said = |ran: &std::process::Output| String::from_utf8_lossy(&ran.stderr).into_owned();
    for (text, lacks) in [
        (HEAD.to_owned(), "the sections PROJECTS and VOTES are missing"),
        (format!("{HEAD}{PROJECTS}"), "the section VOTES is missing"),
        (PROJECTS.to_owned(), "the sections META and VOTES are missing"),
        (String::new(), "the sections META, PROJECTS and VOTES are missing"),
    ] {
        let ran = import(&text, &[]);
        assert_eq!(ran.status.code(), Some(1));
        assert!(said(&ran).contains(lacks), "{}", said(&ran));
    }
    let whole = format!("{HEAD}{PROJECTS}{VOTES}");
    let ran = import(&whole, &[]);
    assert!(ran.status.success(), "{}", said(&ran));
    // 50.00 each: v1 covers the swing and keeps 30.00, v2 doesn't cover the library.
    assert!(
        out(&ran).contains(
            "petit-budget: 2 organisations, 1 of 2 projects funded, €20.00 reserved and €80.00 left"
        ),
        "{}",
        out(&ran)
    );
    assert_eq!(said(&ran), "", "a file so small is done before anything is told");
    let again = import(&whole, &["--json"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("add --again"), "{}", said(&again));
    let meant = import(&whole, &["--json", "--again"]);
    assert!(out(&meant).contains("\"collective\":\"petit-budget-2\""), "{} {}", out(&meant), said(&meant));
    assert!(popote(&["verify", "--database-url", &world.url]).status.success());
}

on_both![a_budget_is_imported_once_and_what_a_file_lacks_is_named];
