//! Roles: by two others, told, after 48 hours; alone only among few.

use domain::{
    actor::{Action, NotAllowed, RoleKind},
    people::RoleRefusal,
    rules::Template,
};
use jiff::SignedDuration;
use popote_app::{
    Failure,
    people::standing,
    roles::{confirm, end, list, propose},
};
use testkit::{Grown, World, on_both};

use super::{readers, refusal};

const TWO_DAYS: SignedDuration = SignedDuration::from_hours(48);

async fn roles_of(world: &World, town: &Grown, place: usize) -> Vec<RoleKind> {
    let mut tx = world.read().await;
    standing(&mut tx, town.member(place).person, town.id, world.now()).await.unwrap().roles
}

async fn two_others_grant_a_role_and_it_waits(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle", "Framasoft"]).await;
    let ctx = &world.context;
    let (ada, bob, cy) = (town.member(0), town.member(1), town.member(2));
    // A second treasurer, so that two may grant at all: proposed by the admin, confirmed by nobody else yet.
    let own = propose(ctx, ada.acting(), town.id, ada.person, RoleKind::Treasurer).await;
    assert_eq!(refusal(own), RoleRefusal::Yourself);
    let role = propose(ctx, ada.acting(), town.id, bob.person, RoleKind::Treasurer).await.unwrap();
    let again = propose(ctx, ada.acting(), town.id, bob.person, RoleKind::Treasurer).await;
    assert_eq!(refusal(again), RoleRefusal::AlreadyHeld);
    assert_eq!(refusal(confirm(ctx, ada.acting(), town.id, role).await), RoleRefusal::SamePerson);
    let own = confirm(ctx, bob.acting(), town.id, role).await;
    assert!(matches!(own, Err(Failure::NotAllowed(NotAllowed::Missing(Action::GrantRole)))));

    // A second admin appears (the instance's own way), who confirms.
    world.grant(&town, cy.person, RoleKind::Admin).await;
    world.post().await;
    let elsewhere = confirm(ctx, cy.acting(), domain::ids::CollectiveId(uuid::Uuid::nil()), role).await;
    assert!(matches!(elsewhere, Err(Failure::NotFound)));
    confirm(ctx, cy.acting(), town.id, role).await.unwrap();
    let told = world.post().await;
    let expected = [&bob.email, &cy.email, &ada.email].map(String::as_str);
    assert_eq!(readers(&told).len(), expected.len());
    assert!(
        expected.iter().all(|email| readers(&told).contains(email)),
        "both, the beneficiary, all treasurers"
    );
    assert_eq!(refusal(confirm(ctx, cy.acting(), town.id, role).await), RoleRefusal::NothingToConfirm);

    assert_eq!(roles_of(&world, &town, 1).await, []);
    world.wait(TWO_DAYS - SignedDuration::from_micros(1));
    assert_eq!(roles_of(&world, &town, 1).await, []);
    world.wait(SignedDuration::from_micros(1));
    assert_eq!(roles_of(&world, &town, 1).await, [RoleKind::Treasurer]);
}

async fn among_few_the_admin_grants_alone_told_to_all(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, bob) = (&world.context, town.member(1));
    let by_bob = propose(ctx, bob.acting(), town.id, bob.person, RoleKind::Treasurer).await;
    assert!(matches!(by_bob, Err(Failure::NotAllowed(_))));
    propose(ctx, town.admin(), town.id, bob.person, RoleKind::Treasurer).await.unwrap();
    assert_eq!(roles_of(&world, &town, 1).await, [RoleKind::Treasurer]);
    assert_eq!(world.post().await.len(), 2, "everybody is told");
    let mut tx = world.read().await;
    let row = store::people::get(&mut tx, bob.person).await.unwrap().unwrap();
    assert_eq!(row.authorising_from, world.now() + TWO_DAYS, "no payment for 48 hours");
    drop(tx);
    let stranger = domain::ids::PersonId(uuid::Uuid::from_u128(1));
    let outside = propose(ctx, town.admin(), town.id, stranger, RoleKind::Steward).await;
    assert_eq!(refusal(outside), RoleRefusal::NotOfCollective);
}

