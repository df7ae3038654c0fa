//! Giving a feature another lead: proposed on a page that says what it means, accepted or declined there by the other.

use app::features::leading::{lead_is_there, may_hand_over};
use app::features::{NewLead, answer_lead, hand_over};
use app::{Failure, members};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::{Action, NotAllowed};
use domain::features::{FeatureRefusal, LeadAnswer};
use domain::ids::OrganisationId;
use domain::input::FieldRule;
use store::features::Feature;
use store::features::leads::{self, LeadProposal};

use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Members to choose from.
const MOST: usize = 500;

#[derive(Template)]
#[template(path = "features/lead.html")]
struct LeadPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    now: String,
    /// What awaits its answer.
    open: Option<Proposed>,
    /// The members to whom it may be proposed, for whoever may.
    members: Option<Vec<(String, String)>>,
    back_href: String,
}

/// What is proposed, worded.
struct Proposed {
    id: String,
    /// To whom.
    name: String,
    asks: String,
    waits: String,
    reason: String,
    /// Whether the visitor answers it for the other.
    answers: bool,
}

/// A feature whose lead may change, as a visitor sees it.
struct Handing {
    desk: Desk,
    feature: Feature,
    proposal: Option<LeadProposal>,
    /// Whether the one that leads is a member, and somebody represents it.
    there: bool,
    /// Whether the visitor may propose another.
    proposes: bool,
    /// Whether the visitor answers for the other.
    answers: bool,
}

/// `GET /c/{collective}/features/{number}/lead`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let handing = open(&state, &frame, &slug, number).await?;
    let fresh = visitor.signed_in()?.session.fresh(handing.desk.place.now);
    if (handing.proposes || handing.answers) && fresh == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &state.paths.part(&slug, "features", number, "lead"));
    }
    let form = frame.form(FormData::default());
    page(&state, frame, &handing, (StatusCode::OK, form)).await
}

/// `POST /c/{collective}/features/{number}/lead`: a proposal, or with `answer` what becomes of the one that was seen.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let handing = open(&state, &frame, &slug, number).await?;
    let (t, currency) = (frame.t, handing.desk.currency());
    let session = &visitor.signed_in()?.session;
    if session.fresh(handing.desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &state.paths.part(&slug, "features", number, "lead"));
    }
    let (acting, id) = (handing.desk.acting(&frame)?, handing.feature.id);
    let mut reading = Reading::new(&data, t, currency);
    let done = if let Some(answer) = data.filled("answer") {
        let proposal = reading.parsed("proposal");
        match (proposal, LeadAnswer::parse(answer)) {
            (Some(proposal), Some(answer)) => {
                answer_lead(&state.context, session, acting, id, (proposal, answer))
                    .await
                    .map(|()| Some(answer))
            }
            _ => Err(Failure::field("lead", FieldRule::Unknown)),
        }
    } else {
        match reading.parsed("lead") {
            Some(lead) => {
                let new = NewLead { lead, reason: data.field("reason").to_owned() };
                hand_over(&state.context, session, acting, id, new).await.map(|()| None)
            }
            None => {
                let answer = Refused::unreadable(reading.problems).form(t, data);
                return page(&state, frame, &handing, answer).await;
            }
        }
    };
    let refusal = match done {
        Ok(answer) => return said(&state, &frame, &handing, answer, &data).await,
        Err(failure) => {
            let say = |refusal: &FeatureRefusal| ("lead".to_owned(), t.feature_refusal(refusal, currency));
            refused(failure, t, currency, say)?
        }
    };
    let answer = refusal.form(t, data);
    page(&state, frame, &handing, answer).await
}

