//! Webhooks against a small server: what is sent, signed and tried again, and when it stops.

use std::sync::Arc;

use domain::{
    rules::Template,
    webhooks::{LONGEST_FAILING, again_after},
};
use jiff::{SignedDuration, civil::date};
use outside::{Fetcher, WebhookSecret};
use popote_app::{
    Acting, Context,
    decisions::{self, NewDecision},
    webhooks::{self, Change, NewWebhook},
};
use testkit::{Grown, World};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    sync::mpsc,
};

/// A server that answers with the statuses in turn, the last one again and again, and tells what it was sent.
async fn receiver(statuses: Vec<u16>) -> (String, u16, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, sent) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut statuses = statuses.into_iter().peekable();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut text = String::new();
            let mut bytes = [0; 4_096];
            while !is_whole(&text) {
                let read = stream.read(&mut bytes).await.unwrap();
                text.push_str(&String::from_utf8_lossy(&bytes[..read]));
            }
            let status = match statuses.len() {
                1 => *statuses.peek().unwrap(),
                _ => statuses.next().unwrap(),
            };
            let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
            if sender.send(text).is_err() {
                return;
            }
        }
    });
    (format!("http://127.0.0.1:{port}/hook"), port, sent)
}

fn is_whole(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    body.len() >= header(head, "content-length").parse().unwrap_or(0)
}

fn header<'t>(text: &'t str, name: &str) -> &'t str {
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")));
    line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim())
}

async fn stage(world: &World, url: &str, port: u16, kinds: &[&str]) -> (Context, Grown, WebhookSecret) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let exception = format!("127.0.0.1:{port}").parse().unwrap();
    let context = world.context.clone().asking(Arc::new(Fetcher::new(vec![exception])));
    let session = super::enter(world, &town.member(0).email).await;
    let session = popote_app::sessions::find(&context, session.token.as_str()).await.unwrap().unwrap();
    let new =
        NewWebhook { url: url.to_owned(), kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect() };
    let secret = webhooks::make(&context, &session, town.admin(), town.id, new).await.unwrap();
    (context, town, WebhookSecret::parse(&secret).unwrap())
}

async fn an_address_within_is_refused_in_any_spelling(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let session = super::enter(&world, &town.member(0).email).await;
    let context = world.context.clone().asking(Arc::new(Fetcher::new(Vec::new())));
    let session = popote_app::sessions::find(&context, session.token.as_str()).await.unwrap().unwrap();
    for host in ["127.0.0.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "127.0.0.1.", "localhost."] {
        let new = NewWebhook { url: format!("https://{host}/"), kinds: vec!["round_opened".to_owned()] };
        let made = webhooks::make(&context, &session, town.admin(), town.id, new).await;
        assert_eq!(super::fields(made).len(), 1, "{host}");
    }
}

async fn decide(context: &Context, town: &Grown, acting: Acting) {
    let decided_on = date(2025, 3, 1);
    let new = NewDecision { title: "Oui".to_owned(), outcome: "Tous".to_owned(), decided_on, departs: None };
    decisions::record(context, acting, town.id, new).await.unwrap();
}

async fn run(context: &Context) {
    popote_app::jobs::run_due(context).await.unwrap();
}

async fn a_message_is_signed_short_and_tried_again_under_the_same_id(world: World) {
    let (url, port, mut sent) = receiver(vec![500, 200]).await;
    let (context, town, secret) = stage(&world, &url, port, &["decision_recorded"]).await;
    decide(&context, &town, town.admin()).await;
    run(&context).await;
    let first = sent.recv().await.unwrap();
    run(&context).await;
    assert!(sent.try_recv().is_err(), "it waits");
    world.wait(again_after(1).unwrap());
    run(&context).await;
    let second = sent.recv().await.unwrap();
    assert_eq!(header(&first, "webhook-id"), header(&second, "webhook-id"));
    let body = second.split_once("\r\n\r\n").unwrap().1;
    let timestamp = header(&second, "webhook-timestamp").parse().unwrap();
    let signed = secret.sign(header(&second, "webhook-id"), timestamp, body);
    assert_eq!(header(&second, "webhook-signature"), signed.signature);
    let told: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        (&told["type"], &told["data"]["collective"]),
        (&"decision_recorded".into(), &"chatons".into())
    );
    assert!(!body.contains("Oui"), "no words of people: {body}");
    world.wait(SignedDuration::from_hours(48));
    run(&context).await;
    assert!(sent.try_recv().is_err(), "it arrived once");
}

