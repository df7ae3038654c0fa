//! The discussion on the page of a feature: a part of its comments, and the form for one more.

use app::comments::{Told, list, reader, takes_comments};
use serde::Deserialize;
use store::Tx;
use store::features::Feature;
use words::Words;

use crate::error::WebError;
use crate::features::comments::{PAGE, author, hidden};
use crate::layout::{Frame, Pager};
use crate::markdown::render_markdown;
use crate::place::{Desk, new_key};
use crate::state::AppState;

/// After which comment the discussion goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    pub(super) after: Option<i64>,
}

/// The discussion, worded.
pub(super) struct Discussion {
    /// Where it is led, if that isn't here.
    pub(super) elsewhere: Option<String>,
    pub(super) count: String,
    pub(super) comments: Vec<CommentLine>,
    pub(super) pager: Pager,
    /// Where a comment is sent, with the key of the form.
    pub(super) post: Option<(String, String)>,
    /// Where whoever isn't signed in signs in to write one.
    pub(super) sign_in: Option<String>,
}

/// One comment, worded.
pub(super) struct CommentLine {
    pub(super) number: i64,
    pub(super) by: String,
    pub(super) href: String,
    pub(super) when: String,
    pub(super) edited: Option<String>,
    /// Safe HTML; empty where it is hidden.
    pub(super) body: String,
    /// What is said where it is hidden.
    pub(super) hidden: Option<String>,
    /// What the visitor may do with it, on its own page.
    pub(super) act: Option<&'static str>,
}

/// The comments after number `after`, with what the visitor may do.
pub(super) async fn discussion(
    tx: &mut Tx,
    state: &AppState,
    frame: &Frame,
    desk: &Desk,
    feature: &Feature,
    after: i64,
) -> Result<Discussion, WebError> {
    let t = frame.t;
    let reader = reader(desk.standing.as_ref(), desk.acting_for);
    let mut found = list(tx, feature.id, reader.as_ref(), after, PAGE + 1).await?;
    let count = store::comments::count(tx, feature.id.into()).await?;
    let more = i64::try_from(found.len()).is_ok_and(|read| read > PAGE);
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let here = state.paths.one(desk.slug(), "features", feature.number);
    let next = found.last().filter(|_| more).map(|last| last.row.number);
    let takes = takes_comments(feature);
    let writes = reader.is_some_and(|reader| reader.writes);
    Ok(Discussion {
        elsewhere: (!takes).then(|| feature.discussion_url.clone()),
        count: t.comments_count(usize::try_from(count).unwrap_or(usize::MAX)),
        comments: found.iter().map(|told| line(state, t, desk, feature.number, told)).collect(),
        pager: Pager {
            t,
            first: (after > 0).then(|| format!("{here}#discussion")),
            next: next.map(|last| format!("{here}?after={last}#discussion")),
        },
        post: (takes && writes)
            .then(|| (state.paths.part(desk.slug(), "features", feature.number, "comments"), new_key(state))),
        sign_in: (takes && desk.standing.is_none()).then(|| frame.sign_in_href()),
    })
}

fn line(state: &AppState, t: Words, desk: &Desk, feature: i64, told: &Told) -> CommentLine {
    let (row, collective) = (&told.row, &desk.place.collective);
    let act = match () {
        () if told.may.edit => Some(t.comments_change()),
        () if told.may.hide => Some(t.comments_moderate()),
        () if told.may.show => Some(t.comments_hidden_see()),
        () => None,
    };
    CommentLine {
        number: row.number,
        by: author(t, desk, row),
        href: state.paths.act(desk.slug(), "features", feature, "comments", row.number),
        when: t.instant(row.created_at, &collective.time_zone()),
        edited: row.edited_at.map(|at| t.comments_edited(t.date(collective.day(at)))),
        body: render_markdown(&row.body, t, &state.paths),
        hidden: hidden(t, row),
        act,
    }
}
