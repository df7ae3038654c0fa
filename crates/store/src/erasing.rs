//! What becomes of a person's rows when they are erased. Rows that others hang on stay, under an id that names nobody.

mod elsewhere;

use domain::{
    actor::MandateKind,
    ids::{CollectiveId, CommentId, MailId, MandateId, OrganisationId, PersonId, RoleId, StandingChoiceId},
    people::{ERASED, erased_key},
};
use jiff::{Timestamp, civil::Date};

use crate::{Tx, args, execute, fetch_all, fetch_all_locked, fetch_values, people::PersonRow, row};

pub use elsewhere::{ads, empty_ads, forget as forget_elsewhere};

/// Most rows of a kind that one person can have in hand.
const MOST: i64 = 10_000;

row! {
    /// An invoice or a refund that isn't paid to its end, in which a person stands.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct InHand {
        /// In which collective.
        pub collective: String,
        /// `invoice` or `refund`.
        pub kind: String,
        /// Its number in its pot.
        pub number: i64,
    }
}

/// The payments in hand in which a person stands: who entered, approved, authorised or ordered them; at most twenty.
pub async fn in_hand(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<InHand>> {
    const SQL: &str = "WITH place AS (SELECT r.collective FROM role r WHERE r.person = $1 \
          UNION SELECT s.collective FROM mandate m JOIN membership s ON s.organisation = m.organisation \
          WHERE m.person = $1) \
        SELECT c.name AS collective, 'invoice' AS kind, i.number FROM place l JOIN collective c ON c.id = l.collective \
        JOIN pot p ON p.collective = l.collective JOIN invoice i ON i.pot = p.id \
        WHERE i.state IN ('entered', 'approved', 'authorised', 'paid') AND (i.entered_by = $1 OR i.approved_by = $1 \
          OR i.authorised_by = $1 OR EXISTS (SELECT 1 FROM invoice_writer w WHERE w.invoice = i.id AND w.person = $1) \
          OR EXISTS (SELECT 1 FROM payment y WHERE y.invoice = i.id AND y.ordered_by = $1 AND y.bounced_on IS NULL)) \
        UNION ALL SELECT c.name, 'refund', r.number FROM place l JOIN collective c ON c.id = l.collective \
        JOIN pot p ON p.collective = l.collective JOIN refund r ON r.pot = p.id \
        WHERE r.state IN ('approved', 'authorised', 'paid') AND (r.approved_by = $1 OR r.authorised_by = $1 \
          OR EXISTS (SELECT 1 FROM payment y WHERE y.refund = r.id AND y.ordered_by = $1 AND y.bounced_on IS NULL)) \
        ORDER BY 1, 2, 3 LIMIT 20";
    fetch_all(tx, SQL, args![person]).await
}

/// Locks the collectives and whoever administers the instance, until the end of the transaction: nobody gives up a role
/// meanwhile. The collectives.
pub async fn lock(tx: &mut Tx) -> sqlx::Result<Vec<CollectiveId>> {
    row! { struct Locked { id: CollectiveId } }
    row! { struct Admin { #[expect(dead_code, reason = "the row is locked, nothing of it is read")] person: PersonId } }
    let collectives: Vec<Locked> =
        fetch_all_locked(tx, "SELECT id FROM collective ORDER BY id", args![]).await?;
    let _: Vec<Admin> =
        fetch_all_locked(tx, "SELECT person FROM instance_admin ORDER BY person", args![]).await?;
    Ok(collectives.into_iter().map(|one| one.id).collect())
}

row! {
    /// A mandate that a person holds or will, in a collective of its organisation; none where it is in none.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct HeldMandate {
        /// The mandate.
        pub id: MandateId,
        /// Of which kind.
        pub kind: MandateKind,
        /// For whom.
        pub organisation: OrganisationId,
        /// Its name.
        pub organisation_name: String,
        /// Where.
        pub collective: Option<CollectiveId>,
    }
}

/// The mandates of a person that weren't ended, once for each collective in which their organisation is.
pub async fn mandates(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<HeldMandate>> {
    const SQL: &str = "SELECT m.id, m.kind, m.organisation, o.name AS organisation_name, s.collective FROM mandate m \
        JOIN organisation o ON o.id = m.organisation \
        LEFT JOIN membership s ON s.organisation = m.organisation AND s.left_on IS NULL \
        WHERE m.person = $1 AND m.ended_at IS NULL ORDER BY m.id, s.collective LIMIT $2";
    fetch_all(tx, SQL, args![person, MOST]).await
}

row! {
    /// A role that a person holds, or that is proposed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct HeldRole {
        /// The role.
        pub id: RoleId,
        /// Where.
        pub collective: CollectiveId,
        /// Its name.
        pub collective_name: String,
        /// Which role.
        pub kind: domain::actor::RoleKind,
        /// Whose.
        pub person: PersonId,
        /// From when on it counts; not yet where it is proposed.
        pub effective_at: Option<Timestamp>,
    }
}

/// The roles of a person that weren't ended, and those that they proposed for others and nobody confirmed.
pub async fn roles(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<HeldRole>> {
    const SQL: &str = "SELECT r.id, r.collective, c.name AS collective_name, r.kind, r.person, r.effective_at \
        FROM role r JOIN collective c ON c.id = r.collective WHERE r.collective IN \
        (SELECT o.collective FROM role o WHERE o.person = $1 \
         UNION SELECT s.collective FROM mandate m JOIN membership s ON s.organisation = m.organisation \
         WHERE m.person = $1) \
        AND r.ended_at IS NULL AND (r.person = $1 OR r.proposed_by = $1 AND r.effective_at IS NULL) \
        ORDER BY r.id LIMIT $2";
    fetch_all(tx, SQL, args![person, MOST]).await
}

/// The mandates that were proposed to a person, or by them, and await an answer: each with whether it is to them.
pub async fn proposals(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<(MandateId, bool)>> {
    row! { struct Open { id: MandateId, person: PersonId } }
    const SQL: &str = "SELECT id, person FROM mandate_proposal \
        WHERE (person = $1 OR proposed_by = $1) AND answered_at IS NULL ORDER BY id LIMIT $2";
    let open: Vec<Open> = fetch_all(tx, SQL, args![person, MOST]).await?;
    Ok(open.into_iter().map(|one| (one.id, one.person == person)).collect())
}

/// The standing choices that a person made and for which nobody else stands who moves the money of their organisation.
pub async fn choices(tx: &mut Tx, person: PersonId, today: Date) -> sqlx::Result<Vec<StandingChoiceId>> {
    const SQL: &str = "SELECT s.id FROM standing_choice s WHERE s.organisation IN \
        (SELECT h.organisation FROM mandate h WHERE h.person = $1) AND s.chosen_by = $1 AND s.ended_at IS NULL \
        AND NOT EXISTS (SELECT 1 FROM mandate m JOIN person p ON p.id = m.person \
          WHERE m.organisation = s.organisation AND m.person <> $1 AND m.kind <> $3 AND m.ended_at IS NULL \
          AND m.starts_on <= $2 AND (m.ends_on IS NULL OR m.ends_on >= $2) AND p.closed_at IS NULL) \
        ORDER BY s.id LIMIT $4";
    fetch_values(tx, SQL, args![person, today, MandateKind::Contributor, MOST]).await
}

/// Ends a standing choice.
pub async fn end_choice(tx: &mut Tx, id: StandingChoiceId, at: Timestamp) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE standing_choice SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    execute(tx, SQL, args![id, at]).await.map(drop)
}

/// Empties the comments of a person and forgets what they said before; they are hidden, as their author might do.
pub async fn empty_comments(tx: &mut Tx, person: PersonId, at: Timestamp) -> sqlx::Result<()> {
    const OLD: &str = "DELETE FROM revision WHERE subject_kind = 'comment' \
        AND subject IN (SELECT id FROM comment WHERE author = $1)";
    const NEW: &str = "UPDATE comment SET body = '', edited_at = NULL, version = version + 1, hidden_at = $2, \
        hidden_by = $1, hidden_reason = '' WHERE id = $3";
    execute(tx, OLD, args![person]).await?;
    let all: Vec<CommentId> =
        fetch_values(tx, "SELECT id FROM comment WHERE author = $1 ORDER BY id", args![person]).await?;
    for one in &all {
        execute(tx, NEW, args![person, at, *one]).await?;
    }
    crate::search::sources::comments(tx, &all).await
}

/// Forgets what is a person's alone: sessions, tokens, what they are told of, drafts, links to them or to their address,
/// the names they had, the mails to them.
pub async fn forget(tx: &mut Tx, person: &PersonRow) -> sqlx::Result<()> {
    for sql in [
        "DELETE FROM session WHERE person = $1",
        "DELETE FROM api_token WHERE person = $1",
        "DELETE FROM notice_preference WHERE person = $1",
        "DELETE FROM draft WHERE person = $1",
        "DELETE FROM link WHERE subject = $1",
        "DELETE FROM revision WHERE subject = $1 AND subject_kind = 'person'",
        "DELETE FROM mail WHERE person = $1",
    ] {
        execute(tx, sql, args![person.id]).await?;
    }
    execute(tx, "DELETE FROM link WHERE email_key = $1", args![person.email_key]).await.map(drop)
}

row! {
    /// A mail that is kept, whoever it is for.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeptMail {
        /// Its id.
        pub id: MailId,
        /// The address.
        pub recipient: String,
        /// One line.
        pub subject: String,
        /// The text; empty once it was sent.
        pub body: String,
        /// What went wrong last.
        pub last_error: Option<String>,
    }
}

/// Mails by id, after `after`; at most `limit`.
pub async fn mails(tx: &mut Tx, after: MailId, limit: u16) -> sqlx::Result<Vec<KeptMail>> {
    const SQL: &str = "SELECT id, recipient, subject, body, last_error FROM mail WHERE id > $1 \
        ORDER BY id LIMIT $2";
    fetch_all(tx, SQL, args![after, limit]).await
}

/// Forgets a mail.
pub async fn forget_mail(tx: &mut Tx, id: MailId) -> sqlx::Result<()> {
    execute(tx, "DELETE FROM mail WHERE id = $1", args![id]).await.map(drop)
}

/// Writes a mail's words anew.
pub async fn reword_mail(tx: &mut Tx, mail: &KeptMail) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE mail SET subject = $2, body = $3, last_error = $4 WHERE id = $1";
    execute(tx, SQL, args![mail.id, mail.subject, mail.body, mail.last_error]).await.map(drop)
}

/// Takes name, address and password from a person. Their address is free.
pub async fn unname(tx: &mut Tx, person: PersonId) -> sqlx::Result<()> {
    const SQL: &str =
        "UPDATE person SET name = $2, email = '', email_key = $3, password_hash = NULL WHERE id = $1";
    execute(tx, SQL, args![person, ERASED, erased_key(person)]).await.map(drop)
}
