//! `popote backup`, `restore` and `verify`, as they are typed: a copy taken under load stands up elsewhere, and what is no
//! copy says so and changes nothing.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use app::contributions::{NewContribution, record_contribution};
use domain::{Money, posting::Nature, rules::Template};
use jiff::civil::date;
use store::sqlx::{self, Connection as _};
use testkit::{Empty, Grown, Kind, World, on_both};

use crate::{journal::out, running::popote};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn payment(town: &Grown, cents: i64) -> NewContribution {
    NewContribution {
        organisation: town.member(1).organisation,
        amount: Money::new(cents),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    }
}

/// Runs a command beside the tasks of this process.
async fn ran(arguments: Vec<String>) -> Output {
    tokio::task::spawn_blocking(move || popote(&arguments.iter().map(String::as_str).collect::<Vec<_>>()))
        .await
        .unwrap()
}

async fn restored(copy: &Path, url: &str) -> Output {
    ran(vec!["restore".to_owned(), copy.display().to_string(), "--database-url".to_owned(), url.to_owned()])
        .await
}

async fn backed_up(url: &str, copy: &Path) -> Output {
    ran(vec!["backup".to_owned(), copy.display().to_string(), "--database-url".to_owned(), url.to_owned()])
        .await
}

async fn head(url: &str, more: &[&str]) -> (bool, Option<String>) {
    let mut arguments = vec!["verify".to_owned(), "--database-url".to_owned(), url.to_owned()];
    arguments.extend(more.iter().map(|one| (*one).to_owned()));
    let ran = ran(arguments).await;
    let text = out(&ran);
    let head = text.lines().find_map(|line| line.strip_prefix("  head cash:").map(str::to_owned));
    (ran.status.success(), head)
}

/// Somebody pays in, a cent more each time, until told to stop; how often they did.
fn load(world: &World, town: &Grown) -> (Arc<AtomicBool>, Arc<AtomicI64>, tokio::task::JoinHandle<()>) {
    let (stop, paid) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(0)));
    let (context, town) = (world.context.clone(), town.clone());
    let told = (Arc::clone(&stop), Arc::clone(&paid));
    let load = tokio::spawn(async move {
        while !told.0.load(Ordering::SeqCst) {
            let cents = told.1.load(Ordering::SeqCst) + 1;
            record_contribution(&context, town.admin(), town.pot, payment(&town, cents)).await.unwrap();
            told.1.store(cents, Ordering::SeqCst);
        }
    });
    (stop, paid, load)
}

async fn a_copy_under_load_is_restored_and_verified(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    let (stop, paid, load) = load(&world, &town);
    while paid.load(Ordering::SeqCst) < 5 {
        tokio::task::yield_now().await;
    }
    let before = paid.load(Ordering::SeqCst);
    let done = backed_up(&world.url, &copy).await;
    let after = paid.load(Ordering::SeqCst);
    stop.store(true, Ordering::SeqCst);
    load.await.unwrap();
    assert!(done.status.success(), "{}", said(&done));
    assert!(after > before, "it went on meanwhile");
    let again = backed_up(&world.url, &copy).await;
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("is there already: choose another name"), "{}", said(&again));

    let empty = Empty::new(world.kind).await;
    let done = restored(&copy, &empty.url).await;
    assert!(done.status.success(), "{}", said(&done));
    assert!(out(&done).contains("Run `popote verify`"));
    let (holds, found) = head(&empty.url, &[]).await;
    assert!(holds, "the copy is sound");
    let found = format!("cash:{}", found.unwrap());
    let seq: i64 = found.split(':').nth(1).unwrap().parse().unwrap();
    assert!((before..=after + 1).contains(&seq), "{seq} is not between {before} and {after}");
    // The head of the copy lies on the chain of what was copied, whose own head the copy lacks.
    let (holds, newest) = head(&world.url, &["--head", &found]).await;
    assert!(holds, "the original continues the copy");
    let newest = format!("cash:{}", newest.unwrap());
    let (holds, _) = head(&empty.url, &["--head", &newest]).await;
    assert_eq!(holds, newest == found);
    empty.remove().await;
}

