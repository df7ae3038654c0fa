//! What awaits somebody, worded: the same line on one's own page and on that of the pot.

use app::awaiting::{InvoiceWaiting, ToDo};
use domain::pot::FundMode;
use domain::tasks::TaskKind;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::tasks::Task;
use words::Words;

use crate::paths::Paths;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TaskLine {
    pub(crate) what: String,
    /// Where, and why.
    pub(crate) why: String,
    /// Until when, where there is a last day.
    pub(crate) when: String,
    pub(crate) href: String,
}

/// Words what is to be done.
pub(crate) fn task_line(t: Words, paths: &Paths, todo: &ToDo, today: Date) -> TaskLine {
    match todo {
        ToDo::Task(task) => line(t, paths, task, today),
        ToDo::Invoice(invoice) => invoice_line(t, paths, invoice),
    }
}

fn invoice_line(t: Words, paths: &Paths, one: &InvoiceWaiting) -> TaskLine {
    let invoice = &one.waiting.invoice;
    TaskLine {
        what: t.me_invoice(t.money(invoice.amount, one.currency), one.waiting.ask.as_str()),
        why: t.me_invoice_why(&one.collective, t.typography(&one.waiting.title)),
        when: String::new(),
        href: paths.one(&one.slug, "invoices", invoice.number),
    }
}

fn line(t: Words, paths: &Paths, task: &Task, today: Date) -> TaskLine {
    let until = task.day.map(|day| t.until(day, today)).unwrap_or_default();
    // A round whose last day has passed is being closed: nothing is put any more.
    let puts_in_round = task.number > 0 && task.day.is_some_and(|last| last >= today);
    TaskLine {
        what: what(t, task, today),
        why: why(t, task, &until, puts_in_round),
        href: href(paths, task, puts_in_round),
        when: until,
    }
}

fn what(t: Words, task: &Task, today: Date) -> String {
    let title = || t.typography(&task.title);
    let amount = || t.money_short(task.amount, task.currency());
    match task.kind {
        TaskKind::Role => t.me_role(&task.whom, t.people_role_kind(&task.about)),
        TaskKind::Feature => t.me_feature(title()),
        TaskKind::Report => t.me_report(title()),
        TaskKind::Lead => t.me_lead(title()),
        TaskKind::Pay => t.pot_await_pay(amount(), title()),
        TaskKind::PayDue => t.me_pay_due(amount(), &task.organisation_name),
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
        TaskKind::Feature => {
            let zone = TimeZone::get(&task.zone).unwrap_or(TimeZone::UTC);
            let since = task.since.map(|since| t.date(since.to_zoned_datetime(zone).date()));
            t.me_feature_why(collective, since.unwrap_or_default())
        }
        TaskKind::Report => t.me_report_why(collective, until),
        TaskKind::Pay => t.me_pay_why(collective, &task.organisation_name, until),
        TaskKind::Bill => t.me_bill_why(collective, &task.organisation_name),
        TaskKind::Round => t.me_distribute_why(collective),
        TaskKind::Share if puts_in_round => t.me_share_round(collective, task.number, until),
        TaskKind::Share => t.me_share_outside(collective),
        TaskKind::Closing if task.amount.is_positive() => {
            t.me_closing_why(collective, t.money_short(task.amount, task.currency()))
        }
        TaskKind::Closing => t.me_closing_covered(collective),
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
        | TaskKind::Record
        | TaskKind::Invoice => t.me_in(collective),
    }
}

fn href(paths: &Paths, task: &Task, puts_in_round: bool) -> String {
    let (slug, number) = (task.slug.as_str(), task.number);
    let in_state = |state: &str| format!("{}?state={state}", paths.of(slug, "features"));
    match task.kind {
        TaskKind::Role => paths.of(slug, "roles"),
        TaskKind::Feature => format!("{}#steward", paths.one(slug, "features", number)),
        TaskKind::Report | TaskKind::Bill => paths.part(slug, "features", number, "work"),
        TaskKind::Lead => paths.part(slug, "features", number, "lead"),
        TaskKind::Pay | TaskKind::Receive => paths.one(slug, "calls", number),
        TaskKind::PayDue => paths.part(slug, "members", &task.about, "subscription"),
        TaskKind::LateDues => paths.of(slug, "subscriptions"),
        TaskKind::Newcomers => paths.of(slug, "newcomers"),
        TaskKind::Round => paths.part(slug, "rounds", number, "distribution"),
        TaskKind::Share if puts_in_round => paths.one(slug, "rounds", number),
        TaskKind::Share => paths.of(slug, "features"),
        TaskKind::OpenRound => paths.one(slug, "rounds", "new"),
        TaskKind::Need => in_state("gathering"),
        TaskKind::Idea => in_state("idea"),
        TaskKind::Closing => paths.one(slug, "features", number),
        TaskKind::Iban => paths.of(slug, "about"),
        TaskKind::Invite => paths.of(slug, "invitations"),
        TaskKind::PayIn => format!("{}#pay", paths.part(slug, "members", &task.about, "statement")),
        TaskKind::Record if task.mode == FundMode::Own => paths.one(slug, "contributions", "new"),
        TaskKind::Record | TaskKind::Invoice => paths.of(slug, "payments"),
    }
}
