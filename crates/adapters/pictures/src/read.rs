//! Reading: what a file is, how large it would become, its points.

use std::io::Cursor;

use domain::pictures::{MOST_PIXELS, Unfit};
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, Limits};

use crate::kept;

/// The most memory that the points of a picture may take, in bytes.
const MOST_BYTES: u64 = 128 * 1024 * 1024;
/// How far a drawing is looked for.
const LOOK: usize = 4_096;

/// A picture that was read, upright, at the size in which it is kept.
pub(crate) struct Read {
    pub(crate) image: DynamicImage,
    /// Whether it came without loss: a drawing or a view of a screen, whose edges are to stay sharp.
    pub(crate) is_exact: bool,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Read, Unfit> {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) if !is_whole_jpeg(bytes) => Err(Unfit::Broken),
        Ok(ImageFormat::Jpeg) => {
            let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(|_| Unfit::Broken)?;
            Ok(Read { image: points(decoder)?, is_exact: false })
        }
        Ok(ImageFormat::Png) => {
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits());
            let decoder = decoder.map_err(|_| Unfit::Broken)?;
            if decoder.is_apng().unwrap_or(false) {
                return Err(Unfit::Animated);
            }
            Ok(Read { image: points(decoder)?, is_exact: true })
        }
        Ok(ImageFormat::WebP) => {
            let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_| Unfit::Broken)?;
            if decoder.has_animation() {
                return Err(Unfit::Animated);
            }
            Ok(Read { image: points(decoder)?, is_exact: false })
        }
        _ if is_svg(bytes) => Err(Unfit::Drawing),
        _ => Err(Unfit::NotAPicture),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

/// The points, once it is known that they have room.
fn points(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Unfit> {
    let (width, height) = decoder.dimensions();
    let each = u64::from(decoder.color_type().bytes_per_pixel()).max(1);
    let most = MOST_PIXELS.min(MOST_BYTES / each);
    if u64::from(width) * u64::from(height) > most {
        return Err(Unfit::TooManyPixels(most));
    }
    decoder.set_limits(limits()).map_err(|_| Unfit::Broken)?;
    // A camera notes how it was held; the note goes, so the picture is turned.
    let held = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = kept(DynamicImage::from_decoder(decoder).map_err(|_| Unfit::Broken)?);
    image.apply_orientation(held);
    Ok(image)
}

/// Whether a JPEG comes to its end: its reader fills what is missing with grey.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some(at) = rest.iter().position(|byte| *byte == 0xFF) {
        rest = &rest[at + 1..];
        match rest {
            // A byte of the picture that looks like a mark, a mark without a part, or filling.
            [0x00 | 0x01 | 0xD0..=0xD7, ..] => rest = &rest[1..],
            [0xFF, ..] => {}
            [0xD9, ..] => return true,
            [_, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = rest.get(1 + length..).unwrap_or_default();
            }
            _ => return false,
        }
    }
    false
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOK)]);
    start.trim_start_matches('\u{feff}').trim_start().starts_with('<') && start.contains("<svg")
}
