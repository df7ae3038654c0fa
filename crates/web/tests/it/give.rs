//! The page of whoever wants to give: there only while the host takes gifts.

use domain::pot::FundMode;
use domain::rules::Template;
use testkit::World;

use crate::browser::Site;

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

testkit::on_both![anybody_gives_once_the_host_takes_gifts, nobody_gives_to_a_pot_that_holds_nothing];
