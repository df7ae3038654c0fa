//! A walk at random over the kinds of postings: after each step the balances are those of a model that knows nothing
//! of the database, and every invariant holds. Seeds are printed with what fails; `POPOTE_WALK_SEED` and
//! `POPOTE_WALK_STEPS` walk elsewhere and further.

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind as A, Book, Creditor, Draft, Money, PostingKind as P, Source, Transfer,
    features::{MOVED, Moved, State, Track},
    ids::{
        BankAccountId, ContractId, DecisionId, FeatureId, GiftFundId, MilestoneId, OrganisationId, PostingId,
        SoftwareId,
    },
    posting::{Actor, Reason},
};
use jiff::{SignedDuration, civil::date};
use store::{Tx, decisions::DecisionRow, events::Event, features::Feature, journal::PostError, sqlx};
use testkit::{Grown, World, on_both};
use uuid::Uuid;

use super::{Unposted, balances, broken, draft, organisation, person, post, town};

/// A small generator of numbers (`SplitMix64`), so that a seed is all that a run needs to be repeated.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.below(from.len())]) }
    }

    /// Up to `most`; one time in twelve more than that, which has to be refused.
    fn amount(&mut self, most: i64) -> i64 {
        let most = most.max(1);
        if self.below(12) == 0 {
            most + 1
        } else {
            1 + i64::try_from(self.next() % most.unsigned_abs()).unwrap()
        }
    }
}

/// What every transfer asks of the accounts that it names.
struct Walk {
    dice: Dice,
    town: Grown,
    bank: BankAccountId,
    features: Vec<FeatureId>,
    fund: GiftFundId,
    round: domain::ids::RoundId,
    decision: DecisionId,
    held: BTreeMap<(Book, Account), i64>,
    /// What can be reversed: entries of reversible kinds that stand, with what would mirror them.
    standing: Vec<(PostingId, Book, P, Vec<Transfer>)>,
    triggered: Vec<FeatureId>,
    distributed: [bool; 2],
    allocated: bool,
    refused: usize,
    posted: BTreeMap<&'static str, usize>,
}

/// Every kind whose papers exist. `payment`, `settle`, `bounce` and `call_payment` ask for orders and calls, without
/// which `verify` rightly calls them breaches.
const KINDS: [P; 28] = [
    P::Contribution,
    P::Contribution,
    P::Contribution,
    P::Gift,
    P::Attribute,
    P::Promise,
    P::Promise,
    P::Unpromise,
    P::Distribution,
    P::Distribution,
    P::Allocate,
    P::Allocate,
    P::Allocate,
    P::Unallocate,
    P::Trigger,
    P::Add,
    P::TopUp,
    P::InvoiceDue,
    P::HostFee,
    P::Release,
    P::Lapse,
    P::Refund,
    P::GiftReturn,
    P::BankFee,
    P::Chargeback,
    P::Adjustment,
    P::SetAsideUse,
    P::Reversal,
];
const REST: [P; 5] = [P::AdvanceDue, P::MilestoneDue, P::Rebalance, P::Recovery, P::ScopingGrant];

impl Walk {
    /// Accounts of a book that hold something and are of a kind.
    fn with_money(&self, book: Book, kind: A) -> Vec<(Account, i64)> {
        let in_it = |((b, account), minor): (&(Book, Account), &i64)| {
            (*b == book && account.kind() == kind && *minor > 0).then_some((*account, *minor))
        };
        self.held.iter().filter_map(in_it).collect()
    }

    fn someone(&mut self) -> OrganisationId {
        let place = self.dice.below(self.town.members.len());
        organisation(&self.town, place)
    }

    /// A transfer out of an account of that kind to where `to` says.
    fn from(
        &mut self,
        book: Book,
        kind: A,
        to: impl Fn(&mut Self, Account) -> Option<Account>,
    ) -> Option<Vec<Transfer>> {
        let candidates = self.with_money(book, kind);
        let (from, minor) = self.dice.pick(&candidates)?;
        let to = to(self, from)?;
        let amount = self.dice.amount(minor);
        Some(vec![Transfer::new(from, to, Money::new(amount))])
    }

