//! The rules in words.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::actor::Action;
use domain::pot::FundMode;
use domain::rules::{AmountsSeen, DefaultSharing, RefundPolicy, Rules, SurplusUse, TriggerMode, Unspent};
use domain::{Currency, Money};
use words::Words;

use super::grid;
use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Frame, Section};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Versions that the page lists.
const VERSIONS: u16 = 20;

#[derive(Template)]
#[template(path = "rules/page.html")]
struct RulesPage {
    frame: Frame,
    edit_href: Option<String>,
    webhooks_href: Option<String>,
    version: String,
    sections: Vec<(&'static str, String, Vec<String>)>,
    versions: Vec<Version>,
}

/// A version, worded, with what it changed of the one before.
struct Version {
    what: String,
    day: String,
    gone: Vec<String>,
    new: Vec<String>,
}

/// `GET /c/{collective}/rules`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let collective = desk.place.collective.id;
        let (version, rules) = store::collectives::rules(&mut tx, collective).await?;
        let versions = store::collectives::rules_versions(&mut tx, collective, VERSIONS).await?;
        let (t, currency, mode) = (frame.t, desk.currency(), desk.pot.fund_mode);
        let mut told: Vec<Vec<String>> = Vec::with_capacity(versions.len());
        for row in &versions {
            let rules = store::collectives::rules_at(&mut tx, collective, row.version).await?;
            told.push(sections(t, currency, &rules, mode).into_iter().flat_map(|(.., says)| says).collect());
        }
        drop(tx);
        let line = |(at, row): (usize, &store::collectives::RulesVersion)| {
            let what = if row.reason.is_empty() {
                t.rules_version_of(row.version)
            } else {
                t.rules_version_because(row.version, t.typography(&row.reason))
            };
            let (gone, new) = match (told.get(at + 1), told.get(at)) {
                (Some(before), Some(after)) => (without(before, after), without(after, before)),
                _ => (Vec::new(), Vec::new()),
            };
            Version { what, day: t.date(desk.place.collective.day(row.created_at)), gone, new }
        };
        Ok(RulesPage {
            edit_href: desk
                .may(Action::EditCollective, None)
                .then(|| state.paths.one(&slug, "rules", "edit")),
            webhooks_href: desk.may(Action::EditCollective, None).then(|| state.paths.of(&slug, "webhooks")),
            version: t.rules_version_now(version),
            sections: sections(t, desk.currency(), &rules, desk.pot.fund_mode),
            versions: versions.iter().enumerate().map(line).collect(),
            frame: desk.frame(frame, Section::Other),
        })
    })
    .await
}

/// The sentences of one version that the other hasn't.
fn without(these: &[String], those: &[String]) -> Vec<String> {
    these.iter().filter(|sentence| !those.contains(sentence)).cloned().collect()
}

