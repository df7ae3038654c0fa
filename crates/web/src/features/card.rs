//! A feature as lists show it.

use std::collections::BTreeMap;

use app::features::gathered::{ended_funded, returned_at_end};
use app::promises::page::{Levels, levels};
use askama::Template;
use askama::filters::HtmlSafe;
use domain::Currency;
use domain::features::{State, is_led_no_more, is_suspended};
use domain::ids::FeatureId;
use jiff::civil::Date;
use store::Tx;
use store::features::lists::Card;
use words::Words;

use crate::error::WebError;
use crate::layout::Gauge;
use crate::paths::Paths;
use crate::place::Desk;

/// A feature in a list: who leads it, where it stands, what is missing.
#[derive(Debug, Clone, Template)]
#[template(path = "features/card.html")]
pub(crate) struct FeatureCard {
    href: String,
    title: String,
    summary: String,
    who: String,
    tag: String,
    tag_class: &'static str,
    gauge: Option<Gauge>,
    meta: String,
}

impl HtmlSafe for FeatureCard {}

/// The word and the colour of a state.
pub(crate) fn tag(t: Words, state: State) -> (String, &'static str) {
    let class = match state {
        State::Funding => "tag on",
        State::Delivered => "tag good",
        state if state.is_triggered() && state != State::ForkDecision => "tag good",
        State::RefusedUpstream | State::ClosedFailed => "tag bad",
        _ => "tag",
    };
    (t.state_name(state), class)
}

/// What of the features of a list is received, promised, intended.
pub(crate) async fn levels_of(
    tx: &mut Tx,
    desk: &Desk,
    cards: &[Card],
) -> Result<BTreeMap<FeatureId, Levels>, WebError> {
    let totals: Vec<_> = cards.iter().map(|card| (card.id, card.allocated_total)).collect();
    let mode = desk.pot.fund_mode;
    let mut all = levels(tx, mode, &totals, &desk.sight).await?;
    // Of a feature that ended, what was gathered stays said, whatever came back of it.
    let ended = cards.iter().filter(|card| ended_funded(card.state, card.funded_at));
    let ended: Vec<_> = ended.map(|card| card.id).collect();
    for (feature, returned) in returned_at_end(tx, mode, &ended, &desk.sight.past).await? {
        let received = &mut all.entry(feature).or_default().received;
        *received = received.plus(returned).unwrap_or(*received);
    }
    Ok(all)
}

impl FeatureCard {
    pub(crate) fn new(
        t: Words,
        paths: &Paths,
        collective: &str,
        currency: Currency,
        today: Date,
        (card, levels): (&Card, Levels),
    ) -> Self {
        let (tag, tag_class) = tag(t, card.state);
        let name = t.typography(&card.lead_name);
        let gone = is_led_no_more(card.state, card.lead_left, today);
        let lead = if gone { t.features_led_no_more(name) } else { t.features_led_by_name(name) };
        let who = match &card.software {
            Some(software) => format!("{software} · {lead}"),
            None => lead,
        };
        Self {
            href: paths.one(collective, "features", card.number),
            title: t.typography(&card.title).into_owned(),
            summary: t.typography(&card.summary).into_owned(),
            who,
            tag,
            tag_class,
            gauge: card.floor.is_positive().then(|| gauge(t, currency, card, levels)),
            meta: meta(t, currency, today, card),
        }
    }
}

pub(crate) fn gauge(t: Words, currency: Currency, card: &Card, levels: Levels) -> Gauge {
    Gauge {
        t,
        currency,
        received: levels.received,
        firm: levels.firm,
        hoped: levels.hoped,
        floor: card.floor,
        top: card.maximum,
    }
}

/// What matters most, in a few words.
fn meta(t: Words, currency: Currency, today: Date, card: &Card) -> String {
    let missing = card.floor.less(card.allocated_total);
    match card.state {
        State::Funding if card.confirming_since.is_some() => t.features_meta_confirming().to_owned(),
        State::Funding if is_suspended(card.suspended_until, today) => {
            t.terms_meta(t.until(card.suspended_until.unwrap_or(today), today))
        }
        State::Funding if card.closing_on < today => t.features_meta_closing_now().to_owned(),
        State::Funding => {
            let missing = t.features_meta_missing(t.money_short(missing, currency));
            format!("{missing} · {}", t.until(card.closing_on, today))
        }
        state if state.is_triggered() => t.features_meta_funded().to_owned(),
        state if state.is_before_funding() && card.floor.is_positive() => {
            t.features_meta_price(t.money_short(card.floor, currency))
        }
        state if state.is_before_funding() => t.features_meta_no_price().to_owned(),
        _ => t.features_meta_ended().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::Money;
    use domain::features::Track;
    use domain::ids::OrganisationId;
    use jiff::civil::date;
    use uuid::Uuid;
    use words::Locale;

    use super::*;

    fn card(state: State, allocated: i64) -> String {
        let card = Card {
            id: FeatureId(Uuid::nil()),
            number: 7,
            title: "Inviter <sans> compte ?".to_owned(),
            summary: "Par lien.".to_owned(),
            track: Track::Trust,
            state,
            lead: OrganisationId(Uuid::nil()),
            lead_name: "Yaal Coop".to_owned(),
            lead_left: None,
            software: Some("Matrix".to_owned()),
            round: None,
            floor: Money::new(400_000),
            target: Money::new(500_000),
            maximum: Money::new(500_000),
            closing_on: date(2026, 11, 30),
            allocated_total: Money::new(allocated),
            funded_at: None,
            confirming_since: None,
            suspended_until: None,
        };
        let today = date(2026, 11, 24);
        let t = Words::new(Locale::Fr);
        let levels = Levels { received: card.allocated_total, ..Levels::default() };
        FeatureCard::new(t, &Paths::new(""), "chatons", Currency::EUR, today, (&card, levels)).to_string()
    }

    #[test]
    fn a_card_says_what_is_missing_and_until_when() {
        let html = card(State::Funding, 354_000);
        for part in [
            "href=\"/c/chatons/features/7\"",
            "Inviter &#60;sans&#62; compte\u{202f}?",
            "Matrix · menée par Yaal Coop",
            "il manque 460\u{202f}€",
            "jusqu’au 30 novembre inclus",
            "tag on",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn a_triggered_feature_lacks_nothing() {
        let html = card(State::Building, 400_000);
        assert!(html.contains("tag good") && html.contains("financée"), "{html}");
        assert!(!html.contains("il manque"), "{html}");
    }
}
