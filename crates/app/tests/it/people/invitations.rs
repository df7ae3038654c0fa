//! Invitations: one address, once, fourteen days, never a role.

use domain::{
    actor::{Action, MandateKind, NotAllowed},
    ids::CollectiveId,
    people::InvitationRefusal,
    rules::Template,
};
use jiff::SignedDuration;
use popote_app::{
    Acting, Context, Failure,
    invitations::{For, NewInvitation, Shown, accept, asked, confirm, decline, find, invite, list, withdraw},
    people::standing,
};
use testkit::{Grown, World, on_both};
use words::Locale;

use super::{fields, readers, refusal, secret};

fn to(email: &str, organisation: For, kind: MandateKind) -> NewInvitation {
    NewInvitation { organisation, email: email.to_owned(), kind, locale: Locale::Fr }
}

fn new(name: &str) -> For {
    For::New(name.to_owned())
}

async fn invited(world: &World, town: &Grown, acting: Acting, invitation: NewInvitation) -> String {
    invite(&world.context, acting, town.id, invitation).await.unwrap();
    secret(&world.post().await[0], "/invitation/")
}

async fn listed(ctx: &Context, collective: CollectiveId) -> Vec<Shown> {
    list(&mut ctx.db.read().await.unwrap(), collective, ctx.now()).await.unwrap()
}

async fn an_organisation_joins_by_an_invitation(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let ctx = &world.context;
    let link =
        invited(&world, &town, town.admin(), to("Noé@arn.example", new("ARN"), MandateKind::Finance)).await;
    let shown = find(ctx, &link).await.unwrap();
    assert_eq!((shown.organisation.as_str(), shown.member, shown.known), ("ARN", None, false));
    assert_eq!((shown.inviter.as_str(), shown.kind), ("Personne de Yaal Coop", MandateKind::Finance));
    assert_eq!(listed(ctx, town.id).await.len(), 1);

    assert_eq!(fields(accept(ctx, &link, " ", Locale::Fr, "").await), ["name is missing"]);
    let accepted = accept(ctx, &link, "Noé", Locale::En, "").await.unwrap();
    assert_eq!(accepted.collective, town.slug);
    let person = accepted.entered.unwrap().person;
    let mut tx = world.read().await;
    let member =
        store::organisations::member(&mut tx, town.id, accepted.organisation).await.unwrap().unwrap();
    assert_eq!((member.slug.as_str(), member.joined_on.to_string().as_str()), ("arn", "2025-03-03"));
    let held = standing(&mut tx, person, town.id, world.now()).await.unwrap();
    assert_eq!((held.mandates.len(), held.mandates[0].kind, held.roles.len()), (1, MandateKind::Finance, 0));
    let row = store::people::get(&mut tx, person).await.unwrap().unwrap();
    assert_eq!(
        (row.name.as_str(), row.email.as_str(), row.locale.as_str()),
        ("Noé", "Noé@arn.example", "en")
    );
    let events = store::events::of_collective(&mut tx, town.id, true, None, 20).await.unwrap();
    let joined = events.iter().find(|event| event.kind == "member_joined").unwrap();
    assert_eq!((joined.person(), joined.organisation), (Some(person), Some(accepted.organisation)));
    drop(tx);

    assert_eq!(refusal(accept(ctx, &link, "Noé", Locale::Fr, "").await), InvitationRefusal::Gone);
    assert_eq!(refusal(find(ctx, &link).await), InvitationRefusal::Gone);
    assert!(listed(ctx, town.id).await.is_empty());
}

async fn who_has_an_account_gets_a_mandate_and_signs_in_as_usual(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, yaal, bob) = (&world.context, town.member(0), town.member(1));
    let own = For::Member(yaal.organisation);
    let email = bob.email.to_uppercase();
    let link = invited(&world, &town, yaal.acting(), to(&email, own.clone(), MandateKind::Contributor)).await;
    assert!(find(ctx, &link).await.unwrap().known);
    let accepted = accept(ctx, &link, "", Locale::Fr, "").await.unwrap();
    assert!(accepted.entered.is_none(), "a link of two weeks is no key to an account");
    let mut tx = world.read().await;
    let held = standing(&mut tx, bob.person, town.id, world.now()).await.unwrap();
    assert_eq!(held.mandates.len(), 2);
    drop(tx);
    let again = invite(ctx, yaal.acting(), town.id, to(&email, own, MandateKind::Contributor)).await;
    assert_eq!(refusal(again), InvitationRefusal::AlreadyHeld);
}

