//! Erasing a person: name and address go, what they alone have goes, what they hold ends. What they did stays under an id
//! that names nobody: the journal commits to that id, and papers of money are kept ten years.

use std::collections::BTreeSet;

use domain::{
    actor::{MandateKind, RoleKind},
    ids::{CollectiveId, MailId, PersonId},
    people::{ERASED, Email, ErasingRefusal, MandateAnswer},
    posting::Actor,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::{Value, json};
use store::{
    Command, Tx, deadlines, erasing as rows,
    erasing::{HeldMandate, HeldRole, KeptMail},
    events::{self, Event},
    mandate_proposals, mandates,
    people::{self, PersonRow},
    roles,
};
use uuid::Uuid;

use crate::{
    Context, Failure,
    ads::ending::AD_END,
    mails::{self, Letter, Post},
    operators,
    sessions::Session,
    till::Drawn,
};

/// How many mails are looked at by one statement.
const PAGE: u16 = 500;

/// What erasing a person does, before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Whom.
    pub person: PersonRow,
    /// Why it can't be done now; nothing where it can.
    pub refusals: Vec<ErasingRefusal>,
    /// The organisations for which their mandates end.
    pub organisations: Vec<String>,
    /// Those of them that nobody would represent any more.
    pub left_alone: Vec<String>,
    /// How many roles end.
    pub roles: usize,
    /// How many standing choices end.
    pub choices: usize,
}

/// What erasing a person would do. Errors: [`Failure::NotFound`], of an unknown or an erased person.
pub async fn preview(ctx: &Context, person: PersonId) -> Result<Preview, Failure<ErasingRefusal>> {
    let mut tx = ctx.db.read().await?;
    let person = people::get(&mut tx, person).await?.filter(|row| !row.is_erased());
    let person = person.ok_or(Failure::NotFound)?;
    let now = ctx.now();
    let held = Held::of(&mut tx, person.id, now).await?;
    let refusals = held.refusals(&mut tx, &person, now).await?;
    let mut left_alone = BTreeSet::new();
    for mandate in held.mandates.iter().filter(|one| one.collective.is_some()) {
        let represents = mandate.kind == MandateKind::Representative;
        if represents && mandates::representatives(&mut tx, mandate.organisation, day(now)).await? <= 1 {
            left_alone.insert(mandate.organisation_name.clone());
        }
    }
    let names: BTreeSet<&str> = held.mandates.iter().map(|one| one.organisation_name.as_str()).collect();
    Ok(Preview {
        organisations: names.into_iter().map(str::to_owned).collect(),
        left_alone: left_alone.into_iter().collect(),
        roles: held.roles.iter().filter(|role| role.person == person.id).count(),
        choices: held.choices,
        refusals,
        person,
    })
}

/// The day on which mandates are looked at where no collective says its zone.
fn day(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}

/// What a person holds.
struct Held {
    mandates: Vec<HeldMandate>,
    roles: Vec<HeldRole>,
    choices: usize,
}

impl Held {
    async fn of(tx: &mut Tx, person: PersonId, now: Timestamp) -> store::sqlx::Result<Self> {
        Ok(Self {
            mandates: rows::mandates(tx, person).await?,
            roles: rows::roles(tx, person).await?,
            choices: rows::choices(tx, person, day(now)).await?.len(),
        })
    }

    async fn refusals(
        &self,
        tx: &mut Tx,
        row: &PersonRow,
        now: Timestamp,
    ) -> store::sqlx::Result<Vec<ErasingRefusal>> {
        let person = row.id;
        let mut refusals = Vec::new();
        if people::instance_admins(tx).await? == [person] {
            refusals.push(ErasingRefusal::LastInstanceAdmin);
        }
        // Whoever closed their account holds nothing any more.
        let open = row.closed_at.is_none();
        for role in self.roles.iter().filter(|role| open && role.person == person) {
            let in_force = role.effective_at.is_some_and(|from| from <= now);
            if in_force && roles::count(tx, role.collective, role.kind, now).await? <= 1 {
                let collective = role.collective_name.clone();
                refusals.push(ErasingRefusal::LastHolder { role: role.kind, collective });
            }
        }
        for one in rows::in_hand(tx, person).await? {
            let (number, collective) = (one.number, one.collective);
            refusals.push(match one.kind.as_str() {
                "refund" => ErasingRefusal::Refund { number, collective },
                _ => ErasingRefusal::Invoice { number, collective },
            });
        }
        Ok(refusals)
    }
}

