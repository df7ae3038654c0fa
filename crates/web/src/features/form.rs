//! Proposing a feature: five fields, the rest folded; and changing one.

use app::Never;
use app::features::{NewFeature, check_proposal, edit_feature, propose_feature, shown};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::Action;
use domain::features::proposal::limits;
use domain::features::{FeatureRefusal, Place as Funded, Proposal, State as Stage, Track};
use domain::rules::Rules;
use jiff::civil::Date;
use serde::Deserialize;
use store::features::Feature;
use store::needs::NeedRow;
use words::Words;

use super::origins;
use super::preview::{Preview, missing};
use super::proposal::{Row, Unread, fields, read, read_words, rows};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::both::Both;
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html_with};
use crate::place::{Desk, key_of};
use crate::reading::{Refused, refused};
use crate::state::AppState;

/// How long a feature outside rounds is first proposed to gather money, in days.
const USUAL_DAYS: u16 = 60;
/// Software named as examples.
const EXAMPLES: i64 = 6;

#[derive(Template)]
#[template(path = "features/form.html")]
struct FormPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: &'static str,
    lead: &'static str,
    button: &'static str,
    preview: Option<Preview>,
    /// What somebody else saved meanwhile, where it differs from what was typed.
    both: Both,
    key: String,
    version: i64,
    unit: String,
    software_hint: String,
    closing_hint: String,
    place_hint: String,
    /// Whether price and dates may still change.
    price_open: bool,
    folded_open: bool,
    lines: Vec<Row>,
    incomes: Vec<Row>,
    tracks: Vec<(String, String)>,
    /// Whether it is asked to know that the track isn't here whole.
    knows: bool,
    /// The needs of which it is made: number and title.
    needs: Vec<(i64, String)>,
}

/// Everything that the form is made from.
struct Sheet {
    desk: Desk,
    software: Vec<String>,
    /// The feature that is changed; none: a new one.
    stored: Option<(Feature, Proposal)>,
    /// The needs of which a new one is made.
    needs: Vec<NeedRow>,
}

impl Sheet {
    async fn open(
        state: &AppState,
        frame: &Frame,
        slug: &str,
        number: Option<i64>,
    ) -> Result<Self, WebError> {
        let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
        let collective = desk.place.collective.id;
        let software = store::features::software::of_collective(&mut tx, collective, EXAMPLES).await?;
        let stored = match number {
            None if !desk.may(Action::ProposeFeature, None) => return Err(WebError::Forbidden),
            None => None,
            Some(number) => {
                let feature = store::features::by_number(&mut tx, collective, number).await?;
                let feature = feature.ok_or(WebError::NotFound)?;
                if !desk.may(Action::EditFeature, Some(feature.lead)) {
                    return Err(WebError::Forbidden);
                }
                let proposal = shown::<Never>(&mut tx, &feature).await?;
                Some((feature, proposal))
            }
        };
        let software = software.into_iter().map(|software| software.name).collect();
        Ok(Self { desk, software, stored, needs: Vec::new() })
    }

    /// The same made of the needs of these numbers; unknown ones, and those that are closed, are left out.
    async fn of_needs(mut self, state: &AppState, numbers: Vec<i64>) -> Result<Self, WebError> {
        let mut tx = state.context.db.read().await?;
        self.needs = origins::read(&mut tx, &self.desk, numbers).await?;
        Ok(self)
    }

    /// Whether price and dates may still change: no money lies on it.
    fn price_open(&self) -> bool {
        self.stored.as_ref().is_none_or(|(feature, _)| feature.allocated_total.is_zero())
    }

    fn read(&self, data: &FormData, t: Words) -> Result<Proposal, Refused> {
        match &self.stored {
            Some((_, stored)) if !self.price_open() => Ok(read_words(data, stored.clone())),
            _ => read(data, t, self.desk.currency(), t.features_form_one_line())
                .map_err(|unread| by_field(self.all_of(unread, data, t), data)),
        }
    }

    /// All that is wrong at once: what can't be read, and what breaks a rule of the rest.
    fn all_of(&self, unread: Unread, data: &FormData, t: Words) -> Refused {
        let Unread { mut problems, rest } = unread;
        let asked = data.filled("track").and_then(Track::parse);
        let track = asked.or_else(|| self.desk.rules.default_track(rest.maximum())).unwrap_or(Track::Trust);
        let round = self.desk.round.as_ref().filter(|_| rest.place == Funded::Round);
        let checked = rest.cleaned(track, self.desk.place.today, round.map(|round| round.closes_on));
        // Of prices that can't be read nothing else is told.
        let is_price = |field: &str| field.starts_with("price") || field.starts_with("lines");
        let unpriced = problems.0.iter().any(|problem| is_price(&problem.field));
        for error in checked.err().unwrap_or_default() {
            let known = problems.0.iter().any(|problem| problem.field == error.field);
            if !(known || unpriced && is_price(&error.field)) {
                problems.add(error.field, t.field_rule(&error.rule, self.desk.currency()));
            }
        }
        Refused::unreadable(problems)
    }

