//! Importing gifts from the table of a bank or of a page where people give: the whole table is checked, all errors are said
//! with their lines, a preview shows what would happen, and it happens all or not at all. Each line is known by its
//! reference: the same table again, or one that overlaps, records nothing twice.

#[cfg(test)]
mod fuzz;

use std::collections::{BTreeMap, HashMap, btree_map::Entry as MapEntry};

use domain::{
    Account, Book, Currency, Draft, Money, PostingKind, Transfer,
    actor::Action,
    chain::{Hash, digest},
    ids::PotId,
    imports::{ImportRefusal, LineError, Problem},
    input::FieldRule,
    pot::FundMode,
    text,
};
use jiff::civil::Date;
use serde_json::json;
use store::{Command, Tx, gifts::GiftFund};
use uuid::Uuid;
use words::{MoneyError, Words};

use crate::{
    acting::Acting,
    context::Context,
    contributions::{LONGEST_REFERENCE, Paid, check_receipt, keep_receipt},
    error::Failure,
    gifts::{self, GiftWish, Into, LONGEST_WISH},
    imports::day,
    mails::words_of,
    tables::{self, Column, Line, Table},
    till::{Drawn, Story, Till},
};

const DATE: usize = 0;
const AMOUNT: usize = 1;
const REFERENCE: usize = 2;
const STATUS: usize = 3;
const WISH: usize = 4;
const COLUMNS: &[Column] = &[
    Column {
        name: "date",
        called: &[
            "date",
            "date du don",
            "date du paiement",
            "date de paiement",
            "date de la commande",
            "date operation",
            "reçu le",
            "received on",
            "payment date",
        ],
        needed: true,
    },
    Column {
        name: "amount",
        called: &["montant", "montant total", "montant du don", "credit", "amount", "total"],
        needed: true,
    },
    Column {
        name: "reference",
        called: &[
            "reference",
            "reference paiement",
            "reference du paiement",
            "reference commande",
            "numero de recu",
            "numero",
            "identifiant",
            "payment id",
            "order id",
            "id",
        ],
        needed: true,
    },
    Column {
        name: "status",
        called: &["statut", "statut du paiement", "etat", "status", "state"],
        needed: false,
    },
    Column {
        name: "wish",
        called: &["souhait", "souhait du don", "affectation souhaitee", "voeu", "wish"],
        needed: false,
    },
];
/// What a line's status says where the money came, folded.
const CAME: [&str; 10] =
    ["valide", "validee", "paye", "payee", "recu", "recue", "paid", "received", "authorized", "processed"];

/// A line that was read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    line: u64,
    received_on: Date,
    amount: Money,
    reference: String,
    came: bool,
    wish: String,
}

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A gift is recorded.
    Records,
    /// It is recorded already, under that number: imported before, or noted by hand with its reference, or without any
    /// on the same day with the same amount.
    Known(i64),
    /// Its status says that the money didn't come.
    DidNotCome,
}

impl Effect {
    /// Its name, for words and programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Known(_) => "known",
            Self::DidNotCome => "not-paid",
        }
    }
}

/// A line of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its number in the table.
    pub line: u64,
    /// The day on which it came.
    pub received_on: Date,
    /// How much, in minor units of the pot.
    pub amount: Money,
    /// Its reference.
    pub reference: String,
    /// What happens.
    pub effect: Effect,
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Line by line.
    pub lines: Vec<Planned>,
    /// Columns of the table that are left out: the names of those who give among them.
    pub ignored: Vec<String>,
    /// What would be recorded in all.
    pub sum: Money,
    /// What was previewed: the import asks for it, and does nothing if the outcome would be another.
    pub digest: Hash,
}

/// Reads a table and says what importing it would do. Asks for the treasurer's role. Errors: [`Failure::NotAllowed`],
/// [`ImportRefusal`]; [`Failure::NotFound`] in a pot that holds no money.
pub async fn preview(
    context: &Context,
    acting: &Acting,
    pot: PotId,
    bytes: &[u8],
) -> Result<Preview, Failure<ImportRefusal>> {
    let mut tx = context.db.read().await?;
    let row = store::pots::by_id(&mut tx, pot).await?.ok_or(Failure::NotFound)?;
    let collective = store::collectives::get(&mut tx, row.collective).await?.ok_or(Failure::NotFound)?;
    crate::people::allowed(&mut tx, acting, &collective, Action::RecordMoney, None, context.now()).await?;
    if row.fund_mode == FundMode::Direct {
        return Err(Failure::NotFound);
    }
    let t = words_of(&collective.locale);
    let (entries, ignored) =
        read(bytes, t, row.currency(), collective.day(context.now())).map_err(Failure::Refused)?;
    let effects = plan(&mut tx, pot, &entries).await?;
    let digest = digest_of(&entries, &effects);
    let records = entries.iter().zip(&effects).filter(|(_, effect)| **effect == Effect::Records);
    let sum = Money::sum(records.map(|(entry, _)| entry.amount)).unwrap_or_default();
    let lines = entries.into_iter().zip(effects).map(|(entry, effect)| Planned {
        line: entry.line,
        received_on: entry.received_on,
        amount: entry.amount,
        reference: entry.reference,
        effect,
    });
    Ok(Preview { lines: lines.collect(), ignored, sum, digest })
}

