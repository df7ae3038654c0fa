//! The members of a collective: searched, page by page, as a file.

use app::members::{PAGE, listed, present_and_past};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::actor::Action;
use serde::Deserialize;
use store::organisations::MemberRow;
use words::Words;

use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Frame, Pager, Section};
use crate::paths::encoded;
use crate::place::{Desk, Place};
use crate::spreadsheet::{download, harmless, writer};
use crate::state::AppState;

/// Most lines of the file.
const MOST_LINES: usize = 20_000;

#[derive(Template)]
#[template(path = "members/list.html")]
struct ListPage {
    frame: Frame,
    list_href: String,
    csv_href: String,
    roles_href: Option<String>,
    invite_href: Option<String>,
    import_href: Option<String>,
    count: i64,
    query: String,
    lines: Vec<Line>,
    pager: Pager,
}

/// One member, worded.
struct Line {
    href: String,
    name: String,
    website: String,
    since: String,
}

/// What is looked for and where the list goes on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// `GET /c/{collective}/members`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let (id, today) = (desk.place.collective.id, desk.place.today);
        let query = asked.q.trim();
        let found = listed(&mut tx, id, today, query, &asked.after, PAGE).await?;
        let count = store::organisations::count(&mut tx, id, today).await?;
        drop(tx);
        let (t, list) = (frame.t, state.paths.of(&slug, "members"));
        let here = if query.is_empty() { list.clone() } else { format!("{list}?q={}", encoded(query)) };
        let joint = if query.is_empty() { '?' } else { '&' };
        let invites = desk.may(Action::InviteMembers, None);
        let invite = invites || desk.may(Action::GiveMandate, None);
        Ok(ListPage {
            csv_href: state.paths.of(&slug, "members.csv"),
            roles_href: desk.is_member().then(|| state.paths.of(&slug, "roles")),
            invite_href: invite.then(|| state.paths.of(&slug, "invitations")),
            import_href: invites.then(|| state.paths.of(&slug, "import")),
            count,
            query: query.to_owned(),
            lines: found.members.iter().map(|member| line(&state, t, &slug, member)).collect(),
            pager: Pager {
                t,
                first: (!asked.after.is_empty()).then(|| here.clone()),
                next: found.next.map(|after| format!("{here}{joint}after={}", encoded(&after))),
            },
            list_href: list,
            frame: desk.frame(frame, Section::Members),
        })
    })
    .await
}

fn line(state: &AppState, t: Words, slug: &str, member: &MemberRow) -> Line {
    Line {
        href: state.paths.one(slug, "members", &member.slug),
        name: member.name.clone(),
        website: member.website.clone(),
        since: t.date(member.joined_on),
    }
}

/// `GET /c/{collective}/members.csv`: all members, past ones too, for a spreadsheet, under names that the import reads back.
pub(crate) async fn csv(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let found = present_and_past(&mut tx, place.collective.id, place.today, MOST_LINES).await?;
    drop(tx);
    let t = frame.t;
    let mut writer = writer(t);
    let mut write = |cells: [String; 5]| writer.write_record(cells).map_err(WebError::internal);
    let head =
        [t.members_name(), t.members_website(), t.members_siren(), t.members_since(), t.members_left()];
    write(head.map(str::to_owned))?;
    for member in found {
        let siren = member.siren.unwrap_or_default();
        let left = member.left_on.filter(|left| *left <= place.today).map(|left| left.to_string());
        let since = member.joined_on.to_string();
        write([harmless(&member.name), harmless(&member.website), siren, since, left.unwrap_or_default()])?;
    }
    Ok(download([&slug, "members"], writer.into_inner().map_err(WebError::internal)?))
}