/// Erases oneself; the sign-in must be fresh. `texts`: the comments one wrote lose their text too. Errors: `NotFresh`,
/// [`ErasingRefusal`].
pub async fn erase_oneself(
    ctx: &Context,
    session: &Session,
    texts: bool,
) -> Result<(), Failure<ErasingRefusal>> {
    session.fresh(ctx.now())?;
    let person = session.row.person;
    erase(ctx, Erase { person, by: Actor::Person(person), texts, drawn: Drawn::of(ctx) }).await
}

/// Erases the person of an address, for whoever runs the machine. Errors: [`Failure::NotFound`], [`ErasingRefusal`].
pub async fn erase_by_operator(
    ctx: &Context,
    person: PersonId,
    texts: bool,
) -> Result<(), Failure<ErasingRefusal>> {
    let by = Actor::System { job: operators::JOB, rules_version: 0 };
    erase(ctx, Erase { person, by, texts, drawn: Drawn::of(ctx) }).await
}

/// Where a name or an address still stands once its person is erased, each as `TABLE.COLUMN` with how many rows: what others
/// wrote, and papers. It reads every table. Errors: faults.
pub async fn still_named(
    ctx: &Context,
    seen: &Preview,
) -> Result<Vec<(String, i64)>, Failure<ErasingRefusal>> {
    let mut tx = ctx.db.read().await?;
    let mut found = store::mentions(&mut tx, &seen.person.name).await?;
    found.extend(store::mentions(&mut tx, &seen.person.email).await?);
    Ok(found)
}

async fn erase(ctx: &Context, erase: Erase) -> Result<(), Failure<ErasingRefusal>> {
    ctx.db.write(erase).await?;
    ctx.wake_worker();
    Ok(())
}

struct Erase {
    person: PersonId,
    by: Actor,
    texts: bool,
    drawn: Drawn,
}

impl Command for Erase {
    type Done = ();
    type Error = Failure<ErasingRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<ErasingRefusal>> {
        let mut drawn = self.drawn.clone();
        let now = drawn.now;
        // What is locked first keeps two persons from both giving up the last role, and has its order: a collective
        // before a person.
        let collectives = rows::lock(tx).await?;
        let person = people::lock(tx, self.person).await?.filter(|row| !row.is_erased());
        let person = person.ok_or(Failure::NotFound)?;
        let held = Held::of(tx, person.id, now).await?;
        if let Some(refusal) = held.refusals(tx, &person, now).await?.into_iter().next() {
            return Err(Failure::Refused(refusal));
        }
        for id in rows::choices(tx, person.id, day(now)).await? {
            rows::end_choice(tx, id, now).await?;
        }
        self.end(tx, &held, now).await?;
        self.forget_ads(tx, &mut drawn, &person).await?;
        if self.texts {
            rows::empty_comments(tx, person.id, now).await?;
            // The words that typos are compared with hold theirs too.
            crate::search::forget_in(tx).await?;
        }
        rows::forget(tx, &person).await?;
        rows::unname(tx, person.id).await?;
        people::close(tx, person.id, now).await?;
        tell(tx, &mut drawn, &held, person.id).await?;
        // After the letters above, which name nobody.
        reword_mails(tx, &person).await?;
        self.record(tx, &mut drawn, &held, &collectives).await
    }
}

impl Erase {
    async fn end(&self, tx: &mut Tx, held: &Held, now: Timestamp) -> Result<(), Failure<ErasingRefusal>> {
        for mandate in &held.mandates {
            mandates::end(tx, mandate.id, now).await?;
        }
        for role in &held.roles {
            roles::end(tx, role.id, self.person, now).await?;
        }
        for (id, is_theirs) in rows::proposals(tx, self.person).await? {
            let answer = if is_theirs { MandateAnswer::Declined } else { MandateAnswer::Withdrawn };
            mandate_proposals::answer(tx, id, answer, self.person, now).await?;
        }
        Ok(())
    }

    /// Their ads are taken back, by whichever way they were posted; name and address go from them and from what they
    /// answered.
    async fn forget_ads(
        &self,
        tx: &mut Tx,
        drawn: &mut Drawn,
        person: &PersonRow,
    ) -> Result<(), Failure<ErasingRefusal>> {
        for ad in rows::ads(tx, person).await? {
            if deadlines::cancel(tx, ad.into(), AD_END).await? > 0 {
                let event = self.event(drawn, "ad_withdrawn", ("ad", ad.into()), events::no_data());
                events::record(tx, &event).await?;
            }
        }
        if self.texts {
            rows::empty_ads(tx, person).await?;
        }
        Ok(rows::forget_elsewhere(tx, person, drawn.now).await?)
    }

