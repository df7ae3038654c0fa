//! What whoever posted an ad does with it: change it, renew it, take it back, appeal, ask for a collective. By their account,
//! or by the link of a mail.

use std::collections::BTreeSet;

use domain::{
    actor::{Action, NotAllowed},
    ads::{AdRefusal, AdText, FEWEST_TOGETHER, LONGEST_MESSAGE, MOST_NEEDERS, MOST_TALKS, Side, ends_at},
    ids::{AdId, PersonId},
    input::FieldRule,
    names::Looks,
    text,
};
use identity::Token;
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{
    Command, Tx,
    ads::{self, AdNeeder, AdRow, AdTalk},
    deadlines, events, links,
};

use super::{KEEP, SUBJECT, cleaned, ending, letters, locked, member, posting, reading, record};
use crate::{
    Acting, Context, Failure,
    revisions::{self, Change},
    till::Drawn,
};

/// Events that the page of an ad tells.
const MOST_EVENTS: u16 = 50;

/// By what somebody keeps an ad.
#[derive(Clone, Debug)]
pub enum By {
    /// Their account, or that of their organisation: the ad of a number.
    Acting(Acting, i64),
    /// The link of a mail.
    Link(String),
}

/// The ad, with the person who keeps it where they have an account. Errors: a link that is gone; no such ad; no right.
pub(super) async fn opened(
    tx: &mut Tx,
    by: &By,
    now: Timestamp,
) -> Result<(AdRow, Option<PersonId>), Failure<AdRefusal>> {
    match by {
        By::Link(token) => {
            let token = Token::parse(token).ok_or(Failure::NotFound)?;
            let link = links::by_token(tx, KEEP, &token.hash()).await?;
            let link = link.filter(|link| link.is_open(now)).ok_or(Failure::NotFound)?;
            let ad = AdId(link.subject.ok_or(Failure::NotFound)?);
            let row = ads::by_id(tx, ad).await?.ok_or(Failure::NotFound)?;
            let person = row.person;
            Ok((row, person))
        }
        By::Acting(acting, number) => {
            let row = ads::by_number(tx, *number).await?.ok_or(Failure::NotFound)?;
            if acting.token.is_some() {
                let writer = member(tx, acting, now).await?;
                let own = row.organisation.is_some() && row.organisation == writer.organisation;
                return own.then_some((row, writer.person)).ok_or(NotAllowed::Missing(Action::PostAd).into());
            }
            let reader = reading::reader(tx, Some(acting.person), now).await?;
            match reader.owns(&row) {
                true => Ok((row, Some(acting.person))),
                // That there is one which they don't read is told to nobody.
                false if reading::one(tx, *number, &reader, now).await?.is_none() => Err(Failure::NotFound),
                false => Err(NotAllowed::Missing(Action::PostAd).into()),
            }
        }
    }
}

/// The same, its row locked.
async fn held(tx: &mut Tx, by: &By, now: Timestamp) -> Result<(AdRow, Option<PersonId>), Failure<AdRefusal>> {
    let (row, person) = opened(tx, by, now).await?;
    Ok((locked(tx, row.number).await?, person))
}

/// An ad as whoever posted it keeps it.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The ad.
    pub row: AdRow,
    /// The organisations that share its need.
    pub needers: Vec<AdNeeder>,
    /// How many organisations that makes, whoever posted it included.
    pub together: usize,
    /// The conversations about it, the newest first.
    pub talks: Vec<AdTalk>,
    /// What was changed of it, newest first.
    pub changes: Vec<Change>,
    /// What happened to it, newest first: when and what.
    pub events: Vec<(Timestamp, String)>,
    /// The address of the collective that was made of it.
    pub collective: Option<String>,
}

/// What a revision of an ad keeps.
fn fields(text: &AdText) -> Value {
    serde_json::to_value(text).unwrap_or(Value::Null)
}

