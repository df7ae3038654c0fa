//! Events told in sentences: the history of a feature, the activity of a collective, its feed.

mod needs;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use app::visibility::know;
use domain::features::{Moved, State, Track};
use domain::ids::{FeatureId, OrganisationId};
use domain::visibility::{FEWEST, Veil};
use domain::{Currency, Money};
use jiff::tz::TimeZone;
use serde_json::Value;
use store::Tx;
use store::events::EventRow;
use words::Words;

use crate::error::WebError;
use crate::layout::StoryLine;
use crate::place::Desk;
use crate::state::AppState;

/// Tells events of one collective to one visitor.
pub(crate) struct Teller {
    t: Words,
    currency: Currency,
    zone: TimeZone,
    /// Whose amounts may be told, today: events that were public before somebody hid are hidden too.
    veil: Veil,
    organisations: BTreeMap<OrganisationId, String>,
    /// Where each feature that is named has its page.
    features: BTreeMap<FeatureId, String>,
    rounds_path: String,
    collective_path: String,
    /// The names of organisations in addresses.
    members: BTreeMap<OrganisationId, String>,
}

impl Teller {
    /// Looks up the names that these events need: two queries, however many events.
    pub(crate) async fn gather(
        tx: &mut Tx,
        state: &AppState,
        t: Words,
        desk: &Desk,
        events: &[EventRow],
    ) -> Result<Self, WebError> {
        let organisations: BTreeSet<OrganisationId> =
            events.iter().filter_map(|event| event.organisation).collect();
        let organisations: Vec<OrganisationId> = organisations.into_iter().collect();
        let of_features = events.iter().filter(|event| event.subject_kind == "feature");
        let features: BTreeSet<FeatureId> =
            of_features.filter_map(|event| event.subject.map(FeatureId)).collect();
        let features: Vec<FeatureId> = features.into_iter().collect();
        let names = store::organisations::names(tx, &organisations).await?;
        let features = store::views::feature_names(tx, &features).await?;
        let about = events.iter().filter_map(|event| Some((event.organisation?, feature_of(event))));
        let veil = know(tx, desk.place.collective.id, &desk.sight.veil, about).await?;
        let slug = desk.slug();
        Ok(Self {
            t,
            currency: desk.currency(),
            zone: desk.place.collective.time_zone(),
            veil,
            members: names.iter().map(|row| (row.id, row.slug.clone())).collect(),
            collective_path: state.paths.collective(slug),
            organisations: names.into_iter().map(|row| (row.id, row.name)).collect(),
            features: features
                .into_iter()
                .map(|row| (row.id, state.paths.one(slug, "features", row.number)))
                .collect(),
            rounds_path: state.paths.of(slug, "rounds"),
        })
    }

    /// One event, worded.
    pub(crate) fn line(&self, event: &EventRow) -> StoryLine {
        let data: Value = serde_json::from_str(&event.data).unwrap_or(Value::Null);
        StoryLine {
            what: self.sentence(event, &data),
            when: self.t.instant(event.at, &self.zone),
            href: self.href(event, &data),
        }
    }

    fn href(&self, event: &EventRow, data: &Value) -> Option<String> {
        match event.subject_kind.as_str() {
            // Where a share or a promise went is hidden with how much it was.
            "feature" if self.is_by_one(event) => None,
            "feature" => {
                let feature = self.features.get(&FeatureId(event.subject?))?;
                // A comment is named by its number in the discussion.
                match data.get("comment").and_then(Value::as_i64) {
                    Some(number) => Some(format!("{feature}/comments/{number}")),
                    None => Some(feature.clone()),
                }
            }
            "need" => {
                let number = data.get("need").or(data.get("number"))?.as_i64()?;
                let need = format!("{}/{number}", self.of("needs"));
                match data.get("comment").and_then(Value::as_i64) {
                    Some(comment) => Some(format!("{need}/comments/{comment}")),
                    None => Some(need),
                }
            }
            "software" => Some(format!("{}/{}", self.of("software"), data.get("slug")?.as_str()?)),
            "round" => {
                let number = data.get("number").or(data.get("round"))?.as_i64()?;
                Some(format!("{}/{number}", self.rounds_path))
            }
            _ => match event.kind.as_str() {
                "contribution_recorded" if !self.tells(event) => None,
                "contribution_recorded" | "gift_recorded" | "entry_reversed" => Some(self.of("accounts")),
                "rules_changed" => Some(self.of("rules")),
                "collective_described" | "host_described" | "fund_mode_changed" => Some(self.of("about")),
                kind if kind.starts_with("subscription_")
                    || kind.starts_with("refund_")
                    || ["member_joined", "organisation_left", "organisation_described"].contains(&kind) =>
                {
                    let slug = self.members.get(&event.organisation?)?;
                    Some(format!("{}/{slug}", self.of("members")))
                }
                "decision_recorded" => {
                    Some(format!("{}/{}", self.of("decisions"), data.get("number")?.as_i64()?))
                }
                _ => None,
            },
        }
    }

