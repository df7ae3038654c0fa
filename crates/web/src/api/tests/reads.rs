//! What everybody reads, and what stays hidden.

use domain::rules::{AmountsSeen, Rules, Template};
use serde_json::{Value, json};
use testkit::World;

use super::{Program, feature, problem};

async fn what_is_public_needs_no_token(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let program = Program::of(&world, &town, 0, "features steward decisions").await;
    for title in ["Salon", "Invité", "Pont"] {
        let made = program.post("/collectives/chatons/features", "", &feature(title, 6_000)).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.text());
    }
    let nobody = Program::anonymous(&world);
    let page = nobody.read("/collectives/chatons/features?limit=2").await;
    let numbers: Vec<i64> =
        page["items"].as_array().unwrap().iter().map(|one| one["number"].as_i64().unwrap()).collect();
    assert_eq!((numbers, &page["next"]), (vec![3, 2], &json!("2")));
    let rest = nobody.read("/collectives/chatons/features?limit=2&after=2").await;
    assert_eq!((&rest["items"][0]["number"], &rest["next"]), (&json!(1), &Value::Null));
    let funded = nobody.read("/collectives/chatons/features?state=funding").await;
    assert_eq!(funded["items"].as_array().unwrap().len(), 3);
    assert_eq!(problem(&nobody.get("/collectives/chatons/features?state=nowhere").await).0, 422);
    for path in [
        "/collectives",
        "/collectives/chatons",
        "/collectives/chatons/pot",
        "/collectives/chatons/members",
        "/collectives/chatons/members/arn",
        "/collectives/chatons/features/1",
        "/collectives/chatons/features/1/events",
        "/collectives/chatons/features/1/funders",
        "/collectives/chatons/features/1/needs",
        "/collectives/chatons/features/1/changes",
        "/collectives/chatons/rounds",
        "/collectives/chatons/events",
        "/collectives/chatons/calendar",
        "/collectives/chatons/accounts",
        "/collectives/chatons/journal",
        "/collectives/chatons/decisions",
        "/collectives/chatons/rules",
    ] {
        let answer = nobody.get(path).await;
        assert_eq!(answer.header("content-type"), "application/json", "{path} {}", answer.text());
    }
    let needs = nobody.read("/collectives/chatons/features/1/needs").await;
    assert_eq!(needs["items"][0]["name"], "Yaal Coop");
    let arn = Program::of(&world, &town, 1, "features").await;
    let need = "/collectives/chatons/features/1/need";
    assert_eq!(arn.write("PUT", need, "", &json!({ "words": "Nous aussi" })).await.status.as_u16(), 204);
    assert_eq!(problem(&arn.write("PUT", need, "", &json!({})).await), (409, "already-so".to_owned()));
    assert_eq!(arn.send("DELETE", need, &[], "").await.status.as_u16(), 204);
    let mut changed = feature("Grand salon", 7_000);
    changed["version"] = nobody.read("/collectives/chatons/features/1").await["version"].clone();
    let edited = program.write("PUT", "/collectives/chatons/features/1", "", &changed).await;
    assert_eq!(edited.status.as_u16(), 204, "{}", edited.text());
    let stale = program.write("PUT", "/collectives/chatons/features/1", "", &changed).await;
    assert_eq!(problem(&stale), (409, "changed-meanwhile".to_owned()));
    assert_eq!(nobody.read("/collectives/chatons/features/1").await["title"], "Grand salon");
    let path = "/collectives/chatons/features/1/changes";
    let changes = nobody.read(path).await;
    let title = json!({ "field": "title", "from": "Salon", "to": "Grand salon" });
    let fields = changes["items"][0]["fields"].as_array().unwrap();
    assert!(fields.contains(&title), "{changes}");
    assert!(fields.iter().any(|field| field["field"] == "lines" && field["to"][0][1] == 7_000), "{changes}");
    assert_eq!(changes["items"][0]["by"], Value::Null);
    let reader = Program::of(&world, &town, 1, "read").await;
    assert_ne!(reader.read(path).await["items"][0]["by"], Value::Null);
    assert_eq!(problem(&nobody.get("/collectives/chatons/features/9/changes").await).0, 404);
}

async fn hidden_amounts_stay_hidden(world: World) {
    let mut rules: Rules = Template::Informal.into();
    rules.amounts = AmountsSeen::Members;
    let town = world.collective(rules, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let treasurer = Program::of(&world, &town, 0, "read money").await;
    let paid = json!({ "organisation": town.member(1).organisation, "amount": "98765", "nature": "subscription",
        "received_on": "2025-03-02" });
    treasurer.post("/collectives/chatons/contributions", "k", &paid).await;
    let nobody = Program::anonymous(&world);
    let entry = &nobody.read("/collectives/chatons/journal").await["items"][0];
    assert_eq!(
        (&entry["amount"], &entry["organisation"], &entry["organisation_name"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    let arn = "/collectives/chatons/members/arn/statement";
    assert_eq!(problem(&nobody.get(arn).await).0, 401);
    assert!(!nobody.get("/collectives/chatons/events").await.text().contains("987"));
    let blind = Program::of(&world, &town, 2, "features").await;
    assert!(!blind.get("/collectives/chatons/journal").await.text().contains("98765"), "without the scope");
    assert_eq!(problem(&blind.get(arn).await), (403, "out-of-scope".to_owned()));
    let reader = Program::of(&world, &town, 2, "read").await;
    assert_eq!(reader.read("/collectives/chatons/journal").await["items"][0]["amount"], "98765");
    let moves = reader.read(arn).await;
    assert_eq!((&moves["items"][0]["to"], &moves["items"][0]["amount"]), (&json!("pool"), &json!("98765")));
    assert_eq!(
        (&moves["items"][0]["column"], &moves["items"][0]["counts"]),
        (&json!("paid"), &json!("98765"))
    );
}

testkit::on_both![what_is_public_needs_no_token, hidden_amounts_stay_hidden];
