//! Plays the story of the example collective through the use cases, on a clock that runs through two rounds up to today.

use std::collections::BTreeMap;

use app::{
    Acting, Chance, Clock, Context, Failure, Never, Settings,
    allocations::save_allocations,
    closings::close_round_if_due,
    collectives::{HostCard, describe_host},
    comments,
    contributions::{NewContribution, record_contribution},
    decisions::{NewDecision, record as record_decision},
    distributions::{Asked, confirm_distribution, preview_distribution},
    features::{NewFeature, propose_feature, say_needed},
    files::{PROOF_TYPES, Upload},
    gift_puts::{GiftPut, put_gift},
    gifts::{GiftWish, Into, NewFund, NewGift, record_gift},
    invoices::{NewInvoice, enter_invoice},
    pictures::{NewPicture, add_picture},
    rounds::open_round,
    sessions::Session,
    setup::{Answers, Choices, init},
};
use domain::{
    Money,
    features::{Line, Place, Proposal, Wish},
    ids::{CollectiveId, FeatureId, OrganisationId, PersonId, PotId, RoundId},
    posting::Nature,
    pot::FundMode,
    rounds::RoundPlan,
    rules::Track,
    shares::{GiftSharing, Period, ShareRule, Sharing},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use messages::{Mailer, Outbox};
use store::Db;

use super::{
    content::{COMMENTS, DECISION, FEATURES, Feature, GIFT, GIFT_DECISION, MEMBERS, Story},
    join::Join,
    leaving, picture, proof, wishes,
};
use crate::serve::StartError;

/// Days before today: founding, payments, rounds.
const FOUNDED: i64 = 300;
const PAYMENTS: [i64; 5] = [290, 200, 110, 55, 12];
const FIRST_ROUND: (i64, i64) = (180, 125);
const SECOND_ROUND: (i64, i64) = (45, -9);
/// Slugs of the members whose representative is admin, steward, treasurer.
pub(super) const ADMIN: &str = "framasoft";
pub(super) const STEWARD: &str = "yaal-coop";
pub(super) const TREASURER: &str = "indiehosters";

/// The people whom `demo` prints a sign-in link for, by what they are.
pub struct People {
    /// Administers the instance and the collective.
    pub admin: PersonId,
    /// Accompanies features.
    pub steward: PersonId,
    /// Records money.
    pub treasurer: PersonId,
    /// Represents a member, without a role.
    pub representative: PersonId,
}

/// What is shared out equally, in hundredths of per cent, and the most of one organisation on one feature.
pub(super) const HALF: u32 = 5_000;
pub(super) const CAP: Money = Money::new(100_000);
/// Why the rules are so.
pub(super) const RULES_WHY: &str = "L’assemblée de printemps : la moitié à parts égales, 1 000 € au plus par fonctionnalité, les dons mis \
    par une décision, et chaque tour choisit ses dates.";

/// Fills a new database with the example collective, as of the machine's clock.
pub async fn fill(db: &Db, public_url: &str) -> Result<People, StartError> {
    let settings = Settings {
        public_url: public_url.to_owned(),
        mail_from: "popote@popote.example".to_owned(),
        demo: true,
    };
    let today = Clock::System.now();
    let mailer = Mailer::Memory(Outbox::default());
    let clock = Clock::fixed(today);
    let context = Context::new(db.clone(), clock, Chance::System, mailer, settings);
    let mut teller = Teller::begin(context, today).await.map_err(told)?;
    teller.first_round().await?;
    teller.second_round().await?;
    teller.subscription().await?;
    teller.direct_pot().await?;
    teller.ads().await?;
    Ok(teller.people())
}

pub(super) fn told<R: std::fmt::Debug>(failure: Failure<R>) -> StartError {
    match failure {
        Failure::Refused(_) | Failure::Invalid(_) => {
            format!("the example could not be told: {failure:?}").into()
        }
        failure => format!("the example could not be told: {failure}").into(),
    }
}

pub(super) struct Teller {
    pub(super) context: Context,
    today: Timestamp,
    pub(super) collective: CollectiveId,
    pub(super) pot: PotId,
    pub(super) members: BTreeMap<&'static str, (OrganisationId, PersonId)>,
    /// The features of the first round.
    first: Vec<FeatureId>,
}

impl Teller {
    async fn begin(context: Context, today: Timestamp) -> Result<Self, Failure<Never>> {
        let mut teller = Self {
            context,
            today,
            collective: CollectiveId(uuid::Uuid::nil()),
            pot: PotId(uuid::Uuid::nil()),
            members: BTreeMap::new(),
            first: Vec::new(),
        };
        teller.at(FOUNDED, 10);
        let first = MEMBERS.iter().find(|member| member.slug == ADMIN).ok_or(Failure::NotFound)?;
        let answers = Answers {
            collective: "CHATONS".to_owned(),
            organisation: first.name.to_owned(),
            name: first.representative.0.to_owned(),
            email: first.representative.1.to_owned(),
        };
        let choices = Choices { fund_mode: FundMode::Own, ..Choices::default() };
        let founded = init(&teller.context, &answers, choices)
            .await
            .map_err(|failure| Failure::Fault(format!("{failure:?}")))?;
        teller.collective = founded.collective;
        teller.members.insert(ADMIN, (founded.organisation, founded.person));
        let seed = teller.context.seed();
        let join =
            Join { collective: founded.collective, admin: founded.person, seed, now: teller.context.now() };
        let (pot, members) = teller.context.db.write(join).await?;
        teller.pot = pot;
        teller.members.extend(members);
        Ok(teller)
    }

    /// Sets the clock to so many days before today, at that hour of UTC.
    pub(super) fn at(&self, days: i64, hour: i64) {
        let midnight = self.today.as_second().div_euclid(86_400) * 86_400;
        let at = Timestamp::from_second(midnight - days * 86_400 + hour * 3_600).unwrap_or(self.today);
        self.context.clock.set(at.min(self.today));
    }

    /// Some minutes pass between two acts.
    pub(super) fn tick(&self) {
        let next = self.context.now().saturating_add(SignedDuration::from_mins(3)).unwrap_or(self.today);
        self.context.clock.set(next.min(self.today));
    }

    pub(super) fn day(&self, days: i64) -> Date {
        let at = self.today.saturating_sub(SignedDuration::from_hours(24 * days)).unwrap_or(self.today);
        at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date()
    }

    pub(super) fn acting(&self, slug: &str) -> Result<Acting, StartError> {
        let (organisation, person) = self.members.get(slug).ok_or_else(|| format!("no member {slug}"))?;
        Ok(Acting::by_form(*person, Some(*organisation)))
    }

    fn people(&self) -> People {
        let person = |slug| self.members.get(slug).map_or(PersonId(uuid::Uuid::nil()), |(_, person)| *person);
        People {
            admin: person(ADMIN),
            steward: person(STEWARD),
            treasurer: person(TREASURER),
            representative: person("cloud-girofle"),
        }
    }

    async fn payments(&self, days: i64) -> Result<(), StartError> {
        self.at(days, 15);
        let there = |slug: &str| slug != leaving::MEMBER || days > leaving::DAYS;
        for member in MEMBERS.iter().filter(|member| there(member.slug)) {
            let (organisation, _) = self.members.get(member.slug).ok_or("a member is missing")?;
            let new = NewContribution {
                organisation: *organisation,
                amount: Money::new(member.quarterly),
                nature: Nature::Subscription,
                received_on: self.day(days),
                reference: format!("COTISATION {}", member.slug.to_uppercase()),
                proof: proof::of(member.slug, self.day(days))?,
            };
            self.tick();
            record_contribution(&self.context, self.acting(TREASURER)?, self.pot, new).await.map_err(told)?;
        }
        Ok(())
    }

    /// What everybody may read of the host, who takes gifts.
    async fn host(&self) -> Result<(), StartError> {
        let card = HostCard {
            name: "Framasoft".to_owned(),
            address: "1 rue de l’Exemple\n69000 Lyon".to_owned(),
            iban: "FR76 3000 6000 0112 3456 7890 189".to_owned(),
            signatory: String::new(),
            fee_rate: 0,
            gifts_open: true,
            give_link: String::new(),
            tax_receipts: false,
        };
        describe_host(&self.context, self.acting(ADMIN)?, self.collective, self.pot, None, card)
            .await
            .map_err(told)?;
        Ok(())
    }

    async fn gift(&self) -> Result<(), StartError> {
        let (amount, name, giver) = GIFT;
        let fund = NewFund {
            name: name.to_owned(),
            nature: Nature::Gift,
            earmark: None,
            conditions: String::new(),
            giver: giver.to_owned(),
            giver_public: true,
        };
        let new = NewGift {
            into: Into::New(fund),
            amount: Money::new(amount),
            received_on: self.day(60),
            reference: "DON FESTIVAL".to_owned(),
            proof: None,
            wish: GiftWish::default(),
        };
        self.at(59, 9);
        record_gift(&self.context, self.acting(TREASURER)?, self.pot, new).await.map_err(told)?;
        Ok(())
    }

    /// Opens a round over what was paid since `since` days ago, and distributes what is there.
    async fn round(
        &self,
        name: &str,
        (opens, closes): (i64, i64),
        since: i64,
    ) -> Result<RoundId, StartError> {
        self.at(opens, 9);
        let period = Period { from: self.day(since), to: self.day(opens) };
        let plan = RoundPlan {
            name: name.to_owned(),
            opens_on: self.day(opens),
            closes_on: self.day(closes),
            rule: ShareRule { sharing: Sharing::Mixed { equal: HALF, period }, gifts: GiftSharing::Equal },
            cap: Some(CAP),
            lapse: false,
            promises: domain::promises::PromiseRule::AsPutIn,
        };
        let treasurer = self.acting(TREASURER)?;
        let round = open_round(&self.context, treasurer.clone(), self.pot, plan).await.map_err(told)?.round;
        let asked = Asked { amount: None, manual: BTreeMap::new() };
        let preview = preview_distribution(&self.context, &treasurer, round, &asked).await.map_err(told)?;
        let digest = preview.digest();
        confirm_distribution(&self.context, treasurer, round, asked, &digest).await.map_err(told)?;
        Ok(round)
    }

    async fn propose(&self, feature: &Feature, closing_on: Date) -> Result<FeatureId, StartError> {
        let track = Track::parse(feature.track).ok_or("an unknown track")?;
        let line = |(label, minimum, maximum): &(&str, i64, i64)| Line {
            label: (*label).to_owned(),
            minimum: Money::new(*minimum),
            maximum: Money::new(*maximum),
        };
        let proposal = Proposal {
            title: feature.title.to_owned(),
            summary: feature.summary.to_owned(),
            description: feature.description.to_owned(),
            done_when: feature.done_when.to_owned(),
            worker: feature.worker.to_owned(),
            software: feature.software.to_owned(),
            discussion_url: feature.discussion.to_owned(),
            lines: feature.lines.iter().map(line).collect(),
            incomes: Vec::new(),
            closing_on,
            place: Place::Round,
        };
        let needs = wishes::numbers(feature.title);
        let new = NewFeature { proposal, track: Some(track), needs };
        let lead = self.acting(feature.lead)?;
        self.tick();
        let id = propose_feature(&self.context, lead, self.pot, new).await.map_err(told)?.feature;
        if !feature.picture.is_empty() {
            let new = NewPicture { bytes: picture::paint(), alternative: feature.picture.to_owned() };
            self.tick();
            add_picture(&self.context, self.acting(feature.lead)?, id, new).await.map_err(told)?;
        }
        for (slug, words) in feature.needers {
            self.tick();
            say_needed(&self.context, self.acting(slug)?, id, words).await.map_err(told)?;
        }
        let (title, comments) = COMMENTS;
        for (slug, body) in comments.iter().filter(|_| title == feature.title) {
            self.tick();
            comments::post(&self.context, self.acting(slug)?, self.collective, id, body)
                .await
                .map_err(told)?;
        }
        Ok(id)
    }

    async fn allocate(&self, features: &[(FeatureId, &Feature)]) -> Result<(), StartError> {
        for member in MEMBERS {
            let mut wishes = Vec::new();
            for (id, feature) in features {
                let mine = feature.allocations.iter().find(|(slug, _)| *slug == member.slug);
                if let Some((_, amount)) = mine {
                    wishes.push(Wish { feature: *id, seen: Money::ZERO, wanted: Money::new(*amount) });
                }
            }
            if !wishes.is_empty() {
                self.tick();
                save_allocations(&self.context, self.acting(member.slug)?, self.pot, wishes)
                    .await
                    .map_err(told)?;
            }
        }
        Ok(())
    }

    /// What members decided in a meeting, before the second round.
    async fn decide(&self) -> Result<(), StartError> {
        let (title, outcome) = DECISION;
        self.at(57, 19);
        let new = NewDecision {
            title: title.to_owned(),
            outcome: outcome.to_owned(),
            decided_on: self.day(58),
            departs: None,
        };
        record_decision(&self.context, self.acting(STEWARD)?, self.collective, new).await.map_err(told)?;
        Ok(())
    }

    async fn tell(
        &self,
        open: (i64, i64),
        allocated: i64,
        stories: &[Story],
    ) -> Result<Vec<FeatureId>, StartError> {
        self.at((open.0 - 3).min(allocated + 7), 11);
        let mut told = Vec::new();
        for feature in FEATURES.iter().filter(|feature| stories.contains(&feature.story)) {
            told.push((self.propose(feature, self.day(open.1)).await?, feature));
        }
        self.at(allocated, 14);
        self.allocate(&told).await?;
        Ok(told.into_iter().map(|(id, _)| id).collect())
    }

    /// An invoice of the work on a funded feature, which two persons have yet to answer.
    async fn invoice(&self, feature: FeatureId) -> Result<(), StartError> {
        self.at(6, 10);
        let file = Upload::check("facture.png", picture::paint(), PROOF_TYPES).map_err(|_| "no picture")?;
        let new = NewInvoice {
            reference: "2026-017".to_owned(),
            dated_on: self.day(7),
            amount: Money::new(20_000),
            payee: "Cloud Girofle".to_owned(),
            iban: "FR14 2004 1010 0505 0001 3M02 606".to_owned(),
            file: Some(file),
        };
        let acting = self.acting("cloud-girofle")?;
        let session = Session::begun(acting.person, self.context.now());
        enter_invoice(&self.context, &session, acting, feature, new).await.map_err(told)?;
        Ok(())
    }

    async fn first_round(&mut self) -> Result<(), StartError> {
        self.host().await?;
        self.register().await?;
        self.payments(PAYMENTS[0]).await?;
        self.payments(PAYMENTS[1]).await?;
        let round = self.round("Premier tour", FIRST_ROUND, FOUNDED).await?;
        let stories = [Story::Funded, Story::NotFunded];
        self.first = self.tell(FIRST_ROUND, FIRST_ROUND.0 - 20, &stories).await?;
        self.needs(FIRST_ROUND.0, FIRST_ROUND.1).await?;
        self.payments(PAYMENTS[2]).await?;
        self.at(FIRST_ROUND.1 - 1, 3);
        close_round_if_due(&self.context, round).await.map_err(told)?;
        Ok(())
    }

    async fn second_round(&mut self) -> Result<(), StartError> {
        self.needs(FIRST_ROUND.1, PAYMENTS[3]).await?;
        self.gift().await?;
        self.decide().await?;
        self.payments(PAYMENTS[3]).await?;
        self.leaving().await?;
        self.round("Deuxième tour", SECOND_ROUND, FIRST_ROUND.0).await?;
        self.needs(PAYMENTS[3], PAYMENTS[4]).await?;
        self.payments(PAYMENTS[4]).await?;
        if let Some(feature) = self.first.get(1) {
            self.invoice(*feature).await?;
        }
        let told = self.tell(SECOND_ROUND, 4, &[Story::Funding, Story::Gathering]).await?;
        match told.get(1) {
            Some(feature) => self.put_gift(*feature).await,
            None => Ok(()),
        }
    }

    /// A part of the gift goes to a feature, as members decided: one writes it down, another puts it there.
    async fn put_gift(&self, feature: FeatureId) -> Result<(), StartError> {
        let (title, outcome, amount) = GIFT_DECISION;
        self.at(3, 18);
        let new = NewDecision {
            title: title.to_owned(),
            outcome: outcome.to_owned(),
            decided_on: self.day(4),
            departs: None,
        };
        let steward = self.acting(STEWARD)?;
        let (decision, _) =
            record_decision(&self.context, steward, self.collective, new).await.map_err(told)?;
        let mut tx = self.context.db.read().await?;
        let funds = store::gifts::of_pot(&mut tx, self.pot, 1).await?;
        drop(tx);
        let fund = funds.first().ok_or("the gift is missing")?.id;
        self.tick();
        let new = GiftPut { fund, feature, amount: Money::new(amount), decision };
        put_gift(&self.context, self.acting(TREASURER)?, self.pot, new).await.map_err(told)?;
        Ok(())
    }
}