    /// Where money is gathered if nothing else is said.
    const fn usual_place(&self) -> &'static str {
        if self.desk.round.is_some() { "round" } else { "outside" }
    }

    /// The day until which money is gathered if nothing else is said.
    fn usual_closing(&self) -> Date {
        let round = self.desk.round.as_ref().filter(|round| round.closes_on >= self.desk.place.today);
        let usual = self.desk.rules.calendar.last_day(self.desk.place.today, USUAL_DAYS);
        round.map_or(usual, |round| round.closes_on)
    }

    fn page(
        self,
        state: &AppState,
        frame: Frame,
        status: StatusCode,
        form: Form,
        preview: Option<Preview>,
    ) -> Result<Response, WebError> {
        let (t, slug) = (frame.t, self.desk.slug().to_owned());
        let mut above = vec![(state.paths.of(&slug, "features"), t.features_title().to_owned())];
        if let Some((feature, _)) = &self.stored {
            let title = t.typography(&feature.title).into_owned();
            above.push((state.paths.one(&slug, "features", feature.number), title));
        }
        let is_new = self.stored.is_none();
        let heading = if is_new { t.features_propose() } else { t.features_edit() };
        let data = form.data();
        let (lines, incomes) = (rows(data, "lines", limits::LINES), rows(data, "incomes", limits::INCOMES));
        let key = key_of(state, &form);
        let conflict = status == StatusCode::CONFLICT;
        let both = if conflict { Both::of(t, self.differences(t, data)) } else { Both::none(t) };
        // Whoever saves after having seen both means the newest.
        let seen = data.filled("version").filter(|_| !conflict).and_then(|version| version.parse().ok());
        let version = seen.unwrap_or_else(|| self.stored.as_ref().map_or(0, |(feature, _)| feature.version));
        let round = self.desk.round.as_ref();
        let today = self.desk.place.today;
        html_with(
            status,
            &FormPage {
                knows: form.problem("knows").is_some() || form.data().has("knows", "yes"),
                crumbs: Crumbs { t, above, here: heading.to_owned() },
                heading,
                lead: if is_new { t.features_form_lead() } else { t.features_form_edit_lead() },
                button: if is_new { t.features_form_publish() } else { t.common_save() },
                preview,
                both,
                key,
                version,
                unit: t.currency_sign(self.desk.currency()),
                software_hint: if self.software.is_empty() {
                    String::new()
                } else {
                    t.features_form_software_hint(self.software.join(", "))
                },
                closing_hint: match round {
                    Some(round) => t.features_form_closing_round(t.date(round.closes_on), round.number),
                    None if self.desk.pot.fund_mode.is_promised() => t.promise_form_closing_hint().to_owned(),
                    None => t.features_form_closing_hint().to_owned(),
                },
                place_hint: match round {
                    Some(round) => t.features_form_place_open(round.number, t.until(round.closes_on, today)),
                    None => t.features_form_place_none().to_owned(),
                },
                price_open: self.price_open(),
                needs: origins::titles(t, &self.needs),
                folded_open: status != StatusCode::OK || !is_new,
                lines,
                incomes,
                tracks: if is_new { tracks(t, self.desk.currency(), &self.desk.rules) } else { Vec::new() },
                form,
                frame: self.desk.frame(frame, Section::Features),
            },
        )
    }

    /// The texts that are stored and differ from what was typed.
    fn differences(&self, t: Words, data: &FormData) -> Vec<(String, String)> {
        let Some((_, stored)) = &self.stored else { return Vec::new() };
        let texts = [
            (t.features_form_title(), "title", &stored.title),
            (t.features_form_summary(), "summary", &stored.summary),
            (t.features_done_when(), "done_when", &stored.done_when),
            (t.features_form_worker(), "worker", &stored.worker),
            (t.features_form_description(), "description", &stored.description),
        ];
        let differ = texts.into_iter().filter(|(_, field, text)| data.field(field) != text.as_str());
        differ.map(|(label, _, text)| (label.to_owned(), text.clone())).collect()
    }

    /// What the track that it would take hasn't in this version, where nobody said to know that.
    fn to_know(
        &self,
        t: Words,
        proposal: &Proposal,
        asked: Option<Track>,
        data: &FormData,
    ) -> Option<&'static str> {
        let track = asked.or_else(|| self.desk.rules.default_track(proposal.maximum()))?;
        missing(t, track, proposal.maximum().is_positive()).filter(|_| !data.has("knows", "yes"))
    }

    fn preview(&self, state: &AppState, t: Words, proposal: &Proposal, track: Track) -> Preview {
        Preview::of(t, &state.paths, self.desk.currency(), self.desk.place.today, proposal, track)
    }
}

