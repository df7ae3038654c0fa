//! Conversations about ads, and reports of ads.

use domain::ids::{AdId, AdReportId, AdTalkId, OrganisationId, PersonId};
use jiff::Timestamp;

use super::Writer;
use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_value, row};

row! {
    /// A conversation between whoever posted an ad and somebody who answered it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AdTalk {
        /// Its id.
        pub id: AdTalkId,
        /// About which ad.
        pub ad: AdId,
        /// Its number there, from 1.
        pub number: i64,
        /// The organisation of whoever answered, where it is one of the instance.
        pub organisation: Option<OrganisationId>,
        /// Its name.
        pub organisation_name: String,
        /// The person, where they have an account.
        pub person: Option<PersonId>,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// Its key.
        pub email_key: String,
        /// The language of mails to them.
        pub locale: String,
        /// Whether they let whoever posted the ad see their address.
        pub shows_address: bool,
        /// Since when.
        pub created_at: Timestamp,
        /// How many messages it has.
        pub messages: i64,
    }
}

/// The statement that reads conversations, with the rest of it.
macro_rules! talks {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.ad, t.number, t.organisation, t.organisation_name, t.person, t.name, t.email, t.email_key, \
             t.locale, t.shows_address, t.created_at, \
             (SELECT COUNT(*) FROM ad_message m WHERE m.talk = t.id) AS messages FROM ad_talk t ",
            $rest
        )
    };
}

/// Begins a conversation; its number. The caller has locked the ad.
pub async fn insert_talk(
    tx: &mut Tx,
    id: AdTalkId,
    ad: AdId,
    writer: &Writer,
    shows_address: bool,
    at: Timestamp,
) -> sqlx::Result<i64> {
    let last: Option<i64> =
        fetch_value(tx, "SELECT MAX(number) FROM ad_talk WHERE ad = $1", args![ad]).await?;
    let number = last.unwrap_or(0) + 1;
    execute(
        tx,
        "INSERT INTO ad_talk (id, ad, number, organisation, organisation_name, person, name, email, email_key, locale, \
         shows_address, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            id,
            ad,
            number,
            writer.organisation,
            writer.organisation_name,
            writer.person,
            writer.name,
            writer.email,
            writer.email_key,
            writer.locale,
            shows_address,
            at
        ],
    )
    .await?;
    Ok(number)
}

/// The conversation of a number about an ad.
pub async fn talk(tx: &mut Tx, ad: AdId, number: i64) -> sqlx::Result<Option<AdTalk>> {
    fetch_optional(tx, talks!("WHERE t.ad = $1 AND t.number = $2"), args![ad, number]).await
}

/// The same by its id.
pub async fn talk_by_id(tx: &mut Tx, id: AdTalkId) -> sqlx::Result<Option<AdTalk>> {
    fetch_optional(tx, talks!("WHERE t.id = $1"), args![id]).await
}

/// The conversation that an address has about an ad.
pub async fn talk_of(tx: &mut Tx, ad: AdId, email_key: &str) -> sqlx::Result<Option<AdTalk>> {
    fetch_optional(tx, talks!("WHERE t.ad = $1 AND t.email_key = $2"), args![ad, email_key]).await
}

/// The conversations about an ad, the newest first; at most `limit`.
pub async fn talks_of(tx: &mut Tx, ad: AdId, limit: i64) -> sqlx::Result<Vec<AdTalk>> {
    fetch_all(tx, talks!("WHERE t.ad = $1 ORDER BY t.number DESC LIMIT $2"), args![ad, limit]).await
}

/// The conversations that a person began, the newest first; at most `limit`.
pub async fn talks_with(tx: &mut Tx, person: PersonId, limit: i64) -> sqlx::Result<Vec<AdTalk>> {
    fetch_all(tx, talks!("WHERE t.person = $1 ORDER BY t.id DESC LIMIT $2"), args![person, limit]).await
}

row! {
    /// A message of a conversation.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AdMessage {
        /// Its number there, from 1.
        pub number: i64,
        /// Whether whoever posted the ad wrote it.
        pub by_poster: bool,
        /// Markdown.
        pub body: String,
        /// When.
        pub created_at: Timestamp,
    }
}

/// The messages of a conversation, the first first; at most `limit`.
pub async fn messages(tx: &mut Tx, talk: AdTalkId, limit: i64) -> sqlx::Result<Vec<AdMessage>> {
    const SQL: &str =
        "SELECT number, by_poster, body, created_at FROM ad_message WHERE talk = $1 ORDER BY number LIMIT $2";
    fetch_all(tx, SQL, args![talk, limit]).await
}

/// Writes the next message. The caller has locked the ad.
pub async fn add_message(
    tx: &mut Tx,
    talk: &AdTalk,
    by_poster: bool,
    body: &str,
    at: Timestamp,
) -> sqlx::Result<()> {
    const SQL: &str =
        "INSERT INTO ad_message (talk, number, by_poster, body, created_at) VALUES ($1, $2, $3, $4, $5)";
    execute(tx, SQL, args![talk.id, talk.messages + 1, by_poster, body, at]).await.map(drop)
}

row! {
    /// A report of an ad that waits for an answer.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AdReport {
        /// Its id.
        pub id: AdReportId,
        /// The number of the ad.
        pub number: i64,
        /// Its title.
        pub title: String,
        /// Why.
        pub reason: String,
        /// When.
        pub created_at: Timestamp,
    }
}

/// Writes a report.
pub async fn insert_report(
    tx: &mut Tx,
    id: AdReportId,
    ad: AdId,
    person: Option<PersonId>,
    reason: &str,
    at: Timestamp,
) -> sqlx::Result<()> {
    const SQL: &str =
        "INSERT INTO ad_report (id, ad, person, reason, created_at) VALUES ($1, $2, $3, $4, $5)";
    execute(tx, SQL, args![id, ad, person, reason, at]).await.map(drop)
}

/// How many reports of an ad wait for an answer.
pub async fn reports_of(tx: &mut Tx, ad: AdId) -> sqlx::Result<i64> {
    fetch_value(tx, "SELECT COUNT(*) FROM ad_report WHERE ad = $1 AND answered_at IS NULL", args![ad]).await
}

/// The reports that wait for an answer, by ad, the oldest first; at most `limit`.
pub async fn open_reports(tx: &mut Tx, limit: i64) -> sqlx::Result<Vec<AdReport>> {
    const SQL: &str = "SELECT r.id, a.number, a.title, r.reason, r.created_at FROM ad_report r \
        JOIN ad a ON a.id = r.ad WHERE r.answered_at IS NULL ORDER BY a.number, r.id LIMIT $1";
    fetch_all(tx, SQL, args![limit]).await
}

/// Writes that somebody answered all reports of an ad; how many.
pub async fn answer_reports(tx: &mut Tx, ad: AdId, by: PersonId, at: Timestamp) -> sqlx::Result<u64> {
    const SQL: &str =
        "UPDATE ad_report SET answered_at = $3, answered_by = $2 WHERE ad = $1 AND answered_at IS NULL";
    execute(tx, SQL, args![ad, by, at]).await
}
