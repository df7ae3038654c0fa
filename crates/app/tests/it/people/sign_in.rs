//! Signing in: once, here, in time, and without telling who is known.

use domain::{
    people::{OPEN_SIGN_INS, SignInRefusal},
    rules::Template,
};
use identity::Token;
use jiff::SignedDuration;
use popote_app::sign_in::{ask_by_mail, enter_by_code, enter_by_link, enter_by_password};
use testkit::{World, on_both};

use super::{code, fields, readers, refusal, secret};

const LINK: &str = "/sign-in/link/";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn a_link_works_once_in_the_browser_that_asked(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, email) = (&world.context, town.member(0).email.as_str());
    let browser = ask_by_mail(ctx, email, None, Some("/c/chatons".to_owned())).await.unwrap();
    let mails = world.post().await;
    assert_eq!(readers(&mails), [email]);
    let link = secret(&mails[0], LINK);

    let elsewhere = Token::from_bytes([9; 32]);
    for other in [None, Some(elsewhere)] {
        assert_eq!(refusal(enter_by_link(ctx, &link, other, "").await), SignInRefusal::OtherBrowser);
    }
    let entered = enter_by_link(ctx, &link, Some(browser.clone()), "Firefox/130 Linux").await.unwrap();
    assert_eq!(entered.person, town.member(0).person);
    assert_eq!(entered.next.as_deref(), Some("/c/chatons"));
    let session = popote_app::sessions::find(ctx, entered.token.as_str()).await.unwrap().unwrap();
    assert_eq!(session.row.organisation, Some(town.member(0).organisation));
    assert_eq!(session.row.agent, "Firefox, Linux");
    assert!(session.is_fresh(world.now()));

    assert_eq!(refusal(enter_by_link(ctx, &link, Some(browser.clone()), "").await), SignInRefusal::Gone);
    let digits = code(&mails[0]);
    assert_eq!(refusal(enter_by_code(ctx, &digits, Some(browser.clone()), "").await), SignInRefusal::Gone);
    for wrong in ["", "../../etc/passwd", Token::from_bytes([8; 32]).as_str()] {
        assert_eq!(refusal(enter_by_link(ctx, wrong, Some(browser.clone()), "").await), SignInRefusal::Gone);
    }
}

async fn a_link_lives_fifteen_minutes(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, email) = (&world.context, town.member(0).email.as_str());
    for (wait, enters) in [(MINUTE * 14, true), (MINUTE * 15, false)] {
        let browser = ask_by_mail(ctx, email, None, None).await.unwrap();
        let mail = world.post().await.remove(0);
        world.wait(wait);
        let by_link = enter_by_link(ctx, &secret(&mail, LINK), Some(browser.clone()), "").await;
        let by_code = enter_by_code(ctx, &code(&mail), Some(browser), "").await;
        assert_eq!(by_link.is_ok(), enters, "{wait}");
        assert_eq!(refusal(by_code), SignInRefusal::Gone, "used or over");
    }
}

async fn a_code_is_bound_to_its_browser_and_to_five_tries(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, email) = (&world.context, town.member(0).email.as_str());
    let browser = ask_by_mail(ctx, email, None, None).await.unwrap();
    let right = code(&world.post().await[0]);
    assert_eq!(refusal(enter_by_code(ctx, &right, None, "").await), SignInRefusal::Gone);
    let other = Some(Token::from_bytes([7; 32]));
    assert_eq!(refusal(enter_by_code(ctx, &right, other, "").await), SignInRefusal::Gone);
    assert_eq!(fields(enter_by_code(ctx, "12 34", Some(browser.clone()), "").await), ["code is unknown"]);

    let wrong = if right == "000000" { "000001" } else { "000000" };
    for left in (0..5).rev() {
        let refused = refusal(enter_by_code(ctx, wrong, Some(browser.clone()), "").await);
        assert_eq!(refused, SignInRefusal::WrongCode { left });
    }
    let refused = refusal(enter_by_code(ctx, &right, Some(browser), "").await);
    assert_eq!(refused, SignInRefusal::TooManyCodes, "the right one comes too late");
}

