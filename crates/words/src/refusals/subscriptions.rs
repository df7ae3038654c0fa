//! Why something about a subscription is refused.

use domain::subscriptions::SubscriptionRefusal;

use crate::Words;

impl Words {
    /// Why something about a subscription is refused.
    #[must_use]
    pub fn subscription_refusal(&self, refusal: &SubscriptionRefusal) -> String {
        match *refusal {
            SubscriptionRefusal::OtherMode => self.refusal_subscription_other_mode().to_owned(),
            SubscriptionRefusal::Already(None) => self.refusal_subscription_already().to_owned(),
            SubscriptionRefusal::Already(Some(day)) => {
                self.refusal_subscription_already_until(self.date(day))
            }
            SubscriptionRefusal::Over => self.refusal_subscription_over().to_owned(),
            SubscriptionRefusal::NotStopped => self.refusal_subscription_not_stopped().to_owned(),
            SubscriptionRefusal::NotAwaited(state) => {
                self.refusal_subscription_not_awaited(self.subscriptions_state(state.as_str()))
            }
        }
    }
}
