//! Invoices of whoever does the work, and the two persons that each payment asks for: one approves it, another
//! authorises it, and neither entered it nor has a tie with whoever is paid.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use thiserror::Error;

use crate::{
    chain::{Hash, digest},
    features::State,
    ids::PersonId,
    money::Money,
    posting::named,
};

named! {
    /// What suspends authorising for 48 hours.
    Suspension {
        /// A role that was given without a second person.
        Role = "role",
        /// Another address.
        Address = "address",
        /// Another password, or none any more.
        Password = "password",
    }
}

/// Longest number of an invoice, as whoever wrote it numbered it.
pub const LONGEST_NUMBER: usize = 60;
/// Longest name of whoever is paid.
pub const LONGEST_PAYEE: usize = 120;
/// For how many months a mandate that has ended still ties a person to an organisation.
pub const TIED_MONTHS: i32 = 12;

named! {
    /// Where an invoice stands.
    InvoiceState {
        /// Entered: a first person is asked.
        Entered = "entered",
        /// Approved: a second person is asked.
        Approved = "approved",
        /// Authorised: it is due.
        Authorised = "authorised",
        /// Its transfer was ordered at the bank.
        Paid = "paid",
        /// The transfer is on the statement.
        Settled = "settled",
        /// Refused, with a reason.
        Refused = "refused",
        /// Withdrawn by those who entered it, with a reason.
        Withdrawn = "withdrawn",
    }
}

impl InvoiceState {
    /// Whether one of its two persons hasn't answered yet.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Entered | Self::Approved)
    }

    /// Whether it counts against what is bound.
    #[must_use]
    pub const fn stands(self) -> bool {
        !matches!(self, Self::Refused | Self::Withdrawn)
    }
}

/// Why something about an invoice is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvoiceRefusal {
    /// Work is invoiced while it is done: from the trigger to the end.
    #[error("not being built: {0:?}")]
    NotBuilding(State),
    /// Nobody holds money here: each organisation pays its own part.
    #[error("no money is held in this pot")]
    NoMoneyHeld,
    /// More than what was received for it and isn't invoiced yet.
    #[error("only {room} is there to be invoiced")]
    AboveRoom {
        /// What is there.
        room: Money,
    },
    /// The same file came with another invoice.
    #[error("this file came with another invoice")]
    SameFile,
    /// It doesn't stand where that can be done.
    #[error("can't be done where it stands: {0:?}")]
    NotAwaited(InvoiceState),
    /// The person is paid, or has or had in the last months a mandate for whoever is paid.
    #[error("tied to whoever is paid")]
    Tied,
    /// Whoever entered it asks others.
    #[error("entered by the same person")]
    EnteredByYou,
    /// Whoever approved it asks another.
    #[error("approved by the same person")]
    ApprovedByYou,
    /// A representative who stands in is of another organisation than the one that presents it.
    #[error("presented by the same organisation")]
    OwnSide,
    /// Two persons hold the roles, or did until another ended them lately: no representative stands in.
    #[error("those who hold the roles answer")]
    RolesFirst,
    /// The mandate by which they would stand in is less than 48 hours old.
    #[error("may stand in from {0} on")]
    YoungMandate(Timestamp),
    /// After this answer nobody could give the other one.
    #[error("nobody could give the other answer")]
    NobodyLeft,
    /// Who approved it may no more: another approves it again.
    #[error("the approval fell")]
    ApprovalFell,
    /// What was approved isn't what is written now.
    #[error("changed since it was approved")]
    OrderChanged,
    /// Something new about the person suspends authorising.
    #[error("may authorise from {0} on: {1:?}")]
    Suspended(Timestamp, Suspension),
    /// A copy was put in place: a treasurer compares the pot with what happened since before anything is paid.
    #[error("restored from a copy and not compared yet")]
    Restored(Timestamp),
    /// Nothing is owed, or it is being paid back already.
    #[error("nothing is to be paid back")]
    NothingOwed,
    /// It is to be paid: only those who make transfers know that none is under way.
    #[error("only a treasurer takes it back")]
    AskTreasury,
}

/// What stands for the file of what is paid back: a decision is behind it, no invoice.
pub const NO_FILE: Hash = [0; 32];

/// What two persons agree to: hashed at the approval, and again at the authorisation.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Who is paid.
    pub payee: &'a str,
    /// Where.
    pub iban: &'a str,
    /// How much.
    pub amount: Money,
    /// SHA-256 of the invoice's file; [`NO_FILE`] of what is paid back.
    pub file: &'a Hash,
}