async fn only_those_concerned_invite(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, yaal, arn) = (&world.context, town.member(0), town.member(1));
    let kind = MandateKind::Finance;
    let to_new = invite(ctx, arn.acting(), town.id, to("a@a.example", new("Framasoft"), kind)).await;
    assert!(matches!(to_new, Err(Failure::NotAllowed(NotAllowed::Missing(Action::InviteMembers)))));
    // The admin invites nobody into an organisation that has its own representative.
    let foreign = For::Member(arn.organisation);
    let into_arn = invite(ctx, yaal.acting(), town.id, to("a@a.example", foreign, kind)).await;
    assert!(matches!(into_arn, Err(Failure::NotAllowed(NotAllowed::Missing(Action::GiveMandate)))));
    let nowhere = For::Member(domain::ids::OrganisationId(uuid::Uuid::from_u128(5)));
    let outside = invite(ctx, yaal.acting(), town.id, to("a@a.example", nowhere, kind)).await;
    assert_eq!(refusal(outside), InvitationRefusal::NotAMember);
    let bad = invite(ctx, yaal.acting(), town.id, to("a@a", new(" "), kind)).await;
    assert_eq!(fields(bad), ["email is not an e-mail address", "organisation is missing"]);
    assert!(world.post().await.is_empty(), "nobody was written to");
}

async fn an_invitation_ends(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, admin) = (&world.context, town.admin());
    let kind = MandateKind::Finance;
    let first = to("a@a.example", new("Framasoft"), kind);
    let link = invited(&world, &town, admin.clone(), first.clone()).await;
    let twice = invite(ctx, admin.clone(), town.id, first.clone()).await;
    assert_eq!(refusal(twice), InvitationRefusal::AlreadyInvited);

    // Withdrawn, by those who may.
    let id = listed(ctx, town.id).await[0].id;
    let other = withdraw(ctx, town.member(1).acting(), town.id, id).await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))));
    withdraw(ctx, admin.clone(), town.id, id).await.unwrap();
    assert_eq!(refusal(accept(ctx, &link, "A", Locale::Fr, "").await), InvitationRefusal::Gone);
    assert_eq!(refusal(withdraw(ctx, admin.clone(), town.id, id).await), InvitationRefusal::Gone);

    // Declined.
    let link = invited(&world, &town, admin.clone(), first.clone()).await;
    decline(ctx, &link).await.unwrap();
    assert_eq!(world.post().await.len(), 1, "whoever invited is told");
    assert_eq!(refusal(accept(ctx, &link, "A", Locale::Fr, "").await), InvitationRefusal::Gone);
    assert_eq!(refusal(decline(ctx, &link).await), InvitationRefusal::Gone);

    // Too late.
    let link = invited(&world, &town, admin.clone(), first.clone()).await;
    world.wait(SignedDuration::from_hours(14 * 24));
    assert_eq!(refusal(accept(ctx, &link, "A", Locale::Fr, "").await), InvitationRefusal::Gone);

    // Whoever may no longer invite has invited nobody.
    let link = invited(&world, &town, admin.clone(), first).await;
    let (collective, now) = (town.id, world.now());
    world
        .sql(move |tx| {
            Box::pin(async move {
                for role in store::roles::of_collective(tx, collective, 10).await? {
                    store::roles::end(tx, role.id, role.person, now).await?;
                }
                Ok(())
            })
        })
        .await;
    assert_eq!(refusal(accept(ctx, &link, "A", Locale::Fr, "").await), InvitationRefusal::Gone);
    assert_eq!(readers(&world.post().await), [""; 0]);
}

