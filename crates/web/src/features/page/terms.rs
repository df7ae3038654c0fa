//! What a feature says of what holds: what returns and where to, and since when its terms have changed.

use domain::features::{State, is_suspended};

use super::Maker;

impl Maker<'_> {
    /// Whether nothing triggers today since the terms have changed.
    pub(super) fn is_suspended(&self) -> bool {
        is_suspended(self.page.feature.suspended_until, self.desk.place.today)
    }

    /// When the terms changed, and until when money may be taken back.
    pub(super) fn note_terms(&self) -> String {
        let (t, today) = (self.t, self.desk.place.today);
        let until = t.until(self.page.feature.suspended_until.unwrap_or(today), today);
        t.terms_note(t.date(self.page.terms_on.unwrap_or(today)), until)
    }

    /// What returns and when, with what gifts are reserved for it.
    pub(super) fn noted(&self) -> Option<String> {
        let parts: Vec<String> = [self.note(), self.note_reserved()].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// The gifts that may go nowhere else and wait in their fund, with when they will count.
    fn note_reserved(&self) -> Option<String> {
        let (t, page) = (self.t, self.page);
        let feature = &page.feature;
        let takes = feature.state == State::Funding || feature.state.is_triggered();
        let when = match () {
            () if feature.state.is_end() => "ended",
            () if !takes => "before",
            () if feature.closing_on < self.desk.place.today => "over",
            () if page.lead_left.is_some_and(|left| left <= self.desk.place.today) => "no_lead",
            () => "open",
        };
        let lead = t.typography(&page.lead);
        page.reserved.is_positive().then(|| t.features_note_reserved(self.short(page.reserved), lead, when))
    }

    /// Where everything goes if the floor isn't reached: to the shares, and where the round says that shares lapse from there
    /// to the pot, on the same day or at the end of the round.
    pub(super) fn note_returns(&self) -> String {
        let t = self.t;
        let round = self.page.round.as_ref().filter(|round| round.lapse && round.closed_at.is_none());
        match round.map(|round| round.closes_on) {
            None => t.features_note_funding().to_owned(),
            Some(last) if last <= self.page.feature.closing_on => t.features_note_funding_lapses().to_owned(),
            Some(last) => t.features_note_funding_then_lapses(t.date(last)),
        }
    }

    /// With how much a feature that has ended was funded, and what became of it.
    pub(super) fn note_ended(&self) -> String {
        let (t, page) = (self.t, self.page);
        let funded = page.feature.funded_at.map(|at| self.desk.place.collective.day(at));
        let on = funded.map(|day| t.date(day)).unwrap_or_default();
        let gathered = self.short(page.feature.allocated_total.plus(page.returned).unwrap_or_default());
        match page.returned.is_positive() {
            true => {
                let (spent, returned) = (self.short(page.feature.allocated_total), self.short(page.returned));
                t.features_note_ended(on, gathered, returned, spent)
            }
            false => t.features_note_ended_whole(on, gathered),
        }
    }

    /// Where the terms are told, and what leads there: once there is more than one version, and for whoever may make one by
    /// topping the feature up.
    pub(super) fn terms(&self) -> Option<(String, &'static str)> {
        let feature = &self.page.feature;
        let words = if feature.terms_version > 1 {
            self.t.terms_link()
        } else {
            self.tops_up.then(|| self.t.terms_link_top_up())?
        };
        Some((self.part("terms"), words))
    }
}
