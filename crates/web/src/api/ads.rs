//! Classified ads of the instance.

use app::ads::{
    By, Fitting, Reader, contact as answer, edit as change, fitting, leave_need, list as listed_ads, one,
    post as post_ad, reader, renew as show_longer, report as tell, search_words, share_need,
    withdraw as take_back,
};
use axum::Json;
use axum::http::StatusCode;
use domain::ads::matching::Reason;
use domain::ads::{AdText, Seen, Side, Unit, Work};
use domain::input::FieldRule;
use domain::tokens::Scope;
use domain::{Currency, Money};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Tx;
use store::ads::{AdRow, Filter};
use utoipa::ToSchema;

use super::call::{Asked, At, Body, Call};
use super::parts::{Amount, Entered, Listed, Paging, page_of};
use super::problem::ApiError;
use crate::error::WebError;

/// A classified ad in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AdCard {
    /// Its number on the instance.
    number: i64,
    /// `request` or `offer`.
    side: String,
    title: String,
    /// The organisation, or whoever posts it.
    organisation_name: String,
    /// Kinds of work: `development`, `training`, `migration`, `documentation`, `translation`, `design`, `hosting`,
    /// `support`, `other`.
    works: Vec<String>,
    software: Vec<String>,
    skills: Vec<String>,
    region: String,
    remote: bool,
    /// The least budget or rate.
    least: Option<Amount>,
    most: Option<Amount>,
    /// ISO 4217 code of the amounts.
    currency: String,
    /// What the amounts are for: `whole`, `day` or `hour`.
    unit: String,
    #[schema(value_type = Option<String>, format = Date)]
    deadline_on: Option<Date>,
    /// `public` or `members`.
    seen: String,
    /// How many others share the need.
    needers: i64,
    /// Whether it is an example.
    example: bool,
    /// From 1, one more each time that it is changed.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Until when it is shown.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<&AdRow> for AdCard {
    fn from(row: &AdRow) -> Self {
        let text = row.text();
        Self {
            number: row.number,
            side: row.side.as_str().to_owned(),
            title: text.title,
            organisation_name: row.organisation_name.clone(),
            works: text.works.iter().map(|work| work.as_str().to_owned()).collect(),
            software: text.software,
            skills: text.skills,
            region: text.region,
            remote: text.remote,
            least: text.least.map(Amount::from),
            most: text.most.map(Amount::from),
            currency: row.currency.clone(),
            unit: text.unit.as_str().to_owned(),
            deadline_on: text.deadline_on,
            seen: text.seen.as_str().to_owned(),
            needers: row.needers,
            example: row.example,
            version: row.version,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

/// An ad of the other side that fits.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FittingOut {
    number: i64,
    title: String,
    organisation_name: String,
    /// What both have in common: names of software and skills, kinds of work, a region, `remote`.
    reasons: Vec<String>,
}

impl From<Fitting> for FittingOut {
    fn from(fits: Fitting) -> Self {
        let word = |reason: &Reason| match reason {
            Reason::Software(name) | Reason::Skill(name) | Reason::Region(name) => name.clone(),
            Reason::Work(work) => work.as_str().to_owned(),
            Reason::Remote => "remote".to_owned(),
        };
        Self {
            number: fits.number,
            title: fits.title,
            organisation_name: fits.organisation,
            reasons: fits.reasons.iter().map(word).collect(),
        }
    }
}

/// A classified ad. No address is told: answer by `answer_ad`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AdOut {
    /// Its number on the instance.
    number: i64,
    /// `request` or `offer`.
    side: String,
    title: String,
    /// The organisation, or whoever posts it.
    organisation_name: String,
    /// Kinds of work: `development`, `training`, `migration`, `documentation`, `translation`, `design`, `hosting`,
    /// `support`, `other`.
    works: Vec<String>,
    software: Vec<String>,
    skills: Vec<String>,
    region: String,
    remote: bool,
    /// The least budget or rate.
    least: Option<Amount>,
    most: Option<Amount>,
    /// ISO 4217 code of the amounts.
    currency: String,
    /// What the amounts are for: `whole`, `day` or `hour`.
    unit: String,
    #[schema(value_type = Option<String>, format = Date)]
    deadline_on: Option<Date>,
    /// `public` or `members`.
    seen: String,
    /// How many others share the need.
    needers: i64,
    /// Whether it is an example.
    example: bool,
    /// From 1, one more each time that it is changed.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Until when it is shown.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// Markdown.
    body: String,
    licence: String,
    availability: String,
    /// Markdown.
    references: String,
    /// The organisations that share the need, the first first.
    needer_names: Vec<String>,
    /// The ads of the other side that fit, the best first.
    fitting: Vec<FittingOut>,
}

