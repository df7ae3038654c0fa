//! Inviting somebody, and the invitations that await an answer.

use app::Failure;
use app::invitations::{self, Asked as Awaiting, For, NewInvitation, Shown};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::actor::{Action, MandateKind, NotAllowed};
use domain::ids::{LinkId, OrganisationId};
use domain::input::FieldRule;
use domain::people::InvitationRefusal;
use serde::Deserialize;
use store::Tx;
use words::{Locale, Words};

use super::mandate_kinds;
use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{Client, FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html_with};
use crate::limits::Attempt;
use crate::members::needs_fresh;
use crate::place::Desk;
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Most organisations that the form lists.
const MOST_CHOICES: u16 = 2_000;
/// The choice of an organisation that is no member yet.
const NEW: &str = "new";

#[derive(Template)]
#[template(path = "people/invitations.html")]
struct InvitationsPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    /// The organisations that the visitor may invite for.
    organisations: Vec<(String, String)>,
    /// Whether a new organisation may be invited too.
    may_found: bool,
    kinds: Vec<(&'static str, String, String)>,
    locales: Vec<(String, String)>,
    pending: Vec<Line>,
    /// Those that a second person confirms.
    asked: Vec<AskedLine>,
    /// Whether the visitor may invite at all.
    may_invite: bool,
}

/// An invitation that awaits a second person, worded.
struct AskedLine {
    what: String,
    confirm_href: Option<String>,
    withdraw_href: String,
}

/// An invitation that awaits an answer, worded.
struct Line {
    email: String,
    organisation: String,
    is_new: bool,
    kind: String,
    inviter: String,
    until: String,
    withdraw_href: String,
}

/// For whom somebody came to invite.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    organisation: String,
}

/// `GET /c/{collective}/invitations`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (mut tx, desk) = Desk::inside(&state, &frame, &slug).await?;
    let locale = desk.place.collective.locale.clone();
    let may_found = desk.may(Action::InviteMembers, None);
    let organisation = match asked.organisation.as_str() {
        "" if may_found => NEW,
        chosen => chosen,
    };
    let kind = MandateKind::Representative.as_str();
    let data = FormData::of([("organisation", organisation), ("kind", kind), ("locale", locale.as_str())]);
    let form = frame.form(data);
    page(&state, &mut tx, desk, frame, (StatusCode::OK, form)).await
}

async fn page(
    state: &AppState,
    tx: &mut Tx,
    desk: Desk,
    frame: Frame,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let t = frame.t;
    let may_found = desk.may(Action::InviteMembers, None);
    let own = own(&desk);
    let may_invite = may_found || !own.is_empty();
    let asked = asked(state, tx, t, &desk, may_found).await?;
    if !may_invite && asked.is_empty() {
        return Err(WebError::Forbidden);
    }
    let organisations = organisations(tx, &desk, &own, may_found).await?;
    let pending = invitations::list(tx, desk.place.collective.id, desk.place.now).await?;
    let seen = |one: &Shown| may_found || one.member.is_some_and(|member| own.contains(&member));
    let pending = pending.into_iter().filter(seen).map(|one| line(state, t, &desk, one)).collect();
    let members = state.paths.of(desk.slug(), "members");
    html_with(
        status,
        &InvitationsPage {
            crumbs: Crumbs {
                t,
                above: vec![(members, t.members_title().to_owned())],
                here: t.people_invitations_title().to_owned(),
            },
            form,
            organisations,
            may_found,
            kinds: mandate_kinds(t),
            locales: Locale::ALL
                .iter()
                .map(|locale| (locale.as_str().to_owned(), locale.own_name().to_owned()))
                .collect(),
            pending,
            asked,
            may_invite,
            frame: desk.frame(frame, Section::Members),
        },
    )
}

/// The invitations that await a second person, for the administration and for those who may confirm them.
async fn asked(
    state: &AppState,
    tx: &mut Tx,
    t: Words,
    desk: &Desk,
    may_found: bool,
) -> Result<Vec<AskedLine>, WebError> {
    let Some(person) = desk.standing.as_ref().map(|standing| standing.person) else { return Ok(Vec::new()) };
    let asked = invitations::asked(tx, &desk.place.collective, person, desk.place.now).await?;
    let seen = asked.into_iter().filter(|one| may_found || one.may_confirm);
    let worded = seen.map(|Awaiting { shown, may_confirm }| AskedLine {
        confirm_href: may_confirm.then(|| state.paths.part(desk.slug(), "invitations", shown.id, "confirm")),
        withdraw_href: state.paths.part(desk.slug(), "invitations", shown.id, "withdraw"),
        what: t.people_invite_asked_line(
            &shown.email,
            t.person(shown.inviter.as_str()),
            t.people_mandate_kind(shown.kind.as_str()),
            &shown.organisation,
        ),
    });
    Ok(worded.collect())
}

/// The organisations that the visitor represents here.
fn own(desk: &Desk) -> Vec<OrganisationId> {
    let held = desk.standing.as_ref().map(|standing| standing.mandates.as_slice()).unwrap_or_default();
    let represented = held.iter().filter(|mandate| mandate.kind == MandateKind::Representative);
    represented.map(|mandate| mandate.organisation).collect()
}

/// Those one represents; for an admin also the others, of whom the use case takes those that nobody represents.
async fn organisations(
    tx: &mut Tx,
    desk: &Desk,
    own: &[OrganisationId],
    may_found: bool,
) -> Result<Vec<(String, String)>, WebError> {
    let members = store::organisations::members(tx, desk.place.collective.id, "", MOST_CHOICES).await?;
    let offered = members
        .into_iter()
        .filter(|member| member.is_member(desk.place.today) && (may_found || own.contains(&member.id)));
    Ok(offered.map(|member| (member.id.to_string(), member.name)).collect())
}

