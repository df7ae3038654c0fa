//! Rounds: opened, read, shared out.

use std::collections::BTreeMap;

use app::distributions::{Asked as AskedFor, Confirmed, Preview, confirm_distribution, preview_distribution};
use app::rounds::open_round;
use app::rounds::page::{my_share, page};
use axum::Json;
use axum::http::StatusCode;
use domain::Money;
use domain::ids::{FeatureId, OrganisationId, RoundId};
use domain::input::FieldRule;
use domain::promises::PromiseRule;
use domain::rounds::RoundPlan;
use domain::shares::{GiftSharing, Period, ShareRule, Sharing};
use domain::tokens::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::rounds::Round;
use utoipa::ToSchema;
use uuid::Uuid;

use super::call::{Asked, At, Body, Call};
use super::contributions::EntryMade;
use super::features::FeatureCard;
use super::parts::{Amount, CurrencyOut, Entered, Listed, Paging, all_of, listed};
use super::problem::ApiError;
use crate::error::WebError;
use crate::place::Desk;

/// How the money of the pools becomes shares.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SharingKind {
    /// The same for each member.
    Equal,
    /// In proportion to what each paid in from `from` to `to`.
    Paid,
    /// The part `equal_basis_points` equally, the rest in proportion to payments.
    Mixed,
    /// Amounts given one by one.
    Manual,
}

/// How gifts without earmark become shares.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum GiftsKind {
    /// The same for each member.
    #[default]
    Equal,
    /// By the rule for the pools.
    ByRule,
    /// By the same rule, with what those who gave wish for shown to members.
    Wished,
    /// Not shared out: a decision of the collective puts them on features.
    Decided,
}

impl From<GiftSharing> for GiftsKind {
    fn from(gifts: GiftSharing) -> Self {
        match gifts {
            GiftSharing::Equal => Self::Equal,
            GiftSharing::ByRule => Self::ByRule,
            GiftSharing::Wished => Self::Wished,
            GiftSharing::Decided => Self::Decided,
        }
    }
}

impl From<GiftsKind> for GiftSharing {
    fn from(kind: GiftsKind) -> Self {
        match kind {
            GiftsKind::Equal => Self::Equal,
            GiftsKind::ByRule => Self::ByRule,
            GiftsKind::Wished => Self::Wished,
            GiftsKind::Decided => Self::Decided,
        }
    }
}

/// The rule by which a round makes shares.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SharingRule {
    kind: SharingKind,
    /// For `mixed`: the part shared equally, in basis points (5000 is half).
    #[schema(minimum = 0, maximum = 10000)]
    equal_basis_points: Option<u32>,
    /// For `paid` and `mixed`: the first day of the payments that count.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// For `paid` and `mixed`: the last day of the payments that count.
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// How gifts become shares.
    #[serde(default)]
    gifts: GiftsKind,
}

impl From<ShareRule> for SharingRule {
    fn from(rule: ShareRule) -> Self {
        let period = rule.period();
        let (kind, equal_basis_points) = match rule.sharing {
            Sharing::Equal => (SharingKind::Equal, None),
            Sharing::Paid(_) => (SharingKind::Paid, None),
            Sharing::Mixed { equal, .. } => (SharingKind::Mixed, Some(equal)),
            Sharing::Manual => (SharingKind::Manual, None),
        };
        Self {
            kind,
            equal_basis_points,
            from: period.map(|period| period.from),
            to: period.map(|period| period.to),
            gifts: rule.gifts.into(),
        }
    }
}

impl SharingRule {
    fn read(self) -> Result<ShareRule, ApiError> {
        let missing = |field: &str| ApiError::field(&format!("rule.{field}"), FieldRule::Missing);
        let period = || -> Result<Period, ApiError> {
            Ok(Period {
                from: self.from.ok_or_else(|| missing("from"))?,
                to: self.to.ok_or_else(|| missing("to"))?,
            })
        };
        let sharing = match self.kind {
            SharingKind::Equal => Sharing::Equal,
            SharingKind::Paid => Sharing::Paid(period()?),
            SharingKind::Mixed => Sharing::Mixed {
                equal: self.equal_basis_points.ok_or_else(|| missing("equal_basis_points"))?,
                period: period()?,
            },
            SharingKind::Manual => Sharing::Manual,
        };
        Ok(ShareRule { sharing, gifts: self.gifts.into() })
    }
}

/// A dated period of distribution, allocation and closing.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RoundOut {
    #[schema(value_type = Uuid)]
    id: RoundId,
    /// Its number in the pot.
    number: i64,
    name: String,
    #[schema(value_type = String, format = Date)]
    opens_on: Date,
    /// The last day, included.
    #[schema(value_type = String, format = Date)]
    closes_on: Date,
    /// `open`, `closing` or `closed`.
    state: String,
    rule: SharingRule,
    /// The most that one organisation puts on one feature.
    cap: Option<Amount>,
    /// Whether shares that nobody used return to the pot at its close.
    lapse: bool,
}

