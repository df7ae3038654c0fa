//! Persons, organisations, mandates, roles and sign-in: what is checked without a database.

use jiff::{SignedDuration, Timestamp, civil::Date};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;

use crate::{actor::RoleKind, ids::PersonId, input::FieldRule, posting::named, text::is_hidden};

/// How long a sign-in link and its code can be used.
pub const SIGN_IN_FOR: SignedDuration = SignedDuration::from_mins(15);
/// How long a sign-in counts as fresh.
pub const FRESH_FOR: SignedDuration = SignedDuration::from_mins(10);
/// How long an invitation can be accepted.
pub const INVITATION_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long a role waits after its confirmation, and authorising after a change of password or address.
pub const WAITING: SignedDuration = SignedDuration::from_hours(48);
/// How long a session lives without being seen.
pub const SESSION_IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a session lives at most.
pub const SESSION_LONGEST: SignedDuration = SignedDuration::from_hours(180 * 24);
/// How long a session that ended is still known to have been somebody's: for what they were writing, for nothing else.
pub const ENDED_SESSION_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How often the instant when a session was last seen is written.
pub const SEEN_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How many codes may be tried on one mail.
pub const CODE_TRIES: i64 = 5;
/// How many wrong codes may be tried for one address in a day, over all its mails.
pub const CODE_TRIES_A_DAY: i64 = 30;
/// How many sign-in mails may be under way to one address: far more than one network may ask for, so that who asks for
/// mails in another's name leaves them a way in, and few enough not to fill a mailbox.
pub const OPEN_SIGN_INS: i64 = 20;
/// How many sessions one person may have; the oldest makes place.
pub const MOST_SESSIONS: i64 = 50;
/// Below so many persons a collective's admin grants roles alone.
pub const FEW_PERSONS: i64 = 3;

/// A mail address: as typed, and the key by which two spellings are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    address: String,
    key: String,
}

impl Email {
    /// Reads an address that somebody typed. Errors: [`FieldRule::Missing`], [`FieldRule::NotAnEmail`].
    pub fn parse(typed: &str) -> Result<Self, FieldRule> {
        if typed.len() > 1_000 {
            return Err(FieldRule::NotAnEmail);
        }
        let address: String = typed.trim().nfc().collect();
        if address.is_empty() {
            return Err(FieldRule::Missing);
        }
        let (local, host) = address.rsplit_once('@').ok_or(FieldRule::NotAnEmail)?;
        let sound = address.len() <= 254
            && (1..=64).contains(&local.len())
            && !local.contains('@')
            && !address
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || is_hidden(c) || "\"(),:;<>[\\]".contains(c))
            && [local, host]
                .iter()
                .all(|part| !part.starts_with('.') && !part.ends_with('.') && !part.contains(".."))
            && host.split('.').count() >= 2
            && host
                .split('.')
                .all(|label| !label.starts_with('-') && !label.ends_with('-') && label.len() <= 63)
            && host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
        if !sound {
            return Err(FieldRule::NotAnEmail);
        }
        Ok(Self { key: Self::key_of(&address), address })
    }

    /// The key of an address: compatible characters and case folded. Mail goes to the address that is stored,
    /// never to another spelling of its key.
    #[must_use]
    pub fn key_of(address: &str) -> String {
        let folded: String = address.trim().nfkc().collect();
        folded.to_lowercase().nfkc().collect()
    }

    /// The address as typed.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The key by which two spellings are one.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// The nine digits of a French legal entity, without blanks. Errors: [`FieldRule::NotASiren`].
pub fn siren(typed: &str) -> Result<String, FieldRule> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldRule::NotASiren);
    }
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(digit - b'0')) {
            (0, digit) => digit,
            (_, digit) => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    if sum.is_multiple_of(10) && digits != "000000000" { Ok(digits) } else { Err(FieldRule::NotASiren) }
}

/// Whether a mandate with these dates is in force on a day: from its first day to its last, both included.
#[must_use]
pub fn in_force(starts_on: Date, ends_on: Option<Date>, day: Date) -> bool {
    starts_on <= day && ends_on.is_none_or(|end| day <= end)
}

