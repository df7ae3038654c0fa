//! What a collective is, who holds its money; an organisation that leaves.

use domain::pot::FundMode;
use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::everybody_pays;

async fn its_administration_describes_a_collective_and_its_host(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let path = "/c/chatons/about";
    let page = site.anybody().see(path).await.is(200);
    page.says("La structure porteuse, Yaal Coop, détient").says_not("name=\"iban\"");
    let admin = site.member(&town, 0).await;
    let wrong = [("name", ""), ("purpose", "Mes mots"), ("zone", "Europe/Nulle-Part")];
    admin.submit(path, &wrong).await.is(422).says("Mes mots").says("f-name-error").says("f-zone-error");
    let right = [("name", "CHATONS"), ("purpose", "Financer ensemble."), ("zone", "Europe/Brussels")];
    admin.submit(path, &right).await.leads_to(path);
    site.anybody().see(path).await.says("Financer ensemble.");
    let other = site.member(&town, 1).await;
    other.submit(path, &right).await.is(403);
    let host = |iban: &'static str, fee: &'static str| {
        [
            ("host_name", "Framasoft"),
            ("address", "Lyon"),
            ("signatory", "A. B."),
            ("iban", iban),
            ("fee_rate", fee),
        ]
    };
    let path_host = "/c/chatons/about";
    other.submit(path_host, &host("", "0")).await.is(403);
    let refused = admin.submit(path_host, &host("FR7630006000011234567890188", "2,5")).await.is(422);
    refused.says("f-iban-error").says("Framasoft");
    admin.submit(path_host, &host("", "99")).await.is(422).says("f-fee_rate-error");
    let told = async || site.anybody().see("/c/chatons/activity").await.is(200);
    admin.submit(path_host, &host("", "2,5")).await.leads_to(path);
    told().await.says("La structure porteuse a changé").says_not("coordonnées bancaires");
    admin.submit(path_host, &host("FR76 3000 6000 0112 3456 7890 189", "2,5")).await.leads_to(path);
    told().await.says("Les coordonnées bancaires de la structure porteuse sont complétées");
    // Another IBAN is told beside what else is changed at the same time.
    admin.submit(path_host, &host("FR14 2004 1010 0505 0001 3M02 606", "3")).await.leads_to(path);
    told().await.says("Les coordonnées bancaires et la fiche de la structure porteuse ont changé");
    admin.submit(path_host, &host("FR76 3000 6000 0112 3456 7890 189", "2,5")).await.leads_to(path);
    let public = site.anybody().see(path).await.is(200);
    public.says("La structure porteuse, Framasoft, détient").says("2,5").says_not("FR76 3000");
    // A figure that does nothing says so, where it is read and where it is typed.
    site.anybody().see(path).await.says("pas encore prélevés par Popote");
    admin.see(path).await.says("ils ne sont pas encore prélevés par Popote");
    other.see(path).await.says("FR76 3000 6000 0112 3456 7890 189");
    let mails: Vec<String> = world.post().await.into_iter().map(|mail| mail.subject).collect();
    let both = "les coordonnées bancaires et la fiche de la structure porteuse ont changé";
    assert!(mails.iter().any(|subject| subject.contains(both)), "{mails:?}");
}

