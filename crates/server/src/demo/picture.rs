//! The picture of the example, painted by the program itself: a letter, a link, a room that opens.

/// Points from left to right, and from top to bottom.
const SIZE: (u32, u32) = (800, 450);
/// Samples of a point in each direction, so that edges are smooth.
const FINE: i64 = 2;

const PAPER: [u8; 3] = [251, 248, 243];
const SHEET: [u8; 3] = [255, 255, 255];
const INK: [u8; 3] = [72, 62, 54];
const LINE: [u8; 3] = [222, 214, 204];
const COPPER: [u8; 3] = [154, 74, 34];
const BROTH: [u8; 3] = [23, 122, 91];

enum Shape {
    /// A box with round corners: left, top, width, height, radius.
    Sheet(i64, i64, i64, i64, i64),
    /// Three corners, one after the other clockwise.
    Wedge([(i64, i64); 3]),
}

impl Shape {
    fn holds(&self, x: i64, y: i64) -> bool {
        match self {
            Self::Sheet(left, top, width, height, radius) => {
                // The nearest point of the box without its rim is no further than the rim is wide.
                let near = |at: i64, from: i64, length: i64| {
                    at - at.clamp((from + radius) * FINE, (from + length - radius) * FINE)
                };
                let (across, down) = (near(x, *left, *width), near(y, *top, *height));
                across * across + down * down <= radius * radius * FINE * FINE
            }
            Self::Wedge(corners) => (0..3).all(|at| {
                let ((ax, ay), (bx, by)) = (corners[at], corners[(at + 1) % 3]);
                (bx - ax) * (y - ay * FINE) >= (by - ay) * (x - ax * FINE)
            }),
        }
    }
}

/// What is painted, one over the other.
const SCENE: &[(Shape, [u8; 3])] = &[
    // The letter with its seal.
    (Shape::Sheet(60, 140, 230, 160, 12), LINE),
    (Shape::Sheet(63, 143, 224, 154, 10), SHEET),
    (Shape::Wedge([(66, 146), (284, 146), (175, 236)]), LINE),
    (Shape::Wedge([(74, 146), (276, 146), (175, 230)]), PAPER),
    (Shape::Sheet(153, 208, 44, 44, 22), COPPER),
    // The link.
    (Shape::Sheet(312, 214, 22, 12, 6), COPPER),
    (Shape::Sheet(346, 214, 22, 12, 6), COPPER),
    (Shape::Sheet(380, 214, 22, 12, 6), COPPER),
    (Shape::Wedge([(408, 198), (440, 220), (408, 242)]), COPPER),
    // The room: two who speak, one who comes in.
    (Shape::Sheet(460, 50, 290, 350, 16), LINE),
    (Shape::Sheet(463, 53, 284, 344, 14), SHEET),
    (Shape::Sheet(463, 53, 284, 44, 14), INK),
    (Shape::Sheet(484, 116, 28, 28, 14), COPPER),
    (Shape::Sheet(522, 112, 160, 40, 14), PAPER),
    (Shape::Sheet(538, 128, 120, 8, 4), INK),
    (Shape::Sheet(484, 172, 28, 28, 14), INK),
    (Shape::Sheet(522, 168, 190, 56, 14), PAPER),
    (Shape::Sheet(538, 184, 156, 8, 4), INK),
    (Shape::Sheet(538, 200, 96, 8, 4), INK),
    (Shape::Sheet(700, 244, 28, 28, 14), BROTH),
    (Shape::Sheet(560, 240, 130, 40, 14), [222, 240, 231]),
    (Shape::Sheet(576, 256, 96, 8, 4), BROTH),
    (Shape::Sheet(484, 340, 242, 40, 20), BROTH),
    (Shape::Sheet(560, 356, 90, 8, 4), SHEET),
];

/// The picture, as somebody would send it.
pub fn paint() -> Vec<u8> {
    pictures::paint(SIZE.0, SIZE.1, colour)
}

/// The colour of a point: that of its samples, mixed.
fn colour(x: u32, y: u32) -> [u8; 3] {
    let mut sums = [0_u16; 3];
    for (right, down) in (0..FINE).flat_map(|right| (0..FINE).map(move |down| (right, down))) {
        let (x, y) = (i64::from(x) * FINE + right, i64::from(y) * FINE + down);
        let top = SCENE.iter().rev().find(|(shape, _)| shape.holds(x, y));
        for (sum, part) in sums.iter_mut().zip(top.map_or(PAPER, |(_, colour)| *colour)) {
            *sum += u16::from(part);
        }
    }
    sums.map(|sum| u8::try_from(sum / 4).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_is_in_the_picture_and_the_picture_is_light() {
        assert_eq!(colour(0, 0), PAPER);
        assert_eq!(colour(175, 230), COPPER);
        assert_eq!(colour(500, 345), BROTH);
        assert!((1_000..20_000).contains(&paint().len()), "{}", paint().len());
    }
}