impl Order<'_> {
    /// SHA-256 of all of it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let length = u64::try_from(self.payee.len()).unwrap_or(u64::MAX).to_be_bytes();
        let amount = self.amount.minor().to_be_bytes();
        digest(&[&length, self.payee.as_bytes(), self.iban.as_bytes(), b"\0", &amount, self.file])
    }
}

/// Those who hold the roles of a payment, and those of them who are tied to whoever is paid.
#[derive(Clone, Debug, Default)]
pub struct Judges {
    /// Who entered the invoice, and who corrected it.
    pub written_by: BTreeSet<PersonId>,
    /// Stewards in force.
    pub stewards: BTreeSet<PersonId>,
    /// Treasurers in force.
    pub treasurers: BTreeSet<PersonId>,
    /// Stewards whose role another person ended lately: nobody stands in for those whom somebody removed.
    pub ended_stewards: BTreeSet<PersonId>,
    /// Treasurers whose role another person ended lately.
    pub ended_treasurers: BTreeSet<PersonId>,
    /// Those who represent a member, with the instant from which on they stand in, where no two persons hold the roles.
    pub stand_ins: BTreeMap<PersonId, Timestamp>,
    /// When they are asked about.
    pub now: Timestamp,
    /// Those who have a tie with whoever is paid, or with whoever does the work as the feature says.
    pub tied: BTreeSet<PersonId>,
    /// Those of them whose ties began after it was presented: nobody stands in for them, whoever is paid would choose
    /// who answers by the ties that it makes.
    pub late: BTreeSet<PersonId>,
    /// Those who are tied only by what somebody wrote: the name to be paid, or of a worker who never said so. Nobody stands
    /// in for them either: whoever writes the name would choose who answers.
    pub named: BTreeSet<PersonId>,
    /// Those who have a mandate for the organisation that presents it or leads the feature, or had in the last months.
    pub of_sender: BTreeSet<PersonId>,
}

impl Judges {
    fn free<'a>(&'a self, of: &'a BTreeSet<PersonId>) -> impl Iterator<Item = PersonId> + 'a {
        of.iter().copied().filter(|person| !self.written_by.contains(person) && !self.tied.contains(person))
    }

    /// Those who could answer when it was presented, as far as those who are concerned said themselves.
    fn able<'a>(&'a self, of: &'a BTreeSet<PersonId>) -> impl Iterator<Item = PersonId> + 'a {
        let is_tied = |person: &PersonId| {
            self.tied.contains(person) && !self.late.contains(person) && !self.named.contains(person)
        };
        of.iter().copied().filter(move |person| !self.written_by.contains(person) && !is_tied(person))
    }

    /// Whether two persons of the roles can answer, a steward and another who is treasurer, or could but for a tie that
    /// began since it was presented, for a name that somebody wrote, or for another person who ended their role lately.
    /// Nobody stands in then.
    #[must_use]
    pub fn are_two(&self) -> bool {
        let treasurers = || self.able(&self.treasurers).chain(self.able(&self.ended_treasurers));
        let two = |steward| treasurers().any(|treasurer| treasurer != steward);
        self.able(&self.stewards).chain(self.able(&self.ended_stewards)).any(two)
    }

    /// Whether nobody can answer, because of ties that began since it was presented or that a name alone makes, or of roles
    /// that were ended lately: others get the roles.
    #[must_use]
    pub fn are_stuck(&self) -> bool {
        self.are_two() && !self.free(&self.stewards).any(|steward| self.other_treasurer(steward))
    }

    fn other_treasurer(&self, than: PersonId) -> bool {
        self.free(&self.treasurers).any(|treasurer| treasurer != than)
    }

    fn may_answer(&self, person: PersonId) -> Result<(), InvoiceRefusal> {
        if self.written_by.contains(&person) {
            return Err(InvoiceRefusal::EnteredByYou);
        }
        if self.tied.contains(&person) { Err(InvoiceRefusal::Tied) } else { Ok(()) }
    }

    /// Whether somebody who is no steward stands in for one. Errors: [`InvoiceRefusal`].
    fn may_stand_in(&self, person: PersonId) -> Result<(), InvoiceRefusal> {
        if self.are_two() {
            return Err(InvoiceRefusal::RolesFirst);
        }
        if self.of_sender.contains(&person) {
            return Err(InvoiceRefusal::OwnSide);
        }
        match self.stand_ins.get(&person) {
            Some(from) if *from <= self.now => Ok(()),
            Some(from) => Err(InvoiceRefusal::YoungMandate(*from)),
            None => Err(InvoiceRefusal::RolesFirst),
        }
    }

