//! Money through the API: what pages do, once a key, with the figure that helps.

use domain::rules::{Rules, Template};
use domain::shares::GiftSharing;
use serde_json::{Value, json};
use testkit::{Grown, World};

use super::{Program, feature, problem};

const ALL: &str = "read features steward allocate money rounds members rules decisions";

async fn town(world: &World) -> (Grown, Program) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let program = Program::of(world, &town, 0, ALL).await;
    (town, program)
}

/// Each of two members paid 100 euros, a round is open and shared out.
async fn shared(town: &Grown, program: &Program) {
    for member in 0..2 {
        let paid = json!({ "organisation": town.member(member).organisation, "amount": "10000",
            "nature": "subscription", "received_on": "2025-03-01", "reference": format!("VIR {member}") });
        let made = program.post("/collectives/chatons/contributions", &format!("paid-{member}"), &paid).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.text());
    }
    let round = json!({ "name": "Printemps", "opens_on": "2025-03-03", "closes_on": "2025-03-31",
        "rule": { "kind": "equal" } });
    let opened = Program::told(&program.post("/collectives/chatons/rounds", "", &round).await);
    assert_eq!(opened["number"], 1);
    let preview = Program::told(
        &program.post("/collectives/chatons/rounds/1/distribution/preview", "", &json!({})).await,
    );
    assert_eq!((&preview["from_pools"], preview["shares"].as_array().unwrap().len()), (&json!("20000"), 3));
    let confirmed = json!({ "digest": preview["digest"] });
    let path = "/collectives/chatons/rounds/1/distribution";
    assert_eq!(problem(&program.post(path, "d", &json!({ "digest": "00" })).await).1, "changed-meanwhile");
    let posted = program.post(path, "d", &confirmed).await;
    assert_eq!(posted.status.as_u16(), 201, "{}", posted.text());
    let again = program.post(path, "d", &confirmed).await;
    assert_eq!(Program::told(&again), Program::told(&posted), "the same request is carried out once");
}

async fn money_comes_in_once_a_key_and_goes_back_by_its_mirror(world: World) {
    let (town, program) = town(&world).await;
    let path = "/collectives/chatons/contributions";
    let pdf = base64_pdf();
    let paid = json!({ "organisation": town.member(1).organisation, "amount": "12345", "nature": "subscription",
        "received_on": "2025-03-02", "proof": { "name": "virement.pdf", "base64": pdf } });
    let made = Program::told(&program.post(path, "k1", &paid).await);
    let again = program.post(path, "k1", &paid).await;
    assert_eq!(Program::told(&again), made);
    let other = json!({ "organisation": town.member(1).organisation, "amount": "1", "nature": "subscription",
        "received_on": "2025-03-02" });
    assert_eq!(problem(&program.post(path, "k1", &other).await), (409, "key-reused".to_owned()));
    for (amount, code) in [("0", 422), ("1.5", 422), ("-1", 422), ("10000000000000", 422)] {
        let wrong = json!({ "organisation": town.member(1).organisation, "amount": amount, "nature": "subscription",
            "received_on": "2025-03-02" });
        assert_eq!(problem(&program.post(path, "k2", &wrong).await).0, code, "{amount}");
    }
    let future = json!({ "organisation": town.member(1).organisation, "amount": "5", "nature": "subscription",
        "received_on": "2025-03-20" });
    let refused = program.post(path, "k3", &future).await;
    assert_eq!(problem(&refused), (422, "invalid".to_owned()));
    refused.says("\"field\":\"received_on\",\"rule\":\"in_the_future\"");

    let listed = program.read(path).await;
    assert_eq!((&listed["items"][0]["amount"], &listed["next"]), (&json!("12345"), &Value::Null));
    let proof = listed["items"][0]["proof"].as_str().unwrap();
    let file = program.get(&format!("/collectives/chatons/files/{proof}")).await;
    assert!(file.status.is_success() && file.header("content-security-policy").contains("sandbox"));
    let reader = Program::of(&world, &town, 2, "read").await;
    assert_eq!(problem(&reader.get(&format!("/collectives/chatons/files/{proof}")).await).0, 404);
    assert_eq!(problem(&reader.get(path).await).0, 403);

    let entry = made["seq"].as_i64().unwrap();
    let undo = format!("/collectives/chatons/entries/{entry}/reversal");
    let reversal = json!({ "reason": "entered_twice" });
    assert_eq!(program.post(&undo, "r", &reversal).await.status.as_u16(), 201);
    let twice = program.post(&undo, "r2", &reversal).await;
    assert_eq!(problem(&twice), (409, "reversed".to_owned()));
    let told: Value = serde_json::from_slice(&twice.bytes).unwrap();
    assert_eq!(told["by"], entry + 1);
    assert_eq!(Program::told(&program.post(path, "k1", &paid).await)["reversed_by"], entry + 1);
}

