//! I4, I17, I18: what happens once, and what a departed organisation leaves behind.

use std::collections::HashMap;

use super::{
    Seen, calls,
    facts::{OnceFacts, PotFacts},
    finding::{Finding, Gathered},
    ledger::Ledger,
    reversals::Reversals,
};
use crate::{
    account::{AccountKind as A, Book},
    ids::{OrganisationId, PostingId, RoundId},
    posting::PostingKind as P,
};

/// The acts of a round that happen once: its distribution, and that of its gifts where promises are shared out apart.
const DISTRIBUTIONS: [&str; 2] = ["distribution", "gift_distribution"];

/// Distributions by round.
#[derive(Default)]
pub(super) struct Acts {
    /// The distributions that stand, by book and round.
    standing: HashMap<(Book, RoundId), Vec<PostingId>>,
    distributed: i128,
    distributions: Gathered,
    departures: Gathered,
    /// What pages tell of the distributions that stand.
    told: HashMap<PostingId, (Option<RoundId>, HashMap<OrganisationId, i128>)>,
    /// What each organisation got in a round, in both books: promises and money are shared out by two postings.
    got: HashMap<Option<RoundId>, HashMap<OrganisationId, i128>>,
}

impl Acts {
    pub(super) fn posting(&mut self, facts: &PotFacts, seen: &Seen<'_>, ledger: &Ledger) {
        if seen.acts_as == Some(P::Departure) {
            self.departure(facts, seen);
        }
        if seen.acts_as != Some(P::Distribution) {
            return;
        }
        let posting = seen.posting;
        let place = || format!("{}:{}", posting.book.as_str(), posting.seq);
        self.distributions.checked();
        self.distributed += seen.legs.iter().map(|leg| leg.amount).sum::<i128>();
        self.told(facts, seen);
        if seen.kind == Some(P::Reversal) {
            for known in self.standing.values_mut() {
                known.retain(|id| Some(*id) != posting.reverses);
            }
            return;
        }
        for transfer in &posting.transfers {
            let left = ledger.entry(transfer.from).map_or(0, |entry| entry.running);
            if left < 0 {
                self.distributions.breach(place(), "pool after the distribution", "zero or more", left);
            }
        }
        match posting.round {
            None => self.distributions.breach(place(), "round", "a round", "none"),
            Some(round) => self.standing.entry((posting.book, round)).or_default().push(posting.id),
        }
    }

    /// Money that left with an organisation did by a departure that is written down: what is released later follows it.
    fn departure(&mut self, facts: &PotFacts, seen: &Seen<'_>) {
        self.departures.checked();
        let posting = seen.posting;
        let known =
            posting.organisation.zip(posting.decision).is_some_and(|by| facts.departures.contains(&by));
        if !known {
            let place = format!("{}:{}", posting.book.as_str(), posting.seq);
            self.departures.breach(place, "departure", "written down, with its decision", "none");
        }
    }

    fn told(&mut self, facts: &PotFacts, seen: &Seen<'_>) {
        let (posting, round) = (seen.posting, seen.posting.round);
        let got = self.got.entry(round).or_default();
        for leg in seen.legs.iter().filter(|leg| matches!(leg.to.kind(), A::Share | A::Right)) {
            if let Some(organisation) = leg.to.organisation() {
                *got.entry(organisation).or_default() += leg.amount;
            }
        }
        if let Some(reversed) = posting.reverses {
            self.told.remove(&reversed);
        } else if let Some(told) = facts.told_shares.get(&posting.id) {
            self.told.insert(posting.id, (round, told.clone()));
        }
    }

    /// What pages tell of a distribution is what it moved.
    fn compare(&self, distributions: &mut Gathered) {
        let mut said: HashMap<Option<RoundId>, HashMap<OrganisationId, i128>> = HashMap::new();
        for (round, told) in self.told.values() {
            let said = said.entry(*round).or_default();
            for (organisation, amount) in told {
                *said.entry(*organisation).or_default() += amount;
            }
        }
        for (round, told) in said {
            let place = || round.map_or_else(|| "none".to_owned(), |round| round.to_string());
            let mut got = self.got.get(&round).cloned().unwrap_or_default();
            for (organisation, amount) in told {
                let got = got.remove(&organisation).unwrap_or(0);
                distributions.same(place(), "share told", &got, &amount);
            }
            for (organisation, amount) in got.into_iter().filter(|(_, amount)| *amount != 0) {
                distributions.breach(place(), "share told", amount, format!("none of {organisation}"));
            }
        }
    }

