//! The page of whoever wants to give: there only while the host takes gifts.

use domain::actor::RoleKind;
use domain::pot::FundMode;
use domain::rules::{Rules, Template};
use domain::shares::GiftSharing;
use testkit::World;

use crate::browser::Site;
use crate::rounds::{ROUND, feature};

const GIVE: &str = "/c/chatons/give";
const HOST: &str = "/c/chatons/about";

/// What the host says of itself, with this beside it.
fn card<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("host_name", "Framasoft"), ("address", ""), ("signatory", ""), ("fee_rate", "")], more].concat()
}

async fn anybody_gives_once_the_host_takes_gifts(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let (admin, anybody) = (site.member(&town, 0).await, site.anybody());
    anybody.see(GIVE).await.is(404);
    anybody.see("/c/chatons").await.says_not("Donner au pot commun");
    let nowhere = card(&[("gifts_open", "yes")]);
    admin
        .submit(HOST, &nowhere)
        .await
        .is(422)
        .says("f-iban-error")
        .says("name=\"gifts_open\" value=\"yes\" checked");
    let odd = card(&[("gifts_open", "yes"), ("give_link", "javascript:alert(1)")]);
    admin.submit(HOST, &odd).await.is(422).says("f-give_link-error");
    let iban = ("iban", "FR76 3000 6000 0112 3456 7890 189");
    site.member(&town, 1).await.submit(HOST, &card(&[iban, ("gifts_open", "yes")])).await.is(403);
    admin.submit(HOST, &card(&[iban, ("gifts_open", "yes")])).await.leads_to("/c/chatons/about");
    anybody.see("/c/chatons").await.says("Donner au pot commun").says("href=\"/c/chatons/give\"");
    let page =
        anybody.see(GIVE).await.is(200).says("FR76 3000 6000 0112 3456 7890 189").says("<svg class=\"qr\"");
    let page = page
        .says("Don pot commun chatons")
        .says("Pas de reçu fiscal")
        .says("n’appartient à aucune structure");
    page.says_not("20,00");
    anybody.see("/c/chatons/give?amount=20").await.is(200).says("20,00\u{202f}€").says("value=\"20\"");
    for wrong in ["-5", "1.234", "0", "9e99", "99999999999999999999"] {
        let page = anybody.see(&format!("/c/chatons/give?amount={wrong}")).await.is(200);
        page.says("f-amount-error").says("<svg class=\"qr\"").says(&format!("value=\"{wrong}\""));
    }
    let link = ("give_link", "https://www.helloasso.com/associations/framasoft");
    let both = card(&[link, ("gifts_open", "yes"), ("tax_receipts", "yes")]);
    admin.submit(HOST, &both).await.leads_to("/c/chatons/about");
    // Strangers' money would go elsewhere: another person sees it first, or two days pass.
    let page = anybody.see(GIVE).await.is(200).says("Une autre page de dons est annoncée à partir du");
    page.says_not("www.helloasso.com");
    admin.see(HOST).await.is(200).says("Nouvelle page de dons en attente").says_not("Confirmer cette page");
    world.grant(&town, town.member(1).person, RoleKind::Steward).await;
    let (second, seen) = (site.member(&town, 1).await, ("seen", link.1));
    let form = second.see(HOST).await.is(200).says("Confirmer cette page").says("/c/chatons/about/link");
    assert_eq!(form.hidden("seen"), link.1);
    let answer = "/c/chatons/about/link";
    admin.submit(answer, &[seen, ("answer", "confirm")]).await.is(403);
    second.submit(answer, &[seen, ("answer", "confirm")]).await.leads_to(HOST);
    let page = anybody
        .see(GIVE)
        .await
        .is(200)
        .says("Donner sur www.helloasso.com")
        .says("rel=\"noopener noreferrer\"");
    page.says("délivrer un reçu fiscal").says_not("<svg class=\"qr\"").says_not("FR76");
    admin.submit(HOST, &card(&[iban])).await.leads_to("/c/chatons/about");
    anybody.see(GIVE).await.is(404);
}

