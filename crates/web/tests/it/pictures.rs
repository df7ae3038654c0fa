//! Pictures on features: adding, seeing, refusing, erasing.

use axum::body::Body;
use axum::http::Request;
use domain::pictures::{LARGEST, MOST};
use domain::rules::Template;
use http_body_util::BodyExt as _;
use jiff::SignedDuration;
use pictures::paint;
use testkit::{Grown, World};

use crate::browser::{Answer, Site, Visitor};
use crate::rounds::feature;

const HERE: &str = "/c/chatons/features/1";
const PICTURES: &str = "/c/chatons/features/1/pictures";

/// A picture of that shade, of which the file tells whose machine made it.
fn screen(shade: u8) -> Vec<u8> {
    let mut bytes = paint(800, 400, |x, _| [shade, u8::try_from(x / 4).unwrap(), 90]);
    let note = b"tEXtAuthor\0Camille, 3 rue des Lilas";
    let mut sum = flate2::Crc::new();
    sum.update(note);
    let length = u32::try_from(note.len() - 4).unwrap().to_be_bytes();
    bytes.splice(33..33, [&length[..], note, &sum.sum().to_be_bytes()].concat());
    bytes
}

/// Three members; the second leads feature 1, the first is steward.
async fn town(world: &World, site: &Site) -> Grown {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "IndieHosters"]).await;
    let lead = site.member(&town, 1).await;
    let mut fields = feature("Salon", "250", "f1");
    fields.push(("place", "outside"));
    lead.submit("/c/chatons/features/new", &fields).await.leads_to(HERE);
    town
}

async fn send(visitor: &Visitor<'_>, says: &str, key: &str, bytes: &[u8]) -> Answer {
    let fields = [("alternative", says), ("key", key)];
    visitor.upload(PICTURES, &fields, ("picture", "Camille, mars.png", bytes)).await
}

/// The addresses of files on a page, each once.
fn files(page: &Answer) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rest in page.text.split("href=\"/files/").skip(1) {
        found.push(format!("/files/{}", rest.split('"').next().unwrap()));
    }
    found
}

async fn a_picture_is_added_and_everybody_sees_it(world: World) {
    let site = Site::of(&world);
    let town = town(&world, &site).await;
    let lead = site.member(&town, 1).await;
    site.anybody().see(HERE).await.is(200).says_not("<img src=\"/files");
    lead.see(HERE).await.says(&format!("href=\"{PICTURES}\""));
    let form = lead.see(PICTURES).await.is(200).says("Aucune image").says("accept=\"image/jpeg,");
    send(&lead, "Le salon <ouvert>", &form.hidden("key"), &screen(10)).await.leads_to(PICTURES);
    lead.see(PICTURES).await.is(200).says("![Le salon &#60;ouvert&#62;](/files/");
    // The page that was kept for everybody is not the one from before.
    let page = site.anybody().see(HERE).await.is(200);
    let page = page.says("alt=\"Le salon &#60;ouvert&#62;\"").says("width=\"800\" height=\"400\"");
    let page = page.says("loading=\"lazy\"").says(" 640w, /files/").says("Une nouvelle image montre");
    let [large] = &files(&page)[..] else { panic!("{:?}", files(&page)) };
    let page = page.says(&format!("\"og:image\" content=\"https://popote.example{large}\""));
    page.says("\"og:image:alt\" content=\"Le salon &#60;ouvert&#62;\"").says_not("Camille");
    site.anybody().in_english().see(HERE).await.says("A new picture shows “Salon”");
    let file = site.anybody().see(large).await.is(200).says_not("Camille").says_not("tEXt");
    assert_eq!(
        (file.header("content-type"), file.header("x-content-type-options")),
        ("image/png", "nosniff")
    );
    assert_eq!(file.header("content-disposition"), "inline; filename=\"image.png\"");
    assert_eq!(file.header("cache-control"), "public, max-age=600");
    assert!(file.header("content-security-policy").contains("sandbox"));
    let again = Request::get(large).header("if-none-match", file.header("etag"));
    let again = site.anybody().ask(again.body(Body::empty()).unwrap()).await;
    assert_eq!(again.status(), 304);
    assert!(again.into_body().collect().await.unwrap().to_bytes().is_empty());
}

