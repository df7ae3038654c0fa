//! The subtraction test: random small collectives in which some hide their amounts are read as a stranger and as a
//! member reads them, page by page, file by file; whatever stands beside a name and every total go into one system of
//! linear equations, which must not tell what any organisation that wishes to hide has, nor what it has together with
//! one other.
//!
//! The reader is a strong one: it knows which organisations ever put money on which feature, and by which rule the money
//! was shared out. What it can tell all the same, because totals are always public, is let through and said here: where
//! fewer than three organisations ever had money, in the pot or on a feature.

mod reading;
mod site;
mod sums;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::allocations::save_allocations;
use app::contributions::{NewContribution, record_contribution};
use app::distributions::{Asked, confirm_distribution, preview_distribution};
use app::features::{NewFeature, propose_feature};
use app::rounds::open_round;
use axum::Router;
use domain::features::{Line, Place, Proposal, Track, Wish};
use domain::ids::{FeatureId, OrganisationId};
use domain::posting::Nature;
use domain::rounds::RoundPlan;
use domain::rules::{AmountsSeen, Rules, Template};
use domain::shares::{Period, ShareRule, Sharing};
use domain::visibility::FEWEST;
use domain::{Money, Seed};
use jiff::SignedDuration;
use jiff::civil::date;
use testkit::{Grown, Kind, World, check};

use self::site::{Reader, everything};
use self::sums::{Sums, Unknown};
use super::browser::{Browser, site_of};

/// Names that are no part of each other nor of the words of a page.
const NAMES: [&str; 8] = ["Alpaga", "Belette", "Castor", "Daim", "Ecureuil", "Furet", "Gerbille", "Hamster"];
/// The same of features.
const TITLES: [&str; 4] = ["Azur", "Brume", "Cendre", "Dune"];
const NATURES: [Nature; 2] = [Nature::Subscription, Nature::Earmarked];
/// Natures, before and after the distribution.
const WAYS: usize = 2 * NATURES.len();

/// A collective as the stories make it, with what a strong reader knows of it.
struct Story {
    world: World,
    town: Grown,
    site: Router,
    seed: Seed,
    features: Vec<FeatureId>,
    /// Whether everybody gets the same share, as far as there is one.
    equal: Option<bool>,
}

impl Story {
    async fn new(world: World, number: u32) -> Self {
        let mut seed = Seed::new(domain::chain::digest(&[&number.to_be_bytes()]));
        let amounts = match number % 5 {
            0 => AmountsSeen::Public,
            1 => AmountsSeen::Members,
            _ => AmountsSeen::OwnChoice,
        };
        let members = 3 + usize::from(seed.bytes()[0]) % (NAMES.len() - 2);
        let rules = Rules { amounts, ..Template::Informal.rules() };
        let town = world.collective(rules, &NAMES[..members]).await;
        let site = site_of(&world);
        let mut story = Self { world, town, site, seed, features: Vec::new(), equal: None };
        for place in 0..members {
            if amounts == AmountsSeen::Public && story.draws(3) == 0 {
                story.is_one_person(place).await;
            }
            // In some stories one or two hide among many, in others most do.
            let shows = story.draws(10) < [9, 8, 6, 4][usize::try_from(number).unwrap() % 4];
            story.world.chooses(&story.town, place, shows).await;
        }
        story
    }

    fn draws(&mut self, below: usize) -> usize {
        usize::from(self.seed.bytes()[0]) % below
    }

    fn draws_member(&mut self) -> usize {
        let members = self.town.members.len();
        self.draws(members)
    }

    async fn is_one_person(&self, place: usize) {
        const SQL: &str = "UPDATE organisation SET one_person = 1 WHERE id = $1";
        let organisation = self.town.member(place).organisation;
        self.world
            .sql(move |tx| {
                Box::pin(async move { store::execute(tx, SQL, store::args![organisation]).await.map(drop) })
            })
            .await;
    }

