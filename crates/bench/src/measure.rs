//! Everything that is measured, in one run, so that each figure stands beside what it is to be compared with.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use testkit::{Kind, World};

use crate::{
    disk,
    figures::{self, figure, millis, ratio, title},
    killed::kill_again_and_again,
    load::{self, Client, Load, Newcomer, Reader},
    process::{Server, cost_of},
    stage::Stage,
    wire::{Connection, get},
    writers::{Allocator, contest},
};

/// Clients that read at once.
const READERS: usize = 64;
/// Clients that allocate at once.
const WRITERS: usize = 32;
/// Clients that write to one share at once.
const CONTENDERS: usize = 64;

/// What to measure.
#[derive(clap::Args, Clone, Debug)]
pub struct Run {
    /// The program to measure
    #[arg(long)]
    pub popote: PathBuf,
    /// How long each load goes on
    #[arg(long, default_value_t = 5)]
    pub seconds: u64,
    /// How often the writing process is killed on each database
    #[arg(long, default_value_t = 10)]
    pub kills: u32,
    /// Measure nothing but this
    #[arg(long, value_enum)]
    pub only: Option<Only>,
    /// A large election to import
    #[arg(long)]
    pub election: Option<PathBuf>,
}

/// A part that can be measured by itself.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Pages under load
    Pages,
    /// Allocations under load
    Allocations,
}

impl Run {
    fn wants(&self, part: Option<Only>) -> bool {
        self.only.is_none() || self.only == part
    }

    const fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

/// Measures everything.
///
/// # Panics
/// If a measure can't be taken.
pub fn all(run: &Run) {
    let mine = std::env::current_exe().expect("this program has a path");
    if run.wants(None) {
        sizes(run);
    }
    if run.wants(Some(Only::Pages)) {
        let (asked, program) = (run.clone(), mine.clone());
        testkit::check(Kind::Sqlite, async move |world: World| pages(&asked, &program, world).await);
    }
    if run.wants(Some(Only::Allocations)) {
        for kind in [Kind::Sqlite, Kind::Postgres] {
            let asked = run.clone();
            testkit::check(kind, async move |world: World| allocations(&asked, world).await);
        }
    }
    if run.wants(None) {
        money(run, &mine);
        election(run);
    }
}

fn money(run: &Run, mine: &Path) {
    title("Money");
    for kind in [Kind::Sqlite, Kind::Postgres] {
        testkit::check(kind, async move |world: World| one_share(world).await);
        let (kills, program) = (run.kills, mine.to_owned());
        testkit::check(kind, async move |world: World| kills_survived(kills, &program, world).await);
    }
}

fn on(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "SQLite",
        Kind::Postgres => "PostgreSQL",
    }
}

fn serve(database: &str) -> impl FnOnce(SocketAddr) -> Vec<String> {
    let database = database.to_owned();
    move |address| {
        let public_url = format!("http://{address}");
        let words = [
            "serve",
            "--database-url",
            &database,
            "--listen",
            &address.to_string(),
            "--public-url",
            &public_url,
        ];
        words.map(str::to_owned).to_vec()
    }
}

/// Binary, memory, start, first view, on the example collective.
fn sizes(run: &Run) {
    title("Size");
    let binary = fs::metadata(&run.popote).expect("the program is there").len();
    figure("binary", &format!("{} KiB", binary / 1024), "< 40 MiB");
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("demo.db").display());
    let (popote, time) = (run.popote.clone(), run.time());
    on_a_thread(async move {
        let filled = |address: SocketAddr| {
            let words = ["demo", "--database-url", &database, "--listen", &address.to_string()];
            words.map(str::to_owned).to_vec()
        };
        let demo = Server::start(&popote, filled, folder.path(), "/c/chatons").await;
        figure("start of the demo on a new database", &millis(demo.start), "");
        drop(demo);
        let mut starts = Vec::new();
        for _ in 0..5 {
            let server = Server::start(&popote, serve(&database), folder.path(), "/about").await;
            starts.push(server.start);
        }
        starts.sort_unstable();
        figure("start on an existing database, median of 5", &millis(starts[2]), "< 300 ms");
        let server = Server::start(&popote, serve(&database), folder.path(), "/c/chatons").await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        figure("memory, idle with the demo's data", &format!("{} KiB", server.resident()), "< 40 MiB");
        let (bytes, requests) = first_view(server.address, "/c/chatons").await;
        figure("first view of the collective, compressed", &format!("{bytes} bytes"), "≤ 60 kB");
        figure("its requests", &requests.to_string(), "≤ 6");
        let reader = Reader(get("/c/chatons", None));
        load::run(server.address, vec![reader; READERS], time).await;
        figure("memory after a load of 64 readers", &format!("{} KiB", server.resident()), "");
    });
}

