//! What is edited, what mends it, and what must be named between the two.

use super::Edited;

const BASIS: &str = "nature, round, feature, milestone, decision, organisation or entry reversed";

/// In a pot whose money was paid in, with a subscription and a decision.
pub(super) const PAID_IN: &[Edited] = &[
    (
        "UPDATE posting SET decision = (SELECT id FROM decision) WHERE book = 'cash' AND seq = 1",
        "UPDATE posting SET decision = NULL",
        "I24",
        "cash:1",
        BASIS,
    ),
    (
        "UPDATE posting SET nature = 'earmarked' WHERE nature = 'subscription' AND seq = 2",
        "UPDATE posting SET nature = 'subscription' WHERE nature = 'earmarked'",
        "I24",
        "cash:2",
        BASIS,
    ),
    (
        "UPDATE posting SET round = NULL WHERE kind = 'distribution'",
        "UPDATE posting SET round = (SELECT id FROM round) WHERE kind = 'distribution'",
        "I24",
        "cash:5",
        BASIS,
    ),
    (
        "UPDATE posting SET milestone = id WHERE kind = 'allocate'",
        "UPDATE posting SET milestone = NULL",
        "I24",
        "cash:6",
        BASIS,
    ),
    (
        "UPDATE receipt SET reference = reference || 'x'",
        "UPDATE receipt SET reference = substr(reference, 1, length(reference) - 1)",
        "I24",
        "receipt ",
        "reference",
    ),
    (
        "UPDATE host SET iban = 'FR76' || iban",
        "UPDATE host SET iban = substr(iban, 5)",
        "I24",
        "host ",
        "iban",
    ),
    (
        "UPDATE person SET authorising_from = authorising_from - 7",
        "UPDATE person SET authorising_from = authorising_from + 7",
        "I24",
        "person ",
        "authorising_from",
    ),
    (
        "UPDATE instance_admin SET granted_at = granted_at - 7",
        "UPDATE instance_admin SET granted_at = granted_at + 7",
        "I24",
        "instance_admin ",
        "granted_at",
    ),
    (
        "UPDATE deadline SET subject = id WHERE kind = 'round_close'",
        "UPDATE deadline SET subject = (SELECT id FROM round) WHERE kind = 'round_close'",
        "I24",
        "round ",
        "deadline",
    ),
    (
        "UPDATE deadline SET due_at = due_at + 1 WHERE kind = 'feature_close'",
        "UPDATE deadline SET due_at = due_at - 1 WHERE kind = 'feature_close'",
        "I24",
        "feature ",
        "deadline",
    ),
    (
        "UPDATE feature SET worker = worker || 's'",
        "UPDATE feature SET worker = substr(worker, 1, length(worker) - 1)",
        "I24",
        "feature ",
        "worker",
    ),
    (
        "UPDATE feature SET lead_person = NULL",
        "UPDATE feature SET lead_person = (SELECT m.person FROM mandate m WHERE m.organisation = feature.lead)",
        "I24",
        "feature ",
        "lead_person",
    ),
    (
        "UPDATE subscription SET starts_on = '2024-03-03'",
        "UPDATE subscription SET starts_on = '2025-03-03'",
        "I24",
        "subscription ",
        "starts_on",
    ),
    (
        "UPDATE subscription_terms SET amount = amount * 10",
        "UPDATE subscription_terms SET amount = amount / 10",
        "I24",
        "subscription_terms ",
        "amount",
    ),
    (
        "UPDATE subscription_terms SET rate = 1",
        "UPDATE subscription_terms SET rate = NULL",
        "I24",
        "subscription_terms ",
        "rate",
    ),
    (
        "UPDATE subscription_call SET due_on = due_on || '0'",
        "UPDATE subscription_call SET due_on = substr(due_on, 1, length(due_on) - 1)",
        "I24",
        "subscription_call ",
        "due_on",
    ),
    (
        "UPDATE round SET closes_on = '2025-05-30'",
        "UPDATE round SET closes_on = '2025-04-30'",
        "I24",
        "round ",
        "closes_on",
    ),
    (
        "UPDATE rules SET body = body || ' '",
        "UPDATE rules SET body = substr(body, 1, length(body) - 1)",
        "I24",
        "rules ",
        "body",
    ),
    (
        "UPDATE decision SET outcome = outcome || '!'",
        "UPDATE decision SET outcome = substr(outcome, 1, length(outcome) - 1)",
        "I24",
        "decision ",
        "outcome",
    ),
    (
        "UPDATE decision SET recorded_by = (SELECT p.id FROM person p JOIN mandate m ON m.person = p.id \
         JOIN organisation o ON o.id = m.organisation WHERE o.name = 'ARN')",
        "UPDATE decision SET recorded_by = (SELECT r.person FROM role r WHERE r.kind = 'admin')",
        "I24",
        "decision ",
        "recorded_by",
    ),
    // The seals themselves, and from where on there are some.
    (
        "UPDATE seal SET kind = 'hosts' WHERE kind = 'host'",
        "UPDATE seal SET kind = 'host' WHERE kind = 'hosts'",
        "I24",
        "host ",
        "row",
    ),
    (
        "UPDATE pot_head SET bound_from = 3",
        "UPDATE pot_head SET bound_from = 1",
        "I24",
        "cash:1",
        "first entry covered",
    ),
    (
        "UPDATE instance SET name = 'seal_keys' WHERE name = 'seal_key'",
        "UPDATE instance SET name = 'seal_key' WHERE name = 'seal_keys'",
        "I24",
        "pot ",
        "currency",
    ),
];

/// Where a mandate was proposed.
pub(super) const OFFERED: &[Edited] = &[(
    "UPDATE mandate_proposal SET kind = 'representative'",
    "UPDATE mandate_proposal SET kind = 'contributor'",
    "I24",
    "mandate_proposal ",
    "kind",
)];

/// In a pot to which was promised.
pub(super) const PROMISED: &[Edited] = &[
    ("UPDATE promise SET firm = firm * 10", "UPDATE promise SET firm = firm / 10", "I21", "", "promised"),
    (
        "UPDATE promise SET amount = amount * 10",
        "UPDATE promise SET amount = amount / 10",
        "I24",
        "promise ",
        "amount",
    ),
    (
        "UPDATE promise SET firm = firm * 10, amount = amount * 10",
        "UPDATE promise SET firm = firm / 10, amount = amount / 10",
        "I24",
        "promise ",
        "firm",
    ),
    (
        "UPDATE fund_call SET due_on = '2030-01-01' WHERE number = 1",
        "UPDATE fund_call SET due_on = (SELECT due_on FROM fund_call WHERE number = 2) WHERE number = 1",
        "I24",
        "fund_call ",
        "due_on",
    ),
    (
        "UPDATE fund_call SET said_paid_at = 7 WHERE number = 1",
        "UPDATE fund_call SET said_paid_at = NULL WHERE number = 1",
        "I24",
        "fund_call ",
        "said_paid_at",
    ),
    (
        "UPDATE feature SET lead = (SELECT organisation FROM promise LIMIT 1)",
        "UPDATE feature SET lead = (SELECT m.organisation FROM mandate m WHERE m.person = feature.lead_person)",
        "I24",
        "feature ",
        "lead",
    ),
    (
        "UPDATE funding_terms SET closing_on = '2030-01-01'",
        "UPDATE funding_terms SET closing_on = (SELECT f.closing_on FROM feature f)",
        "I24",
        "funding_terms ",
        "closing_on",
    ),
];
