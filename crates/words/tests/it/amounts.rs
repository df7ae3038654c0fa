//! Amounts written and read.

use domain::money::{Currency, Money};
use popote_words::{Locale, MoneyError, Words};
use proptest::prelude::*;

const FR: Words = Words::new(Locale::Fr);
const EN: Words = Words::new(Locale::En);

fn currency(code: &str, exponent: u8) -> Currency {
    Currency::new(code, exponent).unwrap()
}

#[test]
fn amounts_are_written_as_each_language_does() {
    let check = |minor: i64, fr: &str, en: &str| {
        assert_eq!(FR.money(Money::new(minor), Currency::EUR), fr.replace('_', "\u{202f}"));
        assert_eq!(EN.money(Money::new(minor), Currency::EUR), en);
    };
    check(0, "0,00_€", "€0.00");
    check(5, "0,05_€", "€0.05");
    check(123_456, "1_234,56_€", "€1,234.56");
    check(-300, "−3,00_€", "−€3.00");
    check(100_000_000_000, "1_000_000_000,00_€", "€1,000,000,000.00");
    check(i64::MIN, "−92_233_720_368_547_758,08_€", "−€92,233,720,368,547,758.08");
}

#[test]
fn short_signed_and_field_forms() {
    let euros = |minor: i64| (Money::new(minor), Currency::EUR);
    let check = |text: String, expected: &str| assert_eq!(text, expected.replace('_', "\u{202f}"));
    let (amount, eur) = euros(123_400);
    check(FR.money_short(amount, eur), "1_234_€");
    check(EN.money_short(amount, eur), "€1,234");
    check(FR.money_field(amount, eur), "1234");
    check(FR.money_signed(amount, eur), "+1_234,00_€");
    check(FR.money_signed(Money::ZERO, eur), "0,00_€");
    check(EN.money_signed(Money::new(-5), eur), "−€0.05");
    check(FR.money_short(Money::new(123_450), eur), "1_234,50_€");
    check(FR.money_field(Money::new(123_450), eur), "1234,50");
    check(EN.money_field(Money::new(123_450), eur), "1234.50");
}

#[test]
fn other_currencies_have_their_sign_or_code_and_their_decimals() {
    let check = |code: &str, exponent: u8, fr: &str, en: &str| {
        let (amount, currency) = (Money::new(123_456), currency(code, exponent));
        assert_eq!(FR.money(amount, currency), fr.replace('_', "\u{202f}"));
        assert_eq!(EN.money(amount, currency), en);
    };
    check("USD", 2, "1_234,56_$", "$1,234.56");
    check("CAD", 2, "1_234,56_CAD", "CAD\u{a0}1,234.56");
    check("CHF", 2, "1_234,56_CHF", "CHF\u{a0}1,234.56");
    check("JPY", 0, "123_456_¥", "¥123,456");
    check("TND", 3, "123,456_TND", "TND\u{a0}123.456");
}

#[track_caller]
fn reads(text: &str, minor: i64) {
    for words in [FR, EN] {
        assert_eq!(words.parse_money(text, Currency::EUR), Ok(Money::new(minor)), "{text:?}");
    }
}

#[track_caller]
fn refuses(text: &str, error: MoneyError) {
    for words in [FR, EN] {
        assert_eq!(words.parse_money(text, Currency::EUR), Err(error), "{text:?}");
    }
}

#[test]
fn amounts_are_read_as_people_type_them() {
    reads("0", 0);
    reads("12", 1_200);
    reads("12,5", 1_250);
    reads("12.05", 1_205);
    reads("1 234,56", 123_456);
    reads("1234.56", 123_456);
    reads("1 234 €", 123_400);
    reads("  1\u{202f}234,56\u{a0}€ ", 123_456);
    reads("1.234,56", 123_456);
    reads("1,234.56", 123_456);
    reads("1.234.567", 123_456_700);
    reads("1,234,567.8", 123_456_780);
    reads("€12", 1_200);
    reads("12 eur", 1_200);
    reads("EUR 12,00", 1_200);
    reads("12 euros", 1_200);
    reads("0012", 1_200);
    reads("10 000 000 000", 1_000_000_000_000);
}

#[test]
fn what_can_be_read_in_two_ways_is_refused() {
    for text in ["1.234", "1,234", "12,345", "123.456 €", "€1,234"] {
        refuses(text, MoneyError::Ambiguous);
    }
}

#[test]
fn what_is_no_amount_of_this_pot_is_refused() {
    for text in ["", "   ", "\u{a0}"] {
        refuses(text, MoneyError::Empty);
    }
    for text in ["-5", "− 5", "-5 €", "€-5", "-€5", "–0"] {
        refuses(text, MoneyError::Negative);
    }
    for text in ["1,2345", "0,123", "0.001", "1234,567", "1 234,567", "1.234,567"] {
        refuses(text, MoneyError::TooManyDecimals);
    }
    for text in ["12 $", "$12", "12 USD", "chf 12", "12 £", "12 francs", "₿12"] {
        refuses(text, MoneyError::OtherCurrency);
    }
    for text in ["10 000 000 000,01", "99999999999999", "99999999999999999999999999", &"9".repeat(500)] {
        refuses(text, MoneyError::TooLarge);
    }
}

