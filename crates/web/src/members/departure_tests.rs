//! Leaving, as people do it: what is said before, and on which decision it rests.

use axum::http::StatusCode;
use domain::actor::RoleKind;
use domain::rules::Template;
use testkit::{Kind, check};

use super::tests::{Town, town};
use crate::tests::browser::{Browser, site_of};

#[test]
fn leaving_says_what_it_does_and_asks_whether_it_is_meant() {
    check(Kind::Sqlite, |world| async move {
        let Town { grown, mut admin, mut member, .. } = town(&world).await;
        // The first member holds the pot's money: it names another host first.
        admin.get("/c/chatons/members/yaal-coop/departure").await.says("désignez d’abord une autre");
        let path = "/c/chatons/members/arn/departure";
        let page = member.get(path).await;
        page.says("ARN quitte le collectif");
        assert!(!page.text().contains("refund_due"), "its own people don't decide on its refund");
        let asked = member.post(path, &[("own", "pool_common")]).await;
        assert_eq!(asked.status, StatusCode::OK);
        asked.says("Cela ne se reprend plus");
        member.get("/c/chatons/members/arn").await.says("Cette structure quitte le collectif");
        let done = member.post(path, &[("own", "pool_common"), ("confirmed", "yes")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let gone = member.get("/c/chatons/members/arn").await;
        gone.says("a quitté le collectif");
        admin.get("/c/chatons/members/arn").await.says("plus personne n’agit ici pour elle");
        // An exclusion by the only person who holds a role, of one for which nobody ever acted.
        let nobody = grown.member(2).organisation;
        world
            .sql(move |tx| {
                let sql = "DELETE FROM mandate WHERE organisation = $1";
                Box::pin(async move { store::execute(tx, sql, store::args![nobody]).await })
            })
            .await;
        let out = "/c/chatons/members/indiehosters/departure";
        let decided = [("own", "pool_common"), ("title", "Un départ"), ("outcome", "Décidé en assemblée.")];
        for _ in 0..2 {
            admin.post(out, &decided).await.says("une décision qui sera notée en même temps");
        }
        // Looking at what it would do writes nothing down; neither does a refusal.
        assert_eq!(admin.get("/c/chatons/decisions/2").await.status, StatusCode::NOT_FOUND);
        let meant = [decided[0], decided[1], decided[2], ("confirmed", "yes")];
        let host = admin.post("/c/chatons/members/yaal-coop/departure", &meant).await;
        assert_eq!(host.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(admin.get("/c/chatons/decisions/2").await.status, StatusCode::NOT_FOUND);
        assert_eq!(admin.post(out, &meant).await.status, StatusCode::SEE_OTHER);
        admin.get("/c/chatons/decisions/2").await.says("Elle décide un départ");
        assert_eq!(admin.get("/c/chatons/decisions/3").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn an_exclusion_lists_the_decisions_about_it_that_somebody_else_recorded() {
    check(Kind::Sqlite, |world| async move {
        let town = world.collective(Template::Informal, &["Yaal Coop", "Girofle", "ARN"]).await;
        world.grant(&town, town.member(1).person, RoleKind::Steward).await;
        let site = site_of(&world);
        let mut admin = Browser::of(&site, &world, town.member(0).person).await;
        let mut steward = Browser::of(&site, &world, town.member(1).person).await;
        let out = "/c/chatons/members/arn/departure";
        admin.get(out).await.says("/c/chatons/decisions/new?departs=arn");
        steward
            .get("/c/chatons/decisions/new?departs=arn")
            .await
            .says("<option value=\"arn\" selected>ARN</option>");
        let new = "/c/chatons/decisions/new";
        let fields = |title, departs| {
            [("title", title), ("decided_on", "2/3/2025"), ("outcome", "Oui."), ("departs", departs)]
        };
        assert_eq!(
            steward.post(new, &fields("Perdu", "nulle-part")).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        steward.post(new, &fields("Tout autre chose", "")).await;
        steward.post(new, &fields("Girofle s’en va", "girofle")).await;
        admin.post(new, &fields("De ma main", "arn")).await;
        steward.post(new, &fields("ARN s’en va", "arn")).await;
        admin.get("/c/chatons/decisions/4").await.says("Elle décide un départ");
        let page = admin.get(out).await.text();
        assert!(page.contains("4. ARN s’en va</option>"), "{page}");
        for other in ["Tout autre chose", "Girofle s’en va", "De ma main"] {
            assert!(!page.contains(other), "{other}");
        }
        let mut tx = world.read().await;
        let decision = async |tx: &mut store::Tx, number| {
            let row = store::decisions::by_number(tx, town.id, number).await.unwrap().unwrap();
            row.id.to_string()
        };
        let [other, fit] = [decision(&mut tx, 1).await, decision(&mut tx, 4).await];
        drop(tx);
        let sent = |id| [("own", "pool_common"), ("decision", id), ("confirmed", "yes")];
        let refused = admin.post(out, &sent(other.as_str())).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("ne porte pas sur ce départ");
        assert_eq!(admin.post(out, &sent(fit.as_str())).await.status, StatusCode::SEE_OTHER);
        admin.get("/c/chatons/members/arn").await.says("a quitté le collectif");
    });
}
