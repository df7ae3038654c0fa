//! Reports, objections, the stewards' answer, late work.

use domain::reports::{Outcome, ReportRefusal, ReportState};
use jiff::{SignedDuration, ToSpan as _};
use popote_app::work::{
    give_time,
    objections::{object, withdraw_objection},
    reports::{Decision, NewReport, decide, report},
};

use super::*;

pub(super) async fn reported(world: &World, town: &Grown, id: FeatureId) -> Date {
    let new = NewReport { body: "C'est fait.".to_owned(), link: "https://example.org/mr/1".to_owned() };
    report(&world.context, town.member(1).acting(), id, new).await.unwrap()
}

pub(super) async fn days(world: &World, days: i64) {
    world.wait(SignedDuration::from_hours(24 * days));
    world.post().await;
}

async fn standing(world: &World, id: FeatureId) -> store::work::Report {
    store::work::reports(&mut world.read().await, id, 1).await.unwrap().remove(0)
}

/// Four members: the last two may object to the work that the second leads.
async fn at_work(world: &World) -> (Grown, FeatureId) {
    let mut rules = plain();
    rules.calendar = domain::rules::Calendar::ANY_DAY;
    let town = world.settled_collective(rules, &["Yaal Coop", "ARN", "Girofle", "Zaclys"]).await;
    let id = funded_in(world, &town, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    (town, id)
}

async fn silence_delivers_and_what_is_left_returns(world: World) {
    let (town, id) = at_work(&world).await;
    authorised(&world, &town, id, "F-1", 3_333).await;
    world.post().await;
    let until = reported(&world, &town, id).await;
    assert_eq!(until, date(2025, 3, 17));
    let told = world.post().await;
    assert!(
        told.iter().any(|mail| mail.to.address().contains("girofle") && mail.text.contains("C'est fait.")),
        "{told:?}"
    );
    days(&world, 14).await;
    assert_eq!(state(&world, id).await, State::Building, "the last day isn't over");
    world.wait(SignedDuration::from_hours(24));
    let told = world.post().await;
    assert_eq!(state(&world, id).await, State::Delivered);
    sound(&world, &town).await;
    let share = |place: usize| Account::Share(town.member(place).organisation, domain::Source::Own);
    assert_eq!(held(&world, &town, share(0)).await, 10_000 - 1_333);
    assert_eq!(held(&world, &town, share(2)).await, 10_000 - 2_000);
    let row = feature(&world, id).await;
    assert_eq!((row.allocated_total, row.ended_at.is_some()), (Money::new(3_333), true));
    assert!(
        told.iter().any(|mail| mail.to.address().contains("girofle") && mail.text.contains("10,00")),
        "{told:?}"
    );
    days(&world, 400).await;
    sound(&world, &town).await;
}

async fn two_objections_ask_the_stewards_whose_silence_delivers(world: World) {
    let (town, id) = at_work(&world).await;
    reported(&world, &town, id).await;
    let context = &world.context;
    let own = object(context, town.member(1).acting(), id, "non").await;
    assert_eq!(refused(own), ReportRefusal::OwnWork);
    object(context, town.member(2).acting(), id, "rien ne marche").await.unwrap();
    let twice = object(context, town.member(2).acting(), id, "rien").await;
    assert_eq!(refused(twice), ReportRefusal::AlreadyObjected);
    assert_eq!(standing(&world, id).await.state, ReportState::Open, "one is not enough");
    let early = decide(context, town.admin(), id, Decision::Ends(Outcome::ClosedFailed), "non").await;
    assert_eq!(refused(early), ReportRefusal::NotContested);
    object(context, town.member(3).acting(), id, "non plus").await.unwrap();
    assert_eq!(standing(&world, id).await.state, ReportState::Contested);
    assert!(world.post().await.iter().any(|mail| mail.to.address().contains("yaal")), "the steward is asked");
    days(&world, 20).await;
    assert_eq!(state(&world, id).await, State::Building, "the window's end no longer counts");
    days(&world, 11).await;
    assert_eq!(state(&world, id).await, State::Delivered);
    sound(&world, &town).await;
}

/// Two others are there, two are asked; with one other, one. Who joins afterwards changes nothing and objects to nothing.
async fn how_many_objections_are_asked_is_settled_by_the_report(world: World) {
    let mut rules = plain();
    rules.calendar = domain::rules::Calendar::ANY_DAY;
    let town = world.settled_collective(rules, &["Yaal Coop", "ARN"]).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (1, 3_000)]).await;
    reported(&world, &town, id).await;
    assert_eq!(standing(&world, id).await.objections_asked, Some(1), "one other is all there is");
    days(&world, 2).await;
    let elsewhere = world.collective(plain(), &["Zaclys"]).await;
    let (collective, late) = (town.id, elsewhere.member(0).organisation);
    world
        .sql(move |tx| {
            Box::pin(async move {
                store::organisations::join(tx, collective, late, date(2025, 3, 5)).await.map(drop)
            })
        })
        .await;
    let refusal = object(&world.context, elsewhere.member(0).acting(), id, "non").await;
    assert_eq!(refused(refusal), ReportRefusal::JoinedSince);
    object(&world.context, town.member(0).acting(), id, "rien ne marche").await.unwrap();
    assert_eq!(standing(&world, id).await.state, ReportState::Contested, "one is still enough");
}

