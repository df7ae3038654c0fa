//! A pot's journal as a file: for hledger and Beancount, for a spreadsheet, and the public file that anybody can check.
//!
//! Files go out in pieces, read from one state of the database, so that their length doesn't matter.

mod beancount;
mod names;
mod public;
mod sheet;
mod text;

use domain::{Book, ids::OrganisationId, rules::AmountsSeen, visibility::Eyes};
use jiff::Timestamp;
use store::{Db, Tx, collectives::CollectiveRow, pots::Pot};
use thiserror::Error;
use tokio::sync::mpsc::Sender;
use words::{Locale, Words};

use crate::{error::Failure, past::Past, visibility};
use names::Names;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A journal for hledger, both books side by side.
    Hledger,
    /// A journal for Beancount, both books side by side.
    Beancount,
    /// One line a transfer, for programs: codes, decimal points, commas between cells.
    Csv,
    /// One line a transfer, for the spreadsheet of somebody who reads that language.
    Sheet(Locale),
    /// The public journal, which `popote verify --journal` checks.
    Json,
}

/// For whom a file is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Anybody: the rules and the choice of each organisation say whose amounts are shown.
    Everybody,
    /// Somebody who belongs to the collective and acts for these organisations.
    Member(Vec<OrganisationId>),
    /// Those who keep the accounts: everything.
    Keeper,
}

impl Audience {
    fn eyes(self, amounts: AmountsSeen) -> Eyes {
        let stranger = Eyes::stranger(amounts);
        match self {
            Self::Everybody => stranger,
            Self::Member(own) => Eyes { member: true, own, ..stranger },
            Self::Keeper => Eyes { keeper: true, member: true, ..stranger },
        }
    }
}

/// Which file, of what, for whom.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The collective, by its name in addresses.
    pub collective: String,
    /// The pot, by its name in addresses.
    pub pot: String,
    /// The kind of file.
    pub format: Format,
    /// For whom.
    pub audience: Audience,
    /// The file as it is at that instant for its audience; none: with everything that is recorded.
    pub at: Option<Timestamp>,
}

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ExportRefusal {
    /// Nobody takes the file any more.
    #[error("the file is no longer wanted")]
    Closed,
}

/// A piece is sent when it is longer than this, in bytes.
const PIECE: usize = 1 << 16;

/// Where the pieces of a file go.
struct Out {
    pieces: Sender<Vec<u8>>,
    piece: Vec<u8>,
}

impl Out {
    async fn write(&mut self, text: &str) -> Result<(), Failure<ExportRefusal>> {
        self.piece.extend_from_slice(text.as_bytes());
        if self.piece.len() > PIECE { self.send().await } else { Ok(()) }
    }

    async fn send(&mut self) -> Result<(), Failure<ExportRefusal>> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::take(&mut self.piece);
        self.pieces.send(piece).await.map_err(|_| Failure::Refused(ExportRefusal::Closed))
    }
}

/// What an export is of.
struct Source {
    tx: Tx,
    collective: CollectiveRow,
    pot: Pot,
    names: Names,
    /// The last entries of cash and promises that are written.
    last: [i64; 2],
}

/// Writes a pot's journal into `pieces`. Who may ask for more than everybody is for the caller to check. Errors: no such
/// pot; [`ExportRefusal::Closed`] when the receiver goes away.
pub async fn export(db: &Db, asked: Asked, pieces: Sender<Vec<u8>>) -> Result<(), Failure<ExportRefusal>> {
    let format = asked.format;
    let mut source = open(db, asked).await?;
    let mut out = Out { pieces, piece: Vec::new() };
    match format {
        Format::Hledger => text::hledger(&mut source, &mut out).await?,
        Format::Beancount => beancount::beancount(&mut source, &mut out).await?,
        Format::Csv => text::csv(&mut source, &mut out).await?,
        Format::Sheet(locale) => sheet::sheet(&mut source, &mut out, Words::new(locale)).await?,
        Format::Json => public::json(&mut source, &mut out).await?,
    }
    out.send().await
}

async fn open(db: &Db, asked: Asked) -> Result<Source, Failure<ExportRefusal>> {
    let mut tx = db.read().await?;
    let collective =
        store::collectives::by_slug(&mut tx, &asked.collective).await?.ok_or(Failure::NotFound)?;
    let pot = store::pots::by_slug(&mut tx, collective.id, &asked.pot).await?.ok_or(Failure::NotFound)?;
    let (_, rules) = store::collectives::rules(&mut tx, collective.id).await?;
    let eyes = asked.audience.eyes(rules.amounts);
    let veil = visibility::veil(&mut tx, collective.id, eyes).await?;
    let last = match asked.at {
        None => [i64::MAX; 2],
        Some(now) => {
            let past = Past::of(&mut tx, collective.id, pot.id, &veil, now).await?;
            Book::ALL.map(|book| past.last(book))
        }
    };
    let holders = store::export::holders(&mut tx, pot.id).await?;
    let veil =
        visibility::know_all(&mut tx, collective.id, &veil, pot.id, holders.iter().map(|one| one.id)).await?;
    let features = store::export::features(&mut tx, pot.id).await?;
    let funds = store::export::gift_funds(&mut tx, pot.id).await?;
    // One of whom anything is hidden is not told apart anywhere in a file: its accounts add up to what is hidden.
    let shown = |organisation| veil.tells_sums(organisation);
    let names = Names::new(&collective, &holders, shown, &features, &funds);
    Ok(Source { tx, collective, pot, names, last })
}

impl Source {
    /// The next postings of a book after a number, which moves on; none after the last.
    async fn next(
        &mut self,
        book: Book,
        after: &mut i64,
    ) -> Result<Option<Vec<domain::journal::StoredPosting>>, Failure<ExportRefusal>> {
        let mut postings = store::journal::stored::postings(&mut self.tx, self.pot.id, book, *after).await?;
        let last = self.last_of(book);
        postings.retain(|posting| posting.seq <= last);
        let reached = postings.last().map(|posting| posting.seq);
        Ok(reached.map(|seq| {
            *after = seq;
            postings
        }))
    }

    const fn last_of(&self, book: Book) -> i64 {
        match book {
            Book::Cash => self.last[0],
            Book::Promises => self.last[1],
        }
    }

    /// Whether the file says everything that is recorded.
    fn is_whole(&self) -> bool {
        self.last == [i64::MAX; 2]
    }

    async fn accounts(&mut self) -> Result<Vec<domain::journal::StoredAccount>, Failure<ExportRefusal>> {
        Ok(store::journal::stored::accounts(&mut self.tx, self.pot.id).await?)
    }
}

/// The name of the file.
#[must_use]
pub fn file_name(collective: &str, pot: &str, format: Format, at: Timestamp) -> String {
    let extension = match format {
        Format::Hledger => "journal",
        Format::Beancount => "beancount",
        Format::Csv | Format::Sheet(_) => "csv",
        Format::Json => "json",
    };
    let day = at.strftime("%Y-%m-%d");
    format!("{collective}-{pot}-{day}.{extension}")
}
