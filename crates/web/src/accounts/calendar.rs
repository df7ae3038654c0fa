//! What comes on a fixed date in a collective, as a page and as an iCalendar file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use app::triggers::CLOSE;
use app::work::{LATE, reports::REPORT};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::features::State as Stage;
use domain::ids::{FeatureId, ReportId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use store::Tx;
use store::deadlines::DeadlineRow;
use store::work::Work;
use words::Words;

use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Frame, Section, Story, StoryLine};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// Deadlines of the page and of the file.
const MOST: u16 = 200;

#[derive(Template)]
#[template(path = "accounts/calendar.html")]
struct CalendarPage {
    frame: Frame,
    story: Story,
    ics_href: String,
}

/// A deadline, worded, with its last day.
struct Due {
    id: String,
    last_day: Date,
    what: String,
    href: Option<String>,
}

/// `GET /c/{collective}/calendar`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| {
        let mut tx = state.context.db.read().await?;
        let desk = Desk::open(&mut tx, place, &frame).await?;
        let lines = deadline_items(&mut tx, &state, frame.t, &desk, MOST).await?;
        drop(tx);
        Ok(CalendarPage {
            story: Story { lines },
            ics_href: state.paths.of(&slug, "calendar.ics"),
            frame: desk.frame(frame, Section::Other),
        })
    })
    .await
}

/// The next deadlines of a collective, worded.
pub(crate) async fn deadline_items(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    desk: &Desk,
    limit: u16,
) -> Result<Vec<StoryLine>, WebError> {
    let today = desk.place.today;
    let line = |due: Due| StoryLine {
        what: due.what,
        when: format!("{} · {}", t.until(due.last_day, today), t.days_from(due.last_day, today)),
        href: due.href,
    };
    Ok(due(tx, state, t, desk, limit).await?.into_iter().map(line).collect())
}

async fn due(tx: &mut Tx, state: &AppState, t: Words, desk: &Desk, limit: u16) -> Result<Vec<Due>, WebError> {
    let collective = desk.place.collective.id;
    let mut rows = store::deadlines::upcoming(tx, collective, desk.place.now, limit).await?;
    let past = &desk.sight.past;
    rows.retain(|row| past.has_begun(row.id.0));
    let reports = rows.iter().filter(|row| row.kind == REPORT).map(|row| ReportId(row.subject));
    let reports = store::work::features_of(tx, &reports.collect::<Vec<_>>()).await?;
    let about = |row: &DeadlineRow| match row.kind == REPORT {
        true => reports.get(&ReportId(row.subject)).copied(),
        false => Some(FeatureId(row.subject)),
    };
    let features: Vec<FeatureId> = rows.iter().filter(|row| is_of_feature(row)).filter_map(about).collect();
    let names = store::views::feature_names(tx, &features).await?;
    let names: BTreeMap<FeatureId, _> = names.into_iter().map(|row| (row.id, row)).collect();
    let works = rows.iter().filter(|row| row.kind == LATE).map(|row| FeatureId(row.subject));
    let works = store::work::of_features(tx, &works.collect::<Vec<_>>()).await?;
    let slug = desk.slug();
    let word = |row: DeadlineRow| {
        // A deadline is the instant when its last day has ended.
        let before = row.due_at.checked_sub(1.microsecond()).unwrap_or(row.due_at);
        let ends = desk.place.collective.day(before);
        let work = works.get(&FeatureId(row.subject)).filter(|_| row.kind == LATE);
        let (last_day, kind) =
            work.map_or((ends, kind_of(&row)), |work| of_work(work, ends, desk.place.today));
        let kind = t.calendar_kind(kind);
        let feature = about(&row).and_then(|feature| names.get(&feature));
        let round = desk.round.as_ref().filter(|round| round.id.0 == row.subject);
        let (what, href) = match (feature, round) {
            (Some(feature), _) => (
                t.accounts_about(t.typography(&feature.title), kind),
                Some(state.paths.one(slug, "features", feature.number)),
            ),
            (None, Some(round)) => (kind, Some(state.paths.one(slug, "rounds", round.number))),
            (None, None) => (kind, None),
        };
        Due { id: row.id.to_string(), last_day, what, href }
    };
    // What only the machine does by itself is nobody's deadline.
    let shown = rows.into_iter().filter(|row| is_of_feature(row) || row.kind.starts_with("round"));
    let mut shown: Vec<Due> = shown.map(word).collect();
    // What has been triggered or has ended since still closes as it did.
    for (feature, _) in past.stood().iter().filter(|(_, stood)| **stood == Stage::Funding) {
        if let Some(card) = store::features::lists::one(tx, *feature, i64::MAX).await? {
            let what = t.accounts_about(t.typography(&card.title), t.calendar_kind(CLOSE));
            let href = Some(state.paths.one(slug, "features", card.number));
            shown.push(Due { id: feature.to_string(), last_day: card.closing_on, what, href });
        }
    }
    shown.sort_by_key(|due| due.last_day);
    shown.truncate(limit.into());
    Ok(shown)
}

