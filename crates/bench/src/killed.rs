//! A process that writes is killed without warning, again and again: what it had acknowledged is there, what it had
//! only begun is there whole or not at all, and asking again does it once.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use app::{
    Acting, Chance, Clock, Context, Failure, Settings,
    allocations::save_allocations,
    contributions::{NewContribution, record_contribution},
    verify,
};
use domain::{
    Account, AccountKind, Book, Money, Source,
    features::Wish,
    ids::{FeatureId, OrganisationId, PersonId, PotId},
    posting::Nature,
};
use messages::{Mailer, Outbox};
use store::{Db, Options, journal};
use testkit::{Kind, World};

use crate::stage::{Stage, today};

/// The number of the signal that no process can catch.
const SIGKILL: i32 = 9;

/// One who writes, and how far they are: cents put on the feature, or cents paid in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Writer {
    person: PersonId,
    organisation: OrganisationId,
    /// Where an allocator puts cents; nothing for a treasurer who records contributions of a cent each.
    feature: Option<FeatureId>,
    done: i64,
}

impl Writer {
    fn to_line(self) -> String {
        let feature = self.feature.map_or_else(|| "-".to_owned(), |feature| feature.to_string());
        format!("{} {} {feature} {}", self.person, self.organisation, self.done)
    }

    fn from_line(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        Some(Self {
            person: parts.next()?.parse().ok()?,
            organisation: parts.next()?.parse().ok()?,
            feature: match parts.next()? {
                "-" => None,
                id => Some(id.parse().ok()?),
            },
            done: parts.next()?.parse().ok()?,
        })
    }

    /// One cent more. The key is the same whenever the same cent is asked for.
    async fn write(&self, context: &Context, pot: PotId) -> Result<(), String> {
        let next = self.done + 1;
        let key = Some(format!("{}-{next}", self.organisation));
        let acting = Acting { key, ..Acting::by_form(self.person, Some(self.organisation)) };
        let done = match self.feature {
            Some(feature) => {
                let wish = Wish { feature, seen: Money::new(self.done), wanted: Money::new(next) };
                save_allocations(context, acting, pot, vec![wish]).await.map(drop).map_err(|why| told(&why))
            }
            None => {
                let paid = NewContribution {
                    organisation: self.organisation,
                    amount: Money::new(1),
                    nature: Nature::Subscription,
                    received_on: today(context),
                    reference: String::new(),
                    proof: None,
                };
                record_contribution(context, acting, pot, paid).await.map(drop).map_err(|why| told(&why))
            }
        };
        done.map_err(|why| format!("cent {next} of {}: {why}", self.to_line()))
    }
}

fn told<R: std::fmt::Debug>(why: &Failure<R>) -> String {
    format!("{why:?}")
}

/// What the process that will be killed does: reads its writers from standard input, lets them write without end, and
/// says `try N CENT` before and `ack N CENT` after each write.
///
/// The process ends if a write fails.
///
/// # Panics
/// If the database doesn't open.
pub async fn write_until_killed(url: &str, pot: PotId) {
    let lines = std::io::stdin().lock().lines();
    let writers: Vec<Writer> =
        lines.map_while(Result::ok).map_while(|line| Writer::from_line(&line)).collect();
    let db = Db::open(url, &Options::default()).await.expect("the database opens");
    let settings =
        Settings { public_url: "http://127.0.0.1".into(), mail_from: "a@b.example".into(), demo: false };
    let mailer = Mailer::Memory(Outbox::default());
    let context = Context::new(db, Clock::System, Chance::System, mailer, settings);
    for (number, mut writer) in writers.into_iter().enumerate() {
        let context = context.clone();
        tokio::spawn(async move {
            loop {
                say("try", number, writer.done + 1);
                if let Err(why) = writer.write(&context, pot).await {
                    eprintln!("{why}");
                    std::process::exit(1);
                }
                writer.done += 1;
                say("ack", number, writer.done);
            }
        });
    }
    std::future::pending::<()>().await;
}

fn say(word: &str, number: usize, cent: i64) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{word} {number} {cent}").and_then(|()| out.flush()).expect("somebody listens");
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Survived {
    /// How often the process was killed.
    pub kills: u32,
    /// Writes that it had acknowledged.
    pub acknowledged: u64,
    /// Writes that it had begun and not acknowledged.
    pub begun: u64,
    /// Of these, those that were there.
    pub found: u64,
    /// Acknowledged writes that were not there.
    pub lost: u64,
}

