//! Seals: what tells, of a row that the chain of hashes doesn't cover, whether it is as the program wrote it.
//!
//! A seal holds one keyed digest for each column that is watched, so that a check names the column that was changed, and
//! so that writing one column doesn't confirm what stands in the others.

use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

/// How many bytes of its digest a column keeps.
const KEPT: usize = 16;
/// What stands for a column that was written before there were seals.
const NOT_COVERED: [u8; KEPT] = [0; KEPT];
/// What stands for a column whose seal was lost: no digest is that.
const LOST: [u8; KEPT] = [0xff; KEPT];

/// A row as it stands.
#[derive(Clone, Copy, Debug)]
pub struct SealedRow<'a> {
    /// The table.
    pub table: &'static str,
    /// Its id, or the id of what it belongs to.
    pub subject: Uuid,
    /// Its version or number there; 0 where the subject has one row.
    pub part: i64,
    /// The columns watched, in an order that never changes; a new one comes last.
    pub columns: &'a [(&'static str, Option<String>)],
}

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It is what was written.
    Sealed,
    /// It was written before there were seals.
    NotCovered,
    /// It isn't what was written, or its seal isn't.
    Changed,
}

/// Writes the seal of a row. `written`: the columns that were written just now, `None` for all; of the others the seal
/// stays as it was.
#[must_use]
pub fn seal(key: &[u8], row: &SealedRow<'_>, before: Option<&[u8]>, written: Option<&[&str]>) -> Vec<u8> {
    let mut seal = Vec::with_capacity(row.columns.len() * KEPT);
    for (place, (name, value)) in row.columns.iter().enumerate() {
        if written.is_none_or(|written| written.contains(name)) {
            seal.extend(digest(key, row, name, value.as_deref()));
        } else {
            seal.extend(before.map_or(LOST, |before| kept(before, place)));
        }
    }
    seal
}

/// How the columns of a row stand beside its seal.
#[must_use]
pub fn stand(key: &[u8], row: &SealedRow<'_>, seal: &[u8]) -> Vec<Stands> {
    let columns = row.columns.iter().enumerate();
    columns
        .map(|(place, (name, value))| match kept(seal, place) {
            NOT_COVERED => Stands::NotCovered,
            found if found == digest(key, row, name, value.as_deref()) => Stands::Sealed,
            _ => Stands::Changed,
        })
        .collect()
}

/// What a seal says of the column at that place; a seal older than the column doesn't cover it.
fn kept(seal: &[u8], place: usize) -> [u8; KEPT] {
    let found = seal.get(place * KEPT..).and_then(|rest| rest.first_chunk());
    found.copied().unwrap_or(NOT_COVERED)
}

fn digest(key: &[u8], row: &SealedRow<'_>, column: &str, value: Option<&str>) -> [u8; KEPT] {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return LOST };
    mac.update(row.subject.as_bytes());
    mac.update(&row.part.to_be_bytes());
    for text in [row.table, column] {
        mac.update(text.as_bytes());
        mac.update(&[0]);
    }
    // A text that is empty isn't one that is missing.
    mac.update(&[u8::from(value.is_some())]);
    mac.update(value.unwrap_or_default().as_bytes());
    let whole: [u8; 32] = mac.finalize().into_bytes().into();
    let mut kept = LOST;
    kept.copy_from_slice(&whole[..KEPT]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(part: i64, columns: &'a [(&'static str, Option<String>)]) -> SealedRow<'a> {
        SealedRow { table: "host", subject: Uuid::from_u128(7), part, columns }
    }

    fn said(name: &str, iban: Option<&str>) -> [(&'static str, Option<String>); 2] {
        [("name", Some(name.to_owned())), ("iban", iban.map(str::to_owned))]
    }

    #[test]
    fn a_seal_tells_which_column_was_changed() {
        use Stands::{Changed, Sealed};
        let before = said("Écluse", Some("FR76"));
        let sealed = seal(b"key", &row(0, &before), None, None);
        assert_eq!(stand(b"key", &row(0, &before), &sealed), [Sealed, Sealed]);
        for (after, found) in [
            (said("Écluse", Some("FR77")), [Sealed, Changed]),
            (said("Ecluse", Some("FR76")), [Changed, Sealed]),
            (said("Écluse", None), [Sealed, Changed]),
            (said("", Some("FR76")), [Changed, Sealed]),
        ] {
            assert_eq!(stand(b"key", &row(0, &after), &sealed), found, "{after:?}");
        }
        assert_eq!(stand(b"key", &row(1, &before), &sealed), [Changed, Changed], "another row");
        assert_eq!(stand(b"other", &row(0, &before), &sealed), [Changed, Changed], "another key");
        let (missing, empty) = (said("a", None), said("a", Some("")));
        let sealed = seal(b"key", &row(0, &missing), None, None);
        assert_eq!(stand(b"key", &row(0, &empty), &sealed), [Sealed, Changed]);
    }

    #[test]
    fn writing_one_column_confirms_no_other() {
        use Stands::{Changed, NotCovered, Sealed};
        let (before, after) = (said("a", Some("FR76")), said("b", Some("FR77")));
        let sealed = seal(b"key", &row(0, &before), None, None);
        let again = seal(b"key", &row(0, &after), Some(&sealed), Some(&["name"]));
        assert_eq!(stand(b"key", &row(0, &after), &again), [Sealed, Changed]);
        // Rows older than their seals, and columns that came later.
        let old = seal(b"key", &row(0, &after), Some(&[]), Some(&["name"]));
        assert_eq!(stand(b"key", &row(0, &after), &old), [Sealed, NotCovered]);
        assert_eq!(stand(b"key", &row(0, &before), &[]), [NotCovered, NotCovered]);
        // A seal that was taken away doesn't come back by writing something else.
        let lost = seal(b"key", &row(0, &before), None, Some(&["name"]));
        assert_eq!(stand(b"key", &row(0, &before), &lost), [Sealed, Changed]);
    }
}
