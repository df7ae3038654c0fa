//! The server is killed without warning while organisations allocate through it: what it answered is there, each once,
//! and what it had only begun is there whole or not at all.

use std::{
    net::SocketAddr,
    os::unix::process::ExitStatusExt as _,
    process::{Child, ExitStatus},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use app::{
    tokens::{Wanted, make_for},
    verify,
};
use bench::{stage::Stage, wire::Connection};
use domain::{
    Account, AccountKind, Book, Source,
    ids::{FeatureId, OrganisationId},
    tokens::Scopes,
};
use store::journal;
use testkit::{World, on_both};

use crate::stopping::serve;

/// The number of the signal that no process can catch.
const SIGKILL: i32 = 9;
/// How often the server is killed.
const KILLS: usize = 3;

/// A server, which ends with the test whatever happens.
struct Server(Child);

impl Server {
    fn killed(&mut self) -> ExitStatus {
        self.0.kill().unwrap();
        self.0.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An organisation that puts a cent more each time, and how far it is.
#[derive(Clone)]
struct Allocator {
    organisation: OrganisationId,
    feature: FeatureId,
    secret: String,
    /// The last cent that it asked for, and the last that was answered.
    asked: Arc<AtomicI64>,
    answered: Arc<AtomicI64>,
}

impl Allocator {
    /// One cent more, under a key that is the same whenever the same cent is asked for. Whether it was answered; anything
    /// else than a broken connection or a yes ends the test.
    async fn puts(&self, connection: &mut Connection, slug: &str) -> bool {
        let seen = self.answered.load(Ordering::SeqCst);
        let wanted = seen + 1;
        self.asked.store(wanted, Ordering::SeqCst);
        let body =
            format!(r#"{{"lines":[{{"feature":"{}","seen":"{seen}","wanted":"{wanted}"}}]}}"#, self.feature,);
        let request = format!(
            "POST /api/v1/collectives/{slug}/allocations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n\
             Idempotency-Key: cent-{wanted}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.secret,
            body.len()
        );
        let Ok(answer) = connection.ask(request.as_bytes()).await else { return false };
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        self.answered.store(wanted, Ordering::SeqCst);
        true
    }
}

async fn a_killed_server_lost_nothing_that_it_answered(world: World) {
    world.context.db.close().await;
    let stage = Stage::prepare(world.kind, &world.url, 6, 2).await;
    let slug = stage.town.slug.clone();
    let mut allocators = Vec::new();
    for place in 1..6 {
        let member = stage.town.member(place);
        let wanted = Wanted {
            collective: stage.town.id,
            organisation: member.organisation,
            name: "banc".to_owned(),
            scopes: Scopes::parse("read allocate"),
            days: domain::tokens::LIFETIMES[0],
        };
        let made = make_for(&stage.world.context, member.person, wanted).await.unwrap();
        allocators.push(Allocator {
            organisation: member.organisation,
            feature: stage.features[place % 2].1,
            secret: made.secret,
            asked: Arc::default(),
            answered: Arc::default(),
        });
    }
    let (pot, kind, url) = (stage.pot(), world.kind, world.url.clone());
    stage.close().await;
    let folder = tempfile::tempdir().unwrap();
    let mut answered_before = 0;
    for _ in 0..KILLS {
        let (server, address) = serve(&world, folder.path());
        let mut server = Server(server);
        let address: SocketAddr = address.parse().unwrap();
        let writing: Vec<_> =
            allocators.iter().map(|one| tokio::spawn(writes(one.clone(), address, slug.clone()))).collect();
        // In the middle of their work: twenty answers more, of all together.
        let target = answered_before + 20;
        let under_way = async {
            while answered(&allocators) < target {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), under_way).await.expect("the server answers");
        let ended = server.killed();
        assert_eq!(ended.signal(), Some(SIGKILL), "the server ended by itself: {ended}");
        for task in writing {
            task.await.unwrap();
        }
        let after = World::kept(kind, &url).await;
        for one in &allocators {
            let there = put(&after, pot, one).await;
            let (answered, asked) = (one.answered.load(Ordering::SeqCst), one.asked.load(Ordering::SeqCst));
            assert!(
                (answered..=asked).contains(&there),
                "{there} cents are there, {answered} answered, {asked} asked"
            );
        }
        let report = verify::verify_pot(&after.context.db, pot, after.now()).await.unwrap();
        assert!(report.holds(), "{:#?}", report.findings);
        after.context.db.close().await;
        answered_before = answered(&allocators);
    }
    // Asked again under its key, the cent that was begun is put, once, whether it was there or not.
    let (server, address) = serve(&world, folder.path());
    let mut server = Server(server);
    let mut connection = Connection::open(address.parse().unwrap()).await.unwrap();
    for one in &allocators {
        assert!(one.puts(&mut connection, &slug).await);
    }
    server.killed();
    let after = World::kept(kind, &url).await;
    for one in &allocators {
        assert_eq!(put(&after, pot, one).await, one.answered.load(Ordering::SeqCst), "each once");
    }
    after.context.db.close().await;
}

/// Puts a cent after the other until the connection breaks.
async fn writes(one: Allocator, address: SocketAddr, slug: String) {
    let Ok(mut connection) = Connection::open(address).await else { return };
    while one.puts(&mut connection, &slug).await {}
}

fn answered(allocators: &[Allocator]) -> i64 {
    allocators.iter().map(|one| one.answered.load(Ordering::SeqCst)).sum()
}

/// What an organisation has on its feature, in cents.
async fn put(world: &World, pot: domain::ids::PotId, one: &Allocator) -> i64 {
    let of = journal::Of::Kinds(&[AccountKind::Allocated]);
    let held = journal::balances(&mut world.read().await, pot, Book::Cash, of).await.unwrap();
    let account = Account::Allocated(one.organisation, one.feature, Source::Own);
    held.into_iter().find(|(found, _)| *found == account).map_or(0, |(_, amount)| amount.minor())
}

on_both![a_killed_server_lost_nothing_that_it_answered];
