//! Writing what was read: only what differs from what is known.

use std::collections::BTreeMap;

use domain::{
    actor::Action,
    chatonsinfos::{OrganisationSeen, ServiceSeen},
    ids::{CollectiveId, ListedId, OrganisationId, SoftwareId},
    names::Looks,
    needs::link_key,
    software::{Entry, Source},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx, features, listed,
    listed::{ListedRow, ServiceRow},
    software,
};

use super::Crawled;
use crate::{
    Acting, Context, Failure, Never,
    people::Hall,
    till::{Drawn, Story},
};

/// Most organisations, and services of one, that are compared.
const MOST: i64 = 5_000;
/// Most members among whom a listed organisation is looked for.
const MOST_MEMBERS: u16 = 5_000;

/// What an import wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Organisations that are listed now.
    pub organisations: usize,
    /// How many of them are members.
    pub members: usize,
    /// What they run together, each software of each.
    pub services: usize,
    /// How many rows were written: none where nothing changed.
    pub changed: usize,
}

/// Writes what was read, in one transaction. Who holds no right to import is refused. The same again writes nothing.
/// Errors: [`Failure::NotAllowed`], [`Failure::NotFound`].
pub async fn import(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    crawled: Crawled,
) -> Result<Imported, Failure<Never>> {
    ctx.db.write_alone(Import { acting, collective, crawled, drawn: Drawn::of(ctx) }).await
}

struct Import {
    acting: Acting,
    collective: CollectiveId,
    crawled: Crawled,
    drawn: Drawn,
}

/// What is known before the import.
struct Known {
    /// Listed organisations by the address of their file.
    listed: BTreeMap<String, ListedRow>,
    /// Members by the host of their site, and by how their name looks.
    by_host: BTreeMap<String, OrganisationId>,
    by_look: BTreeMap<String, OrganisationId>,
    /// Software by its repository, as compared.
    by_repository: BTreeMap<String, SoftwareId>,
}

impl Command for Import {
    type Done = Imported;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<Imported, Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::InviteMembers, self.acting.organisation)?;
        let mut known = Known::read(tx, &hall).await?;
        let mut said = Imported::default();
        for (seen, is_whole) in &self.crawled.organisations {
            self.organisation(tx, &mut hall, &mut known, &mut said, (seen, *is_whole)).await?;
        }
        if self.crawled.is_whole {
            self.gone(tx, &mut known, &mut said).await?;
        }
        if said.changed > 0 {
            let data = json!({ "count": said.organisations });
            let story = Story::new("listing_imported", ("collective", self.collective.into()), data);
            hall.record(tx, Story { public: false, ..story }).await?;
        }
        Ok(said)
    }
}

impl Known {
    async fn read(tx: &mut Tx, hall: &Hall) -> store::sqlx::Result<Self> {
        let collective = hall.collective.id;
        let rows = listed::all(tx, collective, MOST).await?;
        let mut known = Self {
            listed: rows.into_iter().map(|row| (row.file.clone(), row)).collect(),
            by_host: BTreeMap::new(),
            by_look: BTreeMap::new(),
            by_repository: BTreeMap::new(),
        };
        let members = store::organisations::members(tx, collective, "", MOST_MEMBERS).await?;
        for member in members.into_iter().filter(|member| member.is_member(hall.today)) {
            if let Some(host) = host(&member.website) {
                known.by_host.insert(host, member.id);
            }
            for key in Looks::of(&member.name).keys() {
                known.by_look.insert(key.clone(), member.id);
            }
        }
        for row in listed::repositories(tx, collective, MOST).await? {
            known.by_repository.insert(repository_key(&row.repository), row.id);
        }
        Ok(known)
    }

    /// The member that a listed organisation is taken for: by its site, else by its name.
    fn member(&self, seen: &OrganisationSeen) -> Option<OrganisationId> {
        let by_host = host(&seen.website).and_then(|host| self.by_host.get(&host));
        let looks = Looks::of(&seen.name);
        by_host.or_else(|| looks.keys().iter().find_map(|key| self.by_look.get(key))).copied()
    }
}

/// The host of an address, as compared.
fn host(address: &str) -> Option<String> {
    let key = link_key(address);
    let host = key.split(['/', '?', ':']).next().unwrap_or_default();
    (!host.is_empty()).then(|| host.to_owned())
}

/// The address of a repository, as compared.
fn repository_key(address: &str) -> String {
    let key = link_key(address);
    key.strip_suffix(".git").unwrap_or(&key).to_owned()
}

