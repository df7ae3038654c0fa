//! After a restoration: what was recorded since the copy is missing, payments too. A pot records no further payment until
//! a treasurer has compared it with the statements since, and typed the last head that was published; where the journal
//! lacks that head, a second person confirms.

use domain::{
    actor::{Action, NotAllowed, RoleKind, Standing},
    chain::Head,
    ids::{PersonId, PotId},
    input::{FieldError, FieldRule},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, pots::Pot};
use uuid::Uuid;
use words::Words;

use crate::{
    acting::Acting,
    context::Context,
    copies,
    error::{Failure, Never},
    mails::Letter,
    second_word,
    sessions::Session,
    till::{Drawn, Story, Till},
};

/// The roles whose holders compare and confirm.
const CONFIRMING: [RoleKind; 2] = [RoleKind::Treasurer, RoleKind::Steward];
/// Most persons who represent members and are told.
const MOST_TOLD: u16 = 500;
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
    /// The last head that was published: `BOOK:SEQ:HASH`, or its 64 figures and letters.
    pub head: String,
    /// Whether what was recorded since the copy is recorded again.
    pub complete: bool,
}

/// What became of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The head lies in the journal: payments go on.
    Found,
    /// It doesn't, the copy is older: somebody else confirms first.
    Asked,
    /// Somebody else confirmed: payments go on.
    Confirmed,
}

/// A comparison with a head that the journal lacks, which awaits a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// After which restoration, in microseconds.
    restored: i64,
    /// The head that was published, written as `BOOK:SEQ:HASH`.
    pub head: String,
    /// How far the published journal went.
    pub seq: i64,
    /// Up to where this one goes, in the same book.
    pub here: i64,
    /// Who compared.
    pub person: PersonId,
    /// When, in microseconds.
    at: i64,
}

impl Lacking {
    /// When somebody compared.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.at).unwrap_or_default()
    }
}

fn lacking_name(pot: PotId) -> String {
    format!("comparison:{}", pot.0.simple())
}

/// The comparison of a pot that awaits a second person; one made after an earlier restoration waits for nothing.
pub async fn lacking(tx: &mut Tx, pot: &Pot) -> store::sqlx::Result<Option<Lacking>> {
    let Some(restored) = uncompared(tx, pot).await? else { return Ok(None) };
    let text = store::instance::get(tx, &lacking_name(pot.id)).await?;
    let found = text.and_then(|text| serde_json::from_str::<Lacking>(&text).ok());
    Ok(found.filter(|one| one.restored == restored.as_microsecond()))
}

/// Who may be the second person: somebody else who is treasurer or steward; where nobody else is or was until another ended
/// it lately, somebody who represents a member since 48 hours.
pub async fn may_confirm(tx: &mut Tx, standing: &Standing, lacking: &Lacking) -> store::sqlx::Result<bool> {
    if standing.person == lacking.person {
        return Ok(false);
    }
    if standing.roles.iter().any(|role| CONFIRMING.contains(role)) {
        return Ok(true);
    }
    let (collective, now) = (standing.collective, standing.now);
    let holders = second_word::counted_holders(tx, collective, now, &CONFIRMING).await?;
    if holders.iter().any(|holder| *holder != lacking.person) {
        return Ok(false);
    }
    let stand_in = second_word::representatives(tx, collective, standing.today, now).await?;
    Ok(stand_in.contains(&standing.person))
}

/// A head as typed: whole, or its hash alone.
enum Typed {
    Whole(Head),
    Hash([u8; 32]),
}

impl Typed {
    fn parse(text: &str) -> Result<Self, FieldRule> {
        let text: String = text.split_whitespace().collect();
        if text.is_empty() {
            return Err(FieldRule::Missing);
        }
        if let Some(head) = Head::parse(&text) {
            return Ok(Self::Whole(head));
        }
        let mut hash = [0_u8; 32];
        hex::decode_to_slice(&text, &mut hash).map_err(|_| FieldRule::NotAHead)?;
        Ok(Self::Hash(hash))
    }
}

/// A treasurer has compared a pot with what happened since the copy. Where the head that they typed lies in its journal,
/// at any place, payments go on. If not, the copy was older, which is when a transfer may leave twice: how far the
/// published journal went is kept, those who hold roles are told, and a second person confirms. Asks for a fresh sign-in.
/// Errors: fields `head`, `complete`; no right; nothing to compare.
pub async fn compare(
    context: &Context,
    session: &Session,
    acting: Acting,
    pot: PotId,
    said: Comparison,
) -> Result<Compared, Failure<Never>> {
    session.proves(&acting, context.now())?;
    let typed = Typed::parse(&said.head);
    let mut errors = Vec::new();
    if let Err(rule) = &typed {
        errors.push(FieldError::new("head", rule.clone()));
    }
    if !said.complete {
        errors.push(FieldError::new("complete", FieldRule::Missing));
    }
    match typed {
        Ok(typed) if errors.is_empty() => {
            context.db.write(Compare { pot, acting, typed, drawn: Drawn::of(context) }).await
        }
        _ => Err(Failure::Invalid(errors)),
    }
}

