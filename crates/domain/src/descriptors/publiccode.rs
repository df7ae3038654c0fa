//! `publiccode.yml`, of any version.

use super::{Kind, Prefill, lengths, tree::Tree};
use crate::input::FieldRule;

/// Whether it is such a file: it says of which version, or has what it must have.
pub(super) fn is(root: &Tree) -> bool {
    let has = |key| root.get(key).is_some();
    has("publiccodeYmlVersion")
        || has("publiccode-yaml-version")
        || (has("legal") && has("name") && has("url"))
}

/// Reads it.
pub(super) fn read(root: &Tree) -> Prefill {
    let mut said = Prefill::new(Kind::Publiccode);
    said.name = said.take_line("name", root.get("name"), lengths::NAME);
    if root.get("name").is_none() {
        said.remark("name", FieldRule::Missing);
    }
    said.repository = said.take_address("url", root.get("url"));
    said.website = said.take_address("landingURL", root.get("landingURL"));
    said.licence = said.take_line("legal.license", root.at(&["legal", "license"]), lengths::LICENCE);
    if said.licence.is_empty() && said.remarks.iter().all(|remark| remark.field != "legal.license") {
        said.remark("legal.license", FieldRule::Missing);
    }
    said.roadmap = said.take_address("roadmap", root.get("roadmap"));
    describe(&mut said, root);
    let maintenance = root.get("maintenance");
    for (list, name) in [("contractors", "name"), ("contacts", "name")] {
        let people = maintenance.and_then(|maintenance| maintenance.get(list));
        for (at, one) in people.map_or(&[][..], Tree::items).iter().enumerate() {
            said.maintained_by(&format!("maintenance.{list}.{at}.{name}"), one.get(name));
        }
    }
    if said.maintainers.is_empty() {
        said.maintained_by("legal.mainCopyrightOwner", root.at(&["legal", "mainCopyrightOwner"]));
    }
    said
}

fn describe(said: &mut Prefill, root: &Tree) {
    let Some(languages) = root.get("description") else { return };
    for (tag, words) in languages.entries().iter().take(50) {
        let lower = tag.to_ascii_lowercase();
        let language = lower.split(['-', '_']).next().unwrap_or_default();
        let is_french = language == "fr" && said.description_fr.is_empty();
        let is_other = language != "fr" && (language == "en" || said.description_en.is_empty());
        if !is_french && !is_other {
            continue;
        }
        let field = |name: &str| format!("description.{tag}.{name}");
        let short = said.take_line(&field("shortDescription"), words.get("shortDescription"), lengths::SHORT);
        let long = said.take_text(&field("longDescription"), words.get("longDescription"), lengths::LONG);
        let text = match (short.is_empty(), long.trim().is_empty()) {
            (false, false) => format!("{short}\n\n{}", long.trim()),
            (_, true) => short,
            (true, false) => long.trim().to_owned(),
        };
        if is_french {
            said.description_fr = text;
        } else {
            said.description_en = text;
        }
    }
}
