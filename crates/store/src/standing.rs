//! What a person holds in a collective, in one query: every act asks for it, and every page of who signed in.

use domain::{
    actor::{HeldMandate, MandateKind, RoleKind},
    ids::{CollectiveId, OrganisationId, PersonId},
};
use jiff::{Timestamp, civil::Date};

use crate::{BoxError, FromColumn, Tx, args, fetch_all, row};

/// What a person holds: nothing for somebody who left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Mandates in force on the day for organisations that are members on it.
    pub mandates: Vec<HeldMandate>,
    /// Roles in force at the instant.
    pub roles: Vec<RoleKind>,
    /// Whether they administer the instance.
    pub instance_admin: bool,
}

row! {
    struct HeldRow {
        what: String,
        organisation: Option<OrganisationId>,
        kind: String,
    }
}

/// What a person holds in a collective on a day and at an instant.
pub async fn held(
    tx: &mut Tx,
    person: PersonId,
    collective: CollectiveId,
    day: Date,
    now: Timestamp,
) -> sqlx::Result<Held> {
    const SQL: &str = "SELECT 'mandate' AS what, m.id AS place, m.organisation, m.kind FROM mandate m \
          JOIN membership s ON s.organisation = m.organisation AND s.collective = $2 \
          JOIN person p ON p.id = m.person \
          WHERE m.person = $1 AND p.closed_at IS NULL AND m.ended_at IS NULL AND m.starts_on <= $3 \
          AND (m.ends_on IS NULL OR m.ends_on >= $3) AND s.joined_on <= $3 \
          AND (s.left_on IS NULL OR s.left_on > $3) \
        UNION ALL SELECT 'role', r.id, NULL, r.kind FROM role r JOIN person p ON p.id = r.person \
          WHERE r.collective = $2 AND r.person = $1 AND r.ended_at IS NULL AND r.effective_at <= $4 \
          AND p.closed_at IS NULL \
        UNION ALL SELECT 'admin', a.person, NULL, '' FROM instance_admin a JOIN person p ON p.id = a.person \
          WHERE a.person = $1 AND p.closed_at IS NULL \
        ORDER BY what, place LIMIT 500";
    let mut held = Held::default();
    for row in fetch_all::<HeldRow>(tx, SQL, args![person, collective, day, now]).await? {
        held.add(row).map_err(sqlx::Error::Decode)?;
    }
    Ok(held)
}

impl Held {
    fn add(&mut self, row: HeldRow) -> Result<(), BoxError> {
        match (row.what.as_str(), row.organisation) {
            ("mandate", Some(organisation)) => {
                self.mandates.push(HeldMandate { organisation, kind: MandateKind::from_raw(row.kind)? });
            }
            ("role", _) => self.roles.push(RoleKind::from_raw(row.kind)?),
            ("admin", _) => self.instance_admin = true,
            (other, _) => return Err(format!("{other:?} is nothing that a person holds").into()),
        }
        Ok(())
    }
}
