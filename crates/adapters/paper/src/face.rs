//! The letters: their widths and glyphs. Lengths are thousandths of a point.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// Shown for a letter that the font lacks.
const MISSING: char = '\u{fffd}';

/// A length in thousandths of a point.
pub(crate) type Length = i32;

/// Plain and bold letters.
pub(crate) struct Faces {
    pub(crate) plain: Face,
    pub(crate) bold: Face,
}

/// Letters of one weight.
pub(crate) struct Face {
    pub(crate) font: Font,
    read: FontRef<'static>,
    units: i32,
}

impl Faces {
    /// The letters that are part of the program; none if they are damaged.
    pub(crate) fn load() -> Option<Self> {
        let plain = Face::load(include_bytes!("../fonts/NotoSans-Regular.ttf"))?;
        Some(Self { plain, bold: Face::load(include_bytes!("../fonts/NotoSans-Bold.ttf"))? })
    }

    pub(crate) const fn of(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.plain }
    }
}

impl Face {
    fn load(bytes: &'static [u8]) -> Option<Self> {
        let font = Font::new(bytes.into(), 0)?;
        let read = FontRef::new(bytes).ok()?;
        let units = i32::from(read.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        (units > 0).then_some(Self { font, read, units })
    }

    /// The letters of a text as this face has them: no control characters, a stand-in for what it lacks.
    pub(crate) fn spelt(&self, text: &str) -> String {
        let map = self.read.charmap();
        let has = |letter: char| map.map(letter).is_some();
        text.chars()
            .filter(|letter| !letter.is_control())
            .map(|letter| match letter {
                letter if has(letter) => letter,
                '\u{2212}' | '\u{2011}' => '–',
                _ => MISSING,
            })
            .collect()
    }

    /// The width of a letter, in units of the font.
    fn units_of(&self, glyph: skrifa::GlyphId) -> i32 {
        let metrics = self.read.glyph_metrics(Size::unscaled(), LocationRef::default());
        whole(metrics.advance_width(glyph).unwrap_or_default())
    }

    /// How wide a spelt text is in letters of a size.
    pub(crate) fn width(&self, text: &str, size: Length) -> Length {
        let map = self.read.charmap();
        let units: i32 =
            text.chars().filter_map(|letter| map.map(letter)).map(|one| self.units_of(one)).sum();
        let wide = i64::from(units) * i64::from(size) / i64::from(self.units);
        i32::try_from(wide).unwrap_or(i32::MAX)
    }

    /// The glyphs of a spelt text, one a letter.
    pub(crate) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let map = self.read.charmap();
        text.char_indices()
            .filter_map(|(start, letter)| {
                let glyph = map.map(letter)?;
                let advance = ratio(self.units_of(glyph), self.units);
                let range = start..start + letter.len_utf8();
                Some(KrillaGlyph::new(GlyphId::new(glyph.to_u32()), advance, 0.0, 0.0, 0.0, range, None))
            })
            .collect()
    }
}

/// Points, as the writer of the file wants them.
pub(crate) fn points(length: Length) -> f32 {
    ratio(length, 1_000)
}

/// The one place where lengths leave whole numbers.
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "what PDF is written in")]
fn ratio(part: i32, whole: i32) -> f32 {
    part as f32 / whole as f32
}

/// Widths in units of a font are whole numbers below 2¹⁶.
#[expect(clippy::cast_possible_truncation, reason = "bounded before")]
fn whole(units: f32) -> i32 {
    units.clamp(0.0, 65_535.0) as i32
}
