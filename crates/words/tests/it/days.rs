//! Dates, instants and rates in words.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use popote_words::{Locale, Words};

const FR: Words = Words::new(Locale::Fr);
const EN: Words = Words::new(Locale::En);
const TODAY: Date = date(2026, 11, 3);

#[test]
fn dates_in_words() {
    assert_eq!(FR.date(TODAY), "3 novembre 2026");
    assert_eq!(EN.date(TODAY), "3 November 2026");
    assert_eq!(FR.date(date(2027, 8, 1)), "1er août 2027");
    assert_eq!(EN.date(date(2027, 8, 1)), "1 August 2027");
    assert_eq!(FR.date_near(date(2026, 12, 31), TODAY), "31 décembre");
    assert_eq!(FR.date_near(date(2027, 1, 1), TODAY), "1er janvier 2027");
    assert_eq!(FR.date_with_weekday(date(2026, 11, 2), TODAY), "lundi 2 novembre");
    assert_eq!(EN.date_with_weekday(date(2027, 2, 28), TODAY), "Sunday 28 February 2027");
    assert_eq!(FR.month(TODAY), "novembre 2026");
}

#[test]
fn every_month_and_weekday_has_a_name() {
    for words in [FR, EN] {
        let months: std::collections::BTreeSet<_> =
            (1..=12).map(|month| words.month(date(2026, month, 1))).collect();
        assert_eq!(months.len(), 12);
        assert!(months.iter().all(|month| month.len() > " 2026".len()));
        let days: std::collections::BTreeSet<_> =
            (1..=7).map(|day| words.date_with_weekday(date(2026, 6, day), TODAY)).collect();
        assert_eq!(days.len(), 7);
    }
    assert_eq!(FR.month(date(2026, 1, 1)), "janvier 2026");
    assert_eq!(EN.month(date(2026, 12, 1)), "December 2026");
}

#[test]
fn last_days_and_ranges() {
    assert_eq!(FR.until(date(2026, 11, 30), TODAY), "jusqu’au 30 novembre inclus");
    assert_eq!(FR.until(date(2027, 3, 1), TODAY), "jusqu’au 1er mars 2027 inclus");
    assert_eq!(EN.until(date(2026, 11, 30), TODAY), "until 30 November inclusive");
    assert_eq!(FR.date_range(date(2026, 11, 1), date(2026, 11, 30)), "du 1er au 30 novembre 2026");
    assert_eq!(FR.date_range(date(2026, 11, 20), date(2026, 12, 3)), "du 20 novembre au 3 décembre 2026");
    assert_eq!(FR.date_range(date(2026, 12, 20), date(2027, 1, 3)), "du 20 décembre 2026 au 3 janvier 2027");
    assert_eq!(EN.date_range(date(2026, 11, 1), date(2026, 11, 30)), "from 1 to 30 November 2026");
    assert_eq!(FR.date_range(TODAY, TODAY), "le 3 novembre 2026");
    assert_eq!(EN.date_range(TODAY, TODAY), "on 3 November 2026");
    // The same month of another year is another month.
    assert_eq!(
        FR.date_range(date(2026, 11, 1), date(2027, 11, 1)),
        "du 1er novembre 2026 au 1er novembre 2027"
    );
}

#[test]
fn days_from_today() {
    let check = |days: i64, fr: &str, en: &str| {
        let day = TODAY.checked_add(jiff::Span::new().days(days)).unwrap();
        assert_eq!(FR.days_from(day, TODAY), fr);
        assert_eq!(EN.days_from(day, TODAY), en);
    };
    check(0, "aujourd’hui", "today");
    check(1, "demain", "tomorrow");
    check(-1, "hier", "yesterday");
    check(6, "dans 6 jours", "in 6 days");
    check(-3, "il y a 3 jours", "3 days ago");
    check(1_500, "dans 1\u{202f}500 jours", "in 1,500 days");
}

#[test]
fn instants_follow_the_zone() {
    let paris = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    let winter: Timestamp = "2026-11-03T23:05:00Z".parse().unwrap();
    assert_eq!(FR.instant(winter, &paris), "4 novembre 2026 à 0\u{202f}h\u{202f}05");
    assert_eq!(EN.instant(winter, &paris), "4 November 2026 at 00:05");
    assert_eq!(EN.instant(winter, &TimeZone::UTC), "3 November 2026 at 23:05");
    let summer: Timestamp = "2026-07-01T12:00:00Z".parse().unwrap();
    assert_eq!(FR.time(summer, &paris), "14\u{202f}h\u{202f}00");
}

#[test]
fn how_long_ago() {
    let now: Timestamp = "2026-11-03T12:00:00Z".parse().unwrap();
    let check = |seconds: i64, fr: &str, en: &str| {
        let at = Timestamp::from_second(now.as_second() + seconds).unwrap();
        assert_eq!(FR.since(at, now), fr);
        assert_eq!(EN.since(at, now), en);
    };
    check(0, "à l’instant", "just now");
    check(-59, "à l’instant", "just now");
    check(59, "à l’instant", "just now");
    check(-60, "il y a 1 minute", "1 minute ago");
    check(-3_599, "il y a 59 minutes", "59 minutes ago");
    check(7_200, "dans 2 heures", "in 2 hours");
    check(-86_399, "il y a 23 heures", "23 hours ago");
    check(-3 * 86_400, "il y a 3 jours", "3 days ago");
    check(59 * 86_400, "dans 59 jours", "in 59 days");
    check(-60 * 86_400, "il y a 2 mois", "2 months ago");
    check(729 * 86_400, "dans 24 mois", "in 24 months");
    check(-730 * 86_400, "il y a 2 ans", "2 years ago");
}

#[test]
fn rates_in_words() {
    let check = |basis_points: i64, fr: &str, en: &str| {
        assert_eq!(FR.percent(basis_points), fr);
        assert_eq!(EN.percent(basis_points), en);
    };
    check(0, "0\u{202f}%", "0%");
    check(1_250, "12,5\u{202f}%", "12.5%");
    check(5, "0,05\u{202f}%", "0.05%");
    check(10_000, "100\u{202f}%", "100%");
    check(-50, "−0,5\u{202f}%", "−0.5%");
    check(12_345_600, "123\u{202f}456\u{202f}%", "123,456%");
}
