//! Roles: granted by two persons other than the beneficiary, told to those who move money, in force after 48 hours.
//! While a collective has fewer than three persons, be it by a mandate or a role, its admin grants them alone, at once, told
//! to all.

mod confirming;

use domain::{
    actor::{Action, NotAllowed, RoleKind},
    ids::{CollectiveId, PersonId, RoleId},
    people::{Granting, RoleRefusal, WAITING, check_confirmation, moves_money, suspended_until},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    mandates, people as persons,
    roles::{self, NewRole, RoleRow},
};
use words::Words;

pub use confirming::{Confirmable, confirmable, waits_until};
use confirming::{FromWhen, who_asked, who_confirms};

use crate::{
    Acting, Context, Failure, Never, invoices,
    mails::Letter,
    people::Hall,
    second_word::{self, LATELY_DAYS},
    till::{Drawn, Story},
};

/// Roles and proposals of a collective. Errors: faults.
pub async fn list(tx: &mut Tx, collective: CollectiveId) -> Result<Vec<RoleRow>, Failure<Never>> {
    Ok(roles::of_collective(tx, collective, 500).await?)
}

/// Proposes a role; in a collective of fewer than three persons its admin grants it so. Errors: [`NotAllowed`],
/// [`RoleRefusal`].
pub async fn propose(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    person: PersonId,
    kind: RoleKind,
) -> Result<RoleId, Failure<RoleRefusal>> {
    let id = ctx.db.write(Propose { acting, collective, person, kind, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(id)
}

/// The persons of a collective, by id: those who hold a mandate, and those without one who hold a role, lost it to another
/// person within the last thirty days, or may grant roles. Errors: faults.
pub async fn persons_of(
    tx: &mut Tx,
    collective: &CollectiveRow,
    now: Timestamp,
) -> store::sqlx::Result<Vec<PersonId>> {
    let mut persons = mandates::persons(tx, collective.id, collective.day(now), 1_000).await?;
    persons.extend(second_word::counted_holders(tx, collective.id, now, RoleKind::ALL).await?);
    persons.extend(roles::granters(tx, collective.id, now).await?);
    persons.sort_unstable();
    persons.dedup();
    Ok(persons)
}

/// How roles are granted among so many. Errors: faults.
pub async fn granting(
    tx: &mut Tx,
    collective: &CollectiveRow,
    now: Timestamp,
) -> store::sqlx::Result<Granting> {
    let persons = persons_of(tx, collective, now).await?;
    Ok(Granting::among(i64::try_from(persons.len()).unwrap_or(i64::MAX)))
}

struct Propose {
    acting: Acting,
    collective: CollectiveId,
    person: PersonId,
    kind: RoleKind,
    drawn: Drawn,
}

impl Command for Propose {
    type Done = RoleId;
    type Error = Failure<RoleRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<RoleId, Failure<RoleRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::GrantRole, self.acting.organisation)?;
        let mandated = mandates::persons(tx, self.collective, hall.today, 1_000).await?;
        if !mandated.contains(&self.person) {
            return Err(Failure::Refused(RoleRefusal::NotOfCollective));
        }
        let now = self.drawn.now;
        let persons = persons_of(tx, &hall.collective, now).await?;
        let alone = match Granting::among(i64::try_from(persons.len()).unwrap_or(i64::MAX)) {
            Granting::AtOnce if hall.standing.roles.contains(&RoleKind::Admin) => true,
            Granting::AtOnce => return Err(NotAllowed::Missing(Action::GrantRole).into()),
            Granting::ByTwo if self.person == self.acting.person => {
                return Err(Failure::Refused(RoleRefusal::Yourself));
            }
            Granting::ByTwo => false,
        };
        let role = NewRole {
            id: hall.id(),
            collective: self.collective,
            person: self.person,
            kind: self.kind,
            proposed_by: Some(self.acting.person),
            proposed_at: now,
            effective_at: alone.then_some(now),
        };
        if !roles::insert(tx, &role).await? {
            return Err(Failure::Refused(RoleRefusal::AlreadyHeld));
        }
        if alone {
            suspend(tx, self.person, self.kind, now).await?;
            if moves_money(self.kind) {
                invoices::begins(tx, &mut hall, role.id, now).await?;
            }
        }
        let person_name = hall.name_of(tx, self.person).await?;
        let actor_name = hall.name_of(tx, self.acting.person).await?;
        let told = self.told(tx, &hall, alone, persons).await?;
        let (name, zone) = (hall.collective.name.clone(), hall.collective.time_zone());
        let (slug, settings, kind) =
            (hall.collective.slug.clone(), self.drawn.settings.clone(), self.kind.as_str());
        let write = |t: Words, from: Option<Timestamp>| {
            if alone {
                Letter::about(t.mail_role_granted_subject(&name, &person_name))
                    .say(t.mail_role_granted(&name, t.instant(now, &zone), &person_name, kind))
                    .say(t.mail_role_granted_alone(&actor_name))
            } else {
                Letter::about(t.mail_role_proposed_subject(&name))
                    .say(t.mail_role_proposed(&name, &person_name, &actor_name, kind))
                    .say_if(from.map(|from| t.mail_role_proposed_from(t.instant(from, &zone))))
                    .say(t.mail_role_proposed_open())
                    .at(&settings, &format!("/c/{slug}/roles"))
            }
        };
        for (from, persons) in told {
            hall.tell(tx, &persons, |t: Words| write(t, from)).await?;
        }
        let story = if alone { "role_granted" } else { "role_proposed" };
        record(tx, &mut hall, story, role.id, self.person, self.kind).await?;
        Ok(role.id)
    }
}

