//! A random walk over promises and calls in direct and pledge pots; every invariant holds after each step.

use domain::{
    features::Ending,
    rules::{RefundPolicy, TriggerMode},
    shares::OwnGoesTo,
};
use jiff::{SignedDuration, ToSpan as _};
use popote_app::{
    closings::{cancel_feature, close_if_due, close_round_if_due},
    departures::HowToLeave,
    fund_calls::unpaid_if_due,
    triggers::{confirm_if_due, confirm_trigger},
};
use testkit::{World, on_both};

use super::*;
use crate::funding::{
    new_terms::Changes,
    walk::Dice,
    work::walk::{Work, hurried},
};
use crate::seeds;

struct Walk {
    world: World,
    town: Grown,
    dice: Dice,
    mode: FundMode,
    rounds: Vec<RoundId>,
    features: Vec<FeatureId>,
    left: bool,
    /// How many steps did something, by kind: a walk in which everything is refused proves nothing.
    did: BTreeMap<&'static str, u32>,
}

impl Walk {
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

    async fn step(&mut self) {
        match self.dice.below(22) {
            0 | 1 => self.open().await,
            20 => self.take_back().await,
            21 => self.leave().await,
            2 | 3 => self.propose().await,
            4..=7 => self.promise().await,
            8..=10 => self.allocate().await,
            11 | 12 => self.pay().await,
            13..=16 => self.cover().await,
            17 => {
                if self.dice.below(3) == 0
                    && let Some(id) = self.one()
                {
                    let done =
                        cancel_feature(&self.world.context, self.town.admin(), id, Ending::Overtaken, "non")
                            .await;
                    self.did("cancel", done);
                } else if let Some(id) = self.one() {
                    let done = confirm_trigger(&self.world.context, self.town.admin(), id).await;
                    self.did("confirm", done);
                }
            }
            _ => self.wait().await,
        }
    }

    fn one(&mut self) -> Option<FeatureId> {
        if self.features.is_empty() {
            return None;
        }
        let recent = self.features.len().min(8);
        let at = self.features.len() - recent + self.dice.place(recent);
        Some(self.features[at])
    }

    /// A feature that takes promises of its own, or one of a round, that hasn't ended: found in a few tries or not.
    async fn living(&mut self, outside: bool) -> Option<FeatureId> {
        for _ in 0..8 {
            let id = self.one()?;
            let row = feature(&self.world, id).await;
            if row.outside_rounds == outside && !row.state.is_end() {
                return Some(id);
            }
        }
        None
    }

    fn today(&self) -> Date {
        domain::rounds::day_of(self.world.now(), &jiff::tz::TimeZone::get("Europe/Paris").unwrap())
    }

    async fn open(&mut self) {
        let today = self.today();
        let days = i64::try_from(self.dice.below(40)).unwrap();
        let promises = if self.dice.below(2) == 0 { PromiseRule::Shared } else { PromiseRule::AsPutIn };
        let plan = RoundPlan {
            opens_on: today,
            closes_on: today.saturating_add((days + 5).days()),
            promises,
            ..plan()
        };
        let done = open_round(&self.world.context, self.town.admin(), self.town.pot, plan).await;
        if let Some(opened) = self.did("open", done) {
            self.rounds.push(opened.round);
            for place in 0..4 {
                let cents = self.dice.cents(20_000);
                let wish = firm(PromiseOn::Round(opened.round), 0, cents);
                let done = promise(&self.world, &self.town, place, wish).await;
                self.did("promise_round", done);
            }
            self.distribute().await;
        }
    }

    async fn distribute(&mut self) {
        let Some(round) = self.rounds.last().copied() else { return };
        let (context, admin) = (self.world.context.clone(), self.town.admin());
        let preview = preview_distribution(&context, &admin, round, &Asked::default()).await;
        let Some(preview) = self.did("preview", preview) else { return };
        let digest = preview.digest();
        let done = confirm_distribution(&context, admin, round, Asked::default(), &digest).await;
        self.did("distribute", done);
    }

    async fn propose(&mut self) {
        let floor = self.dice.cents(6_000);
        let maximum = floor + self.dice.cents(8_000);
        let days = i64::try_from(self.dice.below(30)).unwrap() + 3;
        let proposal = Proposal {
            closing_on: self.today().saturating_add(days.days()),
            place: if self.dice.below(2) == 0 { Place::Outside } else { Place::Round },
            ..proposal(floor, maximum)
        };
        let acting = self.town.member(self.dice.place(4)).acting();
        let new = NewFeature { proposal, track: None, needs: Vec::new() };
        let done = propose_feature(&self.world.context, acting, self.town.pot, new).await;
        if let Some(proposed) = self.did("propose", done) {
            self.features.push(proposed.feature);
        }
    }

