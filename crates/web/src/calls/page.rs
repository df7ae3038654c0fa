//! The page of one call: how much, to whom, by when, under which reference; it fits on a sheet of paper.

use app::fund_calls::page::{CallPage, May, call_page, may};
use app::invoices::At;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Money;
use domain::fund_calls::CallState;
use domain::pot::FundMode;
use domain::references::{Iban, Remittance, epc_qr};
use store::Tx;
use store::fund_calls::CallReceipt;
use words::Words;

use super::qr::QrPicture;
use super::tag;
use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::{Desk, Place, new_key};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "calls/page.html")]
struct Page {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    title: String,
    tag: (&'static str, String),
    headline: String,
    note: Option<String>,
    /// What a transfer needs: label and value.
    transfer: Vec<(&'static str, String)>,
    figures: Vec<(&'static str, String)>,
    qr: Option<QrPicture>,
    said: Option<String>,
    say_paid: Option<String>,
    /// Where it is taken back that it is paid.
    unsay: Option<String>,
    confirm: Option<Ask>,
    record: Option<Ask>,
    cover: Option<Ask>,
    receipts: Vec<Receipt>,
    covers: Vec<(String, String, String)>,
    covered: Option<(String, String)>,
    key: String,
    unit: String,
    /// Whether the same seems to be recorded already: it is asked whether this is another one.
    twin: bool,
}

/// A form about the call.
struct Ask {
    action: String,
    lead: String,
}

/// Something received.
struct Receipt {
    day: String,
    amount: String,
    /// What of it was more than called.
    excess: Option<String>,
    undone: bool,
    undo: Option<String>,
}

/// A call with the desk of who looks at it.
pub(super) struct Seen {
    pub(super) desk: Desk,
    pub(super) page: CallPage,
    pub(super) may: May,
}

/// Reads the call of that number for somebody who may see it.
pub(super) async fn find(
    state: &AppState,
    tx: &mut Tx,
    frame: &Frame,
    slug: &str,
    number: i64,
) -> Result<Seen, WebError> {
    let place = Place::find(state, slug).await?;
    let desk = Desk::signed_in(tx, place, frame).await?;
    let (page, may) = read(tx, &desk, number).await?;
    Ok(Seen { desk, page, may })
}

/// The call of that number, where whoever looks may see it, and what they may do.
pub(crate) async fn read(tx: &mut Tx, desk: &Desk, number: i64) -> Result<(CallPage, May), WebError> {
    let page = call_page(tx, &desk.pot, number).await?.ok_or(WebError::NotFound)?;
    let standing = desk.standing.as_ref().ok_or(WebError::NotFound)?;
    let at = At::new(&desk.place.collective, desk.place.now);
    let may = may(tx, &at, (standing, desk.acting_for), (&desk.pot, &page), &desk.sight).await?;
    if may.see { Ok((page, may)) } else { Err(WebError::NotFound) }
}

/// `GET /c/{collective}/calls/{number}`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let seen = find(&state, &mut tx, &frame, &slug, number).await?;
    drop(tx);
    render(&state, seen, frame, StatusCode::OK, None)
}

/// The page, with what an act on it refused.
pub(super) fn render(
    state: &AppState,
    seen: Seen,
    frame: Frame,
    status: StatusCode,
    refused: Option<Form>,
) -> Result<Response, WebError> {
    let Seen { desk, page, may } = seen;
    let maker = Maker { state, t: frame.t, desk: &desk, page: &page, may };
    let form = refused.unwrap_or_else(|| maker.form());
    html_with(status, &maker.page(frame, form))
}

struct Maker<'a> {
    state: &'a AppState,
    t: Words,
    desk: &'a Desk,
    page: &'a CallPage,
    may: May,
}

impl Maker<'_> {
    fn money(&self, amount: Money) -> String {
        self.t.money(amount, self.desk.currency())
    }

    fn part(&self, part: &str) -> String {
        self.state.paths.part(self.desk.slug(), "calls", self.page.call.number, part)
    }

    fn mode(&self) -> FundMode {
        self.desk.pot.fund_mode
    }

    /// The rest and today, as most payments are.
    fn form(&self) -> Form {
        let rest = self.t.money_field(self.page.call.rest(), self.desk.currency());
        let day = self.desk.place.today.to_string();
        Form::new(self.t, FormData::of([("amount", rest), ("received_on", day)]))
    }

    fn page(&self, frame: Frame, form: Form) -> Page {
        let (t, call) = (self.t, &self.page.call);
        let today = self.desk.place.today;
        let feature = self.state.paths.one(self.desk.slug(), "features", self.page.feature.number);
        let title = t.calls_one(self.mode().as_str(), call.number);
        let iban = Iban::parse(&self.page.payee.iban).ok();
        Page {
            crumbs: Crumbs {
                t,
                above: vec![(feature, t.typography(&self.page.feature.title).into_owned())],
                here: title.clone(),
            },
            title,
            tag: (tag(call.state), t.call_state_name(call.state)),
            headline: match call.state {
                CallState::Unpaid => t.calls_headline_late(t.date(call.due_on), self.money(call.rest())),
                state if state.is_awaited() => {
                    t.calls_headline_rest(self.money(call.rest()), t.until(call.due_on, today))
                }
                state => t.calls_headline(state.as_str()),
            },
            note: self.note(iban.as_ref()),
            transfer: self.transfer(iban.as_ref()),
            figures: self.figures(),
            qr: iban.as_ref().and_then(|iban| self.qr(iban)),
            said: self.said(),
            say_paid: self.say_paid(),
            unsay: self.unsay(),
            confirm: self.confirm(),
            record: self.record(),
            cover: self.cover(),
            receipts: self.receipts(),
            covers: self.covers(),
            covered: self.page.covered.as_ref().map(|(number, name)| {
                let href = self.state.paths.one(self.desk.slug(), "calls", number);
                (href, t.calls_covers_for(number, t.typography(name)))
            }),
            key: new_key(self.state),
            unit: t.currency_sign(self.desk.currency()),
            twin: form.problem("again").is_some() || form.data().has("again", "yes"),
            form,
            frame: self.desk.frame(frame, Section::Accounts),
        }
    }

