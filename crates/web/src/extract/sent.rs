//! What a form sent that could not be taken because its session had ended, or was not fresh enough: it is kept for
//! the person, and comes back with the page once they have signed in.

use std::sync::{Arc, OnceLock};

use app::{drafts, sessions};
use axum::http::header::REFERER;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use domain::chain::digest;
use domain::ids::PersonId;
use tokio::sync::OwnedMutexGuard;
use words::{Locale, Words};

use super::form::{FormData, value_of};
use super::retold::{Retelling, typed};
use super::visitor::{Visitor, cookie};
use crate::error::WebError;
use crate::flash::see_other;
use crate::paths::{encoded, is_local, is_secret, page_of_form};
use crate::state::AppState;

/// In the address of a page: the form whose text comes back.
const KEPT: &str = "kept";
/// What is never kept: secrets, and what a page makes anew.
const NEVER: [&str; 2] = ["key", "next"];

/// Where the form of a request is put once it is read.
#[derive(Debug, Clone, Default)]
pub(super) struct SentSlot(Arc<OnceLock<FormData>>);

impl SentSlot {
    pub(super) fn put(&self, data: &FormData) {
        // A request has one body.
        let _ = self.0.set(data.clone());
    }
}

/// Says on a redirect that it asks somebody to prove again who they are, and to which page they come back.
#[derive(Debug, Clone)]
pub(crate) struct AsksAgain(pub(crate) String);

/// What becomes of the text of a form whose session had ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rescued {
    /// The page of the form, with what was typed if it is kept; under the base.
    pub(crate) page: Option<String>,
    /// Whether it is kept.
    pub(crate) is_kept: bool,
    /// Whether files came with it, which are not.
    pub(crate) had_files: bool,
    /// What was typed, each with what its field is called, to copy by hand where it can't be kept.
    pub(crate) texts: Vec<(String, String)>,
}

/// The page of this site from which a form was sent, with the base; nothing where the browser doesn't say it, or where
/// its address is itself a secret.
pub(crate) fn came_from<'p>(state: &AppState, parts: &'p Parts) -> Option<&'p str> {
    let referer = parts.headers.get(REFERER).and_then(|value| value.to_str().ok());
    let page = referer.and_then(|address| address.strip_prefix(state.public_url.origin()));
    page.filter(|page| {
        let inside = page.strip_prefix(state.public_url.base());
        is_local(page) && inside.is_some_and(|path| path.starts_with('/') && !is_secret(path))
    })
}

/// What is remembered of a form while it is answered.
pub(crate) struct Sent {
    form: String,
    page: String,
    came_back: Option<String>,
    token: Option<String>,
    slot: SentSlot,
    retelling: Retelling,
}

impl Sent {
    /// Before a form is read; nothing for what is no form of a page.
    pub(crate) fn of(state: &AppState, parts: &mut Parts) -> Option<Self> {
        let form = parts.uri.path().to_owned();
        let entry = form.starts_with("/sign-") || form.starts_with("/api/") || form == "/language";
        if parts.method != Method::POST || entry || is_secret(&form) {
            return None;
        }
        let page = came_from(state, parts);
        let came_back = page.and_then(|page| kept_form(page.split_once('?')?.1));
        Some(Self {
            page: page.map_or_else(|| state.paths.under(&page_of_form(&form)), without_kept),
            form,
            came_back,
            token: cookie(&parts.headers, state.public_url.session_cookie()).map(str::to_owned),
            slot: parts.extensions.get_or_insert_default::<SentSlot>().clone(),
            retelling: Retelling::of(parts),
        })
    }

    /// Waits for the answer to what the same session sent to the same address just before.
    pub(crate) async fn turn(&self, state: &AppState) -> Option<OwnedMutexGuard<()>> {
        let token = self.token.as_ref()?;
        Some(state.replays.turn(digest(&[token.as_bytes(), b"\n", self.form.as_bytes()])).await)
    }

    /// The answer, which is that of the first time where the same was sent twice.
    pub(crate) fn once(&self, state: &AppState, response: Response) -> Response {
        let Some(token) = &self.token else { return response };
        if response.extensions().get::<AsksAgain>().is_some() {
            return response;
        }
        let session = digest(&[token.as_bytes()]);
        // An act that reads no form is told by its address alone.
        let sent = self.slot.0.get().map(FormData::digest).unwrap_or_default();
        let form = digest(&[self.form.as_bytes(), &sent]);
        state.replays.answer(session, form, state.context.now(), response)
    }

    /// The page of the form once more, with what was typed and what is wrong with the server: nothing can be written
    /// just now, so nothing can be kept. Nothing where the page can't be made or doesn't show all that was typed.
    pub(crate) async fn retell(&self, state: &AppState, error: &WebError) -> Option<Response> {
        let data = self.slot.0.get()?;
        let kept = data.texts().filter(|(name, _)| is_kept_field(name));
        let page = self.page.strip_prefix(state.public_url.base())?;
        self.retelling.tell(page, FormData::of(kept), error).await
    }

