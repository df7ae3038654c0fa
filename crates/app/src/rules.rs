//! Changing the rules of a collective: a new version, with its reason; what began under an older one keeps it.

use std::collections::BTreeMap;

use domain::{
    actor::Action,
    ids::{CollectiveId, PersonId},
    input::FieldError,
    rules::{AmountsSeen, Rules},
    text,
};
use serde_json::json;
use store::{Command, Tx, collectives, mandates};

use crate::{
    Acting, Context, Failure, Never,
    mails::Letter,
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
        let made_public = self.rules.amounts == AmountsSeen::Public && present.amounts != AmountsSeen::Public;
        if made_public {
            ask_to_show(tx, &mut hall).await?;
        }
        visibility::resettle(tx, self.collective, self.rules.amounts, &[], now).await?;
        let data = json!({ "version": version, "reason": self.reason });
        hall.record(tx, Story::new("rules_changed", ("collective", self.collective.into()), data)).await?;
        Ok(version)
    }
}

/// Rules uncover nobody's past: those who had money here and don't show their amounts keep them to themselves, and are
/// asked whether they agree to show them.
async fn ask_to_show(tx: &mut Tx, hall: &mut Hall) -> store::sqlx::Result<()> {
    let kept = store::visibility::veil_those_with_money(tx, hall.collective.id).await?;
    let mut told: BTreeMap<_, (String, Vec<PersonId>)> = BTreeMap::new();
    for reader in mandates::money_readers(tx, &kept, hall.today).await? {
        told.entry(reader.organisation).or_insert((reader.name, Vec::new())).1.push(reader.person);
    }
    let (settings, here) = (hall.drawn.settings.clone(), hall.collective.name.clone());
    for (organisation, (name, persons)) in told {
        let member = store::organisations::member(tx, hall.collective.id, organisation).await?;
        let Some(member) = member.filter(|member| member.is_member(hall.today)) else { continue };
        let path = format!("/c/{}/members/{}#amounts", hall.collective.slug, member.slug);
        hall.tell(tx, &persons, |t| {
            Letter::about(t.mail_amounts_public_subject(&here))
                .say(t.mail_amounts_public(&here, &name))
                .at(&settings, &path)
        })
        .await?;
    }
    Ok(())
}
