//! Mandates: given and ended by who represents the organisation, with their dates.

use domain::{actor::MandateKind, people::MandateRefusal, rules::Template};
use jiff::civil::date;
use popote_app::{
    Failure,
    mandates::{NewMandate, end, give, list},
};
use testkit::{World, on_both};

use super::{fields, readers, refusal};

async fn a_representative_gives_a_mandate_with_dates(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    let new = NewMandate {
        organisation: ada.organisation,
        person: bob.person,
        kind: MandateKind::Finance,
        starts_on: date(2025, 4, 1),
        ends_on: Some(date(2025, 6, 30)),
    };
    let by_bob = give(ctx, bob.acting(), town.id, new).await;
    assert!(matches!(by_bob, Err(Failure::NotAllowed(_))));
    let backwards = NewMandate { ends_on: Some(date(2025, 3, 31)), ..new };
    assert_eq!(fields(give(ctx, ada.acting(), town.id, backwards).await), ["ends_on is before 2025-04-01"]);
    let over = NewMandate { starts_on: date(2025, 1, 1), ends_on: Some(date(2025, 3, 2)), ..new };
    assert_eq!(fields(give(ctx, ada.acting(), town.id, over).await), ["ends_on is in the past"]);
    let stranger = NewMandate { person: domain::ids::PersonId(uuid::Uuid::from_u128(1)), ..new };
    assert!(matches!(give(ctx, ada.acting(), town.id, stranger).await, Err(Failure::NotFound)));

    give(ctx, ada.acting(), town.id, new).await.unwrap();
    let told = world.post().await;
    assert_eq!(readers(&told), [bob.email.as_str()]);
    assert!(told[0].text.contains("1er avril 2025"), "{}", told[0].text);
    let overlapping = NewMandate { starts_on: date(2025, 6, 30), ends_on: None, ..new };
    assert_eq!(refusal(give(ctx, ada.acting(), town.id, overlapping).await), MandateRefusal::AlreadyHeld);
    let after = NewMandate { starts_on: date(2025, 7, 1), ends_on: None, ..new };
    give(ctx, ada.acting(), town.id, after).await.unwrap();
    let held = list(ctx, ada.organisation, date(2025, 3, 3)).await.unwrap();
    assert_eq!(held.len(), 3);
}

async fn a_mandate_ends_but_not_the_last_representatives(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    let today = date(2025, 3, 3);
    let own = list(ctx, ada.organisation, today).await.unwrap()[0].id;
    let foreign = end(ctx, bob.acting(), town.id, own).await;
    assert!(matches!(foreign, Err(Failure::NotAllowed(_))));
    assert_eq!(refusal(end(ctx, ada.acting(), town.id, own).await), MandateRefusal::LastRepresentative);
    let second = NewMandate {
        organisation: ada.organisation,
        person: bob.person,
        kind: MandateKind::Representative,
        starts_on: today,
        ends_on: None,
    };
    give(ctx, ada.acting(), town.id, second).await.unwrap();
    world.post().await;
    end(ctx, bob.acting(), town.id, own).await.unwrap();
    assert_eq!(readers(&world.post().await), [ada.email.as_str()]);
    assert_eq!(refusal(end(ctx, bob.acting(), town.id, own).await), MandateRefusal::LastRepresentative);
    let after = give(ctx, ada.acting(), town.id, NewMandate { person: ada.person, ..second }).await;
    assert!(matches!(after, Err(Failure::NotAllowed(_))), "an ended mandate gives nothing");
}

on_both![a_representative_gives_a_mandate_with_dates, a_mandate_ends_but_not_the_last_representatives];
