//! What awaits a person, over all their collectives or in one of them: one query, however many there are.

use domain::{
    Currency, Money,
    ids::{CollectiveId, OrganisationId, PersonId, PotId},
    pot::FundMode,
    tasks::TaskKind,
};
use jiff::{Timestamp, civil::Date};

use crate::{Tx, args, fetch_all, refunds::prepared, row};

crate::text_columns! { TaskKind }

row! {
    /// Something that awaits a person. Which fields say something follows from its kind.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Task {
        /// What is asked.
        pub kind: TaskKind,
        /// The collective.
        pub collective: CollectiveId,
        /// Its name in addresses.
        pub slug: String,
        /// Its name.
        pub collective_name: String,
        /// The name of its time zone.
        pub zone: String,
        /// Its pot.
        pub pot: PotId,
        /// How that holds money.
        pub mode: FundMode,
        /// The currency.
        pub currency: String,
        /// How many decimals that has.
        pub exponent: u8,
        /// The number of the feature, of the round, of the call; 0 where there is none.
        pub number: i64,
        /// The feature's title.
        pub title: String,
        /// For whom the person would act, or whose payment it is about.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub organisation_name: String,
        /// How much.
        pub amount: Money,
        /// How many.
        pub many: i64,
        /// The last day.
        pub day: Option<Date>,
        /// Since when. Of a role: when it was proposed, or once that is known from when on the person may confirm it. Of
        /// another IBAN or page for gifts: from when on it is shown.
        pub since: Option<Timestamp>,
        /// Of a role: its kind. Of a bill: who does the work, as the feature says. Of what is to be paid in or back: the name
        /// in addresses of the organisation.
        pub about: String,
        /// Of a role: who gets it. Of a bill, or of a feature that is proposed: the name of whoever leads. Of another IBAN or
        /// page for gifts: the host. Of a refund for which a second person is missing: who may prepare it.
        pub whom: String,
        /// Of a role: who proposed it; of another IBAN or page for gifts: who wrote it. Of a refund: what is asked.
        pub by_whom: String,
        /// Of a bill: who leads the feature.
        pub lead: Option<OrganisationId>,
        /// Of a bill: the member that does the work, if one is named.
        pub worker: Option<OrganisationId>,
    }
}

impl Task {
    /// The currency; the euro if the columns hold none, which their checks exclude.
    #[must_use]
    pub fn currency(&self) -> Currency {
        Currency::new(&self.currency, self.exponent).unwrap_or(Currency::EUR)
    }
}

/// For whom and when tasks are asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Who.
    pub person: PersonId,
    /// In one collective only.
    pub collective: Option<CollectiveId>,
    /// Now.
    pub now: Timestamp,
    /// The civil day.
    pub today: Date,
    /// The last day of what ends soon.
    pub soon: Date,
    /// The first day of those whose payments may still lack a proof.
    pub proven_from: Date,
    /// At most so many.
    pub limit: u16,
}

