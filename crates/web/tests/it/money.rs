//! What comes in: payments, gifts, corrections, the statement of an organisation.

use domain::rules::Template;
use testkit::{Grown, World};

use crate::browser::{Site, Visitor};
use crate::rounds::{feature, shared};

/// The fields of a payment of a member.
pub(crate) fn payment<'f>(organisation: &'f str, amount: &'f str, key: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("organisation", organisation),
        ("amount", amount),
        ("nature", "subscription"),
        ("received_on", "2025-03-03"),
        ("reference", "VIR YAAL"),
        ("key", key),
    ]
}

/// Each member pays in the same.
pub(crate) async fn everybody_pays(treasurer: &Visitor<'_>, town: &Grown, amount: &str) {
    for (at, member) in town.members.iter().enumerate() {
        let (id, key) = (member.organisation.to_string(), format!("pays-{at}"));
        let path = format!("/c/{}/contributions/new", town.slug);
        treasurer.submit(&path, &payment(&id, amount, &key)).await.is(303);
    }
}

async fn a_treasurer_records_a_payment_once(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let path = "/c/chatons/contributions/new";
    let form =
        treasurer.see(path).await.is(200).says("Enregistrer un versement").says("value=\"2025-03-03\"");
    let (organisation, key) = (town.member(1).organisation.to_string(), form.hidden("key"));
    for _ in 0..2 {
        let sent = treasurer.submit(path, &payment(&organisation, "1 234,50 €", &key)).await;
        sent.leads_to("/c/chatons/contributions");
    }
    let list = treasurer.see("/c/chatons/contributions").await.is(200);
    let list = list.says("1\u{202f}234,50\u{202f}€").says("ARN").says("VIR YAAL");
    assert_eq!(list.text.matches("VIR YAAL").count(), 1, "the second time was the same request");
    let other = treasurer.submit(path, &payment(&organisation, "2", &key)).await;
    let other = other.is(409).says("Ce formulaire a déjà été envoyé").says("value=\"2\"");
    assert_eq!(other.link("Voir ce que le premier envoi a enregistré"), "/c/chatons/contributions");
    let fresh = other.hidden("key");
    assert_ne!(fresh, key, "a dead key would be refused for ever");
    treasurer.submit(path, &payment(&organisation, "2", &fresh)).await.leads_to("/c/chatons/contributions");
    site.anybody().see("/c/chatons/accounts").await.is(200).says("1\u{202f}234,50").says_not("VIR YAAL");
}

