//! What the page of a round says of shares put outside of it, of a distribution that can't be undone, of a round that has
//! no shares yet.

use domain::rules::Template;
use testkit::World;

use crate::browser::{Site, Visitor};
use crate::money::everybody_pays;
use crate::rounds::{ROUND, feature, open_and_share};

const PAGE: &str = "/c/chatons/rounds/1";
const PAGE_ALLOCATIONS: &str = "/c/chatons/rounds/1/allocations";

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
        .says("Rien n’est encore mis sur les fonctionnalités de ce tour");
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
    // What can't succeed isn't offered.
    treasurer.see(&undo).await.is(200).says("le partage ne s’annule plus").says_not("name=\"reason\"");
    let refused = treasurer.submit(&undo, &[("reason", "wrong_distribution"), ("key", "u")]).await;
    refused.is(422).says("le partage ne s’annule plus").says("au tour suivant");
    // A payment that was shared out in a distribution that stands says so, and promises no way that isn't there.
    let payment = treasurer.see("/c/chatons/contributions").await.is(200).text;
    let (_, href) = payment.rsplit_once("/entries/").unwrap();
    let path = format!("/c/chatons/entries/{}/reverse", href.split('"').next().unwrap());
    let page =
        treasurer.see(&path).await.is(200).says("100,00\u{202f}€ de son argent ont été partagés au tour 1");
    page.says("Cette écriture ne s’annule plus")
        .says_not("Annuler d’abord")
        .says_not("name=\"reason\"")
        .says_not("class=\"danger\"");
    let refused = treasurer.submit(&path, &[("reason", "wrong_amount"), ("key", "v")]).await;
    refused.is(422).says("100,00\u{202f}€ de son argent ont été partagés au tour 1");
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

/// Everything that belongs to a round stays on its page: what a feature got before its own closing date too.
async fn a_feature_stays_on_the_page_of_its_round_after_its_own_last_day(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    for (title, price, key) in [("Salon", "60", "f1"), ("Agenda", "90", "f2")] {
        let mut fields = feature(title, price, key);
        fields.retain(|(name, _)| *name != "closing_on");
        fields.push(("closing_on", "2025-03-10"));
        one.submit("/c/chatons/features/new", &fields).await.is(303);
    }
    let all = [("amount", "60"), ("seen", "0"), ("key", "a"), ("confirmed", "yes")];
    one.submit("/c/chatons/features/1/allocation", &all).await.is(303);
    let form = one.see(PAGE).await.is(200).says(">Agenda</a>");
    let line = form.link("Agenda");
    world.wait_until("2025-03-12T08:00:00+01:00");
    // The window is over though nothing has closed it yet: the refusal names the feature and keeps what was typed.
    let (amounts, seens) = (form.fields("amount-"), form.fields("seen-"));
    let at = form.text.find(&line).unwrap();
    let of = |names: &[String]| {
        let after = names.iter().find(|name| form.text.find(&format!("name=\"{name}\"")).unwrap() > at);
        after.unwrap().clone()
    };
    let (amount, seen) = (of(&amounts), of(&seens));
    let late = one.submit(PAGE_ALLOCATIONS, &[("key", "late"), (&*amount, "12,50"), (&*seen, "0")]).await;
    let late = late.is(422).says("Part pour «\u{202f}Agenda\u{202f}»").says("12,50. Rien n’a changé");
    late.says(&format!("id=\"f-{amount}\""));
    world.post().await;
    let page = one.see(PAGE).await.is(200).says(">Salon</a>").says(">Agenda</a>");
    let page = page.says("60\u{202f}€ mis sur des fonctionnalités\u{202f}; 1 a réuni son prix plancher");
    page.says("Votre part\u{202f}: 100,00\u{202f}€ (part égale). Déjà mis\u{202f}: 60,00\u{202f}€");
    let stream = site.anybody().open("/c/chatons/rounds/1/live").await;
    assert_eq!(stream.status(), 200);
    site.anybody().see(PAGE).await.is(200).says(">Salon</a>").says("1 a réuni son prix plancher");
    world.wait_until("2025-04-01T08:00:00+02:00");
    world.post().await;
    let page = site.anybody().see(PAGE).await.is(200).says("1 fonctionnalité y a été financée");
    let page = page.says("60,00\u{202f}€ ont été mis sur ses fonctionnalités").says(">Agenda</a>");
    // What went back isn't raised, and a round that is over promises nothing.
    page.says("somme non réunie").says_not("encore réuni").says_not("<strong>0\u{202f}€");
}

/// What came back lessens what is outside; what came back of earlier rounds doesn't lessen this one.
async fn what_returned_is_not_outside_any_more(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    for (title, key) in [("Salon", "f1"), ("Agenda", "f2")] {
        let mut fields = feature(title, "150", key);
        fields.retain(|(name, _)| *name != "closing_on" && *name != "place");
        fields.extend([("closing_on", "2025-06-30"), ("place", "outside")]);
        one.submit("/c/chatons/features/new", &fields).await.is(303);
    }
    put(&one, "40", "0").await;
    let second = [("amount", "25"), ("seen", "0"), ("key", "second")];
    one.submit("/c/chatons/features/2/allocation", &second).await.is(303);
    site.anybody().see(PAGE).await.is(200).says("Dont 65\u{202f}€ hors tour");
    let cancel = [("ending", "abandoned"), ("reason", "Personne ne la porte."), ("key", "c")];
    one.submit("/c/chatons/features/1/cancellation", &cancel).await.is(303);
    site.anybody().see(PAGE).await.is(200).says("Dont 25\u{202f}€ hors tour").says_not("65\u{202f}€");
    world.wait_until("2025-04-01T08:00:00+02:00");
    world.post().await;
    site.anybody().see(PAGE).await.is(200).says("25,00\u{202f}€ sont allés à des fonctionnalités hors tour");
    let mut next = ROUND.to_vec();
    next.retain(|(name, _)| !matches!(*name, "opens_on" | "closes_on" | "key"));
    next.extend([("opens_on", "2025-04-01"), ("closes_on", "2025-04-01"), ("key", "second")]);
    treasurer.submit("/c/chatons/rounds/new", &next).await.leads_to("/c/chatons/rounds/2");
    let third = [("amount", "30"), ("seen", "0"), ("key", "third")];
    let mut fields = feature("Carte", "150", "f3");
    fields.retain(|(name, _)| *name != "closing_on" && *name != "place");
    fields.extend([("closing_on", "2025-06-30"), ("place", "outside")]);
    one.submit("/c/chatons/features/new", &fields).await.is(303);
    one.submit("/c/chatons/features/3/allocation", &third).await.is(303);
    let cancel = [("ending", "abandoned"), ("reason", "Personne ne la porte."), ("key", "d")];
    one.submit("/c/chatons/features/2/cancellation", &cancel).await.is(303);
    let page = site.anybody().see("/c/chatons/rounds/2").await.is(200);
    page.says("Dont 30\u{202f}€ hors tour");
    world.wait_until("2025-04-02T08:00:00+02:00");
    world.post().await;
    let page = site.anybody().see("/c/chatons/rounds/2").await.is(200);
    page.says("il durait une journée, le 1er avril 2025");
}

testkit::on_both![
    a_feature_stays_on_the_page_of_its_round_after_its_own_last_day,
    what_returned_is_not_outside_any_more,
    shares_put_outside_the_round_are_told,
    a_distribution_that_was_used_says_why_it_stands,
    before_its_distribution_a_round_gives_nothing_to_put,
];
