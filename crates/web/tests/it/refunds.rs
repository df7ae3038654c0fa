//! What is owed to an organisation that left, as treasurers, its own people and the public meet it.

use domain::actor::RoleKind;
use domain::rules::{AmountsSeen, RefundPolicy, Template};
use testkit::{Grown, World};

use crate::browser::Site;
use crate::money::{everybody_pays, payment};
use crate::rounds::{ROUND, feature};

const PAGE: &str = "/c/chatons/members/arn/refund";

/// ARN left by a decision that pays it back 100 €; a second member is treasurer too.
async fn owing(world: &World) -> Grown {
    let mut rules = Template::Informal.rules();
    rules.refunds = RefundPolicy::ByDecision;
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = Site::of(world);
    let admin = site.member(&town, 0).await;
    everybody_pays(&admin, &town, "100").await;
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    let second = site.member(&town, 2).await;
    let said = [
        ("title", "Départ d’ARN"),
        ("outcome", "On rembourse."),
        ("decided_on", "2025-03-03"),
        ("departs", "arn"),
    ];
    second.submit("/c/chatons/decisions/new", &said).await.is(303);
    let path = "/c/chatons/members/arn/departure";
    let form = admin.see(path).await.is(200);
    let decision = form.text.split("<option value=\"").filter_map(|rest| rest.split_once('"'));
    let decision = decision.map(|(id, _)| id).find(|id| id.len() == 36).expect("a decision").to_owned();
    let how = [("own", "refund_due"), ("decision", decision.as_str()), ("confirmed", "yes")];
    admin.submit(path, &how).await.leads_to("/c/chatons/members/arn");
    world.post().await;
    town
}

async fn a_refund_is_prepared_authorised_and_transferred(world: World) {
    let town = owing(&world).await;
    let site = Site::of(&world);
    let (first, second) = (site.member(&town, 0).await, site.member(&town, 2).await);
    site.anybody().see("/c/chatons/members/arn").await.is(200).says("À rembourser").says_not(PAGE);
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200);
    accounts
        .says("À rembourser aux structures qui ont quitté le collectif")
        .says("100,00")
        .says_not("Facturé et accepté");
    site.anybody().see(PAGE).await.is(401);
    first.see("/c/chatons/accounts").await.is(200).says(PAGE);
    first.see("/me").await.is(200).says("à préparer");
    first
        .see(PAGE)
        .await
        .is(200)
        .says("100,00")
        .says("L’ont représentée en dernier\u{202f}: Personne de ARN");
    let wrong = first.submit(PAGE, &[("payee", "ARN"), ("iban", "FR76")]).await;
    wrong.is(422).says("id=\"f-iban-error\"");
    let to = [("payee", "ARN"), ("iban", "FR76 3000 6000 0112 3456 7890 189"), ("key", "k1")];
    let refund = "/c/chatons/refunds/1";
    first.submit(PAGE, &to).await.leads_to(refund);
    first.submit(PAGE, &to).await.leads_to(refund);
    first.see(PAGE).await.is(200).says("est préparé").says(refund).says_not("f-iban");
    first.see(refund).await.is(200).says("Vous l’avez préparé").says("FR76 3000");
    first.submit("/c/chatons/refunds/1/authorise", &[]).await.is(422).says("une autre personne l’autorise");
    site.anybody().see(refund).await.is(401);
    second.see("/c/chatons").await.is(200).says("à autoriser");
    let form = second.see(refund).await.is(200).says("Autoriser le remboursement");
    let key = form.hidden("key");
    second.submit("/c/chatons/refunds/1/authorise", &[("key", &key)]).await.leads_to(refund);
    let listed = first.see("/c/chatons/payments").await.is(200);
    listed.says("Remboursement n° 1").says("100,00").says("Remboursement 1 ");
    first.submit("/c/chatons/refunds/1/pay", &[("paid_on", "2025-04-01")]).await.is(422).says("f-paid_on");
    let paid = [("paid_on", "2025-03-03"), ("reference", "VIR 9")];
    first.submit("/c/chatons/refunds/1/pay", &paid).await.leads_to(refund);
    first.see(refund).await.is(200).says("Virement parti le 3 mars 2025").says("Vu sur le relevé");
    let seen = [("settled_on", "2025-03-03"), ("reference", "VIR 9")];
    first.submit("/c/chatons/refunds/1/settle", &seen).await.leads_to(refund);
    site.anybody().see("/c/chatons/members/arn").await.is(200).says_not("À rembourser");
    site.anybody().see("/c/chatons/activity").await.is(200).says("ARN est remboursée");
    let statement = first.see("/c/chatons/members/arn/statement").await.is(200);
    let statement = statement.says("−100,00").says("Départ").says("Remboursement n° 1");
    statement
        .says("data-label=\"Remboursé\">100,00\u{202f}€")
        .says("data-label=\"Autre somme à rembourser\">100,00\u{202f}€")
        .says("data-label=\"Versé\">100,00\u{202f}€")
        .says_not("data-label=\"Versé\">−");
    let year = first.see("/c/chatons/members/arn/year/2025").await.is(200);
    year.says("La structure a versé 100,00\u{202f}€, et 100,00\u{202f}€ lui ont été remboursés.")
        .says("Remboursement n° 1")
        .says("<tfoot>");
    // The file has the columns of the page, each sum in the one that it has there.
    let heads = "Versé;Part reçue;Posé;Revenu;Non utilisé;Part à rembourser;Autre somme à rembourser;Remboursé;\
        Rendu ailleurs\n";
    let moves = [
        ";Versement;;100;;;;;;;;\n",
        ";Départ d’une structure;;;;;;;;100;;\n",
        ";Remboursement n° 1;;;;;;;;;100;\n",
    ];
    for path in ["/c/chatons/members/arn/statement.csv", "/c/chatons/members/arn/year/2025.csv"] {
        let file = first.see(path).await.is(200).says(heads);
        moves.iter().fold(file, |file, line| file.says(line));
    }
    let owed = first.see("/c/chatons/members/arn/year/2025.csv").await.is(200);
    owed.says("Autre somme à rembourser;100\n").says("Remboursé;-100\nÀ rembourser au 3 mars 2025;0\n");
    let bounced = [("bounced_on", "2025-03-03"), ("bounce_reason", "Compte fermé")];
    first.submit("/c/chatons/refunds/1/bounce", &bounced).await.leads_to(refund);
    first.see(refund).await.is(200).says("Virement revenu").says("J’ai fait le virement");
    let why = [("withdraw_reason", "Autre compte")];
    first.submit("/c/chatons/refunds/1/withdraw", &why).await.leads_to(refund);
    second.see(PAGE).await.is(200).says("Préparer le remboursement").says("retiré");
}

