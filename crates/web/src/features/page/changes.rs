//! What was changed of a feature, in the words of its form.

use std::collections::BTreeMap;

use app::revisions::Change;
use domain::features::Track;
use domain::ids::OrganisationId;
use serde_json::Value;
use store::Tx;
use store::features::Feature;
use words::Words;

use crate::error::WebError;
use crate::layout::changes::{Changes, amount, day, text};
use crate::place::Desk;

/// What was changed of it since it was proposed; nothing where nothing was.
pub(super) async fn changes(
    tx: &mut Tx,
    t: Words,
    desk: &Desk,
    feature: &Feature,
) -> Result<Option<Changes>, WebError> {
    let found = app::features::changes(tx, feature).await?;
    let leads = leads(tx, &found).await?;
    Changes::of(tx, t, desk, &found, |field, value| {
        let label = match field {
            "title" => t.features_form_title(),
            "summary" => t.features_form_summary(),
            "description" => t.features_form_description(),
            "done_when" => t.features_done_when(),
            "worker" if feature.track == Track::Trust => t.features_form_worker(),
            "worker" => t.features_worker(),
            "lead" => t.features_lead_field(),
            "software" => t.features_form_software(),
            "discussion_url" => t.features_form_discussion(),
            "lines" => t.features_price(),
            "incomes" => t.features_incomes(),
            "closing_on" => t.features_form_closing(),
            "outside" => t.features_form_place(),
            _ => return None,
        };
        let told = match field {
            "lines" | "incomes" => priced(t, desk, value),
            "closing_on" => day(t, value),
            "lead" => leads.get(&text(value)).cloned().unwrap_or_default(),
            "outside" if value.as_bool() == Some(true) => t.features_form_place_outside().to_owned(),
            "outside" => t.features_form_place_round().to_owned(),
            _ => text(value),
        };
        Some((label.to_owned(), told))
    })
    .await
}

/// The names of those who led, by their ids as revisions keep them.
async fn leads(tx: &mut Tx, changes: &[Change]) -> Result<BTreeMap<String, String>, WebError> {
    let fields = changes.iter().flat_map(|change| &change.fields).filter(|field| field.name == "lead");
    let ids = fields.flat_map(|field| [&field.from, &field.to]).filter_map(|id| text(id).parse().ok());
    let ids: Vec<OrganisationId> = ids.collect();
    let names = store::organisations::names(tx, &ids).await?;
    Ok(names.into_iter().map(|one| (one.id.to_string(), one.name)).collect())
}

/// Lines with their amounts: « Développement : 3 000,00 € – 4 000,00 € ; Revue : 200,00 € ».
fn priced(t: Words, desk: &Desk, value: &Value) -> String {
    let lines = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let line = |line: &Value| {
        let parts = line.as_array().map(Vec::as_slice).unwrap_or_default();
        let label = parts.first().map(text).unwrap_or_default();
        let mut amounts: Vec<String> =
            parts.iter().skip(1).map(|part| amount(t, desk.currency(), part)).collect();
        amounts.dedup();
        t.changes_line(amounts.join(" – "), label)
    };
    lines.iter().map(line).collect::<Vec<_>>().join(" ; ")
}
