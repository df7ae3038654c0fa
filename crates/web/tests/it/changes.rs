//! What was changed is read on the page of the thing: when, by whom, from what to what. What a decision led to is read on
//! its page.

use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::everybody_pays;
use crate::rounds::{ROUND, feature, shared};

async fn edits_of_a_feature_are_read_on_its_page(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let (one, other) = (site.member(&town, 1).await, site.member(&town, 2).await);
    let here = "/c/chatons/features/1";
    let mut fields = feature("Salon", "150", "f1");
    fields.push(("place", "outside"));
    one.submit("/c/chatons/features/new", &fields).await.is(303);
    site.anybody().see(here).await.is(200).says_not("Modifications");
    let edit = "/c/chatons/features/1/edit";
    let form = one.see(edit).await.is(200);
    let version = form.hidden("version");
    fields.extend([("title", "Salon fédéré"), ("price", "200"), ("closing_on", "2025-04-15")]);
    fields.push(("version", &version));
    one.submit(edit, &fields).await.leads_to(here);
    // Everybody reads what was changed; members also by whom.
    let page = site.anybody().see(here).await.is(200).says("Modifications (1)").says("<del>Salon</del>");
    let page =
        page.says("<ins>Salon fédéré</ins>").says("150,00\u{202f}€</del>").says("200,00\u{202f}€</ins>");
    let page = page.says("<del>31 mars 2025</del>").says("<ins>15 avril 2025</ins>");
    let page = page.says_not("<dt>Ce que ça change");
    page.says_not(", par ");
    let page = other.see(here).await.is(200).says("Modifications (1)");
    page.says(", par Personne");
    // A second edit has its own line; the first stays as it was.
    let form = one.see(edit).await.is(200);
    let version = form.hidden("version");
    let mut again = fields.clone();
    again.retain(|(name, _)| !matches!(*name, "title" | "version"));
    again.extend([("title", "Salon ouvert"), ("version", &*version)]);
    one.submit(edit, &again).await.leads_to(here);
    let page = other.see(here).await.is(200).says("Modifications (2)").says("<ins>Salon ouvert</ins>");
    page.says("<del>Salon fédéré</del>").says("<ins>Salon fédéré</ins>");
}

async fn edits_of_a_round_an_organisation_and_rules_are_read(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let admin = site.member(&town, 0).await;
    admin.submit("/c/chatons/rounds/new", &ROUND).await.is(303);
    site.anybody().see("/c/chatons/rounds/1").await.is(200).says_not("Modifications");
    let mut fields = ROUND.to_vec();
    fields.extend([("name", "Équinoxe"), ("closes_on", "2025-04-05"), ("cap", "80"), ("unspent", "lapse")]);
    admin.submit("/c/chatons/rounds/1/edit", &fields).await.is(303);
    // What is sent again as it is changes nothing.
    admin.submit("/c/chatons/rounds/1/edit", &fields).await.is(303);
    let page = site.anybody().see("/c/chatons/rounds/1").await.is(200).says("Modifications (1)");
    let page = page.says("<del>Printemps</del>").says("<ins>Équinoxe</ins>").says("<ins>5 avril 2025</ins>");
    page.says("Ajouté\u{202f}: <ins>80,00\u{202f}€</ins>").says("<ins>Revient au pot commun</ins>");
    // What is told is what was changed, once.
    let mut ruled = fields.clone();
    ruled.retain(|(name, _)| !matches!(*name, "rule"));
    ruled.push(("rule", "manual"));
    admin.submit("/c/chatons/rounds/1/edit", &ruled).await.is(303);
    let told = site.anybody().see("/c/chatons/activity").await.is(200);
    let told = told.says("Le tour 1 a changé\u{202f}: la règle de partage");
    let told = told.says("son nom, il dure jusqu’au 5 avril 2025 inclus, le plafond");
    assert_eq!(told.text.matches("Le tour 1 a changé").count(), 2);
    let member = "/c/chatons/members/yaal-coop";
    let renamed = [("name", "Yaal Coopérative"), ("website", "https://yaal.example")];
    admin.submit(member, &renamed).await.is(303);
    let page = site.anybody().see(member).await.is(200).says("Modifications (1)");
    page.says("<del>Yaal Coop</del>").says("Ajouté\u{202f}: <ins>https://yaal.example</ins>");
}

