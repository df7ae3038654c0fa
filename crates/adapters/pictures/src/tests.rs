use domain::pictures::{MOST_PIXELS, SIDE, SMALL_SIDE, Unfit};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, ImageFormat, Rgb, RgbImage, RgbaImage};

use crate::{Made, make, paint};

const SECRET: &[u8] = b"48.8566 N, 2.3522 E, Canon 4711";

fn low(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

fn shades(x: u32, y: u32) -> [u8; 3] {
    [low(x), low(y), low(x / 8 + y / 8)]
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| Rgb(shades(x, y)));
    let mut bytes = Vec::new();
    JpegEncoder::new(&mut bytes).write_image(&image, width, height, image::ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// A JPEG whose camera noted where it was, and that it was held on its side.
fn told(width: u32, height: u32) -> Vec<u8> {
    let mut note = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    note.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    note.extend(b"\x0e\x01\x02\0\x1f\0\0\0\x26\0\0\0");
    note.extend([0; 4]);
    note.extend(SECRET);
    let mut bytes = jpeg(width, height);
    let mut part = vec![0xFF, 0xE1];
    part.extend(u16::try_from(note.len() + 2).unwrap().to_be_bytes());
    part.extend(note);
    bytes.splice(2..2, part);
    bytes
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(data);
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], kind, data, &sum.sum().to_be_bytes()].concat()
}

/// A PNG with one more chunk after its first.
fn with_chunk(mut png: Vec<u8>, kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    png.splice(33..33, chunk(kind, data));
    png
}

fn holds(made: &Made, text: &[u8]) -> bool {
    made.bytes.windows(text.len()).any(|window| window == text)
}

fn size(made: &Made) -> (u32, u32) {
    let image = image::load_from_memory(&made.bytes).unwrap();
    assert_eq!((image.width(), image.height()), (made.width, made.height));
    (made.width, made.height)
}

#[test]
fn what_a_camera_notes_is_gone_and_the_picture_stands_upright() {
    let sent = told(1_000, 500);
    assert!(sent.windows(SECRET.len()).any(|window| window == SECRET));
    let pair = make(&sent).unwrap();
    assert_eq!((pair.large.media_type, size(&pair.large)), ("image/jpeg", (500, 1_000)));
    let small = pair.small.unwrap();
    assert_eq!(size(&small), (320, SMALL_SIDE));
    for made in [&pair.large, &small] {
        assert!(!holds(made, SECRET) && !holds(made, b"Exif"));
    }
}

#[test]
fn a_view_of_a_screen_stays_exact_and_loses_its_notes() {
    let sent = with_chunk(paint(800, 400, |x, _| [low(x / 4), 0, 0]), b"tEXt", b"Author\0Camille Ferrand");
    let pair = make(&sent).unwrap();
    assert_eq!((pair.large.media_type, size(&pair.large)), ("image/png", (800, 400)));
    assert!(!holds(&pair.large, b"Camille") && !holds(&pair.large, b"tEXt"));
    let (before, after) =
        (image::load_from_memory(&sent).unwrap(), image::load_from_memory(&pair.large.bytes));
    assert_eq!(before.to_rgb8(), after.unwrap().to_rgb8());
}

#[test]
fn a_large_picture_is_made_smaller_and_a_small_one_is_left() {
    let pair = make(&jpeg(2_400, 1_200)).unwrap();
    assert_eq!(size(&pair.large), (SIDE, SIDE / 2));
    let little = make(&paint(40, 30, shades)).unwrap();
    assert_eq!((size(&little.large), little.small), ((40, 30), None));
}

