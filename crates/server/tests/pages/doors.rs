//! The pages behind addresses that work once: set-up, invitation, sign-in, a new mail address.

use domain::{pot::FundMode, rules::Template};
use e2e::{Guise, Page, Site, Sweep};
use testkit::Kind;
use words::{Locale, Words};

const T: Words = Words::new(Locale::Fr);

#[test]
fn addresses_that_work_once() {
    e2e::check(Kind::Sqlite, |world| async move {
        let site = Site::open(&world).await;
        let page = Page::open(&site, Guise::desk()).await;
        let mut sweep = Sweep::new(&page, "");
        let setup = app::setup::link(&site.context).await.expect("the database answers");
        let setup = setup.expect("nobody was here before");
        sweep.look(&setup).await;
        page.goto(&setup).await;
        page.fill(T.setup_collective(), "CHATONS").await;
        page.fill(T.setup_organisation(), "Yaal Coop").await;
        page.fill(T.setup_name(), "Camille").await;
        page.fill(T.setup_email(), "camille@yaal.example").await;
        page.press(T.setup_create()).await;
        // An empty collective says what comes first.
        for list in ["", "/features", "/rounds", "/members", "/accounts", "/activity", "/contributions"] {
            sweep.look(&format!("/c/chatons{list}")).await;
        }

        page.goto("/c/chatons/invitations").await;
        page.fill(T.people_invite_new(), "ARN").await;
        page.fill(T.people_invite_email(), "noe@arn.example").await;
        page.press(T.people_invite_send()).await;
        let invitation = site.mailed(&world, "noe@arn.example", "/invitation/").await;
        sweep.look("/c/chatons/invitations").await;
        page.goto("/c/chatons").await;
        page.press(T.layout_you()).await;
        page.press(T.nav_sign_out()).await;
        sweep.look(&invitation).await;

        page.goto("/sign-in").await;
        page.fill(T.sign_in_email(), "camille@yaal.example").await;
        page.press(T.sign_in_send()).await;
        sweep.look("/sign-in/code").await;
        let link = site.mailed(&world, "camille@yaal.example", "/sign-in/link/").await;
        sweep.look(&link).await;
        page.goto(&link).await;
        page.press(T.sign_in_link_button()).await;

        page.goto("/me/profile").await;
        page.fill(T.me_email_new(), "camille@coop.example").await;
        page.press(T.me_email_send()).await;
        sweep.look(&site.mailed(&world, "camille@coop.example", "/me/email/").await).await;
        sweep.ends();
    });
}

/// A promise without an account, up to the link of its mail.
#[test]
fn a_promise_without_an_account() {
    e2e::check(Kind::Sqlite, |world| async move {
        let town = world.collective_with(FundMode::Direct, Template::Informal, &["Yaal Coop", "ARN"]).await;
        let site = Site::open(&world).await;
        let page = Page::open(&site, Guise::desk()).await;
        let mut sweep = Sweep::new(&page, "");
        page.goto("/sign-in").await;
        page.fill(T.sign_in_email(), &town.member(0).email).await;
        page.press(T.sign_in_send()).await;
        page.goto(&site.mailed(&world, &town.member(0).email, "/sign-in/link/").await).await;
        page.press(T.sign_in_link_button()).await;
        for (title, price) in [("Salon", "100"), ("Pont", "300")] {
            page.goto("/c/chatons/features/new").await;
            page.fill(T.features_form_title(), title).await;
            page.fill(T.features_form_software(), "Matrix").await;
            page.fill(T.features_form_summary(), "Inviter par un lien.").await;
            page.fill(T.features_form_price_from(), price).await;
            page.fill(T.features_form_closing(), "2025-06-30").await;
            page.press(T.features_form_publish()).await;
        }
        page.goto("/c/chatons/features/2").await;
        page.press(T.nav_sign_out()).await;
        page.goto("/c/chatons/features/2/join").await;
        page.fill(T.newcomer_organisation(), "Cloud Girofle").await;
        page.fill(T.setup_name(), "Jo").await;
        page.fill(T.setup_email(), "jo@girofle.example").await;
        page.fill(T.promise_ask(), "60").await;
        page.press(T.newcomer_ask()).await;
        sweep.look(&site.mailed(&world, "jo@girofle.example", "/join/").await).await;
        sweep.ends();
    });
}
