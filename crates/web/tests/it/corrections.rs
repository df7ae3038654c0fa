//! What is recorded, undone and recorded right: who is told, and how the page leads on.

use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::payment;
use crate::rounds::{feature, shared};

const NEW: &str = "/c/chatons/contributions/new";

/// What was sent to the representative of ARN since the last time.
async fn told(world: &World) -> Vec<String> {
    let mails = world.post().await.into_iter();
    mails.filter(|mail| mail.to.address() == "personne@arn.example").map(|mail| mail.text).collect()
}

async fn the_payer_is_told_of_the_entry_and_of_its_end(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    for _ in 0..2 {
        treasurer.submit(NEW, &payment(&organisation, "120", "k")).await.is(303);
    }
    let mails = told(&world).await;
    assert_eq!(mails.len(), 1, "the second time was the same request: {mails:?}");
    for part in ["120,00\u{202f}€, reçus sur le compte le 3 mars 2025", "/c/chatons/members/arn/statement"]
    {
        assert!(mails[0].contains(part), "{part:?} is not in {}", mails[0]);
    }
    let path = "/c/chatons/entries/1/reverse";
    treasurer.submit(path, &[("reason", "wrong_amount"), ("key", "r")]).await.leads_to(path);
    let mails = told(&world).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("120,00\u{202f}€. La raison\u{202f}: montant faux"), "{}", mails[0]);
}

async fn a_correction_leads_to_the_right_entry(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    treasurer.submit(NEW, &payment(&organisation, "120,50", "k")).await.is(303);
    let path = "/c/chatons/entries/1/reverse";
    let form = treasurer.see(path).await.is(200).says("Ne rien changer").says("Annuler cette écriture");
    form.says_not(">Annuler</a>");
    treasurer.submit(path, &[("reason", "wrong_amount"), ("key", "r")]).await.leads_to(path);
    let done = treasurer.see(path).await.is(200).says("annulée par l’écriture 2\u{202f}: montant faux");
    let right = done.link("Enregistrer le bon versement");
    let form = treasurer.see(&right).await.is(200);
    let form = form.says("value=\"VIR YAAL\"").says_not("120,50");
    form.says(&format!("value=\"{organisation}\" selected"));
    // What is no payment fills nothing.
    treasurer.see("/c/chatons/contributions/new?like=2").await.is(200).says_not("VIR YAAL");
    treasurer.see("/c/chatons/gifts/new?like=1").await.is(200).says_not("VIR YAAL");
}

async fn what_was_wrong_is_left_to_be_chosen(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    treasurer.submit(NEW, &payment(&organisation, "120,50", "k")).await.is(303);
    let path = "/c/chatons/entries/1/reverse";
    treasurer.submit(path, &[("reason", "wrong_organisation"), ("key", "r")]).await.leads_to(path);
    let right = treasurer.see(path).await.is(200).link("Enregistrer le bon versement");
    let form = treasurer.see(&right).await.is(200);
    form.says("value=\"120,50\"")
        .says("value=\"VIR YAAL\"")
        .says_not(&format!("value=\"{organisation}\" selected"));
}

async fn the_same_payment_twice_is_asked_about(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    let mut first = payment(&organisation, "120", "k1");
    first.push(("then", "next"));
    treasurer.submit(NEW, &first).await.leads_to(NEW);
    let asked = treasurer.submit(NEW, &payment(&organisation, "120,00", "k2")).await.is(422);
    let asked = asked.says("L’écriture 1, enregistrée le 3 mars 2025, a la même structure");
    let asked = asked.says("Non, c’est un autre versement").says("href=\"#f-again\"");
    assert_eq!(asked.hidden("key"), "k2");
    treasurer.see("/c/chatons/contributions").await.says("> l’écriture 1</span>").says_not("l’écriture 2");
    let mut another = payment(&organisation, "120", "k2");
    another.push(("again", "yes"));
    treasurer.submit(NEW, &another).await.leads_to("/c/chatons/contributions");
    // Another amount, another day and a reversed entry are no twins.
    treasurer.submit(NEW, &payment(&organisation, "121", "k3")).await.is(303);
    let mut other_day = payment(&organisation, "120", "k4");
    other_day.push(("received_on", "2025-03-02"));
    treasurer.submit(NEW, &other_day).await.is(303);
}

