//! Standing choices: made, refused, carried out for those who don't answer, once.

use domain::{
    actor::NotAllowed,
    input::FieldRule,
    standing_choices::{ChoiceKind, ChoiceRefusal},
};
use popote_app::{
    jobs::run_due,
    standing_choices::{Choice, Chosen, carry_out_if_due, choose},
};
use testkit::{World, on_both};

use super::*;

async fn chooses(
    world: &World,
    town: &Grown,
    place: usize,
    choice: Choice,
    yearly: Option<i64>,
) -> Result<(), Failure<ChoiceRefusal>> {
    let chosen = Chosen { choice, yearly: yearly.map(Money::new) };
    let member = town.member(place);
    choose(&world.context, member.acting(), town.pot, member.organisation, Some(chosen)).await
}

async fn on(world: &World, town: &Grown, place: usize, feature: FeatureId) -> i64 {
    let organisation = town.member(place).organisation;
    held(world, town, Account::Allocated(organisation, feature, domain::Source::Own)).await
}

/// On the day on which choices are carried out, three days before the last.
const DAY: &str = "2025-04-27T00:00:00+02:00";

async fn who_does_not_answer_is_spoken_for_once(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 10_000).await;
    let element = propose(&world, &town, 50_000, 60_000).await;
    let small = propose(&world, &town, 2_000, 3_000).await;
    let mut other = proposal(50_000, 60_000);
    other.software = "Nextcloud".to_owned();
    let other = propose_so(&world, &town, other, None).await;
    chooses(&world, &town, 0, Choice::Software("element".to_owned()), Some(7_000)).await.unwrap();
    chooses(&world, &town, 2, Choice::Follow(town.member(0).organisation), None).await.unwrap();
    // The same again changes nothing.
    chooses(&world, &town, 2, Choice::Follow(town.member(0).organisation), None).await.unwrap();
    world.post().await;
    // Before its day nothing happens, whoever asks.
    assert_eq!(carry_out_if_due(&world.context, round).await.unwrap(), 0);
    world.wait_until("2025-04-26T23:59:00+02:00");
    run_due(&world.context).await.unwrap();
    assert_eq!(on(&world, &town, 0, element).await, 0);
    world.wait_until(DAY);
    let mails = world.post().await;
    // 70 € in equal parts over two, the smaller takes 20 at most, and is funded by it.
    assert_eq!(on(&world, &town, 0, element).await, 5_000);
    assert_eq!(on(&world, &town, 0, other).await, 0);
    assert_eq!(state(&world, small).await, State::Building);
    // Whoever follows goes where that one lies now: what was funded takes no more.
    assert_eq!(on(&world, &town, 2, element).await, 10_000);
    let mail = mails.iter().find(|mail| mail.subject.contains("Yaal Coop\u{202f}: votre choix permanent"));
    let mail = mail.unwrap_or_else(|| panic!("{:?}", mails.iter().map(|m| &m.subject).collect::<Vec<_>>()));
    assert!(mail.text.contains("50,00\u{202f}€ sur") && mail.text.contains("/rounds/1"), "{}", mail.text);
    assert_eq!(carry_out_if_due(&world.context, round).await.unwrap(), 0, "once");
    sound(&world, &town).await;
}

async fn who_follows_waits_for_the_one_it_follows(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 10_000).await;
    let element = propose(&world, &town, 50_000, 60_000).await;
    chooses(&world, &town, 2, Choice::Follow(town.member(0).organisation), None).await.unwrap();
    world.wait_until(DAY);
    world.post().await;
    put(&world, &town, 0, &[wish(element, 0, 4_000)]).await.unwrap();
    world.wait_until("2025-04-28T00:00:00+02:00");
    let mails = world.post().await;
    assert_eq!(on(&world, &town, 2, element).await, 10_000, "the next day it finds what to follow");
    assert!(mails.iter().any(|mail| mail.subject.contains("Girofle\u{202f}: votre choix permanent")));
    // Whoever hides its amounts isn't followed: the follower's would tell them.
    let mut rules = plain();
    rules.amounts = domain::rules::AmountsSeen::OwnChoice;
    let hidden = world.collective(rules, &["Bise", "Mistral"]).await;
    let done = chooses(&world, &hidden, 1, Choice::Follow(hidden.member(0).organisation), None).await;
    assert!(matches!(done, Err(Failure::Refused(ChoiceRefusal::Hidden))), "{done:?}");
    assert_eq!(carry_out_if_due(&world.context, round).await.unwrap(), 0, "once");
}

