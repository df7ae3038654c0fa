//! What a form sent: kept as it was typed, within limits, so that a refused form is shown again with nothing lost.

use app::sessions;
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use domain::chain::{Hash, digest};
use http_body_util::Limited;

use super::sent::SentSlot;
use super::visitor::{Visitor, cookie};
use crate::error::WebError;
use crate::router::{LARGEST_BODY, LARGEST_FORM, LARGEST_OF_MEMBERS};
use crate::state::AppState;

/// Most fields of one form: a round with 600 features has three fields a line.
const MOST_FIELDS: usize = 2_000;
/// Most bytes of one text field. Far more than any field takes: a text that is too long comes back with its form and
/// the sentence that says so.
const LONGEST_FIELD: usize = LARGEST_OF_MEMBERS;
/// Most files of one form.
const MOST_FILES: usize = 10;
/// Most bytes that are kept of one file. One more is kept of a larger one, which tells whoever judges it; the rest is
/// read and dropped, so that what was typed beside it comes back with the refusal.
const LARGEST_FILE: usize = domain::pictures::LARGEST;

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The name of its field.
    pub field: String,
    /// The name on the sender's machine: text for people, never a path.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
}

/// The fields of a form, in the order sent, and its files. Lines end with `\n` alone.
#[derive(Debug, Clone, Default)]
pub struct FormData {
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
}

impl FormData {
    /// A form filled by the server: what is stored now, to be changed.
    pub fn of(fields: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { fields, files: Vec::new() }
    }

    /// What was typed in a field, as typed; empty if it wasn't sent.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// What was typed, without blanks at its ends; nothing if that leaves nothing.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.field(name).trim()).filter(|value| !value.is_empty())
    }

    /// The key of a form that moves money, which records once what is sent twice. An empty one, where a program left it
    /// out, is refused.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        Some(self.field("key").trim().to_owned())
    }

    /// Every value of a field that may be sent many times: boxes ticked in a list.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> + 'f {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box is ticked, or one of its values chosen.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|sent| sent == value)
    }

    /// The fields whose names start alike: `amount-ID` gives `(ID, value)` for `amount-`.
    pub fn starting<'f>(&'f self, prefix: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> + 'f {
        self.fields.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// The file of a field, if one was chosen.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == field)
    }

    /// Whether a field was sent, though it be empty.
    #[must_use]
    pub fn sends(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// The same without these fields.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.fields.retain(|(known, _)| !names.contains(&known.as_str()));
        self
    }

    /// What was typed, and for fields that weren't sent what `stored` holds.
    #[must_use]
    pub fn or(mut self, stored: Self) -> Self {
        let sent: Vec<String> = self.fields.iter().map(|(name, _)| name.clone()).collect();
        self.fields.extend(stored.fields.into_iter().filter(|(name, _)| !sent.contains(name)));
        self
    }

    /// The same with one value in a field, whatever was sent.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.into()));
    }

    /// The texts by name, in the order sent.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What tells this from anything else that was sent, in whatever order its fields came.
    pub(super) fn digest(&self) -> Hash {
        let texts = self.fields.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        let files = self.files.iter().map(|file| (file.field.as_bytes(), file.bytes.as_ref()));
        let mut pairs: Vec<(&[u8], &[u8])> = texts.chain(files).collect();
        pairs.sort_by_key(|(name, _)| *name);
        let pairs: Vec<u8> =
            pairs.iter().flat_map(|(name, value)| digest(&[&digest(&[name]), &digest(&[value])])).collect();
        digest(&[&pairs])
    }

    /// Whether a file came with it.
    pub(super) fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    fn push(&mut self, name: String, value: &str) -> Result<(), WebError> {
        if self.fields.len() >= MOST_FIELDS || value.len() > LONGEST_FIELD {
            return Err(WebError::TooLarge);
        }
        // Databases take no NUL, and no person types one.
        if name.contains('\0') || value.contains('\0') {
            return Err(WebError::BadRequest);
        }
        self.fields.push((name, value.replace("\r\n", "\n")));
        Ok(())
    }

    async fn read_parts(mut parts: Multipart) -> Result<Self, WebError> {
        let mut data = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| refused(&error))? {
            let field = part.name().ok_or(WebError::BadRequest)?.to_owned();
            let Some(name) = part.file_name().map(str::to_owned) else {
                let value = start_of(part, LONGEST_FIELD).await?;
                data.push(field, &String::from_utf8(value).map_err(|_| WebError::BadRequest)?)?;
                continue;
            };
            let bytes = start_of(part, LARGEST_FILE).await?;
            if name.is_empty() && bytes.is_empty() {
                continue;
            }
            if data.files.len() >= MOST_FILES {
                return Err(WebError::TooLarge);
            }
            data.files.push(Upload { field, name, bytes: bytes.into() });
        }
        Ok(data)
    }
}

