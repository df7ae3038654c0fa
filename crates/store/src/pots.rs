//! Hosts' pots: one currency, one fund mode each.

use domain::{
    Currency,
    ids::{BankAccountId, CollectiveId, HostId, OrganisationId, PotId},
    pot::FundMode,
};
use jiff::Timestamp;

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, insert_many, row,
    seals::{self, Kind, Written},
    text_columns,
};

text_columns! { FundMode }

row! {
    /// A pot.
    #[derive(Clone, Debug)]
    pub struct Pot {
        /// Its id.
        pub id: PotId,
        /// Its collective.
        pub collective: CollectiveId,
        /// Its short name in addresses; `main` for the first.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// ISO 4217 code.
        pub currency: String,
        /// Decimals of the minor unit.
        pub exponent: u8,
        /// Who holds the money, and when.
        pub fund_mode: FundMode,
        /// Who holds the money, if anybody does.
        pub host: Option<HostId>,
        /// The bank account that its journal follows.
        pub bank_account: BankAccountId,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

impl Pot {
    /// The currency; the euro if the columns hold none, which their checks exclude.
    #[must_use]
    pub fn currency(&self) -> Currency {
        Currency::new(&self.currency, self.exponent).unwrap_or(Currency::EUR)
    }
}

/// Makes a pot with the heads of its two books at their genesis.
pub async fn create(tx: &mut Tx, pot: &Pot) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO pot (id, collective, slug, name, currency, exponent, fund_mode, host, bank_account, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            pot.id,
            pot.collective,
            pot.slug,
            pot.name,
            pot.currency,
            pot.exponent,
            pot.fund_mode,
            pot.host,
            pot.bank_account,
            pot.created_at
        ],
    )
    .await?;
    let mut heads = Vec::new();
    for book in domain::Book::ALL {
        heads.extend(args![pot.id, book, 0_i64, domain::chain::genesis(pot.id, book)]);
    }
    insert_many(tx, "pot_head (pot, book, seq, hash)", 4, heads, "").await?;
    seals::renew_one(tx, Kind::Pot, pot.id, Written::All).await
}

/// The pot of that id.
pub async fn by_id(tx: &mut Tx, pot: PotId) -> sqlx::Result<Option<Pot>> {
    fetch_optional(
        tx,
        "SELECT id, collective, slug, name, currency, exponent, fund_mode, host, bank_account, created_at
         FROM pot WHERE id = $1",
        args![pot],
    )
    .await
}

/// The pot of that short name in a collective.
pub async fn by_slug(tx: &mut Tx, collective: CollectiveId, slug: &str) -> sqlx::Result<Option<Pot>> {
    fetch_optional(
        tx,
        "SELECT id, collective, slug, name, currency, exponent, fund_mode, host, bank_account, created_at
         FROM pot WHERE collective = $1 AND slug = $2",
        args![collective, slug],
    )
    .await
}

/// The pots of a collective, oldest first, at most 100.
pub async fn of_collective(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Vec<Pot>> {
    fetch_all(
        tx,
        "SELECT id, collective, slug, name, currency, exponent, fund_mode, host, bank_account, created_at
         FROM pot WHERE collective = $1 ORDER BY created_at, id LIMIT 100",
        args![collective],
    )
    .await
}

/// Names the host of a pot.
pub async fn set_host(tx: &mut Tx, pot: PotId, host: HostId) -> sqlx::Result<()> {
    execute(tx, "UPDATE pot SET host = $2 WHERE id = $1", args![pot, host]).await?;
    seals::renew_one(tx, Kind::Pot, pot, Written::Only(&["host"])).await
}

/// Writes who holds the money of a pot, and when.
pub async fn set_mode(tx: &mut Tx, pot: PotId, mode: FundMode) -> sqlx::Result<()> {
    execute(tx, "UPDATE pot SET fund_mode = $2 WHERE id = $1", args![pot, mode]).await?;
    seals::renew_one(tx, Kind::Pot, pot, Written::Only(&["fund_mode"])).await
}

/// The organisations that have money in a pot, whatever it is bound to, by id.
pub async fn with_money(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<OrganisationId>> {
    const SQL: &str = "SELECT DISTINCT organisation FROM account WHERE pot = $1 AND organisation IS NOT NULL \
        AND balance <> 0 ORDER BY organisation";
    crate::fetch_values(tx, SQL, args![pot]).await
}
