//! What a collective needs together: sums a software, who shares needs with whom, and all of it line by line. Amounts are told
//! as each organisation's are: what is hidden from whoever looks is in no sum that they see.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Money,
    ids::{CollectiveId, OrganisationId, SoftwareId},
    visibility::Veil,
};
use store::{
    Tx,
    needs::together::{Line, OfSoftware, Wish, by_software, lines, overlap, wishes},
};

use crate::visibility::know;

/// Most pairs of software and organisation that are read.
const MOST_WISHES: i64 = 20_000;
/// Most software that the page names.
const MOST_SOFTWARE: i64 = 100;
/// Organisations in the table of who shares with whom.
pub const MOST_IN_TABLE: usize = 15;
/// Most lines of the file.
const MOST_LINES: i64 = 100_000;

/// What is needed, summed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Open needs.
    pub needs: i64,
    /// Those of them that two organisations or more have.
    pub shared: i64,
    /// Organisations that have one at least.
    pub organisations: usize,
    /// Their strengths.
    pub strength: i64,
    /// Their users whom it concerns.
    pub users: i64,
    /// What those would put who are told to whoever looks.
    pub amount: Money,
    /// How many they are.
    pub intend: usize,
    /// Whether others would put something that isn't told.
    pub more: bool,
}

/// What is needed of one software.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which; nothing: none was named.
    pub software: OfSoftware,
    /// The figures.
    pub sum: Sum,
}

/// What a collective needs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// Over all.
    pub all: Sum,
    /// For each software, what most organisations need first.
    pub rows: Vec<Row>,
    /// Who shares most, with their names, in the order of the table.
    pub organisations: Vec<(OrganisationId, String)>,
    /// How many needs two of them share: by their places, the smaller first.
    pub shared: BTreeMap<(usize, usize), i64>,
}

/// What a collective needs together, as whoever looks may know. Errors: faults.
pub async fn together(tx: &mut Tx, collective: CollectiveId, veil: &Veil) -> store::sqlx::Result<Together> {
    let wishes = wishes(tx, collective, MOST_WISHES).await?;
    let who: BTreeSet<OrganisationId> = wishes.iter().map(|wish| wish.organisation).collect();
    let veil = know(tx, collective, veil, who.iter().map(|one| (*one, None))).await?;
    let software = by_software(tx, collective, MOST_SOFTWARE).await?;
    let mut of: BTreeMap<Option<SoftwareId>, Vec<&Wish>> = BTreeMap::new();
    for wish in &wishes {
        of.entry(wish.software).or_default().push(wish);
    }
    let mut all = sum(&wishes.iter().collect::<Vec<_>>(), &veil);
    (all.needs, all.shared) =
        software.iter().fold((0, 0), |(needs, shared), one| (needs + one.needs, shared + one.shared));
    let mut rows: Vec<Row> = software
        .into_iter()
        .map(|software| {
            let of_it = of.get(&software.software).map(Vec::as_slice).unwrap_or_default();
            let sum = Sum { needs: software.needs, shared: software.shared, ..sum(of_it, &veil) };
            Row { software, sum }
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.sum.organisations, row.sum.strength)));
    let (organisations, shared) = table(tx, collective, &wishes).await?;
    Ok(Together { all, rows, organisations, shared })
}

/// The sum of what some organisations wish. One that wishes several things counts once, and so do its users.
fn sum(wishes: &[&Wish], veil: &Veil) -> Sum {
    let mut sum = Sum::default();
    let mut users: BTreeMap<OrganisationId, i64> = BTreeMap::new();
    let mut intend = BTreeSet::new();
    for wish in wishes {
        let most = users.entry(wish.organisation).or_default();
        *most = wish.users.max(*most);
        sum.strength += wish.strength;
        if !wish.amount.is_positive() {
            continue;
        }
        if veil.tells(wish.organisation) {
            sum.amount = sum.amount.plus(wish.amount).unwrap_or(sum.amount);
            intend.insert(wish.organisation);
        } else {
            sum.more = true;
        }
    }
    sum.intend = intend.len();
    sum.organisations = users.len();
    sum.users = users.values().sum();
    sum
}

/// The organisations that need most, with how many needs each two share.
type Table = (Vec<(OrganisationId, String)>, BTreeMap<(usize, usize), i64>);

async fn table(tx: &mut Tx, collective: CollectiveId, wishes: &[Wish]) -> store::sqlx::Result<Table> {
    let mut needs: BTreeMap<OrganisationId, i64> = BTreeMap::new();
    for wish in wishes {
        *needs.entry(wish.organisation).or_default() += wish.needs;
    }
    let mut ranked: Vec<OrganisationId> = needs.keys().copied().collect();
    ranked.sort_by_key(|one| (std::cmp::Reverse(needs.get(one).copied().unwrap_or_default()), *one));
    ranked.truncate(MOST_IN_TABLE);
    let names = store::organisations::names(tx, &ranked).await?;
    let mut organisations: Vec<(OrganisationId, String)> =
        names.into_iter().map(|row| (row.id, row.name)).collect();
    organisations.sort_by_key(|(id, _)| ranked.iter().position(|one| one == id));
    let place = |id: OrganisationId| organisations.iter().position(|(one, _)| *one == id);
    let mut shared = BTreeMap::new();
    for pair in overlap(tx, collective, &ranked).await? {
        if let (Some(one), Some(other)) = (place(pair.one), place(pair.other)) {
            shared.insert((one.min(other), one.max(other)), pair.needs);
        }
    }
    Ok((organisations, shared))
}

/// Every « nous en avons besoin » of the open needs, for the file; amounts that aren't told to whoever looks are left out.
/// Errors: faults.
pub async fn all_lines(tx: &mut Tx, collective: CollectiveId, veil: &Veil) -> store::sqlx::Result<Vec<Line>> {
    let mut lines = lines(tx, collective, MOST_LINES).await?;
    let who: BTreeSet<OrganisationId> = lines.iter().map(|line| line.organisation).collect();
    let veil = know(tx, collective, veil, who.iter().map(|one| (*one, None))).await?;
    for line in lines.iter_mut().filter(|line| !veil.tells(line.organisation)) {
        line.amount = None;
    }
    Ok(lines)
}
