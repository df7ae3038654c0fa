//! A pot in memory: posts drafts as the store does, so that the checks can be tried without a database.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan, civil::date};
use popote_domain::{
    Account, Book, Creditor, Currency, Draft, Money, PostingKind, Seed, Source, Transfer,
    chain::Head,
    features::{Moved, State, Track},
    ids::{
        AccountId, BankAccountId, ContractId, FeatureId, GiftFundId, MilestoneId, OrganisationId, PersonId,
        PostingId, PotId, RoundId, SoftwareId,
    },
    invariants::{
        Checker, FeatureFacts, GiftFundFacts, MemberFacts, OnceFacts, OrderFacts, OrderOf, PaymentFacts,
        PotFacts, Report,
    },
    invoices::InvoiceState,
    journal::{
        PostingDetail, SideCommitments, StoredAccount, StoredPosting, StoredTransfer, TransferDetail, seal,
    },
    posting::{Actor, Nature},
    pot::FundMode,
};
use uuid::Uuid;

pub fn id<T: From<Uuid>>(tail: u128) -> T {
    T::from(Uuid::from_u128(0x0190_a000_0000_7000_8000_0000_0000_0000 + tail))
}

pub fn organisation(number: u128) -> OrganisationId {
    id(0xa0 + number)
}

pub fn feature(number: u128) -> FeatureId {
    id(0xf0 + number)
}

pub fn fund() -> GiftFundId {
    id(0x61)
}

pub fn bank() -> Account {
    Account::Bank(id::<BankAccountId>(0xb1))
}

pub fn pool(number: u128) -> Account {
    Account::Pool(organisation(number))
}

pub fn share(number: u128, source: Source) -> Account {
    Account::Share(organisation(number), source)
}

pub fn allocated(number: u128, on: u128, source: Source) -> Account {
    Account::Allocated(organisation(number), feature(on), source)
}

pub fn reserved(number: u128, on: u128, source: Source) -> Account {
    Account::Reserved(organisation(number), feature(on), source)
}

pub fn payable() -> Account {
    Account::Payable(id::<ContractId>(0xc1), id::<MilestoneId>(0xd1))
}

pub fn set_aside(number: u128) -> Account {
    Account::SetAside(id::<SoftwareId>(0x51), organisation(number), Source::Own)
}

pub fn refund(number: u128) -> Account {
    Account::RefundDue(Creditor::Organisation(organisation(number)))
}

pub fn moves(from: Account, to: Account, minor: i64) -> Transfer {
    Transfer::new(from, to, Money::new(minor))
}

/// A pot with its journal.
#[derive(Clone)]
pub struct Sim {
    pub facts: PotFacts,
    pub accounts: BTreeMap<(Book, Account), StoredAccount>,
    pub postings: Vec<StoredPosting>,
    seed: Seed,
    now: Timestamp,
}

impl Sim {
    /// Members 1 to 4, features 1 to 3 in funding, one gift fund.
    pub fn new(mode: FundMode) -> Self {
        let pot: PotId = id(1);
        let mut facts = PotFacts::new(pot, Currency::EUR, mode, date(2026, 6, 1));
        facts.heads = Book::ALL.map(|book| Head::empty(pot, book)).to_vec();
        facts.members =
            (1..=4).map(|n| MemberFacts { organisation: organisation(n), left_on: None }).collect();
        facts.gift_funds = vec![GiftFundFacts { id: fund(), earmark: None, nature: Some(Nature::Gift) }];
        facts.features = (1..=3).map(in_funding).collect();
        let now = Timestamp::from_microsecond(1_772_366_400_000_000).expect("an instant");
        Self { facts, accounts: BTreeMap::new(), postings: Vec::new(), seed: Seed::new([5; 32]), now }
    }

    /// A draft of this pot, without references.
    pub fn draft(&self, book: Book, kind: PostingKind, transfers: Vec<Transfer>) -> Draft {
        let actor = Actor::Person(id::<PersonId>(0xe1));
        let mut draft = Draft::new(kind, book, date(2026, 3, 1), actor, transfers);
        if kind.asks_decision() {
            draft.decision = Some(id(0xdd));
        }
        if kind == PostingKind::Distribution {
            draft.round = Some(id::<RoundId>(0x91));
        }
        let accounts = || draft.transfers.iter().flat_map(|transfer| [transfer.from, transfer.to]);
        let organisations: BTreeSet<_> = accounts().filter_map(|account| account.organisation()).collect();
        let features: BTreeSet<_> = accounts().filter_map(|account| account.feature()).collect();
        use PostingKind::{Add, Allocate, Contribution, Departure, Release, Trigger, Unallocate};
        if organisations.len() == 1 && matches!(kind, Contribution | Allocate | Unallocate | Add | Departure)
        {
            draft.organisation = organisations.first().copied();
        }
        if features.len() == 1 && matches!(kind, Allocate | Unallocate | Add | Trigger | Release) {
            draft.feature = features.first().copied();
        }
        draft
    }

