//! Where the money comes from and where it is, as a picture. The table beside it says the same.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::Money;
use words::Words;

/// Height of the column in the middle, and of all bands of a side with their gaps.
const HEIGHT: i64 = 220;
/// Where the first band begins.
const TOP: i64 = 10;
/// Between two bands.
const GAP: i64 = 3;
/// A band that stands for little is still seen.
const THINNEST: i64 = 2;
/// The shades of what is there, from the surest.
const SHADES: [&str; 5] = ["1", ".75", ".55", ".4", ".25"];

/// Two columns of bands, in proportion to amounts.
#[derive(Debug, Clone, Template)]
#[template(path = "accounts/flow.html")]
pub(super) struct Flow {
    t: Words,
    left: Vec<Band>,
    right: Vec<Band>,
}

impl HtmlSafe for Flow {}

/// One amount.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Band {
    top: i64,
    /// Where it meets the column in the middle.
    middle: i64,
    height: i64,
    label: i64,
    shade: &'static str,
    text: String,
}

impl Flow {
    /// The picture of what came in and of where it is; each with its text. Amounts are above zero.
    pub(super) fn new(t: Words, incomes: &[(String, Money)], places: &[(String, Money)]) -> Self {
        Self { t, left: bands(incomes), right: bands(places) }
    }
}

/// How strong the colour of one of the places is: of the first one most.
pub(super) fn shade(place: usize) -> &'static str {
    SHADES[place.min(SHADES.len() - 1)]
}

fn bands(amounts: &[(String, Money)]) -> Vec<Band> {
    let total: i128 = amounts.iter().map(|(_, amount)| i128::from(amount.minor())).sum();
    let count = i64::try_from(amounts.len()).unwrap_or(1);
    let room = HEIGHT - GAP * (count - 1).max(0);
    let (mut top, mut middle) = (TOP, TOP);
    let mut bands = Vec::with_capacity(amounts.len());
    for (at, (text, amount)) in amounts.iter().enumerate() {
        let exact = i128::from(room) * i128::from(amount.minor()) / total.max(1);
        let height = i64::try_from(exact).unwrap_or(room).clamp(THINNEST, room.max(THINNEST));
        bands.push(Band {
            top,
            middle,
            height,
            label: (top + height / 2 + 5).max(TOP + 5),
            shade: shade(at),
            text: text.clone(),
        });
        // Two labels never stand on one another.
        top += height.max(14) + GAP;
        middle += height;
    }
    bands
}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    fn amounts(euros: &[i64]) -> Vec<(String, Money)> {
        euros.iter().map(|euros| (format!("{euros} €"), Money::new(euros * 100))).collect()
    }

    #[test]
    fn bands_are_in_proportion_and_stay_inside() {
        let found = bands(&amounts(&[5_200, 1_480, 800]));
        assert_eq!(found[0].top, TOP);
        assert!(found[0].height > 3 * found[1].height && found[1].height > found[2].height);
        assert!(found[2].middle + found[2].height <= TOP + HEIGHT);
        let little = bands(&amounts(&[1_000_000, 1]));
        assert_eq!(little[1].height, THINNEST);
        assert_eq!(bands(&amounts(&[7]))[0].height, HEIGHT);
    }

    #[test]
    fn the_picture_names_every_amount_and_has_no_style() {
        let flow = Flow::new(Words::new(Locale::Fr), &amounts(&[5, 6]), &amounts(&[11])).to_string();
        assert_eq!(flow.matches("<text").count(), 3 + 2, "on a phone the table names the right side");
        assert!(flow.contains("aria-label=\"D’où vient l’argent") && !flow.contains("style="), "{flow}");
    }
}
