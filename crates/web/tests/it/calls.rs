//! Calls for funds and order lines: who sees them, paid, received, recorded, covered.

use app::fund_calls::unpaid_if_due;
use domain::actor::RoleKind;
use domain::pot::FundMode;
use jiff::SignedDuration;
use testkit::{Grown, World};

use crate::browser::{Site, Visitor};
use crate::promises::{FEATURE, promise, proposed};

/// The first member promises 300 €, the third 200 €, which triggers; each is called.
pub(crate) async fn called(world: &World, site: &Site, mode: FundMode) -> Grown {
    let town = proposed(world, site, mode).await;
    for (place, amount) in [(0, "300"), (2, "200")] {
        let who = site.member(&town, place).await;
        let fields = [("kind", "firm"), ("amount", amount), ("confirmed", "yes")];
        promise(&who, &fields).await.leads_to(FEATURE);
    }
    town
}

/// Where the call of so much is.
pub(crate) async fn call_of(who: &Visitor<'_>, amount: &str) -> String {
    let list = who.see("/c/chatons/calls").await.is(200);
    let (before, _) = list.text.split_once(amount).unwrap();
    let (_, href) = before.rsplit_once("href=\"/c/chatons/calls/").unwrap();
    format!("/c/chatons/calls/{}", href.split('"').next().unwrap())
}

/// Sends a form of the page of a call.
pub(crate) async fn act(
    who: &Visitor<'_>,
    page: &str,
    part: &str,
    fields: &[(&str, &str)],
) -> crate::browser::Answer {
    let seen = who.see(page).await.is(200);
    let key = if seen.text.contains("name=\"key\"") { seen.hidden("key") } else { "none".to_owned() };
    let mut sent = vec![("key", &*key)];
    sent.extend_from_slice(fields);
    who.submit(&format!("{page}/{part}"), &sent).await
}

async fn an_order_line_goes_from_asked_to_received(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Direct).await;
    let (payer, lead, other) =
        (site.member(&town, 2).await, site.member(&town, 1).await, site.member(&town, 0).await);
    // Nothing is received yet: the page says what the mails say.
    let page = site.anybody().see(FEATURE).await.is(200);
    page.says("Le travail commence quand tout l’argent est reçu").says_not("Le travail est en cours");
    payer.see("/c/chatons").await.says("Régler 200\u{202f}€ pour «");
    let page = call_of(&payer, "200,00").await;
    let seen = payer.see(&page).await.is(200).says("Part à payer").says("200,00\u{202f}€ à régler");
    let seen = seen.says("vous enverra une facture").says("RF").says("C’est payé");
    seen.says_not("Appel de fonds").says_not("<svg class=\"qr\"").says_not("Confirmer la réception");
    // Only who is called says so; only the lead or a steward confirms.
    act(&lead, &page, "paid", &[]).await.is(404);
    act(&payer, &page, "received", &[("amount", "200"), ("received_on", "2025-03-03")]).await.is(403);
    act(&payer, &page, "paid", &[]).await.leads_to(&page);
    let seen = payer.see(&page).await.says("a dit avoir payé").says_not(">C’est payé</button>");
    // Said too early, it is taken back by whoever said it.
    let back = seen.action("Ce n’est pas encore payé");
    lead.submit(&back, &[]).await.is(404);
    payer.submit(&back, &[]).await.leads_to(&page);
    payer.see(&page).await.says_not("a dit avoir payé");
    act(&payer, &page, "paid", &[]).await.leads_to(&page);
    lead.see("/c/chatons").await.says("Confirmer le paiement reçu (IndieHosters) pour «");
    let seen = lead.see(&page).await.is(200).says("Confirmer la réception").says("value=\"200\"");
    let seen = seen.says("Pour ARN\u{202f}: jusqu’à 200,00");
    seen.says("value=\"2025-03-03\"");
    for (field, value, sentence) in [
        ("amount", "200,01", "Il ne reste que 200,00"),
        ("amount", "0", "plus grand que zéro"),
        ("amount", "beaucoup", "id=\"f-amount-error\""),
        ("received_on", "2025-03-04", "n’est pas encore là"),
    ] {
        let fields = [("amount", "200"), ("received_on", "2025-03-03"), (field, value)];
        act(&lead, &page, "received", &fields).await.is(422).says(sentence);
    }
    let part = [("amount", "50,00"), ("received_on", "2025-03-02")];
    act(&lead, &page, "received", &part).await.leads_to(&page);
    let seen = lead.see(&page).await.says("150,00\u{202f}€ à régler").says("réglé en partie");
    let undo = seen.action("Annuler les 50,00\u{202f}€");
    lead.submit(&undo, &[]).await.leads_to(&page);
    lead.submit(&undo, &[]).await.leads_to(&page);
    lead.submit(&undo, &[("again", "later")]).await.is(422).says("déjà annulé");
    let seen = lead.see(&page).await.says("200,00\u{202f}€ à régler").says("annulé");
    let key = seen.hidden("key");
    let all = [("amount", "200"), ("received_on", "2025-03-03"), ("key", &*key)];
    for _ in 0..2 {
        lead.submit(&format!("{page}/received"), &all).await.leads_to(&page);
    }
    lead.see(&page).await.says("Tout est réglé").says_not("Confirmer la réception");
    let feature = other.see(FEATURE).await.says("200\u{202f}€ reçus sur 500\u{202f}€ promis");
    assert_eq!(feature.link("Voir les parts à payer"), "/c/chatons/calls?feature=1");
    other.see("/c/chatons/calls?feature=1").await.is(200).says("IndieHosters").says("réglé");
    // The pot says what was paid, and that nobody holds it.
    let glance = site.anybody().see("/c/chatons").await;
    glance.says("200\u{202f}€").says("rien n’est encaissé").says_not("Voir les parts à payer");
}

