//! From an idea to funding: tracks, needs, prices, edits, sleep.

use domain::{
    features::{FeatureRefusal, MoveRefusal},
    input::FieldRule,
    rules::Template,
};
use jiff::SignedDuration;
use popote_app::{
    Acting,
    features::{
        change_track, edit_feature, park_if_due, say_needed, stages, steward_moves, wake, withdraw_need,
    },
};
use testkit::{World, on_both};

use super::*;

async fn town_of(world: &World, template: Template) -> Grown {
    world.collective(template, &["Yaal Coop", "ARN", "Girofle", "Sans-nuage"]).await
}

async fn try_propose(
    world: &World,
    town: &Grown,
    proposal: Proposal,
    track: Option<Track>,
) -> Result<FeatureId, Failure<FeatureRefusal>> {
    let new = NewFeature { proposal, track, needs: Vec::new() };
    let done = propose_feature(&world.context, town.member(1).acting(), town.pot, new).await;
    done.map(|done| done.feature)
}

fn outside(floor: i64, maximum: i64) -> Proposal {
    Proposal { place: Place::Outside, ..proposal(floor, maximum) }
}

async fn trust_is_funded_at_once_under_frozen_terms(world: World) {
    let town = town_of(&world, Template::Informal).await;
    let id = try_propose(&world, &town, outside(5_000, 8_000), None).await.unwrap();
    let row = feature(&world, id).await;
    assert_eq!((row.state, row.track, row.number), (State::Funding, Track::Trust, 1));
    assert_eq!(
        (row.floor, row.target, row.maximum),
        (Money::new(5_000), Money::new(8_000), Money::new(8_000))
    );
    let mut tx = world.read().await;
    let terms = store::features::terms::at(&mut tx, id, 1).await.unwrap().unwrap();
    assert_eq!((terms.floor, terms.maximum, terms.closing_on), (row.floor, row.maximum, LAST));
    drop(tx);
    // The next one finds its software by another spelling.
    let spelled = Proposal { software: "  ELEMENT ".to_owned(), ..outside(1, 1) };
    let second = try_propose(&world, &town, spelled, None).await.unwrap();
    assert_eq!(feature(&world, second).await.software, row.software);
    assert_eq!(feature(&world, second).await.number, 2);
    sound(&world, &town).await;
}

async fn the_price_decides_the_track_and_a_fuller_one_may_be_asked(world: World) {
    let town = town_of(&world, Template::Association).await;
    for (maximum, track) in [(100_000, Track::Trust), (100_001, Track::Light), (500_001, Track::Full)] {
        let id = try_propose(&world, &town, outside(1_000, maximum), None).await.unwrap();
        assert_eq!(feature(&world, id).await.track, track);
    }
    let id = try_propose(&world, &town, outside(1_000, 1_000), Some(Track::Full)).await.unwrap();
    assert_eq!(feature(&world, id).await.state, State::Idea);
    let done = try_propose(&world, &town, outside(1_000, 100_001), Some(Track::Trust)).await;
    let ceiling = Money::new(100_000);
    assert!(
        matches!(done, Err(Failure::Refused(FeatureRefusal::AboveCeiling { track: Track::Trust, ceiling: c })) if c == ceiling)
    );
    let framed = world.collective(Template::Framed, &["Ailleurs", "Là-bas"]).await;
    let done = try_propose(&world, &framed, outside(1_000, 1_000), Some(Track::Trust)).await;
    assert!(matches!(done, Err(Failure::Refused(FeatureRefusal::TrackNotUsed(Track::Trust)))));
}

async fn light_goes_on_when_enough_need_it(world: World) {
    let town = town_of(&world, Template::Association).await;
    let id = try_propose(&world, &town, outside(100_000, 200_000), None).await.unwrap();
    assert_eq!(state(&world, id).await, State::Idea, "the one that leads needs it alone");
    say_needed(&world.context, town.member(0).acting(), id, "pour nos salons").await.unwrap();
    assert_eq!(state(&world, id).await, State::Gathering);
    let again = say_needed(&world.context, town.member(0).acting(), id, "").await;
    assert!(matches!(again, Err(Failure::Refused(FeatureRefusal::AlreadySo))), "{again:?}");
    withdraw_need(&world.context, town.member(0).acting(), id).await.unwrap();
    say_needed(&world.context, town.member(2).acting(), id, "").await.unwrap();
    assert_eq!(state(&world, id).await, State::Gathering, "two now, three are asked");
    say_needed(&world.context, town.member(3).acting(), id, "").await.unwrap();
    assert_eq!(state(&world, id).await, State::Funding, "its lines are its costing");
    let lead = withdraw_need(&world.context, town.member(1).acting(), id).await;
    assert!(matches!(lead, Err(Failure::Refused(FeatureRefusal::LeadNeedsIt))));
    sound(&world, &town).await;
}

