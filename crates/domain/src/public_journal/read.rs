//! Reads the file, posting by posting, however hostile it is.

use std::{
    collections::HashSet,
    fmt,
    io::{self, BufReader, Read},
};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use thiserror::Error;

use super::{
    AccountBalance, FORMAT, KindBalance, KindTotal, PublicHead, PublicPosting, PublicTransfer,
    check::{BookCheck, FileCheck, Verdict},
};
use crate::{
    account::Book,
    chain::Head,
    ids::{OrganisationId, PotId},
    money::Currency,
};

/// The most that is read of a file.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes.
    pub bytes: u64,
    /// Postings in both books.
    pub postings: u64,
    /// Transfers in both books.
    pub transfers: u64,
}

impl Default for Limits {
    /// Four gigabytes, ten million postings, twenty million transfers.
    fn default() -> Self {
        Self { bytes: 4 << 30, postings: 10_000_000, transfers: 20_000_000 }
    }
}

/// The longest text in a file, in bytes.
const LONGEST_TEXT: usize = 4_096;
/// The deepest nesting.
const DEEPEST: usize = 16;
/// The most transfers of one posting.
const MOST_TRANSFERS: usize = 200_000;
/// The most entries of a list of totals, balances or names.
const MOST_ENTRIES: usize = 1_000_000;

/// Why a file is no public journal. One that is, and is false, is a [`Verdict`].
#[derive(Debug, Error)]
pub enum Unreadable {
    /// It could not be read, is no JSON, is not of this form, or is larger than the limits.
    #[error("not a public journal: {0}")]
    Form(#[from] serde_json::Error),
}

/// Checks a file: each link of both chains, each opened commitment, bounds, balances and totals, and that it
/// continues each of the `heads` that a reader kept. Errors: [`Unreadable`].
pub fn verify(file: impl Read, heads: &[Head], limits: Limits) -> Result<Verdict, Unreadable> {
    let reader = Bounded::new(BufReader::with_capacity(1 << 16, file), limits.bytes);
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, reader));
    let verdict = FileSeed { check: FileCheck::new(heads, limits) }.deserialize(&mut json)?;
    json.end()?;
    Ok(verdict)
}

/// Ends a reading that grows beyond its limits: before the parser would gather an endless text.
struct Bounded<R> {
    inner: R,
    left: u64,
    depth: usize,
    text: Option<usize>,
    escaped: bool,
}

impl<R: Read> Bounded<R> {
    const fn new(inner: R, bytes: u64) -> Self {
        Self { inner, left: bytes, depth: 0, text: None, escaped: false }
    }

    fn watch(&mut self, byte: u8) -> Result<(), &'static str> {
        if let Some(length) = &mut self.text {
            *length += 1;
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.text = None,
                _ => {}
            }
            return if self.text.is_some_and(|length| length > LONGEST_TEXT) {
                Err("a text is too long")
            } else {
                Ok(())
            };
        }
        match byte {
            b'"' => self.text = Some(0),
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST { Err("it is nested too deeply") } else { Ok(()) }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::new(io::ErrorKind::FileTooLarge, "it is too large"))?;
        for byte in &buffer[..read] {
            self.watch(*byte).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))?;
        }
        Ok(read)
    }
}

/// At most so many of something.
fn list<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(mut seq: A, most: usize) -> Result<Vec<T>, A::Error> {
    let mut all = Vec::new();
    while let Some(one) = seq.next_element()? {
        if all.len() == most {
            return Err(de::Error::custom("a list is too long"));
        }
        all.push(one);
    }
    Ok(all)
}

struct Listed<T>(usize, std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Listed<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {}", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Vec<T>, A::Error> {
        list(seq, self.0)
    }
}

/// The transfers of a posting.
pub(super) fn transfers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PublicTransfer>, D::Error> {
    deserializer.deserialize_seq(Listed(MOST_TRANSFERS, std::marker::PhantomData))
}

/// A list of totals, balances or names.
struct Entries<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Listed(MOST_ENTRIES, std::marker::PhantomData)).map(Self)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadCurrency {
    code: String,
    exponent: u8,
}

/// An organisation, as the file names it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadNamed {
    id: OrganisationId,
    #[serde(rename = "name")]
    _name: String,
}

/// Refuses two names for one organisation: a reader would see one of them beside what the other did.
fn named_once<E: de::Error>(named: &[ReadNamed]) -> Result<(), E> {
    let ids: HashSet<OrganisationId> = named.iter().map(|one| one.id).collect();
    if ids.len() == named.len() { Ok(()) } else { Err(E::custom("an organisation is named twice")) }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum FileField {
    Format,
    Proves,
    Collective,
    Slug,
    Pot,
    Currency,
    Organisations,
    Books,
}

/// The whole file. What the books need to be checked stands before them.
struct FileSeed<'a> {
    check: FileCheck<'a>,
}

