//! What comes into the pot: payments of members, gifts, corrections; and the statement of an organisation.

mod days;
mod effect;
mod entry;
mod gift;
mod import;
#[cfg(test)]
mod import_tests;
mod like;
mod list;
mod list_csv;
mod new;
mod nowhere;
mod promised;
mod put;
mod reverse;
mod statement;
mod statement_csv;
mod year;

pub(crate) use effect::counted;
pub(crate) use entry::{create as add_proof, show as entry};
pub(crate) use gift::{create as create_gift, show as new_gift};
pub(crate) use import::{confirm as confirm_gifts, preview as preview_gifts, show as import_gifts};
pub(crate) use list::show as list;
pub(crate) use list_csv::csv as list_csv;
pub(crate) use new::{create, show as new};
pub(crate) use nowhere::{holds_nothing, nowhere};
pub(crate) use put::{create as put_gifts, puts_gifts, show as putting_gifts};
pub(crate) use reverse::{create as reverse, show as reversal};
pub(crate) use statement::{seen as statement_seen, show as statement};
pub(crate) use statement_csv::csv as statement_csv;
pub(crate) use year::show as year;

use app::contributions::check_receipt;
use app::files::{PROOF_TYPES, Upload};
use domain::Money;
use domain::input::FieldRule;
use domain::posting::Nature;
use jiff::civil::Date;
use words::Words;

use crate::extract::FormData;
use crate::layout::Crumbs;
use crate::place::Desk;
use crate::reading::Reading;
use crate::state::AppState;

/// Most members that a form lists.
const MOST_CHOICES: u16 = 2_000;

/// The choices of a legal nature: value, label, explanation.
fn natures(t: Words, natures: &[Nature]) -> Vec<(&'static str, String, String)> {
    let choice = |nature: &Nature| {
        let name = nature.as_str();
        (name, t.contributions_nature_name(name), t.contributions_nature_hint(name))
    };
    natures.iter().map(choice).collect()
}

/// The file that shows a payment, if one was sent. What is wrong with it is noted.
pub(crate) fn proof(data: &FormData, reading: &mut Reading<'_>) -> Option<Upload> {
    let file = data.file("proof")?;
    match Upload::check(&file.name, file.bytes.to_vec(), PROOF_TYPES) {
        Ok(upload) => Some(upload),
        Err(rule) => {
            reading.breaks("proof", &rule);
            None
        }
    }
}

/// Notes what else is wrong with money that came in, where something can't be read: all that is wrong is said at once.
fn also_receipt(reading: &mut Reading<'_>, amount: Option<Money>, received_on: Option<Date>, today: Date) {
    let (amount, received_on) = (amount.unwrap_or(Money::new(1)), received_on.unwrap_or(today));
    let reference = reading.data().field("reference").trim().to_owned();
    reading.also(check_receipt(amount, received_on, &reference, today));
}

/// The one of these natures that was chosen.
fn nature(reading: &mut Reading<'_>, natures: &[Nature]) -> Option<Nature> {
    let chosen = reading.choice("nature", Nature::parse)?;
    if natures.contains(&chosen) {
        return Some(chosen);
    }
    reading.breaks("nature", &FieldRule::NotAChoice);
    None
}

/// The way back to the list.
fn crumbs(state: &AppState, t: Words, desk: &Desk, here: String) -> Crumbs {
    let list = state.paths.of(desk.slug(), "contributions");
    Crumbs { t, above: vec![(list, t.contributions_title().to_owned())], here }
}
