//! The discussion on the page of a feature or a need: a part of its comments, and the form for one more.

use app::comments::{On, Told, list, reader};
use serde::Deserialize;
use store::Tx;
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
    pub(crate) after: Option<i64>,
}

/// The discussion, worded.
pub(crate) struct Discussion {
    /// Where it is led, if that isn't here.
    pub(crate) elsewhere: Option<String>,
    pub(crate) count: String,
    pub(crate) comments: Vec<CommentLine>,
    pub(crate) pager: Pager,
    /// Where a comment is sent, with the key of the form.
    pub(crate) post: Option<(String, String)>,
    /// Where whoever isn't signed in signs in to write one.
    pub(crate) sign_in: Option<String>,
}

/// One comment, worded.
pub(crate) struct CommentLine {
    pub(crate) number: i64,
    pub(crate) by: String,
    pub(crate) href: String,
    pub(crate) when: String,
    pub(crate) edited: Option<String>,
    /// Safe HTML; empty where it is hidden.
    pub(crate) body: String,
    /// What is said where it is hidden.
    pub(crate) hidden: Option<String>,
    /// What the visitor may do with it, on its own page.
    pub(crate) act: Option<&'static str>,
}

/// The comments after number `after`, with what the visitor may do: on what, its list and its number there, and where it is
/// discussed if that isn't here.
pub(crate) async fn discussion(
    tx: &mut Tx,
    state: &AppState,
    frame: &Frame,
    desk: &Desk,
    (on, part, number, elsewhere): (On, &'static str, i64, &str),
    after: i64,
) -> Result<Discussion, WebError> {
    let t = frame.t;
    let reader = reader(desk.standing.as_ref(), desk.acting_for);
    let mut found = list(tx, on, reader.as_ref(), after, PAGE + 1).await?;
    let count = store::comments::count(tx, on.into()).await?;
    let more = i64::try_from(found.len()).is_ok_and(|read| read > PAGE);
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let here = state.paths.one(desk.slug(), part, number);
    let next = found.last().filter(|_| more).map(|last| last.row.number);
    let takes = elsewhere.is_empty();
    let writes = reader.is_some_and(|reader| reader.writes);
    Ok(Discussion {
        elsewhere: (!takes).then(|| elsewhere.to_owned()),
        count: t.comments_count(usize::try_from(count).unwrap_or(usize::MAX)),
        comments: found.iter().map(|told| line(state, t, desk, (part, number), told)).collect(),
        pager: Pager {
            t,
            first: (after > 0).then(|| format!("{here}#discussion")),
            next: next.map(|last| format!("{here}?after={last}#discussion")),
        },
        post: (takes && writes)
            .then(|| (state.paths.part(desk.slug(), part, number, "comments"), new_key(state))),
        sign_in: (takes && desk.standing.is_none()).then(|| frame.sign_in_href()),
    })
}

fn line(
    state: &AppState,
    t: Words,
    desk: &Desk,
    (part, number): (&'static str, i64),
    told: &Told,
) -> CommentLine {
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
        href: state.paths.act(desk.slug(), part, number, "comments", row.number),
        when: t.instant(row.created_at, &collective.time_zone()),
        edited: row.edited_at.map(|at| t.comments_edited(t.date(collective.day(at)))),
        body: render_markdown(&row.body, t, &state.paths),
        hidden: hidden(t, row),
        act,
    }
}
