//! Where money is sent, the host's IBAN and its page for gifts elsewhere: the first one is shown at once; another only after
//! a second person confirmed it, or after 48 hours in which any of those who could may stop it.

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
    hosts::{self, HostRow, Next, Target},
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
/// The deadline from which on another page for gifts is shown.
pub const LINK_SHOWN: &str = "host_link";

const fn deadline_of(target: Target) -> &'static str {
    match target {
        Target::Iban => IBAN_SHOWN,
        Target::Link => LINK_SHOWN,
    }
}

/// What is shown, and what waits, once somebody typed where money is sent.
pub(crate) fn judged(
    before: Option<&HostRow>,
    target: Target,
    typed: &str,
    (by, now): (PersonId, Timestamp),
) -> Judged {
    let at_once = |shown: &str| Judged { shown: shown.to_owned(), next: Next::default() };
    // The first of either says where money goes: a second way to it is another one.
    let Some(before) = before.filter(|host| host.iban_given || host.link_given) else {
        return at_once(typed);
    };
    let shown = before.shown(target);
    // Where money is no longer to be sent, it is said at once.
    if typed.is_empty() || typed == shown {
        return at_once(typed);
    }
    let waits = before.next(target);
    let next = if typed == waits.value {
        waits
    } else {
        let from = now.saturating_add(WAITING).unwrap_or(now);
        Next { value: typed.to_owned(), from: Some(from), by: Some(by) }
    };
    Judged { shown: shown.to_owned(), next }
}

/// See [`judged`].
pub(crate) struct Judged {
    pub(crate) shown: String,
    pub(crate) next: Next,
}

/// Sets the deadlines of what waits, or takes them away.
pub(crate) async fn set_deadlines(tx: &mut Tx, hall: &mut Hall, host: &HostRow) -> store::sqlx::Result<()> {
    for target in Target::ALL {
        let kind = deadline_of(target);
        deadlines::cancel(tx, host.id.0, kind).await?;
        let Some(due_at) = host.next(target).from else { continue };
        let deadline = Deadline {
            id: hall.id(),
            // It is nothing for the collective's calendar.
            collective: None,
            subject: host.id.0,
            kind,
            occurrence: due_at.to_string(),
            due_at,
        };
        deadlines::set(tx, &deadline).await?;
    }
    Ok(())
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

/// Those who may confirm or stop what waits: see [`second_word::others`].
pub(crate) async fn others(
    tx: &mut Tx,
    at: &At<'_>,
    host: &HostRow,
    target: Target,
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    let Some(by) = host.next(target).by else { return Ok(BTreeSet::new()) };
    second_word::others(tx, at, by, None).await
}

/// Whether a person may confirm or stop what waits. Errors: faults.
pub async fn may_answer(
    tx: &mut Tx,
    collective: &CollectiveRow,
    (host, target): (&HostRow, Target),
    person: PersonId,
    now: Timestamp,
) -> store::sqlx::Result<bool> {
    Ok(others(tx, &At::new(collective, now), host, target).await?.contains(&person))
}

/// The answer of a second person to what waits.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it is about.
    pub target: Target,
    /// The IBAN or the page for gifts that they saw waiting.
    pub seen: String,
    /// Whether it is to be shown at once; else it is stopped.
    pub confirms: bool,
}

/// A second person confirms what waits, or stops it. Errors: [`Failure::NotAllowed`] for whoever wrote it and for anybody who
/// isn't asked; [`Failure::Invalid`] on `iban` or `give_link` where another waits, or none.
pub async fn answer(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    pot: PotId,
    answer: Answer,
) -> Result<(), Failure<Never>> {
    ctx.db.write(Settle { acting, collective, pot, answer, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Settle {
    acting: Acting,
    collective: CollectiveId,
    pot: PotId,
    answer: Answer,
    drawn: Drawn,
}

impl Command for Settle {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        if hall.standing.token.is_some() {
            return Err(NotAllowed::NeverByToken.into());
        }
        let Answer { target, seen, confirms } = &self.answer;
        let (target, confirms) = (*target, *confirms);
        let pot = pots::by_id(tx, self.pot).await?.filter(|pot| pot.collective == self.collective);
        let host = pot.and_then(|pot| pot.host).ok_or(Failure::NotFound)?;
        let host = hosts::get(tx, host).await?.ok_or(Failure::NotFound)?;
        let next = host.next(target).value;
        if next.is_empty() || next != *seen {
            let field = match target {
                Target::Iban => "iban",
                Target::Link => "give_link",
            };
            return Err(Failure::field(field, FieldRule::Unknown));
        }
        let (now, person) = (self.drawn.now, self.acting.person);
        if !may_answer(tx, &hall.collective, (&host, target), person, now).await? {
            return Err(NotAllowed::Missing(domain::actor::Action::EditCollective).into());
        }
        deadlines::cancel(tx, host.id.0, deadline_of(target)).await?;
        if confirms {
            hosts::show_next(tx, host.id, target).await?;
        } else {
            hosts::drop_next(tx, host.id, target).await?;
        }
        let told = told(tx, &hall, self.pot).await?;
        let actor = hall.name_of(tx, person).await?;
        let (name, slug) = (hall.collective.name.clone(), hall.collective.slug.clone());
        let (settings, step) = (self.drawn.settings.clone(), if confirms { "confirmed" } else { "stopped" });
        let end = Iban::end(&next);
        hall.tell(tx, &told, |t| {
            let (subject, said) = match target {
                Target::Iban => (
                    t.mail_host_iban_answered_subject(&name, step),
                    t.mail_host_iban_answered(&actor, end, &host.name, step),
                ),
                Target::Link => (
                    t.mail_host_link_answered_subject(&name, step),
                    t.mail_host_link_answered(&actor, &host.name, &next, step),
                ),
            };
            Letter::about(subject)
                .say(said)
                .say(t.mail_host_check())
                .at(&settings, &format!("/c/{slug}/about"))
        })
        .await?;
        let what = if confirms && target == Target::Iban { "bank_changed" } else { "described" };
        let data = json!({ "name": host.name, "what": what });
        Ok(hall.record(tx, Story::new("host_described", ("pot", self.pot.0), data)).await?)
    }
}

/// Shows what waited, once its time has come and nobody stopped it. Errors: faults only.
pub async fn show_if_due(ctx: &Context, host: HostId, target: Target) -> Result<(), Failure<Never>> {
    ctx.db.write(Show { host, target, now: ctx.now() }).await
}

struct Show {
    host: HostId,
    target: Target,
    now: Timestamp,
}

impl Command for Show {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let Some(host) = hosts::get(tx, self.host).await? else { return Ok(()) };
        collectives::lock(tx, host.collective).await?;
        let host = hosts::get(tx, self.host).await?;
        if host.and_then(|host| host.next(self.target).from).is_some_and(|from| from <= self.now) {
            hosts::show_next(tx, self.host, self.target).await?;
        }
        Ok(())
    }
}
