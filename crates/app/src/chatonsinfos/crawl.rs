//! Reading the files: a federation's, those of its organisations, those of their services.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use bytes::Bytes;
use domain::{
    chatonsinfos::{Class, File, LARGEST, MOST_FILES, OrganisationSeen, ServiceSeen},
    descriptors::Unfetched,
};
use jiff::civil::Date;

use crate::{Context, fetching};

/// Files of a folder by their name; of one that couldn't be read why.
pub type Files = BTreeMap<String, Result<Vec<u8>, Why>>;

/// Where files are read from.
pub enum Place<'p> {
    /// Addresses; before each file a while is waited.
    Net {
        /// What asks.
        ctx: &'p Context,
        /// How long is waited.
        pace: Duration,
    },
    /// A folder: of an address only its last part counts.
    Folder(&'p Files),
}

/// Why a file isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It couldn't be had.
    Fetch(Unfetched),
    /// It isn't the file that was expected at this level.
    OtherClass,
    /// It says no name.
    NoName,
    /// More files than are read, and this one is the first of those left.
    TooMany,
}

impl Why {
    /// Its name, for words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fetch(why) => why.as_str(),
            Self::OtherClass => "other_class",
            Self::NoName => "no_name",
            Self::TooMany => "too_many",
        }
    }
}

/// A file that isn't taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Its address.
    pub file: String,
    /// Why.
    pub why: Why,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crawled {
    /// The organisations, each with whether all of its files could be read.
    pub organisations: Vec<(OrganisationSeen, bool)>,
    /// Whether a federation's list was read whole: who isn't on it is listed no more.
    pub is_whole: bool,
    /// What could not be taken.
    pub troubles: Vec<Trouble>,
    /// How many files were read or asked for.
    pub files: usize,
}

impl Crawled {
    fn trouble(&mut self, file: &str, why: Why) {
        self.troubles.push(Trouble { file: file.to_owned(), why });
    }

    /// The addresses of files that could not be taken.
    #[must_use]
    pub fn failed(&self) -> BTreeSet<&str> {
        self.troubles.iter().map(|one| one.file.as_str()).collect()
    }
}

struct Reader<'r> {
    place: &'r Place<'r>,
    today: Date,
    /// Every file that was asked for: none is asked for twice.
    seen: BTreeSet<String>,
    said: Crawled,
    is_full: bool,
}

/// Reads a federation's file, or that of one organisation, with those that it names, two levels deep; as of a day.
pub async fn crawl(place: &Place<'_>, start: &str, today: Date) -> Crawled {
    let mut reader = Reader { place, today, seen: BTreeSet::new(), said: Crawled::default(), is_full: false };
    if let Some(file) = reader.read(start).await {
        match file.class {
            Class::Federation => {
                for sub in &file.subs {
                    if let Some(organisation) = reader.read(sub).await {
                        reader.organisation(sub, organisation).await;
                    }
                }
                reader.said.is_whole = !reader.is_full;
            }
            Class::Organisation => reader.organisation(start, file).await,
            Class::Service | Class::Other => reader.said.trouble(start, Why::OtherClass),
        }
    }
    reader.said
}

/// Reads the files of a folder: from that of a federation, or, where there is none, those of all organisations.
pub async fn crawl_folder(files: &Files, today: Date) -> Crawled {
    let place = Place::Folder(files);
    let class = |bytes: &Result<Vec<u8>, Why>| match bytes {
        Ok(bytes) if bytes.len() <= LARGEST => File::read(bytes, today).class,
        _ => Class::Other,
    };
    let of =
        |wanted: Class| files.iter().filter(move |(_, bytes)| class(bytes) == wanted).map(|(name, _)| name);
    if let Some(federation) = of(Class::Federation).next() {
        return crawl(&place, federation, today).await;
    }
    let mut reader =
        Reader { place: &place, today, seen: BTreeSet::new(), said: Crawled::default(), is_full: false };
    for name in of(Class::Organisation) {
        if let Some(file) = reader.read(name).await {
            reader.organisation(name, file).await;
        }
    }
    reader.said
}

impl Reader<'_> {
    /// A file that wasn't read yet; nothing where it was, or can't be.
    async fn read(&mut self, url: &str) -> Option<File> {
        if self.is_full || !self.seen.insert(url.to_owned()) {
            return None;
        }
        if self.seen.len() > MOST_FILES {
            self.is_full = true;
            self.said.trouble(url, Why::TooMany);
            return None;
        }
        if let Place::Net { pace, .. } = self.place
            && self.said.files > 0
        {
            tokio::time::sleep(*pace).await;
        }
        self.said.files += 1;
        match self.bytes(url).await {
            Ok(bytes) => Some(File::read(&bytes, self.today)),
            Err(why) => {
                self.said.trouble(url, why);
                None
            }
        }
    }

    async fn bytes(&self, url: &str) -> Result<Bytes, Why> {
        match self.place {
            Place::Net { ctx, .. } => fetching::fetch(ctx, url, LARGEST).await.map_err(Why::Fetch),
            Place::Folder(files) => {
                let name = url.rsplit('/').next().unwrap_or(url);
                let name = name.split(['?', '#']).next().unwrap_or(name);
                match files.get(name) {
                    Some(Ok(bytes)) if bytes.len() > LARGEST => Err(Why::Fetch(Unfetched::TooLarge)),
                    Some(Ok(bytes)) => Ok(Bytes::copy_from_slice(bytes)),
                    Some(Err(why)) => Err(*why),
                    None => Err(Why::Fetch(Unfetched::NotThere)),
                }
            }
        }
    }

    /// An organisation with what it runs. A file that names itself, or one above it, is read no second time.
    async fn organisation(&mut self, url: &str, file: File) {
        if file.class != Class::Organisation {
            return self.said.trouble(url, Why::OtherClass);
        }
        if file.name.is_empty() {
            return self.said.trouble(url, Why::NoName);
        }
        let mut seen = OrganisationSeen {
            file: url.to_owned(),
            name: file.name,
            website: file.website,
            description: file.description,
            services: Vec::new(),
        };
        let before = self.said.troubles.len();
        for sub in &file.subs {
            let Some(service) = self.read(sub).await else { continue };
            // What a machine says is left out without a word.
            if let (Class::Service, Some(software)) = (service.class, service.software) {
                seen.runs(ServiceSeen { url: service.website, software });
            }
        }
        let is_whole = self.said.troubles.len() == before;
        self.said.organisations.push((seen, is_whole));
    }
}
