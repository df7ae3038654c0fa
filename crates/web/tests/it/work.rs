//! The work on a funded feature, as people meet it: invoice, two persons, payment, report, objection, decision.

use domain::rules::{Calendar, Template};
use jiff::SignedDuration;
use testkit::{Grown, World};

use crate::browser::{Site, Visitor};
use crate::money::everybody_pays;
use crate::rounds::{feature, open_and_share};

const PDF: &[u8] = b"%PDF-1.7 facture";
const NEW: &str = "/c/chatons/features/1/invoices/new";
const WORK: &str = "/c/chatons/features/1/work";

/// Four members and a feature that the second leads and others funded; an outsider does the work.
pub(crate) async fn funded(world: &World) -> Grown {
    let mut rules = Template::Informal.rules();
    rules.calendar = Calendar::ANY_DAY;
    let town = world.settled_collective(rules, &["Yaal Coop", "ARN", "Girofle", "Zaclys"]).await;
    let site = Site::of(world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    let lead = site.member(&town, 1).await;
    let mut fields = feature("Salon", "100", "f1");
    fields.retain(|(name, _)| *name != "worker");
    fields.push(("worker", "Atelier Libre"));
    lead.submit("/c/chatons/features/new", &fields).await.leads_to("/c/chatons/features/1");
    for place in [0, 2] {
        let member = site.member(&town, place).await;
        let form = member.see("/c/chatons/features/1").await.is(200);
        let key = form.hidden("key");
        let fields = [("key", key.as_str()), ("seen", "0"), ("amount", "50"), ("confirmed", "yes")];
        member.submit("/c/chatons/features/1/allocation", &fields).await.is(303);
    }
    town
}

fn invoice<'f>(reference: &'f str, amount: &'f str, key: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("reference", reference),
        ("dated_on", "2025-03-03"),
        ("amount", amount),
        ("payee", "Atelier Libre"),
        ("iban", "FR76 3000 6000 0112 3456 7890 189"),
        ("key", key),
    ]
}

pub(crate) async fn send(who: &Visitor<'_>, reference: &str, amount: &str) -> crate::browser::Answer {
    who.upload(NEW, &invoice(reference, amount, reference), ("file", "facture.pdf", PDF)).await
}

