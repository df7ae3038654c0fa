//! An ad in a list, and what it says as pairs of words.

use domain::Money;
use domain::ads::matching::Reason;
use domain::ads::{AdText, Seen, Work};
use store::ads::AdRow;
use words::Words;

use super::{CURRENCY, day};
use crate::paths::Paths;

/// An ad in a list.
pub(super) struct Card {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) side: String,
    pub(super) organisation: String,
    pub(super) line: String,
    pub(super) budget: Option<String>,
    pub(super) needers: Option<String>,
    pub(super) example: bool,
    pub(super) members_only: bool,
}

impl Card {
    pub(super) fn of(t: Words, paths: &Paths, row: &AdRow) -> Self {
        let text = row.text();
        let mut parts: Vec<String> = text.works.iter().map(|work| name(t, *work)).collect();
        parts.extend(text.software.iter().cloned());
        parts.extend(place(t, &text));
        Self {
            href: paths.ad(row.number),
            title: t.typography(&row.title).into_owned(),
            side: t.ads_side(row.side.as_str()),
            organisation: t.typography(&row.organisation_name).into_owned(),
            line: parts.join(" · "),
            budget: amounts(t, &text),
            needers: (row.needers > 0).then(|| t.ads_needers(row.needers)),
            example: row.example,
            members_only: row.seen == Seen::Members,
        }
    }
}

pub(super) fn name(t: Words, work: Work) -> String {
    t.ads_work(work.as_str())
}

/// Where, and whether from afar.
fn place(t: Words, text: &AdText) -> Option<String> {
    let region = (!text.region.is_empty()).then(|| t.typography(&text.region).into_owned());
    let remote = text.remote.then(|| t.ads_remote().to_owned());
    let parts: Vec<String> = [region, remote].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The budget or the rate, in words.
fn amounts(t: Words, text: &AdText) -> Option<String> {
    let money = |amount: Money| t.money_short(amount, CURRENCY);
    let amount = match (text.least, text.most) {
        (None, None) => return None,
        (Some(least), Some(most)) if least == most => money(least),
        (Some(least), Some(most)) => t.ads_amount_range(money(least), money(most)),
        (Some(least), None) => t.ads_amount_from(money(least)),
        (None, Some(most)) => t.ads_amount_up_to(money(most)),
    };
    Some(t.ads_amount(amount, text.unit.as_str()))
}

/// What an ad says besides its text: names and values.
pub(super) fn facts(t: Words, row: &AdRow) -> Vec<(String, String)> {
    let text = row.text();
    let mut facts = vec![(t.ads_fact_who().to_owned(), t.typography(&row.organisation_name).into_owned())];
    facts.extend(said(t, &text));
    facts.push((t.ads_fact_until().to_owned(), day(t, row.expires_at)));
    facts
}

/// The same of what was typed alone.
pub(super) fn said(t: Words, text: &AdText) -> Vec<(String, String)> {
    let works: Vec<String> = text.works.iter().map(|work| name(t, *work)).collect();
    let list = |words: &[String]| (!words.is_empty()).then(|| words.join(", "));
    let line = |line: &str| (!line.is_empty()).then(|| t.typography(line).into_owned());
    let facts = [
        (t.ads_fact_work().to_owned(), Some(works.join(", "))),
        (t.ads_fact_software().to_owned(), list(&text.software)),
        (t.ads_fact_skills().to_owned(), list(&text.skills)),
        (t.ads_fact_place().to_owned(), place(t, text)),
        (t.ads_fact_budget(text.side.as_str()), amounts(t, text)),
        (t.ads_fact_deadline().to_owned(), text.deadline_on.map(|day| t.date(day))),
        (t.ads_fact_licence().to_owned(), line(&text.licence)),
        (t.ads_fact_availability().to_owned(), line(&text.availability)),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Why an ad fits another, in words.
pub(super) fn because(t: Words, reasons: &[Reason]) -> String {
    let word = |reason: &Reason| match reason {
        Reason::Software(name) | Reason::Skill(name) | Reason::Region(name) => {
            t.typography(name).into_owned()
        }
        Reason::Work(work) => name(t, *work),
        Reason::Remote => t.ads_remote().to_owned(),
    };
    t.ads_because(reasons.iter().map(word).collect::<Vec<_>>().join(", "))
}