    fn funding(&self) -> Vec<FeatureId> {
        self.features.iter().copied().filter(|feature| !self.triggered.contains(feature)).collect()
    }

    /// The book and the transfers of a step, if the pot has what it needs.
    fn step(&mut self, kind: P) -> Option<(Book, Vec<Transfer>)> {
        let bank = Account::Bank(self.bank);
        let cash = |transfers| (Book::Cash, transfers);
        let some = 1 + i64::try_from(self.dice.below(9_000)).unwrap();
        let paid = |to| Some(cash(vec![Transfer::new(bank, to, Money::new(some))]));
        let who = self.someone();
        let fund = self.fund;
        match kind {
            P::Contribution if self.dice.below(4) == 0 => paid(Account::Unattributed),
            P::Contribution | P::Recovery => paid(Account::Pool(who)),
            P::Gift => paid(Account::Gift(fund)),
            P::Attribute => self.from(Book::Cash, A::Unattributed, |_, _| Some(Account::Pool(who))).map(cash),
            P::Promise | P::Unpromise => self.promise(kind, who, some),
            P::Distribution => self.distribution(),
            P::Allocate | P::Unallocate | P::Trigger | P::Add | P::TopUp => self.allocation(kind),
            P::InvoiceDue | P::AdvanceDue | P::MilestoneDue => {
                let due = Account::Payable(ContractId(Uuid::from_u128(1)), MilestoneId(Uuid::from_u128(2)));
                self.from(Book::Cash, A::Reserved, |_, _| Some(due)).map(cash)
            }
            P::HostFee => self
                .from(Book::Cash, A::Reserved, |_, from| from.feature().map(Account::HostFeeDue))
                .map(cash),
            P::Rebalance => self.rebalance(),
            P::Release => self.release(),
            P::Lapse => self
                .from(Book::Cash, A::Share, |_, from| match from {
                    Account::Share(who, Source::Own) => Some(Account::Pool(who)),
                    Account::Share(_, Source::Pooled) => Some(Account::PoolCommon),
                    Account::Share(_, Source::Gift(fund)) => Some(Account::Gift(fund)),
                    _ => None,
                })
                .map(cash),
            P::Refund => self
                .from(Book::Cash, A::Pool, |_, from| {
                    from.organisation().map(|who| Account::RefundDue(Creditor::Organisation(who)))
                })
                .map(cash),
            P::GiftReturn => self
                .from(Book::Cash, A::Gift, |_, _| Some(Account::RefundDue(Creditor::GiftFund(fund))))
                .map(cash),
            P::BankFee if self.dice.below(3) == 0 => {
                Some(cash(vec![Transfer::new(Account::Loss, bank, Money::new(3))]))
            }
            P::BankFee => self.from(Book::Cash, A::ReserveFund, |_, _| Some(bank)).map(cash),
            P::Chargeback => self.from(Book::Cash, A::Pool, |_, _| Some(bank)).map(cash),
            P::Adjustment => self.from(Book::Cash, A::PoolCommon, |_, _| Some(Account::Adjustment)).map(cash),
            P::SetAsideUse => self
                .from(Book::Cash, A::SetAside, |_, from| match from {
                    Account::SetAside(_, who, source) => Some(Account::Share(who, source)),
                    _ => None,
                })
                .map(cash),
            P::ScopingGrant => {
                let due = Account::Payable(ContractId(Uuid::from_u128(3)), MilestoneId(Uuid::from_u128(4)));
                self.from(Book::Cash, A::ReserveFund, |_, _| Some(due)).map(cash)
            }
            _ => None,
        }
    }

    fn promise(&mut self, kind: P, who: OrganisationId, some: i64) -> Option<(Book, Vec<Transfer>)> {
        if kind == P::Promise && self.dice.below(2) == 0 {
            let promised = Transfer::new(Account::Promised(who), Account::Pool(who), Money::new(some));
            return Some((Book::Promises, vec![promised]));
        }
        let pools = |walk: &mut Self, to: fn(OrganisationId) -> Account| {
            walk.from(Book::Promises, A::Pool, |_, from| from.organisation().map(to))
        };
        let moved =
            if kind == P::Promise { pools(self, Account::Right) } else { pools(self, Account::Promised) };
        moved.map(|transfers| (Book::Promises, transfers))
    }

