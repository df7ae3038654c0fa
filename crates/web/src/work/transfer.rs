//! The transfer of an invoice or of a refund: what its forms ask, and what is told of it.

use domain::Currency;
use jiff::civil::Date;
use store::payments::Payment;
use words::Words;

use crate::extract::FormData;
use crate::reading::{Reading, Refused};

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
