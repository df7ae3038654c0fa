//! What happened in a collective in a month, counted.

use domain::{
    features::{Moved, State},
    ids::EventId,
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    collectives::CollectiveRow,
    events::{self, EventRow},
};
use words::Words;

use super::next_month;

/// How many events one statement reads, and how many times it is asked.
const EVENTS: u16 = 1_000;
const MOST_PAGES: usize = 50;

/// What happened, counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    proposed: u32,
    funded: u32,
    missed: u32,
    commented: u32,
    paid: u32,
    opened: u32,
    closed: u32,
    joined: u32,
    left: u32,
    rules: u32,
}

impl News {
    /// Of the month that begins on a day.
    pub(super) async fn of(
        tx: &mut Tx,
        collective: &CollectiveRow,
        first: Date,
    ) -> store::sqlx::Result<Self> {
        let begin =
            first.to_zoned_datetime(collective.time_zone()).map_or(Timestamp::MIN, |at| at.timestamp());
        let end = next_month(first).and_then(|next| next.to_zoned_datetime(collective.time_zone()).ok());
        let mut before: EventId = events::first_at(end.map_or(Timestamp::MAX, |at| at.timestamp()));
        let mut news = Self::default();
        for _ in 0..MOST_PAGES {
            let page = events::of_collective(tx, collective.id, true, Some(before), EVENTS).await?;
            let Some(last) = page.last() else { break };
            before = last.id;
            page.iter().filter(|event| event.at >= begin).for_each(|event| news.add(event));
            if last.at < begin {
                break;
            }
        }
        Ok(news)
    }

    fn add(&mut self, event: &EventRow) {
        let count = match event.kind.as_str() {
            "feature_moved" => match Moved::from_data(&event.data()) {
                Some((_, Moved { from: None, .. })) => &mut self.proposed,
                Some((_, Moved { to: State::NotFunded, .. })) => &mut self.missed,
                Some((track, Moved { from: Some(State::Funding), to })) if to == track.after_trigger() => {
                    &mut self.funded
                }
                _ => return,
            },
            "commented" => &mut self.commented,
            "contribution_recorded" | "gift_recorded" => &mut self.paid,
            "round_opened" => &mut self.opened,
            "round_closed" => &mut self.closed,
            "member_joined" => &mut self.joined,
            "organisation_left" => &mut self.left,
            "rules_changed" => &mut self.rules,
            _ => return,
        };
        *count += 1;
    }

    /// What of it somebody wants to know, a sentence each.
    pub(super) fn said(&self, t: Words, wanted: &[&str]) -> Vec<String> {
        let Self { proposed, funded, missed, commented, paid, opened, closed, joined, left, rules } = *self;
        let mut said = Vec::new();
        for kind in wanted {
            match *kind {
                "features" => {
                    if proposed + funded + missed > 0 {
                        let (funded, missed) = (funded.to_string(), missed.to_string());
                        said.push(t.monthly_features(funded, missed, proposed.to_string()));
                    }
                    if commented > 0 {
                        said.push(t.monthly_comments(commented.to_string()));
                    }
                }
                "money" if paid + opened + closed > 0 => {
                    said.push(t.monthly_money(closed.to_string(), opened.to_string(), paid.to_string()));
                }
                "members" if joined + left + rules > 0 => {
                    said.push(t.monthly_members(joined.to_string(), left.to_string(), rules.to_string()));
                }
                _ => {}
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::CollectiveId;
    use uuid::Uuid;
    use words::Locale;

    use super::*;

    #[test]
    fn comments_are_counted_for_those_who_want_news_of_features() {
        let event = EventRow {
            id: EventId(Uuid::nil()),
            collective: Some(CollectiveId(Uuid::nil())),
            at: Timestamp::UNIX_EPOCH,
            kind: "commented".to_owned(),
            actor: String::new(),
            organisation: None,
            subject_kind: "feature".to_owned(),
            subject: None,
            public: true,
            data: "{}".to_owned(),
        };
        let mut news = News::default();
        news.add(&event);
        news.add(&event);
        let t = Words::new(Locale::Fr);
        assert_eq!(news.said(t, &["features"]), ["Commentaires sur les fonctionnalités\u{202f}: 2."]);
        assert_eq!(news.said(t, &["money", "members"]), Vec::<String>::new());
    }
}
