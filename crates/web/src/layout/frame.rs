//! The frame around every page: header, navigation, answer to the last act, footer.

use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::ids::OrganisationId;
use jiff::civil::Date;
use words::{Locale, Words};

use super::Form;
use crate::error::{Said, WebError};
use crate::extract::{FormData, Glance, Rescued, Retold, SignedIn, Visitor, come_back};
use crate::flash::Flash;
use crate::paths::{Paths, is_secret};
use crate::state::AppState;

/// The part of a collective that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The pot at a glance.
    Pot,
    /// Needs.
    Needs,
    /// The register of software.
    Software,
    /// Features.
    Features,
    /// The open round.
    Round,
    /// Members.
    Members,
    /// Public accounts.
    Accounts,
    /// A page of the collective that the navigation doesn't name.
    Other,
}

/// The collective whose page this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectiveNav {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The number of the open round, if one is open.
    pub round: Option<i64>,
    /// The head of its journal, shortened, for the footer.
    pub head: Option<String>,
    /// The civil day on which the page is made: what is printed says as of when.
    pub day: Date,
    /// Where in the collective the page is.
    pub section: Section,
}

/// One link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavLink {
    /// Where it leads.
    pub href: String,
    /// Its text.
    pub text: String,
    /// Whether the page is there.
    pub current: bool,
}

/// What every page struct holds as its field `frame`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The sentences of the visitor's language.
    pub t: Words,
    /// Addresses.
    pub paths: Paths,
    /// Path and query of this page, without the base and the language; `/` after a form.
    pub here: String,
    /// Who looks; nothing where the request failed before that was known.
    pub visitor: Option<Visitor>,
    /// The collective, on its pages.
    pub collective: Option<CollectiveNav>,
    /// The organisation for which the page's forms act, or for which the form was made that was sent.
    pub acts_as: Option<OrganisationId>,
    /// The name of that organisation.
    pub acts_name: Option<String>,
    /// That the mandate for the organisation that was chosen is over, where forms act for it no more.
    pub mandate_over: Option<String>,
    /// The answer to the last act.
    pub flash: Option<Flash>,
    /// What the visitor had typed here before they had to sign in again, where the address asks for it.
    pub kept: Option<Arc<FormData>>,
    /// Why what they typed here couldn't be taken just now: the server is full or busy.
    pub trouble: Option<WebError>,
    /// The number that the log knows this request by.
    pub request_id: String,
    /// Whether everything here is an example.
    pub demo: bool,
}

impl Frame {
    /// The same frame inside a collective.
    #[must_use]
    pub fn within(mut self, collective: CollectiveNav) -> Self {
        self.collective = Some(collective);
        self
    }

    /// The same frame for a form that was sent: it acts for the organisation that its page named, whichever was
    /// chosen since, in another tab or on another device. Whether the person may is asked again by the act.
    ///
    /// # Errors
    /// [`WebError::BadRequest`] where the form names nobody.
    pub(crate) fn acting_as_said_in(mut self, form: &FormData) -> Result<Self, WebError> {
        if let Some(named) = form.filled("for") {
            self.acts_as = Some(named.parse().map_err(|_| WebError::BadRequest)?);
        }
        Ok(self)
    }

    /// A form that the page shows for the first time: filled with `first`, or with what the visitor had typed before
    /// they had to sign in again.
    #[must_use]
    pub fn form(&self, first: FormData) -> Form {
        Form::new(self.t, self.kept.as_deref().cloned().unwrap_or(first))
    }

    /// What is wrong with the server, if a form couldn't be taken because of it.
    pub(crate) fn trouble_said(&self) -> Option<Said> {
        self.trouble.as_ref().map(|error| error.said(self.t))
    }

    /// The person signed in.
    #[must_use]
    pub fn person(&self) -> Option<&SignedIn> {
        self.visitor.as_ref().and_then(|visitor| visitor.0.as_ref())
    }

    /// Whether the page may come from the cache of logged-out pages: nobody is signed in and nothing is to be said.
    #[must_use]
    pub fn is_for_everybody(&self) -> bool {
        self.person().is_none() && self.says_nothing()
    }

    /// Whether the page answers no act: it would be the same if it were asked for again.
    #[must_use]
    pub(crate) fn says_nothing(&self) -> bool {
        self.flash.is_none() && self.kept.is_none() && self.trouble.is_none()
    }

    /// The sign-in page, which leads back here unless this page's address is itself a secret.
    pub(crate) fn sign_in_href(&self) -> String {
        if self.here == "/" || self.here.starts_with("/sign-in") || is_secret(&self.here) {
            return self.paths.sign_in();
        }
        self.paths.sign_in_then(&self.return_address())
    }

    /// The address under which the other languages choose this page again.
    pub(crate) fn return_address(&self) -> String {
        self.paths.under(&self.here)
    }

    /// The languages that can be chosen, the present one left out.
    pub(crate) fn other_locales(&self) -> impl Iterator<Item = Locale> {
        let present = self.t.locale();
        Locale::ALL.into_iter().filter(move |locale| *locale != present)
    }

    /// Whose page it is and as of when, for paper.
    pub(crate) fn printed(&self) -> Option<String> {
        let nav = self.collective.as_ref()?;
        Some(format!("{} · {}", nav.name, self.t.layout_as_of(self.t.date(nav.day))))
    }

    /// Whether this page's address is that one, or below it.
    fn is_at(&self, path: &str) -> bool {
        let rest = self.here.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }

