//! Handing a feature over: proposed by whoever leads it, or by a steward where nobody is left to, and accepted by the other.

use domain::{
    features::{FeatureRefusal, LeadAnswer},
    reports::{Outcome, ReportRefusal},
    shares::OwnGoesTo,
    tasks::TaskKind,
};
use jiff::SignedDuration;
use popote_app::{
    awaiting::of_person,
    departures::HowToLeave,
    features::{NewLead, answer_lead, changes, hand_over},
    work::{
        objections::object,
        reports::{Decision, NewReport, decide, report},
        worker_of,
    },
};
use store::features::leads;
use testkit::{World, on_both};

use super::{
    super::departures::{handed_over, refunding},
    *,
};

type Done = Result<(), Failure<FeatureRefusal>>;

/// Somebody proposes that a member leads.
async fn to(world: &World, by: Acting, id: FeatureId, lead: OrganisationId) -> Done {
    let session = Session::begun(by.person, world.now());
    let new = NewLead { lead, reason: " Nous n’avons plus le temps. ".to_owned() };
    hand_over(&world.context, &session, by, id, new).await
}

/// Somebody answers what is proposed.
async fn answer(world: &World, by: Acting, id: FeatureId, answer: LeadAnswer) -> Done {
    let open = leads::open(&mut world.read().await, id).await.unwrap();
    let session = Session::begun(by.person, world.now());
    let proposal = open.map_or_else(uuid::Uuid::nil, |open| open.id);
    answer_lead(&world.context, &session, by, id, (proposal, answer)).await
}

async fn asked(world: &World, person: PersonId, kind: TaskKind) -> usize {
    let awaiting = of_person(&world.context, person).await.unwrap();
    awaiting.todo.iter().filter(|todo| todo.kind() == kind).count()
}

async fn one_led(world: &World, town: &Grown) -> FeatureId {
    let new = NewFeature { proposal: proposal(2_000, 60_000), track: None, needs: Vec::new() };
    propose_feature(&world.context, town.admin(), town.pot, new).await.unwrap().feature
}

async fn the_other_accepts_before_it_leads(world: World) {
    let town = refunding(&world).await;
    shared(&world, &town, 6_000).await;
    let id = one_led(&world, &town).await;
    let [yaal, arn, girofle] = [0, 1, 2].map(|place| town.member(place).organisation);
    let [first, second, third] = [0, 1, 2].map(|place| town.member(place).acting());
    world.grant(&town, third.person, RoleKind::Steward).await;
    // Neither another member nor a steward takes it away from a lead that is there.
    assert!(matches!(to(&world, second.clone(), id, girofle).await, Err(Failure::NotAllowed(_))));
    let got = to(&world, third.clone(), id, arn).await;
    assert!(matches!(got, Err(Failure::Refused(FeatureRefusal::LeadIsThere))), "{got:?}");
    assert!(
        matches!(to(&world, first.clone(), id, yaal).await, Err(Failure::Invalid(_))),
        "it leads already"
    );
    let stale = Session::begun(first.person, world.now() - SignedDuration::from_mins(11));
    let new = NewLead { lead: arn, reason: String::new() };
    let got = hand_over(&world.context, &stale, first.clone(), id, new.clone()).await;
    assert!(matches!(got, Err(Failure::NotAllowed(NotAllowed::NotFresh))), "{got:?}");
    let fresh = Session::begun(first.person, world.now());
    let got = hand_over(&world.context, &fresh, first.clone(), id, new).await;
    assert!(matches!(got, Err(Failure::Invalid(_))), "a reason is asked for: {got:?}");

    to(&world, first.clone(), id, girofle).await.unwrap();
    to(&world, first.clone(), id, arn).await.unwrap();
    assert_eq!(asked(&world, third.person, TaskKind::LeadProposed).await, 0, "something else was proposed");
    assert_eq!(asked(&world, second.person, TaskKind::LeadProposed).await, 1);
    assert_eq!(feature(&world, id).await.lead, yaal, "nothing changes before the answer");
    let mails = world.post().await;
    let mail = mails.iter().find(|mail| mail.subject.contains("mener")).unwrap();
    assert!(mail.text.contains("Nous n’avons plus le temps."), "{}", mail.text);

    for by in [&first, &third] {
        let got = answer(&world, by.clone(), id, LeadAnswer::Accepted).await;
        assert!(matches!(got, Err(Failure::NotAllowed(_))), "only whoever represents it: {got:?}");
    }
    answer(&world, second.clone(), id, LeadAnswer::Declined).await.unwrap();
    let got = answer(&world, second.clone(), id, LeadAnswer::Accepted).await;
    assert!(matches!(got, Err(Failure::Refused(FeatureRefusal::NotProposed))), "{got:?}");
    assert!(world.post().await.iter().any(|mail| mail.subject.starts_with("ARN ne mènera pas")));

    to(&world, first.clone(), id, arn).await.unwrap();
    let before = worker_of(&mut world.read().await, &feature(&world, id).await).await.unwrap();
    answer(&world, second.clone(), id, LeadAnswer::Accepted).await.unwrap();
    let row = feature(&world, id).await;
    assert_eq!(row.lead, arn);
    assert_eq!(asked(&world, second.person, TaskKind::LeadProposed).await, 0);
    let mut tx = world.read().await;
    let after = worker_of(&mut tx, &row).await.unwrap();
    assert_eq!(
        (after.name, after.organisation),
        (before.name, before.organisation),
        "who does the work stays"
    );
    let told = changes(&mut tx, &row).await.unwrap();
    let lead = told[0].fields.iter().find(|field| field.name == "lead").unwrap();
    assert_eq!((lead.from.as_str(), lead.to.as_str()), (Some(&*yaal.to_string()), Some(&*arn.to_string())));
    assert_eq!(told[0].by, Some(second.person));
    drop(tx);
    sound(&world, &town).await;
}

