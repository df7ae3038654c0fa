//! What happened to needs, their approaches, and the register of software.

use serde_json::Value;
use store::events::EventRow;

use super::{Teller, text};

impl Teller {
    /// What happened to a need or a software; nothing where it is about something else.
    pub(super) fn about_needs(&self, event: &EventRow, data: &Value) -> Option<String> {
        let t = self.t;
        let organisation = || self.organisation(event);
        let told = |name: &str| t.typography(text(data, name)).into_owned();
        let title = || told("title");
        Some(match event.kind.as_str() {
            "software_entered" => t.story_software_entered(told("name"), organisation()),
            "software_described" => t.story_software_described(told("name"), organisation()),
            "software_hosted" | "software_hosting_changed" => {
                t.story_software_hosted(told("name"), organisation())
            }
            "software_hosting_ended" => t.story_software_hosting_ended(told("name"), organisation()),
            "need_written" => t.story_need_written(organisation(), title()),
            "need_edited" => t.story_need_edited(organisation(), title()),
            "need_joined" | "need_support_changed" => t.story_need_joined(organisation(), title()),
            "need_left" => t.story_need_left(organisation(), title()),
            "need_parked" | "need_answered" | "need_woken" => {
                let what = t.story_need_turned(event.kind.as_str(), title());
                match text(data, "reason") {
                    "" => what,
                    reason => t.story_need_turned_why(t.typography(reason), what),
                }
            }
            kind if kind.starts_with("need_merge") || kind == "need_parted" => {
                t.story_merging(told("into_title"), kind, organisation(), title())
            }
            "need_became_feature" => t.story_need_became_feature(told("feature"), title()),
            kind if kind.starts_with("approach_") => {
                t.story_approach(told("approach"), kind, organisation(), title())
            }
            _ => return None,
        })
    }
}
