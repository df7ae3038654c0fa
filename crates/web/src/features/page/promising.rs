//! What an organisation promises to a feature of a direct or pledge pot, and the forms with which it does.

use app::promises::page::MyPromise;
use domain::Money;
use domain::features::State as Stage;
use domain::promises::PromiseKind;
use store::promises::Promise;
use words::Words;

use super::Maker;
use crate::extract::FormData;
use crate::features::promise::{Asks, Promising};
use crate::layout::{Form, Frame};
use crate::place::new_key;

/// What the form holds before anybody types.
pub(super) fn stored(t: Words, mine: &MyPromise, stage: Stage, currency: domain::Currency) -> FormData {
    // What is added to a triggered feature is asked for alone.
    if stage.is_triggered() {
        return FormData::default();
    }
    let kind = match &mine.promise {
        Some(promise) => promise.kind,
        None if mine.closed.is_some() => PromiseKind::Intention,
        None => PromiseKind::Firm,
    };
    let amount = mine.promise.as_ref().map(|promise| t.money_field(promise.amount, currency));
    let day = mine.promise.as_ref().and_then(|promise| promise.subject_to);
    FormData::of([
        ("kind", kind.as_str().to_owned()),
        ("amount", amount.unwrap_or_default()),
        ("subject_to", day.map(|day| day.to_string()).unwrap_or_default()),
    ])
}

impl Maker<'_> {
    /// The promise of the organisation acted for, unless there is nothing that it could do.
    pub(super) fn promising(&self, frame: &Frame, form: &Form, mine: &MyPromise) -> Option<Promising> {
        let (t, triggered) = (self.t, self.page.feature.state.is_triggered());
        let promise = mine.promise.as_ref();
        let free = !triggered && self.page.feature.confirming_since.is_none();
        let asks = self.asks_promise(mine);
        let standing = promise.map(|promise| self.standing(promise));
        if asks.is_none() && standing.is_none() {
            return None;
        }
        let conditional = promise.filter(|promise| promise.kind == PromiseKind::Conditional);
        let lift = conditional.filter(|_| mine.closed.is_none());
        Some(Promising {
            t,
            form: form.clone(),
            action: self.part("promise"),
            key: new_key(self.state),
            seen: mine.firm().minor().to_string(),
            acts_as: self.desk.acting_for.or(frame.acts_as).map(|organisation| organisation.to_string()),
            lift: lift.map(|promise| t.money_field(promise.amount, self.currency())),
            take_back: promise.is_some() && free && (mine.closed.is_none() || mine.firm().is_zero()),
            closed: self.promise_closed(mine),
            standing,
            asks,
        })
    }

    /// Why nothing firm moves today, where the organisation might expect it to.
    fn promise_closed(&self, mine: &MyPromise) -> Option<String> {
        let feature = &self.page.feature;
        let takes = feature.state == Stage::Funding || feature.state.is_triggered();
        let why = mine.closed.filter(|_| takes && feature.confirming_since.is_none())?;
        Some(self.t.funding_refusal(&why, self.currency()))
    }

    fn standing(&self, promise: &Promise) -> String {
        let t = self.t;
        let amount = t.money(promise.amount, self.currency());
        match (promise.kind, promise.subject_to) {
            (PromiseKind::Firm, _) if self.page.feature.state.is_triggered() => {
                t.promise_is_bound(t.money(promise.firm, self.currency()))
            }
            (PromiseKind::Firm, _) => t.promise_is_firm(amount),
            (PromiseKind::Conditional, Some(day)) => {
                t.promise_is_conditional(amount, t.date_near(day, self.desk.place.today))
            }
            (PromiseKind::Conditional | PromiseKind::Intention, _) => t.promise_is_intended(amount),
        }
    }

    fn asks_promise(&self, mine: &MyPromise) -> Option<Asks> {
        let (t, feature) = (self.t, &self.page.feature);
        if feature.confirming_since.is_some() {
            return None;
        }
        let unit = t.currency_sign(self.currency());
        let more = mine.most.less(mine.firm());
        if feature.state.is_triggered() {
            let open = mine.closed.is_none() && more.is_positive();
            return open.then(|| Asks {
                adds: true,
                firm: true,
                label: t.promise_ask_more(),
                hint: t.promise_ask_more_hint(self.short(more)),
                unit,
                button: t.promise_add(),
            });
        }
        let firm = mine.closed.is_none();
        if !firm && !feature.state.is_before_funding() {
            return None;
        }
        let hint = match firm && mine.most.is_positive() {
            true => t.promise_ask_hint(self.short(mine.most)),
            false => String::new(),
        };
        let button = if mine.promise.is_some() { t.promise_change() } else { t.promise_make() };
        Some(Asks { adds: false, firm, label: t.promise_ask(), hint, unit, button })
    }

    /// Where members see who is called.
    pub(super) fn calls(&self) -> Option<(String, String)> {
        let list = self.state.paths.of(self.desk.slug(), "calls");
        let text = self.t.calls_see(self.desk.pot.fund_mode.as_str());
        self.desk.is_member().then(|| (format!("{list}?feature={}", self.number), text))
    }

    /// What came in of what is called, where it is triggered.
    pub(super) fn called(&self) -> Option<String> {
        let levels = &self.page.levels;
        let total = levels.received.plus(levels.firm).unwrap_or(Money::MAX_ENTRY);
        let triggered = self.is_promised() && self.page.feature.state.is_triggered();
        triggered.then(|| self.t.promise_received_of(self.short(total), self.short(levels.received)))
    }
}
