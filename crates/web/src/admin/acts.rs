//! What an admin sets going.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::DeadlineId;

use super::admit;
use crate::error::WebError;
use crate::extract::Visitor;
use crate::flash::{Flash, see_other_saying};
use crate::layout::Frame;
use crate::state::AppState;

/// `POST /admin/check`: checks every pot now and keeps what was found.
pub(crate) async fn check(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    admit(&mut state.context.db.read().await?, &visitor).await?;
    let reports = app::verify::verify_and_keep(&state.context).await?;
    let unread = reports.iter().filter(|(_, report)| report.is_none()).count();
    let broken: usize =
        reports.iter().filter_map(|(_, report)| report.as_ref()).map(app::verify::PotReport::broken).sum();
    let t = frame.t;
    let flash = match broken + unread {
        0 => Flash::good(t.admin_checked(reports.len())),
        found => Flash::bad(t.admin_found(found)),
    };
    see_other_saying(&state.paths.admin(), &flash, &state.public_url)
}

/// `POST /admin/jobs/{id}/retry`: begins again with what was given up.
pub(crate) async fn retry(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(id): Path<DeadlineId>,
) -> Result<Response, WebError> {
    admit(&mut state.context.db.read().await?, &visitor).await?;
    app::jobs::revive(&state.context, id).await?;
    see_other_saying(&state.paths.admin(), &Flash::good(frame.t.admin_retried()), &state.public_url)
}
