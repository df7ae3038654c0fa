//! The year where money is paid in advance: the share from its first to its last day, the features, the payments.

use std::collections::BTreeMap;

use domain::ids::{FeatureId, OrganisationId};
use domain::{AccountKind, PostingKind};
use paper::Part;
use store::features::lists::{self, Card};
use store::views::Leg;

use super::cells::Cells;
use super::{Year, table};
use crate::contributions::effect::{Effect, Move, Sums, effect, moves};
use crate::contributions::statement::{Statement, kind_of};
use crate::error::WebError;
use crate::state::AppState;

/// What happened on a feature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct OnFeature {
    /// Put there from the share, less what the organisation took back of it.
    laid: i64,
    /// The same, less what came back otherwise.
    put: i64,
    /// What of it was paid to who does the work.
    spent: i64,
}

/// What the transfers of a year did.
#[derive(Debug, Default, PartialEq, Eq)]
struct Done {
    /// The share before the year began.
    opening: i64,
    /// What was to be paid back before the year began.
    owed: i64,
    sums: Sums,
    /// Whether anything happened, be it undone since.
    moved: bool,
    on: BTreeMap<FeatureId, OnFeature>,
}

/// What the first lines say of a year: only what is true of it, in amounts above zero.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    /// Paid in; below zero, what was undone of it was more.
    paid: i64,
    /// Features on which more was put than taken back, and how much.
    put: (usize, i64),
    back: i64,
    /// Paid back after it left; below zero, what came back of that was more.
    repaid: i64,
}

impl Done {
    fn of(legs: &[Leg], me: OrganisationId, year: Year) -> Self {
        let mut done = Self::default();
        for leg in legs {
            let Some((effect, amount)) = effect(leg, me) else { continue };
            if leg.effective_on < year.first {
                done.opening += of_share(effect, amount);
                done.owed += to_repay(effect, amount);
                continue;
            }
            if !year.has(leg.effective_on) {
                continue;
            }
            done.moved = true;
            done.sums.count(effect, amount);
            let Some(feature) = leg.feature_id else { continue };
            let on = done.on.entry(feature).or_default();
            match effect {
                Effect::Put => {
                    on.laid += amount;
                    on.put += amount;
                }
                Effect::Elsewhere(AccountKind::Payable) => on.spent += amount,
                Effect::Returned | Effect::Due | Effect::Elsewhere(_) => on.put -= amount,
                Effect::Paid | Effect::Repaid | Effect::Shared | Effect::Lapsed | Effect::Owed => {}
            }
        }
        done.on.retain(|_, on| *on != OnFeature::default());
        done
    }

    const fn closing(&self) -> i64 {
        let Sums { shared, put, returned, lapsed, owed, .. } = self.sums;
        self.opening + shared - put + returned - lapsed - owed
    }

    fn told(&self) -> Told {
        let laid = || self.on.values().map(|on| on.laid);
        let put: Vec<i64> = laid().filter(|laid| *laid > 0).collect();
        let taken_back: i64 = laid().filter(|laid| *laid < 0).sum();
        Told {
            paid: self.sums.paid,
            put: (put.len(), put.iter().sum()),
            back: self.sums.returned - taken_back,
            repaid: self.sums.repaid,
        }
    }
}

/// What an effect did to the share.
const fn of_share(effect: Effect, amount: i64) -> i64 {
    match effect {
        Effect::Shared | Effect::Returned => amount,
        Effect::Put | Effect::Lapsed | Effect::Owed => -amount,
        Effect::Paid | Effect::Repaid | Effect::Due | Effect::Elsewhere(_) => 0,
    }
}

/// What an effect did to what is to be paid back.
fn to_repay(effect: Effect, amount: i64) -> i64 {
    let mut sums = Sums::default();
    sums.count(effect, amount);
    sums.to_repay()
}

