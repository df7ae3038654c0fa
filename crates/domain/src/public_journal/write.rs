//! Writes the file.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::{
    AccountBalance, Committed, Digits, FORMAT, KindBalance, KindTotal, PublicHead, PublicPosting, PublicSide,
    PublicTransfer, Whole,
};
use crate::{
    account::{Account, Book, Creditor},
    chain::{Hash, Head},
    ids::{AccountId, FeatureId, OrganisationId, PotId},
    journal::{SideCommitments, StoredPosting, StoredTransfer},
    money::Currency,
};

/// What the file proves and what it doesn't, for people.
#[derive(Clone, Debug, Serialize)]
pub struct Proves {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

/// An organisation whose amounts are public. Its name is for the reader; the chain doesn't cover it.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
}

/// What stands before the books.
#[derive(Clone, Debug)]
pub struct Header {
    /// What the file proves.
    pub proves: Proves,
    /// Short name of the collective.
    pub collective: String,
    /// Short name of the pot.
    pub slug: String,
    /// The pot.
    pub pot: PotId,
    /// Its currency.
    pub currency: Currency,
    /// The organisations whose amounts are public.
    pub organisations: Vec<Named>,
}

#[derive(Serialize)]
struct WrittenCurrency<'a> {
    code: &'a str,
    exponent: u8,
}

#[derive(Serialize)]
struct WrittenHeader<'a> {
    format: &'static str,
    proves: &'a Proves,
    collective: &'a str,
    slug: &'a str,
    pot: PotId,
    currency: WrittenCurrency<'a>,
    organisations: &'a [Named],
}

/// Makes the file in pieces: [`begin`](Self::begin); for each book [`book`](Self::book), its postings in order of
/// `seq` by [`posting`](Self::posting), [`end_book`](Self::end_book); [`end`](Self::end).
pub struct Writer {
    shown: HashSet<OrganisationId>,
    accounts: HashMap<AccountId, Account>,
    books: usize,
    book: Written,
}

/// What was written of a book.
#[derive(Default)]
struct Written {
    postings: i64,
    head: Option<(i64, Hash)>,
    totals: BTreeMap<String, (i64, i128)>,
    kinds: BTreeMap<&'static str, i128>,
    balances: BTreeMap<Account, i128>,
    /// Kinds of accounts, of a feature or of none, of which something isn't opened: what one of them holds can't be
    /// proved, since what isn't opened may be its own.
    closed: BTreeSet<(&'static str, Option<FeatureId>)>,
}

impl Writer {
    /// A writer that opens the accounts of the organisations shown, and those that belong to nobody.
    #[must_use]
    pub fn new(
        shown: impl IntoIterator<Item = OrganisationId>,
        accounts: impl IntoIterator<Item = (AccountId, Account)>,
    ) -> Self {
        Self {
            shown: shown.into_iter().collect(),
            accounts: accounts.into_iter().collect(),
            books: 0,
            book: Written::default(),
        }
    }

    /// The beginning of the file.
    #[must_use]
    pub fn begin(&self, header: &Header) -> String {
        let written = WrittenHeader {
            format: FORMAT,
            proves: &header.proves,
            collective: &header.collective,
            slug: &header.slug,
            pot: header.pot,
            currency: WrittenCurrency { code: header.currency.code(), exponent: header.currency.exponent() },
            organisations: &header.organisations,
        };
        let mut text = json(&written);
        text.pop();
        text + ",\n\"books\":["
    }

    /// The beginning of a book.
    #[must_use]
    pub fn book(&mut self, pot: PotId, book: Book) -> String {
        self.book = Written::default();
        let comma = if self.books > 0 { "," } else { "" };
        self.books += 1;
        let genesis = Digits(Head::empty(pot, book).hash);
        format!("{comma}\n{{\"book\":\"{}\",\"genesis\":\"{genesis}\",\"postings\":[", book.as_str())
    }

    /// A posting.
    #[must_use]
    pub fn posting(&mut self, posting: &StoredPosting) -> String {
        let comma = if self.book.postings > 0 { "," } else { "" };
        self.book.postings += 1;
        self.book.head = Some((posting.seq, posting.hash));
        let total = self.book.totals.entry(posting.kind.clone()).or_default();
        total.0 += 1;
        total.1 += posting.transfers.iter().map(|transfer| i128::from(transfer.amount.minor())).sum::<i128>();
        let transfers = posting.transfers.iter().map(|transfer| self.transfer(transfer)).collect();
        let written = PublicPosting {
            seq: Whole(posting.seq),
            kind: posting.kind.clone(),
            effective_on: posting.effective_on.to_string(),
            recorded_at: Whole(posting.recorded_at.as_microsecond()),
            previous: Digits(posting.previous),
            hash: Digits(posting.hash),
            actor: self.actor(posting),
            reason: self.reason(posting),
            transfers,
        };
        format!("{comma}\n{}", json(&written))
    }

