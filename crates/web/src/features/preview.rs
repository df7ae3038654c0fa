//! A proposal as its page would show it, before it is published.

use domain::features::{Proposal, Track};
use domain::{Currency, Money};
use jiff::civil::Date;
use words::Words;

use crate::markdown::render_markdown;
use crate::paths::Paths;

/// What would be published.
pub(super) struct Preview {
    /// Its track, and what returns when.
    pub(super) sentences: Vec<String>,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) done_when: String,
    /// HTML of what was written in Markdown.
    pub(super) description: String,
    /// Label, minimum and maximum of each line.
    pub(super) lines: Vec<(String, String, String)>,
}

impl Preview {
    pub(super) fn of(
        t: Words,
        paths: &Paths,
        currency: Currency,
        today: Date,
        proposal: &Proposal,
        track: Track,
    ) -> Self {
        let typed = |text: &str| t.typography(text).into_owned();
        let floor = Money::sum(proposal.lines.iter().map(|line| line.minimum)).unwrap_or_default();
        let name = t.features_track_explained(track.as_str());
        let first = match floor.is_positive() {
            true => t.features_preview_track(t.money_short(floor, currency), name),
            false => t.features_preview_wish().to_owned(),
        };
        let warning = missing(t, track, floor.is_positive()).map(str::to_owned);
        let closing = t.features_preview_closing(t.until(proposal.closing_on, today));
        let money = |amount| t.money(amount, currency);
        Self {
            sentences: [Some(first), warning, Some(closing)].into_iter().flatten().collect(),
            title: typed(&proposal.title),
            summary: typed(&proposal.summary),
            done_when: typed(&proposal.done_when),
            description: render_markdown(&proposal.description, t, paths),
            lines: proposal
                .lines
                .iter()
                .map(|line| (typed(&line.label), money(line.minimum), money(line.maximum)))
                .collect(),
        }
    }
}

/// What of a track this version hasn't, for a feature with a price or an idea without.
pub(super) fn missing(t: Words, track: Track, priced: bool) -> Option<&'static str> {
    match track {
        track if !track.is_built() => Some(t.features_not_built()),
        track if !track.is_complete() && priced => Some(t.features_track_stops()),
        _ => None,
    }
}
