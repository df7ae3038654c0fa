//! The chain of a book: each posting's hash covers the hash before it.
//!
//! The hashed text is RFC 8785 JSON in which integers and instants (microseconds) are decimal strings. Kind,
//! number, dates, currency, amounts, account kinds and features stand in clear; account, organisation, actor and
//! reason enter as SHA-256(32 random bytes ‖ value), so that erasing value and salt leaves the chain valid.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    account::{Account, Book},
    ids::PotId,
    money::Currency,
    posting::Transfer,
};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The hash before the first posting: SHA-256 of `popote:` ‖ pot id ‖ book.
#[must_use]
pub fn genesis(pot: PotId, book: Book) -> Hash {
    digest(&[b"popote:", pot.to_string().as_bytes(), book.as_str().as_bytes()])
}

/// SHA-256(salt ‖ value).
#[must_use]
pub fn commit(salt: &Hash, value: &str) -> Hash {
    digest(&[salt, value.as_bytes()])
}

/// SHA-256 of the parts, one after the other.
#[must_use]
pub fn digest(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The salts of one transfer, in the order account given, its organisation, account got, its organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegSalts {
    /// Of the giving account's key.
    pub from_account: Hash,
    /// Of the giving account's organisation.
    pub from_organisation: Hash,
    /// Of the getting account's key.
    pub to_account: Hash,
    /// Of the getting account's organisation.
    pub to_organisation: Hash,
}

/// One side of a transfer as the chain sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Name of the account's kind.
    pub kind: String,
    /// Commitment to the account's key.
    pub account: Hash,
    /// Commitment to the organisation, if the account has one.
    pub organisation: Option<Hash>,
    /// The feature, in clear, if the account has one.
    pub feature: Option<String>,
}

impl Side {
    fn of(account: &Account, account_salt: &Hash, organisation_salt: &Hash) -> Self {
        Self {
            kind: account.kind().as_str().to_owned(),
            account: commit(account_salt, &account.to_string()),
            organisation: account.organisation().map(|id| commit(organisation_salt, &id.to_string())),
            feature: account.feature().map(|id| id.to_string()),
        }
    }

    fn value(&self) -> Value {
        let mut map = BTreeMap::from([
            ("account", hex::encode(self.account)),
            ("kind", self.kind.clone()),
        ]);
        if let Some(organisation) = &self.organisation {
            map.insert("organisation", hex::encode(organisation));
        }
        if let Some(feature) = &self.feature {
            map.insert("feature", feature.clone());
        }
        Value::Object(map.into_iter().map(|(key, text)| (key.to_owned(), Value::String(text))).collect())
    }
}

/// A transfer as the chain sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Minor units.
    pub amount: i64,
    /// The giving side.
    pub from: Side,
    /// The getting side.
    pub to: Side,
}

impl Leg {
    /// The leg of a transfer under its salts.
    #[must_use]
    pub fn of(transfer: &Transfer, salts: &LegSalts) -> Self {
        Self {
            amount: transfer.amount.minor(),
            from: Side::of(&transfer.from, &salts.from_account, &salts.from_organisation),
            to: Side::of(&transfer.to, &salts.to_account, &salts.to_organisation),
        }
    }
}

/// What a link of the chain covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The pot's id.
    pub pot: PotId,
    /// The book.
    pub book: Book,
    /// Number, from 1.
    pub seq: i64,
    /// Hash of the link before, or [`genesis`].
    pub previous: Hash,
    /// Name of the posting's kind.
    pub kind: String,
    /// The day on which it counts.
    pub effective_on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The pot's currency.
    pub currency: Currency,
    /// Commitment to the actor.
    pub actor: Hash,
    /// Commitment to the reason code, if there is one.
    pub reason: Option<Hash>,
    /// The transfers.
    pub legs: Vec<Leg>,
}

impl Link {
    /// The hashed text: RFC 8785 JSON. Keys are ASCII, so their byte order is the order asked for; strings hold
    /// only letters, digits and `-_:.`, so the escaping rules never come into play.
    #[must_use]
    pub fn text(&self) -> String {
        let string = |text: String| Value::String(text);
        let legs = self.legs.iter().map(|leg| {
            Value::Object(
                [
                    ("amount".to_owned(), string(leg.amount.to_string())),
                    ("from".to_owned(), leg.from.value()),
                    ("to".to_owned(), leg.to.value()),
                ]
                .into_iter()
                .collect(),
            )
        });
        let mut map = BTreeMap::from([
            ("actor", string(hex::encode(self.actor))),
            ("book", string(self.book.as_str().to_owned())),
            ("currency", string(self.currency.code().to_owned())),
            ("effective_on", string(self.effective_on.to_string())),
            ("exponent", string(self.currency.exponent().to_string())),
            ("kind", string(self.kind.clone())),
            ("pot", string(self.pot.to_string())),
            ("previous", string(hex::encode(self.previous))),
            ("recorded_at", string(self.recorded_at.as_microsecond().to_string())),
            ("seq", string(self.seq.to_string())),
            ("transfers", Value::Array(legs.collect())),
        ]);
        if let Some(reason) = &self.reason {
            map.insert("reason", string(hex::encode(reason)));
        }
        let sorted: BTreeMap<String, Value> = map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        serde_json::to_string(&sorted).unwrap_or_default()
    }

    /// SHA-256 of [`text`](Self::text).
    #[must_use]
    pub fn hash(&self) -> Hash {
        digest(&[self.text().as_bytes()])
    }
}

/// The end of a chain: what a reader keeps to notice later that the past was rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The book.
    pub book: Book,
    /// Number of the last posting; 0 for an empty book.
    pub seq: i64,
    /// Hash of the last posting, or [`genesis`].
    pub hash: Hash,
}

impl std::fmt::Display for Head {
    /// `BOOK:SEQ:HASH`, as `verify --head` takes it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.book.as_str(), self.seq, hex::encode(self.hash))
    }
}

impl Head {
    /// The head written as `BOOK:SEQ:HASH`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, ':');
        let book = Book::parse(parts.next()?)?;
        let seq = parts.next()?.parse().ok().filter(|seq| *seq >= 0)?;
        let mut hash = [0; 32];
        hex::decode_to_slice(parts.next()?, &mut hash).ok()?;
        Some(Self { book, seq, hash })
    }
}
