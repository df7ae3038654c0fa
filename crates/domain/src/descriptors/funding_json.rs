//! `funding.json` of version 1: whoever asks for money, for which projects, by which channels.

use super::{Kind, Prefill, Unreadable, lengths, tree::Tree};
use crate::input::FieldRule;

/// Most other projects of the file that are named.
const MOST_OTHERS: usize = 20;

/// Whether it is such a file.
pub(super) fn is(root: &Tree) -> bool {
    root.get("version").is_some() && (root.get("projects").is_some() || root.get("entity").is_some())
}

/// Reads it: the first of its projects. Errors: [`Unreadable::OtherVersion`].
pub(super) fn read(root: &Tree) -> Result<Prefill, Unreadable> {
    let version = root.get("version").and_then(Tree::text).unwrap_or_default().trim();
    let number = version.trim_start_matches(['v', 'V']);
    if number != "1" && !number.starts_with("1.") {
        return Err(Unreadable::OtherVersion(version.chars().take(20).collect()));
    }
    let mut said = Prefill::new(Kind::FundingJson);
    let projects = root.get("projects").map_or(&[][..], Tree::items);
    match projects.split_first() {
        Some((first, others)) => {
            project(&mut said, first);
            for other in others.iter().take(MOST_OTHERS) {
                let name = said.take_line("projects.name", other.get("name"), lengths::NAME);
                if !name.is_empty() {
                    said.others.push(name);
                }
            }
        }
        None => said.remark("projects", FieldRule::Missing),
    }
    said.maintained_by("entity.name", root.at(&["entity", "name"]));
    let channels = root.at(&["funding", "channels"]).map_or(&[][..], Tree::items);
    for (at, channel) in channels.iter().enumerate() {
        // A bank account or a postal address is nowhere to click.
        let kind = channel.get("type").and_then(Tree::text).unwrap_or_default();
        if let ("payment-provider" | "other", Some(address)) = (kind, channel.get("address")) {
            said.fund_at(&format!("funding.channels.{at}.address"), address);
        }
    }
    Ok(said)
}

fn project(said: &mut Prefill, project: &Tree) {
    said.name = said.take_line("projects.0.name", project.get("name"), lengths::NAME);
    if project.get("name").is_none() {
        said.remark("projects.0.name", FieldRule::Missing);
    }
    said.website = said.take_address("projects.0.webpageUrl.url", address_in(project, "webpageUrl"));
    said.repository = said.take_address("projects.0.repositoryUrl.url", address_in(project, "repositoryUrl"));
    said.description_en = said.take_text("projects.0.description", project.get("description"), lengths::LONG);
    let mut licences = Vec::new();
    for (at, licence) in project.get("licenses").map_or(&[][..], Tree::items).iter().take(20).enumerate() {
        let text = said.take_line(&format!("projects.0.licenses.{at}"), Some(licence), lengths::LICENCE);
        let text = text.strip_prefix("spdx:").unwrap_or(&text).trim();
        if !text.is_empty() {
            licences.push(text.to_owned());
        }
    }
    // Which of them holds for what isn't said: all of them have to be free.
    let composed = |text: &String| if text.contains(' ') { format!("({text})") } else { text.clone() };
    let joined = match licences.as_slice() {
        [one] => one.clone(),
        several => several.iter().map(composed).collect::<Vec<_>>().join(" AND "),
    };
    if joined.chars().count() > lengths::LICENCE {
        said.remark("projects.0.licenses", FieldRule::TooLong(lengths::LICENCE));
    } else {
        said.licence = joined;
    }
}

/// An address is a table with a `url`; some write it alone.
fn address_in<'t>(project: &'t Tree, key: &str) -> Option<&'t Tree> {
    let found = project.get(key)?;
    found.get("url").or(Some(found))
}
