//! Subscriptions: declared, called once a period, paid, late, changed, stopped.

use domain::{
    Money,
    actor::NotAllowed,
    fund_calls::CallState,
    ids::{OrganisationId, PostingId, SubscriptionId},
    input::FieldRule,
    journal::ReversalRefusal,
    posting::{Nature, Reason},
    pot::FundMode,
    rules::Template,
    subscriptions::{Declared, Period, SubscriptionRefusal},
};
use jiff::civil::{Date, date};
use popote_app::{
    Acting, Failure,
    contributions::{NewContribution, record_contribution},
    journal::{NewReversal, reverse_entry},
    subscriptions::{
        Act, NewSubscription, act, calling, give_up,
        page::{Dues, dues},
        subscribe,
    },
};
use testkit::{Grown, World, on_both};

type Refused = Failure<SubscriptionRefusal>;

async fn town(world: &World) -> Grown {
    world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await
}

fn monthly(town: &Grown, cents: i64) -> NewSubscription {
    NewSubscription {
        organisation: town.member(1).organisation,
        period: Period::Month,
        declared: Declared::Amount(Money::new(cents)),
        starts_on: date(2025, 3, 3),
        ends_on: None,
        reason: String::new(),
    }
}

async fn declare(world: &World, town: &Grown, new: NewSubscription) -> Result<SubscriptionId, Refused> {
    subscribe(&world.context, town.member(1).acting(), town.pot, new).await
}

async fn does(world: &World, town: &Grown, id: SubscriptionId, what: Act) -> Result<(), Refused> {
    act(&world.context, town.member(1).acting(), town.pot, id, (what, String::new())).await
}

async fn of(world: &World, town: &Grown) -> Dues {
    let mut tx = world.context.db.read().await.unwrap();
    let pot = store::pots::by_id(&mut tx, town.pot).await.unwrap().unwrap();
    dues(&mut tx, &pot, town.member(1).organisation).await.unwrap()
}

/// What was called, and what of each is received.
async fn called(world: &World, town: &Grown) -> Vec<(Date, i64, i64)> {
    let all = of(world, town).await.calls;
    all.iter().map(|(call, a)| (call.from_day, a.called.minor(), a.received.minor())).collect()
}

fn payment(organisation: OrganisationId, cents: i64, nature: Nature) -> NewContribution {
    NewContribution {
        organisation,
        amount: Money::new(cents),
        nature,
        received_on: date(2025, 3, 3),
        reference: String::new(),
        proof: None,
    }
}

async fn pays(world: &World, town: &Grown, cents: i64) -> PostingId {
    let new = payment(town.member(1).organisation, cents, Nature::Subscription);
    record_contribution(&world.context, town.admin(), town.pot, new).await.unwrap().posting
}

