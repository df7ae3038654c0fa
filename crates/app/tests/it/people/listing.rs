//! Files of hosters, served on loopback: what is read of them, and what each organisation confirms.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use domain::{chatonsinfos::LARGEST, descriptors::Unfetched, rules::Template};
use outside::Fetcher;
use popote_app::{
    Context, Failure,
    chatonsinfos::{self, Answer, Files, Imported, Outcome, Why, crawl_folder},
    fetching,
};
use testkit::{Grown, World, on_both};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    sync::Mutex,
};

type Served = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// A server of files by their path; what isn't there is a 404.
async fn serve() -> (u16, Served) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let files = Served::default();
    let shared = files.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut bytes = [0; 4_096];
            let read = stream.read(&mut bytes).await.unwrap();
            let asked = String::from_utf8_lossy(&bytes[..read]).into_owned();
            let path = asked.split(' ').nth(1).unwrap_or_default().to_owned();
            let found = shared.lock().await.get(&path).cloned();
            let (status, body) = found.map_or((404, Vec::new()), |body| (200, body));
            let head =
                format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            // Whoever asks goes away from a file that is too large.
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&body).await;
        }
    });
    (port, files)
}

fn service(name: &str, software: &str) -> String {
    format!(
        "file.class = Service\nservice.name = {name}\nservice.website = https://{name}.example/\n\
         service.status.level = OK\nsoftware.name = {software}\nsoftware.license.name = AGPL-3.0-or-later\n\
         software.source.url = https://forge.example/{software}.git\ncontact.email = secret@{name}.example\n"
    )
}

fn organisation(name: &str, website: &str, subs: &[String]) -> String {
    let mut text = format!(
        "file.class = Organization\norganization.name = '{name}'\norganization.website = {website}\n"
    );
    for (at, sub) in subs.iter().enumerate() {
        text.push_str(&format!("subs.s{at} = {sub}\n"));
    }
    text
}

/// Four organisations: one whole with a file in Latin-1, one with a file that isn't there, one that names itself and the
/// federation, one with a file of 2 MB.
async fn federation(port: u16, files: &Served) -> String {
    let at = |path: &str| format!("http://127.0.0.1:{port}/{path}");
    let mut served = files.lock().await;
    let mut put = |path: &str, text: Vec<u8>| served.insert(format!("/{path}"), text);
    let all = ["a", "b", "c", "d"].map(|one| format!("subs.{one} = {}\n", at(&format!("{one}.properties"))));
    put(
        "all.properties",
        format!("file.class = Federation\nfederation.name = CHATONS\n{}", all.concat()).into_bytes(),
    );
    let subs = |names: &[&str]| names.iter().map(|name| at(name)).collect::<Vec<_>>();
    put("a.properties", organisation("ARN", "https://arn.example", &subs(&["a1", "a2", "a3"])).into_bytes());
    put("a1", service("nuage", "Nextcloud").into_bytes());
    put("a2", service("salon", "Matrix").into_bytes());
    // « Écrire » in Latin-1.
    let latin: Vec<u8> =
        service("ecrire", "Étherpad").chars().map(|c| u8::try_from(c as u32).unwrap()).collect();
    put("a3", latin);
    put("b.properties", organisation("Ailleurs", "", &subs(&["b1", "gone"])).into_bytes());
    put("b1", service("drive", "nextcloud").into_bytes());
    put(
        "c.properties",
        organisation(
            "Boucle",
            "https://www.girofle.example/",
            &subs(&["c.properties", "all.properties", "c1"]),
        )
        .into_bytes(),
    );
    put("c1", service("mail", "Sogo").into_bytes());
    put("d.properties", organisation("Gros", "", &subs(&["d1", "d2"])).into_bytes());
    put("d1", vec![b'x'; 2 * 1024 * 1024]);
    put("d2", service("pad", "Matrix").into_bytes());
    at("all.properties")
}

