//! Why a promise or a call for funds is refused.

use domain::fund_calls::{CallRefusal, CallState};
use domain::money::{Currency, Money};
use domain::posting::Twin;
use domain::pot::ModeRefusal;
use domain::promises::PromiseRefusal;

use crate::Words;

impl Words {
    /// Where a call for funds stands.
    #[must_use]
    pub fn call_state_name(&self, state: CallState) -> String {
        self.call_state(state.as_str())
    }

    /// Why a promise is refused.
    #[must_use]
    pub fn promise_refusal(&self, refusal: &PromiseRefusal, currency: Currency) -> String {
        let money = |amount: Money| self.money(amount, currency);
        match *refusal {
            PromiseRefusal::PaidInAdvance => self.refusal_promise_paid_in_advance().to_owned(),
            PromiseRefusal::FundedByRound => self.refusal_promise_by_round().to_owned(),
            PromiseRefusal::RoundClosed => self.refusal_promise_round_closed().to_owned(),
            PromiseRefusal::Stale { seen, now } => self.refusal_stale(money(now), money(seen)),
            PromiseRefusal::Used { used } => self.refusal_promise_used(money(used)),
            PromiseRefusal::SharedOut => self.refusal_promise_shared_out().to_owned(),
            PromiseRefusal::Funding(ref refusal) => self.funding_refusal(refusal, currency),
        }
    }

    /// Why a pot doesn't change how it holds money.
    #[must_use]
    pub fn mode_refusal(&self, refusal: ModeRefusal) -> &'static str {
        match refusal {
            ModeRefusal::Posted => self.refusal_mode_posted(),
        }
    }

    /// What seems to be recorded already.
    #[must_use]
    pub fn twin_refusal(&self, twin: &Twin, currency: Currency) -> String {
        let (amount, day) = (self.money(twin.amount, currency), self.date(twin.recorded_on));
        self.contributions_twin(amount, day, twin.seq)
    }

    /// Why something about a call for funds is refused.
    #[must_use]
    pub fn call_refusal(&self, refusal: &CallRefusal, currency: Currency) -> String {
        match *refusal {
            CallRefusal::NotAwaited(state) => self.refusal_call_not_awaited(self.call_state_name(state)),
            CallRefusal::OverRest { rest } => self.refusal_call_over_rest(self.money(rest, currency)),
            CallRefusal::NotOverdue(date) => self.refusal_call_not_overdue(self.date(date)),
            CallRefusal::OwnCall => self.refusal_call_own().to_owned(),
            CallRefusal::OtherMode => self.refusal_call_other_mode().to_owned(),
            CallRefusal::AlreadyUndone => self.refusal_call_undone().to_owned(),
            CallRefusal::TooLate => self.refusal_call_too_late().to_owned(),
            CallRefusal::Gone { missing } => self.refusal_call_gone(self.money(missing, currency)),
            CallRefusal::PaidBack => self.refusal_call_paid_back().to_owned(),
            CallRefusal::FromPool => self.refusal_call_from_pool().to_owned(),
            CallRefusal::OwnPayment => self.refusal_call_own_payment().to_owned(),
            CallRefusal::Twin(twin) => self.twin_refusal(&twin, currency),
        }
    }
}
