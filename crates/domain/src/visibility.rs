//! Whose amounts are told to whom. Totals are always public, so hiding one organisation's amounts hides nothing unless
//! others are hidden with it: what is shown, subtracted from a total, must never leave one or two.
//!
//! Two sets say what is hidden, and every page, file and feed asks a [`Veil`] for both:
//! - of a **collective**, the organisations whose amounts are hidden: those that wish it, and as many more as it takes
//!   for [`FEWEST`] of those that ever had money here ([`settle`], which is stored);
//! - of a **feature**, those of its funders who are hidden, and as many more as it takes ([`hidden_among`]).
//!
//! Both grow in the order in which money came, so that what is hidden today was not shown yesterday because somebody
//! else came or went.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{
    ids::{FeatureId, OrganisationId},
    rules::AmountsSeen,
};

/// How many hidden organisations a figure holds at least. One of them, who knows its own amount, still faces two.
pub const FEWEST: usize = 3;

/// How long what strangers see stands still where somebody hides its amounts: whoever watched a total move would see
/// single payments.
pub const BATCH: SignedDuration = SignedDuration::from_mins(15);

/// The instant up to which strangers see, where somebody hides: the beginning of the quarter of an hour.
#[must_use]
pub fn batch_begin(now: Timestamp) -> Timestamp {
    let into = now.as_microsecond().rem_euclid(i64::try_from(BATCH.as_micros()).unwrap_or(1));
    Timestamp::from_microsecond(now.as_microsecond() - into).unwrap_or(now)
}

/// Whether an organisation wishes its amounts hidden from everybody else. Where all is public this is only asked of those
/// who keep theirs: who are one person, or had money here before the rules made amounts public. Where members see
/// everything it matters the day that the rules change.
#[must_use]
pub const fn wishes_hidden(amounts: AmountsSeen, keeps: bool, shows: bool) -> bool {
    match amounts {
        AmountsSeen::Public => keeps && !shows,
        AmountsSeen::Members | AmountsSeen::OwnChoice => !shows,
    }
}

/// Whether what an organisation chose plays a part: the rules may decide for all.
#[must_use]
pub const fn choice_counts(amounts: AmountsSeen, keeps: bool) -> bool {
    match amounts {
        AmountsSeen::Public => keeps,
        AmountsSeen::Members => false,
        AmountsSeen::OwnChoice => true,
    }
}

/// An organisation of a collective, past ones included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub organisation: OrganisationId,
    /// Whether it wishes to be hidden: [`wishes_hidden`].
    pub wishes: bool,
    /// Since when it is hidden, by its wish or for the others' sake.
    pub hidden_since: Option<Timestamp>,
    /// Its first account here, whose id says when it first had money; none: it never had any.
    pub first_account: Option<Uuid>,
}

impl Holder {
    const fn holds(&self) -> bool {
        self.first_account.is_some()
    }

    const fn is_hidden(&self) -> bool {
        self.hidden_since.is_some()
    }
}

/// Who is hidden from now on, written into `hidden_since`. Call it whenever a wish changes, or an organisation has
/// money here for the first time (`new`). In order:
/// 1. Whoever wishes it is hidden.
/// 2. Whoever doesn't wish it any more is shown again, if three who were hidden before it stay hidden: else the old
///    totals, less its amounts, would tell the others'. Until then it stays hidden with them.
/// 3. While one or two are hidden, those who first had money here are hidden too.
///
/// When nobody with money wishes it any more, all are shown.
pub fn settle(holders: &mut [Holder], new: &[OrganisationId], now: Timestamp) {
    for holder in holders.iter_mut().filter(|holder| holder.wishes) {
        let begins = !holder.is_hidden() || new.contains(&holder.organisation);
        holder.hidden_since = if begins { Some(now) } else { holder.hidden_since };
    }
    if !holders.iter().any(|holder| holder.wishes && holder.holds()) {
        for holder in holders.iter_mut().filter(|holder| !holder.wishes) {
            holder.hidden_since = None;
        }
        return;
    }
    let mut candidates: Vec<usize> =
        (0..holders.len()).filter(|at| !holders[*at].wishes && holders[*at].is_hidden()).collect();
    candidates.sort_by_key(|at| std::cmp::Reverse((holders[*at].hidden_since, holders[*at].organisation)));
    for at in candidates {
        let since = holders[at].hidden_since;
        let before = holders.iter().enumerate().filter(|(other, holder)| {
            *other != at && holder.holds() && holder.is_hidden() && holder.hidden_since <= since
        });
        if before.count() >= FEWEST || !holders[at].holds() {
            holders[at].hidden_since = None;
        }
    }
    let mut order: Vec<usize> = (0..holders.len()).filter(|at| holders[*at].holds()).collect();
    order.sort_by_key(|at| holders[*at].first_account);
    let mut hidden = order.iter().filter(|at| holders[**at].is_hidden()).count();
    for at in order {
        if hidden >= FEWEST {
            break;
        }
        if !holders[at].is_hidden() {
            holders[at].hidden_since = Some(now);
            hidden += 1;
        }
    }
}

