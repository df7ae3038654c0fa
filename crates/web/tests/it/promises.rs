//! Promises to a feature of a direct or pledge pot, as people make, change and take them back.

use domain::pot::FundMode;
use domain::rules::Template;
use testkit::{Grown, World};

use crate::browser::{Answer, Site, Visitor};
use crate::rounds::feature;

/// A collective without a round whose second member proposed a feature of 500 to 800 €.
pub(crate) async fn proposed(world: &World, site: &Site, mode: FundMode) -> Grown {
    let names = ["Yaal Coop", "ARN", "IndieHosters"];
    let town = world.collective_with(mode, Template::Informal, &names).await;
    let lead = site.member(&town, 1).await;
    let mut fields = feature("Salon", "500", "f1");
    fields.extend([("place", "outside"), ("price_to", "800")]);
    lead.submit("/c/chatons/features/new", &fields).await.leads_to(FEATURE);
    town
}

pub(crate) const FEATURE: &str = "/c/chatons/features/1";
const PROMISE: &str = "/c/chatons/features/1/promise";

/// Sends the form of the page as it stands, with these fields.
pub(crate) async fn promise(who: &Visitor<'_>, fields: &[(&str, &str)]) -> Answer {
    let page = who.see(FEATURE).await.is(200);
    let (named, key, seen) = (page.hidden("for"), page.hidden("key"), page.hidden("seen"));
    let mut all = vec![("for", &*named), ("key", &*key), ("seen", &*seen)];
    all.extend_from_slice(fields);
    who.submit(PROMISE, &all).await
}

async fn a_promise_is_made_changed_and_taken_back(world: World) {
    let site = Site::of(&world);
    let town = proposed(&world, &site, FundMode::Direct).await;
    let one = site.member(&town, 0).await;
    let page = one.see(FEATURE).await.is(200).says("Promesse ferme").says("personne ne doit rien");
    let page = page.says("Au plus 800").says_not("retrouve sa part").says_not("Mettre une part");
    page.says("Aucune structure n’a encore fait de promesse ferme");
    promise(&one, &[("kind", "intention"), ("amount", "90")]).await.leads_to(FEATURE);
    let page = one.see(FEATURE).await.says("compte mettre 90,00").says("90\u{202f}€ d’intentions");
    let page = page.says("Il manque 500").says("value=\"90\"").says("Changer notre promesse");
    page.says("0\u{202f}€ en promesses fermes");
    promise(&one, &[("kind", "firm"), ("amount", "1 200,50")]).await.is(422).says("value=\"1 200,50\"");
    promise(&one, &[("kind", "firm"), ("amount", "120,50 €")]).await.leads_to(FEATURE);
    // The journal counts once what goes through several accounts.
    let journal = site.anybody().see("/c/chatons/accounts").await.is(200);
    journal.says("Promesse ferme").says("120,50").says_not("241,00").says_not("361,50");
    let page = one.see(FEATURE).await.says("promesse ferme de 120,50").says("Il manque 379,50");
    let page = page.says("120,50\u{202f}€ en promesses fermes").says("1 structure a fait une promesse ferme");
    let (named, key, seen) = (page.hidden("for"), page.hidden("key"), page.hidden("seen"));
    assert_eq!(seen, "12050");
    let back = [("for", &*named), ("key", &*key), ("seen", &*seen), ("take_back", "yes")];
    for _ in 0..2 {
        one.submit(PROMISE, &back).await.leads_to(FEATURE);
    }
    let page = one.see(FEATURE).await.says("Il manque 500").says("Aucune structure");
    page.says_not("Retirer notre promesse");
    // What another page did meanwhile is shown, and nothing is written over it.
    promise(&one, &[("kind", "firm"), ("amount", "50")]).await.leads_to(FEATURE);
    let stale = promise(&one, &[("kind", "firm"), ("amount", "60"), ("seen", "0")]).await;
    stale.is(409).says("50,00").says("value=\"60\"");
    site.anybody().see(FEATURE).await.is(200).says("50\u{202f}€ en promesses").says("Promettre sans compte");
}

async fn a_promise_may_wait_for_an_assembly(world: World) {
    let site = Site::of(&world);
    let town = proposed(&world, &site, FundMode::Pledge).await;
    let one = site.member(&town, 0).await;
    let missing = promise(&one, &[("kind", "conditional"), ("amount", "100")]).await.is(422);
    missing.says("id=\"f-subject_to-error\"").says("value=\"100\"");
    let past = [("kind", "conditional"), ("amount", "100"), ("subject_to", "2025-03-01")];
    promise(&one, &past).await.is(422).says("id=\"f-subject_to-error\"");
    let odd = [("kind", "conditional"), ("amount", "100"), ("subject_to", "demain")];
    promise(&one, &odd).await.is(422).says("value=\"demain\"");
    let waits = [("kind", "conditional"), ("amount", "100"), ("subject_to", "2025-03-20")];
    promise(&one, &waits).await.leads_to(FEATURE);
    let page = one.see(FEATURE).await.says("sous réserve de son assemblée du 20 mars");
    let page = page.says("Il manque 500").says("value=\"2025-03-20\"");
    // The assembly said yes: one button.
    assert_eq!(page.action("L’assemblée a dit oui\u{202f}: promesse ferme"), PROMISE);
    let named = page.hidden("for");
    let lift = [("for", &*named), ("key", "k"), ("seen", "0"), ("kind", "firm"), ("amount", "100")];
    one.submit(PROMISE, &lift).await.leads_to(FEATURE);
    one.see(FEATURE).await.says("promesse ferme de 100,00").says("Il manque 400");
}

