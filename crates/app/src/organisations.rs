//! What an organisation says of itself: its name, its site. What it said before is kept.

use domain::{
    actor::Action,
    ids::{CollectiveId, OrganisationId},
    input::{FieldError, FieldRule},
    text,
};
use serde_json::json;
use store::{Command, Tx, organisations, revisions};

use crate::{
    Acting, Context, Failure, Never,
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

/// Changes what a member says of itself: by who represents it, or by the collective's administration.
/// Errors: no right; no such member; fields `name` (also where another member has it, however it is spelled), `website`.
pub async fn describe(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    card: OrganisationCard,
) -> Result<(), Failure<Never>> {
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
    ctx.db.write(Describe { acting, collective, organisation, card, drawn: Drawn::of(ctx) }).await
}

struct Describe {
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    card: OrganisationCard,
    drawn: Drawn,
}

impl Command for Describe {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let member = organisations::member(tx, self.collective, self.organisation).await?;
        let member = member.ok_or(Failure::NotFound)?;
        hall.permit(Action::EditOrganisation, Some(self.organisation))?;
        let OrganisationCard { name, website } = &self.card;
        if (&member.name, &member.website) == (name, website) {
            return Ok(());
        }
        let taken = crate::members::named(tx, self.collective, name, hall.today).await?;
        if taken.is_some_and(|other| other.id != self.organisation) {
            return Err(Failure::field("name", FieldRule::Taken));
        }
        let before = json!({ "name": member.name, "website": member.website });
        let (revision, author, now) = (hall.id(), Some(self.acting.person), self.drawn.now);
        let subject = self.organisation.into();
        revisions::add(tx, revision, "organisation", subject, &before.to_string(), author, now).await?;
        organisations::describe(tx, self.organisation, name, website, member.siren.as_deref()).await?;
        let data = json!({ "before": member.name, "name": name });
        let story = Story::new("organisation_described", ("organisation", subject), data);
        Ok(hall.record(tx, Story { organisation: Some(self.organisation), ..story }).await?)
    }
}
