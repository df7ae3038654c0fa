//! What an organisation says of itself: its name, its site. What it said before is kept.

use domain::{
    actor::Action,
    ids::{CollectiveId, OrganisationId},
    input::{FieldError, FieldRule},
    people::OrganisationRefusal,
    text,
};
use jiff::civil::Date;
use serde_json::json;
use store::{Command, Tx, organisations, revisions};

use crate::{
    Acting, Context, Failure,
    people::Hall,
    till::{Drawn, Story},
};

/// What an organisation says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationCard {
    /// Its name.
    pub name: String,
    /// Its site; may be empty.
    pub website: String,
}

/// Changes what a member says of itself: by who represents it, or by the collective's administration; where it is a member
/// of several collectives, by who represents it or administers the instance. `seen` is what was shown of it, if anything
/// was. Errors: no right; no such member; it left; [`Failure::Stale`] where it says something else by now;
/// fields `name` (also where another member of one of its collectives has it, or one that left had), `website`.
pub async fn describe(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    seen: Option<OrganisationCard>,
    card: OrganisationCard,
) -> Result<(), Failure<OrganisationRefusal>> {
    let mut errors = Vec::new();
    let name = text::line(&card.name, text::LONGEST_NAME);
    let name = name.map_err(|rule| errors.push(FieldError::new("name", rule)));
    let website = match card.website.trim() {
        "" => Ok(String::new()),
        typed => text::web_address(typed),
    };
    let website = website.map_err(|rule| errors.push(FieldError::new("website", rule)));
    let (Ok(name), Ok(website)) = (name, website) else { return Err(Failure::Invalid(errors)) };
    let card = OrganisationCard { name, website };
    ctx.db.write(Describe { acting, collective, organisation, seen, card, drawn: Drawn::of(ctx) }).await
}

struct Describe {
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    seen: Option<OrganisationCard>,
    card: OrganisationCard,
    drawn: Drawn,
}

/// What a revision keeps of an organisation.
fn kept(name: &str, website: &str) -> serde_json::Value {
    json!({ "name": name, "website": website })
}

/// What was changed of an organisation, newest first.
pub async fn changes(
    tx: &mut Tx,
    member: &organisations::MemberRow,
) -> store::sqlx::Result<Vec<crate::revisions::Change>> {
    crate::revisions::of(tx, member.id.into(), &kept(&member.name, &member.website)).await
}

impl Command for Describe {
    type Done = ();
    type Error = Failure<OrganisationRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<OrganisationRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let member = organisations::member(tx, self.collective, self.organisation).await?;
        let member = member.ok_or(Failure::NotFound)?;
        hall.permit(Action::EditOrganisation, Some(self.organisation))?;
        if !member.is_member(hall.today) {
            return Err(Failure::Refused(OrganisationRefusal::Left));
        }
        let OrganisationCard { name, website } = &self.card;
        if (&member.name, &member.website) == (name, website) {
            return Ok(());
        }
        let now = |seen: &OrganisationCard| (&member.name, &member.website) == (&seen.name, &seen.website);
        if self.seen.as_ref().is_some_and(|seen| !now(seen)) {
            return Err(Failure::Stale);
        }
        self.refuse_shared(tx, &hall).await?;
        if text::fold(&member.name) != text::fold(name) {
            self.refuse_taken(tx, &hall).await?;
        }
        let before = kept(&member.name, &member.website);
        let (revision, author, now) = (hall.id(), Some(self.acting.person), self.drawn.now);
        let subject = self.organisation.into();
        revisions::add(tx, revision, "organisation", subject, &before.to_string(), author, now).await?;
        organisations::describe(tx, self.organisation, name, website, member.siren.as_deref()).await?;
        let data = json!({ "before": member.name, "name": name });
        let story = Story::new("organisation_described", ("organisation", subject), data);
        Ok(hall.record(tx, Story { organisation: Some(self.organisation), ..story }).await?)
    }
}

impl Describe {
    /// Whose name it is in several collectives, the administration of one of them doesn't change for all.
    async fn refuse_shared(&self, tx: &mut Tx, hall: &Hall) -> Result<(), Failure<OrganisationRefusal>> {
        if hall.standing.instance_admin || hall.standing.represents(self.organisation) {
            return Ok(());
        }
        let elsewhere = is_shared(tx, self.collective, self.organisation, hall.today).await?;
        if elsewhere { Err(Failure::Refused(OrganisationRefusal::Shared)) } else { Ok(()) }
    }

    async fn refuse_taken(&self, tx: &mut Tx, hall: &Hall) -> Result<(), Failure<OrganisationRefusal>> {
        let (name, own) = (&self.card.name, Some(self.organisation));
        for membership in organisations::memberships(tx, self.organisation).await? {
            let here = membership.collective == self.collective;
            if !here && !membership.is_member(hall.today) {
                continue;
            }
            if let Some(rule) =
                crate::members::taken(tx, membership.collective, name, hall.today, own).await?
            {
                let rule = if here { rule } else { FieldRule::NameElsewhere };
                return Err(Failure::field("name", rule));
            }
        }
        Ok(())
    }
}

/// Whether an organisation is a member of another collective too on a day.
pub(crate) async fn is_shared(
    tx: &mut Tx,
    collective: CollectiveId,
    organisation: OrganisationId,
    day: Date,
) -> store::sqlx::Result<bool> {
    let memberships = organisations::memberships(tx, organisation).await?;
    Ok(memberships.iter().any(|one| one.collective != collective && one.is_member(day)))
}