impl From<Round> for RoundOut {
    fn from(round: Round) -> Self {
        Self {
            id: round.id,
            number: round.number,
            name: round.name,
            opens_on: round.opens_on,
            closes_on: round.closes_on,
            state: round.state.as_str().to_owned(),
            rule: round.share_rule.into(),
            cap: round.cap.map(Amount),
            lapse: round.lapse,
        }
    }
}

/// `GET /collectives/{collective}/rounds`
pub(super) async fn list(
    call: Call,
    At(slug): At<String>,
    Asked(paging): Asked<Paging>,
) -> Result<Listed<RoundOut>, ApiError> {
    let below: i64 = paging.after()?.unwrap_or(i64::MAX);
    let (mut tx, desk) = call.desk(&slug).await?;
    let rows = store::rounds::list(&mut tx, desk.pot.id, below, paging.one_more()?).await?;
    listed(rows, &paging, |round| round.number.to_string(), RoundOut::from)
}

/// The round of a number.
pub(super) async fn find(call: &Call, slug: &str, number: i64) -> Result<(Desk, Round), ApiError> {
    let (mut tx, desk) = call.desk(slug).await?;
    let round = store::rounds::by_number(&mut tx, desk.pot.id, number).await?;
    Ok((desk, round.ok_or(WebError::NotFound)?))
}

/// `GET /collectives/{collective}/rounds/{number}`
pub(super) async fn show(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<RoundOut>, ApiError> {
    let (_, round) = find(&call, &slug, number).await?;
    Ok(Json(round.into()))
}

/// `GET /collectives/{collective}/rounds/{number}/features`
pub(super) async fn features(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Listed<FeatureCard>, ApiError> {
    let (mut tx, desk) = call.desk(&slug).await?;
    let found = page(&mut tx, desk.pot.id, number, desk.place.today, &desk.sight.past)
        .await?
        .ok_or(WebError::NotFound)?;
    Ok(all_of(found.features.into_iter().map(FeatureCard::from).collect()))
}

/// The share of the token's organisation in a round.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShareOut {
    currency: CurrencyOut,
    /// What is left to put on features, of all sources.
    left: Amount,
    /// What it paid in and was not shared out yet.
    waiting: Amount,
    /// What it got in this round and why; none before the distribution.
    got: Option<GotOut>,
    /// What it has on features.
    on: Vec<OnOut>,
}

/// The parts of a share.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GotOut {
    equal: Amount,
    paid: Amount,
    manual: Amount,
    gift: Amount,
}

/// What an organisation has on a feature.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OnOut {
    feature: Uuid,
    amount: Amount,
}

impl OnOut {
    pub(super) const fn of(feature: FeatureId, amount: Money) -> Self {
        Self { feature: feature.0, amount: Amount(amount) }
    }
}

/// `GET /collectives/{collective}/rounds/{number}/share`
pub(super) async fn share(
    call: Call,
    At((slug, number)): At<(String, i64)>,
) -> Result<Json<ShareOut>, ApiError> {
    let (mut tx, desk) = call.inside(&slug).await?;
    let organisation = desk.acting_for.ok_or(WebError::Forbidden)?;
    let found = page(&mut tx, desk.pot.id, number, desk.place.today, &desk.sight.past)
        .await?
        .ok_or(WebError::NotFound)?;
    let share =
        my_share(&mut tx, (desk.pot.id, desk.pot.fund_mode), Some(found.round.id), organisation).await?;
    let holdings = &share.holdings;
    Ok(Json(ShareOut {
        currency: desk.currency().into(),
        left: holdings.left().into(),
        waiting: holdings.pool.into(),
        got: share.got.map(|got| GotOut {
            equal: got.equal_part.into(),
            paid: got.paid_part.into(),
            manual: got.manual_part.into(),
            gift: got.gift_part.into(),
        }),
        on: holdings.on.keys().map(|feature| OnOut::of(*feature, holdings.on(*feature))).collect(),
    }))
}

/// A round to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RoundIn {
    /// At most 80 characters.
    name: String,
    #[schema(value_type = String, format = Date)]
    opens_on: Date,
    /// The last day, included.
    #[schema(value_type = String, format = Date)]
    closes_on: Date,
    rule: SharingRule,
    /// The most that one organisation puts on one feature.
    cap: Option<Entered>,
    /// Whether shares that nobody used return to the pot at its close.
    #[serde(default)]
    lapse: bool,
    /// In a pot that isn't paid in advance: whether promises become shares for all, rather than as each put in.
    #[serde(default)]
    promises_shared: bool,
}