/// Who reads: everybody, or the person of a token for its organisation.
async fn read_by(call: &Call, tx: &mut Tx) -> Result<Reader, ApiError> {
    let Some(token) = &call.token else { return Ok(Reader::default()) };
    if token.limits().needs(Scope::Read).is_err() {
        return Ok(Reader::default());
    }
    let mut read = reader(tx, Some(token.person), call.state.context.now()).await?;
    read.organisations.retain(|organisation| *organisation == token.organisation);
    Ok(Reader { admin: false, person: None, ..read })
}

/// Which ads.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Find {
    #[serde(default)]
    side: String,
    #[serde(default)]
    work: String,
    #[serde(default)]
    software: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    remote: Option<bool>,
    #[serde(default)]
    collective: String,
    #[serde(default)]
    q: String,
}

/// One of a list of names, if one is named.
fn named<T>(field: &str, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ApiError> {
    match name {
        "" => Ok(None),
        name => parse(name).map(Some).ok_or_else(|| ApiError::field(field, FieldRule::NotAChoice)),
    }
}

/// `GET /ads`
pub(super) async fn list(
    call: Call,
    Asked(paging): Asked<Paging>,
    Asked(find): Asked<Find>,
) -> Result<Listed<AdCard>, ApiError> {
    let before: Option<i64> = paging.after()?;
    let page = usize::from(paging.limit()?);
    let (side, work) = (named("side", &find.side, Side::parse)?, named("work", &find.work, Work::parse)?);
    let mut tx = call.state.context.db.read().await?;
    let members = read_by(&call, &mut tx).await?.is_member();
    let collective = match find.collective.as_str() {
        "" => None,
        slug => {
            let found = store::collectives::by_slug(&mut tx, slug).await?;
            Some(found.ok_or_else(|| ApiError::field("collective", FieldRule::Unknown))?.id)
        }
    };
    let short = |text: &str| text.trim().chars().take(100).collect::<String>();
    let filter = Filter {
        side,
        work,
        software: short(&find.software),
        region: short(&find.region),
        remote: find.remote.unwrap_or(false),
        collective,
        words: search_words(&find.q),
        members,
    };
    let found = listed_ads(&mut tx, &filter, call.state.context.now(), before, page).await?;
    Ok(page_of(found.ads.iter().map(AdCard::from).collect(), found.next.map(|number| number.to_string())))
}

/// `GET /ads/{number}`
pub(super) async fn show(call: Call, At(number): At<i64>) -> Result<Json<AdOut>, ApiError> {
    let now = call.state.context.now();
    let mut tx = call.state.context.db.read().await?;
    let read = read_by(&call, &mut tx).await?;
    let shown = one(&mut tx, number, &read, now).await?.ok_or(WebError::NotFound)?;
    let fits = fitting(&mut tx, &shown.row, read.is_member(), now).await?;
    let (text, card) = (shown.row.text(), AdCard::from(&shown.row));
    Ok(Json(AdOut {
        number: card.number,
        side: card.side,
        title: card.title,
        organisation_name: card.organisation_name,
        works: card.works,
        software: card.software,
        skills: card.skills,
        region: card.region,
        remote: card.remote,
        least: card.least,
        most: card.most,
        currency: card.currency,
        unit: card.unit,
        deadline_on: card.deadline_on,
        seen: card.seen,
        needers: card.needers,
        example: card.example,
        version: card.version,
        created_at: card.created_at,
        expires_at: card.expires_at,
        body: text.body,
        licence: text.licence,
        availability: text.availability,
        references: text.references,
        needer_names: shown.needers.into_iter().map(|needer| needer.organisation_name).collect(),
        fitting: fits.into_iter().map(FittingOut::from).collect(),
    }))
}

/// What an ad says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AdIn {
    /// `request` or `offer`; it stays.
    side: String,
    /// At most 140 characters.
    title: String,
    /// Markdown, at most 10,000 characters.
    body: String,
    /// Kinds of work, at least one.
    works: Vec<String>,
    /// At most 12 names.
    #[serde(default)]
    software: Vec<String>,
    /// At most 12.
    #[serde(default)]
    skills: Vec<String>,
    #[serde(default)]
    region: String,
    #[serde(default)]
    remote: bool,
    /// The least budget or rate, in cents of the euro.
    #[serde(default)]
    least: Option<Entered>,
    #[serde(default)]
    most: Option<Entered>,
    /// `whole`, `day` or `hour`; `whole` where it isn't said.
    #[serde(default)]
    unit: String,
    /// Of requests.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    deadline_on: Option<Date>,
    /// Of requests.
    #[serde(default)]
    licence: String,
    /// Of offers.
    #[serde(default)]
    availability: String,
    /// Of offers; Markdown.
    #[serde(default)]
    references: String,
    /// `public` or `members`; `public` where it isn't said.
    #[serde(default)]
    seen: String,
}

