//! Texts that people type: cleaned, bounded, folded for comparison.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::input::FieldRule;

/// Longest name of a person, an organisation, a collective, in characters.
pub const LONGEST_NAME: usize = 120;
/// Longest web address, in characters.
pub const LONGEST_ADDRESS: usize = 500;
/// Longest slug, in bytes.
const LONGEST_SLUG: usize = 60;

/// Characters that show nothing, or turn the writing direction so that a name reads as another, or are none: the
/// ones that Unicode lets programs ignore, and those that XML refuses.
pub(crate) const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || is_no_character(c)
}

/// What Unicode keeps free for programs: a feed that held one could be read by nobody.
const fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

/// Characters that turn the direction of everything after them, what the page says beside the text included.
const fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One line: composed characters, runs of blanks made one space, nothing hidden. Errors: nothing is left, or
/// more than `longest` characters are.
pub fn line(typed: &str, longest: usize) -> Result<String, FieldRule> {
    let line = optional_line(typed, longest)?;
    if line.is_empty() { Err(FieldRule::Missing) } else { Ok(line) }
}

/// Whether a part of a line reads as a web or mail address, so that a reader of mails makes a link of it: a scheme, `www.`,
/// or a dot between a word and what could be the end of a host.
///
/// ```
/// # use popote_domain::text::names_an_address;
/// for name in ["voir https://evil", "www.evil", "Compte bloqué, evil.example", "jo@evil.example", "evil\u{3002}example"] {
///     assert!(names_an_address(name), "{name}");
/// }
/// for name in ["Girofle & fils", "M. Durand", "A.R.N.", "S.A.R.L. du Moulin", "Web 2.0", "Asso..."] {
///     assert!(!names_an_address(name), "{name}");
/// }
/// ```
#[must_use]
pub fn names_an_address(line: &str) -> bool {
    let is_dot = |c: char| matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}');
    let ends_a_host = |label: &str| {
        label.starts_with("xn--") || label.chars().nth(1).is_some() && label.chars().all(char::is_alphabetic)
    };
    let line = line.to_lowercase();
    line.contains("://")
        || line.contains("www.")
        || line.split(|c: char| !(c.is_alphanumeric() || c == '-' || is_dot(c))).any(|word| {
            let labels: Vec<&str> = word.split(is_dot).collect();
            labels.windows(2).any(|two| !two[0].is_empty() && ends_a_host(two[1]))
        })
}

/// The same where nothing may be entered. Errors: more than `longest` characters are left.
pub fn optional_line(typed: &str, longest: usize) -> Result<String, FieldRule> {
    // Normalising costs; what is far too long is refused before.
    if typed.len() > longest.saturating_mul(16).saturating_add(1_000) {
        return Err(FieldRule::TooLong(longest));
    }
    let shown: String = typed
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .nfc()
        .collect();
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().nth(longest).is_some() { Err(FieldRule::TooLong(longest)) } else { Ok(line) }
}

/// A text of several lines: as typed, with `\n` alone between lines, no other control character but tabs, and nothing
/// that turns the writing direction. Errors: more than `longest` characters.
pub fn paragraphs(typed: &str, longest: usize) -> Result<String, FieldRule> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let shown = |c: &char| !c.is_control() && !turns(*c) && !is_no_character(*c);
    let kept: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || shown(c)).collect();
    let kept = kept.trim_end();
    if kept.chars().nth(longest).is_some() { Err(FieldRule::TooLong(longest)) } else { Ok(kept.to_owned()) }
}

/// What two spellings of one text have in common: compatible characters, case, accents and blanks folded.
#[must_use]
pub fn fold(text: &str) -> String {
    let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c) && !is_hidden(*c)).collect();
    let lower: String = bare.to_lowercase().nfkc().collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters that no accent makes, by those that stand for them: « Łódź » is found as `lodz`.
fn spelled_out(folded: &str) -> String {
    let mut spelled = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'œ' => spelled.push_str("oe"),
            'æ' => spelled.push_str("ae"),
            'ß' => spelled.push_str("ss"),
            'þ' => spelled.push_str("th"),
            'ł' => spelled.push('l'),
            'ø' => spelled.push('o'),
            'đ' | 'ð' => spelled.push('d'),
            'ħ' => spelled.push('h'),
            'ı' => spelled.push('i'),
            other => spelled.push(other),
        }
    }
    spelled
}

