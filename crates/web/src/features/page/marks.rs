//! The marks above the title of a feature, its picture where it is shared, and who could lead it on.

use domain::actor::Action;
use domain::features::is_led_no_more;
use store::pictures::PictureRow;

use super::Maker;
use crate::features::tag;

impl Maker<'_> {
    pub(super) fn card(&self, picture: &PictureRow) -> (String, String) {
        let address = self.state.public_url.absolute(&self.state.paths.file(picture.file));
        (address, self.t.typography(&picture.alternative).into_owned())
    }

    pub(super) fn tags(&self) -> Vec<(&'static str, String)> {
        let (word, class) = tag(self.t, self.page.feature.state);
        let software = self.page.software.as_ref().map(|name| ("tag", name.clone()));
        let outside = self.page.feature.outside_rounds.then(|| ("tag", self.t.features_outside().to_owned()));
        [Some((class, word)), software, outside].into_iter().flatten().collect()
    }

    pub(super) fn take_up(&self) -> Option<Option<String>> {
        let proposes = self.desk.may(Action::HandOverLead, None);
        let path = self.state.paths.part(self.desk.slug(), "features", self.page.feature.number, "lead");
        let gone = is_led_no_more(self.page.feature.state, self.page.lead_left, self.desk.place.today);
        gone.then(|| proposes.then_some(path))
    }
}