async fn nobody_gives_to_a_pot_that_holds_nothing(world: World) {
    let town = world.collective_with(FundMode::Direct, Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let admin = site.member(&town, 0).await;
    let open = card(&[("iban", "FR76 3000 6000 0112 3456 7890 189"), ("gifts_open", "yes")]);
    admin.submit(HOST, &open).await;
    site.anybody().see(GIVE).await.is(404);
    site.anybody().see("/c/chatons").await.says_not("Donner au pot commun");
}

async fn a_wish_is_shown_to_members_where_gifts_are_shared(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (treasurer, member, anybody) =
        (site.member(&town, 0).await, site.member(&town, 1).await, site.anybody());
    let form = treasurer.see("/c/chatons/gifts/new").await.is(200).says("name=\"wish\"");
    let key = form.hidden("key");
    let gift = [
        ("key", &*key),
        ("amount", "20"),
        ("received_on", "2025-03-01"),
        ("fund", ""),
        ("name", "Dons"),
        ("nature", "gift"),
        ("wish", "Les traductions"),
    ];
    treasurer.submit("/c/chatons/gifts/new", &gift).await.leads_to("/c/chatons/contributions");
    treasurer.see("/c/chatons/contributions").await.is(200).says("Souhait").says("Les traductions");
    let mut round = ROUND.to_vec();
    round.retain(|(name, _)| *name != "gifts");
    round.push(("gifts", "wish"));
    treasurer.submit("/c/chatons/rounds/new", &round).await.leads_to("/c/chatons/rounds/1");
    let preview = treasurer.see("/c/chatons/rounds/1/distribution").await.is(200);
    preview.says("Ce que souhaitent les personnes qui donnent").says("Les traductions");
    member.see("/c/chatons/rounds/1").await.is(200).says("id=\"wishes\"").says("Les traductions");
    anybody.see("/c/chatons/rounds/1").await.is(200).says_not("Les traductions");
    let edit = treasurer.see("/c/chatons/rounds/1/edit").await.is(200);
    edit.says("name=\"gifts\" value=\"wish\" checked");
}

async fn gifts_are_put_by_decision_where_the_rules_say_so(world: World) {
    let site = Site::of(&world);
    let rules = Rules { gifts: GiftSharing::Decided, ..Template::Framed.into() };
    let town = world.collective(rules, &["Yaal Coop", "ARN"]).await;
    let (treasurer, member) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let path = "/c/chatons/gifts/put";
    treasurer.see(path).await.is(200).says("Aucun fonds de dons");
    member.see(path).await.is(403);
    let form = treasurer.see("/c/chatons/gifts/new").await.is(200);
    let key = form.hidden("key");
    let gift = [
        ("key", &*key),
        ("amount", "20"),
        ("received_on", "2025-03-01"),
        ("fund", ""),
        ("name", "Dons"),
        ("nature", "gift"),
        ("wish", "Les traductions"),
    ];
    treasurer.submit("/c/chatons/gifts/new", &gift).await.leads_to("/c/chatons/contributions");
    treasurer.see("/c/chatons/contributions").await.is(200).says(path);
    let page = treasurer.see(path).await.is(200);
    page.says("20,00").says("Les traductions");
    let nothing = [("key", "k"), ("amount", ""), ("fund", ""), ("feature", ""), ("decision", "")];
    treasurer.submit(path, &nothing).await.is(422).says("f-amount-error");
    treasurer.see("/c/chatons/rules").await.is(200).says("Les dons ne sont pas partagés");
}

/// They are told as gifts by a decision, and on no page as money of whoever leads the feature.
async fn gifts_put_by_decision_are_told_as_nobody_s(world: World) {
    let site = Site::of(&world);
    let rules = Rules { gifts: GiftSharing::Decided, ..Template::Informal.rules() };
    let town = world.collective(rules, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    world.wait(domain::people::WAITING);
    let (treasurer, lead) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let gift = [
        ("key", "g"),
        ("amount", "100"),
        ("received_on", "2025-03-01"),
        ("fund", ""),
        ("name", "Dons"),
        ("nature", "gift"),
        ("wish", ""),
    ];
    treasurer.submit("/c/chatons/gifts/new", &gift).await.leads_to("/c/chatons/contributions");
    treasurer.see("/c/chatons/accounts").await.is(200).says("en attente de la décision");
    let mut round = ROUND.to_vec();
    round.retain(|(name, _)| !["gifts", "opens_on"].contains(name));
    round.extend([("gifts", "decision"), ("opens_on", "2025-03-05")]);
    treasurer.submit("/c/chatons/rounds/new", &round).await.leads_to("/c/chatons/rounds/1");
    lead.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let decided = [("title", "Les dons au salon"), ("outcome", "Oui."), ("decided_on", "2025-03-05")];
    lead.submit("/c/chatons/decisions/new", &decided).await.is(303);
    let mut tx = world.read().await;
    let fund = store::gifts::of_pot(&mut tx, town.pot, 1).await.unwrap()[0].id.to_string();
    let salon = store::features::by_number(&mut tx, town.id, 1).await.unwrap().unwrap().id.to_string();
    let decision = store::decisions::by_number(&mut tx, town.id, 1).await.unwrap().unwrap().id.to_string();
    drop(tx);
    let path = "/c/chatons/gifts/put";
    let leads = treasurer.see("/c/chatons/decisions/1").await.is(200);
    leads.says(&format!("{path}?decision={decision}"));
    treasurer.see(&format!("{path}?decision={decision}")).await.is(200).says("Les dons au salon");
    let put = |key: &'static str, more: Option<(&'static str, &'static str)>| {
        let fields = [
            ("key", key),
            ("amount", "60"),
            ("fund", fund.as_str()),
            ("feature", salon.as_str()),
            ("decision", decision.as_str()),
        ];
        fields.into_iter().chain(more).collect::<Vec<_>>()
    };
    // What can't be taken back is asked for first, and moves nothing until then.
    let asked = treasurer.submit(path, &put("p", None)).await.is(200);
    let asked = asked.says("Cela ne se reprend plus").says("60,00\u{202f}€ de dons").says("la décision n°");
    assert_eq!(asked.hidden("confirmed"), "yes");
    site.anybody().see("/c/chatons/features/1").await.is(200).says_not("Dons, par");
    let meant = put("p", Some(("confirmed", "yes")));
    treasurer.submit(path, &meant).await.leads_to("/c/chatons/features/1");
    let page = site.anybody().see("/c/chatons/features/1").await.is(200);
    page.says("Dons, par la décision n° 1").says("Aucune structure n’a encore mis de part");
    let journal = site.anybody().see("/c/chatons/accounts").await.is(200);
    journal.says("Dons mis par décision").says("décision 1").says_not("Part posée");
    site.anybody().see("/c/chatons/decisions/1").await.is(200).says("60\u{202f}€ de dons du fonds");
    for paper in ["statement", "statement.csv", "year/2025", "year/2025.csv"] {
        let paper = format!("/c/chatons/members/arn/{paper}");
        lead.see(&paper).await.is(200).says_not("60,00");
    }
    // One that has served is not offered, and is refused with what it served.
    treasurer.see(path).await.is(200).says_not("Les dons au salon");
    let again = treasurer.submit(path, &put("again", Some(("confirmed", "yes")))).await.is(422);
    again.says("a déjà servi").says("f-decision-error");
}

async fn nobody_puts_gifts_that_are_shared_out(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    site.member(&town, 0).await.see("/c/chatons/gifts/put").await.is(404);
}

testkit::on_both![
    gifts_put_by_decision_are_told_as_nobody_s,
    gifts_are_put_by_decision_where_the_rules_say_so,
    nobody_puts_gifts_that_are_shared_out,
    a_wish_is_shown_to_members_where_gifts_are_shared,
    anybody_gives_once_the_host_takes_gifts,
    nobody_gives_to_a_pot_that_holds_nothing
];
