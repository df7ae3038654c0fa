//! What another program reads in a paper: `pdftotext` and `pdfinfo` of poppler.

#![allow(clippy::unwrap_used, reason = "a test stops where its ground gives way")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use popote_paper::{Column, MOST_ROWS, Paper, PaperError, Part, Table, pdf};

fn read(program: &str, options: &[&str], file: &[u8]) -> String {
    let mut running = Command::new(program)
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error} (scripts/install-tools poppler)"));
    let mut into = running.stdin.take().unwrap();
    let file = file.to_vec();
    let writing = std::thread::spawn(move || into.write_all(&file));
    let output = running.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success(), "{program} refuses the file");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn paper(rows: usize) -> Paper {
    let column = |head: &str, amounts| Column { head: head.to_owned(), share: 1, amounts };
    Paper {
        title: "Hébergement Mistral : l’année 2026".to_owned(),
        language: "fr".to_owned(),
        foot: "Pot commun".to_owned(),
        parts: vec![
            Part::Text("Reste 1\u{202f}200,00\u{a0}€ à « répartir ».".to_owned()),
            Part::Heading("La part".to_owned()),
            Part::Table(Table {
                caption: "Mouvements".to_owned(),
                columns: vec![column("Quoi", false), column("Montant", true)],
                rows: (0..rows).map(|row| vec![format!("n° {row}"), format!("{row},00\u{a0}€")]).collect(),
                total: None,
            }),
            Part::Small("Łódź, Ελλάδα, Київ".to_owned()),
        ],
    }
}

#[test]
fn other_programs_read_every_letter() {
    let file = pdf(&paper(80)).unwrap();
    let text = read("pdftotext", &["-layout", "-", "-"], &file);
    for said in
        ["Hébergement Mistral", "« répartir »", "La part", "n° 79", "Łódź, Ελλάδα, Київ", "Pot commun 1"]
    {
        let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(spaced.contains(said), "{said} in {spaced}");
    }
}

#[test]
fn it_is_read_aloud_as_headings_and_a_table() {
    let file = pdf(&paper(80)).unwrap();
    let told = read("pdfinfo", &["-"], &file);
    assert!(told.contains("Tagged:          yes"), "{told}");
    let tree = read("pdfinfo", &["-struct-text", "-"], &file);
    for part in ["H1", "H2", "Table", "Caption", "THead", "TH", "TD", "/Scope /Column"] {
        assert!(tree.contains(part), "{part} in {tree}");
    }
    assert_eq!(tree.matches("/Scope /Column").count(), 2, "heads that are repeated are said once");
}

#[test]
fn one_that_is_too_long_is_refused() {
    assert!(matches!(pdf(&paper(MOST_ROWS + 1)), Err(PaperError::TooLong)));
}

#[test]
fn letters_that_the_font_lacks_break_nothing() {
    let mut odd = paper(1);
    odd.title = "漢字 \u{0}\u{7}🦊 עברית".to_owned();
    odd.parts.push(Part::Text(String::new()));
    odd.parts.push(Part::Table(Table::default()));
    assert!(pdf(&odd).unwrap().starts_with(b"%PDF-1.7"));
}
