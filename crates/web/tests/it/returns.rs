//! What comes back, to whom, and how each page says it: to the organisation, to a fund of gifts, to the pot.

use domain::rules::Template;
use testkit::{Grown, World};

use crate::browser::{Site, Visitor};
use crate::money::everybody_pays;
use crate::rounds::{ROUND, feature, open_and_share};

/// A gift of that amount in a new fund.
async fn gift(treasurer: &Visitor<'_>, amount: &str) {
    let fields = [
        ("amount", amount),
        ("received_on", "2025-03-01"),
        ("nature", "gift"),
        ("name", "Dons de mars"),
        ("key", "gift"),
    ];
    treasurer.submit("/c/chatons/gifts/new", &fields).await.is(303);
}

/// The organisation has that much on feature 1.
async fn put(visitor: &Visitor<'_>, amount: &str) {
    let page = visitor.see("/c/chatons/features/1").await.is(200);
    let seen = page.hidden("seen");
    let key = format!("put-{amount}");
    let fields = [("amount", amount), ("seen", &*seen), ("key", &*key), ("confirmed", "yes")];
    visitor.submit("/c/chatons/features/1/allocation", &fields).await.leads_to("/c/chatons/features/1");
}

/// Two members who paid 100 € each and have 29 € of gifts each; ARN put all on feature 1, Yaal Coop the rest.
async fn funded(world: &World, site: &Site) -> Grown {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (treasurer, arn) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    gift(&treasurer, "58").await;
    open_and_share(&treasurer).await;
    arn.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    put(&arn, "129").await;
    put(&treasurer, "21").await;
    town
}

async fn the_statement_has_each_figure_in_its_place(world: World) {
    let site = Site::of(&world);
    let town = funded(&world, &site).await;
    let page = site.member(&town, 0).await.see("/c/chatons/members/yaal-coop/statement").await.is(200);
    page.says("Il reste <strong>108,00\u{202f}€</strong> à répartir")
        .says("<strong>21,00\u{202f}€</strong> sont posés sur des fonctionnalités");
    let page = site.anybody().in_english().see("/c/chatons/members/arn/statement").await.is(200);
    page.says("<strong>€0.00</strong> are left to share out, and <strong>€129.00</strong> lie on features")
        .says("€100.00 of its own contributions + €29.00 of gifts")
        .says_not("Reversal");
}

async fn a_gift_goes_back_to_its_fund_and_every_page_says_so(world: World) {
    let site = Site::of(&world);
    let town = funded(&world, &site).await;
    let steward = site.member(&town, 0).await;
    world.post().await;
    let here = "/c/chatons/features/1";
    let cancel = "/c/chatons/features/1/cancellation";
    let page = steward.see(cancel).await.is(200).says("Ne rien changer");
    page.says("121,00\u{202f}€ reviendront aux structures").says("29,00\u{202f}€ viennent de dons");
    let fields = [("ending", "abandoned"), ("reason", "Plus le temps.")];
    steward.submit(cancel, &fields).await.leads_to(here);
    let mails = world.post().await;
    let to_arn = mails.iter().find(|mail| mail.to.address() == "personne@arn.example").unwrap();
    for part in ["100,00\u{202f}€ mis par ARN sont de retour", "29,00\u{202f}€ mis par ARN venaient de dons"]
    {
        assert!(to_arn.text.contains(part), "{part:?} is not in {}", to_arn.text);
    }
    let statement = site.anybody().see("/c/chatons/members/arn/statement").await.is(200);
    let statement =
        statement.says("Il reste <strong>100,00\u{202f}€</strong>").says("rendus au fonds de ces dons");
    statement.says("data-label=\"Revenu\">100,00\u{202f}€").says_not("data-label=\"Revenu\">129,00");
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200);
    accounts.says("dont 29,00\u{202f}€ rendus au fonds de dons").says("fonds «\u{202f}Dons de mars\u{202f}»");
    let page = site.anybody().see(here).await.is(200).says("2 structures y avaient mis une part");
    page.says_not("Aucune structure n’a encore mis");
    site.anybody().in_english().see(here).await.says("2 organisations had put a share here");
}

