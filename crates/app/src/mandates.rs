//! Mandates: given by whoever represents the organisation to somebody who accepts them, and ended, with their dates.

mod proposing;

use domain::{
    actor::{Action, MandateKind},
    ids::{CollectiveId, MandateId, OrganisationId, PersonId},
    input::FieldRule,
    people::{MandateRefusal, WAITING, in_force},
};
use jiff::{civil::Date, tz::TimeZone};
use serde_json::json;
use store::{
    Command, Tx,
    mandates::{self, MandateOf, MandateRow},
    organisations,
};

use crate::{
    Acting, Context, Failure, Never,
    mails::Letter,
    people::Hall,
    till::{Drawn, Story},
};

pub(crate) use proposing::proposed_to;
pub use proposing::{ToAnswer, accept, decline, proposed, proposed_by_id};

/// The mandates of an organisation that hold now or will. Errors: faults.
pub async fn list(
    ctx: &Context,
    organisation: OrganisationId,
    today: Date,
) -> Result<Vec<MandateOf>, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    Ok(mandates::of_organisation(&mut tx, organisation, today, 500).await?)
}

/// A mandate that is over and that nothing has replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// Name of the organisation.
    pub organisation: String,
    /// Its last day.
    pub last: Date,
}

impl Over {
    fn of(row: mandates::MandateOver) -> Option<Self> {
        let zone = row.zone.and_then(|zone| TimeZone::get(&zone).ok()).unwrap_or(TimeZone::UTC);
        let ended = row.ended_at.map(|at| at.to_zoned_datetime(zone).date());
        let last = [ended, row.ends_on].into_iter().flatten().min()?;
        Some(Self { organisation: row.organisation_name, last })
    }
}

/// The mandates of a person that are over, each organisation once, without those for which they hold one now or will.
/// Errors: faults.
pub async fn over(ctx: &Context, person: PersonId) -> Result<Vec<Over>, Failure<Never>> {
    let mut tx = ctx.db.read().await?;
    let today = ctx.now().to_zoned_datetime(TimeZone::UTC).date();
    let held = mandates::of_person(&mut tx, person, today, 500).await?;
    Ok(over_besides(&mut tx, person, today, &held).await?)
}

/// The mandate of a person for one organisation, if it is over and they hold none for it any more.
///
/// # Errors
/// Faults.
pub async fn over_for(
    tx: &mut Tx,
    person: PersonId,
    organisation: OrganisationId,
    today: Date,
) -> store::sqlx::Result<Option<Over>> {
    let held = mandates::of_person(tx, person, today, 500).await?;
    let rows = mandates::over(tx, person, today, 500).await?;
    let of = rows.into_iter().find(|row| row.organisation == organisation);
    Ok(of.filter(|_| held.iter().all(|held| held.organisation != organisation)).and_then(Over::of))
}

/// The same besides those that a person holds.
pub(crate) async fn over_besides(
    tx: &mut Tx,
    person: PersonId,
    today: Date,
    held: &[MandateOf],
) -> store::sqlx::Result<Vec<Over>> {
    let mut known: Vec<OrganisationId> = held.iter().map(|mandate| mandate.organisation).collect();
    let mut over = Vec::new();
    for row in mandates::over(tx, person, today, 50).await? {
        if known.contains(&row.organisation) {
            continue;
        }
        known.push(row.organisation);
        over.extend(Over::of(row));
    }
    Ok(over)
}

/// A mandate to give to somebody who has one in the collective already; others are invited.
#[derive(Clone, Copy, Debug)]
pub struct NewMandate {
    /// For whom: the organisation that the giver represents.
    pub organisation: OrganisationId,
    /// To whom.
    pub person: PersonId,
    /// Of which kind.
    pub kind: MandateKind,
    /// First day.
    pub starts_on: Date,
    /// Last day, included.
    pub ends_on: Option<Date>,
}

/// What became of a mandate that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its id, also once it is accepted.
    pub id: MandateId,
    /// Whether it awaits the answer of who would hold it. Whoever gives one to themselves holds it at once.
    pub proposed: bool,
}

