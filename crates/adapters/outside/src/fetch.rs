//! Asking another machine for something: only on the ports of the web, only of addresses of everybody, each looked
//! at before it is connected to.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::uri::Scheme;
use http::{HeaderMap, Method, StatusCode, Uri, header};
use thiserror::Error;

use crate::address::is_global;
use crate::wire::{self, Target};

/// Redirects that are followed at most.
const MOST_REDIRECTS: usize = 3;
/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Addresses of one name that are looked at; a name with more is refused.
const MOST_ADDRESSES: usize = 16;
/// Requests to one host in a day.
const MOST_A_DAY: u32 = 5_000;
/// Hosts that are counted; beyond, the counts begin anew.
const MOST_HOSTS: usize = 10_000;
/// Longest address.
const LONGEST_URL: usize = 2_000;
/// Seconds in a day.
const DAY: i64 = 86_400;

/// Why nothing came back. Nobody learns from it whether a port is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    /// Not an address of the web: another scheme, another port, a password inside, too long.
    #[error("not an address of the web")]
    NotAllowed,
    /// The name can't be found, leads within, or nothing there answers in time.
    #[error("nothing answers there")]
    Unreachable,
    /// More bytes than asked for.
    #[error("the answer is too large")]
    TooLarge,
    /// More than three redirects, or one that may not be followed.
    #[error("too many redirects")]
    Redirected,
    /// That host was asked too often today.
    #[error("that host was asked too often today")]
    TooOften,
}

/// A host with its port that an admin allows, wherever it is: `hooks.lan:8443`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    host: String,
    port: u16,
}

/// Not a host with a port.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not a host with its port such as hooks.lan:8443: {0}")]
pub struct ExceptionError(String);

impl FromStr for Exception {
    type Err = ExceptionError;

    fn from_str(text: &str) -> Result<Self, ExceptionError> {
        let wrong = || ExceptionError(text.to_owned());
        let (host, port) = text.trim().rsplit_once(':').ok_or_else(wrong)?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        let port = port.parse().map_err(|_| wrong())?;
        if host.is_empty() || port == 0 { Err(wrong()) } else { Ok(Self { host, port }) }
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// How.
    pub method: Method,
    /// Of whom.
    pub url: String,
    /// Headers beside `Host`, `User-Agent` and the length.
    pub headers: HeaderMap,
    /// The body; empty for GET.
    pub body: Bytes,
    /// Most bytes of the answer.
    pub largest: usize,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Asks other machines. It knows no proxy, keeps no cookie, and counts how often each host is asked.
pub struct Fetcher {
    exceptions: Vec<Exception>,
    asked: Mutex<HashMap<String, (i64, u32)>>,
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("exceptions", &self.exceptions).finish_non_exhaustive()
    }
}

impl Fetcher {
    /// One that also asks these hosts at these ports.
    #[must_use]
    pub fn new(exceptions: Vec<Exception>) -> Self {
        Self { exceptions, asked: Mutex::default() }
    }

    /// Whether an address may be given, as far as it shows: https on its usual port, no number of a machine within; or
    /// a host that an admin allows. What a name leads to is looked at each time it is asked.
    #[must_use]
    pub fn takes(&self, url: &str) -> bool {
        let Ok(uri) = read(url) else { return false };
        let (host, port, tls) = target(&uri);
        let is_outside = host.parse().map_or_else(|_| may_lead_outside(&host), is_global);
        self.excepts(&host, port) || (tls && port == 443 && is_outside)
    }

    fn excepts(&self, host: &str, port: u16) -> bool {
        self.exceptions.iter().any(|one| one.host == host && one.port == port)
    }

    /// Asks, at `now` in seconds since 1970. GET follows three redirects at most, each looked at like the first;
    /// others follow none.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn fetch(&self, asked: Asked, now: i64) -> Result<Fetched, FetchError> {
        tokio::time::timeout(PATIENCE, self.follow(asked, now)).await.unwrap_or(Err(FetchError::Unreachable))
    }

