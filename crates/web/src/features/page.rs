//! The page of a feature: one sentence first, then the gauge, the way, why this price, who, what happened.

use app::features::gathered::ended_funded;
use app::features::page::{FeaturePage, Mine, mine, page};
use app::promises::page::{MyPromise, mine as promised};
use app::promises::takes_promises;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::actor::Action;
use domain::features::{Funding, State as Stage, Track};
use domain::{Currency, Money};
use jiff::ToSpan as _;
use jiff::civil::Date;
use words::Words;

mod asking;
mod changes;
pub(crate) mod discussion;
mod funders;
mod marks;
mod promising;
mod steward;
mod terms;
mod work;

use asking::Ask;
use discussion::{Asked, Discussion};
use promising::stored;
use steward::StewardDesk;

use super::embed::{forum_text, snippet};
use super::led::led_by;
use super::origins;
use super::pictures::Shown;
use super::promise::Promising;
use super::top_up;
use super::way_of;
use crate::cache::cached;
use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::changes::Changes;
use crate::layout::{Crumbs, Form, Frame, Gauge, Legend, Section, Story, Way, html_with};
use crate::markdown::render_markdown;
use crate::place::{Desk, Place};
use crate::state::AppState;
use crate::story::Teller;

#[derive(Template)]
#[template(path = "features/page.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    title: String,
    summary: String,
    address: String,
    tags: Vec<(&'static str, String)>,
    way: Way,
    headline: String,
    until: Option<String>,
    gauge: Option<Gauge>,
    legend: Legend,
    note: Option<String>,
    /// Where its terms are told, and the words of the link.
    terms: Option<(String, &'static str)>,
    stops: Option<&'static str>,
    grid: Option<(String, String)>,
    /// How the work stands, and where it is followed.
    work: Option<(String, String)>,
    /// What came in of what is called.
    called: Option<String>,
    calls: Option<(String, String)>,
    promising: Option<Promising>,
    ask: Option<Ask>,
    /// Why nothing is put here today.
    closed: Option<String>,
    invitation: Option<(String, String)>,
    lines: Vec<LineRow>,
    floor: String,
    maximum: String,
    incomes: Vec<(String, String)>,
    lead: String,
    /// Who can take it up, where nobody leads it any more; with the page where that is proposed.
    take_up: Option<Option<String>>,
    /// Who does the work, under the words that fit where it stands.
    worker: (&'static str, String),
    track: String,
    done_when: String,
    /// Where the team of the software answers, who has no account here.
    upstream: Option<(String, String)>,
    description: String,
    pictures: Vec<Shown>,
    /// The picture that goes with a link to the page elsewhere: its address, what it shows.
    card: Option<(String, String)>,
    story: Story,
    changes: Option<Changes>,
    /// The needs of which it came: address, title, how many organisations.
    origins: Vec<(String, String, String)>,
    discussion: Discussion,
    funders_sentence: String,
    funders: Vec<(String, String)>,
    needers_sentence: String,
    needers: Vec<(String, String)>,
    say_needed: Option<String>,
    withdraw_need: Option<String>,
    steward: Option<StewardDesk>,
    markdown: String,
    snippet: String,
    oembed_href: String,
}

/// A priced line, worded.
struct LineRow {
    label: String,
    minimum: String,
    maximum: String,
}

/// `GET /c/{collective}/features/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (place, of) = (Place::find(&state, &slug).await?, (number, asked.after.unwrap_or(0)));
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| make(&state, place, frame, of, None).await).await
}

/// The page again, with what an act on it refused.
pub(super) async fn again(
    state: &AppState,
    place: Place,
    frame: Frame,
    number: i64,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    html_with(status, &make(state, place, frame, (number, 0), Some(form)).await?)
}