fn sections(
    t: Words,
    currency: Currency,
    rules: &Rules,
    mode: FundMode,
) -> Vec<(&'static str, String, Vec<String>)> {
    let short = |amount: Money| t.money_short(amount, currency);
    let chosen = || rules.tracks.iter().filter(|rule| rule.track.is_built());
    let beyond = chosen().next_back().is_some_and(|rule| rule.ceiling.is_some());
    let tracks = chosen().map(|rule| {
        let name = t.features_track_explained(rule.track.as_str());
        match rule.ceiling {
            Some(ceiling) => t.rules_track_up_to(short(ceiling), name),
            None => t.rules_track_any(name),
        }
    });
    let sharing = match rules.sharing {
        DefaultSharing::Equal => t.rules_sharing_equal().to_owned(),
        DefaultSharing::Paid => t.rules_sharing_paid().to_owned(),
        DefaultSharing::Mixed { equal } => t.rules_sharing_mixed(t.percent(i64::from(equal))),
        DefaultSharing::Manual => t.rules_sharing_manual().to_owned(),
    };
    let trigger = match rules.trigger {
        TriggerMode::AtOnce => t.rules_trigger_at_once().to_owned(),
        TriggerMode::Confirmed { days } => t.rules_trigger_confirmed(usize::from(days)),
    };
    let mut money = vec![sharing];
    // Nobody holds money in a direct pot: nothing is kept, left or given back.
    let holds = mode != FundMode::Direct;
    if holds {
        money.push(t.rules_gifts(rules.gifts.as_str()));
    }
    if holds && rules.reserve_per_mille > 0 {
        money.push(t.rules_reserve(t.percent(i64::from(rules.reserve_per_mille) * 10)));
    }
    money.push(rules.cap.map_or_else(|| t.rules_no_cap().to_owned(), |cap| t.rules_cap(short(cap))));
    money.push(trigger);
    if holds {
        money.push(match rules.unspent {
            Unspent::Carry => t.rules_unspent_carry().to_owned(),
            Unspent::Lapse => t.rules_unspent_lapse().to_owned(),
        });
        money.push(surplus(t, rules));
        money.push(match rules.refunds {
            RefundPolicy::Never => t.rules_refunds_never().to_owned(),
            RefundPolicy::ByDecision => t.rules_refunds_by_decision().to_owned(),
        });
    }
    let delays = rules.delays.named();
    let delays =
        delays.iter().map(|(name, days)| t.rules_delay(usize::from(*days), t.rules_delay_name(*name)));
    vec![
        (
            "tracks",
            t.rules_tracks().to_owned(),
            tracks
                .chain(beyond.then(|| t.rules_track_beyond().to_owned()))
                .chain([t.rules_needers(usize::from(rules.needers))])
                .collect(),
        ),
        ("money", t.rules_money().to_owned(), money),
        ("amounts", t.rules_amounts().to_owned(), amounts(t, rules.amounts)),
        ("delays", t.rules_delays().to_owned(), calendar(t, rules).into_iter().chain(delays).collect()),
        ("grid", t.rules_grid().to_owned(), grid::sentences(t, &rules.grid)),
    ]
}

fn amounts(t: Words, seen: AmountsSeen) -> Vec<String> {
    let by_rule = match seen {
        AmountsSeen::Public => t.rules_amounts_public(),
        AmountsSeen::Members => t.rules_amounts_members(),
        AmountsSeen::OwnChoice => t.rules_amounts_own_choice(),
    };
    let hidden = match seen {
        AmountsSeen::Public => t.rules_amounts_one_person(),
        AmountsSeen::Members | AmountsSeen::OwnChoice => t.rules_amounts_always(),
    };
    // What was seen before stays so where the rules show it; where members alone see amounts nobody is told apart.
    let past = (seen == AmountsSeen::Public).then(|| t.rules_amounts_past());
    let three = (seen != AmountsSeen::Members).then(|| t.rules_amounts_three());
    let sentences = [
        Some(by_rule),
        Some(t.rules_totals_public()),
        Some(hidden),
        past,
        three,
        Some(t.rules_amounts_batch()),
    ];
    sentences.into_iter().flatten().map(str::to_owned).collect()
}

fn surplus(t: Words, rules: &Rules) -> String {
    let name = |one: &SurplusUse| {
        t.rules_surplus_use(match one {
            SurplusUse::Warranty => "warranty",
            SurplusUse::Maintenance => "maintenance",
            SurplusUse::Back => "back",
        })
    };
    t.rules_surplus(rules.surplus.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn calendar(t: Words, rules: &Rules) -> Vec<String> {
    let calendar = &rules.calendar;
    let mut sentences = Vec::new();
    if let Some(day) = calendar.day {
        let nth = ["first", "second", "third"].get(usize::from(day.nth).wrapping_sub(1)).unwrap_or(&"fourth");
        let day = t.rules_month_day(*nth, day.weekday.as_str());
        sentences.push(t.rules_one_day_a_month(usize::from(calendar.shortest_window), day));
    }
    let rest = calendar.rest_month.and_then(|month| jiff::civil::Date::new(2000, month, 1).ok());
    if let Some(rest) = rest {
        let month = t.month(rest);
        // The name of the month alone, without the year that it needs to be a date.
        sentences.push(t.rules_rest_month(month.trim_end_matches(|c: char| !c.is_alphabetic())));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    #[test]
    fn whoever_sees_amounts_each_sentence_says_something() {
        for seen in [AmountsSeen::Public, AmountsSeen::Members, AmountsSeen::OwnChoice] {
            let sentences = amounts(Words::new(Locale::Fr), seen);
            assert!(sentences.iter().all(|sentence| !sentence.is_empty()), "{seen:?}: {sentences:?}");
        }
    }
}
