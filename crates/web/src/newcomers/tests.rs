//! Strangers who promise by a public link.

use axum::http::StatusCode;
use domain::pot::FundMode;
use domain::rules::Template;
use testkit::{Grown, World};

use crate::tests::browser::{Browser, mail_to, path_in, site_of};

const FEATURE: &str = "/c/chatons/features/1";
const JOIN: &str = "/c/chatons/features/1/join";

/// A direct pot with a feature of 100 to 200 €; its steward, who leads it, and a stranger.
async fn town(world: &World) -> (Grown, Browser, Browser) {
    let town = world.collective_with(FundMode::Direct, Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(world);
    let mut steward = Browser::of(&site, world, town.member(0).person).await;
    let fields = [
        ("title", "Salon"),
        ("software", "Matrix"),
        ("summary", "Inviter par un lien."),
        ("price", "100"),
        ("price_to", "200"),
        ("closing_on", "2025-03-31"),
        ("place", "outside"),
        ("done_when", "Cela marche."),
        ("key", "f"),
    ];
    let made = steward.post("/c/chatons/features/new", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    (town, steward, Browser::new(&site))
}

fn says<'f>(email: &'f str, amount: &'f str) -> [(&'f str, &'f str); 5] {
    [
        ("organisation", "Girofle & fils"),
        ("name", "Jo"),
        ("email", email),
        ("amount", amount),
        ("kind", "firm"),
    ]
}

async fn members(world: &World, town: &Grown) -> i64 {
    let mut tx = world.read().await;
    store::organisations::count(&mut tx, town.id, jiff::civil::date(2025, 3, 3)).await.unwrap()
}

/// Everything that waits is sent.
async fn sent(world: &World) {
    for _ in 0..20 {
        app::jobs::run_due(&world.context).await.unwrap();
    }
}

async fn a_stranger_promises_and_is_welcomed_by_one_click(world: World) {
    let (town, mut steward, mut stranger) = town(&world).await;
    stranger.get(FEATURE).await.says("Promettre sans compte");
    stranger.get(JOIN).await.says("Pas de mot de passe");
    let asked = stranger.post(JOIN, &says("jo@girofle.example", "60")).await;
    stranger.follow(&asked).await.says("Un courriel est parti à jo@girofle.example");
    assert_eq!(members(&world, &town).await, 2, "nothing is made by asking");
    let mail = mail_to(&world, "jo@girofle.example").await.unwrap();
    assert!(!mail.contains("Girofle &"), "no word that a stranger chose: {mail}");
    let link = path_in(&mail);
    // A scanner of mails follows each link, and presses nothing.
    for _ in 0..3 {
        let page = Browser::new(&site_of(&world)).get(&link).await;
        assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "no-referrer"));
        page.says("Girofle &#38; fils promet 60,00");
    }
    steward.get("/c/chatons/newcomers").await.says("Personne n’attend");
    let confirmed = stranger.post(&link, &[]).await;
    stranger.follow(&confirmed).await.says("Il manque 100");
    assert_eq!(stranger.post(&link, &[]).await.status, StatusCode::NOT_FOUND, "once");
    assert_eq!(members(&world, &town).await, 2, "nor by confirming");

    let told = mail_to(&world, &town.member(0).email).await.unwrap();
    assert!(told.contains("/c/chatons/newcomers"), "{told}");
    steward.get("/c/chatons").await.says("1 structure voudrait participer");
    let list = steward.get("/c/chatons/newcomers").await;
    list.says("Accueillir Girofle &#38; fils");
    list.says("Promet 60");
    let text = list.text();
    let (before, _) = text.split_once("\"><button class=\"quiet\">Accueillir").unwrap();
    let welcome = before.rsplit_once("action=\"").unwrap().1.to_owned();
    let mut member = Browser::of(&site_of(&world), &world, town.member(1).person).await;
    assert_eq!(member.post(&welcome, &[]).await.status, StatusCode::FORBIDDEN);
    let done = steward.post(&welcome, &[]).await;
    steward.follow(&done).await.says("la structure est membre");
    assert_eq!(steward.post(&welcome, &[]).await.status, StatusCode::SEE_OTHER, "a replay is answered alike");
    assert_eq!(members(&world, &town).await, 3);
    stranger.get(FEATURE).await.says("Il manque 40");
    // Money, no votes: a mandate of the kind finance, without a password.
    let mut tx = world.read().await;
    let jo = store::people::by_email(&mut tx, "jo@girofle.example").await.unwrap().unwrap();
    assert_eq!(jo.password_hash, None);
    drop(tx);
    let mut jo = Browser::of(&site_of(&world), &world, jo.id).await;
    jo.get(FEATURE).await.says("promesse ferme de 60,00");
    assert!(mail_to(&world, "jo@girofle.example").await.unwrap().contains("partie du collectif CHATONS"));
}

