//! Classified ads of the instance: what one may say, who may do what with one, which request meets which offer.

pub mod matching;

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use crate::{
    chain::{Hash, digest},
    input::{FieldError, FieldRule},
    money::Money,
    posting::named,
    text,
};

/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 140;
/// Longest text, in characters.
pub const LONGEST_TEXT: usize = 10_000;
/// Longest region, licence or availability, in characters.
pub const LONGEST_LINE: usize = 160;
/// Longest list of references, in characters.
pub const LONGEST_REFERENCES: usize = 2_000;
/// Longest name of a software or of a skill, in characters.
pub const LONGEST_WORD: usize = 60;
/// Most names of software, and most skills.
pub const MOST_WORDS: usize = 12;
/// Longest message, and longest appeal, in characters.
pub const LONGEST_MESSAGE: usize = 5_000;
/// Longest reason of a report or of hiding, in characters.
pub const LONGEST_REASON: usize = 1_000;
/// How long an ad is shown, from the day when it is posted or renewed.
pub const SHOWN_FOR: SignedDuration = SignedDuration::from_hours(24 * 60);
/// How long before its end whoever posted it is told.
pub const WARNED_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Most ads that one address has shown at a time.
pub const MOST_OPEN: i64 = 20;
/// Most organisations that share a need.
pub const MOST_NEEDERS: i64 = 100;
/// Most conversations about an ad.
pub const MOST_TALKS: i64 = 200;
/// Most messages of a conversation.
pub const MOST_MESSAGES: i64 = 60;
/// Most reports of an ad that wait for an answer.
pub const MOST_REPORTS: i64 = 50;
/// How many organisations make a small collective, whoever posted the ad included.
pub const FEWEST_TOGETHER: usize = 2;

named! {
    /// Who looks for whom.
    Side {
        /// Somebody looks for help.
        Request = "request",
        /// Somebody offers help.
        Offer = "offer",
    }
}

named! {
    /// A kind of work.
    Work {
        /// Writing or changing software.
        Development = "development",
        /// Teaching people.
        Training = "training",
        /// Moving data and habits from one software to another.
        Migration = "migration",
        /// Writing documentation.
        Documentation = "documentation",
        /// Translating.
        Translation = "translation",
        /// Graphics, ergonomics, accessibility.
        Design = "design",
        /// Running a software for somebody.
        Hosting = "hosting",
        /// Setting up, advising, helping out.
        Support = "support",
        /// Anything else.
        Other = "other",
    }
}

named! {
    /// Who reads an ad.
    Seen {
        /// Everybody.
        Everybody = "public",
        /// Whoever is part of a collective of the instance.
        Members = "members",
    }
}

named! {
    /// What an amount is for.
    Unit {
        /// The whole.
        Whole = "whole",
        /// A day.
        Day = "day",
        /// An hour.
        Hour = "hour",
    }
}

/// Names in JSON as they are in the database.
macro_rules! by_name {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = String::deserialize(deserializer)?;
                Self::parse(&name).ok_or_else(|| de::Error::custom("not one of the names"))
            }
        }
    )*};
}

by_name!(Side, Work, Seen, Unit);

/// What an ad says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdText {
    /// Who looks for whom.
    pub side: Side,
    /// In a few words.
    pub title: String,
    /// At length; Markdown.
    pub body: String,
    /// Kinds of work.
    pub works: Vec<Work>,
    /// Names of software.
    pub software: Vec<String>,
    /// What one must know, or knows.
    pub skills: Vec<String>,
    /// Where; may be empty.
    pub region: String,
    /// Whether the work can be done from afar.
    pub remote: bool,
    /// The least budget or rate, in minor units.
    pub least: Option<Money>,
    /// The most, in minor units.
    pub most: Option<Money>,
    /// What the amounts are for.
    pub unit: Unit,
    /// Until when the work is needed; of requests alone.
    pub deadline_on: Option<Date>,
    /// The licence that is wished for; of requests alone, may be empty.
    pub licence: String,
    /// When one has time; of offers alone, may be empty.
    pub availability: String,
    /// What one did before; of offers alone, may be empty.
    pub references: String,
    /// Who reads it.
    pub seen: Seen,
}

