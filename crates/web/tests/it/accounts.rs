//! What everybody may read: the home, the pot at a glance, the accounts, their files, feed and deadlines.

use domain::pot::FundMode;
use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::{everybody_pays, payment};
use crate::rounds::{feature, open_and_share};

async fn empty_pages_say_what_to_do_next(world: World) {
    let site = Site::of(&world);
    site.anybody().see("/").await.is(200).says("Aucun collectif n’existe encore");
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    for (path, sentence) in [
        ("/", "CHATONS"),
        ("/c/chatons", "Rien ne mijote encore"),
        ("/c/chatons/features", "Une idée suffit"),
        ("/c/chatons/rounds", "Aucun tour n’a encore eu lieu"),
        ("/c/chatons/accounts", "Rien n’est encore entré"),
        ("/c/chatons/accounts/how", "popote verify --journal"),
        ("/c/chatons/activity", "Le collectif est créé"),
        ("/c/chatons/calendar", "Aucune échéance"),
    ] {
        site.anybody().see(path).await.is(200).says(sentence);
        site.anybody().in_english().see(path).await.is(200).says("lang=\"en\"");
    }
    site.member(&town, 0).await.see("/c/chatons").await.says("Enregistrer un versement");
    let pot = site.anybody().see("/c/chatons").await.says_not("Enregistrer un versement");
    pot.says("Rien n’est encore dans le pot").says_not("Reçu en tout").says_not("promesse ferme");
    // On paper a page says of when it is.
    for path in ["/c/chatons/accounts", "/c/chatons/members/yaal-coop/statement"] {
        let page = site.member(&town, 0).await.see(path).await.is(200);
        page.says("<strong class=\"paper\">CHATONS · imprimé le 3").says("2025</strong>");
    }
}

async fn proposing_is_offered_to_whoever_may(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let elsewhere = world.collective(Template::Informal, &["Zaclys"]).await;
    let site = Site::of(&world);
    let offer = "Proposer une fonctionnalité";
    for path in ["/c/chatons", "/c/chatons/features"] {
        site.anybody().see(path).await.is(200).says(offer);
        site.member(&town, 0).await.see(path).await.is(200).says(offer);
        // Signed in, without a mandate here: the form would refuse them.
        site.member(&elsewhere, 0).await.see(path).await.is(200).says_not(offer);
    }
    site.member(&elsewhere, 0).await.see("/c/chatons/features/new").await.is(403);
}

/// A year begins with what the one before ended with, and counts nothing of the others.
async fn accounts_are_read_by_year(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let accounts = "/c/chatons/accounts";
    site.anybody().see(accounts).await.is(200).says_not("?year=");
    let organisation = town.member(1).organisation.to_string();
    let new = "/c/chatons/contributions/new";
    let mut before = payment(&organisation, "70", "a");
    before.retain(|(name, _)| *name != "received_on");
    before.push(("received_on", "2023-12-31"));
    treasurer.submit(new, &before).await.is(303);
    treasurer.submit(new, &payment(&organisation, "30", "b")).await.is(303);
    let undone = payment(&organisation, "5", "c");
    treasurer.submit(new, &undone).await.is(303);
    treasurer
        .submit("/c/chatons/entries/3/reverse", &[("reason", "wrong_amount"), ("key", "r")])
        .await
        .is(303);
    let all = site.anybody().see(accounts).await.is(200).says("100,00");
    let all = all.says("href=\"/c/chatons/accounts?year=2023\"").says_not("year=2024");
    let year = site.anybody().see(&all.link("L’année 2025")).await.is(200);
    let year = year.says("En banque avant le 1").says("70,00\u{202f}€").says("30,00\u{202f}€");
    let year = year.says("En banque au 3 mars 2025").says("100,00\u{202f}€");
    assert_eq!(year.link("Depuis le début"), accounts);
    let first = site.anybody().see(&format!("{accounts}?year=2023")).await.is(200);
    first.says("En banque au 31 décembre 2023").says("0,00\u{202f}€").says("70,00\u{202f}€");
    site.anybody().see(&format!("{accounts}?year=2024")).await.is(404);
    let told = site.anybody().see("/api/v1/collectives/chatons/accounts?year=2025").await.is(200);
    let told: serde_json::Value = serde_json::from_str(&told.text).unwrap();
    assert_eq!(told["years"], serde_json::json!([2025, 2023]));
    assert_eq!(told["year"]["until"], "2025-03-03");
}

async fn the_first_sharing_is_announced_until_it_is_done(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    treasurer.see("/c/chatons").await.says("attend son premier partage").says("Reçu en tout");
    open_and_share(&treasurer).await;
    treasurer.see("/c/chatons").await.says_not("premier partage");
}