/// The parts of the paper; nothing where nothing happened.
pub(super) async fn parts(
    state: &AppState,
    cells: Cells,
    found: &Statement,
    year: Year,
) -> Result<Vec<Part>, WebError> {
    let t = cells.t;
    let done = Done::of(&found.legs, found.member.id, year);
    if !done.moved && done.opening == 0 && done.owed == 0 {
        return Ok(Vec::new());
    }
    let ids: Vec<FeatureId> = done.on.keys().copied().collect();
    let mut tx = state.context.db.read().await?;
    let mut cards = lists::of_ids(&mut tx, &ids).await?;
    drop(tx);
    found.desk.sight.past.cards(&mut cards);
    let mut parts = Vec::new();
    if found.whole {
        parts.push(Part::Text(lead(cells, &done.told())));
        parts.push(Part::Heading(t.year_share().to_owned()));
        parts.extend(share(cells, &done, year));
        titled(&mut parts, t.year_owed(), owed(cells, &done, year));
    } else {
        parts.push(Part::Text(t.contributions_statement_partial().to_owned()));
    }
    let (funded, waiting): (Vec<&Card>, Vec<&Card>) = cards.iter().partition(|card| card.funded_at.is_some());
    titled(&mut parts, t.year_features_funded(), features(cells, &done, &funded));
    titled(&mut parts, t.year_features_waiting(), features(cells, &done, &waiting));
    titled(&mut parts, t.year_top_ups(), top_ups(cells, found, year));
    titled(&mut parts, t.year_invoices(), invoices(cells, found, year));
    titled(&mut parts, t.year_paid_in(), payments(cells, found, &done, year));
    Ok(parts)
}

