//! The terms under which a feature is funded: their versions, taking one's share back where they have changed, and
//! announcing new ones.

use app::Failure;
use app::features::fuller_tracks;
use app::features::new_terms::{NewTerms, Preview, change_terms, may_change, preview_terms};
use app::promises::takes_promises;
use app::rounds::page::my_share;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::features::proposal::limits;
use domain::features::{Covered, FeatureRefusal, Line, is_suspended};
use domain::promises::PromiseOn;
use domain::{Currency, Money};
use store::Tx;
use store::features::Feature;
use store::features::terms::{Version, versions};
use words::Words;

use super::proposal::{Row, line_fields, read_lines, rows};
use super::top_up;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, Place, key_of, new_key};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Versions that the page shows.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "features/terms.html")]
struct TermsPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    /// Until when money may be taken back, where the terms have changed.
    note: Option<String>,
    reason: Option<String>,
    mine: Option<TakeBack>,
    /// Where somebody signs in to take a share back.
    sign_in: Option<String>,
    /// What the terms that were typed would do.
    effect: Option<Effect>,
    new: Option<NewForm>,
    /// Where another track is chosen, where the price is above what its own goes up to.
    track: Option<TrackNote>,
    /// Why whoever leads can't change them now.
    closed: Option<String>,
    versions: Vec<VersionRow>,
    /// Where more is added by decision.
    top_up: Option<String>,
    back_href: String,
}

/// What the organisation acted for may take back.
struct TakeBack {
    held: String,
    action: String,
    acts_as: Option<String>,
    key: String,
    seen: i64,
    promised: bool,
    hint: &'static str,
    button: String,
}

/// What new terms would do, with what was typed to announce it.
struct Effect {
    sentences: Vec<String>,
    fields: Vec<(String, String)>,
}

/// Who chooses another track; with a link where it is the visitor.
struct TrackNote {
    sentence: &'static str,
    href: Option<String>,
}

/// The form of new terms.
struct NewForm {
    lead: String,
    days: String,
    key: String,
    version: String,
    unit: String,
    closing_hint: String,
    lines: Vec<Row>,
}

/// A version, worded.
struct VersionRow {
    version: i64,
    since: String,
    floor: String,
    maximum: String,
    closing: String,
    reason: String,
}

/// A feature whose terms a visitor looks at.
struct Sheet {
    desk: Desk,
    feature: Feature,
    lines: Vec<Line>,
    versions: Vec<Version>,
    /// What the organisation acted for has there, and its name.
    mine: Option<(Money, String)>,
    /// Whether the visitor may announce new ones, and how many days the rules give; else why not.
    announces: Option<Result<u16, FeatureRefusal>>,
    /// Where it is topped up by decision, for whoever may.
    top_up: Option<String>,
}