    async fn promise(&mut self) {
        let place = self.dice.place(4);
        let Some(id) = self.living(true).await else { return };
        let on = match (self.dice.below(4), self.rounds.last().copied()) {
            (0, Some(round)) => PromiseOn::Round(round),
            _ => PromiseOn::Feature(id),
        };
        let organisation = self.town.member(place).organisation;
        let standing = store::promises::of(&mut self.world.read().await, on, organisation).await.unwrap();
        let seen = standing.map_or(0, |promise| promise.firm.minor());
        let amount = match self.dice.below(4) {
            0 => seen / 2,
            _ => seen + self.dice.cents(5_000),
        };
        let done = promise(&self.world, &self.town, place, firm(on, seen, amount)).await;
        if let Some(promised) = self.did("promise", done) {
            *self.did.entry("triggered").or_default() += u32::from(promised.triggered);
        }
    }

    async fn allocate(&mut self) {
        let place = self.dice.place(4);
        let Some(id) = self.living(false).await else { return };
        let organisation = self.town.member(place).organisation;
        let allocated = Account::RightAllocated(organisation, id);
        let seen = match feature(&self.world, id).await.state.is_triggered() {
            true => {
                let mut tx = self.world.read().await;
                store::promises::bound(&mut tx, id, organisation).await.unwrap().minor()
            }
            false => right(&self.world, &self.town, allocated).await,
        };
        let left = right(&self.world, &self.town, Account::Right(organisation)).await;
        let wanted = match self.dice.below(4) {
            0 => seen / 2,
            1 => seen + self.dice.cents(9_000),
            _ => seen + left.min(self.dice.cents(6_000)),
        };
        let done = put(&self.world, &self.town, place, &[wish(id, seen, wanted)]).await;
        if let Some(saved) = self.did("allocate", done) {
            *self.did.entry("triggered").or_default() += u32::try_from(saved.triggered.len()).unwrap();
        }
    }

    /// One of the newest calls, more often one that awaits money.
    async fn any_call(&mut self) -> Option<FundCall> {
        let mut tx = self.world.read().await;
        let mut listed =
            store::fund_calls::list(&mut tx, Which::Pot(self.town.pot), i64::MAX, 12).await.unwrap();
        drop(tx);
        if self.dice.below(4) > 0 && listed.iter().any(|one| one.state.is_awaited()) {
            listed.retain(|one| one.state.is_awaited());
        }
        if listed.is_empty() {
            return None;
        }
        let id = listed[self.dice.place(listed.len())].id;
        Some(call(&self.world, id).await)
    }

    async fn pay(&mut self) {
        let Some(call) = self.any_call().await else { return };
        let cents = match self.dice.below(5) {
            0 => call.rest().minor().max(1),
            1 => call.amount.minor() + self.dice.cents(500),
            _ => self.dice.cents(1_500),
        };
        match self.mode {
            FundMode::Direct => {
                let today = self.today();
                let done = confirm_received(
                    &self.world.context,
                    self.town.admin(),
                    call.id,
                    Money::new(cents),
                    today,
                )
                .await;
                self.did("pay", done);
            }
            _ => {
                let new = NewCallPayment {
                    amount: Money::new(cents),
                    received_on: self.today(),
                    reference: String::new(),
                    proof: None,
                    another: true,
                };
                let done = record_call_payment(&self.world.context, self.town.admin(), call.id, new).await;
                if let Some(paid) = self.did("pay", done) {
                    *self.did.entry("late").or_default() += u32::from(paid.late.is_positive());
                    *self.did.entry("excess").or_default() += u32::from(paid.excess.is_positive());
                }
            }
        }
    }

    async fn cover(&mut self) {
        let mut tx = self.world.read().await;
        let listed = store::fund_calls::list(&mut tx, Which::Pot(self.town.pot), i64::MAX, 30).await.unwrap();
        drop(tx);
        let Some(unpaid) = listed.into_iter().find(|one| one.state == CallState::Unpaid) else { return };
        let call = call(&self.world, unpaid.id).await;
        let place = self.dice.place(4);
        let cents = call.rest().minor().min(self.dice.cents(4_000)).max(1);
        let acting = self.town.member(place).acting();
        let done = cover_call(&self.world.context, acting, call.id, Money::new(cents)).await;
        self.did("cover", done);
    }

