//! What pages cost: a page of everybody is one point read once it is kept, and so is one's own; signing in adds three
//! queries at most, and the look whether anything was written.

use domain::rules::Template;
use testkit::World;

use crate::browser::{Site, Visitor};
use crate::money::everybody_pays;
use crate::rounds::{feature, open_and_share};

/// Queries that a sign-in may add: whether anything was written, the session, what the person holds, what their
/// organisation holds.
const SIGNED_IN: u64 = 4;

/// How many queries a page asks.
async fn cost(world: &World, visitor: &Visitor<'_>, path: &str) -> u64 {
    let before = world.context.db.queries();
    visitor.see(path).await.is(200);
    world.context.db.queries() - before
}

async fn signing_in_adds_three_queries(world: World) {
    let names = ["Yaal Coop", "ARN", "IndieHosters"];
    let town = world.collective(Template::Informal, &names).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    let gift = [
        ("amount", "50"),
        ("nature", "gift"),
        ("received_on", "2025-03-03"),
        ("name", "Dons de mars"),
        ("giver", "Camille"),
        ("key", "gift"),
    ];
    treasurer.submit("/c/chatons/gifts/new", &gift).await.is(303);
    open_and_share(&treasurer).await;
    let one = site.member(&town, 1).await;
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let pages = ["/c/chatons", "/c/chatons/features/1", "/c/chatons/rounds/1"];
    for path in pages {
        let anybody = site.anybody();
        let made = cost(&world, &anybody, path).await;
        assert!(made > 1, "{path} was kept already");
        assert_eq!(cost(&world, &anybody, path).await, 1, "{path} from the cache");
        // Somebody with every role, who acts for the first member; somebody with a mandate alone.
        for (who, person) in [("the treasurer", &treasurer), ("a member", &one)] {
            let asked = cost(&world, person, path).await;
            assert!(asked <= made + SIGNED_IN, "{path} asks {asked} queries for {who}, {made} for everybody");
        }
    }
}

/// However many collectives, features and rounds there are.
async fn what_awaits_me_asks_a_fixed_number(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let alone = cost(&world, &treasurer, "/me").await;
    assert!(alone <= 12, "/me asks {alone} queries");
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    for (title, key) in [("Salon", "f1"), ("Pont", "f2"), ("Carte", "f3")] {
        treasurer.submit("/c/chatons/features/new", &feature(title, "150", key)).await.is(303);
    }
    world.collective(Template::Informal, &["Picasoft"]).await;
    assert_eq!(cost(&world, &treasurer, "/me").await, alone);
}

testkit::on_both![signing_in_adds_three_queries, what_awaits_me_asks_a_fixed_number];
