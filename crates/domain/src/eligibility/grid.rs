//! Which criteria a collective looks at.

use serde::{Deserialize, Serialize};

use crate::{
    input::{FieldError, FieldRule},
    posting::named,
    text,
};

/// Lengths and counts beyond which a grid is refused.
pub mod limits {
    /// The words of a criterion, in characters.
    pub const WORDING: usize = 200;
    /// The words of an assessment, in characters.
    pub const EVIDENCE: usize = 4_000;
    /// The key of a criterion that a collective adds, in bytes.
    pub const KEY: usize = 40;
    /// Criteria that a collective adds.
    pub const ADDED: usize = 10;
    /// The heaviest weight.
    pub const WEIGHT: u16 = 10;
}

named! {
    /// The criteria that every grid has.
    Usual {
        /// Free licence.
        FreeLicence = "free_licence",
        /// Respects privacy: no tracker, or one that people switch on themselves.
        Privacy = "privacy",
        /// Who carries it and how it decides.
        Governance = "governance",
        /// Decentralised.
        Decentralised = "decentralised",
        /// Speaks with other software.
        Interoperable = "interoperable",
        /// Known flaws are mended soon.
        Secure = "secure",
        /// Everybody can use its interface.
        Accessible = "accessible",
        /// In French, or translatable.
        French = "french",
        /// Runs on modest machines.
        Frugal = "frugal",
    }
}

impl Usual {
    /// Whether it is essential.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::FreeLicence | Self::Privacy | Self::Governance | Self::Decentralised => Level::Essential,
            _ => Level::Secondary,
        }
    }
}

/// How much a criterion matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// What doesn't meet it asks for a reasoned decision.
    Essential,
    /// It counts in the score.
    Secondary,
}

/// A criterion of a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its stable name: one of [`Usual`], or one that the collective adds.
    pub key: String,
    /// How much it matters; of a usual one, as the grid has it.
    pub level: Level,
    /// In the collective's own words; `null`: the usual ones.
    pub wording: Option<String>,
    /// How much it weighs among those of its level, from 0.
    pub weight: u16,
    /// Whether no feature of a software that doesn't meet it goes to funding.
    pub blocks: bool,
}

/// The criteria of a collective: the usual nine first, in their order, then its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Grid(pub Vec<Criterion>);

impl Default for Grid {
    /// The nine in their usual words, all of one weight; only the free licence blocks.
    fn default() -> Self {
        let usual = |one: &Usual| Criterion {
            key: one.as_str().to_owned(),
            level: one.level(),
            wording: None,
            weight: 1,
            blocks: *one == Usual::FreeLicence,
        };
        Self(Usual::ALL.iter().map(usual).collect())
    }
}

