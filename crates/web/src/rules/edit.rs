//! Changing the rules: a new version with its reason; what began under an older one keeps it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::Action;
use domain::input::FieldRule;
use domain::rules::{
    AmountsSeen, DefaultSharing, RefundPolicy, Rules, Template as Model, TriggerMode, Unspent,
};
use domain::shares::GiftSharing;
use serde::Deserialize;
use words::{Locale, Words};

use super::grid;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::{Reading, Refused, basis_points, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "rules/edit.html")]
struct EditPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    version: i64,
    unit: String,
    ceilings: Vec<(String, String)>,
    delays: Vec<(String, String)>,
    criteria: Vec<grid::Line>,
    folded_open: bool,
    /// The templates to begin from: address, name.
    templates: Vec<(String, String)>,
}

/// Which template fills the form, if one does.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    template: Option<String>,
}

/// `GET /c/{collective}/rules/edit`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (desk, version, rules) = open(&state, &frame, &slug).await?;
    // A template only fills the form: nothing changes before it is saved.
    let rules = based(asked.template.as_deref(), rules)?;
    let mut data = FormData::of(fields(frame.t, desk.currency(), &rules));
    data.set("template", asked.template.unwrap_or_default());
    let form = frame.form(data);
    page(&state, &desk, frame, version, &rules, StatusCode::OK, form)
}

