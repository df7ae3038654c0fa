//! By which ways a need could be answered (« pistes »): written and changed by any member, closed for a reason. A refusal by
//! the team of the software closes the approach, never the need.

use domain::{
    actor::Action,
    ids::ApproachId,
    needs::{ApproachEnd, ApproachState, ApproachText, NeedRefusal, limits},
};
use serde_json::{Value, json};
use store::{
    Command, Tx,
    needs::{
        NeedRow,
        approaches::{self, ApproachRow, By},
    },
};

use super::{Which, story, tell_followers};
use crate::{
    Acting, Context, Failure,
    people::Hall,
    revisions::{self, Change},
    till::{Drawn, Story},
};

/// What a text that was changed is a revision of.
const REVISION: &str = "approach";

/// Writes an approach to a need; its number there. Asks for a mandate. Errors: [`Failure::NotAllowed`],
/// [`Failure::NotFound`], [`Failure::Invalid`]; [`NeedRefusal::NotLive`], [`NeedRefusal::TooManyApproaches`].
pub async fn add_approach(
    ctx: &Context,
    acting: Acting,
    which: Which,
    text: ApproachText,
) -> Result<i64, Failure<NeedRefusal>> {
    let text = text.cleaned().map_err(Failure::Invalid)?;
    ctx.db.write(Act { acting, which, what: What::Add(text), drawn: Drawn::of(ctx) }).await
}

/// Changes an approach, which keeps what it said before. `seen`: the version that was shown. Errors: as [`add_approach`];
/// [`Failure::Stale`] where it was changed since.
pub async fn edit_approach(
    ctx: &Context,
    acting: Acting,
    which: Which,
    (number, seen): (i64, i64),
    text: ApproachText,
) -> Result<(), Failure<NeedRefusal>> {
    let text = text.cleaned().map_err(Failure::Invalid)?;
    let what = What::Edit { number, seen, text };
    ctx.db.write(Act { acting, which, what, drawn: Drawn::of(ctx) }).await.map(drop)
}

/// Says where an approach stands: refused by the team with where one may read it, given up, there, or open again. Errors: as
/// [`add_approach`]; [`NeedRefusal::AlreadySo`].
pub async fn end_approach(
    ctx: &Context,
    acting: Acting,
    which: Which,
    number: i64,
    end: ApproachEnd,
) -> Result<(), Failure<NeedRefusal>> {
    let end = end.cleaned().map_err(Failure::Invalid)?;
    let what = What::End { number, end };
    ctx.db.write(Act { acting, which, what, drawn: Drawn::of(ctx) }).await.map(drop)
}

/// What is done with an approach.
enum What {
    Add(ApproachText),
    Edit { number: i64, seen: i64, text: ApproachText },
    End { number: i64, end: ApproachEnd },
}

struct Act {
    acting: Acting,
    which: Which,
    what: What,
    drawn: Drawn,
}

impl Command for Act {
    type Done = i64;
    type Error = Failure<NeedRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<i64, Failure<NeedRefusal>> {
        let mut hall = Hall::open(tx, self.which.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::WriteNeed, self.acting.organisation)?;
        let need = self.which.live(tx).await?;
        let now = self.drawn.now;
        let (kind, number, title) = match &self.what {
            What::Add(text) => {
                if approaches::count(tx, need.id).await? >= limits::APPROACHES {
                    return Err(Failure::Refused(NeedRefusal::TooManyApproaches));
                }
                let by = By { person: hall.person(), organisation: permit.organisation(), at: now };
                let id: ApproachId = hall.id();
                let number = approaches::insert(tx, id, need.id, text, by).await?;
                ("approach_added", number, text.title.clone())
            }
            What::Edit { number, seen, text } => {
                let row = of(tx, &need, *number).await?;
                if row.version != *seen {
                    return Err(Failure::Stale);
                }
                if row.text() == *text {
                    return Ok(*number);
                }
                let (id, by, before) = (hall.id(), Some(hall.person()), fields(&row.text()).to_string());
                store::revisions::add(tx, id, REVISION, row.id.into(), &before, by, now).await?;
                approaches::edit(tx, row.id, text, now).await?;
                ("approach_edited", *number, text.title.clone())
            }
            What::End { number, end } => {
                let row = of(tx, &need, *number).await?;
                if row.state == end.state && row.state_reason == end.reason {
                    return Err(Failure::Refused(NeedRefusal::AlreadySo));
                }
                approaches::set_state(tx, row.id, end.state, &end.reason, &end.evidence).await?;
                (ended(end.state), *number, row.title)
            }
        };
        if kind != "approach_edited" {
            let approach = title.clone();
            tell_followers(tx, &mut hall, &need, |t| {
                let subject = t.needs_mail_approach_subject(&need.title);
                (subject, t.needs_mail_approach(&approach, kind, &need.title))
            })
            .await?;
        }
        let told = story(kind, &need, json!({ "approach": title, "approach_number": number }));
        hall.record(tx, Story { organisation: permit.organisation(), ..told }).await?;
        Ok(number)
    }
}

/// The event by which an approach comes to stand there.
const fn ended(state: ApproachState) -> &'static str {
    match state {
        ApproachState::Open => "approach_opened",
        ApproachState::Refused => "approach_refused",
        ApproachState::Dropped => "approach_dropped",
        ApproachState::Done => "approach_done",
    }
}

async fn of(tx: &mut Tx, need: &NeedRow, number: i64) -> Result<ApproachRow, Failure<NeedRefusal>> {
    approaches::by_number(tx, need.id, number).await?.ok_or(Failure::NotFound)
}

/// What a revision of an approach keeps.
fn fields(text: &ApproachText) -> Value {
    json!({
        "kind": text.kind.as_str(),
        "title": text.title,
        "body": text.body,
        "url": text.url,
        "known_by": text.known_by,
        "price_from": text.price.map(|(from, _)| from.minor()),
        "price_to": text.price.map(|(_, to)| to.minor()),
        "maintained_by": text.maintained_by,
    })
}

/// What was changed of an approach, newest first. Errors: faults.
pub async fn changes(tx: &mut Tx, row: &ApproachRow) -> store::sqlx::Result<Vec<Change>> {
    revisions::of(tx, row.id.into(), &fields(&row.text())).await
}
