//! The discussion of a feature, as strangers, members and stewards meet it.

use axum::Router;
use axum::http::StatusCode;
use domain::actor::RoleKind;
use domain::pot::FundMode;
use testkit::{Grown, World, on_both};

use super::proposed_tests::{PATH, proposed};
use crate::tests::browser::Browser;

/// A feature led by the second member; the third is a steward.
async fn discussed(world: &World, elsewhere: &str) -> (Grown, Router) {
    let (town, site) = proposed(world, FundMode::Direct, 1, elsewhere).await;
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    (town, site)
}

/// Writes a comment with the form of the page.
async fn write(who: &mut Browser, body: &str) -> String {
    let page = who.get(PATH).await;
    let hidden = |name| page.hidden_after("id=\"discussion\"", name);
    let (key, acts) = (hidden("key"), hidden("for"));
    let fields = [("for", &*acts), ("key", &*key), ("body", body)];
    let done = who.post(&format!("{PATH}/comments"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    done.header("location").to_owned()
}

async fn everybody_reads_what_members_write(world: World) {
    let (town, site) = discussed(&world, "").await;
    let mut stranger = Browser::new(&site);
    let page = stranger.get(PATH).await;
    page.says("Personne n’a encore rien écrit");
    page.says("Se connecter pour commenter");
    page.says(&format!("/sign-in?next={}", crate::paths::encoded(PATH)));
    assert!(!page.text().contains("Publier le commentaire"));
    let mut one = Browser::of(&site, &world, town.member(0).person).await;
    let empty = one.post(&format!("{PATH}/comments"), &[("body", " "), ("key", "e")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("id=\"f-body-error\"");
    let long = "é".repeat(10_001);
    let refused = one.post(&format!("{PATH}/comments"), &[("body", &long), ("key", "l")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says(&long);
    let at = write(&mut one, "**Oui** : <script>alert(1)</script> [ici](javascript:alert)").await;
    assert_eq!(at, format!("{PATH}#comment-1"));
    let page = one.get(PATH).await;
    page.says("Le commentaire est publié");
    let page = stranger.get(PATH).await;
    page.says("<strong>Oui</strong>");
    page.says("1 commentaire");
    page.says("<strong>Yaal Coop</strong>");
    assert!(!page.text().contains("<script>alert") && !page.text().contains("href=\"javascript"));
    // The person is named to members alone.
    let mut member = Browser::of(&site, &world, town.member(1).person).await;
    member.get(PATH).await.says("(Yaal Coop)");
    assert!(!page.text().contains("(Yaal Coop)"));
    let refused = stranger.post(&format!("{PATH}/comments"), &[("body", "Non"), ("key", "s")]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    refused.says("Non");
    assert_eq!(stranger.get("/c/chatons/features/9/comments/1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&format!("{PATH}/comments/2")).await.status, StatusCode::NOT_FOUND);
    stranger.get("/c/chatons/activity").await.says("a commenté une fonctionnalité");
    stranger.get("/c/chatons/activity").await.says(&format!("{PATH}/comments/1"));
    // Many go on by their numbers, and a new one is shown where it stands.
    for number in 2..=20 {
        write(&mut member, &format!("Le numéro {number}.")).await;
    }
    assert_eq!(write(&mut member, "Le dernier.").await, format!("{PATH}?after=20#comment-21"));
    let page = stranger.get(PATH).await;
    page.says("Le numéro 20.");
    page.says(&format!("{PATH}?after=20#discussion"));
    assert!(!page.text().contains("Le dernier."));
    let page = stranger.get(&format!("{PATH}?after=20")).await;
    page.says("Le dernier.");
    assert!(!page.text().contains("Le numéro 20."));
}

async fn one_changes_ones_own_and_a_steward_hides_it(world: World) {
    let (town, site) = discussed(&world, "").await;
    let mut one = Browser::of(&site, &world, town.member(0).person).await;
    write(&mut one, "Premier jet").await;
    let page = one.get(PATH).await;
    page.says("Modifier ou retirer");
    let path = format!("{PATH}/comments/1");
    let mut other = Browser::of(&site, &world, town.member(1).person).await;
    assert!(!other.get(&path).await.text().contains("Enregistrer"));
    let fields = |body| [("version", "1"), ("body", body)];
    assert_eq!(other.post(&path, &fields("À moi")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    one.get(&path).await.says("Premier jet</textarea>");
    let empty = one.post(&path, &fields("")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = one.post(&path, &fields("Second jet")).await;
    one.follow(&done).await.says("Le commentaire est modifié");
    let stale = one.post(&path, &fields("Troisième jet")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("Troisième jet</textarea>");
    let mut stranger = Browser::new(&site);
    stranger.get(PATH).await.says("modifié le");
    stranger.get(&path).await.says("<del>Premier jet</del>");

    assert_eq!(other.post(&format!("{path}/hide"), &[("reason", "Non")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(other.post(&format!("{path}/erase"), &[]).await.status, StatusCode::NOT_FOUND);
    let mut steward = Browser::of(&site, &world, town.member(2).person).await;
    steward.get(&path).await.says("La raison est publique");
    let missing = steward.post(&format!("{path}/hide"), &[("reason", "")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    missing.says("id=\"f-reason-error\"");
    let done = steward.post(&format!("{path}/hide"), &[("reason", "Hors sujet")]).await;
    steward.follow(&done).await.says("masqué\u{202f}: Hors sujet");
    for path in [PATH, &*path] {
        let page = stranger.get(path).await;
        page.says("Hors sujet");
        assert!(!page.text().contains("Premier jet"), "{path} says what it said before");
        assert!(!page.text().contains("Second jet"), "{path} says what is hidden");
    }
    one.get(&path).await.says("Second jet");
    let kept = one.post(&format!("{path}/show"), &[]).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = steward.post(&format!("{path}/show"), &[]).await;
    steward.follow(&done).await.says("de nouveau visible");
    stranger.get(PATH).await.says("Second jet");
    let done = one.post(&format!("{path}/hide"), &[("reason", "")]).await;
    one.follow(&done).await.says("retiré par qui l’avait écrit");
}

async fn a_discussion_elsewhere_is_led_there(world: World) {
    let (town, site) = discussed(&world, "https://forum.example/t/1").await;
    let mut one = Browser::of(&site, &world, town.member(0).person).await;
    let page = one.get(PATH).await;
    page.says("On en parle ailleurs");
    assert!(!page.text().contains("Publier le commentaire"));
    let refused = one.post(&format!("{PATH}/comments"), &[("body", "Ici"), ("key", "k")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("se tient ailleurs");
}

on_both![
    everybody_reads_what_members_write,
    one_changes_ones_own_and_a_steward_hides_it,
    a_discussion_elsewhere_is_led_there,
];