async fn what_was_shared_out_is_undone_before_its_payment(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let treasurer = site.member(&town, 0).await;
    // What ARN pays later isn't taken for what it paid before.
    let organisation = town.member(1).organisation.to_string();
    treasurer.submit(NEW, &payment(&organisation, "250", "later")).await.is(303);
    let path = "/c/chatons/entries/2/reverse";
    let page =
        treasurer.see(path).await.is(200).says("100,00\u{202f}€ de son argent ont été partagés au tour 1");
    let page = page.says("l’argent entré depuis vient d’autres versements").says_not("name=\"reason\"");
    let undo = page.link("Annuler d’abord le partage du tour 1");
    let sent = treasurer.submit(path, &[("reason", "wrong_amount"), ("key", "r")]).await;
    sent.is(422).says("100,00\u{202f}€ de son argent ont été partagés au tour 1");
    treasurer.submit(&undo, &[("reason", "wrong_distribution"), ("key", "u")]).await.leads_to(&undo);
    treasurer.submit(path, &[("reason", "wrong_amount"), ("key", "r2")]).await.leads_to(path);
}

async fn a_departure_says_that_it_settles_the_distribution(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let (treasurer, leaving) = (site.member(&town, 0).await, site.member(&town, 2).await);
    let round = "/c/chatons/rounds/1";
    let undo = treasurer.see(round).await.link("Annuler ce partage");
    let path = "/c/chatons/members/indiehosters/departure";
    let said = "Après ce départ, le partage du tour 1 ne s’annule plus";
    leaving.see(path).await.is(200).says(said);
    leaving.submit(path, &[("own", "pool_common")]).await.is(200).says(said);
    leaving.submit(path, &[("own", "pool_common"), ("confirmed", "yes")]).await.is(303);
    let why = "une structure a quitté le collectif depuis, et 100,00\u{202f}€";
    let page = treasurer.see(round).await.says_not("Annuler ce partage");
    page.says("une structure qui en a reçu une part a quitté le collectif");
    // Opened again, it says that this is done; the statement has a line for it, which is not « hors tour ».
    leaving.see(path).await.leads_to("/c/chatons/members/indiehosters");
    let page = treasurer.see("/c/chatons/members/indiehosters").await.is(200).says("A quitté le collectif");
    page.says_not("depuis le");
    let file = treasurer.see("/c/chatons/members.csv").await.is(200).text;
    assert!(file.contains("IndieHosters;;;2025-03-03;2025-03-03\n"), "{file}");
    // Nobody comes back by the file that tells who left.
    let again = treasurer.upload("/c/chatons/import", &[], ("file", "m.csv", file.as_bytes())).await;
    again.is(200).says("3 lignes sans effet").says_not("revient");
    let page = treasurer.see("/c/chatons/activity").await.is(200);
    assert_eq!(page.link("IndieHosters a quitté le collectif"), "/c/chatons/members/indiehosters");
    let page = treasurer.see("/c/chatons/members/indiehosters/statement").await.is(200);
    page.says("Au départ du collectif").says_not("Hors tour");
    treasurer.see(&undo).await.is(200).says(why).says_not("name=\"reason\"");
    let sent = treasurer.submit(&undo, &[("reason", "wrong_distribution"), ("key", "u")]).await;
    sent.is(422).says(why);
}

/// Once a share is put the distribution stands anyway: a departure changes nothing about it.
async fn a_departure_says_nothing_of_a_distribution_that_stands(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let other = site.member(&town, 1).await;
    other.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let put = [("amount", "40"), ("seen", "0"), ("key", "p")];
    other.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    other.see("/c/chatons/members/arn/departure").await.is(200).says_not("ne s’annule plus");
}

testkit::on_both![
    a_departure_says_nothing_of_a_distribution_that_stands,
    what_was_shared_out_is_undone_before_its_payment,
    a_departure_says_that_it_settles_the_distribution,
    the_payer_is_told_of_the_entry_and_of_its_end,
    a_correction_leads_to_the_right_entry,
    what_was_wrong_is_left_to_be_chosen,
    the_same_payment_twice_is_asked_about,
];
