//! What an organisation runs, and which of its needs others share: a part of its page.

use store::Tx;
use store::organisations::MemberRow;
use words::Words;

use crate::error::WebError;
use crate::needs::NeedCard;
use crate::place::Desk;
use crate::state::AppState;

/// Software that the page names.
const MOST_SOFTWARE: i64 = 100;
/// Needs that it shows.
const MOST_NEEDS: i64 = 6;

/// What an organisation runs and needs, worded.
pub(super) struct Runs {
    /// Address, name, how many users.
    pub(super) software: Vec<(String, String, String)>,
    /// Its needs that others share.
    pub(super) needs: Vec<NeedCard>,
    /// Whether it is the visitor's own.
    pub(super) own: bool,
}

impl Runs {
    /// Reads it.
    pub(super) async fn of(
        tx: &mut Tx,
        state: &AppState,
        t: Words,
        desk: &Desk,
        row: &MemberRow,
    ) -> Result<Self, WebError> {
        let (collective, slug) = (desk.place.collective.id, desk.slug());
        let software = store::software::run_by(tx, collective, row.id, MOST_SOFTWARE).await?;
        let needs = store::needs::shared_by(tx, collective, row.id, MOST_NEEDS).await?;
        Ok(Self {
            software: software
                .iter()
                .map(|run| {
                    let href = state.paths.one(slug, "software", &run.slug);
                    let users = match (run.confirmed_at, run.users) {
                        (None, _) => t.software_unconfirmed().to_owned(),
                        (_, Some(users)) => t.needs_people(t.number(users), users),
                        (_, None) => String::new(),
                    };
                    (href, t.typography(&run.name).into_owned(), users)
                })
                .collect(),
            needs: needs.iter().map(|card| NeedCard::new(t, &state.paths, slug, card)).collect(),
            own: desk.acting_for == Some(row.id),
        })
    }
}
