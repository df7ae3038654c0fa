//! Who is tied to whom: those of whoever is paid, does the work or leads a feature don't answer for it.

use std::collections::BTreeSet;

use domain::{
    actor::RoleKind,
    ids::{OrganisationId, PersonId},
    invoices::{Judges, TIED_MONTHS},
    names::{same_name, same_person},
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use store::{Tx, collectives::CollectiveRow, features::Feature, invoices::Invoice, revisions::RevisionRow};

use crate::{
    second_word,
    till::Till,
    work::{Worker, worker_of},
};

/// Where and when somebody's ties are asked about.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The collective.
    pub(crate) collective: &'a CollectiveRow,
    /// The civil day there.
    pub(crate) today: Date,
    /// Now.
    pub(crate) now: Timestamp,
}

impl<'a> At<'a> {
    /// In a collective, now.
    #[must_use]
    pub fn new(collective: &'a CollectiveRow, now: Timestamp) -> Self {
        Self { collective, today: collective.day(now), now }
    }

    pub(crate) const fn of(till: &'a Till) -> Self {
        Self { collective: &till.collective, today: till.today, now: till.now }
    }
}

/// Names that are compared, of one organisation or person: the present one and former ones.
const MOST_NAMES: u16 = 10_000;

/// The organisations for which a person holds, or held in the last months, a mandate, with
/// the names that they have or gave up; and their own.
struct Ties {
    organisations: Vec<OrganisationId>,
    names: Vec<String>,
    own: Vec<String>,
}

impl Ties {
    async fn of(tx: &mut Tx, at: &At<'_>, person: PersonId) -> store::sqlx::Result<Self> {
        Self::begun(tx, at, person, at.now).await
    }

    /// Those that had begun at an instant.
    async fn begun(
        tx: &mut Tx,
        at: &At<'_>,
        person: PersonId,
        begun: Timestamp,
    ) -> store::sqlx::Result<Self> {
        let since = at.today.saturating_sub(TIED_MONTHS.months());
        let since_at = at.collective.end_of(since);
        let held = store::invoices::ties(tx, person, since, since_at, begun).await?;
        let mut ties =
            Self { organisations: Vec::new(), names: Vec::new(), own: former_names(tx, person).await? };
        ties.own.extend(store::people::get(tx, person).await?.map(|row| row.name));
        for (organisation, name) in held {
            ties.organisations.push(organisation);
            ties.names.push(name);
            ties.names.extend(given_up(tx, at, organisation, since).await?);
        }
        Ok(ties)
    }

    /// Whether they are to somebody, or it is the person. Names are compared leniently: a tie that a spelling hides is
    /// still one, and so is one to a name that was given up lately.
    fn are_to(&self, whose: &str, organisation: Option<OrganisationId>) -> bool {
        organisation.is_some_and(|one| self.organisations.contains(&one))
            || self.own.iter().any(|name| same_person(name, whose))
            || self.names.iter().any(|name| same_name(name, whose))
    }
}

/// The name that a revision keeps.
fn name_in(row: &RevisionRow) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(&row.body).ok()?;
    Some(body.get("name")?.as_str()?.to_owned())
}

/// The names that a person bore before, who alone gives them.
async fn former_names(tx: &mut Tx, person: PersonId) -> store::sqlx::Result<Vec<String>> {
    let before = store::revisions::of_subject(tx, person.0, MOST_NAMES).await?;
    Ok(before.iter().filter_map(name_in).collect())
}