fn lead(cells: Cells, told: &Told) -> String {
    let t = cells.t;
    let (features, put) = told.put;
    let (paid, repaid) = (cells.said(told.paid.abs()), cells.said(told.repaid.abs()));
    let first = match (told.paid, told.repaid) {
        (undone, _) if undone < 0 => t.year_lead_undone(paid),
        (_, back) if back > 0 => t.year_lead_paid_and_repaid(paid, repaid.as_str()),
        _ => t.year_lead_paid(paid),
    };
    let sentences = [
        Some(first),
        (told.paid < 0 && told.repaid > 0).then(|| t.year_lead_repaid(repaid.as_str())),
        (told.repaid < 0).then(|| t.year_lead_bounced(repaid.as_str())),
        Some(t.year_lead_put(features, cells.said(put))),
        (told.back > 0).then(|| t.year_lead_back(cells.said(told.back))),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn titled(parts: &mut Vec<Part>, heading: &str, table: Option<Part>) {
    if let Some(table) = table {
        parts.push(Part::Heading(heading.to_owned()));
        parts.push(table);
    }
}

/// The share from the first to the last day.
fn share(cells: Cells, done: &Done, year: Year) -> Option<Part> {
    let t = cells.t;
    let moved = [
        (t.contributions_statement_shared(), done.sums.shared),
        (t.year_put_down(), -done.sums.put),
        (t.year_came_back(), done.sums.returned),
        (t.contributions_statement_lapsed(), -done.sums.lapsed),
        (t.contributions_statement_owed(), -done.sums.owed),
    ];
    let moved = moved.into_iter().filter(|(_, minor)| *minor != 0);
    let mut rows = vec![vec![t.year_day(t.date(year.first)), cells.money(done.opening)]];
    rows.extend(moved.map(|(what, minor)| vec![what.to_owned(), cells.signed(minor)]));
    let last = vec![t.year_day(t.date(year.last)), cells.money(done.closing())];
    let heads = [(t.contributions_statement_what(), 3), (t.contributions_amount(), 1)];
    table(t.year_share_caption(), &heads, 1, rows, Some(last))
}

/// What is to be paid back, from the first to the last day; none where nothing ever was.
fn owed(cells: Cells, done: &Done, year: Year) -> Option<Part> {
    let (t, sums) = (cells.t, done.sums);
    let moved = [
        (t.contributions_statement_owed(), sums.owed),
        (t.contributions_statement_due(), sums.due),
        (t.contributions_statement_repaid(), -sums.repaid),
    ];
    let moved: Vec<_> = moved.into_iter().filter(|(_, minor)| *minor != 0).collect();
    if moved.is_empty() && done.owed == 0 {
        return None;
    }
    let mut rows = vec![vec![t.year_owed_day(t.date(year.first)), cells.money(done.owed)]];
    rows.extend(moved.into_iter().map(|(what, minor)| vec![what.to_owned(), cells.signed(minor)]));
    let last = vec![t.year_owed_day(t.date(year.last)), cells.money(done.owed + sums.to_repay())];
    let heads = [(t.contributions_statement_what(), 3), (t.contributions_amount(), 1)];
    table(t.year_owed_caption(), &heads, 1, rows, Some(last))
}

/// Some of the features with their sum: what isn't funded is never summed with what is.
fn features(cells: Cells, done: &Done, cards: &[&Card]) -> Option<Part> {
    let t = cells.t;
    let mut sum = OnFeature::default();
    let mut rows = Vec::new();
    for card in cards {
        let Some(on) = done.on.get(&card.id) else { continue };
        sum.put += on.put;
        sum.spent += on.spent;
        rows.push(vec![
            cells.title(&card.title),
            card.software.clone().unwrap_or_default(),
            t.state_name(card.state),
            cells.money(on.put),
            cells.money(on.spent),
        ]);
    }
    let total = vec![
        t.contributions_statement_total().to_owned(),
        String::new(),
        String::new(),
        cells.money(sum.put),
        cells.money(sum.spent),
    ];
    let heads = [
        (t.contributions_statement_feature(), 5),
        (t.year_software(), 3),
        (t.year_state(), 3),
        (t.year_put(), 3),
        (t.year_spent(), 3),
    ];
    table(t.year_features_caption(), &heads, 2, rows, Some(total))
}

/// What of it was put by decisions on features that were funded already.
fn top_ups(cells: Cells, found: &Statement, year: Year) -> Option<Part> {
    let t = cells.t;
    let all = moves(&found.legs, found.member.id).into_iter().filter(|one| {
        one.leg.kind == PostingKind::TopUp && one.effect == Effect::Put && year.has(one.leg.effective_on)
    });
    let rows = all.map(|Move { leg, amount, .. }| {
        vec![
            cells.day(leg.effective_on),
            leg.title.as_deref().map(|title| cells.title(title)).unwrap_or_default(),
            kind_of(t, leg),
            cells.money(amount),
        ]
    });
    let heads = [
        (t.contributions_statement_day(), 2),
        (t.contributions_statement_feature(), 4),
        (t.contributions_statement_what(), 3),
        (t.contributions_amount(), 2),
    ];
    table(t.year_top_ups_caption(), &heads, 1, rows.collect(), None)
}

/// What invoices that were accepted took of what it had put.
fn invoices(cells: Cells, found: &Statement, year: Year) -> Option<Part> {
    let t = cells.t;
    let mut total = 0;
    let mut rows = Vec::new();
    for one in moves(&found.legs, found.member.id) {
        let (leg, Effect::Elsewhere(AccountKind::Payable)) = (one.leg, one.effect) else { continue };
        if !year.has(leg.effective_on) {
            continue;
        }
        total += one.amount;
        rows.push(vec![
            cells.day(leg.effective_on),
            leg.title.as_deref().map(|title| cells.title(title)).unwrap_or_default(),
            match leg.invoice {
                Some(number) => t.accounts_about_invoice(t.accounts_invoice(number), kind_of(t, leg)),
                None => kind_of(t, leg),
            },
            cells.money(one.amount),
        ]);
    }
    let total =
        vec![t.contributions_statement_total().to_owned(), String::new(), String::new(), cells.money(total)];
    let heads = [
        (t.contributions_statement_day(), 2),
        (t.contributions_statement_feature(), 4),
        (t.contributions_statement_what(), 3),
        (t.contributions_amount(), 2),
    ];
    table(t.year_invoices_caption(), &heads, 1, rows, Some(total))
}

/// What was paid in under which legal nature, and what was paid back: two columns.
fn payments(cells: Cells, found: &Statement, done: &Done, year: Year) -> Option<Part> {
    let t = cells.t;
    let mut rows = Vec::new();
    for leg in found.legs.iter().filter(|leg| year.has(leg.effective_on)) {
        let (paid, repaid) = match effect(leg, found.member.id) {
            Some((Effect::Paid, amount)) => (cells.money(amount), String::new()),
            Some((Effect::Repaid, amount)) => (String::new(), cells.money(amount)),
            _ => continue,
        };
        let nature = leg.nature.map(|nature| t.contributions_nature_name(nature.as_str()));
        rows.push(vec![
            cells.day(leg.effective_on),
            kind_of(t, leg),
            nature.unwrap_or_default(),
            paid,
            repaid,
        ]);
    }
    let total = vec![
        t.contributions_statement_total().to_owned(),
        String::new(),
        String::new(),
        cells.money(done.sums.paid),
        cells.money(done.sums.repaid),
    ];
    let heads = [
        (t.contributions_statement_day(), 3),
        (t.contributions_statement_what(), 4),
        (t.contributions_nature(), 3),
        (t.contributions_statement_paid(), 2),
        (t.contributions_statement_repaid(), 2),
    ];
    table(t.year_paid_in_caption(), &heads, 2, rows, Some(total))
}

#[cfg(test)]
mod tests {
    use domain::Money;
    use jiff::civil::{Date, date};
    use uuid::Uuid;

    use super::*;

    const ME: OrganisationId = OrganisationId(Uuid::from_u128(1));
    const FEATURE: FeatureId = FeatureId(Uuid::from_u128(7));

    fn leg(day: Date, kind: PostingKind, from: AccountKind, to: AccountKind, amount: i64) -> Leg {
        Leg {
            seq: 1,
            position: 0,
            kind,
            effective_on: day,
            round: None,
            feature_id: matches!(from, AccountKind::Allocated | AccountKind::Reserved)
                .then_some(FEATURE)
                .or((to == AccountKind::Allocated).then_some(FEATURE)),
            feature: None,
            title: None,
            from_kind: from,
            from_organisation: Some(ME),
            to_kind: to,
            to_organisation: Some(ME),
            source: None,
            amount: Money::new(amount),
            nature: None,
            reverses: None,
            reversed_by: None,
            invoice: None,
            refund: None,
            decision: None,
        }
    }

    #[test]
    fn the_share_at_the_end_is_that_at_the_beginning_of_the_next_year() {
        use AccountKind::{Allocated, Bank, Payable, Pool, Reserved, Share};
        let legs = [
            leg(date(2025, 3, 1), PostingKind::Contribution, Bank, Pool, 500),
            leg(date(2025, 4, 1), PostingKind::Distribution, Pool, Share, 400),
            leg(date(2025, 12, 31), PostingKind::Allocate, Share, Allocated, 150),
            leg(date(2026, 1, 1), PostingKind::Release, Allocated, Share, 50),
            leg(date(2026, 2, 1), PostingKind::Allocate, Share, Allocated, 120),
            leg(date(2026, 5, 1), PostingKind::InvoiceDue, Reserved, Payable, 90),
            leg(date(2027, 1, 1), PostingKind::Allocate, Share, Allocated, 7),
        ];
        let of = |year| Done::of(&legs, ME, Year::of(year, date(2027, 6, 1)));
        let (first, second, third) = (of(2025), of(2026), of(2027));
        assert_eq!((first.opening, first.closing()), (0, 250));
        assert_eq!((second.opening, second.closing()), (250, 180));
        assert_eq!((third.opening, third.closing()), (180, 173));
        assert_eq!((first.sums.paid, second.sums.paid), (500, 0));
        assert_eq!(second.on[&FEATURE], OnFeature { laid: 120, put: 70, spent: 90 });
        assert_eq!(second.told(), Told { paid: 0, put: (1, 120), back: 50, repaid: 0 });
    }

    /// A departure pays money back, which nobody paid in; what was taken back isn't what was put.
    #[test]
    fn what_was_paid_back_or_taken_back_is_neither_paid_nor_put() {
        use AccountKind::{Allocated, Bank, InTransit, Pool, RefundDue, Share};
        let legs = [
            leg(date(2025, 3, 1), PostingKind::Contribution, Bank, Pool, 500),
            leg(date(2025, 4, 1), PostingKind::Allocate, Share, Allocated, 150),
            leg(date(2026, 1, 9), PostingKind::Unallocate, Allocated, Share, 40),
            leg(date(2026, 2, 1), PostingKind::Refund, RefundDue, InTransit, 300),
        ];
        let of = |year| Done::of(&legs, ME, Year::of(year, date(2027, 6, 1))).told();
        assert_eq!(of(2025), Told { paid: 500, put: (1, 150), back: 0, repaid: 0 });
        assert_eq!(of(2026), Told { paid: 0, put: (0, 0), back: 40, repaid: 300 });
    }
}
