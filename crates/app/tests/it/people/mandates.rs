//! Mandates: given and ended by who represents the organisation, with their dates.

use domain::{
    actor::{MandateKind, NotAllowed},
    ids::TokenId,
    people::{MandateRefusal, PROPOSED_FOR},
    rules::Template,
};
use jiff::{SignedDuration, civil::date};
use popote_app::{
    Acting, Failure,
    mandates::{NewMandate, accept, decline, end, give, list},
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

    let given = give(ctx, ada.acting(), town.id, new).await.unwrap();
    assert!(given.proposed);
    let told = world.post().await;
    assert_eq!(readers(&told), [bob.email.as_str()]);
    assert!(told[0].text.contains("1er avril 2025") && told[0].text.contains("/me"), "{}", told[0].text);
    let overlapping = NewMandate { starts_on: date(2025, 6, 30), ends_on: None, ..new };
    assert_eq!(refusal(give(ctx, ada.acting(), town.id, overlapping).await), MandateRefusal::AlreadyProposed);
    accept(ctx, bob.acting(), given.id).await.unwrap();
    let told = world.post().await;
    assert_eq!(readers(&told), [ada.email.as_str()]);
    assert!(told[0].text.contains("accepté"), "{}", told[0].text);
    assert_eq!(refusal(give(ctx, ada.acting(), town.id, overlapping).await), MandateRefusal::AlreadyHeld);
    let after = NewMandate { starts_on: date(2025, 7, 1), ends_on: None, ..new };
    world.mandate(&town, ada.acting(), after).await;
    let held = list(ctx, ada.organisation, date(2025, 3, 3)).await.unwrap();
    assert_eq!(held.len(), 3);
}

async fn nobody_holds_or_is_tied_by_what_they_did_not_accept(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    let today = date(2025, 3, 3);
    let new = NewMandate {
        organisation: ada.organisation,
        person: bob.person,
        kind: MandateKind::Representative,
        starts_on: date(2025, 1, 1),
        ends_on: None,
    };
    let given = give(ctx, ada.acting(), town.id, new).await.unwrap();
    let mut tx = world.read().await;
    let before = popote_app::people::standing(&mut tx, bob.person, town.id, world.now()).await.unwrap();
    assert!(!before.represents(ada.organisation));
    assert_eq!(store::mandates::representatives(&mut tx, ada.organisation, today).await.unwrap(), 1);
    let readers = store::mandates::money_readers(&mut tx, &[ada.organisation], today).await.unwrap();
    assert!(readers.iter().all(|reader| reader.person == ada.person), "{readers:?}");
    drop(tx);
    assert_eq!(list(ctx, ada.organisation, today).await.unwrap().len(), 1);
    let awaits = popote_app::awaiting::of_person(ctx, bob.person).await.unwrap();
    assert_eq!((awaits.proposed.len(), awaits.count()), (1, 1));
    assert!(awaits.mandates.iter().all(|one| one.organisation == bob.organisation));

    let theirs = accept(ctx, ada.acting(), given.id).await;
    assert!(matches!(theirs, Err(Failure::NotFound)), "nobody accepts for another: {theirs:?}");
    let program = Acting { token: Some(TokenId(uuid::Uuid::from_u128(7))), ..bob.acting() };
    let program = accept(ctx, program, given.id).await;
    assert!(matches!(program, Err(Failure::NotAllowed(NotAllowed::NeverByToken))), "{program:?}");

    // From its acceptance on it holds, and not a day before.
    world.wait(SignedDuration::from_hours(24));
    accept(ctx, bob.acting(), given.id).await.unwrap();
    let mut tx = world.read().await;
    let row = store::mandates::get(&mut tx, given.id).await.unwrap().unwrap();
    assert_eq!((row.starts_on, row.created_at), (date(2025, 3, 4), world.now()));
    assert_eq!(row.granted_by, Some(ada.person));
    let after = popote_app::people::standing(&mut tx, bob.person, town.id, world.now()).await.unwrap();
    assert!(after.represents(ada.organisation));
    drop(tx);
    assert_eq!(refusal(accept(ctx, bob.acting(), given.id).await), MandateRefusal::NotProposed);
}

