//! Amounts given one by one: a table that somebody typed, pasted or saved from a spreadsheet.

use std::collections::{BTreeMap, HashMap, HashSet};

use app::tables::{MOST_LINES, Record, SEPARATORS, records, unquoted};
use domain::ids::OrganisationId;
use domain::imports::ImportRefusal;
use domain::{Currency, Money, text};
use words::{MoneyError, Words};

/// Most problems that are said at once.
const MOST_PROBLEMS: usize = 20;
/// What a first line may call its two columns, folded.
const NAMES: [&str; 8] =
    ["structure", "structures", "nom", "organisation", "organization", "name", "membre", "member"];
const AMOUNTS: [&str; 8] =
    ["montant", "montants", "somme", "part", "amount", "share", "sum", "part a repartir"];

/// The amounts of a table, or what is wrong with it, line by line. Names are folded.
pub(super) fn read(
    table: &str,
    members: &HashMap<String, OrganisationId>,
    invited: &HashSet<String>,
    t: Words,
    currency: Currency,
) -> Result<BTreeMap<OrganisationId, Money>, Vec<String>> {
    let table = table.trim_start_matches('\u{feff}');
    let separator = separator(table);
    let (records, errors) = records(table, separator);
    let unread = |line: u64, why: String| t.rounds_manual_amount(line, why);
    let mut problems: Vec<String> =
        errors.iter().map(|error| unread(error.line, t.import_problem(&error.problem))).collect();
    if !problems.is_empty() {
        // What follows an open quote is no line of its own.
        return Err(problems);
    }
    let mut records: Vec<Record> = records.into_iter().filter(|record| !record.is_empty()).collect();
    if records.len() > MOST_LINES {
        return Err(vec![t.import_refusal(&ImportRefusal::TooManyLines(MOST_LINES))]);
    }
    if records.first().is_some_and(names_columns) {
        records.remove(0);
    }
    let mut amounts = BTreeMap::new();
    for record in &records {
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
        let mut wrong = |field| problems.push(t.rounds_manual_line(field, record.line));
        let Some((name, amount)) = pair(record, separator, members) else {
            wrong("shape");
            continue;
        };
        match (members.get(&text::fold(&name)), t.parse_money(amount.trim(), currency)) {
            // A line that waits for its amount gives nothing.
            (Some(_), Err(MoneyError::Empty)) => {}
            (None, _) if invited.contains(&text::fold(&name)) => wrong("invited"),
            (None, _) => wrong("name"),
            (_, Err(error)) => problems.push(unread(record.line, t.money_refusal(error, currency))),
            (Some(member), Ok(amount)) => {
                if amounts.insert(*member, amount).is_some() {
                    wrong("twice");
                }
            }
        }
    }
    if amounts.is_empty() && problems.is_empty() {
        problems.push(t.rounds_manual_empty().to_owned());
    }
    if problems.is_empty() { Ok(amounts) } else { Err(problems) }
}

/// Whether a first line names its columns, as that of a spreadsheet does.
fn names_columns(record: &Record) -> bool {
    let [name, amount, ..] = record.fields.as_slice() else { return false };
    let amount = text::fold(amount);
    let amount = amount.split('(').next().unwrap_or_default().trim_end_matches(['€', ' ']);
    NAMES.contains(&text::fold(name).as_str()) && AMOUNTS.contains(&amount)
}

/// The name and the amount of a line: cells left empty after them are none. A name may hold a comma that nobody quoted.
fn pair(
    record: &Record,
    separator: char,
    members: &HashMap<String, OrganisationId>,
) -> Option<(String, String)> {
    let filled = record.fields.iter().rposition(|field| !field.trim().is_empty())?;
    let fields = &record.fields[..=filled.max(1).min(record.fields.len() - 1)];
    match fields {
        [name, amount] => Some((name.trim().to_owned(), amount.clone())),
        [names @ .., amount] if separator == ',' => {
            let name = names.join(",");
            members.contains_key(&text::fold(&name)).then(|| (name.trim().to_owned(), amount.clone()))
        }
        _ => None,
    }
}

