//! The IBAN to which money is sent: the first one is shown at once; another only after a second person confirmed it, or
//! after 48 hours in which any of those who could may stop it.

use std::collections::BTreeSet;

use domain::{
    actor::{NotAllowed, RoleKind},
    ids::{CollectiveId, HostId, PersonId, PotId},
    input::FieldRule,
    people::WAITING,
    references::Iban,
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Command, Tx,
    collectives::{self, CollectiveRow},
    deadlines::{self, Deadline},
    hosts::{self, HostRow, Next},
    mandates, pots,
};

use crate::{
    Acting, Context, Failure, Never,
    invoices::At,
    mails::Letter,
    people::Hall,
    second_word,
    till::{Drawn, Story},
};

/// The deadline from which on another IBAN is shown.
pub const IBAN_SHOWN: &str = "host_iban";

/// What is shown, what waits, and whether one was ever given, once somebody typed an IBAN.
pub(crate) fn judged(before: Option<&HostRow>, typed: &str, by: PersonId, now: Timestamp) -> Judged {
    let at_once = |iban: &str, given: bool| Judged { iban: iban.to_owned(), next: Next::default(), given };
    let Some(before) = before.filter(|host| host.iban_given) else {
        return at_once(typed, !typed.is_empty());
    };
    // Where money is no longer to be sent, it is said at once.
    if typed.is_empty() || typed == before.iban {
        return at_once(typed, true);
    }
    let next = if typed == before.next_iban {
        before.next()
    } else {
        let from = now.saturating_add(WAITING).unwrap_or(now);
        Next { iban: typed.to_owned(), from: Some(from), by: Some(by) }
    };
    Judged { iban: before.iban.clone(), next, given: true }
}

/// See [`judged`].
pub(crate) struct Judged {
    pub(crate) iban: String,
    pub(crate) next: Next,
    pub(crate) given: bool,
}

/// Sets the deadline of what waits, or takes it away.
pub(crate) async fn set_deadline(tx: &mut Tx, hall: &mut Hall, host: &HostRow) -> store::sqlx::Result<()> {
    deadlines::cancel(tx, host.id.0, IBAN_SHOWN).await?;
    let Some(due_at) = host.next_iban_from else { return Ok(()) };
    let deadline = Deadline {
        id: hall.id(),
        // It is nothing for the collective's calendar.
        collective: None,
        subject: host.id.0,
        kind: IBAN_SHOWN,
        occurrence: due_at.to_string(),
        due_at,
    };
    deadlines::set(tx, &deadline).await
}

/// Who is told of what is written of the host of a pot: whoever holds a role, or did until another person ended it within
/// the last thirty days; and those who move the money of organisations that have some in the pot.
pub(crate) async fn told(tx: &mut Tx, hall: &Hall, pot: PotId) -> store::sqlx::Result<Vec<PersonId>> {
    let (collective, now) = (hall.collective.id, hall.drawn.now);
    let mut told = second_word::counted_holders(tx, collective, now, RoleKind::ALL).await?;
    let paying = pots::with_money(tx, pot).await?;
    let readers = mandates::money_readers(tx, &paying, hall.today).await?;
    told.extend(readers.into_iter().map(|reader| reader.person));
    Ok(told.into_iter().collect())
}

/// Those who may confirm or stop the IBAN that waits: see [`second_word::others`].
async fn others(
    tx: &mut Tx,
    collective: &CollectiveRow,
    host: &HostRow,
    now: Timestamp,
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    let Some(by) = host.next_iban_by else { return Ok(BTreeSet::new()) };
    second_word::others(tx, &At::new(collective, now), by, None).await
}

/// Whether a person may confirm or stop the IBAN that waits. Errors: faults.
pub async fn may_answer(
    tx: &mut Tx,
    collective: &CollectiveRow,
    host: &HostRow,
    person: PersonId,
    now: Timestamp,
) -> store::sqlx::Result<bool> {
    Ok(others(tx, collective, host, now).await?.contains(&person))
}

/// A second person confirms the IBAN that waits, or stops it; `seen` is that IBAN. Errors: [`Failure::NotAllowed`] for
/// whoever wrote it and for anybody who isn't asked; [`Failure::Invalid`] on `iban` where another waits, or none.
pub async fn answer(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    pot: PotId,
    (seen, confirms): (String, bool),
) -> Result<(), Failure<Never>> {
    ctx.db.write(Answer { acting, collective, pot, seen, confirms, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Answer {
    acting: Acting,
    collective: CollectiveId,
    pot: PotId,
    seen: String,
    confirms: bool,
    drawn: Drawn,
}

impl Command for Answer {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        if hall.standing.token.is_some() {
            return Err(NotAllowed::NeverByToken.into());
        }
        let pot = pots::by_id(tx, self.pot).await?.filter(|pot| pot.collective == self.collective);
        let host = pot.and_then(|pot| pot.host).ok_or(Failure::NotFound)?;
        let host = hosts::get(tx, host).await?.ok_or(Failure::NotFound)?;
        if host.next_iban.is_empty() || host.next_iban != self.seen {
            return Err(Failure::field("iban", FieldRule::Unknown));
        }
        let now = self.drawn.now;
        if !may_answer(tx, &hall.collective, &host, self.acting.person, now).await? {
            return Err(NotAllowed::Missing(domain::actor::Action::EditCollective).into());
        }
        deadlines::cancel(tx, host.id.0, IBAN_SHOWN).await?;
        if self.confirms {
            hosts::show_next(tx, host.id).await?;
        } else {
            hosts::drop_next(tx, host.id).await?;
        }
        let told = told(tx, &hall, self.pot).await?;
        let actor = hall.name_of(tx, self.acting.person).await?;
        let (name, slug) = (hall.collective.name.clone(), hall.collective.slug.clone());
        let (settings, step) =
            (self.drawn.settings.clone(), if self.confirms { "confirmed" } else { "stopped" });
        let end = Iban::end(&host.next_iban);
        hall.tell(tx, &told, |t| {
            Letter::about(t.mail_host_iban_answered_subject(&name, step))
                .say(t.mail_host_iban_answered(&actor, end, &host.name, step))
                .say(t.mail_host_check())
                .at(&settings, &format!("/c/{slug}/about"))
        })
        .await?;
        let what = if self.confirms { "bank_changed" } else { "described" };
        let data = json!({ "name": host.name, "what": what });
        Ok(hall.record(tx, Story::new("host_described", ("pot", self.pot.0), data)).await?)
    }
}

/// Shows the IBAN that waited, once its time has come and nobody stopped it. Errors: faults only.
pub async fn show_if_due(ctx: &Context, host: HostId) -> Result<(), Failure<Never>> {
    ctx.db.write(Show { host, now: ctx.now() }).await
}

struct Show {
    host: HostId,
    now: Timestamp,
}

impl Command for Show {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let Some(host) = hosts::get(tx, self.host).await? else { return Ok(()) };
        collectives::lock(tx, host.collective).await?;
        let host = hosts::get(tx, self.host).await?;
        if host.and_then(|host| host.next_iban_from).is_some_and(|from| from <= self.now) {
            hosts::show_next(tx, self.host).await?;
        }
        Ok(())
    }
}
