//! Dates, instants and rates in words.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::{Locale, NARROW, Words};

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Words {
    /// « 3 novembre 2026 », « 1er mai 2026 »; `3 November 2026`.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        format!("{} {}", self.day_and_month(date), date.year())
    }

    /// The date without its year where it is that of `today`: « 3 novembre », « 3 novembre 2027 ».
    #[must_use]
    pub fn date_near(&self, date: Date, today: Date) -> String {
        if date.year() == today.year() { self.day_and_month(date) } else { self.date(date) }
    }

    /// « lundi 3 novembre », with the year where it is not that of `today`; `Monday 3 November`.
    #[must_use]
    pub fn date_with_weekday(&self, date: Date, today: Date) -> String {
        format!("{} {}", self.weekday(date.weekday()), self.date_near(date, today))
    }

    /// A last day that counts: « jusqu’au 30 novembre inclus », with the year where it is not that of `today`.
    #[must_use]
    pub fn until(&self, date: Date, today: Date) -> String {
        self.date_until(self.date_near(date, today))
    }

    /// Two days and what lies between: « du 1er au 30 novembre 2026 », « du 20 novembre au 3 décembre 2026 ».
    /// One day alone where both are the same.
    #[must_use]
    pub fn date_range(&self, from: Date, to: Date) -> String {
        if from == to {
            return self.date_on(self.date(from));
        }
        let start = if from.year() != to.year() {
            self.date(from)
        } else if from.month() != to.month() {
            self.day_and_month(from)
        } else {
            self.day(from)
        };
        self.date_from_to(start, self.date(to))
    }

    /// « novembre 2026 ».
    #[must_use]
    pub fn month(&self, date: Date) -> String {
        format!("{} {}", self.month_name(date), date.year())
    }

    /// A day as seen from today: « aujourd’hui », « demain », « hier », « dans 6 jours », « il y a 3 jours ».
    #[must_use]
    pub fn days_from(&self, date: Date, today: Date) -> String {
        match date.duration_since(today).as_hours() / 24 {
            0 => self.date_today().to_owned(),
            1 => self.date_tomorrow().to_owned(),
            -1 => self.date_yesterday().to_owned(),
            days @ 2.. => self.date_in_days(days),
            days => self.date_days_ago(days.saturating_neg()),
        }
    }

    /// An instant on the clocks of `zone`: « 3 novembre 2026 à 14 h 05 »; `3 November 2026 at 14:05`.
    #[must_use]
    pub fn instant(&self, at: Timestamp, zone: &TimeZone) -> String {
        let local = at.to_zoned_datetime(zone.clone());
        self.date_at_time(self.date(local.date()), self.time(at, zone))
    }

    /// The time of day on the clocks of `zone`: « 14 h 05 », `14:05`.
    #[must_use]
    pub fn time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let time = at.to_zoned_datetime(zone.clone()).time();
        match self.locale() {
            Locale::Fr => format!("{}{NARROW}h{NARROW}{:02}", time.hour(), time.minute()),
            Locale::En => format!("{:02}:{:02}", time.hour(), time.minute()),
        }
    }

    /// How long ago, or in how long, rounded down to minutes, hours or days of 24 hours: « à l’instant »,
    /// « il y a 5 minutes », « dans 2 heures », « il y a 3 jours ». Past 60 days, months of 30 days; past two
    /// years, years of 365.
    #[must_use]
    pub fn since(&self, at: Timestamp, now: Timestamp) -> String {
        let seconds = now.as_second().saturating_sub(at.as_second());
        let past = seconds >= 0;
        let seconds = seconds.saturating_abs();
        let days = seconds / DAY;
        if seconds < MINUTE {
            self.date_just_now().to_owned()
        } else if seconds < HOUR {
            let minutes = seconds / MINUTE;
            if past { self.date_minutes_ago(minutes) } else { self.date_in_minutes(minutes) }
        } else if seconds < DAY {
            let hours = seconds / HOUR;
            if past { self.date_hours_ago(hours) } else { self.date_in_hours(hours) }
        } else if days < 60 {
            if past { self.date_days_ago(days) } else { self.date_in_days(days) }
        } else if days < 730 {
            let months = days / 30;
            if past { self.date_months_ago(months) } else { self.date_in_months(months) }
        } else {
            let years = days / 365;
            if past { self.date_years_ago(years) } else { self.date_in_years(years) }
        }
    }

    /// A rate in basis points, without zeros at the end: 1250 is « 12,5 % », `12.5%`.
    #[must_use]
    pub fn percent(&self, basis_points: i64) -> String {
        let sign = if basis_points < 0 { "−" } else { "" };
        let (whole, rest) = (basis_points.unsigned_abs() / 100, basis_points.unsigned_abs() % 100);
        let (mark, unit) = match self.locale() {
            Locale::Fr => (',', "\u{202f}%"),
            Locale::En => ('.', "%"),
        };
        let mut out = String::from(sign);
        crate::writing::put_grouped(&mut out, self.locale(), &whole.to_string());
        if rest != 0 {
            out.push(mark);
            out.push_str(format!("{rest:02}").trim_end_matches('0'));
        }
        out.push_str(unit);
        out
    }

    fn day(&self, date: Date) -> String {
        match (self.locale(), date.day()) {
            (Locale::Fr, 1) => "1er".to_owned(),
            (_, day) => day.to_string(),
        }
    }

    fn day_and_month(&self, date: Date) -> String {
        format!("{} {}", self.day(date), self.month_name(date))
    }

    fn month_name(&self, date: Date) -> &'static str {
        let names = match self.locale() {
            Locale::Fr => &MONTHS_FR,
            Locale::En => &MONTHS_EN,
        };
        // jiff's months are 1 to 12.
        usize::try_from(date.month() - 1).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
    }

    const fn weekday(&self, day: Weekday) -> &'static str {
        let (fr, en) = match day {
            Weekday::Monday => ("lundi", "Monday"),
            Weekday::Tuesday => ("mardi", "Tuesday"),
            Weekday::Wednesday => ("mercredi", "Wednesday"),
            Weekday::Thursday => ("jeudi", "Thursday"),
            Weekday::Friday => ("vendredi", "Friday"),
            Weekday::Saturday => ("samedi", "Saturday"),
            Weekday::Sunday => ("dimanche", "Sunday"),
        };
        match self.locale() {
            Locale::Fr => fr,
            Locale::En => en,
        }
    }
}
