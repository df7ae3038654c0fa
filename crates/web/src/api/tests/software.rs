//! The grid of a software, what it says of itself, what hosters publish, by programs.

use domain::rules::Template;
use serde_json::json;
use testkit::{World, on_both};

use super::{Program, feature, problem};

const GRID: &str = "/collectives/chatons/software/matrix/grid";

async fn a_program_assesses_and_a_steward_settles(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let steward = Program::of(&world, &town, 0, "read features steward").await;
    let member = Program::of(&world, &town, 1, "read features").await;
    let mut new = feature("Salon", 10_000);
    new["software"] = json!("Matrix");
    let made = steward.post("/collectives/chatons/features", "f", &new).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let findings = format!("{GRID}/findings");
    let found = |verdict: &str| json!({ "criterion": "privacy", "verdict": verdict, "evidence": "Lu." });
    let done = member.post(&findings, "a", &found("no")).await;
    assert_eq!(done.status, 204, "{}", done.text());
    let wrong = member.post(&findings, "b", &found("maybe")).await;
    assert_eq!(problem(&wrong).0, 422);
    let grid = Program::anonymous(&world).read(GRID).await;
    assert_eq!(grid["warned"], json!(["privacy"]));
    assert_eq!((&grid["score"], &grid["out_of"]), (&json!(0), &json!(5)));
    let held = steward.post("/collectives/chatons/features", "g", &new).await;
    assert_eq!(problem(&held), (409, "software-needs-decision".to_owned()));
    let early = steward.post(&format!("{GRID}/settlements"), "c", &found("yes")).await;
    assert_eq!(problem(&early), (409, "nothing-to-settle".to_owned()));
    let other = Program::of(&world, &town, 2, "read features").await;
    other.post(&findings, "d", &found("yes")).await;
    let refused = member.post(&format!("{GRID}/settlements"), "e", &found("yes")).await;
    assert_eq!(problem(&refused).0, 403);
    let settled = steward.post(&format!("{GRID}/settlements"), "h", &found("yes")).await;
    assert_eq!(settled.status, 204, "{}", settled.text());
    let grid = member.read(GRID).await;
    assert_eq!(grid["warned"], json!([]));
}

async fn a_file_fills_in_what_it_says_and_refuses_what_it_must(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let member = Program::of(&world, &town, 1, "read features").await;
    let path = "/collectives/chatons/software-descriptions";
    let text =
        "publiccodeYmlVersion: '0.4'\nname: Girouette\nurl: git@x:y\nlegal:\n  license: AGPL-3.0-only\n";
    let said = member.post(path, "a", &json!({ "text": text })).await;
    assert_eq!(said.status, 200, "{}", said.text());
    let said = Program::told(&said);
    assert_eq!((&said["name"], &said["licence"]), (&json!("Girouette"), &json!("AGPL-3.0-only")));
    assert_eq!(said["remarks"][0]["field"], "url");
    let large = member.post(path, "b", &json!({ "text": "x".repeat(300_000) })).await;
    assert_eq!(problem(&large), (409, "file-unreadable".to_owned()));
    for url in ["http://127.0.0.1/funding.json", "https://localhost/x", "http://10.0.0.7:8080/x"] {
        let within = member.post(path, url, &json!({ "url": url })).await;
        assert_eq!(problem(&within), (409, "file-not-there".to_owned()), "{url}");
    }
    let neither = member.post(path, "c", &json!({})).await;
    assert_eq!(problem(&neither).0, 422);
}

on_both![a_program_assesses_and_a_steward_settles, a_file_fills_in_what_it_says_and_refuses_what_it_must];
