//! What a bank transfer carries so that the payment is recognised: the structured reference of ISO 11649, the IBAN of
//! ISO 13616, and the text of the QR code that banking applications read (EPC069-12, version 2.1).

use thiserror::Error;
use uuid::Uuid;

use crate::{Currency, Money, text::plain};

/// Longest part of a reference after its check digits (ISO 11649).
const LONGEST_BODY: usize = 21;
/// How many characters of an IBAN tell it from others without letting anybody pay to it.
const SHOWN: usize = 4;
/// The largest amount that the QR code carries, in cents: 999 999 999.99 € (EPC069-12).
const LARGEST: i64 = 99_999_999_999;

/// 98 − (the number that the letters and digits make) mod 97, with A = 10 … Z = 35 (ISO 7064, MOD 97-10).
fn remainder(text: &str) -> Option<u32> {
    text.chars().try_fold(0_u32, |rest, character| {
        let value = character.to_digit(36)?;
        Some(if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
    })
}

/// The reference `RF` of a body: up to 21 letters and digits, others left out.
///
/// ```
/// # use popote_domain::references::{is_reference, reference};
/// assert_eq!(reference("CHATONS0042"), "RF62CHATONS0042");
/// assert!(is_reference("RF18 5390 0754 7034") && !is_reference("RF19 5390 0754 7034"));
/// ```
#[must_use]
pub fn reference(body: &str) -> String {
    let kept = body.chars().filter(char::is_ascii_alphanumeric).take(LONGEST_BODY);
    let body: String = kept.map(|character| character.to_ascii_uppercase()).collect();
    let check = remainder(&format!("{body}RF00")).map_or(0, |rest| 98 - rest);
    format!("RF{check:02}{body}")
}

/// Whether a text is a reference of ISO 11649; spaces and lower case are allowed, as people copy them.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    let text = compact(text);
    text.len() > 4
        && text.len() <= LONGEST_BODY + 4
        && text.starts_with("RF")
        && text.is_ascii()
        && remainder(&format!("{}{}", &text[4..], &text[..4])) == Some(1)
}

fn compact(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_uppercase()
}

/// An IBAN, checked, without spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iban(String);

/// A text that is no IBAN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an IBAN")]
pub struct NotIban;

impl Iban {
    /// Reads an IBAN, as people type it: with or without spaces, in any case. Its check digits must hold, and a French
    /// one has 27 characters. Errors: [`NotIban`].
    ///
    /// ```
    /// # use popote_domain::references::Iban;
    /// let iban = Iban::parse("fr76 3000 6000 0112 3456 7890 189")?;
    /// assert_eq!(iban.as_str(), "FR7630006000011234567890189");
    /// assert_eq!(iban.in_fours(), "FR76 3000 6000 0112 3456 7890 189");
    /// assert!(Iban::parse("FR7630006000011234567890188").is_err());
    /// # Ok::<(), popote_domain::references::NotIban>(())
    /// ```
    pub fn parse(typed: &str) -> Result<Self, NotIban> {
        let text = compact(typed);
        let country = text.as_bytes();
        let form = (15..=34).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && country[..2].iter().all(u8::is_ascii_uppercase)
            && country[2..4].iter().all(u8::is_ascii_digit)
            && (!text.starts_with("FR") || text.len() == 27);
        let holds = form && remainder(&format!("{}{}", &text[4..], &text[..4])) == Some(1);
        if holds { Ok(Self(text)) } else { Err(NotIban) }
    }

    /// Without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What was stored as one, for people: in groups of four, or as it is where it isn't one.
    #[must_use]
    pub fn shown(stored: &str) -> String {
        Self::parse(stored).map_or_else(|_| stored.to_owned(), |iban| iban.in_fours())
    }

    /// The last four characters of what was stored as one: enough to know it by, too little to pay to.
    ///
    /// ```
    /// # use popote_domain::references::Iban;
    /// assert_eq!(Iban::end("FR7630006000011234567890189"), "0189");
    /// assert_eq!(Iban::end("89"), "89");
    /// ```
    #[must_use]
    pub fn end(stored: &str) -> &str {
        let at = stored.char_indices().nth_back(SHOWN - 1).map_or(0, |(at, _)| at);
        stored.get(at..).unwrap_or_default()
    }

    /// In groups of four, for people.
    #[must_use]
    pub fn in_fours(&self) -> String {
        let groups: Vec<&str> =
            (0..self.0.len()).step_by(4).map(|at| &self.0[at..(at + 4).min(self.0.len())]).collect();
        groups.join(" ")
    }
}

/// Longest part of a transfer's name that is the invoice's own number.
const LONGEST_OWN: usize = 18;