async fn who_may_not_change_a_feature_adds_and_erases_nothing(world: World) {
    let site = Site::of(&world);
    let town = town(&world, &site).await;
    let (steward, lead, other) =
        (site.member(&town, 0).await, site.member(&town, 1).await, site.member(&town, 2).await);
    send(&lead, "Le salon", "a", &screen(10)).await.leads_to(PICTURES);
    let page = site.anybody().see(HERE).await;
    let remove = format!("{PICTURES}/{}/remove", files(&page)[0].trim_start_matches("/files/"));
    other.see(PICTURES).await.is(403);
    other.see(HERE).await.says_not(PICTURES);
    send(&other, "Le salon", "b", &screen(20)).await.is(403);
    other.submit(&remove, &[]).await.is(403);
    for refused in [
        site.anybody().see(PICTURES).await,
        send(&site.anybody(), "Le salon", "c", &screen(20)).await,
        site.anybody().submit(&remove, &[]).await,
    ] {
        assert!(matches!(refused.status.as_u16(), 303 | 401), "{}", refused.status);
    }
    // Whoever isn't signed in sends nothing large.
    send(&site.anybody(), "Le salon", "d", &vec![0; 600 * 1024]).await.is(401);
    site.anybody().see(&files(&page)[0]).await.is(200);
    // A picture is erased where it is, not from another feature.
    let mut fields = feature("Autre", "250", "f2");
    fields.push(("place", "outside"));
    lead.submit("/c/chatons/features/new", &fields).await.leads_to("/c/chatons/features/2");
    lead.submit(&remove.replace("/1/", "/2/"), &[]).await.is(404);
    send(&steward, "Le salon fermé", "e", &screen(20)).await.leads_to(PICTURES);
    steward.submit(&remove, &[]).await.leads_to(PICTURES);
}

async fn an_erased_picture_is_gone_and_its_like_elsewhere_stays(world: World) {
    let site = Site::of(&world);
    let town = town(&world, &site).await;
    let lead = site.member(&town, 1).await;
    let mut fields = feature("Autre", "250", "f2");
    fields.push(("place", "outside"));
    lead.submit("/c/chatons/features/new", &fields).await.leads_to("/c/chatons/features/2");
    let other = "/c/chatons/features/2/pictures";
    for path in [PICTURES, other] {
        let fields = [("alternative", "Le salon"), ("key", path)];
        lead.upload(path, &fields, ("picture", "a.png", &screen(10))).await.leads_to(path);
    }
    let mut edited = feature("Salon", "250", "");
    let own = files(&site.anybody().see(HERE).await)[0].clone();
    let text = format!("Voici :\n\n![Le salon ouvert]({own})");
    let version = lead.see("/c/chatons/features/1/edit").await.hidden("version");
    edited.extend([("place", "outside"), ("description", &*text), ("version", &*version)]);
    lead.submit("/c/chatons/features/1/edit", &edited).await.leads_to(HERE);
    site.anybody().see(HERE).await.says(&format!("<img src=\"{own}\" alt=\"Le salon ouvert\""));
    let remove = format!("{PICTURES}/{}/remove", own.trim_start_matches("/files/"));
    lead.see(PICTURES).await.says("effacées pour de bon").says(&format!("action=\"{remove}\""));
    for _ in 0..2 {
        lead.submit(&remove, &[]).await.leads_to(PICTURES);
    }
    let page = site.anybody().see(HERE).await.is(200).says_not("srcset").says_not("og:image");
    assert_eq!(page.text.matches("Une image de «\u{202f}Salon\u{202f}» est retirée").count(), 1);
    site.anybody().see(&own).await.is(404);
    let like = files(&site.anybody().see("/c/chatons/features/2").await);
    site.anybody().see(&like[0]).await.is(200);
}

