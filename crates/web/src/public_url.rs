//! The address under which people reach the instance. Every absolute address, the names of the cookies and the
//! origin that forms must come from follow from it, never from what a request claims.

use std::net::IpAddr;

use sha2::{Digest, Sha256};
use thiserror::Error;

/// Why an address can't be the public one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PublicUrlError {
    /// It doesn't start with `https://` or `http://` followed by a host.
    #[error("the public address must look like https://pot.example.org or https://example.org/popote")]
    Form,
    /// Plain http on anything but this machine: cookies and passwords would travel in clear.
    #[error("the public address must be https:// unless it is on this machine")]
    InClear,
    /// It holds a query, a fragment, a user or a character that a path doesn't.
    #[error("the public address holds more than a host and a plain path")]
    TooMuch,
}

/// A checked public address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    base: String,
    cookie: String,
}

impl PublicUrl {
    /// Reads an address; a final slash and a default port are dropped, letters of the host become small.
    ///
    /// # Errors
    /// See [`PublicUrlError`].
    pub fn parse(text: &str) -> Result<Self, PublicUrlError> {
        let url = Self::parse_even_in_clear(text)?;
        if url.is_https() || url.is_loopback() { Ok(url) } else { Err(PublicUrlError::InClear) }
    }

    /// Reads an address and takes plain http to another machine too, where the operator asked for that.
    ///
    /// # Errors
    /// [`PublicUrlError::Form`] and [`PublicUrlError::TooMuch`].
    pub fn parse_even_in_clear(text: &str) -> Result<Self, PublicUrlError> {
        let (scheme, rest) = text.trim().split_once("://").ok_or(PublicUrlError::Form)?;
        let default_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return Err(PublicUrlError::Form),
        };
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = host.to_ascii_lowercase();
        let host = host.strip_suffix(default_port).unwrap_or(&host);
        if host.is_empty() {
            return Err(PublicUrlError::Form);
        }
        if !host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b)) {
            return Err(PublicUrlError::TooMuch);
        }
        let base = path.trim_end_matches('/');
        let plain = |segment: &str| {
            !segment.is_empty()
                && segment != "."
                && segment != ".."
                && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
        };
        if !base.is_empty() && !base[1..].split('/').all(plain) {
            return Err(PublicUrlError::TooMuch);
        }
        let origin = format!("{scheme}://{host}");
        let cookie = cookie_name(&origin, base);
        Ok(Self { origin, base: base.to_owned(), cookie })
    }

    /// Scheme, host and port, as browsers write an origin: `https://pot.example.org`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What every path starts with: empty at the root, else `/popote`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A path of this instance (with its base) as an absolute address, for mails, feeds and cards.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether people come by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https:")
    }

    /// Whether the address is this machine's own.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        if let Some(bracketed) = host.strip_prefix('[') {
            return bracketed.split(']').next().is_some_and(|ip| ip == "::1");
        }
        let name = host.split(':').next().unwrap_or_default();
        name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// Name of the session cookie. Its prefix makes the browser hold what the name says: `__Host-` at the root of
    /// an https origin, `__Secure-` under a path, none on this machine; the hash keeps two instances apart.
    #[must_use]
    pub fn session_cookie(&self) -> &str {
        &self.cookie
    }

    /// Name of another cookie of this instance.
    #[must_use]
    pub fn cookie(&self, purpose: &str) -> String {
        format!("{}-{purpose}", self.cookie)
    }

    /// `Path` of every cookie.
    #[must_use]
    pub fn cookie_path(&self) -> String {
        format!("{}/", self.base)
    }
}

fn cookie_name(origin: &str, base: &str) -> String {
    if origin.starts_with("http:") {
        return "popote".to_owned();
    }
    let hash = hex::encode(&Sha256::digest(format!("{origin}{base}").as_bytes())[..4]);
    let prefix = if base.is_empty() { "__Host-" } else { "__Secure-" };
    format!("{prefix}popote-{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_in_one_way() {
        for (text, origin, base) in [
            ("https://pot.example.org", "https://pot.example.org", ""),
            ("https://Pot.Example.org:443/", "https://pot.example.org", ""),
            ("https://example.org/popote/", "https://example.org", "/popote"),
            ("https://example.org:8443/a/b", "https://example.org:8443", "/a/b"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
            ("http://[::1]:8080/popote", "http://[::1]:8080", "/popote"),
        ] {
            let url = PublicUrl::parse(text).unwrap();
            assert_eq!((url.origin(), url.base()), (origin, base), "{text}");
        }
    }

    #[test]
    fn what_can_not_be_public_is_refused() {
        use PublicUrlError::{Form, InClear, TooMuch};
        for (text, why) in [
            ("", Form),
            ("pot.example.org", Form),
            ("ftp://pot.example.org", Form),
            ("https://", Form),
            ("http://pot.example.org", InClear),
            ("http://localhost.example.org", InClear),
            ("https://me:secret@pot.example.org", TooMuch),
            ("https://pot.example.org/?a=b", TooMuch),
            ("https://pot.example.org/a//b", TooMuch),
            ("https://pot.example.org/../b", TooMuch),
            ("https://pot.example.org/a\r\nb", TooMuch),
        ] {
            assert_eq!(PublicUrl::parse(text), Err(why), "{text}");
        }
        assert!(PublicUrl::parse_even_in_clear("http://pot.example.org").is_ok());
    }

    #[test]
    fn cookies_say_how_safe_they_are_and_do_not_collide() {
        let name = |text| PublicUrl::parse(text).unwrap().session_cookie().to_owned();
        assert!(name("https://pot.example.org").starts_with("__Host-popote-"));
        assert!(name("https://pot.example.org/a").starts_with("__Secure-popote-"));
        assert_ne!(name("https://pot.example.org/a"), name("https://pot.example.org/b"));
        assert_eq!(name("http://127.0.0.1:8080"), "popote");
        let url = PublicUrl::parse("https://pot.example.org/a").unwrap();
        assert_eq!(url.cookie_path(), "/a/");
        assert_eq!(url.absolute("/a/about"), "https://pot.example.org/a/about");
    }
}