    /// Collectives read of the mandates and roles that ended; each is made newer, for its pages say another name.
    async fn record(
        &self,
        tx: &mut Tx,
        drawn: &mut Drawn,
        held: &Held,
        collectives: &[CollectiveId],
    ) -> Result<(), Failure<ErasingRefusal>> {
        for mandate in &held.mandates {
            let Some(collective) = mandate.collective else { continue };
            let data = json!({ "person": self.person, "kind": mandate.kind.as_str() });
            let event = self.event(drawn, "mandate_ended", ("mandate", mandate.id.into()), data);
            let organisation = Some(mandate.organisation);
            events::record(tx, &Event { collective: Some(collective), organisation, ..event }).await?;
        }
        for role in &held.roles {
            let data = json!({ "person": role.person, "role": role.kind.as_str() });
            let event = self.event(drawn, "role_ended", ("role", role.id.into()), data);
            events::record(tx, &Event { collective: Some(role.collective), ..event }).await?;
        }
        for collective in collectives {
            events::touch(tx, *collective).await?;
        }
        let event = self.event(drawn, "person_erased", ("person", self.person.into()), events::no_data());
        Ok(events::record(tx, &event).await?)
    }

    fn event(
        &self,
        drawn: &mut Drawn,
        kind: &'static str,
        about: (&'static str, Uuid),
        data: Value,
    ) -> Event {
        Event {
            id: drawn.seed.id(drawn.now),
            collective: None,
            at: drawn.now,
            kind,
            actor: self.by.clone(),
            organisation: None,
            subject_kind: about.0,
            subject: Some(about.1),
            public: false,
            data,
        }
    }
}

/// Tells the treasurers of each collective which roles are held no more, without a name.
async fn tell(
    tx: &mut Tx,
    drawn: &mut Drawn,
    held: &Held,
    person: PersonId,
) -> Result<(), Failure<ErasingRefusal>> {
    for role in held.roles.iter().filter(|role| role.person == person && role.effective_at.is_some()) {
        let treasurer = RoleKind::Treasurer;
        let told = roles::holders(tx, role.collective, treasurer, drawn.now).await?;
        let Some(collective) = store::collectives::get(tx, role.collective).await? else { continue };
        let (name, kind) = (collective.name.clone(), role.kind.as_str());
        let mut post = Post { seed: &mut drawn.seed, now: drawn.now, settings: &drawn.settings };
        mails::tell(tx, &mut post, &collective, &told, |t| {
            Letter::about(t.mail_role_erased_subject(&name)).say(t.mail_role_erased(&name, kind))
        })
        .await?;
    }
    Ok(())
}

/// Mails to the address from before it was that of a person are forgotten; those to others that say the name or the address
/// say it no more.
async fn reword_mails(tx: &mut Tx, person: &PersonRow) -> Result<(), Failure<ErasingRefusal>> {
    let mut after = MailId(Uuid::nil());
    loop {
        let page = rows::mails(tx, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for mail in page {
            if Email::key_of(&mail.recipient) == person.email_key {
                rows::forget_mail(tx, mail.id).await?;
                continue;
            }
            let scrub = |text: &str| without(&without(text, &person.name), &person.email);
            let scrubbed = KeptMail {
                subject: scrub(&mail.subject),
                body: scrub(&mail.body),
                last_error: mail.last_error.as_deref().map(scrub),
                ..mail.clone()
            };
            if scrubbed != mail {
                rows::reword_mail(tx, &scrubbed).await?;
            }
        }
    }
}

/// A text in which a name is said no more, where it stands as words of its own.
fn without(text: &str, name: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name).filter(|_| !name.is_empty()) {
        let (before, from) = rest.split_at(at);
        let after = from.get(name.len()..).unwrap_or_default();
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        kept.push_str(before);
        let is_own = !joins(kept.chars().next_back()) && !joins(after.chars().next());
        kept.push_str(if is_own { ERASED } else { name });
        rest = after;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn a_name_goes_and_words_that_hold_it_stay() {
        for (text, name, left) in [
            ("Un rôle : Zoé Li, référente", "Zoé Li", "Un rôle : erased person, référente"),
            ("Also Al, Al", "Al", "Also erased person, erased person"),
            ("écrire à zoe@li.example.", "zoe@li.example", "écrire à erased person."),
            ("AlAl Al", "Al", "AlAl erased person"),
            ("rien", "", "rien"),
        ] {
            assert_eq!(without(text, name), left, "{text}");
        }
    }
}
