//! Random steps of the work on features, taken between the steps of both walks over the money.

use domain::reports::Outcome;
use popote_app::work::{
    late_if_due,
    objections::{object, withdraw_objection},
    reports::{Decision, NewReport, accept_if_due, decide, report},
};

use super::*;
use crate::funding::walk::Dice;

/// The work of a walk, with a chance of its own.
pub(in crate::funding) struct Work {
    dice: Dice,
    invoices: Vec<InvoiceId>,
    written: u32,
    /// How many steps did something, by kind.
    pub(in crate::funding) did: BTreeMap<&'static str, u32>,
}

/// Rules whose windows are short enough for a walk.
pub(in crate::funding) fn hurried(mut rules: Rules) -> Rules {
    rules.calendar = domain::rules::Calendar::ANY_DAY;
    rules.delays.accepting = 3;
    rules.delays.steward_answer = 3;
    rules.delays.building = 5;
    rules
}

impl Work {
    pub(in crate::funding) fn new(seed: u64) -> Self {
        Self { dice: Dice(seed), invoices: Vec::new(), written: 0, did: BTreeMap::new() }
    }

    fn did<T, R: std::fmt::Debug>(&mut self, what: &'static str, done: Result<T, Failure<R>>) -> Option<T> {
        match done {
            Ok(done) => {
                *self.did.entry(what).or_default() += 1;
                Some(done)
            }
            Err(Failure::Fault(fault)) => panic!("{what}: {fault}"),
            Err(Failure::Busy) => panic!("{what}: busy"),
            Err(_) => None,
        }
    }

    async fn one_being_built(&mut self, world: &World, features: &[FeatureId]) -> Option<FeatureId> {
        let mut built = Vec::new();
        for id in features.iter().rev().take(12) {
            if state(world, *id).await == State::Building {
                built.push(*id);
            }
        }
        (!built.is_empty()).then(|| built[self.dice.place(built.len())])
    }

    fn an_invoice(&mut self) -> Option<InvoiceId> {
        let recent = self.invoices.len().min(6);
        (recent > 0).then(|| self.invoices[self.invoices.len() - recent + self.dice.place(recent)])
    }

    pub(in crate::funding) async fn step(&mut self, world: &World, town: &Grown, features: &[FeatureId]) {
        let roll = self.dice.below(14);
        if roll < 9 {
            self.invoice(world, town, features, roll).await;
        } else {
            self.end(world, town, features, roll).await;
        }
    }

    async fn invoice(&mut self, world: &World, town: &Grown, features: &[FeatureId], roll: u64) {
        let context = &world.context;
        if roll < 3 {
            let Some(id) = self.one_being_built(world, features).await else { return };
            let lead = feature(world, id).await.lead;
            let member = town.members.iter().find(|member| member.organisation == lead).unwrap();
            self.written += 1;
            let new = NewInvoice {
                dated_on: date(2025, 3, 3),
                ..invoice(&format!("{} {}", town.slug, self.written), self.dice.cents(3_000))
            };
            let done = enter(world, member.acting(), id, new).await;
            if let Some(answered) = self.did("enter", done) {
                self.invoices.push(answered.invoice);
            }
            return;
        }
        let Some(id) = self.an_invoice() else { return };
        let today = domain::rounds::day_of(world.now(), &jiff::tz::TimeZone::get("Europe/Paris").unwrap());
        let stands = row(world, id).await.state;
        if stands.is_pending() && self.dice.below(8) == 0 {
            let done = refuse_invoice(context, town.admin(), id, "non").await;
            self.did("refuse", done);
            return;
        }
        match stands {
            InvoiceState::Entered => {
                for place in 0..3 {
                    let done = approve_invoice(context, town.member(place).acting(), id).await;
                    self.did("approve", done);
                }
            }
            InvoiceState::Approved => {
                let done = authorise_invoice(context, town.admin(), id).await;
                self.did("authorise", done);
            }
            InvoiceState::Authorised if self.dice.below(3) == 0 => {
                let done = refuse_invoice(context, town.admin(), id, "plus due").await;
                self.did("take back", done);
            }
            InvoiceState::Authorised if self.dice.below(4) == 0 => {
                let invoice = row(world, id).await;
                let lead = feature(world, invoice.feature).await.lead;
                let member = town.members.iter().find(|member| member.organisation == lead).unwrap();
                let (acting, session) = (member.acting(), Session::begun(member.person, world.now()));
                let done =
                    correct_invoice(context, &session, acting, id, "Atelier Libre", IBAN, "autre compte")
                        .await;
                self.did("correct", done);
            }
            InvoiceState::Paid | InvoiceState::Settled if self.dice.below(3) == 0 => {
                let done = bounce_payment(context, town.admin(), id, today, "revenu").await;
                self.did("bounce", done);
            }
            InvoiceState::Paid => {
                let done = settle_payment(context, town.admin(), id, today, "").await;
                self.did("settle", done);
            }
            _ => {
                let done = pay_invoice(context, town.admin(), id, today, "", None).await;
                self.did("pay", done);
            }
        }
    }

    async fn end(&mut self, world: &World, town: &Grown, features: &[FeatureId], roll: u64) {
        let context = &world.context;
        for id in features.iter().rev().take(12) {
            let done = late_if_due(context, *id).await;
            self.did("late", done);
            for one in store::work::reports(&mut world.read().await, *id, 1).await.unwrap() {
                let done = accept_if_due(context, one.id).await;
                self.did("accept", done);
            }
            if matches!(
                state(world, *id).await,
                State::Delivered | State::ClosedPartial | State::ClosedFailed
            ) {
                *self.did.entry("ended").or_default() += 1;
            }
        }
        let Some(id) = self.one_being_built(world, features).await else { return };
        let lead = feature(world, id).await.lead;
        match roll {
            9 | 10 => {
                let member = town.members.iter().find(|member| member.organisation == lead).unwrap();
                let new = NewReport { body: "fait".to_owned(), link: String::new() };
                let done = report(context, member.acting(), id, new).await;
                self.did("report", done);
            }
            11 | 12 => {
                for place in 0..3 {
                    let done = object(context, town.member(place).acting(), id, "non").await;
                    self.did("object", done);
                }
                if self.dice.below(4) == 0 {
                    let done = withdraw_objection(context, town.member(2).acting(), id).await;
                    self.did("withdraw", done);
                }
            }
            _ => {
                let outcome = Outcome::ALL[1 + self.dice.place(3)];
                let done = decide(context, town.admin(), id, Decision::Ends(outcome), "voilà").await;
                self.did("decide", done);
            }
        }
    }
}
