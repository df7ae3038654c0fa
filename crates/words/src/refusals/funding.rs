//! Why money doesn't move: allocations, features, rounds, distributions, permissions.

use domain::actor::NotAllowed;
use domain::decisions::{DecisionRefusal, Used};
use domain::departures::DepartureRefusal;
use domain::features::TopUpRefusal;
use domain::features::terms::TermsError;
use domain::features::{FeatureRefusal, FundingRefusal, MoveRefusal, NewTermsRefusal, State, Track};
use domain::money::{Currency, Money};
use domain::rounds::RoundRefusal;
use domain::shares::{DistributionRefusal, GiftPutRefusal};
use jiff::tz::TimeZone;

use crate::Words;

impl Words {
    /// The name of a stage or of an end.
    #[must_use]
    pub fn state_name(&self, state: State) -> String {
        self.refusal_state(state.as_str())
    }

    /// The name of a track.
    #[must_use]
    pub fn track_name(&self, track: Track) -> String {
        self.refusal_track(track.as_str())
    }

    /// Why an act can't rest on a decision.
    #[must_use]
    pub fn decision_refusal(&self, refusal: DecisionRefusal) -> String {
        match refusal {
            DecisionRefusal::ByOnePerson => self.refusal_decision_by_one().to_owned(),
            DecisionRefusal::Used(Used { act, number: Some(number), on }) => {
                self.refusal_decision_used(act.as_str(), self.date(on), number)
            }
            DecisionRefusal::Used(Used { on, .. }) => self.refusal_decision_used_otherwise(self.date(on)),
        }
    }

    /// Why a feature is not topped up.
    #[must_use]
    pub fn top_up_refusal(&self, refusal: &TopUpRefusal, currency: Currency) -> String {
        let money = |amount: Money| self.money(amount, currency);
        match *refusal {
            TopUpRefusal::Promised => self.refusal_top_up_promised().to_owned(),
            TopUpRefusal::NotTriggered(state) => self.refusal_top_up_not_triggered(self.state_name(state)),
            TopUpRefusal::NothingMissing { room, until } => {
                self.refusal_top_up_nothing_missing(money(room), self.date(until))
            }
            TopUpRefusal::NotEnoughShare { left, wanted } => {
                self.refusal_top_up_not_enough(money(left), money(wanted))
            }
            TopUpRefusal::Decision(why) => self.decision_refusal(why),
            TopUpRefusal::TooLarge => self.refusal_top_up_too_large().to_owned(),
            TopUpRefusal::AboveCeiling { track, ceiling } => {
                self.refusal_top_up_above_ceiling(money(ceiling), self.track_name(track))
            }
            TopUpRefusal::Unconfirmed => self.refusal_unconfirmed().to_owned(),
        }
    }

    /// Why gifts are not put on a feature.
    #[must_use]
    pub fn gift_put_refusal(&self, refusal: &GiftPutRefusal, currency: Currency) -> String {
        let money = |amount: Money| self.money(amount, currency);
        match refusal {
            GiftPutRefusal::SharedOut => self.refusal_gifts_shared_out().to_owned(),
            GiftPutRefusal::Decision(why) => self.decision_refusal(*why),
            GiftPutRefusal::Earmarked => self.refusal_gifts_earmarked().to_owned(),
            GiftPutRefusal::NotEnough { left, wanted } => {
                self.refusal_gifts_not_enough(money(*left), money(*wanted))
            }
            GiftPutRefusal::NobodyLeads => self.refusal_gifts_nobody_leads().to_owned(),
            GiftPutRefusal::Deficit(deficit) => self.refusal_deficit(money(*deficit)),
            GiftPutRefusal::Funding(why) => self.funding_refusal(why, currency),
        }
    }

    /// Why an allocation is refused.
    #[must_use]
    pub fn funding_refusal(&self, refusal: &FundingRefusal, currency: Currency) -> String {
        let money = |amount: Money| self.money(amount, currency);
        match *refusal {
            FundingRefusal::Stale { seen, now } => self.refusal_stale(money(now), money(seen)),
            FundingRefusal::NotFunding(state) => self.refusal_not_funding(self.state_name(state)),
            FundingRefusal::NotYetOpen(date) => self.refusal_not_yet_open(self.date(date)),
            FundingRefusal::Closed(date) => self.refusal_closed(self.date(date)),
            FundingRefusal::RoundOver => self.refusal_round_over().to_owned(),
            FundingRefusal::Unconfirmed => self.refusal_unconfirmed().to_owned(),
            FundingRefusal::AwaitsConfirmation => self.refusal_awaits().to_owned(),
            FundingRefusal::Bound { bound } => self.refusal_bound(money(bound)),
            FundingRefusal::NotEnoughShare { left, wanted } => {
                self.refusal_not_enough(money(left), money(wanted))
            }
            FundingRefusal::OverMaximum { room, wanted } => {
                self.refusal_over_maximum(money(room), money(wanted))
            }
            FundingRefusal::OverCap { cap, wanted } => self.refusal_over_cap(money(cap), money(wanted)),
            FundingRefusal::Amount => self.refusal_amount().to_owned(),
        }
    }

