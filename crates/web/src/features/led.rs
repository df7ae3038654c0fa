//! Who leads a feature, or led it until when.

use jiff::civil::Date;
use store::features::Feature;
use words::Words;

/// Whether whoever led a feature has left, and it goes on without.
pub(crate) fn is_led_no_more(feature: &Feature, lead_left: Option<Date>, today: Date) -> bool {
    lead_left.is_some_and(|left| left <= today) && !feature.state.is_end()
}

/// Who leads it, or led it until when.
pub(crate) fn led_by(
    t: Words,
    feature: &Feature,
    (lead, lead_left): (&str, Option<Date>),
    today: Date,
) -> String {
    let name = t.typography(lead).into_owned();
    let left = lead_left.filter(|_| is_led_no_more(feature, lead_left, today));
    match left.map(Date::yesterday) {
        Some(Ok(last)) => t.features_led_by_gone(t.date(last), name),
        _ => name,
    }
}