    /// Whether a person may approve: as a steward, or where no two persons of the roles can answer as the representative
    /// of another member than the one that presents it. Errors: [`InvoiceRefusal`].
    pub fn may_approve(&self, person: PersonId) -> Result<(), InvoiceRefusal> {
        self.may_answer(person)?;
        if !self.stewards.contains(&person) {
            self.may_stand_in(person)?;
        }
        if self.other_treasurer(person) { Ok(()) } else { Err(InvoiceRefusal::NobodyLeft) }
    }

    /// From when on somebody may approve, where their mandate is too young.
    #[must_use]
    pub fn young_until(&self, person: PersonId) -> Option<Timestamp> {
        match self.may_approve(person) {
            Err(InvoiceRefusal::YoungMandate(from)) => Some(from),
            _ => None,
        }
    }

    /// Whether somebody is asked to approve: who may, and who may once their mandate is old enough.
    #[must_use]
    pub fn is_asked(&self, person: PersonId) -> bool {
        matches!(self.may_approve(person), Ok(()) | Err(InvoiceRefusal::YoungMandate(_)))
    }

    /// Whether whoever approved may still: their role or mandate stands, and no tie came up.
    #[must_use]
    pub fn approval_holds(&self, approved_by: PersonId) -> bool {
        self.may_approve(approved_by).is_ok()
    }