    async fn follow(&self, mut asked: Asked, now: i64) -> Result<Fetched, FetchError> {
        let follows = asked.method == Method::GET;
        for _ in 0..=MOST_REDIRECTS {
            let uri = read(&asked.url)?;
            let fetched = self.once(&uri, &asked, now).await?;
            if !follows || !fetched.status.is_redirection() {
                return Ok(fetched);
            }
            let Some(next) = fetched.headers.get(header::LOCATION).and_then(|value| value.to_str().ok())
            else {
                return Ok(fetched);
            };
            let next = joined(&uri, next).ok_or(FetchError::Redirected)?;
            if origin(&read(&next)?) != origin(&uri) {
                // What proves who asks goes to the origin for which it was given, and no further.
                asked.headers.remove(header::AUTHORIZATION);
            }
            asked.url = next;
        }
        Err(FetchError::Redirected)
    }

    async fn once(&self, uri: &Uri, asked: &Asked, now: i64) -> Result<Fetched, FetchError> {
        let (host, port, tls) = target(uri);
        let excepted = self.excepts(&host, port);
        if !excepted && port != 80 && port != 443 {
            return Err(FetchError::NotAllowed);
        }
        self.count(&host, now)?;
        let address = resolve(&host, port, excepted).await?;
        wire::send(&Target { uri, host: &host, address, tls }, asked).await
    }

    fn count(&self, host: &str, now: i64) -> Result<(), FetchError> {
        let today = now.div_euclid(DAY);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.len() >= MOST_HOSTS {
            asked.clear();
        }
        let (day, count) = asked.entry(host.to_owned()).or_insert((today, 0));
        if *day != today {
            (*day, *count) = (today, 0);
        }
        *count += 1;
        if *count > MOST_A_DAY { Err(FetchError::TooOften) } else { Ok(()) }
    }
}

/// The host, the port, and whether it is asked over TLS.
fn target(uri: &Uri) -> (String, u16, bool) {
    let tls = uri.scheme() == Some(&Scheme::HTTPS);
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    (host.to_ascii_lowercase(), uri.port_u16().unwrap_or(if tls { 443 } else { 80 }), tls)
}

/// An address of the web: http or https, a host, no name or password inside.
fn read(url: &str) -> Result<Uri, FetchError> {
    if url.len() > LONGEST_URL {
        return Err(FetchError::NotAllowed);
    }
    let uri: Uri = url.parse().map_err(|_| FetchError::NotAllowed)?;
    let web = uri.scheme() == Some(&Scheme::HTTP) || uri.scheme() == Some(&Scheme::HTTPS);
    let plain = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    let named = uri.host().is_some_and(|host| !host.is_empty());
    if web && plain && named { Ok(uri) } else { Err(FetchError::NotAllowed) }
}

/// Whether a host that is no address as people write them may be a name of another machine: `localhost` isn't, nor is a
/// number in any spelling (`127.1`, `0x7f.1`), with a dot behind it or not.
fn may_lead_outside(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = match last.strip_prefix("0x") {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => last.bytes().all(|byte| byte.is_ascii_digit()),
    };
    // Of an empty last label all is a digit too.
    !is_number && last != "localhost"
}

/// The one address that is connected to. It is looked up once; if any address of the name is within, none is used.
async fn resolve(host: &str, port: u16, excepted: bool) -> Result<SocketAddr, FetchError> {
    let found: Vec<SocketAddr> = match host.parse::<IpAddr>() {
        Ok(address) => vec![SocketAddr::new(address, port)],
        Err(_) => {
            let found = tokio::net::lookup_host((host, port)).await.map_err(|_| FetchError::Unreachable)?;
            found.take(MOST_ADDRESSES + 1).collect()
        }
    };
    let sound =
        found.len() <= MOST_ADDRESSES && (excepted || found.iter().all(|address| is_global(address.ip())));
    if !sound {
        return Err(FetchError::Unreachable);
    }
    found.first().copied().ok_or(FetchError::Unreachable)
}

fn origin(uri: &Uri) -> (Option<&str>, Option<&str>) {
    (uri.scheme_str(), uri.authority().map(http::uri::Authority::as_str))
}

/// Where a redirect leads: a whole address, or a path of the same host.
fn joined(from: &Uri, location: &str) -> Option<String> {
    let (scheme, authority) = (from.scheme_str()?, from.authority()?);
    if location.contains("://") {
        Some(location.to_owned())
    } else if let Some(rest) = location.strip_prefix("//") {
        Some(format!("{scheme}://{rest}"))
    } else if location.starts_with('/') {
        Some(format!("{scheme}://{authority}{location}"))
    } else {
        let path = from.path();
        let folder = &path[..=path.rfind('/')?];
        Some(format!("{scheme}://{authority}{folder}{location}"))
    }
}

#[cfg(test)]
mod tests;
