//! Opening a round, and what its page shows.

mod change;
pub mod closing;
pub mod page;

pub use change::{change_round, changes, closing_with, is_begun, kept, planned, withdraw_round};

use domain::{
    actor::Action,
    ids::{PotId, RoundId},
    rounds::{RoundPlan, RoundRefusal, RoundState},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Command, Tx, deadlines::Deadline, rounds::Round};
use uuid::Uuid;

use crate::{
    acting::Acting,
    closings::ROUND_CLOSE,
    context::Context,
    error::Failure,
    idempotency::{Keyed, remember, replayed},
    standing_choices,
    till::{Drawn, Story, Till},
};

/// The answer to an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedRound {
    /// Its id.
    pub round: RoundId,
    /// Its number in the pot.
    pub number: i64,
}

/// Opens a round of a pot. Asks for an admin, a treasurer or a steward.
/// Errors: fields that break a rule, no right, another round that isn't closed.
pub async fn open_round(
    context: &Context,
    acting: Acting,
    pot: PotId,
    plan: RoundPlan,
) -> Result<OpenedRound, Failure<RoundRefusal>> {
    let keyed = Keyed::of(context, &acting, &("open_round", pot, format!("{plan:?}"))).await?;
    context.db.write(Open { pot, acting, plan, keyed, drawn: Drawn::of(context) }).await
}

struct Open {
    pot: PotId,
    acting: Acting,
    plan: RoundPlan,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Open {
    type Done = OpenedRound;
    type Error = Failure<RoundRefusal>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<OpenedRound, Failure<RoundRefusal>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::OpenRound, &self.acting, None)?;
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        let round = open_in(tx, &mut till, self.plan.clone()).await?;
        let answer = OpenedRound { round: round.id, number: round.number };
        remember(tx, self.pot, self.keyed.as_ref(), self.drawn.now, &answer).await?;
        Ok(answer)
    }
}

/// Opens a round inside a transaction. Errors: as [`open_round`], permissions apart.
pub async fn open_in(tx: &mut Tx, till: &mut Till, plan: RoundPlan) -> Result<Round, Failure<RoundRefusal>> {
    let plan = plan.cleaned(till.today).map_err(Failure::Invalid)?;
    if let Some(open) = store::rounds::lock_open(tx, till.pot()).await? {
        return Err(Failure::Refused(RoundRefusal::OneIsOpen { number: open.number }));
    }
    let round = Round {
        id: till.id(),
        pot: till.pot(),
        number: store::rounds::next_number(tx, till.pot()).await?,
        name: plan.name,
        opens_on: plan.opens_on,
        closes_on: plan.closes_on,
        state: RoundState::Open,
        share_rule: plan.rule,
        cap: plan.cap,
        lapse: plan.lapse,
        promises: plan.promises,
        rules_version: till.rules_version,
        created_at: till.now,
        closed_at: None,
    };
    store::rounds::insert(tx, &round).await?;
    let deadline = Deadline {
        id: till.id(),
        collective: Some(till.collective.id),
        subject: round.id.0,
        kind: ROUND_CLOSE,
        occurrence: String::new(),
        due_at: till.collective.end_of(round.closes_on),
    };
    store::deadlines::set(tx, &deadline).await?;
    let choices = standing_choices::deadline(till, &round);
    store::deadlines::set(tx, &choices).await?;
    let data = json!({
        "number": round.number,
        "name": round.name,
        "opens_on": round.opens_on.to_string(),
        "closes_on": round.closes_on.to_string(),
    });
    till.record(tx, Story::new("round_opened", ("round", round.id.0), data)).await?;
    Ok(round)
}
