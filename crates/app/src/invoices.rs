//! Invoices of whoever does the work: entered with the invoice itself, approved by one person, authorised by another,
//! paid at the bank, seen on the statement.

mod asking;
mod correcting;
mod judging;
pub mod page;
mod paying;
mod ties;

use domain::{
    AccountKind, Money,
    actor::Action,
    features::State,
    ids::{FeatureId, InvoiceId},
    input::{FieldError, FieldRule},
    invoices::{InvoiceRefusal, InvoiceState, LONGEST_NUMBER, LONGEST_PAYEE},
    names,
    pot::FundMode,
    references::Iban,
    text,
};
use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx,
    features::Feature,
    invoices::{Invoice, Taken},
};
use uuid::Uuid;

use asking::ask;
pub use asking::nobody_answers;
pub(crate) use asking::{ROLE_BEGAN, ask_newly_able_if_due, begins};
pub use correcting::correct_invoice;
pub use judging::{approve_invoice, authorise_invoice, refuse_invoice, withdraw_invoice};
pub(crate) use judging::{authoriser, may_authorise, suspended};
pub use paying::{bounce_payment, pay_invoice, settle_payment};
pub use ties::At;
use ties::judges;
pub(crate) use ties::{Tie, judges_of_refund, tie_to_work, tied_to};

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    features,
    files::{self, Place, Upload},
    idempotency::{Keyed, remember, replayed},
    sessions::Session,
    till::{Drawn, Story, Till},
    triggers::held_on,
    work::{Worker, member_named, permit_at_work, worker_of},
};

/// What the file of an invoice is there for.
pub const PURPOSE: &str = "invoice";
/// How far back an invoice may be dated, in days: ten years, as long as papers are kept.
const OLDEST_DAYS: i64 = 3_653;

/// An invoice as it is entered.
#[derive(Clone, Debug, Serialize)]
pub struct NewInvoice {
    /// The number that whoever wrote it gave it.
    pub reference: String,
    /// Its date.
    pub dated_on: Date,
    /// How much, in minor units of the pot.
    pub amount: Money,
    /// Who is paid.
    pub payee: String,
    /// Where to transfer.
    pub iban: String,
    /// The invoice itself.
    pub file: Option<Upload>,
}

/// The answer to an act on an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number in the pot.
    pub number: i64,
}

impl Answered {
    const fn of(invoice: &Invoice) -> Self {
        Self { invoice: invoice.id, number: invoice.number }
    }
}

/// Enters an invoice on a feature that is being built: for whoever leads it, whoever does the work, or a treasurer.
/// Two persons are asked to answer it. Asks for a fresh sign-in. Errors: its fields; no right; not being built; a pot
/// that holds no money; above what was received and isn't invoiced; a file that came with another.
pub async fn enter_invoice(
    context: &Context,
    session: &Session,
    acting: Acting,
    feature: FeatureId,
    new: NewInvoice,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    session.proves(&acting, context.now())?;
    let Some(row) = features::find(context, feature).await? else { return Err(Failure::NotFound) };
    let keyed = Keyed::of(context, &acting, &("invoice", feature, &new)).await?;
    let (pot, drawn) = (row.pot.0, Drawn::of(context));
    context.db.write(Enter { pot, acting, feature, new, keyed, drawn }).await
}

