//! The links of the mail of the month. Each is for one thing that awaits one person, sent to one address; opening it shows
//! that thing as it stands now, and changes nothing. What is small is answered there without a sign-in: saying that a
//! call is paid, confirming that one was received. Everything else leads to its page, where one signs in. Once it is
//! answered, or too late, the page says what became of it.

use domain::{
    Money,
    fund_calls::{CallRefusal, CallState},
    ids::{CollectiveId, LinkId, OrganisationId, PersonId},
    pot::FundMode,
    rounds::RoundState,
    tasks::TaskKind,
};
use identity::Token;
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    fund_calls::FundCall,
    links::{self, LinkRow},
    people::{self, PersonRow},
};

use crate::{
    Acting, Context, Failure, Never,
    awaiting::{self, ToDo},
    fund_calls::{confirm_received, say_paid},
};

/// Links of the mail of the month.
pub(crate) const PURPOSE: &str = "answer";
/// How long one may be answered by: until the mail after the next.
const OPEN_FOR: SignedDuration = SignedDuration::from_hours(24 * 45);

/// What a link is about: one thing, as it stood when the mail was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    kind: String,
    collective: CollectiveId,
    number: i64,
    organisation: Option<OrganisationId>,
    amount: Money,
}

impl About {
    /// About something that awaits somebody.
    #[must_use]
    pub fn of(todo: &ToDo) -> Self {
        let kind = todo.kind().as_str().to_owned();
        match todo {
            ToDo::Task(task) => Self {
                kind,
                collective: task.collective,
                number: task.number,
                organisation: task.organisation,
                amount: task.amount,
            },
            ToDo::Invoice(one) => Self {
                kind,
                collective: one.id,
                number: one.waiting.invoice.number,
                organisation: None,
                amount: one.waiting.invoice.amount,
            },
        }
    }

    fn is_of(&self, todo: &ToDo) -> bool {
        let now = Self::of(todo);
        (&self.kind, self.number, self.organisation) == (&now.kind, now.number, now.organisation)
    }
}

/// The path of a link, below the base of the site.
pub(crate) fn path(token: &Token) -> String {
    format!("/answer/{}", token.as_str())
}

/// A link for somebody, to one thing. Errors: faults.
pub(crate) fn link(
    person: &PersonRow,
    about: &About,
    token: &Token,
    id: LinkId,
    now: Timestamp,
) -> Result<LinkRow, Failure<Never>> {
    Ok(LinkRow {
        id,
        token_hash: token.hash(),
        purpose: PURPOSE.to_owned(),
        subject: Some(person.id.into()),
        email_key: Some(person.email_key.clone()),
        payload: serde_json::to_string(about).map_err(|error| Failure::Fault(error.to_string()))?,
        browser_hash: None,
        code_hash: None,
        attempts: 0,
        created_at: now,
        expires_at: now.checked_add(OPEN_FOR).ok(),
        used_at: None,
        revoked_at: None,
    })
}

/// What can be answered without a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The call is paid.
    SayPaid,
    /// What was paid for the call was received.
    ConfirmReceived,
}

/// How the thing of a link stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It waits, and one click answers it.
    Asks(Act),
    /// It waits, and is answered on its page.
    OnItsPage,
    /// It waits, but not for the sum that the mail named.
    Changed,
    /// The call was said to be paid; that remains to be confirmed.
    SaidPaid,
    /// The call is settled: paid, covered by others, or asked no more.
    Settled(CallState),
    /// The round is over.
    RoundOver(i64),
    /// It waits no more for this person.
    Over,
}

/// A link, and how its thing stands now.
#[derive(Clone, Debug)]
pub struct Question {
    /// Whom it was sent to.
    pub person: PersonRow,
    /// Where it waits.
    pub collective: CollectiveRow,
    /// The civil day there.
    pub today: Date,
    /// What waits, while it does.
    pub todo: Option<ToDo>,
    /// How it stands.
    pub stand: Stand,
    /// The path of the page where more can be seen and done, below the base of the site.
    pub path: String,
    /// The call that it is about, if it is about one.
    call: Option<FundCall>,
    link: LinkRow,
    about: About,
}

