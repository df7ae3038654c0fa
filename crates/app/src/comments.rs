//! Comments on features and needs: written, changed by who wrote them, hidden for a reason and shown again. A discussion that is led
//! elsewhere takes none here.

use domain::{
    actor::{Action, Standing as Held, permit},
    comments::{CommentRefusal, LONGEST, LONGEST_REASON, May, Reader, Standing},
    ids::{CollectiveId, FeatureId, NeedId, OrganisationId, PotId},
    input::FieldRule,
    text,
};
use serde_json::{Value, json};
use store::{
    Command, Tx,
    comments::{self, CommentRow, NewComment},
    features::{self, Feature},
    needs,
};
use uuid::Uuid;

use crate::{
    Acting, Context, Failure,
    idempotency::{Keyed, remember, replayed},
    mails::Letter,
    people::Hall,
    revisions::{self, Change},
    till::{Drawn, Story},
};

/// What a text that was changed is a revision of.
const REVISION: &str = "comment";

/// What a comment is on, whose story tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// A feature.
    Feature(FeatureId),
    /// A need.
    Need(NeedId),
}

impl From<FeatureId> for On {
    fn from(id: FeatureId) -> Self {
        Self::Feature(id)
    }
}

impl From<NeedId> for On {
    fn from(id: NeedId) -> Self {
        Self::Need(id)
    }
}

impl From<On> for Uuid {
    fn from(on: On) -> Self {
        match on {
            On::Feature(id) => id.into(),
            On::Need(id) => id.into(),
        }
    }
}

impl On {
    /// The kind of thing, in events.
    const fn kind(self) -> &'static str {
        match self {
            Self::Feature(_) => "feature",
            Self::Need(_) => crate::needs::SUBJECT,
        }
    }
}

/// Which comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// Where.
    pub collective: CollectiveId,
    /// On what.
    pub on: On,
    /// Its number there.
    pub number: i64,
}

/// A comment as somebody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The comment; without its text where it is hidden from them.
    pub row: CommentRow,
    /// What they may do with it.
    pub may: May,
}

/// Whether comments are written on a feature here: its discussion isn't led elsewhere.
#[must_use]
pub const fn takes_comments(feature: &Feature) -> bool {
    feature.discussion_url.is_empty()
}

/// Somebody who reads comments, by what they hold; nobody in particular without a sign-in.
#[must_use]
pub fn reader(standing: Option<&Held>, acting_for: Option<OrganisationId>) -> Option<Reader> {
    let standing = standing?;
    let may = |action| permit(action, standing, acting_for, None).is_ok();
    Some(Reader {
        person: standing.person,
        writes: may(Action::Comment),
        stewards: may(Action::StewardFeature),
    })
}

fn told(row: CommentRow, reader: Option<&Reader>) -> Told {
    let may = reader.map(|reader| standing_of(&row).may(reader)).unwrap_or_default();
    Told { row, may }
}

const fn standing_of(row: &CommentRow) -> Standing {
    Standing { author: row.author, hidden_by: row.hidden_by }
}

/// The comments on something, oldest first, after number `after`; the text of hidden ones is left out. Errors: faults.
pub async fn list(
    tx: &mut Tx,
    on: impl Into<On>,
    reader: Option<&Reader>,
    after: i64,
    limit: i64,
) -> store::sqlx::Result<Vec<Told>> {
    let mut rows = comments::of_subject(tx, on.into().into(), after, limit).await?;
    for row in rows.iter_mut().filter(|row| row.hidden_at.is_some()) {
        row.body.clear();
    }
    Ok(rows.into_iter().map(|row| told(row, reader)).collect())
}

/// One comment, with what was changed of it. Whoever wrote it or may show it again reads it though it is hidden; others
/// neither its text nor what that was. Errors: faults.
pub async fn one(
    tx: &mut Tx,
    on: impl Into<On>,
    number: i64,
    reader: Option<&Reader>,
) -> store::sqlx::Result<Option<(Told, Vec<Change>)>> {
    let Some(row) = comments::by_number(tx, on.into().into(), number).await? else { return Ok(None) };
    let mut told = told(row, reader);
    let own = reader.is_some_and(|reader| reader.person == told.row.author);
    if told.row.hidden_at.is_some() && !own && !told.may.show {
        told.row.body.clear();
        return Ok(Some((told, Vec::new())));
    }
    let changes = match told.row.edited_at {
        Some(_) => revisions::of(tx, told.row.id.into(), &fields(&told.row.body)).await?,
        None => Vec::new(),
    };
    Ok(Some((told, changes)))
}

/// What a revision of a comment keeps.
fn fields(body: &str) -> Value {
    json!({ "body": body })
}

fn cleaned(body: &str) -> Result<String, Failure<CommentRefusal>> {
    let body = text::paragraphs(body, LONGEST).map_err(|rule| Failure::field("body", rule))?;
    match body.trim() {
        "" => Err(Failure::field("body", FieldRule::Missing)),
        _ => Ok(body),
    }
}

