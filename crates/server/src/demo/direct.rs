//! The second collective of the example: small, in a direct pot, nobody holds anything. One feature went the short way
//! from a promise to order lines, one still looks for promises.

use app::{
    Failure, Never,
    features::{NewFeature, propose_feature},
    fund_calls::{confirm_received, say_paid},
    pots::{NewPot, create_in},
    promises::save_promise,
};
use domain::{
    Currency, Money, Seed,
    actor::RoleKind,
    features::{Line, Place, Proposal},
    ids::{CollectiveId, FeatureId, OrganisationId, PersonId, PotId},
    posting::Actor,
    pot::FundMode,
    promises::{PromiseKind, PromiseOn, PromiseWish},
    rules::{Template, Track},
};
use jiff::{Timestamp, civil::Date};
use store::{Command, Tx, collectives::CollectiveRow, events::Event, fund_calls::Which, roles::NewRole};

use super::seed::{Teller, told};
use crate::serve::StartError;

/// Who runs it, and leads what it funds.
const LEAD: &str = "arn";
/// Its members.
const TOGETHER: [&str; 4] = ["arn", "cloud-girofle", "yaal-coop", "indiehosters"];
/// Days before today: founding, proposing, promising.
const FOUNDED: i64 = 40;
const PROPOSED: i64 = 30;
const PROMISED: i64 = 12;

impl Teller {
    /// Plays it.
    pub(super) async fn direct_pot(&self) -> Result<(), StartError> {
        self.at(FOUNDED, 18);
        let members: Vec<OrganisationId> =
            TOGETHER.iter().filter_map(|slug| self.members.get(slug)).map(|(id, _)| *id).collect();
        let (_, admin) = self.members.get(LEAD).ok_or("the lead is missing")?;
        let found = Found { members, admin: *admin, seed: self.context.seed(), now: self.context.now() };
        let pot = self.context.db.write(found).await.map_err(told)?;
        self.at(PROPOSED, 20);
        let bot = self.wish_for(pot, &BOT).await?;
        self.tick();
        let guide = self.wish_for(pot, &GUIDE).await?;
        self.at(PROMISED, 17);
        for (slug, cents) in [("cloud-girofle", 15_000), ("yaal-coop", 15_000), ("arn", 10_000)] {
            self.promise(pot, bot, slug, PromiseKind::Firm, cents).await?;
        }
        self.promise(pot, guide, "yaal-coop", PromiseKind::Firm, 8_000).await?;
        self.promise(pot, guide, "indiehosters", PromiseKind::Conditional, 6_000).await?;
        self.promise(pot, guide, "cloud-girofle", PromiseKind::Intention, 5_000).await?;
        self.paid(bot).await
    }

    async fn wish_for(&self, pot: PotId, wish: &Wish) -> Result<FeatureId, StartError> {
        let (minimum, maximum) = wish.price;
        let line =
            Line { label: "Prix".to_owned(), minimum: Money::new(minimum), maximum: Money::new(maximum) };
        let proposal = Proposal {
            title: wish.title.to_owned(),
            summary: wish.summary.to_owned(),
            description: String::new(),
            done_when: wish.done_when.to_owned(),
            worker: wish.worker.to_owned(),
            software: wish.software.to_owned(),
            discussion_url: String::new(),
            lines: vec![line],
            incomes: Vec::new(),
            closing_on: self.day(-20),
            place: Place::Outside,
        };
        let new = NewFeature { proposal, track: Some(Track::Trust), needs: Vec::new() };
        let lead = self.acting(LEAD)?;
        Ok(propose_feature(&self.context, lead, pot, new).await.map_err(told)?.feature)
    }

    async fn promise(
        &self,
        pot: PotId,
        feature: FeatureId,
        slug: &str,
        kind: PromiseKind,
        cents: i64,
    ) -> Result<(), StartError> {
        let wish = PromiseWish {
            on: PromiseOn::Feature(feature),
            kind,
            seen: Money::ZERO,
            amount: Money::new(cents),
            subject_to: (kind == PromiseKind::Conditional).then(|| self.day(-10)),
        };
        self.tick();
        save_promise(&self.context, self.acting(slug)?, pot, wish).await.map_err(told)?;
        Ok(())
    }