/// What a transfer that pays an invoice carries from end to end, so that both sides find it on a statement: the number of
/// the invoice, and what sets it apart from every other; at most 35 characters that SEPA carries. `before`: how many
/// transfers of this invoice came back.
///
/// ```
/// # use popote_domain::references::end_to_end;
/// let id = popote_domain::ids::InvoiceId(uuid::Uuid::from_u128(0x4f9a_21c0));
/// assert_eq!(end_to_end("N° 2026_017", id, 0), "N 2026-017 4F9A21C0");
/// assert_eq!(end_to_end("2026-017", id, 1), "2026-017 4F9A21C0-2");
/// ```
#[must_use]
pub fn end_to_end(reference: &str, order: impl Into<Uuid>, before: usize) -> String {
    let own: String = plain(reference).replace('_', "-").chars().take(LONGEST_OWN).collect();
    let own = own.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let apart = format!("{:08X}", order.into().as_u128() & 0xffff_ffff);
    let again = if before > 0 { format!("-{}", before + 1) } else { String::new() };
    format!("{own} {apart}{again}").trim_start().to_owned()
}

/// What a transfer says of itself to whoever gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remittance<'a> {
    /// A reference with check digits (ISO 11649).
    Reference(&'a str),
    /// Free words, of which 140 characters are kept.
    Words(&'a str),
}

/// The text of the QR code of a transfer (EPC069-12): who gets it, how much, under which reference or words. Without an
/// amount whoever pays types it. `None` where the code can't carry it: another currency than the euro, or an amount out
/// of its range.
#[must_use]
pub fn epc_qr(
    name: &str,
    iban: &Iban,
    amount: Option<Money>,
    currency: Currency,
    remittance: Remittance<'_>,
) -> Option<String> {
    let out_of_range = |amount: Money| !amount.is_positive() || amount.minor() > LARGEST;
    if currency.code() != "EUR" || amount.is_some_and(out_of_range) {
        return None;
    }
    let clean = |text: &str, longest| -> String {
        text.chars().filter(|character| !character.is_control()).take(longest).collect()
    };
    let amount = amount.map_or_else(String::new, |amount| {
        format!("EUR{}.{:02}", amount.minor() / 100, amount.minor() % 100)
    });
    let remittance = match remittance {
        Remittance::Reference(reference) => reference.to_owned(),
        Remittance::Words(words) => format!("\n{}", clean(words, 140).trim()),
    };
    let (name, iban) = (clean(name, 70), iban.as_str());
    Some(format!("BCD\n002\n1\nSCT\n\n{}\n{iban}\n{amount}\n\n{remittance}", name.trim()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn references_have_the_check_digits_of_the_standard() {
        // Examples of ISO 11649 implementation guides.
        for known in ["RF18539007547034", "RF18 5390 0754 7034", "rf712348231"] {
            assert!(is_reference(known), "{known}");
        }
        for wrong in ["RF18539007547035", "RF18", "FR18539007547034", "RF1853900754703é", ""] {
            assert!(!is_reference(wrong), "{wrong}");
        }
        assert_eq!(reference("539007547034"), "RF18539007547034");
        assert_eq!(reference("chatons-0042"), "RF62CHATONS0042");
    }

    #[test]
    fn a_code_holds_what_a_transfer_needs() {
        let iban = Iban::parse("FR7630006000011234567890189").unwrap();
        let code = |name, amount, currency| {
            epc_qr(name, &iban, Some(amount), currency, Remittance::Reference("RF62CHATONS0042"))
        };
        let text = code("Fonds commun CHATONS", Money::new(5_000), Currency::EUR).unwrap();
        assert_eq!(
            text,
            "BCD\n002\n1\nSCT\n\nFonds commun CHATONS\nFR7630006000011234567890189\nEUR50.00\n\nRF62CHATONS0042"
        );
        assert!(text.len() <= 331, "the standard's longest");
        let hostile = code("A\nEUR9.99", Money::new(1), Currency::EUR).unwrap();
        assert_eq!(hostile.lines().count(), 10);
        let yen = Currency::new("JPY", 0).unwrap();
        assert_eq!(code("A", Money::new(5_000), yen), None);
        assert_eq!(code("A", Money::ZERO, Currency::EUR), None);
        assert_eq!(code("A", Money::new(LARGEST + 1), Currency::EUR), None);
        let open = epc_qr(
            "Yaal",
            &iban,
            None,
            Currency::EUR,
            Remittance::Words(&format!("Don\n{}", "é".repeat(200))),
        );
        let open = open.unwrap();
        assert!(
            open.starts_with("BCD\n002\n1\nSCT\n\nYaal\nFR7630006000011234567890189\n\n\n\nDonéé"),
            "{open}"
        );
        assert_eq!(open.lines().last().unwrap().chars().count(), 140);
    }

    proptest! {
        #[test]
        fn every_reference_made_is_one(body in "[A-Za-z0-9-]{1,30}") {
            prop_assume!(body.chars().any(|character| character != '-'));
            prop_assert!(is_reference(&reference(&body)), "{}", reference(&body));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = (is_reference(&text), Iban::parse(&text), reference(&text));
        }
    }
}
