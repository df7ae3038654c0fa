//! The close of a round: every feature is triggered or returns everything, shares lapse or stay, and each organisation is
//! told once what became of its share.

use std::collections::BTreeMap;

use domain::{
    Account, AccountKind, Book, Draft, Money, PostingKind,
    actor::Action,
    features::is_suspended,
    ids::{DecisionId, OrganisationId, PersonId, RoundId},
    input::FieldRule,
    posting::Reason,
    rounds::{RoundRefusal, RoundState},
    shares::returns::{Unused, lapse},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, collectives::CollectiveRow, decisions::DecisionRow, journal::Of, rounds::Round};
use uuid::Uuid;

use crate::{
    acting::Acting,
    closings::{Ended, end_in},
    context::Context,
    decisions::{self, By},
    error::Failure,
    funding_mails::{self, News},
    idempotency::{Keyed, remember, replayed},
    invoices::At,
    rights,
    round_mails::{self, Outcome},
    rounds::closing::if_closed,
    second_word,
    standing_choices::CHOICES,
    till::{Drawn, Story, Till},
};

/// The deadline at which a round closes.
pub const ROUND_CLOSE: &str = "round_close";

/// What the close of a round led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundReport {
    /// Features that were triggered at the close.
    pub triggered: usize,
    /// Features that returned everything.
    pub not_funded: usize,
    /// What they returned.
    pub returned: Money,
    /// What of it went back to the funds of gifts, and to no organisation.
    #[serde(default)]
    pub to_funds: Money,
    /// What nobody had used and went back to the pot.
    pub lapsed: Money,
    /// What nobody had used and stays with the organisations.
    pub carried: Money,
}

/// What the deadline of a round calls. Does nothing before its last day has ended, and nothing a second time.
pub async fn close_round_if_due(
    context: &Context,
    round: RoundId,
) -> Result<RoundReport, Failure<RoundRefusal>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::rounds::by_id(&mut tx, round).await? else { return Ok(RoundReport::default()) };
    drop(tx);
    if row.state == RoundState::Closed {
        return Ok(RoundReport::default());
    }
    let command =
        CloseRound { pot: row.pot.0, round, early: None, seen: None, keyed: None, drawn: Drawn::of(context) };
    match context.db.write_alone(command).await {
        Err(Failure::Refused(RoundRefusal::AlreadyClosed | RoundRefusal::NotOver(_))) => {
            Ok(RoundReport::default())
        }
        other => other,
    }
}

/// Whether a decision of that day may close a round before its last day. Errors: it is older than the round, so it was about
/// something else.
pub fn may_close(round: &Round, decided_on: Date) -> Result<(), FieldRule> {
    if decided_on < round.opens_on { Err(FieldRule::Before(round.opens_on)) } else { Ok(()) }
}

/// Whether somebody would close by their own word alone, though another could write a decision down: by that one, or by a new
/// one where there is none.
pub async fn is_own_word(
    tx: &mut Tx,
    collective: &CollectiveRow,
    closer: PersonId,
    decision: Option<DecisionId>,
    now: Timestamp,
) -> store::sqlx::Result<bool> {
    let at = At::new(collective, now);
    let Some(id) = decision else { return second_word::another_could_decide(tx, &at, closer, None).await };
    match store::decisions::get(tx, collective.id, id).await? {
        Some(decision) => Ok(!second_word::word_counts(tx, &at, closer, &decision).await?),
        None => Ok(false),
    }
}

/// Closes a round before its last day, by a decision that somebody else wrote down where another could. Errors: no right, no
/// such decision, one's own word alone, closed already.
pub async fn close_round_early(
    context: &Context,
    acting: Acting,
    round: RoundId,
    decision: DecisionId,
) -> Result<RoundReport, Failure<RoundRefusal>> {
    close_early(context, acting, round, decision.into(), None).await
}

/// The same for somebody who saw what it would lead to: `seen` is the digest of that preview. A new decision is written down
/// with the close. Errors: also [`RoundRefusal::Changed`], where it would lead to something else now.
pub async fn close_round_as_seen(
    context: &Context,
    acting: Acting,
    round: RoundId,
    decision: impl Into<By>,
    seen: &str,
) -> Result<RoundReport, Failure<RoundRefusal>> {
    close_early(context, acting, round, decision.into(), Some(seen.to_owned())).await
}

