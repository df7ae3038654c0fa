//! What a token lets a program do is read again where something is written.

use domain::{
    actor::{MandateKind, NotAllowed},
    rules::Template,
    tokens::{MOST_TOKENS, Scope, Scopes, TokenRefusal},
};
use jiff::{SignedDuration, civil::date};
use popote_app::{
    Acting, Failure,
    decisions::{self, NewDecision},
    invitations::{For, NewInvitation, invite},
    mandates,
    tokens::{self, Made, Wanted},
};
use testkit::{Grown, World};

use super::refusal;

fn wanted(town: &Grown, member: usize, scopes: &str) -> Wanted {
    Wanted {
        collective: town.id,
        organisation: town.member(member).organisation,
        name: "Tableur".to_owned(),
        scopes: Scopes::parse(scopes),
        days: 30,
    }
}

async fn make(world: &World, town: &Grown, scopes: &str) -> (Made, Acting) {
    let admin = town.member(0);
    let made = tokens::make_for(&world.context, admin.person, wanted(town, 0, scopes)).await.unwrap();
    let acting = Acting::by_token(admin.person, admin.organisation, made.id);
    (made, acting)
}

async fn decide(world: &World, town: &Grown, acting: &Acting) -> Result<i64, Option<NotAllowed>> {
    decide_about(world, town, acting, None).await
}

/// The same, about the departure of a member.
async fn decide_about(
    world: &World,
    town: &Grown,
    acting: &Acting,
    departs: Option<usize>,
) -> Result<i64, Option<NotAllowed>> {
    let decided_on = date(2025, 3, 1);
    let new = NewDecision {
        title: "Oui".to_owned(),
        outcome: "Tous d'accord".to_owned(),
        decided_on,
        departs: departs.map(|place| town.member(place).organisation),
    };
    match decisions::record(&world.context, acting.clone(), town.id, new).await {
        Ok((_, number)) => Ok(number),
        Err(Failure::NotAllowed(why)) => Err(Some(why)),
        Err(_) => Err(None),
    }
}

async fn a_token_acts_within_its_scopes_until_it_is_revoked_or_ends(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (made, acting) = make(&world, &town, "decisions").await;
    assert_eq!(decide(&world, &town, &acting).await, Ok(1));
    let (_, reader) = make(&world, &town, "read").await;
    let out = NotAllowed::OutOfScope(Scope::Decisions);
    assert_eq!(decide(&world, &town, &reader).await, Err(Some(out)));

    let other = world.collective(Template::Informal, &["Girofle"]).await;
    let elsewhere = decide(&world, &other, &acting).await;
    assert_eq!(elsewhere, Err(Some(NotAllowed::TokenGone)), "a token of another collective");
    let forged = Acting { person: town.member(1).person, ..acting.clone() };
    assert_eq!(decide(&world, &town, &forged).await, Err(Some(NotAllowed::TokenGone)), "somebody else's");

    tokens::revoke(&world.context, town.member(0).person, made.id).await.unwrap();
    assert_eq!(decide(&world, &town, &acting).await, Err(Some(NotAllowed::TokenGone)));
    let (made, acting) = make(&world, &town, "decisions").await;
    world.context.clock.set(made.expires_at);
    assert_eq!(decide(&world, &town, &acting).await, Err(Some(NotAllowed::TokenGone)), "at its last instant");
    assert!(tokens::find(&world.context, &made.secret).await.unwrap().is_none());
}

async fn a_token_ends_with_the_mandate_though_the_role_stays(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let admin = town.member(0);
    let second = mandates::NewMandate {
        organisation: admin.organisation,
        person: town.member(1).person,
        kind: MandateKind::Representative,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    };
    world.mandate(&town, town.admin(), second).await;
    let (made, acting) = make(&world, &town, "decisions").await;
    let held = mandates::list(&world.context, admin.organisation, date(2025, 3, 3)).await.unwrap();
    let own = held.iter().find(|mandate| mandate.person == admin.person).unwrap().id;
    mandates::end(&world.context, town.admin(), town.id, own).await.unwrap();
    assert_eq!(decide(&world, &town, &acting).await, Err(Some(NotAllowed::NoMandate)));
    assert_eq!(decide(&world, &town, &town.admin()).await, Ok(1), "the person's own role stays");
    assert!(tokens::find(&world.context, &made.secret).await.unwrap().is_some());
}

