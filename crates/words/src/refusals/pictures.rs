//! Why a picture is not taken.

use domain::pictures::{MOST, PictureRefusal, Unfit};

use crate::Words;

/// As people count points.
const MILLION: u64 = 1_000_000;

impl Words {
    /// Why a picture is not added to a feature.
    #[must_use]
    pub fn picture_refusal(&self, refusal: PictureRefusal) -> String {
        match refusal {
            PictureRefusal::TooMany => self.pictures_too_many(MOST),
            PictureRefusal::Twice => self.pictures_twice().to_owned(),
            PictureRefusal::Ended(_) => self.pictures_ended().to_owned(),
        }
    }

    /// Why a file is not taken as a picture.
    #[must_use]
    pub fn unfit_picture(&self, unfit: Unfit) -> String {
        match unfit {
            Unfit::NotAPicture => self.pictures_not_a_picture().to_owned(),
            Unfit::Drawing => self.pictures_drawing().to_owned(),
            Unfit::Animated => self.pictures_animated().to_owned(),
            Unfit::TooManyPixels(most) => self.pictures_too_many_pixels(most / MILLION),
            Unfit::Broken => self.pictures_broken().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn a_picture_that_is_not_taken_says_what_would_be() {
        let fr = Words::new(Locale::Fr);
        assert!(fr.unfit_picture(Unfit::TooManyPixels(25_000_000)).contains("25 millions de pixels"));
        assert!(fr.unfit_picture(Unfit::Drawing).contains("PNG"));
        assert!(fr.picture_refusal(PictureRefusal::TooMany).contains("6 images"));
    }
}
