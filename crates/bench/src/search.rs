//! Searching among ten thousand needs and fifty thousand « nous en avons besoin aussi »; and whether the suggestions find
//! the right need of the labelled pairs, alone and among all those.

use std::time::Instant;

use app::search::{Asked, Eyes, find, similar};
use domain::{
    ids::{CollectiveId, NeedId, OrganisationId, PersonId, SoftwareId},
    needs::{Helps, NeedState, SupportText},
    rules::Template,
    search::{Labelled, Part, Text, labelled},
};
use store::{Command, Tx, needs};
use testkit::{Grown, Kind, World};
use uuid::Uuid;

use crate::figures::{figure, millis, title};

/// What to measure.
#[derive(clap::Args, Clone, Debug)]
pub struct Search {
    /// How many needs there are
    #[arg(long, default_value_t = 10_000)]
    pub needs: usize,
    /// How many organisations say that they need each
    #[arg(long, default_value_t = 5)]
    pub each: usize,
    /// How many searches, and how many drafts
    #[arg(long, default_value_t = 600)]
    pub times: usize,
    /// A new PostgreSQL database to measure too
    #[arg(long, env = "POPOTE_TEST_POSTGRES")]
    pub postgres: Option<String>,
}

/// Numbers that look as if they were drawn, the same in each run.
struct Draw(u64);

impl Draw {
    /// The next number below `below`.
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }

    /// The next place of a list, the first ones far more often than the last, as words are said.
    fn often(&mut self, count: usize) -> usize {
        let (a, b, c) = (self.below(count), self.below(count), self.below(count));
        a.min(b).min(c)
    }
}

/// Words that needs are written with: those of the labelled pairs, and as many again that are rare.
fn words() -> Vec<String> {
    const PARTS: [&str; 16] = [
        "ba", "cor", "di", "fel", "ga", "lim", "mo", "nur", "pa", "ri", "sel", "tan", "vo", "zi", "qua",
        "bre",
    ];
    let mut words: Vec<String> = Vec::new();
    for pair in labelled() {
        for text in [&pair.there.title, &pair.there.body, &pair.draft.title, &pair.draft.body] {
            words.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        }
    }
    words.retain(|word| word.chars().count() > 2);
    words.sort();
    words.dedup();
    let mut draw = Draw(7);
    // The alphabet says nothing of how often a word is said.
    for at in (1..words.len()).rev() {
        words.swap(at, draw.below(at + 1));
    }
    for _ in 0..4_000 {
        words.push((0..3).map(|_| PARTS[draw.below(PARTS.len())]).collect());
    }
    words
}

fn sentence(draw: &mut Draw, words: &[String], count: usize) -> String {
    let said: Vec<&str> = (0..count).map(|_| words[draw.often(words.len())].as_str()).collect();
    said.join(" ")
}

const SOFTWARE: [&str; 16] = [
    "Nextcloud",
    "Element",
    "Mailcow",
    "Roundcube",
    "BigBlueButton",
    "PeerTube",
    "Mattermost",
    "Jitsi",
    "OnlyOffice",
    "Etherpad",
    "Galette",
    "Dolibarr",
    "Mobilizon",
    "WordPress",
    "Sympa",
    "uMap",
];

/// Writes needs with what organisations say of them.
struct Fill {
    collective: CollectiveId,
    person: PersonId,
    organisations: Vec<OrganisationId>,
    texts: Vec<(Uuid, Text)>,
    first: i64,
    each: usize,
    now: jiff::Timestamp,
}

impl Command for Fill {
    type Done = ();
    type Error = app::Failure<app::Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Self::Error> {
        for (number, (id, text)) in (self.first..).zip(&self.texts) {
            let new = SoftwareId(Uuid::from_u128(id.as_u128() | 1 << 120));
            let software = match text.software.as_str() {
                "" => None,
                name => {
                    let made =
                        store::features::software::find_or_make(tx, self.collective, name, new, self.now);
                    Some(made.await?)
                }
            };
            let row = needs::NewNeed {
                id: NeedId(*id),
                collective: self.collective,
                number,
                title: text.title.clone(),
                why: text.body.clone(),
                software,
                discussion_url: String::new(),
                author: Some(self.person),
                organisation: self.organisations.first().copied(),
                guest_name: String::new(),
                guest_email: String::new(),
                state: NeedState::Open,
                created_at: self.now,
            };
            needs::insert(tx, &row).await?;
            let said = SupportText {
                strength: 3,
                users: Some(10),
                words: String::new(),
                amount: None,
                help: Helps::default(),
            };
            for at in 0..self.each {
                let place = usize::try_from(number).unwrap_or(0) + at;
                let who = self.organisations[place % self.organisations.len()];
                needs::supports::put(tx, row.id, who, &said, Some(self.person), self.now).await?;
            }
        }
        Ok(())
    }
}

async fn fill(world: &World, town: &Grown, texts: Vec<(Uuid, Text)>, each: usize) {
    let mut first = 1;
    for some in texts.chunks(500) {
        let fill = Fill {
            collective: town.id,
            person: town.member(0).person,
            organisations: town.members.iter().map(|member| member.organisation).collect(),
            texts: some.to_vec(),
            first,
            each,
            now: world.now(),
        };
        world.context.db.write_alone(fill).await.expect("needs are written");
        first += i64::try_from(some.len()).expect("a number");
    }
}

