//! What an organisation says of itself: changed by whom, kept as it was.

use domain::{people::OrganisationRefusal, rules::Template};
use jiff::civil::date;
use popote_app::{
    Failure,
    organisations::{OrganisationCard, describe},
};
use testkit::{Grown, World, on_both};

use super::fields;

fn card(name: &str, website: &str) -> OrganisationCard {
    OrganisationCard { name: name.to_owned(), website: website.to_owned() }
}

async fn whoever_represents_it_or_administers_changes_it(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle", "ARN"]).await;
    let (ctx, own, other) = (&world.context, town.member(1), town.member(2));
    let stranger =
        describe(ctx, other.acting(), town.id, own.organisation, None, card("Cloud Girofle", "")).await;
    assert!(matches!(stranger, Err(Failure::NotAllowed(_))), "{stranger:?}");
    let wrong = describe(ctx, own.acting(), town.id, own.organisation, None, card(" ", "javascript:x")).await;
    assert_eq!(fields(wrong).len(), 2);
    let taken = describe(ctx, own.acting(), town.id, own.organisation, None, card("arn", "")).await;
    assert_eq!(fields(taken), ["name is the name of a member"]);
    let site = "https://girofle.cloud";
    describe(ctx, own.acting(), town.id, own.organisation, None, card("Cloud Girofle", site)).await.unwrap();
    describe(ctx, town.admin(), town.id, own.organisation, None, card("Cloud girofle", site)).await.unwrap();
    describe(ctx, town.admin(), town.id, own.organisation, None, card("Cloud girofle", site)).await.unwrap();
    // Whoever saw it otherwise overwrites nothing.
    let seen = Some(card("Cloud Girofle", ""));
    let stale = describe(ctx, own.acting(), town.id, own.organisation, seen, card("Girofle", "")).await;
    assert!(matches!(stale, Err(Failure::Stale)), "{stale:?}");
    let mut tx = world.read().await;
    let row = store::organisations::get(&mut tx, own.organisation).await.unwrap().unwrap();
    assert_eq!((row.name.as_str(), row.website.as_str()), ("Cloud girofle", site));
    assert_eq!(row.slug, "girofle", "its addresses stay");
    let history = store::revisions::of_subject(&mut tx, own.organisation.into(), 10).await.unwrap();
    let told: Vec<_> = history.iter().map(|row| (row.number, row.actor)).collect();
    assert_eq!(told, [(2, Some(town.member(0).person)), (1, Some(own.person))], "nothing new, nothing kept");
    assert!(history[1].body.contains("\"Girofle\""), "{}", history[1].body);
}

async fn leave(world: &World, town: &Grown, place: usize) {
    let (collective, organisation) = (town.id, town.member(place).organisation);
    let day = date(2025, 3, 3);
    world
        .sql(move |tx| {
            Box::pin(
                async move { store::organisations::leave(tx, collective, organisation, day).await.map(drop) },
            )
        })
        .await;
}

async fn names_of_members_and_of_those_who_left_are_taken(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle", "ARN"]).await;
    let (ctx, own) = (&world.context, town.member(1));
    let rename =
        |name: &'static str| describe(ctx, own.acting(), town.id, own.organisation, None, card(name, ""));
    for name in ["ARN", "arn.", "\u{410}RN", "A\u{200b}RN"] {
        assert_eq!(fields(rename(name).await), ["name is the name of a member"], "{name}");
    }
    leave(&world, &town, 2).await;
    for name in ["arn", "\u{410}RN"] {
        assert_eq!(fields(rename(name).await), ["name is the name of an organisation that left"], "{name}");
    }
    rename("GIROFLE").await.unwrap();
    rename("ARN Conseil").await.unwrap();
}

async fn nobody_changes_what_left_says(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle"]).await;
    let (ctx, own) = (&world.context, town.member(1));
    leave(&world, &town, 1).await;
    for acting in [own.acting(), town.admin()] {
        let refused = describe(ctx, acting, town.id, own.organisation, None, card("Autre", "")).await;
        assert!(
            matches!(refused, Err(Failure::Refused(OrganisationRefusal::Left) | Failure::NotAllowed(_))),
            "{refused:?}"
        );
    }
    let refused = describe(ctx, town.admin(), town.id, own.organisation, None, card("Autre", "")).await;
    assert!(matches!(refused, Err(Failure::Refused(OrganisationRefusal::Left))), "{refused:?}");
}

async fn the_administration_of_one_collective_changes_nothing_for_others(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle"]).await;
    let other = world.collective(Template::Informal, &["Zaclys"]).await;
    let (ctx, own) = (&world.context, town.member(1));
    let (collective, organisation) = (other.id, own.organisation);
    world
        .sql(move |tx| {
            Box::pin(async move {
                store::execute(tx, "DELETE FROM instance_admin", Vec::new()).await?;
                store::organisations::join(tx, collective, organisation, date(2025, 3, 3)).await.map(drop)
            })
        })
        .await;
    for admin in [(&town, town.admin()), (&other, other.admin())] {
        let refused = describe(ctx, admin.1, admin.0.id, organisation, None, card("Girofle rouge", "")).await;
        assert!(matches!(refused, Err(Failure::Refused(OrganisationRefusal::Shared))), "{refused:?}");
    }
    let taken = describe(ctx, own.acting(), town.id, organisation, None, card("ZACLYS", "")).await;
    assert_eq!(fields(taken), ["name is the name of a member of another of its collectives"]);
    describe(ctx, own.acting(), other.id, organisation, None, card("Cloud Girofle", "")).await.unwrap();
    let person = town.member(0).person;
    world
        .sql(move |tx| {
            Box::pin(async move {
                store::people::make_instance_admin(tx, person, jiff::Timestamp::UNIX_EPOCH).await
            })
        })
        .await;
    describe(ctx, town.admin(), town.id, organisation, None, card("Girofle", "")).await.unwrap();
}

on_both![
    whoever_represents_it_or_administers_changes_it,
    names_of_members_and_of_those_who_left_are_taken,
    nobody_changes_what_left_says,
    the_administration_of_one_collective_changes_nothing_for_others,
];
