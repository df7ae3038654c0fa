//! Two needs that are the same: proposing that one be merged into the other, answering, parting them again.

use app::Failure;
use app::needs::merging::{self, Answer, Pair};
use app::search::{Eyes, similar};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::merging::silent_at;
use domain::search::Text;
use store::Tx;
use store::needs::NeedRow;

use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::{Refused, refused};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "needs/merge.html")]
struct MergePage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    title: String,
    /// Those that are like it: number and title.
    like: Vec<(String, String)>,
    /// What happens once it is proposed.
    then: &'static str,
}

/// A need that somebody would merge, with those like it.
struct Sheet {
    desk: Desk,
    need: NeedRow,
    like: Vec<(String, String)>,
}

impl Sheet {
    async fn open(state: &AppState, frame: &Frame, (slug, number): (&str, i64)) -> Result<Self, WebError> {
        if frame.person().is_none() {
            return Err(WebError::SignIn);
        }
        let mut tx = state.context.db.read().await?;
        let (desk, need) = super::open(state, &mut tx, frame, (slug, number)).await?;
        if !need.state.is_live() || !desk.may(Action::ProposeMerge, None) {
            return Err(WebError::Forbidden);
        }
        let text = Text {
            title: need.title.clone(),
            body: need.why.clone(),
            software: need.software_name.clone().unwrap_or_default(),
            links: store::needs::links(&mut tx, need.id).await?,
        };
        let found =
            similar(&mut tx, desk.place.collective.id, Eyes::Members, &text, Some(need.id.into())).await?;
        let like = found
            .into_iter()
            .map(|one| {
                let title = frame.t.typography(&one.hit.row.title).into_owned();
                (one.hit.row.number.to_string(), format!("{} · {title}", one.hit.row.number))
            })
            .collect();
        Ok(Self { desk, need, like })
    }

    fn page(
        self,
        state: &AppState,
        frame: Frame,
        status: StatusCode,
        form: Form,
    ) -> Result<Response, WebError> {
        let (t, slug) = (frame.t, self.desk.slug().to_owned());
        let title = t.typography(&self.need.title).into_owned();
        let yours = self.need.organisation.is_some() && self.desk.acting_for == self.need.organisation;
        html_with(
            status,
            &MergePage {
                crumbs: Crumbs {
                    t,
                    above: vec![
                        (state.paths.of(&slug, "needs"), t.needs_title().to_owned()),
                        (state.paths.one(&slug, "needs", self.need.number), title.clone()),
                    ],
                    here: t.merging_title().to_owned(),
                },
                then: if yours { t.merging_yours() } else { t.merging_asks() },
                like: self.like,
                title,
                form,
                frame: self.desk.frame(frame, Section::Needs),
            },
        )
    }
}

/// `GET /c/{collective}/needs/{number}/merge`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, (&slug, number)).await?;
    let first = sheet.like.first().map(|(number, _)| number.clone()).unwrap_or_default();
    let form = frame.form(FormData::of([("target", first)]));
    sheet.page(&state, frame, StatusCode::OK, form)
}

/// The number of a need as somebody types it: itself, or the address of its page.
fn number_of(typed: &str) -> Option<i64> {
    let typed = typed.trim().trim_end_matches('/');
    let path = typed.split(['?', '#']).next().unwrap_or(typed);
    path.rsplit('/').next()?.parse().ok()
}

/// `POST /c/{collective}/needs/{number}/merge`
pub(crate) async fn propose(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, (&slug, number)).await?;
    let (t, currency, acting) = (frame.t, sheet.desk.currency(), sheet.desk.acting(&frame)?);
    let typed = data.filled("into").or_else(|| data.filled("target")).unwrap_or_default();
    let collective = sheet.desk.place.collective.id;
    let result = match number_of(typed) {
        None => Err(Failure::NotFound),
        Some(target) => {
            let pair = Pair { collective, source: number, target };
            merging::propose(&state.context, acting, pair, data.field("reason")).await
        }
    };
    let refusal = match result {
        Ok(done) => {
            let said = if done { t.merging_done() } else { t.merging_proposed() };
            let path = state.paths.one(&slug, "needs", number);
            return see_other_saying(&path, &Flash::good(said), &state.public_url);
        }
        Err(Failure::NotFound) => {
            let mut problems = crate::layout::Problems::default();
            problems.add("into", t.merging_target_unknown());
            Refused::unreadable(problems)
        }
        Err(failure) => {
            refused(failure, t, currency, |why| ("into".to_owned(), t.merge_refusal(*why).to_owned()))?
        }
    };
    let (status, form) = refusal.form(t, data);
    sheet.page(&state, frame, status, form)
}

