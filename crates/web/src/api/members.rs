//! Members, their mandates, and the table by which many are imported.

use app::imports::{self, text_of};
use app::mandates::{self, NewMandate};
use app::members::listed as members_listed;
use app::organisations::{self, OrganisationCard};
use axum::Json;
use axum::http::StatusCode;
use domain::Currency;
use domain::actor::MandateKind;
use domain::ids::{LinkId, MandateId, OrganisationId, PersonId, RoleId};
use domain::tokens::Scope;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Tx;
use store::organisations::MemberRow;
use utoipa::ToSchema;
use uuid::Uuid;

use super::call::{Asked, At, Body, Call};
use super::parts::{Listed, Paging, all_of, digest_of, page_of};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// Most mandates of one organisation.
const MOST_MANDATES: u16 = 500;

/// An organisation of a collective.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MemberOut {
    #[schema(value_type = Uuid)]
    id: OrganisationId,
    /// Its name in addresses.
    slug: String,
    name: String,
    /// Its site; may be empty.
    website: String,
    /// Its number in France.
    siren: Option<String>,
    #[schema(value_type = String, format = Date)]
    joined_on: Date,
    /// The day from which on it is no member any more.
    #[schema(value_type = Option<String>, format = Date)]
    left_on: Option<Date>,
}

