//! Needs: what members lack, in users' words; who lacks it too; by which ways it could come (« pistes »). Amounts are
//! intentions, never money.

use std::{collections::BTreeSet, fmt};

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::{
    input::{FieldError, FieldRule},
    money::Money,
    posting::named,
    text,
};

/// Lengths in characters and counts beyond which a need is refused.
pub mod limits {
    /// A title.
    pub const TITLE: usize = 120;
    /// Why, in Markdown.
    pub const WHY: usize = 20_000;
    /// Links to issues.
    pub const LINKS: usize = 10;
    /// An organisation's own words.
    pub const WORDS: usize = 1_000;
    /// The text of an approach, in Markdown.
    pub const BODY: usize = 10_000;
    /// Who knows an approach, who would maintain it.
    pub const WHO: usize = 200;
    /// Why an approach is refused, why a need is parked.
    pub const REASON: usize = 1_000;
    /// Addresses where one may read why.
    pub const EVIDENCE: usize = 5;
    /// Approaches of one need.
    pub const APPROACHES: i64 = 50;
    /// Needs of which one feature is made.
    pub const TOGETHER: usize = 20;
    /// The most users that one organisation says it has.
    pub const USERS: i64 = 100_000_000;
}

/// How long a need that nobody joins stays open.
pub const JOINED_WITHIN: SignedDuration = SignedDuration::from_hours(90 * 24);

named! {
    /// Where a need stands.
    NeedState {
        /// A guest wrote it; nobody has looked yet.
        Pending = "pending",
        /// It may be joined.
        Open = "open",
        /// Nobody joined it in time, or it waits by choice: anyone wakes it.
        Parked = "parked",
        /// It is the same as another, which has everything.
        Merged = "merged",
        /// There is an answer.
        Answered = "answered",
        /// What a guest wrote was not taken.
        Declined = "declined",
    }
}

impl NeedState {
    /// Whether everybody sees it.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        !matches!(self, Self::Pending | Self::Declined)
    }

    /// Whether it may be joined and changed.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Parked)
    }
}

named! {
    /// What an organisation could do instead of paying.
    Help {
        /// Write code.
        Develop = "develop",
        /// Try it.
        Test = "test",
        /// Translate it.
        Translate = "translate",
        /// Write a guide.
        Document = "document",
        /// Host it.
        Host = "host",
    }
}

/// All that an organisation could do instead of paying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Helps(BTreeSet<Help>);

