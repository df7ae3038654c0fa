//! One request over one connection to an address that was looked at.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::{HeaderValue, Request, Uri, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::fetch::{Asked, FetchError, Fetched};

/// Who asks.
const AGENT: &str = concat!("Popote/", env!("CARGO_PKG_VERSION"));

/// Where a request goes.
pub(crate) struct Target<'t> {
    pub(crate) uri: &'t Uri,
    pub(crate) host: &'t str,
    pub(crate) address: SocketAddr,
    pub(crate) tls: bool,
}

/// Sends a request and reads its answer. Whatever fails on the way is one error.
pub(crate) async fn send(target: &Target<'_>, asked: &Asked) -> Result<Fetched, FetchError> {
    let stream = TcpStream::connect(target.address).await.map_err(|_| FetchError::Unreachable)?;
    if target.tls {
        let name = ServerName::try_from(target.host.to_owned()).map_err(|_| FetchError::Unreachable)?;
        let stream = connector()?.connect(name, stream).await.map_err(|_| FetchError::Unreachable)?;
        speak(TokioIo::new(stream), target, asked).await
    } else {
        speak(TokioIo::new(stream), target, asked).await
    }
}

fn connector() -> Result<TlsConnector, FetchError> {
    static CONFIG: OnceLock<Option<Arc<ClientConfig>>> = OnceLock::new();
    let config = CONFIG.get_or_init(|| {
        let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
        Some(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
    });
    config.clone().map(TlsConnector::from).ok_or(FetchError::Unreachable)
}

async fn speak<S>(stream: S, target: &Target<'_>, asked: &Asked) -> Result<Fetched, FetchError>
where
    S: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let (mut sender, connection) =
        http1::handshake::<_, Full<Bytes>>(stream).await.map_err(|_| FetchError::Unreachable)?;
    let talk = tokio::spawn(connection);
    let answer = sender.send_request(request(target.uri, asked)?).await.map_err(|_| FetchError::Unreachable);
    let read = match answer {
        Ok(answer) => read(answer, asked.largest).await,
        Err(error) => Err(error),
    };
    talk.abort();
    read
}

fn request(uri: &Uri, asked: &Asked) -> Result<Request<Full<Bytes>>, FetchError> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let mut request = Request::builder()
        .method(asked.method.clone())
        .uri(path)
        .body(Full::new(asked.body.clone()))
        .map_err(|_| FetchError::NotAllowed)?;
    let headers = request.headers_mut();
    headers.clone_from(&asked.headers);
    headers.insert(header::HOST, HeaderValue::from_str(authority).map_err(|_| FetchError::NotAllowed)?);
    headers.insert(header::USER_AGENT, HeaderValue::from_static(AGENT));
    // Nothing comes compressed: what is counted is what there is.
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    Ok(request)
}

async fn read(answer: http::Response<hyper::body::Incoming>, largest: usize) -> Result<Fetched, FetchError> {
    let (parts, body) = answer.into_parts();
    let is_plain = parts.headers.get(header::CONTENT_ENCODING).is_none_or(|coding| coding == "identity");
    if !is_plain {
        return Err(FetchError::TooLarge);
    }
    let body = Limited::new(body, largest).collect().await.map_err(|error| {
        if error.is::<http_body_util::LengthLimitError>() {
            FetchError::TooLarge
        } else {
            FetchError::Unreachable
        }
    })?;
    Ok(Fetched { status: parts.status, headers: parts.headers, body: body.to_bytes() })
}
