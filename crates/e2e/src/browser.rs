//! Chromium and its driver, one of each per page, gone when the page is dropped.

use std::{
    io::{Read, Write},
    mem::ManuallyDrop,
    net::TcpStream,
    process::Stdio,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver, error::WebDriverResult};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::guise::{Guise, Scheme, Screen};

/// How long a driver and a browser may take to start on a busy machine.
const START: Duration = Duration::from_secs(60);
/// How long a browser may take to end.
const END: Duration = Duration::from_secs(5);

/// A running browser.
pub(crate) struct Browser {
    /// Never dropped: the library would then end the session in its own way, which hangs until it runs out of time.
    pub(crate) driver: ManuallyDrop<WebDriver>,
    process: Child,
    port: u16,
    _profile: TempDir,
}

impl Browser {
    pub(crate) async fn start(guise: Guise) -> Self {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let (process, port) = start_driver(guise).await;
        let capabilities = capabilities(guise, profile.path().to_str().expect("a plain path"));
        let builder =
            WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities).request_timeout(START);
        let driver = builder.await.unwrap_or_else(|problem| {
            panic!("Chromium doesn't start (scripts/install-tools browser installs it): {problem}")
        });
        let browser = Self { driver: ManuallyDrop::new(driver), process, port, _profile: profile };
        browser.choose_scheme(guise.scheme).await.expect("colours are chosen");
        browser
    }

    /// From now on pages are asked for these colours, and not to move.
    pub(crate) async fn choose_scheme(&self, scheme: Scheme) -> WebDriverResult<Value> {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme.as_str() },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await
    }

    /// Tells the driver to end the session, and with it Chromium.
    fn end_session(&self) -> std::io::Result<()> {
        let mut driver = TcpStream::connect(("127.0.0.1", self.port))?;
        driver.set_read_timeout(Some(END))?;
        let path = format!("/session/{}", self.driver.session_id());
        write!(
            driver,
            "DELETE {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 0\r\n\r\n",
            self.port
        )?;
        driver.read_exact(&mut [0; 12])
    }
}

impl Drop for Browser {
    /// Without waiting on the runtime, which may be ending.
    fn drop(&mut self) {
        let chromium = self.driver.capabilities().get("goog:processID").and_then(Value::as_u64);
        let ended = self.end_session();
        if let (Err(_), Some(chromium)) = (ended, chromium) {
            // A driver that hangs ends nothing.
            if let Err(problem) = std::process::Command::new("kill").arg(chromium.to_string()).status() {
                eprintln!("Chromium may still run as {chromium}: {problem}");
            }
        }
        if let Err(problem) = self.process.start_kill() {
            eprintln!("chromedriver may still run: {problem}");
        }
    }
}

/// Starts a driver on a port that it chooses.
async fn start_driver(guise: Guise) -> (Child, u16) {
    let mut process = Command::new("chromedriver")
        .arg("--port=0")
        // Chromium draws fields of dates and files in this language.
        .env("LANGUAGE", guise.locale.as_str())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|problem| panic!("no chromedriver ({problem}); run scripts/install-tools browser"));
    let mut lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
    let port = async {
        while let Some(line) = lines.next_line().await.expect("chromedriver writes text") {
            let port = line.rsplit_once("on port ").map(|(_, port)| port.trim_end_matches('.').parse());
            // Its first line says what it was asked: port 0.
            if let Some(Ok(port @ 1..)) = port {
                return port;
            }
        }
        panic!("chromedriver ended before it listened");
    };
    let port = timeout(START, port).await.expect("chromedriver listens within a minute");
    (process, port)
}

fn capabilities(guise: Guise, profile: &str) -> Capabilities {
    let (width, height) = guise.screen.size();
    let mut options = json!({
        "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars",
            format!("--window-size={width},{height}"), format!("--user-data-dir={profile}"),
            format!("--lang={}", guise.locale.as_str()),
        ],
        "prefs": {
            "intl.accept_languages": guise.locale.as_str(),
            "profile.managed_default_content_settings.javascript": if guise.javascript { 1 } else { 2 },
        },
        "mobileEmulation": {
            "deviceMetrics": {
                "width": width, "height": height, "pixelRatio": 1,
                "touch": guise.screen != Screen::Desk, "mobile": guise.screen != Screen::Desk,
            },
        },
    });
    if guise.screen == Screen::Desk {
        options.as_object_mut().expect("an object").remove("mobileEmulation");
    }
    let wanted = json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
        "unhandledPromptBehavior": "accept",
        // The driver's own waiting hangs where scripts are off; `Page` waits by itself.
        "pageLoadStrategy": "none",
    });
    Capabilities::from(wanted.as_object().expect("an object").clone())
}