async fn make(
    state: &AppState,
    place: Place,
    frame: Frame,
    (number, after): (i64, i64),
    form: Option<Form>,
) -> Result<Page, WebError> {
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let collective = desk.place.collective.id;
    let mode = desk.pot.fund_mode;
    let seen = page(&mut tx, collective, number, mode, &desk.sight).await?.ok_or(WebError::NotFound)?;
    let (feature, round, today) = (&seen.feature, seen.round.as_ref(), desk.place.today);
    let to_it = takes_promises(feature, mode);
    let promise = match desk.acting_for.filter(|_| to_it && desk.may(Action::Promise, None)) {
        Some(organisation) => {
            Some(promised(&mut tx, feature, round, &desk.rules, organisation, today).await?)
        }
        None => None,
    };
    let mine = match desk.acting_for.filter(|_| !mode.is_promised() && desk.may(Action::Allocate, None)) {
        Some(organisation) => Some(mine(&mut tx, &seen, &desk.rules, organisation, desk.place.today).await?),
        None => None,
    };
    let teller = Teller::gather(&mut tx, state, frame.t, &desk, &seen.story).await?;
    let here = state.paths.one(desk.slug(), "features", number);
    let story = Story { lines: seen.story.iter().map(|event| teller.line(event).off(&here)).collect() };
    let work = work::standing(&mut tx, state, frame.t, &desk, &seen.feature).await?;
    let changes = changes::changes(&mut tx, frame.t, &desk, &seen.feature).await?;
    let on = (feature.id.into(), "features", feature.number, feature.discussion_url.as_str());
    let discussion = discussion::discussion(&mut tx, state, &frame, &desk, on, after).await?;
    let grid = crate::eligibility::warning(&mut tx, state, frame.t, &desk, seen.feature.software).await?;
    let origins = origins::lines(&mut tx, state, frame.t, (desk.slug(), feature.id)).await?;
    let tops_up = top_up::href(&mut tx, state, &desk, &seen.feature).await?.is_some();
    drop(tx);
    let maker = Maker { state, t: frame.t, desk: &desk, page: &seen, number, tops_up };
    let form = form.unwrap_or_else(|| frame.form(maker.first(mine.as_ref(), promise.as_ref())));
    Ok(Page {
        work,
        changes,
        origins,
        grid,
        ..maker.page(frame, form, mine, promise.as_ref(), (story, discussion))
    })
}

/// What the parts of the page are made from.
struct Maker<'a> {
    state: &'a AppState,
    t: Words,
    desk: &'a Desk,
    page: &'a FeaturePage,
    number: i64,
    /// Whether the visitor may top it up by a decision.
    tops_up: bool,
}

