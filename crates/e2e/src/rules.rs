//! What holds for every page, wherever a journey goes.

use serde::Deserialize;
use thirtyfour::{BrowserLogEntry, WebDriver};

/// What `js/facts.js` gathers.
#[derive(Debug, Deserialize)]
pub(crate) struct Facts {
    pub(crate) address: String,
    pub(crate) status: u16,
    lang: String,
    title: String,
    headings: u32,
    mains: u32,
    inline: Vec<String>,
    foreign: Vec<String>,
    requests: u32,
    twice: Vec<String>,
    unlabelled: Vec<String>,
    dangling: Vec<String>,
    small: Vec<String>,
    overflow: Vec<String>,
    overflows: bool,
    texts: Vec<String>,
}

/// Most requests of a first view.
const REQUESTS: u32 = 6;

impl Facts {
    pub(crate) async fn of(driver: &WebDriver) -> Self {
        let answer = driver.execute(include_str!("js/facts.js"), Vec::new()).await;
        answer.and_then(|answer| answer.convert()).expect("the facts of the page")
    }

    /// What is wrong with the page, in sentences.
    pub(crate) fn problems(&self, lang: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let mut hold = |holds: bool, problem: String| {
            if !holds {
                problems.push(problem);
            }
        };
        hold(self.lang == lang, format!("the page's language is {:?} instead of {lang:?}", self.lang));
        hold(!self.title.trim().is_empty(), "the page has no title".to_owned());
        hold(self.headings == 1, format!("the page has {} h1", self.headings));
        hold(self.mains == 1, format!("the page has {} main", self.mains));
        hold(self.requests <= REQUESTS, format!("the page takes {} requests", self.requests));
        hold(!self.overflows, format!("the page is wider than the screen: {:?}", self.overflow));
        for (list, what) in [
            (&self.inline, "inline style or script"),
            (&self.foreign, "a request to another host"),
            (&self.twice, "an id that stands twice"),
            (&self.unlabelled, "a field without a label"),
            (&self.small, "something to press that is less than 24 pixels tall"),
            (&self.dangling, "a link to a place that isn't on the page"),
        ] {
            hold(list.is_empty(), format!("{what}: {list:?}"));
        }
        let loose: Vec<&str> = self.texts.iter().flat_map(|text| loose_spaces(text, lang)).collect();
        hold(loose.is_empty(), format!("an ordinary space in an amount or a guillemet: {loose:?}"));
        problems
    }
}

/// Places where a line may break between a guillemet and its text, inside an amount or, in French, before a sign.
fn loose_spaces<'t>(text: &'t str, lang: &str) -> Vec<&'t str> {
    let at = |start: usize, end: usize| {
        let start = text.floor_char_boundary(start.saturating_sub(12));
        let end = text.ceil_char_boundary(end + 12);
        &text[start..end]
    };
    let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    let mut loose = Vec::new();
    for (place, _) in text.match_indices(' ') {
        let (before, after) = (&text[..place], &text[place + 1..]);
        let guillemet = before.ends_with('«') || after.starts_with('»');
        let sign = lang == "fr" && after.starts_with([';', ':', '!', '?']);
        let currency = digit(before.chars().next_back()) && after.starts_with(['€', '%']);
        let three = after.chars().take_while(char::is_ascii_digit).count() == 3;
        let lead = before.chars().rev().take_while(char::is_ascii_digit).count();
        // A date, or a group of an account number, is no amount.
        let head = before.trim_end_matches(char::is_numeric);
        let grouped =
            (1..=3).contains(&lead) && three && !head.ends_with(|c: char| c == '-' || c.is_alphabetic());
        if guillemet || sign || currency || grouped {
            loose.push(at(place, place + 1));
        }
    }
    loose
}

/// What the console holds since the last time, but for the answer to the page itself: a refusal has a status ≥ 400.
pub(crate) async fn console(driver: &WebDriver, address: &str) -> Vec<String> {
    let entries = driver.get_log("browser").await.expect("the console can be read");
    let page = address.split('#').next().unwrap_or_default();
    let refusal = |entry: &BrowserLogEntry| {
        entry.source.as_deref() == Some("network") && entry.message.split(" - ").next() == Some(page)
    };
    entries.into_iter().filter(|entry| !refusal(entry)).map(|entry| entry.message).collect()
}

#[cfg(test)]
mod tests {
    use super::loose_spaces;

    #[test]
    fn ordinary_spaces_are_found_where_a_line_must_not_break() {
        for text in ["il manque 460 €", "« Oui»", "«Oui »", "1 234,50", "12 345 678", "30 %", "Combien ?"]
        {
            assert!(!loose_spaces(text, "fr").is_empty(), "{text:?}");
        }
        for text in [
            "il manque 460\u{202f}€",
            "«\u{202f}Oui\u{202f}»",
            "1\u{202f}234,50\u{a0}€",
            "le 30 novembre 2025",
            "30 2025",
            "étape 7 sur 15",
            "12 organisations",
            "",
        ] {
            assert_eq!(loose_spaces(text, "fr"), Vec::<&str>::new(), "{text:?}");
        }
    }
}