async fn a_stranger_bears_no_name_of_a_member(world: World) {
    let (town, mut steward, mut stranger) = town(&world).await;
    for name in ["arn", "\u{410}RN"] {
        let mut fields = says("jo@girofle.example", "60");
        fields[0].1 = name;
        let refused = stranger.post(JOIN, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        refused.says("f-organisation-error");
        refused.says("Une structure membre porte déjà ce nom");
    }
    stranger.post(JOIN, &says("jo@girofle.example", "60")).await;
    let link = path_in(&mail_to(&world, "jo@girofle.example").await.unwrap());
    stranger.post(&link, &[]).await;
    // A member takes the name before a steward answers.
    let mut member = Browser::of(&site_of(&world), &world, town.member(1).person).await;
    let renamed = member.post("/c/chatons/members/arn", &[("name", "Girofle Fils"), ("website", "")]).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER);
    let list = steward.get("/c/chatons/newcomers").await;
    let text = list.text();
    let (before, _) = text.split_once("\"><button class=\"quiet\">Accueillir").unwrap();
    let welcome = before.rsplit_once("action=\"").unwrap().1.to_owned();
    let answered = steward.post(&welcome, &[]).await;
    steward.follow(&answered).await.says("Une structure membre porte déjà ce nom");
    assert_eq!(members(&world, &town).await, 2, "nobody came in");
}

async fn a_hundred_strangers_change_nothing(world: World) {
    let (town, mut steward, _) = town(&world).await;
    for at in 0..100 {
        let email = format!("inconnu-{at}@ailleurs.example");
        let saying = app::newcomers::Saying {
            organisation: format!("Inconnue {at}"),
            name: "Quelqu’un".to_owned(),
            email: email.clone(),
            amount: domain::Money::new(5_000),
            kind: domain::promises::PromiseKind::Firm,
            locale: words::Locale::Fr,
        };
        let mut tx = world.read().await;
        let feature = store::features::by_number(&mut tx, town.id, 1).await.unwrap().unwrap().id;
        drop(tx);
        app::newcomers::ask(&world.context, feature, &saying).await.unwrap();
    }
    sent(&world).await;
    let links: Vec<String> = world.mails().iter().map(|mail| mail.text.clone()).collect();
    let links: Vec<String> =
        links.iter().filter(|text| text.contains("/join/")).map(|text| path_in(text)).collect();
    assert_eq!(links.len(), 100);
    for link in &links {
        let token = link.rsplit('/').next().unwrap();
        app::newcomers::confirm(&world.context, token).await.unwrap();
    }
    assert_eq!(members(&world, &town).await, 2, "none of them is a member, so none votes");
    steward.get(FEATURE).await.says("Il manque 100");
    steward.get("/c/chatons").await.says("100 structures voudraient participer");
}

async fn what_is_wrong_is_said_and_nothing_is_lost(world: World) {
    let (town, mut steward, mut stranger) = town(&world).await;
    let refused = stranger.post(JOIN, &says("jo@", "60")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("value=\"Girofle &#38; fils\"");
    refused.says("f-email-error");
    for (field, name) in [(0, "Compte bloqué, voir https://evil"), (1, "jo@evil.example")] {
        let mut fields = says("jo@girofle.example", "60");
        fields[field].1 = name;
        let refused = stranger.post(JOIN, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        refused.says("ni adresse web ni courriel");
    }
    for (amount, sentence) in
        [("0", "plus grand que zéro"), ("200,01", "200,00"), ("beaucoup", "f-amount-error")]
    {
        let refused = stranger.post(JOIN, &says("jo@girofle.example", amount)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount}");
        refused.says(sentence);
    }
    // One address, whatever its capitals, gets three mails at most.
    for email in ["jo@girofle.example", "Jo@Girofle.example", "JO@GIROFLE.EXAMPLE", "jo@girofle.example"] {
        let saying = app::newcomers::Saying {
            organisation: "Girofle".to_owned(),
            name: "Jo".to_owned(),
            email: email.to_owned(),
            amount: domain::Money::new(100),
            kind: domain::promises::PromiseKind::Intention,
            locale: words::Locale::Fr,
        };
        let mut tx = world.read().await;
        let feature = store::features::by_number(&mut tx, town.id, 1).await.unwrap().unwrap().id;
        drop(tx);
        app::newcomers::ask(&world.context, feature, &saying).await.unwrap();
    }
    sent(&world).await;
    assert_eq!(world.mails().iter().filter(|mail| mail.text.contains("/join/")).count(), 3);
    assert_eq!(stranger.get("/join/nonsense").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/c/chatons/features/9/join").await.status, StatusCode::NOT_FOUND);
    let wrong = "/c/chatons/newcomers/019f0000-0000-7000-8000-000000000000/welcome";
    assert_eq!(steward.post(wrong, &[]).await.status, StatusCode::NOT_FOUND);
}

testkit::on_both![
    a_stranger_bears_no_name_of_a_member,
    a_stranger_promises_and_is_welcomed_by_one_click,
    a_hundred_strangers_change_nothing,
    what_is_wrong_is_said_and_nothing_is_lost,
];
