//! The pictures of a feature: shown on its page, added and taken away on a page of their own.

use app::pictures::{NewPicture, add_picture, remove_picture};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::ids::FileId;
use domain::pictures::{LARGEST, LONGEST_ALTERNATIVE, MOST, PictureRefusal, SMALL_SIDE, fitted, room};
use store::features::Feature;
use store::pictures::PictureRow;
use words::Words;

use super::open;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::paths::Paths;
use crate::place::{Desk, key_of};
use crate::reading::refused;
use crate::state::AppState;

/// A picture on a page.
pub(super) struct Shown {
    /// Where the picture is.
    pub(super) large: String,
    /// Where the smaller one is.
    pub(super) small: String,
    /// Each of them with its width, for the browser to choose from.
    pub(super) choices: String,
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) alternative: String,
}

impl Shown {
    pub(super) fn of(picture: &PictureRow, paths: &Paths, t: Words) -> Self {
        let (large, small) = (paths.file(picture.file), paths.file(picture.small));
        let choices = if picture.small == picture.file {
            String::new()
        } else {
            format!("{small} {}w, {large} {}w", small_width(picture), picture.width)
        };
        Self {
            large,
            small,
            choices,
            width: picture.width,
            height: picture.height,
            alternative: t.typography(&picture.alternative).into_owned(),
        }
    }
}

fn small_width(picture: &PictureRow) -> u32 {
    let side = |length: i64| u32::try_from(length).unwrap_or(SMALL_SIDE);
    fitted(side(picture.width), side(picture.height), SMALL_SIDE).0
}

/// A picture where it is taken away.
struct Kept {
    shown: Shown,
    /// What places it in a text.
    markdown: String,
    remove: String,
}

#[derive(Template)]
#[template(path = "features/pictures.html")]
struct PicturesPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    pictures: Vec<Kept>,
    /// Why no more can be added; a form that was refused for that stays, with what was typed.
    full: Option<String>,
    key: String,
    /// A file is chosen anew after a refusal.
    again: bool,
}

impl PicturesPage {
    const TYPES: &str = "image/jpeg,image/png,image/webp";
    const MEGABYTES: usize = LARGEST / (1024 * 1024);
    const MOST: usize = MOST;
    const LONGEST: usize = LONGEST_ALTERNATIVE;
}

/// `GET /c/{collective}/features/{number}/pictures`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number, Action::EditFeature).await?;
    let form = frame.form(FormData::default());
    page(&state, desk, frame, &feature, StatusCode::OK, form).await
}

/// `POST /c/{collective}/features/{number}/pictures`
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number, Action::EditFeature).await?;
    let t = frame.t;
    let acting = app::Acting { key: data.filled("key").map(str::to_owned), ..desk.acting(&frame)? };
    let bytes = data.file("picture").map(|file| file.bytes.to_vec()).unwrap_or_default();
    let new = NewPicture { bytes, alternative: data.field("alternative").to_owned() };
    match add_picture(&state.context, acting, feature.id, new).await {
        Ok(_) => {
            let path = state.paths.part(&slug, "features", number, "pictures");
            see_other_saying(&path, &Flash::good(t.pictures_added()), &state.public_url)
        }
        Err(failure) => {
            let say = |why: &PictureRefusal| ("picture".to_owned(), t.picture_refusal(*why));
            let (status, form) = refused(failure, t, desk.currency(), say)?.form(t, data);
            page(&state, desk, frame, &feature, status, form).await
        }
    }
}

/// `POST /c/{collective}/features/{number}/pictures/{picture}/remove`
pub(crate) async fn remove(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number, picture)): Path<(String, i64, FileId)>,
) -> Result<Response, WebError> {
    let (desk, feature) = open(&state, &frame, &slug, number, Action::EditFeature).await?;
    remove_picture(&state.context, desk.acting(&frame)?, feature.id, picture).await?;
    let path = state.paths.part(&slug, "features", number, "pictures");
    see_other_saying(&path, &Flash::good(frame.t.pictures_removed()), &state.public_url)
}

async fn page(
    state: &AppState,
    desk: Desk,
    frame: Frame,
    feature: &Feature,
    status: StatusCode,
    form: Form,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let rows = store::pictures::of_feature(&mut tx, feature.id, i64::from(u8::MAX)).await?;
    drop(tx);
    let (t, slug) = (frame.t, desk.slug());
    let here = state.paths.part(slug, "features", feature.number, "pictures");
    let above = vec![
        (state.paths.of(slug, "features"), t.features_title().to_owned()),
        (state.paths.one(slug, "features", feature.number), t.typography(&feature.title).into_owned()),
    ];
    let again = status != StatusCode::OK;
    let full = room(feature.state, rows.len()).err().filter(|_| !again);
    let kept = |row: &PictureRow| {
        let shown = Shown::of(row, &state.paths, t);
        let alternative = row.alternative.replace(['[', ']'], "");
        Kept {
            markdown: format!("![{alternative}]({})", shown.large),
            remove: format!("{here}/{}/remove", row.file),
            shown,
        }
    };
    html_with(
        status,
        &PicturesPage {
            crumbs: Crumbs { t, above, here: t.pictures_title().to_owned() },
            heading: t.pictures_heading(t.typography(&feature.title)),
            pictures: rows.iter().map(kept).collect(),
            full: full.map(|why| t.picture_refusal(why)),
            key: key_of(state, &form),
            again,
            form,
            frame: desk.frame(frame, Section::Features),
        },
    )
}
