//! A pot's journal as a file: for hledger, for a spreadsheet, and the public file that anybody can check.
//!
//! Files go out in pieces, read from one state of the database, so that their length doesn't matter.

mod names;
mod public;
mod text;

use domain::{Book, rules::AmountsSeen};
use jiff::Timestamp;
use store::{Db, Tx, collectives::CollectiveRow, pots::Pot};
use thiserror::Error;
use tokio::sync::mpsc::Sender;

use crate::error::Failure;
use names::Names;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A journal for hledger, both books side by side.
    Hledger,
    /// One line a transfer.
    Csv,
    /// The public journal, which `popote verify --journal` checks.
    Json,
}

/// For whom a file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Anybody: the rules and the choice of each organisation say whose amounts are shown.
    Public,
    /// Members of the collective.
    Members,
}

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ExportRefusal {
    /// One or two organisations hide their amounts: what the others show would tell theirs.
    #[error("fewer than three organisations hide their amounts: what the others show would tell theirs")]
    TooFewHide,
    /// Nobody takes the file any more.
    #[error("the file is no longer wanted")]
    Closed,
}

/// How many organisations have to be in a figure that hides them.
const FEWEST_HIDDEN: usize = 3;
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
}

/// Writes a pot's journal into `pieces`. Who may ask for [`Audience::Members`] is for the caller to check.
/// Errors: no such pot; [`ExportRefusal::TooFewHide`], before the first piece; [`ExportRefusal::Closed`] when the
/// receiver goes away.
pub async fn export(
    db: &Db,
    collective: &str,
    pot: &str,
    format: Format,
    audience: Audience,
    pieces: Sender<Vec<u8>>,
) -> Result<(), Failure<ExportRefusal>> {
    let mut source = open(db, collective, pot, audience).await?;
    let mut out = Out { pieces, piece: Vec::new() };
    match format {
        Format::Hledger => text::hledger(&mut source, &mut out).await?,
        Format::Csv => text::csv(&mut source, &mut out).await?,
        Format::Json => public::json(&mut source, &mut out).await?,
    }
    out.send().await
}

async fn open(
    db: &Db,
    collective: &str,
    pot: &str,
    audience: Audience,
) -> Result<Source, Failure<ExportRefusal>> {
    let mut tx = db.read().await?;
    let collective = store::collectives::by_slug(&mut tx, collective).await?.ok_or(Failure::NotFound)?;
    let pot = store::pots::by_slug(&mut tx, collective.id, pot).await?.ok_or(Failure::NotFound)?;
    let holders = store::export::holders(&mut tx, collective.id, pot.id).await?;
    let (_, rules) = store::collectives::rules(&mut tx, collective.id).await?;
    let shown = |chosen: bool| match (audience, rules.amounts) {
        (Audience::Members, _) | (_, AmountsSeen::Public) => true,
        (Audience::Public, AmountsSeen::Members) => false,
        (Audience::Public, AmountsSeen::OwnChoice) => chosen,
    };
    let hidden = holders.iter().filter(|holder| !shown(holder.shows_amounts)).count();
    if rules.amounts == AmountsSeen::OwnChoice && (1..FEWEST_HIDDEN).contains(&hidden) {
        return Err(Failure::Refused(ExportRefusal::TooFewHide));
    }
    let features = store::export::features(&mut tx, pot.id).await?;
    let funds = store::export::gift_funds(&mut tx, pot.id).await?;
    let names = Names::new(&collective, &holders, shown, &features, &funds);
    Ok(Source { tx, collective, pot, names })
}

impl Source {
    /// The next postings of a book.
    async fn postings(
        &mut self,
        book: Book,
        after: i64,
    ) -> Result<Vec<domain::journal::StoredPosting>, Failure<ExportRefusal>> {
        Ok(store::journal::stored::postings(&mut self.tx, self.pot.id, book, after).await?)
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
        Format::Csv => "csv",
        Format::Json => "json",
    };
    let day = at.strftime("%Y-%m-%d");
    format!("{collective}-{pot}-{day}.{extension}")
}
