//! The spaces and apostrophes of French and English.

use popote_words::{typography_en, typography_fr};
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(typography_fr(text), expected.replace('_', "\u{202f}"));
}

#[test]
fn french_binds_its_double_punctuation() {
    check("Il manque 460 € !", "Il manque 460_€_!");
    check("Qui paie ? Nous ; vous : tous.", "Qui paie_? Nous_; vous_: tous.");
    check("Qui paie? Nous; vous: tous!", "Qui paie_? Nous_; vous_: tous_!");
    check("Vraiment ?!", "Vraiment_?!");
    check("Vraiment?!", "Vraiment_?!");
    check("(Vraiment?)", "(Vraiment_?)");
    check("déjà\u{a0}: oui\u{a0}!", "déjà_: oui_!");
    check("« déjà » et «encore»", "«_déjà_» et «_encore_»");
    check("« déjà » !", "«_déjà_»_!");
    check("deux  espaces  !", "deux  espaces_!");
}

#[test]
fn french_binds_numbers() {
    check("1 234 567,50 €", "1_234_567,50_€");
    check("50% de 10€", "50_% de 10_€");
    check("2026 300 fois", "2026 300 fois");
    check("01 23 45 67 89", "01 23 45 67 89");
    check("FR76 3000 6000 0112", "FR76 3000 6000 0112");
    check("le 3 novembre", "le 3 novembre");
    check("1 2345", "1 2345");
    check("v1 234", "v1 234");
    check("1,5 000", "1,5 000");
}

#[test]
fn french_leaves_addresses_times_and_code_alone() {
    check("à 12:30, voir https://example.org/a?b=1;c=%20d", "à 12:30, voir https://example.org/a?b=1;c=%20d");
    check("https://example.org/l'un?", "https://example.org/l'un?");
    check("https://example.org/ !", "https://example.org/_!");
    check("/c/chatons?stage=idea", "/c/chatons?stage=idea");
    check("ecrire@example.org: oui", "ecrire@example.org: oui");
    check("element:web 3:1 std::fmt", "element:web 3:1 std::fmt");
    check("?", "?");
    check("", "");
}

#[test]
fn apostrophes_are_curly() {
    check("aujourd'hui, l'été d'«ici»", "aujourd’hui, l’été d’«_ici_»");
    check("'citation'", "'citation’");
    assert_eq!(typography_en("don't, the members' pot: 12% !"), "don’t, the members’ pot: 12% !");
    assert_eq!(typography_en("https://example.org/it's"), "https://example.org/it's");
}

#[test]
fn right_text_is_borrowed() {
    assert!(matches!(typography_fr("Le pot"), std::borrow::Cow::Borrowed(_)));
    assert!(matches!(typography_en("The pot"), std::borrow::Cow::Borrowed(_)));
}

proptest! {
    #[test]
    fn setting_twice_changes_nothing(text in "[a-z0-9 «»;:!?%€'’/.@\u{a0}\u{202f}\n()]{0,40}") {
        let once = typography_fr(&text).into_owned();
        prop_assert_eq!(typography_fr(&once), once.as_str());
        let once = typography_en(&text).into_owned();
        prop_assert_eq!(typography_en(&once), once.as_str());
    }

    #[test]
    fn only_spaces_and_apostrophes_change(text in "\\PC{0,60}") {
        let bare = |text: &str| text.replace('’', "'").chars().filter(|c| !" \u{a0}\u{202f}".contains(*c)).collect::<String>();
        prop_assert_eq!(bare(&typography_fr(&text)), bare(&text));
        prop_assert_eq!(bare(&typography_en(&text)), bare(&text));
    }
}
