//! Tables of gifts that nobody would write on purpose, and those that are as they should be.

use proptest::prelude::*;
use words::Locale;

use super::*;
use crate::tables::fuzz::{hostile, quoted};

const TODAY: Date = Date::constant(2025, 3, 3);

fn read_as(bytes: &[u8], locale: Locale) -> Result<(Vec<Entry>, Vec<String>), ImportRefusal> {
    read(bytes, Words::new(locale), Currency::EUR, TODAY)
}

/// A cell that may be what its column asks for.
fn cell(column: usize) -> BoxedStrategy<String> {
    let good: &[&str] = match column {
        DATE => &["2025-03-01", "01/03/2025 18:04", "2025-03-01T18:04:00", "2999-01-01"],
        AMOUNT => &["12", "12,50", "1 234,00 €", "1.234", "-5", "0", "99999999999999999999"],
        REFERENCE => &["HA-1", "HA-2", "=1+1"],
        STATUS => &["Validé", "Refusé"],
        _ => &["pour Element"],
    };
    let good: Vec<String> = good.iter().map(|text| (*text).to_owned()).collect();
    prop_oneof![2 => prop::sample::select(good), 1 => Just(String::new()), 1 => hostile()].boxed()
}

prop_compose! {
    fn line()(
        date in cell(DATE), amount in cell(AMOUNT), reference in cell(REFERENCE), status in cell(STATUS),
        wish in cell(WISH),
    ) -> [String; 5] {
        [date, amount, reference, status, wish]
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for locale in Locale::ALL {
            let _ = read_as(&bytes, locale);
            let _ = read_as(&[&b"date;montant;reference;statut;souhait\n"[..], &bytes].concat(), locale);
        }
    }

    #[test]
    fn what_is_read_can_be_recorded(lines in prop::collection::vec(line(), 1..6), fr in any::<bool>()) {
        let mut text = "date;montant;reference;statut;souhait\n".to_owned();
        for line in &lines {
            text += &(line.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(";") + "\n");
        }
        if let Ok((entries, _)) = read_as(text.as_bytes(), if fr { Locale::Fr } else { Locale::En }) {
            for (place, entry) in entries.iter().enumerate() {
                prop_assert!(entry.amount.is_positive() && entry.received_on <= TODAY, "{entry:?}");
                prop_assert!(!entry.reference.is_empty() && !entry.reference.chars().any(char::is_control));
                prop_assert!(!entry.wish.chars().any(char::is_control));
                prop_assert!(!entries[..place].iter().any(|other| other.reference == entry.reference));
            }
            prop_assert!(Money::sum(entries.iter().map(|entry| entry.amount)).is_ok());
        }
    }

    #[test]
    fn a_table_as_it_should_be_comes_back_to_the_cent(
        gifts in prop::collection::vec((1_i64..1_000_000_000, 1_i8..=28, any::<bool>()), 1..40),
        fr in any::<bool>(),
    ) {
        let t = Words::new(if fr { Locale::Fr } else { Locale::En });
        let mut text = "Date du don;Montant;Numero;Statut\n".to_owned();
        for (number, (cents, day, came)) in gifts.iter().enumerate() {
            let amount = t.money(Money::new(*cents), Currency::EUR);
            let status = if *came { "Payé" } else { "Refusé" };
            text += &format!("{day:02}/01/2025;{};G-{number};{status}\n", quoted(&amount));
        }
        let (entries, ignored) = read(text.as_bytes(), t, Currency::EUR, TODAY).unwrap();
        prop_assert!(ignored.is_empty());
        let read: Vec<_> =
            entries.iter().map(|entry| (entry.amount.minor(), entry.received_on.day(), entry.came)).collect();
        prop_assert_eq!(read, gifts);
    }
}