async fn close_early(
    context: &Context,
    acting: Acting,
    round: RoundId,
    decision: By,
    seen: Option<String>,
) -> Result<RoundReport, Failure<RoundRefusal>> {
    let mut tx = context.db.read().await?;
    let Some(row) = store::rounds::by_id(&mut tx, round).await? else { return Err(Failure::NotFound) };
    drop(tx);
    let keyed = Keyed::of(context, &acting, &("close_round", round, &decision)).await?;
    let early = Some((acting, decision));
    let command = CloseRound { pot: row.pot.0, round, early, seen, keyed, drawn: Drawn::of(context) };
    context.db.write_alone(command).await
}

struct CloseRound {
    pot: Uuid,
    round: RoundId,
    /// Who closes it before its date, and by which decision.
    early: Option<(Acting, By)>,
    /// What they saw that it would lead to.
    seen: Option<String>,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for CloseRound {
    type Done = RoundReport;
    type Error = Failure<RoundRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot)
    }

    async fn run(&self, tx: &mut Tx) -> Result<RoundReport, Failure<RoundRefusal>> {
        let mut till = match &self.early {
            Some((acting, _)) => Till::by_person(tx, self.pot.into(), acting, &self.drawn).await?,
            None => Till::by_job(tx, self.pot.into(), ROUND_CLOSE, &self.drawn).await?,
        };
        let decision = match &self.early {
            Some((acting, by)) => {
                till.permit(Action::CloseRound, acting, None)?;
                if let Some(report) = replayed(tx, till.pot(), self.keyed.as_ref()).await? {
                    return Ok(report);
                }
                Some(self.decided(tx, &mut till, acting, by).await?)
            }
            None => {
                let round = store::rounds::by_id(tx, self.round).await?.ok_or(Failure::NotFound)?;
                if till.today <= round.closes_on {
                    return Err(Failure::Refused(RoundRefusal::NotOver(round.closes_on)));
                }
                None
            }
        };
        if let Some(seen) = &self.seen {
            let round = store::rounds::lock(tx, self.round).await?.ok_or(Failure::NotFound)?;
            if round.state != RoundState::Closed {
                till.settle(tx).await?;
                if if_closed(tx, &till.locked.pot, &round).await?.digest() != *seen {
                    return Err(Failure::Refused(RoundRefusal::Changed));
                }
            }
        }
        if self.early.is_some()
            && let Some(until) = waits_for_terms(tx, self.round, till.today).await?
        {
            return Err(Failure::Refused(RoundRefusal::TermsOpen(until)));
        }
        let report = close_round_in(tx, &mut till, self.round, decision).await?;
        remember(tx, till.pot(), self.keyed.as_ref(), till.now, &report).await?;
        Ok(report)
    }
}

/// The day until the end of which a round can't be closed early: money on one of its features may be taken back until
/// then, since its terms changed.
pub async fn waits_for_terms(
    tx: &mut Tx,
    round: RoundId,
    today: Date,
) -> Result<Option<Date>, store::sqlx::Error> {
    let until = store::features::terms::last_suspension_in(tx, round).await?;
    Ok(until.filter(|until| is_suspended(Some(*until), today)))
}

impl CloseRound {
    /// The decision by which it closes before its day. Errors: none of that id, older than the round, one's own word alone,
    /// used already.
    async fn decided(
        &self,
        tx: &mut Tx,
        till: &mut Till,
        acting: &Acting,
        by: &By,
    ) -> Result<DecisionRow, Failure<RoundRefusal>> {
        let decision = match by {
            By::New(new) => decisions::record_in(tx, till, acting, new).await?,
            By::Recorded(id) => store::decisions::get(tx, till.collective.id, *id)
                .await?
                .ok_or_else(|| Failure::field("decision", FieldRule::Unknown))?,
        };
        let round = store::rounds::by_id(tx, self.round).await?.ok_or(Failure::NotFound)?;
        if round.state == RoundState::Closed {
            return Err(Failure::Refused(RoundRefusal::AlreadyClosed));
        }
        may_close(&round, decision.decided_on).map_err(|rule| Failure::field("decision", rule))?;
        second_word::may_rest_on(tx, &At::of(till), acting.person, &decision).await?;
        Ok(decision)
    }
}

