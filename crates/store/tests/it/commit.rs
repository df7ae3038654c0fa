//! PostgreSQL: the connection breaks while the commit is under way.

use std::{
    path::Path,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use popote_store::{Db, Options, args, execute, fetch_value};
use sqlx::{Executor, postgres::PgConnectOptions};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixListener, UnixStream},
};

use crate::{
    act::{Act, batch, word, words, words_table},
    place::{Place, address_of, on},
};

on! { Postgres: committed_but_not_confirmed, broken_off_before_the_commit }

async fn committed_but_not_confirmed(place: Place) {
    let plain = place.open().await;
    words_table(&plain).await;
    let folder = tempfile::tempdir().unwrap();
    let armed = Arc::new(AtomicBool::new(false));
    let url = forward(&place, &folder.path().join(".s.PGSQL.5432"), Arc::clone(&armed));
    let db = Db::open(&url, &Options::default()).await.unwrap();
    assert!(db.write(word("before")).await.is_ok());
    let alone = arming("a", &armed);
    let runs = alone.runs();
    assert!(db.write(alone).await.is_ok());
    assert!(!armed.load(Ordering::SeqCst), "the commit was not cut off");
    assert_eq!(runs.get(), 1, "run again although it was committed");
    let together = vec![arming("b", &armed), word("c")];
    let runs: Vec<_> = together.iter().map(Act::runs).collect();
    let answers = batch(&db, together).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert!(!armed.load(Ordering::SeqCst), "the commit was not cut off");
    assert!(runs.iter().all(|runs| runs.get() == 1), "run again although they were committed");
    assert_eq!(words(&plain).await, ["a", "b", "before", "c"]);
}

/// Writes a name, and has the commit that follows cut off.
fn arming(name: &'static str, armed: &Arc<AtomicBool>) -> Act {
    let armed = Arc::clone(armed);
    Act::new(move |tx| {
        let armed = Arc::clone(&armed);
        Box::pin(async move {
            execute(tx, "INSERT INTO word (name) VALUES ($1)", args![name]).await?;
            armed.store(true, Ordering::SeqCst);
            Ok(1)
        })
    })
}

/// Forwards connections to the server of a place. Once armed, the next COMMIT is passed on, and the
/// connection is cut when the server has answered it. The address to connect to.
fn forward(place: &Place, socket: &Path, armed: Arc<AtomicBool>) -> String {
    let server = PgConnectOptions::from_str(&place.url).unwrap();
    let listener = UnixListener::bind(socket).unwrap();
    let through = server.clone().socket(socket.parent().unwrap()).port(5432);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let armed = Arc::clone(&armed);
            let host = server.get_socket().map(|path| path.display().to_string());
            let host = host.unwrap_or_else(|| server.get_host().to_owned());
            let port = server.get_port();
            tokio::spawn(async move {
                if host.starts_with('/') {
                    let server = UnixStream::connect(format!("{host}/.s.PGSQL.{port}")).await.unwrap();
                    relay(client, server, &armed).await;
                } else {
                    relay(client, TcpStream::connect((host, port)).await.unwrap(), &armed).await;
                }
            });
        }
    });
    address_of(&through)
}

async fn relay(mut client: UnixStream, mut server: impl AsyncRead + AsyncWrite + Unpin, armed: &AtomicBool) {
    let (mut up, mut down) = (vec![0; 65_536], vec![0; 65_536]);
    let mut cut = false;
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Ok(length @ 1..) = read else { return };
                let sent = &up[..length];
                if sent.windows(7).any(|part| part == b"COMMIT\0") && armed.swap(false, Ordering::SeqCst) {
                    cut = true;
                }
                if server.write_all(sent).await.is_err() { return }
            }
            read = server.read(&mut down) => {
                let Ok(length @ 1..) = read else { return };
                if cut || client.write_all(&down[..length]).await.is_err() { return }
            }
        }
    }
}

async fn broken_off_before_the_commit(place: Place) {
    let db = place.open().await;
    words_table(&db).await;
    let mut other = place.postgres().await;
    // A commit that sleeps while the switch is on.
    other
        .execute(
            "CREATE TABLE switch (slow BIGINT NOT NULL); INSERT INTO switch VALUES (1);
             CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN IF (SELECT slow FROM switch) = 1 THEN PERFORM pg_sleep(30); END IF; RETURN NULL; END $$;
             CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON word DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION linger();",
        )
        .await
        .unwrap();
    let act = word("a");
    let runs = act.runs();
    let write = tokio::spawn({
        let db = db.clone();
        async move { db.write(act).await }
    });
    const SLEEPER: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query = 'COMMIT' \
        AND datname = current_database()";
    loop {
        let mut tx = db.read().await.unwrap();
        if fetch_value::<i64>(&mut tx, SLEEPER, args![]).await.unwrap() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    other.execute("UPDATE switch SET slow = 0").await.unwrap();
    other
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' \
             AND query = 'COMMIT' AND datname = current_database()",
        )
        .await
        .unwrap();
    assert_eq!(write.await.unwrap().unwrap(), 1);
    assert_eq!(runs.get(), 2, "rolled back by the server, then run again");
    assert_eq!(words(&db).await, ["a"]);
}
