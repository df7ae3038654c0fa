//! The answer to an act, shown once on the page that follows: it travels in a cookie that lives a minute.

use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::error::WebError;
use crate::extract::cookie;
use crate::public_url::PublicUrl;

/// Longest text, in bytes: a cookie holds 4096 with its encoding.
const LONGEST: usize = 1_000;

/// How an act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It was done.
    Good,
    /// It wasn't, or only in part.
    Bad,
    /// Something else worth saying.
    Plain,
}

/// A sentence in the visitor's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// How the act ended.
    pub tone: Tone,
    /// The sentence, plain text.
    pub text: String,
}

impl Flash {
    /// Says that it was done.
    #[must_use]
    pub fn good(text: impl Into<String>) -> Self {
        Self { tone: Tone::Good, text: text.into() }
    }

    /// Says that it wasn't done.
    #[must_use]
    pub fn bad(text: impl Into<String>) -> Self {
        Self { tone: Tone::Bad, text: text.into() }
    }

    /// Says something else.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { tone: Tone::Plain, text: text.into() }
    }

    /// The class of its box.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.tone {
            Tone::Good => "flash good",
            Tone::Bad => "flash bad",
            Tone::Plain => "flash",
        }
    }

    pub(crate) fn read(value: &str) -> Option<Self> {
        let (tone, text) = value.split_once('.')?;
        let tone = match tone {
            "good" => Tone::Good,
            "bad" => Tone::Bad,
            "plain" => Tone::Plain,
            _ => return None,
        };
        let text = String::from_utf8(hex::decode(text).ok()?).ok()?;
        (text.len() <= LONGEST).then_some(Self { tone, text })
    }

    fn write(&self) -> String {
        let mut end = self.text.len().min(LONGEST);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let tone = match self.tone {
            Tone::Good => "good",
            Tone::Bad => "bad",
            Tone::Plain => "plain",
        };
        format!("{tone}.{}", hex::encode(&self.text[..end]))
    }
}

/// Sends the browser on to a page after an act (303).
///
/// # Errors
/// [`WebError::Internal`] if the path holds what a header can't.
pub fn see_other(path: &str) -> Result<Response, WebError> {
    let location = HeaderValue::from_str(path).map_err(WebError::internal)?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

/// The same, and the page that follows says how the act ended.
///
/// # Errors
/// [`WebError::Internal`] if the path holds what a header can't.
pub fn see_other_saying(path: &str, flash: &Flash, url: &PublicUrl) -> Result<Response, WebError> {
    let mut response = see_other(path)?;
    set_cookie(response.headers_mut(), url, &url.cookie("flash"), &flash.write(), 60)?;
    Ok(response)
}

/// Sets a cookie of this instance for some seconds, out of reach of scripts; 0 takes it away.
///
/// # Errors
/// [`WebError::Internal`] if the value holds what a cookie can't.
pub fn set_cookie(
    headers: &mut HeaderMap,
    url: &PublicUrl,
    name: &str,
    value: &str,
    seconds: u32,
) -> Result<(), WebError> {
    let secure = if url.is_https() { "; Secure" } else { "" };
    let path = url.cookie_path();
    let cookie = format!("{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let plain = value.bytes().all(|b| b.is_ascii_graphic() && !b",;\"\\".contains(&b));
    if !plain {
        return Err(WebError::internal("a cookie holds a character that it can't"));
    }
    headers.append(SET_COOKIE, HeaderValue::from_str(&cookie).map_err(WebError::internal)?);
    Ok(())
}

/// Takes the sentence away once a page has shown it.
pub(crate) fn forget(request: &HeaderMap, response: &mut Response, url: &PublicUrl) {
    let name = url.cookie("flash");
    let shown = cookie(request, &name).is_some();
    let is_page = response
        .headers()
        .get(axum::http::header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_new = response
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .any(|cookie| cookie.as_bytes().starts_with(format!("{name}=").as_bytes()));
    if shown && is_page && !is_new {
        // The value is empty, which every cookie can hold.
        let _ = set_cookie(response.headers_mut(), url, &name, "", 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_survives_its_cookie() {
        let flash = Flash::good("C’est enregistré : 310,00 € ; merci !");
        assert_eq!(Flash::read(&flash.write()), Some(flash.clone()));
        assert!(flash.write().is_ascii());
        let long = Flash::bad("é".repeat(900));
        assert_eq!(Flash::read(&long.write()).unwrap().text, "é".repeat(500));
        for forged in ["", "good", "great.41", "good.zz", "good.ff", "good.<script>"] {
            assert_eq!(Flash::read(forged), None, "{forged}");
        }
    }

    #[test]
    fn a_cookie_can_not_grow_attributes() {
        let url = PublicUrl::parse("https://example.org/popote").unwrap();
        let mut headers = HeaderMap::new();
        assert!(set_cookie(&mut headers, &url, "a", "b; Domain=org", 5).is_err());
        set_cookie(&mut headers, &url, "a", "b", 5).unwrap();
        assert_eq!(headers[SET_COOKIE], "a=b; Path=/popote/; Max-Age=5; HttpOnly; SameSite=Lax; Secure");
    }
}
