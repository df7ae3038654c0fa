//! A paper laid out on sheets: where each line stands, and what it is part of.

use crate::face::{Faces, Length};
use crate::lines::lines;
use crate::{Column, Paper, Part, Table};

/// A4, in thousandths of a point.
pub(crate) const WIDTH: Length = 595_276;
pub(crate) const HEIGHT: Length = 841_890;
/// Twenty millimetres.
const MARGIN: Length = 56_693;
const INNER: Length = WIDTH - 2 * MARGIN;
const BOTTOM: Length = HEIGHT - MARGIN - 14_000;
/// Where the foot of a sheet stands.
const FOOT: Length = HEIGHT - 34_000;
/// Between two columns, and above and below the lines of a row.
const GAP: Length = 9_000;
const PAD: Length = 3_500;
/// Most lines of a cell, and of a paragraph.
const CELL: usize = 8;
const PARAGRAPH: usize = 60;

/// Letters of a size and weight; a line is half as high again.
#[derive(Clone, Copy)]
struct Style {
    size: Length,
    bold: bool,
}

const TITLE: Style = Style { size: 20_000, bold: true };
const HEADING: Style = Style { size: 13_000, bold: true };
const TEXT: Style = Style { size: 10_500, bold: false };
const SMALL: Style = Style { size: 8_500, bold: false };
const CELLS: Style = Style { size: 9_500, bold: false };
const HEADS: Style = Style { size: 8_500, bold: true };
const TOTAL: Style = Style { size: 9_500, bold: true };

impl Style {
    const fn leading(self) -> Length {
        self.size * 7 / 5
    }
}

/// What a line is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading(u16, String),
    Paragraph,
    Table,
    Caption,
    Head,
    Body,
    Foot,
    Row,
    ColumnHead,
    RowHead,
    Cell,
}

/// A node of the tree by which programs read the paper aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// The node that it is part of, which stands before it.
    pub(crate) above: Option<usize>,
}

/// What is drawn on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A line of text from a point at its foot; part of a node, or of none where it repeats what was said.
    Line { x: Length, y: Length, size: Length, bold: bool, text: String, node: Option<usize> },
    /// A rule from the left to the right margin.
    Rule { y: Length },
}

/// A paper laid out.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    pub(crate) sheets: Vec<Vec<Mark>>,
    pub(crate) nodes: Vec<Node>,
}

/// The margins between which rules go.
pub(crate) const SIDES: (Length, Length) = (MARGIN, WIDTH - MARGIN);

/// Lays a paper out.
pub(crate) fn place(paper: &Paper, faces: &Faces) -> Sheets {
    let mut placing = Placing { faces, done: Sheets::default(), y: 0 };
    placing.turn();
    let node = placing.node(Kind::Heading(1, paper.title.clone()), None);
    placing.paragraph(&paper.title, TITLE, node);
    for part in &paper.parts {
        match part {
            Part::Heading(title) => {
                placing.y += HEADING.leading();
                placing.keep(HEADING.leading() + 4 * TEXT.leading());
                let node = placing.node(Kind::Heading(2, title.clone()), None);
                placing.paragraph(title, HEADING, node);
            }
            Part::Text(text) => placing.text(text, TEXT),
            Part::Small(text) => placing.text(text, SMALL),
            Part::Table(table) => placing.table(table),
        }
    }
    placing.feet(&paper.foot);
    placing.done
}

struct Placing<'p> {
    faces: &'p Faces,
    done: Sheets,
    /// Where the next line begins.
    y: Length,
}