async fn wrong_codes_add_up_over_a_day(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, email) = (&world.context, town.member(0).email.as_str());
    let attempt = async || {
        let browser = ask_by_mail(ctx, email, None, None).await.unwrap();
        let right = code(&world.post().await[0]);
        let wrong = if right == "000000" { "000001" } else { "000000" };
        (browser, right, wrong)
    };
    for _ in 0..6 {
        let (browser, _, wrong) = attempt().await;
        for _ in 0..5 {
            let refused = refusal(enter_by_code(ctx, wrong, Some(browser.clone()), "").await);
            assert!(matches!(refused, SignInRefusal::WrongCode { .. }));
        }
        world.wait(MINUTE * 16);
    }
    let (browser, right, _) = attempt().await;
    let refused = refusal(enter_by_code(ctx, &right, Some(browser), "").await);
    assert_eq!(refused, SignInRefusal::TooManyCodes, "thirty wrong ones were enough");
    world.wait(SignedDuration::from_hours(24));
    let (browser, right, _) = attempt().await;
    enter_by_code(ctx, &right, Some(browser), "").await.unwrap();
}

async fn nobody_learns_which_addresses_are_known(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let ctx = &world.context;
    let count = async || {
        let mut tx = world.read().await;
        store::fetch_value::<i64>(&mut tx, "SELECT COUNT(*) FROM link", store::args![]).await.unwrap()
    };
    for (email, mails) in [(town.member(0).email.as_str(), 1), ("inconnue@nulle.part.example", 0)] {
        let before = count().await;
        let browser = ask_by_mail(ctx, email, None, None).await.unwrap();
        assert_eq!(count().await, before + 1, "{email}: both write a link");
        assert_eq!(world.post().await.len(), mails, "{email}");
        let refused = refusal(enter_by_code(ctx, "999999", Some(browser), "").await);
        assert_eq!(refused, SignInRefusal::WrongCode { left: 4 }, "{email}");
        let refused = refusal(enter_by_password(ctx, email, "une marmite bien chaude", "").await);
        assert_eq!(refused, SignInRefusal::WrongPassword, "{email}");
    }
    assert_eq!(fields(ask_by_mail(ctx, "personne", None, None).await), ["email is not an e-mail address"]);
    let long = "x".repeat(5_000_000) + "@a.example";
    assert_eq!(refusal(enter_by_password(ctx, &long, "p", "").await), SignInRefusal::WrongPassword);
}

async fn mail_goes_to_the_address_as_it_is_stored(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let (ctx, email) = (&world.context, town.member(0).email.as_str());
    // A capital, and letters of full width that look alike: one key, one mailbox.
    let spellings = [email.to_uppercase(), email.replace('p', "ｐ"), format!("  {email} ")];
    for typed in &spellings {
        ask_by_mail(ctx, typed, None, None).await.unwrap();
        assert_eq!(readers(&world.post().await), [email], "{typed}");
    }
    // No more than so many under way, whoever asks.
    for _ in 3..OPEN_SIGN_INS {
        ask_by_mail(ctx, email, None, None).await.unwrap();
    }
    assert_eq!(refusal(ask_by_mail(ctx, email, None, None).await), SignInRefusal::TooManyMails);
    assert_eq!(world.post().await.len(), usize::try_from(OPEN_SIGN_INS).unwrap() - 3);
    // The same is said where nobody has the address.
    for _ in 0..OPEN_SIGN_INS {
        ask_by_mail(ctx, "personne@nulle.part.example", None, None).await.unwrap();
    }
    let unknown = ask_by_mail(ctx, "personne@nulle.part.example", None, None).await;
    assert_eq!(refusal(unknown), SignInRefusal::TooManyMails);
}

on_both![
    a_link_works_once_in_the_browser_that_asked,
    a_link_lives_fifteen_minutes,
    a_code_is_bound_to_its_browser_and_to_five_tries,
    wrong_codes_add_up_over_a_day,
    nobody_learns_which_addresses_are_known,
    mail_goes_to_the_address_as_it_is_stored,
];
