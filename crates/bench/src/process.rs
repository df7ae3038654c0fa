//! A server in a process of its own: when it answers, what it eats.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::wire::{Connection, get};

/// How long a server may take to answer for the first time.
const START: Duration = Duration::from_secs(60);

/// A running server; it is told to stop when this is dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to its first answer, in microseconds.
    pub start: u64,
}

impl Server {
    /// Starts a program that listens on the port that `arguments` gives it, in a folder, and waits for a page.
    ///
    /// # Panics
    /// If the page doesn't come.
    pub async fn start(
        program: &Path,
        arguments: impl FnOnce(SocketAddr) -> Vec<String>,
        folder: &Path,
        page: &str,
    ) -> Self {
        let address = free_address();
        let began = Instant::now();
        let mut command = Command::new(program);
        command.args(arguments(address)).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().unwrap_or_else(|problem| panic!("{}: {problem}", program.display()));
        let mut server = Self { child, address, start: 0 };
        loop {
            if let Ok(mut connection) = Connection::open(address).await
                && let Ok(answer) = connection.ask(&get(page, None)).await
            {
                assert_eq!(answer.status, 200, "{page} of {} answers {}", program.display(), answer.head);
                server.start = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
                return server;
            }
            assert!(began.elapsed() < START, "{} doesn't answer", program.display());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Memory in use now, in KiB.
    #[must_use]
    pub fn resident(&self) -> u64 {
        memory(self.child.id(), "VmRSS:")
    }

    /// Processor time so far, in microseconds.
    #[must_use]
    pub fn cpu(&self) -> u64 {
        cpu(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error means that it has ended already.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// What a program that ends by itself took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// From start to end, in microseconds.
    pub micros: u64,
    /// The most memory that it had, in KiB.
    pub peak: u64,
}

/// Runs a program to its end.
///
/// # Panics
/// If it fails.
#[must_use]
pub fn cost_of(command: &mut Command) -> Cost {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().expect("the program starts");
    let mut peak = 0;
    let status = loop {
        // Once it has ended there is nothing to read.
        peak = peak.max(memory(child.id(), "VmHWM:"));
        match child.try_wait().expect("its end is known") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    assert!(status.success(), "the program ended with {status}");
    Cost { micros: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX), peak }
}

fn memory(process: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// Processor time of a process and of its threads, in microseconds: ticks are hundredths of a second.
fn cpu(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    (ticks(11) + ticks(12)) * 10_000
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address")
}