async fn an_invoice_is_presented_answered_paid_and_reported(world: World) {
    let town = funded(&world).await;
    let site = Site::of(&world);
    let (lead, treasurer) = (site.member(&town, 1).await, site.member(&town, 0).await);
    let page = site.anybody().see("/c/chatons/features/1").await.is(200);
    page.says("Voir la réalisation").says("Atelier Libre");
    lead.see(WORK).await.is(200).says("Présenter une facture").says("Publier le compte rendu");
    let above = send(&lead, "F-1", "100,01").await.is(422).says("id=\"f-amount-error\"");
    assert_eq!(above.hidden("key").len(), 32);
    lead.submit(NEW, &invoice("F-1", "60", "k")).await.is(422).says("f-file-error");
    send(&lead, "F-1", "60").await.leads_to(WORK);
    send(&lead, "F-1", "60").await.leads_to(WORK);
    site.anybody().see(WORK).await.is(200).says("60,00").says("à approuver").says_not("FR76");
    site.anybody().see("/c/chatons/invoices/1").await.is(401);
    site.member(&town, 3).await.see("/c/chatons/payments").await.is(403);

    // Who is awaited is told, and what can't be ended yet says so before anything is typed.
    treasurer.see("/c/chatons/invoices/1").await.is(200).says("On attend une approbation");
    let cancel = treasurer.see("/c/chatons/features/1/cancellation").await.is(200);
    cancel.says("1 facture attend une réponse").says_not("f-reason").says_not("100\u{202f}€");

    // Who entered it doesn't answer; who stands in for a steward does.
    let own = lead.submit("/c/chatons/invoices/1/approve", &[]).await;
    own.is(422).says("Vous avez présenté cette facture");
    let second = site.member(&town, 2).await;
    second.see("/me").await.is(200).says("à approuver");
    let form =
        second.see("/c/chatons/invoices/1").await.is(200).says("FR76 3000").says("Approuver la facture");
    let key = form.hidden("key");
    second.submit("/c/chatons/invoices/1/approve", &[("key", &key)]).await.leads_to("/c/chatons/invoices/1");
    let early = treasurer.submit("/c/chatons/invoices/1/pay", &[("paid_on", "2025-03-03")]).await;
    early.is(422);
    treasurer.see("/me").await.is(200).says("à autoriser");
    let form = treasurer.see("/c/chatons/invoices/1").await.is(200).says("Autoriser le paiement");
    let key = form.hidden("key");
    treasurer.submit("/c/chatons/invoices/1/authorise", &[("key", &key)]).await.is(303);
    let list =
        treasurer.see("/c/chatons/payments").await.is(200).says("FR76 3000").says("60,00").says("F-1 ");
    let work = treasurer.see("/c/chatons/features/1/work").await.is(200);
    work.says("Présenté en factures").says("Facturé et accepté").says("<dt>Payé</dt>");
    // One reference, told before the transfer.
    let at = list.text.find("F-1 ").unwrap();
    let reference: String = list.text[at..].chars().take_while(|c| *c != '<').collect();
    assert_eq!(reference.len(), "F-1 ".len() + 8);
    let form = treasurer.see("/c/chatons/invoices/1").await.is(200);
    form.says(&format!("Référence à indiquer sur le virement\u{202f}: {reference}"));
    let paid = [("paid_on", "2025-03-03"), ("reference", "VIR"), ("also_settled_on", "03/03/2025")];
    treasurer.submit("/c/chatons/invoices/1/pay", &paid).await.is(303);
    site.anybody().see(WORK).await.is(200).says("payée");
    site.anybody().see("/c/chatons/activity").await.is(200).says("acceptée par deux personnes");
    treasurer.see("/c/chatons/invoices/1").await.is(200).says(&format!("référence {reference}"));
    let journal = site.anybody().see("/c/chatons/accounts").await.is(200).says_not("Autre écriture");
    journal.says("Facture due").says("Virement ordonné").says("Virement passé en banque").says("facture 1");

    let empty = lead.submit("/c/chatons/features/1/report", &[("body", " ")]).await;
    empty.is(422).says("id=\"f-body-error\"");
    let said = [("body", "C’est fait."), ("link", "https://example.org/1"), ("key", "r")];
    lead.submit("/c/chatons/features/1/report", &said).await.leads_to(WORK);
    site.anybody().see("/c/chatons/features/1").await.is(200).says("objections possibles");
    world.wait(SignedDuration::from_hours(24 * 15));
    world.post().await;
    let end = site.anybody().see("/c/chatons/features/1").await.is(200);
    end.says("livrée").says("40\u{202f}€ reviennent");
    lead.see(WORK).await.is(200).says("Accepté à la fin du délai");
}

async fn a_wrong_iban_is_corrected_or_the_invoice_taken_back(world: World) {
    let town = funded(&world).await;
    let site = Site::of(&world);
    let (lead, second) = (site.member(&town, 1).await, site.member(&town, 2).await);
    let treasurer = site.member(&town, 0).await;
    send(&lead, "F-1", "60").await.leads_to(WORK);
    second.submit("/c/chatons/invoices/1/approve", &[]).await.is(303);
    treasurer.submit("/c/chatons/invoices/1/authorise", &[]).await.is(303);
    treasurer.submit("/c/chatons/invoices/1/pay", &[("paid_on", "2025-03-03")]).await.is(303);
    let back = [("bounced_on", "2025-03-03"), ("bounce_reason", "Compte clos")];
    treasurer.submit("/c/chatons/invoices/1/bounce", &back).await.is(303);
    treasurer
        .see("/c/chatons/invoices/1")
        .await
        .is(200)
        .says("Compte clos")
        .says("Ne pas payer cette facture");
    lead.see("/c/chatons/invoices/1").await.is(200).says("Corriger le nom").says_not("Ne pas payer");
    let wrong = [("payee", "Atelier Libre"), ("iban", "FR76"), ("correct_reason", "Nouveau compte")];
    lead.submit("/c/chatons/invoices/1/correct", &wrong).await.is(422).says("f-iban-error");
    let right =
        [("payee", "Atelier Libre SCOP"), ("iban", "FR1420041010050500013M02606"), ("correct_reason", "Oui")];
    lead.submit("/c/chatons/invoices/1/correct", &right).await.leads_to("/c/chatons/invoices/1");
    // The same name with its legal form isn't another one.
    let page =
        second.see("/c/chatons/invoices/1").await.is(200).says("FR14 2004").says("Approuver la facture");
    page.says_not("n’est pas celui qui était annoncé");
    let reason = [("refuse_reason", "Payée autrement")];
    lead.submit("/c/chatons/invoices/1/withdraw", &[("withdraw_reason", "non")]).await.is(422);
    treasurer.submit("/c/chatons/invoices/1/refuse", &reason).await.is(303);
    let journal = site.anybody().see("/c/chatons/accounts").await.is(200);
    journal.says("Facture reprise avant d’être payée").says("Virement revenu");
    send(&lead, "F-2", "100").await.leads_to(WORK);
}

