//! Many pages in one browser, each in both languages, both colour schemes and on a desk's, a phone's and the narrowest
//! screen: what axe-core, the validator of HTML and the rules for all pages find.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use words::Locale;

use crate::{
    axe,
    guise::{Scheme, Screen},
    markup::Sources,
    page::Page,
};

/// How a page is looked at: each pair of a language, a scheme and a screen comes up at least once.
const LOOKS: [(Locale, Scheme, Screen); 4] = [
    (Locale::Fr, Scheme::Light, Screen::Desk),
    (Locale::Fr, Scheme::Dark, Screen::Phone),
    (Locale::En, Scheme::Dark, Screen::Desk),
    (Locale::En, Scheme::Light, Screen::Phone),
];

/// What a sweep found on its way.
pub struct Sweep<'p> {
    page: &'p Page,
    who: String,
    /// What the browser asks for where an address doesn't say.
    locale: Locale,
    turn: usize,
    /// What was found, and where.
    problems: BTreeMap<String, Vec<String>>,
    sources: Sources,
}

impl<'p> Sweep<'p> {
    /// A sweep in this browser, whose visitor is called so.
    #[must_use]
    pub fn new(page: &'p Page, who: &str) -> Self {
        let who = if who.is_empty() { "signed out" } else { who }.to_owned();
        Self { page, who, locale: page.locale(), turn: 0, problems: BTreeMap::new(), sources: Sources::new() }
    }

    /// Looks at a page in every way.
    ///
    /// # Panics
    /// If the page doesn't open.
    pub async fn look(&mut self, path: &str) {
        for locale in Locale::ALL {
            self.open(path, locale).await;
            for look in LOOKS {
                if look.0 == locale {
                    self.check(path, look).await;
                }
            }
        }
        self.page.now_in(self.locale);
    }

    /// Looks at a page in one of the ways, each time in another.
    ///
    /// # Panics
    /// If the page doesn't open.
    pub async fn glance(&mut self, path: &str) {
        let look = LOOKS[self.turn % LOOKS.len()];
        self.turn += 1;
        self.open(path, look.0).await;
        self.check(path, look).await;
        self.page.now_in(self.locale);
    }

    /// Sends the first form of a page without any answer, and looks at the refusal.
    ///
    /// # Panics
    /// If the page doesn't open.
    pub async fn refuse(&mut self, path: &str) {
        let (_, scheme, screen) = LOOKS[self.turn % LOOKS.len()];
        self.turn += 1;
        self.page.visit(path).await;
        let before = self.page.place().await;
        let sent: WebDriverResult<Value> = self.page.script(include_str!("js/empty.js"), Vec::new()).await;
        self.page.done(sent, "there is no form").await;
        self.page.land(before).await;
        let (path, status) = (format!("{path}, refused"), self.page.status().await);
        if status != 422 {
            self.found(&path, format!("a form without any answer gets status {status}"));
        }
        self.check(&path, (self.locale, scheme, screen)).await;
    }

    /// Fails with all that was found: by which rule, at which element, on which pages.
    ///
    /// # Panics
    /// If anything was.
    pub fn ends(mut self) {
        for (page, what) in self.sources.problems() {
            self.found(&page, what);
        }
        let mut told = String::new();
        for (what, pages) in &self.problems {
            let _ = writeln!(told, "{what}\n  on {}", pages[0]);
            if pages.len() > 1 {
                let _ =
                    writeln!(told, "  and {} others, the last {}", pages.len() - 1, pages[pages.len() - 1]);
            }
        }
        assert!(told.is_empty(), "\n{told}");
    }

    fn found(&mut self, page: &str, what: String) {
        self.problems.entry(what).or_default().push(page.to_owned());
    }

    async fn obeys(&mut self, name: &str) {
        for problem in self.page.problems().await {
            self.found(name, problem);
        }
    }

    async fn open(&mut self, path: &str, locale: Locale) {
        let mark = if path.contains('?') { '&' } else { '?' };
        self.page.visit(&format!("{path}{mark}lang={}", locale.as_str())).await;
        self.page.now_in(locale);
        let html = self.page.source().await;
        self.sources.keep(format!("{path}, {}, {}", self.who, locale.as_str()), &html);
        self.page.appear(Scheme::Light, Screen::Narrow).await;
        let name = format!("{path}, {}, {}, narrow", self.who, locale.as_str());
        self.obeys(&name).await;
    }

    async fn check(&mut self, path: &str, (locale, scheme, screen): (Locale, Scheme, Screen)) {
        self.page.appear(scheme, screen).await;
        let name = format!("{path}, {}, {}, {}, {screen:?}", self.who, locale.as_str(), scheme.as_str());
        self.obeys(&name).await;
        let found = axe::findings(&self.page.browser.driver).await;
        if !found.is_empty() {
            self.found(&name, format!("axe-core: {found}"));
        }
    }
}

impl Page {
    /// The page as the server sends it now.
    async fn source(&self) -> String {
        let script = "const done = arguments[0];
            fetch(location.href).then(answer => answer.text()).then(done, problem => done(String(problem)))";
        let sent = self.browser.driver.execute_async(script, Vec::new()).await;
        self.done(sent.and_then(|sent| sent.convert()), "it can't be fetched").await
    }

    /// Shows the page in other colours and on another screen, without loading it again.
    async fn appear(&self, scheme: Scheme, screen: Screen) {
        let (width, height) = screen.size();
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": screen != Screen::Desk,
        });
        let cdp = self.browser.driver.cdp();
        self.done(cdp.send_raw("Emulation.setDeviceMetricsOverride", size).await, "the screen stays").await;
        self.done(self.browser.choose_scheme(scheme).await, "the colours stay").await;
    }
}