impl Propose {
    /// A grant without a second person is told to all; a proposal to those who may confirm it, with the instant from
    /// which they may.
    async fn told(
        &self,
        tx: &mut Tx,
        hall: &Hall,
        alone: bool,
        all: Vec<PersonId>,
    ) -> Result<Vec<(FromWhen, Vec<PersonId>)>, Failure<RoleRefusal>> {
        if alone {
            return Ok(vec![(None, all)]);
        }
        Ok(who_asked(tx, hall, (self.acting.person, self.person)).await?)
    }
}

/// Whoever gets a role that moves money without a second person authorises nothing for 48 hours.
async fn suspend(
    tx: &mut Tx,
    person: PersonId,
    kind: RoleKind,
    now: Timestamp,
) -> Result<(), Failure<RoleRefusal>> {
    if !moves_money(kind) {
        return Ok(());
    }
    let row = persons::lock(tx, person).await?.ok_or(Failure::NotFound)?;
    persons::suspend(tx, person, suspended_until(now, row.authorising_from)).await?;
    Ok(())
}

async fn record(
    tx: &mut Tx,
    hall: &mut Hall,
    kind: &'static str,
    role: RoleId,
    person: PersonId,
    what: RoleKind,
) -> store::sqlx::Result<()> {
    let data = json!({ "person": person, "role": what.as_str() });
    // Who holds a role is for members to read.
    hall.record(tx, Story { public: false, ..Story::new(kind, ("role", role.into()), data) }).await
}

