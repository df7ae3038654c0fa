//! The file that this instance publishes of itself.

use std::fmt::Write as _;

use jiff::Timestamp;

/// What an instance says of itself: nothing of anybody.
#[derive(Clone, Copy, Debug)]
pub struct OwnFile<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is, in a line.
    pub description: &'a str,
    /// Its address.
    pub website: &'a str,
    /// The version of the program.
    pub version: &'a str,
    /// Where the program's source is; empty: it doesn't say.
    pub source: &'a str,
    /// When the file is written.
    pub written_at: Timestamp,
}

/// The text of the file.
#[must_use]
pub fn own_file(own: &OwnFile<'_>) -> String {
    let written = own.written_at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let generator = format!("Popote {}", own.version);
    let lines = [
        ("file.class", "Service"),
        ("file.protocol", "ChatonsInfos-0.5"),
        ("file.datetime", &written),
        ("file.generator", &generator),
        ("service.name", own.name),
        ("service.description", own.description),
        ("service.website", own.website),
        ("service.status.level", "OK"),
        ("service.registration", "Member"),
        ("service.registration.load", "OPEN"),
        ("service.install.type", "PACKAGE"),
        ("software.name", "Popote"),
        ("software.website", own.source),
        ("software.license.name", "AGPL-3.0-or-later"),
        ("software.license.url", "https://spdx.org/licenses/AGPL-3.0-or-later.html"),
        ("software.source.url", own.source),
        ("software.version", own.version),
    ];
    let mut text = String::new();
    for (key, value) in lines.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{key} = {}", value.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::chatonsinfos::{Class, File};

    #[test]
    fn what_is_published_is_read_back() {
        let own = OwnFile {
            name: "La popote\nsubs.x = https://evil.example",
            description: "Mutualiser l'argent",
            website: "https://popote.example",
            version: "1.2.3",
            source: "https://forge.example/popote",
            written_at: "2026-11-30T10:00:00Z".parse().unwrap(),
        };
        let text = own_file(&own);
        assert!(text.contains("\nfile.datetime = 2026-11-30T10:00:00\n"));
        let file = File::read(text.as_bytes(), date(2026, 11, 30));
        assert_eq!((file.class, file.subs.len()), (Class::Service, 0));
        assert_eq!(file.website, "https://popote.example");
        let software = file.software.unwrap();
        assert_eq!((software.name.as_str(), software.licence.as_str()), ("Popote", "AGPL-3.0-or-later"));
    }
}