impl Import {
    async fn organisation(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        known: &mut Known,
        said: &mut Imported,
        (seen, is_whole): (&OrganisationSeen, bool),
    ) -> Result<(), Failure<Never>> {
        let organisation = known.member(seen);
        let before = known.listed.remove(&seen.file);
        let row = ListedRow {
            id: before.as_ref().map_or_else(|| hall.id(), |row| row.id),
            file: seen.file.clone(),
            name: seen.name.clone(),
            website: seen.website.clone(),
            description: seen.description.clone(),
            organisation,
            gone_at: None,
        };
        if before.as_ref() != Some(&row) {
            listed::put(tx, self.collective, &row, self.drawn.now).await?;
            said.changed += 1;
        }
        // Whoever it was taken for before loses what nobody confirmed.
        if let Some(other) = before.and_then(|row| row.organisation).filter(|id| Some(*id) != organisation) {
            said.changed += self.forget(tx, other, row.id).await?;
        }
        said.organisations += 1;
        said.members += usize::from(organisation.is_some());
        let rows = listed::services(tx, row.id, MOST).await?;
        let mut left: BTreeMap<SoftwareId, ServiceRow> =
            rows.into_iter().map(|row| (row.software, row)).collect();
        for service in &seen.services {
            let id = self.software(tx, hall, known, service).await?;
            said.services += 1;
            let before = left.remove(&id);
            let now = ServiceRow { listed: row.id, software: id, url: service.url.clone(), gone_at: None };
            if before.as_ref() != Some(&now) {
                listed::put_service(tx, &now).await?;
                said.changed += 1;
            }
            if let Some(organisation) = organisation {
                said.changed += usize::from(self.run(tx, organisation, &now).await?);
            }
        }
        if is_whole {
            for row in left.into_values() {
                said.changed += self.stop(tx, organisation, row).await?;
            }
        }
        Ok(())
    }

    /// The software of a service: by its repository, else by its name, else a new one.
    async fn software(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        known: &mut Known,
        service: &ServiceSeen,
    ) -> Result<SoftwareId, Failure<Never>> {
        let seen = &service.software;
        let key = repository_key(&seen.repository);
        if let Some(id) = known.by_repository.get(&key).filter(|_| !key.is_empty()) {
            return Ok(*id);
        }
        if let Some(id) = features::software::find(tx, self.collective, &seen.name).await? {
            return Ok(id);
        }
        let new: SoftwareId = hall.id();
        let entry = Entry {
            name: seen.name.clone(),
            website: seen.website.clone(),
            repository: seen.repository.clone(),
            licence: seen.licence.clone(),
            ..Entry::default()
        };
        let slug = features::software::slug_of(&seen.name);
        software::insert(tx, new, self.collective, &slug, &entry, self.drawn.now).await?;
        if !key.is_empty() {
            known.by_repository.insert(key, new);
        }
        Ok(new)
    }

    /// A member is said to run something: nothing is written where it said so itself, or denied it.
    async fn run(
        &self,
        tx: &mut Tx,
        organisation: OrganisationId,
        row: &ServiceRow,
    ) -> Result<bool, Failure<Never>> {
        if listed::is_known(tx, row.software, organisation).await? {
            return Ok(false);
        }
        let new = software::NewUser {
            software: row.software,
            organisation,
            users: None,
            url: row.url.clone(),
            source: Source::Imported,
            confirmed_by: None,
            at: self.drawn.now,
        };
        Ok(software::put_user(tx, &new).await?)
    }

    /// A listed organisation runs something no more; how many rows that changed.
    async fn stop(
        &self,
        tx: &mut Tx,
        organisation: Option<OrganisationId>,
        row: ServiceRow,
    ) -> Result<usize, Failure<Never>> {
        let mut changed = 0;
        if row.gone_at.is_none() {
            let gone = ServiceRow { gone_at: Some(self.drawn.now), ..row };
            listed::put_service(tx, &gone).await?;
            changed += 1;
            if let Some(organisation) = organisation {
                changed += usize::from(listed::forget_unconfirmed(tx, gone.software, organisation).await?);
            }
        }
        Ok(changed)
    }

    /// Takes from an organisation what it was said to run and never confirmed.
    async fn forget(
        &self,
        tx: &mut Tx,
        organisation: OrganisationId,
        from: ListedId,
    ) -> Result<usize, Failure<Never>> {
        let mut changed = 0;
        for row in listed::services(tx, from, MOST).await? {
            changed += usize::from(listed::forget_unconfirmed(tx, row.software, organisation).await?);
        }
        Ok(changed)
    }

    /// Those that the list no longer names, unless their file merely couldn't be read.
    async fn gone(&self, tx: &mut Tx, known: &mut Known, said: &mut Imported) -> Result<(), Failure<Never>> {
        let failed = self.crawled.failed();
        for row in std::mem::take(&mut known.listed).into_values() {
            if row.gone_at.is_some() || failed.contains(row.file.as_str()) {
                continue;
            }
            if let Some(organisation) = row.organisation {
                said.changed += self.forget(tx, organisation, row.id).await?;
            }
            let gone = ListedRow { gone_at: Some(self.drawn.now), ..row };
            listed::put(tx, self.collective, &gone, self.drawn.now).await?;
            said.changed += 1;
        }
        Ok(())
    }
}
