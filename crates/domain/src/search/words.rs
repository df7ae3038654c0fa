//! Words of a text: where they are, and what of them is compared.

use std::{collections::HashSet, sync::LazyLock};

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{limits, stem::stem};
use crate::text::is_hidden;

/// A word that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What is left of it without case, accents and endings.
    pub stem: String,
    /// The byte at which it begins.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Whether it is two words with a hyphen between them, which are there too: « e-mail » is `e`, `mail` and `email`.
    pub joined: bool,
}

/// Words that say nothing by themselves, without accents, in French and English.
const EMPTY: &str = " a ai aie ainsi alors am an and any apres are as at au aucun aucune aujourd aussi autre autres aux avait avant avec \
    avoir avons be because been before being but by ca can car ce cela celle celui ces cet cette ceux chaque chez ci \
    comme comment could dans de dehors depuis des desormais deux devrait did do does doit doivent donc dont du elle elles en encore \
    entre es est et etaient etait etant ete etes etre eu euh eux faire fait faudrait faut fois font for from get had has \
    have having he her here his how i ici if il ils in into is it its itself j je jusqu jusque just l la le les lesquels leur \
    leurs lorsque lui m ma mais many may me meme memes mes might mieux moins mon more most moi must my n ne need needs \
    ni no nor nos not notre nous of off on ont onto or ou our out over par parce pas pendant permettre permet peu peut peuvent \
    plus plusieurs plutot pour pourquoi pourrait pourraient pouvoir puis qu quand que quel quelle quelles quelqu quelque quelques quels qui \
    quoi re s sa se selon ses she should si so soi soient soit some sommes son sont sous souvent such sur t ta tant te tel telle \
    tels than that the their them then there these they this those to too toujours tous tout toute toutes tres trop tu \
    un une up us very via vers voire vos votre vous vouloir voudrait voudrions was we well were what when where which while who whom whose why will \
    with would y you your besoin besoins aimerait aimerions like want wants able cannot ";

/// Whether a folded word says nothing by itself.
fn is_empty_word(folded: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY.split_whitespace().collect());
    WORDS.contains(folded)
}

/// A character that is a word by itself, in scripts that put no blank between words.
const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Adds a character without case and accents.
fn fold_into(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part) && !is_hidden(*part)) {
        for lower in part.to_lowercase() {
            match lower {
                'œ' => folded.push_str("oe"),
                'æ' => folded.push_str("ae"),
                'ß' => folded.push_str("ss"),
                'þ' => folded.push_str("th"),
                'ł' => folded.push('l'),
                'ø' => folded.push('o'),
                'đ' | 'ð' => folded.push('d'),
                'ħ' => folded.push('h'),
                'ı' => folded.push('i'),
                other if other.is_alphanumeric() => folded.push(other),
                _ => {}
            }
        }
    }
}

/// A text without case and accents, with one space between its words and nothing else: what phrases are compared by.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for (start, end) in spans(text) {
        if !all.is_empty() {
            all.push(' ');
        }
        for c in text[start..end].chars() {
            fold_into(&mut all, c);
        }
    }
    all
}

/// Where words are: runs of letters and digits, marks and characters that show nothing within them included.
fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut chars = text.char_indices().take(limits::TEXT).peekable();
    std::iter::from_fn(move || {
        let start = loop {
            let (at, c) = chars.next()?;
            if c.is_alphanumeric() {
                if stands_alone(c) {
                    return Some((at, at + c.len_utf8()));
                }
                break (at, at + c.len_utf8());
            }
        };
        let (start, mut end) = start;
        while let Some(&(at, c)) = chars.peek() {
            let goes_on = c.is_alphanumeric() && !stands_alone(c);
            if !(goes_on || is_combining_mark(c) || is_hidden(c)) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        Some((start, end))
    })
}

