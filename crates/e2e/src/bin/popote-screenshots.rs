//! Takes pictures of the example collective's pages, for people to look at: `scripts/screenshots` runs it.

use std::{env, fs, path::PathBuf};

use e2e::{Demo, Guise, Page, Scheme, Screen};

/// Pages of which pictures are taken when none is named: first those for everybody, then those behind a role.
const PAGES: [(&str, &str); 26] = [
    ("", "/"),
    ("", "/about"),
    ("", "/sign-in"),
    ("", "/c/chatons"),
    ("", "/c/chatons/features"),
    ("", "/c/chatons/features/1"),
    ("", "/c/chatons/features/3"),
    ("", "/c/chatons/features/4"),
    ("", "/c/chatons/rounds"),
    ("", "/c/chatons/rounds/1"),
    ("", "/c/chatons/rounds/2"),
    ("", "/c/chatons/accounts"),
    ("", "/c/chatons/accounts/how"),
    ("", "/c/chatons/activity"),
    ("", "/c/chatons/calendar"),
    ("", "/c/chatons/members"),
    ("", "/c/chatons/rules"),
    ("", "/c/chatons/decisions"),
    ("", "/c/nobody"),
    ("representative", "/me"),
    ("representative", "/c/chatons/rounds/2"),
    ("representative", "/c/chatons/features/new"),
    ("treasurer", "/c/chatons/contributions"),
    ("treasurer", "/c/chatons/contributions/new"),
    ("administration", "/c/chatons/invitations"),
    ("administration", "/admin"),
];

#[tokio::main]
async fn main() {
    let mut arguments = env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: popote-screenshots FOLDER [[ROLE:]PATH]...");
        std::process::exit(2);
    };
    if let Err(problem) = fs::create_dir_all(&folder) {
        eprintln!("{}: {problem}", folder.display());
        std::process::exit(1);
    }
    let named: Vec<(String, String)> = arguments.map(|page| split(&page)).collect();
    let usual = || PAGES.map(|(role, path)| (role.to_owned(), path.to_owned())).to_vec();
    let pages = if named.is_empty() { usual() } else { named };
    let demo = Demo::start(&e2e::program()).await;
    for guise in [Guise::desk(), Guise::desk().dark(), Guise::phone(), Guise::phone().dark()] {
        let mut role = None;
        let mut page = Page::open(&demo, guise).await;
        for (wanted, path) in &pages {
            if role.as_ref() != Some(wanted) {
                page = Page::open(&demo, guise).await;
                if !wanted.is_empty() {
                    page.enter_example(demo.link(wanted)).await;
                }
                role = Some(wanted.clone());
            }
            page.visit(path).await;
            for problem in page.problems().await {
                println!("{path}: {problem}");
            }
            let file = folder.join(name(wanted, path, guise));
            if let Err(problem) = fs::write(&file, page.picture().await) {
                eprintln!("{}: {problem}", file.display());
                std::process::exit(1);
            }
        }
    }
    println!("{} pictures in {}", pages.len() * 4, folder.display());
}

/// `treasurer:/c/chatons/contributions`, or a path alone.
fn split(page: &str) -> (String, String) {
    let (role, path) = page.split_once(':').unwrap_or(("", page));
    (role.to_owned(), path.to_owned())
}

fn name(role: &str, path: &str, guise: Guise) -> String {
    let screen = if guise.screen == Screen::Desk { "desk" } else { "phone" };
    let scheme = if guise.scheme == Scheme::Dark { "-dark" } else { "" };
    let path = path.trim_matches('/').replace('/', "_");
    let path = if path.is_empty() { "home" } else { &path };
    let role = if role.is_empty() { String::new() } else { format!("-{role}") };
    format!("{path}{role}-{screen}{scheme}.png")
}