impl Placing<'_> {
    fn turn(&mut self) {
        self.done.sheets.push(Vec::new());
        self.y = MARGIN;
    }

    /// Whether a new sheet was begun, because what is so high doesn't fit on this one.
    fn keep(&mut self, height: Length) -> bool {
        let full = self.y + height > BOTTOM;
        if full {
            self.turn();
        }
        full
    }

    fn node(&mut self, kind: Kind, above: Option<usize>) -> usize {
        self.done.nodes.push(Node { kind, above });
        self.done.nodes.len() - 1
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(sheet) = self.done.sheets.last_mut() {
            sheet.push(mark);
        }
    }

    fn text(&mut self, text: &str, style: Style) {
        let node = self.node(Kind::Paragraph, None);
        self.paragraph(text, style, node);
    }

    fn paragraph(&mut self, text: &str, style: Style, node: usize) {
        for line in lines(self.faces.of(style.bold), text, style.size, INNER, PARAGRAPH) {
            self.keep(style.leading());
            self.line((MARGIN, self.y + style.size), style, line, Some(node));
            self.y += style.leading();
        }
        self.y += style.size / 2;
    }

    fn line(&mut self, (x, y): (Length, Length), style: Style, text: String, node: Option<usize>) {
        self.mark(Mark::Line { x, y, size: style.size, bold: style.bold, text, node });
    }

    fn table(&mut self, table: &Table) {
        let columns = Columns::of(&table.columns);
        let heads: Vec<String> = table.columns.iter().map(|column| column.head.clone()).collect();
        let whole = self.node(Kind::Table, None);
        self.keep(10 * CELLS.leading());
        let caption = self.node(Kind::Caption, Some(whole));
        self.paragraph(&table.caption, HEADS, caption);
        let head = self.node(Kind::Head, Some(whole));
        let row = self.node(Kind::Row, Some(head));
        self.row(&columns, &heads, HEADS, Some((row, &Kind::ColumnHead)));
        let body = self.node(Kind::Body, Some(whole));
        for cells in &table.rows {
            self.turn_within(&columns, &heads, cells, CELLS);
            let row = self.node(Kind::Row, Some(body));
            self.row(&columns, cells, CELLS, Some((row, &Kind::RowHead)));
        }
        if let Some(total) = &table.total {
            let foot = self.node(Kind::Foot, Some(whole));
            self.turn_within(&columns, &heads, total, TOTAL);
            let row = self.node(Kind::Row, Some(foot));
            self.row(&columns, total, TOTAL, Some((row, &Kind::RowHead)));
        }
        self.y += TEXT.leading();
    }

    /// Where a row doesn't fit any more, the next sheet begins with the heads again.
    fn turn_within(&mut self, columns: &Columns, heads: &[String], cells: &[String], style: Style) {
        let high = self.parted(columns, cells, style).iter().map(Vec::len).max().unwrap_or(1);
        let high = Length::try_from(high).unwrap_or(1) * style.leading() + 2 * PAD;
        if self.keep(high) {
            self.row(columns, heads, HEADS, None);
        }
    }

    fn parted(&self, columns: &Columns, cells: &[String], style: Style) -> Vec<Vec<String>> {
        let part = |(at, column): (usize, &Placed)| {
            let text = cells.get(at).map(|text| text.trim()).filter(|text| !text.is_empty());
            lines(self.faces.of(style.bold), text.unwrap_or("–"), style.size, column.width, CELL)
        };
        columns.0.iter().enumerate().map(part).collect()
    }

    /// A row whose first cell is of a kind, with a rule below; the others are cells, or heads of columns as the first.
    fn row(&mut self, columns: &Columns, cells: &[String], style: Style, within: Option<(usize, &Kind)>) {
        let face = self.faces.of(style.bold);
        let parted = self.parted(columns, cells, style);
        let high = parted.iter().map(Vec::len).max().unwrap_or(1);
        for (at, (column, texts)) in columns.0.iter().zip(parted).enumerate() {
            let node = within.map(|(row, first)| {
                let kind = if at == 0 || *first == Kind::ColumnHead { first.clone() } else { Kind::Cell };
                self.node(kind, Some(row))
            });
            let mut y = self.y + PAD + style.size;
            for text in texts {
                let right = column.x + column.width - face.width(&text, style.size);
                let x = if column.amounts { right } else { column.x };
                self.line((x, y), style, text, node);
                y += style.leading();
            }
        }
        self.y += Length::try_from(high).unwrap_or(1) * style.leading() + 2 * PAD;
        self.mark(Mark::Rule { y: self.y });
    }

    /// The foot of each sheet: what the paper is, and the number of the sheet.
    fn feet(&mut self, foot: &str) {
        let all = self.done.sheets.len();
        let style = SMALL;
        let face = self.faces.of(style.bold);
        let words = lines(face, foot, style.size, INNER - 60_000, 1).concat();
        for (at, sheet) in self.done.sheets.iter_mut().enumerate() {
            let number = format!("{} / {all}", at + 1);
            let x = WIDTH - MARGIN - face.width(&number, style.size);
            for (x, text) in [(MARGIN, words.clone()), (x, number)] {
                sheet.push(Mark::Line { x, y: FOOT, size: style.size, bold: style.bold, text, node: None });
            }
        }
    }
}

