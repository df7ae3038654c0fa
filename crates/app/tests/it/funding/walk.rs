//! A random walk over everything that the main job does; every invariant holds after each step.

use domain::{
    features::Ending,
    rules::{Delays, RefundPolicy, TriggerMode},
    shares::OwnGoesTo,
};
use jiff::{SignedDuration, ToSpan as _};
use popote_app::{
    closings::{Closed, cancel_feature, close_if_due, close_round_if_due},
    departures::HowToLeave,
    rounds::page::my_share,
    triggers::{confirm_if_due, confirm_trigger},
};
use testkit::{World, on_both};

use super::{
    new_terms::Changes,
    work::walk::{Work, hurried},
    *,
};
use crate::seeds;

/// Numbers that look like chance and come back the same.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    pub(super) fn cents(&mut self, most: u64) -> i64 {
        i64::try_from(self.below(most)).unwrap() + 1
    }

    pub(super) fn place(&mut self, of: usize) -> usize {
        usize::try_from(self.below(of as u64)).unwrap()
    }
}

struct Walk {
    world: World,
    town: Grown,
    dice: Dice,
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
        let round = store::rounds::open(&mut self.world.read().await, self.town.pot).await.unwrap();
        if round.is_none() && self.dice.below(2) == 0 {
            self.open().await;
            self.distribute().await;
        }
        match self.dice.below(20) {
            0 | 1 => {
                let place = self.dice.place(4);
                if !(self.left && place == 3) {
                    let cents = self.dice.cents(30_000);
                    pay(&self.world, &self.town, place, cents).await;
                }
            }
            2 => {
                let earmark = match self.dice.below(2) {
                    0 => self.features.last().copied(),
                    _ => None,
                };
                let cents = self.dice.cents(9_000);
                give(&self.world, &self.town, cents, earmark).await;
            }
            3 => self.distribute().await,
            4..=6 => self.propose().await,
            7..=14 => self.allocate().await,
            15 => self.cancel().await,
            16 => {
                if let Some(id) = self.one() {
                    let done = confirm_trigger(&self.world.context, self.town.admin(), id).await;
                    self.did("confirm", done);
                }
            }
            17 | 18 => self.wait().await,
            _ => self.leave().await,
        }
    }

    fn one(&mut self) -> Option<FeatureId> {
        if self.features.is_empty() {
            return None;
        }
        let recent = self.features.len().min(6);
        let at = self.features.len() - recent + self.dice.place(recent);
        Some(self.features[at])
    }

    fn today(&self) -> Date {
        domain::rounds::day_of(self.world.now(), &jiff::tz::TimeZone::get("Europe/Paris").unwrap())
    }

    async fn open(&mut self) {
        let today = self.today();
        let days = i64::try_from(self.dice.below(20)).unwrap();
        let plan = RoundPlan {
            opens_on: today,
            closes_on: today.saturating_add((days + 2).days()),
            lapse: self.dice.below(2) == 0,
            cap: (self.dice.below(3) == 0).then_some(Money::new(6_000)),
            ..plan()
        };
        let done = open_round(&self.world.context, self.town.admin(), self.town.pot, plan).await;
        if let Some(opened) = self.did("open", done) {
            self.rounds.push(opened.round);
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
        let floor = self.dice.cents(7_000);
        let maximum = floor + self.dice.cents(8_000);
        let days = i64::try_from(self.dice.below(9)).unwrap();
        let proposal = Proposal {
            closing_on: self.today().saturating_add(days.days()),
            place: if self.dice.below(3) == 0 { Place::Outside } else { Place::Round },
            worker: "Atelier Libre".to_owned(),
            ..proposal(floor, maximum)
        };
        let acting = self.town.member(self.dice.place(3)).acting();
        let new = NewFeature { proposal, track: None, needs: Vec::new() };
        let done = propose_feature(&self.world.context, acting, self.town.pot, new).await;
        if let Some(proposed) = self.did("propose", done) {
            self.features.push(proposed.feature);
        }
    }

    async fn allocate(&mut self) {
        let place = self.dice.place(4);
        let organisation = self.town.member(place).organisation;
        let mut tx = self.world.read().await;
        let mine = my_share(&mut tx, (self.town.pot, domain::pot::FundMode::Own), None, organisation)
            .await
            .unwrap()
            .holdings;
        drop(tx);
        let mut wishes: Vec<Wish> = Vec::new();
        for _ in 0..=self.dice.below(2) {
            let Some(id) = self.one() else { return };
            if wishes.iter().any(|wish| wish.feature == id) {
                continue;
            }
            let seen = mine.on(id);
            let wanted = match self.dice.below(4) {
                0 => seen.minor() / 2,
                1 => seen.minor() + self.dice.cents(9_000),
                _ => seen.minor() + mine.left().minor().min(self.dice.cents(5_000)),
            };
            wishes.push(Wish { feature: id, seen, wanted: Money::new(wanted) });
        }
        let done = put(&self.world, &self.town, place, &wishes).await;
        if let Some(saved) = self.did("allocate", done) {
            *self.did.entry("triggered").or_default() += u32::try_from(saved.triggered.len()).unwrap();
        }
    }

    async fn cancel(&mut self) {
        let Some(id) = self.one() else { return };
        let done = cancel_feature(&self.world.context, self.town.admin(), id, Ending::Overtaken, "non").await;
        self.did("cancel", done);
    }

    /// Time passes, and the jobs that fall due run.
    async fn wait(&mut self) {
        let hours = i64::try_from(self.dice.below(72)).unwrap();
        self.world.wait(SignedDuration::from_hours(hours));
        for id in self.features.clone() {
            let done = close_if_due(&self.world.context, id).await;
            match self.did("close", done) {
                Some(Closed::Triggered) => *self.did.entry("triggered").or_default() += 1,
                Some(Closed::NotFunded(amount)) if amount.is_positive() => {
                    *self.did.entry("not_funded").or_default() += 1;
                }
                _ => {}
            }
            let due =
                store::deadlines::waiting(&mut self.world.read().await, id.0, popote_app::triggers::CONFIRM)
                    .await
                    .unwrap();
            if due.is_some_and(|due| due <= self.world.now()) {
                let done = confirm_if_due(&self.world.context, id).await;
                self.did("silence", done);
                *self.did.entry("triggered").or_default() += 1;
            }
        }
        for round in self.rounds.clone() {
            let done = close_round_if_due(&self.world.context, round).await;
            self.did("close_round", done);
        }
    }

    async fn leave(&mut self) {
        if self.left || self.did.values().sum::<u32>() < 120 {
            return;
        }
        let decision = decide(&self.world, &self.town, Some(3)).await;
        let how = HowToLeave {
            decision: Some(decision),
            own: OwnGoesTo::RefundDue,
            stays: self.dice.below(2) == 0,
            confirmed: true,
        };
        let organisation = self.town.member(3).organisation;
        let done = depart(&self.world.context, self.town.admin(), self.town.id, organisation, how).await;
        if self.did("leave", done).is_some() {
            self.left = true;
        }
    }
}

