//! Money that comes in, corrections, and what an organisation paid, got and put.

use app::contributions::{NewContribution, Recorded, record_contribution};
use app::files::{PROOF_TYPES, Upload};
use app::gifts::{GiftWish, Into as GiftInto, MOST_FUNDS, NewFund, NewGift, record_gift};
use app::journal::{NewReversal, reverse_entry};
use axum::Json;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Money;
use domain::actor::{Action, NotAllowed};
use domain::ids::{FeatureId, FileId, GiftFundId, OrganisationId, PostingId};
use domain::input::FieldRule;
use domain::posting::{Nature, Reason};
use domain::tokens::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::views::Leg;
use utoipa::ToSchema;

use super::call::{Asked, At, Body, Call};
use super::parts::{Amount, CurrencyOut, Entered, Listed, Paging, all_of, listed};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// An entry of the journal that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EntryMade {
    #[schema(value_type = Uuid)]
    id: PostingId,
    /// Its number in the book of cash.
    seq: i64,
    /// The entry that reversed it since, where the same request was sent again.
    reversed_by: Option<i64>,
}

impl EntryMade {
    pub(super) const fn of(recorded: Recorded) -> (StatusCode, Json<Self>) {
        let Recorded { posting, seq, reversed_by } = recorded;
        (StatusCode::CREATED, Json(Self { id: posting, seq, reversed_by }))
    }
}

/// Money that came in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReceiptOut {
    #[schema(value_type = Uuid)]
    id: PostingId,
    /// Its number in the book of cash.
    seq: i64,
    /// `contribution` or `gift`.
    kind: String,
    /// The legal nature.
    nature: Option<String>,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    /// The organisation that paid, or the gift fund.
    from: Option<String>,
    /// The bank's reference.
    reference: String,
    /// The file that shows it.
    #[schema(value_type = Option<Uuid>)]
    proof: Option<FileId>,
    /// The number of what undid it.
    reversed_by: Option<i64>,
    amount: Amount,
    /// Of a gift: what whoever gave wishes for, in words; may be empty.
    wish: String,
    /// Of a gift: the feature that they wish for.
    #[schema(value_type = Option<Uuid>)]
    wish_feature: Option<FeatureId>,
}

fn treasurer(desk: &Desk) -> Result<(), ApiError> {
    if desk.may(Action::RecordMoney, None) {
        Ok(())
    } else {
        Err(NotAllowed::Missing(Action::RecordMoney).into())
    }
}

/// `GET /collectives/{collective}/contributions`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<ReceiptOut>, ApiError> {
    let below: i64 = paging.after()?.unwrap_or(i64::MAX);
    let (mut tx, desk) = call.inside(&slug).await?;
    call.acts(&desk, Scope::Money)?;
    treasurer(&desk)?;
    let rows = store::views::receipts(&mut tx, desk.pot.id, below, paging.one_more()?).await?;
    listed(
        rows,
        &paging,
        |row| row.seq.to_string(),
        |row| ReceiptOut {
            id: row.posting,
            seq: row.seq,
            kind: row.kind.as_str().to_owned(),
            nature: row.nature.map(|nature| nature.as_str().to_owned()),
            received_on: row.received_on,
            from: row.from_name,
            reference: row.reference,
            proof: row.proof,
            reversed_by: row.reversed_by,
            amount: row.amount.into(),
            wish: row.wish,
            wish_feature: row.wish_feature,
        },
    )
}

/// A file that shows a payment: PDF, PNG, JPEG or WebP, at most 5 MiB.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofIn {
    /// Its name.
    pub(super) name: String,
    /// Its bytes in Base64.
    #[schema(content_encoding = "base64")]
    pub(super) base64: String,
}

pub(super) fn proof(sent: Option<ProofIn>) -> Result<Option<Upload>, ApiError> {
    let Some(ProofIn { name, base64 }) = sent else { return Ok(None) };
    let bytes = STANDARD.decode(base64).map_err(|_| ApiError::field("proof", FieldRule::FileType))?;
    let upload = Upload::check(&name, bytes, PROOF_TYPES);
    upload.map(Some).map_err(|rule| ApiError::field("proof", rule))
}

/// The legal nature of a member's payment.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PaymentNature {
    /// Cotisation.
    Subscription,
    /// Versement affecté.
    Earmarked,
    /// Apport avec droit de reprise.
    Returnable,
}