/// Confirms a role that another proposed: it counts 48 hours later, or at once where few persons are left and the admin
/// confirms. Errors: [`NotAllowed`], [`RoleRefusal`].
pub async fn confirm(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    role: RoleId,
) -> Result<(), Failure<RoleRefusal>> {
    ctx.db.write(Confirm { acting, collective, role, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Confirm {
    acting: Acting,
    collective: CollectiveId,
    role: RoleId,
    drawn: Drawn,
}

impl Command for Confirm {
    type Done = ();
    type Error = Failure<RoleRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<RoleRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let role = find(tx, self.collective, self.role).await?;
        let persons = mandates::persons(tx, self.collective, hall.today, 1_000).await?;
        if !persons.contains(&role.person) {
            return Err(Failure::Refused(RoleRefusal::NotOfCollective));
        }
        let few = granting(tx, &hall.collective, self.drawn.now).await? == Granting::AtOnce;
        if few && hall.standing.roles.contains(&RoleKind::Admin) {
            let all = persons_of(tx, &hall.collective, self.drawn.now).await?;
            return self.alone(tx, &mut hall, &role, &all).await;
        }
        self.second(tx, &mut hall, &role).await
    }
}

impl Confirm {
    /// Where so few are left that the admin grants alone, what was proposed before counts at once, told to all.
    async fn alone(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        role: &RoleRow,
        persons: &[PersonId],
    ) -> Result<(), Failure<RoleRefusal>> {
        let now = self.drawn.now;
        if !roles::confirm(tx, role.id, self.acting.person, now).await? {
            return Err(Failure::Refused(RoleRefusal::NothingToConfirm));
        }
        suspend(tx, role.person, role.kind, now).await?;
        if moves_money(role.kind) {
            invoices::begins(tx, hall, role.id, now).await?;
        }
        let granter = hall.name_of(tx, self.acting.person).await?;
        let (name, zone) = (hall.collective.name.clone(), hall.collective.time_zone());
        hall.tell(tx, persons, |t| {
            let kind = role.kind.as_str();
            Letter::about(t.mail_role_granted_subject(&name, &role.person_name))
                .say(t.mail_role_granted(&name, t.instant(now, &zone), &role.person_name, kind))
                .say(t.mail_role_granted_alone(&granter))
        })
        .await?;
        Ok(record(tx, hall, "role_granted", role.id, role.person, role.kind).await?)
    }

    /// The second person confirms: it counts 48 hours later.
    async fn second(&self, tx: &mut Tx, hall: &mut Hall, role: &RoleRow) -> Result<(), Failure<RoleRefusal>> {
        self.may_confirm(tx, hall, role).await?;
        check_confirmation(role.person, role.proposed_by, self.acting.person).map_err(Failure::Refused)?;
        // The approval of whoever may no longer grant roles has fallen.
        let proposer = role.proposed_by.ok_or(Failure::Refused(RoleRefusal::NothingToConfirm))?;
        let standing = crate::people::standing_in(tx, proposer, &hall.collective, self.drawn.now).await?;
        if domain::actor::permit(Action::GrantRole, &standing, None, None).is_err() {
            return Err(Failure::Refused(RoleRefusal::NothingToConfirm));
        }
        let from =
            self.drawn.now.saturating_add(WAITING).map_err(|error| Failure::Fault(error.to_string()))?;
        if !roles::confirm(tx, role.id, self.acting.person, from).await? {
            return Err(Failure::Refused(RoleRefusal::NothingToConfirm));
        }
        if moves_money(role.kind) {
            invoices::begins(tx, hall, role.id, from).await?;
        }
        let mut told = roles::holders(tx, self.collective, RoleKind::Treasurer, self.drawn.now).await?;
        told.extend([role.person, proposer, self.acting.person]);
        let granter = hall.name_of(tx, self.acting.person).await?;
        let proposer = hall.name_of(tx, proposer).await?;
        let (name, zone) = (hall.collective.name.clone(), hall.collective.time_zone());
        hall.tell(tx, &told, |t| {
            Letter::about(t.mail_role_granted_subject(&name, &role.person_name))
                .say(t.mail_role_granted(
                    &name,
                    t.instant(from, &zone),
                    &role.person_name,
                    role.kind.as_str(),
                ))
                .say(t.mail_role_granted_by(&granter, &proposer))
        })
        .await?;
        Ok(record(tx, hall, "role_granted", role.id, role.person, role.kind).await?)
    }

    /// Whoever may grant roles, and whoever represents a member by a mandate that is 48 hours old: nobody makes
    /// themselves a second person by a mandate given for the occasion.
    async fn may_confirm(
        &self,
        tx: &mut Tx,
        hall: &Hall,
        role: &RoleRow,
    ) -> Result<(), Failure<RoleRefusal>> {
        let granter = hall.permit(Action::GrantRole, self.acting.organisation);
        let (Err(_), Some(proposer)) = (&granter, role.proposed_by) else {
            return Ok(granter.map(drop)?);
        };
        let now = self.drawn.now;
        let (persons, made) = ((proposer, role.person), role.proposed_at);
        if who_confirms(tx, hall, persons, made, now).await?.contains(&self.acting.person) {
            return Ok(());
        }
        if who_confirms(tx, hall, persons, made, Timestamp::MAX).await?.contains(&self.acting.person) {
            return Err(Failure::Refused(RoleRefusal::YoungMandate));
        }
        Ok(granter.map(drop)?)
    }
}

async fn find(tx: &mut Tx, collective: CollectiveId, id: RoleId) -> Result<RoleRow, Failure<RoleRefusal>> {
    let role = roles::get(tx, id).await?.filter(|role| role.collective == collective);
    role.ok_or(Failure::NotFound)
}

/// Ends a role, refuses its proposal, or gives up one's own. Errors: [`NotAllowed`], [`RoleRefusal::LastHolder`],
/// [`RoleRefusal::NothingToConfirm`] where it has ended.
pub async fn end(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    role: RoleId,
) -> Result<(), Failure<RoleRefusal>> {
    ctx.db.write(End { acting, collective, role, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct End {
    acting: Acting,
    collective: CollectiveId,
    role: RoleId,
    drawn: Drawn,
}

impl Command for End {
    type Done = ();
    type Error = Failure<RoleRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<RoleRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let role = find(tx, self.collective, self.role).await?;
        let now = self.drawn.now;
        if role.person != self.acting.person {
            hall.permit(Action::GrantRole, self.acting.organisation)?;
        }
        let in_force = role.effective_at.is_some_and(|from| from <= now);
        let last = in_force && roles::count(tx, self.collective, role.kind, now).await? <= 1;
        if last {
            return Err(Failure::Refused(RoleRefusal::LastHolder));
        }
        if !roles::end(tx, role.id, self.acting.person, now).await? {
            return Err(Failure::Refused(RoleRefusal::NothingToConfirm));
        }
        let mut told = roles::holders(tx, self.collective, RoleKind::Treasurer, now).await?;
        // What one person takes from another is told to whoever holds a role.
        let by_another = in_force && role.person != self.acting.person;
        if by_another {
            told.extend(second_word::counted_holders(tx, self.collective, now, RoleKind::ALL).await?);
        }
        told.push(role.person);
        told.sort_unstable();
        told.dedup();
        let ender = hall.name_of(tx, self.acting.person).await?;
        let name = hall.collective.name.clone();
        hall.tell(tx, &told, |t| {
            let kind = role.kind.as_str();
            let letter = Letter::about(t.mail_role_ended_subject(&name, &role.person_name))
                .say(t.mail_role_ended(&name, &ender, &role.person_name, kind));
            if by_another { letter.say(t.mail_role_ended_by_another(LATELY_DAYS)) } else { letter }
        })
        .await?;
        Ok(record(tx, &mut hall, "role_ended", role.id, role.person, role.kind).await?)
    }
}
