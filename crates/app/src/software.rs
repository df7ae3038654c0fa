//! The register of software: entering one, changing what is said of it, saying who runs it here.

use domain::{
    actor::{Action, Holder, RoleKind},
    ids::{CollectiveId, SoftwareId},
    input::{FieldError, FieldRule},
    software::{Entry, SoftwareRefusal, Source},
    text,
};
use serde_json::{Value, json};
use store::{
    Command, Tx,
    features::software::slug_of,
    software::{self, NewUser, SoftwareRow, UserRow},
};

use crate::{
    Acting, Context, Failure,
    people::Hall,
    revisions::{self, Change},
    till::{Drawn, Story},
};

/// What a text that was changed is a revision of, and what events are about.
const SUBJECT: &str = "software";
/// Most users that an organisation says it has.
const MOST_USERS: i64 = domain::needs::limits::USERS;

/// Enters a software in the register; its name in addresses. Asks for a mandate. Errors: [`Failure::NotAllowed`];
/// [`Failure::Invalid`] on the fields of [`Entry`], `name` being taken too.
pub async fn enter(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    entry: Entry,
) -> Result<String, Failure<SoftwareRefusal>> {
    let entry = entry.cleaned().map_err(Failure::Invalid)?;
    ctx.db.write(Save { acting, collective, changed: None, entry, drawn: Drawn::of(ctx) }).await
}

/// Changes what is said of a software, which keeps what was said before; its name in addresses, which follows its name.
/// `seen`: the version that was shown. Errors: as [`enter`]; [`Failure::NotFound`]; [`Failure::Stale`] where it was changed
/// since; [`SoftwareRefusal::StewardLifts`].
pub async fn describe(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    (software, seen): (SoftwareId, i64),
    entry: Entry,
) -> Result<String, Failure<SoftwareRefusal>> {
    let entry = entry.cleaned().map_err(Failure::Invalid)?;
    let changed = Some((software, seen));
    ctx.db.write(Save { acting, collective, changed, entry, drawn: Drawn::of(ctx) }).await
}

struct Save {
    acting: Acting,
    collective: CollectiveId,
    /// The one that is changed, with the version that was seen; none: a new one.
    changed: Option<(SoftwareId, i64)>,
    entry: Entry,
    drawn: Drawn,
}

impl Command for Save {
    type Done = String;
    type Error = Failure<SoftwareRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<String, Failure<SoftwareRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::DescribeSoftware, self.acting.organisation)?;
        let slug = slug_of(&self.entry.name);
        let named = software::by_slug(tx, self.collective, &slug).await?;
        if named.is_some_and(|named| self.changed.is_none_or(|(id, _)| id != named.id)) {
            return Err(Failure::field("name", FieldRule::Taken));
        }
        let (id, kind) = match self.changed {
            None => {
                let id: SoftwareId = hall.id();
                software::insert(tx, id, self.collective, &slug, &self.entry, self.drawn.now).await?;
                (id, "software_entered")
            }
            Some((id, seen)) => {
                let row = of(tx, self.collective, id).await?;
                if row.version != seen {
                    return Err(Failure::Stale);
                }
                if row.entry() == self.entry {
                    return Ok(row.slug);
                }
                if row.opted_out && !self.entry.opted_out && !stewards(&hall) {
                    return Err(Failure::Refused(SoftwareRefusal::StewardLifts));
                }
                let (revision, by) = (hall.id(), Some(hall.person()));
                let before = fields(&row.entry()).to_string();
                store::revisions::add(tx, revision, SUBJECT, id.into(), &before, by, self.drawn.now).await?;
                software::edit(tx, id, &slug, &self.entry).await?;
                (id, "software_described")
            }
        };
        let data = json!({ "name": self.entry.name, "slug": slug });
        let story = Story::new(kind, (SUBJECT, id.into()), data);
        hall.record(tx, Story { organisation: permit.organisation(), ..story }).await?;
        Ok(slug)
    }
}

/// Whether the person is a steward.
fn stewards(hall: &Hall) -> bool {
    let permit = hall.permit(Action::StewardFeature, None);
    permit.is_ok_and(|permit| permit.held_as() == Holder::Role(RoleKind::Steward))
}

/// A software of that collective. Errors: [`Failure::NotFound`].
async fn of(
    tx: &mut Tx,
    collective: CollectiveId,
    id: SoftwareId,
) -> Result<SoftwareRow, Failure<SoftwareRefusal>> {
    let found = software::get(tx, id).await?.filter(|row| row.collective == collective);
    found.ok_or(Failure::NotFound)
}

