//! What is paid back to an organisation that left with a refund: prepared by one person, authorised by another, none of
//! them tied to it, then transferred as an invoice is.

pub mod page;

use domain::{
    Account, Creditor, Money,
    actor::{Action, NotAllowed},
    ids::{OrganisationId, PersonId, PotId, RefundId},
    invoices::{InvoiceRefusal, InvoiceState, NO_FILE, Order},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx,
    refunds::Refund,
    seals::{self, Kind},
};
use uuid::Uuid;

use crate::{
    acting::Acting,
    closings::given_reason,
    context::Context,
    error::Failure,
    idempotency::{Keyed, remember, replayed},
    invoices::{At, authoriser, judges_of_refund, may_authorise, payee_and_iban},
    refund_mails,
    sessions::Session,
    till::{Drawn, Story, Till},
    transfers::{self, Owed, Pays, reference_of},
};

type Done<T = ()> = Result<T, Failure<InvoiceRefusal>>;

/// The answer to an act on a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    /// The refund.
    pub refund: RefundId,
    /// Its number in the pot.
    pub number: i64,
}

/// A steward or a treasurer prepares the refund of all that is owed to an organisation and that nobody prepared yet: to
/// which account it goes. Where no two persons hold the roles without a tie, the representative of another member.
/// Asks for a fresh sign-in. Errors: fields `payee`, `iban`; no right; tied; nobody could authorise it; nothing is owed.
pub async fn prepare_refund(
    context: &Context,
    session: &Session,
    acting: Acting,
    pot: PotId,
    organisation: OrganisationId,
    (payee, iban): (&str, &str),
) -> Done<Refunded> {
    session.proves(&acting, context.now())?;
    let mut errors = Vec::new();
    let (payee, iban) = payee_and_iban(payee, iban, &mut errors);
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    let keyed = Keyed::of(context, &acting, &("prepare_refund", organisation, &payee, &iban)).await?;
    let drawn = Drawn::of(context);
    context.db.write(Prepare { pot, acting, organisation, payee, iban, keyed, drawn }).await
}

/// A treasurer authorises what another prepared. Asks for a fresh sign-in. Errors: no right; another must; whoever
/// prepared it may no more; it changed since.
pub async fn authorise_refund(
    context: &Context,
    session: &Session,
    acting: Acting,
    refund: RefundId,
) -> Done<Refunded> {
    session.proves(&acting, context.now())?;
    let keyed = Keyed::of(context, &acting, &("authorise_refund", refund)).await?;
    carry_out(context, acting, refund, keyed, Act::Authorise).await
}

/// Whoever prepared a refund, or a treasurer, takes it back before its transfer, with a reason: it is to be prepared
/// again. Errors: field `reason`; no right; it is under way.
pub async fn withdraw_refund(
    context: &Context,
    acting: Acting,
    refund: RefundId,
    reason: &str,
) -> Done<Refunded> {
    let reason = given_reason(reason)?;
    let keyed = Keyed::of(context, &acting, &("withdraw_refund", refund, &reason)).await?;
    carry_out(context, acting, refund, keyed, Act::Withdraw(reason)).await
}

/// A treasurer ordered the transfer at the bank on a day, and perhaps saw it on the statement already.
/// Errors: fields `paid_on`, `settled_on`, `reference`; no right; it isn't to be paid.
pub async fn pay_refund(
    context: &Context,
    acting: Acting,
    refund: RefundId,
    paid_on: Date,
    reference: &str,
    settled_on: Option<Date>,
) -> Done<Refunded> {
    let reference = reference_of(reference)?;
    let days = (paid_on.to_string(), settled_on.map(|day| day.to_string()));
    let keyed = Keyed::of(context, &acting, &("pay_refund", refund, days, &reference)).await?;
    carry_out(context, acting, refund, keyed, Act::Pay { paid_on, reference, settled_on }).await
}

/// A treasurer saw the transfer on a statement. Errors: fields `settled_on`, `reference`; no right; none is under way.
pub async fn settle_refund(
    context: &Context,
    acting: Acting,
    refund: RefundId,
    settled_on: Date,
    reference: &str,
) -> Done<Refunded> {
    let reference = reference_of(reference)?;
    let asked = ("settle_refund", refund, settled_on.to_string(), &reference);
    let keyed = Keyed::of(context, &acting, &asked).await?;
    carry_out(context, acting, refund, keyed, Act::Settle { settled_on, reference }).await
}

