//! The mail of the month: one a person, whatever collectives they are part of. At most five things that await them, most
//! pressing first, each with a link of its own; what happened, for those who want it; to treasurers also the heads of the
//! journals, to be kept.

mod letter;
mod news;

use domain::{
    Seed,
    actor::RoleKind,
    ids::{CollectiveId, DeadlineId, PersonId},
};
use identity::Token;
use jiff::{Timestamp, ToSpan as _, civil::Date};
use store::{
    Command, Tx,
    collectives::{self, CollectiveRow},
    deadlines::{self, Deadline, DeadlineRow},
    links, mandates,
    people::{self, PersonRow},
    roles,
};

use self::letter::Month;
use super::JobError;
use crate::{
    Context, Failure, Never,
    answers::{self, About},
    mails::{self, Post},
    till::Drawn,
    unsubscribing,
};

/// The kind of the deadline of a collective, at which its people's mails are asked for.
pub(super) const KIND: &str = "monthly";
/// The kind of a person's deadline, at which their mail is written.
pub(super) const PERSON: &str = "monthly_mail";
/// The hour at which it leaves, on the first of the month, in the collective's zone.
const HOUR: i8 = 7;
/// How many collectives one statement lists.
const PAGE: u16 = 200;
/// Most persons of a collective who get the mail.
const MOST_READERS: u16 = 1_000;
/// Most things to do that one mail names.
const MOST_LINES: usize = 5;

/// Sets the deadline of each collective's next mail, unless it is set.
pub(super) async fn prepare(ctx: &Context) -> Result<(), Failure<Never>> {
    let mut after = String::new();
    loop {
        let mut tx = ctx.db.read().await?;
        let page = collectives::list(&mut tx, &after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.slug);
        ctx.db.write(Prepare { page, now: ctx.now(), seed: ctx.seed() }).await?;
    }
}

struct Prepare {
    page: Vec<CollectiveRow>,
    now: Timestamp,
    seed: Seed,
}

impl Command for Prepare {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut seed = self.seed.clone();
        for collective in &self.page {
            if deadlines::waiting(tx, collective.id.0, KIND).await?.is_some() {
                continue;
            }
            let month = collective.day(self.now).first_of_month();
            let Some(due_at) = next_month(month).and_then(|next| at_hour(collective, next)) else { continue };
            let deadline = Deadline {
                id: seed.id::<DeadlineId>(self.now),
                collective: Some(collective.id),
                subject: collective.id.0,
                kind: KIND,
                occurrence: month.to_string(),
                due_at,
            };
            deadlines::set(tx, &deadline).await?;
        }
        Ok(())
    }
}

fn next_month(month: Date) -> Option<Date> {
    month.checked_add(1.month()).ok()
}

fn at_hour(collective: &CollectiveRow, day: Date) -> Option<Timestamp> {
    Some(day.at(HOUR, 0, 0, 0).to_zoned_datetime(collective.time_zone()).ok()?.timestamp())
}

/// Asks for one mail to each person of the collective. Who is part of several is asked for once.
pub(super) async fn run(ctx: &Context, due: &DeadlineRow) -> Result<(), JobError> {
    let collective = CollectiveId(due.subject);
    let month = due.occurrence.clone();
    Ok(ctx.db.write(Ask { collective, month, now: ctx.now(), seed: ctx.seed() }).await?)
}

struct Ask {
    collective: CollectiveId,
    month: String,
    now: Timestamp,
    seed: Seed,
}

impl Command for Ask {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut seed = self.seed.clone();
        let Some(collective) = collectives::get(tx, self.collective).await? else { return Ok(()) };
        let today = collective.day(self.now);
        let mut readers = mandates::persons(tx, self.collective, today, MOST_READERS).await?;
        for role in RoleKind::ALL {
            readers.extend(roles::holders(tx, self.collective, *role, self.now).await?);
        }
        readers.sort_unstable();
        readers.dedup();
        for reader in readers {
            let deadline = Deadline {
                id: seed.id::<DeadlineId>(self.now),
                collective: None,
                subject: reader.0,
                kind: PERSON,
                occurrence: self.month.clone(),
                due_at: self.now,
            };
            // One that was done in this month is left as it is: a second collective asks for no second mail.
            deadlines::set(tx, &deadline).await?;
        }
        Ok(())
    }
}

/// Writes the mail of one person.
pub(super) async fn write(ctx: &Context, due: &DeadlineRow) -> Result<(), JobError> {
    let first: Date = due.occurrence.parse().map_err(|_| JobError("its month can't be read".to_owned()))?;
    let id = PersonId(due.subject);
    let mut tx = ctx.db.read().await?;
    let person = people::get(&mut tx, id).await?.filter(|person| person.closed_at.is_none());
    let letter = match person {
        Some(person) => Month::read(&mut tx, person, first, ctx.now()).await?,
        None => None,
    };
    drop(tx);
    let stop = Token::from_bytes(ctx.chance.bytes());
    let tokens = (0..MOST_LINES).map(|_| Token::from_bytes(ctx.chance.bytes())).collect();
    ctx.db.write(Tell { deadline: due.id, letter, tokens, stop, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Tell {
    deadline: DeadlineId,
    letter: Option<Month>,
    tokens: Vec<Token>,
    stop: Token,
    drawn: Drawn,
}

impl Command for Tell {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let Drawn { mut seed, now, settings } = self.drawn.clone();
        // Written down with the mail: begun twice, it tells once.
        if !deadlines::done(tx, self.deadline, now).await? {
            return Ok(());
        }
        let Some(month) = &self.letter else { return Ok(()) };
        let mut addresses = Vec::new();
        for (todo, token) in month.todo.iter().take(MOST_LINES).zip(&self.tokens) {
            let link = answers::link(&month.person, &About::of(todo), token, seed.id(now), now)?;
            links::insert(tx, &link).await?;
            addresses.push(answers::path(token));
        }
        let link = unsubscribing::link(&month.person, &self.stop, seed.id(now), now);
        links::insert(tx, &link).await?;
        let stop = unsubscribing::path(&self.stop);
        let mut post = Post { seed: &mut seed, now, settings: &settings };
        let t = mails::words_of(&month.person.locale);
        let letter = month.letter(t, &settings, &addresses);
        Ok(mails::send_of_the_month(tx, &mut post, &month.person, &letter, &stop).await?)
    }
}
