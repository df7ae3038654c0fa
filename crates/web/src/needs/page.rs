//! The page of a need: how many need it, why, by which ways it could come, what became of it, the discussion.

use app::needs::{self as uses, MOST_SUPPORTERS};
use app::visibility::know;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::actor::Action;
use domain::needs::{ApproachState, NeedState, limits};
use domain::visibility::Veil;
use serde::Deserialize;
use serde_json::Value;
use store::Tx;
use store::needs::NeedRow;
use store::needs::approaches::ApproachRow;
use store::needs::features::Came;
use store::needs::supports::SupportRow;
use words::Words;

use super::form::{helps, strengths};
use super::mark;
use super::merge::Merging;
use crate::cache::cached;
use crate::error::WebError;
use crate::extract::FormData;
use crate::features::discussion::{Asked, Discussion, discussion};
use crate::layout::changes::{Changes, text};
use crate::layout::{Crumbs, Form, Frame, Section, Story, html_with};
use crate::markdown::render_markdown;
use crate::place::{Desk, Place};
use crate::reading::Refused;
use crate::state::AppState;
use crate::story::Teller;

/// Events that the page tells.
const STORY: u16 = 50;
/// Letters of the text that the forum and cards show.
const EXCERPT: usize = 300;

#[derive(Template)]
#[template(path = "needs/page.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    title: String,
    headline: String,
    mark: &'static str,
    state: String,
    /// Why it stands there, and who wrote it.
    state_reason: String,
    software: Option<(String, String)>,
    /// Whether the software's team wants no funded requests.
    opted_out: bool,
    by: String,
    why: String,
    links: Vec<String>,
    approaches: Vec<ApproachLine>,
    add_approach: Option<String>,
    features: Vec<(String, String, String)>,
    open_feature: Option<String>,
    supporters: Vec<SupporterLine>,
    sums: Vec<(&'static str, String)>,
    say: Option<String>,
    /// Whether the visitor's organisation said that it needs it.
    said: bool,
    withdraw: Option<String>,
    strengths: Vec<(String, String)>,
    helps: Vec<(&'static str, String)>,
    intends: bool,
    unit: String,
    /// It is no form of a new need.
    is_new: bool,
    follow: Option<(String, bool)>,
    edit_href: Option<String>,
    /// Where it is parked, and where it is said to have an answer.
    turns: Option<(String, String)>,
    wake: Option<String>,
    merging: Merging,
    story: Story,
    changes: Option<Changes>,
    discussion: Discussion,
    markdown: String,
    excerpt: String,
    address: String,
}

/// An approach, worded.
struct ApproachLine {
    number: i64,
    kind: String,
    title: String,
    body: String,
    url: String,
    facts: Vec<(&'static str, String)>,
    state: Option<String>,
    reason: String,
    evidence: Vec<String>,
    edit_href: Option<String>,
}

/// An organisation that needs it, worded.
struct SupporterLine {
    name: String,
    href: String,
    said: String,
    words: String,
    amount: Option<String>,
    help: String,
}

/// Everything that the page is made from.
struct Sheet {
    desk: Desk,
    need: NeedRow,
    links: Vec<String>,
    supporters: Vec<SupportRow>,
    approaches: Vec<ApproachRow>,
    features: Vec<Came>,
    veil: Veil,
    follows: bool,
}

impl Sheet {
    async fn read(tx: &mut Tx, (desk, need): (Desk, NeedRow), frame: &Frame) -> Result<Self, WebError> {
        let supporters = store::needs::supports::of_need(tx, need.id, MOST_SUPPORTERS).await?;
        let about = supporters.iter().map(|row| (row.organisation, None));
        let veil = know(tx, desk.place.collective.id, &desk.sight.veil, about).await?;
        Ok(Self {
            links: store::needs::links(tx, need.id).await?,
            approaches: store::needs::approaches::of_need(tx, need.id, limits::APPROACHES).await?,
            features: store::needs::features::of_need(tx, need.id).await?,
            follows: match frame.person() {
                Some(person) => store::needs::follows(tx, need.id, person.person()).await?,
                None => false,
            },
            supporters,
            veil,
            desk,
            need,
        })
    }

    fn mine(&self) -> Option<&SupportRow> {
        let own = self.desk.acting_for?;
        self.supporters.iter().find(|row| row.organisation == own)
    }

    /// What the form of one's own support first shows.
    fn first(&self, t: Words) -> FormData {
        let mut fields = Vec::new();
        if let Some(mine) = self.mine() {
            fields.push(("strength", mine.strength.to_string()));
            fields.push(("users", mine.users.map(|users| users.to_string()).unwrap_or_default()));
            fields.push(("words", mine.words.clone()));
            let amount = mine.amount.map(|amount| t.money_field(amount, self.desk.currency()));
            fields.push(("amount", amount.unwrap_or_default()));
            fields.extend(mine.help.iter().map(|help| ("help", help.as_str().to_owned())));
        } else {
            fields.push(("strength", "3".to_owned()));
        }
        FormData::of(fields)
    }

    fn approach(&self, t: Words, state: &AppState, row: &ApproachRow, writes: bool) -> ApproachLine {
        let typed = |text: &str| t.typography(text).into_owned();
        let currency = self.desk.currency();
        let price = row.price_from.zip(row.price_to).map(|(from, to)| match from == to {
            true => t.money_short(from, currency),
            false => t.needs_price_range(t.money_short(from, currency), t.money_short(to, currency)),
        });
        let facts = [
            (t.needs_approach_known_by(), (!row.known_by.is_empty()).then(|| typed(&row.known_by))),
            (t.needs_approach_price(), price),
            (
                t.needs_approach_maintained_by(),
                (!row.maintained_by.is_empty()).then(|| typed(&row.maintained_by)),
            ),
        ];
        ApproachLine {
            number: row.number,
            kind: t.needs_approach_kind(row.kind.as_str()),
            title: typed(&row.title),
            body: render_markdown(&row.body, t, &state.paths),
            url: row.url.clone(),
            facts: facts.into_iter().filter_map(|(label, told)| Some((label, told?))).collect(),
            state: (row.state != ApproachState::Open).then(|| t.needs_approach_state(row.state.as_str())),
            reason: typed(&row.state_reason),
            evidence: row.evidence.lines().map(str::to_owned).collect(),
            edit_href: writes.then(|| {
                state.paths.act(self.desk.slug(), "needs", self.need.number, "approaches", row.number)
            }),
        }
    }

    fn supporter(&self, t: Words, state: &AppState, row: &SupportRow) -> SupporterLine {
        let mut said = vec![t.needs_strength_of(row.strength)];
        if let Some(users) = row.users {
            said.push(t.needs_users_sum(t.number(users), users));
        }
        let told = row.amount.filter(|_| self.veil.tells(row.organisation));
        let help: Vec<String> = row.help.iter().map(|help| t.needs_help(help.as_str())).collect();
        SupporterLine {
            name: t.typography(&row.name).into_owned(),
            href: state.paths.one(self.desk.slug(), "members", &row.slug),
            said: said.join(" · "),
            words: t.typography(&row.words).into_owned(),
            amount: told.map(|amount| t.needs_would_put(t.money_short(amount, self.desk.currency()))),
            help: if help.is_empty() { String::new() } else { t.needs_could(help.join(", ")) },
        }
    }

    /// The sums over all: organisations, strength, users, what those would put whose amounts are told.
    fn sums(&self, t: Words) -> Vec<(&'static str, String)> {
        let told = self.supporters.iter().filter(|row| self.veil.tells(row.organisation));
        let told = domain::Money::sum(told.filter_map(|row| row.amount)).unwrap_or_default();
        let hidden =
            self.supporters.iter().any(|row| row.amount.is_some() && !self.veil.tells(row.organisation));
        let mut sums = vec![(t.needs_sum_strength(), t.number(self.need.strength))];
        if self.need.users > 0 {
            sums.push((t.needs_sum_users(), t.number(self.need.users)));
        }
        if told.is_positive() || hidden {
            let told = t.money_short(told, self.desk.currency());
            sums.push((t.needs_sum_amount(), if hidden { t.needs_sum_more(told) } else { told }));
        }
        sums
    }

    fn page(
        &self,
        state: &AppState,
        (frame, form): (Frame, Form),
        (story, changes, discussion): (Story, Option<Changes>, Discussion),
    ) -> Page {
        let (t, need, slug) = (frame.t, &self.need, self.desk.slug());
        let path = state.paths.one(slug, "needs", need.number);
        let address = state.public_url.absolute(&path);
        let title = t.typography(&need.title).into_owned();
        let live = need.state.is_live();
        let writes = live && self.desk.may(Action::WriteNeed, None);
        let edits = self.desk.may(Action::EditNeed, need.organisation);
        let says = live && self.desk.may(Action::SayNeeded, None);
        let excerpt: String = need.why.chars().take(EXCERPT).collect();
        let headline = t.needs_supporters(need.supporters);
        Page {
            crumbs: Crumbs {
                t,
                above: vec![(state.paths.of(slug, "needs"), t.needs_title().to_owned())],
                here: title.clone(),
            },
            mark: mark(need.state),
            state: t.needs_state(need.state.as_str()),
            state_reason: t.typography(&need.state_reason).into_owned(),
            software: need.software_name.as_ref().zip(need.software_slug.as_ref()).map(|(name, software)| {
                (state.paths.one(slug, "software", software), t.typography(name).into_owned())
            }),
            opted_out: need.opted_out == Some(true),
            by: self.by(t),
            why: render_markdown(&need.why, t, &state.paths),
            links: self.links.clone(),
            approaches: self.approaches.iter().map(|row| self.approach(t, state, row, writes)).collect(),
            add_approach: writes.then(|| state.paths.act(slug, "needs", need.number, "approaches", "new")),
            features: self
                .features
                .iter()
                .map(|row| {
                    let href = state.paths.one(slug, "features", row.number);
                    (href, t.typography(&row.title).into_owned(), t.state_name(row.state))
                })
                .collect(),
            open_feature: (live
                && need.opted_out != Some(true)
                && self.desk.may(Action::ProposeFeature, None))
            .then(|| format!("{}?needs={}", state.paths.one(slug, "features", "new"), need.number)),
            supporters: self.supporters.iter().map(|row| self.supporter(t, state, row)).collect(),
            sums: self.sums(t),
            say: says.then(|| state.paths.part(slug, "needs", need.number, "support")),
            said: self.mine().is_some(),
            withdraw: self
                .mine()
                .filter(|_| says)
                .map(|_| state.paths.act(slug, "needs", need.number, "support", "withdraw")),
            strengths: strengths(t),
            helps: helps(t),
            intends: self.desk.may(Action::IntendAmount, None),
            unit: t.currency_sign(self.desk.currency()),
            is_new: false,
            follow: self
                .desk
                .is_member()
                .then(|| (state.paths.part(slug, "needs", need.number, "following"), self.follows)),
            edit_href: (live && edits).then(|| format!("{path}/edit")),
            turns: (need.state == NeedState::Open && edits)
                .then(|| (format!("{path}/turn/park"), format!("{path}/turn/answer"))),
            wake: (matches!(need.state, NeedState::Parked | NeedState::Answered)
                && self.desk.may(Action::WriteNeed, None))
            .then(|| format!("{path}/turn/wake")),
            merging: Merging::default(),
            story,
            changes,
            discussion,
            markdown: format!("**[{}]({address})**\n\n{headline}\n\n{excerpt}", need.title),
            headline,
            excerpt,
            address,
            title,
            form,
            frame: self.desk.frame(frame, Section::Needs),
        }
    }

    /// Who wrote it: the organisation, and for members the person.
    fn by(&self, t: Words) -> String {
        let day = t.date(self.desk.place.collective.day(self.need.created_at));
        let organisation = self.need.organisation_name.as_deref().map(|name| t.typography(name).into_owned());
        match organisation {
            Some(organisation) if self.desk.is_member() => {
                t.needs_by_person(day, organisation, &self.need.author_name)
            }
            Some(organisation) => t.needs_by(day, organisation),
            None => t.needs_by_guest(day, t.typography(&self.need.author_name)),
        }
    }
}

async fn made(
    tx: &mut Tx,
    state: &AppState,
    frame: Frame,
    sheet: Sheet,
    (form, after): (Option<Form>, i64),
) -> Result<Page, WebError> {
    let (t, desk, need) = (frame.t, &sheet.desk, &sheet.need);
    let before = desk.sight.past.events_before(None);
    let events = store::events::of_subject(tx, need.id.into(), !desk.is_member(), before, STORY).await?;
    let teller = Teller::gather(tx, state, t, desk, &events).await?;
    let here = state.paths.one(desk.slug(), "needs", need.number);
    let story = Story { lines: events.iter().map(|event| teller.line(event).off(&here)).collect() };
    let changes = uses::changes(tx, need).await?;
    let changes = Changes::of(tx, t, desk, &changes, |field, value| worded(t, field, value)).await?;
    let on = (need.id.into(), "needs", need.number, need.discussion_url.as_str());
    let discussion = discussion(tx, state, &frame, desk, on, after).await?;
    let merging = Merging::of(tx, state, &frame, desk, need).await?;
    let form = form.unwrap_or_else(|| frame.form(sheet.first(t)));
    Ok(Page { merging, ..sheet.page(state, (frame, form), (story, changes, discussion)) })
}

fn worded(t: Words, field: &str, value: &Value) -> Option<(String, String)> {
    let label = match field {
        "title" => t.needs_form_title(),
        "why" => t.needs_form_why(),
        "software" => t.needs_form_software(),
        "links" => t.needs_form_links(),
        "discussion_url" => t.needs_form_discussion(),
        _ => return None,
    };
    Some((label.to_owned(), text(value)))
}

/// Whether the page of a need that was merged is asked for as it was left.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Left {
    merged: Option<String>,
}

/// `GET /c/{collective}/needs/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
    Query(left): Query<Left>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    // What was merged lives on elsewhere: its old address leads there.
    let mut tx = state.context.db.read().await?;
    let merged = store::needs::by_number(&mut tx, place.collective.id, number).await?;
    let into = match merged.and_then(|need| need.merged_into) {
        Some(into) if left.merged.is_none() => {
            let end = store::needs::merging::end_of(&mut tx, into).await?;
            store::needs::get(&mut tx, end).await?
        }
        _ => None,
    };
    drop(tx);
    if let Some(into) = into {
        return Ok(Redirect::temporary(&state.paths.one(&slug, "needs", into.number)).into_response());
    }
    let edition = place.edition();
    let after = asked.after.unwrap_or(0);
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let need = super::shown(&mut tx, &desk, number).await?;
        let sheet = Sheet::read(&mut tx, (desk, need), &frame).await?;
        made(&mut tx, &state, frame, sheet, (None, after)).await
    })
    .await
}

/// The page again, with what was typed and what is wrong with it.
pub(crate) async fn again(
    state: &AppState,
    frame: Frame,
    at: (&str, i64),
    refusal: Refused,
    data: FormData,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let found = super::open(state, &mut tx, &frame, at).await?;
    let sheet = Sheet::read(&mut tx, found, &frame).await?;
    // What another form of the page holds is shown as it is stored.
    let data = if data.sends("strength") { data } else { data.or(sheet.first(frame.t)) };
    let (status, form) = refusal.form(frame.t, data);
    html_with(status, &made(&mut tx, state, frame, sheet, (Some(form), 0)).await?)
}
