//! The one way out, against a small server within.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

/// A server that gives these answers, one a connection, and keeps what it was sent.
async fn server(answers: Vec<String>) -> (u16, Arc<AtomicUsize>, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let task = tokio::spawn(async move {
        let mut sent = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            let mut bytes = vec![0; 8_192];
            let read = stream.read(&mut bytes).await.unwrap();
            sent.push(String::from_utf8_lossy(&bytes[..read]).into_owned());
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        sent
    });
    (port, count, task)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}

fn get(url: &str) -> Asked {
    Asked {
        method: Method::GET,
        url: url.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        largest: 100,
    }
}

fn excepting(port: u16) -> Fetcher {
    Fetcher::new(vec![format!("127.0.0.1:{port}").parse().unwrap()])
}

#[test]
fn what_shows_that_it_leads_within_is_not_taken() {
    let fetcher = Fetcher::new(vec!["hooks.lan:8443".parse().unwrap()]);
    for good in [
        "https://hooks.example/popote",
        "https://hooks.example:443/",
        "https://hooks.lan:8443/x",
        "http://hooks.lan:8443/",
        "https://9.9.9.9/",
        "https://hooks.example./",
        "https://1.example/",
    ] {
        assert!(fetcher.takes(good), "{good}");
    }
    for bad in [
        "http://hooks.example/",
        "https://hooks.example:8443/",
        "https://127.0.0.1/",
        "https://10.0.0.7/",
        "https://192.168.1.1/",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://localhost/",
        "https://a.localhost/",
        "https://127.1/",
        "https://0x7f.1/",
        "https://0X7F000001/",
        "https://2130706433/",
        "https://127.0.0.1./",
        "https://localhost./",
        "https://u:p@hooks.example/",
    ] {
        assert!(!fetcher.takes(bad), "{bad}");
    }
}

#[tokio::test]
async fn nothing_within_is_asked_unless_an_admin_says_so() {
    let (port, count, task) = server(vec![answer("200 OK", "", "hello")]).await;
    let url = format!("http://127.0.0.1:{port}/x?y=1");
    let nobody = Fetcher::new(Vec::new());
    assert_eq!(nobody.fetch(get(&url), 0).await.unwrap_err(), FetchError::NotAllowed);
    for within in [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
    ] {
        assert_eq!(nobody.fetch(get(within), 0).await.unwrap_err(), FetchError::Unreachable, "{within}");
    }
    assert_eq!(count.load(Ordering::SeqCst), 0);
    let other = excepting(port.wrapping_add(1).max(1));
    assert_eq!(other.fetch(get(&url), 0).await.unwrap_err(), FetchError::NotAllowed, "the exact port");
    let fetched = excepting(port).fetch(get(&url), 0).await.unwrap();
    assert_eq!((fetched.status, &fetched.body[..]), (StatusCode::OK, &b"hello"[..]));
    let sent = task.await.unwrap();
    assert!(sent[0].starts_with("GET /x?y=1 HTTP/1.1\r\n"), "{}", sent[0]);
    assert!(sent[0].to_lowercase().contains(&format!("host: 127.0.0.1:{port}")), "{}", sent[0]);
}

#[tokio::test]
async fn what_is_no_address_of_the_web_is_refused() {
    let fetcher = Fetcher::new(Vec::new());
    let long = format!("http://x.example/{}", "a".repeat(2_000));
    for url in [
        "",
        "/x",
        "ftp://x.example/",
        "file:///etc/passwd",
        "http://user:secret@x.example/",
        "http://x.example:22/",
        "gopher://x.example/",
        "http:///x",
        long.as_str(),
    ] {
        assert_eq!(fetcher.fetch(get(url), 0).await.unwrap_err(), FetchError::NotAllowed, "{url}");
    }
}

#[tokio::test]
async fn redirects_are_few_and_looked_at_again() {
    let (port, _, task) = server(vec![
        answer("302 Found", "location: /next\r\n", ""),
        answer("200 OK", "", "there"),
        answer("302 Found", "location: http://127.0.0.1:22/\r\n", ""),
    ])
    .await;
    let fetcher = excepting(port);
    let fetched = fetcher.fetch(get(&format!("http://127.0.0.1:{port}/a/b")), 0).await.unwrap();
    assert_eq!(&fetched.body[..], b"there");
    let away = fetcher.fetch(get(&format!("http://127.0.0.1:{port}/")), 0).await;
    assert_eq!(away.unwrap_err(), FetchError::NotAllowed);
    assert!(task.await.unwrap()[1].starts_with("GET /next "));

    let round = answer("302 Found", "location: /\r\n", "");
    let (port, count, _task) = server(vec![round; 9]).await;
    let lost = excepting(port).fetch(get(&format!("http://127.0.0.1:{port}/")), 0).await;
    assert_eq!(lost.unwrap_err(), FetchError::Redirected);
    assert_eq!(count.load(Ordering::SeqCst), 4);

    let (port, count, _task) = server(vec![answer("307 Temporary Redirect", "location: /\r\n", ""); 2]).await;
    let post = Asked { method: Method::POST, ..get(&format!("http://127.0.0.1:{port}/")) };
    let kept = excepting(port).fetch(post, 0).await.unwrap();
    assert_eq!(
        (kept.status.as_u16(), count.load(Ordering::SeqCst)),
        (307, 1),
        "what is sent goes nowhere else"
    );
}

#[tokio::test]
async fn an_answer_is_bounded_and_a_closed_port_looks_like_a_silent_one() {
    let (port, _, _task) = server(vec![
        answer("200 OK", "", &"x".repeat(101)),
        answer("200 OK", "content-encoding: gzip\r\n", "x"),
        "not http at all".to_owned(),
    ])
    .await;
    let fetcher = excepting(port);
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(fetcher.fetch(get(&url), 0).await.unwrap_err(), FetchError::TooLarge);
    assert_eq!(fetcher.fetch(get(&url), 0).await.unwrap_err(), FetchError::TooLarge, "compressed");
    assert_eq!(fetcher.fetch(get(&url), 0).await.unwrap_err(), FetchError::Unreachable);
    assert_eq!(
        fetcher.fetch(get(&url), 0).await.unwrap_err(),
        FetchError::Unreachable,
        "nobody listens any more"
    );
}

#[test]
fn a_host_is_asked_so_often_in_a_day() {
    let fetcher = Fetcher::new(Vec::new());
    for _ in 0..MOST_A_DAY {
        assert_eq!(fetcher.count("x.example", 5), Ok(()));
    }
    assert_eq!(fetcher.count("x.example", 5), Err(FetchError::TooOften));
    assert_eq!(fetcher.count("y.example", 5), Ok(()));
    assert_eq!(fetcher.count("x.example", DAY), Ok(()), "the next day");
}

#[test]
fn exceptions_name_a_host_and_a_port() {
    let exception: Exception = "Hooks.lan:8443".parse().unwrap();
    assert_eq!(exception, Exception { host: "hooks.lan".to_owned(), port: 8443 });
    assert_eq!("[::1]:80".parse::<Exception>().unwrap().host, "::1");
    for wrong in ["", "hooks.lan", "hooks.lan:0", ":80", "hooks.lan:99999"] {
        assert!(wrong.parse::<Exception>().is_err(), "{wrong}");
    }
}
