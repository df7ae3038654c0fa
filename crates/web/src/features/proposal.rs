//! What was typed about a feature, read into a proposal, and a proposal written back into the fields of its form.

use domain::features::{Income, Line, Place, Proposal};
use domain::input::FieldRule;
use domain::{Currency, Money};
use jiff::civil::Date;
use words::Words;

use crate::extract::FormData;
use crate::layout::Problems;
use crate::reading::Reading;

/// Rows for lines and incomes that a new form offers.
pub(super) const ROWS: usize = 3;

/// The names of the fields of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number for people, from 1.
    pub(super) number: usize,
    pub(super) label: String,
    pub(super) minimum: String,
    pub(super) maximum: String,
}

/// The rows of a list: those filled in, and some more.
pub(super) fn rows(data: &FormData, list: &str, most: usize) -> Vec<Row> {
    let filled = (0..most).rev().find(|at| is_filled(data, &row(list, *at))).map_or(0, |at| at + 1);
    (0..(filled + ROWS).min(most)).map(|at| row(list, at)).collect()
}

fn row(list: &str, at: usize) -> Row {
    let (minimum, maximum) = if list == "incomes" { ("amount", "amount") } else { ("minimum", "maximum") };
    Row {
        number: at + 1,
        label: format!("{list}.{at}.label"),
        minimum: format!("{list}.{at}.{minimum}"),
        maximum: format!("{list}.{at}.{maximum}"),
    }
}

fn is_filled(data: &FormData, row: &Row) -> bool {
    [&row.label, &row.minimum, &row.maximum].into_iter().any(|field| data.filled(field).is_some())
}

/// A proposal that can't be read as it is.
#[derive(Debug)]
pub(super) struct Unread {
    /// What can't be read.
    pub(super) problems: Problems,
    /// The rest, with stand-ins: what else is wrong is found with it.
    pub(super) rest: Box<Proposal>,
}

/// Reads a whole proposal. `one_line` is the label of the line that a bare price makes. A line left empty between
/// others closes up, so its number in a refusal may be smaller than on the page.
pub(super) fn read(
    data: &FormData,
    t: Words,
    currency: Currency,
    one_line: &str,
) -> Result<Proposal, Unread> {
    let mut reading = Reading::new(data, t, currency);
    let lines = read_lines(data, &mut reading, one_line);
    let incomes = incomes(data, &mut reading);
    let closing_on = reading.date("closing_on");
    let place = reading.choice("place", |typed| match typed {
        "round" => Some(Place::Round),
        "outside" => Some(Place::Outside),
        _ => None,
    });
    let day = closing_on.unwrap_or(Date::MAX);
    let place = place.unwrap_or(Place::Outside);
    let proposal = texts(data, Proposal { lines, incomes, closing_on: day, place, ..nothing(day) });
    match reading.problems.is_empty() {
        true => Ok(proposal),
        false => Err(Unread { problems: reading.problems, rest: Box::new(proposal) }),
    }
}

/// The proposal with only what may change while money lies on it: the words that describe it.
pub(super) fn read_words(data: &FormData, stored: Proposal) -> Proposal {
    let typed = texts(data, stored.clone());
    Proposal { done_when: stored.done_when, worker: stored.worker, software: stored.software, ..typed }
}

fn nothing(closing_on: Date) -> Proposal {
    Proposal {
        title: String::new(),
        summary: String::new(),
        description: String::new(),
        done_when: String::new(),
        worker: String::new(),
        software: String::new(),
        discussion_url: String::new(),
        lines: Vec::new(),
        incomes: Vec::new(),
        closing_on,
        place: Place::Round,
    }
}

fn texts(data: &FormData, proposal: Proposal) -> Proposal {
    let text = |field| data.field(field).to_owned();
    Proposal {
        title: text("title"),
        summary: text("summary"),
        description: text("description"),
        done_when: text("done_when"),
        worker: text("worker"),
        software: text("software"),
        discussion_url: text("discussion_url"),
        ..proposal
    }
}

/// The lines that were filled in; without any, one line of the price above.
pub(super) fn read_lines(data: &FormData, reading: &mut Reading<'_>, one_line: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for at in 0..domain::features::proposal::limits::LINES {
        let row = row("lines", at);
        if !is_filled(data, &row) {
            continue;
        }
        let minimum = reading.optional_money(&row.minimum);
        let maximum = reading.optional_money(&row.maximum);
        if minimum.is_none() && maximum.is_none() {
            reading.breaks(&row.minimum, &FieldRule::Missing);
        }
        let label = data.field(&row.label).to_owned();
        // A single amount is both: a price that doesn't vary.
        let minimum = minimum.or(maximum).unwrap_or(Money::ZERO);
        lines.push(Line { label, minimum, maximum: maximum.unwrap_or(minimum) });
    }
    if lines.is_empty() && data.filled("price").is_some() {
        let minimum = reading.money("price");
        let maximum = reading.optional_money("price_to");
        if let Some(minimum) = minimum {
            let maximum = maximum.unwrap_or(minimum);
            if maximum < minimum {
                reading.breaks("price_to", &FieldRule::BelowMinimum);
            }
            lines.push(Line { label: one_line.to_owned(), minimum, maximum });
        }
    }
    lines
}

