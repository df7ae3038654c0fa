//! The public figures of a round as they change, by server-sent events.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::people::standing_in;
use app::rounds::page::page;
use app::visibility::{Sight, eyes};
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::ids::PersonId;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use words::Words;

use super::page::progress;
use crate::error::WebError;
use crate::extract::{Client, SignedIn};
use crate::layout::Frame;
use crate::limits::Network;
use crate::place::Place;
use crate::state::AppState;

/// Streams of one session, or of one network for those who aren't signed in.
const EACH: usize = 4;
/// Streams of one process.
const ALL: usize = 256;
/// Streams of networks, together: whoever commands many leaves seats to those who signed in.
const STRANGERS: usize = 128;
/// How often the collective's version is looked at.
const EVERY: Duration = Duration::from_secs(5);
/// How often something is sent so that nobody between takes the line for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How many looks a stream lasts: ten minutes, after which the browser asks again and rights are read anew.
const LOOKS: usize = 120;

/// The streams that are open, by who listens.
#[derive(Debug, Default)]
pub(crate) struct Streams(Mutex<HashMap<Who, usize>>);

/// Who listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Person(PersonId),
    Stranger(Network),
}

/// What is watched, by whom.
struct Watched {
    slug: String,
    number: i64,
    person: Option<PersonId>,
}

/// A place among the streams, given back on drop.
struct Seat {
    streams: Arc<Streams>,
    who: Who,
}

impl Streams {
    /// A place, if there is one.
    fn sit(self: &Arc<Self>, who: Who) -> Option<Seat> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let mine = open.get(&who).copied().unwrap_or(0);
        let is_stranger = |who: &Who| matches!(who, Who::Stranger(_));
        let strangers: usize = open.iter().filter(|(who, _)| is_stranger(who)).map(|(_, count)| count).sum();
        if mine >= EACH || all >= ALL || (is_stranger(&who) && strangers >= STRANGERS) {
            return None;
        }
        open.insert(who, mine + 1);
        drop(open);
        Some(Seat { streams: self.clone(), who })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.who);
            }
        }
    }
}

/// `GET /c/{collective}/rounds/{number}/live`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    client: Client,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let pot = place.pot(&mut tx).await?;
    store::rounds::by_number(&mut tx, pot.id, number).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    let who = match frame.person() {
        Some(person) => Who::Person(person.person()),
        None => Who::Stranger(client.0),
    };
    let seat = state.streams.sit(who).ok_or(WebError::TooMany(60))?;
    let person = frame.person().map(SignedIn::person);
    let round = Watched { slug, number, person };
    let stream = Sse::new(figures(state, frame.t, round, seat));
    let stream = stream.keep_alive(KeepAlive::new().interval(HEARTBEAT));
    Ok(([(CACHE_CONTROL.as_str(), "no-store"), ("x-accel-buffering", "no")], stream).into_response())
}

/// One event now, and one each time that the collective has changed.
fn figures(
    state: AppState,
    t: Words,
    round: Watched,
    seat: Seat,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let (sender, receiver) = tokio::sync::mpsc::channel(2);
    tokio::spawn(async move {
        let _seat = seat;
        let mut told = None;
        for _ in 0..LOOKS {
            match look(&state, t, &round, told).await {
                Ok(Some((version, sentence))) => {
                    told = Some(version);
                    if sender.send(Ok(Event::default().event("progress").data(sentence))).await.is_err() {
                        return;
                    }
                }
                Ok(None) => {}
                Err(_) => return,
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = sender.closed() => return,
            }
        }
    });
    ReceiverStream::new(receiver)
}

/// The sentence of the page, unless the page is still as it was told. Where somebody hides from whoever watches, it
/// moves by quarters of an hour, for members too: their page doesn't watch.
async fn look(
    state: &AppState,
    t: Words,
    round: &Watched,
    told: Option<i64>,
) -> Result<Option<(i64, String)>, WebError> {
    let place = Place::find(state, &round.slug).await?;
    let edition = place.edition();
    if told == Some(edition) {
        return Ok(None);
    }
    let mut tx = state.context.db.read().await?;
    let pot = place.pot(&mut tx).await?;
    let collective = place.collective.id;
    let standing = match round.person {
        Some(person) => Some(standing_in(&mut tx, person, &place.collective, place.now).await?),
        None => None,
    };
    let amounts = place.rules(&mut tx).await?.amounts;
    let mut eyes = eyes(amounts, standing.as_ref());
    eyes.member &= eyes.see_all();
    let sight = Sight::of(&mut tx, collective, pot.id, eyes, place.now).await?;
    let found = page(&mut tx, pot.id, round.number, place.today, &sight.past).await?;
    let found = found.ok_or(WebError::NotFound)?;
    Ok(Some((edition, progress(t, pot.currency(), &found.features))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u128) -> Who {
        Who::Person(PersonId(uuid::Uuid::from_u128(n)))
    }

    fn stranger(n: u8) -> Who {
        Who::Stranger(Network::V4([192, 0, 2, n]))
    }

    #[test]
    fn nobody_takes_more_than_four_seats_and_gives_them_back() {
        let streams = Arc::new(Streams::default());
        let seats: Vec<_> = (0..EACH).filter_map(|_| streams.sit(person(1))).collect();
        assert_eq!(seats.len(), EACH);
        assert!(streams.sit(person(1)).is_none());
        assert!(streams.sit(person(2)).is_some());
        drop(seats);
        assert!(streams.sit(person(1)).is_some());
        assert!(streams.0.lock().unwrap().is_empty());
    }

    #[test]
    fn there_is_an_end_to_all() {
        let streams = Arc::new(Streams::default());
        let seats: Vec<_> = (0..500).filter_map(|n| streams.sit(person(n))).collect();
        assert_eq!(seats.len(), ALL);
        assert!(streams.sit(person(1_000)).is_none());
    }

    #[test]
    fn strangers_leave_seats_to_those_who_signed_in() {
        let streams = Arc::new(Streams::default());
        let seats: Vec<_> = (0..=255).filter_map(|n| streams.sit(stranger(n))).collect();
        assert_eq!(seats.len(), STRANGERS);
        assert!(streams.sit(person(1)).is_some());
    }
}
