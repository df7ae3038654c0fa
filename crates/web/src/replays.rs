//! The same form sent twice, by a double click or by going back: who sends again, word for word, the last thing that
//! was done gets the answer that was given then, not the news that it is done already.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::chain::Hash;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// How long an answer is given again.
const KEPT: SignedDuration = SignedDuration::from_mins(10);
/// Most sessions whose last answer is kept.
const MOST: usize = 10_000;

/// The last form that each session sent with success, and whose turn it is.
#[derive(Debug, Default)]
pub(crate) struct Replays {
    answers: Mutex<HashMap<Hash, Answer>>,
    turns: Mutex<HashMap<Hash, Arc<Turn<()>>>>,
}

/// What was answered.
#[derive(Debug)]
struct Answer {
    form: Hash,
    headers: HeaderMap,
    at: Timestamp,
}

impl Replays {
    /// Waits until the same session awaits no other answer from the same address: the second press of a double click
    /// comes after the first, not beside it.
    pub(crate) async fn turn(&self, place: Hash) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            turns.entry(place).or_default().clone()
        };
        turn.lock_owned().await
    }

    /// The answer to a form. One that was taken is remembered; the refusal of the very form that was taken last
    /// becomes the answer that it got then.
    pub(crate) fn answer(&self, session: Hash, form: Hash, now: Timestamp, response: Response) -> Response {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if response.status() == StatusCode::SEE_OTHER {
            if answers.len() >= MOST {
                answers.retain(|_, answer| now.duration_since(answer.at) < KEPT);
            }
            if answers.len() < MOST || answers.contains_key(&session) {
                let headers = [LOCATION, SET_COOKIE].into_iter().flat_map(|name| {
                    let values = response.headers().get_all(&name).iter();
                    values.map(|value| (name.clone(), value.clone())).collect::<Vec<_>>()
                });
                let headers = headers.collect();
                answers.insert(session, Answer { form, headers, at: now });
            }
            return response;
        }
        let same = |answer: &&Answer| answer.form == form && now.duration_since(answer.at) < KEPT;
        match answers.get(&session).filter(same) {
            Some(answer) if says_that_it_is_done(response.status()) => {
                (StatusCode::SEE_OTHER, answer.headers.clone()).into_response()
            }
            _ => response,
        }
    }
}

/// Whether a refusal may come of its being done already.
fn says_that_it_is_done(status: StatusCode) -> bool {
    [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY]
        .contains(&status)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn done(path: &'static str) -> Response {
        (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static(path))]).into_response()
    }

    fn refused() -> Response {
        StatusCode::UNPROCESSABLE_ENTITY.into_response()
    }

    #[test]
    fn the_last_form_alone_is_answered_again() {
        let replays = Replays::default();
        let now = Timestamp::UNIX_EPOCH;
        let (session, other) = ([1; 32], [2; 32]);
        assert_eq!(replays.answer(session, [7; 32], now, refused()).status(), 422);
        replays.answer(session, [7; 32], now, done("/a"));
        let again = replays.answer(session, [7; 32], now, refused());
        assert_eq!(
            (again.status(), &again.headers()[LOCATION]),
            (StatusCode::SEE_OTHER, &"/a".parse().unwrap())
        );
        assert_eq!(replays.answer(other, [7; 32], now, refused()).status(), 422);
        assert_eq!(replays.answer(session, [8; 32], now, refused()).status(), 422);
        let fault = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        assert_eq!(replays.answer(session, [7; 32], now, fault).status(), 500);
        assert_eq!(replays.answer(session, [7; 32], now + KEPT, refused()).status(), 422);
        replays.answer(session, [9; 32], now, done("/b"));
        assert_eq!(replays.answer(session, [7; 32], now, refused()).status(), 422, "something came between");
    }

    #[tokio::test]
    async fn the_second_press_waits_for_the_first() {
        let replays = Replays::default();
        let first = replays.turn([1; 32]).await;
        let waits = tokio::time::timeout(std::time::Duration::from_millis(20), replays.turn([1; 32])).await;
        assert!(waits.is_err());
        drop(replays.turn([2; 32]).await);
        drop(first);
        drop(replays.turn([1; 32]).await);
    }
}