/// Writes a comment; its number there. Asks for a mandate of the organisation acted for.
/// Errors: [`Failure::NotAllowed`], [`Failure::NotFound`]; [`Failure::Invalid`] on `body`;
/// [`CommentRefusal::Elsewhere`].
pub async fn post(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    on: impl Into<On>,
    body: &str,
) -> Result<i64, Failure<CommentRefusal>> {
    let (on, body) = (on.into(), cleaned(body)?);
    let keyed = Keyed::of(ctx, &acting, &("comment", Uuid::from(on), acting.organisation, &body)).await?;
    ctx.db.write(Post { acting, collective, on, body, keyed, drawn: Drawn::of(ctx) }).await
}

struct Post {
    acting: Acting,
    collective: CollectiveId,
    on: On,
    body: String,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Post {
    type Done = i64;
    type Error = Failure<CommentRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<i64, Failure<CommentRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::Comment, self.acting.organisation)?;
        let thread = Thread::find(tx, self.collective, self.on).await?;
        if let Some(number) = replayed(tx, thread.pot, self.keyed.as_ref()).await? {
            return Ok(number);
        }
        if thread.is_elsewhere {
            return Err(Failure::Refused(CommentRefusal::Elsewhere));
        }
        let comment = NewComment {
            id: hall.id(),
            collective: self.collective,
            subject_kind: self.on.kind(),
            subject: self.on.into(),
            author: self.acting.person,
            organisation: permit.organisation(),
            body: self.body.clone(),
            created_at: self.drawn.now,
        };
        let number = comments::insert(tx, &comment).await?;
        thread.tell_followers(tx, &mut hall, number).await?;
        let story = thread.story("commented", number);
        hall.record(tx, Story { organisation: permit.organisation(), ..story }).await?;
        remember(tx, thread.pot, self.keyed.as_ref(), self.drawn.now, &number).await?;
        Ok(number)
    }
}

/// What comments are on, with what their stories and mails say of it.
struct Thread {
    on: On,
    /// Its pot, to which the keys of requests belong; of a need, the first of its collective.
    pot: PotId,
    title: String,
    /// Its page, below that of the collective.
    page: String,
    /// Whether its discussion is led elsewhere.
    is_elsewhere: bool,
    /// Of a need, its number.
    need: Option<i64>,
}

impl Thread {
    /// Reads it. Errors: [`Failure::NotFound`].
    async fn find(tx: &mut Tx, collective: CollectiveId, on: On) -> Result<Self, Failure<CommentRefusal>> {
        match on {
            On::Feature(id) => {
                let found = features::by_id(tx, id).await?;
                let feature =
                    found.filter(|feature| feature.collective == collective).ok_or(Failure::NotFound)?;
                Ok(Self {
                    on,
                    pot: feature.pot,
                    page: format!("features/{}", feature.number),
                    is_elsewhere: !takes_comments(&feature),
                    need: None,
                    title: feature.title,
                })
            }
            On::Need(id) => {
                let found = needs::get(tx, id).await?;
                let need = found.filter(|need| need.collective == collective && need.state.is_shown());
                let need = need.ok_or(Failure::NotFound)?;
                let pot = store::pots::of_collective(tx, collective).await?.first().map(|pot| pot.id);
                Ok(Self {
                    on,
                    pot: pot.ok_or(Failure::NotFound)?,
                    page: format!("needs/{}", need.number),
                    is_elsewhere: !need.discussion_url.is_empty(),
                    need: Some(need.number),
                    title: need.title,
                })
            }
        }
    }

    fn story(&self, kind: &'static str, number: i64) -> Story {
        let data = match self.need {
            Some(need) => json!({ "comment": number, "need": need }),
            None => json!({ "comment": number }),
        };
        Story::new(kind, (self.on.kind(), self.on.into()), data)
    }

    /// Tells those who follow a need that somebody commented on it.
    async fn tell_followers(&self, tx: &mut Tx, hall: &mut Hall, number: i64) -> store::sqlx::Result<()> {
        let On::Need(id) = self.on else { return Ok(()) };
        let mut readers = needs::followers(tx, id, crate::needs::MOST_FOLLOWERS).await?;
        readers.retain(|reader| *reader != hall.person());
        let settings = hall.drawn.settings.clone();
        let path = format!("/c/{}/{}/comments/{number}", hall.collective.slug, self.page);
        hall.tell(tx, &readers, |t| {
            Letter::about(t.needs_mail_comment_subject(&self.title))
                .say(t.needs_mail_comment(&self.title))
                .at(&settings, &path)
                .say(t.needs_mail_stop())
        })
        .await
    }
}

