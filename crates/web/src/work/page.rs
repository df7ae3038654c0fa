//! The page of the work on a feature: who does it, invoices, report, objections, decision.

use app::features::gathered::returned_of;
use app::returning::Returning;
use app::work::page::{May, WorkPage, may, page, returning};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::features::{State as Stage, Track};
use domain::pot::FundMode;
use domain::reports::{Outcome, ReportState};
use domain::{Currency, Money};
use store::fund_calls::Listed;
use store::invoices::Invoice;
use store::work::Report;
use words::Words;

use super::decide::{meaning_of, name_of};
use crate::error::WebError;
use crate::extract::FormData;
use crate::features::led_by;
use crate::layout::{Crumbs, Form, Frame, Section, Way, html_with};
use crate::place::{Desk, Place, new_key};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "work/page.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    lead: String,
    way: Way,
    facts: Vec<(&'static str, String)>,
    /// Why there are no invoices here.
    direct: Option<String>,
    /// Whether invoices belong on the page: before the work begins none can be.
    takes_invoices: bool,
    invoices: Vec<InvoiceRow>,
    new_invoice: Option<String>,
    bills: Vec<BillRow>,
    reports: Vec<ReportRow>,
    report: Option<String>,
    object: Option<String>,
    object_lead: String,
    /// Why a steward doesn't decide, though objections wait.
    others_decide: bool,
    stuck: bool,
    withdraw: Option<String>,
    decide: Option<DecideForm>,
    key: String,
    mode: &'static str,
}

/// An invoice, worded.
struct InvoiceRow {
    name: String,
    href: Option<String>,
    date: String,
    amount: String,
    state: String,
    class: &'static str,
}

/// Whom to invoice directly, worded.
struct BillRow {
    name: String,
    href: String,
    amount: String,
    reference: String,
    due: String,
    state: String,
}

/// A report, worded.
struct ReportRow {
    of: String,
    paragraphs: Vec<String>,
    link: String,
    /// Until when it is answered, or how it was.
    answer: String,
    reason: String,
    objections: Vec<ObjectionRow>,
}

/// An objection, worded.
struct ObjectionRow {
    of: String,
    reason: String,
    withdrawn: bool,
}

/// The form of the stewards' answer.
struct DecideForm {
    action: String,
    lead: String,
    /// How it may end, and what then returns; empty where only time is given.
    outcomes: Vec<(&'static str, &'static str, String)>,
    button: &'static str,
}

/// `GET /c/{collective}/features/{number}/work`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    again(&state, place, frame, number, StatusCode::OK, None).await
}

/// The page, or the page again with what an act on it refused.
pub(super) async fn again(
    state: &AppState,
    place: Place,
    frame: Frame,
    number: i64,
    status: StatusCode,
    form: Option<Form>,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let collective = desk.place.collective.id;
    let feature = store::features::by_number(&mut tx, collective, number).await?.ok_or(WebError::NotFound)?;
    let mut seen = page(&mut tx, &desk.pot, &desk.place.collective, feature, desk.place.today).await?;
    desk.sight.past.feature(&mut seen.feature);
    let may = match &desk.standing {
        Some(standing) => {
            may(&mut tx, &seen, &desk.place.collective, standing, desk.acting_for, desk.place.now).await?
        }
        None => May::default(),
    };
    let mut visible = Vec::with_capacity(seen.invoices.len());
    for invoice in &seen.invoices {
        visible.push(match &desk.standing {
            Some(standing) => {
                let place = &desk.place;
                app::invoices::page::sees(&mut tx, &place.collective, standing, invoice, place.now).await?
            }
            None => false,
        });
    }
    let mut returns = Vec::new();
    if may.decide {
        for outcome in [Outcome::Delivered, Outcome::ClosedPartial, Outcome::ClosedFailed] {
            let back = returning(&mut tx, &desk.pot, &seen.feature, outcome).await?;
            returns.push((outcome, back.unwrap_or_default()));
        }
    }
    let names = report_names(&mut tx, &seen).await?;
    let returned = returned_of(&mut tx, desk.pot.fund_mode, &seen.feature, &desk.sight.past).await?;
    drop(tx);
    let maker = Maker { state, t: frame.t, desk: &desk, page: &seen, returned };
    let form = form.unwrap_or_else(|| frame.form(FormData::of([("outcome", "more_time")])));
    let path = state.paths.one(desk.slug(), "features", number);
    let title = frame.t.typography(&seen.feature.title).into_owned();
    html_with(
        status,
        &Page {
            crumbs: Crumbs {
                t: frame.t,
                above: vec![(path, title.clone())],
                here: frame.t.work_title().to_owned(),
            },
            heading: frame.t.work_heading(title),
            lead: maker.lead(),
            way: crate::features::way_of(frame.t, &seen.feature, Some(Stage::Building)),
            facts: maker.facts(),
            direct: maker.direct(),
            takes_invoices: seen.takes_invoices(),
            invoices: seen.invoices.iter().zip(visible).map(|(one, sees)| maker.invoice(one, sees)).collect(),
            bills: seen.bills.iter().filter(|_| may.bill).map(|one| maker.bill(one)).collect(),
            new_invoice: may.invoice.then(|| maker.act("invoices", "new")),
            reports: seen.reports.iter().zip(names).map(|(one, name)| maker.report(one, &name)).collect(),
            report: may.report.then(|| maker.part("report")),
            object: may.object.then(|| maker.part("objection")),
            object_lead: frame.t.work_object_lead(seen.asked),
            others_decide: may.others_decide,
            stuck: may.stuck,
            withdraw: may.withdraw.then(|| maker.act("objection", "withdraw")),
            decide: maker.decide(may, &returns),
            key: new_key(state),
            mode: desk.pot.fund_mode.as_str(),
            form,
            frame: desk.frame(frame, Section::Features),
        },
    )
}

