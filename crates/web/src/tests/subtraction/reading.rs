//! What a reader finds in pages and files: which amounts stand beside the name of an organisation.

use std::collections::BTreeSet;

/// Something that stands together: a row, an item, a line.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What it is called in its table, if it says so.
    pub(super) labels: Vec<(String, String)>,
    /// Its text.
    pub(super) text: String,
}

impl Block {
    /// Whether it holds an amount of money.
    pub(super) fn has_amount(&self) -> bool {
        has_amount(&self.text)
    }

    /// The places of the names that it holds.
    pub(super) fn names(&self, names: &[&str]) -> BTreeSet<usize> {
        // Whoever leads a feature is named beside what everybody put there.
        let text = names.iter().fold(self.text.clone(), |text, name| {
            text.replace(&format!("menée par {name}"), "").replace(&format!("{name} propose"), "")
        });
        (0..names.len()).filter(|place| text.contains(names[*place])).collect()
    }
}

/// Whether a text holds a digit before a sign of euro.
pub(super) fn has_amount(text: &str) -> bool {
    text.match_indices('€').any(|(at, _)| {
        let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '\u{202f}');
        before.ends_with(|c: char| c.is_ascii_digit())
    })
}

/// A text without its tags.
fn plain(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// The pieces of a page that stand together: its rows, items, paragraphs, headings, entries and pictures' texts.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for tag in ["tr", "li", "p", "h1", "h2", "h3", "entry", "text", "option", "dt", "dd", "title"] {
        let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
        for (at, _) in page.match_indices(&open) {
            let rest = &page[at..];
            if !rest[open.len()..].starts_with([' ', '>']) {
                continue;
            }
            let markup = &rest[..rest.find(&close).unwrap_or(rest.len())];
            blocks.push(Block { labels: labels(markup), text: plain(markup) });
        }
    }
    blocks
}

/// The cells of a row by the names of their columns.
fn labels(row: &str) -> Vec<(String, String)> {
    let mut labels = Vec::new();
    for cell in row.split("<td").skip(1) {
        let Some((_, rest)) = cell.split_once("data-label=\"") else { continue };
        let Some((label, rest)) = rest.split_once('"') else { continue };
        let text = rest.split_once('>').map_or("", |(_, text)| text);
        labels.push((label.to_owned(), plain(&format!(">{text}"))));
    }
    labels
}

#[test]
fn an_amount_is_found_beside_the_name_in_its_row() {
    let page = "<table><tr><th>Castor</th><td class=\"n money\" data-label=\"Versé\">1\u{202f}200,00\u{202f}€</td></tr>\
        <tr><th>Daim</th><td data-label=\"Versé\">non publié</td></tr></table><li>Matrix · menée par Daim 4 €</li>";
    let names = ["Castor", "Daim"];
    let found: Vec<_> =
        blocks(page).into_iter().filter(Block::has_amount).flat_map(|block| block.names(&names)).collect();
    assert_eq!(found, [0]);
    assert_eq!(blocks(page)[0].labels[0].0, "Versé");
    assert!(blocks(page)[0].labels[0].1.contains("1\u{202f}200"));
    assert!(!has_amount("des €") && has_amount("4 €"));
}
