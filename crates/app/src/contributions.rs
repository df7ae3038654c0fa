//! Money that comes in from members: a treasurer's entry with its legal nature and, if there is one, its proof.

use domain::{
    Account, Book, Draft, Money, PostingKind, Transfer,
    actor::Action,
    ids::{OrganisationId, PostingId, PotId},
    input::{FieldError, FieldRule},
    posting::{Nature, Posted, Twin},
    pot::FundMode,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    error::Failure,
    files::{self, Place, Upload},
    idempotency::{Keyed, remember, replayed},
    money_mails,
    subscriptions::calling,
    till::{Drawn, Story, Till},
};

/// Longest bank reference, in characters.
pub const LONGEST_REFERENCE: usize = 140;
/// The natures that a member's payment may have.
pub const NATURES: &[Nature] = &[Nature::Subscription, Nature::Earmarked, Nature::ReturnableContribution];
/// How many payments of an import are written at once.
const POSTED_AT_ONCE: usize = 2_000;
/// How far back an entry may be dated, in days: ten years, as long as papers are kept.
const OLDEST_DAYS: i64 = 3_653;

/// A payment of a member.
#[derive(Clone, Debug, Serialize)]
pub struct NewContribution {
    /// Who paid.
    pub organisation: OrganisationId,
    /// How much, in minor units of the pot.
    pub amount: Money,
    /// Its legal nature, one of [`NATURES`].
    #[serde(serialize_with = "as_name")]
    pub nature: Nature,
    /// The day on which it reached the bank.
    pub received_on: Date,
    /// The bank's reference or label; may be empty. Never enters the chain.
    pub reference: String,
    /// A file that shows it.
    pub proof: Option<Upload>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
pub(crate) fn as_name<S: serde::Serializer>(nature: &Nature, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(nature.as_str())
}

/// The answer to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The posting.
    pub posting: PostingId,
    /// Its number in the book of cash.
    pub seq: i64,
    /// The entry that reversed it since: an answer given again says so.
    #[serde(default)]
    pub reversed_by: Option<i64>,
}

impl Recorded {
    /// The answer for a posting.
    #[must_use]
    pub const fn of(posted: &Posted) -> Self {
        Self { posting: posted.id, seq: posted.seq, reversed_by: None }
    }

    /// The same answer, given again now.
    pub(crate) async fn again(self, tx: &mut Tx) -> store::sqlx::Result<Self> {
        Ok(Self { reversed_by: store::journal::reversed_by(tx, self.posting).await?, ..self })
    }
}

/// What is wrong with the amount, the date and the reference of money that came in; empty if nothing is.
#[must_use]
pub fn check_receipt(amount: Money, received_on: Date, reference: &str, today: Date) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if !amount.is_positive() {
        errors.push(FieldError::new("amount", FieldRule::NotPositive));
    } else if amount > Money::MAX_ENTRY {
        errors.push(FieldError::new("amount", FieldRule::TooLarge));
    }
    let oldest = today.saturating_sub(jiff::Span::new().days(OLDEST_DAYS));
    if received_on > today {
        errors.push(FieldError::new("received_on", FieldRule::InTheFuture));
    } else if received_on < oldest {
        errors.push(FieldError::new("received_on", FieldRule::Before(oldest)));
    }
    if reference.chars().nth(LONGEST_REFERENCE).is_some() {
        errors.push(FieldError::new("reference", FieldRule::TooLong(LONGEST_REFERENCE)));
    }
    errors
}

/// Records a payment of a member, also where the same seems to be recorded already. Asks for the treasurer's role.
/// Errors: a field that breaks a rule, no right, a key reused.
pub async fn record_contribution(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: NewContribution,
) -> Result<Recorded, Failure<Twin>> {
    record(context, acting, pot, new, true).await
}

/// The same, unless it seems to be recorded already. Errors: that too.
pub async fn record_contribution_once(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: NewContribution,
) -> Result<Recorded, Failure<Twin>> {
    record(context, acting, pot, new, false).await
}

async fn record(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: NewContribution,
    another: bool,
) -> Result<Recorded, Failure<Twin>> {
    // The request is the same whether somebody says that it is another one.
    let keyed = Keyed::of(context, &acting, &("contribution", pot, &new)).await?;
    context.db.write(Record { pot, acting, new, another, keyed, drawn: Drawn::of(context) }).await
}

/// Another payment of the same organisation, of the same amount, that reached the bank on the same day: often the same
/// one recorded twice.
pub(crate) async fn twin_in(
    tx: &mut Tx,
    till: &Till,
    organisation: OrganisationId,
    amount: Money,
    received_on: Date,
) -> store::sqlx::Result<Option<Twin>> {
    let twin = store::receipts::twin(tx, till.pot(), organisation, amount, received_on).await?;
    Ok(twin.map(|twin| Twin { seq: twin.seq, amount, recorded_on: till.collective.day(twin.recorded_at) }))
}