/// The transfer came back, or was recorded by mistake: it is to be paid again, by another one.
/// Errors: fields `bounced_on`, `reason`; no right; no transfer stands.
pub async fn bounce_refund(
    context: &Context,
    acting: Acting,
    refund: RefundId,
    bounced_on: Date,
    reason: &str,
) -> Done<Refunded> {
    let reason = given_reason(reason)?;
    let asked = ("bounce_refund", refund, bounced_on.to_string(), &reason);
    let keyed = Keyed::of(context, &acting, &asked).await?;
    carry_out(context, acting, refund, keyed, Act::Bounce { bounced_on, reason }).await
}

/// What two persons agree to.
fn hash(payee: &str, iban: &str, amount: Money) -> [u8; 32] {
    Order { payee, iban, amount, file: &NO_FILE }.hash()
}

/// The words by which a transfer says what it is, in the collective's language.
pub(crate) fn reference(locale: &str, number: i64) -> String {
    crate::mails::words_of(locale).refunds_transfer_reference(number)
}

fn person(till: &Till) -> Done<PersonId> {
    till.person().ok_or(Failure::NotAllowed(NotAllowed::SignedOut))
}

/// The story of the collective tells what becomes of a refund, never how much it is: that is the organisation's.
async fn tell(tx: &mut Tx, till: &mut Till, refund: &Refund, kind: &'static str) -> Done {
    let data = json!({ "refund": refund.number });
    let mut story = Story::new(kind, ("organisation", refund.organisation.0), data);
    story.organisation = Some(refund.organisation);
    till.record(tx, story).await
}

struct Prepare {
    pot: PotId,
    acting: Acting,
    organisation: OrganisationId,
    payee: String,
    iban: String,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Prepare {
    type Done = Refunded;
    type Error = Failure<InvoiceRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Done<Refunded> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        if till.permit(Action::RecordMoney, &self.acting, None).is_err() {
            till.permit(Action::ApprovePayment, &self.acting, None)?;
        }
        if let Some(answer) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let owed = store::refunds::owed_to(tx, till.pot(), self.organisation).await?;
        let Some(owed) = owed.filter(|owed| owed.rest().is_positive()) else {
            return Err(Failure::Refused(InvoiceRefusal::NothingOwed));
        };
        let person = person(&till)?;
        let known =
            judges_of_refund(tx, &At::of(&till), (self.organisation, &self.payee), &[person], till.now)
                .await?;
        known.may_approve(person).map_err(Failure::Refused)?;
        let refund = Refund {
            id: till.id(),
            pot: till.pot(),
            number: store::refunds::next_number(tx, till.pot()).await?,
            organisation: self.organisation,
            amount: owed.rest(),
            payee: self.payee.clone(),
            iban: self.iban.clone(),
            state: InvoiceState::Approved,
            approved_by: person,
            approved_at: till.now,
            approved_hash: hash(&self.payee, &self.iban, owed.rest()),
            authorised_by: None,
            authorised_at: None,
            ended_by: None,
            ended_at: None,
            reason: String::new(),
        };
        store::refunds::insert(tx, &refund).await?;
        tell(tx, &mut till, &refund, "refund_prepared").await?;
        let answer = Refunded { refund: refund.id, number: refund.number };
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &answer).await?;
        refund_mails::ask_authorisation(tx, &mut till, &refund, &owed.name, &known).await?;
        Ok(answer)
    }
}

/// The act of one command on a refund.
enum Act {
    Authorise,
    Withdraw(String),
    Pay { paid_on: Date, reference: String, settled_on: Option<Date> },
    Settle { settled_on: Date, reference: String },
    Bounce { bounced_on: Date, reason: String },
}

struct OnRefund {
    acting: Acting,
    pot: PotId,
    refund: RefundId,
    act: Act,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

async fn carry_out(
    context: &Context,
    acting: Acting,
    refund: RefundId,
    keyed: Option<Keyed>,
    act: Act,
) -> Done<Refunded> {
    let mut tx = context.db.read().await?;
    let pot = store::refunds::by_id(&mut tx, refund).await?.ok_or(Failure::NotFound)?.pot;
    drop(tx);
    context.db.write(OnRefund { acting, pot, refund, act, keyed, drawn: Drawn::of(context) }).await
}

impl Command for OnRefund {
    type Done = Refunded;
    type Error = Failure<InvoiceRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Done<Refunded> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        let mut refund = store::refunds::lock(tx, self.refund).await?.ok_or(Failure::NotFound)?;
        self.permit(&till, &refund)?;
        if let Some(answer) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let (at, it) = (&mut till, &mut refund);
        match &self.act {
            Act::Authorise => authorise(tx, at, it).await?,
            Act::Withdraw(reason) => withdraw(tx, at, it, reason).await?,
            Act::Pay { paid_on, reference, settled_on } => {
                pay(tx, at, it, *paid_on, reference).await?;
                if let Some(settled_on) = settled_on {
                    settle(tx, at, it, *settled_on, reference).await?;
                }
            }
            Act::Settle { settled_on, reference } => settle(tx, at, it, *settled_on, reference).await?,
            Act::Bounce { bounced_on, reason } => bounce(tx, at, it, *bounced_on, reason).await?,
        }
        let answer = Refunded { refund: refund.id, number: refund.number };
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &answer).await?;
        Ok(answer)
    }
}

