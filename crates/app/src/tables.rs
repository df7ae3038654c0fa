//! Reading a table that somebody saved from a spreadsheet: whatever its encoding and its separator.

#[cfg(test)]
pub(crate) mod fuzz;

use std::{iter::Peekable, str::Chars};

use domain::{
    imports::{ImportRefusal, LineError, Problem},
    text,
};

/// Largest file, in bytes.
const LARGEST: usize = 2 * 1024 * 1024;
/// Most lines.
pub const MOST_LINES: usize = 5_000;
/// Most errors that are said at once.
const MOST_ERRORS: usize = 200;

/// A column that a table may have.
pub(crate) struct Column {
    /// Its name in this program.
    pub(crate) name: &'static str,
    /// What a first line may call it, folded.
    pub(crate) called: &'static [&'static str],
    /// Whether it must be there.
    pub(crate) needed: bool,
}

/// A line of a table, its fields in the order of the columns asked for.
pub(crate) struct Line {
    /// From 1, as an editor counts.
    pub(crate) number: u64,
    fields: Vec<String>,
}

impl Line {
    /// The field of a column, without blanks at its ends; empty where there is none.
    pub(crate) fn field(&self, column: usize) -> &str {
        self.fields.get(column).map(|field| field.trim()).unwrap_or_default()
    }
}

/// A table that was read.
pub(crate) struct Table {
    pub(crate) lines: Vec<Line>,
    /// Columns of the file that nobody asked for.
    pub(crate) ignored: Vec<String>,
    /// Lines with too many fields.
    pub(crate) errors: Vec<LineError>,
}

/// Whether nothing is wrong with a table. Errors: all that is, the first [`MOST_ERRORS`] in the order of the lines.
pub(crate) fn sound(mut errors: Vec<LineError>) -> Result<(), ImportRefusal> {
    if errors.is_empty() {
        return Ok(());
    }
    errors.sort_by_key(|error| error.line);
    errors.truncate(MOST_ERRORS);
    Err(ImportRefusal::Lines(errors))
}

/// Reads a table. Empty lines are left out. Errors: what concerns the whole file.
pub(crate) fn read(bytes: &[u8], columns: &[Column]) -> Result<Table, ImportRefusal> {
    let content = decode(bytes)?;
    let first = content.lines().find(|line| !line.trim().is_empty()).ok_or(ImportRefusal::Empty)?;
    let (records, errors) = records(&content, separator(first));
    let mut records = records.into_iter().filter(|record| !record.is_empty());
    let Some(header) = records.next() else {
        return Err(if errors.is_empty() { ImportRefusal::Empty } else { ImportRefusal::Lines(errors) });
    };
    let (places, ignored) = match_columns(&header.fields, columns)?;
    let mut table = Table { lines: Vec::new(), ignored, errors };
    for record in records {
        let mut wrong = |problem| table.errors.push(LineError { line: record.line, problem });
        if record.fields.iter().skip(header.fields.len()).any(|field| !field.trim().is_empty()) {
            wrong(Problem::TooManyFields);
        }
        if record.fields.len() < header.fields.len() && record.holds_another_separator {
            wrong(Problem::OtherSeparator);
        }
        let fields = places.iter().map(|place| place.and_then(|place| record.fields.get(place)));
        let fields: Vec<String> = fields.map(|field| field.cloned().unwrap_or_default()).collect();
        if !record.is_open && fields.iter().any(|field| field.trim().contains('\n')) {
            wrong(Problem::LineBreak);
        }
        table.lines.push(Line { number: record.line, fields });
        if table.lines.len() > MOST_LINES {
            return Err(ImportRefusal::TooManyLines(MOST_LINES));
        }
    }
    let nothing = table.lines.is_empty() && table.errors.is_empty();
    if nothing { Err(ImportRefusal::Empty) } else { Ok(table) }
}

/// A line of a text, cut into its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// From 1, as an editor counts: the line on which it begins.
    pub line: u64,
    /// Its cells, without their quotes.
    pub fields: Vec<String>,
    /// Whether one of the signs that separate cells elsewhere stands in it outside quotes.
    pub holds_another_separator: bool,
    /// Whether a quote was left open in it, which is an error of its own.
    pub is_open: bool,
}

impl Record {
    /// Whether nothing stands in any cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }
}

/// Cuts a text into lines and cells. A quote that opens a cell must close it: one that is left open would swallow the
/// lines that follow.
#[must_use]
pub fn records(content: &str, separator: char) -> (Vec<Record>, Vec<LineError>) {
    let mut cutter = Cutter { chars: content.chars().peekable(), separator, line: 1, errors: Vec::new() };
    let mut records = Vec::new();
    while cutter.chars.peek().is_some() {
        records.push(cutter.record());
    }
    (records, cutter.errors)
}

