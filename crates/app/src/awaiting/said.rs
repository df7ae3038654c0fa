//! What awaits somebody, worded: the same line on one's own page, on that of the pot, and in the mail of the month.

use domain::{pot::FundMode, tasks::TaskKind};
use jiff::{civil::Date, tz::TimeZone};
use store::tasks::Task;
use words::Words;

use super::{InvoiceWaiting, SECOND, ToDo};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What.
    pub what: String,
    /// Where, and why.
    pub why: String,
    /// Until when, where there is a last day.
    pub when: String,
    /// Its page: a path below the base of the site.
    pub path: String,
}

/// Words what is to be done.
#[must_use]
pub fn say(t: Words, todo: &ToDo, today: Date) -> Said {
    match todo {
        ToDo::Task(task) => line(t, task, today),
        ToDo::Invoice(invoice) => invoice_line(t, invoice),
    }
}

fn invoice_line(t: Words, one: &InvoiceWaiting) -> Said {
    let invoice = &one.waiting.invoice;
    let zone = TimeZone::get(&one.zone).unwrap_or(TimeZone::UTC);
    Said {
        what: t.me_invoice(t.money(invoice.amount, one.currency), one.waiting.ask.as_str()),
        why: t.me_invoice_why(&one.collective, t.typography(&one.waiting.title)),
        when: match (one.waiting.young_until, one.waiting.from) {
            (Some(from), _) => t.me_from(t.instant(from, &zone)),
            (None, Some((from, why))) => t.me_suspended_until(t.instant(from, &zone), why.as_str()),
            (None, None) => String::new(),
        },
        path: format!("/c/{}/invoices/{}", one.slug, invoice.number),
    }
}

fn line(t: Words, task: &Task, today: Date) -> Said {
    let until = task.day.map(|day| t.until(day, today)).unwrap_or_default();
    // A round whose last day has passed is being closed: nothing is put any more.
    let puts_in_round = task.number > 0 && task.day.is_some_and(|last| last >= today);
    Said {
        what: what(t, task, today),
        why: why(t, task, &until, puts_in_round),
        path: path(task, puts_in_round),
        when: match task.kind {
            TaskKind::Role => {
                let zone = TimeZone::get(&task.zone).unwrap_or(TimeZone::UTC);
                task.since.map(|from| t.me_from(t.instant(from, &zone))).unwrap_or_default()
            }
            TaskKind::NewIban | TaskKind::NewLink => String::new(),
            _ => until,
        },
    }
}

fn what(t: Words, task: &Task, today: Date) -> String {
    let title = || t.typography(&task.title);
    let amount = || t.money_short(task.amount, task.currency());
    match task.kind {
        TaskKind::Role => t.me_role(&task.whom, t.people_role_kind(&task.about)),
        TaskKind::NewIban => t.me_new_iban(&task.whom),
        TaskKind::NewLink => t.me_new_link(&task.whom),
        TaskKind::Feature => t.me_feature(title()),
        TaskKind::Report => t.me_report(title()),
        TaskKind::Lead => t.me_lead(title()),
        TaskKind::LeadProposed => t.me_lead_proposed(&task.organisation_name, title()),
        TaskKind::Refund => {
            t.me_refund(t.money(task.amount, task.currency()), task.by_whom.as_str(), &task.organisation_name)
        }
        TaskKind::Answerers => t.me_answerers(t.money(task.amount, task.currency()), title()),
        TaskKind::Pay => t.pot_await_pay(amount(), title()),
        TaskKind::PayDue => t.me_pay_due(amount(), &task.organisation_name),
        TaskKind::Terms => t.me_terms(amount(), title()),
        TaskKind::LateDues => t.me_late_dues(amount(), task.many),
        TaskKind::Receive => t.pot_await_receive(&task.organisation_name, title()),
        TaskKind::Bill => t.me_bill(amount(), task.many, title()),
        TaskKind::Newcomers => t.pot_await_newcomers(task.many),
        TaskKind::Round => t.me_distribute(task.number),
        TaskKind::Share => t.me_share(amount(), &task.organisation_name),
        TaskKind::OpenRound => t.pot_await_open_round(amount()),
        TaskKind::Need => t.pot_await_need(task.many),
        TaskKind::Idea => t.pot_await_idea(task.many),
        TaskKind::Closing => {
            t.me_closing(title(), task.day.map(|day| t.days_from(day, today)).unwrap_or_default())
        }
        TaskKind::Unproven => t.me_unproven(task.many),
        TaskKind::Iban => t.me_iban().to_owned(),
        TaskKind::Invite => t.me_invite().to_owned(),
        TaskKind::PayIn => t.me_pay_in(&task.organisation_name),
        TaskKind::Record | TaskKind::Invoice => t.pot_await_record().to_owned(),
    }
}

