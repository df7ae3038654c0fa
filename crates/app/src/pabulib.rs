//! A real participatory budget as a collective: each voter is an organisation, the budget enters as one equal
//! contribution of each, and each splits its share equally over the projects that it approved.

mod progress;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    Account, AccountKind, Book, Currency, Money,
    features::{Line, Place, Proposal, Wish},
    ids::{FeatureId, OrganisationId},
    money::split,
    posting::Nature,
    pot::FundMode,
    rounds::RoundPlan,
    rules::{AmountsSeen, Rules, SurplusUse, Template, Track, TrackRule, TriggerMode, Unspent},
    shares::{ShareRule, Sharing},
    text,
};
use jiff::SignedDuration;
use store::{
    Command, Tx, collectives::CollectiveRow, journal::Of, organisations::OrganisationRow, rounds::Round,
};
use tally::pabulib::Election;
use words::{Locale, Words};

use crate::{
    allocations::{self, Wishes},
    closings::{self, RoundReport},
    context::Context,
    contributions,
    distributions::{self, Asked},
    error::{Failure, Never},
    features::{NewFeature, propose_in},
    pots::{self, NewPot},
    rounds,
    till::{Drawn, Till},
};

pub use progress::{Progress, Stage};

/// The job that posts an import.
const JOB: &str = "pabulib_import";
/// The longest summary that a project gets from the file.
const LONGEST_SUMMARY: usize = 400;

/// How to play an election.
#[derive(Clone, Debug, Default)]
pub struct Play {
    /// Voter i belongs to organisation i modulo this number; without it each voter is an organisation.
    pub organisations: Option<usize>,
    /// Whether it is played beside an earlier play of the same election.
    pub again: bool,
    /// Where it is told how far it is.
    pub progress: Arc<Progress>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// The collective's name in addresses.
    pub slug: String,
    /// Organisations that paid in.
    pub organisations: usize,
    /// Projects that became features.
    pub features: usize,
    /// Projects that were funded.
    pub funded: usize,
    /// The currency of the file.
    pub currency: Currency,
    /// What lies reserved, in minor units.
    pub reserved: Money,
    /// What stays in the shares, in minor units.
    pub left: Money,
}

/// Why an election can't be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlayRefusal {
    /// Nobody voted.
    #[error("the file has no voter")]
    NoVoter,
    /// There is no project, or one costs nothing.
    #[error("the file has no project, or one that costs nothing")]
    NoProject,
    /// The budget is zero or too large.
    #[error("the budget is zero or too large for a pot")]
    Budget,
    /// A number of organisations of zero.
    #[error("at least one organisation is needed")]
    NoOrganisation,
    /// The currency is no ISO 4217 code.
    #[error("the currency of the file is not three capital letters")]
    Currency,
    /// The same election was played here before.
    #[error("this election is here already, with all its money: add --again to play it once more beside it")]
    Again,
    /// A step that the rules of the product refuse.
    #[error("a step was refused")]
    Step,
}

/// Plays an election in one transaction: contributions, an open round, its distribution, allocations in the order of the
/// file, and the round's close. Amounts are hundredths of the file's currency unit.
/// Errors: [`PlayRefusal`], or faults; nothing is written then.
pub async fn play(ctx: &Context, election: Election, play: Play) -> Result<Played, Failure<PlayRefusal>> {
    let voters = election.voters.len();
    let costs_nothing = election.projects.iter().any(|project| project.cost == 0);
    let refuse = |why| Err(Failure::Refused(why));
    match play.organisations {
        _ if voters == 0 => return refuse(PlayRefusal::NoVoter),
        _ if election.projects.is_empty() || costs_nothing => return refuse(PlayRefusal::NoProject),
        Some(0) => return refuse(PlayRefusal::NoOrganisation),
        _ => {}
    }
    let largest = Money::MAX_ENTRY.minor();
    let fits = |amount: u64| i64::try_from(amount).is_ok_and(|amount| amount <= largest);
    if election.budget == 0
        || !fits(election.budget)
        || election.projects.iter().any(|project| !fits(project.cost))
    {
        return refuse(PlayRefusal::Budget);
    }
    let code = election.currency().unwrap_or("XXX");
    let currency = Currency::new(code, 2).map_err(|_| Failure::Refused(PlayRefusal::Currency))?;
    let organisations = play.organisations.map_or(voters, |count| count.min(voters));
    let command = Import {
        election,
        organisations,
        again: play.again,
        pooled: play.organisations.is_some(),
        progress: play.progress,
        currency,
        drawn: Drawn::of(ctx),
    };
    ctx.db.write_alone(command).await
}

