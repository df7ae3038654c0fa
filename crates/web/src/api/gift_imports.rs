//! The table by which many gifts are recorded.

use app::gift_imports::{Effect, import as record, preview};
use app::gifts::{Into, NewFund};
use app::imports::text_of;
use axum::Json;
use domain::ids::GiftFundId;
use domain::input::FieldRule;
use domain::posting::Nature;
use domain::tokens::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::call::{At, Body, Call};
use super::parts::{Amount, digest_of};
use super::problem::ApiError;

/// A table of gifts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftTableIn {
    /// The table as text: a first line with `date`, `amount`, `reference` and, as you like, `status` and `wish` (at most 140
    /// characters); commas, semicolons or tabs between. Each line is known by its reference: sent twice, it is recorded once.
    table: String,
    /// The fund that gets them, if it is there.
    #[schema(value_type = Option<Uuid>)]
    fund: Option<GiftFundId>,
    /// The name of a new fund, where none is there yet.
    name: Option<String>,
    /// The digest of the preview: without it nothing is written and the answer is a preview.
    digest: Option<String>,
}

impl GiftTableIn {
    fn destination(&self) -> Result<Into, ApiError> {
        match (self.fund, &self.name) {
            (Some(fund), None) => Ok(Into::Fund(fund)),
            (None, Some(name)) => Ok(Into::New(NewFund {
                name: name.clone(),
                nature: Nature::Gift,
                earmark: None,
                conditions: String::new(),
                giver: String::new(),
                giver_public: false,
            })),
            (None, None) => Err(ApiError::field("fund", FieldRule::Missing)),
            (Some(_), Some(_)) => Err(ApiError::field("fund", FieldRule::NotAChoice)),
        }
    }
}

/// What an import of gifts records, or recorded.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GiftsImported {
    /// Whether it was written.
    written: bool,
    /// The digest to confirm with; none once it was written.
    digest: Option<String>,
    /// What it records in all.
    sum: Amount,
    lines: Vec<GiftLine>,
}

/// A line of a table of gifts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GiftLine {
    /// Its number in the table, from 1.
    line: u64,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    amount: Amount,
    reference: String,
    /// `records`, `known` or `not-paid`.
    #[schema(value_type = String)]
    effect: &'static str,
    /// The entry that has it already.
    seq: Option<i64>,
}

/// `POST /collectives/{collective}/gifts/imports`
pub(super) async fn import(
    call: Call,
    At(slug): At<String>,
    Body(asked): Body<GiftTableIn>,
) -> Result<Json<GiftsImported>, ApiError> {
    let (tx, desk) = call.desk(&slug).await?;
    drop(tx);
    let acting = call.acts(&desk, Scope::Money)?;
    let into = asked.destination()?;
    let (context, pot) = (&call.state.context, desk.pot.id);
    let told = |failure| ApiError::of(failure, desk.currency());
    let table = text_of(asked.table.as_bytes()).map_err(|refusal| told(app::Failure::Refused(refusal)))?;
    let seen = preview(context, &acting, pot, table.as_bytes()).await.map_err(told)?;
    let digest = asked.digest.map(|text| digest_of(&text)).transpose()?;
    if let Some(digest) = digest {
        record(context, acting, pot, (into, table.as_bytes()), digest).await.map_err(told)?;
    }
    let lines = seen.lines.into_iter().map(|line| GiftLine {
        line: line.line,
        received_on: line.received_on,
        amount: line.amount.into(),
        reference: line.reference,
        effect: line.effect.as_str(),
        seq: match line.effect {
            Effect::Known(seq) => Some(seq),
            Effect::Records | Effect::DidNotCome => None,
        },
    });
    Ok(Json(GiftsImported {
        written: digest.is_some(),
        digest: digest.is_none().then(|| hex::encode(seen.digest)),
        sum: seen.sum.into(),
        lines: lines.collect(),
    }))
}
