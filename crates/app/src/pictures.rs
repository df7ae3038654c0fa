//! Pictures on features: whoever may change a feature adds some, and takes them away again.

use domain::{
    actor::Action,
    ids::{FeatureId, FileId},
    input::{FieldError, FieldRule},
    pictures::{LARGEST, PictureRefusal, alternative, room},
};
use pictures::Pair;
use serde::Serialize;
use serde_json::json;
use store::{Command, Tx, features::Feature, pictures::PictureRow};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::{Failure, Never},
    features::{find, lock_one},
    files::{self, Place, Upload},
    idempotency::{Keyed, remember, replayed},
    people,
    till::{Drawn, Story, Till},
};

/// What files of pictures are for.
pub const PURPOSE: &str = "picture";

/// A picture for a feature, as it was sent.
pub struct NewPicture {
    /// The file; none was chosen if it is empty.
    pub bytes: Vec<u8>,
    /// The text that stands for it.
    pub alternative: String,
}

/// Adds a picture to a feature: read within limits and written anew, without what its file said beside its points.
/// Errors: the fields `picture` and `alternative`, no right, a key reused, [`PictureRefusal`].
pub async fn add_picture(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    new: NewPicture,
) -> Result<FileId, Failure<PictureRefusal>> {
    let row = find(context, feature).await?.ok_or(Failure::NotFound)?;
    check_right(context, &acting, &row).await?;
    let mut errors = Vec::new();
    let mut wrong = |field: &str, rule| errors.push(FieldError::new(field, rule));
    let made = match new.bytes {
        bytes if bytes.is_empty() => Err(FieldRule::Missing),
        bytes if bytes.len() > LARGEST => Err(FieldRule::FileTooLarge(LARGEST as u64)),
        bytes => context.pictures.make(bytes).await.map_err(FieldRule::Picture),
    };
    let made = made.map_err(|rule| wrong("picture", rule)).ok();
    let alternative = alternative(&new.alternative).map_err(|rule| wrong("alternative", rule)).ok();
    let (Some(made), Some(alternative)) = (made, alternative) else { return Err(Failure::Invalid(errors)) };
    let picture = Picture::of(made, alternative);
    let keyed = Keyed::of(context, &acting, &("picture", feature, &picture)).await?;
    context.db.write(Add { acting, feature: row, picture, keyed, drawn: Drawn::of(context) }).await
}

/// Reading a picture costs: only for whoever may add it.
async fn check_right(
    context: &Context,
    acting: &Acting,
    feature: &Feature,
) -> Result<(), Failure<PictureRefusal>> {
    let mut tx = context.db.read().await?;
    let collective = store::collectives::get(&mut tx, feature.collective).await?.ok_or(Failure::NotFound)?;
    let lead = Some(feature.lead);
    people::allowed(&mut tx, acting, &collective, Action::EditFeature, lead, context.now()).await.map(drop)
}

/// A picture that was read, with its files.
#[derive(Serialize)]
struct Picture {
    large: Upload,
    small: Option<Upload>,
    width: u32,
    height: u32,
    alternative: String,
}

impl Picture {
    fn of(made: Pair, alternative: String) -> Self {
        let (width, height) = (made.large.width, made.large.height);
        let small = made.small.map(Upload::picture);
        Self { large: Upload::picture(made.large), small, width, height, alternative }
    }
}

struct Add {
    acting: Acting,
    feature: Feature,
    picture: Picture,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Add {
    type Done = FileId;
    type Error = Failure<PictureRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.feature.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<FileId, Failure<PictureRefusal>> {
        let pot = self.feature.pot;
        let mut till = Till::by_person(tx, pot, &self.acting, &self.drawn).await?;
        let feature = lock_one(tx, &till, self.feature.id).await?;
        till.permit(Action::EditFeature, &self.acting, Some(feature.lead))?;
        if let Some(answer) = replayed(tx, pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let there = store::pictures::of_feature(tx, feature.id, LIMIT).await?;
        room(feature.state, there.len()).map_err(Failure::Refused)?;
        if there.iter().any(|picture| picture.hash == self.picture.large.hash()) {
            return Err(Failure::Refused(PictureRefusal::Twice));
        }
        let file = keep(tx, &mut till, &feature, &self.picture).await?;
        remember(tx, pot, self.keyed.as_ref(), till.now, &file).await?;
        tell(tx, &mut till, &feature, "picture_added").await?;
        Ok(file)
    }
}

/// Pictures that are read of a feature: more than it may have.
const LIMIT: i64 = 100;

async fn keep(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    picture: &Picture,
) -> Result<FileId, Failure<PictureRefusal>> {
    let place = Place {
        collective: feature.collective,
        subject: feature.id.0,
        purpose: PURPOSE,
        payer: None,
        uploaded_by: till.person().ok_or(Failure::NotFound)?,
    };
    let file = files::keep_in(tx, &mut till.seed, till.now, &picture.large, place).await?;
    let small = match &picture.small {
        Some(small) => files::keep_in(tx, &mut till.seed, till.now, small, place).await?,
        None => file,
    };
    let row = PictureRow {
        file,
        small,
        feature: feature.id,
        alternative: picture.alternative.clone(),
        width: picture.width.into(),
        height: picture.height.into(),
        hash: picture.large.hash(),
        erased_at: None,
    };
    store::pictures::insert(tx, &row).await?;
    Ok(file)
}

/// Takes a picture away and erases its files and its text for good. One that is gone already is no error.
/// Errors: no right, no such picture on the feature.
pub async fn remove_picture(
    context: &Context,
    acting: Acting,
    feature: FeatureId,
    picture: FileId,
) -> Result<(), Failure<Never>> {
    let row = find(context, feature).await?.ok_or(Failure::NotFound)?;
    context.db.write(Remove { acting, feature: row, picture, drawn: Drawn::of(context) }).await
}

struct Remove {
    acting: Acting,
    feature: Feature,
    picture: FileId,
    drawn: Drawn,
}

impl Command for Remove {
    type Done = ();
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.feature.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut till = Till::by_person(tx, self.feature.pot, &self.acting, &self.drawn).await?;
        let feature = lock_one(tx, &till, self.feature.id).await?;
        till.permit(Action::EditFeature, &self.acting, Some(feature.lead))?;
        let found = store::pictures::get(tx, feature.id, self.picture).await?.ok_or(Failure::NotFound)?;
        if found.erased_at.is_some() {
            return Ok(());
        }
        store::files::erase(tx, found.file, till.now).await?;
        store::files::erase(tx, found.small, till.now).await?;
        store::pictures::clear(tx, found.file).await?;
        tell(tx, &mut till, &feature, "picture_removed").await
    }
}

async fn tell<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    kind: &'static str,
) -> Result<(), Failure<R>> {
    let data = json!({ "title": feature.title, "number": feature.number });
    let mut story = Story::new(kind, ("feature", feature.id.0), data);
    story.organisation = Some(feature.lead);
    till.record(tx, story).await
}
