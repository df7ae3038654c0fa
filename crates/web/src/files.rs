//! Files that people sent: pictures for whoever sees their page, proofs for the treasury and for whoever paid.

use app::pictures::PURPOSE;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Response, StatusCode};
use domain::actor::{Action, permit};
use domain::ids::FileId;
use store::Tx;
use store::files::FileRow;

use crate::error::WebError;
use crate::extract::Visitor;
use crate::state::AppState;

/// Pictures that browsers may show; every other file is only ever saved.
const SHOWN: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];
/// How long browsers keep a picture: a view of a page or two, so that what is erased is soon gone there too.
const KEPT: &str = "public, max-age=600";

/// `GET /files/{id}`. Whoever may not see a file doesn't learn that it exists.
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    visitor: Visitor,
    Path(id): Path<FileId>,
) -> Result<Response<Body>, WebError> {
    let mut tx = state.context.db.read().await?;
    let file = store::files::get(&mut tx, id).await?.ok_or(WebError::NotFound)?;
    if !may_see(&mut tx, &state, &visitor, &file).await? {
        return Err(WebError::NotFound);
    }
    let is_picture = file.purpose == PURPOSE && SHOWN.contains(&file.media_type.as_str());
    let etag = format!("\"{}\"", hex::encode(file.hash));
    let kept = if is_picture { KEPT } else { "private, no-store" };
    if is_picture
        && file.erased_at.is_none()
        && headers.get(IF_NONE_MATCH).is_some_and(|seen| seen == etag.as_str())
    {
        let unchanged = Response::builder().status(StatusCode::NOT_MODIFIED);
        return unchanged
            .header(ETAG, etag)
            .header(CACHE_CONTROL, kept)
            .body(Body::empty())
            .map_err(WebError::internal);
    }
    let bytes = store::files::bytes(&mut tx, id).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    let manner = if is_picture { "inline" } else { "attachment" };
    Response::builder()
        .header(CONTENT_TYPE, if is_picture { file.media_type.as_str() } else { "application/octet-stream" })
        .header(CONTENT_DISPOSITION, format!("{manner}; filename=\"{}\"", plain(&file.name)))
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .header(CACHE_CONTROL, kept)
        .header(ETAG, etag)
        .body(Body::from(bytes))
        .map_err(WebError::internal)
}

async fn may_see(tx: &mut Tx, state: &AppState, visitor: &Visitor, file: &FileRow) -> Result<bool, WebError> {
    if file.purpose == PURPOSE {
        return Ok(true);
    }
    let (Some(person), Some(collective)) = (&visitor.0, file.collective) else { return Ok(false) };
    let now = state.context.now();
    let standing = app::people::standing(tx, person.person(), collective, now).await?;
    if file.purpose == app::invoices::PURPOSE {
        let invoice = store::invoices::by_id(tx, file.subject.into()).await?;
        let place = store::collectives::get(tx, collective).await?;
        let (Some(invoice), Some(place)) = (invoice, place) else { return Ok(false) };
        return Ok(app::invoices::page::sees(tx, &place, &standing, &invoice, now).await?);
    }
    let paid = standing.mandates.iter().any(|mandate| Some(mandate.organisation) == file.payer);
    Ok(paid || permit(Action::SeeProofs, &standing, None, None).is_ok())
}

/// A name that a header holds: letters, digits and a few signs.
fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
        .collect();
    if plain.is_empty() { "file".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_can_not_end_its_header() {
        assert_eq!(plain("reçu \"mars\".pdf\r\nX: y"), "re_u__mars_.pdf__X__y");
        assert_eq!(plain(""), "file");
    }
}
