//! The example collective, served by the program itself.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::site::Address;

/// How long the example may take to be filled and served.
const START: Duration = Duration::from_secs(60);

/// `popote demo` on a free port, until it is dropped.
pub struct Demo {
    address: Address,
    links: Vec<(String, String)>,
    _process: Child,
    _folder: TempDir,
}

impl Demo {
    /// Starts the program.
    ///
    /// # Panics
    /// If it doesn't say where it listens and who may sign in.
    pub async fn start(program: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut process = Command::new(program)
            .args(["demo", "--listen", "127.0.0.1:0"])
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|problem| panic!("{}: {problem}", program.display()));
        let mut lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
        let (mut origin, mut links) = (None, Vec::new());
        let told = async {
            while let Some(line) = lines.next_line().await.expect("it writes text") {
                let Some(at) = line.find("http://") else { continue };
                let link = line[at..].trim().to_owned();
                if let Some(end) = link.find("/c/") {
                    origin = Some(link[..end].to_owned());
                } else {
                    links.push((line[..at].trim().to_owned(), link));
                }
                // One link for each of the four roles.
                if links.len() == 4 {
                    return;
                }
            }
            panic!("popote demo ended before it listened");
        };
        timeout(START, told).await.expect("popote demo listens within a minute");
        let address = Address::new(origin.expect("it says where it listens"), "");
        let demo = Self { address, links, _process: process, _folder: folder };
        demo.serves().await;
        demo
    }

    /// The link that signs a role in: `administration`, `treasurer`, `steward`, `representative`.
    ///
    /// # Panics
    /// If the program printed none for it.
    #[must_use]
    pub fn link(&self, role: &str) -> &str {
        let link = self.links.iter().find(|(known, _)| known == role);
        &link.unwrap_or_else(|| panic!("no link for {role} among {:?}", self.links)).1
    }

    /// The whole address of a path: `/about`.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        self.address.of(path)
    }

    async fn serves(&self) {
        let address = self.address.of("").trim_start_matches("http://").to_owned();
        let connected = async {
            while tokio::net::TcpStream::connect(&address).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(START, connected).await.expect("popote demo takes connections");
    }
}

impl AsRef<Address> for Demo {
    fn as_ref(&self) -> &Address {
        &self.address
    }
}

/// The program: `POPOTE_BIN`, or what Cargo builds of this checkout, up to date.
///
/// # Panics
/// If it can't be built.
#[must_use]
pub fn program() -> PathBuf {
    if let Some(program) = env::var_os("POPOTE_BIN") {
        return program.into();
    }
    let mine = env::current_exe().expect("this program has a path");
    // It lies in target/PROFILE/ or, as a test, in target/PROFILE/deps/.
    let profile = mine.ancestors().skip(1).find(|folder| !folder.ends_with("deps")).expect("a folder");
    let release = profile.ends_with("release").then_some("--release");
    let target = profile.parent().expect("the target folder");
    let built = std::process::Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "popote-server", "--target-dir"])
        .arg(target)
        .args(release)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.is_ok_and(|status| status.success()), "popote can't be built");
    profile.join("popote")
}
