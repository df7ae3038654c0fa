//! The year of an organisation in the pot, for its general assembly: a page, the same on paper (PDF), and for a
//! spreadsheet. It tells what the statement tells the same eyes, and nothing more.

mod advance;
mod cells;
mod promised;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::{Date, date};
use paper::{Column, Paper, Part, Table};
use words::Words;

use self::cells::Cells;
use super::effect::moves;
use super::statement::{Statement, open};
use super::statement_csv::{write_moves, write_promises};
use crate::error::WebError;
use crate::layout::{Crumbs, Frame, Section, html};
use crate::place::Desk;
use crate::spreadsheet::{self, harmless};
use crate::state::AppState;

/// Most years that are offered.
const MOST_YEARS: usize = 30;

#[derive(Template)]
#[template(path = "contributions/year/page.html")]
struct YearPage {
    frame: Frame,
    crumbs: Crumbs,
    paper: Paper,
    pdf_href: String,
    csv_href: String,
    others: Vec<YearLink>,
}

/// The page of a year.
pub(super) struct YearLink {
    pub(super) href: String,
    pub(super) name: String,
}

/// As what a year is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Pdf,
    Csv,
}

/// `2026`, `2026.pdf`, `2026.csv`; the running year is `current` too, whichever it is.
fn asked(segment: &str, running: i16) -> Option<(i16, Form)> {
    let (year, form) = match segment.split_once('.') {
        None => (segment, Form::Page),
        Some((year, "pdf")) => (year, Form::Pdf),
        Some((year, "csv")) => (year, Form::Csv),
        Some(_) => return None,
    };
    if year == "current" {
        return Some((running, form));
    }
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.then(|| year.parse().ok())??, form))
}

/// A year up to a day.
#[derive(Debug, Clone, Copy)]
struct Year {
    first: Date,
    last: Date,
}

impl Year {
    /// The whole year, or what has passed of it.
    fn of(year: i16, today: Date) -> Self {
        Self { first: date(year, 1, 1), last: date(year, 12, 31).min(today.max(date(year, 1, 1))) }
    }

    fn has(self, day: Date) -> bool {
        day.year() == self.first.year()
    }
}

/// `GET /c/{collective}/members/{organisation}/year/{year}`, as `.pdf` and as `.csv`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, member, segment)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let found = open(&state, &frame, &slug, &member).await?;
    let (year, form) = asked(&segment, found.desk.place.today.year()).ok_or(WebError::NotFound)?;
    let years = years(&found);
    if !years.contains(&year) {
        return Err(WebError::NotFound);
    }
    let name = format!("{}-{year}", found.member.slug);
    match form {
        Form::Csv => {
            let paper = told(&state, frame.t, &found, year, true).await?;
            let bytes = spreadsheet(frame.t, found, paper, year)?;
            Ok(spreadsheet::download([&slug, &name], bytes))
        }
        Form::Pdf => {
            let paper = told(&state, frame.t, &found, year, false).await?;
            let made = tokio::task::spawn_blocking(move || paper::pdf(&paper)).await;
            let bytes = made.map_err(WebError::internal)?.map_err(WebError::internal)?;
            Ok(spreadsheet::attached([&slug, &name], "pdf", "application/pdf", bytes))
        }
        Form::Page => {
            let paper = told(&state, frame.t, &found, year, false).await?;
            let others = years.into_iter().filter(|other| *other != year);
            page(&state, frame, found, paper, (year, others.collect()))
        }
    }
}

fn page(
    state: &AppState,
    frame: Frame,
    found: Statement,
    paper: Paper,
    (year, others): (i16, Vec<i16>),
) -> Result<Response, WebError> {
    let t = frame.t;
    let Statement { desk, member, .. } = found;
    let href = |segment: String| state.paths.act(desk.slug(), "members", &member.slug, "year", segment);
    html(&YearPage {
        crumbs: Crumbs {
            t,
            above: vec![
                (state.paths.of(desk.slug(), "members"), t.nav_members().to_owned()),
                (state.paths.one(desk.slug(), "members", &member.slug), member.name.clone()),
                (
                    state.paths.part(desk.slug(), "members", &member.slug, "statement"),
                    t.contributions_statement_title(member.name.as_str()),
                ),
            ],
            here: t.year_one(year),
        },
        pdf_href: href(format!("{year}.pdf")),
        csv_href: href(format!("{year}.csv")),
        others: others.iter().map(|year| link(state, t, &desk, &member.slug, *year)).collect(),
        paper,
        frame: desk.frame(frame, Section::Members),
    })
}

/// The way to a year.
fn link(state: &AppState, t: Words, desk: &Desk, member: &str, year: i16) -> YearLink {
    YearLink { href: state.paths.act(desk.slug(), "members", member, "year", year), name: t.year_one(year) }
}