async fn figures_agree_from_page_to_page(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    treasurer.see("/c/chatons").await.says("Ouvrir un tour").says("300\u{202f}€");
    open_and_share(&treasurer).await;
    let one = site.member(&town, 1).await;
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let put = [("amount", "40"), ("seen", "0"), ("key", "a")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    let pot = site.anybody().see("/c/chatons").await.is(200);
    let pot = pot.says("3 structures").says("300\u{202f}€").says("260\u{202f}€").says("40\u{202f}€");
    pot.says("il manque 110").says("jusqu’au 31 mars inclus").says("seul ce qui est reçu compte");
    one.see("/c/chatons").await.says("Répartir 60\u{202f}€ pour ARN");
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200);
    accounts
        .says("cotisation 300\u{202f}€")
        .says("260,00")
        .says("40,00")
        .says("Part posée")
        .says("<svg class=\"chart\"");
    site.anybody().see("/c/chatons/calendar").await.says("Fin du tour").says("31 mars");
    let ics = site.anybody().see("/c/chatons/calendar.ics").await.is(200);
    ics.says("BEGIN:VCALENDAR").says("DTSTART;VALUE=DATE:20250331");
}

async fn a_page_is_kept_until_something_changes(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let first = site.anybody().see("/c/chatons/accounts").await.is(200);
    let again = site.anybody().see("/c/chatons/accounts").await.is(200);
    assert_eq!(first.header("etag"), again.header("etag"));
    everybody_pays(&site.member(&town, 0).await, &town, "5").await;
    let after = site.anybody().see("/c/chatons/accounts").await.is(200).says("10,00");
    assert_ne!(first.header("etag"), after.header("etag"));
    // A page says how many days are left, so it isn't tomorrow's.
    world.wait(jiff::SignedDuration::from_hours(24));
    let before = site.anybody().see("/c/chatons").await.is(200);
    world.wait(jiff::SignedDuration::from_hours(24));
    let _ = site.anybody().see("/c/chatons").await.is(200);
    assert!(!before.header("etag").is_empty());
}

async fn files_and_feed_are_for_everybody(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    everybody_pays(&site.member(&town, 0).await, &town, "5").await;
    for (file, kind, sentence) in [
        ("journal.json", "application/json", "\"amount\""),
        ("journal.csv", "text/csv; charset=utf-8", "argent;1;2025-03-03;Versement;"),
        ("journal.hledger", "text/plain; charset=utf-8", "5"),
        ("journal.beancount", "text/plain; charset=utf-8", "5"),
    ] {
        let sent = site.anybody().see(&format!("/c/chatons/accounts/{file}")).await.is(200).says(sentence);
        assert_eq!(sent.header("content-type"), kind);
        assert!(sent.header("content-disposition").starts_with("attachment"));
        // Members' files may tell more than everybody's: nothing between keeps them.
        let own = site.member(&town, 0).await.see(&format!("/c/chatons/accounts/{file}")).await.is(200);
        assert_eq!(
            (own.header("cache-control"), sent.header("cache-control")),
            ("no-store", "private, no-cache")
        );
        site.anybody().see(&format!("/c/nowhere/accounts/{file}")).await.is(404);
    }
    let feed = site.anybody().see("/c/chatons/feed.atom").await.is(200);
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = feed.says("ARN a versé 5").says("cash:2:").says("https://popote.example/c/chatons");
    assert_eq!(feed.text.matches("<entry>").count(), feed.text.matches("</entry>").count());
}

async fn an_address_with_a_nul_is_no_fault_of_the_database(world: World) {
    world.collective(Template::Informal, &["Yaal Coop"]).await;
    let site = Site::of(&world);
    for path in
        ["/c/a%00", "/c/chatons/members/%00", "/c/chatons/members?q=%00", "/c/chatons/features?q=a%00b"]
    {
        site.anybody().see(path).await.is(400).says("lisible");
    }
}

async fn the_journal_goes_on_page_by_page(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(0).organisation.to_string();
    for at in 1..=52 {
        let (amount, key) = (format!("{at}"), format!("k{at}"));
        let fields = payment(&organisation, &amount, &key);
        treasurer.submit("/c/chatons/contributions/new", &fields).await.is(303);
    }
    let first = site.anybody().see("/c/chatons/accounts").await.is(200).says("id=\"e52\"").says("id=\"e3\"");
    first.says_not("id=\"e2\"").says("/c/chatons/accounts?before=3");
    let next = site.anybody().see("/c/chatons/accounts?before=3").await.is(200);
    next.says("id=\"e2\"").says("id=\"e1\"").says_not("id=\"e3\"");
}

