//! Hosts: the legal entities that hold the money, sign and pay.

use domain::ids::{CollectiveId, HostId, OrganisationId};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, row};

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
        /// Since when.
        pub created_at: Timestamp,
        /// When it ceased to be host.
        pub ended_at: Option<Timestamp>,
    }
}

/// Writes a host.
pub async fn insert(tx: &mut Tx, new: &HostRow) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO host (id, collective, organisation, name, address, iban, signatory, fee_rate, created_at, \
         ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            new.id,
            new.collective,
            new.organisation,
            new.name,
            new.address,
            new.iban,
            new.signatory,
            new.fee_rate,
            new.created_at,
            new.ended_at
        ],
    )
    .await?;
    Ok(())
}

/// A host.
pub async fn get(tx: &mut Tx, id: HostId) -> sqlx::Result<Option<HostRow>> {
    fetch_optional(
        tx,
        "SELECT id, collective, organisation, name, address, iban, signatory, fee_rate, created_at, ended_at \
         FROM host WHERE id = $1",
        args![id],
    )
    .await
}

/// The hosts of a collective, past ones included, oldest first.
pub async fn of_collective(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Vec<HostRow>> {
    fetch_all(
        tx,
        "SELECT id, collective, organisation, name, address, iban, signatory, fee_rate, created_at, ended_at \
         FROM host WHERE collective = $1 ORDER BY id LIMIT 100",
        args![collective],
    )
    .await
}

/// Changes what a host says of itself.
pub async fn describe(tx: &mut Tx, host: &HostRow) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE host SET name = $2, address = $3, iban = $4, signatory = $5, fee_rate = $6 WHERE id = $1",
        args![host.id, host.name, host.address, host.iban, host.signatory, host.fee_rate],
    )
    .await?;
    Ok(())
}
