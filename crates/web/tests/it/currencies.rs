//! Collectives whose money isn't the euro: amounts are read, shown and handed out in their own currency, with its decimals.

use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::{everybody_pays, payment};
use crate::rounds::{feature, open_and_share};

async fn francs_are_read_and_shown_as_francs(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    world
        .sql(|tx| {
            let sql = "UPDATE pot SET currency = 'CHF', exponent = 2";
            Box::pin(async move { store::execute(tx, sql, Vec::new()).await.map(drop) })
        })
        .await;
    let site = Site::of(&world);
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100,50").await;
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200).says("301,50\u{202f}CHF");
    accounts.says_not("€");
    open_and_share(&treasurer).await;
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let page = site.anybody().see("/c/chatons/features/1").await.is(200);
    page.says("Il manque 150\u{202f}CHF").says_not("€");
    let put = [("amount", "12 €"), ("seen", "0"), ("key", "a")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(422).says("value=\"12 €\"");
    let put = [("amount", "40,25 CHF"), ("seen", "0"), ("key", "b")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    let round = one.see("/c/chatons/rounds/1").await.is(200).says("60,25\u{202f}CHF").says("value=\"40,25\"");
    round.says_not("€");
    let english = site.anybody().in_english().see("/c/chatons/features/1").await.is(200);
    english.says("CHF\u{a0}109.75").says_not("€");
    let journal = site.anybody().see("/c/chatons/accounts/journal.csv").await.is(200);
    journal.says("CHF").says_not("EUR");
    let ledger = site.anybody().see("/c/chatons/accounts/journal.hledger").await.is(200);
    ledger.says("100.50 CHF").says_not("EUR");
    let api = site.anybody().see("/api/v1/collectives/chatons/rounds/1/features").await.is(200);
    api.says("\"15000\"").says("\"4025\"");
}

async fn yen_have_no_decimals(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    world
        .sql(|tx| {
            let sql = "UPDATE pot SET currency = 'JPY', exponent = 0";
            Box::pin(async move { store::execute(tx, sql, Vec::new()).await.map(drop) })
        })
        .await;
    let site = Site::of(&world);
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let organisation = town.member(0).organisation.to_string();
    let cents = payment(&organisation, "12,50", "k");
    treasurer.submit("/c/chatons/contributions/new", &cents).await.is(422).says("id=\"f-amount-error\"");
    everybody_pays(&treasurer, &town, "10 001").await;
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200).says("30\u{202f}003\u{202f}");
    accounts.says_not("30\u{202f}003,").says_not("€").says_not("300,03");
    open_and_share(&treasurer).await;
    one.submit("/c/chatons/features/new", &feature("Salon", "15000", "f1")).await.is(303);
    let put = [("amount", "4000"), ("seen", "0"), ("key", "b")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    let page = site.anybody().see("/c/chatons/features/1").await.is(200).says("11\u{202f}000\u{202f}");
    page.says_not("110,00").says_not("€");
    let round = one.see("/c/chatons/rounds/1").await.is(200).says("6\u{202f}001\u{202f}");
    round.says("value=\"4000\"").says("data-exponent=\"0\"");
    let statement = one.see("/c/chatons/members/arn/statement").await.is(200).says("10\u{202f}001\u{202f}");
    statement.says_not("100,01");
    let ledger = site.anybody().see("/c/chatons/accounts/journal.hledger").await.is(200);
    ledger.says("10001 JPY").says_not("100.01");
    let api = site.anybody().see("/api/v1/collectives/chatons/rounds/1/features").await.is(200);
    api.says("\"15000\"").says("\"4000\"");
}

testkit::on_both![francs_are_read_and_shown_as_francs, yen_have_no_decimals];
