//! A person before a browser.

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use base64::prelude::{BASE64_STANDARD, Engine};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use thirtyfour::{WebElement, error::WebDriverResult};
use words::Locale;

use crate::{
    axe,
    browser::Browser,
    guise::Guise,
    part::Part,
    rules::{self, Facts},
    site::Address,
};

/// How long a step waits for what it needs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// How long between two looks.
pub(crate) const BREATH: Duration = Duration::from_millis(40);

/// A page in a browser of its own, with its own cookies.
pub struct Page {
    pub(crate) browser: Browser,
    site: Address,
    javascript: bool,
    /// Whether axe-core looks at every page that a step leads to.
    watched: AtomicBool,
    locale: Mutex<Locale>,
    steps: Mutex<Vec<String>>,
}

/// What `js/where.js` tells. A document is known by the instant it began.
#[derive(Clone, Copy, Deserialize)]
pub(crate) struct Where {
    document: f64,
    ready: bool,
    stays: bool,
}

impl Page {
    /// A new browser for a site.
    ///
    /// # Panics
    /// Without Chromium or its driver.
    pub async fn open(site: &impl AsRef<Address>, guise: Guise) -> Self {
        let browser = Browser::start(guise).await;
        let locale = Mutex::new(guise.locale);
        Self {
            browser,
            site: site.as_ref().clone(),
            javascript: guise.javascript,
            watched: AtomicBool::new(false),
            locale,
            steps: Mutex::default(),
        }
    }

    /// Opens an address: a path of the site, or a whole address as it stands in a mail.
    ///
    /// # Panics
    /// As every step: if the page breaks a rule that holds for all.
    pub async fn goto(&self, address: &str) {
        self.visit(address).await;
        self.look().await;
    }

    /// Opens an address without a look at what is wrong with it.
    ///
    /// # Panics
    /// If it doesn't open.
    pub async fn visit(&self, address: &str) {
        self.step(format!("go to {address}"));
        let address = if address.starts_with('/') { self.site.of(address) } else { address.to_owned() };
        let before = self.place().await;
        self.done(self.browser.driver.goto(address).await, "it doesn't open").await;
        self.land(before).await;
    }

    pub(crate) async fn place(&self) -> Option<Where> {
        self.script(include_str!("js/where.js"), Vec::new()).await.ok()
    }

    /// Waits for the page that an act leads to, and looks at it.
    pub(crate) async fn arrive(&self, before: Option<Where>) {
        self.land(before).await;
        self.look().await;
    }

    pub(crate) async fn land(&self, before: Option<Where>) {
        let began = Instant::now();
        loop {
            let other =
                |now: &Where| before.is_none_or(|before| before.document.to_bits() != now.document.to_bits());
            match self.place().await {
                Some(now) if now.stays || (now.ready && other(&now)) => break,
                _ if began.elapsed() > PATIENCE => self.fail("it leads nowhere".to_owned()).await,
                _ => tokio::time::sleep(BREATH).await,
            }
        }
    }

    /// Whether acting on an element, or on what has the focus, leads to another page.
    pub(crate) async fn leads(&self, element: Option<&WebElement>) -> bool {
        let element = element.map_or(Value::Null, |element| element.to_json().expect("an element"));
        self.script(include_str!("js/leads.js"), vec![element]).await.unwrap_or(false)
    }

    pub(crate) async fn script<T: DeserializeOwned>(
        &self,
        script: &str,
        values: Vec<Value>,
    ) -> WebDriverResult<T> {
        self.browser.driver.execute(script, values).await?.convert()
    }

    /// The part of the page around these words: a row of a table, a section under its heading.
    #[must_use]
    pub const fn within<'p>(&'p self, words: &'p str) -> Part<'p> {
        Part { page: self, words: Some(words) }
    }