/// Whether a deadline is about a feature, or about the work on it.
fn is_of_feature(row: &DeadlineRow) -> bool {
    row.kind.starts_with("feature") || [REPORT, LATE].contains(&row.kind.as_str())
}

/// What ends: a report waits first for objections, then for the answer of the stewards, then for the last invoices.
fn kind_of(row: &DeadlineRow) -> &str {
    match row.occurrence.split(' ').next() {
        Some("open") if row.kind == REPORT => "report_open",
        Some("contested") if row.kind == REPORT => "report_contested",
        _ => &row.kind,
    }
}

/// What people wait for of the work on a feature: the day on which it is to be done, however long after it somebody is
/// reminded; once that day has passed, what happens on the day that the machine waits for.
fn of_work(work: &Work, waits_until: Date, today: Date) -> (Date, &'static str) {
    match (work.cure_until, work.noticed_at) {
        _ if work.due_on >= today => (work.due_on, LATE),
        (Some(_), _) => (waits_until, "work_cure"),
        (None, Some(_)) => (waits_until, "work_noticed"),
        (None, None) => (waits_until, "work_passed"),
    }
}

/// `GET /c/{collective}/calendar.ics`
pub(crate) async fn ics(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let found = due(&mut tx, &state, frame.t, &desk, MOST).await?;
    drop(tx);
    Ok(file(&state, desk.place.now, found))
}

/// The same of those alone that lead to one of these addresses.
pub(crate) async fn ics_of(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    desk: &Desk,
    hrefs: &[String],
) -> Result<Response, WebError> {
    let mut found = due(tx, state, t, desk, MOST).await?;
    found.retain(|due| due.href.as_ref().is_some_and(|href| hrefs.contains(href)));
    Ok(file(state, desk.place.now, found))
}

fn file(state: &AppState, now: Timestamp, found: Vec<Due>) -> Response {
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Popote//FR\r\n");
    for due in found {
        let after = due.last_day.tomorrow().unwrap_or(due.last_day);
        let url = due.href.map(|href| state.public_url.absolute(&href)).unwrap_or_default();
        let _ = write!(
            text,
            "BEGIN:VEVENT\r\nUID:{}@popote\r\nDTSTAMP:{stamp}\r\nDTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\n{}",
            due.id,
            due.last_day.strftime("%Y%m%d"),
            after.strftime("%Y%m%d"),
            folded(&format!("SUMMARY:{}", escaped(&due.what))),
        );
        if !url.is_empty() {
            text.push_str(&folded(&format!("URL:{url}")));
        }
        text.push_str("END:VEVENT\r\n");
    }
    text.push_str("END:VCALENDAR\r\n");
    ([(CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()
}

/// A text value of iCalendar.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line of iCalendar: at most 75 bytes, going on after a blank.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut bytes = 0;
    for c in line.chars() {
        if bytes + c.len_utf8() > 74 {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(c);
        bytes += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_calendar_are_short_and_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
        let line = folded(&format!("SUMMARY:{}", "é".repeat(100)));
        assert!(line.split("\r\n").all(|part| part.len() <= 75), "{line}");
        assert_eq!(line.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "é".repeat(100)));
    }
}