impl Helps {
    /// Reads names with spaces between them; unknown ones are left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        text.split_whitespace().filter_map(Help::parse).collect()
    }

    /// Whether one is among them.
    #[must_use]
    pub fn has(&self, help: Help) -> bool {
        self.0.contains(&help)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them, in the order of [`Help::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Help> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Help> for Helps {
    fn from_iter<I: IntoIterator<Item = Help>>(helps: I) -> Self {
        Self(helps.into_iter().collect())
    }
}

impl fmt::Display for Helps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, help) in self.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{}", help.as_str())?;
        }
        Ok(())
    }
}

named! {
    /// By which way a need could be answered.
    ApproachKind {
        /// In the software itself, with its team.
        Upstream = "upstream",
        /// A plug-in.
        Plugin = "plugin",
        /// A service beside it, or a bridge.
        Service = "service",
        /// Adapt what a member already runs.
        Adapt = "adapt",
        /// « Ça existe déjà chez nous ».
        Existing = "existing",
        /// Documentation or translation alone.
        Documentation = "documentation",
        /// Wait.
        Wait = "wait",
    }
}

named! {
    /// Where an approach stands.
    ApproachState {
        /// It may be taken.
        Open = "open",
        /// The team of the software refused it: the approach is closed, never the need.
        Refused = "refused",
        /// Members gave it up.
        Dropped = "dropped",
        /// It is there.
        Done = "done",
    }
}

/// What somebody writes of a need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedText {
    /// One line.
    pub title: String,
    /// Why, in Markdown.
    pub why: String,
    /// The software's name; empty: « lequel ? ».
    pub software: String,
    /// Where it is discussed elsewhere; empty: here.
    pub discussion_url: String,
    /// Issues elsewhere that speak of it.
    pub links: Vec<String>,
}

impl NeedText {
    /// The text cleaned. Errors: all that is wrong, field by field.
    pub fn cleaned(mut self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        clean(&mut self.title, "title", &mut errors, |t| text::line(t, limits::TITLE));
        clean(&mut self.why, "why", &mut errors, |t| {
            let why = text::paragraphs(t, limits::WHY)?;
            if why.trim().is_empty() { Err(FieldRule::Missing) } else { Ok(why) }
        });
        clean(&mut self.software, "software", &mut errors, |t| {
            text::optional_line(t, crate::software::limits::NAME)
        });
        clean(&mut self.discussion_url, "discussion_url", &mut errors, optional_address);
        addresses(&mut self.links, "links", limits::LINKS, &mut errors);
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// What an organisation says when it needs something too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportText {
    /// From 1, it would be nice, to 5, we can't do without.
    pub strength: i64,
    /// How many of its users it concerns, where it knows.
    pub users: Option<i64>,
    /// In its own words; may be empty.
    pub words: String,
    /// What it would put: an intention.
    pub amount: Option<Money>,
    /// What it could do instead of paying.
    pub help: Helps,
}

impl SupportText {
    /// The text cleaned. Errors: all that is wrong, field by field.
    pub fn cleaned(mut self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        if !(1..=5).contains(&self.strength) {
            errors.push(FieldError::new("strength", FieldRule::NotBetween(1, 5)));
        }
        if self.users.is_some_and(|users| !(0..=limits::USERS).contains(&users)) {
            errors.push(FieldError::new("users", FieldRule::NotBetween(0, limits::USERS)));
        }
        clean(&mut self.words, "words", &mut errors, |t| text::paragraphs(t, limits::WORDS));
        match self.amount {
            Some(amount) if !amount.is_positive() => {
                errors.push(FieldError::new("amount", FieldRule::NotPositive));
            }
            Some(amount) if amount > Money::MAX_ENTRY => {
                errors.push(FieldError::new("amount", FieldRule::TooLarge));
            }
            _ => {}
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// What somebody writes of an approach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApproachText {
    /// By which way.
    pub kind: ApproachKind,
    /// One line.
    pub title: String,
    /// In Markdown; may be empty.
    pub body: String,
    /// Where to read on; empty: nowhere. « Ça existe déjà » asks for one.
    pub url: String,
    /// Who knows it; may be empty.
    pub known_by: String,
    /// A rough price, from and to.
    pub price: Option<(Money, Money)>,
    /// Who would maintain it; may be empty.
    pub maintained_by: String,
}

impl ApproachText {
    /// The text cleaned. Errors: all that is wrong, field by field.
    pub fn cleaned(mut self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let asks_for_link = self.kind == ApproachKind::Existing;
        clean(&mut self.title, "title", &mut errors, |t| text::line(t, limits::TITLE));
        clean(&mut self.body, "body", &mut errors, |t| text::paragraphs(t, limits::BODY));
        clean(&mut self.url, "url", &mut errors, |t| {
            if asks_for_link { text::web_address(t) } else { optional_address(t) }
        });
        clean(&mut self.known_by, "known_by", &mut errors, |t| text::optional_line(t, limits::WHO));
        clean(&mut self.maintained_by, "maintained_by", &mut errors, |t| text::optional_line(t, limits::WHO));
        if let Some((from, to)) = self.price {
            if from < Money::ZERO {
                errors.push(FieldError::new("price_from", FieldRule::NotPositive));
            } else if to < from {
                errors.push(FieldError::new("price_to", FieldRule::BelowMinimum));
            } else if to > Money::MAX_ENTRY {
                errors.push(FieldError::new("price_to", FieldRule::TooLarge));
            }
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// How an approach ends, or opens again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApproachEnd {
    /// Where it stands from now on.
    pub state: ApproachState,
    /// Why.
    pub reason: String,
    /// Where one may read why; a refusal by the team asks for one.
    pub evidence: Vec<String>,
}

impl ApproachEnd {
    /// The text cleaned. Errors: all that is wrong, field by field.
    pub fn cleaned(mut self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let asked = matches!(self.state, ApproachState::Refused | ApproachState::Dropped);
        clean(&mut self.reason, "reason", &mut errors, |t| {
            if asked { text::line(t, limits::REASON) } else { text::optional_line(t, limits::REASON) }
        });
        addresses(&mut self.evidence, "evidence", limits::EVIDENCE, &mut errors);
        if self.state == ApproachState::Refused && self.evidence.is_empty() && errors.is_empty() {
            errors.push(FieldError::new("evidence", FieldRule::Missing));
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// When a need that is alone is parked.
#[must_use]
pub fn parked_at(since: Timestamp) -> Timestamp {
    since.checked_add(JOINED_WITHIN).unwrap_or(Timestamp::MAX)
}

/// Whether nobody joined: those who need it are one, or none.
#[must_use]
pub const fn is_alone(supporters: i64) -> bool {
    supporters <= 1
}

/// An address as compared with others: without scheme, `www.`, fragment and end slash, in small letters.
///
/// ```
/// # use popote_domain::needs::link_key;
/// assert_eq!(link_key("HTTPS://www.GitHub.com/a/b/issues/3/#note"), "github.com/a/b/issues/3");
/// assert_eq!(link_key("http://forum.example/t?page=2"), "forum.example/t?page=2");
/// ```
#[must_use]
pub fn link_key(address: &str) -> String {
    let lower = address.to_lowercase();
    let bare = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let bare = bare.split('#').next().unwrap_or_default();
    bare.trim_end_matches('/').to_owned()
}

/// Cleans one field in place, or notes its rule.
pub(crate) fn clean(
    value: &mut String,
    field: &str,
    errors: &mut Vec<FieldError>,
    rule: impl Fn(&str) -> Result<String, FieldRule>,
) {
    match rule(value) {
        Ok(cleaned) => *value = cleaned,
        Err(rule) => errors.push(FieldError::new(field, rule)),
    }
}

/// A web address, or nothing.
pub(crate) fn optional_address(typed: &str) -> Result<String, FieldRule> {
    if typed.trim().is_empty() { Ok(String::new()) } else { text::web_address(typed) }
}

/// Cleans a list of addresses: empty ones and those said twice are left out.
fn addresses(list: &mut Vec<String>, field: &str, most: usize, errors: &mut Vec<FieldError>) {
    let mut kept: Vec<String> = Vec::new();
    for typed in list.iter().filter(|typed| !typed.trim().is_empty()).take(most + 1) {
        match text::web_address(typed) {
            Ok(address) if kept.iter().any(|one| link_key(one) == link_key(&address)) => {}
            Ok(address) => kept.push(address),
            Err(rule) => return errors.push(FieldError::new(field, rule)),
        }
    }
    let most_shown = i64::try_from(most).unwrap_or(i64::MAX);
    if kept.len() > most {
        return errors.push(FieldError::new(field, FieldRule::NotBetween(0, most_shown)));
    }
    *list = kept;
}

/// Why something about a need is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NeedRefusal {
    /// It has been merged, answered, declined, or waits for a look.
    #[error("the need is {0:?}")]
    NotLive(NeedState),
    /// It stands so already.
    #[error("it stands so already")]
    AlreadySo,
    /// It has as many approaches as it may.
    #[error("it has {} approaches, the most", limits::APPROACHES)]
    TooManyApproaches,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need() -> NeedText {
        NeedText { title: " Des  salons ".into(), why: "Parce que.".into(), ..NeedText::default() }
    }

    fn fields<T>(result: Result<T, Vec<FieldError>>) -> Vec<String> {
        result.err().unwrap_or_default().into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_need_says_what_and_why() {
        assert_eq!(need().cleaned().unwrap().title, "Des salons");
        assert_eq!(fields(NeedText::default().cleaned()), ["title", "why"]);
        let long = NeedText { title: "x".repeat(1_000_000), ..need() };
        assert_eq!(fields(long.cleaned()), ["title"]);
    }

    #[test]
    fn links_are_kept_once_and_counted() {
        let links =
            |list: &[&str]| NeedText { links: list.iter().map(|&link| link.to_owned()).collect(), ..need() };
        let kept = links(&["", "github.com/a/b/issues/3", "https://www.github.com/a/b/issues/3/"]).cleaned();
        assert_eq!(kept.unwrap().links, ["https://github.com/a/b/issues/3"]);
        assert_eq!(fields(links(&["javascript:x"]).cleaned()), ["links"]);
        let many: Vec<String> = (0..11).map(|at| format!("example.org/{at}")).collect();
        assert_eq!(fields(NeedText { links: many, ..need() }.cleaned()), ["links"]);
    }

    #[test]
    fn a_support_is_of_one_to_five_and_its_amount_above_zero() {
        let said = |strength, amount| SupportText {
            strength,
            users: Some(-1),
            words: String::new(),
            amount: Some(Money::new(amount)),
            help: Helps::parse("host develop other"),
        };
        assert_eq!(fields(said(6, 0).cleaned()), ["strength", "users", "amount"]);
        assert_eq!(said(1, 1).help.to_string(), "develop host");
    }

    #[test]
    fn a_refusal_has_a_reason_and_a_link_and_what_exists_is_somewhere() {
        let end = |state, evidence: &[&str]| ApproachEnd {
            state,
            reason: "Choix produit".into(),
            evidence: evidence.iter().map(|&one| one.to_owned()).collect(),
        };
        assert_eq!(fields(end(ApproachState::Refused, &[]).cleaned()), ["evidence"]);
        assert!(end(ApproachState::Refused, &["example.org/1"]).cleaned().is_ok());
        assert!(end(ApproachState::Dropped, &[]).cleaned().is_ok());
        let approach = ApproachText {
            kind: ApproachKind::Existing,
            title: "Chez nous".into(),
            body: String::new(),
            url: String::new(),
            known_by: String::new(),
            price: Some((Money::new(2), Money::new(1))),
            maintained_by: String::new(),
        };
        assert_eq!(fields(approach.cleaned()), ["url", "price_to"]);
    }
}
