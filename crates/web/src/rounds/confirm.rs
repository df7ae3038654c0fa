//! Before something is put that can't be taken back: what it is, and a button that says that it is meant.

use app::irreversible::{Binds, Irreversible};
use askama::Template;
use axum::response::Response;
use domain::Currency;
use domain::features::Wish;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::{Frame, Section, html};
use crate::place::Desk;
use crate::state::AppState;

/// The field that says that what can't be taken back is meant.
pub(crate) const CONFIRMED: &str = "confirmed";

#[derive(Template)]
#[template(path = "rounds/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    sentences: Vec<String>,
    action: String,
    /// What was typed, sent again by the button.
    fields: Vec<(String, String)>,
    back_href: String,
}

/// The page that asks. `action`: where the form goes; `back_href`: where it came from.
pub(crate) async fn ask(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    wishes: &[Wish],
    data: &FormData,
    action: String,
    back_href: String,
) -> Result<Response, WebError> {
    let found = app::irreversible::of(&state.context, wishes).await?;
    let (t, currency) = (frame.t, desk.currency());
    let promised = desk.pot.fund_mode.is_promised();
    let said = |one: &Irreversible| {
        let stops =
            |one: &Irreversible| (!one.track.is_complete()).then(|| t.features_track_stops().to_owned());
        let works = |(name, unnamed): &(String, bool)| {
            t.rounds_confirm_worker(if *unnamed { "lead" } else { "named" }, t.typography(name))
        };
        let works = one.worker.as_ref().map(works);
        [Some(sentence(t, currency, promised, one)), works, stops(one)].into_iter().flatten()
    };
    let sentences = found.iter().flat_map(said).collect();
    ask_saying(desk.frame(frame, Section::Features), sentences, data, action, back_href)
}

/// The page that asks, with what can't be taken back in sentences.
pub(crate) fn ask_saying(
    frame: Frame,
    sentences: Vec<String>,
    data: &FormData,
    action: String,
    back_href: String,
) -> Result<Response, WebError> {
    let fields = data.starting("").filter(|(name, _)| *name != CONFIRMED);
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    html(&ConfirmPage { frame, sentences, action, fields, back_href })
}

fn sentence(t: Words, currency: Currency, promised: bool, one: &Irreversible) -> String {
    let (amount, title) = (t.money(one.more, currency), t.typography(&one.title));
    match one.binds {
        Binds::Adds if promised => t.promise_confirm_adds(amount, title),
        Binds::Triggers if promised => t.promise_confirm_triggers(amount, title),
        Binds::Asks if promised => t.promise_confirm_asks(amount, title),
        Binds::Adds => t.rounds_confirm_adds(amount, title),
        Binds::Triggers => t.rounds_confirm_triggers(amount, title),
        Binds::Asks => t.rounds_confirm_asks(amount, title),
    }
}