/// What a link is about, and how that stands; nothing changes by it. Errors: [`Failure::NotFound`] for a link that there
/// isn't, that is too old or revoked, of another address than theirs today, or of somebody who closed their account.
pub async fn find(ctx: &Context, token: &str) -> Result<Question, Failure<Never>> {
    let token = Token::parse(token).ok_or(Failure::NotFound)?;
    let mut tx = ctx.db.read().await?;
    let link = links::by_token(&mut tx, PURPOSE, &token.hash()).await?.ok_or(Failure::NotFound)?;
    read(&mut tx, link, ctx.now()).await
}

async fn read(tx: &mut Tx, link: LinkRow, now: Timestamp) -> Result<Question, Failure<Never>> {
    let about: About =
        serde_json::from_str(&link.payload).map_err(|error| Failure::Fault(error.to_string()))?;
    let person = PersonId(link.subject.ok_or(Failure::NotFound)?);
    let person = people::get(tx, person).await?.filter(|person| person.closed_at.is_none());
    let person = person.ok_or(Failure::NotFound)?;
    let collective = store::collectives::get(tx, about.collective).await?.ok_or(Failure::NotFound)?;
    let standing = crate::people::standing_in(tx, person.id, &collective, now).await?;
    let sent_here = link.email_key.as_deref() == Some(person.email_key.as_str());
    if !sent_here || link.revoked_at.is_some() || link.expires_at.is_some_and(|until| until <= now) {
        return Err(Failure::NotFound);
    }
    let todo = awaiting::in_collective(tx, &collective, &standing, about.organisation).await?;
    let todo = todo.into_iter().find(|one| about.is_of(one));
    let call = call_of(tx, &collective, &about).await?;
    let stand = match &todo {
        Some(todo) if link.is_open(now) => waiting(todo, &about),
        Some(_) => Stand::OnItsPage,
        None => over(tx, &collective, &about, call.as_ref()).await?,
    };
    let today = collective.day(now);
    let path = page(&collective, &about, todo.as_ref(), today);
    Ok(Question { person, today, path, collective, todo, stand, call, link, about })
}

async fn call_of(
    tx: &mut Tx,
    collective: &CollectiveRow,
    about: &About,
) -> store::sqlx::Result<Option<FundCall>> {
    if !matches!(TaskKind::parse(&about.kind), Some(TaskKind::Pay | TaskKind::Receive)) {
        return Ok(None);
    }
    match store::pots::by_slug(tx, collective.id, crate::pots::MAIN).await? {
        Some(pot) => store::fund_calls::by_number(tx, pot.id, about.number).await,
        None => Ok(None),
    }
}

fn waiting(todo: &ToDo, about: &About) -> Stand {
    let ToDo::Task(task) = todo else { return Stand::OnItsPage };
    let act = match task.kind {
        TaskKind::Pay => Act::SayPaid,
        TaskKind::Receive if task.mode == FundMode::Direct => Act::ConfirmReceived,
        _ => return Stand::OnItsPage,
    };
    if task.amount == about.amount { Stand::Asks(act) } else { Stand::Changed }
}

async fn over(
    tx: &mut Tx,
    collective: &CollectiveRow,
    about: &About,
    call: Option<&FundCall>,
) -> store::sqlx::Result<Stand> {
    if let Some(call) = call {
        return Ok(match call.state {
            state if !state.is_awaited() => Stand::Settled(state),
            _ if call.said_paid_at.is_some() => Stand::SaidPaid,
            _ => Stand::Over,
        });
    }
    let of_a_round = matches!(TaskKind::parse(&about.kind), Some(TaskKind::Share | TaskKind::Round));
    if of_a_round
        && about.number > 0
        && let Some(pot) = store::pots::by_slug(tx, collective.id, crate::pots::MAIN).await?
    {
        let round = store::rounds::by_number(tx, pot.id, about.number).await?;
        if round.is_some_and(|round| round.state == RoundState::Closed) {
            return Ok(Stand::RoundOver(about.number));
        }
    }
    Ok(Stand::Over)
}

