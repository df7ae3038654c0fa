//! Mandates that are proposed: they give nothing and tie nobody before their holder accepts them.

use domain::{
    actor::MandateKind,
    ids::{CollectiveId, MandateId, OrganisationId, PersonId},
    people::MandateAnswer,
};
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{
    Tx, args, execute, fetch_all, fetch_values, row,
    seals::{self, Kind, Written},
};

crate::text_columns! { MandateAnswer }

row! {
    /// A mandate that awaits the answer of who would hold it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Proposal {
        /// Its id, and that of the mandate that it becomes.
        pub id: MandateId,
        /// In which collective it was proposed.
        pub collective: CollectiveId,
        /// To whom.
        pub person: PersonId,
        /// Their name.
        pub person_name: String,
        /// For whom.
        pub organisation: OrganisationId,
        /// Its name.
        pub organisation_name: String,
        /// Of which kind.
        pub kind: MandateKind,
        /// First day.
        pub starts_on: Date,
        /// Last day, included.
        pub ends_on: Option<Date>,
        /// Who proposed it.
        pub proposed_by: PersonId,
        /// Their name.
        pub proposer_name: String,
        /// When.
        pub proposed_at: Timestamp,
    }
}

/// When it is asked what awaits an answer.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The civil day.
    pub today: Date,
    /// What was proposed at this instant or before has lapsed.
    pub since: Timestamp,
}

/// A mandate to propose.
#[derive(Clone, Copy, Debug)]
pub struct NewProposal {
    /// Its id, and that of the mandate that it becomes.
    pub id: MandateId,
    /// In which collective.
    pub collective: CollectiveId,
    /// To whom.
    pub person: PersonId,
    /// For whom.
    pub organisation: OrganisationId,
    /// Of which kind.
    pub kind: MandateKind,
    /// First day.
    pub starts_on: Date,
    /// Last day, included.
    pub ends_on: Option<Date>,
    /// Who proposes it.
    pub proposed_by: PersonId,
    /// Now.
    pub proposed_at: Timestamp,
}

/// Writes a proposal.
pub async fn propose(tx: &mut Tx, new: &NewProposal) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO mandate_proposal \
        (id, collective, person, organisation, kind, starts_on, ends_on, proposed_by, proposed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = args![
        new.id,
        new.collective,
        new.person,
        new.organisation,
        new.kind,
        new.starts_on,
        new.ends_on,
        new.proposed_by,
        new.proposed_at
    ];
    execute(tx, SQL, values).await?;
    seals::renew_one(tx, Kind::MandateProposal, new.id, Written::All).await
}

/// The proposals that await an answer, of a person, for an organisation, or the one of that id; at most `limit`. One
/// falls with the mandate of whoever proposed it, and with the membership of the organisation.
pub async fn open(tx: &mut Tx, of: impl Into<Uuid>, asked: Asked, limit: u16) -> sqlx::Result<Vec<Proposal>> {
    const SQL: &str = "SELECT n.id, n.collective, n.person, p.name AS person_name, n.organisation, \
        o.name AS organisation_name, n.kind, n.starts_on, n.ends_on, n.proposed_by, q.name AS proposer_name, \
        n.proposed_at \
        FROM mandate_proposal n JOIN person p ON p.id = n.person JOIN person q ON q.id = n.proposed_by \
        JOIN organisation o ON o.id = n.organisation \
        JOIN membership s ON s.organisation = n.organisation AND s.collective = n.collective \
        WHERE (n.id = $1 OR n.person = $1 OR n.organisation = $1) AND n.answered_at IS NULL AND n.proposed_at > $3 \
        AND (n.ends_on IS NULL OR n.ends_on >= $2) AND p.closed_at IS NULL AND q.closed_at IS NULL \
        AND s.joined_on <= $2 AND (s.left_on IS NULL OR s.left_on > $2) \
        AND EXISTS (SELECT 1 FROM mandate m WHERE m.person = n.proposed_by AND m.organisation = n.organisation \
          AND m.kind = $4 AND m.ended_at IS NULL AND m.starts_on <= $2 AND (m.ends_on IS NULL OR m.ends_on >= $2)) \
        ORDER BY o.name, p.name, n.id LIMIT $5";
    let of: Uuid = of.into();
    let values = args![of, asked.today, asked.since, MandateKind::Representative, limit];
    fetch_all(tx, SQL, values).await
}

/// The collective in which a mandate was proposed, whatever became of it.
pub async fn collective_of(tx: &mut Tx, id: MandateId) -> sqlx::Result<Option<CollectiveId>> {
    const SQL: &str = "SELECT collective FROM mandate_proposal WHERE id = $1";
    Ok(fetch_values(tx, SQL, args![id]).await?.into_iter().next())
}

/// Writes the answer to a proposal; `false` if it has one.
pub async fn answer(
    tx: &mut Tx,
    id: MandateId,
    answer: MandateAnswer,
    by: PersonId,
    at: Timestamp,
) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE mandate_proposal SET answer = $2, answered_by = $3, answered_at = $4 \
        WHERE id = $1 AND answered_at IS NULL";
    let written = execute(tx, SQL, args![id, answer, by, at]).await?;
    if written == 1 {
        let answered = Written::Only(&["answer", "answered_by", "answered_at"]);
        seals::renew_one(tx, Kind::MandateProposal, id, answered).await?;
    }
    Ok(written == 1)
}
