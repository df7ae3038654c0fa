//! What checks need to know of a pot beside its journal, and the reports that they leave.

use std::collections::HashMap;

use domain::{
    Book, Money,
    chain::{Hash, Head},
    features::{Moved, State, Track},
    fund_calls::{CallAmounts, CallState},
    ids::{
        CollectiveId, FeatureId, FundCallId, InvoiceId, OrganisationId, PersonId, PostingId, PotId, RefundId,
    },
    invariants::{
        CallFacts, FeatureFacts, GiftFundFacts, MemberFacts, OnceFacts, OrderFacts, OrderOf, PaymentFacts,
        PotFacts,
    },
    invoices::{InvoiceState, NO_FILE, Order},
    posting::Nature,
};
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{
    Tx, args, departures, execute, features::moves, fetch_all, fetch_optional_value, fetch_value,
    fetch_values, pots::Pot, row,
};

row! {
    struct PotRow { id: PotId }
}

/// Every pot of the instance, by id.
pub async fn pots(tx: &mut Tx) -> sqlx::Result<Vec<PotId>> {
    let rows: Vec<PotRow> = fetch_all(tx, "SELECT id FROM pot ORDER BY id", args![]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

row! {
    struct HeadRow { book: Book, seq: i64, hash: Hash }
}

row! {
    struct BoundRow { book: Book, bound_from: i64 }
}

/// The kind of the event that tells that the openings of a posting, its subject, were erased. No act of the program erases
/// any: whoever does it with SQL, for somebody who may ask it by law, writes such an event for each posting.
pub const OPENINGS_ERASED: &str = "openings_erased";

/// Of a pot: from which number on each book covers what its postings rest on, and whose openings were erased.
async fn coverage(tx: &mut Tx, pot: &Pot, facts: &mut PotFacts) -> sqlx::Result<()> {
    const BOUND: &str = "SELECT book, bound_from FROM pot_head WHERE pot = $1";
    const ERASED: &str =
        "SELECT subject FROM event WHERE collective = $1 AND kind = $2 AND subject IS NOT NULL";
    let bound: Vec<BoundRow> = fetch_all(tx, BOUND, args![pot.id]).await?;
    facts.bound_from = bound.into_iter().map(|row| (row.book, row.bound_from)).collect();
    let erased: Vec<PostingId> = fetch_values(tx, ERASED, args![pot.collective, OPENINGS_ERASED]).await?;
    facts.erased = erased.into_iter().collect();
    Ok(())
}

/// The heads of a pot as it keeps them.
pub async fn heads(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<Head>> {
    const SQL: &str = "SELECT book, seq, hash FROM pot_head WHERE pot = $1 ORDER BY book";
    let rows: Vec<HeadRow> = fetch_all(tx, SQL, args![pot]).await?;
    Ok(rows.into_iter().map(|row| Head { book: row.book, seq: row.seq, hash: row.hash }).collect())
}

/// Whether a head lies on the chain of a pot: that its links hold is for the check of that pot.
pub async fn lies_on_a_chain(tx: &mut Tx, head: &Head) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM posting WHERE book = $1 AND seq = $2 AND hash = $3";
    if head.seq > 0 {
        let found: i64 = fetch_value(tx, SQL, args![head.book, head.seq, head.hash]).await?;
        return Ok(found > 0);
    }
    Ok(pots(tx).await?.into_iter().any(|pot| Head::empty(pot, head.book) == *head))
}

/// Whether a head lies on the chain of a pot, at its place.
pub async fn has_head(tx: &mut Tx, pot: PotId, head: &Head) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM posting WHERE pot = $1 AND book = $2 AND seq = $3 AND hash = $4";
    if head.seq == 0 {
        return Ok(Head::empty(pot, head.book) == *head);
    }
    Ok(fetch_value::<i64>(tx, SQL, args![pot, head.book, head.seq, head.hash]).await? > 0)
}

/// Whether an entry of a pot has this hash.
pub async fn has_hash(tx: &mut Tx, pot: PotId, hash: Hash) -> sqlx::Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM posting WHERE pot = $1 AND hash = $2";
    let found: i64 = fetch_value(tx, SQL, args![pot, hash]).await?;
    Ok(found > 0)
}

row! {
    struct FeatureRow {
        id: FeatureId,
        state: String,
        funded_at: Option<Timestamp>,
        allocated_total: Money,
        floor: Money,
        maximum: Money,
        frozen_floor: Option<Money>,
        frozen_maximum: Option<Money>,
    }
}

