//! Comments on features; a discussion that is led elsewhere has none here.

use domain::{
    actor::{Action, NotAllowed},
    ids::{CollectiveId, CommentId, FeatureId},
    input::FieldRule,
    text,
};
use serde_json::json;
use store::{
    Command, Tx,
    comments::{self, CommentRow, NewComment},
    features,
};

use crate::{
    Acting, Context, Failure, Never,
    people::Hall,
    till::{Drawn, Story},
};

/// Longest comment, in characters.
const LONGEST: usize = 10_000;
const SUBJECT: &str = "feature";

/// Writes a comment on a feature. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`]; [`Failure::Invalid`] on
/// `body`; [`Failure::Stale`] where the discussion has moved elsewhere.
pub async fn post(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    feature: FeatureId,
    body: &str,
) -> Result<CommentId, Failure<Never>> {
    let body = text::paragraphs(body, LONGEST).map_err(|rule| Failure::field("body", rule))?;
    if body.trim().is_empty() {
        return Err(Failure::field("body", FieldRule::Missing));
    }
    ctx.db.write(Post { acting, collective, feature, body, drawn: Drawn::of(ctx) }).await
}

struct Post {
    acting: Acting,
    collective: CollectiveId,
    feature: FeatureId,
    body: String,
    drawn: Drawn,
}

impl Command for Post {
    type Done = CommentId;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<CommentId, Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::Comment, self.acting.organisation)?;
        let feature = features::by_id(tx, self.feature).await?;
        let feature =
            feature.filter(|feature| feature.collective == self.collective).ok_or(Failure::NotFound)?;
        if !feature.discussion_url.is_empty() {
            return Err(Failure::Stale);
        }
        let comment = NewComment {
            id: hall.id(),
            collective: self.collective,
            subject_kind: SUBJECT,
            subject: self.feature.into(),
            author: self.acting.person,
            organisation: permit.organisation(),
            body: self.body.clone(),
            created_at: self.drawn.now,
        };
        comments::insert(tx, &comment).await?;
        let data = json!({ "comment": comment.id });
        let story = Story::new("commented", (SUBJECT, self.feature.into()), data);
        hall.record(tx, Story { organisation: permit.organisation(), ..story }).await?;
        Ok(comment.id)
    }
}

/// Hides a comment: its author, or a steward. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`].
pub async fn hide(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    comment: CommentId,
) -> Result<(), Failure<Never>> {
    ctx.db.write(Hide { acting, collective, comment, drawn: Drawn::of(ctx) }).await
}

struct Hide {
    acting: Acting,
    collective: CollectiveId,
    comment: CommentId,
    drawn: Drawn,
}

impl Command for Hide {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let comment = comments::get(tx, self.comment).await?;
        let comment =
            comment.filter(|c: &CommentRow| c.collective == self.collective).ok_or(Failure::NotFound)?;
        if comment.author != self.acting.person {
            hall.permit(Action::StewardFeature, self.acting.organisation)?;
        } else if hall.standing.mandates.is_empty() && hall.standing.roles.is_empty() {
            return Err(NotAllowed::NoMandate.into());
        }
        if comments::hide(tx, comment.id, self.acting.person, self.drawn.now).await? {
            let data = json!({ "comment": comment.id });
            let story = Story::new("comment_hidden", (SUBJECT, comment.subject), data);
            hall.record(tx, Story { public: false, ..story }).await?;
        }
        Ok(())
    }
}

/// The comments on a feature, oldest first, after `after`; the text of hidden ones is left out. Errors: faults.
pub async fn list(
    tx: &mut Tx,
    feature: FeatureId,
    after: Option<CommentId>,
    limit: u16,
) -> Result<Vec<CommentRow>, Failure<Never>> {
    let mut comments = comments::of_subject(tx, feature.into(), after, limit).await?;
    for comment in comments.iter_mut().filter(|comment| comment.hidden_at.is_some()) {
        comment.body.clear();
    }
    Ok(comments)
}
