//! A form that couldn't be taken because of the server: its page is made once more with what was typed, or, where that
//! fails too, what was typed is listed to be copied.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use tower::ServiceExt as _;
use words::Words;

use super::form::FormData;
use super::visitor::VisitorSlot;
use crate::error::WebError;
use crate::headers::RequestId;

/// Most bytes of a page that is made once more: a form with the longest text, escaped.
const LARGEST_PAGE: usize = 64 << 20;

/// The whole site, for a page that is made while another request is answered.
#[derive(Debug, Clone)]
pub(crate) struct Site(pub(crate) Router);

/// With a request for a page: what was typed there, and why it couldn't be taken.
#[derive(Debug, Clone)]
pub(crate) struct Retold {
    pub(crate) data: Arc<FormData>,
    pub(crate) error: WebError,
}

/// What of a request is needed to ask for its page once more.
#[derive(Debug, Clone)]
pub(super) struct Retelling {
    site: Option<Site>,
    headers: HeaderMap,
    visitor: Option<VisitorSlot>,
    id: Option<RequestId>,
    peer: Option<ConnectInfo<SocketAddr>>,
}

impl Retelling {
    pub(super) fn of(parts: &Parts) -> Self {
        let mut headers = parts.headers.clone();
        for name in [ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING] {
            headers.remove(name);
        }
        Self {
            site: parts.extensions.get().cloned(),
            headers,
            visitor: parts.extensions.get().cloned(),
            id: parts.extensions.get().cloned(),
            peer: parts.extensions.get().cloned(),
        }
    }

    /// The page with what was typed, with the status of the error. Nothing if it isn't all there.
    pub(super) async fn tell(&self, page: &str, data: FormData, error: &WebError) -> Option<Response> {
        let Site(site) = self.site.clone()?;
        let data = Arc::new(data);
        let mut request = Request::get(page).body(Body::empty()).ok()?;
        *request.headers_mut() = self.headers.clone();
        let extensions = request.extensions_mut();
        extensions.insert(Retold { data: data.clone(), error: error.clone() });
        self.visitor.clone().map(|visitor| extensions.insert(visitor));
        self.id.clone().map(|id| extensions.insert(id));
        self.peer.map(|peer| extensions.insert(peer));
        let response = match site.oneshot(request).await {
            Ok(response) if response.status() == StatusCode::OK => response,
            Ok(_) => return None,
            Err(never) => match never {},
        };
        let (mut parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, LARGEST_PAGE).await.ok()?.into()).ok()?;
        if !data.texts().filter(|(name, _)| name_of(name).is_some()).all(|(_, typed)| shows(&text, typed)) {
            return None;
        }
        parts.status = error.status();
        parts.headers.remove(CONTENT_LENGTH);
        Some(Response::from_parts(parts, Body::from(text)))
    }
}