async fn what_left_with_an_organisation_is_said_and_its_people_read_what_it_did(world: World) {
    let mut rules = Template::Informal.rules();
    rules.amounts = AmountsSeen::Members;
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = Site::of(&world);
    let (admin, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&admin, &town, "100").await;
    let mut fields = feature("Salon", "3000", "f1");
    fields.extend([("place", "outside"), ("closing_on", "2025-04-30")]);
    one.submit("/c/chatons/features/new", &fields).await.leads_to("/c/chatons/features/1");
    let subscription = "/c/chatons/members/arn/subscription";
    let declared = [
        ("basis", "amount"),
        ("amount", "120"),
        ("period", "year"),
        ("starts_on", "2025-06-01"),
        ("ends_on", ""),
        ("key", "k1"),
    ];
    one.submit(subscription, &declared).await.leads_to(subscription);
    one.see(subscription).await.is(200).says("Prochain appel");
    one.see("/me").await.is(200).says("Sa page dans «\u{202f}CHATONS\u{202f}»");
    let leave = [("own", "pool_common"), ("confirmed", "yes")];
    let asked = one.submit("/c/chatons/members/arn/departure", &leave[..1]).await.is(200);
    asked.says("Sa cotisation s’arrête le jour même");
    one.submit("/c/chatons/members/arn/departure", &leave).await.leads_to("/c/chatons/members/arn");
    let told = world.post().await;
    assert!(told.iter().any(|mail| mail.text.contains("Sa cotisation est terminée")), "{told:?}");
    admin.see(subscription).await.is(200).says_not("Prochain appel");
    let statement = "/c/chatons/members/arn/statement";
    let home = one.see("/me").await.is(200);
    home.says(&format!("href=\"{statement}\">Son relevé dans"))
        .says("quitté le 3 mars 2025")
        .says("n’est plus dans aucun collectif")
        .says_not("Vous agissez pour");
    // Amounts of members move for others by quarters of an hour.
    world.wait(jiff::SignedDuration::from_hours(1));
    one.see(statement).await.is(200).says("100,00");
    one.see("/c/chatons/members/girofle/statement").await.is(403);
    site.anybody().see(statement).await.is(401);
    let page = admin.see("/c/chatons/features/1").await.is(200);
    page.says("personne pour l’instant\u{202f}; ARN l’a menée jusqu’au 2 mars 2025 inclus")
        .says("href=\"/c/chatons/features/1/lead\"");
    let page = site.anybody().see("/c/chatons/features/1").await.is(200).says("personne pour l’instant");
    page.says("Une personne référente la propose").says_not("features/1/lead");
    site.anybody()
        .see("/c/chatons/features")
        .await
        .is(200)
        .says("personne ne la mène pour l’instant (avant\u{202f}: ARN)")
        .says_not("menée par ARN");
}