    /// A list of the collective.
    fn of(&self, list: &str) -> String {
        format!("{}/{list}", self.collective_path)
    }

    /// Whether what an organisation did with its money may be told.
    fn tells(&self, event: &EventRow) -> bool {
        let Some(organisation) = event.organisation else { return !self.veil.hides() };
        match feature_of(event) {
            Some(feature) => self.veil.tells_on(organisation, feature),
            None => self.veil.tells(organisation),
        }
    }

    /// Whether it is what one organisation did with its share or its promise, and may not be told.
    fn is_by_one(&self, event: &EventRow) -> bool {
        const BY_ONE: [&str; 8] = [
            "share_allocated",
            "share_taken_back",
            "share_added",
            "share_topped_up",
            "share_used",
            "promise_made",
            "promise_taken_back",
            "call_covered",
        ];
        BY_ONE.contains(&event.kind.as_str()) && !self.tells(event)
    }

    /// What happened.
    pub(crate) fn sentence(&self, event: &EventRow, data: &Value) -> String {
        let t = self.t;
        let organisation = || self.organisation(event);
        let title = || t.typography(text(data, "title")).into_owned();
        let number = |name: &str| data.get(name).and_then(Value::as_i64).unwrap_or(0);
        match event.kind.as_str() {
            "feature_moved" => self.moved(event, data),
            // A name beside the minute at which a total moved would tell whose amount it is.
            _ if self.is_by_one(event) => t.story_share_used_by_one().to_owned(),
            "share_allocated" => t.story_allocated(self.amount(data), organisation(), title()),
            "share_taken_back" => t.story_taken_back(self.amount(data), organisation(), title()),
            "share_added" => t.story_added(self.amount(data), organisation(), title()),
            "share_topped_up" => {
                t.story_topped_up(self.amount(data), number("decision_number"), organisation(), title())
            }
            "share_used" => t.story_share_used(organisation()),
            "contribution_recorded" if self.tells(event) => {
                let nature = t.contributions_nature_name(text(data, "nature"));
                t.story_contribution(self.amount(data), nature, organisation())
            }
            "contribution_recorded" => t.story_contribution_hidden().to_owned(),
            "gift_recorded" if number("count") > 1 => {
                t.story_gifts(self.amount(data), number("count"), text(data, "fund"))
            }
            "gift_recorded" => t.story_gift(self.amount(data), text(data, "fund")),
            "gift_put" => {
                t.story_gift_put(self.amount(data), number("decision_number"), text(data, "fund"), title())
            }
            "standing_choice" => t.story_standing_choice(organisation()),
            "proof_added" => t.story_proof_added(number("seq")),
            "entry_reversed" => t.story_reversed(number("reversed")),
            "round_opened" => t.story_round_opened(self.day(data, "closes_on"), number("number")),
            "round_closed" => self.round_closed(data),
            "round_changed" => self.round_changed(data),
            "round_withdrawn" => t.story_round_withdrawn(number("number")),
            "distribution_posted" => {
                let sum = number("from_pools") - number("reserve") + number("from_gifts");
                t.story_distribution(self.money(sum), number("shares"), number("round"))
            }
            "promise_made" => {
                t.story_promise_made(self.amount(data), organisation(), text(data, "promise"), title())
            }
            "promise_taken_back" => t.story_promise_taken_back(organisation(), title()),
            "call_received" => {
                t.story_call_received(self.money(number("called")), self.money(number("received")), title())
            }
            "calls_all_received" => t.story_calls_all_received(self.money(number("received")), title()),
            "call_unpaid" => t.story_call_unpaid(title()),
            "call_covered" => t.story_call_covered(organisation(), title()),
            "confirmation_asked" => t.story_confirmation_asked(title(), self.day(data, "until")),
            "terms_changed" => t.story_terms_changed(title(), self.day(data, "until")),
            "terms_kept" => t.story_terms_kept(title()),
            "track_changed" => t.story_track_changed(title(), t.refusal_track(text(data, "to"))),
            "lead_changed" if !text(data, "reason").is_empty() => t.story_lead_changed_why(
                t.typography(text(data, "before")),
                t.typography(text(data, "lead")),
                t.typography(text(data, "reason")),
                title(),
            ),
            "lead_changed" => t.story_lead_changed(
                t.typography(text(data, "before")),
                t.typography(text(data, "lead")),
                title(),
            ),
            "feature_edited" => t.story_edited(organisation(), title()),
            "picture_added" => t.story_picture_added(title()),
            "picture_removed" => t.story_picture_removed(title()),
            "need_said" => t.story_need_said(organisation(), title()),
            "need_withdrawn" => t.story_need_withdrawn(organisation(), title()),
            kind if kind.starts_with("subscription_") => t.story_subscription(organisation(), kind),
            _ => self.about_people(event, data),
        }
    }

