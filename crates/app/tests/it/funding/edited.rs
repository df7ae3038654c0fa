//! Orders, and who may agree to them, edited by somebody with SQL: `verify` names each thing, and nothing is paid by it.

use domain::{
    actor::RoleKind,
    invoices::{InvoiceRefusal, NO_FILE, Order},
};
use popote_app::{invoices::pay_invoice, refunds::pay_refund};
use testkit::{Kind, on_both};

use super::{refunds, work, *};
use crate::journal::{
    edited::{Edited, each_is_named, found},
    raw,
};

const ELSEWHERE: &str = "FR1420041010050500013M02606";

/// Where an invoice is authorised.
const ORDERED: &[Edited] = &[
    (
        "UPDATE invoice SET iban = iban || '0'",
        "UPDATE invoice SET iban = substr(iban, 1, length(iban) - 1)",
        "I24",
        "invoice ",
        "iban",
    ),
    (
        "UPDATE invoice SET payee = payee || 's'",
        "UPDATE invoice SET payee = substr(payee, 1, length(payee) - 1)",
        "I24",
        "invoice ",
        "payee",
    ),
    (
        "UPDATE invoice SET amount = amount + 1",
        "UPDATE invoice SET amount = amount - 1",
        "I24",
        "invoice ",
        "amount",
    ),
    (
        "UPDATE invoice SET approved_by = (SELECT id FROM person WHERE name = 'Personne de ARN')",
        "UPDATE invoice SET approved_by = (SELECT id FROM person WHERE name = 'Personne de Girofle')",
        "I24",
        "invoice ",
        "approved_by",
    ),
    (
        "UPDATE invoice SET approved_at = approved_at - 1",
        "UPDATE invoice SET approved_at = approved_at + 1",
        "I24",
        "invoice ",
        "approved_at",
    ),
    (
        "UPDATE invoice SET approved_by = (SELECT id FROM person WHERE name = 'Personne de Yaal Coop'), \
         authorised_by = (SELECT id FROM person WHERE name = 'Personne de Girofle')",
        "UPDATE invoice SET approved_by = (SELECT id FROM person WHERE name = 'Personne de Girofle'), \
         authorised_by = (SELECT id FROM person WHERE name = 'Personne de Yaal Coop')",
        "I22",
        "",
        "authorised",
    ),
    (
        "UPDATE invoice SET authorised_at = authorised_at - 1",
        "UPDATE invoice SET authorised_at = authorised_at + 1",
        "I22",
        "",
        "authorised",
    ),
    (
        "UPDATE invoice SET authorised_at = authorised_at + 1",
        "UPDATE invoice SET authorised_at = authorised_at - 1",
        "I24",
        "invoice ",
        "authorised_at",
    ),
    (
        "UPDATE file_content SET bytes = substr(bytes, 2)",
        "UPDATE file_content SET bytes = (SELECT k.bytes FROM kept k WHERE k.hash = file_content.hash)",
        "I24",
        "file ",
        "bytes",
    ),
    (
        "DELETE FROM file_content",
        "INSERT INTO file_content (hash, bytes) SELECT hash, bytes FROM kept",
        "I24",
        "file ",
        "bytes",
    ),
    ("UPDATE file SET erased_at = 1", "UPDATE file SET erased_at = NULL", "I24", "file ", "erased_at"),
    (
        "UPDATE role SET person = (SELECT id FROM person WHERE name = 'Personne de ARN') WHERE kind = 'treasurer'",
        "UPDATE role SET person = (SELECT id FROM person WHERE name = 'Personne de Yaal Coop')",
        "I24",
        "role ",
        "person",
    ),
    (
        "UPDATE role SET effective_at = effective_at - 1 WHERE kind = 'steward'",
        "UPDATE role SET effective_at = effective_at + 1 WHERE kind = 'steward'",
        "I24",
        "role ",
        "effective_at",
    ),
    ("UPDATE role SET ended_at = 1", "UPDATE role SET ended_at = NULL", "I24", "role ", "ended_at"),
    (
        "INSERT INTO role (id, collective, person, kind, proposed_at, effective_at) \
         SELECT o.id, r.collective, p.id, 'steward', r.proposed_at, r.effective_at \
         FROM role r, person p, organisation o WHERE r.kind = 'admin' AND p.name = 'Personne de ARN' AND o.name = 'ARN'",
        "DELETE FROM role WHERE id IN (SELECT id FROM organisation)",
        "I24",
        "role ",
        "row",
    ),
    (
        "INSERT INTO mandate (id, person, organisation, kind, starts_on, created_at) \
         SELECT o.id, m.person, o.id, m.kind, m.starts_on, m.created_at FROM mandate m, person p, organisation o \
         WHERE p.id = m.person AND p.name = 'Personne de ARN' AND o.name = 'Girofle'",
        "DELETE FROM mandate WHERE id = organisation",
        "I24",
        "mandate ",
        "row",
    ),
    ("UPDATE mandate SET ended_at = 1", "UPDATE mandate SET ended_at = NULL", "I24", "mandate ", "ended_at"),
    (
        "UPDATE mandate SET organisation = (SELECT id FROM organisation WHERE name = 'Girofle') \
         WHERE person = (SELECT id FROM person WHERE name = 'Personne de ARN')",
        "UPDATE mandate SET organisation = (SELECT id FROM organisation WHERE name = 'ARN') \
         WHERE person = (SELECT id FROM person WHERE name = 'Personne de ARN')",
        "I24",
        "mandate ",
        "organisation",
    ),
    (
        "UPDATE membership SET shows_amounts = 1 - shows_amounts",
        "UPDATE membership SET shows_amounts = 1 - shows_amounts",
        "I24",
        "membership ",
        "shows_amounts",
    ),
    (
        "UPDATE membership SET hidden_since = -COALESCE(hidden_since, 7)",
        "UPDATE membership SET hidden_since = CASE WHEN hidden_since = -7 THEN NULL ELSE -hidden_since END",
        "I24",
        "membership ",
        "hidden_since",
    ),
    (
        "UPDATE feature SET suspended_until = '2030-01-01'",
        "UPDATE feature SET suspended_until = NULL",
        "I24",
        "feature ",
        "suspended_until",
    ),
];