impl Sheet {
    async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<Self, WebError> {
        let place = Place::find(state, slug).await?;
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, frame).await?;
        let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
        let feature = feature.filter(|feature| feature.terms_version > 0).ok_or(WebError::NotFound)?;
        let announces = match desk.may(Action::ChangeTerms, Some(feature.lead)) {
            false => None,
            true => match may_change(&mut tx, &feature, desk.place.today).await {
                Ok(standing) => Some(Ok(standing.days)),
                Err(Failure::Refused(why)) => Some(Err(why)),
                Err(failure) => return Err(failure.into()),
            },
        };
        Ok(Self {
            lines: store::features::lines(&mut tx, feature.id).await?,
            versions: versions(&mut tx, feature.id, SHOWN).await?,
            mine: held(&mut tx, &desk, &feature).await?,
            announces,
            top_up: top_up::href(&mut tx, state, &desk, &feature).await?,
            desk,
            feature,
        })
    }

    fn is_suspended(&self) -> bool {
        is_suspended(self.feature.suspended_until, self.desk.place.today)
    }

    fn page(
        self,
        state: &AppState,
        frame: Frame,
        (status, form): (StatusCode, Form),
        effect: Option<Effect>,
        above: bool,
    ) -> Result<Response, WebError> {
        let (t, currency, today) = (frame.t, self.desk.currency(), self.desk.place.today);
        let back_href = state.paths.one(self.desk.slug(), "features", self.feature.number);
        let title = t.typography(&self.feature.title).into_owned();
        let suspended = self.is_suspended();
        let newest = self.versions.first().filter(|_| suspended);
        let asks = suspended && self.desk.standing.is_none();
        html_with(
            status,
            &TermsPage {
                crumbs: Crumbs {
                    t,
                    above: vec![(back_href.clone(), title.clone())],
                    here: t.terms_title().to_owned(),
                },
                heading: t.terms_heading(title),
                note: newest.map(|newest| {
                    let on = self.desk.place.collective.day(newest.created_at);
                    t.terms_note(t.date(on), t.until(newest.suspended_until.unwrap_or(today), today))
                }),
                reason: newest.map(|newest| t.terms_why(t.typography(&newest.reason))),
                mine: self.take_back(state, t, &frame),
                sign_in: asks.then(|| frame.sign_in_href()),
                new: self.form(state, t, &form),
                track: above.then(|| self.track(t, &back_href)),
                closed: match &self.announces {
                    Some(Err(why)) => Some(t.feature_refusal(why, currency)),
                    _ => None,
                },
                versions: self.versions.iter().map(|one| self.row(t, one)).collect(),
                top_up: self.top_up,
                effect,
                form,
                back_href,
                frame: self.desk.frame(frame, Section::Features),
            },
        )
    }

    fn take_back(&self, state: &AppState, t: Words, frame: &Frame) -> Option<TakeBack> {
        let (amount, name) = self.mine.as_ref().filter(|_| self.is_suspended())?;
        let promised = takes_promises(&self.feature, self.desk.pot.fund_mode);
        let money = t.money(*amount, self.desk.currency());
        let part = if promised { "promise" } else { "allocation" };
        Some(TakeBack {
            held: t.terms_held(&money, t.typography(name)),
            action: state.paths.part(self.desk.slug(), "features", self.feature.number, part),
            acts_as: self.desk.acting_for.or(frame.acts_as).map(|organisation| organisation.to_string()),
            key: new_key(state),
            seen: amount.minor(),
            promised,
            hint: if promised { t.terms_take_back_promise_hint() } else { t.terms_take_back_hint() },
            button: t.terms_take_back(money),
        })
    }

    fn form(&self, state: &AppState, t: Words, form: &Form) -> Option<NewForm> {
        let days = match &self.announces {
            Some(Ok(days)) => *days,
            _ => return None,
        };
        let data = form.data();
        let version = data.filled("version").map_or_else(|| self.feature.version.to_string(), str::to_owned);
        let round = self.desk.round.as_ref().filter(|round| self.feature.round == Some(round.id));
        Some(NewForm {
            lead: t.terms_new_lead(t.money(self.feature.allocated_total, self.desk.currency())),
            days: t.terms_new_days(days),
            key: key_of(state, form),
            version,
            unit: t.currency_sign(self.desk.currency()),
            closing_hint: match round {
                Some(round) => t.features_form_closing_round(t.date(round.closes_on), round.number),
                None => String::new(),
            },
            lines: rows(data, "lines", limits::LINES),
        })
    }

    fn track(&self, t: Words, feature_href: &str) -> TrackNote {
        if fuller_tracks(&self.feature, &self.desk.rules).is_empty() {
            return TrackNote { sentence: t.terms_track_none(), href: None };
        }
        match self.desk.may(Action::StewardFeature, Some(self.feature.lead)) {
            true => {
                TrackNote { sentence: t.terms_track_yours(), href: Some(format!("{feature_href}#steward")) }
            }
            false => TrackNote { sentence: t.terms_track_theirs(), href: None },
        }
    }

    fn row(&self, t: Words, one: &Version) -> VersionRow {
        let money = |amount| t.money(amount, self.desk.currency());
        VersionRow {
            version: one.version,
            since: t.date(self.desk.place.collective.day(one.created_at)),
            floor: money(one.floor),
            maximum: money(one.maximum),
            closing: t.date(one.closing_on),
            reason: match one.decided_by {
                Some(number) => t.terms_reason_decided(number, t.typography(&one.reason)),
                None => t.typography(&one.reason).into_owned(),
            },
        }
    }

    /// What new terms would do, in sentences.
    fn effect(&self, t: Words, preview: &Preview, data: &FormData) -> Effect {
        let (feature, today) = (&self.feature, self.desk.place.today);
        let money = |amount| t.money(amount, self.desk.currency());
        let closing = preview.new.closing_on;
        let then = match preview.covered {
            Covered::NotYet { missing } => t.terms_preview_missing(money(missing)),
            Covered::Triggers => t.terms_preview_covered().to_owned(),
            Covered::AsksConfirmation { .. } => t.terms_preview_asks().to_owned(),
        };
        let sentences = [
            (preview.floor != feature.floor)
                .then(|| t.terms_preview_floor(money(preview.floor), money(feature.floor))),
            (preview.maximum != feature.maximum)
                .then(|| t.terms_preview_maximum(money(preview.maximum), money(feature.maximum))),
            (closing != feature.closing_on)
                .then(|| t.terms_preview_closing(t.date(closing), t.date(feature.closing_on))),
            Some(t.terms_preview_until(t.until(preview.until, today))),
            Some(t.terms_preview_suspended().to_owned()),
            Some(then),
        ];
        let mut fields = line_fields(&preview.new.lines, t, self.desk.currency());
        fields.push(("closing_on".to_owned(), closing.to_string()));
        fields.push(("reason".to_owned(), preview.new.reason.clone()));
        for name in ["for", "key", "version"] {
            fields.extend(data.filled(name).map(|value| (name.to_owned(), value.to_owned())));
        }
        Effect { sentences: sentences.into_iter().flatten().collect(), fields }
    }
}

