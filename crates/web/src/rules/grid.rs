//! The grid of software within the rules: its sentences, and its part of their form.

use domain::eligibility::{Criterion, Grid, Level, Usual};
use domain::input::FieldRule;
use words::Words;

use crate::extract::FormData;
use crate::reading::Reading;

/// A criterion in the form.
pub(super) struct Line {
    /// Names of its fields.
    pub(super) wording: String,
    pub(super) weight: Option<String>,
    pub(super) blocks: Option<String>,
    /// What it is called.
    pub(super) name: String,
    /// Whether the collective added it.
    pub(super) is_own: bool,
}

/// What a criterion is called: in the collective's words, or the usual ones.
pub(crate) fn name_of(t: Words, one: &Criterion) -> String {
    one.wording
        .as_ref()
        .map_or_else(|| t.eligibility_criterion(&one.key), |own| t.typography(own).into_owned())
}

/// The criteria in the form.
pub(super) fn lines(t: Words, grid: &Grid) -> Vec<Line> {
    let line = |(at, one): (usize, &Criterion)| {
        let field = |name: &str| format!("grid.{at}.{name}");
        let usual = Usual::parse(&one.key);
        let essential = one.level == Level::Essential;
        Line {
            wording: field("wording"),
            weight: (!essential).then(|| field("weight")),
            blocks: essential.then(|| field("blocks")),
            name: usual.map_or_else(|| name_of(t, one), |_| t.eligibility_criterion(&one.key)),
            is_own: usual.is_none(),
        }
    };
    grid.0.iter().enumerate().map(line).collect()
}

/// The fields of the form that show the grid.
pub(super) fn fields(grid: &Grid) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (at, one) in grid.0.iter().enumerate() {
        fields.push((format!("grid.{at}.wording"), one.wording.clone().unwrap_or_default()));
        if one.level == Level::Secondary {
            fields.push((format!("grid.{at}.weight"), one.weight.to_string()));
        } else if one.blocks {
            fields.push((format!("grid.{at}.blocks"), "yes".to_owned()));
        }
    }
    fields.push(("grid.new.level".to_owned(), "secondary".to_owned()));
    fields
}

/// The grid with what was typed. A criterion that the collective added leaves with its words; a form without these fields
/// changes nothing.
pub(super) fn read(reading: &mut Reading<'_>, data: &FormData, grid: &mut Grid) {
    if !data.sends("grid.0.wording") {
        return;
    }
    let mut kept = Vec::with_capacity(grid.0.len() + 1);
    for (at, one) in grid.0.iter().enumerate() {
        let field = |name: &str| format!("grid.{at}.{name}");
        let wording = line(data.field(&field("wording")));
        if wording.is_none() && Usual::parse(&one.key).is_none() {
            continue;
        }
        let mut one = Criterion { wording, ..one.clone() };
        if one.level == Level::Secondary {
            one.weight = reading.parsed(&field("weight")).unwrap_or(one.weight);
        } else {
            one.blocks = data.has(&field("blocks"), "yes");
        }
        kept.push(one);
    }
    let mut next = Grid(kept);
    if let Some(wording) = line(data.field("grid.new.wording")) {
        let level = match data.field("grid.new.level") {
            "essential" => Level::Essential,
            "secondary" => Level::Secondary,
            _ => return reading.breaks("grid.new.level", &FieldRule::NotAChoice),
        };
        let key = next.key_for(&wording);
        next.0.push(Criterion { key, level, wording: Some(wording), weight: 1, blocks: false });
    }
    *grid = next;
}

/// One line, or nothing; what is too long is refused by the rules themselves.
fn line(typed: &str) -> Option<String> {
    let cut: String = typed.chars().take(1_000).collect();
    domain::text::optional_line(&cut, 1_000).ok().filter(|line| !line.is_empty())
}

/// The grid in sentences.
pub(super) fn sentences(t: Words, grid: &Grid) -> Vec<String> {
    let said = |one: &Criterion| {
        let name = name_of(t, one);
        match (one.level, one.blocks, one.weight) {
            (Level::Essential, true, _) => t.rules_grid_line(name, "blocks"),
            (Level::Essential, false, _) => t.rules_grid_line(name, "essential"),
            (Level::Secondary, _, 1) => t.rules_grid_line(name, "secondary"),
            (Level::Secondary, _, weight) => t.rules_grid_weighs(name, i64::from(weight)),
        }
    };
    let essential = grid.of(Level::Essential).map(said);
    essential.chain(grid.of(Level::Secondary).map(said)).collect()
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use words::Locale;

    use super::*;

    fn typed(change: &[(&str, &str)]) -> Grid {
        let mut grid = Grid::default();
        let mut data = FormData::of(fields(&grid));
        for (name, value) in change {
            data.set(name, *value);
        }
        let t = Words::new(Locale::Fr);
        let mut reading = Reading::new(&data, t, Currency::EUR);
        read(&mut reading, &data, &mut grid);
        grid
    }

    #[test]
    fn a_collective_words_weighs_and_adds() {
        assert_eq!(typed(&[]), Grid::default());
        let grid = typed(&[
            ("grid.1.wording", " Pas de  traceur "),
            ("grid.1.blocks", "yes"),
            ("grid.5.weight", "3"),
            ("grid.new.wording", "Hébergé en France"),
        ]);
        assert_eq!(grid.0[1].wording.as_deref(), Some("Pas de traceur"));
        assert!(grid.0[1].blocks);
        assert_eq!(grid.0[5].weight, 3);
        assert_eq!((grid.0[9].key.as_str(), grid.0[9].level), ("heberge_en_france", Level::Secondary));
        let t = Words::new(Locale::Fr);
        assert_eq!(sentences(t, &grid).len(), 10);
        assert!(sentences(t, &grid).iter().any(|said| said.contains("poids 3")));
        assert!(lines(t, &grid).iter().filter(|line| line.is_own).count() == 1);
    }

    #[test]
    fn an_added_criterion_leaves_with_its_words() {
        let mut grid = typed(&[("grid.new.wording", "Hébergé en France")]);
        let mut data = FormData::of(fields(&grid));
        data.set("grid.9.wording", "");
        let t = Words::new(Locale::Fr);
        read(&mut Reading::new(&data, t, Currency::EUR), &data, &mut grid);
        assert_eq!(grid, Grid::default());
    }
}