/// Prepares a new database and kills `kills` times the program that runs [`write_until_killed`] on it.
///
/// # Panics
/// If a write is half there, is done twice, or breaks an invariant.
pub async fn kill_again_and_again(program: &Path, kind: Kind, url: &str, kills: u32) -> Survived {
    let stage = Stage::prepare(kind, url, 8, 3).await;
    let (pot, mut writers) = (stage.pot(), writers(&stage));
    stage.close().await;
    let mut survived = Survived::default();
    for _ in 0..kills {
        let said = run_and_kill(program, url, pot, &writers);
        let world = World::kept(kind, url).await;
        for (number, writer) in writers.iter_mut().enumerate() {
            let (tried, acknowledged) = said.get(&number).copied().unwrap_or((writer.done, writer.done));
            let there = balance(&world, pot, writer).await;
            survived.acknowledged += (acknowledged - writer.done).unsigned_abs();
            survived.lost += (acknowledged - there).max(0).unsigned_abs();
            assert!(there <= tried, "{there} cents are there, {tried} were asked for: {writer:?}");
            if tried > acknowledged {
                survived.begun += 1;
                survived.found += u64::from(there == tried);
                writer.done = acknowledged;
                writer.write(&world.context, pot).await.unwrap_or_else(|why| panic!("asked again: {why}"));
                let there = balance(&world, pot, writer).await;
                assert_eq!(there, tried, "asking again does it once: {writer:?}");
            }
            writer.done = tried.max(acknowledged);
        }
        let report = verify::verify_pot(&world.context.db, pot, world.now()).await.expect("a report");
        let broken: Vec<_> = report.findings.iter().filter(|finding| !finding.breaches.is_empty()).collect();
        assert!(report.holds(), "after a kill: {broken:#?}");
        world.context.db.close().await;
        survived.kills += 1;
    }
    survived
}

/// Six organisations that allocate, and a treasurer who records what a seventh pays.
fn writers(stage: &Stage) -> Vec<Writer> {
    let mut writers: Vec<Writer> = (1..7)
        .map(|place| {
            let member = stage.town.member(place);
            let (_, feature) = stage.features[place % stage.features.len()];
            Writer {
                person: member.person,
                organisation: member.organisation,
                feature: Some(feature),
                done: 0,
            }
        })
        .collect();
    let treasurer = stage.town.member(0).person;
    writers.push(Writer {
        person: treasurer,
        organisation: stage.town.member(7).organisation,
        feature: None,
        done: 0,
    });
    writers
}

/// For each writer that spoke, the last cent tried and the last acknowledged.
fn run_and_kill(program: &Path, url: &str, pot: PotId, writers: &[Writer]) -> BTreeMap<usize, (i64, i64)> {
    let mut child = Command::new(program)
        .args(["writer", url, &pot.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the writing process starts");
    let mut input = child.stdin.take().expect("its input is piped");
    for writer in writers {
        writeln!(input, "{}", writer.to_line()).expect("it listens");
    }
    drop(input);
    let mut lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
    let mut said = BTreeMap::new();
    let mut hear = |line: &str| {
        let mut parts = line.split(' ');
        let (word, number, cent) = (parts.next(), parts.next(), parts.next());
        let number: usize = number.and_then(|number| number.parse().ok()).expect("a writer's number");
        let cent: i64 = cent.and_then(|cent| cent.parse().ok()).expect("a cent");
        let entry = said.entry(number).or_insert((writers[number].done, writers[number].done));
        match word {
            Some("try") => entry.0 = cent,
            Some("ack") => entry.1 = cent,
            _ => panic!("the writing process says {line:?}"),
        }
        word == Some("ack")
    };
    // Its first acknowledged write says that it is under way; then at any moment of the next third of a second.
    for line in lines.by_ref() {
        if hear(&line.expect("text")) {
            break;
        }
    }
    let [first, second, ..] = Chance::System.bytes();
    std::thread::sleep(Duration::from_millis(u64::from(first) + u64::from(second) / 3));
    child.kill().expect("it still runs");
    let ended = child.wait().expect("it ends");
    assert_eq!(ended.signal(), Some(SIGKILL), "the writing process ended by itself: {ended}");
    for line in lines {
        hear(&line.expect("text"));
    }
    said
}

/// What a writer has achieved, in cents.
async fn balance(world: &World, pot: PotId, writer: &Writer) -> i64 {
    let account = match writer.feature {
        Some(feature) => Account::Allocated(writer.organisation, feature, Source::Own),
        None => Account::Pool(writer.organisation),
    };
    let kinds: Vec<AccountKind> = AccountKind::ALL.iter().map(|(kind, _)| *kind).collect();
    let balances =
        journal::balances(&mut world.read().await, pot, Book::Cash, journal::Of::Kinds(&kinds)).await;
    let balances: BTreeMap<Account, Money> = balances.expect("balances").into_iter().collect();
    balances.get(&account).map_or(0, |balance| balance.minor())
}