struct Import {
    election: Election,
    organisations: usize,
    again: bool,
    /// Whether several voters share an organisation, whose share is then the sum of theirs, by hand.
    pooled: bool,
    progress: Arc<Progress>,
    currency: Currency,
    drawn: Drawn,
}

type Step<T> = Result<T, Failure<PlayRefusal>>;

/// A refusal of a step is a refusal of the whole.
fn step<R: std::fmt::Debug>(failure: Failure<R>) -> Failure<PlayRefusal> {
    tracing::warn!(?failure, "a step of the import was refused");
    match failure {
        Failure::Invalid(_) => Failure::Refused(PlayRefusal::Step),
        other => other.map(|_| PlayRefusal::Step),
    }
}

impl Command for Import {
    type Done = Played;
    type Error = Failure<PlayRefusal>;

    async fn run(&self, tx: &mut Tx) -> Step<Played> {
        self.progress.begin(Stage::Members);
        let now = self.drawn.now;
        // Yesterday is the round's last day, so that it is over now.
        let begun = now.saturating_sub(SignedDuration::from_hours(48)).unwrap_or(now);
        let mut drawn = Drawn { now: begun, ..self.drawn.clone() };
        let collective = self.collective(tx, &mut drawn).await?;
        let (pot, members) = self.members(tx, &mut drawn, &collective).await?;
        let mut till = Till::by_job(tx, pot, JOB, &drawn).await?;
        till.counted_by(self.progress.counter());
        self.progress.begin(Stage::Contributions);
        let shares = self.shares()?;
        let sums = self.sums(&shares, &members);
        let paid: Vec<(OrganisationId, Money)> = sums
            .iter()
            .map(|(organisation, amount)| (*organisation, *amount))
            .filter(|(_, amount)| amount.is_positive())
            .collect();
        contributions::post_all(tx, &mut till, Nature::Subscription, &paid).await.map_err(step::<Never>)?;
        let round = self.round(tx, &mut till, &sums).await?;
        let features = self.features(tx, &mut till, members[0], &round).await?;
        self.progress.begin(Stage::Allocations);
        self.allocate(tx, &mut till, &round, &shares, &members, &features).await?;
        self.progress.begin(Stage::Closing);
        till.now = now;
        till.today = collective.day(now);
        let report = closings::close_round_in(tx, &mut till, round.id, None).await.map_err(step)?;
        self.played(tx, &till, &collective, members.len(), &report).await
    }
}

impl Import {
    fn words() -> Words {
        Words::new(Locale::Fr)
    }

