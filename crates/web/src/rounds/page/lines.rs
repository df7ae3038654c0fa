//! One feature on the page of a round: what it lacks, and the field of whoever holds a share.

use domain::features::{State as Stage, is_suspended};
use domain::shares::purse::usable;
use store::features::lists::Card;

use super::{Ask, Line, Maker, field_of};
use crate::features::gauge;

impl Maker<'_> {
    pub(super) fn line(&self, card: &Card) -> Line {
        let (t, mine) = (self.t, self.mine(card));
        let title = t.typography(&card.title).into_owned();
        let ask = self.ask(card);
        let levels = self.levels.get(&card.id).copied().unwrap_or_default();
        Line {
            href: self.state.paths.one(self.desk.slug(), "features", card.number),
            meta: self.meta(card),
            gauge: (!card.state.is_end() || levels.received.is_positive() || levels.firm.is_positive())
                .then(|| gauge(t, self.currency(), card, levels)),
            field: field_of(card),
            label: t.rounds_line_label(&title),
            mine: mine.is_positive().then(|| t.rounds_line_mine(self.short(mine))),
            note: self.note(card),
            stops: (ask.is_some() && !card.track.is_complete()).then(|| t.features_track_stops()),
            ask,
            title,
        }
    }

    fn meta(&self, card: &Card) -> String {
        let (t, until) = (self.t, self.t.until(card.closing_on, self.desk.place.today));
        let today = self.desk.place.today;
        let room = card.maximum.less(card.allocated_total);
        let over = card.closing_on < today || self.found.round.closed_at.is_some();
        match card.state {
            state if state.is_triggered() && room.is_positive() && !over => {
                return t.rounds_line_meta_funded(self.short(room), until);
            }
            state if state.is_triggered() => return t.features_meta_funded().to_owned(),
            state if state.is_before_funding() => return self.before_funding(card),
            state if state.is_end() => return t.state_name(state),
            _ if over => return t.features_meta_closing_now().to_owned(),
            _ => {}
        }
        if card.confirming_since.is_some() {
            return t.features_meta_confirming().to_owned();
        }
        let missing = self.short(card.floor.less(card.allocated_total));
        match &card.software {
            Some(software) => t.rounds_line_meta(missing, software, until),
            None => t.rounds_line_meta_plain(missing, until),
        }
    }

    /// What is said of a feature that isn't being funded yet: it lacks no money, since it asks for none.
    fn before_funding(&self, card: &Card) -> String {
        let (t, stage) = (self.t, self.t.state_name(card.state));
        match card.floor.is_positive() {
            true => format!("{stage} · {}", t.features_meta_price(self.short(card.floor))),
            false => stage,
        }
    }

    fn ask(&self, card: &Card) -> Option<Ask> {
        let share = self.share?;
        let today = self.desk.place.today;
        let takes = card.state == Stage::Funding || card.state.is_triggered();
        let of_round = card.round == Some(self.found.round.id);
        // Rights are of the round; to a feature outside rounds one promises on its page.
        if self.desk.pot.fund_mode.is_promised() && !of_round {
            return None;
        }
        if !takes
            || card.confirming_since.is_some()
            || card.closing_on < today
            || (of_round && today < self.found.round.opens_on)
        {
            return None;
        }
        let mine = self.mine(card);
        let more = usable(&share.holdings.share, card.id).unwrap_or_default();
        let more = more.min(card.maximum.less(card.allocated_total));
        let most = mine.plus(more).unwrap_or(mine);
        let most = self.found.round.cap.filter(|_| of_round).map_or(most, |cap| most.min(cap.max(mine)));
        if most.is_zero() || (card.state.is_triggered() && most <= mine) {
            return None;
        }
        let hint = self.t.rounds_line_hint(self.short(most));
        Some(Ask {
            id: card.id.to_string(),
            seen: mine.minor(),
            hint: if card.state.is_triggered() && mine.is_positive() {
                format!("{} {hint}", self.t.rounds_line_bound(self.short(mine)))
            } else {
                hint
            },
        })
    }

    /// What the share would do to a feature that isn't covered.
    fn note(&self, card: &Card) -> Option<String> {
        let share = self.share?;
        let missing = card.floor.less(card.allocated_total);
        let today = self.desk.place.today;
        // While its terms may be left, nothing triggers it.
        let waits = is_suspended(card.suspended_until, today);
        if card.state != Stage::Funding || missing.is_zero() || card.closing_on < today || waits {
            return None;
        }
        let left = usable(&share.holdings.share, card.id).unwrap_or_default();
        if left.is_zero() {
            return None;
        }
        if left >= missing {
            return Some(self.t.rounds_would_trigger(self.short(missing)));
        }
        let lack = missing.less(left);
        Some(self.t.rounds_would_lack(self.short(lack), self.short(left), self.short(missing)))
    }
}
