//! What happens to the work on a feature, told in sentences.

use serde_json::Value;
use store::events::EventRow;

use super::{Teller, text};

impl Teller {
    /// An event of invoices, payments, reports, objections, late work; `None` for any other.
    pub(super) fn about_work(&self, event: &EventRow, data: &Value) -> Option<String> {
        let t = self.t;
        let title = || t.typography(text(data, "title")).into_owned();
        let organisation = || self.organisation(event);
        let count = || data.get("objections").and_then(Value::as_i64).unwrap_or(0);
        Some(match event.kind.as_str() {
            "invoice_entered" => t.story_invoice_entered(self.amount(data), title()),
            "invoice_approved" => t.story_invoice_approved(self.amount(data), title()),
            "invoice_authorised" => t.story_invoice_authorised(self.amount(data), title()),
            "invoice_refused" => t.story_invoice_refused(self.amount(data), title()),
            "invoice_withdrawn" => t.story_invoice_withdrawn(self.amount(data), title()),
            "invoice_corrected" => t.story_invoice_corrected(self.amount(data), title()),
            "invoice_paid" => t.story_invoice_paid(self.amount(data), title()),
            "invoice_settled" => t.story_invoice_settled(self.amount(data), title()),
            "payment_bounced" => t.story_payment_bounced(self.amount(data), title()),
            kind if kind.starts_with("refund_") => {
                t.story_refund(organisation(), kind.trim_start_matches("refund_"))
            }
            "work_reported" => t.story_work_reported(organisation(), title(), self.day(data, "until")),
            "report_objected" => t.story_report_objected(organisation(), title()),
            "objection_withdrawn" => t.story_objection_withdrawn(organisation(), title()),
            "report_contested" => t.story_report_contested(count(), title(), self.day(data, "until")),
            "report_answered" => t.story_report_answered(title()),
            "work_given_time" => {
                t.story_work_given_time(t.typography(text(data, "reason")), title(), self.day(data, "until"))
            }
            "work_noticed" => t.story_work_noticed(self.day(data, "due_on"), title()),
            "work_last_delay" => t.story_work_last_delay(title(), self.day(data, "until")),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::features::{Moved, State, Track};
    use domain::rules::AmountsSeen::Public;
    use serde_json::json;

    use crate::story::tests::told;

    #[test]
    fn each_event_of_the_work_has_its_sentence() {
        let data = json!({ "title": "Salon", "amount": 60_000, "until": "2026-12-01", "due_on": "2026-11-30",
            "reason": "Il manque la documentation", "objections": 2 });
        for kind in [
            "invoice_entered",
            "invoice_approved",
            "invoice_authorised",
            "invoice_refused",
            "invoice_withdrawn",
            "invoice_corrected",
            "invoice_paid",
            "invoice_settled",
            "payment_bounced",
        ] {
            assert!(told(Public, kind, &data).what.contains("600\u{202f}€"), "{kind}");
        }
        for kind in ["report_objected", "objection_withdrawn"] {
            assert!(told(Public, kind, &data).what.contains("Yaal Coop"), "{kind}");
        }
        for kind in ["work_reported", "report_contested", "work_given_time", "work_last_delay"] {
            assert!(told(Public, kind, &data).what.contains("1er décembre 2026"), "{kind}");
        }
        for step in ["prepared", "authorised", "withdrawn", "paid", "settled", "bounced"] {
            assert!(told(Public, &format!("refund_{step}"), &data).what.contains("Yaal Coop"), "{step}");
        }
        assert!(told(Public, "work_noticed", &data).what.contains("30 novembre 2026"));
        assert!(told(Public, "report_answered", &data).what.contains("Salon"));
    }

    #[test]
    fn an_end_tells_what_returns() {
        let mut data = Moved { from: Some(State::Building), to: State::Delivered }.to_data(Track::Trust);
        let beside = json!({ "title": "Salon", "returned": 12_300 });
        data.as_object_mut().unwrap().extend(beside.as_object().unwrap().clone());
        assert!(told(Public, "feature_moved", &data).what.contains("123\u{202f}€"));
    }
}
