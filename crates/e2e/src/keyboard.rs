//! The keyboard alone: focus that moves and can be seen.

use serde::Deserialize;
use thirtyfour::Key;

use crate::page::{Page, plain};

#[derive(Deserialize)]
struct Focus {
    words: String,
    seen: bool,
    body: bool,
}

impl Page {
    /// Moves by the tab key to what has these words.
    ///
    /// # Panics
    /// If it isn't reached, or if the focus can't be seen somewhere on the way.
    pub async fn tab_to(&self, words: &str) {
        self.step(format!("tab to « {words} »"));
        let mut passed = Vec::new();
        for _ in 0..150 {
            self.keys(Key::Tab).await;
            let focus = self.focus().await;
            if focus.body {
                continue;
            }
            if !focus.seen {
                self.fail(format!("nobody sees the focus on « {} »", focus.words)).await;
            }
            if focus.words == plain(words) {
                return;
            }
            passed.push(focus.words);
        }
        passed.dedup();
        self.fail(format!("the tab key doesn't reach it, but: {}", passed.join(" | "))).await;
    }

    /// Types into what has the focus.
    ///
    /// # Panics
    /// As every step.
    pub async fn types(&self, text: &str) {
        self.step(format!("type « {text} »"));
        let chain = self.browser.driver.action_chain().send_keys(text);
        self.done(chain.perform().await, "it can't be typed").await;
    }

    /// Presses the Enter key on what has the focus.
    ///
    /// # Panics
    /// As every step.
    pub async fn enter(&self) {
        self.step("enter".to_owned());
        let (before, leads) = (self.place().await, self.leads(None).await);
        self.keys(Key::Enter).await;
        if leads {
            self.arrive(before).await;
        }
    }

    async fn keys(&self, key: Key) {
        let chain = self.browser.driver.action_chain().send_keys(char::from(key).to_string());
        self.done(chain.perform().await, "the key doesn't work").await;
    }

    async fn focus(&self) -> Focus {
        self.done(self.script(include_str!("js/focus.js"), Vec::new()).await, "the focus is nowhere").await
    }
}
