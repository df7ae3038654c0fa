//! What a person holds is what is in force at that instant.

use domain::{
    actor::{HeldMandate, MandateKind, RoleKind},
    ids::MandateId,
    rules::Template,
};
use jiff::{SignedDuration, ToSpan as _};
use popote_app::people::standing;
use store::{mandates, organisations, roles};
use testkit::{World, on_both};

async fn mandates_hold_on_their_days_for_members(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (yaal, arn) = (town.member(0).clone(), town.member(1).clone());
    let now = world.now();
    let representative = HeldMandate { organisation: arn.organisation, kind: MandateKind::Representative };

    let mut tx = world.read().await;
    let at_first = standing(&mut tx, arn.person, town.id, now).await.unwrap();
    assert_eq!(at_first.mandates, [representative]);
    assert!(at_first.roles.is_empty() && !at_first.instance_admin);
    assert_eq!(at_first.today.to_string(), "2025-03-03");
    let before = standing(&mut tx, arn.person, town.id, now - 24.hours()).await.unwrap();
    assert!(before.mandates.is_empty(), "neither mandate nor membership had begun");
    drop(tx);

    // A second mandate, for tomorrow only; its last day ends at midnight in Paris.
    let tomorrow = at_first.today.tomorrow().unwrap();
    let (person, organisation) = (arn.person, yaal.organisation);
    world
        .sql(move |tx| {
            Box::pin(async move {
                let mandate = mandates::MandateRow {
                    id: MandateId(uuid::Uuid::from_u128(7)),
                    person,
                    organisation,
                    kind: MandateKind::Finance,
                    starts_on: tomorrow,
                    ends_on: Some(tomorrow),
                    ended_at: None,
                    granted_by: None,
                    created_at: now,
                };
                mandates::insert(tx, &mandate).await
            })
        })
        .await;
    let finance = HeldMandate { organisation: yaal.organisation, kind: MandateKind::Finance };
    for (at, held) in [
        ("2025-03-03T23:59:59+01:00", vec![representative]),
        ("2025-03-04T00:00:00+01:00", vec![finance, representative]),
        ("2025-03-04T23:59:59+01:00", vec![finance, representative]),
        ("2025-03-05T00:00:00+01:00", vec![representative]),
    ] {
        let mut tx = world.read().await;
        let standing = standing(&mut tx, arn.person, town.id, at.parse().unwrap()).await.unwrap();
        assert_eq!(standing.mandates, held, "{at}");
    }

    // Whoever acts for an organisation that left acts for none.
    let (collective, left) = (town.id, arn.organisation);
    world
        .sql(move |tx| {
            Box::pin(async move { organisations::leave(tx, collective, left, tomorrow).await.map(drop) })
        })
        .await;
    let mut tx = world.read().await;
    assert_eq!(standing(&mut tx, arn.person, town.id, now).await.unwrap().mandates, [representative]);
    let after = standing(&mut tx, arn.person, town.id, now + 24.hours()).await.unwrap();
    assert_eq!(after.mandates, [finance]);
}

async fn a_role_counts_after_its_delay_and_until_its_end(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (first, second) = (town.member(0).person, town.member(1).person);
    let now = world.now();
    let mut tx = world.read().await;
    let admin = standing(&mut tx, first, town.id, now).await.unwrap();
    assert_eq!(admin.roles, [RoleKind::Admin, RoleKind::Steward, RoleKind::Treasurer]);
    assert!(admin.instance_admin);
    drop(tx);

    let role = roles::NewRole {
        id: domain::ids::RoleId(uuid::Uuid::from_u128(9)),
        collective: town.id,
        person: second,
        kind: RoleKind::Treasurer,
        proposed_by: Some(first),
        proposed_at: now,
        effective_at: None,
    };
    let in_two_days = now + SignedDuration::from_hours(48);
    world
        .sql(move |tx| {
            Box::pin(async move {
                assert!(roles::insert(tx, &role).await?);
                assert!(!roles::insert(tx, &role).await?, "one proposal at a time");
                Ok(())
            })
        })
        .await;
    let held = async |at| {
        let mut tx = world.read().await;
        standing(&mut tx, second, town.id, at).await.unwrap().roles
    };
    assert_eq!(held(in_two_days).await, [], "a proposal alone counts for nothing");
    world
        .sql(move |tx| {
            Box::pin(async move { roles::confirm(tx, role.id, first, in_two_days).await.map(drop) })
        })
        .await;
    assert_eq!(held(in_two_days - 1.microsecond()).await, []);
    assert_eq!(held(in_two_days).await, [RoleKind::Treasurer]);
    world.sql(move |tx| Box::pin(async move { roles::end(tx, role.id, first, now).await.map(drop) })).await;
    assert_eq!(held(in_two_days).await, []);
}

on_both![mandates_hold_on_their_days_for_members, a_role_counts_after_its_delay_and_until_its_end];