/// The least of a PDF, by which its type is known.
fn base64_pdf() -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode("%PDF-1.4\n%%EOF\n")
}

async fn a_share_is_put_on_features_all_or_nothing_and_triggers(world: World) {
    let (town, program) = town(&world).await;
    shared(&town, &program).await;
    let made =
        Program::told(&program.post("/collectives/chatons/features", "f", &feature("Salon", 6_000)).await);
    let id = made["id"].as_str().unwrap();
    let shown = program.read("/collectives/chatons/features/1").await;
    assert_eq!(
        (&shown["floor"], &shown["state"], &shown["id"]),
        (&json!("6000"), &json!("funding"), &json!(id))
    );
    let path = "/collectives/chatons/allocations";
    let wish =
        |seen: &str, wanted: &str| json!({ "lines": [{ "feature": id, "seen": seen, "wanted": wanted }] });
    let stale = program.post(path, "a0", &wish("5", "100")).await;
    assert_eq!(problem(&stale), (409, "stale".to_owned()));
    let told: Value = serde_json::from_slice(&stale.bytes).unwrap();
    assert_eq!((&told["now"], &told["seen"]), (&json!("0"), &json!("5")));
    let much = program.post(path, "a1", &wish("0", "9000")).await;
    assert_eq!(problem(&much), (409, "not-enough-share".to_owned()));
    let left: Value = serde_json::from_slice(&much.bytes).unwrap();
    assert_eq!((&left["left"], &left["wanted"]), (&json!("6666"), &json!("9000")));
    let saved = Program::told(&program.post(path, "a2", &wish("0", "6000")).await);
    assert_eq!((&saved["left"], &saved["triggered"]), (&json!("666"), &json!([id])));
    assert_eq!(Program::told(&program.post(path, "a2", &wish("0", "6000")).await), saved, "once a key");
    let held = program.read(path).await;
    assert_eq!(held["on"], json!([{ "feature": id, "amount": "6000" }]));
    let share = program.read("/collectives/chatons/rounds/1/share").await;
    assert_eq!((&share["got"]["equal"], &share["left"]), (&json!("6666"), &json!("666")));
    let bound = program.post(path, "a3", &wish("6000", "0")).await;
    assert_eq!(problem(&bound), (409, "bound".to_owned()));
    // The journal that everybody reads says so too, and its public file is the one of the page.
    let nobody = Program::anonymous(&world);
    let journal = nobody.read("/collectives/chatons/journal?limit=2").await;
    assert_eq!(journal["items"][0]["kind"], "trigger");
    let next = journal["next"].as_str().unwrap();
    let more = nobody.read(&format!("/collectives/chatons/journal?limit=2&after={next}")).await;
    assert!(more["items"][0]["seq"].as_i64() < journal["items"][1]["seq"].as_i64());
    assert_eq!(nobody.read("/collectives/chatons/journal.json").await["format"], "popote-journal/1");
}