    /// Once in each book: everything that the pools hold.
    fn distribution(&mut self) -> Option<(Book, Vec<Transfer>)> {
        let mut transfers = Vec::new();
        for (from, minor) in self.with_money(Book::Cash, A::Pool) {
            let (Some(owner), other) = (from.organisation(), self.someone()) else { continue };
            let source = if owner == other { Source::Own } else { Source::Pooled };
            let kept = minor / 50;
            let parts = [
                (Account::ReserveFund, kept),
                (Account::Share(other, source), minor / 3),
                (Account::Share(owner, Source::Own), minor / 3),
            ];
            for (to, part) in parts {
                if part > 0 && !transfers.iter().any(|t: &Transfer| t.from == from && t.to == to) {
                    transfers.push(Transfer::new(from, to, Money::new(part)));
                }
            }
        }
        for (from, minor) in self.with_money(Book::Cash, A::Gift) {
            let who = self.someone();
            transfers.push(Transfer::new(
                from,
                Account::Share(who, Source::Gift(self.fund)),
                Money::new(minor),
            ));
        }
        (!transfers.is_empty()).then_some((Book::Cash, transfers))
    }

    fn allocation(&mut self, kind: P) -> Option<(Book, Vec<Transfer>)> {
        let book = if self.dice.below(3) == 0 { Book::Promises } else { Book::Cash };
        let free = self.funding();
        let feature = if matches!(kind, P::Allocate) {
            self.dice.pick(&free)?
        } else {
            self.dice.pick(&self.features.clone())?
        };
        let bound = self.triggered.contains(&feature);
        let moved = match (kind, book) {
            (P::Allocate, Book::Cash) => self.from(book, A::Share, |_, from| match from {
                Account::Share(who, source) => Some(Account::Allocated(who, feature, source)),
                _ => None,
            }),
            (P::Allocate, Book::Promises) => self.from(book, A::Right, |_, from| {
                from.organisation().map(|who| Account::RightAllocated(who, feature))
            }),
            (P::Unallocate, Book::Cash) => self.from(book, A::Allocated, |_, from| match from {
                Account::Allocated(who, _, source) => Some(Account::Share(who, source)),
                _ => None,
            }),
            (P::Unallocate, Book::Promises) => {
                self.from(book, A::RightAllocated, |_, from| from.organisation().map(Account::Right))
            }
            (P::Add | P::TopUp, Book::Cash) if bound => self.from(book, A::Share, |_, from| match from {
                Account::Share(who, source) => Some(Account::Reserved(who, feature, source)),
                _ => None,
            }),
            (P::Add, Book::Promises) if bound => {
                self.from(book, A::Right, |_, _| Some(Account::Triggered(feature)))
            }
            (P::Trigger, _) if !bound => return self.trigger(feature),
            _ => None,
        };
        moved.map(|transfers| (book, transfers))
    }

    /// Everything that lies on a feature in the book of cash is bound; one with promises waits for another day.
    fn trigger(&mut self, feature: FeatureId) -> Option<(Book, Vec<Transfer>)> {
        let promised = self.with_money(Book::Promises, A::RightAllocated);
        if promised.iter().any(|(account, _)| account.feature() == Some(feature)) {
            return None;
        }
        let lying = self.with_money(Book::Cash, A::Allocated);
        let lying = lying.into_iter().filter(|(account, _)| account.feature() == Some(feature));
        let bound: Vec<Transfer> = lying
            .filter_map(|(from, minor)| match from {
                Account::Allocated(who, feature, source) => {
                    Some(Transfer::new(from, Account::Reserved(who, feature, source), Money::new(minor)))
                }
                _ => None,
            })
            .collect();
        (!bound.is_empty()).then_some((Book::Cash, bound))
    }

    fn rebalance(&mut self) -> Option<(Book, Vec<Transfer>)> {
        let own: Vec<(Account, i64)> = self.with_money(Book::Cash, A::Reserved);
        let own: Vec<_> =
            own.into_iter().filter(|(account, _)| account.source() == Some(Source::Own)).collect();
        let (from, minor) = self.dice.pick(&own)?;
        let others: Vec<Account> = own
            .iter()
            .map(|(to, _)| *to)
            .filter(|to| *to != from && to.feature() == from.feature())
            .collect();
        let to = self.dice.pick(&others)?;
        let amount = self.dice.amount(minor);
        Some((Book::Cash, vec![Transfer::new(from, to, Money::new(amount))]))
    }