async fn objections_are_heard_and_stewards_decide(world: World) {
    let town = funded(&world).await;
    let site = Site::of(&world);
    let lead = site.member(&town, 1).await;
    lead.submit("/c/chatons/features/1/report", &[("body", "C’est fait.")]).await.is(303);
    lead.see(WORK).await.is(200).says_not("Faire une objection");
    let calendar = site.anybody().see("/c/chatons/calendar").await.is(200);
    calendar.says("Fin des objections au compte rendu").says("href=\"/c/chatons/features/1\"");
    for place in [2, 3] {
        let member = site.member(&town, place).await;
        member.see(WORK).await.is(200).says("Faire une objection");
        let none = member.submit("/c/chatons/features/1/objection", &[("objection", "")]).await;
        none.is(422).says("f-objection-error");
        let said = [("objection", "Rien ne marche")];
        member.submit("/c/chatons/features/1/objection", &said).await.leads_to(WORK);
    }
    let other = site.member(&town, 2).await;
    other
        .submit("/c/chatons/features/1/decision", &[("outcome", "delivered"), ("reason", "oui")])
        .await
        .is(422)
        .says("c’est à elle de le faire");
    let calendar = site.anybody().see("/c/chatons/calendar").await.is(200);
    calendar.says("Dernier jour pour répondre aux objections");
    let steward = site.member(&town, 0).await;
    for page in ["/me", "/c/chatons"] {
        steward.see(page).await.is(200).says("à trancher");
    }
    let form =
        steward.see(WORK).await.is(200).says("Rien ne marche").says("Ce qui reste revient\u{202f}: 100,00");
    let key = form.hidden("key");
    let no_date = [("outcome", "more_time"), ("reason", "oui"), ("key", key.as_str())];
    steward.submit("/c/chatons/features/1/decision", &no_date).await.is(422).says("f-until-error");
    let ends = [("outcome", "closed_failed"), ("reason", "Pas fait"), ("key", key.as_str())];
    let asked = steward.submit("/c/chatons/features/1/decision", &ends).await.is(200);
    let asked = asked.says("C’est définitif").says("sans être livrée").says("100,00").says("Pas fait");
    assert_eq!(asked.hidden("confirmed"), "yes");
    site.anybody().see("/c/chatons/features/1").await.is(200).says_not("Pas fait");
    let ends = [ends.as_slice(), &[("confirmed", "yes")]].concat();
    steward.submit("/c/chatons/features/1/decision", &ends).await.leads_to(WORK);
    let end = site.anybody().see("/c/chatons/features/1").await.is(200);
    let end = end.says("Pas fait").says("100\u{202f}€ reviennent");
    end.says("100\u{202f}€ réunis, 0\u{202f}€ pour le travail, 100\u{202f}€ rendus");
    site.anybody().see(WORK).await.is(200).says("Rendu à la fin");
    let list = site.anybody().see("/c/chatons/features").await.is(200);
    let stopped = list.link("arrêtée");
    site.anybody().see(&stopped).await.is(200).says("Salon");
    for state in ["delivered", "closed_partial"] {
        assert!(list.text.contains(&format!("?state={state}")), "no filter for {state}");
    }
}