/// What was proposed while there were more counts once the admin says so; for who is gone it counts no more.
async fn what_was_proposed_before_others_left_is_confirmed_by_the_admin(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, ada, bob, cy) = (&world.context, town.member(0), town.member(1), town.member(2));
    let stays = propose(ctx, ada.acting(), town.id, bob.person, RoleKind::Treasurer).await.unwrap();
    let gone = propose(ctx, ada.acting(), town.id, cy.person, RoleKind::Steward).await.unwrap();
    let (now, person) = (world.now(), cy.person);
    world
        .sql(move |tx| {
            Box::pin(async move {
                const ENDS: &str = "UPDATE mandate SET ended_at = $1 WHERE person = $2";
                store::execute(tx, ENDS, store::args![now, person]).await.map(drop)
            })
        })
        .await;
    world.post().await;
    let row = store::collectives::get(&mut world.read().await, town.id).await.unwrap().unwrap();
    let open = {
        let mut tx = world.read().await;
        popote_app::roles::confirmable(&mut tx, &row, ada.person, world.now()).await.unwrap()
    };
    assert_eq!(open.iter().map(|one| (one.role, one.from)).collect::<Vec<_>>(), [(stays, None)]);
    let refused = confirm(ctx, ada.acting(), town.id, gone).await;
    assert_eq!(refusal(refused), RoleRefusal::NotOfCollective);
    confirm(ctx, ada.acting(), town.id, stays).await.unwrap();
    assert_eq!(roles_of(&world, &town, 1).await, [RoleKind::Treasurer]);
    assert_eq!(world.post().await.len(), 2, "everybody is told");
    end(ctx, ada.acting(), town.id, gone).await.unwrap();
}

/// Somebody whose mandate ran out and who holds a role is a person of the collective all the same.
async fn who_holds_a_role_alone_counts_among_the_persons(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, bob, cy) = (&world.context, town.member(1), town.member(2));
    world.grant(&town, cy.person, RoleKind::Treasurer).await;
    let (organisation, now) = (cy.organisation, world.now());
    world
        .sql(move |tx| {
            Box::pin(async move {
                let day = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
                for one in store::mandates::of_organisation(tx, organisation, day, 10).await? {
                    store::mandates::end(tx, one.id, now).await?;
                }
                Ok(())
            })
        })
        .await;
    let role = propose(ctx, town.admin(), town.id, bob.person, RoleKind::Treasurer).await.unwrap();
    assert_eq!(roles_of(&world, &town, 1).await, [], "the admin alone grants nothing");
    assert_eq!(readers(&world.post().await), [cy.email.as_str()], "who may confirm is asked");
    confirm(ctx, cy.acting(), town.id, role).await.unwrap();
    world.wait(TWO_DAYS);
    assert_eq!(roles_of(&world, &town, 1).await, [RoleKind::Treasurer]);
}

/// Nor does the admin become one of two by ending that role first.
async fn who_lost_a_role_lately_counts_among_the_persons(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, bob, cy) = (&world.context, town.member(1), town.member(2));
    world.grant(&town, cy.person, RoleKind::Treasurer).await;
    let (collective, organisation, now) = (town.id, cy.organisation, world.now());
    let treasurer = world
        .sql(move |tx| {
            Box::pin(async move {
                let day = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
                for one in store::mandates::of_organisation(tx, organisation, day, 10).await? {
                    store::mandates::end(tx, one.id, now).await?;
                }
                store::roles::of_collective(tx, collective, 10).await
            })
        })
        .await
        .into_iter()
        .find(|role| role.person_name == "Personne de Girofle")
        .unwrap();
    end(ctx, town.admin(), town.id, treasurer.id).await.unwrap();
    propose(ctx, town.admin(), town.id, bob.person, RoleKind::Treasurer).await.unwrap();
    assert_eq!(roles_of(&world, &town, 1).await, []);
}

