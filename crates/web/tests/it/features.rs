//! Features: proposing, needing, putting a share from the page, accompanying, ending.

use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::everybody_pays;
use crate::rounds::{feature, open_and_share};

async fn five_fields_make_a_feature(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let one = site.member(&town, 1).await;
    let path = "/c/chatons/features/new";
    let form =
        one.see(path).await.is(200).says("Proposer une fonctionnalité").says("value=\"outside\" checked");
    let fields = form.fields("").into_iter().filter(|name| !name.is_empty());
    assert!(fields.count() > 5);
    let mut fields = feature("Inviter <sans> compte ?", "3000", "f1");
    fields.extend([("place", "outside"), ("price_to", "4000"), ("closing_on", "30/04/2025")]);
    let mut preview = fields.clone();
    preview.push(("preview", "yes"));
    let preview = one.submit(path, &preview).await.is(200);
    preview
        .says("confiance")
        .says("jusqu’au 30 avril inclus")
        .says("value=\"3000\"")
        .says("Rien n’est encore publié");
    site.anybody().see("/c/chatons/features/1").await.is(404);
    one.submit(path, &fields).await.leads_to("/c/chatons/features/1");
    let page = site.anybody().see("/c/chatons/features/1").await.is(200);
    let page = page.says("Inviter &#60;sans&#62; compte\u{202f}?").says("Il manque 3\u{202f}000\u{202f}€");
    let page =
        page.says("jusqu’au 30 avril inclus").says("4\u{202f}000,00").says("Menée par").says("hors tour");
    page.says("ARN propose").says("og:title");
    site.anybody().in_english().see("/c/chatons/features/1").await.says("€3,000 are missing");
    let list = site.anybody().see("/c/chatons/features?state=funding").await;
    list.is(200).says("il manque 3\u{202f}000").says("aria-current=\"true\"");
    site.anybody().see("/c/chatons/features?state=idea").await.is(200).says("Aucune fonctionnalité");
    site.anybody().see("/c/chatons/features?state=soup").await.is(404);
    site.anybody().see("/c/chatons/features/abc").await.is(404).says("Cette page n’existe pas");
    one.submit("/c/chatons/features/abc/steps", &[]).await.is(404);
    site.anybody().see("/c/chatons/features?state=overtaken").await.is(200).says("déjà fait ailleurs");
}

async fn a_refused_proposal_keeps_everything(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let one = site.member(&town, 1).await;
    let path = "/c/chatons/features/new";
    for (field, value, sentence) in [
        ("title", "", "f-title-error"),
        ("price", "beaucoup", "f-price-error"),
        ("closing_on", "2025-01-01", "passée"),
        ("place", "round", "Aucun tour n’est ouvert"),
        ("discussion_url", "javascript:alert(1)", "f-discussion_url-error"),
        ("price_to", "10", "plus petit que le minimum"),
    ] {
        let mut fields = feature("Salon", "3000", "f1");
        fields.extend([("place", "outside"), ("description", "Mes mots précieux"), (field, value)]);
        one.submit(path, &fields).await.is(422).says(sentence).says("Mes mots précieux");
    }
    let long = "é".repeat(20_001);
    let mut fields = feature("Salon", "3000", "f1");
    fields.extend([("place", "outside"), ("description", &long)]);
    one.submit(path, &fields).await.is(422).says("trop long").says(&long);
    site.anybody().see("/c/chatons/features").await.is(200).says("Une idée suffit");
    assert_ne!(site.anybody().see(path).await.status, 200);
}