fn refusal<T: std::fmt::Debug>(done: Result<T, Refused>) -> SubscriptionRefusal {
    match done {
        Err(Failure::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn fields<T: std::fmt::Debug>(done: Result<T, Refused>) -> Vec<String> {
    match done {
        Err(Failure::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

async fn each_period_is_called_once_whatever_happens(world: World) {
    let town = town(&world).await;
    let id = declare(&world, &town, monthly(&town, 5_000)).await.unwrap();
    let mails = world.post().await;
    let told: Vec<&str> = mails.iter().map(|mail| mail.to.address()).collect();
    assert_eq!(told, [town.member(1).email.as_str()]);
    assert_eq!(mails[0].subject, "ARN\u{202f}: la cotisation à «\u{202f}CHATONS\u{202f}»");
    assert!(mails[0].text.contains("du 3 mars au 2 avril 2025"), "{}", mails[0].text);
    assert!(mails[0].text.contains("50,00\u{202f}€") && mails[0].text.contains("/c/chatons/subscriptions/1"));
    // Two processes that claimed the same deadline, and a restart after it.
    for _ in 0..2 {
        let (a, b) = (world.context.clone(), world.context.clone());
        let (a, b) = tokio::join!(
            tokio::spawn(async move { calling::call_if_due(&a, id).await }),
            tokio::spawn(async move { calling::call_if_due(&b, id).await }),
        );
        a.unwrap().unwrap();
        b.unwrap().unwrap();
    }
    assert!(world.post().await.is_empty());
    assert_eq!(called(&world, &town).await, [(date(2025, 3, 3), 5_000, 0)]);
    world.wait_until("2025-04-02T23:59:59+02:00");
    world.post().await;
    assert_eq!(called(&world, &town).await.len(), 1);
    world.wait_until("2025-04-03T00:00:00+02:00");
    world.post().await;
    world.post().await;
    assert_eq!(called(&world, &town).await.len(), 2);
    // After months without a worker each period is called once, none left out.
    world.wait_until("2025-07-10T12:00:00+02:00");
    world.post().await;
    world.post().await;
    let days: Vec<Date> = called(&world, &town).await.into_iter().map(|(day, ..)| day).collect();
    assert_eq!(days, [3, 4, 5, 6, 7].map(|month| date(2025, month, 3)));
    let dues = of(&world, &town).await;
    let references: Vec<&str> = dues.calls.iter().map(|(call, _)| call.reference.as_str()).collect();
    assert!(references.iter().all(|one| domain::references::is_reference(one)), "{references:?}");
    assert_eq!(dues.calls[4].0.due_on, date(2025, 8, 9), "nobody is late for what they are asked for today");
}

async fn payments_find_their_periods_and_a_reversal_takes_them_away(world: World) {
    let town = town(&world).await;
    declare(&world, &town, monthly(&town, 5_000)).await.unwrap();
    world.post().await;
    pays(&world, &town, 2_000).await;
    assert_eq!(called(&world, &town).await, [(date(2025, 3, 3), 5_000, 2_000)]);
    let (call, amounts) = of(&world, &town).await.calls.remove(0);
    assert_eq!(amounts.state(call.due_on, date(2025, 3, 4)), CallState::PartlyPaid);
    // More than is asked waits for the next period, which is then covered without anybody doing anything.
    let posting = pays(&world, &town, 6_500).await;
    assert_eq!(of(&world, &town).await.ahead, Money::new(3_500));
    // A payment of another nature is none of it.
    let other = payment(town.member(1).organisation, 100_000, Nature::Earmarked);
    record_contribution(&world.context, town.admin(), town.pot, other).await.unwrap();
    world.wait_until("2025-04-03T09:00:00+02:00");
    let mails = world.post().await;
    let mail = mails.iter().find(|mail| mail.subject.contains("cotisation")).unwrap();
    assert!(mail.text.contains("15,00\u{202f}€"), "{}", mail.text);
    assert_eq!(called(&world, &town).await[1], (date(2025, 4, 3), 5_000, 3_500));
    pays(&world, &town, 1_501).await;
    let dues = of(&world, &town).await;
    assert_eq!((dues.rest(), dues.ahead), (Money::ZERO, Money::new(1)));
    let reversal = NewReversal { posting, reason: Reason::WrongAmount, note: String::new() };
    let done: Result<_, Failure<ReversalRefusal>> =
        reverse_entry(&world.context, town.admin(), town.pot, reversal).await;
    done.unwrap();
    assert_eq!(called(&world, &town).await.iter().map(|one| one.2).sum::<i64>(), 3_501);
}

async fn late_is_reminded_of_once_and_can_be_given_up(world: World) {
    let town = town(&world).await;
    declare(&world, &town, NewSubscription { period: Period::Year, ..monthly(&town, 12_000) }).await.unwrap();
    world.post().await;
    pays(&world, &town, 2_000).await;
    world.wait_until("2025-04-02T23:00:00+02:00");
    assert!(world.post().await.iter().all(|mail| !mail.subject.contains("pas arrivée")));
    let reminders = async |instant: &str| {
        world.wait_until(instant);
        let mails = world.post().await;
        mails.iter().filter(|mail| mail.subject.contains("n’est pas arrivée")).count()
    };
    assert_eq!(reminders("2025-04-03T00:00:00+02:00").await, 1);
    assert_eq!(reminders("2025-06-03T00:00:00+02:00").await, 0);
    let found = of(&world, &town).await;
    assert_eq!(found.late(date(2025, 4, 3)), Money::new(10_000));
    let call = found.calls[0].0.id;
    let treasurer = town.admin();
    let gives_up = async |acting: Acting, reason: &str| {
        give_up(&world.context, acting, town.pot, call, reason.to_owned()).await
    };
    assert!(matches!(gives_up(town.member(1).acting(), "x").await, Err(Failure::NotAllowed(_))));
    assert_eq!(fields(gives_up(treasurer.clone(), " ").await), ["reason"]);
    gives_up(treasurer.clone(), "réglée l’an dernier").await.unwrap();
    let dues = of(&world, &town).await;
    assert_eq!(
        (dues.rest(), dues.calls[0].1.cancelled, dues.ahead),
        (Money::ZERO, Money::new(10_000), Money::ZERO)
    );
    assert_eq!(
        refusal(gives_up(treasurer, "encore").await),
        SubscriptionRefusal::NotAwaited(CallState::Cancelled)
    );
}

async fn it_changes_and_stops_from_the_next_period_on(world: World) {
    let town = town(&world).await;
    let id = declare(&world, &town, monthly(&town, 5_000)).await.unwrap();
    world.post().await;
    let by_turnover = Declared::Turnover { turnover: Money::new(10_000_000), rate: 10 };
    does(&world, &town, id, Act::Change(by_turnover)).await.unwrap();
    assert_eq!(called(&world, &town).await, [(date(2025, 3, 3), 5_000, 0)]);
    assert_eq!(refusal(does(&world, &town, id, Act::Resume).await), SubscriptionRefusal::NotStopped);
    does(&world, &town, id, Act::Stop).await.unwrap();
    assert_eq!(of(&world, &town).await.current.unwrap().stops_on, Some(date(2025, 4, 3)));
    // Another may begin when it stops, not before.
    let early = NewSubscription { starts_on: date(2025, 4, 2), ..monthly(&town, 1_000) };
    let until = Some(date(2025, 4, 3));
    assert_eq!(refusal(declare(&world, &town, early).await), SubscriptionRefusal::Already(until));
    does(&world, &town, id, Act::Resume).await.unwrap();
    world.wait_until("2025-04-03T09:00:00+02:00");
    world.post().await;
    // 0.1 % of 100,000.00 is 100.00 a year: 8.34 in the second month.
    assert_eq!(called(&world, &town).await[1], (date(2025, 4, 3), 834, 0));
    does(&world, &town, id, Act::Stop).await.unwrap();
    let next =
        NewSubscription { starts_on: date(2025, 5, 3), period: Period::Quarter, ..monthly(&town, 9_000) };
    declare(&world, &town, next).await.unwrap();
    // The other begins where it stopped: it can't go on.
    assert_eq!(refusal(does(&world, &town, id, Act::Resume).await), SubscriptionRefusal::Already(None));
    world.wait_until("2025-05-03T09:00:00+02:00");
    world.post().await;
    let calls = called(&world, &town).await;
    assert_eq!(calls[2..], [(date(2025, 5, 3), 9_000, 0)]);
    assert_eq!(refusal(does(&world, &town, id, Act::Resume).await), SubscriptionRefusal::Over);
    assert_eq!(refusal(does(&world, &town, id, Act::Change(by_turnover)).await), SubscriptionRefusal::Over);
}

async fn an_organisation_is_told_when_a_treasurer_stops_for_it(world: World) {
    let town = town(&world).await;
    let id = declare(&world, &town, monthly(&town, 5_000)).await.unwrap();
    world.post().await;
    let by_treasurer = async |what: Act, why: &str| {
        act(&world.context, town.admin(), town.pot, id, (what, why.to_owned())).await
    };
    assert_eq!(fields(by_treasurer(Act::Stop, " ").await), ["reason"]);
    for (what, why, day) in [
        (Act::Stop, "décidé en assemblée", "plus rien ne sera demandé à partir du 3 avril 2025"),
        (Act::Resume, "décidé autrement", "elle continue à partir du 3 avril 2025"),
    ] {
        by_treasurer(what, why).await.unwrap();
        let mails = world.post().await;
        let told: Vec<&str> = mails.iter().map(|mail| mail.to.address()).collect();
        assert_eq!(told, [town.member(1).email.as_str()]);
        assert!(mails[0].text.contains(why) && mails[0].text.contains(day), "{}", mails[0].text);
    }
    // Its own stop is no news to it.
    does(&world, &town, id, Act::Stop).await.unwrap();
    assert!(world.post().await.is_empty());
}

async fn it_ends_on_its_day_and_with_the_membership(world: World) {
    let town = town(&world).await;
    let ends = NewSubscription { ends_on: Some(date(2025, 5, 2)), ..monthly(&town, 100) };
    declare(&world, &town, ends).await.unwrap();
    world.wait_until("2025-09-01T09:00:00+02:00");
    world.post().await;
    assert_eq!(called(&world, &town).await.len(), 2);
    let again = NewSubscription { starts_on: date(2025, 5, 3), ..monthly(&town, 200) };
    declare(&world, &town, again).await.unwrap();
    world.post().await;
    assert_eq!(called(&world, &town).await.len(), 6);
    let organisation = town.member(1).organisation;
    let collective = town.id;
    world
        .sql(move |tx| {
            Box::pin(async move {
                store::organisations::leave(tx, collective, organisation, date(2025, 9, 2)).await.map(drop)
            })
        })
        .await;
    world.wait_until("2026-09-01T09:00:00+02:00");
    world.post().await;
    let dues = of(&world, &town).await;
    assert_eq!((dues.calls.len(), dues.current), (6, None));
}

async fn who_declares_what_and_where_is_checked(world: World) {
    let town = town(&world).await;
    let by =
        async |acting: Acting, new: NewSubscription| subscribe(&world.context, acting, town.pot, new).await;
    // Of another organisation only a treasurer writes it down, with a reason.
    let of_first = NewSubscription { organisation: town.member(0).organisation, ..monthly(&town, 100) };
    let refused = by(town.member(1).acting(), of_first).await;
    assert!(
        matches!(refused, Err(Failure::NotAllowed(NotAllowed::NoMandate | NotAllowed::Missing(_)))),
        "{refused:?}"
    );
    assert_eq!(fields(by(town.admin(), monthly(&town, 100)).await), ["reason"]);
    let wrong = NewSubscription {
        starts_on: date(2023, 1, 1),
        ends_on: Some(date(2022, 1, 1)),
        declared: Declared::Amount(Money::ZERO),
        ..monthly(&town, 0)
    };
    assert_eq!(fields(by(town.member(1).acting(), wrong).await), ["starts_on", "ends_on", "amount"]);
    let told = NewSubscription { reason: "décidé en assemblée".to_owned(), ..monthly(&town, 100) };
    by(town.admin(), told).await.unwrap();
    let agreed = of(&world, &town).await.agreed.unwrap();
    assert_eq!(
        (agreed.name.as_str(), agreed.reason.as_str()),
        ("Personne de Yaal Coop", "décidé en assemblée")
    );
    assert!(world.post().await.iter().any(|mail| mail.text.contains("décidé en assemblée")));
    assert_eq!(
        refusal(by(town.member(1).acting(), monthly(&town, 100)).await),
        SubscriptionRefusal::Already(None)
    );
    // The same form sent twice is one subscription.
    let first = NewSubscription { organisation: town.member(0).organisation, ..monthly(&town, 100) };
    let keyed = || town.admin().with_key("click");
    let one = by(keyed(), first.clone()).await.unwrap();
    assert_eq!(by(keyed(), first).await.unwrap(), one);
    // Where one promises, nobody subscribes.
    for mode in [FundMode::Direct, FundMode::Pledge] {
        let other = world.collective_with(mode, Template::Informal, &[&format!("Picasoft {mode:?}")]).await;
        let new = NewSubscription { organisation: other.member(0).organisation, ..monthly(&town, 100) };
        let done = subscribe(&world.context, other.member(0).acting(), other.pot, new).await;
        assert_eq!(refusal(done), SubscriptionRefusal::OtherMode);
    }
    let gone = act(
        &world.context,
        town.admin(),
        town.pot,
        SubscriptionId(uuid::Uuid::nil()),
        (Act::Stop, String::new()),
    );
    assert!(matches!(gone.await, Err(Failure::NotFound)));
    let rule = FieldRule::TooLong(500);
    let long = NewSubscription { reason: "x".repeat(501), ..monthly(&town, 100) };
    let Err(Failure::Invalid(errors)) = by(town.admin(), long).await else { panic!("a reason without end") };
    assert_eq!(errors[0].rule, rule);
}

on_both![
    each_period_is_called_once_whatever_happens,
    payments_find_their_periods_and_a_reversal_takes_them_away,
    late_is_reminded_of_once_and_can_be_given_up,
    it_changes_and_stops_from_the_next_period_on,
    an_organisation_is_told_when_a_treasurer_stops_for_it,
    it_ends_on_its_day_and_with_the_membership,
    who_declares_what_and_where_is_checked,
];
