//! What awaits a person: what they may do, what is theirs to put somewhere, what ends soon; nothing of others.

use domain::{actor::MandateKind, rules::TriggerMode, tasks::TaskKind};
use jiff::{SignedDuration, civil::date};
use popote_app::{
    awaiting::{Awaiting, ToDo, of_person},
    invitations, mandates,
};
use store::tasks::Task;
use testkit::{World, on_both};
use words::Locale;

use super::*;

async fn confirmed(world: &World) -> Grown {
    let rules = Rules { trigger: TriggerMode::Confirmed { days: 7 }, ..plain() };
    world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await
}

/// What awaits of one sort.
fn tasks(found: &Awaiting, kind: TaskKind) -> Vec<Task> {
    let tasks = found.todo.iter().filter_map(|todo| match todo {
        ToDo::Task(task) if task.kind == kind => Some((**task).clone()),
        ToDo::Task(_) | ToDo::Invoice(_) => None,
    });
    tasks.collect()
}

async fn a_share_awaits_those_who_move_its_money_until_it_is_put(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 10_000).await;
    }
    let round = open(&world, &town, plan()).await;
    let admin = of_person(&world.context, town.member(0).person).await.unwrap();
    let rounds = tasks(&admin, TaskKind::Round);
    assert_eq!((rounds.len(), rounds[0].number, admin.count()), (1, 1, 1), "money to share out");
    distribute(&world, &town, round).await;
    let admin = of_person(&world.context, town.member(0).person).await.unwrap();
    assert!(tasks(&admin, TaskKind::Round).is_empty());
    assert!(tasks(&admin, TaskKind::Share).is_empty(), "there is nothing to put it on yet");
    let id = propose(&world, &town, 9_000, 12_000).await;
    let admin = of_person(&world.context, town.member(0).person).await.unwrap();
    let shares = tasks(&admin, TaskKind::Share);
    let [share] = shares.as_slice() else { panic!("{shares:?}") };
    assert_eq!((share.organisation_name.as_str(), share.amount), ("Yaal Coop", Money::new(10_000)));
    assert_eq!((share.number, share.day), (1, Some(LAST)));

    put(&world, &town, 2, &[wish(id, 0, 2_500)]).await.unwrap();
    let girofle = of_person(&world.context, town.member(2).person).await.unwrap();
    assert_eq!(tasks(&girofle, TaskKind::Share)[0].amount, Money::new(7_500));
    assert!(tasks(&girofle, TaskKind::Closing).is_empty(), "eight weeks are not soon");
    world.wait_until("2025-04-20T10:00:00+02:00");
    let girofle = of_person(&world.context, town.member(2).person).await.unwrap();
    let closing = tasks(&girofle, TaskKind::Closing);
    let [closing] = closing.as_slice() else { panic!("{closing:?}") };
    assert_eq!((closing.day, closing.amount), (Some(LAST), Money::new(6_500)));
}

async fn a_mandate_of_today_counts_from_midnight_in_the_collective_on(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    propose(&world, &town, 9_000, 12_000).await;
    // Half past midnight in Paris: still the day before in UTC.
    world.wait_until("2025-03-10T00:30:00+01:00");
    let new = mandates::NewMandate {
        organisation: town.member(0).organisation,
        person: town.member(2).person,
        kind: MandateKind::Finance,
        starts_on: date(2025, 3, 10),
        ends_on: None,
    };
    world.mandate(&town, town.admin(), new).await;
    let found = of_person(&world.context, town.member(2).person).await.unwrap();
    assert_eq!(found.today, date(2025, 3, 10));
    let shares = tasks(&found, TaskKind::Share);
    let names: Vec<&str> = shares.iter().map(|share| share.organisation_name.as_str()).collect();
    assert_eq!(names, ["Girofle", "Yaal Coop"]);
}

