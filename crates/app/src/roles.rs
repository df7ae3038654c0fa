//! Roles: granted by two persons other than the beneficiary, told to those who move money, in force after 48 hours.
//! While a collective has fewer than three persons, be it by a mandate or a role, its admin grants them alone, at once, told
//! to all.

use domain::{
    actor::{Action, NotAllowed, RoleKind},
    ids::{CollectiveId, PersonId, RoleId},
    people::{Granting, RoleRefusal, WAITING, check_confirmation, confirmers, moves_money, suspended_until},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    mandates, people as persons,
    roles::{self, NewRole, RoleRow},
};

use crate::{
    Acting, Context, Failure, Never,
    mails::Letter,
    people::Hall,
    second_word::{self, LATELY, LATELY_DAYS},
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
        if alone && moves_money(self.kind) {
            let row = persons::lock(tx, self.person).await?.ok_or(Failure::NotFound)?;
            persons::suspend(tx, self.person, suspended_until(now, row.authorising_from)).await?;
        }
        let person_name = hall.name_of(tx, self.person).await?;
        let actor_name = hall.name_of(tx, self.acting.person).await?;
        let told = self.told(tx, &hall, alone, persons).await?;
        let (name, zone) = (hall.collective.name.clone(), hall.collective.time_zone());
        let (slug, settings, kind) =
            (hall.collective.slug.clone(), self.drawn.settings.clone(), self.kind.as_str());
        hall.tell(tx, &told, |t| {
            if alone {
                Letter::about(t.mail_role_granted_subject(&name, &person_name))
                    .say(t.mail_role_granted(&name, t.instant(now, &zone), &person_name, kind))
                    .say(t.mail_role_granted_alone(&actor_name))
            } else {
                Letter::about(t.mail_role_proposed_subject(&name))
                    .say(t.mail_role_proposed(&name, &person_name, &actor_name, kind))
                    .say(t.mail_role_proposed_open())
                    .at(&settings, &format!("/c/{slug}/roles"))
            }
        })
        .await?;
        let story = if alone { "role_granted" } else { "role_proposed" };
        record(tx, &mut hall, story, role.id, self.person, self.kind).await?;
        Ok(role.id)
    }
}

impl Propose {
    /// A grant without a second person is told to all; a proposal to those who may confirm it.
    async fn told(
        &self,
        tx: &mut Tx,
        hall: &Hall,
        alone: bool,
        all: Vec<PersonId>,
    ) -> Result<Vec<PersonId>, Failure<RoleRefusal>> {
        if alone {
            return Ok(all);
        }
        // Whose mandate is too young today may confirm in two days.
        let now = hall.drawn.now;
        Ok(who_confirms(tx, hall, (self.acting.person, self.person), now, now).await?)
    }
}

/// Those who may grant roles, and those who might but for another person who ended their role: within the last thirty days,
/// or since a proposal was made.
struct Granters {
    in_force: Vec<PersonId>,
    ended: Vec<(PersonId, Timestamp)>,
    lately: Timestamp,
}

impl Granters {
    async fn of(
        tx: &mut Tx,
        collective: CollectiveId,
        proposed_at: Timestamp,
        now: Timestamp,
    ) -> store::sqlx::Result<Self> {
        let lately = now.saturating_sub(LATELY).unwrap_or(now);
        let counted = roles::counted(tx, collective, lately.min(proposed_at), now).await?;
        let granting = [RoleKind::Admin, RoleKind::Treasurer];
        let ended = counted.into_iter().filter(|role| granting.contains(&role.kind));
        Ok(Self {
            in_force: roles::granters(tx, collective, now).await?,
            ended: ended.filter_map(|role| Some((role.person, role.ended_at?))).collect(),
            lately,
        })
    }

    /// Those who may confirm what a person proposed for another at an instant. No end of a role opens a proposal that was
    /// made before it.
    fn confirmers(
        &self,
        representatives: &[PersonId],
        (proposer, beneficiary): (PersonId, PersonId),
        proposed_at: Timestamp,
    ) -> Vec<PersonId> {
        let since = self.lately.min(proposed_at);
        let ended = self.ended.iter().filter(|(_, at)| *at > since).map(|(person, _)| *person);
        let ended: Vec<PersonId> = ended.collect();
        confirmers(&self.in_force, &ended, representatives, proposer, beneficiary)
    }
}