fn line(state: &AppState, t: Words, desk: &Desk, one: Shown) -> Line {
    let last = desk.place.collective.day(one.until);
    Line {
        withdraw_href: state.paths.part(desk.slug(), "invitations", one.id, "withdraw"),
        is_new: one.member.is_none(),
        email: one.email,
        organisation: one.organisation,
        kind: t.people_mandate_kind(one.kind.as_str()),
        inviter: t.person(one.inviter),
        until: t.date_near(last, desk.place.today),
    }
}

/// `POST /c/{collective}/invitations`; the sign-in must be fresh, but for a contributor.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    client: Client,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let (_, desk) = Desk::inside(&state, &frame, &slug).await?;
    let t = frame.t;
    let refusal = match read(&data, t) {
        Err(unreadable) => unreadable,
        Ok(new) if needs_fresh(&visitor, new.kind, desk.place.now)? => {
            return ask_again(&state, &state.paths.of(&slug, "invitations"));
        }
        Ok(new) => {
            // Mails go out to addresses that never asked for one.
            let person = format!("invites {}", desk.acting(&frame)?.person);
            state.limits.check(Attempt::Write, &person, client.0)?;
            let (email, collective) = (new.email.clone(), desk.place.collective.id);
            let may_found = desk.may(Action::InviteMembers, None);
            match invitations::invite(&state.context, desk.acting(&frame)?, collective, new).await {
                Ok(invited) => {
                    let flash = match invited.awaits_second {
                        true => Flash::good(t.people_invite_awaits()),
                        false => Flash::good(t.people_invite_sent(email)),
                    };
                    let path = state.paths.of(&slug, "invitations");
                    return see_other_saying(&path, &flash, &state.public_url);
                }
                Err(Failure::NotAllowed(NotAllowed::Missing(Action::GiveMandate))) if may_found => {
                    let mut problems = Problems::default();
                    problems.add("organisation", t.refusal_invitation_represented());
                    Refused::unreadable(problems)
                }
                Err(failure) => refused(named(failure), t, Currency::EUR, |refusal| {
                    (field_of(*refusal).to_owned(), t.invitation_refusal(*refusal).to_owned())
                })?,
            }
        }
    };
    let answer = refusal.form(t, data);
    let mut tx = state.context.db.read().await?;
    page(&state, &mut tx, desk, frame, answer).await
}

/// The use case's `organisation` is the name that was typed for a new one.
fn named(mut failure: Failure<InvitationRefusal>) -> Failure<InvitationRefusal> {
    if let Failure::Invalid(errors) = &mut failure {
        for error in errors.iter_mut().filter(|error| error.field == "organisation") {
            error.field = "name".into();
        }
    }
    failure
}

const fn field_of(refusal: InvitationRefusal) -> &'static str {
    match refusal {
        InvitationRefusal::NotAMember | InvitationRefusal::Shared => "organisation",
        InvitationRefusal::NameTaken | InvitationRefusal::NameOfPast => "name",
        _ => "email",
    }
}

fn read(data: &FormData, t: Words) -> Result<NewInvitation, Refused> {
    let mut reading = Reading::new(data, t, Currency::EUR);
    let organisation = match data.filled("organisation") {
        Some(NEW) => Some(For::New(data.field("name").to_owned())),
        // Somebody who typed a name and forgot the list means a new one.
        None if data.filled("name").is_some() => Some(For::New(data.field("name").to_owned())),
        _ => reading.parsed("organisation").map(For::Member),
    };
    if data.filled("email").is_none() {
        reading.breaks("email", &FieldRule::Missing);
    }
    let kind = reading.choice("kind", MandateKind::parse);
    let locale =
        reading.choice("locale", |typed| Locale::ALL.into_iter().find(|locale| locale.as_str() == typed));
    match (organisation, kind, locale) {
        (Some(organisation), Some(kind), Some(locale)) if reading.problems.is_empty() => {
            Ok(NewInvitation { organisation, email: data.field("email").trim().to_owned(), kind, locale })
        }
        _ => Err(Refused::unreadable(reading.problems)),
    }
}

/// `POST /c/{collective}/invitations/{invitation}/confirm`; the sign-in must be fresh.
pub(crate) async fn confirm(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, invitation)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let invitation: LinkId = invitation.parse().map_err(|_| WebError::NotFound)?;
    let (_, desk) = Desk::inside(&state, &frame, &slug).await?;
    if needs_fresh(&visitor, MandateKind::Representative, desk.place.now)? {
        return ask_again(&state, &state.paths.of(&slug, "invitations"));
    }
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    let flash = match invitations::confirm(&state.context, acting, collective, invitation).await {
        Ok(()) => Flash::good(frame.t.people_invite_confirmed()),
        Err(Failure::Refused(refusal)) => Flash::bad(frame.t.invitation_refusal(refusal)),
        Err(failure) => return Err(failure.into()),
    };
    see_other_saying(&state.paths.of(&slug, "invitations"), &flash, &state.public_url)
}

/// `POST /c/{collective}/invitations/{invitation}/withdraw`
pub(crate) async fn withdraw(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, invitation)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let invitation: LinkId = invitation.parse().map_err(|_| WebError::NotFound)?;
    let (_, desk) = Desk::inside(&state, &frame, &slug).await?;
    let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
    let flash = match invitations::withdraw(&state.context, acting, collective, invitation).await {
        Ok(()) => Flash::good(frame.t.people_invite_withdrawn()),
        Err(Failure::Refused(refusal)) => Flash::bad(frame.t.invitation_refusal(refusal)),
        Err(failure) => return Err(failure.into()),
    };
    see_other_saying(&state.paths.of(&slug, "invitations"), &flash, &state.public_url)
}