/// A name as part of a web address: letters without accents, digits, single dashes. Empty if none is left.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in spelled_out(&fold(name)).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST_SLUG {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A name for files that other programs read, in any locale: letters of ASCII without accents, digits, `-`, `_`, `.`
/// and single spaces, at most 60; it begins and ends with a letter or a digit. Empty if none is left.
///
/// ```
/// # use popote_domain::text::plain;
/// assert_eq!(plain("L'Œuvre  partagée\n2026-01-01 x:y;z"), "L Oeuvre partagee 2026-01-01 x y z");
/// ```
#[must_use]
pub fn plain(name: &str) -> String {
    let spelt =
        name.replace('œ', "oe").replace('Œ', "Oe").replace('æ', "ae").replace('Æ', "Ae").replace('ß', "ss");
    let allowed = spelt
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_hidden(*c))
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { ' ' });
    let text: String = allowed.collect();
    let line: String = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(LONGEST_SLUG).collect();
    cut.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}

/// A web address of http or https; one typed without either gets https. Errors: not such an address, too long.
pub fn web_address(typed: &str) -> Result<String, FieldRule> {
    let address = line(typed, LONGEST_ADDRESS)?;
    let address = if address.contains("://") { address } else { format!("https://{address}") };
    let lower = address.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let sound = |host: &str| {
        let name = host.split(':').next().unwrap_or_default();
        name.contains('.')
            && !name.starts_with('.')
            && !host.contains('@')
            && !host.chars().any(|c| c.is_whitespace() || "<>\"\\^`{|}%".contains(c))
    };
    if host.is_some_and(sound) && !address.contains([' ', '"', '<', '>']) {
        Ok(address)
    } else {
        Err(FieldRule::NotAUrl)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_of_what_can_be_seen() {
        for (typed, kept) in [
            ("  Yaal\u{a0} Coop ", Ok("Yaal Coop")),
            ("e\u{301}te\u{301}", Ok("été")),
            ("a\r\nBcc: b\tc", Ok("a Bcc: b c")),
            ("\u{202e}moc\u{200b}", Ok("moc")),
            ("a\u{ffff}b\u{fdd0}c\u{1fffe}", Ok("abc")),
            ("\u{3164}\u{115f}\u{fe0f}", Err(FieldRule::Missing)),
            (" \u{200b}\n", Err(FieldRule::Missing)),
            ("123456", Err(FieldRule::TooLong(5))),
        ] {
            let longest = if typed == "123456" { 5 } else { 20 };
            assert_eq!(line(typed, longest), kept.map(str::to_owned), "{typed:?}");
        }
        assert_eq!(optional_line(" ", 5), Ok(String::new()));
        assert_eq!(line(&"x".repeat(10_000_000), 120), Err(FieldRule::TooLong(120)));
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs("a\r\n\tb\rc\u{7}\n\n", 10), Ok("a\n\tb\nc".to_owned()));
        assert_eq!(
            paragraphs("\u{202e}00,013\u{2066}\u{ffff} \u{200d}", 20),
            Ok("00,013 \u{200d}".to_owned())
        );
        assert_eq!(paragraphs("ééé", 2), Err(FieldRule::TooLong(2)));
    }

    #[test]
    fn slugs_and_folds_forget_accents_and_case() {
        for (name, expected) in [
            ("Łódź, Tromsø", "lodz-tromso"),
            ("Les Chatons de l'Été", "les-chatons-de-l-ete"),
            ("  IndieHosters!! ", "indiehosters"),
            ("Cœur & Œuvre", "coeur-oeuvre"),
            ("日本", ""),
            ("ﬁle ＡＢ", "file-ab"),
        ] {
            assert_eq!(slug(name), expected);
        }
        assert_eq!(slug(&"a".repeat(500)).len(), 60);
        assert_eq!(fold("  SANS-Nuage  É "), fold("sans-nuage e\u{301}"));
        assert_ne!(fold("arn"), fold("ara"));
    }

    #[test]
    fn web_addresses_lead_to_the_web() {
        for (typed, kept) in [
            ("sans-nuage.fr", "https://sans-nuage.fr"),
            ("HTTPS://Framasoft.org/a?b#c", "HTTPS://Framasoft.org/a?b#c"),
            ("http://localhost.example:8080/x", "http://localhost.example:8080/x"),
        ] {
            assert_eq!(web_address(typed).as_deref(), Ok(kept), "{typed}");
        }
        for typed in [
            "javascript://a.b/%0aalert(1)",
            "ftp://a.b",
            "https://",
            "a b.c",
            "https://u:p@a.b",
            "nothing",
            "x.y\"z",
        ] {
            assert_eq!(web_address(typed), Err(FieldRule::NotAUrl), "{typed}");
        }
    }
}
