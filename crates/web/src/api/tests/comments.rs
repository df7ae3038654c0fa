//! The discussion of a feature through the API.

use domain::rules::Template;
use serde_json::{Value, json};
use testkit::World;

use super::{Program, feature, problem};

const COMMENTS: &str = "/collectives/chatons/features/1/comments";

async fn a_program_reads_writes_changes_and_hides_comments(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    // The founder is a steward too.
    let steward = Program::of(&world, &town, 0, "read features steward").await;
    let one = Program::of(&world, &town, 1, "read features").await;
    let made = one.post("/collectives/chatons/features", "f", &feature("Salon", 6_000)).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.text());
    let anybody = Program::anonymous(&world);
    assert_eq!(anybody.read(COMMENTS).await, json!({ "items": [], "next": null }));
    let body = |body: &str| json!({ "body": body });
    assert_eq!(problem(&anybody.post(COMMENTS, "a", &body("Oui")).await).0, 401);
    assert_eq!(problem(&one.post(COMMENTS, "b", &body(" ")).await).0, 422);
    for _ in 0..2 {
        let made = one.post(COMMENTS, "c", &body("Oui")).await;
        assert_eq!((made.status.as_u16(), &Program::told(&made)["number"]), (201, &json!(1)));
    }
    assert_eq!(problem(&one.post(COMMENTS, "c", &body("Non")).await), (409, "key-reused".to_owned()));
    assert_eq!(steward.post(COMMENTS, "", &body("Non")).await.status.as_u16(), 201);
    let reads = Program::of(&world, &town, 1, "read").await;
    assert_eq!(problem(&reads.post(COMMENTS, "d", &body("Oui")).await).0, 403);
    let page = anybody.read(&format!("{COMMENTS}?limit=1")).await;
    let first = &page["items"][0];
    assert_eq!((&first["body"], &first["organisation_name"]), (&json!("Oui"), &json!("ARN")));
    assert_eq!((&first["author_name"], &page["next"]), (&Value::Null, &json!("1")));
    assert!(one.read(COMMENTS).await["items"][0]["author_name"].is_string(), "members read who wrote it");
    assert_eq!(anybody.read(&format!("{COMMENTS}?after=1")).await["items"][0]["number"], 2);

    let change = |version: i64, body: &str| json!({ "version": version, "body": body });
    let path = format!("{COMMENTS}/1");
    assert_eq!(one.write("PUT", &path, "", &change(1, "Oui !")).await.status.as_u16(), 204);
    let stale = one.write("PUT", &path, "", &change(1, "Oui ?")).await;
    assert_eq!(problem(&stale), (409, "changed-meanwhile".to_owned()));
    let other = steward.write("PUT", &path, "", &change(2, "Oui ?")).await;
    assert_eq!(problem(&other), (409, "not-author".to_owned()));
    assert_eq!(problem(&one.write("PUT", &format!("{COMMENTS}/9"), "", &change(1, "Oui")).await).0, 404);

    let why = |reason: &str| json!({ "reason": reason });
    let hide = format!("{path}/hide");
    assert_eq!(problem(&steward.post(&hide, "", &why("")).await).0, 422);
    assert_eq!(problem(&one.post(&format!("{COMMENTS}/2/hide"), "", &why("Non")).await).0, 403);
    assert_eq!(steward.post(&hide, "", &why("Hors sujet")).await.status.as_u16(), 204);
    let hidden = &one.read(COMMENTS).await["items"][0];
    assert_eq!((&hidden["body"], &hidden["hidden_reason"]), (&json!(""), &json!("Hors sujet")));
    let edited = one.write("PUT", &path, "", &change(2, "Oui ?")).await;
    assert_eq!(problem(&edited), (409, "comment-hidden".to_owned()));
    let show = format!("{path}/show");
    assert_eq!(problem(&one.send("POST", &show, &[], "").await), (409, "comment-hidden".to_owned()));
    assert_eq!(steward.send("POST", &show, &[], "").await.status.as_u16(), 204);
    assert_eq!(anybody.read(COMMENTS).await["items"][0]["body"], "Oui !");
}

testkit::on_both![a_program_reads_writes_changes_and_hides_comments,];