    async fn pays(&mut self, place: usize) {
        let new = NewContribution {
            organisation: self.town.member(place).organisation,
            amount: Money::new(i64::try_from(10_000 + 137 * self.draws(256)).unwrap()),
            nature: NATURES[self.draws(NATURES.len())],
            received_on: date(2025, 3, 1),
            reference: String::new(),
            proof: None,
        };
        record_contribution(&self.world.context, self.town.admin(), self.town.pot, new).await.unwrap();
        self.world.wait(SignedDuration::from_secs(7));
    }

    /// A round whose money is shared out, and features.
    async fn opens(&mut self) {
        let equal = self.draws(2) == 0;
        let period = Period { from: date(2025, 1, 1), to: date(2025, 3, 3) };
        let sharing = if equal { Sharing::Equal } else { Sharing::Paid(period) };
        let plan = RoundPlan {
            name: "Printemps".to_owned(),
            opens_on: date(2025, 3, 3),
            closes_on: date(2025, 4, 30),
            rule: ShareRule { sharing, ..ShareRule::EQUAL },
            cap: None,
            lapse: false,
            promises: domain::promises::PromiseRule::AsPutIn,
        };
        let context = &self.world.context;
        let round = open_round(context, self.town.admin(), self.town.pot, plan).await.unwrap().round;
        let asked = Asked::default();
        let preview = preview_distribution(context, &self.town.admin(), round, &asked).await.unwrap();
        confirm_distribution(context, self.town.admin(), round, asked, &preview.digest()).await.unwrap();
        self.equal = Some(equal);
        for (place, title) in TITLES.into_iter().enumerate() {
            let floor = [8_000, 15_000, 40_000, 90_000][place];
            let lead = place % self.town.members.len();
            self.features.push(self.proposes(lead, title, floor).await);
        }
    }

    async fn proposes(&self, lead: usize, title: &str, floor: i64) -> FeatureId {
        let proposal = Proposal {
            title: title.to_owned(),
            summary: "Ce que cela change.".to_owned(),
            description: String::new(),
            done_when: "cela marche".to_owned(),
            worker: "Quelqu'un".to_owned(),
            software: "Element".to_owned(),
            discussion_url: String::new(),
            lines: vec![Line {
                label: "Travail".to_owned(),
                minimum: Money::new(floor),
                maximum: Money::new(4 * floor),
            }],
            incomes: Vec::new(),
            closing_on: date(2025, 4, 30),
            place: Place::Round,
        };
        let new = NewFeature { proposal, track: Some(Track::Trust), needs: Vec::new() };
        let acting = self.town.member(lead).acting();
        propose_feature(&self.world.context, acting, self.town.pot, new).await.unwrap().feature
    }

    /// What a member has on a feature now.
    async fn on(&self, place: usize, feature: FeatureId) -> Money {
        let mut tx = self.world.read().await;
        let organisation = self.town.member(place).organisation;
        let all =
            store::features::lists::of_organisation(&mut tx, self.town.pot, organisation).await.unwrap();
        all.iter().find(|mine| mine.feature == feature).map(|mine| mine.amount).unwrap_or_default()
    }

    /// A member puts something on a feature or takes it back, if it may.
    async fn puts(&mut self) {
        let place = self.draws_member();
        let drawn = self.draws(TITLES.len());
        let feature = self.features[drawn];
        let seen = self.on(place, feature).await;
        let wanted = Money::new(i64::try_from(self.draws(4) * 2_311 + self.draws(200)).unwrap());
        let acting = self.town.member(place).acting();
        let wish = vec![Wish { feature, seen, wanted }];
        drop(save_allocations(&self.world.context, acting, self.town.pot, wish).await);
        self.world.wait(SignedDuration::from_secs(11));
    }

    async fn step(&mut self) {
        match self.draws(12) {
            0 => {
                let (place, shows) = (self.draws_member(), self.draws(2) == 0);
                self.world.chooses(&self.town, place, shows).await;
            }
            1 => {
                let place = self.draws_member();
                self.pays(place).await;
            }
            _ => self.puts().await,
        }
    }

