//! What is in one person's mail of the month, and its words.

use domain::{actor::RoleKind, chain::Head, ids::PersonId};
use jiff::{Timestamp, civil::Date};
use store::{Tx, collectives::CollectiveRow, people};
use words::Words;

use super::{PersonRow, news::News};
use crate::{
    Failure, Never, Settings,
    awaiting::{self, Awaiting, ToDo, say},
    mails::Letter,
    profile::{MONTH, NOTICE_KINDS, QUIET, frequency},
};

/// One person's mail of the month.
pub(super) struct Month {
    /// Who reads it.
    pub(super) person: PersonRow,
    /// What awaits them, most pressing first.
    pub(super) todo: Vec<ToDo>,
    /// What else their own page asks for.
    besides: usize,
    today: Date,
    /// The first day of the month told about.
    first: Date,
    parts: Vec<Part>,
}

/// What one collective adds to the mail.
struct Part {
    collective: CollectiveRow,
    news: News,
    /// The sorts of news that the person wants.
    wanted: Vec<&'static str>,
    /// For those who keep them: the heads of each pot's journals.
    heads: Vec<(String, Head)>,
}

impl Month {
    /// Reads what is in the mail; nothing where it would say nothing and nobody wants that.
    pub(super) async fn read(
        tx: &mut Tx,
        person: PersonRow,
        first: Date,
        now: Timestamp,
    ) -> Result<Option<Self>, Failure<Never>> {
        let found = awaiting::read(tx, person.id, now).await?;
        let besides = found.invitations.len() + found.proposed.len() + found.ending.len();
        let Awaiting { today, mut todo, collectives, .. } = found;
        todo.retain(|one| one.kind().waits());
        let (mut parts, mut quiet) = (Vec::new(), false);
        for collective in collectives {
            let chosen = chosen(tx, person.id, &collective).await?;
            if !chosen.contains(&MONTH) {
                todo.retain(|one| one.collective() != collective.id);
                continue;
            }
            let wanted = |kind: &&'static str| chosen.contains(kind);
            quiet |= chosen.contains(&QUIET);
            let standing = crate::people::standing_in(tx, person.id, &collective, now).await?;
            let keeps = standing.roles.contains(&RoleKind::Treasurer);
            parts.push(Part {
                news: News::of(tx, &collective, first).await?,
                wanted: NOTICE_KINDS.into_iter().filter(wanted).collect(),
                heads: if keeps { heads(tx, &collective).await? } else { Vec::new() },
                collective,
            });
        }
        let keeps = parts.iter().any(|part| !part.heads.is_empty());
        // Whoever stopped it everywhere gets none.
        let says = !parts.is_empty() && (!todo.is_empty() || besides > 0 || keeps || quiet);
        Ok(says.then_some(Self { person, todo, besides, today, first, parts }))
    }

    /// The mail; each of the addresses leads to one of the things to do.
    pub(super) fn letter(&self, t: Words, settings: &Settings, addresses: &[String]) -> Letter {
        let count = self.todo.len() + self.besides;
        let mut letter = Letter::about(t.monthly_subject(count, t.month(self.today)));
        letter = if count == 0 {
            letter.say(t.monthly_nothing()).at(settings, "/me")
        } else {
            letter.say(t.monthly_lead())
        };
        for (todo, address) in self.todo.iter().zip(addresses) {
            let said = say(t, todo, self.today);
            letter = letter.say(format!("• {}\n{}", said.what, said.why)).at(settings, address);
        }
        let more = count - addresses.len();
        if more > 0 {
            letter = letter.say(t.monthly_more(more)).at(settings, "/me");
        }
        for part in &self.parts {
            letter = self.tell(letter, t, part, settings);
        }
        letter
    }

    fn tell(&self, letter: Letter, t: Words, part: &Part, settings: &Settings) -> Letter {
        let name = part.collective.name.as_str();
        let at = |page: &str| format!("/c/{}{page}", part.collective.slug);
        let news = part.news.said(t, &part.wanted);
        let mut letter = letter;
        if !news.is_empty() {
            let head = t.monthly_news(name, t.month(self.first));
            letter = letter.say(format!("{head}\n{}", news.join("\n"))).at(settings, &at("/activity"));
        }
        if part.heads.is_empty() {
            return letter;
        }
        let heads: Vec<String> = part.heads.iter().map(|(pot, head)| format!("{pot} {head}")).collect();
        letter
            .say(format!("{}\n{}", t.monthly_heads(name), heads.join("\n")))
            .say(t.monthly_verify())
            .at(settings, &at("/accounts/how"))
    }
}

/// The sorts of news that a person wants of a collective, and whether they want the mail that has nothing for them.
async fn chosen(
    tx: &mut Tx,
    person: PersonId,
    collective: &CollectiveRow,
) -> store::sqlx::Result<Vec<&'static str>> {
    let chosen = people::notice_preferences(tx, person, collective.id).await?;
    Ok(NOTICE_KINDS.into_iter().filter(|kind| frequency(&chosen, kind) != "never").collect())
}

async fn heads(tx: &mut Tx, collective: &CollectiveRow) -> store::sqlx::Result<Vec<(String, Head)>> {
    let mut heads = Vec::new();
    for pot in store::pots::of_collective(tx, collective.id).await? {
        let kept = store::verify::heads(tx, pot.id).await?;
        heads.extend(kept.into_iter().map(|head| (pot.name.clone(), head)));
    }
    Ok(heads)
}
