//! An ad as others read it, with what fits it and why.

use app::ads::{Fitting, Shown, fitting, one};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ads::{Seen, Side};
use store::ads::AdRow;

use super::Visit;
use super::card::{because, facts};
use crate::error::WebError;
use crate::layout::{Crumbs, Frame, html};
use crate::markdown::render_markdown;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "ads/page.html")]
struct AdPage {
    frame: Frame,
    crumbs: Crumbs,
    side: String,
    row: AdRow,
    title: String,
    facts: Vec<(String, String)>,
    /// Safe HTML.
    body: String,
    references: Option<String>,
    is_request: bool,
    is_shown: bool,
    members_only: bool,
    needers: Vec<String>,
    /// Whether the organisation acted for shares the need.
    shares: bool,
    fitting: Vec<(String, String, String)>,
    collective_href: Option<String>,
    keep_href: Option<String>,
    contact_href: String,
    need_href: String,
    leave_href: String,
    report_href: String,
    link_href: Option<String>,
    acts: bool,
    hide_href: Option<String>,
}

/// `GET /ads/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path(number): Path<i64>,
) -> Result<Response, WebError> {
    let (t, now) = (frame.t, state.context.now());
    let mut tx = state.context.db.read().await?;
    let visit = Visit::open(&mut tx, &state, &frame).await?;
    let shown = one(&mut tx, number, &visit.reader, now).await?.ok_or(WebError::NotFound)?;
    let found = fitting(&mut tx, &shown.row, visit.reader.is_member(), now).await?;
    let collective = match shown.row.collective {
        Some(id) => store::collectives::get(&mut tx, id).await?.map(|row| row.slug),
        None => None,
    };
    drop(tx);
    let Shown { row, owns, is_shown, needers } = shown;
    let text = row.text();
    let part = |part: &str| state.paths.ad_part(number, part);
    let own = |needer: &store::ads::AdNeeder| {
        needer.organisation.is_some() && needer.organisation == visit.acting_for
            || needer.person.is_some() && needer.person == visit.reader.person
    };
    let fits = |fits: &Fitting| {
        let title = format!("{} · {}", fits.title, fits.organisation);
        (state.paths.ad(fits.number), t.typography(&title).into_owned(), because(t, &fits.reasons))
    };
    let markdown = |text: &str| render_markdown(text, t, &state.paths);
    html(&AdPage {
        crumbs: Crumbs {
            t,
            above: vec![(state.paths.ads(), t.ads_title().to_owned())],
            here: t.typography(&row.title).into_owned(),
        },
        side: t.ads_side(row.side.as_str()),
        title: t.typography(&row.title).into_owned(),
        facts: facts(t, &row),
        body: markdown(&row.body),
        references: (!text.references.is_empty()).then(|| markdown(&text.references)),
        is_request: row.side == Side::Request,
        is_shown,
        members_only: row.seen == Seen::Members,
        shares: needers.iter().any(own),
        needers: needers.iter().map(|one| t.typography(&one.organisation_name).into_owned()).collect(),
        fitting: found.iter().map(fits).collect(),
        collective_href: collective.map(|slug| state.paths.collective(slug)),
        keep_href: owns.then(|| part("manage")),
        contact_href: part("contact"),
        need_href: part("need"),
        leave_href: state.paths.ad_act(number, "need", "leave"),
        report_href: part("report"),
        link_href: (row.person.is_none() && !owns).then(|| part("link")),
        acts: visit.acting_for.is_some(),
        hide_href: (visit.reader.admin && row.hidden_at.is_none())
            .then(|| state.paths.admin_ad(number, "hide")),
        row,
        frame: visit.frame(frame),
    })
}