async fn what_is_no_whole_copy_changes_nothing(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    for cents in 1..40 {
        record_contribution(&world.context, town.admin(), town.pot, payment(&town, cents)).await.unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let copy = at("copy");
    assert!(backed_up(&world.url, &copy).await.status.success());
    let bytes = fs::read(&copy).unwrap();
    fs::write(at("truncated"), &bytes[..bytes.len() / 2]).unwrap();
    fs::write(at("empty"), b"").unwrap();
    fs::write(at("text"), "nom;site\n".repeat(500)).unwrap();
    let mut damaged = bytes.clone();
    let (from, to) = (damaged.len() / 8, damaged.len() * 7 / 8);
    damaged[from..to].fill(0x5a);
    fs::write(at("damaged"), damaged).unwrap();
    newer(&world, &copy, &at("newer")).await;
    tampered(&world, &copy, &at("tampered")).await;

    let empty = Empty::new(world.kind).await;
    let cases: [(&str, &[&str]); 7] = match world.kind {
        Kind::Sqlite => [
            ("nothing", &["nothing is not there"]),
            ("truncated", &["truncated is damaged", "take another copy"]),
            ("empty", &["empty is damaged (it is empty)"]),
            ("text", &["text is not a Popote database"]),
            ("damaged", &["damaged is damaged"]),
            ("newer", &["newer was made by a newer Popote (schema 1", "Nothing was changed"]),
            ("tampered", &["tampered was tampered with", "posting_reversed_once"]),
        ],
        Kind::Postgres => [
            ("nothing", &["nothing is not there"]),
            ("truncated", &["pg_restore: "]),
            ("empty", &["pg_restore: "]),
            ("text", &["pg_restore: "]),
            ("damaged", &["pg_restore: "]),
            ("newer", &["newer was made by a newer Popote (schema 1", "Nothing was changed"]),
            ("tampered", &["tampered was tampered with", "posting_reversed_once"]),
        ],
    };
    for (name, words) in cases {
        let refused = restored(&at(name), &empty.url).await;
        let text = said(&refused);
        assert_eq!(refused.status.code(), Some(1), "{name}: {text}");
        assert!(words.iter().all(|word| text.contains(word)), "{name}: {text}");
        assert!(!text.contains("in use") && !text.contains("restoring"), "{name}: {text}");
        assert!(empty.is_empty().await, "{name} left something behind");
    }
    // What was refused so often takes a sound copy all the same, once.
    let done = restored(&copy, &empty.url).await;
    assert!(done.status.success(), "{}", said(&done));
    let again = restored(&copy, &empty.url).await;
    if world.kind == Kind::Postgres {
        assert_eq!(again.status.code(), Some(1));
        assert!(said(&again).contains("is not empty: make a new one"), "{}", said(&again));
    } else {
        assert!(again.status.success() && out(&again).contains("before-restore"), "{}", said(&again));
    }
    empty.remove().await;
}

/// A copy in which somebody, or a newer program, changed something.
async fn changed(world: &World, from: &Path, copy: &Path, change: &'static str, back: &'static str) {
    if world.kind == Kind::Sqlite {
        fs::copy(from, copy).unwrap();
        let mut connection = sqlx::SqliteConnection::connect(copy.to_str().unwrap()).await.unwrap();
        sqlx::raw_sql(change).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        return;
    }
    let mut connection = sqlx::PgConnection::connect(&world.url).await.unwrap();
    sqlx::raw_sql(change).execute(&mut connection).await.unwrap();
    let file = format!("--file={}", copy.display());
    let dump = Command::new("pg_dump").args(["--format=custom", "--no-owner", &file, &world.url]).status();
    assert!(dump.unwrap().success());
    sqlx::raw_sql(back).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn newer(world: &World, from: &Path, copy: &Path) {
    let raise = "UPDATE popote_migration SET version = version + 1000 \
        WHERE version = (SELECT MAX(version) FROM popote_migration)";
    let back = "UPDATE popote_migration SET version = version - 1000 WHERE version > 1000";
    changed(world, from, copy, raise, back).await;
}

async fn tampered(world: &World, from: &Path, copy: &Path) {
    let back = "CREATE UNIQUE INDEX posting_reversed_once ON posting (reverses) WHERE reverses IS NOT NULL";
    changed(world, from, copy, "DROP INDEX posting_reversed_once", back).await;
}

/// A database that can't be read is said to be damaged, one that a server has open is said to be in use; neither is touched.
async fn damage_is_told_from_use(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    for cents in 1..40 {
        record_contribution(&world.context, town.admin(), town.pot, payment(&town, cents)).await.unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let (copy, place) = (folder.path().join("copy"), folder.path().join("popote.db"));
    assert!(backed_up(&world.url, &copy).await.status.success());
    let used = restored(&copy, &world.url).await;
    assert_eq!(used.status.code(), Some(1));
    assert!(said(&used).contains("is in use: stop the server first"), "{}", said(&used));
    let whole = fs::read(&copy).unwrap();
    let mut first = whole.clone();
    first[100..4_000].fill(0x5a);
    for bytes in [whole[..whole.len() / 2].to_vec(), first] {
        fs::write(&place, &bytes).unwrap();
        let url = format!("sqlite:{}", place.display());
        let refused = restored(&copy, &url).await;
        let text = said(&refused);
        assert_eq!(refused.status.code(), Some(1));
        assert!(text.contains("popote.db is damaged") && text.contains("move it away"), "{text}");
        let refused = backed_up(&url, &folder.path().join("another")).await;
        assert!(said(&refused).contains("popote.db is damaged"), "{}", said(&refused));
        assert_eq!(fs::read(&place).unwrap(), bytes, "nothing was changed");
        for name in ["popote.db", "popote.db-wal", "popote.db-shm"] {
            let _ = fs::remove_file(folder.path().join(name));
        }
    }
}

#[test]
fn damage_of_a_file_is_told_from_its_use() {
    testkit::check(Kind::Sqlite, damage_is_told_from_use);
}

/// Somebody with SQL.
async fn edit(world: &World, sql: &'static str) {
    if world.kind == Kind::Sqlite {
        let mut connection = sqlx::SqliteConnection::connect(&world.url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = sqlx::PgConnection::connect(&world.url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// Whether a check holds, and its last line.
async fn verdict(url: &str) -> (bool, String) {
    let ran = ran(vec!["verify".to_owned(), "--database-url".to_owned(), url.to_owned()]).await;
    (ran.status.success(), out(&ran).lines().last().unwrap_or_default().to_owned())
}

/// What a schema without seals held is counted once it has them, in the last line as well.
async fn what_is_not_covered_is_in_the_verdict(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    record_contribution(&world.context, town.admin(), town.pot, payment(&town, 100)).await.unwrap();
    assert_eq!(verdict(&world.url).await, (true, "Everything holds.".to_owned()));
    edit(&world, "UPDATE seal SET seal = substr(seal, 1, 0) WHERE kind = 'receipt'").await;
    let told = "Everything that is covered holds; not covered (I24): 1.".to_owned();
    assert_eq!(verdict(&world.url).await, (true, told));
    edit(&world, "UPDATE host SET iban = 'FR76'").await;
    assert_eq!(verdict(&world.url).await, (false, "Something is broken.".to_owned()));
}

/// An instance that began on SQLite goes on with PostgreSQL: row by row, to the same heads.
#[test]
fn a_database_of_sqlite_goes_on_with_postgres() {
    testkit::check(Kind::Sqlite, |world| async move {
        let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
        for cents in 1..700 {
            record_contribution(&world.context, town.admin(), town.pot, payment(&town, cents)).await.unwrap();
        }
        let empty = Empty::new(Kind::Postgres).await;
        let moved =
            |from: &str, to: &str| ran(["move", "--from", from, "--to", to].map(str::to_owned).to_vec());
        let used = moved(&world.url, &empty.url).await;
        assert!(said(&used).contains("is in use: stop the server first"), "{}", said(&used));
        let (_, before) = head(&world.url, &[]).await;
        world.context.db.close().await;
        let wrong = moved(&world.url, &world.url).await;
        assert!(said(&wrong).contains("only to one of PostgreSQL"), "{}", said(&wrong));
        let done = moved(&world.url, &empty.url).await;
        assert!(done.status.success(), "{}", said(&done));
        assert!(out(&done).contains("chatons/main: holds"), "{}", out(&done));
        let (holds, after) = head(&empty.url, &[]).await;
        assert!(holds, "what was moved is sound, seals too");
        assert_eq!(after, before);
        let again = moved(&world.url, &empty.url).await;
        assert!(said(&again).contains("is not empty: make a new one"), "{}", said(&again));
        empty.remove().await;
    });
}

on_both![
    what_is_not_covered_is_in_the_verdict,
    a_copy_under_load_is_restored_and_verified,
    what_is_no_whole_copy_changes_nothing,
];
