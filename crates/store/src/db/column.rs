//! Values of columns: which Rust types go into and come out of both databases.
//!
//! | Rust | SQLite | PostgreSQL |
//! |---|---|---|
//! | `Uuid`, each id of `domain::ids` | BLOB | UUID |
//! | `i64`, smaller integers, `bool` (0, 1), `Money` (minor units), `Timestamp` (microseconds UTC) | INTEGER | BIGINT |
//! | `String`, `Date` (YYYY-MM-DD), enums with `as_str` and `parse` | TEXT | TEXT |
//! | `Vec<u8>`, `[u8; N]` | BLOB | BYTEA |
//! | `Option` of any | NULL | NULL |

use domain::{Money, ids};
use jiff::{Timestamp, civil::Date};
use sqlx::{ColumnIndex, Decode, Postgres, Row, Sqlite, Type};
use uuid::Uuid;

/// Why a stored value is none of its type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An argument of a query. Write [`args!`](crate::args), which makes them of anything that is [`ToColumn`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// An integer.
    I64(Option<i64>),
    /// A text.
    Text(Option<String>),
    /// An id.
    Uuid(Option<Uuid>),
    /// Bytes.
    Blob(Option<Vec<u8>>),
}

/// What both drivers read and write by themselves.
pub trait Raw:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}
impl Raw for i64 {}
impl Raw for String {}
impl Raw for Uuid {}
impl Raw for Vec<u8> {}
impl<R: Raw> Raw for Option<R> {}

/// A type that a column can be read as.
pub trait FromColumn: Sized {
    /// What the drivers give.
    type Raw: Raw;
    /// The value. Errors: the stored value is none of this type.
    fn from_raw(raw: Self::Raw) -> Result<Self, BoxError>;
}

/// A type that can be an argument of a query.
pub trait ToColumn {
    /// NULL of this type: PostgreSQL wants to know the type of a NULL.
    const NULL: Arg;
    /// The argument.
    fn to_arg(&self) -> Arg;
}

impl<T: FromColumn> FromColumn for Option<T> {
    type Raw = Option<T::Raw>;
    fn from_raw(raw: Self::Raw) -> Result<Self, BoxError> {
        raw.map(T::from_raw).transpose()
    }
}

impl<T: ToColumn> ToColumn for Option<T> {
    const NULL: Arg = T::NULL;
    fn to_arg(&self) -> Arg {
        self.as_ref().map_or(T::NULL, T::to_arg)
    }
}

impl<T: ToColumn + ?Sized> ToColumn for &T {
    const NULL: Arg = T::NULL;
    fn to_arg(&self) -> Arg {
        (**self).to_arg()
    }
}

/// Reads a column of a row by name or place. For the macro [`row!`](crate::row).
#[doc(hidden)]
pub fn column<'r, T, R, I>(row: &'r R, index: I) -> sqlx::Result<T>
where
    R: Row,
    T: FromColumn,
    T::Raw: Decode<'r, R::Database> + Type<R::Database>,
    I: ColumnIndex<R> + std::fmt::Display + Copy,
{
    let raw: T::Raw = row.try_get(index)?;
    T::from_raw(raw).map_err(|source| sqlx::Error::ColumnDecode { index: index.to_string(), source })
}

/// A column type by the variant of [`Arg`], the raw type, and the two conversions.
macro_rules! columns {
    ($($type:ty: $variant:ident($raw:ty), $from:expr, $to:expr;)*) => {$(
        impl FromColumn for $type {
            type Raw = $raw;
            fn from_raw(raw: Self::Raw) -> Result<Self, BoxError> {
                let from: fn($raw) -> Result<$type, BoxError> = $from;
                from(raw)
            }
        }
        impl ToColumn for $type {
            const NULL: Arg = Arg::$variant(None);
            fn to_arg(&self) -> Arg {
                let to: fn(&$type) -> $raw = $to;
                Arg::$variant(Some(to(self)))
            }
        }
    )*};
}