/// The tracks that one may ask for, with their ceilings.
fn tracks(t: Words, currency: Currency, rules: &Rules) -> Vec<(String, String)> {
    let rules = rules.tracks.iter().filter(|rule| rule.track.is_built());
    rules
        .map(|rule| {
            let name = t.features_track_explained(rule.track.as_str());
            let label = match rule.ceiling {
                Some(ceiling) => t.features_track_up_to(t.money_short(ceiling, currency), name),
                None => name,
            };
            (rule.track.as_str().to_owned(), label)
        })
        .collect()
}

/// What the form of a proposal begins with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begins {
    /// The number of a feature that wasn't funded, which is proposed again.
    #[serde(default)]
    again: String,
    /// The numbers of the needs of which it is made, with commas between them.
    #[serde(default)]
    needs: String,
}

/// The text and the price of a feature that wasn't funded, for the organisation that led it.
async fn again(
    state: &AppState,
    sheet: &Sheet,
    asked: &str,
    t: Words,
) -> Result<Option<Vec<(String, String)>>, WebError> {
    let Ok(number) = asked.parse::<i64>() else { return Ok(None) };
    let mut tx = state.context.db.read().await?;
    let collective = sheet.desk.place.collective.id;
    let Some(feature) = store::features::by_number(&mut tx, collective, number).await? else {
        return Err(WebError::NotFound);
    };
    if feature.state != Stage::NotFunded || sheet.desk.acting_for != Some(feature.lead) {
        return Ok(None);
    }
    let proposal = Proposal { closing_on: sheet.usual_closing(), ..shown::<Never>(&mut tx, &feature).await? };
    Ok(Some(fields(&proposal, t, sheet.desk.currency(), t.features_form_one_line())))
}

/// `GET /c/{collective}/features/new`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(begins): Query<Begins>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, &slug, None).await?;
    // Without an open round it can only be outside rounds.
    if let Some(mut shown) = again(&state, &sheet, &begins.again, frame.t).await? {
        shown.retain(|(name, _)| name != "place");
        shown.push(("place".to_owned(), sheet.usual_place().to_owned()));
        let form = frame.form(FormData::of(shown));
        return sheet.page(&state, frame, StatusCode::OK, form, None);
    }
    let sheet = sheet.of_needs(&state, origins::numbers(begins.needs.split(','))).await?;
    let place = sheet.usual_place();
    let mut first = vec![
        ("closing_on", sheet.usual_closing().to_string()),
        ("place", place.to_owned()),
        ("done_when", frame.t.features_form_done_usual().to_owned()),
    ];
    first.extend(origins::begun_by(&sheet.needs));
    let form = frame.form(FormData::of(first));
    sheet.page(&state, frame, StatusCode::OK, form, None)
}

/// `POST /c/{collective}/features/new`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, &slug, None).await?;
    let sheet = sheet.of_needs(&state, origins::numbers(data.all("needs"))).await?;
    let (t, currency) = (frame.t, sheet.desk.currency());
    let track = data.filled("track").and_then(Track::parse);
    let refusal = match sheet.read(&data, t) {
        Err(unreadable) => unreadable,
        Ok(proposal) if data.has("preview", "yes") => {
            let new = NewFeature { proposal, track, needs: origins::numbers_of(&sheet.needs) };
            match check_proposal(&state.context, sheet.desk.pot.id, &new).await {
                Ok(checked) => {
                    let preview = sheet.preview(&state, t, &checked.proposal, checked.track);
                    let form = Form::new(t, data);
                    return sheet.page(&state, frame, StatusCode::OK, form, Some(preview));
                }
                Err(failure) => by_field(refused(failure, t, currency, |why| said(t, currency, why))?, &data),
            }
        }
        Ok(proposal) => {
            if let Some(what) = sheet.to_know(t, &proposal, track, &data) {
                let mut problems = Problems::default();
                problems.add("knows", what);
                let form = Form::refused(t, data, problems);
                return sheet.page(&state, frame, StatusCode::UNPROCESSABLE_ENTITY, form, None);
            }
            let acting = sheet.desk.acting(&frame)?;
            let acting = app::Acting { key: data.filled("key").map(str::to_owned), ..acting };
            let new = NewFeature { proposal, track, needs: origins::numbers_of(&sheet.needs) };
            match propose_feature(&state.context, acting, sheet.desk.pot.id, new).await {
                Ok(proposed) => {
                    let path = state.paths.one(&slug, "features", proposed.number);
                    let said = Flash::good(t.features_proposed());
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => by_field(refused(failure, t, currency, |why| said(t, currency, why))?, &data),
            }
        }
    };
    let key = data.filled("key").map(str::to_owned);
    let earlier = refusal.earlier(&state, &sheet.desk, &frame, key, "features").await?;
    let (status, form) = refusal.form(t, data);
    sheet.page(&state, frame, status, form.recorded_at(earlier), None)
}

