//! The eligibility grid of a software: what members found, what a steward settled, the decision to fund all the same, and
//! whether money may go there.

use domain::{
    actor::Action,
    eligibility::{
        Assessment, Criterion, EligibilityRefusal, Found, Gate, Standing, Statement, Verdict, by_licence,
        standing_of,
    },
    features::{FeatureRefusal, Track},
    ids::{CollectiveId, DecisionId, SoftwareId},
    input::FieldRule,
    licences::Licence,
    rules::Rules,
    text,
};
use serde_json::json;
use store::{
    Command, Tx, collectives,
    eligibility::{self, AssessmentRow, Looked, NewAssessment, WaiverRow},
};

use crate::{
    Acting, Context, Failure,
    invoices::At,
    people::Hall,
    second_word,
    till::{Drawn, Story},
};

/// Most findings of one software that are read, the newest.
const MOST: i64 = 2_000;
/// Longest reason, in characters.
const LONGEST_REASON: usize = 1_000;
/// The key of the criterion of which the licence itself tells.
const BY_LICENCE: &str = "free_licence";

/// A criterion with all that was found of it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub criterion: Criterion,
    /// What holds.
    pub standing: Standing,
    /// What the licence says by itself, if it does of this one.
    pub by_licence: Option<Verdict>,
    /// What people found, oldest first.
    pub found: Vec<AssessmentRow>,
}

/// A software before the grid of its collective.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Which.
    pub software: Looked,
    /// What its licence says.
    pub licence: Licence,
    /// Each criterion of the rules.
    pub lines: Vec<Line>,
    /// What follows.
    pub gate: Gate,
    /// The decision to fund all the same, if one stands.
    pub waiver: Option<WaiverRow>,
}

impl Sheet {
    /// The criteria of these keys.
    pub fn criteria<'s>(&'s self, keys: &'s [String]) -> impl Iterator<Item = &'s Criterion> {
        self.lines.iter().map(|line| &line.criterion).filter(|one| keys.contains(&one.key))
    }
}

fn statement(row: &AssessmentRow) -> Statement {
    let found = if row.settles { Found::Settled(row.reviewer) } else { Found::By(row.reviewer) };
    Statement { found, verdict: row.verdict }
}

/// How a software stands before a grid, for a feature of a track or by itself. Errors: faults.
pub async fn sheet(
    tx: &mut Tx,
    rules: &Rules,
    software: Looked,
    track: Option<Track>,
) -> store::sqlx::Result<Sheet> {
    let rows = eligibility::of_software(tx, software.id, MOST).await?;
    let waiver = eligibility::waiver(tx, software.id).await?;
    let licence = Licence::read(&software.licence);
    let mut lines = Vec::with_capacity(rules.grid.0.len());
    let mut statements = Vec::with_capacity(rules.grid.0.len());
    for criterion in &rules.grid.0 {
        let found: Vec<AssessmentRow> =
            rows.iter().filter(|row| row.criterion == criterion.key).cloned().collect();
        let by_licence = by_licence(&licence).filter(|_| criterion.key == BY_LICENCE);
        let own = by_licence.map(|verdict| Statement { found: Found::ByLicence, verdict });
        let all: Vec<Statement> = own.into_iter().chain(found.iter().map(statement)).collect();
        lines.push(Line { criterion: criterion.clone(), standing: standing_of(&all), by_licence, found });
        statements.push((criterion.key.as_str(), all));
    }
    let told: Vec<_> = statements.iter().map(|(key, all)| (*key, all.as_slice())).collect();
    let gate = Gate::of(&rules.grid, track, &told);
    Ok(Sheet { software, licence, lines, gate, waiver })
}

/// Whether a feature for this software may be opened for money on a track. Errors: [`FeatureRefusal::Software`].
pub(crate) async fn judge(
    tx: &mut Tx,
    rules: &Rules,
    software: Option<SoftwareId>,
    track: Track,
) -> Result<(), Failure<FeatureRefusal>> {
    let Some(software) = software else { return Ok(()) };
    let Some(looked) = eligibility::get(tx, software).await? else { return Ok(()) };
    let sheet = sheet(tx, rules, looked, Some(track)).await?;
    let open = sheet.gate.open(sheet.waiver.is_some());
    open.map_err(|why| Failure::Refused(FeatureRefusal::Software(why)))
}

/// Writes what somebody found of a criterion. Asks for a mandate of the organisation acted for. The same finding again writes
/// nothing. Errors: [`Failure::NotAllowed`], [`Failure::NotFound`]; [`Failure::Invalid`] on `criterion`, `evidence`.
pub async fn assess(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    slug: &str,
    new: Assessment,
) -> Result<(), Failure<EligibilityRefusal>> {
    write(ctx, acting, collective, slug, What::Assess(new)).await
}

/// A steward settles what reviewers found differently. Errors: as [`assess`]; [`EligibilityRefusal::NothingToSettle`].
pub async fn settle(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    slug: &str,
    new: Assessment,
) -> Result<(), Failure<EligibilityRefusal>> {
    write(ctx, acting, collective, slug, What::Settle(new)).await
}