/// Imports a table that was previewed into one fund, all or nothing; how many gifts were recorded. Asks for the treasurer's
/// role. Errors: those of [`preview`]; fields of a new fund; [`Failure::Stale`] where it would no longer do what the
/// preview said.
pub async fn import(
    context: &Context,
    acting: Acting,
    pot: PotId,
    (into, bytes): (Into, &[u8]),
    previewed: Hash,
) -> Result<usize, Failure<ImportRefusal>> {
    let mut tx = context.db.read().await?;
    let row = store::pots::by_id(&mut tx, pot).await?.ok_or(Failure::NotFound)?;
    let collective = store::collectives::get(&mut tx, row.collective).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let t = words_of(&collective.locale);
    let (entries, _) =
        read(bytes, t, row.currency(), collective.day(context.now())).map_err(Failure::Refused)?;
    let command = Import { pot, acting, entries, into, previewed, drawn: Drawn::of(context) };
    context.db.write_alone(command).await
}

fn read(
    bytes: &[u8],
    t: Words,
    currency: Currency,
    today: Date,
) -> Result<(Vec<Entry>, Vec<String>), ImportRefusal> {
    let Table { lines, ignored, mut errors } = tables::read(bytes, COLUMNS)?;
    let mut entries: Vec<Entry> = Vec::with_capacity(lines.len());
    let mut seen: HashMap<String, u64> = HashMap::new();
    for line in &lines {
        match entry(line, t, currency, today) {
            Ok(entry) => {
                if let Some(earlier) = seen.get(&entry.reference) {
                    errors
                        .push(LineError { line: line.number, problem: Problem::Repeats { line: *earlier } });
                }
                seen.entry(entry.reference.clone()).or_insert(line.number);
                entries.push(entry);
            }
            Err(problems) => errors.extend(problems),
        }
    }
    tables::sound(errors)?;
    Ok((entries, ignored))
}

