//! The property files by which hosters publish what they run (« chatonsinfos »): a file of a federation names those of its
//! organisations, each of these those of its services, and a service says which software it is made of. Nothing personal is
//! read of them: no contact, no name of a person.

mod own;
mod properties;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use own::{OwnFile, own_file};
pub use properties::Properties;

use crate::{posting::named, text};

/// Most files that one import reads.
pub const MOST_FILES: usize = 200;
/// Most bytes of a file.
pub const LARGEST: usize = 256 * 1024;
/// How deep files name others: federation, organisation, service.
pub const LEVELS: usize = 2;

/// Lengths in characters.
mod lengths {
    /// Of an organisation.
    pub(super) const NAME: usize = crate::text::LONGEST_NAME;
    /// Of a software.
    pub(super) const SOFTWARE: usize = 80;
    /// Of a licence.
    pub(super) const LICENCE: usize = 120;
    /// Of an organisation's description.
    pub(super) const DESCRIPTION: usize = 500;
}

named! {
    /// What a file is about.
    Class {
        /// A federation, which names its organisations.
        Federation = "federation",
        /// An organisation, which names its services.
        Organisation = "organization",
        /// A service.
        Service = "service",
        /// Anything else: a machine, a measure.
        Other = "other",
    }
}

/// What one file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it is about.
    pub class: Class,
    /// The name of that; may be empty.
    pub name: String,
    /// Its web site; may be empty.
    pub website: String,
    /// What it is, in a line; may be empty.
    pub description: String,
    /// The files that it names, each once, in their order.
    pub subs: Vec<String>,
    /// The software of a service that still runs on the day asked for.
    pub software: Option<SoftwareSeen>,
}

/// A software as a service names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoftwareSeen {
    /// Its name.
    pub name: String,
    /// Its web site; may be empty.
    pub website: String,
    /// Where its source is; may be empty.
    pub repository: String,
    /// Its licence as the file says it; may be empty.
    pub licence: String,
}

/// A service that an organisation runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceSeen {
    /// Where it is; may be empty.
    pub url: String,
    /// What it is made of.
    pub software: SoftwareSeen,
}

/// An organisation with what it runs, as its files say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationSeen {
    /// Where its file is: what tells it apart from others over the years.
    pub file: String,
    /// Its name.
    pub name: String,
    /// Its web site; may be empty.
    pub website: String,
    /// What it is, in a line; may be empty.
    pub description: String,
    /// What it runs, each software once.
    pub services: Vec<ServiceSeen>,
}

impl OrganisationSeen {
    /// Adds a service; of one software the first stays.
    pub fn runs(&mut self, service: ServiceSeen) {
        let same =
            |other: &ServiceSeen| text::slug(&other.software.name) == text::slug(&service.software.name);
        if !self.services.iter().any(same) {
            self.services.push(service);
        }
    }
}

impl File {
    /// Reads a file as of a day, in UTF-8 or Latin-1. Whatever a line says that can't be taken is left out.
    #[must_use]
    pub fn read(bytes: &[u8], today: Date) -> Self {
        Self::of(&Properties::read(bytes), today)
    }

    /// The same of properties that were read.
    #[must_use]
    pub fn of(properties: &Properties, today: Date) -> Self {
        let class = class(properties);
        let said = |name: &str, longest: usize| {
            let key = format!("{}.{name}", class.as_str());
            line(properties, &key, longest)
        };
        let website = address(properties, &format!("{}.website", class.as_str()));
        let runs = class == Class::Service && still_runs(properties, today);
        Self {
            class,
            name: said("name", lengths::NAME),
            website,
            description: said("description", lengths::DESCRIPTION),
            subs: subs(properties),
            software: if runs { software(properties) } else { None },
        }
    }
}

/// What the file says that it is about, or what its keys are about.
fn class(properties: &Properties) -> Class {
    let said = properties.get("file.class").unwrap_or_default().to_lowercase();
    match said.as_str() {
        "federation" | "fédération" => Class::Federation,
        "organization" | "organisation" => Class::Organisation,
        "service" => Class::Service,
        "" => [Class::Service, Class::Organisation, Class::Federation]
            .into_iter()
            .find(|class| properties.get(&format!("{}.name", class.as_str())).is_some())
            .unwrap_or(Class::Other),
        _ => Class::Other,
    }
}

fn line(properties: &Properties, key: &str, longest: usize) -> String {
    let said: String = properties.get(key).unwrap_or_default().chars().take(longest * 2).collect();
    let line = text::optional_line(&said, longest * 2).unwrap_or_default();
    let cut: String = line.chars().take(longest).collect();
    cut.trim_end().to_owned()
}

fn address(properties: &Properties, key: &str) -> String {
    properties.get(key).and_then(|said| text::web_address(said).ok()).unwrap_or_default()
}

fn subs(properties: &Properties) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let named = properties.iter().filter(|(key, value)| key.starts_with("subs.") && !value.is_empty());
    named
        .map(|(_, value)| value.to_owned())
        .filter(|value| seen.insert(value.clone()))
        .take(MOST_FILES + 1)
        .collect()
}

