//! The server is told to stop while somebody listens.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use domain::{Money, posting::Nature, rounds::RoundPlan, rules::Template, shares::ShareRule};
use jiff::ToSpan as _;
use testkit::{World, on_both};

/// A server over the world's database, and where it listens.
pub(crate) fn serve(world: &World, folder: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_popote"))
        .args(["serve", "--database-url", &world.url, "--listen", "127.0.0.1:0"])
        .args(["--public-url", "http://127.0.0.1"])
        .env("POPOTE_CONFIG", "/dev/null")
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let said = lines.find_map(|line| {
        let line = line.unwrap();
        line.strip_prefix("Popote listens on http://")
            .map(|rest| rest.split(' ').next().unwrap_or_default().to_owned())
    });
    (child, said.expect("the server says where it listens"))
}

fn ask(address: &str, path: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    BufReader::new(stream)
}

async fn a_stream_ends_in_order_and_the_process_with_it(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
    let today = world.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let paid = app::contributions::NewContribution {
        organisation: town.member(0).organisation,
        amount: Money::new(1_000),
        nature: Nature::Subscription,
        received_on: today,
        reference: String::new(),
        proof: None,
    };
    app::contributions::record_contribution(&world.context, town.admin(), town.pot, paid).await.unwrap();
    let plan = RoundPlan {
        name: "Printemps".to_owned(),
        opens_on: today,
        closes_on: today.saturating_add(20.days()),
        rule: ShareRule::EQUAL,
        cap: None,
        lapse: false,
        promises: domain::promises::PromiseRule::AsPutIn,
    };
    app::rounds::open_round(&world.context, town.admin(), town.pot, plan).await.unwrap();
    tokio::task::spawn_blocking(move || stop_while_listening(&world)).await.unwrap();
}

fn stop_while_listening(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, address) = serve(world, folder.path());
    let mut stream = ask(&address, "/c/chatons/rounds/1/live");
    let mut line = String::new();
    while !line.starts_with("event: progress") {
        line.clear();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended before its first figures");
    }
    let began = Instant::now();
    let told = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(told.success());
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(rest.ends_with("\r\n0\r\n\r\n"), "the answer was cut off: {rest:?}");
    let ended = server.wait().unwrap();
    assert!(ended.success(), "{ended}");
    // Not the twenty seconds that a request under way may take.
    assert!(began.elapsed() < Duration::from_secs(10), "it took {:?}", began.elapsed());
    assert!(TcpStream::connect(&address).is_err(), "somebody still listens");
}

on_both![a_stream_ends_in_order_and_the_process_with_it];