    async fn collective(&self, tx: &mut Tx, drawn: &mut Drawn) -> Step<CollectiveRow> {
        let name = self.election.meta("description").unwrap_or_default();
        let name = text::line(name, text::LONGEST_NAME)
            .unwrap_or_else(|_| Self::words().import_pabulib_name().to_owned());
        let base =
            Some(text::slug(&name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "budget".to_owned());
        let mut collective = CollectiveRow {
            id: drawn.seed.id(drawn.now),
            slug: base.clone(),
            name,
            purpose: Self::words().import_pabulib_purpose().to_owned(),
            locale: Locale::Fr.as_str().to_owned(),
            zone: "Europe/Paris".to_owned(),
            example: false,
            version: 1,
            created_at: drawn.now,
        };
        for number in 2..1_000 {
            if store::collectives::create(tx, &collective).await? {
                let rules = rules();
                store::collectives::put_rules(tx, collective.id, &rules, drawn.now, None, "").await?;
                return Ok(collective);
            }
            let there = store::collectives::by_slug(tx, &collective.slug).await?;
            let same =
                there.is_some_and(|row| row.name == collective.name && row.purpose == collective.purpose);
            if same && !self.again {
                return Err(Failure::Refused(PlayRefusal::Again));
            }
            collective.slug = format!("{base}-{number}");
        }
        Err(Failure::Fault(format!("no free address for {base}")))
    }

    /// The pot and the organisations, in the order of the voters.
    async fn members(
        &self,
        tx: &mut Tx,
        drawn: &mut Drawn,
        collective: &CollectiveRow,
    ) -> Step<(domain::ids::PotId, Vec<OrganisationId>)> {
        let t = Self::words();
        let rows: Vec<OrganisationRow> = (0..self.organisations)
            .map(|number| {
                let id: OrganisationId = drawn.seed.id(drawn.now);
                let name = match self.election.voters.get(number).filter(|_| !self.pooled) {
                    Some(voter) => t.import_pabulib_voter(&voter.id),
                    None => t.import_pabulib_organisation(number + 1),
                };
                OrganisationRow {
                    id,
                    slug: format!("{}-{}", collective.slug, number + 1),
                    name: text::line(&name, text::LONGEST_NAME).unwrap_or_default(),
                    website: String::new(),
                    siren: None,
                    one_person: !self.pooled,
                    created_at: drawn.now,
                }
            })
            .collect();
        // A file that everybody may read holds no amount to hide, though each voter is one person.
        let day = collective.day(drawn.now);
        store::organisations::insert_members(tx, collective.id, &rows, day, true).await?;
        let new = NewPot {
            collective: collective.id,
            slug: "main".to_owned(),
            name: t.import_pabulib_pot().to_owned(),
            currency: self.currency,
            fund_mode: FundMode::Own,
            host: None,
        };
        let actor = domain::posting::Actor::System { job: JOB, rules_version: 1 };
        let pot = pots::create_in(tx, &mut drawn.seed, drawn.now, actor, new).await?;
        Ok((pot.id, rows.into_iter().map(|row| row.id).collect()))
    }

    /// What each voter pays in: the budget divided equally, odd cents to the first of the file.
    fn shares(&self) -> Step<Vec<Money>> {
        let budget = Money::new(i64::try_from(self.election.budget).unwrap_or(i64::MAX));
        split(budget, &vec![1; self.election.voters.len()], 0)
            .map_err(|error| Failure::Fault(error.to_string()))
    }

    fn sums(&self, shares: &[Money], members: &[OrganisationId]) -> BTreeMap<OrganisationId, Money> {
        let mut sums: BTreeMap<OrganisationId, Money> = BTreeMap::new();
        for (voter, share) in shares.iter().enumerate() {
            let sum = sums.entry(members[voter % members.len()]).or_default();
            *sum = Money::new(sum.minor() + share.minor());
        }
        sums
    }

    async fn round(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        sums: &BTreeMap<OrganisationId, Money>,
    ) -> Step<Round> {
        let rule = if self.pooled {
            ShareRule { sharing: Sharing::Manual, ..ShareRule::EQUAL }
        } else {
            ShareRule::EQUAL
        };
        let plan = RoundPlan {
            name: Self::words().import_pabulib_round().to_owned(),
            opens_on: till.today,
            closes_on: till.today,
            rule,
            cap: None,
            lapse: false,
            promises: domain::promises::PromiseRule::AsPutIn,
        };
        let round = rounds::open_in(tx, till, plan).await.map_err(step)?;
        let manual = if self.pooled { sums.clone() } else { BTreeMap::new() };
        distributions::distribute_in(tx, till, &round, &Asked { amount: None, manual })
            .await
            .map_err(step)?;
        Ok(round)
    }

    async fn features(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        lead: OrganisationId,
        round: &Round,
    ) -> Step<Vec<FeatureId>> {
        let t = Self::words();
        let mut ids = Vec::with_capacity(self.election.projects.len());
        for project in &self.election.projects {
            let cost = Money::new(i64::try_from(project.cost).unwrap_or(i64::MAX));
            let named: String = project.name.chars().take(LONGEST_SUMMARY).collect();
            let named = text::optional_line(&named, LONGEST_SUMMARY).unwrap_or_default();
            let summary = if named.is_empty() { t.import_pabulib_project(&project.id) } else { named };
            let proposal = Proposal {
                title: summary.chars().take(domain::features::proposal::limits::TITLE).collect(),
                done_when: t.import_pabulib_done_when(&project.id),
                summary,
                description: String::new(),
                worker: String::new(),
                software: String::new(),
                discussion_url: String::new(),
                lines: vec![Line { label: t.import_pabulib_line().to_owned(), minimum: cost, maximum: cost }],
                incomes: Vec::new(),
                closing_on: round.closes_on,
                place: Place::Round,
            };
            let new = NewFeature { proposal, track: Some(Track::Trust), needs: Vec::new() };
            ids.push(propose_in(tx, till, lead, None, Some(round), &new).await.map_err(step)?.id);
        }
        Ok(ids)
    }

    /// Voters in the order of the file: each splits its share equally over what it approved, capped by what is missing.
    async fn allocate(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        round: &Round,
        paid: &[Money],
        members: &[OrganisationId],
        features: &[FeatureId],
    ) -> Step<()> {
        let got = if self.pooled { None } else { Some(shares_held(tx, till).await?) };
        let mut missing: Vec<i64> = self
            .election
            .projects
            .iter()
            .map(|project| i64::try_from(project.cost).unwrap_or(i64::MAX))
            .collect();
        let mut on: BTreeMap<(OrganisationId, u32), i64> = BTreeMap::new();
        let mut all = Vec::with_capacity(self.election.voters.len());
        for (place, voter) in self.election.voters.iter().enumerate() {
            let organisation = members[place % members.len()];
            let share = match &got {
                Some(got) => got.get(&organisation).copied().unwrap_or_default(),
                None => paid[place],
            };
            let approved: BTreeSet<u32> = voter.vote.iter().copied().collect();
            if approved.is_empty() || !share.is_positive() {
                continue;
            }
            let parts = split(share, &vec![1; approved.len()], 0)
                .map_err(|error| Failure::Fault(error.to_string()))?;
            let mut wishes = Vec::with_capacity(approved.len());
            for (project, part) in approved.into_iter().zip(parts) {
                let room = &mut missing[project as usize];
                let put = part.minor().min(*room);
                if put == 0 {
                    continue;
                }
                *room -= put;
                let seen = on.entry((organisation, project)).or_default();
                let wanted = *seen + put;
                let feature = features[project as usize];
                wishes.push(Wish { feature, seen: Money::new(*seen), wanted: Money::new(wanted) });
                *seen = wanted;
            }
            if !wishes.is_empty() {
                all.push(Wishes { organisation, wishes });
            }
        }
        allocations::allocate_all(tx, till, Some(round), &all).await.map_err(step)?;
        Ok(())
    }

    async fn played(
        &self,
        tx: &mut Tx,
        till: &Till,
        collective: &CollectiveRow,
        organisations: usize,
        report: &RoundReport,
    ) -> Step<Played> {
        let kinds = [AccountKind::Share, AccountKind::Reserved];
        let held = store::journal::balances(tx, till.pot(), Book::Cash, Of::Kinds(&kinds)).await?;
        let sum = |kind| {
            let amounts =
                held.iter().filter(|(account, _)| account.kind() == kind).map(|(_, amount)| *amount);
            Money::sum(amounts).map_err(|error| Failure::Fault(error.to_string()))
        };
        let features = self.election.projects.len();
        Ok(Played {
            slug: collective.slug.clone(),
            organisations,
            features,
            funded: features - report.not_funded,
            currency: self.currency,
            reserved: sum(AccountKind::Reserved)?,
            left: sum(AccountKind::Share)?,
        })
    }
}

async fn shares_held(tx: &mut Tx, till: &Till) -> Step<BTreeMap<OrganisationId, Money>> {
    let held = store::journal::balances(tx, till.pot(), Book::Cash, Of::Kinds(&[AccountKind::Share])).await?;
    let mut shares: BTreeMap<OrganisationId, Money> = BTreeMap::new();
    for (account, amount) in held {
        if let Account::Share(organisation, _) = account {
            let sum = shares.entry(organisation).or_default();
            *sum = Money::new(sum.minor() + amount.minor());
        }
    }
    Ok(shares)
}

/// One track without a ceiling, triggered at once, everything shared out, nothing lapses, amounts that everybody sees.
fn rules() -> Rules {
    let mut rules = Rules::from(Template::Informal);
    rules.tracks = vec![TrackRule { track: Track::Trust, ceiling: None, estimates: 0 }];
    rules.trigger = TriggerMode::AtOnce;
    rules.unspent = Unspent::Carry;
    rules.reserve_per_mille = 0;
    rules.cap = None;
    rules.amounts = AmountsSeen::Public;
    rules.surplus = vec![SurplusUse::Back];
    rules
}
