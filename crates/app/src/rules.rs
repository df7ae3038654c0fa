//! Changing the rules of a collective: a new version, with its reason; what began under an older one keeps it.

use domain::{actor::Action, ids::CollectiveId, input::FieldError, rules::Rules, text};
use serde_json::json;
use store::{Command, Tx, collectives};

use crate::{
    Acting, Context, Failure, Never,
    people::Hall,
    till::{Drawn, Story},
    visibility,
};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// Writes the next version of the rules; its number. `seen` is the version that was changed. Errors:
/// [`Failure::NotAllowed`]; [`Failure::Stale`] where somebody changed them meanwhile; [`Failure::Invalid`] on the
/// fields of the rules and on `reason`.
pub async fn change(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    seen: i64,
    rules: Rules,
    reason: &str,
) -> Result<i64, Failure<Never>> {
    let mut errors = rules.check().err().unwrap_or_default();
    match text::line(reason, LONGEST_REASON) {
        Ok(reason) if errors.is_empty() => {
            ctx.db.write(Change { acting, collective, seen, rules, reason, drawn: Drawn::of(ctx) }).await
        }
        Ok(_) => Err(Failure::Invalid(errors)),
        Err(rule) => {
            errors.push(FieldError::new("reason", rule));
            Err(Failure::Invalid(errors))
        }
    }
}

struct Change {
    acting: Acting,
    collective: CollectiveId,
    seen: i64,
    rules: Rules,
    reason: String,
    drawn: Drawn,
}

impl Command for Change {
    type Done = i64;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<i64, Failure<Never>> {
        visibility::lock_pots(tx, self.collective).await?;
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::EditCollective, self.acting.organisation)?;
        let (version, present) = collectives::rules(tx, self.collective).await?;
        if version != self.seen {
            return Err(Failure::Stale);
        }
        if present == self.rules {
            return Ok(version);
        }
        let (now, person) = (self.drawn.now, Some(self.acting.person));
        let version =
            collectives::put_rules(tx, self.collective, &self.rules, now, person, &self.reason).await?;
        visibility::resettle(tx, self.collective, self.rules.amounts, &[], now).await?;
        let data = json!({ "version": version, "reason": self.reason });
        hall.record(tx, Story::new("rules_changed", ("collective", self.collective.into()), data)).await?;
        Ok(version)
    }
}
