//! The year of an organisation, for its general assembly: as a page, on paper, for a spreadsheet.

use domain::pot::FundMode;
use domain::rules::Template;
use jiff::SignedDuration;
use testkit::World;

use crate::browser::Site;
use crate::calls::{act, call_of, called};
use crate::money::{everybody_pays, payment};
use crate::rounds::{feature, shared};

const YEAR: &str = "/c/chatons/members/arn/year/2025";

async fn an_assembly_sees_what_came_of_its_money(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let one = site.member(&town, 1).await;
    one.submit("/c/chatons/features/new", &feature("Salon d’attente", "500", "f1")).await.is(303);
    let put = [("amount", "30"), ("seen", "0"), ("key", "a")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    let statement = one.see("/c/chatons/members/arn/statement").await.is(200);
    assert_eq!(statement.link("L’année 2025"), YEAR);
    let page = one.see(YEAR).await.is(200).says("ARN\u{202f}: l’année 2025");
    let page = page.says("30,00\u{202f}€ ont été posés sur une fonctionnalité").says("Salon d’attente");
    let page = page.says("Part au 1").says_not("l’année 2024").says("/c/chatons/accounts");
    // What is left is what the statement says.
    let page = page.says("<tfoot><tr><th scope=\"row\">Part au 3 mars 2025");
    let left = page.text.clone();
    let left = left.split("Part au 3 mars 2025").nth(1).unwrap();
    let left = left.split("<td class=\"n money\"").nth(1).unwrap().split(['>', '<']).nth(1).unwrap();
    statement.says(&format!("Il reste <strong>{left}"));
    let file = one.see(&format!("{YEAR}.csv")).await.is(200);
    // The tables of the page, each with its heads and its sum, and last the movements.
    let file = file.says("ARN\u{202f}: l’année 2025").says("La part à répartir").says("Part au 1");
    let file = file.says("Posé sur des fonctionnalités;-30\n").says(";30;0\n").says("cotisation;");
    let file = file.says("Pas encore financées").says_not("Les fonctionnalités financées");
    let movements = file.text.split("\nMouvements\n").nth(1).expect("the movements are last").to_owned();
    assert!(movements.starts_with("Date;Écriture;Période;"), "{movements}");
    assert!(movements.contains("Salon d’attente"), "{movements}");
    page.says("Pas encore financées").says("cotisation").says_not("Les fonctionnalités financées");
    let file = one.see(&format!("{YEAR}.pdf")).await.is(200);
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(file.header("content-disposition").contains("chatons-arn-2025.pdf"), "{:?}", file.headers);
    assert!(file.text.starts_with("%PDF-1."), "{}", &file.text[..20]);
    let english = site.anybody().in_english().see(YEAR).await.is(200);
    english.says("ARN: the year 2025").says("were put on one feature");
}

async fn what_is_funded_is_not_summed_with_what_is_not(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let one = site.member(&town, 1).await;
    for (number, title, floor, amount) in [(1, "Salon", "20", "20"), (2, "Pont", "500", "30")] {
        one.submit("/c/chatons/features/new", &feature(title, floor, title)).await.is(303);
        let key = format!("put {title}");
        let put = [("amount", amount), ("seen", "0"), ("key", &*key), ("confirmed", "yes")];
        one.submit(&format!("/c/chatons/features/{number}/allocation"), &put).await.is(303);
    }
    let file = one.see(&format!("{YEAR}.csv")).await.is(200);
    let funded = file.text.split("Les fonctionnalités financées\n").nth(1).expect("one is funded");
    let (funded, rest) = funded.split_once("Pas encore financées").expect("one waits");
    assert!(funded.contains("Salon;") && funded.contains("Total;;;20;0\n"), "{funded}");
    assert!(!funded.contains("Pont") && rest.contains("Pont;") && rest.contains("Total;;;30;0\n"), "{rest}");
}

async fn what_was_undone_is_seen_all_the_same(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let organisation = town.member(1).organisation.to_string();
    let paid = payment(&organisation, "120,50", "k");
    treasurer.submit("/c/chatons/contributions/new", &paid).await.is(303);
    let undo = "/c/chatons/entries/1/reverse";
    treasurer.submit(undo, &[("reason", "wrong_amount"), ("key", "r")]).await.leads_to(undo);
    let one = site.member(&town, 1).await;
    let statement = one.see("/c/chatons/members/arn/statement").await.is(200);
    let statement = statement.says_not("Aucun mouvement").says("annulée par l’écriture 2");
    statement.says("+120,50\u{202f}€").says("−120,50\u{202f}€").says("Annulation de l’écriture 1");
    let year = one.see(YEAR).await.is(200).says_not("Aucun mouvement").says("a versé 0,00\u{202f}€");
    year.says("Annulation de l’écriture 1").says("−120,50\u{202f}€");
    one.see(&format!("{YEAR}.csv")).await.is(200).says("cotisation;120,50;\n").says(";-120,50;\n");
}

/// What a departure takes back from a feature isn't on it any more, and the statement names the feature.
async fn what_a_departure_took_back_is_on_no_feature(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let one = site.member(&town, 1).await;
    one.submit("/c/chatons/features/new", &feature("Salon d’attente", "500", "f1")).await.is(303);
    let put = [("amount", "30"), ("seen", "0"), ("key", "a")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    let leave = [("own", "pool_common"), ("confirmed", "yes")];
    one.submit("/c/chatons/members/arn/departure", &leave).await.leads_to("/c/chatons/members/arn");
    let page = one.see(YEAR).await.is(200).says("30,00\u{202f}€ sont revenus de fonctionnalités");
    let features = page.text.split("moins ce qui est revenu").nth(1).expect("the features");
    let features = features.split("</table>").next().expect("a table");
    assert!(features.contains("0,00\u{202f}€") && !features.contains("30,00"), "{features}");
    let statement = one.see("/c/chatons/members/arn/statement").await.is(200);
    let (_, moved) = statement.text.split_once("Départ d’une structure · «").expect("what it took back");
    assert!(moved.trim_start_matches('\u{202f}').starts_with("Salon d’attente"), "{moved}");
}

async fn years_without_a_move_and_wrong_ones_are_told_apart(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let one = site.member(&town, 1).await;
    one.see(YEAR).await.is(200).says("Aucun mouvement cette année-là");
    one.see(&format!("{YEAR}.pdf")).await.is(200);
    for wrong in ["2024", "2026", "25", "2025.exe", "abc", "2025.pdf.csv"] {
        one.see(&format!("/c/chatons/members/arn/year/{wrong}")).await.is(404);
    }
    one.see("/c/chatons/members/nobody/year/2025").await.is(404);
    everybody_pays(&site.member(&town, 0).await, &town, "12").await;
    world.wait(SignedDuration::from_hours(24 * 365));
    let one = site.member(&town, 1).await;
    let page = one.see("/c/chatons/members/arn/year/2026").await.is(200).says("Aucun mouvement");
    assert_eq!(page.link("L’année 2025"), YEAR);
    one.see(YEAR).await.is(200).says("12,00").says("31 décembre 2025");
}

async fn who_may_not_see_the_statement_does_not_see_the_year(world: World) {
    let town = world.collective(Template::Framed, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    everybody_pays(&site.member(&town, 0).await, &town, "4321").await;
    for form in ["", ".pdf", ".csv"] {
        let path = format!("{YEAR}{form}");
        site.anybody().see(&path).await.is(401).says_not("4\u{202f}321").says_not("4321");
        site.member(&town, 1).await.see(&path).await.is(200);
    }
}

async fn where_one_promises_the_year_tells_promises_calls_and_payments(world: World) {
    let site = Site::of(&world);
    let town = called(&world, &site, FundMode::Direct).await;
    let (payer, lead) = (site.member(&town, 2).await, site.member(&town, 1).await);
    let page = call_of(&payer, "200,00").await;
    let received = [("amount", "150"), ("received_on", "2025-03-02")];
    act(&lead, &page, "received", &received).await.is(303);
    let year = "/c/chatons/members/indiehosters/year/2025";
    let seen = payer.see(year).await.is(200).says("Les promesses").says("Les appels de fonds");
    let seen = seen.says("200,00\u{202f}€ demandés, 150,00\u{202f}€ payés et confirmés");
    seen.says("Les paiements").says("2 mars 2025");
    let file = payer.see(&format!("{year}.csv")).await.is(200);
    file.says("2025-03-02;Paiement;Salon;RF");
    payer.see(&format!("{year}.pdf")).await.is(200);
    // The site shows amounts of this pot to members alone, and says nothing of them to a stranger.
    site.anybody().see(year).await.is(200).says("Aucun mouvement cette année-là").says_not("150,00");
}

testkit::on_both![
    an_assembly_sees_what_came_of_its_money,
    what_is_funded_is_not_summed_with_what_is_not,
    what_was_undone_is_seen_all_the_same,
    what_a_departure_took_back_is_on_no_feature,
    years_without_a_move_and_wrong_ones_are_told_apart,
    who_may_not_see_the_statement_does_not_see_the_year,
    where_one_promises_the_year_tells_promises_calls_and_payments,
];