    /// Who ever had money on each feature, and in the pot, by their places.
    async fn holders(&self) -> (Vec<BTreeSet<usize>>, BTreeSet<usize>) {
        let mut tx = self.world.read().await;
        let place = |organisation: OrganisationId| {
            self.town.members.iter().position(|member| member.organisation == organisation)
        };
        let funders = store::visibility::funders(&mut tx, AmountsSeen::Public, &self.features).await.unwrap();
        let on = |feature: &FeatureId| {
            let here = funders.iter().filter(|funder| funder.feature == *feature);
            here.filter_map(|funder| place(funder.organisation)).collect()
        };
        let holders = store::visibility::holders(&mut tx, self.town.id, AmountsSeen::Public).await.unwrap();
        let holding = holders.iter().filter(|holder| holder.first_account.is_some());
        (self.features.iter().map(on).collect(), holding.filter_map(|h| place(h.organisation)).collect())
    }

    /// Who wishes to be hidden, and who is hidden.
    async fn hidden(&self) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let mut tx = self.world.read().await;
        let (_, rules) = store::collectives::rules(&mut tx, self.town.id).await.unwrap();
        let holders = store::visibility::holders(&mut tx, self.town.id, rules.amounts).await.unwrap();
        let of = |which: &dyn Fn(&domain::visibility::Holder) -> bool| {
            let members = self.town.members.iter().enumerate();
            let found = members.filter(|(_, member)| {
                holders.iter().any(|holder| holder.organisation == member.organisation && which(holder))
            });
            found.map(|(place, _)| place).collect()
        };
        (of(&|holder| holder.wishes), of(&|holder| holder.wishes || holder.hidden_since.is_some()))
    }

    /// What everybody knows: totals, how shares are made, and who never had anything where.
    fn known(&self, on_features: &[BTreeSet<usize>]) -> Sums {
        let mut sums = Sums::default();
        let members = 0..self.town.members.len();
        let total = |of: &dyn Fn(usize) -> Unknown| -> Vec<_> {
            members.clone().map(|place| (of(place), 1)).collect()
        };
        for way in 0..WAYS {
            sums.learn(&total(&|place| Unknown::Paid(place, way)));
        }
        for of in [Unknown::Shared, Unknown::Left, Unknown::Put, Unknown::Returned] {
            sums.learn(&total(&of));
        }
        for (feature, funders) in on_features.iter().enumerate() {
            sums.learn(&total(&|place| Unknown::On(place, feature)));
            for place in members.clone().filter(|place| !funders.contains(place)) {
                sums.learn_one(Unknown::On(place, feature));
            }
        }
        for place in members {
            let on: Vec<_> = (0..on_features.len()).map(|feature| (Unknown::On(place, feature), 1)).collect();
            let with = |more: &[(Unknown, i64)]| [on.as_slice(), more].concat();
            sums.learn(&with(&[(Unknown::Left(place), 1), (Unknown::Shared(place), -1)]));
            sums.learn(&with(&[(Unknown::Put(place), -1), (Unknown::Returned(place), 1)]));
            match self.equal {
                Some(true) => sums.learn_one(Unknown::Shared(place)),
                // Any factor will do: it is the same for all.
                Some(false) => {
                    let paid = (0..WAYS).step_by(2).map(|way| (Unknown::Paid(place, way), 97));
                    sums.learn(&paid.chain([(Unknown::Shared(place), -89)]).collect::<Vec<_>>());
                }
                None => {}
            }
        }
        sums
    }

    /// Reads everything as somebody and tries to tell what is hidden from them.
    async fn is_read_by(&self, viewer: Option<usize>, told: &str) -> usize {
        let (on_features, holding) = self.holders().await;
        let (wishing, hidden) = self.hidden().await;
        let mut sums = self.known(&on_features);
        if let Some(own) = viewer {
            everything(&mut sums, own, on_features.len());
        }
        let browser = match viewer {
            Some(place) => Browser::of(&self.site, &self.world, self.town.member(place).person).await,
            None => Browser::new(&self.site),
        };
        let names = &NAMES[..self.town.members.len()];
        let mut reader = Reader { browser, names, titles: &TITLES[..on_features.len()], sums, told: 0 };
        reader.reads_all(&self.site).await;
        let others = |all: &BTreeSet<usize>| -> Vec<usize> {
            all.iter().copied().filter(|place| Some(*place) != viewer).collect()
        };
        // Somebody who subtracts their own amount stands before one less.
        let pairs = viewer.is_none();
        let try_all = |among: &BTreeSet<usize>, hidden: &[usize], of: &dyn Fn(usize) -> Vec<Unknown>| {
            for place in others(&wishing).into_iter().filter(|place| among.contains(place)) {
                assert!(!reader.sums.tell(&of(place)), "{told}: {:?} is told to {viewer:?}", of(place));
                for other in hidden.iter().filter(|other| pairs && **other != place) {
                    let both = [of(place), of(*other)].concat();
                    assert!(!reader.sums.tell(&both), "{told}: {both:?} are told to {viewer:?}");
                }
            }
        };
        if holding.len() >= FEWEST {
            let with_money: Vec<usize> = hidden.intersection(&holding).copied().collect();
            let paid = |place| (0..WAYS).map(|way| Unknown::Paid(place, way)).collect();
            try_all(&holding, &with_money, &paid);
        }
        let many = on_features.iter().filter(|funders| funders.len() >= FEWEST);
        let on_many: BTreeSet<usize> = many.flatten().copied().collect();
        try_all(&on_many, &others(&on_many), &|place| vec![Unknown::Left(place)]);
        try_all(&on_many, &others(&on_many), &|place| vec![Unknown::Put(place)]);
        for (feature, funders) in on_features.iter().enumerate() {
            if funders.len() >= FEWEST {
                try_all(funders, &others(funders), &|place| vec![Unknown::On(place, feature)]);
            }
        }
        reader.told
    }

    /// Everything is read when a quarter of an hour has passed.
    async fn is_read(&mut self, told: &str) -> usize {
        self.world.wait(SignedDuration::from_mins(16));
        let member = self.draws_member();
        // The first member keeps the accounts, and is told everything.
        if member > 0 && self.rules().await.amounts != AmountsSeen::Members {
            self.is_read_by(Some(member), told).await;
        }
        self.is_read_by(None, told).await
    }

    async fn rules(&self) -> Rules {
        store::collectives::rules(&mut self.world.read().await, self.town.id).await.unwrap().1
    }
}