/// Back to the feature, saying what was done.
async fn said(
    state: &AppState,
    frame: &Frame,
    handing: &Handing,
    answer: Option<LeadAnswer>,
    data: &FormData,
) -> Result<Response, WebError> {
    let t = frame.t;
    let chosen = || data.filled("lead").and_then(|id| id.parse().ok());
    let lead: Option<OrganisationId> =
        handing.proposal.as_ref().map(|one| one.lead).filter(|_| answer.is_some());
    let mut tx = state.context.db.read().await?;
    let name = match lead.or_else(chosen) {
        Some(lead) => store::organisations::get(&mut tx, lead).await?.map(|row| row.name).unwrap_or_default(),
        None => String::new(),
    };
    drop(tx);
    let said = match answer {
        None => t.features_lead_proposed(&name),
        Some(LeadAnswer::Accepted) => t.features_lead_accepted(&name),
        Some(LeadAnswer::Declined) => t.features_lead_declined().to_owned(),
        Some(LeadAnswer::Withdrawn) => t.features_lead_withdrawn().to_owned(),
    };
    let path = state.paths.one(handing.desk.slug(), "features", handing.feature.number);
    see_other_saying(&path, &Flash::good(said), &state.public_url)
}

/// The feature, while somebody may still lead it. Errors: not signed in, no such feature, neither of those who hand it
/// over nor of those to whom it is proposed.
async fn open(state: &AppState, frame: &Frame, slug: &str, number: i64) -> Result<Handing, WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let feature = feature.filter(|feature| !feature.state.is_end()).ok_or(WebError::NotFound)?;
    let proposal = leads::open(&mut tx, feature.id).await?;
    let there = lead_is_there(&mut tx, &feature, desk.place.today).await?;
    let standing = desk.standing.as_ref();
    let proposes = standing.is_some_and(|standing| may_hand_over(standing, &feature, there));
    let answers = proposal.as_ref().is_some_and(|one| desk.may_for(Action::AcceptLead, one.lead));
    if !proposes && !answers && !desk.may(Action::HandOverLead, Some(feature.lead)) {
        return Err(WebError::Forbidden);
    }
    Ok(Handing { desk, feature, proposal, there, proposes, answers })
}

async fn page(
    state: &AppState,
    frame: Frame,
    handing: &Handing,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let Handing { desk, feature, .. } = handing;
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    let collective = desk.place.collective.id;
    let lead =
        store::organisations::get(&mut tx, feature.lead).await?.map(|row| row.name).unwrap_or_default();
    let title = t.typography(&feature.title).into_owned();
    let open = match &handing.proposal {
        Some(one) => {
            let name = store::organisations::get(&mut tx, one.lead).await?.map(|row| row.name);
            let name = name.unwrap_or_default();
            let day = t.date(desk.place.collective.day(one.proposed_at));
            Some(Proposed {
                id: one.id.to_string(),
                asks: match handing.there {
                    true => t.features_lead_asks(&lead, &name, &title),
                    false => t.features_lead_asks_left(&name, &title),
                },
                waits: t.features_lead_waits(day, &name),
                reason: one.reason.clone(),
                answers: handing.answers,
                name,
            })
        }
        None => None,
    };
    let members = match handing.proposes {
        true => members::listed(&mut tx, collective, desk.place.today, "", "", MOST).await?.members,
        false => Vec::new(),
    };
    drop(tx);
    let back_href = state.paths.one(desk.slug(), "features", feature.number);
    // Nobody proposes their own organisation.
    let own = |id| {
        let held = desk.standing.iter().flat_map(|standing| &standing.mandates);
        held.into_iter().any(|held| held.organisation == id)
    };
    let others = members.into_iter().filter(|member| member.id != feature.lead && !own(member.id));
    let others = others.map(|member| (member.id.to_string(), member.name)).collect();
    let page = LeadPage {
        crumbs: Crumbs {
            t,
            above: vec![(back_href.clone(), title.clone())],
            here: t.features_lead_change().to_owned(),
        },
        form,
        heading: t.features_lead_heading(&title),
        now: t.features_lead_now(lead),
        open,
        members: handing.proposes.then_some(others),
        back_href,
        frame: desk.frame(frame, Section::Features),
    };
    html_with(status, &page)
}
