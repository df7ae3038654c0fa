//! Money as a picture: the gauge of a feature, the pot, and the legend of both. Sizes are whole numbers.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::{Currency, Money};
use words::Words;

/// What is received, firmly promised and only intended, beside the floor price. `width` counts in thousandths.
#[derive(Debug, Clone, Copy, Template)]
#[template(path = "layout/gauge.html")]
pub struct Gauge {
    /// The sentences.
    pub t: Words,
    /// The currency of all four amounts.
    pub currency: Currency,
    /// Money that is there.
    pub received: Money,
    /// Firm promises, not yet paid.
    pub firm: Money,
    /// Intentions, which count for nothing yet.
    pub hoped: Money,
    /// The floor price.
    pub floor: Money,
    /// What the whole width stands for: the sum aimed at, or the maximum.
    pub top: Money,
}

impl HtmlSafe for Gauge {}

impl Gauge {
    fn covered(&self) -> Money {
        self.received.plus(self.firm).unwrap_or(self.received)
    }

    /// The whole width never ends before what is there, nor at the floor price itself.
    fn whole(&self) -> Money {
        self.top.max(self.covered()).max(self.floor)
    }

    fn width(&self, amount: Money) -> i64 {
        share(amount, self.whole(), 1000)
    }

    fn received_width(&self) -> i64 {
        self.width(self.received)
    }

    fn firm_width(&self) -> i64 {
        self.width(self.covered())
    }

    fn hoped_width(&self) -> i64 {
        self.width(self.covered().plus(self.hoped).unwrap_or(self.whole()))
    }

    /// The line stays inside the picture.
    fn floor_at(&self) -> i64 {
        self.width(self.floor).clamp(3, 997)
    }

    /// How far the solid part and the line of the floor reach, in thousandths of the width.
    pub(crate) fn widths(&self) -> (i64, i64) {
        (self.received_width(), self.floor_at())
    }

    fn money(&self, amount: Money) -> String {
        self.t.money_short(amount, self.currency)
    }

    fn percent(&self) -> String {
        let part = share(self.covered(), self.floor, 100).saturating_mul(100);
        self.t.percent(part)
    }

    fn picture(&self) -> String {
        let (received, firm) = (self.money(self.received), self.money(self.firm));
        if self.firm.is_zero() && self.hoped.is_zero() {
            return self.t.layout_gauge_picture_received(self.money(self.floor), received);
        }
        self.t.layout_gauge_picture(firm, self.money(self.floor), self.money(self.hoped), received)
    }
}

/// `amount` of `whole`, in parts of `parts`, rounded down, never below zero; all of it where the whole is nothing.
fn share(amount: Money, whole: Money, parts: i64) -> i64 {
    if !whole.is_positive() {
        return parts;
    }
    let exact = i128::from(amount.minor().max(0)) * i128::from(parts) / i128::from(whole.minor());
    i64::try_from(exact).unwrap_or(i64::MAX)
}

/// The pot with three layers. Two pots on a page need two `id`s.
#[derive(Debug, Clone, Copy, Template)]
#[template(path = "layout/pot.html")]
pub struct PotPicture<'a> {
    /// The sentences.
    pub t: Words,
    /// Distinguishes this pot from others on the page: letters and digits.
    pub id: &'a str,
    /// Whether somebody holds the money, or it was paid to whoever does the work.
    pub held: bool,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Money that is there, or was paid.
    pub received: Money,
    /// Firm promises, not yet paid.
    pub firm: Money,
    /// Intentions.
    pub hoped: Money,
    /// What fills the pot to the brim: the year's aim, or the sum of the open floor prices.
    pub brim: Money,
}

impl HtmlSafe for PotPicture<'_> {}

/// Where the bottom and the brim of the pot are, and so what there is between them.
const BOTTOM: i64 = 190;
const DEPTH: i64 = 140;