async fn two_mandates_for_one_organisation_count_a_share_once(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    propose(&world, &town, 9_000, 12_000).await;
    let new = mandates::NewMandate {
        organisation: town.member(0).organisation,
        person: town.member(0).person,
        kind: MandateKind::Finance,
        starts_on: date(2025, 3, 3),
        ends_on: Some(date(2025, 3, 20)),
    };
    world.mandate(&town, town.admin(), new).await;
    let found = of_person(&world.context, town.member(0).person).await.unwrap();
    let amounts: Vec<i64> = tasks(&found, TaskKind::Share).iter().map(|share| share.amount.minor()).collect();
    assert_eq!(amounts, [10_000]);
    assert_eq!(found.ending.len(), 1, "the second mandate ends within a month");
    assert_eq!(found.collectives.len(), 1);
}

async fn a_steward_confirms_and_nobody_else_is_asked(world: World) {
    let town = confirmed(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 10_000, 12_000).await;
    put(&world, &town, 1, &[wish(id, 0, 10_000)]).await.unwrap();
    let steward = of_person(&world.context, town.member(0).person).await.unwrap();
    let features = tasks(&steward, TaskKind::Feature);
    assert_eq!((features.len(), features[0].number), (1, 1));
    assert_eq!(features[0].since, Some(world.now()));
    let other = of_person(&world.context, town.member(2).person).await.unwrap();
    assert!(tasks(&other, TaskKind::Feature).is_empty());
}

async fn payments_without_a_proof_are_told_to_treasurers_after_fifteen_days(world: World) {
    let town = town(&world).await;
    for place in 0..3 {
        pay(&world, &town, place, 10_000).await;
    }
    let told = async |place: usize| {
        let found = of_person(&world.context, town.member(place).person).await.unwrap();
        (tasks(&found, TaskKind::Unproven).first().map(|task| task.many), found.count())
    };
    assert_eq!(told(0).await.0, None, "there is time");
    world.wait(SignedDuration::from_hours(24 * 16));
    let (many, waits) = told(0).await;
    assert_eq!(many, Some(3));
    assert_eq!(told(1).await.0, None, "who is no treasurer");
    let mut tx = world.read().await;
    let rows = store::views::unproven(&mut tx, town.pot, i64::MAX, 10).await.unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(store::receipts::unproven(&mut tx, town.pot).await.unwrap(), 3);
    drop(tx);
    let file = popote_app::files::Upload::check(
        "releve.pdf",
        b"%PDF-1.4 releve".to_vec(),
        popote_app::files::PROOF_TYPES,
    );
    let (context, acting) = (&world.context, town.admin());
    popote_app::proofs::add_proof(context, acting, town.pot, rows[0].posting, file.unwrap()).await.unwrap();
    assert_eq!(told(0).await, (Some(2), waits), "nobody waits for it");
    let mut tx = world.read().await;
    assert_eq!(store::views::unproven(&mut tx, town.pot, i64::MAX, 10).await.unwrap(), rows[1..]);
    assert_eq!(store::receipts::unproven(&mut tx, town.pot).await.unwrap(), 2);
}

async fn an_invitation_awaits_whoever_has_its_address(world: World) {
    let town = town(&world).await;
    let new = invitations::NewInvitation {
        organisation: invitations::For::Member(town.member(0).organisation),
        email: town.member(2).email.to_uppercase(),
        kind: MandateKind::Finance,
        locale: Locale::Fr,
    };
    invitations::invite(&world.context, town.admin(), town.id, new).await.unwrap();
    let invited = of_person(&world.context, town.member(2).person).await.unwrap();
    let [one] = invited.invitations.as_slice() else { panic!("{:?}", invited.invitations) };
    assert_eq!((one.organisation.as_str(), one.collective.as_str()), ("Yaal Coop", "CHATONS"));
    assert!(of_person(&world.context, town.member(1).person).await.unwrap().invitations.is_empty());
    world.wait(SignedDuration::from_hours(14 * 24 + 1));
    assert!(of_person(&world.context, town.member(2).person).await.unwrap().invitations.is_empty());
}

on_both![
    payments_without_a_proof_are_told_to_treasurers_after_fifteen_days,
    a_share_awaits_those_who_move_its_money_until_it_is_put,
    a_mandate_of_today_counts_from_midnight_in_the_collective_on,
    two_mandates_for_one_organisation_count_a_share_once,
    a_steward_confirms_and_nobody_else_is_asked,
    an_invitation_awaits_whoever_has_its_address,
];