fn why(t: Words, task: &Task, until: &str, puts_in_round: bool) -> String {
    let collective = &task.collective_name;
    match task.kind {
        TaskKind::Role => t.me_role_why(collective, &task.by_whom),
        TaskKind::NewIban | TaskKind::NewLink => {
            let zone = TimeZone::get(&task.zone).unwrap_or(TimeZone::UTC);
            let from = task.since.map(|from| t.instant(from, &zone)).unwrap_or_default();
            t.me_new_target_why(collective, from, &task.by_whom)
        }
        TaskKind::Feature => {
            let zone = TimeZone::get(&task.zone).unwrap_or(TimeZone::UTC);
            let since = task.since.map(|since| t.date(since.to_zoned_datetime(zone).date()));
            t.me_feature_why(collective, since.unwrap_or_default())
        }
        TaskKind::Report => t.me_report_why(collective, until),
        TaskKind::LeadProposed => t.me_lead_proposed_why(collective, &task.whom),
        TaskKind::Pay => t.me_pay_why(collective, &task.organisation_name, until),
        TaskKind::Terms => t.me_terms_why(collective, &task.organisation_name, until),
        TaskKind::Bill => t.me_bill_why(collective, &task.organisation_name),
        TaskKind::Round => t.me_distribute_why(collective),
        TaskKind::Share if puts_in_round => t.me_share_round(collective, task.number, until),
        TaskKind::Share => t.me_share_outside(collective),
        TaskKind::Closing if task.amount.is_positive() => {
            t.me_closing_why(collective, t.money_short(task.amount, task.currency()))
        }
        TaskKind::Closing => t.me_closing_covered(collective),
        TaskKind::Answerers => t.me_answerers_why(collective),
        TaskKind::Refund if task.by_whom == SECOND && task.whom.is_empty() => {
            t.me_refund_nobody_why(collective)
        }
        TaskKind::Refund if task.by_whom == SECOND => t.me_refund_second_why(collective, &task.whom),
        TaskKind::Iban => t.me_iban_why(collective),
        TaskKind::Invite => t.me_invite_why(collective),
        TaskKind::PayIn => t.me_pay_in_why(collective),
        TaskKind::PayDue
        | TaskKind::LateDues
        | TaskKind::Lead
        | TaskKind::Receive
        | TaskKind::Newcomers
        | TaskKind::OpenRound
        | TaskKind::Need
        | TaskKind::Idea
        | TaskKind::Unproven
        | TaskKind::Record
        | TaskKind::Refund
        | TaskKind::Invoice => t.me_in(collective),
    }
}

fn path(task: &Task, puts_in_round: bool) -> String {
    let (slug, number) = (task.slug.as_str(), task.number);
    let of = |list: &str| format!("/c/{slug}/{list}");
    let one = |list: &str| format!("/c/{slug}/{list}/{number}");
    match task.kind {
        TaskKind::Role | TaskKind::Answerers => of("roles"),
        TaskKind::Feature => format!("{}#steward", one("features")),
        TaskKind::Report | TaskKind::Bill => format!("{}/work", one("features")),
        TaskKind::Lead | TaskKind::LeadProposed => format!("{}/lead", one("features")),
        TaskKind::Pay | TaskKind::Receive => one("calls"),
        TaskKind::NewIban => of("about#iban"),
        TaskKind::NewLink => of("about#link"),
        TaskKind::Refund if number > 0 => one("refunds"),
        TaskKind::Refund => format!("/c/{slug}/members/{}/refund", task.about),
        TaskKind::PayDue => format!("/c/{slug}/members/{}/subscription", task.about),
        TaskKind::LateDues => of("subscriptions"),
        TaskKind::Newcomers => of("newcomers"),
        TaskKind::Round => format!("{}/distribution", one("rounds")),
        TaskKind::Share if puts_in_round => one("rounds"),
        TaskKind::Share => of("features"),
        TaskKind::OpenRound => of("rounds/new"),
        TaskKind::Need => of("features?state=gathering"),
        TaskKind::Idea => of("features?state=idea"),
        TaskKind::Closing | TaskKind::Terms => one("features"),
        TaskKind::Unproven => of("contributions?proof=none"),
        TaskKind::Iban => of("about"),
        TaskKind::Invite => of("invitations"),
        TaskKind::PayIn => format!("/c/{slug}/members/{}/statement#pay", task.about),
        TaskKind::Record if task.mode == FundMode::Own => of("contributions/new"),
        TaskKind::Record | TaskKind::Invoice => of("payments"),
    }
}
