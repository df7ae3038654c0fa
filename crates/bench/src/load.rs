//! Many clients at once, each with one request under way at any time.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use crate::wire::{Answer, Connection};

/// What a load gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Answers as wished.
    pub answered: u64,
    /// Other answers, the first of them in words.
    pub refused: Option<(u64, String)>,
    /// How long it went on, in microseconds.
    pub micros: u64,
    /// How long each answer took, in microseconds, shortest first.
    latencies: Vec<u32>,
}

impl Load {
    /// Answers in a second.
    #[must_use]
    pub fn per_second(&self) -> u64 {
        self.answered * 1_000_000 / self.micros.max(1)
    }

    /// The time within which `percent` of the answers came, in microseconds.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> u32 {
        let last = self.latencies.len().saturating_sub(1);
        self.latencies.get((self.latencies.len() * percent / 100).min(last)).copied().unwrap_or(0)
    }

    fn add(&mut self, other: Self) {
        self.answered += other.answered;
        self.micros = self.micros.max(other.micros);
        self.latencies.extend(other.latencies);
        self.refused = match (self.refused.take(), other.refused) {
            (Some((one, why)), Some((more, _))) => Some((one + more, why)),
            (one, other) => one.or(other),
        };
    }
}

/// What one client asks, and what it makes of the answers.
pub trait Client: Send + 'static {
    /// The next request.
    fn request(&mut self) -> &[u8];
    /// Whether the answer is what was wished.
    fn accept(&mut self, answer: &Answer) -> bool;
}

/// Asks for the same thing again and again, and wishes for a 200.
#[derive(Clone)]
pub struct Reader(pub Vec<u8>);

impl Client for Reader {
    fn request(&mut self) -> &[u8] {
        &self.0
    }

    fn accept(&mut self, answer: &Answer) -> bool {
        answer.status == 200
    }
}

/// Asks for a page by an address that nobody has asked for.
pub struct Newcomer {
    path: String,
    cookie: Option<String>,
    next: u64,
    request: Vec<u8>,
}

impl Newcomer {
    /// One of several, signed in or not; `first` sets its addresses apart from those of the others.
    #[must_use]
    pub fn new(path: &str, cookie: Option<&str>, first: u64) -> Self {
        Self { path: path.to_owned(), cookie: cookie.map(str::to_owned), next: first, request: Vec::new() }
    }
}

impl Client for Newcomer {
    fn request(&mut self) -> &[u8] {
        self.next += 1;
        self.request =
            crate::wire::get(&format!("{}?visit={}", self.path, self.next), self.cookie.as_deref());
        &self.request
    }

    fn accept(&mut self, answer: &Answer) -> bool {
        answer.status == 200
    }
}

/// Lets the clients ask for a while, after a tenth of that time that doesn't count.
///
/// # Panics
/// If a connection ends.
pub async fn run<C: Client>(address: SocketAddr, clients: Vec<C>, time: Duration) -> Load {
    let mut running = Vec::new();
    for client in clients {
        running.push(tokio::spawn(one(address, client, time)));
    }
    let mut sum = Load::default();
    for client in running {
        sum.add(client.await.expect("the client goes on to the end"));
    }
    sum.latencies.sort_unstable();
    sum
}

async fn one<C: Client>(address: SocketAddr, mut client: C, time: Duration) -> Load {
    let mut connection = Connection::open(address).await.expect("the server listens");
    let began = Instant::now();
    while began.elapsed() < time / 10 {
        let answer = connection.ask(client.request()).await.expect("the server answers");
        client.accept(&answer);
    }
    let mut load = Load::default();
    let began = Instant::now();
    while began.elapsed() < time {
        let asked = Instant::now();
        let answer = connection.ask(client.request()).await.expect("the server answers");
        let took = u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX);
        if client.accept(&answer) {
            load.answered += 1;
            load.latencies.push(took);
        } else {
            let why = || format!("{} {:?}", answer.status, answer.header("location"));
            load.refused.get_or_insert_with(|| (0, why())).0 += 1;
        }
    }
    load.micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    load
}