async fn the_word_of_who_left_falls(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, ada, bob, cy) = (&world.context, town.member(0), town.member(1), town.member(2));
    let (collective, now) = (town.id, world.now());
    world.grant(&town, cy.person, RoleKind::Admin).await;
    let role = propose(ctx, ada.acting(), town.id, bob.person, RoleKind::Steward).await.unwrap();
    world
        .sql(move |tx| {
            Box::pin(async move {
                for role in store::roles::of_collective(tx, collective, 10).await? {
                    if role.person_name == "Personne de Yaal Coop" {
                        store::roles::end(tx, role.id, role.person, now).await?;
                    }
                }
                store::execute(tx, "DELETE FROM instance_admin", store::args![]).await.map(drop)
            })
        })
        .await;
    let refused = confirm(ctx, cy.acting(), town.id, role).await;
    assert_eq!(refusal(refused), RoleRefusal::NothingToConfirm);
}

/// One person holds every role: without this way out nobody else ever could.
async fn a_representative_confirms_where_nobody_else_grants(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle", "Framasoft"]).await;
    let ctx = &world.context;
    let (ada, bob, cy) = (town.member(0), town.member(1), town.member(2));
    let role = propose(ctx, ada.acting(), town.id, bob.person, RoleKind::Treasurer).await.unwrap();
    let told = world.post().await;
    assert_eq!(told.len(), 2, "the two other representatives");
    let dated = |text: &str| text.contains("Vous pourrez le confirmer à partir du");
    assert!(told.iter().all(|mail| dated(&mail.text)), "their mandates are new");
    let row = store::collectives::get(&mut world.read().await, town.id).await.unwrap().unwrap();
    for (who, may) in [(ada, false), (bob, false), (cy, true)] {
        let open = {
            let mut tx = world.read().await;
            popote_app::roles::confirmable(&mut tx, &row, who.person, world.now()).await.unwrap()
        };
        let found = open.iter().find(|one| one.role == role);
        assert_eq!(found.is_some(), may, "{}", who.name);
        // The page tells from when on, rather than a button that must fail.
        let from = world.now() + SignedDuration::from_hours(48);
        assert!(found.is_none_or(|one| one.from == Some(from)), "{found:?}");
    }
    // Nobody makes themselves a second person by a mandate given for the occasion.
    let young = confirm(ctx, cy.acting(), town.id, role).await;
    assert_eq!(refusal(young), RoleRefusal::YoungMandate);
    world.wait(TWO_DAYS);
    confirm(ctx, cy.acting(), town.id, role).await.unwrap();
    world.wait(SignedDuration::from_hours(49));
    assert_eq!(roles_of(&world, &town, 1).await, [RoleKind::Treasurer]);
    // From now on somebody else grants: representatives confirm no more.
    let next = propose(ctx, ada.acting(), town.id, cy.person, RoleKind::Treasurer).await.unwrap();
    let without = confirm(ctx, town.member(3).acting(), town.id, next).await;
    assert!(matches!(without, Err(Failure::NotAllowed(NotAllowed::Missing(Action::GrantRole)))));
    confirm(ctx, bob.acting(), town.id, next).await.unwrap();
}