async fn features(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<FeatureFacts>> {
    const SQL: &str = "SELECT f.id, f.state, f.funded_at, f.allocated_total, f.floor, f.maximum, t.floor AS frozen_floor, \
         t.maximum AS frozen_maximum FROM feature f \
         LEFT JOIN funding_terms t ON t.feature = f.id AND t.version = f.terms_version \
         WHERE f.pot = $1 ORDER BY f.id";
    let rows: Vec<FeatureRow> = fetch_all(tx, SQL, args![pot]).await?;
    let mut steps = moves::of_pot(tx, pot).await?.into_iter().peekable();
    let mut features = Vec::with_capacity(rows.len());
    for row in rows {
        let mut own: Vec<Option<(Track, Moved)>> = Vec::new();
        while let Some((_, step)) = steps.next_if(|(feature, _)| *feature == row.id) {
            own.push(step);
        }
        features.push(FeatureFacts {
            id: row.id,
            state: State::parse(&row.state),
            moves: own,
            funded: row.funded_at.is_some(),
            allocated_total: row.allocated_total,
            floor: row.floor,
            maximum: row.maximum,
            frozen: row.frozen_floor.zip(row.frozen_maximum),
        });
    }
    Ok(features)
}

row! {
    struct MemberRow { organisation: OrganisationId, left_on: Option<Date> }
}

async fn members(tx: &mut Tx, collective: CollectiveId) -> sqlx::Result<Vec<MemberFacts>> {
    const SQL: &str =
        "SELECT organisation, left_on FROM membership WHERE collective = $1 ORDER BY organisation";
    let rows: Vec<MemberRow> = fetch_all(tx, SQL, args![collective]).await?;
    Ok(rows
        .into_iter()
        .map(|row| MemberFacts { organisation: row.organisation, left_on: row.left_on })
        .collect())
}

row! {
    struct FundRow { id: domain::ids::GiftFundId, earmark: Option<FeatureId>, nature: String }
}

row! {
    struct OnceRow { act: String, subject: Uuid, posting: PostingId }
}

row! {
    struct ReceiptRow { posting: PostingId, received_on: Date }
}

row! {
    struct ShareRow { posting: PostingId, organisation: OrganisationId, amount: Money }
}

/// Everything that the invariants of a pot speak of, except its accounts and postings. `published` are heads that
/// somebody saw before; `today` is the civil day in the collective's zone.
pub async fn facts(tx: &mut Tx, pot: &Pot, today: Date, published: Vec<Head>) -> sqlx::Result<PotFacts> {
    let mut facts = PotFacts::new(pot.id, pot.currency(), pot.fund_mode, today);
    facts.heads = heads(tx, pot.id).await?;
    facts.published = published;
    coverage(tx, pot, &mut facts).await?;
    facts.features = features(tx, pot.id).await?;
    facts.members = members(tx, pot.collective).await?;
    let stays = departures::stays(tx, pot.id).await?;
    facts.stays = stays.into_iter().map(|stay| (stay.organisation, stay.feature)).collect();
    facts.departures = departures::decided(tx, pot.collective).await?.into_iter().collect();
    let funds: Vec<FundRow> =
        fetch_all(tx, "SELECT id, earmark, nature FROM gift_fund WHERE pot = $1 ORDER BY id", args![pot.id])
            .await?;
    let fund = |fund: FundRow| GiftFundFacts {
        id: fund.id,
        earmark: fund.earmark,
        nature: Nature::parse(&fund.nature),
    };
    facts.gift_funds = funds.into_iter().map(fund).collect();
    let once: Vec<OnceRow> =
        fetch_all(tx, "SELECT act, subject, posting FROM posting_once WHERE pot = $1", args![pot.id]).await?;
    let act = |once: OnceRow| OnceFacts { act: once.act, subject: once.subject, posting: once.posting };
    facts.once = once.into_iter().map(act).collect();
    const RECEIPTS: &str =
        "SELECT r.posting, r.received_on FROM posting p JOIN receipt r ON r.posting = p.id WHERE p.pot = $1";
    let receipts: Vec<ReceiptRow> = fetch_all(tx, RECEIPTS, args![pot.id]).await?;
    facts.receipts = receipts.into_iter().map(|row| (row.posting, row.received_on)).collect();
    const SHARES: &str = "SELECT s.posting, s.organisation, \
        s.equal_part + s.paid_part + s.manual_part + s.gift_part AS amount \
        FROM posting p JOIN round_share s ON s.posting = p.id WHERE p.pot = $1";
    let shares: Vec<ShareRow> = fetch_all(tx, SHARES, args![pot.id]).await?;
    for row in shares {
        let told = facts.told_shares.entry(row.posting).or_default();
        told.insert(row.organisation, row.amount.minor().into());
    }
    let answers: i64 =
        fetch_value(tx, "SELECT COUNT(*) FROM idempotency WHERE pot = $1", args![pot.id]).await?;
    facts.answers = answers.unsigned_abs();
    promises(tx, pot.id, &mut facts).await?;
    facts.orders = orders(tx, pot.id).await?;
    Ok(facts)
}

row! {
    struct OrderRow {
        id: InvoiceId,
        feature: FeatureId,
        amount: Money,
        payee: String,
        iban: String,
        file_hash: Hash,
        kept_hash: Hash,
        state: String,
        due_posting: Option<PostingId>,
        entered_by: PersonId,
        approved_by: Option<PersonId>,
        approved_hash: Option<Hash>,
        authorised_by: Option<PersonId>,
        authorised_at: Option<Timestamp>,
    }
}

impl OrderRow {
    fn facts(self, payments: Vec<PaymentFacts>) -> OrderFacts {
        let order =
            Order { payee: &self.payee, iban: &self.iban, amount: self.amount, file: &self.file_hash };
        OrderFacts {
            of: OrderOf::Invoice {
                contract: self.feature.0.into(),
                milestone: self.id.0.into(),
                feature: self.feature,
            },
            amount: self.amount,
            state: InvoiceState::parse(&self.state),
            is_due: self.due_posting.is_some(),
            due_posting: self.due_posting,
            is_as_approved: self.approved_hash == Some(order.hash()) && self.kept_hash == self.file_hash,
            entered_by: Some(self.entered_by),
            approved_by: self.approved_by,
            authorised_by: self.authorised_by,
            authorised_at: self.authorised_at,
            payments,
        }
    }
}

row! {
    struct OrderedRow {
        pays: Uuid,
        posting: PostingId,
        paid_on: Date,
        settled_on: Option<Date>,
        settled_posting: Option<PostingId>,
        bounced_on: Option<Date>,
        bounced_posting: Option<PostingId>,
    }
}

row! {
    struct RefundRow {
        id: RefundId,
        organisation: OrganisationId,
        amount: Money,
        payee: String,
        iban: String,
        state: String,
        approved_by: PersonId,
        approved_hash: Hash,
        authorised_by: Option<PersonId>,
        authorised_at: Option<Timestamp>,
    }
}

impl RefundRow {
    fn facts(self, payments: Vec<PaymentFacts>) -> OrderFacts {
        let order = Order { payee: &self.payee, iban: &self.iban, amount: self.amount, file: &NO_FILE };
        let state = InvoiceState::parse(&self.state);
        OrderFacts {
            of: OrderOf::Refund { id: self.id, organisation: self.organisation },
            amount: self.amount,
            state,
            // It was owed before anybody prepared it.
            is_due: state.is_some_and(InvoiceState::stands),
            due_posting: None,
            is_as_approved: self.approved_hash == order.hash(),
            entered_by: None,
            approved_by: Some(self.approved_by),
            authorised_by: self.authorised_by,
            authorised_at: self.authorised_at,
            payments,
        }
    }
}

/// Invoices and refunds with their transfers. An order is a feature's, its milestones are its invoices.
async fn orders(tx: &mut Tx, pot: PotId) -> sqlx::Result<Vec<OrderFacts>> {
    const INVOICES: &str = "SELECT i.id, i.feature, i.amount, i.payee, i.iban, i.file_hash, f.hash AS kept_hash, \
        i.state, i.due_posting, i.entered_by, i.approved_by, i.approved_hash, i.authorised_by, i.authorised_at \
        FROM invoice i JOIN file f ON f.id = i.file WHERE i.pot = $1 ORDER BY i.id";
    const REFUNDS: &str = "SELECT id, organisation, amount, payee, iban, state, approved_by, approved_hash, \
        authorised_by, authorised_at FROM refund WHERE pot = $1 ORDER BY id";
    const PAYMENTS: &str = "SELECT COALESCE(p.invoice, p.refund) AS pays, p.posting, p.paid_on, p.settled_on, \
        p.settled_posting, p.bounced_on, p.bounced_posting FROM payment p JOIN posting o ON o.id = p.posting \
        WHERE o.pot = $1 ORDER BY p.id";
    let invoices: Vec<OrderRow> = fetch_all(tx, INVOICES, args![pot]).await?;
    let refunds: Vec<RefundRow> = fetch_all(tx, REFUNDS, args![pot]).await?;
    let mut paid: HashMap<Uuid, Vec<PaymentFacts>> = HashMap::new();
    for one in fetch_all::<OrderedRow>(tx, PAYMENTS, args![pot]).await? {
        paid.entry(one.pays).or_default().push(PaymentFacts {
            ordered: (one.posting, one.paid_on),
            settled: one.settled_posting,
            settled_on: one.settled_on,
            bounced: one.bounced_posting,
            bounced_on: one.bounced_on,
        });
    }
    let mut orders = Vec::with_capacity(invoices.len() + refunds.len());
    for row in invoices {
        let payments = paid.remove(&row.id.0).unwrap_or_default();
        orders.push(row.facts(payments));
    }
    for row in refunds {
        let payments = paid.remove(&row.id.0).unwrap_or_default();
        orders.push(row.facts(payments));
    }
    Ok(orders)
}

row! {
    struct CallRow {
        id: FundCallId,
        number: i64,
        feature: FeatureId,
        covers: Option<FundCallId>,
        state: String,
        organisation: OrganisationId,
        amount: Money,
        received: Money,
        covered: Money,
        cancelled: Money,
        repaid: Money,
        receipts: Money,
    }
}

row! {
    struct FirmRow { organisation: OrganisationId, firm: Money }
}

row! {
    struct PaymentRow { posting: PostingId, amount: Money }
}

/// What was promised, called and received.
async fn promises(tx: &mut Tx, pot: PotId, facts: &mut PotFacts) -> sqlx::Result<()> {
    const CALLS: &str = "SELECT c.id, c.number, c.feature, c.covers, c.state, c.organisation, c.amount, c.received, \
        c.covered, c.cancelled, c.repaid, \
        (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM call_receipt r \
         WHERE r.fund_call = c.id AND r.undone_at IS NULL) AS receipts \
        FROM fund_call c WHERE c.pot = $1 ORDER BY c.number";
    const FIRM: &str = "SELECT organisation, CAST(SUM(firm) AS BIGINT) AS firm FROM promise WHERE pot = $1 \
        GROUP BY organisation ORDER BY organisation";
    const SHARED: &str = "SELECT p.organisation, p.firm FROM promise p JOIN round r ON r.id = p.round \
        WHERE p.pot = $1 AND r.state = 'open' AND r.promises = 'shared' AND p.firm > 0 ORDER BY p.organisation";
    const PAYMENTS: &str = "SELECT r.posting, CAST(SUM(r.amount) AS BIGINT) AS amount FROM call_receipt r \
        JOIN fund_call c ON c.id = r.fund_call WHERE c.pot = $1 AND r.posting IS NOT NULL GROUP BY r.posting";
    let calls: Vec<CallRow> = fetch_all(tx, CALLS, args![pot]).await?;
    facts.calls = calls
        .into_iter()
        .map(|row| CallFacts {
            id: row.id,
            number: row.number,
            feature: row.feature,
            covers: row.covers,
            state: CallState::parse(&row.state),
            organisation: row.organisation,
            amounts: CallAmounts {
                called: row.amount,
                received: row.received,
                covered: row.covered,
                cancelled: row.cancelled,
                repaid: row.repaid,
            },
            receipts: row.receipts,
        })
        .collect();
    let firm: Vec<FirmRow> = fetch_all(tx, FIRM, args![pot]).await?;
    facts.promises = firm.into_iter().map(|row| (row.organisation, row.firm)).collect();
    let shared: Vec<FirmRow> = fetch_all(tx, SHARED, args![pot]).await?;
    facts.shared_out = shared.into_iter().map(|row| (row.organisation, row.firm)).collect();
    let payments: Vec<PaymentRow> = fetch_all(tx, PAYMENTS, args![pot]).await?;
    facts.call_payments = payments.into_iter().map(|row| (row.posting, row.amount)).collect();
    Ok(())
}

/// Keeps the report of a check.
pub async fn insert_report(
    tx: &mut Tx,
    id: Uuid,
    pot: PotId,
    at: Timestamp,
    breaches: i64,
    body: &str,
) -> sqlx::Result<()> {
    const SQL: &str = "INSERT INTO check_report (id, pot, at, breaches, body) VALUES ($1, $2, $3, $4, $5)";
    execute(tx, SQL, args![id, pot, at, breaches, body]).await.map(drop)
}

row! {
    /// A report as it was kept.
    #[derive(Clone, Debug)]
    pub struct KeptReport {
        /// Of which pot.
        pub pot: PotId,
        /// When.
        pub at: Timestamp,
        /// How many invariants were broken.
        pub breaches: i64,
        /// JSON of the report.
        pub body: String,
    }
}

/// The newest reports of all pots, at most `limit`.
pub async fn reports(tx: &mut Tx, limit: u16) -> sqlx::Result<Vec<KeptReport>> {
    const SQL: &str = "SELECT pot, at, breaches, body FROM check_report WHERE pot IS NOT NULL \
        ORDER BY at DESC, id LIMIT $1";
    fetch_all(tx, SQL, args![limit]).await
}

/// The newest report of a pot that broke nothing.
pub async fn last_sound_report(tx: &mut Tx, pot: PotId) -> sqlx::Result<Option<String>> {
    const SQL: &str =
        "SELECT body FROM check_report WHERE pot = $1 AND breaches = 0 ORDER BY at DESC, id LIMIT 1";
    fetch_optional_value(tx, SQL, args![pot]).await
}
