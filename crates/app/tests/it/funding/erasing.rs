//! Somebody's own file, and erasing them: what goes, what stays, and that everything still holds.

use domain::{
    actor::{MandateKind, NotAllowed},
    ads::{AdText, Side, Work},
    people::{ERASED, Email, ErasingRefusal},
    public_journal::{Limits, verify as verify_file},
    tokens::Scopes,
};
use popote_app::{
    ads,
    comments::{self, Which},
    drafts,
    erasing::{erase_by_operator, erase_oneself, preview},
    export::{Audience, Format},
    invitations::{self, For, NewInvitation},
    operators, personal, profile, sign_in,
    standing_choices::{Choice, Chosen, choose},
    tokens,
};
use serde_json::Value;
use store::{people, people::NoticePreference};
use testkit::on_both;
use words::Locale;

use super::*;
use crate::journal::export::file_of;

const NAME: &str = "Zoé Tartempion";
const FORMER: &str = "Zoé Dupremier";

/// Somebody who has something in every drawer: the representative of the second member, known by two names.
async fn zoe(world: &World, town: &Grown) -> FeatureId {
    let (ctx, zoe) = (&world.context, town.member(1));
    for name in [FORMER, NAME] {
        profile::describe(ctx, zoe.person, name, "fr").await.unwrap();
    }
    shared(world, town, 10_000).await;
    let feature = propose(world, town, 50_000, 60_000).await;
    put(world, town, 1, &[wish(feature, 0, 1_000)]).await.unwrap();
    let (acting, organisation) = (zoe.acting(), zoe.organisation);
    comments::post(ctx, acting.clone(), town.id, feature, "Première idée.").await.unwrap();
    let which = Which { collective: town.id, on: feature.into(), number: 1 };
    comments::edit(ctx, acting.clone(), which, 1, "Seconde idée.").await.unwrap();
    comments::post(ctx, town.admin(), town.id, feature, "Une réponse.").await.unwrap();
    let chosen = Chosen { choice: Choice::Software("Element".to_owned()), yearly: None };
    choose(ctx, acting, town.pot, organisation, Some(chosen)).await.unwrap();
    let wanted = tokens::Wanted {
        collective: town.id,
        organisation,
        name: "Tableur de Zoé Tartempion".to_owned(),
        scopes: Scopes::parse("read"),
        days: 30,
    };
    tokens::make_for(ctx, zoe.person, wanted).await.unwrap();
    // An ad of hers, an answer to that of another, what each wrote.
    for (acting, title) in [(zoe.acting(), "Administration"), (town.admin(), "Rust")] {
        let text = AdText {
            title: title.to_owned(),
            body: format!("Je cherche : {title}."),
            works: vec![Work::Development],
            remote: true,
            ..AdText::empty(Side::Request)
        };
        ads::post(ctx, acting, text).await.unwrap();
    }
    ads::contact(ctx, zoe.acting(), 2, "Me voici.", true).await.unwrap();
    let typed = vec![("body".to_owned(), format!("Je suis {NAME}"))];
    drafts::keep(ctx, zoe.person, "/c/chatons/features/new", &typed).await.unwrap();
    let never = NoticePreference { kind: "money".to_owned(), frequency: "never".to_owned() };
    profile::set_notices(ctx, zoe.person, town.id, vec![never]).await.unwrap();
    world.grant(town, zoe.person, domain::actor::RoleKind::Steward).await;
    // Mails that wait: to her address before it is known, to her, to others about her.
    let kind = domain::actor::RoleKind::Treasurer;
    popote_app::roles::propose(ctx, town.admin(), town.id, zoe.person, kind).await.unwrap();
    sign_in::ask_by_mail(ctx, &zoe.email, None, None).await.unwrap();
    let invitation = NewInvitation {
        organisation: For::Member(town.member(2).organisation),
        email: zoe.email.clone(),
        kind: MandateKind::Contributor,
        locale: Locale::Fr,
    };
    invitations::invite(ctx, town.member(2).acting(), town.id, invitation).await.unwrap();
    feature
}

async fn said(world: &World, what: &str) -> Vec<(String, i64)> {
    store::mentions(&mut world.read().await, what).await.unwrap()
}

fn session(world: &World, person: domain::ids::PersonId) -> Session {
    Session::begun(person, world.now())
}