#[test]
fn what_shines_through_stays_so_unless_it_is_heavy() {
    let clear = RgbaImage::from_fn(64, 64, |x, _| image::Rgba([200, 0, 0, low(x * 4)]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    clear.write_to(&mut bytes, ImageFormat::WebP).unwrap();
    let pair = make(&bytes.into_inner()).unwrap();
    assert_eq!(pair.large.media_type, "image/png");
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes();
    let heavy = RgbaImage::from_fn(1_000, 1_000, |x, y| image::Rgba(noise(x * x + y, y * y + x)));
    let mut bytes = std::io::Cursor::new(Vec::new());
    heavy.write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(make(&bytes.into_inner()).unwrap().large.media_type, "image/jpeg");
}

#[test]
fn what_is_no_picture_is_told_apart() {
    let svg =
        b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let gif = b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    for (sent, why) in [
        (&b""[..], Unfit::NotAPicture),
        (b"Bonjour", Unfit::NotAPicture),
        (b"%PDF-1.7\n", Unfit::NotAPicture),
        (b"<html><body>", Unfit::NotAPicture),
        (gif, Unfit::NotAPicture),
        (svg, Unfit::Drawing),
        (b"\xEF\xBB\xBF <svg/>", Unfit::Drawing),
        (b"\x89PNG\r\n\x1a\n", Unfit::Broken),
        (b"\xFF\xD8\xFF", Unfit::Broken),
        (b"RIFF\x04\0\0\0WEBP", Unfit::Broken),
    ] {
        assert_eq!(make(sent), Err(why), "{}", String::from_utf8_lossy(sent));
    }
}

#[test]
fn what_moves_is_refused() {
    let moving = with_chunk(paint(8, 8, shades), b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    assert_eq!(make(&moving), Err(Unfit::Animated));
    let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x07\0\0\x07\0\0".to_vec();
    webp.extend(b"ANIM\x06\0\0\0\0\0\0\0\0\0");
    webp.extend(b"ANMF\x18\0\0\0\0\0\0\0\0\0\x07\0\0\x07\0\0\x64\0\0\0VP8L\0\0\0\0");
    let length = u32::try_from(webp.len() - 8).unwrap().to_le_bytes();
    webp.splice(4..8, length);
    assert_eq!(make(&webp), Err(Unfit::Animated));
}

#[test]
fn what_would_fill_the_memory_is_refused_before_it_is_unfolded() {
    let mut bomb = paint(1, 1, shades);
    let header = [&50_000_u32.to_be_bytes()[..], &50_000_u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    bomb.splice(8..33, chunk(b"IHDR", &header));
    assert_eq!(make(&bomb), Err(Unfit::TooManyPixels(MOST_PIXELS)));
    let mut large = jpeg(8, 8);
    let frame = large.windows(2).position(|mark| mark == [0xFF, 0xC0]).unwrap();
    large.splice(frame + 5..frame + 9, [0xFF; 4]);
    assert_eq!(make(&large), Err(Unfit::TooManyPixels(MOST_PIXELS)));
}

#[test]
fn what_is_cut_off_is_refused_wherever_it_was_cut() {
    for sent in [jpeg(200, 120), told(200, 120), paint(200, 120, shades)] {
        assert!(make(&sent).is_ok());
        let end = if sent.starts_with(b"\x89PNG") { sent.len() - 16 } else { sent.len() };
        for length in (3..end).step_by(97).chain([end - 1]) {
            assert!(make(&sent[..length]).is_err(), "{length} of {}", sent.len());
        }
    }
}

#[test]
fn bytes_at_random_never_bring_the_reader_down() {
    let mut state = 1_u32;
    for sent in [jpeg(64, 64), paint(64, 64, shades)] {
        for _ in 0..300 {
            let mut hurt = sent.clone();
            for _ in 0..4 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (state >> 8) as usize % hurt.len();
                hurt[at] = low(state >> 3);
            }
            let _ = make(&hurt);
        }
    }
}

#[tokio::test]
async fn pictures_wait_for_each_other() {
    let pictures = crate::Pictures::new();
    let (one, two) = tokio::join!(pictures.make(jpeg(900, 900)), pictures.make(b"no".to_vec()));
    assert!(one.is_ok());
    assert_eq!(two, Err(Unfit::NotAPicture));
}
