//! Lines of `key = value`.

/// Most lines of a file that are looked at.
const MOST_LINES: usize = 5_000;

/// The properties of a file, in its order; of a key written twice, the last counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties(Vec<(String, String)>);

impl Properties {
    /// Reads a file. Lines that are no property are left out.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let text = decode(bytes);
        let lines = text.trim_start_matches('\u{feff}').lines().take(MOST_LINES);
        Self(lines.filter_map(property).collect())
    }

    /// The value of a key, if it says anything.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(name, _)| name == key)?;
        Some(found.1.as_str()).filter(|value| !value.is_empty())
    }

    /// Each key with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// The text of a file: UTF-8, or else Latin-1 with what Windows puts in its gap.
fn decode(bytes: &[u8]) -> String {
    /// What stands for the bytes 0x80 to 0x9f; those that are nothing stay what they are.
    const GAP: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes
            .iter()
            .map(|&byte| {
                let gap = usize::from(byte).checked_sub(0x80).and_then(|at| GAP.get(at));
                gap.copied().unwrap_or(char::from(byte))
            })
            .collect(),
    }
}

fn property(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    if line.starts_with(['#', '!', ';']) {
        return None;
    }
    let (key, value) = line.split_once('=')?;
    let key = key.trim().to_lowercase();
    let sound = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    sound.then(|| (key, plain(unquoted(value.trim()))))
}

/// What stands between quotes; a quote inside is written twice or after a backslash.
fn unquoted(value: &str) -> String {
    for quote in ['\'', '"'] {
        let inside = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(inside) = inside {
            let twice: String = [quote, quote].iter().collect();
            let escaped: String = ['\\', quote].iter().collect();
            let one = quote.to_string();
            return inside.replace(&twice, &one).replace(&escaped, &one);
        }
    }
    value.to_owned()
}

/// Breaks of lines as files write them: `\n` in two signs, `<br>`, `<br/>`, `<br />`.
fn plain(value: String) -> String {
    if !value.contains(['\\', '<']) {
        return value;
    }
    let mut plain = value.replace("\\n", "\n").replace("\\r", "");
    for broken in ["<br/>", "<br />", "<br>", "<BR/>", "<BR>"] {
        plain = plain.replace(broken, "\n");
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_people_write_them() {
        let read = Properties::read(
            "\u{feff}# note\na.b=c\nA.B = 'd = e'\n  x-y_z\t=\t\"q\\\"r\"\nno property\nbad key! = 1\n= 2\nempty =\n\
             two = a\\nb<br />c\r\n"
                .as_bytes(),
        );
        assert_eq!(read.get("a.b"), Some("d = e"));
        assert_eq!(read.get("x-y_z"), Some("q\"r"));
        assert_eq!(read.get("two"), Some("a\nb\nc"));
        assert_eq!((read.get("empty"), read.get("bad key!")), (None, None));
        assert_eq!(read.iter().count(), 5);
    }

    #[test]
    fn windows_signs_and_single_quotes_alone_are_kept() {
        assert_eq!(Properties::read(b"a = 10 \x80 d\x92\xe9t\xe9").get("a"), Some("10 € d’été"));
        assert_eq!(Properties::read("a = '".as_bytes()).get("a"), Some("'"));
        assert_eq!(Properties::read("a = l'été".as_bytes()).get("a"), Some("l'été"));
    }
}