impl<'de> DeserializeSeed<'de> for FileSeed<'_> {
    type Value = Verdict;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Verdict, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FileSeed<'_> {
    type Value = Verdict;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a public journal")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Verdict, A::Error> {
        let (mut format, mut pot, mut currency, mut books) = (false, None, None, false);
        let mut named = false;
        while let Some(field) = map.next_key()? {
            match field {
                FileField::Format if map.next_value::<String>()? == FORMAT => format = true,
                FileField::Format => return Err(de::Error::custom("another format")),
                FileField::Pot if pot.is_none() => pot = Some(map.next_value::<PotId>()?),
                FileField::Currency if currency.is_none() => {
                    let read: ReadCurrency = map.next_value()?;
                    currency = Some(Currency::new(&read.code, read.exponent).map_err(de::Error::custom)?);
                }
                FileField::Books if !books => {
                    let (true, Some(pot), Some(currency)) = (format, pot, currency) else {
                        return Err(de::Error::custom("format, pot and currency stand before the books"));
                    };
                    self.check.begin(pot, currency);
                    map.next_value_seed(BooksSeed { check: &mut self.check })?;
                    books = true;
                }
                FileField::Organisations if !named => {
                    named_once(&map.next_value::<Entries<ReadNamed>>()?.0)?;
                    named = true;
                }
                FileField::Pot | FileField::Currency | FileField::Books | FileField::Organisations => {
                    return Err(de::Error::custom("pot, currency, organisations and books stand there once"));
                }
                FileField::Proves | FileField::Collective | FileField::Slug => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if books { Ok(self.check.finish()) } else { Err(de::Error::missing_field("books")) }
    }
}

struct BooksSeed<'a, 'b> {
    check: &'a mut FileCheck<'b>,
}

impl<'de> DeserializeSeed<'de> for BooksSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for BooksSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the books cash and promises")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        for book in Book::ALL {
            if seq.next_element_seed(BookSeed { check: self.check.book(book), book })?.is_none() {
                return Err(de::Error::custom("a book is missing"));
            }
            self.check.end_book();
        }
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(de::Error::custom("more than two books")),
        }
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum BookField {
    Book,
    Genesis,
    Postings,
    Head,
    Totals,
    Kinds,
    Balances,
}

struct BookSeed<'a> {
    check: &'a mut BookCheck,
    book: Book,
}

impl<'de> DeserializeSeed<'de> for BookSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for BookSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the book {}", self.book.as_str())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // Each part stands there once, in this order, so that one reading is enough.
        const ORDER: [&str; 7] = ["book", "genesis", "postings", "head", "totals", "kinds", "balances"];
        let mut parts = ORDER.into_iter();
        while let Some(field) = map.next_key()? {
            let part = match field {
                BookField::Book => "book",
                BookField::Genesis => "genesis",
                BookField::Postings => "postings",
                BookField::Head => "head",
                BookField::Totals => "totals",
                BookField::Kinds => "kinds",
                BookField::Balances => "balances",
            };
            if parts.next() != Some(part) {
                return Err(de::Error::custom(format_args!("{part} stands elsewhere, or twice")));
            }
            match field {
                BookField::Book => {
                    let named: String = map.next_value()?;
                    if named != self.book.as_str() {
                        return Err(de::Error::custom("the books are cash, then promises"));
                    }
                }
                BookField::Genesis => self.check.genesis(map.next_value()?),
                BookField::Postings => map.next_value_seed(PostingsSeed { check: &mut *self.check })?,
                BookField::Head => self.check.head(&map.next_value::<PublicHead>()?),
                BookField::Totals => self.check.totals(&map.next_value::<Entries<KindTotal>>()?.0),
                BookField::Kinds => self.check.kinds(&map.next_value::<Entries<KindBalance>>()?.0),
                BookField::Balances => self.check.balances(&map.next_value::<Entries<AccountBalance>>()?.0),
            }
        }
        match parts.next() {
            None => Ok(()),
            Some(missing) => Err(de::Error::custom(format_args!("{missing} is missing"))),
        }
    }
}

struct PostingsSeed<'a> {
    check: &'a mut BookCheck,
}

impl<'de> DeserializeSeed<'de> for PostingsSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PostingsSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("postings")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(posting) = seq.next_element::<PublicPosting>()? {
            self.check.posting(&posting).map_err(de::Error::custom)?;
        }
        Ok(())
    }
}
