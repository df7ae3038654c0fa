//! Opening a round: its dates, and how the money of the pot becomes shares.

use app::rounds::open_round;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::Action;
use domain::input::FieldRule;
use domain::pot::FundMode;
use domain::promises::PromiseRule;
use domain::rounds::{RoundPlan, RoundRefusal};
use domain::rules::{DefaultSharing, Rules, Unspent};
use domain::shares::{GiftSharing, Period, ShareRule, Sharing};
use jiff::civil::Date;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// How long a round is first proposed to last, in days.
const USUAL_DAYS: u16 = 30;

#[derive(Template)]
#[template(path = "rounds/new.html")]
struct NewPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    key: String,
    mode: &'static str,
    unit: String,
    /// The last day by the rules, with what is said of the field.
    rules_day: String,
    /// Whether the pot isn't paid in advance.
    promised: bool,
    /// Whether gifts may come in.
    gifts: bool,
    /// The round that is open already: no other opens meanwhile.
    open: Option<(String, String)>,
}

/// `GET /c/{collective}/rounds/new`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    let period = app::distributions::proposed_period(&mut tx, desk.pot.id, desk.place.today).await?;
    drop(tx);
    let form = frame.form(FormData::of(first_fields(&desk, frame.t, period)));
    page(&state, &desk, frame, StatusCode::OK, form)
}

/// The last day of a round that opens on a day, as the calendar of the rules has it.
pub(super) fn usual_last_day(rules: &Rules, opens_on: Date) -> Date {
    rules.calendar.last_day(opens_on, USUAL_DAYS)
}

/// What is said of the last day: that it is included, and which one the calendar of the rules gives.
pub(super) fn rules_day(t: Words, rules: &Rules, opens_on: Date) -> String {
    let hint = t.rounds_closes_on_hint();
    match rules.calendar.day {
        None => hint.to_owned(),
        Some(_) => {
            format!("{hint} {}", t.rounds_closes_on_rules(t.date(usual_last_day(rules, opens_on))))
        }
    }
}

/// In what a round was opened otherwise than the rules say, a sentence for each.
pub(super) fn differences(t: Words, rules: &Rules, plan: Differs, in_shares: bool) -> Vec<String> {
    let Differs { opens_on, closes_on, sharing, lapse } = plan;
    let sentences = [
        (!rules.calendar.agrees(opens_on, closes_on))
            .then(|| t.rounds_differs_date(t.date(usual_last_day(rules, opens_on)))),
        (in_shares && !rules.sharing.is(sharing)).then(|| {
            let name = match rules.sharing {
                DefaultSharing::Equal => "equal",
                DefaultSharing::Paid => "paid",
                DefaultSharing::Mixed { .. } => "mixed",
                DefaultSharing::Manual => "manual",
            };
            t.rounds_differs_sharing(name)
        }),
        (in_shares && lapse != (rules.unspent == Unspent::Lapse))
            .then(|| t.rounds_differs_unspent(if lapse { "carry" } else { "lapse" })),
    ];
    sentences.into_iter().flatten().collect()
}

/// What of a round the rules speak of.
#[derive(Clone, Copy)]
pub(super) struct Differs {
    pub(super) opens_on: Date,
    pub(super) closes_on: Date,
    pub(super) sharing: Sharing,
    pub(super) lapse: bool,
}

/// What the rules of the collective say when nobody says anything else. Payments count from the day after those that an
/// earlier round has counted.
fn first_fields(desk: &Desk, t: Words, period: Period) -> Vec<(&'static str, String)> {
    let today = desk.place.today;
    let (rule, equal) = match desk.rules.sharing {
        DefaultSharing::Equal => ("equal", 5_000),
        DefaultSharing::Paid => ("paid", 5_000),
        DefaultSharing::Mixed { equal } => ("mixed", equal),
        DefaultSharing::Manual => ("manual", 5_000),
    };
    vec![
        ("opens_on", today.to_string()),
        ("closes_on", usual_last_day(&desk.rules, today).to_string()),
        ("rule", rule.to_owned()),
        ("equal", (equal / 100).to_string()),
        ("from", period.from.to_string()),
        ("to", period.to.to_string()),
        ("gifts", desk.rules.gifts.as_str().to_owned()),
        ("promises", "as_put_in".to_owned()),
        ("cap", desk.rules.cap.map(|cap| t.money_field(cap, desk.currency())).unwrap_or_default()),
        ("unspent", if desk.rules.unspent == Unspent::Lapse { "lapse" } else { "carry" }.to_owned()),
    ]
}