/// What the organisation acted for has on a feature that it may take back, and its name.
async fn held(tx: &mut Tx, desk: &Desk, feature: &Feature) -> Result<Option<(Money, String)>, WebError> {
    let Some(organisation) = desk.acting_for.filter(|_| desk.may(Action::Allocate, None)) else {
        return Ok(None);
    };
    let mode = desk.pot.fund_mode;
    let on = match takes_promises(feature, mode) {
        true => {
            let promise = store::promises::of(tx, PromiseOn::Feature(feature.id), organisation).await?;
            promise.map(|promise| promise.firm).unwrap_or_default()
        }
        false => my_share(tx, (feature.pot, mode), None, organisation).await?.holdings.on(feature.id),
    };
    let name = store::organisations::get(tx, organisation).await?.map(|row| row.name);
    Ok(name.filter(|_| on.is_positive()).map(|name| (on, name)))
}

fn read(data: &FormData, t: Words, currency: Currency) -> Result<NewTerms, Refused> {
    let mut reading = Reading::new(data, t, currency);
    let lines = read_lines(data, &mut reading, t.features_form_one_line());
    let closing_on = reading.date("closing_on");
    match closing_on.filter(|_| reading.problems.is_empty()) {
        Some(closing_on) => Ok(NewTerms { lines, closing_on, reason: data.field("reason").to_owned() }),
        None => Err(Refused::unreadable(reading.problems)),
    }
}

/// `GET /c/{collective}/features/{number}/terms`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, &slug, number).await?;
    let mut fields = line_fields(&sheet.lines, frame.t, sheet.desk.currency());
    fields.push(("closing_on".to_owned(), sheet.feature.closing_on.to_string()));
    let form = frame.form(FormData::of(fields));
    sheet.page(&state, frame, (StatusCode::OK, form), None, false)
}

/// `POST /c/{collective}/features/{number}/terms`: what new terms would do; with `announce`, they are announced.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, sheet.desk.currency());
    let acting = sheet.desk.acting(&frame)?;
    if sheet.announces.is_none() {
        return Err(WebError::Forbidden);
    }
    if data.has("back", "yes") {
        let form = Form::new(t, data);
        return sheet.page(&state, frame, (StatusCode::OK, form), None, false);
    }
    let mut above = false;
    let mut say = |why: &FeatureRefusal| {
        above = matches!(why, FeatureRefusal::AboveCeiling { .. });
        ("lines".to_owned(), t.feature_refusal(why, currency))
    };
    let (context, id) = (&state.context, sheet.feature.id);
    let refusal = match read(&data, t, currency) {
        Err(unreadable) => unreadable,
        Ok(new) if data.has("announce", "yes") => {
            let seen = data.field("version").parse().unwrap_or(0);
            let acting = app::Acting { key: data.key(), ..acting };
            match change_terms(context, acting, id, seen, new).await {
                Ok(until) => {
                    let path = state.paths.one(&slug, "features", number);
                    let said = t.terms_announced(t.until(until, sheet.desk.place.today));
                    return see_other_saying(&path, &Flash::good(said), &state.public_url);
                }
                Err(failure) => refused(failure, t, currency, &mut say)?,
            }
        }
        Ok(new) => match preview_terms(context, id, new).await {
            Ok(preview) => {
                let effect = sheet.effect(t, &preview, &data);
                let form = Form::new(t, data);
                return sheet.page(&state, frame, (StatusCode::OK, form), Some(effect), false);
            }
            Err(failure) => refused(failure, t, currency, &mut say)?,
        },
    };
    let answer = refusal.form(t, data);
    sheet.page(&state, frame, answer, None, above)
}
