//! What a feature says of what holds: what returns and where to, and since when its terms have changed.

use domain::features::is_suspended;

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

    /// Where the versions of the terms are told, once there is more than one.
    pub(super) fn terms(&self) -> Option<String> {
        (self.page.feature.terms_version > 1).then(|| self.part("terms"))
    }
}
