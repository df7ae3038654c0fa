//! Who leads a feature, or led it until when.

use domain::features::is_led_no_more;
use jiff::civil::Date;
use store::features::Feature;
use words::Words;

/// Who leads it, or led it until when.
pub(crate) fn led_by(
    t: Words,
    feature: &Feature,
    (lead, lead_left): (&str, Option<Date>),
    today: Date,
) -> String {
    let name = t.typography(lead).into_owned();
    let left = lead_left.filter(|_| is_led_no_more(feature.state, lead_left, today));
    match left.map(Date::yesterday) {
        Some(Ok(last)) => t.features_led_by_gone(t.date(last), name),
        _ => name,
    }
}