async fn ending_the_role_of_another_opens_no_grant(world: World) {
    let names = ["Yaal Coop", "ARN", "Girofle", "Framasoft"];
    let town = world.settled_collective(Template::Informal, &names).await;
    let ctx = &world.context;
    let (ada, bob, cy, di) = (town.member(0), town.member(1), town.member(2), town.member(3));
    world.grant(&town, bob.person, RoleKind::Treasurer).await;
    let held = list(&mut world.read().await, town.id).await.unwrap();
    let of_bob = held.iter().find(|role| role.person == bob.person).unwrap().id;
    // Proposed before and after: a representative confirms neither, and whose role is ended doesn't either.
    let before = propose(ctx, ada.acting(), town.id, cy.person, RoleKind::Steward).await.unwrap();
    world.wait(SignedDuration::from_mins(1));
    end(ctx, ada.acting(), town.id, of_bob).await.unwrap();
    let after = propose(ctx, ada.acting(), town.id, cy.person, RoleKind::Treasurer).await.unwrap();
    let missing = |got| matches!(got, Err(Failure::NotAllowed(NotAllowed::Missing(Action::GrantRole))));
    let row = store::collectives::get(&mut world.read().await, town.id).await.unwrap().unwrap();
    for (who, role) in [(di, before), (di, after), (bob, before), (bob, after)] {
        assert!(missing(confirm(ctx, who.acting(), town.id, role).await), "{}", who.name);
        let mut tx = world.read().await;
        let open = popote_app::roles::confirmable(&mut tx, &row, who.person, world.now()).await.unwrap();
        assert_eq!(open, []);
    }
    world.wait(SignedDuration::from_hours(30 * 24));
    assert!(missing(confirm(ctx, di.acting(), town.id, before).await), "made while another could confirm");
    confirm(ctx, di.acting(), town.id, after).await.unwrap();
}

async fn who_gives_up_a_role_leaves_a_way_to_grant(world: World) {
    let names = ["Yaal Coop", "ARN", "Girofle", "Framasoft"];
    let town = world.settled_collective(Template::Informal, &names).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    world.grant(&town, bob.person, RoleKind::Treasurer).await;
    let held = list(&mut world.read().await, town.id).await.unwrap();
    let of_bob = held.iter().find(|role| role.person == bob.person).unwrap().id;
    let role = propose(ctx, ada.acting(), town.id, town.member(2).person, RoleKind::Treasurer).await.unwrap();
    end(ctx, bob.acting(), town.id, of_bob).await.unwrap();
    confirm(ctx, town.member(3).acting(), town.id, role).await.unwrap();
}

async fn roles_end_but_for_their_last_holder(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    let held = list(&mut ctx.db.read().await.unwrap(), town.id).await.unwrap();
    let of = |kind| held.iter().find(|role| role.kind == kind).unwrap().id;
    let foreign = end(ctx, bob.acting(), town.id, of(RoleKind::Steward)).await;
    assert!(matches!(foreign, Err(Failure::NotAllowed(_))));
    assert_eq!(refusal(end(ctx, ada.acting(), town.id, of(RoleKind::Admin)).await), RoleRefusal::LastHolder);
    assert_eq!(
        refusal(end(ctx, ada.acting(), town.id, of(RoleKind::Steward)).await),
        RoleRefusal::LastHolder
    );
    assert_eq!(roles_of(&world, &town, 0).await, RoleKind::ALL);
    // A proposal is refused in the same way, and can be made again.
    let role = propose(ctx, ada.acting(), town.id, bob.person, RoleKind::Steward).await.unwrap();
    end(ctx, bob.acting(), town.id, role).await.unwrap();
    assert_eq!(refusal(end(ctx, ada.acting(), town.id, role).await), RoleRefusal::NothingToConfirm);
    propose(ctx, ada.acting(), town.id, bob.person, RoleKind::Steward).await.unwrap();
}

on_both![
    who_holds_a_role_alone_counts_among_the_persons,
    who_lost_a_role_lately_counts_among_the_persons,
    two_others_grant_a_role_and_it_waits,
    among_few_the_admin_grants_alone_told_to_all,
    what_was_proposed_before_others_left_is_confirmed_by_the_admin,
    the_word_of_who_left_falls,
    a_representative_confirms_where_nobody_else_grants,
    ending_the_role_of_another_opens_no_grant,
    who_gives_up_a_role_leaves_a_way_to_grant,
    roles_end_but_for_their_last_holder,
];