    /// The end of a book, with the head that was reached, totals and balances.
    #[must_use]
    pub fn end_book(&mut self, pot: PotId, book: Book) -> String {
        let written = std::mem::take(&mut self.book);
        let genesis = Head::empty(pot, book);
        let (seq, hash) = written.head.unwrap_or((genesis.seq, genesis.hash));
        let head = PublicHead { seq: Whole(seq), hash: Digits(hash) };
        let totals: Vec<KindTotal> = written
            .totals
            .into_iter()
            .map(|(kind, (postings, amount))| KindTotal {
                kind,
                postings: Whole(postings),
                amount: Whole(narrow(amount)),
            })
            .collect();
        let kinds: Vec<KindBalance> = written
            .kinds
            .into_iter()
            .map(|(kind, balance)| KindBalance { kind: kind.to_owned(), balance: Whole(narrow(balance)) })
            .collect();
        let balances: Vec<AccountBalance> = written
            .balances
            .into_iter()
            .filter(|(account, _)| !written.closed.contains(&(account.kind().as_str(), account.feature())))
            .map(|(account, balance)| AccountBalance {
                account: account.to_string(),
                balance: Whole(narrow(balance)),
            })
            .collect();
        format!(
            "\n],\"head\":{},\n\"totals\":{},\n\"kinds\":{},\n\"balances\":{}}}",
            json(&head),
            json(&totals),
            json(&kinds),
            json(&balances)
        )
    }

    /// The end of the file.
    #[must_use]
    pub const fn end(&self) -> &'static str {
        "\n]}\n"
    }

    fn transfer(&mut self, transfer: &StoredTransfer) -> PublicTransfer {
        let amount = i128::from(transfer.amount.minor());
        let detail = transfer.detail.as_ref();
        let from = detail.map(|detail| (detail.salts.from_account, detail.salts.from_organisation));
        let to = detail.map(|detail| (detail.salts.to_account, detail.salts.to_organisation));
        PublicTransfer {
            amount: Whole(transfer.amount.minor()),
            from: self.side(transfer.from, &transfer.from_side, from, -amount),
            to: self.side(transfer.to, &transfer.to_side, to, amount),
        }
    }

    fn side(
        &mut self,
        id: AccountId,
        committed: &SideCommitments,
        salts: Option<(Hash, Hash)>,
        change: i128,
    ) -> PublicSide {
        let hidden = |hash| Committed { commitment: Digits(hash), salt: None, value: None };
        let Some(account) = self.accounts.get(&id).copied() else {
            let organisation = committed.organisation.map(hidden);
            return PublicSide {
                kind: String::new(),
                account: hidden(committed.account),
                organisation,
                feature: None,
            };
        };
        let kind = account.kind().as_str();
        *self.book.kinds.entry(kind).or_default() += change;
        let mut side = PublicSide {
            kind: kind.to_owned(),
            account: hidden(committed.account),
            organisation: committed.organisation.map(hidden),
            feature: account.feature().map(|feature| feature.to_string()),
        };
        let Some((account_salt, organisation_salt)) = salts.filter(|_| self.opens(&account)) else {
            self.book.closed.insert((kind, account.feature()));
            return side;
        };
        *self.book.balances.entry(account).or_default() += change;
        side.account.salt = Some(Digits(account_salt));
        side.account.value = Some(account.to_string());
        if let (Some(opened), Some(organisation)) = (&mut side.organisation, account.organisation()) {
            opened.salt = Some(Digits(organisation_salt));
            opened.value = Some(organisation.to_string());
        }
        side
    }

    /// Whether everybody may see whose an account is. What is owed to a giver is the giver's matter.
    fn opens(&self, account: &Account) -> bool {
        match account {
            Account::RefundDue(Creditor::GiftFund(_)) => false,
            _ => account.organisation().is_none_or(|organisation| self.shown.contains(&organisation)),
        }
    }

    /// A job is named, a person never.
    fn actor(&self, posting: &StoredPosting) -> Committed {
        let mut actor = Committed { commitment: Digits(posting.actor_commitment), salt: None, value: None };
        if let Some(detail) = posting.detail.as_ref().filter(|detail| detail.actor.starts_with("system:")) {
            actor.salt = Some(Digits(detail.actor_salt));
            actor.value = Some(detail.actor.clone());
        }
        actor
    }

    /// The reason is given where no organisation concerned hides.
    fn reason(&self, posting: &StoredPosting) -> Option<Committed> {
        let mut reason =
            Committed { commitment: Digits(posting.reason_commitment?), salt: None, value: None };
        let mut accounts = posting.transfers.iter().flat_map(|transfer| [transfer.from, transfer.to]);
        let open = accounts.all(|id| self.accounts.get(&id).is_some_and(|account| self.opens(account)));
        if let (true, Some(detail)) = (open, &posting.detail) {
            reason.salt = detail.reason_salt.map(Digits);
            reason.value.clone_from(&detail.reason);
        }
        Some(reason)
    }
}

/// Sums of a pot stay far inside 64 bits; one that didn't would fail its check.
fn narrow(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
