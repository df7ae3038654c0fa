//! What an organisation says of itself: changed by whom, kept as it was.

use domain::rules::Template;
use popote_app::{
    Failure,
    organisations::{OrganisationCard, describe},
};
use testkit::{World, on_both};

use super::fields;

fn card(name: &str, website: &str) -> OrganisationCard {
    OrganisationCard { name: name.to_owned(), website: website.to_owned() }
}

async fn whoever_represents_it_or_administers_changes_it(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle", "ARN"]).await;
    let (ctx, own, other) = (&world.context, town.member(1), town.member(2));
    let stranger = describe(ctx, other.acting(), town.id, own.organisation, card("Cloud Girofle", "")).await;
    assert!(matches!(stranger, Err(Failure::NotAllowed(_))), "{stranger:?}");
    let wrong = describe(ctx, own.acting(), town.id, own.organisation, card(" ", "javascript:x")).await;
    assert_eq!(fields(wrong).len(), 2);
    let taken = describe(ctx, own.acting(), town.id, own.organisation, card("arn", "")).await;
    assert_eq!(fields(taken), ["name is already taken"]);
    let site = "https://girofle.cloud";
    describe(ctx, own.acting(), town.id, own.organisation, card("Cloud Girofle", site)).await.unwrap();
    describe(ctx, town.admin(), town.id, own.organisation, card("Cloud girofle", site)).await.unwrap();
    describe(ctx, town.admin(), town.id, own.organisation, card("Cloud girofle", site)).await.unwrap();
    let mut tx = world.read().await;
    let row = store::organisations::get(&mut tx, own.organisation).await.unwrap().unwrap();
    assert_eq!((row.name.as_str(), row.website.as_str()), ("Cloud girofle", site));
    assert_eq!(row.slug, "girofle", "its addresses stay");
    let history = store::revisions::of_subject(&mut tx, own.organisation.into(), 10).await.unwrap();
    let told: Vec<_> = history.iter().map(|row| (row.number, row.actor)).collect();
    assert_eq!(told, [(2, Some(town.member(0).person)), (1, Some(own.person))], "nothing new, nothing kept");
    assert!(history[1].body.contains("\"Girofle\""), "{}", history[1].body);
}

on_both![whoever_represents_it_or_administers_changes_it];
