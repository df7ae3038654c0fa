//! The first run: by the printed link, once.

use domain::{
    actor::{MandateKind, RoleKind},
    people::SetupRefusal,
    pot::FundMode,
    rules::Template,
};
use jiff::SignedDuration;
use popote_app::{
    people::standing,
    setup::{Answers, Choices, check_link, init, link, set_up},
};
use testkit::{World, on_both};

use super::{fields, readers, refusal};

fn answers() -> Answers {
    Answers {
        collective: "Les Chatons de l'Été".to_owned(),
        organisation: "Yaal Coop".to_owned(),
        name: "Camille".to_owned(),
        email: "Camille@yaal.example".to_owned(),
    }
}

async fn printed(world: &World) -> Option<String> {
    let url = link(&world.context).await.unwrap()?;
    Some(url.strip_prefix("https://popote.example/setup/").unwrap().to_owned())
}

async fn the_link_makes_a_collective_with_its_pot(world: World) {
    let ctx = &world.context;
    let token = printed(&world).await.unwrap();
    check_link(ctx, &token).await.unwrap();
    let choices = Choices { fund_mode: FundMode::Own, ..Choices::default() };
    let (founded, entered) = set_up(ctx, &token, &answers(), choices, "").await.unwrap();
    assert_eq!(founded.slug, "les-chatons-de-l-ete");
    assert_eq!(entered.person, founded.person);
    assert!(popote_app::sessions::find(ctx, entered.token.as_str()).await.unwrap().is_some());
    let mails = world.post().await;
    assert_eq!(readers(&mails), ["Camille@yaal.example"]);
    assert!(mails[0].text.contains("https://popote.example/c/les-chatons-de-l-ete"));

    let mut tx = world.read().await;
    let admin = standing(&mut tx, founded.person, founded.collective, world.now()).await.unwrap();
    assert_eq!(admin.roles, [RoleKind::Admin, RoleKind::Steward, RoleKind::Treasurer]);
    assert!(admin.instance_admin);
    assert_eq!(admin.mandates.len(), 1);
    assert_eq!(
        (admin.mandates[0].organisation, admin.mandates[0].kind),
        (founded.organisation, MandateKind::Representative)
    );
    let person = store::people::get(&mut tx, founded.person).await.unwrap().unwrap();
    assert_eq!(person.authorising_from, world.now() + SignedDuration::from_hours(48));
    let pot = store::pots::by_slug(&mut tx, founded.collective, "main").await.unwrap().unwrap();
    assert_eq!((pot.fund_mode, pot.currency.as_str(), pot.exponent), (FundMode::Own, "EUR", 2));
    let host = store::hosts::get(&mut tx, pot.host.unwrap()).await.unwrap().unwrap();
    assert_eq!((host.organisation, host.name.as_str()), (Some(founded.organisation), "Yaal Coop"));
    let (version, rules) = store::collectives::rules(&mut tx, founded.collective).await.unwrap();
    assert_eq!((version, rules), (1, Template::Informal.rules()));
    let events = store::events::of_collective(&mut tx, founded.collective, true, None, 10).await.unwrap();
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
    assert!(kinds.contains(&"collective_made") && kinds.contains(&"member_joined"), "{kinds:?}");
}

async fn unless_it_is_said_nobody_holds_money(world: World) {
    let token = printed(&world).await.unwrap();
    let (founded, _) = set_up(&world.context, &token, &answers(), Choices::default(), "").await.unwrap();
    let mut tx = world.read().await;
    let pot = store::pots::by_slug(&mut tx, founded.collective, "main").await.unwrap().unwrap();
    assert_eq!((pot.fund_mode, pot.host), (FundMode::Direct, None));
}

async fn nobody_else_takes_the_instance_over(world: World) {
    let ctx = &world.context;
    let first = printed(&world).await.unwrap();
    let second = printed(&world).await.unwrap();
    for wrong in [first.as_str(), "", "x"] {
        assert_eq!(refusal(check_link(ctx, wrong).await), SetupRefusal::WrongLink);
        let refused = set_up(ctx, wrong, &answers(), Choices::default(), "").await;
        assert_eq!(refusal(refused), SetupRefusal::WrongLink);
    }
    // Wrong answers leave the link as it is, and all of them are said.
    let empty = set_up(ctx, &second, &Answers::default(), Choices::default(), "").await;
    assert_eq!(
        fields(empty),
        ["collective", "organisation", "name", "email"].map(|field| format!("{field} is missing"))
    );
    let lost = Choices { zone: "Mars/Olympus".to_owned(), ..Choices::default() };
    assert_eq!(fields(set_up(ctx, &second, &answers(), lost, "").await), ["zone is unknown"]);

    // Two at the same moment: one of them.
    let (one, other) = (answers(), Answers { email: "autre@arn.example".to_owned(), ..answers() });
    let (one, other) = tokio::join!(
        set_up(ctx, &second, &one, Choices::default(), ""),
        set_up(ctx, &second, &other, Choices::default(), ""),
    );
    assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1);
    assert_eq!(printed(&world).await, None);
    assert_eq!(refusal(check_link(ctx, &second).await), SetupRefusal::Done);
    assert_eq!(refusal(init(ctx, &answers(), Choices::default()).await), SetupRefusal::Done);
}

async fn the_command_line_needs_no_link(world: World) {
    let founded = init(&world.context, &answers(), Choices::default()).await.unwrap();
    assert_eq!(printed(&world).await, None);
    assert!(popote_app::sessions::list(&world.context, founded.person).await.unwrap().is_empty());
}

on_both![
    the_link_makes_a_collective_with_its_pot,
    unless_it_is_said_nobody_holds_money,
    nobody_else_takes_the_instance_over,
    the_command_line_needs_no_link,
];
