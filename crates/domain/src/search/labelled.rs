//! Pairs of needs with whether they are the same, by which the suggestions are judged: written by hand, in French and
//! English, the same need in other words and another need in similar words. A third is held out: nobody looks at it while
//! changing how texts are read.

use super::Text;

/// The pairs as written, with a line of headings.
const TABLE: &str = include_str!("labelled.tsv");

/// What a pair is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// One may look at it.
    Tune,
    /// It measures alone.
    Held,
}

/// A need that is there, and another that somebody writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// What it is for.
    pub part: Part,
    /// Whether both are the same need.
    pub same: bool,
    /// The one that is there.
    pub there: Text,
    /// The one that somebody writes.
    pub draft: Text,
}

/// All of them.
#[must_use]
pub fn labelled() -> Vec<Labelled> {
    let text = |cells: &[&str]| {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
        Text { title: cell(0), body: cell(1), software: cell(2), links: Vec::new() }
    };
    let pair = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        Labelled {
            part: if cells.first() == Some(&"held") { Part::Held } else { Part::Tune },
            same: cells.get(1) == Some(&"same"),
            there: text(cells.get(2..).unwrap_or_default()),
            draft: text(cells.get(5..).unwrap_or_default()),
        }
    };
    TABLE.lines().skip(1).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::search::{Shelf, limits};

    /// The pairs of a part in which the right need is among the first three, with how many there are; and how many of the
    /// others are asked about as if they were the same, with how many there are.
    fn figures(part: Part) -> ((usize, usize), (usize, usize)) {
        let pairs = labelled();
        let mut shelf = Shelf::default();
        for (at, pair) in (0..).zip(&pairs) {
            shelf.put(Uuid::from_u128(at), pair.there.clone());
        }
        let (mut hits, mut same, mut alarms, mut others) = (0, 0, 0, 0);
        for (at, pair) in (0..).map(Uuid::from_u128).zip(&pairs).filter(|(_, pair)| pair.part == part) {
            let like = shelf.like(&pair.draft);
            let place = like.iter().position(|one| one.subject == at);
            let high = like.iter().any(|one| one.subject == at && one.is_high());
            let hit = place.is_some_and(|place| place < 3);
            if std::env::var_os("SHOW").is_some() && part == Part::Tune {
                let percent = place.map(|place| like[place].percent);
                println!(
                    "{} {place:?} {percent:?} {}",
                    if pair.same { "same" } else { "other" },
                    pair.draft.title
                );
            }
            if pair.same {
                same += 1;
                hits += usize::from(hit);
            } else {
                others += 1;
                alarms += usize::from(high);
            }
        }
        ((hits, same), (alarms, others))
    }

    #[test]
    fn the_right_need_is_among_the_first_three() {
        for part in [Part::Tune, Part::Held] {
            let ((hits, same), (alarms, others)) = figures(part);
            println!(
                "{part:?}: {hits} of {same} among the first three, {alarms} of {others} asked about wrongly"
            );
            assert!(hits * 100 >= same * 80, "{part:?}: {hits} of {same}");
            assert!(alarms * 3 <= others, "{part:?}: {alarms} of {others}");
        }
    }

    #[test]
    fn the_set_is_large_enough_and_a_third_is_held_out() {
        let pairs = labelled();
        let held = pairs.iter().filter(|pair| pair.part == Part::Held).count();
        assert!(pairs.len() >= 60 && held * 3 >= pairs.len());
        assert!(pairs.iter().all(|pair| !pair.there.title.is_empty() && !pair.draft.title.is_empty()));
        assert!(pairs.iter().any(|pair| !pair.same) && limits::SIMILAR >= 3);
    }
}
