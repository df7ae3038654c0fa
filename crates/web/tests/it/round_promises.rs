//! Rounds of a pot that isn't paid in advance: promised for, allocated as each put in or shared.

use domain::pot::FundMode;
use domain::rules::Template;
use testkit::{Grown, World};

use crate::browser::{Answer, Site, Visitor};
use crate::rounds::feature;

const ROUND: &str = "/c/chatons/rounds/1";

/// A round of promises under this rule, with a feature of 100 to 150 € in it.
async fn opened(world: &World, site: &Site, mode: FundMode, promises: &str) -> Grown {
    let town = world.collective_with(mode, Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let steward = site.member(&town, 0).await;
    steward.see("/c/chatons/rounds/new").await.is(200).says("Les promesses sont mises en commun");
    let round = [
        ("name", "Printemps"),
        ("opens_on", "2025-03-03"),
        ("closes_on", "2025-03-31"),
        ("rule", "equal"),
        ("gifts", "equal"),
        ("unspent", "carry"),
        ("promises", promises),
        ("key", "r"),
    ];
    steward.submit("/c/chatons/rounds/new", &round).await.leads_to(ROUND);
    let mut fields = feature("Salon", "100", "f1");
    fields.push(("price_to", "150"));
    site.member(&town, 1).await.submit("/c/chatons/features/new", &fields).await.is(303);
    town
}

async fn promise(who: &Visitor<'_>, fields: &[(&str, &str)]) -> Answer {
    let page = who.see(ROUND).await.is(200);
    let (named, key, seen) = (page.hidden("for"), page.hidden("key"), page.hidden("seen"));
    let mut all = vec![("for", &*named), ("key", &*key), ("seen", &*seen)];
    all.extend_from_slice(fields);
    who.submit(&format!("{ROUND}/promise"), &all).await
}

/// Puts an amount on the only feature.
async fn put(who: &Visitor<'_>, amount: &str, more: &[(&str, &str)]) -> Answer {
    let page = who.see(ROUND).await.is(200);
    let (field, seen) = (page.fields("amount-").remove(0), page.fields("seen-").remove(0));
    let now = page.hidden(&seen);
    let mut all = vec![(&*field, amount), (&*seen, &*now), ("key", amount)];
    all.extend_from_slice(more);
    who.submit(&format!("{ROUND}/allocations"), &all).await
}

async fn each_allocates_what_it_promised(world: World) {
    let site = Site::of(&world);
    let town = opened(&world, &site, FundMode::Direct, "as_put_in").await;
    let (one, two) = (site.member(&town, 0).await, site.member(&town, 2).await);
    let page = one.see(ROUND).await.is(200).says("répartit ce qu’elle promet").says("n’est plus promis");
    page.says_not("Partager l’argent").says_not("reste à chaque structure").says_not("Reste à répartir");
    // The feature's own page sends to the round.
    one.see("/c/chatons/features/1").await.is(200).says_not("Promesse ferme");
    promise(&one, &[("kind", "firm"), ("amount", "60")]).await.leads_to(ROUND);
    let page = one.see(ROUND).await.says("promesse ferme de 60,00").says("Reste à répartir pour Yaal Coop");
    page.says("60,00\u{202f}€</output>").says("Au plus 60");
    put(&one, "60,01", &[]).await.is(422).says("60,00");
    put(&one, "40", &[]).await.leads_to(ROUND);
    let used = promise(&one, &[("kind", "firm"), ("amount", "39")]).await.is(422);
    used.says("40,00\u{202f}€ de cette promesse sont déjà engagés").says("value=\"39\"");
    promise(&two, &[("kind", "firm"), ("amount", "80")]).await.leads_to(ROUND);
    put(&two, "60", &[]).await.is(200).says("devient une somme à régler");
    put(&two, "60", &[("confirmed", "yes")]).await.leads_to(ROUND);
    two.see("/c/chatons").await.says("Régler 60\u{202f}€ pour «");
    one.see("/c/chatons").await.says("Régler 40\u{202f}€ pour «");
    // What is funded is bound; more may be added from what is promised.
    let page = two.see(ROUND).await.says("y sont, et ne se reprennent plus").says("20,00\u{202f}€</output>");
    page.says("60\u{202f}€ y sont").says("100\u{202f}€ en promesses fermes");
}

async fn promises_are_shared_out(world: World) {
    let site = Site::of(&world);
    let town = opened(&world, &site, FundMode::Pledge, "shared").await;
    let (treasurer, two) = (site.member(&town, 0).await, site.member(&town, 2).await);
    two.see(ROUND).await.is(200).says("mises en commun, puis partagées");
    promise(&two, &[("kind", "firm"), ("amount", "90")]).await.leads_to(ROUND);
    let path = "/c/chatons/rounds/1/distribution";
    treasurer.see(ROUND).await.says("Partager l’argent du pot");
    let preview = treasurer.see(path).await.is(200).says("30,00");
    let (digest, key) = (preview.hidden("digest"), preview.hidden("key"));
    let confirm = [("step", "confirm"), ("digest", &*digest), ("key", &*key)];
    treasurer.submit(path, &confirm).await.leads_to(ROUND);
    // Everybody has a part of what one promised, who can't take it back any more.
    for place in 0..3 {
        site.member(&town, place).await.see(ROUND).await.says("30,00\u{202f}€</output>");
    }
    let page = two.see(ROUND).await.says("sont partagées").says_not("Changer notre promesse");
    let named = page.hidden("for");
    let late = [("for", &*named), ("key", "k"), ("seen", "9000"), ("kind", "firm"), ("amount", "10")];
    two.submit(&format!("{ROUND}/promise"), &late).await.is(422).says("déjà partagées");
}

async fn a_closed_round_takes_no_promise(world: World) {
    let site = Site::of(&world);
    let town = opened(&world, &site, FundMode::Direct, "as_put_in").await;
    world.wait_until("2025-04-01T00:00:00+02:00");
    let one = site.member(&town, 0).await;
    one.see(ROUND).await.is(200).says_not("Promesse ferme");
    let fields = [("kind", "firm"), ("amount", "10"), ("seen", "0"), ("key", "k")];
    one.submit(&format!("{ROUND}/promise"), &fields).await.is(422).says("Ce tour est terminé");
    one.submit("/c/chatons/rounds/9/promise", &fields).await.is(404);
    let out = site.anybody().submit(&format!("{ROUND}/promise"), &fields).await;
    assert!(out.status == 401 || out.status == 303, "{}", out.status);
    let own = world.collective(Template::Informal, &["Un", "Deux"]).await;
    let page = site.member(&own, 0).await.see("/c/chatons-2/rounds/new").await.is(200);
    page.says_not("Les promesses sont mises en commun");
}

testkit::on_both![each_allocates_what_it_promised, promises_are_shared_out, a_closed_round_takes_no_promise];
