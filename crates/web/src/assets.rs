//! Stylesheet, scripts and pictures, served from the binary under names that change with their content.

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, Response};

use crate::error::WebError;
use crate::extract::accepts_gzip;

/// One file of `assets/`, or the stylesheet made of all of `assets/css`.
struct Asset {
    name: &'static str,
    file: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The name under which an asset is served (`popote.0a1b….css` for `popote.css`); its own where there is none.
pub(crate) fn file_name(name: &'static str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or(name, |asset| asset.file)
}

/// `GET /assets/{file}`
pub(crate) async fn show(Path(file): Path<String>, headers: HeaderMap) -> Result<Response<Body>, WebError> {
    let asset = ASSETS.iter().find(|asset| asset.file == file).ok_or(WebError::NotFound)?;
    respond(asset, &headers, "public, max-age=31536000, immutable")
}

/// `GET /favicon.ico`, which browsers ask for by themselves where a page names no icon.
pub(crate) async fn favicon(headers: HeaderMap) -> Result<Response<Body>, WebError> {
    static MARK: LazyLock<Option<&Asset>> =
        LazyLock::new(|| ASSETS.iter().find(|asset| asset.name == "mark.svg"));
    respond(MARK.ok_or(WebError::NotFound)?, &headers, "public, max-age=86400")
}

fn respond(asset: &Asset, headers: &HeaderMap, cache: &'static str) -> Result<Response<Body>, WebError> {
    let response = Response::builder()
        .header(CONTENT_TYPE, content_type(asset.name))
        .header(CACHE_CONTROL, cache)
        .header(VARY, "Accept-Encoding");
    let response = if accepts_gzip(headers) && asset.gzip.len() < asset.plain.len() {
        response.header(CONTENT_ENCODING, "gzip").body(Body::from(asset.gzip))
    } else {
        response.body(Body::from(asset.plain))
    };
    response.map_err(WebError::internal)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
