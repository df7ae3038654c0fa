//! Inviting for an organisation that was represented before: a second person confirms it, where there is one, and those who
//! represented it are told.

use std::collections::BTreeSet;

use domain::{
    actor::{Action, MandateKind, NotAllowed, RoleKind},
    ids::{CollectiveId, LinkId, OrganisationId, PersonId},
    people::{Email, InvitationRefusal},
};
use identity::Token;
use jiff::Timestamp;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    links::{self, LinkRow},
    mandates, organisations,
};
use words::Locale;

use super::{
    ASKED, For, Invitation, Invited, MOST_OPEN, Payload, Shown, Voices, link_of, may_invite, refuse_doubled,
    refuse_held, send_by, show,
};
use crate::{Acting, Context, Failure, invoices::At, mails::Letter, people::Hall, second_word, till::Drawn};

/// Most former representatives who are told.
const MOST_TOLD: u16 = 100;

/// Those who may confirm what somebody asks for an organisation: see [`second_word::others`].
pub(super) async fn others(
    tx: &mut Tx,
    hall: &Hall,
    inviter: PersonId,
    organisation: OrganisationId,
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    let at = At::new(&hall.collective, hall.drawn.now);
    second_word::others(tx, &at, inviter, Some(organisation)).await
}

/// Asks for a second person's word; where there is none, the invitation is sent at once, and told.
pub(super) async fn begin(
    tx: &mut Tx,
    hall: &mut Hall,
    invitation: &Invitation,
    organisation: OrganisationId,
    token: &Token,
) -> Result<Invited, Failure<InvitationRefusal>> {
    let asked: Vec<PersonId> = others(tx, hall, hall.person(), organisation).await?.into_iter().collect();
    if asked.is_empty() {
        let id = send_by(tx, hall, invitation, None, token).await?;
        tell_all(tx, hall, organisation, invitation.email.address(), "invited").await?;
        return Ok(Invited { id, awaits_second: false });
    }
    refuse_doubled(tx, hall, invitation).await?;
    refuse_held(tx, invitation, organisation, hall.today).await?;
    let link = link_of(hall, invitation, None, ASKED, token)?;
    links::insert(tx, &link).await?;
    let of = organisations::get(tx, organisation).await?.ok_or(Failure::NotFound)?.name;
    let inviter = hall.name_of(tx, hall.person()).await?;
    let (name, settings) = (hall.collective.name.clone(), hall.drawn.settings.clone());
    let path = format!("/c/{}/invitations", hall.collective.slug);
    hall.tell(tx, &asked, |t| {
        Letter::about(t.mail_invitation_asked_subject(&name))
            .say(t.mail_invitation_asked(invitation.email.address(), &inviter, &of))
            .say(t.mail_invitation_asked_open())
            .at(&settings, &path)
    })
    .await?;
    tell_all(tx, hall, organisation, invitation.email.address(), "asked").await?;
    Ok(Invited { id: link.id, awaits_second: true })
}

/// Tells those who represented an organisation, and all who hold a role, that somebody else is to represent it.
pub(super) async fn tell_all(
    tx: &mut Tx,
    hall: &mut Hall,
    organisation: OrganisationId,
    email: &str,
    step: &'static str,
) -> Result<(), Failure<InvitationRefusal>> {
    let former = mandates::ever_represented(tx, organisation, MOST_TOLD).await?;
    let mut told: BTreeSet<PersonId> = former.into_iter().collect();
    // Those whose word is asked for have a mail of their own.
    if step != "asked" {
        let (collective, now) = (hall.collective.id, hall.drawn.now);
        told.extend(second_word::counted_holders(tx, collective, now, RoleKind::ALL).await?);
    }
    let told: Vec<PersonId> = told.into_iter().filter(|one| *one != hall.author).collect();
    let of = organisations::get(tx, organisation).await?.ok_or(Failure::NotFound)?;
    let inviter = hall.name_of(tx, hall.person()).await?;
    let (name, settings) = (hall.collective.name.clone(), hall.drawn.settings.clone());
    let path = format!("/c/{}/members/{}", hall.collective.slug, of.slug);
    hall.tell(tx, &told, |t| {
        Letter::about(t.mail_taking_over_subject(&of.name))
            .say(t.mail_taking_over(&name, email, &inviter, &of.name, step))
            .say(t.mail_taking_over_see())
            .at(&settings, &path)
    })
    .await?;
    Ok(())
}

