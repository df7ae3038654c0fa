//! Classified ads as people use them: strangers by mails, members at once, the administration.

use app::ads::{Stranger, ask_post};
use axum::http::StatusCode;
use domain::ads::{AdText, Side, Work};
use domain::rules::Template;
use jiff::SignedDuration;
use testkit::{Grown, World};
use words::Locale;

use crate::tests::browser::{Browser, mail_to, path_in, site_of};

const NEW: &str = "/ads/new";
const JO: &str = "jo@girofle.example";
const DEV: &str = "dev@roche.example";

async fn town(world: &World) -> (Grown, Browser, Browser) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(world);
    let member = Browser::of(&site, world, town.member(1).person).await;
    (town, member, Browser::new(&site))
}

fn request<'f>(email: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("side", "request"),
        ("title", "Exporter nos adhésions"),
        ("body", "Depuis **Garradin**. <script>alert(1)</script> ![x](https://evil.example/x.png)"),
        ("works", "development"),
        ("works", "migration"),
        ("software", "Paheko, Nextcloud"),
        ("remote", "yes"),
        ("least", "1 000"),
        ("most", "2 000,50"),
        ("unit", "whole"),
        ("seen", "public"),
        ("organisation", "Girofle & fils"),
        ("name", "Jo"),
        ("email", email),
    ]
}

fn offer<'f>(email: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("side", "offer"),
        ("title", "Développement libre"),
        ("body", "J’aide."),
        ("works", "development"),
        ("software", "next-cloud"),
        ("remote", "yes"),
        ("availability", "en mai"),
        ("organisation", "Roche"),
        ("name", "Camille"),
        ("email", email),
    ]
}

