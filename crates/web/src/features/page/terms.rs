//! What a feature whose terms have changed says of it on its page.

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

    /// Where the versions of the terms are told, once there is more than one.
    pub(super) fn terms(&self) -> Option<String> {
        (self.page.feature.terms_version > 1).then(|| self.part("terms"))
    }
}