async fn what_lapses_is_in_its_column(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let (treasurer, arn) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    let mut round = ROUND.to_vec();
    round.push(("unspent", "lapse"));
    treasurer.submit("/c/chatons/rounds/new", &round).await.is(303);
    let path = "/c/chatons/rounds/1/distribution";
    let preview = treasurer.see(path).await.is(200);
    let (digest, key) = (preview.hidden("digest"), preview.hidden("key"));
    treasurer.submit(path, &[("step", "confirm"), ("digest", &digest), ("key", &key)]).await.is(303);
    arn.submit("/c/chatons/features/new", &feature("Salon", "500", "f1")).await.is(303);
    put(&arn, "40").await;
    // What this round does with it is said before, and after.
    let before = arn.see("/c/chatons/features/1").await.is(200);
    before.says("au pot commun").says("c’est la règle de ce tour");
    world.post().await;
    world.wait_until("2025-04-01T08:00:00+02:00");
    let told = world.post().await;
    let told = told.iter().find(|mail| mail.text.contains("en tout, ce qui est revenu compris"));
    let told = told.expect("a mail about the end of the round");
    assert!(!told.text.contains("sont revenus dans la part"), "{}", told.text);
    let report = arn.see("/c/chatons/rounds/1").await.is(200);
    report.says("ils sont de nouveau au pot").says_not("sont revenus aux structures");
    let page = arn.see("/c/chatons/members/arn/statement").await.is(200);
    let page =
        page.says("Il reste <strong>0,00\u{202f}€</strong>").says("data-label=\"Posé\">40,00\u{202f}€");
    page.says("data-label=\"Revenu\">40,00\u{202f}€").says("data-label=\"Non utilisé\">100,00\u{202f}€");
    let file = arn.see("/c/chatons/members/arn/statement.csv").await.is(200);
    let file = file
        .says("\u{feff}Date;Écriture;Période;Quoi;Fonctionnalité;Versé;Part reçue;Posé;Revenu;Non utilisé;");
    file.says("2025-03-03;4;Tour 1;Part posée;Salon;;;40;;;;;;\n").says(";;;;;100;;;;\n");
}

async fn a_feature_that_failed_was_not_delivered(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let (treasurer, arn) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    arn.submit("/c/chatons/features/new", &feature("Salon", "250", "f1")).await.is(303);
    put(&arn, "60").await;
    put(&treasurer, "30").await;
    world.wait_until("2025-04-01T08:00:00+02:00");
    world.post().await;
    let page = site.anybody().see("/c/chatons/features/1").await.is(200);
    let page = page.says("fait\u{202f}: </span>financement").says("2 structures y avaient mis une part");
    page.says("<li class=\"end\"><span class=\"unseen\">fin\u{202f}: </span>somme non réunie</li>")
        .says_not("</span>livrée");
}

async fn what_a_share_caused_is_told_after_it(world: World) {
    let site = Site::of(&world);
    funded(&world, &site).await;
    let page = site.anybody().see("/c/chatons/features/1").await.is(200);
    page.says_above("est financée", "Yaal Coop a mis 21");
}

async fn a_need_is_withdrawn_by_its_button(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let (one, two) = (site.member(&town, 1).await, site.member(&town, 2).await);
    let mut fields = feature("Salon", "250", "f1");
    fields.push(("place", "outside"));
    one.submit("/c/chatons/features/new", &fields).await.is(303);
    let here = "/c/chatons/features/1";
    let say = two.see(here).await.action("Nous en avons besoin aussi");
    two.submit(&say, &[("words", "Pour nos ateliers.")]).await.leads_to(here);
    let withdraw = two.see(here).await.action("Nous n’en avons plus besoin");
    two.submit(&withdraw, &[]).await.leads_to(here);
    two.see(here).await.says("Nous en avons besoin aussi").says_not("Pour nos ateliers.");
}

testkit::on_both![
    the_statement_has_each_figure_in_its_place,
    a_gift_goes_back_to_its_fund_and_every_page_says_so,
    what_lapses_is_in_its_column,
    a_feature_that_failed_was_not_delivered,
    what_a_share_caused_is_told_after_it,
    a_need_is_withdrawn_by_its_button,
];