    /// What was changed of a round, by name; older events don't tell.
    fn round_changed(&self, data: &Value) -> String {
        let (t, number) = (self.t, data.get("number").and_then(Value::as_i64).unwrap_or(0));
        let changed = data.get("changed").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let named: Vec<String> = changed
            .iter()
            .filter_map(Value::as_str)
            .map(|field| t.story_round_change(self.day(data, "closes_on"), field))
            .collect();
        match named.is_empty() {
            true => t.story_round_changed(number),
            false => t.story_round_changed_in(named.join(", "), number),
        }
    }

    /// What concerns the collective and its members.
    fn about_people(&self, event: &EventRow, data: &Value) -> String {
        let t = self.t;
        let number = |name: &str| data.get(name).and_then(Value::as_i64).unwrap_or(0);
        match event.kind.as_str() {
            "member_joined" => t.story_member_joined(self.organisation(event)),
            "organisation_described" => match text(data, "before") == text(data, "name") {
                true => t.story_organisation_described(self.organisation(event)),
                false => t.story_organisation_renamed(
                    t.typography(text(data, "before")),
                    t.typography(text(data, "name")),
                ),
            },
            "organisation_left" => t.story_left(self.organisation(event)),
            "collective_made" => t.story_collective_made().to_owned(),
            "pot_created" => t.story_pot_created(text(data, "name")),
            "collective_described" => t.story_collective_described().to_owned(),
            "fund_mode_changed" => t.story_fund_mode(t.pot_mode(text(data, "mode"))),
            "host_described" => t.story_host_described(t.typography(text(data, "name")), text(data, "what")),
            "restoration_compared" => t.story_restoration_compared().to_owned(),
            "rules_changed" => t.story_rules_changed().to_owned(),
            "role_proposed" => t.story_role_proposed(text(data, "role")),
            "role_granted" => t.story_role_granted(text(data, "role")),
            "role_ended" => t.story_role_ended(text(data, "role")),
            "mandate_given" => t.story_mandate_given(self.organisation(event)),
            "mandate_ended" => t.story_mandate_ended(self.organisation(event)),
            "person_invited" => t.story_person_invited(t.typography(text(data, "organisation"))),
            "invitation_withdrawn" => t.story_invitation_withdrawn().to_owned(),
            "organisations_imported" => t.story_imported(number("lines")),
            "decision_recorded" => {
                t.story_decision_recorded(number("number"), t.typography(text(data, "title")))
            }
            "commented" if event.subject_kind == "need" => t.story_commented_need(self.organisation(event)),
            "commented" => t.story_commented(self.organisation(event)),
            "comment_hidden" => t.story_comment_hidden().to_owned(),
            "comment_edited" => t.story_comment_edited().to_owned(),
            "comment_shown" => t.story_comment_shown().to_owned(),
            "software_assessed" => t.story_software_assessed(t.typography(text(data, "software"))),
            "assessment_settled" => t.story_assessment_settled(t.typography(text(data, "software"))),
            "software_waived" => {
                t.story_software_waived(number("decision"), t.typography(text(data, "software")))
            }
            "software_waiver_ended" => t.story_software_waiver_ended(t.typography(text(data, "software"))),
            "listing_imported" => t.story_listing_imported(number("count")),
            "software_confirmed" => t.story_software_confirmed(number("count"), self.organisation(event)),
            "webhook_made" => t.story_webhook_made().to_owned(),
            "webhook_ended" => t.story_webhook_ended().to_owned(),
            "token_made" => t.story_token_made(self.organisation(event)),
            "token_revoked" => t.story_token_revoked(self.organisation(event)),
            _ => {
                let told = self.about_needs(event, data).or_else(|| self.about_work(event, data));
                told.unwrap_or_else(|| t.story_other().to_owned())
            }
        }
    }

