//! The journal for the spreadsheet of a person: words and decimals of their language.

use domain::{Book, Money, ids::AccountId, journal::StoredPosting};
use words::{Locale, Words};

use super::{
    ExportRefusal, Out, Source,
    text::{Accounts, cell, hex, known},
};
use crate::error::Failure;

/// By this mark spreadsheets know that the letters are UTF-8.
const MARK: &str = "\u{feff}";

/// One line a transfer, with a heading.
pub(super) async fn sheet(
    source: &mut Source,
    out: &mut Out,
    t: Words,
) -> Result<(), Failure<ExportRefusal>> {
    let accounts = known(&source.accounts().await?);
    let head = [
        t.accounts_sheet_book(),
        t.accounts_sheet_entry(),
        t.accounts_date(),
        t.accounts_what(),
        t.accounts_amount(),
        t.accounts_sheet_currency(),
        t.accounts_sheet_from(),
        t.accounts_sheet_from_organisation(),
        t.accounts_sheet_to(),
        t.accounts_sheet_to_organisation(),
        t.accounts_sheet_feature(),
        t.accounts_sheet_hash(),
    ];
    out.write(MARK).await?;
    out.write(&line(t, &head.map(str::to_owned))?).await?;
    for book in Book::ALL {
        let mut after = 0;
        while let Some(postings) = source.next(book, &mut after).await? {
            for posting in &postings {
                out.write(&lines(source, t, posting, &accounts)?).await?;
            }
        }
    }
    Ok(())
}

fn lines(
    source: &Source,
    t: Words,
    posting: &StoredPosting,
    accounts: &Accounts,
) -> Result<String, Failure<ExportRefusal>> {
    let currency = source.pot.currency();
    let mut text = String::new();
    for transfer in &posting.transfers {
        let side = |id: &AccountId| {
            let Some(account) = accounts.get(id) else { return [String::new(), String::new()] };
            let organisation = account.organisation().map(|id| match source.names.written(id) {
                Some(name) => cell(name),
                None => t.accounts_sheet_others().to_owned(),
            });
            [t.accounts_account(account.kind().as_str()), organisation.unwrap_or_default()]
        };
        let feature = [&transfer.from, &transfer.to].into_iter().find_map(|id| accounts.get(id)?.feature());
        let [from, from_organisation] = side(&transfer.from);
        let [to, to_organisation] = side(&transfer.to);
        text += &line(
            t,
            &[
                t.accounts_book(posting.book.as_str()),
                posting.seq.to_string(),
                posting.effective_on.to_string(),
                t.accounts_kind(posting.kind.as_str()),
                t.money_field(Money::new(transfer.amount.minor()), currency),
                currency.code().to_owned(),
                from,
                from_organisation,
                to,
                to_organisation,
                source.names.feature(feature),
                hex(&posting.hash),
            ],
        )?;
    }
    Ok(text)
}

/// A line of cells. Where the comma parts units from cents, the semicolon parts cells.
fn line(t: Words, cells: &[String; 12]) -> Result<String, Failure<ExportRefusal>> {
    let delimiter = if t.locale() == Locale::Fr { b';' } else { b',' };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let fault = |error: &dyn std::fmt::Display| Failure::Fault(error.to_string());
    writer.write_record(cells).map_err(|error| fault(&error))?;
    let bytes = writer.into_inner().map_err(|error| fault(&error))?;
    String::from_utf8(bytes).map_err(|error| fault(&error))
}
