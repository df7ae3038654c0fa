//! The worker: each item by itself, again later, given up in the open.

use std::sync::Arc;

use domain::{
    Money,
    actor::RoleKind,
    ids::{DeadlineId, MailId},
    posting::Nature,
    rules::Template,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use messages::Mailer;
use popote_app::{
    contributions::{NewContribution, record_contribution},
    jobs::{NIGHTLY, Report, revive, run_due, state, work},
};
use store::{deadlines::Deadline, mails::NewMail};
use testkit::{World, on_both};
use uuid::Uuid;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn mail(number: u128, recipient: &str, at: Timestamp) -> NewMail {
    NewMail {
        id: MailId(Uuid::from_u128(number)),
        recipient: recipient.to_owned(),
        person: None,
        subject: format!("n° {number}"),
        body: "Bonjour".to_owned(),
        headers: r#"[["List-Unsubscribe","<https://popote.example/x>"]]"#.to_owned(),
        created_at: at,
        due_at: at,
    }
}

async fn enqueue(world: &World, mails: Vec<NewMail>) {
    world
        .sql(move |tx| {
            let mails = mails.clone();
            Box::pin(async move {
                for mail in &mails {
                    store::mails::enqueue(tx, mail).await?;
                }
                Ok(())
            })
        })
        .await;
}

async fn mails_go_out_once_and_one_that_cannot_stops_no_other(world: World) {
    let now = world.now();
    let recipients = ["un@a.example", "ce n'est pas une adresse", "trois@a.example"];
    enqueue(&world, recipients.iter().zip(1..).map(|(to, number)| mail(number, to, now)).collect()).await;
    let later = NewMail { due_at: now + MINUTE, ..mail(9, "plus-tard@a.example", now) };
    enqueue(&world, vec![later]).await;
    let report = run_due(&world.context).await.unwrap();
    assert_eq!(report, Report { sent: 2, unsent: 1, ..Report::default() });
    let sent = world.mails();
    assert_eq!(
        sent.iter().map(|mail| mail.to.address()).collect::<Vec<_>>(),
        ["un@a.example", "trois@a.example"]
    );
    assert_eq!(sent[0].message_id, "00000000-0000-0000-0000-000000000001@popote.example");
    assert_eq!(sent[0].headers[0].0, "List-Unsubscribe");
    assert_eq!(run_due(&world.context).await.unwrap(), Report::default());
    let state = state(&world.context).await.unwrap();
    assert_eq!((state.mails_waiting, state.dead_mails.len()), (1, 1));
    assert_eq!(state.dead_mails[0].recipient, "ce n'est pas une adresse");
    let mut tx = world.read().await;
    let texts: Vec<String> =
        store::fetch_values(&mut tx, "SELECT body FROM mail ORDER BY id", store::args![]).await.unwrap();
    assert_eq!(texts, ["", "", "", "Bonjour"], "what was sent or given up is forgotten");
    drop(tx);
    world.wait(MINUTE);
    assert_eq!(run_due(&world.context).await.unwrap().sent, 1);
}

async fn a_mail_is_tried_again_and_given_up(world: World) {
    // Nobody listens on this port.
    let mut away = world.context.clone();
    away.mailer = Arc::new(Mailer::from_setting("smtp://127.0.0.1:9").unwrap());
    enqueue(&world, vec![mail(1, "un@a.example", world.now())]).await;
    let mut waits = Vec::new();
    loop {
        assert_eq!(run_due(&away).await.unwrap().unsent, 1);
        assert_eq!(run_due(&away).await.unwrap().unsent, 0, "not again at once");
        let mut tx = world.read().await;
        let lease: Option<Timestamp> =
            store::fetch_value(&mut tx, "SELECT lease_until FROM mail", store::args![]).await.unwrap();
        let Some(until) = lease else { break };
        let wait = until.duration_since(world.now());
        waits.push(wait.as_mins());
        drop(tx);
        world.wait(wait);
    }
    assert_eq!(waits, [1, 5, 15, 60, 180, 360, 720, 1_440, 1_440]);
    assert_eq!(state(&world.context).await.unwrap().dead_mails.len(), 1);
}

async fn a_wrong_sender_keeps_mails_waiting(world: World) {
    let mut wrong = world.context.clone();
    let settings = popote_app::Settings { mail_from: "Popote".to_owned(), ..(*wrong.settings).clone() };
    wrong.settings = Arc::new(settings);
    enqueue(&world, vec![mail(1, "un@a.example", world.now())]).await;
    assert_eq!(run_due(&wrong).await.unwrap().unsent, 1);
    assert!(state(&wrong).await.unwrap().dead_mails.is_empty());
    world.wait(MINUTE);
    assert_eq!(run_due(&world.context).await.unwrap().sent, 1, "once it is mended");
}

async fn two_workers_share_what_is_due(world: World) {
    let now = world.now();
    enqueue(&world, (1..=40).map(|number| mail(number, "un@a.example", now)).collect()).await;
    let (one, other) = tokio::join!(run_due(&world.context), run_due(&world.context));
    assert_eq!(one.unwrap().sent + other.unwrap().sent, 40);
    let mut ids: Vec<String> = world.mails().into_iter().map(|mail| mail.message_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 40, "none twice");
}

async fn a_deadline_that_nobody_knows_dies_in_the_open(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (collective, now) = (town.id, world.now());
    let id = DeadlineId(Uuid::from_u128(1));
    let deadline = move |due_at| Deadline {
        id,
        collective: Some(collective),
        subject: Uuid::from_u128(2),
        kind: "soup",
        occurrence: String::new(),
        due_at,
    };
    world
        .sql(move |tx| {
            Box::pin(async move {
                store::deadlines::set(tx, &deadline(now)).await?;
                // Set again it is moved, not doubled.
                let moved = Deadline { id: DeadlineId(Uuid::from_u128(3)), ..deadline(now + MINUTE) };
                store::deadlines::set(tx, &moved).await
            })
        })
        .await;
    assert_eq!(run_due(&world.context).await.unwrap().failed, 0, "not due yet");
    let mut tries = 0;
    while state(&world.context).await.unwrap().dead.is_empty() {
        world.wait(MINUTE * 1_440);
        tries += run_due(&world.context).await.unwrap().failed;
        assert!(tries <= 10);
    }
    assert_eq!(tries, 10);
    let dead = state(&world.context).await.unwrap().dead;
    assert_eq!((dead[0].id, dead[0].attempts), (id, 10));
    assert!(dead[0].last_error.as_deref().unwrap().contains("soup"));
    revive(&world.context, id).await.unwrap();
    assert!(revive(&world.context, id).await.is_err(), "it lives");
    assert_eq!(run_due(&world.context).await.unwrap().failed, 1);
}

async fn each_night_the_house_is_tidied(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let ctx = &world.context;
    popote_app::sign_in::ask_by_mail(ctx, &town.member(0).email, None, None).await.unwrap();
    run_due(ctx).await.unwrap();
    let count = async |sql| {
        let mut tx = world.read().await;
        store::fetch_value::<i64>(&mut tx, sql, store::args![]).await.unwrap()
    };
    assert_eq!(count("SELECT COUNT(*) FROM link").await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM mail").await, 1);
    for _ in 0..31 {
        world.wait(MINUTE * 1_440);
        // On the first of the month mails are asked for in the collective, and the one person's leaves.
        let first = usize::from(world.now().to_string().contains("-01T"));
        let night = Report { done: 1 + 2 * first, sent: first, ..Report::default() };
        assert_eq!(run_due(ctx).await.unwrap(), night);
        assert_eq!(run_due(ctx).await.unwrap(), Report::default(), "the next night is awaited");
    }
    assert_eq!(count("SELECT COUNT(*) FROM link WHERE purpose = 'sign_in'").await, 0);
    assert_eq!(count("SELECT COUNT(*) FROM mail").await, 1, "that of the month");
    let state = state(ctx).await.unwrap();
    let night = state.heartbeats.iter().find(|beat| beat.name == NIGHTLY).unwrap();
    assert!(
        night.detail.contains(r#""pots":1"#) && night.detail.contains(r#""broken":0"#),
        "{}",
        night.detail
    );
}

async fn the_worker_works_at_the_bell_and_stops(world: World) {
    let context = world.context.clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = tokio::spawn(async move { work(&context, async { drop(stopped.await) }).await });
    enqueue(&world, vec![mail(1, "un@a.example", world.now())]).await;
    world.context.wake_worker();
    let mut sent = Vec::new();
    for _ in 0..200 {
        sent.extend(world.mails());
        if !sent.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(sent.len(), 1);
    stop.send(()).unwrap();
    worker.await.unwrap();
    let beats = state(&world.context).await.unwrap().heartbeats;
    assert_eq!(beats[0].name, "worker");
}

/// What the nightly check finds is told every night, in the words of whoever reads: the instance's administration and
/// the pot's treasurers, each once.
async fn a_check_that_finds_something_alarms(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let treasurer = town.member(1).person;
    world.grant(&town, treasurer, RoleKind::Treasurer).await;
    let new = NewContribution {
        organisation: town.member(2).organisation,
        amount: Money::new(5_000),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    };
    record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap();
    world.post().await;
    world.wait(SignedDuration::from_hours(24));
    assert!(world.post().await.is_empty(), "nothing is wrong");
    let falsify: fn(&mut store::Tx) -> testkit::Sql<'_, u64> = |tx| {
        const SQL: &str = "UPDATE account SET balance = balance + 1 WHERE kind = 'pool'";
        Box::pin(store::execute(tx, SQL, Vec::new()))
    };
    world.sql(falsify).await;
    for night in 0..3 {
        match night {
            // Whoever can't wait for the night asks for it.
            2 => popote_app::jobs::ask_for_the_night(&world.context).await.unwrap(),
            _ => world.wait(SignedDuration::from_hours(24)),
        }
        let mails = world.post().await;
        let mut readers: Vec<String> = mails.iter().map(|mail| mail.to.address().to_owned()).collect();
        readers.sort_unstable();
        assert_eq!(readers, ["personne@arn.example", "personne@yaal-coop.example"]);
        for mail in &mails {
            assert!(mail.text.contains("a trouvé 2 erreurs dans les comptes du pot"), "{}", mail.text);
            let page = if mail.to.address().contains("yaal") { "/admin" } else { "/c/chatons/accounts" };
            assert!(mail.text.contains(page), "{}", mail.text);
        }
    }
}

on_both![
    a_check_that_finds_something_alarms,
    mails_go_out_once_and_one_that_cannot_stops_no_other,
    a_mail_is_tried_again_and_given_up,
    a_wrong_sender_keeps_mails_waiting,
    two_workers_share_what_is_due,
    a_deadline_that_nobody_knows_dies_in_the_open,
    each_night_the_house_is_tidied,
    the_worker_works_at_the_bell_and_stops,
];
