//! What every request meets before its path or body is looked at.

use domain::rules::Template;
use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::World;

use super::{Program, feature, problem};

async fn a_write_without_a_token_is_refused_before_anything_is_looked_at(world: World) {
    world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let nobody = Program::anonymous(&world);
    let huge = "x".repeat(600 * 1024);
    for (method, path, body) in [
        ("POST", "/collectives", "{}"),
        ("POST", "/collectives/chatons/features", "not json"),
        ("PUT", "/collectives/chatons/rules", huge.as_str()),
        ("DELETE", "/nothing/here", ""),
        ("PATCH", "", ""),
        ("POST", "/", ""),
        ("POST", "/%00", ""),
        ("LOCK", "/collectives", ""),
    ] {
        let answer = nobody.send(method, path, &[], body).await;
        assert_eq!(problem(&answer), (401, "unauthenticated".to_owned()), "{method} {path}");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{method} {path}");
    }
    for bearer in ["Bearer popote_x", "Basic eDp5", "Bearer", "popote_x"] {
        let answer = nobody.send("GET", "/collectives", &[("authorization", bearer)], "").await;
        assert_eq!(problem(&answer).0, 401, "{bearer}");
    }
    let cookie = ("cookie", "__Host-popote=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(problem(&nobody.send("POST", "/collectives", &[cookie], "{}").await).0, 401);
}

async fn each_way_of_being_wrong_is_a_problem_of_its_own(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let program = Program::of(&world, &town, 0, "read features decisions allocate").await;
    let features = "/collectives/chatons/features";
    let send = async |method: &str, path: &str, headers: &[(&str, &str)], body: &str| {
        problem(&program.send(method, path, headers, body).await)
    };
    let is = |status: u16, code: &str| (status, code.to_owned());
    let json_type = ("content-type", "application/json");
    assert_eq!(send("GET", "/collectives/nowhere", &[], "").await, is(404, "not-found"));
    assert_eq!(send("GET", "/collectives/chatons/features/x", &[], "").await, is(404, "not-found"));
    assert_eq!(send("GET", "/nothing", &[], "").await, is(404, "not-found"));
    assert_eq!(send("GET", "/collectives/a%00b", &[], "").await, is(404, "not-found"));
    assert_eq!(send("GET", "/collectives?after=a%00b", &[], "").await, is(422, "invalid"));
    assert_eq!(send("POST", features, &[], "{}").await, is(415, "unsupported-media-type"));
    assert_eq!(send("POST", features, &[json_type], "{").await, is(400, "bad-request"));
    assert_eq!(send("POST", features, &[json_type], "{}").await, is(422, "invalid"));
    let nul = feature("a\0b", 100).to_string();
    assert_eq!(send("POST", features, &[json_type], &nul).await, is(422, "invalid"));
    let more =
        json!({ "title": "Oui", "outcome": "Tous", "decided_on": "2025-03-01", "more": 1 }).to_string();
    assert_eq!(send("POST", "/collectives/chatons/decisions", &[json_type], &more).await, is(422, "invalid"));
    let huge = format!("\"{}\"", "x".repeat(600 * 1024));
    assert_eq!(send("POST", features, &[json_type], &huge).await, is(413, "too-large"));
    assert_eq!(send("GET", "/collectives", &[("accept", "text/html")], "").await, is(406, "not-acceptable"));
    assert_eq!(send("GET", "/collectives?limit=0", &[], "").await, is(422, "invalid"));
    assert_eq!(send("GET", "/collectives?limit=many", &[], "").await, is(422, "invalid"));
    let no_key = send("POST", "/collectives/chatons/allocations", &[json_type], "{\"lines\":[]}").await;
    assert_eq!(no_key, is(400, "key-missing"));

    let wrong_method = program.send("DELETE", "/collectives/chatons", &[], "").await;
    assert_eq!(problem(&wrong_method), is(405, "method-not-allowed"));
    assert!(wrong_method.header("allow").contains("GET"), "{}", wrong_method.header("allow"));
    let english = program.send("GET", "/nothing", &[("accept-language", "en")], "").await;
    let french = program.send("GET", "/nothing", &[("accept-language", "fr")], "").await;
    assert_ne!(english.text(), french.text());
}

async fn a_token_reaches_as_far_as_it_says_and_no_further(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    world.collective(Template::Informal, &["Girofle"]).await;
    let reader = Program::of(&world, &town, 0, "read").await;
    let decision = json!({ "title": "Oui", "outcome": "Tous", "decided_on": "2025-03-01" });
    let refused = reader.post("/collectives/chatons/decisions", "", &decision).await;
    assert_eq!(problem(&refused), (403, "out-of-scope".to_owned()));
    refused.says("\"scope\":\"decisions\"");
    let writer = Program::of(&world, &town, 0, "decisions").await;
    let made = writer.post("/collectives/chatons/decisions", "", &decision).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.text());
    let leaving = |who: String| json!({ "title": "Oui", "outcome": "Tous", "decided_on": "2025-03-01", "departs": who });
    let arn = town.member(1).organisation.to_string();
    let departs = writer.post("/collectives/chatons/decisions", "", &leaving(arn)).await;
    assert_eq!(problem(&departs), (403, "never-by-token".to_owned()), "money moves on it");
    assert_eq!(reader.read("/collectives/chatons/decisions/1").await["by_token"], true);
    let elsewhere = writer.post("/collectives/chatons-2/decisions", "", &decision).await;
    assert_eq!(problem(&elsewhere), (403, "token-elsewhere".to_owned()));
    let private = writer.get("/collectives/chatons/roles").await;
    assert_eq!(problem(&private), (403, "out-of-scope".to_owned()));
    assert_eq!(reader.read("/collectives/chatons/roles").await["items"].as_array().unwrap().len(), 3);
    assert_eq!(problem(&Program::anonymous(&world).get("/collectives/chatons/roles").await).0, 401);
    // Another member has no role: its token may no more than its holder.
    let member = Program::of(&world, &town, 1, "decisions").await;
    let refused = member.post("/collectives/chatons/decisions", "", &decision).await;
    assert_eq!(problem(&refused), (403, "forbidden".to_owned()));
    let told = reader.read("/token").await;
    assert_eq!((&told["collective"], &told["scopes"]), (&json!("chatons"), &json!(["read"])));
    world.wait(SignedDuration::from_hours(24 * 31));
    assert_eq!(problem(&reader.get("/collectives").await).0, 401, "it ended");
}

