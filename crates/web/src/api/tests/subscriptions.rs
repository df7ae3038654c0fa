//! Subscriptions by a program.

use domain::pot::FundMode;
use domain::rules::Template;
use serde_json::{Value, json};
use testkit::World;

use super::{Program, problem};

const OF_ARN: &str = "/collectives/chatons/members/arn/subscription";

async fn a_program_subscribes_changes_and_stops(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let treasurer = Program::of(&world, &town, 0, "read allocate money").await;
    let payer = Program::of(&world, &town, 1, "read allocate").await;
    let reader = Program::of(&world, &town, 1, "read").await;
    let body = |terms: Value| json!({ "period": "month", "terms": terms, "starts_on": "2025-03-03" });
    let fixed = body(json!({ "amount": "5000" }));
    assert_eq!(problem(&reader.post(OF_ARN, "", &fixed).await).0, 403);
    assert_eq!(problem(&treasurer.post(OF_ARN, "", &fixed).await).0, 422);
    for wrong in [json!({}), json!({ "amount": "1", "rate": 5 }), json!({ "turnover": "1" })] {
        assert_eq!(problem(&payer.post(OF_ARN, "", &body(wrong)).await).0, 422);
    }
    let made = Program::told(&payer.post(OF_ARN, "", &fixed).await);
    let id = made["id"].as_str().unwrap();
    assert_eq!(problem(&payer.post(OF_ARN, "", &fixed).await), (409, "subscribed".to_owned()));
    world.post().await;
    let dues = payer.read(OF_ARN).await;
    let call = &dues["calls"][0];
    assert_eq!(
        (&call["called"], &call["state"], &call["from"]),
        (&json!("5000"), &json!("open"), &json!("2025-03-03"))
    );
    assert_eq!(dues["subscriptions"][0]["next_on"], "2025-04-03");
    let of = |part: &str| format!("/collectives/chatons/subscriptions/{id}/{part}");
    let terms = json!({ "terms": { "turnover": "10000000", "rate": 10 } });
    assert_eq!(payer.write("PUT", &of("terms"), "", &terms).await.status.as_u16(), 204);
    let all = treasurer.read("/collectives/chatons/subscriptions").await;
    assert_eq!(
        (&all["items"][0]["amount"], &all["items"][0]["of_turnover"]),
        (&json!("10000"), &json!(true))
    );
    assert_eq!(problem(&payer.get("/collectives/chatons/subscriptions").await).0, 403);
    let stop = |stopped: bool| json!({ "stopped": stopped });
    let resumed = payer.write("PUT", &of("stop"), "", &stop(false)).await;
    assert_eq!(problem(&resumed), (409, "not-stopped".to_owned()));
    assert_eq!(payer.write("PUT", &of("stop"), "", &stop(true)).await.status.as_u16(), 204);
    let cancel = "/collectives/chatons/subscription-calls/1/cancellation";
    let why = json!({ "reason": "réglée l'an dernier" });
    assert_eq!(problem(&payer.post(cancel, "", &why).await).0, 403);
    assert_eq!(treasurer.post(cancel, "", &why).await.status.as_u16(), 204);
    assert_eq!(problem(&treasurer.post(cancel, "", &why).await), (409, "not-awaited".to_owned()));
    let other = world.collective_with(FundMode::Pledge, Template::Informal, &["Picasoft"]).await;
    let program = Program::of(&world, &other, 0, "read allocate").await;
    let path = format!("/collectives/{}/members/picasoft/subscription", other.slug);
    assert_eq!(problem(&program.post(&path, "", &fixed).await), (409, "other-mode".to_owned()));
}

testkit::on_both![a_program_subscribes_changes_and_stops];
