//! What every page has: a way round, languages, error pages, a place below a path.

use e2e::{Guise, Page, Site, journeys};
use testkit::{Kind, World};
use words::Locale;

async fn a_visitor_reads_what_this_is(world: World, guise: Guise) {
    let site = Site::open(&world).await;
    let page = Page::open(&site, guise).await;
    page.goto("/about").await;
    assert_eq!(page.status().await, 200);
    page.sees("Affero General Public License").await;
    let (other, button) = match guise.locale {
        Locale::Fr => (Locale::En, "English"),
        Locale::En => (Locale::Fr, "Français"),
    };
    page.now_in(other);
    page.press(button).await;
    assert_eq!(page.path().await, "/about");
    page.goto("/about").await;
    if guise.javascript {
        page.is_accessible().await;
    }
}

async fn a_wrong_address_says_so(world: World, guise: Guise) {
    let site = Site::open_under(&world, "/popote").await;
    let page = Page::open(&site, guise).await;
    page.goto("/c/nobody").await;
    assert_eq!(page.status().await, 404);
    if guise.javascript {
        page.is_accessible().await;
    }
    page.goto("/about").await;
    assert_eq!(page.path().await, "/about");
}

journeys![a_visitor_reads_what_this_is, a_wrong_address_says_so];

#[test]
fn the_keyboard_alone_leads_round_a_page() {
    e2e::check(Kind::Sqlite, async |world: World| {
        let site = Site::open(&world).await;
        let page = Page::open(&site, Guise::narrow()).await;
        page.goto("/about").await;
        page.tab_to("Accessibilité").await;
        page.enter().await;
        assert_eq!(page.path().await, "/about#accessibility");
        page.now_in(Locale::En);
        page.tab_to("English").await;
        page.enter().await;
        assert_eq!(page.path().await, "/about");
    });
}