/// `POST /c/{collective}/rounds/new`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let (_, desk) = Desk::inside(&state, &frame, &slug).await?;
    let (t, currency) = (frame.t, desk.currency());
    let key = data.key();
    let refusal = match read(&data, t, currency, desk.place.today) {
        Err(unreadable) => unreadable,
        Ok(plan) => {
            let differs = Differs {
                opens_on: plan.opens_on,
                closes_on: plan.closes_on,
                sharing: plan.rule.sharing,
                lapse: plan.lapse,
            };
            let acting = app::Acting { key: key.clone(), ..desk.acting(&frame)? };
            match open_round(&state.context, acting, desk.pot.id, plan).await {
                Ok(opened) => {
                    let path = state.paths.one(&slug, "rounds", opened.number);
                    let shares = !desk.pot.fund_mode.is_promised();
                    let mut said = vec![t.rounds_opened(desk.pot.fund_mode.as_str(), opened.number)];
                    said.extend(differences(t, &desk.rules, differs, shares));
                    return see_other_saying(&path, &Flash::good(said.join(" ")), &state.public_url);
                }
                Err(failure) => {
                    // Another round may have been opened meanwhile: the page says which.
                    let mut tx = state.context.db.read().await?;
                    let desk = Desk::signed_in(&mut tx, desk.place, &frame).await?;
                    drop(tx);
                    let say = |refusal: &RoundRefusal| ("name".to_owned(), t.round_refusal(refusal));
                    let refusal = refused(failure, t, currency, say)?;
                    let earlier = refusal.earlier(&state, &desk, &frame, key, "rounds").await?;
                    let (status, form) = refusal.form(t, data);
                    return page(&state, &desk, frame, status, form.recorded_at(earlier));
                }
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, status, form)
}

/// The round that a form describes.
pub(super) fn read(data: &FormData, t: Words, currency: Currency, today: Date) -> Result<RoundPlan, Refused> {
    let mut reading = Reading::new(data, t, currency);
    let opens_on = reading.date("opens_on");
    let closes_on = reading.date("closes_on");
    let sharing = sharing(data, &mut reading);
    let cap = reading.optional_money("cap");
    // What can't be read has a stand-in, so that all that is wrong is said at once.
    let plan = RoundPlan {
        name: data.field("name").to_owned(),
        opens_on: opens_on.or(closes_on).unwrap_or(today),
        closes_on: closes_on.or(opens_on).unwrap_or(today),
        rule: ShareRule {
            sharing: sharing.unwrap_or(Sharing::Equal),
            gifts: GiftSharing::parse(data.field("gifts")).unwrap_or_default(),
        },
        cap,
        lapse: data.has("unspent", "lapse"),
        promises: if data.has("promises", "shared") { PromiseRule::Shared } else { PromiseRule::AsPutIn },
    };
    if reading.problems.is_empty() {
        return Ok(plan);
    }
    if let Err(errors) = plan.cleaned(today) {
        reading.also(errors);
    }
    Err(Refused::unreadable(reading.problems))
}

fn sharing(data: &FormData, reading: &mut Reading<'_>) -> Option<Sharing> {
    match data.field("rule") {
        "equal" => Some(Sharing::Equal),
        "manual" => Some(Sharing::Manual),
        "paid" => period(reading).map(Sharing::Paid),
        "mixed" => {
            let percent =
                data.filled("equal").and_then(|typed| typed.trim_end_matches('%').trim_end().parse().ok());
            let percent = percent.filter(|percent: &u32| *percent <= 100);
            if percent.is_none() {
                reading.breaks("equal", &FieldRule::NotBetween(0, 100));
            }
            let period = period(reading);
            Some(Sharing::Mixed { equal: percent? * 100, period: period? })
        }
        _ => {
            reading.breaks("rule", &FieldRule::NotAChoice);
            None
        }
    }
}

fn period(reading: &mut Reading<'_>) -> Option<Period> {
    let (from, to) = (reading.date("from"), reading.date("to"));
    let period = Period { from: from?, to: to? };
    if period.to < period.from {
        reading.breaks("to", &FieldRule::Before(period.from));
        return None;
    }
    Some(period)
}

fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    if !desk.may(Action::OpenRound, None) {
        return Err(WebError::Forbidden);
    }
    let t = frame.t;
    let list = state.paths.of(desk.slug(), "rounds");
    html_with(
        status,
        &NewPage {
            crumbs: Crumbs {
                t,
                above: vec![(list, t.rounds_title().to_owned())],
                here: t.rounds_open().to_owned(),
            },
            key: key_of(state, &form),
            form,
            open: desk.round.as_ref().map(|round| {
                let href = state.paths.one(desk.slug(), "rounds", round.number);
                (href, t.rounds_name_of(t.typography(&round.name), round.number))
            }),
            mode: desk.pot.fund_mode.as_str(),
            unit: t.currency_sign(desk.currency()),
            rules_day: rules_day(t, &desk.rules, desk.place.today),
            promised: desk.pot.fund_mode.is_promised(),
            gifts: desk.pot.fund_mode != FundMode::Direct,
            frame: desk.frame(frame, Section::Round),
        },
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use words::Locale;

    use super::*;

    fn rule(fields: &[(&str, &str)]) -> Result<Sharing, Vec<String>> {
        let always = [
            ("name", "Automne"),
            ("opens_on", "2026-11-01"),
            ("closes_on", "30/11/2026"),
            ("from", "2026-01-01"),
            ("to", "2026-10-31"),
        ];
        // What comes first is what counts.
        let data = FormData::of(fields.iter().copied().chain(always));
        read(&data, Words::new(Locale::Fr), Currency::EUR, date(2026, 10, 1))
            .map(|plan| plan.rule.sharing)
            .map_err(|refused| refused.problems.0.into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn each_rule_asks_for_what_it_needs() {
        let period = Period { from: date(2026, 1, 1), to: date(2026, 10, 31) };
        assert_eq!(rule(&[("rule", "equal")]), Ok(Sharing::Equal));
        assert_eq!(rule(&[("rule", "paid")]), Ok(Sharing::Paid(period)));
        assert_eq!(rule(&[("rule", "mixed"), ("equal", "40")]), Ok(Sharing::Mixed { equal: 4_000, period }));
        assert!(rule(&[("rule", "mixed"), ("equal", "140")]).unwrap_err().contains(&"equal".to_owned()));
        assert!(rule(&[("rule", "paid"), ("to", "2025-01-01")]).unwrap_err().contains(&"to".to_owned()));
        assert_eq!(rule(&[("rule", "fair")]), Err(vec!["rule".to_owned()]));
        assert_eq!(rule(&[("rule", "equal"), ("cap", "1.234")]), Err(vec!["cap".to_owned()]));
    }
}