/// Whose part of a figure is hidden, given all who ever were in it and whether each is hidden anyway, the first
/// first: those, and, while they are one or two, the first others. Whoever comes later never uncovers anybody.
#[must_use]
pub fn hidden_among(order: &[(OrganisationId, bool)]) -> BTreeSet<OrganisationId> {
    let mut covered = BTreeSet::new();
    for (at, (organisation, hidden)) in order.iter().enumerate() {
        if *hidden {
            covered.insert(*organisation);
        }
        if covered.is_empty() {
            continue;
        }
        for (earlier, _) in &order[..=at] {
            if covered.len() >= FEWEST {
                break;
            }
            covered.insert(*earlier);
        }
    }
    covered
}

/// Who looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eyes {
    /// What the rules say.
    pub amounts: AmountsSeen,
    /// Whether they belong to the collective.
    pub member: bool,
    /// Whether they keep its accounts: a treasurer sees everything.
    pub keeper: bool,
    /// The organisations for which they hold a mandate: what is one's own is never hidden.
    pub own: Vec<OrganisationId>,
}

impl Eyes {
    /// Somebody of whom nothing is known, who signed out or belongs to no member.
    #[must_use]
    pub const fn stranger(amounts: AmountsSeen) -> Self {
        Self { amounts, member: false, keeper: false, own: Vec::new() }
    }

    /// Whether these eyes see all amounts, whoever hides.
    #[must_use]
    pub fn see_all(&self) -> bool {
        self.keeper || (self.amounts == AmountsSeen::Members && self.member)
    }

    /// Whether nothing that names an organisation is for these eyes, whoever shows theirs.
    fn see_totals_alone(&self) -> bool {
        self.amounts == AmountsSeen::Members && !self.see_all()
    }

    fn always_see(&self, organisation: OrganisationId) -> bool {
        self.see_all() || self.own.contains(&organisation)
    }
}

/// What is hidden from somebody who looks at a collective. It tells nothing of organisations and features that it
/// doesn't know, unless nobody hides.
#[derive(Clone, Debug)]
pub struct Veil {
    eyes: Eyes,
    anyone: bool,
    hidden: BTreeMap<OrganisationId, bool>,
    on_features: BTreeMap<FeatureId, BTreeSet<OrganisationId>>,
}

impl Veil {
    /// The veil of a collective; `anyone`: one of its organisations at least is hidden.
    #[must_use]
    pub const fn new(eyes: Eyes, anyone: bool) -> Self {
        Self { eyes, anyone, hidden: BTreeMap::new(), on_features: BTreeMap::new() }
    }

    /// The same, knowing which of these organisations are hidden.
    #[must_use]
    pub fn knowing(mut self, hidden: impl IntoIterator<Item = (OrganisationId, bool)>) -> Self {
        self.hidden.extend(hidden);
        self
    }

    /// The same, knowing all who ever had money on some features and whether each is hidden, the first first.
    #[must_use]
    pub fn over(
        mut self,
        funders: impl IntoIterator<Item = (FeatureId, Vec<(OrganisationId, bool)>)>,
    ) -> Self {
        let hidden = funders.into_iter().map(|(feature, order)| (feature, hidden_among(&order)));
        self.on_features.extend(hidden);
        self
    }

    /// Who looks.
    #[must_use]
    pub const fn eyes(&self) -> &Eyes {
        &self.eyes
    }

    /// Whether anybody's amounts are hidden from these eyes.
    #[must_use]
    pub fn hides(&self) -> bool {
        !self.eyes.see_all() && (self.anyone || self.eyes.see_totals_alone())
    }

    /// The same for eyes that have this organisation's papers as their own, though it is no member any more.
    #[must_use]
    pub fn own_too(mut self, organisation: OrganisationId) -> Self {
        self.eyes.own.push(organisation);
        self
    }

    /// Whether it has to know organisations, and who funds what, before it can tell.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.anyone && !self.eyes.see_all() && !self.eyes.see_totals_alone()
    }

    /// Whether what an organisation paid and was given is told beside its name.
    #[must_use]
    pub fn tells(&self, organisation: OrganisationId) -> bool {
        self.eyes.always_see(organisation)
            || (!self.eyes.see_totals_alone()
                && (!self.anyone || self.hidden.get(&organisation) == Some(&false)))
    }

    /// Whether what it has on a feature, or put there, is told beside its name.
    #[must_use]
    pub fn tells_on(&self, organisation: OrganisationId, feature: FeatureId) -> bool {
        let covered = || self.on_features.get(&feature).is_none_or(|hidden| hidden.contains(&organisation));
        self.eyes.always_see(organisation) || (self.tells(organisation) && !(self.anyone && covered()))
    }

    /// Whether sums over all that it put anywhere are told, with what it has left: the veil knows its features.
    #[must_use]
    pub fn tells_sums(&self, organisation: OrganisationId) -> bool {
        let covered = || self.on_features.values().any(|hidden| hidden.contains(&organisation));
        self.eyes.always_see(organisation) || (self.tells(organisation) && !(self.anyone && covered()))
    }
}

#[cfg(test)]
#[path = "visibility_tests.rs"]
mod tests;
