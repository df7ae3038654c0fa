//! From what was typed to what a use case takes, and from its refusal back to the form.

use std::fmt::Debug;
use std::str::FromStr;

use app::Failure;
use axum::http::StatusCode;
use domain::input::{FieldError, FieldRule};
use domain::{Currency, Money};
use jiff::civil::Date;
use words::{MoneyError, Words};

use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::{Form, Frame, Problems};
use crate::place::{Desk, recorded_at};
use crate::state::AppState;

/// Reads the fields of a form one by one, and gathers what is wrong with them.
pub(crate) struct Reading<'a> {
    data: &'a FormData,
    t: Words,
    currency: Currency,
    /// What is wrong so far.
    pub(crate) problems: Problems,
}

/// A percentage below 1000 with two decimals at most, as people write it, « 5 » or « 2,5 % », in basis points.
pub(crate) fn basis_points(typed: &str) -> Option<u32> {
    let typed = typed.trim().trim_end_matches('%').trim_end();
    let (whole, part) = typed.split_once([',', '.']).unwrap_or((typed, ""));
    let digits = |text: &str| text.chars().all(|character| character.is_ascii_digit());
    let known = !whole.is_empty() && whole.len() <= 3 && part.len() <= 2 && digits(whole) && digits(part);
    known.then(|| format!("{whole}{part:0<2}").parse().ok()).flatten()
}

impl<'a> Reading<'a> {
    pub(crate) fn new(data: &'a FormData, t: Words, currency: Currency) -> Self {
        Self { data, t, currency, problems: Problems::default() }
    }

    /// What was typed.
    pub(crate) const fn data(&self) -> &FormData {
        self.data
    }

    /// Notes a rule that a field breaks.
    pub(crate) fn breaks(&mut self, field: &str, rule: &FieldRule) {
        self.problems.add(field, self.t.field_rule(rule, self.currency));
    }

    /// Notes what else is wrong, once what can't be read has stand-ins: nothing on a field that can't be read itself. All
    /// that is wrong is said at once.
    pub(crate) fn also(&mut self, errors: Vec<FieldError>) {
        for error in errors {
            if self.problems.0.iter().all(|problem| problem.field != error.field) {
                self.breaks(&error.field, &error.rule);
            }
        }
    }

    /// An amount that must be there. Nothing if it isn't, which is noted.
    pub(crate) fn money(&mut self, field: &str) -> Option<Money> {
        match self.t.parse_money(self.data.field(field), self.currency) {
            Ok(amount) => Some(amount),
            Err(error) => {
                self.problems.add(field, self.t.money_refusal(error, self.currency));
                None
            }
        }
    }

    /// An amount that may be left out.
    pub(crate) fn optional_money(&mut self, field: &str) -> Option<Money> {
        match self.t.parse_money(self.data.field(field), self.currency) {
            Err(MoneyError::Empty) => None,
            Ok(amount) => Some(amount),
            Err(error) => {
                self.problems.add(field, self.t.money_refusal(error, self.currency));
                None
            }
        }
    }

    /// A day that must be there.
    pub(crate) fn date(&mut self, field: &str) -> Option<Date> {
        let Some(typed) = self.data.filled(field) else {
            self.breaks(field, &FieldRule::Missing);
            return None;
        };
        let date = read_date(typed);
        if date.is_none() {
            self.breaks(field, &FieldRule::NotADate);
        }
        date
    }

    /// A percentage that must be there, « 1 » or « 0,25 », in basis points.
    pub(crate) fn percent(&mut self, field: &str) -> Option<u32> {
        let Some(typed) = self.data.filled(field) else {
            self.breaks(field, &FieldRule::Missing);
            return None;
        };
        let rate = basis_points(typed);
        if rate.is_none() {
            self.breaks(field, &FieldRule::TooLarge);
        }
        rate
    }

    /// One of a list of choices, by its name.
    pub(crate) fn choice<T>(&mut self, field: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let Some(typed) = self.data.filled(field) else {
            self.breaks(field, &FieldRule::Missing);
            return None;
        };
        let chosen = read(typed);
        if chosen.is_none() {
            self.breaks(field, &FieldRule::NotAChoice);
        }
        chosen
    }

    /// An id or a number that must be there.
    pub(crate) fn parsed<T: FromStr>(&mut self, field: &str) -> Option<T> {
        self.choice(field, |typed| typed.parse().ok())
    }
}

/// A day as a browser sends it (2026-11-30), or as people here type it (30/11/2026).
pub(crate) fn read_date(typed: &str) -> Option<Date> {
    if let Ok(date) = typed.parse() {
        return Some(date);
    }
    let mut parts = typed.splitn(3, ['/', '.']).map(str::trim);
    let day: i8 = parts.next()?.parse().ok()?;
    let month: i8 = parts.next()?.parse().ok()?;
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    Date::new(year, month, day).ok()
}

