//! Nothing typed is lost: a session that ends while somebody writes, texts that are too long.

use axum::http::StatusCode;
use domain::rules::Template;
use jiff::SignedDuration;
use store::{Db, Options, args, fetch_value};
use testkit::{World, on_both};

use super::browser::{Browser, mail_to, path_in, site_of};

const NEW: &str = "/c/chatons/features/new";
const WORDS: &str = "Mes mots précieux, écrits un dimanche soir";

fn proposal<'f>(title: &'f str, description: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("title", title),
        ("software", "Nextcloud"),
        ("summary", "Inviter sans compte"),
        ("done_when", "Une personne sans compte entre dans un salon"),
        ("knows", "yes"),
        ("description", description),
        ("price", "3000"),
        ("closing_on", "2025-04-30"),
        ("place", "outside"),
        ("key", "form-1"),
    ]
}

async fn what_was_typed_waits_behind_the_sign_in(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut writer = Browser::of(&site, &world, town.member(1).person).await;
    let fields = proposal("Salon", WORDS);
    world.wait(SignedDuration::from_hours(31 * 24));
    let refused = writer.post_from(NEW, NEW, &fields).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    refused.says("rien n’est perdu");
    let next =
        "/sign-in?next=%2Fc%2Fchatons%2Ffeatures%2Fnew%3Fkept%3D%252Fc%252Fchatons%252Ffeatures%252Fnew";
    // The header leads there too, not to an empty form.
    assert_eq!(refused.text().matches(&format!("href=\"{next}\"")).count(), 2, "{}", refused.text());
    let page = writer.get(next).await;
    let back = "/c/chatons/features/new?kept=%2Fc%2Fchatons%2Ffeatures%2Fnew";
    page.says(&format!("name=\"next\" value=\"{back}\""));
    let email = &town.member(1).email;
    writer.post("/sign-in", &[("email", email), ("next", back)]).await.says("/sign-in?next=%2Fc%2Fchatons");
    let link = path_in(&mail_to(&world, email).await.unwrap());
    let entered = writer.post(&link, &[]).await;
    let form = writer.follow(&entered).await;
    form.says(WORDS);
    form.says("value=\"Salon\"");
    form.says("Voici ce que vous aviez écrit");
    assert!(!writer.get(NEW).await.text().contains(WORDS), "only where it is asked for");
    let mut other = Browser::of(&site, &world, town.member(0).person).await;
    assert!(!other.get(back).await.text().contains(WORDS), "nobody else's");
    // Once it is sent it is forgotten.
    let sent = writer.post_from(back, NEW, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert!(!writer.get(back).await.text().contains(WORDS));
}

/// A form with a file: its texts are kept as any other's, the file isn't; whoever comes back by another way finds them.
async fn a_form_with_a_file_keeps_its_texts(world: World) {
    const RECORD: &str = "/c/chatons/contributions/new";
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let person = town.member(0).person;
    let mut writer = Browser::of(&site, &world, person).await;
    let organisation = town.member(1).organisation.to_string();
    let fields = [
        ("organisation", &*organisation),
        ("amount", "123,45"),
        ("nature", "subscription"),
        ("received_on", "2025-03-03"),
        ("reference", WORDS),
        ("key", "k"),
    ];
    world.wait(SignedDuration::from_hours(31 * 24));
    let refused = writer.upload_with(RECORD, &fields, ("proof", "preuve.pdf", b"%PDF-1.7")).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    refused.says("rien n’est perdu");
    // Signed in by another way, on another device: the page of what awaits leads to it.
    let mut again = Browser::of(&site, &world, person).await;
    let home = again.get("/me").await;
    home.says("Un formulaire que vous remplissiez");
    let back = format!("{RECORD}?kept=%2Fc%2Fchatons%2Fcontributions%2Fnew");
    home.says(&format!("href=\"{back}\""));
    let form = again.get(&back).await;
    form.says(WORDS);
    form.says("value=\"123,45\"");
    form.says(&format!("<option value=\"{organisation}\" selected>"));
    // A stranger's texts come back to be copied, as from any form.
    let mut stranger = Browser::new(&site);
    let shown = stranger.upload_with(RECORD, &fields, ("proof", "preuve.pdf", b"%PDF-1.7")).await;
    assert_eq!(shown.status, StatusCode::UNAUTHORIZED);
    shown.says("à copier avant de quitter cette page");
    shown.says(WORDS);
}

async fn a_session_that_was_ended_keeps_texts_and_lets_nobody_in(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let person = town.member(1).person;
    let mut writer = Browser::of(&site, &world, person).await;
    let mut second = Browser::of(&site, &world, person).await;
    second.post("/me/sessions/end-others", &[]).await;
    let mut ended = writer.clone();
    assert_eq!(writer.get("/me").await.status, StatusCode::UNAUTHORIZED);
    let refused = writer.post(NEW, &proposal("Salon", WORDS)).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    refused.says("rien n’est perdu");
    let back = "/c/chatons/features/new?kept=%2Fc%2Fchatons%2Ffeatures%2Fnew";
    second.get(back).await.says(WORDS);
    assert_ne!(writer.get(back).await.status, StatusCode::OK);
    // A stranger's words are nobody's: they come back to be copied.
    let mut stranger = Browser::new(&site);
    let shown = stranger.post(NEW, &proposal("Salon", WORDS)).await;
    shown.says("à copier avant de quitter cette page");
    shown.says(WORDS);
    // Weeks later nobody knows any more whose session it was.
    world.wait(SignedDuration::from_hours(8 * 24));
    ended.post(NEW, &proposal("Salon", WORDS)).await.says("à copier avant de quitter cette page");
}

async fn a_proof_of_identity_that_is_asked_for_again_loses_nothing(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let mut admin = Browser::of(&site_of(&world), &world, town.member(0).person).await;
    world.wait(SignedDuration::from_mins(11));
    let path = "/c/chatons/about";
    let fields = [("host_name", "Le relais solidaire"), ("fee", "2")];
    let asked = admin.post_from("/c/chatons/about", path, &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let next = "/sign-in?next=%2Fc%2Fchatons%2Fabout%3Fkept%3D%252Fc%252Fchatons%252Fabout";
    assert_eq!(asked.header("location"), next);
    admin.get("/c/chatons/about?kept=%2Fc%2Fchatons%2Fabout").await.says("Le relais solidaire");
}

async fn an_over_long_text_comes_back_with_its_form(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let mut writer = Browser::of(&site_of(&world), &world, town.member(1).person).await;
    let long = "é".repeat(300_000);
    let refused = writer.post(NEW, &proposal("Salon", &long)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("20\u{202f}000 caractères au plus");
    refused.says(&long);
    refused.says("value=\"Salon\"");
    let title = "a".repeat(500);
    let refused = writer.post(NEW, &proposal(&title, WORDS)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("id=\"f-title-error\"");
    refused.says(&title);
    // Each letter with an accent is six bytes in a form: 30 MB are sent.
    for huge in ["x".repeat(10_000_000), "é".repeat(5_000_000)] {
        let refused = writer.post(NEW, &proposal("Salon", &huge)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("20\u{202f}000 caractères au plus");
        assert!(refused.text().contains(&huge), "all of it is in the form");
    }
    let beyond = writer.post(NEW, &proposal("Salon", &"x".repeat(13_000_000))).await;
    assert_eq!(beyond.status, StatusCode::PAYLOAD_TOO_LARGE);
    beyond.says("trop volumineux");
    beyond.says("ce que vous avez écrit y est encore");
    // Who didn't sign in sends less.
    let mut stranger = Browser::new(&site_of(&world));
    let refused = stranger.post(NEW, &proposal("Salon", &long)).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// A site on a disk that is full.
async fn full(folder: &std::path::Path) -> axum::Router {
    let url = format!("sqlite:{}", folder.join("popote.db").display());
    let db = Db::open(&url, &Options::default()).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let pages: u32 = fetch_value(&mut tx, "SELECT page_count FROM pragma_page_count", args![]).await.unwrap();
    drop(tx);
    db.close().await;
    let small = Options { max_pages: Some(pages), ..Options::default() };
    let db = Db::open(&url, &small).await.unwrap();
    let state = super::state_on(db, "https://popote.example");
    crate::router(&state).unwrap()
}

#[tokio::test]
async fn a_full_disk_says_so_and_loses_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let site = full(folder.path()).await;
    let mut stranger = Browser::new(&site);
    let next = format!("/c/chatons?{}", "x".repeat(1_900));
    for number in 0..19 {
        let email = format!("personne-{number}@arn.example");
        let answer = stranger.post("/sign-in", &[("email", &email), ("next", &next)]).await;
        if answer.status == StatusCode::INSUFFICIENT_STORAGE {
            answer.says("Le disque du serveur est plein");
            answer.says("Rien n’a été enregistré");
            return;
        }
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    panic!("the disk was never full");
}

/// What of a proposal people typed, each as its page shows it.
const TYPED: [&str; 5] = ["Salon", "Nextcloud", "Inviter sans compte", "Une personne sans compte", "3000"];

#[test]
fn a_full_disk_gives_the_form_back_as_it_was_typed() {
    testkit::check(testkit::Kind::Sqlite, |world| async move {
        let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
        let mut tx = world.read().await;
        let file = "SELECT file FROM pragma_database_list WHERE name = 'main'";
        let file: String = fetch_value(&mut tx, file, args![]).await.unwrap();
        let pages: u32 =
            fetch_value(&mut tx, "SELECT page_count FROM pragma_page_count", args![]).await.unwrap();
        drop(tx);
        let mut writer = Browser::of(&site_of(&world), &world, town.member(1).person).await;
        // The same database on a disk that has no more room.
        let small = Options { max_pages: Some(pages + 20), ..Options::default() };
        let mut context = world.context.clone();
        context.db = Db::open(&file, &small).await.unwrap();
        let url = crate::PublicUrl::parse(&context.settings.public_url).unwrap();
        writer.goes_to(&crate::router(&crate::AppState::new(context, url, 1_000_000)).unwrap());
        let long = WORDS.repeat(400);
        let fields = proposal("Salon", &long);
        for number in 0..40 {
            // What pages of the file are free is used up first.
            let key = format!("fill-{number}");
            let mut fields = fields.clone();
            fields.push(("key", &key));
            fields.retain(|field| *field != ("key", "form-1"));
            if writer.post(NEW, &fields).await.status == StatusCode::INSUFFICIENT_STORAGE {
                break;
            }
        }
        for page in [None, Some(NEW)] {
            let refused = match page {
                None => writer.post(NEW, &fields).await,
                Some(page) => writer.post_from(page, NEW, &fields).await,
            };
            assert_eq!(refused.status, StatusCode::INSUFFICIENT_STORAGE, "{}", refused.text());
            refused.says("Le disque du serveur est plein");
            refused.says("Rien n’a été enregistré");
            refused.says(&long);
            for typed in TYPED {
                refused.says(typed);
            }
            refused.says("<form method=\"post\"");
            assert!(!refused.text().contains("form-1"), "the key is a new one");
        }
        // Where the form can't be shown, what was typed is listed with the names of its fields.
        let listed = writer.post_from("/c/chatons", NEW, &proposal("Salon", &long)).await;
        assert_eq!(listed.status, StatusCode::INSUFFICIENT_STORAGE);
        listed.says("à copier avant de quitter cette page");
        for text in TYPED.iter().copied().chain(["Titre", "Résumé", "Prix", "Date limite"]) {
            listed.says(text);
        }
        assert!(
            !listed.text().contains("form-1") && !listed.text().contains("outside"),
            "what is hidden stays so"
        );
    });
}

async fn a_mandate_that_is_over_says_what_becomes_of_the_text(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let member = town.member(1);
    let mut writer = Browser::of(&site_of(&world), &world, member.person).await;
    let (person, now) = (member.person, world.now());
    world
        .sql(move |tx| {
            Box::pin(async move {
                let end = "UPDATE mandate SET ended_at = $2 WHERE person = $1";
                store::execute(tx, end, args![person, now]).await.map(drop)
            })
        })
        .await;
    world.wait(SignedDuration::from_mins(1));
    let refused = writer.post_from(NEW, NEW, &proposal("Salon", WORDS)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.says("Votre mandat pour ARN s’est terminé");
    refused.says("il attend que vous ayez de nouveau un mandat");
    refused.says(WORDS);
    assert!(!refused.text().contains("vous le retrouverez dans le formulaire"));
}

async fn the_way_back_leads_to_a_page_without_a_referrer_too(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = site_of(&world);
    let mut lead = Browser::of(&site, &world, town.member(1).person).await;
    assert_eq!(lead.post(NEW, &proposal("Salon", WORDS)).await.status, StatusCode::SEE_OTHER);
    let mut writer = Browser::of(&site, &world, town.member(0).person).await;
    world.wait(SignedDuration::from_hours(31 * 24));
    let refused = writer.post("/c/chatons/features/1/needs", &[("words", WORDS)]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    refused.says("next=%2Fc%2Fchatons%2Ffeatures%2F1%3Fkept%3D");
    let mut again = Browser::of(&site, &world, town.member(0).person).await;
    let page = again.get("/c/chatons/features/1?kept=%2Fc%2Fchatons%2Ffeatures%2F1%2Fneeds").await;
    assert_eq!(page.status, StatusCode::OK);
    page.says(WORDS);
}

on_both![
    a_mandate_that_is_over_says_what_becomes_of_the_text,
    the_way_back_leads_to_a_page_without_a_referrer_too,
    what_was_typed_waits_behind_the_sign_in,
    a_form_with_a_file_keeps_its_texts,
    a_session_that_was_ended_keeps_texts_and_lets_nobody_in,
    a_proof_of_identity_that_is_asked_for_again_loses_nothing,
    an_over_long_text_comes_back_with_its_form,
];