fn software(properties: &Properties) -> Option<SoftwareSeen> {
    let name = line(properties, "software.name", lengths::SOFTWARE);
    if text::slug(&name).is_empty() {
        return None;
    }
    Some(SoftwareSeen {
        name,
        website: address(properties, "software.website"),
        repository: address(properties, "software.source.url"),
        licence: line(properties, "software.license.name", lengths::LICENCE),
    })
}

/// A service that was closed, or that its hoster calls over, is run no more.
fn still_runs(properties: &Properties, today: Date) -> bool {
    let level = properties.get("service.status.level").unwrap_or_default().to_uppercase();
    let ended = properties.get("service.enddate").and_then(date);
    !matches!(level.as_str(), "OVER" | "VOID") && ended.is_none_or(|day| day > today)
}

/// A day, as people write it there: `2024-05-31`, `31/05/2024`.
fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.get(..10).unwrap_or(text).parse() {
        return Some(day);
    }
    let mut parts = text.split('/').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;
    use proptest::prelude::*;

    use super::*;

    const SERVICE: &str = "\
# A service.
file.class = Service
file.protocol = ChatonsInfos-0.4
service.name = 'Nuage de l''asso'
service.website = https://nuage.example/
service.description = Un nuage<br/>pour tous\\net toutes
service.status.level = OK
software.name = \"Nextcloud\"
software.website = https://nextcloud.example
software.license.name = AGPL-3.0-or-later
software.source.url = https://forge.example/nextcloud/server
";

    fn read(text: &str) -> File {
        File::read(text.as_bytes(), day(2026, 11, 30))
    }

    #[test]
    fn a_service_names_its_software() {
        let file = read(SERVICE);
        assert_eq!((file.class, file.name.as_str()), (Class::Service, "Nuage de l'asso"));
        assert_eq!(file.description, "Un nuage pour tous et toutes");
        let software = file.software.unwrap();
        assert_eq!((software.name.as_str(), software.licence.as_str()), ("Nextcloud", "AGPL-3.0-or-later"));
        assert_eq!(software.repository, "https://forge.example/nextcloud/server");
    }

    #[test]
    fn a_service_that_ended_runs_nothing() {
        for line in
            ["service.status.level = over", "service.enddate = 2026-11-30", "service.enddate = 01/02/2024"]
        {
            assert_eq!(read(&SERVICE.replace("service.status.level = OK", line)).software, None, "{line}");
        }
        for line in ["service.enddate = 2026-12-01", "service.enddate =", "service.enddate = bientôt"] {
            assert!(read(&SERVICE.replace("service.status.level = OK", line)).software.is_some(), "{line}");
        }
        assert_eq!(read(&SERVICE.replace("\"Nextcloud\"", "''")).software, None);
        assert_eq!(read("service.name = x\nsoftware.name = ***").software, None);
    }

    #[test]
    fn a_federation_names_each_file_once() {
        let file = read(
            "file.class=Federation\nfederation.name=CHATONS\nsubs.a = https://a.example/o.properties\n\
             subs.b= https://b.example/o.properties\nsubs.c =https://a.example/o.properties\nsubs.d =\n",
        );
        assert_eq!(file.class, Class::Federation);
        assert_eq!(file.subs, ["https://a.example/o.properties", "https://b.example/o.properties"]);
    }

    #[test]
    fn a_file_in_latin_1_is_read() {
        let bytes: Vec<u8> =
            "organization.name = Ça marche — été".replace('—', "-").chars().map(|c| c as u8).collect();
        let file = File::read(&bytes, day(2026, 11, 30));
        assert_eq!((file.class, file.name.as_str()), (Class::Organisation, "Ça marche - été"));
        assert_eq!(read("<!doctype html><title>404</title>").class, Class::Other);
    }

    #[test]
    fn one_software_counts_once_for_an_organisation() {
        let service = |name: &str| ServiceSeen {
            url: String::new(),
            software: SoftwareSeen {
                name: name.to_owned(),
                website: String::new(),
                repository: String::new(),
                licence: String::new(),
            },
        };
        let mut seen = OrganisationSeen {
            file: String::new(),
            name: String::new(),
            website: String::new(),
            description: String::new(),
            services: Vec::new(),
        };
        for name in ["Nextcloud", "nextcloud ", "Next-Cloud", "Framadate"] {
            seen.runs(service(name));
        }
        let names: Vec<&str> = seen.services.iter().map(|one| one.software.name.as_str()).collect();
        assert_eq!(names, ["Nextcloud", "Next-Cloud", "Framadate"]);
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let file = File::read(&bytes, day(2026, 11, 30));
            prop_assert!(file.name.chars().count() <= lengths::NAME);
        }

        #[test]
        fn no_lines_break_the_reader(
            lines in prop::collection::vec("(service|software|organization|subs|file)\\.(name|class|website|a|enddate) ?= ?[ -~é'\"\\\\]{0,30}", 0..10)
        ) {
            let _ = File::read(lines.join("\n").as_bytes(), day(2026, 11, 30));
        }
    }
}
