//! Amounts given one by one: a table that somebody typed, pasted or saved from a spreadsheet.

use std::collections::{BTreeMap, HashMap};

use domain::ids::OrganisationId;
use domain::{Currency, Money, text};
use words::{MoneyError, Words};

/// Most lines of a table.
const MOST_LINES: usize = 5_000;
/// Most problems that are said at once.
const MOST_PROBLEMS: usize = 20;

/// The amounts of a table, or what is wrong with it, line by line.
pub(super) fn read(
    table: &str,
    members: &HashMap<String, OrganisationId>,
    t: Words,
    currency: Currency,
) -> Result<BTreeMap<OrganisationId, Money>, Vec<String>> {
    let separator = separator(table);
    let mut amounts = BTreeMap::new();
    let mut problems = Vec::new();
    for (number, line) in (1..=MOST_LINES).zip(table.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        let mut wrong = |field| problems.push(t.rounds_manual_line(field, number));
        let Some((name, amount)) = line.rsplit_once(separator) else {
            wrong("shape");
            continue;
        };
        let member = members.get(&text::fold(name.trim().trim_matches('"').trim()));
        let amount = t.parse_money(amount.trim().trim_matches('"'), currency);
        match (member, amount) {
            // A line that waits for its amount gives nothing.
            (Some(_), Err(MoneyError::Empty)) => {}
            // The first line of a spreadsheet often names its columns.
            (None, Err(MoneyError::NotAnAmount)) if number == 1 => {}
            (None, _) => wrong("name"),
            (_, Err(error)) => {
                problems.push(t.rounds_manual_amount(number, t.money_refusal(error, currency)));
            }
            (Some(member), Ok(amount)) => {
                if amounts.insert(*member, amount).is_some() {
                    wrong("twice");
                }
            }
        }
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    if amounts.is_empty() && problems.is_empty() {
        problems.push(t.rounds_manual_empty().to_owned());
    }
    if problems.is_empty() { Ok(amounts) } else { Err(problems) }
}

/// The sign between name and amount. A comma only where nothing else is there, since amounts hold commas.
fn separator(table: &str) -> char {
    [';', '\t'].into_iter().find(|sign| table.contains(*sign)).unwrap_or(',')
}

/// The text of a file: UTF-8, or else what spreadsheets of Windows write.
pub(super) fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.replace("\r\n", "\n"),
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect::<String>().replace("\r\n", "\n"),
    }
}

/// A character of Windows-1252: as Latin-1 but for the few that French needs, `€`, `œ`, `Œ`, `’` among them.
fn windows_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x8c => 'Œ',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x9c => 'œ',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use words::Locale;

    use super::*;

    fn parse(table: &str) -> Result<Vec<(u128, i64)>, usize> {
        let id = |number| OrganisationId(Uuid::from_u128(number));
        let members = HashMap::from([(text::fold("Yaal Coop"), id(1)), (text::fold("Cloud Girofle"), id(2))]);
        read(table, &members, Words::new(Locale::Fr), Currency::EUR)
            .map(|amounts| amounts.into_iter().map(|(id, money)| (id.0.as_u128(), money.minor())).collect())
            .map_err(|problems| problems.len())
    }

    #[test]
    fn tables_are_read_as_people_write_them() {
        for table in [
            "Yaal Coop ; 310,00\nCloud Girofle;12 €",
            "\u{feff}structure;montant\nyaal coop;310\n\n\"Cloud Girofle\";\"12,00\"\n",
            "Yaal Coop\t310.00\nCLOUD GIROFLE\t12",
        ] {
            assert_eq!(parse(table), Ok(vec![(1, 31_000), (2, 1_200)]), "{table}");
        }
        assert_eq!(parse("Yaal Coop, 310"), Ok(vec![(1, 31_000)]));
    }

    #[test]
    fn all_that_is_wrong_is_said_and_nothing_is_half_taken() {
        assert_eq!(parse(""), Err(1));
        assert_eq!(parse("Yaal Coop;310\nInconnue;5\nCloud Girofle;1.234\nYaal Coop;1\nrien"), Err(4));
        assert_eq!(parse("Yaal Coop;-5"), Err(1));
        assert_eq!(parse("Inconnue;5"), Err(1));
    }

    #[test]
    fn files_of_windows_keep_their_accents() {
        assert_eq!(decode(b"C\xf4t\xe9 c\x9cur ; 5 \x80\r\n"), "Côté cœur ; 5 €\n");
        assert_eq!(decode("Côté".as_bytes()), "Côté");
    }
}
