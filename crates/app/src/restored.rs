//! After a restoration: what was recorded since the copy is missing, payments too. A pot records no further payment until
//! a treasurer has compared it with the statements since, and typed the last head that was published; a second person
//! confirms. A head that the journal knows proves nothing by itself: whoever sees the accounts reads it there. Only where
//! nobody else could confirm it is enough.

use std::collections::BTreeSet;

use domain::{
    actor::{Action, MandateKind, NotAllowed, RoleKind, Standing},
    chain::Head,
    ids::{CollectiveId, PersonId, PotId},
    input::{FieldError, FieldRule},
};
use jiff::{Timestamp, civil::Date};
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
    /// The head lies in the journal, and nobody else could confirm: payments go on.
    Found,
    /// The head lies in the journal: somebody else confirms first.
    Known,
    /// It doesn't, the copy is older: somebody else confirms first.
    Asked,
    /// Somebody else confirmed: payments go on.
    Confirmed,
}

/// A comparison which awaits a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// After which restoration, in microseconds.
    restored: i64,
    /// The head that was published, written as `BOOK:SEQ:HASH`, or its hash alone.
    pub head: String,
    /// Whether the journal knows it.
    #[serde(default)]
    pub found: bool,
    /// How far the published journal went, where this one lacks its head.
    pub seq: i64,
    /// Up to where this one goes, in the same book.
    pub here: i64,
    /// Who compared.
    pub person: PersonId,
    /// When, in microseconds.
    at: i64,
}

impl Waiting {
    /// When somebody compared.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.at).unwrap_or_default()
    }
}

fn waiting_name(pot: PotId) -> String {
    format!("comparison:{}", pot.0.simple())
}

/// The comparison of a pot that awaits a second person; one made after an earlier restoration waits for nothing.
pub async fn waiting(tx: &mut Tx, pot: &Pot) -> store::sqlx::Result<Option<Waiting>> {
    let Some(restored) = uncompared(tx, pot).await? else { return Ok(None) };
    let text = store::instance::get(tx, &waiting_name(pot.id)).await?;
    let found = text.and_then(|text| serde_json::from_str::<Waiting>(&text).ok());
    Ok(found.filter(|one| one.restored == restored.as_microsecond()))
}

/// Who could be the second person besides somebody: who is treasurer or steward, or was until another ended it lately; where
/// there is none, who represents a member since 48 hours.
async fn others(
    tx: &mut Tx,
    person: PersonId,
    (collective, today, now): (CollectiveId, Date, Timestamp),
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    let mut others = second_word::counted_holders(tx, collective, now, &CONFIRMING).await?;
    others.remove(&person);
    if others.is_empty() {
        others.extend(second_word::representatives(tx, collective, today, now).await?);
        others.remove(&person);
    }
    Ok(others)
}

/// Who may be the second person: one of those who could be it, whose role is in force.
pub async fn may_confirm(tx: &mut Tx, standing: &Standing, waiting: &Waiting) -> store::sqlx::Result<bool> {
    if standing.person == waiting.person {
        return Ok(false);
    }
    if standing.roles.iter().any(|role| CONFIRMING.contains(role)) {
        return Ok(true);
    }
    let represents = standing.mandates.iter().any(|held| held.kind == MandateKind::Representative);
    let (collective, now) = (standing.collective, standing.now);
    let held = second_word::counted_holders(tx, collective, now, &CONFIRMING).await?;
    let at = (collective, standing.today, now);
    Ok(represents
        && !held.contains(&standing.person)
        && others(tx, waiting.person, at).await?.contains(&standing.person))
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

/// A treasurer has compared a pot with what happened since the copy: a second person confirms, those who could are told.
/// Where the head that they typed doesn't lie in its journal, at any place, the copy was older, which is when a transfer
/// may leave twice: how far the published journal went is kept. Where it does, and nobody else could confirm, payments go
/// on at once. Asks for a fresh sign-in. Errors: fields `head`, `complete`; no right; nothing to compare.
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
        let at = (till.collective.id, till.today, till.now);
        let others = others(tx, self.acting.person, at).await?;
        if found && others.is_empty() {
            release(tx, &mut till, restored, true).await?;
            return Ok(Compared::Found);
        }
        let (head, seq, here) = match &self.typed {
            Typed::Hash(_) if !found => return Err(Failure::field("head", FieldRule::HeadUnknown)),
            Typed::Hash(hash) => (hex::encode(hash), 0, 0),
            Typed::Whole(head) => {
                let heads = store::verify::heads(tx, self.pot).await?;
                let here = heads.iter().find(|one| one.book == head.book).map_or(0, |one| one.seq);
                (head.to_string(), head.seq, here)
            }
        };
        let waiting = Waiting {
            restored: restored.as_microsecond(),
            head,
            found,
            seq,
            here,
            person: self.acting.person,
            at: till.now.as_microsecond(),
        };
        let text = serde_json::to_string(&waiting).map_err(|error| Failure::Fault(error.to_string()))?;
        store::instance::put(tx, &waiting_name(self.pot), &text).await?;
        ask(tx, &mut till, &waiting, others).await?;
        Ok(if found { Compared::Known } else { Compared::Asked })
    }
}

/// Tells those who could be the second person; where nobody could yet, those who represent a member.
async fn ask(
    tx: &mut Tx,
    till: &mut Till,
    waiting: &Waiting,
    mut told: BTreeSet<PersonId>,
) -> Result<(), Failure<Never>> {
    if told.is_empty() {
        let (collective, today, now) = (till.collective.id, till.today, till.now);
        told.extend(store::mandates::representatives_in(tx, collective, today, now, MOST_TOLD).await?);
        told.remove(&waiting.person);
    }
    let told: Vec<PersonId> = told.into_iter().collect();
    let name = store::people::get(tx, waiting.person).await?.map(|row| row.name).unwrap_or_default();
    let (settings, collective) = (till.settings.clone(), till.collective.name.clone());
    let path = format!("/c/{}/payments", till.collective.slug);
    let write = |t: Words| {
        let letter = Letter::about(t.mail_restored_subject(&collective));
        let letter = if waiting.found {
            letter.say(t.mail_restored_known(&collective, &name))
        } else {
            letter.say(t.mail_restored(&collective, waiting.here, &name, waiting.seq))
        };
        letter.say(t.mail_restored_confirm()).at(&settings, &path)
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
        let waiting = waiting(tx, &till.locked.pot).await?.filter(|one| one.head == self.seen);
        let Some((restored, waiting)) = restored.zip(waiting) else { return Err(Failure::NotFound) };
        let standing = till.standing().ok_or(NotAllowed::SignedOut)?;
        if !may_confirm(tx, standing, &waiting).await? {
            return Err(NotAllowed::Missing(Action::AuthorisePayment).into());
        }
        release(tx, &mut till, restored, waiting.found).await?;
        Ok(Compared::Confirmed)
    }
}
