//! How the work on a funded feature stands, in one line under its gauge.

use app::work::worker_of;
use domain::features::{State as Stage, Track};
use domain::pot::FundMode;
use domain::reports::ReportState;
use store::Tx;
use store::features::Feature;
use words::Words;

use super::Maker;
use crate::error::WebError;
use crate::place::Desk;
use crate::state::AppState;

/// How the work stands, and where it is followed; nothing before the trigger and on tracks that end otherwise.
pub(super) async fn standing(
    tx: &mut Tx,
    state: &AppState,
    t: Words,
    desk: &Desk,
    feature: &Feature,
) -> Result<Option<(String, String)>, WebError> {
    let ended = matches!(feature.state, Stage::Delivered | Stage::ClosedPartial | Stage::ClosedFailed);
    let href = state.paths.part(desk.slug(), "features", feature.number, "work");
    if feature.track != Track::Trust && feature.state.is_triggered() && !feature.state.is_end() {
        return Ok(Some((t.work_note_later().to_owned(), href)));
    }
    if feature.track != Track::Trust || !ended && feature.state != Stage::Building {
        return Ok(None);
    }
    let report = store::work::reports(tx, feature.id, 1).await?.pop().filter(|row| row.state.stands());
    let today = desk.place.today;
    let note = match report {
        _ if ended => String::new(),
        Some(row) if row.state == ReportState::Open => {
            t.work_note_reported(t.until(row.objections_until, today))
        }
        Some(row) if row.state == ReportState::Contested => t.work_note_contested().to_owned(),
        Some(_) => t.work_note_accepted().to_owned(),
        None => {
            let worker = worker_of(tx, feature).await?;
            let due = store::work::of_feature(tx, feature.id).await?;
            let until = due.map(|work| t.until(work.due_on, today)).unwrap_or_default();
            let name = t.typography(&worker.name);
            let called = store::fund_calls::sums_of_feature(tx, feature.id).await?;
            // In a direct pot whoever does the work begins once it is paid.
            match desk.pot.fund_mode == FundMode::Direct && called.received < called.called {
                true => t.work_note_awaits(until, name),
                false => t.work_note_building(until, name),
            }
        }
    };
    Ok(Some((note, href)))
}

impl Maker<'_> {
    /// Who does the work, under the words that fit where the feature stands. On the trust track the organisation that
    /// leads does it where nobody is named; on the others a contract says who.
    pub(super) fn worker(&self) -> (&'static str, String) {
        let (t, feature) = (self.t, &self.page.feature);
        let funded = feature.funded_at.is_some();
        let label = match feature.state {
            Stage::Delivered | Stage::ClosedPartial => t.work_done_by(),
            state if funded && !state.is_end() => t.features_worker_does(),
            _ => t.features_worker(),
        };
        let named = t.typography(&self.page.worker).into_owned();
        let name = match (named.is_empty(), funded) {
            (false, _) => named,
            (true, true) if feature.track == Track::Trust => self.page.lead.clone(),
            (true, false) if feature.track == Track::Trust && !feature.state.is_end() => {
                t.features_worker_lead(t.typography(&self.page.lead))
            }
            (true, true) if !feature.state.is_end() => t.features_worker_agree().to_owned(),
            (true, _) => t.features_worker_none().to_owned(),
        };
        (label, name)
    }
}
