//! `popote verify` and `popote export`: what they print and how they end.

use std::process::Output;

use app::contributions::{NewContribution, record_contribution};
use domain::{Money, posting::Nature, rules::Template};
use jiff::civil::date;
use testkit::{Grown, World, on_both};

use crate::running::popote;

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

async fn paid(world: &World) -> Grown {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    for place in 0..2 {
        let new = NewContribution {
            organisation: town.member(place).organisation,
            amount: Money::new(12_345),
            nature: Nature::Subscription,
            received_on: date(2025, 3, 1),
            reference: String::new(),
            proof: None,
        };
        record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
    }
    town
}

async fn verify_prints_each_invariant_with_its_figure(world: World) {
    paid(&world).await;
    let ran = popote(&["verify", "--database-url", &world.url]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = out(&ran);
    assert!(text.contains("chatons/main") && text.contains("cash 24690"), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("  I")).count(), 24);
    let ran = popote(&["verify", "--json", "--database-url", &world.url]);
    assert!(out(&ran).starts_with("{\"holds\":true,"));
    world
        .sql(|tx| {
            let sql = "UPDATE account SET balance = balance + 1 WHERE kind = 'pool'";
            Box::pin(async move { store::execute(tx, sql, Vec::new()).await })
        })
        .await;
    let ran = popote(&["verify", "--database-url", &world.url]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(out(&ran).contains("I2          BROKEN"), "{}", out(&ran));
    let ran = popote(&["verify", "--json", "--database-url", &world.url]);
    assert!(out(&ran).starts_with("{\"holds\":false,") && ran.status.code() == Some(1));
}

async fn the_public_file_is_checked_without_the_database(world: World) {
    paid(&world).await;
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--database-url", &world.url, "--collective", "chatons", "--format", "json"];
    let file = popote(&[&["export"][..], &arguments].concat());
    assert!(file.status.success(), "{}", String::from_utf8_lossy(&file.stderr));
    let path = folder.path().join("journal.json");
    std::fs::write(&path, &file.stdout).unwrap();
    let path = path.to_str().unwrap();
    let ran = popote(&["verify", "--journal", path]);
    assert!(ran.status.success(), "{}", out(&ran));
    let text = out(&ran);
    let head = text.lines().find_map(|line| line.strip_prefix("  head cash:")).unwrap();
    let kept = format!("cash:{head}");
    assert!(popote(&["verify", "--journal", path, "--head", &kept]).status.success());
    let other = format!("cash:2:{}", "0".repeat(64));
    let ran = popote(&["verify", "--journal", path, "--head", &kept, "--head", &other]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(out(&ran).contains("heads       BROKEN"), "{}", out(&ran));
    let database = ["verify", "--database-url", &world.url, "--head"];
    assert!(popote(&[&database[..], &[&kept]].concat()).status.success(), "the database continues it too");
    let ran = popote(&[&database[..], &[&other]].concat());
    assert_eq!(ran.status.code(), Some(1));
    assert!(out(&ran).contains(&format!("NO POT CONTINUES {other}")), "{}", out(&ran));
    let changed = out(&file).replacen("\"amount\":\"12345\"", "\"amount\":\"12346\"", 1);
    std::fs::write(path, changed).unwrap();
    assert_eq!(popote(&["verify", "--journal", path]).status.code(), Some(1));
    std::fs::write(path, "no journal").unwrap();
    assert_eq!(popote(&["verify", "--journal", path]).status.code(), Some(1));
    assert_eq!(
        popote(&["verify", "--journal", path, "--head", "cash:x"]).status.code(),
        Some(2),
        "a usage error"
    );
}

async fn what_is_not_there_is_said_and_nothing_is_made(world: World) {
    let town = paid(&world).await;
    let missing =
        popote(&["export", "--database-url", &world.url, "--collective", "nowhere", "--format", "csv"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no pot main in a collective nowhere"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db");
    for command in [&["verify"][..], &["export", "--collective", &town.slug, "--format", "csv"]] {
        let ran = popote(&[command, &["--database-url", path.to_str().unwrap()]].concat());
        assert_eq!(ran.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&ran.stderr).contains("there is no database at"));
    }
    assert!(!path.exists(), "no database is made by a command that reads");
}

on_both![
    verify_prints_each_invariant_with_its_figure,
    the_public_file_is_checked_without_the_database,
    what_is_not_there_is_said_and_nothing_is_made,
];
