//! Files: a row for each use, the bytes once, by their hash.

use domain::ids::{CollectiveId, FileId, OrganisationId, PersonId, PotId};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, fetch_optional_locked, fetch_optional_value, row,
    seals::{self, Kind, Written},
};

/// How many files are checked at once.
const CHECKED_AT_ONCE: i64 = 1_000;
/// How many bytes of a file are read at once.
const READ_AT_ONCE: i64 = 4 << 20;

row! {
    /// A file without its bytes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct FileRow {
        /// Its id.
        pub id: FileId,
        /// SHA-256 of its bytes.
        pub hash: [u8; 32],
        /// Its name, for people.
        pub name: String,
        /// Its type, as sniffed.
        pub media_type: String,
        /// Its size in bytes.
        pub size: i64,
        /// The collective whose rights decide who may read it.
        pub collective: Option<CollectiveId>,
        /// What it belongs to.
        pub subject: Uuid,
        /// What it is there for: `picture`, `proof`.
        pub purpose: String,
        /// The organisation that may read a proof beside the treasurers.
        pub payer: Option<OrganisationId>,
        /// Who sent it.
        pub uploaded_by: Option<PersonId>,
        /// Since when.
        pub created_at: Timestamp,
        /// When its bytes were erased.
        pub erased_at: Option<Timestamp>,
    }
}

row! {
    struct Kept {
        hash: [u8; 32],
    }
}

/// Locks the bytes of a hash, so that nobody erases them while they get one more use. Whether they are there.
async fn hold(tx: &mut Tx, hash: [u8; 32]) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT hash FROM file_content WHERE hash = $1";
    let kept: Option<Kept> = fetch_optional_locked(tx, SQL, args![hash]).await?;
    Ok(kept.is_some_and(|kept| kept.hash == hash))
}

/// Writes a file and, unless they are there, its bytes.
pub async fn insert(tx: &mut Tx, new: &FileRow, bytes: &[u8]) -> sqlx::Result<()> {
    const CONTENT: &str =
        "INSERT INTO file_content (hash, bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
    execute(tx, CONTENT, args![new.hash, bytes]).await?;
    if !hold(tx, new.hash).await? {
        // They were there, and were erased before they could be held.
        execute(tx, CONTENT, args![new.hash, bytes]).await?;
    }
    execute(
        tx,
        "INSERT INTO file (id, hash, name, media_type, size, collective, subject, purpose, payer, uploaded_by, \
         created_at, erased_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            new.id,
            new.hash,
            new.name,
            new.media_type,
            new.size,
            new.collective,
            new.subject,
            new.purpose,
            new.payer,
            new.uploaded_by,
            new.created_at,
            new.erased_at
        ],
    )
    .await?;
    sealed(tx, new, Written::All).await
}

/// Seals a file of a collective: what belongs to nobody's pot, no check of a pot looks at.
async fn sealed(tx: &mut Tx, file: &FileRow, written: Written<'_>) -> sqlx::Result<()> {
    match file.collective {
        Some(_) => seals::renew_one(tx, Kind::File, file.id, written).await,
        None => Ok(()),
    }
}

/// A file.
pub async fn get(tx: &mut Tx, id: FileId) -> sqlx::Result<Option<FileRow>> {
    fetch_optional(
        tx,
        "SELECT id, hash, name, media_type, size, collective, subject, purpose, payer, uploaded_by, created_at, \
         erased_at FROM file WHERE id = $1",
        args![id],
    )
    .await
}

row! {
    struct Held {
        bytes: Vec<u8>,
        hash: [u8; 32],
        purpose: String,
    }
}

/// The bytes of a file that wasn't erased. Of a paper, none that aren't the ones that came: a picture proves nothing.
pub async fn bytes(tx: &mut Tx, id: FileId) -> sqlx::Result<Option<Vec<u8>>> {
    const SQL: &str = "SELECT c.bytes, f.hash, f.purpose FROM file f JOIN file_content c ON c.hash = f.hash \
        WHERE f.id = $1 AND f.erased_at IS NULL";
    let Some(held) = fetch_optional::<Held>(tx, SQL, args![id]).await? else { return Ok(None) };
    if held.purpose != "picture" && Sha256::digest(&held.bytes)[..] != held.hash {
        tracing::error!(%id, "the bytes of a file aren't those that came");
        return Ok(None);
    }
    Ok(Some(held.bytes))
}

