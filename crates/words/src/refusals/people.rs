//! Why people are not signed in, invited, given a mandate or a role; why a file of organisations isn't taken.

use domain::imports::{ImportRefusal, Problem};
use domain::money::Currency;
use domain::people::{
    ERASED, ErasingRefusal, InvitationRefusal, MandateRefusal, OrganisationRefusal, ProfileRefusal,
    RoleRefusal, SignInRefusal,
};

use crate::Words;

/// Bytes of a megabyte, as people count files.
const MEGABYTE: usize = 1024 * 1024;

impl Words {
    /// Why nobody was signed in by a code or a password.
    #[must_use]
    pub fn sign_in_refusal(&self, refusal: SignInRefusal) -> String {
        match refusal {
            SignInRefusal::WrongCode { left } => self.refusal_code_wrong(left),
            SignInRefusal::TooManyMails => self.refusal_mails_too_many().to_owned(),
            SignInRefusal::TooManyCodes => self.refusal_code_too_many().to_owned(),
            SignInRefusal::WrongPassword => self.refusal_password_wrong().to_owned(),
            SignInRefusal::Gone | SignInRefusal::OtherBrowser => self.refusal_code_gone().to_owned(),
        }
    }

    /// Why somebody isn't invited, or an invitation not accepted.
    #[must_use]
    pub fn invitation_refusal(&self, refusal: InvitationRefusal) -> &'static str {
        match refusal {
            InvitationRefusal::Gone => self.refusal_link_gone(),
            InvitationRefusal::AlreadyHeld => self.refusal_invitation_held(),
            InvitationRefusal::AlreadyInvited => self.refusal_invitation_sent(),
            InvitationRefusal::NotAMember => self.refusal_invitation_not_member(),
            InvitationRefusal::NameTaken => self.refusal_invitation_name_taken(),
            InvitationRefusal::NameOfPast => self.field_name_of_past(),
            InvitationRefusal::Shared => self.refusal_invitation_shared(),
            InvitationRefusal::TooMany => self.refusal_invitation_too_many(),
        }
    }

    /// Why what an organisation says of itself isn't changed.
    #[must_use]
    pub fn organisation_refusal(&self, refusal: OrganisationRefusal) -> &'static str {
        match refusal {
            OrganisationRefusal::Shared => self.refusal_organisation_shared(),
            OrganisationRefusal::Left => self.refusal_organisation_left(),
        }
    }

    /// Why a mandate isn't given or ended.
    #[must_use]
    pub fn mandate_refusal(&self, refusal: MandateRefusal) -> &'static str {
        match refusal {
            MandateRefusal::AlreadyHeld => self.refusal_invitation_held(),
            MandateRefusal::AlreadyProposed => self.refusal_mandate_proposed(),
            MandateRefusal::NotProposed => self.refusal_mandate_not_proposed(),
            MandateRefusal::Ended => self.refusal_mandate_ended(),
            MandateRefusal::LastRepresentative => self.refusal_mandate_last(),
            MandateRefusal::YoungMandate => self.refusal_mandate_young(),
            MandateRefusal::NotAMember => self.refusal_invitation_not_member(),
        }
    }

    /// Why a role isn't granted or ended.
    #[must_use]
    pub fn role_refusal(&self, refusal: RoleRefusal) -> &'static str {
        match refusal {
            RoleRefusal::Yourself => self.refusal_role_yourself(),
            RoleRefusal::SamePerson => self.refusal_role_same(),
            RoleRefusal::AlreadyHeld => self.refusal_role_held(),
            RoleRefusal::NotOfCollective => self.refusal_role_not_here(),
            RoleRefusal::NothingToConfirm => self.refusal_role_nothing(),
            RoleRefusal::YoungMandate => self.refusal_role_young(),
            RoleRefusal::LastHolder => self.refusal_role_last(),
        }
    }

    /// Why an account isn't changed.
    #[must_use]
    pub fn profile_refusal(&self, refusal: ProfileRefusal) -> &'static str {
        match refusal {
            ProfileRefusal::WrongPassword => self.refusal_password_wrong(),
            ProfileRefusal::AddressTaken => self.refusal_address_taken(),
            ProfileRefusal::Gone => self.refusal_link_gone(),
        }
    }

    /// Why somebody isn't erased now.
    #[must_use]
    pub fn erasing_refusal(&self, refusal: &ErasingRefusal) -> String {
        match refusal {
            ErasingRefusal::LastInstanceAdmin => self.refusal_erasing_instance().to_owned(),
            ErasingRefusal::LastHolder { role, collective } => {
                self.refusal_erasing_last(collective, role.as_str())
            }
            ErasingRefusal::Invoice { number, collective } => {
                self.refusal_erasing_invoice(collective, number)
            }
            ErasingRefusal::Refund { number, collective } => self.refusal_erasing_refund(collective, number),
        }
    }

    /// A person's name as it is shown: who was erased is said so in this language.
    #[must_use]
    pub fn person(&self, name: impl Into<String>) -> String {
        let name = name.into();
        if name == ERASED { self.person_erased().to_owned() } else { name }
    }

    /// Why a file isn't imported; what is wrong with its lines is said by [`Words::import_problem`].
    #[must_use]
    pub fn import_refusal(&self, refusal: &ImportRefusal) -> String {
        match refusal {
            ImportRefusal::Empty => self.refusal_import_empty().to_owned(),
            ImportRefusal::NotText => self.refusal_import_not_text().to_owned(),
            ImportRefusal::TooLarge(most) => {
                self.refusal_import_too_large(self.field_file_size(most / MEGABYTE))
            }
            ImportRefusal::TooManyLines(most) => self.refusal_import_too_many(*most),
            ImportRefusal::NoColumn { missing, found } => {
                self.refusal_import_no_column(self.refusal_import_column(*missing), found.join(" · "))
            }
            ImportRefusal::TwoColumns(column) => {
                self.refusal_import_two_columns(self.refusal_import_column(*column))
            }
            ImportRefusal::Lines(errors) => {
                let mut lines: Vec<u64> = errors.iter().map(|error| error.line).collect();
                lines.dedup();
                self.refusal_import_lines(lines.len())
            }
        }
    }

    /// What is wrong with a line of a file.
    #[must_use]
    pub fn import_problem(&self, problem: &Problem) -> String {
        match problem {
            Problem::Field { column, rule } => self.refusal_import_field(
                self.refusal_import_column(*column),
                self.field_rule(rule, Currency::EUR),
            ),
            Problem::TooManyFields => self.refusal_import_fields_too_many().to_owned(),
            Problem::OpenQuote => self.refusal_import_open_quote().to_owned(),
            Problem::LineBreak => self.refusal_import_line_break().to_owned(),
            Problem::OtherSeparator => self.refusal_import_other_separator().to_owned(),
            Problem::Repeats { line } => self.refusal_import_repeats(line),
            Problem::OtherName { known } => self.refusal_import_other_name(known),
            Problem::LooksLike { known } => self.refusal_import_looks_like(known),
            Problem::Invited { email } => self.refusal_import_invited(email),
            Problem::Shared => self.refusal_import_shared().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::input::FieldRule;

    use super::*;
    use crate::Locale;

    #[test]
    fn the_last_try_says_what_to_do() {
        let t = Words::new(Locale::Fr);
        let said = |left| t.sign_in_refusal(SignInRefusal::WrongCode { left });
        assert_eq!(said(4), "Ce n’est pas le code. Il reste 4 essais.");
        assert!(said(0).contains("demandez un nouveau courriel"));
    }

    #[test]
    fn a_line_names_its_column_and_the_rule() {
        let t = Words::new(Locale::Fr);
        let problem = Problem::Field { column: "email", rule: FieldRule::NotAnEmail };
        assert_eq!(t.import_problem(&problem), "courriel\u{202f}: Ce n’est pas une adresse de courriel.");
        let found = vec!["Titre".to_owned(), "Site".to_owned()];
        let said = t.import_refusal(&ImportRefusal::NoColumn { missing: "name", found });
        assert!(said.contains("nom") && said.contains("Titre · Site"), "{said}");
    }
}