async fn the_description_is_there_and_problems_are_explained(world: World) {
    world.collective(Template::Informal, &["Yaal Coop"]).await;
    let nobody = Program::anonymous(&world);
    let described = nobody.read("/openapi.json").await;
    assert_eq!(described["openapi"], "3.1.0");
    assert_eq!(described["servers"][0]["url"], "https://popote.example/api/v1");
    let count: usize =
        described["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
    assert!(count >= 50, "{count}");
    let kinds = nobody.read("/problems").await;
    for kind in kinds["items"].as_array().unwrap() {
        let address = kind["type"].as_str().unwrap().strip_prefix("https://popote.example/api/v1").unwrap();
        assert_eq!(&nobody.read(address).await, kind);
    }
    assert_eq!(problem(&nobody.get("/problems/none").await).0, 404);
}

async fn too_many_requests_wait(world: World) {
    world.collective(Template::Informal, &["Yaal Coop"]).await;
    let nobody = Program::anonymous(&world);
    let mut answer = nobody.get("/problems/stale").await;
    for _ in 0..4_000 {
        if answer.status.as_u16() == 429 {
            break;
        }
        answer = nobody.get("/problems/stale").await;
    }
    assert_eq!(problem(&answer), (429, "too-many-requests".to_owned()));
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    let body: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert!(body["instance"].as_str().unwrap().starts_with("urn:popote:request:"));
}

testkit::on_both![
    a_write_without_a_token_is_refused_before_anything_is_looked_at,
    each_way_of_being_wrong_is_a_problem_of_its_own,
    a_token_reaches_as_far_as_it_says_and_no_further,
    the_description_is_there_and_problems_are_explained,
];

#[test]
fn too_many_requests_wait_a_moment() {
    testkit::check(testkit::Kind::Sqlite, too_many_requests_wait);
}
