//! The table of permissions, written down a second time: who may do each thing, and that nobody else may.

use jiff::{Timestamp, civil::date};
use popote_domain::{
    actor::{Action, HeldMandate, MandateKind, RoleKind, Standing, permit},
    ids::{CollectiveId, OrganisationId, PersonId},
};
use uuid::Uuid;

/// An action, then those who may: by a mandate for the organisation acted for, by one for the organisation that leads (or is
/// paid), by a role, as the instance's administration.
const TABLE: &str = "
edit_collective: admin
invite_members: admin
grant_role: admin treasurer instance
give_mandate: representative
show_amounts: representative
end_membership: representative admin
edit_organisation: representative admin instance
record_money: treasurer
reverse_entry: treasurer
see_proofs: treasurer
distribute: treasurer
open_round: admin steward treasurer
close_round: admin steward treasurer
propose_feature: representative finance contributor
say_needed: representative finance contributor
assess_software: representative finance contributor
settle_assessment: steward
comment: representative finance contributor
edit_feature: lead-representative lead-finance lead-contributor steward
change_terms: lead-representative lead-finance steward
describe_software: representative finance contributor
say_hosted: representative finance contributor
write_need: representative finance contributor
edit_need: lead-representative lead-finance lead-contributor steward
intend_amount: representative finance
propose_merge: representative finance contributor
answer_merge: lead-representative lead-finance lead-contributor
part_needs: steward
steward_feature: steward
confirm_trigger: steward
allocate: representative finance
promise: representative finance
say_paid: representative finance
object_to_report: representative finance
subscribe: representative finance treasurer
confirm_received: representative finance lead-representative lead-finance steward
cancel_feature: lead-representative steward
hand_over_lead: lead-representative steward
accept_lead: representative
enter_invoice: lead-representative lead-finance treasurer
approve_payment: representative steward
authorise_payment: treasurer
report_work: lead-representative lead-finance lead-contributor
decide_report: representative steward
record_decision: representative admin steward treasurer
run_instance: instance
";

const OWN: OrganisationId = OrganisationId(Uuid::from_u128(1));
const LEAD: OrganisationId = OrganisationId(Uuid::from_u128(2));
const OTHER: OrganisationId = OrganisationId(Uuid::from_u128(3));

fn nobody() -> Standing {
    Standing {
        person: PersonId(Uuid::from_u128(9)),
        collective: CollectiveId(Uuid::from_u128(8)),
        now: Timestamp::UNIX_EPOCH,
        today: date(1970, 1, 1),
        mandates: Vec::new(),
        roles: Vec::new(),
        instance_admin: false,
        token: None,
    }
}

fn by_mandate(organisation: OrganisationId, kind: MandateKind) -> Standing {
    Standing { mandates: vec![HeldMandate { organisation, kind }], ..nobody() }
}

/// Everybody who holds one thing alone.
fn everybody() -> Vec<(&'static str, Standing)> {
    use MandateKind::{Contributor, Finance, Representative};
    let role = |kind| Standing { roles: vec![kind], ..nobody() };
    vec![
        ("representative", by_mandate(OWN, Representative)),
        ("finance", by_mandate(OWN, Finance)),
        ("contributor", by_mandate(OWN, Contributor)),
        ("lead-representative", by_mandate(LEAD, Representative)),
        ("lead-finance", by_mandate(LEAD, Finance)),
        ("lead-contributor", by_mandate(LEAD, Contributor)),
        ("admin", role(RoleKind::Admin)),
        ("steward", role(RoleKind::Steward)),
        ("treasurer", role(RoleKind::Treasurer)),
        ("instance", Standing { instance_admin: true, ..nobody() }),
    ]
}

#[test]
fn each_action_is_for_those_of_the_table_and_nobody_else() {
    let mut found = String::from("\n");
    for action in Action::ALL {
        let may =
            everybody().into_iter().filter(|(_, who)| permit(*action, who, Some(OWN), Some(LEAD)).is_ok());
        let may: Vec<&str> = may.map(|(name, _)| name).collect();
        found.push_str(&format!("{}: {}\n", action.as_str(), may.join(" ")));
    }
    let sorted = |table: &str| {
        let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    };
    assert_eq!(sorted(&found), sorted(TABLE));
}

#[test]
fn a_mandate_for_another_organisation_opens_nothing() {
    for action in Action::ALL {
        for kind in [MandateKind::Representative, MandateKind::Finance, MandateKind::Contributor] {
            let stranger = by_mandate(OTHER, kind);
            assert!(permit(*action, &stranger, Some(OWN), Some(LEAD)).is_err(), "{action:?} by {kind:?}");
            assert!(permit(*action, &stranger, None, None).is_err(), "{action:?} for nobody");
        }
        assert!(permit(*action, &nobody(), Some(OWN), Some(LEAD)).is_err(), "{action:?}");
    }
}