    fn release(&mut self) -> Option<(Book, Vec<Transfer>)> {
        if self.dice.below(3) == 0 {
            let back =
                self.from(Book::Promises, A::Triggered, |walk, _| Some(Account::Promised(walk.someone())));
            return back.map(|transfers| (Book::Promises, transfers));
        }
        let aside = self.dice.below(2) == 0;
        let back = self.from(Book::Cash, A::Reserved, |_, from| match from {
            Account::Reserved(who, _, source) if aside => {
                Some(Account::SetAside(SoftwareId(Uuid::from_u128(6)), who, source))
            }
            Account::Reserved(_, _, Source::Gift(fund)) => Some(Account::Gift(fund)),
            Account::Reserved(who, _, source) => Some(Account::Share(who, source)),
            _ => None,
        });
        back.map(|transfers| (Book::Cash, transfers))
    }

    fn draft(&mut self, kind: P) -> Option<Draft> {
        if kind == P::Reversal {
            return self.reversal();
        }
        let (book, transfers) = self.step(kind)?;
        if kind == P::Distribution && (self.distributed[book as usize] || transfers.is_empty()) {
            return None;
        }
        let mut draft = draft(&self.town, book, kind, transfers);
        draft.decision = kind.asks_decision().then_some(self.decision);
        if matches!(kind, P::Distribution | P::Allocate) {
            draft.round = Some(self.round);
        }
        if self.dice.below(4) == 0 {
            draft.actor = Actor::System { job: "walk", rules_version: 1 };
            draft.reason = Some(Reason::Decided);
        }
        Some(draft)
    }

    /// The mirror of something that stands, unless money of it has gone on: that the database says itself.
    fn reversal(&mut self) -> Option<Draft> {
        let at = self.dice.below(self.standing.len());
        let (posting, book, kind, mirror) = self.standing.get(at)?.clone();
        if kind == P::Distribution && self.allocated {
            return None;
        }
        let mut draft = draft(&self.town, book, P::Reversal, mirror);
        draft.reverses = Some(posting);
        Some(draft)
    }

    /// Whether the model allows it: each account it touches stays inside its bounds.
    fn allows(&self, draft: &Draft) -> bool {
        let mut after: BTreeMap<Account, i64> = BTreeMap::new();
        for transfer in &draft.transfers {
            for (account, sign) in [(transfer.from, -1), (transfer.to, 1)] {
                let held = self.held.get(&(draft.book, account)).copied().unwrap_or(0);
                *after.entry(account).or_insert(held) += sign * transfer.amount.minor();
            }
        }
        after.into_iter().all(|(account, minor)| {
            let (least, greatest) = account.kind().bounds();
            (least..=greatest).contains(&minor)
        })
    }

    fn took(&mut self, draft: &Draft, posting: PostingId) {
        *self.posted.entry(draft.kind.as_str()).or_default() += 1;
        for transfer in &draft.transfers {
            *self.held.entry((draft.book, transfer.from)).or_default() -= transfer.amount.minor();
            *self.held.entry((draft.book, transfer.to)).or_default() += transfer.amount.minor();
        }
        let distribution = self
            .standing
            .iter()
            .any(|(id, _, kind, _)| Some(*id) == draft.reverses && *kind == P::Distribution);
        if distribution {
            self.distributed[draft.book as usize] = false;
        }
        self.standing.retain(|(id, ..)| Some(*id) != draft.reverses);
        self.distributed[draft.book as usize] |= draft.kind == P::Distribution;
        self.allocated |= draft.kind == P::Allocate;
        if draft.kind == P::Trigger {
            self.triggered.extend(draft.transfers[0].to.feature());
        }
        if draft.kind.is_reversible() {
            let mirror = draft.transfers.iter().map(|t| Transfer::new(t.to, t.from, t.amount)).collect();
            self.standing.push((posting, draft.book, draft.kind, mirror));
        }
    }
}

