//! No page is forgotten: each address of the router that shows one is looked at.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
};

use e2e::{Demo, FILES, ROLES, pages_of};
use testkit::Kind;

/// Addresses that mails and the command line print: `doors` opens them while they are good.
const DOORS: [&str; 6] = [
    "/setup/{token}",
    "/demo/{token}",
    "/sign-in/link/{token}",
    "/me/email/{token}",
    "/invitation/{token}",
    "/join/{token}",
];

#[test]
fn every_page_of_the_router_is_looked_at() {
    let routes = shown();
    assert!(routes.len() > 50, "the router is read wrongly: {routes:?}");
    let looked: Vec<&str> = ROLES
        .into_iter()
        .flat_map(pages_of)
        .filter_map(|page| route_of(&routes, page.split('?').next().unwrap_or_default()))
        .chain(DOORS)
        .chain(FILES.map(|(route, _)| route))
        .collect();
    let forgotten: Vec<&String> = routes.iter().filter(|route| !looked.contains(&route.as_str())).collect();
    assert!(forgotten.is_empty(), "no sweep looks at {forgotten:#?}: name a page in crates/e2e/src/pages.rs");
    let gone: Vec<&&str> =
        looked.iter().filter(|route| !routes.iter().any(|known| known == **route)).collect();
    assert!(gone.is_empty(), "the router has no {gone:?}");
}

#[test]
fn every_page_is_found_in_the_guide() {
    let routes = shown();
    let is_page = |route: &&String| FILES.iter().all(|(file, _)| *file != route.as_str());
    for file in ["fr/ou-trouver.md", "en/where.md"] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide").join(file);
        let text = fs::read_to_string(path).unwrap();
        let listed: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(route, _)| route))
            .collect();
        let missing: Vec<&String> =
            routes.iter().filter(is_page).filter(|route| !listed.contains(&route.as_str())).collect();
        assert!(missing.is_empty(), "docs/guide/{file} does not tell where {missing:#?} is found");
        let gone: Vec<&&str> =
            listed.iter().filter(|route| !routes.iter().any(|known| known == **route)).collect();
        assert!(gone.is_empty(), "docs/guide/{file} names pages that aren't there: {gone:?}");
    }
}

#[test]
fn what_is_left_out_shows_no_page() {
    e2e::check(Kind::Sqlite, |_| async {
        let demo = Demo::start(Path::new(env!("CARGO_BIN_EXE_popote"))).await;
        let address = demo.address("");
        let host = address.trim_start_matches("http://");
        let home = answer(host, "/");
        assert!(home.contains("content-type: text/html"), "{home}");
        for (_, path) in FILES.into_iter().filter(|(_, path)| !path.is_empty()) {
            let answer = answer(host, path);
            assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
            assert!(!answer.contains("content-type: text/html"), "{path}: {answer}");
        }
    });
}

/// The beginning of what the server answers.
fn answer(host: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(host).expect("the example listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it reads");
    let mut head = vec![0; 4096];
    let mut length = 0;
    while !head[..length].windows(4).any(|bytes| bytes == b"\r\n\r\n") {
        let more = stream.read(&mut head[length..]).expect("it answers");
        assert!(more > 0, "{path}: the answer has no head");
        length += more;
    }
    String::from_utf8_lossy(&head[..length]).to_lowercase().replace("http/1.1", "HTTP/1.1")
}

/// The addresses that the sources of the web crate answer to `GET`, tests apart.
fn shown() -> Vec<String> {
    let mut routes = Vec::new();
    let sources = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../web/src");
    read(&sources, &mut routes);
    routes
}

fn read(folder: &Path, routes: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("tests") {
            continue;
        }
        if path.is_dir() {
            read(&path, routes);
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(&path).unwrap();
            // What tests add to the router stands at the end of a file.
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for part in text.split(".route(").skip(1) {
                let part = part.split("\n}").next().unwrap_or_default();
                let address = part.split('"').nth(1).unwrap_or_default();
                if part.contains("get(") {
                    routes.push(address.to_owned());
                }
            }
        }
    }
}

/// The route that answers a path: of those that fit, the one with most words of its own.
fn route_of<'r>(routes: &'r [String], path: &str) -> Option<&'r str> {
    let parts: Vec<&str> = path.split('/').collect();
    let own = |route: &str| route.split('/').filter(|part| !part.starts_with('{')).count();
    let fits = |route: &&String| {
        let wanted: Vec<&str> = route.split('/').collect();
        wanted.len() == parts.len()
            && wanted.iter().zip(&parts).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    routes.iter().filter(fits).max_by_key(|route| own(route)).map(String::as_str)
}
