//! What is kept about one person, table by table, for the file that they may ask for. Secrets, hashes and what is about
//! others stay out.

use domain::posting::Actor;

use crate::{Cells, Tx, args, fetch_all, people::PersonRow};

/// Most rows of one kind.
pub const MOST: u16 = 10_000;

/// By what the rows of a kind are found: the first argument; `$2` is how many at most.
#[derive(Clone, Copy)]
enum By {
    Id,
    /// The third argument is the key of the address.
    IdOrAddress,
    Actor,
}

/// One kind of rows: its name in the file, the statement, and by what. A column that ends in `_at` is an instant, one that
/// begins with `is_` or `has_` a truth, one that ends in `_json` JSON.
struct Section(&'static str, By, &'static str);

const SECTIONS: [Section; 33] = [
    Section(
        "profile",
        By::Id,
        "SELECT id, name, email AS address, locale AS language, CAST(CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END \
         AS BIGINT) AS has_password, created_at, authorising_from AS authorises_from_at, closed_at \
         FROM person WHERE id = $1 LIMIT $2",
    ),
    Section(
        "former_names",
        By::Id,
        "SELECT body AS before_json, created_at AS changed_at FROM revision \
         WHERE subject = $1 AND subject_kind = 'person' ORDER BY number LIMIT $2",
    ),
    Section(
        "administers_instance",
        By::Id,
        "SELECT granted_at FROM instance_admin WHERE person = $1 LIMIT $2",
    ),
    Section(
        "mandates",
        By::Id,
        "SELECT o.name AS organisation, m.kind, m.starts_on, m.ends_on, m.created_at, m.ended_at FROM mandate m \
         JOIN organisation o ON o.id = m.organisation WHERE m.person = $1 ORDER BY m.id LIMIT $2",
    ),
    Section(
        "mandates_proposed",
        By::Id,
        "SELECT c.name AS collective, o.name AS organisation, n.kind, n.starts_on, n.ends_on, n.proposed_at, n.answer, \
         n.answered_at FROM mandate_proposal n JOIN collective c ON c.id = n.collective \
         JOIN organisation o ON o.id = n.organisation WHERE n.person = $1 ORDER BY n.id LIMIT $2",
    ),
    Section(
        "roles",
        By::Id,
        "SELECT c.name AS collective, r.kind, r.proposed_at, r.effective_at, r.ended_at FROM role r \
         JOIN collective c ON c.id = r.collective WHERE r.person = $1 ORDER BY r.id LIMIT $2",
    ),
    Section(
        "sessions",
        By::Id,
        "SELECT o.name AS organisation, s.agent, s.created_at, s.fresh_at, s.seen_at, s.expires_at FROM session s \
         LEFT JOIN organisation o ON o.id = s.organisation WHERE s.person = $1 ORDER BY s.created_at LIMIT $2",
    ),
    Section(
        "tokens",
        By::Id,
        "SELECT t.name, t.scopes, o.name AS organisation, c.name AS collective, t.created_at, t.expires_at, t.used_at, \
         t.revoked_at FROM api_token t JOIN organisation o ON o.id = t.organisation \
         JOIN collective c ON c.id = t.collective WHERE t.person = $1 ORDER BY t.id LIMIT $2",
    ),
    Section(
        "links",
        By::IdOrAddress,
        "SELECT purpose, email_key AS address, created_at, expires_at, used_at, revoked_at FROM link \
         WHERE subject = $1 OR email_key = $3 ORDER BY id LIMIT $2",
    ),
    Section(
        "notices",
        By::Id,
        "SELECT c.name AS collective, n.kind, n.frequency FROM notice_preference n \
         JOIN collective c ON c.id = n.collective WHERE n.person = $1 ORDER BY c.name, n.kind LIMIT $2",
    ),
    Section(
        "standing_choices",
        By::Id,
        "SELECT p.name AS pot, o.name AS organisation, s.kind, f.name AS follows, w.name AS software, s.yearly, \
         s.created_at, s.ended_at FROM standing_choice s JOIN pot p ON p.id = s.pot \
         JOIN organisation o ON o.id = s.organisation LEFT JOIN organisation f ON f.id = s.follows \
         LEFT JOIN software w ON w.id = s.software WHERE s.chosen_by = $1 ORDER BY s.id LIMIT $2",
    ),
    Section(
        "drafts",
        By::Id,
        "SELECT form, body AS fields_json, updated_at FROM draft WHERE person = $1 ORDER BY id LIMIT $2",
    ),
    Section(
        "comments",
        By::Id,
        "SELECT c.name AS collective, f.number AS feature, n.number AS need, k.number, k.body, k.created_at, k.edited_at, \
         k.hidden_at, k.hidden_reason FROM comment k JOIN collective c ON c.id = k.collective \
         LEFT JOIN feature f ON f.id = k.subject LEFT JOIN need n ON n.id = k.subject WHERE k.author = $1 ORDER BY k.id LIMIT $2",
    ),
    Section(
        "comments_before",
        By::Id,
        "SELECT f.number AS feature, n.number AS need, k.number, r.body AS before_json, r.created_at AS changed_at \
         FROM revision r JOIN comment k ON k.id = r.subject LEFT JOIN feature f ON f.id = k.subject \
         LEFT JOIN need n ON n.id = k.subject \
         WHERE k.author = $1 ORDER BY r.id LIMIT $2",
    ),
    Section(
        "features_needed",
        By::Id,
        "SELECT f.number AS feature, f.title AS feature_title, o.name AS organisation, n.words, n.created_at, \
         n.withdrawn_at FROM feature_needer n JOIN feature f ON f.id = n.feature \
         JOIN organisation o ON o.id = n.organisation WHERE n.person = $1 ORDER BY n.created_at LIMIT $2",
    ),
    Section(
        "reports",
        By::Id,
        "SELECT f.number AS feature, f.title AS feature_title, r.number, r.body, r.link, r.created_at FROM report r \
         JOIN feature f ON f.id = r.feature WHERE r.person = $1 ORDER BY r.id LIMIT $2",
    ),
    Section(
        "objections",
        By::Id,
        "SELECT f.number AS feature, f.title AS feature_title, r.number AS report, b.reason, b.created_at, \
         b.withdrawn_at FROM objection b JOIN report r ON r.id = b.report JOIN feature f ON f.id = r.feature \
         WHERE b.person = $1 ORDER BY b.id LIMIT $2",
    ),
    Section(
        "decisions",
        By::Id,
        "SELECT c.name AS collective, d.number, d.title, d.outcome, d.method, d.decided_on, d.created_at \
         FROM decision d JOIN collective c ON c.id = d.collective WHERE d.recorded_by = $1 ORDER BY d.id LIMIT $2",
    ),
    Section(
        "rules",
        By::Id,
        "SELECT c.name AS collective, r.version, r.reason, r.created_at FROM rules r \
         JOIN collective c ON c.id = r.collective WHERE r.actor = $1 ORDER BY r.created_at LIMIT $2",
    ),
    Section(
        "needs",
        By::Id,
        "SELECT c.name AS collective, n.number, n.title, n.why, n.created_at, n.edited_at FROM need n \
         JOIN collective c ON c.id = n.collective WHERE n.author = $1 ORDER BY n.id LIMIT $2",
    ),
    Section(
        "needs_shared",
        By::Id,
        "SELECT n.number AS need, n.title, o.name AS organisation, s.words, s.strength, s.amount, s.help, s.created_at, \
         s.withdrawn_at FROM need_support s JOIN need n ON n.id = s.need JOIN organisation o ON o.id = s.organisation \
         WHERE s.person = $1 ORDER BY s.created_at LIMIT $2",
    ),
    Section(
        "needs_followed",
        By::Id,
        "SELECT n.number AS need, n.title, w.created_at FROM need_follow w JOIN need n ON n.id = w.need \
         WHERE w.person = $1 ORDER BY w.created_at LIMIT $2",
    ),
    Section(
        "approaches",
        By::Id,
        "SELECT n.number AS need, a.number, a.title, a.body, a.url, a.known_by, a.created_at, a.edited_at \
         FROM approach a JOIN need n ON n.id = a.need WHERE a.author = $1 ORDER BY a.id LIMIT $2",
    ),
    Section(
        "assessments",
        By::Id,
        "SELECT w.name AS software, a.criterion, a.verdict, a.evidence, a.created_at FROM assessment a \
         JOIN software w ON w.id = a.software WHERE a.reviewer = $1 ORDER BY a.id LIMIT $2",
    ),
    Section(
        "ads",
        By::IdOrAddress,
        "SELECT number, side, title, body, availability, past_work, organisation_name AS organisation, name, \
         email AS address, created_at, expires_at, withdrawn_at FROM ad WHERE person = $1 OR email_key = $3 \
         ORDER BY number LIMIT $2",
    ),
    Section(
        "ads_shared",
        By::IdOrAddress,
        "SELECT a.number AS ad, d.organisation_name AS organisation, d.name, d.email AS address, d.created_at, \
         d.withdrawn_at FROM ad_needer d JOIN ad a ON a.id = d.ad WHERE d.person = $1 OR d.email_key = $3 \
         ORDER BY d.id LIMIT $2",
    ),
    Section(
        "ads_answered",
        By::IdOrAddress,
        "SELECT a.number AS ad, t.number, t.organisation_name AS organisation, t.name, t.email AS address, t.created_at \
         FROM ad_talk t JOIN ad a ON a.id = t.ad WHERE t.person = $1 OR t.email_key = $3 ORDER BY t.id LIMIT $2",
    ),
    Section(
        "ad_messages",
        By::IdOrAddress,
        "SELECT a.number AS ad, t.number AS talk, m.body, m.created_at FROM ad_message m JOIN ad_talk t ON t.id = m.talk \
         JOIN ad a ON a.id = t.ad WHERE (m.by_poster = 1 AND (a.person = $1 OR a.email_key = $3)) \
         OR (m.by_poster = 0 AND (t.person = $1 OR t.email_key = $3)) ORDER BY m.created_at LIMIT $2",
    ),
    Section(
        "ad_reports",
        By::Id,
        "SELECT a.number AS ad, r.reason, r.created_at, r.answered_at FROM ad_report r JOIN ad a ON a.id = r.ad \
         WHERE r.person = $1 ORDER BY r.id LIMIT $2",
    ),
    Section(
        "files",
        By::Id,
        "SELECT name, media_type, size, purpose, created_at, erased_at FROM file WHERE uploaded_by = $1 \
         ORDER BY id LIMIT $2",
    ),
    Section(
        "mails",
        By::IdOrAddress,
        "SELECT recipient AS address, subject, created_at, sent_at, dead_at FROM mail \
         WHERE person = $1 OR LOWER(recipient) = $3 ORDER BY id LIMIT $2",
    ),
    Section(
        "events",
        By::Actor,
        "SELECT e.at AS happened_at, e.kind, c.name AS collective, o.name AS organisation, e.subject_kind, e.subject, \
         e.data AS data_json FROM event e LEFT JOIN collective c ON c.id = e.collective \
         LEFT JOIN organisation o ON o.id = e.organisation WHERE e.actor = $1 ORDER BY e.id DESC LIMIT $2",
    ),
    Section(
        "events_about",
        By::Id,
        "SELECT at AS happened_at, kind FROM event WHERE subject = $1 ORDER BY id DESC LIMIT $2",
    ),
];

/// What is kept about a person: each kind by its name, at most [`MOST`] rows of each. Errors: faults.
pub async fn of(tx: &mut Tx, person: &PersonRow) -> sqlx::Result<Vec<(&'static str, Vec<Cells>)>> {
    let mut kept = Vec::with_capacity(SECTIONS.len());
    for Section(name, by, sql) in &SECTIONS {
        let values = match by {
            By::Id => args![person.id, MOST],
            By::IdOrAddress => args![person.id, MOST, person.email_key],
            By::Actor => args![Actor::Person(person.id).to_string(), MOST],
        };
        kept.push((*name, fetch_all(tx, sql, values).await?));
    }
    Ok(kept)
}