impl Grid {
    /// The criterion of that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Criterion> {
        self.0.iter().find(|one| one.key == key)
    }

    /// The criteria of a level.
    pub fn of(&self, level: Level) -> impl Iterator<Item = &Criterion> {
        self.0.iter().filter(move |one| one.level == level)
    }

    /// Notes all that can't hold, with fields named `grid.2.weight`.
    pub(crate) fn check(&self, errors: &mut Vec<FieldError>) {
        for (index, usual) in Usual::ALL.iter().enumerate() {
            let stands = self.0.get(index).is_some_and(|one| one.key == usual.as_str());
            if !stands {
                return errors.push(FieldError::new(format!("grid.{index}.key"), FieldRule::NotAChoice));
            }
        }
        if self.0.len() > Usual::ALL.len() + limits::ADDED {
            let most = i64::try_from(Usual::ALL.len() + limits::ADDED).unwrap_or(i64::MAX);
            return errors.push(FieldError::new("grid", FieldRule::NotBetween(9, most)));
        }
        for (index, one) in self.0.iter().enumerate() {
            let mut refuse =
                |field: &str, rule| errors.push(FieldError::new(format!("grid.{index}.{field}"), rule));
            match Usual::parse(&one.key) {
                Some(usual) if usual.level() != one.level => refuse("level", FieldRule::NotAChoice),
                None if !is_key(&one.key) => refuse("key", FieldRule::NotAChoice),
                None if one.wording.is_none() => refuse("wording", FieldRule::Missing),
                Some(_) | None => {}
            }
            if self.0.iter().take(index).any(|other| other.key == one.key) {
                refuse("key", FieldRule::Taken);
            }
            if let Some(wording) = &one.wording {
                match text::line(wording, limits::WORDING) {
                    Ok(line) if line == *wording => {}
                    Ok(_) => refuse("wording", FieldRule::NotAChoice),
                    Err(rule) => refuse("wording", rule),
                }
            }
            if one.weight > limits::WEIGHT {
                refuse("weight", FieldRule::NotBetween(0, i64::from(limits::WEIGHT)));
            }
            if one.blocks && one.level == Level::Secondary {
                refuse("blocks", FieldRule::NotAChoice);
            }
        }
    }

    /// A key for a criterion that a collective adds, from its words: one that no other has.
    #[must_use]
    pub fn key_for(&self, wording: &str) -> String {
        let slug = text::slug(wording).replace('-', "_");
        let slug: String =
            slug.chars().skip_while(|c| !c.is_ascii_lowercase()).take(limits::KEY - 3).collect();
        let slug = slug.trim_end_matches('_');
        let base = if slug.is_empty() { "criterion" } else { slug };
        let taken = |key: &str| self.get(key).is_some() || Usual::parse(key).is_some();
        if !taken(base) {
            return base.to_owned();
        }
        (2..100).map(|at| format!("{base}_{at}")).find(|key| !taken(key)).unwrap_or_else(|| base.to_owned())
    }
}

/// Whether it may be the key of a criterion that a collective adds: small letters, digits, `_`.
fn is_key(key: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    key.len() <= limits::KEY && key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(change: impl Fn(&mut Vec<Criterion>)) -> Vec<String> {
        let mut grid = Grid::default();
        change(&mut grid.0);
        let mut errors = Vec::new();
        grid.check(&mut errors);
        errors.into_iter().map(|error| error.field).collect()
    }

    fn own(key: &str) -> Criterion {
        Criterion {
            key: key.to_owned(),
            level: Level::Secondary,
            wording: Some("Hébergé en France".to_owned()),
            weight: 2,
            blocks: false,
        }
    }

    #[test]
    fn the_nine_stay_and_others_may_be_added() {
        assert_eq!(wrong(|_| {}), [""; 0]);
        assert_eq!(wrong(|grid| grid.push(own("hosted_in_france"))), [""; 0]);
        assert_eq!(wrong(|grid| drop(grid.remove(0))), ["grid.0.key"]);
        assert_eq!(wrong(|grid| grid.swap(1, 2)), ["grid.1.key"]);
        assert_eq!(wrong(|grid| grid.push(own("Été"))), ["grid.9.key"]);
        assert_eq!(wrong(|grid| grid.extend([own("a"), own("a")])), ["grid.10.key"]);
        assert_eq!(wrong(|grid| grid.push(Criterion { wording: None, ..own("a") })), ["grid.9.wording"]);
        assert_eq!(wrong(|grid| grid.push(Criterion { blocks: true, ..own("a") })), ["grid.9.blocks"]);
        assert_eq!(wrong(|grid| grid[3].weight = 11), ["grid.3.weight"]);
        assert_eq!(wrong(|grid| grid[4].level = Level::Essential), ["grid.4.level"]);
        assert_eq!(wrong(|grid| grid.extend((0..11).map(|at| own(&format!("a{at}"))))), ["grid"]);
    }

    #[test]
    fn a_key_is_made_of_the_words() {
        let mut grid = Grid::default();
        assert_eq!(grid.key_for("Hébergé en France"), "heberge_en_france");
        assert_eq!(grid.key_for("日本"), "criterion");
        assert_eq!(grid.key_for("Privacy"), "privacy_2");
        assert_eq!(grid.key_for("3 ans de recul"), "ans_de_recul");
        grid.0.push(own("heberge_en_france"));
        assert_eq!(grid.key_for("Hébergé en France"), "heberge_en_france_2");
    }
}