    /// What was typed, to be copied by hand: nothing can be written just now.
    pub(crate) fn copied(&self, t: Words) -> Rescued {
        let Some(data) = self.slot.0.get() else { return self.nothing() };
        Rescued { texts: typed(data, t), had_files: data.has_files(), ..self.nothing() }
    }

    /// Keeps what was typed for whoever's session had ended.
    pub(crate) async fn rescue(&self, state: &AppState, visitor: Option<&Visitor>, t: Words) -> Rescued {
        let Some(data) = self.slot.0.get() else { return self.nothing() };
        let signed_in = visitor.and_then(|visitor| visitor.0.as_ref()).map(super::SignedIn::person);
        let person = match (signed_in, &self.token) {
            (Some(person), _) => Some(person),
            (None, Some(token)) => sessions::ended(&state.context, token).await.ok().flatten(),
            (None, None) => None,
        };
        let had_files = data.has_files();
        if let Some(person) = person
            && self.keep(state, person, data).await
        {
            let page = with_kept(&self.page, &self.form);
            return Rescued { page: Some(page), is_kept: true, had_files, texts: Vec::new() };
        }
        self.copied(t)
    }

    fn nothing(&self) -> Rescued {
        Rescued { page: Some(self.page.clone()), ..Rescued::default() }
    }

    async fn keep(&self, state: &AppState, person: PersonId, data: &FormData) -> bool {
        let fields = data.texts().filter(|(name, _)| is_kept_field(name));
        let fields: drafts::Fields =
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        !fields.is_empty() && drafts::keep(&state.context, person, &self.form, &fields).await.is_ok()
    }

    /// The answer to a form: one that asks for a fresh sign-in leads back to what was typed; one that was taken needs
    /// it no more.
    pub(crate) async fn answered(
        &self,
        state: &AppState,
        visitor: Option<&Visitor>,
        response: Response,
    ) -> Response {
        if response.status() != StatusCode::SEE_OTHER {
            return response;
        }
        if let Some(AsksAgain(page)) = response.extensions().get() {
            let rescued = self.rescue(state, visitor, Words::new(Locale::default())).await;
            let page = rescued.is_kept.then(|| with_kept(page, &self.form));
            let again = page.and_then(|page| see_other(&state.paths.sign_in_then(&page)).ok());
            return again.unwrap_or(response);
        }
        let person = visitor.and_then(|visitor| visitor.0.as_ref()).map(super::SignedIn::person);
        if let (Some(person), Some(form)) = (person, self.came_back.as_deref().filter(|f| *f == self.form))
            && let Err(failure) = drafts::forget(&state.context, person, form).await
        {
            tracing::warn!(%failure, "a draft is left behind");
        }
        response
    }
}

fn is_kept_field(name: &str) -> bool {
    !NEVER.contains(&name) && !name.contains("password")
}

/// The form whose text an address asks for.
fn kept_form(query: &str) -> Option<String> {
    value_of(query, KEPT)
}

fn without_kept(page: &str) -> String {
    let Some((path, query)) = page.split_once('?') else { return page.to_owned() };
    let mark = format!("{KEPT}=");
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with(&mark)).collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

fn with_kept(page: &str, form: &str) -> String {
    let mark = if page.contains('?') { '&' } else { '?' };
    format!("{page}{mark}{KEPT}={}", encoded(form))
}

/// The page of a form whose text is kept, which shows it again.
pub(crate) fn kept_page(state: &AppState, form: &str) -> String {
    with_kept(&state.paths.under(&page_of_form(form)), form)
}

/// What the visitor had typed before they signed in again, where the address of the page asks for it.
pub(crate) async fn come_back(
    state: &AppState,
    query: Option<&str>,
    visitor: &Visitor,
) -> Result<Option<Arc<FormData>>, WebError> {
    let (Some(form), Some(person)) = (query.and_then(kept_form), &visitor.0) else { return Ok(None) };
    let found = drafts::find(&state.context, person.person(), &form).await?;
    Ok(found.map(|(fields, _)| Arc::new(FormData::of(fields))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_which_form_comes_back() {
        let page = with_kept("/popote/c/x/features/3?all=yes", "/c/x/features/3/steps");
        assert_eq!(page, "/popote/c/x/features/3?all=yes&kept=%2Fc%2Fx%2Ffeatures%2F3%2Fsteps");
        assert_eq!(without_kept(&page), "/popote/c/x/features/3?all=yes");
        assert_eq!(without_kept("/c/x/features/new?kept=%2Fa"), "/c/x/features/new");
        let query = page.split_once('?').unwrap().1;
        assert_eq!(kept_form(query).as_deref(), Some("/c/x/features/3/steps"));
        assert_eq!(kept_form("unkept=/a&kept=%FF"), None);
    }

    #[test]
    fn secrets_are_not_kept() {
        assert!(is_kept_field("description") && is_kept_field("amount-7"));
        for name in ["password", "new-password", "key", "next"] {
            assert!(!is_kept_field(name), "{name}");
        }
    }
}