async fn new_terms_are_previewed_and_announced_once_a_key(world: World) {
    let (town, program) = town(&world).await;
    shared(&town, &program).await;
    let made =
        Program::told(&program.post("/collectives/chatons/features", "f", &feature("Salon", 6_000)).await);
    let path = "/collectives/chatons/features/1/terms";
    let closing_on = program.read("/collectives/chatons/features/1").await["closing_on"].clone();
    let terms = |floor: &str, version: &Value| {
        json!({
            "lines": [{ "label": "Développement", "minimum": floor, "maximum": "9000" }],
            "closing_on": closing_on, "reason": "Le devis a changé.", "version": version,
        })
    };
    let first = program.read(path).await;
    assert_eq!(first["versions"].as_array().unwrap().len(), 1);
    let empty = program.post(path, "t0", &terms("5000", &first["feature_version"])).await;
    assert_eq!(problem(&empty), (409, "nothing-inside".to_owned()));
    let wish = json!({ "lines": [{ "feature": made["id"], "seen": "0", "wanted": "4000" }] });
    Program::told(&program.post("/collectives/chatons/allocations", "a", &wish).await);
    let seen = program.read(path).await["feature_version"].clone();
    let preview = Program::told(&program.post(&format!("{path}/preview"), "", &terms("5000", &seen)).await);
    assert_eq!((&preview["floor"], &preview["missing"]), (&json!("5000"), &json!("1000")));
    assert_eq!(program.read(path).await, first, "nothing is written");
    let reader = Program::of(&world, &town, 0, "read features").await;
    let refused = reader.post(path, "t", &terms("5000", &seen)).await;
    assert_eq!(problem(&refused), (403, "out-of-scope".to_owned()));
    let done = Program::told(&program.post(path, "t", &terms("5000", &seen)).await);
    assert_eq!(done["withdrawal_until"], preview["withdrawal_until"]);
    assert_eq!(Program::told(&program.post(path, "t", &terms("5000", &seen)).await), done, "once a key");
    let now = program.read(path).await;
    assert_eq!(now["suspended_until"], done["withdrawal_until"]);
    assert_eq!(now["versions"][0]["reason"], "Le devis a changé.");
    let again = program.post(path, "t2", &terms("4000", &now["feature_version"])).await;
    assert_eq!(problem(&again), (409, "terms-open".to_owned()));
}

async fn a_round_closes_early_by_a_decision_and_once(world: World) {
    let (town, program) = town(&world).await;
    shared(&town, &program).await;
    let path = "/collectives/chatons/rounds/1/close";
    assert_eq!(problem(&program.post(path, "c", &json!({ "decision": 1 })).await).0, 422, "no such decision");
    let decision = json!({ "title": "Clore", "outcome": "Tous d'accord", "decided_on": "2025-03-03" });
    program.post("/collectives/chatons/decisions", "", &decision).await;
    assert_eq!(problem(&program.post(path, "", &json!({ "decision": 1 })).await).1, "key-missing");
    let unseen = program.post(path, "c", &json!({ "decision": 1 })).await;
    assert_eq!(problem(&unseen), (422, "invalid".to_owned()));
    unseen.says("digest");
    let seen = program.read(path).await;
    assert_eq!(seen["not_funded"].as_array().unwrap().len(), 0);
    let with = |seen: &Value| json!({ "decision": 1, "digest": seen["digest"] });
    // Something else happens meanwhile: what was seen holds no more, and nothing is closed.
    let mut salon = feature("Salon", 6_000);
    salon["place"] = json!("round");
    salon["closing_on"] = program.read("/collectives/chatons/rounds/1").await["closes_on"].clone();
    Program::told(&program.post("/collectives/chatons/features", "f", &salon).await);
    let stale = program.post(path, "c", &with(&seen)).await;
    assert_eq!(stale.status.as_u16(), 409, "{}", stale.text());
    let now = program.read(path).await;
    assert_eq!(now["not_funded"].as_array().unwrap().len(), 1);
    let told: Value = serde_json::from_slice(&stale.bytes).unwrap();
    assert_eq!(told["preview"], now);
    let closed = program.post(path, "c", &with(&now)).await;
    let report = Program::told(&closed);
    assert_eq!(report["not_funded"], 1);
    assert_eq!(Program::told(&program.post(path, "c", &with(&now)).await), report, "once a key");
    let again = program.post(path, "c2", &with(&now)).await;
    assert_eq!(problem(&again), (409, "round-closed".to_owned()));
    assert_eq!(problem(&program.get(path).await), (409, "round-closed".to_owned()));
    let reader = Program::of(&world, &town, 0, "read").await;
    assert_eq!(problem(&reader.get(path).await), (403, "out-of-scope".to_owned()));
}

