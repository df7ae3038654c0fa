//! What a track hasn't in this version is said before anybody pays; what is wrong is said at once; a gift for one feature
//! is told as such.

use domain::rules::Template;
use testkit::World;

use crate::browser::{Answer, Site};
use crate::money::everybody_pays;
use crate::rounds::{ROUND, feature, open_and_share, shared};

const STOPS: &str = "le parcours léger s’arrête au financement";
const HERE: &str = "/c/chatons/features/1";

async fn what_the_light_track_has_not_is_said_before_anybody_pays(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let (lead, one, two) =
        (site.member(&town, 0).await, site.member(&town, 1).await, site.member(&town, 2).await);
    let mut fields = feature("Salon", "150", "f1");
    fields.push(("track", "light"));
    let mut preview = fields.clone();
    preview.push(("preview", "yes"));
    one.submit("/c/chatons/features/new", &preview).await.is(200).says(STOPS);
    // Nobody publishes it without having been told.
    let refused = one.submit("/c/chatons/features/new", &fields).await.is(422).says(STOPS);
    refused.says("id=\"f-knows\"").says("Publier quand même");
    site.anybody().see(HERE).await.is(404);
    fields.push(("knows", "yes"));
    one.submit("/c/chatons/features/new", &fields).await.leads_to(HERE);
    site.anybody().see(HERE).await.is(200).says(STOPS).says("Qui ferait le travail");
    let steps = format!("{HERE}/steps");
    for who in [&lead, &two] {
        who.submit(&format!("{HERE}/needs"), &[("words", "Nous aussi.")]).await.is(303);
    }
    for from in ["idea", "gathering", "costing"] {
        lead.submit(&steps, &[("reason", "Tout le monde la veut."), ("stage", from)]).await;
    }
    site.anybody().see(HERE).await.is(200).says("Il manque 150").says(STOPS);
    one.see(HERE).await.is(200).says("name=\"amount\"").says(STOPS);
    one.see("/c/chatons/rounds/1").await.is(200).says(STOPS);
    one.submit(&format!("{HERE}/allocation"), &[("amount", "90"), ("seen", "0"), ("key", "k")]).await.is(303);
    let put = [("amount", "60"), ("seen", "0"), ("key", "l"), ("confirmed", "yes")];
    two.submit(&format!("{HERE}/allocation"), &put[..3]).await.is(200).says("ne se reprend plus").says(STOPS);
    two.submit(&format!("{HERE}/allocation"), &put).await.leads_to(HERE);
    // Once it is funded nothing claims that the work is arranged.
    let page = site.anybody().see(HERE).await.is(200).says("Qui le fait").says("À convenir entre vous");
    page.says("n’est pas encore dans Popote").says_not("Pas encore choisi").says_not("Qui ferait");
    let work = site.anybody().see(&format!("{HERE}/work")).await.is(200).says("À convenir entre vous");
    let work = work.says("décisions du collectif").says_not("commentaires").says_not("Réalisée par");
    work.says_not("id=\"invoices\"");
    for mail in world.post().await.into_iter().filter(|mail| mail.subject.contains("est financée")) {
        assert!(!mail.text.contains("La réalisation peut commencer"), "{}", mail.text);
        assert!(mail.text.contains("réservé"), "{}", mail.text);
    }
}

async fn only_tracks_that_can_be_chosen_are_in_the_rules(world: World) {
    let site = Site::of(&world);
    world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let page = site.anybody().see("/c/chatons/rules").await.is(200).says("confiance").says("léger");
    page.says_not("médiation prévue").says_not("complet\u{202f}: chiffrages").says("pas encore possible");
}

fn errors(page: &Answer) -> Vec<String> {
    let parts = page.text.split("id=\"f-").skip(1).filter_map(|rest| rest.split('"').next());
    let mut fields: Vec<String> =
        parts.filter_map(|id| id.strip_suffix("-error")).map(str::to_owned).collect();
    fields.sort();
    fields
}

