//! Checks what is read of a file.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{Timestamp, civil::Date};

use super::{
    AccountBalance, CODES, Committed, Digits, KindBalance, KindTotal, PublicHead, PublicPosting, PublicSide,
    read::Limits,
};
use crate::{
    account::{Account, AccountKind, Book},
    chain::{Hash, Head, Leg, Link, Side, commit},
    ids::PotId,
    invariants::{Finding, Gathered, Status},
    money::Currency,
    posting::PostingKind,
};

/// What a file says.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The pot.
    pub pot: PotId,
    /// Its currency.
    pub currency: Currency,
    /// What was read of each book.
    pub books: Vec<BookRead>,
    /// One finding a check.
    pub findings: Vec<Finding>,
}

/// What was read of a book.
#[derive(Clone, Debug)]
pub struct BookRead {
    /// Its end.
    pub head: Head,
    /// How many transfers it holds.
    pub transfers: u64,
    /// How many of their sides are opened.
    pub opened: u64,
}

impl Verdict {
    /// Whether nothing in it is false.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.status != Status::Breached)
    }

    /// The codes of the checks that failed.
    #[must_use]
    pub fn broken(&self) -> Vec<&'static str> {
        self.findings.iter().filter(|f| f.status == Status::Breached).map(|f| f.code).collect()
    }
}

/// What the checks gather, one for each of [`CODES`].
#[derive(Default)]
struct Checks {
    chain: Gathered,
    commitments: Gathered,
    legs: Gathered,
    balances: Gathered,
    totals: Gathered,
    heads: Gathered,
}

/// The checks of a whole file.
pub(super) struct FileCheck<'a> {
    kept: &'a [Head],
    book: BookCheck,
    books: Vec<BookRead>,
}

impl<'a> FileCheck<'a> {
    pub(super) fn new(kept: &'a [Head], limits: Limits) -> Self {
        let pot = PotId(uuid::Uuid::nil());
        let book = BookCheck::new(pot, Currency::EUR, limits);
        Self { kept, book, books: Vec::new() }
    }

    /// Whose books follow.
    pub(super) fn begin(&mut self, pot: PotId, currency: Currency) {
        (self.book.pot, self.book.currency) = (pot, currency);
    }

    /// The check of a book that begins.
    pub(super) fn book(&mut self, book: Book) -> &mut BookCheck {
        let kept = self.kept.iter().filter(|head| head.book == book).cloned().collect();
        self.book.open(book, kept);
        &mut self.book
    }

    /// Ends the check of a book.
    pub(super) fn end_book(&mut self) {
        let read = self.book.end();
        self.books.push(read);
    }

    pub(super) fn finish(self) -> Verdict {
        let checks = self.book.checks;
        let transfers: u64 = self.books.iter().map(|book| book.transfers).sum();
        let opened: u64 = self.books.iter().map(|book| book.opened).sum();
        let postings = checks.chain.total().into();
        let accounts = checks.balances.total().into();
        let kinds = checks.totals.total().into();
        let [chain, commitments, legs, balances, totals, heads] = CODES;
        let findings = vec![
            checks.chain.finish(chain, [("postings", postings)]),
            checks.commitments.finish(commitments, [("opened", opened.into())]),
            checks.legs.finish(legs, [("transfers", transfers.into())]),
            checks.balances.finish(balances, [("balances", accounts)]),
            checks.totals.finish(totals, [("totals", kinds)]),
            checks.heads.finish(heads, [("heads_compared", self.kept.len() as i128)]),
        ];
        Verdict { pot: self.book.pot, currency: self.book.currency, books: self.books, findings }
    }
}

/// Where an opened account stands and stood.
#[derive(Clone, Copy, Default)]
struct Running {
    now: i128,
    least: i128,
    greatest: i128,
}

impl Running {
    fn moved(&mut self, by: i128) {
        self.now += by;
    }