    /// Whether a treasurer may authorise what another approved. Errors: [`InvoiceRefusal`].
    pub fn may_authorise(&self, person: PersonId, approved_by: PersonId) -> Result<(), InvoiceRefusal> {
        self.may_answer(person)?;
        if person == approved_by { Err(InvoiceRefusal::ApprovedByYou) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn judges(stewards: &[u128], treasurers: &[u128], tied: &[u128]) -> Judges {
        let set = |numbers: &[u128]| numbers.iter().map(|number| person(*number)).collect();
        Judges {
            written_by: set(&[9]),
            stewards: set(stewards),
            treasurers: set(treasurers),
            tied: set(tied),
            stand_ins: [5, 6].map(|number| (person(number), Timestamp::UNIX_EPOCH)).into(),
            ..Judges::default()
        }
    }

    #[test]
    fn a_steward_approves_and_another_who_is_treasurer_authorises() {
        let all = judges(&[1, 9], &[2, 9], &[]);
        assert_eq!(all.may_approve(person(1)), Ok(()));
        assert_eq!(all.may_approve(person(9)), Err(InvoiceRefusal::EnteredByYou));
        assert_eq!(all.may_approve(person(5)), Err(InvoiceRefusal::RolesFirst));
        assert_eq!(all.may_authorise(person(2), person(1)), Ok(()));
        assert_eq!(all.may_authorise(person(9), person(1)), Err(InvoiceRefusal::EnteredByYou));
    }

    #[test]
    fn nobody_stands_in_where_a_name_alone_ties() {
        let mut named = judges(&[1], &[2], &[1, 2]);
        assert_eq!(
            named.may_approve(person(5)),
            Err(InvoiceRefusal::NobodyLeft),
            "both are the payee's people"
        );
        named.named = [person(1), person(2)].into();
        assert_eq!(named.may_approve(person(5)), Err(InvoiceRefusal::RolesFirst));
        assert_eq!(named.may_approve(person(1)), Err(InvoiceRefusal::Tied));
        assert!(named.are_stuck());
    }

    #[test]
    fn one_person_with_both_roles_is_one_person() {
        let alone = judges(&[1], &[1], &[]);
        assert!(!alone.are_two());
        assert_eq!(alone.may_approve(person(1)), Err(InvoiceRefusal::NobodyLeft));
        assert_eq!(alone.may_approve(person(5)), Ok(()), "a representative stands in");
        assert_eq!(alone.may_authorise(person(1), person(5)), Ok(()));
        assert_eq!(alone.may_authorise(person(1), person(1)), Err(InvoiceRefusal::ApprovedByYou));
    }

    #[test]
    fn a_colleague_of_whoever_presents_it_does_not_stand_in() {
        let of_sender = BTreeSet::from([person(1), person(5)]);
        let alone = Judges { of_sender: of_sender.clone(), ..judges(&[], &[2], &[]) };
        assert_eq!(alone.may_approve(person(5)), Err(InvoiceRefusal::OwnSide));
        assert_eq!(alone.may_approve(person(6)), Ok(()));
        let steward = Judges { of_sender, ..judges(&[1], &[2], &[]) };
        assert_eq!(steward.may_approve(person(1)), Ok(()), "a steward answers for the collective");
    }

    #[test]
    fn who_is_tied_to_the_payee_answers_nothing_and_others_stand_in() {
        let tied = judges(&[1], &[2], &[1]);
        assert_eq!(tied.may_approve(person(1)), Err(InvoiceRefusal::Tied));
        assert_eq!(tied.may_approve(person(5)), Ok(()));
        let treasurer = judges(&[1], &[2], &[2]);
        assert_eq!(treasurer.may_approve(person(1)), Err(InvoiceRefusal::NobodyLeft));
        assert_eq!(treasurer.may_authorise(person(2), person(1)), Err(InvoiceRefusal::Tied));
    }

    #[test]
    fn nobody_stands_in_for_those_whose_ties_began_since() {
        let late = Judges { late: BTreeSet::from([person(1)]), ..judges(&[1], &[2], &[1]) };
        assert_eq!(late.may_approve(person(1)), Err(InvoiceRefusal::Tied));
        assert_eq!(late.may_approve(person(5)), Err(InvoiceRefusal::RolesFirst));
        assert!(late.are_stuck());
        let treasurer = Judges { late: BTreeSet::from([person(2)]), ..judges(&[1], &[1, 2], &[2]) };
        assert_eq!(treasurer.may_approve(person(1)), Err(InvoiceRefusal::NobodyLeft));
        assert_eq!(treasurer.may_approve(person(5)), Err(InvoiceRefusal::RolesFirst));
        assert!(treasurer.are_stuck());
        let another = Judges { late: BTreeSet::from([person(1)]), ..judges(&[1, 3], &[2], &[1]) };
        assert_eq!(another.may_approve(person(3)), Ok(()));
        assert!(!another.are_stuck());
        assert!(!judges(&[1], &[2], &[1]).are_stuck(), "others stand in");
    }

    #[test]
    fn nobody_stands_in_for_those_whose_role_another_ended() {
        let ended = Judges { ended_treasurers: BTreeSet::from([person(2)]), ..judges(&[1], &[1], &[]) };
        assert_eq!(ended.may_approve(person(5)), Err(InvoiceRefusal::RolesFirst));
        assert!(!ended.approval_holds(person(5)));
        assert!(ended.are_stuck());
        let steward = Judges { ended_stewards: BTreeSet::from([person(3)]), ..judges(&[1], &[1], &[]) };
        assert_eq!(steward.may_approve(person(5)), Err(InvoiceRefusal::RolesFirst));
        assert_eq!(steward.may_approve(person(3)), Err(InvoiceRefusal::RolesFirst), "it is ended");
        let tied = Judges { tied: BTreeSet::from([person(2)]), ..ended.clone() };
        assert_eq!(tied.may_approve(person(5)), Ok(()), "who is tied could not answer either");
        let another = Judges { treasurers: [1, 4].map(person).into(), ..ended };
        assert_eq!(another.may_approve(person(1)), Ok(()));
        assert!(!another.are_stuck());
    }

    #[test]
    fn nobody_stands_in_by_a_mandate_given_for_the_occasion() {
        let from = Timestamp::from_second(9).unwrap();
        let alone = |now| Judges {
            stand_ins: [(person(5), from)].into(),
            now: Timestamp::from_second(now).unwrap(),
            ..judges(&[1], &[1], &[])
        };
        assert_eq!(alone(8).may_approve(person(5)), Err(InvoiceRefusal::YoungMandate(from)));
        assert!(alone(8).is_asked(person(5)));
        assert_eq!(alone(9).may_approve(person(5)), Ok(()));
        assert_eq!(alone(9).may_approve(person(6)), Err(InvoiceRefusal::RolesFirst), "no mandate");
    }

    #[test]
    fn an_order_is_another_as_soon_as_one_of_its_parts_is() {
        let file = [7; 32];
        let order =
            Order { payee: "Yaal", iban: "FR7630006000011234567890189", amount: Money::new(5), file: &file };
        let hash = order.hash();
        assert_eq!(hash, order.hash());
        assert_ne!(hash, Order { payee: "Yaa", ..order }.hash());
        assert_ne!(hash, Order { iban: "lFR7630006000011234567890189", payee: "Yaa", ..order }.hash());
        assert_ne!(hash, Order { amount: Money::new(6), ..order }.hash());
        assert_ne!(hash, Order { file: &[8; 32], ..order }.hash());
    }
}
