//! Writing: a picture as it is kept.

use domain::pictures::Unfit;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, GenericImageView, ImageEncoder, ImageResult, Rgb, RgbImage};

use crate::Made;

/// Up to so many bytes a picture may stay without loss.
const MOST_EXACT: usize = 1024 * 1024;
const QUALITY: u8 = 82;

/// Writes a picture: without loss if it came so or lets something shine through, and stays light; otherwise as a
/// JPEG, on white.
pub(crate) fn write(image: &DynamicImage, is_exact: bool) -> Result<Made, Unfit> {
    let is_clear = image.color().has_alpha() && image.pixels().any(|(_, _, point)| point.0[3] < u8::MAX);
    let (width, height) = image.dimensions();
    if is_exact || is_clear {
        let exact = if is_clear { png(&image.to_rgba8().into()) } else { png(&image.to_rgb8().into()) };
        let bytes = exact.map_err(|_| Unfit::Broken)?;
        if bytes.len() <= MOST_EXACT {
            return Ok(Made { media_type: "image/png", bytes, width, height });
        }
    }
    let flat = if is_clear { on_white(image) } else { image.to_rgb8() };
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder.write_image(&flat, width, height, image::ExtendedColorType::Rgb8).map_err(|_| Unfit::Broken)?;
    Ok(Made { media_type: "image/jpeg", bytes, width, height })
}

fn png(image: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    image.write_with_encoder(encoder)?;
    Ok(bytes)
}

fn on_white(image: &DynamicImage) -> RgbImage {
    let mut flat = RgbImage::from_pixel(image.width(), image.height(), Rgb([u8::MAX; 3]));
    for (x, y, point) in image.pixels() {
        let [colour @ .., alpha] = point.0;
        let over = |part: u8| {
            let (part, alpha) = (u16::from(part), u16::from(alpha));
            u8::try_from((part * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
        };
        flat.put_pixel(x, y, Rgb(colour.map(over)));
    }
    flat
}

/// A picture in PNG, point by point: for examples and tests. Empty if it can't be written.
pub fn paint(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| Rgb(colour(x, y)));
    png(&image.into()).unwrap_or_default()
}
