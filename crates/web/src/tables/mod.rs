//! A table that somebody pastes or sends: read, shown again to be mended, carried over a preview.

use domain::imports::ImportRefusal;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;

/// Longest text that is shown in a field to be mended, in bytes: a field of a form takes no more.
const LONGEST_SHOWN: usize = 190_000;
/// Most lines that a preview lists one by one.
pub(crate) const MOST_SHOWN: usize = 300;

/// What was sent: the file, else the parts of a preview, else what was pasted.
pub(crate) fn sent(data: &FormData) -> Option<Vec<u8>> {
    if let Some(file) = data.file("file") {
        return Some(file.bytes.to_vec());
    }
    let parts: String = data.starting("part-").map(|(_, part)| part).collect();
    let text = if parts.is_empty() { data.field("text") } else { &parts };
    (!text.trim().is_empty()).then(|| text.as_bytes().to_vec())
}

/// The text in its field, unless it is too long for one.
pub(crate) fn kept(text: &str) -> (FormData, bool) {
    let is_too_long = text.len() > LONGEST_SHOWN;
    let shown = if is_too_long { "" } else { text };
    (FormData::of([("text", shown)]), is_too_long)
}

/// The text in parts that a field of a form takes, cut between lines where it can be.
pub(crate) fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while rest.len() > LONGEST_SHOWN {
        let mut end = LONGEST_SHOWN;
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let cut = rest[..end].rfind('\n').filter(|at| *at > 0).unwrap_or(end);
        parts.push(rest[..cut].to_owned());
        rest = &rest[cut..];
    }
    parts.push(rest.to_owned());
    parts
}

/// What is wrong with a table, line by line.
pub(crate) fn wrong_lines(t: Words, refusal: &ImportRefusal) -> Vec<(u64, String)> {
    let ImportRefusal::Lines(errors) = refusal else { return Vec::new() };
    errors.iter().map(|error| (error.line, t.import_problem(&error.problem))).collect()
}

/// The digest of the preview that a form confirms. Errors: [`WebError::BadRequest`] for anything else.
pub(crate) fn seen(data: &FormData) -> Result<[u8; 32], WebError> {
    digest(data.field("digest")).ok_or(WebError::BadRequest)
}

/// A digest as it is written.
pub(crate) fn digest(written: &str) -> Option<[u8; 32]> {
    hex::decode(written).ok()?.try_into().ok()
}