/// The story of that number, read four times; how many amounts stood beside a name.
async fn plays(world: World, number: u32) -> usize {
    let mut story = Story::new(world, number).await;
    for _ in 0..story.town.members.len() {
        let place = story.draws_member();
        story.pays(place).await;
    }
    let mut told = story.is_read(&format!("story {number}, paid")).await;
    story.opens().await;
    for part in 0..3 {
        for _ in 0..9 {
            story.step().await;
        }
        told += story.is_read(&format!("story {number}, part {part}")).await;
    }
    told
}

fn nobody_who_hides_is_found(kind: Kind) {
    let told = Arc::new(AtomicUsize::new(0));
    for number in 0..12 {
        let counted = told.clone();
        check(kind, move |world| async move {
            counted.fetch_add(plays(world, number).await, Ordering::Relaxed);
        });
    }
    let told = told.load(Ordering::Relaxed);
    let is_there = kind == Kind::Sqlite || std::env::var_os("POPOTE_TEST_POSTGRES").is_some();
    assert!(!is_there || told > 500, "something was told, so something was read: {told} amounts");
}

#[test]
fn nobody_who_hides_is_found_by_subtraction() {
    nobody_who_hides_is_found(Kind::Sqlite);
}

#[test]
fn nobody_who_hides_is_found_by_subtraction_on_postgres() {
    nobody_who_hides_is_found(Kind::Postgres);
}