/// The words of a text that say something, in order, at most [`limits::WORDS`].
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    // The word before, folded, where a hyphen alone may follow.
    let mut before: Option<(String, usize, usize)> = None;
    for (start, end) in spans(text) {
        if found.len() >= limits::WORDS {
            break;
        }
        let mut folded = String::with_capacity(end - start);
        for c in text[start..end].chars().take(limits::WORD) {
            fold_into(&mut folded, c);
        }
        if folded.is_empty() {
            continue;
        }
        if let Some((first, from, to)) = before.take()
            && matches!(&text[to..start], "-" | "\u{2010}" | "\u{2011}")
            && first.len() + folded.len() >= 3
        {
            let both = format!("{first}{folded}");
            found.push(Word { stem: stem(&both), start: from, end, joined: true });
        }
        // One letter is an elision or a list's mark; one digit may be a version.
        let says = folded.len() > 1 || folded.chars().any(|c| !c.is_ascii_lowercase());
        if says && !is_empty_word(&folded) {
            found.push(Word { stem: stem(&folded), start, end, joined: false });
        }
        before = Some((folded, start, end));
    }
    found
}

/// What is kept of a text in Markdown for searching: its words without marks of the markup, one space between them,
/// nothing that turns the writing direction, at most [`limits::TEXT`] characters.
#[must_use]
pub fn bare(markdown: &str) -> String {
    let mut kept = String::new();
    let mut chars = markdown.chars().filter(|c| !is_hidden(*c)).take(limits::TEXT).peekable();
    let mut blank = true;
    while let Some(c) = chars.next() {
        let c = match c {
            // The mark of a quotation begins its line.
            '>' if blank => continue,
            '!' if chars.peek() == Some(&'[') => continue,
            // The address behind the words of a link.
            ']' if chars.peek() == Some(&'(') => {
                chars.by_ref().take(600).find(|c| matches!(c, ')' | ' ' | '\n'));
                continue;
            }
            '*' | '`' | '#' | '|' | '[' | ']' => continue,
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        };
        if c == ' ' {
            if !blank {
                kept.push(' ');
            }
            blank = true;
        } else {
            kept.push(c);
            blank = false;
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn spellings_of_a_word_are_one() {
        for (a, b) in [
            ("Été", "e\u{301}te\u{301}\u{200b}"),
            ("Œuvres d'été", "oeuvre de l’ÉTÉ"),
            ("e-mail", "E‑MAILS"),
            ("ＡＢＣ ﬁchier", "abc fichiers"),
            ("sal\u{202e}ons", "salon"),
            ("Łódź", "lodz"),
        ] {
            assert_eq!(stems(a), stems(b), "{a} {b}");
        }
        assert_eq!(stems("e-mail"), ["email", "mail"]);
        assert_eq!(stems("日本語"), ["日", "本", "語"]);
        assert_eq!(stems("l'a d'un qu'il \u{301}\u{202e} — …"), Vec::<String>::new());
        assert_eq!(stems("version 3"), [stem("version"), "3".to_owned()]);
    }

    #[test]
    fn words_say_where_they_are() {
        let text = "« L'été, un salon »";
        let found: Vec<&str> = words(text).iter().map(|word| &text[word.start..word.end]).collect();
        assert_eq!(found, ["salon"]);
        let text = "Élèves";
        let word = &words(text)[0];
        assert_eq!((word.start, word.end), (0, text.len()));
    }

    #[test]
    fn what_is_too_long_is_cut() {
        assert!(words(&"a1 ".repeat(1_000_000)).len() <= limits::WORDS);
        assert!(stems(&"x".repeat(1_000_000)).iter().all(|stem| stem.len() <= limits::WORD));
        assert!(words(&"\u{301}".repeat(1_000_000)).is_empty());
        assert!(bare(&"# ".repeat(1_000_000)).is_empty());
    }

    #[test]
    fn markup_is_left_out() {
        let text = "# Titre\n\n* [un **lien**](https://example.org/a_b) et ![image](x)\n> dit\u{202e} `code`";
        assert_eq!(bare(text), "Titre un lien et image dit code");
        assert_eq!(folded("  Un\u{a0}« Salon » d'été !"), "un salon d ete");
    }
}
