//! The public figures of a round as they change, by server-sent events.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::people::standing_in;
use app::rounds::page::page;
use app::sessions::{self, Session};
use app::visibility::{Sight, eyes};
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::ids::PersonId;
use tokio::sync::{mpsc, watch};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use words::Words;

use super::page::progress;
use crate::error::WebError;
use crate::extract::Client;
use crate::layout::Frame;
use crate::limits::Network;
use crate::place::Place;
use crate::state::AppState;

/// Streams of one person, or of one network for those who aren't signed in.
const EACH: usize = 4;
/// Streams of one process.
const ALL: usize = 256;
/// Streams of networks, together: whoever commands many leaves seats to those who signed in.
const STRANGERS: usize = 128;

/// How often what happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// The edition of the page is looked at.
    pub(crate) look: Duration,
    /// After so many looks rights are read again though nothing has changed.
    pub(crate) looks_to_rights: usize,
    /// After so many looks the stream ends; the browser asks again.
    pub(crate) looks: usize,
    /// Something is sent so that nobody between takes the line for dead.
    pub(crate) heartbeat: Duration,
    /// A browser whose stream has ended asks again.
    pub(crate) retry: Duration,
}

/// Every five seconds; rights every thirty; for ten minutes.
const PACE: Pace = Pace {
    look: Duration::from_secs(5),
    looks_to_rights: 6,
    looks: 120,
    heartbeat: Duration::from_secs(15),
    retry: Duration::from_secs(5),
};

/// The streams that are open, by who listens, until they are told to end.
#[derive(Debug)]
pub(crate) struct Streams {
    open: Mutex<HashMap<Who, usize>>,
    pace: Pace,
    ended: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self::at(PACE)
    }
}

/// Who listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Person(PersonId),
    Stranger(Network),
}

/// A place among the streams, given back on drop.
struct Seat {
    streams: Arc<Streams>,
    who: Who,
}

impl Streams {
    /// No stream yet.
    pub(crate) fn at(pace: Pace) -> Self {
        Self { open: Mutex::default(), pace, ended: watch::Sender::new(false) }
    }

    /// Ends all streams, those to come too: the server stops.
    pub(crate) fn end(&self) {
        self.ended.send_replace(true);
    }

    /// A place, if there is one.
    fn sit(self: &Arc<Self>, who: Who) -> Option<Seat> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
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
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
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
    let pace = state.streams.pace;
    let session = frame.person().map(|person| person.session.clone());
    let listener = Listener { state, t: frame.t, slug, number, session };
    let stream = Sse::new(figures(listener, pace, seat));
    let stream = stream.keep_alive(KeepAlive::new().interval(pace.heartbeat));
    Ok(([(CACHE_CONTROL.as_str(), "no-store"), ("x-accel-buffering", "no")], stream).into_response())
}

/// Who listens to what.
struct Listener {
    state: AppState,
    t: Words,
    slug: String,
    number: i64,
    /// The session by which the stream was asked for, if any.
    session: Option<Session>,
}

/// What a listener was told last: the edition of the page, and its sentence.
type Told = (i64, String);

/// One event now, and one each time that the figures have changed, until the server stops, the session ends or the
/// listener goes away.
fn figures(listener: Listener, pace: Pace, seat: Seat) -> impl Stream<Item = Result<Event, Infallible>> {
    let (sender, receiver) = mpsc::channel(2);
    let mut ended = seat.streams.ended.subscribe();
    tokio::spawn(async move {
        let _seat = seat;
        tokio::select! {
            biased;
            // An error means that nobody is left to say it, which is an end too.
            _ = ended.wait_for(|ended| *ended) => {}
            () = tell(&listener, pace, &sender) => {}
            () = sender.closed() => {}
        }
    });
    ReceiverStream::new(receiver)
}

async fn tell(listener: &Listener, pace: Pace, sender: &mpsc::Sender<Result<Event, Infallible>>) {
    let mut told: Option<Told> = None;
    for look in 0..pace.looks {
        let rights = look % pace.looks_to_rights.max(1) == 0;
        let Ok(seen) = listener.look(told.as_ref(), rights).await else { return };
        if let Some((edition, sentence)) = seen {
            if told.as_ref().is_none_or(|(_, before)| *before != sentence) {
                let event = Event::default().event("progress").retry(pace.retry).data(&sentence);
                if sender.send(Ok(event)).await.is_err() {
                    return;
                }
            }
            told = Some((edition, sentence));
        }
        tokio::time::sleep(pace.look).await;
    }
}

impl Listener {
    /// The sentence of the page as this listener may see it; nothing while the page is as it was told and `rights`
    /// needn't be read. Where somebody hides from whoever watches, it moves by quarters of an hour, for members too: their
    /// page doesn't watch. Errors: [`WebError::NotFound`] once the session doesn't hold any more.
    async fn look(&self, told: Option<&Told>, rights: bool) -> Result<Option<Told>, WebError> {
        let place = Place::find(&self.state, &self.slug).await?;
        let edition = place.edition();
        if !rights && told.is_some_and(|(before, _)| *before == edition) {
            return Ok(None);
        }
        if let Some(session) = &self.session
            && !sessions::holds(&self.state.context, session).await?
        {
            return Err(WebError::NotFound);
        }
        let mut tx = self.state.context.db.read().await?;
        let pot = place.pot(&mut tx).await?;
        let collective = place.collective.id;
        let standing = match &self.session {
            Some(session) => {
                Some(standing_in(&mut tx, session.row.person, &place.collective, place.now).await?)
            }
            None => None,
        };
        let amounts = place.rules(&mut tx).await?.amounts;
        let mut eyes = eyes(amounts, standing.as_ref());
        eyes.member &= eyes.see_all();
        let sight = Sight::of(&mut tx, collective, pot.id, eyes, place.now).await?;
        let found = page(&mut tx, pot.id, self.number, place.today, &sight.past).await?;
        let found = found.ok_or(WebError::NotFound)?;
        Ok(Some((edition, progress(self.t, pot.currency(), &found))))
    }
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
        assert!(streams.open.lock().unwrap().is_empty());
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
