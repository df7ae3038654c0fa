//! What the bodies of the API are made of: amounts, currencies, pages.

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::{Currency, Money};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::problem::ApiError;
use domain::input::FieldRule;

/// Things on a page where nothing else is asked.
const USUAL: u16 = 50;
/// Most things on a page.
pub(super) const MOST: u16 = 200;

/// The digest of a preview, as it was told. Errors: field `digest`.
pub(super) fn digest_of(written: &str) -> Result<[u8; 32], ApiError> {
    crate::tables::digest(written).ok_or_else(|| ApiError::field("digest", FieldRule::Unknown))
}

/// An amount that is told: minor units of the pot's currency (cents for the euro) as a decimal string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount(pub(super) Money);

impl From<Money> for Amount {
    fn from(amount: Money) -> Self {
        Self(amount)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.minor())
    }
}

fn text_schema(pattern: &str, description: &str) -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern));
    text.description(Some(description)).into()
}

impl PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        text_schema(
            "^(0|-?[1-9][0-9]{0,18})$",
            "An amount in minor units of the pot's currency (cents for the euro), as a decimal string: \"123450\" \
             is 1,234.50 euros.",
        )
    }
}

impl ToSchema for Amount {}

/// An amount that somebody enters: from 0 to 10¹² minor units, as a decimal string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entered(pub(super) Money);

impl<'de> Deserialize<'de> for Entered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.len() <= 13 && text.bytes().all(|b| b.is_ascii_digit());
        let amount = text.parse::<i64>().ok().filter(|n| digits && n.to_string() == text).map(Money::new);
        amount.filter(|amount| *amount <= Money::MAX_ENTRY).map(Self).ok_or_else(|| {
            de::Error::custom("an amount is a decimal string of 0 to 1000000000000 minor units")
        })
    }
}

impl PartialSchema for Entered {
    fn schema() -> RefOr<Schema> {
        text_schema(
            "^(0|[1-9][0-9]{0,11}|1000000000000)$",
            "An amount in minor units of the pot's currency (cents for the euro), as a decimal string from \"0\" to \
             \"1000000000000\".",
        )
    }
}

impl ToSchema for Entered {}

/// A currency.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct CurrencyOut {
    /// ISO 4217 code.
    #[schema(example = "EUR")]
    code: String,
    /// How many decimals of the currency make one minor unit: 2, the euro has cents.
    exponent: u8,
}

impl From<Currency> for CurrencyOut {
    fn from(currency: Currency) -> Self {
        Self { code: currency.code().to_owned(), exponent: currency.exponent() }
    }
}

/// How a list goes on.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Paging {
    limit: Option<u16>,
    after: Option<String>,
}

impl Paging {
    /// How many things are asked for.
    pub(super) fn limit(&self) -> Result<u16, ApiError> {
        match self.limit {
            None => Ok(USUAL),
            Some(limit @ 1..=MOST) => Ok(limit),
            Some(_) => Err(ApiError::field("limit", FieldRule::NotAChoice)),
        }
    }

    /// One more than asked for, to know whether there is more.
    pub(super) fn one_more(&self) -> Result<i64, ApiError> {
        Ok(i64::from(self.limit()?) + 1)
    }

    /// After what: a key that a page gave.
    pub(super) fn after<T: std::str::FromStr>(&self) -> Result<Option<T>, ApiError> {
        let read = |text: &String| text.parse().map_err(|_| ApiError::field("after", FieldRule::Unknown));
        self.after.as_ref().map(read).transpose()
    }
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub(super) struct Listed<T> {
    items: Vec<T>,
    next: Option<String>,
}

impl<T> Listed<T> {
    /// Its things, and what the next page goes on after.
    pub(super) fn apart(self) -> (Vec<T>, Option<String>) {
        (self.items, self.next)
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

/// A list of which one more was read than asked for; `key` is what the next page goes on after.
pub(super) fn listed<R, T>(
    mut rows: Vec<R>,
    paging: &Paging,
    key: impl Fn(&R) -> String,
    told: impl FnMut(R) -> T,
) -> Result<Listed<T>, ApiError> {
    let limit = usize::from(paging.limit()?);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(key);
    Ok(Listed { items: rows.into_iter().map(told).collect(), next })
}

/// A list that has one page.
pub(super) fn all_of<T>(items: Vec<T>) -> Listed<T> {
    Listed { items, next: None }
}

/// The same with what the next page goes on after.
pub(super) fn page_of<T>(items: Vec<T>, next: Option<String>) -> Listed<T> {
    Listed { items, next }
}

/// A document without a form of its own.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
pub(super) struct Document(pub(super) Value);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_minor_units_written_the_shortest_way() {
        let read = |text: &str| serde_json::from_value::<Entered>(Value::String(text.to_owned())).ok();
        assert_eq!(read("0"), Some(Entered(Money::ZERO)));
        assert_eq!(read("1000000000000"), Some(Entered(Money::MAX_ENTRY)));
        for text in ["", "-1", "01", "+1", "1.5", "1 000", "1000000000001", "99999999999999999999", "١"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(serde_json::from_str::<Entered>("12").is_err(), "a number may have lost its cents");
        assert_eq!(serde_json::to_string(&Amount(Money::new(-12))).unwrap(), "\"-12\"");
    }
}