/// What the use cases keep beside a posting: sums on features, states, acts done once.
async fn beside(world: &World, walk: &Walk, draft: &Draft, posting: PostingId) {
    let on = |account: &Account| {
        let lies = matches!(account.kind(), A::Allocated | A::Reserved | A::RightAllocated | A::Triggered);
        account.feature().filter(|_| lies)
    };
    let counts = matches!(draft.kind, P::Allocate | P::Unallocate | P::Add | P::TopUp | P::Release);
    let mut sums: Vec<(FeatureId, i64)> = Vec::new();
    for transfer in draft.transfers.iter().filter(|_| counts) {
        sums.extend(on(&transfer.to).map(|feature| (feature, transfer.amount.minor())));
        sums.extend(on(&transfer.from).map(|feature| (feature, -transfer.amount.minor())));
    }
    let funded = (draft.kind == P::Trigger).then(|| draft.transfers[0].to.feature()).flatten();
    let round = (draft.kind == P::Distribution).then_some(walk.round);
    let (pot, collective, actor, now) = (walk.town.pot, walk.town.id, draft.actor.clone(), world.now());
    let (event, reverses) = (world.context.seed().id(now), draft.reverses);
    world
        .sql(move |tx| {
            let (sums, actor) = (sums.clone(), actor.clone());
            Box::pin(async move {
                for (feature, by) in sums {
                    store::features::add_to_total(tx, feature, by).await?;
                }
                if let Some(round) = round {
                    store::journal::claim_once(tx, pot, "distribution", round.0, posting).await?;
                }
                if let Some(reversed) = reverses {
                    store::journal::free_once(tx, reversed).await?;
                }
                let Some(feature) = funded else { return Ok(()) };
                store::features::set_state(tx, feature, State::Building, Some(now), None).await?;
                let moved = Moved { from: Some(State::Funding), to: State::Building };
                moved_event(tx, event, collective, feature, actor, now, moved).await
            })
        })
        .await;
}

async fn moved_event(
    tx: &mut Tx,
    id: domain::ids::EventId,
    collective: domain::ids::CollectiveId,
    feature: FeatureId,
    actor: Actor,
    at: jiff::Timestamp,
    moved: Moved,
) -> sqlx::Result<()> {
    let event = Event {
        id,
        collective: Some(collective),
        at,
        kind: MOVED,
        actor,
        organisation: None,
        subject_kind: "feature",
        subject: Some(feature.0),
        public: true,
        data: moved.to_data(Track::Trust),
    };
    store::events::record(tx, &event).await
}

/// A pot with four members, three features in funding, a gift fund, a decision and an open round.
async fn begin(world: &World, seed: u64) -> Walk {
    let town = town(world).await;
    let mut chance = world.context.seed();
    let now = world.now();
    let features: Vec<FeatureId> = (0..3).map(|_| chance.id(now)).collect();
    let (fund, round, decision): (GiftFundId, _, DecisionId) =
        (chance.id(now), chance.id(now), chance.id(now));
    let events: Vec<_> = (0..6).map(|_| chance.id(now)).collect();
    let (pot, collective, lead, actor) =
        (town.pot, town.id, organisation(&town, 0), Actor::Person(person(&town)));
    let made = features.clone();
    world
        .sql(move |tx| {
            let (made, events, actor) = (made.clone(), events.clone(), actor.clone());
            Box::pin(async move {
                let decided = DecisionRow {
                    id: decision,
                    collective,
                    number: 1,
                    title: "Oui".to_owned(),
                    outcome: "oui".to_owned(),
                    decided_on: date(2025, 3, 3),
                    method: "consent".to_owned(),
                    recorded_by: None,
                    created_at: now,
                };
                store::decisions::insert(tx, &decided).await?;
                store::rounds::insert(tx, &open_round(round, pot, now)).await?;
                let rows: Vec<Feature> = (1..)
                    .zip(&made)
                    .map(|(number, id)| in_funding(*id, number, collective, pot, lead, now))
                    .collect();
                store::features::insert(tx, &rows).await?;
                let mut events = events.into_iter();
                for feature in made {
                    for (from, to) in [(None, State::Idea), (Some(State::Idea), State::Funding)] {
                        let id = events.next().expect("two a feature");
                        moved_event(tx, id, collective, feature, actor.clone(), now, Moved { from, to })
                            .await?;
                    }
                }
                Ok(())
            })
        })
        .await;
    let Account::Bank(bank) = super::bank(world, &town).await else { unreachable!() };
    Walk {
        dice: Dice(seed),
        town,
        bank,
        features,
        fund,
        round,
        decision,
        held: BTreeMap::new(),
        standing: Vec::new(),
        triggered: Vec::new(),
        distributed: [false; 2],
        allocated: false,
        refused: 0,
        posted: BTreeMap::new(),
    }
}