/// How many organisations share the need of an ad, whoever posted it included; two that nobody can tell apart are one.
pub(super) fn together(row: &AdRow, needers: &[AdNeeder]) -> usize {
    let mut looks: Vec<Looks> = vec![Looks::of(&row.organisation_name)];
    let mut addresses = BTreeSet::from([row.email_key.as_str()]);
    for needer in needers {
        let name = Looks::of(&needer.organisation_name);
        if addresses.insert(&needer.email_key) && !looks.iter().any(|known| known.like(&name)) {
            looks.push(name);
        }
    }
    looks.len()
}

/// An ad, for whoever posted it. Errors: a link that is gone; no such ad; no right.
pub async fn sheet(ctx: &Context, by: &By) -> Result<Sheet, Failure<AdRefusal>> {
    let mut tx = ctx.db.read().await?;
    let (row, _) = opened(&mut tx, by, ctx.now()).await?;
    let needers = ads::needers(&mut tx, row.id, MOST_NEEDERS).await?;
    let talks = ads::talks_of(&mut tx, row.id, MOST_TALKS).await?;
    let changes = revisions::of(&mut tx, row.id.into(), &fields(&row.text())).await?;
    let told = events::of_subject(&mut tx, row.id.into(), false, None, MOST_EVENTS).await?;
    let collective = match row.collective {
        Some(id) => store::collectives::get(&mut tx, id).await?.map(|row| row.slug),
        None => None,
    };
    Ok(Sheet {
        together: together(&row, &needers),
        needers,
        talks,
        changes,
        events: told.into_iter().map(|event| (event.at, event.kind)).collect(),
        collective,
        row,
    })
}

/// Changes what an ad says; what it said before is kept. `seen`: the version that was shown. Errors: as [`sheet`]; fields as
/// [`AdText::cleaned`]; [`Failure::Stale`] where it was changed since; [`AdRefusal::OtherSide`], [`AdRefusal::Twice`].
pub async fn edit(ctx: &Context, by: By, seen: i64, text: AdText) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Act { by, what: What::Edit { seen, text: Box::new(text) }, drawn: Drawn::of(ctx) }).await
}

/// Shows an ad from now on for as long as a new one; one that was taken back is there again. Errors: as [`sheet`];
/// [`AdRefusal::Hidden`], [`AdRefusal::TooMany`], [`AdRefusal::Twice`].
pub async fn renew(ctx: &Context, by: By) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Act { by, what: What::Renew, drawn: Drawn::of(ctx) }).await
}

/// Takes an ad back; once it is, nothing. Errors: as [`sheet`].
pub async fn withdraw(ctx: &Context, by: By) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Act { by, what: What::Withdraw, drawn: Drawn::of(ctx) }).await
}