struct Enter {
    pot: Uuid,
    acting: Acting,
    feature: FeatureId,
    new: NewInvoice,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

/// The fields of an invoice as they are kept.
struct Checked {
    reference: String,
    payee: String,
    iban: String,
    file: Upload,
}

/// Who is paid and where, as they are kept. What breaks a rule is told of `payee` and `iban`.
pub(crate) fn payee_and_iban(payee: &str, iban: &str, errors: &mut Vec<FieldError>) -> (String, String) {
    let mut keep = |field: &str, read: Result<String, FieldRule>| {
        read.map_err(|rule| errors.push(FieldError::new(field, rule))).unwrap_or_default()
    };
    let payee = keep("payee", text::line(payee, LONGEST_PAYEE));
    let iban = Iban::parse(iban).map(|iban| iban.as_str().to_owned());
    (payee, keep("iban", iban.map_err(|_| FieldRule::NotAnIban)))
}

impl NewInvoice {
    fn checked(&self, today: Date) -> Result<Checked, Failure<InvoiceRefusal>> {
        let mut errors = Vec::new();
        let reference = text::line(&self.reference, LONGEST_NUMBER);
        let reference = reference.map_err(|rule| errors.push(FieldError::new("reference", rule)));
        let (payee, iban) = payee_and_iban(&self.payee, &self.iban, &mut errors);
        if !self.amount.is_positive() {
            errors.push(FieldError::new("amount", FieldRule::NotPositive));
        } else if self.amount > Money::MAX_ENTRY {
            errors.push(FieldError::new("amount", FieldRule::TooLarge));
        }
        let oldest = today.saturating_sub(OLDEST_DAYS.days());
        if self.dated_on > today {
            errors.push(FieldError::new("dated_on", FieldRule::InTheFuture));
        } else if self.dated_on < oldest {
            errors.push(FieldError::new("dated_on", FieldRule::Before(oldest)));
        }
        if self.file.is_none() {
            errors.push(FieldError::new("file", FieldRule::Missing));
        }
        match (self.file.clone(), errors.is_empty()) {
            (Some(file), true) => Ok(Checked { reference: reference.unwrap_or_default(), payee, iban, file }),
            _ => Err(Failure::Invalid(errors)),
        }
    }
}

impl Command for Enter {
    type Done = Answered;
    type Error = Failure<InvoiceRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Answered, Failure<InvoiceRefusal>> {
        let mut till = Till::by_person(tx, self.pot.into(), &self.acting, &self.drawn).await?;
        let feature = features::lock_one(tx, &till, self.feature).await?;
        let worker = worker_of(tx, &feature).await?;
        let permit = permit_at_work(&till, Action::EnterInvoice, &self.acting, &feature, &worker)?;
        if let Some(answer) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        if till.locked.pot.fund_mode == FundMode::Direct {
            return Err(Failure::Refused(InvoiceRefusal::NoMoneyHeld));
        }
        if feature.state != State::Building {
            return Err(Failure::Refused(InvoiceRefusal::NotBuilding(feature.state)));
        }
        let checked = self.new.checked(till.today)?;
        let room = room(tx, &till, feature.id).await?;
        if self.new.amount > room {
            return Err(Failure::Refused(InvoiceRefusal::AboveRoom { room }));
        }
        let id: InvoiceId = till.id();
        let place = Place {
            collective: till.collective.id,
            subject: id.0,
            purpose: PURPOSE,
            payer: permit.organisation(),
            uploaded_by: self.acting.person,
        };
        let file_hash = checked.file.hash();
        let file = files::keep_in(tx, &mut till.seed, till.now, &checked.file, place).await?;
        let payee_organisation = organisation_of(tx, &till, &worker, &checked.payee).await?;
        let invoice = Invoice {
            id,
            pot: till.pot(),
            feature: feature.id,
            number: store::invoices::next_number(tx, till.pot()).await?,
            reference_key: text::fold(&checked.reference),
            reference: checked.reference,
            dated_on: self.new.dated_on,
            amount: self.new.amount,
            payee_key: text::fold(&checked.payee),
            payee: checked.payee,
            payee_organisation,
            iban: checked.iban,
            file,
            file_hash,
            state: InvoiceState::Entered,
            entered_by: self.acting.person,
            entered_for: permit.organisation(),
            created_at: till.now,
            approved_by: None,
            approved_at: None,
            approved_hash: None,
            authorised_by: None,
            authorised_at: None,
            ended_by: None,
            ended_at: None,
            reason: String::new(),
            due_posting: None,
        };
        match store::invoices::taken(tx, &invoice).await? {
            Some(Taken::Reference) => return Err(Failure::field("reference", FieldRule::Taken)),
            Some(Taken::File) => return Err(Failure::Refused(InvoiceRefusal::SameFile)),
            None => store::invoices::insert(tx, &invoice).await?,
        }
        tell(tx, &mut till, &feature, &invoice, "invoice_entered").await?;
        let answer = Answered::of(&invoice);
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &answer).await?;
        ask(tx, &mut till, &feature, &invoice).await?;
        Ok(answer)
    }
}

/// The organisation that a name to be paid is of: whoever does the work, or another member.
async fn organisation_of(
    tx: &mut Tx,
    till: &Till,
    worker: &Worker,
    payee: &str,
) -> store::sqlx::Result<Option<domain::ids::OrganisationId>> {
    if worker.organisation.is_some() && names::same_name(payee, &worker.name) {
        return Ok(worker.organisation);
    }
    Ok(member_named(tx, till.collective.id, payee).await?.map(|member| member.id))
}

/// What lies on a feature, was received, and isn't invoiced yet. Errors: faults only.
async fn room<R: std::fmt::Debug>(tx: &mut Tx, till: &Till, feature: FeatureId) -> Result<Money, Failure<R>> {
    let held = held_on(tx, till, feature, AccountKind::Reserved).await?;
    let reserved = Money::sum(held.iter().map(|bound| bound.amount))
        .map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(reserved.less(store::invoices::pending(tx, feature).await?.amount))
}

