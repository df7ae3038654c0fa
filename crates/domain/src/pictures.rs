//! Pictures on features: what is taken, and why something isn't.

use thiserror::Error;

use crate::{features::State, input::FieldRule, text};

/// The most pictures of one feature.
pub const MOST: usize = 6;
/// The largest file that is read as a picture, in bytes; what is kept of it is far smaller.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// The most points of a picture: what cameras of telephones make.
pub const MOST_PIXELS: u64 = 25_000_000;
/// The longer side of a picture as it is kept.
pub const SIDE: u32 = 1_600;
/// The longer side of the smaller one that pages show first.
pub const SMALL_SIDE: u32 = 640;
/// The longest text that stands for a picture, in characters.
pub const LONGEST_ALTERNATIVE: usize = 300;

/// Why a file is not taken as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unfit {
    /// It is no PNG, JPEG or WebP.
    #[error("is no picture of a known kind")]
    NotAPicture,
    /// It is a drawing in SVG, which can hold a program.
    #[error("is a drawing in SVG")]
    Drawing,
    /// It moves.
    #[error("is animated")]
    Animated,
    /// It has more points than so many.
    #[error("has more than {0} points")]
    TooManyPixels(u64),
    /// It is damaged, or a part is missing.
    #[error("is damaged or cut off")]
    Broken,
}

/// Why a picture is not added to a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PictureRefusal {
    /// The feature has as many as it may.
    #[error("there are {MOST} pictures already")]
    TooMany,
    /// The same picture is there already.
    #[error("this picture is there already")]
    Twice,
    /// The feature has ended.
    #[error("the feature has ended: {0:?}")]
    Ended(State),
}

/// The text that stands for a picture where it isn't seen: one line, never empty. Errors: [`FieldRule::Missing`],
/// [`FieldRule::TooLong`].
pub fn alternative(typed: &str) -> Result<String, FieldRule> {
    text::line(typed, LONGEST_ALTERNATIVE)
}

/// Whether one more picture may come to a feature that has so many. Errors: [`PictureRefusal::Ended`],
/// [`PictureRefusal::TooMany`].
pub const fn room(state: State, there: usize) -> Result<(), PictureRefusal> {
    if state.is_end() {
        Err(PictureRefusal::Ended(state))
    } else if there >= MOST {
        Err(PictureRefusal::TooMany)
    } else {
        Ok(())
    }
}

/// Width and height, made smaller in proportion until neither is longer than `side`. Nothing is made larger.
#[must_use]
pub fn fitted(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= side {
        return (width, height);
    }
    let scaled = |length: u32| {
        let scaled = (u64::from(length) * u64::from(side) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(scaled).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_fitted_in_proportion_and_never_made_larger() {
        for (given, side, fit) in [
            ((4_000, 3_000), 1_600, (1_600, 1_200)),
            ((3_000, 4_000), 640, (480, 640)),
            ((640, 640), 640, (640, 640)),
            ((200, 100), 640, (200, 100)),
            ((20_000, 1), 1_600, (1_600, 1)),
            ((u32::MAX, u32::MAX), 640, (640, 640)),
        ] {
            assert_eq!(fitted(given.0, given.1, side), fit, "{given:?}");
        }
    }

    #[test]
    fn a_feature_takes_six_pictures_until_it_ends() {
        assert_eq!(room(State::Funding, MOST - 1), Ok(()));
        assert_eq!(room(State::Funding, MOST), Err(PictureRefusal::TooMany));
        assert_eq!(room(State::NotFunded, 0), Err(PictureRefusal::Ended(State::NotFunded)));
    }

    #[test]
    fn the_text_that_stands_for_a_picture_is_one_line_that_says_something() {
        assert_eq!(alternative("  Le salon,\nouvert "), Ok("Le salon, ouvert".to_owned()));
        assert_eq!(alternative(" \u{200b} "), Err(FieldRule::Missing));
        let long = "é".repeat(LONGEST_ALTERNATIVE + 1);
        assert_eq!(alternative(&long), Err(FieldRule::TooLong(LONGEST_ALTERNATIVE)));
    }
}
