//! A mandate for somebody else is only proposed: it is one from the instant at which they accept it, and until then it
//! lets them do nothing and ties them to nobody.

use domain::{
    actor::{Action, NotAllowed, Standing},
    ids::{CollectiveId, MandateId, OrganisationId, PersonId},
    people::{MandateAnswer, MandateRefusal, PROPOSED_FOR},
};
use jiff::{Timestamp, civil::Date};
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    mandate_proposals::{self as proposals, Asked, NewProposal, Proposal},
};

use super::{NewMandate, check_free, write};
use crate::{Acting, Context, Failure, mails::Letter, people::Hall, till::Drawn};

/// Most proposals of one list.
const MOST: u16 = 100;

/// What awaits an answer now.
fn asked(now: Timestamp, today: Date) -> Asked {
    Asked { today, since: now.saturating_sub(PROPOSED_FOR).unwrap_or(now) }
}

/// The last day, there, on which what was proposed at an instant is answered.
fn last_day(collective: &CollectiveRow, proposed_at: Timestamp) -> Date {
    collective.day(proposed_at.saturating_add(PROPOSED_FOR).unwrap_or(proposed_at))
}

/// The last day on which a proposal of now is answered.
fn until(hall: &Hall) -> Date {
    last_day(&hall.collective, hall.drawn.now)
}

/// The mandates of an organisation that await the answer of who would hold them: all of them for those who represent it,
/// else one's own. Errors: faults.
pub async fn proposed(
    tx: &mut Tx,
    standing: &Standing,
    organisation: OrganisationId,
) -> store::sqlx::Result<Vec<Proposal>> {
    let mut open = proposals::open(tx, organisation, asked(standing.now, standing.today), MOST).await?;
    open.retain(|one| standing.represents(organisation) || one.person == standing.person);
    Ok(open)
}

/// A mandate that awaits its answer. Errors: faults.
pub async fn proposed_by_id(
    tx: &mut Tx,
    id: MandateId,
    now: Timestamp,
    today: Date,
) -> store::sqlx::Result<Option<Proposal>> {
    Ok(proposals::open(tx, id, asked(now, today), 1).await?.pop())
}

/// A mandate that awaits a person's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToAnswer {
    /// What is proposed.
    pub proposal: Proposal,
    /// The last day on which they can answer, where it was proposed.
    pub until: Date,
}

/// The mandates that await a person's answer. Errors: faults.
pub(crate) async fn proposed_to(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
    today: Date,
) -> store::sqlx::Result<Vec<ToAnswer>> {
    let mut found = Vec::new();
    for proposal in proposals::open(tx, person, asked(now, today), MOST).await? {
        let Some(collective) = store::collectives::get(tx, proposal.collective).await? else { continue };
        found.push(ToAnswer { until: last_day(&collective, proposal.proposed_at), proposal });
    }
    Ok(found)
}

/// Writes a mandate that awaits its holder's answer, and asks them: one of a kind for an organisation at a time.
pub(super) async fn propose(
    tx: &mut Tx,
    hall: &mut Hall,
    new: &NewMandate,
    organisation: &str,
) -> Result<MandateId, Failure<MandateRefusal>> {
    check_free(tx, new).await?;
    let open = proposals::open(tx, new.person, asked(hall.drawn.now, hall.today), u16::MAX).await?;
    if open.iter().any(|one| one.organisation == new.organisation && one.kind == new.kind) {
        return Err(Failure::Refused(MandateRefusal::AlreadyProposed));
    }
    let proposal = NewProposal {
        id: hall.id(),
        collective: hall.collective.id,
        person: new.person,
        organisation: new.organisation,
        kind: new.kind,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        proposed_by: hall.person(),
        proposed_at: hall.drawn.now,
    };
    proposals::propose(tx, &proposal).await?;
    let granter = hall.name_of(tx, hall.person()).await?;
    let (settings, until, today) = (hall.drawn.settings.clone(), until(hall), hall.today);
    hall.tell(tx, &[new.person], |t| {
        Letter::about(t.mail_mandate_proposed_subject(organisation))
            .say(t.mail_mandate_proposed(t.date(new.starts_on), &granter, organisation))
            .say(t.mail_invitation_mandate(new.kind.as_str(), organisation))
            .say(t.mail_mandate_proposed_answer(t.until(until, today)))
            .at(&settings, "/me")
    })
    .await?;
    Ok(proposal.id)
}

