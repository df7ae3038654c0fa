//! Who may confirm the role that somebody proposed, and from when on.

use domain::{
    actor::RoleKind,
    ids::{CollectiveId, PersonId, RoleId},
    people::{Granting, confirmers},
};
use jiff::Timestamp;
use store::{
    Tx,
    collectives::CollectiveRow,
    mandates,
    roles::{self, RoleRow},
};

use crate::{
    people::Hall,
    second_word::{LATELY, stand_ins, stands_in_from},
};

/// From when on somebody may act; none: now.
pub(super) type FromWhen = Option<Timestamp>;

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

    /// From when on one of them may: whoever grants roles now, a representative once their mandate is old enough.
    async fn from(
        &self,
        tx: &mut Tx,
        collective: &CollectiveRow,
        person: PersonId,
        now: Timestamp,
    ) -> store::sqlx::Result<FromWhen> {
        match self.in_force.contains(&person) {
            true => Ok(None),
            false => stands_in_from(tx, collective, person, now).await,
        }
    }
}

/// Those who may confirm what one person proposed for another, at an instant `by` which they stand in for who holds a role.
pub(super) async fn who_confirms(
    tx: &mut Tx,
    hall: &Hall,
    of: (PersonId, PersonId),
    proposed_at: Timestamp,
    by: Timestamp,
) -> store::sqlx::Result<Vec<PersonId>> {
    let granters = Granters::of(tx, hall.collective.id, proposed_at, hall.drawn.now).await?;
    let all = stand_ins(tx, hall.collective.id, hall.today, hall.drawn.now).await?;
    let representatives: Vec<PersonId> =
        all.into_iter().filter(|(_, from)| *from <= by).map(|(person, _)| person).collect();
    Ok(granters.confirmers(&representatives, of, proposed_at))
}

/// Those who are asked to confirm what one person proposes for another now, by the instant from which they may.
pub(super) async fn who_asked(
    tx: &mut Tx,
    hall: &Hall,
    of: (PersonId, PersonId),
) -> store::sqlx::Result<Vec<(FromWhen, Vec<PersonId>)>> {
    let now = hall.drawn.now;
    // Whose mandate is too young today may confirm in two days.
    let asked = who_confirms(tx, hall, of, now, Timestamp::MAX).await?;
    let granters = Granters::of(tx, hall.collective.id, now, now).await?;
    let mut told: Vec<(FromWhen, Vec<PersonId>)> = Vec::new();
    for person in asked {
        let from = granters.from(tx, &hall.collective, person, now).await?;
        match told.iter_mut().find(|(known, _)| *known == from) {
            Some((_, persons)) => persons.push(person),
            None => told.push((from, vec![person])),
        }
    }
    Ok(told)
}

/// A proposal that a person may confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmable {
    /// The role.
    pub role: RoleId,
    /// Its kind.
    pub kind: RoleKind,
    /// The name of who gets it.
    pub whom: String,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// From when on, where the mandate by which they would is too young.
    pub from: Option<Timestamp>,
}

/// The proposals of a collective that a person may confirm, now or once their mandate is old enough: all of them where the
/// admin grants alone as few are left, none for somebody who is no part of the collective any more. Errors: faults.
pub async fn confirmable(
    tx: &mut Tx,
    collective: &CollectiveRow,
    person: PersonId,
    now: Timestamp,
) -> store::sqlx::Result<Vec<Confirmable>> {
    let today = collective.day(now);
    let mut rows = roles::of_collective(tx, collective.id, 500).await?;
    rows.retain(|row| row.effective_at.is_none());
    let Some(first) = rows.iter().map(|row| row.proposed_at).min() else { return Ok(Vec::new()) };
    let persons = mandates::persons(tx, collective.id, today, 1_000).await?;
    rows.retain(|row| persons.contains(&row.person));
    let of = |row: RoleRow, from| Confirmable {
        role: row.id,
        kind: row.kind,
        whom: row.person_name,
        proposed_at: row.proposed_at,
        from,
    };
    let few = super::granting(tx, collective, now).await? == Granting::AtOnce;
    if few && roles::holders(tx, collective.id, RoleKind::Admin, now).await?.contains(&person) {
        return Ok(rows.into_iter().map(|row| of(row, None)).collect());
    }
    let representatives = mandates::representatives_in(tx, collective.id, today, now, 1_000).await?;
    let granters = Granters::of(tx, collective.id, first, now).await?;
    rows.retain(|row| {
        row.proposed_by.is_some_and(|proposer| {
            let persons = (proposer, row.person);
            // What was proposed by somebody who may no longer grant roles has fallen.
            granters.in_force.contains(&proposer)
                && granters.confirmers(&representatives, persons, row.proposed_at).contains(&person)
        })
    });
    let from = match rows.is_empty() {
        true => None,
        false => granters.from(tx, collective, person, now).await?,
    };
    Ok(rows.into_iter().map(|row| of(row, from)).collect())
}

/// From when on somebody may confirm a proposal, where nobody may yet. Errors: faults.
pub async fn waits_until(
    tx: &mut Tx,
    collective: &CollectiveRow,
    role: &RoleRow,
    now: Timestamp,
) -> store::sqlx::Result<Option<Timestamp>> {
    let Some(proposer) = role.proposed_by.filter(|_| role.effective_at.is_none()) else { return Ok(None) };
    let granters = Granters::of(tx, collective.id, role.proposed_at, now).await?;
    let today = collective.day(now);
    let representatives = mandates::representatives_in(tx, collective.id, today, now, 1_000).await?;
    let mut first: Option<Timestamp> = None;
    for person in granters.confirmers(&representatives, (proposer, role.person), role.proposed_at) {
        match granters.from(tx, collective, person, now).await? {
            None => return Ok(None),
            Some(from) => first = Some(first.map_or(from, |known| known.min(from))),
        }
    }
    Ok(first)
}