/// A steward names the decision by which features of a software are funded although an essential criterion isn't met, with
/// the reason. Errors: as [`assess`], on `decision`, `reason`; [`EligibilityRefusal::NothingToWaive`],
/// [`EligibilityRefusal::ByOnePerson`].
pub async fn waive(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    slug: &str,
    decision: DecisionId,
    reason: &str,
) -> Result<(), Failure<EligibilityRefusal>> {
    let reason = text::line(reason, LONGEST_REASON).map_err(|rule| Failure::field("reason", rule))?;
    write(ctx, acting, collective, slug, What::Waive { decision, reason }).await
}

/// A steward takes that decision back. Where none stands, nothing. Errors: as [`assess`].
pub async fn end_waiver(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    slug: &str,
) -> Result<(), Failure<EligibilityRefusal>> {
    write(ctx, acting, collective, slug, What::EndWaiver).await
}

async fn write(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    slug: &str,
    what: What,
) -> Result<(), Failure<EligibilityRefusal>> {
    let (slug, drawn) = (slug.to_owned(), Drawn::of(ctx));
    ctx.db.write(Write { acting, collective, slug, what, drawn }).await
}

enum What {
    Assess(Assessment),
    Settle(Assessment),
    Waive { decision: DecisionId, reason: String },
    EndWaiver,
}

struct Write {
    acting: Acting,
    collective: CollectiveId,
    slug: String,
    what: What,
    drawn: Drawn,
}

impl Command for Write {
    type Done = ();
    type Error = Failure<EligibilityRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<EligibilityRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let action = match self.what {
            What::Assess(_) => Action::AssessSoftware,
            What::Settle(_) | What::Waive { .. } | What::EndWaiver => Action::SettleAssessment,
        };
        let permit = hall.permit(action, self.acting.organisation)?;
        let software =
            eligibility::by_slug(tx, self.collective, &self.slug).await?.ok_or(Failure::NotFound)?;
        let (_, rules) = collectives::rules(tx, self.collective).await?;
        let sheet = sheet(tx, &rules, software, None).await?;
        let (kind, mut data) = match &self.what {
            What::Assess(new) | What::Settle(new) => {
                let new = new.clone().cleaned(&rules.grid).map_err(Failure::Invalid)?;
                let settles = matches!(self.what, What::Settle(_));
                if !may_write(&sheet, &new, settles, &hall)? {
                    return Ok(());
                }
                let row = NewAssessment {
                    id: hall.id(),
                    software: sheet.software.id,
                    criterion: new.criterion.clone(),
                    verdict: new.verdict,
                    evidence: new.evidence,
                    reviewer: hall.person(),
                    organisation: permit.organisation(),
                    settles,
                    created_at: self.drawn.now,
                };
                eligibility::insert(tx, &row).await?;
                let kind = if settles { "assessment_settled" } else { "software_assessed" };
                (kind, json!({ "criterion": new.criterion, "verdict": new.verdict.as_str() }))
            }
            What::Waive { decision, reason } => {
                let number = self.named(tx, &sheet, &hall, *decision).await?;
                let (id, by) = (hall.id(), (hall.person(), self.drawn.now));
                eligibility::waive(tx, id, sheet.software.id, *decision, reason, by).await?;
                ("software_waived", json!({ "decision": number }))
            }
            What::EndWaiver => {
                let by = (hall.person(), self.drawn.now);
                if !eligibility::end_waiver(tx, sheet.software.id, by).await? {
                    return Ok(());
                }
                ("software_waiver_ended", json!({}))
            }
        };
        data["software"] = json!(sheet.software.name);
        data["slug"] = json!(sheet.software.slug);
        let story = Story::new(kind, ("software", sheet.software.id.into()), data);
        Ok(hall.record(tx, Story { organisation: permit.organisation(), ..story }).await?)
    }
}

/// Whether a finding is written: the same as the last one of that person isn't.
fn may_write(
    sheet: &Sheet,
    new: &Assessment,
    settles: bool,
    hall: &Hall,
) -> Result<bool, Failure<EligibilityRefusal>> {
    let Some(line) = sheet.lines.iter().find(|line| line.criterion.key == new.criterion) else {
        return Err(Failure::field("criterion", FieldRule::NotAChoice));
    };
    if settles {
        return match line.standing {
            Standing::Contested(_) => Ok(true),
            Standing::Open | Standing::Holds(_) => Err(Failure::Refused(EligibilityRefusal::NothingToSettle)),
        };
    }
    // After a settlement, saying the same again is a new word.
    let last =
        line.found.iter().rev().take_while(|row| !row.settles).find(|row| row.reviewer == hall.person());
    Ok(last.is_none_or(|row| row.verdict != new.verdict || row.evidence != new.evidence))
}

impl Write {
    /// The number of the decision named: of this collective, about no departure, and more than the word of who names it.
    async fn named(
        &self,
        tx: &mut Tx,
        sheet: &Sheet,
        hall: &Hall,
        decision: DecisionId,
    ) -> Result<i64, Failure<EligibilityRefusal>> {
        if sheet.gate.warned.is_empty() {
            return Err(Failure::Refused(EligibilityRefusal::NothingToWaive));
        }
        let found = store::decisions::get(tx, self.collective, decision).await?;
        let found = found.filter(|decision| decision.departs.is_none());
        let row = found.ok_or_else(|| Failure::field("decision", FieldRule::Unknown))?;
        let at = At::new(&hall.collective, self.drawn.now);
        if second_word::word_counts(tx, &at, hall.person(), &row).await? {
            Ok(row.number)
        } else {
            Err(Failure::Refused(EligibilityRefusal::ByOnePerson))
        }
    }
}