/// Those who may confirm what one person proposed for another, by mandates given at `given` or before.
async fn who_confirms(
    tx: &mut Tx,
    hall: &Hall,
    of: (PersonId, PersonId),
    proposed_at: Timestamp,
    given: Timestamp,
) -> store::sqlx::Result<Vec<PersonId>> {
    let granters = Granters::of(tx, hall.collective.id, proposed_at, hall.drawn.now).await?;
    let representatives =
        mandates::representatives_in(tx, hall.collective.id, hall.today, given, 1_000).await?;
    Ok(granters.confirmers(&representatives, of, proposed_at))
}

/// A proposal that a person may confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmable {
    /// The role.
    pub role: RoleId,
    /// From when on, where the mandate by which they would is too young.
    pub from: Option<Timestamp>,
}

/// The proposals of a collective that a person may confirm, now or once their mandate is old enough. Errors: faults.
pub async fn confirmable(
    tx: &mut Tx,
    collective: &CollectiveRow,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<Confirmable>, Failure<Never>> {
    let representatives =
        mandates::representatives_in(tx, collective.id, collective.day(now), now, 1_000).await?;
    let mut rows = roles::of_collective(tx, collective.id, 500).await?;
    rows.retain(|row| row.effective_at.is_none());
    let Some(first) = rows.iter().map(|row| row.proposed_at).min() else { return Ok(Vec::new()) };
    let granters = Granters::of(tx, collective.id, first, now).await?;
    let open = rows.into_iter().filter(|row| {
        row.proposed_by.is_some_and(|proposer| {
            let of = (proposer, row.person);
            granters.confirmers(&representatives, of, row.proposed_at).contains(&person)
        })
    });
    let open: Vec<RoleId> = open.map(|row| row.id).collect();
    let since = match granters.in_force.contains(&person) || open.is_empty() {
        true => None,
        false => mandates::represents_since(tx, collective.id, person, collective.day(now)).await?,
    };
    let from = since.and_then(|since| since.saturating_add(WAITING).ok()).filter(|from| *from > now);
    Ok(open.into_iter().map(|role| Confirmable { role, from }).collect())
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

/// Confirms a role that another proposed: it counts 48 hours later. Errors: [`NotAllowed`], [`RoleRefusal`].
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
        self.may_confirm(tx, &hall, &role).await?;
        check_confirmation(role.person, role.proposed_by, self.acting.person).map_err(Failure::Refused)?;
        // The approval of whoever may no longer grant roles has fallen.
        let proposer = role.proposed_by.ok_or(Failure::Refused(RoleRefusal::NothingToConfirm))?;
        let standing = crate::people::standing_in(tx, proposer, &hall.collective, self.drawn.now).await?;
        if domain::actor::permit(Action::GrantRole, &standing, None, None).is_err() {
            return Err(Failure::Refused(RoleRefusal::NothingToConfirm));
        }
        let of_collective = mandates::persons(tx, self.collective, hall.today, 1_000).await?;
        if !of_collective.contains(&role.person) {
            return Err(Failure::Refused(RoleRefusal::NotOfCollective));
        }
        let from =
            self.drawn.now.saturating_add(WAITING).map_err(|error| Failure::Fault(error.to_string()))?;
        if !roles::confirm(tx, role.id, self.acting.person, from).await? {
            return Err(Failure::Refused(RoleRefusal::NothingToConfirm));
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
        Ok(record(tx, &mut hall, "role_granted", role.id, role.person, role.kind).await?)
    }
}

impl Confirm {
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
        let old = now.saturating_sub(WAITING).map_err(|error| Failure::Fault(error.to_string()))?;
        if who_confirms(tx, hall, persons, made, old).await?.contains(&self.acting.person) {
            return Ok(());
        }
        if who_confirms(tx, hall, persons, made, now).await?.contains(&self.acting.person) {
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