/// `POST /c/{collective}/rules/edit`
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, version, rules) = open(&state, &frame, &slug).await?;
    let rules = based(data.filled("template"), rules)?;
    let (t, currency) = (frame.t, desk.currency());
    let seen = data.field("version").parse().unwrap_or(0);
    let refusal = match read(&data, t, currency, &rules) {
        Err(unreadable) => unreadable,
        Ok(changed) => {
            let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
            let reason = data.field("reason");
            match app::rules::change(&state.context, acting, collective, seen, changed, reason).await {
                Ok(_) => {
                    let path = state.paths.of(&slug, "rules");
                    let said = Flash::good(t.rules_changed());
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, |never| match *never {})?,
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    page(&state, &desk, frame, version, &rules, status, form)
}

/// The rules that the form changes: those in force, or those of the template that filled it.
fn based(template: Option<&str>, rules: Rules) -> Result<Rules, WebError> {
    match template {
        None => Ok(rules),
        Some(name) => Ok(Model::parse(name).ok_or(WebError::NotFound)?.rules()),
    }
}

async fn open(state: &AppState, frame: &Frame, slug: &str) -> Result<(Desk, i64, Rules), WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    if !desk.may(Action::EditCollective, None) {
        return Err(WebError::Forbidden);
    }
    let (version, rules) = store::collectives::rules(&mut tx, desk.place.collective.id).await?;
    Ok((desk, version, rules))
}

/// The fields of the form that show the rules.
fn fields(t: Words, currency: Currency, rules: &Rules) -> Vec<(String, String)> {
    let money = |amount: Option<domain::Money>| {
        amount.map(|amount| t.money_field(amount, currency)).unwrap_or_default()
    };
    let (sharing, equal) = match rules.sharing {
        DefaultSharing::Equal => ("equal", 5_000),
        DefaultSharing::Paid => ("paid", 5_000),
        DefaultSharing::Mixed { equal } => ("mixed", equal),
        DefaultSharing::Manual => ("manual", 5_000),
    };
    let (trigger, days) = match rules.trigger {
        TriggerMode::AtOnce => ("at_once", 7),
        TriggerMode::Confirmed { days } => ("confirmed", days),
    };
    let amounts = match rules.amounts {
        AmountsSeen::Public => "public",
        AmountsSeen::Members => "members",
        AmountsSeen::OwnChoice => "own_choice",
    };
    let mut fields = vec![
        ("needers", rules.needers.to_string()),
        ("sharing", sharing.to_owned()),
        ("sharing.equal", (equal / 100).to_string()),
        ("gifts", rules.gifts.as_str().to_owned()),
        ("reserve_per_mille", percent(t, rules.reserve_per_mille)),
        ("cap", money(rules.cap)),
        ("unspent", if rules.unspent == Unspent::Lapse { "lapse" } else { "carry" }.to_owned()),
        ("trigger", trigger.to_owned()),
        ("trigger.days", days.to_string()),
        ("amounts", amounts.to_owned()),
        ("refunds", if rules.refunds == RefundPolicy::Never { "never" } else { "by_decision" }.to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect::<Vec<_>>();
    for (at, rule) in rules.tracks.iter().enumerate() {
        fields.push((format!("tracks.{at}.ceiling"), money(rule.ceiling)));
    }
    for (name, days) in rules.delays.named() {
        fields.push((format!("delays.{name}"), days.to_string()));
    }
    fields.extend(grid::fields(&rules.grid));
    fields
}

/// The rules with what was typed; what the form doesn't show stays.
fn read(data: &FormData, t: Words, currency: Currency, before: &Rules) -> Result<Rules, Refused> {
    let mut reading = Reading::new(data, t, currency);
    let mut rules = before.clone();
    for (at, rule) in rules.tracks.iter_mut().enumerate() {
        rule.ceiling = reading.optional_money(&format!("tracks.{at}.ceiling"));
    }
    let mut number = |field: &str, into: &mut u16| {
        if let Some(value) = reading.parsed(field) {
            *into = value;
        }
    };
    number("needers", &mut rules.needers);
    let mut days = 0;
    if data.has("trigger", "confirmed") {
        number("trigger.days", &mut days);
    }
    let mut equal = 0;
    if data.has("sharing", "mixed") {
        number("sharing.equal", &mut equal);
    }
    let delays = &mut rules.delays;
    for (field, into) in [
        ("delays.idea", &mut delays.idea),
        ("delays.gathering", &mut delays.gathering),
        ("delays.scoping", &mut delays.scoping),
        ("delays.upstream", &mut delays.upstream),
        ("delays.costing", &mut delays.costing),
        ("delays.choosing", &mut delays.choosing),
        ("delays.contracting", &mut delays.contracting),
        ("delays.accepting", &mut delays.accepting),
        ("delays.steward_answer", &mut delays.steward_answer),
        ("delays.terms", &mut delays.terms),
        ("delays.payment", &mut delays.payment),
        ("delays.building", &mut delays.building),
    ] {
        number(field, into);
    }
    match per_mille(data.field("reserve_per_mille")) {
        Some(reserve) => rules.reserve_per_mille = reserve,
        None => reading.breaks("reserve_per_mille", &FieldRule::NotAChoice),
    }
    rules.cap = reading.optional_money("cap");
    match data.field("sharing") {
        "equal" => rules.sharing = DefaultSharing::Equal,
        "paid" => rules.sharing = DefaultSharing::Paid,
        "mixed" => rules.sharing = DefaultSharing::Mixed { equal: u32::from(equal) * 100 },
        "manual" => rules.sharing = DefaultSharing::Manual,
        _ => reading.breaks("sharing", &FieldRule::NotAChoice),
    }
    match data.filled("gifts").map(GiftSharing::parse) {
        None => {}
        Some(Some(gifts)) => rules.gifts = gifts,
        Some(None) => reading.breaks("gifts", &FieldRule::NotAChoice),
    }
    rules.trigger =
        if data.has("trigger", "confirmed") { TriggerMode::Confirmed { days } } else { TriggerMode::AtOnce };
    rules.unspent = if data.has("unspent", "lapse") { Unspent::Lapse } else { Unspent::Carry };
    match data.field("amounts") {
        "public" => rules.amounts = AmountsSeen::Public,
        "members" => rules.amounts = AmountsSeen::Members,
        "own_choice" => rules.amounts = AmountsSeen::OwnChoice,
        _ => reading.breaks("amounts", &FieldRule::NotAChoice),
    }
    rules.refunds =
        if data.has("refunds", "by_decision") { RefundPolicy::ByDecision } else { RefundPolicy::Never };
    grid::read(&mut reading, data, &mut rules.grid);
    if reading.problems.is_empty() { Ok(rules) } else { Err(Refused::unreadable(reading.problems)) }
}

/// A part in thousandths, as per cent with one decimal at most.
fn percent(t: Words, per_mille: u16) -> String {
    let point = if t.locale() == Locale::Fr { ',' } else { '.' };
    match per_mille % 10 {
        0 => (per_mille / 10).to_string(),
        tenth => format!("{}{point}{tenth}", per_mille / 10),
    }
}

/// Per cent as typed, with one decimal at most, in thousandths.
fn per_mille(typed: &str) -> Option<u16> {
    let rate = basis_points(typed).filter(|rate| rate % 10 == 0)?;
    u16::try_from(rate / 10).ok()
}

fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    version: i64,
    rules: &Rules,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let t = frame.t;
    let seen = form.data().filled("version").and_then(|seen| seen.parse().ok());
    let ceilings = rules
        .tracks
        .iter()
        .enumerate()
        .map(|(at, rule)| (format!("tracks.{at}.ceiling"), t.rules_ceiling(t.track_name(rule.track))));
    let delays = rules.delays.named();
    let delays = delays.iter().map(|(name, _)| (format!("delays.{name}"), t.rules_delay_name(*name)));
    html_with(
        status,
        &EditPage {
            crumbs: Crumbs {
                t,
                above: vec![(state.paths.of(desk.slug(), "rules"), t.nav_rules().to_owned())],
                here: t.rules_edit().to_owned(),
            },
            templates: templates(t, &state.paths.one(desk.slug(), "rules", "edit")),
            version: seen.unwrap_or(version),
            unit: t.currency_sign(desk.currency()),
            ceilings: ceilings.collect(),
            delays: delays.collect(),
            criteria: grid::lines(t, &rules.grid),
            folded_open: status != StatusCode::OK,
            form,
            frame: desk.frame(frame, Section::Other),
        },
    )
}

fn templates(t: Words, here: &str) -> Vec<(String, String)> {
    let one = |template: &Model| {
        let name = template.as_str();
        (format!("{here}?template={name}"), t.rules_template(name))
    };
    Model::ALL.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_read_back_as_they_are_shown() {
        let t = Words::new(Locale::Fr);
        for template in Model::ALL {
            let rules = template.rules();
            let data = FormData::of(fields(t, Currency::EUR, &rules));
            assert_eq!(read(&data, t, Currency::EUR, &rules).ok(), Some(rules), "{template:?}");
        }
    }

    #[test]
    fn the_reserve_is_typed_in_per_cent() {
        assert_eq!(["2", "2,5", " 0.1 % ", "0"].map(per_mille), [Some(20), Some(25), Some(1), Some(0)]);
        assert_eq!(["", "2,55", "-2", "2,x", "9999999"].map(per_mille), [None; 5]);
        assert_eq!(percent(Words::new(Locale::Fr), 25), "2,5");
        assert_eq!(percent(Words::new(Locale::En), 20), "2");
    }

    #[test]
    fn a_number_that_is_none_is_refused_at_its_field() {
        let t = Words::new(Locale::Fr);
        let rules = Model::Informal.rules();
        let mut shown = vec![("needers".to_owned(), "beaucoup".to_owned())];
        shown.extend(fields(t, Currency::EUR, &rules));
        let refused = read(&FormData::of(shown), t, Currency::EUR, &rules).err().unwrap();
        assert_eq!(refused.problems.0[0].field, "needers");
    }
}