/// `GET /c/{collective}/features/{number}/edit`
pub(crate) async fn edit(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, &slug, Some(number)).await?;
    let t = frame.t;
    let shown = sheet
        .stored
        .as_ref()
        .map(|(_, proposal)| fields(proposal, t, sheet.desk.currency(), t.features_form_one_line()));
    let form = frame.form(FormData::of(shown.unwrap_or_default()));
    sheet.page(&state, frame, StatusCode::OK, form, None)
}

/// `POST /c/{collective}/features/{number}/edit`
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, &slug, Some(number)).await?;
    let (t, currency) = (frame.t, sheet.desk.currency());
    let Some((feature, _)) = &sheet.stored else { return Err(WebError::NotFound) };
    let refusal = match sheet.read(&data, t) {
        Err(unreadable) => unreadable,
        Ok(proposal) if data.has("preview", "yes") => {
            // A date that stands since money lies on it is no news.
            let first = sheet.desk.place.today.min(proposal.closing_on);
            match proposal.cleaned(
                feature.track,
                if sheet.price_open() { sheet.desk.place.today } else { first },
                None,
            ) {
                Ok(proposal) => {
                    let preview = sheet.preview(&state, t, &proposal, feature.track);
                    let form = Form::new(t, data);
                    return sheet.page(&state, frame, StatusCode::OK, form, Some(preview));
                }
                Err(errors) => {
                    let failure = app::Failure::<FeatureRefusal>::Invalid(errors);
                    by_field(refused(failure, t, currency, |why| said(t, currency, why))?, &data)
                }
            }
        }
        Ok(proposal) => {
            let seen = data.field("version").parse().unwrap_or(0);
            let acting = sheet.desk.acting(&frame)?;
            match edit_feature(&state.context, acting, feature.id, seen, proposal).await {
                Ok(()) => {
                    let path = state.paths.one(&slug, "features", number);
                    let said = Flash::good(t.common_saved());
                    return see_other_saying(&path, &said, &state.public_url);
                }
                Err(failure) => {
                    let changed = matches!(failure, app::Failure::Refused(FeatureRefusal::ChangedMeanwhile));
                    let mut refusal = refused(failure, t, currency, |why| said(t, currency, why))?;
                    if changed {
                        refusal.status = StatusCode::CONFLICT;
                    }
                    by_field(refusal, &data)
                }
            }
        }
    };
    let (status, form) = refusal.form(t, data);
    sheet.page(&state, frame, status, form, None)
}

/// Where the refusal of a proposal is shown, and its sentence.
fn said(t: Words, currency: Currency, refusal: &FeatureRefusal) -> (String, String) {
    let field = match refusal {
        FeatureRefusal::NoRound => "place",
        FeatureRefusal::Software(_) => "software",
        FeatureRefusal::ClosingPassed(_) => "closing_on",
        FeatureRefusal::AboveCeiling { .. } | FeatureRefusal::TrackNotUsed(_) => "track",
        FeatureRefusal::Terms(_) | FeatureRefusal::MoneyInside { .. } => "lines",
        _ => "title",
    };
    (field.to_owned(), t.feature_refusal(refusal, currency))
}

/// A bare price stands for its only line, so what is wrong with that line is shown beside the price.
fn by_field(mut refusal: Refused, data: &FormData) -> Refused {
    let bare = data.starting("lines.").all(|(_, value)| value.trim().is_empty());
    for problem in &mut refusal.problems.0 {
        let field = match problem.field.as_str() {
            "lines.0.minimum" | "lines.0.label" | "lines" if bare => "price",
            "lines.0.maximum" if bare => "price_to",
            _ => continue,
        };
        field.clone_into(&mut problem.field);
    }
    refusal
}