async fn an_objection_withdrawn_asks_nobody_any_more(world: World) {
    let (town, id) = at_work(&world).await;
    reported(&world, &town, id).await;
    let context = &world.context;
    let none = withdraw_objection(context, town.member(2).acting(), id).await;
    assert_eq!(refused(none), ReportRefusal::NotObjected);
    object(context, town.member(2).acting(), id, "non").await.unwrap();
    object(context, town.member(3).acting(), id, "non").await.unwrap();
    days(&world, 20).await;
    withdraw_objection(context, town.member(3).acting(), id).await.unwrap();
    assert_eq!(standing(&world, id).await.state, ReportState::Open);
    let late = object(context, town.member(3).acting(), id, "si").await;
    assert_eq!(refused(late), ReportRefusal::WindowOver);
    days(&world, 0).await;
    assert_eq!(state(&world, id).await, State::Delivered, "its window had passed");
}

async fn the_same_person_for_two_organisations_is_one_objection(world: World) {
    let (town, id) = at_work(&world).await;
    reported(&world, &town, id).await;
    let person = town.member(2).person;
    let organisation = town.member(3).organisation;
    represents(&world, person, organisation).await;
    object(&world.context, town.member(2).acting(), id, "non").await.unwrap();
    object(&world.context, Acting::by_form(person, Some(organisation)), id, "non").await.unwrap();
    assert_eq!(standing(&world, id).await.state, ReportState::Open);
}

async fn stewards_give_time_and_another_report_follows(world: World) {
    let (town, id) = at_work(&world).await;
    reported(&world, &town, id).await;
    let context = &world.context;
    object(context, town.member(2).acting(), id, "non").await.unwrap();
    object(context, town.member(3).acting(), id, "non").await.unwrap();
    let until = date(2025, 4, 1);
    let outsider = decide(context, town.member(2).acting(), id, Decision::MoreTime(until), "oui").await;
    assert_eq!(refused(outsider), ReportRefusal::StewardsFirst);
    let past = give_time(context, town.admin(), id, date(2025, 3, 3), "oui").await;
    assert_eq!(field(past), [FieldError::new("until", FieldRule::InThePast)]);
    let no_day = decide(context, town.admin(), id, Decision::Ends(Outcome::MoreTime), "oui").await;
    assert_eq!(refused(no_day), ReportRefusal::NotContested, "more time has a day");
    give_time(context, town.admin(), id, until, "il manque la documentation").await.unwrap();
    assert_eq!(standing(&world, id).await.outcome, Some(Outcome::MoreTime));
    let second = reported(&world, &town, id).await;
    assert_eq!(second, date(2025, 3, 17));
    assert_eq!(standing(&world, id).await.number, 2);
    days(&world, 15).await;
    assert_eq!(state(&world, id).await, State::Delivered);
    sound(&world, &town).await;
}

async fn those_at_work_never_decide_and_others_stand_in(world: World) {
    let (town, id) = at_work(&world).await;
    // Who leads holds the role, too.
    world.grant(&town, town.member(1).person, RoleKind::Steward).await;
    reported(&world, &town, id).await;
    let context = &world.context;
    object(context, town.member(2).acting(), id, "non").await.unwrap();
    world.post().await;
    object(context, town.member(0).acting(), id, "non").await.unwrap();
    let told = world.post().await;
    let decides = |who: &str| {
        told.iter()
            .any(|mail| mail.to.address().contains(who) && mail.text.contains("La décision vous revient"))
    };
    assert!(decides("yaal") && !decides("arn") && !decides("girofle"), "{told:?}");
    assert!(told.iter().any(|mail| mail.to.address().contains("arn") && mail.text.contains("2 structures")));
    let ends = Decision::Ends(Outcome::Delivered);
    let own = decide(context, town.member(1).acting(), id, ends, "oui").await;
    assert_eq!(refused(own), ReportRefusal::Tied);
    let other = decide(context, town.member(3).acting(), id, ends, "oui").await;
    assert_eq!(refused(other), ReportRefusal::StewardsFirst);
    // The only other steward now leads as well: another member's representative stands in.
    represents(&world, town.member(0).person, town.member(1).organisation).await;
    let tied = decide(context, town.admin(), id, ends, "oui").await;
    assert_eq!(refused(tied), ReportRefusal::Tied);
    decide(context, town.member(3).acting(), id, ends, "oui").await.unwrap();
    assert_eq!(state(&world, id).await, State::Delivered);
    sound(&world, &town).await;
}