/// The ways to the years of a statement, the newest first.
pub(super) fn links(state: &AppState, t: Words, found: &Statement) -> Vec<YearLink> {
    years(found).into_iter().map(|year| link(state, t, &found.desk, &found.member.slug, year)).collect()
}

/// From the first year in which something happened to this one, the newest first.
fn years(found: &Statement) -> Vec<i16> {
    let today = found.desk.place.today;
    let of_legs = found.legs.iter().map(|leg| leg.effective_on).min();
    let of_promises = found.promised.as_ref().and_then(|promised| {
        let changed = promised.promises.iter().map(|one| found.desk.place.collective.day(one.changed_at));
        let called = promised.calls.iter().map(|call| call.due_on);
        changed.chain(called).chain(promised.paid.iter().map(|paid| paid.received_on)).min()
    });
    let first = [of_legs, of_promises].into_iter().flatten().min().unwrap_or(today).min(today);
    (first.year()..=today.year()).rev().take(MOST_YEARS).collect()
}

/// What the page tells, table by table, and then the movements of the statement that count for the year.
fn spreadsheet(t: Words, found: Statement, paper: Paper, year: i16) -> Result<Vec<u8>, WebError> {
    let Statement { desk, member, mut legs, promised, .. } = found;
    let mut writer = spreadsheet::tables(t);
    writer.write_record([harmless(&paper.title)]).map_err(WebError::internal)?;
    for part in paper.parts {
        match part {
            Part::Text(said) | Part::Small(said) => writer.write_record([harmless(&said)]),
            // An empty line before what is a table of its own.
            Part::Heading(said) => {
                writer.write_record([""]).and_then(|()| writer.write_record([harmless(&said)]))
            }
            Part::Table(table) => spreadsheet::table(&mut writer, &table),
        }
        .map_err(WebError::internal)?;
    }
    let lines = [String::new(), harmless(t.contributions_statement_moves())];
    for line in lines {
        writer.write_record([line]).map_err(WebError::internal)?;
    }
    match promised {
        Some(promised) => {
            let year = Year::of(year, desk.place.today);
            write_promises(&mut writer, &desk, t, &promised::within(&promised, &desk, year))?;
        }
        None => {
            legs.retain(|leg| leg.effective_on.year() == year);
            write_moves(&mut writer, t, desk.currency(), &moves(&legs, member.id))?;
        }
    }
    writer.into_inner().map_err(WebError::internal)
}

/// What is told of the year, for eyes or as a spreadsheet counts it.
async fn told(
    state: &AppState,
    t: Words,
    found: &Statement,
    year: i16,
    counted: bool,
) -> Result<Paper, WebError> {
    let desk = &found.desk;
    let cells = Cells { t, currency: desk.currency(), counted };
    let span = Year::of(year, desk.place.today);
    let period = t.date_range(span.first, span.last);
    let mut parts = vec![Part::Text(t.year_scope(&desk.place.collective.name, period))];
    match &found.promised {
        Some(promised) => parts.extend(promised::parts(cells, desk, promised, span)),
        None => parts.extend(advance::parts(state, cells, found, span).await?),
    }
    if parts.len() == 1 {
        parts.push(Part::Text(t.year_nothing().to_owned()));
    }
    let accounts = state.public_url.absolute(&state.paths.of(desk.slug(), "accounts"));
    parts.push(Part::Small(t.year_check(&accounts, t.date(desk.place.today))));
    Ok(Paper {
        title: t.year_title(&found.member.name, year),
        language: t.locale().as_str().to_owned(),
        foot: t.year_scope(&desk.place.collective.name, &found.member.name),
        parts,
    })
}

/// A table whose last `amounts` columns hold amounts; none without rows.
fn table(
    caption: &str,
    heads: &[(&str, u8)],
    amounts: usize,
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
) -> Option<Part> {
    let texts = heads.len() - amounts;
    let column = |(at, (head, share)): (usize, &(&str, u8))| Column {
        head: (*head).to_owned(),
        share: *share,
        amounts: at >= texts,
    };
    let columns = heads.iter().enumerate().map(column).collect();
    let part = Part::Table(Table { caption: caption.to_owned(), columns, rows, total });
    matches!(&part, Part::Table(table) if !table.rows.is_empty()).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_four_digits_and_a_form() {
        let of = |segment| asked(segment, 2027);
        assert_eq!(of("2026"), Some((2026, Form::Page)));
        assert_eq!(of("2026.pdf"), Some((2026, Form::Pdf)));
        assert_eq!(of("2026.csv"), Some((2026, Form::Csv)));
        assert_eq!(of("current"), Some((2027, Form::Page)));
        for wrong in ["", "26", "+202", "20266", "2026.", "2026.exe", "2026.pdf.pdf", "٢٠٢٦", "-2026"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn this_year_goes_up_to_today() {
        let today = date(2026, 11, 29);
        assert_eq!(Year::of(2026, today).last, today);
        assert_eq!(Year::of(2025, today).last, date(2025, 12, 31));
    }
}
