//! How the methods of the messages write their arguments.

use std::fmt::{self, Display, Write};

use crate::{Locale, NARROW, Words};

/// A whole number that may choose a plural. Beyond `i64` it is cut to the nearest `i64`.
pub trait Count {
    /// The number.
    fn count(&self) -> i64;
}

macro_rules! count {
    ($($integer:ty)*) => {$(
        impl Count for $integer {
            fn count(&self) -> i64 {
                // Only numbers above `i64::MAX` fail: all types here are unsigned or fit.
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}
count!(i8 i16 i32 i64 u8 u16 u32 u64 usize);

impl<T: Count + ?Sized> Count for &T {
    fn count(&self) -> i64 {
        (**self).count()
    }
}

impl Words {
    /// A whole number with its thousands apart: « 1 234 », `1,234`.
    #[must_use]
    pub fn number(&self, number: impl Count) -> String {
        let mut out = String::new();
        put_count(&mut out, self.locale(), number.count());
        out
    }
}

/// Whether the number takes the plural category `one`: 0 and 1 in French, 1 in English.
pub(crate) const fn is_one(locale: Locale, number: i64) -> bool {
    match locale {
        Locale::Fr => number.unsigned_abs() <= 1,
        Locale::En => number.unsigned_abs() == 1,
    }
}

/// Writes an argument.
pub(crate) fn put(out: &mut String, value: &dyn Display) {
    // A `String` takes everything; a value that fails to display itself leaves what it wrote.
    let _ = write!(out, "{value}");
}

/// Writes an argument so that it is text in markup and in a quoted attribute.
pub(crate) fn put_escaped(out: &mut String, value: &dyn Display) {
    let _ = write!(Escaped(out), "{value}");
}

/// Writes the address of a link: escaped, and `#` for a scheme that could run a script.
pub(crate) fn put_address(out: &mut String, value: &dyn Display) {
    let address = value.to_string();
    put_escaped(out, if is_harmless(&address) { &address } else { &"#" });
}

/// Writes a whole number with its thousands apart.
pub(crate) fn put_count(out: &mut String, locale: Locale, number: i64) {
    if number < 0 {
        out.push('−');
    }
    put_grouped(out, locale, &number.unsigned_abs().to_string());
}

/// Writes a row of digits with its thousands apart.
pub(crate) fn put_grouped(out: &mut String, locale: Locale, digits: &str) {
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(match locale {
                Locale::Fr => NARROW,
                Locale::En => ',',
            });
        }
        out.push(digit);
    }
}

/// A path, a fragment, or an address on the web or of a mailbox.
fn is_harmless(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once(':') {
        None => !address.contains(char::is_control),
        Some((scheme, _)) => {
            ["https", "http", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
    }
}

/// Escapes what passes through.
struct Escaped<'o>(&'o mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_escaped_in_markup() {
        let mut out = String::new();
        put_escaped(&mut out, &"<script>alert('x' & \"y\")</script>");
        assert_eq!(out, "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
    }

    #[test]
    fn addresses_that_run_scripts_are_dropped() {
        let check = |address: &str, expected: &str| {
            let mut out = String::new();
            put_address(&mut out, &address);
            assert_eq!(out, expected, "{address:?}");
        };
        check("/c/chatons?a=1&b=2", "/c/chatons?a=1&amp;b=2");
        check("HTTPS://example.org/a:b", "HTTPS://example.org/a:b");
        check("mailto:a@example.org", "mailto:a@example.org");
        check("#haut", "#haut");
        check("features/1", "features/1");
        check("/search?q=a:b", "/search?q=a:b");
        check("\" onclick=\"x", "&quot; onclick=&quot;x");
        check("javascript:alert(1)", "#");
        check("JavaScript:alert(1)", "#");
        check(" javascript:alert(1)", "#");
        check("java\nscript:alert(1)", "#");
        check("data:text/html,x", "#");
        check("\u{1}x", "#");
    }

    #[test]
    fn thousands_stand_apart() {
        let check = |number: i64, fr: &str, en: &str| {
            assert_eq!(Words::new(Locale::Fr).number(number), fr);
            assert_eq!(Words::new(Locale::En).number(number), en);
        };
        check(0, "0", "0");
        check(999, "999", "999");
        check(1_000, "1\u{202f}000", "1,000");
        check(-1_234_567, "−1\u{202f}234\u{202f}567", "−1,234,567");
        check(
            i64::MIN,
            "−9\u{202f}223\u{202f}372\u{202f}036\u{202f}854\u{202f}775\u{202f}808",
            "−9,223,372,036,854,775,808",
        );
    }

    #[test]
    fn plural_categories() {
        let one = |locale| (-2..=3).filter(|number| is_one(locale, *number)).collect::<Vec<_>>();
        assert_eq!(one(Locale::Fr), [-1, 0, 1]);
        assert_eq!(one(Locale::En), [-1, 1]);
        assert_eq!(u64::MAX.count(), i64::MAX);
        assert_eq!((-3_i8).count(), -3);
    }
}