/// The amounts of a side of the table of what came in, in cents, without its total.
fn side(page: &str, at: usize) -> Vec<i64> {
    let (_, table) = page.split_once("<svg class=\"chart\"").unwrap();
    let side = table.split("<tbody>").nth(at).unwrap().split("</tbody>").next().unwrap();
    let cells = side.split("<td class=\"n money\">").skip(1).map(|cell| cell.split('<').next().unwrap());
    let cents = cells.filter(|cell| !cell.is_empty());
    cents.map(|cell| cell.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()).collect()
}

#[track_caller]
fn adds_up(page: &crate::browser::Answer, came: &[i64], went: &[i64]) {
    assert_eq!((side(&page.text, 1), side(&page.text, 2)), (came.to_vec(), went.to_vec()));
    assert_eq!(came.iter().sum::<i64>(), went.iter().sum::<i64>());
}

/// 400 € came in and 100 € are on a feature; 60 € of them are invoiced, ordered, paid.
async fn both_sides_of_the_accounts_are_equal_once_something_is_paid(world: World) {
    let town = crate::work::funded(&world).await;
    let site = Site::of(&world);
    let (lead, treasurer) = (site.member(&town, 1).await, site.member(&town, 0).await);
    let accounts = async || site.anybody().see("/c/chatons/accounts").await.is(200);
    adds_up(&accounts().await, &[40_000], &[10_000, 30_000]);
    crate::work::send(&lead, "F-1", "60").await.is(303);
    let second = site.member(&town, 2).await;
    second.submit("/c/chatons/invoices/1/approve", &[]).await.is(303);
    let form = treasurer.see("/c/chatons/invoices/1").await.is(200);
    let key = form.hidden("key");
    treasurer.submit("/c/chatons/invoices/1/authorise", &[("key", &key)]).await.is(303);
    adds_up(&accounts().await, &[40_000], &[4_000, 30_000, 6_000]);
    let paid = [("paid_on", "2025-03-03"), ("reference", "VIR"), ("also_settled_on", "")];
    treasurer.submit("/c/chatons/invoices/1/pay", &paid).await.is(303);
    let page = accounts().await.says("Virement parti, pas encore vu").says_not("Encore en caisse");
    adds_up(&page, &[40_000], &[4_000, 30_000, 6_000]);
    treasurer.submit("/c/chatons/invoices/1/settle", &[("settled_on", "2025-03-03")]).await.is(303);
    let page = accounts().await.says("Payé, sorti du pot").says("Encore en caisse").says("340,00");
    adds_up(&page, &[40_000], &[4_000, 30_000, 6_000]);
    // What was received doesn't fall by what was paid, and what is in hand says its name.
    let pot = site.anybody().see("/c/chatons").await.is(200);
    let figure = |name: &str, amount: &str| {
        format!("<th scope=\"row\">{name}</th><td class=\"n money\">{amount}\u{202f}€</td>")
    };
    let pot = pot.says(&figure("Reçu en tout", "400")).says(&figure("En caisse", "340"));
    pot.says(&figure("Payé, sorti du pot", "60")).says("Le pot\u{202f}: 340\u{202f}€ en caisse");
}

async fn the_accounts_of_a_pledge_pot_show_what_calls_brought(world: World) {
    let site = Site::of(&world);
    let town = crate::calls::called(&world, &site, FundMode::Pledge).await;
    site.anybody().see("/c/chatons/accounts").await.says("Rien n’est encore entré");
    let treasurer = site.member(&town, 0).await;
    let page = crate::calls::call_of(&treasurer, "200,00").await;
    let fields = [("amount", "250"), ("received_on", "2025-03-03"), ("reference", "VIR")];
    crate::calls::act(&treasurer, &page, "payment", &fields).await.is(303);
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200);
    let accounts = accounts.says("appels de fonds payés").says_not("Rien n’est encore entré");
    adds_up(&accounts, &[25_000], &[20_000, 5_000]);
}

testkit::on_both![
    accounts_are_read_by_year,
    both_sides_of_the_accounts_are_equal_once_something_is_paid,
    the_accounts_of_a_pledge_pot_show_what_calls_brought,
    empty_pages_say_what_to_do_next,
    proposing_is_offered_to_whoever_may,
    the_first_sharing_is_announced_until_it_is_done,
    figures_agree_from_page_to_page,
    a_page_is_kept_until_something_changes,
    files_and_feed_are_for_everybody,
    an_address_with_a_nul_is_no_fault_of_the_database,
    the_journal_goes_on_page_by_page,
];