async fn town_of(world: &World, port: u16) -> (Context, Grown) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let girofle = town.member(2).organisation;
    world
        .sql(move |tx| {
            Box::pin(async move {
                store::organisations::describe(tx, girofle, "Girofle", "https://girofle.example", None).await
            })
        })
        .await;
    let exception = format!("127.0.0.1:{port}").parse().unwrap();
    (world.context.clone().asking(Arc::new(Fetcher::new(vec![exception]))), town)
}

async fn read(ctx: &Context, town: &Grown, url: &str) -> Outcome {
    chatonsinfos::carry_out(ctx, town.admin(), town.id, url, Duration::ZERO).await.unwrap()
}

async fn hosted_by(world: &World, town: &Grown, slug: &str) -> i64 {
    let mut tx = world.read().await;
    store::software::by_slug(&mut tx, town.id, slug).await.unwrap().unwrap().hosted_by
}

async fn runs(world: &World, town: &Grown, place: usize) -> Vec<(String, bool)> {
    let mut tx = world.read().await;
    let of = town.member(place).organisation;
    let runs = store::software::run_by(&mut tx, town.id, of, 100).await.unwrap();
    runs.into_iter().map(|run| (run.slug, run.confirmed_at.is_some())).collect()
}

async fn listed(world: &World, town: &Grown) -> usize {
    let mut tx = world.read().await;
    store::listed::shown(&mut tx, town.id, 100).await.unwrap().len()
}

async fn a_federation_with_its_faults_is_read_once_and_confirmed_by_each(world: World) {
    let (port, files) = serve().await;
    let url = federation(port, &files).await;
    let (ctx, town) = town_of(&world, port).await;
    let outcome = read(&ctx, &town, &url).await;
    let Imported { organisations, members, services, changed } = outcome.imported;
    assert_eq!((organisations, members, services, outcome.failed.as_deref()), (4, 2, 6, None));
    assert!(changed > 0);
    let troubles: Vec<(&str, &str)> =
        outcome.troubles.iter().map(|(file, why)| (file.rsplit('/').next().unwrap(), why.as_str())).collect();
    assert_eq!(troubles, [("gone", "not_there"), ("d1", "too_large")]);

    // Nothing counts before it is confirmed.
    assert_eq!(hosted_by(&world, &town, "nextcloud").await, 0);
    let awaiting = [("etherpad", false), ("matrix", false), ("nextcloud", false)];
    assert_eq!(runs(&world, &town, 1).await, awaiting.map(|(slug, yes)| (slug.to_owned(), yes)));
    assert_eq!(runs(&world, &town, 2).await, [("sogo".to_owned(), false)], "known by its site");

    // The same again writes nothing.
    let again = read(&ctx, &town, &url).await;
    assert_eq!(again.imported, Imported { changed: 0, ..outcome.imported });

    let (arn, by) = (town.member(1).organisation, town.member(1).acting());
    let other =
        chatonsinfos::answer(&ctx, town.member(2).acting(), town.id, arn, None, Answer::Confirms).await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))), "{other:?}");
    let mut tx = world.read().await;
    let matrix = store::software::by_slug(&mut tx, town.id, "matrix").await.unwrap().unwrap().id;
    drop(tx);
    let denied = chatonsinfos::answer(&ctx, by.clone(), town.id, arn, Some(matrix), Answer::Denies).await;
    assert_eq!(denied.unwrap(), 1);
    let confirmed = chatonsinfos::answer(&ctx, by.clone(), town.id, arn, None, Answer::Confirms).await;
    assert_eq!(confirmed.unwrap(), 2);
    let nothing = chatonsinfos::answer(&ctx, by, town.id, arn, None, Answer::Confirms).await;
    assert!(matches!(nothing, Err(Failure::NotFound)), "{nothing:?}");
    assert_eq!(hosted_by(&world, &town, "nextcloud").await, 1);
    assert_eq!(hosted_by(&world, &town, "matrix").await, 0);

    // What was confirmed or denied stays so, whatever the files say.
    assert_eq!(read(&ctx, &town, &url).await.imported.changed, 0);
    assert_eq!(runs(&world, &town, 1).await.len(), 2);
}

