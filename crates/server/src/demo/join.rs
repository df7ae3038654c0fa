//! The other members of the example collective come in.

use std::collections::BTreeMap;

use app::{Failure, Never};
use domain::{
    actor::{MandateKind, RoleKind},
    ids::{CollectiveId, OrganisationId, PersonId, PotId},
    people::Email,
    rules::{Calendar, DefaultSharing, RefundPolicy, Rules, Template},
    shares::GiftSharing,
    text,
};
use jiff::{Timestamp, civil::Date};
use store::{
    Command, Tx, mandates::MandateRow, organisations::OrganisationRow, people::PersonRow, roles::NewRole,
};

use super::{
    content::MEMBERS,
    seed::{ADMIN, CAP, HALF, RULES_WHY, STEWARD, TREASURER},
};

/// Brings the other members in, with the person who represents each, and gives two of them a role.
pub(super) struct Join {
    pub(super) collective: CollectiveId,
    pub(super) admin: PersonId,
    pub(super) seed: domain::Seed,
    pub(super) now: Timestamp,
}

impl Command for Join {
    type Done = (PotId, BTreeMap<&'static str, (OrganisationId, PersonId)>);
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Done, Failure<Never>> {
        let mut seed = self.seed.clone();
        let day = self.now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        let mut joined = BTreeMap::new();
        let mut organisations = Vec::new();
        for member in MEMBERS.iter().filter(|member| member.slug != ADMIN) {
            let id: OrganisationId = seed.id(self.now);
            joined.insert(member.slug, (id, seed.id(self.now)));
            organisations.push(OrganisationRow {
                id,
                slug: text::slug(member.name),
                name: member.name.to_owned(),
                website: member.website.to_owned(),
                siren: None,
                one_person: false,
                created_at: self.now,
            });
        }
        store::organisations::insert_members(tx, self.collective, &organisations, day, false).await?;
        // What the rounds of the example do is what its rules say.
        let rules = Rules {
            sharing: DefaultSharing::Mixed { equal: HALF },
            gifts: GiftSharing::Decided,
            cap: Some(CAP),
            refunds: RefundPolicy::ByDecision,
            calendar: Calendar::ANY_DAY,
            ..Template::Informal.rules()
        };
        store::collectives::put_rules(tx, self.collective, &rules, self.now, Some(self.admin), RULES_WHY)
            .await?;
        for member in MEMBERS {
            let Some((organisation, person)) = joined.get(member.slug).copied() else { continue };
            self.person(tx, &mut seed, member.representative, organisation, person, day).await?;
            let role = match member.slug {
                STEWARD => Some(RoleKind::Steward),
                TREASURER => Some(RoleKind::Treasurer),
                _ => None,
            };
            if let Some(kind) = role {
                let role = NewRole {
                    id: seed.id(self.now),
                    collective: self.collective,
                    person,
                    kind,
                    proposed_by: Some(self.admin),
                    proposed_at: self.now,
                    effective_at: Some(self.now),
                };
                store::roles::insert(tx, &role).await?;
            }
        }
        store::collectives::mark_example(tx, self.collective).await?;
        let pot = store::pots::by_slug(tx, self.collective, "main").await?.ok_or(Failure::NotFound)?;
        Ok((pot.id, joined))
    }
}

impl Join {
    async fn person(
        &self,
        tx: &mut Tx,
        seed: &mut domain::Seed,
        (name, address): (&str, &str),
        organisation: OrganisationId,
        id: PersonId,
        day: Date,
    ) -> Result<(), Failure<Never>> {
        let email = Email::parse(address).map_err(|rule| Failure::field("email", rule))?;
        let person = PersonRow {
            id,
            name: name.to_owned(),
            email: email.address().to_owned(),
            email_key: email.key().to_owned(),
            locale: "fr".to_owned(),
            password_hash: None,
            created_at: self.now,
            authorising_from: self.now,
            closed_at: None,
        };
        store::people::insert(tx, &person).await?;
        let mandate = MandateRow {
            id: seed.id(self.now),
            person: id,
            organisation,
            kind: MandateKind::Representative,
            starts_on: day,
            ends_on: None,
            ended_at: None,
            granted_by: Some(self.admin),
            created_at: self.now,
        };
        Ok(store::mandates::insert(tx, &mandate).await?)
    }
}
