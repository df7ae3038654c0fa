//! The public journal of a pot: a file that anybody can check alone, without a database and without this program.
//!
//! It holds every link of both chains. What the rules make public is opened by its salt and value; the rest stands
//! there as commitments, which bind without showing. [`Writer`] makes the file piece by piece, [`verify`] reads it
//! piece by piece.

mod check;
mod read;
mod write;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use check::{BookRead, Verdict};
pub use read::{Limits, Unreadable, verify};
pub use write::{Header, Named, Proves, Writer};

use crate::chain::Hash;

/// What the file says it is.
pub const FORMAT: &str = "popote-journal/1";

/// The codes of the checks of a file, in order.
pub const CODES: [&str; 6] = ["chain", "commitments", "legs", "balances", "totals", "heads"];

/// SHA-256 as 64 lower-case digits.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Digits(Hash);

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut hash = [0; 32];
        hex::decode_to_slice(&text, &mut hash).map_err(de::Error::custom)?;
        if hex::encode(hash) == text { Ok(Self(hash)) } else { Err(de::Error::custom("digits in capitals")) }
    }
}

/// A whole number as its shortest decimal text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Whole(i64);

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number: i64 = text.parse().map_err(de::Error::custom)?;
        if number.to_string() == text {
            Ok(Self(number))
        } else {
            Err(de::Error::custom("a number that isn't written the shortest way"))
        }
    }
}

/// Something committed to, opened or not.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Committed {
    commitment: Digits,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<Digits>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// One side of a transfer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicSide {
    kind: String,
    account: Committed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<Committed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    feature: Option<String>,
}

/// A transfer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicTransfer {
    amount: Whole,
    from: PublicSide,
    to: PublicSide,
}

/// A posting.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicPosting {
    seq: Whole,
    kind: String,
    effective_on: String,
    recorded_at: Whole,
    previous: Digits,
    hash: Digits,
    actor: Committed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Committed>,
    #[serde(deserialize_with = "read::transfers")]
    transfers: Vec<PublicTransfer>,
}

/// The end of a book.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicHead {
    seq: Whole,
    hash: Digits,
}

/// What the postings of one kind moved.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindTotal {
    kind: String,
    postings: Whole,
    amount: Whole,
}

/// What all accounts of one kind hold together.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindBalance {
    kind: String,
    balance: Whole,
}

/// What an opened account holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountBalance {
    account: String,
    balance: Whole,
}
