//! What the administration of the instance does: reads reports, hides for a reason, hears appeals.

use domain::{
    ads::{AdRefusal, LONGEST_REASON, MOST_NEEDERS, MOST_REPORTS},
    ids::{AdReportId, PersonId},
    text,
};
use serde_json::json;
use store::{
    Command, Tx,
    ads::{self, AdNeeder, AdReport, AdRow},
};

use super::{letters, locked, moderates, reading, record};
use crate::{Acting, Context, Failure, till::Drawn};

/// Rows of each list of the page.
const MOST: i64 = 200;

fn reason(typed: &str) -> Result<String, Failure<AdRefusal>> {
    text::line(typed, LONGEST_REASON).map_err(|rule| Failure::field("reason", rule))
}

/// Tells the administration what is wrong with an ad; anybody who reads it may. Errors: no such ad; field `reason`;
/// [`AdRefusal::Full`] where many wait already.
pub async fn report(
    ctx: &Context,
    person: Option<PersonId>,
    number: i64,
    typed: &str,
) -> Result<(), Failure<AdRefusal>> {
    let reason = reason(typed)?;
    ctx.db.write(Report { person, number, reason, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

struct Report {
    person: Option<PersonId>,
    number: i64,
    reason: String,
    drawn: Drawn,
}

impl Command for Report {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let reader = reading::reader(tx, self.person, drawn.now).await?;
        let row = locked(tx, self.number).await?;
        reading::one(tx, self.number, &reader, drawn.now).await?.ok_or(Failure::NotFound)?;
        let waiting = ads::reports_of(tx, row.id).await?;
        if waiting >= MOST_REPORTS {
            return Err(Failure::Refused(AdRefusal::Full));
        }
        let id: AdReportId = drawn.seed.id(drawn.now);
        ads::insert_report(tx, id, row.id, self.person, &self.reason, drawn.now).await?;
        // One mail for however many reports of an ad that nobody has answered.
        if waiting == 0 {
            letters::to_admins(tx, &mut drawn, &row, "report").await?;
        }
        Ok(record(tx, &mut drawn, "ad_reported", (row.id, self.person), json!({})).await?)
    }
}

/// What waits for the administration.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Reports, by ad.
    pub reports: Vec<AdReport>,
    /// Ads that are hidden, those appealed against first.
    pub hidden: Vec<AdRow>,
    /// Ads whose poster waits for a collective, each with those who share its need.
    pub foundings: Vec<(AdRow, Vec<AdNeeder>)>,
}

/// What waits for the administration. The caller has asked for the permission. Errors: faults.
pub async fn board(tx: &mut Tx) -> store::sqlx::Result<Board> {
    let mut foundings = Vec::new();
    for row in ads::awaiting_collective(tx, MOST).await? {
        let needers = ads::needers(tx, row.id, MOST_NEEDERS).await?;
        foundings.push((row, needers));
    }
    Ok(Board { reports: ads::open_reports(tx, MOST).await?, hidden: ads::hidden(tx, MOST).await?, foundings })
}

/// Hides an ad for a reason, which its poster gets by mail; reports of it are answered by that. Once it is hidden, nothing.
/// Errors: no right; no such ad; field `reason`.
pub async fn hide(ctx: &Context, acting: Acting, number: i64, typed: &str) -> Result<(), Failure<AdRefusal>> {
    let what = What::Hide(reason(typed)?);
    ctx.db.write(Moderate { acting, number, what, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

/// Shows an ad again that was hidden; its poster is told. Once it is shown, nothing. Errors: no right; no such ad.
pub async fn show(ctx: &Context, acting: Acting, number: i64) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Moderate { acting, number, what: What::Show, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

/// Answers the reports of an ad, which stays as it is. Errors: no right; no such ad.
pub async fn answer(ctx: &Context, acting: Acting, number: i64) -> Result<(), Failure<AdRefusal>> {
    ctx.db.write(Moderate { acting, number, what: What::Answer, drawn: Drawn::of(ctx) }).await
}

enum What {
    Hide(String),
    Show,
    Answer,
}

struct Moderate {
    acting: Acting,
    number: i64,
    what: What,
    drawn: Drawn,
}

impl Command for Moderate {
    type Done = ();
    type Error = Failure<AdRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<AdRefusal>> {
        let mut drawn = self.drawn.clone();
        let now = drawn.now;
        let by = moderates(tx, &self.acting, now).await?.person();
        let row = locked(tx, self.number).await?;
        let (kind, data) = match &self.what {
            What::Hide(_) if row.hidden_at.is_some() => return Ok(()),
            What::Hide(reason) => {
                ads::hide(tx, row.id, by, reason, now).await?;
                ads::answer_reports(tx, row.id, by, now).await?;
                letters::moderated(tx, &mut drawn, &row, Some(reason)).await?;
                ("ad_hidden", json!({ "reason": reason }))
            }
            What::Show if row.hidden_at.is_none() => return Ok(()),
            What::Show => {
                ads::show(tx, row.id).await?;
                letters::moderated(tx, &mut drawn, &row, None).await?;
                ("ad_shown", json!({}))
            }
            What::Answer if ads::answer_reports(tx, row.id, by, now).await? == 0 => return Ok(()),
            What::Answer => ("ad_reports_answered", json!({})),
        };
        Ok(record(tx, &mut drawn, kind, (row.id, Some(by)), data).await?)
    }
}