impl AdIn {
    fn text(self) -> Result<AdText, ApiError> {
        let unknown = |field: &str| ApiError::field(field, FieldRule::NotAChoice);
        let works = self.works.iter().map(|work| Work::parse(work)).collect::<Option<Vec<_>>>();
        let amount = |amount: Option<Entered>| amount.map(|Entered(amount)| -> Money { amount });
        Ok(AdText {
            side: Side::parse(&self.side).ok_or_else(|| unknown("side"))?,
            title: self.title,
            body: self.body,
            works: works.ok_or_else(|| unknown("works"))?,
            software: self.software,
            skills: self.skills,
            region: self.region,
            remote: self.remote,
            least: amount(self.least),
            most: amount(self.most),
            unit: named("unit", &self.unit, Unit::parse)?.unwrap_or(Unit::Whole),
            deadline_on: self.deadline_on,
            licence: self.licence,
            availability: self.availability,
            references: self.references,
            seen: named("seen", &self.seen, Seen::parse)?.unwrap_or(Seen::Everybody),
        })
    }
}

/// An ad that was posted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AdMade {
    /// Its number on the instance.
    number: i64,
}

fn refused(failure: app::Failure<domain::ads::AdRefusal>) -> ApiError {
    ApiError::of(failure, Currency::EUR)
}

/// `POST /ads`
pub(super) async fn post(call: Call, Body(new): Body<AdIn>) -> Result<(StatusCode, Json<AdMade>), ApiError> {
    let acting = call.acts_anywhere(Scope::Features)?;
    let number = post_ad(&call.state.context, acting, new.text()?).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(AdMade { number })))
}

/// The next text of an ad.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AdChange {
    /// The version that was seen.
    version: i64,
    /// What it says from now on, whole.
    ad: AdIn,
}

/// `PUT /ads/{number}`
pub(super) async fn edit(
    call: Call,
    At(number): At<i64>,
    Body(new): Body<AdChange>,
) -> Result<StatusCode, ApiError> {
    let by = By::Acting(call.acts_anywhere(Scope::Features)?, number);
    change(&call.state.context, by, new.version, new.ad.text()?).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /ads/{number}/renewal`
pub(super) async fn renew(call: Call, At(number): At<i64>) -> Result<StatusCode, ApiError> {
    let by = By::Acting(call.acts_anywhere(Scope::Features)?, number);
    show_longer(&call.state.context, by).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /ads/{number}/withdrawal`
pub(super) async fn withdraw(call: Call, At(number): At<i64>) -> Result<StatusCode, ApiError> {
    let by = By::Acting(call.acts_anywhere(Scope::Features)?, number);
    take_back(&call.state.context, by).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `PUT /ads/{number}/need`
pub(super) async fn need(call: Call, At(number): At<i64>) -> Result<StatusCode, ApiError> {
    let acting = call.acts_anywhere(Scope::Features)?;
    share_need(&call.state.context, acting, number).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /ads/{number}/need`
pub(super) async fn leave(call: Call, At(number): At<i64>) -> Result<StatusCode, ApiError> {
    let acting = call.acts_anywhere(Scope::Features)?;
    leave_need(&call.state.context, acting, number).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// An answer to an ad.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactIn {
    /// Markdown, at most 5,000 characters.
    body: String,
    /// Whether whoever posted the ad may see the address of the token's holder.
    #[serde(default)]
    shows_address: bool,
}

/// A conversation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TalkMade {
    /// Its number about the ad; it goes on on the pages.
    talk: i64,
}

/// `POST /ads/{number}/contacts`
pub(super) async fn contact(
    call: Call,
    At(number): At<i64>,
    Body(new): Body<ContactIn>,
) -> Result<(StatusCode, Json<TalkMade>), ApiError> {
    let acting = call.acts_anywhere(Scope::Features)?;
    let talk =
        answer(&call.state.context, acting, number, &new.body, new.shows_address).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(TalkMade { talk })))
}

/// What is wrong with an ad.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportIn {
    /// At most 1,000 characters.
    reason: String,
}

/// `POST /ads/{number}/reports`
pub(super) async fn report(
    call: Call,
    At(number): At<i64>,
    Body(new): Body<ReportIn>,
) -> Result<StatusCode, ApiError> {
    let acting = call.acts_anywhere(Scope::Features)?;
    tell(&call.state.context, Some(acting.person), number, &new.reason).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