async fn one_form_holds_all_that_is_typed_about_a_collective(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let (admin, path) = (site.member(&town, 0).await, "/c/chatons/about");
    let page = admin.see(path).await.is(200);
    assert_eq!(page.text.matches("Enregistrer").count(), 1, "one button for all of it");
    let seen = ["seen_card", "seen_host", "seen_mode"].map(|name| (name, page.hidden(name)));
    let seen: Vec<(&str, &str)> = seen.iter().map(|(name, value)| (*name, &**value)).collect();
    let typed = |iban: &'static str, more: &[(&'static str, &'static str)]| {
        let all = [
            ("name", "CHATONS"),
            ("purpose", "Financer ensemble."),
            ("zone", "Europe/Paris"),
            ("fund_mode", "own"),
            ("host_name", "Framasoft"),
            ("iban", iban),
            ("fee_rate", "0"),
        ];
        [&all, more].concat()
    };
    // What is wrong in one part loses nothing of the others.
    let wrong = [&typed("FR76", &[])[..], &seen].concat();
    let refused = admin.submit(path, &wrong).await.is(422).says("f-iban-error");
    refused.says("Financer ensemble.").says("value=\"Framasoft\"");
    let right = [&typed("FR76 3000 6000 0112 3456 7890 189", &[])[..], &seen].concat();
    admin.submit(path, &right).await.leads_to(path);
    let stored = admin.see(path).await.says("Financer ensemble.").says("FR76 3000 6000 0112 3456 7890 189");
    let fresh = ["seen_card", "seen_host"].map(|name| (name, stored.hidden(name)));
    // Another changes the purpose while a page is open: whoever changes the host there leaves it as it is.
    let meanwhile = [("name", "CHATONS"), ("purpose", "Autre but."), ("zone", "Europe/Paris")];
    admin.submit(path, &meanwhile).await.leads_to(path);
    let fresh: Vec<(&str, &str)> = fresh.iter().map(|(name, value)| (*name, &**value)).collect();
    let host = [
        ("name", "CHATONS"),
        ("purpose", "Financer ensemble."),
        ("zone", "Europe/Paris"),
        ("host_name", "Framasoft"),
        ("iban", "FR14 2004 1010 0505 0001 3M02 606"),
        ("fee_rate", "0"),
    ];
    admin.submit(path, &[&host[..], &fresh].concat()).await.leads_to(path);
    admin.see(path).await.says("Autre but.").says("FR14 2004 1010 0505 0001 3M02 606");
}

async fn a_time_zone_stays_while_closing_dates_are_open(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let (admin, path) = (site.member(&town, 0).await, "/c/chatons/about");
    admin.submit("/c/chatons/rounds/new", &crate::rounds::ROUND).await.is(303);
    let card = |zone: &'static str| [("name", "CHATONS"), ("purpose", "Ensemble."), ("zone", zone)];
    let refused =
        admin.submit(path, &card("Asia/Tokyo")).await.is(422).says("Des dates limites sont ouvertes");
    let refused = refused.says("value=\"Asia/Tokyo\"");
    refused.says("id=\"f-zone-error\"");
    site.anybody().see(path).await.says_not("Ensemble.");
    admin.submit(path, &card("Europe/Paris")).await.leads_to(path);
    let decided = [("title", "Finir"), ("outcome", "Par consentement, le 3 mars.")];
    let asked = admin.submit("/c/chatons/rounds/1/close", &decided).await.is(200).hidden("seen");
    let decided = [decided[0], decided[1], ("confirmed", "yes"), ("seen", &*asked)];
    admin.submit("/c/chatons/rounds/1/close", &decided).await.is(303);
    admin.submit(path, &card("Asia/Tokyo")).await.leads_to(path);
}