async fn a_proposal_is_declined_taken_back_or_lapses(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, ada, bob, cleo) = (&world.context, town.member(0), town.member(1), town.member(2));
    let new = NewMandate {
        organisation: ada.organisation,
        person: bob.person,
        kind: MandateKind::Finance,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    };
    let ask = || async { give(ctx, ada.acting(), town.id, new).await.unwrap().id };
    let declined = ask().await;
    world.post().await;
    decline(ctx, bob.acting(), declined).await.unwrap();
    let told = world.post().await;
    assert!(told.iter().any(|mail| mail.text.contains("refusé")), "{told:?}");
    assert_eq!(refusal(accept(ctx, bob.acting(), declined).await), MandateRefusal::NotProposed);

    let taken = ask().await;
    assert!(matches!(end(ctx, cleo.acting(), town.id, taken).await, Err(Failure::NotAllowed(_))));
    end(ctx, ada.acting(), town.id, taken).await.unwrap();
    assert_eq!(refusal(accept(ctx, bob.acting(), taken).await), MandateRefusal::NotProposed);

    let late = ask().await;
    world.wait(PROPOSED_FOR);
    assert_eq!(refusal(accept(ctx, bob.acting(), late).await), MandateRefusal::NotProposed);
    assert!(popote_app::awaiting::of_person(ctx, bob.person).await.unwrap().proposed.is_empty());
    let again = ask().await;

    // What somebody proposed falls with their own mandate.
    let second = NewMandate { person: cleo.person, kind: MandateKind::Representative, ..new };
    world.mandate(&town, ada.acting(), second).await;
    let held = list(ctx, ada.organisation, date(2025, 4, 2)).await.unwrap();
    let own = held.iter().find(|one| one.person == ada.person).unwrap().id;
    world.wait(domain::people::WAITING);
    end(ctx, cleo.acting(), town.id, own).await.unwrap();
    assert_eq!(refusal(accept(ctx, bob.acting(), again).await), MandateRefusal::NotProposed);
}

async fn nobody_prolongs_their_own_mandate(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    let last = date(2025, 3, 31);
    let for_a_month = NewMandate {
        organisation: ada.organisation,
        person: bob.person,
        kind: MandateKind::Representative,
        starts_on: date(2025, 3, 3),
        ends_on: Some(last),
    };
    world.mandate(&town, ada.acting(), for_a_month).await;
    world.post().await;
    let by = Acting { organisation: Some(ada.organisation), ..bob.acting() };
    let own = async |kind, starts_on, ends_on| {
        let new = NewMandate { kind, starts_on, ends_on, ..for_a_month };
        give(ctx, by.clone(), town.id, new).await
    };
    let (day, next) = (date(2025, 3, 3), date(2025, 4, 1));
    let after = own(MandateKind::Representative, next, None).await;
    assert_eq!(fields(after), ["starts_on is after 2025-03-31"]);
    let open = own(MandateKind::Finance, day, None).await;
    assert_eq!(fields(open), ["ends_on is after 2025-03-31"]);
    let before = own(MandateKind::Finance, date(1990, 1, 1), Some(last)).await;
    assert_eq!(fields(before), ["starts_on is in the past"]);
    assert_eq!(readers(&world.post().await), [""; 0]);
    assert!(!own(MandateKind::Finance, day, Some(last)).await.unwrap().proposed);
    let told = world.post().await;
    assert_eq!(readers(&told), [ada.email.as_str()], "who else represents it");
    assert!(told[0].text.contains("/members/yaal-coop"), "{}", told[0].text);
    // Somebody else prolongs it.
    let prolonged = NewMandate { starts_on: next, ends_on: None, ..for_a_month };
    world.mandate(&town, ada.acting(), prolonged).await;
}