async fn a_steward_proposes_where_nobody_is_left_to(world: World) {
    let town = refunding(&world).await;
    shared(&world, &town, 6_000).await;
    let id = one_led(&world, &town).await;
    let how = HowToLeave { decision: None, own: OwnGoesTo::PoolCommon, stays: false, confirmed: true };
    handed_over(&world, &town).await;
    depart(&world.context, town.admin(), town.id, town.member(0).organisation, how).await.unwrap();
    let [second, third] = [1, 2].map(|place| town.member(place).acting());
    world.grant(&town, second.person, RoleKind::Steward).await;
    assert_eq!(asked(&world, second.person, TaskKind::Lead).await, 1);
    let lead = |place: usize| town.member(place).organisation;
    assert!(
        matches!(to(&world, third.clone(), id, lead(1)).await, Err(Failure::NotAllowed(_))),
        "a steward does"
    );
    assert!(matches!(to(&world, second.clone(), id, lead(0)).await, Err(Failure::Invalid(_))), "it left");
    let own = to(&world, second.clone(), id, lead(1)).await;
    assert!(matches!(own, Err(Failure::NotAllowed(_))), "not to one's own organisation: {own:?}");
    to(&world, second.clone(), id, lead(2)).await.unwrap();
    assert_eq!(asked(&world, second.person, TaskKind::Lead).await, 0, "it awaits the other");
    answer(&world, second.clone(), id, LeadAnswer::Withdrawn).await.unwrap();
    assert_eq!(asked(&world, second.person, TaskKind::Lead).await, 1);
    to(&world, second.clone(), id, lead(2)).await.unwrap();
    answer(&world, third, id, LeadAnswer::Accepted).await.unwrap();
    assert_eq!(feature(&world, id).await.lead, lead(2));
    assert_eq!(asked(&world, second.person, TaskKind::Lead).await, 0);
    sound(&world, &town).await;
}

/// A steward of the organisation that led can't hand the feature over and then decide on its report.
async fn whoever_led_before_stays_tied(world: World) {
    let mut rules = plain();
    rules.calendar = domain::rules::Calendar::ANY_DAY;
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle", "Zaclys"]).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let (arn, zaclys) = (town.member(1).acting(), town.member(3));
    world.grant(&town, arn.person, RoleKind::Steward).await;
    to(&world, arn.clone(), id, zaclys.organisation).await.unwrap();
    answer(&world, zaclys.acting(), id, LeadAnswer::Accepted).await.unwrap();
    let context = &world.context;
    let new = NewReport { body: "C'est fait.".to_owned(), link: "https://example.org/mr/1".to_owned() };
    report(context, zaclys.acting(), id, new).await.unwrap();
    // While it stands, the lead stays.
    let got = to(&world, zaclys.acting(), id, town.member(2).organisation).await;
    assert!(matches!(got, Err(Failure::Refused(FeatureRefusal::ReportStands))), "{got:?}");
    for place in [0, 2] {
        object(context, town.member(place).acting(), id, "non").await.unwrap();
    }
    let ends = Decision::Ends(Outcome::Delivered);
    assert_eq!(refused(decide(context, arn, id, ends, "oui").await), ReportRefusal::Tied);
    decide(context, town.admin(), id, ends, "oui").await.unwrap();
    sound(&world, &town).await;
}

on_both![
    the_other_accepts_before_it_leads,
    a_steward_proposes_where_nobody_is_left_to,
    whoever_led_before_stays_tied,
];
