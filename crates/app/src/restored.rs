//! After a restoration: what was recorded since the copy is missing, payments too. A pot records no further payment until
//! a treasurer has compared it with the statements since, and typed the last head that was published.

use domain::{
    actor::Action,
    ids::PotId,
    input::{FieldError, FieldRule},
};
use jiff::Timestamp;
use serde_json::json;
use store::{Command, Tx, pots::Pot};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    copies,
    error::{Failure, Never},
    sessions::Session,
    till::{Drawn, Story, Till},
};

/// Under this name, with the id of a pot, the instance keeps which restoration a treasurer has compared it after.
const COMPARED: &str = "compared_after";

fn name_of(pot: PotId) -> String {
    format!("{COMPARED}:{}", pot.0.simple())
}

/// When the copy was put in place after which this pot was not compared yet; a pot that was made since waits for nothing.
pub async fn uncompared(tx: &mut Tx, pot: &Pot) -> store::sqlx::Result<Option<Timestamp>> {
    let Some(restored) = copies::when(tx, copies::RESTORED_AT).await? else { return Ok(None) };
    if pot.created_at > restored {
        return Ok(None);
    }
    let compared = copies::when(tx, &name_of(pot.id)).await?;
    Ok((compared != Some(restored)).then_some(restored))
}

/// What a treasurer says after a restoration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The last head that was published: the 64 figures and letters of the monthly mail.
    pub head: String,
    /// Whether what was recorded since the copy is recorded again.
    pub complete: bool,
}

/// A treasurer has compared a pot with what happened since the copy: payments go on. Whether the head that they typed
/// lies in the journal: if not, the copy was older, and what they recorded again has other heads. Asks for a fresh
/// sign-in. Errors: fields `head`, `complete`; no right; nothing to compare.
pub async fn compare(
    context: &Context,
    session: &Session,
    acting: Acting,
    pot: PotId,
    said: Comparison,
) -> Result<bool, Failure<Never>> {
    session.proves(&acting, context.now())?;
    let mut errors = Vec::new();
    let mut head = [0_u8; 32];
    let typed: String = said.head.split_whitespace().collect();
    // The accounts page writes the whole head: `BOOK:SEQ:HASH`.
    let digits = typed.rsplit(':').next().unwrap_or_default();
    if digits.is_empty() {
        errors.push(FieldError::new("head", FieldRule::Missing));
    } else if hex::decode_to_slice(digits, &mut head).is_err() {
        errors.push(FieldError::new("head", FieldRule::NotAHead));
    }
    if !said.complete {
        errors.push(FieldError::new("complete", FieldRule::Missing));
    }
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    context.db.write(Compare { pot, acting, head, drawn: Drawn::of(context) }).await
}

struct Compare {
    pot: PotId,
    acting: Acting,
    head: [u8; 32],
    drawn: Drawn,
}

impl Command for Compare {
    type Done = bool;
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<bool, Failure<Never>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::AuthorisePayment, &self.acting, None)?;
        let Some(restored) = uncompared(tx, &till.locked.pot).await? else { return Err(Failure::NotFound) };
        let found = store::verify::has_hash(tx, self.pot, self.head).await?;
        store::instance::put(tx, &name_of(self.pot), &restored.as_microsecond().to_string()).await?;
        let data = json!({ "found": found, "head": hex::encode(self.head) });
        till.record(tx, Story::new("restoration_compared", ("pot", self.pot.0), data)).await?;
        Ok(found)
    }
}