async fn all_that_is_wrong_is_said_at_once(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let treasurer = site.member(&town, 0).await;
    let mut fields = ROUND.to_vec();
    fields.extend([("name", ""), ("opens_on", "hier"), ("rule", "mixed"), ("equal", "abc"), ("cap", "0")]);
    fields.extend([("from", "2025-01-01"), ("to", "2025-03-01")]);
    let refused = treasurer.submit("/c/chatons/rounds/new", &fields).await.is(422);
    assert_eq!(errors(&refused), ["cap", "equal", "name", "opens_on"]);
    assert_eq!(refused.text.matches("href=\"#f-equal\"").count(), 1, "{}", refused.text);
    let mut fields = feature("", "beaucoup", "f1");
    fields.extend([("place", "outside"), ("closing_on", "bientôt"), ("summary", ""), ("done_when", "")]);
    let refused = treasurer.submit("/c/chatons/features/new", &fields).await.is(422);
    assert_eq!(errors(&refused), ["closing_on", "done_when", "price", "summary", "title"]);
}

async fn a_gift_for_one_feature_is_told_as_such(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let (treasurer, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    everybody_pays(&treasurer, &town, "100").await;
    let mut fields = feature("Salon", "150", "f1");
    fields.push(("place", "outside"));
    one.submit("/c/chatons/features/new", &fields).await.is(303);
    let mut tx = world.read().await;
    let collective = store::collectives::by_slug(&mut tx, "chatons").await.unwrap().unwrap();
    let salon = store::features::by_number(&mut tx, collective.id, 1).await.unwrap().unwrap().id.to_string();
    drop(tx);
    let gift = [
        ("amount", "40"),
        ("received_on", "2025-03-01"),
        ("nature", "gift"),
        ("name", "Pour le salon"),
        ("earmark", &*salon),
        ("key", "g1"),
    ];
    treasurer.submit("/c/chatons/gifts/new", &gift).await.is(303);
    // Until it is shared out it is named where it will count, and counts nowhere else.
    let page = site.anybody().see("/c/chatons/features/1").await.is(200);
    page.says("40\u{202f}€ de dons réservés à cette fonctionnalité");
    let named = "réservé à la fonctionnalité";
    treasurer.see("/c/chatons/contributions").await.is(200).says(named);
    treasurer.see("/c/chatons/entries/3").await.is(200).says(named);
    let accounts = site.anybody().see("/c/chatons/accounts").await.is(200).says(named);
    accounts.says("Dons réservés à une fonctionnalité").says("200,00\u{202f}€").says("40,00\u{202f}€");
    let cancel = one.see("/c/chatons/features/1/cancellation").await.is(200);
    cancel.says("40,00\u{202f}€ de dons réservés à cette fonctionnalité attendent dans leur fonds");
    open_and_share(&treasurer).await;
    site.anybody().see("/c/chatons/features/1").await.is(200).says_not("dons réservés");
    let told = "Dont 40,00\u{202f}€ réservés\u{202f}: ils viennent d’un don et ne se mettent que sur «\u{202f}Salon\u{202f}», après le reste de votre part.";
    one.see("/c/chatons/rounds/1").await.is(200).says("140,00").says(told);
    let mails = world.post().await;
    let mail = mails.iter().find(|mail| mail.subject.contains("part à répartir pour ARN")).unwrap();
    assert!(mail.text.contains("140,00") && mail.text.contains("40,00\u{202f}€ réservés"), "{}", mail.text);
    assert!(mail.text.contains("Salon"), "{}", mail.text);
    // It is as it was said: what is put there first is the rest.
    let put = [("amount", "120"), ("seen", "0"), ("key", "p1")];
    one.submit("/c/chatons/features/1/allocation", &put).await.is(303);
    let left = "Dont 20,00\u{202f}€ réservés";
    one.see("/c/chatons/rounds/1").await.is(200).says(left);
}

testkit::on_both![
    what_the_light_track_has_not_is_said_before_anybody_pays,
    only_tracks_that_can_be_chosen_are_in_the_rules,
    all_that_is_wrong_is_said_at_once,
    a_gift_for_one_feature_is_told_as_such,
];
