//! From needs to a feature: it keeps the links, and those who need it are its first circle.

use std::collections::BTreeSet;

use domain::{ids::PersonId, input::FieldRule, needs::limits};
use serde_json::json;
use store::{
    Tx,
    features::Feature,
    needs::{self, NeedRow, supports},
};

use super::{MOST_FOLLOWERS, MOST_SUPPORTERS, story};
use crate::{Failure, mails::Letter, till::Till};

/// Links a feature that was just proposed to the needs of these numbers, makes those who need one of them need the feature,
/// and tells them. Errors: on `needs`: an unknown one, one that is closed, too many.
pub(crate) async fn adopt<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    numbers: &[i64],
) -> Result<(), Failure<R>> {
    let numbers: BTreeSet<i64> = numbers.iter().copied().collect();
    if numbers.len() > limits::TOGETHER {
        let most = i64::try_from(limits::TOGETHER).unwrap_or(i64::MAX);
        return Err(Failure::field("needs", FieldRule::NotBetween(0, most)));
    }
    for number in numbers {
        let found = needs::by_number(tx, till.collective.id, number).await?;
        let Some(need) = found.filter(|need| need.state.is_live()) else {
            return Err(Failure::field("needs", FieldRule::Unknown));
        };
        if need.opted_out == Some(true) {
            return Err(Failure::field("needs", FieldRule::OptedOut));
        }
        needs::features::link(tx, feature.id, need.id, None, till.now).await?;
        gather(tx, till, feature, &need).await?;
    }
    Ok(())
}

async fn gather<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    feature: &Feature,
    need: &NeedRow,
) -> Result<(), Failure<R>> {
    let mut readers: BTreeSet<PersonId> =
        needs::followers(tx, need.id, MOST_FOLLOWERS).await?.into_iter().collect();
    for support in supports::of_need(tx, need.id, MOST_SUPPORTERS).await? {
        readers.extend(support.person);
        store::needers::add(tx, feature.id, support.organisation, &support.words, support.person, till.now)
            .await?;
    }
    if let Some(person) = till.person() {
        readers.remove(&person);
    }
    let readers: Vec<PersonId> = readers.into_iter().collect();
    let settings = till.settings.clone();
    let path = format!("/c/{}/features/{}", till.collective.slug, feature.number);
    till.tell(tx, &readers, |t| {
        Letter::about(t.needs_mail_feature_subject(&feature.title))
            .say(t.needs_mail_feature(&feature.title, &need.title))
            .at(&settings, &path)
    })
    .await?;
    let more = json!({ "feature": feature.title, "feature_number": feature.number });
    till.record(tx, story("need_became_feature", need, more)).await
}
