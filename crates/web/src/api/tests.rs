//! The API as a program uses it, on both databases.

mod ads;
mod comments;
mod frame;
mod money;
mod people;
mod promises;
mod reads;
mod software;
mod subscriptions;

use axum::Router;
use domain::tokens::Scopes;
use serde_json::{Value, json};
use testkit::{Grown, World};

use crate::tests::browser::site_of;
use crate::tests::{Answer, send, with};

/// A program with a token.
pub(super) struct Program {
    site: Router,
    token: String,
}

impl Program {
    /// A program of the representative of a member, with a token of these scopes.
    pub(super) async fn of(world: &World, town: &Grown, member: usize, scopes: &str) -> Self {
        let member = town.member(member);
        let wanted = app::tokens::Wanted {
            collective: town.id,
            organisation: member.organisation,
            name: "Programme".to_owned(),
            scopes: Scopes::parse(scopes),
            days: 30,
        };
        let made = app::tokens::make_for(&world.context, member.person, wanted).await.unwrap();
        Self { site: site_of(world), token: made.secret }
    }

    /// A program without a token.
    pub(super) fn anonymous(world: &World) -> Self {
        Self { site: site_of(world), token: String::new() }
    }

    /// Sends a request with these headers.
    pub(super) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut all = headers.to_vec();
        if !self.token.is_empty() {
            all.push(("authorization", &bearer));
        }
        send(&self.site, with(method, &format!("/api/v1{path}"), &all, body)).await
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    /// What a page holds.
    #[track_caller]
    pub(super) fn told(answer: &Answer) -> Value {
        assert!(answer.status.is_success(), "{} {}", answer.status, answer.text());
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    pub(super) async fn read(&self, path: &str) -> Value {
        Self::told(&self.get(path).await)
    }

    /// Sends a body of JSON under a key.
    pub(super) async fn write(&self, method: &str, path: &str, key: &str, body: &Value) -> Answer {
        let mut headers = vec![("content-type", "application/json")];
        if !key.is_empty() {
            headers.push(("idempotency-key", key));
        }
        self.send(method, path, &headers, &body.to_string()).await
    }

    pub(super) async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.write("POST", path, key, body).await
    }
}

/// The code of a problem, checked to be one.
#[track_caller]
pub(super) fn problem(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    let body: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(body["status"], answer.status.as_u16());
    let code = body["code"].as_str().unwrap().to_owned();
    assert_eq!(body["type"], format!("https://popote.example/api/v1/problems/{code}"));
    assert!(!body["detail"].as_str().unwrap().is_empty() && !body["title"].as_str().unwrap().is_empty());
    (answer.status.as_u16(), code)
}

/// A feature of the trust track at that price, outside rounds.
pub(super) fn feature(title: &str, price: i64) -> Value {
    json!({
        "title": title,
        "summary": "Inviter sans compte.",
        "done_when": "C'est en service.",
        "lines": [{ "label": "Prix", "minimum": price.to_string(), "maximum": (price * 2).to_string() }],
        "closing_on": "2025-06-30",
        "place": "outside",
    })
}
