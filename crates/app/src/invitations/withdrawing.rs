//! Withdrawing an invitation, or refusing one that awaits a second person.

use domain::{
    actor::Action,
    ids::{CollectiveId, LinkId},
    people::InvitationRefusal,
};
use store::{Command, Tx, links};

use super::{ASKED, For, PURPOSE, Payload, taking_over};
use crate::{
    Acting, Context, Failure,
    people::Hall,
    till::{Drawn, Story},
};

/// Withdraws an invitation: by the admin, by who represents the organisation concerned, or by who is asked to
/// confirm it. Errors: [`Failure::NotAllowed`], [`InvitationRefusal::Gone`].
pub async fn withdraw(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    invitation: LinkId,
) -> Result<(), Failure<InvitationRefusal>> {
    ctx.db.write(Withdraw { acting, collective, invitation, drawn: Drawn::of(ctx) }).await
}

struct Withdraw {
    acting: Acting,
    collective: CollectiveId,
    invitation: LinkId,
    drawn: Drawn,
}

impl Command for Withdraw {
    type Done = ();
    type Error = Failure<InvitationRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<InvitationRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let link = links::lock(tx, self.invitation).await?.ok_or(Failure::NotFound)?;
        let is_asked = link.purpose == ASKED;
        if (link.purpose != PURPOSE && !is_asked) || link.subject != Some(self.collective.into()) {
            return Err(Failure::NotFound);
        }
        let payload = Payload::read(&link)?;
        let own = match payload.organisation {
            For::Member(id) if hall.permit(Action::GiveMandate, Some(id)).is_ok() => true,
            For::Member(id) if is_asked => {
                let others = taking_over::others(tx, &hall, payload.inviter, id).await?;
                others.contains(&self.acting.person)
            }
            For::Member(_) | For::New(_) => false,
        };
        if !own {
            hall.permit(Action::InviteMembers, None)?;
        }
        if !links::revoke(tx, link.id, self.drawn.now).await? {
            return Err(Failure::Refused(InvitationRefusal::Gone));
        }
        let story = Story::new(
            "invitation_withdrawn",
            ("collective", self.collective.into()),
            store::events::no_data(),
        );
        Ok(hall.record(tx, Story { public: false, ..story }).await?)
    }
}