/// Accepts a mandate that is proposed to whoever acts, on a page: it holds from now on, or from its first day on.
/// Errors: [`Failure::NotFound`] for somebody else's; [`MandateRefusal::NotProposed`], [`MandateRefusal::AlreadyHeld`];
/// by a token, [`NotAllowed::NeverByToken`].
pub async fn accept(
    ctx: &Context,
    acting: Acting,
    proposal: MandateId,
) -> Result<Proposal, Failure<MandateRefusal>> {
    answer(ctx, acting, proposal, MandateAnswer::Accepted).await
}

/// Declines a mandate that is proposed to whoever acts. Errors: as [`accept`].
pub async fn decline(
    ctx: &Context,
    acting: Acting,
    proposal: MandateId,
) -> Result<Proposal, Failure<MandateRefusal>> {
    answer(ctx, acting, proposal, MandateAnswer::Declined).await
}

async fn answer(
    ctx: &Context,
    acting: Acting,
    proposal: MandateId,
    answer: MandateAnswer,
) -> Result<Proposal, Failure<MandateRefusal>> {
    // No program binds a person.
    if acting.token.is_some() {
        return Err(NotAllowed::NeverByToken.into());
    }
    let mut tx = ctx.db.read().await?;
    let collective = proposals::collective_of(&mut tx, proposal).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let done = ctx.db.write(Answer { acting, collective, proposal, answer, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(done)
}

struct Answer {
    acting: Acting,
    collective: CollectiveId,
    proposal: MandateId,
    answer: MandateAnswer,
    drawn: Drawn,
}

impl Command for Answer {
    type Done = Proposal;
    type Error = Failure<MandateRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Proposal, Failure<MandateRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let (by, now) = (self.acting.person, self.drawn.now);
        let open = proposals::open(tx, self.proposal, asked(now, hall.today), 1).await?.pop();
        let proposal = open.ok_or(Failure::Refused(MandateRefusal::NotProposed))?;
        if proposal.person != by {
            return Err(Failure::NotFound);
        }
        if self.answer == MandateAnswer::Accepted {
            let new = NewMandate {
                organisation: proposal.organisation,
                person: proposal.person,
                kind: proposal.kind,
                // Nobody held it before they said yes.
                starts_on: proposal.starts_on.max(hall.today),
                ends_on: proposal.ends_on,
            };
            check_free(tx, &new).await?;
            write(tx, &mut hall, &new, proposal.id, proposal.proposed_by).await?;
        }
        if !proposals::answer(tx, proposal.id, self.answer, by, now).await? {
            return Err(Failure::Refused(MandateRefusal::NotProposed));
        }
        hall.tell(tx, &[proposal.proposed_by], |t| {
            let (person, organisation) = (&proposal.person_name, &proposal.organisation_name);
            let answer = self.answer.as_str();
            Letter::about(t.mail_mandate_answered_subject(organisation, person)).say(t.mail_mandate_answered(
                answer,
                organisation,
                person,
            ))
        })
        .await?;
        Ok(proposal)
    }
}

/// Takes a mandate back that awaits its answer; its holder declines it.
pub(super) async fn take_back(
    tx: &mut Tx,
    hall: &Hall,
    proposal: MandateId,
) -> Result<(), Failure<MandateRefusal>> {
    let (now, person) = (hall.drawn.now, hall.person());
    let open = proposals::open(tx, proposal, asked(now, hall.today), 1).await?.pop();
    let proposal = open.filter(|one| one.collective == hall.collective.id).ok_or(Failure::NotFound)?;
    let own = proposal.person == person;
    if !own {
        hall.permit(Action::GiveMandate, Some(proposal.organisation))?;
    }
    if let Some(token) = &hall.standing.token {
        token.offers(proposal.kind)?;
    }
    let answer = if own { MandateAnswer::Declined } else { MandateAnswer::Withdrawn };
    if proposals::answer(tx, proposal.id, answer, person, now).await? {
        Ok(())
    } else {
        Err(Failure::Refused(MandateRefusal::NotProposed))
    }
}
