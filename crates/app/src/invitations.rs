//! Invitations: for one address, once, fourteen days. They make a person, a mandate and, where a new organisation is
//! invited, a member; never a role.

mod accepting;

use domain::{
    actor::{Action, MandateKind, NotAllowed, Permit, permit},
    ids::{CollectiveId, LinkId, OrganisationId, PersonId},
    input::{FieldError, FieldRule},
    names::Looks,
    people::{Email, INVITATION_FOR, InvitationRefusal},
    text,
};
use identity::Token;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx, collectives,
    links::{self, LinkRow},
    mandates, organisations, people,
};
use words::Locale;

pub use accepting::{Accepted, accept, decline};

use crate::{
    Acting, Context, Failure,
    mails::{self, Letter},
    people::Hall,
    till::{Drawn, Story},
};

const PURPOSE: &str = "invitation";
/// How many invitations of a collective may be under way.
const MOST_OPEN: u16 = 500;

/// Which organisation somebody is invited for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum For {
    /// A member.
    Member(OrganisationId),
    /// One that becomes a member when the invitation is accepted.
    New(String),
}

impl For {
    /// Whether both are the same organisation, however its name is spelled.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::New(one), Self::New(other)) => Looks::of(one).like(&Looks::of(other)),
            (one, other) => one == other,
        }
    }
}

/// What an invitation says.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// For which organisation.
    pub organisation: For,
    /// To which address, as typed.
    pub email: String,
    /// With which mandate.
    pub kind: MandateKind,
    /// In which language.
    pub locale: Locale,
}

/// What the link holds. Whoever has the link may read it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    collective: CollectiveId,
    organisation: For,
    email: String,
    kind: String,
    inviter: PersonId,
    locale: String,
}

impl Payload {
    fn read<R: std::fmt::Debug>(link: &LinkRow) -> Result<Self, Failure<R>> {
        serde_json::from_str(&link.payload).map_err(|error| Failure::Fault(error.to_string()))
    }

    fn kind<R: std::fmt::Debug>(&self) -> Result<MandateKind, Failure<R>> {
        MandateKind::parse(&self.kind).ok_or_else(|| Failure::Fault(format!("{} is no mandate", self.kind)))
    }
}

/// Invites somebody: the admin for an organisation that is new or that nobody represents yet, a representative for
/// their own; by a token, for a member, only a contributor. Errors: [`Failure::NotAllowed`], [`InvitationRefusal`];
/// [`Failure::Invalid`] on `organisation`, `email`.
pub async fn invite(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    new: NewInvitation,
) -> Result<LinkId, Failure<InvitationRefusal>> {
    let mut errors = Vec::new();
    let email = Email::parse(&new.email).map_err(|rule| errors.push(FieldError::new("email", rule))).ok();
    let organisation = match new.organisation {
        For::Member(id) => Some(For::Member(id)),
        For::New(name) => text::line(&name, text::LONGEST_NAME)
            .map_err(|rule| errors.push(FieldError::new("organisation", rule)))
            .ok()
            .map(For::New),
    };
    let (Some(email), Some(organisation)) = (email, organisation) else {
        return Err(Failure::Invalid(errors));
    };
    let invitation = Invitation { organisation, email, kind: new.kind, locale: new.locale };
    let token = Token::from_bytes(ctx.chance.bytes());
    let id = ctx.db.write(Invite { acting, collective, invitation, token, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(id)
}

/// A checked invitation.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    pub(crate) organisation: For,
    pub(crate) email: Email,
    pub(crate) kind: MandateKind,
    pub(crate) locale: Locale,
}

struct Invite {
    acting: Acting,
    collective: CollectiveId,
    invitation: Invitation,
    token: Token,
    drawn: Drawn,
}

impl Command for Invite {
    type Done = LinkId;
    type Error = Failure<InvitationRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<LinkId, Failure<InvitationRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        may_invite(tx, &hall, &self.invitation.organisation).await?;
        if let (Some(token), For::Member(_)) = (&hall.standing.token, &self.invitation.organisation) {
            token.offers(self.invitation.kind)?;
        }
        send(tx, &mut hall, &self.invitation, &self.token).await
    }
}

/// Whether the person may invite for that organisation: see [`invite`].
async fn may_invite(
    tx: &mut Tx,
    hall: &Hall,
    organisation: &For,
) -> Result<Permit, Failure<InvitationRefusal>> {
    let For::Member(id) = organisation else { return Ok(hall.permit(Action::InviteMembers, None)?) };
    let member = organisations::member(tx, hall.collective.id, *id).await?;
    if !member.is_some_and(|member| member.is_member(hall.today)) {
        return Err(Failure::Refused(InvitationRefusal::NotAMember));
    }
    match permit(Action::GiveMandate, &hall.standing, Some(*id), None) {
        Ok(permit) => Ok(permit),
        Err(_) if mandates::representatives(tx, *id, hall.today).await? == 0 => {
            Ok(hall.permit(Action::InviteMembers, None)?)
        }
        Err(_) => Err(NotAllowed::Missing(Action::GiveMandate).into()),
    }
}

