//! Invitations: for one address, once, fourteen days. They make a person, a mandate and, where a new organisation is
//! invited, a member; never a role.

mod accepting;
mod taking_over;
mod withdrawing;

use domain::{
    actor::{Action, MandateKind, NotAllowed, permit},
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
pub use taking_over::{Asked, asked, confirm};
pub use withdrawing::withdraw;

use crate::{
    Acting, Context, Failure,
    mails::{self, Letter},
    organisations::is_shared,
    people::Hall,
    till::{Drawn, Story},
};

const PURPOSE: &str = "invitation";
/// One that is sent once a second person confirms it. Nobody knows its token.
const ASKED: &str = "invitation_asked";
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
    /// Who confirmed it, where the organisation was represented before.
    #[serde(default)]
    second: Option<PersonId>,
}

impl Payload {
    fn read<R: std::fmt::Debug>(link: &LinkRow) -> Result<Self, Failure<R>> {
        serde_json::from_str(&link.payload).map_err(|error| Failure::Fault(error.to_string()))
    }

    fn kind<R: std::fmt::Debug>(&self) -> Result<MandateKind, Failure<R>> {
        MandateKind::parse(&self.kind).ok_or_else(|| Failure::Fault(format!("{} is no mandate", self.kind)))
    }
}

/// What came of inviting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The invitation's id.
    pub id: LinkId,
    /// Whether it is sent only once a second person confirms it.
    pub awaits_second: bool,
}

/// Invites somebody: the admin for an organisation that is new or that nobody represents, a representative for their own;
/// by a token, for a member, only a contributor. An organisation of several collectives is invited for by its own people
/// or the instance's administration; one that was represented before changes hands by the word of two persons, and is told
/// about to those who represented it. Errors: [`Failure::NotAllowed`], [`InvitationRefusal`]; [`Failure::Invalid`] on
/// `organisation`, `email`.
pub async fn invite(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    new: NewInvitation,
) -> Result<Invited, Failure<InvitationRefusal>> {
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
    let invited =
        ctx.db.write(Invite { acting, collective, invitation, token, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(invited)
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
    type Done = Invited;
    type Error = Failure<InvitationRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Invited, Failure<InvitationRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let voices = may_invite(tx, &hall, &self.invitation.organisation, self.invitation.kind).await?;
        if let (Some(token), For::Member(_)) = (&hall.standing.token, &self.invitation.organisation) {
            token.offers(self.invitation.kind)?;
        }
        if let (Voices::Two, For::Member(organisation)) = (voices, &self.invitation.organisation) {
            return taking_over::begin(tx, &mut hall, &self.invitation, *organisation, &self.token).await;
        }
        let id = send(tx, &mut hall, &self.invitation, &self.token).await?;
        Ok(Invited { id, awaits_second: false })
    }
}

/// Whose word an invitation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voices {
    /// That of whoever invites is enough.
    One,
    /// An administration lets somebody in where others represented the organisation: two persons of the collective want it.
    Two,
}

/// Whether the person may invite for that organisation, and whether they alone: see [`invite`].
async fn may_invite(
    tx: &mut Tx,
    hall: &Hall,
    organisation: &For,
    kind: MandateKind,
) -> Result<Voices, Failure<InvitationRefusal>> {
    let For::Member(id) = organisation else {
        hall.permit(Action::InviteMembers, None)?;
        return Ok(Voices::One);
    };
    let member = organisations::member(tx, hall.collective.id, *id).await?;
    if !member.is_some_and(|member| member.is_member(hall.today)) {
        return Err(Failure::Refused(InvitationRefusal::NotAMember));
    }
    if permit(Action::GiveMandate, &hall.standing, Some(*id), None).is_ok() {
        return Ok(Voices::One);
    }
    if mandates::representatives(tx, *id, hall.today).await? > 0 {
        return Err(NotAllowed::Missing(Action::GiveMandate).into());
    }
    hall.permit(Action::InviteMembers, None)?;
    let elsewhere = is_shared(tx, hall.collective.id, *id, hall.today).await?;
    if elsewhere && !hall.standing.instance_admin {
        return Err(Failure::Refused(InvitationRefusal::Shared));
    }
    let holds_nothing = kind == MandateKind::Contributor;
    if holds_nothing || !mandates::was_represented(tx, *id).await? {
        return Ok(Voices::One);
    }
    Ok(Voices::Two)
}

/// Writes the link and the mail of an invitation that may be sent.
pub(crate) async fn send(
    tx: &mut Tx,
    hall: &mut Hall,
    invitation: &Invitation,
    token: &Token,
) -> Result<LinkId, Failure<InvitationRefusal>> {
    send_by(tx, hall, invitation, None, token).await
}

/// Refuses an invitation that is under way, whether it is sent or awaits a second person; and one too many.
async fn refuse_doubled(
    tx: &mut Tx,
    hall: &Hall,
    invitation: &Invitation,
) -> Result<(), Failure<InvitationRefusal>> {
    let (collective, now) = (hall.collective.id.into(), hall.drawn.now);
    let mut open = links::open_of_subject(tx, collective, PURPOSE, now, MOST_OPEN).await?;
    open.extend(links::open_of_subject(tx, collective, ASKED, now, MOST_OPEN).await?);
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
    Ok(())
}

/// [`send`], of an invitation that a second person confirmed.
async fn send_by(
    tx: &mut Tx,
    hall: &mut Hall,
    invitation: &Invitation,
    second: Option<PersonId>,
    token: &Token,
) -> Result<LinkId, Failure<InvitationRefusal>> {
    refuse_doubled(tx, hall, invitation).await?;
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
    let link = link_of(hall, invitation, second, PURPOSE, token)?;
    links::insert(tx, &link).await?;
    let until = link.expires_at.unwrap_or(Timestamp::MAX);
    let letter = letter(tx, hall, invitation, &organisation, until, token).await?;
    mails::send_to_address(tx, &mut hall.post(), &invitation.email, invitation.locale.as_str(), &letter)
        .await?;
    let data = json!({ "kind": invitation.kind.as_str(), "organisation": organisation });
    let story = Story::new("person_invited", ("collective", hall.collective.id.into()), data);
    hall.record(tx, Story { public: false, ..story }).await?;
    Ok(link.id)
}

/// The link of an invitation of a purpose.
fn link_of(
    hall: &mut Hall,
    invitation: &Invitation,
    second: Option<PersonId>,
    purpose: &str,
    token: &Token,
) -> Result<LinkRow, Failure<InvitationRefusal>> {
    let now = hall.drawn.now;
    let payload = Payload {
        collective: hall.collective.id,
        organisation: invitation.organisation.clone(),
        email: invitation.email.address().to_owned(),
        kind: invitation.kind.as_str().to_owned(),
        inviter: hall.person(),
        locale: invitation.locale.as_str().to_owned(),
        second,
    };
    let until = now.saturating_add(INVITATION_FOR).map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(LinkRow {
        id: hall.id(),
        token_hash: token.hash(),
        purpose: purpose.to_owned(),
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
    })
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
