//! Proofs of money that came in: the files of an entry, and one more.

use app::files::{PROOF_TYPES, Upload};
use app::proofs::{Added, MOST, PURPOSE, add_proof, takes_proofs};
use axum::Json;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::actor::{Action, NotAllowed};
use domain::ids::{FileId, PostingId};
use domain::input::FieldRule;
use domain::tokens::Scope;
use jiff::Timestamp;
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::contributions::ProofIn;
use super::parts::{Listed, all_of};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// A file that shows an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProofOut {
    /// Its id: its bytes are at `/collectives/{collective}/files/{id}`.
    #[schema(value_type = Uuid)]
    id: FileId,
    name: String,
    media_type: String,
    /// In bytes.
    size: i64,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
}

/// The file that was added.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProofAdded {
    #[schema(value_type = Uuid)]
    id: FileId,
}

/// The entry of money that came in with that number.
async fn entry(tx: &mut Tx, desk: &Desk, seq: i64) -> Result<PostingId, ApiError> {
    let found = store::views::receipts(tx, desk.pot.id, seq.saturating_add(1), 1).await?;
    let found = found.into_iter().find(|row| row.seq == seq && takes_proofs(row.kind));
    Ok(found.ok_or(WebError::NotFound)?.posting)
}

/// `GET /collectives/{collective}/entries/{seq}/proofs`
pub(super) async fn list(
    call: Call,
    At((slug, seq)): At<(String, i64)>,
) -> Result<Listed<ProofOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    call.acts(&desk, Scope::Money)?;
    if !desk.may(Action::SeeProofs, None) {
        return Err(NotAllowed::Missing(Action::SeeProofs).into());
    }
    let posting = entry(&mut tx, &desk, seq).await?;
    let files = store::files::of_subject(&mut tx, posting.0, PURPOSE, MOST).await?;
    let told = files.into_iter().map(|file| ProofOut {
        id: file.id,
        name: file.name,
        media_type: file.media_type,
        size: file.size,
        added_at: file.created_at,
    });
    Ok(all_of(told.collect()))
}

/// `POST /collectives/{collective}/entries/{seq}/proofs`
pub(super) async fn add(
    call: Call,
    At((slug, seq)): At<(String, i64)>,
    Body(sent): Body<ProofIn>,
) -> Result<(StatusCode, Json<ProofAdded>), ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Money)?;
    if !desk.may(Action::RecordMoney, None) {
        return Err(NotAllowed::Missing(Action::RecordMoney).into());
    }
    let posting = entry(&mut tx, &desk, seq).await?;
    drop(tx);
    let ProofIn { name, base64 } = sent;
    let bytes = STANDARD.decode(base64).map_err(|_| ApiError::field("base64", FieldRule::FileType))?;
    let upload = Upload::check(&name, bytes, PROOF_TYPES);
    let upload = upload.map_err(|rule| ApiError::field("base64", rule))?;
    let Added { file } = add_proof(&call.state.context, acting, desk.pot.id, posting, upload)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(ProofAdded { id: file })))
}