async fn every_invariant_holds_after_each_step(world: World) {
    let mut over_seeds: BTreeMap<&str, u32> = BTreeMap::new();
    for (seed, trigger) in [(11, TriggerMode::AtOnce), (12, TriggerMode::Confirmed { days: 3 })] {
        let rules = Rules { trigger, refunds: RefundPolicy::ByDecision, reserve_per_mille: 15, ..plain() };
        let rules = Rules { delays: Delays { terms: 1, ..rules.delays }, ..rules };
        let rules = hurried(rules);
        let names = ["Yaal", "ARN", "Girofle", "Nuage"].map(|name| format!("{name} {seed}"));
        let town = world.collective(rules, &[&names[0], &names[1], &names[2], &names[3]]).await;
        let mut walk = Walk {
            world: world.clone(),
            town,
            dice: Dice(seeds::of(seed)),
            rounds: Vec::new(),
            features: Vec::new(),
            left: false,
            did: BTreeMap::new(),
        };
        let mut work = Work::new(seeds::of(seed));
        let mut terms = Changes::new(seeds::of(seed));
        for _ in 0..300 {
            walk.step().await;
            sound(&world, &walk.town).await;
            work.step(&world, &walk.town, &walk.features).await;
            terms.step(&world, &walk.town, &walk.features).await;
            sound(&world, &walk.town).await;
        }
        // On another way than the usual some may not be met.
        if seeds::asked().is_none() {
            for what in ["enter", "approve", "authorise", "refuse", "report", "object"] {
                assert!(work.did.get(what).is_some_and(|times| *times > 1), "{what}: {:?}", work.did);
            }
            for what in ["open", "distribute", "propose", "allocate", "cancel", "triggered", "not_funded"] {
                assert!(walk.did.get(what).is_some_and(|times| *times > 1), "{what}: {:?}", walk.did);
            }
        }
        *over_seeds.entry("terms").or_default() += terms.announced;
        for (what, times) in work.did {
            *over_seeds.entry(what).or_default() += times;
        }
    }
    if seeds::asked().is_some() {
        return;
    }
    // These are rare: the seeds count together.
    for what in ["pay", "take back", "correct", "ended", "terms"] {
        assert!(over_seeds.get(what).is_some_and(|times| *times > 1), "{what}: {over_seeds:?}");
    }
}

on_both![every_invariant_holds_after_each_step];
