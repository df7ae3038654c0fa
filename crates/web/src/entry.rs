//! Coming in and going out: the cookie of the session, the secret of a browser that asked for a mail, where to
//! go next.

use app::sessions::{self, Ending, Session};
use app::sign_in::Entered;
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::response::Response;
use identity::Token;
use words::{Locale, Words};

use crate::error::WebError;
use crate::extract::{AsksAgain, SignedIn, Visitor, cookie};
use crate::flash::{Flash, see_other, see_other_saying, set_cookie};
use crate::paths::{is_local, is_secret};
use crate::state::AppState;

/// How long the browser keeps the cookie of a session: as long as one lives at most. The server ends it earlier.
const SESSION_SECONDS: u32 = 180 * 86_400;
/// How long a browser keeps the secret under which it asked for a mail.
const BROWSER_SECONDS: u32 = 3_600;
/// What the secret of a browser is kept under.
const BROWSER: &str = "browser";

/// The browser's name for itself.
pub(crate) fn agent(headers: &HeaderMap) -> &str {
    headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The secret of this browser, if it asked for a mail within the hour.
pub(crate) fn browser(state: &AppState, headers: &HeaderMap) -> Option<Token> {
    cookie(headers, &state.public_url.cookie(BROWSER)).and_then(Token::parse)
}

/// Keeps the secret of a browser that asked for a mail.
pub(crate) fn keep_browser(
    state: &AppState,
    response: &mut Response,
    secret: &Token,
) -> Result<(), WebError> {
    let url = &state.public_url;
    set_cookie(response.headers_mut(), url, &url.cookie(BROWSER), secret.as_str(), BROWSER_SECONDS)
}

/// A path of this site to go to after a sign-in, as somebody's address named it; nothing for what leads away or to
/// the secret of a link.
pub(crate) fn next_path<'n>(state: &AppState, typed: &'n str) -> Option<&'n str> {
    let inside = typed.strip_prefix(state.public_url.base()).filter(|rest| rest.starts_with('/'))?;
    let elsewhere = inside.starts_with("//") || inside.starts_with("/sign-") || is_secret(inside);
    (!elsewhere && is_local(typed)).then_some(typed)
}

/// Sends somebody who must prove again who they are to the sign-in page, and back to `path` afterwards.
pub(crate) fn ask_again(state: &AppState, path: &str) -> Result<Response, WebError> {
    let mut response = see_other(&state.paths.sign_in_then(path))?;
    response.extensions_mut().insert(AsksAgain(path.to_owned()));
    Ok(response)
}

/// Signs a browser in and sends it on, with a sentence in the language of who came in. A session that it had ends;
/// one of the same person hands over the organisation acted for. `asked` are the headers of the request.
pub(crate) async fn enter(
    state: &AppState,
    (visitor, asked): (&Visitor, &HeaderMap),
    entered: &Entered,
    path: &str,
    say: impl FnOnce(Words) -> String + Send,
) -> Result<Response, WebError> {
    let session = sessions::find(&state.context, entered.token.as_str()).await?.ok_or(WebError::SignIn)?;
    if let Some(old) = &visitor.0 {
        hand_over(state, old, &session).await?;
    }
    let url = &state.public_url;
    // A language that was chosen in this browser comes before the person's own, as on every page.
    let chosen = cookie(asked, &url.cookie("lang")).and_then(Locale::from_tag);
    let t = Words::new(chosen.or(Locale::from_tag(&session.row.locale)).unwrap_or_default());
    let mut response = see_other_saying(path, &Flash::good(say(t)), url)?;
    let headers = response.headers_mut();
    set_cookie(headers, url, url.session_cookie(), entered.token.as_str(), SESSION_SECONDS)?;
    set_cookie(headers, url, &url.cookie(BROWSER), "", 0)?;
    Ok(response)
}

async fn hand_over(state: &AppState, old: &SignedIn, new: &Session) -> Result<(), WebError> {
    let (context, chosen) = (&state.context, old.organisation());
    if old.person() == new.row.person && chosen.is_some() && chosen != new.row.organisation {
        // A mandate that has ended meanwhile is no reason to keep somebody out.
        match sessions::act_for(context, new, chosen).await {
            Ok(()) | Err(app::Failure::NotAllowed(_)) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(sessions::end(context, old.person(), Ending::One(old.session.row.token_hash)).await?)
}

/// Signs a browser out and sends it home.
pub(crate) async fn leave(state: &AppState, visitor: &Visitor, flash: &Flash) -> Result<Response, WebError> {
    if let Some(person) = &visitor.0 {
        let own = Ending::One(person.session.row.token_hash);
        sessions::end(&state.context, person.person(), own).await?;
    }
    let url = &state.public_url;
    let mut response = see_other_saying(&state.paths.home(), flash, url)?;
    set_cookie(response.headers_mut(), url, url.session_cookie(), "", 0)?;
    Ok(response)
}
