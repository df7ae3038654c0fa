//! Between which days what came in is listed, on the page and for a spreadsheet.

use domain::Currency;
use domain::input::FieldRule;
use jiff::civil::{Date, date};
use serde::Deserialize;
use words::Words;

use crate::extract::FormData;
use crate::layout::Form;
use crate::reading::Reading;

/// The days that were asked for, as they were typed; nothing: from the beginning, up to now.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AskedDays {
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    /// A whole year, in place of both.
    pub(super) year: Option<i16>,
}

/// The same, read.
pub(super) struct Days {
    /// The first and the last day, both included.
    pub(super) both: (Date, Date),
    /// As an address says it again: empty, or `from=2026-01-01&to=2026-12-31`.
    pub(super) query: String,
    /// The form that asks for them, with what is wrong.
    pub(super) form: Form,
    /// Whether nothing is wrong.
    pub(super) are_read: bool,
}

impl AskedDays {
    pub(super) fn read(self, t: Words, currency: Currency) -> Days {
        let (mut from, mut to) = (self.from.unwrap_or_default(), self.to.unwrap_or_default());
        if let Some(year) = self.year.filter(|year| (1..=9999).contains(year)) {
            from = date(year, 1, 1).to_string();
            to = date(year, 12, 31).to_string();
        }
        let data = FormData::of([("from", from), ("to", to)]);
        let mut reading = Reading::new(&data, t, currency);
        let mut day =
            |name: &str| reading.data().filled(name).is_some().then(|| reading.date(name)).flatten();
        let (from, to) = (day("from"), day("to"));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            reading.breaks("to", &FieldRule::Before(from));
        }
        let problems = reading.problems;
        let named = [("from", from), ("to", to)].into_iter().filter_map(|(name, day)| Some((name, day?)));
        let query = named.map(|(name, day)| format!("{name}={day}")).collect::<Vec<_>>().join("&");
        let are_read = problems.is_empty();
        Days {
            both: (from.unwrap_or(date(1, 1, 1)), to.unwrap_or(date(9999, 12, 31))),
            query,
            form: if are_read { Form::new(t, data) } else { Form::refused(t, data, problems) },
            are_read,
        }
    }
}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    fn read(from: &str, to: &str, year: Option<i16>) -> Days {
        let asked = AskedDays { from: Some(from.to_owned()), to: Some(to.to_owned()), year };
        asked.read(Words::new(Locale::Fr), Currency::EUR)
    }

    #[test]
    fn days_are_read_and_said_again() {
        let whole = read("", "", Some(2026));
        assert_eq!(whole.both, (date(2026, 1, 1), date(2026, 12, 31)));
        assert_eq!(whole.query, "from=2026-01-01&to=2026-12-31");
        let open = read("30/11/2026", "", None);
        assert_eq!(
            (open.both, open.query.as_str()),
            ((date(2026, 11, 30), date(9999, 12, 31)), "from=2026-11-30")
        );
        assert!(read("", "", None).query.is_empty());
        assert!(!read("hier", "", None).are_read);
        assert!(!read("2026-02-01", "2026-01-31", None).are_read);
        assert!(read("2026-02-01", "2026-02-01", None).are_read);
    }
}
