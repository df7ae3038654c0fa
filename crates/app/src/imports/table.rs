//! Reading a table that somebody saved from a spreadsheet: whatever its encoding and its separator.

use domain::{
    imports::{ImportRefusal, LineError, Problem},
    text,
};

/// Largest file, in bytes.
const LARGEST: usize = 2 * 1024 * 1024;
/// Most lines.
pub(super) const MOST_LINES: usize = 5_000;
/// Most errors that are said at once.
pub(super) const MOST_ERRORS: usize = 200;

/// A column that a table may have.
pub(super) struct Column {
    /// Its name in this program.
    pub(super) name: &'static str,
    /// What a first line may call it, folded.
    pub(super) called: &'static [&'static str],
    /// Whether it must be there.
    pub(super) needed: bool,
}

/// A line of a table, its fields in the order of the columns asked for.
pub(super) struct Line {
    /// From 1, as an editor counts.
    pub(super) number: u64,
    fields: Vec<String>,
}

impl Line {
    /// The field of a column, without blanks at its ends; empty where there is none.
    pub(super) fn field(&self, column: usize) -> &str {
        self.fields.get(column).map(|field| field.trim()).unwrap_or_default()
    }
}

/// A table that was read.
pub(super) struct Table {
    pub(super) lines: Vec<Line>,
    /// Columns of the file that nobody asked for.
    pub(super) ignored: Vec<String>,
    /// Lines with too many fields.
    pub(super) errors: Vec<LineError>,
}

/// Reads a table. Empty lines are left out. Errors: what concerns the whole file.
pub(super) fn read(bytes: &[u8], columns: &[Column]) -> Result<Table, ImportRefusal> {
    let content = decode(bytes)?;
    let first = content.lines().find(|line| !line.trim().is_empty()).ok_or(ImportRefusal::Empty)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(first))
        .has_headers(false)
        .flexible(true)
        .from_reader(content.as_bytes());
    let mut records = reader.records();
    let header = loop {
        match records.next() {
            Some(Ok(record)) if record.iter().all(|field| field.trim().is_empty()) => {}
            Some(Ok(record)) => break record,
            Some(Err(_)) => return Err(ImportRefusal::NotText),
            None => return Err(ImportRefusal::Empty),
        }
    };
    let (places, ignored) = match_columns(&header, columns)?;
    let mut table = Table { lines: Vec::new(), ignored, errors: Vec::new() };
    for record in records {
        let record = record.map_err(|_| ImportRefusal::NotText)?;
        let number = record.position().map_or(0, |at| line_of(&content, at));
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if record.iter().skip(header.len()).any(|field| !field.trim().is_empty()) {
            table.errors.push(LineError { line: number, problem: Problem::TooManyFields });
        }
        let fields = places
            .iter()
            .map(|place| place.and_then(|place| record.get(place)).unwrap_or_default().to_owned());
        table.lines.push(Line { number, fields: fields.collect() });
        if table.lines.len() > MOST_LINES {
            return Err(ImportRefusal::TooManyLines(MOST_LINES));
        }
    }
    if table.lines.is_empty() { Err(ImportRefusal::Empty) } else { Ok(table) }
}

/// The line on which a record begins: the reader's place is before the empty lines that it skips.
fn line_of(content: &str, at: &csv::Position) -> u64 {
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = content.as_bytes().get(from..).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| **byte == b'\n').count();
    at.line() + u64::try_from(skipped).unwrap_or(0)
}

type Places = (Vec<Option<usize>>, Vec<String>);

fn match_columns(header: &csv::StringRecord, columns: &[Column]) -> Result<Places, ImportRefusal> {
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

/// The separator that the first line has most of; a semicolon where there is none.
fn separator(first: &str) -> u8 {
    let count = |separator: char| {
        let mut quoted = false;
        let unquoted = first.chars().filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == separator
        });
        unquoted.count()
    };
    let mut best = (b';', count(';'));
    for (byte, character) in [(b',', ','), (b'\t', '\t')] {
        let found = count(character);
        if found > best.1 {
            best = (byte, found);
        }
    }
    best.0
}

/// The text of a file: UTF-8 or UTF-16 where it says so, UTF-8 where it is, else Windows-1252, as older spreadsheets
/// write. Errors: [`ImportRefusal::NotText`], [`ImportRefusal::TooLarge`].
pub(super) fn decode(bytes: &[u8]) -> Result<String, ImportRefusal> {
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
        let text = "\n\nnom;site\n\nA;b\n;;\n\"C\nd\";\nE;\n";
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
}
