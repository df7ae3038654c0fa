//! Journeys in a real browser.
//!
//! A journey is a story of `testkit` that is told through the pages: [`Site`] serves Popote on a port of this
//! machine, [`Page`] is a Chromium that acts as people do, by the words that stand on the page. What a person would
//! call broken fails the journey wherever it goes: an error of the console, a request to another host, a page without
//! a title, a page that is wider than the screen (`rules` has the list).
//!
//! ```ignore
//! async fn a_visitor_reads_about_popote(world: World, guise: Guise) {
//!     let site = Site::open(&world).await;
//!     let page = Page::open(&site, guise).await;
//!     page.goto("/about").await;
//!     page.sees("licence").await;
//! }
//! e2e::journeys![a_visitor_reads_about_popote];
//! ```
//!
//! Chromium and its driver are found as `chromium` and `chromedriver`; without them journeys fail.

#![expect(clippy::expect_used, clippy::panic, reason = "a journey that can't go on fails its test")]

mod axe;
mod browser;
mod demo;
mod guise;
mod journey;
mod keyboard;
mod markup;
mod outline;
mod page;
mod pages;
mod part;
mod rules;
mod site;
mod sweep;

pub use demo::{Demo, program};
pub use guise::{Guise, Scheme, Screen};
pub use journey::check;
pub use page::Page;
pub use pages::{FILES, ROLES, forms_of, is_for_everybody, pages_of};
pub use part::Part;
pub use site::{Address, Site};
pub use sweep::Sweep;

/// Makes four tests of each journey: on a desk and on a phone, with and without JavaScript, in both languages and both
/// colour schemes, each pair of which meets at least once.
#[macro_export]
macro_rules! journeys {
    ($($name:ident),* $(,)?) => {
        $(mod $name {
            use $crate::Guise;

            fn go(guise: Guise) {
                $crate::check(testkit::Kind::Sqlite, move |world| super::$name(world, guise));
            }
            #[test]
            fn desk() { go(Guise::desk()); }
            #[test]
            fn desk_without_javascript() { go(Guise::desk().without_javascript().in_english().dark()); }
            #[test]
            fn phone() { go(Guise::phone().in_english()); }
            #[test]
            fn phone_without_javascript() { go(Guise::phone().without_javascript().dark()); }
        })*
    };
}
