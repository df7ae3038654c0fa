//! Twenty minutes a month: what waits comes by mail, each thing with a link of its own, and most of it is answered there.

use domain::{
    Currency, Money,
    pot::FundMode,
    promises::{PromiseKind, PromiseOn, PromiseWish},
    rules::Template,
};
use e2e::{Guise, Page, Site, journeys};
use jiff::SignedDuration;
use testkit::{Grown, World};
use words::{Locale, Words};

const TITLE: &str = "Salons sans compte";
/// What the second organisation owes the first, in cents.
const OWED: i64 = 6_000;

async fn what_waits_is_answered_from_the_mail_of_the_month(world: World, guise: Guise) {
    // Its people read French.
    let guise = Guise { locale: Locale::Fr, ..guise };
    let town = world.collective_with(FundMode::Direct, Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::open(&world).await;
    let t = Words::new(guise.locale);
    let owed = t.money_short(Money::new(OWED), Currency::EUR);
    let (lead, arn) = (Page::open(&site, guise).await, Page::open(&site, guise).await);
    if guise.javascript {
        lead.is_accessible_from_now_on();
        arn.is_accessible_from_now_on();
    }
    signs_in(&site, &world, t, &lead, &town.member(0).email).await;
    owes(&site, &world, t, &town, &lead).await;

    world.wait(SignedDuration::from_hours(24));
    site.work().await;
    // The first of the next month: whoever owes says that it is paid, without a sign-in.
    world.wait_until("2025-04-01T07:00:00+02:00");
    arn.goto(&site.mailed(&world, &town.member(1).email, "/answer/").await).await;
    arn.sees(&owed).await;
    arn.press(&t.answer_button("say_paid")).await;
    arn.sees(t.answer_done()).await;
    arn.sees(&t.answer_over("said_paid")).await;
    // The link signs nobody in.
    arn.goto("/sign-in").await;
    arn.sees(t.sign_in_send()).await;

    // A month later: whoever was paid confirms it, and the way leads on.
    world.wait_until("2025-04-02T12:00:00+02:00");
    site.work().await;
    world.wait_until("2025-05-01T07:00:00+02:00");
    lead.goto(&receives(&site, &world, &lead, t, &town.member(0).email).await).await;
    lead.press(&t.answer_button("confirm_received")).await;
    lead.sees(t.answer_done()).await;
    lead.sees(&t.answer_over("paid")).await;

    // Signed in again two months later, all that was promised, asked and paid is on the statement.
    signs_in(&site, &world, t, &lead, &town.member(0).email).await;
    lead.goto("/c/chatons").await;
    lead.click_link(t.nav_members()).await;
    lead.click_link("ARN").await;
    lead.click_link(t.members_statement()).await;
    lead.sees(TITLE).await;
    lead.sees(&t.money(Money::new(OWED), Currency::EUR)).await;
}

/// A sign-in by mail, from the page that asks for the address.
async fn signs_in(site: &Site, world: &World, t: Words, who: &Page, address: &str) {
    who.goto("/sign-in").await;
    who.fill(t.sign_in_email(), address).await;
    who.press(t.sign_in_send()).await;
    who.goto(&site.mailed(world, address, "/sign-in/").await).await;
    who.press(t.sign_in_link_button()).await;
    who.sees(t.sign_in_flash()).await;
}

/// A feature of 100 € that both have promised: 60 € are to be paid to whoever leads it.
async fn owes(site: &Site, world: &World, t: Words, town: &Grown, lead: &Page) {
    lead.goto("/c/chatons").await;
    lead.click_link(t.features_propose()).await;
    lead.fill(t.features_form_title(), TITLE).await;
    lead.fill(t.features_form_software(), "Matrix").await;
    lead.fill(t.features_form_summary(), "On invite par un lien.").await;
    lead.fill(t.features_form_price_from(), &t.money_field(Money::new(10_000), Currency::EUR)).await;
    lead.fill(t.features_form_closing(), "2025-03-31").await;
    lead.press(t.features_form_publish()).await;
    lead.sees(t.features_proposed()).await;
    let mut tx = world.read().await;
    let feature = store::features::by_number(&mut tx, town.id, 1).await.expect("the database answers");
    drop(tx);
    let on = PromiseOn::Feature(feature.expect("the first feature").id);
    for (place, amount) in [(0, 10_000 - OWED), (1, OWED)] {
        let amount = Money::new(amount);
        let wish = PromiseWish { on, kind: PromiseKind::Firm, seen: Money::ZERO, amount, subject_to: None };
        let member = town.member(place).acting();
        app::promises::save_promise(&site.context, member, town.pot, wish).await.expect("a promise");
    }
    site.work().await;
}

/// The link of the mail of the month that asks whether a payment came.
async fn receives(site: &Site, world: &World, who: &Page, t: Words, address: &str) -> String {
    for link in site.all_mailed(world, address, "/answer/").await {
        who.goto(&link).await;
        if who.text().await.contains(&t.answer_button("confirm_received")) {
            return link;
        }
    }
    panic!("nothing to confirm in the mail of the month");
}

journeys![what_waits_is_answered_from_the_mail_of_the_month];