/// A form that a use case refused: its problems and the status of the page.
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    pub(crate) problems: Problems,
}

impl Refused {
    /// The problems that a page found by itself.
    pub(crate) fn unreadable(problems: Problems) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, problems }
    }

    /// Somebody saved something else since the form was shown.
    pub(crate) fn stale(t: Words) -> Self {
        let mut problems = Problems::default();
        problems.add("version", t.refusal_changed_meanwhile());
        Self { status: StatusCode::CONFLICT, problems }
    }

    /// Where what an earlier sending of the form recorded is seen, where that is why it was refused.
    pub(crate) async fn earlier(
        &self,
        state: &AppState,
        desk: &Desk,
        frame: &Frame,
        key: Option<String>,
        part: &'static str,
    ) -> Result<Option<String>, WebError> {
        if self.status != StatusCode::CONFLICT || self.problems.0.iter().all(|problem| problem.field != "key")
        {
            return Ok(None);
        }
        recorded_at(state, desk, &app::Acting { key, ..desk.acting(frame)? }, part).await
    }

    /// The form with everything that was typed. A key that was used for something else is left out: the page makes a
    /// new one, or the form would come back refused for ever.
    pub(crate) fn form(self, t: Words, mut data: FormData) -> (StatusCode, Form) {
        if self.status == StatusCode::CONFLICT {
            data.set("key", "");
        }
        (self.status, Form::refused(t, data, self.problems))
    }
}

/// Words the refusal of a use case; `say` gives the field and the sentence of a refusal of the slice.
///
/// # Errors
/// Everything that is no answer to what was typed: no right, nothing there, too busy, a fault.
pub(crate) fn refused<R: Debug>(
    failure: Failure<R>,
    t: Words,
    currency: Currency,
    say: impl FnOnce(&R) -> (String, String),
) -> Result<Refused, WebError> {
    let mut problems = Problems::default();
    let status = match failure {
        Failure::Refused(refusal) => {
            let (field, sentence) = say(&refusal);
            problems.add(field, sentence);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Failure::Invalid(errors) => {
            for error in errors {
                let said = match (error.field.as_str(), &error.rule) {
                    ("key", FieldRule::Missing) => t.refusal_form_keyless().to_owned(),
                    _ => t.field_rule(&error.rule, currency),
                };
                problems.add(error.field, said);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Failure::KeyReused => {
            problems.add("key", t.refusal_form_used());
            StatusCode::CONFLICT
        }
        Failure::Stale => return Ok(Refused::stale(t)),
        other => return Err(other.into()),
    };
    Ok(Refused { status, problems })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use words::Locale;

    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for typed in ["2026-11-30", "30/11/2026", "30.11.2026", "30 / 11 / 2026"] {
            assert_eq!(read_date(typed), Some(date(2026, 11, 30)), "{typed}");
        }
        for typed in ["", "30/11", "31/11/2026", "30/11/26", "demain", "2026-13-01"] {
            assert_eq!(read_date(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_is_gathered_field_by_field() {
        let data = FormData::of([("amount", "1.234"), ("day", "hier"), ("kind", "z")]);
        let mut reading = Reading::new(&data, Words::new(Locale::Fr), Currency::EUR);
        assert_eq!(reading.money("amount"), None);
        assert_eq!(reading.optional_money("cap"), None);
        assert_eq!(reading.date("day"), None);
        assert_eq!(reading.date("until"), None);
        assert_eq!(reading.choice("kind", |typed| (typed == "a").then_some(())), None);
        let fields: Vec<&str> = reading.problems.0.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["amount", "day", "until", "kind"]);
    }

    #[test]
    fn a_refusal_becomes_a_problem_and_a_fault_does_not() {
        let t = Words::new(Locale::En);
        let say = |(): &()| ("amount".to_owned(), "No.".to_owned());
        let invalid = Failure::<()>::Invalid(vec![FieldError::new("title", FieldRule::Missing)]);
        let found = refused(invalid, t, Currency::EUR, say).unwrap();
        assert_eq!((found.status, found.problems.0.len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
        let reused = refused(Failure::<()>::KeyReused, t, Currency::EUR, say).unwrap();
        assert_eq!(reused.status, StatusCode::CONFLICT);
        assert!(refused(Failure::<()>::NotFound, t, Currency::EUR, say).is_err());
        assert!(refused(Failure::<()>::Fault("x".to_owned()), t, Currency::EUR, say).is_err());
    }
}
