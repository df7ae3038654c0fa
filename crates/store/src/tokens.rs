//! Tokens of the API, by their hash. The secret itself is nowhere.

use domain::{
    ids::{CollectiveId, OrganisationId, PersonId, TokenId},
    tokens::{Scopes, TokenLimits},
};
use jiff::Timestamp;

use crate::{Tx, args, execute, fetch_all, fetch_optional, fetch_value, row};

row! {
    /// A token with the names that a page shows.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TokenRow {
        /// Its id: it names the token and opens nothing.
        pub id: TokenId,
        /// Whose.
        pub person: PersonId,
        /// Their language.
        pub locale: String,
        /// For which organisation.
        pub organisation: OrganisationId,
        /// Its name.
        pub organisation_name: String,
        /// In which collective.
        pub collective: CollectiveId,
        /// Its name in addresses.
        pub collective_slug: String,
        /// Its name.
        pub collective_name: String,
        /// What the holder calls it.
        pub name: String,
        /// The names of its scopes, with spaces between them.
        pub scopes: String,
        /// Since when.
        pub created_at: Timestamp,
        /// Until when.
        pub expires_at: Timestamp,
        /// When it was last used, to the hour.
        pub used_at: Option<Timestamp>,
        /// When it was revoked.
        pub revoked_at: Option<Timestamp>,
    }
}

impl TokenRow {
    /// Whether it opens anything at all.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// What it leaves of what its holder may.
    #[must_use]
    pub fn limits(&self) -> TokenLimits {
        TokenLimits { organisation: self.organisation, scopes: Scopes::parse(&self.scopes) }
    }
}

/// A token to write.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Its id.
    pub id: TokenId,
    /// The hash of its secret.
    pub token_hash: [u8; 32],
    /// Whose.
    pub person: PersonId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// In which collective.
    pub collective: CollectiveId,
    /// What the holder calls it.
    pub name: String,
    /// What it lets a program do.
    pub scopes: String,
    /// Now.
    pub at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Writes a token.
pub async fn insert(tx: &mut Tx, new: &NewToken) -> sqlx::Result<()> {
    execute(
        tx,
        "INSERT INTO api_token (id, token_hash, person, organisation, collective, name, scopes, created_at, \
         expires_at, used_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL)",
        args![
            new.id,
            new.token_hash,
            new.person,
            new.organisation,
            new.collective,
            new.name,
            new.scopes,
            new.at,
            new.expires_at
        ],
    )
    .await?;
    Ok(())
}

/// The token of a secret, if its holder's account is open; revoked and expired ones too.
pub async fn by_hash(tx: &mut Tx, token_hash: &[u8; 32]) -> sqlx::Result<Option<TokenRow>> {
    fetch_optional(
        tx,
        "SELECT t.id, t.person, p.locale, t.organisation, o.name AS organisation_name, t.collective, \
         c.slug AS collective_slug, c.name AS collective_name, t.name, t.scopes, t.created_at, t.expires_at, \
         t.used_at, t.revoked_at FROM api_token t JOIN person p ON p.id = t.person \
         JOIN organisation o ON o.id = t.organisation JOIN collective c ON c.id = t.collective \
         WHERE t.token_hash = $1 AND p.closed_at IS NULL",
        args![token_hash],
    )
    .await
}

/// A token, if its holder's account is open.
pub async fn get(tx: &mut Tx, id: TokenId) -> sqlx::Result<Option<TokenRow>> {
    fetch_optional(
        tx,
        "SELECT t.id, t.person, p.locale, t.organisation, o.name AS organisation_name, t.collective, \
         c.slug AS collective_slug, c.name AS collective_name, t.name, t.scopes, t.created_at, t.expires_at, \
         t.used_at, t.revoked_at FROM api_token t JOIN person p ON p.id = t.person \
         JOIN organisation o ON o.id = t.organisation JOIN collective c ON c.id = t.collective \
         WHERE t.id = $1 AND p.closed_at IS NULL",
        args![id],
    )
    .await
}

/// The tokens of a person that weren't revoked and have not expired, newest first; at most `limit`.
pub async fn of_person(
    tx: &mut Tx,
    person: PersonId,
    now: Timestamp,
    limit: u16,
) -> sqlx::Result<Vec<TokenRow>> {
    fetch_all(
        tx,
        "SELECT t.id, t.person, p.locale, t.organisation, o.name AS organisation_name, t.collective, \
         c.slug AS collective_slug, c.name AS collective_name, t.name, t.scopes, t.created_at, t.expires_at, \
         t.used_at, t.revoked_at FROM api_token t JOIN person p ON p.id = t.person \
         JOIN organisation o ON o.id = t.organisation JOIN collective c ON c.id = t.collective \
         WHERE t.person = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 ORDER BY t.id DESC LIMIT $3",
        args![person, now, limit],
    )
    .await
}

/// How many tokens of a person can still be used.
pub async fn count(tx: &mut Tx, person: PersonId, now: Timestamp) -> sqlx::Result<i64> {
    fetch_value(
        tx,
        "SELECT COUNT(*) FROM api_token WHERE person = $1 AND revoked_at IS NULL AND expires_at > $2",
        args![person, now],
    )
    .await
}

/// Writes that a token was used, unless it was written since `before`.
pub async fn used(tx: &mut Tx, id: TokenId, at: Timestamp, before: Timestamp) -> sqlx::Result<()> {
    execute(
        tx,
        "UPDATE api_token SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at <= $3)",
        args![id, at, before],
    )
    .await?;
    Ok(())
}

/// Revokes all tokens of a person; how many.
pub async fn revoke_all(tx: &mut Tx, person: PersonId, at: Timestamp) -> sqlx::Result<u64> {
    execute(
        tx,
        "UPDATE api_token SET revoked_at = $2 WHERE person = $1 AND revoked_at IS NULL AND expires_at > $2",
        args![person, at],
    )
    .await
}

/// Revokes a token of a person. `false` if there is none, or it was revoked before.
pub async fn revoke(tx: &mut Tx, person: PersonId, id: TokenId, at: Timestamp) -> sqlx::Result<bool> {
    let written = execute(
        tx,
        "UPDATE api_token SET revoked_at = $3 WHERE id = $2 AND person = $1 AND revoked_at IS NULL",
        args![person, id, at],
    )
    .await?;
    Ok(written == 1)
}