/// Posts an ad by its mail; the address by which it is kept.
async fn posted(world: &World, stranger: &mut Browser, fields: &[(&str, &str)], email: &str) -> String {
    let asked = stranger.post(NEW, fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    let link = path_in(&mail_to(world, email).await.unwrap());
    let done = stranger.post(&link, &[]).await;
    let kept = done.header("location").to_owned();
    assert!(kept.starts_with("/ad/"), "{kept}");
    kept
}

/// The path that begins so in a mail to an address, of those that wait.
async fn linked(world: &World, email: &str, start: &str) -> String {
    let mails = world.post().await;
    let start_of = format!("https://popote.example{start}");
    let line = |text: &str| text.lines().find_map(|line| line.strip_prefix(&start_of).map(str::to_owned));
    let found = mails.iter().filter(|mail| mail.to.address() == email).find_map(|mail| line(&mail.text));
    format!("{start}{}", found.unwrap_or_else(|| panic!("no {start} to {email}: {mails:#?}")))
}

async fn a_stranger_posts_by_a_confirmed_mail_and_keeps_the_ad_by_a_link(world: World) {
    let (_, _, mut stranger) = town(&world).await;
    stranger.get("/ads").await.says("Il n’y a pas encore de petite annonce");
    stranger.get("/ads/new?side=offer").await.says("Votre structure, ou votre nom");
    let asked = stranger.post(NEW, &request(JO)).await;
    stranger.follow(&asked).await.says("Un courriel est parti à jo@girofle.example");
    let mail = mail_to(&world, JO).await.unwrap();
    assert!(!mail.contains("Garradin") && !mail.contains("adhésions"), "no word of a stranger: {mail}");
    let link = path_in(&mail);
    for _ in 0..3 {
        let page = Browser::new(&site_of(&world)).get(&link).await;
        assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "no-referrer"));
        page.says("Publier votre demande");
    }
    stranger.get("/ads").await.says("Il n’y a pas encore de petite annonce");
    let done = stranger.post(&link, &[]).await;
    let kept = done.header("location").to_owned();
    stranger.get(&kept).await.says("Gérer votre annonce n° 1");
    assert_eq!(stranger.post(&link, &[]).await.status, StatusCode::NOT_FOUND, "once");
    // Others read it: no script, no picture from elsewhere, no address.
    let mut other = Browser::new(&site_of(&world));
    other.get("/ads").await.says("Exporter nos adhésions");
    let page = other.get("/ads/1").await;
    page.says("<strong>Garradin</strong>");
    page.says("de 1\u{202f}000\u{202f}€ à 2\u{202f}000,50\u{202f}€");
    for hidden in ["<script>alert", "evil.example/x.png\"", JO] {
        assert!(!page.text().replace("href=\"https://evil.example/x.png\"", "").contains(hidden), "{hidden}");
    }
    // The mail brings another link to the same ad.
    let again = linked(&world, JO, "/ad/").await;
    stranger.get(&again).await.says("Modifier l’annonce");
    let withdrawn = stranger.post(&format!("{kept}/withdraw"), &[]).await;
    stranger.follow(&withdrawn).await.says("Vous l’avez retirée");
    assert_eq!(other.get("/ads/1").await.status, StatusCode::NOT_FOUND);
    let renewed = stranger.post(&format!("{kept}/renew"), &[]).await;
    stranger.follow(&renewed).await.says("visible pour 60 jours");
    assert_eq!(other.get("/ads/1").await.status, StatusCode::OK);
    // A lost link comes again, to the address of the ad alone.
    stranger.post("/ads/1/link", &[("email", "evil@x.example")]).await;
    assert_eq!(mail_to(&world, "evil@x.example").await, None);
    stranger.post("/ads/1/link", &[("email", "JO@girofle.example")]).await;
    assert!(linked(&world, JO, "/ad/").await.len() > 20);
    for path in ["/ad/nonsense", "/ad-talk/nonsense", "/ad-confirm/nonsense", "/ads/99", "/ads/99/contact"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

async fn an_ad_sent_a_hundred_times_is_one(world: World) {
    let (_, mut member, mut stranger) = town(&world).await;
    let text = AdText {
        title: "Traduire".to_owned(),
        body: "Une page.".to_owned(),
        works: vec![Work::Translation],
        ..AdText::empty(Side::Request)
    };
    let who = Stranger {
        organisation: "Girofle".to_owned(),
        name: "Jo".to_owned(),
        email: JO.to_owned(),
        locale: Locale::Fr,
    };
    for _ in 0..100 {
        ask_post(&world.context, &who, text.clone()).await.unwrap();
    }
    let sent: Vec<_> =
        world.post().await.into_iter().filter(|mail| mail.text.contains("/ad-confirm/")).collect();
    assert_eq!(sent.len(), 1, "one mail");
    stranger.post(&path_in(&sent[0].text), &[]).await;
    ask_post(&world.context, &who, text).await.unwrap();
    assert!(linked(&world, JO, "/ad/").await.len() > 20, "who posted it gets the way to it");
    // Whoever is signed in reads it at once, and nothing typed is lost.
    let fields = offer(DEV);
    let first = member.post(NEW, &fields).await;
    member.follow(&first).await.says("Votre annonce est publiée");
    let mut again = offer(DEV);
    again[1].1 = "  développement LIBRE ";
    let refused = member.post(NEW, &again).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("Vous avez déjà publié cette annonce");
    refused.says("développement LIBRE");
}

async fn what_is_wrong_is_said_and_nothing_is_lost(world: World) {
    let (_, mut member, mut stranger) = town(&world).await;
    let long = "x".repeat(400_000);
    let mut fields = request(JO);
    fields[1].1 = &long;
    let refused = stranger.post(NEW, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("f-title-error");
    refused.says("Girofle &#38; fils");
    // Signed in, a title of a megabyte comes back too.
    let longer = "x".repeat(1 << 20);
    let mut fields = offer(DEV);
    fields[1].1 = &longer;
    assert_eq!(member.post(NEW, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = [
        ("side", "both"),
        ("title", "\u{202e}\u{200b}"),
        ("body", " "),
        ("least", "20"),
        ("most", "10"),
        ("deadline_on", "hier"),
        ("organisation", "https://evil"),
        ("name", ""),
        ("email", "jo@"),
    ];
    let refused = stranger.post(NEW, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["title", "body", "deadline_on", "most"] {
        refused.says(&format!("f-{field}-error"));
    }
    refused.says("id=\"f-side\"");
    let mut fields = request("Jo@girofle.example");
    fields.retain(|(name, _)| *name != "name" && *name != "organisation");
    fields.push(("name", "Jo"));
    fields.push(("organisation", "Voir www.evil"));
    let refused = stranger.post(NEW, &fields).await;
    refused.says("f-organisation-error");
    // A direction that is turned and marks without end stay one line of what can be read.
    let mut fields = offer(DEV);
    fields[1].1 = "\u{202e}e\u{301}te\u{301}\u{200b}";
    let made = member.post(NEW, &fields).await;
    member.follow(&made).await.says("<h1>été</h1>");
    for path in ["/ads?side=both", "/ads?work=nothing", "/ads?collective=nobody"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    stranger.get("/ads?q=%25_%5C").await.says("Aucune annonce ne correspond");
}

async fn requests_and_offers_find_each_other_and_talk_without_addresses(world: World) {
    let (_, mut member, mut stranger) = town(&world).await;
    let kept = posted(&world, &mut stranger, &request(JO), JO).await;
    let mut developer = Browser::new(&site_of(&world));
    posted(&world, &mut developer, &offer(DEV), DEV).await;
    stranger.get("/ads/1").await.says("parce que\u{202f}: Nextcloud, développement, à distance");
    developer.get("/ads/2").await.says("parce que\u{202f}: next-cloud, développement, à distance");
    for (path, found) in [
        ("/ads?side=offer", "Développement libre"),
        ("/ads?software=NEXT%20CLOUD&work=development", "Exporter nos adhésions"),
        ("/ads?q=ADHESIONS", "Exporter nos adhésions"),
        ("/ads/feed.atom", "<title>Propose : Développement libre</title>"),
        ("/ads/embed", "https://popote.example/ads/1"),
    ] {
        developer.get(path).await.says(found);
    }
    assert!(!developer.get("/ads?side=offer").await.text().contains("Exporter"));
    // The developer answers the request, by a mail.
    let says = |email| {
        [("body", "Je peux **aider**."), ("organisation", "Roche"), ("name", "Camille"), ("email", email)]
    };
    let asked = developer.post("/ads/1/contact", &says(DEV)).await;
    developer.follow(&asked).await.says("Un courriel est parti");
    let link = linked(&world, DEV, "/ad-confirm/").await;
    let sent = developer.post(&link, &[]).await;
    let talk = sent.header("location").to_owned();
    assert!(talk.starts_with("/ad-talk/"), "{talk}");
    let mail = mail_to(&world, JO).await.unwrap();
    assert!(mail.contains("> Je peux **aider**.") && !mail.contains(DEV), "{mail}");
    let theirs = path_in(&mail);
    let page = stranger.get(&theirs).await;
    page.says("<strong>aider</strong>");
    assert!(!page.text().contains(DEV));
    stranger.get(&kept).await.says("1 message");
    let replied = stranger.post(&theirs, &[("body", "Avec plaisir.")]).await;
    stranger.follow(&replied).await.says("Votre réponse est partie");
    let back = mail_to(&world, DEV).await.unwrap();
    assert!(back.contains("> Avec plaisir.") && !back.contains(JO), "{back}");
    developer.get(&talk).await.says("Avec plaisir.");
    assert_eq!(developer.post(&talk, &[("body", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A member writes at once, and may show their address.
    let sent = member.post("/ads/1/contact", &[("body", "Nous aussi."), ("shows", "yes")]).await;
    member.follow(&sent).await.says("Votre message est parti");
    let mail = mail_to(&world, JO).await.unwrap();
    assert!(mail.contains("personne@arn.example"), "{mail}");
    member.get("/ads/1/talks/2").await.says("Nous aussi.");
    assert_eq!(member.get("/ads/1/talks/1").await.status, StatusCode::FORBIDDEN, "that of others");
    member.get("/ads/mine").await.says("Exporter nos adhésions");
}

async fn those_with_the_same_need_become_a_collective(world: World) {
    let (town, mut member, mut stranger) = town(&world).await;
    let kept = posted(&world, &mut stranger, &request(JO), JO).await;
    let refused = stranger.post(&format!("{kept}/found"), &[]).await;
    stranger.follow(&refused).await.says("Il faut au moins deux structures");
    for _ in 0..2 {
        let said = member.post("/ads/1/need", &[]).await;
        member.follow(&said).await.says("votre structure a le même besoin");
    }
    let mut other = Browser::new(&site_of(&world));
    let who = [("organisation", "Les Lilas"), ("name", "Lou"), ("email", "lou@lilas.example")];
    other.post("/ads/1/need", &who).await;
    let link = linked(&world, "lou@lilas.example", "/ad-confirm/").await;
    assert!(!other.get("/ads/1").await.text().contains("Les Lilas"), "not before it is confirmed");
    let done = other.post(&link, &[]).await;
    other.follow(&done).await.says("Les Lilas");
    // An offer has no need to share, and one's own ad neither.
    let own = [("organisation", "Girofle"), ("name", "Jo"), ("email", JO)];
    stranger.post("/ads/1/need", &own).await;
    let link = linked(&world, JO, "/ad-confirm/").await;
    let refused = stranger.post(&link, &[]).await;
    stranger.follow(&refused).await.says("C’est votre annonce");
    stranger.get(&kept).await.says("Vous êtes 3 structures");
    let asked = stranger.post(&format!("{kept}/found"), &[]).await;
    stranger.follow(&asked).await.says("La demande est partie");
    let site = site_of(&world);
    let mut admin = Browser::of(&site, &world, town.member(0).person).await;
    assert_eq!(member.get("/admin/ads").await.status, StatusCode::FORBIDDEN);
    assert_eq!(member.post("/admin/ads/1/found", &[]).await.status, StatusCode::FORBIDDEN);
    assert!(mail_to(&world, &town.member(0).email).await.unwrap().contains("/admin/ads"));
    let board = admin.get("/admin/ads").await;
    board.says("lou@lilas.example");
    let made = admin.post("/admin/ads/1/found", &[]).await;
    admin.follow(&made).await.says("Le collectif est créé");
    let collective = "/c/exporter-nos-adhesions";
    stranger.get(&format!("{collective}/members")).await.says("Les Lilas");
    let feature = stranger.get(&format!("{collective}/features/1")).await;
    feature.says("Exporter nos adhésions");
    feature.says("Il manque 1");
    assert!(mail_to(&world, "lou@lilas.example").await.unwrap().contains(collective));
    let mut tx = world.read().await;
    let jo = store::people::by_email(&mut tx, JO).await.unwrap().unwrap();
    drop(tx);
    let mut jo = Browser::of(&site, &world, jo.id).await;
    jo.get(&format!("{collective}/roles")).await.says("Jo");
    jo.get("/ads/1/manage").await.says("Un petit collectif s’est formé");
    assert_eq!(admin.post("/admin/ads/1/found", &[]).await.status, StatusCode::SEE_OTHER, "once");
    app::verify::verify_and_keep(&world.context).await.unwrap();
}

async fn an_ad_is_reported_hidden_for_a_reason_and_appealed(world: World) {
    let (town, mut member, mut stranger) = town(&world).await;
    let kept = posted(&world, &mut stranger, &offer(DEV), DEV).await;
    let mut anybody = Browser::new(&site_of(&world));
    assert_eq!(
        anybody.post("/ads/1/report", &[("reason", "")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    for reason in ["C’est une publicité.", "Deux fois."] {
        let told = anybody.post("/ads/1/report", &[("reason", reason)]).await;
        anybody.follow(&told).await.says("Merci");
    }
    let mails = world.post().await;
    assert_eq!(mails.iter().filter(|mail| mail.text.contains("/admin/ads")).count(), 1, "one mail");
    let mut admin = Browser::of(&site_of(&world), &world, town.member(0).person).await;
    admin.get("/admin/ads").await.says("C’est une publicité.");
    assert_eq!(member.post("/admin/ads/1/hide", &[("reason", "x")]).await.status, StatusCode::FORBIDDEN);
    let refused = admin.post("/admin/ads/1/hide", &[("reason", " ")]).await;
    admin.follow(&refused).await.says("Raison");
    admin.post("/admin/ads/1/hide", &[("reason", "Publicité")]).await;
    assert_eq!(anybody.get("/ads/1").await.status, StatusCode::NOT_FOUND);
    let mail = mail_to(&world, DEV).await.unwrap();
    assert!(mail.contains("Publicité"), "{mail}");
    stranger.get(&kept).await.says("masquée\u{202f}: Publicité");
    let renewed = stranger.post(&format!("{kept}/renew"), &[]).await;
    stranger.follow(&renewed).await.says("a masqué cette annonce");
    assert_eq!(
        stranger.post(&format!("{kept}/appeal"), &[("appeal", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    stranger.post(&format!("{kept}/appeal"), &[("appeal", "Je ne vends rien.")]).await;
    admin.get("/admin/ads").await.says("Je ne vends rien.");
    admin.post("/admin/ads/1/show", &[]).await;
    anybody.get("/ads/1").await.says("Développement libre");
    let kept_events = stranger.get(&kept).await;
    for told in ["Signalée", "Masquée par l’administration", "Contestation envoyée", "Montrée de nouveau"]
    {
        kept_events.says(told);
    }
}

async fn members_post_at_once_and_what_was_changed_meanwhile_is_shown(world: World) {
    let (town, mut member, mut stranger) = town(&world).await;
    let mut fields = request(JO);
    for (name, value) in &mut fields {
        if *name == "seen" {
            *value = "members";
        }
    }
    let made = member.post(NEW, &fields).await;
    member.follow(&made).await.says("Publiée par une structure de cette instance");
    // Those who are no members don't learn that it is there.
    for path in ["/ads/1", "/ads/1/contact", "/ads/1/need", "/ads/1/report"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/ads", "/ads/embed", "/ads/feed.atom"] {
        assert!(!stranger.get(path).await.text().contains("adhésions"), "{path}");
    }
    let mut neighbour = Browser::of(&site_of(&world), &world, town.member(0).person).await;
    neighbour.get("/ads?collective=chatons").await.says("adhésions");
    assert_eq!(neighbour.get("/ads/1/manage").await.status, StatusCode::FORBIDDEN);
    assert_eq!(stranger.get("/ads/1/manage").await.status, StatusCode::UNAUTHORIZED);
    member.get("/ads/1/manage").await.says("name=\"version\" value=\"1\"");
    let change = |title: &'static str| {
        let mut fields: Vec<(&str, &str)> =
            request(JO).into_iter().filter(|(name, _)| *name != "title").collect();
        fields.extend([("title", title), ("version", "1")]);
        fields
    };
    let saved = member.post("/ads/1/manage", &change("Un autre titre")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = member.get("/ads/1/manage").await;
    page.says("Exporter nos adhésions");
    page.says("Un autre titre");
    let stale = member.post("/ads/1/manage", &change("Un troisième")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("Un autre titre");
    stale.says("value=\"Un troisième\"");
    assert_eq!(neighbour.post("/ads/1/manage", &change("Volé")).await.status, StatusCode::FORBIDDEN);
    let own = member.post("/ads/1/contact", &[("body", "Moi")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    own.says("C’est votre annonce");
}

async fn an_ad_ends_is_announced_and_renewed_by_its_mail(world: World) {
    let (_, _, mut stranger) = town(&world).await;
    posted(&world, &mut stranger, &request(JO), JO).await;
    stranger.post(NEW, &offer(DEV)).await;
    let late = linked(&world, DEV, "/ad-confirm/").await;
    let _ = world.post().await;
    world.wait(SignedDuration::from_hours(24 * 54));
    assert_eq!(stranger.get(&late).await.status, StatusCode::NOT_FOUND, "a link of two weeks");
    assert_eq!(stranger.post(&late, &[]).await.status, StatusCode::NOT_FOUND);
    let kept = linked(&world, JO, "/ad/").await;
    world.wait(SignedDuration::from_hours(24 * 7));
    assert_eq!(stranger.get("/ads/1").await.status, StatusCode::NOT_FOUND);
    stranger.get(&kept).await.says("Elle a pris fin");
    let renewed = stranger.post(&format!("{kept}/renew"), &[]).await;
    assert_eq!(renewed.status, StatusCode::SEE_OTHER);
    stranger.get("/ads/1").await.says("Exporter nos adhésions");
    let told = world.post().await.into_iter().filter(|mail| mail.to.address() == JO).count();
    assert_eq!(told, 0, "told once");
}

testkit::on_both![
    a_stranger_posts_by_a_confirmed_mail_and_keeps_the_ad_by_a_link,
    an_ad_sent_a_hundred_times_is_one,
    what_is_wrong_is_said_and_nothing_is_lost,
    requests_and_offers_find_each_other_and_talk_without_addresses,
    those_with_the_same_need_become_a_collective,
    an_ad_is_reported_hidden_for_a_reason_and_appealed,
    members_post_at_once_and_what_was_changed_meanwhile_is_shown,
    an_ad_ends_is_announced_and_renewed_by_its_mail,
];