/// Changes the text of one's own comment, which keeps what it said before. `seen`: the version that was shown.
/// Errors: as [`post`]; [`Failure::Stale`] where it was changed since; [`CommentRefusal::NotAuthor`],
/// [`CommentRefusal::Hidden`].
pub async fn edit(
    ctx: &Context,
    acting: Acting,
    which: Which,
    seen: i64,
    body: &str,
) -> Result<(), Failure<CommentRefusal>> {
    let body = cleaned(body)?;
    ctx.db.write(Act { acting, which, what: What::Edit { seen, body }, drawn: Drawn::of(ctx) }).await
}

/// Hides a comment: its author as they like, a steward for a reason, which everybody reads and its author gets by mail.
/// Once it is hidden, nothing. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`]; [`Failure::Invalid`] on `reason`.
pub async fn hide(
    ctx: &Context,
    acting: Acting,
    which: Which,
    reason: &str,
) -> Result<(), Failure<CommentRefusal>> {
    let reason =
        text::optional_line(reason, LONGEST_REASON).map_err(|rule| Failure::field("reason", rule))?;
    ctx.db.write(Act { acting, which, what: What::Hide { reason }, drawn: Drawn::of(ctx) }).await
}

/// Shows a comment again: its author what they hid themselves, a steward what a steward hid, their own apart. Once it is
/// shown, nothing. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`], [`CommentRefusal::KeptHidden`].
pub async fn show(ctx: &Context, acting: Acting, which: Which) -> Result<(), Failure<CommentRefusal>> {
    ctx.db.write(Act { acting, which, what: What::Show, drawn: Drawn::of(ctx) }).await
}

enum What {
    Edit { seen: i64, body: String },
    Hide { reason: String },
    Show,
}

struct Act {
    acting: Acting,
    which: Which,
    what: What,
    drawn: Drawn,
}

impl Command for Act {
    type Done = ();
    type Error = Failure<CommentRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<CommentRefusal>> {
        let mut hall = Hall::open(tx, self.which.collective, &self.acting, &self.drawn).await?;
        let thread = Thread::find(tx, self.which.collective, self.which.on).await?;
        let row = comments::by_number(tx, self.which.on.into(), self.which.number).await?;
        let row = row.ok_or(Failure::NotFound)?;
        let own = row.author == hall.person();
        // What is one's own asks for a mandate, what is others' for the role.
        let action = if own { Action::Comment } else { Action::StewardFeature };
        if !matches!(self.what, What::Edit { .. }) {
            hall.permit(action, self.acting.organisation)?;
        }
        let reader = reader(Some(&hall.standing), self.acting.organisation);
        let may = reader.map(|reader| standing_of(&row).may(&reader)).unwrap_or_default();
        let kind = match &self.what {
            What::Edit { .. } if !own => return Err(Failure::Refused(CommentRefusal::NotAuthor)),
            What::Edit { seen, body } => {
                hall.permit(Action::Comment, self.acting.organisation)?;
                if !may.edit {
                    return Err(Failure::Refused(CommentRefusal::Hidden));
                }
                if row.version != *seen {
                    return Err(Failure::Stale);
                }
                if row.body == *body {
                    return Ok(());
                }
                let (id, before) = (hall.id(), fields(&row.body).to_string());
                let by = Some(hall.person());
                store::revisions::add(tx, id, REVISION, row.id.into(), &before, by, self.drawn.now).await?;
                comments::edit(tx, row.id, body, self.drawn.now).await?;
                "comment_edited"
            }
            What::Hide { .. } if row.hidden_at.is_some() => return Ok(()),
            What::Hide { reason } => {
                if may.reason && reason.is_empty() {
                    return Err(Failure::field("reason", FieldRule::Missing));
                }
                comments::hide(tx, row.id, hall.person(), reason, self.drawn.now).await?;
                if !own {
                    tell(tx, &mut hall, &thread, &row, reason).await?;
                }
                "comment_hidden"
            }
            What::Show if row.hidden_at.is_none() => return Ok(()),
            What::Show if !may.show => return Err(Failure::Refused(CommentRefusal::KeptHidden)),
            What::Show => {
                comments::show(tx, row.id).await?;
                "comment_shown"
            }
        };
        let story = thread.story(kind, row.number);
        Ok(hall.record(tx, Story { public: false, ..story }).await?)
    }
}

/// Tells who wrote a comment that a steward hid it, and why.
async fn tell(
    tx: &mut Tx,
    hall: &mut Hall,
    thread: &Thread,
    row: &CommentRow,
    reason: &str,
) -> store::sqlx::Result<()> {
    let steward = hall.name_of(tx, hall.person()).await?;
    let settings = hall.drawn.settings.clone();
    let path = format!("/c/{}/{}/comments/{}", hall.collective.slug, thread.page, row.number);
    hall.tell(tx, &[row.author], |t| {
        Letter::about(t.comments_mail_hidden_subject(&thread.title))
            .say(t.comments_mail_hidden(reason, &steward, &thread.title))
            .at(&settings, &path)
    })
    .await
}