    pub fn cash(&mut self, kind: PostingKind, transfers: Vec<Transfer>) -> PostingId {
        let draft = self.draft(Book::Cash, kind, transfers);
        self.post(draft)
    }

    pub fn promises(&mut self, kind: PostingKind, transfers: Vec<Transfer>) -> PostingId {
        let draft = self.draft(Book::Promises, kind, transfers);
        self.post(draft)
    }

    pub fn reverse(&mut self, target: PostingId) -> PostingId {
        let posting = self.postings.iter().find(|posting| posting.id == target).expect("a posting");
        let keys: BTreeMap<AccountId, Account> =
            self.accounts.iter().map(|((_, account), row)| (row.id, *account)).collect();
        let mirrored =
            posting.transfers.iter().map(|t| Transfer::new(keys[&t.to], keys[&t.from], t.amount)).collect();
        let mut draft = self.draft(posting.book, PostingKind::Reversal, mirrored);
        draft.reverses = Some(target);
        (draft.organisation, draft.feature) = (posting.organisation, posting.feature);
        self.facts.once.retain(|once| once.posting != target);
        self.post(draft)
    }

    /// Posts what the store would post; bounds are left to the checks.
    pub fn post(&mut self, draft: Draft) -> PostingId {
        self.now = self.now.checked_add(1.second()).expect("an instant");
        let head = self.facts.heads.iter().find(|head| head.book == draft.book).expect("a head").clone();
        let sealed =
            seal(self.facts.pot, Currency::EUR, &head, draft, &mut self.seed, self.now).expect("a draft");
        let draft = &sealed.draft;
        let mut transfers = Vec::new();
        for (position, ((transfer, leg), salts)) in
            (0..).zip(draft.transfers.iter().zip(&sealed.link.legs).zip(&sealed.salts))
        {
            transfers.push(StoredTransfer {
                position,
                from: self.moved(draft.book, transfer.from, -transfer.amount.minor()),
                to: self.moved(draft.book, transfer.to, transfer.amount.minor()),
                amount: transfer.amount,
                from_side: SideCommitments::of(&leg.from),
                to_side: SideCommitments::of(&leg.to),
                detail: Some(TransferDetail {
                    salts: *salts,
                    from_key: transfer.from.to_string(),
                    to_key: transfer.to.to_string(),
                }),
            });
        }
        for transfer in &draft.transfers {
            for (account, sign) in [(transfer.from, 1), (transfer.to, -1)] {
                if let Account::Promised(organisation) = account {
                    self.facts.promises.push((organisation, Money::new(sign * transfer.amount.minor())));
                }
            }
        }
        let rests_on_receipt = draft.transfers.iter().any(|t| t.from == bank() || t.to == bank());
        if rests_on_receipt {
            self.facts.receipts.insert(sealed.id, draft.effective_on);
        }
        if draft.kind == PostingKind::Distribution {
            let act = "distribution".to_owned();
            let subject = draft.round.map_or_else(Uuid::nil, |round| round.0);
            self.facts.once.push(OnceFacts { act, subject, posting: sealed.id });
        }
        let kept = self.facts.heads.iter_mut().find(|head| head.book == draft.book).expect("a head");
        (kept.seq, kept.hash) = (sealed.link.seq, sealed.hash);
        self.postings.push(StoredPosting {
            id: sealed.id,
            book: draft.book,
            seq: sealed.link.seq,
            kind: sealed.link.kind.clone(),
            effective_on: draft.effective_on,
            recorded_at: self.now,
            nature: draft.nature.map(|nature| nature.as_str().to_owned()),
            round: draft.round,
            feature: draft.feature,
            milestone: draft.milestone,
            decision: draft.decision,
            organisation: draft.organisation,
            reverses: draft.reverses,
            actor_commitment: sealed.link.actor,
            reason_commitment: sealed.link.reason,
            previous: sealed.link.previous,
            hash: sealed.hash,
            detail: Some(PostingDetail {
                basis_salt: Some(sealed.basis_salt),
                actor_salt: sealed.actor_salt,
                actor: draft.actor.to_string(),
                reason_salt: sealed.reason_salt,
                reason: draft.reason.map(|reason| reason.as_str().to_owned()),
            }),
            transfers,
        });
        sealed.id
    }

