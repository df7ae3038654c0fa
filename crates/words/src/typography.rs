//! Typography of plain text: the no-break spaces of French, the apostrophe of both languages.
//!
//! `build.rs` applies it to the messages; [`Words::typography`](crate::Words::typography) to what comes at run
//! time (a title, a name). Applying it twice changes nothing more.

use std::borrow::Cow;

/// The narrow no-break space that French puts before `; : ! ? % €` and inside « guillemets » and numbers.
pub const NARROW: char = '\u{202f}';

/// Stands, while a message is being set, for what is not its text: an argument, a tag, an entity.
pub const OBJECT: char = '\u{fffc}';

/// French text with narrow no-break spaces and curly apostrophes. Web and mail addresses, paths and times such
/// as 12:30 stay as they are.
#[must_use]
pub fn typography_fr(text: &str) -> Cow<'_, str> {
    let chars: Vec<char> = text.chars().collect();
    let technical = technical_tokens(&chars);
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = None;
    let mut at = 0;
    while at < chars.len() {
        let current = chars[at];
        if is_space(current) {
            let end = at + chars[at..].iter().take_while(|next| is_space(**next)).count();
            let binds = chars.get(end).is_some_and(|next| ";:!?%€»".contains(*next))
                || last == Some('«')
                || joins_digits(&chars, at, end);
            if binds {
                out.push(NARROW);
            } else {
                out.extend(&chars[at..end]);
            }
            at = end;
        } else {
            let next = chars.get(at + 1).copied();
            if lacks_space_before(current, last, next, technical[at]) {
                out.push(NARROW);
            }
            out.push(curly(current, last, technical[at]));
            if current == '«' && next.is_some_and(|next| !next.is_whitespace()) {
                out.push(NARROW);
            }
            at += 1;
        }
        last = out.chars().next_back();
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// English text with curly apostrophes; nothing else changes.
#[must_use]
pub fn typography_en(text: &str) -> Cow<'_, str> {
    if !text.contains('\'') {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let technical = technical_tokens(&chars);
    let mut last = None;
    let mut out = String::with_capacity(text.len() + 8);
    for (at, current) in chars.iter().enumerate() {
        out.push(curly(*current, last, technical[at]));
        last = Some(*current);
    }
    Cow::Owned(out)
}

/// A space on one line: ordinary, no-break or narrow no-break.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | NARROW)
}

/// The apostrophe instead of the typewriter's quote, after a letter, a digit or an argument.
fn curly(current: char, last: Option<char>, technical: bool) -> char {
    let follows_word = last.is_some_and(|last| last.is_alphanumeric() || last == OBJECT);
    if current == '\'' && follows_word && !technical { '’' } else { current }
}

/// Whether French wants a space before `current` where none was written.
fn lacks_space_before(current: char, last: Option<char>, next: Option<char>, technical: bool) -> bool {
    let Some(last) = last else { return false };
    match current {
        '»' => !last.is_whitespace(),
        '%' | '€' => {
            (last.is_ascii_digit() || last == OBJECT)
                && !technical
                && !next.is_some_and(char::is_alphanumeric)
        }
        ';' | ':' | '!' | '?' => {
            (last.is_alphanumeric() || matches!(last, OBJECT | ')' | '”' | '%' | '€' | '…'))
                && !technical
                && next.is_none_or(|next| next.is_whitespace() || ")]»”!?".contains(next))
        }
        _ => false,
    }
}

/// Whether the spaces `at..end` stand inside a number: at most three digits before, exactly three after.
fn joins_digits(chars: &[char], at: usize, end: usize) -> bool {
    let before = chars[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let after = chars[end..].iter().take_while(|c| c.is_ascii_digit()).count();
    let start = chars[..at - before].last();
    (1..=3).contains(&before)
        && after == 3
        && !start.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | ':'))
}

/// For each character, whether its word is an address or a path, where punctuation is no punctuation.
fn technical_tokens(chars: &[char]) -> Vec<bool> {
    let mut marks = Vec::with_capacity(chars.len());
    for token in chars.split_inclusive(|c| c.is_whitespace() || matches!(c, '«' | '»')) {
        let technical = token.first() == Some(&'/')
            || token.contains(&'@')
            || token.starts_with(&['w', 'w', 'w', '.'])
            || token.windows(3).any(|three| three == [':', '/', '/']);
        marks.resize(marks.len() + token.len(), technical);
    }
    marks
}
