//! Tables that nobody would write on purpose: whatever the bytes, a table is read or refused, and what is read is what
//! stands there.

use proptest::prelude::*;

use super::*;

const COLUMNS: &[Column] = &[
    Column { name: "name", called: &["nom", "name"], needed: true },
    Column { name: "note", called: &["note"], needed: false },
];

/// A text of signs that matter in a table, and of any others.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => prop::sample::select(vec![
            ';', ',', '\t', '"', '\'', '\n', '\r', '|', '[', ']', '(', ')', '=', '+', '-', '@', '#', '*', '%', ' ',
            '\u{a0}', '\u{202f}', '\u{feff}', '\u{200b}', '\u{202e}', '\0', '\u{1b}', '\u{85}', '\u{2028}', 'é', '会',
        ]),
        2 => prop::char::range('a', 'z'),
        1 => any::<char>(),
    ];
    prop::collection::vec(sign, 0..24).prop_map(|signs| signs.into_iter().collect())
}

/// A cell that a table may hold: on one line, without signs that no table holds.
fn cell() -> impl Strategy<Value = String> {
    hostile().prop_map(|text| text.chars().filter(|c| !c.is_control() || *c == '\t').collect())
}

/// A cell between quotes, as a spreadsheet writes it.
pub(crate) fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// The same text in an encoding that spreadsheets save.
fn encoded(text: &str, encoding: u8) -> Vec<u8> {
    match encoding % 4 {
        0 => text.as_bytes().to_vec(),
        1 => [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        2 => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        _ => [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for start in [&b""[..], b"nom;note\n", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbfnom,note\r\n"] {
            let bytes = [start, &bytes].concat();
            let ends = bytes.iter().filter(|byte| [b'\n', b'\r'].contains(byte)).count();
            if let Ok(table) = read(&bytes, COLUMNS) {
                for line in &table.lines {
                    prop_assert_eq!(line.fields.len(), COLUMNS.len());
                    prop_assert!(line.number >= 1 && line.number <= ends as u64 + 1, "line {}", line.number);
                }
                for error in &table.errors {
                    prop_assert!(error.line >= 1 && error.line <= ends as u64 + 1, "error at {}", error.line);
                }
            }
        }
    }

    #[test]
    fn hostile_texts_are_read_or_refused(text in hostile(), header in hostile(), encoding in any::<u8>()) {
        for text in [format!("{header}\n{text}"), format!("nom;note\n{text}"), format!("nom,{header}\n{text}")] {
            let _ = read(&encoded(&text, encoding), COLUMNS);
        }
    }

    #[test]
    fn what_a_spreadsheet_quotes_comes_back_cell_by_cell(
        rows in prop::collection::vec(prop::collection::vec(cell(), 2..5), 1..8),
        separator in prop::sample::select(SEPARATORS.to_vec()),
    ) {
        let line = |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(&separator.to_string());
        let text: String = rows.iter().map(|row| line(row) + "\n").collect();
        let (records, errors) = records(&text, separator);
        prop_assert_eq!(&errors, &[]);
        let read: Vec<Vec<String>> = records.iter().map(|record| record.fields.clone()).collect();
        prop_assert_eq!(read, rows);
        prop_assert!(records.iter().zip(1..).all(|(record, number)| record.line == number));
    }

    #[test]
    fn a_table_is_the_same_in_each_encoding(
        cells in prop::collection::vec((cell(), cell()), 1..8),
        encoding in any::<u8>(),
    ) {
        let mut text = "Nom;Note\r\n".to_owned();
        for (name, note) in &cells {
            text += &format!("{};{}\r\n", quoted(name), quoted(note));
        }
        let kept: Vec<_> =
            cells.iter().filter(|(name, note)| !name.trim().is_empty() || !note.trim().is_empty()).collect();
        match read(&encoded(&text, encoding), COLUMNS) {
            Ok(table) => {
                prop_assert_eq!(table.lines.len(), kept.len());
                prop_assert!(table.errors.is_empty());
                for (line, (name, note)) in table.lines.iter().zip(kept) {
                    prop_assert_eq!((line.field(0), line.field(1)), (name.trim(), note.trim()));
                }
            }
            Err(refusal) => prop_assert_eq!((refusal, kept.len()), (ImportRefusal::Empty, 0)),
        }
    }
}