async fn no_member_is_made_twice(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "Mistral Hébergement"]).await;
    let (ctx, admin, kind) = (&world.context, town.admin(), MandateKind::Finance);
    for name in ["Mistral Hébergement", "mistral  hebergement"] {
        let taken = invite(ctx, admin.clone(), town.id, to("jo@mistral.example", new(name), kind)).await;
        assert_eq!(refusal(taken), InvitationRefusal::NameTaken, "{name}");
    }
    // Nor by letters of another alphabet, nor where the one of that name left.
    let alike = to("jo@mistral.example", new("Mistral H\u{435}bergement"), kind);
    assert_eq!(refusal(invite(ctx, admin.clone(), town.id, alike).await), InvitationRefusal::NameTaken);
    let (collective, left) = (town.id, town.member(1).organisation);
    world
        .sql(move |tx| {
            let day = jiff::civil::date(2025, 3, 3);
            Box::pin(async move { store::organisations::leave(tx, collective, left, day).await.map(drop) })
        })
        .await;
    let past = to("jo@mistral.example", new("mistral hebergement"), kind);
    assert_eq!(refusal(invite(ctx, admin.clone(), town.id, past).await), InvitationRefusal::NameOfPast);
    let first =
        invited(&world, &town, admin.clone(), to("a@framasoft.example", new("Framasoft"), kind)).await;
    let other = invite(ctx, admin.clone(), town.id, to("b@framasoft.example", new("FRAMASOFT"), kind)).await;
    assert_eq!(refusal(other), InvitationRefusal::AlreadyInvited);
    // One of that name joined in another way meanwhile.
    let (collective, day) = (town.id, jiff::civil::date(2025, 3, 3));
    world
        .sql(move |tx| {
            Box::pin(async move {
                let row = store::organisations::OrganisationRow {
                    id: domain::ids::OrganisationId(uuid::Uuid::from_u128(77)),
                    slug: "framasoft".to_owned(),
                    name: "Framasoft".to_owned(),
                    website: String::new(),
                    siren: None,
                    one_person: false,
                    created_at: jiff::Timestamp::UNIX_EPOCH,
                };
                store::organisations::insert(tx, &row).await?;
                store::organisations::join(tx, collective, row.id, day).await
            })
        })
        .await;
    assert_eq!(refusal(accept(ctx, &first, "A", Locale::Fr, "").await), InvitationRefusal::NameTaken);
    let members = store::organisations::members(&mut world.read().await, town.id, "", 10).await.unwrap();
    assert_eq!(members.len(), 3);
}

/// Ends every mandate of a member, as days do.
async fn nobody_represents(world: &World, town: &Grown, place: usize) {
    let (organisation, now) = (town.member(place).organisation, world.now());
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
}

async fn an_organisation_of_two_collectives_is_taken_over_by_neither(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let other = world.collective(Template::Informal, &["Framasoft"]).await;
    let (ctx, kind) = (&world.context, MandateKind::Representative);
    let arn = town.member(1).organisation;
    let elsewhere = other.id;
    world
        .sql(move |tx| {
            let day = jiff::civil::date(2025, 3, 3);
            Box::pin(async move {
                // Whoever administers the instance may invite all the same.
                store::execute(tx, "DELETE FROM instance_admin", store::args![]).await?;
                store::organisations::join(tx, elsewhere, arn, day).await.map(drop)
            })
        })
        .await;
    nobody_represents(&world, &town, 1).await;
    for kind in [kind, MandateKind::Finance, MandateKind::Contributor] {
        let new = to("jo@ailleurs.example", For::Member(arn), kind);
        let taken = invite(ctx, other.admin(), other.id, new).await;
        assert_eq!(refusal(taken), InvitationRefusal::Shared, "{kind:?}");
    }
    assert_eq!(readers(&world.post().await), [""; 0]);
}

