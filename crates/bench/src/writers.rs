//! Those who put their shares on a feature, through the forms or at once on one share.

use std::fmt::Write;

use app::allocations::save_allocations;
use domain::{
    Money,
    features::Wish,
    ids::{FeatureId, OrganisationId},
};
use uuid::Uuid;

use crate::{
    load::Client,
    stage::{SHARE, Stage},
    wire::{Answer, post},
};

/// An organisation that raises what it has put on a feature by one cent, again and again, by the form of the round.
pub struct Allocator {
    path: String,
    cookie: String,
    /// The organisation that the form was made for.
    organisation: OrganisationId,
    feature: FeatureId,
    on: i64,
    keys: Keys,
    request: Vec<u8>,
}

/// Keys of forms, all different.
struct Keys {
    base: u128,
    next: u128,
}

impl Allocator {
    /// The organisation of that place.
    #[must_use]
    pub fn new(stage: &Stage, place: usize) -> Self {
        let (_, feature) = stage.features[place % stage.features.len()];
        let organisation = stage.town.member(place).organisation;
        Self {
            path: format!("/c/{}/rounds/{}/allocations", stage.town.slug, stage.round),
            cookie: stage.cookies[place].clone(),
            organisation,
            feature,
            on: 0,
            keys: Keys { base: organisation.0.as_u128(), next: 0 },
            request: Vec::new(),
        }
    }
}

impl Client for Allocator {
    fn request(&mut self) -> &[u8] {
        self.keys.next += 1;
        let key = Uuid::from_u128(self.keys.base.wrapping_add(self.keys.next));
        let wanted = self.on + 1;
        let mut body = String::new();
        let _ = write!(
            body,
            "key={key}&for={4}&seen-{0}={1}&amount-{0}={2}.{3:02}",
            self.feature,
            self.on,
            wanted / 100,
            wanted % 100,
            self.organisation
        );
        self.request = post(&self.path, &self.cookie, &body);
        &self.request
    }

    fn accept(&mut self, answer: &Answer) -> bool {
        // A refusal shows the page again; a save leads back to it.
        let saved =
            answer.status == 303 && answer.header("location").is_some_and(|to| to.contains("/rounds/"));
        if saved {
            self.on += 1;
        }
        saved
    }
}

/// What came of many writers on one share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contest {
    /// Writes that were accepted.
    pub accepted: usize,
    /// Writes that were refused, because the share had nothing left.
    pub refused: usize,
    /// How many fit into the share.
    pub fits: usize,
}

/// Lets `writers` put a part of one share on features of their own at the same instant, together far more than it holds.
///
/// # Panics
/// If a writer fails otherwise than by a refusal.
pub async fn contest(stage: &Stage, place: usize, writers: usize) -> Contest {
    let part = SHARE / 10;
    let mut running = Vec::new();
    for writer in 0..writers {
        let (_, feature) = stage.features[writer % stage.features.len()];
        let context = stage.world.context.clone();
        let (acting, pot) = (stage.acting(place, None), stage.pot());
        let wish = Wish { feature, seen: Money::ZERO, wanted: Money::new(part) };
        running.push(tokio::spawn(async move {
            match save_allocations(&context, acting, pot, vec![wish]).await {
                Ok(_) => true,
                Err(app::Failure::Refused(_)) => false,
                Err(problem) => panic!("{problem:?}"),
            }
        }));
    }
    let mut contest = Contest { accepted: 0, refused: 0, fits: 10 };
    for writer in running {
        if writer.await.expect("the writer ends") {
            contest.accepted += 1;
        } else {
            contest.refused += 1;
        }
    }
    contest
}
