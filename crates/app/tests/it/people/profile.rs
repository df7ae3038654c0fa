//! Password, address, name, notices.

use domain::{
    actor::NotAllowed,
    people::{ProfileRefusal, SignInRefusal},
    rules::Template,
    tokens::Scopes,
};
use jiff::SignedDuration;
use popote_app::{
    Failure, profile,
    sessions::{self, Session},
    sign_in::{ask_by_mail, enter_by_code, enter_by_password},
    tokens,
};
use store::people::{self, NoticePreference};
use testkit::{World, on_both};

use super::{code, enter, fields, readers, refusal, secret};

const GOOD: &str = "une marmite bien chaude";
const TWO_DAYS: SignedDuration = SignedDuration::from_hours(48);

async fn session(world: &World, email: &str) -> Session {
    let entered = enter(world, email).await;
    sessions::find(&world.context, entered.token.as_str()).await.unwrap().unwrap()
}

async fn a_password_is_set_told_and_used(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, ada) = (&world.context, town.member(0));
    let other = session(&world, &ada.email).await;
    let here = session(&world, &ada.email).await;
    for (typed, rule) in [("court", "shorter than 12"), (&"é".repeat(257), "longer than 256")] {
        let refused = fields(profile::change_password(ctx, &here, Some(typed)).await);
        assert!(refused[0].starts_with("password is ") && refused[0].contains(rule), "{refused:?}");
    }
    let wanted = tokens::Wanted {
        collective: town.id,
        organisation: ada.organisation,
        name: "Tableur".to_owned(),
        scopes: Scopes::parse("read"),
        days: 30,
    };
    tokens::make_for(ctx, ada.person, wanted).await.unwrap();
    world.post().await;
    profile::change_password(ctx, &here, Some(GOOD)).await.unwrap();
    assert!(tokens::list(ctx, ada.person).await.unwrap().is_empty(), "a thief's program stops too");
    let told = world.post().await;
    assert!(told[0].text.contains("jetons d’accès sont révoqués"), "{}", told[0].text);
    assert_eq!(readers(&told), [ada.email.as_str()]);
    assert!(told[0].text.contains("48 heures") && !told[0].text.contains(GOOD));

    let kept: Vec<_> = sessions::list(ctx, ada.person).await.unwrap();
    assert_eq!(kept.iter().map(|row| row.token_hash).collect::<Vec<_>>(), [here.row.token_hash]);
    assert_ne!(other.row.token_hash, here.row.token_hash);
    let mut tx = world.read().await;
    let row = people::get(&mut tx, ada.person).await.unwrap().unwrap();
    assert_eq!(row.authorising_from, world.now() + TWO_DAYS);
    assert!(row.password_hash.unwrap().starts_with("$argon2id$"));
    drop(tx);

    let entered = enter_by_password(ctx, &ada.email.to_uppercase(), GOOD, "").await.unwrap();
    assert_eq!(entered.person, ada.person);
    let wrong = enter_by_password(ctx, &ada.email, "une marmite bien froide", "").await;
    assert_eq!(refusal(wrong), SignInRefusal::WrongPassword);

    world.wait(SignedDuration::from_mins(11));
    let stale = profile::change_password(ctx, &here, None).await;
    assert!(matches!(stale, Err(Failure::NotAllowed(NotAllowed::NotFresh))));
    let again = session(&world, &ada.email).await;
    profile::change_password(ctx, &again, None).await.unwrap();
    assert_eq!(refusal(enter_by_password(ctx, &ada.email, GOOD, "").await), SignInRefusal::WrongPassword);
}

async fn another_address_is_confirmed_there_and_told_here(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (ctx, ada, bob) = (&world.context, town.member(0), town.member(1));
    let here = session(&world, &ada.email).await;
    let strangers = session(&world, &bob.email).await;
    // A mail to the old address is under way when the address changes.
    let browser = ask_by_mail(ctx, &ada.email, None, None).await.unwrap();
    let under_way = code(&world.post().await[0]);

    profile::ask_new_email(ctx, &here, "Ada@Ailleurs.example").await.unwrap();
    let mails = world.post().await;
    assert_eq!(readers(&mails), ["Ada@Ailleurs.example"]);
    let link = secret(&mails[0], "/me/email/");
    assert_eq!(refusal(profile::confirm_new_email(ctx, &strangers, &link).await), ProfileRefusal::Gone);
    profile::confirm_new_email(ctx, &here, &link).await.unwrap();
    assert_eq!(readers(&world.post().await), [ada.email.as_str()], "the old address is told");
    assert_eq!(refusal(profile::confirm_new_email(ctx, &here, &link).await), ProfileRefusal::Gone);
    assert_eq!(refusal(enter_by_code(ctx, &under_way, Some(browser), "").await), SignInRefusal::Gone);

    let mut tx = world.read().await;
    let row = people::get(&mut tx, ada.person).await.unwrap().unwrap();
    assert_eq!(
        (row.email.as_str(), row.email_key.as_str()),
        ("Ada@Ailleurs.example", "ada@ailleurs.example")
    );
    assert_eq!(row.authorising_from, world.now() + TWO_DAYS);
    drop(tx);

    // Somebody else's address: asked for without a word, refused where it is proved.
    profile::ask_new_email(ctx, &here, &bob.email.to_uppercase()).await.unwrap();
    let link = secret(&world.post().await[0], "/me/email/");
    assert_eq!(refusal(profile::confirm_new_email(ctx, &here, &link).await), ProfileRefusal::AddressTaken);
    assert_eq!(fields(profile::ask_new_email(ctx, &here, "ada").await), ["email is not an e-mail address"]);
}

async fn names_and_notices_are_checked(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, ada) = (&world.context, town.member(0));
    let refused = fields(profile::describe(ctx, ada.person, " \u{200b} ", "tlh").await);
    assert_eq!(refused, ["name is missing", "locale is not one of the choices"]);
    profile::describe(ctx, ada.person, " Ada   Lovelace ", "en").await.unwrap();
    let row = profile::find(ctx, ada.person).await.unwrap();
    assert_eq!((row.name.as_str(), row.locale.as_str()), ("Ada Lovelace", "en"));
    ask_by_mail(ctx, &ada.email, None, None).await.unwrap();
    assert!(world.post().await[0].text.starts_with("Hello Ada Lovelace,"));

    let choice =
        |kind: &str, frequency: &str| NoticePreference { kind: kind.into(), frequency: frequency.into() };
    let usual = profile::notices(ctx, ada.person, town.id).await.unwrap();
    assert_eq!(usual, ["month", "features", "money", "members", "quiet"].map(|kind| choice(kind, "monthly")));
    for wrong in [choice("weather", "never"), choice("money", "hourly"), choice("money", "at_once")] {
        assert!(profile::set_notices(ctx, ada.person, town.id, vec![wrong]).await.is_err());
    }
    for frequency in ["never", "monthly"] {
        profile::set_notices(ctx, ada.person, town.id, vec![choice("money", frequency)]).await.unwrap();
        let chosen = profile::notices(ctx, ada.person, town.id).await.unwrap();
        assert_eq!(chosen[2], choice("money", frequency));
    }
}

on_both![
    a_password_is_set_told_and_used,
    another_address_is_confirmed_there_and_told_here,
    names_and_notices_are_checked,
];