async fn an_invitation_ends_where_the_organisation_joins_elsewhere(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let other = world.collective(Template::Informal, &["Framasoft"]).await;
    let ctx = &world.context;
    nobody_represents(&world, &town, 1).await;
    let arn = town.member(1).organisation;
    let new = to("jo@ailleurs.example", For::Member(arn), MandateKind::Representative);
    let made = invite(ctx, town.admin(), town.id, new).await.unwrap();
    assert!(!made.awaits_second, "nobody else has a say yet");
    let mails = world.post().await;
    let mail = mails.iter().find(|mail| mail.to.address() == "jo@ailleurs.example").unwrap();
    let link = secret(mail, "/invitation/");
    let elsewhere = other.id;
    world
        .sql(move |tx| {
            let day = jiff::civil::date(2025, 3, 3);
            Box::pin(async move {
                // Whoever administers the instance may invite all the same.
                store::execute(tx, "DELETE FROM instance_admin", store::args![]).await?;
                store::organisations::join(tx, elsewhere, arn, day).await.map(drop)
            })
        })
        .await;
    assert_eq!(refusal(accept(ctx, &link, "Jo", Locale::Fr, "").await), InvitationRefusal::Gone);
}

async fn who_was_represented_changes_hands_by_two(world: World) {
    let names = ["Yaal Coop", "ARN", "Framasoft"];
    let town = world.settled_collective(Template::Informal, &names).await;
    let ctx = &world.context;
    nobody_represents(&world, &town, 1).await;
    let (arn, kind) = (town.member(1), MandateKind::Representative);
    let new = to("jo@ailleurs.example", For::Member(arn.organisation), kind);
    let made = invite(ctx, town.admin(), town.id, new.clone()).await.unwrap();
    assert!(made.awaits_second);
    let mails = world.post().await;
    let asked = [arn.email.as_str(), town.member(2).email.as_str()];
    assert_eq!(readers(&mails), asked, "the invited learns nothing yet, who represented it does");
    let twice = invite(ctx, town.admin(), town.id, new).await;
    assert_eq!(refusal(twice), InvitationRefusal::AlreadyInvited);
    // Neither whoever asked, nor whoever was of that organisation.
    for acting in [town.admin(), arn.acting()] {
        let by_one = confirm(ctx, acting, town.id, made.id).await;
        assert!(matches!(by_one, Err(Failure::NotAllowed(_))), "{by_one:?}");
    }
    confirm(ctx, town.member(2).acting(), town.id, made.id).await.unwrap();
    let again = confirm(ctx, town.member(2).acting(), town.id, made.id).await;
    assert_eq!(refusal(again), InvitationRefusal::Gone);
    let mails = world.post().await;
    assert!(readers(&mails).contains(&arn.email.as_str()), "who represented it is told");
    let mail = mails.iter().find(|mail| mail.to.address() == "jo@ailleurs.example").unwrap();
    accept(ctx, &secret(mail, "/invitation/"), "Jo", Locale::Fr, "").await.unwrap();
    assert!(readers(&world.post().await).contains(&arn.email.as_str()));
}

async fn a_second_person_refuses_who_takes_over(world: World) {
    let names = ["Yaal Coop", "ARN", "Framasoft"];
    let town = world.settled_collective(Template::Informal, &names).await;
    let ctx = &world.context;
    nobody_represents(&world, &town, 1).await;
    let new =
        to("jo@ailleurs.example", For::Member(town.member(1).organisation), MandateKind::Representative);
    let made = invite(ctx, town.admin(), town.id, new).await.unwrap();
    let second = town.member(2);
    let mut tx = world.read().await;
    let collective = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
    let seen = asked(&mut tx, &collective, second.person, world.now()).await.unwrap();
    assert!(matches!(seen.as_slice(), [one] if one.may_confirm));
    drop(tx);
    withdraw(ctx, second.acting(), town.id, made.id).await.unwrap();
    let late = confirm(ctx, second.acting(), town.id, made.id).await;
    assert_eq!(refusal(late), InvitationRefusal::Gone);
}

on_both![
    an_organisation_of_two_collectives_is_taken_over_by_neither,
    an_invitation_ends_where_the_organisation_joins_elsewhere,
    who_was_represented_changes_hands_by_two,
    a_second_person_refuses_who_takes_over,
    no_member_is_made_twice,
    an_organisation_joins_by_an_invitation,
    who_has_an_account_gets_a_mandate_and_signs_in_as_usual,
    only_those_concerned_invite,
    an_invitation_ends,
];
