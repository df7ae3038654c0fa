//! Following a need: hearing by mail of what happens to it.

use domain::{ids::NeedId, needs::NeedRefusal};
use store::{Command, Tx, needs};

use super::Which;
use crate::{Acting, Context, Failure, people::Hall, people::check_member, till::Drawn};

/// The person hears of what happens to a need from now on; who does already, nothing. Asks for a member. Errors:
/// [`Failure::NotAllowed`], [`Failure::NotFound`].
pub async fn follow(ctx: &Context, acting: Acting, which: Which) -> Result<(), Failure<NeedRefusal>> {
    ctx.db.write(Follow { acting, which, follows: true, drawn: Drawn::of(ctx) }).await
}

/// The person hears of it no more. Errors: [`Failure::NotFound`].
pub async fn unfollow(ctx: &Context, acting: Acting, which: Which) -> Result<(), Failure<NeedRefusal>> {
    ctx.db.write(Follow { acting, which, follows: false, drawn: Drawn::of(ctx) }).await
}

struct Follow {
    acting: Acting,
    which: Which,
    follows: bool,
    drawn: Drawn,
}

impl Command for Follow {
    type Done = ();
    type Error = Failure<NeedRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<NeedRefusal>> {
        let hall = Hall::open(tx, self.which.collective, &self.acting, &self.drawn).await?;
        let need: NeedId = self.which.find(tx).await?.id;
        let changed = if self.follows {
            check_member(&hall.standing)?;
            needs::follow(tx, need, hall.person(), self.drawn.now).await?
        } else {
            needs::unfollow(tx, need, hall.person()).await?
        };
        if changed {
            store::events::touch(tx, self.which.collective).await?;
        }
        Ok(())
    }
}
