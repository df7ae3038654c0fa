//! What invoices and refunds have in common: acts and what comes of them, and the transfer, what its forms ask and what
//! is told of it.

use app::Failure;
use domain::Currency;
use domain::actor::NotAllowed;
use domain::invoices::{InvoiceRefusal, InvoiceState};
use jiff::civil::Date;
use store::payments::Payment;
use words::Words;

use crate::error::WebError;
use crate::extract::FormData;
use crate::reading::{Reading, Refused, refused};

/// What an act led to, with what is said once it is done; unreadable fields come first.
pub(crate) type Done = Result<Result<&'static str, Failure<InvoiceRefusal>>, Refused>;

/// What the page answers to an act.
pub(crate) enum Outcome {
    /// It is done.
    Said(&'static str),
    /// It asks for a fresh sign-in.
    AskAgain,
    /// It is refused.
    Refused(Refused),
}

/// What the page answers to an act of that name; `say` words why it is refused.
pub(crate) fn outcome(
    done: Done,
    act: &str,
    (t, currency): (Words, Currency),
    say: impl Fn(&InvoiceRefusal) -> String,
) -> Result<Outcome, WebError> {
    let failure = match done {
        Err(unreadable) => return Ok(Outcome::Refused(unreadable)),
        Ok(Ok(said)) => return Ok(Outcome::Said(said)),
        Ok(Err(Failure::NotAllowed(NotAllowed::NotFresh))) => return Ok(Outcome::AskAgain),
        Ok(Err(failure)) => failure,
    };
    let mut refusal = refused(failure, t, currency, |why: &InvoiceRefusal| (act.to_owned(), say(why)))?;
    for problem in &mut refusal.problems.0 {
        if problem.field == "reason" {
            // Each form of the page has its own.
            problem.field = format!("{act}_reason");
        }
    }
    Ok(Outcome::Refused(refusal))
}

/// The form that authorises.
pub(crate) struct Authorise {
    pub(crate) action: String,
    pub(crate) lead: String,
    pub(crate) button: &'static str,
}

/// The class of the tag that says where an invoice or a refund stands.
pub(crate) const fn tag_class(state: InvoiceState) -> &'static str {
    match state {
        InvoiceState::Entered | InvoiceState::Approved => "tag on",
        InvoiceState::Refused | InvoiceState::Withdrawn => "tag bad",
        InvoiceState::Authorised | InvoiceState::Paid | InvoiceState::Settled => "tag good",
    }
}

/// Where a treasurer writes what became of a transfer: what the forms of the page need.
pub(crate) struct Acts {
    pub(crate) pay: Option<String>,
    pub(crate) pay_reference: Option<String>,
    pub(crate) settle: Option<String>,
    pub(crate) bounce: Option<String>,
}

impl Acts {
    /// For whoever may pay; `href` is where an act goes, `reference` that of the next transfer.
    pub(crate) fn of(
        t: Words,
        pays: bool,
        state: InvoiceState,
        reference: Option<&str>,
        href: impl Fn(&str) -> String,
    ) -> Self {
        let paid = matches!(state, InvoiceState::Paid | InvoiceState::Settled);
        let act = |name, is| (pays && is).then(|| href(name));
        Self {
            pay_reference: reference.filter(|_| pays).map(|reference| t.invoice_pay_reference(reference)),
            pay: act("pay", state == InvoiceState::Authorised),
            settle: act("settle", state == InvoiceState::Paid),
            bounce: act("bounce", paid),
        }
    }
}

/// What somebody says of a transfer.
pub(crate) enum Transfer {
    /// It was ordered, and perhaps seen on a statement.
    Pay(Date, Option<Date>),
    /// It was seen on a statement.
    Settle(Date),
    /// It came back.
    Bounce(Date),
}

/// Reads an act on a transfer; nothing where the act is another one.
pub(crate) fn read(
    act: &str,
    data: &FormData,
    t: Words,
    currency: Currency,
) -> Option<Result<Transfer, Refused>> {
    let mut reading = Reading::new(data, t, currency);
    let said = match act {
        "pay" => {
            let paid_on = reading.date("paid_on");
            let settled_on = data.filled("also_settled_on").and_then(|_| reading.date("also_settled_on"));
            paid_on.filter(|_| reading.problems.is_empty()).map(|on| Transfer::Pay(on, settled_on))
        }
        "settle" => reading.date("settled_on").map(Transfer::Settle),
        "bounce" => reading.date("bounced_on").map(Transfer::Bounce),
        _ => return None,
    };
    Some(said.ok_or_else(|| Refused::unreadable(reading.problems)))
}

/// What happened to transfers, in order.
pub(crate) fn steps(t: Words, payments: &[Payment]) -> Vec<String> {
    let mut steps = Vec::new();
    for payment in payments {
        steps.push(t.invoice_paid_step(t.date(payment.paid_on), &payment.end_to_end));
        if let Some(on) = payment.settled_on {
            steps.push(t.invoice_settled_step(t.date(on)));
        }
        if let Some(on) = payment.bounced_on {
            steps.push(t.invoice_bounced_step(t.date(on), t.typography(&payment.bounced_reason)));
        }
    }
    steps
}