/// A round that was opened.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RoundMade {
    #[schema(value_type = Uuid)]
    id: RoundId,
    number: i64,
}

/// `POST /collectives/{collective}/rounds`
pub(super) async fn open(
    call: Call,
    At(slug): At<String>,
    Body(new): Body<RoundIn>,
) -> Result<(StatusCode, Json<RoundMade>), ApiError> {
    let (_, desk) = call.desk(&slug).await?;
    let acting = call.acts(&desk, Scope::Rounds)?;
    let plan = RoundPlan {
        name: new.name,
        opens_on: new.opens_on,
        closes_on: new.closes_on,
        rule: new.rule.read()?,
        cap: new.cap.map(|cap| cap.0),
        lapse: new.lapse,
        promises: if new.promises_shared { PromiseRule::Shared } else { PromiseRule::AsPutIn },
    };
    let made = open_round(&call.state.context, acting, desk.pot.id, plan)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok((StatusCode::CREATED, Json(RoundMade { id: made.round, number: made.number })))
}

/// What is to be shared out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DistributionIn {
    /// How much leaves the pools; none: everything that is there.
    amount: Option<Entered>,
    /// Amounts by hand, where the round's rule says so.
    #[serde(default)]
    manual: Vec<ManualIn>,
    /// The digest of the preview that is confirmed; not for a preview.
    digest: Option<String>,
}

/// An amount by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ManualIn {
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    amount: Entered,
}

impl DistributionIn {
    fn asked(&self) -> Result<AskedFor, ApiError> {
        let mut manual: BTreeMap<OrganisationId, Money> = BTreeMap::new();
        for (at, line) in self.manual.iter().enumerate() {
            if manual.insert(line.organisation, line.amount.0).is_some() {
                return Err(ApiError::field(&format!("manual.{at}.organisation"), FieldRule::Taken));
            }
        }
        Ok(AskedFor { amount: self.amount.map(|amount| amount.0), manual })
    }
}

/// A distribution as it would be posted now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DistributionOut {
    currency: CurrencyOut,
    /// What leaves the pools, the reserve's part included.
    from_pools: Amount,
    /// Of that, what goes to the reserve.
    reserve: Amount,
    /// What leaves the gift funds.
    from_gifts: Amount,
    shares: Vec<ExplainedOut>,
    /// The digest to confirm with.
    digest: String,
}

/// What one organisation gets, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExplainedOut {
    #[schema(value_type = Uuid)]
    organisation: OrganisationId,
    total: Amount,
    equal: Amount,
    paid: Amount,
    manual: Amount,
    gift: Amount,
}

fn told(desk: &Desk, preview: &Preview) -> DistributionOut {
    let plan = &preview.plan;
    DistributionOut {
        currency: desk.currency().into(),
        from_pools: plan.from_pools.into(),
        reserve: plan.reserve.into(),
        from_gifts: plan.from_gifts.into(),
        shares: plan
            .shares
            .iter()
            .map(|share| ExplainedOut {
                organisation: share.organisation,
                total: share.total().into(),
                equal: share.equal.into(),
                paid: share.paid.into(),
                manual: share.manual.into(),
                gift: share.gift.into(),
            })
            .collect(),
        digest: preview.digest(),
    }
}

/// `POST /collectives/{collective}/rounds/{number}/distribution/preview`
pub(super) async fn preview(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<DistributionIn>,
) -> Result<Json<DistributionOut>, ApiError> {
    let (desk, round) = find(&call, &slug, number).await?;
    let acting = call.acts(&desk, Scope::Money)?;
    let asked = new.asked()?;
    let preview = preview_distribution(&call.state.context, &acting, round.id, &asked)
        .await
        .map_err(|failure| ApiError::of(failure, desk.currency()))?;
    Ok(Json(told(&desk, &preview)))
}

/// `POST /collectives/{collective}/rounds/{number}/distribution`
pub(super) async fn distribute(
    call: Call,
    At((slug, number)): At<(String, i64)>,
    Body(new): Body<DistributionIn>,
) -> Result<(StatusCode, Json<EntryMade>), ApiError> {
    let (desk, round) = find(&call, &slug, number).await?;
    let acting = call.pays(&desk, Scope::Money)?;
    let digest = new.digest.clone().ok_or_else(|| ApiError::field("digest", FieldRule::Missing))?;
    let confirmed = confirm_distribution(&call.state.context, acting, round.id, new.asked()?, &digest).await;
    match confirmed.map_err(|failure| ApiError::of(failure, desk.currency()))? {
        Confirmed::Posted(recorded) => Ok(EntryMade::of(recorded)),
        Confirmed::Changed(preview) => {
            let now = serde_json::to_value(told(&desk, &preview)).map_err(WebError::internal)?;
            Err(ApiError::stale_with("preview", now))
        }
    }
}