async fn what_somebody_does_goes_before(world: World) {
    let town = town(&world).await;
    let round = shared(&world, &town, 10_000).await;
    let element = propose(&world, &town, 50_000, 60_000).await;
    chooses(&world, &town, 0, Choice::Software("Element".to_owned()), None).await.unwrap();
    put(&world, &town, 0, &[wish(element, 0, 1)]).await.unwrap();
    // Taken back by hand it was answered too.
    put(&world, &town, 0, &[wish(element, 1, 0)]).await.unwrap();
    chooses(&world, &town, 1, Choice::Software("Element".to_owned()), None).await.unwrap();
    let member = town.member(1);
    choose(&world.context, member.acting(), town.pot, member.organisation, None).await.unwrap();
    chooses(&world, &town, 2, Choice::Leave, None).await.unwrap();
    world.wait_until(DAY);
    assert_eq!(carry_out_if_due(&world.context, round).await.unwrap(), 0);
    assert_eq!(feature(&world, element).await.allocated_total, Money::ZERO);
    let mut tx = world.read().await;
    let kept = store::standing_choices::of_pot(&mut tx, town.pot).await.unwrap();
    let kinds: Vec<ChoiceKind> = kept.iter().map(|one| one.kind).collect();
    assert!(kinds.len() == 2 && kinds.contains(&ChoiceKind::Leave), "{kinds:?}");
}

async fn a_choice_is_refused_with_its_reason(world: World) {
    let town = town(&world).await;
    let [first, second, third] = [0, 1, 2].map(|place| town.member(place).organisation);
    chooses(&world, &town, 0, Choice::Follow(second), None).await.unwrap();
    chooses(&world, &town, 1, Choice::Follow(third), None).await.unwrap();
    let circle = chooses(&world, &town, 2, Choice::Follow(first), None).await;
    assert!(matches!(circle, Err(Failure::Refused(ChoiceRefusal::Circle))), "{circle:?}");
    let field = |done: Result<(), Failure<ChoiceRefusal>>| {
        let Err(Failure::Invalid(errors)) = done else { panic!("{done:?}") };
        (errors[0].field.clone(), errors[0].rule.clone())
    };
    let oneself = chooses(&world, &town, 2, Choice::Follow(third), None).await;
    assert_eq!(field(oneself), ("follows".to_owned(), FieldRule::NotAChoice));
    let nothing = chooses(&world, &town, 2, Choice::Software(" ".to_owned()), None).await;
    assert_eq!(field(nothing), ("software".to_owned(), FieldRule::Missing));
    let unknown = chooses(&world, &town, 2, Choice::Software("Nextclood".to_owned()), None).await;
    assert_eq!(field(unknown), ("software".to_owned(), FieldRule::Unknown));
    let negative = chooses(&world, &town, 2, Choice::Leave, Some(0)).await;
    assert_eq!(field(negative), ("yearly".to_owned(), FieldRule::NotPositive));
    let chosen = Some(Chosen { choice: Choice::Leave, yearly: None });
    let foreign = choose(&world.context, town.member(1).acting(), town.pot, first, chosen).await;
    assert!(matches!(foreign, Err(Failure::NotAllowed(NotAllowed::NoMandate))), "{foreign:?}");
}

on_both![
    who_does_not_answer_is_spoken_for_once,
    who_follows_waits_for_the_one_it_follows,
    what_somebody_does_goes_before,
    a_choice_is_refused_with_its_reason,
];
