//! The journal for hledger and for spreadsheets.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    Account, Book, Currency, Money,
    ids::AccountId,
    journal::{StoredAccount, StoredPosting},
};
use jiff::civil::Date;

use super::{ExportRefusal, Out, Source};
use crate::error::Failure;

/// The accounts by their id, each with its book.
pub(super) type Accounts = HashMap<AccountId, Account>;

/// A number of minor units with its decimals and no thousands: `-1234.50`.
pub(super) fn decimal(minor: i128, currency: Currency) -> String {
    let exponent = usize::from(currency.exponent());
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = exponent + 1);
    let sign = if minor < 0 { "-" } else { "" };
    let (whole, cents) = digits.split_at(digits.len() - exponent);
    if exponent == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{cents}") }
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

pub(super) fn known(stored: &[StoredAccount]) -> Accounts {
    stored.iter().filter_map(|row| Some((row.id, Account::parse(&row.key)?))).collect()
}

/// One line a transfer, with a heading.
pub(super) async fn csv(source: &mut Source, out: &mut Out) -> Result<(), Failure<ExportRefusal>> {
    let accounts = known(&source.accounts().await?);
    out.write(
        "book,seq,effective_on,recorded_at,kind,amount,currency,from_kind,from_organisation,from_feature,\
         from_account,to_kind,to_organisation,to_feature,to_account,hash\r\n",
    )
    .await?;
    for book in Book::ALL {
        let mut after = 0;
        while let Some(postings) = source.next(book, &mut after).await? {
            for posting in &postings {
                let lines = csv_lines(source, posting, &accounts)?;
                out.write(&lines).await?;
            }
        }
    }
    Ok(())
}

