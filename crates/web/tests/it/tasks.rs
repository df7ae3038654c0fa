//! What awaits somebody: one list on their page and on that of the pot; whom to invoice in a direct pot; texts that fit
//! how a pot holds money.

use domain::pot::FundMode;
use domain::rules::Template;
use testkit::World;

use crate::browser::{Answer, Site};
use crate::calls::{act, call_of, called};
use crate::money::everybody_pays;
use crate::rounds::{feature, open_and_share};

const WORK: &str = "/c/chatons/features/1/work";

/// What the pot's page says awaits its reader.
fn awaiting(page: &Answer) -> Vec<String> {
    let (_, rest) = page.text.split_once("<ul class=\"story\" role=\"list\"><li><a").unwrap();
    let list = rest.split("</ul>").next().unwrap();
    list.split("</a>").filter_map(|part| part.rsplit_once("\">")).map(|(_, what)| what.to_owned()).collect()
}

async fn the_pot_and_ones_own_page_show_one_list(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let compared = async |expected: &[&str]| {
        let (pot, me) = (treasurer.see("/c/chatons").await.is(200), treasurer.see("/me").await.is(200));
        let listed = awaiting(&pot);
        for what in &listed {
            assert!(me.text.contains(&format!(">{what}</a>")), "{what:?} is not on one's own page");
        }
        assert_eq!(me.text.matches("<li class=\"sheet\">").count(), listed.len());
        for what in expected {
            assert!(listed.iter().any(|one| one.contains(what)), "{what:?} is not among {listed:?}");
        }
    };
    compared(&["Écrire l’IBAN", "Faire un premier versement pour Yaal Coop", "Enregistrer un versement"])
        .await;
    everybody_pays(&treasurer, &town, "100").await;
    compared(&["Ouvrir un tour"]).await;
    open_and_share(&treasurer).await;
    let mut idea = feature("Salon", "150", "f1");
    idea.retain(|(name, _)| *name != "price");
    one.submit("/c/chatons/features/new", &idea).await.is(303);
    // An idea takes no money: there is nothing to put one's share on yet.
    one.see("/me").await.is(200).says_not("Répartir");
    one.submit("/c/chatons/features/new", &feature("Agenda", "150", "f2")).await.is(303);
    compared(&["Répartir 100\u{202f}€ pour Yaal Coop", "Enregistrer un versement"]).await;
    let me = one.see("/me").await.says("Répartir 100\u{202f}€ pour ARN").says_not("Enregistrer un versement");
    me.says_not("Ouvrir un tour");
}

async fn whoever_does_the_work_is_told_whom_to_invoice(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Direct).await;
    let (payer, lead) = (site.member(&town, 2).await, site.member(&town, 1).await);
    let mails = world.post().await;
    let told = |mail: &&messages::Mail| mail.to.address() == "personne@arn.example";
    let bill = mails.iter().filter(told).find(|mail| mail.subject.contains("500,00\u{202f}€ à facturer"));
    let bill = bill.unwrap_or_else(|| panic!("no mail tells ARN whom to invoice"));
    assert!(bill.text.contains("IndieHosters\u{202f}: 200,00\u{202f}€, référence RF"), "{}", bill.text);
    assert!(bill.text.contains("/features/1/work"), "{}", bill.text);
    for page in ["/me", "/c/chatons"] {
        lead.see(page).await.is(200).says("Facturer 500\u{202f}€ en tout à 2 structures pour «");
        payer.see(page).await.is(200).says("Régler 200\u{202f}€ pour «").says_not("Facturer");
    }
    let list = lead.see(WORK).await.is(200).says("À qui envoyer une facture").says("<code>RF");
    list.says("200,00\u{202f}€").says("300,00\u{202f}€").says("parts à payer");
    payer.see(WORK).await.is(200).says_not("À qui envoyer une facture");
    site.anybody().see(WORK).await.is(200).says_not("IndieHosters");
    let page = call_of(&payer, "200,00").await;
    act(&payer, &page, "paid", &[]).await.is(303);
    for path in ["/me", "/c/chatons"] {
        payer.see(path).await.is(200).says_not("Régler 200");
        let waits = lead.see(path).await.is(200).says("Facturer 300\u{202f}€ à 1 structure");
        waits.says("Confirmer le paiement reçu (IndieHosters) pour «");
    }
    let received = [("amount", "200"), ("received_on", "2025-03-03")];
    act(&lead, &page, "received", &received).await.is(303);
    lead.see("/me").await.is(200).says_not("Confirmer le paiement reçu");
}

async fn a_direct_pot_speaks_of_no_money_that_it_holds(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Direct).await;
    let treasurer = site.member(&town, 0).await;
    for path in ["contributions/new", "contributions", "gifts/new", "payments"] {
        let page = treasurer.see(&format!("/c/chatons/{path}")).await.is(200);
        page.says("Ce pot n’enregistre pas d’argent").says_not("<form method=\"post\" enctype");
    }
    let typed = [("amount", "5"), ("key", "k")];
    treasurer.submit("/c/chatons/contributions/new", &typed).await.is(422).says("n’enregistre pas d’argent");
    treasurer.see("/c/chatons/rounds").await.says("ce qu’elle promet").says_not("l’argent reçu devient");
    let new = treasurer.see("/c/chatons/rounds/new").await.is(200).says("les promesses des structures");
    new.says_not("Les dons du pot").says_not("ce qui est dans le pot");
    treasurer.see("/c/chatons/rules").await.is(200).says_not("L’argent versé reste dans le pot");
    let lead = site.member(&town, 1).await;
    lead.see(WORK).await.says("Publier le compte rendu").says_not("Présentez votre dernière facture");
    treasurer.see("/c/chatons").await.says("Payé directement").says_not("Reçu en tout");
    // In a pot that is paid in advance nothing is called.
    let own = world.collective(Template::Informal, &["Picasoft"]).await;
    let own_calls = format!("/c/{}/calls", own.slug);
    let calls = site.member(&own, 0).await.see(&own_calls).await.is(200);
    calls.says("on verse d’avance").says_not("il y en aura un par structure");
}

async fn a_statement_proves_what_was_promised_asked_and_paid(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Direct).await;
    let (payer, lead) = (site.member(&town, 2).await, site.member(&town, 1).await);
    let page = call_of(&payer, "200,00").await;
    let received = [("amount", "150"), ("received_on", "2025-03-02")];
    act(&lead, &page, "received", &received).await.is(303);
    let statement = "/c/chatons/members/indiehosters/statement";
    let seen = payer.see(statement).await.is(200);
    let seen =
        seen.says("200,00\u{202f}€ demandés, 150,00\u{202f}€ payés et confirmés, 50,00\u{202f}€ à régler");
    let seen =
        seen.says("Promesse ferme").says("Part à payer 2").says("2 mars 2025").says_not("Aucun mouvement");
    seen.says("data-label=\"Payé et confirmé\">150,00");
    let file = payer.see(&format!("{statement}.csv")).await.is(200);
    let file = file.says("Date;Quoi;Pour;Référence;Promis;Montant demandé;Payé et confirmé");
    let file = file.says("2025-03-03;Promesse ferme;Salon;;200;;").says(";;200;\n");
    file.says("2025-03-02;Paiement;Salon;RF").says(";;;150\n");
    site.anybody().see(statement).await.says_not("150,00");
}

testkit::on_both![
    the_pot_and_ones_own_page_show_one_list,
    whoever_does_the_work_is_told_whom_to_invoice,
    a_direct_pot_speaks_of_no_money_that_it_holds,
    a_statement_proves_what_was_promised_asked_and_paid,
];
