//! What was changed of a round, in the words of its form.

use domain::Currency;
use domain::shares::ShareRule;
use serde_json::Value;
use store::Tx;
use store::rounds::Round;
use words::Words;

use crate::error::WebError;
use crate::layout::changes::{Changes, amount, day, text};
use crate::place::Desk;
use crate::rounds::explained;

/// What was changed of it since it was opened; nothing where nothing was.
pub(super) async fn changes(
    tx: &mut Tx,
    t: Words,
    desk: &Desk,
    round: &Round,
) -> Result<Option<Changes>, WebError> {
    let found = app::rounds::changes(tx, round).await?;
    Changes::of(tx, t, desk, &found, |field, value| worded(t, desk.currency(), field, value)).await
}

/// A field of what is kept of a round, and its value, as people read them; nothing for what is no matter of theirs.
pub(in crate::rounds) fn worded(
    t: Words,
    currency: Currency,
    field: &str,
    value: &Value,
) -> Option<(String, String)> {
    let (label, told) = match field {
        "name" => (t.rounds_name(), text(value)),
        "opens_on" => (t.rounds_opens_on(), day(t, value)),
        "closes_on" => (t.rounds_closes_on(), day(t, value)),
        "rule" => {
            let rule = ShareRule::parse(&text(value));
            (t.rounds_rule(), rule.map(|rule| explained(t, &rule)).unwrap_or_default())
        }
        "cap" => (t.rounds_cap(), amount(t, currency, value)),
        "lapse" => match value.as_bool() {
            Some(true) => (t.rounds_unspent(), t.rounds_unspent_lapse().to_owned()),
            _ => (t.rounds_unspent(), t.rounds_unspent_carry().to_owned()),
        },
        "promises" if text(value) == "shared" => (t.promise_rule(), t.promise_rule_shared().to_owned()),
        "promises" => (t.promise_rule(), t.promise_rule_as_put_in().to_owned()),
        _ => return None,
    };
    Some((label.to_owned(), told))
}