impl AdText {
    /// An ad that says nothing yet.
    #[must_use]
    pub const fn empty(side: Side) -> Self {
        Self {
            side,
            title: String::new(),
            body: String::new(),
            works: Vec::new(),
            software: Vec::new(),
            skills: Vec::new(),
            region: String::new(),
            remote: false,
            least: None,
            most: None,
            unit: Unit::Whole,
            deadline_on: None,
            licence: String::new(),
            availability: String::new(),
            references: String::new(),
            seen: Seen::Everybody,
        }
    }

    /// The same with its texts cleaned and bounded, and without what its side doesn't say. `first` is the earliest day that
    /// its deadline may be.
    ///
    /// # Errors
    /// Every field that breaks a rule: `title`, `body`, `works`, `software`, `skills`, `region`, `least`, `most`,
    /// `deadline_on`, `licence`, `availability`, `references`.
    pub fn cleaned(mut self, first: Date) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        match self.side {
            Side::Request => {
                self.availability.clear();
                self.references.clear();
            }
            Side::Offer => {
                self.licence.clear();
                self.deadline_on = None;
            }
        }
        let mut keep = |field: &str, kept: &mut String, cleaned: Result<String, FieldRule>| match cleaned {
            Ok(cleaned) => *kept = cleaned,
            Err(rule) => errors.push(FieldError::new(field, rule)),
        };
        let title = text::line(&self.title, LONGEST_TITLE);
        keep("title", &mut self.title, title);
        let body = text::paragraphs(&self.body, LONGEST_TEXT);
        let body =
            body.and_then(|body| if body.trim().is_empty() { Err(FieldRule::Missing) } else { Ok(body) });
        keep("body", &mut self.body, body);
        for (field, kept) in [
            ("region", &mut self.region),
            ("licence", &mut self.licence),
            ("availability", &mut self.availability),
        ] {
            let cleaned = text::optional_line(kept, LONGEST_LINE);
            keep(field, kept, cleaned);
        }
        let references = text::paragraphs(&self.references, LONGEST_REFERENCES);
        keep("references", &mut self.references, references);
        self.works.sort_unstable();
        self.works.dedup();
        if self.works.is_empty() {
            errors.push(FieldError::new("works", FieldRule::Missing));
        }
        for (field, kept) in [("software", &mut self.software), ("skills", &mut self.skills)] {
            match words(kept) {
                Ok(cleaned) => *kept = cleaned,
                Err(rule) => errors.push(FieldError::new(field, rule)),
            }
        }
        self.check_amounts(&mut errors);
        if self.deadline_on.is_some_and(|day| day < first) {
            errors.push(FieldError::new("deadline_on", FieldRule::InThePast));
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    fn check_amounts(&self, errors: &mut Vec<FieldError>) {
        for (field, amount) in [("least", self.least), ("most", self.most)] {
            let rule = match amount {
                Some(amount) if !amount.is_positive() => FieldRule::NotPositive,
                Some(amount) if amount > Money::MAX_ENTRY => FieldRule::TooLarge,
                _ => continue,
            };
            errors.push(FieldError::new(field, rule));
        }
        if let (Some(least), Some(most)) = (self.least, self.most)
            && most < least
        {
            errors.push(FieldError::new("most", FieldRule::BelowMinimum));
        }
    }

    /// What tells it from any other ad of the same poster, however its words are spelled.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let (title, body) = (text::fold(&self.title), text::fold(&self.body));
        let parts = [self.side.as_str(), &title, &body].map(|part| digest(&[part.as_bytes()]));
        digest(&[&parts[0], &parts[1], &parts[2]])
    }

    /// Everything that is looked for when somebody types words, folded.
    #[must_use]
    pub fn folded(&self, organisation: &str) -> String {
        let mut all = vec![self.title.as_str(), organisation, self.region.as_str(), self.body.as_str()];
        all.extend(self.software.iter().chain(&self.skills).map(String::as_str));
        text::fold(&all.join(" \n "))
    }
}

/// Names that were typed: each on one line, each once however it is spelled. Errors: too many, one too long.
fn words(typed: &[String]) -> Result<Vec<String>, FieldRule> {
    let mut kept: Vec<String> = Vec::new();
    for word in typed {
        let word = text::optional_line(word, LONGEST_WORD)?;
        if word.is_empty() || kept.iter().any(|known| key(known) == key(&word)) {
            continue;
        }
        if kept.len() >= MOST_WORDS {
            return Err(FieldRule::TooLarge);
        }
        kept.push(word);
    }
    Ok(kept)
}