async fn nobody_stands_in_for_a_steward_who_was_tied_since_the_report(world: World) {
    let (town, id) = at_work(&world).await;
    reported(&world, &town, id).await;
    let context = &world.context;
    object(context, town.member(2).acting(), id, "non").await.unwrap();
    object(context, town.member(0).acting(), id, "non").await.unwrap();
    world.wait(SignedDuration::from_hours(1));
    represents(&world, town.member(0).person, town.member(1).organisation).await;
    let ends = Decision::Ends(Outcome::Delivered);
    let tied = decide(context, town.admin(), id, ends, "oui").await;
    assert_eq!(refused(tied), ReportRefusal::Tied);
    let other = decide(context, town.member(3).acting(), id, ends, "oui").await;
    assert_eq!(refused(other), ReportRefusal::StewardsFirst);
    world.grant(&town, town.member(3).person, RoleKind::Steward).await;
    decide(context, town.member(3).acting(), id, ends, "oui").await.unwrap();
    assert_eq!(state(&world, id).await, State::Delivered);
}

async fn one_objection_is_enough_where_one_member_may_object(world: World) {
    let mut rules = plain();
    rules.calendar = domain::rules::Calendar::ANY_DAY;
    let town = world.settled_collective(rules, &["Yaal Coop", "ARN"]).await;
    let id = funded_in(&world, &town, 2_000, 9_000, &[(0, 2_000)]).await;
    world.post().await;
    reported(&world, &town, id).await;
    let told = world.post().await;
    let to = |who: &'static str| {
        told.iter().find(move |mail| mail.to.address().contains(who)).map(|mail| mail.text.clone()).unwrap()
    };
    assert!(to("yaal").contains("Sans objection"), "{}", to("yaal"));
    assert!(to("arn").contains("vous n’avez rien à faire"), "{}", to("arn"));
    object(&world.context, town.member(0).acting(), id, "non").await.unwrap();
    assert_eq!(standing(&world, id).await.state, ReportState::Contested);
    assert!(world.post().await.iter().any(|mail| mail.text.contains("Une structure fait une objection")));
    decide(&world.context, town.admin(), id, Decision::Ends(Outcome::ClosedFailed), "rien").await.unwrap();
    sound(&world, &town).await;
}

async fn late_work_is_reminded_then_abandoned(world: World) {
    let (town, id) = at_work(&world).await;
    let due = date(2025, 3, 3).saturating_add(180.days());
    authorised(&world, &town, id, "F-1", 1_000).await;
    let waiting = entered(&world, &town, id, "F-2", 500).await;
    let work = || async { store::work::of_feature(&mut world.read().await, id).await.unwrap().unwrap() };
    assert_eq!(work().await.due_on, due);
    days(&world, 211).await;
    assert!(work().await.noticed_at.is_some() && work().await.cure_until.is_none());
    days(&world, 30).await;
    assert!(work().await.cure_until.is_some());
    days(&world, 17).await;
    assert_eq!(state(&world, id).await, State::Building, "an invoice waits for its answer");
    refuse_invoice(&world.context, town.admin(), waiting, "non").await.unwrap();
    days(&world, 16).await;
    assert_eq!(state(&world, id).await, State::Abandoned);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(1_000));
    sound(&world, &town).await;
}

on_both![
    silence_delivers_and_what_is_left_returns,
    two_objections_ask_the_stewards_whose_silence_delivers,
    how_many_objections_are_asked_is_settled_by_the_report,
    an_objection_withdrawn_asks_nobody_any_more,
    the_same_person_for_two_organisations_is_one_objection,
    stewards_give_time_and_another_report_follows,
    those_at_work_never_decide_and_others_stand_in,
    nobody_stands_in_for_a_steward_who_was_tied_since_the_report,
    one_objection_is_enough_where_one_member_may_object,
    late_work_is_reminded_then_abandoned,
];
