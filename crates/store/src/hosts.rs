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
        /// Whether an IBAN was ever shown.
        pub iban_given: bool,
        /// The page for gifts that is to be shown in place of the present one; empty where none waits.
        pub next_link: String,
        /// From when on.
        pub next_link_from: Option<Timestamp>,
        /// Who wrote it down.
        pub next_link_by: Option<PersonId>,
        /// Whether such a page was ever shown.
        pub link_given: bool,
    }
}

/// What says where money is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The IBAN.
    Iban,
    /// The page of another service where one can give.
    Link,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Iban, Self::Link];
}

/// An IBAN or a page for gifts that waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    /// Which; empty where none waits.
    pub value: String,
    /// From when on it is shown.
    pub from: Option<Timestamp>,
    /// Who wrote it down.
    pub by: Option<PersonId>,
}

impl HostRow {
    /// What is shown.
    #[must_use]
    pub fn shown(&self, target: Target) -> &str {
        match target {
            Target::Iban => &self.iban,
            Target::Link => &self.give_link,
        }
    }

    /// What waits.
    #[must_use]
    pub fn next(&self, target: Target) -> Next {
        let (value, from, by) = match target {
            Target::Iban => (&self.next_iban, self.next_iban_from, self.next_iban_by),
            Target::Link => (&self.next_link, self.next_link_from, self.next_link_by),
        };
        Next { value: value.clone(), from, by }
    }

    /// What was written down last: what waits, if anything does.
    #[must_use]
    pub fn written(&self, target: Target) -> &str {
        let next = match target {
            Target::Iban => &self.next_iban,
            Target::Link => &self.next_link,
        };
        if next.is_empty() { self.shown(target) } else { next }
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
            next_link: String::new(),
            next_link_from: None,
            next_link_by: None,
            link_given: false,
        }
    }
}

macro_rules! columns {
    () => {
        "id, collective, organisation, name, address, iban, signatory, fee_rate, gifts_open, give_link, tax_receipts, \
         created_at, ended_at, next_iban, next_iban_from, next_iban_by, iban_given, \
         next_link, next_link_from, next_link_by, link_given"
    };
}

/// Writes a host.
pub async fn insert(tx: &mut Tx, new: &HostRow) -> sqlx::Result<()> {
    execute(
        tx,
        concat!(
            "INSERT INTO host (",
            columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"
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
            new.iban_given,
            new.next_link,
            new.next_link_from,
            new.next_link_by,
            new.link_given
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
         iban_given = $14, next_link = $15, next_link_from = $16, next_link_by = $17, link_given = $18 WHERE id = $1",
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
            host.iban_given,
            host.next_link,
            host.next_link_from,
            host.next_link_by,
            host.link_given
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
        "next_link",
        "next_link_from",
        "next_link_by",
        "link_given",
    ];
    seals::renew_one(tx, Kind::Host, host.id, Written::Only(WRITTEN)).await
}

/// Shows what waits in place of the present one.
pub async fn show_next(tx: &mut Tx, host: HostId, target: Target) -> sqlx::Result<()> {
    let sql = match target {
        Target::Iban => {
            "UPDATE host SET iban = next_iban, next_iban = '', next_iban_from = NULL, next_iban_by = NULL \
             WHERE id = $1 AND next_iban <> ''"
        }
        Target::Link => {
            "UPDATE host SET give_link = next_link, next_link = '', next_link_from = NULL, next_link_by = NULL \
             WHERE id = $1 AND next_link <> ''"
        }
    };
    execute(tx, sql, args![host]).await?;
    let written: [&str; 4] = match target {
        Target::Iban => ["iban", "next_iban", "next_iban_from", "next_iban_by"],
        Target::Link => ["give_link", "next_link", "next_link_from", "next_link_by"],
    };
    seals::renew_one(tx, Kind::Host, host, Written::Only(&written)).await
}

/// Drops what waits: the present one stays.
pub async fn drop_next(tx: &mut Tx, host: HostId, target: Target) -> sqlx::Result<()> {
    let sql = match target {
        Target::Iban => {
            "UPDATE host SET next_iban = '', next_iban_from = NULL, next_iban_by = NULL WHERE id = $1"
        }
        Target::Link => {
            "UPDATE host SET next_link = '', next_link_from = NULL, next_link_by = NULL WHERE id = $1"
        }
    };
    execute(tx, sql, args![host]).await?;
    let written: [&str; 3] = match target {
        Target::Iban => ["next_iban", "next_iban_from", "next_iban_by"],
        Target::Link => ["next_link", "next_link_from", "next_link_by"],
    };
    seals::renew_one(tx, Kind::Host, host, Written::Only(&written)).await
}
