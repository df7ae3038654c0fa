//! Add1: the same count again with a little more money for everyone, until it would cost too much.
//!
//! Done one raise at a time this repeats almost the same run thousands of times. A larger pot leaves every voter at
//! least as much after the same purchases, so no price rises. Hence, if a run at some pot buys `p₁ … pₘ`, and a run
//! at a larger pot that is made to buy the same finds at each step every other project strictly dearer than `pⱼ` was at
//! the *smaller* pot, and nothing affordable at the end, then every pot between the two buys exactly `p₁ … pₘ` too:
//! the raises between can be skipped. The stride doubles as long as that holds, and shrinks down to one raise when it
//! doesn't, so the outcome is that of the step-by-step definition.

use std::cmp::Ordering;

use num_bigint::BigUint;

use super::CountError;
use super::engine::Engine;
use super::price::Bound;

/// Most runs, of any stride.
const MAX_RUNS: usize = 1_000_000;
/// Most looks at a supporter of a project, over all runs that look at each once.
const MAX_LOOKS: usize = 40_000_000_000;
/// Longest stride.
const MAX_STRIDE: u64 = 1 << 40;
/// Longest rest between two attempts at a stride.
const MAX_REST: u32 = 16;

/// Where the raises stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raised {
    /// The pot of the outcome, virtual when it is above the budget.
    pub(super) pot: u128,
    /// Raises up to it.
    pub(super) raises: u64,
}

/// A purchase as the next run must repeat it.
struct Bought {
    project: u32,
    /// Upper bound of its price.
    high: Bound,
    /// Whether nobody ran out for it, so that its price is the cost divided by all units at any larger pot.
    plain: bool,
}

/// How a run ended.
enum Run {
    Done,
    /// It costs more than the budget.
    Over,
}

impl Engine<'_> {
    /// The last pot, raised by `step` a voter each time, whose outcome fits the budget; or the first that is exhaustive.
    /// `jump` allows strides over raises that change nothing.
    pub(super) fn raise(&mut self, budget: u64, step: u64, jump: bool) -> Result<Raised, CountError> {
        let amount = u128::from(step.max(1)) * self.profile.voters() as u128;
        let pot_after =
            |raises: u64| u128::from(budget).saturating_add(u128::from(raises).saturating_mul(amount));
        let (mut raises, mut stride, mut rest) = (0, 1_u64, (0, 1));
        self.run(pot_after(0), None)?;
        for _ in 0..MAX_RUNS.min(MAX_LOOKS / self.profile.links().max(1)) {
            if self.is_exhaustive(budget) {
                return Ok(Raised { pot: pot_after(raises), raises });
            }
            if jump && rest.0 == 0 {
                let (bought, bits) = self.bought_so_far();
                let wished = stride;
                while stride > 1 && !self.repeats(pot_after(raises.saturating_add(stride)), &bought, bits) {
                    stride /= 4;
                }
                if stride > 1 {
                    raises = raises.saturating_add(stride);
                    // Close to a change, the next stride would be too long again.
                    stride = if stride < wished { stride } else { stride.saturating_mul(2).min(MAX_STRIDE) };
                    rest = (0, 1);
                    continue;
                }
                rest = (rest.1, (rest.1 * 2).min(MAX_REST));
            }
            stride = 2;
            rest.0 -= u32::from(rest.0 > 0);
            if matches!(self.run(pot_after(raises.saturating_add(1)), Some(budget))?, Run::Over) {
                return Ok(Raised { pot: pot_after(raises), raises });
            }
            raises += 1;
        }
        Err(CountError::TooManyRounds)
    }

    /// Runs the method with a pot, up to a limit of cost if one is given.
    fn run(&mut self, pot: u128, limit: Option<u64>) -> Result<Run, CountError> {
        if !self.start(pot) {
            return Err(CountError::TooLarge);
        }
        while self.step().is_some() {
            if limit.is_some_and(|limit| self.spent > u128::from(limit)) {
                return Ok(Run::Over);
            }
        }
        Ok(Run::Done)
    }

    /// Whether no project that somebody could pay for fits into what the winners leave of the budget.
    pub(super) fn is_exhaustive(&self, budget: u64) -> bool {
        let left = u128::from(budget).saturating_sub(self.spent);
        let payable = |project: &u32| {
            let groups = self.supports(*project).iter().map(|support| support.group);
            groups.into_iter().any(|group| self.profile.groups.weight(group) > 0)
        };
        let bought = |project: &u32| self.picks.iter().any(|pick| pick.project == *project);
        let fits = |project: &u32| u128::from(self.profile.cost(*project)) <= left;
        !self.profile.indices().any(|project| fits(&project) && !bought(&project) && payable(&project))
    }

    fn bought_so_far(&self) -> (Vec<Bought>, u32) {
        let bought = self.picks.iter().map(|pick| {
            let project = pick.project;
            let high = Bound { price: pick.price.high, scale: self.profile.scale(project), project };
            let plain = pick.last.is_none() && u128::from(pick.full) == self.profile.total_units(project);
            Bought { project, high, plain }
        });
        (bought.collect(), self.bits)
    }

    /// Whether a run with a larger pot certainly buys the same, and every pot between too. If so, the engine is left at
    /// the end of that run.
    fn repeats(&mut self, pot: u128, bought: &[Bought], bits: u32) -> bool {
        if !self.start(pot) {
            return false;
        }
        for Bought { project, high, plain } in bought {
            if self.profile.cost(*project) == 0 {
                self.waiting.retain(|bound| bound.project != *project);
                self.buy((*project, super::price::Bracket { low: 0, high: 0 }, Vec::new()));
                continue;
            }
            let shift = bits.saturating_sub(self.bits);
            let most = Bound { price: (high.price >> shift).saturating_add(u64::from(shift > 0)), ..*high };
            let Some(own) = self.all_dearer(*project, most, *plain) else { return false };
            let Some(bracket) = self.lower(own).ok().and_then(|low| self.bracket(low)) else { return false };
            self.buy((*project, bracket, Vec::new()));
        }
        let waiting = std::mem::take(&mut self.waiting);
        waiting.into_iter().all(|bound| self.lower(bound).is_err())
    }

    /// The bound with which a project waits, taken out, if all others are dearer than `most`.
    fn all_dearer(&mut self, project: u32, most: Bound, plain: bool) -> Option<Bound> {
        let mut own = None;
        let mut looked_at = Vec::new();
        while let Some(top) = self.waiting.peek().copied() {
            if top.cmp_price(&most) == Ordering::Greater {
                break;
            }
            self.waiting.pop();
            if top.project == project {
                own = Some(top);
                continue;
            }
            let Ok(low) = self.lower(top) else { continue };
            if low.cmp_price(&most) != Ordering::Greater
                && !(plain && self.never_before(low.project, project))
            {
                return None;
            }
            looked_at.push(low);
        }
        self.waiting.extend(looked_at);
        own
    }

    /// Whether a project can't come before another one that nobody runs out for: even if nobody ran out for the first
    /// either, its price would be higher, or equal with the tie broken against it.
    fn never_before(&self, project: u32, plain: u32) -> bool {
        if self.profile.cost(project) == 0 {
            return false;
        }
        let worth =
            |project: u32| BigUint::from(self.profile.total_units(project)) * self.profile.scale(project);
        let left = worth(plain) * self.profile.cost(project);
        let right = worth(project) * self.profile.cost(plain);
        let ties = self.profile.tie_order(plain) < self.profile.tie_order(project);
        left > right || left == right && ties
    }
}