async fn a_person_has_a_bounded_number_of_tokens_and_its_use_is_written_hourly(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (made, _) = make(&world, &town, "read").await;
    for _ in 1..MOST_TOKENS {
        make(&world, &town, "read").await;
    }
    let person = town.member(0).person;
    let more = tokens::make_for(&world.context, person, wanted(&town, 0, "read")).await;
    assert_eq!(refusal(more), TokenRefusal::TooMany);
    let foreign = tokens::make_for(&world.context, person, wanted(&town, 1, "read")).await;
    assert!(matches!(foreign, Err(Failure::NotAllowed(NotAllowed::NoMandate))), "{foreign:?}");

    let used = |found: Option<store::tokens::TokenRow>| found.unwrap().used_at;
    let find = || tokens::find(&world.context, &made.secret);
    assert_eq!(used(find().await.unwrap()), None);
    let first = world.now();
    world.wait(SignedDuration::from_mins(59));
    assert_eq!(used(find().await.unwrap()), Some(first));
    assert_eq!(used(find().await.unwrap()), Some(first), "within the hour nothing is written");
    world.wait(SignedDuration::from_mins(1));
    find().await.unwrap();
    assert_eq!(used(find().await.unwrap()), Some(world.now()));
    for secret in ["", "popote_", "popote_x", &made.secret[7..], &format!("{}A", made.secret)] {
        assert!(tokens::find(&world.context, secret).await.unwrap().is_none(), "{secret}");
    }
}

async fn a_program_gives_no_organisation_away(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    let (_, program) = make(&world, &town, "read members").await;
    let invited = |kind| NewInvitation {
        organisation: For::Member(ada.organisation),
        email: "jo@ailleurs.example".to_owned(),
        kind,
        locale: words::Locale::Fr,
    };
    for kind in [MandateKind::Representative, MandateKind::Finance] {
        let new = mandates::NewMandate {
            organisation: ada.organisation,
            person: bob.person,
            kind,
            starts_on: date(2025, 3, 3),
            ends_on: None,
        };
        let given = mandates::give(ctx, program.clone(), town.id, new).await;
        assert!(matches!(given, Err(Failure::NotAllowed(NotAllowed::OnlyContributorByToken))), "{given:?}");
        mandates::give(ctx, ada.acting(), town.id, new).await.unwrap();
        let given = invite(ctx, program.clone(), town.id, invited(kind)).await;
        assert!(matches!(given, Err(Failure::NotAllowed(NotAllowed::OnlyContributorByToken))), "{given:?}");
    }
    invite(ctx, program, town.id, invited(MandateKind::Contributor)).await.unwrap();
}

async fn no_program_is_the_second_person(world: World) {
    let town = world.settled_collective(Template::Informal, &["Yaal Coop", "ARN", "Framasoft"]).await;
    let (_, program) = make(&world, &town, "decisions").await;
    world.post().await;
    let departs = decide_about(&world, &town, &program, Some(1)).await;
    assert_eq!(departs, Err(Some(NotAllowed::NoDepartureByToken)));
    assert!(world.post().await.is_empty());
    assert_eq!(decide(&world, &town, &program).await, Ok(1));
    let mails = world.post().await;
    assert_eq!(mails.len(), 1, "whoever has the token is told");
    assert_eq!(mails[0].to.address(), town.member(0).email);
    let row = store::decisions::by_number(&mut world.read().await, town.id, 1).await.unwrap().unwrap();
    assert!(row.by_token);
    assert_eq!(decide_about(&world, &town, &town.admin(), Some(1)).await, Ok(2));
    assert!(world.post().await.is_empty(), "a person needs no mail about what they do");
}

async fn a_program_ends_contributions_alone(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    let (_, program) = make(&world, &town, "members").await;
    let of = |kind| mandates::NewMandate {
        organisation: ada.organisation,
        person: bob.person,
        kind,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    };
    let only = |ended: Result<(), Failure<_>>| {
        matches!(ended, Err(Failure::NotAllowed(NotAllowed::OnlyContributorByToken)))
    };
    for kind in [MandateKind::Representative, MandateKind::Finance] {
        let proposed = mandates::give(ctx, ada.acting(), town.id, of(kind)).await.unwrap().id;
        assert!(only(mandates::end(ctx, program.clone(), town.id, proposed).await), "{kind:?} proposed");
        mandates::accept(ctx, Acting::by_form(bob.person, None), proposed).await.unwrap();
        assert!(only(mandates::end(ctx, program.clone(), town.id, proposed).await), "{kind:?}");
    }
    let helps = world.mandate(&town, ada.acting(), of(MandateKind::Contributor)).await;
    mandates::end(ctx, program, town.id, helps).await.unwrap();
}

testkit::on_both![
    a_program_ends_contributions_alone,
    no_program_is_the_second_person,
    a_program_gives_no_organisation_away,
    a_token_acts_within_its_scopes_until_it_is_revoked_or_ends,
    a_token_ends_with_the_mandate_though_the_role_stays,
    a_person_has_a_bounded_number_of_tokens_and_its_use_is_written_hourly,
];
