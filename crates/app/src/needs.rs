//! Needs: what members lack, in users' words, and what becomes of them.

pub mod approaches;
pub mod follow;
pub mod merging;
pub mod origins;
pub mod support;
pub mod together;
pub mod waiting;
mod write;

pub use approaches::{add_approach, edit_approach, end_approach};
pub use follow::{follow, unfollow};
pub use support::{say_needed, withdraw};
pub use waiting::{ALONE, Turn, park_if_due, turn};
pub use write::{NewNeed, Written, changes, edit, text_of, write};

use domain::{
    ids::{CollectiveId, PersonId},
    needs::{NeedRefusal, NeedState},
};
use serde_json::{Value, json};
use store::{
    Tx,
    needs::{self, NeedRow},
};
use words::Words;

use crate::{Failure, mails::Letter, people::Hall, till::Story};

/// What an event of a need is about.
pub(crate) const SUBJECT: &str = "need";
/// Most persons who hear of what happens to a need.
pub(crate) const MOST_FOLLOWERS: i64 = 1_000;
/// Organisations that are read of a need: more than a collective has.
pub const MOST_SUPPORTERS: i64 = 2_000;

/// Which need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// Where.
    pub collective: CollectiveId,
    /// Its number there.
    pub number: i64,
}

impl Which {
    /// Reads it. Errors: [`Failure::NotFound`].
    async fn find(self, tx: &mut Tx) -> Result<NeedRow, Failure<NeedRefusal>> {
        needs::by_number(tx, self.collective, self.number).await?.ok_or(Failure::NotFound)
    }

    /// Reads one that may be joined and changed. Errors: [`Failure::NotFound`], also for what nobody has looked at yet;
    /// [`NeedRefusal::NotLive`].
    async fn live(self, tx: &mut Tx) -> Result<NeedRow, Failure<NeedRefusal>> {
        let need = self.find(tx).await?;
        match need.state {
            state if state.is_live() => Ok(need),
            NeedState::Pending | NeedState::Declined => Err(Failure::NotFound),
            state => Err(Failure::Refused(NeedRefusal::NotLive(state))),
        }
    }
}

/// An event of a need; `more` is told beside its number and title.
pub(crate) fn story(kind: &'static str, need: &NeedRow, more: Value) -> Story {
    let mut data = json!({ "number": need.number, "title": need.title });
    if let (Some(data), Value::Object(more)) = (data.as_object_mut(), more) {
        data.extend(more);
    }
    Story::new(kind, (SUBJECT, need.id.into()), data)
}

/// Tells those who follow a need, except whoever did it.
pub(crate) async fn tell_followers(
    tx: &mut Tx,
    hall: &mut Hall,
    need: &NeedRow,
    write: impl Fn(Words) -> (String, String) + Send + Sync,
) -> store::sqlx::Result<()> {
    let mut readers: Vec<PersonId> = needs::followers(tx, need.id, MOST_FOLLOWERS).await?;
    readers.retain(|reader| *reader != hall.person());
    let settings = hall.drawn.settings.clone();
    let path = format!("/c/{}/needs/{}", hall.collective.slug, need.number);
    hall.tell(tx, &readers, |t| {
        let (subject, what) = write(t);
        Letter::about(subject).say(what).at(&settings, &path).say(t.needs_mail_stop())
    })
    .await
}