async fn one_person_with_two_mandates_counts_once(world: World) {
    let town = town_of(&world, Template::Association).await;
    let now = world.now();
    let row = store::mandates::MandateRow {
        id: world.context.seed().id(now),
        person: town.member(1).person,
        organisation: town.member(2).organisation,
        kind: domain::actor::MandateKind::Contributor,
        starts_on: date(2025, 3, 1),
        ends_on: None,
        ended_at: None,
        granted_by: None,
        created_at: now,
    };
    world
        .sql(move |tx| {
            let row = row.clone();
            Box::pin(async move { store::mandates::insert(tx, &row).await })
        })
        .await;
    let id = try_propose(&world, &town, outside(100_000, 200_000), None).await.unwrap();
    let twice = Acting::by_form(town.member(1).person, Some(town.member(2).organisation));
    say_needed(&world.context, twice, id, "").await.unwrap();
    assert_eq!(state(&world, id).await, State::Idea);
    say_needed(&world.context, town.member(3).acting(), id, "").await.unwrap();
    assert_eq!(state(&world, id).await, State::Gathering);
}

async fn a_steward_moves_on_with_a_reason_as_far_as_popote_goes(world: World) {
    let town = town_of(&world, Template::Association).await;
    let wish = Proposal { lines: Vec::new(), ..outside(0, 0) };
    let id = try_propose(&world, &town, wish, Some(Track::Light)).await.unwrap();
    let moves = |acting, from, reason: &'static str| steward_moves(&world.context, acting, id, from, reason);
    assert!(matches!(moves(town.admin(), State::Idea, "").await, Err(Failure::Invalid(_))));
    let other = moves(town.member(1).acting(), State::Idea, "oui").await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))));
    moves(town.admin(), State::Idea, "le besoin est connu").await.unwrap();
    // The same once more: it was moved, and is not moved twice.
    let again = moves(town.admin(), State::Idea, "le besoin est connu").await;
    let moved = FeatureRefusal::MovedMeanwhile { from: State::Idea, now: State::Gathering };
    assert!(matches!(again, Err(Failure::Refused(why)) if why == moved), "{again:?}");
    moves(town.admin(), State::Gathering, "le besoin est connu").await.unwrap();
    assert_eq!(state(&world, id).await, State::Costing, "it has no price yet");
    let done = moves(town.admin(), State::Costing, "allons-y").await;
    assert!(matches!(done, Err(Failure::Refused(FeatureRefusal::Terms(_)))), "{done:?}");
    edit_feature(&world.context, town.member(1).acting(), id, 1, outside(5_000, 6_000)).await.unwrap();
    assert_eq!(state(&world, id).await, State::Funding);

    let large = try_propose(&world, &town, outside(600_000, 700_000), None).await.unwrap();
    steward_moves(&world.context, town.admin(), large, State::Idea, "besoin connu").await.unwrap();
    let done = steward_moves(&world.context, town.admin(), large, State::Gathering, "besoin connu").await;
    let not_yet = FeatureRefusal::Move(MoveRefusal::NotYetHere { to: State::Scoping });
    assert!(matches!(done, Err(Failure::Refused(why)) if why == not_yet));
    sound(&world, &town).await;
}

