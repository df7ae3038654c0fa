//! Subscriptions, as the organisation and the treasurer see them.

use domain::pot::FundMode;
use domain::rules::Template;
use testkit::World;

use crate::browser::Site;

const OWN: &str = "/c/chatons/members/arn/subscription";
const ALL: &str = "/c/chatons/subscriptions";

async fn one_subscribes_is_called_pays_and_stops(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let (treasurer, payer, other) =
        (site.member(&town, 0).await, site.member(&town, 1).await, site.member(&town, 2).await);
    site.anybody().see(OWN).await.says("Connectez-vous d’abord");
    other.see(OWN).await.is(403);
    payer.see(ALL).await.is(403);
    treasurer.see(ALL).await.is(200).says("Aucune cotisation n’est convenue");
    let member = payer.see("/c/chatons/members/arn").await.is(200);
    assert_eq!(member.link("Cotisation"), OWN);
    let seen = payer.see(OWN).await.is(200).says("Aucune cotisation n’est en cours");
    seen.says("Déclarer une cotisation").says_not("name=\"reason\"");
    let all = [
        ("basis", "turnover"),
        ("rate", "0,3"),
        ("turnover", "40 000"),
        ("amount", ""),
        ("period", "month"),
        ("starts_on", "2025-03-03"),
        ("ends_on", ""),
        ("key", "k1"),
    ];
    for (field, value, sentence) in [
        ("rate", "beaucoup", "id=\"f-rate-error\""),
        ("rate", "0", "plus grand que zéro"),
        ("turnover", "", "id=\"f-turnover-error\""),
        ("starts_on", "2020-01-01", "id=\"f-starts_on-error\""),
        ("ends_on", "2025-01-01", "id=\"f-ends_on-error\""),
    ] {
        let fields: Vec<(&str, &str)> =
            all.iter().map(|(name, old)| (*name, if *name == field { value } else { *old })).collect();
        payer.submit(OWN, &fields).await.is(422).says(sentence);
    }
    other.submit(OWN, &all).await.is(403);
    treasurer.submit(OWN, &all).await.is(422).says("id=\"f-reason-error\"");
    payer.submit(OWN, &all).await.leads_to(OWN);
    // What it comes to is shown to all who see it; the part of the turnover to its own people alone.
    payer.see(OWN).await.says("120,00\u{202f}€ par an, en douze fois").says("0,3\u{202f}%");
    treasurer.see(OWN).await.says("120,00\u{202f}€ par an").says_not("0,3\u{202f}%").says_not("40 000");
    world.post().await;
    let host = [("host_name", "Yaal Coop"), ("iban", "FR76 3000 6000 0112 3456 7890 189")];
    treasurer.submit("/c/chatons/about", &host).await.is(303);
    let call = payer.see(OWN).await.link("du 3 mars au 2 avril 2025");
    assert_eq!(call, format!("{ALL}/1"));
    other.see(&call).await.is(404);
    let seen = payer.see(&call).await.is(200).says("10,00\u{202f}€ à régler").says("<svg class=\"qr\"");
    let seen = seen.says("celle de cet appel");
    seen.says("FR76 3000 6000 0112 3456 7890 189").says_not("Enregistrer son versement");
    payer.see("/c/chatons").await.says("Régler la cotisation (ARN)\u{202f}: 10");
    payer.see("/c/chatons/members/arn/statement").await.says("10,00\u{202f}€ à régler.");
    // The treasurer's form is filled with what the call says.
    let record = treasurer.see(&call).await.link("Enregistrer son versement").replace("&#38;", "&");
    treasurer.see(&record).await.is(200).says("value=\"10\"").says("value=\"RF");
    let organisation = town.member(1).organisation.to_string();
    let paid = [
        ("organisation", &*organisation),
        ("amount", "4"),
        ("nature", "subscription"),
        ("received_on", "2025-03-03"),
        ("key", "p1"),
    ];
    treasurer.submit("/c/chatons/contributions/new", &paid).await.is(303);
    payer.see(&call).await.says("réglée en partie").says("6,00\u{202f}€ à régler");
    world.wait_until("2025-04-10T09:00:00+02:00");
    world.post().await;
    let treasurer = site.member(&town, 0).await;
    let payer = site.member(&town, 1).await;
    treasurer.see("/c/chatons").await.says("Une cotisation en retard\u{202f}: 6");
    treasurer.see(ALL).await.says("16,00\u{202f}€").says("6,00\u{202f}€").says("3 mai 2025");
    payer.see(&call).await.says("6,00\u{202f}€ ne sont pas réglés");
    payer.submit(&format!("{call}/give-up"), &[("reason", "x")]).await.is(403);
    treasurer.submit(&format!("{call}/give-up"), &[("reason", "")]).await.is(422);
    treasurer.submit(&format!("{call}/give-up"), &[("reason", "difficile")]).await.leads_to(&call);
    payer.see(&call).await.says("N’est plus demandé\u{202f}: difficile");
    let id = payer.see(OWN).await.hidden("subscription");
    let changed = [("basis", "amount"), ("amount", "7,50"), ("subscription", &*id)];
    payer.submit(&format!("{OWN}/change"), &changed).await.leads_to(OWN);
    payer.see(OWN).await.says("7,50\u{202f}€ par mois").says("Prochain appel le 3 mai 2025");
    payer.submit(&format!("{OWN}/stop"), &[("subscription", &*id)]).await.leads_to(OWN);
    payer.see(OWN).await.says("plus rien ne sera demandé à partir du 3 mai 2025");
    payer.submit(&format!("{OWN}/resume"), &[("subscription", &*id)]).await.leads_to(OWN);
    let again = [("subscription", &*id), ("again", "later")];
    payer.submit(&format!("{OWN}/resume"), &again).await.is(422).says("n’est pas arrêtée");
    payer.submit(&format!("{OWN}/other"), &[("subscription", &*id)]).await.is(404);
}

async fn where_one_promises_nobody_subscribes(world: World) {
    let town = world.collective_with(FundMode::Pledge, Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let payer = site.member(&town, 1).await;
    payer.see("/c/chatons/members/arn").await.says_not("members/arn/subscription");
    payer.see(OWN).await.is(200).says("on ne cotise pas").says_not("Déclarer une cotisation");
    let fields = [("basis", "amount"), ("amount", "5"), ("period", "month"), ("starts_on", "2025-03-03")];
    payer.submit(OWN, &fields).await.is(422).says("on ne cotise pas");
    site.member(&town, 0).await.see(ALL).await.is(200).says("on ne cotise pas");
}

testkit::on_both![one_subscribes_is_called_pays_and_stops, where_one_promises_nobody_subscribes];