async fn needs_and_shares_are_put_from_the_page(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    open_and_share(&treasurer).await;
    let (one, two) = (site.member(&town, 1).await, site.member(&town, 2).await);
    one.submit("/c/chatons/features/new", &feature("Salon", "250", "f1")).await.is(303);
    let here = "/c/chatons/features/1";
    one.see(here).await.says_not("Nous en avons besoin aussi");
    two.see(here).await.says("Nous en avons besoin aussi");
    let need = "/c/chatons/features/1/needs";
    two.submit(need, &[("words", "Pour nos ateliers.")]).await.leads_to(here);
    two.submit(need, &[("words", "Encore.")]).await.is(422).says("déjà le cas");
    site.anybody().see(here).await.says("Pour nos ateliers.").says("2 structures en ont besoin");
    two.submit("/c/chatons/features/1/needs/withdraw", &[]).await.leads_to(here);
    let put = "/c/chatons/features/1/allocation";
    let page = two.see(here).await.says("Mettre une part");
    assert_eq!(page.hidden("seen"), "0");
    two.submit(put, &[("amount", "60,50"), ("seen", "0"), ("key", "a")]).await.leads_to(here);
    two.submit(put, &[("amount", "60,50"), ("seen", "0"), ("key", "a")]).await.leads_to(here);
    two.see(here).await.says("value=\"60,50\"").says("189,50");
    two.submit(put, &[("amount", "160"), ("seen", "6050"), ("key", "b")]).await.is(422).says("39,50");
    two.submit(put, &[("amount", "70"), ("seen", "0"), ("key", "c")]).await.is(409).says("maintenant 60,50");
    two.submit(put, &[("amount", ""), ("seen", "6050"), ("key", "d")]).await.leads_to(here);
    site.anybody().see(here).await.says("Il manque 250");
}

async fn a_steward_accompanies_and_ends(world: World) {
    let town = world.collective(Template::Association, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let site = Site::of(&world);
    let (steward, one) = (site.member(&town, 0).await, site.member(&town, 1).await);
    let mut fields = feature("Partage", "3000", "f1");
    fields.extend([("place", "outside"), ("closing_on", "2025-06-30"), ("knows", "yes")]);
    one.submit("/c/chatons/features/new", &fields).await.leads_to("/c/chatons/features/1");
    let here = "/c/chatons/features/1";
    one.see(here).await.says_not("Faire avancer").says("Modifier");
    steward.see(here).await.says("Faire avancer");
    let step = "/c/chatons/features/1/steps";
    assert_eq!(steward.see(here).await.hidden("stage"), "idea");
    one.submit(step, &[("reason", "Parce que."), ("stage", "idea")]).await.is(403);
    steward.submit(step, &[("reason", "Parce que.")]).await.is(400);
    steward.submit(step, &[("reason", ""), ("stage", "idea")]).await.is(422).says("à remplir");
    steward.submit(step, &[("reason", "Tout le monde l'attend."), ("stage", "idea")]).await.leads_to(here);
    site.anybody().see(here).await.says("Tout le monde l’attend.");
    let edit = "/c/chatons/features/1/edit";
    let form = one.see(edit).await.is(200).says("value=\"Partage\"").says("value=\"3000\"");
    let version = form.hidden("version");
    fields.extend([("title", "Partage fédéré"), ("version", &version)]);
    one.submit(edit, &fields).await.leads_to(here);
    let mut other = fields.clone();
    other.push(("title", "Partage simple"));
    let both = one.submit(edit, &other).await.is(409).says("entre-temps");
    let both = both.says("value=\"Partage simple\"").says("<dd>Partage fédéré</dd>");
    assert_ne!(both.hidden("version"), version);
    let cancel = "/c/chatons/features/1/cancellation";
    site.member(&town, 2).await.see(cancel).await.is(403);
    steward.see(cancel).await.is(200).says("Annuler «\u{202f}Partage fédéré\u{202f}»");
    steward.submit(cancel, &[("ending", "overtaken"), ("reason", "")]).await.is(422);
    steward.submit(cancel, &[("ending", "overtaken"), ("reason", "Fait en amont.")]).await.leads_to(here);
    site.anybody().see(here).await.is(200).says("déjà fait ailleurs").says("Fait en amont.");
    one.see(edit).await.is(200);
    site.member(&town, 1).await.submit(edit, &fields).await.is(409);
}

testkit::on_both![
    five_fields_make_a_feature,
    a_refused_proposal_keeps_everything,
    needs_and_shares_are_put_from_the_page,
    a_steward_accompanies_and_ends,
];