struct Record {
    pot: PotId,
    acting: Acting,
    new: NewContribution,
    /// Whether it is another one than what seems to be the same.
    another: bool,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Record {
    type Done = Recorded;
    type Error = Failure<Twin>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<Recorded, Failure<Twin>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::RecordMoney, &self.acting, None)?;
        if let Some(answer) = replayed::<Recorded, _>(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer.again(tx).await?);
        }
        // Nobody holds money in a direct pot: nothing comes in.
        if till.locked.pot.fund_mode == FundMode::Direct {
            return Err(Failure::NotFound);
        }
        let mut errors =
            check_receipt(self.new.amount, self.new.received_on, &self.new.reference, till.today);
        if !NATURES.contains(&self.new.nature) {
            errors.push(FieldError::new("nature", FieldRule::NotAChoice));
        }
        let member = store::organisations::member(tx, till.collective.id, self.new.organisation).await?;
        let member = member.filter(|member| member.is_member(till.today));
        if member.is_none() {
            errors.push(FieldError::new("organisation", FieldRule::Unknown));
        }
        if !errors.is_empty() {
            return Err(Failure::Invalid(errors));
        }
        let NewContribution { organisation, amount, received_on, .. } = self.new;
        if !self.another
            && let Some(twin) = twin_in(tx, &till, organisation, amount, received_on).await?
        {
            return Err(Failure::Refused(twin));
        }
        let posted = post_in(tx, &mut till, &self.new).await?;
        if self.new.nature == Nature::Subscription {
            calling::count(tx, &till, organisation, posted.id, amount).await?;
        }
        let answer = Recorded::of(&posted);
        remember(tx, self.pot, self.keyed.as_ref(), till.now, &answer).await?;
        let data = json!({ "amount": self.new.amount.minor(), "nature": self.new.nature.as_str(), "seq": posted.seq });
        let mut story = Story::new("contribution_recorded", ("pot", self.pot.0), data);
        story.organisation = Some(self.new.organisation);
        // Totals are public: a name on the day when one of them moves would tell the amount that is hidden.
        story.public = till.is_told(tx, self.new.organisation, None).await?;
        till.record(tx, story).await?;
        let returnable = self.new.nature == Nature::ReturnableContribution;
        money_mails::tell_paid(tx, &mut till, organisation, (amount, returnable), received_on).await?;
        Ok(answer)
    }
}

/// Posts a member's payment under the pot's lock, with what it rests on. The caller has checked it.
/// Errors: faults only.
async fn post_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    new: &NewContribution,
) -> Result<Posted, Failure<R>> {
    let draft = draft(till, new.organisation, new.amount, new.nature, new.received_on);
    let posted = till.post(tx, draft).await?;
    let paid = Paid { received_on: new.received_on, reference: &new.reference, proof: new.proof.as_ref() };
    keep_receipt(tx, till, &posted, &paid, Some(new.organisation)).await?;
    Ok(posted)
}

fn draft(
    till: &Till,
    organisation: OrganisationId,
    amount: Money,
    nature: Nature,
    received_on: Date,
) -> Draft {
    let from = Account::Bank(till.locked.pot.bank_account);
    let transfers = vec![Transfer::new(from, Account::Pool(organisation), amount)];
    let mut draft =
        Draft::new(PostingKind::Contribution, Book::Cash, received_on, till.actor.clone(), transfers);
    draft.organisation = Some(organisation);
    draft.nature = Some(nature);
    draft
}

/// Posts what many members paid today, without reference or proof, in their order inside a transaction: for imports. The
/// caller has checked it. Errors: faults only.
pub async fn post_all<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    nature: Nature,
    paid: &[(OrganisationId, Money)],
) -> Result<(), Failure<R>> {
    let today = till.today;
    till.gather(tx).await?;
    for part in paid.chunks(POSTED_AT_ONCE) {
        let mut postings = Vec::with_capacity(part.len());
        for (organisation, amount) in part {
            let draft = draft(till, *organisation, *amount, nature, today);
            postings.push(till.post(tx, draft).await?.id);
        }
        till.settle(tx).await?;
        store::receipts::insert_bare(tx, till.pot(), today, &postings).await?;
    }
    Ok(till.end_gathering(tx).await?)
}

/// What money that came in rests on.
pub(crate) struct Paid<'a> {
    pub(crate) received_on: Date,
    pub(crate) reference: &'a str,
    pub(crate) proof: Option<&'a Upload>,
}

/// Keeps what a posting of money that came in rests on; the proof belongs to the posting.
pub(crate) async fn keep_receipt(
    tx: &mut Tx,
    till: &mut Till,
    posted: &Posted,
    paid: &Paid<'_>,
    payer: Option<OrganisationId>,
) -> store::sqlx::Result<()> {
    let proof = match (paid.proof, till.person()) {
        (Some(upload), Some(uploaded_by)) => {
            let collective = till.collective.id;
            let place = Place { collective, subject: posted.id.0, purpose: "proof", payer, uploaded_by };
            Some(files::keep_in(tx, &mut till.seed, till.now, upload, place).await?)
        }
        _ => None,
    };
    store::receipts::insert(tx, till.pot(), posted.id, paid.received_on, proof, paid.reference).await
}