impl PotPicture<'_> {
    fn level(&self, amounts: &[Money]) -> i64 {
        let all = [self.received, self.firm, self.hoped];
        let sum = |amounts: &[Money]| Money::sum(amounts.iter().copied()).unwrap_or(self.brim);
        let brim = self.brim.max(sum(&all));
        // An empty pot looks empty, even if nothing would fill it.
        let whole = if brim.is_positive() { brim } else { Money::new(1) };
        BOTTOM - share(sum(amounts), whole, DEPTH).min(DEPTH)
    }

    fn received_top(&self) -> i64 {
        self.level(&[self.received])
    }

    fn firm_top(&self) -> i64 {
        self.level(&[self.received, self.firm])
    }

    fn hoped_top(&self) -> i64 {
        self.level(&[self.received, self.firm, self.hoped])
    }

    fn picture(&self) -> String {
        let money = |amount| self.t.money_short(amount, self.currency);
        let held = if self.held { "yes" } else { "no" };
        if self.firm.is_zero() && self.hoped.is_zero() {
            return self.t.layout_pot_picture_received(held, money(self.received));
        }
        self.t.layout_pot_picture(money(self.firm), held, money(self.hoped), money(self.received))
    }
}

/// What the three textures mean, where there are three: in a pot that is paid in advance all is received.
#[derive(Debug, Clone, Copy, Template)]
#[template(path = "layout/legend.html")]
pub struct Legend {
    /// The sentences.
    pub t: Words,
    /// Whether promises count in this pot.
    pub promised: bool,
}

impl HtmlSafe for Legend {}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    fn gauge(received: i64, firm: i64, hoped: i64, floor: i64, top: i64) -> Gauge {
        let money = |euros: i64| Money::new(euros * 100);
        Gauge {
            t: Words::new(Locale::Fr),
            currency: Currency::EUR,
            received: money(received),
            firm: money(firm),
            hoped: money(hoped),
            floor: money(floor),
            top: money(top),
        }
    }

    #[test]
    fn three_layers_and_a_line_say_the_same_as_the_words() {
        let gauge = gauge(2640, 900, 1200, 4000, 5000);
        assert_eq!((gauge.received_width(), gauge.firm_width(), gauge.hoped_width()), (528, 708, 948));
        assert_eq!(gauge.floor_at(), 800);
        let html = gauge.to_string();
        assert!(html.contains("<strong>3\u{202f}540\u{202f}€</strong>"), "{html}");
        assert!(html.contains("88\u{202f}% du prix plancher"), "{html}");
        assert!(!html.contains("style="));
    }

    #[test]
    fn odd_amounts_stay_inside_the_picture() {
        for gauge in [
            gauge(9000, 0, 0, 6000, 7000),
            gauge(0, 0, 0, 0, 0),
            gauge(0, 0, 99_000, 10, 20),
            gauge(10, 0, 0, 10, 10),
            gauge(-5, 0, 0, 10, 10),
        ] {
            for width in
                [gauge.received_width(), gauge.firm_width(), gauge.hoped_width().min(1000), gauge.floor_at()]
            {
                assert!((0..=1000).contains(&width), "{gauge:?}");
            }
            assert!(!gauge.to_string().contains("width=\"-"), "{gauge:?}");
        }
    }

    #[test]
    fn the_pot_is_empty_full_and_never_overflows() {
        let pot = |received: i64, firm: i64, hoped: i64, brim: i64| PotPicture {
            t: Words::new(Locale::En),
            id: "main",
            held: true,
            currency: Currency::EUR,
            received: Money::new(received),
            firm: Money::new(firm),
            hoped: Money::new(hoped),
            brim: Money::new(brim),
        };
        assert_eq!(pot(0, 0, 0, 0).hoped_top(), 190);
        assert_eq!(pot(50, 25, 25, 100).received_top(), 120);
        assert_eq!(pot(50, 25, 25, 100).hoped_top(), 50);
        assert_eq!(pot(500, 0, 0, 100).received_top(), 50);
        assert!(pot(50, 25, 25, 100).to_string().contains("id=\"in-main\""));
    }

    #[test]
    fn what_does_not_occur_is_not_named() {
        let (t, paid) = (Words::new(Locale::Fr), gauge(500, 0, 0, 4000, 4000).to_string());
        assert!(!paid.contains("promesses") && !paid.contains("intentions"), "{paid}");
        assert!(gauge(500, 0, 10, 4000, 4000).to_string().contains("intentions"));
        assert_eq!(Legend { t, promised: false }.to_string().trim(), "", "one texture needs no legend");
        for name in ["reçu", "promesse ferme", "intention"] {
            assert!(Legend { t, promised: true }.to_string().contains(name), "{name}");
        }
    }
}