/// Where the thing is seen, also once it waits no more.
fn page(collective: &CollectiveRow, about: &About, todo: Option<&ToDo>, today: Date) -> String {
    if let Some(todo) = todo {
        return awaiting::say(crate::mails::words_of(""), todo, today).path;
    }
    let (slug, number) = (&collective.slug, about.number);
    let list = match TaskKind::parse(&about.kind) {
        Some(TaskKind::Pay | TaskKind::Receive) => "calls",
        Some(TaskKind::Share | TaskKind::Round) => "rounds",
        Some(TaskKind::Feature | TaskKind::Report | TaskKind::Bill | TaskKind::Closing | TaskKind::Terms) => {
            "features"
        }
        Some(TaskKind::Invoice) => "invoices",
        Some(TaskKind::Refund) => "refunds",
        _ => return format!("/c/{slug}"),
    };
    if number > 0 { format!("/c/{slug}/{list}/{number}") } else { format!("/c/{slug}") }
}

/// Answers what a link asks, for the person whom it was sent to; the act asks again what they may. Answered before, or
/// too late, it changes nothing: [`find`] says how it stands. Errors: those of the act; [`Failure::Stale`] where it asks
/// for something else than what was seen.
pub async fn answer(ctx: &Context, token: &str, seen: Act) -> Result<(), Failure<CallRefusal>> {
    let question = find(ctx, token).await.map_err(|failure| failure.map(|never| match never {}))?;
    let Stand::Asks(act) = question.stand else { return Ok(()) };
    let Some(call) = &question.call else { return Ok(()) };
    if act != seen {
        return Err(Failure::Stale);
    }
    let link = question.link.id;
    let acting =
        |organisation| Acting::by_form(question.person.id, organisation).with_key(format!("answer-{link}"));
    match act {
        Act::SayPaid => say_paid(ctx, acting(question.about.organisation), call.id).await?,
        Act::ConfirmReceived => {
            let organisation = confirming_for(ctx, &question).await?;
            let amount = question.about.amount;
            confirm_received(ctx, acting(organisation), call.id, amount, question.today).await?;
        }
    }
    ctx.db
        .write(Used { link, now: ctx.now() })
        .await
        .map_err(|failure| failure.map(|never: Never| match never {}))?;
    ctx.wake_worker();
    Ok(())
}

/// For which organisation somebody confirms: one of theirs that may, or as a steward for none.
async fn confirming_for(
    ctx: &Context,
    question: &Question,
) -> Result<Option<OrganisationId>, Failure<CallRefusal>> {
    let mut tx = ctx.db.read().await?;
    let now = ctx.now();
    let Some(call) = &question.call else { return Ok(None) };
    let feature = store::features::by_id(&mut tx, call.feature).await?.ok_or(Failure::NotFound)?;
    let standing = crate::people::standing_in(&mut tx, question.person.id, &question.collective, now).await?;
    let at = crate::invoices::At::new(&question.collective, now);
    let confirmer = crate::fund_calls::confirming::confirmer(&mut tx, &at, &feature, call).await?;
    let held = standing.mandates.iter().map(|mandate| Some(mandate.organisation));
    Ok(held.chain([None]).find(|one| confirmer.permit(&standing, *one).is_ok()).flatten())
}

struct Used {
    link: LinkId,
    now: Timestamp,
}

impl Command for Used {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        links::use_once(tx, self.link, self.now).await?;
        Ok(())
    }
}