#[test]
fn what_is_not_a_number_is_refused() {
    for text in [
        "douze",
        "€",
        "12 zł",
        "12,345 6",
        "12,",
        ",5",
        ".50",
        "12..5",
        "12,,5",
        "1 23",
        "12 34",
        "1234 567",
        "1  234",
        "1,23,456",
        "1.234.56",
        "1,234,56.7",
        "1.234,567.8",
        "1 234.567,8",
        "12€50",
        "12k",
        "+5",
        "1e3",
        "0x12",
        "12-",
        "5 € €",
        "€ 5 €",
        "١٢",
        "1'234",
        "1_000",
        "12\n34",
        "=1+1",
        "∞",
        "NaN",
    ] {
        refuses(text, MoneyError::NotAnAmount);
    }
    refuses(&"a".repeat(500), MoneyError::NotAnAmount);
}

#[test]
fn currencies_without_or_with_many_decimals() {
    let yen = currency("JPY", 0);
    assert_eq!(FR.parse_money("1 234", yen), Ok(Money::new(1_234)));
    assert_eq!(EN.parse_money("¥1,234", yen), Ok(Money::new(1_234)));
    assert_eq!(FR.parse_money("1,5", yen), Err(MoneyError::TooManyDecimals));
    let dinar = currency("TND", 3);
    assert_eq!(FR.parse_money("1,234", dinar), Ok(Money::new(1_234)));
    assert_eq!(FR.parse_money("1.234", dinar), Err(MoneyError::Ambiguous));
    assert_eq!(EN.parse_money("1.234", dinar), Ok(Money::new(1_234)));
    assert_eq!(EN.parse_money("1,234", dinar), Err(MoneyError::Ambiguous));
    assert_eq!(EN.parse_money("0,250", dinar), Ok(Money::new(250)));
    assert_eq!(FR.parse_money("12 $", currency("CAD", 2)), Ok(Money::new(1_200)));
}

#[test]
fn each_refusal_has_its_sentence() {
    let say = |words: Words, error| words.money_refusal(error, Currency::EUR);
    assert_eq!(say(FR, MoneyError::Empty), "Indiquez un montant.");
    assert_eq!(
        say(FR, MoneyError::NotAnAmount),
        "Ce n’est pas un montant. Écrivez par exemple «\u{202f}1234,56\u{202f}»."
    );
    assert_eq!(say(EN, MoneyError::NotAnAmount), "This is not an amount. Write for example “1234.56”.");
    assert_eq!(
        say(FR, MoneyError::TooLarge),
        "Ce montant est trop grand\u{202f}: 10\u{202f}000\u{202f}000\u{202f}000\u{202f}€ au plus."
    );
    assert_eq!(
        say(FR, MoneyError::TooManyDecimals),
        "Ce montant a trop de décimales\u{202f}: 2 chiffres au plus."
    );
    assert_eq!(
        FR.money_refusal(MoneyError::TooManyDecimals, currency("JPY", 0)),
        "Ce montant ne peut pas avoir de décimales."
    );
    assert!(say(FR, MoneyError::OtherCurrency).contains("EUR"));
    // The example that a refusal gives is itself an amount.
    for exponent in 0..=4 {
        let currency = currency("XXX", exponent);
        for words in [FR, EN] {
            let sentence = words.money_refusal(MoneyError::Ambiguous, currency);
            let example = sentence.rsplit(' ').next().unwrap();
            let example = example.trim_matches(['.', '«', '»', '“', '”', '\u{202f}']);
            assert!(words.parse_money(example, currency).is_ok(), "{sentence}");
        }
    }
}

fn currencies() -> impl Strategy<Value = Currency> {
    prop_oneof![
        Just(("EUR", 2)),
        Just(("CHF", 2)),
        Just(("USD", 2)),
        Just(("JPY", 0)),
        Just(("TND", 3)),
        Just(("CLF", 4))
    ]
    .prop_map(|(code, exponent)| currency(code, exponent))
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        minor in prop_oneof![0_i64..10_000_000, 0..=Money::MAX_ENTRY.minor()],
        currency in currencies(),
    ) {
        let amount = Money::new(minor);
        for words in [FR, EN] {
            prop_assert_eq!(words.parse_money(&words.money(amount, currency), currency), Ok(amount));
            prop_assert_eq!(words.parse_money(&words.money_field(amount, currency), currency), Ok(amount));
        }
        prop_assert_eq!(FR.parse_money(&FR.money_short(amount, currency), currency), Ok(amount));
    }

    #[test]
    fn no_text_makes_it_fall(text in "\\PC{0,80}", currency in currencies()) {
        for words in [FR, EN] {
            if let Ok(amount) = words.parse_money(&text, currency) {
                prop_assert!(amount.minor() >= 0 && amount <= Money::MAX_ENTRY);
            }
        }
    }

    #[test]
    fn near_amounts_are_read_alike_in_both_languages_or_refused(text in "[0-9 .,€-]{1,14}") {
        prop_assert_eq!(FR.parse_money(&text, Currency::EUR), EN.parse_money(&text, Currency::EUR));
    }

    #[test]
    fn every_amount_is_written(minor: i64, currency in currencies()) {
        for words in [FR, EN] {
            let text = words.money(Money::new(minor), currency);
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits.parse::<u64>().unwrap(), minor.unsigned_abs());
            prop_assert!(!text.contains(' '));
        }
    }
}
