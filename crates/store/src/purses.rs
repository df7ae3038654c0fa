//! What an organisation holds in a pot and got in a round, as its pages show it: one query. A command that moves money
//! reads [`journal::balances`](crate::journal::balances) after its locks instead.

use std::collections::BTreeMap;

use domain::{
    Account, Money,
    ids::{FeatureId, GiftFundId, OrganisationId, PotId, RoundId},
};

use crate::{Tx, args, fetch_all, journal::parse_account, rounds::RoundShare, row};

/// What an organisation holds in a pot.
#[derive(Clone, Debug, Default)]
pub struct Purse {
    /// Its name; empty where there is no such organisation.
    pub name: String,
    /// What it got in the round asked for, in the distribution that stands.
    pub got: Option<RoundShare>,
    /// Its accounts of received money that aren't at zero, in the order of their keys.
    pub balances: Vec<(Account, Money)>,
    /// Of the gift funds among them, those that may reach one feature alone.
    pub earmarks: BTreeMap<GiftFundId, FeatureId>,
}

row! {
    struct PurseRow {
        name: String,
        equal_part: Option<Money>,
        paid_part: Option<Money>,
        manual_part: Option<Money>,
        gift_part: Option<Money>,
        key: Option<String>,
        balance: Option<Money>,
        gift_fund: Option<GiftFundId>,
        earmark: Option<FeatureId>,
    }
}

pub(crate) const OF_ORGANISATION: &str = "SELECT o.name, s.equal_part, s.paid_part, s.manual_part, \
    s.gift_part, a.key, a.balance, a.gift_fund, g.earmark \
    FROM organisation o \
    LEFT JOIN account a ON a.organisation = o.id AND a.pot = $2 AND a.book = 'cash' AND a.balance <> 0 \
    LEFT JOIN gift_fund g ON g.id = a.gift_fund \
    LEFT JOIN round_share s ON s.round = $3 AND s.organisation = o.id \
    AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = s.posting) \
    WHERE o.id = $1 ORDER BY a.key";

/// What an organisation holds in a pot, and what it got in a round of that pot if one is named.
pub async fn of_organisation(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    round: Option<RoundId>,
) -> sqlx::Result<Purse> {
    let rows: Vec<PurseRow> = fetch_all(tx, OF_ORGANISATION, args![organisation, pot, round]).await?;
    let mut purse = Purse::default();
    for row in rows {
        if let (Some(equal_part), Some(paid_part), Some(manual_part), Some(gift_part)) =
            (row.equal_part, row.paid_part, row.manual_part, row.gift_part)
        {
            purse.got = Some(RoundShare { organisation, equal_part, paid_part, manual_part, gift_part });
        }
        if let (Some(key), Some(balance)) = (row.key, row.balance) {
            purse.balances.push((parse_account(&key)?, balance));
        }
        if let (Some(fund), Some(feature)) = (row.gift_fund, row.earmark) {
            purse.earmarks.insert(fund, feature);
        }
        purse.name = row.name;
    }
    Ok(purse)
}