    /// Something received is taken back.
    async fn take_back(&mut self) {
        let Some(call) = self.any_call().await else { return };
        let mut tx = self.world.read().await;
        let receipts = store::fund_calls::receipts(&mut tx, call.id, 50).await.unwrap();
        drop(tx);
        let Some(receipt) = receipts.last() else { return };
        let done = undo_received(&self.world.context, self.town.admin(), call.id, receipt.id).await;
        self.did("take_back", done);
    }

    /// The last member leaves when enough has happened, and may leave what it put on features there.
    async fn leave(&mut self) {
        if self.left || self.did.values().sum::<u32>() < 150 {
            return;
        }
        let decision = decide(&self.world, &self.town, Some(3)).await;
        let own = if self.dice.below(2) == 0 { OwnGoesTo::RefundDue } else { OwnGoesTo::PoolCommon };
        let how =
            HowToLeave { decision: Some(decision), own, stays: self.dice.below(2) == 0, confirmed: true };
        let organisation = self.town.member(3).organisation;
        let context = &self.world.context;
        let done = depart(context, self.town.admin(), self.town.id, organisation, how).await;
        self.left = self.did("leave", done).is_some();
    }

    /// Time passes, and the jobs that fall due run.
    async fn wait(&mut self) {
        let hours = i64::try_from(self.dice.below(24 * 5)).unwrap();
        self.world.wait(SignedDuration::from_hours(hours));
        for id in self.features.iter().rev().take(10).copied().collect::<Vec<_>>() {
            let done = close_if_due(&self.world.context, id).await;
            self.did("close", done);
            let done = confirm_if_due(&self.world.context, id).await;
            if feature(&self.world, id).await.confirming_since.is_none() {
                self.did("silence", done);
            }
            for call in calls(&self.world, id).await {
                let done = unpaid_if_due(&self.world.context, call.id).await;
                self.did("due", done);
                if self::call(&self.world, call.id).await.state == CallState::Unpaid {
                    *self.did.entry("unpaid").or_default() += 1;
                }
            }
        }
        if let Some(round) = self.rounds.last().copied() {
            let done = close_round_if_due(&self.world.context, round).await;
            self.did("close_round", done);
        }
    }
}

async fn every_invariant_holds_after_each_step(world: World) {
    let mut did: BTreeMap<&str, u32> = BTreeMap::new();
    for (seed, mode) in [(21, FundMode::Direct), (22, FundMode::Pledge), (23, FundMode::Pledge)] {
        let mut rules = Rules { trigger: TriggerMode::AtOnce, refunds: RefundPolicy::ByDecision, ..plain() };
        rules.delays.payment = 4;
        rules.delays.terms = 1;
        let rules = hurried(rules);
        let names = ["Yaal", "ARN", "Girofle", "Nuage"].map(|name| format!("{name} {seed}"));
        let town = world.collective_with(mode, rules, &[&names[0], &names[1], &names[2], &names[3]]).await;
        let mut walk = Walk {
            world: world.clone(),
            town,
            dice: Dice(seeds::of(seed)),
            mode,
            rounds: Vec::new(),
            features: Vec::new(),
            left: false,
            did: BTreeMap::new(),
        };
        let mut work = Work::new(seeds::of(seed));
        let mut terms = Changes::new(seeds::of(seed));
        for _ in 0..200 {
            walk.step().await;
            sound(&world, &walk.town).await;
            work.step(&world, &walk.town, &walk.features).await;
            terms.step(&world, &walk.town, &walk.features).await;
            sound(&world, &walk.town).await;
        }
        *did.entry("terms").or_default() += terms.announced;
        for (what, times) in walk.did.into_iter().chain(work.did) {
            *did.entry(what).or_default() += times;
        }
    }
    if seeds::asked().is_some() {
        return;
    }
    for what in [
        "open",
        "distribute",
        "promise",
        "allocate",
        "pay",
        "triggered",
        "unpaid",
        "cover",
        "late",
        "excess",
        "take_back",
        "leave",
        "terms",
    ] {
        assert!(did.get(what).is_some_and(|times| *times > 1), "{what}: {did:?}");
    }
}

on_both![every_invariant_holds_after_each_step];
