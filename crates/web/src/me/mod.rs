//! A person's own place: what awaits them, whom they act for, their sessions, their settings.

mod home;
mod personal;
mod profile;
mod secrets;
mod sessions;
#[cfg(test)]
mod tests;
mod tokens;
#[cfg(test)]
mod tokens_tests;

pub(crate) use home::{act_for, answer_mandate, show as home};
pub(crate) use personal::{data, erase, show_erase};
pub(crate) use profile::{notices, save, show as profile};
pub(crate) use secrets::{
    ask_email, change_password, confirm as confirm_email, remove_password, show as new_email,
};
pub(crate) use sessions::{end, end_others, show as sessions};
pub(crate) use tokens::{make as make_token, revoke as revoke_token, show as tokens};

use domain::ids::PersonId;
use jiff::tz::TimeZone;
use store::Tx;

use crate::error::WebError;
use crate::layout::NavLink;
use crate::paths::Paths;
use words::Words;

/// The pages of this place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Awaiting,
    Profile,
    Sessions,
    Tokens,
}

/// The zone in which a person is told of instants: that of their first collective.
async fn zone_of(tx: &mut Tx, person: PersonId) -> Result<TimeZone, WebError> {
    let first = store::organisations::collectives_of(tx, person, 1).await?;
    Ok(first.first().map_or(TimeZone::UTC, store::collectives::CollectiveRow::time_zone))
}

/// The links between the pages of this place.
fn tabs(t: Words, paths: &Paths, here: Tab) -> Vec<NavLink> {
    let link = |tab, href, text: &str| NavLink { href, text: text.to_owned(), current: tab == here };
    vec![
        link(Tab::Awaiting, paths.me(), t.nav_me()),
        link(Tab::Profile, paths.mine("profile"), t.me_nav_profile()),
        link(Tab::Sessions, paths.mine("sessions"), t.me_nav_sessions()),
        link(Tab::Tokens, paths.mine("tokens"), t.me_nav_tokens()),
    ]
}