/// Where the columns of a table stand.
struct Columns(Vec<Placed>);

struct Placed {
    x: Length,
    width: Length,
    amounts: bool,
}

impl Columns {
    fn of(columns: &[Column]) -> Self {
        let all = columns.iter().map(|column| Length::from(column.share)).sum::<Length>().max(1);
        let count = Length::try_from(columns.len()).unwrap_or(1).max(1);
        let free = INNER - GAP * (count - 1);
        let mut x = MARGIN;
        let mut placed = Vec::with_capacity(columns.len());
        for column in columns {
            let width = free / all * Length::from(column.share);
            placed.push(Placed { x, width, amounts: column.amounts });
            x += width + GAP;
        }
        Self(placed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(rows: usize) -> Paper {
        let column = |head: &str, amounts| Column { head: head.to_owned(), share: 1, amounts };
        Paper {
            title: "L’année 2026".to_owned(),
            parts: vec![
                Part::Text("En deux mots.".to_owned()),
                Part::Table(Table {
                    caption: "Mouvements".to_owned(),
                    columns: vec![column("Quoi", false), column("Montant", true)],
                    rows: (0..rows)
                        .map(|row| vec![format!("ligne {row}"), format!("{row},00\u{a0}€")])
                        .collect(),
                    total: Some(vec!["Total".to_owned(), String::new()]),
                }),
            ],
            ..Paper::default()
        }
    }

    fn texts(sheet: &[Mark]) -> Vec<&str> {
        let text = |mark: &'_ Mark| matches!(mark, Mark::Line { .. });
        sheet
            .iter()
            .filter(|mark| text(mark))
            .map(|mark| if let Mark::Line { text, .. } = mark { text.as_str() } else { "" })
            .collect()
    }

    #[test]
    fn a_table_goes_on_under_its_heads() {
        let sheets = place(&paper(150), &Faces::load().expect("letters")).sheets;
        assert!(sheets.len() > 2, "{}", sheets.len());
        assert_eq!(texts(&sheets[1])[0], "Quoi");
        let all: Vec<&str> = sheets.iter().flat_map(|sheet| texts(sheet)).collect();
        for row in 0..150 {
            assert_eq!(all.iter().filter(|text| **text == format!("ligne {row}")).count(), 1);
        }
        assert!(all.contains(&format!("1 / {}", sheets.len()).as_str()));
    }

    #[test]
    fn nothing_leaves_its_sheet_and_amounts_end_at_the_right() {
        let faces = Faces::load().expect("letters");
        let mut ends = Vec::new();
        for mark in place(&paper(150), &faces).sheets.concat() {
            let Mark::Line { x, y, size, bold, text, node } = mark else { continue };
            let end = x + faces.of(bold).width(&text, size);
            assert!(x >= MARGIN && end <= WIDTH - MARGIN + 1_000, "{text} from {x} to {end}");
            assert!(y > MARGIN && y < HEIGHT - 20_000, "{text} at {y}");
            if text.ends_with('€') && node.is_some() {
                ends.push(end);
            }
        }
        assert_eq!(ends.len(), 150);
        assert!(ends.iter().all(|end| (end - ends[0]).abs() < 10), "{ends:?}");
    }

    #[test]
    fn the_heads_are_said_once_and_each_cell_is_in_a_row() {
        let done = place(&paper(150), &Faces::load().expect("letters"));
        let count = |kind: &Kind| done.nodes.iter().filter(|node| node.kind == *kind).count();
        assert_eq!(count(&Kind::ColumnHead), 2);
        assert_eq!((count(&Kind::RowHead), count(&Kind::Cell)), (151, 151));
        for node in done.nodes.iter().filter(|node| node.kind == Kind::Cell) {
            assert_eq!(node.above.map(|above| done.nodes[above].kind.clone()), Some(Kind::Row));
        }
    }
}