/// Says why an ad that was hidden should be shown; the administration is told. Errors: as [`sheet`]; field `body`;
/// [`AdRefusal::NotHidden`].
pub async fn appeal(ctx: &Context, by: By, body: &str) -> Result<(), Failure<AdRefusal>> {
    let body = text::paragraphs(body, LONGEST_MESSAGE).map_err(|rule| Failure::field("body", rule))?;
    if body.trim().is_empty() {
        return Err(Failure::field("body", FieldRule::Missing));
    }
    ctx.db.write(Act { by, what: What::Appeal { body }, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

/// Asks the administration to make a small collective of those who share the need. Errors: as [`sheet`];
/// [`AdRefusal::NotARequest`], [`AdRefusal::Over`], [`AdRefusal::TooFew`], [`AdRefusal::Asked`], [`AdRefusal::Founded`];
/// field `least` without a budget, of which the price of its feature is made.
pub async fn ask_founding(ctx: &Context, by: By) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Act { by, what: What::AskFounding, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

enum What {
    Edit { seen: i64, text: Box<AdText> },
    Renew,
    Withdraw,
    Appeal { body: String },
    AskFounding,
}

struct Act {
    by: By,
    what: What,
    drawn: Drawn,
}

impl Command for Act {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let now = drawn.now;
        let (row, person) = held(tx, &self.by, now).await?;
        let kind = match &self.what {
            What::Edit { seen, text } => match change(tx, &mut drawn, (&row, person), *seen, text).await? {
                true => "ad_edited",
                false => return Ok(()),
            },
            What::Renew => {
                row.standing().renewable().map_err(Failure::Refused)?;
                if !row.standing().is_shown(now) {
                    refuse_twin(tx, &row, &row.text()).await?;
                    posting::refuse_many(tx, &row.email_key, &drawn).await?;
                }
                ads::renew(tx, row.id, ends_at(now)).await?;
                posting::set_end(tx, &mut drawn, row.id).await?;
                "ad_renewed"
            }
            What::Withdraw if row.withdrawn_at.is_some() => return Ok(()),
            What::Withdraw => {
                ads::withdraw(tx, row.id, now).await?;
                deadlines::cancel(tx, row.id.into(), ending::AD_END).await?;
                "ad_withdrawn"
            }
            What::Appeal { .. } if row.hidden_at.is_none() => {
                return Err(Failure::Refused(AdRefusal::NotHidden));
            }
            What::Appeal { body } => {
                ads::appeal(tx, row.id, body, now).await?;
                letters::to_admins(tx, &mut drawn, &row, "appeal").await?;
                "ad_appealed"
            }
            What::AskFounding => {
                let needers = ads::needers(tx, row.id, MOST_NEEDERS).await?;
                foundable(&row, &needers, now)?;
                if row.founding_at.is_some() {
                    return Err(Failure::Refused(AdRefusal::Asked));
                }
                ads::ask_founding(tx, row.id, Some(now)).await?;
                letters::to_admins(tx, &mut drawn, &row, "founding").await?;
                "ad_founding_asked"
            }
        };
        Ok(record(tx, &mut drawn, kind, (row.id, person), json!({ "number": row.number })).await?)
    }
}

/// Checks that a collective can be made of an ad. Errors: as [`ask_founding`].
pub(super) fn foundable(row: &AdRow, needers: &[AdNeeder], now: Timestamp) -> Result<(), Failure<AdRefusal>> {
    if row.side == Side::Offer {
        return Err(Failure::Refused(AdRefusal::NotARequest));
    }
    if row.collective.is_some() {
        return Err(Failure::Refused(AdRefusal::Founded));
    }
    // One that has ended since it was asked for is made all the same.
    if row.founding_at.is_none() {
        row.standing().shareable(now).map_err(Failure::Refused)?;
    }
    if together(row, needers) < FEWEST_TOGETHER {
        return Err(Failure::Refused(AdRefusal::TooFew));
    }
    if row.least.or(row.most).is_none() {
        return Err(Failure::field("least", FieldRule::Missing));
    }
    Ok(())
}

/// Refuses what another ad of the same poster says.
async fn refuse_twin(tx: &mut Tx, row: &AdRow, text: &AdText) -> Result<(), Failure<AdRefusal>> {
    match ads::twin(tx, &row.email_key, &text.fingerprint()).await? {
        Some(number) if number != row.number => Err(Failure::Refused(AdRefusal::Twice { number })),
        _ => Ok(()),
    }
}

/// Writes the next text of an ad; whether it is another.
async fn change(
    tx: &mut Tx,
    drawn: &mut Drawn,
    (row, person): (&AdRow, Option<PersonId>),
    seen: i64,
    typed: &AdText,
) -> Result<bool, Failure<AdRefusal>> {
    let before = row.text();
    if typed.side != before.side {
        return Err(Failure::Refused(AdRefusal::OtherSide));
    }
    // A deadline that passed since is no mistake of who changes something else.
    let kept = typed.deadline_on.is_some() && typed.deadline_on == before.deadline_on;
    let text = match kept {
        true => {
            let dateless = AdText { deadline_on: None, ..typed.clone() };
            AdText { deadline_on: before.deadline_on, ..cleaned(dateless, drawn.now)? }
        }
        false => cleaned(typed.clone(), drawn.now)?,
    };
    if row.version != seen {
        return Err(Failure::Stale);
    }
    if text == before {
        return Ok(false);
    }
    if row.withdrawn_at.is_none() {
        refuse_twin(tx, row, &text).await?;
    }
    let (id, kept) = (drawn.seed.id(drawn.now), fields(&before).to_string());
    store::revisions::add(tx, id, SUBJECT, row.id.into(), &kept, person, drawn.now).await?;
    ads::edit(tx, row.id, &text, &row.organisation_name, drawn.now).await?;
    Ok(true)
}
