//! What of an allocation can't be taken back once it is saved: told before, so that it is meant.

use domain::{
    Money,
    features::{Covered, Track, Wish, is_suspended},
};

use crate::{
    context::Context,
    error::{Failure, Never},
    triggers,
    work::{worker_of, worker_shown},
};

/// What of a set can't be taken back once it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Irreversible {
    /// The title of the feature.
    pub title: String,
    /// Its track, which may end before the work is done.
    pub track: Track,
    /// What is added to it.
    pub more: Money,
    /// What becomes of it.
    pub binds: Binds,
    /// Who does the work once this triggers it, where that is agreed before; and whether nobody is named, so that it is
    /// the organisation that leads.
    pub worker: Option<(String, bool)>,
}

/// How money on a feature is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binds {
    /// The feature is triggered already.
    Adds,
    /// It covers the floor, which triggers the feature.
    Triggers,
    /// It covers the floor: nothing moves until a steward confirms.
    Asks,
}

/// What of a set of wishes can't be taken back once it is saved, as things are now.
pub async fn of(context: &Context, wishes: &[Wish]) -> Result<Vec<Irreversible>, Failure<Never>> {
    let mut tx = context.db.read().await?;
    let mut found = Vec::new();
    for wish in wishes.iter().filter(|wish| wish.wanted > wish.seen) {
        let Some(feature) = store::features::by_id(&mut tx, wish.feature).await? else { continue };
        let more = wish.wanted.less(wish.seen);
        if feature.suspended_until.is_some() {
            let collective = store::collectives::get(&mut tx, feature.collective).await?;
            let today = collective.map(|collective| collective.day(context.now()));
            if today.is_some_and(|today| is_suspended(feature.suspended_until, today)) {
                continue;
            }
        }
        let rules = store::collectives::rules_at(&mut tx, feature.collective, feature.rules_version).await?;
        let total = feature.allocated_total.plus(more).unwrap_or(feature.allocated_total);
        let binds = match triggers::terms_of(&feature, &rules).covered(total, rules.trigger) {
            _ if feature.state.is_triggered() => Binds::Adds,
            Covered::Triggers => Binds::Triggers,
            Covered::AsksConfirmation { .. } => Binds::Asks,
            Covered::NotYet { .. } => continue,
        };
        let worker = match binds {
            Binds::Triggers | Binds::Asks if feature.track == Track::Trust => {
                let unnamed = worker_shown(&mut tx, &feature).await?.is_empty();
                Some((worker_of(&mut tx, &feature).await?.name, unnamed))
            }
            _ => None,
        };
        found.push(Irreversible { title: feature.title, track: feature.track, more, binds, worker });
    }
    Ok(found)
}