    fn moved(&self, event: &EventRow, data: &Value) -> String {
        let t = self.t;
        let title = t.typography(text(data, "title")).into_owned();
        let Some((track, Moved { from, to })) = Moved::from_data(data) else {
            return t.story_other().to_owned();
        };
        let number = |name: &str| data.get(name).and_then(Value::as_i64).unwrap_or(0);
        match (from, to) {
            (None, _) => t.story_proposed(self.organisation(event), title),
            (Some(State::Funding), to) if to == after_trigger(track) => {
                // How many they are is told as their amounts are: of one or two, not at all.
                let count = number("organisations");
                let told = usize::try_from(count).is_ok_and(|count| count >= FEWEST) || !self.veil.hides();
                // Gifts that a decision put there are of no organisation.
                match told && count > 0 {
                    true => t.story_triggered(self.amount(data), count, title),
                    false => t.story_triggered_plain(self.amount(data), title),
                }
            }
            (_, State::Funding) => {
                t.story_funding(self.day(data, "closing_on"), self.money(number("floor")), title)
            }
            (_, State::NotFunded) => t.story_not_funded(title),
            (_, to) => {
                let reason = data.get("reason").and_then(Value::as_str).filter(|reason| !reason.is_empty());
                let what = match reason {
                    Some(reason) => t.story_moved_because(t.typography(reason), t.state_name(to), title),
                    None => t.story_moved(t.state_name(to), title),
                };
                let told = matches!(to, State::Delivered | State::ClosedPartial | State::ClosedFailed);
                match number("returned") {
                    returned @ 1.. if told => t.story_ended_back(self.money(returned), what),
                    _ => what,
                }
            }
        }
    }

    fn organisation(&self, event: &EventRow) -> String {
        let name = event.organisation.and_then(|id| self.organisations.get(&id));
        name.map_or_else(|| self.t.story_somebody().to_owned(), |name| self.t.typography(name).into_owned())
    }

    fn round_closed(&self, data: &Value) -> String {
        let number = |name: &str| data.get(name).and_then(Value::as_i64).unwrap_or(0);
        let returned = self.money(number("returned"));
        let closed = self.t.story_round_closed(number("number"), returned, number("triggered"));
        match number("lapsed") {
            0 => closed,
            lapsed => self.t.story_round_lapsed(closed, self.money(lapsed)),
        }
    }

    fn amount(&self, data: &Value) -> String {
        self.money(data.get("amount").and_then(Value::as_i64).unwrap_or(0))
    }

    fn money(&self, minor: i64) -> String {
        self.t.money_short(Money::new(minor), self.currency)
    }

    fn day(&self, data: &Value, name: &str) -> String {
        text(data, name).parse().map(|day| self.t.date(day)).unwrap_or_default()
    }
}

/// The feature that an event is about.
fn feature_of(event: &EventRow) -> Option<FeatureId> {
    event.subject.filter(|_| event.subject_kind == "feature").map(FeatureId)
}

fn text<'d>(data: &'d Value, name: &str) -> &'d str {
    data.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn after_trigger(track: Track) -> State {
    track.after_trigger()
}

#[cfg(test)]
mod tests {
    use domain::rules::AmountsSeen::{self, Members, Public};
    use domain::visibility::Eyes;
    use jiff::Timestamp;
    use serde_json::json;
    use uuid::Uuid;
    use words::Locale;

    use super::*;

