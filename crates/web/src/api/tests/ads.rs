//! Classified ads through the API.

use domain::rules::Template;
use serde_json::{Value, json};
use testkit::World;

use super::{Program, problem};

fn ad(side: &str, title: &str) -> Value {
    json!({ "side": side, "title": title, "body": "Texte", "works": ["training"], "software": ["Nextcloud"],
        "remote": true, "least": "1000", "most": "2000", "unit": "day" })
}

async fn programs_post_read_answer_and_share(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let one = Program::of(&world, &town, 0, "read features").await;
    let two = Program::of(&world, &town, 1, "read features").await;
    let reads = Program::of(&world, &town, 1, "read").await;
    let anybody = Program::anonymous(&world);
    assert_eq!(problem(&anybody.post("/ads", "", &ad("request", "A")).await).0, 401);
    assert_eq!(problem(&reads.post("/ads", "", &ad("request", "A")).await), (403, "out-of-scope".to_owned()));
    let made = one.post("/ads", "", &ad("request", "Former")).await;
    assert_eq!((made.status.as_u16(), &Program::told(&made)["number"]), (201, &json!(1)), "{}", made.text());
    assert_eq!(problem(&one.post("/ads", "", &ad("request", "FORMER")).await), (409, "ad-twice".to_owned()));
    assert_eq!(problem(&one.post("/ads", "", &ad("both", "B")).await).0, 422);
    let wrong = json!({ "side": "offer", "title": "x".repeat(200), "body": "", "works": [] });
    assert_eq!(problem(&one.post("/ads", "", &wrong).await).0, 422);
    let made = two.post("/ads", "", &ad("offer", "Je forme")).await;
    assert_eq!(made.status.as_u16(), 201);
    let page = anybody.read("/ads?limit=1").await;
    assert_eq!((&page["items"][0]["number"], &page["next"]), (&json!(2), &json!("2")));
    assert_eq!(anybody.read("/ads?after=2").await["items"][0]["title"], "Former");
    assert_eq!(
        anybody.read("/ads?side=offer&work=training&software=NEXTCLOUD&remote=true").await["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let read = anybody.read("/ads/1").await;
    assert_eq!(read["fitting"][0]["reasons"], json!(["Nextcloud", "training", "remote"]));
    assert!(!read.to_string().contains('@'), "no address: {read}");
    assert_eq!(two.write("PUT", "/ads/1/need", "", &Value::Null).await.status.as_u16(), 204);
    assert_eq!(anybody.read("/ads/1").await["needer_names"], json!(["ARN"]));
    assert_eq!(problem(&two.write("PUT", "/ads/2/need", "", &Value::Null).await).0, 409);
    assert_eq!(two.send("DELETE", "/ads/1/need", &[], "").await.status.as_u16(), 204);
    let answered = two.post("/ads/1/contacts", "", &json!({ "body": "Bonjour" })).await;
    assert_eq!(Program::told(&answered)["talk"], 1);
    let own = one.post("/ads/1/contacts", "", &json!({ "body": "Moi" })).await;
    assert_eq!(problem(&own), (409, "own-ad".to_owned()));
    let change = |version: i64, title: &str| json!({ "version": version, "ad": ad("request", title) });
    assert_eq!(one.write("PUT", "/ads/1", "", &change(1, "Autre")).await.status.as_u16(), 204);
    let stale = one.write("PUT", "/ads/1", "", &change(1, "Encore")).await;
    assert_eq!(problem(&stale), (409, "changed-meanwhile".to_owned()));
    assert_eq!(problem(&two.write("PUT", "/ads/1", "", &change(2, "Volé")).await).0, 403);
    assert_eq!(problem(&two.write("PUT", "/ads/9", "", &change(2, "Volé")).await).0, 404);
    assert_eq!(two.post("/ads/1/reports", "", &json!({ "reason": "Non" })).await.status.as_u16(), 204);
    assert_eq!(one.send("POST", "/ads/1/withdrawal", &[], "").await.status.as_u16(), 204);
    assert_eq!(problem(&anybody.send("GET", "/ads/1", &[], "").await).0, 404);
    assert_eq!(one.send("POST", "/ads/1/renewal", &[], "").await.status.as_u16(), 204);
    assert_eq!(anybody.read("/ads/1").await["title"], "Autre");
}

testkit::on_both![programs_post_read_answer_and_share,];