/// What somebody else saved while a page was open is shown beside what was typed, and stays until that was seen.
async fn a_stale_form_overwrites_nothing(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (one, two) = (site.member(&town, 0).await, site.member(&town, 0).await);
    one.submit("/c/chatons/rounds/new", &ROUND).await.is(303);
    // A round: one moves its last day, the other, whose page was opened before, its name.
    let edit = "/c/chatons/rounds/1/edit";
    let seen = two.see(edit).await.hidden("seen");
    let mut fields = ROUND.to_vec();
    fields.retain(|(name, _)| *name != "closes_on");
    fields.extend([("closes_on", "2025-04-05"), ("seen", &*seen)]);
    one.submit(edit, &fields).await.leads_to("/c/chatons/rounds/1");
    let mut named = ROUND.to_vec();
    named.retain(|(name, _)| *name != "name");
    named.extend([("name", "Autre nom"), ("seen", &*seen)]);
    let both = two.submit(edit, &named).await.is(409).says("entre-temps").says("value=\"Autre nom\"");
    let both = both.says("5 avril 2025");
    site.anybody().see("/c/chatons/rounds/1").await.says("5 avril").says_not("Autre nom");
    let fresh = both.hidden("seen");
    assert_ne!(fresh, seen);
    // Who saw both means it.
    named.retain(|(name, _)| *name != "seen");
    named.push(("seen", &*fresh));
    two.submit(edit, &named).await.leads_to("/c/chatons/rounds/1");
    site.anybody().see("/c/chatons/rounds/1").await.says("Autre nom");
    // A member's name and site.
    let member = "/c/chatons/members/yaal-coop";
    let seen = two.see(member).await.hidden("seen");
    let sited = [("name", "Yaal Coop"), ("website", "https://yaal.example"), ("seen", &*seen)];
    one.submit(member, &sited).await.is(303);
    let renamed = [("name", "Yaal"), ("website", ""), ("seen", &*seen)];
    let both = two.submit(member, &renamed).await.is(409).says("<dd>https://yaal.example</dd>");
    let both = both.says("value=\"Yaal\"");
    let fresh = both.hidden("seen");
    // What is sent as it is stored changes nothing, whatever was seen.
    two.submit(member, &sited).await.is(303);
    let renamed = [("name", "Yaal"), ("website", "https://yaal.example"), ("seen", &*fresh)];
    two.submit(member, &renamed).await.is(303);
    // The host: who writes a signatory doesn't erase the IBAN that somebody else wrote meanwhile.
    let about = "/c/chatons/about";
    let seen = two.see(about).await.hidden("seen_host");
    let host = |more: [(&'static str, &'static str); 1]| {
        [&[("host_name", "Framasoft"), ("fee_rate", "0")][..], &more[..]].concat()
    };
    let written =
        [&host([("iban", "FR76 3000 6000 0112 3456 7890 189")])[..], &[("seen_host", &*seen)]].concat();
    one.submit(about, &written).await.leads_to(about);
    let signed = [&host([("signatory", "A. B.")])[..], &[("seen_host", &*seen)]].concat();
    let both = two.submit(about, &signed).await.is(409).says("value=\"A. B.\"");
    let both = both.says("<dd>FR76 3000 6000 0112 3456 7890 189</dd>");
    assert_ne!(both.hidden("seen_host"), seen);
    one.see(about).await.says("FR76 3000 6000 0112 3456 7890 189").says_not("A. B.");
    let seen = two.see(about).await.hidden("seen_card");
    let card = |name: &'static str, purpose: &'static str| {
        [("name", name), ("purpose", purpose), ("zone", "Europe/Paris")]
    };
    let meant = [&card("CHATONS", "Financer ensemble.")[..], &[("seen_card", &*seen)]].concat();
    one.submit(about, &meant).await.leads_to(about);
    let named = [&card("Les CHATONS", "")[..], &[("seen_card", &*seen)]].concat();
    two.submit(about, &named).await.is(409).says("<dd>Financer ensemble.</dd>");
    site.anybody().see(about).await.says("Financer ensemble.").says_not("Les CHATONS");
}