    /// I4.
    pub(super) fn replay_safe(&self, facts: &PotFacts, reversals: &Reversals) -> Finding {
        let mut gathered = Gathered::default();
        let mut acts: HashMap<PostingId, &OnceFacts> = HashMap::new();
        for once in &facts.once {
            gathered.checked();
            acts.insert(once.posting, once);
            let reversible = reversals.knows(once.posting);
            if reversible && !reversals.stands(once.posting) {
                gathered.breach(once.posting, "act done once", "a posting that stands", "a reversed one");
            }
        }
        for ((book, round), postings) in &self.standing {
            for posting in postings {
                let place = format!("{} {round}", book.as_str());
                match acts.get(posting) {
                    None => gathered.breach(place, "distribution", "an act done once", "no such act"),
                    Some(once) => {
                        if !DISTRIBUTIONS.contains(&once.act.as_str()) {
                            gathered.breach(&place, "act", DISTRIBUTIONS.join(" or "), &once.act);
                        }
                        gathered.same(place, "round of the act", &round.0, &once.subject);
                    }
                }
            }
        }
        for _ in 0..facts.answers {
            gathered.checked();
        }
        gathered.finish("I4", [("acts_once", facts.once.len() as i128), ("answers", facts.answers.into())])
    }

    /// I17, I18.
    pub(super) fn finish(&self, facts: &PotFacts, ledger: &Ledger) -> [Finding; 2] {
        let mut distributions = self.distributions.clone();
        self.compare(&mut distributions);
        for ((book, round), postings) in &self.standing {
            if postings.len() > 1 {
                distributions.breach(
                    format!("{} {round}", book.as_str()),
                    "distributions that stand",
                    1,
                    postings.len(),
                );
            }
        }
        let rounds = self.standing.values().filter(|postings| !postings.is_empty()).count();
        let figures = [("rounds", rounds as i128), ("distributed", self.distributed)];
        [distributions.finish("I17", figures), departed(facts, ledger, self.departures.clone())]
    }
}

fn departed(facts: &PotFacts, ledger: &Ledger, mut gathered: Gathered) -> Finding {
    let mut left: HashMap<OrganisationId, i128> = HashMap::new();
    for member in &facts.members {
        if member.left_on.is_some_and(|day| day <= facts.today) {
            gathered.checked();
            left.insert(member.organisation, 0);
        }
    }
    let mut bound: HashMap<OrganisationId, i128> = HashMap::new();
    for call in &facts.calls {
        *bound.entry(call.organisation).or_default() += calls::asked(call);
    }
    for (organisation, amount) in &facts.shared_out {
        *bound.entry(*organisation).or_default() += i128::from(amount.minor());
    }
    for (account, entry) in ledger.accounts() {
        let Some(organisation) = account.organisation() else { continue };
        let Some(held) = left.get_mut(&organisation) else { continue };
        match account.kind() {
            A::Pool | A::Share | A::Right if entry.stored() != 0 => {
                gathered.breach(account, "money of a departed organisation", 0, entry.stored());
            }
            A::Allocated | A::RightAllocated if entry.stored() != 0 => {
                let stays = account.feature().map(|feature| (organisation, feature));
                if !stays.is_some_and(|pair| facts.stays.contains(&pair)) {
                    gathered.breach(account, "choice to leave it there", "recorded", entry.stored());
                }
                *held += entry.stored();
                if account.kind() == A::RightAllocated {
                    *bound.entry(organisation).or_default() += entry.stored();
                }
            }
            _ => {}
        }
    }
    // What it was called for stays owed or paid, and what stays on a feature may be called: no promise beyond.
    for (account, entry) in ledger.accounts().filter(|(account, _)| account.kind() == A::Promised) {
        let Some(organisation) = account.organisation().filter(|one| left.contains_key(one)) else {
            continue;
        };
        let most = bound.get(&organisation).copied().unwrap_or(0);
        if -entry.stored() > most {
            gathered.breach(
                account,
                "promised by a departed organisation",
                format!("at most {most}"),
                -entry.stored(),
            );
        }
    }
    let departed = left.len() as i128;
    gathered.finish("I18", [("departed", departed), ("left_allocated", left.values().sum())])
}