/// The names that an organisation gave up in the last months: the one with which it came, and those that somebody who
/// represented it gave. What an administration called it ties nobody once it is called otherwise.
async fn given_up(
    tx: &mut Tx,
    at: &At<'_>,
    organisation: OrganisationId,
    since: Date,
) -> store::sqlx::Result<Vec<String>> {
    let mut before = store::revisions::of_subject(tx, organisation.0, MOST_NAMES).await?;
    before.reverse();
    let mut names = Vec::new();
    // Whoever gave the name that a revision keeps made the change before; with the first one it came.
    let mut given_by: Option<(Option<PersonId>, Timestamp)> = None;
    for (at_row, row) in before.iter().enumerate() {
        let Some(name) = name_in(row) else { continue };
        // Something else was changed then.
        if before.get(at_row + 1).and_then(name_in).as_ref() == Some(&name) {
            continue;
        }
        let counts = match given_by {
            None => true,
            Some((Some(giver), given)) => {
                let day = at.collective.day(given);
                store::mandates::represented(tx, organisation, giver, day, given).await?
            }
            Some((None, _)) => false,
        };
        if counts && at.collective.day(row.created_at) >= since {
            names.push(name);
        }
        given_by = Some((row.actor, row.created_at));
    }
    Ok(names)
}

/// Those who hold, or held in the last months, a mandate for an organisation that had begun at an instant.
pub(crate) async fn tied_to(
    tx: &mut Tx,
    at: &At<'_>,
    organisation: OrganisationId,
    begun: Timestamp,
) -> store::sqlx::Result<BTreeSet<PersonId>> {
    let since = at.today.saturating_sub(TIED_MONTHS.months());
    let since_at = at.collective.end_of(since);
    Ok(store::invoices::tied(tx, organisation, since, since_at, begun).await?.into_iter().collect())
}

/// How somebody is tied to the work on a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// By what others wrote alone: a name, or a member that never said that it does the work.
    Named,
    /// By who leads or led, or by a member's own word.
    Firm,
}

/// Whether a person does the work on a feature or leads it, or led it before, or holds, or held in the last months, a
/// mandate for whoever does or did, which they had at `begun`.
pub(crate) async fn tie_to_work(
    tx: &mut Tx,
    at: &At<'_>,
    person: PersonId,
    feature: &Feature,
    worker: &Worker,
    begun: Timestamp,
) -> store::sqlx::Result<Option<Tie>> {
    let ties = Ties::begun(tx, at, person, begun).await?;
    let led = store::features::leads::former(tx, feature.id).await?;
    let leads = ties.organisations.contains(&feature.lead)
        || led.iter().any(|before| {
            before.former_person == Some(person) || ties.organisations.contains(&before.former)
        });
    if leads || worker.by_its_own_word().is_some_and(|works| ties.organisations.contains(&works)) {
        return Ok(Some(Tie::Firm));
    }
    Ok(ties.are_to(&worker.name, worker.organisation).then_some(Tie::Named))
}

/// Those who hold the roles of a payment, and those of them, of `also` and of whoever approved who are tied to whoever
/// is paid, does the work as the feature says, or presents it. Whatever name an invoice is to be paid to, those of whoever
/// does the work don't answer it. A tie is younger than the invoice if it is younger than the first that the feature waited
/// for: presenting it anew changes nothing.
pub(crate) async fn judges(
    tx: &mut Tx,
    at: &At<'_>,
    invoice: &Invoice,
    also: &[PersonId],
) -> store::sqlx::Result<Judges> {
    let mut judges = holders(tx, at).await?;
    judges.written_by = store::invoices::writers(tx, invoice.id).await?.into_iter().collect();
    judges.written_by.insert(invoice.entered_by);
    let feature = store::features::by_id(tx, invoice.feature).await?;
    let worker = match &feature {
        Some(feature) => Some(worker_of(tx, feature).await?),
        None => None,
    };
    // Who is meant by a name that another wrote is a guess, which bars somebody and makes nobody a judge.
    let lead = feature.as_ref().map(|feature| feature.lead);
    let is_own_word = |organisation: &OrganisationId| {
        Some(*organisation) == invoice.entered_for
            || Some(*organisation) == lead
            || worker.as_ref().and_then(Worker::by_its_own_word) == Some(*organisation)
    };
    let concerned = [worker.as_ref().and_then(|worker| worker.organisation), invoice.payee_organisation];
    let firm: Vec<_> = concerned.into_iter().flatten().filter(is_own_word).collect();
    let mut senders = vec![invoice.entered_for, lead];
    for before in store::features::leads::former(tx, invoice.feature).await? {
        senders.push(Some(before.former));
    }
    let mut paid: Vec<_> = worker.iter().map(|worker| (worker.name.as_str(), worker.organisation)).collect();
    paid.push((&invoice.payee, invoice.payee_organisation));
    let also: Vec<PersonId> = also.iter().chain(&invoice.approved_by).copied().collect();
    let begun = store::invoices::first_presented(tx, invoice).await?;
    mark(tx, at, &mut judges, Concerned { senders: &senders, paid: &paid, firm: &firm }, &also, begun)
        .await?;
    Ok(judges)
}

