//! Uploads: what a file is, judged by its bytes and not by its name.

use std::sync::Arc;

use domain::{
    Seed,
    chain::{Hash, digest},
    ids::{CollectiveId, FileId, OrganisationId, PersonId},
    input::FieldRule,
    text,
};
use jiff::Timestamp;
use pictures::Made;
use serde::Serialize;
use store::{Tx, files::FileRow};
use uuid::Uuid;

/// The largest file that is taken, in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// Types that a proof of payment may have.
pub const PROOF_TYPES: &[&str] = &["application/pdf", "image/png", "image/jpeg", "image/webp"];
const LONGEST_NAME: usize = 120;

/// A file that somebody sent, checked.
#[derive(Clone, Debug, Serialize)]
pub struct Upload {
    name: String,
    media_type: &'static str,
    hash: Hash,
    #[serde(skip)]
    bytes: Arc<Vec<u8>>,
}

/// What a file belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The collective.
    pub collective: CollectiveId,
    /// The thing that it shows.
    pub subject: Uuid,
    /// What it is for: `proof`, `picture`.
    pub purpose: &'static str,
    /// The organisation that paid, which may see its own proof.
    pub payer: Option<OrganisationId>,
    /// Who sent it.
    pub uploaded_by: PersonId,
}

impl Upload {
    /// Checks a file. Errors: [`FieldRule::FileTooLarge`], [`FieldRule::FileType`] if its bytes are of none of the
    /// types of `allowed`.
    pub fn check(name: &str, bytes: Vec<u8>, allowed: &[&'static str]) -> Result<Self, FieldRule> {
        if bytes.len() > LARGEST {
            return Err(FieldRule::FileTooLarge(LARGEST as u64));
        }
        let sniffed = infer::get(&bytes).map(|kind| kind.mime_type()).ok_or(FieldRule::FileType)?;
        let media_type = allowed.iter().copied().find(|media_type| *media_type == sniffed);
        let media_type = media_type.ok_or(FieldRule::FileType)?;
        let name = text::optional_line(name.rsplit(['/', '\\']).next().unwrap_or_default(), LONGEST_NAME);
        let name = name.ok().filter(|name| !name.is_empty()).unwrap_or_else(|| "fichier".to_owned());
        Ok(Self { name, media_type, hash: digest(&[&bytes]), bytes: Arc::new(bytes) })
    }

    /// A picture that was made here: it doesn't keep the name that it came with.
    pub(crate) fn picture(made: Made) -> Self {
        let name = if made.media_type == "image/png" { "image.png" } else { "image.jpg" };
        let (media_type, hash) = (made.media_type, digest(&[&made.bytes]));
        Self { name: name.to_owned(), media_type, hash, bytes: Arc::new(made.bytes) }
    }

    /// SHA-256 of its bytes.
    pub(crate) const fn hash(&self) -> Hash {
        self.hash
    }
}

/// Keeps a file in the transaction of what it belongs to.
pub async fn keep_in(
    tx: &mut Tx,
    seed: &mut Seed,
    now: Timestamp,
    upload: &Upload,
    place: Place,
) -> store::sqlx::Result<FileId> {
    let row = FileRow {
        id: seed.id(now),
        hash: upload.hash,
        name: upload.name.clone(),
        media_type: upload.media_type.to_owned(),
        size: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
        collective: Some(place.collective),
        subject: place.subject,
        purpose: place.purpose.to_owned(),
        payer: place.payer,
        uploaded_by: Some(place.uploaded_by),
        created_at: now,
        erased_at: None,
    };
    store::files::insert(tx, &row, &upload.bytes).await?;
    Ok(row.id)
}