row! {
    struct Resting {
        id: FileId,
        hash: [u8; 32],
    }
}

/// Reads the files on which invoices and entries of a pot rest, unless they were erased, and tells of each what its bytes
/// hash to; `None` where they are gone. Holds a part of one file at a time.
pub async fn each_resting(
    tx: &mut Tx,
    pot: PotId,
    mut see: impl FnMut(FileId, &[u8; 32], Option<&[u8; 32]>),
) -> sqlx::Result<()> {
    const SQL: &str = "SELECT f.id, f.hash FROM file f WHERE f.erased_at IS NULL AND f.id > $2 AND f.id IN \
        (SELECT i.file FROM invoice i WHERE i.pot = $1 UNION SELECT r.proof FROM receipt r WHERE r.pot = $1 \
        UNION SELECT p.id FROM file p JOIN posting q ON q.id = p.subject WHERE q.pot = $1 AND p.purpose = 'proof') \
        ORDER BY f.id LIMIT $3";
    let mut after = FileId(Uuid::nil());
    loop {
        let files: Vec<Resting> = fetch_all(tx, SQL, args![pot, after, CHECKED_AT_ONCE]).await?;
        let Some(last) = files.last() else { return Ok(()) };
        after = last.id;
        for file in files {
            let found = hash_of_bytes(tx, file.hash).await?;
            see(file.id, &file.hash, found.as_ref());
        }
    }
}

async fn hash_of_bytes(tx: &mut Tx, hash: [u8; 32]) -> sqlx::Result<Option<[u8; 32]>> {
    const PART: &str = "SELECT SUBSTR(bytes, CAST($2 AS INTEGER), CAST($3 AS INTEGER)) FROM file_content \
        WHERE hash = $1";
    let (mut hasher, mut from) = (Sha256::new(), 1);
    loop {
        let part: Option<Vec<u8>> = fetch_optional_value(tx, PART, args![hash, from, READ_AT_ONCE]).await?;
        let Some(part) = part else { return Ok(None) };
        hasher.update(&part);
        from += READ_AT_ONCE;
        if i64::try_from(part.len()).is_ok_and(|length| length < READ_AT_ONCE) {
            return Ok(Some(hasher.finalize().into()));
        }
    }
}

/// The files of a thing that weren't erased, oldest first; at most `limit`.
pub async fn of_subject(tx: &mut Tx, subject: Uuid, purpose: &str, limit: u16) -> sqlx::Result<Vec<FileRow>> {
    fetch_all(
        tx,
        "SELECT id, hash, name, media_type, size, collective, subject, purpose, payer, uploaded_by, created_at, \
         erased_at FROM file WHERE subject = $1 AND purpose = $2 AND erased_at IS NULL ORDER BY id LIMIT $3",
        args![subject, purpose, limit],
    )
    .await
}

/// Erases a file for good: its row stays, its name and, unless another file has the same, its bytes go. Whether it was
/// there.
pub async fn erase(tx: &mut Tx, id: FileId, now: Timestamp) -> sqlx::Result<bool> {
    let Some(file) = get(tx, id).await?.filter(|file| file.erased_at.is_none()) else { return Ok(false) };
    hold(tx, file.hash).await?;
    execute(tx, "UPDATE file SET erased_at = $2, name = '' WHERE id = $1", args![id, now]).await?;
    sealed(tx, &file, Written::Only(&["erased_at"])).await?;
    const UNUSED: &str = "DELETE FROM file_content WHERE hash = $1 AND NOT EXISTS \
        (SELECT 1 FROM file WHERE file.hash = $1 AND erased_at IS NULL)";
    execute(tx, UNUSED, args![file.hash]).await?;
    Ok(true)
}
