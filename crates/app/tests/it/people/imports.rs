//! Importing organisations: the whole file or nothing.

use domain::{
    actor::MandateKind,
    imports::{ImportRefusal, LineError, Problem},
    input::FieldRule,
    rules::Template,
};
use popote_app::{
    Failure,
    imports::{Effect, import, preview},
    invitations::{For, NewInvitation, invite},
};
use testkit::{Grown, World, on_both};

use super::{readers, refusal, secret};

const FILE: &str = "Nom;Site web;SIREN;Courriel;Depuis;Ville\n\
    ARN;arn-fai.net;;contact@arn.example;01/02/2024;Strasbourg\n\
    \"Cœur; & fils\";https://coeur.example;732 829 320;;2025-03-03;\n\
    yaal  COOP;yaal.coop;;;;Bordeaux\n";

async fn members(world: &World, town: &Grown) -> Vec<(String, String, String)> {
    let mut tx = world.read().await;
    let members = store::organisations::members(&mut tx, town.id, "", 100).await.unwrap();
    members.into_iter().map(|m| (m.name, m.website, m.joined_on.to_string())).collect()
}

async fn a_file_is_previewed_imported_and_changes_nothing_again(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, admin) = (&world.context, town.admin());
    let bytes = FILE.as_bytes();
    let seen = preview(ctx, admin.clone(), town.id, bytes).await.unwrap();
    assert_eq!(seen.ignored, ["Ville"]);
    let effects: Vec<_> = seen.lines.iter().map(|line| (line.line, line.effect)).collect();
    assert_eq!(effects, [(2, Effect::Joins), (3, Effect::Joins), (4, Effect::Changes)]);
    assert_eq!(seen.lines[0].invited.as_deref(), Some("contact@arn.example"));
    assert_eq!(members(&world, &town).await.len(), 1, "a preview writes nothing");

    assert_eq!(import(ctx, admin.clone(), town.id, bytes, seen.digest).await.unwrap(), 3);
    assert_eq!(
        members(&world, &town).await,
        [
            ("ARN", "https://arn-fai.net", "2024-02-01"),
            ("Cœur; & fils", "https://coeur.example", "2025-03-03"),
            ("yaal COOP", "https://yaal.coop", "2025-03-03"),
        ]
        .map(|(name, site, day)| (name.to_owned(), site.to_owned(), day.to_owned()))
    );
    let mails = world.post().await;
    assert_eq!(readers(&mails), ["contact@arn.example"]);
    let shown = popote_app::invitations::find(ctx, &secret(&mails[0], "/invitation/")).await.unwrap();
    assert_eq!((shown.organisation.as_str(), shown.member.is_some()), ("ARN", true));

    let stale = import(ctx, admin.clone(), town.id, bytes, seen.digest).await;
    assert!(matches!(stale, Err(Failure::Stale)), "what was previewed is done already");
    let again = preview(ctx, admin.clone(), town.id, bytes).await.unwrap();
    assert!(
        again.lines.iter().all(|line| line.effect == Effect::Nothing && line.invited.is_none()),
        "{again:?}"
    );
    assert_eq!(import(ctx, admin, town.id, bytes, again.digest).await.unwrap(), 0);
    assert!(world.post().await.is_empty());
}

async fn all_errors_are_said_and_nothing_is_written(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, admin) = (&world.context, town.admin());
    // Windows-1252, commas, half of the lines wrong.
    let file = b"name,website,siren,email,since\r\n\
        \xc9t\xe9,a b c,123,nobody,31/02/2025\r\n\
        Bon,,,,\r\n\
        ,,,x@y.example,2025-03-04\r\n\
        bon,,,,\r\n\
        C,,,,,,trop\r\n";
    let field = |line, column, rule| LineError { line, problem: Problem::Field { column, rule } };
    let expected = vec![
        field(2, "website", FieldRule::NotAUrl),
        field(2, "siren", FieldRule::NotASiren),
        field(2, "email", FieldRule::NotAnEmail),
        field(2, "since", FieldRule::NotADate),
        field(4, "name", FieldRule::Missing),
        field(4, "since", FieldRule::InTheFuture),
        LineError { line: 5, problem: Problem::Repeats { line: 3 } },
        LineError { line: 6, problem: Problem::TooManyFields },
    ];
    let refused = ImportRefusal::Lines(expected);
    assert_eq!(refusal(preview(ctx, admin.clone(), town.id, file).await), refused);
    assert_eq!(refusal(import(ctx, admin, town.id, file, [0; 32]).await), refused);
    assert_eq!(members(&world, &town).await.len(), 1);
    assert!(world.post().await.is_empty());
}

