//! Mails that people expect: what came of an invitation, a welcome, the month of a collective.

use domain::{Money, actor::MandateKind, posting::Nature, rules::Template};
use jiff::{SignedDuration, civil::date};
use messages::Mail;
use popote_app::{
    contributions::{NewContribution, record_contribution},
    invitations::{For, NewInvitation, accept, decline, invite},
    mandates, profile,
};
use store::people::NoticePreference;
use testkit::{Grown, World, on_both};
use words::Locale;

use super::secret;

fn to<'m>(mails: &'m [Mail], address: &str) -> &'m Mail {
    mails.iter().find(|mail| mail.to.address() == address).unwrap_or_else(|| panic!("none to {address}"))
}

async fn link(world: &World, town: &Grown, email: &str) -> String {
    let new = NewInvitation {
        organisation: For::New("Framasoft".to_owned()),
        email: email.to_owned(),
        kind: MandateKind::Finance,
        locale: Locale::En,
    };
    invite(&world.context, town.admin(), town.id, new).await.unwrap();
    secret(&world.post().await[0], "/invitation/")
}

async fn what_came_of_an_invitation_is_told(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, inviter) = (&world.context, &town.member(0).email);
    let declined = link(&world, &town, "jo@framasoft.example").await;
    decline(ctx, &declined).await.unwrap();
    let mails = world.post().await;
    assert_eq!(mails.len(), 1);
    let told = to(&mails, inviter);
    assert_eq!(told.subject, "Votre invitation à jo@framasoft.example est déclinée");
    assert!(told.text.contains("pour Framasoft"), "{}", told.text);

    let accepted = link(&world, &town, "max@framasoft.example").await;
    accept(ctx, &accepted, "Max", Locale::En, "").await.unwrap();
    let mails = world.post().await;
    assert_eq!(mails.len(), 2);
    let welcome = to(&mails, "max@framasoft.example");
    assert!(welcome.subject.starts_with("Welcome to "), "{}", welcome.subject);
    for part in
        ["promise, pay and allocate the share of Framasoft", "https://popote.example/c/chatons\n", "/me\n"]
    {
        assert!(welcome.text.contains(part), "{part} in {}", welcome.text);
    }
    let told = to(&mails, inviter);
    assert_eq!(told.subject, "Max a accepté votre invitation");
    assert!(told.text.contains("https://popote.example/c/chatons/members"), "{}", told.text);
}

async fn the_month_is_told_to_those_who_want_it(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let ctx = &world.context;
    world.post().await;
    let new = NewContribution {
        organisation: town.member(1).organisation,
        amount: Money::new(5_000),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    };
    record_contribution(ctx, town.admin(), town.pot, new).await.unwrap();
    let never = |kind: &str| NoticePreference { kind: kind.to_owned(), frequency: "never".to_owned() };
    let choose = async |place: usize, kinds: &[&str]| {
        let choices = kinds.iter().map(|kind| never(kind)).collect();
        profile::set_notices(ctx, town.member(place).person, town.id, choices).await.unwrap();
    };
    choose(0, &["features", "money", "members", profile::QUIET]).await;
    choose(2, &profile::NOTICE_KINDS).await;
    world.wait(SignedDuration::from_hours(24));
    world.post().await;
    world.wait_until("2025-04-01T06:59:00+02:00");
    assert!(world.post().await.is_empty(), "not before seven in the morning there");
    world.wait_until("2025-04-01T07:00:00+02:00");
    let mails = world.post().await;
    let mut readers: Vec<&str> = mails.iter().map(|mail| mail.to.address()).collect();
    readers.sort_unstable();
    assert_eq!(readers, ["personne@arn.example", "personne@yaal-coop.example"], "the third wants none");
    let treasurer = to(&mails, "personne@yaal-coop.example");
    let mut tx = world.read().await;
    let heads = store::verify::heads(&mut tx, town.pot).await.unwrap();
    drop(tx);
    assert!(heads.iter().any(|head| head.seq > 0));
    for head in heads {
        assert!(treasurer.text.contains(&head.to_string()), "{head} in {}", treasurer.text);
    }
    assert!(!treasurer.text.contains("versements et dons"), "who wants no news gets the heads alone");
    let member = to(&mails, "personne@arn.example");
    assert_eq!(member.subject, "avril 2025\u{202f}: rien à faire ce mois-ci");
    assert!(member.text.contains("versements et dons enregistrés\u{202f}: 1"), "{}", member.text);
    assert!(!member.text.contains("cash:"), "{}", member.text);
    assert!(world.post().await.is_empty(), "once");

    // Who wants no mail that has nothing for them gets none.
    choose(1, &["quiet"]).await;
    world.wait_until("2025-04-02T12:00:00+02:00");
    world.post().await;
    world.wait_until("2025-05-02T12:00:00+02:00");
    let mails = world.post().await;
    assert!(mails.iter().all(|mail| mail.to.address() != "personne@arn.example"), "nothing awaits them");
    assert!(mails.iter().any(|mail| mail.to.address() == "personne@yaal-coop.example"), "the heads are kept");
}

async fn a_mandate_that_is_over_says_so(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, bob) = (&world.context, town.member(1));
    assert_eq!(mandates::over(ctx, bob.person).await.unwrap(), []);
    let new = mandates::NewMandate {
        organisation: town.member(0).organisation,
        person: bob.person,
        kind: MandateKind::Finance,
        starts_on: date(2025, 3, 3),
        ends_on: Some(date(2025, 3, 10)),
    };
    world.mandate(&town, town.admin(), new).await;
    world.wait_until("2025-03-11T12:00:00+01:00");
    let over = mandates::over(ctx, bob.person).await.unwrap();
    assert_eq!(over, [mandates::Over { organisation: "Yaal Coop".to_owned(), last: date(2025, 3, 10) }]);
    let again = mandates::NewMandate { starts_on: date(2025, 3, 12), ends_on: None, ..new };
    world.mandate(&town, town.admin(), again).await;
    assert_eq!(mandates::over(ctx, bob.person).await.unwrap(), [], "another begins");
}

on_both![
    what_came_of_an_invitation_is_told,
    the_month_is_told_to_those_who_want_it,
    a_mandate_that_is_over_says_so,
];
