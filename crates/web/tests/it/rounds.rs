//! Rounds: opening, sharing with a preview, putting one's share, closing.

use domain::rules::Template;
use http_body_util::BodyExt as _;
use testkit::{Grown, World};

use crate::browser::{Site, Visitor};
use crate::money::everybody_pays;

/// The fields of a round of March 2025.
pub(crate) const ROUND: [(&str, &str); 8] = [
    ("name", "Printemps"),
    ("opens_on", "2025-03-03"),
    ("closes_on", "2025-03-31"),
    ("rule", "equal"),
    ("gifts", "equal"),
    ("unspent", "carry"),
    ("cap", ""),
    ("key", "round"),
];

/// The fields of a feature of that price.
pub(crate) fn feature<'f>(title: &'f str, price: &'f str, key: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("title", title),
        ("software", "Matrix"),
        ("summary", "Inviter par un lien."),
        ("price", price),
        ("closing_on", "2025-03-31"),
        ("place", "round"),
        ("done_when", "Le lien marche."),
        ("key", key),
    ]
}

/// A round is opened and everything is shared equally.
pub(crate) async fn open_and_share(treasurer: &Visitor<'_>) {
    treasurer.submit("/c/chatons/rounds/new", &ROUND).await.leads_to("/c/chatons/rounds/1");
    let path = "/c/chatons/rounds/1/distribution";
    let preview = treasurer.see(path).await.is(200);
    let (digest, key) = (preview.hidden("digest"), preview.hidden("key"));
    let confirm = [("step", "confirm"), ("digest", &*digest), ("key", &*key)];
    treasurer.submit(path, &confirm).await.leads_to("/c/chatons/rounds/1");
}

/// Three members, 100 € each, shared in round 1.
pub(crate) async fn shared(world: &World, site: &Site) -> Grown {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    town
}

async fn a_round_says_where_it_leaves_the_rules(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let form = treasurer.see("/c/chatons/rounds/new").await.is(200);
    // 35 days after 3 March is 7 April: the first Tuesday after it.
    form.says("value=\"2025-05-06\"").says("D’après les règles").says("6 mai 2025");
    let other = "ne suit pas le calendrier des règles";
    treasurer.submit("/c/chatons/rounds/new", &ROUND).await.leads_to("/c/chatons/rounds/1");
    treasurer.see("/c/chatons/rounds/1").await.is(200).says(other);
    let path = "/c/chatons/rounds/1/edit";
    let mut fields = ROUND.to_vec();
    fields.retain(|(name, _)| !["closes_on", "key"].contains(name));
    fields.push(("closes_on", "2025-05-06"));
    treasurer.submit(path, &fields).await.leads_to("/c/chatons/rounds/1");
    treasurer.see("/c/chatons/rounds/1").await.is(200).says_not(other);
}

async fn a_preview_is_what_is_posted(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    let path = "/c/chatons/rounds/1/distribution";
    treasurer.submit("/c/chatons/rounds/new", &ROUND).await.leads_to("/c/chatons/rounds/1");
    treasurer
        .submit("/c/chatons/rounds/new", &[("key", "x"), ROUND[0], ROUND[1], ROUND[2], ROUND[3]])
        .await
        .is(422);
    treasurer.see(path).await.is(422).says("rien à partager");
    everybody_pays(&treasurer, &town, "100,01").await;
    let preview = treasurer.see(path).await.is(200).says("300,03").says("100,01").says("la même part");
    let digest = preview.hidden("digest");
    let organisation = town.member(1).organisation.to_string();
    let more = crate::money::payment(&organisation, "1", "more");
    treasurer.submit("/c/chatons/contributions/new", &more).await.is(303);
    let changed = treasurer.submit(path, &[("step", "confirm"), ("digest", &digest), ("key", "d1")]).await;
    let changed = changed.is(409).says("Quelque chose a changé").says("301,03");
    let fresh = changed.hidden("digest");
    assert_ne!(fresh, digest);
    let confirm = [("step", "confirm"), ("digest", &*fresh), ("key", "d2")];
    for _ in 0..2 {
        treasurer.submit(path, &confirm).await.leads_to("/c/chatons/rounds/1");
    }
    treasurer.see(path).await.is(200).says("Le partage du tour 1").says("100,34");
    let mine = site.member(&town, 1).await.see("/c/chatons/rounds/1").await;
    mine.is(200).says_not("pas encore partagé");
    site.anybody().see(path).await.is(200).says("Le partage du tour 1");
}