async fn the_last_promise_is_meant_and_binds_everybody(world: World) {
    let site = Site::of(&world);
    let town = proposed(&world, &site, FundMode::Direct).await;
    let (one, two) = (site.member(&town, 0).await, site.member(&town, 2).await);
    promise(&one, &[("kind", "firm"), ("amount", "300")]).await.leads_to(FEATURE);
    let asks = promise(&two, &[("kind", "firm"), ("amount", "200")]).await.is(200);
    let asks = asks
        .says("ce que chaque structure a promis devient une somme à régler")
        .says("Cela ne se reprend plus");
    assert_eq!(asks.action("Oui, c’est voulu"), PROMISE);
    one.see(FEATURE).await.says("Il manque 200");
    let sent = promise(&two, &[("kind", "firm"), ("amount", "200"), ("confirmed", "yes")]).await;
    sent.leads_to(FEATURE);
    let page = two.see(FEATURE).await.says("0\u{202f}€ reçus sur 500\u{202f}€ promis").says("c’est engagé");
    let page = page.says("Au plus 300").says_not("Retirer notre promesse").says_not("kind-intention");
    let (named, key) = (page.hidden("for"), page.hidden("key"));
    let back = [("for", &*named), ("key", &*key), ("seen", "20000"), ("take_back", "yes")];
    two.submit(PROMISE, &back).await.is(422).says("200,00");
    // What is added is asked for alone, and is meant too.
    let adds = [("adds", "yes"), ("kind", "firm"), ("amount", "50")];
    promise(&two, &adds).await.is(200).says("sont à régler");
    promise(&two, &[adds[0], adds[1], adds[2], ("confirmed", "yes")]).await.leads_to(FEATURE);
    two.see(FEATURE).await.says("a promis 250,00").says("0\u{202f}€ reçus sur 550\u{202f}€ promis");
}

async fn promises_are_for_those_who_may(world: World) {
    let site = Site::of(&world);
    let town = proposed(&world, &site, FundMode::Direct).await;
    let fields = [("kind", "firm"), ("amount", "10"), ("seen", "0"), ("key", "k")];
    let out = site.anybody().submit(PROMISE, &fields).await;
    assert!(out.status == 401 || out.status == 303, "{}", out.status);
    // A form of another organisation than one's own.
    let one = site.member(&town, 0).await;
    let other = town.member(2).organisation.to_string();
    let sent = one.submit(PROMISE, &[fields[0], fields[1], fields[2], fields[3], ("for", &other)]).await;
    sent.is(403);
    one.submit("/c/chatons/features/9/promise", &fields).await.is(404);
    for (field, value, sentence) in [
        ("amount", "-5", "id=\"f-amount-error\""),
        ("amount", "", "id=\"f-amount-error\""),
        ("amount", "99999999999999999999", "id=\"f-amount-error\""),
        ("amount", "801", "800,00"),
        ("kind", "vague", "Choisissez"),
    ] {
        let page = promise(&one, &[("kind", "firm"), ("amount", "10"), (field, value)]).await;
        page.is(422).says(sentence).says("role=\"alert\"");
    }
    one.see(FEATURE).await.says("Il manque 500");
    // In a pot that is paid in advance there is no such form, and the act is refused.
    let own = world.collective(Template::Informal, &["Un", "Deux"]).await;
    let member = site.member(&own, 1).await;
    let mut fields = feature("Autre", "500", "f2");
    fields.push(("place", "outside"));
    let path = "/c/chatons-2/features/1";
    member.submit("/c/chatons-2/features/new", &fields).await.leads_to(path);
    member.see(path).await.is(200).says_not("Promesse ferme");
    let fields = [("kind", "firm"), ("amount", "10"), ("seen", "0"), ("key", "k")];
    member.submit(&format!("{path}/promise"), &fields).await.is(422).says("il n’y a pas de promesses");
}

async fn who_acted_for_one_that_left_reads_what_it_promised(world: World) {
    let site = Site::of(&world);
    let town = proposed(&world, &site, FundMode::Direct).await;
    let gone = site.member(&town, 2).await;
    promise(&gone, &[("kind", "firm"), ("amount", "120")]).await.leads_to(FEATURE);
    let leave = [("own", "pool_common"), ("confirmed", "yes")];
    let page = "/c/chatons/members/indiehosters";
    gone.submit(&format!("{page}/departure"), &leave).await.leads_to(page);
    for part in ["statement", "year/2025"] {
        let seen = gone.see(&format!("{page}/{part}")).await.is(200);
        let seen = seen.says("Salon").says("120,00").says_not("/c/chatons/calls/");
        seen.says("N’engage plus à rien").says_not("Promesse ferme");
        gone.see(&format!("/c/chatons/members/arn/{part}")).await.says_not("Salon");
        site.anybody().see(&format!("{page}/{part}")).await.says_not("120,00");
    }
}

testkit::on_both![
    who_acted_for_one_that_left_reads_what_it_promised,
    a_promise_is_made_changed_and_taken_back,
    a_promise_may_wait_for_an_assembly,
    the_last_promise_is_meant_and_binds_everybody,
    promises_are_for_those_who_may,
];