/// Closes a round, in this order: every feature is triggered or returns everything; shares lapse if the round says
/// so, else they stay; the report, and a mail to each organisation. One transaction: there is no state in between in
/// which another round could open or distribute. `decision`: by which it closes before its day.
/// Errors: closed already.
pub async fn close_round_in(
    tx: &mut Tx,
    till: &mut Till,
    round: RoundId,
    decision: Option<DecisionRow>,
) -> Result<RoundReport, Failure<RoundRefusal>> {
    let round = store::rounds::lock(tx, round).await?.ok_or(Failure::NotFound)?;
    if round.state == RoundState::Closed {
        return Err(Failure::Refused(RoundRefusal::AlreadyClosed));
    }
    let by = decision.as_ref().map(|decision| decision.id);
    let (mut report, mut outcomes) = (RoundReport::default(), BTreeMap::new());
    end_features(tx, till, &round, by, &mut report, &mut outcomes).await?;
    if till.locked.pot.fund_mode.is_promised() {
        rights::close_round(tx, till, &round).await?;
    }
    let shares = shares(tx, till).await?;
    if round.lapse {
        report.lapsed = lapse_in(tx, till, round.id, by, &shares).await?;
    } else {
        report.carried = Money::sum(shares.iter().map(|share| share.amount)).unwrap_or_default();
    }
    for share in &shares {
        let outcome: &mut Outcome = outcomes.entry(share.organisation).or_default();
        let left = if round.lapse { &mut outcome.lapsed } else { &mut outcome.carried };
        *left = left.plus(share.amount).unwrap_or(*left);
    }
    let decided = store::gifts::decided_in(tx, round.id).await?;
    store::rounds::close(tx, round.id, till.now).await?;
    store::deadlines::cancel(tx, round.id.0, ROUND_CLOSE).await?;
    store::deadlines::cancel(tx, round.id.0, CHOICES).await?;
    let data = json!({
        "number": round.number,
        "name": round.name,
        "triggered": report.triggered,
        "not_funded": report.not_funded,
        "returned": report.returned.minor(),
        "to_funds": report.to_funds.minor(),
        "decided": decided.minor(),
        "lapsed": report.lapsed.minor(),
        "carried": report.carried.minor(),
        "decision": by.map(|id| id.to_string()),
    });
    till.record(tx, Story::new("round_closed", ("round", round.id.0), data)).await?;
    round_mails::tell_closed(tx, till, &round, decision.as_ref(), outcomes).await?;
    Ok(report)
}

/// Ends every feature of a round. Who led one is told of it; what came back to each is told with the round.
async fn end_features(
    tx: &mut Tx,
    till: &mut Till,
    round: &Round,
    decision: Option<DecisionId>,
    report: &mut RoundReport,
    outcomes: &mut BTreeMap<OrganisationId, Outcome>,
) -> Result<(), Failure<RoundRefusal>> {
    for mut feature in store::features::lock_round(tx, round.id).await? {
        match end_in(tx, till, &mut feature, decision).await? {
            Ended::Triggered => report.triggered += 1,
            Ended::NotFunded { missing, returned } => {
                report.not_funded += 1;
                report.returned = Money::sum([report.returned, returned.sum]).unwrap_or_default();
                report.to_funds = Money::sum([report.to_funds, returned.to.funds]).unwrap_or_default();
                let news = News::NotFunded { missing, early: decision.is_some() };
                funding_mails::tell(tx, till, &feature, &[], news).await?;
                for (organisation, amount) in returned.told {
                    let outcome = outcomes.entry(organisation).or_default();
                    outcome.returned = outcome.returned.plus(amount).unwrap_or(outcome.returned);
                    outcome.features.push(feature.title.clone());
                }
            }
            Ended::Already => {}
        }
    }
    Ok(())
}

/// What lies in the shares of a pot.
async fn shares<R: std::fmt::Debug>(tx: &mut Tx, till: &mut Till) -> Result<Vec<Unused>, Failure<R>> {
    till.settle(tx).await?;
    let held = store::journal::balances(tx, till.pot(), Book::Cash, Of::Kinds(&[AccountKind::Share])).await?;
    let share = |(account, amount)| match account {
        Account::Share(organisation, source) => Some(Unused { organisation, source, amount }),
        _ => None,
    };
    Ok(held.into_iter().filter_map(share).collect())
}

async fn lapse_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    round: RoundId,
    decision: Option<DecisionId>,
    shares: &[Unused],
) -> Result<Money, Failure<R>> {
    let transfers = lapse(shares);
    if transfers.is_empty() {
        return Ok(Money::ZERO);
    }
    let mut draft = Draft::new(PostingKind::Lapse, Book::Cash, till.today, till.actor.clone(), transfers);
    draft.round = Some(round);
    draft.decision = decision;
    draft.reason = Some(Reason::RoundClosed);
    let lapsed = draft.total().map_err(|error| Failure::Fault(error.to_string()))?;
    till.post(tx, draft).await?;
    Ok(lapsed)
}
