//! What is done on the page of a need; a refusal shows the page again with what was typed.

use app::needs::{self as uses, Turn, Which};
use app::{Acting, Failure};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Currency;
use domain::needs::{Help, NeedRefusal, SupportText};
use words::Words;

use super::page::again;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::Frame;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// A need on which somebody acts.
struct Act {
    state: AppState,
    frame: Frame,
    slug: String,
    which: Which,
    acting: Acting,
    currency: Currency,
}

impl Act {
    async fn open(
        state: AppState,
        frame: Frame,
        (slug, number): (String, i64),
        data: &FormData,
    ) -> Result<Self, WebError> {
        let frame = frame.acting_as_said_in(data)?;
        if frame.person().is_none() {
            return Err(WebError::SignIn);
        }
        let mut tx = state.context.db.read().await?;
        let (desk, need) = super::open(&state, &mut tx, &frame, (&slug, number)).await?;
        drop(tx);
        let (acting, currency) = (desk.acting(&frame)?, desk.currency());
        let which = Which { collective: need.collective, number };
        Ok(Self { state, frame, slug, which, acting, currency })
    }

    const fn t(&self) -> Words {
        self.frame.t
    }

    /// How an act ended: back to the page, which says so, or the page again with what is wrong; `field` is where a refusal
    /// is shown.
    async fn end(
        self,
        result: Result<(), Failure<NeedRefusal>>,
        data: FormData,
        field: &str,
        said: &'static str,
    ) -> Result<Response, WebError> {
        let (t, currency) = (self.t(), self.currency);
        match result {
            Ok(()) => {
                let path = self.state.paths.one(&self.slug, "needs", self.which.number);
                see_other_saying(&path, &Flash::good(said), &self.state.public_url)
            }
            Err(failure) => {
                let refusal = refused(failure, t, currency, |why| (field.to_owned(), t.need_refusal(why)))?;
                self.refuse(refusal, data).await
            }
        }
    }

    async fn refuse(self, refusal: Refused, data: FormData) -> Result<Response, WebError> {
        again(&self.state, self.frame, (&self.slug, self.which.number), refusal, data).await
    }
}

/// What an organisation says of its own need, from a form; what can't be read is noted.
pub(super) fn read_support(reading: &mut Reading<'_>) -> SupportText {
    let strength = reading.parsed("strength").unwrap_or(3);
    let users = reading.data().filled("users").map(str::to_owned);
    let users = users.and_then(|_| reading.parsed("users"));
    let amount = reading.optional_money("amount");
    let data = reading.data();
    SupportText {
        strength,
        users,
        words: data.field("words").to_owned(),
        amount,
        help: data.all("help").filter_map(Help::parse).collect(),
    }
}

/// `POST /c/{collective}/needs/{number}/support`: « nous en avons besoin aussi ».
pub(crate) async fn say_needed(
    State(state): State<AppState>,
    frame: Frame,
    Path(at): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, at, &data).await?;
    let mut reading = Reading::new(&data, act.t(), act.currency);
    let support = read_support(&mut reading);
    if !reading.problems.is_empty() {
        let refusal = Refused::unreadable(reading.problems);
        return act.refuse(refusal, data).await;
    }
    let result = uses::say_needed(&act.state.context, act.acting.clone(), act.which, support).await;
    let said = act.t().needs_said();
    act.end(result, data, "strength", said).await
}

/// `POST /c/{collective}/needs/{number}/support/withdraw`
pub(crate) async fn withdraw(
    State(state): State<AppState>,
    frame: Frame,
    Path(at): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, at, &data).await?;
    let result = uses::withdraw(&act.state.context, act.acting.clone(), act.which).await;
    let said = act.t().needs_withdrawn();
    act.end(result, data, "strength", said).await
}

/// `POST /c/{collective}/needs/{number}/turn/{turn}`: it waits, it has an answer, it is open again.
pub(crate) async fn turn(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, turn)): Path<(String, i64, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let turn = Turn::parse(&turn).ok_or(WebError::NotFound)?;
    let act = Act::open(state, frame, (slug, number), &data).await?;
    let (context, acting) = (&act.state.context, act.acting.clone());
    let result = uses::turn(context, acting, act.which, turn, data.field("reason")).await;
    let said = act.t().needs_turned();
    act.end(result, data, "reason", said).await
}

/// `POST /c/{collective}/needs/{number}/following`: one hears of it from now on, or no more.
pub(crate) async fn follow(
    State(state): State<AppState>,
    frame: Frame,
    Path(at): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let act = Act::open(state, frame, at, &data).await?;
    let (context, acting) = (&act.state.context, act.acting.clone());
    let follows = data.has("follows", "yes");
    let result = match follows {
        true => uses::follow(context, acting, act.which).await,
        false => uses::unfollow(context, acting, act.which).await,
    };
    let said = if follows { act.t().needs_followed() } else { act.t().needs_unfollowed() };
    act.end(result, data, "reason", said).await
}
