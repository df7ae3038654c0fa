//! The names that exports of a pot's journal write beside its ids.

use domain::ids::{FeatureId, GiftFundId, OrganisationId, PotId};

use crate::{Tx, args, fetch_all, fetch_values, row};

row! {
    /// An organisation that ever had an account in a pot.
    #[derive(Clone, Debug)]
    pub struct Holder {
        /// Its id.
        pub id: OrganisationId,
        /// Its short name, unique on the instance.
        pub slug: String,
        /// Its name.
        pub name: String,
    }
}

/// The organisations that ever had an account in a pot, by id.
pub async fn holders(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<Holder>> {
    const SQL: &str = "SELECT id, slug, name FROM organisation \
        WHERE id IN (SELECT organisation FROM account WHERE pot = $1) ORDER BY id";
    fetch_all(tx, SQL, args![pot]).await
}

row! {
    /// A feature with its number in its collective.
    #[derive(Clone, Debug)]
    pub struct Numbered {
        /// Its id.
        pub id: FeatureId,
        /// Its number.
        pub number: i64,
    }
}

/// The features of a pot with their numbers.
pub async fn features(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<Numbered>> {
    fetch_all(tx, "SELECT id, number FROM feature WHERE pot = $1 ORDER BY id", args![pot]).await
}

/// The gift funds of a pot, oldest first.
pub async fn gift_funds(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<GiftFundId>> {
    fetch_values(tx, "SELECT id FROM gift_fund WHERE pot = $1 ORDER BY id", args![pot]).await
}