/// Measures and prints.
///
/// # Panics
/// If a measure can't be taken.
pub async fn measure(asked: &Search) {
    let pairs = labelled();
    alone(&pairs);
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = format!("sqlite:{}", folder.path().join("search.db").display());
    on(asked, Kind::Sqlite, &sqlite, &pairs).await;
    if let Some(url) = &asked.postgres {
        on(asked, Kind::Postgres, url, &pairs).await;
    }
}

/// The labelled pairs among themselves.
fn alone(pairs: &[Labelled]) {
    title("Labelled pairs: the right need among the first three suggestions");
    let mut shelf = domain::search::Shelf::default();
    for (at, pair) in (1..).zip(pairs) {
        shelf.put(Uuid::from_u128(at), pair.there.clone());
    }
    let found: Vec<bool> = (1..)
        .zip(pairs)
        .map(|(at, pair)| shelf.like(&pair.draft).iter().take(3).any(|one| one.subject.as_u128() == at))
        .collect();
    hits("among the pairs", pairs, &found);
}

/// Prints how often the right need was found, all pairs together and those held out apart.
fn hits(among: &str, pairs: &[Labelled], found: &[bool]) {
    for (which, part) in [("all", None), ("held out", Some(Part::Held))] {
        let of: Vec<bool> = pairs
            .iter()
            .zip(found)
            .filter(|(pair, _)| pair.same && part.is_none_or(|part| part == pair.part))
            .map(|(_, found)| *found)
            .collect();
        let hit = of.iter().filter(|found| **found).count();
        let percent = 100 * hit / of.len().max(1);
        figure(&format!("{which}, {among}"), &format!("{hit} of {}: {percent} %", of.len()), "wished ≥ 80 %");
    }
}

async fn on(asked: &Search, kind: Kind, url: &str, pairs: &[Labelled]) {
    let world = World::kept(kind, url).await;
    let names: Vec<String> = (1..=40).map(|number| format!("Structure {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let town = world.collective(Template::Informal, &names).await;
    let (words, mut draw) = (words(), Draw(1));
    let mut texts: Vec<(Uuid, Text)> =
        (1..).map(Uuid::from_u128).zip(pairs.iter().map(|pair| pair.there.clone())).collect();
    for at in texts.len() + 1..=asked.needs {
        let (short, long) = (4 + draw.below(6), 20 + draw.below(80));
        let software = match draw.below(4) {
            0 => String::new(),
            _ => SOFTWARE[draw.often(SOFTWARE.len())].to_owned(),
        };
        let text = Text {
            title: sentence(&mut draw, &words, short),
            body: sentence(&mut draw, &words, long),
            software,
            links: Vec::new(),
        };
        texts.push((Uuid::from_u128(u128::try_from(at).expect("a number")), text));
    }
    let begun = Instant::now();
    fill(&world, &town, texts, asked.each).await;
    title(&format!("{kind:?}: {} needs, {} supports", asked.needs, asked.needs * asked.each));
    figure("written and indexed", &format!("{} s", begun.elapsed().as_secs()), "");
    let mut found = Vec::new();
    for (at, pair) in (1..).zip(pairs) {
        let mut tx = world.read().await;
        let like = similar(&mut tx, town.id, Eyes::Members, &pair.draft, None).await.expect("suggestions");
        found.push(like.iter().take(3).any(|one| one.hit.row.subject.as_u128() == at));
    }
    hits("among all needs", pairs, &found);
    let mut times = Vec::new();
    for at in 0..asked.times {
        let pair = &pairs[at % pairs.len()];
        let typed = match at % 4 {
            0 => sentence(&mut draw, &words, 1),
            1 => sentence(&mut draw, &words, 3),
            2 => mistyped(&mut draw, &words),
            _ => pair.draft.title.clone(),
        };
        let begun = Instant::now();
        let mut tx = world.read().await;
        let asked = Asked { typed, kind: None, page: 0 };
        find(&mut tx, Some(town.id), Eyes::Members, &asked).await.expect("results");
        drop(tx);
        times.push(micros(begun));
    }
    percentiles("a search", times);
    let mut times = Vec::new();
    for at in 0..asked.times {
        let mut draft = pairs[at % pairs.len()].draft.clone();
        if at % 2 == 0 {
            draft.body = sentence(&mut draw, &words, 60);
        }
        let begun = Instant::now();
        let mut tx = world.read().await;
        similar(&mut tx, town.id, Eyes::Members, &draft, None).await.expect("suggestions");
        drop(tx);
        times.push(micros(begun));
    }
    percentiles("needs like a draft", times);
}

fn micros(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// Two words with two letters of one exchanged.
fn mistyped(draw: &mut Draw, words: &[String]) -> String {
    let mut letters: Vec<char> = words[draw.often(words.len())].chars().collect();
    if letters.len() > 3 {
        letters.swap(1, 2);
    }
    let wrong: String = letters.into_iter().collect();
    format!("{wrong} {}", words[draw.often(words.len())])
}

fn percentiles(what: &str, mut times: Vec<u64>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    figure(what, &format!("p50 {}, p99 {}", millis(at(50)), millis(at(99))), "wished p99 < 50 ms");
}