/// Writes the link and the mail of an invitation that may be sent.
pub(crate) async fn send(
    tx: &mut Tx,
    hall: &mut Hall,
    invitation: &Invitation,
    token: &Token,
) -> Result<LinkId, Failure<InvitationRefusal>> {
    let now = hall.drawn.now;
    let open = links::open_of_subject(tx, hall.collective.id.into(), PURPOSE, now, MOST_OPEN).await?;
    if open.len() >= usize::from(MOST_OPEN) {
        return Err(Failure::Refused(InvitationRefusal::TooMany));
    }
    for link in &open {
        let same_address = link.email_key.as_deref() == Some(invitation.email.key());
        let there = Payload::read::<InvitationRefusal>(link)?.organisation;
        // A new organisation is invited once: two who accept would make two members of it.
        if there.is(&invitation.organisation) && (same_address || matches!(there, For::New(_))) {
            return Err(Failure::Refused(InvitationRefusal::AlreadyInvited));
        }
    }
    if let For::New(name) = &invitation.organisation {
        refuse_taken(tx, hall.collective.id, name, hall.today).await?;
    }
    let organisation = match &invitation.organisation {
        For::New(name) => name.clone(),
        For::Member(id) => {
            refuse_held(tx, invitation, *id, hall.today).await?;
            organisations::get(tx, *id).await?.ok_or(Failure::NotFound)?.name
        }
    };
    let payload = Payload {
        collective: hall.collective.id,
        organisation: invitation.organisation.clone(),
        email: invitation.email.address().to_owned(),
        kind: invitation.kind.as_str().to_owned(),
        inviter: hall.person(),
        locale: invitation.locale.as_str().to_owned(),
    };
    let until = now.saturating_add(INVITATION_FOR).map_err(|error| Failure::Fault(error.to_string()))?;
    let link = LinkRow {
        id: hall.id(),
        token_hash: token.hash(),
        purpose: PURPOSE.to_owned(),
        subject: Some(hall.collective.id.into()),
        email_key: Some(invitation.email.key().to_owned()),
        payload: serde_json::to_string(&payload).map_err(|error| Failure::Fault(error.to_string()))?,
        browser_hash: None,
        code_hash: None,
        attempts: 0,
        created_at: now,
        expires_at: Some(until),
        used_at: None,
        revoked_at: None,
    };
    links::insert(tx, &link).await?;
    let letter = letter(tx, hall, invitation, &organisation, until, token).await?;
    mails::send_to_address(tx, &mut hall.post(), &invitation.email, invitation.locale.as_str(), &letter)
        .await?;
    let data = json!({ "kind": invitation.kind.as_str(), "organisation": organisation });
    let story = Story::new("person_invited", ("collective", hall.collective.id.into()), data);
    hall.record(tx, Story { public: false, ..story }).await?;
    Ok(link.id)
}

/// The organisations that are invited to become members and haven't answered: name and address.
pub async fn of_new<R: std::fmt::Debug>(
    tx: &mut Tx,
    collective: CollectiveId,
    now: Timestamp,
) -> Result<Vec<(String, String)>, Failure<R>> {
    let open = links::open_of_subject(tx, collective.into(), PURPOSE, now, MOST_OPEN).await?;
    let mut invited = Vec::new();
    for link in &open {
        let payload = Payload::read::<R>(link)?;
        if let For::New(name) = payload.organisation {
            invited.push((name, payload.email));
        }
    }
    Ok(invited)
}

/// Refuses the name of a member or of one that left, however it is spelled.
async fn refuse_taken(
    tx: &mut Tx,
    collective: CollectiveId,
    name: &str,
    today: Date,
) -> Result<(), Failure<InvitationRefusal>> {
    match crate::members::taken(tx, collective, name, today, None).await? {
        None => Ok(()),
        Some(FieldRule::NameOfPast) => Err(Failure::Refused(InvitationRefusal::NameOfPast)),
        Some(_) => Err(Failure::Refused(InvitationRefusal::NameTaken)),
    }
}

async fn refuse_held(
    tx: &mut Tx,
    invitation: &Invitation,
    organisation: OrganisationId,
    today: Date,
) -> Result<(), Failure<InvitationRefusal>> {
    let Some(person) = people::by_email(tx, invitation.email.key()).await? else { return Ok(()) };
    if mandates::overlaps(tx, person.id, organisation, invitation.kind, today, None).await? {
        return Err(Failure::Refused(InvitationRefusal::AlreadyHeld));
    }
    Ok(())
}

async fn letter(
    tx: &mut Tx,
    hall: &Hall,
    invitation: &Invitation,
    organisation: &str,
    until: Timestamp,
    token: &Token,
) -> store::sqlx::Result<Letter> {
    let t = mails::words_of(invitation.locale.as_str());
    let inviter = hall.name_of(tx, hall.person()).await?;
    let collective = &hall.collective.name;
    let last = hall.collective.day(until);
    Ok(Letter::about(t.mail_invitation_subject(collective, &inviter))
        .say(t.mail_invitation_what(collective, &inviter, organisation))
        .say(t.mail_invitation_mandate(invitation.kind.as_str(), organisation))
        .say(t.mail_invitation_open())
        .at(&hall.drawn.settings, &format!("/invitation/{}", token.as_str()))
        .say(t.mail_invitation_until(t.until(last, hall.today))))
}