/// How a role is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granting {
    /// By the admin alone, at once, told to all: there are fewer than three persons.
    AtOnce,
    /// By two persons other than the beneficiary; it counts 48 hours after the second.
    ByTwo,
}

impl Granting {
    /// How a role is granted in a collective of so many persons.
    #[must_use]
    pub const fn among(persons: i64) -> Self {
        if persons < FEW_PERSONS { Self::AtOnce } else { Self::ByTwo }
    }
}

/// Why a role isn't granted or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RoleRefusal {
    /// The mandate by which they would confirm is less than 48 hours old.
    #[error("the mandate is less than 48 hours old")]
    YoungMandate,
    /// Two others grant it, never the beneficiary.
    #[error("nobody grants a role to themselves")]
    Yourself,
    /// Whoever proposed it can't confirm it.
    #[error("the second person is another than the first")]
    SamePerson,
    /// The person holds it or it is proposed already.
    #[error("the person has this role, or it is proposed")]
    AlreadyHeld,
    /// The person has no mandate in this collective.
    #[error("the person has no mandate in this collective")]
    NotOfCollective,
    /// It was confirmed or ended meanwhile.
    #[error("there is nothing to confirm")]
    NothingToConfirm,
    /// The collective would have nobody left for this role.
    #[error("the last holder of a role stays")]
    LastHolder,
}

/// Judges who confirms a role that was proposed.
pub fn check_confirmation(
    beneficiary: PersonId,
    proposer: Option<PersonId>,
    confirmer: PersonId,
) -> Result<(), RoleRefusal> {
    if confirmer == beneficiary {
        Err(RoleRefusal::Yourself)
    } else if proposer.is_none_or(|proposer| proposer == confirmer) {
        Err(RoleRefusal::SamePerson)
    } else {
        Ok(())
    }
}

/// Those who may confirm a role that `proposer` proposes for `beneficiary`: whoever grants roles, other than these two;
/// where there is none, any representative of a member, other than these two, so that a collective whose roles one
/// person holds is not locked for ever. Those of `ended`, who granted roles until another person ended theirs, confirm no
/// more, and nobody does so in their place.
#[must_use]
pub fn confirmers(
    granters: &[PersonId],
    ended: &[PersonId],
    representatives: &[PersonId],
    proposer: PersonId,
    beneficiary: PersonId,
) -> Vec<PersonId> {
    let others = |persons: &[PersonId]| -> Vec<PersonId> {
        persons.iter().copied().filter(|person| *person != proposer && *person != beneficiary).collect()
    };
    let granting = others(granters);
    if granting.is_empty() && others(ended).is_empty() { others(representatives) } else { granting }
}

/// Whether a role of that kind is one of the two that move money, told to all treasurers when granted.
#[must_use]
pub const fn moves_money(kind: RoleKind) -> bool {
    matches!(kind, RoleKind::Steward | RoleKind::Treasurer)
}

/// How long somebody may answer a mandate that is proposed to them.
pub const PROPOSED_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

named! {
    /// The answer to a mandate that is proposed.
    MandateAnswer {
        /// Its holder accepts it: it is one from then on.
        Accepted = "accepted",
        /// They don't want it.
        Declined = "declined",
        /// The organisation takes it back.
        Withdrawn = "withdrawn",
    }
}