/// The story of a feature tells what becomes of an invoice: a role did it, never a name.
async fn tell(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    invoice: &Invoice,
    kind: &'static str,
) -> Result<(), Failure<InvoiceRefusal>> {
    let data = json!({ "title": feature.title, "number": feature.number, "invoice": invoice.number,
        "amount": invoice.amount.minor() });
    till.record(tx, Story::new(kind, ("feature", feature.id.0), data)).await
}

/// The act of one command on an invoice.
enum Act {
    Approve,
    Authorise,
    Refuse(String),
    Withdraw(String),
    Correct { payee: String, iban: String, reason: String },
    Pay { paid_on: Date, reference: String, settled_on: Option<Date> },
    Settle { settled_on: Date, reference: String },
    Bounce { bounced_on: Date, reason: String },
}

struct OnInvoice {
    acting: Acting,
    /// The invoice as it was read to know its pot and feature.
    invoice: Invoice,
    act: Act,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

async fn carry_out(
    context: &Context,
    acting: Acting,
    invoice: InvoiceId,
    keyed: Option<Keyed>,
    act: Act,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let mut tx = context.db.read().await?;
    let invoice = store::invoices::by_id(&mut tx, invoice).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    context.db.write(OnInvoice { acting, invoice, act, keyed, drawn: Drawn::of(context) }).await
}

impl Command for OnInvoice {
    type Done = Answered;
    type Error = Failure<InvoiceRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.invoice.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Answered, Failure<InvoiceRefusal>> {
        let mut till = Till::by_person(tx, self.invoice.pot, &self.acting, &self.drawn).await?;
        let mut feature = features::lock_one(tx, &till, self.invoice.feature).await?;
        let mut invoice = store::invoices::lock(tx, self.invoice.id).await?.ok_or(Failure::NotFound)?;
        self.permit(tx, &till, &feature, &invoice).await?;
        if let Some(answer) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let (at, on, it) = (&mut till, &mut feature, &mut invoice);
        match &self.act {
            Act::Approve => judging::approve(tx, at, on, it).await?,
            Act::Authorise => judging::authorise(tx, at, on, it).await?,
            Act::Refuse(reason) => judging::end(tx, at, on, it, InvoiceState::Refused, reason).await?,
            Act::Withdraw(reason) => judging::end(tx, at, on, it, InvoiceState::Withdrawn, reason).await?,
            Act::Correct { payee, iban, reason } => {
                correcting::correct(tx, at, on, it, payee, iban, reason).await?;
            }
            Act::Pay { paid_on, reference, settled_on } => {
                paying::pay(tx, at, on, it, *paid_on, reference, *settled_on).await?;
            }
            Act::Settle { settled_on, reference } => {
                paying::settle(tx, at, on, it, *settled_on, reference).await?;
            }
            Act::Bounce { bounced_on, reason } => paying::bounce(tx, at, on, it, *bounced_on, reason).await?,
        }
        let answer = Answered::of(&invoice);
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &answer).await?;
        Ok(answer)
    }
}

impl OnInvoice {
    async fn permit(
        &self,
        tx: &mut Tx,
        till: &Till,
        feature: &Feature,
        invoice: &Invoice,
    ) -> Result<(), Failure<InvoiceRefusal>> {
        let acting = &self.acting;
        // What is due may be under way at the bank already: whoever makes transfers knows.
        let ends = matches!(self.act, Act::Refuse(_) | Act::Withdraw(_));
        if ends && invoice.due_posting.is_some() {
            let treasurer = till.permit(Action::RecordMoney, acting, None);
            return treasurer.map(drop).map_err(|_| Failure::Refused(InvoiceRefusal::AskTreasury));
        }
        match self.act {
            Act::Approve => till.permit(Action::ApprovePayment, acting, None).map(drop)?,
            Act::Authorise => till.permit(Action::AuthorisePayment, acting, None).map(drop)?,
            Act::Refuse(_) => {
                // Whoever could authorise it may refuse it too, and so may whoever stands in for a steward.
                if till.permit(Action::AuthorisePayment, acting, None).is_err() {
                    till.permit(Action::ApprovePayment, acting, None)?;
                    let judges = judges(tx, &At::of(till), invoice, &[acting.person]).await?;
                    // A steward may, also one whom a tie keeps from approving: nothing is paid by it.
                    if !judges.stewards.contains(&acting.person) {
                        judges.may_approve(acting.person).map_err(Failure::Refused)?;
                    }
                }
            }
            Act::Withdraw(_) | Act::Correct { .. } => {
                let worker = worker_of(tx, feature).await?;
                permit_at_work(till, Action::EnterInvoice, acting, feature, &worker).map(drop)?;
            }
            Act::Pay { .. } | Act::Settle { .. } | Act::Bounce { .. } => {
                till.permit(Action::RecordMoney, acting, None).map(drop)?;
            }
        }
        Ok(())
    }
}