columns! {
    i64: I64(i64), Ok, |n| *n;
    i32: I64(i64), |n| Ok(n.try_into()?), |n| i64::from(*n);
    u32: I64(i64), |n| Ok(n.try_into()?), |n| i64::from(*n);
    u16: I64(i64), |n| Ok(n.try_into()?), |n| i64::from(*n);
    u8: I64(i64), |n| Ok(n.try_into()?), |n| i64::from(*n);
    bool: I64(i64), read_bool, |b| i64::from(*b);
    Money: I64(i64), |n| Ok(Money::new(n)), |m| m.minor();
    Timestamp: I64(i64), |n| Ok(Timestamp::from_microsecond(n)?), |t| t.as_microsecond();
    String: Text(String), Ok, String::clone;
    Date: Text(String), |text| Ok(text.parse()?), ToString::to_string;
    Uuid: Uuid(Uuid), Ok, |id| *id;
    Vec<u8>: Blob(Vec<u8>), Ok, Vec::clone;
}

fn read_bool(number: i64) -> Result<bool, BoxError> {
    match number {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(format!("{other} is neither 0 nor 1").into()),
    }
}

impl ToColumn for str {
    const NULL: Arg = Arg::Text(None);
    fn to_arg(&self) -> Arg {
        Arg::Text(Some(self.to_owned()))
    }
}

impl ToColumn for [u8] {
    const NULL: Arg = Arg::Blob(None);
    fn to_arg(&self) -> Arg {
        Arg::Blob(Some(self.to_vec()))
    }
}

impl<const N: usize> FromColumn for [u8; N] {
    type Raw = Vec<u8>;
    fn from_raw(raw: Self::Raw) -> Result<Self, BoxError> {
        Ok(raw.as_slice().try_into()?)
    }
}

impl<const N: usize> ToColumn for [u8; N] {
    const NULL: Arg = Arg::Blob(None);
    fn to_arg(&self) -> Arg {
        Arg::Blob(Some(self.to_vec()))
    }
}

/// Makes newtypes of `Uuid` (`From` both ways) columns.
macro_rules! id_columns {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::FromColumn for $type {
            type Raw = ::uuid::Uuid;
            fn from_raw(raw: Self::Raw) -> Result<Self, $crate::BoxError> {
                Ok(Self::from(raw))
            }
        }
        impl $crate::ToColumn for $type {
            const NULL: $crate::Arg = $crate::Arg::Uuid(None);
            fn to_arg(&self) -> $crate::Arg {
                $crate::Arg::Uuid(Some((*self).into()))
            }
        }
    )*};
}

/// Makes enums with `as_str(self) -> &'static str` and `parse(&str) -> Option<Self>` columns.
macro_rules! text_columns {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::FromColumn for $type {
            type Raw = String;
            fn from_raw(raw: Self::Raw) -> Result<Self, $crate::BoxError> {
                Self::parse(&raw).ok_or_else(|| format!("{raw:?} is no {}", stringify!($type)).into())
            }
        }
        impl $crate::ToColumn for $type {
            const NULL: $crate::Arg = $crate::Arg::Text(None);
            fn to_arg(&self) -> $crate::Arg {
                $crate::Arg::Text(Some(self.as_str().to_owned()))
            }
        }
    )*};
}
pub(crate) use text_columns;

id_columns! {
    ids::CollectiveId, ids::OrganisationId, ids::PersonId, ids::MandateId, ids::RoleId, ids::HostId, ids::PotId,
    ids::BankAccountId, ids::AccountId, ids::PostingId, ids::GiftFundId, ids::RoundId, ids::FeatureId,
    ids::FeatureLineId, ids::SoftwareId, ids::NeedId, ids::ApproachId, ids::MergeId, ids::ContractId, ids::MilestoneId,
    ids::AssessmentId, ids::WaiverId, ids::ListedId,
    ids::PromiseId, ids::FundCallId, ids::CallReceiptId, ids::StandingChoiceId, ids::SubscriptionId, ids::SubscriptionCallId, ids::DecisionId, ids::EventId,
    ids::FileId, ids::CommentId, ids::RevisionId, ids::DraftId, ids::LinkId, ids::MailId, ids::DeadlineId,
    ids::TokenId, ids::WebhookId, ids::InvoiceId, ids::RefundId, ids::PaymentId, ids::ReportId, ids::ObjectionId,
    ids::AdId, ids::AdNeederId, ids::AdTalkId, ids::AdReportId,
}

text_columns! {
    domain::Book, domain::AccountKind, domain::PostingKind, domain::actor::MandateKind, domain::actor::RoleKind,
}
