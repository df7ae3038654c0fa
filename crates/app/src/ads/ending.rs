//! The end of an ad comes near: whoever posted it is told once, with the link by which they renew it.

use domain::{
    ads::{AdRefusal, warned_at},
    ids::AdId,
};
use store::{Command, Tx, ads};

use super::letters;
use crate::{Context, Failure, till::Drawn};

/// The kind of its deadline.
pub(crate) const AD_END: &str = "ad_end";

/// Tells whoever posted an ad that it ends soon, if it does. Errors: faults.
pub(crate) async fn tell_if_due(ctx: &Context, ad: AdId) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Tell { ad, drawn: Drawn::of(ctx) }).await
}

struct Tell {
    ad: AdId,
    drawn: Drawn,
}

impl Command for Tell {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let Some(row) = ads::by_id(tx, self.ad).await? else { return Ok(()) };
        let Some(row) = ads::lock(tx, row.number).await? else { return Ok(()) };
        let near = row.standing().is_shown(drawn.now) && warned_at(row.expires_at) <= drawn.now;
        if near {
            letters::ends(tx, &mut drawn, &row).await?;
        }
        Ok(())
    }
}