/// Gives a mandate, which its holder accepts or declines: until then it lets nobody do anything and ties nobody. By a
/// token only that of a contributor. One for oneself begins today at the earliest and ends with one's own at the latest.
/// Errors: [`Failure::NotAllowed`], [`MandateRefusal`]; [`Failure::Invalid`] on `starts_on`, `ends_on`.
pub async fn give(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    new: NewMandate,
) -> Result<Given, Failure<MandateRefusal>> {
    if new.ends_on.is_some_and(|end| end < new.starts_on) {
        return Err(Failure::field("ends_on", FieldRule::Before(new.starts_on)));
    }
    let id = ctx.db.write(Give { acting, collective, new, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(id)
}

struct Give {
    acting: Acting,
    collective: CollectiveId,
    new: NewMandate,
    drawn: Drawn,
}

impl Command for Give {
    type Done = Given;
    type Error = Failure<MandateRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Given, Failure<MandateRefusal>> {
        let new = &self.new;
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        // The permission is that of the organisation concerned, whichever the person acts for.
        hall.permit(Action::GiveMandate, Some(new.organisation))?;
        if let Some(token) = &hall.standing.token {
            token.offers(new.kind)?;
        }
        if new.ends_on.is_some_and(|end| end < hall.today) {
            return Err(Failure::field("ends_on", FieldRule::InThePast));
        }
        let organisation = member_name(tx, &hall, new.organisation).await?;
        if !mandates::persons(tx, self.collective, hall.today, 1_000).await?.contains(&new.person) {
            return Err(Failure::NotFound);
        }
        if new.person == self.acting.person {
            within_own(tx, &hall, new).await?;
            return Ok(Given { id: insert(tx, &mut hall, new).await?, proposed: false });
        }
        Ok(Given { id: proposing::propose(tx, &mut hall, new, &organisation).await?, proposed: true })
    }
}

/// Nobody prolongs their own mandate, nor dates one for themselves back.
async fn within_own(tx: &mut Tx, hall: &Hall, new: &NewMandate) -> Result<(), Failure<MandateRefusal>> {
    if new.starts_on < hall.today {
        return Err(Failure::field("starts_on", FieldRule::InThePast));
    }
    let held = mandates::of_person(tx, new.person, hall.today, 500).await?;
    let own = held.iter().filter(|one| {
        one.organisation == new.organisation
            && one.kind == MandateKind::Representative
            && in_force(one.starts_on, one.ends_on, hall.today)
    });
    let last = own.map(|one| one.ends_on.unwrap_or(Date::MAX)).max().unwrap_or(hall.today);
    match new.ends_on.unwrap_or(Date::MAX) {
        _ if new.starts_on > last => Err(Failure::field("starts_on", FieldRule::After(last))),
        end if end > last => Err(Failure::field("ends_on", FieldRule::After(last))),
        _ => Ok(()),
    }
}

async fn check_free(tx: &mut Tx, new: &NewMandate) -> Result<(), Failure<MandateRefusal>> {
    let (person, organisation) = (new.person, new.organisation);
    if mandates::overlaps(tx, person, organisation, new.kind, new.starts_on, new.ends_on).await? {
        return Err(Failure::Refused(MandateRefusal::AlreadyHeld));
    }
    Ok(())
}

async fn member_name(
    tx: &mut Tx,
    hall: &Hall,
    organisation: OrganisationId,
) -> Result<String, Failure<MandateRefusal>> {
    let member = organisations::member(tx, hall.collective.id, organisation).await?;
    let member = member.filter(|member| member.is_member(hall.today));
    Ok(member.ok_or(Failure::Refused(MandateRefusal::NotAMember))?.name)
}

/// Writes a mandate with its event, for whoever checked that it may be given. Errors:
/// [`MandateRefusal::AlreadyHeld`].
pub(crate) async fn insert(
    tx: &mut Tx,
    hall: &mut Hall,
    new: &NewMandate,
) -> Result<MandateId, Failure<MandateRefusal>> {
    check_free(tx, new).await?;
    let (id, granter) = (hall.id(), hall.person());
    write(tx, hall, new, id, granter).await
}

async fn write(
    tx: &mut Tx,
    hall: &mut Hall,
    new: &NewMandate,
    id: MandateId,
    granted_by: PersonId,
) -> Result<MandateId, Failure<MandateRefusal>> {
    let mandate = MandateRow {
        id,
        person: new.person,
        organisation: new.organisation,
        kind: new.kind,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        ended_at: None,
        granted_by: Some(granted_by),
        created_at: hall.drawn.now,
    };
    mandates::insert(tx, &mandate).await?;
    record(tx, hall, "mandate_given", &mandate).await?;
    tell_others(tx, hall, &mandate, granted_by).await?;
    Ok(mandate.id)
}

/// Tells those who represent the organisation, besides its holder and whoever gave it, of a mandate that moves its money,
/// and of any that somebody gave to themselves.
async fn tell_others(
    tx: &mut Tx,
    hall: &mut Hall,
    mandate: &MandateRow,
    giver: PersonId,
) -> Result<(), Failure<MandateRefusal>> {
    if mandate.kind == MandateKind::Contributor && mandate.person != giver {
        return Ok(());
    }
    let all = mandates::of_organisation(tx, mandate.organisation, hall.today, 500).await?;
    let told = all.into_iter().filter(|one| {
        one.kind == MandateKind::Representative
            && one.starts_on <= hall.today
            && ![mandate.person, giver].contains(&one.person)
    });
    let mut told: Vec<PersonId> = told.map(|one| one.person).collect();
    told.sort_unstable();
    told.dedup();
    let Some(organisation) = organisations::get(tx, mandate.organisation).await?.filter(|_| !told.is_empty())
    else {
        return Ok(());
    };
    let (person, giver) = (hall.name_of(tx, mandate.person).await?, hall.name_of(tx, giver).await?);
    let settings = hall.drawn.settings.clone();
    let path = format!("/c/{}/members/{}", hall.collective.slug, organisation.slug);
    let (name, kind, from) = (organisation.name, mandate.kind.as_str(), mandate.starts_on);
    hall.tell(tx, &told, |t| {
        Letter::about(t.mail_mandate_new_subject(&name, &person))
            .say(t.mail_mandate_new(t.date(from), &giver, kind, &name, &person))
            .say(t.mail_mandate_new_see())
            .at(&settings, &path)
    })
    .await?;
    Ok(())
}

async fn record(
    tx: &mut Tx,
    hall: &mut Hall,
    kind: &'static str,
    mandate: &MandateRow,
) -> store::sqlx::Result<()> {
    let data = json!({ "person": mandate.person, "kind": mandate.kind.as_str() });
    let story = Story::new(kind, ("mandate", mandate.id.into()), data);
    hall.record(tx, Story { organisation: Some(mandate.organisation), public: false, ..story }).await
}

/// Ends a mandate now: by who represents the organisation, or by its holder; one that awaits its answer is taken back, or
/// declined. By a token only that of a contributor. Errors: [`Failure::NotAllowed`], [`MandateRefusal::Ended`], [`MandateRefusal::LastRepresentative`],
/// [`MandateRefusal::YoungMandate`].
pub async fn end(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    mandate: MandateId,
) -> Result<(), Failure<MandateRefusal>> {
    ctx.db.write(End { acting, collective, mandate, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct End {
    acting: Acting,
    collective: CollectiveId,
    mandate: MandateId,
    drawn: Drawn,
}

impl End {
    /// Whether whoever acts came after a representative, less than 48 hours ago: nobody drives out those who let them in.
    async fn is_newer(&self, tx: &mut Tx, hall: &Hall, of: &MandateRow) -> store::sqlx::Result<bool> {
        if of.kind != MandateKind::Representative {
            return Ok(false);
        }
        let (person, old) = (self.acting.person, self.drawn.now.saturating_sub(WAITING).unwrap_or_default());
        // A mandate that was renewed makes nobody newer than they are.
        let since = mandates::first_represented(tx, of.organisation, person, hall.today).await?;
        let theirs = mandates::first_represented(tx, of.organisation, of.person, hall.today).await?;
        let theirs = theirs.unwrap_or(of.created_at);
        Ok(since.is_some_and(|since| since > old && since > theirs))
    }
}

impl Command for End {
    type Done = ();
    type Error = Failure<MandateRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<MandateRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let Some(mandate) = mandates::get(tx, self.mandate).await? else {
            return proposing::take_back(tx, &hall, self.mandate).await;
        };
        let member = organisations::member(tx, self.collective, mandate.organisation).await?;
        let organisation = member.ok_or(Failure::NotFound)?;
        if mandate.person != self.acting.person {
            hall.permit(Action::GiveMandate, Some(mandate.organisation))?;
        }
        if let Some(token) = &hall.standing.token {
            token.offers(mandate.kind)?;
        }
        if mandate.kind == MandateKind::Representative
            && organisation.is_member(hall.today)
            && in_force(mandate.starts_on, mandate.ends_on, hall.today)
            && mandates::representatives(tx, mandate.organisation, hall.today).await? <= 1
        {
            return Err(Failure::Refused(MandateRefusal::LastRepresentative));
        }
        if mandate.person != self.acting.person && self.is_newer(tx, &hall, &mandate).await? {
            return Err(Failure::Refused(MandateRefusal::YoungMandate));
        }
        if !mandates::end(tx, mandate.id, self.drawn.now).await? {
            return Err(Failure::Refused(MandateRefusal::Ended));
        }
        let ender = hall.name_of(tx, self.acting.person).await?;
        if mandate.person != self.acting.person {
            hall.tell(tx, &[mandate.person], |t| {
                Letter::about(t.mail_mandate_ended_subject(&organisation.name))
                    .say(t.mail_mandate_ended(&ender, &organisation.name))
            })
            .await?;
        }
        Ok(record(tx, &mut hall, "mandate_ended", &mandate).await?)
    }
}
