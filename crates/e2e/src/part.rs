//! What a person points at, by the words on it, on the whole page or in a part of it.

use std::time::Instant;

use serde_json::{Value, json};
use thirtyfour::{By, WebElement, error::WebDriverResult};

use crate::page::{BREATH, PATIENCE, Page, plain};

/// Part of a page: the smallest one that holds some words and what is looked for.
pub struct Part<'p> {
    pub(crate) page: &'p Page,
    pub(crate) words: Option<&'p str>,
}

impl Part<'_> {
    /// Follows a link, as [`Page::click_link`].
    ///
    /// # Panics
    /// If there is none with these words, or several that lead to different places.
    pub async fn click_link(&self, words: &str) {
        self.click("link", words).await;
    }

    /// Presses a button, as [`Page::press`].
    ///
    /// # Panics
    /// If there is none with these words, or several.
    pub async fn press(&self, words: &str) {
        self.click("button", words).await;
    }

    /// Ticks a box or a circle, as [`Page::choose`].
    ///
    /// # Panics
    /// If there is none with this label, or several.
    pub async fn choose(&self, label: &str) {
        self.click("choice", label).await;
    }

    async fn click(&self, kind: &str, words: &str) {
        self.page.step(format!("{kind} « {words} »{}", self.where_to()));
        let began = Instant::now();
        loop {
            let element = self.page.find(kind, words, self.words).await;
            let (before, leads) = (self.page.place().await, self.page.leads(Some(&element)).await);
            match self.page.tap(&element).await {
                Ok(()) if leads => return self.page.arrive(before).await,
                Ok(()) => return self.page.look().await,
                // Something may stand before it for a moment, or it may be drawn anew.
                Err(_) if began.elapsed() < PATIENCE => tokio::time::sleep(BREATH).await,
                Err(problem) => self.page.fail(format!("it can't be clicked: {problem}")).await,
            }
        }
    }

    /// Fills a field, as [`Page::fill`].
    ///
    /// # Panics
    /// If there is no such field, or several.
    pub async fn fill(&self, label: &str, value: &str) {
        self.page.step(format!("fill « {label} »{} with « {value} »", self.where_to()));
        let field = self.page.find("field", label, self.words).await;
        if self.page.done(field.prop("type").await, "it is no field").await.as_deref() == Some("date") {
            // Typed dates come in the order of the browser's language; this one is picked in its calendar.
            let values = vec![field.to_json().expect("an element"), json!(value)];
            let picked: WebDriverResult<Value> = self.page.script(include_str!("js/date.js"), values).await;
            self.page.done(picked, "the date can't be picked").await;
            return;
        }
        self.page.done(field.clear().await, "it can't be emptied").await;
        self.page.done(field.send_keys(value).await, "it can't be filled").await;
    }

    /// Picks a line of a list, as [`Page::select`].
    ///
    /// # Panics
    /// If there is no such list or line.
    pub async fn select(&self, label: &str, option: &str) {
        self.page.step(format!("pick « {option} » of « {label} »{}", self.where_to()));
        let field = self.page.find("field", label, self.words).await;
        let script = "const [list, wanted] = arguments;
            const plain = text => text.replace(/\\s+/g, ' ').trim();
            return [...list.options].find(option => plain(option.text) === wanted)
              || [...list.options].find(option => plain(option.text).includes(wanted)) || null";
        let field = field.to_json().expect("an element");
        let found = self.page.browser.driver.execute(script, vec![field, json!(plain(option))]).await;
        let found =
            self.page.done(found.and_then(thirtyfour::prelude::ScriptRet::element), "no such line").await;
        self.page.done(found.click().await, "the line can't be picked").await;
    }

    /// Gives a file, as [`Page::attach`].
    ///
    /// # Panics
    /// If there is no such field.
    pub async fn attach(&self, label: &str, path: &std::path::Path) {
        self.page.step(format!("attach {} to « {label} »{}", path.display(), self.where_to()));
        let field = self.page.find("field", label, self.words).await;
        let path = path.to_str().expect("a plain path").to_owned();
        self.page.done(field.send_keys(path).await, "the file isn't taken").await;
    }

    fn where_to(&self) -> String {
        self.words.map(|words| format!(" at « {words} »")).unwrap_or_default()
    }
}

impl Page {
    /// Enters the example by the page that a link of `popote demo` opens: its only button of the main part.
    ///
    /// # Panics
    /// If there is none.
    pub async fn enter_example(&self, link: &str) {
        self.visit(link).await;
        let button = self.browser.driver.find(By::Css("main form button")).await;
        let button = self.done(button, "no button to enter the example").await;
        let before = self.place().await;
        if let Err(problem) = self.tap(&button).await {
            self.fail(problem).await;
        }
        self.arrive(before).await;
    }

    /// Waits for what a person would point at.
    pub(crate) async fn find(&self, kind: &str, words: &str, part: Option<&str>) -> WebElement {
        let began = Instant::now();
        loop {
            let wanted = vec![json!(kind), json!(words), json!(part)];
            let problem = match self.script(include_str!("js/find.js"), wanted).await {
                Ok(Value::Object(mut found)) => match found.remove("element") {
                    Some(element) => {
                        let handle = self.browser.driver.handle().clone();
                        return WebElement::from_json(element, handle).expect("an element");
                    }
                    None => found["problem"].as_str().unwrap_or_default().to_owned(),
                },
                Ok(other) => format!("the search gives {other}"),
                Err(problem) => problem.to_string(),
            };
            if began.elapsed() > PATIENCE {
                self.fail(problem).await;
            }
            tokio::time::sleep(BREATH).await;
        }
    }

    /// Presses an element as a finger does: what stands before it gets the tap. The driver's own click hangs on phones
    /// without scripts.
    async fn tap(&self, element: &WebElement) -> Result<(), String> {
        let element = element.to_json().expect("an element");
        let told: WebDriverResult<Value> = self.script(include_str!("js/point.js"), vec![element]).await;
        let point = told.map_err(|problem| problem.to_string())?;
        if let Some(problem) = point["problem"].as_str() {
            return Err(problem.to_owned());
        }
        for what in ["mousePressed", "mouseReleased"] {
            let event =
                json!({ "type": what, "x": point["x"], "y": point["y"], "button": "left", "clickCount": 1 });
            let sent = self.browser.driver.cdp().send_raw("Input.dispatchMouseEvent", event).await;
            sent.map_err(|problem| problem.to_string())?;
        }
        Ok(())
    }
}