/// A payment of a member.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContributionIn {
    /// Who paid.
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    amount: Entered,
    nature: PaymentNature,
    /// The day on which it reached the bank.
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    /// The bank's reference, at most 140 characters; may be empty.
    #[serde(default)]
    reference: String,
    proof: Option<ProofIn>,
}

/// `POST /collectives/{collective}/contributions`
pub(super) async fn record(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<ContributionIn>,
) -> Result<(StatusCode, Json<EntryMade>), ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.pays(&desk, Scope::Money)?;
    let new = NewContribution {
        organisation: new.organisation,
        amount: new.amount.0,
        nature: match new.nature {
            PaymentNature::Subscription => Nature::Subscription,
            PaymentNature::Earmarked => Nature::Earmarked,
            PaymentNature::Returnable => Nature::ReturnableContribution,
        },
        received_on: new.received_on,
        reference: new.reference.trim().to_owned(),
        proof: proof(new.proof)?,
    };
    let recorded = record_contribution(&call.state.context, acting, desk.pot.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(EntryMade::of(recorded))
}

/// Gifts of one nature, earmark and conditions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FundOut {
    #[schema(value_type = Uuid)]
    id: GiftFundId,
    name: String,
    /// `gift`, `patronage` or `subsidy`.
    nature: String,
    /// The only feature that it may reach.
    #[schema(value_type = Option<Uuid>)]
    earmark: Option<FeatureId>,
    /// What the giver asks, in words.
    conditions: String,
}

/// `GET /collectives/{collective}/gift-funds`
pub(super) async fn funds(call: Call, At(slug): At<String>) -> Result<Listed<FundOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    call.acts(&desk, Scope::Money)?;
    treasurer(&desk)?;
    let rows = store::gifts::of_pot(&mut tx, desk.pot.id, MOST_FUNDS).await?;
    let told = rows.into_iter().map(|fund| FundOut {
        id: fund.id,
        name: fund.name,
        nature: fund.nature.as_str().to_owned(),
        earmark: fund.earmark,
        conditions: fund.conditions,
    });
    Ok(all_of(told.collect()))
}

/// The legal nature of a gift.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum GiftNature {
    /// Don.
    Gift,
    /// Mécénat.
    Patronage,
    /// Subvention.
    Subsidy,
}

/// A gift fund to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FundIn {
    name: String,
    nature: GiftNature,
    /// The only feature that it may reach.
    #[schema(value_type = Option<Uuid>)]
    earmark: Option<FeatureId>,
    /// What the giver asks; may be empty.
    #[serde(default)]
    conditions: String,
    /// Who gives; may be empty.
    #[serde(default)]
    giver: String,
    /// Whether the giver's name is public.
    #[serde(default)]
    giver_public: bool,
}

/// A gift: to a fund that is there, or to a new one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftIn {
    /// The fund, if it is there.
    #[schema(value_type = Option<Uuid>)]
    fund: Option<GiftFundId>,
    /// The fund to make otherwise.
    new_fund: Option<FundIn>,
    amount: Entered,
    /// The day on which it reached the bank.
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    /// The bank's reference; may be empty.
    #[serde(default)]
    reference: String,
    proof: Option<ProofIn>,
    /// What whoever gives wishes for, in words, at most 140 characters; may be empty. It binds nobody.
    #[serde(default)]
    wish: String,
    /// The feature that they wish for.
    #[schema(value_type = Option<Uuid>)]
    wish_feature: Option<FeatureId>,
}

/// `POST /collectives/{collective}/gifts`
pub(super) async fn give(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<GiftIn>,
) -> Result<(StatusCode, Json<EntryMade>), ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.pays(&desk, Scope::Money)?;
    let into = match (new.fund, new.new_fund) {
        (Some(fund), None) => GiftInto::Fund(fund),
        (None, Some(fund)) => GiftInto::New(NewFund {
            name: fund.name,
            nature: match fund.nature {
                GiftNature::Gift => Nature::Gift,
                GiftNature::Patronage => Nature::Patronage,
                GiftNature::Subsidy => Nature::Subsidy,
            },
            earmark: fund.earmark,
            conditions: fund.conditions,
            giver: fund.giver,
            giver_public: fund.giver_public,
        }),
        _ => return Err(ApiError::field("fund", FieldRule::Missing)),
    };
    let new = NewGift {
        into,
        amount: new.amount.0,
        received_on: new.received_on,
        reference: new.reference.trim().to_owned(),
        proof: proof(new.proof)?,
        wish: GiftWish { feature: new.wish_feature, words: new.wish },
    };
    let given = record_gift(&call.state.context, acting, desk.pot.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(EntryMade::of(given.recorded))
}