async fn report_names(tx: &mut store::Tx, page: &WorkPage) -> Result<Vec<String>, WebError> {
    let mut names = Vec::with_capacity(page.reports.len());
    for report in &page.reports {
        let row = store::organisations::get(tx, report.organisation).await?;
        names.push(row.map(|row| row.name).unwrap_or_default());
    }
    Ok(names)
}

/// What the parts of the page are made from.
struct Maker<'a> {
    state: &'a AppState,
    t: Words,
    desk: &'a Desk,
    page: &'a WorkPage,
    /// What came back at its end.
    returned: Money,
}

impl Maker<'_> {
    fn currency(&self) -> Currency {
        self.desk.currency()
    }

    fn money(&self, amount: Money) -> String {
        self.t.money(amount, self.currency())
    }

    fn part(&self, part: &str) -> String {
        self.state.paths.part(self.desk.slug(), "features", self.page.feature.number, part)
    }

    fn act(&self, part: &str, act: &str) -> String {
        self.state.paths.act(self.desk.slug(), "features", self.page.feature.number, part, act)
    }

    fn worker(&self) -> String {
        self.t.typography(&self.page.worker.name).into_owned()
    }

    fn lead(&self) -> String {
        match self.page.feature.state {
            state if state.is_end() => self.t.work_lead_ended(self.t.state_name(state), self.worker()),
            _ if self.page.feature.track != Track::Trust => self.t.work_lead_later().to_owned(),
            _ => self.t.work_lead_building(self.page.asked, self.worker()),
        }
    }

    /// What was gathered, what came back at the end included.
    fn gathered(&self) -> Money {
        let total = self.page.feature.allocated_total;
        total.plus(self.returned).unwrap_or(total)
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let (t, page, today) = (self.t, self.page, self.desk.place.today);
        let itself = page.worker.organisation == Some(page.feature.lead);
        let done_by = if itself { t.work_worker_self(self.worker()) } else { self.worker() };
        // On other tracks a contract says who does it: until there is one, only who was named.
        let arranged = page.feature.track == Track::Trust || !page.feature.worker.is_empty();
        let done_by = if arranged { done_by } else { t.features_worker_agree().to_owned() };
        let does = if page.feature.state.is_end() { t.work_done_by() } else { t.features_worker_does() };
        let mut facts = vec![
            (t.work_led_by(), led_by(t, &page.feature, (&page.lead, page.lead_left), today)),
            (does, done_by),
            (t.work_bound(), self.money(self.gathered())),
        ];
        if self.returned.is_positive() {
            facts.push((t.work_spent(), self.money(page.feature.allocated_total)));
            facts.push((t.work_returned(), self.money(self.returned)));
        }
        // What is there moves with each payment of one organisation: members alone see it.
        if self.desk.is_member() {
            if page.called.called.is_positive() {
                let (called, received) = (self.money(page.called.called), self.money(page.called.received));
                facts.push((t.work_received(), t.work_received_of(called, received)));
            }
            if let Some(room) = page.room {
                facts.push((t.work_invoiced(), self.money(page.invoiced())));
                if page.invoiced().is_positive() {
                    facts.push((t.work_accepted(), self.money(page.accepted())));
                    facts.push((t.work_paid(), self.money(page.paid())));
                }
                facts.push((t.work_room(), self.money(room)));
            }
        }
        if let Some(work) = page.work.as_ref().filter(|_| page.feature.state == Stage::Building) {
            facts.push((t.work_due(), t.until(work.due_on, today)));
            if let Some(until) = work.cure_until {
                facts.push((t.work_cure(), t.until(until, today)));
            } else if let Some(at) = work.noticed_at {
                facts.push((t.work_late_since(), t.date(self.desk.place.collective.day(at))));
            }
        }
        facts
    }

    fn direct(&self) -> Option<String> {
        (self.desk.pot.fund_mode == FundMode::Direct).then(|| self.t.work_invoices_direct(self.worker()))
    }

    fn bill(&self, call: &Listed) -> BillRow {
        BillRow {
            name: self.t.typography(&call.name).into_owned(),
            href: self.state.paths.one(self.desk.slug(), "calls", call.number),
            amount: self.money(call.amount.less(call.covered).less(call.cancelled)),
            reference: call.reference.clone(),
            due: self.t.date_near(call.due_on, self.desk.place.today),
            state: self.t.call_state_name(call.state),
        }
    }

    fn invoice(&self, invoice: &Invoice, sees: bool) -> InvoiceRow {
        use domain::invoices::InvoiceState as S;
        InvoiceRow {
            name: self.t.work_invoice_number(invoice.number),
            href: sees.then(|| self.state.paths.one(self.desk.slug(), "invoices", invoice.number)),
            date: self.t.date(invoice.dated_on),
            amount: self.money(invoice.amount),
            state: self.t.invoice_state_name(invoice.state),
            class: match invoice.state {
                S::Entered | S::Approved => "tag on",
                S::Refused | S::Withdrawn => "tag bad",
                S::Authorised | S::Paid | S::Settled => "tag good",
            },
        }
    }

    fn report(&self, report: &Report, name: &str) -> ReportRow {
        let (t, today) = (self.t, self.desk.place.today);
        let day = |at| t.date(self.desk.place.collective.day(at));
        let answer = match (report.state, report.answer_until) {
            (ReportState::Open, _) => {
                t.work_report_until(self.page.asked, t.until(report.objections_until, today))
            }
            (ReportState::Contested, Some(until)) => t.work_report_answer(t.until(until, today)),
            _ if report.decided_by.is_none() && report.outcome.is_some() => {
                t.work_report_silence().to_owned()
            }
            _ => t.work_report_outcome(report.outcome.map_or("", Outcome::as_str)),
        };
        let own = |one: &&store::work::Objection| one.report == report.id;
        let objections = self.page.objections.iter().filter(own).map(|one| ObjectionRow {
            of: t.work_objection_of(day(one.created_at), t.typography(&one.name)),
            reason: t.typography(&one.reason).into_owned(),
            withdrawn: one.withdrawn_at.is_some(),
        });
        ReportRow {
            of: t.work_report_of(day(report.created_at), t.typography(name)),
            paragraphs: report.body.split("\n\n").map(|part| t.typography(part).into_owned()).collect(),
            link: report.link.clone(),
            answer,
            reason: t.typography(&report.reason).into_owned(),
            objections: objections.collect(),
        }
    }

    fn decide(&self, may: May, returns: &[(Outcome, Returning)]) -> Option<DecideForm> {
        let t = self.t;
        if !may.give_time && !may.decide {
            return None;
        }
        let outcomes = returns.iter().map(|(outcome, back)| {
            let sum = Money::sum([back.organisations, back.funds, back.left]).unwrap_or_default();
            let kept = self.desk.pot.fund_mode == FundMode::Direct && *outcome == Outcome::Delivered;
            let effect = match kept {
                true => t.work_outcome_kept().to_owned(),
                false => t.work_outcome_returns(self.money(sum)),
            };
            (outcome.as_str(), name_of(t, *outcome), format!("{} {effect}", meaning_of(t, *outcome)))
        });
        let mut all = Vec::new();
        if may.decide {
            let more = Outcome::MoreTime;
            all.push((more.as_str(), name_of(t, more), meaning_of(t, more).to_owned()));
            all.extend(outcomes);
        }
        Some(DecideForm {
            action: self.part("decision"),
            lead: [
                may.decide.then(|| t.work_decide_lead(self.page.objecting().count())),
                may.stands_in.then(|| t.work_decide_stand_in().to_owned()),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
            outcomes: all,
            button: if may.decide { t.work_decide_send() } else { t.work_give_time() },
        })
    }
}