/// Why a mandate isn't given or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MandateRefusal {
    /// The person holds one of that kind for that organisation in these days.
    #[error("the person holds this mandate in these days")]
    AlreadyHeld,
    /// One of that kind awaits their answer.
    #[error("this mandate is proposed to the person already")]
    AlreadyProposed,
    /// What was proposed was answered, taken back, or lapsed.
    #[error("the mandate is not proposed any more")]
    NotProposed,
    /// It has ended.
    #[error("the mandate has ended")]
    Ended,
    /// The organisation would have nobody left who represents it.
    #[error("the last representative stays")]
    LastRepresentative,
    /// The mandate by which they would end an older representative's is less than 48 hours old.
    #[error("the mandate is less than 48 hours old")]
    YoungMandate,
    /// The organisation isn't a member.
    #[error("the organisation is not a member")]
    NotAMember,
}

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SignInRefusal {
    /// The link or the code was used, is too old, or never was.
    #[error("the link can no longer be used")]
    Gone,
    /// The link was opened in another browser than the one that asked: the code of the mail is typed there.
    #[error("the link belongs to another browser")]
    OtherBrowser,
    /// Not the code of the mail; so many tries are left.
    #[error("wrong code, {left} tries left")]
    WrongCode {
        /// Tries left on this mail.
        left: i64,
    },
    /// As many mails are under way to this address as may be.
    #[error("too many mails under way")]
    TooManyMails,
    /// Too many wrong codes: a new mail is needed, after a while.
    #[error("too many wrong codes")]
    TooManyCodes,
    /// Not the password of that address, or no such address, or no password.
    #[error("wrong address or password")]
    WrongPassword,
}

/// Why what an organisation says of itself isn't changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OrganisationRefusal {
    /// It is a member of several collectives: only who represents it, or the instance's administration, does.
    #[error("the organisation is a member of other collectives too")]
    Shared,
    /// It left the collective.
    #[error("the organisation has left the collective")]
    Left,
}

/// Why an invitation isn't accepted or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvitationRefusal {
    /// It was used, withdrawn, is too old, or never was.
    #[error("the invitation can no longer be used")]
    Gone,
    /// That address holds this mandate already.
    #[error("this person holds this mandate already")]
    AlreadyHeld,
    /// An invitation to that address for that organisation is under way.
    #[error("already invited")]
    AlreadyInvited,
    /// The organisation isn't a member.
    #[error("the organisation is not a member")]
    NotAMember,
    /// A member has that name already, however it is spelled.
    #[error("a member has this name already")]
    NameTaken,
    /// An organisation that left had that name, however it is spelled.
    #[error("an organisation that left had this name")]
    NameOfPast,
    /// The organisation is a member of another collective too: its own people invite, or the instance's administration.
    #[error("the organisation is a member of another collective too")]
    Shared,
    /// Too many invitations are under way.
    #[error("too many invitations under way")]
    TooMany,
}

/// Why an instance isn't set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SetupRefusal {
    /// It was set up already.
    #[error("this instance is set up")]
    Done,
    /// Not the link that the server printed last.
    #[error("not the set-up link")]
    WrongLink,
}

/// The name of somebody who was erased, as it is stored; pages say it in their reader's language.
pub const ERASED: &str = "erased person";

/// What stands in place of the key of an erased person's address: no address has such a key.
#[must_use]
pub fn erased_key(person: PersonId) -> String {
    format!("erased:{person}")
}

/// Why somebody isn't erased now.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ErasingRefusal {
    /// Nobody else administers the instance.
    #[error("nobody else administers this instance: first `popote person admin ADDRESS` for somebody else")]
    LastInstanceAdmin,
    /// Nobody else holds a role of a collective.
    #[error("nobody else is {} of {collective}: first let somebody else have that role, on its page of roles", role.as_str())]
    LastHolder {
        /// The role.
        role: RoleKind,
        /// The name of the collective.
        collective: String,
    },
    /// They stand in an invoice that isn't paid to its end.
    #[error(
        "they stand in invoice {number} of {collective}, which is in hand: first pay and settle it, refuse or withdraw it"
    )]
    Invoice {
        /// Its number in its pot.
        number: i64,
        /// The name of the collective.
        collective: String,
    },
    /// They stand in what is being paid back.
    #[error(
        "they stand in refund {number} of {collective}, which is in hand: first pay and settle it, or withdraw it"
    )]
    Refund {
        /// Its number in its pot.
        number: i64,
        /// The name of the collective.
        collective: String,
    },
}

/// Why a person's account isn't changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProfileRefusal {
    /// The password typed isn't the present one.
    #[error("not the present password")]
    WrongPassword,
    /// Somebody else has that address.
    #[error("the address is taken")]
    AddressTaken,
    /// The link or code that confirms the address was used, is too old, or never was.
    #[error("the link can no longer be used")]
    Gone,
}