async fn amounts_by_hand_are_pasted_or_sent(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    let mut round = ROUND.to_vec();
    round.push(("rule", "manual"));
    treasurer.submit("/c/chatons/rounds/new", &round).await.is(303);
    let path = "/c/chatons/rounds/1/distribution";
    let page = treasurer.see(path).await.is(200).says("Un montant par structure");
    page.says("Il y a 200,00\u{202f}€ à partager");
    let wrong = treasurer.submit(path, &[("table", "ARN;10\nInconnue;5"), ("step", "preview")]).await;
    wrong.is(422).says("Ligne 2").says("Inconnue;5");
    let much = treasurer.submit(path, &[("table", "ARN;1000"), ("step", "preview")]).await;
    much.is(422).says("il n’y a que 200,00").says("800,00\u{202f}€ de trop");
    let sheet = treasurer.upload(path, &[("step", "preview")], ("file", "parts.xlsx", b"PK\x03\x04\x00\x01"));
    sheet.await.is(422).says("Ce n’est pas un texte").says("id=\"f-file-error\"");
    let heavy = vec![b'x'; 3 << 20];
    let heavy = treasurer.upload(path, &[("step", "preview")], ("file", "parts.csv", &heavy));
    heavy.await.is(422).says("5\u{202f}000 lignes au plus");
    let utf_16: Vec<u8> = "\u{feff}ARN\t120,50\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = treasurer.upload(path, &[("step", "preview")], ("file", "parts.txt", &utf_16));
    wide.await.is(200).says("120,50");
    let quoted = b"structure,montant\nARN,\"120,50\"\n";
    treasurer
        .upload(path, &[("step", "preview")], ("file", "parts.csv", quoted))
        .await
        .is(200)
        .says("120,50");
    let file =
        treasurer.upload(path, &[("step", "preview")], ("file", "parts.csv", b"\xef\xbb\xbfARN;120,50\r\n"));
    let preview = file.await.is(200).says("120,50");
    let (digest, key) = (preview.hidden("digest"), preview.hidden("key"));
    let confirm = [("step", "confirm"), ("digest", &*digest), ("key", &*key), ("table", "ARN;120,50")];
    treasurer.submit(path, &confirm).await.leads_to("/c/chatons/rounds/1");
    // Those who got something are counted, no other.
    site.anybody().see("/c/chatons/activity").await.is(200).says("120,50\u{202f}€ confiés à 1 structure");
}

async fn a_share_triggers_what_it_covers(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let (one, two) = (site.member(&town, 1).await, site.member(&town, 2).await);
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1"))
        .await
        .leads_to("/c/chatons/features/1");
    let page = one.see("/c/chatons/rounds/1").await.is(200);
    let page = page
        .says("Reste à répartir pour ARN")
        .says("data-over=\"# de trop\"")
        .says("100,00")
        .says("part égale")
        .says("il manquerait encore 50");
    let (amount, seen) = (page.fields("amount-").remove(0), page.fields("seen-").remove(0));
    let key = page.hidden("key");
    let put = [("key", &*key), (&*amount, "100"), (&*seen, "0")];
    one.submit("/c/chatons/rounds/1/allocations", &put).await.leads_to("/c/chatons/rounds/1");
    let feature = site.anybody().see("/c/chatons/features/1").await;
    feature.is(200).says("Il manque 50").says("ARN").says("100\u{202f}€");
    let over =
        two.submit("/c/chatons/rounds/1/allocations", &[("key", "k2"), (&amount, "150"), (&seen, "0")]).await;
    over.is(422).says("100,00").says("value=\"150\"").says(&format!("href=\"#f-{amount}\""));
    let stale = two
        .submit("/c/chatons/rounds/1/allocations", &[("key", "k3"), (&amount, "50"), (&seen, "700")])
        .await;
    stale.is(409).says("vous aviez vu 7,00").says("maintenant 0,00");
    let put = [("key", "k4"), (&*amount, "50"), (&*seen, "0"), ("confirmed", "yes")];
    let asked = two.submit("/c/chatons/rounds/1/allocations", &put[..3]).await.is(200);
    asked
        .says("Cela ne se reprend plus")
        .says("atteint son prix plancher")
        .says("Aucune autre structure n’est nommée pour le travail\u{202f}: c’est ARN");
    let before = site.anybody().see("/c/chatons/features/1").await.says("Il manque 50");
    before.says("ARN, qui mène la fonctionnalité").says_not("Pas encore choisi");
    two.submit("/c/chatons/rounds/1/allocations", &put).await.leads_to("/c/chatons/rounds/1");
    let feature = site.anybody().see("/c/chatons/features/1").await.is(200);
    feature.says("Financée le 3 mars 2025").says("réalisation").says("est financée");
    let bound = one
        .submit("/c/chatons/rounds/1/allocations", &[("key", "k5"), (&amount, ""), (&seen, "10000")])
        .await;
    bound.is(422).says("ne se retirent plus");
    site.anybody().see("/c/chatons/accounts").await.says("Réservé");
}