/// Where an invoice is paid.
const PAID: &[Edited] = &[
    (
        "UPDATE payment SET reference = reference || 'x'",
        "UPDATE payment SET reference = substr(reference, 1, length(reference) - 1)",
        "I24",
        "payment ",
        "reference",
    ),
    (
        "UPDATE payment SET end_to_end = end_to_end || 'x'",
        "UPDATE payment SET end_to_end = substr(end_to_end, 1, length(end_to_end) - 1)",
        "I24",
        "payment ",
        "end_to_end",
    ),
    (
        "UPDATE payment SET ordered_by = (SELECT id FROM person WHERE name = 'Personne de ARN')",
        "UPDATE payment SET ordered_by = (SELECT id FROM person WHERE name = 'Personne de Yaal Coop')",
        "I24",
        "payment ",
        "ordered_by",
    ),
];

/// Where an organisation left, and what is owed to it is authorised.
const REPAID: &[Edited] = &[
    (
        "UPDATE refund SET iban = iban || '0'",
        "UPDATE refund SET iban = substr(iban, 1, length(iban) - 1)",
        "I24",
        "refund ",
        "iban",
    ),
    (
        "UPDATE refund SET approved_by = (SELECT id FROM person WHERE name = 'Personne de ARN')",
        "UPDATE refund SET approved_by = (SELECT id FROM person WHERE name = 'Personne de Yaal Coop')",
        "I24",
        "refund ",
        "approved_by",
    ),
    (
        "UPDATE refund SET authorised_by = (SELECT id FROM person WHERE name = 'Personne de ARN')",
        "UPDATE refund SET authorised_by = (SELECT id FROM person WHERE name = 'Personne de Girofle')",
        "I24",
        "refund ",
        "authorised_by",
    ),
    (
        "UPDATE departure SET own_to = CASE own_to WHEN 'refund_due' THEN 'pool_common' ELSE 'refund_due' END",
        "UPDATE departure SET own_to = CASE own_to WHEN 'refund_due' THEN 'pool_common' ELSE 'refund_due' END",
        "I24",
        "departure ",
        "own_to",
    ),
    (
        "UPDATE membership SET left_on = '2025-03-02' WHERE left_on IS NOT NULL",
        "UPDATE membership SET left_on = '2025-03-03' WHERE left_on IS NOT NULL",
        "I24",
        "membership ",
        "left_on",
    ),
];

