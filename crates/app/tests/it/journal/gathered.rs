//! Postings that are written many at a time are those that would be written one by one.

use domain::{Source, chain::Hash, journal::StoredPosting};
use store::journal::Batch;
use testkit::on_both;

use super::*;

/// Posts drafts in one transaction, which is then rolled back.
struct Posts {
    pot: PotId,
    drafts: Vec<Draft>,
    seed: Seed,
    now: Timestamp,
    /// How many are written at a time; 0 for each alone.
    at_once: usize,
}

/// What was there before the rollback.
#[derive(Debug)]
enum Seen {
    Written { head: (i64, Hash), postings: Vec<StoredPosting>, balances: Vec<(Account, Money)> },
    Refused(PostError),
    Fault(#[expect(dead_code, reason = "read by whoever reads the panic")] String),
}

impl From<sqlx::Error> for Seen {
    fn from(error: sqlx::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

impl From<WriteError> for Seen {
    fn from(error: WriteError) -> Self {
        Self::Fault(error.to_string())
    }
}

impl Command for Posts {
    type Done = ();
    type Error = Seen;

    async fn run(&self, tx: &mut Tx) -> Result<(), Seen> {
        let mut locked = journal::lock_pot(tx, self.pot).await?.expect("a pot");
        let (mut seed, now) = (self.seed.clone(), self.now);
        let mut batch = Batch::of_all(tx, &locked, Book::Cash).await?;
        for (at, draft) in self.drafts.iter().cloned().enumerate() {
            if self.at_once == 0 {
                journal::post(tx, &mut locked, &mut seed, now, draft, "").await.map_err(Seen::Refused)?;
                continue;
            }
            batch.add(tx, &mut locked, &mut seed, now, draft, "").await.map_err(Seen::Refused)?;
            if (at + 1) % self.at_once == 0 {
                batch.write(tx, &locked).await?;
            }
        }
        batch.write(tx, &locked).await?;
        let locked = journal::lock_pot(tx, self.pot).await?.expect("a pot");
        let kinds: Vec<AccountKind> = AccountKind::ALL.iter().map(|(kind, _)| *kind).collect();
        Err(Seen::Written {
            head: locked.head(Book::Cash),
            postings: journal::stored::postings(tx, self.pot, Book::Cash, 0).await?,
            balances: journal::balances(tx, self.pot, Book::Cash, Of::Kinds(&kinds)).await?,
        })
    }
}

impl Posts {
    fn of(world: &World, town: &Grown, drafts: &[Draft]) -> impl Fn(usize) -> Self + use<> {
        let (pot, seed, now, drafts) = (town.pot, world.context.seed(), world.now(), drafts.to_vec());
        move |at_once| Self { pot, drafts: drafts.clone(), seed: seed.clone(), now, at_once }
    }
}

/// Payments, then shares from the pools, some of accounts that are there already.
async fn drafts(world: &World, town: &Grown) -> Vec<Draft> {
    let bank = bank(world, town).await;
    let mut drafts = Vec::new();
    for turn in 0..3 {
        for place in 0..4 {
            let (pool, share) = (
                Account::Pool(organisation(town, place)),
                Account::Share(organisation(town, place), Source::Own),
            );
            let amount = Money::new(100 + turn);
            let paid = vec![Transfer::new(bank, pool, amount)];
            drafts.push(draft(town, Book::Cash, PostingKind::Contribution, paid));
            let shared = vec![Transfer::new(pool, share, amount)];
            drafts.push(draft(town, Book::Cash, PostingKind::Distribution, shared));
        }
    }
    drafts
}

async fn they_are_the_same_rows(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 1, 5_000).await;
    let posts = Posts::of(&world, &town, &drafts(&world, &town).await);
    let mut seen = Vec::new();
    for at_once in [0, 1, 7, 100] {
        match world.context.db.write_alone(posts(at_once)).await.unwrap_err() {
            Seen::Written { head, postings, balances } => seen.push((head, postings, balances)),
            other => panic!("{at_once} at once: {other:?}"),
        }
    }
    assert_eq!((seen[0].0.0, seen[0].1.len()), (25, 25));
    assert!(seen.iter().all(|other| *other == seen[0]));
}

async fn what_one_may_not_many_may_not(world: World) {
    let town = town(&world).await;
    let mut drafts = drafts(&world, &town).await;
    // Everything paid in is shared out: one cent more isn't there.
    let pool = Account::Pool(organisation(&town, 2));
    let share = Account::Share(organisation(&town, 2), Source::Own);
    let more = vec![Transfer::new(pool, share, Money::new(1))];
    drafts.push(draft(&town, Book::Cash, PostingKind::Distribution, more));
    let posts = Posts::of(&world, &town, &drafts);
    for at_once in [0, 7, 100] {
        let refused = world.context.db.write_alone(posts(at_once)).await.unwrap_err();
        let Seen::Refused(PostError::Bound { account, balance: -1 }) = refused else {
            panic!("{at_once} at once: {refused:?}")
        };
        assert_eq!(account, pool);
    }
    assert!(balances(&world, &town, Book::Cash).await.is_empty());
}

on_both![they_are_the_same_rows, what_one_may_not_many_may_not];