/// The page and the file keep to the same days, and no label becomes a formula.
async fn what_came_in_is_read_by_period_and_in_a_spreadsheet(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    let list = "/c/chatons/contributions";
    treasurer.see(list).await.is(200).says_not("f-from");
    let path = "/c/chatons/contributions/new";
    treasurer.submit(path, &payment(&organisation, "1234,50", "a")).await.is(303);
    let mut before = payment(&organisation, "70", "b");
    before.retain(|(name, _)| !matches!(*name, "received_on" | "reference" | "nature"));
    before.extend([("received_on", "2024-12-31"), ("reference", "=1+1"), ("nature", "earmarked")]);
    treasurer.submit(path, &before).await.is(303);
    let all = treasurer.see(list).await.is(200).says("1\u{202f}234,50").says("70,00");
    let file = treasurer.see(&all.link("Télécharger pour un tableur (CSV)")).await.is(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let file = file.says("2025-03-03;1;ARN;cotisation;1234,50;VIR YAAL;non;\n");
    file.says("2024-12-31;2;ARN;versement affecté;70;'=1+1;non;\n");
    let year = treasurer.see(&format!("{list}?year=2024")).await.is(200).says("70,00").says_not("234,50");
    let of_year = year.link("Télécharger pour un tableur (CSV)").replace("&#38;", "&").replace("&amp;", "&");
    assert_eq!(of_year, "/c/chatons/contributions.csv?from=2024-01-01&to=2024-12-31");
    treasurer.see(&of_year).await.is(200).says(";70;").says_not("1234,50");
    let without = treasurer.see(&format!("{list}?proof=none&from=01/01/2025")).await.is(200);
    without.says("234,50").says_not("70,00");
    treasurer.see(&format!("{list}?from=2026-01-01")).await.is(200).says("Rien n’est entré pendant");
    treasurer.see(&format!("{list}?from=hier")).await.is(200).says("f-from-error");
    treasurer.see("/c/chatons/contributions.csv?from=hier").await.is(404);
    site.member(&town, 1).await.see("/c/chatons/contributions.csv").await.is(403);
    site.anybody().see("/c/chatons/contributions.csv").await.is(401);
}

async fn payments_without_a_proof_are_listed_until_one_is_added(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let list = "/c/chatons/contributions";
    treasurer.see(list).await.is(200).says_not("proof=none");
    everybody_pays(&treasurer, &town, "100").await;
    let all = treasurer.see(list).await.is(200);
    let without = all.link("2 versements sans justificatif");
    assert_eq!(without, "/c/chatons/contributions?proof=none");
    let only = treasurer.see(&without).await.is(200).says("Ne sont montrés ici que les versements sans");
    only.says("ARN").says("Yaal Coop");
    world.wait(jiff::SignedDuration::from_hours(24 * 16));
    let mine = treasurer.see("/me").await.is(200);
    assert_eq!(mine.link("2 versements d’il y a plus de quinze jours sont sans justificatif"), without);
    let entry = treasurer.see("/c/chatons/entries/2").await.is(200);
    let key = entry.hidden("key");
    let file = ("proof", "releve.pdf", &b"%PDF-1.4 releve"[..]);
    treasurer.upload("/c/chatons/entries/2", &[("key", &key)], file).await.is(303);
    let only = treasurer.see(&without).await.is(200).says("Yaal Coop");
    only.says_not("/c/chatons/entries/2\"");
    treasurer.see(list).await.is(200).says("1 versement sans justificatif");
    site.member(&town, 1).await.see(&without).await.is(403);
}

async fn strangers_are_told_that_they_see_the_accounts_late(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Framed, &["Yaal Coop", "ARN"]).await;
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    let page = site.anybody().see("/c/chatons/accounts").await.is(200).says("Au dernier quart d’heure");
    page.says("Aucune écriture au dernier quart d’heure").says_not("Rien n’est encore entré");
    for path in ["/c/chatons", "/c/chatons/activity"] {
        let page = site.anybody().see(path).await.is(200);
        page.says("rien ne s’était encore passé").says_not("Rien ne s’est encore passé");
    }
    treasurer.see("/c/chatons/accounts").await.is(200).says_not("quart d’heure").says("200,00");
}

async fn a_form_that_moves_money_without_its_key_is_refused(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let path = "/c/chatons/contributions/new";
    let organisation = town.member(1).organisation.to_string();
    let refused = treasurer.submit(path, &payment(&organisation, "12,34", "")).await.is(422);
    let refused = refused.says("sans le numéro caché").says("value=\"12,34\"");
    treasurer.see("/c/chatons/contributions").await.is(200).says_not("12,34");
    let key = refused.hidden("key");
    treasurer.submit(path, &payment(&organisation, "12,34", &key)).await.is(303);
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let page = one.see("/c/chatons/rounds/1").await.is(200);
    let amount = page.fields("amount-").remove(0);
    let seen = amount.replace("amount-", "seen-");
    let put = [(amount.as_str(), "5"), (seen.as_str(), "0"), ("key", "")];
    one.submit("/c/chatons/rounds/1/allocations", &put).await.is(422).says("sans le numéro caché");
    let put = [("amount", "5"), ("seen", "0"), ("key", " ")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(422).says("sans le numéro caché");
    one.see("/c/chatons/features/1").await.is(200).says_not("5,00\u{202f}€ posés");
}

async fn what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let path = "/c/chatons/contributions/new";
    let organisation = town.member(1).organisation.to_string();
    for (field, value, sentence) in [
        ("amount", "1.234", "id=\"f-amount-error\""),
        ("amount", "-5", "id=\"f-amount-error\""),
        ("amount", "0", "plus grand que zéro"),
        ("amount", "12,345", "id=\"f-amount-error\""),
        ("amount", "99999999999999999999", "id=\"f-amount-error\""),
        ("amount", "12 $", "id=\"f-amount-error\""),
        ("organisation", "00000000-0000-0000-0000-000000000000", "Inconnu ici"),
        ("organisation", "", "à remplir"),
        ("received_on", "2025-03-04", "n’est pas encore là"),
        ("received_on", "31/02/2025", "Ce n’est pas une date"),
        ("nature", "gift", "Choisissez"),
    ] {
        let mut fields = payment(&organisation, "12,00", "k");
        fields.push((field, value));
        let page = treasurer.submit(path, &fields).await.is(422);
        let page = page.says(sentence).says("role=\"alert\"").says("value=\"VIR YAAL\"");
        assert_eq!(page.hidden("key"), "k", "the same form keeps its key");
    }
    let typed = treasurer.submit(path, &payment(&organisation, "<b>beaucoup</b>", "k")).await;
    typed.is(422).says("&#60;b&#62;beaucoup");
    let empty = treasurer.see("/c/chatons/contributions").await;
    empty.is(200).says("Rien n’est encore entré");
}

