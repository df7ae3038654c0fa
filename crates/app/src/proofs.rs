//! Proofs that come later: one more file for money that came in. None replaces another, and who sent which stays.

use domain::{
    actor::Action,
    ids::{FileId, PostingId, PotId},
    journal::ProofRefusal,
    posting::PostingKind,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    files::{self, Place, Upload},
    idempotency::{Keyed, remember, replayed},
    till::{Drawn, Story, Till},
};

/// What proofs are kept as.
pub const PURPOSE: &str = "proof";
/// Most proofs of one entry.
pub const MOST: u16 = 10;

/// The answer: the file that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The file.
    pub file: FileId,
}

/// Adds a proof to an entry of money that came in. Asks for the treasurer's role.
/// Errors: [`ProofRefusal`], no right, a key reused, no such entry in this pot.
pub async fn add_proof(
    context: &Context,
    acting: Acting,
    pot: PotId,
    posting: PostingId,
    upload: Upload,
) -> Result<Added, Failure<ProofRefusal>> {
    let keyed = Keyed::of(context, &acting, &("proof", pot, posting, &upload)).await?;
    context.db.write(Add { pot, acting, posting, upload, keyed, drawn: Drawn::of(context) }).await
}

struct Add {
    pot: PotId,
    acting: Acting,
    posting: PostingId,
    upload: Upload,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Add {
    type Done = Added;
    type Error = Failure<ProofRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Added, Failure<ProofRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::RecordMoney, &self.acting, None)?;
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let entry = store::journal::pages::entry(tx, self.pot, self.posting).await?;
        let (_, entry) = entry.filter(|(_, entry)| takes_proofs(entry.kind)).ok_or(Failure::NotFound)?;
        let there = store::files::of_subject(tx, self.posting.0, PURPOSE, MOST).await?;
        if there.iter().any(|file| file.hash == self.upload.hash()) {
            return Err(Failure::Refused(ProofRefusal::There));
        }
        if there.len() >= usize::from(MOST) {
            return Err(Failure::Refused(ProofRefusal::TooMany(MOST)));
        }
        let Some(uploaded_by) = till.person() else { return Err(Failure::NotFound) };
        let place = Place {
            collective: till.collective.id,
            subject: self.posting.0,
            purpose: PURPOSE,
            payer: entry.organisation,
            uploaded_by,
        };
        let file = files::keep_in(tx, &mut till.seed, till.now, &self.upload, place).await?;
        let mut story = Story::new("proof_added", ("posting", self.posting.0), json!({ "seq": entry.seq }));
        story.public = false;
        till.record(tx, story).await?;
        let answer = Added { file };
        remember(tx, self.pot, self.keyed.as_ref(), self.drawn.now, &answer).await?;
        Ok(answer)
    }
}

/// Whether an entry of that kind rests on what a bank says: money that came in.
#[must_use]
pub const fn takes_proofs(kind: PostingKind) -> bool {
    matches!(kind, PostingKind::Contribution | PostingKind::Gift | PostingKind::CallPayment)
}
