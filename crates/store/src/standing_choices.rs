//! Standing choices: what organisations chose, and what it did in each round.

use domain::{
    Money,
    ids::{OrganisationId, PersonId, PotId, RoundId, SoftwareId, StandingChoiceId},
    standing_choices::ChoiceKind,
};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_value, row};

crate::text_columns! { ChoiceKind }

/// Most choices of a pot that a statement reads.
const MOST: i64 = 2_000;

row! {
    /// A standing choice.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct StandingChoice {
        /// Its id.
        pub id: StandingChoiceId,
        /// In which pot.
        pub pot: PotId,
        /// Whose.
        pub organisation: OrganisationId,
        /// What becomes of the share.
        pub kind: ChoiceKind,
        /// Whom it follows.
        pub follows: Option<OrganisationId>,
        /// The software that it goes to.
        pub software: Option<SoftwareId>,
        /// The most that is put by it in a civil year.
        pub yearly: Option<Money>,
        /// Who chose it.
        pub chosen_by: PersonId,
        /// When.
        pub created_at: Timestamp,
        /// When another took its place, or it was taken back.
        pub ended_at: Option<Timestamp>,
    }
}

/// Writes a choice. Errors: the constraint `standing_choice_one` where the organisation has another.
pub async fn insert(tx: &mut Tx, new: &StandingChoice) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO standing_choice (id, pot, organisation, kind, follows, software, yearly, chosen_by, \
        created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = args![
        new.id,
        new.pot,
        new.organisation,
        new.kind,
        new.follows,
        new.software,
        new.yearly,
        new.chosen_by,
        new.created_at,
        new.ended_at
    ];
    execute(tx, SQL, values).await.map(drop)
}

/// Ends the choice of an organisation in a pot, if it has one.
pub async fn end(tx: &mut Tx, pot: PotId, organisation: OrganisationId, now: Timestamp) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE standing_choice SET ended_at = $3 WHERE pot = $1 AND organisation = $2 AND ended_at IS NULL";
    execute(tx, SQL, args![pot, organisation, now]).await.map(drop)
}

/// What holds for an organisation in a pot.
pub async fn of(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
) -> sqlx::Result<Option<StandingChoice>> {
    const SQL: &str =
        "SELECT * FROM standing_choice WHERE pot = $1 AND organisation = $2 AND ended_at IS NULL";
    fetch_optional(tx, SQL, args![pot, organisation]).await
}

/// What holds in a pot, the oldest choice first.
pub async fn of_pot(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<StandingChoice>> {
    const SQL: &str =
        "SELECT * FROM standing_choice WHERE pot = $1 AND ended_at IS NULL ORDER BY created_at, id LIMIT $2";
    fetch_all(tx, SQL, args![pot, MOST]).await
}

/// Whether somebody has answered for an organisation in a round: moved something of its share by hand.
pub async fn answered(tx: &mut Tx, round: RoundId, organisation: OrganisationId) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM posting WHERE round = $1 AND organisation = $2 \
        AND kind IN ('allocate', 'unallocate', 'add')";
    Ok(fetch_value::<i64>(tx, SQL, args![round, organisation]).await? > 0)
}

/// What was put in a pot by standing choices of an organisation since a moment.
pub async fn put_since(
    tx: &mut Tx,
    pot: PotId,
    organisation: OrganisationId,
    since: Timestamp,
) -> sqlx::Result<Money> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(u.amount), 0) AS BIGINT) FROM standing_use u \
        JOIN standing_choice c ON c.id = u.choice WHERE u.organisation = $2 AND c.pot = $1 AND u.used_at >= $3";
    Ok(Money::new(fetch_value(tx, SQL, args![pot, organisation, since]).await?))
}

/// What a choice did in a round, if it was carried out there.
pub async fn used(tx: &mut Tx, round: RoundId, organisation: OrganisationId) -> sqlx::Result<Option<Money>> {
    const SQL: &str = "SELECT amount FROM standing_use WHERE round = $1 AND organisation = $2";
    let found: Option<Used> = fetch_optional(tx, SQL, args![round, organisation]).await?;
    Ok(found.map(|one| one.amount))
}

row! {
    struct Used {
        amount: Money,
    }
}

/// Writes down that a choice was carried out in a round. Whether it wasn't yet.
pub async fn use_once(
    tx: &mut Tx,
    choice: &StandingChoice,
    round: RoundId,
    (amount, now): (Money, Timestamp),
) -> sqlx::Result<bool> {
    const SQL: &str = "INSERT INTO standing_use (choice, round, organisation, amount, used_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (round, organisation) DO NOTHING";
    Ok(execute(tx, SQL, args![choice.id, round, choice.organisation, amount, now]).await? == 1)
}
