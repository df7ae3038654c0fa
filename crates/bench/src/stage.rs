//! A collective to put load on: organisations that have paid, an open round that is shared out, features that take
//! money and never trigger, a signed-in person for each organisation.

use app::{
    Acting, Context,
    contributions::{NewContribution, record_contribution},
    distributions::{Asked, Confirmed, confirm_distribution, preview_distribution},
    features::{NewFeature, propose_feature},
    rounds::open_round,
};
use domain::{
    Money,
    features::{Line, Place, Proposal},
    ids::{FeatureId, PotId},
    posting::Nature,
    rounds::{RoundPlan, day_of},
    rules::{Rules, Template, Track, TrackRule},
    shares::ShareRule,
};
use identity::Token;
use jiff::{SignedDuration, ToSpan, civil::Date, tz::TimeZone};
use store::sessions::NewSession;
use testkit::{Grown, Kind, World};

/// What each organisation pays and gets, in cents.
pub const SHARE: i64 = 1_000_000;
/// The floor of each feature, in cents: more than all shares together.
const FLOOR: i64 = 9_000_000_000;

/// A collective ready for load.
pub struct Stage {
    /// Its database, open.
    pub world: World,
    /// The collective.
    pub town: Grown,
    /// Its features, in the open round.
    pub features: Vec<(i64, FeatureId)>,
    /// The number of the open round.
    pub round: i64,
    /// For each organisation the cookie of its representative's session.
    pub cookies: Vec<String>,
}

impl Stage {
    /// Prepares a database, which must be new, with so many organisations and features.
    ///
    /// # Panics
    /// If a step is refused.
    pub async fn prepare(kind: Kind, url: &str, organisations: usize, features: usize) -> Self {
        let world = World::kept(kind, url).await;
        let names: Vec<String> = (1..=organisations).map(|number| format!("Structure {number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let town = world.collective(rules(), &names).await;
        let today = today(&world.context);
        for member in &town.members {
            let paid = NewContribution {
                organisation: member.organisation,
                amount: Money::new(SHARE),
                nature: Nature::Subscription,
                received_on: yesterday(today),
                reference: String::new(),
                proof: None,
            };
            record_contribution(&world.context, town.admin(), town.pot, paid).await.expect("a contribution");
        }
        let round = open(&world, &town, today).await;
        let mut stage = Self { world, town, features: Vec::new(), round, cookies: Vec::new() };
        for number in 1..=features {
            stage.propose(number, today).await;
        }
        for place in 0..organisations {
            let cookie = stage.sign_in(place).await;
            stage.cookies.push(cookie);
        }
        stage
    }

    async fn propose(&mut self, number: usize, today: Date) {
        let proposal = Proposal {
            title: format!("Inviter sans compte {number}"),
            summary: "Discuter avec des personnes qui n’ont pas de compte.".to_owned(),
            description: "Un lien d’invitation :\n\n- envoyé par courriel ;\n- bon une fois.\n".repeat(4),
            done_when: "Une personne sans compte écrit dans un salon.".to_owned(),
            worker: "Structure 1".to_owned(),
            software: "Element".to_owned(),
            discussion_url: String::new(),
            lines: vec![Line {
                label: "Développement".to_owned(),
                minimum: Money::new(FLOOR),
                maximum: Money::new(FLOOR),
            }],
            incomes: Vec::new(),
            closing_on: last_day(today),
            place: Place::Round,
        };
        let new = NewFeature { proposal, track: Some(Track::Trust), needs: Vec::new() };
        let lead = self.town.admin();
        let made = propose_feature(&self.world.context, lead, self.town.pot, new).await.expect("a feature");
        let row = store::features::by_id(&mut self.world.read().await, made.feature).await;
        let row = row.expect("the database answers").expect("the feature is there");
        self.features.push((row.number, row.id));
    }

    /// A session of the representative of that organisation, without the mail that would lead to it.
    async fn sign_in(&self, place: usize) -> String {
        let token = Token::from_bytes(self.world.context.chance.bytes());
        let (member, now) = (self.town.member(place), self.world.now());
        let session = NewSession {
            token_hash: token.hash(),
            person: member.person,
            organisation: Some(member.organisation),
            at: now,
            expires_at: now.saturating_add(SignedDuration::from_hours(24)).expect("an instant"),
            agent: "banc d’essai".to_owned(),
        };
        self.world
            .sql(move |tx| {
                let session = session.clone();
                Box::pin(async move { store::sessions::insert(tx, &session).await })
            })
            .await;
        format!("popote={}", token.as_str())
    }

    /// Who acts for an organisation; `key` makes a write count once.
    #[must_use]
    pub fn acting(&self, place: usize, key: Option<String>) -> Acting {
        Acting { key, ..self.town.member(place).acting() }
    }

    /// The pot.
    #[must_use]
    pub const fn pot(&self) -> PotId {
        self.town.pot
    }

    /// Closes the database, so that a server may open it.
    pub async fn close(&self) {
        self.world.context.db.close().await;
    }
}

/// No ceiling and no cap: nothing but the shares limits what is put.
fn rules() -> Rules {
    let mut rules = Rules::from(Template::Informal);
    rules.tracks = vec![TrackRule { track: Track::Trust, ceiling: None, estimates: 0 }];
    rules.cap = None;
    rules
}

async fn open(world: &World, town: &Grown, today: Date) -> i64 {
    let plan = RoundPlan {
        name: "Banc d’essai".to_owned(),
        opens_on: yesterday(today),
        closes_on: last_day(today),
        rule: ShareRule::EQUAL,
        cap: None,
        lapse: false,
        promises: domain::promises::PromiseRule::AsPutIn,
    };
    let round = open_round(&world.context, town.admin(), town.pot, plan).await.expect("a round");
    let asked = Asked::default();
    let preview = preview_distribution(&world.context, &town.admin(), round.round, &asked).await;
    let digest = preview.expect("a preview").digest();
    let done = confirm_distribution(&world.context, town.admin(), round.round, asked, &digest).await;
    assert!(matches!(done.expect("a distribution"), Confirmed::Posted(_)), "what was shown has changed");
    round.number
}

/// Today where the collective is.
///
/// # Panics
/// If the zone is unknown.
#[must_use]
pub fn today(context: &Context) -> Date {
    day_of(context.now(), &TimeZone::get("Europe/Paris").expect("a zone"))
}

fn yesterday(today: Date) -> Date {
    today.yesterday().unwrap_or(today)
}

fn last_day(today: Date) -> Date {
    today.saturating_add(30.days())
}
