//! The pages behind addresses that work once: set-up, invitation, sign-in, a new mail address.

use e2e::{Guise, Page, Site, Sweep};
use testkit::{Kind, World};
use words::{Locale, Words};

const T: Words = Words::new(Locale::Fr);

/// The address in the mail that somebody just got.
async fn link_mailed_to(site: &Site, world: &World, address: &str, way: &str) -> String {
    site.work().await;
    let start = site.address(way);
    let mails = world.mails();
    let mut mine = mails.iter().rev().filter(|mail| mail.to.address() == address);
    let link = mine.find_map(|mail| mail.text.lines().find(|line| line.starts_with(&start)));
    link.unwrap_or_else(|| panic!("no mail to {address} leads to {way}")).to_owned()
}

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
        let invitation = link_mailed_to(&site, &world, "noe@arn.example", "/invitation/").await;
        sweep.look("/c/chatons/invitations").await;
        page.goto("/c/chatons").await;
        page.press(T.layout_you()).await;
        page.press(T.nav_sign_out()).await;
        sweep.look(&invitation).await;

        page.goto("/sign-in").await;
        page.fill(T.sign_in_email(), "camille@yaal.example").await;
        page.press(T.sign_in_send()).await;
        sweep.look("/sign-in/code").await;
        let link = link_mailed_to(&site, &world, "camille@yaal.example", "/sign-in/link/").await;
        sweep.look(&link).await;
        page.goto(&link).await;
        page.press(T.sign_in_link_button()).await;

        page.goto("/me/profile").await;
        page.fill(T.me_email_new(), "camille@coop.example").await;
        page.press(T.me_email_send()).await;
        sweep.look(&link_mailed_to(&site, &world, "camille@coop.example", "/me/email/").await).await;
        sweep.ends();
    });
}
