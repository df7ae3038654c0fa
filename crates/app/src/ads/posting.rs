//! Posting an ad and sharing the need of one, for an organisation of the instance.

use domain::{
    Currency,
    ads::{AdRefusal, AdText, MOST_NEEDERS, MOST_OPEN, ends_at, warned_at},
    ids::{AdId, AdNeederId},
};
use serde_json::json;
use store::{
    Command, Tx,
    ads::{self, AdRow, NewAd, Writer},
    deadlines::{self, Deadline},
};

use super::{cleaned, ending, is_own, letters, locked, member, record};
use crate::{Acting, Context, Failure, till::Drawn};

/// Posts an ad for the organisation acted for; its number. Errors: no right; fields as [`AdText::cleaned`];
/// [`AdRefusal::Twice`], [`AdRefusal::TooMany`].
pub async fn post(ctx: &Context, acting: Acting, text: AdText) -> Result<i64, Failure<AdRefusal>> {
    let text = cleaned(text, ctx.now())?;
    let number = ctx.db.write(Post { acting, text, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(number)
}

struct Post {
    acting: Acting,
    text: AdText,
    drawn: Drawn,
}

impl Command for Post {
    type Done = i64;
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<i64, Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let writer = member(tx, &self.acting, drawn.now).await?;
        Ok(post_in(tx, &mut drawn, &writer, &self.text, false).await?.1)
    }
}

/// Posts an ad of the example, by whoever is said to. Errors: as [`post`].
pub async fn post_example(ctx: &Context, writer: Writer, text: AdText) -> Result<i64, Failure<AdRefusal>> {
    let text = cleaned(text, ctx.now())?;
    ctx.db.write(PostExample { writer, text, drawn: Drawn::of(ctx) }).await
}

struct PostExample {
    writer: Writer,
    text: AdText,
    drawn: Drawn,
}

impl Command for PostExample {
    type Done = i64;
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<i64, Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        Ok(post_in(tx, &mut drawn, &self.writer, &self.text, true).await?.1)
    }
}

/// Writes an ad inside a transaction; its id and number. Errors: [`AdRefusal::Twice`], [`AdRefusal::TooMany`].
pub(super) async fn post_in(
    tx: &mut Tx,
    drawn: &mut Drawn,
    writer: &Writer,
    text: &AdText,
    example: bool,
) -> Result<(AdId, i64), Failure<AdRefusal>> {
    let now = drawn.now;
    // Two of one poster can't pass each other: both wait for the number.
    let number = ads::next_number(tx).await?;
    if let Some(number) = ads::twin(tx, &writer.email_key, &text.fingerprint()).await? {
        return Err(Failure::Refused(AdRefusal::Twice { number }));
    }
    refuse_many(tx, &writer.email_key, drawn).await?;
    let new = NewAd {
        id: drawn.seed.id(now),
        number,
        text,
        currency: Currency::EUR.code(),
        writer,
        example,
        at: now,
        expires_at: ends_at(now),
    };
    ads::insert(tx, &new).await?;
    set_end(tx, drawn, new.id).await?;
    let data = json!({ "number": number, "side": text.side.as_str() });
    record(tx, drawn, "ad_posted", (new.id, writer.person), data).await?;
    Ok((new.id, number))
}

/// Refuses one more ad where a poster has as many as are shown at a time.
pub(super) async fn refuse_many(
    tx: &mut Tx,
    email_key: &str,
    drawn: &Drawn,
) -> Result<(), Failure<AdRefusal>> {
    if ads::count_shown(tx, email_key, drawn.now).await? >= MOST_OPEN {
        return Err(Failure::Refused(AdRefusal::TooMany));
    }
    Ok(())
}

/// Sets when the poster of an ad that is posted or renewed now is told of its end.
pub(super) async fn set_end(tx: &mut Tx, drawn: &mut Drawn, ad: AdId) -> store::sqlx::Result<()> {
    let until = ends_at(drawn.now);
    deadlines::cancel(tx, ad.into(), ending::AD_END).await?;
    let deadline = Deadline {
        id: drawn.seed.id(drawn.now),
        collective: None,
        subject: ad.into(),
        kind: ending::AD_END,
        occurrence: until.to_string(),
        due_at: warned_at(until),
    };
    deadlines::set(tx, &deadline).await
}

/// The organisation acted for shares the need of a request; once it does, nothing. Errors: no right; no such ad;
/// [`AdRefusal::NotARequest`], [`AdRefusal::Over`], [`AdRefusal::OwnAd`], [`AdRefusal::Full`].
pub async fn share_need(ctx: &Context, acting: Acting, number: i64) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Share { acting, number, shares: true, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

/// The organisation acted for shares the need no more; where it doesn't, nothing. Errors: no right; no such ad.
pub async fn leave_need(ctx: &Context, acting: Acting, number: i64) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Share { acting, number, shares: false, drawn: Drawn::of(ctx) }).await
}

struct Share {
    acting: Acting,
    number: i64,
    shares: bool,
    drawn: Drawn,
}

impl Command for Share {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let writer = member(tx, &self.acting, drawn.now).await?;
        let row = locked(tx, self.number).await?;
        if self.shares {
            return need_in(tx, &mut drawn, &row, &writer).await.map(drop);
        }
        let needers = ads::needers(tx, row.id, MOST_NEEDERS).await?;
        let own = |needer: &&ads::AdNeeder| {
            needer.email_key == writer.email_key || needer.organisation == writer.organisation
        };
        for needer in needers.iter().filter(own) {
            leave(tx, &mut drawn, row.id, needer.id, writer.person).await?;
        }
        Ok(())
    }
}

/// Writes that an organisation shares a need no more.
pub(super) async fn leave(
    tx: &mut Tx,
    drawn: &mut Drawn,
    ad: AdId,
    needer: AdNeederId,
    person: Option<domain::ids::PersonId>,
) -> Result<(), Failure<AdRefusal>> {
    if ads::withdraw_needer(tx, needer, drawn.now).await? {
        record(tx, drawn, "ad_need_left", (ad, person), json!({})).await?;
    }
    Ok(())
}

/// Writes inside a transaction that an organisation shares the need of an ad, locked; its id, nothing where it did
/// already. The poster is told. Errors: as [`share_need`].
pub(super) async fn need_in(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    writer: &Writer,
) -> Result<Option<AdNeederId>, Failure<AdRefusal>> {
    row.standing().shareable(drawn.now).map_err(Failure::Refused)?;
    if is_own(row, writer) {
        return Err(Failure::Refused(AdRefusal::OwnAd));
    }
    let needers = ads::needers(tx, row.id, MOST_NEEDERS).await?;
    let same = |needer: &ads::AdNeeder| {
        needer.email_key == writer.email_key
            || needer.organisation.is_some() && needer.organisation == writer.organisation
    };
    if needers.iter().any(same) {
        return Ok(None);
    }
    if row.needers >= MOST_NEEDERS {
        return Err(Failure::Refused(AdRefusal::Full));
    }
    let id = drawn.seed.id(drawn.now);
    if !ads::add_needer(tx, id, row.id, writer, drawn.now).await? {
        return Ok(None);
    }
    let data = json!({ "organisation": writer.organisation_name });
    record(tx, drawn, "ad_need_shared", (row.id, writer.person), data).await?;
    letters::need_shared(tx, drawn, row, writer).await?;
    Ok(Some(id))
}