/// The sign between name and amount. A comma only where nothing else is there, since amounts hold commas.
fn separator(table: &str) -> char {
    let [semicolon, comma, tab] = SEPARATORS;
    [semicolon, tab].into_iter().find(|sign| unquoted(table, *sign) > 0).unwrap_or(comma)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;
    use words::Locale;

    use super::*;

    fn parse(table: &str) -> Result<Vec<(u128, i64)>, usize> {
        let id = |number| OrganisationId(Uuid::from_u128(number));
        let members = HashMap::from([(text::fold("Yaal Coop"), id(1)), (text::fold("Cloud Girofle"), id(2))]);
        read(table, &members, &HashSet::new(), Words::new(Locale::Fr), Currency::EUR)
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
    fn an_invited_one_is_no_stranger() {
        let invited = HashSet::from([text::fold("Zaclys")]);
        let t = Words::new(Locale::Fr);
        let said = read("zaclys;5\nInconnue;5", &HashMap::new(), &invited, t, Currency::EUR).unwrap_err();
        assert!(said[0].contains("est invitée"), "{said:?}");
        assert!(said[1].contains("n’est pas membre"), "{said:?}");
    }

    #[test]
    fn a_first_line_with_a_mistake_is_no_header() {
        assert_eq!(parse("Yaal Cop;31O\nCloud Girofle;12"), Err(1));
        assert_eq!(parse("Nom;Montant (€)\nCloud Girofle;12"), Ok(vec![(2, 1_200)]));
        assert_eq!(parse("Organisation,Amount\nCloud Girofle,12"), Ok(vec![(2, 1_200)]));
        assert_eq!(parse("Cloud Girofle;12\nnom;montant"), Err(1), "a header comes first");
    }

    #[test]
    fn commas_inside_quotes_are_no_separators() {
        let table = "structure,montant\n\"Yaal Coop\",\"310,50\"\nCloud Girofle,\"1 200,00\"\n";
        assert_eq!(parse(table), Ok(vec![(1, 31_050), (2, 120_000)]));
        assert_eq!(parse("Yaal Coop,310,50"), Err(1), "which comma?");
        assert_eq!(parse("\"Yaal Coop;310\nCloud Girofle;12\n"), Err(1), "an open quote");
    }

    proptest! {
        #[test]
        fn any_table_is_read_or_refused(text in "[;,\\t\"\n\r €a-z0-9Yl C.=+@\u{202f}\u{feff}\u{202e}\\PC]{0,80}") {
            for table in [text.clone(), format!("Yaal Coop;{text}"), format!("{text}\nCloud Girofle;12\n{text}")] {
                match parse(&table) {
                    Ok(amounts) => prop_assert!(!amounts.is_empty() && amounts.iter().all(|(_, cents)| *cents >= 0)),
                    Err(problems) => prop_assert!(problems > 0 && problems <= 2 * MOST_PROBLEMS, "{problems}"),
                }
            }
        }

        #[test]
        fn a_table_comes_back_to_the_cent(
            first in 0_i64..1_000_000_000_000,
            second in 0_i64..1_000_000_000_000,
            separator in prop::sample::select(vec![';', '\t']),
        ) {
            let t = Words::new(Locale::Fr);
            let amount = |cents| t.money(Money::new(cents), Currency::EUR);
            let table = format!("Yaal Coop{separator}{}\nCLOUD  GIROFLE{separator}{}\n", amount(first), amount(second));
            prop_assert_eq!(parse(&table), Ok(vec![(1, first), (2, second)]));
        }
    }

    #[test]
    fn no_line_is_left_out_in_silence() {
        let long = "Yaal Coop;\n".repeat(MOST_LINES) + "Cloud Girofle;12\n";
        assert_eq!(parse(&long), Err(1));
        let fits = "Yaal Coop;\n".repeat(MOST_LINES - 1) + "Cloud Girofle;12\n";
        assert_eq!(parse(&fits), Ok(vec![(2, 1_200)]));
    }
}
