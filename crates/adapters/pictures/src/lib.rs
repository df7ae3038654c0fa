//! Pictures that people send: known by their bytes, read within limits, written anew. Nothing but their points is
//! kept: no place, no camera, no name.

mod read;
mod write;

use std::sync::Arc;

use domain::pictures::{SIDE, SMALL_SIDE, Unfit};
use image::DynamicImage;
use tokio::sync::Semaphore;

pub use write::paint;

/// A picture as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// `image/png` or `image/jpeg`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// Points from left to right.
    pub width: u32,
    /// Points from top to bottom.
    pub height: u32,
}

/// What is kept of one that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The picture.
    pub large: Made,
    /// A smaller one for small screens, where that is lighter.
    pub small: Option<Made>,
}

/// Makes pictures, one at a time: a large one takes a core for a moment and a hundred megabytes.
#[derive(Clone)]
pub struct Pictures {
    one_at_a_time: Arc<Semaphore>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self::new()
    }
}

impl Pictures {
    /// One gate; clones share it.
    #[must_use]
    pub fn new() -> Self {
        Self { one_at_a_time: Arc::new(Semaphore::new(1)) }
    }

    /// Reads a file and writes what is kept of it.
    ///
    /// # Errors
    /// [`Unfit`], also where the file brought its reader down.
    pub async fn make(&self, bytes: Vec<u8>) -> Result<Pair, Unfit> {
        let _turn = self.one_at_a_time.clone().acquire_owned().await.map_err(|_| Unfit::Broken)?;
        tokio::task::spawn_blocking(move || make(&bytes)).await.map_err(|_| Unfit::Broken)?
    }
}

fn make(bytes: &[u8]) -> Result<Pair, Unfit> {
    let read::Read { image, is_exact } = read::read(bytes)?;
    let large = write::write(&image, is_exact)?;
    let small = match scaled(&image, SMALL_SIDE) {
        Some(small) => Some(write::write(&small, is_exact)?),
        None => None,
    };
    let small = small.filter(|small| small.bytes.len() < large.bytes.len());
    Ok(Pair { large, small })
}

/// The picture at the size in which it is kept.
fn kept(image: DynamicImage) -> DynamicImage {
    scaled(&image, SIDE).unwrap_or(image)
}

/// The picture made smaller, if it is larger than that.
fn scaled(image: &DynamicImage, side: u32) -> Option<DynamicImage> {
    let (width, height) = domain::pictures::fitted(image.width(), image.height(), side);
    (width < image.width() || height < image.height()).then(|| image.thumbnail_exact(width, height))
}

#[cfg(test)]
mod tests;