/// Whether an invitation still has the words that it needs when it is accepted.
pub(super) async fn has_words(
    tx: &mut Tx,
    hall: &Hall,
    payload: &Payload,
    voices: Voices,
) -> store::sqlx::Result<bool> {
    let (Voices::Two, For::Member(organisation)) = (voices, &payload.organisation) else { return Ok(true) };
    let others = others(tx, hall, payload.inviter, *organisation).await?;
    Ok(others.is_empty() || payload.second.is_some_and(|second| others.contains(&second)))
}

/// An invitation that awaits the word of a second person.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What it says.
    pub shown: Shown,
    /// Whether whoever looks may confirm it.
    pub may_confirm: bool,
}

/// The invitations of a collective that await a second person, newest first, as a person sees them. Errors: faults.
pub async fn asked(
    tx: &mut Tx,
    collective: &CollectiveRow,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<Asked>, Failure<InvitationRefusal>> {
    let mut asked = Vec::new();
    for link in links::open_of_subject(tx, collective.id.into(), ASKED, now, MOST_OPEN).await? {
        let payload = Payload::read(&link)?;
        let For::Member(organisation) = payload.organisation else { continue };
        let at = At::new(collective, now);
        let others = second_word::others(tx, &at, payload.inviter, Some(organisation)).await?;
        asked.push(Asked { shown: show(tx, &link).await?, may_confirm: others.contains(&person) });
    }
    Ok(asked)
}

/// A second person confirms an invitation, which is sent. Errors: [`Failure::NotAllowed`] for anybody else,
/// [`InvitationRefusal::Gone`] where whoever asked may no longer invite.
pub async fn confirm(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    invitation: LinkId,
) -> Result<(), Failure<InvitationRefusal>> {
    let token = Token::from_bytes(ctx.chance.bytes());
    ctx.db.write(Confirm { acting, collective, invitation, token, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Confirm {
    acting: Acting,
    collective: CollectiveId,
    invitation: LinkId,
    token: Token,
    drawn: Drawn,
}

impl Confirm {
    async fn link(&self, tx: &mut Tx) -> Result<LinkRow, Failure<InvitationRefusal>> {
        let link = links::lock(tx, self.invitation).await?.ok_or(Failure::NotFound)?;
        if link.purpose != ASKED || link.subject != Some(self.collective.into()) {
            return Err(Failure::NotFound);
        }
        if link.is_open(self.drawn.now) { Ok(link) } else { Err(Failure::Refused(InvitationRefusal::Gone)) }
    }
}

impl Command for Confirm {
    type Done = ();
    type Error = Failure<InvitationRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<InvitationRefusal>> {
        let gone = || Failure::Refused(InvitationRefusal::Gone);
        let hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        if hall.standing.token.is_some() {
            return Err(NotAllowed::NeverByToken.into());
        }
        let link = self.link(tx).await?;
        let payload = Payload::read(&link)?;
        let For::Member(organisation) = payload.organisation else { return Err(gone()) };
        let (second, email) = (self.acting.person, Email::parse(&payload.email).map_err(|_| gone())?);
        if !others(tx, &hall, payload.inviter, organisation).await?.contains(&second) {
            return Err(NotAllowed::Missing(Action::InviteMembers).into());
        }
        links::revoke(tx, link.id, self.drawn.now).await?;
        // What is sent is the word of whoever asked, who may have lost the right meanwhile.
        let inviter = Acting::by_form(payload.inviter, None);
        let mut hall = Hall::open(tx, self.collective, &inviter, &self.drawn).await?;
        let kind: MandateKind = payload.kind()?;
        may_invite(tx, &hall, &payload.organisation, kind).await.map_err(|failure| match failure {
            Failure::NotAllowed(_) => gone(),
            other => other,
        })?;
        hall.author = second;
        let locale = Locale::ALL.into_iter().find(|locale| locale.as_str() == payload.locale);
        let invitation = Invitation {
            organisation: For::Member(organisation),
            email,
            kind,
            locale: locale.ok_or_else(gone)?,
        };
        send_by(tx, &mut hall, &invitation, Some(second), &self.token).await?;
        tell_all(tx, &mut hall, organisation, invitation.email.address(), "invited").await
    }
}