    fn settled(&mut self) {
        self.least = self.least.min(self.now);
        self.greatest = self.greatest.max(self.now);
    }

    fn within(&self, kind: AccountKind) -> bool {
        let (least, greatest) = kind.bounds();
        i128::from(least) <= self.least && self.greatest <= i128::from(greatest)
    }
}

/// The checks of one book after the other.
pub(super) struct BookCheck {
    pot: PotId,
    currency: Currency,
    limits: Limits,
    checks: Checks,
    reached: Head,
    /// Heads of this book that a reader kept and that were not met yet.
    kept: Vec<Head>,
    totals: BTreeMap<String, (i64, i128)>,
    kinds: BTreeMap<String, Running>,
    accounts: HashMap<String, Running>,
    /// Kinds of accounts, of a feature or of none, of which something isn't opened.
    closed: HashSet<(String, Option<String>)>,
    transfers: u64,
    opened: u64,
}

impl BookCheck {
    fn new(pot: PotId, currency: Currency, limits: Limits) -> Self {
        Self {
            pot,
            currency,
            limits,
            checks: Checks::default(),
            reached: Head::empty(pot, Book::Cash),
            kept: Vec::new(),
            totals: BTreeMap::new(),
            kinds: BTreeMap::new(),
            accounts: HashMap::new(),
            closed: HashSet::new(),
            transfers: 0,
            opened: 0,
        }
    }

    fn open(&mut self, book: Book, kept: Vec<Head>) {
        self.reached = Head::empty(self.pot, book);
        self.kept = kept;
        for _ in &self.kept {
            self.checks.heads.checked();
        }
        self.meet_heads();
        self.totals.clear();
        self.kinds.clear();
        self.accounts.clear();
        self.closed.clear();
        (self.transfers, self.opened) = (0, 0);
    }

    /// Compares the heads that a reader kept of the place reached.
    fn meet_heads(&mut self) {
        let Self { kept, reached, checks, .. } = self;
        kept.retain(|head| {
            if head.seq == reached.seq {
                let place = format!("{}:{}", head.book.as_str(), head.seq);
                checks.heads.same(place, "head kept", &hex::encode(head.hash), &hex::encode(reached.hash));
            }
            head.seq != reached.seq
        });
    }

    fn end(&mut self) -> BookRead {
        for head in self.kept.drain(..) {
            let end = self.reached.to_string();
            self.checks.heads.breach(&head, "head kept", &head, format!("the book ends with {end}"));
        }
        BookRead { head: self.reached.clone(), transfers: self.transfers, opened: self.opened }
    }

    pub(super) fn genesis(&mut self, genesis: Digits) {
        self.checks.chain.same(self.reached.book.as_str(), "genesis", &Digits(self.reached.hash), &genesis);
    }

