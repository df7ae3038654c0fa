//! Other parts: the way of a feature, its story, the pages of a list, where one is.

use askama::Template;
use askama::filters::HtmlSafe;
use words::Words;

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayStep {
    /// Behind.
    Done,
    /// Now.
    Current,
    /// Ahead.
    Coming,
    /// Begun, and broken off.
    Broken,
    /// How it ended.
    End,
}

/// The way of a feature: its steps by name, one of them current.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/way.html")]
pub struct Way {
    t: Words,
    steps: Vec<(WayStep, String)>,
    current: Option<(usize, String)>,
}

impl HtmlSafe for Way {}

impl Way {
    /// The names of the steps in order, and the place of the current one, counted from 0. At the end or beyond,
    /// everything is done.
    #[must_use]
    pub fn new(t: Words, names: &[&str], current: usize) -> Self {
        let steps = names.iter().enumerate().map(|(place, name)| {
            let step = match place.cmp(&current) {
                std::cmp::Ordering::Less => WayStep::Done,
                std::cmp::Ordering::Equal => WayStep::Current,
                std::cmp::Ordering::Greater => WayStep::Coming,
            };
            (step, (*name).to_owned())
        });
        let named = names.get(current).map(|name| (current + 1, (*name).to_owned()));
        Self { t, steps: steps.collect(), current: named }
    }

    /// The same of what has ended otherwise than at its last step: the current one is its end, and the one before was
    /// broken off or not.
    #[must_use]
    pub fn ended(mut self, broke_off: bool) -> Self {
        let Some(at) = self.current.take().map(|(number, _)| number - 1) else { return self };
        if let Some((step, _)) = self.steps.get_mut(at) {
            *step = WayStep::End;
        }
        if let Some((step, _)) = at.checked_sub(1).and_then(|at| self.steps.get_mut(at)).filter(|_| broke_off)
        {
            *step = WayStep::Broken;
        }
        self
    }
}

/// One event of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine {
    /// What happened, in words.
    pub what: String,
    /// When and by whom, in words.
    pub when: String,
    /// Where it can be read in full.
    pub href: Option<String>,
}

impl StoryLine {
    /// Without a link to the page where it stands.
    #[must_use]
    pub fn off(self, here: &str) -> Self {
        Self { href: self.href.filter(|href| href != here), ..self }
    }
}

/// What happened, newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/story.html")]
pub struct Story {
    /// The events.
    pub lines: Vec<StoryLine>,
}

impl HtmlSafe for Story {}

/// The ways to the other pages of a list that is read by keys: forward, and back to its start.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/pager.html")]
pub struct Pager {
    /// The sentences.
    pub t: Words,
    /// The start of the list, where this isn't it.
    pub first: Option<String>,
    /// What comes next, if something does.
    pub next: Option<String>,
}

impl HtmlSafe for Pager {}

/// Where the page is: the pages above it, from the outermost.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/crumbs.html")]
pub struct Crumbs {
    /// The sentences.
    pub t: Words,
    /// Address and name of each page above.
    pub above: Vec<(String, String)>,
    /// The name of this page.
    pub here: String,
}

impl HtmlSafe for Crumbs {}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    #[test]
    fn an_end_off_the_way_is_said_as_one() {
        let way = Way::new(Words::new(Locale::Fr), &["idée", "financement", "abandonnée"], 2);
        let given_up = way.clone().ended(true).to_string();
        assert!(given_up.contains("interrompu\u{202f}: </span>financement"), "{given_up}");
        assert!(given_up.contains("fin\u{202f}: </span>abandonnée"), "{given_up}");
        assert!(!given_up.contains("aria-current") && !given_up.contains("Étape 3"), "{given_up}");
        assert!(way.ended(false).to_string().contains("fait\u{202f}: </span>financement"));
    }

    #[test]
    fn the_way_is_said_in_words() {
        let way = Way::new(Words::new(Locale::Fr), &["idée", "financement", "contrat"], 1).to_string();
        assert!(way.contains("Étape 2 sur 3\u{202f}: <strong>financement</strong>"), "{way}");
        assert!(
            way.contains("<li class=\"done\"><span class=\"unseen\">fait\u{202f}: </span>idée</li>"),
            "{way}"
        );
        assert!(way.contains("<li aria-current=\"step\">"), "{way}");
        assert!(way.contains("à venir\u{202f}: </span>contrat</li>"), "{way}");
    }

    #[test]
    fn at_the_end_of_the_way_all_is_done() {
        let way = Way::new(Words::new(Locale::En), &["idea", "delivered"], 2).to_string();
        assert_eq!(way.matches("class=\"done\"").count(), 2);
        assert!(!way.contains("aria-current") && !way.contains("Step"));
    }

    #[test]
    fn names_are_escaped_and_a_single_page_has_no_pager() {
        let line = StoryLine { what: "<b>".to_owned(), when: "hier".to_owned(), href: None };
        assert!(Story { lines: vec![line] }.to_string().contains("&#60;b&#62;"));
        let pager = Pager { t: Words::new(Locale::Fr), first: None, next: None };
        assert_eq!(pager.to_string().trim(), "");
    }
}