struct Cutter<'t> {
    chars: Peekable<Chars<'t>>,
    separator: char,
    line: u64,
    errors: Vec<LineError>,
}

impl Cutter<'_> {
    fn record(&mut self) -> Record {
        let mut record =
            Record { line: self.line, fields: Vec::new(), holds_another_separator: false, is_open: false };
        loop {
            let field = self.field(&mut record);
            record.fields.push(field);
            if self.chars.next() != Some(self.separator) {
                self.line += 1;
                return record;
            }
        }
    }

    /// A cell, up to its separator or the end of its line.
    fn field(&mut self, record: &mut Record) -> String {
        let mut field = String::new();
        let separator = self.separator;
        while let Some(blank) = self.chars.next_if(|c| *c == ' ' || *c == '\t' && separator != '\t') {
            field.push(blank);
        }
        let opened = self.line;
        let quoted = self.chars.next_if_eq(&'"').is_some();
        let mut good = true;
        if quoted {
            field.clear();
            good = self.quoted(&mut field);
        }
        while let Some(character) = self.chars.next_if(|c| *c != separator && *c != '\n') {
            good &= !quoted || character.is_whitespace();
            record.holds_another_separator |= SEPARATORS.contains(&character);
            field.push(character);
        }
        if !good {
            record.is_open = true;
            self.errors.push(LineError { line: opened, problem: Problem::OpenQuote });
        }
        field
    }

    /// What stands between quotes; whether they close.
    fn quoted(&mut self, field: &mut String) -> bool {
        while let Some(character) = self.chars.next() {
            if character == '"' && self.chars.next_if_eq(&'"').is_none() {
                return true;
            }
            self.line += u64::from(character == '\n');
            field.push(character);
        }
        false
    }
}

type Places = (Vec<Option<usize>>, Vec<String>);

fn match_columns(header: &[String], columns: &[Column]) -> Result<Places, ImportRefusal> {
    let mut places = vec![None; columns.len()];
    let mut ignored = Vec::new();
    for (place, title) in header.iter().enumerate() {
        let folded = text::fold(title);
        match columns.iter().position(|column| column.called.contains(&folded.as_str())) {
            Some(index) if places[index].is_some() => {
                return Err(ImportRefusal::TwoColumns(columns[index].name));
            }
            Some(index) => places[index] = Some(place),
            None if folded.is_empty() => {}
            None => ignored.push(title.trim().chars().take(60).collect()),
        }
    }
    for (column, place) in columns.iter().zip(&places) {
        if column.needed && place.is_none() {
            let found = header.iter().map(|title| title.trim().chars().take(60).collect()).take(20).collect();
            return Err(ImportRefusal::NoColumn { missing: column.name, found });
        }
    }
    Ok((places, ignored))
}

/// What separates cells, a semicolon before all.
pub const SEPARATORS: [char; 3] = [';', ',', '\t'];

/// How often a sign stands in a text outside quotes.
#[must_use]
pub fn unquoted(text: &str, sign: char) -> usize {
    let mut quoted = false;
    let outside = text.chars().filter(|c| {
        quoted ^= *c == '"';
        !quoted && *c == sign
    });
    outside.count()
}

/// The separator that the first line has most of; a semicolon where there is none.
fn separator(first: &str) -> char {
    let mut best = (SEPARATORS[0], unquoted(first, SEPARATORS[0]));
    for sign in SEPARATORS {
        let found = unquoted(first, sign);
        if found > best.1 {
            best = (sign, found);
        }
    }
    best.0
}

/// The text of a file: UTF-8 or UTF-16 where it says so, UTF-8 where it is, else Windows-1252, as older spreadsheets
/// write. Errors: [`ImportRefusal::NotText`], [`ImportRefusal::TooLarge`].
pub fn decode(bytes: &[u8]) -> Result<String, ImportRefusal> {
    if bytes.len() > LARGEST {
        return Err(ImportRefusal::TooLarge(LARGEST));
    }
    let content = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            String::from_utf8(rest.to_vec()).map_err(|_| ImportRefusal::NotText)?
        }
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => match std::str::from_utf8(bytes) {
            Ok(content) => content.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    };
    let content = content.replace("\r\n", "\n").replace('\r', "\n");
    let binary = content.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    if binary { Err(ImportRefusal::NotText) } else { Ok(content) }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ImportRefusal> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(ImportRefusal::NotText);
    }
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).map_err(|_| ImportRefusal::NotText)
}

