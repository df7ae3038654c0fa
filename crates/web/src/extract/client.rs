//! Who is at the other end of the connection.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use axum::http::request::Parts;
use thiserror::Error;

use crate::limits::Network;
use crate::state::AppState;

/// The client's network, for counting attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub Network);

impl FromRequestParts<AppState> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let network =
            peer.map_or(Network::Unknown, |peer| Network::of(state.proxies.client(peer, &parts.headers)));
        Ok(Self(network))
    }
}

/// Why a list of proxies is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not an address or a network such as 10.0.0.0/8: {0}")]
pub struct ProxiesError(String);

/// Machines whose word about their clients is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<(IpAddr, u8)>);

impl FromStr for Proxies {
    type Err = ProxiesError;

    /// Addresses and networks, separated by commas or spaces.
    fn from_str(text: &str) -> Result<Self, ProxiesError> {
        let names = text.split([',', ' ']).filter(|name| !name.is_empty());
        names
            .map(|name| read_network(name).ok_or_else(|| ProxiesError(name.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

fn read_network(name: &str) -> Option<(IpAddr, u8)> {
    let (address, length) =
        name.split_once('/').map_or((name, None), |(address, length)| (address, Some(length)));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let length = length.map_or(Some(most), |length| length.parse().ok())?;
    (length <= most).then_some((address, length))
}

impl Proxies {
    /// The client behind `peer`: the last address of `X-Forwarded-For` that is no trusted proxy.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.trusts(peer) {
            return peer;
        }
        let told: Vec<&str> =
            headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
        let mut client = peer;
        for name in told.iter().flat_map(|list| list.split(',')).rev().take(16) {
            let Ok(address) = name.trim().parse::<IpAddr>() else { break };
            client = address;
            if !self.trusts(address) {
                break;
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|(network, length)| same_network(network.to_canonical(), address, *length))
    }
}

fn same_network(one: IpAddr, other: IpAddr, length: u8) -> bool {
    match (one, other) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            (one.to_bits() ^ other.to_bits()).checked_shr(32 - u32::from(length.min(32))).unwrap_or(0) == 0
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => {
            (one.to_bits() ^ other.to_bits()).checked_shr(128 - u32::from(length.min(128))).unwrap_or(0) == 0
        }
        _ => false,
    }
}

/// Whether a client takes gzip: named without `q=0`.
#[must_use]
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        let refused = !weight.is_empty() && weight.bytes().all(|b| b == b'0' || b == b'.');
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in forwarded {
            headers.append("x-forwarded-for", list.parse().unwrap());
        }
        proxies.parse::<Proxies>().unwrap().client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn nobody_is_believed_unless_named() {
        assert_eq!(client("", "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(client("127.0.0.1", "127.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(
            client("10.0.0.0/8, ::1", "10.1.2.3", &["203.0.113.9", "198.51.100.7, 10.9.9.9"]),
            "198.51.100.7"
        );
        assert_eq!(client("10.0.0.0/8", "11.0.0.1", &["198.51.100.7"]), "11.0.0.1");
        assert_eq!(client("127.0.0.1", "127.0.0.1", &["forged, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("127.0.0.1", "127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(client("0.0.0.0/0", "127.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("127.0.0.1", "::ffff:127.0.0.1", &["198.51.100.7"]), "198.51.100.7");
    }

    #[test]
    fn a_wrong_list_is_refused() {
        for text in ["proxy.example", "10.0.0.0/33", "::1/129", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(text.parse::<Proxies>().is_err(), "{text}");
        }
    }

    #[test]
    fn gzip_is_taken_where_it_is_not_refused() {
        for (value, taken) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.8", true),
            ("gzip;q=0", false),
            ("gzip;q=0.0, br", false),
            ("identity", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, value.parse().unwrap())]);
            assert_eq!(accepts_gzip(&headers), taken, "{value}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
