//! Promises, and the calls that they lead to.

use domain::pot::FundMode;
use domain::rules::Template;
use serde_json::{Value, json};
use testkit::{Grown, World};

use super::{Program, feature, problem};
use crate::tests::Answer;

const FEATURE: &str = "/collectives/chatons/features/1";
const SCOPES: &str = "read features allocate money";

/// A pot of that mode with a feature of 60.00 outside rounds, led by the second member; programs of all three.
async fn town(world: &World, mode: FundMode) -> (Grown, Vec<Program>) {
    let town = world.collective_with(mode, Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let mut programs = Vec::new();
    for at in 0..3 {
        programs.push(Program::of(world, &town, at, SCOPES).await);
    }
    let made = programs[1].post("/collectives/chatons/features", "f", &feature("Salon", 6_000)).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.text());
    (town, programs)
}

async fn put(program: &Program, path: &str, key: &str, body: &Value) -> Answer {
    program.write("PUT", path, key, body).await
}

fn firm(seen: &str, amount: &str) -> Value {
    json!({ "kind": "firm", "seen": seen, "amount": amount })
}

async fn a_promise_becomes_an_order_line_that_is_received(world: World) {
    let (_, programs) = town(&world, FundMode::Direct).await;
    let (one, lead, two) = (&programs[0], &programs[1], &programs[2]);
    let promise = format!("{FEATURE}/promise");
    assert_eq!(one.read(&promise).await["kind"], Value::Null);
    let said = json!({ "kind": "conditional", "seen": "0", "amount": "1500", "subject_to": "2025-03-20" });
    assert_eq!(Program::told(&put(one, &promise, "p0", &said).await)["firm"], "0");
    let mine = one.read(&promise).await;
    assert_eq!((&mine["kind"], &mine["subject_to"]), (&json!("conditional"), &json!("2025-03-20")));
    let no_day = json!({ "kind": "conditional", "seen": "0", "amount": "1500" });
    assert_eq!(problem(&put(one, &promise, "p1", &no_day).await).0, 422);
    assert_eq!(problem(&put(one, &promise, "p2", &firm("5", "1")).await), (409, "stale".to_owned()));
    let over = put(one, &promise, "p3", &firm("0", "12001")).await;
    assert_eq!(problem(&over), (409, "over-maximum".to_owned()));
    for _ in 0..2 {
        assert_eq!(Program::told(&put(one, &promise, "p4", &firm("0", "2000")).await)["firm"], "2000");
    }
    let done = Program::told(&put(two, &promise, "p5", &firm("0", "4000")).await);
    assert_eq!(done["triggered"], true);
    assert_eq!(problem(&put(two, &promise, "p6", &firm("4000", "0")).await), (409, "bound".to_owned()));

    let calls = two.read("/collectives/chatons/calls?feature=1").await;
    let number = calls["items"].as_array().unwrap().iter().find(|call| call["called"] == "4000").unwrap();
    let path = format!("/collectives/chatons/calls/{}", number["number"]);
    let call = two.read(&path).await;
    assert_eq!((&call["payee"], &call["iban"]), (&json!("ARN"), &json!("")));
    assert!(call["reference"].as_str().unwrap().starts_with("RF"));
    assert_eq!(two.post(&format!("{path}/paid"), "", &json!({})).await.status.as_u16(), 204);
    let receipts = format!("{path}/receipts");
    let paid = |amount: &str| json!({ "amount": amount, "received_on": "2025-03-03" });
    assert_eq!(problem(&two.post(&receipts, "r0", &paid("4000")).await).0, 403);
    let over = lead.post(&receipts, "r1", &paid("4001")).await;
    assert_eq!(problem(&over), (409, "over-rest".to_owned()));
    assert_eq!(problem(&lead.post(&receipts, "", &paid("1")).await).1, "key-missing");
    assert_eq!(Program::told(&lead.post(&receipts, "r2", &paid("1000")).await)["rest"], "3000");
    let call = lead.read(&path).await;
    let undo = format!("{receipts}/{}", call["receipts"][0]["id"].as_str().unwrap());
    assert_eq!(lead.send("DELETE", &undo, &[], "").await.status.as_u16(), 204);
    let again = lead.send("DELETE", &undo, &[], "").await;
    assert_eq!(problem(&again), (409, "already-undone".to_owned()));
    assert_eq!(Program::told(&lead.post(&receipts, "r3", &paid("4000")).await)["rest"], "0");
    assert_eq!(lead.read(&path).await["call"]["state"], "paid");
    let early = one.post(&format!("{path}/cover"), "c", &json!({ "amount": "1" })).await;
    assert_eq!(problem(&early), (409, "not-awaited".to_owned()));
    let bank = one.post(&format!("{path}/payments"), "b", &paid("1")).await;
    assert_eq!(problem(&bank), (409, "other-mode".to_owned()));
    // Strangers see none of it.
    let nobody = Program::anonymous(&world);
    for path in ["/collectives/chatons/calls", &*path, &*promise] {
        assert_eq!(nobody.get(path).await.status.as_u16(), 401, "{path}");
    }
    assert_eq!(nobody.post(&receipts, "r", &paid("1")).await.status.as_u16(), 401);
}

async fn a_payment_reaches_the_host_of_a_pledge_pot(world: World) {
    let (_, programs) = town(&world, FundMode::Pledge).await;
    let (treasurer, two) = (&programs[0], &programs[2]);
    let promise = format!("{FEATURE}/promise");
    put(two, &promise, "p", &firm("0", "6000")).await;
    let path = "/collectives/chatons/calls/1/payments";
    let paid = json!({ "amount": "6500", "received_on": "2025-03-03", "reference": "VIR" });
    assert_eq!(problem(&two.post(path, "b0", &paid).await).0, 403);
    for _ in 0..2 {
        let told = Program::told(&treasurer.post(path, "b1", &paid).await);
        assert_eq!((&told["to_call"], &told["excess"]), (&json!("6000"), &json!("500")));
    }
    let round = put(two, "/collectives/chatons/rounds/1/promise", "q", &firm("0", "1")).await;
    assert_eq!(round.status.as_u16(), 404, "no round is open");
}

testkit::on_both![
    a_promise_becomes_an_order_line_that_is_received,
    a_payment_reaches_the_host_of_a_pledge_pot,
];
