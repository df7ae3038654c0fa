//! The page of an entry: its label, its note, and proofs that come later, which never replace one another.

use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::payment;

const NEW: &str = "/c/chatons/contributions/new";
const ENTRY: &str = "/c/chatons/entries/1";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

async fn a_proof_comes_later_and_replaces_none(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let (treasurer, payer) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let organisation = town.member(1).organisation.to_string();
    treasurer.submit(NEW, &payment(&organisation, "120", "k")).await.is(303);
    let list = treasurer.see("/c/chatons/contributions").await.says("sans justificatif");
    assert_eq!(list.link("sans justificatif"), ENTRY);
    let page = treasurer.see(ENTRY).await.is(200).says("VIR YAAL").says("Aucun justificatif");
    let key = page.hidden("key");
    treasurer.submit(ENTRY, &[("key", &key)]).await.is(422).says("à remplir");
    let text = treasurer.upload(ENTRY, &[("key", &key)], ("proof", "a.txt", b"bonjour")).await;
    text.is(422).says("Ce genre de fichier");
    for _ in 0..2 {
        treasurer.upload(ENTRY, &[("key", &key)], ("proof", "un.pdf", PDF)).await.leads_to(ENTRY);
    }
    let page = treasurer.see(ENTRY).await.is(200).says("un.pdf, ajouté le 3 mars 2025");
    assert_eq!(page.text.matches("un.pdf").count(), 1, "the second time was the same request");
    let first = page.link("un.pdf, ajouté le 3 mars 2025 à 10\u{202f}h\u{202f}00");
    let again = treasurer.upload(ENTRY, &[("key", "b")], ("proof", "autre.pdf", PDF)).await;
    again.is(422).says("déjà parmi les justificatifs");
    treasurer.upload(ENTRY, &[("key", "c")], ("proof", "deux.pdf", b"%PDF-1.4\n%%EOF")).await.leads_to(ENTRY);
    treasurer.see(ENTRY).await.says("un.pdf").says("deux.pdf");
    treasurer.see("/c/chatons/contributions").await.says("2 justificatifs");
    // The payer reads both and adds none; nobody else learns of them.
    payer.see(&first).await.is(200);
    let statement = payer.see("/c/chatons/members/arn/statement").await.is(200);
    assert_eq!(statement.text.matches("le justificatif</a>").count(), 2);
    payer.see(ENTRY).await.is(403);
    payer.upload(ENTRY, &[("key", "d")], ("proof", "trois.pdf", PDF)).await.is(403);
    site.anybody().see(&first).await.is(404);
    treasurer.see("/c/chatons/entries/9").await.is(404);
    site.anybody().see("/c/chatons/activity").await.says_not("justificatif");
}

async fn the_note_of_a_correction_is_read_by_treasurers(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    treasurer.submit(NEW, &payment(&organisation, "120", "k")).await.is(303);
    let undo = format!("{ENTRY}/reverse");
    let reason = [("reason", "wrong_amount"), ("note", "Vu avec ARN au téléphone."), ("key", "r")];
    treasurer.submit(&undo, &reason).await.leads_to(&undo);
    let page = treasurer.see(ENTRY).await.is(200).says("par l’écriture 2\u{202f}: montant faux");
    page.says("Vu avec ARN au téléphone.").says_not("Annuler cette écriture");
    site.anybody().see("/c/chatons/accounts").await.says_not("au téléphone");
}

async fn a_gift_has_its_page_and_says_who_sees_its_proof(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let form = treasurer.see("/c/chatons/gifts/new").await.is(200).says("Seule la trésorerie le voit");
    form.says_not("la structure qui a payé");
    let gift = [
        ("amount", "50"),
        ("nature", "gift"),
        ("received_on", "2025-03-03"),
        ("name", "Dons de mars"),
        ("giver", "Camille"),
        ("reference", "DON CAMILLE"),
        ("key", "gift"),
    ];
    treasurer.submit("/c/chatons/gifts/new", &gift).await.is(303);
    let page = treasurer.see(ENTRY).await.is(200).says("DON CAMILLE").says("Donné par Camille");
    page.says("Seule la trésorerie le voit");
    treasurer.upload(ENTRY, &[("key", "a")], ("proof", "don.pdf", PDF)).await.leads_to(ENTRY);
    treasurer.see(ENTRY).await.says("don.pdf");
}

async fn a_form_shown_again_says_what_it_lost_and_all_that_is_wrong(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    let again = "choisissez-le de nouveau";
    treasurer.see(NEW).await.is(200).says_not(again);
    let mut fields = payment(&organisation, "beaucoup", "k");
    fields.retain(|(name, _)| *name != "received_on");
    fields.push(("received_on", "2025-03-09"));
    treasurer.submit(NEW, &fields).await.is(422).says_not(again);
    let page = treasurer.upload(NEW, &fields, ("proof", "preuve.pdf", PDF)).await.is(422);
    page.says(again).says("id=\"f-amount-error\"").says("n’est pas encore là");
    let gift = [("amount", "x"), ("nature", "gift"), ("received_on", "2025-03-09"), ("name", "Dons")];
    let page = treasurer.upload("/c/chatons/gifts/new", &gift, ("proof", "preuve.pdf", PDF)).await.is(422);
    page.says(again).says("id=\"f-amount-error\"").says("n’est pas encore là");
}

testkit::on_both![
    a_proof_comes_later_and_replaces_none,
    the_note_of_a_correction_is_read_by_treasurers,
    a_gift_has_its_page_and_says_who_sees_its_proof,
    a_form_shown_again_says_what_it_lost_and_all_that_is_wrong,
];