async fn a_pot_changes_how_it_works_until_something_is_posted(world: World) {
    let town = world.collective_with(FundMode::Direct, Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let admin = site.member(&town, 0).await;
    let (path, mode) = ("/c/chatons/about", "/c/chatons/about");
    let page = admin.see(path).await.is(200).says("Personne ne détient d’argent dans ce pot");
    let page = page.says("value=\"direct\" checked").says_not("name=\"iban\"");
    assert_eq!(page.action("Enregistrer"), path);
    site.member(&town, 1).await.submit(mode, &[("fund_mode", "own")]).await.is(403);
    admin.submit(mode, &[("fund_mode", "cash")]).await.is(422).says("f-fund_mode");
    admin.submit(mode, &[("fund_mode", "pledge")]).await.leads_to(path);
    admin
        .see(path)
        .await
        .says("La structure porteuse, Yaal Coop, détient")
        .says("name=\"iban\"")
        .says("value=\"pledge\" checked");
    admin.see("/c/chatons/activity").await.says("change de fonctionnement");
    admin.submit(mode, &[("fund_mode", "own")]).await.leads_to(path);
    everybody_pays(&admin, &town, "10").await;
    admin.see(path).await.is(200).says_not("name=\"fund_mode\"");
    admin.submit(mode, &[("fund_mode", "direct")]).await.is(422).says("déjà écrit dans les comptes");
    admin.see("/c/chatons").await.says("chaque structure verse d’avance");
}

async fn an_organisation_leaves_by_a_decision(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let site = Site::of(&world);
    let admin = site.member(&town, 0).await;
    everybody_pays(&admin, &town, "100").await;
    let path = "/c/chatons/members/arn/departure";
    site.member(&town, 2).await.see(path).await.is(403);
    let one = site.member(&town, 1).await;
    one.see("/c/chatons/members/arn").await.is(200).says("quitte le collectif");
    one.see(path).await.is(200).says("100,00").says("pas encore posés");
    admin.submit(path, &[("own", "pool_common"), ("title", "")]).await.is(422);
    // What is refused writes no decision down: what was typed comes back.
    let back = [("own", "refund_due"), ("title", "Départ d’ARN"), ("outcome", "Noté en réunion.")];
    admin.submit(path, &back).await.is(422).says("ne prévoient pas de rendre");
    // Nobody else can write it down: it is told to the people of ARN, and waits.
    let new = "/c/chatons/decisions/new?departs=arn";
    let form = admin.see(path).await.is(200).says("quatorze jours plus tard").says_not("name=\"title\"");
    assert_eq!(form.link("Noter la décision et l’annoncer"), new);
    let decided = [("title", "Départ d’ARN"), ("outcome", "En réunion."), ("own", "pool_common")];
    admin.submit(path, &decided).await.is(422).says("notez-la d’abord");
    admin.see("/c/chatons/decisions/1").await.is(404);
    let written = [decided[0], decided[1], ("decided_on", "2025-03-03"), ("departs", "arn")];
    admin.submit("/c/chatons/decisions/new", &written).await.leads_to("/c/chatons/decisions/1");
    let told = world.post().await;
    assert!(told.iter().any(|mail| mail.text.contains("n’aura pas lieu avant le 17 mars 2025")), "{told:?}");
    let from = "à partir du 17 mars 2025";
    admin.see("/c/chatons/decisions/1").await.is(200).says(from).says(&format!("href=\"{path}\""));
    admin.see(path).await.is(200).says(from).says_not("name=\"decision\"");
    world.wait(domain::departures::ANNOUNCED);
    let admin = site.member(&town, 0).await;
    let form = admin.see(path).await.is(200).says("name=\"decision\"");
    let decision = form.text.split("<option value=\"").filter_map(|rest| rest.split_once('"'));
    let decision = decision.map(|(id, _)| id).find(|id| id.len() == 36).expect("a decision").to_owned();
    let page = "/c/chatons/members/arn";
    let decided = [("own", "pool_common"), ("decision", decision.as_str()), ("confirmed", "yes")];
    admin.submit(path, &decided[..2]).await.is(200).says("Cela ne se reprend plus");
    admin.submit(path, &decided).await.leads_to(page);
    site.anybody().see(page).await.is(200).says("A quitté le collectif");
    admin.see("/c/chatons/activity").await.says("ARN a quitté le collectif");
    one.see("/c/chatons/contributions").await.is(403);
    admin.see(path).await.leads_to(page);
    admin.submit(path, &[("own", "pool_common")]).await.is(403);
    let decisions = admin.see("/c/chatons/decisions").await.is(200).text;
    assert_eq!(decisions.matches("Départ d’ARN").count(), 1, "{decisions}");
}

testkit::on_both![
    a_time_zone_stays_while_closing_dates_are_open,
    one_form_holds_all_that_is_typed_about_a_collective,
    its_administration_describes_a_collective_and_its_host,
    a_pot_changes_how_it_works_until_something_is_posted,
    an_organisation_leaves_by_a_decision
];