async fn a_file_holds_what_is_kept_about_one_person_and_nothing_of_others(world: World) {
    let town = town(&world).await;
    zoe(&world, &town).await;
    let (ctx, zoe) = (&world.context, town.member(1));
    let fresh = session(&world, zoe.person);
    let file = personal::own(ctx, &fresh).await.unwrap();
    let at = |path: &str| file.pointer(path).unwrap_or_else(|| panic!("no {path} in {file:#}")).clone();
    assert_eq!(at("/profile/0/name"), NAME);
    assert_eq!(at("/profile/0/address"), Value::from(zoe.email.clone()));
    assert_eq!(at("/profile/0/created_at"), "2025-03-03T09:00:00Z");
    assert_eq!(at("/profile/0/has_password"), false);
    assert_eq!(at("/former_names/1/before/name"), FORMER);
    assert_eq!(at("/mandates/0/organisation"), "ARN");
    assert_eq!(at("/roles/0/kind"), "steward");
    assert_eq!(at("/tokens/0/scopes"), "read");
    assert_eq!(at("/notices/0/frequency"), "never");
    assert_eq!(at("/standing_choices/0/software"), "Element");
    assert_eq!(at("/drafts/0/fields/0/0"), "body");
    assert_eq!(at("/comments/0/body"), "Seconde idée.");
    assert_eq!(at("/comments_before/0/before/body"), "Première idée.");
    assert_eq!(at("/links/0/purpose"), "sign_in");
    assert_eq!(at("/ads/0/title"), "Administration");
    assert_eq!(
        (at("/ads_answered/0/ad"), at("/ad_messages/0/body")),
        (Value::from(2), Value::from("Me voici."))
    );
    let mails = at("/mails").as_array().unwrap().clone();
    assert!(mails.len() > 1 && mails.iter().all(|mail| mail["address"] == zoe.email.as_str()), "{mails:#?}");
    let kinds: Vec<Value> =
        at("/events").as_array().unwrap().iter().map(|event| event["kind"].clone()).collect();
    for kind in ["commented", "share_allocated", "feature_proposed", "standing_choice"] {
        assert!(kinds.contains(&Value::from(kind)), "{kind} in {kinds:?}");
    }
    assert_eq!(at("/cut"), Value::Array(Vec::new()));
    let text = file.to_string();
    for other in [town.member(0), town.member(2)] {
        for what in [other.person.to_string(), other.email.clone(), format!("Personne de {}", other.name)] {
            assert!(!text.contains(&what), "{what}");
        }
    }
    assert!(!text.contains("Une réponse.") && !text.contains("hash") && !text.contains("secret"));

    let by_operator = personal::of_address(&ctx.db, &zoe.email.to_uppercase(), world.now()).await.unwrap();
    assert_eq!(by_operator["comments"], file["comments"]);
    let unknown = personal::of_address(&ctx.db, "nemo@arn.example", world.now()).await;
    assert!(matches!(unknown, Err(Failure::NotFound)), "{unknown:?}");
    world.wait(jiff::SignedDuration::from_mins(11));
    let stale = personal::own(ctx, &fresh).await;
    assert!(matches!(stale, Err(Failure::NotAllowed(NotAllowed::NotFresh))), "{stale:?}");
}

async fn who_is_erased_is_named_nowhere_and_everything_holds(world: World) {
    let town = town(&world).await;
    let feature = zoe(&world, &town).await;
    let (ctx, zoe) = (&world.context, town.member(1));
    for what in [NAME, FORMER, &zoe.email] {
        assert!(!said(&world, what).await.is_empty(), "{what}");
    }
    let journal = file_of(&world, &town.slug, Format::Json, Audience::Everybody).await.unwrap();
    let seen = preview(ctx, zoe.person).await.unwrap();
    assert_eq!((seen.roles, seen.choices), (2, 1));
    assert_eq!((seen.organisations.clone(), seen.left_alone), (vec!["ARN".to_owned()], seen.organisations));
    assert_eq!(seen.refusals, []);

    let fresh = session(&world, zoe.person);
    world.wait(jiff::SignedDuration::from_mins(11));
    let stale = erase_oneself(ctx, &fresh, false).await;
    assert!(matches!(stale, Err(Failure::NotAllowed(NotAllowed::NotFresh))), "{stale:?}");
    erase_oneself(ctx, &session(&world, zoe.person), false).await.unwrap();

    for what in [NAME, FORMER, &zoe.email, "Tartempion"] {
        assert_eq!(said(&world, what).await, [], "{what}");
    }
    sound(&world, &town).await;
    let after = file_of(&world, &town.slug, Format::Json, Audience::Everybody).await.unwrap();
    assert_eq!(after, journal, "the public journal is the same, to the byte");
    assert!(verify_file(after.as_bytes(), &[], Limits::default()).unwrap().holds());

    let mut tx = world.read().await;
    let row = people::get(&mut tx, zoe.person).await.unwrap().unwrap();
    assert_eq!((row.name.as_str(), row.is_erased(), row.closed_at), (ERASED, true, Some(world.now())));
    let held = popote_app::people::standing(&mut tx, zoe.person, town.id, world.now()).await.unwrap();
    assert!(held.mandates.is_empty() && held.roles.is_empty());
    let comment = store::comments::by_number(&mut tx, feature.into(), 1).await.unwrap().unwrap();
    assert_eq!((comment.author_name.as_str(), comment.body.as_str()), (ERASED, "Seconde idée."));
    assert_eq!(store::standing_choices::of(&mut tx, town.pot, zoe.organisation).await.unwrap(), None);
    let ad = store::ads::by_number(&mut tx, 1).await.unwrap().unwrap();
    assert_eq!((ad.withdrawn_at, ad.title.as_str()), (Some(world.now()), "Administration"));
    drop(tx);
    let file = personal::of_address(&ctx.db, &domain::people::erased_key(zoe.person), world.now()).await;
    assert!(matches!(file, Err(Failure::NotFound)), "{file:?}");
    let twice = erase_by_operator(ctx, zoe.person, true).await;
    assert!(matches!(twice, Err(Failure::NotFound)), "{twice:?}");

    let mails = world.post().await;
    assert!(
        mails.iter().all(|mail| mail.to.address() != zoe.email && !mail.text.contains(NAME)),
        "{mails:?}"
    );
    assert!(
        mails.iter().any(|mail| mail.to.address() == town.member(0).email && mail.subject.contains("rôle")),
        "the treasurer is told"
    );
}

