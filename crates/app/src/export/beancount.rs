//! The journal for Beancount: what the bank holds among the assets, what it is held for among the liabilities.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use domain::{
    Account, Book,
    journal::{StoredAccount, StoredPosting},
};
use jiff::{ToSpan as _, civil::Date};

use super::{
    ExportRefusal, Out, Source,
    text::{Accounts, changes, decimal, held, hex, kind, known, payee},
};
use crate::error::Failure;

/// The day on which every account is opened: before anything that a journal can hold.
const OPENED: &str = "1970-01-01";

/// A journal that `bean-check` accepts: accounts are opened first, and after the last entry the balances are asserted
/// as the database has them. As accountants write it, what the bank holds is positive.
pub(super) async fn beancount(source: &mut Source, out: &mut Out) -> Result<(), Failure<ExportRefusal>> {
    let stored = source.accounts().await?;
    let accounts = known(&stored);
    let chart = Chart::of(source, &stored);
    out.write(&directives(source, &chart)).await?;
    let mut last_day: Option<Date> = None;
    let mut reached = BTreeMap::<String, i128>::new();
    for book in Book::ALL {
        let mut after = 0;
        while let Some(postings) = source.next(book, &mut after).await? {
            for posting in &postings {
                last_day = last_day.max(Some(posting.effective_on));
                let changes = changes(source, posting, &accounts);
                out.write(&entry(source, &chart, posting, &accounts, &changes)).await?;
                for (name, change) in changes {
                    *reached.entry(name).or_default() += change;
                }
            }
        }
    }
    let Some(day) = last_day else { return Ok(()) };
    // A file that ends before the database does is checked against itself alone.
    let balances = if source.is_whole() { held(source, &stored) } else { reached };
    // An assertion holds at the beginning of its day; without a tolerance of its own it forgives a cent.
    let day = day.checked_add(1.day()).unwrap_or(day);
    let currency = source.pot.currency();
    let code = currency.code();
    let mut text = String::new();
    for (name, balance) in balances {
        let balance = decimal(-balance, currency);
        let _infallible = writeln!(text, "{day} balance {} {balance} ~ 0 {code}", chart.name(&name));
    }
    out.write(&text).await
}

/// The names of the accounts by those that other exports give them.
struct Chart(BTreeMap<String, String>);

impl Chart {
    fn of(source: &Source, stored: &[StoredAccount]) -> Self {
        let mut names = BTreeMap::new();
        for row in stored {
            if let (Some(book), Some(account)) = (Book::parse(&row.book), Account::parse(&row.key)) {
                names.insert(source.names.account(book, &account), root(book, &account));
            }
        }
        Self::apart(names)
    }

    /// Names apart, though Beancount knows fewer characters than they have.
    fn apart(names: BTreeMap<String, &str>) -> Self {
        let mut taken = BTreeSet::new();
        let mut chart = BTreeMap::new();
        for (name, root) in names {
            // The book is said by the root.
            let parts = name.split(':').skip(1).map(component);
            let plain = parts.fold(root.to_owned(), |name, part| name + ":" + &part);
            let apart = (2_u64..).map(|number| format!("{plain}-{number}"));
            let free = std::iter::once(plain.clone()).chain(apart).find(|name| taken.insert(name.clone()));
            chart.insert(name, free.unwrap_or(plain));
        }
        Self(chart)
    }

    fn name<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }
}

const fn root(book: Book, account: &Account) -> &'static str {
    match (book, account) {
        (Book::Promises, _) => "Equity:Promises",
        (Book::Cash, Account::Bank(_) | Account::InTransit) => "Assets",
        (Book::Cash, Account::Loss | Account::Adjustment) => "Equity",
        (Book::Cash, _) => "Liabilities",
    }
}

/// A part of a name as Beancount has it: letters, figures and hyphens, beginning with a capital or a figure.
fn component(part: &str) -> String {
    let words = part.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("-");
    let mut letters = joined.chars();
    letters
        .next()
        .map_or_else(|| "X".to_owned(), |first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
}

fn directives(source: &Source, chart: &Chart) -> String {
    let currency = source.pot.currency();
    let code = currency.code();
    let title = format!("{}/{}", source.collective.slug, source.pot.slug);
    let mut text = format!(
        "; Journal of the pot {title}: what the bank holds is positive, firm promises lie under Equity:Promises.\n\
         option \"title\" \"{title}\"\noption \"operating_currency\" \"{code}\"\n\n"
    );
    for name in chart.0.values() {
        let _infallible = writeln!(text, "{OPENED} open {name} {code}");
    }
    text + "\n"
}

/// A posting as one transaction, with its place in the chain.
fn entry(
    source: &Source,
    chart: &Chart,
    posting: &StoredPosting,
    accounts: &Accounts,
    changes: &BTreeMap<String, i128>,
) -> String {
    let (currency, payee) = (source.pot.currency(), payee(source, posting, accounts));
    let mut text = format!(
        "{} * \"{payee}\" \"{}\" ^{}-{}\n  hash: \"{}\"\n",
        posting.effective_on,
        kind(posting),
        posting.book.as_str(),
        posting.seq,
        hex(&posting.hash)
    );
    for (name, change) in changes {
        let amount = decimal(-change, currency);
        let _infallible = writeln!(text, "  {}  {amount} {}", chart.name(name), currency.code());
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_apart_with_fewer_characters() {
        let names = [
            "cash:pool:Yaal Coop",
            "cash:pool:Yaal.Coop",
            "cash:pool:yaal-coop 2",
            "cash:pool",
            "cash:pool:.",
        ];
        let chart = Chart::apart(names.map(|name| (name.to_owned(), "Liabilities")).into());
        assert_eq!(
            names.map(|name| chart.name(name)),
            [
                "Liabilities:Pool:Yaal-Coop",
                "Liabilities:Pool:Yaal-Coop-2",
                "Liabilities:Pool:Yaal-coop-2",
                "Liabilities:Pool",
                "Liabilities:Pool:X"
            ]
        );
    }
}