async fn what_is_listed_no_more_goes_unless_it_could_not_be_read(world: World) {
    let (port, files) = serve().await;
    let url = federation(port, &files).await;
    let (ctx, town) = town_of(&world, port).await;
    read(&ctx, &town, &url).await;
    // A file that fails is no word.
    let kept = files.lock().await.remove("/c.properties");
    assert_eq!(read(&ctx, &town, &url).await.imported.changed, 0);
    assert_eq!(runs(&world, &town, 2).await.len(), 1);
    assert_eq!(listed(&world, &town).await, 4);
    // One that the federation names no more is gone, with what nobody confirmed.
    let text = String::from_utf8(files.lock().await["/all.properties"].clone()).unwrap();
    let without: String =
        text.lines().filter(|line| !line.starts_with("subs.c")).fold(String::new(), |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        });
    files.lock().await.insert("/all.properties".to_owned(), without.into_bytes());
    assert!(read(&ctx, &town, &url).await.imported.changed > 0);
    assert_eq!((listed(&world, &town).await, runs(&world, &town, 2).await.len()), (3, 0));
    // It comes back.
    files.lock().await.insert("/c.properties".to_owned(), kept.unwrap());
    files.lock().await.insert("/all.properties".to_owned(), text.into_bytes());
    read(&ctx, &town, &url).await;
    assert_eq!((listed(&world, &town).await, runs(&world, &town, 2).await.len()), (4, 1));
}

async fn only_an_admin_reads_and_never_within(world: World) {
    let (port, files) = serve().await;
    let url = federation(port, &files).await;
    let (ctx, town) = town_of(&world, port).await;
    let by = town.member(1).acting();
    let begun = chatonsinfos::begin(&ctx, by, town.id, &url).await;
    assert!(matches!(begun, Err(Failure::NotAllowed(_))), "{begun:?}");
    let begun = chatonsinfos::begin(&ctx, town.admin(), town.id, "javascript:alert(1)").await;
    assert!(matches!(begun, Err(Failure::Invalid(_))), "{begun:?}");
    let within = world.context.clone().asking(Arc::new(Fetcher::new(Vec::new())));
    let outcome = read(&within, &town, &url).await;
    assert_eq!(outcome.imported, Imported::default());
    assert_eq!(outcome.troubles.len(), 1);
    assert!(matches!(fetching::fetch(&within, &url, 1).await, Err(Unfetched::NotAllowed)));
    let large = fetching::fetch(&ctx, &format!("http://127.0.0.1:{port}/d1"), LARGEST).await;
    assert_eq!(large.unwrap_err(), Unfetched::TooLarge);
}

async fn a_folder_is_read_as_addresses_are(world: World) {
    let (port, files) = serve().await;
    federation(port, &files).await;
    let (ctx, town) = town_of(&world, port).await;
    let mut folder = Files::new();
    for (path, bytes) in files.lock().await.iter() {
        let large = bytes.len() > LARGEST;
        let read = if large { Err(Why::Fetch(Unfetched::TooLarge)) } else { Ok(bytes.clone()) };
        folder.insert(path.trim_start_matches('/').to_owned(), read);
    }
    let crawled = crawl_folder(&folder, jiff::civil::date(2025, 3, 1)).await;
    let outcome = chatonsinfos::outcome_of(&ctx, town.admin(), town.id, crawled).await;
    assert_eq!((outcome.imported.organisations, outcome.imported.services), (4, 6));
    assert_eq!(outcome.troubles.len(), 2);
    folder.remove("all.properties");
    let crawled = crawl_folder(&folder, jiff::civil::date(2025, 3, 1)).await;
    assert_eq!((crawled.organisations.len(), crawled.is_whole), (4, false));
}

on_both![
    a_federation_with_its_faults_is_read_once_and_confirmed_by_each,
    what_is_listed_no_more_goes_unless_it_could_not_be_read,
    only_an_admin_reads_and_never_within,
    a_folder_is_read_as_addresses_are,
];
