//! What a steward, or the organisation that leads, may do with a feature: beside its page.

use app::features::track::open_tracks;
use domain::actor::Action;
use domain::features::{State as Stage, passage};

use super::Maker;

/// What a steward, or the organisation that leads, may do.
pub(super) struct StewardDesk {
    pub(super) confirm: Option<String>,
    pub(super) confirm_lead: String,
    /// Where it is moved on, the stage that it leaves, and what follows.
    pub(super) step: Option<(String, &'static str, String)>,
    pub(super) wake: Option<String>,
    /// Where its track is changed.
    pub(super) track: Option<String>,
    pub(super) edit: Option<String>,
    /// Where price and date are changed, money being inside.
    pub(super) terms: Option<String>,
    pub(super) lead: Option<String>,
    pub(super) pictures: Option<String>,
    pub(super) cancel: Option<String>,
    /// Where whoever led it proposes anew what wasn't funded.
    pub(super) again: Option<String>,
}

impl Maker<'_> {
    /// Whether the next stage is one to which this version goes.
    fn leads_on(&self) -> bool {
        let feature = &self.page.feature;
        let next = feature.track.next(feature.state);
        next.is_some_and(|next| passage(feature.track, feature.state, next).is_ok())
    }

    pub(super) fn steward(&self) -> Option<StewardDesk> {
        let feature = &self.page.feature;
        let lead = Some(feature.lead);
        let stewards = self.desk.may(Action::StewardFeature, lead);
        let live = !feature.state.is_end();
        let early = feature.state.is_before_funding() && feature.state != Stage::Parked;
        let t = self.t;
        let cancels = live && passage(feature.track, feature.state, Stage::Abandoned).is_ok();
        let desk = StewardDesk {
            confirm: (feature.confirming_since.is_some() && self.desk.may(Action::ConfirmTrigger, lead))
                .then(|| self.part("confirmation")),
            confirm_lead: match self.last_to_confirm() {
                Some(day) if self.is_promised() => {
                    t.promise_confirm_lead_until(t.until(day, self.desk.place.today))
                }
                Some(day) => t.features_confirm_lead_until(t.until(day, self.desk.place.today)),
                None if self.is_promised() => t.promise_confirm_lead().to_owned(),
                None => t.features_confirm_lead().to_owned(),
            },
            step: (early && stewards && self.leads_on()).then(|| {
                let next = feature.track.next(feature.state).map(|next| t.state_name(next));
                let hint = t.features_step_hint(next.unwrap_or_default());
                (self.part("steps"), feature.state.as_str(), hint)
            }),
            wake: (feature.state == Stage::Parked && self.desk.may(Action::EditFeature, lead))
                .then(|| self.part("wake")),
            track: (stewards && !open_tracks(feature, &self.desk.rules).is_empty())
                .then(|| self.part("track")),
            edit: (live
                && (feature.state.is_before_funding() || feature.state == Stage::Funding)
                && self.desk.may(Action::EditFeature, lead))
            .then(|| self.part("edit")),
            terms: (feature.state == Stage::Funding
                && feature.allocated_total.is_positive()
                && self.desk.may(Action::ChangeTerms, lead))
            .then(|| self.part("terms")),
            lead: (live && self.desk.may(Action::HandOverLead, lead)).then(|| self.part("lead")),
            pictures: (live || !self.page.pictures.is_empty())
                .then(|| self.part("pictures"))
                .filter(|_| self.desk.may(Action::EditFeature, lead)),
            cancel: (cancels && self.desk.may(Action::CancelFeature, lead))
                .then(|| self.part("cancellation")),
            again: (feature.state == Stage::NotFunded
                && self.desk.acting_for == Some(feature.lead)
                && self.desk.may(Action::ProposeFeature, None))
            .then(|| {
                let form = self.state.paths.one(self.desk.slug(), "features", "new");
                format!("{form}?again={}", feature.number)
            }),
        };
        let offers = desk.confirm.is_some()
            || desk.step.is_some()
            || desk.wake.is_some()
            || desk.track.is_some()
            || desk.edit.is_some()
            || desk.lead.is_some()
            || desk.pictures.is_some()
            || desk.cancel.is_some()
            || desk.again.is_some();
        offers.then_some(desk)
    }
}
