//! What a person left without their account: ads, answers to ads, needs as a guest. It is known by the account, or by the
//! address alone.

use domain::{ids::AdId, people::ERASED};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_values, people::PersonRow};

/// The ads of a person, by their account or by their address.
pub async fn ads(tx: &mut Tx, person: &PersonRow) -> sqlx::Result<Vec<AdId>> {
    const SQL: &str = "SELECT id FROM ad WHERE person = $1 OR email_key = $2 ORDER BY id";
    fetch_values(tx, SQL, args![person.id, person.email_key]).await
}

/// Empties what a person wrote in ads and to whom they wrote about ads. Called before [`forget`], which takes away by what
/// it is found.
pub async fn empty_ads(tx: &mut Tx, person: &PersonRow) -> sqlx::Result<()> {
    for sql in [
        "UPDATE ad_message SET body = '' WHERE by_poster = 1 AND talk IN (SELECT t.id FROM ad_talk t \
         JOIN ad a ON a.id = t.ad WHERE a.person = $1 OR a.email_key = $2)",
        "UPDATE ad_message SET body = '' WHERE by_poster = 0 AND talk IN \
         (SELECT t.id FROM ad_talk t WHERE t.person = $1 OR t.email_key = $2)",
        "DELETE FROM revision WHERE subject IN (SELECT a.id FROM ad a WHERE a.person = $1 OR a.email_key = $2)",
        "UPDATE ad SET title = '—', body = '', availability = '', past_work = '', skills = '[]', folded = '', appeal = '' \
         WHERE person = $1 OR email_key = $2",
    ] {
        execute(tx, sql, args![person.id, person.email_key]).await?;
    }
    Ok(())
}

/// Takes back the ads of a person and forgets their name and address there, among those who share a need, in conversations
/// about ads, in needs written as a guest, and what they follow.
pub async fn forget(tx: &mut Tx, person: &PersonRow, at: Timestamp) -> sqlx::Result<()> {
    const ADS: &str = "UPDATE ad SET name = '', email = '', email_key = 'forgotten ' || number, \
        withdrawn_at = COALESCE(withdrawn_at, $3) WHERE person = $1 OR email_key = $2";
    const NEEDERS: &str = "UPDATE ad_needer SET name = '', email = '', email_key = '', \
        withdrawn_at = COALESCE(withdrawn_at, $3) WHERE person = $1 OR email_key = $2";
    const TALKS: &str = "UPDATE ad_talk SET name = '', email = '', email_key = 'forgotten ' || number \
        WHERE person = $1 OR email_key = $2";
    const GUEST: &str = "UPDATE need SET guest_name = $3, guest_email = '' \
        WHERE guest_email <> '' AND (guest_email = $1 OR LOWER(guest_email) = $2)";
    for sql in [ADS, NEEDERS] {
        execute(tx, sql, args![person.id, person.email_key, at]).await?;
    }
    execute(tx, TALKS, args![person.id, person.email_key]).await?;
    execute(tx, GUEST, args![person.email, person.email_key, ERASED]).await?;
    execute(tx, "DELETE FROM need_follow WHERE person = $1", args![person.id]).await.map(drop)
}
