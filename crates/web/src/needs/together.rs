//! What a collective needs together: figures over all and for each software, who shares needs with whom, and the file.

use app::needs::together::{Row, Sum, all_lines, together};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Currency;
use domain::needs::Helps;
use words::Words;

use crate::cache::cached;
use crate::error::WebError;
use crate::layout::{Crumbs, Frame, Section};
use crate::place::{Desk, Place};
use crate::spreadsheet::{download, harmless, writer};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "needs/together.html")]
struct TogetherPage {
    frame: Frame,
    crumbs: Crumbs,
    headline: String,
    lines: Vec<Line>,
    all: Line,
    /// Whether some would put something that isn't told.
    more: bool,
    heads: Vec<String>,
    table: Vec<(String, Vec<String>)>,
    csv_href: String,
    list_href: String,
}

/// The figures of one software, worded.
struct Line {
    name: String,
    href: Option<String>,
    organisations: String,
    needs: String,
    shared: String,
    strength: String,
    users: String,
    amount: String,
}

impl Line {
    fn of(t: Words, currency: Currency, sum: &Sum, (name, href): (String, Option<String>)) -> Self {
        let amount = match (sum.amount.is_positive(), sum.more) {
            (false, false) => "—".to_owned(),
            (_, false) => t.money_short(sum.amount, currency),
            (_, true) => t.needs_sum_more(t.money_short(sum.amount, currency)),
        };
        Self {
            name,
            href,
            organisations: t.number(i64::try_from(sum.organisations).unwrap_or(i64::MAX)),
            needs: t.number(sum.needs),
            shared: t.number(sum.shared),
            strength: t.number(sum.strength),
            users: if sum.users > 0 { t.number(sum.users) } else { "—".to_owned() },
            amount,
        }
    }
}

/// `GET /c/{collective}/needs/together`
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
        let found = together(&mut tx, desk.place.collective.id, &desk.sight.veil).await?;
        drop(tx);
        let (t, currency, list) = (frame.t, desk.currency(), state.paths.of(&slug, "needs"));
        let named = |row: &Row| match (&row.software.name, &row.software.slug) {
            (Some(name), Some(software)) => {
                let href = format!("{list}?software={}", crate::paths::encoded(software));
                (t.typography(name).into_owned(), Some(href))
            }
            _ => (t.needs_which_software().to_owned(), None),
        };
        let names: Vec<String> =
            found.organisations.iter().map(|(_, name)| t.typography(name).into_owned()).collect();
        let cell = |row: usize, column: usize| {
            let shared = found.shared.get(&(row.min(column), row.max(column)));
            match (row == column, shared) {
                (true, _) => "·".to_owned(),
                (false, Some(needs)) => t.number(*needs),
                (false, None) => "—".to_owned(),
            }
        };
        Ok(TogetherPage {
            crumbs: Crumbs {
                t,
                above: vec![(list.clone(), t.needs_title().to_owned())],
                here: t.needs_together().to_owned(),
            },
            headline: t.needs_together_headline(
                found.all.needs,
                t.needs_together_organisations(found.all.organisations),
                t.needs_together_shared(found.all.shared),
            ),
            lines: found.rows.iter().map(|row| Line::of(t, currency, &row.sum, named(row))).collect(),
            all: Line::of(t, currency, &found.all, (t.needs_together_all().to_owned(), None)),
            more: found.all.more,
            table: names
                .iter()
                .enumerate()
                .map(|(row, name)| (name.clone(), (0..names.len()).map(|column| cell(row, column)).collect()))
                .collect(),
            heads: names.clone(),
            csv_href: format!("{list}/together.csv"),
            list_href: list.clone(),
            frame: desk.frame(frame, Section::Needs),
        })
    })
    .await
}

/// `GET /c/{collective}/needs/together.csv`: every « nous en avons besoin » of the open needs, a line each.
pub(crate) async fn csv(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let lines = all_lines(&mut tx, desk.place.collective.id, &desk.sight.veil).await?;
    drop(tx);
    let (t, currency) = (frame.t, desk.currency());
    let mut writer = writer(t);
    let heads = [
        t.needs_csv_number(),
        t.needs_csv_need(),
        t.needs_form_software(),
        t.software_organisation(),
        t.needs_sum_strength(),
        t.needs_sum_users(),
        t.needs_sum_amount(),
        t.needs_csv_help(),
    ];
    writer.write_record(heads).map_err(WebError::internal)?;
    for line in lines {
        let helps = Helps::parse(&line.help);
        let helps: Vec<String> = helps.iter().map(|help| t.needs_help(help.as_str())).collect();
        writer
            .write_record([
                line.number.to_string(),
                harmless(&line.title),
                harmless(&line.software),
                harmless(&line.name),
                line.strength.to_string(),
                line.users.map(|users| users.to_string()).unwrap_or_default(),
                line.amount.map(|amount| t.money_field(amount, currency)).unwrap_or_default(),
                helps.join(", "),
            ])
            .map_err(WebError::internal)?;
    }
    let bytes = writer.into_inner().map_err(WebError::internal)?;
    Ok(download([&slug, "needs"], bytes))
}