    const fn whole(&self) -> Part<'_> {
        Part { page: self, words: None }
    }

    /// Follows a link.
    ///
    /// # Panics
    /// If there is none with these words, or several that lead to different places.
    pub async fn click_link(&self, words: &str) {
        self.whole().click_link(words).await;
    }

    /// Presses a button, or opens what is folded.
    ///
    /// # Panics
    /// If there is none with these words, or several.
    pub async fn press(&self, words: &str) {
        self.whole().press(words).await;
    }

    /// Fills the field with this label; what was there goes.
    ///
    /// # Panics
    /// If there is no such field, or several.
    pub async fn fill(&self, label: &str, value: &str) {
        self.whole().fill(label, value).await;
    }

    /// Picks a line of a list.
    ///
    /// # Panics
    /// If there is no such list or line.
    pub async fn select(&self, label: &str, option: &str) {
        self.whole().select(label, option).await;
    }

    /// Ticks a box or a circle.
    ///
    /// # Panics
    /// If there is none with this label, or several.
    pub async fn choose(&self, label: &str) {
        self.whole().choose(label).await;
    }

    /// Gives a file to the field with this label.
    ///
    /// # Panics
    /// If there is no such field.
    pub async fn attach(&self, label: &str, path: &std::path::Path) {
        self.whole().attach(label, path).await;
    }

    /// What the field with this label holds.
    ///
    /// # Panics
    /// If there is no such field.
    pub async fn value(&self, label: &str) -> String {
        let field = self.find("field", label, None).await;
        self.done(field.prop("value").await, "its value can't be read").await.unwrap_or_default()
    }

    /// Waits until the words stand on the page. Every space counts as the same.
    ///
    /// # Panics
    /// If they don't come.
    pub async fn sees(&self, words: &str) {
        self.step(format!("sees « {words} »"));
        let wanted = plain(words);
        let began = Instant::now();
        while !plain(&self.text().await).contains(&wanted) {
            if began.elapsed() > PATIENCE {
                self.fail(format!("« {words} » isn't on the page")).await;
            }
            tokio::time::sleep(BREATH).await;
        }
    }

    /// The words stand on the page letter by letter, narrow and no-break spaces included.
    ///
    /// # Panics
    /// If they don't come.
    pub async fn sees_exactly(&self, words: &str) {
        self.sees(words).await;
        if !self.text().await.contains(words) {
            self.fail(format!("« {words} » stands with other spaces")).await;
        }
    }

    /// The words are not on the page.
    ///
    /// # Panics
    /// If they are.
    pub async fn sees_no(&self, words: &str) {
        self.step(format!("sees no « {words} »"));
        if plain(&self.text().await).contains(&plain(words)) {
            self.fail(format!("« {words} » is on the page")).await;
        }
    }

    /// The visible text.
    pub async fn text(&self) -> String {
        // Between two pages there is none.
        self.script("return document.body.innerText", Vec::new()).await.unwrap_or_default()
    }

    /// The cells of the table's row with this heading, one space for every run of them.
    ///
    /// # Panics
    /// If there is no such row.
    pub async fn row(&self, heading: &str) -> Vec<String> {
        self.step(format!("row « {heading} »"));
        let script = "const [heading] = arguments;
            const plain = text => text.replace(/\\s+/g, ' ').trim();
            const head = [...document.querySelectorAll('tr > th[scope=row]')]
              .find(head => plain(head.innerText) === heading);
            return head && [...head.parentElement.querySelectorAll('td')].map(cell => cell.innerText.trim())";
        let cells: WebDriverResult<Option<Vec<String>>> =
            self.script(script, vec![json!(plain(heading))]).await;
        match self.done(cells, "its tables can't be read").await {
            Some(cells) => cells,
            None => self.fail("there is no such row".to_owned()).await,
        }
    }

    /// The path where the browser stands, with its query, below the site's base.
    ///
    /// # Panics
    /// If the browser is elsewhere.
    pub async fn path(&self) -> String {
        let address = self.facts().await.address;
        match self.site.path(&address) {
            Some(path) => path.to_owned(),
            None => self.fail(format!("{address} is not of the site")).await,
        }
    }

    /// The status that the page came with.
    ///
    /// # Panics
    /// If the browser is gone.
    pub async fn status(&self) -> u16 {
        self.facts().await.status
    }

    /// From now on pages come in this language.
    pub fn now_in(&self, locale: Locale) {
        *self.locale.lock().unwrap_or_else(PoisonError::into_inner) = locale;
    }

    pub(crate) fn locale(&self) -> Locale {
        *self.locale.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Loads the page again.
    ///
    /// # Panics
    /// As every step.
    pub async fn reload(&self) {
        self.step("reload".to_owned());
        let before = self.place().await;
        self.done(self.browser.driver.refresh().await, "it doesn't load").await;
        self.arrive(before).await;
    }

    /// Goes back one page.
    ///
    /// # Panics
    /// As every step.
    pub async fn back(&self) {
        self.step("back".to_owned());
        let before = self.place().await;
        self.done(self.browser.driver.back().await, "there is no page before").await;
        self.arrive(before).await;
    }

    /// axe-core finds nothing against WCAG 2.2 AA.
    ///
    /// # Panics
    /// With what it finds.
    pub async fn is_accessible(&self) {
        self.step("axe".to_owned());
        if !self.javascript {
            self.fail("axe-core needs JavaScript: ask in a journey that has it".to_owned()).await;
        }
        let findings = axe::findings(&self.browser.driver).await;
        if !findings.is_empty() {
            self.fail(format!("axe-core finds:\n{findings}")).await;
        }
    }

    /// From now on axe-core also looks at each page that a step leads to.
    pub fn is_accessible_from_now_on(&self) {
        self.watched.store(true, Ordering::Relaxed);
    }

    /// Whether this browser runs scripts.
    #[must_use]
    pub const fn has_javascript(&self) -> bool {
        self.javascript
    }

    /// A picture of the whole page.
    ///
    /// # Panics
    /// If it can't be taken.
    pub async fn picture(&self) -> Vec<u8> {
        let size = self.browser.driver.cdp().send_raw("Page.getLayoutMetrics", json!({})).await;
        let size = self.done(size, "the page has no size").await;
        let size = &size["cssContentSize"];
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        let wanted = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.browser.driver.cdp().send_raw("Page.captureScreenshot", wanted).await;
        let picture = self.done(picture, "no picture is taken").await;
        BASE64_STANDARD.decode(picture["data"].as_str().unwrap_or_default()).expect("a picture in base 64")
    }

    /// Fails if the page breaks a rule that holds for all. Steps that may lead elsewhere do it by themselves.
    ///
    /// # Panics
    /// With what is wrong.
    pub async fn look(&self) {
        let problems = self.problems().await;
        if !problems.is_empty() {
            self.fail(problems.join("\n")).await;
        }
        if self.watched.load(Ordering::Relaxed) {
            self.is_accessible().await;
        }
    }

    /// What is wrong with the page against the rules that hold for all, in sentences.
    ///
    /// # Panics
    /// If the browser is gone.
    pub async fn problems(&self) -> Vec<String> {
        let facts = self.facts().await;
        let mut problems = facts.problems(self.locale().as_str());
        let console = rules::console(&self.browser.driver, &facts.address).await;
        problems.extend(console.into_iter().map(|line| format!("the console says: {line}")));
        problems
    }

    pub(crate) async fn facts(&self) -> Facts {
        Facts::of(&self.browser.driver).await
    }

    pub(crate) async fn done<T>(&self, result: WebDriverResult<T>, otherwise: &str) -> T {
        match result {
            Ok(value) => value,
            Err(problem) => self.fail(format!("{otherwise}: {problem}")).await,
        }
    }

    pub(crate) fn step(&self, step: String) {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).push(step);
    }

    /// Ends the journey, with the way that led here, what the page says, and a picture of it.
    pub(crate) async fn fail(&self, problem: String) -> ! {
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner).join("\n  ");
        let address = self.browser.driver.current_url().await.map(String::from).unwrap_or_default();
        let picture = self.keep_picture().await.map(|path| path.display().to_string()).unwrap_or_default();
        let text: String = self.text().await.chars().take(3000).collect();
        panic!(
            "\nThe page says:\n{text}\n\nSteps:\n  {steps}\nAt {address}\nPicture: {picture}\n\n{problem}\n"
        );
    }

    async fn keep_picture(&self) -> Option<PathBuf> {
        // The test runs from target/debug/deps.
        let folder = std::env::current_exe().ok()?.ancestors().nth(3)?.join("journeys");
        std::fs::create_dir_all(&folder).ok()?;
        let name = std::thread::current().name().unwrap_or("journey").replace("::", "-");
        let path = folder.join(format!("{name}-{}.png", std::process::id()));
        self.browser.driver.screenshot(&path).await.ok()?;
        Some(path)
    }
}

/// Text with one ordinary space for every run of white space.
pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