/// Whoever speaks for an organisation reads what they give up before they leave by their own word, and what stayed after.
async fn leaving_by_ones_own_word_says_what_is_given_up(world: World) {
    let mut rules = Template::Informal.rules();
    rules.refunds = RefundPolicy::ByDecision;
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = Site::of(&world);
    let (admin, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&admin, &town, "100").await;
    let path = "/c/chatons/members/arn/departure";
    one.see(path).await.is(200).says("vous ne pouvez pas l’inscrire pour elle").says_not("refund_due");
    let leave = [("own", "pool_common"), ("confirmed", "yes")];
    let asked = one.submit(path, &leave[..1]).await.is(200);
    asked.says("elle ne pourra plus en être remboursée");
    one.submit(path, &leave).await.leads_to("/c/chatons/members/arn");
    let after = admin.see(PAGE).await.is(200).says("son départ n’a décidé aucun remboursement");
    after.says("100,00\u{202f}€ de ses propres versements restent dans le pot");
}

/// A right of return is no word of Popote's: what sharing does to it is said before, and what is left of it at a departure.
async fn a_right_of_return_is_told_what_becomes_of_it(world: World) {
    let mut rules = Template::Informal.rules();
    rules.refunds = RefundPolicy::Never;
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = Site::of(&world);
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let new = "/c/chatons/contributions/new";
    treasurer.see(new).await.is(200).says("ce qui est allé aux autres ne revient plus");
    let organisation = town.member(1).organisation.to_string();
    let mut paid = payment(&organisation, "800", "k1");
    paid.retain(|(field, _)| *field != "nature");
    paid.push(("nature", "returnable"));
    treasurer.submit(new, &paid).await.is(303);
    let told = world.post().await;
    assert!(told.iter().any(|mail| mail.text.contains("apport avec droit de reprise")), "{told:?}");
    treasurer.submit("/c/chatons/rounds/new", &ROUND).await.is(303);
    let share = "/c/chatons/rounds/1/distribution";
    let preview =
        treasurer.see(share).await.is(200).says("ARN a apporté 800,00\u{202f}€ avec droit de reprise");
    let (digest, key) = (preview.hidden("digest"), preview.hidden("key"));
    treasurer.submit(share, &[("step", "confirm"), ("digest", &digest), ("key", &key)]).await.is(303);
    // The next distribution has none of it.
    let mut tx = world.read().await;
    assert!(store::receipts::returnable_unshared(&mut tx, town.pot).await.unwrap().is_empty());
    assert_eq!(store::receipts::returnable(&mut tx, town.pot).await.unwrap().len(), 1);
    drop(tx);
    let page = one.see("/c/chatons/members/arn/departure").await.is(200);
    page.says("800,00\u{202f}€ ont été apportés avec droit de reprise")
        .says("rien n’est remboursé à une structure qui part")
        .says("href=\"/c/chatons/rules\"");
}

testkit::on_both![
    a_right_of_return_is_told_what_becomes_of_it,
    leaving_by_ones_own_word_says_what_is_given_up,
    a_refund_is_prepared_authorised_and_transferred,
    what_left_with_an_organisation_is_said_and_its_people_read_what_it_did,
];
