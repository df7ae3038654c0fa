//! Answering an ad, sharing its need, reporting it, getting its link again; and the page of a mail's link.

use app::ads;
use app::ads::{
    Waiting, ask_contact, ask_need, contact as answer, find, one, report as tell, send_link, share_need,
};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::ads::AdRow;

use super::card::said as facts_of;
use super::form::stranger;
use super::{Visit, Who, refuse, said};
use crate::error::WebError;
use crate::extract::{Client, FormData, SignedIn};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, html, html_with};
use crate::limits::Attempt;
use crate::markdown::render_markdown;
use crate::reading::Refused;
use crate::state::AppState;

/// What is asked on the page of an ad's form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Contact,
    Need,
    Report,
    Link,
}

#[derive(Template)]
#[template(path = "ads/answer.html")]
struct AnswerPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    asks: Asks,
    heading: &'static str,
    lead: &'static str,
    button: &'static str,
    who: Who,
}

impl AnswerPage {
    fn is(&self, name: &str) -> bool {
        let asked = match self.asks {
            Asks::Contact => "contact",
            Asks::Need => "need",
            Asks::Report => "report",
            Asks::Link => "link",
        };
        asked == name
    }
}

struct Sheet {
    visit: Visit,
    row: AdRow,
    asks: Asks,
}

impl Sheet {
    /// The ad as the visitor reads it. That of a link that was lost is there, whatever became of it.
    async fn open(state: &AppState, frame: &Frame, number: i64, asks: Asks) -> Result<Self, WebError> {
        let mut tx = state.context.db.read().await?;
        let visit = Visit::open(&mut tx, state, frame).await?;
        let row = match asks {
            Asks::Link => store::ads::by_number(&mut tx, number).await?,
            _ => one(&mut tx, number, &visit.reader, state.context.now()).await?.map(|shown| shown.row),
        };
        Ok(Self { visit, row: row.ok_or(WebError::NotFound)?, asks })
    }

    fn acts(&self) -> bool {
        self.visit.acting_for.is_some()
    }

    fn page(
        self,
        state: &AppState,
        frame: Frame,
        (status, form): (StatusCode, Form),
    ) -> Result<Response, WebError> {
        let (t, acts) = (frame.t, self.acts());
        let (heading, lead, button) = match self.asks {
            Asks::Contact => (t.ads_contact_title(), t.ads_contact_lead(), t.ads_contact_send()),
            Asks::Need => (t.ads_need_title(), t.ads_need_lead(), t.ads_same_need()),
            Asks::Report => (t.ads_report_title(), t.ads_report_lead(), t.ads_report_send()),
            Asks::Link => (t.ads_link_title(), t.ads_link_lead(), t.ads_form_ask()),
        };
        let button = match self.asks {
            Asks::Contact | Asks::Need if !acts => t.ads_form_ask(),
            _ => button,
        };
        let mut above = vec![(state.paths.ads(), t.ads_title().to_owned())];
        if self.asks != Asks::Link {
            let title = t.typography(&self.row.title).into_owned();
            above.push((state.paths.ad(self.row.number), title));
        }
        let ask = !acts && matches!(self.asks, Asks::Contact | Asks::Need);
        html_with(
            status,
            &AnswerPage {
                crumbs: Crumbs { t, above, here: heading.to_owned() },
                who: Who { t, form: form.clone(), ask },
                form,
                asks: self.asks,
                heading,
                lead,
                button,
                frame: self.visit.frame(frame),
            },
        )
    }

    fn refused(
        self,
        state: &AppState,
        frame: Frame,
        refusal: Refused,
        data: FormData,
    ) -> Result<Response, WebError> {
        let answer = refusal.form(frame.t, data);
        self.page(state, frame, answer)
    }

    /// Counts whoever writes: by their address where they have no account.
    fn count(&self, state: &AppState, client: Client, data: &FormData) -> Result<(), WebError> {
        let by_mail = self.asks == Asks::Link || self.asks != Asks::Report && !self.acts();
        match by_mail {
            true => state.limits.check(Attempt::Mail, data.field("email"), client.0),
            false => state.limits.check_network(Attempt::Write, client.0),
        }
    }
}

async fn first(state: AppState, frame: Frame, number: i64, asks: Asks) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, number, asks).await?;
    let form = frame.form(FormData::default());
    sheet.page(&state, frame, (StatusCode::OK, form))
}

/// `GET /ads/{number}/contact`
pub(crate) async fn contacting(
    State(state): State<AppState>,
    frame: Frame,
    Path(number): Path<i64>,
) -> Result<Response, WebError> {
    first(state, frame, number, Asks::Contact).await
}

/// `GET /ads/{number}/need`
pub(crate) async fn needing(
    State(state): State<AppState>,
    frame: Frame,
    Path(number): Path<i64>,
) -> Result<Response, WebError> {
    first(state, frame, number, Asks::Need).await
}

/// `GET /ads/{number}/report`
pub(crate) async fn reporting(
    State(state): State<AppState>,
    frame: Frame,
    Path(number): Path<i64>,
) -> Result<Response, WebError> {
    first(state, frame, number, Asks::Report).await
}

/// `GET /ads/{number}/link`
pub(crate) async fn linking(
    State(state): State<AppState>,
    frame: Frame,
    Path(number): Path<i64>,
) -> Result<Response, WebError> {
    first(state, frame, number, Asks::Link).await
}

