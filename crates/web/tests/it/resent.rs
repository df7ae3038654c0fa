//! The same form sent twice, by a double click or from the history: it acts once, and is answered twice alike.

use domain::rules::Template;
use testkit::{World, on_both};

use crate::browser::Site;
use crate::rounds::{feature, shared};

/// Where a form goes, what is in it, and where it leads.
type Act<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

async fn a_decision_is_written_down_once(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let (admin, path) = (site.member(&town, 0).await, "/c/chatons/decisions/new");
    let key = admin.see(path).await.is(200).hidden("key");
    let outcome = ("outcome", "Par consentement, le 3 mars.");
    let fields = [("title", "Charte"), outcome, ("decided_on", "2025-03-03"), ("key", &key)];
    for _ in 0..2 {
        admin.submit(path, &fields).await.leads_to("/c/chatons/decisions/1");
    }
    // From another browser, or a week later, too: it is the key that counts.
    site.member(&town, 0).await.submit(path, &fields).await.leads_to("/c/chatons/decisions/1");
    admin.see("/c/chatons/decisions/2").await.is(404);
    let other = [("title", "Autre"), outcome, ("decided_on", "2025-03-03"), ("key", &key)];
    let refused = admin.submit(path, &other).await.is(409).says("value=\"Autre\"");
    assert_eq!(refused.link("Voir ce que le premier envoi a enregistré"), "/c/chatons/decisions/1");
    let fresh = refused.hidden("key");
    assert_ne!(fresh, key);
    let other = [("title", "Autre"), outcome, ("decided_on", "2025-03-03"), ("key", &fresh)];
    admin.submit(path, &other).await.leads_to("/c/chatons/decisions/2");
}

async fn what_can_not_be_done_twice_is_answered_twice(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let (admin, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1"))
        .await
        .leads_to("/c/chatons/features/1");
    one.submit("/c/chatons/features/new", &feature("Jardin", "150", "f2"))
        .await
        .leads_to("/c/chatons/features/2");
    let decided = [("title", "Finir"), ("outcome", "Par consentement, le 3 mars.")];
    let leaves = [
        ("title", "Départ"),
        ("outcome", "Par consentement, le 3 mars."),
        ("own", "pool_common"),
        ("confirmed", "yes"),
    ];
    let acts: [Act<'_>; 6] = [
        ("/c/chatons/features/2/needs", &[("words", "Nous aussi")], "/c/chatons/features/2"),
        ("/c/chatons/features/2/needs/withdraw", &[], "/c/chatons/features/2"),
        (
            "/c/chatons/invitations",
            &[
                ("organisation", "new"),
                ("name", "Girofle"),
                ("locale", "fr"),
                ("email", "jo@girofle.example"),
                ("kind", "representative"),
            ],
            "/c/chatons/invitations",
        ),
        (
            "/c/chatons/features/1/cancellation",
            &[("ending", "abandoned"), ("reason", "Plus besoin.")],
            "/c/chatons/features/1",
        ),
        ("/c/chatons/rounds/1/close", &decided, "/c/chatons/rounds/1"),
        ("/c/chatons/members/arn/departure", &leaves, "/c/chatons/members/arn"),
    ];
    for (path, fields, leads) in acts {
        // A close asks first, with what it would lead to.
        let closes = path.ends_with("/close");
        let seen = if closes { admin.submit(path, fields).await.hidden("seen") } else { String::new() };
        let mut fields = fields.to_vec();
        if closes {
            fields.extend([("confirmed", "yes"), ("seen", &*seen)]);
        }
        let fields = &fields;
        let first = admin.submit(path, fields).await.leads_to(leads);
        let second = admin.submit(path, fields).await.leads_to(leads);
        assert_eq!(first.header("set-cookie"), second.header("set-cookie"), "{path}");
        // Somebody else who does the same is told how things are.
        let other = site.member(&town, 0).await.submit(path, fields).await;
        assert_ne!(other.status, 303, "{path}");
    }
    let decisions = site.anybody().see("/c/chatons/decisions").await.is(200).text;
    assert_eq!((decisions.matches(">Finir<").count(), decisions.matches(">Départ<").count()), (1, 1));
}

async fn a_form_that_is_sent_again_after_another_act_is_judged_anew(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let (admin, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let (needs, withdraw) = ("/c/chatons/features/1/needs", "/c/chatons/features/1/needs/withdraw");
    admin.submit(needs, &[("words", "Nous aussi")]).await.is(303);
    admin.submit(withdraw, &[]).await.is(303);
    admin.submit(needs, &[("words", "Nous aussi")]).await.is(303);
    admin.see("/c/chatons/features/1").await.says("Nous aussi");
}

async fn a_feature_moves_one_stage_by_two_clicks(world: World) {
    let town = world.collective(Template::Association, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let (steward, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let mut fields = feature("Partage", "3000", "f1");
    fields.extend([("place", "outside"), ("closing_on", "2025-06-30"), ("knows", "yes"), ("track", "light")]);
    let (here, steps) = ("/c/chatons/features/1", "/c/chatons/features/1/steps");
    one.submit("/c/chatons/features/new", &fields).await.leads_to(here);
    let from = steward.see(here).await.hidden("stage");
    let push = [("reason", "Tout le monde l'attend."), ("stage", &*from)];
    let first = steward.submit(steps, &push).await.leads_to(here);
    let second = steward.submit(steps, &push).await.leads_to(here);
    assert_eq!(first.header("set-cookie"), second.header("set-cookie"));
    assert_eq!(steward.see(here).await.hidden("stage"), "gathering", "one stage");
    // Another browser, which saw the feature before, is told where it stands.
    let other = site.member(&town, 0).await;
    let refused = other.submit(steps, &push).await.is(409).says("besoins réunis");
    assert_eq!(refused.says("Tout le monde l").hidden("stage"), "gathering");
    assert_eq!(other.see(here).await.hidden("stage"), "gathering", "nothing more");
}

on_both![
    a_feature_moves_one_stage_by_two_clicks,
    a_decision_is_written_down_once,
    what_can_not_be_done_twice_is_answered_twice,
    a_form_that_is_sent_again_after_another_act_is_judged_anew,
];