fn incomes(data: &FormData, reading: &mut Reading<'_>) -> Vec<Income> {
    let mut incomes = Vec::new();
    for at in 0..domain::features::proposal::limits::INCOMES {
        let row = row("incomes", at);
        if is_filled(data, &row)
            && let Some(amount) = reading.money(&row.minimum)
        {
            incomes.push(Income { label: data.field(&row.label).to_owned(), amount });
        }
    }
    incomes
}

/// The fields of a form that show a proposal. A single line under the usual label is shown as a bare price.
pub(super) fn fields(
    proposal: &Proposal,
    t: Words,
    currency: Currency,
    one_line: &str,
) -> Vec<(String, String)> {
    let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let money = |amount: Money| t.money_field(amount, currency);
    let mut fields = vec![
        text("title", &proposal.title),
        text("summary", &proposal.summary),
        text("description", &proposal.description),
        text("done_when", &proposal.done_when),
        text("worker", &proposal.worker),
        text("software", &proposal.software),
        text("discussion_url", &proposal.discussion_url),
        ("closing_on".to_owned(), proposal.closing_on.to_string()),
        text("place", if proposal.place == Place::Round { "round" } else { "outside" }),
    ];
    match proposal.lines.as_slice() {
        [line] if line.label == one_line => {
            fields.push(("price".to_owned(), money(line.minimum)));
            if line.maximum != line.minimum {
                fields.push(("price_to".to_owned(), money(line.maximum)));
            }
        }
        lines => fields.extend(line_fields(lines, t, currency)),
    }
    for (at, income) in proposal.incomes.iter().enumerate() {
        let row = row("incomes", at);
        fields.push((row.label, income.label.clone()));
        fields.push((row.minimum, money(income.amount)));
    }
    fields
}

/// The fields of a form that show priced lines, one by one.
pub(super) fn line_fields(lines: &[Line], t: Words, currency: Currency) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let row = row("lines", at);
        fields.push((row.label, line.label.clone()));
        fields.push((row.minimum, t.money_field(line.minimum, currency)));
        fields.push((row.maximum, t.money_field(line.maximum, currency)));
    }
    fields
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use words::Locale;

    use super::*;

    const FR: Words = Words::new(Locale::Fr);

    fn read_form(fields: &[(&str, &str)]) -> Result<Proposal, Vec<String>> {
        let always = [("closing_on", "2026-11-30"), ("place", "round"), ("title", "Salon")];
        let data = FormData::of(always.into_iter().chain(fields.iter().copied()));
        read(&data, FR, Currency::EUR, "Prix")
            .map_err(|unread| unread.problems.0.into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn a_bare_price_is_one_line_and_a_range_has_two_ends() {
        let line = |fields: &[(&str, &str)]| read_form(fields).unwrap().lines;
        let euros = |minimum: i64, maximum: i64| {
            vec![Line {
                label: "Prix".to_owned(),
                minimum: Money::new(minimum * 100),
                maximum: Money::new(maximum * 100),
            }]
        };
        assert_eq!(line(&[("price", "4 000 €")]), euros(4_000, 4_000));
        assert_eq!(line(&[("price", "3000"), ("price_to", "4000,00")]), euros(3_000, 4_000));
        assert_eq!(line(&[]), []);
        assert_eq!(read_form(&[("price", "4000"), ("price_to", "3000")]), Err(vec!["price_to".to_owned()]));
    }

    #[test]
    fn lines_win_over_the_price_and_empty_rows_close_up() {
        let proposal = read_form(&[
            ("price", "1"),
            ("lines.0.label", "Développement"),
            ("lines.0.minimum", "100"),
            ("lines.2.label", "Revue"),
            ("lines.2.maximum", "50"),
        ]);
        let lines = proposal.unwrap().lines;
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].minimum, lines[0].maximum), (Money::new(10_000), Money::new(10_000)));
        assert_eq!((lines[1].label.as_str(), lines[1].minimum), ("Revue", Money::new(5_000)));
        let unpriced = read_form(&[("lines.1.label", "Tests")]);
        assert_eq!(unpriced, Err(vec!["lines.1.minimum".to_owned()]));
    }

    #[test]
    fn what_is_stored_reads_back_as_itself() {
        for lines in [1, 2] {
            let line = |at: i64| Line {
                label: "Prix".to_owned(),
                minimum: Money::new(100_050 * at),
                maximum: Money::new(200_000 * at),
            };
            let proposal = Proposal {
                title: "Salon".to_owned(),
                summary: "Deux\nlignes".to_owned(),
                lines: (1..=lines).map(line).collect(),
                incomes: vec![Income { label: "Ville".to_owned(), amount: Money::new(5) }],
                place: Place::Outside,
                ..nothing(date(2026, 11, 30))
            };
            let data = FormData::of(fields(&proposal, FR, Currency::EUR, "Prix"));
            assert_eq!(read(&data, FR, Currency::EUR, "Prix").ok(), Some(proposal));
        }
    }

    #[test]
    fn a_form_always_offers_more_rows() {
        assert_eq!(rows(&FormData::default(), "lines", 30).len(), ROWS);
        let data = FormData::of([("lines.4.label", "x")]);
        assert_eq!(rows(&data, "lines", 30).len(), 5 + ROWS);
        assert_eq!(rows(&FormData::of([("lines.29.label", "x")]), "lines", 30).len(), 30);
    }
}