async fn money_inside_freezes_price_and_dates_not_words(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    let lead = || town.member(1).acting();
    let edit = |seen, proposal| edit_feature(&world.context, lead(), id, seen, proposal);
    // Without money the price changes, as a new version of the terms.
    edit(1, proposal(40_000, 45_000)).await.unwrap();
    let row = feature(&world, id).await;
    assert_eq!((row.floor, row.terms_version, row.version), (Money::new(40_000), 2, 2));
    let stale = edit(1, proposal(1, 1)).await;
    assert!(matches!(stale, Err(Failure::Refused(FeatureRefusal::ChangedMeanwhile))), "{stale:?}");
    put(&world, &town, 0, &[wish(id, 0, 1_000)]).await.unwrap();
    let inside = edit(2, proposal(1_000, 1_000)).await;
    let allocated = Money::new(1_000);
    assert!(
        matches!(inside, Err(Failure::Refused(FeatureRefusal::MoneyInside { allocated: a })) if a == allocated)
    );
    let later = edit(2, Proposal { closing_on: date(2025, 4, 1), ..proposal(40_000, 45_000) }).await;
    assert!(matches!(later, Err(Failure::Refused(FeatureRefusal::MoneyInside { .. }))));
    let words = Proposal { title: "Inviter sans compte Matrix".to_owned(), ..proposal(40_000, 45_000) };
    edit(2, words).await.unwrap();
    let row = feature(&world, id).await;
    assert_eq!((row.title.as_str(), row.terms_version), ("Inviter sans compte Matrix", 2));
    let kept = store::revisions::of_subject(&mut world.read().await, id.0, 10).await.unwrap();
    assert_eq!(kept.len(), 2);
    assert!(kept[0].body.contains("Inviter sans compte"));
    let outsider = edit_feature(&world.context, town.member(2).acting(), id, 3, proposal(1, 1)).await;
    assert!(matches!(outsider, Err(Failure::NotAllowed(_))));
    sound(&world, &town).await;
}

async fn what_is_wrong_with_a_proposal_is_named(world: World) {
    let town = town(&world).await;
    let done = try_propose(&world, &town, proposal(1, 1), None).await;
    assert!(matches!(done, Err(Failure::Refused(FeatureRefusal::NoRound))), "{done:?}");
    open(&world, &town, plan()).await;
    let cases = [
        ("title", FieldRule::Missing, Proposal { title: "\u{200b} ".to_owned(), ..proposal(1, 1) }),
        ("closing_on", FieldRule::InThePast, Proposal { closing_on: date(2025, 3, 2), ..proposal(1, 1) }),
        ("closing_on", FieldRule::After(LAST), Proposal { closing_on: date(2025, 5, 1), ..proposal(1, 1) }),
        ("lines", FieldRule::Missing, Proposal { lines: Vec::new(), ..proposal(1, 1) }),
        ("lines.0.minimum", FieldRule::NotPositive, proposal(0, 1)),
        ("lines.0.maximum", FieldRule::BelowMinimum, proposal(2, 1)),
        (
            "description",
            FieldRule::TooLong(20_000),
            Proposal { description: "x".repeat(10_000_000), ..proposal(1, 1) },
        ),
    ];
    for (field, rule, proposal) in cases {
        // Only where a price is asked for at once is one missing.
        let done = try_propose(&world, &town, proposal, Some(Track::Trust)).await;
        let Err(Failure::Invalid(errors)) = done else { panic!("{field}: {done:?}") };
        assert_eq!((errors[0].field.as_str(), &errors[0].rule), (field, &rule));
    }
    let key = town.member(1).acting().with_key("propose");
    let new = || NewFeature { proposal: proposal(1, 1), track: None, needs: Vec::new() };
    let first = propose_feature(&world.context, key.clone(), town.pot, new()).await.unwrap();
    assert_eq!(propose_feature(&world.context, key, town.pot, new()).await.unwrap(), first);
}

