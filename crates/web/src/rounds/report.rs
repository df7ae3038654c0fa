//! What a round that is over led to: told on its page, for as long as it is kept.

use app::rounds::page::RoundPage;
use domain::Money;
use domain::features::State as Stage;
use jiff::Timestamp;
use serde_json::Value;
use store::Tx;
use store::events::EventRow;

use crate::error::WebError;
use crate::place::Desk;
use crate::state::AppState;

/// The report of a round, worded.
#[derive(Default)]
pub(super) struct Report {
    /// When and why it ended.
    pub(super) ended: String,
    /// What it led to.
    pub(super) lines: Vec<String>,
    /// The decision by which it ended before its day.
    pub(super) decision: Option<(String, String)>,
}

/// Reads the report of a round that is closed.
pub(super) async fn report(
    tx: &mut Tx,
    state: &AppState,
    desk: &Desk,
    page: &RoundPage,
    closed_at: Timestamp,
    t: words::Words,
) -> Result<Report, WebError> {
    let round = &page.round;
    let events = store::events::of_subject(tx, round.id.0, false, None, 50).await?;
    let found = |kind: &str| events.iter().find(|event| event.kind == kind).map(EventRow::data);
    let range = match round.opens_on == round.closes_on {
        true => t.rounds_is_closed_day(t.date(round.closes_on)),
        false => t.rounds_is_closed(t.date_range(round.opens_on, round.closes_on)),
    };
    let on = desk.place.collective.day(closed_at);
    if found("round_withdrawn").is_some() {
        return Ok(Report { ended: t.rounds_is_withdrawn(t.date(on)), ..Report::default() });
    }
    let data = found("round_closed").unwrap_or_default();
    let decision = match data.get("decision").and_then(Value::as_str).and_then(|id| id.parse().ok()) {
        Some(id) => store::decisions::get(tx, desk.place.collective.id, id).await?,
        None => None,
    };
    let early = on <= round.closes_on;
    // What moved within the last quarter of an hour is not told yet where somebody hides.
    let told = desk.sight.past.until().is_none_or(|until| closed_at <= until);
    Ok(Report {
        ended: match early {
            true => t.rounds_is_closed_early(t.date(on), t.date(round.closes_on)),
            false => range,
        },
        lines: if told { lines(t, desk, &data, page) } else { Vec::new() },
        decision: decision.filter(|_| early).map(|decision| {
            let href = state.paths.one(desk.slug(), "decisions", decision.number);
            (href, t.rounds_closed_by(decision.number, t.typography(&decision.title)))
        }),
    })
}

fn lines(t: words::Words, desk: &Desk, data: &Value, page: &RoundPage) -> Vec<String> {
    let money =
        |name: &str| data.get(name).and_then(Value::as_i64).filter(|minor| *minor > 0).map(Money::new);
    let worded = |name: &str| money(name).map(|amount| t.money(amount, desk.currency()));
    let plain = |amount: Money| t.money(amount, desk.currency());
    let failed = page.features.iter().filter(|card| card.state == Stage::NotFunded).count();
    let (put, since) = (page.put(), page.since);
    // What went back to the funds of gifts is no organisation's.
    let to_funds = money("to_funds").unwrap_or_default();
    let returned = money("returned").map(|all| all.less(to_funds)).filter(|rest| rest.is_positive());
    // Where one promises, who covers for another adds what the other's promise loses.
    let later = |amount: Money| amount.is_positive() && !desk.pot.fund_mode.is_promised();
    let lines = [
        Some(t.rounds_report_funded(page.funded().count())),
        put.is_positive().then(|| t.rounds_report_put(plain(put))),
        worded("decided").map(|amount| t.rounds_report_decided(amount)),
        (failed > 0).then(|| t.rounds_report_failed(failed)),
        page.outside.is_positive().then(|| t.rounds_report_outside(t.money(page.outside, desk.currency()))),
        returned.map(|amount| match money("lapsed") {
            Some(_) => t.rounds_report_returned_lapsed(plain(amount)),
            None => t.rounds_report_returned(plain(amount)),
        }),
        to_funds.is_positive().then(|| t.rounds_report_to_funds(plain(to_funds))),
        worded("lapsed").map(|amount| t.rounds_report_lapsed(amount)),
        worded("carried").map(|amount| t.rounds_report_carried(amount)),
        later(since.added).then(|| t.rounds_report_added_since(plain(since.added))),
        later(since.gone).then(|| t.rounds_report_gone_since(plain(since.gone))),
    ];
    lines.into_iter().flatten().collect()
}