fn open_round(
    id: domain::ids::RoundId,
    pot: domain::ids::PotId,
    now: jiff::Timestamp,
) -> store::rounds::Round {
    store::rounds::Round {
        id,
        pot,
        number: 1,
        name: "Printemps".to_owned(),
        opens_on: date(2025, 3, 3),
        closes_on: date(2025, 4, 30),
        state: domain::rounds::RoundState::Open,
        share_rule: domain::shares::ShareRule::EQUAL,
        cap: None,
        lapse: true,
        rules_version: 1,
        created_at: now,
        closed_at: None,
    }
}

fn in_funding(
    id: FeatureId,
    number: i64,
    collective: domain::ids::CollectiveId,
    pot: domain::ids::PotId,
    lead: OrganisationId,
    now: jiff::Timestamp,
) -> Feature {
    let maximum = Money::new(1_000_000_000);
    Feature {
        id,
        collective,
        pot,
        number,
        title: format!("Besoin {number}"),
        summary: String::new(),
        description: String::new(),
        done_when: String::new(),
        discussion_url: String::new(),
        software: None,
        lead,
        lead_person: None,
        worker: String::new(),
        track: Track::Trust,
        state: State::Funding,
        round: None,
        outside_rounds: true,
        rules_version: 1,
        terms_version: 1,
        floor: maximum,
        target: maximum,
        maximum,
        closing_on: date(2025, 4, 30),
        allocated_total: Money::ZERO,
        funded_at: None,
        confirming_since: None,
        ended_at: None,
        version: 1,
        created_at: now,
    }
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

async fn a_walk_over_every_kind_breaks_nothing(world: World) {
    let seed = number("POPOTE_WALK_SEED", 20_261_123);
    let steps = number("POPOTE_WALK_STEPS", 220);
    let mut walk = begin(&world, seed).await;
    let kinds: Vec<P> = KINDS.into_iter().chain(REST).collect();
    for step in 0..steps {
        world.wait(SignedDuration::from_millis(5));
        let kind = walk.dice.pick(&kinds).unwrap();
        let Some(draft) = walk.draft(kind) else { continue };
        let place = format!("seed {seed}, step {step}, {} {:?}", kind.as_str(), draft.transfers);
        match post(&world, &walk.town, draft.clone()).await {
            Ok(posted) => {
                assert!(walk.allows(&draft), "posted beyond bounds: {place}");
                beside(&world, &walk, &draft, posted.id).await;
                walk.took(&draft, posted.id);
            }
            Err(Unposted::Post(PostError::Bound { .. })) => {
                assert!(!walk.allows(&draft), "refused without need: {place}");
                walk.refused += 1;
            }
            Err(other) => panic!("{place}: {other:?}"),
        }
        for book in Book::ALL {
            let model: BTreeMap<Account, i64> = walk
                .held
                .iter()
                .filter(|((b, _), minor)| *b == book && **minor != 0)
                .map(|((_, account), minor)| (*account, *minor))
                .collect();
            assert_eq!(balances(&world, &walk.town, book).await, model, "{place}");
        }
        assert_eq!(broken(&world, &walk.town).await, Vec::<&str>::new(), "{place}");
    }
    println!("seed {seed}: {} refused, {:?}", walk.refused, walk.posted);
    assert!(walk.refused > 0, "the walk meets bounds");
    assert!(walk.posted.len() > 15, "the walk meets most kinds: {:?}", walk.posted);
}

on_both![a_walk_over_every_kind_breaks_nothing];