impl From<MemberRow> for MemberOut {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            website: row.website,
            siren: row.siren,
            joined_on: row.joined_on,
            left_on: row.left_on,
        }
    }
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /collectives/{collective}/members`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
    Asked(search): Asked<Search>,
) -> Result<Listed<MemberOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let after: String = paging.after()?.unwrap_or_default();
    let (id, today, page) = (desk.place.collective.id, desk.place.today, usize::from(paging.limit()?));
    let found = members_listed(&mut tx, id, today, search.q.trim(), &after, page).await?;
    Ok(page_of(found.members.into_iter().map(MemberOut::from).collect(), found.next))
}

/// The organisation of that name in addresses.
pub(super) async fn find(tx: &mut Tx, desk: &Desk, slug: &str) -> Result<MemberRow, ApiError> {
    let row = store::organisations::member_by_slug(tx, desk.place.collective.id, slug).await?;
    Ok(row.ok_or(WebError::NotFound)?)
}

/// `GET /collectives/{collective}/members/{member}`
pub(super) async fn show(
    call: Call,
    At((slug, member)): At<(String, String)>,
) -> Result<Json<MemberOut>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    Ok(Json(find(&mut tx, &desk, &member).await?.into()))
}

/// What a member says of itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberIn {
    name: String,
    /// Its site; may be empty.
    website: String,
}

/// `PUT /collectives/{collective}/members/{member}`
pub(super) async fn describe(
    call: Call,
    At((slug, member)): At<(String, String)>,
    Body(new): Body<MemberIn>,
) -> Result<StatusCode, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Members)?;
    let organisation = find(&mut tx, &desk, &member).await?.id;
    drop(tx);
    let card = OrganisationCard { name: new.name, website: new.website };
    organisations::describe(&call.state.context, acting, desk.place.collective.id, organisation, None, card)
        .await
        .map_err(|failure| ApiError::of(failure, Currency::EUR))?;
    Ok(StatusCode::NO_CONTENT)
}

/// A mandate of a person for an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MandateOut {
    #[schema(value_type = Uuid)]
    id: MandateId,
    #[schema(value_type = Uuid)]
    person: PersonId,
    person_name: String,
    /// `representative`, `finance` or `contributor`.
    kind: String,
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// The last day, included.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// Whether it is only proposed: it awaits the answer of the person, lets them do nothing and lapses after 30 days.
    proposed: bool,
}

/// `GET /collectives/{collective}/members/{member}/mandates`
pub(super) async fn mandates(
    call: Call,
    At((slug, member)): At<(String, String)>,
) -> Result<Listed<MandateOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let row = find(&mut tx, &desk, &member).await?;
    let held = store::mandates::of_organisation(&mut tx, row.id, desk.place.today, MOST_MANDATES).await?;
    let proposed = match &desk.standing {
        Some(standing) => mandates::proposed(&mut tx, standing, row.id).await?,
        None => Vec::new(),
    };
    let proposed = proposed.into_iter().map(|one| MandateOut {
        id: one.id,
        person: one.person,
        person_name: one.person_name,
        kind: one.kind.as_str().to_owned(),
        starts_on: one.starts_on,
        ends_on: one.ends_on,
        proposed: true,
    });
    let told = held.into_iter().map(|mandate| MandateOut {
        proposed: false,
        id: mandate.id,
        person: mandate.person,
        person_name: mandate.person_name,
        kind: mandate.kind.as_str().to_owned(),
        starts_on: mandate.starts_on,
        ends_on: mandate.ends_on,
    });
    Ok(all_of(told.chain(proposed).collect()))
}

/// What a mandate lets a person do.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Everything.
    Representative,
    /// Promise, pay, allocate.
    Finance,
    /// Write; never money or votes.
    Contributor,
}

impl From<Kind> for MandateKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Representative => Self::Representative,
            Kind::Finance => Self::Finance,
            Kind::Contributor => Self::Contributor,
        }
    }
}

/// A mandate to give to somebody who has one in the collective already.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MandateIn {
    #[schema(value_type = Uuid)]
    person: PersonId,
    /// Only `contributor`: a person gives the others on the pages.
    kind: Kind,
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// The last day, included; none: until it is ended.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
}

/// The id of what was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Made {
    id: Uuid,
}

impl Made {
    pub(super) fn at(id: impl Into<Uuid>) -> (StatusCode, Json<Self>) {
        (StatusCode::CREATED, Json(Self { id: id.into() }))
    }
}

/// A mandate that was given.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GivenOut {
    #[schema(value_type = Uuid)]
    id: MandateId,
    /// Whether the person is asked first, who accepts or declines it on the pages.
    proposed: bool,
}

/// `POST /collectives/{collective}/members/{member}/mandates`
pub(super) async fn give_mandate(
    call: Call,
    At((slug, member)): At<(String, String)>,
    Body(new): Body<MandateIn>,
) -> Result<(StatusCode, Json<GivenOut>), ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Members)?;
    let organisation = find(&mut tx, &desk, &member).await?.id;
    drop(tx);
    let MandateIn { person, kind, starts_on, ends_on } = new;
    let new = NewMandate { organisation, person, kind: kind.into(), starts_on, ends_on };
    let given = mandates::give(&call.state.context, acting, desk.place.collective.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, Currency::EUR))?;
    Ok((StatusCode::CREATED, Json(GivenOut { id: given.id, proposed: given.proposed })))
}

/// `DELETE /collectives/{collective}/mandates/{mandate}`
pub(super) async fn end_mandate(
    call: Call,
    At((slug, mandate)): At<(String, MandateId)>,
) -> Result<StatusCode, ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Members)?;
    mandates::end(&call.state.context, acting, desk.place.collective.id, mandate)
        .await
        .map_err(|failure| ApiError::of(failure, Currency::EUR))?;
    Ok(StatusCode::NO_CONTENT)
}

/// A role of a person in the collective. Roles are granted on the pages.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RoleOut {
    #[schema(value_type = Uuid)]
    id: RoleId,
    #[schema(value_type = Uuid)]
    person: PersonId,
    person_name: String,
    /// `admin`, `steward` or `treasurer`.
    kind: String,
    /// From when on it counts; none while it waits for a second person.
    #[schema(value_type = Option<String>, format = DateTime)]
    effective_at: Option<Timestamp>,
}

/// `GET /collectives/{collective}/roles`
pub(super) async fn roles(call: Call, At(slug): At<String>) -> Result<Listed<RoleOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let rows = app::roles::list(&mut tx, desk.place.collective.id)
        .await
        .map_err(|failure| ApiError::of(failure, Currency::EUR))?;
    let told = rows.into_iter().map(|row| RoleOut {
        id: row.id,
        person: row.person,
        person_name: row.person_name,
        kind: row.kind.as_str().to_owned(),
        effective_at: row.effective_at,
    });
    Ok(all_of(told.collect()))
}

/// A table of organisations.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TableIn {
    /// The table as text: a first line with `name` and, as you like, `website`, `siren`, `email`, `since`; commas,
    /// semicolons or tabs between.
    table: String,
    /// The digest of the preview: without it nothing is written and the answer is a preview.
    digest: Option<String>,
}

/// What an import does, or did.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportOut {
    /// Whether it was written.
    written: bool,
    /// The digest to confirm with; none once it was written.
    digest: Option<String>,
    /// How many lines change something.
    changes: usize,
    lines: Vec<ImportLine>,
}

/// A line of a table.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportLine {
    /// Its number in the table, from 1.
    line: u64,
    name: String,
    /// `joins`, `comes-back`, `changes` or `nothing`.
    #[schema(value_type = String)]
    effect: &'static str,
    /// The address that is invited.
    invited: Option<String>,
}

/// `POST /collectives/{collective}/imports`
pub(super) async fn import(
    call: Call,
    At(slug): At<String>,
    Body(asked): Body<TableIn>,
) -> Result<Json<ImportOut>, ApiError> {
    let (tx, desk) = call.desk(&slug).await?;
    drop(tx);
    let acting = call.acts(&desk, Scope::Members)?;
    let (context, collective) = (&call.state.context, desk.place.collective.id);
    let told = |failure| ApiError::of(failure, Currency::EUR);
    let table = text_of(asked.table.as_bytes()).map_err(|refusal| told(app::Failure::Refused(refusal)))?;
    let preview =
        imports::preview(context, acting.clone(), collective, table.as_bytes()).await.map_err(told)?;
    let digest = asked.digest.map(|text| digest_of(&text)).transpose()?;
    if let Some(digest) = digest {
        imports::import(context, acting, collective, table.as_bytes(), digest).await.map_err(told)?;
    }
    let lines: Vec<ImportLine> = preview
        .lines
        .into_iter()
        .map(|line| ImportLine {
            line: line.line,
            name: line.name,
            effect: line.effect.as_str(),
            invited: line.invited,
        })
        .collect();
    Ok(Json(ImportOut {
        written: digest.is_some(),
        digest: digest.is_none().then(|| hex::encode(preview.digest)),
        changes: lines.iter().filter(|line| line.effect != "nothing").count(),
        lines,
    }))
}

/// An invitation that awaits an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InvitationOut {
    #[schema(value_type = Uuid)]
    pub(super) id: LinkId,
    /// Name of the organisation.
    pub(super) organisation: String,
    /// The address invited.
    pub(super) email: String,
    /// `representative`, `finance` or `contributor`.
    pub(super) kind: String,
    /// Name of whoever invites.
    pub(super) inviter: String,
    #[schema(value_type = String, format = DateTime)]
    pub(super) until: Timestamp,
}
