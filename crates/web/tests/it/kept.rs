//! Pages kept for whoever is signed in: given again as long as nothing was written, and to nobody else.

use app::sessions::{self, Ending};
use domain::rules::Template;
use jiff::SignedDuration;
use testkit::World;

use crate::browser::{Site, Visitor};
use crate::money::everybody_pays;
use crate::rounds::{feature, open_and_share};

/// How many queries a page asks.
async fn cost(world: &World, visitor: &Visitor<'_>, path: &str) -> u64 {
    let before = world.context.db.queries();
    visitor.see(path).await.is(200);
    world.context.db.queries() - before
}

async fn a_page_is_given_again_until_something_is_written(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let (treasurer, member) = (site.member(&town, 0).await, site.member(&town, 1).await);
    for path in ["/me", "/c/chatons", "/c/chatons/members", "/c/chatons/accounts"] {
        let made = member.see(path).await.is(200);
        // Other databases of a server of PostgreSQL move the moment too: stories run there side by side.
        if !world.context.db.is_postgres() {
            assert_eq!(cost(&world, &member, path).await, 1, "{path} is made again");
        }
        let again = member.see(path).await.is(200);
        assert_eq!(made.text, again.text, "{path}");
        assert_eq!(again.header("cache-control"), "no-store", "{path}");
        assert_eq!(again.header("content-security-policy"), made.header("content-security-policy"), "{path}");
        // Another session, another language: another page.
        assert_ne!(treasurer.see(path).await.is(200).text, again.text, "{path}");
    }
    // Written here, then by another server on the same database.
    let before = member.see("/c/chatons").await;
    everybody_pays(&treasurer, &town, "123.45").await;
    let after = member.see("/c/chatons").await.says("246,90");
    assert_ne!(before.text, after.text);
    let mut context = world.context.clone();
    context.db = store::Db::open(&world.url, &store::Options::default()).await.unwrap();
    let there = Site::at(&world, context.clone());
    let elsewhere = there.member(&town, 0).await;
    open_and_share(&elsewhere).await;
    member.see("/c/chatons").await.says("/c/chatons/rounds/1");
    context.db.close().await;
}

async fn a_session_that_is_over_gets_nothing(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let (one, other) = (site.member(&town, 1).await, site.member(&town, 1).await);
    let person = town.member(1).person;
    for visitor in [&one, &other] {
        visitor.see("/me").await.is(200);
        visitor.see("/me").await.is(200);
    }
    let hash = one.token_hash();
    sessions::end(&world.context, person, Ending::One(hash)).await.unwrap();
    let refused = one.see("/me").await;
    assert_ne!(refused.status.as_u16(), 200, "{}", refused.text);
    other.see("/me").await.is(200);
    // Signed out by time alone.
    world.wait(SignedDuration::from_hours(24 * 301));
    assert_ne!(other.see("/me").await.status.as_u16(), 200);
}

async fn no_form_gets_the_key_of_another(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    treasurer.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let mut keyed = 0;
    for path in ["/c/chatons/features/1", "/c/chatons/rounds/1", "/c/chatons", "/me", "/c/chatons/members"] {
        let (one, two) = (treasurer.see(path).await.is(200), treasurer.see(path).await.is(200));
        if one.text.contains("name=\"key\"") {
            keyed += 1;
            assert_ne!(one.hidden("key"), two.hidden("key"), "{path}");
        }
    }
    assert!(keyed >= 2, "the feature and the round have forms");
}

testkit::on_both![
    a_page_is_given_again_until_something_is_written,
    a_session_that_is_over_gets_nothing,
    no_form_gets_the_key_of_another,
];
