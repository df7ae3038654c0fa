//! Journeys one beside the other, few enough for the machine.

use std::sync::{Condvar, Mutex, PoisonError};

use testkit::{Kind, World};

/// How many journeys may go on at once, each with a browser for every person in it: more would only slow each other
/// down until steps run out of time.
const AT_ONCE: usize = 3;

static GOING: Mutex<usize> = Mutex::new(0);
static ENDED: Condvar = Condvar::new();

/// A journey's leave to go on. It is taken once and before the first browser: a journey that asked again for each of
/// its browsers could wait for another that waits for it.
struct Leave;

impl Leave {
    fn take() -> Self {
        let going = GOING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut going =
            ENDED.wait_while(going, |going| *going >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
        *going += 1;
        Self
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        *GOING.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        ENDED.notify_one();
    }
}

/// Runs a journey on a new database, as [`testkit::check`], when there is room for its browsers.
///
/// # Panics
/// As the journey does.
pub fn check<F>(kind: Kind, journey: impl FnOnce(World) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let _leave = Leave::take();
    testkit::check(kind, journey);
}