/// An invitation as its page shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its id, for withdrawing it.
    pub id: LinkId,
    /// Name of the collective.
    pub collective: String,
    /// The name of its time zone.
    pub zone: String,
    /// Name of the organisation.
    pub organisation: String,
    /// The member that it is for; none where the organisation becomes a member by it.
    pub member: Option<OrganisationId>,
    /// The address invited.
    pub email: String,
    /// The mandate.
    pub kind: MandateKind,
    /// Name of whoever invites.
    pub inviter: String,
    /// Until when.
    pub until: Timestamp,
    /// Whether that address has an account here: no name is asked then.
    pub known: bool,
}

async fn show(tx: &mut Tx, link: &LinkRow) -> Result<Shown, Failure<InvitationRefusal>> {
    let payload = Payload::read(link)?;
    let gone = || Failure::Refused(InvitationRefusal::Gone);
    let collective = collectives::get(tx, payload.collective).await?.ok_or_else(gone)?;
    let (organisation, member) = match &payload.organisation {
        For::New(name) => (name.clone(), None),
        For::Member(id) => (organisations::get(tx, *id).await?.ok_or_else(gone)?.name, Some(*id)),
    };
    let inviter = people::get(tx, payload.inviter).await?.map(|person| person.name).unwrap_or_default();
    let known = people::by_email(tx, &Email::key_of(&payload.email)).await?.is_some();
    Ok(Shown {
        id: link.id,
        collective: collective.name,
        zone: collective.zone,
        organisation,
        member,
        kind: payload.kind()?,
        email: payload.email,
        inviter,
        until: link.expires_at.unwrap_or(Timestamp::MAX),
        known,
    })
}

/// The invitation of a link, for its page. Errors: [`InvitationRefusal::Gone`].
pub async fn find(ctx: &Context, token: &str) -> Result<Shown, Failure<InvitationRefusal>> {
    let gone = || Failure::Refused(InvitationRefusal::Gone);
    let token = Token::parse(token).ok_or_else(gone)?;
    let mut tx = ctx.db.read().await?;
    let link = links::by_token(&mut tx, PURPOSE, &token.hash()).await?;
    let link = link.filter(|link| link.is_open(ctx.now())).ok_or_else(gone)?;
    show(&mut tx, &link).await
}

/// The invitations of a collective that are under way, newest first, for those who may withdraw them.
/// Errors: faults.
pub async fn list(
    tx: &mut Tx,
    collective: CollectiveId,
    now: Timestamp,
) -> Result<Vec<Shown>, Failure<InvitationRefusal>> {
    let mut shown = Vec::new();
    for link in links::open_of_subject(tx, collective.into(), PURPOSE, now, MOST_OPEN).await? {
        shown.push(show(tx, &link).await?);
    }
    Ok(shown)
}

/// The invitations sent to an address that are under way, newest first. Errors: faults.
pub(crate) async fn of_address(
    tx: &mut Tx,
    email_key: &str,
    now: Timestamp,
    limit: u16,
) -> Result<Vec<Shown>, Failure<InvitationRefusal>> {
    let mut shown = Vec::new();
    for link in links::open_of_address(tx, email_key, PURPOSE, now, limit).await? {
        match show(tx, &link).await {
            Ok(one) => shown.push(one),
            // Its collective or its organisation is gone.
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(shown)
}

/// Withdraws an invitation: by the admin, or by who represents the organisation concerned. Errors:
/// [`Failure::NotAllowed`], [`InvitationRefusal::Gone`].
pub async fn withdraw(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    invitation: LinkId,
) -> Result<(), Failure<InvitationRefusal>> {
    ctx.db.write(Withdraw { acting, collective, invitation, drawn: Drawn::of(ctx) }).await
}

struct Withdraw {
    acting: Acting,
    collective: CollectiveId,
    invitation: LinkId,
    drawn: Drawn,
}

impl Command for Withdraw {
    type Done = ();
    type Error = Failure<InvitationRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<InvitationRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let link = links::lock(tx, self.invitation).await?.ok_or(Failure::NotFound)?;
        if link.purpose != PURPOSE || link.subject != Some(self.collective.into()) {
            return Err(Failure::NotFound);
        }
        let own = match Payload::read::<InvitationRefusal>(&link)?.organisation {
            For::Member(id) => hall.permit(Action::GiveMandate, Some(id)).is_ok(),
            For::New(_) => false,
        };
        if !own {
            hall.permit(Action::InviteMembers, None)?;
        }
        if !links::revoke(tx, link.id, self.drawn.now).await? {
            return Err(Failure::Refused(InvitationRefusal::Gone));
        }
        let story = Story::new(
            "invitation_withdrawn",
            ("collective", self.collective.into()),
            store::events::no_data(),
        );
        Ok(hall.record(tx, Story { public: false, ..story }).await?)
    }
}