/// First where the person acts: for which organisations, in which roles, in which collectives with which pots. Then each
/// sort of task by itself, with its rank.
const SQL: &str = concat!(
    "
WITH mine AS (SELECT DISTINCT m.organisation, m.kind, s.collective FROM mandate m
    JOIN membership s ON s.organisation = m.organisation
    WHERE m.person = $1 AND m.ended_at IS NULL AND m.starts_on <= $3 AND (m.ends_on IS NULL OR m.ends_on >= $3)
    AND s.joined_on <= $3 AND (s.left_on IS NULL OR s.left_on > $3) AND ($4 IS NULL OR s.collective = $4)),
  money AS (SELECT DISTINCT organisation, collective FROM mine WHERE kind IN ('representative', 'finance')),
  held AS (SELECT collective, kind FROM role WHERE person = $1 AND ended_at IS NULL AND effective_at <= $2
    AND ($4 IS NULL OR collective = $4)),
  here AS (SELECT c.id, c.slug, c.name, c.zone, p.id AS pot, p.fund_mode AS mode, p.currency, p.exponent
    FROM collective c JOIN pot p ON p.collective = c.id AND p.slug = 'main'
    WHERE c.id IN (SELECT collective FROM mine UNION SELECT collective FROM held)),
  due AS (SELECT a.pot, a.organisation, CAST(SUM(a.amount - a.cancelled) AS BIGINT) AS called,
    CAST(SUM(CASE WHEN a.due_on < $3 THEN a.amount - a.cancelled ELSE 0 END) AS BIGINT) AS fallen_due,
    CAST(COALESCE((SELECT SUM(p.amount) FROM subscription_payment p WHERE p.organisation = a.organisation
      AND p.pot = a.pot AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.posting)), 0) AS BIGINT) AS paid
    FROM subscription_call a WHERE a.pot IN (SELECT pot FROM here) GROUP BY a.pot, a.organisation),
  task AS (
  SELECT 1 AS rank, 'role' AS kind, r.collective, CAST(0 AS BIGINT) AS number, '' AS title,
    CAST(NULL AS UUID) AS organisation, '' AS organisation_name, CAST(0 AS BIGINT) AS amount,
    CAST(1 AS BIGINT) AS many, CAST(NULL AS TEXT) AS day, r.proposed_at AS since, r.kind AS about, p.name AS whom,
    q.name AS by_whom, CAST(NULL AS UUID) AS lead, CAST(NULL AS UUID) AS worker
    FROM role r JOIN person p ON p.id = r.person JOIN person q ON q.id = r.proposed_by
    WHERE (r.collective IN (SELECT collective FROM held WHERE kind IN ('admin', 'treasurer'))
      OR r.collective IN (SELECT collective FROM mine WHERE kind = 'representative'))
    AND r.effective_at IS NULL AND r.ended_at IS NULL
  UNION ALL
  SELECT 1, 'new_iban', c.id, 0, '', NULL, '', 0, 1, NULL, h.next_iban_from, '', h.name, q.name, NULL, NULL
    FROM here c JOIN pot p ON p.id = c.pot JOIN host h ON h.id = p.host JOIN person q ON q.id = h.next_iban_by
    WHERE h.next_iban <> '' AND h.next_iban_by <> $1
  UNION ALL
  SELECT 1, 'new_link', c.id, 0, '', NULL, '', 0, 1, NULL, h.next_link_from, '', h.name, q.name, NULL, NULL
    FROM here c JOIN pot p ON p.id = c.pot JOIN host h ON h.id = p.host JOIN person q ON q.id = h.next_link_by
    WHERE h.next_link <> '' AND h.next_link_by <> $1
  UNION ALL
  SELECT 2, 'feature', f.collective, f.number, f.title, NULL, '', 0, 1, NULL, f.confirming_since, '', '', '', NULL, NULL
    FROM held JOIN feature f ON f.collective = held.collective
    WHERE held.kind = 'steward' AND f.confirming_since IS NOT NULL AND f.ended_at IS NULL
  UNION ALL
  SELECT 3, 'report', f.collective, f.number, f.title, NULL, '', 0, 1, w.answer_until, NULL, '', '', '', NULL, NULL
    FROM feature f JOIN report w ON w.feature = f.id WHERE w.state = 'contested'
    AND (f.collective IN (SELECT collective FROM held WHERE kind = 'steward')
      OR f.collective IN (SELECT collective FROM mine WHERE kind = 'representative'))
  UNION ALL
  SELECT 3, 'lead', f.collective, f.number, f.title, NULL, '', 0, 1, NULL, NULL, '', '', '', NULL, NULL
    FROM held JOIN feature f ON f.collective = held.collective
    WHERE held.kind = 'steward' AND f.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM membership s
      WHERE s.collective = f.collective AND s.organisation = f.lead AND (s.left_on IS NULL OR s.left_on > $3))
    AND NOT EXISTS (SELECT 1 FROM lead_proposal n WHERE n.feature = f.id AND n.answered_at IS NULL)
  UNION ALL
  SELECT 3, 'lead_proposed', f.collective, f.number, f.title, o.id, o.name, 0, 1, NULL, n.proposed_at, '', l.name,
    '', NULL, NULL
    FROM mine JOIN lead_proposal n ON n.lead = mine.organisation AND n.answered_at IS NULL
    JOIN feature f ON f.id = n.feature AND f.collective = mine.collective AND f.ended_at IS NULL
    JOIN organisation o ON o.id = n.lead JOIN organisation l ON l.id = n.former WHERE mine.kind = 'representative'
  UNION ALL
  SELECT 4, 'invoice', c.id, 0, '', NULL, '', 0, COUNT(*), NULL, NULL, '', '', '', NULL, NULL
    FROM here c JOIN invoice i ON i.pot = c.pot
    WHERE i.state IN ('entered', 'approved', 'authorised', 'paid') GROUP BY c.id
  UNION ALL
  SELECT 4, 'answerers', c.id, 0, '', NULL, '', 0, COUNT(*), NULL, NULL, '', '', '', NULL, NULL
    FROM here c JOIN invoice i ON i.pot = c.pot AND i.state IN ('entered', 'approved')
    WHERE EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'admin') GROUP BY c.id
  UNION ALL
  SELECT 4, 'refund', c.id, 0, '', o.id, o.name, a.balance - ",
    prepared!(),
    ", 1, NULL, NULL, o.slug, '', 'prepare', NULL, NULL
    FROM here c JOIN account a ON a.pot = c.pot AND a.book = 'cash' AND a.kind = 'refund_due'
    JOIN organisation o ON o.id = a.organisation
    WHERE a.balance > ",
    prepared!(),
    "
  UNION ALL
  SELECT 4, 'refund', c.id, r.number, '', o.id, o.name, r.amount, 1, NULL, NULL, o.slug, '',
    CASE r.state WHEN 'approved' THEN 'authorise' WHEN 'authorised' THEN 'pay' ELSE 'settle' END, NULL, NULL
    FROM here c JOIN refund r ON r.pot = c.pot AND r.state IN ('approved', 'authorised', 'paid')
    JOIN organisation o ON o.id = r.organisation
  UNION ALL
  SELECT 5, 'pay', f.collective, a.number, f.title, o.id, o.name, a.amount - a.received - a.covered - a.cancelled, 1,
    a.due_on, NULL, '', '', '', NULL, NULL
    FROM money JOIN here c ON c.id = money.collective
    JOIN fund_call a ON a.organisation = money.organisation AND a.pot = c.pot
    JOIN feature f ON f.id = a.feature JOIN organisation o ON o.id = a.organisation
    WHERE a.state IN ('open', 'partly_paid', 'unpaid') AND a.said_paid_at IS NULL
  UNION ALL
  SELECT 5, 'pay_due', c.id, 0, '', o.id, o.name, d.called - d.paid, 1, NULL, NULL, o.slug, '', '', NULL, NULL
    FROM money JOIN here c ON c.id = money.collective JOIN due d ON d.pot = c.pot AND d.organisation = money.organisation
    JOIN organisation o ON o.id = money.organisation WHERE d.called > d.paid
  UNION ALL
  SELECT 5, 'terms', f.collective, f.number, f.title, o.id, o.name, CAST(SUM(a.balance) AS BIGINT), 1,
    f.suspended_until, NULL, '', '', '', NULL, NULL
    FROM money JOIN here c ON c.id = money.collective
    JOIN feature f ON f.pot = c.pot AND f.state = 'funding' AND f.suspended_until >= $3
    JOIN account a ON a.feature = f.id AND a.organisation = money.organisation AND a.balance > 0
    AND a.kind IN ('allocated', 'right_allocated') JOIN organisation o ON o.id = money.organisation
    GROUP BY f.collective, f.number, f.title, o.id, o.name, f.suspended_until
  UNION ALL
  SELECT 6, 'late_dues', c.id, 0, '', NULL, '', CAST(SUM(d.fallen_due - d.paid) AS BIGINT), COUNT(*), NULL, NULL, '', '',
    '', NULL, NULL
    FROM here c JOIN due d ON d.pot = c.pot WHERE d.fallen_due > d.paid
    AND EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'treasurer') GROUP BY c.id
  UNION ALL
  SELECT 6, 'receive', f.collective, a.number, f.title, o.id, o.name, a.amount - a.received - a.covered - a.cancelled,
    1, NULL, a.said_paid_at, '', '', '', NULL, NULL
    FROM here c JOIN fund_call a ON a.pot = c.pot JOIN feature f ON f.id = a.feature
    JOIN organisation o ON o.id = a.organisation
    WHERE a.state IN ('open', 'partly_paid', 'unpaid') AND a.said_paid_at IS NOT NULL
    AND ((c.mode = 'direct' AND (EXISTS (SELECT 1 FROM money WHERE money.collective = c.id)
        OR EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'steward')))
      OR (c.mode <> 'direct' AND EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'treasurer')))
  UNION ALL
  SELECT 7, 'bill', f.collective, f.number, f.title, o.id, o.name,
    CAST(SUM(a.amount - a.received - a.covered - a.cancelled) AS BIGINT), COUNT(*), MIN(a.due_on), NULL, f.worker,
    l.name, '', f.lead,
    f.worker_organisation
    FROM money JOIN here c ON c.id = money.collective AND c.mode = 'direct'
    JOIN feature f ON f.pot = c.pot AND f.ended_at IS NULL
    JOIN organisation o ON o.id = money.organisation JOIN organisation l ON l.id = f.lead
    JOIN fund_call a ON a.feature = f.id AND a.organisation <> o.id
    WHERE a.state IN ('open', 'partly_paid', 'unpaid') AND a.said_paid_at IS NULL
    GROUP BY f.collective, f.number, f.title, o.id, o.name, f.worker, l.name, f.lead, f.worker_organisation
  UNION ALL
  SELECT 8, 'newcomers', c.id, 0, '', NULL, '', 0, COUNT(*), NULL, NULL, '', '', '', NULL, NULL
    FROM here c JOIN link n ON n.subject = c.id AND n.purpose = $5
    WHERE c.mode <> 'own' AND n.used_at IS NULL AND n.revoked_at IS NULL
    AND (n.expires_at IS NULL OR n.expires_at > $2)
    AND EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'steward') GROUP BY c.id
  UNION ALL
  SELECT 9, 'round', c.id, r.number, '', NULL, '', 0, 1, r.closes_on, NULL, '', '', '', NULL, NULL
    FROM here c JOIN round r ON r.pot = c.pot AND r.state = 'open' AND r.closes_on >= $3
    WHERE EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'treasurer')
    AND NOT EXISTS (SELECT 1 FROM posting_once d WHERE d.pot = c.pot AND d.act = 'distribution' AND d.subject = r.id)
    AND EXISTS (SELECT 1 FROM account a WHERE a.pot = c.pot AND a.balance > 0 AND ((a.book = 'cash' AND a.kind = 'gift'
        AND (r.share_rule NOT LIKE '% gifts-decided' OR EXISTS (SELECT 1 FROM gift_fund g WHERE g.id = a.gift_fund AND g.earmark IS NOT NULL)))
      OR (a.book = 'cash' AND a.kind IN ('pool', 'pool_common') AND c.mode = 'own')
      OR (a.book = 'promises' AND a.kind = 'pool' AND r.promises = 'shared')))
  UNION ALL
  SELECT 10, 'share', c.id, COALESCE(r.number, 0), '', o.id, o.name, CAST(SUM(a.balance) AS BIGINT), 1, r.closes_on,
    NULL, '', '', '', NULL, NULL
    FROM money JOIN here c ON c.id = money.collective JOIN organisation o ON o.id = money.organisation
    JOIN account a ON a.organisation = o.id AND a.pot = c.pot AND a.kind IN ('share', 'right') AND a.balance > 0
    LEFT JOIN round r ON r.pot = c.pot AND r.state <> 'closed'
    WHERE EXISTS (SELECT 1 FROM feature f LEFT JOIN round s ON s.id = f.round WHERE f.pot = c.pot
      AND f.terms_version > 0 AND f.ended_at IS NULL AND f.closing_on >= $3 AND f.confirming_since IS NULL
      AND f.allocated_total < f.maximum AND (f.state = 'funding' OR f.funded_at IS NOT NULL)
      AND (s.id IS NULL OR s.closed_at IS NULL AND s.opens_on <= $3))
      AND NOT EXISTS (SELECT 1 FROM standing_choice k WHERE k.pot = c.pot AND k.organisation = o.id
        AND k.ended_at IS NULL AND (k.kind = 'leave' OR r.id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM standing_use u WHERE u.round = r.id AND u.organisation = o.id)
          AND NOT EXISTS (SELECT 1 FROM posting p WHERE p.round = r.id AND p.organisation = o.id
            AND p.kind IN ('allocate', 'unallocate', 'add'))))
    GROUP BY c.id, r.number, o.id, o.name, r.closes_on
  UNION ALL
  SELECT 11, 'open_round', c.id, 0, '', NULL, '', CAST(SUM(a.balance) AS BIGINT), 1, NULL, NULL, '', '', '', NULL, NULL
    FROM here c JOIN account a ON a.pot = c.pot AND a.book = 'cash' AND a.kind IN ('pool', 'pool_common', 'gift')
    WHERE a.balance > 0 AND (c.mode = 'own' OR a.kind = 'gift')
    AND NOT EXISTS (SELECT 1 FROM round r WHERE r.pot = c.pot AND r.state <> 'closed')
    AND EXISTS (SELECT 1 FROM held WHERE held.collective = c.id) GROUP BY c.id
  UNION ALL
  SELECT 12, CASE f.state WHEN 'idea' THEN 'idea' ELSE 'need' END, c.id, 0, '', NULL, '', 0, COUNT(*), NULL, NULL, '',
    '', '', NULL, NULL
    FROM here c JOIN feature f ON f.collective = c.id AND f.state IN ('idea', 'gathering')
    WHERE EXISTS (SELECT 1 FROM mine WHERE mine.collective = c.id AND mine.organisation <> f.lead
      AND NOT EXISTS (SELECT 1 FROM feature_needer n
        WHERE n.feature = f.id AND n.organisation = mine.organisation AND n.withdrawn_at IS NULL)) GROUP BY c.id, f.state
  UNION ALL
  SELECT 13, 'closing', c.id, f.number, f.title, NULL, '', f.floor - f.allocated_total, 1, f.closing_on, NULL, '', '',
    '', NULL, NULL
    FROM here c JOIN feature f ON f.collective = c.id AND f.state = 'funding' AND f.ended_at IS NULL
    WHERE f.closing_on >= $3 AND f.closing_on <= $6 AND c.id IN (SELECT collective FROM mine)
  UNION ALL
  SELECT 14, 'unproven', c.id, 0, '', NULL, '', 0, COUNT(*), NULL, NULL, '', '', '', NULL, NULL
    FROM here c JOIN receipt r ON r.pot = c.pot AND r.received_on < $8 AND r.proof IS NULL
    JOIN posting p ON p.id = r.posting AND p.kind IN ('contribution', 'call_payment')
    WHERE EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'treasurer')
    AND NOT EXISTS (SELECT 1 FROM file f WHERE f.subject = p.id AND f.purpose = 'proof' AND f.erased_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM posting v WHERE v.reverses = p.id) GROUP BY c.id
  UNION ALL
  SELECT 14, 'record', c.id, 0, '', NULL, '', 0, 1, NULL, NULL, '', '', '', NULL, NULL FROM here c
    WHERE c.mode = 'own' AND EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'treasurer')
  UNION ALL
  SELECT 15, 'iban', c.id, 0, '', NULL, '', 0, 1, NULL, NULL, '', '', '', NULL, NULL
    FROM here c JOIN pot p ON p.id = c.pot JOIN host h ON h.id = p.host
    WHERE h.iban = '' AND EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'admin')
  UNION ALL
  SELECT 16, 'invite', c.id, 0, '', NULL, '', 0, COUNT(*), NULL, NULL, '', '', '', NULL, NULL
    FROM here c JOIN membership s ON s.collective = c.id AND s.left_on IS NULL
    WHERE EXISTS (SELECT 1 FROM held WHERE held.collective = c.id AND held.kind = 'admin')
    GROUP BY c.id HAVING COUNT(*) = 1
  UNION ALL
  SELECT 17, 'pay_in', c.id, 0, '', o.id, o.name, 0, 1, NULL, NULL, o.slug, '', '', NULL, NULL
    FROM money JOIN here c ON c.id = money.collective AND c.mode = 'own'
    JOIN organisation o ON o.id = money.organisation
    WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.organisation = o.id AND a.pot = c.pot))
SELECT t.kind, t.collective, h.slug, h.name AS collective_name, h.zone, h.pot, h.mode, h.currency, h.exponent, t.number,
  t.title, t.organisation, t.organisation_name, t.amount, t.many, t.day, t.since, t.about, t.whom, t.by_whom, t.lead, t.worker
  FROM task t JOIN here h ON h.id = t.collective
  ORDER BY t.rank, COALESCE(t.day, '9999'), h.slug, t.number, t.organisation_name, t.whom LIMIT $7"
);

/// What awaits a person, most pressing first. Of invoices there is one line for each pot in which some wait for anybody, for
/// its administration another one. Reports and roles, another IBAN or page for gifts and refunds are those that somebody may
/// have to answer, bills those of every feature whose payers aren't said to have paid: whose they are, the caller says.
/// `newcomer` is the purpose of the links by which newcomers wait.
pub async fn of_person(tx: &mut Tx, asked: &Asked, newcomer: &str) -> sqlx::Result<Vec<Task>> {
    let values = args![
        asked.person,
        asked.now,
        asked.today,
        asked.collective,
        newcomer,
        asked.soon,
        asked.limit,
        asked.proven_from
    ];
    fetch_all(tx, SQL, values).await
}
