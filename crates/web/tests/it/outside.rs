//! What the page of a round says of shares put outside of it, of a distribution that can't be undone, of a round that has
//! no shares yet.

use domain::rules::Template;
use testkit::World;

use crate::browser::{Site, Visitor};
use crate::money::everybody_pays;
use crate::rounds::{ROUND, feature, open_and_share};

const PAGE: &str = "/c/chatons/rounds/1";

/// The organisation has that much on feature 1, instead of what it had.
async fn put(who: &Visitor<'_>, amount: &str, seen: &str) {
    let key = format!("{amount}-{seen}");
    let fields = [("amount", amount), ("seen", seen), ("key", &*key)];
    who.submit("/c/chatons/features/1/allocation", &fields).await.leads_to("/c/chatons/features/1");
}

async fn shares_put_outside_the_round_are_told(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    let mut fields = feature("Salon", "150", "f1");
    fields.retain(|(name, _)| *name != "closing_on" && *name != "place");
    fields.extend([("closing_on", "2025-06-30"), ("place", "outside")]);
    one.submit("/c/chatons/features/new", &fields).await.is(303);
    treasurer.see(PAGE).await.is(200).says("Annuler ce partage").says_not("hors tour.");
    put(&one, "40", "0").await;
    let page = site.anybody().see(PAGE).await.is(200);
    page.says("40\u{202f}€ mis sur des fonctionnalités").says("Dont 40\u{202f}€ hors tour");
    // What can't be done isn't offered: it is said what has to come first, and by whom.
    let page = treasurer.see(PAGE).await.is(200).says_not("Annuler ce partage");
    page.says("il faut d’abord que les structures reprennent");
    put(&one, "0", "4000").await;
    treasurer
        .see(PAGE)
        .await
        .is(200)
        .says("Annuler ce partage")
        .says("0\u{202f}€ mis sur des fonctionnalités");
    put(&one, "30", "0").await;
    world.wait_until("2025-04-01T08:00:00+02:00");
    world.post().await;
    let page = treasurer.see(PAGE).await.is(200);
    let page = page.says("30,00\u{202f}€ sont allés à des fonctionnalités hors tour");
    page.says("270,00\u{202f}€ n’étaient pas répartis").says_not("Annuler ce partage");
}

async fn a_distribution_that_was_used_says_why_it_stands(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    let undo = treasurer.see(PAGE).await.link("Annuler ce partage");
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    put(&one, "40", "0").await;
    let page = treasurer.see(PAGE).await.is(200).says_not("Annuler ce partage");
    page.says("Ce partage ne s’annule plus").says("par un partage à la main");
    let refused = treasurer.submit(&undo, &[("reason", "wrong_distribution"), ("key", "u")]).await;
    refused.is(422).says("le partage ne s’annule plus").says("au tour suivant");
    // A payment that was shared out says what is undone first, and by whom.
    let payment = treasurer.see("/c/chatons/contributions").await.is(200).text;
    let (_, href) = payment.rsplit_once("/entries/").unwrap();
    let path = format!("/c/chatons/entries/{}", href.split('"').next().unwrap());
    let refused = treasurer.submit(&path, &[("reason", "wrong_amount"), ("key", "v")]).await;
    refused.is(422).says("Il manque 100,00\u{202f}€").says("la trésorerie annule d’abord le partage");
}

async fn before_its_distribution_a_round_gives_nothing_to_put(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    treasurer.submit("/c/chatons/rounds/new", &ROUND).await.leads_to(PAGE);
    let page = one.see(PAGE).await.is(200).says_not("à vous de répartir");
    page.says_not("pas reçu de part").says("n’est pas encore partagé");
    let path = "/c/chatons/rounds/1/distribution";
    let preview = treasurer.see(path).await.is(200);
    let preview = preview.says("<tfoot><tr><th scope=\"row\">Total</th>").says("200,00");
    let (digest, key) = (preview.hidden("digest"), preview.hidden("key"));
    treasurer.submit(path, &[("step", "confirm"), ("digest", &digest), ("key", &key)]).await.is(303);
    one.see(PAGE).await.is(200).says("à vous de répartir");
    one.see(path).await.is(200).says("<tfoot><tr><th scope=\"row\">Total</th>");
}

testkit::on_both![
    shares_put_outside_the_round_are_told,
    a_distribution_that_was_used_says_why_it_stands,
    before_its_distribution_a_round_gives_nothing_to_put,
];