fn entry(line: &Line, t: Words, currency: Currency, today: Date) -> Result<Entry, Vec<LineError>> {
    let mut errors = Vec::new();
    let mut refuse = |column: usize, rule: FieldRule| {
        let problem = Problem::Field { column: COLUMNS[column].name, rule };
        errors.push(LineError { line: line.number, problem });
    };
    // Pages where people give write the hour behind the day.
    let typed = line.field(DATE).split([' ', 'T']).next().unwrap_or_default();
    let received_on = if typed.is_empty() { Err(FieldRule::Missing) } else { day(typed, today) }
        .map_err(|rule| refuse(DATE, rule));
    let amount =
        t.parse_money(line.field(AMOUNT), currency).map_err(|error| refuse(AMOUNT, rule_of(error, currency)));
    let reference = match text::line(line.field(REFERENCE), LONGEST_REFERENCE) {
        Ok(reference) if reference.is_empty() => Err(FieldRule::Missing),
        read => read,
    }
    .map_err(|rule| refuse(REFERENCE, rule));
    let wish = text::optional_line(line.field(WISH), LONGEST_WISH).map_err(|rule| refuse(WISH, rule));
    let status = text::fold(line.field(STATUS));
    let (Ok(received_on), Ok(amount), Ok(reference), Ok(wish)) = (received_on, amount, reference, wish)
    else {
        return Err(errors);
    };
    for error in check_receipt(amount, received_on, &reference, today) {
        let column = if error.field == "amount" { AMOUNT } else { DATE };
        let problem = Problem::Field { column: COLUMNS[column].name, rule: error.rule };
        errors.push(LineError { line: line.number, problem });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let came = status.is_empty() || CAME.contains(&status.as_str());
    Ok(Entry { line: line.number, received_on, amount, reference, came, wish })
}

fn rule_of(error: MoneyError, currency: Currency) -> FieldRule {
    match error {
        MoneyError::Empty => FieldRule::Missing,
        MoneyError::NotAnAmount => FieldRule::NotAnAmount,
        MoneyError::Negative => FieldRule::NotPositive,
        MoneyError::Ambiguous => FieldRule::AmbiguousAmount,
        MoneyError::TooManyDecimals => FieldRule::TooManyDecimals(currency.exponent()),
        MoneyError::OtherCurrency => FieldRule::OtherCurrency(currency.code().to_owned()),
        MoneyError::TooLarge => FieldRule::TooLarge,
    }
}

/// What each line does. A gift that was noted by hand without a reference stands for one line at most.
async fn plan(tx: &mut Tx, pot: PotId, entries: &[Entry]) -> store::sqlx::Result<Vec<Effect>> {
    let mut noted: BTreeMap<(Date, Money), Vec<i64>> = BTreeMap::new();
    let mut effects = Vec::with_capacity(entries.len());
    for entry in entries {
        if !entry.came {
            effects.push(Effect::DidNotCome);
            continue;
        }
        if let Some(seq) = store::receipts::gift_of_reference(tx, pot, &entry.reference).await? {
            effects.push(Effect::Known(seq));
            continue;
        }
        let of = (entry.received_on, entry.amount);
        let twins = match noted.entry(of) {
            MapEntry::Occupied(twins) => twins.into_mut(),
            MapEntry::Vacant(place) => {
                let mut found = store::receipts::gifts_without_reference(tx, pot, of.0, of.1).await?;
                found.reverse();
                place.insert(found)
            }
        };
        let twin = twins.pop();
        effects.push(twin.map_or(Effect::Records, Effect::Known));
    }
    Ok(effects)
}

fn digest_of(entries: &[Entry], effects: &[Effect]) -> Hash {
    let said: Vec<String> =
        entries.iter().zip(effects).map(|(entry, effect)| format!("{entry:?} {effect:?}")).collect();
    digest(&[b"import of gifts", said.join("\n").as_bytes()])
}

struct Import {
    pot: PotId,
    acting: Acting,
    entries: Vec<Entry>,
    into: Into,
    previewed: Hash,
    drawn: Drawn,
}

impl Command for Import {
    type Done = usize;
    type Error = Failure<ImportRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<usize, Failure<ImportRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::RecordMoney, &self.acting, None)?;
        if till.locked.pot.fund_mode == FundMode::Direct {
            return Err(Failure::NotFound);
        }
        let effects = plan(tx, self.pot, &self.entries).await?;
        if digest_of(&self.entries, &effects) != self.previewed {
            return Err(Failure::Stale);
        }
        let records = self.entries.iter().zip(&effects).filter(|(_, effect)| **effect == Effect::Records);
        let new: Vec<&Entry> = records.map(|(entry, _)| entry).collect();
        if new.is_empty() {
            return Ok(0);
        }
        let mut errors = Vec::new();
        let fund = gifts::fund(tx, &mut till, &self.into, &mut errors)
            .await
            .map_err(|failure| failure.map(|never| match never {}))?;
        let Some(fund) = fund.filter(|_| errors.is_empty()) else { return Err(Failure::Invalid(errors)) };
        self.post(tx, &mut till, &fund, &new).await?;
        let sum = Money::sum(new.iter().map(|entry| entry.amount)).unwrap_or_default();
        let data = json!({
            "amount": sum.minor(),
            "nature": fund.nature.as_str(),
            "fund": fund.name,
            "count": new.len(),
        });
        till.record(tx, Story::new("gift_recorded", ("gift_fund", fund.id.0), data)).await?;
        Ok(new.len())
    }
}

impl Import {
    async fn post(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        fund: &GiftFund,
        new: &[&Entry],
    ) -> Result<(), Failure<ImportRefusal>> {
        let from = Account::Bank(till.locked.pot.bank_account);
        let mut posted = Vec::with_capacity(new.len());
        till.gather(tx).await?;
        for entry in new {
            let transfers = vec![Transfer::new(from, Account::Gift(fund.id), entry.amount)];
            let mut draft =
                Draft::new(PostingKind::Gift, Book::Cash, entry.received_on, till.actor.clone(), transfers);
            draft.nature = Some(fund.nature);
            posted.push(till.post(tx, draft).await?);
        }
        till.end_gathering(tx).await?;
        for (entry, posted) in new.iter().zip(&posted) {
            let paid = Paid { received_on: entry.received_on, reference: &entry.reference, proof: None };
            keep_receipt(tx, till, posted, &paid, None).await?;
            let wish = GiftWish { feature: None, words: entry.wish.clone() };
            gifts::keep_wish(tx, posted, &wish).await?;
        }
        Ok(())
    }
}