    /// What to expect before one pays.
    fn note(&self, iban: Option<&Iban>) -> Option<String> {
        if !self.page.call.state.is_awaited() {
            return None;
        }
        if self.may.stuck {
            return Some(self.t.calls_stuck().to_owned());
        }
        match self.mode() {
            FundMode::Direct => Some(self.t.calls_invoice(self.t.typography(&self.page.payee.name))),
            _ if iban.is_none() => Some(self.t.calls_no_iban().to_owned()),
            _ => None,
        }
    }

    fn transfer(&self, iban: Option<&Iban>) -> Vec<(&'static str, String)> {
        let t = self.t;
        let (payer, payee) = (t.typography(&self.page.organisation), t.typography(&self.page.payee.name));
        let lines = [
            (t.calls_payer(), payer.into_owned()),
            (t.calls_payee(), payee.into_owned()),
            (t.calls_iban(), iban.map(Iban::in_fours).unwrap_or_default()),
            (t.calls_reference(), in_fours(&self.page.call.reference)),
            (t.calls_due(), t.until(self.page.call.due_on, self.desk.place.today)),
        ];
        lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        let (t, call) = (self.t, &self.page.call);
        let always = [(t.calls_amount(), call.amount), (t.calls_received(), call.received)];
        let sometimes = [
            (t.calls_repaid(), call.repaid),
            (t.calls_covered(), call.covered),
            (t.calls_cancelled(), call.cancelled),
        ];
        let sometimes = sometimes.into_iter().filter(|(_, amount)| amount.is_positive());
        let all = always.into_iter().chain(sometimes).chain([(t.calls_rest(), call.rest())]);
        all.map(|(label, amount)| (label, self.money(amount))).collect()
    }

    fn qr(&self, iban: &Iban) -> Option<QrPicture> {
        let (call, payee) = (&self.page.call, &self.page.payee.name);
        let awaited = call.state.is_awaited().then(|| call.rest())?;
        let text =
            epc_qr(payee, iban, Some(awaited), self.desk.currency(), Remittance::Reference(&call.reference))?;
        QrPicture::of(&text, self.t.calls_qr(self.money(awaited), self.t.typography(payee)))
    }

    fn said(&self) -> Option<String> {
        let call = &self.page.call;
        let at = call.said_paid_at.filter(|_| call.state.is_awaited())?;
        let day = self.t.date_near(self.desk.place.collective.day(at), self.desk.place.today);
        Some(self.t.calls_said_paid(day, self.t.typography(&self.page.organisation)))
    }

    fn say_paid(&self) -> Option<String> {
        let said = self.page.call.said_paid_at.is_some();
        (self.may.say && !said).then(|| self.part("paid"))
    }

    fn unsay(&self) -> Option<String> {
        let said = self.page.call.said_paid_at.is_some();
        (self.may.say && said).then(|| self.part("not-paid"))
    }

    fn confirm(&self) -> Option<Ask> {
        let rest = self.page.call.rest();
        self.may.confirm.then(|| Ask {
            action: self.part("received"),
            lead: self.t.calls_confirm_lead(self.t.typography(&self.page.payee.name), self.money(rest)),
        })
    }

    /// Money that comes after the end, or beyond what is called, is written down all the same.
    fn record(&self) -> Option<Ask> {
        self.may.record.then(|| Ask {
            action: self.part("payment"),
            lead: self.t.calls_record_effect(
                self.t.typography(&self.page.organisation),
                self.money(self.page.call.rest()),
            ),
        })
    }

    fn cover(&self) -> Option<Ask> {
        self.may.cover.then(|| Ask {
            action: self.part("cover"),
            lead: self.t.calls_cover_lead(self.money(self.page.call.rest())),
        })
    }

    fn receipts(&self) -> Vec<Receipt> {
        // What was recorded, rather than paid out of a pool, may be taken back.
        let recorded = |receipt: &CallReceipt| {
            receipt.posting.is_none_or(|posting| self.page.recorded.contains(&posting))
        };
        let receipt = |receipt: &CallReceipt| {
            let all = receipt.amount.plus(receipt.excess).unwrap_or(receipt.amount);
            Receipt {
                day: self.t.date(receipt.received_on),
                amount: self.money(all),
                excess: receipt
                    .excess
                    .is_positive()
                    .then(|| self.t.calls_receipt_excess(self.money(receipt.excess))),
                undone: receipt.undone_at.is_some(),
                undo: (self.may.undo && receipt.undone_at.is_none() && recorded(receipt)).then(|| {
                    let (slug, number) = (self.desk.slug(), self.page.call.number);
                    self.state.paths.act(slug, "calls", number, "undo", receipt.id)
                }),
            }
        };
        self.page.receipts.iter().map(receipt).collect()
    }

    fn covers(&self) -> Vec<(String, String, String)> {
        let cover = |(call, name): &(store::fund_calls::FundCall, String)| {
            let href = self.state.paths.one(self.desk.slug(), "calls", call.number);
            (href, self.t.typography(name).into_owned(), self.money(call.amount))
        };
        self.page.covers.iter().map(cover).collect()
    }
}

/// `RF62 CHAT ONS0 042`: as references are printed.
pub(crate) fn in_fours(reference: &str) -> String {
    let characters: Vec<char> = reference.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}