impl OnRefund {
    fn permit(&self, till: &Till, refund: &Refund) -> Done {
        let action = match self.act {
            Act::Authorise => Action::AuthorisePayment,
            // What is authorised may be under way at the bank already: whoever makes transfers knows.
            Act::Withdraw(_)
                if refund.state == InvoiceState::Approved && till.person() == Some(refund.approved_by) =>
            {
                return Ok(());
            }
            _ => Action::RecordMoney,
        };
        Ok(till.permit(action, &self.acting, None).map(drop)?)
    }
}

async fn authorise(tx: &mut Tx, till: &mut Till, refund: &mut Refund) -> Done {
    if refund.state != InvoiceState::Approved {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(refund.state)));
    }
    let person = authoriser(tx, till).await?;
    let at = At::of(till);
    let by = refund.approved_by;
    let known =
        judges_of_refund(tx, &at, (refund.organisation, &refund.payee), &[person, by], refund.approved_at)
            .await?;
    may_authorise(tx, &at, &known, person, by).await?;
    if !as_agreed(refund) || !seals::stands(tx, Kind::Refund, refund.id).await? {
        return Err(Failure::Refused(InvoiceRefusal::OrderChanged));
    }
    refund.state = InvoiceState::Authorised;
    refund.authorised_by = Some(person);
    refund.authorised_at = Some(till.now);
    store::refunds::update(tx, refund).await?;
    tell(tx, till, refund, "refund_authorised").await
}

async fn withdraw(tx: &mut Tx, till: &mut Till, refund: &mut Refund, reason: &str) -> Done {
    if !matches!(refund.state, InvoiceState::Approved | InvoiceState::Authorised) {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(refund.state)));
    }
    refund.state = InvoiceState::Withdrawn;
    refund.ended_by = till.person();
    refund.ended_at = Some(till.now);
    reason.clone_into(&mut refund.reason);
    store::refunds::update(tx, refund).await?;
    tell(tx, till, refund, "refund_withdrawn").await
}

fn as_agreed(refund: &Refund) -> bool {
    refund.approved_hash == hash(&refund.payee, &refund.iban, refund.amount)
}

/// What a transfer of a refund pays, saying so in these words.
fn owed<'a>(refund: &Refund, reference: &'a str) -> Owed<'a> {
    Owed {
        pays: Pays::Refund(refund.id, refund.organisation),
        account: Account::RefundDue(Creditor::Organisation(refund.organisation)),
        amount: refund.amount,
        reference,
        authorised_at: refund.authorised_at,
        as_agreed: as_agreed(refund),
    }
}

async fn pay(tx: &mut Tx, till: &mut Till, refund: &mut Refund, paid_on: Date, reference: &str) -> Done {
    if refund.state != InvoiceState::Authorised {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(refund.state)));
    }
    let words = self::reference(&till.collective.locale, refund.number);
    transfers::order(tx, till, &owed(refund, &words), paid_on, reference).await?;
    refund.state = InvoiceState::Paid;
    store::refunds::update(tx, refund).await?;
    tell(tx, till, refund, "refund_paid").await?;
    refund_mails::tell_paid(tx, till, refund, paid_on).await
}

async fn settle(
    tx: &mut Tx,
    till: &mut Till,
    refund: &mut Refund,
    settled_on: Date,
    reference: &str,
) -> Done {
    if refund.state != InvoiceState::Paid
        || !transfers::settle(tx, till, &owed(refund, ""), settled_on, reference).await?
    {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(refund.state)));
    }
    refund.state = InvoiceState::Settled;
    store::refunds::update(tx, refund).await?;
    tell(tx, till, refund, "refund_settled").await
}

async fn bounce(tx: &mut Tx, till: &mut Till, refund: &mut Refund, bounced_on: Date, reason: &str) -> Done {
    if !transfers::bounce(tx, till, &owed(refund, ""), bounced_on, reason).await? {
        return Err(Failure::Refused(InvoiceRefusal::NotAwaited(refund.state)));
    }
    refund.state = InvoiceState::Authorised;
    reason.clone_into(&mut refund.reason);
    store::refunds::update(tx, refund).await?;
    tell(tx, till, refund, "refund_bounced").await?;
    refund_mails::tell_bounced(tx, till, refund).await
}