/// The names of a list as people type it, between commas, semicolons or lines; one more than is taken, at most.
#[must_use]
pub fn split_words(typed: &str) -> Vec<String> {
    let parts = typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.take(MOST_WORDS + 1).map(str::to_owned).collect()
}

/// What two spellings of a software, a skill or a region have in common.
#[must_use]
pub fn key(name: &str) -> String {
    let slug: String = text::slug(name).chars().filter(|c| *c != '-').collect();
    if slug.is_empty() { text::fold(name) } else { slug }
}

/// What of an ad decides who does what with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who looks for whom.
    pub side: Side,
    /// Whether whoever posted it took it back.
    pub withdrawn: bool,
    /// Whether the administration hid it.
    pub hidden: bool,
    /// Until when it is shown.
    pub shown_until: Timestamp,
}

impl Standing {
    /// Whether others read it.
    #[must_use]
    pub fn is_shown(&self, now: Timestamp) -> bool {
        !self.withdrawn && !self.hidden && now < self.shown_until
    }

    /// Checks that others may answer it. Errors: [`AdRefusal::Over`].
    pub fn answerable(&self, now: Timestamp) -> Result<(), AdRefusal> {
        if self.is_shown(now) { Ok(()) } else { Err(AdRefusal::Over) }
    }

    /// Checks that organisations may share its need. Errors: [`AdRefusal::NotARequest`], [`AdRefusal::Over`].
    pub fn shareable(&self, now: Timestamp) -> Result<(), AdRefusal> {
        match self.side {
            Side::Offer => Err(AdRefusal::NotARequest),
            Side::Request => self.answerable(now),
        }
    }

    /// Checks that whoever posted it may show it again or for longer. Errors: [`AdRefusal::Hidden`].
    pub const fn renewable(&self) -> Result<(), AdRefusal> {
        if self.hidden { Err(AdRefusal::Hidden) } else { Ok(()) }
    }
}

/// When an ad that is posted or renewed now ends.
#[must_use]
pub fn ends_at(now: Timestamp) -> Timestamp {
    now.saturating_add(SHOWN_FOR).unwrap_or(now)
}

/// When whoever posted an ad is told of its end.
#[must_use]
pub fn warned_at(ends_at: Timestamp) -> Timestamp {
    ends_at.saturating_sub(WARNED_BEFORE).unwrap_or(ends_at)
}

