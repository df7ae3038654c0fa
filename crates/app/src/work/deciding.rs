//! Who decides on the work of a feature: stewards who neither wrote the report, lead the feature nor do the work; where
//! there is none, nor was until another ended the role lately, the representatives of other members since 48 hours.

use domain::{
    actor::RoleKind,
    ids::PersonId,
    reports::{Deciders, ReportRefusal},
};
use store::{Tx, features::Feature, work::Report};

use super::worker_of;
use crate::{
    invoices::{At, Tie, tie_to_work},
    second_word,
    work_mails::MOST_ASKED,
};

/// The stewards, with those of them and of `also` who are tied to the work.
pub(crate) async fn deciders(
    tx: &mut Tx,
    at: &At<'_>,
    feature: &Feature,
    report: Option<&Report>,
    also: &[PersonId],
) -> store::sqlx::Result<Deciders> {
    let worker = worker_of(tx, feature).await?;
    let mut deciders = Deciders::default();
    for role in second_word::counted_roles(tx, at.collective.id, at.now).await? {
        match (role.kind, role.ended_at) {
            (RoleKind::Steward, None) => deciders.stewards.insert(role.person),
            (RoleKind::Steward, Some(_)) => deciders.ended.insert(role.person),
            _ => false,
        };
    }
    for person in deciders.stewards.iter().chain(&deciders.ended).chain(also) {
        let wrote = report.is_some_and(|report| report.person == *person);
        if wrote {
            deciders.tied.insert(*person);
            continue;
        }
        if tie_to_work(tx, at, *person, feature, &worker, at.now).await?.is_some() {
            deciders.tied.insert(*person);
            let begun = report.map_or(at.now, |report| report.created_at);
            if tie_to_work(tx, at, *person, feature, &worker, begun).await? != Some(Tie::Firm) {
                deciders.late.insert(*person);
            }
        }
    }
    if !deciders.has_steward() {
        let stand_ins = second_word::representatives(tx, at.collective.id, at.today, at.now).await?;
        deciders.stand_ins = stand_ins.into_iter().collect();
    }
    Ok(deciders)
}

/// Those who are asked to decide, at most so many.
pub(crate) async fn asked(
    tx: &mut Tx,
    at: &At<'_>,
    feature: &Feature,
    report: &Report,
) -> store::sqlx::Result<Vec<PersonId>> {
    let known = deciders(tx, at, feature, Some(report), &[]).await?;
    if known.has_steward() {
        let free = known.stewards.iter().copied().filter(|person| known.may_decide(*person).is_ok());
        return Ok(free.collect());
    }
    let collective = at.collective.id;
    let others = store::mandates::representatives_in(tx, collective, at.today, at.now, MOST_ASKED).await?;
    let known = deciders(tx, at, feature, Some(report), &others).await?;
    // Whose mandate is too young today may decide in two days.
    let asked =
        |person: &PersonId| matches!(known.may_decide(*person), Ok(()) | Err(ReportRefusal::YoungMandate));
    Ok(others.into_iter().filter(asked).collect())
}
