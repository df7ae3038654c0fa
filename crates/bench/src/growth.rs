//! Whether pages stay as quick when a pot grows: the same pages beside a thousand transfers and beside a million.

use std::{
    fmt::Write as _,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use crate::{
    figures::{figure, millis, ratio, title},
    process::{Server, cost_of},
    wire::{Connection, get},
};

/// What to measure.
#[derive(clap::Args, Clone, Debug)]
pub struct Growth {
    /// The program to measure
    #[arg(long)]
    pub popote: PathBuf,
    /// How often each page is asked for
    #[arg(long, default_value_t = 40)]
    pub times: u32,
    /// Organisations, features and features that each organisation puts money on, of the larger pot
    #[arg(long, num_args = 3, default_values_t = [1_000, 10_000, 1_000])]
    pub large: Vec<usize>,
}

/// A pot, by its numbers.
#[derive(Clone, Copy, Debug)]
struct Size {
    organisations: usize,
    features: usize,
    each: usize,
}

const SMALL: Size = Size { organisations: 50, features: 100, each: 20 };

/// The collective's name in addresses.
const SLUG: &str = "croissance";
/// What each puts on each of its features, in whole euros.
const PART: usize = 10;

/// Pages of a collective, below its address. What its lists show is limited, so that their length is no matter.
const PAGES: [&str; 13] = [
    "",
    "/features",
    "/features?state=not_funded",
    "/features/1",
    "/features/2",
    "/rounds",
    "/rounds/1",
    "/members",
    "/members?q=12",
    "/accounts",
    "/activity",
    "/calendar",
    "/feed.atom",
];

impl Size {
    fn of(numbers: &[usize]) -> Self {
        let at = |place: usize| numbers.get(place).copied().unwrap_or(1).max(1);
        Self { organisations: at(0), features: at(1), each: at(2).min(at(1)) }
    }

    /// An election in which every organisation approves as many projects, every second of which finds its sum.
    fn election(self) -> String {
        let budget = self.organisations * self.each * PART;
        let mut text = format!(
            "META\nkey;value\ndescription;Croissance\ncountry;France\nunit;Croissance\ninstance;1\nnum_projects;{}\n\
             num_votes;{}\nbudget;{budget}\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\n\
             currency;EUR\nPROJECTS\nproject_id;cost;name\n",
            self.features, self.organisations
        );
        let received = (self.organisations * self.each / self.features).max(1) * PART;
        for project in 0..self.features {
            let cost = if project % 2 == 0 { received.div_ceil(2) } else { received * 3 };
            let _ = writeln!(text, "{project};{cost};Fonctionnalité {project}");
        }
        text.push_str("VOTES\nvoter_id;vote\n");
        for voter in 0..self.organisations {
            let first = voter * self.each;
            let approved: Vec<String> =
                (first..first + self.each).map(|project| (project % self.features).to_string()).collect();
            let _ = writeln!(text, "{voter};{}", approved.join(","));
        }
        text
    }
}

/// Measures both pots and prints their pages side by side.
///
/// # Panics
/// If a measure can't be taken.
pub fn compare(asked: &Growth) {
    let folder = tempfile::tempdir().expect("a folder");
    let large = Size::of(&asked.large);
    let mut columns = Vec::new();
    for (name, size) in [("small", SMALL), ("large", large)] {
        title(&format!(
            "{} organisations, {} features, {} transfers onto them",
            size.organisations,
            size.features,
            size.organisations * size.each
        ));
        let database = filled(asked, size, folder.path(), name);
        columns.push(pages(asked, &database, folder.path()));
    }
    title("Pages made anew, median, small pot and large pot");
    for (page, (small, large)) in PAGES.iter().zip(columns[0].iter().zip(&columns[1])) {
        let both = format!("{} {}", millis(*small), millis(*large));
        figure(
            &format!("/c/{SLUG}{page}"),
            &both,
            &format!("{}, wished ≤ 2×", ratio(*large, (*small).max(1))),
        );
    }
}

/// A database in which the election of that size was played; its address.
fn filled(asked: &Growth, size: Size, folder: &Path, name: &str) -> String {
    let file = folder.join(format!("{name}.pb"));
    fs::write(&file, size.election()).expect("the file is written");
    let database = format!("sqlite:{}", folder.join(format!("{name}.db")).display());
    let mut command = Command::new(&asked.popote);
    command.args(["import", "pabulib"]).arg(&file).args(["--database-url", &database]);
    let cost = cost_of(&mut command);
    figure("filled by popote import pabulib in", &millis(cost.micros), "");
    figure("  the most memory that it had", &format!("{} MiB", cost.peak / 1024), "");
    let bytes = fs::metadata(folder.join(format!("{name}.db"))).expect("the database is there").len();
    figure("the database", &format!("{} MiB", bytes / 1024 / 1024), "");
    database
}

/// The median time of each page, in microseconds, asked for by addresses that are kept nowhere.
fn pages(asked: &Growth, database: &str, folder: &Path) -> Vec<u64> {
    let (popote, database, folder, times) =
        (asked.popote.clone(), database.to_owned(), folder.to_owned(), asked.times.max(1));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async move {
        let serve = |address: SocketAddr| {
            let words = ["serve", "--database-url", &database, "--listen", &address.to_string()];
            let own = ["--public-url".to_owned(), format!("http://{address}")];
            words.map(str::to_owned).into_iter().chain(own).collect()
        };
        let server = Server::start(&popote, serve, &folder, "/about").await;
        let mut connection = Connection::open(server.address).await.expect("the server listens");
        let mut medians = Vec::new();
        for page in PAGES {
            let mut spent = Vec::new();
            for time in 0..times {
                let sign = if page.contains('?') { '&' } else { '?' };
                let path = format!("/c/{SLUG}{page}{sign}n={time}");
                let began = Instant::now();
                let answer = connection.ask(&get(&path, None)).await.expect("an answer");
                assert_eq!(answer.status, 200, "{path}");
                spent.push(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX));
            }
            spent.sort_unstable();
            medians.push(spent[spent.len() / 2]);
        }
        figure("memory of the server afterwards", &format!("{} KiB", server.resident()), "");
        medians
    })
}
