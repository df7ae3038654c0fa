//! A member of the example subscribes: its first quarter is called and awaits its transfer.

use app::subscriptions::{NewSubscription, calling::call_if_due, subscribe};
use domain::{
    Money,
    subscriptions::{Declared, Period},
};

use super::seed::{Teller, told};
use crate::serve::StartError;

/// Who subscribes.
const MEMBER: &str = "cloud-girofle";
/// How many days before today it does.
const DAYS: i64 = 6;
/// How much a quarter.
const AMOUNT: Money = Money::new(15_000);

impl Teller {
    /// Plays it.
    pub(super) async fn subscription(&self) -> Result<(), StartError> {
        self.at(DAYS, 9);
        let (organisation, _) = self.members.get(MEMBER).ok_or("the member is missing")?;
        let new = NewSubscription {
            organisation: *organisation,
            period: Period::Quarter,
            declared: Declared::Amount(AMOUNT),
            starts_on: self.day(DAYS),
            ends_on: None,
            reason: String::new(),
        };
        let made = subscribe(&self.context, self.acting(MEMBER)?, self.pot, new).await.map_err(told)?;
        call_if_due(&self.context, made).await.map_err(told)
    }
}
