//! Inviting somebody by a mail, and the invitations that await an answer.

use app::invitations::{self, For, NewInvitation};
use axum::Json;
use axum::http::StatusCode;
use domain::Currency;
use domain::actor::{Action, MandateKind, NotAllowed};
use domain::ids::LinkId;
use domain::input::FieldRule;
use domain::tokens::Scope;
use serde::Deserialize;
use utoipa::ToSchema;
use words::Locale;

use super::call::{At, Body, Call};
use super::members::{InvitationOut, Kind, Made, find};
use super::parts::{Listed, all_of};
use super::problem::ApiError;
use crate::limits::Attempt;
use crate::place::Desk;

/// `GET /collectives/{collective}/invitations`: all, for an admin; those of one's own organisation otherwise.
pub(super) async fn list(call: Call, At(slug): At<String>) -> Result<Listed<InvitationOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    call.acts(&desk, Scope::Members)?;
    let all = desk.may(Action::InviteMembers, None);
    if !all && !represents(&desk) {
        return Err(NotAllowed::Missing(Action::InviteMembers).into());
    }
    let pending = invitations::list(&mut tx, desk.place.collective.id, desk.place.now)
        .await
        .map_err(|failure| ApiError::of(failure, Currency::EUR))?;
    let own = pending.into_iter().filter(|one| all || one.member.is_some() && one.member == desk.acting_for);
    let told = own.map(|one| InvitationOut {
        id: one.id,
        organisation: one.organisation,
        email: one.email,
        kind: one.kind.as_str().to_owned(),
        inviter: one.inviter,
        until: one.until,
    });
    Ok(all_of(told.collect()))
}

fn represents(desk: &Desk) -> bool {
    let held = desk.standing.as_ref().map(|standing| standing.mandates.as_slice()).unwrap_or_default();
    held.iter().any(|mandate| mandate.kind == MandateKind::Representative)
}

/// An invitation: a mail with a link, for one address, once, within 14 days.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InvitationIn {
    /// The address.
    email: String,
    /// The mandate that it offers; for a member only `contributor`: a person gives the others on the pages.
    kind: Kind,
    /// The member that it is for, by its name in addresses.
    member: Option<String>,
    /// The name of an organisation that becomes a member by it, where no member is named.
    new_organisation: Option<String>,
    /// The language of the mail.
    locale: Option<Language>,
}

/// A language of the instance.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

/// `POST /collectives/{collective}/invitations`
pub(super) async fn invite(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<InvitationIn>,
) -> Result<(StatusCode, Json<Made>), ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Members)?;
    let organisation = match (new.member, new.new_organisation) {
        (Some(member), None) => For::Member(find(&mut tx, &desk, &member).await?.id),
        (None, Some(name)) => For::New(name),
        _ => return Err(ApiError::field("member", FieldRule::Missing)),
    };
    drop(tx);
    let own = Locale::from_tag(&desk.place.collective.locale).unwrap_or_default();
    let locale = new.locale.map_or(own, |language| match language {
        Language::Fr => Locale::Fr,
        Language::En => Locale::En,
    });
    // Mails go out to addresses that never asked for one.
    call.state.limits.check_account(Attempt::Write, &format!("invites {}", acting.person))?;
    let new = NewInvitation { organisation, email: new.email, kind: new.kind.into(), locale };
    let invited = invitations::invite(&call.state.context, acting, desk.place.collective.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, Currency::EUR))?;
    Ok(Made::at(invited.id))
}

/// `DELETE /collectives/{collective}/invitations/{invitation}`
pub(super) async fn withdraw(
    call: Call,
    At((slug, invitation)): At<(String, LinkId)>,
) -> Result<StatusCode, ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Members)?;
    invitations::withdraw(&call.state.context, acting, desk.place.collective.id, invitation)
        .await
        .map_err(|failure| ApiError::of(failure, Currency::EUR))?;
    Ok(StatusCode::NO_CONTENT)
}
