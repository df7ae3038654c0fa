//! Hosts: the legal entities that hold the money, sign and pay.

use domain::ids::{CollectiveId, HostId, OrganisationId, PersonId};
use jiff::Timestamp;

use crate::{
    Tx, args, execute, fetch_all, fetch_optional, row,
    seals::{self, Kind, Written},
};

row! {
    /// A host.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct HostRow {
        /// Its id.
        pub id: HostId,
        /// Of which collective.
        pub collective: CollectiveId,
        /// The organisation that it is, if it is a member.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub name: String,
        /// Its address; may be empty.
        pub address: String,
        /// Its IBAN; may be empty.
        pub iban: String,
        /// Who signs for it; may be empty.
        pub signatory: String,
        /// Its fee, in basis points of what is spent.
        pub fee_rate: u32,
        /// Whether anybody may give: its IBAN and its link are public then.
        pub gifts_open: bool,
        /// A page of another service where one can give, an https address; may be empty.
        pub give_link: String,
        /// Whether it declares that it may write tax receipts for gifts.
        pub tax_receipts: bool,
        /// Since when.
        pub created_at: Timestamp,
        /// When it ceased to be host.
        pub ended_at: Option<Timestamp>,
        /// The IBAN that is to be shown in place of the present one; empty where none waits.
        pub next_iban: String,
        /// From when on.
        pub next_iban_from: Option<Timestamp>,
        /// Who wrote it down.
        pub next_iban_by: Option<PersonId>,
        /// Whether an IBAN was ever shown: the first one doesn't wait.
        pub iban_given: bool,
    }
}

/// An IBAN that waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    /// The IBAN; empty where none waits.
    pub iban: String,
    /// From when on it is shown.
    pub from: Option<Timestamp>,
    /// Who wrote it down.
    pub by: Option<PersonId>,
}

impl HostRow {
    /// The IBAN that waits.
    #[must_use]
    pub fn next(&self) -> Next {
        Next { iban: self.next_iban.clone(), from: self.next_iban_from, by: self.next_iban_by }
    }

    /// A host of which nothing more than its name is said yet.
    #[must_use]
    pub const fn named(
        id: HostId,
        collective: CollectiveId,
        organisation: Option<OrganisationId>,
        name: String,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            collective,
            organisation,
            name,
            address: String::new(),
            iban: String::new(),
            signatory: String::new(),
            fee_rate: 0,
            gifts_open: false,
            give_link: String::new(),
            tax_receipts: false,
            created_at: now,
            ended_at: None,
            next_iban: String::new(),
            next_iban_from: None,
            next_iban_by: None,
            iban_given: false,
        }
    }
}

macro_rules! columns {
    () => {
        "id, collective, organisation, name, address, iban, signatory, fee_rate, gifts_open, give_link, tax_receipts, \
         created_at, ended_at, next_iban, next_iban_from, next_iban_by, iban_given"
    };
}

/// Writes a host.
pub async fn insert(tx: &mut Tx, new: &HostRow) -> sqlx::Result<()> {
    execute(
        tx,
        concat!(
            "INSERT INTO host (",
            columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        ),
        args![
            new.id,
            new.collective,
            new.organisation,
            new.name,
            new.address,
            new.iban,
            new.signatory,
            new.fee_rate,
            new.gifts_open,
            new.give_link,
            new.tax_receipts,
            new.created_at,
            new.ended_at,
            new.next_iban,
            new.next_iban_from,
            new.next_iban_by,
            new.iban_given
        ],
    )
    .await?;
    seals::renew_one(tx, Kind::Host, new.id, Written::All).await
}

/// A host.
pub async fn get(tx: &mut Tx, id: HostId) -> sqlx::Result<Option<HostRow>> {
    fetch_optional(tx, concat!("SELECT ", columns!(), " FROM host WHERE id = $1"), args![id]).await
}

/// The hosts of a collective, past ones included, oldest first.
pub async fn of_collective(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Vec<HostRow>> {
    fetch_all(
        tx,
        concat!("SELECT ", columns!(), " FROM host WHERE collective = $1 ORDER BY id LIMIT 100"),
        args![collective],
    )
    .await
}

/// Changes what a host says of itself.
pub async fn describe(tx: &mut Tx, host: &HostRow) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE host SET name = $2, address = $3, iban = $4, signatory = $5, fee_rate = $6, gifts_open = $7, \
         give_link = $8, tax_receipts = $9, organisation = $10, next_iban = $11, next_iban_from = $12, next_iban_by = $13, \
         iban_given = $14 WHERE id = $1",
        args![
            host.id,
            host.name,
            host.address,
            host.iban,
            host.signatory,
            host.fee_rate,
            host.gifts_open,
            host.give_link,
            host.tax_receipts,
            host.organisation,
            host.next_iban,
            host.next_iban_from,
            host.next_iban_by,
            host.iban_given
        ],
    )
    .await?;
    const WRITTEN: &[&str] = &[
        "name",
        "address",
        "iban",
        "signatory",
        "fee_rate",
        "gifts_open",
        "give_link",
        "tax_receipts",
        "organisation",
        "next_iban",
        "next_iban_from",
        "next_iban_by",
        "iban_given",
    ];
    seals::renew_one(tx, Kind::Host, host.id, Written::Only(WRITTEN)).await
}

/// Shows the IBAN that waits in place of the present one.
pub async fn show_next(tx: &mut Tx, host: HostId) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE host SET iban = next_iban, next_iban = '', next_iban_from = NULL, next_iban_by = NULL \
         WHERE id = $1 AND next_iban <> ''",
        args![host],
    )
    .await?;
    let written = ["iban", "next_iban", "next_iban_from", "next_iban_by"];
    seals::renew_one(tx, Kind::Host, host, Written::Only(&written)).await
}

/// Drops the IBAN that waits: the present one stays.
pub async fn drop_next(tx: &mut Tx, host: HostId) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE host SET next_iban = '', next_iban_from = NULL, next_iban_by = NULL WHERE id = $1",
        args![host],
    )
    .await?;
    let written = ["next_iban", "next_iban_from", "next_iban_by"];
    seals::renew_one(tx, Kind::Host, host, Written::Only(&written)).await
}
