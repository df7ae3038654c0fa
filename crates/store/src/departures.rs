//! Organisations that left a collective: where their own money goes, and where they left it.

use domain::{
    ids::{CollectiveId, DecisionId, FeatureId, OrganisationId, PotId},
    shares::OwnGoesTo,
};
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{
    Tx, args, execute, fetch_all, fetch_value, insert_many, row,
    seals::{self, Kind, Written},
};

const OWN_TO: [(OwnGoesTo, &str); 2] =
    [(OwnGoesTo::PoolCommon, "pool_common"), (OwnGoesTo::RefundDue, "refund_due")];

impl crate::FromColumn for OwnGoesTo {
    type Raw = String;
    fn from_raw(raw: String) -> Result<Self, crate::BoxError> {
        let known = OWN_TO.iter().find(|(_, name)| *name == raw);
        known.map(|(own, _)| *own).ok_or_else(|| format!("{raw:?} is no place for own money").into())
    }
}

impl crate::ToColumn for OwnGoesTo {
    const NULL: crate::Arg = crate::Arg::Text(None);
    fn to_arg(&self) -> crate::Arg {
        crate::Arg::Text(OWN_TO.iter().find(|(own, _)| own == self).map(|(_, name)| (*name).to_owned()))
    }
}

/// An organisation that leaves.
#[derive(Clone, Debug)]
pub struct Departure {
    /// Its id.
    pub id: Uuid,
    /// The collective.
    pub collective: CollectiveId,
    /// Who leaves.
    pub organisation: OrganisationId,
    /// The first day on which it is no member.
    pub left_on: Date,
    /// Where its own money goes, also what is released later.
    pub own_to: OwnGoesTo,
    /// The decision that it rests on.
    pub decision: DecisionId,
    /// When it was written.
    pub created_at: Timestamp,
    /// The features on which it chose to leave its money.
    pub stays: Vec<FeatureId>,
}

/// Writes a departure. Errors: the constraint `departure_once` for a second one on the same day.
pub async fn insert(tx: &mut Tx, departure: &Departure) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO departure (id, collective, organisation, left_on, own_to, decision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            departure.id,
            departure.collective,
            departure.organisation,
            departure.left_on,
            departure.own_to,
            departure.decision,
            departure.created_at
        ],
    )
    .await?;
    seals::renew_one(tx, Kind::Departure, departure.id, Written::All).await?;
    let stays = departure.stays.iter().flat_map(|feature| args![departure.id, feature]).collect();
    insert_many(tx, "departure_stay (departure, feature)", 2, stays, "").await.map(drop)
}

row! {
    /// An organisation that is no member any more.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Departed {
        /// Who left.
        pub organisation: OrganisationId,
        /// Where its own money goes.
        pub own_to: OwnGoesTo,
    }
}

/// The organisations that left a collective and have not come back.
pub async fn departed(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Vec<Departed>> {
    fetch_all(
        tx,
        "SELECT d.organisation, d.own_to FROM departure d
         JOIN membership m ON m.collective = d.collective AND m.organisation = d.organisation
           AND m.left_on = d.left_on
         WHERE d.collective = $1 ORDER BY d.organisation",
        args![collective],
    )
    .await
}

row! {
    struct Decided { organisation: OrganisationId, decision: DecisionId }
}

/// Every departure from a collective, with the decision that it rests on.
pub async fn decided(
    tx: &mut Tx,
    collective: CollectiveId,
) -> sqlx::Result<Vec<(OrganisationId, DecisionId)>> {
    const SQL: &str = "SELECT organisation, decision FROM departure WHERE collective = $1 ORDER BY id";
    let rows: Vec<Decided> = fetch_all(tx, SQL, args![collective]).await?;
    Ok(rows.into_iter().map(|row| (row.organisation, row.decision)).collect())
}

row! {
    /// A feature on which an organisation left its money when it left.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Stay {
        /// Who left.
        pub organisation: OrganisationId,
        /// Where its money stays.
        pub feature: FeatureId,
    }
}

/// The features of a pot on which organisations that left chose to leave their money.
pub async fn stays(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<Stay>> {
    fetch_all(
        tx,
        "SELECT d.organisation, s.feature FROM departure_stay s JOIN departure d ON d.id = s.departure
         JOIN feature f ON f.id = s.feature
         JOIN membership m ON m.collective = d.collective AND m.organisation = d.organisation
           AND m.left_on = d.left_on
         WHERE f.pot = $1 ORDER BY d.organisation, s.feature",
        args![pot],
    )
    .await
}

/// Whether a departure rests on a decision already.
pub async fn rests_on(tx: &mut Tx, decision: DecisionId) -> sqlx::Result<bool> {
    let found: i64 =
        fetch_value(tx, "SELECT COUNT(*) FROM departure WHERE decision = $1", args![decision]).await?;
    Ok(found > 0)
}
