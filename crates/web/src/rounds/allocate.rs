//! Saving how an organisation puts its share: all lines or none.

use app::allocations::{save_allocations, save_unless_irreversible};
use app::{Acting, Failure};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Money;
use domain::features::{AllocationRefusal, FundingRefusal, Wish};

use super::confirm::{CONFIRMED, ask};
use super::page::again;
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::Frame;
use crate::place::{Desk, Place};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// `POST /c/{collective}/rounds/{number}/allocations`
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let frame = frame.acting_as_said_in(&data)?;
    let place = Place::find(&state, &slug).await?;
    let acting = place.acting(&state, &frame).await?;
    let pot = place.pot(&mut state.context.db.read_once().await?).await?;
    let (t, currency) = (frame.t, pot.currency());
    let mut reading = Reading::new(&data, t, currency);
    let wishes = read(&data, &mut reading);
    let mut refused_on = None;
    let refusal = if reading.problems.is_empty() {
        let acting = Acting { key: data.key(), ..acting };
        let (context, pot, wanted) = (&state.context, pot.id, wishes.clone());
        let done = match data.has(CONFIRMED, "yes") {
            true => save_allocations(context, acting, pot, wanted).await,
            false => save_unless_irreversible(context, acting, pot, wanted).await,
        };
        match done {
            Ok(saved) => {
                let left = t.money(saved.left, currency);
                let said = match saved.triggered.len() {
                    0 => t.rounds_saved(left),
                    count => t.rounds_saved_triggered(count, left),
                };
                let path = state.paths.one(&slug, "rounds", number);
                return see_other_saying(&path, &Flash::good(said), &state.public_url);
            }
            Err(Failure::Refused(AllocationRefusal { why: FundingRefusal::Unconfirmed, .. })) => {
                let (_, desk) = Desk::inside(&state, &frame, &slug).await?;
                let back = state.paths.one(&slug, "rounds", number);
                let action = state.paths.part(&slug, "rounds", number, "allocations");
                return ask(&state, &desk, frame, &wishes, &data, action, back).await;
            }
            Err(failure) => {
                let stale = matches!(
                    failure,
                    Failure::Refused(AllocationRefusal { why: FundingRefusal::Stale { .. }, .. })
                );
                if let Failure::Refused(AllocationRefusal { feature, .. }) = failure {
                    refused_on = Some(feature);
                }
                let say = |refusal: &AllocationRefusal| {
                    let field = format!("amount-{}", refusal.feature);
                    let said = t.funding_refusal(&refusal.why, currency);
                    // The page has no field any more that shows what was typed.
                    match data.filled(&field).filter(|_| shuts(&refusal.why)) {
                        Some(typed) => (field, format!("{said} {}", t.features_closed_typed(typed))),
                        None => (field, said),
                    }
                };
                let mut refusal = refused(failure, t, currency, say)?;
                if stale {
                    refusal.status = StatusCode::CONFLICT;
                }
                refusal
            }
        }
    } else {
        Refused::unreadable(reading.problems)
    };
    let (status, form) = refusal.form(t, data);
    if let Some(id) = refused_on
        && let Some(feature) = store::features::by_id(&mut state.context.db.read().await?, id).await?
    {
        form.named(&format!("amount-{id}"), &t.rounds_line_label(t.typography(&feature.title)));
    }
    again(&state, place, frame, number, status, form).await
}

/// Whether the refusal is of every amount: the feature takes none any more.
const fn shuts(why: &FundingRefusal) -> bool {
    matches!(
        why,
        FundingRefusal::NotFunding(_)
            | FundingRefusal::NotYetOpen(_)
            | FundingRefusal::Closed(_)
            | FundingRefusal::RoundOver
            | FundingRefusal::AwaitsConfirmation
    )
}

/// The lines that change something. A field left empty wants nothing there.
fn read(data: &FormData, reading: &mut Reading<'_>) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for (id, typed) in data.starting("amount-") {
        let field = format!("amount-{id}");
        let Ok(feature) = id.parse() else { continue };
        let seen = data.field(&format!("seen-{id}")).parse().map_or(Money::ZERO, Money::new);
        let wanted = if typed.trim().is_empty() { Some(Money::ZERO) } else { reading.money(&field) };
        match wanted {
            Some(wanted) if wanted != seen => wishes.push(Wish { feature, seen, wanted }),
            _ => {}
        }
    }
    wishes
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use domain::ids::FeatureId;
    use uuid::Uuid;
    use words::{Locale, Words};

    use super::*;

    #[test]
    fn only_lines_that_change_are_sent() {
        let id = |number: u128| Uuid::from_u128(number);
        let field = |name: &str, number| format!("{name}-{}", id(number));
        let data = FormData::of([
            (field("amount", 1), "600,00".to_owned()),
            (field("seen", 1), "60000".to_owned()),
            (field("amount", 2), "310 €".to_owned()),
            (field("seen", 2), "0".to_owned()),
            (field("amount", 3), String::new()),
            (field("seen", 3), "500".to_owned()),
            ("amount-nonsense".to_owned(), "5".to_owned()),
        ]);
        let mut reading = Reading::new(&data, Words::new(Locale::Fr), Currency::EUR);
        let wishes = read(&data, &mut reading);
        let wish = |number, seen, wanted| Wish {
            feature: FeatureId(id(number)),
            seen: Money::new(seen),
            wanted: Money::new(wanted),
        };
        assert_eq!(wishes, [wish(2, 0, 31_000), wish(3, 500, 0)]);
        assert!(reading.problems.is_empty());
    }

    #[test]
    fn an_unreadable_amount_is_refused_at_its_line() {
        let data = FormData::of([(format!("amount-{}", Uuid::nil()), "beaucoup".to_owned())]);
        let mut reading = Reading::new(&data, Words::new(Locale::Fr), Currency::EUR);
        assert_eq!(read(&data, &mut reading), []);
        assert_eq!(reading.problems.0[0].field, format!("amount-{}", Uuid::nil()));
    }
}