async fn only_what_was_asked_for_and_what_is_public_goes_out(world: World) {
    let (url, port, mut sent) = receiver(vec![200]).await;
    let (context, town, _) = stage(&world, &url, port, &["round_opened"]).await;
    decide(&context, &town, town.admin()).await;
    run(&context).await;
    assert!(sent.try_recv().is_err());
    let (all, port, mut heard) = receiver(vec![200]).await;
    let context = context.asking(Arc::new(Fetcher::new(vec![format!("127.0.0.1:{port}").parse().unwrap()])));
    let session = super::enter(&world, &town.member(0).email).await;
    let session = popote_app::sessions::find(&context, session.token.as_str()).await.unwrap().unwrap();
    let new = NewWebhook { url: all, kinds: Vec::new() };
    webhooks::make(&context, &session, town.admin(), town.id, new).await.unwrap();
    // That an endpoint was made is not public.
    run(&context).await;
    assert!(heard.try_recv().is_err());
    decide(&context, &town, town.admin()).await;
    run(&context).await;
    assert!(heard.recv().await.unwrap().contains("decision_recorded"));
}

async fn an_endpoint_within_is_never_asked(world: World) {
    let (url, port, mut sent) = receiver(vec![200]).await;
    let (context, town, _) = stage(&world, &url, port, &[]).await;
    let context = context.asking(Arc::new(Fetcher::new(Vec::new())));
    decide(&context, &town, town.admin()).await;
    run(&context).await;
    assert!(sent.try_recv().is_err());
}

async fn an_endpoint_that_fails_for_too_long_is_disabled_and_told(world: World) {
    let (url, port, mut sent) = receiver(vec![410]).await;
    let (context, town, _) = stage(&world, &url, port, &[]).await;
    decide(&context, &town, town.admin()).await;
    for attempt in 1.. {
        run(&context).await;
        sent.recv().await.unwrap();
        match again_after(attempt) {
            Some(wait) => world.wait(wait),
            None => break,
        }
    }
    let (rows, dead) = webhooks::list(&context, town.id).await.unwrap();
    assert_eq!((dead.len(), dead[0].last_error.as_deref()), (1, Some("it answered 410")));
    assert!(rows[0].failing_since.is_some() && rows[0].disabled_at.is_none());
    world.wait(LONGEST_FAILING);
    decide(&context, &town, town.admin()).await;
    run(&context).await;
    run(&context).await;
    let mails = world.mails();
    let told = mails.iter().find(|mail| mail.text.contains(&url)).expect("a mail tells");
    assert_eq!(told.to.address(), town.member(0).email);
    let (rows, _) = webhooks::list(&context, town.id).await.unwrap();
    assert!(rows[0].disabled_at.is_some());
    while sent.try_recv().is_ok() {}
    decide(&context, &town, town.admin()).await;
    run(&context).await;
    assert!(sent.try_recv().is_err(), "nothing goes there any more");
    webhooks::change(&context, town.admin(), town.id, rows[0].id, Change::Enable).await.unwrap();
    run(&context).await;
    assert!(sent.try_recv().is_err(), "what happened meanwhile is not sent");
    decide(&context, &town, town.admin()).await;
    run(&context).await;
    assert!(sent.recv().await.is_some());
}

testkit::on_both![
    an_address_within_is_refused_in_any_spelling,
    a_message_is_signed_short_and_tried_again_under_the_same_id,
    only_what_was_asked_for_and_what_is_public_goes_out,
    an_endpoint_within_is_never_asked,
    an_endpoint_that_fails_for_too_long_is_disabled_and_told,
];