    fn moved(&mut self, book: Book, account: Account, minor: i64) -> AccountId {
        let next = id(0x1000 + self.accounts.len() as u128);
        let row = self.accounts.entry((book, account)).or_insert_with(|| {
            let (least, greatest) = account.kind().bounds();
            StoredAccount {
                id: next,
                book: book.as_str().to_owned(),
                key: account.to_string(),
                kind: account.kind().as_str().to_owned(),
                organisation: account.organisation(),
                feature: account.feature(),
                contract: account.contract(),
                source: account.source().map(|source| {
                    match source {
                        Source::Own => "own",
                        Source::Pooled => "pooled",
                        Source::Gift(_) => "gift",
                    }
                    .to_owned()
                }),
                gift_fund: account.gift_fund(),
                least,
                greatest,
                balance: 0,
            }
        });
        row.balance += minor;
        row.id
    }

    pub fn balance(&self, account: Account) -> i64 {
        Book::ALL
            .into_iter()
            .filter_map(|book| self.accounts.get(&(book, account)))
            .map(|row| row.balance)
            .sum()
    }

    pub fn feature(&mut self, number: u128) -> &mut FeatureFacts {
        self.facts.features.iter_mut().find(|facts| facts.id == feature(number)).expect("a feature")
    }

    /// An invoice of that amount on the feature, agreed to by two persons and due from `payable()`.
    pub fn order(&mut self, number: u128, minor: i64) -> &mut OrderFacts {
        self.facts.orders.push(OrderFacts {
            of: OrderOf::Invoice { contract: id(0xc1), milestone: id(0xd1), feature: feature(number) },
            amount: Money::new(minor),
            state: Some(InvoiceState::Settled),
            is_due: true,
            due_posting: None,
            is_as_approved: true,
            entered_by: Some(id(0xe1)),
            approved_by: Some(id(0xe2)),
            authorised_by: Some(id(0xe3)),
            authorised_at: None,
            payments: Vec::new(),
        });
        self.facts.orders.last_mut().expect("one")
    }

    /// What is paid back to an organisation that left, agreed to by two persons, with its transfer under way.
    pub fn repaid(&mut self, number: u128, minor: i64, transfer: PaymentFacts) {
        self.facts.orders.push(OrderFacts {
            of: OrderOf::Refund { id: id(0xf1), organisation: organisation(number) },
            amount: Money::new(minor),
            state: Some(InvoiceState::Paid),
            is_due: true,
            due_posting: None,
            is_as_approved: true,
            entered_by: None,
            approved_by: Some(id(0xe2)),
            authorised_by: Some(id(0xe3)),
            authorised_at: None,
            payments: vec![transfer],
        });
    }

    /// Marks a feature as triggered.
    pub fn funded(&mut self, number: u128, total: i64) {
        let facts = self.feature(number);
        facts.funded = true;
        facts.allocated_total = Money::new(total);
        facts.state = Some(State::Building);
        facts.moves.push(Some((Track::Trust, Moved { from: Some(State::Funding), to: State::Building })));
    }

    pub fn report(&self) -> Report {
        let mut checker = Checker::new(self.facts.clone(), self.accounts.values().cloned().collect());
        for book in Book::ALL {
            for posting in self.postings.iter().filter(|posting| posting.book == book) {
                checker.posting(posting);
            }
        }
        checker.finish()
    }
}

fn in_funding(number: u128) -> FeatureFacts {
    let steps = [(None, State::Idea), (Some(State::Idea), State::Funding)];
    FeatureFacts {
        id: feature(number),
        state: Some(State::Funding),
        moves: steps.map(|(from, to)| Some((Track::Trust, Moved { from, to }))).to_vec(),
        funded: false,
        allocated_total: Money::ZERO,
        floor: Money::new(50_000),
        maximum: Money::new(100_000),
        frozen: Some((Money::new(50_000), Money::new(100_000))),
    }
}