/// A second person compared as well: payments go on. `seen` is the head of the comparison that they read. Asks for a fresh
/// sign-in. Errors: field `complete`; no right, or the same person; nothing to confirm, or another comparison since.
pub async fn confirm(
    context: &Context,
    session: &Session,
    acting: Acting,
    pot: PotId,
    (seen, complete): (String, bool),
) -> Result<Compared, Failure<Never>> {
    session.proves(&acting, context.now())?;
    if !complete {
        return Err(Failure::field("complete", FieldRule::Missing));
    }
    context.db.write(Confirm { pot, acting, seen, drawn: Drawn::of(context) }).await
}

struct Compare {
    pot: PotId,
    acting: Acting,
    typed: Typed,
    drawn: Drawn,
}

impl Command for Compare {
    type Done = Compared;
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Compared, Failure<Never>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::AuthorisePayment, &self.acting, None)?;
        let Some(restored) = uncompared(tx, &till.locked.pot).await? else { return Err(Failure::NotFound) };
        let found = match &self.typed {
            Typed::Whole(head) => store::verify::has_head(tx, self.pot, head).await?,
            Typed::Hash(hash) => store::verify::has_hash(tx, self.pot, *hash).await?,
        };
        if found {
            release(tx, &mut till, restored, true).await?;
            return Ok(Compared::Found);
        }
        let Typed::Whole(head) = &self.typed else {
            return Err(Failure::field("head", FieldRule::HeadUnknown));
        };
        let heads = store::verify::heads(tx, self.pot).await?;
        let here = heads.iter().find(|one| one.book == head.book).map_or(0, |one| one.seq);
        let lacking = Lacking {
            restored: restored.as_microsecond(),
            head: head.to_string(),
            seq: head.seq,
            here,
            person: self.acting.person,
            at: till.now.as_microsecond(),
        };
        let text = serde_json::to_string(&lacking).map_err(|error| Failure::Fault(error.to_string()))?;
        store::instance::put(tx, &lacking_name(self.pot), &text).await?;
        ask(tx, &mut till, &lacking).await?;
        Ok(Compared::Asked)
    }
}

/// Tells those who may be the second person.
async fn ask(tx: &mut Tx, till: &mut Till, lacking: &Lacking) -> Result<(), Failure<Never>> {
    let (collective, today, now) = (till.collective.id, till.today, till.now);
    let mut told = second_word::counted_holders(tx, collective, now, &CONFIRMING).await?;
    told.remove(&lacking.person);
    if told.is_empty() {
        told.extend(store::mandates::representatives_in(tx, collective, today, now, MOST_TOLD).await?);
        told.remove(&lacking.person);
    }
    let told: Vec<PersonId> = told.into_iter().collect();
    let name = store::people::get(tx, lacking.person).await?.map(|row| row.name).unwrap_or_default();
    let (settings, collective) = (till.settings.clone(), till.collective.name.clone());
    let path = format!("/c/{}/payments", till.collective.slug);
    let write = |t: Words| {
        Letter::about(t.mail_restored_subject(&collective))
            .say(t.mail_restored(&collective, lacking.here, &name, lacking.seq))
            .say(t.mail_restored_confirm())
            .at(&settings, &path)
    };
    till.tell(tx, &told, write).await
}

/// Payments go on. A head that the journal lacks stands in no event, which everybody reads.
async fn release(
    tx: &mut Tx,
    till: &mut Till,
    restored: Timestamp,
    found: bool,
) -> Result<(), Failure<Never>> {
    let pot = till.locked.pot.id;
    store::instance::put(tx, &name_of(pot), &restored.as_microsecond().to_string()).await?;
    let data = json!({ "found": found });
    till.record(tx, Story::new("restoration_compared", ("pot", pot.0), data)).await
}

struct Confirm {
    pot: PotId,
    acting: Acting,
    seen: String,
    drawn: Drawn,
}

impl Command for Confirm {
    type Done = Compared;
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Compared, Failure<Never>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        let restored = uncompared(tx, &till.locked.pot).await?;
        let lacking = lacking(tx, &till.locked.pot).await?.filter(|one| one.head == self.seen);
        let Some((restored, lacking)) = restored.zip(lacking) else { return Err(Failure::NotFound) };
        let standing = till.standing().ok_or(NotAllowed::SignedOut)?;
        if !may_confirm(tx, standing, &lacking).await? {
            return Err(NotAllowed::Missing(Action::AuthorisePayment).into());
        }
        release(tx, &mut till, restored, false).await?;
        Ok(Compared::Confirmed)
    }
}