async fn only_the_admin_imports(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, other) = (&world.context, town.member(1).acting());
    let seen = preview(ctx, town.admin(), town.id, FILE.as_bytes()).await.unwrap();
    let refused = preview(ctx, other.clone(), town.id, FILE.as_bytes()).await;
    assert!(matches!(refused, Err(Failure::NotAllowed(_))));
    let refused = import(ctx, other, town.id, FILE.as_bytes(), seen.digest).await;
    assert!(matches!(refused, Err(Failure::NotAllowed(_))));
    assert_eq!(members(&world, &town).await.len(), 2);
}

async fn who_left_comes_back(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, admin) = (&world.context, town.admin());
    let (collective, arn) = (town.id, town.member(1).organisation);
    let left = jiff::civil::date(2025, 3, 3);
    world
        .sql(move |tx| {
            Box::pin(async move { store::organisations::leave(tx, collective, arn, left).await.map(drop) })
        })
        .await;
    let seen = preview(ctx, admin.clone(), town.id, b"nom\nArn\n").await.unwrap();
    assert_eq!(seen.lines[0].effect, Effect::ComesBack);
    import(ctx, admin, town.id, b"nom\nArn\n", seen.digest).await.unwrap();
    let mut tx = world.read().await;
    let member = store::organisations::member(&mut tx, town.id, arn).await.unwrap().unwrap();
    assert_eq!((member.left_on, member.name.as_str()), (None, "Arn"));
}

async fn a_file_renames_nobody_and_knows_who_is_invited(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let (ctx, admin) = (&world.context, town.admin());
    let first = b"nom;siren\nARN;732829320\n";
    let seen = preview(ctx, admin.clone(), town.id, first).await.unwrap();
    import(ctx, admin.clone(), town.id, first, seen.digest).await.unwrap();
    let mut tx = world.read().await;
    let history = store::revisions::of_subject(&mut tx, town.member(1).organisation.into(), 10).await;
    drop(tx);
    assert_eq!(history.unwrap().len(), 1, "what it said before is kept");
    let invitation = NewInvitation {
        organisation: For::New("Zaclys".to_owned()),
        email: "jo@zaclys.example".to_owned(),
        kind: MandateKind::Finance,
        locale: words::Locale::Fr,
    };
    invite(ctx, admin.clone(), town.id, invitation).await.unwrap();
    let other = world.collective(Template::Informal, &["Ailleurs"]).await;
    let (collective, shared) = (other.id, town.member(2).organisation);
    world
        .sql(move |tx| {
            let day = jiff::civil::date(2025, 3, 3);
            Box::pin(async move { store::organisations::join(tx, collective, shared, day).await.map(drop) })
        })
        .await;
    let file =
        "nom;site;siren\nAquilenet;;732829320\n\u{410}RN;;\nzaclys;;\nGirofle;girofle.example;\nNouvelle;;\n";
    let line = |line, problem| LineError { line, problem };
    let refused = ImportRefusal::Lines(vec![
        line(2, Problem::OtherName { known: "ARN".to_owned() }),
        line(3, Problem::LooksLike { known: "ARN".to_owned() }),
        line(4, Problem::Invited { email: "jo@zaclys.example".to_owned() }),
        line(5, Problem::Shared),
    ]);
    assert_eq!(refusal(preview(ctx, admin.clone(), town.id, file.as_bytes()).await), refused);
    // What says nothing new of whom others share is no change.
    let same = preview(ctx, admin, town.id, b"nom\nGirofle\n").await.unwrap();
    assert_eq!(same.lines[0].effect, Effect::Nothing);
}

on_both![
    a_file_renames_nobody_and_knows_who_is_invited,
    a_file_is_previewed_imported_and_changes_nothing_again,
    all_errors_are_said_and_nothing_is_written,
    only_the_admin_imports,
    who_left_comes_back,
];
