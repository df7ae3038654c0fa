//! I1 to I3: balances as they follow from the transfers.

use std::collections::HashMap;

use super::{
    Flow,
    finding::{Finding, Gathered},
};
use crate::{
    account::{Account, AccountKind, Book, Source},
    ids::AccountId,
    journal::{StoredAccount, StoredPosting},
    posting::PostingKind,
};

/// An account with what the transfers seen so far make of it.
pub(super) struct Entry {
    pub(super) account: Option<Account>,
    pub(super) book: Option<Book>,
    pub(super) running: i128,
    stored: i64,
    touched: bool,
    key: String,
}

impl Entry {
    /// The balance as it is stored.
    pub(super) fn stored(&self) -> i128 {
        self.stored.into()
    }

    /// Whether anything ever went through it.
    pub(super) const fn touched(&self) -> bool {
        self.touched
    }
}

/// The accounts of a pot.
pub(super) struct Ledger {
    index: HashMap<AccountId, usize>,
    entries: Vec<Entry>,
    transfers: u64,
    sums: Gathered,
    shapes: Gathered,
}

impl Ledger {
    pub(super) fn new(accounts: Vec<StoredAccount>) -> Self {
        let mut ledger = Self {
            index: HashMap::with_capacity(accounts.len()),
            entries: Vec::with_capacity(accounts.len()),
            transfers: 0,
            sums: Gathered::default(),
            shapes: Gathered::default(),
        };
        for row in accounts {
            ledger.open(row);
        }
        ledger
    }

    fn open(&mut self, row: StoredAccount) {
        self.shapes.checked();
        let account = Account::parse(&row.key);
        let book = Book::parse(&row.book);
        match account {
            None => self.shapes.breach(&row.key, "key", "the key of an account", "none"),
            Some(account) => self.shape(&row, &account, book),
        }
        let (least, greatest) = (row.least, row.greatest);
        if row.balance < least || row.balance > greatest {
            self.shapes.breach(&row.key, "balance", format!("{least} to {greatest}"), row.balance);
        }
        self.index.insert(row.id, self.entries.len());
        self.entries.push(Entry {
            account,
            book,
            running: 0,
            stored: row.balance,
            touched: false,
            key: row.key,
        });
    }

    /// Columns and bounds say what the key says.
    fn shape(&mut self, row: &StoredAccount, account: &Account, book: Option<Book>) {
        let bounds = account.kind().bounds();
        let source = match account.source() {
            Some(Source::Own) => Some("own"),
            Some(Source::Pooled) => Some("pooled"),
            Some(Source::Gift(_)) => Some("gift"),
            None => None,
        };
        let agrees = row.kind == account.kind().as_str()
            && row.organisation == account.organisation()
            && row.feature == account.feature()
            && row.source.as_deref() == source
            && row.gift_fund == account.gift_fund()
            && row.contract == account.contract();
        if !agrees {
            self.shapes.breach(&row.key, "columns", "what the key says", "something else");
        }
        if (row.least, row.greatest) != bounds {
            let text = |(least, greatest): (i64, i64)| format!("{least} to {greatest}");
            self.shapes.breach(&row.key, "bounds", text(bounds), text((row.least, row.greatest)));
        }
        if !book.is_some_and(|book| account.kind().in_book(book)) {
            self.shapes.breach(&row.key, "book", "a book of that kind", &row.book);
        }
    }

    /// The account of that id.
    pub(super) fn entry(&self, id: AccountId) -> Option<&Entry> {
        self.index.get(&id).map(|at| &self.entries[*at])
    }

    /// Every account that could be read.
    pub(super) fn accounts(&self) -> impl Iterator<Item = (&Account, &Entry)> {
        self.entries.iter().filter_map(|entry| entry.account.as_ref().map(|account| (account, entry)))
    }