/// `POST /ads/{number}/contact`
pub(crate) async fn contact(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(number): Path<i64>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, number, Asks::Contact).await?;
    sheet.count(&state, client, &data)?;
    let (t, context) = (frame.t, &state.context);
    let (body, shows) = (data.field("body"), data.has("shows", "yes"));
    let (done, said) = match sheet.acts() {
        true => {
            let acting = sheet.visit.acting(&frame)?;
            (answer(context, acting, number, body, shows).await.map(drop), t.ads_contact_sent().to_owned())
        }
        false => {
            let done = ask_contact(context, number, &stranger(&data, t), body, shows).await;
            (done, t.ads_asked_act(data.field("email").trim()))
        }
    };
    match done {
        Ok(()) => see_other_saying(&state.paths.ad(number), &Flash::good(said), &state.public_url),
        Err(failure) => {
            let refusal = refuse(failure, t)?;
            sheet.refused(&state, frame, refusal, data)
        }
    }
}

/// `POST /ads/{number}/need`
pub(crate) async fn need(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(number): Path<i64>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, number, Asks::Need).await?;
    sheet.count(&state, client, &data)?;
    let (t, context) = (frame.t, &state.context);
    let (done, said) = match sheet.acts() {
        true => {
            (share_need(context, sheet.visit.acting(&frame)?, number).await, t.ads_need_done().to_owned())
        }
        false => {
            let done = ask_need(context, number, &stranger(&data, t)).await;
            (done, t.ads_asked_act(data.field("email").trim()))
        }
    };
    match done {
        Ok(()) => see_other_saying(&state.paths.ad(number), &Flash::good(said), &state.public_url),
        Err(failure) => {
            let refusal = refuse(failure, t)?;
            sheet.refused(&state, frame, refusal, data)
        }
    }
}

/// `POST /ads/{number}/need/leave`
pub(crate) async fn leave_need(
    State(state): State<AppState>,
    frame: Frame,
    Path(number): Path<i64>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let sheet = Sheet::open(&state, &frame, number, Asks::Need).await?;
    ads::leave_need(&state.context, sheet.visit.acting(&frame)?, number).await?;
    see_other_saying(&state.paths.ad(number), &Flash::good(frame.t.ads_need_left()), &state.public_url)
}

/// `POST /ads/{number}/report`
pub(crate) async fn report(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(number): Path<i64>,
    data: FormData,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, number, Asks::Report).await?;
    sheet.count(&state, client, &data)?;
    let person = frame.person().map(SignedIn::person);
    match tell(&state.context, person, number, data.field("reason")).await {
        Ok(()) => {
            let said = Flash::good(frame.t.ads_report_sent());
            see_other_saying(&state.paths.ad(number), &said, &state.public_url)
        }
        Err(failure) => {
            let refusal = refuse(failure, frame.t)?;
            sheet.refused(&state, frame, refusal, data)
        }
    }
}

/// `POST /ads/{number}/link`
pub(crate) async fn link(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(number): Path<i64>,
    data: FormData,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, number, Asks::Link).await?;
    sheet.count(&state, client, &data)?;
    match send_link(&state.context, number, data.field("email")).await {
        Ok(()) => {
            let said = Flash::good(frame.t.ads_link_sent());
            see_other_saying(&state.paths.ads(), &said, &state.public_url)
        }
        Err(failure) => {
            let refusal = refuse(failure, frame.t)?;
            sheet.refused(&state, frame, refusal, data)
        }
    }
}

#[derive(Template)]
#[template(path = "ads/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    kind: &'static str,
    organisation: String,
    ad: Option<Confirmed>,
    other: Option<String>,
    body: Option<String>,
}

/// An advertisement that waits for its address to be confirmed: its title, what it says, its text as safe HTML.
type Confirmed = (String, Vec<(String, String)>, String);

/// `GET /ad-confirm/{token}`: a scanner of mails that looks changes nothing.
pub(crate) async fn confirming(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let t = frame.t;
    let found = find(&state.context, &token).await;
    if found.is_err() {
        state.limits.check_network(Attempt::Write, client.0)?;
    }
    let Waiting { kind, organisation, text, ad, body } = found?;
    let markdown = |text: &str| render_markdown(text, t, &state.paths);
    html(&ConfirmPage {
        kind,
        organisation: t.typography(&organisation).into_owned(),
        ad: text
            .map(|text| (t.typography(&text.title).into_owned(), facts_of(t, &text), markdown(&text.body))),
        other: ad.map(|(number, title)| t.ads_confirm_ad(number, t.typography(&title))),
        body: body.map(|body| markdown(&body)),
        frame,
    })
}

/// `POST /ad-confirm/{token}`
pub(crate) async fn confirm(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    state.limits.check_network(Attempt::Write, client.0)?;
    let t = frame.t;
    match ads::confirm(&state.context, &token).await {
        Ok(done) => {
            let path = match done.path {
                Some(path) => state.paths.under(&path),
                None => state.paths.ad(done.number),
            };
            see_other_saying(&path, &Flash::good(t.ads_confirmed(done.kind)), &state.public_url)
        }
        Err(failure) => {
            let said = Flash::bad(said(failure, t)?);
            see_other_saying(&state.paths.ads(), &said, &state.public_url)
        }
    }
}