async fn a_feature_is_cancelled_once_a_key(world: World) {
    let (town, program) = town(&world).await;
    shared(&town, &program).await;
    program.post("/collectives/chatons/features", "f", &feature("Salon", 6_000)).await;
    let path = "/collectives/chatons/features/1/cancellation";
    let end = json!({ "end": "abandoned", "reason": "Plus personne." });
    assert_eq!(program.post(path, "x", &end).await.status.as_u16(), 204);
    assert_eq!(program.post(path, "x", &end).await.status.as_u16(), 204, "once a key");
    assert_eq!(problem(&program.post(path, "y", &end).await), (409, "no-passage".to_owned()));
    let confirm = "/collectives/chatons/features/1/confirmation";
    let refused = program.send("POST", confirm, &[("idempotency-key", "z")], "").await;
    assert_eq!(problem(&refused), (409, "nothing-to-confirm".to_owned()));
}

async fn a_feature_moves_one_stage_a_request(world: World) {
    let (town, program) = town(&world).await;
    shared(&town, &program).await;
    let mut new = feature("Salon", 6_000);
    new["track"] = json!("light");
    assert_eq!(program.post("/collectives/chatons/features", "f", &new).await.status.as_u16(), 201);
    let path = "/collectives/chatons/features/1/steps";
    let step = json!({ "from": "idea", "reason": "Tout le monde la veut." });
    assert_eq!(program.post(path, "", &step).await.status.as_u16(), 204);
    let again = program.post(path, "", &step).await;
    assert_eq!(problem(&again), (409, "changed-meanwhile".to_owned()));
    assert_eq!(program.read("/collectives/chatons/features/1").await["state"], "gathering");
    let without = json!({ "reason": "Encore." });
    assert_eq!(problem(&program.post(path, "", &without).await).0, 422);
    let nowhere = json!({ "from": "nowhere", "reason": "Encore." });
    assert_eq!(problem(&program.post(path, "", &nowhere).await).0, 422);
}

async fn gifts_go_to_funds(world: World) {
    let (_, program) = town(&world).await;
    let path = "/collectives/chatons/gifts";
    let gift = json!({ "new_fund": { "name": "Dons", "nature": "gift" }, "amount": "5000", "received_on": "2025-03-01" });
    assert_eq!(program.post(path, "g", &gift).await.status.as_u16(), 201);
    let funds = program.read("/collectives/chatons/gift-funds").await;
    let fund = &funds["items"][0]["id"];
    let more = json!({ "fund": fund, "amount": "100", "received_on": "2025-03-01" });
    assert_eq!(program.post(path, "g2", &more).await.status.as_u16(), 201);
    let both = json!({ "fund": fund, "new_fund": { "name": "x", "nature": "gift" }, "amount": "1", "received_on": "2025-03-01" });
    assert_eq!(problem(&program.post(path, "g3", &both).await).0, 422);
    let pot = program.read("/collectives/chatons/pot").await;
    assert_eq!((&pot["to_share"], &pot["cash"]), (&json!("5100"), &json!("5100")));
}

