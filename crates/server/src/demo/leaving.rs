//! A member of the example has left, by a decision that pays it back: two persons saw to it.

use app::{
    decisions::{NewDecision, record as record_decision},
    departures::{HowToLeave, leave_collective},
    refunds::{authorise_refund, pay_refund, prepare_refund},
    sessions::Session,
};
use domain::shares::OwnGoesTo;

use super::seed::{ADMIN, STEWARD, TREASURER, Teller, told};
use crate::serve::StartError;

/// Who left.
pub(super) const MEMBER: &str = "panier";
/// How many days before today.
pub(super) const DAYS: i64 = 50;

impl Teller {
    /// Plays it: between two rounds, so that nothing of it lies on a feature.
    pub(super) async fn leaving(&self) -> Result<(), StartError> {
        let (organisation, _) = *self.members.get(MEMBER).ok_or("the member is missing")?;
        self.at(DAYS, 9);
        let new = NewDecision {
            title: "Départ du Panier d’Osier".to_owned(),
            outcome: "Le Panier d’Osier ferme. Ce qui lui reste lui est remboursé.".to_owned(),
            decided_on: self.day(DAYS + 1),
            departs: Some(organisation),
        };
        let (decision, _) = record_decision(&self.context, self.acting(STEWARD)?, self.collective, new)
            .await
            .map_err(told)?;
        self.tick();
        let how =
            HowToLeave { decision: Some(decision), own: OwnGoesTo::RefundDue, stays: false, confirmed: true };
        let admin = self.acting(ADMIN)?;
        let session = Session::begun(admin.person, self.context.now());
        leave_collective(&self.context, &session, admin, self.collective, organisation, how)
            .await
            .map_err(told)?;
        self.at(DAYS - 1, 9);
        let steward = self.acting(STEWARD)?;
        let session = Session::begun(steward.person, self.context.now());
        let to = ("Le Panier d’Osier", "FR76 3000 6000 0112 3456 7890 189");
        let prepared = prepare_refund(&self.context, &session, steward, self.pot, organisation, to)
            .await
            .map_err(told)?;
        self.tick();
        let treasurer = self.acting(TREASURER)?;
        let session = Session::begun(treasurer.person, self.context.now());
        authorise_refund(&self.context, &session, treasurer.clone(), prepared.refund).await.map_err(told)?;
        self.tick();
        let day = self.day(DAYS - 1);
        pay_refund(&self.context, treasurer, prepared.refund, day, "VIR PANIER", Some(day))
            .await
            .map_err(told)?;
        Ok(())
    }
}
