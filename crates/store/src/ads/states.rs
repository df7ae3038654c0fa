//! What becomes of an ad.

use domain::ids::{AdId, CollectiveId, OrganisationId, PersonId};
use jiff::Timestamp;

use crate::{Tx, args, execute};

/// Shows an ad until an instant; one that was taken back is there again.
pub async fn renew(tx: &mut Tx, id: AdId, expires_at: Timestamp) -> sqlx::Result<()> {
    execute(tx, "UPDATE ad SET expires_at = $2, withdrawn_at = NULL WHERE id = $1", args![id, expires_at])
        .await
        .map(drop)
}

/// Takes an ad back.
pub async fn withdraw(tx: &mut Tx, id: AdId, at: Timestamp) -> sqlx::Result<()> {
    execute(tx, "UPDATE ad SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL", args![id, at])
        .await
        .map(drop)
}

/// Hides an ad.
pub async fn hide(tx: &mut Tx, id: AdId, by: PersonId, reason: &str, at: Timestamp) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE ad SET hidden_at = $4, hidden_by = $2, hidden_reason = $3, appeal = '', \
        appealed_at = NULL WHERE id = $1";
    execute(tx, SQL, args![id, by, reason, at]).await.map(drop)
}

/// Shows an ad again that was hidden.
pub async fn show(tx: &mut Tx, id: AdId) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE ad SET hidden_at = NULL, hidden_by = NULL, hidden_reason = '' WHERE id = $1";
    execute(tx, SQL, args![id]).await.map(drop)
}

/// Keeps what a poster says against hiding.
pub async fn appeal(tx: &mut Tx, id: AdId, words: &str, at: Timestamp) -> sqlx::Result<()> {
    execute(tx, "UPDATE ad SET appeal = $2, appealed_at = $3 WHERE id = $1", args![id, words, at])
        .await
        .map(drop)
}

/// Writes that a poster asked for a collective, or that nobody does any more.
pub async fn ask_founding(tx: &mut Tx, id: AdId, at: Option<Timestamp>) -> sqlx::Result<()> {
    execute(tx, "UPDATE ad SET founding_at = $2 WHERE id = $1", args![id, at]).await.map(drop)
}

/// Writes which collective was made of an ad, and which organisation its poster is there.
pub async fn founded(
    tx: &mut Tx,
    id: AdId,
    collective: CollectiveId,
    organisation: OrganisationId,
    person: PersonId,
) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE ad SET collective = $2, organisation = $3, person = $4 WHERE id = $1";
    execute(tx, SQL, args![id, collective, organisation, person]).await.map(drop)
}

/// Forgets who posted the ads that ended before an instant, who answered them and shared their need, and what they wrote to
/// each other; how many ads.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> sqlx::Result<u64> {
    const MESSAGES: &str = "UPDATE ad_message SET body = '' WHERE body <> '' AND talk IN \
        (SELECT t.id FROM ad_talk t JOIN ad a ON a.id = t.ad WHERE a.expires_at < $1 AND a.email <> '')";
    const TALKS: &str = "UPDATE ad_talk SET name = '', email = '', email_key = 'forgotten ' || number \
        WHERE ad IN (SELECT a.id FROM ad a WHERE a.expires_at < $1 AND a.email <> '')";
    const NEEDERS: &str = "UPDATE ad_needer SET name = '', email = '', email_key = '', \
        withdrawn_at = COALESCE(withdrawn_at, $1) \
        WHERE ad IN (SELECT a.id FROM ad a WHERE a.expires_at < $1 AND a.email <> '')";
    const ADS: &str = "UPDATE ad SET name = '', email = '', email_key = 'forgotten ' || number \
        WHERE expires_at < $1 AND email <> ''";
    for sql in [MESSAGES, TALKS, NEEDERS] {
        execute(tx, sql, args![before]).await?;
    }
    execute(tx, ADS, args![before]).await
}