async fn gifts_are_put_by_a_decision_once_and_are_nobody_s(world: World) {
    let rules = Rules { gifts: GiftSharing::Decided, ..Template::Informal.rules() };
    let town = world.collective(rules, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let program = Program::of(&world, &town, 0, ALL).await;
    let gift = json!({ "new_fund": { "name": "Dons", "nature": "gift" }, "amount": "5000", "received_on": "2025-03-01" });
    program.post("/collectives/chatons/gifts", "g", &gift).await;
    let fund = program.read("/collectives/chatons/gift-funds").await["items"][0]["id"].clone();
    let made =
        Program::told(&program.post("/collectives/chatons/features", "f", &feature("Salon", 6_000)).await);
    let decision = json!({ "title": "Les dons", "outcome": "Tous d'accord", "decided_on": "2025-03-03" });
    program.post("/collectives/chatons/decisions", "", &decision).await;
    let put = json!({ "fund": fund, "feature": made["id"], "amount": "2000", "decision": 1 });
    let path = "/collectives/chatons/gifts/allocations";
    assert_eq!(program.post(path, "p", &put).await.status.as_u16(), 201);
    assert_eq!(program.post(path, "p", &put).await.status.as_u16(), 201, "once a key");
    let funders = program.read("/collectives/chatons/features/1/funders").await;
    assert_eq!((&funders["count"], &funders["named"]), (&json!(0), &json!([])));
    assert_eq!(funders["decided"], json!({ "decisions": [1], "amount": "2000" }));
    let entry = &program.read("/collectives/chatons/journal").await["items"][0];
    assert_eq!((&entry["decision"], &entry["organisation"]), (&json!(1), &Value::Null));
    let again = program.post(path, "p2", &put).await;
    assert_eq!(problem(&again), (409, "decision-used".to_owned()));
    again.says("gifts_put");
    again.says("2025-03-03");
}

async fn proofs_are_listed_and_added_and_refunds_are_read(world: World) {
    let (town, program) = town(&world).await;
    let paid = json!({ "organisation": town.member(1).organisation, "amount": "12345", "nature": "subscription",
        "received_on": "2025-03-02" });
    let made = Program::told(&program.post("/collectives/chatons/contributions", "k1", &paid).await);
    let path = format!("/collectives/chatons/entries/{}/proofs", made["seq"]);
    assert_eq!(program.read(&path).await["items"], json!([]));
    let pdf = json!({ "name": "virement.pdf", "base64": base64_pdf() });
    let added = program.post(&path, "p1", &pdf).await;
    assert_eq!(added.status.as_u16(), 201, "{}", added.text());
    assert_eq!(Program::told(&program.post(&path, "p1", &pdf).await), Program::told(&added), "once a key");
    assert_eq!(problem(&program.post(&path, "p2", &pdf).await), (409, "proof-there".to_owned()));
    let text = json!({ "name": "virement.txt", "base64": "Ym9uam91cg==" });
    assert_eq!(problem(&program.post(&path, "p3", &text).await), (422, "invalid".to_owned()));
    let listed = program.read(&path).await;
    assert_eq!(
        (&listed["items"][0]["name"], &listed["items"][0]["id"]),
        (&json!("virement.pdf"), &Program::told(&added)["id"])
    );
    let nowhere = "/collectives/chatons/entries/99/proofs";
    assert_eq!(problem(&program.get(nowhere).await).0, 404);
    let member = Program::of(&world, &town, 2, "read").await;
    for path in [path.as_str(), "/collectives/chatons/refunds", "/collectives/chatons/refunds/owed"] {
        assert_eq!(problem(&member.get(path).await).0, 403, "{path}");
    }
    for path in ["/collectives/chatons/refunds", "/collectives/chatons/refunds/owed"] {
        assert_eq!(program.read(path).await["items"], json!([]), "{path}");
    }
    assert_eq!(problem(&program.get("/collectives/chatons/refunds/1").await).0, 404);
}

testkit::on_both![
    gifts_are_put_by_a_decision_once_and_are_nobody_s,
    proofs_are_listed_and_added_and_refunds_are_read,
    money_comes_in_once_a_key_and_goes_back_by_its_mirror,
    a_share_is_put_on_features_all_or_nothing_and_triggers,
    a_round_closes_early_by_a_decision_and_once,
    a_feature_is_cancelled_once_a_key,
    a_feature_moves_one_stage_a_request,
    new_terms_are_previewed_and_announced_once_a_key,
    gifts_go_to_funds,
];
