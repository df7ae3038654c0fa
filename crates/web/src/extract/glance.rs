//! What can be told from a request without asking the database: enough for an error page.

use crate::headers::RequestId;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Method};
use words::{Locale, Words};

use super::sent::came_from;
use super::visitor::{SignedIn, Visitor, VisitorSlot, cookie};
use crate::flash::Flash;
use crate::layout::Frame;
use crate::public_url::PublicUrl;
use crate::state::AppState;

/// Language, address, answer to the last act, number of the request.
#[derive(Debug, Clone)]
pub struct Glance {
    locale: Option<Locale>,
    preferred: Option<Locale>,
    here: String,
    flash: Option<Flash>,
    request_id: String,
    slot: VisitorSlot,
}

impl Glance {
    /// Reads a request whose path has no base any more.
    pub fn new(state: &AppState, parts: &mut Parts) -> Self {
        let is_page = matches!(parts.method, Method::GET | Method::HEAD);
        // The address of a form that was sent can't be opened again: its page can.
        let here = if is_page {
            parts.uri.path_and_query().map(PathAndQuery::as_str)
        } else {
            came_from(state, parts).and_then(|page| page.strip_prefix(state.public_url.base()))
        };
        let here = without_language(here.unwrap_or("/"));
        let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.to_string());
        Self {
            locale: chosen(&state.public_url, parts.uri.query(), &parts.headers),
            preferred: preferred(&parts.headers),
            here,
            flash: cookie(&parts.headers, &state.public_url.cookie("flash")).and_then(Flash::read),
            request_id: request_id.unwrap_or_else(|| "-".to_owned()),
            slot: parts.extensions.get_or_insert_default::<VisitorSlot>().clone(),
        }
    }

    /// The number that the log knows this request by.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    pub(crate) fn visitor(&self) -> Option<&Visitor> {
        self.slot.0.get()
    }

    /// The sentences of the visitor's language: asked for in the address, chosen before, set by the person, preferred
    /// by the browser, else French.
    #[must_use]
    pub fn words(&self) -> Words {
        let person = self.visitor().and_then(|visitor| visitor.0.as_ref()).and_then(SignedIn::locale);
        Words::new(self.locale.or(person).or(self.preferred).unwrap_or_default())
    }

    /// The frame of a page, with the visitor if the request got as far as knowing them.
    #[must_use]
    pub fn frame(&self, state: &AppState) -> Frame {
        Frame {
            t: self.words(),
            paths: state.paths.clone(),
            here: self.here.clone(),
            visitor: self.visitor().cloned(),
            collective: None,
            acts_as: None,
            acts_name: None,
            mandate_over: None,
            flash: self.flash.clone(),
            kept: None,
            trouble: None,
            request_id: self.request_id.clone(),
            demo: state.context.settings.demo,
        }
    }
}

/// `?lang=en`, else the cookie that the language form sets.
fn chosen(url: &PublicUrl, query: Option<&str>, headers: &HeaderMap) -> Option<Locale> {
    let asked =
        query.into_iter().flat_map(|query| query.split('&')).find_map(|pair| pair.strip_prefix("lang="));
    asked.and_then(exact).or_else(|| cookie(headers, &url.cookie("lang")).and_then(exact))
}

fn exact(tag: &str) -> Option<Locale> {
    Locale::ALL.into_iter().find(|locale| locale.as_str() == tag)
}

fn preferred(headers: &HeaderMap) -> Option<Locale> {
    headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Locale::from_accept_language)
}

/// The address without its `lang`, so that choosing another language isn't undone by the address.
fn without_language(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_loses_its_language_alone() {
        assert_eq!(without_language("/about?lang=en"), "/about");
        assert_eq!(without_language("/needs?sort=a&lang=en&page=2"), "/needs?sort=a&page=2");
        assert_eq!(without_language("/needs?language=x"), "/needs?language=x");
    }
}