async fn only_treasurers_see_and_record_what_comes_in(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let member = site.member(&town, 1).await;
    let organisation = town.member(1).organisation.to_string();
    for path in ["/c/chatons/contributions", "/c/chatons/contributions/new", "/c/chatons/gifts/new"] {
        member.see(path).await.is(403);
        let stranger = site.anybody().see(path).await;
        assert!(stranger.status == 401 || stranger.status == 303, "{path}: {}", stranger.status);
    }
    let sent = member.submit("/c/chatons/contributions/new", &payment(&organisation, "5", "k")).await;
    sent.is(403);
    site.anybody().see("/c/nowhere/accounts").await.is(404);
}

async fn a_proof_is_for_the_treasury_and_the_payer(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let path = "/c/chatons/contributions/new";
    let organisation = town.member(1).organisation.to_string();
    let fields = payment(&organisation, "50", "k");
    let text = treasurer.upload(path, &fields, ("proof", "preuve.pdf", b"bonjour")).await;
    text.is(422).says("Ce genre de fichier");
    let heavy = treasurer.upload(path, &fields, ("proof", "preuve.pdf", &vec![b'%'; 6 << 20])).await;
    heavy.is(422).says("trop lourd\u{202f}: 5 Mo au plus").says("value=\"VIR YAAL\"");
    let pdf = treasurer.upload(path, &fields, ("proof", "../preuve.pdf", b"%PDF-1.7\n%%EOF")).await;
    pdf.leads_to("/c/chatons/contributions");
    let list = treasurer
        .see("/c/chatons/contributions")
        .await
        .is(200)
        .says("Justificatif<span class=\"unseen\"> de l’écriture");
    let (_, rest) = list.text.split_once("href=\"/files/").unwrap();
    let file = format!("/files/{}", rest.split('"').next().unwrap());
    let seen = treasurer.see(&file).await.is(200);
    assert_eq!(seen.header("x-content-type-options"), "nosniff");
    assert!(
        seen.header("content-disposition").starts_with("attachment"),
        "{}",
        seen.header("content-disposition")
    );
    assert!(seen.header("content-security-policy").contains("sandbox"));
    site.member(&town, 1).await.see(&file).await.is(200);
    let statement = "/c/chatons/members/arn/statement";
    site.member(&town, 1).await.see(statement).await.is(200).says(&file).says("le justificatif");
    site.member(&town, 2).await.see(statement).await.is(200).says_not("/files/");
    site.member(&town, 2).await.see(&file).await.is(404);
    site.anybody().see(&file).await.is(404);
}

async fn a_gift_makes_its_fund(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let path = "/c/chatons/gifts/new";
    let first = [
        ("amount", "800"),
        ("received_on", "2025-03-01"),
        ("nature", "gift"),
        ("name", "Dons de mars"),
        ("giver", "Jeanne"),
        ("key", "g1"),
    ];
    treasurer.submit(path, &first).await.leads_to("/c/chatons/contributions");
    treasurer.see(path).await.is(200).says("Dons de mars");
    let nameless = [("amount", "800"), ("received_on", "2025-03-01"), ("nature", "gift"), ("name", "")];
    treasurer.submit(path, &nameless).await.is(422).says("id=\"f-name-error\"");
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200);
    accounts.says("don").says("800,00").says_not("Jeanne");
    treasurer.see("/c/chatons/contributions").await.says("Donné par Jeanne (à ne pas publier)");
    let public = [
        ("amount", "50"),
        ("received_on", "2025-03-01"),
        ("nature", "gift"),
        ("name", "Dons d’avril"),
        ("giver", "Paul Martin"),
        ("giver_public", "yes"),
        ("conditions", "Pour l’accessibilité"),
        ("key", "g2"),
    ];
    treasurer.submit(path, &public).await.leads_to("/c/chatons/contributions");
    let list = treasurer.see("/c/chatons/contributions").await.is(200);
    list.says("Donné par Paul Martin, qui accepte").says("Conditions\u{202f}: Pour l’accessibilité");
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200);
    accounts.says("par Paul Martin").says_not("Jeanne").says_not("accessibilité");
}

