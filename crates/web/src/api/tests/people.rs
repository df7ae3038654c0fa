//! Members, mandates, invitations, rules through the API.

use domain::rules::Template;
use serde_json::{Value, json};
use testkit::World;

use super::{Program, problem};
use crate::tests::browser::mail_to;

const ALL: &str = "read members rules";

async fn members_are_invited_imported_and_given_mandates(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let program = Program::of(&world, &town, 0, ALL).await;
    let page = program.read("/collectives/chatons/members?limit=2").await;
    let slugs: Vec<&str> =
        page["items"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap()).collect();
    assert_eq!((slugs, &page["next"]), (vec!["arn", "indiehosters"], &json!("indiehosters")));
    let rest = program.read("/collectives/chatons/members?limit=2&after=indiehosters").await;
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));

    let invitations = "/collectives/chatons/invitations";
    let invitation =
        json!({ "email": "jo@girofle.example", "kind": "representative", "new_organisation": "Girofle" });
    let made = Program::told(&program.post(invitations, "", &invitation).await);
    assert!(mail_to(&world, "jo@girofle.example").await.unwrap().contains("/invitation/"));
    assert_eq!(problem(&program.post(invitations, "", &invitation).await), (409, "already-held".to_owned()));
    let path = format!("{invitations}/{}", made["id"].as_str().unwrap());
    assert_eq!(program.read(invitations).await["items"][0]["email"], "jo@girofle.example");
    assert_eq!(program.send("DELETE", &path, &[], "").await.status.as_u16(), 204);
    assert_eq!(problem(&program.send("DELETE", &path, &[], "").await), (409, "gone".to_owned()));
    let member = Program::of(&world, &town, 1, "read features").await;
    assert_eq!(problem(&member.get(invitations).await).0, 403);

    let table = json!({ "table": "name;website\nGirofle;https://girofle.example\n" });
    let preview = Program::told(&program.post("/collectives/chatons/imports", "", &table).await);
    assert_eq!((&preview["written"], &preview["changes"]), (&json!(false), &json!(1)));
    let confirmed = json!({ "table": table["table"], "digest": preview["digest"] });
    let done = Program::told(&program.post("/collectives/chatons/imports", "", &confirmed).await);
    assert_eq!(done["written"], true);
    let wrong = json!({ "table": "name\n\n" });
    assert_eq!(problem(&program.post("/collectives/chatons/imports", "", &wrong).await).1, "table-refused");

    let mandates = "/collectives/chatons/members/yaal-coop/mandates";
    // No program gives an organisation away: what moves its money or gives its mandates is given on the pages.
    for kind in ["representative", "finance"] {
        let mandate = json!({ "person": town.member(1).person, "kind": kind, "starts_on": "2025-03-03" });
        assert_eq!(problem(&program.post(mandates, "", &mandate).await), (403, "never-by-token".to_owned()));
        let invitation = json!({ "email": "jo@ailleurs.example", "kind": kind, "member": "yaal-coop" });
        let refused = program.post(invitations, "", &invitation).await;
        assert_eq!(problem(&refused), (403, "never-by-token".to_owned()));
    }
    assert!(mail_to(&world, "jo@ailleurs.example").await.is_none());
    let invitation = json!({ "email": "jo@ailleurs.example", "kind": "contributor", "member": "yaal-coop" });
    Program::told(&program.post(invitations, "", &invitation).await);
    let mandate =
        json!({ "person": town.member(1).person, "kind": "contributor", "starts_on": "2025-03-03" });
    let given = Program::told(&program.post(mandates, "", &mandate).await);
    assert_eq!(problem(&program.post(mandates, "", &mandate).await), (409, "already-held".to_owned()));
    assert_eq!(given["proposed"], true);
    let listed = program.read(mandates).await;
    let proposed: Vec<&Value> =
        listed["items"].as_array().unwrap().iter().map(|one| &one["proposed"]).collect();
    assert_eq!(proposed, [&json!(false), &json!(true)]);
    let end = format!("/collectives/chatons/mandates/{}", given["id"].as_str().unwrap());
    assert_eq!(program.send("DELETE", &end, &[], "").await.status.as_u16(), 204);
    let others = "/collectives/chatons/members/arn/mandates";
    assert_eq!(problem(&program.post(others, "", &mandate).await).0, 403, "only for one's own organisation");
    assert_eq!(problem(&Program::anonymous(&world).get(mandates).await).0, 401);
}

async fn rules_are_read_and_changed_with_amounts_as_everywhere(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let program = Program::of(&world, &town, 0, ALL).await;
    let path = "/collectives/chatons/rules";
    let read = program.read(path).await;
    let mut rules = read["rules"].clone();
    assert!(rules["tracks"].as_array().unwrap().iter().all(|track| !track["ceiling"].is_number()), "{rules}");
    rules["cap"] = json!("250000");
    let change = json!({ "seen": read["version"], "reason": "Plafond", "rules": rules });
    let changed = Program::told(&program.write("PUT", path, "", &change).await);
    assert_eq!(changed["version"].as_i64(), read["version"].as_i64().map(|version| version + 1));
    assert_eq!(program.read(path).await["rules"]["cap"], "250000");
    assert_eq!(
        problem(&program.write("PUT", path, "", &change).await),
        (409, "changed-meanwhile".to_owned())
    );
    rules["cap"] = json!(250_000);
    let number = json!({ "seen": changed["version"], "reason": "Nombre", "rules": rules });
    assert_eq!(problem(&program.write("PUT", path, "", &number).await).0, 422);
    rules["cap"] = json!("-5");
    let below = json!({ "seen": changed["version"], "reason": "Moins", "rules": rules });
    assert_eq!(problem(&program.write("PUT", path, "", &below).await).0, 422);
    let member = Program::of(&world, &town, 1, ALL).await;
    assert_eq!(problem(&member.write("PUT", path, "", &change).await).0, 403);
}

testkit::on_both![
    members_are_invited_imported_and_given_mandates,
    rules_are_read_and_changed_with_amounts_as_everywhere,
];
