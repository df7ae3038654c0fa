//! The planner's word on every statement that pages ask: none goes through a whole table that grows.

use std::fmt::Write as _;

use app::{Chance, Clock, Context, Failure, Never, Settings};
use axum::{
    body::Body,
    http::{Request, StatusCode, header::COOKIE},
};
use domain::ids::PersonId;
use e2e::{FILES, ROLES, pages_of};
use identity::Token;
use jiff::SignedDuration;
use messages::{Mailer, Outbox};
use store::{Command, Db, Tx, heard, listen, plan, sessions::NewSession};
use testkit::{Kind, World};
use tower::ServiceExt as _;
use web::{AppState, PublicUrl};

use super::seed::{self, People};

const ADDRESS: &str = "http://127.0.0.1:8080";

/// What is asked beside the pages and their files.
const MORE: [&str; 5] = [
    "/oembed?url=http%3A%2F%2F127.0.0.1%3A8080%2Fc%2Fchatons%2Ffeatures%2F4",
    "/c/chatons/members/framasoft/year/current.csv",
    "/c/chatons/members/le-panier-d-osier/year/current.csv",
    "/c/chatons/contributions.csv?year=2026",
    "/api/v1/openapi.json",
];

/// Whole tables that are read on purpose: part of the text, and why that is no matter.
const ALLOWED: [(&str, &str); 1] = [(
    "FROM mail WHERE sent_at IS NULL AND dead_at IS NULL",
    "an index of what waits, which is sent within minutes",
)];

/// A session without the mail that would lead to it.
struct SignIn(NewSession);

impl Command for SignIn {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(store::sessions::insert(tx, &self.0).await?)
    }
}

async fn cookie(context: &Context, person: PersonId) -> String {
    let token = Token::from_bytes(context.chance.bytes());
    let at = context.now();
    let session = NewSession {
        token_hash: token.hash(),
        person,
        organisation: None,
        at,
        expires_at: at.saturating_add(SignedDuration::from_hours(1)).unwrap(),
        agent: "plans".to_owned(),
    };
    context.db.write(SignIn(session)).await.unwrap();
    format!("popote={}", token.as_str())
}

fn person_of(role: &str, people: &People) -> Option<PersonId> {
    match role {
        "administration" => Some(people.admin),
        "treasurer" => Some(people.treasurer),
        "steward" => Some(people.steward),
        "representative" => Some(people.representative),
        _ => None,
    }
}

/// Looks at each page of each role, without anything kept from one to the next.
async fn look_at_all(db: &Db) {
    let people = seed::fill(db, ADDRESS).await.unwrap();
    let settings = Settings {
        public_url: ADDRESS.to_owned(),
        mail_from: "popote@popote.example".to_owned(),
        demo: true,
    };
    let mailer = Mailer::Memory(Outbox::default());
    let context = Context::new(db.clone(), Clock::System, Chance::System, mailer, settings);
    let state = AppState::new(context.clone(), PublicUrl::parse(ADDRESS).unwrap(), 0);
    let router = web::router(&state).unwrap();
    let mut answered = 0;
    for role in ROLES {
        let cookie = match person_of(role, &people) {
            Some(person) => Some(cookie(&context, person).await),
            None => None,
        };
        // An event stream has no end.
        let files = FILES.into_iter().map(|(_, path)| path);
        let files = files.filter(|path| !path.is_empty() && !path.ends_with("/live"));
        for path in pages_of(role).chain(files).chain(MORE) {
            let mut request = Request::get(path).header("host", "127.0.0.1:8080");
            if let Some(cookie) = &cookie {
                request = request.header(COOKIE, cookie);
            }
            let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert!(!answer.status().is_server_error(), "{path} as {role:?}: {}", answer.status());
            answered += usize::from(answer.status() == StatusCode::OK);
            let _ = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
        }
    }
    assert!(answered > 150, "only {answered} pages were there");
}

/// Whether a name of a statement stands for rows that it gathers itself: `WITH name AS (…)`, `(…) name`, or another name
/// of such.
fn is_derived(name: &str, sql: &str) -> bool {
    let words: Vec<&str> = sql.split([' ', '\n', ',']).filter(|word| !word.is_empty()).collect();
    let gathered = |name: &str| {
        words.windows(3).any(|three| three[0] == name && three[1] == "AS" && three[2].starts_with('('))
    };
    let named = |before: &str, words: &[&str], at: usize| {
        let skip = usize::from(words.get(at + 1).is_some_and(|word| *word == "AS"));
        let next = words.get(at + 1 + skip).map(|word| word.trim_end_matches(')'));
        (before.ends_with(')') || gathered(before)) && next == Some(name)
    };
    gathered(name) || words.iter().enumerate().any(|(at, word)| named(word, &words, at))
}

/// Whether a step of a plan goes through a whole table. SQLite reads a few rows of an index in its order by the same word
/// as all of them: with a limit that is no matter.
fn is_whole(step: &str, sql: &str) -> bool {
    let step = step.trim().trim_start_matches("->").trim();
    if step.starts_with("Seq Scan on ") {
        return true;
    }
    let Some(rest) = step.strip_prefix("SCAN ") else { return false };
    let name = rest.split_whitespace().next().unwrap_or_default();
    let derived = rest.starts_with(['(']) || rest.starts_with("CONSTANT ROW") || is_derived(name, sql);
    !(derived || rest.contains("INDEX") && sql.contains("LIMIT"))
}

async fn wholes(db: &Db) -> String {
    let mut found = String::new();
    let texts = heard();
    let asked: Vec<&String> = texts
        .iter()
        .filter(|sql| {
            ["SELECT", "WITH", "UPDATE", "DELETE"].iter().any(|word| sql.trim_start().starts_with(word))
        })
        .collect();
    assert!(asked.len() > 200, "only {} statements were heard", asked.len());
    let mut unplanned = 0;
    for sql in asked {
        let mut tx = db.read().await.unwrap();
        let plan = match plan(&mut tx, sql).await {
            Ok(plan) => plan,
            // PostgreSQL guesses the type of an argument from its place; beside `IS NULL` alone it can't.
            Err(problem) if problem.to_string().contains("could not determine data type") => {
                unplanned += 1;
                continue;
            }
            Err(problem) => panic!("{problem}: {sql}"),
        };
        let whole: Vec<&str> = plan.lines().filter(|step| is_whole(step, sql)).collect();
        if !whole.is_empty() && !ALLOWED.iter().any(|(part, _)| sql.contains(part)) {
            let _ = writeln!(found, "{}\n    {sql}\n", whole.join("\n"));
        }
    }
    assert!(unplanned < 12, "{unplanned} statements can't be planned");
    found
}

#[test]
fn no_page_reads_a_whole_table() {
    listen();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        testkit::check(kind, async |world: World| {
            let db = world.context.db.clone();
            let _ = heard();
            look_at_all(&db).await;
            let found = wholes(&db).await;
            assert!(found.is_empty(), "{found}");
        });
    }
}