    pub(super) fn told(amounts: AmountsSeen, kind: &str, data: &Value) -> StoryLine {
        let organisation = OrganisationId(Uuid::from_u128(1));
        let teller = Teller {
            t: Words::new(Locale::Fr),
            currency: Currency::EUR,
            zone: TimeZone::get("Europe/Paris").unwrap(),
            veil: Veil::new(Eyes::stranger(amounts), false),
            organisations: BTreeMap::from([(organisation, "Yaal Coop".to_owned())]),
            features: BTreeMap::from([(FeatureId(Uuid::from_u128(2)), "/c/chatons/features/7".to_owned())]),
            rounds_path: "/c/chatons/rounds".to_owned(),
            collective_path: "/c/chatons".to_owned(),
            members: BTreeMap::from([(organisation, "yaal-coop".to_owned())]),
        };
        teller.line(&EventRow {
            id: Uuid::nil().into(),
            collective: None,
            at: "2026-11-23T17:02:00Z".parse::<Timestamp>().unwrap(),
            kind: kind.to_owned(),
            actor: "person:x".to_owned(),
            organisation: Some(organisation),
            subject_kind: if kind.starts_with("round") { "round" } else { "feature" }.to_owned(),
            subject: Some(Uuid::from_u128(2)),
            public: true,
            data: data.to_string(),
        })
    }

    #[test]
    fn an_allocation_says_who_how_much_and_where() {
        let line = told(Public, "share_allocated", &json!({ "amount": 60_000, "title": "Salon" }));
        assert_eq!(line.what, "Yaal Coop a mis 600\u{202f}€ sur «\u{202f}Salon\u{202f}»");
        assert_eq!(line.href.as_deref(), Some("/c/chatons/features/7"));
        assert!(line.when.contains("23 novembre 2026 à 18"), "{}", line.when);
    }

    #[test]
    fn an_amount_that_is_hidden_is_not_told() {
        let data = json!({ "amount": 123_456, "nature": "subscription", "seq": 4 });
        assert!(told(Public, "contribution_recorded", &data).what.contains("1\u{202f}234,56"));
        assert!(!told(Members, "contribution_recorded", &data).what.contains("234"));
    }

    #[test]
    fn a_share_that_is_hidden_says_neither_where_nor_how_much() {
        let data = json!({ "amount": 60_000, "title": "Salon" });
        for kind in ["share_allocated", "share_taken_back", "share_added"] {
            assert!(told(Public, kind, &data).what.contains("600"), "{kind}");
            let line = told(Members, kind, &data);
            assert!(!line.what.contains("600") && !line.what.contains("Salon"), "{}", line.what);
            assert_eq!(line.href, None);
        }
    }

    #[test]
    fn a_move_is_told_by_where_it_leads() {
        let moved = |from, to, beside: Value| {
            let mut data = Moved { from, to }.to_data(Track::Trust);
            data.as_object_mut().unwrap().extend(beside.as_object().unwrap().clone());
            told(Public, "feature_moved", &data).what
        };
        let title = json!({ "title": "Salon" });
        assert!(moved(None, State::Idea, title.clone()).starts_with("Yaal Coop propose"));
        let triggered = json!({ "title": "Salon", "amount": 400_000, "organisations": 8 });
        assert!(moved(Some(State::Funding), State::Building, triggered).contains("4\u{202f}000\u{202f}€"));
        assert!(moved(Some(State::Funding), State::NotFunded, title.clone()).contains("pas réunie"));
        assert!(moved(Some(State::Idea), State::Parked, title).contains("en sommeil"));
        let because = json!({ "title": "Salon", "reason": "C'est fait ailleurs" });
        assert!(moved(Some(State::Funding), State::Overtaken, because).contains("C’est fait ailleurs"));
    }

    #[test]
    fn what_is_unknown_or_broken_is_still_a_sentence() {
        assert!(!told(Public, "something_new", &Value::Null).what.is_empty());
        assert!(!told(Public, "feature_moved", &json!({ "to": 4 })).what.is_empty());
        let round = told(Public, "round_opened", &json!({ "number": 3, "closes_on": "2026-11-30" }));
        assert_eq!(round.href.as_deref(), Some("/c/chatons/rounds/3"));
        assert!(round.what.contains("30 novembre 2026"), "{}", round.what);
    }
}
