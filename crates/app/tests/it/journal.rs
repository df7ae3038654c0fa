//! The journal on both databases: what is posted stands, what is refused leaves nothing, what is falsified is noticed.

mod bypass;
pub(crate) mod edited;
pub(crate) mod export;
mod falsified;
mod gathered;
mod keys;
mod posting;
mod reversal;
mod walk;
mod writers;

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind, Seed, Transfer,
    ids::{OrganisationId, PersonId, PotId},
    posting::{Actor, Posted},
    rules::Template,
};
use jiff::{Timestamp, civil::date};
use popote_app::{Failure, Never, verify};
use store::{
    Command, Tx, WriteError,
    journal::{self, Of, PostError},
    sqlx,
};
use testkit::{Grown, World};
use uuid::Uuid;

/// Posts a draft as a use case would, with a receipt where money goes through the bank.
struct Post {
    pot: PotId,
    draft: Draft,
    seed: Seed,
    now: Timestamp,
    once: Option<(&'static str, Uuid)>,
}

#[derive(Debug)]
#[expect(dead_code, reason = "what a fault says is shown where a story stops")]
enum Unposted {
    Post(PostError),
    Taken,
    Sql(sqlx::Error),
    Write(WriteError),
}

impl From<sqlx::Error> for Unposted {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<WriteError> for Unposted {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl Command for Post {
    type Done = Posted;
    type Error = Unposted;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Posted, Unposted> {
        let mut locked = journal::lock_pot(tx, self.pot).await?.expect("a pot");
        let mut seed = self.seed.clone();
        let posted = journal::post(tx, &mut locked, &mut seed, self.now, self.draft.clone(), "a note")
            .await
            .map_err(Unposted::Post)?;
        if let Some((act, subject)) = self.once
            && !journal::claim_once(tx, self.pot, act, subject, posted.id).await?
        {
            return Err(Unposted::Taken);
        }
        let through_bank = |t: &Transfer| [t.from, t.to].iter().any(|a| a.kind() == AccountKind::Bank);
        if self.draft.transfers.iter().any(through_bank) && self.draft.kind != PostingKind::Reversal {
            store::receipts::insert(tx, self.pot, posted.id, self.draft.effective_on, None, "").await?;
        }
        Ok(posted)
    }
}

/// A command of what a closure does, which may fail.
struct Raw(&'static str);

impl Command for Raw {
    type Done = u64;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<u64, Failure<Never>> {
        Ok(store::execute(tx, self.0, Vec::new()).await?)
    }
}

/// Runs SQL; how many rows it wrote, or what the database said.
pub(crate) async fn raw(world: &World, sql: &'static str) -> Result<u64, String> {
    world.context.db.write(Raw(sql)).await.map_err(|error| error.to_string())
}

async fn town(world: &World) -> Grown {
    world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle", "IndieHosters"]).await
}

fn person(town: &Grown) -> PersonId {
    town.member(0).person
}

fn organisation(town: &Grown, place: usize) -> OrganisationId {
    town.member(place).organisation
}

fn draft(town: &Grown, book: Book, kind: PostingKind, transfers: Vec<Transfer>) -> Draft {
    let mut draft = Draft::new(kind, book, date(2025, 3, 3), Actor::Person(person(town)), transfers);
    if kind == PostingKind::Contribution {
        draft.organisation = draft.transfers.first().and_then(|transfer| transfer.to.organisation());
    }
    draft
}

async fn post(world: &World, town: &Grown, draft: Draft) -> Result<Posted, Unposted> {
    let command = Post { pot: town.pot, draft, seed: world.context.seed(), now: world.now(), once: None };
    world.context.db.write(command).await
}

/// The bank account that the pot follows.
async fn bank(world: &World, town: &Grown) -> Account {
    let pot = store::pots::by_id(&mut world.read().await, town.pot).await.unwrap().unwrap();
    Account::Bank(pot.bank_account)
}

/// A member's payment.
async fn pay(world: &World, town: &Grown, place: usize, cents: i64) -> Posted {
    let to = Account::Pool(organisation(town, place));
    let paid = vec![Transfer::new(bank(world, town).await, to, Money::new(cents))];
    post(world, town, draft(town, Book::Cash, PostingKind::Contribution, paid)).await.unwrap()
}

/// Every account of a book that isn't at zero.
async fn balances(world: &World, town: &Grown, book: Book) -> BTreeMap<Account, i64> {
    let kinds: Vec<AccountKind> = AccountKind::ALL.iter().map(|(kind, _)| *kind).collect();
    let all = journal::balances(&mut world.read().await, town.pot, book, Of::Kinds(&kinds)).await.unwrap();
    all.into_iter().map(|(account, balance)| (account, balance.minor())).collect()
}

/// The codes of the broken invariants.
async fn broken(world: &World, town: &Grown) -> Vec<&'static str> {
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    let breached =
        |finding: &&domain::invariants::Finding| finding.status == domain::invariants::Status::Breached;
    report.findings.iter().filter(breached).map(|finding| finding.code).collect()
}