async fn who_just_came_drives_nobody_out(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, ada, bob, cleo) = (&world.context, town.member(0), town.member(1), town.member(2));
    let new = NewMandate {
        organisation: ada.organisation,
        person: bob.person,
        kind: MandateKind::Representative,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    };
    world.wait(SignedDuration::from_mins(1));
    world.mandate(&town, ada.acting(), new).await;
    world.wait(SignedDuration::from_mins(1));
    world.mandate(&town, bob.acting(), NewMandate { person: cleo.person, ..new }).await;
    let told = world.post().await;
    let told: Vec<_> = told.iter().filter(|mail| mail.subject.contains("nouveau mandat")).collect();
    assert_eq!(told.len(), 1, "who neither gave nor got it: {told:?}");
    assert_eq!(told[0].to.address(), ada.email);
    let held = list(ctx, ada.organisation, date(2025, 3, 3)).await.unwrap();
    let of = |person| held.iter().find(|one| one.person == person).unwrap().id;
    let young = end(ctx, bob.acting(), town.id, of(ada.person)).await;
    assert_eq!(refusal(young), MandateRefusal::YoungMandate);
    end(ctx, bob.acting(), town.id, of(cleo.person)).await.unwrap();
    world.wait(domain::people::WAITING);
    end(ctx, bob.acting(), town.id, of(ada.person)).await.unwrap();
}

/// A mandate that was renewed is younger than a newcomer's; whoever holds it is not.
async fn a_renewed_mandate_makes_nobody_newer(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, ada, bob, cleo) = (&world.context, town.member(0), town.member(1), town.member(2));
    let new = NewMandate {
        organisation: ada.organisation,
        person: bob.person,
        kind: MandateKind::Representative,
        starts_on: date(2025, 3, 3),
        ends_on: Some(date(2025, 3, 31)),
    };
    world.mandate(&town, ada.acting(), new).await;
    world.wait_until("2025-03-30T12:00:00+02:00");
    let (came, next) = (date(2025, 3, 30), date(2025, 4, 1));
    let newcomer = NewMandate { person: cleo.person, starts_on: came, ends_on: None, ..new };
    world.mandate(&town, ada.acting(), newcomer).await;
    world.wait(SignedDuration::from_mins(1));
    world.mandate(&town, ada.acting(), NewMandate { starts_on: next, ends_on: None, ..new }).await;
    world.wait_until("2025-04-01T10:00:00+02:00");
    let held = list(ctx, ada.organisation, next).await.unwrap();
    let renewed = held.iter().find(|one| one.person == bob.person).unwrap().id;
    let young = end(ctx, cleo.acting(), town.id, renewed).await;
    assert_eq!(refusal(young), MandateRefusal::YoungMandate);
    let newcomers = held.iter().find(|one| one.person == cleo.person).unwrap().id;
    end(ctx, bob.acting(), town.id, newcomers).await.unwrap();
}

async fn whoever_gives_one_to_themselves_agrees(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada) = (&world.context, town.member(0));
    let new = NewMandate {
        organisation: ada.organisation,
        person: ada.person,
        kind: MandateKind::Finance,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    };
    assert!(!give(ctx, ada.acting(), town.id, new).await.unwrap().proposed);
    assert_eq!(list(ctx, ada.organisation, date(2025, 3, 3)).await.unwrap().len(), 2);
    assert!(world.post().await.is_empty());
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
    world.mandate(&town, ada.acting(), second).await;
    world.post().await;
    end(ctx, bob.acting(), town.id, own).await.unwrap();
    assert_eq!(readers(&world.post().await), [ada.email.as_str()]);
    assert_eq!(refusal(end(ctx, bob.acting(), town.id, own).await), MandateRefusal::LastRepresentative);
    let after = give(ctx, ada.acting(), town.id, NewMandate { person: ada.person, ..second }).await;
    assert!(matches!(after, Err(Failure::NotAllowed(_))), "an ended mandate gives nothing");
}

on_both![
    a_representative_gives_a_mandate_with_dates,
    nobody_holds_or_is_tied_by_what_they_did_not_accept,
    a_proposal_is_declined_taken_back_or_lapses,
    nobody_prolongs_their_own_mandate,
    who_just_came_drives_nobody_out,
    a_renewed_mandate_makes_nobody_newer,
    whoever_gives_one_to_themselves_agrees,
    a_mandate_ends_but_not_the_last_representatives,
];