/// The first bytes of a part, one more than `most` if it has more. All of it is read.
async fn start_of(mut part: Field<'_>, most: usize) -> Result<Vec<u8>, WebError> {
    let mut start = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| refused(&error))? {
        let room = (most + 1).saturating_sub(start.len());
        start.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(start)
}

fn refused(error: &MultipartError) -> WebError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { WebError::TooLarge } else { WebError::BadRequest }
}

impl FromRequest<AppState> for FormData {
    type Rejection = WebError;

    async fn from_request(request: Request<Body>, state: &AppState) -> Result<Self, WebError> {
        let (mut head, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut head, state).await?;
        let slot = head.extensions.get_or_insert_default::<SentSlot>().clone();
        let kind = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            // Files may be megabytes: nobody sends them who didn't sign in, and no form asks a stranger for one.
            let mut most = None;
            if visitor.0.is_none() {
                // What was typed by somebody whose session has ended is read, to be kept for them; of anybody else no more
                // than any form of a stranger may be, to be given back as text.
                let token = cookie(&head.headers, state.public_url.session_cookie()).unwrap_or_default();
                let whose = sessions::ended(&state.context, token).await?;
                most = whose.is_none().then_some(LARGEST_BODY);
            }
            let body = match most {
                Some(most) => Body::new(Limited::new(body, most)),
                None => body,
            };
            let request = Request::from_parts(head, body);
            let parts = Multipart::from_request(request, state).await.map_err(|_| WebError::BadRequest);
            let read = match parts {
                Ok(parts) => Self::read_parts(parts).await,
                Err(error) => Err(error),
            };
            if let Ok(data) = &read {
                slot.put(data);
            }
            visitor.signed_in()?;
            return read;
        }
        if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(WebError::MediaType);
        }
        // Where files may be large, the rest of a form still isn't.
        let largest = if visitor.0.is_some() { LARGEST_FORM } else { LARGEST_BODY };
        let request = Request::from_parts(head, body).map(|body| Body::new(Limited::new(body, largest)));
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                WebError::TooLarge
            } else {
                WebError::BadRequest
            }
        })?;
        let mut data = Self::default();
        for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &[][..]),
            };
            data.push(decode(name)?, &decode(value)?)?;
        }
        slot.put(&data);
        Ok(data)
    }
}

/// Undoes the encoding of a URL-encoded form; what isn't UTF-8 is refused rather than guessed.
fn decode(encoded: &[u8]) -> Result<String, WebError> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let [first, tail @ ..] = rest {
        let (byte, after) = match (first, tail) {
            (b'+', _) => (b' ', tail),
            (b'%', [high, low, after @ ..]) => match (hex_digit(*high), hex_digit(*low)) {
                (Some(high), Some(low)) => (high * 16 + low, after),
                _ => (b'%', tail),
            },
            _ => (*first, tail),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| WebError::BadRequest)
}

/// A value of a query, decoded.
pub(super) fn value_of(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(known, _)| *known == name)?;
    decode(value.as_bytes()).ok()
}

const fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_text_reads_back() {
        assert_eq!(decode(b"1+234%2C56+%E2%82%AC").unwrap(), "1 234,56 €");
        assert_eq!(decode(b"100%").unwrap(), "100%");
        assert_eq!(decode(b"%zz%4").unwrap(), "%zz%4");
        assert_eq!(decode(b"%FF"), Err(WebError::BadRequest));
    }

    #[test]
    fn fields_are_found_by_name_and_by_prefix() {
        let data =
            FormData::of([("title", " Salon "), ("k", "a"), ("k", "b"), ("amount-7", "12"), ("empty", " ")]);
        assert_eq!(data.field("title"), " Salon ");
        assert_eq!(data.filled("title"), Some("Salon"));
        assert_eq!((data.filled("empty"), data.field("absent")), (None, ""));
        assert_eq!(data.all("k").collect::<Vec<_>>(), ["a", "b"]);
        assert!(data.has("k", "b") && !data.has("k", "c"));
        assert_eq!(data.starting("amount-").collect::<Vec<_>>(), [("7", "12")]);
    }

    #[test]
    fn too_many_fields_and_nul_are_refused() {
        let mut data = FormData::default();
        assert_eq!(data.push("a".to_owned(), "b\0"), Err(WebError::BadRequest));
        assert_eq!(data.push("a".to_owned(), &"x".repeat(LONGEST_FIELD + 1)), Err(WebError::TooLarge));
        for _ in 0..MOST_FIELDS {
            data.push("a".to_owned(), "x\r\ny").unwrap();
        }
        assert_eq!(data.field("a"), "x\ny");
        assert_eq!(data.push("a".to_owned(), "b"), Err(WebError::TooLarge));
    }
}