/// Why an entry is reversed.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ReasonIn {
    /// Entered twice.
    EnteredTwice,
    /// The amount was wrong.
    WrongAmount,
    /// Another organisation paid.
    WrongOrganisation,
    /// The date or the legal nature was wrong.
    WrongEntry,
    /// The figures of a distribution were wrong.
    WrongDistribution,
}

/// A reversal: the mirror of an entry, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReversalIn {
    reason: ReasonIn,
    /// More about it, at most 500 characters; never enters the chain.
    #[serde(default)]
    note: String,
}

/// `POST /collectives/{collective}/entries/{seq}/reversal`
pub(super) async fn reverse(
    call: Call,
    At((slug, seq)): At<(String, i64)>,
    Body(new): Body<ReversalIn>,
) -> Result<(StatusCode, Json<EntryMade>), ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let acting = call.pays(&desk, Scope::Money)?;
    let entry = store::views::entry(&mut tx, desk.pot.id, seq).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    let reason = match new.reason {
        ReasonIn::EnteredTwice => Reason::EnteredTwice,
        ReasonIn::WrongAmount => Reason::WrongAmount,
        ReasonIn::WrongOrganisation => Reason::WrongOrganisation,
        ReasonIn::WrongEntry => Reason::WrongEntry,
        ReasonIn::WrongDistribution => Reason::WrongDistribution,
    };
    let new = NewReversal { posting: entry.id, reason, note: new.note.trim().to_owned() };
    let recorded = reverse_entry(&call.state.context, acting, desk.pot.id, new)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(EntryMade::of(recorded))
}

/// A move from or to an account of an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MoveOut {
    /// The number of its entry.
    seq: i64,
    /// What the entry does.
    kind: String,
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// The number of the round.
    round: Option<i64>,
    /// The number of the feature.
    feature: Option<i64>,
    /// Kind of the account that gives.
    from: String,
    /// Kind of the account that gets.
    to: String,
    /// The number of the decision that the entry rests on.
    decision: Option<i64>,
    amount: Amount,
    currency: CurrencyOut,
    /// The column of the statement in which it counts: `paid`, `shared`, `put`, `returned`, `lapsed`, `owed` (of its share,
    /// to be paid back), `due` (to be paid back otherwise), `repaid` or `elsewhere`; none for what only passes by. What is
    /// left of the share is shared − put + returned − lapsed − owed; what is to be paid back, owed + due − repaid.
    column: Option<&'static str>,
    /// How much it counts there: below zero where it undoes. None for what only passes by.
    counts: Option<Amount>,
}

/// `GET /collectives/{collective}/members/{member}/statement`
pub(super) async fn statement(
    call: Call,
    At((slug, member)): At<(String, String)>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<MoveOut>, ApiError> {
    let after: i64 = paging.after()?.unwrap_or(0);
    let (mut tx, desk) = call.desk(&slug).await?;
    if let Some(standing) = &desk.standing {
        app::people::check_member(standing)?;
    }
    let Some(seen) = crate::contributions::statement_seen(&mut tx, &desk, None, &member).await? else {
        let why = if call.token.is_none() { WebError::SignIn } else { WebError::Forbidden };
        return Err(why.into());
    };
    drop(tx);
    // A page ends where an entry does.
    let mut legs = seen.legs;
    legs.retain(|leg| leg.seq > after);
    let limit = paging.one_more()?;
    let currency = desk.currency();
    let mut entries = 0;
    let mut last = after;
    let cut = legs.iter().position(|leg| {
        if leg.seq != last {
            (entries, last) = (entries + 1, leg.seq);
        }
        entries >= limit
    });
    if let Some(cut) = cut {
        legs.truncate(cut);
    }
    let next = cut.and(legs.last()).map(|leg| leg.seq.to_string());
    let me = seen.member.id;
    let told = legs.into_iter().map(|leg: Leg| {
        let (column, counts) = crate::contributions::counted(&leg, me).unzip();
        MoveOut {
            column,
            counts: counts.map(|minor| Money::new(minor).into()),
            seq: leg.seq,
            kind: leg.kind.as_str().to_owned(),
            on: leg.effective_on,
            round: leg.round,
            feature: leg.feature,
            from: leg.from_kind.as_str().to_owned(),
            to: leg.to_kind.as_str().to_owned(),
            decision: leg.decision,
            amount: leg.amount.into(),
            currency: currency.into(),
        }
    });
    Ok(super::parts::page_of(told.collect(), next))
}
