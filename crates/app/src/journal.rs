//! Posting from use cases: a draft that can't be posted is a fault of the use case, not of the person.

use domain::{
    Draft, Seed,
    ids::{PostingId, PotId},
    posting::Posted,
};
use jiff::Timestamp;
use store::{
    Tx,
    journal::{LockedPot, PostError},
};
use uuid::Uuid;

use crate::error::Failure;

impl<R: std::fmt::Debug> From<PostError> for Failure<R> {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Sql(error) => error.into(),
            other => Self::Fault(other.to_string()),
        }
    }
}

/// Posts a draft under the pot's lock. Errors: faults only; what a person may not do was refused before.
pub async fn post<R: std::fmt::Debug>(
    tx: &mut Tx,
    pot: &mut LockedPot,
    seed: &mut Seed,
    now: Timestamp,
    draft: Draft,
    note: &str,
) -> Result<Posted, Failure<R>> {
    Ok(store::journal::post(tx, pot, seed, now, draft, note).await?)
}

/// Claims an act that happens once until its posting is reversed. Errors: `taken`, if it has happened.
pub async fn once<R: std::fmt::Debug>(
    tx: &mut Tx,
    pot: PotId,
    act: &'static str,
    subject: Uuid,
    posting: PostingId,
    taken: R,
) -> Result<(), Failure<R>> {
    if store::journal::claim_once(tx, pot, act, subject, posting).await? {
        Ok(())
    } else {
        Err(Failure::Refused(taken))
    }
}