/// Sends an order elsewhere, with the hash that makes it agree with what was approved.
async fn redirect(world: &World, table: &str, order: Order<'_>) {
    let hash = hex::encode(Order { iban: ELSEWHERE, ..order }.hash());
    let hash = match world.kind {
        Kind::Sqlite => format!("X'{hash}'"),
        Kind::Postgres => format!("DECODE('{hash}', 'hex')"),
    };
    let sql = format!("UPDATE {table} SET iban = '{ELSEWHERE}', approved_hash = {hash}");
    assert_eq!(raw(world, sql.leak()).await.unwrap(), 1);
}

async fn named(world: &World, town: &Grown) -> Vec<(&'static str, &'static str)> {
    found(world, town).await.into_iter().map(|(code, breach)| (code, breach.what)).collect()
}

async fn an_order_that_was_edited_is_named_and_not_paid(world: World) {
    let (town, id) = work::funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = work::authorised(&world, &town, id, "F-1", 1_000).await;
    raw(&world, "CREATE TABLE kept AS SELECT hash, bytes FROM file_content").await.unwrap();
    each_is_named(&world, &town, ORDERED).await;
    let kept = work::row(&world, invoice).await;
    let order = Order { payee: &kept.payee, iban: &kept.iban, amount: kept.amount, file: &kept.file_hash };
    redirect(&world, "invoice", order).await;
    assert_eq!(named(&world, &town).await, [("I24", "iban"), ("I24", "approved_hash")]);
    let paid = pay_invoice(&world.context, town.admin(), invoice, date(2025, 3, 3), "", None).await;
    assert!(matches!(paid, Err(Failure::Refused(InvoiceRefusal::OrderChanged))), "{paid:?}");
    // A role that was taken out of the history altogether.
    raw(&world, "DELETE FROM role WHERE kind = 'steward'").await.unwrap();
    assert!(named(&world, &town).await.contains(&("I24", "row")));
}

async fn a_transfer_that_was_edited_is_named(world: World) {
    let (town, id) = work::funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = work::authorised(&world, &town, id, "F-1", 1_000).await;
    pay_invoice(&world.context, town.admin(), invoice, date(2025, 3, 3), "", None).await.unwrap();
    each_is_named(&world, &town, PAID).await;
}

async fn a_refund_that_was_edited_is_named_and_not_paid(world: World) {
    let town = refunds::owing(&world).await;
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    let refund = refunds::prepare(&world, &town, town.admin()).await.unwrap().refund;
    let second = Acting { organisation: None, ..town.member(2).acting() };
    refunds::authorise(&world, second, refund).await.unwrap();
    each_is_named(&world, &town, REPAID).await;
    let kept = store::refunds::by_id(&mut world.read().await, refund).await.unwrap().unwrap();
    let order = Order { payee: &kept.payee, iban: &kept.iban, amount: kept.amount, file: &NO_FILE };
    redirect(&world, "refund", order).await;
    assert_eq!(named(&world, &town).await, [("I24", "iban"), ("I24", "approved_hash")]);
    let paid = pay_refund(&world.context, town.admin(), refund, date(2025, 3, 3), "", None).await;
    assert!(matches!(paid, Err(Failure::Refused(InvoiceRefusal::OrderChanged))), "{paid:?}");
}

on_both![
    a_transfer_that_was_edited_is_named,
    an_order_that_was_edited_is_named_and_not_paid,
    a_refund_that_was_edited_is_named_and_not_paid
];