async fn without_a_mandate_nothing_is_put(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let one = site.member(&town, 1).await;
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let page = site.anybody().see("/c/chatons/rounds/1").await.is(200);
    page.says("Se connecter pour répartir").says_not("name=\"amount-");
    let sent = site.anybody().submit("/c/chatons/rounds/1/allocations", &[("key", "k")]).await;
    assert_ne!(sent.status, 200);
    site.anybody().see("/c/chatons/rounds/2").await.is(404);
    one.see("/c/chatons/rounds/new").await.is(403);
    one.see("/c/chatons/rounds/1/close").await.is(403);
    site.member(&town, 0).await.see("/c/chatons/rounds/1/close").await.is(200).says("demande une décision");
}

async fn the_order_is_shuffled_or_by_name(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let one = site.member(&town, 1).await;
    for (at, title) in ["Zèbre", "Âne", "Mulot"].into_iter().enumerate() {
        let key = format!("f{at}");
        one.submit("/c/chatons/features/new", &feature(title, "50", &key)).await.is(303);
    }
    let page = one.see("/c/chatons/rounds/1?order=name").await.is(200);
    let at = |title: &str| page.text.find(&format!(">{title}</a>")).unwrap();
    assert!(at("Âne") < at("Mulot") && at("Mulot") < at("Zèbre"));
    one.see("/c/chatons/rounds/1").await.says("L’ordre est mélangé");
}