async fn a_call_is_paid_to_the_host_with_its_reference(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Pledge).await;
    let (treasurer, payer) = (site.member(&town, 0).await, site.member(&town, 2).await);
    let page = call_of(&payer, "200,00").await;
    payer.see(&page).await.is(200).says("Appel de fonds").says("n’a pas encore écrit son IBAN");
    let host = [("host_name", "Yaal Coop"), ("iban", "FR76 3000 6000 0112 3456 7890 189")];
    treasurer.submit("/c/chatons/about", &host).await.is(303);
    let seen = payer.see(&page).await.says("FR76 3000 6000 0112 3456 7890 189").says("<svg class=\"qr\"");
    seen.says("Code QR pour payer 200,00\u{202f}€, bénéficiaire\u{202f}: Yaal Coop")
        .says_not("Enregistrer un paiement");
    let fields = [("amount", "250"), ("received_on", "2025-03-03"), ("reference", "VIR INDIE")];
    act(&payer, &page, "payment", &fields).await.is(403);
    act(&treasurer, &page, "received", &fields).await.is(422).says("l’argent est confirmé autrement");
    let wrong = [("amount", ""), ("received_on", "demain"), ("reference", "VIR INDIE")];
    let wrong = act(&treasurer, &page, "payment", &wrong).await.is(422).says("value=\"VIR INDIE\"");
    wrong.says("id=\"f-amount-error\"").says("id=\"f-received_on-error\"");
    act(&treasurer, &page, "payment", &fields).await.leads_to(&page);
    let seen = payer.see(&page).await.says("Tout est réglé").says_not("<svg class=\"qr\"");
    seen.says_not("VIR INDIE");
    // The same again is asked about; what was recorded by mistake is taken back.
    let key = treasurer.see(&page).await.hidden("key");
    let twin: Vec<_> = fields.iter().copied().chain([("key", &*key)]).collect();
    let payment = format!("{page}/payment");
    treasurer.submit(&payment, &twin).await.is(422).says("Est-ce le même versement").says("name=\"again\"");
    let again: Vec<_> = twin.iter().copied().chain([("again", "yes")]).collect();
    treasurer.submit(&payment, &again).await.leads_to(&page);
    let seen = treasurer.see(&page).await.says("dont 250,00\u{202f}€ de plus que demandé");
    payer.see(&page).await.says_not("Annuler les");
    let undo = seen.text.rfind("/undo/").unwrap();
    let undo = format!("{page}{}", seen.text[undo..].split('"').next().unwrap());
    payer.submit(&undo, &[]).await.is(403);
    treasurer.submit(&undo, &[]).await.leads_to(&page);
    treasurer.submit(&undo, &[]).await.leads_to(&page);
    treasurer.submit(&undo, &[("again", "later")]).await.is(422).says("déjà annulé");
    // The excess waits for the next call; the feature counts what was asked.
    payer.see(FEATURE).await.says("200\u{202f}€ reçus sur 500\u{202f}€ promis");
    site.anybody().see("/c/chatons").await.says("250\u{202f}€");
}

async fn what_is_not_paid_may_be_covered(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Direct).await;
    let page = call_of(&site.member(&town, 2).await, "200,00").await;
    let cover = [("cover", "80")];
    let early = site.member(&town, 0).await;
    act(&early, &page, "cover", &cover).await.is(422).says("qu’après la date");
    world.wait(SignedDuration::from_hours(24 * 40));
    let id = {
        let mut tx = world.read().await;
        let number = page.rsplit('/').next().unwrap().parse().unwrap();
        store::fund_calls::by_number(&mut tx, town.pot, number).await.unwrap().unwrap().id
    };
    unpaid_if_due(&world.context, id).await.unwrap();
    let (late, other) = (site.member(&town, 2).await, site.member(&town, 0).await);
    let seen = late.see(&page).await.is(200).says("promesse non réglée").says("ne sont pas réglés");
    seen.says_not("Prendre en charge");
    act(&late, &page, "cover", &cover).await.is(422).says("ne prend pas son propre relais");
    let seen = other.see(&page).await.is(200).says("Rien ne vous oblige");
    assert_eq!(seen.action("Prendre en charge"), format!("{page}/cover"));
    act(&other, &page, "cover", &[("cover", "200,01")]).await.is(422).says("Il ne reste que 200,00");
    act(&other, &page, "cover", &[("cover", "tout")]).await.is(422).says("id=\"f-cover-error\"");
    act(&other, &page, "cover", &cover).await.leads_to(&page);
    let seen = other.see(&page).await.says("Pris en charge par d’autres").says("120,00\u{202f}€ ne sont pas");
    let own = seen.link("Yaal Coop");
    other.see(&own).await.is(200).says("80,00\u{202f}€ à régler").says("Prend le relais du numéro");
}