    /// Why a feature doesn't go from one stage to another.
    #[must_use]
    pub fn move_refusal(&self, refusal: &MoveRefusal) -> String {
        match *refusal {
            MoveRefusal::NoPassage { from, to } => {
                self.refusal_no_passage(self.state_name(from), self.state_name(to))
            }
            MoveRefusal::NotYetHere { to } => self.refusal_not_yet_here(self.state_name(to)),
        }
    }

    /// Why a feature is not proposed, changed, moved or ended.
    #[must_use]
    pub fn feature_refusal(&self, refusal: &FeatureRefusal, currency: Currency) -> String {
        let money = |amount: Money| self.money(amount, currency);
        match refusal {
            FeatureRefusal::Move(refusal) => self.move_refusal(refusal),
            FeatureRefusal::AboveCeiling { track, ceiling } => {
                self.refusal_above_ceiling(money(*ceiling), self.track_name(*track))
            }
            FeatureRefusal::TrackNotUsed(track) => self.refusal_track_not_used(self.track_name(*track)),
            FeatureRefusal::TrackStops { track, inside } => {
                self.refusal_track_stops(money(*inside), self.track_name(*track))
            }
            FeatureRefusal::TooFewNeed { needers, asked } => self.refusal_too_few_need(*asked, *needers),
            FeatureRefusal::NoDoneWhen => self.refusal_no_done_when().to_owned(),
            FeatureRefusal::MoneyInside { allocated } => self.refusal_money_inside(money(*allocated)),
            FeatureRefusal::InvoicesWait(count) => self.refusal_invoices_wait(*count),
            FeatureRefusal::NotEditable(state) => self.refusal_not_editable(self.state_name(*state)),
            FeatureRefusal::Terms(TermsError::NoFloor) => self.refusal_no_floor().to_owned(),
            FeatureRefusal::Terms(TermsError::TooLarge) => self.refusal_terms_too_large().to_owned(),
            FeatureRefusal::NewTerms(refusal) => self.new_terms_refusal(refusal, currency),
            FeatureRefusal::ClosingPassed(date) => self.refusal_closing_passed(self.date(*date)),
            FeatureRefusal::NoRound => self.refusal_no_round().to_owned(),
            FeatureRefusal::Software(why) => self.eligibility_refusal(*why),
            FeatureRefusal::ReportStands => self.refusal_report_stands().to_owned(),
            FeatureRefusal::LeadIsThere => self.refusal_lead_is_there().to_owned(),
            FeatureRefusal::NotProposed => self.refusal_lead_not_proposed().to_owned(),
            FeatureRefusal::ChangedMeanwhile => self.refusal_changed_meanwhile().to_owned(),
            FeatureRefusal::MovedMeanwhile { from, now } => {
                self.refusal_moved_meanwhile(self.state_name(*from), self.state_name(*now))
            }
            FeatureRefusal::NothingToConfirm => self.refusal_nothing_to_confirm().to_owned(),
            FeatureRefusal::AlreadySo => self.refusal_already_so().to_owned(),
            FeatureRefusal::LeadNeedsIt => self.refusal_lead_needs_it().to_owned(),
        }
    }

    /// Why the terms of a feature on which money lies don't change so.
    #[must_use]
    pub fn new_terms_refusal(&self, refusal: &NewTermsRefusal, currency: Currency) -> String {
        let money = |amount: Money| self.money(amount, currency);
        match *refusal {
            NewTermsRefusal::NotFunding(state) => self.refusal_new_terms_not_funding(self.state_name(state)),
            NewTermsRefusal::NothingInside => self.refusal_new_terms_nothing_inside().to_owned(),
            NewTermsRefusal::OneIsOpen { until } => self.refusal_new_terms_one_is_open(self.date(until)),
            NewTermsRefusal::Closed(date) => self.refusal_closed(self.date(date)),
            NewTermsRefusal::Unchanged => self.refusal_new_terms_unchanged().to_owned(),
            NewTermsRefusal::TooSoon { earliest } => self.refusal_new_terms_too_soon(self.date(earliest)),
            NewTermsRefusal::RoundTooSoon { closes_on, earliest } => {
                self.refusal_new_terms_round_too_soon(self.date(closes_on), self.date(earliest))
            }
            NewTermsRefusal::BelowAllocated { allocated, maximum } => {
                self.refusal_new_terms_below(money(allocated), money(maximum))
            }
        }
    }

    /// Why a round doesn't open or close.
    #[must_use]
    pub fn round_refusal(&self, refusal: &RoundRefusal) -> String {
        match *refusal {
            RoundRefusal::OneIsOpen { number } => self.refusal_one_is_open(number),
            RoundRefusal::AlreadyClosed => self.refusal_round_already_closed().to_owned(),
            RoundRefusal::Changed => self.refusal_round_changed().to_owned(),
            RoundRefusal::Begun => self.refusal_round_begun().to_owned(),
            RoundRefusal::HasFeatures => self.refusal_round_has_features().to_owned(),
            RoundRefusal::Decision(DecisionRefusal::ByOnePerson) => self.refusal_round_by_one().to_owned(),
            RoundRefusal::Decision(why) => self.decision_refusal(why),
            RoundRefusal::TermsOpen(date) => self.refusal_round_terms_open(self.date(date)),
            RoundRefusal::NotOver(date) => self.refusal_round_not_over(self.date(date)),
        }
    }