/// Bytes that travel for a page and what it needs, and how many requests that takes.
async fn first_view(address: SocketAddr, page: &str) -> (usize, usize) {
    let mut connection = Connection::open(address).await.expect("the server listens");
    // The body must be read for what it needs: that answer isn't counted.
    let plain = get(page, None);
    let plain = String::from_utf8_lossy(&plain).replace("Accept-Encoding: gzip\r\n", "");
    let html = connection.ask(plain.as_bytes()).await.expect("the page");
    let html = String::from_utf8_lossy(&html.body).into_owned();
    let mut needed = vec![page.to_owned()];
    for attribute in ["href=\"", "src=\""] {
        for (at, _) in html.match_indices(attribute) {
            let value = html[at + attribute.len()..].split('"').next().unwrap_or_default();
            if value.contains("/assets/") && !needed.iter().any(|known| known == value) {
                needed.push(value.to_owned());
            }
        }
    }
    let mut bytes = 0;
    for path in &needed {
        let answer = connection.ask(&get(path, None)).await.expect("an answer");
        assert_eq!(answer.status, 200, "{path}");
        bytes += answer.bytes;
    }
    (bytes, needed.len())
}

/// Pages under load, against a bare handler.
async fn pages(run: &Run, mine: &Path, world: World) {
    title("Pages, 64 connections, SQLite");
    figures::loads();
    let folder = tempfile::tempdir().expect("a folder");
    let handler = |address: SocketAddr| {
        vec!["bare".to_owned(), address.to_string(), folder.path().display().to_string()]
    };
    let server = Server::start(mine, handler, folder.path(), "/").await;
    let readers = vec![Reader(get("/", None)); READERS];
    let bare = report("bare axum handler, one point read", &server, readers, run, |_| String::new()).await;
    let bare = bare.per_second();
    drop(server);

    world.context.db.close().await;
    let stage = Stage::prepare(world.kind, &world.url, READERS, 12).await;
    stage.close().await;
    let server = Server::start(&run.popote, serve(&world.url), folder.path(), "/about").await;
    let collective = format!("/c/{}", stage.town.slug);
    let feature = format!("{collective}/features/{}", stage.features[0].0);
    let against = |share: &'static str| {
        move |load: &Load| format!("{} of bare, wished {share}", ratio(load.per_second(), bare))
    };
    let hit = vec![Reader(get(&feature, None)); READERS];
    report("feature page, logged out, from the cache", &server, hit, run, against("≥ 0.50×, p99 < 25 ms"))
        .await;
    let newcomer = |path: &str, cookie, at: usize| Newcomer::new(path, cookie, at as u64 * 10_000_000);
    let miss = (0..READERS).map(|at| newcomer(&feature, None, at)).collect();
    report("feature page, logged out, made anew", &server, miss, run, against("—")).await;
    let hit = vec![Reader(get(&collective, None)); READERS];
    report("collective’s page, logged out, from the cache", &server, hit, run, against("—")).await;
    for (what, path, wish) in [
        ("what awaits me, signed in, kept", "/me", "≥ 0.33×"),
        ("collective’s page, signed in, kept", &collective, "≥ 0.33×"),
    ] {
        let readers = stage.cookies.iter().map(|cookie| Reader(get(path, Some(cookie)))).collect();
        report(what, &server, readers, run, against(wish)).await;
    }
    for (what, path) in [
        ("what awaits me, signed in, made anew", "/me"),
        ("collective’s page, signed in, made anew", &collective),
        ("feature page, signed in, made anew", &feature),
    ] {
        let cookies = stage.cookies.iter().enumerate();
        let readers = cookies.map(|(at, cookie)| newcomer(path, Some(cookie), at)).collect();
        report(what, &server, readers, run, against("—")).await;
    }
}

