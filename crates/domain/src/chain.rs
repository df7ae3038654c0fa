//! The chain of a book: each posting's hash covers the hash before it.
//!
//! The hashed text is RFC 8785 JSON in which integers and instants (microseconds) are decimal strings. Kind,
//! number, dates, currency, amounts, account kinds and features stand in clear; account, organisation, actor and
//! reason enter as SHA-256(32 random bytes ‖ value), so that erasing value and salt leaves the chain valid.

use std::io;

use jiff::{Timestamp, civil::Date};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::{
    account::{Account, Book},
    ids::PotId,
    money::Currency,
    posting::Transfer,
    seed::Seed,
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

impl LegSalts {
    /// Fresh salts.
    pub fn draw(seed: &mut Seed) -> Self {
        Self {
            from_account: seed.bytes(),
            from_organisation: seed.bytes(),
            to_account: seed.bytes(),
            to_organisation: seed.bytes(),
        }
    }
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
    pub(crate) fn of(account: &Account, account_salt: &Hash, organisation_salt: &Hash) -> Self {
        Self {
            kind: account.kind().as_str().to_owned(),
            account: commit(account_salt, &account.to_string()),
            organisation: account.organisation().map(|id| commit(organisation_salt, &id.to_string())),
            feature: account.feature().map(|id| id.to_string()),
        }
    }

    fn written(&self) -> WrittenSide<'_> {
        WrittenSide {
            account: Hex(self.account),
            feature: self.feature.as_deref(),
            kind: &self.kind,
            organisation: self.organisation.map(Hex),
        }
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
    /// The leg of a transfer under its salts: what is hashed, and what is stored beside the transfer.
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
    /// The hashed text: RFC 8785 JSON. The structs below name their keys in the order that it asks for, and
    /// serde_json escapes as it does.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(&self.written()).unwrap_or_default()
    }

    /// SHA-256 of [`text`](Self::text), without building the text.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut sink = Hashing(Sha256::new());
        // Writing to a hasher can't fail, and neither can serialising strings.
        let written = serde_json::to_writer(&mut sink, &self.written());
        debug_assert!(written.is_ok(), "a link is always serialisable");
        sink.0.finalize().into()
    }

    fn written(&self) -> WrittenLink<'_> {
        WrittenLink {
            actor: Hex(self.actor),
            book: self.book.as_str(),
            currency: self.currency.code(),
            effective_on: Shown(self.effective_on),
            exponent: Shown(self.currency.exponent()),
            kind: &self.kind,
            pot: Shown(self.pot),
            previous: Hex(self.previous),
            reason: self.reason.map(Hex),
            recorded_at: Shown(self.recorded_at.as_microsecond()),
            seq: Shown(self.seq),
            transfers: WrittenLegs(&self.legs),
        }
    }
}

/// Passes what is written on to the hash.
struct Hashing(Sha256);

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A value written as a JSON string: integers, instants and dates never are JSON numbers here.
struct Shown<T>(T);

impl<T: std::fmt::Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

struct Hex(Hash);

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = [0; 64];
        hex::encode_to_slice(self.0, &mut digits).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(std::str::from_utf8(&digits).map_err(serde::ser::Error::custom)?)
    }
}

#[derive(Serialize)]
struct WrittenLink<'a> {
    actor: Hex,
    book: &'static str,
    currency: &'a str,
    effective_on: Shown<Date>,
    exponent: Shown<u8>,
    kind: &'a str,
    pot: Shown<PotId>,
    previous: Hex,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Hex>,
    recorded_at: Shown<i64>,
    seq: Shown<i64>,
    transfers: WrittenLegs<'a>,
}

struct WrittenLegs<'a>(&'a [Leg]);

impl Serialize for WrittenLegs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|leg| WrittenLeg {
            amount: Shown(leg.amount),
            from: leg.from.written(),
            to: leg.to.written(),
        }))
    }
}

#[derive(Serialize)]
struct WrittenLeg<'a> {
    amount: Shown<i64>,
    from: WrittenSide<'a>,
    to: WrittenSide<'a>,
}

#[derive(Serialize)]
struct WrittenSide<'a> {
    account: Hex,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature: Option<&'a str>,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<Hex>,
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
    /// The head of an empty book.
    #[must_use]
    pub fn empty(pot: PotId, book: Book) -> Self {
        Self { book, seq: 0, hash: genesis(pot, book) }
    }

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