/// `POST /c/{collective}/needs/{number}/merge/{answer}`
pub(crate) async fn answer(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, answer)): Path<(String, i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let answer_given = Answer::parse(&answer).ok_or(WebError::NotFound)?;
    let frame = frame.acting_as_said_in(&data)?;
    if frame.person().is_none() {
        return Err(WebError::SignIn);
    }
    let mut tx = state.context.db.read().await?;
    let (desk, need) = super::open(&state, &mut tx, &frame, (&slug, number)).await?;
    drop(tx);
    let (t, acting) = (frame.t, desk.acting(&frame)?);
    let result = merging::answer(&state.context, acting, need.collective, number, answer_given).await;
    let path = state.paths.one(&slug, "needs", number);
    match result {
        Ok(()) => see_other_saying(&path, &Flash::good(t.merging_answered(&answer)), &state.public_url),
        Err(Failure::Refused(why)) => {
            see_other_saying(&path, &Flash::bad(t.merge_refusal(why)), &state.public_url)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Where a need went that is the same as another.
pub(super) struct Gone {
    pub(super) said: String,
    pub(super) href: String,
    /// Where a steward parts both.
    pub(super) part: Option<String>,
}

/// What the page of a need says of merges.
#[derive(Default)]
pub(super) struct Merging {
    /// Where it went.
    pub(super) gone: Option<Gone>,
    /// What is proposed: the sentence, and the acts with their words.
    pub(super) pending: Option<(String, Vec<(String, &'static str)>)>,
    /// Where one proposes it.
    pub(super) propose: Option<String>,
    /// The needs that went into this one: address and title.
    pub(super) came: Vec<(String, String)>,
}

impl Merging {
    pub(super) async fn of(
        tx: &mut Tx,
        state: &AppState,
        frame: &Frame,
        desk: &Desk,
        need: &NeedRow,
    ) -> Result<Self, WebError> {
        let (t, slug) = (frame.t, desk.slug());
        let path = state.paths.one(slug, "needs", need.number);
        let mut pending = None;
        if let Some(merge) = store::needs::merging::proposed(tx, need.id).await?
            && let Some(target) = store::needs::get(tx, merge.target).await?
        {
            let day = t.date(desk.place.collective.day(silent_at(merge.proposed_at)));
            let title = t.typography(&target.title);
            let said = t.merging_pending(day, t.typography(&merge.proposed_by_name), title);
            let person = frame.person().map(crate::extract::SignedIn::person);
            let wrote = match (need.author, need.organisation) {
                (None, None) => desk.may(Action::PartNeeds, None),
                (_, organisation) => desk.may(Action::AnswerMerge, organisation),
            };
            let mut acts = Vec::new();
            if wrote {
                acts.push((format!("{path}/merge/accept"), t.merging_accept()));
                acts.push((format!("{path}/merge/refuse"), t.merging_refuse()));
            }
            if person == Some(merge.proposed_by) || desk.may(Action::PartNeeds, None) {
                acts.push((format!("{path}/merge/withdraw"), t.merging_withdraw()));
            }
            pending = Some((said, acts));
        }
        let proposes = pending.is_none() && need.state.is_live() && desk.may(Action::ProposeMerge, None);
        let came = store::needs::merging::into(tx, need.id).await?;
        let target = match need.merged_into {
            Some(target) => store::needs::get(tx, target).await?,
            None => None,
        };
        let gone = target.map(|target| Gone {
            said: t.merging_moved(t.typography(&target.title)),
            href: state.paths.one(slug, "needs", target.number),
            part: desk.may(Action::PartNeeds, None).then(|| format!("{path}/merge/part")),
        });
        Ok(Self {
            gone,
            pending,
            propose: proposes.then(|| format!("{path}/merge")),
            came: came
                .into_iter()
                .map(|row| {
                    let href = format!("{}?merged=kept", state.paths.one(slug, "needs", row.number));
                    (href, t.typography(&row.title).into_owned())
                })
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_named_by_its_number_or_its_address() {
        assert_eq!(number_of(" 12 "), Some(12));
        assert_eq!(number_of("https://popote.example/c/chatons/needs/7/?x#y"), None);
        assert_eq!(number_of("https://popote.example/c/chatons/needs/7?x#y"), Some(7));
        assert_eq!(number_of("/c/chatons/needs/7/"), Some(7));
        assert_eq!(number_of("salon"), None);
        assert_eq!(number_of(""), None);
    }
}