async fn report<C: Client>(
    what: &str,
    server: &Server,
    clients: Vec<C>,
    run: &Run,
    against: impl Fn(&Load) -> String,
) -> Load {
    let (before, address, time) = (server.cpu(), server.address, run.time());
    let load = tokio::task::spawn_blocking(move || on_a_thread(load::run(address, clients, time)));
    let load = load.await.expect("the load ends");
    // The clients warm up for a tenth of the time, which the processor has worked too.
    let cpu = (server.cpu() - before) * 10 / 11;
    figures::load(what, &load, cpu, server.resident(), &against(&load));
    load
}

/// A runtime of one thread, so that the clients leave the other core to the server.
fn on_a_thread<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(work)
    };
    std::thread::spawn(work).join().expect("the work ends")
}

/// Allocations through the forms, against the bare disk.
async fn allocations(run: &Run, world: World) {
    let kind = world.kind;
    title(&format!("Allocations by {WRITERS} clients, {}", on(kind)));
    let folder = tempfile::tempdir().expect("a folder");
    let commits = match kind {
        Kind::Sqlite => disk::sqlite(folder.path(), run.time()).await,
        Kind::Postgres => {
            let (commits, durable) = disk::postgres(&world.url, run.time()).await;
            if !durable {
                println!("  fsync is off: these figures say nothing about a disk (set POPOTE_PG_FSYNC=on)");
            }
            commits
        }
    };
    figure("durable commits, one at a time", &format!("{commits}/s"), "");
    world.context.db.close().await;
    let stage = Stage::prepare(kind, &world.url, WRITERS, 8).await;
    stage.close().await;
    let server = Server::start(&run.popote, serve(&world.url), folder.path(), "/about").await;
    figures::loads();
    let clients = (0..WRITERS).map(|place| Allocator::new(&stage, place)).collect();
    let against = |load: &Load| format!("{} of the disk, wished ≥ 5×", ratio(load.per_second(), commits));
    report("a cent more on a feature, by the form", &server, clients, run, against).await;
    drop(server);
    sound(&stage, kind, &world.url).await;
}

async fn sound(stage: &Stage, kind: Kind, url: &str) {
    let world = World::kept(kind, url).await;
    let report =
        app::verify::verify_pot(&world.context.db, stage.pot(), world.now()).await.expect("a report");
    let told = if report.holds() { "hold" } else { "BROKEN" };
    figure("invariants afterwards", told, "hold");
    world.context.db.close().await;
}

async fn one_share(world: World) {
    let kind = world.kind;
    world.context.db.close().await;
    let stage = Stage::prepare(kind, &world.url, 2, CONTENDERS).await;
    let contest = contest(&stage, 1, CONTENDERS).await;
    stage.close().await;
    let told = format!("{} accepted", contest.accepted);
    figure(
        &format!("{CONTENDERS} writers on one share, {}", on(kind)),
        &told,
        &format!("{} fit", contest.fits),
    );
    sound(&stage, kind, &world.url).await;
}

async fn kills_survived(kills: u32, mine: &Path, world: World) {
    let kind = world.kind;
    world.context.db.close().await;
    let survived = kill_again_and_again(mine, kind, &world.url, kills).await;
    let told = format!("{} lost of {}", survived.lost, survived.acknowledged);
    figure(&format!("kill -9, {kills} times under load, {}", on(kind)), &told, "0 lost, invariants hold");
    let told = format!("{} of {}", survived.found, survived.begun);
    figure("  writes begun and not acknowledged that were there", &told, "");
}

fn election(run: &Run) {
    let Some(file) = &run.election else {
        println!("\nNo election is imported: --election names a .pb file");
        return;
    };
    title("A real participatory budget");
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(&run.popote);
    command
        .args(["import", "pabulib"])
        .arg(file)
        .args(["--database-url", "sqlite:election.db"])
        .current_dir(&folder);
    let cost = cost_of(&mut command);
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    figure(&format!("popote import pabulib {name}"), &millis(cost.micros), "");
    figure("  the most memory that it had", &format!("{} MiB", cost.peak / 1024), "");
    let mut command = Command::new(&run.popote);
    command.args(["verify", "--database-url", "sqlite:election.db"]).current_dir(&folder);
    let cost = cost_of(&mut command);
    figure("popote verify on it", &millis(cost.micros), "");
    figure("  the most memory that it had", &format!("{} MiB", cost.peak / 1024), "");
}