    /// One has paid and it arrived, one says that it paid, one has still to pay.
    async fn paid(&self, feature: FeatureId) -> Result<(), StartError> {
        let mut tx = self.context.db.read().await?;
        let calls = store::fund_calls::list(&mut tx, Which::Feature(feature), i64::MAX, 10).await?;
        drop(tx);
        let of = |slug: &str| {
            let (organisation, _) = self.members.get(slug)?;
            calls.iter().find(|call| call.organisation == *organisation).map(|call| call.id)
        };
        self.at(PROMISED - 3, 9);
        let (one, two) = (of("arn").ok_or("no call")?, of("yaal-coop").ok_or("no call")?);
        // Whoever does the work pays its part to itself: another member says that it is so.
        let other = self.acting("cloud-girofle")?;
        confirm_received(&self.context, other, one, Money::new(10_000), self.day(PROMISED - 2))
            .await
            .map_err(told)?;
        self.at(2, 9);
        say_paid(&self.context, self.acting("yaal-coop")?, two).await.map_err(told)
    }
}

/// What its features say.
struct Wish {
    title: &'static str,
    software: &'static str,
    summary: &'static str,
    done_when: &'static str,
    worker: &'static str,
    price: (i64, i64),
}

const BOT: Wish = Wish {
    title: "Prévenir dans Matrix quand un service tombe",
    software: "Uptime Kuma",
    summary: "Nos salons d’astreinte apprennent une panne avant les membres, sans passer par un courriel.",
    done_when: "Une panne simulée écrit dans le salon en moins d’une minute.",
    worker: "ARN (sans-nuage.fr)",
    price: (40_000, 60_000),
};

const GUIDE: Wish = Wish {
    title: "Un guide d’accueil pour les associations",
    software: "Nextcloud",
    summary: "Les mêmes six pages pour toutes les associations que nous accueillons, à relire une fois l’an.",
    done_when: "Le guide est en ligne, sous licence libre, relu par deux structures.",
    worker: "",
    price: (30_000, 45_000),
};

/// Writes the collective with its members, roles and pot.
struct Found {
    members: Vec<OrganisationId>,
    admin: PersonId,
    seed: Seed,
    now: Timestamp,
}

impl Command for Found {
    type Done = PotId;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<PotId, Failure<Never>> {
        let (mut seed, now) = (self.seed.clone(), self.now);
        let collective = CollectiveRow {
            id: seed.id(now),
            slug: "petits-hebergeurs".to_owned(),
            name: "Petits hébergeurs".to_owned(),
            purpose:
                "Quatre structures qui paient ensemble de petites choses, sans association ni compte commun."
                    .to_owned(),
            locale: "fr".to_owned(),
            zone: "Europe/Paris".to_owned(),
            example: true,
            version: 1,
            created_at: now,
        };
        if !store::collectives::create(tx, &collective).await? {
            return Err(Failure::Fault("its name in addresses is taken".to_owned()));
        }
        let rules = Template::Informal.rules();
        store::collectives::put_rules(tx, collective.id, &rules, now, Some(self.admin), "").await?;
        let today: Date = collective.day(now);
        for organisation in &self.members {
            store::organisations::join(tx, collective.id, *organisation, today).await?;
        }
        self.roles(tx, &mut seed, collective.id).await?;
        let event = Event {
            id: seed.id(now),
            collective: Some(collective.id),
            at: now,
            kind: "collective_made",
            actor: Actor::Person(self.admin),
            organisation: None,
            subject_kind: "collective",
            subject: Some(collective.id.into()),
            public: true,
            data: store::events::no_data(),
        };
        store::events::record(tx, &event).await?;
        let pot = NewPot {
            collective: collective.id,
            slug: "main".to_owned(),
            name: "Pot commun".to_owned(),
            currency: Currency::EUR,
            fund_mode: FundMode::Direct,
            host: None,
        };
        Ok(create_in(tx, &mut seed, now, Actor::Person(self.admin), pot).await?.id)
    }
}

impl Found {
    async fn roles(
        &self,
        tx: &mut Tx,
        seed: &mut Seed,
        collective: CollectiveId,
    ) -> Result<(), Failure<Never>> {
        for kind in RoleKind::ALL {
            let role = NewRole {
                id: seed.id(self.now),
                collective,
                person: self.admin,
                kind: *kind,
                proposed_by: Some(self.admin),
                proposed_at: self.now,
                effective_at: Some(self.now),
            };
            store::roles::insert(tx, &role).await?;
        }
        Ok(())
    }
}
