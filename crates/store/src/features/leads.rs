//! Handing features over: what was proposed to whom, and who led before.

use domain::{
    features::LeadAnswer,
    ids::{FeatureId, OrganisationId, PersonId},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Tx, args, execute, fetch_all, fetch_optional, row};

crate::text_columns! { LeadAnswer }

row! {
    /// A feature is proposed to another organisation, which would lead it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LeadProposal {
        /// Its id.
        pub id: Uuid,
        /// Which feature.
        pub feature: FeatureId,
        /// Who leads it until then.
        pub former: OrganisationId,
        /// The person who proposed the feature, or led it.
        pub former_person: Option<PersonId>,
        /// To whom it is proposed.
        pub lead: OrganisationId,
        /// Why.
        pub reason: String,
        /// Who proposed it.
        pub proposed_by: PersonId,
        /// When.
        pub proposed_at: Timestamp,
    }
}

/// Writes a proposal. Errors: the constraint `lead_proposal_open` for a second one that awaits its answer.
pub async fn propose(tx: &mut Tx, new: &LeadProposal) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO lead_proposal \
        (id, feature, former, former_person, lead, reason, proposed_by, proposed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = args![
        new.id,
        new.feature,
        new.former,
        new.former_person,
        new.lead,
        new.reason,
        new.proposed_by,
        new.proposed_at
    ];
    execute(tx, SQL, values).await.map(drop)
}

/// The proposal of a feature that awaits its answer.
pub async fn open(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Option<LeadProposal>> {
    const SQL: &str = "SELECT id, feature, former, former_person, lead, reason, proposed_by, proposed_at \
        FROM lead_proposal WHERE feature = $1 AND answered_at IS NULL";
    fetch_optional(tx, SQL, args![feature]).await
}

/// Writes the answer to a proposal; `false` if it has one.
pub async fn answer(
    tx: &mut Tx,
    id: Uuid,
    answer: LeadAnswer,
    by: PersonId,
    at: Timestamp,
) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE lead_proposal SET answer = $2, answered_by = $3, answered_at = $4 \
        WHERE id = $1 AND answered_at IS NULL";
    Ok(execute(tx, SQL, args![id, answer, by, at]).await? == 1)
}

row! {
    /// Who led a feature before.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct FormerLead {
        /// The organisation.
        pub former: OrganisationId,
        /// The person.
        pub former_person: Option<PersonId>,
    }
}

/// Most former leads of a feature that are read.
const MOST_FORMER: u16 = 1_000;

/// Who led a feature before, newest first.
pub async fn former(tx: &mut Tx, feature: FeatureId) -> sqlx::Result<Vec<FormerLead>> {
    const SQL: &str = "SELECT former, former_person FROM lead_proposal \
        WHERE feature = $1 AND answer = $2 ORDER BY answered_at DESC LIMIT $3";
    fetch_all(tx, SQL, args![feature, LeadAnswer::Accepted, MOST_FORMER]).await
}