/// The calendar has the day on which work is expected, not the day on which somebody is reminded that it is late.
async fn the_calendar_has_the_day_on_which_work_is_expected(world: World) {
    funded(&world).await;
    let site = Site::of(&world);
    let calendar = "/c/chatons/calendar";
    let mut tx = world.read().await;
    let collective = store::collectives::by_slug(&mut tx, "chatons").await.unwrap().unwrap();
    let feature = store::features::by_number(&mut tx, collective.id, 1).await.unwrap().unwrap();
    let expected = store::work::of_feature(&mut tx, feature.id).await.unwrap().unwrap().due_on;
    drop(tx);
    let t = words::Words::new(words::Locale::Fr);
    let today = collective.day(world.now());
    let page = site.anybody().see(calendar).await.is(200).says("Réalisation attendue");
    page.says(&t.until(expected, today));
    let ics = site.anybody().see("/c/chatons/calendar.ics").await.is(200);
    ics.says(&format!("DTSTART;VALUE=DATE:{}", expected.strftime("%Y%m%d")));
    // Once it has passed, what comes is said on its own day.
    world.wait_until(&format!("{}T08:00:00+02:00", expected.tomorrow().unwrap()));
    world.post().await;
    let today = expected.tomorrow().unwrap();
    let page = site.anybody().see(calendar).await.is(200).says_not("Réalisation attendue");
    let reminded = expected.saturating_add(jiff::ToSpan::days(30));
    page.says("Réalisation en retard").says(&t.until(reminded, today));
}

async fn what_comes_later_on_another_track_is_said(world: World) {
    funded(&world).await;
    let site = Site::of(&world);
    site.anybody()
        .see("/c/chatons/features/1")
        .await
        .is(200)
        .says("Le travail est en cours")
        .says("Qui le fait");
    world
        .sql(|tx| {
            let sql = "UPDATE feature SET track = 'light', state = 'contracting'";
            Box::pin(async move { store::execute(tx, sql, Vec::new()).await.map(drop) })
        })
        .await;
    let page = site.anybody().in_english().see("/c/chatons/features/1").await.is(200);
    page.says("is not yet in Popote");
    let work = site.anybody().in_english().see(WORK).await.is(200).says("which are not yet in Popote");
    work.says_not("Who does the work:");
}

async fn the_file_of_an_invoice_is_for_those_who_answer_it(world: World) {
    let town = funded(&world).await;
    let site = Site::of(&world);
    let lead = site.member(&town, 1).await;
    send(&lead, "F-1", "60").await.is(303);
    let page = lead.see("/c/chatons/invoices/1").await.is(200);
    let at = page.text.find("/files/").unwrap();
    let file: String = page.text[at..].chars().take_while(|c| *c != '"').collect();
    lead.see(&file).await.is(200);
    site.member(&town, 0).await.see(&file).await.is(200);
    site.anybody().see(&file).await.is(404);
    // One of several who may stand in sees it; once another has answered, no more.
    site.member(&town, 3).await.see(&file).await.is(200);
    site.member(&town, 2).await.submit("/c/chatons/invoices/1/approve", &[]).await.is(303);
    site.member(&town, 3).await.see(&file).await.is(404);
    let english = site.anybody().in_english();
    english.see(WORK).await.is(200).says("Invoices").says("to authorise");
    let reason = [("withdraw_reason", "Mauvais montant")];
    lead.submit("/c/chatons/invoices/1/withdraw", &reason).await.is(303);
    lead.see("/c/chatons/invoices/1").await.is(200).says("Mauvais montant");
}

testkit::on_both![
    an_invoice_is_presented_answered_paid_and_reported,
    a_wrong_iban_is_corrected_or_the_invoice_taken_back,
    objections_are_heard_and_stewards_decide,
    the_calendar_has_the_day_on_which_work_is_expected,
    what_comes_later_on_another_track_is_said,
    the_file_of_an_invoice_is_for_those_who_answer_it,
];