/// Whether a page shows a text, escaped as its templates do.
fn shows(page: &str, typed: &str) -> bool {
    let mut escaped = String::with_capacity(typed.len());
    for character in typed.chars() {
        match character {
            '&' => escaped.push_str("&#38;"),
            '<' => escaped.push_str("&#60;"),
            '>' => escaped.push_str("&#62;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    page.contains(escaped.as_str())
}

/// What was typed, each with what its field is called. Choices and what a page hides are made anew by the page.
pub(super) fn typed(data: &FormData, t: Words) -> Vec<(String, String)> {
    let filled = data.texts().filter(|(_, value)| !value.trim().is_empty() && !is_id(value));
    filled.filter_map(|(name, value)| Some((t.layout_field(name_of(name)?), value.to_owned()))).collect()
}

/// An id of this program, which says nothing to people.
fn is_id(value: &str) -> bool {
    let hexadecimal = |c: char| c.is_ascii_hexdigit() || c == '-';
    value.len() >= 32 && value.chars().all(hexadecimal)
}

/// The name of a field that people type into, without the place of its line: `lines.0.label` is a `label`,
/// `amount-7` an `amount`.
fn name_of(field: &str) -> Option<&'static str> {
    let last = field.rsplit('.').next().unwrap_or(field);
    let first = last.split('-').next().unwrap_or(last);
    TYPED.iter().find(|name| **name == last || **name == first).copied()
}

/// Every field that people type into; a test holds it against the pages.
const TYPED: [&str; 97] = [
    "address",
    "also_settled_on",
    "alternative",
    "amount",
    "appeal",
    "availability",
    "body",
    "bounce_reason",
    "bounced_on",
    "cap",
    "closes_on",
    "closing_on",
    "collective",
    "conditions",
    "correct_reason",
    "count",
    "cover",
    "dated_on",
    "days",
    "deadline_on",
    "decided_on",
    "description",
    "discussion",
    "discussion_url",
    "done_when",
    "email",
    "ends_on",
    "equal",
    "evidence",
    "fee_rate",
    "from",
    "funding",
    "give_link",
    "giver",
    "head",
    "host_name",
    "iban",
    "into",
    "known_by",
    "label",
    "least",
    "licence",
    "link",
    "links",
    "mail",
    "maintained_by",
    "maintainers",
    "maximum",
    "minimum",
    "most",
    "name",
    "needers",
    "note",
    "objection",
    "opens_on",
    "opted_out_url",
    "organisation",
    "outcome",
    "paid_on",
    "payee",
    "price",
    "price_from",
    "price_to",
    "purpose",
    "rate",
    "reason",
    "received_on",
    "reference",
    "references",
    "refuse_reason",
    "region",
    "repository",
    "reserve_per_mille",
    "roadmap",
    "settled_on",
    "signatory",
    "skills",
    "software",
    "starts_on",
    "subject_to",
    "summary",
    "table",
    "text",
    "title",
    "to",
    "turnover",
    "until",
    "url",
    "users",
    "website",
    "why",
    "wish",
    "withdraw_reason",
    "words",
    "worker",
    "yearly",
    "zone",
];

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    #[test]
    fn what_people_typed_is_listed_and_nothing_else() {
        let data = FormData::of([
            ("for", "019385aa-1c3b-7000-8000-000000000001"),
            ("key", "k"),
            ("version", "3"),
            ("title", "Salon"),
            ("own", "pool_common"),
            ("organisation", "019385aa-1c3b-7000-8000-000000000002"),
            ("lines.0.label", "Code"),
            ("amount-7", "12,50"),
            ("note", " "),
        ]);
        let said = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        let expected = [said("Titre", "Salon"), said("Ligne", "Code"), said("Montant", "12,50")];
        assert_eq!(typed(&data, Words::new(Locale::Fr)), expected);
    }

    /// The names of the fields of a kind in all pages.
    fn fields(kind: &str, folder: &std::path::Path, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                fields(kind, &path, into);
            } else if path.extension().is_some_and(|end| end == "html") {
                let text = std::fs::read_to_string(&path).unwrap();
                let starts = text.match_indices(kind).map(|(at, _)| &text[at + kind.len()..]);
                into.extend(starts.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
    }

    #[test]
    fn every_field_that_people_type_into_has_its_words() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        for kind in ["text", "area", "money", "date", "email", "url", "number"] {
            fields(&format!("form.{kind}(\""), &folder, &mut found);
        }
        // A code of the mail is typed again.
        found.retain(|name| name != "code" && !folder.join("layout/gallery.html").ends_with(name));
        assert!(found.len() > 100, "{}", found.len());
        for name in &found {
            assert!(name_of(name).is_some(), "{name} has no words in layout-field");
        }
        for locale in Locale::ALL {
            let t = Words::new(locale);
            let other = t.layout_field("no field");
            for name in TYPED.iter().filter(|name| !["text", "words"].contains(name)) {
                assert_ne!(t.layout_field(name), other, "{name}");
            }
        }
    }
}