/// What a revision of a software keeps.
fn fields(entry: &Entry) -> Value {
    json!({
        "name": entry.name,
        "website": entry.website,
        "repository": entry.repository,
        "licence": entry.licence,
        "description": entry.description,
        "roadmap": entry.roadmap,
        "funding": entry.funding,
        "maintainers": entry.maintainers,
        "opted_out": entry.opted_out,
        "opted_out_url": entry.opted_out_url,
    })
}

/// What was changed of a software, newest first. Errors: faults.
pub async fn changes(tx: &mut Tx, row: &SoftwareRow) -> store::sqlx::Result<Vec<Change>> {
    revisions::of(tx, row.id.into(), &fields(&row.entry())).await
}

/// What an organisation says of a software that it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosting {
    /// For how many users, where it says.
    pub users: Option<i64>,
    /// Where its service is; empty: it doesn't say.
    pub url: String,
}

impl Hosting {
    fn cleaned(mut self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        if self.users.is_some_and(|users| !(0..=MOST_USERS).contains(&users)) {
            errors.push(FieldError::new("users", FieldRule::NotBetween(0, MOST_USERS)));
        }
        if !self.url.trim().is_empty() {
            match text::web_address(&self.url) {
                Ok(url) => self.url = url,
                Err(rule) => errors.push(FieldError::new("url", rule)),
            }
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// « Nous l'hébergeons », said by the organisation acted for, or said anew. Asks for a mandate. Errors:
/// [`Failure::NotAllowed`], [`Failure::NotFound`]; [`Failure::Invalid`] on `users`, `url`.
pub async fn say_hosted(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    software: SoftwareId,
    hosting: Hosting,
) -> Result<(), Failure<SoftwareRefusal>> {
    let hosting = hosting.cleaned().map_err(Failure::Invalid)?;
    ctx.db.write(Host { acting, collective, software, hosting: Some(hosting), drawn: Drawn::of(ctx) }).await
}

/// The organisation acted for runs it no more. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`],
/// [`SoftwareRefusal::AlreadySo`] where it didn't.
pub async fn stop_hosting(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    software: SoftwareId,
) -> Result<(), Failure<SoftwareRefusal>> {
    ctx.db.write(Host { acting, collective, software, hosting: None, drawn: Drawn::of(ctx) }).await
}

struct Host {
    acting: Acting,
    collective: CollectiveId,
    software: SoftwareId,
    /// What it says; none: it stops.
    hosting: Option<Hosting>,
    drawn: Drawn,
}

impl Command for Host {
    type Done = ();
    type Error = Failure<SoftwareRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<SoftwareRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::SayHosted, self.acting.organisation)?;
        let organisation = permit.organisation().ok_or(Failure::NotFound)?;
        let row = of(tx, self.collective, self.software).await?;
        let held = software::user(tx, row.id, organisation).await?;
        let kind = match &self.hosting {
            Some(hosting) if held.as_ref().is_some_and(|held| says(held, hosting)) => return Ok(()),
            Some(hosting) => {
                let new = NewUser {
                    software: row.id,
                    organisation,
                    users: hosting.users,
                    url: hosting.url.clone(),
                    source: Source::Said,
                    confirmed_by: Some(hall.person()),
                    at: self.drawn.now,
                };
                software::put_user(tx, &new).await?;
                let known = held.is_some_and(|held| held.confirmed_at.is_some());
                if known { "software_hosting_changed" } else { "software_hosted" }
            }
            None if held.is_none() => return Err(Failure::Refused(SoftwareRefusal::AlreadySo)),
            None => {
                software::end_user(tx, row.id, organisation, self.drawn.now).await?;
                "software_hosting_ended"
            }
        };
        let data = json!({ "name": row.name, "slug": row.slug });
        let story = Story::new(kind, (SUBJECT, row.id.into()), data);
        let public = kind != "software_hosting_changed";
        Ok(hall.record(tx, Story { organisation: Some(organisation), public, ..story }).await?)
    }
}

/// Whether an organisation has said that already, and confirmed it.
fn says(held: &UserRow, hosting: &Hosting) -> bool {
    held.confirmed_at.is_some() && held.users == hosting.users && held.url == hosting.url
}

/// Refuses a feature about a software whose team wants no funded requests. Errors: on `software`.
pub(crate) async fn open_to_features<R: std::fmt::Debug>(
    tx: &mut Tx,
    software: SoftwareId,
) -> Result<(), Failure<R>> {
    match software::get(tx, software).await? {
        Some(row) if row.opted_out => Err(Failure::field("software", FieldRule::OptedOut)),
        _ => Ok(()),
    }
}
