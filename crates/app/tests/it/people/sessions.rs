//! Sessions: listed, seen, ended; the organisation acted for.

use domain::{actor::NotAllowed, rules::Template};
use jiff::SignedDuration;
use popote_app::{
    Failure,
    sessions::{Ending, act_for, end, find, list},
};
use testkit::{World, on_both};

use super::enter;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn sessions_are_listed_and_ended(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada) = (&world.context, town.member(0));
    let (one, two, three) =
        (enter(&world, &ada.email).await, enter(&world, &ada.email).await, enter(&world, &ada.email).await);
    let foreign = enter(&world, &town.member(1).email).await;
    assert_eq!(list(ctx, ada.person).await.unwrap().len(), 3);
    let here = async |token: &str| find(ctx, token).await.unwrap().is_some();

    end(ctx, ada.person, Ending::One(two.token.hash())).await.unwrap();
    end(ctx, ada.person, Ending::One(foreign.token.hash())).await.unwrap();
    assert!(!here(two.token.as_str()).await);
    assert!(here(foreign.token.as_str()).await, "nobody ends the sessions of others");
    end(ctx, ada.person, Ending::Others(one.token.hash())).await.unwrap();
    assert!(here(one.token.as_str()).await && !here(three.token.as_str()).await);
    assert!(here(foreign.token.as_str()).await);
    for nothing in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        assert!(!here(nothing).await);
    }
}

async fn a_clock_that_was_set_back_makes_nothing_fresh(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let token = enter(&world, &town.member(0).email).await.token;
    for (back, fresh) in [(HOUR / 12, true), (HOUR * 24, false)] {
        world.wait(-back);
        let session = find(&world.context, token.as_str()).await.unwrap().unwrap();
        assert_eq!(session.is_fresh(world.now()), fresh, "{back} before");
    }
}

async fn a_session_lives_while_it_is_seen(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, ada) = (&world.context, town.member(0));
    let token = enter(&world, &ada.email).await.token;
    let first = find(ctx, token.as_str()).await.unwrap().unwrap();
    let began = first.row.seen_at;
    world.wait(HOUR - SignedDuration::from_secs(1));
    let soon = find(ctx, token.as_str()).await.unwrap().unwrap();
    assert!(!soon.is_fresh(world.now()) && soon.fresh(world.now()) == Err(NotAllowed::NotFresh));
    assert_eq!(list(ctx, ada.person).await.unwrap()[0].seen_at, began, "written hourly");
    world.wait(SignedDuration::from_secs(1));
    find(ctx, token.as_str()).await.unwrap().unwrap();
    assert_eq!(list(ctx, ada.person).await.unwrap()[0].seen_at, world.now());

    // Seen every three weeks it lives on, but for half a year at most.
    let mut weeks = 0;
    while find(ctx, token.as_str()).await.unwrap().is_some() {
        world.wait(HOUR * 24 * 21);
        weeks += 3;
    }
    assert_eq!(weeks, 27, "180 days are 25 weeks and 5 days");
    let idle = enter(&world, &ada.email).await.token;
    world.wait(HOUR * 24 * 30);
    assert!(find(ctx, idle.as_str()).await.unwrap().is_none());
}

async fn one_acts_only_for_an_organisation_of_ones_own(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada) = (&world.context, town.member(0));
    let token = enter(&world, &ada.email).await.token;
    let session = find(ctx, token.as_str()).await.unwrap().unwrap();
    assert_eq!(session.row.organisation_name.as_deref(), Some("Yaal Coop"));
    let foreign = act_for(ctx, &session, Some(town.member(1).organisation)).await;
    assert!(matches!(foreign, Err(Failure::NotAllowed(NotAllowed::NoMandate))));
    act_for(ctx, &session, None).await.unwrap();
    assert_eq!(find(ctx, token.as_str()).await.unwrap().unwrap().row.organisation, None);
    act_for(ctx, &session, Some(ada.organisation)).await.unwrap();
    assert_eq!(find(ctx, token.as_str()).await.unwrap().unwrap().row.organisation, Some(ada.organisation));
}

on_both![
    sessions_are_listed_and_ended,
    a_clock_that_was_set_back_makes_nothing_fresh,
    a_session_lives_while_it_is_seen,
    one_acts_only_for_an_organisation_of_ones_own,
];