/// The instant until which authorising payments is suspended after a change at `now`, if later than `already`.
#[must_use]
pub fn suspended_until(now: Timestamp, already: Timestamp) -> Timestamp {
    now.saturating_add(WAITING).map_or(already, |until| until.max(already))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn addresses_of_one_person_have_one_key() {
        let key = |typed: &str| Email::parse(typed).map(|email| email.key().to_owned());
        assert_eq!(key(" Camille@Yaal.EXAMPLE "), key("camille@yaal.example"));
        assert_eq!(key("rene\u{301}@e\u{301}te\u{301}.example"), key("RENÉ@été.example"));
        assert_eq!(key("ａda@a.example"), key("ada@a.example"));
        assert_ne!(key("a.b@a.example"), key("ab@a.example"));
        assert_eq!(Email::parse(" Camille@Yaal.example ").unwrap().address(), "Camille@Yaal.example");
        for typed in [
            "camille",
            "@a.b",
            "a@",
            "a@b",
            "a b@c.d",
            "a@b@c.d",
            "a@b..c",
            "a@-b.c",
            ".a@b.c",
            "a,b@c.d",
            "a@b.c\r\nBcc: d",
            "a@[127.0.0.1]",
            "a<b@c.d>",
            "ca\u{200b}mille@yaal.example",
            &format!("{}@a.b", "x".repeat(65)),
        ] {
            assert_eq!(key(typed), Err(FieldRule::NotAnEmail), "{typed:?}");
        }
        assert_eq!(key("  "), Err(FieldRule::Missing));
    }

    #[test]
    fn no_address_has_the_key_of_an_erased_person() {
        let person = PersonId(Uuid::from_u128(7));
        assert_eq!(Email::parse(&erased_key(person)), Err(FieldRule::NotAnEmail));
        assert_eq!(Email::key_of(&erased_key(person)), erased_key(person));
        assert_ne!(erased_key(person), erased_key(PersonId(Uuid::from_u128(8))));
    }

    #[test]
    fn a_siren_checks_itself() {
        assert_eq!(siren("732 829 320").as_deref(), Ok("732829320"));
        for typed in ["732829321", "73282932", "abcdefghi", "000000000", "٧٣٢٨٢٩٣٢٠"] {
            assert_eq!(siren(typed), Err(FieldRule::NotASiren), "{typed}");
        }
    }

    #[test]
    fn a_mandate_holds_from_its_first_day_to_its_last() {
        let (start, end) = (date(2025, 3, 1), Some(date(2025, 3, 31)));
        for (day, held) in
            [(date(2025, 2, 28), false), (start, true), (date(2025, 3, 31), true), (date(2025, 4, 1), false)]
        {
            assert_eq!(in_force(start, end, day), held, "{day}");
        }
        assert!(in_force(start, None, date(2099, 1, 1)));
    }

    #[test]
    fn a_role_takes_two_others() {
        let [ada, bob, cy] = [1, 2, 3].map(|n| PersonId(Uuid::from_u128(n)));
        assert_eq!(check_confirmation(ada, Some(bob), cy), Ok(()));
        assert_eq!(check_confirmation(ada, Some(bob), ada), Err(RoleRefusal::Yourself));
        assert_eq!(check_confirmation(ada, Some(bob), bob), Err(RoleRefusal::SamePerson));
        assert_eq!(check_confirmation(ada, None, bob), Err(RoleRefusal::SamePerson));
        assert_eq!([2, 3].map(Granting::among), [Granting::AtOnce, Granting::ByTwo]);
    }

    #[test]
    fn a_suspension_is_never_shortened() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let in_two_days = Timestamp::from_second(1_000_000 + 48 * 3_600).unwrap();
        assert_eq!(suspended_until(now, Timestamp::UNIX_EPOCH), in_two_days);
        let later = Timestamp::from_second(9_000_000).unwrap();
        assert_eq!(suspended_until(now, later), later);
    }
}
