//! Writing a need, and changing it.

use domain::{
    actor::Action,
    ids::{CollectiveId, NeedId, SoftwareId},
    needs::{NeedRefusal, NeedState, NeedText, SupportText},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    Command, Tx,
    needs::{self, NeedRow},
};

use super::{SUBJECT, Which, story, support, waiting};
use crate::{
    Acting, Context, Failure,
    idempotency::{Keyed, remember, replayed},
    people::Hall,
    revisions::{self, Change},
    till::{Drawn, Story},
};

/// A need to be written, with what the organisation that writes it says of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNeed {
    /// What, and why.
    pub text: NeedText,
    /// How much it needs it itself.
    pub support: SupportText,
}

/// The answer to a need that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its id.
    pub need: NeedId,
    /// Its number in the collective.
    pub number: i64,
}

/// Writes a need for the organisation acted for, which is the first to need it. Errors: [`Failure::NotAllowed`], also for an
/// amount without a mandate for money; [`Failure::Invalid`]; a key reused.
pub async fn write(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    new: NewNeed,
) -> Result<Written, Failure<NeedRefusal>> {
    let mut errors = Vec::new();
    let text = new.text.cleaned().map_err(|found| errors.extend(found));
    let support = new.support.cleaned().map_err(|found| errors.extend(found));
    let (Ok(text), Ok(support)) = (text, support) else { return Err(Failure::Invalid(errors)) };
    let new = NewNeed { text, support };
    let keyed = Keyed::of(ctx, &acting, &("need", acting.organisation, format!("{new:?}"))).await?;
    ctx.db.write(Write { acting, collective, new, keyed, drawn: Drawn::of(ctx) }).await
}

struct Write {
    acting: Acting,
    collective: CollectiveId,
    new: NewNeed,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Write {
    type Done = Written;
    type Error = Failure<NeedRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Written, Failure<NeedRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::WriteNeed, self.acting.organisation)?;
        let organisation = permit.organisation().ok_or(Failure::NotFound)?;
        // Keys belong to a pot; a need belongs to a collective, so to its first.
        let pot = store::pots::of_collective(tx, self.collective).await?.first().map(|pot| pot.id);
        if let Some(pot) = pot
            && let Some(answer) = replayed(tx, pot, self.keyed.as_ref()).await?
        {
            return Ok(answer);
        }
        let now = self.drawn.now;
        let text = &self.new.text;
        let id: NeedId = hall.id();
        let software = software(tx, &mut hall, &text.software).await?;
        let number = needs::next_number(tx, self.collective).await?;
        let row = needs::NewNeed {
            id,
            collective: self.collective,
            number,
            title: text.title.clone(),
            why: text.why.clone(),
            software,
            discussion_url: text.discussion_url.clone(),
            author: Some(hall.person()),
            organisation: Some(organisation),
            guest_name: String::new(),
            guest_email: String::new(),
            state: NeedState::Open,
            created_at: now,
        };
        needs::insert(tx, &row).await?;
        needs::replace_links(tx, id, &text.links).await?;
        support::put(tx, &hall, (id, organisation), &self.new.support).await?;
        needs::follow(tx, id, hall.person(), now).await?;
        let need = needs::get(tx, id).await?.ok_or(Failure::NotFound)?;
        waiting::wait(tx, &mut hall, &need).await?;
        let told = story("need_written", &need, json!({}));
        hall.record(tx, Story { organisation: Some(organisation), ..told }).await?;
        let answer = Written { need: id, number };
        if let Some(pot) = pot {
            remember(tx, pot, self.keyed.as_ref(), now, &answer).await?;
        }
        Ok(answer)
    }
}

/// The software of that name, found or made; none for an empty name.
async fn software(tx: &mut Tx, hall: &mut Hall, name: &str) -> store::sqlx::Result<Option<SoftwareId>> {
    if name.is_empty() {
        return Ok(None);
    }
    let (collective, new, now) = (hall.collective.id, hall.id(), hall.drawn.now);
    store::features::software::find_or_make(tx, collective, name, new, now).await.map(Some)
}

/// Changes a need, which keeps what it said before. `seen`: the version that was shown. Asks for a mandate of the
/// organisation that wrote it, or a steward. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`], [`Failure::Invalid`];
/// [`Failure::Stale`] where it was changed since; [`NeedRefusal::NotLive`].
pub async fn edit(
    ctx: &Context,
    acting: Acting,
    which: Which,
    seen: i64,
    text: NeedText,
) -> Result<(), Failure<NeedRefusal>> {
    let text = text.cleaned().map_err(Failure::Invalid)?;
    ctx.db.write(Edit { acting, which, seen, text, drawn: Drawn::of(ctx) }).await
}

struct Edit {
    acting: Acting,
    which: Which,
    seen: i64,
    text: NeedText,
    drawn: Drawn,
}

impl Command for Edit {
    type Done = ();
    type Error = Failure<NeedRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<NeedRefusal>> {
        let mut hall = Hall::open(tx, self.which.collective, &self.acting, &self.drawn).await?;
        let need = self.which.find(tx).await?;
        hall.permit_led(Action::EditNeed, self.acting.organisation, need.organisation)?;
        let need = self.which.live(tx).await.map(|_| need)?;
        if need.version != self.seen {
            return Err(Failure::Stale);
        }
        let before = text_of(tx, &need).await?;
        if before == self.text {
            return Ok(());
        }
        let software = software(tx, &mut hall, &self.text.software).await?;
        let (id, by, now) = (hall.id(), Some(hall.person()), self.drawn.now);
        store::revisions::add(tx, id, SUBJECT, need.id.into(), &fields(&before).to_string(), by, now).await?;
        let texts = (self.text.title.as_str(), self.text.why.as_str(), self.text.discussion_url.as_str());
        needs::edit(tx, need.id, texts, software, now).await?;
        needs::replace_links(tx, need.id, &self.text.links).await?;
        let need = NeedRow { title: self.text.title.clone(), ..need };
        let told = story("need_edited", &need, json!({}));
        Ok(hall.record(tx, Story { organisation: self.acting.organisation, ..told }).await?)
    }
}

/// The text of a need as its form shows it. Errors: faults.
pub async fn text_of(tx: &mut Tx, need: &NeedRow) -> store::sqlx::Result<NeedText> {
    Ok(NeedText {
        title: need.title.clone(),
        why: need.why.clone(),
        software: need.software_name.clone().unwrap_or_default(),
        discussion_url: need.discussion_url.clone(),
        links: needs::links(tx, need.id).await?,
    })
}

/// What a revision of a need keeps.
fn fields(text: &NeedText) -> Value {
    json!({
        "title": text.title,
        "why": text.why,
        "software": text.software,
        "discussion_url": text.discussion_url,
        "links": text.links.join("\n"),
    })
}

/// What was changed of a need, newest first. Errors: faults.
pub async fn changes(tx: &mut Tx, need: &NeedRow) -> store::sqlx::Result<Vec<Change>> {
    let now = text_of(tx, need).await?;
    revisions::of(tx, need.id.into(), &fields(&now)).await
}