/// A character of Windows-1252: Latin-1 but for 32 places, of which five are empty and stay control characters.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column { name: "name", called: &["nom", "name"], needed: true },
        Column { name: "website", called: &["site"], needed: false },
    ];

    fn table(bytes: &[u8]) -> Result<Vec<(u64, String, String)>, ImportRefusal> {
        let table = read(bytes, COLUMNS)?;
        assert!(table.errors.is_empty());
        let line = |line: &Line| (line.number, line.field(0).to_owned(), line.field(1).to_owned());
        Ok(table.lines.iter().map(line).collect())
    }

    #[test]
    fn encodings_and_separators_are_found() {
        let expected =
            vec![(2, "Été & Cœur".to_owned(), "a.fr".to_owned()), (3, "Ça; va".to_owned(), String::new())];
        let text = "Nom;Site\nÉté & Cœur;a.fr\n\"Ça; va\";\n";
        let with_bom = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        let tabs = text.replace(';', "\t").replace("\"Ça\t va\"", "Ça; va");
        let utf_16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(tabs.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let commas = "Site,NOM\r\na.fr,Été & Cœur\r\n,Ça; va\r\n";
        let latin: Vec<u8> = text
            .chars()
            .map(|c| match c {
                'œ' => 0x9c,
                c => u8::try_from(u32::from(c)).unwrap(),
            })
            .collect();
        for bytes in [text.as_bytes(), &with_bom, tabs.as_bytes(), &utf_16, commas.as_bytes(), &latin] {
            assert_eq!(table(bytes), Ok(expected.clone()), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let text = "\n\nnom;adresse\n\nA;b\n;;\nC;\"1 rue\nd\"\nE;\n";
        let numbers: Vec<u64> = table(text.as_bytes()).unwrap().into_iter().map(|line| line.0).collect();
        assert_eq!(numbers, [5, 7, 9]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let no_column = ImportRefusal::NoColumn { missing: "name", found: vec!["site".to_owned()] };
        for (bytes, refusal) in [
            (b"".as_slice(), ImportRefusal::Empty),
            (b"nom;site\n", ImportRefusal::Empty),
            (b"nom;site\n;\n", ImportRefusal::Empty),
            (b"site\na.fr\n", no_column),
            (b"nom;Name\na;b\n", ImportRefusal::TwoColumns("name")),
            (b"PK\x03\x04\x00\x00nom", ImportRefusal::NotText),
            (b"\xff\xfea", ImportRefusal::NotText),
        ] {
            assert_eq!(table(bytes), Err(refusal));
        }
        assert_eq!(table(&vec![b'a'; LARGEST + 1]), Err(ImportRefusal::TooLarge(LARGEST)));
        let long = "nom\n".to_owned() + &"a\n".repeat(MOST_LINES + 1);
        assert_eq!(table(long.as_bytes()), Err(ImportRefusal::TooManyLines(MOST_LINES)));
    }

    #[test]
    fn unknown_columns_and_extra_fields_are_told() {
        let table = read(b"nom;couleur;;\nA;bleu;;\nB;;;;x\n", COLUMNS).unwrap();
        assert_eq!(table.ignored, ["couleur"]);
        assert_eq!(table.errors, [LineError { line: 3, problem: Problem::TooManyFields }]);
    }

    #[test]
    fn a_quote_left_open_and_a_name_of_two_lines_are_told_with_their_line() {
        let wrong = |text: &str| read(text.as_bytes(), COLUMNS).unwrap().errors;
        let at = |line, problem| vec![LineError { line, problem }];
        assert_eq!(wrong("nom;site\nX;\n\"Y;\nZ;\nW;\n"), at(3, Problem::OpenQuote));
        assert_eq!(wrong("nom;site\n\"Y;\nZ;\n\"W\";a.fr\n"), at(2, Problem::OpenQuote));
        assert_eq!(wrong("nom;site\nX;\n\"Y\nZ\";a.fr\n"), at(3, Problem::LineBreak));
        assert_eq!(wrong("nom;site\n\"Le \"\"bois\"\"\" ;a.fr\nLe \"bois\" vert;\n"), []);
        assert_eq!(
            read(b"\"nom;site\nX;\n", COLUMNS).map(|_| ()),
            Err(ImportRefusal::NoColumn { missing: "name", found: vec!["nom;site\nX;".to_owned()] })
        );
    }

    #[test]
    fn a_line_with_another_separator_is_told() {
        let wrong = |text: &str| read(text.as_bytes(), COLUMNS).unwrap().errors;
        let other = |line| vec![LineError { line, problem: Problem::OtherSeparator }];
        assert_eq!(wrong("nom;site\nA;a.fr\nChat,https://a.example\n"), other(3));
        assert_eq!(wrong("nom,site\nChat;https://a.example\n"), other(2));
        assert_eq!(wrong("nom;site\nChat\thttps://a.example\n"), other(2));
        assert_eq!(wrong("nom;site\nChat, chien;\n\"Chat, chien\"\nLoup\n"), []);
    }
}