async fn an_address_is_free_for_another_person(world: World) {
    let town = town(&world).await;
    zoe(&world, &town).await;
    let (ctx, zoe) = (&world.context, town.member(1));
    // What others got by mail is theirs, and leaves the house.
    world.post().await;
    let seen = operators::find(ctx, &zoe.email).await.unwrap();
    erase_by_operator(ctx, seen.id, true).await.unwrap();
    let mut tx = world.read().await;
    let kept: Vec<i64> = store::fetch_values(
        &mut tx,
        "SELECT COUNT(*) FROM comment WHERE body = '' AND hidden_at IS NOT NULL AND hidden_by = author",
        store::args![],
    )
    .await
    .unwrap();
    assert_eq!(kept, [1], "her comment is empty, the answer to it is not");
    drop(tx);
    for what in ["idée.", "Me voici.", "Je cherche : Administration."] {
        assert_eq!(said(&world, what).await, [], "{what}");
    }
    assert_eq!(said(&world, "Une réponse.").await, [("comment.body".to_owned(), 1)]);
    world.post().await;

    let invitation = NewInvitation {
        organisation: For::Member(town.member(2).organisation),
        email: zoe.email.clone(),
        kind: MandateKind::Contributor,
        locale: Locale::Fr,
    };
    invitations::invite(ctx, town.member(2).acting(), town.id, invitation).await.unwrap();
    let mail = world.post().await.into_iter().find(|mail| mail.to.address() == zoe.email).unwrap();
    let start = "https://popote.example/invitation/";
    let link = mail.text.lines().find_map(|line| line.strip_prefix(start)).unwrap().to_owned();
    let accepted = invitations::accept(ctx, &link, NAME, Locale::Fr, "").await.unwrap();
    let again = accepted.entered.unwrap().person;
    assert_ne!(again, zoe.person);
    let mut tx = world.read().await;
    let row = people::by_email(&mut tx, &Email::key_of(&zoe.email)).await.unwrap().unwrap();
    assert_eq!((row.id, row.name.as_str()), (again, NAME));
    let held = popote_app::people::standing(&mut tx, again, town.id, world.now()).await.unwrap();
    assert_eq!((held.mandates.len(), held.roles.len()), (1, 0), "nothing of what she held");
    drop(tx);
    sound(&world, &town).await;
}

async fn nobody_leaves_a_role_or_a_payment_to_nobody(world: World) {
    let (town, id) = work::funded(&world, 5_000, 6_000, &[(0, 5_000)]).await;
    let ctx = &world.context;
    let last = preview(ctx, town.member(0).person).await.unwrap().refusals;
    assert_eq!(last.len(), 4, "the instance and three roles: {last:?}");
    let refused = erase_oneself(ctx, &session(&world, town.member(0).person), false).await;
    let Err(Failure::Refused(ErasingRefusal::LastInstanceAdmin)) = refused else { panic!("{refused:?}") };
    operators::make_admin(ctx, &town.member(2).email).await.unwrap();
    let refused = erase_oneself(ctx, &session(&world, town.member(0).person), false).await;
    let Err(Failure::Refused(ErasingRefusal::LastHolder { .. })) = refused else { panic!("{refused:?}") };

    let invoice = work::authorised(&world, &town, id, "F-1", 1_000).await;
    let in_hand = ErasingRefusal::Invoice { number: 1, collective: "CHATONS".to_owned() };
    // Who entered it, and who approved it.
    for place in [1, 2] {
        let person = town.member(place).person;
        assert_eq!(preview(ctx, person).await.unwrap().refusals, std::slice::from_ref(&in_hand));
        let refused = erase_oneself(ctx, &session(&world, person), false).await;
        assert!(matches!(&refused, Err(Failure::Refused(why)) if *why == in_hand), "{refused:?}");
    }
    assert!(!said(&world, &town.member(1).email).await.is_empty(), "a refusal writes nothing");
    popote_app::invoices::refuse_invoice(ctx, town.admin(), invoice, "une erreur").await.unwrap();
    erase_oneself(ctx, &session(&world, town.member(1).person), false).await.unwrap();
    sound(&world, &town).await;
}

on_both![
    a_file_holds_what_is_kept_about_one_person_and_nothing_of_others,
    who_is_erased_is_named_nowhere_and_everything_holds,
    an_address_is_free_for_another_person,
    nobody_leaves_a_role_or_a_payment_to_nobody,
];
