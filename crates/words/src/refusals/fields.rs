//! What is wrong with a field.

use domain::input::FieldRule;
use domain::money::{Currency, Money};

use crate::Words;

/// Bytes of a megabyte, as people count files.
const MEGABYTE: u64 = 1024 * 1024;

impl Words {
    /// The sentence of a rule that a field breaks. `currency` is the one of its pot; any where no amount is in play.
    #[must_use]
    pub fn field_rule(&self, rule: &FieldRule, currency: Currency) -> String {
        match rule {
            FieldRule::TooLong(most) => self.field_too_long(*most),
            FieldRule::TooShort(least) => self.field_too_short(*least),
            FieldRule::TooManyDecimals(most) => self.field_too_many_decimals(*most),
            FieldRule::OtherCurrency(code) => self.field_other_currency(code),
            FieldRule::After(date) => self.field_after(self.date(*date)),
            FieldRule::Before(date) => self.field_before(self.date(*date)),
            FieldRule::FileTooLarge(bytes) => {
                self.field_file_too_large(self.field_file_size(bytes / MEGABYTE))
            }
            FieldRule::SumDiffers(made, wanted) => self.field_sum_differs(
                self.money(Money::new(*made), currency),
                self.money(Money::new(*wanted), currency),
            ),
            FieldRule::NotBetween(least, most) => self.field_not_between(*least, *most),
            FieldRule::Picture(unfit) => self.unfit_picture(*unfit),
            plain => self.plain_rule(plain).to_owned(),
        }
    }

    /// Rules without a figure.
    fn plain_rule(&self, rule: &FieldRule) -> &'static str {
        match rule {
            FieldRule::NotAnAmount => self.field_not_an_amount(),
            FieldRule::AmbiguousAmount => self.field_ambiguous_amount(),
            FieldRule::NotPositive => self.field_not_positive(),
            FieldRule::TooLarge => self.field_too_large(),
            FieldRule::BelowMinimum => self.field_below_minimum(),
            FieldRule::NotADate => self.field_not_a_date(),
            FieldRule::InThePast => self.field_in_the_past(),
            FieldRule::InTheFuture => self.field_in_the_future(),
            FieldRule::NotAnEmail => self.field_not_an_email(),
            FieldRule::NotAUrl => self.field_not_a_url(),
            FieldRule::NotAChoice => self.field_not_a_choice(),
            FieldRule::Taken => self.field_taken(),
            FieldRule::NameOfMember => self.field_name_of_member(),
            FieldRule::NameOfPast => self.field_name_of_past(),
            FieldRule::NameElsewhere => self.field_name_elsewhere(),
            FieldRule::NamesAnAddress => self.field_names_an_address(),
            FieldRule::NotAnIban => self.field_not_an_iban(),
            FieldRule::NotAHead => self.field_not_a_head(),
            FieldRule::HeadUnknown => self.field_head_unknown(),
            FieldRule::NotASiren => self.field_not_a_siren(),
            FieldRule::Unknown => self.field_unknown(),
            FieldRule::MovesDeadlines => self.field_moves_deadlines(),
            FieldRule::NotOutside => self.field_not_outside(),
            FieldRule::OptedOut => self.field_opted_out(),
            FieldRule::NotText => self.field_not_text(),
            FieldRule::FileType => self.field_file_type(),
            _ => self.field_missing(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn rules_carry_their_figures() {
        let fr = Words::new(Locale::Fr);
        let said = |rule| fr.field_rule(&rule, Currency::EUR);
        assert_eq!(said(FieldRule::TooLong(120)), "C’est trop long\u{202f}: 120 caractères au plus.");
        assert_eq!(
            said(FieldRule::FileTooLarge(5 * MEGABYTE)),
            "Ce fichier est trop lourd\u{202f}: 5 Mo au plus."
        );
        assert_eq!(said(FieldRule::Missing), "Ce champ est à remplir.");
        assert!(said(FieldRule::SumDiffers(100, 250)).contains("1,00\u{202f}€ au lieu de 2,50\u{202f}€"));
        let day = jiff::civil::date(2026, 11, 30);
        assert_eq!(said(FieldRule::After(day)), "Au plus tard le 30 novembre 2026.");
    }
}