fn csv_lines(
    source: &Source,
    posting: &StoredPosting,
    accounts: &Accounts,
) -> Result<String, Failure<ExportRefusal>> {
    let fault = |error: &dyn std::fmt::Display| Failure::Fault(error.to_string());
    let currency = source.pot.currency();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for transfer in &posting.transfers {
        let side = |id: &AccountId| -> [String; 4] {
            let Some(account) = accounts.get(id) else { return Default::default() };
            let organisation = account.organisation().map(|id| source.names.organisation(id).to_owned());
            [
                account.kind().as_str().to_owned(),
                cell(&organisation.unwrap_or_default()),
                source.names.feature(account.feature()),
                cell(&source.names.account(posting.book, account)),
            ]
        };
        let mut record = vec![
            posting.book.as_str().to_owned(),
            posting.seq.to_string(),
            posting.effective_on.to_string(),
            posting.recorded_at.to_string(),
            cell(&posting.kind),
            decimal(transfer.amount.minor().into(), currency),
            currency.code().to_owned(),
        ];
        record.extend(side(&transfer.from));
        record.extend(side(&transfer.to));
        record.push(hex(&posting.hash));
        writer.write_record(&record).map_err(|error| fault(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| fault(&error))?;
    String::from_utf8(bytes).map_err(|error| fault(&error))
}

pub(super) fn hex(hash: &[u8]) -> String {
    hex::encode(hash)
}

/// A journal that `hledger check --strict` accepts: every account, payee and the commodity are declared first, and
/// the last entry asserts the balances as the database has them.
pub(super) async fn hledger(source: &mut Source, out: &mut Out) -> Result<(), Failure<ExportRefusal>> {
    let stored = source.accounts().await?;
    let accounts = known(&stored);
    directives(source, out, &stored).await?;
    let mut last_day: Option<Date> = None;
    let mut reached: BTreeMap<String, i128> = BTreeMap::new();
    for book in Book::ALL {
        let mut after = 0;
        while let Some(postings) = source.next(book, &mut after).await? {
            for posting in &postings {
                last_day = last_day.max(Some(posting.effective_on));
                let changes = changes(source, posting, &accounts);
                out.write(&entry(source, posting, &accounts, &changes)).await?;
                for (name, change) in changes {
                    *reached.entry(name).or_default() += change;
                }
            }
        }
    }
    match last_day {
        // A file that ends before the database does is checked against itself alone.
        Some(day) if source.is_whole() => out.write(&assertions(source, held(source, &stored), day)).await,
        Some(day) => out.write(&assertions(source, reached, day)).await,
        None => Ok(()),
    }
}

async fn directives(
    source: &mut Source,
    out: &mut Out,
    stored: &[StoredAccount],
) -> Result<(), Failure<ExportRefusal>> {
    let currency = source.pot.currency();
    let decimals = "0".repeat(currency.exponent().into());
    let title = format!("{}/{}", source.collective.slug, source.pot.slug);
    let head = format!(
        "; Journal of the pot {title}: money under cash:, firm promises under promises:\n\
         decimal-mark .\ncommodity 1000.{decimals} {}\n\n",
        currency.code()
    );
    out.write(&head).await?;
    let mut declared = BTreeSet::new();
    let mut payees = BTreeSet::from([source.names.payee(None).to_owned()]);
    for row in stored {
        if let (Some(book), Some(account)) = (Book::parse(&row.book), Account::parse(&row.key)) {
            declared.insert(source.names.account(book, &account));
            payees.insert(source.names.payee(account.organisation()).to_owned());
        }
    }
    for name in declared {
        out.write(&format!("account {name}\n")).await?;
    }
    out.write("\n").await?;
    for name in payees {
        out.write(&format!("payee {name}\n")).await?;
    }
    out.write("\n").await
}

/// What each account gained or gave in a posting, in minor units.
pub(super) fn changes(
    source: &Source,
    posting: &StoredPosting,
    accounts: &Accounts,
) -> BTreeMap<String, i128> {
    let mut changes: BTreeMap<String, i128> = BTreeMap::new();
    for transfer in &posting.transfers {
        let amount = i128::from(transfer.amount.minor());
        for (id, change) in [(&transfer.from, -amount), (&transfer.to, amount)] {
            if let Some(account) = accounts.get(id) {
                *changes.entry(source.names.account(posting.book, account)).or_default() += change;
            }
        }
    }
    changes
}

/// What a posting is, in characters that are no sign of any format.
pub(super) fn kind(posting: &StoredPosting) -> String {
    posting.kind.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// A posting as one entry.
fn entry(
    source: &Source,
    posting: &StoredPosting,
    accounts: &Accounts,
    changes: &BTreeMap<String, i128>,
) -> String {
    let payee = payee(source, posting, accounts);
    let kind = kind(posting);
    let mut text = format!(
        "{} * ({}-{}) {payee} | {kind}  ; hash:{}\n",
        posting.effective_on,
        posting.book.as_str(),
        posting.seq,
        hex(&posting.hash)
    );
    text += &lines(changes, source.pot.currency());
    text + "\n"
}

fn lines(changes: &BTreeMap<String, i128>, currency: Currency) -> String {
    let line = |(name, change): (&String, &i128)| {
        format!("    {name}    {} {}\n", decimal(*change, currency), currency.code())
    };
    changes.iter().map(line).collect()
}

/// The organisation that an entry is about, if it is about one alone; else the collective.
pub(super) fn payee<'a>(source: &'a Source, posting: &StoredPosting, accounts: &Accounts) -> &'a str {
    let ids = posting.transfers.iter().flat_map(|transfer| [transfer.from, transfer.to]);
    let about: BTreeSet<_> = ids.filter_map(|id| accounts.get(&id)?.organisation()).collect();
    source.names.payee(if about.len() == 1 { about.first().copied() } else { None })
}

/// The balances as the database has them, in minor units.
pub(super) fn held(source: &Source, stored: &[StoredAccount]) -> BTreeMap<String, i128> {
    let mut balances: BTreeMap<String, i128> = BTreeMap::new();
    for row in stored {
        if let (Some(book), Some(account)) = (Book::parse(&row.book), Account::parse(&row.key)) {
            let balance = i128::from(Money::new(row.balance).minor());
            *balances.entry(source.names.account(book, &account)).or_default() += balance;
        }
    }
    balances
}

fn assertions(source: &Source, balances: BTreeMap<String, i128>, day: Date) -> String {
    let currency = source.pot.currency();
    let mut text = format!("{day} * {} | balances as the database has them\n", source.names.payee(None));
    let zero = decimal(0, currency);
    for (name, balance) in balances {
        let balance = decimal(balance, currency);
        let code = currency.code();
        text += &format!("    {name}    {zero} {code} = {balance} {code}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        let currency = |exponent| Currency::new("XTS", exponent).unwrap();
        for (minor, exponent, text) in [
            (123_450, 2, "1234.50"),
            (-5, 2, "-0.05"),
            (0, 2, "0.00"),
            (-1_234, 0, "-1234"),
            (0, 0, "0"),
            (1_234, 3, "1.234"),
            (i128::from(i64::MIN), 2, "-92233720368547758.08"),
        ] {
            assert_eq!(decimal(minor, currency(exponent)), text);
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        assert_eq!(cell("Yaal Coop"), "Yaal Coop");
    }
}