async fn somebody_else_writes_down_why_a_round_closes_early(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    world.wait(domain::people::WAITING);
    let (admin, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let path = "/c/chatons/rounds/1/close";
    let page = admin.see(path).await.is(200).says("notée par une autre personne que vous");
    page.says("/c/chatons/decisions/new").says_not("name=\"title\"");
    let own = [("title", "Finir plus tôt"), ("outcome", "Oui."), ("decided_on", "2025-03-05")];
    admin.submit(path, &own).await.is(422).says("demande deux personnes");
    admin.see("/c/chatons/decisions/1").await.is(404);
    one.submit("/c/chatons/decisions/new", &own).await.is(303);
    let written = store::decisions::by_number(&mut world.read().await, town.id, 1).await.unwrap().unwrap();
    let id = written.id.to_string();
    let seen = admin.submit(path, &[("decision", id.as_str())]).await.is(200).hidden("seen");
    let sent = [("decision", id.as_str()), ("confirmed", "yes"), ("seen", seen.as_str())];
    admin.submit(path, &sent).await.is(303);
    admin.see("/c/chatons/rounds/1").await.says("Terminé");
    // The next round isn't ended by it.
    let mut fields = ROUND.to_vec();
    fields.retain(|(name, _)| !["opens_on", "key"].contains(name));
    fields.extend([("opens_on", "2025-03-05"), ("key", "second")]);
    admin.submit("/c/chatons/rounds/new", &fields).await.leads_to("/c/chatons/rounds/2");
    admin.see("/c/chatons/rounds/2/close").await.is(200).says_not("Finir plus tôt");
}

async fn a_round_closes_early_by_a_decision(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let (admin, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let put = [("amount", "40"), ("seen", "0"), ("key", "a")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    let path = "/c/chatons/rounds/1/close";
    admin.submit(path, &[("title", ""), ("outcome", "")]).await.is(422).says("id=\"f-title-error\"");
    admin.submit(path, &[("decision", "soup")]).await.is(422);
    let future = [("title", ""), ("outcome", "Oui."), ("decided_on", "2025-03-09")];
    admin.submit(path, &future).await.is(422).says("n’est pas encore là").says("id=\"f-title-error\"");
    admin
        .see(path)
        .await
        .says("name=\"decided_on\" type=\"date\" value=\"2025-03-03\"")
        .says("Ne rien changer");
    let decided = [("title", "Finir plus tôt"), ("outcome", "Par consentement, le 3 mars.")];
    // Nothing is closed before it is said what it leads to.
    let said = |page: crate::browser::Answer| {
        let page = page
            .says("Bilan, si le tour se terminait maintenant")
            .says("Aucune fonctionnalité de plus ne serait");
        let page =
            page.says(">Salon</th>").says("110,00").says("40,00\u{202f}€ reviendraient aux structures");
        page.says("300,00\u{202f}€ ne seraient pas répartis\u{202f}: ils resteraient")
    };
    said(admin.see(path).await.is(200)).says(">IndieHosters</th>");
    // A decision older than the round was about something else: it is said before anything is written down.
    let older = [decided[0], decided[1], ("decided_on", "2025-03-01")];
    admin.submit(path, &older).await.is(422).says("href=\"#f-decided_on\"");
    admin.see("/c/chatons/decisions/1").await.is(404);
    let asked = said(admin.submit(path, &decided).await.is(200)).says("Finir plus tôt");
    let seen = asked.says("ne se défait pas").hidden("seen");
    admin.see("/c/chatons/rounds/1").await.says_not("Terminé");
    let send = async |seen: &str| {
        let day = ("decided_on", "2025-03-03");
        let fields = [decided[0], decided[1], day, ("confirmed", "yes"), ("seen", seen)];
        admin.submit(path, &fields).await
    };
    // What changed since is said, and nothing is closed.
    let more = [("amount", "60"), ("seen", "4000"), ("key", "b")];
    one.submit("/c/chatons/features/1/allocation", &more).await.is(303);
    let changed = send(&seen).await.is(409).says("a changé depuis").says("90,00").says("60,00");
    admin.see("/c/chatons/rounds/1").await.says_not("Terminé");
    // Nor is the decision written down: it is with the close.
    admin.see("/c/chatons/decisions/1").await.is(404);
    assert_ne!(changed.hidden("seen"), seen);
    assert_eq!(changed.hidden("title"), "Finir plus tôt");
    send(&changed.hidden("seen")).await.leads_to("/c/chatons/rounds/1");
    admin.see("/c/chatons/decisions/1").await.is(200).says("3 mars 2025");
    admin.see("/c/chatons/decisions/2").await.is(404);
    site.anybody().see("/c/chatons/rounds/1").await.is(200).says("Terminé");
    site.anybody().see("/c/chatons/features/1").await.says("tout est revenu");
    one.see("/c/chatons/members/arn/statement").await.is(200).says("Part posée").says("Retour · ");
    admin.see(path).await.is(404);
}

async fn after_the_closing_date_what_was_typed_is_shown(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let one = site.member(&town, 1).await;
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1")).await.is(303);
    let put = [("amount", "40"), ("seen", "0"), ("key", "before")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    world.wait(jiff::SignedDuration::from_hours(24 * 29));
    let put = [("amount", "47,50"), ("seen", "4000"), ("key", "a")];
    let late = one.submit("/c/chatons/features/1/allocation", &put).await.is(422);
    late.says("Vous aviez saisi 47,50. Rien n’a changé.");
    one.see("/c/chatons/features/1")
        .await
        .is(200)
        .says("est terminé depuis la fin du")
        .says_not("Vous aviez saisi");
}

async fn live_figures_are_for_everybody_where_amounts_are(world: World) {
    let site = Site::of(&world);
    shared(&world, &site).await;
    let stream = site.anybody().open("/c/chatons/rounds/1/live").await;
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.headers()["cache-control"], "no-store");
    assert_eq!(stream.headers()["x-accel-buffering"], "no");
    let first = stream.into_body().frame().await.unwrap().unwrap().into_data().unwrap();
    let first = String::from_utf8(first.to_vec()).unwrap();
    assert!(first.starts_with("event: progress\nretry: 5000\ndata: "), "{first}");
    site.anybody().see("/c/chatons/rounds/7/live").await.is(404);
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(site.anybody().open("/c/chatons/rounds/1/live").await);
    }
    let refused = open.iter().filter(|stream| stream.status() == 429).count();
    assert!(refused <= 1 && site.anybody().open("/c/chatons/rounds/1/live").await.status() == 429);
}

async fn a_complement_waits_for_the_trigger(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let one = site.member(&town, 1).await;
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f1"))
        .await
        .leads_to("/c/chatons/features/1");
    let path = "/c/chatons/features/1/top-up";
    one.see(path).await.is(200).says("dont le financement est déclenché");
    let decision = uuid::Uuid::nil().to_string();
    let more = [("key", "k"), ("amount", "10"), ("decision", &*decision), ("reason", "Le devis a changé")];
    one.submit(path, &more).await.is(422).says("dont le financement est déclenché");
    one.see("/c/chatons/features/1/terms").await.is(200).says_not("top-up");
    // Once it is funded, its page leads whoever may there, though its terms never changed.
    let (page, link) = ("/c/chatons/features/1", "Les conditions, et compléter par décision");
    one.see(page).await.is(200).says_not(link);
    for (place, amount) in [(1, "100"), (2, "50")] {
        let put = [("amount", amount), ("seen", "0"), ("key", "p")];
        site.member(&town, place).await.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    }
    let terms = one.see(page).await.is(200).link(link);
    one.see(&terms).await.is(200).says(path);
    site.anybody().see(page).await.is(200).says_not(link);
}

testkit::on_both![
    a_round_says_where_it_leaves_the_rules,
    a_complement_waits_for_the_trigger,
    a_round_closes_early_by_a_decision,
    somebody_else_writes_down_why_a_round_closes_early,
    after_the_closing_date_what_was_typed_is_shown,
    live_figures_are_for_everybody_where_amounts_are,
    a_preview_is_what_is_posted,
    amounts_by_hand_are_pasted_or_sent,
    a_share_triggers_what_it_covers,
    without_a_mandate_nothing_is_put,
    the_order_is_shuffled_or_by_name,
];