    /// The next posting. Errors: more than the limits.
    pub(super) fn posting(&mut self, posting: &PublicPosting) -> Result<(), &'static str> {
        self.checks.chain.checked();
        self.transfers += posting.transfers.len() as u64;
        self.limits.postings = self.limits.postings.checked_sub(1).ok_or("too many postings")?;
        let transfers = posting.transfers.len() as u64;
        self.limits.transfers = self.limits.transfers.checked_sub(transfers).ok_or("too many transfers")?;
        let place = format!("{}:{}", self.reached.book.as_str(), posting.seq.0);
        self.link(posting, &place);
        self.transfers_of(posting, &place);
        self.reached = Head { book: self.reached.book, seq: posting.seq.0, hash: posting.hash.0 };
        self.meet_heads();
        Ok(())
    }

    fn link(&mut self, posting: &PublicPosting, place: &str) {
        let chain = &mut self.checks.chain;
        chain.same(place, "number", &(self.reached.seq + 1), &posting.seq.0);
        chain.same(place, "hash before", &Digits(self.reached.hash), &posting.previous);
        let day: Option<Date> = posting.effective_on.parse().ok();
        let day = day.filter(|day| day.to_string() == posting.effective_on);
        let (Some(effective_on), Ok(recorded_at)) = (day, Timestamp::from_microsecond(posting.recorded_at.0))
        else {
            chain.breach(place, "dates", "a civil day and microseconds", &posting.effective_on);
            return;
        };
        let side = |side: &PublicSide| Side {
            kind: side.kind.clone(),
            account: side.account.commitment.0,
            organisation: side.organisation.as_ref().map(|organisation| organisation.commitment.0),
            feature: side.feature.clone(),
        };
        let link = Link {
            pot: self.pot,
            book: self.reached.book,
            seq: posting.seq.0,
            previous: posting.previous.0,
            kind: posting.kind.clone(),
            effective_on,
            recorded_at,
            currency: self.currency,
            actor: posting.actor.commitment.0,
            reason: posting.reason.as_ref().map(|reason| reason.commitment.0),
            legs: posting
                .transfers
                .iter()
                .map(|t| Leg { amount: t.amount.0, from: side(&t.from), to: side(&t.to) })
                .collect(),
        };
        chain.same(place, "hash", &Digits(link.hash()), &posting.hash);
        for committed in [Some(&posting.actor), posting.reason.as_ref()].into_iter().flatten() {
            self.opens(committed, place);
        }
    }

    /// Whether something is opened; a breach if salt and value don't make the commitment.
    fn opens<'v>(&mut self, committed: &'v Committed, place: &str) -> Option<&'v str> {
        match (&committed.salt, &committed.value) {
            (None, None) => None,
            (Some(salt), Some(value)) => {
                self.checks.commitments.checked();
                let made: Hash = commit(&salt.0, value);
                self.checks.commitments.same(place, "commitment", &committed.commitment, &Digits(made));
                Some(value)
            }
            _ => {
                self.checks.commitments.breach(place, "opening", "salt and value", "one of them");
                None
            }
        }
    }

    fn transfers_of(&mut self, posting: &PublicPosting, place: &str) {
        let kind = PostingKind::parse(&posting.kind);
        if kind.is_none() {
            self.checks.legs.breach(place, "kind", "a kind of posting", &posting.kind);
        }
        let mut total: i128 = 0;
        let mut touched: Vec<String> = Vec::new();
        for transfer in &posting.transfers {
            self.checks.legs.checked();
            let amount = i128::from(transfer.amount.0);
            total += amount;
            if amount <= 0 {
                self.checks.legs.breach(place, "amount", "above zero", amount);
            }
            let from = self.side(&transfer.from, -amount, place, &mut touched);
            let to = self.side(&transfer.to, amount, place, &mut touched);
            if let (Some(from), Some(to), Some(kind)) = (from, to, kind)
                && (from == to || !kind.allows(&from, &to))
            {
                let leg = format!("{} to {}", transfer.from.kind, transfer.to.kind);
                self.checks.legs.breach(place, "leg", format!("one of {}", posting.kind), leg);
            }
        }
        if posting.transfers.is_empty() {
            self.checks.legs.breach(place, "transfers", "at least one", 0);
        }
        for key in touched {
            self.accounts.entry(key).or_default().settled();
        }
        for running in self.kinds.values_mut() {
            running.settled();
        }
        let entry = self.totals.entry(posting.kind.clone()).or_default();
        entry.0 += 1;
        entry.1 += total;
    }

    /// One side of a transfer; its account if it is opened.
    fn side(
        &mut self,
        side: &PublicSide,
        change: i128,
        place: &str,
        touched: &mut Vec<String>,
    ) -> Option<Account> {
        self.kinds.entry(side.kind.clone()).or_default().moved(change);
        let known = AccountKind::parse(&side.kind);
        if !known.is_some_and(|kind| kind.in_book(self.reached.book)) {
            self.checks.legs.breach(place, "account", "a kind of this book", &side.kind);
        }
        let key = self.opens(&side.account, place);
        let organisation = side.organisation.as_ref().and_then(|committed| self.opens(committed, place));
        let Some(key) = key else {
            self.closed.insert((side.kind.clone(), side.feature.clone()));
            return None;
        };
        self.opened += 1;
        let account = Account::parse(key);
        let agrees = account.is_some_and(|account| {
            let id = account.organisation().map(|id| id.to_string());
            account.kind().as_str() == side.kind
                && account.feature().map(|id| id.to_string()) == side.feature
                && id.is_some() == side.organisation.is_some()
                && organisation.is_none_or(|opened| id.as_deref() == Some(opened))
        });
        if !agrees {
            self.checks.commitments.breach(place, "account", "what stands in clear", key);
            return None;
        }
        self.accounts.entry(key.to_owned()).or_default().moved(change);
        touched.push(key.to_owned());
        account
    }

    pub(super) fn head(&mut self, head: &PublicHead) {
        let place = self.reached.book.as_str();
        self.checks.chain.same(place, "number of the head", &self.reached.seq, &head.seq.0);
        self.checks.chain.same(place, "hash of the head", &Digits(self.reached.hash), &head.hash);
    }

    pub(super) fn totals(&mut self, totals: &[KindTotal]) {
        let book = self.reached.book.as_str();
        let mut made = std::mem::take(&mut self.totals);
        for total in totals {
            self.checks.totals.checked();
            let place = format!("{book} {}", total.kind);
            let (postings, amount) = made.remove(&total.kind).unwrap_or_default();
            self.checks.totals.same(&place, "postings", &postings, &total.postings.0);
            self.checks.totals.same(&place, "amount", &amount, &total.amount.0.into());
        }
        for kind in made.keys() {
            self.checks.totals.breach(format!("{book} {kind}"), "total", "listed", "missing");
        }
    }

    pub(super) fn kinds(&mut self, kinds: &[KindBalance]) {
        let book = self.reached.book.as_str();
        let mut made = std::mem::take(&mut self.kinds);
        for listed in kinds {
            self.checks.balances.checked();
            let place = format!("{book} {}", listed.kind);
            let running = made.remove(&listed.kind).unwrap_or_default();
            self.checks.balances.same(&place, "balance of the kind", &running.now, &listed.balance.0.into());
            if !AccountKind::parse(&listed.kind).is_some_and(|kind| running.within(kind)) {
                self.checks.balances.breach(
                    &place,
                    "balances of the kind",
                    "inside its bounds",
                    running.least,
                );
            }
        }
        for kind in made.keys() {
            self.checks.balances.breach(format!("{book} {kind}"), "balance of the kind", "listed", "missing");
        }
    }

    /// The opened accounts of whose kind everything is opened: what isn't opened may belong to any account of its
    /// kind and feature, so that a balance beside it proves nothing, and a file that names one hides something.
    pub(super) fn balances(&mut self, balances: &[AccountBalance]) {
        let mut made = std::mem::take(&mut self.accounts);
        for listed in balances {
            self.checks.balances.checked();
            let place = &listed.account;
            let kind = Account::parse(place).map(|account| {
                let feature = account.feature().map(|feature| feature.to_string());
                (account.kind().as_str().to_owned(), feature)
            });
            if kind.is_some_and(|kind| self.closed.contains(&kind)) {
                self.checks.balances.breach(place, "balance", "all of its kind opened", "some that isn't");
            }
            let Some(running) = made.remove(&listed.account) else {
                self.checks.balances.breach(place, "balance", "of an account that moved", listed.balance.0);
                continue;
            };
            self.checks.balances.same(place, "balance", &running.now, &listed.balance.0.into());
            if !Account::parse(place).is_some_and(|account| running.within(account.kind())) {
                self.checks.balances.breach(place, "balances", "inside its bounds", running.least);
            }
        }
    }
}
