//! The form by which an organisation puts its share on a feature, or where somebody goes who can't.

use app::features::page::Mine;
use app::promises::takes_promises;
use domain::features::State as Stage;

use super::Maker;
use crate::place::new_key;

/// The form by which an organisation puts its share here, or adds to it.
pub(super) struct Ask {
    pub(super) action: String,
    pub(super) key: String,
    pub(super) seen: String,
    /// Whether it asks for what is added alone, not for all that is to be there.
    pub(super) adds: bool,
    pub(super) label: String,
    pub(super) unit: String,
    pub(super) hint: String,
    pub(super) button: String,
    pub(super) round: Option<(String, String)>,
}

impl Maker<'_> {
    pub(super) fn ask(&self, mine: &Mine) -> Option<Ask> {
        if !self.is_open() {
            return None;
        }
        let (t, feature) = (self.t, &self.page.feature);
        let adds = feature.state != Stage::Funding;
        // What is bound stays: where nothing can be added, nothing can be done.
        if mine.most.is_zero() || (adds && mine.most <= mine.on) {
            return None;
        }
        let more = mine.most.less(mine.on);
        let hint = match adds {
            true => t.features_ask_add_hint(self.short(more), self.short(mine.on)),
            false => t.features_ask_hint(self.short(mine.most)),
        };
        let round = self.desk.round.as_ref().map(|round| {
            let href = self.state.paths.one(self.desk.slug(), "rounds", round.number);
            (href, t.features_ask_round(round.number))
        });
        Some(Ask {
            action: self.part("allocation"),
            key: new_key(self.state),
            seen: mine.on.minor().to_string(),
            adds,
            label: if adds { t.features_ask_add_label() } else { t.features_ask_label() }.to_owned(),
            unit: t.currency_sign(self.currency()),
            hint,
            button: match (adds, mine.on.is_zero()) {
                (true, _) => t.features_ask_add(),
                (false, true) => t.features_ask(),
                (false, false) => t.features_ask_change(),
            }
            .to_owned(),
            round,
        })
    }

    /// Where somebody goes who can't put anything from here.
    pub(super) fn invitation(&self, mine: Option<&Mine>) -> Option<(String, String)> {
        if self.page.feature.state != Stage::Funding || !self.is_open() {
            return None;
        }
        match (mine, &self.desk.round) {
            (None, _) if self.desk.standing.is_none() => {
                if takes_promises(&self.page.feature, self.desk.pot.fund_mode) {
                    return Some((self.part("join"), self.t.newcomer_join().to_owned()));
                }
                let text = match self.is_promised() {
                    true => self.t.promise_sign_in(),
                    false => self.t.features_sign_in_to_put(),
                };
                let here = self.state.paths.one(self.desk.slug(), "features", self.number);
                Some((self.state.paths.sign_in_then(&here), text.to_owned()))
            }
            (Some(_), Some(round)) => Some((
                self.state.paths.one(self.desk.slug(), "rounds", round.number),
                self.t.features_ask_round(round.number),
            )),
            _ => None,
        }
    }
}
