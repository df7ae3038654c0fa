//! « Nous en avons besoin aussi », with a strength, own words, what one would put and what one could do.

use domain::{
    actor::{Action, NotAllowed},
    ids::{NeedId, OrganisationId},
    needs::{NeedRefusal, NeedState, SupportText, is_alone},
};
use serde_json::json;
use store::{
    Command, Tx,
    needs::{self, supports},
};

use super::{Which, story, tell_followers, waiting};
use crate::{
    Acting, Context, Failure,
    people::Hall,
    till::{Drawn, Story},
};

/// The organisation acted for needs it too, or says so anew. A need that is parked wakes. Errors: [`Failure::NotAllowed`],
/// also for an amount without a mandate for money; [`Failure::NotFound`], [`Failure::Invalid`]; [`NeedRefusal::NotLive`].
pub async fn say_needed(
    ctx: &Context,
    acting: Acting,
    which: Which,
    text: SupportText,
) -> Result<(), Failure<NeedRefusal>> {
    let text = text.cleaned().map_err(Failure::Invalid)?;
    ctx.db.write(Say { acting, which, text: Some(text), drawn: Drawn::of(ctx) }).await
}

/// The organisation acted for needs it no more. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`];
/// [`NeedRefusal::AlreadySo`] where it didn't.
pub async fn withdraw(ctx: &Context, acting: Acting, which: Which) -> Result<(), Failure<NeedRefusal>> {
    ctx.db.write(Say { acting, which, text: None, drawn: Drawn::of(ctx) }).await
}

/// Writes what an organisation says of a need. Whoever holds no mandate for money leaves the amount as it is. Errors:
/// [`NotAllowed`] where they would change it; faults.
pub(super) async fn put(
    tx: &mut Tx,
    hall: &Hall,
    (need, organisation): (NeedId, OrganisationId),
    text: &SupportText,
) -> Result<(), Failure<NeedRefusal>> {
    let held = supports::one(tx, need, organisation).await?.and_then(|held| held.amount);
    let may: Result<_, NotAllowed> = hall.permit(Action::IntendAmount, Some(organisation));
    let amount = match (may, text.amount) {
        (Ok(_), amount) => amount,
        (Err(_), None) => held,
        (Err(_), amount) if amount == held => held,
        (Err(why), _) => return Err(why.into()),
    };
    let text = SupportText { amount, ..text.clone() };
    supports::put(tx, need, organisation, &text, Some(hall.person()), hall.drawn.now).await?;
    Ok(())
}

struct Say {
    acting: Acting,
    which: Which,
    /// What it says; none: it withdraws.
    text: Option<SupportText>,
    drawn: Drawn,
}

impl Command for Say {
    type Done = ();
    type Error = Failure<NeedRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<NeedRefusal>> {
        let mut hall = Hall::open(tx, self.which.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::SayNeeded, self.acting.organisation)?;
        let organisation = permit.organisation().ok_or(Failure::NotFound)?;
        let need = self.which.live(tx).await?;
        let held = supports::one(tx, need.id, organisation).await?;
        let now = self.drawn.now;
        let kind = match &self.text {
            Some(text) => {
                put(tx, &hall, (need.id, organisation), text).await?;
                needs::follow(tx, need.id, hall.person(), now).await?;
                if held.is_some() { "need_support_changed" } else { "need_joined" }
            }
            None if held.is_none() => return Err(Failure::Refused(NeedRefusal::AlreadySo)),
            None => {
                supports::withdraw(tx, need.id, organisation, now).await?;
                "need_left"
            }
        };
        let after = needs::get(tx, need.id).await?.ok_or(Failure::NotFound)?;
        match (is_alone(need.supporters), is_alone(after.supporters)) {
            (_, false) => waiting::stop(tx, &after).await?,
            (false, true) => waiting::wait(tx, &mut hall, &after).await?,
            (true, true) => {}
        }
        if kind == "need_joined" && need.state == NeedState::Parked {
            needs::set_state(tx, need.id, NeedState::Open, "", None, now).await?;
        }
        if kind == "need_joined" {
            let joined = store::organisations::get(tx, organisation).await?;
            let name = joined.map(|row| row.name).unwrap_or_default();
            tell_followers(tx, &mut hall, &need, |t| {
                let subject = t.needs_mail_joined_subject(&need.title);
                (subject, t.needs_mail_joined(after.supporters, &name, &need.title))
            })
            .await?;
        }
        let told = story(kind, &need, json!({ "supporters": after.supporters }));
        let public = kind != "need_support_changed";
        Ok(hall.record(tx, Story { organisation: Some(organisation), public, ..told }).await?)
    }
}