async fn calls_are_for_members(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Direct).await;
    let page = call_of(&site.member(&town, 2).await, "200,00").await;
    let elsewhere = world.collective(domain::rules::Template::Informal, &["Ailleurs", "Là-bas"]).await;
    let stranger = site.member(&elsewhere, 1).await;
    for path in ["/c/chatons/calls", &*page] {
        let out = site.anybody().see(path).await;
        assert!(out.status == 401 || out.status == 303, "{path}: {}", out.status);
        let status = stranger.see(path).await.status;
        assert!(status == 403 || status == 404, "{path}: {status}");
    }
    let member = site.member(&town, 1).await;
    member.see("/c/chatons/calls/99").await.is(404);
    member.see("/c/chatons/calls?feature=99").await.is(404);
    member.see(&page).await.is(200);
    site.member(&elsewhere, 0).await.see("/c/chatons-2/calls").await.is(200).says("on verse d’avance");
}

/// Whoever hides its amounts is not told to the others: its own people, those who keep the accounts and whoever confirms
/// see them; a steward doesn't, who only may stand in.
async fn a_call_of_whoever_hides_is_not_for_stewards(world: World) {
    let rules = domain::rules::Rules {
        amounts: domain::rules::AmountsSeen::OwnChoice,
        ..domain::rules::Template::Informal.rules()
    };
    let names = ["Yaal Coop", "ARN", "IndieHosters", "Girofle", "Nuage"];
    let town = world.collective_with(FundMode::Direct, rules, &names).await;
    let site = Site::of(&world);
    let lead = site.member(&town, 1).await;
    let mut fields = crate::rounds::feature("Salon", "500", "f1");
    fields.extend([("place", "outside"), ("price_to", "800")]);
    lead.submit("/c/chatons/features/new", &fields).await.leads_to(FEATURE);
    for place in 2..5 {
        world.chooses(&town, place, false).await;
        let fields = [("kind", "firm"), ("amount", "180"), ("confirmed", "yes")];
        promise(&site.member(&town, place).await, &fields).await.leads_to(FEATURE);
    }
    let own = site.member(&town, 2).await;
    let page = call_of(&own, "180,00").await;
    own.see(&page).await.is(200);
    lead.see(&page).await.is(200).says("Confirmer la réception");
    site.member(&town, 0).await.see(&page).await.is(200);
    let steward = site.member(&town, 3).await;
    world.grant(&town, town.member(3).person, RoleKind::Steward).await;
    steward.see(&page).await.is(404);
    steward.see("/c/chatons/calls").await.is(200).says_not(&format!("{page}\""));
}

/// An organisation that leaves still owes what it was called for: it is told before, sees it after, and says that it paid.
async fn a_call_outlives_a_departure(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Direct).await;
    let payer = site.member(&town, 2).await;
    let page = call_of(&payer, "200,00").await;
    let path = "/c/chatons/members/indiehosters/departure";
    let seen = payer.see(path).await.is(200).says("200,00").says("elle les doit encore après son départ");
    // No decision was ever written down: none is asked of whoever leaves, except for a refund.
    seen.says("ne demande aucune décision du collectif").says_not("name=\"decision\"");
    site.member(&town, 0).await.submit(path, &[("own", "pool_common")]).await.is(422);
    payer.submit(path, &[("own", "pool_common")]).await.is(200).says("Cela ne se reprend plus");
    let meant = [("own", "pool_common"), ("confirmed", "yes")];
    payer.submit(path, &meant).await.leads_to("/c/chatons/members/indiehosters");
    payer.see(&page).await.is(200).says("200,00\u{202f}€ à régler");
    payer.see("/c/chatons/calls").await.is(403);
    act(&payer, &page, "paid", &[]).await.leads_to(&page);
    let seen = site.member(&town, 1).await.see(&page).await.is(200).says("a dit avoir payé");
    seen.says("Confirmer la réception");
    site.anybody().see("/c/chatons/decisions").await.is(200).says("IndieHosters quitte le collectif");
}

testkit::on_both![
    a_call_of_whoever_hides_is_not_for_stewards,
    a_call_outlives_a_departure,
    an_order_line_goes_from_asked_to_received,
    a_call_is_paid_to_the_host_with_its_reference,
    what_is_not_paid_may_be_covered,
    calls_are_for_members,
];