    /// The links of the collective.
    pub(crate) fn links(&self) -> Vec<NavLink> {
        let Some(nav) = &self.collective else { return Vec::new() };
        let link = |section: Section, href: String, text: &str| NavLink {
            href,
            text: text.to_owned(),
            current: nav.section == section,
        };
        let (t, paths, slug) = (self.t, &self.paths, &nav.slug);
        let mut links = vec![
            link(Section::Pot, paths.collective(slug), t.nav_pot()),
            link(Section::Needs, paths.of(slug, "needs"), t.nav_needs()),
            link(Section::Software, paths.of(slug, "software"), t.nav_software()),
            link(Section::Features, paths.of(slug, "features"), t.nav_features()),
        ];
        match nav.round {
            Some(number) => {
                let href = paths.one(slug, "rounds", number);
                let mut round = link(Section::Round, href, &t.layout_nav_round(number));
                // The pages of another round are not those of this one. A form that was sent has no address.
                round.current &= self.here == "/" || self.is_at(&format!("/c/{slug}/rounds/{number}"));
                links.push(round);
            }
            None => links.push(link(Section::Round, paths.of(slug, "rounds"), t.nav_rounds())),
        }
        links.push(link(Section::Members, paths.of(slug, "members"), t.nav_members()));
        links.push(link(Section::Accounts, paths.of(slug, "accounts"), t.nav_accounts()));
        links
    }
}

impl FromRequestParts<AppState> for Frame {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, WebError> {
        // First the visitor, whose language the glance reads.
        let visitor = Visitor::from_request_parts(parts, state).await?;
        if let Some(Retold { data, error }) = parts.extensions.get().cloned() {
            let frame = Glance::new(state, parts).frame(state);
            return Ok(Self { kept: Some(data), trouble: Some(error), ..frame });
        }
        let kept = come_back(state, parts.uri.query(), &visitor).await?;
        Ok(Self { kept, ..Glance::new(state, parts).frame(state) })
    }
}

/// A page as an answer.
///
/// # Errors
/// [`WebError::Internal`] if the template fails.
pub fn html(page: &impl Template) -> Result<Response, WebError> {
    html_with(StatusCode::OK, page)
}

/// A page with a status: 422 for a form shown again with what is wrong.
///
/// # Errors
/// [`WebError::Internal`] if the template fails.
pub fn html_with(status: StatusCode, page: &impl Template) -> Result<Response, WebError> {
    let mut text = page.render().map_err(WebError::internal)?;
    if status.is_client_error() {
        // A form that is refused names in its list of what is wrong the fields that come below it.
        text = page.render().map_err(WebError::internal)?;
    }
    Ok((status, [(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}

/// The page of a refusal.
#[derive(Template)]
#[template(path = "layout/error.html")]
pub struct ErrorPage {
    frame: Frame,
    title: &'static str,
    happened: &'static str,
    next: String,
    reference: Option<String>,
    /// Where to sign in, where that helps.
    sign_in: Option<String>,
    /// Which mandate is over, where that may be why.
    mandate_over: Option<String>,
    /// For whom the visitor acts, and whose it is what they asked.
    whose: Option<String>,
    /// What becomes of what was typed.
    rescued: Rescued,
    /// The form with what was typed.
    form_href: Option<String>,
}

impl ErrorPage {
    pub(crate) fn new(mut frame: Frame, error: &WebError, rescued: Rescued) -> Self {
        let said = error.said(frame.t);
        let page = rescued.page.clone();
        let sign_in = (*error == WebError::SignIn).then(|| match &page {
            Some(page) => frame.paths.sign_in_then(page),
            None => frame.sign_in_href(),
        });
        if rescued.is_kept {
            // The header leads back to what was typed too, not to an empty form.
            let base = frame.paths.under("");
            let here = page.as_deref().and_then(|page| page.strip_prefix(base.trim_end_matches('/')));
            frame.here = here.map_or(frame.here, str::to_owned);
        }
        Self {
            form_href: page.filter(|_| rescued.is_kept && sign_in.is_none()),
            sign_in,
            mandate_over: None,
            whose: None,
            rescued,
            title: said.title,
            happened: said.happened,
            next: said.next,
            reference: (*error == WebError::Internal).then(|| frame.request_id.clone()),
            frame,
        }
    }

    /// The same, saying whose it is.
    pub(crate) fn of(self, whose: Option<String>) -> Self {
        Self { whose, ..self }
    }

    /// The same, saying which mandate of the visitor is over.
    pub(crate) fn with_mandate_over(self, mandate_over: Option<String>) -> Self {
        Self { mandate_over, ..self }
    }
}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    fn rounds(here: &str) -> bool {
        let frame = Frame {
            t: Words::new(Locale::Fr),
            paths: Paths::new("/popote"),
            here: here.to_owned(),
            visitor: None,
            collective: Some(CollectiveNav {
                slug: "chatons".to_owned(),
                name: "CHATONS".to_owned(),
                round: Some(2),
                head: None,
                day: jiff::civil::date(2026, 11, 29),
                section: Section::Round,
            }),
            acts_as: None,
            acts_name: None,
            mandate_over: None,
            flash: None,
            kept: None,
            trouble: None,
            request_id: String::new(),
            demo: false,
        };
        frame.links().iter().any(|link| link.text.contains('2') && link.current)
    }

    #[test]
    fn the_open_round_is_marked_on_its_own_pages_alone() {
        assert!(rounds("/c/chatons/rounds/2") && rounds("/c/chatons/rounds/2/distribution"));
        assert!(rounds("/c/chatons/rounds/2?order=name"));
        assert!(rounds("/"), "after a form the address isn't known");
        assert!(!rounds("/c/chatons/rounds/1") && !rounds("/c/chatons/rounds/21"));
    }
}