/// Those who let an organisation that left be paid back: a steward or a treasurer prepares it, another treasurer
/// authorises it, and nobody tied to it or to the name that is paid is one of them. It was prepared at `begun`.
pub(crate) async fn judges_of_refund(
    tx: &mut Tx,
    at: &At<'_>,
    (organisation, payee): (OrganisationId, &str),
    also: &[PersonId],
    begun: Timestamp,
) -> store::sqlx::Result<Judges> {
    let mut judges = holders(tx, at).await?;
    judges.stewards.extend(judges.treasurers.iter().copied());
    judges.ended_stewards.extend(judges.ended_treasurers.iter().copied());
    let paid = [(payee, Some(organisation))];
    let concerned = Concerned { senders: &[], paid: &paid, firm: &[organisation] };
    mark(tx, at, &mut judges, concerned, also, begun).await?;
    Ok(judges)
}

/// Those who hold the roles or did until another ended them lately, before any tie is known.
async fn holders(tx: &mut Tx, at: &At<'_>) -> store::sqlx::Result<Judges> {
    let mut judges = Judges { now: at.now, ..Judges::default() };
    for role in second_word::counted_roles(tx, at.collective.id, at.now).await? {
        let of = match (role.kind, role.ended_at) {
            (RoleKind::Steward, None) => &mut judges.stewards,
            (RoleKind::Steward, Some(_)) => &mut judges.ended_stewards,
            (RoleKind::Treasurer, None) => &mut judges.treasurers,
            (RoleKind::Treasurer, Some(_)) => &mut judges.ended_treasurers,
            (RoleKind::Admin, _) => continue,
        };
        of.insert(role.person);
    }
    Ok(judges)
}

/// Who presents what is to be paid, and who is paid: a name, and the organisation that is meant; with those of them that
/// said themselves that it is them.
struct Concerned<'a> {
    senders: &'a [Option<OrganisationId>],
    paid: &'a [(&'a str, Option<OrganisationId>)],
    firm: &'a [OrganisationId],
}

/// Marks those who are tied to who is paid, by name or as an organisation, or to whoever presents it; and whose tie is
/// younger than what is to be paid. Then finds who stands in where no two are left.
async fn mark(
    tx: &mut Tx,
    at: &At<'_>,
    judges: &mut Judges,
    Concerned { senders, paid, firm }: Concerned<'_>,
    also: &[PersonId],
    begun: Timestamp,
) -> store::sqlx::Result<()> {
    let roles = judges.stewards.iter().chain(&judges.treasurers);
    let ended = judges.ended_stewards.iter().chain(&judges.ended_treasurers);
    let all: BTreeSet<PersonId> = roles.chain(ended).chain(also).copied().collect();
    for person in all {
        let ties = Ties::of(tx, at, person).await?;
        if ties.organisations.iter().any(|tied| senders.contains(&Some(*tied))) {
            judges.of_sender.insert(person);
        }
        let are_to_paid =
            |ties: &Ties| paid.iter().any(|(name, organisation)| ties.are_to(name, *organisation));
        if are_to_paid(&ties) {
            judges.tied.insert(person);
            if !ties.organisations.iter().any(|tied| firm.contains(tied)) {
                judges.named.insert(person);
            }
            if !are_to_paid(&Ties::begun(tx, at, person, begun).await?) {
                judges.late.insert(person);
            }
        }
    }
    if !judges.are_two() {
        judges.stand_ins = second_word::stand_ins(tx, at.collective.id, at.today, at.now).await?;
    }
    Ok(())
}
