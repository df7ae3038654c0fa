//! What somebody is still writing: kept by person and form until the form is sent.

use domain::{
    ids::{DraftId, PersonId},
    input::FieldRule,
};
use jiff::Timestamp;
use store::{
    Command, Tx,
    drafts::{self, DraftRow},
};

use crate::{Context, Failure, Never};

/// Longest draft, in bytes of its JSON.
const LONGEST: usize = 400_000;
/// Most drafts of one person; older ones go.
const MOST: i64 = 30;

/// The fields of a form, name and value, in the order sent; a name may come many times.
pub type Fields = Vec<(String, String)>;

/// Keeps what was typed into a form, over what was kept before. Errors: [`Failure::Invalid`] where it is too long.
pub async fn keep(
    ctx: &Context,
    person: PersonId,
    form: &str,
    fields: &Fields,
) -> Result<(), Failure<Never>> {
    let body = serde_json::to_string(fields).map_err(|error| Failure::Fault(error.to_string()))?;
    if body.len() > LONGEST || form.len() > 200 {
        return Err(Failure::field("draft", FieldRule::TooLong(LONGEST)));
    }
    let now = ctx.now();
    let draft =
        DraftRow { id: ctx.seed().id::<DraftId>(now), person, form: form.to_owned(), body, updated_at: now };
    ctx.db.write(Keep { draft }).await
}

struct Keep {
    draft: DraftRow,
}

impl Command for Keep {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        drafts::put(tx, &self.draft).await?;
        drafts::forget_oldest(tx, self.draft.person, MOST).await?;
        Ok(())
    }
}

/// What was kept of a form, and when. Errors: faults.
pub async fn find(
    ctx: &Context,
    person: PersonId,
    form: &str,
) -> Result<Option<(Fields, Timestamp)>, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let Some(draft) = drafts::get(&mut tx, person, form).await? else { return Ok(None) };
    let fields = serde_json::from_str(&draft.body).map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(Some((fields, draft.updated_at)))
}

/// Forgets what was kept of a form, once it was sent. Errors: faults.
pub async fn forget(ctx: &Context, person: PersonId, form: &str) -> Result<(), Failure<Never>> {
    ctx.db.write(Forget { person, form: form.to_owned() }).await
}

struct Forget {
    person: PersonId,
    form: String,
}

impl Command for Forget {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        Ok(drafts::forget(tx, self.person, &self.form).await?)
    }
}
