//! Rounds: opening one, sharing the pot, putting one's share, closing.

mod allocate;
mod close;
pub(crate) mod confirm;
mod distribution;
mod edit;
mod ending;
mod list;
mod live;
#[cfg(test)]
mod live_tests;
mod manual;
mod new;
mod page;
mod promise;
mod report;
mod shared;
pub(crate) mod wishes;

pub(crate) use allocate::save;
pub(crate) use close::{create as close, goes_on_by, show as closing};
pub(crate) use distribution::{create as distribute, show as distribution};
pub(crate) use edit::{create as change, show as editing, withdraw};
pub(crate) use list::show as list;
pub(crate) use live::{Streams, show as live};
pub(crate) use new::{create, show as new};
pub(crate) use page::show;
pub(crate) use promise::promise;

use domain::shares::{GiftSharing, Period, ShareRule, Sharing};
use words::Words;

/// How money becomes shares, in one sentence.
fn explained(t: Words, rule: &ShareRule) -> String {
    let period = |period: Period| t.date_range(period.from, period.to);
    let pools = match rule.sharing {
        Sharing::Equal => t.rounds_explained_equal().to_owned(),
        Sharing::Paid(paid) => t.rounds_explained_paid(period(paid)),
        Sharing::Mixed { equal, period: paid } => {
            t.rounds_explained_mixed(t.percent(i64::from(equal)), period(paid))
        }
        Sharing::Manual => t.rounds_explained_manual().to_owned(),
    };
    match rule.gifts {
        GiftSharing::Equal | GiftSharing::ByRule => pools,
        GiftSharing::Wished => format!("{pools} {}", t.rounds_explained_wishes()),
        GiftSharing::Decided => format!("{pools} {}", t.rounds_explained_decided()),
    }
}

/// The rule in a word or two.
fn short(t: Words, rule: &ShareRule) -> String {
    t.rounds_short(match rule.sharing {
        Sharing::Equal => "equal",
        Sharing::Paid(_) => "paid",
        Sharing::Mixed { .. } => "mixed",
        Sharing::Manual => "manual",
    })
}