/// Why nothing was done with an ad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AdRefusal {
    /// The same poster has posted the same.
    #[error("the same ad is there already, number {number}")]
    Twice {
        /// Its number.
        number: i64,
    },
    /// Too many ads of one poster are shown.
    #[error("at most {MOST_OPEN} ads of one poster are shown at a time")]
    TooMany,
    /// It is shown no more.
    #[error("the ad has ended")]
    Over,
    /// The administration hid it.
    #[error("the ad is hidden")]
    Hidden,
    /// Only what is hidden can be appealed against.
    #[error("the ad isn't hidden")]
    NotHidden,
    /// Needs are shared with requests, not with offers.
    #[error("the ad is an offer")]
    NotARequest,
    /// It is the poster's own.
    #[error("the ad is one's own")]
    OwnAd,
    /// Its side can't be changed.
    #[error("a request stays a request, an offer an offer")]
    OtherSide,
    /// No more conversations, messages, needs or reports are taken.
    #[error("no more are taken")]
    Full,
    /// Too few organisations share the need.
    #[error("at least {FEWEST_TOGETHER} organisations are needed")]
    TooFew,
    /// A collective was made of it.
    #[error("a collective was made of it")]
    Founded,
    /// The administration was asked to make the collective.
    #[error("the administration was asked already")]
    Asked,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn request() -> AdText {
        AdText {
            title: "Exporter nos adhésions".to_owned(),
            body: "Depuis **Garradin** vers Paheko.".to_owned(),
            works: vec![Work::Migration, Work::Development, Work::Migration],
            ..AdText::empty(Side::Request)
        }
    }

    fn broken(text: AdText) -> Vec<(String, FieldRule)> {
        let errors = text.cleaned(date(2026, 3, 1)).unwrap_err();
        errors.into_iter().map(|error| (error.field, error.rule)).collect()
    }

    #[test]
    fn an_ad_is_cleaned_and_keeps_what_its_side_says() {
        let typed = AdText {
            title: "  Exporter\u{202e} nos e\u{301}tats\n".to_owned(),
            software: split_words("Paheko, paheko ; Pahéko\nNextcloud,,"),
            availability: "demain".to_owned(),
            licence: " AGPL ".to_owned(),
            ..request()
        };
        let ad = typed.clone().cleaned(date(2026, 3, 1)).unwrap();
        assert_eq!(ad.title, "Exporter nos états");
        assert_eq!(ad.software, ["Paheko", "Nextcloud"]);
        assert_eq!(ad.works, [Work::Development, Work::Migration]);
        assert_eq!((ad.availability.as_str(), ad.licence.as_str()), ("", "AGPL"));
        let offer = AdText { side: Side::Offer, deadline_on: Some(date(2020, 1, 1)), ..typed };
        let offer = offer.cleaned(date(2026, 3, 1)).unwrap();
        assert_eq!((offer.availability.as_str(), offer.licence.as_str()), ("demain", ""));
        assert_eq!(offer.deadline_on, None);
        let kept: AdText = serde_json::from_str(&serde_json::to_string(&offer).unwrap()).unwrap();
        assert_eq!(kept, offer);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let ad = AdText {
            title: "x".repeat(1 << 20),
            body: " \n".to_owned(),
            works: Vec::new(),
            skills: (0..13).map(|n| format!("skill {n}")).collect(),
            least: Some(Money::new(500)),
            most: Some(Money::new(499)),
            deadline_on: Some(date(2026, 2, 28)),
            ..AdText::empty(Side::Request)
        };
        let expected = [
            ("title", FieldRule::TooLong(LONGEST_TITLE)),
            ("body", FieldRule::Missing),
            ("works", FieldRule::Missing),
            ("skills", FieldRule::TooLarge),
            ("most", FieldRule::BelowMinimum),
            ("deadline_on", FieldRule::InThePast),
        ];
        assert_eq!(broken(ad), expected.map(|(field, rule)| (field.to_owned(), rule)));
        let negative = AdText { least: Some(Money::new(-1)), ..request() };
        assert_eq!(broken(negative), [("least".to_owned(), FieldRule::NotPositive)]);
        let long = AdText { software: vec!["x".repeat(61)], ..request() };
        assert_eq!(broken(long), [("software".to_owned(), FieldRule::TooLong(LONGEST_WORD))]);
    }

    #[test]
    fn the_same_ad_is_known_however_it_is_spelled() {
        let other = AdText { title: "  EXPORTER nos adhesions".to_owned(), ..request() };
        assert_eq!(request().fingerprint(), other.fingerprint());
        let longer = AdText { body: format!("{} Vite.", request().body), ..request() };
        assert_ne!(request().fingerprint(), longer.fingerprint());
        assert_ne!(request().fingerprint(), AdText { side: Side::Offer, ..request() }.fingerprint());
        assert!(request().folded("Les Œillets").contains("adhesions"));
        assert_eq!((key("Only-Office"), key("日本")), ("onlyoffice".to_owned(), "日本".to_owned()));
    }

    #[test]
    fn an_ad_ends_and_what_is_hidden_stays_hidden() {
        let now = Timestamp::UNIX_EPOCH;
        let until = ends_at(now);
        let open = Standing { side: Side::Request, withdrawn: false, hidden: false, shown_until: until };
        assert_eq!(open.shareable(now), Ok(()));
        assert_eq!(open.answerable(until), Err(AdRefusal::Over), "its last instant is out");
        assert_eq!(Standing { withdrawn: true, ..open }.shareable(now), Err(AdRefusal::Over));
        assert_eq!(Standing { side: Side::Offer, ..open }.shareable(now), Err(AdRefusal::NotARequest));
        let hidden = Standing { hidden: true, ..open };
        assert_eq!(
            (hidden.answerable(now), hidden.renewable()),
            (Err(AdRefusal::Over), Err(AdRefusal::Hidden))
        );
        assert_eq!(warned_at(until).duration_since(now), SignedDuration::from_hours(24 * 53));
    }
}
