//! The monthly mail of a collective: what happened there, one line a sort, for those who want it; to its treasurers
//! also the heads of its journals, to be kept.

use std::sync::Arc;

use domain::{
    Seed,
    actor::RoleKind,
    chain::Head,
    features::{Moved, State},
    ids::{CollectiveId, DeadlineId, EventId, PersonId},
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use store::{
    Command, Tx,
    collectives::{self, CollectiveRow},
    deadlines::{self, Deadline, DeadlineRow},
    events::{self, EventRow},
    mandates, people, roles,
};
use words::Words;

use super::JobError;
use crate::{
    Context, Failure, Never, Settings,
    mails::{self, Letter, Post},
    profile::{NOTICE_KINDS, frequency},
    till::Drawn,
};

/// The kind of its deadline.
pub(super) const KIND: &str = "monthly";
/// The hour at which it leaves, on the first of the month, in the collective's zone.
const HOUR: i8 = 7;
/// How many collectives one statement lists.
const PAGE: u16 = 200;
/// How many events one statement reads, and how many times it is asked.
const EVENTS: u16 = 1_000;
const MOST_PAGES: usize = 50;
/// Most persons who get the mail.
const MOST_READERS: u16 = 1_000;

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

/// One mail to each person of the collective who wants it.
pub(super) async fn run(ctx: &Context, due: &DeadlineRow) -> Result<(), JobError> {
    let month: Date = due.occurrence.parse().map_err(|_| JobError("its month can't be read".to_owned()))?;
    let id = CollectiveId(due.subject);
    ctx.db.write(Tell { deadline: due.id, collective: id, month, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Tell {
    deadline: DeadlineId,
    collective: CollectiveId,
    month: Date,
    drawn: Drawn,
}

impl Command for Tell {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let Drawn { mut seed, now, settings } = self.drawn.clone();
        // Written down with the mails: begun twice, it tells once.
        if !deadlines::done(tx, self.deadline, now).await? {
            return Ok(());
        }
        let Some(collective) = collectives::get(tx, self.collective).await? else { return Ok(()) };
        let month = Month {
            news: News::of(tx, &collective, self.month).await?,
            heads: heads(tx, collective.id).await?,
            collective,
            first: self.month,
            settings: Arc::clone(&settings),
        };
        let treasurers = roles::holders(tx, self.collective, RoleKind::Treasurer, now).await?;
        let today = month.collective.day(now);
        let mut readers = mandates::persons(tx, self.collective, today, MOST_READERS).await?;
        readers.extend(&treasurers);
        readers.sort_unstable();
        readers.dedup();
        for reader in readers {
            let wanted = wanted(tx, reader, self.collective).await?;
            let keeps = treasurers.contains(&reader);
            if wanted.is_empty() && !keeps {
                continue;
            }
            let mut post = Post { seed: &mut seed, now, settings: &settings };
            let write = |t: Words| month.letter(t, &wanted, keeps);
            mails::tell(tx, &mut post, &month.collective, &[reader], write).await?;
        }
        Ok(())
    }
}

/// The sorts of news that a person wants each month.
async fn wanted(
    tx: &mut Tx,
    person: PersonId,
    collective: CollectiveId,
) -> store::sqlx::Result<Vec<&'static str>> {
    let chosen = people::notice_preferences(tx, person, collective).await?;
    Ok(NOTICE_KINDS.into_iter().filter(|kind| frequency(&chosen, kind) != "never").collect())
}

async fn heads(tx: &mut Tx, collective: CollectiveId) -> store::sqlx::Result<Vec<(String, Head)>> {
    let mut heads = Vec::new();
    for pot in store::pots::of_collective(tx, collective).await? {
        let kept = store::verify::heads(tx, pot.id).await?;
        heads.extend(kept.into_iter().map(|head| (pot.name.clone(), head)));
    }
    Ok(heads)
}

/// What happened, counted.
#[derive(Debug, Default, PartialEq, Eq)]
struct News {
    proposed: u32,
    funded: u32,
    missed: u32,
    paid: u32,
    opened: u32,
    closed: u32,
    joined: u32,
    left: u32,
    rules: u32,
}

impl News {
    async fn of(tx: &mut Tx, collective: &CollectiveRow, first: Date) -> store::sqlx::Result<Self> {
        let begin =
            first.to_zoned_datetime(collective.time_zone()).map_or(Timestamp::MIN, |at| at.timestamp());
        let end = next_month(first).and_then(|next| next.to_zoned_datetime(collective.time_zone()).ok());
        let mut before: EventId = events::first_at(end.map_or(Timestamp::MAX, |at| at.timestamp()));
        let mut news = Self::default();
        for _ in 0..MOST_PAGES {
            let page = events::of_collective(tx, collective.id, true, Some(before), EVENTS).await?;
            let Some(last) = page.last() else { break };
            before = last.id;
            page.iter().filter(|event| event.at >= begin).for_each(|event| news.add(event));
            if last.at < begin {
                break;
            }
        }
        Ok(news)
    }

    fn add(&mut self, event: &EventRow) {
        let count = match event.kind.as_str() {
            "feature_moved" => match Moved::from_data(&event.data()) {
                Some((_, Moved { from: None, .. })) => &mut self.proposed,
                Some((_, Moved { to: State::NotFunded, .. })) => &mut self.missed,
                Some((track, Moved { from: Some(State::Funding), to })) if to == track.after_trigger() => {
                    &mut self.funded
                }
                _ => return,
            },
            "contribution_recorded" | "gift_recorded" => &mut self.paid,
            "round_opened" => &mut self.opened,
            "round_closed" => &mut self.closed,
            "member_joined" => &mut self.joined,
            "organisation_left" => &mut self.left,
            "rules_changed" => &mut self.rules,
            _ => return,
        };
        *count += 1;
    }
}

/// What the mails of a month are made from.
struct Month {
    collective: CollectiveRow,
    first: Date,
    news: News,
    heads: Vec<(String, Head)>,
    settings: Arc<Settings>,
}

impl Month {
    fn letter(&self, t: Words, wanted: &[&'static str], keeps: bool) -> Letter {
        let (name, month) = (self.collective.name.as_str(), t.month(self.first));
        let at = |page: &str| format!("/c/{}{page}", self.collective.slug);
        let letter = Letter::about(t.monthly_subject(name, &month));
        let mut letter = if self.news == News::default() {
            letter.say(t.monthly_quiet(name, &month))
        } else {
            letter.say(t.monthly_lead(name, &month))
        };
        for kind in wanted {
            let News { proposed, funded, missed, paid, opened, closed, joined, left, rules } = self.news;
            letter = match *kind {
                "features" if proposed + funded + missed > 0 => letter
                    .say(t.monthly_features(funded.to_string(), missed.to_string(), proposed.to_string()))
                    .at(&self.settings, &at("/features")),
                "money" if paid + opened + closed > 0 => letter
                    .say(t.monthly_money(closed.to_string(), opened.to_string(), paid.to_string()))
                    .at(&self.settings, &at("/accounts")),
                "members" if joined + left + rules > 0 => letter
                    .say(t.monthly_members(joined.to_string(), left.to_string(), rules.to_string()))
                    .at(&self.settings, &at("/members")),
                _ => letter,
            };
        }
        letter = letter.say(t.monthly_me()).at(&self.settings, "/me");
        if keeps {
            let heads: Vec<String> = self.heads.iter().map(|(pot, head)| format!("{pot} {head}")).collect();
            letter = letter
                .say(format!("{}\n{}", t.monthly_heads(), heads.join("\n")))
                .say(t.monthly_verify())
                .at(&self.settings, &at("/accounts/how"));
        }
        letter
    }
}