impl Maker<'_> {
    /// How the team of the software reaches those who ask for a feature: in its discussion, else by whoever leads it.
    fn upstream(&self) -> Option<(String, String)> {
        let (t, seen) = (self.t, self.page);
        seen.software.as_ref()?;
        let lead = t.typography(&seen.lead);
        match (seen.feature.discussion_url.as_str(), seen.lead_website.as_str()) {
            ("", "") => None,
            ("", website) => Some((website.to_owned(), t.features_upstream_lead(lead))),
            (discussion, _) => Some((discussion.to_owned(), t.features_upstream_discussion().to_owned())),
        }
    }

    fn currency(&self) -> Currency {
        self.desk.currency()
    }

    /// Whether nothing is paid in before the trigger here.
    fn is_promised(&self) -> bool {
        self.desk.pot.fund_mode.is_promised()
    }

    fn short(&self, amount: Money) -> String {
        self.t.money_short(amount, self.currency())
    }

    fn part(&self, part: &str) -> String {
        self.state.paths.part(self.desk.slug(), "features", self.number, part)
    }

    /// What the form first shows: what the organisation has here now.
    fn first(&self, mine: Option<&Mine>, promise: Option<&MyPromise>) -> FormData {
        let track = self.page.feature.track.as_str().to_owned();
        if let Some(promise) = promise {
            let stored = stored(self.t, promise, self.page.feature.state, self.currency());
            return stored.or(FormData::of([("track", track)]));
        }
        // What is added to a triggered feature is asked for alone.
        let here = mine.filter(|_| self.page.feature.state == Stage::Funding).map(|mine| mine.on);
        let on = here.filter(|on| on.is_positive());
        let on = on.map(|on| self.t.money_field(on, self.currency())).unwrap_or_default();
        FormData::of([("amount", on), ("track", track)])
    }

    fn page(
        &self,
        frame: Frame,
        form: Form,
        mine: Option<Mine>,
        promise: Option<&MyPromise>,
        (story, discussion): (Story, Discussion),
    ) -> Page {
        let (t, feature) = (self.t, &self.page.feature);
        let typed = |text: &str| t.typography(text).into_owned();
        let path = self.state.paths.one(self.desk.slug(), "features", self.number);
        let list = self.state.paths.of(self.desk.slug(), "features");
        let address = self.state.public_url.absolute(&path);
        let headline = self.headline();
        Page {
            crumbs: Crumbs {
                t,
                above: vec![(list, t.features_title().to_owned())],
                here: typed(&feature.title),
            },
            title: typed(&feature.title),
            summary: typed(&feature.summary),
            tags: self.tags(),
            way: way_of(self.t, &self.page.feature, self.page.came_from),
            until: (feature.state == Stage::Funding && feature.confirming_since.is_none() && !self.is_over())
                .then(|| t.until(feature.closing_on, self.desk.place.today)),
            gauge: feature.floor.is_positive().then(|| self.gauge()),
            legend: Legend { t, promised: self.desk.pot.fund_mode.is_promised() },
            note: self.noted(),
            terms: self.terms(),
            stops: self.stops(),
            grid: None,
            work: None,
            called: self.called(),
            calls: self.calls(),
            promising: promise.and_then(|mine| self.promising(&frame, &form, mine)),
            ask: mine.as_ref().and_then(|mine| self.ask(mine)),
            closed: self.closed(mine.as_ref()),
            invitation: self.invitation(mine.as_ref()),
            lines: self.lines(),
            floor: t.money(feature.floor, self.currency()),
            maximum: t.money(feature.maximum, self.currency()),
            incomes: self.incomes(),
            lead: led_by(t, feature, (&self.page.lead, self.page.lead_left), self.desk.place.today),
            take_up: self.take_up(),
            worker: self.worker(),
            track: t.features_track_explained(feature.track.as_str()),
            done_when: typed(&feature.done_when),
            upstream: self.upstream(),
            description: render_markdown(&feature.description, self.t, &self.state.paths),
            card: self.page.pictures.first().map(|picture| self.card(picture)),
            pictures: self.page.pictures.iter().map(|row| Shown::of(row, &self.state.paths, t)).collect(),
            story,
            changes: None,
            origins: Vec::new(),
            discussion,
            funders_sentence: self.funders_sentence() + &self.hoped_sentence(),
            funders: self.funders(),
            needers_sentence: t.features_needers_count(self.page.needers.len()),
            needers: self.page.needers.iter().map(|n| (n.name.clone(), typed(&n.words))).collect(),
            say_needed: self.need(false).then(|| self.part("needs")),
            withdraw_need: self.need(true).then(|| {
                self.state.paths.act(self.desk.slug(), "features", self.number, "needs", "withdraw")
            }),
            steward: self.steward(),
            markdown: forum_text(feature, &headline, &address),
            snippet: snippet(&address, &feature.title),
            oembed_href: format!(
                "{}?url={}",
                self.state.public_url.absolute(&self.state.paths.under("/oembed")),
                crate::paths::encoded(&address)
            ),
            headline,
            address,
            form,
            frame: self.desk.frame(frame, Section::Features),
        }
    }

    /// What matters, in one sentence.
    fn headline(&self) -> String {
        let (t, feature) = (self.t, &self.page.feature);
        match feature.state {
            Stage::Funding if feature.confirming_since.is_some() => {
                t.features_headline_confirming().to_owned()
            }
            Stage::Funding if self.is_suspended() && !self.page.missing.is_positive() => {
                t.terms_headline().to_owned()
            }
            Stage::Funding => t.features_headline_missing(self.short(self.page.missing)),
            state if state.is_triggered() => {
                let on = feature.funded_at.map(|at| self.desk.place.collective.day(at));
                match on {
                    Some(day) => t.features_headline_funded(self.short(feature.allocated_total), t.date(day)),
                    None => t.state_name(state),
                }
            }
            state if state.is_before_funding() && feature.floor.is_positive() => {
                t.features_headline_before(self.short(feature.floor))
            }
            state if state.is_before_funding() => t.features_headline_wish().to_owned(),
            Stage::NotFunded if self.is_promised() => t.promise_headline_not_funded().to_owned(),
            Stage::NotFunded => t.features_headline_not_funded().to_owned(),
            state => t.features_headline_ended(t.state_name(state)),
        }
    }

    /// Where the track of a feature with a price ends in this version: said before anybody puts anything there.
    fn stops(&self) -> Option<&'static str> {
        let feature = &self.page.feature;
        let ahead = feature.state == Stage::Funding || feature.state.is_before_funding();
        let priced = ahead && feature.floor.is_positive() && feature.track.is_built();
        (priced && !feature.track.is_complete()).then(|| self.t.features_track_stops())
    }

    /// What returns and when, in one line under the gauge.
    fn note(&self) -> Option<String> {
        let (t, feature) = (self.t, &self.page.feature);
        match feature.state {
            Stage::Funding if self.is_suspended() => Some(self.note_terms()),
            Stage::Funding if feature.confirming_since.is_some() => Some(self.note_confirming()),
            Stage::Funding if self.is_over() => Some(t.features_note_closing().to_owned()),
            Stage::Funding if self.is_promised() => Some(t.promise_note_funding().to_owned()),
            Stage::Funding => Some(self.note_returns()),
            state if state.is_triggered() && self.page.room.is_positive() && self.is_open() => {
                Some(t.features_note_add(self.short(self.page.room)))
            }
            state if state.is_before_funding() && !feature.track.is_built() => {
                Some(t.features_note_not_built().to_owned())
            }
            Stage::Gathering | Stage::Idea if feature.track != Track::Trust => {
                Some(t.features_note_gathering(usize::from(self.desk.rules.needers)))
            }
            Stage::Costing => Some(t.features_note_costing().to_owned()),
            state if ended_funded(state, feature.funded_at) => Some(self.note_ended()),
            _ => None,
        }
    }

    /// Who confirms, until when, and what holds meanwhile.
    fn note_confirming(&self) -> String {
        match self.last_to_confirm() {
            Some(day) => self.t.features_note_confirming(self.t.until(day, self.desk.place.today)),
            None => self.t.features_meta_confirming().to_owned(),
        }
    }

    /// The last day on which a steward may still answer.
    fn last_to_confirm(&self) -> Option<Date> {
        let at = self.page.confirmed_at?.checked_sub(1.microsecond()).ok()?;
        Some(self.desk.place.collective.day(at))
    }

    /// Whether its last day has passed.
    fn is_over(&self) -> bool {
        self.page.feature.closing_on < self.desk.place.today
    }

    /// Whether money may move today.
    fn is_open(&self) -> bool {
        self.funding().open(self.desk.place.today).is_ok()
    }

    /// Why the organisation acted for can't put anything here today, where it might expect to.
    fn closed(&self, mine: Option<&Mine>) -> Option<String> {
        let feature = &self.page.feature;
        let takes = feature.state == Stage::Funding || feature.state.is_triggered();
        let why = mine.filter(|_| takes && feature.confirming_since.is_none())?.closed?;
        Some(self.t.funding_refusal(&why, self.currency()))
    }

    fn gauge(&self) -> Gauge {
        let feature = &self.page.feature;
        Gauge {
            t: self.t,
            currency: self.currency(),
            received: self.page.levels.received,
            firm: self.page.levels.firm,
            hoped: self.page.levels.hoped,
            floor: feature.floor,
            top: feature.maximum,
        }
    }

    fn funding(&self) -> Funding {
        app::features::page::funding_of(&self.page.feature, self.page.round.as_ref(), &self.desk.rules)
    }

    fn lines(&self) -> Vec<LineRow> {
        let money = |amount| self.t.money(amount, self.currency());
        let row = |line: &domain::features::Line| LineRow {
            label: self.t.typography(&line.label).into_owned(),
            minimum: money(line.minimum),
            maximum: money(line.maximum),
        };
        self.page.lines.iter().map(row).collect()
    }

    fn incomes(&self) -> Vec<(String, String)> {
        let money = |amount| self.t.money(amount, self.currency());
        self.page.incomes.iter().map(|income| (income.label.clone(), money(income.amount))).collect()
    }

    /// Whether the organisation acted for may say that it needs this, or take it back.
    fn need(&self, withdraw: bool) -> bool {
        let feature = &self.page.feature;
        let Some(organisation) = self.desk.acting_for else { return false };
        let said = self.page.needers.iter().any(|needer| needer.organisation == organisation);
        let may = self.desk.may(Action::SayNeeded, None) && organisation != feature.lead;
        may && !feature.state.is_end() && said == withdraw
    }
}