async fn an_entry_is_reversed_once_with_a_listed_reason(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    let path = "/c/chatons/entries/1/reverse";
    let form =
        treasurer.see(path).await.is(200).says("Annuler l’écriture 1").says("(Yaal Coop)\u{202f}: 100,00");
    let key = form.hidden("key");
    treasurer.submit(path, &[("key", &key), ("reason", "decided")]).await.is(422).says("Choisissez");
    let sent = treasurer.submit(path, &[("key", &key), ("reason", "entered_twice")]).await;
    sent.leads_to(path);
    let done = treasurer.see(path).await.is(200).says("annulée par l’écriture 3").says("saisie deux fois");
    done.says_not("Enregistrer le bon").says_not("Pourquoi");
    let again = treasurer.submit(path, &[("key", "other"), ("reason", "entered_twice")]).await;
    again.is(422);
    treasurer.see("/c/chatons/contributions").await.says("annulée par l’écriture 3");
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200);
    accounts.says("annule l’écriture 1").says("saisie deux fois").says("−100,00");
    site.member(&town, 1).await.see(path).await.is(403);
    treasurer.see("/c/chatons/entries/3/reverse").await.is(404);
    treasurer.see("/c/chatons/entries/99/reverse").await.is(404);
}

async fn the_statement_says_what_was_paid_and_shared(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "250,50").await;
    let path = "/c/chatons/members/arn/statement";
    let page = site.anybody().see(path).await.is(200);
    page.says("Relevé\u{202f}: ARN").says("250,50").says("En attente du prochain partage");
    let file = site.anybody().in_english().see(&format!("{path}.csv")).await.is(200);
    assert!(file.header("content-type").starts_with("text/csv"));
    file.says("2025-03-03,2,,Contribution,,250.50");
    site.anybody().see("/c/chatons/members/nobody/statement").await.is(404);
}

async fn where_amounts_are_for_members_strangers_see_none(world: World) {
    let town = world.collective(Template::Framed, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    let sent = treasurer.submit("/c/chatons/contributions/new", &payment(&organisation, "4321", "k")).await;
    sent.is(303);
    everybody_pays(&treasurer, &town, "100").await;
    for page in ["/c/chatons/accounts", "/c/chatons/activity", "/c/chatons/feed.atom", "/c/chatons"] {
        site.anybody().see(page).await.is(200).says_not("4\u{202f}321");
    }
    site.member(&town, 1).await.see("/c/chatons/accounts").await.says("4\u{202f}321,00").says("ARN");
    let own = "/c/chatons/members/arn/statement";
    site.member(&town, 1).await.see(own).await.is(200).says("4\u{202f}421,00");
    let stranger = site.anybody().see(own).await;
    assert_ne!(stranger.status, 200);
}

testkit::on_both![
    a_treasurer_records_a_payment_once,
    what_came_in_is_read_by_period_and_in_a_spreadsheet,
    a_form_that_moves_money_without_its_key_is_refused,
    payments_without_a_proof_are_listed_until_one_is_added,
    strangers_are_told_that_they_see_the_accounts_late,
    what_is_wrong_is_said_beside_its_field_and_nothing_is_lost,
    only_treasurers_see_and_record_what_comes_in,
    a_proof_is_for_the_treasury_and_the_payer,
    a_gift_makes_its_fund,
    an_entry_is_reversed_once_with_a_listed_reason,
    the_statement_says_what_was_paid_and_shared,
    where_amounts_are_for_members_strangers_see_none,
];