    /// Why nothing is distributed, or a distribution stands.
    #[must_use]
    pub fn distribution_refusal(&self, refusal: &DistributionRefusal, currency: Currency) -> String {
        let money = |amount: Money| self.money(amount, currency);
        match *refusal {
            DistributionRefusal::NothingToShare => self.refusal_nothing_to_share().to_owned(),
            DistributionRefusal::NoMember => self.refusal_no_member().to_owned(),
            DistributionRefusal::NobodyPaid => self.refusal_nobody_paid().to_owned(),
            DistributionRefusal::MoreThanPresent { present, wanted } => {
                let excess = money(wanted.less(present));
                self.refusal_more_than_present(excess, money(present), money(wanted))
            }
            DistributionRefusal::MoreThanToShare { asked, to_share, reserve } => {
                let excess = money(asked.less(to_share));
                self.refusal_more_than_to_share(money(asked), excess, money(reserve), money(to_share))
            }
            DistributionRefusal::NotAMember(_) => self.refusal_not_a_member().to_owned(),
            DistributionRefusal::AlreadyDistributed => self.refusal_already_distributed().to_owned(),
            DistributionRefusal::RoundNotOpen => self.refusal_round_not_open().to_owned(),
            DistributionRefusal::NotDistributed => self.refusal_not_distributed().to_owned(),
            DistributionRefusal::AllocatedAlready => self.refusal_allocated_already().to_owned(),
            DistributionRefusal::Deficit(deficit) => self.refusal_deficit(money(deficit)),
            DistributionRefusal::TooLarge => self.refusal_shares_too_large().to_owned(),
        }
    }

    /// Why an organisation doesn't leave, or not so.
    #[must_use]
    pub fn departure_refusal(&self, refusal: DepartureRefusal, zone: &TimeZone) -> String {
        let said = match refusal {
            DepartureRefusal::Announced(from) => {
                return self.refusal_departure_announced(self.instant(from, zone));
            }
            DepartureRefusal::Unannounced => self.refusal_departure_unannounced(),
            DepartureRefusal::NotAMember => self.refusal_left_already(),
            DepartureRefusal::NoRefunds => self.refusal_no_refunds(),
            DepartureRefusal::RefundUndecided => self.refusal_refund_undecided(),
            DepartureRefusal::OfItself => self.refusal_refund_of_itself(),
            DepartureRefusal::ByOnePerson => self.refusal_departure_by_one(),
            DepartureRefusal::NotAbout => self.refusal_departure_not_about(),
            DepartureRefusal::IsHost => self.refusal_departure_of_host(),
            DepartureRefusal::Unconfirmed => self.refusal_unconfirmed(),
        };
        said.to_owned()
    }

    /// Why somebody may not.
    #[must_use]
    pub fn not_allowed(&self, refusal: &NotAllowed) -> &'static str {
        match refusal {
            NotAllowed::NoMandate => self.refusal_no_mandate(),
            NotAllowed::Missing(_) => self.refusal_missing_right(),
            NotAllowed::SignedOut => self.refusal_signed_out(),
            NotAllowed::NotFresh => self.refusal_not_fresh(),
            NotAllowed::OutOfScope(_) => self.refusal_out_of_scope(),
            NotAllowed::NeverByToken => self.refusal_never_by_token(),
            NotAllowed::OnlyContributorByToken => self.refusal_only_contributor_by_token(),
            NotAllowed::NoDepartureByToken => self.refusal_no_departure_by_token(),
            NotAllowed::TokenGone => self.refusal_token_gone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn refusals_give_the_figure_that_helps() {
        let fr = Words::new(Locale::Fr);
        let said = |refusal| fr.funding_refusal(&refusal, Currency::EUR);
        let left =
            said(FundingRefusal::NotEnoughShare { left: Money::new(31_000), wanted: Money::new(46_000) });
        assert!(left.contains("310,00\u{202f}€ à répartir") && left.contains("460,00\u{202f}€"), "{left}");
        let stale = said(FundingRefusal::Stale { seen: Money::new(100), now: Money::new(200) });
        assert!(stale.contains("vu 1,00") && stale.contains("maintenant 2,00"), "{stale}");
    }

    #[test]
    fn every_stage_and_track_has_its_name() {
        for locale in Locale::ALL {
            let words = Words::new(locale);
            for state in State::ALL {
                assert_ne!(words.state_name(*state), words.refusal_state("?"), "{state:?}");
            }
            for track in Track::ALL {
                assert_ne!(words.track_name(*track), words.refusal_track("?"), "{track:?}");
            }
        }
    }
}
