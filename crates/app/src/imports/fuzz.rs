//! Files of organisations that nobody would write on purpose.

use proptest::prelude::*;

use super::*;
use crate::tables::fuzz::{hostile, quoted};

const TODAY: Date = Date::constant(2025, 3, 3);

/// A cell that may be what its column asks for.
fn cell(column: usize) -> BoxedStrategy<String> {
    let good: &[&str] = match column {
        NAME => &["Yaal Coop", "ARN", "yaal  coop", "Été d'Œuvre"],
        WEBSITE => &["yaal.coop", "https://arn-fai.net/", "javascript:alert(1)"],
        SIREN => &["732 829 320", "000000000"],
        EMAIL => &["zoe@arn.example", "a@b"],
        _ => &["2024-01-31", "31/01/2024", "29/02/2023", "2999-01-01", "1/1/24"],
    };
    let good: Vec<String> = good.iter().map(|text| (*text).to_owned()).collect();
    prop_oneof![2 => prop::sample::select(good), 1 => Just(String::new()), 1 => hostile()].boxed()
}

prop_compose! {
    fn line()(
        name in cell(NAME), website in cell(WEBSITE), siren in cell(SIREN), email in cell(EMAIL),
        since in cell(SINCE), left in cell(LEFT),
    ) -> [String; 6] {
        [name, website, siren, email, since, left]
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, TODAY);
        let _ = read(&[&b"nom;site;siren;courriel;depuis;depart\n"[..], &bytes].concat(), TODAY);
    }

    #[test]
    fn what_is_read_is_clean_and_what_is_refused_names_its_line(lines in prop::collection::vec(line(), 1..6)) {
        let mut text = "nom;site;siren;courriel;depuis;depart\n".to_owned();
        for line in &lines {
            text += &(line.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(";") + "\n");
        }
        match read(text.as_bytes(), TODAY) {
            Ok((entries, ignored)) => {
                prop_assert!(ignored.is_empty());
                prop_assert!(entries.len() <= lines.len());
                for entry in &entries {
                    prop_assert!(!entry.name.is_empty() && !entry.name.chars().any(char::is_control), "{entry:?}");
                    prop_assert!(entry.since.into_iter().chain(entry.left).all(|day| day <= TODAY));
                    prop_assert!(entry.website.is_empty() || entry.website.starts_with("http"), "{entry:?}");
                    if let Some(email) = &entry.email {
                        prop_assert!(Email::parse(email.address()).is_ok());
                    }
                }
                let looks: Vec<_> = entries.iter().map(|entry| Looks::of(&entry.name)).collect();
                for (place, one) in looks.iter().enumerate() {
                    prop_assert!(!looks[..place].iter().any(|other| other.like(one)), "two are one organisation");
                }
            }
            Err(ImportRefusal::Lines(errors)) => {
                let last = text.matches('\n').count() as u64 + text.matches('\r').count() as u64;
                prop_assert!(!errors.is_empty());
                prop_assert!(errors.iter().all(|error| error.line >= 1 && error.line <= last), "{errors:?}");
            }
            Err(ImportRefusal::Empty | ImportRefusal::NotText) => {}
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}