async fn another_track_is_a_stewards_choice_before_the_trigger(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 5_000, 6_000).await;
    let change = |acting, track| change_track(&world.context, acting, id, track, "la somme fait hésiter");
    assert!(matches!(change(town.member(1).acting(), Track::Light).await, Err(Failure::NotAllowed(_))));
    assert!(matches!(
        change(town.admin(), Track::Heavy).await,
        Err(Failure::Refused(FeatureRefusal::TrackNotUsed(_)))
    ));
    let full = change(town.admin(), Track::Full).await;
    let not_yet = FeatureRefusal::Move(MoveRefusal::NotYetHere { to: State::Calling });
    assert!(matches!(full, Err(Failure::Refused(why)) if why == not_yet), "a call for bids isn't here yet");
    let alone = change(town.admin(), Track::Light).await;
    let few = FeatureRefusal::TooFewNeed { needers: 1, asked: 2 };
    assert!(matches!(alone, Err(Failure::Refused(why)) if why == few), "the rule counts: {alone:?}");
    say_needed(&world.context, town.member(2).acting(), id, "").await.unwrap();
    put(&world, &town, 0, &[wish(id, 0, 1_000)]).await.unwrap();
    let blocked = change(town.admin(), Track::Light).await;
    let stops = FeatureRefusal::TrackStops { track: Track::Light, inside: Money::new(1_000) };
    assert!(matches!(blocked, Err(Failure::Refused(why)) if why == stops), "no way to pay: {blocked:?}");
    put(&world, &town, 0, &[wish(id, 1_000, 0)]).await.unwrap();
    change(town.admin(), Track::Light).await.unwrap();
    let again = change(town.admin(), Track::Light).await;
    assert!(matches!(again, Err(Failure::Refused(FeatureRefusal::AlreadySo))), "{again:?}");
    put(&world, &town, 0, &[wish(id, 0, 1_000)]).await.unwrap();
    world.post().await;
    change(town.admin(), Track::Trust).await.unwrap();
    let told = world.post().await;
    let mut told: Vec<&str> = told
        .iter()
        .filter(|mail| mail.subject.contains("change de parcours"))
        .map(|mail| mail.to.address())
        .collect();
    told.sort_unstable();
    assert_eq!(told.len(), 2, "whoever put and whoever leads: {told:?}");
    put(&world, &town, 0, &[wish(id, 1_000, 0)]).await.unwrap();
    change(town.admin(), Track::Light).await.unwrap();
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    assert_eq!(state(&world, id).await, State::Contracting);
    let late = change(town.admin(), Track::Full).await;
    assert!(matches!(late, Err(Failure::Refused(FeatureRefusal::NotEditable(_)))), "{late:?}");
    sound(&world, &town).await;
}

async fn an_idea_that_nobody_shares_sleeps_and_wakes(world: World) {
    let town = town_of(&world, Template::Association).await;
    let id = try_propose(
        &world,
        &town,
        Proposal { closing_on: date(2025, 12, 31), ..outside(100_000, 200_000) },
        None,
    )
    .await
    .unwrap();
    park_if_due(&world.context, id).await.unwrap();
    assert_eq!(state(&world, id).await, State::Idea, "too early");
    world.wait(SignedDuration::from_hours(24 * 91));
    park_if_due(&world.context, id).await.unwrap();
    assert_eq!(state(&world, id).await, State::Parked);
    let told = world.post().await;
    let lead =
        told.iter().find(|mail| mail.to.address() == "personne@arn.example").expect("the lead is told");
    assert!(lead.subject.contains("est en sommeil") && lead.text.contains("réveiller"), "{}", lead.text);
    let outsider = wake(&world.context, town.member(2).acting(), id).await;
    assert!(matches!(outsider, Err(Failure::NotAllowed(_))));
    wake(&world.context, town.member(1).acting(), id).await.unwrap();
    assert_eq!(state(&world, id).await, State::Idea);
    let due = store::deadlines::waiting(&mut world.read().await, id.0, stages::STAGE).await.unwrap();
    assert!(due.is_some_and(|due| due > world.now()));
    let ending = domain::features::Ending::Overtaken;
    let lead = town.member(1).acting();
    popote_app::closings::cancel_feature(&world.context, lead, id, ending, "déjà fait").await.unwrap();
    let due = store::deadlines::waiting(&mut world.read().await, id.0, stages::STAGE).await.unwrap();
    assert_eq!(due, None, "nothing falls due any more");
    sound(&world, &town).await;
}

on_both![
    trust_is_funded_at_once_under_frozen_terms,
    the_price_decides_the_track_and_a_fuller_one_may_be_asked,
    light_goes_on_when_enough_need_it,
    one_person_with_two_mandates_counts_once,
    a_steward_moves_on_with_a_reason_as_far_as_popote_goes,
    money_inside_freezes_price_and_dates_not_words,
    what_is_wrong_with_a_proposal_is_named,
    another_track_is_a_stewards_choice_before_the_trigger,
    an_idea_that_nobody_shares_sleeps_and_wakes,
];
