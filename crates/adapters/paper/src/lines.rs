//! Texts parted into lines.

use crate::face::{Face, Length};

/// Lines of a text, none wider than `width` in letters of a size, at most `most`; where there would be more, the last
/// ends with an ellipsis. Only ordinary spaces part words; a word wider than a line is cut.
pub(crate) fn lines(face: &Face, text: &str, size: Length, width: Length, most: usize) -> Vec<String> {
    let fits = |line: &str| face.width(line, size) <= width;
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in face.spelt(text).split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            done.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                done.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
        if done.len() > most {
            break;
        }
    }
    if !line.is_empty() || done.is_empty() {
        done.push(line);
    }
    if done.len() > most {
        done.truncate(most);
        if let Some(last) = done.last_mut() {
            while !last.is_empty() && !fits(&format!("{last}…")) {
                last.pop();
            }
            last.push('…');
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::Faces;

    const SIZE: Length = 10_000;

    fn of(text: &str, width: Length, most: usize) -> Vec<String> {
        lines(&Faces::load().expect("letters").plain, text, SIZE, width, most)
    }

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(of("une part à répartir", 60_000, 9), ["une part à", "répartir"]);
        assert_eq!(of("  deux   espaces ", 200_000, 9), ["deux espaces"]);
        assert_eq!(of("", 60_000, 9), [""]);
    }

    #[test]
    fn amounts_stay_together() {
        assert_eq!(of("reste 1\u{202f}200,00\u{a0}€", 60_000, 9), ["reste", "1\u{202f}200,00\u{a0}€"]);
    }

    #[test]
    fn a_word_wider_than_a_line_is_cut_and_nothing_is_lost() {
        let long = "anticonstitutionnellement";
        let cut = of(long, 40_000, 99);
        assert!(cut.len() > 2, "{cut:?}");
        assert_eq!(cut.concat(), long);
    }

    #[test]
    fn what_is_too_long_ends_with_an_ellipsis() {
        let cut = of(&"mot ".repeat(500), 60_000, 3);
        assert_eq!(cut.len(), 3);
        assert!(cut[2].ends_with('…'), "{cut:?}");
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let faces = Faces::load().expect("letters");
        for line in of("Ça coûte 12 345,67 € à « Framasoft » — déjà payés ; reste : œuvre", 55_000, 99)
        {
            assert!(faces.plain.width(&line, SIZE) <= 55_000, "{line}");
        }
    }

    #[test]
    fn letters_that_the_font_lacks_are_shown_as_such() {
        assert_eq!(of("−5 ₿ 語\u{7}", 200_000, 9), ["–5 ₿ \u{fffd}"]);
    }
}