/// The rule is told before anybody has a share; a later end takes the features along that close with it, and is told.
async fn a_round_that_ends_later_takes_its_features_along(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (admin, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&admin, &town, "100").await;
    admin.submit("/c/chatons/rounds/new", &ROUND).await.is(303);
    let (round, edit) = ("/c/chatons/rounds/1", "/c/chatons/rounds/1/edit");
    let page = site.anybody().see(round).await.is(200);
    page.says("La règle\u{202f}: Chaque structure membre reçoit la même part.")
        .says("Proposer une fonctionnalité");
    admin.see(round).await.says("Un aperçu montre d’abord la part");
    // A year is proposed, not a day.
    let form = admin.see(edit).await.is(200).says_not("name=\"moves\"");
    form.says("name=\"from\" type=\"date\" value=\"2024-03-03\"")
        .says("name=\"to\" type=\"date\" value=\"2025-03-03\"");
    let path = "/c/chatons/rounds/1/distribution";
    let preview = admin.see(path).await.is(200);
    let (digest, key) = (preview.hidden("digest"), preview.hidden("key"));
    let confirm = [("step", "confirm"), ("digest", &*digest), ("key", &*key)];
    admin.submit(path, &confirm).await.leads_to(round);
    one.submit("/c/chatons/features/new", &feature("Salon", "3000", "f1")).await.is(303);
    let mut sooner = feature("Album", "3000", "f2");
    sooner.extend([("closing_on", "2025-03-20")]);
    one.submit("/c/chatons/features/new", &sooner).await.is(303);
    world.post().await;
    admin
        .see(edit)
        .await
        .is(200)
        .says("la fonctionnalité qui se termine avec lui, le 31 mars 2025")
        .says("la date limite de cette fonctionnalité l’est aussi\u{202f}: Salon");
    let later = [("name", "Printemps"), ("closes_on", "2025-04-10"), ("moves", "yes")];
    admin.submit(edit, &later).await.leads_to(round);
    site.anybody().see("/c/chatons/features/1").await.is(200).says("jusqu’au 10 avril");
    site.anybody().see("/c/chatons/features/2").await.is(200).says("jusqu’au 20 mars");
    let told = world.post().await;
    let told: Vec<_> = told.iter().filter(|mail| mail.subject.contains("se termine plus tard")).collect();
    assert_eq!(told.len(), 2, "each with a share: {told:?}");
    assert!(told[0].text.contains("10 avril") && told[0].text.contains("Salon"), "{told:?}");
    // Left as they are where nobody says so.
    let later = [("name", "Printemps"), ("closes_on", "2025-04-20")];
    admin.submit(edit, &later).await.leads_to(round);
    site.anybody().see("/c/chatons/features/1").await.is(200).says("jusqu’au 10 avril");
}

async fn a_decision_says_what_it_led_to(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let admin = site.member(&town, 0).await;
    let page = "/c/chatons/decisions/1";
    let new = [("title", "Finir plus tôt"), ("outcome", "Par consentement."), ("decided_on", "2025-03-03")];
    admin.submit("/c/chatons/decisions/new", &new).await.is(303);
    let shown = site.anybody().see(page).await.is(200).says("Ce qu’elle a entraîné");
    shown.says("Rien dans Popote ne repose sur elle");
    let close = "/c/chatons/rounds/1/close";
    let form = admin.see(close).await.is(200).text;
    let id = form.split("<option value=\"").find(|part| part.contains("Finir plus tôt")).unwrap();
    let id = id.split('"').next().unwrap();
    let asked = admin.submit(close, &[("decision", id)]).await.is(200).hidden("seen");
    let done = [("decision", id), ("confirmed", "yes"), ("seen", &*asked)];
    admin.submit(close, &done).await.is(303);
    let shown = site.anybody().see(page).await.is(200).says("Le tour 1 est terminé");
    shown.says_not("Rien dans Popote ne repose sur elle").says("/c/chatons/rounds/1");
}

testkit::on_both![
    a_stale_form_overwrites_nothing,
    a_round_that_ends_later_takes_its_features_along,
    edits_of_a_feature_are_read_on_its_page,
    edits_of_a_round_an_organisation_and_rules_are_read,
    a_decision_says_what_it_led_to,
];