    /// Applies a posting: sums, then bounds of what it touched. Returns the flows between known accounts.
    pub(super) fn posting(&mut self, posting: &StoredPosting, acts_as: Option<PostingKind>) -> Vec<Flow> {
        let place = || format!("{}:{}", posting.book.as_str(), posting.seq);
        let mirrored = posting.kind == PostingKind::Reversal.as_str();
        let mut flows = Vec::with_capacity(posting.transfers.len());
        let mut touched = Vec::with_capacity(2 * posting.transfers.len());
        if posting.transfers.is_empty() {
            self.sums.breach(place(), "transfers", "at least one", 0);
        }
        for transfer in &posting.transfers {
            self.transfers += 1;
            let amount = i128::from(transfer.amount.minor());
            if amount <= 0 || transfer.from == transfer.to {
                self.sums.breach(place(), "amount", "above zero, between two accounts", amount);
            }
            let (Some(from), Some(to)) = (self.index.get(&transfer.from), self.index.get(&transfer.to))
            else {
                self.sums.breach(place(), "account", "an account of this pot", "another");
                continue;
            };
            let (from, to) = (*from, *to);
            self.entries[from].running -= amount;
            self.entries[to].running += amount;
            touched.extend([from, to]);
            let (giving, getting) = (&self.entries[from], &self.entries[to]);
            if giving.book != Some(posting.book) || getting.book != Some(posting.book) {
                self.shapes.breach(place(), "book of the accounts", posting.book.as_str(), "another");
            }
            let (Some(from), Some(to)) = (giving.account, getting.account) else { continue };
            let (first, second) = if mirrored { (&to, &from) } else { (&from, &to) };
            if !acts_as.is_some_and(|kind| kind.allows(first, second)) {
                let leg = format!("{} to {}", from.kind().as_str(), to.kind().as_str());
                self.shapes.breach(place(), "leg", format!("one of {}", posting.kind), leg);
            }
            flows.push(Flow { from, to, amount });
        }
        touched.sort_unstable();
        touched.dedup();
        for at in touched {
            self.entries[at].touched = true;
            self.within_bounds(at, &place);
        }
        flows
    }

    fn within_bounds(&mut self, at: usize, place: &impl Fn() -> String) {
        let Entry { account: Some(account), running, key, .. } = &self.entries[at] else { return };
        let (least, greatest) = account.kind().bounds();
        if !(i128::from(least)..=i128::from(greatest)).contains(running) {
            let what = "balance after the posting";
            self.shapes.breach(format!("{} {key}", place()), what, format!("{least} to {greatest}"), running);
        }
    }

    /// The sum of the stored balances of the accounts that `of` picks.
    pub(super) fn stored(&self, of: impl Fn(&Account) -> bool) -> i128 {
        self.accounts().filter(|(account, _)| of(account)).map(|(_, entry)| i128::from(entry.stored)).sum()
    }

    fn in_book(&self, book: Book, of: impl Fn(AccountKind) -> bool) -> i128 {
        self.accounts()
            .filter(|(account, entry)| entry.book == Some(book) && of(account.kind()))
            .map(|(_, entry)| i128::from(entry.stored))
            .sum()
    }

    /// I1, I2, I3.
    pub(super) fn finish(&self) -> [Finding; 3] {
        [self.entitlements(), self.balances(), self.bounds()]
    }

    fn entitlements(&self) -> Finding {
        use AccountKind::{Adjustment, Bank, Loss, Promised};
        let mut gathered = Gathered::default();
        let cash = -self.in_book(Book::Cash, |kind| kind == Bank);
        let deficit = -self.in_book(Book::Cash, |kind| matches!(kind, Loss | Adjustment));
        let entitlements = self.in_book(Book::Cash, AccountKind::is_entitlement);
        let promised = -self.in_book(Book::Promises, |kind| kind == Promised);
        let rights = self.in_book(Book::Promises, AccountKind::is_entitlement);
        for _ in &self.entries {
            gathered.checked();
        }
        gathered.same("cash", "cash and deficit", &entitlements, &(cash + deficit));
        gathered.same("promises", "promised", &rights, &promised);
        gathered.finish(
            "I1",
            [
                ("cash", cash),
                ("deficit", deficit),
                ("entitlements", entitlements),
                ("promised", promised),
                ("rights", rights),
            ],
        )
    }

    fn balances(&self) -> Finding {
        let mut gathered = self.sums.clone();
        for entry in &self.entries {
            gathered.checked();
            gathered.same(&entry.key, "balance", &entry.running, &i128::from(entry.stored));
        }
        let accounts = gathered.total().into();
        gathered.finish("I2", [("accounts", accounts), ("transfers", self.transfers.into())])
    }

    fn bounds(&self) -> Finding {
        let gathered = self.shapes.clone();
        let accounts = gathered.total().into();
        gathered.finish("I3", [("accounts", accounts)])
    }
}
