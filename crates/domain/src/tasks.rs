//! What may be asked of a person in a collective.

use crate::posting::named;

named! {
    /// A sort of task, most pressing first.
    TaskKind {
        /// Confirm a role that another proposed.
        Role = "role",
        /// Confirm, or stop, another IBAN of the host.
        NewIban = "new_iban",
        /// Confirm, or stop, another page of the host for gifts.
        NewLink = "new_link",
        /// Confirm, as a steward, a feature that reached its floor.
        Feature = "feature",
        /// Decide on a report to which organisations object.
        Report = "report",
        /// Give, as a steward, a lead to a feature whose own has left.
        Lead = "lead",
        /// Say whether one's organisation leads a feature that is proposed to it.
        LeadProposed = "lead_proposed",
        /// Answer an invoice, pay it, find it on a statement.
        Invoice = "invoice",
        /// Give, as the administration, the roles to answer an invoice that nobody may answer.
        Answerers = "answerers",
        /// Pay back an organisation that left: prepare it, authorise it, transfer it, find it on a statement; or see that a
        /// second person is missing for it.
        Refund = "refund",
        /// Pay a call for funds.
        Pay = "pay",
        /// Pay what is called of a subscription.
        PayDue = "pay_due",
        /// Take money back, or leave it, on a feature whose terms changed.
        Terms = "terms",
        /// See, as a treasurer, which subscriptions are late.
        LateDues = "late_dues",
        /// Confirm that a call said to be paid was received.
        Receive = "receive",
        /// Invoice those who pay one's organisation directly.
        Bill = "bill",
        /// Answer newcomers who promised by a public link.
        Newcomers = "newcomers",
        /// Share out the money of a round.
        Round = "round",
        /// Put a share on features.
        Share = "share",
        /// Open a round: money waits to be shared out.
        OpenRound = "open_round",
        /// Say who else has a need.
        Need = "need",
        /// Say who needs an idea.
        Idea = "idea",
        /// See that a feature closes soon.
        Closing = "closing",
        /// Add proofs, as a treasurer, to payments that have none: nothing waits for them.
        Unproven = "unproven",
        /// Record what was paid in: always at hand, and nothing waits for it.
        Record = "record",
        /// Say to which bank account one pays: to begin with.
        Iban = "iban",
        /// Invite others: to begin with.
        Invite = "invite",
        /// Pay in a first time.
        PayIn = "pay_in",
    }
}

impl TaskKind {
    /// Whether somebody waits for it: what is only at hand isn't counted.
    #[must_use]
    pub fn waits(self) -> bool {
        !matches!(self, Self::Unproven | Self::Record | Self::Iban | Self::Invite | Self::PayIn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_hand_or_to_begin_with_keeps_nobody_waiting() {
        let idle: Vec<_> = TaskKind::ALL.iter().filter(|kind| !kind.waits()).collect();
        let known = [TaskKind::Unproven, TaskKind::Record, TaskKind::Iban, TaskKind::Invite, TaskKind::PayIn];
        assert_eq!(idle, known.iter().collect::<Vec<_>>());
        assert!(TaskKind::Role < TaskKind::Share && TaskKind::Share < TaskKind::Record);
    }
}