async fn what_is_no_picture_is_refused_in_words(world: World) {
    let site = Site::of(&world);
    let town = town(&world, &site).await;
    let lead = site.member(&town, 1).await;
    let whole = screen(10);
    let mut bomb = paint(1, 1, |_, _| [0; 3]);
    let mut header = b"IHDR\0\0\xC3\x50\0\0\xC3\x50\x08\x02\0\0\0".to_vec();
    let mut sum = flate2::Crc::new();
    sum.update(&header);
    header.extend(sum.sum().to_be_bytes());
    bomb.splice(12..33, header);
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let mut moving = paint(8, 8, |_, _| [0; 3]);
    moving.splice(33..33, *b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\xF3\x8D\x93\x70");
    for (bytes, sentence) in [
        (&b""[..], "à remplir"),
        (b"bonjour", "Popote sait montrer"),
        (b"%PDF-1.7\n%%EOF", "Popote sait montrer"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "Popote sait montrer"),
        (svg, "SVG peut contenir un programme"),
        (&whole[..whole.len() / 2], "abîmé ou incomplet"),
        (&moving, "animée"),
        (&bomb, "25 millions de pixels"),
        (&vec![0; LARGEST + 1], "10 Mo au plus"),
        (&vec![0; LARGEST + LARGEST / 2], "10 Mo au plus"),
    ] {
        let page = send(&lead, "Ce que je montre", "k", bytes).await.is(422).says(sentence);
        let page = page.says("Ce que je montre</textarea>").says("Choisissez de nouveau le fichier");
        assert_eq!(page.hidden("key"), "k");
    }
    let mute = send(&lead, " ", "k", &whole).await.is(422);
    mute.says("id=\"f-alternative-error\"").says_not("id=\"f-picture-error\"");
    send(&lead, " ", "k", b"bonjour").await.is(422).says("f-alternative-error").says("f-picture-error");
    send(&lead, &"é".repeat(301), "k", &whole).await.is(422).says("300 caractères");
    lead.submit(PICTURES, &[("alternative", "Sans fichier")]).await.is(422).says("à remplir");
    site.anybody().see(HERE).await.says_not("/files/");
}

async fn six_pictures_are_enough_and_none_comes_twice(world: World) {
    let site = Site::of(&world);
    let town = town(&world, &site).await;
    let lead = site.member(&town, 1).await;
    for shade in 0..u8::try_from(MOST).unwrap() {
        let key = format!("k{shade}");
        world.wait(SignedDuration::from_secs(1));
        // A double click adds it once.
        for _ in 0..2 {
            send(&lead, "Le salon", &key, &screen(shade)).await.leads_to(PICTURES);
        }
        send(&lead, "Encore", "other", &screen(shade)).await.is(422);
        send(&lead, "Autre chose", &key, &screen(shade)).await.is(409);
    }
    assert_eq!(files(&site.anybody().see(HERE).await).len(), MOST);
    let page = send(&lead, "Une de trop", "more", &screen(200)).await.is(422).says("Il y a déjà 6 images");
    let page = page.says("Une de trop</textarea>");
    lead.see(PICTURES).await.is(200).says("Il y a déjà 6 images").says_not("type=\"file\"");
    let remove = format!("{PICTURES}/{}/remove", files(&page)[0].trim_start_matches("/files/"));
    lead.submit(&remove, &[]).await.leads_to(PICTURES);
    send(&lead, "Le salon", "twice", &screen(3)).await.is(422).says("Cette image est déjà là");
    send(&lead, "À sa place", "more", &screen(200)).await.leads_to(PICTURES);
    let cancel = [("ending", "abandoned"), ("reason", "Plus personne.")];
    let steward = site.member(&town, 0).await;
    steward.submit("/c/chatons/features/1/cancellation", &cancel).await.leads_to(HERE);
    lead.see(PICTURES).await.is(200).says("est terminée").says_not("type=\"file\"").says("/remove");
    lead.submit(&format!("{PICTURES}/{}/remove", files(&page)[1].trim_start_matches("/files/")), &[])
        .await
        .leads_to(PICTURES);
    send(&lead, "Trop tard", "late", &screen(201)).await.is(422).says("est terminée");
}

testkit::on_both![
    a_picture_is_added_and_everybody_sees_it,
    who_may_not_change_a_feature_adds_and_erases_nothing,
    an_erased_picture_is_gone_and_its_like_elsewhere_stays,
    what_is_no_picture_is_refused_in_words,
    six_pictures_are_enough_and_none_comes_twice,
];
